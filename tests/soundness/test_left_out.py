"""What a figure leaves out by definition is never nought of it, nor what is left out alone where it is to count too."""

from __future__ import annotations

import pytest

from agent.business import Business
from agent.planners.embedded.filters_of_figures import fields_tested, leaves_out_only, lets_pass
from tests.soundness.asking import planned


@pytest.mark.parametrize(
    "question",
    [
        "how many orders did we get in Q3 2026, cancelled ones included, by channel",
        "how many orders by channel in Q3 2026, including the cancelled ones",
    ],
)
def test_what_is_to_count_too_is_not_all_that_counts(novamart_business: Business, question: str) -> None:
    """ "Cancelled ones included, by channel" gave the number of the cancelled orders."""
    plan = planned(novamart_business, question)
    assert plan.analysis is not None and plan.queries[0].query.metrics == ()
    assert "cancelled" not in plan.queries[0].query.model_dump_json()


@pytest.mark.parametrize(
    ("predicate", "value", "passes"),
    [
        ("sales.status <> 'void'", "void", False),
        ("sales.status NOT IN ('void', 'draft')", "draft", False),
        ("sales.status NOT IN ('void', 'draft')", "paid", True),
        ("NOT sales.refunded", True, True),
        ("sales.status = 'paid' AND sales.kind = 'new'", "void", False),
        ("sales.status = 'paid' OR sales.kind = 'new'", "void", True),
    ],
)
def test_a_filter_is_read_as_it_stands(predicate: str, value: object, passes: bool) -> None:
    """ "How many invoices were cancelled" gave nought, as NOT IN was not read."""
    assert lets_pass(predicate, "sales.status", value) is passes


def test_a_flag_that_is_denied_is_left_out() -> None:
    """ "How many tickets were refunded" gave nothing of those sold and not refunded."""
    assert not lets_pass("NOT sales.refunded", "sales.refunded", True)
    assert lets_pass("NOT sales.refunded", "sales.refunded", False)


def test_what_else_a_filter_asks_for_is_known() -> None:
    assert fields_tested("sales.status <> 'void' AND NOT sales.is_test") == {"sales.status", "sales.is_test"}
    assert fields_tested("sales.status <> 'void' AND sales.amount > 0") == frozenset()
    assert leaves_out_only("sales.status NOT IN ('void', 'draft')", "sales.status", ("void", "draft"))
    assert not leaves_out_only("sales.status NOT IN ('void', 'draft')", "sales.status", ("void",))
