"""A tiny sample has the shape that catalogs, questions and gold answers rely on."""

import datetime
from pathlib import Path

import duckdb
import pytest

from catalog.samples.novamart import GenerationReport
from catalog.samples.novamart.kpis import INTEGRITY

COLUMNS = {
    "orders": [
        ("order_id", "INTEGER"),
        ("customer_id", "INTEGER"),
        ("order_date", "TIMESTAMP"),
        ("total_amount", "DECIMAL(12,2)"),
        ("status", "VARCHAR"),
        ("channel", "VARCHAR"),
        ("store_id", "INTEGER"),
    ],
    "order_items": [
        ("order_id", "INTEGER"),
        ("product_id", "INTEGER"),
        ("quantity", "INTEGER"),
        ("unit_price", "DECIMAL(10,2)"),
        ("discount", "DECIMAL(10,2)"),
    ],
    "customers": [
        ("customer_id", "INTEGER"),
        ("full_name", "VARCHAR"),
        ("email", "VARCHAR"),
        ("signup_date", "DATE"),
        ("segment", "VARCHAR"),
        ("region", "VARCHAR"),
        ("lifetime_value", "DECIMAL(12,2)"),
    ],
    "products": [
        ("product_id", "INTEGER"),
        ("name", "VARCHAR"),
        ("category", "VARCHAR"),
        ("subcategory", "VARCHAR"),
        ("cost", "DECIMAL(10,2)"),
        ("current_price", "DECIMAL(10,2)"),
    ],
    "inventory": [
        ("product_id", "INTEGER"),
        ("warehouse_id", "INTEGER"),
        ("quantity_on_hand", "INTEGER"),
        ("reorder_point", "INTEGER"),
    ],
    "inventory_snapshots": [
        ("snapshot_date", "DATE"),
        ("product_id", "INTEGER"),
        ("quantity_on_hand", "INTEGER"),
    ],
    "returns": [
        ("return_id", "INTEGER"),
        ("order_id", "INTEGER"),
        ("product_id", "INTEGER"),
        ("reason_code", "VARCHAR"),
        ("refund_amount", "DECIMAL(12,2)"),
        ("return_date", "DATE"),
    ],
    "clickstream": [
        ("session_id", "BIGINT"),
        ("customer_id", "INTEGER"),
        ("channel", "VARCHAR"),
        ("event_type", "VARCHAR"),
        ("page_url", "VARCHAR"),
        ("timestamp", "TIMESTAMP"),
    ],
    "marketing_campaigns": [
        ("campaign_id", "INTEGER"),
        ("name", "VARCHAR"),
        ("channel", "VARCHAR"),
        ("start_date", "DATE"),
        ("spend", "DECIMAL(12,2)"),
        ("impressions", "BIGINT"),
        ("clicks", "BIGINT"),
        ("conversions", "BIGINT"),
        ("attributed_revenue", "DECIMAL(12,2)"),
    ],
    "supplier_shipments": [
        ("shipment_id", "INTEGER"),
        ("supplier_id", "INTEGER"),
        ("product_id", "INTEGER"),
        ("quantity", "INTEGER"),
        ("eta", "DATE"),
        ("actual_arrival", "DATE"),
    ],
    "customer_surveys": [
        ("customer_id", "INTEGER"),
        ("survey_date", "DATE"),
        ("nps_score", "INTEGER"),
        ("comments", "VARCHAR"),
    ],
    "sample_info": [("scale", "DOUBLE"), ("seed", "BIGINT"), ("as_of", "DATE")],
}
MAY_BE_NULL = {
    ("orders", "store_id"),
    ("customers", "lifetime_value"),
    ("clickstream", "customer_id"),
    ("supplier_shipments", "actual_arrival"),
}
TOO_FEW_TO_BE_UNDER_WAY = {("supplier_shipments", "actual_arrival")}  # of a tiny sample's 156 shipments
VALUES = {
    ("orders", "status"): {"completed", "shipped", "processing", "cancelled"},
    ("orders", "channel"): {"web", "mobile_app", "store"},
    ("customers", "segment"): {"vip", "loyal", "regular", "new"},
    ("customers", "region"): {"Northeast", "Midwest", "South", "West"},
    ("products", "category"): {
        "Electronics",
        "Apparel",
        "Home & Kitchen",
        "Beauty",
        "Sports & Outdoors",
        "Toys & Games",
        "Grocery",
        "Books",
    },
    ("returns", "reason_code"): {
        "wrong_size",
        "damaged",
        "not_as_described",
        "changed_mind",
        "late_delivery",
        "defective",
    },
    ("clickstream", "event_type"): {"page_view", "product_view", "add_to_cart", "checkout", "purchase"},
    ("clickstream", "channel"): {"web", "mobile_app"},
    ("marketing_campaigns", "channel"): {"search", "shopping", "display", "video", "email"},
}
# Questions whose answer must be none.
NONE_OF = {
    "store orders without a store, or others with one": (
        "SELECT count(*) FROM orders WHERE (channel = 'store') <> (store_id BETWEEN 1 AND 12 AND store_id IS NOT NULL)"
    ),
    "quantities, prices or discounts out of range": (
        "SELECT count(*) FROM order_items WHERE quantity < 1 OR unit_price <= 0 OR discount < 0"
        " OR discount > quantity * unit_price"
    ),
    "ids used twice": (
        "SELECT (SELECT count(*) - count(DISTINCT order_id) FROM orders)"
        " + (SELECT count(*) - count(DISTINCT customer_id) + count(*) - count(DISTINCT email) FROM customers)"
        " + (SELECT count(*) - count(DISTINCT name) + count(*) - count(DISTINCT product_id) FROM products)"
        " + (SELECT count(*) - count(DISTINCT return_id) FROM returns)"
        " + (SELECT count(*) - count(DISTINCT campaign_id) FROM marketing_campaigns)"
        " + (SELECT count(*) - count(DISTINCT shipment_id) FROM supplier_shipments)"
        " + (SELECT count(*) - count(DISTINCT product_id) FROM inventory)"
    ),
    "open orders that are older than a week": (
        "SELECT count(*) FROM orders WHERE status IN ('processing', 'shipped') AND order_date < '2026-10-25'"
    ),
    "old orders that are not closed": (
        "SELECT count(*) FROM orders WHERE status NOT IN ('completed', 'cancelled') AND order_date < '2026-10-25'"
    ),
    "order ids that do not follow time": (
        "SELECT count(*) FROM (SELECT order_date < lag(order_date) OVER (ORDER BY order_id) AS back FROM orders)"
        " WHERE back"
    ),
    "lifetime values of customers who never ordered, or none for one who did": (
        "SELECT count(*) FROM customers WHERE (lifetime_value IS NOT NULL)"
        " <> (customer_id IN (SELECT customer_id FROM orders))"
    ),
    "returned lines that come back twice": (
        "SELECT count(*) - count(DISTINCT order_id::BIGINT * 1048576 + product_id) FROM returns"
    ),
    "refunds above what was paid": (
        "SELECT count(*) FROM returns JOIN order_items USING (order_id, product_id)"
        " WHERE refund_amount > quantity * unit_price - discount"
    ),
    "snapshots that are not at a month's end": (
        "SELECT count(*) FROM inventory_snapshots WHERE snapshot_date <> last_day(snapshot_date)"
    ),
    "sessions on more than one channel or day": (
        "SELECT count(*) FROM (SELECT session_id FROM clickstream GROUP BY session_id"
        ' HAVING count(DISTINCT channel) > 1 OR count(DISTINCT "timestamp"::DATE) > 1)'
    ),
    "visits by customers who had not registered": (
        'SELECT count(*) FROM clickstream JOIN customers USING (customer_id) WHERE "timestamp"::DATE < signup_date'
    ),
    "online orders without the visit that bought": (
        "SELECT count(*) FROM orders ANTI JOIN (SELECT * FROM clickstream WHERE event_type = 'purchase') AS clicks"
        " ON clicks.customer_id = orders.customer_id AND clicks.channel = orders.channel"
        ' AND clicks."timestamp" = orders.order_date'
        " WHERE orders.channel <> 'store' AND order_date >= '2025-11-01'"
    ),
    "purchases without an order": (
        "SELECT (SELECT count(*) FROM clickstream WHERE event_type = 'purchase')"
        " - (SELECT count(*) FROM orders WHERE channel <> 'store' AND order_date >= '2025-11-01')"
    ),
    "shipments that arrived after today": (
        "SELECT count(*) FROM supplier_shipments WHERE actual_arrival > '2026-10-31'"
    ),
    "suppliers or warehouses out of range": (
        "SELECT (SELECT count(*) FROM supplier_shipments WHERE supplier_id NOT BETWEEN 1 AND 120)"
        " + (SELECT count(*) FROM inventory WHERE quantity_on_hand < 0 OR reorder_point < 1)"
    ),
    "scores off the scale": "SELECT count(*) FROM customer_surveys WHERE nps_score NOT BETWEEN 0 AND 10",
    "campaigns that earned clicks from nothing": (
        "SELECT count(*) FROM marketing_campaigns WHERE clicks > impressions OR conversions > clicks"
    ),
    "surveys before the customer's first order": (
        "SELECT count(*) FROM customer_surveys JOIN"
        " (SELECT customer_id, min(order_date)::DATE AS first_day FROM orders GROUP BY ALL) USING (customer_id)"
        " WHERE survey_date < first_day"
    ),
}
SPANS = {
    "orders": ("order_date", datetime.date(2022, 1, 1), datetime.date(2026, 10, 31)),
    "customers": ("signup_date", datetime.date(2012, 1, 1), datetime.date(2026, 10, 31)),
    "inventory_snapshots": ("snapshot_date", datetime.date(2024, 11, 30), datetime.date(2026, 10, 31)),
    "returns": ("return_date", datetime.date(2022, 1, 1), datetime.date(2026, 10, 31)),
    "clickstream": ("timestamp", datetime.date(2025, 11, 1), datetime.date(2026, 10, 31)),
    "marketing_campaigns": ("start_date", datetime.date(2022, 1, 1), datetime.date(2026, 10, 31)),
    "supplier_shipments": ("eta", datetime.date(2022, 1, 1), datetime.date(2026, 10, 31)),
    "customer_surveys": ("survey_date", datetime.date(2022, 1, 1), datetime.date(2026, 10, 31)),
}


