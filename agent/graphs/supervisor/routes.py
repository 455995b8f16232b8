"""The supervisor's decisions: which specialist a question needs next."""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import Send

from agent.graphs.answering.routes import asks_model, to_work
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.planners.embedded.compound import may_be_compound
from catalog.plan import Plan, PlanStep

Run = Runtime[AnswerContext]


def supervise(state: AnswerState, runtime: Run) -> str:
    """Steps where the question has several; a model's reading where one may be had; else the work itself."""
    if state.get("steps"):
        return "dispatch"
    if state.get("chosen"):
        return to_work(state, runtime)
    plan = Plan.model_validate(state["plan"])
    if not state.get("tried_steps") and plan.refusal is None and may_be_compound(state["question"]):
        return "step_planner"
    if asks_model(state, runtime):
        return "interpreter"
    if state.get("wants") == "steps":
        return "step_planner"
    may_write = state.get("wants") == "sql" and runtime.context.view.role.free_sql
    if may_write and plan.clarification is not None:
        return "sql_engineer"
    return to_work(state, runtime)


def to_ready_steps(state: AnswerState, runtime: Run) -> list[Send]:
    """Every step that is not answered and whose needs are, side by side."""
    answered = runtime.context.answered_steps
    ready = [step for step in state["steps"] if step.id not in answered and set(step.needs) <= set(answered)]
    return [Send("step", _given_to(step, state)) for step in ready]


def _given_to(step: PlanStep, state: AnswerState) -> dict[str, Any]:
    return {"question": step.question, "as_of": state["as_of"], "steps": (step,)}


def after_steps(state: AnswerState, runtime: Run) -> str:
    """On to the steps that were waiting; joined once all are answered."""
    return "join" if all(step.id in runtime.context.answered_steps for step in state["steps"]) else "dispatch"


def after_join(state: AnswerState) -> str:
    """A first step that is refused or asks back stands for the whole."""
    plan = Plan.model_validate(state["plan"])
    if plan.refusal is not None:
        return "refuse"
    return "ask_back" if plan.clarification is not None else "finish"


def after_answer(state: AnswerState, runtime: Run) -> str:
    """A joined answer, and a reading that a model alone made, go past the critic."""
    plan = Plan.model_validate(state["plan"])
    answer = state["answer"]
    if answer.status == "answer" and (plan.steps or plan.planner == "model"):
        return "critic"
    return after_critic(state, runtime)


def after_critic(state: AnswerState, runtime: Run) -> str:
    """The narrator, where a model may put an answer in words."""
    consultation = runtime.context.consultation
    narrates = consultation is not None and consultation.narrates and bool(state["answer"].results)
    return "narrator" if narrates else "record"
