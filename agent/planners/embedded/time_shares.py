"""The part of a longer time that a share is of: "what share of 2025 revenue came in the fourth quarter?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.period_words import core_of, in_year, whole_year_of
from catalog.durations import TimeGrain, TimePart
from catalog.query import Period, as_datetime
from semantic_context.time_expressions import TimeExpression, TimeKind, unit_of
from semantic_context.time_grammar.words import MONTH_NAMES

_A_YEAR_DAYS = 366
_CAME = re.compile(
    r"\b(?:came|come|comes|was|were|is|are|made|earned|generated|placed|booked|taken|sold|happened|happens|occurred|arose|landed"
    r"|recorded|done|realised|realized|achieved|brought|accounted)(?: (?:just|only|alone|for|in|during|by))*\s*$",
    re.IGNORECASE,
)


def part_of_the_longer(draft: Draft, named: Sequence[TimeExpression]) -> tuple[TimeExpression, TimeExpression] | None:
    """The longer of two times and the shorter as a recurring part of it, where a share is asked of the one that came about in
    the other. Within a year each month and quarter stands for itself. None where no such share is asked."""
    if len(named) != 2 or not draft.has_cue(Cue.SHARE):
        return None
    outer, inner = sorted(named, key=lambda item: item.start)
    came_before = inner.start
    year = whole_year_of(outer)
    if year is not None and inner.implicit_year:
        inner = in_year(inner, year, draft.as_of, draft.view.whole.calendar) or inner
    whole, piece = outer.period, inner.period
    if whole is None or piece is None or not _holds(whole, piece) or not _CAME.search(draft.question[:came_before]):
        return None
    part = _recurring(draft, piece)
    each = draft.has_cue(Cue.EACH, Cue.BY) or draft.time.grain is not None
    if part is None or each or _days(whole) > _A_YEAR_DAYS:
        draft.time.unjoined = True  # no query says it: the shorter time alone would answer another question
        return None
    kind, value = part
    return outer, replace(
        inner, kind=TimeKind.PART, text=f"in {core_of(inner)}", periods=(), part=kind, part_values=(value,)
    )


def _recurring(draft: Draft, piece: Period) -> tuple[TimePart, str | int] | None:
    assert piece.start is not None
    month = as_datetime(piece.start).month
    if unit_of(piece) is TimeGrain.MONTH:
        return TimePart.MONTH_OF_YEAR, MONTH_NAMES[month - 1]
    if unit_of(piece) is TimeGrain.QUARTER and draft.view.whole.calendar.fiscal_year_start_month == 1:
        return TimePart.QUARTER_OF_YEAR, (month - 1) // 3 + 1
    return None


def _days(period: Period) -> int:
    assert period.start is not None and period.end is not None
    return (as_datetime(period.end) - as_datetime(period.start)).days


def _holds(outer: Period, inner: Period) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None or outer == inner:
        return False
    return as_datetime(outer.start) <= as_datetime(inner.start) and as_datetime(inner.end) <= as_datetime(outer.end)
