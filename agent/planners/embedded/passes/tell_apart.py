"""Tells figures apart that one word may mean: those who came in a time and all there are by then, two of one name."""

from __future__ import annotations

from dataclasses import replace

from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.passes.read_time import expression_of
from agent.tools.compile import metric_time
from catalog.models import CumulativeMetric
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import Meaning
from semantic_context.time_expressions import TimeKind
from semantic_context.words import phrase_key


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


def with_namesakes(draft: Draft, item: Item, candidates: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """What a single word means, and just behind it the figure of another kind that bears it as its own last word: "turnover"
    of the business, or of the stock."""
    best = candidates[0]
    if item.span.end - item.span.start > 1 or best.how != "synonym":
        return candidates
    metric = draft.view.whole.metric_by_name[best.name]
    word = draft.tokens[item.span.start].base
    said_twice = any(
        other is not item and best.name in {kind.name for kind in other.of("metric")} for other in draft.items
    )
    if word in phrase_key(metric.label) or said_twice:
        return candidates  # "sales turnover"
    others = [
        other.name
        for other in draft.view.metrics.values()
        if len(key := phrase_key(other.label)) == 2 and key[-1] == word and other.unit != metric.unit
    ]
    return (*candidates, *(Meaning("metric", name, best.score - 0.01, "synonym") for name in others))
