"""A thing that two equally long ways lead to: which way is asked, and the grouping never becomes a second figure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from agent.planners.embedded.planner import EmbeddedPlanner
from catalog.access import Principal, view_for
from catalog.plan import Plan
from tests.soundness.small_business import SmallBusiness, small_business

AS_OF = dt.date(2026, 3, 1)
BY_BUYER = {"Ann": 7.0, "Bob": 5.0}
BY_OWNER = {"Ann": 3.0, "Bob": 9.0}


def storage(*, counts_clients: bool = True, **of_orders: Any) -> SmallBusiness:
    """Lines of orders that one client places, of goods that another may own; `of_orders` is said of the orders' client."""
    clients = {"number_of_clients": {"is": "count(clients.*)", "unit": "count", "words": {"synonyms": ["clients"]}}}
    return small_business(
        {
            "clients": "client_id name\nc1 Ann\nc2 Bob",
            "goods": "good_id client_id title\ng1 c1 pen\ng2 c2 ink",
            "orders": "order_id client_id @placed:date\no1 c1 2026-01-10\no2 c2 2026-01-31",
            "lines": "line_id order_id good_id quantity:num\nl1 o1 g1 3\nl2 o1 g2 4\nl3 o2 g2 5",
        },
        {
            "goods.client_id": "clients",
            "orders.client_id": {"to": "clients", **of_orders},
            "lines.order_id": "orders",
            "lines.good_id": "goods",
        },
        {
            "quantity_ordered": {"is": "sum(lines.quantity)", "time_field": "orders.placed"},
            **(clients if counts_clients else {}),
        },
        clients={"display_field": "name"},
    )


def plan_of(business: SmallBusiness, question: str, previous: Plan | None = None) -> Plan:
    return EmbeddedPlanner(view_for(business.catalog, Principal()), None, None).plan(question, AS_OF, previous)


def rows_of(business: SmallBusiness, plan: Plan) -> dict[str, float]:
    assert plan.clarification is None, plan.clarification
    query = plan.queries[0].query.model_dump(exclude={"as_of"})
    return {str(row[0]): row[1] for row in business.ask(**query)}


@pytest.mark.parametrize("counts_clients", [True, False])
@pytest.mark.parametrize(
    "question",
    [
        "quantity ordered by client",
        "quantity ordered by clients",
        "quantity ordered per client name",
        "quantity ordered by client in January 2026",
        "top 3 clients by quantity ordered",
        "which client has the highest quantity ordered",
    ],
)
def test_which_way_is_asked(question: str, counts_clients: bool) -> None:
    """The quantity stood beside the number of clients, or alone, where by client was asked."""
    business = storage(counts_clients=counts_clients)
    asked = plan_of(business, question).clarification
    assert asked is not None and asked.reason == "ambiguous"
    assert "by way of orders" in asked.question and "by way of goods" in asked.question
    plans = [choice.plan for choice in asked.choices if choice.plan is not None]
    assert [len(plan.queries[0].query.metrics) for plan in plans] == [1, 1]
    if "highest" not in question:
        assert [rows_of(business, plan) for plan in plans] == [BY_BUYER, BY_OWNER]


def test_a_way_once_taken_is_kept() -> None:
    business = storage()
    asked = plan_of(business, "quantity ordered by client").clarification
    assert asked is not None
    owners = next(choice.plan for choice in asked.choices if "goods" in choice.label)
    assert owners is not None and "by way of goods" in owners.interpretation
    then = plan_of(business, "and in January 2026?", owners)
    assert rows_of(business, then) == BY_OWNER


def test_a_role_names_the_way() -> None:
    business = storage(role="buyer")
    assert rows_of(business, plan_of(business, "quantity ordered by buyer")) == BY_BUYER
    asked = plan_of(business, "quantity ordered by client").clarification
    assert asked is not None and "as buyer" in asked.question


def test_a_preferred_way_is_taken() -> None:
    business = storage(preferred=True)
    assert rows_of(business, plan_of(business, "quantity ordered by client")) == BY_BUYER


def test_a_figure_is_no_split_of_another() -> None:
    """ "by" joins no figures: without a way to split, the two side by side are only offered."""
    business = small_business(
        {
            "lines": "line_id @sold:date quantity:num\nl1 2026-01-10 3\nl2 2026-01-31 4",
            "visits": "visit_id @seen:date\nv1 2026-01-10",
        },
        {},
        {
            "quantity": {"is": "sum(lines.quantity)", "unit": "pieces"},
            "visits": {"is": "count(visits.*)", "unit": "count"},
        },
    )
    plan = plan_of(business, "quantity by visits")
    assert plan.clarification is not None, plan.interpretation
    assert plan_of(business, "quantity and visits").clarification is None
