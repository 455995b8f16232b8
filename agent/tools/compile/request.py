"""A MetricQuery checked against what its asker may see: every name known, every field showable, no column twice."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.errors import PolicyRefusal, QueryError
from agent.tools.compile.expressions import METRIC_TIME
from agent.tools.compile.keys import Key, key_of
from catalog.access import CatalogView
from catalog.errors import UnknownNameError
from catalog.models import AggregateMetric, CumulativeMetric, DerivedMetric, FieldType, Metric, PerEntityMetric
from catalog.query import (
    AllOf,
    AnyOf,
    Condition,
    FieldCondition,
    MetricCondition,
    MetricQuery,
    MetricUse,
    Not,
    SqlCondition,
)


@dataclass(frozen=True, slots=True)
class Request:
    """The query with its names resolved."""

    query: MetricQuery
    uses: tuple[MetricUse, ...]
    keys: tuple[Key, ...]

    def key(self, name: str) -> Key:
        """A key by its column name."""
        for key in self.keys:
            if key.name == name:
                return key
        names = ", ".join(key.name for key in self.keys) or "none"
        raise QueryError(f"the query is not split by {name}; its dimensions are: {names}")


def resolve(view: CatalogView, query: MetricQuery) -> Request:
    """The request; UnknownNameError, QueryError or PolicyRefusal where it asks for what there is not or must not be."""
    if not query.metrics and not query.group_by:
        raise QueryError("the query asks for no metric and no dimension")
    for use in query.metrics:
        metric_in(view, use.metric)
    keys = tuple(key_of(dimension) for dimension in query.group_by)
    for key in keys:
        if key.field is not None:
            check_field(view, key.field)
            _check_bins(view, key)
        if key.custom_grain is not None:
            grains = [name for spine in view.whole.time_spines for name in spine.custom_grains]
            if key.custom_grain not in grains:
                raise UnknownNameError("grain", key.custom_grain, _nearest(key.custom_grain, grains))
    _check_names([key.name for key in keys] + [use.name for use in query.metrics])
    conditions = [query.where, *(use.where for use in query.metrics)]
    for condition in every_condition(item for item in conditions if item is not None):
        _check_condition(view, condition)
    request = Request(query, query.metrics, keys)
    for use in query.metrics:
        wanted = [key.field for key in keys if key.field is not None]
        asked = leaves(item for item in (query.where, use.where) if item is not None)
        wanted += [item.field for item in asked if isinstance(item, FieldCondition)]
        for reference in wanted:
            _refuse_not_by(view, use.metric, reference)
    return request


def _refuse_not_by(view: CatalogView, name: str, reference: str) -> None:
    reason = not_by(view, name, reference)
    if reason is not None:
        raise QueryError(f"{view.metrics[name].label} cannot be split or filtered by {reference}: {reason}")


def metric_in(view: CatalogView, name: str) -> Metric:
    """The metric as the view shows it; UnknownNameError with the nearest that it shows."""
    if name not in view.metrics:
        raise UnknownNameError("metric", name, _nearest(name, view.metrics))
    return view.metrics[name]


def check_field(view: CatalogView, reference: str) -> None:
    """UnknownNameError for a field the view has not, PolicyRefusal for one it may count but not show."""
    dataset, _, name = reference.partition(".")
    seen = view.datasets.get(dataset)
    if seen is None:
        raise UnknownNameError("dataset", dataset, _nearest(dataset, view.datasets))
    if name not in seen.field_by_name:
        shown = [f"{dataset}.{item}" for item in seen.field_by_name]
        raise UnknownNameError("field", reference, _nearest(reference, shown))
    if not view.can_show(reference):
        raise PolicyRefusal("field_access", f"the role {view.role.label} may not see the values of {reference}")


def _nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(name, list(names), n=3, cutoff=0.5))


def _check_bins(view: CatalogView, key: Key) -> None:
    if key.bins and key.field is not None:
        item = view.whole.field(key.field)
        if item.type not in (FieldType.INTEGER, FieldType.NUMBER):
            raise QueryError(f"{key.field} holds no numbers, so it has no ranges")


def _check_names(names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise QueryError(f"two columns would be called {', '.join(twice)}; give one of each an alias")


def leaves(conditions: Iterable[Condition]) -> Iterator[FieldCondition | MetricCondition | SqlCondition]:
    """The conditions that and, or and not are made of."""
    for condition in conditions:
        if isinstance(condition, AllOf | AnyOf):
            yield from leaves(condition.conditions)
        elif isinstance(condition, Not):
            yield from leaves((condition.condition,))
        else:
            yield condition


def every_condition(
    conditions: Iterable[Condition],
) -> Iterator[FieldCondition | MetricCondition | SqlCondition]:
    """The same, with those that narrow the metrics of conditions on entities."""
    for condition in leaves(conditions):
        yield condition
        if isinstance(condition, MetricCondition) and condition.where is not None:
            yield from every_condition((condition.where,))


def _check_condition(view: CatalogView, condition: FieldCondition | MetricCondition | SqlCondition) -> None:
    if isinstance(condition, FieldCondition):
        if condition.field != METRIC_TIME:
            check_field(view, condition.field)
    elif isinstance(condition, MetricCondition):
        metric = metric_in(view, condition.metric)
        if condition.rows and not isinstance(metric, AggregateMetric):
            raise QueryError(f"{metric.label} is a formula, which has no rows of its own to count")
        for reference in condition.per:
            check_field(view, reference)
        narrowed = leaves((condition.where,)) if condition.where is not None else ()
        wanted = [*condition.per, *(item.field for item in narrowed if isinstance(item, FieldCondition))]
        for reference in wanted:
            _refuse_not_by(view, condition.metric, reference)


def not_by(view: CatalogView, name: str, reference: str) -> str | None:
    """Why a metric, or one it is made of, cannot be split by the field or its dataset; None where nothing is said."""
    metric = view.whole.metric_by_name.get(name)
    if metric is None:
        return None
    dataset = reference.partition(".")[0]
    if reference in metric.not_by or dataset in metric.not_by:
        return metric.not_by.get(reference) or metric.not_by[dataset]
    for part in parts_of(metric):
        reason = not_by(view, part, reference)
        if reason is not None:
            return reason
    return None


def parts_of(metric: Metric) -> tuple[str, ...]:
    """The metrics a metric is made of."""
    if isinstance(metric, DerivedMetric):
        return tuple(item.metric for item in metric.inputs)
    if isinstance(metric, CumulativeMetric):
        return (metric.metric,)
    return metric.metrics if isinstance(metric, PerEntityMetric) else ()
