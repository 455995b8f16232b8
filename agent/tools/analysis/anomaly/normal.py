"""Whether one period is normal: held against the forecast that its past would have given, with the errors of such ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from agent.tools.analysis.anomaly.judged import figure, group_name, rounded, too_little
from agent.tools.analysis.calendar_shape import calendar_shape
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.forecast.forecaster import FEWEST_VALUES, TooShort
from agent.tools.analysis.forecast.metric_forecast import MetricForecast, Outcome, forecast_metric
from agent.tools.analysis.forecast.metric_parts import parts_of
from agent.tools.analysis.history import Group, History, Window, read_history, whole_window
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import is_plural
from agent.tools.present.number_format import format_distinct
from agent.tools.present.periods import in_period
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.anomaly import AnomalyRequest
from catalog.durations import TimeGrain
from catalog.models import Metric
from catalog.query import as_datetime

_LEVEL = 0.95
_FALSE_SHARE = 0.05
_MOST_TOLD = 3
_NORMAL_SPREAD = 1.4826  # of the median absolute error of a normal distribution
_MEDIAN_EFFICIENCY = 0.37
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class _Verdict:
    group: Group
    actual: float
    expected: float
    low: float
    high: float
    chance: float  # how often an ordinary period lies as far off, either way
    is_unusual: bool = False


def judge_period(request: AnomalyRequest, desk: AnalysisDesk) -> Finding:
    """Actual, expected and ordinary range of the one period of each group, and whether it is ordinary."""
    assert request.period is not None
    assert request.period.start is not None
    assert request.period.end is not None
    name = request.metrics[0]
    metric = desk.view.whole.metric_by_name[name]
    parts = parts_of(desk.view, name)
    start = as_datetime(request.period.start).date()
    end = min(as_datetime(request.period.end).date(), desk.as_of + _DAY)
    grain = parts.base_grain(request.grain)
    window = whole_window(desk, tuple(use.metric for use in parts.uses), grain)
    if parts.composition in ("sum", "formula") and (window is None or _is_off(window, start, end)):
        grain = TimeGrain.DAY  # a period under way is held against as many days
        window = whole_window(desk, tuple(use.metric for use in parts.uses), grain)
    if window is None:
        return too_little(request, desk)
    first, past = window.place(start), min(window.place(end - _DAY) + 1, window.length)
    if first < FEWEST_VALUES or past <= first:
        return too_little(request, desk)
    desk.say(f"Reading the history of {metric.label}")
    history = read_history(desk, parts.uses, window, group_by=request.group_by, where=request.where)
    before = Window(window.start, window.first_day(first), grain, window.calendar)
    shape = calendar_shape(before, past - first)
    judged = []
    for group, known in history.series.items():
        try:
            made = forecast_metric(
                parts, {part: values[:first] for part, values in known.items()}, past - first, shape, metric.unit
            )
        except TooShort:
            continue
        expected = made.over(first, past, _LEVEL)
        stretch = {part: np.array(np.nansum(values[first:past])) for part, values in known.items()}
        last = {part: values[past - 1 : past] for part, values in known.items()}
        found = parts.value(last if parts.composition in ("last", "apart") else stretch)
        actual = float(np.ravel(found)[0])
        if np.isfinite(actual) and np.isfinite(expected.value):
            judged.append(_judged(group, actual, expected, made))
    if not judged:
        return too_little(request, desk)
    judged = _with_multiplicity(judged)
    table = _table(history, metric, judged, start, request.grain)
    when = in_period(request.period.model_copy(update={"start": start, "end": end}))
    return Finding(
        results=(table,),
        headline=_headline(metric, judged, table, when),
        narrative=(_narrative(table, before),),
        periods=(request.period.model_copy(update={"start": start, "end": end}),),
    )


def _judged(group: Group, actual: float, expected: Outcome, made: MetricForecast) -> _Verdict:
    """The ordinary range from the median size of past errors: one great miss of the past does not make the next ordinary."""
    from scipy.stats import t as student

    errors = np.abs(expected.errors)
    count = max(len(errors), 1)
    spread = _NORMAL_SPREAD * float(np.median(errors)) if len(errors) else 0.0
    spread = max(spread * float(np.sqrt(1 + 1 / count)), 1e-9 * abs(expected.value), 1e-12)
    degrees = max(2.0, _MEDIAN_EFFICIENCY * (count - 1))
    reach = float(student.isf((1 - _LEVEL) / 2, degrees)) * spread
    low, high = made.within(expected.value - reach), made.within(expected.value + reach)
    chance = 2 * float(student.sf(abs(actual - expected.value) / spread, degrees))
    return _Verdict(group, actual, expected.value, low, high, chance)


def _is_off(window: Window, start: dt.date, end: dt.date) -> bool:
    """Whether the period is not made of whole periods that are known."""
    first = window.place(start)
    return window.first_day(first) != start or end > window.end


def _with_multiplicity(judged: list[_Verdict]) -> list[_Verdict]:
    """Benjamini-Hochberg over the groups; a single one is outside its range where its chance is below the share."""
    ordered = sorted(judged, key=lambda item: item.chance)
    passing = [place for place, item in enumerate(ordered, 1) if item.chance <= _FALSE_SHARE * place / len(ordered)]
    bound = ordered[passing[-1] - 1].chance if passing else -1.0

    return [replace(item, is_unusual=item.chance <= bound) for item in ordered]


def _table(history: History, metric: Metric, judged: list[_Verdict], start: dt.date, grain: TimeGrain) -> ResultTable:
    columns = (
        *history.group_columns,
        ResultColumn(name="period", type="DATE", role="key", label=grain.value.capitalize()),
        figure("actual", metric.label, metric.unit, metric=metric.name, calculation="value"),
        figure("expected", "Expected", metric.unit),
        figure("low", "Ordinary from", metric.unit, "context"),
        figure("high", "Ordinary to", metric.unit, "context"),
        figure("level", "Ordinary share", "fraction", "context"),
        figure("chance", "Chance of one as far off", "fraction", "context"),
        ResultColumn(name="verdict", type="VARCHAR", role="context", label="Verdict"),
    )
    rows = tuple(
        (
            *item.group,
            start,
            *(rounded(value, metric) for value in (item.actual, item.expected, item.low, item.high)),
            _LEVEL,
            round(item.chance, 4),
            "unusual" if item.is_unusual else "ordinary",
        )
        for item in judged
    )
    return ResultTable(name="normal", sql=history.sql, columns=columns, rows=rows, elapsed_ms=history.elapsed_ms)


def _headline(metric: Metric, judged: list[_Verdict], table: ResultTable, when: str) -> Sentence:
    build = SentenceBuilder((table,))
    places = {item.name: place for place, item in enumerate(table.columns)}

    def at(name: str, row: int, extra: int = 0) -> str:
        return build.value(CellReference(row=row, column=places[name]), metric.unit, metric.format, extra)

    if len(judged) == 1:
        item = judged[0]
        low, high = (CellReference(row=0, column=places[name]) for name in ("low", "high"))
        extra = format_distinct(build.number(low), build.number(high), metric.unit, "narrative", metric.format)
        verdict = "within what is normal" if not item.is_unusual else _side(item)
        share = build.value(CellReference(row=0, column=places["level"]), "fraction")
        return build.finished(
            f"{metric.label} {when} {'were' if is_plural(metric.label) else 'was'} {verdict}: {at('actual', 0)}, where the past "
            f"led to expect {at('expected', 0)}, and {share} of outcomes between {at('low', 0, extra)} and {at('high', 0, extra)}"
        )
    unusual = [row for row, item in enumerate(judged) if item.is_unusual]
    if not unusual:
        return build.finished(f"{metric.label} {when}: no group is out of the ordinary")
    told = [
        f"{group_name(judged[row].group)} {_side(judged[row])} at {at('actual', row)}, where {at('expected', row)} was expected"
        for row in unusual[:_MOST_TOLD]
    ]
    return build.finished(f"{metric.label} {when}: {'; '.join(told)}")


def _side(item: _Verdict) -> str:
    return "unusually high" if item.actual > item.expected else "unusually low"


def _narrative(table: ResultTable, before: Window) -> Sentence:
    build = SentenceBuilder((table,))
    if len(table.rows) == 1:
        return build.finished(
            f"What to expect comes from the {before.grain.value}s before it, by the method that did best on them."
        )
    cells = tuple(CellReference(row=row, column=0) for row in range(len(table.rows)))
    return build.finished(
        f"{build.derived('count', cells)} groups were searched, which is allowed for; what to expect comes from the "
        f"{before.grain.value}s before."
    )
