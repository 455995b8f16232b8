"""The step planner's nodes."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from langgraph.graph import END
from langgraph.runtime import Runtime

from agent.graphs.answering.shown_rows import shown_rows
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.progress import say
from agent.models.errors import ModelError, ModelReplyError
from agent.planners.embedded.compound import taken_apart
from catalog.plan import Plan

Run = Runtime[AnswerContext]


def by_joints(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Takes the question apart at its conjunctions, where each part can be answered."""
    started = time.perf_counter()
    previous, shown = state.get("previous_plan"), shown_rows(state, runtime)
    apart = taken_apart(
        state["question"],
        Plan.model_validate(state["plan"]),
        dt.date.fromisoformat(state["as_of"]),
        Plan.model_validate(previous) if previous else None,
        lambda part, day, before: runtime.context.planner.plan(part, day, before, shown),
        runtime.context.view,
    )
    if apart is None:
        return {"tried_steps": True}
    if not apart.steps:
        as_json = apart.model_dump(mode="json")
        return {"plan": as_json, "embedded_plan": as_json, "tried_steps": True}
    say(runtime, "steps", "Taking the question apart", "started")
    listed = "; ".join(step.question for step in apart.steps)
    elapsed_ms = (time.perf_counter() - started) * 1000
    say(runtime, "steps", f"{len(apart.steps)} steps", "finished", listed, elapsed_ms)
    return {"steps": apart.steps, "tried_steps": True}


def after_joints(state: AnswerState, runtime: Run) -> str:
    """A model is asked only where its reading called for steps."""
    asks = not state.get("steps") and state.get("wants") == "steps" and runtime.context.consultation is not None
    return "ask_model" if asks else END


def ask_model(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Steps from a model, checked to be a few questions without a circle; none where it gives no usable ones."""
    from agent.planners.model.steps import steps_of, steps_request
    from agent.planners.model.values_read import brings_something_new

    consultation = runtime.context.consultation
    assert consultation is not None
    started = time.perf_counter()
    say(runtime, "steps", "Taking the question apart", "started")
    as_of = dt.date.fromisoformat(state["as_of"])
    request = steps_request(consultation.planner, state["question"], as_of)
    requests_left = consultation.client.step_requests()
    reason = "the model's steps cannot be used"
    while requests_left.left > 0:
        try:
            reply = consultation.client.complete(request, consultation.budget, requests_left, consultation.ledger)
            steps = steps_of(reply.data)
            if any(
                brings_something_new(consultation.planner.embedded, step.question, state["question"], as_of)
                for step in steps
            ):
                raise ModelReplyError("a step names a value or number that the question does not")
        except ModelReplyError as problem:
            request = request.answered("(no usable steps)", str(problem))
            reason = str(problem)
            continue
        except ModelError as error:
            reason = str(error)
            break
        listed = "; ".join(step.question for step in steps)
        say(runtime, "steps", f"{len(steps)} steps", "finished", listed, (time.perf_counter() - started) * 1000)
        return {"steps": steps, "wants": ""}
    say(runtime, "steps", "Answered as one question", "finished", reason, (time.perf_counter() - started) * 1000)
    return {"wants": ""}
