"""Times still to come in a question that supposes or seeks something: "next month", "by December", "in November"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from agent.planners.embedded.periods import unit_holding
from agent.planners.embedded.strategy.what_if_reading import Asked
from agent.tools.present.periods import day_name, in_period
from catalog.durations import Duration, TimeGrain
from catalog.query import Period, as_datetime
from semantic_context.time_expressions import describe_period, find_time_expressions, shift_period, unit_of

_BY_TIME = re.compile(r"\s+(?:by|until|before|within)\s+(?:the\s+)?$", re.IGNORECASE)
_LEADS_TO_TIME = re.compile(
    r"\s+(?:by|until|before|within|in|during|for|from|over|throughout|starting(?: in)?)\s*(?:the\s+)?$", re.IGNORECASE
)
_SAYS_WHICH_YEAR = re.compile(r"\d{4}|\b(?:last|past|previous|this|ago)\b", re.IGNORECASE)
_HAS_BEEN = re.compile(r"\b(?:have|had|has) (?:\w+ ){0,2}?(?:been|taken|happened|done|made|\w+ed)\b", re.IGNORECASE)
_LONGEST = dt.timedelta(days=200)  # a longer time without a year is the one under way


@dataclass(frozen=True)
class TimeAhead:
    """A time to come in which, or by whose end, something is to be."""

    period: Period
    is_by: bool

    @property
    def last_day(self) -> dt.date:
        """The last day of it."""
        assert self.period.end is not None
        return as_datetime(self.period.end).date() - dt.timedelta(days=1)

    def as_measured(self, base: Period | None) -> Period:
        """The time whose figure is meant: of "by December" the unit that the figure is measured in."""
        unit = unit_of(base) if base is not None else None
        return self.period if not self.is_by or unit is None else unit_holding(self.last_day, unit, 0)

    def measured_in(self, base: Period | None, as_of: dt.date) -> Period:
        """What tells how the levers work: the period given, else the last whole unit of the time to come."""
        if base is not None and base.start is not None and base.end is not None:
            return base
        unit = TimeGrain.MONTH if self.is_by else unit_of(self.period) or TimeGrain.MONTH
        last = unit_holding(as_of, unit, 0)
        assert last.end is not None
        return last if as_datetime(last.end).date() <= as_of + dt.timedelta(days=1) else unit_holding(as_of, unit, 1)

    def told(self, words: str, measured: Period | None, as_of: dt.date) -> str:
        """What was understood of the figure, with the period that it is measured in."""
        words = words.replace(" (no period was named)", "")
        return words.replace("all the data", describe_period(measured, as_of)) if measured is not None else words

    def words(self, as_of: dt.date) -> str:
        """ "by 31 December 2026", "in December 2026", "on 1 November 2026"."""
        if self.is_by:
            return f"by {day_name(self.last_day)}"
        return in_period(self.period) or f"in {describe_period(self.period, as_of)}"


def without_time_ahead(text: str, asked: Asked) -> tuple[str, TimeAhead | None]:
    """A question without the first time still to come that it names, and that time."""
    for item in find_time_expressions(text, asked.as_of, asked.view.whole.calendar):
        if item.weak or not item.periods or item.periods[0].start is None:
            continue
        named = item.periods[0]
        if named.end is None:  # "from November on": its first month
            named = unit_holding(as_datetime(item.periods[0].start).date(), TimeGrain.MONTH, 0)
        before = text[: item.start]
        is_by = _BY_TIME.search(f"{before} ") is not None or _BY_TIME.match(f" {item.text.split()[0]} ") is not None
        has_been = _HAS_BEEN.search(asked.question) is not None
        period = named if has_been else _to_come(named, item.text, asked.as_of, always=is_by)
        assert period.end is not None
        if as_datetime(period.end).date() <= asked.as_of + dt.timedelta(days=1):
            continue
        kept = _LEADS_TO_TIME.sub("", before.rstrip() + " ").strip()
        behind = re.sub(r"^\s*on(?:wards?)?\b", "", text[item.end :])
        return f"{kept} {behind.lstrip()}".strip(), TimeAhead(period, is_by)
    return text, None


def _to_come(period: Period, text: str, as_of: dt.date, *, always: bool) -> Period:
    """A time of no year as the next one, where that is nearer than the last: who asks in October what it takes in November."""
    later = shift_period(period, Duration(count=-1, grain=TimeGrain.YEAR))
    if _SAYS_WHICH_YEAR.search(text) or period.start is None or period.end is None or later.start is None:
        return period
    start, end = as_datetime(period.start).date(), as_datetime(period.end).date()
    if end > as_of + dt.timedelta(days=1) or end - start > _LONGEST:
        return period
    is_nearer = as_datetime(later.start).date() - as_of < as_of - end
    return later if always or is_nearer else period
