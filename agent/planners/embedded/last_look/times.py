"""By whose time a period goes, and whether a figure has such a period at all."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.members.verbs import Verbs, is_noun_of
from agent.planners.embedded.reach import base_datasets
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.models import CatalogField, FieldRole
from catalog.query import MetricQuery
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.words import phrase_key, verb_stem

_COMING_AND_GOING = frozenset("arriving departing leaving returning expiring ending closing shipping landing".split())
_HELPS = frozenset("that which who were was are is had have been".split())
_BEGUN = re.compile(r"(?<=s) (?P<verb>starting|beginning)(?= (?:in|on|during|within)\b)", re.IGNORECASE)
_OF_TIME = frozenset(("at", "on", "date", "time", "day", "ts", "utc", "datetime", "timestamp"))
_DID = ("did", "do", "does")
_ENDS_THE_VERB = ("in", "on", "at", "by", "for", "from", "during", "per", "with", "and", "or")


def other_time(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "policies that expired in May": the period goes by the time that a verb names, where the things have such a time."""
    if query.period is None or not draft.time.named or draft.dated:
        return None
    said = {
        verb_stem(token.base): token.text
        for item in draft.items
        if item.used in (None, "noun", "value")
        for token in draft.tokens[item.span.start : item.span.end]
        if token.folded.endswith("ed") or item.used == "value"
    }
    said |= _done_by_them(draft)
    named = {name for use in query.metrics for name in metric_time(view, use.metric)}
    for use in query.metrics:
        for dataset in base_datasets(view, use.metric):
            own = [item for item in _times(view, dataset) if _stems(item) & said.keys()]
            goes_by_it = any(f"{dataset}.{item.name}" in named for item in own)
            if own and (not goes_by_it or _is_state(view, use.metric)):
                stem = min(_stems(own[0]) & said.keys())
                if not _is_of_the_metric(view, use.metric, stem):
                    return said[stem]
    return _done_to_others(draft, query, view)


def happens_at_another_time(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Orders arriving in May": what they do then is told of a time that the figure does not go by."""
    if query.period is None or draft.dated:
        return None
    if (
        draft.time.grain is None
        and (begun := _BEGUN.search(draft.question)) is not None
        and any(_is_a_thing(draft, begun.start(), item) for item in draft.items)
    ):
        return begun["verb"]  # "placements starting in May", where no time tells when they start
    times = [view.whole.field(name) for use in query.metrics for name in metric_time(view, use.metric)]
    for item, behind in itertools.pairwise(draft.items):
        word = item.text.casefold()
        if word not in _COMING_AND_GOING or item.used not in (None, "noun") or behind.used != "time":
            continue
        texts = [text for field in times for text in (field.label, field.name, *field.words.synonyms)]
        texts += [view.whole.metric_by_name[use.metric].label for use in query.metrics]
        if not any(is_noun_of(part, word) for text in texts for part in phrase_key(text)):
            return item.text
    return None


def _done_to_others(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Complaints about policies that started in 2025": when it was done to other things than those the figure is made of, with
    a time of their own that the figure does not go by."""
    named = {name for use in query.metrics for name in metric_time(view, use.metric)}
    bases = {dataset for use in query.metrics for dataset in base_datasets(view, use.metric)}
    for item, behind in itertools.pairwise(draft.items):
        things = {meaning.name for meaning in item.of("dataset")} - bases
        if item.used != "noun" or not things or not draft.is_plural(item):
            continue
        rest = draft.items[behind.place : behind.place + 4]
        verb = next((other for other in rest if other.text.casefold() not in _HELPS), None)
        after = draft.items[verb.place + 1] if verb is not None and verb.place + 1 < len(draft.items) else None
        if verb is None or after is None or after.used != "time" or verb.used not in (None, "noun"):
            continue
        said = verb.text.casefold()
        if not (said.endswith(("ed", "ing")) or IRREGULAR_VERBS.get(said, said) != said):
            continue  # "purchase orders in 2024"
        times = {time for thing in things if thing in view.datasets for time in Verbs(view).times(thing, said)}
        if times and not times & named:
            return verb.text
    return None


def _is_a_thing(draft: Draft, end: int, item: Item) -> bool:
    """Whether an item ends at a place and names the things of a dataset."""
    return draft.tokens[item.span.end - 1].end == end and item.has("dataset")


def is_of_either_time(draft: Draft, query: MetricQuery) -> str | None:
    """ "Customers with 3 or more orders in 2025 or 2024": of both taken together, or in each; two figures say neither."""
    told = draft.time.period_expression
    if told is None or not query.compare or not (draft.bounds or Cue.COUNT in draft.asks):
        return None
    chooses = draft.asks & {Cue.COMPARE, Cue.GREATER, Cue.GROWTH, Cue.RISE, Cue.FALL, Cue.WHICH} or draft.ranking
    either = re.search(r"\bor\b", told.text, re.IGNORECASE) is not None and len(told.periods) > 1
    return told.text.strip() if either and not chooses else None


def _done_by_them(draft: Draft) -> dict[str, str]:
    """ "How many orders did we complete": the verb behind "did" and who did it, by its stem; the figure may go by another time."""
    found: dict[str, str] = {}
    for place, token in enumerate(draft.tokens):
        if token.folded not in _DID:
            continue
        for verb in draft.tokens[place + 1 : place + 4]:
            if not verb.is_word or verb.folded in _ENDS_THE_VERB:
                break
            found[verb_stem(verb.base)] = verb.text
    return found


def gathers_states(query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many customers have churned since January": how things stand at the end is not what happened since."""
    if query.period is None or not (query.period.label or "").startswith("since ") or query.group_by:
        return None
    return query.period.label if all(_is_state(view, use.metric) for use in query.metrics) else None


def _is_state(view: CatalogView, name: str) -> bool:
    """Whether a figure says how things stand at a period's end: when something happened to them is no such period."""
    metric = view.whole.metric_by_name[name]
    return metric.kind == "state" or bool(getattr(metric, "is_state", False))


def _times(view: CatalogView, dataset: str) -> Iterator[CatalogField]:
    known = view.datasets.get(dataset)
    return (item for item in (known.fields if known is not None else ()) if item.role is FieldRole.TIME)


def _stems(item: CatalogField) -> set[str]:
    """The stems of the verb that a time is named by ("Delivered at", "start date"); none where its name is more than that."""
    found = set()
    for words in (item.label, item.name, *item.words.synonyms):
        left = [word for word in phrase_key(words) if word not in _OF_TIME]
        if len(left) == 1:
            found.add(verb_stem(left[0]))
    return found


def _is_of_the_metric(view: CatalogView, name: str, stem: str) -> bool:
    """Whether the verb is part of the figure's own name ("Delivered orders", by their order date)."""
    metric = view.whole.metric_by_name[name]
    return any(
        stem in {verb_stem(word) for word in phrase_key(words)}
        for words in (metric.label, metric.name, *metric.words.synonyms)
    )
