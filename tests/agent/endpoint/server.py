"""An OpenAI-compatible endpoint on loopback that replies by a script and records every request. Real HTTP, no model."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast

from tests.agent.endpoint.replies import Reply, Script, always, says

_DRIP_EVERY_S = 0.05
_LONGEST_DRIP_S = 60.0
_HUGE_BYTES = 30_000_000


class ScriptedEndpoint:
    """Serves /v1/chat/completions. `script` gives each request's reply; set it anew at any time."""

    def __init__(self, script: Script | Reply | None = None) -> None:
        self.script: Script = always(says("{}"))
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.broken_off = 0  # replies that the client did not wait for
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.endpoint = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        if script is not None:
            self.follow(script)

    @property
    def base_url(self) -> str:
        """What PLUMBLINE_MODEL_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def follow(self, script: Script | Reply) -> None:
        """Reply by another script from now on, counting requests anew."""
        with self._lock:
            self.script = always(script) if isinstance(script, Reply) else script
            self.requests, self.headers, self.broken_off = [], [], 0

    @property
    def prompts(self) -> str:
        """All that was sent, as one text."""
        return "\n".join(json.dumps(request, ensure_ascii=False) for request in self.requests)

    def take(self, request: dict[str, Any], headers: dict[str, str]) -> Reply:
        """Records a request and gives the script's reply to it."""
        with self._lock:
            number = len(self.requests)
            self.requests.append(request)
            self.headers.append(headers)
            script = self.script
        return script(request, number)

    def wait(self, seconds: float) -> None:
        """Waits, but not past the end of the server."""
        self._stopping.wait(seconds)

    def client_left(self) -> None:
        """Notes that a client closed its connection before the reply was whole."""
        with self._lock:
            self.broken_off += 1

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        endpoint = cast(ScriptedEndpoint, self.server.endpoint)  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
        reply = endpoint.take(body, {name.casefold(): value for name, value in self.headers.items()})
        if not self.path.endswith("/chat/completions"):
            reply = Reply(fault="status", status=404)
        if reply.delay_s:
            endpoint.wait(reply.delay_s)
        try:
            self._send(endpoint, reply, bool(body.get("stream")), body)
        except OSError:
            endpoint.client_left()
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _send(self, endpoint: ScriptedEndpoint, reply: Reply, streams: bool, body: dict[str, Any]) -> None:
        model = str(body.get("model"))
        match reply.fault:
            case "status":
                self._whole(reply.status, {"error": {"message": reply.error, "type": "scripted"}}, reply.headers)
            case "hang":
                endpoint.wait(_LONGEST_DRIP_S)
                self.close_connection = True
            case "drip":
                self._drip(endpoint, streams, model)
            case "not_json":
                self._bytes(200, b"<html><body>Welcome to the gateway</body></html>", "text/html")
            case "error_in_body":
                self._whole(200, {"error": {"message": "scripted", "code": 500}}, {})
            case "huge":
                self._huge(streams, model)
            case "bad_utf8":
                self._bytes(200, b'{"choices": [{"message": {"content": "\xff\xfe\xc3("}}]}', "application/json")
            case "deep":
                self._bytes(200, b'{"choices": ' + b"[" * 60_000 + b"]" * 60_000 + b"}", "application/json")
            case "reset":
                self._reset()
            case "trickle":
                self._trickle(endpoint, _completion(reply, model))
            case "plain_text":
                self._bytes(200, json.dumps(_completion(reply, model)).encode(), "text/plain")
            case "whole_for_stream":
                self._complete(reply, model)
            case _ if streams:
                self._stream(reply, model)
            case _:
                self._complete(reply, model)

    def _complete(self, reply: Reply, model: str) -> None:
        whole = _completion(reply, model)
        if reply.fault == "cut":
            text = json.dumps(whole).encode()
            self._start(200, "application/json", {"Content-Length": str(len(text))})
            self.wfile.write(text[: len(text) // 2])
            self.close_connection = True
            return
        self._whole(200, whole, reply.headers)

    def _stream(self, reply: Reply, model: str) -> None:
        self._start(200, "text/event-stream", {"Connection": "close"})
        for choice in _deltas(reply):
            self._event({**_chunk(model), "choices": [choice]})
        if reply.fault in ("empty_choices", "no_choices"):
            self._event({**_chunk(model), "choices": []})
        if reply.fault == "cut":
            self.close_connection = True
            return
        if reply.usage is not None:
            given, got = reply.usage
            usage = {"prompt_tokens": given, "completion_tokens": got, "total_tokens": given + got}
            self._event({**_chunk(model), "choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _reset(self) -> None:
        """Begins a reply and tears the connection down, so that the client gets a reset."""
        self._start(200, "application/json", {"Content-Length": "5000"})
        self.wfile.write(b'{"choices": [{"message": ')
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def _trickle(self, endpoint: ScriptedEndpoint, whole: dict[str, Any]) -> None:
        text = json.dumps(whole).encode()
        self._start(200, "application/json", {"Content-Length": str(len(text))})
        for start in range(0, len(text), 4):
            self.wfile.write(text[start : start + 4])
            self.wfile.flush()
            endpoint.wait(_DRIP_EVERY_S)

    def _drip(self, endpoint: ScriptedEndpoint, streams: bool, model: str) -> None:
        self._start(200, "text/event-stream" if streams else "application/json", {"Connection": "close"})
        self.close_connection = True
        ends_at = time.monotonic() + _LONGEST_DRIP_S
        while time.monotonic() < ends_at:
            if streams:
                self._event({**_chunk(model), "choices": [{"index": 0, "delta": {"content": " "}}]})
            else:
                self.wfile.write(b" ")
                self.wfile.flush()
            endpoint.wait(_DRIP_EVERY_S)
            if endpoint._stopping.is_set():
                return

    def _huge(self, streams: bool, model: str) -> None:
        self._start(200, "text/event-stream" if streams else "application/json", {"Connection": "close"})
        self.close_connection = True
        part = "x" * 60_000
        if not streams:
            self.wfile.write(b'{"choices": [{"message": {"content": "')
        for _ in range(_HUGE_BYTES // len(part)):
            if streams:
                self._event({**_chunk(model), "choices": [{"index": 0, "delta": {"content": part}}]})
            else:
                self.wfile.write(part.encode())

    def _event(self, data: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()

    def _whole(self, status: int, data: dict[str, Any], headers: Any) -> None:
        self._bytes(status, json.dumps(data).encode(), "application/json", headers)

    def _bytes(self, status: int, text: bytes, kind: str, headers: Any = None) -> None:
        self._start(status, kind, {"Content-Length": str(len(text)), **dict(headers or {})})
        self.wfile.write(text)

    def _start(self, status: int, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _completion(reply: Reply, model: str) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.content, "refusal": reply.refusal}
    if reply.tool_calls:
        message["tool_calls"] = list(reply.tool_calls)
    if reply.fault == "thought_only":
        message["reasoning_content"] = "They may mean admissions, or discharges. " * 50
    finish = None if reply.fault == "no_finish" else reply.finish_reason
    whole: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    if reply.fault == "empty_choices":
        whole["choices"] = []
    if reply.fault == "no_choices":
        del whole["choices"]
    if reply.usage is not None:
        given, got = reply.usage
        whole["usage"] = {"prompt_tokens": given, "completion_tokens": got, "total_tokens": given + got}
    if reply.fault == "nan_usage":
        whole["usage"] = {"prompt_tokens": float("nan"), "completion_tokens": float("inf"), "total_tokens": -5}
    return whole


def _chunk(model: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": model}


def _deltas(reply: Reply) -> Iterator[dict[str, Any]]:
    yield {"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}
    if reply.fault in ("empty_choices", "no_choices"):
        return
    text = reply.content or ""
    shown = text[: len(text) // 2] if reply.fault == "cut" else text
    for start in range(0, len(shown), 40):
        yield {"index": 0, "delta": {"content": shown[start : start + 40]}, "finish_reason": None}
    if reply.refusal:
        yield {"index": 0, "delta": {"refusal": reply.refusal}, "finish_reason": None}
    for place, call in enumerate(reply.tool_calls):
        yield {"index": 0, "delta": {"tool_calls": [{"index": place, **call}]}, "finish_reason": None}
    if reply.fault not in ("cut", "no_finish"):
        yield {"index": 0, "delta": {}, "finish_reason": reply.finish_reason}
