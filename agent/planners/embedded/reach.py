"""Which metrics go with which fields, remembered for a view."""

from __future__ import annotations

from agent.tools.compile import can_filter, can_group
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Metric


class Reach:
    """What the compiler can split and filter, asked once for each pair."""

    def __init__(self, view: CatalogView) -> None:
        self.view = view
        self._group: dict[tuple[str, str], str | None] = {}
        self._reachable: dict[str, frozenset[str]] = {}
        self._filter: dict[tuple[str, str], str | None] = {}

    def why_not_group(self, metric: str, field: str) -> str | None:
        """The reason why a metric cannot be split by a field; None where it can."""
        key = (metric, field)
        if key not in self._group:
            self._group[key] = can_group(self.view, metric, field)
        return self._group[key]

    def why_not_filter(self, metric: str, field: str) -> str | None:
        """The reason why a metric cannot be filtered by a field; None where it can."""
        key = (metric, field)
        if key not in self._filter:
            self._filter[key] = can_filter(self.view, metric, field)
        return self._filter[key]

    def through_shared_dimension(self, metrics: tuple[str, ...], field: str) -> bool:
        """Whether no base of the metrics is related to the field's own dataset: only a shared dimension leads there."""
        dataset = field.partition(".")[0]
        return not any(dataset in self._related(base) for name in metrics for base in base_datasets(self.view, name))

    def _related(self, dataset: str) -> frozenset[str]:
        """The datasets that a dataset points at, over any number of relationships, and itself."""
        if dataset not in self._reachable:
            seen = {dataset}
            todo = [dataset]
            while todo:
                here = todo.pop()
                for relationship in self.view.whole.relationships:
                    if relationship.from_dataset == here and relationship.to_dataset not in seen:
                        seen.add(relationship.to_dataset)
                        todo.append(relationship.to_dataset)
            self._reachable[dataset] = frozenset(seen)
        return self._reachable[dataset]


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
