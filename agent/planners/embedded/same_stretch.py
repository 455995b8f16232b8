"""The stretch of another year or month that is told by the one named before: "1 to 12 April 2026 versus the same days of March"."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.draft import Draft
from agent.planners.embedded.period_words import whole_year_of
from catalog.durations import Duration, TimeGrain
from catalog.query import Period, as_datetime
from semantic_context.time_expressions import TimeExpression, describe_period, shift_period, unit_of
from semantic_context.time_grammar.words import PLURAL_UNITS

_SAME_STRETCH = re.compile(
    r"\bsame (?:months?|period|days?|dates?|weeks?|quarters?|time|part|stretch|span)(?:\s+(?:of|in|from|for|during|a))?\s*"
    r"(?:the\s*)?$",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\b(?:the|these|those)\s*$", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|and|or|&|,\s*and)?\s*(?:(?:of|in|from|for)\s+)?(?:the\s+)?", re.IGNORECASE)
_MONTHS = {TimeGrain.MONTH: 1, TimeGrain.QUARTER: 3, TimeGrain.YEAR: 12}


def with_the_same_stretch(question: str, named: list[TimeExpression], as_of: dt.date) -> list[TimeExpression]:
    """Phrases of time of which all but the first, whole years, quarters or months ("of 2025 and 2024"), only tell where the
    first one's stretch is sought again: that stretch instead of all of each. Any others stay as they are."""
    if len(named) < 2:
        return named
    first, *places = sorted(named, key=lambda item: item.start)
    ends = places[0].start
    if _SAME_STRETCH.search(question[:ends]) is None:
        return named
    told: list[TimeExpression] = []
    for place in places:
        moved = _moved(first, place, as_of) if _LISTED.fullmatch(question[ends : place.start]) else None
        if moved is None:
            return named
        told.append(moved)
        ends = place.end
    return [first, *told]


def said_of_both(draft: Draft, periods: Sequence[Period]) -> frozenset[int]:
    """Where the unit stands that two times are only named by again: "in 2025 than in 2024? The average of both years"."""
    if len(periods) != 2 or periods[0] == periods[1]:
        return frozenset()
    found = set()
    for before, token in itertools.pairwise(draft.tokens):
        pointed = before.folded == "both" or (before.folded == "two" and _POINTS.search(draft.question[: before.start]))
        alike = all(unit_of(period) is PLURAL_UNITS.get(token.folded) for period in periods)
        if pointed and (alike or token.folded == "periods"):
            found.add(token.start)
    return frozenset(found)


def _moved(first: TimeExpression, place: TimeExpression, as_of: dt.date) -> TimeExpression | None:
    """A place with the first one's stretch instead of all of it; None where the stretch is not to be found in it."""
    parts = [replace(place, periods=(part,)) for part in place.periods]
    moved = [_within(period, part) for part in parts for period in first.periods]
    told = tuple(
        period.model_copy(update={"label": describe_period(period, as_of)}) for period in moved if period is not None
    )
    if not told or len(told) != len(moved):
        return None
    return replace(place, periods=told, grain=first.grain, unit=first.unit)


def _within(period: Period, place: TimeExpression) -> Period | None:
    """A stretch moved into a named unit, as far from its beginning; None where the stretch lies in no one such unit."""
    unit = TimeGrain.YEAR if whole_year_of(place) is not None else unit_of(place.period) if place.period else None
    months = _MONTHS.get(unit) if unit is not None else None
    if months is None or place.period is None or place.period.start is None or None in (period.start, period.end):
        return None
    assert period.start and period.end
    start, last = as_datetime(period.start), as_datetime(period.end) - dt.timedelta(days=1)
    own, its_end, other = (_month(day) // months for day in (start, last, as_datetime(place.period.start)))
    if own == other or own != its_end:
        return None
    return shift_period(period, Duration(count=(own - other) * months, grain=TimeGrain.MONTH))


def _month(day: dt.datetime) -> int:
    return day.year * 12 + day.month - 1
