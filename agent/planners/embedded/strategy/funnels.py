"""Reads questions about funnels."""

from __future__ import annotations

import re
from typing import Any

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.strategy.selection import Selection, selected
from agent.tools.analysis.customers.funnel import no_funnel_words
from catalog.access import CatalogView
from catalog.analyses.funnel import FunnelRequest
from catalog.models import AggregateMetric
from catalog.plan import Choice, Plan
from catalog.query import Period
from catalog.strategy.funnels import Funnel
from semantic_context.time_expressions import describe_period, find_time_expressions

# "get from ... to ..." speaks of a funnel only where it names steps.
_FROM = re.compile(r"\bfrom$", re.IGNORECASE)


def read_funnel(reading: StrategyReading) -> Plan | None:
    """ "show the checkout funnel by channel", "where do we lose people between cart and purchase"."""
    named = list(dict.fromkeys(_payloads(reading, "funnel")))
    if isinstance(reading.again, FunnelRequest):
        named = [reading.again.funnel]
    if Cue.FUNNEL not in reading.asks and not named:
        return None
    funnels = reading.view.whole.strategy.funnels
    steps = [payload for payload in _payloads(reading, "step") if isinstance(payload, tuple)]
    said = bool(named) or any(
        item.used == f"cue:{Cue.FUNNEL.value}" and not _FROM.search(item.text) for item in reading.draft.items
    )
    if not said and len(steps) < 2:
        return None
    if not funnels:
        return clarify.asking(no_funnel_words(), "unsupported")
    if not named:
        named = list(dict.fromkeys(name for name, _ in steps)) or list(funnels)
    if len(named) > 1:
        choices = tuple(Choice(label=funnels[name].label, question=funnels[name].label) for name in named)
        return clarify.asking("Which funnel?", "ambiguous", choices)
    name = named[0]
    funnel = funnels[name]
    places = sorted({place for owner, place in steps if owner == name})
    chosen = _selected(reading, funnel)
    if chosen is None:
        return clarify.asking(f"{funnel.label} cannot be narrowed or split that way.", "unsupported")
    period = chosen.period or _usual_period(reading)
    first, last = (places[0], places[-1]) if len(places) > 1 else (0, None)
    request = FunnelRequest(
        funnel=name, period=period, dimension=chosen.group, where=chosen.where, first=first, last=last
    )
    by = f" by {reading.view.whole.field(chosen.group.field).label.lower()}" if chosen.group is not None else ""
    part = f" from {funnel.steps[first].words} to {funnel.steps[last].words}" if last is not None else ""
    when = f", {describe_period(period, reading.as_of)}" if period is not None else ""
    if period is not None and chosen.period is None:
        when += " (no period was named)"
    return Plan(
        shape="funnel",
        analysis=request,
        queries=chosen.plain(),
        interpretation=f"{funnel.label}{part}{by}{when}{chosen.words}",
    )


def _payloads(reading: StrategyReading, kind: str) -> list[Any]:
    """What the items taken as funnels (names) or steps (funnel and position) stand for."""
    found: list[Any] = []
    for item in reading.draft.items:
        if item.used != kind:
            continue
        for meaning in item.span.meanings:
            if meaning.kind == kind:
                found.append(meaning.name if kind == "funnel" else meaning.payload)
    return found


def _selected(reading: StrategyReading, funnel: Funnel) -> Selection | None:
    metric = _metric_of(reading.view, funnel)
    if metric is None:
        plain = not reading.draft.filters and not reading.draft.groups
        return Selection(None, (), reading.draft.time.period, "") if plain else None
    taken = frozenset({funnel.event, funnel.entity} - {None})
    return selected(reading, metric, without_groups=frozenset(str(item) for item in taken))


def _metric_of(view: CatalogView, funnel: Funnel) -> str | None:
    """A metric of the events' dataset: what can split it can split the funnel."""
    if funnel.steps[0].metric is not None:
        return funnel.steps[0].metric if funnel.steps[0].metric in view.metrics else None
    dataset = (funnel.event or "").partition(".")[0]
    plain = [
        metric.name
        for metric in view.metrics.values()
        if isinstance(metric, AggregateMetric) and metric.dataset == dataset and metric.filter is None
    ]
    return plain[0] if plain else None


def _usual_period(reading: StrategyReading) -> Period | None:
    """The catalog's own period of flows."""
    words = reading.view.whole.default_periods.flow
    found = find_time_expressions(words, reading.as_of, reading.view.whole.calendar) if words else ()
    return found[0].period if found else None
