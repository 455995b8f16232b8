"""Parts of a named stretch and what lies beside one: "first half of October", "the week before Christmas"."""

from __future__ import annotations

from catalog.durations import TimeGrain
from semantic_context.numbers import ORDINAL_WORDS
from semantic_context.time_grammar.anchors import absolute_anchor
from semantic_context.time_grammar.clock import DAY, Span, add_months
from semantic_context.time_grammar.reader import Anchor, Reader, remembered
from semantic_context.time_grammar.relative import anchor_at
from semantic_context.time_grammar.words import ANY_UNIT, PLURAL_UNITS, UNITS


def part_of(reader: Reader, index: int) -> Anchor | None:
    """A part of a stretch: "first half of October", "first 10 days of May", "last week of September", "rest of the year"."""
    index = reader.skip(index, {"the"})
    word = reader.word(index)
    if word in ("rest", "remainder") and reader.word(index + 1) == "of":
        outer = anchor_at(reader, index + 2) or _unit_under_way(reader, index + 2)
        if outer is None:
            return None
        start, end = _whole(reader, outer)
        first = max(start, reader.clock.tomorrow)
        return Anchor(outer.stop, outer.unit, fixed=(first, end)) if first < end else None
    from_start = word in ORDINAL_WORDS or reader.token(index).kind == "ordinal"
    ordinal = ORDINAL_WORDS.get(word, reader.token(index).number or 0) if from_start else 0
    from_end = word in ("last", "final")
    if not from_start and not from_end:
        return None
    position = index + 1
    count = reader.number(position)
    if count is not None and (from_end or ordinal == 1):
        position += 1
    else:
        count = None
    unit_word = reader.word(position)
    half = unit_word == "half" and ordinal in (1, 2) and count is None
    grain = ANY_UNIT.get(unit_word)
    if not half and grain is None:
        return None
    if reader.word(position + 1) not in ("of", "in"):
        return None
    outer = anchor_at(reader, reader.skip(position + 2, {"the"}))
    if outer is None:
        return None
    whole = _whole(reader, outer)
    inner = (
        _half(whole, ordinal) if half else _slice(reader, whole, grain, count or 1, 0 if from_end else ordinal, count)
    )
    if inner is None:
        return None
    unit = outer.unit if half or grain is None else grain
    return Anchor(outer.stop, unit, fixed=inner)


def _whole(reader: Reader, outer: Anchor) -> Span:
    """The outer stretch; a unit to date counts whole ("the rest of this year")."""
    start, end = outer.span(reader.clock)
    if (
        end == reader.clock.tomorrow
        and outer.fixed is not None
        and outer.unit in (TimeGrain.MONTH, TimeGrain.QUARTER, TimeGrain.YEAR)
    ):
        begun = reader.clock.start_of(outer.unit, start, fiscal=outer.fiscal)
        if begun == start:
            return start, reader.clock.shift(start, outer.unit, 1)
    return start, end


def _half(whole: Span, which: int) -> Span | None:
    start, end = whole
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day == 1 and end.day == 1 and months % 2 == 0:
        middle = add_months(start, months // 2)
    elif start.day == 1 and end.day == 1 and months == 1:
        middle = start + 15 * DAY
    else:
        return None
    return (start, middle) if which == 1 else (middle, end)


def _slice(
    reader: Reader, whole: Span, grain: TimeGrain | None, size: int, ordinal: int, count: int | None
) -> Span | None:
    """The n-th unit (or the first or last `count`) of a stretch; weeks are counted in sevens from its edge."""
    start, end = whole
    if grain is None or grain in (TimeGrain.HOUR, TimeGrain.MINUTE):
        return None
    clock = reader.clock
    if ordinal == 0:
        inner = (clock.shift(end, grain, -size), end)
    else:
        skipped = 0 if count is not None else ordinal - 1
        inner = (clock.shift(start, grain, skipped), clock.shift(start, grain, skipped + size))
    return inner if start <= inner[0] and inner[1] <= end else None


def beside(reader: Reader, index: int) -> Anchor | None:
    """So long before or after something: "the week before Christmas", "3 days after Black Friday 2025"."""
    index = reader.skip(index, {"the"})
    number = reader.number(index)
    position = index + (number is not None or reader.word(index) in ("a", "one"))
    grain = ANY_UNIT.get(reader.word(position))
    if grain is None or grain in (TimeGrain.HOUR, TimeGrain.MINUTE):
        return None
    if number is None and reader.word(position) in PLURAL_UNITS:
        return None  # "in the weeks after July": how many is not said
    count = number if number is not None else 1
    after = reader.any_phrase(position + 1, (("after",), ("following",)))
    before = reader.any_phrase(position + 1, (("before",), ("prior", "to"), ("preceding",), ("leading", "up", "to")))
    stop = after or before
    other = absolute_anchor(reader, stop) if stop is not None else None
    if other is None or not 0 < count < 1000:
        return None
    start, end = other.span(reader.clock)
    if after is not None:
        return Anchor(other.stop, grain, fixed=(end, reader.clock.shift(end, grain, count)))
    return Anchor(other.stop, grain, fixed=(reader.clock.shift(start, grain, -count), start))


@remembered
def piece(reader: Reader, index: int) -> Anchor | None:
    """An anchor or a part of one, the longer."""
    rules = (anchor_at, part_of, beside)
    found = [item for rule in rules if (item := rule(reader, index)) is not None]
    return max(found, key=lambda item: item.stop) if found else None


def unit_or_piece(reader: Reader, index: int) -> Anchor | None:
    """A piece, or "the year" for the one under way, as in "since the start of the year"."""
    return piece(reader, index) or _unit_under_way(reader, index)


def _unit_under_way(reader: Reader, index: int) -> Anchor | None:
    """ "the year": the one that as_of lies in, whole."""
    position = reader.skip(index, {"the"})
    grain = UNITS.get(reader.word(position))
    if grain is None or grain in (TimeGrain.HOUR, TimeGrain.MINUTE):
        return None
    return Anchor(position + 1, grain, fixed=reader.clock.unit_back(grain, 0))
