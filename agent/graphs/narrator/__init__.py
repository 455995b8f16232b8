"""The narrator: our sentences in better words, where a model may; else as they are."""

from agent.graphs.narrator.graph import build_narrator

__all__ = ["build_narrator"]
