"""Random businesses and questions: the compiled SQL and a slow evaluator must agree on every row, and on every refusal."""

from __future__ import annotations

import datetime as dt
import decimal
import random
from typing import Any

import duckdb
import pytest

from agent.errors import QueryError
from agent.tools.compile import compile_query
from catalog.access import Principal, view_for
from catalog.query import MetricQuery
from tests.soundness.random_business import random_business, random_query
from tests.soundness.slow_evaluator import Evaluator
from tests.soundness.slow_ways import Refused

QUESTIONS_A_BUSINESS = 20


def check(seed: int) -> dict[str, int]:
    """Asks one random business its questions; says how many had an answer and how many were refused."""
    chance = random.Random(seed)
    business = random_business(chance)
    view = view_for(business.catalog, Principal())
    connection = duckdb.connect()
    for statement in business.create_sql():
        connection.execute(statement)
    counts = {"answered": 0, "refused": 0, "rows": 0}
    for number in range(QUESTIONS_A_BUSINESS):
        plain = random_query(chance, business)
        query = MetricQuery.model_validate(plain)
        try:
            expected = Evaluator(business).answer(query)
        except Refused:
            with pytest.raises(QueryError):
                compile_query(view, query)
            counts["refused"] += 1
            continue
        compiled = compile_query(view, query)
        rows = connection.execute(compiled.sql).fetchall()
        if not same(rows, expected):
            pytest.fail(
                f"seed {seed}, question {number}: {plain}\n{compiled.sql}\ngave {shown(rows)}\nnot  {shown(expected)}"
            )
        counts["answered"] += 1
        counts["rows"] += len(rows)
    connection.close()
    return counts


def shown(rows: list[tuple[Any, ...]]) -> str:
    return "\n     ".join(str(tuple(cell(value) for value in row)) for row in rows)


def cell(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | decimal.Decimal):
        return round(float(value), 9)
    return value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value


def same(rows: list[tuple[Any, ...]], expected: list[tuple[Any, ...]]) -> bool:
    return len(rows) == len(expected) and all(
        len(one) == len(other) and all(equal(cell(a), cell(b)) for a, b in zip(one, other, strict=True))
        for one, other in zip(rows, expected, strict=True)
    )


def equal(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-7 * max(1.0, abs(one))
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def run(seeds: range) -> None:
    totals = {"answered": 0, "refused": 0, "rows": 0}
    for seed in seeds:
        for name, count in check(seed).items():
            totals[name] += count
    assert totals["answered"] > totals["refused"] / 2, totals
    assert totals["rows"] > totals["answered"], totals


def test_a_few_random_questions() -> None:
    run(range(1, 13))


@pytest.mark.slow
def test_two_thousand_random_questions() -> None:
    run(range(1000, 1100))
