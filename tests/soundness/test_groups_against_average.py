"""Groups above or below the mean of them all are those, and no others."""

from __future__ import annotations

import pytest

from agent.business import Business
from agent.direct import query_answer
from catalog.access import Principal
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("question", "above"),
    [
        ("Which stores took more than the average store did in 2025?", True),
        ("Which stores had revenue below the store average in 2025?", False),
        ("stores with below-average revenue in 2025", False),
    ],
)
def test_those_on_one_side_of_the_mean(novamart_business: Business, question: str, *, above: bool) -> None:
    query = planned(novamart_business, question).queries[0].query
    as_of = novamart_business.as_of()
    every = query_answer(
        novamart_business, query.model_copy(update={"having": (), "calculations": ()}), Principal(), as_of
    )
    takings = {row[0]: float(row[1]) for row in every.results[0].rows if row[0] is not None}
    mean = sum(takings.values()) / len(takings)
    expected = {store for store, taken in takings.items() if (taken > mean) == above}
    rows = query_answer(novamart_business, query, Principal(), as_of).results[0].rows
    assert {row[0] for row in rows} == expected
    assert 0 < len(expected) < len(takings)


@pytest.mark.parametrize(
    "question",
    [
        "Which stores had more orders than the regional average in 2025?",
        "Which regions had a return rate above average in 2025?",
    ],
)
def test_another_mean_is_asked_about(novamart_business: Business, question: str) -> None:
    """That of other groups; and of rates either that of the groups or that of all."""
    assert planned(novamart_business, question).clarification is not None
