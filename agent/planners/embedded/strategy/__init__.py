"""Questions that call for an analysis: one reader a file, tried in order."""

import re
from dataclasses import replace

from agent.planners.embedded.strategy.anomalies import read_anomaly
from agent.planners.embedded.strategy.asking_again import asked_again
from agent.planners.embedded.strategy.causes import read_cause
from agent.planners.embedded.strategy.churn_risk import read_churn_risk
from agent.planners.embedded.strategy.cohorts import read_cohorts
from agent.planners.embedded.strategy.data_quality import read_quality
from agent.planners.embedded.strategy.decisions import read_decision, without_saving
from agent.planners.embedded.strategy.driver_trees import read_driver_tree
from agent.planners.embedded.strategy.forecasts import read_dated_forecast, read_forecast
from agent.planners.embedded.strategy.funnels import read_funnel
from agent.planners.embedded.strategy.goals import read_goal
from agent.planners.embedded.strategy.lifetime_value import read_lifetime_value
from agent.planners.embedded.strategy.open_forecasts import read_open_forecast
from agent.planners.embedded.strategy.prices import read_price
from agent.planners.embedded.strategy.products import read_reorder, read_unusual_rate
from agent.planners.embedded.strategy.reading import StrategyReader, StrategyReading
from agent.planners.embedded.strategy.reasons import read_reasons
from agent.planners.embedded.strategy.rfm import read_rfm
from agent.planners.embedded.strategy.suppositions import read_supposition
from agent.planners.embedded.strategy.what_if_reading import Asked
from agent.planners.embedded.strategy.wording import reworded
from catalog.plan import Plan

_SPACED = re.compile(r"(\d)\s+([MmKk]|bn|mn)\b(?!\s*\d)")  # "18 M" is 18M

_POLITE = re.compile(
    r"^(?:(?:please|can you|could you|would you|i want to know|i would like to know|i'd like to know|let me know"
    r"|(?:show|tell) (?:me|us)|find out"
    r"|work out|figure out)\s+)+(?=(?:what|how|which|simulate|suppose|compare|save|list|if)\b)",
    re.IGNORECASE,
)

# Each takes a reading and gives a plan, or None where the question is not its kind. The first that gives one wins.
READERS: tuple[StrategyReader, ...] = (
    asked_again,
    read_quality,
    read_dated_forecast,
    read_cohorts,
    read_rfm,
    read_funnel,
    read_churn_risk,
    read_lifetime_value,
    read_reorder,
    read_unusual_rate,
    read_cause,
    read_forecast,
    read_anomaly,
)


def read_supposing(text: str, asked: Asked) -> Plan | None:
    """The plan of a question that has a plain question inside it: what if, what it takes, what was saved, which price.
    None for any other."""
    text = _POLITE.sub("", text)
    decision = read_decision(text, asked)
    if decision is not None:
        return decision
    text, name = without_saving(_SPACED.sub(r"\1\2", text))
    asked = replace(asked, name=name)
    for read in (read_driver_tree, read_goal, read_supposition, read_price, read_open_forecast, read_reasons):
        plan = read(text, asked)
        if plan is not None:
            return plan
    return None


__all__ = ["READERS", "StrategyReader", "StrategyReading", "read_supposing", "reworded"]
