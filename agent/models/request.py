"""What goes to a model and what comes back, as data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from agent.models.tokens import estimate_tokens


@dataclass(frozen=True)
class ReplySchema:
    """The JSON that a reply must be: a flat JSON Schema with a name."""

    name: str
    schema: dict[str, Any]

    @property
    def text(self) -> str:
        """The schema as it is sent."""
        return json.dumps(self.schema, separators=(",", ":"))


@dataclass(frozen=True)
class Egress:
    """What of the business a prompt holds: how many of each kind of thing. The question itself always goes."""

    level: str = "metadata"
    counts: dict[str, int] = field(default_factory=dict)  # metrics, fields, examples, values, cells, rows


@dataclass(frozen=True)
class ModelRequest:
    """One prompt: `messages` are (role, text) pairs, roles system, user and assistant."""

    step: str  # which agent asks, for a person: "interpreter"
    prompt_version: str
    messages: tuple[tuple[str, str], ...]
    schema: ReplySchema
    egress: Egress = Egress()

    def answered(self, reply: str, problem: str) -> ModelRequest:
        """The request with a reply and what was wrong with it, for another try."""
        more = (*self.messages, ("assistant", reply), ("user", problem))
        return ModelRequest(self.step, self.prompt_version, more, self.schema, self.egress)

    @property
    def tokens(self) -> int:
        """The prompt's size in tokens, estimated from above: every message, and the schema."""
        return sum(estimate_tokens(text) + 4 for _, text in self.messages) + estimate_tokens(self.schema.text)

    @property
    def sha256(self) -> str:
        """A hash of all that is sent."""
        text = json.dumps([self.messages, self.schema.schema], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class ModelReply:
    """A whole reply: its text, the JSON object in it, and what it used."""

    text: str
    data: dict[str, Any]
    model: str
    input_tokens: int | None
    output_tokens: int | None
    finish_reason: str

    @property
    def sha256(self) -> str:
        """A hash of what was said."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
