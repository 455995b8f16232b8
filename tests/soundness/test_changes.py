"""Groups and periods are ranked and picked by how a figure changed, where a change is what is asked for."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from catalog.access import Principal, view_for
from catalog.query import MetricQuery, TimeDimension, dimension_name
from tests.soundness.asking import planned


def query_of(business: Business, question: str) -> MetricQuery:
    return planned(business, question).queries[0].query


@pytest.mark.parametrize(
    ("question", "column", "descending"),
    [
        ("worst drop in orders by region in May 2026 vs April 2026", "order_count_previous_change", False),
        ("biggest drop in orders by store in May 2026 vs April 2026", "order_count_previous_change", False),
        ("Which category gained the most orders in 2026 compared to 2025?", "order_count_previous_change", True),
        ("Which segment improved its return rate the most since last year?", "return_rate_previous_change", False),
        ("fastest growing categories by revenue in 2026", "revenue_previous_growth", True),
        ("slowest growing categories by revenue in 2026", "revenue_previous_growth", False),
        ("rank categories by revenue decline in 2026", "revenue_previous_change", False),
        ("Which categories are slowing down in revenue in 2026?", "revenue_previous_growth", False),
        ("top 5 categories by revenue in 2026 with their growth", "revenue", True),
    ],
)
def test_what_is_ranked(novamart_business: Business, question: str, column: str, descending: bool) -> None:
    """The worst drop was the highest growth, an improved return rate the one that rose most, the top five by revenue those
    that grew most."""
    order = query_of(novamart_business, question).order_by[0]
    assert (order.column, order.descending) == (column, descending)


@pytest.mark.parametrize(
    ("question", "operator"),
    [
        ("Which regions' revenue is declining?", "lt"),
        ("In which regions are orders growing?", "gt"),
        ("Which categories excluding Books are declining in revenue?", "lt"),
        ("Which region's return rate got worse this year?", "gt"),
        ("Which stores had higher revenue this year than last year?", "gt"),
        ("smallest drop in revenue by category in October vs September", "lt"),
    ],
)
def test_those_that_moved_one_way_are_picked(novamart_business: Business, question: str, operator: str) -> None:
    query = query_of(novamart_business, question)
    keys = {dimension_name(item) for item in query.group_by}  # a group without a name may be left out besides
    moved = [(item.column, item.operator, item.values) for item in query.having if item.column not in keys]
    assert moved == [(f"{query.metrics[0].name}_previous_change", operator, (0,))]


def test_the_month_of_the_biggest_drop(novamart_business: Business) -> None:
    """It was the month with the highest revenue."""
    query = query_of(novamart_business, "Which month had the biggest drop in revenue in 2026?")
    assert query.compare[0].offset is not None
    assert (query.order_by[0].column, query.order_by[0].descending) == ("revenue_previous_change", False)
    assert [(item.column, item.operator) for item in query.having] == [("revenue_previous", "is_not_null")]


def test_a_month_that_has_only_begun_is_no_fall(novamart_business: Business) -> None:
    planner = novamart_business.planner(view_for(novamart_business.catalog, Principal()))
    plan = planner.plan("In which months of 2026 did revenue fall?", dt.date(2026, 6, 10))
    query = plan.queries[0].query
    assert isinstance(query.group_by[0], TimeDimension)
    assert query.period is not None and query.period.end == dt.date(2026, 6, 1)


def test_a_higher_figure_has_not_risen(novamart_business: Business) -> None:
    """It was held against a year before, where only two groups were to be held against each other."""
    assert not query_of(novamart_business, "Does web or store have the higher AOV?").compare


def test_since_last_year_meets_the_same_days_of_it(novamart_business: Business) -> None:
    """Last year and this one together were held against the twenty-two months before."""
    query = query_of(novamart_business, "How much has revenue grown since last year?")
    assert query.period is not None and query.period.start == dt.date(2026, 1, 1)
    earlier = query.compare[0].period
    assert earlier is not None and earlier.start == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    "question",
    [
        "second fastest growing category by revenue in 2026",
        "Which category changed the most in revenue?",
        "Which category gained share of revenue?",
        "Where are orders falling?",
        "Which stores had higher revenue than last year in 2026?",
    ],
)
def test_what_is_open_is_asked_about(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None
