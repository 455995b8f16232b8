"""Questions of how things stand, and questions back whose options can all be answered."""

from __future__ import annotations

import pytest

from agent.business import Business
from catalog.access import Principal, view_for
from catalog.plan import Plan


def planned(business: Business, question: str) -> Plan:
    return business.planner(view_for(business.catalog, Principal())).plan(question, business.as_of())


@pytest.mark.parametrize(
    "question",
    [
        "How are we doing this year?",
        "Give me an overview of March",
        "How did Electronics do last month?",
        "How is the West doing this month?",
        "How did we do in Q3 compared to Q2?",
    ],
)
def test_how_things_stand(novamart_business: Business, question: str) -> None:
    plan = planned(novamart_business, question)
    assert plan.interpretation.startswith("The main figures (no figure was named): GMV, Gross profit")
    query = plan.queries[0].query
    assert 1 < len(query.metrics) <= 6 and query.compare and not query.group_by


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Which categories are growing fastest?", "Revenue"),
        ("top 10 products", "Revenue"),
        ("Which regions are below target?", "Average order value"),
        ("Are we ahead of plan?", "GMV"),
        ("How far are we from the goal?", "GMV"),
        ("Where are orders falling?", "by region"),
        ("What is our EBITDA?", "Revenue"),
        ("How are the regions doing?", "Revenue"),
        ("How is business?", "The main figures"),
        ("How is the West doing?", "The main figures"),  # as of when, and by which figure
    ],
)
def test_options_lead_to_an_answer(novamart_business: Business, question: str, label: str) -> None:
    asked = planned(novamart_business, question).clarification
    assert asked is not None
    assert label in [choice.label for choice in asked.choices]
    for choice in asked.choices:
        plan = choice.plan or planned(novamart_business, choice.question or "")
        assert plan.clarification is None and plan.refusal is None, choice.label


def test_no_value_is_offered_that_only_begins_alike(novamart_business: Business) -> None:
    asked = planned(novamart_business, "Show me sales in Mars").clarification
    assert asked is not None and not asked.choices


def test_the_target_of_parts(novamart_business: Business) -> None:
    """A month's target is for the whole business: it is not offered for regions."""
    asked = planned(novamart_business, "Which regions are below target?").clarification
    assert asked is not None
    assert "GMV" not in [choice.label for choice in asked.choices]


def test_a_lever_named_first(novamart_business: Business) -> None:
    plan = planned(novamart_business, "What price change would it take to bring GMV to 160k?")
    assert plan.analysis is not None and plan.analysis.kind == "goal"


def test_the_ten_best(novamart_business: Business) -> None:
    plan = planned(novamart_business, "Who are our top 5 customers?")
    assert plan.analysis is not None and plan.analysis.kind == "rfm" and plan.analysis.limit == 5
