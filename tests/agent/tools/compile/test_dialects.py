"""Every dialect's SQL is SQL to a parser of that dialect, means the same, or is refused."""

from __future__ import annotations

from typing import Any

import pytest
import sqlglot
import yaml

from agent.errors import QueryError
from agent.tools.compile import compile_query
from agent.tools.compile.dialects import DIALECTS
from catalog.query import MetricQuery
from tests.agent.tools.compile.cinema import cinema_view
from tests.agent.tools.compile.test_compile import HERE

QUERIES = [case for case in yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8")) if "error" not in case]
BY_WEEKDAY = {"metrics": [{"metric": "sales"}], "group_by": [{"kind": "time", "part": "weekday"}]}
MEDIAN = {"metrics": [{"metric": "median_price"}]}
BY_MONTH = {
    "metrics": [{"metric": "lapse_rate"}],
    "group_by": [{"kind": "time", "grain": "month"}],
    "period": {"start": "2026-01-01", "end": "2026-04-01"},
}
TWO_FACTS = {"metrics": [{"metric": "net_sales"}], "group_by": [{"kind": "field", "field": "bookings.channel"}]}


def sql(query: dict[str, Any], dialect: str) -> str:
    return compile_query(cinema_view(), MetricQuery.model_validate(query), dialect=dialect).sql


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_is_not_refused_parses(dialect: str) -> None:
    written = 0
    for case in QUERIES:
        try:
            text = sql(case["query"], dialect)
        except QueryError as error:
            assert dialect in str(error).lower(), f"{case['id']}: {error}"
            continue
        assert len(sqlglot.parse(text, read=dialect)) == 1, case["id"]
        written += 1
    assert written >= len(QUERIES) * 2 // 3


@pytest.mark.parametrize(
    ("query", "dialect", "expected"),
    [
        (BY_WEEKDAY, "postgres", "TO_CHAR(bookings.booked_at, 'FMDay')"),
        (BY_WEEKDAY, "spark", "DATE_FORMAT(bookings.booked_at, 'EEEE')"),
        (BY_WEEKDAY, "snowflake", "CASE DAYOFWEEKISO(bookings.booked_at) WHEN 1 THEN 'Monday'"),
        (MEDIAN, "postgres", "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY tickets.price)"),
        (BY_MONTH, "postgres", "CAST(GENERATE_SERIES(CAST('2026-01-01' AS DATE)"),
        (BY_MONTH, "spark", "EXPLODE(SEQUENCE(CAST('2026-01-01' AS DATE)"),
        (TWO_FACTS, "postgres", "UNION ALL"),
        (TWO_FACTS, "snowflake", "FULL JOIN"),
    ],
)
def test_corrections(query: dict[str, Any], dialect: str, expected: str) -> None:
    assert expected in " ".join(sql(query, dialect).split()).replace("( ", "(").replace(" )", ")")


@pytest.mark.parametrize(
    ("query", "dialect"), [(MEDIAN, "trino"), (MEDIAN, "bigquery"), (BY_MONTH, "trino"), (BY_MONTH, "oracle")]
)
def test_refusals(query: dict[str, Any], dialect: str) -> None:
    with pytest.raises(QueryError, match=dialect):
        sql(query, dialect)
