"""What people say of themselves around a question: whose things are meant, and what they only do for a living."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("We host your site. Revenue in October 2026?", "Revenue, October 2026"),
        ("revenue in May 2026? we had to close the street", "Revenue, May 2026"),
        ("I run the alterations shop across the road. How many returns in 2025?", "Returns, 2025"),
        ("As your insurer I'd like to know revenue in May 2026", "Revenue, May 2026"),
        ("revenue of NovaMart in May 2026", "Revenue, May 2026"),
        ("How many people have signed up with NovaMart in 2025?", "New customers, 2025"),
    ],
)
def test_what_the_asker_does_narrows_nothing(novamart_business: Business, question: str, means: str) -> None:
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "We're supplier 25. How many of our shipments due in 2025 turned up late?",
            "Late shipments, 2025, where supplier is 25",
        ),
        ("I'm supplier 25. How many customers do you have?", "Customers, as of 31 October 2026 (no period was named)"),
        (
            "We own the building your store 9 sits in. What were its takings in September?",
            "Revenue, September 2026, where store is 9",
        ),
    ],
)
def test_the_asker_may_be_one_of_the_things(novamart_business: Business, question: str, means: str) -> None:
    """The shipments of all suppliers were counted for one that asked about its own."""
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    "question",
    ["We run your store 3. What was revenue in May 2026?", "We clean your stores. What was revenue in May 2026?"],
)
def test_what_may_be_meant_is_asked_about(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    "question", ["how much did we turn over in May 2026", "how much did you turn over on Black Friday 2025?"]
)
def test_a_verb_of_two_words_is_not_its_first(novamart_business: Business, question: str) -> None:
    """ "Turn over in May" was read as how fast the stock turned, over the month."""
    (use,) = planned(novamart_business, question).queries[0].query.metrics
    assert use.metric == "revenue"
