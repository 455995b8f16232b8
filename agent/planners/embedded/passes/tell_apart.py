"""Tells figures apart that one word may mean: those who came in a time and all there are by then or now, two of one
name."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.planners.embedded.counts import count_metrics, counted_thing, level_of
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import BoundSlot, Draft, Item, MetricSlot
from agent.planners.embedded.passes.read_time import expression_of
from agent.planners.embedded.reach import base_datasets
from agent.tools.compile import metric_time
from catalog.models import AggregateMetric, CumulativeMetric
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import Meaning, split_route
from semantic_context.time_expressions import TimeKind
from semantic_context.words import phrase_key

_HAVE_NOW = re.compile(
    r"\bhow many\b(?=.*\b(?:(?:do|did|have) we (?:\w+ )?(?:have|got)|are there|right now|now|currently|at present|at the moment"
    r"|as of|today)\b)",
    re.IGNORECASE,
)


def count_who_came(draft: Draft) -> None:
    """ "how many people registered with us in the week of 12 October": those who did in it, not all there are by then."""
    for place, slot in enumerate(draft.metrics):
        metric = draft.view.whole.metric_by_name[slot.candidates[0].name]
        if not isinstance(metric, CumulativeMetric) or metric.metric not in draft.view.metrics:
            continue
        times = set(metric_time(draft.view, metric.metric))
        if any(_happened_in_a_time(draft, item, times) for item in draft.items):
            draft.metrics[place] = replace(slot, candidates=(Meaning("metric", metric.metric, 0.95, "count"),))


def _happened_in_a_time(draft: Draft, item: Item, times: set[str]) -> bool:
    """Whether an item is the verb of some time, with a stretch of time behind it."""
    token = draft.tokens[item.span.start]
    one = item.span.end - item.span.start == 1
    if not one or not (token.folded.endswith("ed") or token.folded in IRREGULAR_VERBS):
        return False
    if not times & {meaning.name for meaning in item.of("field")}:
        return False
    behind = draft.following(item.place)
    while behind is not None and behind.has("stop"):
        behind = draft.following(behind.place)
    expression = expression_of(behind) if behind is not None else None
    return expression is not None and expression.kind is TimeKind.PERIOD


def held_now(draft: Draft, dataset: str) -> tuple[str, ...]:
    """ "How many members do we have right now": the level, where all that counts the things counts those who came or went."""
    level = level_of(draft.view, dataset) if _HAVE_NOW.search(draft.question) else None
    return (level,) if level is not None else ()


def count_by_their_time(draft: Draft) -> None:
    """ "How many members joined in 2025": those of that day are the rows that a figure counts by the very time."""
    for item in draft.items:
        verb = draft.following(item.place)
        if verb is not None and verb.text.casefold() in ("who", "that", "which"):
            verb = draft.following(verb.place)
        if item.used != "noun" or not item.has("dataset") or verb is None or not draft.is_only_a_time(verb):
            continue
        times = {split_route(meaning.name)[0] for meaning in verb.of("field")}
        names = [
            name
            for name in count_metrics(draft.view, item.of("dataset")[0].name)
            if times & set(metric_time(draft.view, name)) and getattr(draft.view.metrics[name], "filter", None) is None
        ]
        if names and verb.used is None:
            draft.metrics.append(MetricSlot(item.place, (Meaning("metric", names[0], 0.95, "count"),)))
            return


def counts_those_who_came(draft: Draft, names: list[str], slot: BoundSlot) -> bool:
    """Whether a count goes by the day that things came to be: "members with more than 8 trips in 2025" joined whenever."""
    metrics = [draft.view.whole.metric_by_name[name] for name in names]
    flows = all(isinstance(metric, AggregateMetric) and metric_time(draft.view, metric.name) for metric in metrics)
    rows = _rows_bounded(draft, slot)
    return bool(metrics) and bool(rows) and flows and not any(base_datasets(draft.view, name) & rows for name in names)


def _rows_bounded(draft: Draft, slot: BoundSlot) -> frozenset[str]:
    """The datasets of the rows that a bound is about."""
    if slot.metrics:
        return base_datasets(draft.view, slot.metrics[0].name)
    return frozenset({slot.dataset} if slot.dataset is not None else ())


def of_the_same_rows(draft: Draft, slot: BoundSlot) -> list[str]:
    """The counts of different things in the rows that a bound is about: who has more than 8 trips is among the drivers."""
    names = [name for name in sorted(draft.view.metrics) if counted_thing(draft.view, name) == slot.entity]
    return [name for name in names if base_datasets(draft.view, name) == _rows_bounded(draft, slot)]


def with_namesakes(draft: Draft, item: Item, candidates: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """What a single word means, and just behind it the figure of another kind that bears it as its own last word: "turnover"
    of the business, or of the stock. Where a time or a part is named ("September turnover"), the word is used as it is meant."""
    best = candidates[0]
    if item.span.end - item.span.start > 1 or best.how != "synonym":
        return candidates
    metric = draft.view.whole.metric_by_name[best.name]
    word = draft.tokens[item.span.start].base
    said_twice = any(
        other is not item and best.name in {kind.name for kind in other.of("metric")} for other in draft.items
    )
    narrowed = any(other is not item and other.has("period", "value", "field") for other in draft.items)
    if word in phrase_key(metric.label) or said_twice or narrowed:
        return candidates  # "sales turnover"
    others = [
        other.name
        for other in draft.view.metrics.values()
        if len(key := phrase_key(other.label)) == 2 and key[-1] == word and other.unit != metric.unit
    ]
    return (*candidates, *(Meaning("metric", name, best.score - 0.01, "synonym") for name in others))


def is_asked_how_many(draft: Draft, place: int) -> bool:
    """ "How many resellers": a number of what stands right behind is asked for, said in the plural and no thing's name itself."""
    before = draft.items[place - 1] if place else None
    item = draft.items[place]
    return (
        before is not None and before.cue() is Cue.COUNT and draft.is_plural(item) and not item.has("metric", "dataset")
    )
