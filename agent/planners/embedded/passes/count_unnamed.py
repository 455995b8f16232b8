"""Counts what a question asks the number of, or lists, where no figure is named: what is bounded, has a value or is common."""

from __future__ import annotations

from dataclasses import replace

from agent.planners.embedded.bounds import same_unit
from agent.planners.embedded.counts import counts_at_large, metrics_that_count
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot, MetricSlot
from agent.planners.embedded.members.verbs import is_noun_of
from agent.planners.embedded.passes.read_groups import entity_fields
from agent.planners.embedded.passes.tell_apart import (
    counts_those_who_came,
    is_asked_how_many,
    of_the_same_rows,
)
from agent.planners.embedded.reach import base_datasets
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from semantic_context.linking import Meaning, split_route
from semantic_context.words import phrase_key, tokenize

_REASONS = frozenset("reason cause motive ground".split())
_NUMBERS = ("the number", "the numbers", "number", "numbers", "the count", "count")
_RARE = ("least common", "least frequent", "least often", "least popular", "least used", "rarest")
_COMMON = (
    "top", "main", "leading", "foremost", "number one", "the number one",
    "commonest", "most common", "most commonly", "most usual", "most frequent", "most frequently", "most often",
    "most popular", "most used", *_RARE,
)  # fmt: skip


def list_what_is_counted(draft: Draft) -> None:
    """ "which products are out of stock" names things by what is counted of them: they are listed."""
    asked = _asks_which(draft) or Cue.LIST in draft.asks or _names_them(draft)
    if not asked or len(draft.metrics) != 1 or Cue.COUNT in draft.asks or len(draft.groups) > 1:
        return
    if draft.ranking is not None or draft.bounds:
        return
    slot = draft.metrics[0]
    if slot.item < 0 or draft.view.whole.metric_by_name[slot.candidates[0].name].unit != "count":
        return
    span = draft.items[slot.item].span
    bases = {token.base for token in draft.tokens[span.start : span.end]}
    label = set(phrase_key(draft.view.whole.metric_by_name[slot.candidates[0].name].label))
    for dataset in draft.view.datasets.values():
        named = set(phrase_key(dataset.singular))
        fields = entity_fields(draft.view, dataset.name)
        if named <= label and _stands_before_its_state(draft, slot.item, dataset.name):
            bases |= named  # "list the products that are out of stock"
        if named <= bases and fields and len(bases) > len(named):
            if any(meaning.name != fields[0] for group in draft.groups for meaning in group.candidates[:1]):
                return
            draft.groups = []
            draft.groups.append(GroupSlot(slot.item, (Meaning("field", fields[0], 0.95, "name"),), leader=Cue.WHICH))
            draft.lists_things = True
            return


def _stands_before_its_state(draft: Draft, metric: int, dataset: str) -> bool:
    """Whether the things stand before what is said of them: "products that are out of stock"."""
    before = draft.preceding(metric)
    while before is not None and before.cues() & {Cue.WHICH, Cue.HAVING}:
        before = draft.preceding(before.place)
    return before is not None and any(meaning.name == dataset for meaning in before.of("dataset"))


def _asks_which(draft: Draft) -> bool:
    """Whether "which" or "who" asks, and does not only lead a clause behind what is counted ("new customers who ...")."""
    behind = draft.metrics[0].item if draft.metrics else len(draft.items)
    return Cue.WHICH in draft.asks and any(
        item.cue() is Cue.WHICH and not (item.text.casefold().startswith("who") and item.place > behind)
        for item in draft.items
    )


def _names_them(draft: Draft) -> bool:
    """ "name the products that ...": told to say which."""
    return draft.tokens[0].folded in ("name", "list", "enumerate")


def count_what_is_bounded(draft: Draft) -> None:
    """ "stores with fewer than 70 orders": what is bounded is what is shown."""
    for slot in draft.bounds:
        if Cue.COUNT in draft.asks and slot.entity is not None:
            names = list(metrics_that_count(draft.view, slot.entity))
            if draft.time.period is not None and counts_those_who_came(draft, names[:1], slot):
                names = of_the_same_rows(draft, slot)
                if not names:
                    draft.unexplained.append(draft.items[slot.item].text)
        else:
            named = [meaning.name for meaning in slot.metrics]
            fitting = [name for name in named if same_unit(draft, name, slot)]  # "above 5 % missed": of the rate
            names = fitting or named or list(counts_at_large(draft.view, slot.dataset or ""))
        if names:
            draft.metrics.append(MetricSlot(slot.item, (Meaning("metric", names[0], 0.95, "count"),)))


