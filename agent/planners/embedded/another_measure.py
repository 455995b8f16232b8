"""Whether the kind of measure that is asked for is the one that is shown: a number of things, a total, a mean, a share, a worth."""

from __future__ import annotations

import itertools

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, Metric
from catalog.query import MetricQuery
from semantic_context.words import phrase_key

_OF_WORTH = tuple(
    f"{the}{word}"
    for word in "most expensive,least expensive,cheapest,dearest,costliest,largest,biggest,smallest,most valuable".split(
        ","
    )
    for the in ("", "the ")
)
_MOST_OF_THEM = ("most", "the most", "fewest", "the fewest")


def another_measure_said(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The words that ask for another kind of measure than is shown; None where none do."""
    return (
        _measures_what_is_counted(draft, query, view)
        or _is_a_share_of_them(draft, query, view)
        or _totals_a_mean(draft, query, view)
        or _is_no_worth(draft, query, view)
    )


def _measures_what_is_counted(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many wines do we make": their number, and not the litres of a figure called "Wine made"."""
    names = {use.metric for use in query.metrics} & view.metrics.keys()
    for asked, item in itertools.pairwise(draft.items):
        thing, *more = draft.tokens[item.span.start : item.span.end]
        if asked.cue() is not Cue.COUNT or item.used != "metric" or thing.base == thing.folded:
            continue
        if any(token.folded == "per" for token in more):
            continue  # "how many items per order": so many of the one for each of the other, by the figure's own name
        said = names & {meaning.name for meaning in item.of("metric")}
        measured = said and not any(_is_a_number_of(view.metrics[name]) for name in said)
        called = {
            phrase_key(words)
            for dataset in view.datasets.values()
            for words in (dataset.label, dataset.singular, *dataset.words.synonyms)
        }
        if measured and (thing.base,) in called:
            return item.text
    return None


def _is_a_share_of_them(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Which hotel has the most repeat guests" asks for their number, which the share of repeat guests is not."""
    units = {view.whole.metric_by_name[use.metric].unit for use in query.metrics}
    lead = next((item for item in draft.items if draft.ranking and item.place == draft.ranking.item), None)
    if units != {"fraction"} or lead is None or lead.text.casefold() not in _MOST_OF_THEM:
        return None
    said = [item for item in draft.items[lead.place + 1 :] if not item.is_stop][:2]
    if not said or said[0].used != "metric":
        return None
    thing = said[1] if len(said) > 1 and said[1].used == "noun" else said[0]
    guessed = said[0].span.best.how not in ("name", "synonym") or thing.has("dataset")
    return f"{lead.text} {thing.text}" if guessed and draft.is_plural(thing) else None


def _totals_a_mean(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Total order value by customer", where only the average order value is defined: no mean is a total."""
    names = {use.metric for use in query.metrics} & view.metrics.keys()
    for item, behind in itertools.pairwise(draft.items):
        if item.text.casefold() not in ("total", "the total", "total of", "sum of") or behind.used != "metric":
            continue
        meant = [view.metrics[meaning.name] for meaning in behind.of("metric") if meaning.name in names]
        if any(_is_a_mean(metric) for metric in meant):
            return f"{item.text} {behind.text}"
    return None


def _is_no_worth(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Which region has the most expensive claims", "the largest orders": how much they are, and not how many."""
    names = {use.metric for use in query.metrics} & view.metrics.keys()
    for item, behind in itertools.pairwise(draft.items):
        if item.text.casefold() not in _OF_WORTH or behind.used != "metric" or not behind.has("dataset"):
            continue
        said = names & {meaning.name for meaning in behind.of("metric")}
        said = said or (
            names & {name for meaning in behind.of("dataset") for name in count_metrics(view, meaning.name)}
        )
        if draft.is_plural(behind) and said and all(_is_a_number_of(view.metrics[name]) for name in said):
            return f"{item.text} {behind.text}"
    return None


def _is_a_mean(metric: Metric) -> bool:
    means = (Aggregation.AVERAGE, Aggregation.MEDIAN)
    called = {"average", "mean", "median", "avg"} & set(phrase_key(metric.label))
    return bool(called) or (isinstance(metric, AggregateMetric) and metric.aggregation in means)


def _is_a_number_of(metric: Metric) -> bool:
    counts = (Aggregation.COUNT, Aggregation.COUNT_DISTINCT)
    return metric.unit == "count" or (isinstance(metric, AggregateMetric) and metric.aggregation in counts)
