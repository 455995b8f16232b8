"""What the embedded planner takes questions to businesses for that it was not written for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.foreign.conftest import Planned

CASES = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text())


@pytest.mark.parametrize("case", CASES, ids=[f"{case['business']}: {case['question']}" for case in CASES])
def test_a_question_is_taken_for_what_it_means(planned: Planned, case: dict[str, Any]) -> None:
    plan = planned(case["business"], case["question"], case.get("after", ()))
    if case.get("asks"):
        assert plan.clarification is not None, plan.interpretation
    elif case.get("refuses"):
        assert plan.refusal is not None, plan.interpretation
    else:
        assert plan.clarification is None, plan.clarification
        assert plan.interpretation == case["means"]


def test_a_preferred_way_is_said(planned: Planned) -> None:
    """ "By depot" takes the way that the catalog prefers: the other one is named."""
    caveats = planned("carrier", "shipments by depot in 2025").caveats
    assert any("origin" in caveat and "destination" in caveat for caveat in caveats), caveats


@pytest.mark.parametrize(
    ("question", "ranked"),
    [
        ("Rank our series by copies sold in 2025", True),
        ("ranking of series by copies sold in 2025", True),
        ("which series have the highest net sales in 2025", True),
        ("copies sold in 2025 by series, ranked", False),
        ("copies sold in 2025 by series", False),
    ],
)
def test_what_is_ranked_are_things(planned: Planned, question: str, ranked: bool) -> None:
    """The titles that belong to no series stood at the head of a ranking of series."""
    having = planned("publisher", question).queries[0].query.having
    assert [(item.column, item.operator) for item in having] == ([("series", "is_not_null")] if ranked else [])
