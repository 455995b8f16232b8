"""Why things happen, where no change is spoken of: the reasons that are recorded, not the change of their number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.business import Business
from catalog.plan import Plan
from catalog.query import FieldDimension
from tests.soundness.asking import planned

Planned = Callable[[str, str], Plan]


def groups_of(plan: Plan) -> list[str]:
    return [item.field for item in plan.queries[0].query.group_by if isinstance(item, FieldDimension)]


@pytest.mark.parametrize(
    "question",
    [
        "Why do customers return products?",
        "Why were products returned in 2025?",
        "Why do customers return apparel in the West?",
        "Why were items returned in 2025? Number of returns per return reason, only more than 100.",
    ],
)
def test_reasons_are_told(novamart_business: Business, question: str) -> None:
    """The change of the number of returns against the month before was explained."""
    plan = planned(novamart_business, question)
    assert plan.analysis is None
    assert groups_of(plan) == ["returns.reason_code"]


@pytest.mark.parametrize(
    "question",
    ["Why did returns increase in October 2026?", "Why were there fewer returns in October 2026?"],
)
def test_a_change_is_still_explained(novamart_business: Business, question: str) -> None:
    plan = planned(novamart_business, question)
    assert plan.clarification is not None or (plan.analysis is not None and plan.analysis.kind == "cause")
