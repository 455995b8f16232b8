"""The forecast tool: a request to tables, sentences and a fan chart."""

from __future__ import annotations

import itertools

import numpy as np

from agent.errors import PolicyRefusal
from agent.tools.analysis.calendar_shape import calendar_shape
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.forecast.forecaster import FEWEST_VALUES, TooShort
from agent.tools.analysis.forecast.metric_forecast import (
    MetricForecast,
    Outcome,
    ceiling_of,
    floor_of,
    forecast_metric,
)
from agent.tools.analysis.forecast.metric_parts import MetricParts, parts_of
from agent.tools.analysis.forecast.reconcile import adds_up_to, reconciled_forecasts
from agent.tools.analysis.forecast.tables import ForecastRow, Made, forecast_tables
from agent.tools.analysis.forecast.words import tell
from agent.tools.analysis.history import Group, Window, read_history, whole_window
from agent.tools.compile.timeline import floored
from catalog.analyses.forecast import ForecastRequest
from catalog.durations import TimeGrain
from catalog.plan import Choice, Clarification
from catalog.query import MetricQuery, MetricUse, Period, as_datetime

_MOST_STEPS_SHARE = 1.0  # of the history: a longer horizon is a guess
_FINER = {TimeGrain.MONTH: TimeGrain.DAY, TimeGrain.WEEK: TimeGrain.DAY}


def run_forecast(request: ForecastRequest, desk: AnalysisDesk) -> Finding:
    """The metric's forecast; asks back where the history is too short or the period too far."""
    forecast = _forecast(request, desk)
    if isinstance(forecast, Clarification):
        return Finding(clarification=forecast)
    made, first, past = forecast
    rows = tuple(_rows(request, made, first, past))
    target = _target(request, desk, rows)
    tables = forecast_tables(request, desk, made, rows, target)
    return tell(request, desk, made, rows, tables)


def outlook(request: ForecastRequest, desk: AnalysisDesk) -> Outcome | None:
    """What the whole of the period will come to; None where the history is too short or the period too far."""
    forecast = _forecast(request.model_copy(update={"group_by": ()}), desk)
    if isinstance(forecast, Clarification):
        return None
    made, first, past = forecast
    return made.forecasts[()].over(first, past, request.level)


def _forecast(request: ForecastRequest, desk: AnalysisDesk) -> tuple[Made, int, int] | Clarification:
    """The forecasts, and the places of the first period asked for and of the one after the last."""
    parts = parts_of(desk.view, request.metric)
    label = desk.view.whole.metric_by_name[request.metric].label
    desk.say(f"Reading the history of {label}")
    try:
        windowed = _window(request, desk, parts)
    except PolicyRefusal:  # the metric may be seen, its parts may not: it is forecast as it is
        if parts.composition != "formula":
            raise
        parts = MetricParts(request.metric, "apart", (MetricUse(metric=request.metric),))
        windowed = _window(request, desk, parts)
    if isinstance(windowed, Clarification):
        return windowed
    window, first, past = windowed
    made = _made(request, desk, parts, window, past - window.length)
    return (made, first, past) if made.forecasts else _too_short(label, window, window.length)


def _window(
    request: ForecastRequest, desk: AnalysisDesk, parts: MetricParts
) -> tuple[Window, int, int] | Clarification:
    """The history's window, and the places of the first period asked for and of the one after the last."""
    label = desk.view.whole.metric_by_name[request.metric].label
    names = tuple(use.metric for use in parts.uses)
    grain = parts.base_grain(request.grain)
    window = whole_window(desk, names, grain)
    while (window is None or window.length < FEWEST_VALUES) and parts.composition in ("sum", "formula"):
        if grain not in _FINER:
            break
        grain = _FINER[grain]
        window = whole_window(desk, names, grain)
    if window is None or window.length < FEWEST_VALUES:
        return _too_short(label, window, 0 if window is None else window.length)
    assert request.period.start is not None
    assert request.period.end is not None
    start, end = as_datetime(request.period.start).date(), as_datetime(request.period.end).date()
    first, past = window.place(start), window.place(end)
    if past <= window.length:
        return Clarification(
            question=f"{label} is known for all of that time. For which time to come shall I forecast it?",
            reason="unsupported",
            choices=(Choice(label="The next 3 months", question=f"forecast {label} for the next 3 months"),),
        )
    if past - window.length > max(FEWEST_VALUES, int(window.length * _MOST_STEPS_SHARE)):
        last = window.first_day(2 * window.length)
        return Clarification(
            question=(
                f"That is further ahead than the data reach back: there are {window.length} whole {grain.value}s of "
                f"{label}. I can forecast up to {last:%B %Y}. Which period shall I take?"
            ),
            reason="no_data",
            choices=(Choice(label="The next 12 months", question=f"forecast {label} for the next 12 months"),),
        )
    return window, first, past


