"""Which metrics go with which fields, remembered for a view."""

from __future__ import annotations

from agent.planners.embedded.filters_of_figures import lets_pass
from agent.tools.compile import can_filter, can_group
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, CatalogField, FieldRole, Metric
from catalog.units import is_currency
from semantic_context.linking import split_route


class Reach:
    """What the compiler can split and filter, asked once for each pair."""

    def __init__(self, view: CatalogView) -> None:
        self.view = view
        self._group: dict[tuple[str, str], str | None] = {}
        self._filter: dict[tuple[str, str], str | None] = {}

    def why_not_group(self, metric: str, field: str) -> str | None:
        """The reason why a metric cannot be split by a field; None where it can."""
        key = (metric, field)
        if key not in self._group:
            reference, path = split_route(field)
            self._group[key] = can_group(self.view, metric, reference, path)
        return self._group[key]

    def why_not_filter(self, metric: str, field: str) -> str | None:
        """The reason why a metric cannot be filtered by a field; None where it can."""
        key = (metric, field)
        if key not in self._filter:
            reference, path = split_route(field)
            self._filter[key] = can_filter(self.view, metric, reference, path)
        return self._filter[key]

    def thing_named(self, field: str) -> str:
        """The key that a field points at, the field itself where it points at none: both name the same things."""
        for relationship in self.view.whole.relationships:
            if [f"{relationship.from_dataset}.{name}" for name in relationship.from_fields] == [field]:
                return f"{relationship.to_dataset}.{relationship.to_fields[0]}"
        return field

    def names_things(self, field: str) -> bool:
        """Whether a field is the name that a dataset's things are known by, of a dataset that others point at."""
        dataset, _, name = split_route(field)[0].partition(".")
        return name == self.view.whole.dataset_by_name[dataset].display_field and self.things_pointing_at(dataset) > 0

    def things_pointing_at(self, dataset: str) -> int:
        """How many relationships lead to a dataset: a sign of how central it is."""
        return sum(relationship.to_dataset == dataset for relationship in self.view.whole.relationships)

    def holds_many(self, metric: str, field: str) -> bool:
        """Whether a thing that the metric counts may hold several things of the field's dataset (an order its products)."""
        if self.why_not_filter(metric, field) is not None or self.through_shared_dimension((metric,), field):
            return False
        dataset = field.partition(".")[0]
        return any(
            dataset not in pointed_at(self.view, frozenset({base})) and not self._shares(base, field)
            for base in base_datasets(self.view, metric)
        )

    def _shares(self, base: str, field: str) -> bool:
        """Whether a base, or what it points at, has the field's shared dimension in a field of its own."""
        shared = None if split_route(field)[1] else self.view.whole.field(field).shared_dimension
        reached = pointed_at(self.view, frozenset({base}))
        return shared is not None and any(
            item.shared_dimension == shared
            for name in reached
            if name in self.view.datasets
            for item in self.view.datasets[name].fields
        )

    def has_many_of(self, metric: str, field: str) -> bool:
        """Whether a thing of the metric's own may have several of the field's things, by way of a dataset that points at
        both ("customers" and the "categories" they bought)."""
        dataset = field.partition(".")[0]
        bases = base_datasets(self.view, metric)
        if any(dataset in pointed_at(self.view, frozenset({base})) for base in bases):
            return False
        reached = [pointed_at(self.view, frozenset({name})) for name in self.view.datasets]
        return any(dataset in found and bases & found for found in reached)

    def counts_over_rows(self, metric: str, field: str) -> bool:
        """Whether a metric counts things that each have several rows, and a field tells these rows apart (a session's events)."""
        counted = self.view.whole.metric_by_name[metric]
        if not isinstance(counted, AggregateMetric) or counted.aggregation is not Aggregation.COUNT_DISTINCT:
            return False
        keys = {f"{counted.dataset}.{name}" for name in self.view.whole.dataset_by_name[counted.dataset].primary_key}
        return field.partition(".")[0] == counted.dataset and counted.expression not in keys

    def through_shared_dimension(self, metrics: tuple[str, ...], field: str) -> bool:
        """Whether no base of the metrics is related to the field's own dataset: only a shared dimension leads there."""
        dataset = field.partition(".")[0]
        return not any(dataset in pointed_at(self.view, base_datasets(self.view, name)) for name in metrics)


