"""Which values of a time are out of the ordinary, over one or many series, each against its own trend and season."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.anomaly.judged import (
    Judged,
    cycles_of,
    figure,
    moved_by,
    rounded,
    series_to_judge,
    too_little,
)
from agent.tools.analysis.anomaly.normal import judge_period
from agent.tools.analysis.anomaly.unusual import Decomposed, decompose, unusual_places
from agent.tools.analysis.calendar_shape import holiday_marks
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.forecast.smoothing import FloatArray
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.periods import in_bucket, in_period
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.anomaly import AnomalyRequest
from catalog.durations import TimeGrain
from catalog.query import Period, as_datetime
from semantic_context.time_expressions import unit_of

_MOST_TOLD = 3
_SHOWN_STEPS = 90
_LONGEST = {TimeGrain.DAY: 1100, TimeGrain.WEEK: 320}  # more history says little of what is normal now
_UNUSUAL, _ORDINARY = "unusual", "ordinary"
Mask = npt.NDArray[np.bool_]


def search_unusual(request: AnomalyRequest, desk: AnalysisDesk) -> Finding:
    """The unusual values, the furthest off first; where there is none, the value that came nearest to it."""
    judged: list[tuple[Judged, Decomposed, Mask]] = []
    skipped: list[str] = []
    for series in series_to_judge(request, desk, request.grain):
        cut = max(0, len(series.values) - _LONGEST.get(request.grain, len(series.values)))
        marks = holiday_marks(series.window, 0) if request.grain in (TimeGrain.DAY, TimeGrain.WEEK) else None
        found = decompose(
            series.values[cut:],
            cycles_of(request.grain),
            counts=series.metric.unit == "count",
            marks=None if marks is None else marks[cut:],
        )
        if found is None:
            skipped.append(series.name)
            continue
        judged.append((_from(series, cut), found, _searched(request, series, cut, len(found.values))))
    if not judged:
        return too_little(request, desk)
    places, reaches = unusual_places([item for _, item, _ in judged], [mask for *_, mask in judged])
    tables: tuple[ResultTable, ...] = (_found_table(request, judged, places, reaches), _searched_table(request, judged))
    headline, narrative = _headline(request, judged, places, tables), _narrative(request, judged, places, tables)
    as_whole = _as_whole(request, desk)
    if as_whole is not None:
        sentence = moved_by(as_whole.headline, len(tables))
        no_single = not any(mask.any() for mask in places)
        is_off = as_whole.results[0].rows[0][-1] == _UNUSUAL
        headline, narrative = (
            (sentence, [headline, *narrative]) if no_single and is_off else (headline, [sentence, *narrative])
        )
        tables = (*tables, *as_whole.results)
    return Finding(
        results=tables,
        headline=headline,
        narrative=tuple(narrative),
        chart=_chart(request, judged, places, reaches),
        caveats=tuple(_caveats(judged, skipped)),
        periods=tuple(
            period
            for period in (request.period, *(Period(start=s.window.start, end=s.window.end) for s, *_ in judged))
            if period
        ),
    )


def _as_whole(request: AnomalyRequest, desk: AnalysisDesk) -> Finding | None:
    """The period as one figure, where it is one unit of a single metric: days may each be ordinary and the month not."""
    unit = None if request.period is None else unit_of(request.period)
    if unit is None or unit.rank <= request.grain.rank or len(request.metrics) > 1 or request.group_by:
        return None
    found = judge_period(request.model_copy(update={"asked": "normal", "grain": unit}), desk)
    return None if found.clarification is not None else found


def _from(series: Judged, cut: int) -> Judged:
    if not cut:
        return series
    window = series.window
    start = window.first_day(cut)
    return Judged(
        series.metric, series.group, type(window)(start, window.end, window.grain, window.calendar),
        series.values[cut:], series.history,
    )  # fmt: skip


def _searched(request: AnomalyRequest, series: Judged, cut: int, length: int) -> Mask:
    mask = np.ones(length, dtype=bool)
    period = request.period
    if period is None:
        return mask
    for place in range(length):
        day = series.window.first_day(cut + place)
        before = period.start is not None and day < as_datetime(period.start).date()
        after = period.end is not None and day >= as_datetime(period.end).date()
        mask[place] = not before and not after
    return mask


def _ranked(judged: list[tuple[Judged, Decomposed, Mask]], places: list[Mask]) -> list[tuple[int, int, bool]]:
    """Series, place and whether it is unusual, the furthest off first; the one nearest to it where none is."""
    found = [(number, int(place), True) for number, mask in enumerate(places) for place in np.flatnonzero(mask)]
    if not found:
        candidates = [
            (number, int(place), False)
            for number, (_, item, mask) in enumerate(judged)
            for place in np.flatnonzero(mask & ~np.isnan(item.distances))
        ]
        found = sorted(candidates, key=lambda item: -abs(judged[item[0]][1].distances[item[1]]))[:1]
    return sorted(found, key=lambda item: (-abs(judged[item[0]][1].distances[item[1]]), item[:2]))


def _found_table(
    request: AnomalyRequest, judged: list[tuple[Judged, Decomposed, Mask]], places: list[Mask], reaches: list[float]
) -> ResultTable:
    first = judged[0][0]
    one_metric = len(request.metrics) == 1
    unit = first.metric.unit if one_metric else None
    columns = [
        *([] if one_metric else [ResultColumn(name="metric", type="VARCHAR", role="key", label="Metric")]),
        *first.history.group_columns,
        ResultColumn(name="period", type="DATE", role="key", label=request.grain.value.capitalize()),
        figure("actual", "Actual", unit),
        figure("expected", "Expected", unit),
        figure("low", "Ordinary from", unit, "context"),
        figure("high", "Ordinary to", unit, "context"),
        figure("deviation", "Off by", "fraction", calculation="growth"),
        figure("distance", "Standard errors off", "ratio", "context"),
        ResultColumn(name="verdict", type="VARCHAR", role="context", label="Verdict"),
    ]
    rows = []
    for number, place, is_unusual in _ranked(judged, places):
        series, item, _ = judged[number]
        expected = float(item.expected[place])
        low, high = item.ordinary_range(reaches[number])
        deviation = (float(item.values[place]) - expected) / abs(expected) if round(expected, 4) else None
        rows.append(
            (
                *(() if one_metric else (series.metric.label,)),
                *series.group,
                series.window.first_day(place),
                *(
                    rounded(float(value), series.metric, 4)
                    for value in (item.values[place], expected, low[place], high[place])
                ),
                None if deviation is None else round(deviation, 4),
                round(float(item.distances[place]), 2),
                _UNUSUAL if is_unusual else _ORDINARY,
            )
        )
    return ResultTable(
        name="unusual",
        sql=first.history.sql,
        columns=tuple(columns),
        rows=tuple(rows),
        elapsed_ms=first.history.elapsed_ms,
    )


def _searched_table(request: AnomalyRequest, judged: list[tuple[Judged, Decomposed, Mask]]) -> ResultTable:
    columns = (
        ResultColumn(name="metric", type="VARCHAR", role="key", label="Metric"),
        *judged[0][0].history.group_columns,
        figure("searched", f"{request.grain.value.capitalize()}s searched", "count"),
        figure("history", f"{request.grain.value.capitalize()}s of history", "count"),
        figure("season", "Season in steps", "count", "context"),
    )
    rows = tuple(
        (series.metric.label, *series.group, int(mask.sum()), len(item.values), item.cycle)
        for series, item, mask in judged
    )
    return ResultTable(name="searched", sql=judged[0][0].history.sql, columns=columns, rows=rows)


def _column(table: ResultTable, name: str) -> int:
    return next(place for place, item in enumerate(table.columns) if item.name == name)


def _count_of(build: SentenceBuilder, table: ResultTable, result: int) -> str:
    column = _column(table, "searched")
    return build.derived(
        "sum", tuple(CellReference(result=result, row=row, column=column) for row in range(len(table.rows)))
    )


def _headline(
    request: AnomalyRequest,
    judged: list[tuple[Judged, Decomposed, Mask]],
    places: list[Mask],
    tables: tuple[ResultTable, ...],
) -> Sentence:
    build = SentenceBuilder(tables)
    when = f" {in_period(request.period)}" if request.period is not None else ""
    labels = list(dict.fromkeys(series.metric.label for series, *_ in judged))
    subject = mid_sentence(labels[0]) if len(labels) == 1 else "the leading figures"
    ranked = _ranked(judged, places)
    unusual = [item for item in ranked if item[2]]
    if not unusual:
        return build.finished(f"Nothing unusual in {subject}{when}")
    told = [
        f"{_told(build, judged[number], place, row, tables[0])}"
        for row, (number, place, _) in enumerate(unusual[:_MOST_TOLD])
    ]
    rest = len(unusual) - len(told)
    if rest:
        cells = tuple(CellReference(row=row, column=0) for row in range(_MOST_TOLD, len(unusual)))
        told.append(f"{build.derived('count', cells)} more")
    return build.finished(f"Unusual in {subject}{when}: {'; '.join(told)}")


def _told(
    build: SentenceBuilder, judged: tuple[Judged, Decomposed, Mask], place: int, row: int, table: ResultTable
) -> str:
    series, item, _ = judged
    unit, pattern = series.metric.unit, series.metric.format
    when = in_bucket(series.window.first_day(place), series.window.grain)
    places = {column.name: at for at, column in enumerate(table.columns)}
    if "metric" in places:  # figures of many units share a column, so that only how far off each is can be told
        off = build.value(CellReference(row=row, column=places["deviation"]), "fraction").lstrip("-−")
        return f"{series.name} {when} {off} {'above' if item.distances[place] > 0 else 'below'} what was expected"
    side = "high" if item.distances[place] > 0 else "low"
    actual, expected = (
        build.value(CellReference(row=row, column=places[name]), unit, pattern) for name in ("actual", "expected")
    )
    of = f"{series.name} " if series.group else ""
    return f"{of}{when} {side} at {actual}, where {expected} was expected"


def _narrative(
    request: AnomalyRequest,
    judged: list[tuple[Judged, Decomposed, Mask]],
    places: list[Mask],
    tables: tuple[ResultTable, ...],
) -> list[Sentence]:
    build = SentenceBuilder(tables)
    season = any(item.cycle for _, item, _ in judged)
    many = ""
    if len(judged) > 1:
        series = tuple(CellReference(result=1, row=row, column=0) for row in range(len(judged)))
        many = f" over {build.derived('count', series)} series"
    searched = build.finished(
        f"{_count_of(build, tables[1], 1)} {request.grain.value}s were searched{many}, each held against its own trend"
        f"{' and season' if season else '; no season shows'}; how many were searched is allowed for."
    )
    found = [searched]
    ranked = _ranked(judged, places)
    if ranked and not ranked[0][2]:
        nearest = SentenceBuilder(tables)
        text = _told(nearest, judged[ranked[0][0]], ranked[0][1], 0, tables[0])
        found.append(nearest.finished(f"The furthest off was {text}, which is within the ordinary."))
    return found


def _caveats(judged: list[tuple[Judged, Decomposed, Mask]], skipped: list[str]) -> list[str]:
    found = []
    missing = [series.name for series, item, mask in judged if np.isnan(item.values[mask]).any()]
    if missing:
        found.append(f"There are periods without data in {', '.join(missing[:5])}.")
    if skipped:
        found.append(f"Too little history to judge: {', '.join(skipped[:5])}.")
    left_out = {series.history.left_out for series, *_ in judged if series.history.left_out}
    if left_out:
        found.append("Only the largest groups were searched.")
    return found


def _chart(
    request: AnomalyRequest, judged: list[tuple[Judged, Decomposed, Mask]], places: list[Mask], reaches: list[float]
) -> ChartSpec | None:
    """The series of the furthest value with its ordinary range."""
    number = _ranked(judged, places)[0][0] if judged else 0
    series, item, _ = judged[number]
    first = max(0, len(item.values) - _SHOWN_STEPS)
    unit = series.metric.unit
    low, high = item.ordinary_range(reaches[number])

    def shown(values: FloatArray) -> tuple[float | None, ...]:
        return tuple(None if np.isnan(value) else float(value) for value in values[first:])

    return ChartSpec(
        kind="fan",
        title=f"{series.name}, with its ordinary range",
        x_label=request.grain.value.capitalize(),
        y_label=series.metric.label,
        x=tuple(series.window.first_day(place).isoformat() for place in range(first, len(item.values))),
        x_is_time=True,
        series=(
            ChartSeries(name="Low", values=shown(low), unit=unit, style="band"),
            ChartSeries(name="High", values=shown(high), unit=unit, style="band"),
            ChartSeries(name="Actual", values=shown(item.values), unit=unit),
            ChartSeries(name="Expected", values=shown(item.expected), unit=unit, style="dashed"),
        ),
        unit=unit,
    )
