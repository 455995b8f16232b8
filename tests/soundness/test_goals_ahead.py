"""Goals and suppositions in a time to come: it was dropped, or taken for the one a year before: the answer was of another time."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from agent.service import PlumblineService
from catalog.analyses.scenario import GoalRequest, ScenarioRequest
from catalog.query import Period
from tests.soundness.asking import planned


def month(year: int, number: int) -> Period:
    return Period(start=dt.date(year, number, 1), end=dt.date(year + number // 12, number % 12 + 1, 1))


def days(period: Period | None) -> tuple[object, object] | None:
    return None if period is None else (period.start, period.end)


def goal(business: Business, question: str) -> GoalRequest:
    analysis = planned(business, question).analysis
    assert isinstance(analysis, GoalRequest)
    return analysis


@pytest.mark.parametrize(
    ("question", "ahead"),
    [
        ("What would it take to get GMV to 160k in November?", month(2026, 11)),
        ("What would it take to get GMV to 160k in December 2026?", month(2026, 12)),
        ("What would it take to reach 200k revenue next month?", month(2026, 11)),
        ("What would it take to get the return rate below 10 % by year end?", month(2026, 12)),
        ("How do we get to 2.5M GMV in 2027?", Period(start=dt.date(2027, 1, 1), end=dt.date(2028, 1, 1))),
    ],
)
def test_the_time_to_come_is_kept(novamart_business: Business, question: str, ahead: Period) -> None:
    assert days(goal(novamart_business, question).ahead) == days(ahead)


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("What would it take to reach 170k GMV in October?", month(2026, 10)),
        ("What would it take to get GMV of last November to 200k?", month(2025, 11)),
    ],
)
def test_a_time_that_has_been_is_itself(novamart_business: Business, question: str, period: Period) -> None:
    asked = goal(novamart_business, question)
    assert (days(asked.period), asked.ahead) == (days(period), None)


@pytest.mark.parametrize(
    ("question", "ahead"),
    [
        ("What if we raise prices 5 % next month?", month(2026, 11)),
        ("What happens to GMV if we cut ad spend by 20 % in December?", month(2026, 12)),
        (
            "What would GMV be in Q1 2027 if prices rise 3 %?",
            Period(start=dt.date(2027, 1, 1), end=dt.date(2027, 4, 1)),
        ),
        ("What if we raise prices 5 % from next month on?", month(2026, 11)),
    ],
)
def test_what_is_supposed_of_a_time_to_come(novamart_business: Business, question: str, ahead: Period) -> None:
    analysis = planned(novamart_business, question).analysis
    assert isinstance(analysis, ScenarioRequest)
    assert days(analysis.ahead) == days(ahead)
    assert days(analysis.period) == days(month(2026, 10))


@pytest.mark.parametrize(
    "question",
    ["What if we had raised prices 5 % in December?", "What would GMV have been in May if we had cut prices by 5 %?"],
)
def test_what_might_have_been_is_of_what_was(novamart_business: Business, question: str) -> None:
    analysis = planned(novamart_business, question).analysis
    assert isinstance(analysis, ScenarioRequest)
    assert analysis.ahead is None


def test_what_has_no_usual_period_is_measured_on_the_last_whole_one(hospital: PlumblineService) -> None:
    """The levers were measured on all the data there are."""
    plan = hospital.ask("What would it take to get admissions to 500 next month?").plan
    assert plan is not None and isinstance(plan.analysis, GoalRequest)
    period, ahead = plan.analysis.period, plan.analysis.ahead
    assert period is not None and ahead is not None
    assert period.start is not None and period.end is not None
    assert (period.end - period.start).days <= 31


def test_what_is_supposed_of_a_day_is_told_of_that_day(novamart_business: Business) -> None:
    """No forecast of days was tried: the answer was of the month before, under the name of the day."""
    answer = PlumblineService(novamart_business).ask("What if we raise prices 5 % tomorrow?")
    assert answer.status == "answer"
    assert "would be" in answer.headline and "1 November 2026" in answer.headline
