"""What only says which things are meant is no figure that was asked for: it stands beside as context."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (
            "average order value of the stores with more than 100 orders in 2025",
            {"aov": "measure", "order_count": "context"},
        ),
        ("stores with more than 100 orders in 2025", {"order_count": "measure"}),
        (
            "orders and revenue of the stores with more than 100 orders in 2025",
            {"order_count": "measure", "revenue": "measure"},
        ),
    ],
)
def test_a_bound_is_shown_as_what_it_is(novamart_business: Business, question: str, shown: dict[str, str]) -> None:
    """The number of orders stood as a second figure."""
    query = planned(novamart_business, question).queries[0].query
    assert {use.metric: use.show for use in query.metrics} == shown
