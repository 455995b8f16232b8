"""Figures told of other things than the question's: another category, another split, a rate for a number, parts for a whole."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from tests.soundness.asking import groups_of, planned


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "Did our margin on Electronics slip? Gross margin of the category in September 2026 and in September 2025",
            "Gross margin, September 2026, where category is Electronics, compared with September 2025",
        ),
        (
            "How is Electronics doing? Revenue of the category by month in 2026",
            "Revenue, January to October 2026, by month, where category is Electronics",
        ),
        ("revenue of the category in Q3 2026", "Revenue, Q3 2026, by category"),
        ("this years orders by channel", "Orders, January to October 2026, by sales channel"),
        (
            "average lifetime value of customers in the West and Midwest, by segment",
            "Customer lifetime value, as it is now, by customer segment, where region is West or Midwest",
        ),
        (
            "app sessions per week, last 2 weeks",
            "Sessions, 12 to 25 October 2026, by week, where sales channel is mobile_app",
        ),
        ("How often are orders cancelled in 2026?", "Cancellation rate, January to October 2026"),
        ("Where do our orders come from? Revenue by region in Q3 2026", "Revenue, Q3 2026, by region"),
        ("What share of our 2025 top line came from each region?", "Revenue, 2025, by region, as a share of the whole"),
    ],
)
def test_of_what_the_question_names(novamart_business: Business, question: str, means: str) -> None:
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    "question",
    [
        "For what reason were the most items sent back in Q3 2026?",  # was split by product too
        "late shipments due in Q3 2026",  # gave the late rate
        "new orders in October 2026",  # gave the orders of new customers
        "sum of orders in May 2026",  # gave their number
        "how often are items returned in 2026",  # gave a number of them
        "how many returns per store order in 2026",  # gave those of each store
        "For each of Books and Toys & Games, the two subcategories with the highest revenue in 2025",  # gave two of both
        "The shipments that are still not arrived, I need the list with the supplier and the due date",  # gave two numbers
    ],
)
def test_else_it_is_asked_about(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


def test_what_happened_then_is_told_whenever_it_began(novamart_business: Business) -> None:
    """ "Orders returned in Q3" took the last month's orders, of which some came back in Q3."""
    plan = planned(novamart_business, "For what reason were most orders returned in Q3 2026")
    assert plan.clarification is not None or plan.queries[0].query.period is None


def test_the_name_of_a_figure_goes_on(novamart_business: Business) -> None:
    """ "Now the items per order" behind a split of this year was told of the last month alone."""
    first = planned(novamart_business, "AOV by channel this year")
    for question in ("now the items per order", "okay, items per order", "then the return rate"):
        query = planned(novamart_business, question, first).queries[0].query
        assert groups_of(query) == groups_of(first.queries[0].query)
        assert query.period == first.queries[0].query.period


def test_a_rate_at_the_head_is_no_order(novamart_business: Business) -> None:
    """ "Refund rate for ..." was refused as if something were to be refunded."""
    plan = planned(novamart_business, "Refund rate for Apparel compared to Electronics this year")
    assert plan.refusal is None
    assert planned(novamart_business, "refund the last order of customer 5").refusal is not None


def test_a_month_before_a_months_last_day_is_a_months_last_day(novamart_business: Business) -> None:
    """Stock at the end of September was held against that of 30 August."""
    first = planned(novamart_business, "inventory value at the end of September 2026 by category")
    query = planned(novamart_business, "and a month earlier?", first).queries[0].query
    ends = [item.period.end for item in query.compare if item.period is not None]
    ends += [query.period.end] if query.period is not None else []
    assert dt.date(2026, 9, 1) in ends and dt.date(2026, 8, 31) not in ends


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What was AOV in October 2026, and what is the target for it?", True),
        ("AOV and its target in October 2026", True),
        ("AOV against the target in October 2026", False),
    ],
)
def test_a_target_asked_for_is_a_figure(novamart_business: Business, question: str, asked: bool) -> None:
    query = planned(novamart_business, question).queries[0].query
    assert query.targets and query.targets_are_asked is asked


def test_a_target_by_month_is_no_forecast(novamart_business: Business) -> None:
    """ "GMV and its target by month in 2026" told of November and December alone."""
    plan = planned(novamart_business, "GMV and its target by month in 2026")
    assert plan.analysis is None and plan.queries[0].query.targets
