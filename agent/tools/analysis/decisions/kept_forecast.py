"""A forecast made and kept under a name, to be held against what comes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from agent.errors import QueryError
from agent.stores.decisions import Expectation, SavedDecision, decision_name
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.forecast.tool import run_forecast
from agent.tools.present.periods import bucket
from agent.tools.present.sentences import Sentence
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.decision import KeptForecastRequest
from catalog.analyses.forecast import ForecastRequest
from catalog.query import AllOf, Condition, FieldCondition, dimension_name


def run_kept_forecast(request: KeptForecastRequest, desk: AnalysisDesk) -> Finding:
    """The forecast's finding, kept under the name: one expectation a row. QueryError for a name that cannot be one."""
    try:
        name = decision_name(request.name)
    except ValueError as error:
        raise QueryError(f"it cannot be saved: {error}") from error
    finding = run_forecast(request.forecast, desk)
    if finding.clarification is not None or not finding.results:
        return finding
    expectations = _expectations(request.forecast, finding.results[0])
    if not expectations:
        raise QueryError("this forecast has no rows to hold against what comes")
    if desk.keeps:
        label = desk.view.metrics[request.forecast.metric].label
        desk.decisions.save(
            SavedDecision(
                name=name,
                kind="forecast",
                question=request.question,
                as_of=desk.as_of,
                saved_at=dt.datetime.now(dt.UTC),
                request=request.forecast.model_dump(mode="json"),
                summary=f"{label} by {request.forecast.grain.value}",
                expectations=expectations,
            )
        )
    said = (Sentence(f"Saved as “{name}”."),) if desk.keeps else ()
    return replace(finding, narrative=(*finding.narrative, *said), phrases=(*finding.phrases, name))


def _expectations(request: ForecastRequest, table: ResultTable) -> tuple[Expectation, ...]:
    places = {column.name: place for place, column in enumerate(table.columns)}
    if not {"period", "forecast", "low", "high"} <= places.keys():
        return ()
    found = []
    for row in table.rows:
        moment, value = row[places["period"]], row[places["forecast"]]
        if not isinstance(moment, dt.date) or value is None:
            continue
        low, high = row[places["low"]], row[places["high"]]
        found.append(
            Expectation(
                metric=request.metric,
                period=bucket(moment, request.grain),
                where=_where(request, table, row, places),
                value=float(value),
                low=None if low is None else float(low),
                high=None if high is None else float(high),
                level=request.level,
            )
        )
    return tuple(found)


def _where(
    request: ForecastRequest, table: ResultTable, row: tuple[object, ...], places: dict[str, int]
) -> Condition | None:
    """The rows that a forecast is for: the request's, and the row's own group."""
    conditions: list[Condition] = [] if request.where is None else [request.where]
    for group in request.group_by:
        cell = row[places[dimension_name(group)]]
        if cell is None:
            conditions.append(FieldCondition(field=group.field, path=group.path, operator="is_null"))
        elif isinstance(cell, bool | int | float | str):
            conditions.append(FieldCondition(field=group.field, path=group.path, values=(cell,)))
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else AllOf(conditions=tuple(conditions))
