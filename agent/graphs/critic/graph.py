"""The critic's graph and its nodes."""

from __future__ import annotations

import time
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.interpreter.nodes import consultation_of, spent
from agent.graphs.progress import say
from agent.graphs.traced import traced
from agent.models.errors import ModelError
from agent.planners.model.review import review_of, review_request
from agent.tools.present.critique import critique

Run = Runtime[AnswerContext]
_DOUBTED = 0.4


def build_critic() -> Any:
    """check -> second_look, which only a reading of a model alone needs."""
    graph = StateGraph(AnswerState, context_schema=AnswerContext)
    graph.add_node("check", traced(check, "check"))
    graph.add_node("second_look", traced(second_look, "second_look"))
    graph.add_edge(START, "check")
    graph.add_conditional_edges("check", after_check, ["second_look", END])
    graph.add_edge("second_look", END)
    return graph.compile(checkpointer=False)


def check(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Our own checks: what an answer must hold, and what a careful reader is told."""
    answer = state["answer"]
    caveats = critique(answer)
    return {"answer": answer.model_copy(update={"caveats": tuple(dict.fromkeys((*answer.caveats, *caveats)))})}


def after_check(state: AnswerState, runtime: Run) -> str:
    """A reading that only a model made is looked at twice."""
    consultation = runtime.context.consultation
    plan = state["answer"].plan
    alone = plan is not None and plan.planner == "model" and not state.get("chosen") and not plan.steps
    return "second_look" if alone and consultation is not None and consultation.reviews else END


def second_look(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Asks the model afresh whether the reading answers the question; doubt lowers confidence and is said."""
    consultation = consultation_of(runtime)
    answer = state["answer"]
    assert answer.plan is not None
    started = time.perf_counter()
    say(runtime, "critic", "Checking the reading", "started")
    try:
        reply = consultation.client.complete(
            review_request(state["question"], answer.plan, runtime.context.view, consultation.planner.clean),
            consultation.budget,
            consultation.client.step_requests(),
            consultation.ledger,
        )
        review = review_of(reply.data)
    except ModelError as error:
        say(runtime, "critic", "No second look", "finished", str(error), (time.perf_counter() - started) * 1000)
        return {}
    label = "The reading holds" if review.answers else "The reading is doubted"
    say(runtime, "critic", label, "finished", spent(consultation), (time.perf_counter() - started) * 1000)
    if review.answers:
        return {}
    doubt = "A second look doubts that this reading is what was asked: compare it with your question."
    update = {"confidence": min(answer.confidence, _DOUBTED), "caveats": (*answer.caveats, doubt)}
    return {"answer": answer.model_copy(update=update)}
