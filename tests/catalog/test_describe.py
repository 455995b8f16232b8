"""Definitions in plain words, and no more of them than the principal may see."""

from __future__ import annotations

import pytest

from catalog.access import Principal, view_for
from catalog.describe import define, describe
from catalog.errors import UnknownNameError
from catalog.loader import load_catalog


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "aov",
            [
                "Average order value",
                "computed as       Revenue / Orders",
                "target            at least 75 (VP Strategy)",
            ],
        ),
        (
            "gmv",
            ["sum of order_items.quantity * order_items.unit_price", "only where        orders.status <> 'cancelled'"],
        ),
        (
            "churn_rate",
            ["with an event in the 365 days up to the period's end, the share with none in the last 90 days"],
        ),
        (
            "inventory_value",
            ["the last value over inventory_snapshots.snapshot_date", "a level at the end of a period"],
        ),
        ("cac", ["cannot be split by  marketing_campaigns: new customers carry no ad channel"]),
        ("nps", ["100 * (Promoters - Detractors) / Survey answers", "where customer_surveys.nps_score >= 9"]),
        ("stocked_products", ["Products held"]),
        (
            "conversion_rate",
            ["Orders where orders.channel IN ('web', 'mobile_app') / Sessions, on the days that have data for all"],
        ),
        ("orders", ["points at     customers by customer_id", "order_date"]),
        ("orders.channel", ["online is         web, mobile_app", "mobile_app, also  app"]),
        (None, ["NovaMart", "roles", "metrics of Finance"]),
    ],
)
def test_definitions(name: str | None, lines: list[str]) -> None:
    text = describe(load_catalog("novamart"), name)
    for line in lines:
        assert line in text


def test_dimensions_count_nothing_twice() -> None:
    lines = dict(define(view_for(load_catalog("novamart"), Principal()), "revenue").lines)
    assert "products.category" in lines["can be split by"]
    assert "returns.reason_code" not in lines["can be split by"]
    assert "customers.email" not in lines["can be split by"]


def test_a_role_is_told_of_nothing_it_may_not_see() -> None:
    view = view_for(load_catalog("novamart"), Principal(role="regional_manager", attributes={"region": "West"}))
    for name in ("cac", "customers.email", "stocked_products"):
        with pytest.raises(UnknownNameError) as caught:
            define(view, name)
        assert name not in caught.value.nearest
