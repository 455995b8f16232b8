"""Chooses a question's period and what stands beside it, from what it says of time and what the catalog declares."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.period_words import same_stretch_in, whole_year_of
from agent.planners.embedded.reach import base_datasets
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.durations import Duration, TimeGrain
from catalog.models import AggregateMetric, Aggregation
from catalog.query import ComparePeriod, Period, as_datetime
from semantic_context.linking import split_route
from semantic_context.time_expressions import (
    clip,
    comparison_period,
    describe_period,
    find_time_expressions,
    previous_period,
    shift_period,
    unit_of,
)

_ALL_TIME = ("all time", "all the data", "ever")
_TODAY = ("as of", "as of today", "today", "now")
_NOW = re.compile(
    r"(?:(?:right|just) )?now\b|current(?:ly)?\b|presently|nowadays|at (?:the|this) moment|at present|at this time",
    re.I,
)
_GATHERS = (Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM)
_IS_SO = re.compile(r"\b(?:still|are|is|remain(?:s|ing)?)\b", re.IGNORECASE)
_STILL = re.compile(r"\bstill\b", re.IGNORECASE)
_SPAN_OF_GRAIN_DAYS = {
    TimeGrain.SECOND: 0.0,
    TimeGrain.MINUTE: 0.0,
    TimeGrain.HOUR: 0.05,
    TimeGrain.DAY: 1.0,
    TimeGrain.WEEK: 7.0,
    TimeGrain.MONTH: 28.0,
    TimeGrain.QUARTER: 90.0,
    TimeGrain.YEAR: 365.0,
}


@dataclass(frozen=True)
class ChosenPeriod:
    """The period, and whether it was supplied by default rather than named."""

    period: Period | None
    as_of: dt.date | None
    defaulted: bool
    words: str  # "October 2026", "all the data", "as of 31 October 2026"


def choose_period(draft: Draft, metrics: tuple[str, ...], as_of: dt.date, *, whole_history: bool) -> ChosenPeriod:
    """The named period; else all the data where the question ranges over it; else the declared default."""
    time = draft.time
    metric_models = [draft.view.whole.metric_by_name[name] for name in metrics]
    all_states = bool(metric_models) and all(metric.is_state for metric in metric_models)
    told = ago_alone(draft)
    if told is not None and all_states:
        day = day_before(as_of, told)
        return ChosenPeriod(_up_to(day), day, False, f"as of {_day(day)}")  # a level is known by the day
    if time.as_of is not None and time.period is None:
        moment = time.as_of.moment or as_of
        if all_states:
            return ChosenPeriod(_up_to(moment), moment, False, f"as of {_day(moment)}")
        if _NOW.match(time.as_of.text) and any(metric_time(draft.view, name) for name in metrics):
            return _as_it_is_now(draft, metrics, as_of)
        if time.as_of.periods:
            period = time.as_of.periods[0]
            return ChosenPeriod(period, None, False, describe_period(period, as_of))
    if time.period is not None:
        period = clip(time.period, as_of)
        return ChosenPeriod(period, None, False, describe_period(period, as_of))
    if time.all_time or whole_history:
        return ChosenPeriod(None, None, not time.all_time, "all the data")
    if _STILL.search(draft.question) and _are_rows_that_are_so(draft, metrics):
        return ChosenPeriod(None, None, False, "all the data")  # "how many complaints are still open"
    if draft.dated and not all_states:
        return ChosenPeriod(
            None, None, True, "all the data"
        )  # "orders that were returned in May", whenever they were placed
    return _default(draft.view, metrics, as_of, all_states)


def _are_rows_that_are_so(draft: Draft, metrics: tuple[str, ...]) -> bool:
    """Whether a figure gathers rows of which a value of their own is asked: what they are now, whenever they came in."""
    models = [draft.view.whole.metric_by_name[name] for name in metrics]
    own = {dataset for name in metrics for dataset in base_datasets(draft.view, name)}
    said = {split_route(choice.field)[0].partition(".")[0] for slot in draft.filters for choice in slot.candidates[:1]}
    gathers = all(isinstance(model, AggregateMetric) and model.aggregation in _GATHERS for model in models)
    return bool(models) and gathers and bool(said & own)


def _as_it_is_now(draft: Draft, metrics: tuple[str, ...], as_of: dt.date) -> ChosenPeriod:
    """What "now" says of a flow: of rows that are something now, all there are ("orders still in processing"); of a rate
    the usual stretch. How much comes in now is known of no moment: UnsupportedError."""
    models = [draft.view.whole.metric_by_name[name] for name in metrics]
    if not all(isinstance(model, AggregateMetric) and model.aggregation in _GATHERS for model in models):
        usual = _default(draft.view, metrics, as_of, False)
        if usual.period is None:
            raise UnsupportedError(f"{' and '.join(model.label for model in models)} is taken over a time: which one?")
        return usual
    if _are_rows_that_are_so(draft, metrics) or all(
        model.filter is not None and _IS_SO.search(draft.question) for model in models
    ):
        return ChosenPeriod(None, None, False, "all the data")
    labels = " and ".join(model.label for model in models)
    raise UnsupportedError(f"{labels} comes in over a time, not at a moment: over which one?")


def ago_alone(draft: Draft) -> Duration | None:
    """How long ago the question's one period is told to be ("a year ago"), where it is neither split nor one of several."""
    told, time = draft.time.period_expression, draft.time
    alone = told is not None and time.period is not None and time.period == told.period
    return told.ago if told is not None and alone and time.grain is None and time.part is None else None


