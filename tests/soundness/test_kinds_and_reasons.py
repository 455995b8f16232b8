"""Kinds of a thing listed beside a figure that is called like one of them, reasons told in a clause, and what a figure takes in."""

from __future__ import annotations

import pytest

from agent.business import Business
from catalog.query import FieldCondition
from tests.soundness.asking import groups_of, planned


@pytest.mark.parametrize(
    "question",
    [
        "Return rate of VIP customers and of new customers in 2025",  # "new customers" is a figure as well
        "Return rate of new customers and VIP customers in 2025",
        "Return rate of VIP customers vs new customers in 2025",
        "Return rate of VIP customers and of new ones in 2025",
    ],
)
def test_the_second_kind_is_no_second_figure(novamart_business: Business, question: str) -> None:
    query = planned(novamart_business, question).queries[0].query
    assert [use.metric for use in query.metrics] == ["return_rate"]
    assert groups_of(query) == ["customers.segment"]
    assert isinstance(query.where, FieldCondition)
    assert set(query.where.values) == {"vip", "new"}


def test_figures_of_one_thing_stay_figures(novamart_business: Business) -> None:
    query = planned(novamart_business, "New customers and churned customers in 2025").queries[0].query
    assert [use.metric for use in query.metrics] == ["new_customers", "churned_customers"]


def test_a_kind_before_the_only_figure_is_asked_about(novamart_business: Business) -> None:
    assert planned(novamart_business, "Number of VIP and new customers in 2025").clarification is not None


@pytest.mark.parametrize(
    ("question", "reasons"),
    [
        ("How many returns in Q3 2026 were because the goods were damaged or defective?", {"damaged", "defective"}),
        ("Refunds in 2026 because items arrived damaged or turned out to be defective", {"damaged", "defective"}),
        ("Returns in Q3 2026 due to things not fitting (wrong size)", {"wrong_size"}),
    ],
)
def test_a_clause_gives_the_reason(novamart_business: Business, question: str, reasons: set[str]) -> None:
    where = planned(novamart_business, question).queries[0].query.where
    assert isinstance(where, FieldCondition)
    assert (where.field, set(where.values)) == ("returns.reason_code", reasons)


@pytest.mark.parametrize(
    "question",
    [
        "Returns in Q3 2026 because the customer was new",  # a kind of customer is no reason that was given
        "Returns in Q3 2026 because goods arrived damaged and orders were late",
    ],
)
def test_what_is_no_reason_is_asked_about(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    "question", ["When we say GMV, is that before or after discounts?", "Are discounts part of GMV?"]
)
def test_what_a_figure_takes_in_is_what_it_means(novamart_business: Business, question: str) -> None:
    plan = planned(novamart_business, question)
    assert (plan.shape, plan.topic) == ("definition", "gmv")


def test_a_figure_behind_a_comma_ends_no_list_of_kinds(novamart_business: Business) -> None:
    question = "For Q3 2026 and only for orders on the website (so without the stores), the revenue of each category"
    assert [use.metric for use in planned(novamart_business, question).queries[0].query.metrics] == ["revenue"]


def test_what_each_is_asked_for_is_shown_of_those_picked(novamart_business: Business) -> None:
    question = "Suppliers with at least 8 shipments due in 2025: how many shipments each, and the on-time rate"
    query = planned(novamart_business, question).queries[0].query
    assert [use.metric for use in query.metrics] == ["shipment_count", "on_time_rate"]
    assert ("shipment_count", "ge", (8,)) in [(bound.column, bound.operator, bound.values) for bound in query.having]


@pytest.mark.parametrize(
    "question",
    [
        "Categories with a return rate over 10 % in 2025? Orders per category",  # the orders went unsaid
        "Number of returns per category, categories with return rate over 10 % in 2025",
    ],
)
def test_a_figure_with_its_split_is_no_mere_noun(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


def test_a_share_asked_for_behind_the_question_is_one(novamart_business: Business) -> None:
    query = planned(novamart_business, "Revenue of the web in 2025? As a share of the total").queries[0].query
    assert [item.kind for item in query.calculations] == ["share"]


def test_so_much_more_of_another_money_is_asked_about(novamart_business: Business) -> None:
    question = "How many {} more revenue came from the web than from the app in Q3 2026?"
    told = planned(novamart_business, question.format("dollars"))
    assert [item.kind for item in told.queries[0].query.calculations] == ["difference"]
    assert planned(novamart_business, question.format("euros")).clarification is not None


def test_what_is_left_aside_narrows_nothing(novamart_business: Business) -> None:
    question = "The carriers keep blaming us. Leaving that aside, what was our cancellation rate in September 2026?"
    query = planned(novamart_business, question).queries[0].query
    assert [use.metric for use in query.metrics] == ["cancellation_rate"]
    assert query.where is None


def test_sides_are_told_apart_in_the_middle_of_a_question(novamart_business: Business) -> None:
    query = planned(novamart_business, "Conversion rate for web and app separately, September 2026").queries[0].query
    assert len(groups_of(query)) == 1
    both = planned(
        novamart_business, "Is the app ahead of the website in 2025? Show me the revenue for each of the two"
    )
    assert groups_of(both.queries[0].query) == ["orders.channel"]
