"""The comparator: what makes a table right, what makes it wrong, and laws over random tables."""

from __future__ import annotations

import datetime as dt
import decimal
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.comparator import compare_tables
from evals.row_matching import maximum_matching
from evals.tables import AnswerTable, GoldTable, answer_table

MIDNIGHT = dt.datetime(2026, 10, 1)


def table_of(columns: list[str], rows: list[list[Any]], plan: dict[str, Any] | None = None) -> AnswerTable:
    """Columns are written `key:name`, `measure:name`, `context:name`."""
    parsed = [dict(zip(("role", "name"), column.split(":"), strict=True)) for column in columns]
    table = answer_table({"results": [{"columns": parsed, "rows": rows}], "plan": plan})
    assert table is not None
    return table


def gold_of(rows: list[list[Any]], width: int | None = None) -> GoldTable:
    count = width if width is not None else len(rows[0])
    return GoldTable(tuple(f"g{index}" for index in range(count)), tuple(tuple(row) for row in rows))


REVENUE_BY_CHANNEL = [["web", 10.0], ["store", 5.0]]

EQUAL: dict[str, tuple[GoldTable, AnswerTable, dict[str, bool]]] = {
    "names differ": (gold_of([[152000.25]]), table_of(["measure:gmv"], [[152000.25]]), {}),
    "columns in another order": (
        gold_of(REVENUE_BY_CHANNEL),
        table_of(["measure:revenue", "key:channel"], [[10.0, "web"], [5.0, "store"]]),
        {},
    ),
    "rows in another order": (
        gold_of(REVENUE_BY_CHANNEL),
        table_of(["key:channel", "measure:revenue"], [["store", 5.0], ["web", 10.0]]),
        {},
    ),
    "context does not count": (
        gold_of([[10.0]]),
        table_of(["measure:revenue", "context:revenue_previous", "context:share"], [[10.0, 9.0, 1.0]]),
        {},
    ),
    "comparison by name does not count": (
        gold_of([[10.0]]),
        table_of(
            [
                "measure:revenue",
                "measure:revenue_previous",
                "measure:revenue_previous_change",
                "measure:revenue_growth",
            ],
            [[10.0, 8.0, 2.0, 0.25]],
        ),
        {},
    ),
    "comparison by plan does not count": (
        gold_of([[10.0]]),
        table_of(
            ["measure:revenue", "measure:revenue_a_year_ago", "measure:revenue_a_year_ago_growth"],
            [[10.0, 8.0, 0.25]],
            {"queries": [{"query": {"compare": [{"name": "a_year_ago"}]}}]},
        ),
        {},
    ),
    "comparison can hold the gold": (
        gold_of([[0.25]]),
        table_of(["measure:revenue", "measure:revenue_previous_growth"], [[10.0, 0.25]]),
        {},
    ),
    "a key more": (
        gold_of(REVENUE_BY_CHANNEL),
        table_of(["key:id", "key:channel", "measure:revenue"], [[1, "web", 10.0], [2, "store", 5.0]]),
        {},
    ),
    "one part in two million off": (gold_of([[2_000_000.0]]), table_of(["measure:gmv"], [[2_000_001.0]]), {}),
    "decimal against float": (gold_of([[decimal.Decimal("10.10")]]), table_of(["measure:gmv"], [[10.1]]), {}),
    "integer against float": (gold_of([[3]]), table_of(["measure:orders"], [[3.0]]), {}),
    "date against timestamp at midnight": (
        gold_of([[dt.date(2026, 10, 1), 1]]),
        table_of(["key:month", "measure:n"], [["2026-10-01T00:00:00", 1]]),
        {},
    ),
    "timestamp against ISO date": (
        gold_of([[MIDNIGHT, 1]]),
        table_of(["key:month", "measure:n"], [["2026-10-01", 1]]),
        {},
    ),
    "ISO text against ISO text": (
        gold_of([["2026-10-01", 1]]),
        table_of(["key:month", "measure:n"], [["2026-10-01 00:00:00", 1]]),
        {},
    ),
    "UTC against naive": (gold_of([[MIDNIGHT]]), table_of(["key:m"], [["2026-10-01T02:00:00+02:00"]]), {}),
    "null against null": (gold_of([["x", None]]), table_of(["key:k", "measure:v"], [["x", None]]), {}),
    "a subset": (
        gold_of([["web", 10.0]]),
        table_of(["key:channel", "measure:revenue"], [["store", 5.0], ["web", 10.0]]),
        {"accept_more_rows": True},
    ),
    "the first rows": (
        gold_of([["web", 10.0]]),
        table_of(["key:channel", "measure:revenue"], [["web", 10.0], ["store", 5.0]]),
        {"accept_more_rows": True, "ordered": True},
    ),
    "two columns of equal values, told apart by the rows": (
        gold_of([[1, 2, "a"], [2, 1, "b"]]),
        table_of(["measure:x", "measure:y", "key:k"], [[2, 1, "a"], [1, 2, "b"]]),
        {},
    ),
    "no rows at all": (gold_of([], width=2), table_of(["key:k", "measure:v"], []), {}),
    "a row twice": (gold_of([["a", 1], ["a", 1]]), table_of(["key:k", "measure:v"], [["a", 1], ["a", 1]]), {}),
    "near values chain": (
        gold_of([[1.0], [1.0000008]]),
        table_of(["measure:v"], [[1.0000015], [1.0000003]]),
        {},
    ),
}


