"""The audit log: receipts in an append-only SQLite table, each chained to the one before by its hash.

A receipt is on the disk when `append` returns, so that one exists for every answer that was shown, whatever ends the
process afterwards. Nothing changes or removes a receipt; that somebody did it behind the log's back shows in `verify`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TextIO

from agent.errors import StoreError
from agent.stores.home import open_home
from agent.stores.sqlite_store import SqliteStore
from agent.tools.audit.receipt import Receipt
from catalog.errors import UnknownNameError, UsageError

GENESIS = "0" * 64
_PAGE = 500
_MOST_FAULTS = 100
_MOST_READ_FOR_THREADS = 500
_MIGRATIONS = (
    """
    CREATE TABLE receipts (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        recorded_at TEXT NOT NULL,
        user TEXT NOT NULL,
        status TEXT NOT NULL,
        body TEXT NOT NULL,
        previous_hash TEXT NOT NULL UNIQUE,
        hash TEXT NOT NULL UNIQUE
    );;
    CREATE TRIGGER receipts_are_not_changed BEFORE UPDATE ON receipts
    BEGIN SELECT RAISE(ABORT, 'receipts are never changed'); END;;
    CREATE TRIGGER receipts_are_not_removed BEFORE DELETE ON receipts
    BEGIN SELECT RAISE(ABORT, 'receipts are never removed'); END;;
    CREATE INDEX receipts_by_user ON receipts (user, sequence)
    """,
)
_ID = re.compile(r"R?0*([0-9]{1,15})(?:-([0-9a-f]{8}))?")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A receipt as the log holds it."""

    id: str
    sequence: int
    recorded_at: dt.datetime
    hash: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class EarlierThread:
    """A conversation of a user: its name, when it was last gone on with (UTC), and what was asked in it, in order."""

    id: str
    last_at: dt.datetime
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the chain does not hold, and why."""

    sequence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How many receipts were read, the hash of the last, and where the chain does not hold (the first hundred places)."""

    receipts: int
    last_hash: str
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