def day_before(day: dt.date, ago: Duration) -> dt.date:
    """The day so long before; a month's last day meets the last day of the earlier month."""
    end = shift_period(_up_to(day), ago).end
    assert end is not None
    return as_datetime(end).date() - dt.timedelta(days=1)


def usual_period(view: CatalogView, metric: str, as_of: dt.date) -> Period | None:
    """The period a question that names none takes for a metric; None is all the data."""
    return _default(view, (metric,), as_of, view.whole.metric_by_name[metric].is_state).period


def _default(view: CatalogView, metrics: tuple[str, ...], as_of: dt.date, all_states: bool) -> ChosenPeriod:
    defaults = view.whole.default_periods
    phrases = {
        view.whole.metric_by_name[name].default_period
        or (defaults.state if view.whole.metric_by_name[name].is_state else defaults.flow)
        for name in metrics
    }
    if not all_states and len(phrases) > 1:
        phrases = {phrase for phrase in phrases if phrase != defaults.state} or phrases
    phrase = sorted(phrase or "all time" for phrase in phrases)[0] if phrases else (defaults.flow or "all time")
    if phrase.casefold() in _ALL_TIME:
        return ChosenPeriod(None, None, True, "all the data")
    if phrase.casefold() in _TODAY:
        return ChosenPeriod(_up_to(as_of), as_of, True, f"as of {_day(as_of)}")
    period = whole_period(phrase, view, as_of)
    return ChosenPeriod(period, None, True, describe_period(period, as_of) if period else "all the data")


def _up_to(day: dt.date) -> Period:
    return Period(end=day + dt.timedelta(days=1))


def whole_period(phrase: str, view: CatalogView, as_of: dt.date) -> Period | None:
    """The period that a catalog's phrase of time names ("latest whole month", "last 30 days"); None is all the data."""
    found = find_time_expressions(phrase, as_of, view.whole.calendar)
    return next((item.periods[0] for item in found if item.periods), None)


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def asked_comparisons(draft: Draft, chosen: ChosenPeriod, as_of: dt.date) -> tuple[ComparePeriod, ...]:
    """The periods that the question itself wants beside its own."""
    if draft.time.compare:
        return draft.time.compare
    period = chosen.period
    first = draft.time.as_of_before
    if first is not None and first.moment is not None and period is not None and period.start is None:
        return (ComparePeriod(label=f"as of {_day(first.moment)}", period=_up_to(first.moment), show="measure"),)
    beside: list[ComparePeriod] = []
    for expression in draft.time.compare_expressions:
        if period is None:
            raise UnsupportedError(f"“{expression.text.strip()}”: which time shall I hold against it?")
        other = comparison_period(draft.time.period or period, expression, as_of)
        unit = _unit_asked(draft)
        if expression.previous and unit is not None:  # a unit under way meets the same days of the one before
            other = shift_period(period, Duration(count=1, grain=unit))
        if other is None:
            continue
        if (year := whole_year_of(expression)) is not None:
            told, calendar = draft.time.period_expression, draft.view.whole.calendar
            other = same_stretch_in(year, draft.time.period or period, told, as_of, calendar) or other
        if other == period:
            raise UnsupportedError(
                f"“{expression.text.strip()}” is the very time asked about: which one shall I compare?"
            )
        if _is_another_kind_of_stretch(period, other):
            draft.time.unjoined = True
        name = "previous" if not beside else f"previous_{len(beside) + 1}"
        beside.append(
            ComparePeriod(
                name=name,
                label=other.label or describe_period(other, as_of),
                period=other,
                offset=expression.offset,
                show="measure",
            )
        )
    side_by_side = draft.differs and any(slot.versus or slot.listed for slot in draft.filters)
    if not beside and not side_by_side and period is not None and draft.asks & {Cue.GROWTH, Cue.RISE, Cue.FALL}:
        earlier = period_before(period, as_of)
        if earlier is not None:
            label = describe_period(earlier, as_of)
            beside.append(ComparePeriod(label=label, period=earlier, show="measure"))
    return tuple(beside)


def _is_another_kind_of_stretch(period: Period, other: Period) -> bool:
    """Whether a stretch of several years stands beside less than a quarter or so: "this month vs the last 3 years"."""
    if None in (period.start, period.end, other.start, other.end):
        return False
    assert period.start and period.end and other.start and other.end
    own = (as_datetime(period.end) - as_datetime(period.start)).days
    others = (as_datetime(other.end) - as_datetime(other.start)).days
    return own <= 100 and others > 500


