"""Calendar arithmetic on days: the periods that words name, seen from a day and a catalog's calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from catalog.durations import Duration, TimeGrain
from catalog.models import Calendar
from catalog.query import Period

Span = tuple[dt.date, dt.date]  # half open

DAY = dt.timedelta(days=1)
_SATURDAY = 5  # of date.weekday()
_MONTHS_IN = {TimeGrain.MONTH: 1, TimeGrain.QUARTER: 3, TimeGrain.YEAR: 12}
_WEEK_STARTS = {"monday": 0, "sunday": 6, "saturday": 5}


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - DAY).day


def month_span(year: int, month: int, months: int = 1) -> Span:
    """`months` whole months from the first of a month on; months past 12 run into the next year."""
    first = add_months(dt.date(year, 1, 1), month - 1)
    return first, add_months(first, months)


@dataclass(frozen=True, slots=True)
class Clock:
    """A day ("now") and the calendar that words of time are read with."""

    as_of: dt.date
    calendar: Calendar = field(default_factory=Calendar)

    @property
    def tomorrow(self) -> dt.date:
        """The end, exclusive, of everything up to as_of."""
        return self.as_of + DAY

    @property
    def week_start(self) -> int:
        """0 is Monday."""
        return _WEEK_STARTS[self.calendar.week_start]

    def start_of(self, grain: TimeGrain, day: dt.date, *, fiscal: bool = False) -> dt.date:
        """The first day of the calendar (or fiscal) unit that `day` lies in."""
        if grain is TimeGrain.WEEK:
            return day - dt.timedelta(days=(day.weekday() - self.week_start) % 7)
        months = _MONTHS_IN.get(grain)
        if months is None:
            return day
        shift = self.calendar.fiscal_year_start_month - 1 if fiscal else 0
        return add_months(day.replace(day=1), -((day.month - 1 - shift) % months))

    def shift(self, day: dt.date, grain: TimeGrain, count: int) -> dt.date:
        """`day` moved by a number of units."""
        if grain in _MONTHS_IN:
            return add_months(day, count * _MONTHS_IN[grain])
        days = {TimeGrain.WEEK: 7, TimeGrain.DAY: 1}.get(grain)
        if days is None:
            raise ValueError(f"a day cannot be moved by {grain.value}s")
        return day + dt.timedelta(days=days * count)

    def unit_back(self, grain: TimeGrain, back: int, *, fiscal: bool = False) -> Span:
        """The calendar unit `back` before the one as_of lies in; 0 is that one, whole; negative lies ahead."""
        start = self.shift(self.start_of(grain, self.as_of, fiscal=fiscal), grain, -back)
        return start, self.shift(start, grain, 1)

    def to_date(self, grain: TimeGrain, *, fiscal: bool = False) -> Span:
        """From the first day of as_of's unit up to as_of, included."""
        return self.start_of(grain, self.as_of, fiscal=fiscal), self.tomorrow

    def last_whole(self, grain: TimeGrain, count: int, *, fiscal: bool = False) -> Span:
        """The last `count` whole units that end on or before as_of; for days they end with as_of."""
        end = self.start_of(grain, self.tomorrow, fiscal=fiscal)
        return self.shift(end, grain, -count), end

    def next_whole(self, grain: TimeGrain, count: int, *, fiscal: bool = False) -> Span:
        """The next `count` whole units that start after as_of."""
        if grain is TimeGrain.DAY:
            return self.tomorrow, self.shift(self.tomorrow, grain, count)
        start = self.shift(self.start_of(grain, self.as_of, fiscal=fiscal), grain, 1)
        if self.start_of(grain, self.tomorrow, fiscal=fiscal) == self.tomorrow:
            start = self.tomorrow
        return start, self.shift(start, grain, count)

    def fiscal_year(self, year: int) -> Span:
        """The fiscal year that bears a number: the year it ends in (with a January start, the calendar's)."""
        first = self.calendar.fiscal_year_start_month
        start = dt.date(year if first == 1 else year - 1, first, 1)
        return start, add_months(start, 12)

    def fiscal_quarter(self, year: int, quarter: int) -> Span:
        """A quarter, 1 to 4, of the fiscal year that bears a number."""
        start = add_months(self.fiscal_year(year)[0], 3 * (quarter - 1))
        return start, add_months(start, 3)

    def week_of(self, day: dt.date) -> Span:
        """The week that a day lies in."""
        start = self.start_of(TimeGrain.WEEK, day)
        return start, start + dt.timedelta(days=7)


def iso_week(year: int, week: int) -> Span:
    """The ISO week of a year; ValueError where the year has no such week."""
    start = dt.date.fromisocalendar(year, week, 1)
    return start, start + dt.timedelta(days=7)


def shift_period(period: Period, offset: Duration) -> Period:
    """The period as long before as `offset` says, like for like.

    Whole months stay whole months (February's year before ends on its own last day). A run of whole weeks, shifted by
    months or years, keeps its weekdays (a year is 52 weeks); any other run keeps its days of the month.
    """
    start, end = _as_date(period.start), _as_date(period.end)
    weeks = (
        start is not None
        and end is not None
        and offset.grain in _MONTHS_IN
        and (end - start).days % 7 == 0
        and start.weekday() in (0, 5, 6)
        and not (start.day == 1 and end.day == 1)
        and (end - start).days <= 7 * 8
    )
    if weeks and offset.grain is TimeGrain.YEAR and start is not None and end is not None:
        back = dt.timedelta(days=364 * offset.count)
        return Period(start=start - back, end=end - back)
    clock = Clock(start or end or dt.date(2000, 1, 1))
    shifted_start = None if start is None else clock.shift(start, offset.grain, -offset.count)
    shifted_end = None if end is None else clock.shift(end, offset.grain, -offset.count)
    if start is not None and end is not None and shifted_start == shifted_end and shifted_start is not None:
        # A single day that the earlier month lacks (31 October, a month before): its last day.
        shifted_end = shifted_start + DAY
    return Period(start=shifted_start, end=shifted_end)


def previous_period(period: Period) -> Period | None:
    """The period of the same length that ends where this one starts; None for an open one.

    Whole months count as months: before October comes September, before Q3 Q2, before 2026 2025. Before a weekend comes the
    weekend before, and not a Thursday and Friday.
    """
    start, end = _as_date(period.start), _as_date(period.end)
    if start is None or end is None:
        return None
    if start.day == 1 and end.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month
        return Period(start=add_months(start, -months), end=start)
    if start.weekday() == _SATURDAY and end - start == 2 * DAY:
        return Period(start=start - 7 * DAY, end=end - 7 * DAY)
    return Period(start=start - (end - start), end=start)


def clip(period: Period, as_of: dt.date) -> Period:
    """The part of a period that has happened by as_of; the period itself where all or nothing of it has."""
    end = _as_date(period.end)
    start = _as_date(period.start)
    tomorrow = as_of + DAY
    if start is not None and start >= tomorrow:
        return period
    if end is None or end > tomorrow:
        return Period(start=period.start, end=tomorrow)
    return period


def _as_date(moment: dt.date | dt.datetime | None) -> dt.date | None:
    return moment.date() if isinstance(moment, dt.datetime) else moment
