"""Which metrics a role may be answered: those that read nothing it may not see. The others are refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.compile.expressions import columns_of, parse
from catalog.access import CatalogView
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Catalog,
    ConversionMetric,
    CumulativeMetric,
    DerivedMetric,
    Metric,
    PerEntityMetric,
    StateMetric,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A field that a metric reads; `counted` where it only tells things apart (a distinct count, an entity)."""

    field: str  # dataset.field
    counted: bool = False


def require_metric_access(view: CatalogView, name: str) -> None:
    """PolicyRefusal, naming the metric alone, where it is computed from what the role may not see.

    It may not read a dataset that is not granted, a denied or masked field, an aggregate-only field but to count distinct
    values, nor build on a metric that is denied to the role.
    """
    catalog = view.whole
    if name not in view.metrics:
        return  # the compiler says so, as of any name that is not there
    for part in parts_within(catalog, name):
        if part.name in view.role.denied_metrics or not _may_read(view, part):
            raise refused_metric(view, name)


def refused_metric(view: CatalogView, name: str) -> PolicyRefusal:
    """The refusal of a metric, naming it and nothing it reads."""
    label = view.whole.metric_by_name[name].label
    return PolicyRefusal(
        "metric_access",
        f"{label} is computed from data that the role {view.role.label} may not see, so it is not shown",
    )


def parts_within(catalog: Catalog, name: str) -> tuple[Metric, ...]:
    """The metric and all it is made of, each once."""
    found: dict[str, Metric] = {}
    waiting = [name]
    while waiting:
        metric = catalog.metric_by_name.get(waiting.pop())
        if metric is None or metric.name in found:
            continue
        found[metric.name] = metric
        waiting += _parts(metric)
    return tuple(found.values())


def readings(catalog: Catalog, metric: Metric) -> Iterator[Reading]:
    """The fields a metric itself reads: what it aggregates, its filters, its time, its entities."""
    base = base_dataset(metric)
    for text in _filters(metric):
        yield from _fields(text, base)
    if metric.time_field is not None:
        yield Reading(metric.time_field)
    if isinstance(metric, AggregateMetric):
        distinct = metric.aggregation is Aggregation.COUNT_DISTINCT
        yield from _fields(metric.expression, base, distinct)
        dataset = catalog.dataset_by_name.get(metric.dataset)
        if metric.time_field is None and dataset is not None and dataset.time_field:
            yield Reading(f"{dataset.name}.{dataset.time_field}")
        if metric.semi_additive is not None:
            yield Reading(metric.semi_additive.over)
            yield from (Reading(item, True) for item in metric.semi_additive.by)
    elif isinstance(metric, PerEntityMetric):
        yield from (Reading(item, True) for item in metric.entity)
    elif isinstance(metric, StateMetric):
        yield Reading(metric.entity, True)
        if metric.base_time_field is not None:
            yield Reading(metric.base_time_field)
    elif isinstance(metric, ConversionMetric):
        yield Reading(metric.base_entity, True)
        yield Reading(metric.conversion_entity, True)
        for item in metric.constant_properties:
            yield Reading(item.base_field, True)
            yield Reading(item.conversion_field, True)


def base_dataset(metric: Metric) -> str:
    """The dataset whose rows a metric is computed over; empty for one that is computed from other metrics."""
    if isinstance(metric, AggregateMetric):
        return metric.dataset
    if isinstance(metric, StateMetric):
        return metric.entity.partition(".")[0]
    if isinstance(metric, PerEntityMetric):
        return metric.entity[0].partition(".")[0]
    return ""


def _may_read(view: CatalogView, metric: Metric) -> bool:
    base = base_dataset(metric)
    bases = {base} | ({metric.base_dataset} if isinstance(metric, StateMetric) and metric.base_dataset else set())
    if any(name and name not in view.datasets for name in bases):
        return False
    return all(_may_use(view, item) for item in readings(view.whole, metric))


def _may_use(view: CatalogView, reading: Reading) -> bool:
    name, _, item_name = reading.field.partition(".")
    dataset = view.whole.dataset_by_name.get(name)
    item = dataset.field_by_name.get(item_name) if dataset is not None else None
    if dataset is None or item is None:
        return dataset is None or name in view.datasets  # a bare column, or no name of a field: the compiler's to judge
    if name not in view.datasets:
        return False
    access = view.access_to(dataset, item)
    return access == "show" or (access == "aggregate_only" and reading.counted)


def _parts(metric: Metric) -> list[str]:
    found = [name for text in _filters(metric) for name in _metrics_named(text)]
    if isinstance(metric, DerivedMetric):
        found += [item.metric for item in metric.inputs]
    elif isinstance(metric, CumulativeMetric):
        found.append(metric.metric)
    elif isinstance(metric, PerEntityMetric):
        found += metric.metrics
    elif isinstance(metric, ConversionMetric):
        found += [metric.base_metric, metric.conversion_metric]
    return found


def _filters(metric: Metric) -> list[str]:
    inputs = metric.inputs if isinstance(metric, DerivedMetric) else ()
    return [text for text in (metric.filter, *(item.filter for item in inputs)) if text]


def _fields(text: str, base: str, counted: bool = False) -> Iterator[Reading]:
    if text.strip() == "*":
        return
    for found in columns_of(parse(text)):
        yield Reading(f"{found.table or base}.{found.name}", counted)


def _metrics_named(text: str) -> Iterator[str]:
    """Metrics that a catalog filter compares: METRIC('name', ...)."""
    for call in parse(text).find_all(exp.Anonymous):
        if str(call.this).upper() == "METRIC" and call.expressions:
            yield call.expressions[0].name
