"""The process that holds the engine: `python -m agent.tools.warehouse.worker DATA_FD CONTROL_FD`.

It imports the standard library and the engine alone, so that it starts in a fraction of a second, and is written to be
killed: it owns no state that matters. One statement runs at a time. The control pipe interrupts it, and ends it when the
parent is gone. Which statements arrive is the guard's business; see agent/tools/guard.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
import sys
import threading
import time
import types
from pathlib import Path
from typing import Any

import _duckdb as engine  # the engine without its Python extras: 20 ms to import where `duckdb` takes 140

from agent.tools.warehouse.wire import CONTROL, LENGTH, codec_for, dump, encode_column

try:
    import resource
except ImportError:  # not a Unix: the deadline and the engine's own memory limit remain
    resource = None  # type: ignore[assignment]

MEBIBYTE = 1 << 20
FIRST_CHUNK_ROWS = 256
CHUNK_BYTES = 1 << 18
STARTED_MB = 64
ASSUMED_MB = 128  # what the process has reserved from its start, where the system does not say
FEW_ROWS = 500_000
LAST_WORDS_BYTES = 1 << 16  # all that a permitted copy's process may write to any file: its own stderr

_LOCKED = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
_TABLES = """
SELECT CASE WHEN schema_name = 'main' THEN table_name ELSE schema_name || '.' || table_name END, column_name, data_type
FROM duckdb_columns() WHERE NOT internal AND database_name = current_database() ORDER BY 1, column_index
"""


class _Utc(dt.tzinfo):
    """What the engine asks of a time zone when it hands over a TIMESTAMPTZ."""

    def localize(self, moment: dt.datetime) -> dt.datetime:
        return moment.replace(tzinfo=dt.UTC)

    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta:
        return dt.timedelta(0)

    def dst(self, moment: dt.datetime | None) -> dt.timedelta:
        return dt.timedelta(0)

    def tzname(self, moment: dt.datetime | None) -> str:
        return "UTC"


def _provide_utc_zone() -> None:
    """Stand in for `pytz`, which the engine asks for the session's zone: that is UTC here, always."""
    zones = types.ModuleType("pytz")
    zones.timezone = lambda name: _Utc()  # type: ignore[attr-defined]
    zones.utc = _Utc()  # type: ignore[attr-defined]
    sys.modules["pytz"] = zones


class Worker:
    """One connection to one database, behind a socket."""

    def __init__(self, data: socket.socket, control: int) -> None:
        self.data = data
        self.control = control
        self.connection: Any = None
        self.running: Any = None
        self.sequence = 0
        self.held_mb = 0  # reserved before any question: the process itself, and a permitted copy
        self.turn = threading.Lock()

    def serve(self) -> None:
        """Answer requests until the parent hangs up."""
        threading.Thread(target=self.watch_control, daemon=True).start()
        while (frame := self.receive()) is not None:
            request = json.loads(frame)
            with self.turn:
                self.sequence = request["sequence"]
            started = time.perf_counter()
            try:
                header, chunks = self.answer(request)
            except engine.Error as error:
                header, chunks = _failure(error), []
            except RuntimeError as error:  # the engine's word for an interrupt
                header, chunks = {"error": "interrupted", "detail": str(error)}, []
            except MemoryError:
                header, chunks = {"error": "memory", "detail": "out of memory while reading the result"}, []
            finally:
                with self.turn:
                    self.running = None
            header |= {
                "sequence": self.sequence,
                "chunks": len(chunks),
                "elapsed_ms": (time.perf_counter() - started) * 1000,
            }
            frames = (dump(header), *chunks)
            self.data.sendall(b"".join(LENGTH.pack(len(frame)) + frame for frame in frames))

    def watch_control(self) -> None:
        """Interrupt the statement that the parent names; leave when the parent is gone, whatever is running."""
        while message := os.read(self.control, CONTROL.size):
            (sequence,) = CONTROL.unpack(message)
            with self.turn:
                if sequence == self.sequence and self.running is not None:
                    self.running.interrupt()
        os._exit(0)

    def receive(self) -> bytes | None:
        head = self.receive_exactly(LENGTH.size)
        return None if head is None else self.receive_exactly(LENGTH.unpack(head)[0])

    def receive_exactly(self, count: int) -> bytes | None:
        parts = bytearray()
        while len(parts) < count:
            part = self.data.recv(count - len(parts))
            if not part:
                return None
            parts += part
        return bytes(parts)

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        operation = request["operation"]
        if operation == "open":
            return self.open_database(request), []
        if operation == "build":
            return self.build_copy(request), []
        if operation == "tables":
            return self.run(_TABLES, rows=1_000_000, result_bytes=64 * MEBIBYTE)
        limit_memory(self.held_mb, request["memory_mb"])
        return self.run(request["sql"], request["rows"], request["result_bytes"])

    def open_database(self, request: dict[str, Any]) -> dict[str, Any]:
        """Open the file read-only; big sorts and joins may spill to the private folder `spill`."""
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": str(request["threads"]),
            "memory_limit": f"{_engine_mb(request['memory_mb'])}MiB",
            "temp_directory": request["spill"],
            "max_temp_directory_size": f"{request['spill_mb']}MiB",
            **_LOCKED,
        }
        self.connection = engine.connect(request["path"], read_only=True, config=config)
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET enable_external_access = false")  # after the spill folder: it freezes that too
        self.connection.execute("SET lock_configuration = true")
        self.held_mb = data_mb()
        return {}

    def build_copy(self, request: dict[str, Any]) -> dict[str, Any]:
        """A database in memory that holds the permitted rows and columns, and afterwards no way to any file."""
        limit_memory(data_mb(), request["memory_mb"])
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": str(request["threads"]),
            "memory_limit": f"{_engine_mb(request['memory_mb'])}MiB",
            "temp_directory": "",
            **_LOCKED,
        }
        self.connection = engine.connect(":memory:", config=config)
        with self.turn:
            self.running = self.connection
        run = self.connection.execute
        run("SET TimeZone = 'UTC'")
        path = str(request["path"]).replace("'", "''")
        run(f"ATTACH '{path}' AS source (READ_ONLY)")
        run("ATTACH ':memory:' AS permitted (COMPRESS)")
        run("USE source")  # the statements name the database's own tables; what they fill is named in full
        rows = sum(self.fill(table, request["batch_rows"]) for table in request["tables"])
        run("USE memory")  # where every new cursor looks
        for table in request["tables"]:
            run(f"CREATE VIEW memory.main.{table['name']} AS SELECT * FROM permitted.main.{table['name']}")
        run("DETACH source")
        if rows <= FEW_ROWS:  # one thread is as quick, and gives rows without an ORDER BY in the same order each time
            run("SET threads = 1")
        run("SET enable_external_access = false")
        run("SET disabled_filesystems = 'LocalFileSystem'")
        run("SET lock_configuration = true")
        if resource is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (LAST_WORDS_BYTES, LAST_WORDS_BYTES))
            most = resource.getrlimit(resource.RLIMIT_DATA)[0]
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        self.held_mb = data_mb()
        return {}

    def fill(self, table: dict[str, Any], batch_rows: int) -> int:
        """Make one table of the copy; how many rows it has. A large one is read in batches, each compressed at once:
        it takes a third of the memory, and is read faster.
        """
        run = self.connection.execute
        target = f"permitted.main.{table['name']}"
        extent = self.extent(table)
        if extent < batch_rows:
            return int(run(f"CREATE TABLE {target} AS {table['select']}").fetchone()[0])
        run(f"CREATE TABLE {target} AS {table['select']} LIMIT 0")
        rows = 0
        for first in range(0, extent, batch_rows):
            rows += run(f"INSERT INTO {target} {table['batch']}", [first, first + batch_rows]).fetchone()[0]
            run("CHECKPOINT permitted")
        return rows

    def extent(self, table: dict[str, Any]) -> int:
        """The number after the source's last row; 0 where rows have none, as a view's, or may not be read apart."""
        if table["batch"] is None:
            return 0
        try:
            return self.connection.execute(table["extent"]).fetchone()[0] or 0
        except engine.BinderException:
            return 0

    def run(self, sql: str, rows: int, result_bytes: int) -> tuple[dict[str, Any], list[bytes]]:
        """Run one statement on a fresh cursor; stop reading at the row or byte cap and say so."""
        cursor = self.connection.cursor()
        try:
            with self.turn:
                self.running = cursor
            cursor.execute(sql)
            columns = [(item[0], str(item[1])) for item in cursor.description or ()]
            codecs = [codec_for(type_name) for _, type_name in columns]
            chunks, count, truncated = _read(cursor, codecs, rows, result_bytes)
        finally:
            with contextlib.suppress(engine.Error):
                cursor.close()
        return {"columns": columns, "codecs": codecs, "rows": count, "truncated": truncated}, chunks


