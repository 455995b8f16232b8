"""Questions that an analyst confirmed, with their plans: who did it and when, by catalog."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
from pathlib import Path
from typing import Self

from agent.errors import StoreError
from agent.stores.home import open_home
from agent.stores.sqlite_store import open_store
from catalog.models import VerifiedQuestion

WHAT = "store of verified questions"
_MIGRATIONS = (
    """
    CREATE TABLE verified (
        catalog TEXT NOT NULL,
        question TEXT NOT NULL COLLATE NOCASE,
        query TEXT NOT NULL,
        verified_by TEXT NOT NULL,
        verified_at TEXT NOT NULL,
        receipt TEXT NOT NULL,
        PRIMARY KEY (catalog, question)
    )
    """,
)


class VerifiedStore:
    """The verified questions of one home folder. Safe for many threads and processes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.Lock()

    @classmethod
    def open(cls, home: Path) -> Self:
        """The store of the home folder, made where there is none. StoreError where it cannot be written."""
        path = open_home(home).path / "verified.sqlite"
        return cls(open_store(path, WHAT, _MIGRATIONS), path)

    def put(self, catalog: str, item: VerifiedQuestion, receipt: str) -> None:
        """Keep a question of a catalog; the same wording again takes the earlier one's place."""
        row = (
            catalog,
            item.question,
            json.dumps(item.query, sort_keys=True),
            item.verified_by,
            item.verified_at.isoformat(),
            receipt,
        )
        self._write("INSERT OR REPLACE INTO verified VALUES (?, ?, ?, ?, ?, ?)", row)

    def remove(self, catalog: str, question: str) -> bool:
        """Forget a question; False where there was none."""
        return self._write("DELETE FROM verified WHERE catalog = ? AND question = ?", (catalog, question)) > 0

    def of(self, catalog: str) -> tuple[VerifiedQuestion, ...]:
        """A catalog's questions, by wording."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT question, query, verified_by, verified_at FROM verified WHERE catalog = ? ORDER BY question",
                (catalog,),
            ).fetchall()
        return tuple(
            VerifiedQuestion(
                question=question,
                query=json.loads(query),
                verified_by=who,
                verified_at=dt.datetime.fromisoformat(moment),
            )
            for question, query, who, moment in rows
        )

    def close(self) -> None:
        self._connection.close()

    def _write(self, statement: str, row: tuple[str, ...]) -> int:
        with self._lock:
            try:
                return self._connection.execute(statement, row).rowcount
            except sqlite3.Error as error:
                raise StoreError(f"the {WHAT} at {self._path} cannot be written ({error})") from error


def stored_questions(home: Path, catalog: str) -> tuple[VerifiedQuestion, ...]:
    """The verified questions that a home folder holds for a catalog; none, and nothing made, where it has no store."""
    if not (home / "verified.sqlite").exists():
        return ()
    store = VerifiedStore.open(home)
    try:
        return store.of(catalog)
    finally:
        store.close()
