"""Measures the columns of one table: one pass for the counts, one small statement a column for its values."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from agent.errors import WarehouseError
from agent.tools.profile.measuring import Measuring, Source, quoted, table_sql
from agent.tools.profile.value_patterns import patterns_of
from catalog.models import FieldType
from catalog.profile import ColumnProfile, Value
from catalog.rules.matches_database import family_of

ROWS_MEASURED_WHOLE = 2_000_000  # beyond, columns are measured on slices spread over the table
_SLICES = 16
_SLICE_ROWS = 32_768
_SAMPLES = 12
_CODES, _CODE_LENGTH = 300, 3  # all values of a column that holds no more and only short ones: countries' codes
_VALUES_LOOKED_AT = 300
_COLUMNS_A_STATEMENT = 60


def source_for(measuring: Measuring, name: str, columns: dict[str, str]) -> Source:
    """A table with its number of rows, and where that is large, slices of it that are the same each time."""
    table = table_sql(name)
    rows = int(measuring.row(f"SELECT count(*) FROM {table}")[0])
    if rows <= ROWS_MEASURED_WHOLE:
        return Source(name, columns, rows, table, sampled=False)
    step = rows // _SLICES
    slices = " OR ".join(
        f"(rowid >= {start} AND rowid < {start + _SLICE_ROWS})"
        for start in (number * step for number in range(_SLICES))
    )
    sample = f"(SELECT * FROM {table} WHERE {slices})"
    try:
        measuring.rows(f"SELECT 1 FROM {sample} LIMIT 0")
    except WarehouseError:  # a view has no row numbers
        sample = f"(SELECT * FROM {table} LIMIT {_SLICES * _SLICE_ROWS})"
    return Source(name, columns, rows, sample, sampled=True)


def measure_columns(measuring: Measuring, source: Source) -> tuple[ColumnProfile, ...]:
    """The table's columns, in its order. Distinct counts are exact on what is measured: all rows, or the sample."""
    found: list[ColumnProfile] = []
    names = list(source.columns)
    for start in range(0, len(names), _COLUMNS_A_STATEMENT):
        part = names[start : start + _COLUMNS_A_STATEMENT]
        kinds = {name: family_of(source.columns[name]) for name in part}
        parts = [text for name in part for text in _counts_of(name, kinds[name])]
        cells = iter(measuring.row(f"SELECT count(*), {', '.join(parts)} FROM {source.sample}"))
        rows = int(next(cells))
        for name in part:
            present, distinct, low, high, length = (next(cells) for _ in range(5))
            samples, patterns = _values_of(measuring, source, name, kinds[name])
            kind = kinds[name]
            if patterns.get("iso_date") == 1.0 and (bounds := _days_of(measuring, source, name)) is not None:
                kind, (low, high) = FieldType.DATE, bounds
            found.append(
                ColumnProfile(
                    name=name,
                    database_type=source.columns[name],
                    type=kind,
                    nulls=rows - int(present),
                    distinct=int(distinct),
                    minimum=_plain(low),
                    maximum=_plain(high),
                    average_length=None if length is None else float(length),
                    samples=samples,
                    patterns=patterns,
                )
            )
    return tuple(found)


def _counts_of(name: str, kind: FieldType | None) -> tuple[str, ...]:
    column = quoted(name)
    if kind is None:
        return (f"count({column})", "0", "NULL", "NULL", "NULL")
    length = f"avg(length({column}::VARCHAR))" if kind is FieldType.STRING else "NULL"
    bounds = (f"min({column})", f"max({column})") if kind is not FieldType.STRING else ("NULL", "NULL")
    return (f"count({column})", f"count(DISTINCT {column})", *bounds, length)


def _values_of(
    measuring: Measuring, source: Source, name: str, kind: FieldType | None
) -> tuple[tuple[Value, ...], dict[str, float]]:
    if kind is None:
        return (), {}
    column = quoted(name)
    wanted = _VALUES_LOOKED_AT if kind is FieldType.STRING else _SAMPLES
    rows = measuring.rows(
        f"SELECT {column} AS v, count(*) AS n FROM {source.sample} WHERE {column} IS NOT NULL "
        f"GROUP BY ALL ORDER BY n DESC, v LIMIT {wanted}"
    )
    are_codes = len(rows) <= _CODES and all(len(str(row[0])) <= _CODE_LENGTH for row in rows)
    samples = tuple(value for row in rows[: _CODES if are_codes else _SAMPLES] if (value := _plain(row[0])) is not None)
    if kind is not FieldType.STRING:
        return samples, {}
    return samples, patterns_of([str(row[0]) for row in rows])


def _days_of(measuring: Measuring, source: Source, name: str) -> tuple[Any, Any] | None:
    """The first and the last day of a text column in which every value is a day; None for any other."""
    day = f"TRY_CAST({quoted(name)} AS DATE)"
    low, high, days, present = measuring.row(
        f"SELECT min({day}), max({day}), count({day}), count({quoted(name)}) FROM {source.sample}"
    )
    return (low, high) if days == present else None


def _plain(value: Any) -> Value | None:
    if isinstance(value, decimal.Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | str | dt.datetime | dt.date):
        return value
    return str(value)
