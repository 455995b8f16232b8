"""Words around a question, and kinds of what is picked, that once were taken for splits or kept it from being understood."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import groups_of, planned


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("Which weekday brought the most store orders in 2026 so far?", ["weekday"]),
        ("Which category has the highest store revenue in 2026?", ["category"]),
        ("Which store had the most orders in 2026?", ["store_id"]),
    ],
)
def test_what_is_picked_is_not_split_by_the_kind_of_its_figure(
    novamart_business: Business, question: str, groups: list[str]
) -> None:
    """The most store orders were given for each weekday and each store."""
    query = planned(novamart_business, question).queries[0].query
    assert groups_of(query) == groups
    assert query.limit == 1
