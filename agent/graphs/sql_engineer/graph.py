"""Builds the SQL engineer's graph."""

from __future__ import annotations

from typing import Any

from langgraph.graph import END, START, StateGraph

from agent.graphs.answering.state import AnswerContext
from agent.graphs.sql_engineer import nodes
from agent.graphs.sql_engineer.nodes import EngineerState
from agent.graphs.traced import traced


def build_sql_engineer() -> Any:
    """draft -> try_out -> offer; what the gate or the engine objects to goes back to draft, at most twice."""
    graph = StateGraph(EngineerState, context_schema=AnswerContext)
    graph.add_node("draft", traced(nodes.draft, "draft"))
    graph.add_node("try_out", traced(nodes.try_out, "try_out"))
    graph.add_node("offer", traced(nodes.offer, "offer"))
    graph.add_edge(START, "draft")
    graph.add_conditional_edges("draft", nodes.after_drafting, ["draft", "try_out", END])
    graph.add_conditional_edges("try_out", nodes.after_trying, ["draft", "offer", END])
    graph.add_edge("offer", END)
    return graph.compile(checkpointer=False)
