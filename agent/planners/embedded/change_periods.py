"""The times that a change is taken between where the question leaves them open: the year so far beside a year before."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from agent.planners.embedded.changes import is_said_to_change
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.periods import ChosenPeriod
from agent.tools.compile.timeline import floored
from catalog.durations import Duration, TimeGrain
from catalog.query import ComparePeriod, Period, as_datetime
from semantic_context.time_expressions import describe_period, shift_period

_SINCE = re.compile(r"^(?:ever )?since\b", re.IGNORECASE)
_FEWEST_MONTHS = 3  # of a year that has only begun, the last whole quarter is taken
_YEAR = Duration(count=1, grain=TimeGrain.YEAR)


def between_times(
    draft: Draft, chosen: ChosenPeriod, metrics: tuple[str, ...], as_of: dt.date
) -> tuple[ChosenPeriod, ComparePeriod] | None:
    """The period and the one it is held against, for a change of which the question names no two times: "grown since last
    year", or nothing at all, where the catalog declares no period either. None where the times are settled."""
    time = draft.time
    settled = time.compare_expressions or time.compare or time.periods or time.grain or time.part or time.open_grain
    if settled or draft.rolling is not None or time.as_of is not None or not is_said_to_change(draft):
        return None
    is_state = all(draft.view.whole.metric_by_name[name].is_state for name in metrics)
    if time.period is None:
        if chosen.period is not None or not chosen.defaulted or time.all_time:
            return None
        period = whole_months_of_the_year(as_of)
        period = Period(end=period.end) if is_state else period
        return _beside(period, shift_period(period, _YEAR), as_of, is_state=is_state, named=False)
    found = _since(draft, as_of)
    if found is None:
        return None
    period = _up_to(as_of) if is_state else found[0]
    return _beside(period, shift_period(period, found[1]), as_of, is_state=is_state, named=True)


def whole_steps(draft: Draft, chosen: ChosenPeriod, as_of: dt.date) -> ChosenPeriod:
    """The period without the step under way, where steps are picked by how each changed on the one before: a month that
    has only begun would be the largest fall."""
    grain, compared = draft.time.grain, draft.time.compare_expressions or draft.time.compare
    if grain is None or compared or not is_said_to_change(draft):
        return chosen
    if draft.ranking is None and not draft.time.asks_which:
        return chosen
    tomorrow = as_of + dt.timedelta(days=1)
    end = floored(tomorrow, grain, draft.view.whole.calendar)
    reaches = chosen.period is None or chosen.period.end is None or as_datetime(chosen.period.end) > as_datetime(end)
    start = chosen.period.start if chosen.period is not None else None
    if as_datetime(end) == as_datetime(tomorrow) or not reaches or (start and as_datetime(start) >= as_datetime(end)):
        return chosen
    period = Period(start=start, end=end)
    return replace(chosen, period=period, words=f"{describe_period(period, as_of)}, whole {grain.value}s")


def _beside(
    period: Period, earlier: Period | None, as_of: dt.date, *, is_state: bool, named: bool
) -> tuple[ChosenPeriod, ComparePeriod] | None:
    if earlier is None:
        return None
    end = as_datetime(period.end).date() - dt.timedelta(days=1) if period.end is not None else as_of
    chosen = ChosenPeriod(period, end if is_state else None, not named, describe_period(period, as_of))
    return chosen, ComparePeriod(label=describe_period(earlier, as_of), period=earlier, show="measure")


def _since(draft: Draft, as_of: dt.date) -> tuple[Period, Duration] | None:
    """ "Since last year": this year so far beside the same days of that one; likewise for months, quarters and weeks."""
    said = draft.time.period_expression
    start = draft.time.period.start if draft.time.period is not None else None
    if said is None or start is None or not _SINCE.match(said.text.strip()) or said.unit is None:
        return None
    first = start.date() if isinstance(start, dt.datetime) else start
    begun = _beginning(as_of, said.unit, first)
    steps = _steps(first, begun, said.unit) if begun is not None else 0
    if begun is None or steps < 1 or (steps > 1 and said.unit is not TimeGrain.YEAR):
        return None
    return Period(start=begun, end=as_of + dt.timedelta(days=1)), Duration(count=steps, grain=said.unit)


def _beginning(as_of: dt.date, unit: TimeGrain, first: dt.date) -> dt.date | None:
    """The first day of the unit under way, where `first` is the first day of such a unit too."""
    match unit:
        case TimeGrain.YEAR:
            return as_of.replace(month=first.month, day=1) if first.month == 1 and first.day == 1 else None
        case TimeGrain.QUARTER:
            return as_of.replace(month=as_of.month - (as_of.month - 1) % 3, day=1) if first.day == 1 else None
        case TimeGrain.MONTH:
            return as_of.replace(day=1) if first.day == 1 else None
        case _:
            return None


def _steps(first: dt.date, begun: dt.date, unit: TimeGrain) -> int:
    months = (begun.year - first.year) * 12 + begun.month - first.month
    return months // {TimeGrain.YEAR: 12, TimeGrain.QUARTER: 3}.get(unit, 1)


def whole_months_of_the_year(as_of: dt.date) -> Period:
    """The whole months of the year so far; the last whole quarter where they are few."""
    end = (as_of + dt.timedelta(days=1)).replace(day=1)
    if end.month == 1 and end.year > as_of.year:
        return Period(start=end.replace(year=end.year - 1), end=end)
    if end.month > _FEWEST_MONTHS:
        return Period(start=end.replace(month=1), end=end)
    start_of_quarter = end.replace(month=end.month - (end.month - 1) % 3)
    year, month = (
        (start_of_quarter.year, start_of_quarter.month - 3)
        if start_of_quarter.month > 3
        else (start_of_quarter.year - 1, 10)
    )
    return Period(start=dt.date(year, month, 1), end=start_of_quarter)


def _up_to(day: dt.date) -> Period:
    return Period(end=day + dt.timedelta(days=1))
