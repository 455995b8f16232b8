"""Words of calculation in a question: what they divide and average is computed or asked about, and never split by or dropped."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("revenue divided by orders in 2025", "aov"),
        ("returns divided by the number of orders in 2025", "return_rate"),
        ("gross profit over revenue in 2025", "gross_margin"),
        ("the ratio of discounts to GMV in 2025", "discount_rate"),
        ("how many items does an order have on average in 2025", "items_per_order"),
        ("how many orders does the average customer place in 2025", "orders_per_customer"),
    ],
)
def test_a_division_that_the_catalog_defines(novamart_business: Business, question: str, metric: str) -> None:
    """ "Revenue divided by orders" was a row for each order, and "divided by the number of orders" a distribution."""
    query = planned(novamart_business, question).queries[0].query
    assert ([use.metric for use in query.metrics], query.group_by) == ([metric], ())


def test_a_division_said_outright(novamart_business: Business) -> None:
    plan = planned(novamart_business, "impressions / clicks by campaign channel in 2025")
    assert "Impressions divided by Ad clicks (no metric defines this ratio)" in plan.interpretation


def test_divided_by_a_field_splits(novamart_business: Business) -> None:
    plan = planned(novamart_business, "orders divided by region in 2025")
    assert plan.interpretation == "Orders, 2025, by region"


@pytest.mark.parametrize("question", ["GMV per order item in 2025", "orders per cancelled order in 2025"])
def test_what_cannot_be_divided_is_asked_about(novamart_business: Business, question: str) -> None:
    """The plain figure was given, or the rate the other way round."""
    assert planned(novamart_business, question).clarification is not None
