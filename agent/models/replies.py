"""Judges a reply before anything of it is used: whole, with text, not a refusal, no call of a tool that is not there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from agent.models.errors import ModelCutShortError, ModelRefusalError, ModelReplyError, ModelToolError

_NAME = re.compile(r"[\w.:/@+-]{1,100}")
_WHOLE = frozenset({"stop", "eos", "end_turn", "stop_sequence"})  # endpoints have several words for a natural end
_CUT_SHORT = {
    "length": "the model's reply was cut at its greatest length",
    "content_filter": "the endpoint's filter held the reply back",
}


@dataclass(frozen=True)
class WholeReply:
    """A reply that ended as it should. Token counts are the endpoint's own; None where it gives none."""

    text: str
    model: str
    input_tokens: int | None
    output_tokens: int | None
    finish_reason: str


def reply_of(message: Any, model: str) -> WholeReply:
    """The reply in a LangChain message; a ModelError where it may not be used."""
    if message is None:
        raise ModelReplyError("the endpoint gave no choice")
    metadata = message.response_metadata or {}
    given = metadata.get("finish_reason")
    finish_reason = given if isinstance(given, str) else None
    if message.additional_kwargs.get("refusal"):
        raise ModelRefusalError("the model declined to answer")
    if finish_reason in _CUT_SHORT:
        raise ModelCutShortError(_CUT_SHORT[finish_reason])
    if message.tool_calls or getattr(message, "invalid_tool_calls", ()) or finish_reason == "tool_calls":
        raise ModelToolError("there are no tools to call: reply with the JSON object")
    if finish_reason is None or finish_reason.casefold() not in _WHOLE:
        raise ModelCutShortError("the model's reply ended before it was finished")
    text = message.content if isinstance(message.content, str) else _text_of(message.content)
    if not text.strip():
        raise ModelReplyError("the reply is empty")
    usage = message.usage_metadata or {}
    return WholeReply(
        text=text,
        model=_name_of(metadata.get("model_name"), model),
        input_tokens=_count(usage.get("input_tokens")),
        output_tokens=_count(usage.get("output_tokens")),
        finish_reason=finish_reason,
    )


def _name_of(given: Any, asked: str) -> str:
    """The model that answered, where its name looks like one; else the one that was asked."""
    return given if isinstance(given, str) and _NAME.fullmatch(given) else asked


def _text_of(blocks: Any) -> str:
    refusals = [block for block in blocks if isinstance(block, dict) and block.get("type") == "refusal"]
    if refusals:
        raise ModelRefusalError("the model declined to answer")
    return "".join(str(block.get("text", "")) for block in blocks if isinstance(block, dict))


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None
