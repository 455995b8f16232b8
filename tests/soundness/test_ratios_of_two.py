"""A ratio that no metric defines is computed of the same rows alone, and said as what it is."""

from __future__ import annotations

import pytest

from agent.business import Business
from agent.direct import query_answer
from catalog.access import Principal
from tests.soundness.asking import planned


def test_one_figure_per_another_of_the_same_rows(novamart_business: Business) -> None:
    plan = planned(novamart_business, "impressions per click by campaign channel in 2025")
    assert "Impressions divided by Ad clicks (no metric defines this ratio)" in plan.interpretation
    query = plan.queries[0].query
    ratio = query.calculations[0]
    assert (ratio.kind, ratio.metric, ratio.over) == ("ratio", "impressions", "clicks")
    assert [use.show for use in query.metrics] == ["context", "context"]
    rows = query_answer(novamart_business, query, Principal(), novamart_business.as_of()).results[0].rows
    assert rows
    for _, impressions, clicks, divided in rows:
        assert divided == pytest.approx(impressions / clicks)


@pytest.mark.parametrize(
    "question",
    [
        "GMV per ad click",
        "clicks per session",
        "Ad spend per order",
        "top 5 campaigns by impressions per click",
    ],
)
def test_figures_of_other_rows_are_not_divided(novamart_business: Business, question: str) -> None:
    """Ad spend per order was the average order value: "spend per order" with a word before it."""
    assert planned(novamart_business, question).clarification is not None


def test_in_percent_of_another_figure_said_outright(novamart_business: Business) -> None:
    """Of other rows too: "as a percentage of" says what is divided by what."""
    plan = planned(novamart_business, "Refunds as a percentage of GMV by category in Q3 2026")
    calculation = plan.queries[0].query.calculations[0]
    assert (calculation.kind, calculation.metric, calculation.over) == ("ratio", "refunds", "gmv")


def test_in_percent_of_all_things_of_a_kind(novamart_business: Business) -> None:
    """How the cancelled orders spread over the channels was told instead."""
    plan = planned(novamart_business, "Cancelled orders as a share of all the orders by channel in Q3 2026")
    calculation = plan.queries[0].query.calculations[0]
    assert calculation.kind == "ratio"
    assert calculation.metric == "cancelled_orders"
