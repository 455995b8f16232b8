"""Self-repair: where a model's plan cannot be computed, the model is told so in generic words, at most twice."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from langgraph.runtime import Runtime

from agent.errors import DeadlineError, MemoryLimitError, QueryCancelledError, QueryError, WarehouseError
from agent.graphs.answering.state import AnswerContext, AnswerState
from catalog.plan import Plan

MOST_REPAIRS = 2
Node = Callable[[AnswerState, Runtime[AnswerContext]], dict[str, Any]]


def repairing(node: Node) -> Any:
    """The node, but that an error on a plan that only a model made goes back to the interpreter. A refusal by policy, and
    every error on a plan of ours or one that the asker chose, goes through."""

    @functools.wraps(node)
    def repaired(state: AnswerState, runtime: Runtime[AnswerContext]) -> dict[str, Any]:
        try:
            return node(state, runtime)
        except (QueryError, WarehouseError) as error:
            if isinstance(error, QueryCancelledError) or not _is_model_s(state, runtime):
                raise
            return {
                "plan": state["embedded_plan"],
                "consulted": False,
                "retry": True,
                "repairs": state.get("repairs", 0) + 1,
                "problem": told_of(error),
            }

    return repaired


def told_of(error: Exception) -> str:
    """What a model is told of an error: its kind, never its words, which may hold names and values."""
    if isinstance(error, DeadlineError):
        return "the plan took too long: ask for fewer groups or a shorter period"
    if isinstance(error, MemoryLimitError):
        return "the plan needs too much memory: ask for fewer groups or a shorter period"
    if isinstance(error, WarehouseError):
        return "the engine could not run the plan"
    return "these metrics, splits and filters cannot be computed together"


def _is_model_s(state: AnswerState, runtime: Runtime[AnswerContext]) -> bool:
    plan = Plan.model_validate(state["plan"])
    asked = runtime.context.consultation is not None and "embedded_plan" in state and not state.get("chosen")
    return asked and plan.planner == "model" and state.get("repairs", 0) < MOST_REPAIRS
