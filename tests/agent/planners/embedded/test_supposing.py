"""What a question supposes, seeks or recalls, on NovaMart: levers, amounts, outcomes; what cannot be read is asked back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent.business import Business
from agent.planners.embedded import EmbeddedPlanner
from catalog.access import Principal, view_for
from catalog.analyses.scenario import GoalRequest, ScenarioRequest

CASES = yaml.safe_load((Path(__file__).parent / "supposing.yaml").read_text())
AS_OF = dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def planner(novamart_business: Business) -> EmbeddedPlanner:
    return novamart_business.planner(view_for(novamart_business.catalog, Principal()))


@pytest.mark.parametrize("case", CASES, ids=[case["question"][:60] for case in CASES])
def test_it_is_read_as_meant(planner: EmbeddedPlanner, case: dict[str, Any]) -> None:
    plan = planner.plan(case["question"], AS_OF)
    request = plan.analysis
    if "asks" in case:
        if plan.clarification is None:
            assert case["asks"] in ("lies", "changed")  # whether a value can be taken is known with the data
            return
        assert case["asks"] in plan.clarification.question
        return
    assert plan.clarification is None, plan.clarification
    if "changes" in case:
        assert isinstance(request, ScenarioRequest)
        assert list(request.metrics) == case["metrics"]
        assert [[item.lever, item.change, item.value] for item in request.changes] == [
            [lever, kind, pytest.approx(value)] for lever, kind, value in case["changes"]
        ]
        if "start" in case:
            assert request.period is not None
            assert request.period.start == case["start"]
    elif "goal" in case:
        assert isinstance(request, GoalRequest)
        assert (request.metric, list(request.levers)) == (case["goal"], case["levers"])
        assert request.target == (None if case["target"] is None else pytest.approx(case["target"]))
    elif "decision" in case:
        assert request is not None
        assert request.kind == "decision"
        assert (request.action, list(request.names)) == (case["decision"], case["names"])
    elif "kind" in case:
        assert request is not None
        assert request.kind == case["kind"]
    else:
        assert request is None or request.kind not in ("scenario", "goal", "decision")
        assert plan.shape == case["plain"]


def test_saving_takes_the_scenario_before(planner: EmbeddedPlanner) -> None:
    before = planner.plan("What if we raise prices 5 %?", AS_OF)
    saved = planner.plan("Save this as 'Base plus price'", AS_OF, before).analysis
    assert isinstance(saved, ScenarioRequest)
    assert saved.name == "Base plus price"
    assert before.analysis == saved.model_copy(update={"name": None})


def test_a_follow_up_keeps_figure_and_period(planner: EmbeddedPlanner) -> None:
    before = planner.plan("What was revenue in September?", AS_OF)
    request = planner.plan("what if we raise prices 5 %?", AS_OF, before).analysis
    assert isinstance(request, ScenarioRequest)
    assert request.metrics == ("revenue",)
    assert request.period is not None
    assert request.period.start == dt.date(2026, 9, 1)
