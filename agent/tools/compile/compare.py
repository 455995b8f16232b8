"""Other periods beside the query's: the scope each is evaluated in, and the columns that set them side by side."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import number_literal
from agent.tools.compile.outputs import Output, Show, value_column
from agent.tools.compile.scope import Scope
from agent.tools.compile.time_keys import finest
from agent.tools.compile.timeline import Moment, Span, floored, one, shifted
from catalog.durations import Duration, TimeGrain
from catalog.models import Calendar, Metric
from catalog.query import ComparePeriod, as_datetime


def compared_scope(
    scope: Scope, compare: ComparePeriod, keys: tuple[Key, ...], calendar: Calendar, as_of: dt.date | None
) -> Scope:
    """The scope of the other period. With a grain its rows count for the periods of the query they are shifted to,
    and where the query's period is open, for none that begins after `as_of`."""
    by_grain = any(key.own_time and key.grain is not None for key in keys)
    by_time = any(key.own_time for key in keys)
    if compare.period is not None:
        other = Span(compare.period.start, compare.period.end)
        if not by_grain:
            return replace(scope, period=other, span=other, shift=())
        if scope.period.start is None or other.start is None:
            raise QueryError(f"to match the rows of {compare.name}, both periods need a beginning")
        return replace(scope, span=other, shift=(distance(other.start, scope.period.start),))
    offset = compare.offset or _length(scope.period, compare)
    if scope.period == Span() and not by_time:
        raise QueryError(f"comparing with {compare.name} needs a period, or a time to split by")
    before = scope.before(offset)
    timed = finest(keys)
    if scope.period.end is None and as_of is not None and timed is not None and timed.grain is not None:
        following = shifted(floored(as_of, timed.grain, calendar, timed.fiscal), one(timed.grain))
        before = replace(before, span=Span(before.span.start, shifted(following, offset, -1)))
    return before


def distance(earlier: Moment, later: Moment) -> Duration:
    """How far apart two beginnings are: in months where they fall on the same day of one, else in days or seconds."""
    first, second = as_datetime(earlier), as_datetime(later)
    if (first.day, first.time()) == (second.day, second.time()):
        return Duration(count=(second.year - first.year) * 12 + second.month - first.month, grain=TimeGrain.MONTH)
    delta = second - first
    if delta % dt.timedelta(days=1):
        return Duration(count=int(delta.total_seconds()), grain=TimeGrain.SECOND)
    return Duration(count=delta.days, grain=TimeGrain.DAY)


def _length(period: Span, compare: ComparePeriod) -> Duration:
    if period.start is None or period.end is None:
        raise QueryError(
            f"the comparison {compare.name} says neither a period nor how long before, and the query has no period"
        )
    return distance(period.start, period.end)


def compared_columns(
    metric: Metric,
    name: str,
    compare: ComparePeriod,
    now: exp.Expr,
    then: exp.Expr,
    zero_if_missing: bool,
    hidden: bool,
) -> list[Output]:
    """The other period's value, and by request the difference and the growth. A sum or count that is missing in one
    period only counts as zero in the difference."""
    label = compare.label or compare.name
    show: Show = compare.show
    column = f"{name}_{compare.name}"
    found = [Output(value_column(metric, column, show, "previous", f" ({label})"), then, hidden)]

    def side(value: exp.Expr) -> exp.Expr:
        if zero_if_missing and not isinstance(value, exp.Coalesce):
            return exp.Coalesce(this=value.copy(), expressions=[number_literal(0)])
        return exp.paren(value.copy(), copy=False) if isinstance(value, exp.Binary) else value.copy()

    change = exp.Sub(this=side(now), expression=side(then))
    if compare.difference:
        words = f" (change from {label})"
        found.append(Output(value_column(metric, f"{column}_change", show, "change", words), change, hidden))
    if compare.growth:
        below = exp.Nullif(this=then.copy(), expression=number_literal(0))
        growth = exp.Div(this=exp.paren(change.copy(), copy=False), expression=below, typed=False)
        words = f" (growth from {label})"
        found.append(Output(value_column(metric, f"{column}_growth", show, "growth", words), growth, hidden))
    return found
