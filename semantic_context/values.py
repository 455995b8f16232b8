"""Finds the values of the business's fields in questions: "electronics", "the app", "Nortwest", "store 5".

Values are matched as text: by normal form (case, accents, underscores, plurals), by the catalog's words and groups for them,
by a part of them ("kitchen" for "Home & Kitchen"), and, for words that are no others, by small misspellings. Personal fields,
keys and free text never enter the index, nor fields whose values the catalog keeps out. The index of a view holds what the
view may see alone, so that a value of rows hidden from someone is to them a word like any other that means nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, Protocol

from catalog.access import CatalogView
from catalog.models import Catalog, CatalogField, Dataset, FieldRole, FieldType, Role
from catalog.query import Scalar
from semantic_context.build_lock import build_lock
from semantic_context.value_patterns import ValuePattern, pattern_hits, value_patterns
from semantic_context.value_search import Match, ValueSearch, nearest_entries
from semantic_context.value_store import VERSION, FieldValues, ValueTables, open_tables, write_tables
from semantic_context.words import Token, tokenize

_LOG = logging.getLogger(__name__)
MAX_VALUES_A_FIELD = 50_000
MAX_VALUES_IN_ALL = 400_000
_KEPT_FILES = 24  # people whose rows are filtered have each their own

HowFound = Literal["exact", "synonym", "group", "labelled", "pattern", "inflection", "contained", "typo"]


class ValueSource(Protocol):
    """Where the values are. The warehouse is one."""

    def distinct_values(
        self, dataset: Dataset, field: CatalogField, limit: int, view: CatalogView | None = None
    ) -> tuple[Scalar, ...]:
        """Up to `limit` distinct values of a field that are not null, in a stable order.

        With a view those of the rows that it may see, each held by as many of them as its role's minimum group size says.
        """
        ...

    def fingerprint(self) -> str:
        """Changes when the data do; cheap enough to be asked before each question."""
        ...


@dataclass(frozen=True, slots=True)
class ValueHit:
    """Words of a question that mean values of a field.

    `span` is in tokens (`semantic_context.words.tokenize`), half open; `start` and `end` in characters. `values` holds one
    value, or a group's several. `label` is the value as it is written, or the group's name. `score` is 1 for the value itself.
    """

    dataset: str
    field: str
    values: tuple[Scalar, ...]
    label: str
    span: tuple[int, int]
    start: int
    end: int
    score: float
    how: HowFound

    @property
    def value(self) -> Scalar:
        """The value; a group's first."""
        return self.values[0]

    @property
    def reference(self) -> str:
        """dataset.field"""
        return f"{self.dataset}.{self.field}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that exists, near a text that does not; `score` from 0 to 1."""

    dataset: str
    field: str
    value: Scalar
    score: float


