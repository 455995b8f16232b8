"""An order said outright, a top in each of some groups, a mark that is passed, and what is done beside what is under way."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("question", "descending"),
    [
        ("Which region is worst? Return rate by region in 2025, ascending", False),
        ("Which region is the least safe? Return rate by region in 2025, highest first", True),
    ],
)
def test_an_order_said_outright_wins(novamart_business: Business, question: str, descending: bool) -> None:
    """The superlative of the sentence before turned it round."""
    query = planned(novamart_business, question).queries[0].query
    assert query.limit is None
    assert [item.descending for item in query.order_by] == [descending]


@pytest.mark.parametrize(
    "question",
    [
        "What sells best in each region? Top category by revenue, October 2026",
        "Which category sells most in each region? Top category by revenue, October 2026",
    ],
)
def test_each_region_has_its_own_top(novamart_business: Business, question: str) -> None:
    query = planned(novamart_business, question).queries[0].query
    assert [[item.metric for item in query.metrics], query.limit, query.limit_within] == [["revenue"], 1, ("region",)]


@pytest.mark.parametrize(
    ("question", "operator"),
    [
        ("Which stores passed the 6,000 dollar mark in revenue in Q3 2026?", "gt"),
        ("Which stores cleared the 6k line in revenue in Q3 2026?", "gt"),
        ("Which stores hit the $6,000 mark in revenue in Q3 2026?", "ge"),
    ],
)
def test_a_mark_is_a_bound(novamart_business: Business, question: str, operator: str) -> None:
    having = planned(novamart_business, question).queries[0].query.having
    assert (operator, (6000.0,)) in [(item.operator, item.values) for item in having]


def test_what_has_run_out_is_not_what_is_running_out(novamart_business: Business) -> None:
    """They were given as the products below their reorder point."""
    assert not planned(novamart_business, "Which products have we run out of?").queries
    query = planned(novamart_business, "Which products are running out?").queries[0].query
    assert [item.metric for item in query.metrics] == ["low_stock_products"]


@pytest.mark.parametrize(
    "question", ["Which store got the latest order?", "how much was the last order?", "the latest customer reviews"]
)
def test_something_else_of_the_latest_is_not_the_latest(novamart_business: Business, question: str) -> None:
    """Their order or customer was shown, without what was asked of it."""
    assert not planned(novamart_business, question).queries


def test_the_latest_have_happened(novamart_business: Business) -> None:
    query = planned(novamart_business, "the last 3 web orders with their amounts").queries[0].query
    assert [query.limit, [item.descending for item in query.order_by]] == [3, [True]]
    assert '"orders.order_date"' in query.model_dump_json()


def test_what_is_under_another_figure_is_not_the_two_of_them(novamart_business: Business) -> None:
    assert planned(novamart_business, "revenue under ad spend in 2026").clarification is not None
