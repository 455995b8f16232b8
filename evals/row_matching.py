"""Which rows of two tables are the same, each used once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from evals.cells import RELATIVE_TOLERANCE, ZERO_TOLERANCE, Cell

Row = tuple[Cell, ...]


def rows_equal(left: Row, right: Row) -> bool:
    """Whether two rows hold the same values in the same order."""
    return all(a.equals(b) for a, b in zip(left, right, strict=True))


def match_rows(gold: Sequence[Row], answer: Sequence[Row]) -> dict[int, int]:
    """A largest pairing of gold rows with equal answer rows, as gold index to answer index; each row is used once.

    Rows are grouped by what is not a number; within a group, where tolerance decides, the pairing is a maximum matching
    by augmenting paths, so that one near-equal row never takes the place of another.
    """
    answer_by_exact_part: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(answer):
        answer_by_exact_part[_exact_part(row)].append(index)
    gold_by_exact_part: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(gold):
        gold_by_exact_part[_exact_part(row)].append(index)
    pairs: dict[int, int] = {}
    for key, gold_indexes in gold_by_exact_part.items():
        pairs |= _match_group(gold, gold_indexes, answer, answer_by_exact_part.get(key, []))
    return pairs


def _exact_part(row: Row) -> tuple[object, ...]:
    return tuple((cell.kind, None if cell.kind == "number" else cell.value) for cell in row)


def _match_group(
    gold: Sequence[Row], gold_indexes: list[int], answer: Sequence[Row], answer_indexes: list[int]
) -> dict[int, int]:
    by_numbers = sorted(answer_indexes, key=lambda index: _numbers(answer[index]))
    first_numbers = [(_numbers(answer[index]) or (0.0,))[0] for index in by_numbers]
    candidates: dict[int, list[int]] = {}
    for index in gold_indexes:
        first = (_numbers(gold[index]) or (0.0,))[0]
        reach = 2 * abs(first) * RELATIVE_TOLERANCE + ZERO_TOLERANCE
        low, high = bisect_left(first_numbers, first - reach), bisect_right(first_numbers, first + reach)
        candidates[index] = [other for other in by_numbers[low:high] if rows_equal(gold[index], answer[other])]
    return maximum_matching(candidates)


def _numbers(row: Row) -> tuple[float, ...]:
    return tuple(cell.number for cell in row if cell.kind == "number")


def maximum_matching(candidates: dict[int, list[int]]) -> dict[int, int]:
    """A largest one-to-one pairing of left items with their candidates (Kuhn's augmenting paths, without recursion)."""
    left_of_right: dict[int, int] = {}
    for start in candidates:
        came_from: dict[int, int] = {}
        frontier = [start]
        free: int | None = None
        while frontier and free is None:
            left = frontier.pop()
            for right in candidates[left]:
                if right in came_from:
                    continue
                came_from[right] = left
                if right not in left_of_right:
                    free = right
                    break
                frontier.append(left_of_right[right])
        right_of_left = {left: right for right, left in left_of_right.items()} if free is not None else {}
        while free is not None:
            left = came_from[free]
            next_free = right_of_left.get(left)
            left_of_right[free] = left
            free = next_free
    return {left: right for right, left in left_of_right.items()}
