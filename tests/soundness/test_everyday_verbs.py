"""Everyday verbs and framing words: those that say nothing change nothing, those that ask for a kind of figure find the one."""

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
        ("Which store racked up the most orders in May 2026?", "Which store had the most orders in May 2026?"),
        ("Which warehouse is sitting on the most stock value?", "Which warehouse has the most stock value?"),
        (
            "Which stores passed the 6,000 dollar mark in revenue in Q3?",
            "Which stores had over $6,000 in revenue in Q3?",
        ),
        ("The ten products that flew off the shelves most in Q2 2026", "The ten products that sold most in Q2 2026"),
        ("Revenue in May 2026 according to the CRM", "Revenue in May 2026"),
        ("As things stand, what was revenue in May 2026?", "What was revenue in May 2026?"),
        ("Roughly speaking, orders by region in 2025", "Orders by region in 2025"),
        (
            "Top five customers by revenue in 2025 (customer numbers are enough)",
            "Top five customers by revenue in 2025",
        ),
        ("What did we sell for in October 2026?", "What was revenue in October 2026?"),
        ("How much money did we hand back to customers in August?", "What were refunds in August?"),
        ("What did it cost us to win one new customer in 2025?", "What was the customer acquisition cost in 2025?"),
        ("How many pairs of shoes did we shift in May 2026?", "How many shoes did we sell in May 2026?"),
        ("What is the stock in each warehouse worth today?", "What is the inventory value in each warehouse today?"),
        ("What did the goods we sold in Q3 2026 cost us?", "What was the cost of goods sold in Q3 2026?"),
        (
            "Which campaign burned the most money in October 2026?",
            "Which campaign had the highest ad spend in October 2026?",
        ),
        (
            "How many buyers in the South have we lost, as things stand today?",
            "How many customers have we lost in the South today?",
        ),
        ("How many items sit under their reorder level?", "How many products are below their reorder point?"),
    ],
)
def test_a_verb_says_no_more_than_its_plain_word(novamart_business: Business, said: str, plain: str) -> None:
    """Both are understood, and as the same."""
    assert asked(planned(novamart_business, said)) == asked(planned(novamart_business, plain))


@pytest.mark.parametrize(
    "question",
    [
        "How many people left without buying in 2025?",
        "Orders in short supply in 2025",
        "How many people quit in May 2026?",  # the churned at a moment are no count of those who went in a month
        "What did we pay for shipping in 2025?",
        "What did an order cost us in shipping in 2025?",
        "How much money did we hand back to suppliers in August?",
        "What did it cost us to win back one customer in 2025?",
        "Top five customers by revenue in 2025, monthly figures are enough",
        "How quickly did customers return products in May 2026?",  # their number was told
        "How long do suppliers take to pay?",
        "Which customer burned the most money in 2025?",
    ],
)
def test_a_word_that_bears_on_it_is_asked_about(novamart_business: Business, question: str) -> None:
    """What would narrow or change the figure is not swallowed with the verb."""
    assert planned(novamart_business, question).clarification is not None
