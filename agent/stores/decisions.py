"""Saved scenarios and forecasts, each its user's own: what was expected, to be held against what came.

A saved figure is never a way around a role: each entry keeps the role and the attributes it was made under, and is only
opened again under the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from agent.errors import StoreError
from agent.stores.sqlite_store import SqliteStore
from catalog.access import CatalogView
from catalog.frozen import Frozen
from catalog.query import Condition, Period

DecisionKind = Literal["scenario", "forecast", "goal"]
_MIGRATIONS = (
    """CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        user TEXT NOT NULL,
        catalog TEXT NOT NULL,
        name TEXT NOT NULL COLLATE NOCASE,
        kind TEXT NOT NULL,
        scope TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        content TEXT NOT NULL,
        UNIQUE (user, catalog, scope, name)
    )""",
)
NAME_LENGTH = 80


class Expectation(Frozen):
    """One figure that was expected: `metric` over `period` within `where`, between `low` and `high` at `level`."""

    metric: str
    period: Period
    where: Condition | None = None
    value: float
    low: float | None = None
    high: float | None = None
    level: float | None = None  # the share of outcomes that low to high is to hold
    baseline: float | None = None  # what it was set beside


class SavedDecision(Frozen):
    """A scenario or forecast as it was when it was saved; `request` is its analysis request as plain data."""

    name: str
    kind: DecisionKind
    question: str = ""
    as_of: dt.date
    saved_at: dt.datetime
    request: dict[str, Any]
    summary: str = ""  # what it says, in words without figures: "Prices +5 %, Ad spend -10 %"
    expectations: tuple[Expectation, ...] = ()


class DecisionStore(SqliteStore):
    """The file with everyone's decisions."""

    WHAT = "store of saved scenarios"
    MIGRATIONS = _MIGRATIONS

    @classmethod
    def open(cls, path: Path) -> Self:
        """The store, made where it is missing. StoreError where it cannot be written."""
        return cls.at(path)

    def book(self, view: CatalogView) -> DecisionBook:
        """What the principal of a view has saved with this catalog."""
        return DecisionBook(self, view.principal.user, view.whole.name, _scope(view))


@dataclass(frozen=True)
class DecisionBook:
    """One user's decisions with one catalog. `scope` stands for the role and attributes they were made under."""

    store: DecisionStore
    user: str
    catalog: str
    scope: str

    def save(self, decision: SavedDecision) -> None:
        """Keeps it under its name, in place of one of the same name (case does not tell names apart)."""
        row = (self.user, self.catalog, decision.name, decision.kind, self.scope, decision.saved_at.isoformat())
        self.store.write(
            "INSERT INTO decision (user, catalog, name, kind, scope, saved_at, content) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (user, catalog, scope, name) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
            " saved_at = excluded.saved_at, content = excluded.content",
            (*row, decision.model_dump_json()),
        )

    def saved(self, kind: DecisionKind | None = None) -> tuple[SavedDecision, ...]:
        """All of the user's, the oldest first; only those made under the same role and attributes."""
        rows = self.store.rows(
            "SELECT content FROM decision WHERE user = ? AND catalog = ? AND scope = ? AND (kind = ? OR ? IS NULL)"
            " ORDER BY saved_at, id",
            (self.user, self.catalog, self.scope, kind, kind),
        )
        return tuple(self._read(row[0]) for row in rows)

    def find(self, name: str) -> SavedDecision | None:
        """The one of that name, whatever its case."""
        rows = self.store.rows(
            "SELECT content FROM decision WHERE user = ? AND catalog = ? AND scope = ? AND name = ?",
            (self.user, self.catalog, self.scope, " ".join(name.split())),
        )
        return self._read(rows[0][0]) if rows else None

    def forget(self, name: str) -> bool:
        """Takes it out; whether there was one."""
        done = self.store.write(
            "DELETE FROM decision WHERE user = ? AND catalog = ? AND scope = ? AND name = ?",
            (self.user, self.catalog, self.scope, name),
        )
        return done > 0

    def _read(self, content: str) -> SavedDecision:
        try:
            return SavedDecision.model_validate_json(content)
        except ValueError as error:
            raise StoreError(f"the {self.store.WHAT} at {self.store.path} holds an unreadable entry") from error


def decision_name(text: str) -> str:
    """A name as it is kept: one line, no wider than fits. ValueError for one that is empty or too long."""
    name = " ".join(text.split()).strip("'\"“”‘’ ")
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise ValueError(f"a name has 1 to {NAME_LENGTH} characters")
    return name


def _scope(view: CatalogView) -> str:
    made_under = {"role": view.role.name, "attributes": dict(sorted(view.principal.attributes.items()))}
    return hashlib.sha256(json.dumps(made_under, sort_keys=True).encode()).hexdigest()
