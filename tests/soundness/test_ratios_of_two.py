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


def test_one_kind_of_a_figure_by_another(novamart_business: Business) -> None:
    """Web orders by store were told instead."""
    plan = planned(novamart_business, "web orders divided by store orders in Q3 2026")
    query = plan.queries[0].query
    rows = query_answer(novamart_business, query, Principal(), novamart_business.as_of()).results[0].rows
    ((web, store, divided),) = rows
    assert web > store > 0
    assert divided == pytest.approx(web / store)


@pytest.mark.parametrize(
    "question",
    [
        "By what percentage was online revenue higher than store revenue in Q3 2026?",
        "By how many percent did web revenue exceed store revenue in Q3 2026?",
        "What percentage higher were app orders than store orders in 2025?",
    ],
)
def test_by_how_many_percent_one_kind_is_above_another(novamart_business: Business, question: str) -> None:
    """Each one's share of the whole was told, or how many dollars lie between the two."""
    query = planned(novamart_business, question).queries[0].query
    rows = query_answer(novamart_business, query, Principal(), novamart_business.as_of()).results[0].rows
    ((one, other, ahead),) = rows
    assert ahead == pytest.approx(float(one - other) / float(other))


def test_what_narrows_only_the_figure_below_is_asked_about(novamart_business: Business) -> None:
    plan = planned(novamart_business, "For each order in a store in 2025, how many dollars went into advertising?")
    assert plan.clarification is not None
