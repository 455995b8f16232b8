"""Events that were counted as the things they happen to, sums that came in parts, and periods that fell off behind a comma."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("orders by month, for the months of 2025", "Orders, 2025, by month"),
        ("orders for the quarters of 2025", "Orders, 2025, by quarter"),
        (
            "rolling 3-month average of monthly orders, for the months of 2025",
            "Orders, 2025, by month, only where month at least",
        ),
    ],
)
def test_a_time_behind_a_comma_is_the_questions(novamart_business: Business, question: str, means: str) -> None:
    """With "months" unknown, the clause was set aside and its year with it: all the data were shown."""
    assert planned(novamart_business, question).interpretation.startswith(means)


@pytest.mark.parametrize(
    "question",
    ["revenue by month, flurb 2025", "orders, for the glorps of 2025", "revenue by month, during the flurbish Q3 2025"],
)
def test_no_time_is_set_aside_with_a_word_nobody_knows(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "how many times a year does the stock turn, as of now?",
            "Inventory turnover, as of 31 October 2026, beside the target",
        ),
        ("how often a year did stock turn in each quarter of 2025", "Inventory turnover, 2025, by quarter"),
        ("inventory turnover by year", "Inventory turnover, all the data (no period was named), by year"),
    ],
)
def test_a_figure_of_a_year_is_not_split_by_it(novamart_business: Business, question: str, means: str) -> None:
    """A row for each year was given, where the turns of one year were asked for."""
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("how many times did customers order in 2025?", "Orders, 2025"),
        ("how many times did vip customers buy in 2025", "Orders, 2025, where customer segment is vip"),
        ("how many times were products returned in 2025?", "Returns, 2025"),
    ],
)
def test_times_are_events(novamart_business: Business, question: str, means: str) -> None:
    """The number of different customers who ordered was given."""
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    "question", ["how many times a year does a customer order?", "how many times does the average customer order"]
)
def test_the_times_of_one_are_not_those_of_all(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    "question",
    [
        "ad spend on video plus display in H1 2026",
        "ad spend on video plus display in H1 2026, one number",
        "ad spend for video and display in H1 2026, as one figure please",
        "ad spend for video and display, in a single number, for H1 2026",
    ],
)
def test_a_sum_is_one_number(novamart_business: Business, question: str) -> None:
    """Each part was shown, and not what they come to."""
    plan = planned(novamart_business, question)
    assert plan.interpretation == "Ad spend, H1 2026, where ad channel is video or display"


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("Did store 9 sell more than store 1 in 2025?", "revenue"),
        ("Did store 9 sell less than store 1 in 2025?", "revenue"),
        ("Which store sold more in 2025, store 9 or store 1?", "revenue"),
        ("Did we sell more in 2025 than in 2024?", "revenue"),
        ("Which products sold more than 500 units in 2025?", "units_sold"),
        ("how many did store 9 sell in 2025?", "units_sold"),
    ],
)
def test_a_verb_names_one_figure_whether_more_or_most(novamart_business: Business, question: str, metric: str) -> None:
    """ "Sold the most" is the revenue's name, and "sold more" was told in units."""
    assert [use.metric for use in planned(novamart_business, question).queries[0].query.metrics] == [metric]


def test_none_of_three_moments_is_left_out(novamart_business: Business) -> None:
    """The first of three was dropped, and the last held against the second alone."""
    question = "customer retention at the end of March 2026, the end of June 2026 and the end of September 2026"
    query = planned(novamart_business, question).queries[0].query
    assert [item.period and str(item.period.start) for item in query.compare] == ["2026-06-01", "2026-03-01"]


def test_a_third_moment_said_otherwise_is_asked_about(novamart_business: Business) -> None:
    question = "stock value as of 1 March 2026 versus as of 1 June 2026 versus as of 1 September 2026"
    plan = planned(novamart_business, question)
    assert plan.clarification is not None or len(plan.queries[0].query.compare) == 2
