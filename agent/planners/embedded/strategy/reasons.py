"""Reads "what are the main reasons for returns" where the business records reasons: the figure by that field.

Without such a field the question is left to the reader of changes.
"""

from __future__ import annotations

import re

from agent.planners.embedded.strategy.what_if_reading import Asked, without_times
from agent.tools.analysis.causes.additive import measured
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
    words = re.sub(r"^(?:the|our|all)\s+", "", what.strip(), flags=re.IGNORECASE)
    for metric in _metrics(words, asked):
        reason = _reason_field(metric, asked)
        if reason is None:
            continue
        plan = asked.plain(f"{match['what'].replace(words, metric.label, 1)} by {reason.label}")
        return plan if plan.queries and plan.clarification is None and plan.queries[0].query.group_by else None
    return None


def _metrics(words: str, asked: Asked) -> list[Metric]:
    """The metrics that the words name, counts of things first; of a rate also what it counts."""
    view = asked.view
    named = [
        item.name for item in asked.levers.phrases.means(words) if item.kind == "metric" and item.name in view.metrics
    ]
    for name in tuple(named):
        amounts = measured(view, name)
        if amounts is not None and amounts.denominator is not None:
            named += [use.metric for use in amounts.numerator.uses if use.metric in view.metrics]
    found = [view.metrics[name] for name in dict.fromkeys(named)]
    return sorted(found, key=lambda metric: metric.unit != "count")


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
