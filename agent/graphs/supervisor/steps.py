"""The steps of a compound question: each answered by the graph of one question, then joined into one answer."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

from langgraph.runtime import Runtime

from agent.answer import Answer
from agent.errors import PolicyRefusal, QueryError, WarehouseError
from agent.graphs.answering.graph import AnswerGraph, build_step_graph
from agent.graphs.answering.shown_rows import rows_to_point_at
from agent.graphs.answering.state import AnswerContext, AnsweredStep, AnswerState
from agent.graphs.progress import say
from agent.graphs.supervisor.joined import failed_step, joined_answer, joined_plan
from catalog.plan import Clarification, Plan, Refusal

Run = Runtime[AnswerContext]


@cache
def _step_graph() -> AnswerGraph:
    return build_step_graph()


def answer_step(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """One step's answer. What goes wrong in one step does not stop the others: it is said in the joined answer."""
    (step,) = state["steps"]
    context = runtime.context
    started = time.perf_counter()
    label = f"Step {step.id.removeprefix('s')}"
    say(runtime, step.id, label, "started")
    given: dict[str, Any] = {"question": step.question, "as_of": state["as_of"]}
    if step.plan is not None:
        given["plan"] = given["embedded_plan"] = step.plan.model_dump(mode="json")
    needed = [context.answered_steps[name].answer for name in step.needs if name in context.answered_steps]
    before = next((answer for answer in needed if answer.plan is not None and answer.plan.queries), None)
    if before is not None and before.plan is not None:
        given["previous_plan"] = before.plan.model_dump(mode="json")
        given |= rows_to_point_at(before.plan, before.results)
    try:
        graph: Any = _step_graph()
        ended = graph.invoke(given, context=context)
        answered = AnsweredStep(ended["answer"], tuple(ended.get("policies", ())))
    except PolicyRefusal as refusal:
        answered = failed_step(step, state["as_of"], context.view, "refuse", str(refusal), refusal.rule)
    except QueryError as error:
        answered = failed_step(step, state["as_of"], context.view, "clarify", str(error))
    except WarehouseError as error:
        answered = failed_step(step, state["as_of"], context.view, "error", str(error))
    context.answered_steps[step.id] = answered
    elapsed_ms = (time.perf_counter() - started) * 1000
    say(runtime, step.id, label, "finished", f"{step.question} {answered.answer.headline}", elapsed_ms)
    return {}


def join(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """One answer of all steps: the first leads, the others follow in order, each under its own question."""
    context = runtime.context
    answers = tuple((step, context.answered_steps[step.id]) for step in state["steps"])
    first = answers[0][1].answer
    if first.status == "error":
        raise WarehouseError(first.headline)
    if first.status != "answer":
        return {"plan": _unanswered(first).model_dump(mode="json")}
    plan = joined_plan(answers)
    answer = joined_answer(state["question"], plan, answers, context.thread)
    policies = tuple(dict.fromkeys(item for _, step in answers for item in step.policies))
    leading = first.plan if first.plan is not None else plan
    return {
        "plan": plan.model_dump(mode="json"),
        "previous_plan": leading.model_dump(mode="json"),
        **rows_to_point_at(leading, first.results),
        "answer": answer,
        "policies": policies,
    }


def _unanswered(first: Answer) -> Plan:
    """The refusal or question back of the first step, which stands for the whole."""
    if first.refusal is not None:
        return Plan(refusal=Refusal(rule=first.refusal.rule, reason=first.refusal.reason))
    if first.plan is not None and first.plan.clarification is not None:
        return first.plan
    return Plan(clarification=Clarification(question=first.headline, reason="unsupported"), confidence=0.0)
