"""Ways to get a wrong number without an error, each drawn as tables: the right plan, or a refusal that says why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from agent.errors import QueryError
from tests.soundness.small_business import SmallBusiness, small_business

JAN, FEB, MAR = dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)


def by(field: str, **more: Any) -> dict[str, Any]:
    return {"kind": "field", "field": field, **more}


def month() -> dict[str, Any]:
    return {"kind": "time", "grain": "month"}


@pytest.fixture(scope="module")
def shop() -> SmallBusiness:
    """Orders with several lines and several payments."""
    return small_business(
        {
            "customers": """
                customer_id  segment
                c1           big
                c2           small
                c3           -
            """,
            "orders": """
                order_id  customer_id  @placed:date  shipping:num
                o1        c1           2026-01-10    5
                o2        c1           2026-01-31    7
                o3        c2           2026-03-02    3
                o4        c9           2026-03-05    1
            """,
            "lines": """
                line_id  order_id  product  amount:num
                l1       o1        pen      10
                l2       o1        ink      20
                l3       o2        pen      40
                l4       o3        ink      0
            """,
            "payments": """
                payment_id  order_id  paid:num
                p1          o1        15
                p2          o1        15
                p3          o2        40
            """,
        },
        {"orders.customer_id": "customers", "lines.order_id": "orders", "payments.order_id": "orders"},
        {
            "shipping": "sum(orders.shipping)",
            "orders_count": "count(orders.*)",
            "amount": {"is": "sum(lines.amount)", "time_field": "orders.placed"},
            "paid": {"is": "sum(payments.paid)", "time_field": "orders.placed"},
            "mean_amount": {"is": "average(lines.amount)", "time_field": "orders.placed"},
            "line_count": {"is": "count(lines.*)", "time_field": "orders.placed"},
            "per_line": "amount / line_count",
            "buyers": "count_distinct(orders.customer_id)",
            "paid_share": "paid / amount",
            "open_amount": "amount - paid",
            "paid_out": "-paid",
            "balance": "amount + paid_out",
            "left_over": "balance - shipping_of_lines",
            "shipping_of_lines": "sum(orders.shipping)",
            "customer_count": "count(customers.*)",
        },
    )


def test_fan_out_of_a_sum_is_refused(shop: SmallBusiness) -> None:
    """o1 ships for 5 and holds pen and ink: by product its 5 would count twice (5 + 7 and 5 + 3 make 20 of 16)."""
    with pytest.raises(QueryError, match="one order has many lines"):
        shop.ask(metrics=["shipping"], group_by=[by("lines.product")])


def test_fan_out_of_a_filter_keeps_each_row_once(shop: SmallBusiness) -> None:
    """o1 has two lines over 5, and still ships once."""
    where = {"kind": "field", "field": "lines.amount", "operator": "gt", "values": [5]}
    assert shop.ask(metrics=["shipping"], where=where) == [(12.0,)]


def test_orders_are_counted_once_for_each_product_they_hold(shop: SmallBusiness) -> None:
    """o1 holds both products; o4 holds none and is in no group."""
    rows = shop.ask(metrics=["orders_count"], group_by=[by("lines.product")])
    assert rows == [("ink", 2), ("pen", 2)]


@pytest.mark.parametrize(
    "more",
    [
        {"period": {"start": JAN, "end": FEB}},
        {"period": {"end": FEB}},
        {"compare": [{"name": "before", "period": {"start": JAN, "end": FEB}}]},
    ],
)
def test_what_has_no_time_is_not_given_for_a_period(shop: SmallBusiness, more: dict[str, Any]) -> None:
    """Nothing says when a customer came, so that all three would stand under January."""
    assert shop.ask(metrics=["customer_count"]) == [(3,)]
    with pytest.raises(QueryError, match="has no time"):
        shop.ask(metrics=["customer_count"], **more)


def test_chasm_of_two_facts(shop: SmallBusiness) -> None:
    """Joined through their order, o1's two lines meet its two payments: 60 and 60 instead of 30 and 30."""
    rows = shop.ask(metrics=["amount", "paid"], group_by=[by("customers.segment")])
    assert rows == [("big", 70.0, 70.0), ("small", 0.0, None)]


def test_average_is_of_rows_not_of_groups(shop: SmallBusiness) -> None:
    """Lines average 17.5; the average of the groups' averages (23.33, 0) would be 11.67."""
    assert shop.ask(metrics=["mean_amount"]) == [(17.5,)]
    assert shop.ask(metrics=["mean_amount"], group_by=[by("customers.segment")], totals="grand")[-1] == (
        None,
        17.5,
        "total",
    )


