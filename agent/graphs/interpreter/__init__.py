"""The interpreter: a model reads the question, its reading becomes a plan, and the two planners' plans are settled."""

from agent.graphs.interpreter.graph import build_interpreter

__all__ = ["build_interpreter"]
