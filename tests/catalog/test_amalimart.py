"""AmaliMart's catalog fits its tables and holds every figure of the sample's page."""

from __future__ import annotations

import duckdb
import pytest

from catalog.access import Principal, view_for
from catalog.loader import load_with_issues
from catalog.models import Catalog, FieldRole
from catalog.rules import check_against_database
from catalog.samples.generation import SampleReport

# The page's figures under their names there, or under the name of the metric that is the same (GMV by day, by category).
DEFINED = """
gmv ytg_revenue current_month_revenue total_revenue total_units_sold order_count completed_orders avg_order_value unique_customers
active_customers_ytd total_payment_value payment_count avg_payment_amount success_rate ytg_successful_payments avg_rating
review_count avg_category_rating sell_through_rate customer_count total_customers verification_rate active_user_rate lifetime_value
first_order_date last_order_date customer_tenure_days return_count total_returns_ytd avg_return_amount approval_rate
avg_delivery_fee shipment_count avg_delivery_days on_time_delivery_rate total_products active_products_ytd active_vendors
fulfillment_rate cancellation_rate return_rate delayed_orders failed_orders new_customers cac repeat_purchase_rate
monthly_retention_rate quarterly_retention_rate yearly_retention_rate ticket_count
""".split()
THIS_YEAR = {
    "ytg_revenue",
    "ytg_successful_payments",
    "active_customers_ytd",
    "active_products_ytd",
    "total_returns_ytd",
}
PERSONAL = {
    "users.user_full_name",
    "users.user_email",
    "users.user_phone",
    "users.user_birth_date",
    "addresses.address_line",
    "reviews.review_text",
    "support_tickets.ticket_subject",
    "messages.message_body",
}
ATTRIBUTES: dict[str, str | int | float | bool] = {"vendor_id": 17, "delivery_partner_id": 3}


@pytest.fixture(scope="module")
def amalimart() -> Catalog:
    catalog, issues = load_with_issues("amalimart")
    # An "active" product is one that sold or one set active: both have the word, so that it is asked which.
    assert [issue.rule for issue in issues] == ["synonyms_do_not_collide"]
    assert "active products" in issues[0].message
    return catalog


def test_it_fits_the_tables(amalimart: Catalog, small_marketplace: SampleReport) -> None:
    with duckdb.connect(str(small_marketplace.path), read_only=True) as connection:
        rows = connection.execute(
            "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
        ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for schema, table, column, kind in rows:
        columns.setdefault(table if schema == "main" else f"{schema}.{table}", {})[column] = kind
    assert check_against_database(amalimart, columns) == ()
    sources = {dataset.source for dataset in amalimart.datasets}
    assert sources == {name.removeprefix("main.") for name in columns}


def test_every_defined_metric_is_there_described_and_owned(amalimart: Catalog) -> None:
    assert set(DEFINED) <= set(view_for(amalimart, Principal()).metrics)
    for metric in amalimart.metrics:
        assert metric.description or "__" in metric.name, metric.name
        assert metric.hidden or (metric.owner and metric.words.synonyms), metric.name
    assert {item.name for item in amalimart.metrics if item.default_period == "this year"} == THIS_YEAR
    assert amalimart.default_periods.flow is None and amalimart.default_periods.state is None


@pytest.mark.parametrize("role", ["analyst", "admin", "vendor", "support_agent", "delivery_partner"])
def test_no_role_is_shown_personal_data(amalimart: Catalog, role: str) -> None:
    view = view_for(amalimart, Principal(role=role, attributes=ATTRIBUTES))
    assert set(view.denied_personal_fields) == PERSONAL
    assert not any(view.can_show(name) for name in PERSONAL)
    assert view_for(amalimart, Principal()).role.name == "analyst"


def test_only_the_admin_reveals(amalimart: Catalog) -> None:
    assert [role.name for role in amalimart.roles if role.reveal] == ["admin"]


def test_numbers_of_vendors_and_partners_can_be_said(amalimart: Catalog) -> None:
    for name in ("vendors.vendor_id", "delivery_partners.delivery_partner_id"):
        item = amalimart.field(name)
        assert item.role is FieldRole.DIMENSION
        assert item.values.said_as
