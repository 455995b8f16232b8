"""Hours of the clock that recur every day: "from 18:00 until midnight", "between 9 am and 5 pm", "after 6 pm"."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.durations import TimePart
from semantic_context.time_grammar.models import TimeKind
from semantic_context.time_grammar.reader import Reader
from semantic_context.time_grammar.result import Found

_HOURS = 24
_NAMED = {"midnight": 0, "noon": 12, "midday": 12}
_UNTIL = {"to", "until", "till", "til", "-", "and", "through"}


@dataclass(frozen=True, slots=True)
class _Clock:
    """A whole hour from 0 to 23, and the index after it; `bare` where nothing but a number says so far that it is one."""

    hour: int
    stop: int
    bare: bool = False


def hours(reader: Reader, index: int) -> Found | None:
    """A range of hours as a filter; None where the text names minutes or no hour of the clock."""
    found = _between(reader, index) or _one_sided(reader, index)
    if found is None:
        return None
    values, stop = found
    return Found(index, stop, TimeKind.PART, part=TimePart.HOUR_OF_DAY, part_values=values)


def _between(reader: Reader, index: int) -> tuple[tuple[int, ...], int] | None:
    """ "from 22:00 to 6:00" runs over midnight; "9 to 11 am" says once which half of the day is meant."""
    opening = reader.word(index)
    first = _clock(reader, index + (opening in ("from", "between")))
    if first is None or reader.word(first.stop) not in _UNTIL:
        return None
    if reader.word(first.stop) == "and" and opening != "between":
        return None
    last = _clock(reader, reader.skip(first.stop + 1, {"to"}))
    if last is None or (first.bare and last.bare):
        return None
    start, end = first.hour, last.hour
    if first.bare and reader.word(last.stop - 1) == "pm" and start < 12 and start + 12 < (end or _HOURS):
        start += 12
    if last.bare or start == end:
        return None
    length = (end - start) % _HOURS
    return tuple(sorted((start + step) % _HOURS for step in range(length))), last.stop


def _one_sided(reader: Reader, index: int) -> tuple[tuple[int, ...], int] | None:
    word = reader.word(index)
    since = word in ("after", "from", "since")
    if not since and word not in ("before", "until", "till"):
        return None
    at = _clock(reader, index + 1)
    if at is None or at.bare or at.hour == 0:
        return None
    if not since:
        return tuple(range(at.hour)), at.stop
    stop = reader.any_phrase(at.stop, (("on",), ("onward",), ("onwards",))) if word == "from" else None
    return tuple(range(at.hour, _HOURS)), stop or at.stop


def _clock(reader: Reader, index: int) -> _Clock | None:
    """ "18:00", "6 pm", "9 o'clock", "noon"; None where it has minutes."""
    named = _NAMED.get(reader.word(index))
    if named is not None:
        return _Clock(named, index + 1)
    token = reader.token(index)
    if token.kind != "number" or token.number is None or not token.word.isdigit() or token.number > _HOURS:
        return None
    hour, stop, bare = token.number, index + 1, True
    if reader.word(stop) == ":":
        if reader.word(stop + 1) != "00" or not reader.token(stop + 1).glued:
            return None
        stop, bare = stop + 2, False
    half = reader.word(stop)
    if half in ("am", "pm") and 1 <= hour <= 12:
        return _Clock(hour % 12 + (12 if half == "pm" else 0), stop + 1)
    if (clock := reader.phrase(stop, "o", "'", "clock") or reader.phrase(stop, "oclock")) is not None:
        return _Clock(hour % _HOURS, clock)
    if half == "h" and reader.token(stop).glued:
        return _Clock(hour % _HOURS, stop + 1)
    return _Clock(hour % _HOURS, stop, bare)
