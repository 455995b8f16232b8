"""Each dataset that a row's value or condition reads must have at most one row for it, or rows would count twice."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import AggregateMetric, Catalog
from catalog.relationship_graph import reached_from
from catalog.rules.findings import datasets_in, error

RULE = "expressions_do_not_fan_out"


def expressions_do_not_fan_out(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for aggregate metrics that read a dataset their own rows do not point at."""
    reached: dict[str, frozenset[str]] = {}
    for metric in catalog.metrics:
        if not isinstance(metric, AggregateMetric) or metric.dataset not in catalog.dataset_by_name:
            continue
        if metric.dataset not in reached:
            reached[metric.dataset] = frozenset(reached_from(metric.dataset, catalog.relationships))
        time = metric.time_field.partition(".")[0] if metric.time_field and "." in metric.time_field else metric.dataset
        for key, read in (
            ("expression", datasets_in(metric.expression) if metric.expression != "*" else ()),
            ("filter", datasets_in(metric.filter) if metric.filter else ()),
            ("time", (time,)),
        ):
            for dataset in read:
                if dataset in catalog.dataset_by_name and dataset not in reached[metric.dataset]:
                    message = f"metric {metric.name}: a row of {metric.dataset} does not point at one row of {dataset}"
                    yield error(RULE, f"{message}, so values would count more than once", "metric", metric.name, key)
