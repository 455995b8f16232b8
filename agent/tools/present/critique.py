"""What a careful reader of an answer would object to, found without any model."""

from __future__ import annotations

from agent.answer import Answer

_DOUBTFUL = 0.7


def critique(answer: Answer) -> tuple[str, ...]:
    """Caveats that an answer still needs: empty results, steps that stopped, an unsure reading."""
    found: list[str] = []
    if answer.results and not answer.results[0].rows:
        found.append("No rows fit what was asked.")
    found += [
        f"Not answered: {step.question} ({step.stopped_because})" for step in answer.steps if step.stopped_because
    ]
    if answer.confidence < _DOUBTFUL and answer.plan is not None and answer.plan.planner == "model":
        found.append("The reading is not sure: compare it with your question.")
    return tuple(found)