def _too_short(label: str, window: Window | None, length: int) -> Clarification:
    there_is = "no whole period" if window is None or not length else f"only {length} whole {window.grain.value}s"
    return Clarification(
        question=(
            f"There is too little history for a forecast of {label}: the data hold {there_is}, and {FEWEST_VALUES} are the "
            "least that a forecast can be made from and tested on. Shall I show what there is?"
        ),
        reason="no_data",
        choices=(Choice(label=f"{label} over time", question=f"{label} over time"),),
    )


def _made(request: ForecastRequest, desk: AnalysisDesk, parts: MetricParts, window: Window, horizon: int) -> Made:
    """The forecasts of the total or of each group; groups that sum to the total are made to add up."""
    unit = desk.view.whole.metric_by_name[request.metric].unit
    history = read_history(desk, parts.uses, window, group_by=request.group_by, where=request.where)
    shape = calendar_shape(window, horizon)
    desk.say(f"Testing ways to forecast on past {window.grain.value}s")
    forecasts: dict[Group, MetricForecast] = {}
    too_short: list[Group] = []
    if request.group_by and parts.composition == "sum" and not history.left_out and len(history.series) > 1:
        total = read_history(desk, parts.uses, window, where=request.where, name="total").series[()]
        name = parts.names[0]
        groups = {group: values[name] for group, values in history.series.items()}
        if adds_up_to(groups, total[name]):
            each, _ = reconciled_forecasts(groups, total[name], horizon, shape)
            for group, one in each.items():
                values = groups[group]
                forecasts[group] = MetricForecast(
                    parts, {name: values}, {name: one}, floor_of(values), ceiling_of(values, unit)
                )
            return Made(history, forecasts, (), True)
    for group, known in history.series.items():
        try:
            forecasts[group] = forecast_metric(parts, known, horizon, shape, unit)
        except TooShort:
            too_short.append(group)
    return Made(history, forecasts, tuple(too_short), False)


def _rows(request: ForecastRequest, made: Made, first: int, past: int) -> list[ForecastRow]:
    """A row for each group and asked period that is not wholly known already; one for a stretch of no whole periods."""
    window = made.history.window
    bounds = [first, past]
    outer = Window(window.first_day(first), window.first_day(past), request.grain, window.calendar)
    if all(floored(day, request.grain, window.calendar) == day for day in (outer.start, outer.end)):
        bounds = [window.place(outer.first_day(place)) for place in range(outer.length)] + [past]
    stretches = [(start, end) for start, end in itertools.pairwise(bounds) if end > window.length]
    season = {TimeGrain.MONTH: 12, TimeGrain.QUARTER: 4}.get(window.grain)
    rows: list[ForecastRow] = []
    for group, forecast in sorted(made.forecasts.items(), key=lambda item: tuple(map(str, item[0]))):
        for start, end in stretches:
            outcome = forecast.over(start, end, request.level)
            before = None
            if season is not None and start - season >= 0 and end - season <= window.length:
                before = forecast.over(start - season, end - season, request.level).value
                before = None if np.isnan(before) else before
            rows.append(ForecastRow(group, window.first_day(start), window.first_day(end), outcome, before))
    return rows


def _target(request: ForecastRequest, desk: AnalysisDesk, rows: tuple[ForecastRow, ...]) -> float | None:
    """The figure to reach in each row's period; None where none is asked for or none holds for such periods."""
    if request.goal is None or request.goal.value is not None or not rows:
        return None if request.goal is None else request.goal.value
    found = desk.query(
        MetricQuery(
            metrics=(MetricUse(metric=request.metric),),
            where=request.where,
            period=Period(start=rows[-1].start, end=rows[-1].end),
            targets=True,
            as_of=desk.as_of,
        ),
        name="target",
    )
    column = next((place for place, item in enumerate(found.columns) if item.calculation == "target"), None)
    if column is None or not found.rows or found.rows[0][column] is None:
        return None
    return float(found.rows[0][column])
