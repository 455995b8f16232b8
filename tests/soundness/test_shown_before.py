"""Questions behind an answer that took no account of what it had shown."""

from __future__ import annotations

import pytest

from agent.business import Business
from catalog.durations import TimePart
from catalog.plan import Plan
from catalog.query import FieldCondition, MetricQuery, Not, TimeDimension
from tests.soundness.asking import planned


def follow(business: Business, *questions: str) -> Plan:
    """The plan of the last of some questions, each asked behind the one before."""
    plan: Plan | None = None
    for question in questions:
        plan = planned(business, question, plan)
    assert plan is not None
    return plan


def queried(business: Business, *questions: str) -> MetricQuery:
    return follow(business, *questions).queries[0].query


@pytest.mark.parametrize(
    "question", ["drop the new customers", "without the new customers", "leave out the new customers"]
)
def test_a_value_shown_before_wins_over_a_figure_of_that_name(novamart_business: Business, question: str) -> None:
    """The number of new customers was given, held against the month before."""
    query = queried(novamart_business, "AOV in September 2026 by segment", question)
    assert [use.metric for use in query.metrics] == ["aov"]
    condition = query.where.condition if isinstance(query.where, Not) else query.where
    assert isinstance(condition, FieldCondition)
    assert (condition.field, condition.values) == ("customers.segment", ("new",))
    assert not any(item.show == "measure" for item in query.compare)


@pytest.mark.parametrize(
    ("before", "question", "part"),
    [
        ("orders by weekday in 2026", "and on the app, which day is the busiest?", TimePart.WEEKDAY),
        ("sessions by hour of the day in October 2026", "which hour is the quietest?", TimePart.HOUR_OF_DAY),
    ],
)
def test_the_day_of_a_split_by_weekday_is_a_weekday(
    novamart_business: Business, before: str, question: str, part: TimePart
) -> None:
    """It was a date."""
    assert queried(novamart_business, before, question).group_by == (TimeDimension(part=part),)


@pytest.mark.parametrize(
    ("before", "metric"),
    [("discount rate by category in 2026", "discounts"), ("return rate by category in 2026", None)],
)
def test_a_rate_is_no_amount_of_money(novamart_business: Business, before: str, metric: str | None) -> None:
    """The rates were shown again."""
    plan = follow(novamart_business, before, "and which one gave away the most in dollars?")
    named = [use.metric for item in plan.queries for use in item.query.metrics]
    assert named == ([metric] if metric else [])
    assert metric is None or plan.queries[0].query.limit == 1


def test_the_same_answer_again_is_none(novamart_business: Business) -> None:
    """The figure was given once more, of another time."""
    assert follow(novamart_business, "ad spend in May 2026", "what was it spent on?").clarification is not None
