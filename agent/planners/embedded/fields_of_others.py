"""Fields told of the things that listed things belong to: "list last week's orders with make, model and dealership"."""

from __future__ import annotations

from collections.abc import Container

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.fields_told import TELLING
from agent.planners.embedded.reach import pointers_between
from catalog.access import CatalogView
from semantic_context.linking import split_route

_SOME = ("a", "an", "any", "no", "some")  # "with a lift": those that have one
_OPEN = (None, "group", "noun", "unexplained")


def fields_of_others(draft: Draft, dataset: str, noun: Item) -> dict[int, str]:
    """dataset.field by the place of the item that names it, among what is told of the things behind "with" or a colon; only of
    things to which one way leads from those that are listed."""
    if not any(item.cue() is Cue.LIST for item in draft.items):
        return {}
    telling = TELLING.search(draft.question, draft.tokens[noun.span.end - 1].end)
    if telling is None:
        return {}
    found: dict[int, str] = {}
    for item in draft.items[noun.place + 1 :]:
        told = draft.tokens[item.span.start].start >= telling.end()
        led = draft.tokens[item.span.start - 1].folded if item.span.start else ""
        counted = item.has("metric") and (
            draft.is_plural(item) or item.span.best.kind != "field"
        )  # "with orders": how many
        if not told or item.used not in (*_OPEN, "metric") or item.has("value") or counted or led in _SOME:
            continue
        fields = dict.fromkeys(split_route(meaning.name)[0] for meaning in item.of("field"))
        owners = {name.partition(".")[0] for name in fields}
        if dataset in owners:
            own = next(name for name in fields if name.startswith(f"{dataset}."))
            if item.used == "noun" and draft.view.can_show(own):
                found[item.place] = own  # things that are called like a field of theirs: "with the departure"
            continue
        near = [name for name in fields if one_way(draft.view, dataset, name.partition(".")[0])]
        if len(near) == 1 and draft.view.can_show(near[0]):
            found[item.place] = near[0]
    return found


def not_told(draft: Draft, dataset: str, noun: Item, named: Container[int]) -> list[str]:
    """What is named among the fields told of listed things, and is none of theirs."""
    telling = TELLING.search(draft.question, draft.tokens[noun.span.end - 1].end)
    if telling is None:
        return []
    behind = [item for item in draft.items[noun.place + 1 :] if draft.tokens[item.span.start].start >= telling.end()]
    return [
        item.text
        for item in behind
        if item.place not in named and item.used in _OPEN and item.has("dataset", "field", "metric", "value")
        if not item.is_stop and not any(meaning.name == dataset for meaning in item.of("dataset"))
    ]


def one_way(view: CatalogView, dataset: str, other: str) -> bool:
    """Whether exactly one relationship leads to the other dataset, or none and exactly one by way of a third."""
    direct = len(pointers_between(view, dataset, other))
    if direct:
        return direct == 1
    through = [
        (first, second)
        for middle in view.datasets
        for first in pointers_between(view, dataset, middle)
        for second in pointers_between(view, middle, other)
    ]
    return len(through) == 1
