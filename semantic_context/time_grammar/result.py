"""What a rule has found: a TimeExpression that still counts in tokens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from catalog.durations import Duration, TimeGrain, TimePart
from catalog.query import Period
from semantic_context.time_grammar.models import TimeExpression, TimeKind
from semantic_context.time_grammar.tokens import Token


@dataclass(frozen=True, slots=True)
class Found:
    """As TimeExpression, with token indexes `first` (inclusive) and `stop` (exclusive)."""

    first: int
    stop: int
    kind: TimeKind
    periods: tuple[Period, ...] = ()
    unit: TimeGrain | None = None
    grain: TimeGrain | None = None
    part: TimePart | None = None
    part_values: tuple[str | int, ...] = ()
    offset: Duration | None = None
    previous: bool = False
    endpoints: tuple[Period, ...] = ()
    alternatives: tuple[Period, ...] = ()
    moment: dt.date | None = None
    asks_which: bool = False
    implicit_year: bool = False
    incomplete: bool = False
    weak: bool = False
    ago: Duration | None = None

    def with_grain(self, grain: TimeGrain | None) -> Found:
        """The same, asking for a split."""
        return replace(self, grain=grain)

    def expression(self, text: str, tokens: list[Token]) -> TimeExpression:
        """In characters of the text."""
        start, end = tokens[self.first].start, tokens[self.stop - 1].end
        return TimeExpression(
            start=start,
            end=end,
            text=text[start:end],
            kind=self.kind,
            periods=self.periods,
            unit=self.unit,
            grain=self.grain,
            part=self.part,
            part_values=self.part_values,
            offset=self.offset,
            previous=self.previous,
            endpoints=self.endpoints,
            alternatives=self.alternatives,
            moment=self.moment,
            asks_which=self.asks_which,
            implicit_year=self.implicit_year,
            incomplete=self.incomplete,
            corrected=any(token.corrected for token in tokens[self.first : self.stop]),
            weak=self.weak,
            ago=self.ago,
        )
