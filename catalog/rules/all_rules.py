"""The rules, in the order they run."""

from __future__ import annotations

from catalog.errors import CatalogIssue
from catalog.models import Catalog


def check_catalog(catalog: Catalog) -> tuple[CatalogIssue, ...]:
    """Everything the rules find wrong with a catalog."""
    return ()
