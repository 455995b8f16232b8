"""Marks the words that divide one figure by another: "A divided by B", "A per B" of a measure, "A over B".

What stands behind them is a figure, and none of the things that "by" would split by.
"""

from __future__ import annotations

from agent.planners.embedded.counts import counts_at_large
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from catalog.models import FieldRole
from semantic_context.linking import split_route

DIVIDES = "divides"  # what the dividing words are used for
_OVER = ("over", "/")
_NAMED, _SURE = ("name", "synonym"), 0.9
_COUNTING = {Cue.COUNT, Cue.TOTAL}


def read_divisions(draft: Draft) -> None:
    """Takes each dividing word, and notes the figure that it divides by."""
    for item in draft.items:
        if item.used is not None or draft.is_context(item):
            continue
        divisor = _behind(draft, item)
        if divisor is None or divisor.used is not None or draft.is_context(divisor) or divisor.has("period"):
            continue
        text = item.text.casefold()
        told = text == "divided by" and _is_a_figure(draft, divisor)
        told = told or (text == "per" and _is_a_measure(draft, divisor))
        told = told or (text in _OVER and _stand_right_beside(draft, item, divisor))
        if text == "divided by" and not told and _is_a_number_of_things(draft, divisor):
            draft.unexplained.append(f"{item.text} {divisor.text}")  # of which no figure says how many
        if not told:
            continue
        item.used = DIVIDES
        draft.divisors.add(divisor.place)
        for between in draft.items[item.place + 1 : divisor.place]:
            if between.cues() & _COUNTING:
                between.used = "noun"


def divided_by(draft: Draft, place: int) -> Item | None:
    """The dividing word that leads to an item; None where none does."""
    if place not in draft.divisors:
        return None
    return next((item for item in reversed(draft.items[:place]) if item.used == DIVIDES), None)


def _behind(draft: Draft, item: Item) -> Item | None:
    """The first thing behind an item that is more than a small or counting word ("the number of")."""
    for other in draft.items[item.place + 1 :]:
        if not (other.is_stop or (other.cues() & _COUNTING and not other.has("metric", "field", "dataset"))):
            return other
    return None


def _is_a_figure(draft: Draft, item: Item) -> bool:
    return item.has("metric") or any(counts_at_large(draft.view, thing.name) for thing in item.of("dataset"))


def _is_a_number_of_things(draft: Draft, item: Item) -> bool:
    """ "Divided by flights": of things said in the plural their number is meant, and none of each."""
    return item.has("dataset") and not item.has("field", "value") and draft.is_plural(item)


def _is_a_measure(draft: Draft, item: Item) -> bool:
    """Whether an item is a number of each row, and a figure as such: nothing is split by its every value."""
    fields = [draft.view.whole.field(split_route(meaning.name)[0]) for meaning in item.of("field")]
    measures = bool(fields) and all(field.role is FieldRole.MEASURE for field in fields)
    return item.has("metric") and measures and not item.has("dataset", "value")


def _stand_right_beside(draft: Draft, item: Item, divisor: Item) -> bool:
    """ "gross profit over revenue": a figure right before and one right behind."""
    before = draft.items[item.place - 1] if item.place else None
    named = [
        other is not None and any(meaning.how in _NAMED and meaning.score > _SURE for meaning in other.of("metric"))
        for other in (before, divisor)
    ]
    return all(named) and (item.text != "/" or _is_spaced(draft, item))


def _is_spaced(draft: Draft, item: Item) -> bool:
    """ "cost / pallets" divides, "GMV/AOV" only lists."""
    token = draft.tokens[item.span.start]
    return draft.question[token.start - 1 : token.start] == draft.question[token.end : token.end + 1] == " "
