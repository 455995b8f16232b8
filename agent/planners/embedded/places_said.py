"""A place said right behind a thing is that thing's place: "GMV of vendors in Lagos" is not the GMV of buyers in Lagos.

Where no way leads from the thing to the field that holds the place, the figure would be of another thing's place.
"""

from __future__ import annotations

from agent.planners.embedded.condition_fields import fields_of
from agent.planners.embedded.draft import Draft, FilterSlot, Item
from agent.planners.embedded.reach import pointed_at
from catalog.access import CatalogView
from catalog.query import MetricQuery
from semantic_context.linking import split_route
from semantic_context.words import is_verb_form, phrase_key

_PLACES = frozenset(
    "area borough city continent country county district land municipality nation nationality place "
    "postcode prefecture province region state territory town village zip zone".split()
)
_LEADS = ("in", "from", "based in", "located in", "living in", "out of")
_OWNERS = ("of", "from", "by", "to", "for", "with")
_ARTICLES = ("all", "our", "the", "those", "these")


def place_of_another_thing(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The thing and the place behind it, where the place was taken for another thing's; None elsewhere."""
    taken = {split_route(field)[0] for field in fields_of(query.where)}
    for slot in draft.filters:
        fields = {split_route(choice.field)[0] for choice in slot.candidates} & taken
        thing = _thing_before(draft, slot)
        if thing is None or not fields or not all(_is_place(view, field) for field in fields):
            continue
        things = frozenset(meaning.name for meaning in thing.of("dataset") if meaning.how in ("name", "synonym"))
        if things and not {field.partition(".")[0] for field in fields} & pointed_at(view, things):
            return draft.question[_start(draft, thing) : draft.tokens[draft.items[slot.item].span.end - 1].end]
    return None


def _thing_before(draft: Draft, slot: FilterSlot) -> Item | None:
    """The plural thing that a place is said of, itself one that a figure is of: "… of vendors in", "… sold by authors from"."""
    thing = next((item for item in reversed(draft.items[: max(slot.item, 0)]) if item.has("dataset")), None)
    if thing is None or not draft.is_plural(thing):
        return None
    between = draft.question[draft.tokens[thing.span.end - 1].end : _start(draft, draft.items[slot.item])]
    led = between.casefold().split()
    if " ".join(led[:-1] if led[-1:] == ["the"] else led) not in _LEADS:
        return None
    return thing if _is_of_a_figure(draft, thing) else None


def _is_of_a_figure(draft: Draft, thing: Item) -> bool:
    """Whether a thing is what a figure is of, and no group that is shown or counted."""
    words = list(draft.tokens[: thing.span.start])
    while words and words[-1].folded in _ARTICLES:
        words.pop()
    if not words or words[-1].folded not in _OWNERS:
        return False
    # "sold by authors", but no split "by authors"
    verb = words[-2].folded if len(words) > 1 else ""
    return words[-1].folded != "by" or verb.endswith("ed") or is_verb_form(verb)


def _is_place(view: CatalogView, reference: str) -> bool:
    field = view.whole.field(reference)
    said = (field.label, field.name.replace("_", " "), *field.words.synonyms)
    return any(_PLACES & set(phrase_key(words)) for words in said)


def _start(draft: Draft, item: Item) -> int:
    return draft.tokens[item.span.start].start
