"""What a phrase of time turns out to mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from catalog.durations import Duration, TimeGrain, TimePart
from catalog.query import Period


class TimeKind(StrEnum):
    PERIOD = "period"  # "last month", "since March", "in July, August and September"
    COMPARISON = "comparison"  # "vs last year", "compared with September", "YoY", "the previous period"
    GRAIN = "grain"  # "by month", "weekly", "over time", "which quarter"
    PART = "part"  # "by weekday", "on weekends", "every December"
    ALL_TIME = "all_time"  # "ever", "of all time"
    AS_OF = "as_of"  # "today", "as of 30 June", "at the end of Q3"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One phrase of time in a text, resolved against a day and a calendar.

    `start` and `end` are character offsets; the span takes in leading words such as "in", "during the" and a possessive.

    - period: `periods` holds one, or several where they are listed. `unit` is what it counts in (six months: month),
      `grain` is set where the phrase itself asks for a split ("each of the last 6 months"). A range of two named periods
      ("from September to October") keeps both as `endpoints`, since beside a word of change it asks for a comparison.
    - comparison: `offset` (how long before; "vs last year" is 1 year) and, where the phrase names one, the period. With
      neither, `previous` says the period of the same length just before (with an offset: one so long).
      `comparison_period` turns it into a period.
    - grain: `grain` (None for "over time"); `asks_which` where one of its periods is asked for ("which month").
    - part: `part`; with `part_values` it is a filter ("on weekends"), without a grouping.
    - as_of: `moment` is the day; `periods` holds that day, for metrics that are flows.

    Flags: `implicit_year` where the year was supplied, `incomplete` where a period reaches past as_of, `corrected` where
    a word was misspelt, `weak` where the words may as well mean something else: a catalog's name for them goes first.
    `ago` is how long before now a period lies that is told so ("a year ago"): beside another time it moves that one.
    `alternatives` are other readings a careful person might have meant, never the chosen one.
    """

    start: int
    end: int
    text: str
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
    corrected: bool = False
    weak: bool = False
    ago: Duration | None = None

    @property
    def period(self) -> Period | None:
        """The one period; None where there is none or a list of several."""
        return self.periods[0] if len(self.periods) == 1 else None
