"""The memory of what each user was answered about sensitive fields, and the check of a question against it.

It lies in the home folder, one row for each cell pattern answered (see group_size.py), and holds for DAYS: long enough that
nobody collects differences over a week, short enough that a question can be asked again from another side some day.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Self

from agent.errors import PolicyRefusal, StoreError
from agent.stores.home import open_home
from agent.stores.sqlite_store import SqliteStore
from agent.tools.guard.atoms import full_atoms, known_atoms
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.group_size import RULE, Cells, Protection, refusal
from agent.tools.guard.statement import GuardedStatement
from agent.tools.guard.uncounted import uncounted
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView

DAYS = 30
MOST_PATTERNS = 200  # of one dataset: more would make the check slow, and nobody needs as many in a month
_MIGRATIONS = (
    """
    CREATE TABLE answered (
        user TEXT NOT NULL,
        catalog TEXT NOT NULL,
        dataset TEXT NOT NULL,
        cells TEXT NOT NULL,
        answered_at TEXT NOT NULL,
        PRIMARY KEY (user, catalog, dataset, cells)
    )
    """,
)


class AnsweredCells(SqliteStore):
    """The memory of one home folder: one question is checked at a time."""

    WHAT = "memory of answered groups"
    MIGRATIONS = _MIGRATIONS

    @classmethod
    def open(cls, home: Path) -> Self:
        """The memory of the home folder. StoreError where it cannot be written: then nothing sensitive is answered."""
        return cls.at(open_home(home).path / "guard" / "answered.sqlite")

    def admit(self, view: CatalogView, protection: Protection, run: Callable[[GuardedStatement], ResultTable]) -> None:
        """Remember the question's cells as answered; PolicyRefusal where with the earlier ones they tell about too few."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    self._check_and_keep(view, protection, run)
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(f"the {self.WHAT} at {self.path} cannot be written ({error})") from error

    def _check_and_keep(
        self, view: CatalogView, protection: Protection, run: Callable[[GuardedStatement], ResultTable]
    ) -> None:
        now = dt.datetime.now(dt.UTC)
        whose = (view.principal.user, view.whole.name)  # whatever role each answer was given to
        for dataset in dict.fromkeys(item.dataset for item in protection.cells):
            earlier = self._earlier(whose, dataset, now - dt.timedelta(days=DAYS))
            asked = [item for item in protection.cells if item.dataset == dataset]
            every = tuple(dict.fromkeys((*earlier, *asked)))
            if len(every) > MOST_PATTERNS:
                raise PolicyRefusal(
                    RULE, f"this role may ask about such figures in {MOST_PATTERNS} ways in {DAYS} days"
                )
            for owner in protection.owners:
                for look in (known_atoms, full_atoms):
                    compiled = look(view, every, owner, protection.size)
                    if run(guard_compiled(compiled, uncounted(view))).rows:
                        raise refusal(protection.size)
            for item in asked:
                self._connection.execute(
                    "INSERT OR REPLACE INTO answered VALUES (?, ?, ?, ?, ?)",
                    (*whose, dataset, item.canonical(), now.isoformat()),
                )

    def _earlier(self, whose: tuple[str, str], dataset: str, since: dt.datetime) -> list[Cells]:
        rows = self._connection.execute(
            "SELECT cells FROM answered WHERE user = ? AND catalog = ? AND dataset = ? AND answered_at > ? "
            "ORDER BY answered_at, cells",
            (*whose, dataset, since.isoformat()),
        )
        return [Cells.model_validate_json(text) for (text,) in rows]
