"""What a metric cannot be split by must exist, or the refusal never comes."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.findings import error, unknown, unknown_field

RULE = "not_by_resolves"


def not_by_resolves(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for datasets and fields in not_by that do not exist."""
    for metric in catalog.metrics:
        for reference in metric.not_by:
            if "." in reference:
                message = unknown_field(catalog, reference)
            elif reference not in catalog.dataset_by_name:
                message = unknown("dataset", reference, list(catalog.dataset_by_name))
            else:
                message = None
            if message is not None:
                yield error(
                    RULE, f"metric {metric.name}, not_by: {message}", "metric", metric.name, "not_by", reference
                )
