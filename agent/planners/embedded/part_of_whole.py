"""Which values behind a verb together say what the part of a whole is: "what share came from books sold in stores".

A value that says more of the same things is of the part: of all revenue, that of books sold in stores. A place or the like that
stands behind it by itself narrows the whole: "what share came from the app in the West".
"""

from __future__ import annotations

from agent.planners.embedded.draft import Draft, FilterSlot, Item
from agent.planners.embedded.reach import base_datasets, pointed_at
from semantic_context.words import is_verb_form

_MEANS = frozenset(("by", "through", "using", "via", "with"))
_RELATIVE = frozenset(("that", "which", "who"))
_BEING = frozenset(("are", "be", "been", "had", "has", "have", "is", "was", "were"))
_LEADS = frozenset(("at", "by", "from", "in", "on", "through", "to", "via", "with"))


def said_of_the_same(draft: Draft, part: FilterSlot, other: FilterSlot) -> bool:
    """Whether a filter behind the one that names the part says more of the same things: "damaged books", "books sold in
    stores", "app orders from VIP customers", "were won through tenders"."""
    if other.item <= part.item or other.negated or other.versus or part.versus:
        return False
    between = draft.items[part.item + 1 : other.item]
    if any(item.has("period", "number") or item.used == "group" for item in between):
        return False
    if any(item.used == "metric" and not _is_a_thing(item) for item in between):
        return False
    words = [
        token.folded
        for token in draft.tokens[draft.items[part.item].span.end : draft.items[other.item].span.start]
        if token.folded not in ("a", "an", "the", "our")
    ]
    things = any(_is_a_thing(item) for item in between)
    if not words:
        return True  # "damaged books"
    if words[0] in _MEANS and len(words) == 1:
        return True  # "won through tenders"
    verbs = [word for word in words if word.endswith("ed") or is_verb_form(word) or word in _RELATIVE]
    if verbs and words[-1] in (_LEADS | _BEING | set(verbs)):
        return True  # "books sold in stores", "books that were returned"
    return things and words[-1] in ("from", "of")  # "app orders from VIP customers"


def is_of_many(draft: Draft, part: FilterSlot, field: str, metric: str) -> bool:
    """Whether what the things are said to be is told of others, of which each may have several: matters that "were won" are
    none of which one hearing was."""
    item = draft.items[part.item]
    word = draft.tokens[item.span.end - 1].folded
    before = [token.folded for token in draft.tokens[: item.span.start]][-1:]
    is_said = bool(_BEING & set(before)) and (word.endswith("ed") or is_verb_form(word))
    return is_said and field.partition(".")[0] not in pointed_at(draft.view, base_datasets(draft.view, metric))


def led_by_from(draft: Draft, slot: FilterSlot) -> bool:
    """ "The share of revenue from the app": where it is from names the part."""
    before = [token.folded for token in draft.tokens[: draft.items[slot.item].span.start]]
    return [word for word in before if word not in ("the", "our")][-1:] == ["from"]


def stands_behind_the_verb(draft: Draft, slot: FilterSlot, asked: int | None) -> bool:
    """ "What percentage of the Apparel returns is down to wrong size": what stands behind the question's verb names the part."""
    start = draft.items[asked].span.end if asked is not None and asked >= 0 else 0
    return any(token.folded in _BEING for token in draft.tokens[start : draft.items[slot.item].span.start])


def _is_a_thing(item: Item) -> bool:
    return item.has("dataset") and not item.is_stop
