"""What differs between the gold table and an answer's, in a line that a person reads."""

from __future__ import annotations

from collections.abc import Sequence

from evals.cells import shown
from evals.row_matching import Row, match_rows
from evals.tables import AnswerTable, GoldTable

_SHOWN_ROWS = 3


def table_diff(gold: GoldTable, answer: AnswerTable) -> str:
    """The first gold rows that are missing and the answer rows in their place, over the columns that fit best."""
    chosen = _closest_columns(gold, answer)
    projected = [tuple(row[index] for index in chosen) for row in answer.cells]
    pairs = match_rows([row[: len(chosen)] for row in gold.cells], projected)
    used = set(pairs.values())
    missing = [row for index, row in enumerate(gold.rows) if index not in pairs]
    surplus = [
        tuple(row[index] for index in chosen) for position, row in enumerate(answer.rows) if position not in used
    ]
    parts = []
    if len(answer.rows) != len(gold.rows):
        parts.append(f"{len(answer.rows)} rows where the gold has {len(gold.rows)}")
    if missing:
        parts.append(f"gold ({', '.join(gold.columns)}) {_listed(missing)}")
    if surplus:
        names = ", ".join(answer.columns[index].name for index in chosen)
        parts.append(f"answer ({names}) {_listed(surplus)}")
    return "; ".join(parts) or "the same rows in another order"


def _closest_columns(gold: GoldTable, answer: AnswerTable) -> list[int]:
    """For each gold column the answer column of its own that shares most values with it."""
    free = list(range(len(answer.columns)))
    chosen: list[int] = []
    for index in range(min(len(gold.columns), len(answer.columns))):
        column: list[Row] = [(row[index],) for row in gold.cells]
        best = max((*_likeness(column, answer, other), -other) for other in free)
        free.remove(-best[-1])
        chosen.append(-best[-1])
    return chosen


def _likeness(column: Sequence[Row], answer: AnswerTable, other: int) -> tuple[int, int]:
    """How many values, and how many kinds of value, a gold column shares with an answer column."""
    values: list[Row] = [(row[other],) for row in answer.cells]
    kinds = {row[0].kind for row in column} & {row[0].kind for row in values}
    return len(match_rows(column, values)), len(kinds)


def _listed(rows: Sequence[tuple[object, ...]]) -> str:
    listed = ["(" + ", ".join(shown(value) for value in row) + ")" for row in rows[:_SHOWN_ROWS]]
    more = f" and {len(rows) - _SHOWN_ROWS} more" if len(rows) > _SHOWN_ROWS else ""
    return " ".join(listed) + more