def count_what_has_values(draft: Draft) -> None:
    """ "number of promoters and passives", "thefts per quarter": the rows that have the values are counted; "how many
    resellers in Spain": those of them that have the other values too."""
    if draft.follows or not draft.filters or draft.filters[0].item < 0:
        return
    slot = draft.filters[0]
    if (len(draft.filters) > 1 or draft.groups) and not is_asked_how_many(draft, slot.item):
        return
    item = draft.items[slot.item]
    values = [str(value).casefold() for value in slot.candidates[0].values]
    plural = (
        item.span.best.how != "typo"
        and draft.is_plural(item)
        and item.text.casefold() not in values
        and Cue.LIST not in draft.asks
    )
    if (Cue.COUNT not in draft.asks or _names_no_count(draft)) and not plural:
        return
    datasets = dict.fromkeys(choice.field.partition(".")[0] for choice in slot.candidates)
    names = [name for dataset in datasets for name in counts_at_large(draft.view, dataset)[:1]]
    if len(datasets) == len(names) == 1:  # of two kinds of things that have the value, none is picked in silence
        draft.metrics.append(MetricSlot(slot.item, (Meaning("metric", names[0], 0.95, "count"),)))


def _names_no_count(draft: Draft) -> bool:
    """ "Just give me the number for the South": a figure that is not named, not how many of something."""
    counts = [item for item in draft.items if item.cue() is Cue.COUNT]
    behind = [draft.items[item.place + 1].text.casefold() for item in counts if item.place + 1 < len(draft.items)]
    return all(item.text.casefold() in _NUMBERS for item in counts) and set(behind) <= {"for", "in", "on", "from", "at"}


def count_what_is_common(draft: Draft) -> None:
    """ "most common return reason", "top return reasons": the rows that have each are counted, where a figure plainly counts
    the rows of the field's own dataset."""
    if draft.follows or draft.ranking is None or draft.ranking.item < 0 or not draft.groups:
        return
    behind = [slot for slot in draft.groups if slot.item > draft.ranking.item]
    ranked = draft.groups[0] if len(draft.groups) == 1 else behind[0] if behind else None
    said = draft.items[draft.ranking.item].text.casefold()
    if said not in _COMMON or ranked is None or ranked.entity is not None:
        return
    counts: dict[str, Meaning] = {}  # by the count of the rows of its own, the field
    for meaning in ranked.candidates:
        dataset = draft.view.datasets[split_route(meaning.name)[0].partition(".")[0]]
        names = _counts_told_by(draft.view, meaning.name) or counts_at_large(draft.view, dataset.name)
        if names and metric_time(draft.view, names[0]):
            counts.setdefault(names[0], meaning)
    if len(counts) != 1:
        return
    ((count, meaning),) = counts.items()
    draft.metrics.append(MetricSlot(ranked.item, (Meaning("metric", count, 0.95, "count"),)))
    draft.groups = [replace(slot, candidates=(meaning,)) if slot is ranked else slot for slot in draft.groups]
    draft.named_only = split_route(meaning.name)[0]
    draft.ranking = replace(draft.ranking, sense="low" if said in _RARE else "high")


def _counts_told_by(view: CatalogView, reference: str) -> tuple[str, ...]:
    """The one count of what a reason is told of, by the word before it: a "cancellation reason" is of what was cancelled."""
    field = view.whole.field(split_route(reference)[0])
    words = phrase_key(field.label)
    if len(words) != 2 or words[-1] not in _REASONS:
        return ()
    dataset = reference.partition(".")[0]
    named = tuple(
        name
        for name, metric in sorted(view.metrics.items())
        if metric.unit == "count" and not metric.is_state and base_datasets(view, name) == {dataset}
        if any(
            is_noun_of(words[0], token.folded) or token.base == words[0]
            for called in (metric.label, *metric.words.synonyms)
            for token in tokenize(called)
            if token.is_word
        )
    )
    return named if len(named) == 1 else ()
