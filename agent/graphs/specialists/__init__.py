"""The investigator (what happened, and why) and the strategist (what will or would): each with its own analysis tools."""

from agent.graphs.specialists.graph import build_specialist

__all__ = ["build_specialist"]
