"""The narrator's graph and its one node."""

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
from agent.planners.model.narration import Masked, narration_request, sentences_of


def build_narrator() -> Any:
    """rewrite, once: what is not faithful is dropped, and our own sentences stay."""
    graph = StateGraph(AnswerState, context_schema=AnswerContext)
    graph.add_node("rewrite", traced(rewrite, "rewrite"))
    graph.add_edge(START, "rewrite")
    graph.add_edge("rewrite", END)
    return graph.compile(checkpointer=False)


def rewrite(state: AnswerState, runtime: Runtime[AnswerContext]) -> dict[str, Any]:
    """Headline and narrative in better words, every mark kept."""
    consultation = consultation_of(runtime)
    answer = state["answer"]
    started = time.perf_counter()
    say(runtime, "narrator", "Putting it in words", "started")
    masked = Masked((answer.headline, *answer.narrative))
    said = "Our own words stand"
    changed = answer
    try:
        reply = consultation.client.complete(
            narration_request(masked, runtime.context.view),
            consultation.budget,
            consultation.client.step_requests(),
            consultation.ledger,
        )
        filled = masked.filled(sentences_of(reply.data))
    except ModelError as error:
        filled, reason = None, str(error)
    else:
        reason = "" if filled is not None else "the rewriting changed what is said"
    if filled is not None:
        said = "Put in better words"
        changed = answer.model_copy(update={"headline": filled[0], "narrative": filled[1:]})
    say(
        runtime,
        "narrator",
        said,
        "finished",
        f"{reason} {spent(consultation)}".strip(),
        (time.perf_counter() - started) * 1000,
    )
    return {"answer": changed}
