"""Ranges, open ends and lists of stretches: "from May to July", "since March", "July, August and September"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from catalog.durations import TimeGrain
from semantic_context.time_grammar.anchors import absolute_anchor, weekday_at
from semantic_context.time_grammar.clock import DAY, Span, month_span
from semantic_context.time_grammar.edges import edge_of, start_of
from semantic_context.time_grammar.parts import piece, unit_or_piece
from semantic_context.time_grammar.reader import Anchor, Reader, one_day
from semantic_context.time_grammar.words import ANY_UNIT, UNITS
from semantic_context.time_grammar.years import with_year

_TO = {"to", "-", "until", "till", "through", "thru", "til"}


_AGAINST = ("with", "against", "vs", "versus")
_NOW = {"now", "today", "date", "present"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One or several spans read from tokens up to `stop`. Open ends are None."""

    stop: int
    spans: tuple[tuple[dt.date | None, dt.date | None], ...]
    unit: TimeGrain | None = None
    labels: tuple[str | None, ...] = ()
    endpoints: tuple[Span, ...] = ()
    alternatives: tuple[tuple[dt.date | None, dt.date | None], ...] = ()
    implicit: bool = False
    weak: bool = False
    anchor: Anchor | None = None  # where it is a single one
    anchors: tuple[Anchor, ...] = ()
    grain: TimeGrain | None = None  # where its pieces are numbered, each one is meant


def label_of(anchor: Anchor, span: Span) -> str | None:
    """The anchor's own words, with the year that was supplied."""
    if anchor.label is None or not anchor.implicit:
        return anchor.label
    return f"{anchor.label} {span[0].year}" if anchor.in_year is not None else anchor.label


def single(reader: Reader, anchor: Anchor) -> Stretch | None:
    """An anchor on its own; None for a day that never was."""
    try:
        span = anchor.span(reader.clock)
    except ValueError:
        return None
    return Stretch(
        anchor.stop,
        (span,),
        unit=anchor.unit,
        labels=(label_of(anchor, span),),
        alternatives=anchor.alternatives,
        implicit=anchor.implicit,
        weak=anchor.weak,
        anchor=anchor,
        anchors=(anchor,),
    )


def _days_before_anchor(reader: Reader, index: int) -> tuple[int, int] | None:
    """A bare day number and the index after it: the "3" of "3 to 17 August"."""
    token = reader.token(index)
    if token.kind in ("number", "ordinal") and token.number is not None and 1 <= token.number <= 31:
        return token.number, index + 1
    return None


def ranged(reader: Reader, index: int) -> Stretch | None:
    """ "from A to B", "between A and B", "A-B", "3 to 17 August 2026", "August 3-17", "from March on"."""
    opening = reader.word(index)
    between = opening == "between"
    start = reader.skip(index + 1, {"the", "start", "beginning", "of"}) if opening in ("from", "between") else index
    connectors = {"and", "&", "-", "to"} if between else _TO
    day = _days_before_anchor(reader, start)
    if day is not None and reader.word(day[1]) in connectors:
        last = absolute_anchor(reader, day[1] + 1)
        if last is not None and last.unit is TimeGrain.DAY and last.label is None:
            return _days_of_month(reader, day[0], last)
    numbered = _NUMBERED.get(reader.word(start))
    first = numbered(reader, start + 1) if numbered is not None else piece(reader, start)
    if first is not None and first.unit is TimeGrain.QUARTER and reader.word(start) == "q":
        numbered = _quarter_number  # "Q1-3 2026"
    if first is None:
        return None
    position = first.stop
    if opening == "from" and (stop := reader.any_phrase(position, (("on",), ("onward",), ("onwards",), ("forward",)))):
        return _since(reader, first, stop)
    if opening == "from" and (stop := reader.phrase(position, "and", "later")):
        return _since(reader, first, stop)
    lead_in = reader.any_phrase(
        position, (("right", "up"), ("up",), ("all", "the", "way"), ("right",), ("right", "through"), ("through",))
    )
    if lead_in is not None and reader.word(lead_in) in ("to", "until", "till", "through"):
        position = lead_in
    if reader.word(position) not in connectors:
        return None
    to_compare = (
        reader.compares_before(position) and reader.word(position) == "to" and opening not in ("from", "between")
    )
    if to_compare and not _held_against_another(reader, start, position + 1):
        return None  # "compare Q3 to Q2": the second is what the first is compared with
    if (
        reader.word(position) == "-"
        and opening not in ("from", "between")
        and first.fixed is not None
        and not _plain(first)
    ):
        return None
    position = reader.phrase(position + 1, "and", "including") or position + 1
    position = reader.skip(position, {"the"} if between else set())
    if (reader.word(position) in _NOW and not between) or (between and reader.word(position) in ("now", "today")):
        stop = position + 1
        span = first.span(reader.clock)
        return _since(reader, first, stop) if span[0] <= reader.clock.as_of else None
    edge = edge_of(reader, position)
    position = edge if edge is not None else position
    bare = _days_before_anchor(reader, position)
    if first.unit is TimeGrain.DAY and bare is not None and absolute_anchor(reader, position) is None:
        if first.label is None and reader.word(bare[1]) not in ANY_UNIT:
            return _until_day(reader, first, bare)
        return None
    second = numbered(reader, position) if numbered is not None else None
    second = second or (unit_or_piece(reader, position) if edge else piece(reader, position))
    if second is None:
        return None
    first, second = _of_one_week(reader, (start, first), (position, second))
    joined = join(reader, first, second)
    counted = reader.word(start) == "quarters" and joined is not None
    return replace(joined, grain=TimeGrain.QUARTER) if counted and joined is not None else joined


