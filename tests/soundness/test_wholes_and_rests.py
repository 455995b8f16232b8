"""Parts of a whole, one kind beside all others, and stretches before a comparison: each gave another figure in silence."""

from __future__ import annotations

import duckdb
import pytest

from agent.business import Business
from agent.service import PlumblineService
from catalog.query import Period
from tests.soundness.asking import planned

ORDERS = "orders o JOIN customers c USING (customer_id) WHERE o.status <> 'cancelled' AND year(o.order_date) = 2025"
LINES = (
    "order_items i JOIN orders o USING (order_id) JOIN products p USING (product_id) "
    "WHERE o.status <> 'cancelled' AND year(o.order_date) = 2025"
)


def _measured(service: PlumblineService, question: str) -> tuple[float, ...]:
    answer = service.ask(question)
    assert answer.status == "answer", answer.headline
    (table,) = answer.results
    (row,) = table.rows
    values = [value for value, column in zip(row, table.columns, strict=True) if column.role == "measure"]
    return tuple(float(str(value)) for value in values)


@pytest.mark.parametrize(
    ("question", "part", "whole"),
    [
        (
            "What share of orders in 2025 were mobile app orders from VIP customers?",
            f"SELECT COUNT(*) FILTER (WHERE o.channel = 'mobile_app' AND c.segment = 'vip') FROM {ORDERS}",
            f"SELECT COUNT(*) FROM {ORDERS}",
        ),
        (
            "what percentage of units sold in 2025 were books sold through the app",
            f"SELECT SUM(i.quantity) FILTER (WHERE p.category = 'Books' AND o.channel = 'mobile_app') FROM {LINES}",
            f"SELECT SUM(i.quantity) FROM {LINES}",
        ),
        (
            "share of revenue from the app in the West in 2025",
            f"SELECT SUM(o.total_amount) FILTER (WHERE o.channel = 'mobile_app') FROM {ORDERS} AND c.region = 'West'",
            f"SELECT SUM(o.total_amount) FROM {ORDERS} AND c.region = 'West'",
        ),
    ],
)
def test_what_is_said_of_the_part_is_none_of_the_whole(
    novamart_business: Business, question: str, part: str, whole: str
) -> None:
    """Of two values the last was the part, and the other narrowed what it is a part of."""
    service = PlumblineService(novamart_business)
    with duckdb.connect(str(service.database), read_only=True) as connection:
        expected = connection.execute(f"SELECT ({part}) / ({whole})").fetchone()
    assert expected is not None
    assert _measured(service, question)[-1] == pytest.approx(expected[0])


def test_a_share_of_two_things_is_asked_about(novamart_business: Business) -> None:
    """Whether of the app's orders the West's are meant or the other way round."""
    assert planned(novamart_business, "share of app orders in the West in 2025").clarification is not None


@pytest.mark.parametrize(
    "question",
    [
        "AOV in stores versus everywhere else in 2025",
        "average order value of store orders compared to all other orders in 2025",
        "Was the average order value in stores higher than in the rest in 2025?",
    ],
)
def test_one_kind_beside_all_others(novamart_business: Business, question: str) -> None:
    service = PlumblineService(novamart_business)
    sides = ", ".join(
        f"SUM(o.total_amount) FILTER (WHERE {kind}) / COUNT(*) FILTER (WHERE {kind})"
        for kind in ("o.channel = 'store'", "o.channel <> 'store'")
    )
    with duckdb.connect(str(service.database), read_only=True) as connection:
        expected = connection.execute(f"SELECT {sides} FROM {ORDERS}").fetchone()
    assert expected is not None
    assert _measured(service, question) == pytest.approx(expected)


def test_the_rest_of_a_sum(novamart_business: Business) -> None:
    """What is left out of one kind is all of the others, those of which nothing is known too."""
    service = PlumblineService(novamart_business)
    west, others = _measured(service, "revenue of the West in 2025 versus everything else")
    (whole,) = _measured(service, "revenue in 2025")[:1]
    assert west + others == pytest.approx(whole)