@pytest.mark.parametrize("name", EQUAL)
def test_right_tables(name: str) -> None:
    gold, answer, options = EQUAL[name]
    comparison = compare_tables(gold, answer, **options)
    assert comparison.equal, comparison.why
    assert comparison.why == ""


UNEQUAL: dict[str, tuple[GoldTable, AnswerTable, dict[str, bool], str]] = {
    "another figure": (
        gold_of([[152000.0]]),
        table_of(["measure:gmv"], [[152001.0]]),
        {},
        "gold (g0) (152,000); answer (gmv) (152,001)",
    ),
    "percent for fraction": (gold_of([[0.146]]), table_of(["measure:return_rate"], [[14.6]]), {}, "14.6"),
    "a measure too many": (
        gold_of([["web", 10.0]]),
        table_of(["key:channel", "measure:revenue", "measure:orders"], [["web", 10.0, 3]]),
        {},
        "2 measures (revenue, orders) where the gold has 1 numbers",
    ),
    "a measure whose name only begins like another": (
        gold_of([[10.0]]),
        table_of(["measure:revenue", "measure:revenue_per_customer"], [[10.0, 1.0]]),
        {},
        "2 measures",
    ),
    "figure in a context column": (
        gold_of([[10.0]]),
        table_of(["key:channel", "context:revenue"], [["web", 10.0]]),
        {},
        "answer (channel) (web)",
    ),
    "a row too few": (
        gold_of(REVENUE_BY_CHANNEL),
        table_of(["key:channel", "measure:revenue"], [["web", 10.0]]),
        {},
        "1 rows where the gold has 2; gold (g0, g1) (store, 5)",
    ),
    "a row too many": (
        gold_of([["web", 10.0]]),
        table_of(["key:channel", "measure:revenue"], [["web", 10.0], ["store", 5.0]]),
        {},
        "2 rows where the gold has 1; answer (channel, revenue) (store, 5)",
    ),
    "a row doubled for another": (
        gold_of([["a", 1], ["b", 2]]),
        table_of(["key:k", "measure:v"], [["a", 1], ["a", 1]]),
        {},
        "gold (g0, g1) (b, 2)",
    ),
    "order counts": (
        gold_of(REVENUE_BY_CHANNEL),
        table_of(["key:channel", "measure:revenue"], [["store", 5.0], ["web", 10.0]]),
        {"ordered": True},
        "the same rows in another order",
    ),
    "not the first rows": (
        gold_of([["web", 10.0]]),
        table_of(["key:channel", "measure:revenue"], [["store", 5.0], ["web", 10.0]]),
        {"accept_more_rows": True, "ordered": True},
        "store",
    ),
    "values swapped between rows": (
        gold_of([["a", 1], ["b", 2]]),
        table_of(["key:k", "measure:v"], [["a", 2], ["b", 1]]),
        {},
        "gold (g0, g1) (a, 1) (b, 2); answer (k, v) (a, 2) (b, 1)",
    ),
    "one column cannot hold two": (gold_of([[1, 1]]), table_of(["measure:v"], [[1]]), {}, "columns v"),
    "null is not zero": (gold_of([["x", 0]]), table_of(["key:k", "measure:v"], [["x", None]]), {}, "null"),
    "a later hour": (gold_of([[MIDNIGHT]]), table_of(["key:m"], [["2026-10-01T01:00:00"]]), {}, "01:00"),
    "text is exact": (gold_of([["Web", 1]]), table_of(["key:k", "measure:v"], [["web", 1]]), {}, "Web"),
    "true is not one": (gold_of([[1]]), table_of(["measure:v"], [[True]]), {}, "True"),
    "no day of February": (gold_of([["2026-02-30"]]), table_of(["key:d"], [["2026-03-02"]]), {}, "2026-02-30"),
}


