"""A second look by a model: does a reading answer the question? It sees both in words, and no result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.models.errors import ModelReplyError
from agent.models.request import Egress, ModelRequest, ReplySchema
from agent.planners.model.context import as_data
from agent.prompts import load_prompt
from catalog.access import CatalogView
from catalog.plan import Plan


class Review(BaseModel):
    """Whether the reading answers the question, and which of its words it leaves out."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_max_length=200)

    answers: bool
    missing: tuple[str, ...] = Field(default=(), max_length=8)


REVIEW_SCHEMA = ReplySchema(
    "review",
    {
        "type": "object",
        "properties": {"answers": {"type": "boolean"}, "missing": {"type": "array", "items": {"type": "string"}}},
        "required": ["answers", "missing"],
        "additionalProperties": False,
    },
)


def review_request(question: str, plan: Plan, view: CatalogView, clean: Callable[[str], str]) -> ModelRequest:
    """The prompt: the question, and what would be computed in the catalog's words, without values of filters."""
    prompt = load_prompt("critic")
    query = plan.queries[0].query if plan.queries else None
    metrics = ", ".join(view.whole.metric_by_name[use.metric].label for use in query.metrics) if query else ""
    groups = ", ".join(str(getattr(item, "field", None) or "time") for item in query.group_by) if query else ""
    period = f"{query.period.start} up to {query.period.end}" if query and query.period else "all time"
    reading = f"figures: {metrics}; split by: {groups or 'nothing'}; period: {period}; filtered: {bool(query and query.where)}"
    asked = as_data(clean(question))
    text = f"<question>\n{asked}\n</question>\n<reading>\n{as_data(reading)}\n</reading>"
    return ModelRequest(
        prompt.agent,
        prompt.version,
        (("system", prompt.text), ("user", text)),
        REVIEW_SCHEMA,
        Egress(view.egress, {"readings": 1}),
    )


def review_of(data: dict[str, Any]) -> Review:
    """The review in a reply; ModelReplyError where it is none."""
    try:
        return Review.model_validate(data)
    except ValidationError as error:
        raise ModelReplyError("reply with answers (true or false) and missing (a list)") from error
