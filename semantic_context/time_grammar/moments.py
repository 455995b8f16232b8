"""Moments ("as of 30 June", "today", "at the end of Q3") and all of time ("ever", "since inception")."""

from __future__ import annotations

import datetime as dt

from catalog.durations import TimeGrain
from semantic_context.time_grammar.clock import DAY
from semantic_context.time_grammar.models import TimeKind
from semantic_context.time_grammar.parts import piece
from semantic_context.time_grammar.periods import period_of
from semantic_context.time_grammar.reader import Anchor, Reader, one_day
from semantic_context.time_grammar.result import Found
from semantic_context.time_grammar.words import ANY_UNIT, UNITS

_NOW = (
    ("today",), ("now",), ("right", "now"), ("currently",), ("at", "present"), ("at", "the", "moment"), ("presently",),
    ("as", "of", "now"), ("as", "of", "today"), ("as", "at", "today"), ("as", "of", "date"), ("nowadays",),
    ("at", "this", "moment"), ("at", "this", "time"), ("just", "now"), ("by", "now"), ("by", "today"),
)  # fmt: skip
_ALL = (
    ("ever",), ("all", "time"), ("of", "all", "time"), ("all", "times"), ("since", "the", "beginning"), ("since", "inception"),
    ("since", "launch"), ("since", "we", "started"), ("since", "day", "one"), ("since", "the", "start"), ("to", "date"),
    ("until", "now"), ("up", "to", "now"), ("in", "our", "history"), ("in", "history"), ("entire", "history"),
    ("whole", "history"), ("full", "history"), ("complete", "history"), ("on", "record"), ("all", "years"), ("all", "the", "data"),
    ("all", "data"), ("all", "available", "data"), ("across", "all", "years"), ("whole", "period"), ("entire", "period"),
    ("since", "records", "began"), ("all", "periods"), ("over", "all", "time"), ("for", "all", "time"), ("all", "dates"),
    ("since", "the", "very", "beginning"), ("up", "to", "today"), ("until", "today"), ("till", "now"), ("till", "date"),
)  # fmt: skip


def moment(reader: Reader, index: int) -> Found | None:
    """A moment that a level is asked at."""
    as_of = reader.clock.as_of
    stop = reader.any_phrase(index, _NOW)
    if stop is not None:
        return _at(reader, index, reader.skip(stop, {"'s"}), as_of, TimeGrain.DAY)
    if reader.word(index) == "current" and reader.word(index + 1) not in ANY_UNIT and reader.word(index + 1):
        return _at(reader, index, index + 1, as_of, TimeGrain.DAY, weak=True)
    return _as_of(reader, index) or _edge(reader, index)


def _at(
    reader: Reader, index: int, stop: int, day: dt.date, unit: TimeGrain, *, weak: bool = False, implicit: bool = False
) -> Found:
    return Found(
        index,
        stop,
        TimeKind.AS_OF,
        periods=(period_of(one_day(day), None, reader),),
        unit=unit,
        moment=day,
        weak=weak,
        implicit_year=implicit,
        incomplete=day > reader.clock.as_of,
    )


def _as_of(reader: Reader, index: int) -> Found | None:
    """ "as of 30 June", "as at the end of Q3", "as of last month": the last day of what it names."""
    position = reader.any_phrase(index, (("as", "of"), ("as", "at"), ("as", "on"), ("as", "per")))
    if position is None:
        return None
    edge = _edge(reader, position)
    if edge is not None:
        return Found(
            index,
            edge.stop,
            TimeKind.AS_OF,
            periods=edge.periods,
            unit=edge.unit,
            moment=edge.moment,
            incomplete=edge.incomplete,
        )
    anchor = piece(reader, position)
    if anchor is None:
        return None
    _, end = anchor.span(reader.clock)
    last = (
        end - DAY
        if anchor.unit is TimeGrain.DAY
        else min(end - DAY, max(reader.clock.as_of, anchor.span(reader.clock)[0]))
    )
    return _at(reader, index, anchor.stop, last, anchor.unit, implicit=anchor.implicit)


def _edge(reader: Reader, index: int) -> Found | None:
    """ "at the end of September", "end of the year", "month end", "at the start of 2026"."""
    position = reader.skip(index, {"at", "by", "the", "on"})
    word = reader.word(position)
    ends = word in ("end", "close")
    if (ends or word in ("start", "beginning")) and reader.word(position + 1) == "of":
        inner = reader.skip(position + 2, {"the"})
        anchor = piece(reader, inner)
        if anchor is None:
            grain = UNITS.get(reader.word(inner))
            if grain is None or grain in (TimeGrain.HOUR, TimeGrain.MINUTE):
                return None
            anchor = Anchor(inner + 1, grain, fixed=reader.clock.unit_back(grain, 0))
        span = anchor.span(reader.clock)
        day = span[1] - DAY if ends else span[0]
        return _at(reader, index, anchor.stop, day, anchor.unit, implicit=anchor.implicit)
    grain = UNITS.get(word)
    if grain is not None and reader.word(reader.undash(position + 1)) == "end" and grain.rank >= TimeGrain.WEEK.rank:
        stop = reader.undash(position + 1) + 1
        if position == index and reader.word(index + 1) != "-":
            return None
        return _at(reader, index, stop, reader.clock.last_whole(grain, 1)[1] - DAY, grain, weak=position == index)
    anchor = piece(reader, position)
    if anchor is None or anchor.stop <= position or reader.word(anchor.stop) not in ("end", "-"):
        return None
    stop = reader.undash(anchor.stop)
    if reader.word(stop) != "end":
        return None
    return _at(reader, index, stop + 1, anchor.span(reader.clock)[1] - DAY, anchor.unit, implicit=anchor.implicit)


def all_time(reader: Reader, index: int) -> Found | None:
    """All the data there are."""
    start = reader.skip(index, {"the"})
    stop = reader.any_phrase(start, _ALL)
    if stop is None:
        return None
    if reader.phrase(index, "ever", "since") is not None:
        return None
    return Found(index, stop, TimeKind.ALL_TIME)
