"""Builds the graph of an answer."""

from __future__ import annotations

from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent.graphs.answering import nodes
from agent.graphs.answering.state import AnswerContext, AnswerState

AnswerGraph = CompiledStateGraph[AnswerState, AnswerContext, AnswerState, AnswerState]


def build_graph(
    checkpointer: BaseCheckpointSaver[Any] | None = None,
) -> AnswerGraph:
    """understand -> check_data -> compute -> present -> record; analyse -> present_finding -> record;
    or describe, refuse, ask_back -> record -> await_choice."""
    graph = StateGraph(AnswerState, context_schema=AnswerContext)
    graph.add_node("understand", nodes.understand)
    graph.add_node("check_data", nodes.check_data)
    graph.add_node("compute", nodes.compute)
    graph.add_node("present", nodes.present_results)
    graph.add_node("analyse", nodes.analyse)
    graph.add_node("present_finding", nodes.show_finding)
    graph.add_node("describe", nodes.describe)
    graph.add_node("refuse", nodes.refuse)
    graph.add_node("ask_back", nodes.ask_back)
    graph.add_node("record", nodes.record)
    graph.add_node("await_choice", nodes.await_choice, destinations=("understand", "check_data", "analyse"))
    ways = ["ask_back", "refuse", "describe"]
    graph.add_edge(START, "understand")
    graph.add_conditional_edges("understand", nodes.after_understanding, [*ways, "check_data", "analyse"])
    graph.add_conditional_edges("check_data", nodes.after_check, [*ways, "compute"])
    graph.add_conditional_edges("analyse", nodes.after_analysis, ["ask_back", "present_finding"])
    graph.add_edge("compute", "present")
    for name in ("present", "present_finding", "describe", "refuse", "ask_back"):
        graph.add_edge(name, "record")
    graph.add_conditional_edges("record", nodes.after_recording, ["await_choice", END])
    return graph.compile(checkpointer=checkpointer)
