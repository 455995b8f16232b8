"""Amounts asked for that another figure answered."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    "question",
    [
        "average value of late shipments in 2025",  # gave the late rate
        "share of web in revenue by channel in 2025",  # gave 100 %
        "how many VIP customers arrived in May 2026",  # gave all there were
    ],
)
def test_another_figure_is_no_answer(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("average value of orders in 2025", "aov"),
        ("total value of inventory", "inventory_value"),
        ("how many new customers came in May 2026", "new_customers"),
        ("how many customers did we have in May 2026", "customer_count"),
    ],
)
def test_the_figure_itself_is(novamart_business: Business, question: str, metric: str) -> None:
    plan = planned(novamart_business, question)
    assert plan.clarification is None
    assert [use.metric for use in plan.queries[0].query.metrics] == [metric]