@pytest.mark.parametrize("name", UNEQUAL)
def test_wrong_tables(name: str) -> None:
    gold, answer, options, expected_why = UNEQUAL[name]
    comparison = compare_tables(gold, answer, **options)
    assert not comparison.equal
    assert expected_why in comparison.why


def test_matching_is_an_assignment_not_greedy() -> None:
    choices = {0: [10, 11], 1: [10], 2: [11, 12]}
    assert maximum_matching(choices, choices.__getitem__) == {0: 11, 1: 10, 2: 12}
    assert maximum_matching(choices, choices.__getitem__, started={0: 10, 2: 11}) == {0: 11, 1: 10, 2: 12}
    assert len(maximum_matching([0, 1], lambda _: [10])) == 1


def test_ten_thousand_rows_take_no_time() -> None:
    rows: list[list[Any]] = [["web", 1, float(index)] for index in range(10_000)]
    answer = table_of(["key:channel", "measure:one", "measure:value"], list(reversed(rows)))
    started = time.process_time()
    assert compare_tables(gold_of(rows), answer).equal
    rows[5000] = ["web", 1, 7.5]
    assert not compare_tables(gold_of(rows), answer).equal
    assert time.process_time() - started < 10


KEYS = st.one_of(st.text(max_size=4), st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31)), st.none())
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), st.none())


@st.composite
def tables(draw: st.DrawFn) -> list[list[Any]]:
    keys, measures = draw(st.integers(0, 2)), draw(st.integers(1, 3))
    row = st.tuples(*[KEYS] * keys, *[NUMBERS] * measures).map(list)
    rows: list[list[Any]] = draw(st.lists(row, min_size=1, max_size=8))
    return [[keys], *rows]


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


@settings(deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_permutations_stay_right(drawn: list[list[Any]], random: Any) -> None:
    (keys,), rows = drawn[0], drawn[1:]
    width = len(rows[0])
    columns = list(range(width))
    shuffled_rows = list(rows)
    random.shuffle(columns)
    random.shuffle(shuffled_rows)
    answer = table_of(
        [f"{'key' if column < keys else 'measure'}:c{column}" for column in columns],
        [[as_json(row[column]) for column in columns] for row in shuffled_rows],
    )
    # A gold column of nulls alone may stand for a number, so the count of measures never exceeds the gold's numbers.
    assert compare_tables(gold_of(rows), answer).equal
    assert compare_tables(gold_of(rows[: len(rows) // 2], width), answer, accept_more_rows=True).equal


@settings(deadline=None)
@given(tables(), st.data())
def test_a_changed_cell_is_wrong(drawn: list[list[Any]], data: st.DataObject) -> None:
    (keys,), rows = drawn[0], drawn[1:]
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(keys, len(rows[0]) - 1))
    changed = [[as_json(value) for value in line] for line in rows]
    # No other cell can hold this value, so no rearrangement can make up for it.
    changed[row][column] = 7.5e12
    answer = table_of([f"{'key' if index < keys else 'measure'}:c{index}" for index in range(len(rows[0]))], changed)
    comparison = compare_tables(gold_of(rows), answer)
    assert not comparison.equal
    assert comparison.why
