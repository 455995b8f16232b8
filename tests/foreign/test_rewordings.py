"""The rewordings before the reading: a question that is said plainly stays as it is, and none is reworded out of itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.business import Business
from agent.planners.embedded.rewordings import Around, said_plainly
from catalog.access import Principal, view_for
from evals.suite_loader import load_suite

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["museum", "hotels", "lawfirm", "cinema"])
def test_reworded_twice_is_reworded_once(opened: Callable[[str], Business], name: str) -> None:
    """What a rewording makes must not be taken for another way of speaking, or the order would decide what is asked."""
    business = opened(name)
    planner = business.planner(view_for(business.catalog, Principal()))
    around = Around(planner.known, business.as_of(), None)
    for case in load_suite(HERE / name / "suite.yaml").cases:
        once = said_plainly(case.question, around)
        assert said_plainly(once, around) == once, case.question


@pytest.mark.parametrize(
    "question",
    ["Visitors in 2025", "ticket income by museum in 2025", "Which museum had the most visitors in May 2026?"],
)
def test_a_plain_question_stays_as_it_is(opened: Callable[[str], Business], question: str) -> None:
    business = opened("museum")
    planner = business.planner(view_for(business.catalog, Principal()))
    assert said_plainly(question, Around(planner.known, business.as_of(), None)) == question
