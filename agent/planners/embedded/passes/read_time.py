"""Takes the question's phrases of time."""

from __future__ import annotations

import datetime as dt
import itertools

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from catalog.query import ComparePeriod, Period, as_datetime
from semantic_context.time_expressions import TimeExpression, TimeKind, unit_of

_LONG_AGO = dt.date(1, 1, 1)


def expression_of(item: Item) -> TimeExpression | None:
    """The phrase of time that an item is, if it is one."""
    found = item.of("period")
    payload = found[0].payload if found else None
    return payload if isinstance(payload, TimeExpression) else None


def _contains(outer: Period, inner: Period) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    return as_datetime(outer.start) <= as_datetime(inner.start) and as_datetime(inner.end) <= as_datetime(outer.end)


def read_time(draft: Draft) -> None:
    """Sorts phrases of time into period, several periods, comparison, grain, part, all time and as-of."""
    time = draft.time
    named: list[TimeExpression] = []
    for item in draft.items:
        expression = expression_of(item)
        if expression is None or item.used is not None:
            continue
        item.used = "time"
        match expression.kind:
            case TimeKind.PERIOD:
                named.append(expression)
            case TimeKind.COMPARISON:
                time.compare_expressions.append(expression)
            case TimeKind.GRAIN:
                if expression.grain is None:
                    time.open_grain = True
                elif time.grain is None:
                    time.grain = expression.grain
                time.asks_which = time.asks_which or expression.asks_which
            case TimeKind.PART:
                if expression.part_values:
                    time.part_filters.append(expression)
                else:
                    time.part = expression.part
            case TimeKind.ALL_TIME:
                time.all_time = True
            case TimeKind.AS_OF:
                time.as_of = expression
    _settle_periods(draft, named)


def _settle_periods(draft: Draft, named: list[TimeExpression]) -> None:
    time = draft.time
    if not named:
        return
    if len(named) == 1:
        expression = named[0]
        time.period_expression = expression
        if expression.grain is not None and time.grain is None:
            time.grain = expression.grain
        if expression.endpoints and draft.has_cue(Cue.GROWTH, Cue.RISE, Cue.FALL, Cue.COMPARE, Cue.WHY):
            _side_by_side(draft, expression.endpoints)
        elif len(expression.periods) > 1:
            _side_by_side(draft, expression.periods)
        else:
            time.period = expression.period
        return
    periods = [period for expression in named for period in expression.periods]
    time.period_expression = named[0]
    innermost = min(periods, key=_length)
    if all(_contains(period, innermost) for period in periods):
        time.period = innermost
        return
    _side_by_side(draft, tuple(periods))


def _length(period: Period) -> float:
    if period.start is None or period.end is None:
        return float("inf")
    return (as_datetime(period.end) - as_datetime(period.start)).total_seconds()


def _side_by_side(draft: Draft, periods: tuple[Period, ...]) -> None:
    """The latest of several periods is the question's; the earlier ones stand beside it."""
    if _in_a_row(draft, periods):
        return
    ordered = sorted(periods, key=lambda period: as_datetime(period.start or _LONG_AGO))
    draft.time.periods = tuple(ordered)
    draft.time.period = ordered[-1]
    draft.time.compare = tuple(
        ComparePeriod(
            name=f"earlier_{place}" if len(ordered) > 2 else "previous",
            label=period.label,
            period=period,
            show="measure",
        )
        for place, period in enumerate(reversed(ordered[:-1]), start=1)
    )


def _in_a_row(draft: Draft, periods: tuple[Period, ...]) -> bool:
    """Three or more periods of one unit that follow each other are a course: the unit is the grain."""
    if len(periods) < 3 and draft.time.grain is None:
        return False
    ordered = sorted(periods, key=lambda period: as_datetime(period.start or _LONG_AGO))
    unit = unit_of(ordered[0])
    follow = all(first.end == second.start for first, second in itertools.pairwise(ordered))
    if unit is None or not follow or any(unit_of(period) is not unit for period in ordered):
        return False
    if draft.time.grain is not None and draft.time.grain.rank > unit.rank:
        return False
    draft.time.period = Period(start=ordered[0].start, end=ordered[-1].end)
    draft.time.grain = draft.time.grain or unit
    return True
