"""Where free statements run: processes that hold only what a principal may see, in memory, with no way to any file.

A copy is built once for its key (user, role, attributes, catalog version) and database, then reused. When a statement needs a
table that the copy lacks, a new copy with both takes its place. The least recently used copies make room.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from agent.errors import DatabaseUnavailableError, MemoryLimitError, WarehouseBusyError, WarehouseError
from agent.tools.guard.statement import PermittedCopy, PermittedTable
from agent.tools.warehouse.admission import Admission
from agent.tools.warehouse.fingerprint import DatabaseIdentity, explain_open_failure, identity_of
from agent.tools.warehouse.process import Patience, Reply, WorkerProcess
from agent.tools.warehouse.workforce import Workforce

_TRIES = 2


class _Copy:
    """A key's process, once built, and the turn of those who use it."""

    def __init__(self, queue_length: int) -> None:
        self.admission = Admission(1, queue_length)
        self.process: WorkerProcess | None = None
        self.identity: DatabaseIdentity | None = None
        self.tables: dict[str, PermittedTable] = {}
        self.askers = 0  # who runs on it or waits for it

    def discard(self) -> None:
        if self.process is not None:
            self.process.kill()
        self.process = None

    def holds(self, wanted: PermittedCopy, identity: DatabaseIdentity) -> bool:
        return (
            self.process is not None
            and self.process.alive
            and self.identity == identity
            and all(self.tables.get(table.name) == table for table in wanted.tables)
        )


class PermittedCopies:
    """The copies of one database's permitted data. Safe for many threads; a copy serves one statement at a time."""

    def __init__(self, workforce: Workforce) -> None:
        self._workforce = workforce
        self._copies: OrderedDict[str, _Copy] = OrderedDict()
        self._lock = threading.Lock()

    def run(self, wanted: PermittedCopy, patience: Patience, cap: int, **fields: Any) -> Reply:
        """Run a statement on a copy that holds the wanted tables; building one has a time of its own."""
        with self._borrowed(wanted.key) as copy, copy.admission.place(patience):
            asked = time.monotonic()
            process = self._ensure(copy, wanted, patience)
            patience = Patience(patience.deadline + time.monotonic() - asked, patience.cancellation)
            reply = process.ask("run", patience, cap, **fields)
            if reply.header.get("error") in ("memory", "fatal", "file"):
                copy.discard()
            return reply

    def close(self) -> None:
        with self._lock:
            copies = list(self._copies.values())
            self._copies.clear()
        for copy in copies:
            copy.discard()

    @contextmanager
    def _borrowed(self, key: str) -> Iterator[_Copy]:
        """The key's copy; the least recently used that nobody asks make room for a new one."""
        settings = self._workforce.settings
        with self._lock:
            if key not in self._copies:
                unused = [name for name, copy in self._copies.items() if copy.askers == 0]
                for name in unused[: max(0, len(self._copies) + 1 - settings.copies)]:
                    self._copies.pop(name).discard()
                if len(self._copies) >= settings.copies:
                    raise WarehouseBusyError(
                        f"the warehouse is busy: {settings.copies} people run SQL of their own; try again in a moment"
                    )
                self._copies[key] = _Copy(settings.queue_length)
            copy = self._copies[key]
            self._copies.move_to_end(key)
            copy.askers += 1
        try:
            yield copy
        finally:
            with self._lock:
                copy.askers -= 1

    def _ensure(self, copy: _Copy, wanted: PermittedCopy, patience: Patience) -> WorkerProcess:
        """The copy's process, holding the wanted tables of the database as it is now."""
        for _ in range(_TRIES):
            identity = identity_of(self._workforce.database)
            if copy.process is not None and copy.holds(wanted, identity):
                return copy.process
            kept = copy.tables if copy.identity == identity else {}
            copy.discard()
            copy.tables = {table.name: table for table in wanted.tables}
            copy.identity = identity
            copy.process = self._build_with(kept, copy, patience)
        if copy.process is not None and copy.holds(wanted, identity_of(self._workforce.database)):
            return copy.process
        raise DatabaseUnavailableError(f"{self._workforce.database} keeps changing while it is read; try again")

    def _build_with(self, kept: dict[str, PermittedTable], copy: _Copy, patience: Patience) -> WorkerProcess:
        """A copy of the tables it held and the wanted ones; of the wanted ones alone where all do not fit."""
        wanted = copy.tables
        if kept.items() - wanted.items():
            try:
                copy.tables = kept | wanted
                return self._build(tuple(copy.tables.values()), patience)
            except MemoryLimitError:
                copy.tables = wanted
        return self._build(tuple(wanted.values()), patience)

    def _build(self, tables: tuple[PermittedTable, ...], patience: Patience) -> WorkerProcess:
        settings = self._workforce.settings
        process = self._workforce.fresh()
        build = Patience(time.monotonic() + settings.copy_deadline_s, patience.cancellation)
        try:
            header = process.ask(
                "build",
                build,
                path=str(self._workforce.database),
                threads=settings.threads,
                memory_mb=settings.limits.memory_mb,
                batch_rows=settings.batch_rows,
                tables=[
                    {"name": quoted(table.name), "select": table.select, "batch": table.batch, "extent": table.extent}
                    for table in tables
                ],
            ).header
        except BaseException:
            process.kill()
            raise
        self._workforce.replenish()
        if "error" not in header:
            return process
        process.kill()
        if header["error"] == "memory":
            raise MemoryLimitError(
                f"the permitted data of {', '.join(table.name for table in tables)} do not fit in the "
                f"{settings.limits.memory_mb} MB a question may use; ask for metrics instead",
                header["detail"],
            )
        if header["error"] == "file":
            raise explain_open_failure(self._workforce.database, header["detail"]) from WarehouseError(
                "attach", header["detail"]
            )
        raise WarehouseError("the permitted data could not be prepared", header["detail"])


def quoted(name: str) -> str:
    """A SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
