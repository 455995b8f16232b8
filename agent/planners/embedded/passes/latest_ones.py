"""Finds which things are asked for by how recent they are: "the last five orders", "the most recent placements"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import FUNCTION_WORDS, Cue
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot, Item
from agent.planners.embedded.passes.read_ranking import number_of
from agent.planners.embedded.stop_tokens import is_stop
from agent.tools.compile import metric_time
from catalog.models import AggregateMetric, FieldRole
from semantic_context.words import is_verb_form, phrase_key

_FROM_THE_LAST = {"latest": True, "newest": True, "recent": True, "last": True, "oldest": False, "earliest": False}
_ONE_VALUE = re.compile(r"\s*(\w+\.\w+)\s*=\s*'([^']*)'\s*")
_OF_THEM = re.compile(r"\b(?:how|amounts?|values?|worth|size|costs?|prices?)\b", re.IGNORECASE)
_STEM = 5  # letters that a verb shares with the noun of its time


@dataclass(frozen=True)
class LatestOnes:
    """Things asked for by their time: how many of them, from which end, and the items that say so."""

    noun: Item
    dataset: str
    time: str  # dataset.field
    descending: bool
    count: int | None
    said_by: frozenset[int]  # places of items
    words: frozenset[int]  # where words begin that no item covers
    filters: tuple[FilterSlot, ...] = ()


def latest_ones(draft: Draft) -> LatestOnes | None:
    """The things that the question asks for by how recent they are; None where it does not, or says no one time of theirs."""
    if Cue.TOTAL in draft.asks or any(slot.leader in (Cue.EACH, Cue.BY) for slot in draft.groups):
        return None
    item_at = {place: item for item in draft.items for place in range(item.span.start, item.span.end)}
    for place, token in enumerate(draft.tokens):
        here = item_at.get(place)
        most = place > 0 and draft.tokens[place - 1].folded == "most"
        if token.folded not in _FROM_THE_LAST or most != (token.folded == "recent"):
            continue
        if here is not None and (here.used == "time" or here.has("metric", "field", "dataset", "value", "period")):
            continue
        start = place - 1 if most else place
        behind, before = item_at.get(place + 1), item_at.get(start - 1)
        number = next((item for item in (behind, before) if number_of(item) is not None), None)
        noun = _noun(draft, place + 2 if number is not None and number is behind else place + 1)
        if noun is None or (number is None and token.folded == "last" and draft.is_plural(noun)):
            continue
        found = _of_the_noun(draft, noun)
        if found is None or _is_about_more(draft, noun):
            return None
        dataset, time, filters = found
        if token.folded == "oldest" and _has_an_age(draft, dataset):
            return None  # "our oldest members": by how old they are, or by how long they have been with us
        said = number_of(number)
        count = int(said.value) if said is not None else None if draft.is_plural(noun) else 1
        places = {item.place for item in (number, here, item_at.get(start)) if item is not None}
        words = frozenset(draft.tokens[spot].start for spot in (start, place))
        return LatestOnes(noun, dataset, time, _FROM_THE_LAST[token.folded], count, frozenset(places), words, filters)
    return None


def _is_about_more(draft: Draft, noun: Item) -> bool:
    """ "Which store got the latest order", "how much was it": something of the things is asked for, not the things; "the latest
    customer reviews": the things are others."""
    for item in draft.items[: noun.place]:
        following = draft.following(item.place)
        while following is not None and (following.has("number") or following.used in ("value", "ranking")):
            following = draft.following(following.place)
        if Cue.WHICH in item.cues() and (following is not noun or item.text.casefold() in ("who", "whose")):
            return True
    behind = draft.tokens[noun.span.end] if noun.span.end < len(draft.tokens) else None
    says_little = behind is not None and (is_stop(behind) or behind in draft.left_over) and behind.is_word
    acts = behind is not None and (
        behind.folded in (*FUNCTION_WORDS, "with", "please", "pls")
        or behind.folded.endswith("ed")
        or is_verb_form(behind.folded)
    )
    return _OF_THEM.search(draft.question[: draft.tokens[noun.span.start].start]) is not None or (
        says_little and not acts
    )


def _has_an_age(draft: Draft, dataset: str) -> bool:
    words = {
        word
        for field in draft.view.whole.dataset_by_name[dataset].fields
        for text in (field.label, field.name, *field.words.synonyms)
        for word in phrase_key(text)
    }
    return bool(words & {"birth", "born", "birthday", "age", "built", "build"})


def _noun(draft: Draft, start: int) -> Item | None:
    """The things right behind, past values of theirs: "the last three released batches"."""
    for item in draft.items:
        if item.span.start < start or (item.used == "value" and not item.has("dataset")):
            continue
        return item if item.has("dataset", "metric") and item.used in (None, "group", "metric", "noun") else None
    return None


def _of_the_noun(draft: Draft, noun: Item) -> tuple[str, str, tuple[FilterSlot, ...]] | None:
    """The dataset of the things, the time they go by, and what a figure that is called so says of them."""
    own = noun.of("dataset")[0].name if noun.has("dataset") else _named_with_small_words(draft, noun)
    if own is not None:
        time = _time_of(draft, own, noun)
        return (own, time, ()) if time is not None else None
    metric = draft.view.whole.metric_by_name[noun.of("metric")[0].name]
    times = metric_time(draft.view, metric.name)
    if not isinstance(metric, AggregateMetric) or metric.aggregation.value != "count" or len(times) != 1:
        return None
    dataset = times[0].partition(".")[0]
    if metric.expression.partition(".")[0] != dataset or draft.view.datasets.get(dataset) is None:
        return None
    said = _ONE_VALUE.fullmatch(metric.filter or "")
    if metric.filter is None:
        return dataset, times[0], ()
    if said is None or not said[1].startswith(f"{dataset}."):
        return None
    return dataset, times[0], (FilterSlot(noun.place, (FieldValues(said[1], (said[2],), 1.0),), text=noun.text),)


def _named_with_small_words(draft: Draft, noun: Item) -> str | None:
    """ "Orders placed" are orders: a thing's name, and words that say little."""
    tokens = draft.tokens[noun.span.start : noun.span.end]
    said = tuple(token.base for token in tokens if not is_stop(token))
    for dataset in draft.view.datasets.values():
        if said and said in {phrase_key(name) for name in (dataset.singular, dataset.label, *dataset.words.synonyms)}:
            return dataset.name
    return None


def _time_of(draft: Draft, dataset: str, noun: Item) -> str | None:
    """The time of the things that a verb behind them is about, else their own."""
    of_it = draft.view.datasets[dataset]
    times = [
        field
        for field in of_it.fields
        if field.role is FieldRole.TIME and draft.view.can_show(f"{dataset}.{field.name}")
    ]
    said = {token.folded[:_STEM] for token in draft.tokens[noun.span.start :] if token.folded.endswith("ed")}
    told = [
        field.name
        for field in times
        if said & {word[:_STEM] for text in (field.label, field.name) for word in phrase_key(text)}
    ]
    if len(told) > 1:
        return None
    counted = [time for name in count_metrics(draft.view, dataset)[:1] for time in metric_time(draft.view, name)]
    own = [name.partition(".")[2] for name in counted if name.startswith(f"{dataset}.")]
    default = own[0] if len(own) == 1 else of_it.time_field
    name = told[0] if told else default or (times[0].name if len(times) == 1 else None)
    return f"{dataset}.{name}" if name in {field.name for field in times} else None
