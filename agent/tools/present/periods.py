"""Periods in words: "September 2026", "the week of 26 October 2026", "3 August 2026 to 31 October 2026"."""

from __future__ import annotations

import calendar
import datetime as dt

from catalog.durations import Duration, TimeGrain
from catalog.query import Period, as_datetime

_MONTHS_BY_GRAIN = {TimeGrain.MONTH: 1, TimeGrain.QUARTER: 3, TimeGrain.YEAR: 12}
_MIDNIGHT = dt.time()
# Not the calendar module's: those follow the process's locale.
MONTH_NAMES = tuple("January February March April May June July August September October November December".split())


def naive_moment(value: dt.date) -> dt.datetime:
    """A date or datetime as a datetime without time zone, so that all can be ordered together."""
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else dt.datetime.combine(value, _MIDNIGHT)


def shift(moment: dt.datetime, count: int, grain: TimeGrain) -> dt.datetime:
    """A moment `count` grains later (earlier where negative); a day past the month's end becomes its last day."""
    months = _MONTHS_BY_GRAIN.get(grain)
    if months is None:
        return moment + count * dt.timedelta(**{"days" if grain is TimeGrain.DAY else f"{grain.value}s": 1})
    index = moment.year * 12 + moment.month - 1 + count * months
    year, month = divmod(index, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def shifted_period(period: Period, offset: Duration) -> Period | None:
    """The period that lies `offset` earlier; None where that is before the calendar begins."""
    back = -offset.count
    try:
        start = None if period.start is None else shift(as_datetime(period.start), back, offset.grain)
        end = None if period.end is None else shift(as_datetime(period.end), back, offset.grain)
    except (OverflowError, ValueError):
        return None
    return None if start is not None and end is not None and start >= end else Period(start=start, end=end)


def distance(earlier: dt.date, later: dt.date) -> Duration:
    """How far apart two moments are: in months where they fall on the same day of one, else in days, else seconds."""
    first, second = as_datetime(earlier), as_datetime(later)
    if (first.day, first.time()) == (second.day, second.time()):
        return Duration(count=(second.year - first.year) * 12 + second.month - first.month, grain=TimeGrain.MONTH)
    apart = second - first
    if apart % dt.timedelta(days=1):
        return Duration(count=int(apart.total_seconds()), grain=TimeGrain.SECOND)
    return Duration(count=apart.days, grain=TimeGrain.DAY)


def bucket(moment: dt.date, grain: TimeGrain) -> Period:
    """The period of a grain that begins at `moment`."""
    start = as_datetime(moment)
    try:
        return Period(start=start, end=shift(start, 1, grain))
    except (OverflowError, ValueError):
        return Period(start=start)


def last_day(period: Period) -> dt.date | None:
    """The last day a period touches; None where it is open."""
    return None if period.end is None else (as_datetime(period.end) - dt.timedelta(microseconds=1)).date()


def first_day(period: Period) -> dt.date | None:
    """The first day a period touches; None where it is open."""
    return None if period.start is None else as_datetime(period.start).date()


def day_name(day: dt.date) -> str:
    """ "26 October 2026"."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def month_name(day: dt.date) -> str:
    """ "October 2026"."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def bucket_name(moment: dt.date, grain: TimeGrain, *, is_fiscal: bool = False) -> str:
    """The name of the period of a grain that begins at `moment`; one of a fiscal year bears no calendar name."""
    when = as_datetime(moment)
    day = when.date()
    if grain is TimeGrain.YEAR:
        return str(day.year) if day.month == 1 and not is_fiscal else f"the year from {month_name(day)}"
    if grain is TimeGrain.QUARTER:
        return (
            f"Q{day.month // 3 + 1} {day.year}"
            if day.month % 3 == 1 and not is_fiscal
            else f"the quarter from {month_name(day)}"
        )
    if grain is TimeGrain.MONTH:
        return month_name(day)
    if grain is TimeGrain.WEEK:
        return f"the week of {day_name(day)}"
    if grain is TimeGrain.DAY:
        return day_name(day)
    return f"{day_name(day)} {when:%H:%M:%S}" if grain is TimeGrain.SECOND else f"{day_name(day)} {when:%H:%M}"


def in_bucket(moment: dt.date, grain: TimeGrain, *, is_fiscal: bool = False) -> str:
    """ "in September 2026", "on 26 October 2026", "at 26 October 2026 14:00"."""
    word = "in" if grain.rank >= TimeGrain.WEEK.rank else "on" if grain is TimeGrain.DAY else "at"
    return f"{word} {bucket_name(moment, grain, is_fiscal=is_fiscal)}"


def whole_grain(period: Period) -> TimeGrain | None:
    """The one calendar grain that a period is exactly one of: a day, month, quarter or year."""
    if period.start is None or period.end is None:
        return None
    start, end = as_datetime(period.start), as_datetime(period.end)
    if start.time() != _MIDNIGHT:
        return None
    for grain in (TimeGrain.DAY, TimeGrain.MONTH, TimeGrain.QUARTER, TimeGrain.YEAR):
        aligned = (
            grain is TimeGrain.DAY
            or (grain is TimeGrain.MONTH and start.day == 1)
            or (grain is TimeGrain.QUARTER and start.day == 1 and start.month % 3 == 1)
            or (grain is TimeGrain.YEAR and start.day == 1 and start.month == 1)
        )
        if aligned and shift(start, 1, grain) == end:
            return grain
    return None


def period_name(period: Period) -> str:
    """A period's name without a preposition; empty where both ends are open."""
    grain = whole_grain(period)
    if grain is not None and period.start is not None:
        return bucket_name(period.start, grain)
    first, last = first_day(period), last_day(period)
    if first is None and last is None:
        return ""
    if first is None:
        assert last is not None
        return f"the time up to {day_name(last)}"
    if last is None:
        return f"the time since {day_name(first)}"
    if _whole_months(period):
        if (first.month, last.month) == (1, 12):
            return f"{first.year} to {last.year}"
        return f"{_without_year(month_name(first), first, last)} to {month_name(last)}"
    return day_name(first) if first == last else f"{_without_year(day_name(first), first, last)} to {day_name(last)}"


def _without_year(name: str, first: dt.date, last: dt.date) -> str:
    return name.removesuffix(f" {first.year}") if first.year == last.year else name


def in_period(period: Period | None) -> str:
    """A period with its preposition ("in September 2026", "from ... to ..."); empty where it is open at both ends."""
    if period is None or (period.start is None and period.end is None):
        return ""
    name = period_name(period)
    if whole_grain(period) is TimeGrain.DAY or first_day(period) == last_day(period):
        return f"on {name}"
    if whole_grain(period) is not None:
        return f"in {name}"
    if period.start is None or period.end is None:
        return name.removeprefix("the time ")
    return f"from {name}"


def short_name(other: Period, main: Period | None) -> str:
    """A period's name beside another's: the year is left out where both are months of one year."""
    if (
        main is not None
        and main.start is not None
        and other.start is not None
        and whole_grain(other) is TimeGrain.MONTH
        and whole_grain(main) is TimeGrain.MONTH
        and other.start.year == main.start.year
    ):
        return MONTH_NAMES[other.start.month - 1]
    return period_name(other)


def _whole_months(period: Period) -> bool:
    assert period.start is not None
    assert period.end is not None
    start, end = as_datetime(period.start), as_datetime(period.end)
    return start.day == 1 and end.day == 1 and start.time() == _MIDNIGHT and end.time() == _MIDNIGHT
