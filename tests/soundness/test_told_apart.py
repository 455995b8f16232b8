"""How much lies between two kinds, or between two moments: a row for each was given, or the moments the wrong way round."""

from __future__ import annotations

import duckdb
import pytest

from agent.business import Business
from agent.service import PlumblineService
from tests.soundness.asking import planned

ORDERS = "SELECT COUNT(*) FROM orders o JOIN customers c USING (customer_id) WHERE o.status <> 'cancelled' AND {}"
Q3 = "o.order_date >= DATE '2026-07-01' AND o.order_date < DATE '2026-10-01'"
SOUTH, WEST = (ORDERS.format(f"{Q3} AND c.region = '{region}'") for region in ("South", "West"))
APP, WEB = (ORDERS.format(f"{Q3} AND o.channel = '{channel}'") for channel in ("mobile_app", "web"))


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        ("How many more orders came from the South than from the West in Q3 2026?", f"SELECT ({SOUTH}) - ({WEST})"),
        ("how many fewer orders came from the West than from the South in Q3 2026", f"SELECT ({SOUTH}) - ({WEST})"),
        ("how many more orders did the web have than the app in Q3 2026", f"SELECT ({WEB}) - ({APP})"),
        ("how many more orders did the app have than the web in Q3 2026", f"SELECT ({APP}) - ({WEB})"),
    ],
)
def test_the_difference_is_one_number(novamart_business: Business, question: str, sql: str) -> None:
    service = PlumblineService(novamart_business)
    answer = service.ask(question)
    assert answer.status == "answer", answer.headline
    (table,) = answer.results
    (row,) = table.rows
    (measure,) = [place for place, column in enumerate(table.columns) if column.role == "measure"]
    with duckdb.connect(str(service.database), read_only=True) as connection:
        assert (row[measure],) == connection.execute(sql).fetchone()


def test_of_which_kind_the_things_are(novamart_business: Business) -> None:
    """ "New customers" of the segment VIP, held against the month before, were given for it."""
    plan = planned(novamart_business, "how many more VIP customers than new customers do we have")
    assert plan.interpretation.endswith("vip minus new")


@pytest.mark.parametrize(
    "question",
    ["how many more orders than returns did we have in 2025", "how many more vouchers than orders in 2025"],
)
def test_what_is_no_difference_is_asked_about(novamart_business: Business, question: str) -> None:
    plan = planned(novamart_business, question)
    told = plan.queries and any(item.kind == "difference" for item in plan.queries[0].query.calculations)
    assert plan.clarification is not None or told, plan.interpretation


@pytest.mark.parametrize("joint", ["versus", "vs", "compared with"])
def test_the_later_moment_is_held_against_the_earlier(novamart_business: Business, joint: str) -> None:
    """The earlier was the main one, as of whose day the later was cut off: both were the same figure."""
    plan = planned(novamart_business, f"days of inventory end of September 2026 {joint} end of September 2025")
    query = plan.queries[0].query
    assert (str(query.as_of), str(query.period and query.period.end)) == ("2026-09-30", "2026-10-01")
    assert [str(item.period and item.period.end) for item in query.compare] == ["2025-10-01"]


@pytest.mark.parametrize(
    "question",
    [
        "Difference between GMV and revenue by category in Q3 2026",
        "the gap between GMV and revenue by category in Q3 2026",
        "GMV minus revenue by category in Q3 2026",
    ],
)
def test_the_difference_between_two_figures(novamart_business: Business, question: str) -> None:
    """Both were shown, each held against the quarter before."""
    query = planned(novamart_business, question).queries[0].query
    (told,) = query.calculations
    assert (told.kind, told.metric, told.over, query.compare) == ("difference", "gmv", "revenue", ())
    assert len(query.group_by) == 1


def test_those_who_did_it_are_counted(novamart_business: Business) -> None:
    """Their orders were."""
    for question in ("How many people placed an order in Q3 2026?", "How many different people ordered in Q3 2026?"):
        assert [use.metric for use in planned(novamart_business, question).queries[0].query.metrics] == [
            "active_customers"
        ]
    assert planned(novamart_business, "How many people returned something in Q3 2026?").interpretation == (
        "Customers, until 31 October 2026, where Returns of the customer at least 1 (Q3 2026)"
    )
