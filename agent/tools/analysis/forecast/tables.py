"""A forecast's tables: what comes, how the way to say so did on the past, and the past itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.forecast.metric_forecast import MetricForecast, Outcome
from agent.tools.analysis.history import Group, History
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.forecast import ForecastRequest

MOST_SHOWN_PERIODS = 120


@dataclass(frozen=True)
class ForecastRow:
    """One asked period of one group; `year_before` is the actual of the same period a year earlier."""

    group: Group
    start: dt.date
    end: dt.date
    outcome: Outcome
    year_before: float | None


@dataclass(frozen=True)
class Made:
    """Forecasts by group with what they were made from."""

    history: History
    forecasts: dict[Group, MetricForecast]
    too_short: tuple[Group, ...]
    adds_up: bool  # the groups' forecasts sum to the whole's


@dataclass(frozen=True)
class ForecastTables:
    """The tables in the order in which they are shown, and the target that stands in the first."""

    results: tuple[ResultTable, ...]
    target: float | None

    def column(self, name: str, result: int = 0) -> int:
        """The place of a column."""
        return next(place for place, item in enumerate(self.results[result].columns) if item.name == name)


def forecast_tables(
    request: ForecastRequest, desk: AnalysisDesk, made: Made, rows: tuple[ForecastRow, ...], target: float | None
) -> ForecastTables:
    """forecast, record, and history; with several rows of an additive metric the total of them."""
    metric = desk.view.whole.metric_by_name[request.metric]
    whole = metric.unit == "count"

    def shown(value: float | None) -> float | int | None:
        if value is None or not np.isfinite(value):
            return None
        return round(value) if whole else round(value, 6)

    def figure(name: str, label: str, role: Any = "measure", calculation: str = "forecast") -> ResultColumn:
        return ResultColumn(
            name=name,
            type="DOUBLE",
            role=role,
            unit=metric.unit,
            label=label,
            metric=metric.name,
            calculation=calculation,
        )

    period = ResultColumn(name="period", type="DATE", role="key", label=request.grain.value.capitalize())
    columns = [
        *made.history.group_columns,
        period,
        figure("forecast", f"{metric.label} forecast"),
        figure("low", "Low"),
        figure("high", "High"),
    ]
    has_known = any(row.outcome.known is not None and row.start < made.history.window.end for row in rows)
    has_before = any(row.year_before is not None for row in rows)
    if has_known:
        columns.append(figure("so_far", "So far", "context", "value"))
    if has_before:
        columns.append(figure("year_before", "A year before", "context", "previous"))
    if target is not None:
        columns.append(figure("target", "Target", "context", "target"))
        columns.append(ResultColumn(name="chance", type="DOUBLE", role="measure", unit="fraction", label="Chance"))
    body = []
    for row in rows:
        one = row.outcome
        cells: list[Any] = [*row.group, row.start, shown(one.value), shown(one.low), shown(one.high)]
        if has_known:
            cells.append(shown(one.known) if row.start < made.history.window.end else None)
        if has_before:
            cells.append(shown(row.year_before))
        if target is not None and request.goal is not None:
            cells += [shown(target), round(one.chance(target, request.goal.comparison), 4)]
        body.append(tuple(cells))
    history = made.history
    first = ResultTable(
        name="forecast", sql=history.sql, columns=tuple(columns), rows=tuple(body), elapsed_ms=history.elapsed_ms
    )
    results = [first, _record(request, made), _history(made, metric.name, metric.label, metric.unit)]
    if len(rows) > 1 and not request.group_by and made.forecasts[()].parts.composition in ("sum", "formula"):
        window = made.history.window
        together = made.forecasts[()].over(window.place(rows[0].start), window.place(rows[-1].end), request.level)
        all_cells = (rows[0].start, *map(shown, (together.value, together.low, together.high)))
        results.append(ResultTable(name="whole", sql=history.sql, columns=(period, *columns[1:4]), rows=(all_cells,)))
    return ForecastTables(tuple(results), target)


def _record(request: ForecastRequest, made: Made) -> ResultTable:
    """One row a series: the method chosen, what it and the simple rival missed by, what its intervals held."""
    fraction: dict[str, Any] = {"type": "DOUBLE", "unit": "fraction", "role": "measure"}
    columns = (
        *made.history.group_columns,
        ResultColumn(name="method", type="VARCHAR", role="context", label="Method"),
        ResultColumn(name="origins", type="INTEGER", role="measure", unit="count", label="Past dates tested"),
        ResultColumn(name="mase", type="DOUBLE", role="measure", unit="ratio", label="Scaled error"),
        ResultColumn(name="rival", type="VARCHAR", role="context", label="Simple rival"),
        ResultColumn(name="rival_mase", type="DOUBLE", role="measure", unit="ratio", label="Rival's scaled error"),
        ResultColumn(name="level", label="Interval", **fraction),
        ResultColumn(name="coverage", label="Held on the past", **fraction),
    )
    rows = []
    for group, forecast in sorted(made.forecasts.items(), key=lambda item: tuple(map(str, item[0]))):
        coverage = forecast.held_out_coverage(request.level)
        mase, rival_mase = forecast.mase
        rows.append(
            (
                *group,
                forecast.method,
                forecast.record.origins,
                round(mase, 4),
                forecast.record.benchmark,
                round(rival_mase, 4),
                request.level,
                None if np.isnan(coverage) else round(coverage, 4),
            )
        )
    return ResultTable(name="record", sql=made.history.sql, columns=columns, rows=tuple(rows))


def _history(made: Made, name: str, label: str, unit: str | None) -> ResultTable:
    """The last whole periods as they were, in the grain that the forecast was made from."""
    window = made.history.window
    first = max(0, window.length - MOST_SHOWN_PERIODS)
    columns = (
        *made.history.group_columns,
        ResultColumn(name=window.grain.value, type="DATE", role="key", label=window.grain.value.capitalize()),
        ResultColumn(
            name="actual", type="DOUBLE", role="measure", unit=unit, label=label, metric=name, calculation="value"
        ),
    )
    rows = [
        (*group, window.first_day(first + place), None if np.isnan(value) else round(float(value), 6))
        for group, forecast in sorted(made.forecasts.items(), key=lambda item: tuple(map(str, item[0])))
        for place, value in enumerate(forecast.parts.value(forecast.known)[first:])
    ]
    return ResultTable(name="history", sql=made.history.sql, columns=columns, rows=tuple(rows))
