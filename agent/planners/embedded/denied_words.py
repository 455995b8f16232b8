"""Words for what may not be seen, beside the things they are of: "the names of our customers"."""

from __future__ import annotations

import re

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from semantic_context.words import phrase_key

_NUMBER_OF = re.compile(r"numbers?\s+of$", re.IGNORECASE)


def asks_of_denied(draft: Draft) -> bool:
    """Whether a word for a personal field stands beside the things it is of: "the names of our customers"."""
    for item in draft.items:
        owners = {meaning.name.partition(".")[0] for meaning in item.of("denied")}
        beside = draft.following(item.place) if owners else None
        numbers = beside if beside is not None and _NUMBER_OF.match(beside.text) else None  # "phone" and "numbers of"
        while beside is not None and (beside is numbers or _only_picks(beside)):
            beside = draft.following(beside.place)
        if beside is not None and owners & _things(draft, beside):
            between = draft.stops_between(item.place, beside.place)
            if "of" in between or numbers is not None:
                return True
    return False


def _only_picks(item: Item) -> bool:
    """Whether an item says which of the things behind it are meant: a number, a superlative, a value alone."""
    picks = bool(item.cues() & {Cue.TOP, Cue.BOTTOM, Cue.HIGHEST, Cue.LOWEST, Cue.LIST})
    return item.has("number") or picks or (item.has("value") and item.span.end - item.span.start == 1)


def _things(draft: Draft, item: Item) -> set[str]:
    """The datasets whose things an item speaks of, alone or as the last word of a longer name ("all VIP customers")."""
    named = {meaning.name for meaning in item.of("dataset")}
    last = draft.tokens[item.span.end - 1].base
    return named | {
        dataset.name
        for dataset in draft.view.datasets.values()
        if item.has("metric", "value") and phrase_key(dataset.singular)[-1:] == (last,)
    }