def _of_one_week(reader: Reader, first: tuple[int, Anchor], second: tuple[int, Anchor]) -> tuple[Anchor, Anchor]:
    """ "Monday until Wednesday last week": a weekday that stands bare is the one next to the other end, before or after it."""
    (one_at, one), (other_at, other) = first, second
    opens, closes = weekday_at(reader, one_at), weekday_at(reader, other_at)
    if opens is None or one.stop != one_at + 1 or other.unit is not TimeGrain.DAY:
        qualified = opens is None and weekday_at(reader, one_at + 1) is None
        if closes is None or other.stop != other_at + 1 or qualified:
            return one, other
        begins = one.span(reader.clock)[0]
        day = begins + ((closes - begins.weekday()) % 7) * DAY
        return (one, replace(other, fixed=one_day(day))) if day <= reader.clock.as_of else (one, other)
    ends = other.span(reader.clock)[0]
    return replace(one, fixed=one_day(ends - ((ends.weekday() - opens) % 7) * DAY)), other


def _held_against_another(reader: Reader, first: int, second: int) -> bool:
    """ "compare January to May 2026 with January to May 2025": a stretch with another one before or behind it."""
    if reader.word(first - 1) in _AGAINST:
        return True
    if reader.word(first - 1) == "and" and "to" in (reader.word(first - 3), reader.word(first - 4)):
        return True
    end = piece(reader, second)
    if end is None or reader.word(end.stop) not in (*_AGAINST, "and"):
        return False
    other = reader.skip(end.stop + 1, {"the"})
    start = piece(reader, other)
    if reader.word(end.stop) == "and":  # "compare Q3 to Q2 and Q1" holds three apart
        return start is not None and reader.word(start.stop) in _TO
    return start is not None or reader.word(other) == "same"


def _plain(anchor: Anchor) -> bool:
    return anchor.is_year or anchor.is_month or anchor.unit is TimeGrain.DAY


def _week_number(reader: Reader, index: int) -> Anchor | None:
    number = reader.number(index)
    if number is None or not 1 <= number <= 53:
        return None

    def in_year(year: int) -> Span:
        start = dt.date.fromisocalendar(year, number, 1)
        return start, start + 7 * DAY

    anchor = Anchor(index + 1, TimeGrain.WEEK, in_year=in_year, label=f"week {number}")
    year = absolute_anchor(reader, reader.skip(index + 1, {"of", "in"}))
    return replace(anchor, year=year.year, stop=year.stop) if year is not None and year.is_year else anchor


def _quarter_number(reader: Reader, index: int) -> Anchor | None:
    number = reader.number(index)
    if number is None or not 1 <= number <= 4:
        return None
    anchor = Anchor(index + 1, TimeGrain.QUARTER, in_year=lambda year: month_span(year, 3 * number - 2, 3))
    return with_year(reader, anchor)


