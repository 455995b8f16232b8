"""Measures which columns' values stand in which keys, for the pairs that names or types make plausible."""

from __future__ import annotations

from collections.abc import Iterator

from agent.errors import DeadlineError, MemoryLimitError
from agent.tools.profile.measuring import Measuring, Source, quoted
from catalog.drafting.name_evidence import STRONG, is_plausible_key, name_evidence
from catalog.drafting.names import is_id_like
from catalog.models import FieldType
from catalog.profile import ColumnProfile, Containment, TableProfile

_MOST_PAIRS = 3_000
_MOST_VALUES = 200_000  # distinct values of a column that are looked up
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


def measure_containments(
    measuring: Measuring, tables: tuple[TableProfile, ...], sources: dict[str, Source]
) -> tuple[Containment, ...]:
    """Containment of columns in single keys, then of several columns in keys of several columns.

    Pairs whose names fit are measured first; past 3,000 pairs the rest is left out. Of a large table the sampled rows'
    values are looked up, in all rows of the key's table.
    """
    pairs = sorted(_pairs(tables), key=lambda pair: -pair[0])[:_MOST_PAIRS]
    wanted = [pair[1:] for pair in pairs] + list(_combined_pairs(tables))
    found: list[Containment] = []
    for table, columns, of_table, of_columns in wanted:
        measured = _measured(measuring, sources[table], columns, sources[of_table], of_columns)
        if measured is not None:
            found.append(measured)
    return tuple(found)


Pair = tuple[str, tuple[str, ...], str, tuple[str, ...]]


def _pairs(tables: tuple[TableProfile, ...]) -> Iterator[tuple[float, str, tuple[str, ...], str, tuple[str, ...]]]:
    keys = [
        (table, table.column_by_name[key.columns[0]])
        for table in tables
        for key in table.keys
        if len(key.columns) == 1
        and is_plausible_key(table.said_of(key.columns[0]), table.said, key.columns[0] == table.columns[0].name)
    ]
    for table in tables:
        for column in table.columns:
            if column.type in (None, FieldType.BOOLEAN):
                continue
            likely = [
                (strength, of_table, key)
                for of_table, key in keys
                if not (of_table.name == table.name and key.name == column.name) and _comparable(column, key)
                if (strength := name_evidence(table.said, column.said, of_table.said, key.said).strength)
            ]
            if column.distinct == 0:  # without a value only names can speak
                likely = [found for found in likely if found[0] >= STRONG]
            for strength, of_table, key in likely or list(_unnamed(table, column, keys)):
                yield strength, table.name, (column.name,), of_table.name, (key.name,)


def _unnamed(
    table: TableProfile, column: ColumnProfile, keys: list[tuple[TableProfile, ColumnProfile]]
) -> Iterator[tuple[float, TableProfile, ColumnProfile]]:
    """Keys that an identifier without a telling name may point at: what a person may want to look at."""
    if column.distinct == 0 or not is_id_like(column.said) or any(key.columns == (column.name,) for key in table.keys):
        return
    for of_table, key in keys:
        if of_table.name != table.name and _comparable(column, key) and _in_range(column, key):
            yield 0.0, of_table, key


def _combined_pairs(tables: tuple[TableProfile, ...]) -> Iterator[Pair]:
    for of_table in tables:
        for key in of_table.keys:
            if len(key.columns) == 1:
                continue
            for table in tables:
                named = {column.said.lower(): column.name for column in table.columns}
                wanted = [of_table.said_of(name).lower() for name in key.columns]
                columns = tuple(named[name] for name in wanted if name in named)
                if table.name != of_table.name and len(columns) == len(key.columns):
                    yield table.name, columns, of_table.name, key.columns


def _comparable(column: ColumnProfile, key: ColumnProfile) -> bool:
    if column.type in _NUMBERS:
        return key.type in _NUMBERS
    return column.type is key.type


def _in_range(column: ColumnProfile, key: ColumnProfile) -> bool:
    """Whether the values lie among the key's, where both are numbers: outside they cannot be contained."""
    bounds = (column.minimum, column.maximum, key.minimum, key.maximum)
    if not all(isinstance(bound, int | float) for bound in bounds):
        return True
    return bounds[0] >= bounds[2] and bounds[1] <= bounds[3]  # type: ignore[operator]


def _measured(
    measuring: Measuring, source: Source, columns: tuple[str, ...], of: Source, of_columns: tuple[str, ...]
) -> Containment | None:
    present = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in columns)
    values = ", ".join(f"{quoted(name)} AS v{place}" for place, name in enumerate(columns))
    keys = ", ".join(f"{quoted(name)} AS v{place}" for place, name in enumerate(of_columns))
    matched = " AND ".join(f"looked_up.v{place} = known.v{place}" for place in range(len(columns)))
    sql = (
        f"WITH looked_up AS (SELECT {values}, count(*) AS often FROM {source.sample} WHERE {present} "
        f"GROUP BY ALL ORDER BY ALL LIMIT {_MOST_VALUES}), "
        f"known AS (SELECT DISTINCT {keys} FROM {of.table}) "
        f"SELECT count(*), count(known.v0), coalesce(sum(often), 0), coalesce(sum(often) FILTER (WHERE known.v0 IS NOT NULL), 0) "
        f"FROM looked_up LEFT JOIN known ON {matched}"
    )
    try:
        found = measuring.row(sql)
    except (DeadlineError, MemoryLimitError):
        return None
    return Containment(
        table=source.name,
        columns=columns,
        of_table=of.name,
        of_columns=of_columns,
        values=int(found[0]),
        contained=int(found[1]),
        rows=int(found[2]),
        contained_rows=int(found[3]),
    )
