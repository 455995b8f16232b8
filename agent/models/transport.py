"""The HTTP under the model client: a reply is read up to a size and no further, and only as plain bytes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from agent.models.errors import ModelTooLargeError


class _CappedStream(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream, most_bytes: int) -> None:
        self._inner = inner
        self._most = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        async for chunk in self._inner:
            seen += len(chunk)
            if seen > self._most:
                raise ModelTooLargeError(f"the model's reply is larger than {self._most:,} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


class CappedTransport(httpx2.AsyncHTTPTransport):
    """A transport whose responses end with ModelTooLargeError past a number of bytes; compressed ones are not read."""

    def __init__(self, most_bytes: int, proxy: str | None = None) -> None:
        super().__init__(proxy=proxy)
        self._most = most_bytes

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["Accept-Encoding"] = "identity"
        response = await super().handle_async_request(request)
        if response.headers.get("Content-Encoding", "identity").casefold() != "identity":
            await response.aclose()
            raise ModelTooLargeError("the endpoint compressed its reply unasked; its size cannot be held")
        if "event-stream" not in response.headers.get("Content-Type", ""):
            response.headers["Content-Type"] = "application/json"  # judged by what it is, not by what it is called
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _CappedStream(response.stream, self._most)
        return response


def proxy_for(address: str) -> str | None:
    """The proxy that the environment names for an address (HTTPS_PROXY, NO_PROXY and their like); None for none."""
    parts = urlsplit(address)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")
