"""Reads questions about who is about to leave, and what that depends on."""

from __future__ import annotations

import re

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.strategy.selection import limit_of, names_other_metric, selected
from agent.tools.analysis.customers.customer_base import NotDeclaredError, customer_base
from catalog.analyses.churn_risk import ChurnRiskRequest
from catalog.models import StateMetric
from catalog.plan import Plan

# Asking what something depends on, not why it changed.
_DEPENDS = re.compile(
    r"\b(?:what (?:drives|is driving|predicts|makes|determines|leads to)|drivers? of|predictors? of|why do)\b",
    re.IGNORECASE,
)


def read_churn_risk(reading: StrategyReading) -> Plan | None:
    """ "which customers are about to churn", "churn risk by region", "what drives churn"."""
    drivers = Cue.CHURN_DRIVERS in reading.asks or _asks_what_leaving_depends_on(reading)
    if Cue.CHURN_RISK not in reading.asks and not drivers:
        return None
    try:
        base = customer_base(reading.view)
    except NotDeclaredError as error:
        return clarify.asking(str(error), "unsupported")
    leaving = [metric.name for metric in reading.view.metrics.values() if isinstance(metric, StateMetric)]
    if names_other_metric(reading, base.events, *leaving):
        return None
    chosen = selected(reading, base.events, without_groups=frozenset({base.entity, base.member or base.entity}))
    if chosen is None:
        return clarify.asking("The risk cannot be narrowed or split that way.", "unsupported")
    if chosen.period is not None:
        return clarify.asking("Churn risk is as of now, looking ahead: ask without a period.", "unsupported")
    group = chosen.group
    own = base.dataset
    if group is not None and group.field.partition(".")[0] != own:
        return clarify.asking(
            f"I can split churn risk by what a {base.singular} is (a field of {base.plural}), not by their events.",
            "unsupported",
        )
    if drivers and group is not None:
        label = reading.view.whole.field(group.field).label.lower()
        return clarify.asking(
            f"I can say what leaving depends on for all {base.plural} or within one {label} at a time: which?",
            "unsupported",
        )
    counted = Cue.COUNT in reading.asks and reading.draft.ranking is None
    show = "drivers" if drivers else "groups" if group is not None else "count" if counted else "entities"
    request = ChurnRiskRequest.model_validate(
        {"show": show, "dimension": group, "limit": limit_of(reading, 20), "where": chosen.where}
    )
    what = {
        "drivers": f"What it depends on whether {base.plural} leave",
        "groups": f"Churn risk of {base.plural}"
        + (f" by {reading.view.whole.field(group.field).label.lower()}" if group is not None else ""),
        "count": f"How many {base.plural} are expected to leave",
        "entities": f"{base.plural.capitalize()} most at risk of leaving",
    }[show]
    return Plan(
        shape="customers",
        analysis=request,
        queries=chosen.plain(),
        interpretation=f"{what}, in the {base.horizon_days} days ahead{chosen.words}",
    )


def _asks_what_leaving_depends_on(reading: StrategyReading) -> bool:
    """ "what drives churn": a metric of who left, and no time or change to explain."""
    if Cue.WHY not in reading.asks or not _DEPENDS.search(reading.draft.question):
        return False
    if reading.draft.time.named or reading.asks & {Cue.RISE, Cue.FALL, Cue.GROWTH} or len(reading.draft.metrics) != 1:
        return False
    metric = reading.view.whole.metric_by_name[reading.draft.metrics[0].candidates[0].name]
    return isinstance(metric, StateMetric) and metric.counted == "inactive"
