"""A circuit breaker: an endpoint that keeps failing is left alone for a while, so that questions do not wait for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from agent.models.errors import ModelRestingError

FAILURES_THAT_OPEN = 6
REST_S = 20.0


class CircuitBreaker:
    """Closed until so many requests in a row failed; then open for a rest, after which one request tries. Thread-safe."""

    def __init__(
        self,
        failures: int = FAILURES_THAT_OPEN,
        rest_s: float = REST_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._rest_s = rest_s
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._trying = False
        self._lock = threading.Lock()

    def admit(self) -> None:
        """ModelRestingError while the endpoint rests; after the rest, one caller at a time may try."""
        with self._lock:
            if self._opened_at is None:
                return
            left = self._opened_at + self._rest_s - self._clock()
            if left > 0 or self._trying:
                raise ModelRestingError(f"the model failed {self._failures} times in a row and is not asked for now")
            self._trying = True

    def succeeded(self) -> None:
        """A reply came: the endpoint is well."""
        with self._lock:
            self._failures, self._opened_at, self._trying = 0, None, False

    def failed(self) -> None:
        """A request failed in a way that says the endpoint is not well."""
        with self._lock:
            self._failures += 1
            self._trying = False
            if self._failures >= self._most:
                self._opened_at = self._clock()

    def let_go(self) -> None:
        """A request ended without telling about the endpoint (called off)."""
        with self._lock:
            self._trying = False
