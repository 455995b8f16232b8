"""Averages said in everyday ways: the same figure as the plain words give, and no figure where what is averaged is open."""

from __future__ import annotations

import pytest

from agent.business import Business
from agent.planners.normal_form import normal_form
from catalog.plan import Plan
from tests.soundness.asking import planned


def asked(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((part, str(value)) for part, value in normal_form(plan).items()))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (
            "On average over our stores, how much revenue did one store make in 2025?",
            "average revenue per store in 2025",
        ),
        ("Q3 revenue of an average store?", "average revenue per store in Q3"),
        ("average number of orders per store in Q3 2026", "average orders of each store in Q3 2026"),
        (
            "How many page views does a session have on average in October 2026?",
            "page views per session in October 2026",
        ),
        ("On average, how many items are in one order? Take 2025", "items per order in 2025"),
        ("What is the average number of items in an order in 2025?", "items per order in 2025"),
        ("How much did the average VIP who bought in 2025 spend that year?", "revenue per customer of VIPs in 2025"),
        ("What does a buyer spend with us in a quarter? Take Q3 2026", "revenue per customer in Q3 2026"),
        (
            "On average, how much revenue did we make with a single buying customer over the whole of 2025?",
            "revenue per customer in 2025",
        ),
        ("On average, how many orders did we get in a month of 2025?", "average orders per month in 2025"),
        ("average revenue per month over 2025", "average revenue per month in 2025"),
        ("how many orders does a VIP make on average, 2025", "orders per customer of VIPs in 2025"),
        (
            "On average how many days late were the shipments due in September 2026?",
            "average arrival delay, September 2026",
        ),
        ("in Q3, how many days late were deliveries on average?", "average arrival delay in Q3"),
        ("how many orders did each customer place in 2025", "orders by customer in 2025"),  # a row each
    ],
)
def test_an_average_is_the_plain_one(novamart_business: Business, said: str, plain: str) -> None:
    """Both are understood, and as the same."""
    assert planned(novamart_business, said).clarification is None
    assert asked(planned(novamart_business, said)) == asked(planned(novamart_business, plain))


@pytest.mark.parametrize(
    "question",
    [
        "How much does a customer spend on average in a month of 2025?",  # the figure of the year was given
        "revenue in a month of 2025",  # so it was here
        "What does a buyer spend with us in a quarter? Take 2025",
        "How much did the average customer who bought in 2024 spend in 2025?",
        "How much does a store spend on average in 2025?",  # what is sold there is no cost
        "How many orders do we ship from one warehouse on average in 2025?",  # "shipped" is how some stand today
        "How many orders does a customer cancel on average, 2025?",
        "average number of products per product",
        "Of the deliveries due in Q3 that came late, how many days late were they on average?",
        "how many days late were orders on average in Q3",
        "how many hours late were deliveries on average in Q3",
    ],
)
def test_what_is_open_is_asked_about(novamart_business: Business, question: str) -> None:
    """An average over other things, another stretch of time or some of them only is not the plain one."""
    assert planned(novamart_business, question).clarification is not None
