"""Takes "average ... per store" and "median order value": a mean over things, each with a figure of its own."""

from __future__ import annotations

from typing import Literal

from agent.planners.embedded.counts import count_metrics, counted_thing, metrics_that_count
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot, Item, MetricSlot
from agent.planners.embedded.reach import Reach
from catalog.durations import TimeGrain, TimePart
from catalog.models import AggregateMetric, Aggregation, DerivedMetric, FieldRole
from semantic_context.linking import Meaning, split_route
from semantic_context.time_expressions import TimeExpression, TimeKind
from semantic_context.words import phrase_key

_PER = ("per", "each", "every", "for each", "for every", "of each", "per each", "a")


def averages_over_things(draft: Draft, average: Item) -> bool:
    """Whether "average" or "median" is said of groups or time steps; notes which."""
    kind: Literal["average", "median"] = "median" if Cue.MEDIAN in average.cues() else "average"
    if draft.no_ratio is not None and kind == "average" and Cue.SHARE not in draft.asks:
        draft.asks.discard(Cue.AVERAGE)  # "average orders per buyer": of all buyers together it is the ratio
        return True
    if draft.ranking is not None or draft.average_per is not None or len(draft.metrics) != 1:
        return False
    if draft.average_over is not None:
        return True
    led = things_said_per(draft)
    if any(_counts_them(draft, slot) for slot in led):
        return False
    timed = (draft.time.grain is not None or draft.time.part is not None) and not steps_are_groups(draft)
    if len(led) == 1 and not timed:
        draft.average_over, draft.average_item = kind, led[0].item
        return True
    if not led and kind == "average" and _is_of_a_day(draft, average):
        draft.average_over, draft.time.grain = kind, TimeGrain.DAY
        return True
    if led or timed:
        return False
    if kind == "average" and _is_a_mean_by_name(draft, average):
        return True
    return (kind == "median" and _median_of_a_ratio(draft)) or _of_each_row(draft, average, kind)


def things_said_per(draft: Draft) -> list[GroupSlot]:
    """The groups that "per" or "each" leads to."""
    return [
        slot
        for slot in draft.groups
        if slot.item >= 0 and _lead(draft, slot.item) in _PER and not _is_a_time(draft, slot)
    ]


def _is_a_time(draft: Draft, slot: GroupSlot) -> bool:
    """A moment is no thing with a figure of its own: "per order" is not per time of ordering."""
    return draft.view.whole.field(split_route(slot.candidates[0].name)[0]).role is FieldRole.TIME


def _counts_them(draft: Draft, slot: GroupSlot) -> bool:
    """Whether the figure counts the very things it would be averaged over: each would have one. A key that points at other
    things, or any other field that tells rows apart, is of no row alone: "orders per store"."""
    thing, _, name = Reach(draft.view).thing_named(split_route(slot.candidates[0].name)[0]).partition(".")
    dataset = draft.view.whole.dataset_by_name[thing]
    if name not in (*dataset.primary_key, dataset.display_field):
        return False
    return (
        draft.metrics[0].candidates[0].name
        in (
            *count_metrics(draft.view, thing),
            *metrics_that_count(draft.view, thing),
        )
        or counted_thing(draft.view, draft.metrics[0].candidates[0].name) == thing
    )


def steps_are_groups(draft: Draft) -> bool:
    """Whether the steps of time are asked for with "by": rows, where "per month" may be what is averaged over."""
    words = [
        item.text.casefold()
        for item in draft.items
        for meaning in item.of("period")
        if isinstance(meaning.payload, TimeExpression) and meaning.payload.kind is TimeKind.GRAIN
    ]
    return bool(words) and all(text.startswith(("by ", "for each", "in each")) for text in words)


def _lead(draft: Draft, place: int) -> str:
    before = draft.preceding(place)
    return before.text.casefold() if before is not None else ""


def _is_of_a_day(draft: Draft, average: Item) -> bool:
    """ "on an average Monday"."""
    following = draft.following(average.place)
    found = following.of("period") if following is not None else ()
    expression = found[0].payload if found else None
    return (
        isinstance(expression, TimeExpression)
        and expression.kind is TimeKind.PART
        and expression.part is TimePart.WEEKDAY
        and draft.time.grain is None
    )


def _is_a_mean_by_name(draft: Draft, average: Item) -> bool:
    """ "average units made", where the figure is called "Total quantity made" and another one "Average quantity made"."""
    slot, view = draft.metrics[0], draft.view
    total = view.whole.metric_by_name[slot.candidates[0].name]
    if slot.item != average.place + 1 or not isinstance(total, AggregateMetric):
        return False
    own = set(phrase_key(total.label)) - {"total"}
    means = [
        mean.name
        for mean in view.metrics.values()
        if isinstance(mean, AggregateMetric)
        and mean.aggregation is Aggregation.AVERAGE
        and (mean.dataset, mean.expression, mean.filter) == (total.dataset, total.expression, total.filter)
        and set(phrase_key(mean.label)) - {"average"} == own
    ]
    if total.aggregation is not Aggregation.SUM or len(means) != 1:
        return False
    draft.metrics[0] = MetricSlot(slot.item, (Meaning("metric", means[0], slot.candidates[0].score, "name"),))
    return True


def _of_each_row(draft: Draft, average: Item, kind: Literal["average", "median"]) -> bool:
    """ "average refund": of each return, where the figure adds up one amount of each of a dataset's rows and is said in the
    singular. "Average refunds" may be those of a month."""
    slot = draft.metrics[0]
    metric = draft.view.whole.metric_by_name[slot.candidates[0].name]
    following = draft.items[average.place + 1] if average.place + 1 < len(draft.items) else None
    if following is None or following.place != slot.item or draft.is_plural(following):
        return False
    if not isinstance(metric, AggregateMetric) or metric.aggregation is not Aggregation.SUM:
        return False
    dataset = draft.view.whole.dataset_by_name[metric.dataset]
    amounts = [item.name for item in dataset.fields if item.role is FieldRole.MEASURE and item.unit == metric.unit]
    if metric.unit is None or [metric.expression] != [f"{dataset.name}.{name}" for name in amounts]:
        return False
    key = f"{dataset.name}.{dataset.primary_key[0]}" if len(dataset.primary_key) == 1 else ""
    if not key or metric.semi_additive is not None or not draft.view.can_show(key):
        return False
    draft.groups.append(GroupSlot(-9, (Meaning("field", key, 1.0, "name"),)))
    draft.average_over, draft.average_item = kind, -9
    return True


def _median_of_a_ratio(draft: Draft) -> bool:
    """ "median order value": of the amount of each order, where the average is the amount over the orders."""
    slot = draft.metrics[0]
    metric = draft.view.whole.metric_by_name[slot.candidates[0].name]
    if not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2:
        return False
    above, below = metric.inputs
    if metric.formula.replace(" ", "") != f"{above.name}/{below.name}" or above.filter or below.filter:
        return False
    for dataset in draft.view.datasets.values():
        if below.metric not in count_metrics(draft.view, dataset.name) or len(dataset.primary_key) != 1:
            continue
        key = f"{dataset.name}.{dataset.primary_key[0]}"
        if not draft.view.can_show(key):
            return False
        draft.metrics[0] = MetricSlot(slot.item, (Meaning("metric", above.metric, slot.candidates[0].score, "name"),))
        draft.groups.append(GroupSlot(-9, (Meaning("field", key, 1.0, "name"),)))
        draft.average_over, draft.average_item = "median", -9
        return True
    return False
