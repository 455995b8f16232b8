"""What the scripted endpoint can be told to reply: right answers, wrong ones, and every way for one to fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Fault = Literal[
    "none",
    "status",  # an HTTP status with an error body
    "hang",  # takes the request and says nothing
    "drip",  # a reply that trickles and never ends
    "cut",  # a reply that breaks off in the middle
    "empty_choices",
    "no_choices",
    "not_json",  # a page of HTML, with status 200
    "huge",  # a reply of many megabytes
    "no_finish",  # a whole text, but no finish_reason
    "error_in_body",  # status 200, and an error object in place of choices
    "trickle",  # a whole reply, a few bytes at a time
    "reset",  # the connection is torn down in the middle
    "plain_text",  # a whole reply that calls itself text/plain
    "bad_utf8",  # bytes that are no text
    "deep",  # an envelope nested past any stack
    "thought_only",  # all tokens went into thinking aloud
    "nan_usage",  # an envelope with NaN and Infinity in it
    "whole_for_stream",  # a whole reply where a stream was asked for
]


@dataclass(frozen=True)
class Reply:
    """One reply. `content` is the assistant's text; `fault` says how it fails, if it does."""

    content: str | None = ""
    fault: Fault = "none"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    finish_reason: str | None = "stop"
    refusal: str | None = None
    tool_calls: tuple[dict[str, Any], ...] = ()
    delay_s: float = 0.0
    usage: tuple[int, int] | None = (100, 20)
    error: str = "scripted"  # the words of an error's body


Script = Callable[[dict[str, Any], int], Reply]


def says(content: str | Mapping[str, Any], **parts: Any) -> Reply:
    """A whole reply: a text, or an object as JSON."""
    return Reply(content=content if isinstance(content, str) else json.dumps(content), **parts)


def calls_tool(name: str, arguments: str = "{}") -> Reply:
    """A call of a tool."""
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return Reply(content=None, finish_reason="tool_calls", tool_calls=(call,))


def always(reply: Reply) -> Script:
    """The same reply to every request."""
    return lambda _request, _number: reply


def in_turn(*replies: Reply) -> Script:
    """One reply after the other; the last one again and again."""
    return lambda _request, number: replies[min(number, len(replies) - 1)]


FAULTS: dict[str, Reply] = {
    "rate_limited": Reply(fault="status", status=429, headers={"Retry-After": "0.1"}),
    "rate_limited_long": Reply(fault="status", status=429, headers={"Retry-After": "3600"}),
    "rate_limited_date": Reply(fault="status", status=429, headers={"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}),
    "server_error": Reply(fault="status", status=500),
    "bad_gateway": Reply(fault="status", status=502),
    "unavailable": Reply(fault="status", status=503, headers={"Retry-After": "soon"}),
    "unauthorized": Reply(fault="status", status=401),
    "not_found": Reply(fault="status", status=404),
    "bad_request": Reply(fault="status", status=400),
    "redirect": Reply(fault="status", status=302, headers={"Location": "http://127.0.0.1:9/v1/chat/completions"}),
    "hang": Reply(fault="hang"),
    "drip": Reply(fault="drip"),
    "cut": Reply(content='{"kind": "metrics", "metr', fault="cut"),
    "empty_choices": Reply(fault="empty_choices"),
    "no_choices": Reply(fault="no_choices"),
    "length": Reply(content='{"kind": "metrics"}', finish_reason="length"),
    "content_filter": Reply(content="", finish_reason="content_filter"),
    "no_finish": Reply(content='{"kind": "metrics"}', fault="no_finish"),
    "refusal": Reply(content=None, refusal="I cannot help with that."),
    "bad_json": Reply(content='{"kind": "metrics", "metrics": ['),
    "not_an_object": Reply(content='["metrics"]'),
    "prose": Reply(content="I would look at the sales of last month, by region."),
    "empty": Reply(content=""),
    "null_content": Reply(content=None),
    "wrong_tool": calls_tool("run_shell", '{"command": "rm -rf /"}'),
    "not_json": Reply(fault="not_json"),
    "huge": Reply(fault="huge"),
    "error_in_body": Reply(fault="error_in_body"),
    "trickle": Reply(content='{"kind": "figures"}', fault="trickle"),
    "trickle_of_much": Reply(content='{"kind": "figures", "metrics": ["' + "x" * 5_000 + '"]}', fault="trickle"),
    "reset": Reply(content='{"kind": "figures", "metr', fault="reset"),
    "bad_utf8": Reply(fault="bad_utf8"),
    "deep": Reply(fault="deep"),
    "deep_content": Reply(content='{"kind": ' + '{"a": ' * 5_000),
    "deep_list": Reply(content='{"kind": ' + "[" * 5_000 + "]" * 5_000 + "}"),
    "thought_only": Reply(content="", fault="thought_only"),
    "thought_in_content": Reply(content='<think>It could be {"kind": "figures"}, or {"kind": "none"}.'),
    "thought_closed": Reply(content='<think>It could be {"kind": "figures"}.</think> I am not sure.'),
    "nan": Reply(content='{"kind": "figures", "limit": NaN}'),
    "infinity": Reply(content='{"kind": "figures", "limit": -Infinity, "metrics": []}'),
    "huge_number": Reply(content='{"kind": "figures", "limit": 1e999}'),
    "twice": Reply(content='{"kind": "figures", "metrics": ["a"], "metrics": ["b"]}'),
    "part_of_a_broken_object": Reply(content='{"filters": [{"kind": "figures"}], "metrics": [}'),
    "tool_beside_text": Reply(
        content='{"kind": "figures"}',
        finish_reason="stop",
        tool_calls=({"id": "1", "type": "function", "function": {"name": "run_sql", "arguments": "{}"}},),
    ),
    "tool_with_broken_arguments": calls_tool("drop_table", '{"name": '),
    "tool_without_a_name": calls_tool(""),
    "old_function_call": Reply(content=None, finish_reason="function_call"),
    "odd_finish": Reply(content='{"kind": "figures"}', finish_reason="MAX_TOKENS"),
    "length_without_content": Reply(content=None, finish_reason="length"),
    "redirect_permanent": Reply(fault="status", status=308, headers={"Location": "http://127.0.0.1:9/v1"}),
    "too_many_by_ms": Reply(fault="status", status=429, headers={"retry-after-ms": "3600000"}),
    "retry_after_nonsense": Reply(fault="status", status=503, headers={"Retry-After": "-5, NaN"}),
    "retry_after_infinite": Reply(fault="status", status=429, headers={"Retry-After": "Infinity"}),
    "retry_after_nan": Reply(fault="status", status=429, headers={"Retry-After": "nan"}),
    "teapot": Reply(fault="status", status=418),
    "unknown_server_error": Reply(fault="status", status=599),
    "rejects_all": Reply(fault="status", status=400, error="I do not take response_format, temperature or anything"),
    "too_long": Reply(fault="status", status=413),
}