class ValueIndex:
    """Open one with `ValueIndex.open`; `refreshed` gives the one for today's data. Safe between threads."""

    def __init__(
        self,
        tables: ValueTables,
        patterns: tuple[ValuePattern, ...],
        fingerprint: str,
        home: Path | None,
        catalog: Catalog,
        view: CatalogView | None = None,
    ) -> None:
        self._tables = tables
        self._search = ValueSearch(tables)
        self._patterns = patterns
        self._fingerprint = fingerprint
        self._home = home
        self._catalog = catalog
        self._view = view
        self._scope = value_scope(view) if view is not None else None
        self._visible: dict[Role, tuple[frozenset[int], frozenset[int]]] = {}

    @classmethod
    def open(
        cls, home: Path | None, catalog: Catalog, source: ValueSource, view: CatalogView | None = None
    ) -> ValueIndex:
        """The index of the values that the view may see, as the data are now, kept in `<home>/index/values`.

        Without a view it holds every row's, and gives a view whose rows are filtered no more than the catalog itself
        says. Built where it is missing, damaged or of other data or another catalog; in memory where the home is None or cannot
        be written. Errors of the source go through.
        """
        fingerprint = source.fingerprint()
        identity = _identity(catalog, fingerprint, view)
        sample = partial(_sampled, catalog, source, view)
        tables = None
        if home is not None:
            tables = _on_disk(home / "index" / "values", sample, identity)
        if tables is None:
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            write_tables(connection, sample(), identity)
            tables = ValueTables(connection)
        return cls(tables, value_patterns(catalog), fingerprint, home, catalog, view)

    def refreshed(self, source: ValueSource) -> ValueIndex:
        """This index where the data are unchanged, else a new one for them."""
        if source.fingerprint() == self._fingerprint:
            return self
        return ValueIndex.open(self._home, self._catalog, source, self._view)

    @property
    def size(self) -> int:
        """How many values and groups it holds."""
        return self._tables.count()

    def find(
        self, question: str | Sequence[Token], view: CatalogView, known_words: Collection[str] = frozenset()
    ) -> tuple[ValueHit, ...]:
        """Every value that the question may name and the view may show, by place, the longer span and better score first.

        Spans may overlap: which reading holds is for the caller to say. `known_words` are base forms of words that mean
        something else (names of metrics and fields); they are never taken for a misspelt value. Of an index that was
        not made for the view, and a dataset whose rows are filtered for its role, only what the catalog names is found.
        """
        tokens = tokenize(question) if isinstance(question, str) else question
        visible, filtered = self._fields_of(view)
        matches = self._search.find(tokens, visible, filtered, known_words)
        hits = [self._hit(match, tokens) for match in matches]
        for pattern, span, values in pattern_hits(self._patterns, tokens):
            if view.can_show(f"{pattern.dataset}.{pattern.field}"):
                label = ", ".join(str(value) for value in values)
                place = tokens[span[0]].start, tokens[span[1] - 1].end
                hits.append(ValueHit(pattern.dataset, pattern.field, values, label, span, *place, 0.99, "pattern"))
        return tuple(sorted(hits, key=_by_place))

    def nearest(self, view: CatalogView, field: str | None, text: str, limit: int = 5) -> tuple[Suggestion, ...]:
        """Values that exist and the view may see, nearest to a text first; of one `dataset.field` or of all.

        For a field of few values they come even when none is near, so that the valid ones can be named. What `find`
        leaves out is not suggested either.
        """
        visible, filtered = self._fields_of(view)
        names = self._tables.fields
        wanted = frozenset(item for item in visible if field is None or ".".join(names[item]) == field)
        found = nearest_entries(self._tables, wanted, filtered, text, limit, always=field is not None)
        return tuple(Suggestion(*names[entry.field], entry.values[0], score) for entry, score in found)

    def _hit(self, match: Match, tokens: Sequence[Token]) -> ValueHit:
        dataset, field = self._tables.fields[match.entry.field]
        first, last = match.span
        return ValueHit(
            dataset,
            field,
            match.entry.values,
            match.entry.label,
            match.span,
            tokens[first].start,
            tokens[last - 1].end,
            match.score,
            match.how,
        )

    def _fields_of(self, view: CatalogView) -> tuple[frozenset[int], frozenset[int]]:
        """The fields that the role may be shown values of, and those among them of which the index may hold hidden ones."""
        known = self._visible.get(view.role)
        if known is None:
            fields = self._tables.fields.items()
            visible = frozenset(number for number, names in fields if view.can_show(".".join(names)))
            filtered = frozenset(number for number, names in fields if _is_restricted(view, *names))
            known = self._visible[view.role] = (visible, visible & filtered)
        visible, filtered = known
        return (visible, frozenset()) if not filtered or value_scope(view) == self._scope else known


def value_scope(view: CatalogView) -> str:
    """Which values a view may see, as a short text: equal for views that may see the same ones of a catalog."""
    fields = [
        (f"{dataset.name}.{item.name}", view.minimum_group_size(dataset, item))
        for dataset, item in indexed_fields(view.whole)
        if view.can_show(f"{dataset.name}.{item.name}")
    ]
    filters = [(item.dataset, item.expression) for item in view.role.row_filters]
    whose = sorted(view.principal.attributes.items()) if filters else []
    return hashlib.sha256(json.dumps([fields, filters, whose]).encode()).hexdigest()


def _is_restricted(view: CatalogView, dataset: str, field: str) -> bool:
    """Whether the role may not see every value of a field: its rows are filtered, or it is seen in groups only."""
    home = view.whole.dataset_by_name[dataset]
    return dataset in view.row_filters or view.minimum_group_size(home, home.field_by_name[field]) is not None


