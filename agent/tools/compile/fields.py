"""What a metric can be split and filtered by, and when its data is: quick answers for planners, kept for each view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.aggregations import COUNT_OF_ROWS, INSENSITIVE_TO_REPETITION
from agent.tools.compile.draft import Draft
from agent.tools.compile.reach import Reach, Reaches, Unreachable, reaches
from agent.tools.compile.redaction import seen_only
from agent.tools.compile.relation import aliased
from agent.tools.compile.request import metric_in, not_by, parts_of
from agent.tools.compile.scan import Scan, relation_column, table_of
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, Catalog, ConversionMetric, Metric, StateMetric


def can_group(view: CatalogView, metric: str, field: str, path: tuple[str, ...] = ()) -> str | None:
    """None where the metric can be split by `dataset.field`; else why not, fit for a person."""
    return _shown(view, metric, field) or _seen(view, _answers(view).why_not(metric, field, path, filtering=False))


def can_filter(view: CatalogView, metric: str, field: str, path: tuple[str, ...] = ()) -> str | None:
    """None where the metric can be narrowed by a condition on `dataset.field`; else why not, fit for a person."""
    return _shown(view, metric, field) or _seen(view, _answers(view).why_not(metric, field, path, filtering=True))


def reachable_dimensions(view: CatalogView, metric: str) -> tuple[str, ...]:
    """`dataset.field` of every field the view offers that the metric can be split by, nearest datasets first."""
    metric_in(view, metric)
    offered = [f"{dataset.name}.{item.name}" for dataset, item in view.groupable_fields()]
    answers = _answers(view)
    kept = [name for name in offered if answers.why_not(metric, name, (), filtering=False) is None]
    return tuple(sorted(kept, key=lambda name: answers.distance(metric, name)))


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a metric's rows to a field's: the relationships it takes and the datasets it passes, ends included."""

    relationships: tuple[str, ...]
    datasets: tuple[str, ...]


def ways_between(view: CatalogView, metric: str, field: str) -> tuple[Way, ...]:
    """The equally short ways from a metric to `dataset.field` among which a path has to choose; none where nothing is open."""
    metric_in(view, metric)
    return _answers(view).ways(metric, field) if view.can_show(field) else ()


def metric_time(view: CatalogView, metric: str) -> tuple[str, ...]:
    """`dataset.field` of every time that the metric's data has, that of its first part first; none where it has none."""
    metric_in(view, metric)
    found = [time for part in _leaves(view.whole, metric) for time in [_time_of(view.whole, part)] if time is not None]
    return tuple(dict.fromkeys(found))


def metric_span_query(view: CatalogView, metric: str) -> str | None:
    """SQL of one row: the first and the last day (first_day, last_day) that any part of the metric has rows for.

    The rows are those of its times' datasets that the view may see, its own filters left aside. None where the metric has no time.
    """
    metric_in(view, metric)
    draft = Draft(view, None, "duckdb")
    selects: list[exp.Query] = []
    for time in metric_time(view, metric):
        scan = Scan(draft, time.partition(".")[0])
        column = scan.column(scan.reach(time))
        first = aliased(exp.cast(exp.Min(this=column), "date"), "first_day")
        last = aliased(exp.cast(exp.Max(this=column.copy()), "date"), "last_day")
        selects.append(scan.select().select(first, last, copy=False))
    if not selects:
        return None
    statement = selects[0]
    if len(selects) > 1:
        for following in selects[1:]:
            statement = exp.Union(this=statement, expression=following, distinct=False)
        name = draft.cte("spans", statement)
        statement = exp.Select().from_(table_of(name), copy=False)
        statement.select(
            aliased(exp.Min(this=relation_column(name, "first_day")), "first_day"),
            aliased(exp.Max(this=relation_column(name, "last_day")), "last_day"),
            copy=False,
        )
    return draft.finish(statement).sql(dialect="duckdb", pretty=True)


def _seen(view: CatalogView, reason: str | None) -> str | None:
    return None if reason is None else seen_only(view, reason)


def _shown(view: CatalogView, metric: str, field: str) -> str | None:
    metric_in(view, metric)
    return None if view.can_show(field) else f"there is no field {field} to split or filter by"


