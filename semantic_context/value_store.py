"""The tables that values are looked up in: one SQLite file, written once, so that opening it costs nothing.

`entry` holds what may be meant (one value, or a group of several), `phrase` every key it is known by, `token` the words it
holds, `vocabulary` each of those words once, by its ends and its length, for words that are misspelt.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.query import Scalar
from semantic_context.value_keys import MAX_WORDS, joined, stemmed, value_words

VERSION = 2
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE field (id INTEGER PRIMARY KEY, dataset TEXT, name TEXT);
CREATE TABLE entry (id INTEGER PRIMARY KEY, field INTEGER, label TEXT, vals TEXT, declared INTEGER, is_group INTEGER);
CREATE INDEX entry_by_field ON entry (field, id);
CREATE TABLE phrase (key TEXT, entry INTEGER, how TEXT, PRIMARY KEY (key, entry, how)) WITHOUT ROWID;
CREATE TABLE token (token TEXT, entry INTEGER, PRIMARY KEY (token, entry)) WITHOUT ROWID;
CREATE TABLE vocabulary (token TEXT PRIMARY KEY, head TEXT, tail TEXT, length INTEGER, entries INTEGER) WITHOUT ROWID;
CREATE INDEX vocabulary_by_head ON vocabulary (head, length);
CREATE INDEX vocabulary_by_tail ON vocabulary (tail, length);
"""
_PARAMETERS = 900  # below SQLite's oldest bound on variables in a statement


@dataclass(frozen=True, slots=True)
class Entry:
    """What may be meant: the values, all of one field, and whether the catalog itself names them."""

    id: int
    field: int
    label: str
    values: tuple[Scalar, ...]
    declared: bool
    is_group: bool


@dataclass(frozen=True, slots=True)
class FieldValues:
    """A field's share of the index, to be written: its values, and the words and groups that the catalog gives them."""

    dataset: str
    name: str
    label: str
    values: tuple[Scalar, ...]
    synonyms: dict[str, tuple[str, ...]]
    groups: dict[str, tuple[str, ...]]
    declared: frozenset[str]
    bare: bool = True  # whether the value's own text is enough to mean it


