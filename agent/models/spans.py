"""OpenTelemetry spans of requests to a model, by the GenAI conventions. No span holds a prompt or reply."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from agent.models.request import ModelReply, ModelRequest
from agent.models.settings import ModelSettings
from agent.spans import TRACER


class ModelSpan:
    """One request's span."""

    def __init__(self, span: Any) -> None:
        self._span = span

    def replied(self, reply: ModelReply) -> None:
        """Notes what the reply used."""
        self._span.set_attribute("gen_ai.response.model", reply.model)
        self._span.set_attribute("gen_ai.response.finish_reasons", [reply.finish_reason])
        if reply.input_tokens is not None:
            self._span.set_attribute("gen_ai.usage.input_tokens", reply.input_tokens)
        if reply.output_tokens is not None:
            self._span.set_attribute("gen_ai.usage.output_tokens", reply.output_tokens)

    def failed(self, code: str) -> None:
        """Notes why there is no reply."""
        from opentelemetry.trace import Status, StatusCode

        self._span.set_attribute("error.type", code)
        self._span.set_status(Status(StatusCode.ERROR, code))


@contextlib.contextmanager
def model_span(settings: ModelSettings, request: ModelRequest) -> Iterator[ModelSpan]:
    """A client span "chat <model>" around one request."""
    from opentelemetry import trace

    address = urlsplit(settings.base_url or "https://api.openai.com/v1")
    attributes: dict[str, str | int] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": settings.name,
        "gen_ai.output.type": "json",
        "gen_ai.agent.name": request.step,
        "server.address": address.hostname or "",
    }
    if address.port is not None:
        attributes["server.port"] = address.port
    tracer = trace.get_tracer(TRACER)
    with tracer.start_as_current_span(
        f"chat {settings.name}",
        kind=trace.SpanKind.CLIENT,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        yield ModelSpan(span)
