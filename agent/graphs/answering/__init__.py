"""The way of a question: understand, compile, query, present, record."""

from agent.graphs.answering.graph import build_graph
from agent.graphs.answering.state import AnswerContext, AnswerState

__all__ = ["AnswerContext", "AnswerState", "build_graph"]
