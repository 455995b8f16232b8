"""The periods before: of which unit a comparison is, and which past steps say what such a change usually is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from agent.tools.analysis.attribution.segment_search import Step
from catalog.durations import TimeGrain, TimePart
from catalog.query import FieldCondition, Period, as_datetime

# How many periods are read, the last included, and how many make a season.
_READ = {TimeGrain.DAY: 64, TimeGrain.WEEK: 60, TimeGrain.MONTH: 38, TimeGrain.QUARTER: 21, TimeGrain.YEAR: 12}
_SEASON = {TimeGrain.DAY: 7, TimeGrain.MONTH: 12, TimeGrain.QUARTER: 4}


@dataclass(frozen=True)
class History:
    """Consecutive periods of one unit, the one asked about last; `days` of each where a part of the unit is compared."""

    grain: TimeGrain
    starts: tuple[dt.date, ...]
    step: Step
    days: int | None = None  # the first days of each unit alone, for a unit under way

    @property
    def span(self) -> Period:
        """From the first period's first day to the end of the last."""
        return Period(start=self.starts[0], end=_next(self.starts[-1], self.grain))

    @property
    def ends(self) -> tuple[Period, Period]:
        """The two units compared, the earlier first."""
        before, after = self.starts[-1 - self.step.lag], self.starts[-1]
        return (
            Period(start=before, end=_next(before, self.grain)),
            Period(start=after, end=_next(after, self.grain)),
        )

    @property
    def condition(self) -> FieldCondition | None:
        """What keeps the same days of each month, where a month under way is compared."""
        if self.days is None:
            return None
        return FieldCondition(field="metric_time", part=TimePart.DAY_OF_MONTH, operator="le", values=(self.days,))


def history_of(period: Period, baseline: Period, span: tuple[dt.date, dt.date] | None) -> History | None:
    """The past periods to judge a change by; None where the two periods are not like units, the baseline first.

    `span` is the days that the metric has data for: periods that it does not cover whole are left out.
    """
    if None in (period.start, period.end, baseline.start, baseline.end) or span is None:
        return None
    first, end = _days(period)
    base_first, base_end = _days(baseline)
    days = None
    grain = _unit(first, end)
    if grain is None:
        grain, days = _unit_under_way(first, end, base_first, base_end)
    elif _unit(base_first, base_end) is not grain:
        return None
    if grain is None:
        return None
    starts = [first]
    while len(starts) < _READ[grain] or starts[-1] > base_first:
        earlier = _previous(starts[-1], grain)
        if earlier < span[0]:
            break
        starts.append(earlier)
    if base_first not in starts:
        return None
    ordered = tuple(reversed(starts))
    lag = len(ordered) - 1 - ordered.index(base_first)
    return History(grain, ordered, Step(lag, _SEASON.get(grain)), days)


def _days(period: Period) -> tuple[dt.date, dt.date]:
    assert period.start is not None and period.end is not None
    return as_datetime(period.start).date(), as_datetime(period.end).date()


def _unit(first: dt.date, end: dt.date) -> TimeGrain | None:
    """The unit that a span of days is one of."""
    for grain in (TimeGrain.DAY, TimeGrain.MONTH, TimeGrain.QUARTER, TimeGrain.YEAR, TimeGrain.WEEK):
        starts = (
            grain in (TimeGrain.DAY, TimeGrain.WEEK)
            or (first.day == 1 and grain is TimeGrain.MONTH)
            or (first.day == 1 and first.month % 3 == 1 and grain is TimeGrain.QUARTER)
            or (first.day == 1 and first.month == 1)
        )
        if starts and _next(first, grain) == end:
            return grain
    return None


def _unit_under_way(
    first: dt.date, end: dt.date, base_first: dt.date, base_end: dt.date
) -> tuple[TimeGrain | None, int | None]:
    """The first days of a month against as many of another."""
    days = (end - first).days
    alike = first.day == base_first.day == 1 and (base_end - base_first).days == days
    return (TimeGrain.MONTH, days) if alike and days < 28 else (None, None)


def _next(day: dt.date, grain: TimeGrain) -> dt.date:
    if grain is TimeGrain.DAY:
        return day + dt.timedelta(days=1)
    if grain is TimeGrain.WEEK:
        return day + dt.timedelta(days=7)
    months = {TimeGrain.MONTH: 1, TimeGrain.QUARTER: 3, TimeGrain.YEAR: 12}[grain]
    return _months_on(day, months)


def _previous(day: dt.date, grain: TimeGrain) -> dt.date:
    if grain is TimeGrain.DAY:
        return day - dt.timedelta(days=1)
    if grain is TimeGrain.WEEK:
        return day - dt.timedelta(days=7)
    months = {TimeGrain.MONTH: 1, TimeGrain.QUARTER: 3, TimeGrain.YEAR: 12}[grain]
    return _months_on(day, -months)


def _months_on(day: dt.date, months: int) -> dt.date:
    at = day.year * 12 + day.month - 1 + months
    return dt.date(at // 12, at % 12 + 1, 1)
