"""Reads questions about recency, frequency and value."""

from __future__ import annotations

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.strategy.selection import limit_of, names_other_metric, names_thing, selected
from agent.tools.analysis.customers.customer_base import NotDeclaredError, customer_base
from catalog.analyses.rfm import RfmRequest
from catalog.plan import Plan
from semantic_context.time_expressions import describe_period


def read_rfm(reading: StrategyReading) -> Plan | None:
    """ "RFM segments", "who are our best customers"."""
    named = reading.asks & {Cue.RFM, Cue.RFM_SCORES}
    if not named and Cue.BEST_ONES not in reading.asks:
        return None
    try:
        base = customer_base(reading.view)
    except NotDeclaredError as error:
        return clarify.asking(str(error), "unsupported") if named else None
    if not named and not names_thing(reading, base.dataset):
        return None
    if names_other_metric(reading, base.value, base.events):
        return None
    chosen = selected(reading, base.events, without_groups=frozenset({base.entity, base.member or base.entity}))
    if chosen is None or chosen.groups:
        return clarify.asking(
            "RFM makes its own groups; I can narrow it to one region, segment or the like.", "unsupported"
        )
    ranked = Cue.BEST_ONES in reading.asks or (
        reading.draft.ranking is not None and reading.draft.ranking.count is not None
    )
    show = "scores" if Cue.RFM_SCORES in reading.asks else "best" if ranked else "segments"
    request = RfmRequest.model_validate(
        {"show": show, "limit": limit_of(reading, 10), "period": chosen.period, "where": chosen.where}
    )
    what = {
        "segments": "RFM segments of",
        "scores": "RFM scores of",
        "best": "The best by recency, frequency and value of",
    }[show]
    when = f", {describe_period(chosen.period, reading.as_of)}" if chosen.period is not None else ""
    return Plan(
        shape="customers",
        analysis=request,
        queries=chosen.plain(base.value),
        interpretation=f"{what} {base.plural}{when}{chosen.words}",
    )
