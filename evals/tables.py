"""The two tables a verdict compares: the gold one, and the key and measure columns of an answer's first result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evals.cells import Cell, cell_of

# The columns a comparison adds to a measure (catalog/query.py names them so).
_COMPARISON_SUFFIX = re.compile(r"^_(?:\w+_)?(previous|earlier|change|difference|growth)$")


@dataclass(frozen=True)
class GoldTable:
    """The right rows, as plain values; `columns` name them for people."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @cached_property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(cell_of(value) for value in row) for row in self.rows)

    @property
    def number_columns(self) -> int:
        """How many columns hold numbers; one that holds only nulls may be one."""
        kinds = [{row[index].kind for row in self.cells} - {"null"} for index in range(len(self.columns))]
        return sum(1 for kind in kinds if kind <= {"number"})


@dataclass(frozen=True)
class AnswerColumn:
    name: str
    is_measure: bool
    is_comparison: bool  # an earlier period's value, the difference to it or the growth


@dataclass(frozen=True)
class AnswerTable:
    """What an answer offers for comparison: context columns are left out. Rows are one Cell a column."""

    columns: tuple[AnswerColumn, ...]
    rows: tuple[tuple[Any, ...], ...]

    @cached_property
    def cells(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(cell_of(value) for value in row) for row in self.rows)

    @property
    def counted_measures(self) -> tuple[str, ...]:
        """The measures that count against the gold's: comparisons do not."""
        return tuple(column.name for column in self.columns if column.is_measure and not column.is_comparison)


def answer_table(answer: dict[str, Any]) -> AnswerTable | None:
    """The first result's key and measure columns; None where the answer holds no result."""
    results = answer.get("results") or []
    if not results:
        return None
    columns = results[0]["columns"]
    comparisons = _comparison_columns(answer, columns)
    kept = [index for index, column in enumerate(columns) if column.get("role", "measure") != "context"]
    return AnswerTable(
        columns=tuple(
            AnswerColumn(
                name=columns[index]["name"],
                is_measure=columns[index].get("role", "measure") == "measure",
                is_comparison=columns[index]["name"] in comparisons,
            )
            for index in kept
        ),
        rows=tuple(tuple(row[index] for index in kept) for row in results[0]["rows"]),
    )


def _comparison_columns(answer: dict[str, Any], columns: list[dict[str, Any]]) -> set[str]:
    """Names of columns that a comparison added: as the column says, as the plan says, else by their names."""
    measures = [column["name"] for column in columns if column.get("role", "measure") == "measure"]
    said = {column["name"] for column in columns if column.get("calculation") in ("previous", "change", "growth")}
    queries = (answer.get("plan") or {}).get("queries") or [{}]
    query = queries[0].get("query") or {}
    planned = {
        f"{measure}_{compare['name']}{ending}"
        for compare in query.get("compare") or []
        for measure in measures
        for ending in ("", "_change", "_growth")
    }
    planned |= {
        item.get("alias") or f"{item['metric']}_growth"
        for item in query.get("calculations") or []
        if item.get("kind") == "growth"
    }
    planned |= {item.get("alias") or item["metric"] for item in query.get("metrics") or [] if item.get("offset")}
    named = {
        name
        for name in measures
        for base in measures
        if name != base and name.startswith(base) and _COMPARISON_SUFFIX.match(name[len(base) :])
    }
    return (said | planned | named) & set(measures)
