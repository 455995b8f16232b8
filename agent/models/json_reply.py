"""The JSON object in a model's text: alone, in a fence, or with prose around it."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from agent.models.errors import ModelReplyError

_MOST_TRIES = 40
_BRACES_AND_STRINGS = re.compile(r'[{}]|"(?:[^"\\]|\\.)*"', re.DOTALL)
_THOUGHT, _END_OF_THOUGHT = "<think>", "</think>"


def json_object_of(text: str) -> dict[str, Any]:
    """The first whole JSON object in a text; ModelReplyError where there is none.

    What a model thought aloud before is not its reply. Part of a broken object is none: it could mean something else. JSON
    knows no NaN and no infinite number, and an object that says a thing twice says nothing.
    """
    decoder = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_once_each)
    reply = text.rpartition(_END_OF_THOUGHT)[2].partition(_THOUGHT)[0]
    start = reply.find("{")
    for _ in range(_MOST_TRIES):
        if start < 0:
            break
        try:
            found, _end = decoder.raw_decode(reply, start)
        except (ValueError, RecursionError):
            start = reply.find("{", _end_of_braces(reply, start))
            continue
        if isinstance(found, dict):
            return found
    raise ModelReplyError("the reply holds no JSON object")


def _end_of_braces(text: str, start: int) -> int:
    """Where the braces that open at a place are closed; the text's end where they are not."""
    depth = 0
    for match in _BRACES_AND_STRINGS.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(text)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("no finite number")
    return number


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
