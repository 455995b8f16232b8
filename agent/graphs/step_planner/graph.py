"""Builds the step planner's graph."""

from __future__ import annotations

from typing import Any

from langgraph.graph import END, START, StateGraph

from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.step_planner import nodes
from agent.graphs.traced import traced


def build_step_planner() -> Any:
    """by_joints -> ask_model, where the joints do not suffice and a model is at hand."""
    graph = StateGraph(AnswerState, context_schema=AnswerContext)
    graph.add_node("by_joints", traced(nodes.by_joints, "by_joints"))
    graph.add_node("ask_model", traced(nodes.ask_model, "ask_model"))
    graph.add_edge(START, "by_joints")
    graph.add_conditional_edges("by_joints", nodes.after_joints, ["ask_model", END])
    graph.add_edge("ask_model", END)
    return graph.compile(checkpointer=False)
