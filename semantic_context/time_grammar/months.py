"""Months and days: "October", "Oct '26", "31 Oct 2026", "October 31st", and dates in figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from catalog.durations import TimeGrain
from semantic_context.numbers import ORDINAL_WORDS
from semantic_context.time_grammar.clock import Span, days_in_month, month_span
from semantic_context.time_grammar.reader import Anchor, Reader, one_day
from semantic_context.time_grammar.words import (
    MONTHS,
    PRONOUNS_AND_VERBS_AFTER_MODAL_MAY,
)
from semantic_context.time_grammar.years import UNIT_AFTER, expand_year, with_year, year_at

_MONTH_CONTEXT = {
    "in", "since", "during", "until", "till", "of", "for", "by", "from", "to", "and", "or", "vs", "versus", "through",
    "thru", "last", "this", "next", "before", "after", "between", "against", "with", "than", "was", "is", "were", "did",
    "our", "total", "mid", "early", "late", ",", "-", "&", "whole", "every", "each", "on", "previous", "compare", "month",
    "only", "just", "take", "want",
}  # fmt: skip
# Behind these stands no "may" that is a verb.
_BEFORE_A_MONTH = {
    "in",
    "since",
    "during",
    "until",
    "till",
    "of",
    "through",
    "thru",
    "last",
    "next",
    "mid",
    "early",
    "late",
}
_LONGEST_MONTH = 31
_LEADS_ON = frozenset(("to", "-", "through", "thru", "until", "till"))
_CLOSES = frozenset(("", ".", "?", "!", ";", ":", ")", ","))
_WHO_MAY = frozenset("i we you he she it they one this that these those who which what as there".split())


def _in_month(month: int) -> Callable[[int], Span]:
    return lambda year: month_span(year, month)


def _on_day(month: int, day: int) -> Callable[[int], Span]:
    return lambda year: one_day(dt.date(year, month, day))


def _day_number(reader: Reader, index: int) -> int | None:
    token = reader.token(index)
    spelt = ORDINAL_WORDS.get(token.word)
    if spelt is not None and reader.word(index + 1) == "of":
        return spelt if spelt <= _LONGEST_MONTH else None
    if (
        token.kind in ("number", "ordinal")
        and token.number is not None
        and 1 <= token.number <= _LONGEST_MONTH
        and "." not in token.word
    ):
        return token.number
    return None


def _month_at(reader: Reader, index: int) -> int | None:
    word = reader.word(index)
    month = MONTHS.get(word)
    if month is None:
        return None
    before, after = reader.word(index - 1), reader.word(index + 1)
    if word == "may":
        numeric = (
            _day_number(reader, index + 1) or _day_number(reader, index - 1) or year_at(reader, index + 1, loose=True)
        )
        dated = reader.any_phrase(index + 1, (("this", "year"), ("this", "calendar", "year"))) is not None
        is_verb = after in PRONOUNS_AND_VERBS_AFTER_MODAL_MAY and not dated
        opens = index == 0 and not is_verb
        said = before in _MONTH_CONTEXT and (not is_verb or before in _BEFORE_A_MONTH or _ends_a_range(reader, index))
        listed = after in (",", "and", "to", "-", "or", "vs") and MONTHS.get(reader.word(index + 2)) is not None
        closes = after in _CLOSES and before not in _WHO_MAY
        if not (numeric or opens or said or listed or closes):
            return None
    if word == "march" and after in ("on", "towards", "toward", "ahead", "forward") and before not in _MONTH_CONTEXT:
        return None
    return month


def _ends_a_range(reader: Reader, index: int) -> bool:
    """Whether a month and a word that leads on from it stand before: "January to"."""
    joined = reader.word(index - 1) in _LEADS_ON
    return joined and (reader.word(index - 2) in MONTHS or reader.token(index - 2).kind in ("number", "shortyear"))


def _valid_day(month: int, day: int) -> bool:
    return day <= days_in_month(2000, month)


def month_anchor(reader: Reader, index: int) -> Anchor | None:
    """A month, or a day of one: "October", "Oct '26", "October 31st, 2026", "31 Oct", "the 3rd of October"."""
    day = _day_number(reader, index)
    if day is not None:
        position = index + 1
        if reader.word(position) in ("of", "-"):
            position += 1
        month = _month_at(reader, position)
        if month is None or not _valid_day(month, day):
            return None
        stop = position + 1 + (reader.word(position + 1) == ".")
        return with_year(reader, Anchor(stop, TimeGrain.DAY, in_year=_on_day(month, day)))
    month = _month_at(reader, index)
    if month is None:
        return None
    stop = index + 1
    if (
        reader.word(stop) == "."
        and reader.word(index) != "may"
        and reader.token(stop).glued
        and len(reader.word(index)) < 5
    ):
        stop += 1
    whole = Anchor(stop, TimeGrain.MONTH, in_year=_in_month(month), is_month=True)
    day = _day_number(reader, stop + (reader.word(stop) == "the"))
    if day is not None and _valid_day(month, day) and not _counts_something(reader, stop):
        return _day_of_month(reader, index, month, day, stop + 1 + (reader.word(stop) == "the"))
    return with_year(reader, whole)


def _counts_something(reader: Reader, index: int) -> bool:
    """Whether the number after a month starts a phrase of its own ("in October 5 % of ...", "October 3 to Q4")."""
    return reader.word(index + 1) in UNIT_AFTER


def _day_of_month(reader: Reader, index: int, month: int, day: int, stop: int) -> Anchor:
    anchor = Anchor(stop, TimeGrain.DAY, in_year=_on_day(month, day))
    dated = with_year(reader, anchor)
    written = reader.token(stop - 1)
    if dated.year is not None or written.kind == "ordinal" or len(written.word) != 2:
        return dated
    # "Oct 26" without a year: the day, or in "in Oct 26" the year, when that lies near.
    year = expand_year(day)
    if not reader.clock.as_of.year - 10 <= year <= reader.clock.as_of.year + 1:
        return anchor
    if reader.word(index - 1) in ("in", "during"):
        return Anchor(stop, TimeGrain.MONTH, in_year=_in_month(month), year=year, is_month=True)
    return replace(anchor, alternatives=(month_span(year, month),))


def figures_anchor(reader: Reader, index: int) -> Anchor | None:
    """Dates in figures: 2026-10-31, 10/31/2026, 31.10.2026, 2026-10, 10/2026."""
    token = reader.token(index)
    if token.kind not in ("iso", "numeric", "yearmonth", "monthyear"):
        return None
    separator = next(mark for mark in token.word if not mark.isdigit())
    parts = [int(part) for part in token.word.split(separator)]
    try:
        if token.kind == "iso":
            return Anchor(index + 1, TimeGrain.DAY, fixed=one_day(dt.date(*parts)))
        if token.kind != "numeric":
            year, month = parts if token.kind == "yearmonth" else reversed(parts)
            return Anchor(index + 1, TimeGrain.MONTH, fixed=month_span(year, month), is_month=True)
        first, second, year = parts
        year = expand_year(year) if year < 100 else year
        month_first = separator == "/"
        if first > 12 or second > 12:
            month_first = second > 12
        month, day = (first, second) if month_first else (second, first)
        other = one_day(dt.date(year, day, month)) if day <= 12 and day != month and separator != "." else None
        chosen = one_day(dt.date(year, month, day))
    except ValueError:
        return None
    return Anchor(index + 1, TimeGrain.DAY, fixed=chosen, alternatives=(other,) if other else ())
