"""Counts each thing once where "different" says so of things that a value stands for: "how many different toys were sold"."""

from __future__ import annotations

from dataclasses import replace

from agent.planners.embedded.counts import counted_thing, metrics_that_count
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import base_datasets
from semantic_context.linking import Meaning, split_route

DIFFERENT = ("different", "distinct", "unique")


def count_once(draft: Draft) -> None:
    """Puts the number of different things in the place of a number of their rows, where a metric counts them over the same
    rows; where none does, the word stays unexplained: the units sold are no number of different toys."""
    for item in draft.items:
        if item.text.casefold() not in DIFFERENT or not item.is_stop or not draft.metrics:
            continue
        before, following = draft.preceding(item.place), draft.following(item.place)
        if following is None or before is None or before.cue() is not Cue.COUNT:
            continue
        after = draft.items[following.place + 1] if following.place + 1 < len(draft.items) else None
        named = after if following.used == "value" and not following.has("dataset") else following
        if named is not None and named.has("dataset") and named.used == "noun":
            _count(draft, item, {meaning.name for meaning in named.of("dataset")})
        elif following.used == "value" and (named is None or not named.has("dataset", "field")):
            _count(draft, item, things_of(following))


def things_of(value: Item) -> set[str]:
    """The datasets of whose things a value tells."""
    return {split_route(meaning.name)[0].partition(".")[0] for meaning in value.of("value")}


def _count(draft: Draft, item: Item, things: set[str]) -> None:
    slot = draft.metrics[0]
    figure = slot.candidates[0].name
    counting = {name for thing in things for name in metrics_that_count(draft.view, thing)}
    if len(draft.metrics) == 1 and (figure in counting or counted_thing(draft.view, figure) in things):
        return
    bases = base_datasets(draft.view, figure)
    once = [
        name
        for name in sorted(draft.view.metrics)
        if counted_thing(draft.view, name) in things and base_datasets(draft.view, name) == bases
    ]
    if len(draft.metrics) != 1 or len(once) != 1:
        draft.unexplained.append(item.text)
        return
    draft.metrics[0] = replace(slot, candidates=(Meaning("metric", once[0], slot.candidates[0].score, "name"),))
