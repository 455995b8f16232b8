"""Whose behaviour is followed: as the catalog declares it, else inferred where only one reading is possible."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from catalog.access import CatalogView
from catalog.durations import Duration, TimeGrain
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Dataset,
    PerEntityMetric,
    StateMetric,
)
from catalog.strategy.customers import CustomerBase

_USUAL_HORIZON_DAYS = 90
_USUAL_BASE_DAYS = 365
_DAYS_BY_GRAIN = {TimeGrain.DAY: 1, TimeGrain.WEEK: 7, TimeGrain.MONTH: 30, TimeGrain.QUARTER: 91, TimeGrain.YEAR: 365}


class NotDeclaredError(Exception):
    """The catalog does not say what the analysis rests on; the message names what to declare."""


@dataclass(frozen=True)
class FollowedBase:
    """The base as it is used: `entity` is a key on the side of `events`; nouns are those of the catalog."""

    entity: str
    events: str
    value: str | None
    member: str | None
    start: str | None
    horizon_days: int
    base_days: int
    singular: str
    plural: str
    inferred: bool
    value_unit: str | None = None
    value_label: str = ""
    events_label: str = ""

    @property
    def dataset(self) -> str | None:
        """The entity's own dataset, where there is one."""
        return self.member.partition(".")[0] if self.member else None


def customer_base(view: CatalogView) -> FollowedBase:
    """The base for a principal; NotDeclaredError where the catalog declares none and none can be inferred."""
    declared = view.whole.strategy.customers
    base = declared or _inferred(view)
    closed = [name for name in (base.events, base.value) if name is not None and name not in view.metrics]
    # A masked key may stand for many at once: only a key as it is tells one from another.
    if closed or not view.can_show(base.entity):
        raise NotDeclaredError("What this analysis rests on is not open to your role.")
    member = base.member or _pointed_at(view, base.entity)
    if member is not None and not view.can_show(member):
        member = None
    home = view.whole.dataset_by_name[(member or base.entity).partition(".")[0]]
    state = next(
        (item for item in view.whole.metrics if isinstance(item, StateMetric) and item.entity == base.entity), None
    )
    value = view.metrics[base.value] if base.value is not None else None
    start = base.start or (
        f"{home.name}.{home.time_field}" if member is not None and home.time_field is not None else None
    )
    return FollowedBase(
        entity=base.entity,
        events=base.events,
        value=base.value,
        member=member,
        start=start if start is not None and member is not None and view.can_show(start) else None,
        horizon_days=_days(base.churned_after or (state.recent_window if state else None), _USUAL_HORIZON_DAYS),
        base_days=_days(base.base_window or (state.base_window if state else None), _USUAL_BASE_DAYS),
        singular=home.singular if member is not None else "one",
        plural=home.label if member is not None else f"different {view.whole.field(base.entity).label.lower()}",
        inferred=declared is None,
        value_unit=value.unit if value is not None else None,
        value_label=value.label if value is not None else "",
        events_label=view.metrics[base.events].label,
    )


def _days(length: Duration | None, usual: int) -> int:
    if length is None:
        return usual
    return max(1, length.count * _DAYS_BY_GRAIN.get(length.grain, 1))


def _pointed_at(view: CatalogView, entity: str) -> str | None:
    """The key that an entity field points at; itself where it is its dataset's own key."""
    for relation in view.whole.relationships:
        if [f"{relation.from_dataset}.{name}" for name in relation.from_fields] == [entity]:
            return f"{relation.to_dataset}.{relation.to_fields[0]}"
    return None


def _inferred(view: CatalogView) -> CustomerBase:
    """The base from the metrics: an entity is a key that metrics count distinct or follow, events are rows of its dataset."""
    votes = Counter(_entities(view))
    if not votes:
        raise NotDeclaredError(
            "The catalog does not say whose behaviour to follow. Declare strategy.customers with entity (a key such as "
            "orders.customer_id), events (the metric that counts their events) and value (what they are worth)."
        )
    (entity, most), *others = votes.most_common()
    if others and others[0][1] == most:
        names = ", ".join(sorted(name for name, count in votes.items() if count == most))
        raise NotDeclaredError(
            f"Several could be followed: {names}. Declare strategy.customers with the entity that is meant, its events and value."
        )
    dataset = view.whole.dataset_by_name[entity.partition(".")[0]]
    events = _events_of(view, dataset, entity)
    if events is None:
        raise NotDeclaredError(
            f"No metric counts {dataset.label}, the events of {entity}, beyond doubt. Declare strategy.customers with entity, "
            "events and value."
        )
    return CustomerBase(entity=entity, events=events, value=_value_of(view, dataset))


def _entities(view: CatalogView) -> list[str]:
    """Keys of others that metrics follow or count distinct, once a metric; a dataset's own key counts rows, not entities."""
    found = []
    for metric in view.metrics.values():
        if isinstance(metric, StateMetric):
            found.append(metric.entity)
        elif isinstance(metric, PerEntityMetric) and len(metric.entity) == 1:
            found.append(metric.entity[0])
        elif isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT_DISTINCT:
            home = view.datasets.get(metric.dataset)
            name = metric.expression.partition(".")[2]
            own = home is not None and home.primary_key == (name,)
            timed = home is not None and (metric.time_field or home.time_field) is not None
            if (
                timed
                and not own
                and metric.expression.startswith(f"{metric.dataset}.")
                and _pointed_at(view, metric.expression)
            ):
                found.append(metric.expression)
    return [name for name in found if _is_event_key(view, name)]


def _is_event_key(view: CatalogView, reference: str) -> bool:
    dataset, _, name = reference.partition(".")
    home = view.datasets.get(dataset)
    return (
        home is not None and home.time_field is not None and name in home.field_by_name and home.primary_key != (name,)
    )


def _events_of(view: CatalogView, dataset: Dataset, entity: str) -> str | None:
    """The metric that counts a dataset's rows: with the filter of what counts the entity, else without one."""
    keys = {f"{dataset.name}.{name}" for name in dataset.primary_key}
    counts = [
        item
        for item in view.metrics.values()
        if isinstance(item, AggregateMetric)
        and item.dataset == dataset.name
        and (
            (item.aggregation is Aggregation.COUNT and item.expression in {"*", "1", *keys})
            or (item.aggregation is Aggregation.COUNT_DISTINCT and item.expression in keys)
        )
    ]
    filters = {
        item.filter for item in view.metrics.values() if isinstance(item, AggregateMetric) and item.expression == entity
    }
    for kept in (
        [item for item in counts if item.filter in filters],
        [item for item in counts if item.filter is None],
        counts,
    ):
        if len(kept) == 1:
            return kept[0].name
    return None


def _value_of(view: CatalogView, dataset: Dataset) -> str | None:
    """The first declared sum of money over the events' dataset or one that points at it."""
    pointing = {item.from_dataset for item in view.whole.relationships if item.to_dataset == dataset.name}
    for metric in view.metrics.values():
        if (
            isinstance(metric, AggregateMetric)
            and metric.aggregation is Aggregation.SUM
            and metric.semi_additive is None
            and metric.dataset in {dataset.name, *pointing}
            and metric.unit is not None
            and metric.unit.isupper()
        ):
            return metric.name
    return None
