"""Reads that rows have a thing, or none, where they need not: "orders with a discount", "orders that used no voucher"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.passes.read_groups import entity_fields
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.query import FieldCondition
from semantic_context.linking import split_route

_HAVE = frozenset("with have has had having used uses use using carry carried carrying".split())
_ARTICLES = frozenset("a an any some one".split())
_NONE = frozenset(("without", "no"))


def read_presence(draft: Draft) -> None:
    """Narrows the figures to the rows that point at such a thing, or at none. The word narrows nothing else: taken for a mere
    noun, every row would count."""
    if not draft.metrics or draft.follows:
        return
    lists = draft.has_cue(Cue.LIST)
    for item in draft.items:
        if not item.has("dataset", "field") or item.has("metric") or _may_be_a_value(draft, item):
            continue
        lead = _lead(draft, item)
        of_none = lead is not None and lead.text.casefold() in _NONE and item.has("dataset")
        if item.used not in ((None, "noun", "group") if of_none else (None, "noun")):
            continue  # "departures with no guide" are split by nothing
        field = (
            next(iter(set(_pointers(draft, item))), None) if lead is not None and _stands_alone(draft, item) else None
        )
        told = lists and lead is not None and lead.text.casefold() == "with" and lead.place == item.place - 1
        if lead is None or field is None or told:
            continue  # "list the incidents with lift and severity": what is told of each
        absent = lead.text.casefold() in _NONE
        draft.groups = [slot for slot in draft.groups if slot.item != item.place]
        lead.used, item.used = "negation" if absent else "qualifier", "value"
        draft.kept_conditions.append(FieldCondition(field=field, operator="is_null" if absent else "is_not_null"))


def _may_be_a_value(draft: Draft, item: Item) -> bool:
    """Whether the figures' rows may hold what is named as a value of theirs."""
    named = {meaning.name.partition(".")[0] for meaning in item.of("value")}
    reached = [pointed_at(draft.view, base_datasets(draft.view, slot.candidates[0].name)) for slot in draft.metrics]
    return any(named & datasets for datasets in reached)


def _lead(draft: Draft, item: Item) -> Item | None:
    """The word right before a thing and its article that says that rows have it or not."""
    for other in reversed(draft.items[: item.place]):
        word = other.text.casefold()
        if word in _HAVE or word in _NONE or word.split()[-1] in _HAVE:
            return other
        if word not in _ARTICLES:
            return None
    return None


def _stands_alone(draft: Draft, item: Item) -> bool:
    """Whether nothing behind says more of the thing: "with a discount of 20 %", "with discount code SAVE20"."""
    behind = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    return behind is None or not (behind.has("value", "number", "dataset", "field") or behind.text.casefold() == "of")


def _pointers(draft: Draft, item: Item) -> Iterator[str]:
    """dataset.field of what names such things, where the figures' rows point at them and need not."""
    named = {meaning.name for meaning in item.of("dataset")}
    named |= {split_route(meaning.name)[0].partition(".")[0] for meaning in item.of("field")}
    for slot in draft.metrics:
        bases = base_datasets(draft.view, slot.candidates[0].name)
        if named & bases and not item.has("dataset"):
            continue  # a field of the rows themselves: each has it, whatever another thing has of that name
        reached = pointed_at(draft.view, bases)
        ways = [
            each for each in draft.view.whole.relationships if each.to_dataset in named and each.from_dataset in reached
        ]
        if len(ways) == 1 and not ways[0].mandatory:
            yield from entity_fields(draft.view, ways[0].to_dataset)
