"""Periods in words, for people; `find_time_expressions` reads them back as the same period."""

from __future__ import annotations

import datetime as dt

from catalog.durations import TimeGrain
from catalog.query import Period
from semantic_context.time_grammar.clock import DAY, add_months
from semantic_context.time_grammar.words import MONTH_NAMES


def day_label(day: dt.date, *, year: bool = True) -> str:
    """ "31 October 2026", or "31 October"."""
    text = f"{day.day} {MONTH_NAMES[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def describe_period(period: Period, as_of: dt.date | None = None) -> str:
    """The shortest exact name of a period: "October 2026", "Q3 2026", "3 to 17 August 2026", "since 1 March 2026".

    With as_of, a year or quarter that ends with as_of short of its own end is said to be "to date". A period with times
    of day is written as ISO moments.
    """
    start, end = period.start, period.end
    if start is None and end is None:
        return "all time"
    if isinstance(start, dt.datetime) or isinstance(end, dt.datetime):
        return _moments(start, end)
    if start is None and end is not None:
        return f"until {day_label(end - DAY)}"
    if end is None and start is not None:
        return f"since {day_label(start)}"
    assert start is not None and end is not None
    if start.day == 1 and end.day == 1:
        return _whole_months(start, end)
    if as_of is not None and end == as_of + DAY and start == dt.date(end.year, 1, 1) and end.year == as_of.year:
        return f"{start.year} to date ({_days(start, end)})"
    return _days(start, end)


def unit_of(period: Period) -> TimeGrain | None:
    """What a period is one of: a year, quarter, month or day of the calendar, or seven days; None for anything else."""
    start, end = period.start, period.end
    if start is None or end is None or isinstance(start, dt.datetime) or isinstance(end, dt.datetime):
        return None
    if end - start == DAY:
        return TimeGrain.DAY
    if start.day == 1 and end.day == 1:
        months = (end.year - start.year) * 12 + end.month - start.month
        return {1: TimeGrain.MONTH, 3: TimeGrain.QUARTER, 12: TimeGrain.YEAR}.get(months)
    return TimeGrain.WEEK if (end - start).days == 7 else None


def _whole_months(start: dt.date, end: dt.date) -> str:
    last = add_months(end, -1)
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.month == 1 and months % 12 == 0:
        return str(start.year) if months == 12 else f"{start.year} to {last.year}"
    if months == 3 and start.month % 3 == 1:
        return f"Q{(start.month + 2) // 3} {start.year}"
    if months == 6 and start.month in (1, 7):
        return f"H{(start.month + 5) // 6} {start.year}"
    name = MONTH_NAMES[start.month - 1]
    if months == 1:
        return f"{name} {start.year}"
    if start.year == last.year:
        return f"{name} to {MONTH_NAMES[last.month - 1]} {last.year}"
    return f"{name} {start.year} to {MONTH_NAMES[last.month - 1]} {last.year}"


def _days(start: dt.date, end: dt.date) -> str:
    last = end - DAY
    if last == start:
        return day_label(start)
    if (start.year, start.month) == (last.year, last.month):
        return f"{start.day} to {day_label(last)}"
    return f"{day_label(start, year=start.year != last.year)} to {day_label(last)}"


def _moments(start: dt.date | dt.datetime | None, end: dt.date | dt.datetime | None) -> str:
    if start is None and end is not None:
        return f"before {end.isoformat(sep=' ') if isinstance(end, dt.datetime) else day_label(end)}"
    assert start is not None
    first = start.isoformat(sep=" ") if isinstance(start, dt.datetime) else day_label(start)
    if end is None:
        return f"since {first}"
    last = end.isoformat(sep=" ") if isinstance(end, dt.datetime) else day_label(end)
    return f"from {first} to {last} (not included)"
