"""A model's draft of a statement: what it is told of the tables, and the form of its reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.models.errors import ModelReplyError
from agent.models.request import Egress, ModelRequest, ReplySchema
from agent.models.tokens import estimate_tokens
from agent.planners.embedded.planner import EmbeddedPlanner
from agent.planners.model.context import as_data
from agent.prompts import load_prompt
from catalog.access import CatalogView

_TABLE_TOKENS = 1_600
_LONGEST_STATEMENT = 8_000


class SqlDraft(BaseModel):
    """A statement and one sentence on what it gives; no statement where the tables cannot answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sql: str = Field(default="", max_length=_LONGEST_STATEMENT)
    explanation: str = Field(default="", max_length=400)


SQL_SCHEMA = ReplySchema(
    "statement",
    {
        "type": "object",
        "properties": {"sql": {"type": "string"}, "explanation": {"type": "string"}},
        "required": ["sql", "explanation"],
        "additionalProperties": False,
    },
)


def draft_of(data: dict[str, Any]) -> SqlDraft:
    """The draft in a reply; ModelReplyError where it is none."""
    try:
        return SqlDraft.model_validate(data)
    except ValidationError as error:
        raise ModelReplyError("reply with the keys sql and explanation, both text") from error


def sql_request(embedded: EmbeddedPlanner, question: str, as_of: dt.date, clean: Callable[[str], str]) -> ModelRequest:
    """The prompt for a statement: tables and columns that the role may show, nearest to the question first."""
    prompt = load_prompt("sql_engineer")
    view = embedded.view
    asked = clean(question)
    lines: list[str] = []
    used = 0
    for line in _table_lines(view, _datasets_named(embedded, asked)):
        used += estimate_tokens(line) + 1
        if used > _TABLE_TOKENS:
            break
        lines.append(line)
    tables = "\n".join(lines)
    text = (
        f"Today is {as_of.isoformat()}.\n<catalog>\n<tables>\n{tables}\n</tables>\n</catalog>\n"
        f"<question>\n{as_data(asked)}\n</question>"
    )
    counts = {"tables": len(lines)}
    return ModelRequest(
        prompt.agent, prompt.version, (("system", prompt.text), ("user", text)), SQL_SCHEMA, Egress(view.egress, counts)
    )


def _datasets_named(embedded: EmbeddedPlanner, question: str) -> tuple[str, ...]:
    named = [meaning.name.partition(".")[0] for meaning in embedded.named_in(question) if meaning.kind == "field"]
    return tuple(dict.fromkeys(named))


def _table_lines(view: CatalogView, first: tuple[str, ...]) -> Iterator[str]:
    for name in dict.fromkeys((*first, *view.datasets)):
        dataset = view.datasets.get(name)
        if dataset is None or dataset.hidden:
            continue
        columns = ", ".join(
            f"{item.name} {item.type.value}"
            for item in dataset.fields
            if not item.hidden and not item.personal_data and view.can_show(f"{name}.{item.name}")
        )
        yield as_data(f"{name}({columns})")
