"""The interpreter's nodes. Every way out has a reason in words: agreed, asked back, or why the model has no say."""

from __future__ import annotations

import datetime as dt
import time
from typing import Annotated, Any

from langgraph.channels import UntrackedValue
from langgraph.runtime import Runtime

from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.consultation import Consultation
from agent.graphs.progress import say
from agent.models.client import StepRequests
from agent.models.errors import ModelError, ModelReplyError
from agent.models.request import ModelReply, ModelRequest
from agent.planners.agreement import Settled, settle
from agent.planners.llm import MOST_REPAIRS, ReadingProblem, ReadPlan, repair_words
from catalog.plan import Plan

Run = Runtime[AnswerContext]
_LONGEST_ECHO = 2_000


class InterpreterState(AnswerState, total=False):
    """The question's state, and what one reading of it needs."""

    request: Annotated[ModelRequest, UntrackedValue]
    requests_left: Annotated[StepRequests, UntrackedValue]
    reply: Annotated[ModelReply | None, UntrackedValue]
    read_plan: Annotated[ReadPlan | None, UntrackedValue]
    failure: Annotated[ModelError | None, UntrackedValue]
    tries: Annotated[int, UntrackedValue]
    started: Annotated[float, UntrackedValue]


def consultation_of(runtime: Run) -> Consultation:
    """The run's consultation; agents are only reached where there is one."""
    consultation = runtime.context.consultation
    assert consultation is not None
    return consultation


def spent(consultation: Consultation) -> str:
    """What the last call of a model took, in words: tokens, time, cost."""
    call = consultation.ledger.calls[-1] if consultation.ledger.calls else None
    if call is None:
        return ""
    tokens = (
        f"{call.input_tokens or 0:,} tokens in, {call.output_tokens or 0:,} out" if call.error is None else call.error
    )
    cost = f", {call.cost:.6f} {call.currency}" if call.cost is not None else ""
    return f"{call.model}: {tokens}, {(call.elapsed_ms or 0) / 1000:.1f} s{cost}"


def previous_of(state: AnswerState) -> Plan | None:
    """The plan before, in the thread."""
    previous = state.get("previous_plan")
    return Plan.model_validate(previous) if previous else None


def ask(state: InterpreterState, runtime: Run) -> dict[str, Any]:
    """Asks the model, the first time or once more with what was wrong."""
    consultation = consultation_of(runtime)
    tries = state.get("tries", 0)
    started = state.get("started") or time.perf_counter()
    if not tries:
        say(runtime, "interpreter", f"Asking {consultation.client.settings.name} what is meant", "started")
    request = state.get("request")
    if request is None:
        as_of = dt.date.fromisoformat(state["as_of"])
        request = consultation.planner.request(state["question"], as_of, previous_of(state))
        if state.get("problem"):
            request = request.answered("(the form as filled before)", repair_words(ReadingProblem(state["problem"])))
    requests_left = state.get("requests_left") or consultation.client.step_requests()
    kept: dict[str, Any] = {
        "request": request,
        "requests_left": requests_left,
        "tries": tries + 1,
        "started": started,
        "reply": None,
        "failure": None,
        "read_plan": None,
    }
    try:
        reply = consultation.client.complete(request, consultation.budget, requests_left, consultation.ledger)
    except ModelError as error:
        if error.is_repairable:
            kept["request"] = request.answered("(no JSON object)", repair_words(error))
        return {**kept, "failure": error}
    return {**kept, "reply": reply}


def after_asking(state: InterpreterState) -> str:
    """Reads what came; asks again where telling the model helps."""
    failure = state.get("failure")
    if failure is None:
        return "read"
    return "ask" if failure.is_repairable and _may_try_again(state) else "settle"


def read(state: InterpreterState, runtime: Run) -> dict[str, Any]:
    """The plan in the reply, or what is wrong with it for another try."""
    reply = state["reply"]
    assert reply is not None
    try:
        as_of = dt.date.fromisoformat(state["as_of"])
        found = consultation_of(runtime).planner.read(reply.data, state["question"], as_of, previous_of(state))
    except (ModelReplyError, ReadingProblem) as problem:
        failure = problem if isinstance(problem, ModelReplyError) else ModelReplyError(str(problem))
        again = state["request"].answered(reply.text[:_LONGEST_ECHO], repair_words(problem))
        return {"failure": failure, "request": again, "read_plan": None}
    return {"read_plan": found}


def after_reading(state: InterpreterState) -> str:
    """Settles a plan; asks again for one that cannot be used."""
    return "ask" if state.get("failure") is not None and _may_try_again(state) else "settle"


def _may_try_again(state: InterpreterState) -> bool:
    return state.get("tries", 0) <= MOST_REPAIRS and state["requests_left"].left > 0


def settle_plans(state: InterpreterState, runtime: Run) -> dict[str, Any]:
    """The plan to go on with, by the written rule; the embedded one where the model gave none."""
    embedded = Plan.model_validate(state["plan"])
    found = state.get("read_plan")
    elapsed_ms = (time.perf_counter() - state["started"]) * 1000
    if found is None:
        failure = state.get("failure")
        reason = str(failure) if failure is not None else "its reading cannot be used"
        detail = f"{reason}. {spent(consultation_of(runtime))}"
        say(runtime, "interpreter", "The model has no say", "finished", detail, elapsed_ms)
        note = f"The model gave no usable reading ({reason}); the built-in planner read the question alone."
        return {
            "consulted": True,
            "retry": False,
            "settled": ("embedded_alone", reason),
            "notes": (*state.get("notes", ()), note),
        }
    settled = settle(embedded, found, consultation_of(runtime).nearness)
    detail = f"{settled.reason}. {spent(consultation_of(runtime))}"
    say(runtime, "interpreter", _label(settled), "finished", detail, elapsed_ms)
    wants = found.reading.kind if found.reading.kind in ("steps", "sql") and embedded.clarification is not None else ""
    return {
        "consulted": True,
        "retry": False,
        "plan": settled.plan.model_dump(mode="json"),
        "settled": (settled.rule, settled.reason),
        "wants": wants,
    }


def _label(settled: Settled) -> str:
    return {
        "agreed": "Both readings agree",
        "asked": "The readings differ",
        "model_reads_unknown_words": "The model knew the words",
    }.get(settled.rule, "The built-in reading stands")
