"""Fields of the things listed that are told by less than their names: "with date, salary and fee"."""

from __future__ import annotations

import re

from agent.planners.embedded.draft import Draft, Item
from catalog.models import CatalogField
from semantic_context.words import Token, phrase_key

# What leads to the fields that are told of listed things.
TELLING = re.compile(r":|\b(?:with|showing|including)\b", re.IGNORECASE)
_TIME = ("date", "when")
_JOINS = frozenset("and with showing including the their its a or".split())


def fields_told(draft: Draft, dataset: str, noun: Item, time: str | None) -> dict[int, str]:
    """dataset.field by where the word begins that tells it: the last word of one field's name, or "date" for the time that the
    things go by. Only words are taken that stand where the fields are told and that nothing else explains."""
    end = draft.tokens[noun.span.end - 1].end
    telling = TELLING.search(draft.question, end)
    if telling is None:
        return {}
    small = {item.span.start for item in draft.items if item.is_stop and item.text.casefold() in _TIME}
    free = {token.start for token in draft.left_over} | {draft.tokens[place].start for place in small}
    found = {}
    for token in draft.tokens:
        if token.start < telling.end() or token.start not in free or _is_of_another_time(draft, token):
            continue
        name = _named_by(draft, dataset, token, time)
        if name is not None:
            found[token.start] = name
    return found


def _is_of_another_time(draft: Draft, token: Token) -> bool:
    """ "Leaving date", "due dates": a date that the word before it says more closely than the time that the things go by."""
    before = next((other for other in reversed(draft.tokens) if other.start < token.start), None)
    joined = before is None or not before.is_word or before.folded in _JOINS
    return token.base in _TIME and not joined


def _named_by(draft: Draft, dataset: str, token: Token, time: str | None) -> str | None:
    if token.base in _TIME:
        return time
    fields = [field for field in draft.view.datasets[dataset].fields if _ends_in(field, token.base)]
    shown = [name for field in fields if draft.view.can_show(name := f"{dataset}.{field.name}")]
    return shown[0] if len(shown) == len(fields) == 1 else None


def _ends_in(field: CatalogField, word: str) -> bool:
    return any(phrase_key(name)[-1:] == (word,) for name in (field.label, *field.words.synonyms))
