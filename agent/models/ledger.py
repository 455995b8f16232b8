"""What a question sent to models and what it got: for the receipt, the answer and the chat."""

from __future__ import annotations

import threading

from agent.models.request import ModelReply, ModelRequest
from agent.models.settings import ModelSettings
from agent.tools.audit import ModelCall


class ModelLedger:
    """The calls of one question, in order of their end. Thread-safe."""

    def __init__(self) -> None:
        self._calls: list[ModelCall] = []
        self._lock = threading.Lock()

    @property
    def calls(self) -> tuple[ModelCall, ...]:
        """Every call so far."""
        with self._lock:
            return tuple(self._calls)

    def add_reply(
        self, settings: ModelSettings, request: ModelRequest, reply: ModelReply, attempts: int, elapsed_s: float
    ) -> None:
        """A call that was answered."""
        self._add(
            _call(settings, request, attempts, elapsed_s).model_copy(
                update={
                    "model": reply.model,
                    "reply_sha256": reply.sha256,
                    "input_tokens": reply.input_tokens,
                    "output_tokens": reply.output_tokens,
                    "cost": settings.cost_of(reply.input_tokens, reply.output_tokens),
                    "currency": settings.price_currency if settings.input_price is not None else None,
                }
            )
        )

    def add_failure(
        self, settings: ModelSettings, request: ModelRequest, code: str, attempts: int, elapsed_s: float
    ) -> None:
        """A call that gave nothing; `code` says why."""
        self._add(_call(settings, request, attempts, elapsed_s).model_copy(update={"error": code}))

    def _add(self, call: ModelCall) -> None:
        with self._lock:
            self._calls.append(call)


def _call(settings: ModelSettings, request: ModelRequest, attempts: int, elapsed_s: float) -> ModelCall:
    return ModelCall(
        model=settings.name,
        purpose=request.step,
        prompt_version=request.prompt_version,
        prompt_sha256=request.sha256,
        prompt_tokens_estimated=request.tokens,
        egress_level=request.egress.level,
        egress_counts=dict(request.egress.counts),
        attempts=attempts,
        elapsed_ms=round(elapsed_s * 1000, 2),
    )
