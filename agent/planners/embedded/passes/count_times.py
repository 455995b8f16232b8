"""Reads "how many times": what is counted are events, and none of the different things that they happen to.

how many times did customers order in 2025      the orders, not the customers who ordered
how many times a year does the stock turn       the turns of a year, which the figure is by itself: no split by year
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.passes.read_time import expression_of
from agent.planners.embedded.reach import base_datasets
from agent.tools.guard.metric_access import parts_within
from catalog.durations import Duration, TimeGrain
from catalog.models import CumulativeMetric
from semantic_context.linking import Meaning

_HOW_MANY_TIMES = re.compile(r"\b(?:how many|number of) times\b", re.IGNORECASE)
_TIMES_PER = re.compile(
    r"\b(?:how many times|how often|times) (?:a|per|each|every|in a) (?P<grain>week|month|quarter|year)\b",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    r"\bhow many times\b[^,;.?!]*? (?:do|does|did) (?:an?|one|each|every|the (?:average|typical|usual)) ", re.IGNORECASE
)
_AS_LONG = {
    TimeGrain.YEAR: {(1, "year"), (4, "quarter"), (12, "month"), (52, "week"), (365, "day")},
    TimeGrain.QUARTER: {(1, "quarter"), (3, "month"), (13, "week"), (90, "day"), (91, "day")},
    TimeGrain.MONTH: {(1, "month"), (30, "day")},
    TimeGrain.WEEK: {(1, "week"), (7, "day")},
}


def count_times(draft: Draft) -> None:
    """Puts the number of events in the place of the number of different things; takes the step of a frequency for no split
    where the figure is of such a step by itself. What no figure counts stays unexplained."""
    times = _HOW_MANY_TIMES.search(draft.question)
    if len(draft.metrics) != 1:
        if draft.metrics and times is not None:
            draft.unexplained.append(times[0])
        return
    figure = draft.metrics[0].candidates[0].name
    per = _TIMES_PER.search(draft.question)
    if per is not None and _is_of_each(draft, figure, TimeGrain(per["grain"].lower())):
        draft.time.grain = _step_said_elsewhere(draft, per.span())
        draft.time.second_grain = None
        return
    if times is not None and _OF_ONE.search(draft.question) and draft.view.metrics[figure].unit == "count":
        draft.unexplained.append(times[0])  # "how many times does a member book": all the bookings are not one member's
        return
    if times is None or counted_thing(draft.view, figure) is None:
        return
    events = [name for dataset in base_datasets(draft.view, figure) for name in count_metrics(draft.view, dataset)[:1]]
    if per is not None or len(events) != 1:
        draft.unexplained.append(times[0])
        return
    (slot,) = draft.metrics
    draft.metrics[0] = replace(slot, candidates=(Meaning("metric", events[0], slot.candidates[0].score, "name"),))


def _step_said_elsewhere(draft: Draft, stretch: tuple[int, int]) -> TimeGrain | None:
    """The step that another phrase of time names: "how many times a year did it turn in each quarter of 2025"."""
    for item in draft.items:
        expression = expression_of(item)
        if expression is not None and expression.grain is not None and not draft.stands_in(item, stretch):
            return expression.grain
    return None


def _is_of_each(draft: Draft, figure: str, grain: TimeGrain) -> bool:
    """Whether every window that a figure is computed over is as long as one step."""
    windows = [
        part.window
        for part in parts_within(draft.view.whole, figure)
        if isinstance(part, CumulativeMetric) and part.window is not None
    ]
    return bool(windows) and all(_lasts(window, grain) for window in windows)


def _lasts(window: Duration, grain: TimeGrain) -> bool:
    return (window.count, window.grain.value) in _AS_LONG[grain]
