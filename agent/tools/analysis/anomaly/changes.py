"""When a metric's level changed, once its season is set aside, and whether that is more than chance."""

from __future__ import annotations

import numpy as np

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.anomaly.change_point import ChangePoint, find_change_point
from agent.tools.analysis.anomaly.judged import Judged, cycles_of, figure, rounded, series_to_judge, too_little
from agent.tools.analysis.anomaly.unusual import decompose
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.forecast.smoothing import FloatArray
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.number_format import format_distinct
from agent.tools.present.periods import in_bucket
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.anomaly import AnomalyRequest
from catalog.query import Period, as_datetime

_FALSE_SHARE = 0.01
_MOST_TOLD = 3
Found = tuple[Judged, FloatArray, ChangePoint]


def find_changes(request: AnomalyRequest, desk: AnalysisDesk) -> Finding:
    """The likeliest change of level of each series, the surest first, with its chance under no change."""
    found: list[Found] = []
    for series in series_to_judge(request, desk, request.grain):
        cut = _cut(request, series)
        decomposed = decompose(series.values, cycles_of(request.grain), counts=series.metric.unit == "count")
        if decomposed is None:
            continue
        adjusted = decomposed.adjusted[cut]
        change = find_change_point(adjusted)
        if change is not None:
            found.append((series, np.asarray(range(*cut.indices(len(series.values)))), change))
    if not found:
        return too_little(request, desk)
    found.sort(key=lambda item: (item[2].chance, -abs(item[2].after - item[2].before)))
    table = _table(request, found)
    return Finding(
        results=(table,),
        headline=_headline(request, found, table),
        narrative=(_narrative(request, found, table),),
        chart=_chart(request, *found[0]),
        caveats=("A change of level says when, not why: what happened then is no proof of a cause.",),
        periods=tuple(Period(start=item.window.start, end=item.window.end) for item, *_ in found),
    )


def _cut(request: AnomalyRequest, series: Judged) -> slice:
    """The places of the period asked about."""
    period, length = request.period, len(series.values)
    if period is None:
        return slice(0, length)
    start = 0 if period.start is None else max(0, series.window.place(as_datetime(period.start).date()))
    end = length if period.end is None else min(length, series.window.place(as_datetime(period.end).date()))
    return slice(start, max(start, end))


def _is_sure(found: list[Found], row: int) -> bool:
    """Benjamini-Hochberg over the series searched; they are sorted by chance."""
    passing = [place for place, item in enumerate(found, 1) if item[2].chance <= _FALSE_SHARE * place / len(found)]
    return bool(passing) and row < passing[-1]


def _table(request: AnomalyRequest, found: list[Found]) -> ResultTable:
    first = found[0][0]
    one = len(request.metrics) == 1
    unit = first.metric.unit if one else None
    columns = (
        *(() if one else (ResultColumn(name="metric", type="VARCHAR", role="key", label="Metric"),)),
        *first.history.group_columns,
        ResultColumn(name="period", type="DATE", role="key", label="First of the new level"),
        figure("before", "Level before", unit),
        figure("after", "Level after", unit),
        figure("change", "Change", "fraction", calculation="growth"),
        figure("chance", "Chance under no change", "fraction", "context"),
        figure("searched", f"{request.grain.value.capitalize()}s searched", "count", "context"),
        ResultColumn(name="verdict", type="VARCHAR", role="context", label="Verdict"),
    )
    rows = []
    for row, (series, places, change) in enumerate(found):
        rows.append(
            (
                *(() if one else (series.metric.label,)),
                *series.group,
                series.window.first_day(int(places[0]) + change.index),
                rounded(change.before, series.metric),
                rounded(change.after, series.metric),
                round((change.after - change.before) / abs(change.before), 4) if change.before else None,
                round(change.chance, 4),
                len(places),
                "changed" if _is_sure(found, row) else "no clear change",
            )
        )
    return ResultTable(name="changes", sql=first.history.sql, columns=columns, rows=tuple(rows))


def _headline(request: AnomalyRequest, found: list[Found], table: ResultTable) -> Sentence:
    build = SentenceBuilder((table,))
    places = {item.name: place for place, item in enumerate(table.columns)}
    told = []
    for row, (series, _, change) in enumerate(found[:_MOST_TOLD]):
        if not _is_sure(found, row):
            continue
        ends = [CellReference(row=row, column=places[name]) for name in ("before", "after")]
        unit, pattern = series.metric.unit, series.metric.format
        extra = format_distinct(build.number(ends[0]), build.number(ends[1]), unit, "narrative", pattern)
        before, after = (build.value(end, unit, pattern, extra) for end in ends)
        day = series.window.first_day(int(found[row][1][0]) + change.index)
        way = "rose" if change.after > change.before else "fell"
        told.append(f"{series.name} {way} {in_bucket(day, request.grain)}, from a level of {before} to {after}")
    if not told:
        labels = list(dict.fromkeys(item.metric.label for item, *_ in found))
        return Sentence(f"No clear change of level in {', '.join(mid_sentence(label) for label in labels)}")
    return build.finished("; ".join(told))


def _narrative(request: AnomalyRequest, found: list[Found], table: ResultTable) -> Sentence:
    build = SentenceBuilder((table,))
    places = {item.name: place for place, item in enumerate(table.columns)}
    searched = build.value(CellReference(row=0, column=places["searched"]), "count")
    chance = build.value(CellReference(row=0, column=places["chance"]), "fraction")
    beside = " beside its trend" if found[0][2].beside_trend else ""
    return build.finished(
        f"{searched} {request.grain.value}s were searched, the season set aside; a series without a change looks like "
        f"this{beside} with a chance of {chance}."
    )


def _chart(request: AnomalyRequest, series: Judged, places: FloatArray, change: ChangePoint) -> ChartSpec:
    values = [series.values[int(place)] for place in places]
    levels = [change.before if at < change.index else change.after for at in range(len(values))]
    unit = series.metric.unit
    return ChartSpec(
        kind="line",
        title=f"{series.name} and its level",
        x_label=request.grain.value.capitalize(),
        y_label=series.metric.label,
        x=tuple(series.window.first_day(int(place)).isoformat() for place in places),
        x_is_time=True,
        series=(
            ChartSeries(name="Actual", values=tuple(None if np.isnan(v) else float(v) for v in values), unit=unit),
            *(
                ()
                if change.beside_trend
                else (ChartSeries(name="Level", values=tuple(levels), unit=unit, style="dashed"),)
            ),
        ),
        unit=unit,
    )
