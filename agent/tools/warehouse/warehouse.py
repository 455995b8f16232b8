"""The warehouse: guarded statements in, typed results out, whatever the statements try to do."""

from __future__ import annotations

import asyncio
import decimal
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from agent.errors import (
    DatabaseUnavailableError,
    DeadlineError,
    MemoryLimitError,
    PolicyRefusal,
    QueryCancelledError,
    QueryError,
    WarehouseError,
)
from agent.spans import tool_span
from agent.tools.guard.statement import GuardedStatement, require_guarded
from agent.tools.warehouse.copies import PermittedCopies
from agent.tools.warehouse.fingerprint import identity_of, require_duckdb_file
from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.process import (
    Cancellation,
    CancelledError,
    OverdueError,
    Patience,
    Reply,
    WorkerLostError,
)
from agent.tools.warehouse.rate import RateLimit
from agent.tools.warehouse.result import ResultColumn, ResultTable
from agent.tools.warehouse.rows import rows_of
from agent.tools.warehouse.workforce import Workforce
from catalog.access import CatalogView
from catalog.models import CatalogField, Dataset
from catalog.query import Scalar

_TRIES = 2  # a database that is replaced under a running query is read once more


class _FileChanged(Exception):
    """The file was replaced or written while it was read."""


class Warehouse:
    """One DuckDB file, read through processes that can be killed. Safe for many threads; close it when done."""

    def __init__(self, database: Path, settings: WarehouseSettings) -> None:
        self.database = database
        self.settings = settings
        self._workforce = Workforce(database, settings)
        self._copies = PermittedCopies(self._workforce)
        self._rate = RateLimit()

    @classmethod
    def open(cls, database: Path, settings: WarehouseSettings | None = None) -> Self:
        """Begin to open a database; returns at once, the process starts in the background.

        DatabaseUnavailableError when the path holds no DuckDB file; what only the engine can tell (a lock, damage, a
        newer storage version) comes with the first question.
        """
        settings = settings or WarehouseSettings()
        identity = identity_of(database)
        require_duckdb_file(database)
        warehouse = cls(database.absolute(), settings)
        warehouse._workforce.start(identity, Patience(time.monotonic() + settings.limits.deadline_s))
        return warehouse

    def run(
        self,
        statement: GuardedStatement,
        columns: tuple[ResultColumn, ...] | None = None,
        *,
        name: str = "result",
        limits: QueryLimits | None = None,
        cancellation: Cancellation | None = None,
    ) -> ResultTable:
        """Run a statement and give its rows, in its order, cut (`truncated`) at the row or byte limit.

        `columns` say what the result's columns are for, in order; their engine types are filled in. Without them every
        column is a measure. Errors: DeadlineError, MemoryLimitError, QueryCancelledError, WarehouseBusyError,
        DatabaseUnavailableError, PolicyRefusal (too many a minute); QueryError where a free statement is at fault;
        WarehouseError for the rest, its detail apart from its text.
        """
        guarded = require_guarded(statement)
        self._rate.admit(guarded.user, guarded.limits.queries_per_minute)
        allowed = (limits or self.settings.limits).within(guarded.limits)
        patience = Patience(time.monotonic() + allowed.deadline_s, cancellation)
        started = time.perf_counter()
        with tool_span("query_database", "datastore") as span:
            reply = self._answer(guarded, allowed, patience)
            span.note("db.system.name", "duckdb")
            span.note("plumbline.door", guarded.door)
        elapsed_ms = (time.perf_counter() - started) * 1000
        return ResultTable(
            name=name,
            sql=guarded.sql,
            columns=_described(columns, reply.header["columns"]),
            rows=rows_of(reply),
            truncated=reply.header["truncated"],
            elapsed_ms=elapsed_ms,
        )

    async def run_async(
        self,
        statement: GuardedStatement,
        columns: tuple[ResultColumn, ...] | None = None,
        *,
        name: str = "result",
        limits: QueryLimits | None = None,
    ) -> ResultTable:
        """`run` without blocking the event loop; cancelling the task stops the statement."""
        cancellation = Cancellation()
        try:
            return await asyncio.to_thread(
                self.run, statement, columns, name=name, limits=limits, cancellation=cancellation
            )
        except asyncio.CancelledError:
            cancellation.cancel()
            raise

    def tables(self) -> Mapping[str, Mapping[str, str]]:
        """The database's tables and views: name (with its schema unless that is main) to column to engine type."""
        limits = self.settings.limits
        patience = Patience(time.monotonic() + limits.deadline_s)
        cap = 64 << 20
        reply = self._guarding_failures(lambda: self._on_database("tables", patience, cap), limits)
        found: dict[str, dict[str, str]] = {}
        for table, column, type_name in rows_of(reply):
            found.setdefault(table, {})[column] = type_name
        return found

    def distinct_values(
        self, dataset: Dataset, field: CatalogField, limit: int, view: CatalogView | None = None
    ) -> tuple[Scalar, ...]:
        """Up to `limit` distinct values of a field that are not null, in order.

        Read as the catalog's owner, or of the rows that a view may see: none where its row filters cannot be applied.
        """
        from agent.tools.warehouse.distinct_values import distinct_values_statement

        limits = replace(self.settings.limits, rows=limit)
        try:
            statement = distinct_values_statement(dataset, field, limit, view)
        except PolicyRefusal:
            return ()
        result = self.run(statement, name="values", limits=limits)
        return tuple(float(row[0]) if isinstance(row[0], decimal.Decimal) else row[0] for row in result.rows)

    def fingerprint(self) -> str:
        """A short text that changes when the database is replaced or written. DatabaseUnavailableError if it is gone."""
        return identity_of(self.database).fingerprint

    def close(self) -> None:
        """End the processes. A question that still runs ends with an error."""
        self._copies.close()
        self._workforce.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, guarded: GuardedStatement, limits: QueryLimits, patience: Patience) -> Reply:
        fields = {
            "sql": guarded.sql,
            "rows": limits.rows,
            "result_bytes": limits.result_bytes,
            "memory_mb": limits.memory_mb,
        }
        if guarded.copy is None:
            return self._guarding_failures(
                lambda: self._on_database("run", patience, limits.result_bytes, **fields), limits
            )
        copy = guarded.copy
        return self._guarding_failures(
            lambda: self._copies.run(copy, patience, limits.result_bytes, **fields), limits, free=True
        )

    def _on_database(self, operation: str, patience: Patience, cap: int, **fields: Any) -> Reply:
        """Ask a worker that has the database open; once more if the file changed meanwhile."""
        for _ in range(_TRIES):
            identity = identity_of(self.database)
            with self._workforce.lend(identity, patience) as worker:
                reply = worker.process.ask(operation, patience, cap, **fields)
                worker.spent = reply.header.get("error") in ("memory", "fatal", "interrupted", "file")
            if identity_of(self.database) == identity:
                return reply
        raise DatabaseUnavailableError(f"{self.database} keeps changing while it is read; try again when it is still")

    def _guarding_failures(self, ask: Any, limits: QueryLimits, free: bool = False) -> Reply:
        try:
            reply: Reply = ask()
        except OverdueError as error:
            raise DeadlineError(
                f"stopped after {limits.deadline_s:g} s, the time a question may take; ask for less, or a shorter period"
            ) from error
        except CancelledError as error:
            raise QueryCancelledError("called off") from error
        except WorkerLostError as error:
            raise _lost(error, limits) from error
        if "error" in reply.header:
            raise _failure(reply.header["error"], reply.header["detail"], limits, free)
        return reply


