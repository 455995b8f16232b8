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


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("Which region grew fastest in Q3 compared with Q3 a year ago, going by sales?", dt.date(2025, 7, 1)),
        ("revenue in September and a year ago", dt.date(2025, 9, 1)),
        ("revenue in Q3 2026 vs Q3 two years ago", dt.date(2024, 7, 1)),
        ("orders in September 2026 and two quarters ago", dt.date(2026, 3, 1)),
    ],
)
def test_so_long_ago_is_said_of_the_time_beside_it(novamart_business: Business, question: str, start: dt.date) -> None:
    """ "A year ago" was the calendar year before, held against a quarter."""
    compared = [
        item for item in planned(novamart_business, question).queries[0].query.compare if item.show == "measure"
    ]
    assert [item.period.start for item in compared if item.period is not None] == [start]


@pytest.mark.parametrize(
    ("before", "question", "start", "end"),
    [
        ("revenue in Q3 2026 by region", "and a year ago?", dt.date(2025, 7, 1), dt.date(2025, 10, 1)),
        ("orders in October 2026", "and two months ago?", dt.date(2026, 8, 1), dt.date(2026, 9, 1)),
        ("churn right now?", "and a year ago?", None, dt.date(2025, 11, 1)),
        ("churn rate as of 30 September 2026", "and a month ago?", None, dt.date(2026, 9, 1)),
    ],
)
def test_and_a_year_ago_moves_the_time_asked_about_before(
    novamart_business: Business, before: str, question: str, start: dt.date | None, end: dt.date
) -> None:
    """The whole year before was given, and of a level its last day."""
    period = planned(novamart_business, question, planned(novamart_business, before)).queries[0].query.period
    assert period is not None
    assert (period.start, period.end) == (start, end)


def test_before_which_of_two_times_is_asked(novamart_business: Business) -> None:
    """ "Two years ago" behind "a year ago" went back three."""
    first = planned(novamart_business, "revenue in Q3 2026")
    second = planned(novamart_business, "and a year ago?", first)
    assert planned(novamart_business, "and two years ago?", second).clarification is not None
    may = planned(novamart_business, "revenue in May 2026")
    assert planned(novamart_business, "and a month ago?", may).clarification is not None


@pytest.mark.parametrize("question", ["revenue a year ago", "revenue right now", "orders in May 2026 vs May 2026"])
def test_a_time_that_may_be_another_is_asked_for(novamart_business: Business, question: str) -> None:
    """The calendar year, the day of the question and nothing at all were taken."""
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    "question", ["how many orders are still in processing at the moment", "how many orders are currently in processing"]
)
def test_what_is_so_now_may_have_begun_long_ago(novamart_business: Business, question: str) -> None:
    """Only those placed on the last day were counted."""
    assert planned(novamart_business, question).queries[0].query.period is None


@pytest.mark.parametrize(
    "question",
    [
        "How many admissions were there between 1 March and 31 May 2024, and what is the readmission rate?",
        "What was the readmission rate, and how many admissions were there between 1 March and 31 May 2024?",
    ],
)
def test_a_time_said_once_is_that_of_both_figures(hospital: PlumblineService, question: str) -> None:
    """The other figure took the usual month."""
    answer = hospital.ask(question)
    assert "March to May 2024" in answer.interpretation
    assert answer.interpretation.count("202") == 1 or answer.interpretation.count("March to May 2024") == 2


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("orders on Black Friday 2025 and 2024", [(11, 29, 2024)]),
        ("orders in October 2026 vs 2025", [(10, 1, 2025)]),
        ("is gmv in October 2026 higher than 2025", [(10, 1, 2025)]),
        ("revenue in Q3 2026, 2025 and 2024", [(7, 1, 2025), (7, 1, 2024)]),
        ("revenue in 2025 and October 2026", [(1, 1, 2025)]),
    ],
)
def test_a_year_behind_a_stretch_of_another_is_that_years_stretch(
    novamart_business: Business, question: str, earlier: list[tuple[int, int, int]]
) -> None:
    """One day was held against the whole of the year before."""
    query = planned(novamart_business, question).queries[0].query
    starts = [item.period.start for item in query.compare if item.period is not None]
    assert starts == [dt.date(year, month, day) for month, day, year in earlier]


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("cumulative orders through 2025, month by month up to June", dt.date(2025, 1, 1), dt.date(2025, 7, 1)),
        ("orders in 2025 by month, from July on", dt.date(2025, 7, 1), dt.date(2026, 1, 1)),
        ("orders in January and until March 2026", dt.date(2026, 1, 1), dt.date(2026, 4, 1)),
    ],
)
def test_both_ends_of_a_stretch_count(novamart_business: Business, question: str, start: dt.date, end: dt.date) -> None:
    """ "Through 2025 ... up to October" ran over all that was before October."""
    period = planned(novamart_business, question).queries[0].query.period
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "question",
    [
        "orders since Friday 2 March 2026",
        "orders in each of the last six weeks, Sunday to Saturday",
        "orders in the last six weeks (Monday to Friday)",
    ],
)
def test_days_of_the_week_that_do_not_fit_are_asked_about(novamart_business: Business, question: str) -> None:
    """The first was no answer at all, the others gave the days of the last week alone."""
    assert planned(novamart_business, question).clarification is not None


def test_the_first_of_two_times_said_to_be_ahead_is_held_against_the_second(novamart_business: Business) -> None:
    """ "More in 2024 than in 2025" was the fall from the one to the other."""
    query = planned(novamart_business, "How many more orders came in 2024 than in 2025?").queries[0].query
    starts = [period.start for period in (query.period, query.compare[0].period) if period is not None]
    assert starts == [dt.date(2024, 1, 1), dt.date(2025, 1, 1)]
