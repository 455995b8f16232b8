"""Builds the supervisor's graph: the one that every question enters.

    understand -> (step_planner) -> (interpreter) -> (sql_engineer) -> the way of a question -> finish
        dispatch => step, step, step => gather -> (dispatch) -> join -> finish
    finish -> (critic) -> (narrator) -> record -> (await_choice)

What stands in brackets is entered only where the question calls for it; a plain one goes straight through.
"""

from __future__ import annotations

from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph

from agent.graphs.answering import nodes
from agent.graphs.answering.graph import WAYS, AnswerGraph, add_way_of_a_question
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.critic import build_critic
from agent.graphs.narrator import build_narrator
from agent.graphs.sql_engineer import build_sql_engineer
from agent.graphs.step_planner import build_step_planner
from agent.graphs.supervisor import routes, steps
from agent.graphs.traced import TracedAgent, traced


def build_supervisor(checkpointer: BaseCheckpointSaver[Any] | None = None) -> AnswerGraph:
    """The whole graph; with a checkpointer threads are kept, and a question back waits for its answer."""
    graph = StateGraph(AnswerState, context_schema=AnswerContext)
    graph.add_node("understand", traced(nodes.understand, "understand"))
    graph.add_node("step_planner", TracedAgent("step_planner", build_step_planner()))
    graph.add_node("sql_engineer", TracedAgent("sql_engineer", build_sql_engineer()))
    graph.add_node("dispatch", nodes.done)
    graph.add_node("step", traced(steps.answer_step, "step"))
    graph.add_node("gather", nodes.done)
    graph.add_node("join", traced(steps.join, "join"))
    add_way_of_a_question(graph, "finish")
    graph.add_node("finish", nodes.done)
    graph.add_node("critic", TracedAgent("critic", build_critic()))
    graph.add_node("narrator", TracedAgent("narrator", build_narrator()))
    graph.add_node("record", traced(nodes.record, "record"))
    waits = (*WAYS, "understand")
    graph.add_node("await_choice", nodes.await_choice, destinations=waits)
    ways = [*WAYS, "step_planner", "sql_engineer", "dispatch"]
    graph.add_edge(START, "understand")
    graph.add_conditional_edges("understand", routes.supervise, ways)
    graph.add_conditional_edges("step_planner", routes.supervise, ways)
    graph.add_conditional_edges("interpreter", routes.supervise, ways)
    graph.add_edge("sql_engineer", "ask_back")
    graph.add_conditional_edges("dispatch", routes.to_ready_steps, ["step"])
    graph.add_edge("step", "gather")
    graph.add_conditional_edges("gather", routes.after_steps, ["dispatch", "join"])
    graph.add_conditional_edges("join", routes.after_join, ["finish", "ask_back", "refuse"])
    graph.add_conditional_edges("finish", routes.after_answer, ["critic", "narrator", "record"])
    graph.add_conditional_edges("critic", routes.after_critic, ["narrator", "record"])
    graph.add_edge("narrator", "record")
    graph.add_conditional_edges("record", nodes.after_recording, ["await_choice", END])
    return graph.compile(checkpointer=checkpointer, name="plumbline")
