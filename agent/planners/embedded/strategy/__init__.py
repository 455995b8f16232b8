"""Questions that call for an analysis: one reader a file, tried in order."""

from agent.planners.embedded.strategy.causes import read_cause
from agent.planners.embedded.strategy.churn_risk import read_churn_risk
from agent.planners.embedded.strategy.cohorts import read_cohorts
from agent.planners.embedded.strategy.forecasts import read_forecast
from agent.planners.embedded.strategy.funnels import read_funnel
from agent.planners.embedded.strategy.lifetime_value import read_lifetime_value
from agent.planners.embedded.strategy.products import read_reorder, read_unusual_rate
from agent.planners.embedded.strategy.reading import StrategyReader, StrategyReading
from agent.planners.embedded.strategy.rfm import read_rfm

# Each takes a reading and gives a plan, or None where the question is not its kind. The first that gives one wins.
READERS: tuple[StrategyReader, ...] = (
    read_cohorts,
    read_rfm,
    read_funnel,
    read_churn_risk,
    read_lifetime_value,
    read_reorder,
    read_unusual_rate,
    read_cause,
    read_forecast,
)

__all__ = ["READERS", "StrategyReader", "StrategyReading"]
