"""A small sample has the shape that the catalog, questions and gold answers rely on."""

import datetime as dt

import duckdb
import pytest

from catalog.samples.amalimart import SampleReport
from catalog.samples.amalimart.tables import SOURCE_TABLES

VALUES = {
    "users.user_role": "ADMIN ANALYST CUSTOMER DELIVERY_PARTNER SUPPORT_AGENT VENDOR",
    "users.user_type": "B2B B2C",
    "users.user_gender": "FEMALE MALE OTHER",
    "orders.order_status": "CANCELLED COMPLETED FAILED PENDING PROCESSING SHIPPED",
    "payments.payment_method": "BANK_TRANSFER CARD COD MOBILE_MONEY WALLET",
    "payments.payment_status": "FAILED PENDING SUCCESS",
    "returns.status": "APPROVED PENDING REJECTED",
    "returns.return_reason": "CHANGED_MIND DAMAGED NOT_AS_DESCRIBED WRONG_ITEM WRONG_SIZE",
    "vendor_applications.status": "APPROVED PENDING REJECTED",
    "products.product_status": "ACTIVE INACTIVE",
    "support_tickets.ticket_category": "ACCOUNT DELIVERY PAYMENT PRODUCT RETURN",
    "support_tickets.ticket_status": "IN_PROGRESS OPEN RESOLVED",
    "carts.cart_status": "ABANDONED OPEN ORDERED",
    "marketing_spend.spend_channel": "INFLUENCER RADIO SEARCH SOCIAL",
    "addresses.address_country": "Ghana Nigeria",
}
PERIODS = (
    ("orders", "order_date"),
    ("payments", "paid_at"),
    ("users", "created_at"),
    ("reviews", "created_at"),
    ("order_status_history", "changed_at"),
    ("support_tickets", "created_at"),
)


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize("table", SOURCE_TABLES)
def test_a_table_has_its_columns(marketplace: duckdb.DuckDBPyConnection, table: str) -> None:
    wanted = [part.split(" ") for part in SOURCE_TABLES[table].replace("(14,2)", "(14;2)").split(", ")]
    wanted += [["created_at", "TIMESTAMP"], ["updated_at", "TIMESTAMP"]]
    found = [
        [name, kind.replace("(14,2)", "(14;2)")]
        for name, kind, *_ in marketplace.execute(f"DESCRIBE {table}").fetchall()
    ]
    assert found == wanted
    assert one(marketplace, f"SELECT count(*) FROM {table} WHERE created_at IS NULL OR updated_at < created_at") == 0


@pytest.mark.parametrize("field", VALUES)
def test_a_column_holds_the_values_of_the_page(marketplace: duckdb.DuckDBPyConnection, field: str) -> None:
    table, _, column = field.partition(".")
    rows = marketplace.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1"
    ).fetchall()
    assert " ".join(row[0] for row in rows) == VALUES[field]


@pytest.mark.parametrize(("table", "column"), PERIODS)
def test_the_data_run_from_january_2023_to_today(
    marketplace: duckdb.DuckDBPyConnection, table: str, column: str
) -> None:
    first, last = marketplace.execute(f"SELECT min({column})::DATE, max({column})::DATE FROM {table}").fetchall()[0]
    assert first >= dt.date(2023, 1, 1) and first < dt.date(2023, 1, 15)
    assert dt.date(2026, 10, 24) <= last <= dt.date(2026, 10, 31)


def test_places_are_those_of_the_page(marketplace: duckdb.DuckDBPyConnection) -> None:
    states = dict(
        marketplace.execute(
            "SELECT address_country, count(DISTINCT state_name) FROM addresses JOIN cities USING (city_id) GROUP BY 1"
        ).fetchall()
    )
    assert states == {"Nigeria": 16, "Ghana": 4}
    named = "SELECT count(DISTINCT state_name) FROM cities WHERE state_name IN ('Lagos', 'Kano', 'Rivers', 'Borno')"
    assert one(marketplace, named) == 4
    assert one(marketplace, "SELECT count(*) FROM cities WHERE city_name IN ('Ibadan', 'Kumasi')") == 2


def test_everyone_is_of_an_age_group_and_only_customers_have_a_type(marketplace: duckdb.DuckDBPyConnection) -> None:
    ages = "SELECT min(date_diff('year', user_birth_date, DATE '2026-10-31')) FROM users"
    assert int(str(one(marketplace, ages))) >= 18
    assert one(marketplace, "SELECT count(*) FROM users WHERE (user_role = 'CUSTOMER') <> (user_type IS NOT NULL)") == 0


def test_what_people_write_holds_their_own_names_and_orders_to_the_reader(
    marketplace: duckdb.DuckDBPyConnection,
) -> None:
    named = "SELECT count(*) FROM reviews JOIN users USING (user_id) WHERE contains(review_text, user_full_name)"
    assert int(str(one(marketplace, named))) > 0
    hostile = "SELECT count(*) FROM messages WHERE message_body LIKE 'Ignore previous%' OR message_body LIKE 'SYSTEM%'"
    assert int(str(one(marketplace, hostile))) > 0


def test_the_report_says_what_the_file_holds(
    small_marketplace: SampleReport, marketplace: duckdb.DuckDBPyConnection
) -> None:
    for table in SOURCE_TABLES:
        assert small_marketplace.rows[table] == one(marketplace, f"SELECT count(*) FROM {table}")
    assert one(marketplace, "SELECT as_of FROM sample_info") == dt.date(2026, 10, 31)
