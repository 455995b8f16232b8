"""Years as they are written, and the year that stands behind what it dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from catalog.durations import TimeGrain
from semantic_context.time_grammar.clock import Span
from semantic_context.time_grammar.reader import Anchor, Reader
from semantic_context.time_grammar.words import (
    LAST,
    NEXT,
    THIS,
)

_FIRST_YEAR, _LAST_YEAR = 1900, 2099


_QUANTITY_BEFORE = {
    "top", "first", "bottom", "more", "over", "above", "under", "below", "least", "most", "exceed", "exceeds",
    "exceeding", "limit", "fewer", "less", "greater", "$", "€", "£", "<", ">", "=", "#", "id", "number", "no",
}  # fmt: skip


_QUANTITY_THAN = {"more", "less", "fewer", "greater", "bigger", "larger", "smaller"}


UNIT_AFTER = {
    "%", "k", "m", "usd", "eur", "dollars", "dollar", "euros", "units", "items", "pieces", "pcs", "percent", "bn", "mn",
    "million", "thousand", "days", "weeks", "months", "years", "hours", "minutes",
}  # fmt: skip


# What may stand behind a year in two figures, so that they count nothing.
_AFTER_SHORT_YEAR = {
    "?", "!", ";", ":", ")", "vs", "versus", "v", "and", "or", "by", "per", "in", "for", "to", "against", "compared",
    "with", "only", "please", "pls", "split", "broken", "than", "over", "was", "were", "is", "did", "as", "at",
}  # fmt: skip


def expand_year(two_digits: int) -> int:
    """'26 is 2026, '98 is 1998."""
    return two_digits + (2000 if two_digits < 70 else 1900)


def year_at(reader: Reader, index: int, *, loose: bool = False) -> tuple[int, int] | None:
    """A year and the index after it. `loose` takes any four figures, where a month or quarter stands before."""
    token = reader.token(index)
    if token.kind == "shortyear":
        return expand_year(int(token.word[1:])), index + 1
    if token.kind != "number" or not token.word.isdigit() or len(token.word) != 4:
        return None
    year = int(token.word)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if loose:
        return year, index + 1
    following = reader.token(index + 1)
    if (
        following.glued and following.kind == "word" and following.word not in ("q", "h", "s")
    ) or following.word in UNIT_AFTER:
        return None
    if following.word == "%" or not 1970 <= year <= reader.clock.as_of.year + 10:
        return None
    before = reader.word(index - 1)
    if before == "over" and _beside_a_year(reader, index):
        return year, index + 1  # "2025 over 2024", "over 2023 to 2025"
    if before == "over" and reader.phrase(index + 1, "so", "far"):
        return year, index + 1
    if before in _QUANTITY_BEFORE or (before == "than" and reader.word(index - 2) in _QUANTITY_THAN):
        return None
    return year, index + 1


def short_year_at(reader: Reader, index: int) -> tuple[int, int] | None:
    """Two figures that end a phrase of time ("Q3 26", "H1 25 vs H1 24", "summer 25"), and the index after them; None where
    they may count what stands behind, or lie far off."""
    token, following = reader.token(index), reader.token(index + 1)
    if token.kind != "number" or len(token.word) != 2 or token.number is None:
        return None
    ends = following.kind == "end" or following.word in _AFTER_SHORT_YEAR
    if following.kind == "mark" and following.word in (".", ",") and following.glued:
        ends = reader.token(index + 2).kind != "number"
    year = expand_year(token.number)
    near = reader.clock.as_of.year - 10 <= year <= reader.clock.as_of.year + 1
    return (year, index + 1) if ends and near else None


def _beside_a_year(reader: Reader, index: int) -> bool:
    """Whether another year stands two words away, so that this one is no quantity."""
    return any(year_at(reader, place, loose=True) is not None for place in (index - 2, index + 2))


def _year_suffix(reader: Reader, index: int) -> tuple[int, int, bool] | None:
    """The year that follows a month, quarter or such: (year, index after it, fiscal)."""
    position = index
    if reader.word(position) in (",", "of", "in", "-", "/", "for", "from"):
        position += 1
    position = reader.skip(position, {"the", "calendar"})
    fiscal = False
    if reader.word(position) in ("fy", "fiscal"):
        fiscal = True
        position += 1
    if reader.word(position) in ("year", "cy"):
        position += 1
    if (
        fiscal
        and (number := reader.number(position)) is not None
        and number < 100
        and reader.token(position).kind == "number"
    ):
        return expand_year(number), position + 1, True
    found = year_at(reader, position, loose=True)
    if found is not None:
        return found[0], found[1], fiscal
    if reader.word(position) in LAST | THIS | NEXT and reader.word(position + 1) == "year":
        shift = -1 if reader.word(position) in LAST else int(reader.word(position) in NEXT)
        stop = position + 2
        return reader.clock.as_of.year + shift, stop, fiscal
    return None


def with_year(reader: Reader, anchor: Anchor) -> Anchor:
    """The anchor with the year that follows it taken in, if one does."""
    suffix = _year_suffix(reader, anchor.stop)
    if suffix is None and not anchor.is_month and anchor.unit.rank >= TimeGrain.MONTH.rank:
        slash = reader.word(anchor.stop) == "/" and reader.token(anchor.stop + 1).glued  # "Q3/26"
        short = short_year_at(reader, anchor.stop + slash)
        suffix = (*short, False) if short is not None else None
    elif suffix is None and not anchor.is_month and (short := short_year_at(reader, anchor.stop)) is not None:
        suffix = (*short, False)
    if suffix is None or anchor.in_year is None:
        return anchor
    year, stop, fiscal = suffix
    if fiscal and anchor.unit is TimeGrain.QUARTER and not anchor.fiscal:
        quarter = (anchor.in_year(2001)[0].month + 2) // 3
        anchor = replace(anchor, in_year=fiscal_quarter_in(reader, quarter), fiscal=True, alternatives=())
    return replace(anchor, year=year, stop=stop, alternatives=())


def fiscal_quarter_in(reader: Reader, quarter: int) -> Callable[[int], Span]:
    return lambda year: reader.clock.fiscal_quarter(year, quarter)
