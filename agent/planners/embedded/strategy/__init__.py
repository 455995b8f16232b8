"""Questions that call for an analysis: one reader a file, tried in order."""

from agent.planners.embedded.strategy.causes import read_cause
from agent.planners.embedded.strategy.reading import StrategyReader, StrategyReading

# Each takes a reading and gives a plan, or None where the question is not its kind. The first that gives one wins.
READERS: tuple[StrategyReader, ...] = (read_cause,)

__all__ = ["READERS", "StrategyReader", "StrategyReading"]
