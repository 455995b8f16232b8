"""Reads two nouns as the one thing they name: "supplier shipments" are shipments, and no suppliers beside them."""

from __future__ import annotations

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import base_datasets, pointed_at
from semantic_context.words import Token, phrase_key, verb_stem


def read_compounds(draft: Draft) -> None:
    """Sets aside nouns that only say which things the next noun names, and no covering stands that takes a noun for a verb."""
    for item in list(draft.free("metric")):
        if _is_a_verb_made_of_things(draft, item):
            draft.unexplained.append(item.text)
        elif _qualifies_what_follows(draft, item):
            item.used = "qualifier"


def stands_beside_a_figure(draft: Draft, item: Item) -> bool:
    """Whether the metric before stands right beside an item, as in a terse list: "gmv aov orders by month"."""
    return any(slot.item == item.place - 1 for slot in draft.metrics)


def is_listed_beside_a_rate(draft: Draft, item: Item) -> bool:
    """ "gmv aov orders": things right behind a figure that counts none are a figure of the list, not what that one is made of."""
    if not stands_beside_a_figure(draft, item):
        return False
    return _unit(draft, draft.metrics[-1].candidates[0].name) != "count" and draft.is_plural(item)


def _qualifies_what_follows(draft: Draft, item: Item) -> bool:
    """ "how many supplier shipments": a thing in the singular right before things that are so called, or that point at it,
    only says which things they are."""
    if item.place + 1 >= len(draft.items) or draft.is_plural(item) or item.span.best.kind == "value":
        return False
    behind = draft.items[item.place + 1]
    counts = [meaning for meaning in behind.of("metric") if _unit(draft, meaning.name) == "count"]
    if not counts or behind.span.start != item.span.end or behind.used not in (None, "metric"):
        return False
    rows = base_datasets(draft.view, counts[0].name)
    own = _without_count(draft, item)
    first = draft.tokens[behind.span.start]
    if first.base == first.folded:
        return False  # "customer growth": no things that are counted
    called = (*own, first.base)
    if any(called in _names(draft, dataset) for dataset in rows):
        return True
    things = {meaning.name for meaning in item.of("dataset")} | {
        thing for meaning in item.of("metric") for thing in _things_counted(draft, meaning.name)
    }
    named = any(first.base in {words[-1] for words in _names(draft, dataset) if words} for dataset in rows)
    return named and not things & rows and bool(things & pointed_at(draft.view, rows))


def _is_a_verb_made_of_things(draft: Draft, item: Item) -> bool:
    """ "customer orders" is no form of "customers ordered": a singular before a plural thing is a compound, not who did it."""
    tokens = draft.tokens[item.span.start : item.span.end]
    if len(tokens) != 2 or item.span.best.how != "inflection" or not _is_compound(*tokens):
        return False
    thing = tokens[1].base
    if not any(words == (thing,) for name in draft.view.datasets for words in _names(draft, name)):
        return False
    metric = draft.view.whole.metric_by_name[item.span.best.name]
    said = [phrase_key(words) for words in (metric.label, *metric.words.synonyms)]
    return not any(thing in words for words in said) and any(
        verb_stem(thing) == verb_stem(word) for words in said for word in words
    )


def _is_compound(first: Token, second: Token) -> bool:
    return first.base == first.folded and second.base != second.folded and not first.text.endswith(("'", "’"))


def _without_count(draft: Draft, item: Item) -> tuple[str, ...]:
    """An item's words, but for those that ask how many."""
    asking = {token for words in ("how many", "number of") for token in words.split()}
    return tuple(
        token.base
        for token in draft.tokens[item.span.start : item.span.end]
        if token.folded not in asking and item.cue() is not Cue.COUNT
    )


def _names(draft: Draft, dataset: str) -> set[tuple[str, ...]]:
    known = draft.view.datasets.get(dataset)
    if known is None:
        return set()
    return {phrase_key(words) for words in (known.label, known.singular, known.name, *known.words.synonyms)}


def _things_counted(draft: Draft, metric: str) -> set[str]:
    counted = counted_thing(draft.view, metric)
    if counted is not None:
        return {counted}
    return {name for name in base_datasets(draft.view, metric) if metric in count_metrics(draft.view, name)}


def _unit(draft: Draft, metric: str) -> str | None:
    return draft.view.whole.metric_by_name[metric].unit
