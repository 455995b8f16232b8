"""Questions that an analyst confirmed, with their plans: who did it and when, by catalog."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Self

from agent.stores.home import open_home
from agent.stores.sqlite_store import SqliteStore
from catalog.models import VerifiedQuestion

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


class VerifiedStore(SqliteStore):
    """The verified questions of one home folder."""

    WHAT = "store of verified questions"
    MIGRATIONS = _MIGRATIONS

    @classmethod
    def open(cls, home: Path) -> Self:
        """The store of the home folder, made where there is none. StoreError where it cannot be written."""
        return cls.at(open_home(home).path / "verified.sqlite")

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
        self.write("INSERT OR REPLACE INTO verified VALUES (?, ?, ?, ?, ?, ?)", row)

    def remove(self, catalog: str, question: str) -> bool:
        """Forget a question; False where there was none."""
        return self.write("DELETE FROM verified WHERE catalog = ? AND question = ?", (catalog, question)) > 0

    def of(self, catalog: str) -> tuple[VerifiedQuestion, ...]:
        """A catalog's questions, by wording."""
        rows = self.rows(
            "SELECT question, query, verified_by, verified_at FROM verified WHERE catalog = ? ORDER BY question",
            (catalog,),
        )
        return tuple(
            VerifiedQuestion(
                question=question,
                query=json.loads(query),
                verified_by=who,
                verified_at=dt.datetime.fromisoformat(moment),
            )
            for question, query, who, moment in rows
        )


def stored_questions(home: Path, catalog: str) -> tuple[VerifiedQuestion, ...]:
    """The verified questions that a home folder holds for a catalog; none, and nothing made, where it has no store."""
    if not (home / "verified.sqlite").exists():
        return ()
    store = VerifiedStore.open(home)
    try:
        return store.of(catalog)
    finally:
        store.close()
