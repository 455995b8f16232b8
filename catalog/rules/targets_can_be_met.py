"""A target is a value of the metric's own unit, over a period that makes sense of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, parse_single_value
from catalog.models import AggregateMetric, Aggregation, Catalog, Direction, Metric, Target
from catalog.rules.findings import error, unknown, unknown_names, warning

RULE = "targets_can_be_met"
_ADDITIVE = frozenset({Aggregation.SUM, Aggregation.COUNT, Aggregation.SUM_BOOLEAN, Aggregation.COUNT_DISTINCT})


def targets_can_be_met(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for targets that cannot be computed; warnings for percents, flows without a period, the wrong side."""
    for metric in catalog.metrics:
        if metric.target is None:
            continue
        for message in _faults(catalog, metric.target):
            yield error(RULE, f"target of {metric.name}: {message}", "metric", metric.name, "target")
        for message in _doubts(metric, metric.target):
            yield warning(RULE, f"target of {metric.name}: {message}", "metric", metric.name, "target")


def unknown_sources(catalog: Catalog, text: str) -> Iterator[str]:
    """What is wrong with a value computed from the catalog's datasets."""
    try:
        tree = parse_single_value(text)
    except ExpressionError as fault:
        yield str(fault)
        return
    for table in tree.find_all(exp.Table):
        if table.name not in catalog.dataset_by_name:
            yield unknown("dataset", table.name, list(catalog.dataset_by_name))
    for column in tree.find_all(exp.Column):
        dataset = catalog.dataset_by_name.get(column.table)
        if dataset is not None and column.name not in dataset.field_by_name:
            yield f"{dataset.name} has no field {column.name!r}; there are {', '.join(dataset.field_by_name)}"


def _faults(catalog: Catalog, target: Target) -> Iterator[str]:
    yield from unknown_sources(catalog, target.expression)
    if target.where:
        yield from unknown_names(catalog, target.where)


def _doubts(metric: Metric, target: Target) -> Iterator[str]:
    value = _number(target.expression)
    if metric.unit == "fraction" and value is not None and abs(value) > 1.5:
        yield f"{value:g} of a fraction; 15 percent is written 0.15"
    upward = target.comparison in (">", ">=")
    if metric.direction is not None and upward != (metric.direction is Direction.UP):
        yield f"it asks for {target.comparison} {target.expression}, but {metric.direction.value} is good"
    flow = isinstance(metric, AggregateMetric) and metric.aggregation in _ADDITIVE and not metric.is_state
    if flow and target.per is None:
        yield "a flow grows with the period; say what period it is for (per: month)"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
