"""What people said of their answers: whether they helped, by receipt, each user's own."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from agent.errors import StoreError
from agent.stores.home import open_home
from agent.stores.sqlite_store import open_store

WHAT = "store of feedback"
MOST_CHARACTERS = 2_000
_MIGRATIONS = (
    """
    CREATE TABLE feedback (
        receipt TEXT NOT NULL,
        user TEXT NOT NULL,
        helpful INTEGER NOT NULL,
        comment TEXT NOT NULL,
        given_at TEXT NOT NULL,
        PRIMARY KEY (receipt, user)
    )
    """,
)


@dataclass(frozen=True, slots=True)
class Feedback:
    """A user's word on the answer of a receipt; times are UTC."""

    receipt: str
    user: str
    helpful: bool
    comment: str
    given_at: dt.datetime


class FeedbackStore:
    """The feedback of one home folder. Safe for many threads and processes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.Lock()

    @classmethod
    def open(cls, home: Path) -> Self:
        """The store of the home folder, made where there is none. StoreError where it cannot be written."""
        path = open_home(home).path / "feedback.sqlite"
        return cls(open_store(path, WHAT, _MIGRATIONS), path)

    def put(self, item: Feedback) -> None:
        """Keep a user's word on a receipt; a later one takes its place."""
        row = (item.receipt, item.user, item.helpful, item.comment[:MOST_CHARACTERS], item.given_at.isoformat())
        with self._lock:
            try:
                self._connection.execute("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?)", row)
            except sqlite3.Error as error:
                raise StoreError(f"the {WHAT} at {self._path} cannot be written ({error})") from error

    def latest(self, limit: int = 100, user: str | None = None) -> tuple[Feedback, ...]:
        """The latest first; with `user`, theirs alone."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT * FROM feedback WHERE ? IS NULL OR user = ? ORDER BY given_at DESC, receipt LIMIT ?",
                (user, user, limit),
            ).fetchall()
        return tuple(
            Feedback(receipt, whose, bool(helpful), comment, dt.datetime.fromisoformat(moment))
            for receipt, whose, helpful, comment, moment in rows
        )

    def close(self) -> None:
        self._connection.close()
