"""Why a metric changed: the change, whether it is usual, what drove it by formula, and where it happened.

Nothing here proves a cause: drivers are arithmetic, segments are where the change lies, related metrics moved beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from agent.errors import QueryError
from agent.tools.analysis.attribution.normal_variation import UsualChange, usual_change
from agent.tools.analysis.causes.drivers import DriverFinding, attribute, driver_tree
from agent.tools.analysis.causes.history import History, history_of
from agent.tools.analysis.causes.parts import parts_table
from agent.tools.analysis.causes.related import related_table
from agent.tools.analysis.causes.segments import PlaceSearch, search_places
from agent.tools.analysis.causes.tables import drivers_table, judgement_table, segments_table
from agent.tools.analysis.causes.words import told
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.present.number_format import as_decimal
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.cause import CauseRequest
from catalog.models import Metric
from catalog.query import AllOf, ComparePeriod, MetricQuery, MetricUse, TimeDimension

PREVIOUS = "previous"


@dataclass(frozen=True)
class Explained:
    """All that was found of one change; tables are in the order shown."""

    request: CauseRequest
    metric: Metric
    before: float
    after: float
    usual: UsualChange | None
    drivers: DriverFinding | None
    places: PlaceSearch | None
    results: tuple[ResultTable, ...]

    @property
    def change(self) -> float:
        """The later value less the earlier."""
        return self.after - self.before

    def table(self, name: str) -> int | None:
        """The position of a table among the results."""
        return next((place for place, item in enumerate(self.results) if item.name == name), None)


def explain_change(request: CauseRequest, desk: AnalysisDesk) -> Finding:
    """Why the request's metric changed. `results`: answer, segments, drivers, judgement, parts, related, as far as found.

    QueryError where the metric has no figure to compare; PolicyRefusal and WarehouseError as the queries raise them.
    """
    metric = desk.view.whole.metric_by_name[request.metric]
    desk.say("Measuring the change")
    answer = desk.query(_compared(request, (MetricUse(metric=request.metric),)))
    before, after = _ends(answer, metric)
    history = history_of(request.period, request.baseline, desk.span_of((request.metric,)))
    tree = driver_tree(desk.view, request.metric, request.where)
    desk.say("Looking for its drivers")
    drivers, drivers_sql = None, answer.sql
    if tree.parts:
        values = desk.query(_compared(request, tree.all_uses()), "drivers")
        drivers = attribute(
            tree, _values(values, tree.all_uses(), f"_{PREVIOUS}"), _values(values, tree.all_uses(), "")
        )
        drivers_sql = values.sql
    desk.say("Searching segments")
    places = search_places(
        desk, request.metric, request.where, history, (request.baseline, request.period), request.dimensions, tree
    )
    usual = _usual(request, desk, history, places)
    results = [answer]
    if places is not None and places.places:
        results.append(segments_table(desk.view, metric, places, after - before, places.sql))
    if drivers is not None and drivers.contributions:
        results.append(drivers_table(metric, drivers.contributions, after - before, drivers_sql))
    results.append(judgement_table(metric, usual, places, before, answer.sql))
    if places is not None and places.cause is not None:
        broken_down = parts_table(desk, request, places)
        results += [broken_down] if broken_down is not None else []
        desk.say("Looking at what moved beside it")
        beside = related_table(desk, request, history, places.cause.change.conditions)
        results += [beside] if beside is not None else []
    found = Explained(request, metric, before, after, usual, drivers, places, tuple(results))
    return told(desk.view, found)


def _compared(request: CauseRequest, uses: tuple[MetricUse, ...]) -> MetricQuery:
    baseline = ComparePeriod(name=PREVIOUS, period=request.baseline, show="measure")
    return MetricQuery(metrics=uses, where=request.where, period=request.period, compare=(baseline,))


def _ends(answer: ResultTable, metric: Metric) -> tuple[float, float]:
    names = [column.name for column in answer.columns]
    row = answer.rows[0] if answer.rows else ()
    found = [as_decimal(row[names.index(name)]) for name in (f"{metric.name}_{PREVIOUS}", metric.name)] if row else []
    if len(found) != 2 or found[0] is None or found[1] is None:
        raise QueryError(f"{metric.label} has no figure in one of the two periods, so there is no change to explain")
    return float(found[0]), float(found[1])


def _values(table: ResultTable, uses: tuple[MetricUse, ...], suffix: str) -> dict[str, float]:
    """The figures of a period by the uses' names; what has none is missing."""
    names = [column.name for column in table.columns]
    found = {use.name: as_decimal(table.rows[0][names.index(use.name + suffix)]) for use in uses}
    return {name: float(value) for name, value in found.items() if value is not None}


def _usual(
    request: CauseRequest, desk: AnalysisDesk, history: History | None, places: PlaceSearch | None
) -> UsualChange | None:
    """What such a step usually brings, from the metric's own past; None where there is too little of it."""
    if history is None:
        return None
    values: list[float]
    if places is not None and len(places.series) == len(history.starts):
        values = list(places.series)
    else:
        conditions = tuple(item for item in (request.where, history.condition) if item is not None)
        query = MetricQuery(
            metrics=(MetricUse(metric=request.metric),),
            group_by=(TimeDimension(grain=history.grain, alias="period"),),
            where=AllOf(conditions=conditions) if len(conditions) > 1 else conditions[0] if conditions else None,
            period=history.span,
        )
        found = {str(row[0])[:10]: as_decimal(row[1]) for row in desk.query(query, "history").rows}
        known = [found.get(day.isoformat()) for day in history.starts]
        values = [float(value) if value is not None else math.nan for value in known]
    first = next((place for place, value in enumerate(values) if math.isfinite(value)), len(values))
    return usual_change(values[first:], history.step) if first < len(values) else None