def test_ratio_is_of_totals(shop: SmallBusiness) -> None:
    """All amounts over all lines, 70 / 4, not the mean of 10/1, 20/1 and so on of any grouping."""
    assert shop.ask(metrics=["per_line"]) == [(17.5,)]


def test_ratio_of_partial_groups(shop: SmallBusiness) -> None:
    """Small customers paid nothing of 0: no division by zero; a group in one part only is not lost."""
    rows = shop.ask(metrics=["paid_share"], group_by=[by("customers.segment")])
    assert rows == [("big", 1.0), ("small", None)]


def test_a_missing_part_of_a_difference_is_nothing(shop: SmallBusiness) -> None:
    """o3 has lines and no payment: what is open is the amount, not null."""
    rows = shop.ask(metrics=["open_amount"], group_by=[by("orders.order_id")])
    assert rows == [("o1", 0.0), ("o2", 0.0), ("o3", 0.0)]


def test_a_missing_part_is_nothing_through_signs_and_formulas(shop: SmallBusiness) -> None:
    """o3 has no payment and o4 no line: a sum with "minus what was paid" in it, and a sum over that, are no null either."""
    rows = shop.ask(metrics=["balance", "left_over"], group_by=[by("orders.order_id")])
    assert rows == [("o1", 0.0, -5.0), ("o2", 0.0, -7.0), ("o3", 0.0, -3.0), ("o4", 0.0, -1.0)]


def test_distinct_counts_do_not_add_up(shop: SmallBusiness) -> None:
    """c1 buys twice in January; the quarter's buyers are counted anew: 3, while its months say 1 and 2."""
    rows = shop.ask(metrics=["buyers"], group_by=[month()], totals="grand")
    assert rows == [(JAN, 1, "detail"), (MAR, 2, "detail"), (None, 3, "total")]


def test_null_keys_and_dangling_references_stay(shop: SmallBusiness) -> None:
    """o4 refers to no known customer: it is in the group without a segment, not lost."""
    rows = shop.ask(metrics=["orders_count", "shipping"], group_by=[by("customers.segment")])
    assert rows == [("big", 2, 12.0), ("small", 1, 3.0), (None, 1, 1.0)]


def test_null_keys_match_across_facts(shop: SmallBusiness) -> None:
    """The group without a segment is one row, though null equals nothing."""
    where = {"kind": "field", "field": "orders.order_id", "operator": "in", "values": ["o1", "o4"]}
    rows = shop.ask(metrics=["orders_count", "buyers", "amount"], group_by=[by("customers.segment")], where=where)
    assert rows == [("big", 1, 1, 30.0), (None, 1, 1, None)]


def test_growth_after_a_missing_period_is_unknown(shop: SmallBusiness) -> None:
    """February has no order: March has grown from nothing known, not from January's two."""
    growth = {"kind": "growth", "metric": "orders_count"}
    rows = shop.ask(metrics=["orders_count"], group_by=[month()], calculations=[growth])
    assert rows == [(JAN, 2, None), (MAR, 2, None)]


def test_a_comparison_keeps_periods_that_one_side_lacks(shop: SmallBusiness) -> None:
    """February has no orders and January, the month before, has two."""
    quarter = {"start": JAN, "end": dt.date(2026, 4, 1)}
    rows = shop.ask(metrics=["orders_count"], group_by=[month()], period=quarter, compare=[{"offset": "1 month"}])
    assert rows == [(JAN, 2, 0, 2, None), (FEB, 0, 2, -2, -1.0), (MAR, 2, 0, 2, None)]


def test_division_by_zero_is_null(shop: SmallBusiness) -> None:
    """o3's only line is worth nothing."""
    where = {"kind": "field", "field": "orders.order_id", "values": ["o3"]}
    assert shop.ask(metrics=["paid_share"], where=where) == [(None,)]


@pytest.fixture(scope="module")
def warehouse() -> SmallBusiness:
    """Stock counted at the end of January and, in one place, of February."""
    level = {"over": "counts.counted", "take": "last"}
    return small_business(
        {
            "counts": """
                count_id  place  @counted:date  stock:int
                1         north  2026-01-31     10
                2         south  2026-01-31     4
                3         north  2026-02-28     6
            """
        },
        metrics={
            "stock": {"is": "sum(counts.stock)", "semi_additive": level, "is_state": True},
            "mean_stock": {"is": "sum(counts.stock)", "semi_additive": {**level, "take": "average"}},
            "stock_of_each": {"is": "sum(counts.stock)", "semi_additive": {**level, "by": ["counts.place"]}},
        },
    )


