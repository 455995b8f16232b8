"""Takes a figure "per" thing for the ratio that the catalog defines of it."""

from __future__ import annotations

import itertools

from agent.planners.embedded.additivity import adds_up
from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot, MetricSlot
from agent.planners.embedded.passes.read_divisions import divided_by
from agent.planners.embedded.reach import base_datasets, pointers_between
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, DerivedMetric
from semantic_context.linking import Meaning


def take_ratios(draft: Draft) -> None:
    """ "items sold per order": where the catalog defines this ratio, it is meant, not one row an order."""
    for group in list(draft.groups):
        if group.leader is not Cue.BY or len(draft.metrics) != 1:
            continue
        lead = draft.preceding(group.item)
        while lead is not None and lead.used == "value":
            lead = draft.preceding(lead.place)  # "per completed order"
        if lead is None or lead.text.casefold() not in ("per", "for each", "for every", "each"):
            continue
        below = {meaning.name for meaning in draft.items[group.item].of("metric")}
        if group.singular and _is_of_each(draft, {meaning.name for meaning in draft.metrics[0].candidates[:1]}, below):
            draft.groups.remove(
                group
            )  # "average fare per ticket": the figure's own, and no split by a field of tickets
            continue
        things = {meaning.name for meaning in draft.items[group.item].of("dataset")}
        numerators = {meaning.name for meaning in draft.metrics[0].candidates}
        if lead.text.casefold() == "per" and _take_mean_of_sums(draft, group, things):
            return
        ratio = _ratio(draft, numerators, things)
        if ratio is not None:
            draft.metrics[0] = MetricSlot(draft.metrics[0].item, (Meaning("metric", ratio, 0.95, "name"),))
            draft.groups.remove(group)


def _take_mean_of_sums(draft: Draft, group: GroupSlot, things: set[str]) -> bool:
    """ "average line amount per order": what the lines of an order come to, on average, and no mean of lines, which is nothing
    that an order has one of. Of the very rows that the mean is taken over it is that mean; whether it was taken so."""
    view, slot = draft.view, draft.metrics[0]
    metric = view.whole.metric_by_name[slot.candidates[0].name]
    if not isinstance(metric, AggregateMetric) or metric.aggregation is not Aggregation.AVERAGE or len(things) != 1:
        return False
    (thing,) = things
    keys = {f"{thing}.{name}" for name in view.whole.dataset_by_name[thing].primary_key}
    if not {meaning.name for meaning in group.candidates} <= keys:
        return False  # things that are known by a name can be listed, each with its mean
    if thing == metric.dataset:
        draft.groups.remove(group)
        return True
    sums = sums_of_the_same(view, metric.name)
    if not sums or not pointers_between(view, metric.dataset, thing):
        return False
    ratio = _ratio(draft, set(sums), things)
    draft.metrics[0] = MetricSlot(slot.item, (Meaning("metric", ratio or sums[0], 0.95, "name"),))
    if ratio is not None:
        draft.groups.remove(group)
    else:
        draft.average_over, draft.average_item = "average", group.item
    return True


def sums_of_the_same(view: CatalogView, name: str) -> tuple[str, ...]:
    """The metrics that add up what a mean is taken of, over the same rows."""
    mean = view.whole.metric_by_name[name]
    if not isinstance(mean, AggregateMetric):
        return ()
    return tuple(
        other.name
        for other in view.metrics.values()
        if isinstance(other, AggregateMetric)
        and other.aggregation is Aggregation.SUM
        and (other.expression, other.filter, other.dataset) == (mean.expression, mean.filter, mean.dataset)
    )


def take_ratios_of_metrics(draft: Draft) -> None:
    """ "revenue per visit": the ratio of two metrics that the catalog defines, or none: then they are not shown instead."""
    for first, second in itertools.pairwise(sorted(draft.metrics, key=lambda slot: slot.item)):
        if second.item < 1 or first.item < 0:
            continue
        lead = draft.items[second.item - 1]
        divides = divided_by(draft, second.item)
        if divides is None and (lead.text.casefold() != "per" or first.item != second.item - 2):
            continue
        draft.divides = divides is not None and divides.text.casefold() != "per"
        if divides is not None and (sums := _sums_meant(draft, first)):
            draft.metrics[draft.metrics.index(first)] = first = MetricSlot(first.item, sums)
        above = {meaning.name for meaning in first.candidates}
        below = {meaning.name for meaning in second.candidates}
        ratio = (
            defined_ratio(draft, above, below) or _is_of_each(draft, above, below) or _mean_of_rows(draft, above, below)
        )
        if (
            ratio is None
            and (key := _counted_key(draft, first.candidates[0].name, second.candidates[0].name)) is not None
        ):
            draft.metrics.remove(second)
            draft.groups.append(GroupSlot(second.item, (Meaning("field", key, 1.0, "name"),)))
            draft.average_over, draft.average_item = "average", second.item
            draft.loosely_joined = draft.apart = False
            return
        if ratio is None:
            draft.no_ratio = _of_the_same_rows(draft, first, second)
            draft.loosely_joined = draft.apart = False
            return
        draft.metrics.remove(second)
        draft.metrics[draft.metrics.index(first)] = MetricSlot(first.item, (Meaning("metric", ratio, 0.95, "name"),))
        draft.loosely_joined = draft.apart = False
        return