def _lost(error: WorkerLostError, limits: QueryLimits) -> WarehouseError:
    if "bad_alloc" in error.detail or "exit code -9" in error.detail:
        return _out_of_memory(limits, error.detail)
    return WarehouseError("the engine stopped unexpectedly; the next question gets a fresh one", error.detail)


def _out_of_memory(limits: QueryLimits, detail: str) -> MemoryLimitError:
    return MemoryLimitError(
        f"stopped: it needs more than the {limits.memory_mb} MB of memory a question may use; ask for less", detail
    )


def _failure(kind: str, detail: str, limits: QueryLimits, free: bool) -> WarehouseError | QueryError:
    if kind == "memory":
        return _out_of_memory(limits, detail)
    if free and kind in ("statement", "data"):
        # It ran where only permitted data exist, so the engine's first line can quote nothing else.
        return QueryError(detail.strip().partition("\n")[0])
    if kind == "file":
        return WarehouseError("the database could not be read", detail)
    if kind == "data":
        return WarehouseError("the engine could not compute this from the data as they are", detail)
    return WarehouseError("the engine could not run the statement", detail)


def _described(columns: tuple[ResultColumn, ...] | None, found: Sequence[Sequence[str]]) -> tuple[ResultColumn, ...]:
    if columns is None:
        return tuple(ResultColumn(name=name, type=type_name) for name, type_name in found)
    if len(columns) != len(found):
        raise WarehouseError(
            "the result has other columns than planned",
            f"planned {[item.name for item in columns]}, found {[name for name, _ in found]}",
        )
    return tuple(
        item.model_copy(update={"type": type_name}) for item, (_, type_name) in zip(columns, found, strict=True)
    )
