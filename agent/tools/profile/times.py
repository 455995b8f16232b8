"""Measures how the times of a row stand to each other, and what is known only once a time is."""

from __future__ import annotations

from itertools import permutations

from agent.tools.profile.measuring import Measuring, Source, quoted
from catalog.models import FieldType
from catalog.profile import ColumnProfile, KnownTogether, TimePair

_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
_MOST_TIMES = 8  # of a table: pairs grow with their square
_MOST_STATES = 12


def measure_time_pairs(
    measuring: Measuring, source: Source, columns: tuple[ColumnProfile, ...]
) -> tuple[TimePair, ...]:
    """Every two times that some row has both of, in the order in which most rows have them."""
    times = [column for column in columns if column.type in _TIMES and column.distinct][:_MOST_TIMES]
    pairs = list(permutations(times, 2))
    if not pairs:
        return ()
    parts: list[str] = []
    for first, second in pairs:
        gap = f"date_diff('second', {_moment(first)}, {_moment(second)})"
        parts += [f"count({gap})", f"count(CASE WHEN {gap} >= 0 THEN 1 END)", f"median({gap})"]
    cells = iter(measuring.row(f"SELECT {', '.join(parts)} FROM {source.sample}"))
    found: list[TimePair] = []
    for first, second in pairs:
        both, in_order, median = next(cells), next(cells), next(cells)
        if both and in_order * 2 > both:
            seconds = None if median is None else float(median)
            found.append(
                TimePair(first=first.name, second=second.name, both=int(both), in_order=int(in_order), median_s=seconds)
            )
    return tuple(found)


def measure_known_together(
    measuring: Measuring, source: Source, columns: tuple[ColumnProfile, ...]
) -> tuple[KnownTogether, ...]:
    """Numbers that are there in just the rows that have a time, and values that stand in just those rows."""
    times = [column for column in columns if column.type in _TIMES and column.nulls and column.distinct][:_MOST_TIMES]
    if not times:
        return ()
    found: list[KnownTogether] = []
    asked = [
        (number, time) for time in times for number in columns if number.type in _NUMBERS and number.nulls == time.nulls
    ]
    if asked:
        parts = [
            f"count(CASE WHEN ({quoted(number.name)} IS NULL) <> ({quoted(time.name)} IS NULL) THEN 1 END)"
            for number, time in asked
        ]
        apart = measuring.row(f"SELECT {', '.join(parts)} FROM {source.sample}")
        found += [
            KnownTogether(column=number.name, time=time.name)
            for (number, time), rows in zip(asked, apart, strict=True)
            if not rows
        ]
    for column in columns:
        if column.type is FieldType.STRING and 2 <= column.distinct <= _MOST_STATES:
            found += _states(measuring, source, column, times)
    return tuple(found)


def _states(
    measuring: Measuring, source: Source, column: ColumnProfile, times: list[ColumnProfile]
) -> list[KnownTogether]:
    counts = ", ".join(f"count({quoted(time.name)})" for time in times)
    rows = measuring.rows(
        f"SELECT {quoted(column.name)}, count(*), {counts} FROM {source.sample} GROUP BY {quoted(column.name)}"
    )
    found: list[KnownTogether] = []
    for place, time in enumerate(times):
        having = [(value, all_rows, cells[place]) for value, all_rows, *cells in rows if cells[place]]
        if len(having) == 1 and having[0][0] is not None and having[0][1] == having[0][2]:
            found.append(KnownTogether(column=column.name, time=time.name, value=str(having[0][0])))
    return found


def _moment(column: ColumnProfile) -> str:
    name = f"TRY_CAST({quoted(column.name)} AS DATE)" if column.is_day_in_text else quoted(column.name)
    return f"CAST({name} AS TIMESTAMP)"
