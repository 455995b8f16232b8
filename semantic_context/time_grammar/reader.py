"""The tokens of a text under a cursor, and what grammar rules hand each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from catalog.durations import Duration, TimeGrain
from catalog.query import Period
from semantic_context.time_grammar.clock import DAY, Clock, Span
from semantic_context.time_grammar.describe import describe_period
from semantic_context.time_grammar.tokens import Token

Found = TypeVar("Found")

_END = Token(0, 0, "", "end")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A named or relative stretch of time, read from tokens up to `stop`.

    Either `fixed`, or `in_year` gives its span in a year (ValueError where that year has none) and `year` the year that
    was written, if any. `offset` is how long before the one under way a relative one lies ("last year": 1 year).
    """

    stop: int
    unit: TimeGrain
    in_year: Callable[[int], Span] | None = None
    year: int | None = None
    fixed: Span | None = None
    offset: Duration | None = None
    label: str | None = None  # words for it, where its days alone do not tell them
    grain: TimeGrain | None = None
    alternatives: tuple[Span, ...] = ()
    weak: bool = False
    is_year: bool = False  # a calendar year, that can say which October is meant
    is_month: bool = False
    fiscal: bool = False
    ago: Duration | None = None  # how long before now, where it is told so

    @property
    def implicit(self) -> bool:
        """Whether the year is left to be supplied."""
        return self.in_year is not None and self.year is None

    def at(self, year: int) -> Anchor:
        """The same with its year said."""
        return replace(self, year=year)

    def span(self, clock: Clock) -> Span:
        """Its days; without a year the latest one that has begun by as_of."""
        if self.fixed is not None:
            return self.fixed
        assert self.in_year is not None
        if self.year is not None:
            return self.in_year(self.year)
        return self.latest(lambda span: span[0] <= clock.as_of, clock.as_of.year + 1)

    def latest(self, holds: Callable[[Span], bool], year: int) -> Span:
        """The latest of its spans, from a year backwards, for which something holds."""
        assert self.in_year is not None
        for candidate in range(year, year - 12, -1):
            try:
                span = self.in_year(candidate)
            except ValueError:
                continue
            if holds(span):
                return span
        raise ValueError("no such day in the twelve years before")

    def earliest(self, holds: Callable[[Span], bool], year: int) -> Span:
        """The earliest of its spans, from a year onwards, for which something holds."""
        assert self.in_year is not None
        for candidate in range(year, year + 12):
            try:
                span = self.in_year(candidate)
            except ValueError:
                continue
            if holds(span):
                return span
        raise ValueError("no such day in the twelve years after")


def remembered(rule: Callable[[Reader, int], Found]) -> Callable[[Reader, int], Found]:
    """A rule that is asked for the same place by many others: it is tried there once a text."""

    def once(reader: Reader, index: int) -> Found:
        key = rule, index
        if key not in reader.memory:
            reader.memory[key] = rule(reader, index)
        found: Found = reader.memory[key]
        return found

    once.__doc__ = rule.__doc__
    return once


class Reader:
    """Token access by index; out of range reads as an empty word."""

    def __init__(self, text: str, tokens: list[Token], clock: Clock, holidays: HolidayWords) -> None:
        self.text = text
        self.tokens = tokens
        self.clock = clock
        self.holidays = holidays
        self.memory: dict[object, Any] = {}
        self.compared_at = next(
            (place for place in range(len(tokens)) if self._compares_what_stands_around(place)), None
        )

    @property
    def compares(self) -> bool:
        """Whether a word of comparing holds what stands around it side by side: "compare May and June"."""
        return self.compared_at is not None

    def _compares_what_stands_around(self, index: int) -> bool:
        """Not so "compared to last year", which leads to its own: what stands before it is one side, a range or a list."""
        compares = self.word(index).startswith(("compar", "contrast", "benchmark"))
        return compares and self.word(index + 1) not in ("to", "with", "against")

    def compares_before(self, index: int) -> bool:
        """Whether such a word stands before an index: "compare May to June", but "May to June, compare by region"."""
        return self.compared_at is not None and self.compared_at < index

    def token(self, index: int) -> Token:
        """The token, or an empty one."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else _END

    def word(self, index: int) -> str:
        """The token's word, lower-cased; empty out of range."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def number(self, index: int) -> int | None:
        """The whole number a token holds, in figures or words; ordinals are none."""
        token = self.token(index)
        return token.number if token.kind != "ordinal" else None

    def phrase(self, index: int, *words: str) -> int | None:
        """The index after these words, hyphens between them allowed; None where they do not stand there."""
        for position, word in enumerate(words):
            if position and self.word(index) == "-":
                index += 1
            if self.word(index) != word:
                return None
            index += 1
        return index

    def any_phrase(self, index: int, phrases: tuple[tuple[str, ...], ...]) -> int | None:
        """The index after the longest of some phrases that stands there."""
        return max((stop for phrase in phrases if (stop := self.phrase(index, *phrase)) is not None), default=None)

    def skip(self, index: int, words: frozenset[str] | set[str]) -> int:
        """The first index from here on whose word is none of these."""
        while self.word(index) in words:
            index += 1
        return index

    def undash(self, index: int) -> int:
        """Steps over one hyphen."""
        return index + 1 if self.word(index) == "-" else index


HolidayWords = dict[str, tuple[tuple[tuple[str, ...], Callable[[int], Span], str], ...]]


def make_period(span: Span, label: str | None, clock: Clock, *, named: bool = False) -> Period:
    """A Period with a label; `named` puts the days in brackets behind the words that named it."""
    period = Period(start=span[0], end=span[1])
    days = describe_period(period, clock.as_of)
    if label is None or label == days:
        return period.model_copy(update={"label": days})
    text = label if named or days in label else f"{label} ({days})"
    return period.model_copy(update={"label": text})


def one_day(day: dt.date) -> Span:
    """The span of a single day."""
    return day, day + DAY
