"""Builds the way of one question, as the supervisor's own nodes or as the graph of one step."""

from __future__ import annotations

from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent.graphs.answering import nodes, routes
from agent.graphs.answering.repairs import repairing
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.interpreter import build_interpreter
from agent.graphs.specialists import build_specialist
from agent.graphs.traced import TracedAgent, traced

AnswerGraph = CompiledStateGraph[AnswerState, AnswerContext, AnswerState, AnswerState]
WAYS = ("interpreter", "check_data", "investigator", "strategist", "run_statement", "describe", "refuse", "ask_back")


def add_way_of_a_question(graph: Any, then: str) -> None:
    """Adds the nodes that lead from a plan to an answer; each way ends at `then`.

    (interpreter ->) check_data -> compute -> present; investigator or strategist; run_statement -> present; describe; refuse;
    ask_back.
    """
    graph.add_node("interpreter", TracedAgent("interpreter", build_interpreter()))
    graph.add_node("check_data", traced(repairing(nodes.check_data), "check_data"))
    graph.add_node("compute", traced(repairing(nodes.compute), "compute"))
    graph.add_node("present", traced(nodes.present_results, "present"))
    graph.add_node("investigator", TracedAgent("investigator", build_specialist("investigator")))
    graph.add_node("strategist", TracedAgent("strategist", build_specialist("strategist")))
    graph.add_node("run_statement", traced(nodes.run_statement, "run_statement"))
    graph.add_node("describe", traced(nodes.describe, "describe"))
    graph.add_node("refuse", traced(nodes.refuse, "refuse"))
    graph.add_node("ask_back", traced(nodes.ask_back, "ask_back"))
    checked = ["ask_back", "refuse", "describe", "compute", "interpreter"]
    graph.add_conditional_edges("check_data", routes.after_check, checked)
    graph.add_conditional_edges("compute", routes.after_computing, ["present", "interpreter"])
    graph.add_edge("run_statement", "present")
    for name in ("investigator", "strategist"):
        graph.add_conditional_edges(name, nodes.after_analysis, {"ask_back": "ask_back", "present_finding": then})
    for name in ("present", "describe", "refuse", "ask_back"):
        graph.add_edge(name, then)


def build_step_graph() -> AnswerGraph:
    """One step of a compound question: from its plan (or its words) to its answer; nothing is recorded or waited for."""
    graph = StateGraph(AnswerState, context_schema=AnswerContext)
    graph.add_node("understand", traced(nodes.understand, "understand"))
    graph.add_node("done", nodes.done)
    add_way_of_a_question(graph, "done")
    graph.add_conditional_edges(START, nodes.is_planned, {"planned": "planned", "unplanned": "understand"})
    graph.add_node("planned", nodes.done)
    graph.add_conditional_edges("planned", routes.to_work, list(WAYS))
    graph.add_conditional_edges("understand", routes.to_work, list(WAYS))
    graph.add_conditional_edges("interpreter", routes.to_work, list(WAYS))
    graph.add_edge("done", END)
    return graph.compile(checkpointer=False)