def _unit_asked(draft: Draft) -> TimeGrain | None:
    """The unit that the question's period is one of, whole or under way; None for any other stretch."""
    if draft.time.period is None:
        return None
    asked = draft.time.period_expression
    to_date = asked is not None and asked.unit is not None and "to date" in asked.text.casefold()
    return unit_of(draft.time.period) or (asked.unit if asked is not None and to_date else None)


def beside_the_latest(ordered: Sequence[Period], as_of: dt.date) -> tuple[ComparePeriod, ...]:
    """What stands beside the last of several periods, the nearest first; beside one under way the same part of the others."""
    others = [_like(period, ordered[-1], as_of) for period in ordered[:-1]]
    return tuple(
        ComparePeriod(
            name=f"earlier_{place}" if len(ordered) > 2 else "previous",
            label=period.label,
            period=period,
            show="measure",
        )
        for place, period in enumerate(reversed(others), start=1)
    )


def _like(earlier: Period, latest: Period, as_of: dt.date) -> Period:
    """The part of an earlier period that stands beside the latest one where that is still under way."""
    happened = clip(latest, as_of)
    unit = unit_of(latest)
    if (
        happened == latest
        or unit is None
        or unit_of(earlier) is not unit
        or earlier.start is None
        or latest.start is None
    ):
        return earlier
    first, last = as_datetime(earlier.start), as_datetime(latest.start)
    months = (last.year - first.year) * 12 + last.month - first.month
    moved = shift_period(happened, Duration(count=months, grain=TimeGrain.MONTH)) if months else None
    return earlier if moved is None else moved.model_copy(update={"label": describe_period(moved, as_of)})


def period_before(period: Period, as_of: dt.date) -> Period | None:
    """The period to hold against: the one of the same unit just before; of a unit that is under way, the same days
    of the unit before (this year so far meets the same days of last year); of a state on a day, that a month before."""
    if period.start is None and period.end is not None:
        last = as_datetime(period.end).date() - dt.timedelta(days=1)
        return _up_to(_month_before(last))
    if period.start is None or period.end is None:
        return None
    start, end = as_datetime(period.start), as_datetime(period.end)
    if start.time() != dt.time() or end.time() != dt.time():
        return Period(start=start - (end - start), end=start)
    first, last = start.date(), end.date() - dt.timedelta(days=1)
    if last == as_of and first.day == 1 and not _is_whole_unit(first, end.date()):
        if first.month == 1 and last.month > 1 and last.year == first.year:
            return shift_period(period, Duration(count=1, grain=TimeGrain.YEAR))
        if first.month in (1, 4, 7, 10) and 0 < last.month - first.month <= 2 and last.year == first.year:
            return shift_period(period, Duration(count=1, grain=TimeGrain.QUARTER))
        if last.month == first.month:
            return shift_period(period, Duration(count=1, grain=TimeGrain.MONTH))
    return previous_period(period)


def _month_before(day: dt.date) -> dt.date:
    """The same day a month earlier; a month's last day meets the last day of the month before."""
    first = day.replace(day=1)
    end_of_month = (day + dt.timedelta(days=1)).month != day.month
    last_of_before = first - dt.timedelta(days=1)
    return last_of_before if end_of_month or day.day > last_of_before.day else last_of_before.replace(day=day.day)


def _is_whole_unit(first: dt.date, end: dt.date) -> bool:
    months = (end.year - first.year) * 12 + end.month - first.month
    if end.day != 1:
        return False
    return (
        months == 1 or (months == 3 and first.month % 3 == 1) or (months == 6 and first.month in (1, 7)) or months >= 12
    )


def grain_for(period: Period | None) -> TimeGrain:
    """The grain that shows a period's course in some five to sixty steps."""
    if period is None or period.start is None or period.end is None:
        return TimeGrain.MONTH
    days = (as_datetime(period.end) - as_datetime(period.start)).days
    if days <= 2:
        return TimeGrain.HOUR
    if days <= 62:
        return TimeGrain.DAY
    if days <= 183:
        return TimeGrain.WEEK
    return TimeGrain.MONTH if days <= 366 * 6 else TimeGrain.QUARTER


def is_finer_than(grain: TimeGrain, period: Period | None) -> bool:
    """Whether several periods of the grain fit in the period."""
    if period is None or period.start is None or period.end is None:
        return True
    days = (as_datetime(period.end) - as_datetime(period.start)).days
    return days >= 2 * _SPAN_OF_GRAIN_DAYS[grain]


def unit_holding(day: dt.date, grain: TimeGrain, back: int) -> Period:
    """The unit that a day lies in, or that `back` units before it."""
    if grain in (TimeGrain.DAY, TimeGrain.WEEK):
        length = 7 if grain is TimeGrain.WEEK else 1
        start = day - dt.timedelta(days=(day.weekday() if length == 7 else 0) + length * back)
        return Period(start=start, end=start + dt.timedelta(days=length))
    months = {TimeGrain.MONTH: 1, TimeGrain.QUARTER: 3, TimeGrain.YEAR: 12}[grain]
    first = (day.year * 12 + day.month - 1) // months * months - months * back
    end = first + months
    return Period(start=dt.date(first // 12, first % 12 + 1, 1), end=dt.date(end // 12, end % 12 + 1, 1))
