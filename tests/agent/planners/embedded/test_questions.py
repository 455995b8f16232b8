"""The embedded planner on a business it was not written for: what each question is taken for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from agent.service import LOCAL, PlumblineService
from catalog.plan import Plan

CASES = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text())
AS_OF = dt.date(2025, 6, 30)


def plan_of(hospital: PlumblineService, question: str, previous: Plan | None = None) -> Plan:
    return hospital.business.planner(hospital.view(LOCAL)).plan(question, AS_OF, previous)


@pytest.mark.parametrize("case", CASES, ids=[case["question"] for case in CASES])
def test_a_question_is_taken_for_what_it_means(hospital: PlumblineService, case: dict[str, str]) -> None:
    plan = plan_of(hospital, case["question"])
    if "asks" in case:
        assert plan.clarification is not None, plan.interpretation
        assert plan.clarification.reason == case["asks"]
    elif "refuses" in case:
        assert plan.refusal is not None, plan.interpretation
        assert plan.refusal.rule == case["refuses"]
    else:
        assert plan.clarification is None, plan.clarification
        assert (plan.shape, plan.interpretation) == (case["shape"], case["means"])


@pytest.mark.parametrize("case", [case for case in CASES if "means" in case], ids=lambda case: case["question"])
@pytest.mark.parametrize("change", ["upper", "spaces", "polite", "question mark"])
def test_manners_do_not_change_what_is_understood(
    hospital: PlumblineService, case: dict[str, str], change: str
) -> None:
    question = case["question"]
    said = {
        "upper": question.upper(),
        "spaces": f"  {question.replace(' ', '  ')} ",
        "polite": f"Hi, could you please tell me: {question}",
        "question mark": question.rstrip("?") + " ??",
    }[change]
    assert plan_of(hospital, said).interpretation == case["means"]


def test_the_same_question_gives_the_same_plan(hospital: PlumblineService) -> None:
    question = "top 3 departments by billed charges in 2024"
    assert len({plan_of(hospital, question).model_dump_json() for _ in range(5)}) == 1


@pytest.mark.parametrize(
    ("first", "then", "means"),
    [
        ("Admissions in May 2025", "and by department?", "Admissions, May 2025, by department"),
        ("Admissions by department in May 2025", "same for 2024", "Admissions, 2024, by department"),
        (
            "Admissions by month in 2024",
            "only emergencies",
            "Admissions, 2024, by month, where admission type is emergency",
        ),
        ("Admissions by department in 2024", "what about discharges", "Discharges, 2024, by department"),
        ("Admissions in Q1 2025", "as a weekly trend", "Admissions, Q1 2025, by week"),
    ],
)
def test_a_follow_up_keeps_what_it_does_not_change(
    hospital: PlumblineService, first: str, then: str, means: str
) -> None:
    plan = plan_of(hospital, then, plan_of(hospital, first))
    assert plan.interpretation.partition(" (kept from before")[0] == means
    assert "(kept from before" in plan.interpretation
