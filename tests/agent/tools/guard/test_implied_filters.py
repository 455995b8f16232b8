"""Row filters that a join implies are left out where they are implied, and nowhere else; the rows stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
import sqlglot

from agent.tools.guard.implied_filters import without_implied_filters

WITH = """WITH visible_lines AS (SELECT lines.* FROM lines JOIN orders ON lines.o = orders.o JOIN people ON orders.p = people.p
WHERE people.region = 'West'), visible_orders AS (SELECT orders.* FROM orders JOIN people ON orders.p = people.p
WHERE people.region = {}) """
JOINED = "SELECT sum(l.n) AS n FROM visible_lines AS l {} JOIN visible_orders AS v ON {}"
CASES = [
    ("'West'", JOINED.format("", "l.o = v.o"), True),
    ("'West'", JOINED.format("", "v.o = l.o AND v.day > 0"), True),
    ("'West'", JOINED.format("LEFT", "l.o = v.o"), False),
    ("'West'", JOINED.format("FULL", "l.o = v.o"), False),
    ("'East'", JOINED.format("", "l.o = v.o"), False),
    ("'West'", JOINED.format("", "l.other = v.o"), False),
    ("'West'", JOINED.format("", "l.o = v.p"), False),
    ("'West'", JOINED.format("", "l.o >= v.o"), False),
    ("'West'", JOINED.format("", "l.o = v.o OR v.day > 0"), False),
    ("'West'", "SELECT sum(n) AS n FROM visible_lines", False),
    ("'West'", "SELECT sum(l.n) AS n FROM visible_lines AS l JOIN orders AS v ON l.o = v.o", False),
    (
        "'West'",
        JOINED.format("", "l.o = v.o") + " UNION ALL SELECT sum(n) AS n FROM visible_lines",
        True,
    ),
]

OTHER_SHAPES = [
    "SELECT count(*) AS o, lines.n FROM lines JOIN orders ON lines.o = orders.o JOIN people ON orders.p = people.p "
    "WHERE people.region = 'West' GROUP BY lines.n",
    "SELECT lines.n AS o, lines.o AS n FROM lines JOIN orders ON lines.o = orders.o JOIN people ON orders.p = people.p "
    "WHERE people.region = 'West'",
    "SELECT DISTINCT lines.o, lines.n FROM lines JOIN orders ON lines.o = orders.o JOIN people ON orders.p = people.p "
    "WHERE people.region = 'West'",
    "SELECT 1 AS o, 2 AS n",
]


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    with duckdb.connect() as opened:
        opened.execute(
            "CREATE TABLE people AS SELECT i AS p, CASE WHEN i % 3 = 0 THEN 'West' WHEN i % 3 = 1 THEN 'East' END AS region "
            "FROM range(30) t(i); CREATE TABLE orders AS SELECT i AS o, CASE WHEN i % 7 > 0 THEN i % 33 END AS p, i % 5 AS day "
            "FROM range(100) t(i); CREATE TABLE lines AS SELECT i AS n, i % 120 AS o, (i * 7) % 100 AS other FROM range(500) t(i)"
        )
        yield opened


@pytest.mark.parametrize(("other_region", "select", "lighter"), CASES)
def test_a_filter_is_left_out_only_where_it_is_implied(
    connection: Any, other_region: str, select: str, lighter: bool
) -> None:
    sql = WITH.format(other_region) + select
    found = without_implied_filters(sqlglot.parse_one(sql, read="duckdb"))
    assert (found is not None) == lighter
    if found is not None:
        text = found.sql(dialect="duckdb")
        assert connection.execute(text).fetchall() == connection.execute(sql).fetchall()
        assert ("visible_lines" in text) == ("UNION" in sql)


@pytest.mark.parametrize("definition", OTHER_SHAPES)
def test_what_is_more_than_a_filter_stays(definition: str) -> None:
    rest = WITH.format("'West'").split("), visible_orders", 1)[1]
    sql = f"WITH visible_lines AS ({definition}), visible_orders{rest}" + JOINED.format("", "l.o = v.o")
    assert without_implied_filters(sqlglot.parse_one(sql, read="duckdb")) is None
