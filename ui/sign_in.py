"""Who may come in to the chat: an account's name and password, tried only so often."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque

import chainlit as cl

MARK = "mark"  # of the account, in the signed cookie: tells a session from before a change of its password
MOST_FAILURES = 5
WINDOW_S = 60.0
_MOST_NAMES = 10_000


class Failures:
    """Counts failed tries by name, so that nobody guesses passwords at a machine's speed."""

    def __init__(self) -> None:
        self._at: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def too_many(self, name: str) -> bool:
        """Whether a name has had its failures for this minute."""
        with self._lock:
            return len(self._recent(name)) >= MOST_FAILURES

    def add(self, name: str) -> None:
        with self._lock:
            if len(self._at) >= _MOST_NAMES:
                self._at = {other: times for other, times in self._at.items() if self._recent(other)}
            self._at.setdefault(name, deque()).append(time.monotonic())

    def _recent(self, name: str) -> deque[float]:
        times = self._at.get(name, deque())
        while times and times[0] < time.monotonic() - WINDOW_S:
            times.popleft()
        return times


_failures = Failures()


async def sign_in(name: str, password: str) -> cl.User | None:
    """The account's user, or None: whatever is wrong, the page says the same."""
    from agent.admin import sign_in as mark_of
    from ui.session import load_settings

    if _failures.too_many(name):
        return None
    mark = await asyncio.to_thread(mark_of, load_settings(), name, password)
    if mark is None:
        _failures.add(name)
        return None
    return cl.User(identifier=name, metadata={MARK: mark})