def _read(cursor: Any, codecs: list[str], rows: int, result_bytes: int) -> tuple[list[bytes], int, bool]:
    chunks: list[bytes] = []
    count = size = 0
    chunk_rows = FIRST_CHUNK_ROWS
    while block := cursor.fetchmany(min(chunk_rows, rows + 1 - count)):
        kept = block[: rows - count]
        if kept:
            values = zip(*kept, strict=True)
            chunk = dump([encode_column(codec, column) for codec, column in zip(codecs, values, strict=True)])
            if size + len(chunk) > result_bytes:
                return chunks, count, True
            chunks.append(chunk)
            count += len(kept)
            size += len(chunk)
            chunk_rows = max(1, min(8192, CHUNK_BYTES * len(kept) // len(chunk)))
        if len(kept) < len(block):
            return chunks, count, True
    return chunks, count, False


def _allowance_mb(memory_mb: int) -> int:
    """What a question may take on top of what the process has from its start (some 60 MB)."""
    return max(memory_mb - STARTED_MB, STARTED_MB)


def _engine_mb(memory_mb: int) -> int:
    """What the engine may plan with; what is left is for memory it does not count and for results."""
    return _allowance_mb(memory_mb) * 17 // 20


def limit_memory(held_mb: int, memory_mb: int) -> None:
    """Let the operating system refuse memory past the limit, as some functions of the engine do not count theirs."""
    if resource is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = ((held_mb or ASSUMED_MB) + _allowance_mb(memory_mb)) * MEBIBYTE
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def data_mb() -> int:
    """The private memory this process has reserved, in MiB; 0 where the system does not say."""
    try:
        with Path("/proc/self/status").open(encoding="ascii") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmData"))
    except (OSError, StopIteration):
        return 0


def _failure(error: Any) -> dict[str, Any]:
    """An engine's error by kind; the text stays apart, as it may quote data."""
    detail = str(error)
    if isinstance(error, engine.OutOfMemoryException):
        kind = "memory"
    elif isinstance(error, engine.InterruptException):
        kind = "interrupted"
    elif isinstance(error, engine.CatalogException | engine.BinderException | engine.ParserException):
        kind = "statement"
    elif isinstance(error, engine.IOException | engine.SerializationException | engine.ConnectionException):
        kind = "file"
    elif isinstance(error, engine.FatalException | engine.InternalException):
        kind = "fatal"
    else:
        kind = "data"
    return {"error": kind, "detail": detail}


def main() -> None:
    """Serve the parent over the two descriptors it passed."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _provide_utc_zone()
    Worker(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])).serve()


if __name__ == "__main__":
    main()
