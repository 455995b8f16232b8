"""Questions about what is to come and about reasons, on NovaMart: none is taken for another analysis in silence."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from agent.planners.embedded import EmbeddedPlanner
from catalog.access import Principal, view_for
from catalog.analyses.churn_risk import ChurnRiskRequest
from catalog.analyses.forecast import ForecastRequest
from catalog.query import FieldDimension

AS_OF = dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def planner(novamart_business: Business) -> EmbeddedPlanner:
    return novamart_business.planner(view_for(novamart_business.catalog, Principal()))


@pytest.mark.parametrize(
    ("question", "metric", "ends", "goal"),
    [
        ("Will churn be below 15 % at year end?", "churn_rate", dt.date(2027, 1, 1), ("<", 0.15)),
        ("Will churn exceed 20 % next quarter?", "churn_rate", dt.date(2027, 4, 1), (">", 0.2)),
        ("What will churn be at year end?", "churn_rate", dt.date(2027, 1, 1), None),
        ("Will churn go up?", "churn_rate", None, None),
        ("Is GMV on track for the year?", "gmv", dt.date(2027, 1, 1), (">=", None)),
        ("Are we on track for GMV for the quarter?", "gmv", dt.date(2027, 1, 1), (">=", None)),
        ("Is AOV likely to hit its target this year?", "aov", dt.date(2027, 1, 1), (">=", None)),
        ("How likely is it that we hit the GMV target in December?", "gmv", dt.date(2027, 1, 1), (">=", None)),
        ("What are the chances of GMV exceeding 170k in December?", "gmv", dt.date(2027, 1, 1), (">", 170_000)),
    ],
)
def test_a_figure_to_come_is_forecast(
    planner: EmbeddedPlanner, question: str, metric: str, ends: dt.date | None, goal: tuple[str, float | None] | None
) -> None:
    request = planner.plan(question, AS_OF).analysis
    assert isinstance(request, ForecastRequest), request
    assert request.metric == metric
    assert ends is None or request.period.end == ends
    assert (None if request.goal is None else (request.goal.comparison, request.goal.value)) == goal


@pytest.mark.parametrize(
    "question", ["which customers will churn next?", "how many customers will churn?", "who will churn"]
)
def test_who_leaves_is_still_scored(planner: EmbeddedPlanner, question: str) -> None:
    assert isinstance(planner.plan(question, AS_OF).analysis, ChurnRiskRequest)


@pytest.mark.parametrize(
    "question",
    ["Forecast the next 3 months", "What will the next quarter look like?", "What is the outlook for next year?"],
)
def test_a_forecast_of_nothing_asks_of_what(planner: EmbeddedPlanner, question: str) -> None:
    asked = planner.plan(question, AS_OF).clarification
    assert asked is not None
    assert asked.question == "Which figure shall I forecast?"
    for choice in asked.choices:
        assert choice.question is not None
        assert isinstance(planner.plan(choice.question, AS_OF).analysis, ForecastRequest), choice.question


@pytest.mark.parametrize(
    "question", ["What are the main causes of returns?", "main reasons for returns in October", "What causes returns?"]
)
def test_recorded_reasons_are_counted(planner: EmbeddedPlanner, question: str) -> None:
    plan = planner.plan(question, AS_OF)
    assert plan.analysis is None
    assert plan.queries[0].query.metrics[0].metric == "return_count"
    assert plan.queries[0].query.group_by == (FieldDimension(field="returns.reason_code"),)


@pytest.mark.parametrize(
    "question", ["reasons for the drop in returns", "What caused the rise in GMV?", "main causes of churn"]
)
def test_a_change_is_still_explained(planner: EmbeddedPlanner, question: str) -> None:
    plan = planner.plan(question, AS_OF)
    assert plan.analysis is not None
    assert plan.analysis.kind in ("cause", "churn_risk")
