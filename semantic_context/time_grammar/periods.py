"""Periods: the stretches of time that a question is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from catalog.durations import TimeGrain
from catalog.query import Period
from semantic_context.time_grammar.clock import DAY
from semantic_context.time_grammar.describe import day_label, describe_period
from semantic_context.time_grammar.models import TimeKind
from semantic_context.time_grammar.parts import piece
from semantic_context.time_grammar.reader import Reader, remembered
from semantic_context.time_grammar.result import Found
from semantic_context.time_grammar.stretches import Stretch, listed, open_ended, ranged, single
from semantic_context.time_grammar.words import ANY_UNIT, PLURAL_UNITS, SHORT_WEEKDAYS, WEEKDAYS

_WEEKDAYS = {**SHORT_WEEKDAYS, **WEEKDAYS}
OpenSpan = tuple[dt.date | None, dt.date | None]


def period_of(span: OpenSpan, label: str | None, reader: Reader) -> Period:
    """A span as a labelled Period: "October 2026", "last 90 days (3 August to 31 October 2026)"."""
    period = Period(start=span[0], end=span[1])
    days = describe_period(period, reader.clock.as_of)
    if label == "since" and span[0] is not None:
        begun = f"since {day_label(span[0])}"
        return period.model_copy(
            update={"label": begun if span[1] is None else f"{begun} (to {day_label(span[1] - DAY)})"}
        )
    if label is None or label in days:
        return period.model_copy(update={"label": days})
    return period.model_copy(update={"label": f"{label} ({days})"})


def from_stretch(reader: Reader, stretch: Stretch, start: int) -> Found:
    """A stretch as a found period expression."""
    labels = stretch.labels or (None,) * len(stretch.spans)
    periods = tuple(period_of(span, label, reader) for span, label in zip(stretch.spans, labels, strict=True))
    tomorrow = reader.clock.tomorrow
    incomplete = any(end is not None and end > tomorrow for _, end in stretch.spans)
    return Found(
        start,
        stretch.stop,
        TimeKind.PERIOD,
        periods=periods,
        unit=stretch.unit,
        endpoints=tuple(period_of(span, None, reader) for span in stretch.endpoints),
        alternatives=tuple(period_of(span, None, reader) for span in stretch.alternatives),
        implicit_year=stretch.implicit,
        incomplete=incomplete,
        weak=stretch.weak,
        ago=stretch.anchor.ago if stretch.anchor else None,
        grain=stretch.anchor.grain if stretch.anchor else stretch.grain,
    )


@remembered
def stretch_at(reader: Reader, index: int) -> Stretch | None:
    """The longest stretch that starts at a token: a range, an open one, a list or a single one."""
    found = [item for rule in (ranged, open_ended, listed) if (item := rule(reader, index)) is not None]
    anchor = piece(reader, index)
    if anchor is not None and (alone := single(reader, anchor)) is not None:
        found.append(alone)
    return max(found, key=lambda item: item.stop) if found else None


def period(reader: Reader, index: int) -> Found | None:
    """A period, or "each of the last 6 months", which asks for a split besides."""
    position = reader.any_phrase(
        index, (("each", "of"), ("every", "one", "of"), ("each", "one", "of"), ("for", "each", "of"), ("all", "of"))
    )
    if position is not None:
        position = reader.skip(position, {"the"})
        stretch = _named_by_its_unit(reader, position) or stretch_at(reader, position)
        if stretch is None or stretch.unit is None:
            return None
        split = stretch.unit if reader.word(index) != "all" else None
        return from_stretch(reader, _with_days_told(reader, stretch), index).with_grain(split)
    if (pieces := _pieces_of(reader, index)) is not None:
        return pieces
    if reader.word(index) == "by" and reader.token(index + 1).kind != "end":
        return _by_day(reader, index)
    stretch = _named_by_its_unit(reader, index) or stretch_at(reader, index)
    return None if stretch is None else from_stretch(reader, _with_days_told(reader, stretch), index)


def _pieces_of(reader: Reader, index: int) -> Found | None:
    """ "the four quarters of last year", "each of the twelve months of 2025": all that a stretch is made of, one by one."""
    position = reader.any_phrase(index, (("all",), ("each", "of"), ("every", "one", "of"), ("all", "of"))) or index
    position = reader.skip(position, {"the"})
    count = reader.number(position)
    unit = PLURAL_UNITS.get(reader.word(position + (count is not None)))
    place = position + (count is not None) + 1
    if unit is None or position == index or reader.word(place) not in ("of", "in"):
        return None
    outer = piece(reader, reader.skip(place + 1, {"the"}))
    if outer is None or outer.unit.rank <= unit.rank or unit.rank < TimeGrain.DAY.rank:
        return None
    start, end = outer.span(reader.clock)
    under_way = count is None and end == reader.clock.tomorrow
    ends = reader.clock.start_of(unit, end) == end or under_way
    if (
        not ends
        or reader.clock.start_of(unit, start) != start
        or (count is not None and reader.clock.shift(start, unit, count) != end)
    ):
        return None  # "the four months of last year" are none that it says
    stretch = Stretch(outer.stop, ((start, end),), unit=unit, grain=unit)
    return from_stretch(reader, stretch, index)


def _with_days_told(reader: Reader, stretch: Stretch) -> Stretch:
    """Weeks with the days that they run over told behind them: "the last six weeks (Monday to Sunday)"."""
    if stretch.unit is not TimeGrain.WEEK:
        return stretch
    first = reader.skip(stretch.stop, {"(", ",", "-", "from", "running", "i", ".", "e", "each"})
    last = first + 2
    days = [_WEEKDAYS.get(reader.word(place)) for place in (first, last)]
    if None in days or reader.word(first + 1) not in ("to", "-", "through", "until", "till"):
        return stretch
    start = reader.clock.week_start
    if days != [start, (start + 6) % 7] or _goes_on(reader, last + 1):
        return stretch
    return replace(stretch, stop=last + 1 + (reader.word(last + 1) == ")"))


def _goes_on(reader: Reader, index: int) -> bool:
    """Whether a weekday is only part of what is said: "Sunday 4 October", "Sunday last week"."""
    return reader.token(index).kind in ("number", "ordinal") or piece(reader, index) is not None


def _named_by_its_unit(reader: Reader, index: int) -> Stretch | None:
    """ "years 2022 to 2025", "months July and August": a plural that says what the names behind it are."""
    unit = PLURAL_UNITS.get(reader.word(index))
    stretch = stretch_at(reader, index + 1) if unit is not None else None
    several = stretch is not None and (len(stretch.spans) > 1 or bool(stretch.endpoints))
    return stretch if several and stretch is not None and stretch.unit is unit else None


def _by_day(reader: Reader, index: int) -> Found | None:
    """ "by 30 June": until that day."""
    anchor = piece(reader, index + 1)
    if (
        anchor is None
        or anchor.unit is not TimeGrain.DAY
        or anchor.label is not None
        or reader.word(index + 1) in ANY_UNIT
    ):
        return None
    _, end = anchor.span(reader.clock)
    stretch = Stretch(anchor.stop, ((None, end),), unit=TimeGrain.DAY, implicit=anchor.implicit)
    return from_stretch(reader, stretch, index)