# "weeks 40 to 42", "quarters 1-3 of this year"
_NUMBERED: dict[str, Callable[[Reader, int], Anchor | None]] = {"weeks": _week_number, "quarters": _quarter_number}


def _days_of_month(reader: Reader, first_day: int, last: Anchor) -> Stretch | None:
    try:
        _, end = last.span(reader.clock)
        start = (end - DAY).replace(day=first_day)
    except ValueError:
        return None
    if start >= end:
        return None
    return Stretch(
        last.stop,
        ((start, end),),
        unit=TimeGrain.DAY,
        implicit=last.implicit,
        endpoints=(one_day(start), (end - DAY, end)),
    )


def _until_day(reader: Reader, first: Anchor, bare: tuple[int, int]) -> Stretch | None:
    """ "August 3-17, 2026": the second day takes the first one's month, and gives it its year."""
    stop = bare[1]
    position = stop + (reader.word(stop) in (",", "of"))
    year = absolute_anchor(reader, position)
    if first.implicit and year is not None and year.is_year and year.year is not None:
        first, stop = first.at(year.year), year.stop
    try:
        start, _ = first.span(reader.clock)
        end = start.replace(day=bare[0]) + DAY
    except ValueError:
        return None
    if start >= end:
        return None
    return Stretch(
        stop, ((start, end),), unit=TimeGrain.DAY, implicit=first.implicit, endpoints=(one_day(start), (end - DAY, end))
    )


def join(reader: Reader, first: Anchor, second: Anchor) -> Stretch | None:
    """From the start of one to the end of the other. A year said once holds for both; without one, the latest past."""
    clock = reader.clock
    try:
        own_first, own_second = first.span(clock), second.span(clock)
        if first.implicit and second.year is not None and second.in_year is not None:
            own_first = first.latest(lambda span: span[0] <= own_second[0], second.year)
            same_year = first.at(second.year).span(clock)
            if same_year[0] > clock.as_of:
                same_year = own_first
        elif second.implicit and (first.year is not None or first.fixed is not None):
            own_second = second.earliest(lambda span: span[1] > own_first[0], own_first[0].year)
            same_year = own_first
        else:
            same_year = own_first
        start_span = own_first
        if first.implicit and start_span[0] > own_second[0]:
            start_span = first.latest(lambda span: span[0] <= own_second[0], own_second[0].year)
    except ValueError:
        return None
    start, end = start_span[0], own_second[1]
    endpoints = (same_year, own_second)
    if start >= end:
        # "from 2025 to 2024": told backwards.
        start, end = own_second[0], own_first[1]
        if start >= end:
            return None
    unit = first.unit if first.unit.rank <= second.unit.rank else second.unit
    return Stretch(
        second.stop,
        ((start, end),),
        unit=unit,
        endpoints=endpoints,
        implicit=first.implicit and second.implicit,
        anchors=(first, second),
    )


def _since(reader: Reader, anchor: Anchor, stop: int) -> Stretch | None:
    try:
        start, _ = anchor.span(reader.clock)
    except ValueError:
        return None
    end = reader.clock.tomorrow if start <= reader.clock.as_of else None
    return Stretch(stop, ((start, end),), unit=anchor.unit, implicit=anchor.implicit, labels=("since",))


