"""Times that the question's own time was given up for, and nouns and adjectives taken for things they are not."""

from __future__ import annotations

import pytest

from agent.business import Business
from agent.service import PlumblineService
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "Good afternoon. I'm preparing for Thursday's board meeting - what are our total sales year to date?",
            "Revenue, January to October 2026",
        ),
        ("We meet the bank on Thursday - what are our total sales year to date?", "Revenue, January to October 2026"),
        ("On Friday I see the auditors, what was revenue this year?", "Revenue, January to October 2026"),
        ("I have the Monday morning call. What was revenue?", "Revenue, October 2026 (no period was named)"),
        ("I joined in May. What was revenue in 2025?", "Revenue, 2025"),
        ("I joined in May. What was revenue?", "Revenue, October 2026 (no period was named)"),
        ("We had an outage in May 2025 - what was revenue in 2026?", "Revenue, January to October 2026"),
    ],
)
def test_a_time_of_who_asks_is_none_of_the_question(novamart_business: Business, question: str, means: str) -> None:
    """Sales of Thursday alone were given for the year's, and the revenue of customers who signed up in May."""
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    "question",
    [
        "I joined in May. What was revenue in 2025?",
        "I joined in May - what was revenue in 2025?",
        "Sorry, I only joined in May, but what was revenue in 2025?",
    ],
)
def test_what_is_set_aside_is_said(novamart_business: Business, question: str) -> None:
    plan = planned(novamart_business, question)
    assert plan.interpretation == "Revenue, 2025"
    assert any("in May" in caveat for caveat in plan.caveats)