def test_a_level_is_not_added_up_over_time(warehouse: SmallBusiness) -> None:
    """14 at the end of January and 6 at February's: never 20."""
    assert warehouse.ask(metrics=["stock"]) == [(6,)]
    assert warehouse.ask(metrics=["stock"], group_by=[month()]) == [(JAN, 14), (FEB, 6)]


def test_every_group_of_a_level_stands_at_the_same_moment(warehouse: SmallBusiness) -> None:
    """South was not counted in February: its 4 of January must not stand beside north's 6, as if they made 10."""
    assert warehouse.ask(metrics=["stock"], group_by=[by("counts.place")]) == [("north", 6)]


def test_the_last_level_of_each(warehouse: SmallBusiness) -> None:
    """Where the catalog says so, each place keeps its own last count: 6 and 4."""
    assert warehouse.ask(metrics=["stock_of_each"]) == [(10,)]


def test_an_average_level_counts_moments_once(warehouse: SmallBusiness) -> None:
    """(14 + 6) / 2; and the places' averages, 8 and 2, add up to it."""
    assert warehouse.ask(metrics=["mean_stock"]) == [(10.0,)]
    assert warehouse.ask(metrics=["mean_stock"], group_by=[by("counts.place")]) == [("north", 8.0), ("south", 2.0)]


def test_a_slowly_changing_dimension_joins_what_held_then() -> None:
    """Ann was a trainee until February: her January sale is a trainee's, and no sale counts twice."""
    business = small_business(
        {
            "sales": """
                sale_id  person  @sold:date  amount:num
                1        ann     2026-01-15  10
                2        ann     2026-02-01  20
                3        bob     2026-01-20  5
            """,
            "roles": """
                role_id  person  role     since:date  until:date
                1        ann     trainee  2025-01-01  2026-02-01
                2        ann     senior   2026-02-01  -
                3        bob     senior   2025-06-01  2026-01-10
            """,
        },
        {"sales.person": {"to": "roles", "key": "person"}},
        {"sold": "sum(sales.amount)"},
        roles={"validity": {"valid_from": "since", "valid_to": "until"}},
    )
    rows = business.ask(metrics=["sold"], group_by=[by("roles.role")])
    assert rows == [("senior", 20.0), ("trainee", 10.0), (None, 5.0)]


BRIDGE = {
    "accounts": """
        account_id  balance:num
        a1          100
        a2          50
    """,
    "holdings": """
        holding_id  account_id  holder_id  share:num
        1           a1          h1         0.75
        2           a1          h2         0.25
        3           a2          h1         1
    """,
    "holders": """
        holder_id  city
        h1         Oslo
        h2         Bergen
    """,
}


@pytest.mark.parametrize("weight", [None, "share"])
def test_many_to_many_needs_a_declared_share(weight: str | None) -> None:
    """a1 belongs to two holders: 100 in each city makes 250 of 150. With declared shares 75 + 50 and 25 make 150."""
    business = small_business(
        BRIDGE,
        {"holdings.account_id": {"to": "accounts", "weight": weight}, "holdings.holder_id": "holders"},
        {"balance": "sum(accounts.balance)", "held": "count(accounts.*)"},
    )
    by_city = [by("holders.city")]
    assert business.ask(metrics=["held"], group_by=by_city) == [("Bergen", 1), ("Oslo", 2)]
    if weight is None:
        with pytest.raises(QueryError, match="has many holdings"):
            business.ask(metrics=["balance"], group_by=by_city)
    else:
        assert business.ask(metrics=["balance"], group_by=by_city) == [("Bergen", 25.0), ("Oslo", 125.0)]


def test_two_roles_of_one_dataset_are_told_apart() -> None:
    """An order ships to Bergen and is billed to Oslo: "by city" has two meanings and is refused until it has one."""
    business = small_business(
        {
            "orders": """
                order_id  bill_to  ship_to  amount:num
                1         x        y        10
            """,
            "addresses": """
                address_id  city
                x           Oslo
                y           Bergen
            """,
        },
        {
            "orders.bill_to": {"to": "addresses", "key": "address_id", "role": "billing"},
            "orders.ship_to": {"to": "addresses", "key": "address_id", "role": "shipping"},
        },
        {"amount": "sum(orders.amount)"},
    )
    with pytest.raises(QueryError, match=r"several ways.*orders_bill_to.*orders_ship_to"):
        business.ask(metrics=["amount"], group_by=[by("addresses.city")])
    both = [
        by("addresses.city", path=["orders_bill_to"], alias="billed"),
        by("addresses.city", path=["orders_ship_to"], alias="shipped"),
    ]
    assert business.ask(metrics=["amount"], group_by=both) == [("Oslo", "Bergen", 10.0)]


