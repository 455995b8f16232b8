"""Ranks the things of a kind by their names: "which dessert sold most" asks for a dish, of those whose category is dessert."""

from __future__ import annotations

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, FilterSlot, GroupSlot
from catalog.models import CatalogField, Dataset, FieldRole, FieldType
from semantic_context.linking import Meaning, split_route
from semantic_context.words import phrase_key


def name_the_kind(draft: Draft) -> None:
    """A kind of thing right behind "which", or behind how many of them are picked ("top 3 desserts"), where nothing else says
    among what: the things that are of it are held against each other by their names."""
    if draft.ranking is None or draft.groups or draft.time.grain is not None or not draft.metrics:
        return
    kinds = [slot for slot in draft.filters if _is_sought(draft, slot)]
    fields = {split_route(reading.field)[0] for slot in kinds for reading in slot.candidates[:1]}
    if len(kinds) != 1 or len(fields) != 1:
        return
    name = _name_of_the_things(draft, *fields)
    if name is not None:
        singular = not draft.is_plural(draft.items[kinds[0].item])
        draft.groups.append(
            GroupSlot(kinds[0].item, (Meaning("field", name, 0.9, "name"),), singular=singular, leader=Cue.WHICH)
        )


def _is_sought(draft: Draft, slot: FilterSlot) -> bool:
    """Whether one value is what is asked for, not only where something is so."""
    if slot.negated or slot.item <= 0 or any(len(reading.values) != 1 for reading in slot.candidates):
        return False
    lead = draft.items[slot.item - 1]
    while lead.place and lead.used == "ranking" and Cue.WHICH not in lead.cues():
        if draft.ranking is not None and draft.ranking.count is not None:
            return True
        lead = draft.items[lead.place - 1]
    return Cue.WHICH in lead.cues()


def _name_of_the_things(draft: Draft, reference: str) -> str | None:
    """The field that names the things a field tells the kinds of: the display field of its dataset, else the one whose label
    the kind's begins with ("Dish" of "Dish category")."""
    owner, _, own = reference.partition(".")
    dataset = draft.view.datasets.get(owner)
    kind = next((field for field in dataset.fields if field.name == own), None) if dataset is not None else None
    if dataset is None or kind is None or kind.role is not FieldRole.DIMENSION:
        return None
    names = [dataset.display_field] if dataset.display_field else _named_by_the_kind(dataset, kind)
    if len(names) != 1 or names[0] == own or not draft.view.can_show(f"{owner}.{names[0]}"):
        return None
    return f"{owner}.{names[0]}"


def _named_by_the_kind(dataset: Dataset, kind: CatalogField) -> list[str]:
    said = phrase_key(kind.label)
    return [
        field.name
        for field in dataset.fields
        if field.role is FieldRole.DIMENSION
        and field.type is FieldType.STRING
        and (key := phrase_key(field.label))
        and len(key) < len(said)
        and said[: len(key)] == key
    ]
