"""A versioned SQLite file: opened, migrated step by step, and clear about what is wrong with it."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any, ClassVar, Self

from agent.errors import StoreError

BUSY_TIMEOUT_MS = 5_000


class SqliteStore:
    """One versioned file, safe for many threads and processes. A store names itself and its schema, and asks through here."""

    WHAT: ClassVar[str]
    MIGRATIONS: ClassVar[tuple[str, ...]]

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self._lock = threading.Lock()

    @classmethod
    def at(cls, path: Path) -> Self:
        """The store in a file, made where there is none. StoreError where it cannot be written."""
        return cls(open_store(path, cls.WHAT, cls.MIGRATIONS), path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """What a statement reads. StoreError where the file cannot be read."""
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                raise StoreError(f"the {self.WHAT} at {self.path} cannot be read ({error})") from error

    def write(self, statement: str, values: tuple[Any, ...]) -> int:
        """How many rows a statement changed; they are on the disk. StoreError where the file cannot be written."""
        with self._lock:
            try:
                return self._connection.execute(statement, values).rowcount
            except sqlite3.Error as error:
                raise StoreError(f"the {self.WHAT} at {self.path} cannot be written ({error})") from error


def open_store(path: Path, what: str, migrations: tuple[str, ...]) -> sqlite3.Connection:
    """The store at `path`, its schema at version len(migrations); each migration is a script that runs once.

    Every commit is on the disk when it returns (full sync). StoreError, naming `what` and the file, where it cannot be
    opened or written, is damaged, or was written by a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = sqlite3.connect(
            path, check_same_thread=False, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000
        )
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"the {what} cannot be opened at {path}: {error}; is the folder there and writable?"
        ) from error
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection, path, what, migrations)
    except sqlite3.OperationalError as error:
        connection.close()
        raise StoreError(
            f"the {what} at {path} cannot be written: {error}; is the folder writable, the disk full?"
        ) from error
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(
            f"the {what} at {path} is damaged: {error}; restore it from a backup, or move it away"
        ) from error
    except StoreError:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, path: Path, what: str, migrations: tuple[str, ...]) -> None:
    if _version(connection) == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)  # another process may have come first
        if version > len(migrations):
            raise StoreError(
                f"the {what} at {path} was written by a newer version of Plumbline (schema {version}); update"
            )
        for script in migrations[version:]:
            for statement in script.split(";;"):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
