"""Figures of one step of time by their name, asked over a longer time: the one figure of all of it is no monthly one."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.planners.embedded.planner import EmbeddedPlanner
from catalog.access import Principal, view_for
from catalog.loader import load_catalog
from catalog.plan import Plan
from catalog.query import dimension_name

_AS_OF = dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def planner() -> EmbeddedPlanner:
    return EmbeddedPlanner(view_for(load_catalog("amalimart"), Principal()), None, None)


def groups_of(plan: Plan) -> list[str]:
    return [dimension_name(item) for item in plan.queries[0].query.group_by]


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("Monthly customer retention for the last 6 months", ["month"]),
        ("monthly retention in 2025", ["month"]),
        ("quarterly retention rate in 2025", ["quarter"]),
        ("what is the monthly retention rate?", ["month"]),
        ("monthly retention by customer type for the last 3 months", ["month", "user_type"]),
        ("monthly retention last month", []),
        ("quarterly retention rate in Q2 2026", []),
    ],
)
def test_a_figure_of_a_step_is_shown_by_it(planner: EmbeddedPlanner, question: str, groups: list[str]) -> None:
    """Of those who ordered in any of six months moved back by one, 91 % ordered in the six: a month's figure is 25 %."""
    assert groups_of(planner.plan(question, _AS_OF)) == groups


@pytest.mark.parametrize(
    "question", ["which customer type had the best monthly retention in 2026", "average monthly retention in 2026"]
)
def test_a_figure_of_a_step_is_not_ranked_over_a_longer_time(planner: EmbeddedPlanner, question: str) -> None:
    assert planner.plan(question, _AS_OF).clarification is not None
