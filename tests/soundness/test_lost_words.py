"""Words of a question that once got lost on the way, and gave the figure of another question: small cases of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.business import Business
from agent.service import PlumblineService
from catalog.access import Principal, view_for
from catalog.plan import Plan

ADMISSIONS = """
    SELECT COUNT(*) FROM stays s JOIN departments d USING (department_id) JOIN patients p USING (patient_id)
    WHERE s.admitted_at >= DATE '2024-01-01' AND s.admitted_at < DATE '2025-01-01' AND {condition}
"""


def by_hand(database: Path, sql: str) -> Any:
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(sql).fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("Admissions in 2024, everywhere except Cardiology", "department_name <> 'Cardiology'"),
        ("Admissions in 2024 everywhere but Cardiology", "department_name <> 'Cardiology'"),
        (
            "Admissions in 2024 in Cardiology or of female patients",
            "(department_name = 'Cardiology' OR sex = 'female')",
        ),
    ],
)
def test_exceptions_and_alternatives_stay(
    hospital: PlumblineService, hospital_database: Path, question: str, condition: str
) -> None:
    """An exception was left out; "or" across two fields was read as "and"."""
    answer = hospital.ask(question)
    assert answer.status == "answer", answer.headline
    expected = by_hand(hospital_database, ADMISSIONS.format(condition=condition))
    assert answer.results[0].rows[0][0] == expected


@pytest.mark.parametrize(
    "question",
    [
        "What were admissions in 2024, and how many wizards were there?",
        "How many discharges were there in 2024, and what was the flurb rate?",
        "Admissions in 2024 by department, and the flurb rate",
    ],
)
def test_a_part_that_is_not_understood_is_asked_about(hospital: PlumblineService, question: str) -> None:
    """The part that was understood was answered as if it were all."""
    assert hospital.ask(question).status == "clarify"


@pytest.mark.parametrize(
    "question",
    [
        "total discount of returned orders in 2026",  # the discounts of all orders
        "GMV including cancelled orders in 2025",  # the figure leaves them out by definition
        "number of orders with returns in 2025",  # all orders were counted
        "number of products with returns in 2025",  # the returns were counted
        "revenue by region instead of channel",  # both were split by
        "revenue by region rather than channel",
        "GMV by region or segment",  # both were split by
        "revenue vs target",  # there is none
        "expected GMV in November",  # the last November's was given
        "revenue from existing customers",
        "sessions that added to cart but didn't check out",  # no event is both: all sessions were counted
        "GMV in 2025 and",
    ],
)
def test_words_that_change_the_question_are_asked_about(novamart_business: Business, question: str) -> None:
    """The word was dropped, and the plain figure given."""
    assert planned(novamart_business, question).clarification is not None


def test_the_worst_of_what_should_be_low_is_the_highest(novamart_business: Business) -> None:
    """ "Worst first" sorted from the lowest on, whatever the figure."""
    plan = planned(novamart_business, "cancellation rate by channel, worst first")
    assert plan.queries[0].query.order_by[0].descending


def test_the_superlative_beside_the_figure_decides(novamart_business: Business) -> None:
    """ "Top 3" outdid "with the lowest"."""
    query = planned(novamart_business, "top 3 categories with the lowest return rate").queries[0].query
    assert (query.limit, query.order_by[0].descending) == (3, False)


def planned(business: Business, question: str) -> Plan:
    view = view_for(business.catalog, Principal())
    return business.planner(view).plan(question, business.as_of())


@pytest.mark.parametrize(
    ("question", "departments"),
    [
        ("departments with more than 500 or less than 50 admissions in 2024",
         ["Cardiology", "General Surgery", "Intensive Care", "Internal Medicine"]),
        ("departments with more than 100 and less than 200 admissions in 2024", ["Oncology", "Orthopedics"]),
    ],
)  # fmt: skip
def test_two_bounds_of_one_figure(hospital: PlumblineService, question: str, departments: list[str]) -> None:
    """Joined bounds were never read; one of them must not stand for both."""
    answer = hospital.ask(question)
    assert answer.status == "answer", answer.headline
    assert sorted(row[0] for row in answer.results[0].rows) == departments


def test_how_many_things_that_no_figure_counts(hospital: PlumblineService) -> None:
    assert hospital.ask("how many departments had more than 500 admissions in 2024").results[0].rows[0][0] == 3


@pytest.mark.parametrize(
    ("words", "missed"), [("missed the readmission rate target", True), ("met the readmission rate target", False)]
)
def test_departments_are_picked_by_target(
    hospital: PlumblineService, hospital_database: Path, words: str, missed: bool
) -> None:
    """The target is at most 8 %: who misses it lies above."""
    answer = hospital.ask(f"which departments {words} in 2024")
    rates = {row[0]: row[1] for row in hospital.ask("readmission rate by department in 2024").results[0].rows}
    expected = sorted(name for name, rate in rates.items() if (float(rate) > 0.08) == missed)
    assert sorted(row[0] for row in answer.results[0].rows) == expected


def test_a_target_that_falls_out_of_the_plan_is_asked_about(novamart_business: Business) -> None:
    """ "Regions with GMV that missed target" gave every region."""
    assert planned(novamart_business, "regions with GMV that missed target").clarification is not None


@pytest.mark.parametrize(
    "question",
    [
        "customers who bought from more than one category last year",  # categories with more than one customer were given
        "what does 2025 revenue look like for mobile phone numbers",
    ],
)
def test_what_counts_kinds_or_asks_for_people_is_no_figure(novamart_business: Business, question: str) -> None:
    plan = planned(novamart_business, question)
    assert plan.clarification is not None or plan.refusal is not None


def test_who_did_it_is_no_split(novamart_business: Business) -> None:
    """ "Orders by vip customers" counted the customers."""
    assert planned(novamart_business, "orders by vip customers in 2025").interpretation == (
        "Orders, 2025, where customer segment is vip"
    )


@pytest.mark.parametrize("question", ["phone numbers of our vip customers", "birthdays of customers"])
def test_personal_data_are_refused_whether_or_not_they_are_held(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).refusal is not None


@pytest.mark.parametrize(
    "question",
    [
        "On average, how many units were in each order that we cancelled in 2025?",
        "average number of units per order that we cancelled in 2025",
    ],
)
def test_a_clause_that_says_which_things_is_not_lost(novamart_business: Business, question: str) -> None:
    """The units of each order, of whatever became of it, answered for those of the cancelled ones."""
    plan = planned(novamart_business, question)
    assert plan.clarification is not None or "cancelled" in plan.interpretation
