"""What people said of their answers: whether they helped, by receipt, each user's own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from agent.stores.home import open_home
from agent.stores.sqlite_store import SqliteStore

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


class FeedbackStore(SqliteStore):
    """The feedback of one home folder."""

    WHAT = "store of feedback"
    MIGRATIONS = _MIGRATIONS

    @classmethod
    def open(cls, home: Path) -> Self:
        """The store of the home folder, made where there is none. StoreError where it cannot be written."""
        return cls.at(open_home(home).path / "feedback.sqlite")

    def put(self, item: Feedback) -> None:
        """Keep a user's word on a receipt; a later one takes its place."""
        row = (item.receipt, item.user, item.helpful, item.comment[:MOST_CHARACTERS], item.given_at.isoformat())
        self.write("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?)", row)

    def latest(self, limit: int = 100, user: str | None = None) -> tuple[Feedback, ...]:
        """The latest first; with `user`, theirs alone."""
        rows = self.rows(
            "SELECT * FROM feedback WHERE ? IS NULL OR user = ? ORDER BY given_at DESC, receipt LIMIT ?",
            (user, user, limit),
        )
        return tuple(
            Feedback(receipt, whose, bool(helpful), comment, dt.datetime.fromisoformat(moment))
            for receipt, whose, helpful, comment, moment in rows
        )
