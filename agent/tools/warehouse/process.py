"""One worker process as its parent sees it: started in the background, asked, interrupted, killed."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from agent.tools.warehouse.wire import CONTROL, LENGTH, dump

POLL_S = 0.02  # how often a waiting parent looks for a cancelled question
INTERRUPT_GRACE_S = 0.07  # what an interrupted engine has to say so before it is killed
HEADER_BYTES = 1 << 24
_FRAME_SLACK = 1 << 20


class WorkerLostError(Exception):
    """The process ended or spoke nonsense; `detail` is the tail of what it wrote to stderr."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


class OverdueError(Exception):
    """The deadline passed. The statement was interrupted, or its process killed."""


class CancelledError(Exception):
    """The person who asked does not want the answer any more. The statement was stopped likewise."""


class Cancellation:
    """A handle by which a running question is called off, from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()


@dataclass(frozen=True, slots=True)
class Reply:
    """A header and the frames of rows after it."""

    header: dict[str, Any]
    chunks: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait (a time.monotonic() moment), and who may call it off."""

    deadline: float
    cancellation: Cancellation | None = None

    @property
    def remaining_s(self) -> float:
        return self.deadline - time.monotonic()

    def check(self) -> None:
        if self.cancellation is not None and self.cancellation.cancelled:
            raise CancelledError
        if self.remaining_s <= 0:
            raise OverdueError


def _python_path() -> str:
    """Where the worker finds this package and the engine; the rest of the environment stays out."""
    spec = importlib.util.find_spec("duckdb")
    engine_home = str(Path(spec.origin).parents[1]) if spec is not None and spec.origin else ""
    return os.pathsep.join([str(Path(__file__).parents[3]), engine_home])


class WorkerProcess:
    """A worker, from spawn to kill. Not for two threads at once: the pool lends it."""

    def __init__(self) -> None:
        """Spawn; returns at once. Requests sent before the process is up wait in its socket."""
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the worker)
        ours, theirs = socket.socketpair()
        control_read, self._control = os.pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-S", "-m", "agent.tools.warehouse.worker", str(theirs.fileno()), str(control_read)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                pass_fds=(theirs.fileno(), control_read),
                env={"PYTHONPATH": _python_path(), "LANG": "C.UTF-8"},
                start_new_session=True,  # Ctrl-C is the parent's to handle
            )
        finally:
            theirs.close()
            os.close(control_read)
        self._socket = ours
        self._poll = select.poll()
        self._poll.register(ours, select.POLLIN | select.POLLHUP)
        self._sequence = 0
        self._awaited: list[int] = []
        self._closed = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return not self._closed and self._process.poll() is None

    def send(self, operation: str, patience: Patience, **fields: Any) -> None:
        """Send a request without waiting for its reply; replies come in the order of requests."""
        self._sequence += 1
        payload = dump({"operation": operation, "sequence": self._sequence, **fields})
        self._socket.settimeout(max(0.05, patience.remaining_s))
        try:
            self._socket.sendall(LENGTH.pack(len(payload)) + payload)
        except TimeoutError as error:
            self.kill()
            raise OverdueError from error
        except OSError as error:
            raise self._lost() from error
        self._awaited.append(self._sequence)

    def receive(self, patience: Patience, result_bytes: int = 0) -> Reply:
        """The next reply. Past the deadline, or when called off, the statement is interrupted and, if need be, killed."""
        try:
            return self._receive(patience, result_bytes)
        except (OverdueError, CancelledError):
            self._stop(result_bytes)
            raise

    def ask(self, operation: str, patience: Patience, cap: int = 0, **fields: Any) -> Reply:
        """Send and receive."""
        self.send(operation, patience, **fields)
        return self.receive(patience, cap)

    def kill(self) -> None:
        """End the process now; nothing of it is needed any more."""
        if self._closed:
            return
        self._closed = True
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        # Giving back gigabytes takes the system a while; whoever waits for an answer need not.
        threading.Thread(target=self._process.wait, daemon=True).start()
        self._socket.close()
        os.close(self._control)
        self._stderr.close()

    def await_end(self, within_s: float) -> None:
        """Wait until a killed process is gone and has let go of its files, so long at most."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(within_s)

    def _stop(self, result_bytes: int) -> None:
        grace = Patience(time.monotonic() + INTERRUPT_GRACE_S)
        try:
            os.write(self._control, CONTROL.pack(self._awaited[0]))
            self._receive(grace, result_bytes)
        except (OSError, OverdueError, WorkerLostError):
            self.kill()

    def _receive(self, patience: Patience, result_bytes: int) -> Reply:
        header = self._header(patience)
        budget = result_bytes + _FRAME_SLACK
        chunks = []
        for _ in range(header["chunks"]):
            chunk = self._frame(patience, budget)
            budget -= len(chunk)
            chunks.append(chunk)
        self._awaited.pop(0)
        return Reply(header, tuple(chunks))

    def _header(self, patience: Patience) -> dict[str, Any]:
        frame = self._frame(patience, HEADER_BYTES)
        try:
            header = json.loads(frame)
            if header["sequence"] == self._awaited[0] and header["chunks"] >= 0:
                return dict(header)
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        self.kill()
        raise WorkerLostError("a reply that is no answer to what was asked")

    def _frame(self, patience: Patience, cap: int) -> bytes:
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size, patience))
        if length > cap:
            self.kill()
            raise WorkerLostError(f"a frame of {length} bytes where {cap} are allowed")
        return self._exactly(length, patience)

    def _exactly(self, count: int, patience: Patience) -> bytes:
        received = bytearray()
        while len(received) < count:
            while not self._poll.poll(1000 * max(0.0, min(POLL_S, patience.remaining_s))):
                patience.check()
            try:
                part = self._socket.recv(min(count - len(received), 1 << 20))
            except OSError as error:
                raise self._lost() from error
            if not part:
                raise self._lost()
            received += part
        return bytes(received)

    def _lost(self) -> WorkerLostError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.1)
        code = self._process.poll()
        self._stderr.seek(0)
        tail = self._stderr.read()[-2000:].decode("utf-8", "replace")
        self.kill()
        return WorkerLostError(f"exit code {code}: {tail}")
