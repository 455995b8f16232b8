"""Each kind of event does what EVENTS.md says, where and when it says, and nothing elsewhere.

One eventful sample holds an event of every kind, each in a place or month of its own, and is compared with the same
sample without events.
"""

import dataclasses
from pathlib import Path

import duckdb
import pytest

from catalog.samples.novamart import generate
from catalog.samples.novamart.kpis import INTEGRITY

EVENTFUL = """
version: 1
events:
  - {id: less, kind: demand, where: {region: [South]}, factor: 0.6, start: 2022-03-01, end: 2022-04-30}
  - {id: more, kind: demand, where: {category: [Grocery]}, factor: 1.5, start: 2022-07-01, end: 2022-08-31}
  - {id: more_orders, kind: demand, where: {channel: [mobile_app]}, factor: 1.8, start: 2022-10-01, end: 2022-10-31}
  - {id: gone, kind: churn, where: {segment: [loyal]}, share: 0.5, start: 2023-02-01, end: 2023-04-30}
  - {id: dear, kind: price, where: {category: [Apparel]}, factor: 1.2, start: 2023-06-01, end: 2023-08-31}
  - {id: dear_now, kind: price, where: {subcategory: [Snacks]}, factor: 1.5, elasticity: 0, start: 2026-10-31, end: 2026-10-31}
  - {id: empty, kind: stockout, where: {category: [Books], best_seller_share: 0.3}, start: 2025-05-10, end: 2025-07-05}
  - {id: back, kind: returns, where: {category: [Home & Kitchen]}, reason: [damaged], factor: 3, start: 2023-09-01, end: 2024-02-29}
  - {id: undone, kind: cancellations, where: {channel: [web]}, factor: 5, start: 2024-03-01, end: 2024-04-30}
  - {id: visits, kind: traffic, where: {channel: [web]}, factor: 1.5, start: 2026-01-01, end: 2026-01-31}
  - {id: wasted, kind: campaign, where: {campaign: [Generic Search]}, spend_factor: 2, result_factor: 0,
     start: 2024-05-01, end: 2024-06-30}
  - {id: late, kind: shipment_delay, where: {supplier_id: [17, 18, 19, 20]}, late_days: 20, start: 2024-01-01, end: 2024-12-31}
  - {id: few, kind: signups, factor: 0.2, start: 2015-01-01, end: 2022-01-31}
  - {id: cross, kind: survey, where: {region: [West]}, score_shift: -3, start: 2024-07-01, end: 2024-12-31}
"""

ORDERS = "orders JOIN customers USING (customer_id)"
LINES = "order_items JOIN orders USING (order_id) JOIN customers USING (customer_id) JOIN products USING (product_id)"


@dataclasses.dataclass(frozen=True)
class Effect:
    """What a figure of the eventful sample is relative to the same figure without events."""

    sql: str
    low: float
    high: float


def between(column: str, first: str, last: str) -> str:
    return f"{column}::DATE BETWEEN '{first}' AND '{last}'"


