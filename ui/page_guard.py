"""Keeps the chat's server to its own page: no other page may talk to it, and its page talks to no other host.

A browser lets any page open a WebSocket to 127.0.0.1, and a foreign name can be pointed at it. Both show in the headers
that the browser writes itself: Host must name this machine (served to others: be an address, or a name it was given), and
Origin, where there is one, the same host. The other way round, a content security policy keeps the page from loading
anything elsewhere, whatever text it is given to show.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",  # the page's own settings stand in an inline script
        "style-src 'self' 'unsafe-inline'",  # charts size themselves with inline styles
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PAGE_HEADERS = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_own_request(headers: list[tuple[bytes, bytes]], names: tuple[str, ...] = (), *, shared: bool = False) -> bool:
    """Whether the request was addressed to this machine by a page that this machine served (or by no page).

    `names` mean this machine too; `shared`, so does any address: only a name can be pointed here by others.
    """
    hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
    origins = [value.decode("latin-1") for name, value in headers if name == b"origin"]
    if len(hosts) != 1 or not _is_ours(host_name(f"//{hosts[0]}"), names, shared=shared):
        return False
    return all(urlsplit(origin).netloc == hosts[0] for origin in origins)


def _is_ours(host: str, names: tuple[str, ...], *, shared: bool) -> bool:
    return is_loopback(host) or host in {name.lower() for name in names} or (shared and is_address(host))


def is_address(host: str) -> bool:
    """Whether a host is written as an address, not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def host_name(address: str) -> str:
    """The host of an address; empty where there is none to be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class PageGuard:
    """ASGI middleware: 403 (or a refused WebSocket) for requests that are not its page's own; headers on the rest."""

    def __init__(
        self, app: Application, names: tuple[str, ...] = (), *, shared: bool = False, secure: bool = False
    ) -> None:
        self._app = app
        self._names = names
        self._shared = shared
        self._secure = secure  # over TLS: then cookies are for TLS alone

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [self._cookie(name, value) for name, value in message.get("headers", ())]
                message = {**message, "headers": [*headers, *PAGE_HEADERS]}
            await send(message)

        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif is_own_request(scope["headers"], self._names, shared=self._shared):
            await self._app(scope, receive, send_with_headers)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            body = b"this chat serves only its own page on this machine\n"
            headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": body})

    def _cookie(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        needed = self._secure and name.lower() == b"set-cookie" and b"secure" not in value.lower()
        return (name, value + b"; Secure") if needed else (name, value)
