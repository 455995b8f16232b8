"""Follow-ups after an analysis: the same analysis of other rows, another period or split, or the figure itself, said so."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from catalog.access import Principal, view_for
from catalog.plan import Plan

AS_OF = dt.date(2026, 10, 31)
FIRST = {
    "cause": "Why did GMV fall in October 2026?",
    "forecast": "Forecast GMV for the next 4 months",
    "cohort": "cohort retention by signup month",
    "rfm": "RFM segments",
    "funnel": "show the checkout funnel",
    "churn_risk": "which customers are about to churn",
    "lifetime_value": "5-year lifetime value by segment",
    "reorder": "what should we reorder",
    "unusual_rate": "which products are returned unusually often",
}


def plan_of(business: Business, question: str, previous: Plan | None = None) -> Plan:
    return business.planner(view_for(business.catalog, Principal())).plan(question, AS_OF, previous)


@pytest.mark.parametrize("kind", FIRST)
def test_the_plain_question_stands_beside_an_analysis(novamart_business: Business, kind: str) -> None:
    plan = plan_of(novamart_business, FIRST[kind])
    assert plan.analysis is not None and plan.analysis.kind == kind
    assert plan.queries and plan.queries[0].query.metrics


@pytest.mark.parametrize("kind", FIRST)
def test_other_rows_ask_the_same_analysis(novamart_business: Business, kind: str) -> None:
    before = plan_of(novamart_business, FIRST[kind])
    plan = plan_of(novamart_business, "and for the West?", before)
    assert plan.analysis is not None and before.analysis is not None
    changed = {name for name, value in dict(plan.analysis).items() if value != getattr(before.analysis, name)}
    assert changed == {"where"}
    assert "now where region is West" in plan.interpretation
    again = plan_of(novamart_business, "only VIP customers", plan)
    assert again.analysis is not None and again.analysis.kind == kind
    assert "West" in again.interpretation and "vip" in again.interpretation


@pytest.mark.parametrize("kind", ["lifetime_value", "churn_risk", "reorder"])
def test_what_looks_ahead_takes_no_period(novamart_business: Business, kind: str) -> None:
    plan = plan_of(novamart_business, "and in 2025?", plan_of(novamart_business, FIRST[kind]))
    assert plan.clarification is not None and "without a period" in plan.clarification.question


def test_another_period_and_split(novamart_business: Business) -> None:
    cause = plan_of(novamart_business, "and in September 2026?", plan_of(novamart_business, FIRST["cause"]))
    assert "now September 2026, against August 2026" in cause.interpretation
    value = plan_of(novamart_business, "and by region?", plan_of(novamart_business, FIRST["lifetime_value"]))
    assert value.analysis is not None and value.analysis.kind == "lifetime_value"
    assert value.analysis.years == 5 and value.analysis.dimension is not None
    assert value.analysis.dimension.field == "customers.region"
    cohort = plan_of(novamart_business, "and by region?", plan_of(novamart_business, FIRST["cohort"]))
    assert cohort.clarification is not None


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Forecast GMV for the next 4 months", "and in 2025?"),
        ("What would it take to reach our GMV target?", "and for the West?"),
        ("Was GMV unusual in October 2026?", "and by region?"),
    ],
)
def test_the_figure_itself_is_said_to_be_no_analysis(novamart_business: Business, first: str, then: str) -> None:
    before = plan_of(novamart_business, first)
    plan = plan_of(novamart_business, then, before)
    assert plan.analysis is None and before.analysis is not None
    assert f"not the {before.analysis.kind}" in plan.interpretation
