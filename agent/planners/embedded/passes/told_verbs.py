"""Tells what things did from the kind of something else of theirs: "women who never ordered" had carts of any status."""

from __future__ import annotations

from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import base_datasets, pointed_at
from semantic_context.linking import split_route

_LEADS = frozenset("have has had never not ever who that which and".split())


def is_what_they_did(draft: Draft, item: Item) -> bool:
    """Whether a word is the verb of a clause, though rows that each of the things may have many of hold it as a value. It is
    left unexplained: such rows say nothing of what the things did, and whether the verb can be read is for others to try."""
    token = draft.tokens[item.span.start]
    if item.span.end - item.span.start != 1 or not token.folded.endswith("ed") or not item.span.start:
        return False
    led = draft.tokens[item.span.start - 1].folded in _LEADS or _stands_between_times(draft, item)
    if not led or not item.has("field"):
        return False
    spoken: set[str] = set()
    for other in draft.items[: item.place]:
        for meaning in other.span.meanings[:1]:
            match meaning.kind:
                case "dataset":
                    spoken.add(meaning.name)
                case "value":
                    spoken.add(split_route(meaning.name)[0].partition(".")[0])
                case "metric":
                    spoken |= base_datasets(draft.view, meaning.name)
                case _:
                    pass
    holders = {split_route(meaning.name)[0].partition(".")[0] for meaning in item.of("value")}
    if not spoken or holders & pointed_at(draft.view, frozenset(spoken)):
        return False
    item.used = "verb"
    draft.unexplained.append(item.text)
    return True


def _stands_between_times(draft: Draft, item: Item) -> bool:
    """ "How many customers who registered in 2025 ordered in 2026": a time of its own behind that of the clause before."""
    beside = draft.items[max(item.place - 1, 0)], draft.items[min(item.place + 1, len(draft.items) - 1)]
    return all(other is not item and other.has("period") for other in beside)
