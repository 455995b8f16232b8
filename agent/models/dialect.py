"""How an endpoint wants to be asked. Endpoints that speak chat completions differ in what they take; a refused request says
what to leave out, and what was learned from one that then went well is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from agent.models.request import ModelRequest
from agent.models.settings import ModelSettings, StructuredBy

TokenLimit = Literal["", "max_tokens", "max_completion_tokens"]

MOST_REPLY_TOKENS = 4_096  # sent only where an endpoint demands a limit: no form of ours comes near it
# What a refusal may name, in any order: our parameters by the words that endpoints use of them.
COMPLAINTS: Mapping[str, tuple[str, ...]] = {
    "max_completion_tokens": ("max_completion_tokens",),
    "max_tokens": ("max_tokens",),
    "temperature": ("temperature",),
    "stream_options": ("stream_options", "include_usage"),
    "stream": ("stream",),
    "json_schema": ("json_schema", "schema", "structured output", "grammar"),
    "response_format": ("response_format", "json_object"),
    "system": ("system role", "role 'system'", 'role "system"', "system message", "developer message"),
}
_WEAKER: dict[StructuredBy, StructuredBy] = {"json_schema": "json_object", "json_object": "prompt"}


def complaints_in(text: str) -> frozenset[str]:
    """Which of our parameters an endpoint's refusal names. Its words themselves go no further."""
    lowered = text.casefold()
    found = {name for name, words in COMPLAINTS.items() if any(word in lowered for word in words)}
    return frozenset(found - {"stream"} if "stream_options" in found else found)


@dataclass(frozen=True)
class Dialect:
    """One way to ask: how JSON is asked for, and which optional parameters are sent."""

    structured_by: StructuredBy
    temperature: float | None
    streams: bool
    counts_streamed: bool = True  # whether a stream's usage is asked for
    token_limit: TokenLimit = ""
    has_system_role: bool = True

    @classmethod
    def of(cls, settings: ModelSettings) -> Dialect:
        """The fullest way, as the settings have it."""
        return cls(settings.structured_by, settings.temperature, settings.streams)

    def after(self, complaints: frozenset[str], *, is_last: bool) -> Dialect | None:
        """Another way, after a refusal that named some parameters, or none; None where none is left. `is_last` says that only
        one more request may be made: of a refusal that names nothing, everything optional goes at once."""
        changed = self
        if "max_completion_tokens" in complaints and self.token_limit != "max_completion_tokens":
            changed = replace(changed, token_limit="max_completion_tokens")
        elif "max_tokens" in complaints and self.token_limit == "":
            changed = replace(changed, token_limit="max_tokens")
        elif self.token_limit and complaints & {"max_tokens", "max_completion_tokens"}:
            changed = replace(changed, token_limit="")
        if "temperature" in complaints:
            changed = replace(changed, temperature=None)
        if "stream_options" in complaints:
            changed = replace(changed, counts_streamed=False)
        if "stream" in complaints:
            changed = replace(changed, streams=False)
        if "system" in complaints:
            changed = replace(changed, has_system_role=False)
        if "json_schema" in complaints and not is_last:
            changed = replace(changed, structured_by=self._weaker())
        elif complaints & {"json_schema", "response_format"}:
            changed = replace(changed, structured_by="prompt")
        if is_last:
            changed = replace(changed, temperature=None)
        if not complaints or changed == self:
            changed = self.plainest() if is_last else replace(self, structured_by=self._weaker())
        return changed if changed != self else None

    def plainest(self) -> Dialect:
        """Messages and nothing else."""
        return Dialect(
            "prompt", None, streams=False, token_limit=self.token_limit, has_system_role=self.has_system_role
        )

    def messages(self, request: ModelRequest) -> list[tuple[str, str]]:
        """The prompt's messages; the schema stands among them where the endpoint does not take it apart."""
        messages = list(request.messages)
        if self.structured_by != "json_schema":
            role, text = messages[0]
            messages[0] = (role, f"{text}\nReply with one JSON object of this schema: {request.schema.text}")
        if not self.has_system_role and len(messages) > 1 and messages[0][0] == "system":
            (_, first), (role, text), *rest = messages
            messages = [(role, f"{first}\n\n{text}"), *rest]
        return messages

    def body(self, request: ModelRequest) -> dict[str, Any]:
        """What the request's body holds beside messages and model."""
        extra: dict[str, Any] = {}
        if self.structured_by == "json_schema":
            schema = {"name": request.schema.name, "strict": True, "schema": request.schema.schema}
            extra["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.structured_by == "json_object":
            extra["response_format"] = {"type": "json_object"}
        if self.temperature is not None:
            extra["temperature"] = self.temperature
        if self.token_limit:
            extra[self.token_limit] = MOST_REPLY_TOKENS
        return extra

    def _weaker(self) -> StructuredBy:
        return _WEAKER.get(self.structured_by, self.structured_by)
