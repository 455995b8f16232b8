"""Reads questions about what customers will bring in years to come."""

from __future__ import annotations

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.strategy.selection import names_other_metric, selected
from agent.tools.analysis.customers.customer_base import NotDeclaredError, customer_base
from catalog.analyses.lifetime_value import LifetimeValueRequest
from catalog.plan import Plan

_USUAL_YEARS = 3.0


def read_lifetime_value(reading: StrategyReading) -> Plan | None:
    """ "3-year lifetime value by segment", "expected lifetime value"."""
    if Cue.LIFETIME not in reading.asks:
        return None
    try:
        base = customer_base(reading.view)
    except NotDeclaredError as error:
        return clarify.asking(str(error), "unsupported")
    valued = {metric.name for metric in reading.view.metrics.values() if "lifetime" in metric.label.casefold()}
    if names_other_metric(reading, base.value, base.events, *valued):
        return None
    years = next(
        (
            float(meaning.payload)
            for item in reading.draft.items
            for meaning in item.of("cue")
            if meaning.name == Cue.LIFETIME.value and isinstance(meaning.payload, float)
        ),
        _USUAL_YEARS,
    )
    chosen = selected(reading, base.events, without_groups=frozenset({base.entity, base.member or base.entity}))
    if chosen is None or len(chosen.groups) > 1:
        return clarify.asking("Lifetime value can be split by one thing at a time that each of them is.", "unsupported")
    if chosen.period is not None:
        return clarify.asking("Lifetime value looks ahead from now: ask without a period.", "unsupported")
    group = chosen.group
    if group is not None and group.field.partition(".")[0] != base.dataset:
        return clarify.asking(
            f"I can split lifetime value by what a {base.singular} is (a field of {base.plural}), not by their events.",
            "unsupported",
        )
    request = LifetimeValueRequest(years=years, dimension=group, where=chosen.where)
    by = f", by {reading.view.whole.field(group.field).label.lower()}" if group is not None else ""
    return Plan(
        shape="customers",
        analysis=request,
        queries=chosen.plain(base.value),
        interpretation=f"Expected value of {base.plural} over the next {years:g} years (BG/NBD and Gamma-Gamma){by}{chosen.words}",
    )