EFFECTS = {
    "less, where it was planted": Effect(
        f"SELECT count(*) FROM {ORDERS} WHERE region = 'South' AND {between('order_date', '2022-03-01', '2022-04-30')}",
        0.55,
        0.65,
    ),
    "not less elsewhere": Effect(
        f"SELECT count(*) FROM {ORDERS} WHERE region = 'West' AND {between('order_date', '2022-03-01', '2022-04-30')}",
        1,
        1,
    ),
    "not less before": Effect(
        f"SELECT count(*) FROM {ORDERS} WHERE region = 'South' AND {between('order_date', '2022-01-01', '2022-02-28')}",
        1,
        1,
    ),
    "more lines of a category": Effect(
        f"SELECT count(*) FROM {LINES} WHERE category = 'Grocery' AND {between('order_date', '2022-07-01', '2022-08-31')}",
        1.4,
        1.6,
    ),
    "not more of another": Effect(
        f"SELECT count(*) FROM {LINES} WHERE category = 'Books' AND {between('order_date', '2022-07-01', '2022-08-31')}",
        1,
        1,
    ),
    "more orders of a channel": Effect(
        f"SELECT count(*) FROM orders WHERE channel = 'mobile_app' AND {between('order_date', '2022-10-01', '2022-10-31')}",
        1.7,
        1.9,
    ),
    "customers gone": Effect(
        "SELECT count(DISTINCT customer_id) FROM " + ORDERS + " WHERE segment = 'loyal' AND"
        f" {between('order_date', '2023-02-01', '2023-04-30')}",
        0.42,
        0.58,
    ),
    "customers back": Effect(
        f"SELECT count(*) FROM {ORDERS} WHERE segment = 'loyal' AND {between('order_date', '2023-05-01', '2023-05-31')}",
        1,
        1,
    ),
    "units follow a price": Effect(
        f"SELECT sum(quantity) FROM {LINES} WHERE category = 'Apparel' AND {between('order_date', '2023-06-01', '2023-08-31')}",
        0.67,  # 1.2 ^ -1.8 = 0.72
        0.77,
    ),
    "a price that rose": Effect(
        f"SELECT avg(unit_price) FROM {LINES} WHERE category = 'Apparel' AND {between('order_date', '2023-06-01', '2023-08-31')}",
        1.15,
        1.25,
    ),
    "a price that is still up": Effect(
        "SELECT sum(current_price) FROM products WHERE subcategory = 'Snacks'", 1.499, 1.501
    ),
    "a price that is not": Effect("SELECT sum(current_price) FROM products WHERE category = 'Apparel'", 1, 1),
    "sales lost to empty shelves": Effect(
        f"SELECT sum(quantity) FROM {LINES} WHERE category = 'Books' AND {between('order_date', '2025-05-10', '2025-07-05')}",
        0.35,
        0.7,
    ),
    "more returns for a reason": Effect(
        "SELECT count(*) FROM returns JOIN products USING (product_id) WHERE category = 'Home & Kitchen'"
        f" AND reason_code = 'damaged' AND {between('return_date', '2023-10-05', '2024-02-29')}",
        2.4,
        3.6,
    ),
    "returns later and elsewhere stay": Effect(
        "SELECT count(*) FROM returns JOIN products USING (product_id) WHERE category = 'Apparel'"
        f" AND {between('return_date', '2023-10-05', '2024-02-29')}",
        0.97,
        1.03,
    ),
    "more cancellations": Effect(
        "SELECT count(*) FROM orders WHERE status = 'cancelled' AND channel = 'web'"
        f" AND {between('order_date', '2024-03-01', '2024-04-30')}",
        4.2,
        5.8,
    ),
    "more visits that buy nothing": Effect(
        "SELECT count(DISTINCT session_id) FROM clickstream WHERE channel = 'web'"
        " AND \"timestamp\" BETWEEN '2026-01-01' AND '2026-01-31 23:59:59'",
        1.46,
        1.5,
    ),
    "spend of a campaign": Effect(
        "SELECT sum(spend) FROM marketing_campaigns WHERE name = 'Generic Search'"
        f" AND {between('start_date', '2024-05-01', '2024-06-30')}",
        1.999,
        2.001,
    ),
    "results of a campaign": Effect(
        "SELECT sum(conversions) + sum(attributed_revenue) FROM marketing_campaigns WHERE name = 'Generic Search'"
        f" AND {between('start_date', '2024-05-01', '2024-06-30')}",
        0,
        0,
    ),
    "other campaigns": Effect(
        "SELECT sum(attributed_revenue) + sum(spend) FROM marketing_campaigns WHERE name <> 'Generic Search'", 1, 1
    ),
    "arrivals of late suppliers": Effect(
        "SELECT sum(actual_arrival - eta + 100) FROM supplier_shipments WHERE supplier_id BETWEEN 17 AND 20"
        f" AND {between('eta', '2024-01-01', '2024-12-31')}",
        1.18,
        1.21,
    ),
    "few registrations": Effect(
        f"SELECT count(*) FROM customers WHERE {between('signup_date', '2015-01-01', '2021-12-31')}", 0.2, 0.6
    ),
    "scores of cross customers": Effect(
        "SELECT avg(nps_score) FROM customer_surveys JOIN customers USING (customer_id) WHERE region = 'West'"
        f" AND {between('survey_date', '2024-07-01', '2024-12-31')}",
        0.55,
        0.72,
    ),
}


@pytest.fixture(scope="module")
def eventful_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eventful")
    (folder / "events.yaml").write_text(EVENTFUL)
    return generate(folder / "novamart.duckdb", events=folder / "events.yaml").path


@pytest.mark.parametrize("effect", EFFECTS)
def test_an_event_does_what_it_says(eventful_sample: Path, uneventful_sample: Path, effect: str) -> None:
    values = []
    for path in (eventful_sample, uneventful_sample):
        with duckdb.connect(str(path), read_only=True) as connection:
            row = connection.execute(EFFECTS[effect].sql).fetchone()
            assert row is not None
            values.append(float(row[0]))
    assert EFFECTS[effect].low <= values[0] / values[1] <= EFFECTS[effect].high


def test_a_stockout_empties_the_month_ends_in_it(eventful_sample: Path) -> None:
    with duckdb.connect(str(eventful_sample), read_only=True) as connection:
        empty = connection.execute(
            "SELECT snapshot_date::VARCHAR, avg((quantity_on_hand = 0)::INTEGER) FROM inventory_snapshots"
            " JOIN products USING (product_id) WHERE category = 'Books'"
            " AND snapshot_date BETWEEN '2025-04-30' AND '2025-07-31' GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    assert [day for day, share in empty if share > 0.25] == ["2025-05-31", "2025-06-30"]


def test_keys_and_totals_hold_with_events_of_every_kind(eventful_sample: Path) -> None:
    with duckdb.connect(str(eventful_sample), read_only=True) as connection:
        broken = {name: connection.execute(sql).fetchone() for name, sql in INTEGRITY.items()}
    assert {name for name, row in broken.items() if row != (0,)} == set()
