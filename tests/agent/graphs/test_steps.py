"""Compound questions without a model: taken apart at their joints, each part's figures those of the part alone."""

from __future__ import annotations

import pytest

from agent.answer import AnswerEvent, StepEvent
from agent.planners.embedded.compound import may_be_compound, parts_of
from agent.service import LOCAL, PlumblineService
from catalog.access import Principal

THREE = (
    "What was the mortality rate in 2024, which department had the most admissions in 2024, "
    "and how many discharges were there in May 2025?"
)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Why did it dip in October, and what would it take to reach our target?",
            ("Why did it dip in October?", "What would it take to reach our target?"),
        ),
        (
            "Are we on track, what drives the gap, what would close it",
            ("Are we on track?", "What drives the gap?", "What would close it?"),
        ),
        ("Admissions and discharges by department", ("Admissions and discharges by department?",)),
        ("Admissions by sex, age and city", ("Admissions by sex, age and city?",)),
    ],
)
def test_joints(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts
    assert may_be_compound(question) == (len(parts) > 1)


def test_three_steps_give_what_three_questions_give(hospital: PlumblineService) -> None:
    events = list(hospital._events(THREE, LOCAL, None, None, []))
    answer = next(event.answer for event in events if isinstance(event, AnswerEvent))
    assert answer.status == "answer"
    assert [step.status for step in answer.steps] == ["answer"] * 3
    seen = {event.name for event in events if isinstance(event, StepEvent)}
    assert {"steps", "s1", "s2", "s3"} <= seen, "the steps are shown as they are worked on"
    by_name = {table.name: table for table in answer.results}
    for step in answer.steps:
        alone = hospital.ask(step.question)
        assert by_name[step.results[0]].rows == alone.results[0].rows
        assert alone.headline.rstrip(".") in " ".join((answer.headline, *answer.narrative))
    assert answer.plan is not None and len(answer.plan.steps) == 3
    assert answer.receipt is not None
    recorded = hospital.business.audit.show(answer.receipt).receipt
    assert [query.name for query in recorded.queries] == ["answer", "step2_answer", "step3_answer"]
    assert hospital.replay(answer.receipt).same


@pytest.mark.parametrize(
    "question",
    [
        "What were admissions in 2024 and what were discharges in 2024?",  # one table holds both
        "What were admissions in May 2025, and what were they in April 2025?",  # a comparison
        "How did admissions develop month by month in 2024, and how far is it from target?",
    ],
)
def test_what_one_plan_answers_stays_whole(hospital: PlumblineService, question: str) -> None:
    answer = hospital.ask(question)
    assert not answer.steps


def test_a_part_that_is_not_understood_is_asked_about(hospital: PlumblineService) -> None:
    answer = hospital.ask("What was the mortality rate in 2024, and what is the share price of Tesla?", thread="tesla")
    assert answer.status == "clarify"
    assert answer.clarification is not None
    assert "Tesla" in answer.clarification.question
    rest = hospital.resume("tesla", "1")
    assert rest.status == "answer"
    assert rest.results[0].rows == hospital.ask("What was the mortality rate in 2024?").results[0].rows


def test_a_part_that_is_refused_refuses_the_whole(hospital: PlumblineService) -> None:
    answer = hospital.ask("What were admissions in 2024, and what are the patient names?")
    assert answer.status == "refuse"
    assert not answer.results


def test_a_thread_goes_on_from_the_first_step(hospital: PlumblineService) -> None:
    ann = Principal(user="ann")
    hospital.ask(THREE, thread="steps", principal=ann)
    answer = hospital.ask("and in 2025?", thread="steps", principal=ann)
    assert answer.interpretation.startswith("Mortality rate")


def test_an_analysis_among_the_steps_gives_what_it_gives_alone(hospital: PlumblineService) -> None:
    answer = hospital.ask(
        "Why did admissions change in May 2025, which department had the most discharges in 2024, "
        "and what was the mortality rate in 2024?"
    )
    assert answer.status == "answer"
    assert [step.status for step in answer.steps] == ["answer"] * 3
    by_name = {table.name: table for table in answer.results}
    for step in answer.steps:
        alone = {table.name: table.rows for table in hospital.ask(step.question).results}
        for name in step.results:
            same = alone[name.partition("_")[2] if name.startswith("step") else name]
            for row, other in zip(by_name[name].rows, same, strict=True):
                assert [cell if isinstance(cell, str) or cell is None else pytest.approx(cell) for cell in row] == list(
                    other
                )


@pytest.mark.parametrize(
    "question",
    [
        "If I take only emergencies, what was the average length of stay in 2024?",
        "Of the patients admitted in 2024, how many discharges were there?",
    ],
)
def test_what_only_begins_a_question_is_no_part(hospital: PlumblineService, question: str) -> None:
    assert not hospital.ask(question).steps


@pytest.mark.parametrize(
    "question",
    [
        "Admissions in May 2025; discharges by department in 2024",
        "Admissions in May 2025, and discharges by department in 2024",
        "Admissions in May 2025 and discharges by department in 2024",
        "Admissions in May 2025. Discharges by department in 2024",
    ],
)
def test_clauses_with_times_of_their_own_are_answered_apart(hospital: PlumblineService, question: str) -> None:
    """The one answer held discharges of May 2025 against those of 2024, and left the admissions out."""
    answer = hospital.ask(question)
    assert [step.question for step in answer.steps] == [
        "Admissions in May 2025?",
        "Discharges by department in 2024?",
    ]
    rows = {table.name: table.rows for table in answer.results}
    for step in answer.steps:
        assert rows[step.results[0]] == hospital.ask(step.question).results[0].rows


@pytest.mark.parametrize("question", ["Admissions; discharges in 2024", "Admissions in 2024; discharges"])
def test_figures_that_share_a_time_are_both_shown(hospital: PlumblineService, question: str) -> None:
    plan = hospital.ask(question).plan
    assert plan is not None
    assert [use.metric for use in plan.queries[0].query.metrics] == ["admissions", "discharges"]


def test_an_unknown_clause_is_not_dropped(hospital: PlumblineService) -> None:
    answer = hospital.ask("Admissions in May 2025; flurbs by department in 2024")
    assert answer.status == "clarify"
    assert "Flurbs" in answer.headline
