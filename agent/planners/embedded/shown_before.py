"""Values that the answer before has shown: "drop the new customers" behind a split by segment leaves out the segment "new"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.cues import Cue
from catalog.plan import Plan
from catalog.query import FieldDimension
from semantic_context.linking import Span
from semantic_context.values import ValueHit

_PICKS = {Cue.NOT.value, Cue.ONLY.value}


def prefer_shown_values(spans: Sequence[Span], values: Sequence[ValueHit], previous: Plan | None) -> list[Span]:
    """The spans without the figures whose names begin with a value that was a group before, where groups are picked."""
    fields = _fields_shown(previous)
    picks = [span for span in spans if any(item.kind == "cue" and item.name in _PICKS for item in span.meanings)]
    if not fields or not picks:
        return list(spans)
    shown = [hit.span for hit in values if hit.reference in fields and hit.how != "typo"]
    kept: list[Span] = []
    for span in spans:
        if any(span.start == start and span.end > end for start, end in shown):
            meanings = tuple(item for item in span.meanings if item.kind != "metric")
            kept += [replace(span, meanings=meanings)] if meanings else []
        else:
            kept.append(span)
    return kept


def _fields_shown(previous: Plan | None) -> frozenset[str]:
    if previous is None or not previous.queries:
        return frozenset()
    groups = previous.queries[0].query.group_by
    return frozenset(item.field for item in groups if isinstance(item, FieldDimension))
