"""Words around a question, and kinds of what is picked, that once were taken for splits or kept it from being understood."""

from __future__ import annotations

import pytest

from agent.business import Business
from catalog.analyses.rollup import RollupRequest
from tests.soundness.asking import groups_of, planned


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("Which weekday brought the most store orders in 2026 so far?", []),
        ("Which category has the highest store revenue in 2026?", ["products.category"]),
        ("Which store had the most orders in 2026?", ["orders.store_id"]),
    ],
)
def test_what_is_picked_is_not_split_by_the_kind_of_its_figure(
    novamart_business: Business, question: str, fields: list[str]
) -> None:
    """The most store orders were given for each weekday and each store."""
    query = planned(novamart_business, question).queries[0].query
    assert groups_of(query) == fields
    assert query.limit == 1


def test_kinds_of_several_values_are_told_apart_as_two(novamart_business: Business) -> None:
    """The three channels stood side by side, or it was asked back."""
    question = "by how many dollars did online revenue beat store revenue in September 2026?"
    query = planned(novamart_business, question).queries[0].query
    assert [use.alias for use in query.metrics] == ["revenue_online", "revenue_store"]
    assert [item.kind for item in query.calculations] == ["difference"]


def test_those_shown_together_have_one_share_of_the_whole(novamart_business: Business) -> None:
    """Each one's share of the ten was given for the share of the ten in all there is."""
    first = planned(novamart_business, "top 10 products by revenue in 2025")
    plan = planned(novamart_business, "what share of total revenue are they together?", first)
    assert isinstance(plan.analysis, RollupRequest)
    assert plan.analysis.query.where is None
    assert plan.analysis.query.limit == 10


def test_two_that_were_named_before(novamart_business: Business) -> None:
    question = (
        "We had a talk about whether the app overtakes the website, so I would like to see orders per month of 2025 "
        "for these two channels."
    )
    assert planned(novamart_business, question).interpretation == (
        "Orders, 2025, by month and sales channel, where sales channel is mobile_app or web"
    )
