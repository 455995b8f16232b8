"""Amounts that a question asks for and a plan does not show: of other things, in no unit of amounts, or of all there is."""

from __future__ import annotations

import re

from agent.planners.embedded.draft import Draft
from agent.planners.embedded.known_figures import is_of_money
from agent.planners.embedded.reach import base_datasets
from catalog.access import CatalogView
from catalog.query import AllOf, FieldCondition, FieldDimension, MetricQuery
from semantic_context.linking import split_route
from semantic_context.words import phrase_key

_AMOUNT_OF = re.compile(
    r"\b(?:average|mean|median|typical|total|combined) (?:amount|value|price|cost|worth)s? of (?:our |the |all |an? )*",
    re.IGNORECASE,
)
# "The amount of open invoices": kinds of things that are themselves sums of money, or what a number of any things is worth.
_WORTH_OF = re.compile(r"\b(?P<what>amount|value|worth|sum)s? of (?:our |the |all |an? )*", re.IGNORECASE)
_NO_AMOUNT = ("count", "fraction")
_STANDING = ("state", "cumulative")
_COMES = frozenset("appear appeared arrive arrived came come showed".split())


def amount_not_told(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The words that ask for an amount, or for those of a time, that is not what a plan shows; None where nothing is amiss."""
    return (
        _is_no_amount_of_these(draft, query, view)
        or _is_no_worth(draft, query, view)
        or _is_all_of_itself(draft, query)
        or _is_who_came(draft, query, view)
    )


def _is_no_amount_of_these(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "The average value of late shipments" is no share of them, "the average amount of invoices" none of the payments."""
    asked = _AMOUNT_OF.search(draft.question)
    if asked is None or not query.metrics or query.calculations:
        return None
    names = [use.metric for use in query.metrics]
    if all(view.whole.metric_by_name[name].unit in _NO_AMOUNT for name in names):
        return asked[0].strip()
    behind = next((item for item in draft.items if draft.tokens[item.span.start].start >= asked.end()), None)
    things = {meaning.name for meaning in behind.of("dataset")} if behind is not None else set()
    bases = frozenset[str]().union(*(base_datasets(view, name) for name in names))
    if behind is None or not things or things & bases:
        return None
    called = {word for name in names for word in phrase_key(view.whole.metric_by_name[name].label)}
    return f"{asked[0]}{behind.text}" if not set(phrase_key(behind.text)) <= called else None


def _is_no_worth(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "The value of orders" is no number of them, and neither is "the amount of open invoices", where an amount is told of
    these; "the amount of orders" may be."""
    asked = _WORTH_OF.search(draft.question)
    metrics = [view.whole.metric_by_name[use.metric] for use in query.metrics]
    if asked is None or not metrics or query.calculations or any(metric.unit != "count" for metric in metrics):
        return None
    if asked["what"].casefold() != "amount":
        return asked[0].strip()
    bases = frozenset[str]().union(*(base_datasets(view, metric.name) for metric in metrics))
    told = [
        phrase_key(words)
        for other in view.metrics.values()
        if is_of_money(other) and base_datasets(view, other.name) & bases
        for words in (other.label, *other.words.synonyms)
    ]
    return asked[0].strip() if any("amount" in words for words in told) else None


def _is_all_of_itself(draft: Draft, query: MetricQuery) -> str | None:
    """ "The share of activations by online channels", split by what it is narrowed to: one value is all of itself."""
    shares = [item for item in query.calculations if item.kind == "share" and item.show == "measure"]
    groups = [group.field for group in query.group_by if isinstance(group, FieldDimension)]
    if not shares or len(groups) != 1 or len(query.group_by) != 1:
        return None
    conditions = query.where.conditions if isinstance(query.where, AllOf) else (query.where,)
    for condition in conditions:
        if not isinstance(condition, FieldCondition) or condition.field != groups[0] or condition.part is not None:
            continue
        if condition.operator in ("eq", "in") and len(condition.values) == 1:
            return next(
                (
                    slot.text
                    for slot in draft.filters
                    for found in slot.candidates
                    if split_route(found.field)[0] == groups[0]
                ),
                "share",
            )
    return None


def _is_who_came(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many customers came in May": how many there are at its end says nothing of who came."""
    if query.period is None or not draft.time.named or not query.metrics:
        return None
    metrics = [view.whole.metric_by_name[use.metric] for use in query.metrics]
    if not all(metric.unit == "count" and (metric.is_state or metric.kind in _STANDING) for metric in metrics):
        return None
    return next((token.text for token in draft.tokens if token.folded in _COMES), None)