MONEY = frozenset("amount budget charge cost fee payment price salary total value wage".split())


def is_money_by_name(view: CatalogView, item: CatalogField) -> bool:
    """Whether a measure is an amount by its name, in a catalog that says no currency of anything."""
    said = any(other.unit and is_currency(other.unit) for dataset in view.datasets.values() for other in dataset.fields)
    return not said and item.unit is None and bool(MONEY & set(item.label.casefold().split()))


def amounts_of(view: CatalogView, dataset: str, unit: str | None) -> list[str]:
    """The measures of a dataset that a bound can be about when it follows the things: those in the bound's currency."""
    found = [item for item in view.datasets[dataset].fields if item.role is FieldRole.MEASURE]
    fitting = [item for item in found if unit is None or item.unit == unit or is_money_by_name(view, item)]
    return [f"{dataset}.{item.name}" for item in fitting if view.can_show(f"{dataset}.{item.name}")]


def pointers_between(view: CatalogView, dataset: str, other: str) -> tuple[str, ...]:
    """The relationships by which a dataset points at another one."""
    if dataset == other:
        return ()
    return tuple(
        item.name for item in view.whole.relationships if (item.from_dataset, item.to_dataset) == (dataset, other)
    )


def pointed_at(view: CatalogView, datasets: frozenset[str], avoiding: str | None = None) -> frozenset[str]:
    """The datasets and those they point at, over any number of relationships; none of them by way of `avoiding`."""
    seen = set(datasets)
    todo = list(datasets)
    while todo:
        here = todo.pop()
        for relationship in view.whole.relationships:
            there = relationship.to_dataset
            if relationship.from_dataset == here and there not in seen and there != avoiding:
                seen.add(there)
                todo.append(there)
    return frozenset(seen)


def excludes(view: CatalogView, metric_name: str, field: str, values: tuple[object, ...]) -> bool:
    """Whether a metric's own filter leaves out every one of the values of a field, so that asking for them gives nothing."""
    metric = view.whole.metric_by_name[metric_name]
    parts = parts_of(metric)
    if parts:
        return any(excludes(view, name, field, values) for name in parts)
    return metric.filter is not None and not any(lets_pass(metric.filter, field, value) for value in values)


def base_datasets(view: CatalogView, metric_name: str) -> frozenset[str]:
    """The datasets whose rows a metric aggregates, through any depth of formulas."""
    metrics = view.whole.metric_by_name
    seen: set[str] = set()
    found: set[str] = set()
    todo = [metric_name]
    while todo:
        name = todo.pop()
        if name in seen or name not in metrics:
            continue
        seen.add(name)
        metric = metrics[name]
        if isinstance(metric, AggregateMetric):
            found.add(metric.dataset)
        todo += parts_of(metric)
        entity = getattr(metric, "entity", None)
        if isinstance(entity, str):
            found.add(entity.partition(".")[0])
    return frozenset(found)


def parts_of(metric: Metric) -> tuple[str, ...]:
    """The metrics a metric is computed from, one step down."""
    match metric.kind:
        case "derived":
            return tuple(item.metric for item in metric.inputs)
        case "cumulative":
            return (metric.metric,)
        case "conversion":
            return (metric.base_metric, metric.conversion_metric)
        case "per_entity":
            return metric.metrics
        case _:
            return ()


def always_points_at(view: CatalogView, bases: frozenset[str], thing: str) -> bool:
    """Whether every row of the datasets, or of what they point at, that may point at such a thing does: a gift need not come
    from a member."""
    return all(
        link.mandatory
        for link in view.whole.relationships
        if link.to_dataset == thing and link.from_dataset in pointed_at(view, bases)
    )
