"""One process at a time builds what several share."""

from __future__ import annotations

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

_WAIT_S = 180.0


@contextlib.contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; OSError where the folder cannot be written or the lock is not had in three minutes.

    The lock goes with the process that holds it, so that a killed build blocks nobody.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("a") as file:
        deadline = time.monotonic() + _WAIT_S
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
