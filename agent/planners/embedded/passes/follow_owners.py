"""Takes a thing along the thing that it is said to belong to: "courses of the Mathematics department", "course department"."""

from __future__ import annotations

from dataclasses import replace

from agent.planners.embedded.draft import Draft, FieldValues, Item
from agent.planners.embedded.reach import base_datasets, pointed_at, pointers_between
from semantic_context.linking import Meaning, routed, split_route

_LINKS = frozenset({"of", "in", "from", "at", "by", "the", "a", "an", "our"})


def follow_owners(draft: Draft) -> None:
    """Of several ways to a thing, the one by way of the thing named beside it."""
    if not draft.metrics:
        return
    for place, slot in enumerate(draft.filters):
        owner = _owner(draft, slot.item, after=True)
        if owner is not None:
            found = tuple(_along_values(draft, owner, choice) for choice in slot.candidates)
            draft.filters[place] = replace(slot, candidates=found)
    for place, group in enumerate(draft.groups):
        owner = _owner(draft, group.item, after=False)
        if owner is not None:
            draft.groups[place] = replace(
                group, candidates=tuple(_along(draft, owner, item) for item in group.candidates)
            )


def _owner(draft: Draft, place: int, *, after: bool) -> str | None:
    """The dataset named as a mere noun right before an item, or, of a value, right behind it."""
    if place < 0:
        return None
    before = draft.preceding(place)
    while before is not None and before.place + 1 == place and before.used == "qualifier" and not before.has("dataset"):
        before = draft.preceding(before.place)
    beside: list[Item] = []
    if before is not None and set(draft.stops_between(before.place, place)) <= _LINKS:
        beside.append(before)
    following = draft.items[place + 1] if after and place + 1 < len(draft.items) else None
    if following is not None:
        beside.append(following)
    for item in beside:
        if item.used in ("noun", "qualifier") and item.has("dataset"):
            return item.of("dataset")[0].name
    return None


def _along_values(draft: Draft, owner: str, choice: FieldValues) -> FieldValues:
    return replace(choice, field=_by_way_of(draft, owner, choice.field))


def _along(draft: Draft, owner: str, meaning: Meaning) -> Meaning:
    return replace(meaning, name=_by_way_of(draft, owner, meaning.name))


def _by_way_of(draft: Draft, owner: str, reference: str) -> str:
    """The field by the owner's pointer at its dataset, where others point there too; else as it is."""
    field, path = split_route(reference)
    target = field.partition(".")[0]
    bases = base_datasets(draft.view, draft.metrics[0].candidates[0].name)
    pointers = pointers_between(draft.view, owner, target)
    others = [item for item in draft.view.whole.relationships if item.to_dataset == target]
    reached = owner not in bases and owner in pointed_at(draft.view, bases)
    return routed(field, pointers[0]) if reached and len(pointers) == 1 and len(others) > 1 and not path else reference
