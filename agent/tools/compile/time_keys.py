"""Keys of time: the period or part of time that a row of data counts for, on the result's side of any offset."""

from __future__ import annotations

from sqlglot import exp

from agent.tools.compile.keys import Key
from agent.tools.compile.timeline import divides, moved, part_of, trunc
from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import Calendar

# A part recurs with this grain: an offset by whole ones of it, or longer, leaves the part as it is.
_CYCLE = {
    TimePart.HOUR_OF_DAY: TimeGrain.DAY,
    TimePart.WEEKDAY: TimeGrain.WEEK,
    TimePart.DAY_OF_MONTH: TimeGrain.MONTH,
    TimePart.DAY_OF_YEAR: TimeGrain.YEAR,
    TimePart.WEEK_OF_YEAR: TimeGrain.YEAR,
    TimePart.MONTH_OF_YEAR: TimeGrain.YEAR,
    TimePart.QUARTER_OF_YEAR: TimeGrain.YEAR,
}


def time_key(time: exp.Expr, key: Key, calendar: Calendar, shift: tuple[Duration, ...]) -> exp.Expr:
    """The key of a row at `time` whose period in the result is `shift` later.

    An offset by whole periods moves the period; one that is not moves the row's time before its period is taken.
    """
    expression = time.copy()
    if key.part is not None:
        cycle = _CYCLE.get(key.part)
        for duration in shift:
            if cycle is None or duration.grain.rank < cycle.rank:
                expression = moved(expression, duration, as_date=False)
        return part_of(expression, key.part)
    grain = key.grain or TimeGrain.DAY
    whole = all(divides(grain, duration) for duration in shift)
    if not whole:
        for duration in shift:
            expression = moved(expression, duration, as_date=False)
    expression = trunc(expression, grain, calendar, key.fiscal)
    if whole:
        for duration in shift:
            expression = moved(expression, duration, as_date=grain.rank >= TimeGrain.DAY.rank)
    return expression


def finest(keys: tuple[Key, ...]) -> Key | None:
    """The own-time key of the finest grain; None where there is none."""
    return finest_of(tuple(key for key in keys if key.own_time))


def finest_of(keys: tuple[Key, ...]) -> Key | None:
    """The key of the finest grain; None where none has one."""
    grains = [key for key in keys if key.grain is not None]
    return min(grains, key=lambda key: (key.grain or TimeGrain.DAY).rank, default=None)