def _by_place(hit: ValueHit) -> tuple[object, ...]:
    return (hit.span[0], -hit.span[1], -hit.score, hit.dataset, hit.field, hit.label)


def indexed_fields(catalog: Catalog) -> tuple[tuple[Dataset, CatalogField], ...]:
    """The fields whose values may be indexed: texts people group by, and what the catalog gives words for."""
    return tuple(
        (dataset, item)
        for dataset in catalog.datasets
        if not dataset.hidden
        for item in dataset.fields
        if _indexed(item)
    )


def _indexed(item: CatalogField) -> bool:
    if item.hidden or item.personal_data or item.role in (FieldRole.TEXT, FieldRole.TIME) or not item.values.sample:
        return False
    if item.values.synonyms or item.values.groups:
        return True
    return item.type is FieldType.STRING and item.role is FieldRole.DIMENSION


def _identity(catalog: Catalog, fingerprint: str, view: CatalogView | None) -> str:
    """What an index is about: the fields and their words, the data, who sees them, and the version of the tables."""
    fields = [[dataset.name, dataset.source, item.model_dump(mode="json")] for dataset, item in indexed_fields(catalog)]
    scope = value_scope(view) if view is not None else None
    return hashlib.sha256(json.dumps([VERSION, fingerprint, fields, scope]).encode()).hexdigest()


def _sampled(catalog: Catalog, source: ValueSource, view: CatalogView | None) -> list[FieldValues]:
    """The fields' values, read from the source; a field with too many is known by the catalog's words alone."""
    sampled: list[FieldValues] = []
    left = MAX_VALUES_IN_ALL
    for dataset, item in indexed_fields(catalog):
        if view is not None and not view.can_show(f"{dataset.name}.{item.name}"):
            continue
        limit = min(MAX_VALUES_A_FIELD, left)
        if view is not None and _is_restricted(view, dataset.name, item.name):
            values = source.distinct_values(dataset, item, limit + 1, view)
        else:
            values = source.distinct_values(dataset, item, limit + 1)
        if len(values) > limit:
            _LOG.info(
                "%s.%s has more than %d values; only those the catalog names are indexed",
                dataset.name,
                item.name,
                limit,
            )
            values = ()
        left -= len(values)
        words = item.values
        named = {text for text in words.synonyms if text not in words.groups}
        named |= {text for members in words.groups.values() for text in members} | set(words.order)
        present = {str(value).casefold() for value in values}
        unseen = (
            tuple(sorted(text for text in named if text.casefold() not in present))
            if item.type is FieldType.STRING
            else ()
        )
        sampled.append(
            FieldValues(
                dataset.name,
                item.name,
                item.label,
                tuple(value for value in values if value is not None) + unseen,
                words.synonyms,
                words.groups,
                frozenset(
                    text
                    for value in (*values, *unseen)
                    if (text := str(value)).casefold() in {n.casefold() for n in named}
                ),
                bare=item.type is FieldType.STRING,
            )
        )
    return sampled


def _on_disk(folder: Path, sample: Callable[[], list[FieldValues]], identity: str) -> ValueTables | None:
    """The tables in a folder, built there if need be; None, with a warning, where the folder cannot be written."""
    path = folder / f"{identity[:24]}.sqlite"
    tables = open_tables(path, identity)
    if tables is not None:
        return tables
    if path.exists():
        _LOG.warning("the value index is damaged; it is built anew from the data")
    try:
        with build_lock(folder):
            tables = open_tables(path, identity)
            if tables is not None:
                return tables
            handle, name = tempfile.mkstemp(prefix=".building-", suffix=".sqlite", dir=folder)
            os.close(handle)
            temporary = Path(name)
            try:
                connection = sqlite3.connect(temporary)
                connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
                write_tables(connection, sample(), identity)
                connection.close()
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
            _prune(folder, path)
    except (OSError, sqlite3.OperationalError) as error:
        _LOG.warning("the value index cannot be kept on disk (%s); it lives in memory for this process", error)
        return None
    return open_tables(path, identity)


def _prune(folder: Path, current: Path) -> None:
    """Drops all but the latest files; a process that still reads one keeps it until it lets go."""
    files = sorted(folder.glob("*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_KEPT_FILES:]:
        if path != current:
            path.unlink(missing_ok=True)
