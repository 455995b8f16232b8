"""Which metrics' values add up: what the planner shares with the analyses."""

from agent.tools.analysis.additivity import adds_up, adds_up_over_time

__all__ = ["adds_up", "adds_up_over_time"]
