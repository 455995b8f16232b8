"""Takes the metrics asked for; a counted thing ("how many orders") is the metric that counts it."""

from __future__ import annotations

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item, MetricSlot
from agent.planners.embedded.reach import base_datasets
from semantic_context.linking import Meaning

_COMPLEMENT = ("of", "from", "for", "in", "on", "at", "to", "into", "with", "our", "all")


def read_metrics(draft: Draft) -> None:
    """Metrics by name; then datasets counted, where a count is asked for or nothing else is."""
    plain = [item for item in draft.items if item.used is None and item.has("metric")]
    certain = [item for item in plain if not item.has("dataset", "field", "value")]
    for item in plain:
        if certain and ((item.has("dataset", "field") and _is_complement(draft, item)) or _is_subject(draft, item)):
            item.used = "noun"
            continue
        item.used = "metric"
        slot = MetricSlot(item.place, item.of("metric"))
        if _is_ranked_by(draft, item):
            draft.rank_metric = slot
        draft.metrics.append(slot)
    for item in list(draft.free("dataset")):
        dataset = item.of("dataset")[0].name
        before = draft.preceding(item.place)
        counted = before is not None and before.cue() is Cue.COUNT
        joined = before is not None and before.cue() is Cue.AND and draft.metrics
        if counted or not draft.metrics or (joined and not _is_complement(draft, item)):
            names = count_metrics(draft.view, dataset)
            if names:
                item.used = "metric"
                draft.metrics.append(MetricSlot(item.place, (Meaning("metric", names[0], 0.95, "count"),)))
                continue
        item.used = "noun"
    if not draft.metrics:
        _count_what_is_bounded(draft)
    draft.metrics.sort(key=lambda slot: slot.item)


def _count_what_is_bounded(draft: Draft) -> None:
    """ "stores with fewer than 70 orders": what is bounded is what is shown."""
    for slot in draft.bounds:
        names = [meaning.name for meaning in slot.metrics] or list(count_metrics(draft.view, slot.dataset or ""))
        if names:
            draft.metrics.append(MetricSlot(slot.item, (Meaning("metric", names[0], 0.95, "count"),)))


def _is_complement(draft: Draft, item: Item) -> bool:
    """Whether the item only says of what the metric is: "revenue from orders", "vip customers' revenue"."""
    if item.place and draft.items[item.place - 1].used in ("value", "noun"):
        return True
    if item.place and draft.items[item.place - 1].text.casefold() in _COMPLEMENT:
        before = draft.preceding(item.place)
        return before is None or before.cue() not in (Cue.COUNT, Cue.VERSUS, Cue.AND)
    return False


def _is_subject(draft: Draft, item: Item) -> bool:
    """Whether the item is what the metric beside it already counts: "how many customers signed up"."""
    counted = {
        dataset
        for meaning in item.of("metric")
        for dataset in base_datasets(draft.view, meaning.name)
        if meaning.name in count_metrics(draft.view, dataset)[:1]
    }
    for other in (draft.preceding(item.place), draft.following(item.place)):
        if other is None or other.has("dataset", "field", "value") or not other.has("metric"):
            continue
        if any(counted & base_datasets(draft.view, meaning.name) for meaning in other.of("metric")):
            return True
    return False


def _is_ranked_by(draft: Draft, item: Item) -> bool:
    before = draft.preceding(item.place)
    return (
        before is not None
        and before.cue() in (Cue.BY, Cue.RANK)
        and (draft.ranking is not None or Cue.RANK in draft.asks)
        and bool(draft.groups)
    )
