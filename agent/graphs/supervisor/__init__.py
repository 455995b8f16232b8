"""The supervisor: sends a question to the specialists it needs, and writes the receipt before anything is shown."""

from agent.graphs.supervisor.graph import build_supervisor

__all__ = ["build_supervisor"]
