"""Reads "what are the main reasons for returns" where the business records reasons: the figure by that field.

Without such a field the question is left to the reader of changes.
"""

from __future__ import annotations

import re

from agent.planners.embedded.strategy.what_if_reading import Asked, without_times
from agent.tools.compile import can_group
from catalog.models import AggregateMetric, CatalogField, Dataset, Metric
from catalog.plan import Plan

_REASONS = r"(?:reasons?|causes?|root causes?)"
_KIND = r"(?:main|top|most common|commonest|biggest|leading|usual|typical|most frequent|primary|key|chief|major)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:what|which) (?:are|is|were|was) (?:the |our )?(?:{_KIND} )?{_REASONS} (?:of|for|behind) (?P<what>.+)$",
        rf"^(?:(?:show|list|give|rank|name) (?:me |us )?)?(?:the |our )?(?:{_KIND} )?{_REASONS} (?:of|for|behind)"
        r" (?P<what>.+)$",
        r"^what (?:mainly |mostly )?causes (?:the |our |most )?(?P<what>.+)$",
    )
)
_NAMES_REASON = re.compile(r"\b(?:reason|cause)s?\b", re.IGNORECASE)


def read_reasons(text: str, asked: Asked) -> Plan | None:
    """The plan of a figure by the reasons that are recorded with it; None where there are none, or a change is asked about."""
    match = next((found for form in _FORMS if (found := form.match(text.strip().rstrip("?!. ")))), None)
    if match is None:
        return None
    what, _ = without_times(match["what"], asked)
    metric = _metric(re.sub(r"^(?:the|our|all)\s+", "", what.strip(), flags=re.IGNORECASE), asked)
    if metric is None:
        return None
    reason = _reason_field(metric, asked)
    if reason is None:
        return None
    plan = asked.plain(f"{match['what']} by {reason.label}")
    return plan if plan.queries and plan.clarification is None and plan.queries[0].query.group_by else None


def _metric(words: str, asked: Asked) -> Metric | None:
    """The metric that the words name, a count of things before a rate of the same name."""
    named = [
        item.name
        for item in asked.levers.phrases.means(words)
        if item.kind == "metric" and item.name in asked.view.metrics
    ]
    found = [asked.view.metrics[name] for name in dict.fromkeys(named)]
    return next((metric for metric in found if metric.unit == "count"), found[0] if found else None)


def _reason_field(metric: Metric, asked: Asked) -> CatalogField | None:
    """The one field of the metric's own rows that holds reasons."""
    if not isinstance(metric, AggregateMetric):
        return None
    found: list[tuple[Dataset, CatalogField]] = [
        (dataset, item)
        for dataset, item in asked.view.groupable_fields()
        if dataset.name == metric.dataset
        and any(_NAMES_REASON.search(word.replace("_", " ")) for word in (item.name, item.label, *item.words.synonyms))
        and can_group(asked.view, metric.name, f"{dataset.name}.{item.name}") is None
    ]
    return found[0][1] if len(found) == 1 else None
