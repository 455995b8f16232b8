"""Words around a figure that say nothing more, and those that would say something else."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("refunds paid out in the first half of 2026", "Refunds, H1 2026"),
        ("discounts granted in 2025", "Discounts, 2025"),
        ("what is all the stock worth right now, at cost", "Inventory value, as of 31 October 2026"),
        ("revenue and refunds in 2025, both figures please", "Revenue and Refunds, 2025"),
        ("Walk me through the revenue month by month in 2025", "Revenue, 2025, by month"),
        ("on time rate of the suppliers, per quarter, 2025", "On-time rate, 2025, by quarter"),
        ("on-time rate of deliveries, 2025", "On-time rate, 2025"),
        ("how many items does an order contain on average in 2025", "Items per order, 2025"),
        ("How many customers really bought something in 2025?", "Active customers, 2025"),
        ("share of late shipments: 2024 and 2025 side by side", "Late rate, 2025, compared with 2024"),
        (
            "how many products in warehouse 3 are below their reorder point now",
            "Low-stock products, as of 31 October 2026, where warehouse is 3",
        ),
        (
            "Number of registered customers in the Midwest that belong to the regular segment",
            "Customers, as of 31 October 2026 (no period was named), where region is Midwest and customer segment is regular",
        ),
        ("average basket in the shop number 3 in 2025", "Average order value, 2025, where store is 3"),
        ("average basket in store no. 3 in 2025", "Average order value, 2025, where store is 3"),
        (
            "Any category with a gross margin under 40 percent last quarter? Which ones?",
            "Gross margin, Q3 2026, by category, only where Gross margin below 0.4",
        ),
        (
            "stores ranked by revenue in 2025, smallest first",
            "Revenue, 2025, by store, where store is known, lowest first by Revenue",
        ),
    ],
)
def test_words_that_say_nothing_more(novamart_business: Business, question: str, means: str) -> None:
    assert planned(novamart_business, question).interpretation.removesuffix(
        ", beside the target"
    ) == means.removesuffix(", beside the target")


@pytest.mark.parametrize(
    "question", ["revenue paid in 2025", "ad spend paid in 2025", "revenue granted in 2025", "inventory value at glorp"]
)
def test_words_that_may_say_something_else(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None
