"""Picks what reached its target or fell short of it: "in which months did GMV miss its target"."""

from __future__ import annotations

import re

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.parts import Parts, UnsupportedError
from catalog.models import Target
from catalog.query import Having, Operator, TimeDimension

_FELL_SHORT = re.compile(
    r"\b(?:miss\w*|fail\w*|short of|behind|undershot|undershoot\w*|off (?:the |its |our )?target"
    r"|(?:not|never|n't|nt)(?: \w+)? (?:hit|reach\w*|me(?:e)?t|achieve\w*|on)"
    r"|(?:did|does|do|is|are|was|were|has|have)n['’]?t)\b",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:hits?|reach\w*|meets?|met|achiev\w*|made|ahead of|on target|on track|beat\w*|exceed\w*|surpass\w*|within)\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"\b(?:above|over|higher than|more than|greater than)\b", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:below|under|lower than|less than)\b", re.IGNORECASE)
_ON_A_SIDE = re.compile("|".join(pattern.pattern for pattern in (_FELL_SHORT, _REACHED, _ABOVE, _BELOW)), re.IGNORECASE)
_MEETING: dict[str, Operator] = {">=": "ge", ">": "gt", "<=": "le", "<": "lt"}
_FAILING: dict[str, Operator] = {">=": "lt", ">": "le", "<=": "gt", "<": "ge"}


def pick_by_target(draft: Draft, parts: Parts) -> None:
    """Keeps the rows on the asked side of the target, where rows are picked by it; UnsupportedError where they cannot be."""
    if Cue.TARGET not in draft.asks or not picks_by_target(draft):
        return
    if len(parts.metrics) != 1 or draft.ranking is not None or not parts.groups:
        raise UnsupportedError("I can pick by the target of one figure: which one shall it be?")
    metric = draft.view.whole.metric_by_name[parts.metrics[0]]
    if metric.target is None:
        raise UnsupportedError(f"No target is declared for {metric.label}: which figure shall it reach?")
    by_time_alone = all(isinstance(item, TimeDimension) and item.part is None for item in parts.groups)
    if metric.target.per is not None and (not by_time_alone or parts.conditions):
        raise UnsupportedError(f"The target of {metric.label} is for the whole business, not for parts of it.")
    if metric.target.where is not None:
        raise UnsupportedError(f"The target of {metric.label} is for {metric.target.where} only.")
    operator = _side(draft.question, metric.target)
    if operator is None:
        raise UnsupportedError("Shall I show what reached its target, or what fell short of it?")
    parts.having.append(Having(column=metric.name, operator=operator, than=f"{metric.name}_target"))


def picks_by_target(draft: Draft) -> bool:
    """Whether groups or periods are sought by their target, not shown beside it."""
    counts = Cue.COUNT in draft.asks and bool(draft.groups or draft.time.grain)
    which = draft.time.asks_which or any(slot.leader is Cue.WHICH for slot in draft.groups)
    opening = next((item.place for item in draft.items if not item.is_stop), -1)
    opens = any(slot.item == opening for slot in draft.groups) and _ON_A_SIDE.search(draft.question) is not None
    return counts or which or opens or draft.has_cue(Cue.MISSES)


def _side(question: str, target: Target) -> Operator | None:
    """The comparison that a question asks for; "missed" and "reached" go by what the target is: a floor or a ceiling."""
    if _FELL_SHORT.search(question):
        return _FAILING[target.comparison]
    if _ABOVE.search(question):
        return "gt"
    if _BELOW.search(question):
        return "lt"
    return _MEETING[target.comparison] if _REACHED.search(question) else None