def test_days_are_those_of_the_business() -> None:
    """Stored in UTC, 23:30 of 31 January is half past midnight of 1 February in Lagos."""
    business = small_business(
        {
            "events": """
                event_id  @at:time
                1         2026-01-31T22:30:00
                2         2026-01-31T23:30:00
            """
        },
        metrics={"events_count": "count(events.*)"},
        calendar={"time_zone": "Africa/Lagos"},
    )
    stored = business.catalog.datasets[0].fields[1].model_copy(update={"time_zone": "UTC"})
    dataset = business.catalog.datasets[0].model_copy(
        update={"fields": (business.catalog.datasets[0].fields[0], stored)}
    )
    in_utc = SmallBusiness(business.connection, business.catalog.model_copy(update={"datasets": (dataset,)}))
    assert business.ask(metrics=["events_count"], group_by=[month()]) == [(JAN, 2)]
    assert in_utc.ask(metrics=["events_count"], group_by=[month()]) == [(JAN, 1), (FEB, 1)]
    assert in_utc.ask(metrics=["events_count"], period={"start": FEB}) == [(1,)]


def test_a_last_day_is_whole() -> None:
    """Up to 31 January takes in its last second, though the column holds times of day."""
    business = small_business(
        {
            "events": """
                event_id  @at:time
                1         2026-01-31T23:59:59
                2         2026-02-01T00:00:00
            """
        },
        metrics={"events_count": "count(events.*)"},
    )
    where = {"kind": "field", "field": "events.at", "operator": "le", "values": [dt.date(2026, 1, 31)]}
    assert business.ask(metrics=["events_count"], where=where) == [(1,)]
    assert business.ask(metrics=["events_count"], period={"start": JAN, "through": dt.date(2026, 1, 31)}) == [(1,)]


def test_a_state_does_not_look_past_today() -> None:
    """On 15 March the 30 days up to now hold b's visit of 20 February; the 30 days up to the month's end would not."""
    business = small_business(
        {
            "visits": """
                visit_id  person  @at:date
                1         a       2026-03-10
                2         b       2026-02-20
            """
        },
        metrics={
            "lapsed": {
                "kind": "state",
                "entity": "visits.person",
                "base_window": "90 days",
                "recent_window": "30 days",
                "calculation": "count",
            }
        },
    )
    period = {"start": MAR, "end": dt.date(2026, 4, 1)}
    assert business.ask(metrics=["lapsed"], period=period) == [(1,)]
    assert business.ask(metrics=["lapsed"], period=period, as_of=dt.date(2026, 3, 15)) == [(0,)]
    by_month = {"metrics": ["lapsed"], "group_by": [month()], "period": period}
    assert business.ask(**by_month, as_of=dt.date(2026, 3, 15)) == [(MAR, 0)]


def test_a_conversion_on_the_day_of_its_base_event_counts() -> None:
    """o1 is placed at 14:00 and sent back on that day, which has no hour: the return is not before the order. The window of
    2 days holds o2's return on the day after, and not o3's two days after, whatever the hour of the orders."""
    business = small_business(
        {
            "orders": """
                order_id  @placed:time
                o1        2026-01-10T14:00:00
                o2        2026-01-10T23:00:00
                o3        2026-01-10T23:00:00
            """,
            "returns": """
                return_id  order_id  @returned:date
                r1         o1        2026-01-10
                r2         o2        2026-01-11
                r3         o3        2026-01-12
            """,
        },
        {"returns.order_id": "orders"},
        {
            "orders_count": {"is": "count(orders.*)", "time_field": "orders.placed"},
            "returns_count": {"is": "count(returns.*)", "time_field": "returns.returned"},
            "sent_back": {
                "kind": "conversion",
                "base_metric": "orders_count",
                "conversion_metric": "returns_count",
                "base_entity": "orders.order_id",
                "conversion_entity": "returns.order_id",
                "window": {"count": 2, "grain": "day"},
                "calculation": "count",
            },
        },
    )
    assert business.ask(metrics=["sent_back"]) == [(2,)]


def test_things_counted_once_before_the_join(shop: SmallBusiness) -> None:
    """c1 bought twice and is counted once; c9 is no customer we know, and has no segment."""
    query = {"metrics": ["buyers"], "group_by": [by("customers.segment")]}
    assert shop.ask(**query) == [("big", 1), ("small", 1), (None, 1)]
    assert shop.ask(**query, period={"start": JAN, "end": FEB}) == [("big", 1)]
    assert shop.ask(metrics=["buyers"], group_by=[by("customers.segment"), month()]) == [
        ("big", JAN, 1),
        ("small", MAR, 1),
        (None, MAR, 1),
    ]
    assert "SELECT DISTINCT" in shop.sql(**query)
