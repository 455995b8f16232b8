"""Where a plan goes: to a model's reading first, or straight to the work."""

from __future__ import annotations

from langgraph.runtime import Runtime

from agent.graphs.answering import nodes
from agent.graphs.answering.state import AnswerContext, AnswerState
from catalog.plan import Plan

Run = Runtime[AnswerContext]
_SURE_ENOUGH = 0.9


def to_work(state: AnswerState, runtime: Run) -> str:
    """The interpreter where a model may have a say in the plan; else the work that the plan calls for."""
    return "interpreter" if asks_model(state, runtime) else nodes.after_understanding(state)


def after_check(state: AnswerState) -> str:
    """On to computing; back to the interpreter where a model's plan failed."""
    return "interpreter" if state.get("retry") else nodes.after_check(state)


def after_computing(state: AnswerState) -> str:
    """On to showing; back to the interpreter where a model's plan failed."""
    return "interpreter" if state.get("retry") else "present"


def asks_model(state: AnswerState, runtime: Run) -> bool:
    """Whether a model is to read the question: not where policy or the question itself has settled it, nor twice."""
    consultation = runtime.context.consultation
    if consultation is None or state.get("consulted") or state.get("chosen") or consultation.budget.is_cancelled:
        return False
    plan = Plan.model_validate(state["plan"])
    if plan.refusal is not None or plan.statement is not None or plan.shape == "overview":
        return False
    if plan.clarification is not None:
        return plan.clarification.reason != "empty" and len(state["question"]) <= 2_000
    return not (consultation.only_when_unsure and plan.confidence >= _SURE_ENOUGH)
