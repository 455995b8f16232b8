"""Puts together a stretch of time whose two ends are told apart: "through 2025, month by month up to October"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.period_words import whole_year_of
from catalog.query import Period, as_datetime
from semantic_context.time_expressions import TimeExpression, describe_period

_ONLY_BEGINS = re.compile(
    r"(?:since|after|starting|as from|beginning|later than)\b|from\b.*\b(?:on|onwards?|forward)$", re.IGNORECASE
)
_HELD_APART = frozenset((Cue.AND, Cue.OR, Cue.VERSUS, Cue.COMPARE))


def ends_inside(draft: Draft, named: list[TimeExpression]) -> list[TimeExpression]:
    """ "through 2025, month by month up to October": an open stretch of which one end lies in a closed one leaves what both
    say. "In October and until December 2025" runs on from the one to the end of the other."""
    if len(named) != 2:
        return named
    first, second = sorted(named, key=lambda item: item.start)
    open_ones = [item for item in (first, second) if _only_ends(item)] or [
        item for item in (first, second) if _begins_only(item)
    ]
    if len(open_ones) != 1:
        return named
    (inner,) = open_ones
    outer = second if inner is first else first
    whole, part = outer.period, inner.period
    if whole is None or part is None or whole.start is None or whole.end is None:
        return named
    part = part if _only_ends(inner) else Period(start=part.start)  # nobody said that it ends today
    if inner.implicit_year and (year := whole_year_of(outer)) is not None:
        part = _bound_in_year(part, year)
    begins, ends = as_datetime(whole.start), as_datetime(whole.end)
    between = draft.question[first.end : second.start].strip(" ,").casefold()
    if part.end is not None and outer is first and between in ("", "and") and as_datetime(part.end) > ends:
        period = Period(start=whole.start, end=part.end)
    else:
        said = [item for item in draft.items if first.end <= draft.tokens[item.span.start].start < second.start]
        if any(item.cues() & _HELD_APART and item.text != "," for item in said):
            return named
        start, end = part.start or whole.start, part.end or whole.end
        if not begins <= as_datetime(start) < as_datetime(end) <= ends:
            draft.time.unjoined = draft.time.unjoined or not between  # "in 2025, since March 2024"
            return named
        period = Period(start=start, end=end)
    told = period.model_copy(update={"label": describe_period(period, draft.as_of)})
    return [replace(outer, periods=(told,), end=max(first.end, second.end), unit=None, endpoints=())]


def _bound_in_year(part: Period, year: int) -> Period:
    """A stretch with one end, that end in a year: the end of December is the next one's first day."""
    bound = part.start or part.end
    assert bound is not None
    day = as_datetime(bound).date()
    ends_a_year = part.end is not None and (day.month, day.day) == (1, 1)
    leaps = (day.month, day.day) == (2, 29)
    moved = dt.date(year, 3, 1) if leaps else day.replace(year=year + ends_a_year)
    return Period(start=moved) if part.start is not None else Period(end=moved)


def _only_ends(expression: TimeExpression) -> bool:
    return expression.period is not None and expression.period.start is None and expression.period.end is not None


def _begins_only(expression: TimeExpression) -> bool:
    return _ONLY_BEGINS.match(expression.text) is not None
