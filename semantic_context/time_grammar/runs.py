"""Runs of so many units: "last 90 days", "trailing twelve months", "two months ago", "12 months ending March"."""

from __future__ import annotations

import datetime as dt

from catalog.durations import Duration, TimeGrain
from semantic_context.time_grammar.anchors import absolute_anchor
from semantic_context.time_grammar.clock import Span, add_months
from semantic_context.time_grammar.edges import edge_of
from semantic_context.time_grammar.reader import Anchor, Reader
from semantic_context.time_grammar.words import ANY_UNIT, NEXT, THIS, UNITS

WHOLE = {"full", "whole", "complete", "completed", "closed", "entire"}


_SHORT_UNITS = {
    "d": TimeGrain.DAY,
    "w": TimeGrain.WEEK,
    "m": TimeGrain.MONTH,
    "q": TimeGrain.QUARTER,
    "y": TimeGrain.YEAR,
}


_AVERAGES = {"average", "avg", "mean", "sum", "total", "averages", "moving", "rolling"}


_YEAR_MONTHS = {TimeGrain.MONTH: 1, TimeGrain.QUARTER: 3, TimeGrain.YEAR: 12}


def counted(reader: Reader, index: int) -> Anchor | None:
    """ "last 90 days", "the past twelve months", "next 2 quarters", "last couple of weeks", "last fortnight"."""
    word = reader.word(index)
    position = index + 1
    if reader.word(position) in WHOLE | {"-"}:
        position += 1
    found = _count_and_unit(reader, position)
    if found is None:
        return None
    count, grain, stop = found
    if word in THIS and reader.word(position) != "past":
        return None
    return run(reader, count, grain, stop, ahead=word in NEXT)


def _count_and_unit(reader: Reader, index: int) -> tuple[int, TimeGrain, int] | None:
    """A number and a unit: "90 days", "twelve-month", "couple of weeks", "fortnight", "half year"."""
    word = reader.word(index)
    if word in ("fortnight", "fortnights"):
        return 14, TimeGrain.DAY, index + 1
    if word == "half" and reader.word(reader.undash(index + 1)) == "year":
        return 6, TimeGrain.MONTH, reader.undash(index + 1) + 1
    if word == "couple":
        count, index = 2, index + 1 + (reader.word(index + 1) == "of")
    elif word == "dozen":
        count, index = 12, index + 1
    else:
        number = reader.number(index)
        if number is None:
            return None
        count, index = number, index + 1
        ones = reader.number(reader.undash(index))
        if (
            20 <= count <= 90
            and count % 10 == 0
            and ones is not None
            and ones < 10
            and reader.token(index - 1).kind == "word"
        ):
            count, index = count + ones, reader.undash(index) + 1
    index = reader.undash(index)
    index = reader.skip(index, WHOLE | {"calendar", "fiscal", "consecutive"})
    grain = ANY_UNIT.get(reader.word(index))
    if reader.word(index) in ("fortnights", "fortnight"):
        return 14 * count, TimeGrain.DAY, index + 1
    if grain is None or not 1 <= count <= 5000 or (grain is TimeGrain.YEAR and count >= 1000):
        return None  # "2026 year to date" runs over no 2026 years
    return count, grain, index + 1


