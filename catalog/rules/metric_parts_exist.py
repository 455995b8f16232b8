"""Metrics and fields that cumulative, conversion, per-entity and state metrics are built on."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, column_names, holds_aggregate, parse_expression
from catalog.models import (
    AggregateMetric,
    Catalog,
    ConversionMetric,
    CumulativeMetric,
    Metric,
    PerEntityMetric,
    StateMetric,
)
from catalog.rules.findings import error, unknown, unknown_field

RULE = "metric_parts_exist"


def metric_parts_exist(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for parts that do not exist or are not of the kind that is needed."""
    for metric in catalog.metrics:
        key = metric.kind
        for name in _metrics(metric):
            if name not in catalog.metric_by_name:
                message = unknown("metric", name, [item.name for item in catalog.metrics if not item.hidden])
                yield error(RULE, f"metric {metric.name}: {message}", "metric", metric.name, key)
        for reference in _fields(metric):
            message_or_none = unknown_field(catalog, reference)
            if message_or_none:
                yield error(RULE, f"metric {metric.name}: {message_or_none}", "metric", metric.name, key)
        for message in _faults(catalog, metric):
            yield error(RULE, f"metric {metric.name}: {message}", "metric", metric.name, key)


def _metrics(metric: Metric) -> tuple[str, ...]:
    if isinstance(metric, CumulativeMetric):
        return (metric.metric,)
    if isinstance(metric, ConversionMetric):
        return (metric.base_metric, metric.conversion_metric)
    return metric.metrics if isinstance(metric, PerEntityMetric) else ()


def _fields(metric: Metric) -> tuple[str, ...]:
    if isinstance(metric, ConversionMetric):
        shared = [name for item in metric.constant_properties for name in (item.base_field, item.conversion_field)]
        return (metric.base_entity, metric.conversion_entity, *shared)
    if isinstance(metric, PerEntityMetric):
        return metric.entity
    if isinstance(metric, StateMetric):
        return tuple(filter(None, (metric.entity, metric.base_time_field)))
    return ()


def _faults(catalog: Catalog, metric: Metric) -> Iterator[str]:
    if isinstance(metric, ConversionMetric):
        for name in (metric.base_metric, metric.conversion_metric):
            part = catalog.metric_by_name.get(name)
            if part is not None and not isinstance(part, AggregateMetric):
                yield f"{name} counts events of one dataset; it must be an expression of one aggregate"
    if isinstance(metric, StateMetric):
        yield from _state_faults(catalog, metric)
    if isinstance(metric, PerEntityMetric):
        yield from _per_entity_faults(metric)


def _state_faults(catalog: Catalog, metric: StateMetric) -> Iterator[str]:
    if metric.base_dataset is not None and metric.base_dataset not in catalog.dataset_by_name:
        yield unknown("dataset", metric.base_dataset, list(catalog.dataset_by_name))
    events = catalog.dataset_by_name.get(metric.entity.partition(".")[0])
    if events is not None and events.time_field is None and metric.time_field is None:
        yield f"its events, {events.name}, have no time; say which field is it (time: ...)"
    if metric.base_window is not None and metric.base_window.count <= 0:
        yield "its base_window must be longer than nothing"
    if metric.recent_window.count <= 0:
        yield "its recent_window must be longer than nothing"


def _per_entity_faults(metric: PerEntityMetric) -> Iterator[str]:
    if not metric.entity:
        yield "it needs an entity (dataset.field)"
    try:
        tree = parse_expression(metric.expression)
    except ExpressionError as fault:
        yield str(fault)
        return
    if not holds_aggregate(tree):
        yield "its expression must aggregate over the entities"
    for table, name in column_names(tree):
        if table or name not in metric.metrics:
            yield f"{f'{table}.' if table else ''}{name} in its expression is none of its metrics ({', '.join(metric.metrics)})"
