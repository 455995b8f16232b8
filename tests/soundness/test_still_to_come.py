"""What is still to come is told by its own time, however it is said."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    "question",
    [
        "how many inbound shipments still havent turned up?",
        "How many deliveries from suppliers have not arrived yet?",
        "How many supplier deliveries haven't reached us so far?",
    ],
)
def test_what_has_not_turned_up_has_not_arrived(novamart_business: Business, question: str) -> None:
    query = planned(novamart_business, question).queries[0].query
    assert query.period is None
    assert "actual_arrival" in query.model_dump_json() or query.metrics[0].metric == "open_shipments"


def test_what_orders_do_is_no_time_that_they_were_placed_at(novamart_business: Business) -> None:
    """ "Orders arriving in May" gave those placed in May."""
    assert planned(novamart_business, "orders arriving in May 2026").clarification is not None
