"""Reads "what are the main reasons for returns" and "why do customers return things" where the business records reasons: the
figure by that field.

Without such a field the question is left to the reader of changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import GroupSlot
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.strategy.what_if_reading import Asked, without_times
from agent.tools.analysis.causes.additive import measured
from agent.tools.compile import can_group
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Metric
from catalog.plan import Plan
from semantic_context.linking import Meaning

_REASONS = r"(?:reasons?|causes?|root causes?)"
_KIND = r"(?:main|top|most common|commonest|biggest|leading|usual|typical|most frequent|primary|key|chief|major)"
# "the reasons that people gave most often for ..."
_GIVEN = (
    r"(?: (?:that |which )?(?!of\b|for\b|behind\b)\w+ (?:gave|give|named?|stated?|cited?|mention(?:ed)?|told|tell)(?: us)?"
    r"(?: the)?(?: most(?: (?:often|frequently|commonly))?)?)?"
)
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:what|which)(?:['’]s| are| is| were| was) (?:the |our )?(?:{_KIND} )?{_REASONS}{_GIVEN} (?:of|for|behind)"
        r" (?P<what>.+)$",
        rf"^(?:(?:show|list|give|rank|name) (?:me |us )?)?(?:the |our )?(?:{_KIND} )?{_REASONS}{_GIVEN} (?:of|for|behind)"
        r" (?P<what>.+)$",
        r"^what (?:mainly |mostly )?causes (?:the |our |most )?(?P<what>.+)$",
    )
)
# "Why were there so many", "why are returns high": of a level or a change, which reasons do not tell.
_WHY_DO_THEY = re.compile(
    r"\bwhy (?:do|does|did|are|were|is|was|have|has)(?:n['’]t)? (?![^.?!;]*\b(?:so|such|more|less|fewer|many|much|few|high|low|"
    r"good|bad|higher|lower|better|worse|up|down|off|not|n['’]t|never|only|just|than|different\w*|there)\b)",
    re.IGNORECASE,
)
_OF_A_CHANGE = {Cue.RISE, Cue.FALL, Cue.GROWTH, Cue.COMPARE, Cue.VERSUS}
_NAMES_REASON = re.compile(r"\b(?:reason|cause)s?\b", re.IGNORECASE)


def read_reasons(text: str, asked: Asked) -> Plan | None:
    """The plan of a figure by the reasons that are recorded with it; None where there are none, or a change is asked about."""
    match = next((found for form in _FORMS if (found := form.match(text.strip().rstrip("?!. ")))), None)
    if match is None:
        return None
    what, _ = without_times(match["what"], asked)
    words = re.sub(r"^(?:the|our|all)\s+", "", what.strip(), flags=re.IGNORECASE)
    for metric in _metrics(words, asked):
        reason = _reason_field(metric, asked.view)
        if reason is None:
            continue
        label = asked.view.whole.field(reason).label
        if metric.unit == "fraction":  # a rate among the rows with a reason tells nothing: how many have each does
            said = match[0][: match.start("what") - match.start()]
            plural = re.search(r"\b(?:reason|cause)\b", said, re.IGNORECASE) is None
            many = "s" if plural and _NAMES_REASON.search(label.split()[-1]) else ""
            counted = asked.plain(f"most common {label}{many} {match['what'].replace(words, '', 1)}".strip())
            if counted.queries and counted.clarification is None and counted.queries[0].query.group_by:
                return counted
        plan = asked.plain(f"{match['what'].replace(words, metric.label, 1)} by {label}")
        return plan if plan.queries and plan.clarification is None and plan.queries[0].query.group_by else None
    return None


def reasons_given(reading: StrategyReading, names: Sequence[str]) -> Plan | None:
    """The plan of "why do people leave": no change is spoken of, so the figure by the reasons that are recorded with it. Of
    several figures ("why do customers return things") the others must be things, who or what it is that does so."""
    draft, view = reading.draft, reading.view
    if draft.asks & _OF_A_CHANGE or not _WHY_DO_THEY.search(draft.question):
        return None
    found = {name: recorded for name in names if (recorded := _with_reasons(name, view)) is not None}
    others = [slot for slot in draft.metrics if slot.candidates[0].name not in found]
    if len(found) != 1 or any(slot.item < 0 or not draft.items[slot.item].has("dataset") for slot in others):
        return None
    (name, (metric, reason)), *_ = found.items()
    if any(slot.candidates[0].name != reason for slot in draft.groups):
        return None
    if not draft.groups and not draft.asks <= {Cue.WHY, Cue.BY, Cue.EACH}:
        return None  # a split by the reasons said in so many words may be counted, ranked or bounded
    slot = next((slot for slot in draft.metrics if slot.candidates[0].name == name), draft.metrics[0])
    metrics = [replace(slot, candidates=(Meaning("metric", metric, 1.0),))]
    groups = draft.groups or [GroupSlot(-1, (Meaning("field", reason, 1.0),))]
    asked = replace(draft, asks=draft.asks - {Cue.WHY}, metrics=metrics, groups=groups)
    return replace(reading, draft=asked).base_plan()


def _with_reasons(name: str, view: CatalogView) -> tuple[str, str] | None:
    """A metric, or what it counts where it is a rate, and the field of the reasons."""
    found = [
        (metric.name, reason) for metric in _counted_first(view, [name]) if (reason := _reason_field(metric, view))
    ]
    return found[0] if found else None


def _metrics(words: str, asked: Asked) -> list[Metric]:
    """The metrics that the words name, counts of things first."""
    view = asked.view
    named = [
        item.name for item in asked.levers.phrases.means(words) if item.kind == "metric" and item.name in view.metrics
    ]
    return _counted_first(view, named)


def _counted_first(view: CatalogView, names: list[str]) -> list[Metric]:
    """Metrics and, of a rate, what it counts; counts of things first."""
    named = list(names)
    for name in tuple(named):
        amounts = measured(view, name)
        if amounts is not None and amounts.denominator is not None:
            named += [use.metric for use in amounts.numerator.uses if use.metric in view.metrics]
    found = [view.metrics[name] for name in dict.fromkeys(named)]
    return sorted(found, key=lambda metric: metric.unit != "count")


def _reason_field(metric: Metric, view: CatalogView) -> str | None:
    """dataset.field: the one of the metric's own rows that holds reasons."""
    if not isinstance(metric, AggregateMetric):
        return None
    found = [
        f"{dataset.name}.{item.name}"
        for dataset, item in view.groupable_fields()
        if dataset.name == metric.dataset
        and any(_NAMES_REASON.search(word.replace("_", " ")) for word in (item.name, item.label, *item.words.synonyms))
        and can_group(view, metric.name, f"{dataset.name}.{item.name}") is None
    ]
    return found[0] if len(found) == 1 else None
