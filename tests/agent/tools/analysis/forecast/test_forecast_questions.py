"""Forecasts and anomalies by question, on a small NovaMart: what the tables hold, and that parts sum to the whole."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.answer import Answer
from agent.business import Business
from agent.service import PlumblineService
from catalog.analyses.anomaly import AnomalyRequest
from catalog.analyses.forecast import ForecastRequest

AS_OF = dt.date(2026, 10, 31)


@pytest.fixture(scope="module")
def service(novamart_business: Business) -> PlumblineService:
    return PlumblineService(novamart_business)


def asked(service: PlumblineService, question: str) -> Answer:
    answer = service.ask(question, as_of=AS_OF)
    assert answer.status == "answer", answer.headline
    return answer


def column(answer: Answer, name: str, result: int = 0) -> list[object]:
    place = next(at for at, item in enumerate(answer.results[result].columns) if item.name == name)
    return [row[place] for row in answer.results[result].rows]


def test_a_sum_is_forecast_by_month_with_its_record_and_history(service: PlumblineService) -> None:
    answer = asked(service, "forecast GMV for the next 3 months")
    assert column(answer, "period") == [dt.date(2026, 11, 1), dt.date(2026, 12, 1), dt.date(2027, 1, 1)]
    for low, middle, high in zip(*(column(answer, name) for name in ("low", "forecast", "high")), strict=True):
        assert 0 < low < middle < high
    assert [item.name for item in answer.results] == ["forecast", "record", "history", "whole"]
    assert column(answer, "forecast", 3)[0] == pytest.approx(sum(column(answer, "forecast")))  # type: ignore[arg-type]
    assert column(answer, "mase", 1)[0] <= column(answer, "rival_mase", 1)[0]  # type: ignore[operator]
    assert answer.chart is not None and answer.chart.kind == "fan"
    assert "$" in answer.headline


def test_groups_add_up_to_the_whole(service: PlumblineService) -> None:
    parts = asked(service, "forecast GMV by channel for November 2026")
    whole = asked(service, "forecast GMV for November 2026")
    assert sum(column(parts, "forecast")) == pytest.approx(column(whole, "forecast")[0])  # type: ignore[arg-type]


def test_a_month_without_a_year_is_the_next_one(service: PlumblineService) -> None:
    assert column(asked(service, "what will revenue be in December"), "period") == [dt.date(2026, 12, 1)]


def test_a_year_under_way_holds_what_has_come(service: PlumblineService) -> None:
    answer = asked(service, "will we hit the GMV target this year")
    so_far = asked(service, "GMV from January to October 2026").results[0].rows[0][0]
    assert column(answer, "so_far")[0] == pytest.approx(float(so_far))
    assert column(answer, "forecast")[0] > float(so_far)  # type: ignore[operator]
    target = asked(service, "GMV target in October 2026")
    monthly = target.results[0].rows[0]
    place = next(at for at, item in enumerate(target.results[0].columns) if item.calculation == "target")
    assert column(answer, "target")[0] == pytest.approx(12 * float(monthly[place]))
    assert 0 <= column(answer, "chance")[0] <= 1  # type: ignore[operator]


def test_a_ratio_is_its_parts_forecasts(service: PlumblineService) -> None:
    ratio = column(asked(service, "what will AOV be in November 2026"), "forecast")[0]
    revenue = column(asked(service, "forecast revenue for November 2026"), "forecast")[0]
    orders = column(asked(service, "forecast orders for November 2026"), "forecast")[0]
    assert ratio == pytest.approx(revenue / orders, rel=0.002)  # type: ignore[operator]


def test_a_bound_on_rows_filters_and_one_on_the_metric_is_a_goal(service: PlumblineService) -> None:
    rows = service.ask("forecast orders over 100 dollars next week", as_of=AS_OF).plan
    goal = service.ask("will GMV exceed 80000 in December?", as_of=AS_OF).plan
    assert rows is not None and isinstance(rows.analysis, ForecastRequest)
    assert rows.analysis.goal is None and rows.analysis.where is not None
    assert goal is not None and isinstance(goal.analysis, ForecastRequest)
    assert goal.analysis.goal is not None and goal.analysis.goal.value == 80000


@pytest.mark.parametrize(
    "question",
    [
        "forecast GMV for 2045",
        "top 3 categories by expected GMV next month",
        "forecast the share of web orders next month",
    ],
)
def test_what_cannot_be_forecast_is_asked_back(service: PlumblineService, question: str) -> None:
    assert service.ask(question, as_of=AS_OF).status == "clarify"


def test_too_short_a_history_is_said_so(service: PlumblineService) -> None:
    answer = service.ask("forecast sessions by year for the next 2 years", as_of=AS_OF)
    assert answer.status == "clarify"


def test_a_metric_of_another_business_is_forecast_without_a_strategy_section(hospital: PlumblineService) -> None:
    answer = hospital.ask("forecast admissions for the next 2 months", as_of=dt.date(2025, 6, 30))
    assert answer.status in ("answer", "clarify")
    assert answer.plan is not None
    assert answer.status == "answer" or "history" in answer.headline


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("is October's GMV normal?", "normal"),
        ("anything unusual in orders last month?", "unusual"),
        ("any anomalies by channel?", "unusual"),
        ("when did conversion change?", "change"),
    ],
)
def test_questions_about_what_is_normal(service: PlumblineService, question: str, kind: str) -> None:
    answer = asked(service, question)
    assert answer.plan is not None and isinstance(answer.plan.analysis, AnomalyRequest)
    assert answer.plan.analysis.asked == kind
    assert answer.results[0].rows


def test_groups_that_no_metric_has_are_not_dropped(service: PlumblineService) -> None:
    answer = service.ask("any anomalies by warehouse?", as_of=AS_OF)
    plan = answer.plan
    if answer.status == "answer":
        assert plan is not None and isinstance(plan.analysis, AnomalyRequest) and plan.analysis.group_by