def run(reader: Reader, count: int, grain: TimeGrain, stop: int, *, ahead: bool = False) -> Anchor:
    """The last (or next) so many units, with its words as label."""
    clock = reader.clock
    if grain in (TimeGrain.HOUR, TimeGrain.MINUTE):
        # as_of is a day, so the hours end with it.
        hours = count if grain is TimeGrain.HOUR else max(1, count // 60)
        count, grain = max(1, -(-hours // 24)), TimeGrain.DAY
    try:
        span = clock.next_whole(grain, count) if ahead else clock.last_whole(grain, count)
    except (ValueError, OverflowError):
        span = (dt.date(1900, 1, 1), clock.tomorrow)
    label = f"{'next' if ahead else 'last'} {count} {grain.value}{'s' if count != 1 else ''}"
    return Anchor(stop, grain, fixed=span, label=label, offset=Duration(count=count, grain=grain))


def trailing(reader: Reader, index: int) -> Anchor | None:
    """ "trailing twelve months", "rolling 90 days", "TTM", "L12M"; not the window of a moving average."""
    word = reader.word(index)
    if word in ("ttm", "ltm"):
        return run(reader, 12, TimeGrain.MONTH, index + 1)
    if word in ("l", "t") and reader.token(index + 1).glued and reader.token(index + 2).glued:
        number, grain = reader.number(index + 1), _SHORT_UNITS.get(reader.word(index + 2))
        if number is not None and grain is not None and reader.token(index + 1).kind == "number" and number > 0:
            return run(reader, number, grain, index + 3)
        return None
    if word not in ("trailing", "rolling", "running"):
        return None
    found = _count_and_unit(reader, index + 1)
    if found is None or reader.word(reader.undash(found[2])) in _AVERAGES:
        return None
    return run(reader, *found)


def ago(reader: Reader, index: int) -> Anchor | None:
    """ "two months ago", "a year ago", "3 days earlier": the calendar unit so many before as_of's, or the day."""
    if reader.word(index) in ("a", "an", "one"):
        grain = UNITS.get(reader.word(index + 1))
        count, stop = 1, index + 2
        if grain is None:
            return None
    else:
        found = _count_and_unit(reader, index)
        if found is None:
            return None
        count, grain, stop = found
    if reader.word(stop) not in ("ago", "back") or grain in (TimeGrain.HOUR, TimeGrain.MINUTE):
        return None
    offset = Duration(count=count, grain=grain)
    if count > 1000:
        return None
    span = reader.clock.unit_back(grain, count)
    others: tuple[Span, ...] = ()
    if grain in (TimeGrain.YEAR, TimeGrain.QUARTER):
        day = add_months(reader.clock.as_of, -count * _YEAR_MONTHS[grain])
        first = day.replace(day=1)
        others = ((first, add_months(first, 1)),)
    is_year = grain is TimeGrain.YEAR
    return Anchor(stop + 1, grain, fixed=span, offset=offset, alternatives=others, is_year=is_year, ago=offset)


# How what a stretch ends with is led to: "12 months ending March", "the year that ended in June", "to the end of May".
_ENDED = (
    *((*led, verb, *joint) for led in ((), ("that",), ("which",)) for verb in ("ending", "ended", "ends", "closed", "finished")
      for joint in ((), ("in",), ("on",), ("with",))),
    ("up", "to"),
    ("up", "until"),
    ("to",),
    ("until",),
    ("through",),
    ("leading", "up", "to"),
)  # fmt: skip


def up_to(reader: Reader, index: int) -> Anchor | None:
    """ "the 365 days up to 30 June", "12 months ending March 2026", "the twelve months to the end of May": so many units that
    end with what is named."""
    found = _count_and_unit(reader, index)
    if found is None:
        return None
    count, grain, stop = found
    position = reader.any_phrase(stop, _ENDED)
    if position is None or grain in (TimeGrain.HOUR, TimeGrain.MINUTE):
        return None
    if reader.word(position) in ("today", "now", "date"):
        return run(reader, count, grain, position + 1)
    return _ending_with(reader, position, count, grain)


def unit_ended(reader: Reader, index: int) -> Anchor | None:
    """ "the financial year that ended in March 2026", "the quarter ended 30 June": the one unit that ends with what is named."""
    position = reader.skip(index, {"fiscal", "financial", "business", "calendar", "accounting", "full"})
    grain = UNITS.get(reader.word(position))
    if grain not in (TimeGrain.WEEK, TimeGrain.MONTH, TimeGrain.QUARTER, TimeGrain.YEAR):
        return None
    ended = reader.any_phrase(position + 1, _ENDED)
    if ended is None:
        return None
    told = any(reader.word(at).startswith(("end", "clos", "finish")) for at in (ended - 1, ended - 2))
    if not told and (reader.word(index - 1) != "the" or reader.word(position + 1) != "to"):
        return None
    found = _ending_with(reader, ended, 1, grain)
    if found is None or (not told and not _is_dated(reader, ended)):
        return None  # "the year to May" is as much of the year as there is, "the year to May 2026" all twelve months
    return found


def _ending_with(reader: Reader, index: int, count: int, grain: TimeGrain) -> Anchor | None:
    """So many units that end with the end of the stretch named at a token; None where that is longer than they are."""
    last = absolute_anchor(reader, edge_of(reader, index) or index)
    if last is None:
        return None
    start, end = last.span(reader.clock)
    first = reader.clock.shift(end, grain, -count)
    if first > start:
        return None
    return Anchor(last.stop, grain, fixed=(first, end), label=f"{count} {grain.value}s" if count > 1 else None)


def _is_dated(reader: Reader, index: int) -> bool:
    """Whether the stretch named at a token is told with its year."""
    named = absolute_anchor(reader, edge_of(reader, index) or index)
    return named is not None and not named.is_year and not named.implicit
