"""Arithmetic of time: spans as dates, and the SQL for grains, parts and shifts on the catalog's calendar."""

from __future__ import annotations

import calendar as months_of
import datetime as dt
from dataclasses import dataclass

from sqlglot import exp

from agent.tools.compile.literals import date_literal
from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import Calendar, FieldType
from catalog.query import as_datetime

Moment = dt.date | dt.datetime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple(months_of.month_name)[1:]
_MONTHS_IN = {TimeGrain.MONTH: 1, TimeGrain.QUARTER: 3, TimeGrain.YEAR: 12}
_SECONDS_IN = {
    TimeGrain.SECOND: 1,
    TimeGrain.MINUTE: 60,
    TimeGrain.HOUR: 3600,
    TimeGrain.DAY: 86400,
    TimeGrain.WEEK: 604800,
}


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span of time; None is open."""

    start: Moment | None = None
    end: Moment | None = None

    def back(self, duration: Duration) -> Span:
        """The span this long before."""
        return Span(
            None if self.start is None else shifted(self.start, duration, -1),
            None if self.end is None else shifted(self.end, duration, -1),
        )

    def __str__(self) -> str:
        if self.start is None and self.end is None:
            return "all time"
        if self.start is None:
            return f"before {self.end}"
        return f"from {self.start}" if self.end is None else f"{self.start} up to and without {self.end}"


ALL_TIME = Span()


def in_months(duration: Duration) -> int | None:
    """A calendar duration in months; None for weeks and shorter grains."""
    months = _MONTHS_IN.get(duration.grain)
    return None if months is None else months * duration.count


def in_seconds(duration: Duration) -> int | None:
    """A fixed duration in seconds; None for months and longer grains."""
    seconds = _SECONDS_IN.get(duration.grain)
    return None if seconds is None else seconds * duration.count


def shifted(moment: Moment, duration: Duration, times: int = 1) -> Moment:
    """The moment that much later; a day past a month's end becomes its last day."""
    months = in_months(duration)
    if months is not None:
        index = moment.year * 12 + moment.month - 1 + months * times
        year, month = divmod(index, 12)
        day = min(moment.day, months_of.monthrange(year, month + 1)[1])
        return moment.replace(year=year, month=month + 1, day=day)
    delta = dt.timedelta(seconds=(in_seconds(duration) or 0) * times)
    if not isinstance(moment, dt.datetime) and delta % dt.timedelta(days=1):
        moment = as_datetime(moment)
    return moment + delta


def floored(moment: Moment, grain: TimeGrain, calendar: Calendar, fiscal: bool = False) -> Moment:
    """The first instant of the moment's period of a grain."""
    at = as_datetime(moment)
    if grain.rank < TimeGrain.DAY.rank:
        minute = 0 if grain is TimeGrain.HOUR else at.minute
        second = at.second if grain is TimeGrain.SECOND else 0
        return at.replace(minute=minute, second=second, microsecond=0)
    day = at.date()
    if grain is TimeGrain.DAY:
        return day
    if grain is TimeGrain.WEEK:
        first = {"monday": 0, "sunday": 6, "saturday": 5}[calendar.week_start]
        return day - dt.timedelta(days=(day.weekday() - first) % 7)
    offset = (calendar.fiscal_year_start_month - 1) if fiscal else 0
    size = _MONTHS_IN[grain]
    index = day.year * 12 + day.month - 1 - offset
    year, month = divmod(index - index % size + offset, 12)
    return dt.date(year, month + 1, 1)


def one(grain: TimeGrain) -> Duration:
    """A single period of the grain."""
    return Duration(count=1, grain=grain)


def periods_in(start: Moment, end: Moment, grain: TimeGrain, calendar: Calendar) -> int:
    """How many periods of a grain, whole or begun, lie between two moments (the end not included)."""
    months = in_months(one(grain))
    first = floored(start, grain, calendar)
    last = floored(as_datetime(end) - dt.timedelta(microseconds=1), grain, calendar)
    if months is not None:
        return ((last.year - first.year) * 12 + last.month - first.month) // months + 1
    seconds = in_seconds(one(grain)) or 1
    return round((as_datetime(last) - as_datetime(first)).total_seconds() / seconds) + 1


