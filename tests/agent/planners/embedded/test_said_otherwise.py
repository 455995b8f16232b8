"""What people say in words of their own, said the way that the passes know."""

from __future__ import annotations

import pytest

from agent.business import Business
from agent.planners.embedded.how_often import with_rates_asked_for
from agent.planners.embedded.said_separately import with_sides_held_apart
from agent.planners.embedded.shorthand import expand
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("revenue since we opened", "revenue ever"),
        ("Which quarter since the launch had the most orders?", "Which quarter ever had the most orders?"),
        ("revenue since we opened Leeds", "revenue since we opened Leeds"),
        ("customers since the launch of the app", "customers since the launch of the app"),
        ("members between 25 and 44 years old", "members between 25 and 44 years"),
        ("the same, ranked on orders", "the same, ranked by orders"),
        ("revenue for the whole of 2026", "revenue for 2026"),
        ("the whole of our revenue", "the whole of our revenue"),
        ("which city received the most parcels", "which city had the most parcels"),
        ("how many reviews has Kola recieved in 2026", "how many reviews has Kola get in 2026"),
        ("average amount received", "average amount received"),
        ("on average, how many orders did each customer place with us?", "average number of orders per customer?"),
    ],
)
def test_general_ways_of_speaking(said: str, meant: str) -> None:
    assert expand(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("sales, web and app separately", "sales, web vs app"),
        ("late orders now, express and normal ones apart?", "late orders now, express vs normal ones?"),
        ("sales by region and channel separately", "sales by region and channel separately"),
        ("sales of web and app", "sales of web and app"),
    ],
)
def test_two_sides_told_apart(said: str, meant: str) -> None:
    assert with_sides_held_apart(said, lambda words: False) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "are trade customers more often insured than private ones",
            "what percentage of trade versus private customers are insured",
        ),
        (
            "were web orders cancelled more often than app orders in 2025",
            "what percentage of web versus app orders are cancelled in 2025",
        ),
        ("do trade customers order more often than in 2024", "do trade customers order more often than in 2024"),
    ],
)
def test_what_holds_more_often(said: str, meant: str) -> None:
    assert with_rates_asked_for(said) == meant


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "Cyber Monday orders in 2024 and 2025",
            "Orders, 1 December 2025, compared with Cyber Monday 2024 (2 December 2024)",
        ),
        (
            "list the products with a return rate above 8 percent in 2025",
            "Return rate, 2025, by product, only where Return rate above 0.08",
        ),
        ("customer acquisition cost per new customer in 2025", "Customer acquisition cost, 2025, beside the target"),
        ("head count of customers by region", "Customers, as of 31 October 2026 (no period was named), by region"),
    ],
)
def test_what_a_question_comes_to(novamart_business: Business, question: str, means: str) -> None:
    assert planned(novamart_business, question).interpretation == means
