"""How many statements a user may run a minute."""

from __future__ import annotations

import math
import threading
import time
from collections import deque

from agent.errors import PolicyRefusal

WINDOW_S = 60.0


class RateLimit:
    """Counts statements by user over the last minute. Safe for many threads."""

    def __init__(self) -> None:
        self._started: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def admit(self, user: str, most: int | None) -> None:
        """Count one; PolicyRefusal, saying when to come back, where `most` were started within the minute."""
        if most is None:
            return
        now = time.monotonic()
        with self._lock:
            started = self._started.setdefault(user, deque())
            while started and started[0] <= now - WINDOW_S:
                started.popleft()
            if len(started) >= most:
                wait_s = math.ceil(started[0] + WINDOW_S - now) if started else math.ceil(WINDOW_S)
                raise PolicyRefusal(
                    "queries_per_minute", f"this role may run {most} queries a minute; try again in {wait_s} s"
                )
            started.append(now)
