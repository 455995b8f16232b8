"""Periods as a relation of their own, for figures that look back from each period's end (windows, states), and the
bounds of the windows they look back over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlglot import exp

from agent.tools.compile.draft import Draft
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import date_literal
from agent.tools.compile.relation import Relation, aliased
from agent.tools.compile.scan import Scan, relation_column, table_of
from agent.tools.compile.scope import Scope, Window
from agent.tools.compile.time_keys import finest_of, time_key
from agent.tools.compile.timeline import (
    Moment,
    Span,
    floored,
    grain_type,
    moved,
    one,
    shifted,
    trunc,
    within,
)
from catalog.durations import Duration, TimeGrain
from catalog.models import FieldType, TimeSpine
from catalog.query import as_datetime

_PLURAL = {grain: f"{grain.value}s" for grain in TimeGrain}


@dataclass(frozen=True, slots=True)
class Axis:
    """A CTE of periods: its name, the column with each period's first instant, and the end of the last where clipped."""

    relation: str
    column: str
    grain: TimeGrain
    clip: Moment | None
    crossing: tuple[str, ...] = ()  # columns of other grains: a row is where they and the first one meet

    def start(self) -> exp.Expr:
        first = relation_column(self.relation, self.column)
        if not self.crossing:
            return first
        others = [relation_column(self.relation, name) for name in self.crossing]
        return exp.Greatest(this=first, expressions=others, ignore_nulls=True)

    def end(self) -> exp.Expr:
        """The end of each period: the next one's start, or where time ends so far."""
        following = moved(self.start(), one(self.grain), as_date=False)
        if self.clip is None:
            return following
        return exp.Least(this=following, expressions=[date_literal(self.clip)], ignore_nulls=True)


def end_of_time(draft: Draft, period: Span) -> Moment | None:
    """Where figures that look back stand: the period's end, but not after as_of; None where neither is known."""
    now = None if draft.as_of is None else draft.as_of + dt.timedelta(days=1)
    if period.end is None:
        return now
    if now is None or as_datetime(period.end) <= as_datetime(now):
        return period.end
    begun = period.start is None or as_datetime(period.start) < as_datetime(now)
    return now if begun else period.end


def axis(draft: Draft, key: Key, scope: Scope, time_field: str) -> Axis:
    """The periods of a key's grain over the scope's period, or over all the data there is where it is open."""
    grain = key.grain or TimeGrain.DAY
    calendar = draft.catalog.calendar
    end = end_of_time(draft, scope.period)
    clip = _clip(draft, key, end)
    name = f"fiscal_{_PLURAL[grain]}" if key.fiscal else _PLURAL[grain]
    draft.used.periods[f"each {grain.value} of {scope.period}"] = None
    spine = _spine(draft, grain)
    if spine is not None:
        return Axis(draft.cte(name, _from_spine(draft, spine, key, scope, end)), key.name, grain, clip)
    start_of_last: exp.Expr
    if scope.period.start is not None:
        first: exp.Expr = date_literal(floored(scope.period.start, grain, calendar, key.fiscal))
    else:
        first = _bound(draft, key, scope, time_field, exp.Min)
    if end is not None:
        start_of_last = date_literal(_last_period(draft, key, end))
    else:
        start_of_last = _bound(draft, key, scope, time_field, exp.Max)
    series = exp.Explode(
        this=exp.GenerateSeries(start=first, end=start_of_last, step=_step(grain), is_end_exclusive=False)
    )
    is_date = grain_type(grain) is FieldType.DATE
    column = exp.cast(series, "date", copy=False) if is_date else series
    select = exp.Select(expressions=[aliased(column, key.name)])
    return Axis(draft.cte(name, select), key.name, grain, clip)


def crossing_axis(draft: Draft, keys: tuple[Key, ...], scope: Scope, time_field: str) -> Axis:
    """The stretches where periods of several grains meet (a week and a month), for grains that do not nest."""
    days = axis(draft, Key("day", grain=TimeGrain.DAY), scope, time_field)
    select = exp.Select().from_(table_of(days.relation), copy=False)
    calendar = draft.catalog.calendar
    select.set("expressions", [aliased(time_key(days.start(), key, calendar, ()), key.name) for key in keys])
    name = draft.cte("meeting_periods", select.distinct(copy=False))
    first = finest_of(keys)
    assert first is not None and first.grain is not None
    return Axis(name, first.name, first.grain, None, tuple(key.name for key in keys if key is not first))


