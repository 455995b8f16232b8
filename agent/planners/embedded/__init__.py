"""The planner that needs no model."""

from agent.planners.embedded.planner import EmbeddedPlanner

__all__ = ["EmbeddedPlanner"]