def interval(duration: Duration, times: int = 1) -> exp.Interval:
    """INTERVAL of a duration."""
    return exp.Interval(
        this=exp.Literal.string(str(duration.count * times)), unit=exp.Var(this=duration.grain.value.upper())
    )


def moved(expression: exp.Expr, duration: Duration, as_date: bool, times: int = 1) -> exp.Expr:
    """A time that much later (`times` -1: earlier); a date stays a date."""
    later: exp.Expr
    if duration.count * times < 0:
        later = exp.Sub(this=expression, expression=interval(duration, -times))
    else:
        later = exp.Add(this=expression, expression=interval(duration, times))
    return exp.cast(later, "date", copy=False) if as_date else later


def trunc(expression: exp.Expr, grain: TimeGrain, calendar: Calendar, fiscal: bool = False) -> exp.Expr:
    """The first day (or instant, for finer grains) of a time's period: CAST(DATE_TRUNC('month', t) AS DATE)."""
    if grain is TimeGrain.DAY:
        return exp.cast(expression, "date", copy=False)
    move: exp.Interval | None = None
    if grain is TimeGrain.WEEK and calendar.week_start != "monday":
        move = interval(Duration(count={"sunday": 1, "saturday": 2}[calendar.week_start], grain=TimeGrain.DAY))
    elif fiscal and grain.rank > TimeGrain.MONTH.rank and calendar.fiscal_year_start_month > 1:
        move = interval(Duration(count=13 - calendar.fiscal_year_start_month, grain=TimeGrain.MONTH))
    inner = exp.Add(this=expression, expression=move) if move is not None else expression
    cut: exp.Expr = exp.TimestampTrunc(this=inner, unit=exp.Var(this=grain.value.upper()))
    if move is not None:
        cut = exp.Sub(this=cut, expression=move.copy())
    return cut if grain.rank < TimeGrain.DAY.rank else exp.cast(cut, "date", copy=False)


def part_of(expression: exp.Expr, part: TimePart) -> exp.Expr:
    """A recurring part of a time: English names for weekdays and months, numbers for the rest."""
    if part is TimePart.WEEKDAY:
        return exp.Dayname(this=expression)
    if part is TimePart.MONTH_OF_YEAR:
        return exp.Monthname(this=expression)
    unit = {
        TimePart.HOUR_OF_DAY: "HOUR",
        TimePart.DAY_OF_MONTH: "DAY",
        TimePart.DAY_OF_YEAR: "DOY",
        TimePart.WEEK_OF_YEAR: "WEEK",
        TimePart.QUARTER_OF_YEAR: "QUARTER",
        TimePart.YEAR_NUMBER: "YEAR",
    }[part]
    return exp.Extract(this=exp.Var(this=unit), expression=expression)


def within(expression: exp.Expr, span: Span) -> list[exp.Expr]:
    """The predicates that a time lies in the span; the column stands bare, so that scans can prune."""
    found: list[exp.Expr] = []
    if span.start is not None:
        found.append(exp.GTE(this=expression.copy(), expression=date_literal(span.start)))
    if span.end is not None:
        found.append(exp.LT(this=expression.copy(), expression=date_literal(span.end)))
    return found


def grain_type(grain: TimeGrain) -> FieldType:
    """What a period's first instant is: a date from the day on."""
    return FieldType.DATE if grain.rank >= TimeGrain.DAY.rank else FieldType.TIMESTAMP


def divides(grain: TimeGrain, duration: Duration) -> bool:
    """Whether a duration is a whole number of periods of the grain, so that moving by it keeps periods whole."""
    months = in_months(duration)
    if months is not None:
        size = _MONTHS_IN.get(grain)
        return size is not None and months % size == 0
    seconds = in_seconds(duration) or 0
    size_s = _SECONDS_IN.get(grain)
    return size_s is not None and seconds % size_s == 0
