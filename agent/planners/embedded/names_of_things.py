"""Words that stand inside the name of what a figure is of: the club of "club sign-ups" where each thing counted is a club member,
the snack of "the snack bars took" where the figure is said to be of the snack bars."""

from __future__ import annotations

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import base_datasets, pointed_at
from semantic_context.linking import split_route
from semantic_context.words import phrase_key


def names_the_things_counted(draft: Draft, item: Item) -> bool:
    """ "Club sign-ups": a value's word right before a count of things that bear it in their name ("club member") is that name,
    where the rows that hold the value are none that the things counted point at."""
    behind = _right_behind(draft, item)
    metric = behind.of("metric")[0].name if behind is not None and behind.has("metric") else None
    if metric is None or item.has("metric", "dataset") or draft.is_plural(item):
        return False
    rows = base_datasets(draft.view, metric)
    if not any(metric in count_metrics(draft.view, dataset) for dataset in rows):
        return False
    holders = {split_route(meaning.name)[0].partition(".")[0] for meaning in item.of("value")}
    if holders & (rows | pointed_at(draft.view, rows)):
        return False
    said = _bases(draft, item)
    return any(
        name[: len(said)] == said and len(name) > len(said) for dataset in rows for name in _names(draft, dataset)
    )


def is_part_of_its_name(draft: Draft, item: Item) -> bool:
    """ "When did the snack bars take the most": a field's word in the singular right before a figure that is said to be of what
    the two words name together."""
    behind = _right_behind(draft, item)
    if behind is None or not behind.has("metric") or draft.is_plural(item):
        return False
    metric = draft.view.whole.metric_by_name[behind.of("metric")[0].name]
    pair = (*_bases(draft, item), draft.tokens[behind.span.start].base)
    told = [phrase_key(words) for words in (metric.label, metric.description or "", *metric.words.synonyms)]
    return any(pair == words[place : place + len(pair)] for words in told for place in range(len(words)))


def _right_behind(draft: Draft, item: Item) -> Item | None:
    behind = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    return behind if behind is not None and behind.span.start == item.span.end else None


def _bases(draft: Draft, item: Item) -> tuple[str, ...]:
    return tuple(token.base for token in draft.tokens[item.span.start : item.span.end])


def _names(draft: Draft, dataset: str) -> list[tuple[str, ...]]:
    known = draft.view.datasets.get(dataset)
    return [phrase_key(words) for words in (known.label, known.singular, *known.words.synonyms)] if known else []