def open_ended(reader: Reader, index: int) -> Stretch | None:
    """ "since March", "until June", "before 2025", "after 3 May", "up to Q2", "starting in April"."""
    clock = reader.clock
    since = reader.any_phrase(
        index,
        (
            ("since",),
            ("starting",),
            ("starting", "in"),
            ("starting", "from"),
            ("as", "from"),
            ("beginning", "in"),
            ("ever", "since"),
        ),
    )
    if since is not None:
        position = edge_of(reader, since)
        anchor = unit_or_piece(reader, start_of(reader, since) or position or since)
        if anchor is None and start_of(reader, since) is None:
            return None
        if anchor is None or (reader.word(since) in UNITS and start_of(reader, since) is None):
            return None
        if position is not None:
            end = anchor.span(clock)[1]
            return _since(reader, Anchor(anchor.stop, TimeGrain.DAY, fixed=one_day(end)), anchor.stop)
        stop = reader.any_phrase(
            anchor.stop, (("to", "date"), ("till", "date"), ("until", "now"), ("to", "now"), ("until", "today"))
        )
        return _since(reader, anchor, stop or anchor.stop)
    until = reader.any_phrase(
        index,
        (
            ("until",),
            ("till",),
            ("through",),
            ("thru",),
            ("up", "to"),
            ("up", "until"),
            ("up", "through"),
            ("up", "to", "and", "including"),
            ("up", "until", "and", "including"),
            ("until", "and", "including"),
            ("through", "to"),
            ("right", "up", "to"),
            ("no", "later", "than"),
        ),
    )
    if until is not None:
        edge = edge_of(reader, until)
        anchor = unit_or_piece(reader, edge) if edge else piece(reader, until)
        if anchor is None:
            return None
        start, end = anchor.span(clock)
        if reader.word(index) in ("through", "thru") and anchor.unit is TimeGrain.YEAR and edge is None:
            return Stretch(anchor.stop, ((start, end),), unit=anchor.unit, implicit=anchor.implicit)  # throughout it
        coarse = edge is None and anchor.unit is not TimeGrain.DAY and reader.word(index) in ("until", "till")
        return Stretch(
            anchor.stop,
            ((None, end),),
            unit=anchor.unit,
            implicit=anchor.implicit,
            alternatives=((None, start),) if coarse else (),
        )
    before = reader.any_phrase(index, (("before",), ("prior", "to"), ("earlier", "than"), ("ahead", "of")))
    if before is not None:
        anchor = unit_or_piece(reader, start_of(reader, before) or before)
        if anchor is None or (reader.word(before) in ("last", "previous") and reader.word(index - 1) in UNITS):
            return None
        return Stretch(anchor.stop, ((None, anchor.span(clock)[0]),), unit=anchor.unit, implicit=anchor.implicit)
    after = reader.any_phrase(index, (("after",), ("later", "than"), ("following",), ("past",)))
    if after is None or (reader.word(index) in ("following", "past") and reader.word(after) in UNITS):
        return None
    anchor = unit_or_piece(reader, edge_of(reader, after) or after)
    return None if anchor is None or reader.word(index) == "past" else _after(reader, anchor)


def _after(reader: Reader, anchor: Anchor) -> Stretch | None:
    clock = reader.clock
    span = anchor.span(clock)
    if anchor.implicit and span[1] > clock.as_of:
        span = anchor.latest(lambda candidate: candidate[1] <= clock.as_of, clock.as_of.year)
    start = span[1]
    end = clock.tomorrow if start <= clock.as_of else None
    return Stretch(anchor.stop, ((start, end),), unit=anchor.unit, implicit=anchor.implicit, labels=("since",))


def listed(reader: Reader, index: int) -> Stretch | None:
    """Several stretches side by side: "July, August and September", "Q1 and Q2 2026", "2024, 2025 or 2026"."""
    anchors: list[Anchor] = []
    position = index
    while (anchor := piece(reader, position)) is not None:
        if anchors and not _alike(anchors[-1], anchor):
            break
        anchors.append(anchor)
        position = anchor.stop
        separators = 0
        while reader.word(position) in (",", "and", "or", "&", "+", "/", "in", "plus") and separators < 3:
            position += 1
            separators += 1
        if separators == 0:
            break
    if len(anchors) < 2:
        return None
    if len(anchors) == 2 and reader.compares and reader.word(anchors[0].stop) == "and":
        return None  # "compare 2025 and 2024": the second is what the first is compared with
    shared = anchors[-1].year
    spans: list[Span] = []
    try:
        following = anchors[-1].span(reader.clock)
        spans.append(following)
        for anchor in reversed(anchors[:-1]):
            span = (
                anchor.at(shared).span(reader.clock)
                if anchor.implicit and shared is not None
                else anchor.span(reader.clock)
            )
            spans.insert(0, span)
    except ValueError:
        return None
    labels = tuple(label_of(anchor, span) for anchor, span in zip(anchors, spans, strict=True))
    return Stretch(
        anchors[-1].stop,
        tuple(spans),
        unit=anchors[0].unit,
        labels=labels,
        implicit=any(anchor.implicit for anchor in anchors) and shared is None,
        anchors=tuple(anchors),
    )


def _alike(first: Anchor, second: Anchor) -> bool:
    """Whether two can stand in one list: of one unit, or a relative and a named one of one unit."""
    return first.unit is second.unit
