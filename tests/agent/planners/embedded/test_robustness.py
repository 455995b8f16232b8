"""Case, punctuation, filler words and the order of independent phrases change no plan: over a whole suite's questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.service import LOCAL, PlumblineService
from catalog.plan import Plan
from evals.suite_loader import load_suite
from semantic_context.time_expressions import TimeKind, find_time_expressions

SUITE = Path(__file__).parents[3] / "foreign" / "hospital" / "suite.yaml"
CASES = [case for case in load_suite(SUITE).cases if not case.history]
AS_OF = dt.date(2025, 6, 30)


def period_first(question: str) -> str:
    """The question with its one period, where it closes the sentence, said first: "In May 2025, admissions by ward"."""
    times = find_time_expressions(question, AS_OF)
    ending = question.rstrip(" ?.!")
    if (
        len(times) != 1
        or times[0].kind is not TimeKind.PERIOD
        or times[0].end != len(ending)
        or len(times[0].periods) != 1
    ):
        return question
    phrase = times[0].text
    rest = ending[: times[0].start].rstrip(" ,")
    if phrase.split()[0].casefold() not in ("in", "during", "for") or not rest:
        return question
    return f"{phrase[:1].upper()}{phrase[1:]}, {rest[:1].lower() if not rest[:2].isupper() else rest[:1]}{rest[1:]}?"


CHANGES: dict[str, Callable[[str], str]] = {
    "lower case": str.lower,
    "no mark": lambda text: text.rstrip(" ?.!"),
    "marks": lambda text: text.rstrip(" ?.!") + "?!",
    "polite": lambda text: f"Hello, could you please tell me: {text}",
    "thanks": lambda text: f"{text.rstrip(' ?.!')}, please. Thanks a lot!",
    "spaces": lambda text: "  " + text.replace(" ", "   "),
    "period first": period_first,
}


def outcome(plan: Plan) -> object:
    if plan.refusal is not None:
        return plan.refusal.rule
    if plan.clarification is not None:
        return "asks"
    return plan.queries[0].query if plan.queries else plan.topic


@pytest.mark.parametrize("change", CHANGES)
def test_manners_change_no_plan(hospital: PlumblineService, change: str) -> None:
    planner = hospital.business.planner(hospital.view(LOCAL))
    differing = [
        (case.question, CHANGES[change](case.question))
        for case in CASES
        if outcome(planner.plan(case.question, AS_OF)) != outcome(planner.plan(CHANGES[change](case.question), AS_OF))
    ]
    assert differing == []
