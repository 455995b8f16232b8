"""NovaMart's catalog fits its tables and holds every definition of the sample's page."""

from __future__ import annotations

import re
import time

import pytest

from catalog import expressions
from catalog.access import Principal, view_for
from catalog.loader import _kept, load_with_issues
from catalog.models import Catalog, FieldRole
from catalog.rules import check_against_database
from catalog.samples.novamart.tables import TABLES

DEFINED = """
gmv revenue net_revenue discounts impressions clicks ctr ad_conversions items_per_order orders_per_customer
revenue_per_customer product_count supplier_count sessions order_count units_sold aov discount_rate cogs gross_profit
gross_margin refunds return_count return_rate cancellation_rate customer_count new_customers active_customers
repeat_purchase_rate churn_rate inactive_customer_rate cltv conversion_rate ad_spend attributed_revenue roas cac
inventory_value inventory_turnover out_of_stock_products low_stock_products nps late_shipments on_time_rate open_shipments
""".split()

TARGETS = {
    "gmv": (">=", "SELECT 18000000 * sample_info.scale FROM sample_info"),
    "aov": (">=", "75"),
    "churn_rate": ("<", "0.15"),
    "cltv": (">=", "500"),
    "inventory_turnover": (">=", "10"),
    "conversion_rate": (">=", "0.04"),
    "return_rate": ("<", "0.12"),
    "cac": ("<", "30"),
    "roas": (">=", "6"),
    "nps": (">=", "50"),
}


@pytest.fixture(scope="module")
def novamart() -> Catalog:
    catalog, issues = load_with_issues("novamart")
    assert issues == ()
    return catalog


def sample_columns() -> dict[str, dict[str, str]]:
    columns = {}
    for table, text in TABLES.items():
        parts = re.split(r", (?![0-9])", text)
        columns[table] = {part.split(" ", 1)[0].strip('"'): part.split(" ", 1)[1] for part in parts}
    return columns


def test_it_fits_the_tables_and_leaves_no_column_out(novamart: Catalog) -> None:
    columns = sample_columns()
    assert check_against_database(novamart, columns) == ()
    described = {(dataset.source, item.expression) for dataset in novamart.datasets for item in dataset.fields}
    assert {(table, column) for table, found in columns.items() for column in found} <= described


def test_every_defined_metric_is_there_described_and_owned(novamart: Catalog) -> None:
    assert set(DEFINED) <= set(view_for(novamart, Principal()).metrics)
    for metric in novamart.metrics:
        assert metric.description or "__" in metric.name, metric.name
        assert metric.unit, metric.name
        assert metric.hidden or (metric.owner and metric.words.synonyms), metric.name


def test_targets_are_those_of_the_page(novamart: Catalog) -> None:
    targets = {item.name: (item.target.comparison, item.target.expression) for item in novamart.metrics if item.target}
    assert targets == TARGETS


def test_values_are_sampled_only_where_they_are_words(novamart: Catalog) -> None:
    sampled = {f"{data.name}.{item.name}" for data in novamart.datasets for item in data.fields if item.values.sample}
    assert sampled == {
        "orders.status",
        "orders.channel",
        "products.name",
        "products.category",
        "products.subcategory",
        "returns.reason_code",
        "customers.segment",
        "customers.region",
        "clickstream.channel",
        "clickstream.event_type",
        "customer_surveys.nps_group",
        "marketing_campaigns.name",
        "marketing_campaigns.channel",
    }


@pytest.mark.parametrize("role", ["executive", "analyst", "data_scientist", "regional_manager"])
def test_no_role_is_shown_personal_data(novamart: Catalog, role: str) -> None:
    view = view_for(novamart, Principal(role=role, attributes={"region": "West"}))
    personal = {"customers.full_name", "customers.email", "customer_surveys.comments"}
    assert set(view.denied_personal_fields) == personal
    assert not any(view.can_show(name) for name in personal)
    if role != "data_scientist":
        assert "email" not in view.datasets["customers"].field_by_name


def test_ids_of_stores_and_suppliers_can_be_grouped_and_said(novamart: Catalog) -> None:
    for name in ("orders.store_id", "inventory.warehouse_id", "supplier_shipments.supplier_id"):
        item = novamart.field(name)
        assert item.role is FieldRole.DIMENSION
        assert item.values.said_as


def test_loading_anew_is_quick() -> None:
    load_with_issues("novamart")
    seconds = []
    for _ in range(3):
        _kept.clear()
        expressions.parse_expression.cache_clear()
        started = time.perf_counter()
        load_with_issues("novamart")
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 2, seconds  # about 0.04 s; the bound only catches a change of kind
