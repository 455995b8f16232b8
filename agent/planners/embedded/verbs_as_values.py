"""Verbs that sound like a value of something else: "tests paid by the health service", where bills are paid or open.

A figure that is not related to bills is asked for by what stands behind the verb, and the verb only leads to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.draft import Draft, FilterSlot
from agent.planners.embedded.resolve import Resolution
from semantic_context.linking import split_route
from semantic_context.words import is_verb_form

_LEADS = ("by", "through", "via", "with", "from", "at", "over")
_SMALL = ("the", "our", "a", "an", "their", "its")


def without_verb(draft: Draft, resolutions: Sequence[Resolution]) -> Draft | None:
    """The draft without the one verb that was taken for a value which no reading can reach, where it leads to a value that is
    asked for; None where there is no such verb."""
    problem = next((item.problems[0] for item in resolutions[:1] if item.problems), None)
    if problem is None:
        return None
    field = split_route(problem.field)[0]
    reached = [slot for slot in draft.filters if field not in _fields(slot)]
    lost = [slot for slot in draft.filters if field in _fields(slot)]
    if len(lost) != 1 or lost[0].negated or not _leads_to_a_value(draft, lost[0], reached):
        return None
    draft.items[lost[0].item].used = "verb"
    return replace(draft, filters=reached)


def _fields(slot: FilterSlot) -> set[str]:
    return {split_route(found.field)[0] for found in slot.candidates}


def _leads_to_a_value(draft: Draft, slot: FilterSlot, others: Sequence[FilterSlot]) -> bool:
    if slot.item < 0:
        return False
    span = draft.items[slot.item].span
    word = draft.tokens[span.start].folded
    if span.end - span.start != 1 or not (word.endswith("ed") or is_verb_form(word)):
        return False
    behind = list(draft.tokens[span.end : span.end + 3])
    if not behind or behind[0].folded not in _LEADS:
        return False
    place = span.end + 1 + (len(behind) > 1 and behind[1].folded in _SMALL)
    return any(draft.items[other.item].span.start == place for other in others if other.item >= 0)
