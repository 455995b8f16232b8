"""Words of time that once gave the figure of another time, in silence."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from agent.service import PlumblineService
from catalog.durations import TimeGrain
from catalog.query import FieldCondition, TimeDimension
from tests.soundness.asking import planned


@pytest.mark.parametrize("question", ["I'd like orders in 2025", "I'm to report orders in 2025"])
def test_a_letter_behind_an_apostrophe_compares_nothing(novamart_business: Business, question: str) -> None:
    """ "'d" was read as day over day, "'m" as month over month."""
    query = planned(novamart_business, question).queries[0].query
    assert not any(item.show == "measure" for item in query.compare)


@pytest.mark.parametrize(
    "question",
    [
        "stock value at month end for the last 6 months",
        "at the end of the month, what was the stock value from May to October 2026",
        "month-end stock value, May to October 2026",
    ],
)
def test_the_ends_of_several_months_are_several_figures(novamart_business: Business, question: str) -> None:
    """Only the last month's end was given."""
    query = planned(novamart_business, question).queries[0].query
    assert query.group_by == (TimeDimension(grain=TimeGrain.MONTH),)
    assert query.period is not None
    assert query.period.start == dt.date(2026, 5, 1)


@pytest.mark.parametrize("question", ["new customers after 6 pm in 2025", "new customers by hour of the day in 2025"])
def test_days_have_no_hours(novamart_business: Business, question: str) -> None:
    """Every day counted as midnight, so that the evening's figure was nought."""
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("orders in September 2026 except Sundays", 6),
        ("orders in September 2026 without weekends", 5),
        ("orders in September 2026 on all days but Saturdays and Sundays", 5),
        ("orders in September 2026 from 18:00 until midnight", 6),
        ("orders in September 2026 between 10 pm and 6 am", 8),
    ],
)
def test_parts_of_the_day_and_week(novamart_business: Business, question: str, kept: int) -> None:
    condition = planned(novamart_business, question).queries[0].query.where
    assert isinstance(condition, FieldCondition)
    assert condition.field == "metric_time"
    assert len(condition.values) == kept


def test_a_part_left_out_gives_the_rest(hospital: PlumblineService) -> None:
    whole = hospital.ask("Admissions in 2024").results[0].rows[0][0]
    parts = [
        hospital.ask(f"Admissions in 2024 {words}").results[0].rows[0][0]
        for words in ("on weekends", "except weekends")
    ]
    assert sum(parts) == whole
