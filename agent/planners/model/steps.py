"""A model's way to take a compound question apart: a few plain questions, and which must be known before which."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.models.errors import ModelReplyError
from agent.models.request import Egress, ModelRequest, ReplySchema
from agent.planners.embedded.compound import MOST_STEPS
from agent.planners.model.context import as_data, catalog_context
from agent.prompts import load_prompt
from catalog.plan import PlanStep


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_max_length=300)

    id: str = Field(pattern=r"^s[1-9]$")
    question: str = Field(min_length=3)
    needs: tuple[str, ...] = ()


class _Steps(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    steps: tuple[_Step, ...] = Field(min_length=2, max_length=MOST_STEPS)


STEPS_SCHEMA = ReplySchema(
    "steps",
    {
        "type": "object",
        "properties": {
            "steps": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "id": {"type": "string"},
                        "question": {"type": "string"},
                        "needs": {"type": "array", "items": {"type": "string"}},
                    },
                    "required": ["id", "question", "needs"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["steps"],
        "additionalProperties": False,
    },
)


def steps_request(planner: Any, question: str, as_of: Any) -> ModelRequest:
    """The prompt that asks for the steps of a question; `planner` is the ModelPlanner of who asks."""
    prompt = load_prompt("step_planner")
    view = planner.embedded.view
    asked = planner.clean(question)
    context = catalog_context(planner.embedded, asked, as_of, view.egress, planner.clean)
    text = f"Today is {as_of.isoformat()}.\n<catalog>\n{context.text}\n</catalog>\n<question>\n{as_data(asked)}\n</question>"
    rules = prompt.text.replace("{most}", str(MOST_STEPS))
    return ModelRequest(
        prompt.agent,
        prompt.version,
        (("system", rules), ("user", text)),
        STEPS_SCHEMA,
        Egress(view.egress, context.counts),
    )


def steps_of(data: dict[str, Any]) -> tuple[PlanStep, ...]:
    """The steps in a reply, in its order; ModelReplyError where they are none, or need each other in a circle."""
    try:
        found = _Steps.model_validate(data).steps
    except ValidationError as error:
        raise ModelReplyError(f"steps must be two to {MOST_STEPS}, each with id, question and needs") from error
    ids = [step.id for step in found]
    if len(set(ids)) != len(ids) or any(set(step.needs) - set(ids) for step in found):
        raise ModelReplyError("ids must differ, and needs may name other steps only")
    known: set[str] = set()
    while len(known) < len(found):
        ready = {step.id for step in found if step.id not in known and set(step.needs) <= known}
        if not ready:
            raise ModelReplyError("steps may not need each other in a circle")
        known |= ready
    return tuple(PlanStep(id=step.id, question=step.question, needs=step.needs) for step in found)