def _time_of(catalog: Catalog, metric: Metric) -> str | None:
    if isinstance(metric, AggregateMetric):
        if metric.time_field:
            return metric.time_field
        dataset = catalog.dataset_by_name.get(metric.dataset)
    elif isinstance(metric, StateMetric):
        if metric.time_field:
            return metric.time_field
        dataset = catalog.dataset_by_name.get(metric.entity.partition(".")[0])
    else:
        return None
    return f"{dataset.name}.{dataset.time_field}" if dataset and dataset.time_field else None


def _leaves(catalog: Catalog, name: str, depth: int = 0) -> list[Metric]:
    """The metrics below a metric that are aggregated from rows."""
    metric = catalog.metric_by_name.get(name)
    if metric is None or depth > 32:
        return []
    if isinstance(metric, AggregateMetric | StateMetric):
        return [metric]
    parts = (metric.base_metric, metric.conversion_metric) if isinstance(metric, ConversionMetric) else parts_of(metric)
    return [leaf for part in parts for leaf in _leaves(catalog, part, depth + 1)]


class _Answers:
    """The answers for one catalog and what one role may see of it."""

    def __init__(self, view: CatalogView) -> None:
        self._view = view
        self._reaches: Reaches = reaches(view.whole, view.datasets)
        self._known: dict[tuple[str, str, tuple[str, ...], bool], str | None] = {}

    def why_not(self, metric: str, field: str, path: tuple[str, ...], filtering: bool) -> str | None:
        key = (metric, field, path, filtering)
        if key not in self._known:
            reason = self._find(metric, field, path, filtering)
            self._known[key] = seen_only(self._view, reason) if reason is not None else None
        return self._known[key]

    def distance(self, metric: str, field: str) -> int:
        """The longest way any part of the metric has to the field."""
        return max((len(self._reach(leaf, field, ()).route) for leaf in _leaves(self._view.whole, metric)), default=0)

    def ways(self, metric: str, field: str) -> tuple[Way, ...]:
        for leaf in _leaves(self._view.whole, metric):
            found = self._reaches.reach(_base_of(leaf), field, ())
            if isinstance(found, Unreachable) and found.routes:
                return tuple(
                    Way(tuple(hop.relationship for hop in route), (route[0].source, *(hop.target for hop in route)))
                    for route in found.routes
                )
        return ()

    def _reach(self, metric: Metric, field: str, path: tuple[str, ...]) -> Reach:
        found = self._reaches.reach(_base_of(metric), field, path)
        if isinstance(found, Unreachable):
            raise QueryError(found.reason)
        return found

    def _find(self, name: str, field: str, path: tuple[str, ...], filtering: bool) -> str | None:
        reason = not_by(self._view, name, field)
        if reason is not None:
            return reason
        for leaf in _leaves(self._view.whole, name):
            try:
                reach = self._reach(leaf, field, path)
            except QueryError as error:
                return f"{leaf.label}: {error}"
            fans = [hop for hop in reach.route if hop.fans_out]
            if filtering or not fans:
                continue
            if isinstance(leaf, AggregateMetric) and not self._may_fan(leaf, all(hop.weight for hop in fans)):
                many = self._view.whole.dataset_by_name[fans[0].target].label
                one = self._view.whole.dataset_by_name[fans[0].source].singular
                return f"{leaf.label} cannot be split by {field}: one {one} has many {many}"
        return None

    def _may_fan(self, metric: AggregateMetric, weighted: bool) -> bool:
        if metric.aggregation in INSENSITIVE_TO_REPETITION:
            return True
        if metric.aggregation in COUNT_OF_ROWS and self._view.whole.dataset_by_name[metric.dataset].primary_key:
            return True
        return weighted and metric.aggregation in (Aggregation.SUM, Aggregation.COUNT)


def _base_of(metric: Metric) -> str:
    if isinstance(metric, AggregateMetric):
        return metric.dataset
    assert isinstance(metric, StateMetric)
    return (
        metric.base_dataset if metric.base_window is None and metric.base_dataset else metric.entity.partition(".")[0]
    )


class _ByContent:
    """A view as a cache key: equal catalog and role, equal key."""

    def __init__(self, view: CatalogView) -> None:
        self.view = view
        self._key = (view.whole.content_hash, view.role.name)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByContent) and other._key == self._key


@lru_cache(maxsize=64)
def _cached(key: _ByContent) -> _Answers:
    return _Answers(key.view)


def _answers(view: CatalogView) -> _Answers:
    return _cached(_ByContent(view))
