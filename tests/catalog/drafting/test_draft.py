"""What a draft makes of measures, times and tables, from profiles alone."""

from __future__ import annotations

import datetime as dt

import pytest

from catalog.draft import Draft, draft_catalog
from catalog.models import AggregateMetric, FieldRole, FieldType
from catalog.profile import ColumnProfile, Containment, DatabaseProfile, KeyProfile, TableProfile, Value

TODAY = dt.date(2024, 6, 30)
TYPES = {
    "i": FieldType.INTEGER,
    "n": FieldType.NUMBER,
    "s": FieldType.STRING,
    "d": FieldType.DATE,
    "b": FieldType.BOOLEAN,
}


def column(
    name: str, kind: str, low: Value | None = None, high: Value | None = None, distinct: int = 90
) -> ColumnProfile:
    return ColumnProfile(
        name=name,
        database_type=kind,
        type=TYPES[kind],
        nulls=0,
        distinct=distinct,
        minimum=low,
        maximum=high,
        average_length=9.0,
    )


def table(name: str, key: str, *columns: ColumnProfile, rows: int = 100) -> TableProfile:
    names = tuple(key.split())
    keys = tuple(
        item
        for item in (column(part, "i", 1, rows, rows) for part in names)
        if item.name not in {c.name for c in columns}
    )
    return TableProfile(name=name, rows=rows, columns=(*keys, *columns), keys=(KeyProfile(columns=names),))


def draft(*tables: TableProfile, containments: tuple[Containment, ...] = ()) -> Draft:
    return draft_catalog(DatabaseProfile(name="trade", tables=tables, containments=containments, measured_on=TODAY))


def pointer(table_name: str, of_table: str, name: str) -> Containment:
    return Containment(
        table=table_name, columns=(name,), of_table=of_table, of_columns=(name,), values=50, contained=50
    )


SOLD_ON = column("sold_on", "d", dt.date(2023, 1, 1), dt.date(2024, 6, 1))


@pytest.mark.parametrize(
    ("measure", "aggregations"),
    [
        (column("amount", "n", 1, 900), {"sum", "average"}),
        (column("qty", "i", 1, 50), {"sum", "average"}),
        (column("unit_price", "n", 1, 90), {"average"}),
        (column("unit_cost", "n", 1, 90), {"average"}),
        (column("cost", "n", 1, 90), {"sum", "average"}),
        (column("rating", "i", 1, 5), {"average"}),
        (column("discount", "n", 0, 0.4), {"average"}),
        (column("discount", "n", 0, 40), {"sum", "average"}),
        (column("success_rate", "n", 0, 1), {"average"}),
        (column("age", "i", 18, 90), {"average"}),
        (column("duration_minutes", "i", 1, 90), {"sum", "average"}),
        (column("wibble", "n", 1, 90), {"sum", "average"}),
        (column("fiscal_year", "i", 2020, 2024), set()),
        (column("status", "i", 0, 4, 5), set()),
        (column("zip", "i", 10000, 99999), set()),
    ],
    ids=lambda value: f"{value.name}-{value.maximum}" if isinstance(value, ColumnProfile) else "",
)
def test_what_is_added_up_and_what_is_averaged(measure: ColumnProfile, aggregations: set[str]) -> None:
    catalog = draft(table("visits", "visit_id", SOLD_ON, measure)).catalog
    found = [item for item in catalog.metrics if isinstance(item, AggregateMetric) and item.aggregation != "count"]
    assert {item.aggregation.value for item in found} == aggregations


def test_what_the_name_does_not_tell_is_to_be_confirmed() -> None:
    found = draft(table("visits", "visit_id", SOLD_ON, column("wibble", "n", 1, 90))).confirmations
    assert any(item.subject == "total_wibble" and "added up" in item.statement for item in found)


@pytest.mark.parametrize(
    ("key", "by"),
    [
        ("account_id balance_date", ()),
        ("entry_id", ("statements.account_id",)),
    ],  # a row a day and account; a row now and then
)
def test_levels_are_not_added_up_over_time(key: str, by: tuple[str, ...]) -> None:
    accounts = table("accounts", "account_id", column("opened_on", "d", dt.date(2020, 1, 1), dt.date(2023, 1, 1)))
    statements = table(
        "statements", key, column("account_id", "i", 1, 50, 50), column("balance_date", "d", dt.date(2024, 1, 1), TODAY),
        column("closing_balance", "n", 0, 9000),
    )  # fmt: skip
    catalog = draft(accounts, statements, containments=(pointer("statements", "accounts", "account_id"),)).catalog
    metric = catalog.metric_by_name["closing_balance"]
    assert isinstance(metric, AggregateMetric)
    assert metric.is_state
    assert metric.semi_additive is not None
    assert (metric.semi_additive.over, metric.semi_additive.by) == ("statements.balance_date", by)