def _of_the_same_rows(draft: Draft, first: MetricSlot, second: MetricSlot) -> tuple[str, str]:
    """The figure above and the one below: of several that the words may mean, the first over the rows that are counted below,
    which the draft then asks for alone."""
    below = second.candidates[0].name
    bases = base_datasets(draft.view, below)
    own = [meaning for meaning in first.candidates if base_datasets(draft.view, meaning.name) == bases]
    if own and own[0] is not first.candidates[0]:
        draft.metrics[draft.metrics.index(first)] = MetricSlot(first.item, tuple(own))
    return (own or list(first.candidates))[0].name, below


def _is_of_each(draft: Draft, above: set[str], below: set[str]) -> str | None:
    """ "Acquisition cost per new customer": a ratio whose own "per" is said behind its name."""
    for name in sorted(above):
        metric = draft.view.whole.metric_by_name[name]
        if not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2:
            continue
        simple = metric.formula.replace(" ", "") == f"{metric.inputs[0].name}/{metric.inputs[1].name}"
        if simple and metric.inputs[1].metric in below:
            return name
    return None


def _sums_meant(draft: Draft, slot: MetricSlot) -> tuple[Meaning, ...]:
    """ "average freight cost per pallet": the cost of them all over all pallets."""
    metric = draft.view.whole.metric_by_name[slot.candidates[0].name]
    if not isinstance(metric, AggregateMetric) or metric.aggregation is not Aggregation.AVERAGE:
        return ()
    return tuple(Meaning("metric", name, 0.95, "name") for name in sums_of_the_same(draft.view, metric.name))


def _mean_of_rows(draft: Draft, above: set[str], below: set[str]) -> str | None:
    """ "average line amount per order line": a figure of rows for each of them is its mean."""
    metrics = draft.view.whole.metric_by_name
    for name in sorted(above):
        one = metrics[name]
        if not isinstance(one, AggregateMetric) or one.aggregation not in (Aggregation.SUM, Aggregation.AVERAGE):
            continue
        if not below & set(count_metrics(draft.view, one.dataset)):
            continue
        for other in draft.view.metrics.values():
            if not isinstance(other, AggregateMetric) or other.aggregation is not Aggregation.AVERAGE:
                continue
            if (other.expression, other.filter, other.dataset) == (one.expression, one.filter, one.dataset):
                return other.name
    return None


def _counted_key(draft: Draft, above: str, below: str) -> str | None:
    """The key whose different values the second metric counts among the same rows as the first: a mean over them is the ratio."""
    one, other = (draft.view.whole.metric_by_name[name] for name in (above, below))
    if not isinstance(one, AggregateMetric) or not isinstance(other, AggregateMetric):
        return None
    same_rows = one.dataset == other.dataset and one.filter == other.filter and adds_up(draft.view, above)
    distinct = (
        other.aggregation is Aggregation.COUNT_DISTINCT and "." in other.expression and " " not in other.expression
    )
    return other.expression if same_rows and distinct and draft.view.can_show(other.expression) else None


def defined_ratio(draft: Draft, above: set[str], below: set[str]) -> str | None:
    """The metric that the catalog defines as one of some metrics over one of others."""
    for metric in draft.view.metrics.values():
        if not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2:
            continue
        simple = metric.formula.replace(" ", "") == f"{metric.inputs[0].name}/{metric.inputs[1].name}"
        if simple and metric.inputs[0].metric in above and metric.inputs[1].metric in below:
            return metric.name
    return None


def _ratio(draft: Draft, numerators: set[str], things: set[str]) -> str | None:
    for metric in draft.view.metrics.values():
        if not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2 or "/" not in metric.formula:
            continue
        above, below = (item.metric for item in metric.inputs)
        simple = metric.formula.replace(" ", "") == f"{metric.inputs[0].name}/{metric.inputs[1].name}"
        counts_things = any(below in count_metrics(draft.view, thing) for thing in things) or (
            counted_thing(draft.view, below) in things
        )
        if simple and above in numerators and counts_things:
            return metric.name
    return None
