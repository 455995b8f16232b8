"""The chart of a forecast: the past as a line, what comes as a dashed one within its band."""

from __future__ import annotations

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.forecast.tables import ForecastRow, ForecastTables, Made
from agent.tools.present.chart_choice import MAXIMUM_SERIES, TARGET_SERIES
from agent.tools.present.display_text import shown_name
from catalog.analyses.forecast import ForecastRequest

_SHOWN_BEFORE = 36


def fan_chart(
    request: ForecastRequest, desk: AnalysisDesk, made: Made, rows: tuple[ForecastRow, ...], tables: ForecastTables
) -> ChartSpec | None:
    """A fan for one series, dashed lines for several; None where rows and history are not of one grain."""
    window = made.history.window
    if window.grain is not request.grain:
        return None
    metric = desk.view.whole.metric_by_name[request.metric]
    shown = range(max(0, window.length - _SHOWN_BEFORE), window.length)
    ahead = list(dict.fromkeys(row.start for row in rows if row.start >= window.end))
    if not ahead:
        return None
    x = (*(window.first_day(place).isoformat() for place in shown), *(day.isoformat() for day in ahead))
    blank = (None,) * len(shown)
    series: list[ChartSeries] = []
    groups = list(made.forecasts)[:MAXIMUM_SERIES]
    for group in groups:
        forecast = made.forecasts[group]
        actual = forecast.parts.value(forecast.known)
        past = tuple(None if value != value else float(value) for value in actual[shown.start :])
        of = [row.outcome for row in rows if row.group == group and row.start >= window.end]
        name = ", ".join(shown_name(item) for item in group) if group else "Actual"
        if len(groups) > 1:
            series.append(ChartSeries(name=name, values=(*past, *(item.value for item in of)), unit=metric.unit))
            continue
        joined = (*blank[:-1], past[-1])  # the dashed line starts where the past ends
        series += [
            ChartSeries(name="Low", values=(*joined, *(item.low for item in of)), unit=metric.unit, style="band"),
            ChartSeries(name="High", values=(*joined, *(item.high for item in of)), unit=metric.unit, style="band"),
            ChartSeries(name=name, values=(*past, *((None,) * len(of))), unit=metric.unit),
            ChartSeries(
                name="Forecast", values=(*joined, *(item.value for item in of)), unit=metric.unit, style="dashed"
            ),
        ]
    if tables.target is not None:
        series.append(
            ChartSeries(name=TARGET_SERIES, values=(tables.target,) * len(x), unit=metric.unit, style="dashed")
        )
    return ChartSpec(
        kind="fan",
        title=f"{metric.label}, with what is expected",
        x_label=request.grain.value.capitalize(),
        y_label=metric.label,
        x=x,
        x_is_time=True,
        series=tuple(series),
        unit=metric.unit,
    )
