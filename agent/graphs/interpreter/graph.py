"""Builds the interpreter's graph."""

from __future__ import annotations

from typing import Any

from langgraph.graph import END, START, StateGraph

from agent.graphs.answering.state import AnswerContext
from agent.graphs.interpreter import nodes
from agent.graphs.interpreter.nodes import InterpreterState
from agent.graphs.traced import traced


def build_interpreter() -> Any:
    """ask -> read -> settle; a reply that cannot be used goes back from read to ask, at most twice."""
    graph = StateGraph(InterpreterState, context_schema=AnswerContext)
    graph.add_node("ask", traced(nodes.ask, "ask"))
    graph.add_node("read", traced(nodes.read, "read"))
    graph.add_node("settle", traced(nodes.settle_plans, "settle"))
    graph.add_edge(START, "ask")
    graph.add_conditional_edges("ask", nodes.after_asking, ["ask", "read", "settle"])
    graph.add_conditional_edges("read", nodes.after_reading, ["ask", "settle"])
    graph.add_edge("settle", END)
    return graph.compile(checkpointer=False)
