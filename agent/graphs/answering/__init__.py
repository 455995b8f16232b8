"""The way of a question: understand, compile, query, present, record."""

from agent.graphs.answering.graph import AnswerGraph, build_graph
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.answering.waiting import is_waiting, resumed_with

__all__ = ["AnswerContext", "AnswerGraph", "AnswerState", "build_graph", "is_waiting", "resumed_with"]
