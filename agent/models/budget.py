"""How much one question may ask of a model: a total of time and requests, shared by all its steps, which may run at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from agent.models.errors import ModelBudgetError, ModelCancelledError, ModelDeadlineError


class QuestionBudget:
    """The leash of one question. The clock starts at the first request. Safe between threads."""

    def __init__(self, deadline_s: float, requests: int) -> None:
        self.deadline_s = deadline_s
        self._requests_left = requests
        self._ends_at: float | None = None
        self._cancelled = False
        self._on_cancel: set[Callable[[], object]] = set()
        self._lock = threading.Lock()

    def take_request(self) -> None:
        """Count one request; ModelBudgetError, ModelDeadlineError or ModelCancelledError where none may be made."""
        with self._lock:
            if self._cancelled:
                raise ModelCancelledError("the question was called off")
            if self._ends_at is None:
                self._ends_at = time.monotonic() + self.deadline_s
            if time.monotonic() >= self._ends_at:
                raise ModelDeadlineError(f"the model did not answer within {self.deadline_s:g} s")
            if self._requests_left <= 0:
                raise ModelBudgetError("this question has used up its requests to the model")
            self._requests_left -= 1

    @property
    def requests_left(self) -> int:
        """How many more requests the question may make."""
        with self._lock:
            return self._requests_left

    @property
    def remaining_s(self) -> float:
        """Seconds left for model work; the whole deadline before the first request."""
        with self._lock:
            return self.deadline_s if self._ends_at is None else max(0.0, self._ends_at - time.monotonic())

    def cancel(self) -> None:
        """Stop the requests under way and allow no more."""
        with self._lock:
            self._cancelled = True
            waiting = tuple(self._on_cancel)
        for stop in waiting:
            stop()

    @property
    def is_cancelled(self) -> bool:
        """Whether the question was called off."""
        with self._lock:
            return self._cancelled

    def watch(self, stop: Callable[[], object]) -> Callable[[], None]:
        """Have `stop` called when the question is called off; gives what ends the watch."""
        with self._lock:
            self._on_cancel.add(stop)
            already = self._cancelled
        if already:
            stop()
        return lambda: self._forget(stop)

    def _forget(self, stop: Callable[[], object]) -> None:
        with self._lock:
            self._on_cancel.discard(stop)