class ValueTables:
    """Read access. Safe between threads: one connection, one reader at a time, a lookup takes well under a millisecond."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._sizes: dict[int, int] | None = None
        self.fields: dict[int, tuple[str, str]] = {
            row[0]: (row[1], row[2]) for row in connection.execute("SELECT id, dataset, name FROM field")
        }

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def phrases(self, keys: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
        """Entries by key: (entry, how)."""
        found: dict[str, list[tuple[int, str]]] = {}
        for key, entry, how in self._rows("SELECT key, entry, how FROM phrase WHERE key IN ({})", keys):
            found.setdefault(key, []).append((entry, how))
        return found

    def entries(self, ids: Iterable[int]) -> dict[int, Entry]:
        """Entries by id."""
        rows = self._rows("SELECT id, field, label, vals, declared, is_group FROM entry WHERE id IN ({})", ids)
        return {
            row[0]: Entry(row[0], row[1], row[2], tuple(json.loads(row[3])), bool(row[4]), bool(row[5])) for row in rows
        }

    def entries_of(self, fields: Iterable[int], limit: int) -> list[Entry]:
        """The entries of some fields, in the order they were written, up to `limit` of each."""
        found: list[Entry] = []
        for field in fields:
            rows = self._all(
                "SELECT id, field, label, vals, declared, is_group FROM entry WHERE field = ? ORDER BY id LIMIT ?",
                (field, limit),
            )
            found += [
                Entry(row[0], row[1], row[2], tuple(json.loads(row[3])), bool(row[4]), bool(row[5])) for row in rows
            ]
        return found

    def word_counts(self, words: Iterable[str]) -> dict[str, int]:
        """How many entries hold each word; words that none holds are left out."""
        return dict(self._rows("SELECT token, entries FROM vocabulary WHERE token IN ({})", words))

    def entries_with(self, word: str, limit: int) -> list[int]:
        """The ids of entries that hold a word."""
        return [row[0] for row in self._all("SELECT entry FROM token WHERE token = ? LIMIT ?", (word, limit))]

    def words_near(self, word: str, bound: int) -> list[str]:
        """Words that may be this one misspelt: of nearly its length, with its first or its last letters.

        One wrong letter, or two next to each other, leaves one of the two ends whole.
        """
        size = 3 if len(word) >= 6 else 2
        head, tail = word[:size], word[: -size - 1 : -1]
        lengths = len(word) - bound, len(word) + bound
        ends = "BETWEEN ? AND ? AND length BETWEEN ? AND ?"
        rows = self._all(
            f"SELECT token FROM vocabulary WHERE head {ends} UNION ALL SELECT token FROM vocabulary WHERE tail {ends}",
            (head, head + "\uffff", *lengths, tail, tail + "\uffff", *lengths),
        )
        return list(dict.fromkeys(row[0] for row in rows))

    def count(self) -> int:
        """How many entries there are."""
        return int(self._all("SELECT COUNT(*) FROM entry", ())[0][0])

    def field_sizes(self) -> dict[int, int]:
        """How many entries each field has."""
        if self._sizes is None:
            self._sizes = dict(self._all("SELECT field, COUNT(*) FROM entry GROUP BY field", ()))
        return self._sizes

    def _all(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def _rows(self, sql: str, values: Iterable[Any]) -> Iterator[Any]:
        wanted = list(dict.fromkeys(values))
        for first in range(0, len(wanted), _PARAMETERS):
            part = wanted[first : first + _PARAMETERS]
            yield from self._all(sql.format(",".join("?" * len(part))), part)


def write_tables(connection: sqlite3.Connection, fields: Sequence[FieldValues], identity: str) -> None:
    """Fills an empty database."""
    connection.executescript(_SCHEMA)
    entry_id = 0
    vocabulary: dict[str, int] = {}
    for field_id, field in enumerate(fields):
        connection.execute("INSERT INTO field VALUES (?, ?, ?)", (field_id, field.dataset, field.name))
        entries: list[tuple[Any, ...]] = []
        phrases: set[tuple[str, int, str]] = set()
        tokens: set[tuple[str, int]] = set()
        for label, values, is_group in _entries(field):
            words = value_words(label)
            declared = is_group or label in field.declared
            entries.append((entry_id, field_id, label, json.dumps(values, default=str), declared, is_group))
            phrases |= {(key, entry_id, how) for key, how in _phrases(field, label, words, is_group=is_group)}
            if field.bare:
                distinct = {word for word in words if word.isalpha() or len(word) > 2}
                tokens |= {(word, entry_id) for word in distinct}
                for word in distinct:
                    vocabulary[word] = vocabulary.get(word, 0) + 1
            entry_id += 1
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", entries)
        connection.executemany("INSERT INTO phrase VALUES (?, ?, ?)", sorted(phrases))
        connection.executemany("INSERT INTO token VALUES (?, ?)", sorted(tokens))
    connection.executemany(
        "INSERT INTO vocabulary VALUES (?, ?, ?, ?, ?)",
        ((word, word[:3], word[:-4:-1], len(word), count) for word, count in sorted(vocabulary.items())),
    )
    # Last: a file without it is a build that was cut off.
    connection.execute("INSERT INTO meta VALUES ('identity', ?)", (identity,))
    connection.execute("INSERT INTO meta VALUES ('entries', ?)", (str(entry_id),))
    connection.commit()


def _entries(field: FieldValues) -> Iterator[tuple[str, tuple[Scalar, ...], bool]]:
    """Each value on its own, then the groups: (label, values, is a group)."""
    by_text: dict[str, Scalar] = {}
    for value in field.values:
        by_text.setdefault(_text(value), value)
    for text, value in by_text.items():
        yield text, (value,), False
    folded = {text.casefold(): value for text, value in by_text.items()}
    for name, members in field.groups.items():
        yield name, tuple(folded.get(member.casefold(), member) for member in members), True


def _text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _phrases(field: FieldValues, label: str, words: tuple[str, ...], *, is_group: bool) -> Iterator[tuple[str, str]]:
    """The keys that mean an entry, and how each does."""
    if words and len(words) <= MAX_WORDS:
        if field.bare or is_group:
            yield joined(words), "group" if is_group else "exact"
            yield stemmed(words), "inflection"
        if not is_group and (len(joined(words)) <= 2 or joined(words).isdigit()):
            # "segment A", "size 10": too short to mean anything alone.
            for noun in {
                joined(value_words(field.label)),
                value_words(field.label)[-1] if value_words(field.label) else "",
            }:
                yield noun + joined(words), "labelled"
    for named, synonyms in field.synonyms.items():
        if named.casefold() == label.casefold():
            for synonym in synonyms:
                parts = value_words(synonym)
                yield joined(parts), "synonym"
                yield stemmed(parts), "inflection"


def open_tables(path: Path, identity: str) -> ValueTables | None:
    """The tables in a file; None where it is missing, damaged, unfinished or about something else."""
    if not path.is_file():
        return None
    connection: sqlite3.Connection | None = None
    try:
        # Written once and replaced whole: "immutable" spares the locks, and works in a folder that is read-only.
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
        whole = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        if meta.get("identity") == identity and whole:
            tables = ValueTables(connection)
            if tables.count() == int(meta["entries"]):
                return tables
    except (sqlite3.Error, KeyError, ValueError):
        pass  # not as written: the caller builds it anew and says so
    if connection is not None:
        connection.close()
    return None