def shop(*lines: ColumnProfile) -> Draft:
    customers = table("customers", "customer_id", column("signup_date", "d", dt.date(2020, 1, 1), TODAY))
    orders = table(
        "orders",
        "order_id",
        column("customer_id", "i", 1, 100),
        column("order_date", "d", dt.date(2023, 1, 1), dt.date(2024, 5, 31)),
        column("required_date", "d", dt.date(2023, 1, 1), dt.date(2024, 9, 1)),
        column("total_amount", "n", 1, 900),
    )
    sold = (column("order_id", "i", 1, 100), column("quantity", "i", 1, 9), column("unit_price", "n", 1, 90))
    items = table("order_items", "line_id", *sold, *lines)
    return draft(
        customers, orders, items,
        containments=(pointer("orders", "customers", "customer_id"), pointer("order_items", "orders", "order_id")),
    )  # fmt: skip


def test_sales_are_quantity_times_price_less_a_fraction() -> None:
    catalog = shop(column("discount", "n", 0, 0.3)).catalog
    sales = catalog.metric_by_name["sales"]
    assert isinstance(sales, AggregateMetric)
    assert sales.expression == "order_items.unit_price * order_items.quantity * (1 - order_items.discount)"
    assert sales.time_field == "orders.order_date"
    assert "average_order_value" in catalog.metric_by_name


def test_a_discount_of_unknown_meaning_makes_gross_sales() -> None:
    catalog = shop(column("discount", "n", 0, 30)).catalog
    assert "sales" not in catalog.metric_by_name
    assert "sales" not in catalog.metric_by_name["gross_sales"].words.synonyms
    assert "sales" in catalog.metric_by_name["total_order_amount"].words.synonyms


def test_persons_are_counted_without_a_time_and_the_new_by_theirs() -> None:
    catalog = shop().catalog
    assert catalog.dataset_by_name["customers"].time_field is None
    assert catalog.metric_by_name["new_customers"].time_field == "customers.signup_date"
    assert catalog.metric_by_name["order_count"].time_field == "orders.order_date"


def test_today_is_the_last_day_of_the_events() -> None:
    assert shop().catalog.as_of == "SELECT MAX(order_date) FROM orders"
    ahead = column("sold_on", "d", dt.date(2023, 1, 1), dt.date(2030, 1, 1))
    assert draft(table("visits", "visit_id", ahead)).catalog.as_of is None


def test_numbers_without_a_table_are_things_to_group_by_and_to_count() -> None:
    catalog = draft(table("visits", "visit_id", SOLD_ON, column("store_id", "i", 1, 12, 12))).catalog
    store = catalog.field("visits.store_id")
    assert (store.role, store.label, store.values.said_as) == (FieldRole.DIMENSION, "Store", ("store {value}",))
    assert "store_count" in catalog.metric_by_name


def test_switches_are_yes_or_no() -> None:
    catalog = draft(table("visits", "visit_id", SOLD_ON, column("is_returned", "i", 0, 1, 2))).catalog
    assert catalog.field("visits.is_returned").type is FieldType.BOOLEAN
    share = catalog.metric_by_name["share_of_returned_visits"]
    assert share.unit == "fraction"


def test_lines_that_are_shipped_later_use_the_orders_date() -> None:
    catalog = shop(column("ship_date", "d", dt.date(2023, 1, 9), dt.date(2024, 6, 9))).catalog
    sales = catalog.metric_by_name["sales"]
    assert isinstance(sales, AggregateMetric)
    assert sales.time_field == "orders.order_date"


def test_an_extended_price_is_sales_less_the_discount() -> None:
    orders = table("orders", "order_id", column("order_date", "d", dt.date(2023, 1, 1), dt.date(2024, 5, 31)))
    items = table(
        "order_items", "line_id", column("order_id", "i", 1, 100), column("quantity", "i", 1, 9),
        column("extended_price", "n", 1, 90), column("discount_pct", "i", 0, 20),
    )  # fmt: skip
    sales = draft(orders, items, containments=(pointer("order_items", "orders", "order_id"),)).catalog.metric_by_name[
        "sales"
    ]
    assert isinstance(sales, AggregateMetric)
    assert sales.expression == "order_items.extended_price * (1 - order_items.discount_pct / 100.0)"


def test_purchases_are_no_sales() -> None:
    orders = table("purchase_orders", "po_id", column("order_date", "d", dt.date(2023, 1, 1), dt.date(2024, 5, 31)))
    lines = table(
        "purchase_order_lines",
        "line_id",
        column("po_id", "i", 1, 100),
        column("quantity", "i", 1, 9),
        column("unit_price", "n", 1, 90),
    )
    names = draft(
        orders, lines, containments=(pointer("purchase_order_lines", "purchase_orders", "po_id"),)
    ).catalog.metric_by_name
    assert "purchase_amount" in names
    assert "sales" not in names
