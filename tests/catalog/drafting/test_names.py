"""Names as people would read them, and what they say about each other."""

from __future__ import annotations

import pytest

from catalog.drafting.name_evidence import FAIR, STRONG, name_evidence
from catalog.drafting.names import entity_of, identifier_of, is_id_like, plural_of, raw_words, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("order_date", "order date"),
        ("OrderDate", "order date"),
        ("orderdate", "order date"),
        ("ORDER_DT", "order date"),
        ("custNo", "customer number"),
        ("Order Details", "order details"),
        ("HTTPStatusCode", "http status code"),
        ("qty", "quantity"),
        ("discount", "discount"),
        ("account", "account"),
        ("paid", "paid"),
        ("valid", "valid"),
        ("lifetime", "lifetime"),
        ("Line2Amount", "line2 amount"),
        ("dob", "birth date"),
    ],
)
def test_words(name: str, words: str) -> None:
    assert " ".join(words_of(name)) == words


@pytest.mark.parametrize(
    ("table", "entity"),
    [
        ("dim_customers", "customer"),
        ("tblOrderItems", "order item"),
        ("Categories", "category"),
        ("FACT_SALES", "sale"),
        ("archive.addresses", "address"),
        ("MediaType", "media type"),
    ],
)
def test_entity(table: str, entity: str) -> None:
    assert " ".join(entity_of(table)) == entity


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("order item", "order items"), ("category", "categories"), ("day", "days"), ("address", "addresses"), ("box", "boxes"),
     ("person", "people"), ("branch", "branches"), ("bed census", "bed census")],
)  # fmt: skip
def test_plural(singular: str, plural: str) -> None:
    assert plural_of(singular) == plural


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Order Details", "order_details"),
        ("2024 Sales", "n2024_sales"),
        ("Is Active?", "is_active"),
        ("Größe", "gr_e"),
        ("", "field"),
    ],
)
def test_identifier(name: str, identifier: str) -> None:
    assert identifier_of(name) == identifier
    assert raw_words(identifier) is not None


def test_what_identifies() -> None:
    names = ("order_id", "OrderID", "idOrder", "sku", "zip_code", "paid", "amount", "valid")
    assert [name for name in names if is_id_like(name)] == ["order_id", "OrderID", "idOrder", "sku", "zip_code"]


@pytest.mark.parametrize(
    ("pointer", "key", "role"),
    [
        ("orders.customer_id", "customers.customer_id", None),
        ("orders.customer_id", "customers.id", None),
        ("Order.CustomerId", "Customer.Id", None),
        ("orders.cust_no", "customers.cust_no", None),
        ("orders.cust_id", "dim_customer.id", None),
        ("orders.prod_id", "products.id", None),
        ("orders.customer", "customers.id", None),
        ("orders.fk_customer", "customers.id", None),
        ("orders.billing_address_id", "addresses.id", "billing"),
        ("matches.home_team_id", "teams.team_id", "home"),
        ("flights.origin_airport_code", "airports.airport_code", "origin"),
        ("employees.manager_id", "employees.employee_id", "manager"),
        ("categories.parent_id", "categories.id", "parent"),
        ("order_lines.order_item_id", "order_items.id", None),
    ],
)
def test_pointers_by_name(pointer: str, key: str, role: str | None) -> None:
    (table, column), (of_table, of_column) = pointer.split("."), key.split(".")
    found = name_evidence(table, column, of_table, of_column)
    assert found.strength >= STRONG
    assert found.role == role


@pytest.mark.parametrize(
    ("pointer", "key"),
    [
        ("customers.support_rep_id", "employees.id"),
        ("orders.ship_via", "shippers.shipper_id"),
        ("tickets.created_by", "users.user_id"),
        ("orders.item_id", "order_items.id"),
        ("charges.posted_by", "staff.staff_id"),
        ("activities.assigned_to", "users.id"),
        ("requests.approved_by", "users.login"),
    ],
)
def test_pointers_by_role(pointer: str, key: str) -> None:
    (table, column), (of_table, of_column) = pointer.split("."), key.split(".")
    assert STRONG > name_evidence(table, column, of_table, of_column).strength >= FAIR


@pytest.mark.parametrize(
    ("column", "key"),
    [
        ("orders.id", "customers.id"),
        ("orders.name", "customers.name"),
        ("orders.quantity", "categories.category_id"),
        ("orders.order_id", "customers.customer_id"),
        ("orders.status", "statuses_history.id"),
        ("orders.year", "products.year"),
        ("products.category_id", "products.product_id"),
        ("reports.reports_to", "categories.id"),
        ("hotels.total_rooms", "rooms.room_id"),
        ("hotels.rooms", "rooms.room_id"),
        ("bookings.number_of_guests", "guests.guest_id"),
    ],
)
def test_names_that_say_nothing(column: str, key: str) -> None:
    (table, name), (of_table, of_column) = column.split("."), key.split(".")
    assert name_evidence(table, name, of_table, of_column).strength < FAIR