class AuditLog(SqliteStore):
    """The log of one home folder."""

    WHAT = "audit log"
    MIGRATIONS = _MIGRATIONS

    @classmethod
    def open(cls, home: Path) -> Self:
        """The log of the home folder, made where there is none. StoreError where it cannot be written."""
        return cls.at(open_home(home).audit_log)

    def append(self, receipt: Receipt) -> str:
        """Write a receipt, synced to the disk, and give its id. StoreError where that fails: then show no answer."""
        body = receipt.canonical()
        recorded_at = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
        with self._lock:
            run = self._connection.execute
            try:
                run("BEGIN IMMEDIATE")
                try:
                    last = run("SELECT sequence, hash FROM receipts ORDER BY sequence DESC LIMIT 1").fetchone()
                    sequence, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
                    digest = _hash(sequence, recorded_at, receipt.user, receipt.status, body, previous)
                    run(
                        "INSERT INTO receipts (sequence, recorded_at, user, status, body, previous_hash, hash) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (sequence, recorded_at, receipt.user, receipt.status, body, previous, digest),
                    )
                except BaseException:
                    run("ROLLBACK")
                    raise
                run("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(
                    f"the receipt cannot be written to {self.path} ({error}), and without one no answer is shown"
                ) from error
        return _id(sequence, digest)

    def verify(self) -> Verification:
        """Read the whole log and check every hash and link. StoreError where the file itself cannot be read."""
        faults: list[Fault] = []
        count, previous, expected = 0, GENESIS, 1
        for sequence, recorded_at, user, status, body, linked, digest in self._rows():
            if sequence != expected:
                faults.append(Fault(expected, f"{_missing(expected, sequence - 1)} missing"))
            elif linked != previous:
                faults.append(Fault(sequence, "it is not linked to the receipt before"))
            if digest != _hash(sequence, recorded_at, user, status, body, linked):
                faults.append(Fault(sequence, "it was changed after it was written"))
            count, previous, expected = count + 1, digest, sequence + 1
        written = self.rows("SELECT seq FROM sqlite_sequence WHERE name = 'receipts'")
        if written and written[0][0] >= expected:
            faults.append(Fault(expected, f"{_missing(expected, written[0][0])} missing at the end"))
        return Verification(count, previous, tuple(faults[:_MOST_FAULTS]))

    def show(self, receipt_id: str, user: str | None = None) -> Recorded:
        """The receipt of an id. With `user`, only one of theirs. UnknownNameError where there is none."""
        match = _ID.fullmatch(receipt_id.strip())
        if match is None:
            raise UsageError(f"{receipt_id!r} is no receipt; an id looks like R000042-1a2b3c4d")
        rows = self.rows(
            "SELECT sequence, recorded_at, body, hash, user FROM receipts WHERE sequence = ?", (int(match[1]),)
        )
        if not rows or (match[2] and not rows[0][3].startswith(match[2])) or (user is not None and rows[0][4] != user):
            raise UnknownNameError("receipt", receipt_id, self._latest(user))
        sequence, recorded_at, body, digest, _ = rows[0]
        return Recorded(
            _id(sequence, digest), sequence, dt.datetime.fromisoformat(recorded_at), digest, _parsed(sequence, body)
        )

    def latest(self, limit: int = 20, user: str | None = None) -> tuple[Recorded, ...]:
        """The last receipts, newest first; with `user`, of theirs alone."""
        rows = self.rows(
            "SELECT sequence, recorded_at, body, hash FROM receipts WHERE ? IS NULL OR user = ? "
            "ORDER BY sequence DESC LIMIT ?",
            (user, user, limit),
        )
        return tuple(
            Recorded(
                _id(sequence, digest), sequence, dt.datetime.fromisoformat(moment), digest, _parsed(sequence, body)
            )
            for sequence, moment, body, digest in rows
        )

    def threads(self, user: str, role: str, catalog: str, limit: int = 10) -> tuple[EarlierThread, ...]:
        """A user's conversations under a role, the last first: the words that were asked, never what was answered."""
        found: dict[str, EarlierThread] = {}
        rows = self.rows(
            "SELECT recorded_at, json_extract(body, '$.thread'), json_extract(body, '$.question') FROM receipts "
            "WHERE user = ? AND json_extract(body, '$.thread') IS NOT NULL AND json_extract(body, '$.role') = ? "
            "AND json_extract(body, '$.catalog') = ? ORDER BY sequence DESC LIMIT ?",
            (user, role, catalog, _MOST_READ_FOR_THREADS),
        )
        for moment, thread, question in rows:
            known = found.get(thread) or EarlierThread(thread, dt.datetime.fromisoformat(moment), ())
            asked = () if question.strip().isdigit() else (question,)  # the number of an option is no question
            found[thread] = replace(known, questions=(*asked, *known.questions))
        return tuple(item for item in found.values() if item.questions)[:limit]

    def export(self, target: TextIO) -> int:
        """Write every receipt as a line of JSON, with what the chain needs to be checked elsewhere; how many there were."""
        count = 0
        for sequence, recorded_at, user, status, body, previous, digest in self._rows():
            entry = {
                "id": _id(sequence, digest),
                "sequence": sequence,
                "recorded_at": recorded_at,
                "user": user,
                "status": status,
                "previous_hash": previous,
                "hash": digest,
                "body": body,
            }
            target.write(json.dumps(entry, ensure_ascii=False) + "\n")
            count += 1
        return count

    def _latest(self, user: str | None) -> tuple[str, ...]:
        return tuple(item.id for item in self.latest(3, user))

    def _rows(self) -> Iterator[tuple[int, str, str, str, str, str, str]]:
        after = 0
        while page := self.rows(
            "SELECT sequence, recorded_at, user, status, body, previous_hash, hash FROM receipts "
            "WHERE sequence > ? ORDER BY sequence LIMIT ?",
            (after, _PAGE),
        ):
            yield from page
            after = page[-1][0]


def _hash(sequence: int, recorded_at: str, user: str, status: str, body: str, previous: str) -> str:
    text = json.dumps([previous, sequence, recorded_at, user, status, body], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _id(sequence: int, digest: str) -> str:
    return f"R{sequence:06d}-{digest[:8]}"


def _missing(first: int, last: int) -> str:
    return f"receipt {first} is" if first == last else f"receipts {first} to {last} are"


def _parsed(sequence: int, body: str) -> Receipt:
    try:
        return Receipt.model_validate(json.loads(body))
    except ValueError as error:
        raise StoreError(f"receipt {sequence} cannot be read; `plumbline audit verify` tells more") from error
