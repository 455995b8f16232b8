"""Keeps to the things themselves where each of them is asked for: sales without a representative are no representative's."""

from __future__ import annotations

import re

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.passes.read_groups import entity_fields

_POSSESSIVE, _POSSESSIVE_BEHIND = re.compile(r"\w['’]s$"), re.compile(r"['’]s\b")


def name_each(draft: Draft) -> None:
    """ "Show me each rep's sales next to their target": what belongs to no rep is left out."""
    for group in draft.groups:
        if (
            draft.named_only is not None
            or group.leader is not Cue.EACH
            or not group.candidates
            or len(draft.metrics) < 2
        ):
            continue
        end = draft.tokens[draft.items[group.item].span.end - 1].end
        if not _POSSESSIVE.search(draft.question[:end]) and not _POSSESSIVE_BEHIND.match(draft.question[end:]):
            continue  # "sales for each rep" may well be of those without one
        field = group.candidates[0].name
        if field in entity_fields(draft.view, field.partition(".")[0]):
            draft.named_only = field
