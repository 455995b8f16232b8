"""The JSON object in a model's text: alone, in a fence, or with prose around it."""

from __future__ import annotations

import json
from typing import Any

from agent.models.errors import ModelReplyError

_MOST_STARTS = 40


def json_object_of(text: str) -> dict[str, Any]:
    """The first whole JSON object in a text; ModelReplyError where there is none."""
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    start = -1
    for _ in range(_MOST_STARTS):
        start = text.find("{", start + 1)
        if start < 0:
            break
        try:
            found, _end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    raise ModelReplyError("the reply holds no JSON object")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
