"""Who may run now, who waits, and who is told to come back later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from agent.errors import WarehouseBusyError
from agent.tools.warehouse.process import POLL_S, Patience


class Admission:
    """At most `places` at once; at most `queue_length` wait, in the order they came as far as the system is fair."""

    def __init__(self, places: int, queue_length: int) -> None:
        self._places = places
        self._queue_length = queue_length
        self._waiting = 0
        self._free = places
        self._changed = threading.Condition()

    @contextmanager
    def place(self, patience: Patience) -> Iterator[None]:
        """A place to run in. WarehouseBusyError when the queue is full; OverdueError and CancelledError while waiting."""
        with self._changed:
            if self._free == 0:
                self._wait(patience)
            self._free -= 1
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify()

    def _wait(self, patience: Patience) -> None:
        if self._waiting >= self._queue_length:
            raise WarehouseBusyError(
                f"the warehouse is busy: {self._places} running and {self._waiting} waiting; try again in a moment"
            )
        self._waiting += 1
        try:
            while self._free == 0:
                patience.check()
                self._changed.wait(POLL_S)
        finally:
            self._waiting -= 1
