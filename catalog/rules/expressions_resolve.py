"""What a metric's expressions and filters name must exist."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.expressions import holds_aggregate, parse_expression
from catalog.models import AggregateMetric, Catalog, DerivedMetric, Metric
from catalog.rules.findings import error, unknown, unknown_names

RULE = "expressions_resolve"


def expressions_resolve(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for unreadable expressions, unknown datasets and fields, and aggregates where a row's value is wanted."""
    for metric in catalog.metrics:
        if isinstance(metric, AggregateMetric) and metric.dataset not in catalog.dataset_by_name:
            message = unknown("dataset", metric.dataset, list(catalog.dataset_by_name))
            yield error(RULE, f"metric {metric.name}: {message}", "metric", metric.name, "dataset")
        for key, text in _texts(metric):
            messages = unknown_names(catalog, text)
            if not messages and holds_aggregate(parse_expression(text)):
                messages = ["an aggregate stands where a row's value is wanted"]
            for message in messages:
                yield error(RULE, f"metric {metric.name}, {key}: {message}", "metric", metric.name, key)


def _texts(metric: Metric) -> Iterator[tuple[str, str]]:
    if metric.filter:
        yield "filter", metric.filter
    if isinstance(metric, AggregateMetric) and metric.expression != "*":
        yield "expression", metric.expression
    if isinstance(metric, DerivedMetric):
        for item in metric.inputs:
            if item.filter:
                yield "inputs", item.filter