def test_numbers_of_unequal_kinds_do_not_say_which_does_it_more_often(novamart_business: Business) -> None:
    assert (
        planned(novamart_business, "Do app orders get cancelled more often than the others?").clarification is not None
    )


@pytest.mark.parametrize(
    ("question", "period", "beside"),
    [
        # The first month was held against the last one, and against itself a year before.
        ("Revenue May to September 2026 compared to the same period last year", "2026-05 2026-10", "2025-05 2025-10"),
        ("orders May to July 2026 compared with last year", "2026-05 2026-08", "2025-05 2025-08"),
        ("compare revenue of May to July 2026", "2026-07 2026-08", "2026-05 2026-06"),
        # The year was left out.
        ("return rate in Q3 2026 vs 2026", "2026-07 2026-10", "2026-01 2027-01"),
        # The month was taken for the verb.
        ("We only want May. What was revenue?", "2026-05 2026-06", "2026-04 2026-05"),
        # The other year was left out, and the one month held against the other.
        ("Units sold in November and December, 2025 vs 2024", "2025-11 2026-01", "2024-11 2025-01"),
        ("revenue in June and July 2026 against 2025", "2026-06 2026-08", "2025-06 2025-08"),
    ],
)
def test_a_stretch_and_what_it_is_held_against(
    novamart_business: Business, question: str, period: str, beside: str
) -> None:
    query = planned(novamart_business, question).queries[0].query
    (compared,) = query.compare
    assert [_months(query.period), _months(compared.period)] == [period, beside]


def _months(period: Period | None) -> str:
    assert period is not None
    return f"{period.start:%Y-%m} {period.end:%Y-%m}"


@pytest.mark.parametrize(
    "question", ["revenue in June and August 2026 against 2025", "tickets sold in May and August 2025 combined"]
)
def test_months_apart_are_asked_about(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


def test_the_time_that_a_verb_names_is_the_figures_own(novamart_business: Business) -> None:
    """Those who joined in 2025 were sought among those of the last month: none."""
    query = (
        planned(novamart_business, "How many customers from the South or the West joined us in 2025?").queries[0].query
    )
    assert _months(query.period) == "2025-01 2026-01"
    assert "signup_date" not in str(query.where)


@pytest.mark.parametrize(
    ("question", "split"),
    [
        ("orders in 2025, and how many were cancelled", []),
        ("How many orders did the app have in Q3 2026 and how many of those were cancelled?", []),
        ("orders by channel in 2025, and how many were cancelled", ["orders.channel"]),
        ("Which channel had the most orders in 2025 and how many were cancelled?", ["orders.channel"]),
    ],
)
def test_how_many_of_them_were(novamart_business: Business, question: str, split: list[str]) -> None:
    """The first figure was lost: only the cancelled ones were counted, or those of all channels."""
    answer = PlumblineService(novamart_business).ask(question)
    (table,) = answer.results
    measures = {column.name for column in table.columns if column.role == "measure"}
    assert {"order_count", "cancelled_orders"} <= measures
    assert [column.name for column in table.columns if column.role == "key"] == [name.split(".")[1] for name in split]


def test_those_who_joined_are_not_all_there_were(novamart_business: Business) -> None:
    """All customers at the end of 2025 were counted for those who signed up in it."""
    service = PlumblineService(novamart_business)
    with duckdb.connect(str(service.database), read_only=True) as connection:
        joined = connection.execute("SELECT COUNT(*) FROM customers WHERE year(signup_date) = 2025").fetchone()
    assert joined is not None
    assert _measured(service, "how many customers who signed up in 2025")[0] == joined[0]


def test_the_two_sides_are_told_apart_by_their_headings(novamart_business: Business) -> None:
    """Both columns bore the figure's bare name."""
    (table,) = PlumblineService(novamart_business).ask("revenue of the West in 2025 versus everything else").results
    assert [column.label for column in table.columns if column.role == "measure"] == [
        "Revenue (West)",
        "Revenue (all others)",
    ]
