"""The way of one question: from its plan to an answer."""

from agent.graphs.answering.graph import AnswerGraph, add_way_of_a_question, build_step_graph
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.answering.waiting import is_waiting, resumed_with

__all__ = [
    "AnswerContext",
    "AnswerGraph",
    "AnswerState",
    "add_way_of_a_question",
    "build_step_graph",
    "is_waiting",
    "resumed_with",
]