def scalar(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_tables_and_columns_are_the_documented_ones(tiny: duckdb.DuckDBPyConnection) -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in tiny.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    ).fetchall():
        found.setdefault(table, []).append((column, kind))
    assert {table: sorted(columns) for table, columns in found.items()} == {
        table: sorted(columns) for table, columns in COLUMNS.items()
    }
    assert not tiny.execute("SELECT * FROM duckdb_constraints()").fetchall()


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in COLUMNS for column, _ in COLUMNS[table]])
def test_only_the_named_columns_hold_nulls(tiny: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    nulls = scalar(tiny, f'SELECT count(*) FROM {table} WHERE "{column}" IS NULL')
    if (table, column) not in TOO_FEW_TO_BE_UNDER_WAY:
        assert (nulls != 0) == ((table, column) in MAY_BE_NULL)


def test_some_shipments_are_under_way_and_some_products_out_of_stock(default_sample: Path) -> None:
    with duckdb.connect(str(default_sample), read_only=True) as connection:
        assert scalar(connection, "SELECT count(*) FROM supplier_shipments WHERE actual_arrival IS NULL") != 0
        assert scalar(connection, "SELECT count(*) FROM inventory WHERE quantity_on_hand = 0") != 0
        assert scalar(connection, "SELECT count(*) FROM inventory WHERE quantity_on_hand < reorder_point") != 0


@pytest.mark.parametrize(("table", "column"), VALUES)
def test_codes_take_exactly_the_documented_values(tiny: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    found = {row[0] for row in tiny.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()}
    assert found == VALUES[table, column]


@pytest.mark.parametrize("wrong", [*NONE_OF, *INTEGRITY])
def test_nothing_breaks_the_rules(tiny: duckdb.DuckDBPyConnection, wrong: str) -> None:
    assert scalar(tiny, {**NONE_OF, **INTEGRITY}[wrong]) == 0


@pytest.mark.parametrize("table", SPANS)
def test_dates_lie_in_the_span(tiny: duckdb.DuckDBPyConnection, table: str) -> None:
    column, first, last = SPANS[table]
    row = tiny.execute(f'SELECT min("{column}")::DATE, max("{column}")::DATE FROM {table}').fetchone()
    assert row is not None
    assert first <= row[0]
    assert (row[0] - first).days < 40
    assert 0 <= (last - row[1]).days < 40


def test_the_report_says_what_the_file_holds(tiny_report: GenerationReport, tiny: duckdb.DuckDBPyConnection) -> None:
    assert tiny_report.rows == {table: scalar(tiny, f"SELECT count(*) FROM {table}") for table in COLUMNS}
    assert tiny_report.file_bytes == tiny_report.path.stat().st_size
    assert {event.id for event in tiny_report.events} >= {"web_electronics_dip", "retargeting_stops_paying"}
    assert tiny.execute("FROM sample_info").fetchall() == [(0.001, 7, datetime.date(2026, 10, 31))]


def test_a_campaign_name_recurs_over_weekly_flights(tiny: duckdb.DuckDBPyConnection) -> None:
    assert scalar(tiny, "SELECT count(*) FROM marketing_campaigns") == 2300
    gaps = tiny.execute(
        "SELECT DISTINCT start_date - lag(start_date) OVER (PARTITION BY name ORDER BY start_date) AS gap"
        " FROM marketing_campaigns WHERE name = 'Generic Search' QUALIFY gap IS NOT NULL"
    ).fetchall()
    assert gaps == [(7,)]


def test_surveys_hold_personal_data_and_hostile_text(tiny: duckdb.DuckDBPyConnection) -> None:
    personal = scalar(
        tiny,
        "SELECT count(*) FROM customer_surveys JOIN customers USING (customer_id)"
        " WHERE contains(comments, email) OR contains(comments, full_name)",
    )
    hostile = scalar(tiny, "SELECT count(*) FROM customer_surveys WHERE comments LIKE '%gnore previous instructions%'")
    assert isinstance(personal, int)
    assert personal > 100
    assert hostile


def test_a_visit_narrows_from_page_to_purchase(tiny: duckdb.DuckDBPyConnection) -> None:
    reached = dict(
        tiny.execute("SELECT event_type, count(DISTINCT session_id) FROM clickstream GROUP BY ALL").fetchall()
    )
    stages = [reached[name] for name in ("page_view", "product_view", "add_to_cart", "checkout", "purchase")]
    assert stages == sorted(stages, reverse=True)
    assert stages[0] == scalar(tiny, "SELECT count(DISTINCT session_id) FROM clickstream")
    out_of_order = scalar(
        tiny,
        "SELECT count(*) FROM (SELECT session_id, max(\"timestamp\") FILTER (event_type = 'purchase') AS bought,"
        ' max("timestamp") AS ended FROM clickstream GROUP BY ALL) WHERE bought < ended',
    )
    assert out_of_order == 0
