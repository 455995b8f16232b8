"""Builds a specialist's graph."""

from __future__ import annotations

from typing import Any

from langgraph.graph import END, START, StateGraph

from agent.graphs.answering import nodes
from agent.graphs.answering.specialist_kinds import Specialist
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.traced import traced


def build_specialist(name: Specialist) -> Any:
    """analyse -> present_finding; an analysis that needs to know more ends with its question back in the plan."""
    graph = StateGraph(AnswerState, context_schema=AnswerContext)
    graph.add_node("analyse", traced(nodes.analyse, "analyse"))
    graph.add_node("present_finding", traced(nodes.show_finding, "present_finding"))
    graph.add_edge(START, "analyse")
    graph.add_conditional_edges(
        "analyse", nodes.after_analysis, {"ask_back": END, "present_finding": "present_finding"}
    )
    graph.add_edge("present_finding", END)
    return graph.compile(checkpointer=False, name=name)
