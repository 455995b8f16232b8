"""A formula's names are its inputs, and its inputs are metrics."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, column_names, holds_aggregate, parse_expression
from catalog.models import Catalog, DerivedMetric
from catalog.rules.findings import error, unknown

RULE = "formulas_resolve"


def formulas_resolve(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for formulas that cannot be read, hold aggregates or fields, or name what is no input or metric."""
    for metric in catalog.metrics:
        if isinstance(metric, DerivedMetric):
            for message in _faults(catalog, metric):
                yield error(RULE, f"metric {metric.name}: {message}", "metric", metric.name, "formula")


def _faults(catalog: Catalog, metric: DerivedMetric) -> Iterator[str]:
    for item in metric.inputs:
        if item.metric not in catalog.metric_by_name:
            yield unknown("metric", item.metric, [name.name for name in catalog.metrics if not name.hidden])
        if item.offset is not None and item.offset_to_grain is not None:
            yield f"input {item.name} has an offset or an offset_to_grain, not both"
    try:
        tree = parse_expression(metric.formula)
    except ExpressionError as fault:
        yield f"its formula: {fault}"
        return
    if holds_aggregate(tree):
        yield "its formula holds an aggregate"
    named = column_names(tree)
    given = {item.name for item in metric.inputs}
    for table, name in named:
        if table:
            yield f"its formula reads the field {table}.{name}; formulas read metrics"
        elif name not in given:
            yield f"{name!r} in its formula is none of its inputs ({', '.join(sorted(given)) or 'none'})"
    unused = given - {name for _, name in named}
    if unused:
        yield f"its formula does not use the input {', '.join(sorted(unused))}"
