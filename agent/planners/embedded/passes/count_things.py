"""Counts things that no metric counts: "how many stops do we have in each zone" is the number of rows of the stops; of the jobs
that began in May, or took more than 3 days, of those."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import ANALYSIS_CUES, CHANGES, Cue
from agent.planners.embedded.draft import Draft, FilterSlot, GroupSlot, Item, TimeSlots
from agent.planners.embedded.reach import pointed_at
from agent.planners.embedded.records import bounded_field, other_time_said
from catalog.models import FieldRole
from catalog.query import Condition, FieldCondition
from semantic_context.linking import Meaning, split_route
from semantic_context.time_expressions import clip

_MORE_ASKED = frozenset(ANALYSIS_CUES | CHANGES | {Cue.SHARE, Cue.AVERAGE, Cue.MEDIAN})  # than how many there are
_NAMED = ("name", "synonym")
_SO_FAR = re.compile(r"(?:so far|(?:up )?(?:to|until|till) (?:date|now|today)|as yet|yet|already)", re.IGNORECASE)


def count_things(draft: Draft) -> None:
    """Makes the things' key a group, whose rows are counted then, where no metric counts the rows, one field tells them from one
    another, and what splits and narrows them is their own or that of what they point at."""
    thing = uncounted_thing(draft)
    if thing is None or draft.ranking is not None or draft.either_bound or draft.asks & _MORE_ASKED:
        return
    (dataset,) = _datasets(draft, thing)
    held = _held(draft, dataset)
    if held is None:
        return
    keys = draft.view.datasets[dataset].primary_key
    if count_metrics(draft.view, dataset) or len(keys) != 1 or not draft.view.can_show(f"{dataset}.{keys[0]}"):
        return
    own = pointed_at(draft.view, frozenset({dataset})) | {dataset}
    groups = [_of_these(slot, own) for slot in draft.groups]
    filters = [_holding_for_these(slot, own) for slot in draft.filters]
    if not all(group.candidates for group in groups) or not all(slot.candidates for slot in filters):
        return
    key = Meaning("field", f"{dataset}.{keys[0]}", 0.95, "name")
    thing.used = "group"
    draft.filters = filters
    draft.kept_conditions += held
    draft.bounds, draft.time = [], TimeSlots()
    draft.groups = [*groups, GroupSlot(thing.place, (key,), leader=Cue.COUNT)]


def _held(draft: Draft, dataset: str) -> list[Condition] | None:
    """The bounds and the period as conditions on the things' own numbers and time; None where they are of anything else."""
    found: list[Condition] = []
    for slot in draft.bounds:
        named = {split_route(meaning.name)[0] for meaning in slot.fields}
        field = bounded_field(draft, dataset, slot) if not slot.metrics and slot.entity is None else None
        if field is None or field not in named:
            return None
        found.append(FieldCondition(field=field, operator=slot.bound.operator, values=slot.bound.values))
    if not draft.time.named:
        return found
    period, time = draft.time.period, draft.view.datasets[dataset].time_field
    plain = replace(draft.time, period=None, period_text="", period_expression=None) == TimeSlots()
    loose = (
        _SO_FAR.fullmatch(draft.time.period_text.strip()) is not None
    )  # ever, or this year: none is picked in silence
    if period is None or not plain or loose or time is None or not draft.view.can_show(f"{dataset}.{time}"):
        return None
    times = [field for field in draft.view.datasets[dataset].fields if field.role is FieldRole.TIME]
    states = any(choice.field.partition(".")[0] == dataset for slot in draft.filters for choice in slot.candidates)
    if states and len(times) > 1:
        return None  # "poured away in 2025": by when they came to that, or by when they began
    if other_time_said(draft, dataset, f"{dataset}.{time}", ()) is not None:
        return None
    span = clip(period, draft.as_of)
    if span.start is not None:
        found.append(FieldCondition(field=f"{dataset}.{time}", operator="ge", values=(span.start,)))
    if span.end is not None:
        found.append(FieldCondition(field=f"{dataset}.{time}", operator="lt", values=(span.end,)))
    return found


def uncounted_thing(draft: Draft) -> Item | None:
    """What "how many" stands before, where that is a dataset's things and nothing takes them for a figure or a split."""
    if draft.metrics or draft.records is not None or Cue.COUNT not in draft.asks:
        return None
    for count in draft.items:
        if count.cue() is not Cue.COUNT:
            continue
        thing = next(
            (
                item
                for item in draft.items[count.place + 1 :]
                if not item.is_stop and item.used not in ("value", "qualifier")
            ),
            None,
        )
        taken = thing is not None and thing.used not in (None, "noun")
        if thing is not None and not taken and draft.is_plural(thing) and len(_datasets(draft, thing)) == 1:
            return thing
    return None


def _datasets(draft: Draft, thing: Item) -> tuple[str, ...]:
    """The datasets that an item names."""
    named = {meaning.name for meaning in thing.of("dataset") if meaning.how in _NAMED}
    return tuple(sorted(named & draft.view.datasets.keys()))


def _of_these(slot: GroupSlot, own: frozenset[str] | set[str]) -> GroupSlot:
    return replace(
        slot,
        candidates=tuple(found for found in slot.candidates if split_route(found.name)[0].partition(".")[0] in own),
    )


def _holding_for_these(slot: FilterSlot, own: frozenset[str] | set[str]) -> FilterSlot:
    return replace(
        slot,
        candidates=tuple(found for found in slot.candidates if split_route(found.field)[0].partition(".")[0] in own),
    )
