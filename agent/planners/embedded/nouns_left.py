"""Nouns of a question that were taken to stand around, though nothing that is shown has to do with them."""

from __future__ import annotations

from collections.abc import Iterator

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.reach import Reach, base_datasets, pointed_at
from catalog.access import CatalogView
from catalog.query import FieldDimension, MetricQuery
from semantic_context.linking import Meaning, split_route
from semantic_context.words import phrase_key, verb_stem

_ASKS = frozenset({Cue.COUNT, Cue.WHICH, Cue.LIST})
_HAVE = ("with", "having", "who", "that", "holding", "owning")
_OUT_OF = ("among", "amongst", "of", "for", "from", "within")
_AS_LIKELY = 0.06  # how much less sure a meaning of a word may be than its best one


def noun_left_over(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The first noun that the plan has nothing to do with; None where each is of what is shown."""
    if not query.metrics:
        return None
    return (
        _of_nothing_shown(draft, query, view)
        or _before_another_group(draft, query, view)
        or _which_things(draft, query, view)
        or _at_another_time(draft, query, view)
        or _of_other_things_that_have(draft, query, view)
    )


def _of_nothing_shown(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Revenue from returning customers" is of no returns: a noun of things that no figure shown leads to, whatever it is
    only like."""
    bases = frozenset[str]().union(*(base_datasets(view, use.metric) for use in query.metrics))
    shown = pointed_at(view, bases) | {name.partition(".")[0] for name in _fields(draft, query)}
    named = {use.metric for use in query.metrics} | {having.column for having in query.having}
    called = {word for name in named & view.metrics.keys() for word in _names(view, name)}
    for item in draft.items:
        taken = {meaning.name for meaning in item.of("metric")} & named
        if item.used not in ("noun", "metric") or taken or item.is_stop or draft.is_context(item):
            continue
        meanings = [meaning for meaning in item.span.meanings if meaning.score > item.span.best.score - _AS_LIKELY]
        of = frozenset[str]().union(*(_about(meaning, view) for meaning in meanings))
        said = {token.base for token in draft.tokens[item.span.start : item.span.end]}
        if of and not of & shown and item.has("metric", "dataset") and not said <= called:
            return item.text
    return None


def _names(view: CatalogView, metric: str) -> Iterator[str]:
    """The words that a figure is called by."""
    known = view.metrics[metric]
    for text in (known.label, known.name.replace("_", " "), *known.words.synonyms):
        yield from phrase_key(text)


def _about(meaning: Meaning, view: CatalogView) -> frozenset[str]:
    """The datasets that a meaning is of."""
    match meaning.kind:
        case "dataset":
            return frozenset({meaning.name})
        case "field" | "value":
            return frozenset({split_route(meaning.name)[0].partition(".")[0]})
        case "metric":
            return base_datasets(view, meaning.name)
        case _:
            return frozenset()


def _before_another_group(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "By acquisition channel" is no sales channel: a word right before a group that none of its names has."""
    for slot in draft.groups:
        if slot.item < 1 or slot.entity is not None:
            continue
        before = draft.items[slot.item - 1]
        leader = draft.preceding(before.place)
        if (
            before.used not in ("noun", "metric")
            or before.is_stop
            or leader is None
            or leader.cue() not in (Cue.BY, Cue.EACH)
        ):
            continue
        said = {verb_stem(token.base) for token in draft.tokens[before.span.start : before.span.end]}
        names = {
            verb_stem(word) for meaning in slot.candidates for word in _words_of(view, split_route(meaning.name)[0])
        }
        if not said <= names:
            return f"{before.text} {draft.items[slot.item].text}"
    return None


def _words_of(view: CatalogView, reference: str) -> Iterator[str]:
    """The words that a field and its dataset are called by."""
    field = view.whole.field(reference)
    dataset = view.whole.dataset_by_name[reference.partition(".")[0]]
    for text in (field.label, field.name, *field.words.synonyms, dataset.label, dataset.name, *dataset.words.synonyms):
        yield from phrase_key(text.replace("_", " "))


def _which_things(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Which products sold in every region" asks for the products: rows of another kind are no answer to it."""
    for item in draft.items:
        if item.cue() is not Cue.WHICH or draft.is_context(item) or not query.group_by:
            continue
        thing = draft.following(item.place)
        while thing is not None and thing.used == "value":
            thing = draft.following(thing.place)
        if thing is None or thing.used == "group":
            return None
        things = {meaning.name for meaning in thing.of("dataset")}
        things |= {
            counted for meaning in thing.of("metric") if (counted := counted_thing(view, meaning.name)) is not None
        }
        is_number = any(
            counted_thing(view, use.metric) in things or any(use.metric in count_metrics(view, name) for name in things)
            for use in query.metrics
        )
        rows = {group.field.partition(".")[0] for group in query.group_by if isinstance(group, FieldDimension)}
        return thing.text if is_number and not rows & things else None
    return None


def _of_other_things_that_have(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Customers with motor policies" are customers: a number of policies is none of these."""
    head = next((item for item in draft.items if not (item.is_stop or item.cues() & _ASKS)), None)
    if head is None or head.used != "noun" or draft.is_context(head) or head.place + 1 >= len(draft.items):
        return None
    if any(item.text.casefold() in _OUT_OF for item in draft.items[: head.place]):
        return None  # "among customers who pay late, what was ...": whom the figure is of
    things = {meaning.name for meaning in head.of("dataset") if meaning.how in ("name", "synonym")}
    behind = draft.tokens[head.span.end].folded if head.span.end < len(draft.tokens) else ""
    if not things or behind not in _HAVE:
        return None
    rows = {group.field.partition(".")[0] for group in query.group_by if isinstance(group, FieldDimension)}
    of_them = {name for thing in things for name in count_metrics(view, thing)}
    counted = any(use.metric in of_them or counted_thing(view, use.metric) in things for use in query.metrics)
    return None if counted or rows & things else head.text


def _at_another_time(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many customers used the app in May": how many there are until then, of those that ever used it, is another
    figure: what they did is of no time of theirs."""
    if query.period is None or not draft.time.named:
        return None
    reach = Reach(view)
    states = [use.metric for use in query.metrics if view.whole.metric_by_name[use.metric].is_state]
    for slot in draft.filters:
        fields = {split_route(found.field)[0] for found in slot.candidates}
        if states and any(reach.has_many_of(name, field) for name in states for field in fields):
            return slot.text
    return None


def _fields(draft: Draft, query: MetricQuery) -> set[str]:
    found = {split_route(group.field)[0] for group in query.group_by if isinstance(group, FieldDimension)}
    return found | {split_route(item.field)[0] for slot in draft.filters for item in slot.candidates}
