"""Which file a database is at this moment."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from agent.errors import DatabaseUnavailableError

_MAGIC = b"DUCK"
_MAGIC_OFFSET = 8


@dataclass(frozen=True, slots=True)
class DatabaseIdentity:
    """What changes when a database is replaced or written: its inode, size and time, and those of its write-ahead log."""

    inode: int
    size_bytes: int
    modified_ns: int
    log_size_bytes: int
    log_modified_ns: int

    @property
    def fingerprint(self) -> str:
        text = f"{self.inode}:{self.size_bytes}:{self.modified_ns}:{self.log_size_bytes}:{self.log_modified_ns}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def identity_of(database: Path) -> DatabaseIdentity:
    """The identity of the file as it is now. DatabaseUnavailableError where there is none, or it is no file."""
    try:
        status = database.stat()
    except FileNotFoundError as error:
        raise DatabaseUnavailableError(f"there is no database at {database}") from error
    except OSError as error:
        raise DatabaseUnavailableError(f"the database {database} cannot be read: {error.strerror}") from error
    if database.is_dir():
        raise DatabaseUnavailableError(f"{database} is a folder; give the path of a DuckDB file")
    try:
        log = database.with_name(database.name + ".wal").stat()
        log_size, log_modified = log.st_size, log.st_mtime_ns
    except OSError:
        log_size = log_modified = 0
    return DatabaseIdentity(status.st_ino, status.st_size, status.st_mtime_ns, log_size, log_modified)


def require_duckdb_file(database: Path) -> None:
    """DatabaseUnavailableError unless the file can be read and begins as a DuckDB file does."""
    try:
        with database.open("rb") as file:
            head = file.read(_MAGIC_OFFSET + len(_MAGIC))
    except OSError as error:
        raise DatabaseUnavailableError(f"the database {database} cannot be read: {error.strerror}") from error
    if head[_MAGIC_OFFSET:] != _MAGIC:
        raise DatabaseUnavailableError(f"{database} is not a DuckDB file")


def explain_open_failure(database: Path, detail: str) -> DatabaseUnavailableError:
    """A clear message for what the engine said when it could not open the file."""
    lowered = detail.lower()
    if "set lock" in lowered or "conflicting lock" in lowered:
        return DatabaseUnavailableError(
            f"another program is writing to {database}; try again when it has closed it, or give it a copy"
        )
    if "version" in lowered and ("newer" in lowered or "storage" in lowered or "read a database file" in lowered):
        return DatabaseUnavailableError(
            f"{database} was written by a DuckDB with another storage version; export it with that version, "
            "or update Plumbline"
        )
    return DatabaseUnavailableError(f"{database} is damaged or not a DuckDB file")
