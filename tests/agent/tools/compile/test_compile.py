"""Queries on the cinema chain against SQL written by hand, on real data."""

from __future__ import annotations

import datetime as dt
import decimal
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from agent.errors import PolicyRefusal
from agent.tools.compile import (
    can_filter,
    can_group,
    compile_query,
    metric_span_query,
    metric_time,
    reachable_dimensions,
)
from catalog.errors import PlumblineError, UnknownNameError
from catalog.query import MetricQuery
from tests.agent.tools.compile.cinema import DATA, cinema_view

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute(DATA)
    yield connection
    connection.close()


def plain(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows whose numbers compare whatever type the engine gave them."""
    numbers = (int, float, decimal.Decimal)
    return [
        tuple(
            round(float(cell), 9) if isinstance(cell, numbers) and not isinstance(cell, bool) else cell for cell in row
        )
        for row in rows
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_rows_are_those_of_the_sql_written_by_hand(case: dict[str, Any], database: duckdb.DuckDBPyConnection) -> None:
    query = MetricQuery.model_validate(case["query"])
    if "error" in case:
        with pytest.raises(PlumblineError) as raised:
            compile_query(cinema_view(), query)
        assert re.search(case["error"], str(raised.value))
        return
    compiled = compile_query(cinema_view(), query)
    result = database.execute(compiled.sql)
    assert [column[0] for column in result.description] == [column.name for column in compiled.columns]
    assert plain(result.fetchall()) == plain(database.execute(case["sql"]).fetchall())


def rows(
    database: duckdb.DuckDBPyConnection, query: dict[str, Any], role: str, **attributes: str
) -> list[tuple[Any, ...]]:
    compiled = compile_query(cinema_view(role, **attributes), MetricQuery.model_validate(query))
    return plain(database.execute(compiled.sql).fetchall())


BY_TIER = {
    "metrics": [{"metric": "sales"}, {"metric": "new_members"}],
    "group_by": [{"kind": "field", "field": "members.tier"}],
}
POLICY_QUERIES = [
    BY_TIER,
    {"metrics": [{"metric": "net_sales"}], "group_by": [{"kind": "field", "field": "films.genre"}]},
    {"metrics": [{"metric": "lapse_rate"}], "period": {"start": "2026-01-01", "end": "2026-04-01"}},
    {"metrics": [{"metric": "all_bookings"}], "where": {"kind": "field", "field": "tickets.kind", "values": ["child"]}},
    {
        "metrics": [{"metric": "ticket_count"}],
        "where": {"kind": "field", "field": "members.tier", "operator": "is_null"},
    },
    {"group_by": [{"kind": "field", "field": "members.tier"}]},
]


@pytest.mark.parametrize("query", POLICY_QUERIES)
@pytest.mark.parametrize(
    ("role", "attributes", "deletions"),
    [
        ("web_team", {}, ["DELETE FROM bookings WHERE channel IS DISTINCT FROM 'web'"]),
        (
            "region_manager",
            {"region": "south"},
            [
                "DELETE FROM members WHERE home_cinema_id IS NULL OR home_cinema_id NOT IN "
                "(SELECT cinema_id FROM cinemas WHERE region = 'south')",
                "DELETE FROM screenings WHERE cinema_id IS NULL OR cinema_id NOT IN "
                "(SELECT cinema_id FROM cinemas WHERE region = 'south')",
                "DELETE FROM cinemas WHERE region <> 'south'",
            ],
        ),
    ],
)
def test_a_policy_equals_data_without_the_hidden_rows(
    query: dict[str, Any],
    role: str,
    attributes: dict[str, str],
    deletions: list[str],
    database: duckdb.DuckDBPyConnection,
) -> None:
    copy = duckdb.connect()
    copy.execute(DATA)
    for deletion in deletions:
        copy.execute(deletion)
    assert rows(database, query, role, **attributes) == rows(copy, query, "owner")
    copy.close()


def test_policies_refuse_what_cannot_be_shown() -> None:
    def compile_as(role: str | None, query: dict[str, Any]) -> None:
        compile_query(cinema_view(role), MetricQuery.model_validate(query))

    by_email = {"metrics": [{"metric": "sales"}], "group_by": [{"kind": "field", "field": "members.email"}]}
    with pytest.raises(UnknownNameError) as unknown:
        compile_as(None, by_email)
    assert "members.email" not in unknown.value.nearest
    with pytest.raises(PolicyRefusal):
        compile_as("counter", by_email)
    with pytest.raises(PolicyRefusal):
        compile_as(None, {"metrics": [{"metric": "known_emails"}]})
    compile_as("counter", {"metrics": [{"metric": "known_emails"}]})
    with pytest.raises(PolicyRefusal, match="region"):
        compile_as("region_manager", {"metrics": [{"metric": "new_members"}]})
    with pytest.raises(UnknownNameError) as hidden:
        compile_as("web_team", {"metrics": [{"metric": "ad_cost"}]})
    assert "ad_cost" not in hidden.value.nearest


def test_messages_name_nothing_hidden() -> None:
    view = cinema_view("desk_clerk")
    query = MetricQuery.model_validate(
        {"metrics": [{"metric": "sales"}], "group_by": [{"kind": "field", "field": "cinemas.region"}]}
    )
    with pytest.raises(PlumblineError) as raised:
        compile_query(view, query)
    hidden = ("screening", "member", "home_cinema")
    assert str(raised.value) == "sales: tickets is not related to cinemas"  # every shortest way is hidden
    assert not any(word in f"{raised.value}{raised.value.__context__}" for word in hidden)
    reason = can_group(view, "sales", "cinemas.region")
    assert reason is not None and not any(word in reason for word in hidden)


def test_a_simple_metric_is_a_plain_select() -> None:
    query = {
        "metrics": [{"metric": "booking_count"}],
        "group_by": [{"kind": "time", "grain": "month"}],
        "period": {"start": "2026-01-01", "through": "2026-03-31"},
        "order_by": [{"column": "booking_count", "descending": True}],
        "limit": 2,
    }
    compiled = compile_query(cinema_view(), MetricQuery.model_validate(query))
    assert (
        compiled.sql
        == """SELECT
  CAST(DATE_TRUNC('MONTH', bookings.booked_at) AS DATE) AS month,
  COUNT(bookings.booking_id) AS booking_count
FROM bookings
WHERE
  bookings.booked_at >= CAST('2026-01-01' AS DATE)
  AND bookings.booked_at < CAST('2026-04-01' AS DATE)
  AND bookings.status <> 'cancelled'
GROUP BY
  1
ORDER BY
  booking_count DESC,
  month
LIMIT 2"""
    )
    assert [column.role for column in compiled.columns] == ["key", "measure"]
    assert compiled.datasets == ("bookings",)


def test_what_a_metric_can_be_split_by(database: duckdb.DuckDBPyConnection) -> None:
    view = cinema_view()
    assert "films.genre" in reachable_dimensions(view, "sales")
    assert can_group(view, "sales", "films.genre") is None
    assert can_group(view, "sales", "cinemas.region") is None  # by the screening's: the home cinema is one in a role
    assert can_group(view, "sales", "cinemas.region", ("screening_cinema",)) is None
    assert "one booking has many tickets" in (can_group(view, "booked_fees", "tickets.kind") or "")
    assert can_group(view, "lapse_rate", "tickets.kind") is None
    assert "members carry no ad" in (can_group(view, "cost_per_member", "ads.medium") or "")
    assert can_filter(view, "all_bookings", "tickets.kind") is None
    assert can_filter(view, "sales", "members.email") == "there is no field members.email to split or filter by"
    assert metric_time(view, "net_sales") == ("bookings.booked_at", "refunds.refunded_on")
    assert metric_time(view, "stock_turn") == ("bookings.booked_at", "stock.counted_on")
    span = metric_span_query(view, "net_sales")
    assert span is not None
    assert database.execute(span).fetchall() == [(dt.date(2026, 1, 8), dt.date(2026, 4, 2))]


def test_an_explanation_names_all_that_was_used() -> None:
    query = {
        "metrics": [{"metric": "net_sales"}],
        "group_by": [{"kind": "field", "field": "films.genre"}],
        "period": {"start": "2026-01-01", "end": "2026-04-01"},
    }
    compiled = compile_query(cinema_view("web_team"), MetricQuery.model_validate(query))
    explanation = compiled.explanation
    assert explanation.definitions["net_sales"] == "sales - refunded"
    assert explanation.definitions["refunded"] == "sum of refunds.amount over refunds"
    assert (
        "tickets > bookings (ticket_booking) > screenings (booking_screening) > films (screening_film)"
        in explanation.joins
    )
    assert explanation.filters == ("sales: bookings.status <> 'cancelled'",)
    assert explanation.policies == ("bookings: bookings.channel = 'web'",)
    assert explanation.periods == ("2026-01-01 up to and without 2026-04-01",)
    assert set(explanation.lineage) == {"genre", "net_sales"}
    assert {"tickets.price", "tickets.discount", "refunds.amount"} <= set(explanation.lineage["net_sales"])
    assert "films.genre" in explanation.lineage["genre"]
    assert set(compiled.datasets) == {"tickets", "bookings", "screenings", "films", "refunds"}
