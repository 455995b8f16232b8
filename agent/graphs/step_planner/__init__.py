"""The step planner: a compound question becomes a few plain ones, without a model where its own joints suffice."""

from agent.graphs.step_planner.graph import build_step_planner

__all__ = ["build_step_planner"]