@pytest.mark.parametrize(
    "question",
    [
        "Those we onboarded in May 2025, what was their revenue in 2026?",
        "Those I onboarded in May 2025: revenue in 2026?",  # the revenue of all
        "how good was the West?",  # the number of products
        "revenue in Q3 2026 and in 2025",  # the whole of 2025
        "how many customers with 3 or more orders in 2025 or 2024",  # one figure for each
        "how many orders were cancelled in Q3 2026 and what share is that",  # the share alone
        "which categories had more returns and less revenue in 2025 than in 2024",
    ],
)
def test_what_is_open_is_asked(novamart_business: Business, question: str) -> None:
    plan = planned(novamart_business, question)
    assert plan.clarification is not None, plan.interpretation


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("revenue last month and year to date", ("Revenue, September 2026", "Revenue, January to October 2026")),
        ("sales today and this month", ("Revenue, 31 October 2026", "Revenue, October 2026")),
        (
            "orders by region in October and this year so far",
            ("Orders, October 2026, by region", "Orders, January to October 2026, by region"),
        ),
    ],
)
def test_joined_times_are_both_told(novamart_business: Business, question: str, parts: tuple[str, ...]) -> None:
    """The longer time was dropped: only last month's revenue was given."""
    plan = PlumblineService(novamart_business).ask(question).plan
    assert plan is not None
    assert tuple(step.plan.interpretation for step in plan.steps if step.plan is not None) == parts


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("How many supplier shipments are still under way?", "Open shipments, all the data (no period was named)"),
        ("how many customer orders in 2025", "Orders, 2025"),  # the customers who ordered
        ("how many customer returns in 2025", "Returns, 2025"),
        ("customers who ordered in 2025", "Active customers, 2025"),
        ("gmv aov orders in 2025", "GMV, Average order value and Orders, 2025, beside the target"),  # no orders
    ],
)
def test_two_nouns_are_one_thing(novamart_business: Business, question: str, means: str) -> None:
    """Suppliers were counted beside their shipments."""
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("revenue in 2026 year to date", "Revenue, January to October 2026"),  # "last 2026 years"
        ("revenue from January 2025 to date", "Revenue, January 2025 to October 2026"),
        ("revenue January 2025 to date", "Revenue, January 2025 to October 2026"),  # January alone
        ("revenue in Q3 of 2026 and of 2025", "Revenue, Q3 2026, compared with Q3 2025"),  # the whole of 2025
        ("revenue in Q3 compared with 2025", "Revenue, Q3 2026, compared with Q3 2025"),  # the whole of 2025
        ("revenue this quarter against 2025", "Revenue, October 2026, compared with October 2025"),
        (
            "revenue year to date vs 2025",
            "Revenue, January to October 2026, compared with 2025 to date (January to October 2025)",
        ),
        (
            "how did Christmas 2025 compare with 2024 for orders",  # a day beside a year
            "Orders, 25 December 2025, compared with Christmas 2024 (25 December 2024)",
        ),
        (
            "Net revenue per quarter for 2025 and 2026 up to Q3",
            "Net revenue, January 2025 to September 2026, by quarter",
        ),
        (
            "Which categories brought in less revenue in October than in the same month a year ago?",
            "Revenue, October 2026, by category, only where Revenue change below 0, lowest first by Revenue change, "
            "compared with October 2025",
        ),
        (
            "Which categories had lower revenue in October than in October 2025?",
            "Revenue, October 2026, by category, only where Revenue change below 0, lowest first by Revenue change, "
            "compared with October 2025",
        ),
        (
            "rank the stores by gross margin in 2026",
            "Gross margin, January to October 2026, by store, where store is known, highest first by Gross margin",
        ),
    ],
)
def test_times_and_orders_as_they_are_said(novamart_business: Business, question: str, means: str) -> None:
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "Which subcategories had a return rate of more than 10% over the last 12 months?",  # of October, held against them
            "Return rate, November 2025 to October 2026, by subcategory, only where Return rate above 0.1",
        ),
        (
            "categories whose revenue was up more than 10% over last year",
            "Revenue, 2025, by category, only where Revenue growth above 0.1, compared with 2024",
        ),
        (
            "categories whose revenue grew by more than 10% over September 2026",
            "Revenue, October 2026 (no period was named), by category, only where Revenue growth above 0.1, "
            "compared with September 2026",
        ),
        (
            "What portion of full-year 2025 revenue fell in the fourth quarter?",  # the fourth quarter's revenue and its fall
            "Share of revenue in fourth quarter 2025: Revenue, 2025, by quarter of year, only where quarter of year is 4, "
            "as a share of the whole",
        ),
        (
            "what percentage of 2025 Grocery revenue was made in December",
            "Share of revenue in December 2025: Revenue, 2025, by month of year, where category is Grocery, "
            "only where month of year is December, as a share of the whole",
        ),
        (
            "What was customer retention at the end of March, of June and of September 2026?",  # March was lost
            "Retention rate, September 2026, compared with June 2026 and March 2026",
        ),
        (
            "How many different Grocery products did we actually sell in October 2026?",  # the units sold
            "Products sold, October 2026, where category is Grocery",
        ),
        (
            "How many orders did we have in Q3 2026, and how many units were in those?",  # the orders were lost
            "Orders and Units sold, Q3 2026",
        ),
    ],
)
def test_each_time_and_thing_counts_for_what_is_said_of_it(
    novamart_business: Business, question: str, means: str
) -> None:
    plan = PlumblineService(novamart_business).ask(question).plan
    assert plan is not None and plan.interpretation == means


@pytest.mark.parametrize(
    "question",
    [
        "How many supplier shipments have not arrived yet, and how many units are in those?",  # the units of all orders
        "How many new customers did we win in May 2026, and how much revenue did they bring?",  # the revenue of all
        "How many late shipments were there in Q3 2026, and how many units were in them?",
        "How many products are out of stock, and how many units did we sell of those?",
        "what share of each category's 2025 revenue came in Q4?",
        "what percent of last year's orders came in the second half",
        "just give me the number for the South",  # the number of customers
        "the number for Books please",  # the number of products
    ],
)
def test_what_no_query_narrows_is_asked(novamart_business: Business, question: str) -> None:
    plan = PlumblineService(novamart_business).ask(question).plan
    assert plan is not None and plan.clarification is not None, plan and plan.interpretation
