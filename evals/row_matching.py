"""Which rows of two tables are the same, each used once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from evals.cells import RELATIVE_TOLERANCE, ZERO_TOLERANCE, Cell

Row = tuple[Cell, ...]


def rows_equal(left: Row, right: Row) -> bool:
    """Whether two rows hold the same values in the same order."""
    return all(a.equals(b) for a, b in zip(left, right, strict=True))


def match_rows(gold: Sequence[Row], answer: Sequence[Row]) -> dict[int, int]:
    """A largest pairing of gold rows with equal answer rows, as gold index to answer index; each row is used once.

    Rows are grouped by what is not a number; within a group, where the tolerance decides, the pairing is a maximum
    matching, so that a near-equal row never takes the place of another.
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
    started = _pair_in_order(gold, gold_indexes, answer, answer_indexes)
    if len(started) in (len(gold_indexes), len(answer_indexes)):
        return started
    # The column that tells most rows apart keeps the candidates of each row few.
    width = len(_numbers(answer[answer_indexes[0]]))
    column = max(range(width), key=lambda index: len({_numbers(answer[other])[index] for other in answer_indexes}))
    by_column = sorted(answer_indexes, key=lambda index: _numbers(answer[index])[column])
    values = [_numbers(answer[index])[column] for index in by_column]

    def candidates(index: int) -> list[int]:
        value = _numbers(gold[index])[column]
        reach = 2 * abs(value) * RELATIVE_TOLERANCE + ZERO_TOLERANCE
        low, high = bisect_left(values, value - reach), bisect_right(values, value + reach)
        return [other for other in by_column[low:high] if rows_equal(gold[index], answer[other])]

    return maximum_matching(gold_indexes, candidates, started)


def _pair_in_order(
    gold: Sequence[Row], gold_indexes: list[int], answer: Sequence[Row], answer_indexes: list[int]
) -> dict[int, int]:
    """A first pairing: both sorted by their numbers, side by side. It is complete for nearly every pair of tables."""
    left = sorted(gold_indexes, key=lambda index: _numbers(gold[index]))
    right = sorted(answer_indexes, key=lambda index: _numbers(answer[index]))
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(left) and j < len(right):
        if rows_equal(gold[left[i]], answer[right[j]]):
            pairs[left[i]] = right[j]
            i, j = i + 1, j + 1
        elif _numbers(gold[left[i]]) < _numbers(answer[right[j]]):
            i += 1
        else:
            j += 1
    return pairs


def _numbers(row: Row) -> tuple[float, ...]:
    return tuple(cell.number for cell in row if cell.kind == "number")


def maximum_matching(
    lefts: Iterable[int], candidates: Callable[[int], Sequence[int]], started: Mapping[int, int] | None = None
) -> dict[int, int]:
    """A largest one-to-one pairing of left items with their candidates, grown from `started`.

    Kuhn's augmenting paths, without recursion.
    """
    right_of_left = dict(started or {})
    left_of_right = {right: left for left, right in right_of_left.items()}
    for start in lefts:
        if start in right_of_left:
            continue
        came_from: dict[int, int] = {}
        frontier = [start]
        free: int | None = None
        while frontier and free is None:
            left = frontier.pop()
            for right in candidates(left):
                if right in came_from:
                    continue
                came_from[right] = left
                if right not in left_of_right:
                    free = right
                    break
                frontier.append(left_of_right[right])
        while free is not None:
            left = came_from[free]
            given_up = right_of_left.get(left)
            right_of_left[left], left_of_right[free] = free, left
            free = given_up
    return right_of_left
