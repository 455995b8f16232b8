"""Names of things that only say whose a figure is: the purchase amount is no number of purchases beside an amount, nor are the
students counted among whom one asks for enrolments."""

from __future__ import annotations

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.models import AggregateMetric, Aggregation
from semantic_context.linking import split_route


def says_whose(draft: Draft, item: Item) -> bool:
    """Whether an item is one thing's name, in the singular and with nothing between, before a figure of what belongs to it."""
    after = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    if after is None or after.span.start != item.span.end or after.used is not None or draft.is_plural(item):
        return False
    if not item.has("dataset", "field") or not after.has("metric") or after.has("dataset"):
        return False
    rows = base_datasets(draft.view, after.of("metric")[0].name)
    if not item.has("dataset"):
        return bool(rows & _rows_that_say_who(draft, item))
    return bool({meaning.name for meaning in item.of("dataset")} & pointed_at(draft.view, rows))


def _rows_that_say_who(draft: Draft, item: Item) -> set[str]:
    """ "Supplier late rate": the rows that hold what an item counts the different ones of, and that it names as a field too."""
    counts = [draft.view.whole.metric_by_name[meaning.name] for meaning in item.of("metric")]
    told_apart = {
        metric.expression
        for metric in counts
        if isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT_DISTINCT
    }
    fields = {split_route(meaning.name)[0] for meaning in item.of("field")}
    return {name.partition(".")[0] for name in fields & told_apart}


def set_restriction_aside(draft: Draft) -> None:
    """ "among the students who enrolled, enrolments per student": the rows of the other figure are theirs anyway; "of the
    deliveries that arrived in May, what percentage was late": a rate of these very rows."""
    opening = next((item for item in draft.items if not item.is_stop), None)
    if opening is None or opening.used is not None or not opening.has("metric") or not opening.place:
        return
    name = opening.of("metric")[0].name
    if draft.items[0].text.casefold() not in ("among", "of", "for"):
        return
    rows = base_datasets(draft.view, name)
    others = [item for item in draft.items[opening.place + 1 :] if item.used is None and item.has("metric")]
    alike = [figure for item in others if base_datasets(draft.view, figure := item.of("metric")[0].name) == rows]
    counts = {count for dataset in rows for count in count_metrics(draft.view, dataset)}
    rates = [figure for figure in alike if draft.view.whole.metric_by_name[figure].unit == "fraction"]
    if (alike and counted_thing(draft.view, name) is not None) or (rates and name in counts):
        opening.used = "noun"
