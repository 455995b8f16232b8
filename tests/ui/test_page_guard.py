"""The chat answers its own page alone, and its page may load nothing elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from ui.page_guard import PageGuard, is_loopback, is_own_request

HOST = (b"host", b"127.0.0.1:8000")

OWN = [
    [HOST],
    [(b"host", b"localhost:8000")],
    [(b"host", b"[::1]:8000")],
    [HOST, (b"origin", b"http://127.0.0.1:8000")],
]
FOREIGN = [
    [],
    [(b"host", b"evil.example")],
    [(b"host", b"127.0.0.1.evil.example:8000")],
    [(b"host", b"[::1")],
    [HOST, HOST],
    [HOST, (b"origin", b"http://evil.example")],
    [HOST, (b"origin", b"null")],
    [HOST, (b"origin", b"http://127.0.0.1:9000")],
    [HOST, (b"origin", b"http://127.0.0.1:8000"), (b"origin", b"http://evil.example")],
]


def call(kind: str, headers: list[tuple[bytes, bytes]]) -> list[MutableMapping[str, Any]]:
    """What the guard before an application that says "inside" sends back."""
    sent: list[MutableMapping[str, Any]] = []

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        if kind == "websocket":
            await send({"type": "websocket.accept"})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"x-own", b"1")]})
            await send({"type": "http.response.body", "body": b"inside"})

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(PageGuard(inside)({"type": kind, "headers": headers}, receive, send))
    return sent


@pytest.mark.parametrize("headers", OWN)
def test_own_requests_pass_and_get_a_content_security_policy(headers: list[tuple[bytes, bytes]]) -> None:
    start, body = call("http", headers)
    assert start["status"] == 200
    assert body["body"] == b"inside"
    given = dict(start["headers"])
    assert given[b"x-own"] == b"1"
    assert b"default-src 'self'" in given[b"content-security-policy"]
    assert b"http" not in given[b"content-security-policy"]
    assert call("websocket", headers) == [{"type": "websocket.accept"}]


@pytest.mark.parametrize("headers", FOREIGN)
def test_foreign_requests_are_refused(headers: list[tuple[bytes, bytes]]) -> None:
    start, body = call("http", headers)
    assert start["status"] == 403
    assert b"inside" not in body["body"]
    assert call("websocket", headers) == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_hosts(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "", "localhost.example.org"])
def test_hosts_that_others_reach(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("host", "origin", "own"),
    [
        ("192.168.1.4:8000", None, True),
        ("192.168.1.4:8000", "http://192.168.1.4:8000", True),
        ("plumb.example.org", "https://plumb.example.org", True),
        ("Plumb.Example.org", None, True),
        ("evil.example:8000", None, False),
        ("192.168.1.4:8000", "http://evil.example", False),
        ("plumb.example.org", "https://evil.example", False),
        ("plumb.example.org.evil.example", None, False),
    ],
)
def test_served_to_others_it_answers_addresses_and_its_names(host: str, origin: str | None, *, own: bool) -> None:
    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin else [])]
    assert is_own_request(headers, ("plumb.example.org",), shared=True) is own
    assert not is_own_request([(b"host", b"192.168.1.4:8000")])


def test_over_tls_cookies_are_for_tls() -> None:
    sent: list[MutableMapping[str, Any]] = []

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"set-cookie", b"a=b; HttpOnly")]})

    async def receive() -> MutableMapping[str, Any]:
        return {}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(PageGuard(inside, secure=True)({"type": "http", "headers": [HOST]}, receive, send))
    assert dict(sent[0]["headers"])[b"set-cookie"] == b"a=b; HttpOnly; Secure"
