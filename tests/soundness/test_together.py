"""Things that did one thing and did, or did not do, another: the plan of a question, compiled, against SQL written by hand."""

from __future__ import annotations

import itertools

import duckdb
import pytest

from agent.business import Business
from agent.planners.embedded.planner import EmbeddedPlanner
from agent.service import PlumblineService
from agent.tools.compile import compile_query
from catalog.access import Principal, view_for
from tests.soundness.asking import planned
from tests.soundness.test_members import AS_OF, CUSTOMERS, HOW_MANY, a_shop, rows_of


def ordered(month: int) -> str:
    """That a customer is known and has an order of a month that counts."""
    return (
        "EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.status <> 'cancelled'"
        f" AND o.ordered_on >= DATE '2026-{month:02}-01' AND o.ordered_on < DATE '2026-{month + 1:02}-01')"
    )


APRIL, MAY = ordered(4), ordered(5)
BOTH, ONLY_APRIL = f"{APRIL} AND {MAY}", f"{APRIL} AND NOT {MAY}"

CASES: list[tuple[str, str]] = [
    ("how many customers ordered in both April and May 2026", HOW_MANY.format(BOTH)),
    ("how many customers ordered both in April 2026 and in May 2026?", HOW_MANY.format(BOTH)),
    ("How many customers who ordered in April 2026 also ordered in May 2026?", HOW_MANY.format(BOTH)),
    ("how many of the customers who ordered in April 2026 also ordered in May 2026", HOW_MANY.format(BOTH)),
    ("how many customers who ordered in April 2026 ordered again in May 2026", HOW_MANY.format(BOTH)),
    ("how many customers who ordered in April 2026 came back in May 2026", HOW_MANY.format(BOTH)),
    ("how many customers ordered in April 2026 but not in May 2026", HOW_MANY.format(ONLY_APRIL)),
    ("how many customers ordered in April 2026 and not in May 2026", HOW_MANY.format(ONLY_APRIL)),
    ("Which customers ordered in April 2026 but not in May 2026?", CUSTOMERS.format(ONLY_APRIL)),
    ("customers who ordered in both April and May 2026", CUSTOMERS.format(BOTH)),
]


@pytest.mark.parametrize(("question", "sql"), CASES)
def test_they_are_those_of_the_sql_by_hand(question: str, sql: str) -> None:
    numbers = set()
    for seed in range(1, 16):
        shop = a_shop(seed)
        expected = sorted(row[0] for row in shop.connection.execute(sql).fetchall())
        assert rows_of(shop, question) == expected, (seed, question)
        numbers.add(tuple(expected))
    assert len(numbers) > 1


@pytest.mark.parametrize(
    "question",
    [
        "what percentage of customers who ordered in April 2026 also ordered in May 2026",
        "What share of the customers who ordered in April 2026 ordered again in May 2026?",
    ],
)
def test_the_part_that_did_it_again(question: str) -> None:
    for seed in range(1, 6):
        shop = a_shop(seed)
        view = view_for(shop.catalog, Principal())
        plan = EmbeddedPlanner(view, None, None).plan(question, AS_OF)
        assert plan.clarification is None, plan.clarification
        rows = [compile_query(view, plan.queries[0].query).sql, HOW_MANY.format(BOTH), HOW_MANY.format(APRIL)]
        share, (both,), (first,) = (shop.connection.execute(sql).fetchall()[0] for sql in rows)
        assert share[-1] == pytest.approx(both / first), seed


def test_an_order_is_of_one_month() -> None:
    """What is counted by its own rows cannot be of two times: nothing is answered."""
    view = view_for(a_shop(1).catalog, Principal())
    plan = EmbeddedPlanner(view, None, None).plan("how many orders in April 2026 but not in May 2026", AS_OF)
    assert plan.clarification is not None, plan.interpretation


def test_both_and_only_the_first_are_all_of_the_first() -> None:
    for seed, (one, other) in itertools.product(range(1, 4), [("March", "April"), ("April", "May")]):
        shop = a_shop(seed)
        both = rows_of(shop, f"how many customers ordered in both {one} 2026 and {other} 2026")
        only = rows_of(shop, f"how many customers ordered in {one} 2026 but not in {other} 2026")
        assert both[0] + only[0] == rows_of(shop, f"how many customers ordered in {one} 2026")[0], seed


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        (
            "how many customers bought both Electronics and Books in 2025",
            "SELECT COUNT(*) FROM (SELECT o.customer_id FROM orders o JOIN order_items i USING (order_id)"
            " JOIN products p USING (product_id)"
            " WHERE o.status <> 'cancelled' AND YEAR(o.order_date) = 2025 AND p.category IN ('Electronics', 'Books')"
            " GROUP BY 1 HAVING COUNT(DISTINCT p.category) = 2)",
        ),
        (
            "how many customers ordered on the app but never in a store in 2026",
            "SELECT COUNT(*) FROM (SELECT customer_id FROM orders WHERE status <> 'cancelled' AND YEAR(order_date) = 2026"
            " GROUP BY 1 HAVING BOOL_OR(channel = 'mobile_app') AND NOT BOOL_OR(channel = 'store'))",
        ),
        (
            "number of orders with both Electronics and Books in 2025",
            "SELECT COUNT(*) FROM (SELECT o.order_id FROM orders o JOIN order_items i USING (order_id)"
            " JOIN products p USING (product_id)"
            " WHERE o.status <> 'cancelled' AND YEAR(o.order_date) = 2025 AND p.category IN ('Electronics', 'Books')"
            " GROUP BY 1 HAVING COUNT(DISTINCT p.category) = 2)",
        ),
    ],
)
def test_values_of_what_they_did(novamart_business: Business, question: str, sql: str) -> None:
    """A row for each value was given, where those that have both were asked for."""
    service = PlumblineService(novamart_business)
    answer = service.ask(question)
    assert answer.status == "answer", answer.headline
    with duckdb.connect(str(service.database), read_only=True) as connection:
        assert [row[-1] for row in answer.results[0].rows] == [row[0] for row in connection.execute(sql).fetchall()]


@pytest.mark.parametrize(
    "question",
    [
        "revenue from new vs returning customers in Q3 2026",  # revenue, and the number of all customers
        "customers acquired in 2025 by acquisition channel",  # by the channel of their orders
        "which products sold in every region in 2025",  # the number of products in each
        "how many customers used the app in 2026",  # those that ever did, of all there are by now
    ],
)
def test_nouns_that_nothing_shown_is_of_are_asked_about(novamart_business: Business, question: str) -> None:
    plan = planned(novamart_business, question)
    assert plan.clarification is not None, plan.interpretation
