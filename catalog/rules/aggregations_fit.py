"""An aggregation must suit what it aggregates."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, parse_expression
from catalog.models import AggregateMetric, Aggregation, Catalog, FieldType
from catalog.rules.findings import a_type, error

RULE = "aggregations_fit"
_OF_NUMBERS = frozenset({Aggregation.SUM, Aggregation.AVERAGE, Aggregation.MEDIAN, Aggregation.PERCENTILE})
_NO_NUMBERS = frozenset({FieldType.STRING, FieldType.DATE, FieldType.TIMESTAMP})


def aggregations_fit(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for sums of text or times, percentiles without a share from 0 to 1, and * with anything but count."""
    for metric in catalog.metrics:
        if not isinstance(metric, AggregateMetric):
            continue
        for message in _faults(catalog, metric):
            yield error(RULE, f"metric {metric.name}: {message}", "metric", metric.name, "expression")


def _faults(catalog: Catalog, metric: AggregateMetric) -> Iterator[str]:
    if (metric.aggregation is Aggregation.PERCENTILE) != (metric.percentile is not None):
        yield "percentile goes with the aggregation percentile, and that needs it"
    if metric.percentile is not None and not 0 <= metric.percentile <= 1:
        yield f"percentile {metric.percentile} is not from 0 to 1"
    if metric.expression == "*":
        if metric.aggregation is not Aggregation.COUNT:
            yield f"* goes with count, not {metric.aggregation.value}"
        return
    try:
        tree = parse_expression(metric.expression)
    except ExpressionError:
        return  # expressions_resolve says so
    if metric.aggregation in _OF_NUMBERS and isinstance(tree, exp.Column):
        dataset = catalog.dataset_by_name.get(tree.table)
        item = dataset.field_by_name.get(tree.name) if dataset else None
        if item is not None and item.type in _NO_NUMBERS:
            yield f"{tree.table}.{tree.name} is {a_type(item.type)}; {metric.aggregation.value} needs a number"
