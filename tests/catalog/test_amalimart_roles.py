"""What AmaliMart's roles see, and what the data checks find in its lakehouse, through the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from agent.answer import Answer
from agent.service import PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from catalog.query import MetricQuery
from catalog.samples.generation import SampleReport

ADMIN = Principal(user="ada", role="admin")
VENDOR = Principal(user="vendor_17", role="vendor", attributes={"vendor_id": 17})
AGENT = Principal(user="agent_2", role="support_agent")
COURIER = Principal(user="partner_3", role="delivery_partner", attributes={"delivery_partner_id": 3})


@pytest.fixture(scope="module")
def service(small_marketplace: SampleReport, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlumblineService]:
    settings = Settings(home=tmp_path_factory.mktemp("home"), model=None)
    with PlumblineService.open(settings, catalog="amalimart", database=small_marketplace.path) as opened:
        yield opened


@pytest.fixture(scope="module")
def truth(small_marketplace: SampleReport) -> Callable[[str], Any]:
    def one(sql: str) -> Any:
        with duckdb.connect(str(small_marketplace.path), read_only=True) as connection:
            row = connection.execute(sql).fetchone()
        return row[0] if row else None

    return one


def figure(service: PlumblineService, who: Principal, metric: str, **parts: object) -> Answer:
    return service.run_query(MetricQuery.model_validate({"metrics": [{"metric": metric}], **parts}), principal=who)


OWN = {
    "gmv": "SELECT SUM(total_amount) FROM orders WHERE vendor_id = 17",
    "total_payment_value": "SELECT SUM(amount) FROM payments JOIN orders USING (order_id) WHERE vendor_id = 17",
    "return_count": "SELECT COUNT(*) FROM returns JOIN orders USING (order_id) WHERE vendor_id = 17",
    "review_count": "SELECT COUNT(*) FROM reviews JOIN products USING (product_id) WHERE vendor_id = 17",
    "wishlist_entries": "SELECT COUNT(*) FROM wishlists JOIN products USING (product_id) WHERE vendor_id = 17",
    "ticket_count": "SELECT COUNT(*) FROM support_tickets JOIN orders USING (order_id) WHERE vendor_id = 17",
    "total_products": "SELECT COUNT(*) FROM products WHERE vendor_id = 17",
    "unique_customers": "SELECT COUNT(DISTINCT user_id) FROM orders WHERE vendor_id = 17",
}


@pytest.mark.parametrize("metric", OWN)
def test_a_vendor_sees_its_own(metric: str, service: PlumblineService, truth: Callable[[str], Any]) -> None:
    assert float(figure(service, VENDOR, metric).results[0].rows[0][0]) == pytest.approx(float(truth(OWN[metric])))


def test_what_needs_hidden_rows_is_refused(service: PlumblineService) -> None:
    def of(vendor: int) -> Answer:
        condition = {"kind": "field", "field": "vendors.vendor_id", "operator": "eq", "values": [vendor]}
        return figure(service, VENDOR, "gmv", where=condition)

    assert of(17).status == "answer"
    assert of(5).status == of(5_000_000).status == "refuse"
    by_vendor = [{"kind": "field", "field": "vendors.vendor_name"}]
    ranking = figure(
        service, VENDOR, "gmv", group_by=by_vendor, order_by=[{"column": "gmv", "descending": True}], limit=3
    )
    assert ranking.status == "refuse"
    for metric in ("customer_count", "new_customers", "active_vendors", "cac", "extracted_orders"):
        assert figure(service, VENDOR, metric).status in ("refuse", "clarify"), metric
    by_gender = [{"kind": "field", "field": "users.user_gender"}]
    assert figure(service, VENDOR, "gmv", group_by=by_gender).status in ("refuse", "clarify")


def test_a_support_agent_sees_first_letters_and_no_naira(service: PlumblineService) -> None:
    for metric in ("gmv", "avg_order_value", "total_payment_value", "avg_delivery_fee", "avg_return_amount"):
        assert figure(service, AGENT, metric).status in ("refuse", "clarify"), metric
    named = figure(service, AGENT, "ticket_count", group_by=[{"kind": "field", "field": "users.user_full_name"}])
    names = [row[0] for row in named.results[0].rows if row[0] is not None]
    assert names and all(len(name) == 4 and name.endswith("***") for name in names)
    assert figure(service, AGENT, "delayed_orders").status == "answer"


def test_a_courier_sees_its_shipments_and_of_naira_their_fees(
    service: PlumblineService, truth: Callable[[str], Any]
) -> None:
    own = {
        "avg_delivery_fee": "SELECT AVG(delivery_fee) FROM shipments WHERE delivery_partner_id = 3",
        "shipment_count": "SELECT COUNT(*) FROM shipments WHERE delivery_partner_id = 3",
        "order_count": "SELECT COUNT(*) FROM shipments WHERE delivery_partner_id = 3",
    }
    for metric, sql in own.items():
        assert float(figure(service, COURIER, metric).results[0].rows[0][0]) == pytest.approx(float(truth(sql)))
    for metric in ("gmv", "total_payment_value", "avg_return_amount"):
        assert figure(service, COURIER, metric).status in ("refuse", "clarify"), metric


def test_an_admin_reveals_one_user_and_reads_no_others(service: PlumblineService, truth: Callable[[str], Any]) -> None:
    assert service.run_sql("SELECT user_email FROM users", principal=ADMIN).status == "refuse"
    assert service.run_sql("SELECT user_email FROM silver_users", principal=ADMIN).status != "answer"
    answer = service.reveal("users", "60", reason="chargeback 4711", principal=ADMIN)
    row = dict(zip((column.name for column in answer.results[0].columns), answer.results[0].rows[0], strict=True))
    assert row["user_email"] == truth("SELECT user_email FROM users WHERE user_id = 60")


def test_the_planted_batches_are_found_and_said(service: PlumblineService) -> None:
    found = {
        (item.table, str(item.period)): item
        for item in service.check_data(("bronze_orders", "bronze_payments"))
        if item.check == "row_count" and item.verdict != "pass"
    }
    twice = found["orders", "2026-08-10"]
    assert (twice.layer, twice.verdict) == ("bronze", "fail")
    assert twice.expected is not None and twice.observed == pytest.approx(2 * twice.expected, rel=0.4)
    assert twice.lower is not None and twice.upper is not None and twice.sql and twice.run_at
    assert set(found) <= {
        ("orders", "2026-08-10"), ("payments", "2026-09-14"), ("payments", "2026-09-21")
    }  # fmt: skip
