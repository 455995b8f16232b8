"""The worker processes of one database: opened ones that wait for work, and warm ones that wait to be opened."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.errors import DatabaseUnavailableError, MemoryLimitError, WarehouseError
from agent.tools.warehouse.admission import Admission
from agent.tools.warehouse.fingerprint import (
    DatabaseIdentity,
    explain_open_failure,
    identity_of,
    require_duckdb_file,
)
from agent.tools.warehouse.limits import WarehouseSettings
from agent.tools.warehouse.process import OverdueError, Patience, WorkerLostError, WorkerProcess

_SPILL = "plumbline-spill-"
STANDBY_DELAY_S = 1.0
CLOSE_GRACE_S = 5.0


class OpenWorker:
    """A worker on its way to, or in, a database of a known identity."""

    def __init__(self, process: WorkerProcess, identity: DatabaseIdentity) -> None:
        self.process = process
        self.identity = identity
        self.ready = False
        self.spent = False  # it failed in a way that makes a fresh one the safer choice


class Workforce:
    """Spawns, lends and replaces worker processes. Safe for many threads."""

    def __init__(self, database: Path, settings: WarehouseSettings) -> None:
        self.database = database
        self.settings = settings
        self._admission = Admission(settings.workers, settings.queue_length)
        self._idle: list[OpenWorker] = []
        self._standby: list[WorkerProcess] = []
        self._lock = threading.Lock()
        self._spill = private_folder()
        self._removes_spill = weakref.finalize(self, shutil.rmtree, self._spill, ignore_errors=True)
        self._closed = False
        self._replenishing: threading.Timer | None = None

    def start(self, identity: DatabaseIdentity, patience: Patience) -> None:
        """Begin to open the database in the background; returns at once."""
        worker = self._opening(identity, patience)
        with self._lock:
            if not self._closed:
                self._idle.append(worker)
                return
        worker.process.kill()

    @contextmanager
    def lend(self, identity: DatabaseIdentity, patience: Patience) -> Iterator[OpenWorker]:
        """A worker that holds the database as `identity` says. DatabaseUnavailableError when it cannot be opened."""
        with self._admission.place(patience):
            worker = self._idle_with(identity) or self._opening(identity, patience)
            try:
                if not worker.ready:
                    self._finish_opening(worker, patience)
                yield worker
            except BaseException:
                worker.spent = True
                raise
            finally:
                self._take_back(worker)

    def fresh(self) -> WorkerProcess:
        """A process that has opened nothing: a warm one, else a new one."""
        with self._lock:
            while self._standby:
                process = self._standby.pop()
                if process.alive:
                    return process
                process.kill()
        return WorkerProcess()

    def replenish(self) -> None:
        """Have as many warm processes as the settings ask for, soon: a single question need not pay for them."""
        with self._lock:
            if self._closed or self._replenishing is not None or len(self._standby) >= self.settings.standby:
                return
            self._replenishing = threading.Timer(STANDBY_DELAY_S, self._fill_standby)
            self._replenishing.daemon = True
            self._replenishing.start()

    def _fill_standby(self) -> None:
        with self._lock, contextlib.suppress(OSError):  # no process to be had now: the next question tries again
            self._replenishing = None
            while not self._closed and len(self._standby) < self.settings.standby:
                self._standby.append(WorkerProcess())

    def close(self) -> None:
        """End every process that is not lent out, and remove the spill folder."""
        with self._lock:
            self._closed = True
            if self._replenishing is not None:
                self._replenishing.cancel()
            processes = [*self._standby, *(worker.process for worker in self._idle)]
            self._standby.clear()
            self._idle.clear()
        for process in processes:
            process.kill()
        for process in processes:  # the database may be written to, or replaced, right behind this
            process.await_end(CLOSE_GRACE_S)
        self._removes_spill()

    def _idle_with(self, identity: DatabaseIdentity) -> OpenWorker | None:
        outdated = []
        found = None
        with self._lock:
            while self._idle and found is None:
                worker = self._idle.pop()
                if worker.identity == identity and worker.process.alive:
                    found = worker
                else:
                    outdated.append(worker)
        for worker in outdated:
            worker.process.kill()
        return found

    def _opening(self, identity: DatabaseIdentity, patience: Patience) -> OpenWorker:
        require_duckdb_file(self.database)
        process = self.fresh()
        process.send(
            "open",
            patience,
            path=str(self.database),
            threads=self.settings.threads,
            memory_mb=self.settings.limits.memory_mb,
            spill=str(self._spill),
            spill_mb=self.settings.spill_mb,
        )
        return OpenWorker(process, identity)

    def _finish_opening(self, worker: OpenWorker, patience: Patience) -> None:
        header = worker.process.receive(patience).header
        if "error" in header:
            if header["error"] == "memory":
                raise MemoryLimitError("there is too little memory to open the database", header["detail"])
            raise explain_open_failure(self.database, header["detail"]) from WarehouseError("open", header["detail"])
        worker.ready = True

    def _take_back(self, worker: OpenWorker) -> None:
        with self._lock:
            kept = worker.process.alive and not worker.spent and not self._closed
            if kept:
                self._idle.append(worker)
        if not kept:
            worker.process.kill()
            self._replace(worker)
        self.replenish()

    def _replace(self, worker: OpenWorker) -> None:
        """Begin to open another in the place of one that was killed, so that the next question finds it."""
        if self._closed or not worker.ready:
            return
        patience = Patience(time.monotonic() + self.settings.limits.deadline_s)
        # Whatever is wrong with the file or the system now is said to the next question that meets it.
        with contextlib.suppress(OSError, DatabaseUnavailableError, WorkerLostError, OverdueError):
            self.start(identity_of(self.database), patience)


def private_folder() -> Path:
    """A folder of this process alone to spill to; those that killed processes left behind are removed."""
    for left in Path(tempfile.gettempdir()).glob(f"{_SPILL}*-*"):
        owner = left.name.removeprefix(_SPILL).partition("-")[0]
        if owner.isdigit() and not _is_running(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_SPILL}{os.getpid()}-"))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
