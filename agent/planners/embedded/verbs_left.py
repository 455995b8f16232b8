"""Verbs of a question that were taken to stand around, though nothing that is shown has to do with them.

"How often do runs break", "how many parcels did we deliver": words that only glue a sentence elsewhere ("break it down by
region") say here what happened to the things, and a number of the things tells nothing of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.members.verbs import stem_of
from agent.planners.embedded.reach import base_datasets
from agent.planners.embedded.unexpressed import with_parts
from catalog.access import CatalogView
from catalog.query import FieldDimension, MetricQuery
from semantic_context.linking import split_route
from semantic_context.words import phrase_key, verb_stem

_ACTS = frozenset(verb_stem(word) for word in "break claim complete deliver keep produce read send turn".split())
_WHO = frozenset("we they it people customers he she you i".split())
_BEING = frozenset("is are was were be been being get got".split())
_IN_BETWEEN = frozenset("not never actually really also ever still already only just".split())
_AUXILIARIES = frozenset("do does did have has had will would can could".split())
_CARRIES_ON = frozenset("down out into up".split())
_OF_THINGS = ("metric", "group", "noun", "record", "value")
_CLAUSE = re.compile(
    r"\b(?P<thing>[^\W\d]{3,}) (?P<clause>(?:(?:that|which) )?(?:we|they) (?P<verb>[^\W\d]{3,}))\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")


def verb_left_over(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The first verb of the things that no name and no description of what is shown has; None where there is none."""
    if not query.metrics or draft.follows:
        return None
    known: frozenset[str] | None = None
    for item in draft.items:
        token = draft.tokens[item.span.start]
        if item.used is not None or not item.is_stop or item.span.end - item.span.start != 1:
            continue
        stem = verb_stem(token.base)
        if stem not in _ACTS or draft.is_context(item) or not _is_done(draft, item.span.start):
            continue
        known = known if known is not None else frozenset(_told(draft, query, view))
        if stem not in known:
            return token.text
    return None


def clause_left_over(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "On each departure that we ran": the clause tells which things are meant, by the name of a figure that is not shown."""
    shown = set(with_parts(view, {use.metric for use in query.metrics}))
    for found in _CLAUSE.finditer(draft.question):
        verb = next((item for item in draft.items if _holds(draft, item, found.start("verb"))), None)
        if verb is None or verb.used not in (None, "metric") or draft.is_context(verb):
            continue
        said = {*phrase_key(found["thing"]), stem_of(found["verb"])}
        named = {
            metric.name
            for metric in view.metrics.values()
            for name in (metric.label, *metric.words.synonyms)
            if len(words := phrase_key(name)) == len(said) and {words[0], words[-1], *map(stem_of, words)} >= said
        }
        if named and not named & shown:
            return found["clause"]
    return None


def _holds(draft: Draft, item: Item, start: int) -> bool:
    return draft.tokens[item.span.start].start <= start < draft.tokens[item.span.end - 1].end


def _is_done(draft: Draft, place: int) -> bool:
    """Whether a verb stands behind those who did it, or what it was done to."""
    behind = draft.tokens[place + 1] if place + 1 < len(draft.tokens) else None
    if behind is not None and behind.folded in _CARRIES_ON:
        return False
    before = place - 1
    while before >= 0 and draft.tokens[before].folded in _IN_BETWEEN:
        before -= 1
    if before < 0:
        return False
    token = draft.tokens[before]
    if token.folded in _WHO:
        return before > 0 and draft.tokens[before - 1].folded in _AUXILIARIES
    of_things = any(
        item.used in _OF_THINGS and item.span.start <= before < item.span.end
        for item in draft.items
        if not item.is_stop
    )
    return token.folded in _BEING or of_things


def _told(draft: Draft, query: MetricQuery, view: CatalogView) -> Iterator[str]:
    """The stems of the words by which what is shown is called and described."""
    for text in _texts(draft, query, view):
        for word in _WORD.findall(text.replace("_", " ")):
            yield verb_stem(word.casefold())
            for base in phrase_key(word):
                yield verb_stem(base)


def _texts(draft: Draft, query: MetricQuery, view: CatalogView) -> Iterator[str]:
    names = {use.metric for use in query.metrics} | {having.column for having in query.having}
    for name in sorted(names & view.whole.metric_by_name.keys()):
        metric = view.whole.metric_by_name[name]
        yield from (metric.name, metric.label, metric.description, *metric.words.synonyms)
        for dataset in sorted(base_datasets(view, name)):
            known = view.whole.dataset_by_name[dataset]
            yield from (known.name, known.label, known.singular, known.description, *known.words.synonyms)
            for field in known.fields:
                yield from (field.name, field.label, *field.words.synonyms)
    fields = {split_route(group.field)[0] for group in query.group_by if isinstance(group, FieldDimension)}
    for reference in sorted(fields):
        field = view.whole.field(reference)
        yield from (field.name, field.label, *field.words.synonyms)
    for slot in draft.filters:
        yield slot.text
        yield from (str(value) for found in slot.candidates for value in found.values)
