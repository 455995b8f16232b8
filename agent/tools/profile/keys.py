"""Finds what makes a table's rows unique: single columns, else the first small combination that does."""

from __future__ import annotations

from itertools import combinations

from agent.errors import DeadlineError, MemoryLimitError
from agent.tools.profile.measuring import Measuring, Source, quoted
from catalog.drafting.names import is_id_like, words_of
from catalog.models import FieldType
from catalog.profile import ColumnProfile, KeyProfile

_ROWS_TESTED_WHOLE = 100_000_000
_MOST_COLUMNS = 8
_MOST_TESTS = 60
_LONGEST_TEXT = 60.0
_SEQUENCE_WORDS = frozenset(
    {"line", "sequence", "seq", "position", "step", "version", "revision", "item", "index", "rank"}
)
_PERIOD_WORDS = frozenset({"date", "day", "week", "month", "quarter", "year", "period", "time", "timestamp", "hour"})


def find_keys(measuring: Measuring, source: Source, columns: tuple[ColumnProfile, ...]) -> tuple[KeyProfile, ...]:
    """Every unique column that is never null and no measure; where there is none, the best pair or triple of columns."""
    if source.rows == 0:
        return ()
    rows = columns[0].nulls + _present(measuring, source, columns[0]) if source.sampled else source.rows
    single = tuple(
        key
        for column in columns
        if _may_be_key(column) and column.nulls == 0 and column.distinct == rows
        if (key := _confirmed(measuring, source, (column.name,))) is not None
    )
    return single or _combination(measuring, source, columns, rows)


def _present(measuring: Measuring, source: Source, column: ColumnProfile) -> int:
    return int(measuring.row(f"SELECT count({quoted(column.name)}) FROM {source.sample}")[0])


def _may_be_key(column: ColumnProfile) -> bool:
    if column.type in (None, FieldType.BOOLEAN):
        return False
    if column.type is FieldType.NUMBER:  # whole numbers are sometimes kept as decimals
        return is_id_like(column.said) or column.is_whole
    return column.type is not FieldType.STRING or (column.average_length or 0.0) <= _LONGEST_TEXT


def _confirmed(measuring: Measuring, source: Source, names: tuple[str, ...]) -> KeyProfile | None:
    """The key, tested on all rows where they were only sampled and are not too many; None where it is none."""
    if not source.sampled:
        return KeyProfile(columns=names)
    if source.rows > _ROWS_TESTED_WHOLE:
        return KeyProfile(columns=names, exact=False)
    try:
        return KeyProfile(columns=names) if _is_unique(measuring, source.table, names, source.rows) else None
    except (DeadlineError, MemoryLimitError):
        return KeyProfile(columns=names, exact=False)


def _is_unique(measuring: Measuring, rows_sql: str, names: tuple[str, ...], rows: int) -> bool:
    listed = ", ".join(map(quoted, names))
    return bool(measuring.row(f"SELECT count(*) FROM (SELECT DISTINCT {listed} FROM {rows_sql})")[0] == rows)


def _combination(
    measuring: Measuring, source: Source, columns: tuple[ColumnProfile, ...], rows: int
) -> tuple[KeyProfile, ...]:
    candidates = _candidates(columns, rows)
    tests = 0
    for size in (2, 3):
        for chosen in combinations(candidates, size):
            product = 1
            for column in chosen:
                product *= column.distinct
            if product < rows:
                continue
            tests += 1
            if tests > _MOST_TESTS:
                return ()
            names = tuple(column.name for column in columns if column in chosen)
            if _is_unique(measuring, source.sample, names, rows):
                key = _confirmed(measuring, source, names)
                if key is not None:
                    return (key,)
    return ()


def _candidates(columns: tuple[ColumnProfile, ...], rows: int) -> list[ColumnProfile]:
    """Columns that may be part of a key, the likeliest first: identifiers, then days and sequences, then short text."""
    usable = [column for column in columns if _may_be_key(column) and column.nulls == 0 and 1 < column.distinct < rows]
    few = len(columns) <= 3
    ranked = [(_rank(column, few), place, column) for place, column in enumerate(usable)]
    return [column for rank, _, column in sorted(ranked, key=lambda item: item[:2]) if rank < 9][:_MOST_COLUMNS]


def _rank(column: ColumnProfile, few: bool) -> int:
    words = set(words_of(column.said))
    if is_id_like(column.said):
        return 0
    if column.type is FieldType.DATE or (words & _PERIOD_WORDS and column.type is not FieldType.TIMESTAMP):
        return 1
    if words & _SEQUENCE_WORDS and column.type is FieldType.INTEGER:
        return 1
    if column.type is FieldType.STRING and (column.average_length or 0.0) <= 30:
        return 3
    return 4 if few and column.type in (FieldType.INTEGER, FieldType.TIMESTAMP) else 9  # moments differ by chance
