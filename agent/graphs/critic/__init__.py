"""The critic: is the answer one to this question, and what must be said beside it."""

from agent.graphs.critic.graph import build_critic

__all__ = ["build_critic"]
