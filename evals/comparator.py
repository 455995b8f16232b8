"""Whether an answer's first table is the gold one: any names, any order of columns, the same multiset of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.row_matching import Row, match_rows, rows_equal
from evals.table_diff import table_diff
from evals.tables import AnswerTable, GoldTable

# Past this many ways to assign the columns a table is refused as unmatched; real tables need a handful.
MAXIMUM_ASSIGNMENTS = 20_000


@dataclass(frozen=True)
class Comparison:
    """`why` is empty where the tables are equal, else a short diff for a person."""

    equal: bool
    why: str = ""


def compare_tables(
    gold: GoldTable, answer: AnswerTable, *, ordered: bool = False, accept_more_rows: bool = False
) -> Comparison:
    """Whether the answer's key and measure columns hold the gold's columns and rows.

    A gold column is matched with one answer column of its own; every assignment that the columns' values allow is tried,
    so that columns of equal values never hide the right one. Measures beyond the gold's numbers make it unequal, but
    for a comparison's. With `ordered` rows count in order; with `accept_more_rows` the gold's may be a part (ordered: the
    first ones).
    """
    if len(answer.counted_measures) > gold.number_columns:
        return Comparison(
            False,
            f"{len(answer.counted_measures)} measures ({', '.join(answer.counted_measures)}) where the gold has "
            f"{gold.number_columns} numbers ({', '.join(gold.columns)})",
        )
    if len(answer.columns) < len(gold.columns):
        names = ", ".join(column.name for column in answer.columns)
        return Comparison(False, f"columns {names} where the gold has {', '.join(gold.columns)}")
    if len(answer.rows) < len(gold.rows) or (len(answer.rows) > len(gold.rows) and not accept_more_rows):
        return Comparison(False, table_diff(gold, answer))
    gold_rows = gold.cells
    answer_rows = answer.cells[: len(gold_rows)] if ordered else answer.cells
    for count, assignment in enumerate(_assignments(gold_rows, answer_rows, len(gold.columns), len(answer.columns))):
        projected = [tuple(row[index] for index in assignment) for row in answer_rows]
        if _rows_hold(gold_rows, projected, ordered):
            return Comparison(True)
        if count >= MAXIMUM_ASSIGNMENTS:
            break
    return Comparison(False, table_diff(gold, answer))


def _rows_hold(gold: Sequence[Row], projected: Sequence[Row], ordered: bool) -> bool:
    if ordered:
        return all(rows_equal(left, right) for left, right in zip(gold, projected, strict=True))
    return len(match_rows(gold, projected)) == len(gold)


def _assignments(
    gold: Sequence[Row], answer: Sequence[Row], gold_width: int, answer_width: int
) -> Iterator[tuple[int, ...]]:
    """Every injective choice of an answer column for each gold column whose values alone allow it."""
    allowed = [
        [
            other
            for other in range(answer_width)
            if len(match_rows([(row[index],) for row in gold], [(row[other],) for row in answer])) == len(gold)
        ]
        for index in range(gold_width)
    ]
    # The columns with the fewest choices first: an impossible one ends the search at once.
    order = sorted(range(gold_width), key=lambda index: len(allowed[index]))

    def extend(chosen: dict[int, int]) -> Iterator[tuple[int, ...]]:
        if len(chosen) == gold_width:
            yield tuple(chosen[index] for index in range(gold_width))
            return
        column = order[len(chosen)]
        for other in allowed[column]:
            if other not in chosen.values():
                yield from extend({**chosen, column: other})

    return extend({})