def _last_period(draft: Draft, key: Key, end: Moment) -> Moment:
    step = Duration(count=1, grain=TimeGrain.SECOND if isinstance(end, dt.datetime) else TimeGrain.DAY)
    return floored(shifted(end, step, -1), key.grain or TimeGrain.DAY, draft.catalog.calendar, key.fiscal)


def _clip(draft: Draft, key: Key, end: Moment | None) -> Moment | None:
    """The end, where it cuts the last period short."""
    if end is None:
        return None
    following = shifted(_last_period(draft, key, end), one(key.grain or TimeGrain.DAY))
    return end if as_datetime(following) > as_datetime(end) else None


def _spine(draft: Draft, grain: TimeGrain) -> TimeSpine | None:
    """The coarsest time spine that has every period of the grain."""
    fitting = [spine for spine in draft.catalog.time_spines if spine.grain.rank <= grain.rank]
    return max(fitting, key=lambda spine: spine.grain.rank, default=None)


def _from_spine(draft: Draft, spine: TimeSpine, key: Key, scope: Scope, end: Moment | None) -> exp.Select:
    """The periods that a time spine has, within the scope's period."""
    scan = Scan(draft, spine.dataset)
    time = scan.column(scan.reach(f"{spine.dataset}.{spine.field}"))
    start = scope.period.start
    grain = key.grain or TimeGrain.DAY
    first = None if start is None else floored(start, grain, draft.catalog.calendar, key.fiscal)
    scan.where += within(time, Span(first, end))
    select = scan.select().select(aliased(time_key(time, key, draft.catalog.calendar, ()), key.name), copy=False)
    return select if spine.grain is grain else select.distinct(copy=False)


def spine_relation(draft: Draft, keys: tuple[Key, ...], scope: Scope) -> Relation | None:
    """The periods themselves, for a query of nothing but time; None without a time spine that has them."""
    finest_key = finest_of(keys)
    spine = _spine(draft, (finest_key.grain if finest_key else None) or TimeGrain.DAY)
    if spine is None or not all(key.own_time and key.custom_grain is None for key in keys):
        return None
    scan = Scan(draft, spine.dataset)
    time = scan.column(scan.reach(f"{spine.dataset}.{spine.field}"))
    scan.where += within(time, scope.period)
    expressions = {key.name: time_key(time, key, draft.catalog.calendar, ()) for key in keys}
    return Relation("periods", scan.select(), expressions, {}, True)


def _step(grain: TimeGrain) -> exp.Interval:
    return exp.Interval(this=exp.Literal.string("1"), unit=exp.Var(this=grain.value.upper()))


def _bound(draft: Draft, key: Key, scope: Scope, time_field: str, which: type[exp.Min] | type[exp.Max]) -> exp.Expr:
    """The first or last period with data: a scalar subquery."""
    time, scan = first_or_last(draft, time_field, which)
    expression = time_key(time, key, draft.catalog.calendar, scope.shift)
    return exp.Subquery(this=scan.select().select(expression, copy=False))


def first_or_last(draft: Draft, time_field: str, which: type[exp.Min] | type[exp.Max]) -> tuple[exp.Expr, Scan]:
    """MIN or MAX of a time over all rows of the dataset whose field it is, and the scan it is over."""
    scan = Scan(draft, time_field.partition(".")[0])
    return which(this=scan.column(scan.reach(time_field))), scan


def window_start(window: Window, end: exp.Expr, draft: Draft, whole_days: bool = True) -> exp.Expr | None:
    """Where a window that ends (without) at `end` begins, as SQL; None where it has no beginning."""
    if window.duration is not None:
        return moved(end.copy(), window.duration, as_date=False, times=-1)
    if window.to_date is not None:
        unit = Duration(count=1, grain=TimeGrain.DAY if whole_days else TimeGrain.SECOND)
        return trunc(moved(end.copy(), unit, as_date=False, times=-1), window.to_date, draft.catalog.calendar)
    return None


def window_span(window: Window, end: Moment, draft: Draft) -> Span:
    """The span of a window that ends (without) at a known moment."""
    if window.duration is not None:
        return Span(shifted(end, window.duration, -1), end)
    if window.to_date is not None:
        unit = Duration(count=1, grain=TimeGrain.SECOND if isinstance(end, dt.datetime) else TimeGrain.DAY)
        return Span(floored(shifted(end, unit, -1), window.to_date, draft.catalog.calendar), end)
    return Span(None, end)
