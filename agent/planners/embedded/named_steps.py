"""Figures that are of one step of time by their name: "monthly retention", "weekly active users".

Over a longer time each thing counts once for the whole of it, so the one figure of six months is no monthly one: such a figure
is shown by its step, and where it is ranked or held against another time the question is asked back.
"""

from __future__ import annotations

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.parts import Parts, UnsupportedError
from agent.planners.embedded.periods import ChosenPeriod, is_finer_than
from agent.tools.analysis.additivity import adds_up_over_time
from catalog.access import CatalogView
from catalog.durations import TimeGrain
from catalog.models import AggregateMetric, Aggregation, DerivedMetric, PerEntityMetric
from semantic_context.words import phrase_key

_STEPS = {
    "daily": TimeGrain.DAY,
    "weekly": TimeGrain.WEEK,
    "monthly": TimeGrain.MONTH,
    "quarterly": TimeGrain.QUARTER,
    "yearly": TimeGrain.YEAR,
    "annual": TimeGrain.YEAR,
}


def step_of_name(draft: Draft, parts: Parts, chosen: ChosenPeriod) -> TimeGrain | None:
    """The step to show a figure by that is of one step by its name; UnsupportedError where that is not what is asked."""
    if len(parts.metrics) != 1 or not _counts_once(draft.view, parts.metrics[0]):
        return None
    metric = draft.view.whole.metric_by_name[parts.metrics[0]]
    words = {word for slot in draft.metrics if slot.item >= 0 for word in phrase_key(draft.items[slot.item].text)}
    step = next((grain for word, grain in _STEPS.items() if word in words | set(phrase_key(metric.label)[:1])), None)
    if step is None or (chosen.period is not None and not is_finer_than(step, chosen.period)):
        return None
    if draft.ranking is not None or draft.time.compare or draft.time.periods or draft.asks & {Cue.AVERAGE, Cue.MEDIAN}:
        raise UnsupportedError(f"{metric.label} is of one {step.value} each: shall I show it for every {step.value}?")
    return step


def _counts_once(view: CatalogView, name: str) -> bool:
    """Whether each thing counts once in a period, however long it is."""
    metric = view.whole.metric_by_name[name]
    if isinstance(metric, DerivedMetric):
        return any(_counts_once(view, item.metric) for item in metric.inputs)
    if isinstance(metric, PerEntityMetric):
        return True
    is_distinct = isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT_DISTINCT
    return is_distinct and not metric.is_state and not adds_up_over_time(view, name)
