"""Names stand in SQL as they are, so they must be plain identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.findings import error

RULE = "names_are_identifiers"
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,119}")
_RESERVED_DATASETS = frozenset({"user"})  # user.<attribute> in policies


def names_are_identifiers(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for names of datasets, fields, relationships and metrics that are no identifiers, or are reserved."""
    for kind, name in _names(catalog):
        plain = name.rpartition(".")[2] if kind == "field" else name
        if not _IDENTIFIER.fullmatch(plain):
            message = f"{plain!r} is no name; use letters, digits and _, and start with a letter"
            yield error(RULE, message, kind, name)
    for name in _RESERVED_DATASETS & set(catalog.dataset_by_name):
        yield error(RULE, f"no dataset may be called {name!r}: policies use it for who asks", "dataset", name)


def _names(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for dataset in catalog.datasets:
        yield "dataset", dataset.name
        for field in dataset.fields:
            yield "field", f"{dataset.name}.{field.name}"
    for relationship in catalog.relationships:
        yield "relationship", relationship.name
    for metric in catalog.metrics:
        yield "metric", metric.name
