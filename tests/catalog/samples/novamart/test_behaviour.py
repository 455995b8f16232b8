"""The business is alive: what analyses will look for is in the data, and its truth is known."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from catalog.samples.novamart.shape import PRICE_ELASTICITY

SOLD = "orders JOIN customers USING (customer_id) WHERE status <> 'cancelled'"


@pytest.fixture
def uneventful(uneventful_sample: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(uneventful_sample), read_only=True) as connection:
        yield connection


def figures(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, float]:
    return {str(name): float(value) for name, value in connection.execute(sql).fetchall()}


def test_orders_grow_by_one_and_revenue_by_five_percent_a_year(uneventful: duckdb.DuckDBPyConnection) -> None:
    orders = figures(uneventful, f"SELECT year(order_date), count(*) FROM {SOLD} GROUP BY ALL")
    revenue = figures(uneventful, f"SELECT year(order_date), sum(total_amount) FROM {SOLD} GROUP BY ALL")
    assert (orders["2025"] / orders["2022"]) ** (1 / 3) == pytest.approx(1.01, abs=0.006)
    assert (revenue["2025"] / revenue["2022"]) ** (1 / 3) == pytest.approx(1.05, abs=0.012)


def test_november_and_december_stand_out(uneventful: duckdb.DuckDBPyConnection) -> None:
    months = figures(
        uneventful, f"SELECT month(order_date), count(*) FROM {SOLD} AND year(order_date) < 2026 GROUP BY 1"
    )
    others = [months[str(month)] for month in range(1, 11)]
    assert min(months["11"], months["12"]) > 1.1 * max(others)
    days = figures(uneventful, f"SELECT order_date::DATE, count(*) FROM {SOLD} AND year(order_date) = 2025 GROUP BY 1")
    assert max(days, key=lambda day: days[day]) in {"2025-11-28", "2025-12-01"}


def test_the_week_and_the_day_have_a_rhythm(uneventful: duckdb.DuckDBPyConnection) -> None:
    weekdays = figures(uneventful, f"SELECT isodow(order_date), count(*) FROM {SOLD} GROUP BY 1")
    assert 1.05 < max(weekdays.values()) / min(weekdays.values()) < 1.15
    online = figures(uneventful, f"SELECT hour(order_date), count(*) FROM {SOLD} AND channel = 'web' GROUP BY 1")
    assert online["20"] > 5 * online["4"]
    stores = figures(uneventful, f"SELECT hour(order_date), count(*) FROM {SOLD} AND channel = 'store' GROUP BY 1")
    assert min(map(int, stores)) == 9
    assert max(map(int, stores)) == 20


def test_wrong_sizes_gather_in_apparel(uneventful: duckdb.DuckDBPyConnection) -> None:
    returned = figures(
        uneventful,
        "SELECT category, count(*) FROM returns JOIN products USING (product_id)"
        " WHERE reason_code = 'wrong_size' GROUP BY 1",
    )
    assert returned["Apparel"] > 0.8 * sum(returned.values())


def test_suppliers_are_late_in_their_own_measure(default_sample: Path) -> None:
    with duckdb.connect(str(default_sample), read_only=True) as connection:
        late = figures(
            connection,
            "SELECT supplier_id, avg((actual_arrival > eta)::INTEGER) FROM supplier_shipments"
            " GROUP BY 1 HAVING count(actual_arrival) >= 10",
        )
    assert 0.1 < sum(late.values()) / len(late) < 0.3
    assert max(late.values()) > 2 * min(late.values())


def test_categories_differ_by_region_and_channel(uneventful: duckdb.DuckDBPyConnection) -> None:
    lines = (
        "order_items JOIN products USING (product_id) JOIN orders USING (order_id) JOIN customers USING (customer_id)"
    )
    sports = figures(
        uneventful,
        f"SELECT region, avg((category = 'Sports & Outdoors')::INTEGER) FROM {lines} GROUP BY 1",
    )
    assert sports["West"] > 1.15 * sports["Northeast"]
    grocery = figures(uneventful, f"SELECT channel, avg((category = 'Grocery')::INTEGER) FROM {lines} GROUP BY 1")
    assert grocery["store"] > 1.25 * grocery["web"]


def test_most_customers_shop_near_regularly(uneventful: duckdb.DuckDBPyConnection) -> None:
    customers = figures(
        uneventful,
        f"""
        WITH days AS (SELECT DISTINCT customer_id, order_date::DATE AS day FROM {SOLD}),
             gaps AS (SELECT customer_id, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM days),
             rhythms AS (SELECT customer_id, stddev_samp(gap) / avg(gap) AS unevenness FROM gaps
                         GROUP BY customer_id HAVING count(gap) >= 5)
        SELECT CASE WHEN unevenness < 0.35 THEN 'regular' ELSE 'other' END, count(*) FROM rhythms GROUP BY 1
        """,
    )
    assert customers["regular"] > 0.75 * sum(customers.values())


def test_new_customers_fall_away_at_first_and_then_stay(uneventful: duckdb.DuckDBPyConnection) -> None:
    kept = figures(
        uneventful,
        f"""
        WITH firsts AS (SELECT customer_id, min(order_date)::DATE AS first_day FROM {SOLD} GROUP BY ALL),
             newcomers AS (SELECT * FROM firsts WHERE first_day BETWEEN '2022-07-01' AND '2024-10-31')
        SELECT window_end, count(DISTINCT orders.customer_id) / (SELECT count(*) FROM newcomers)
        FROM newcomers JOIN orders USING (customer_id) CROSS JOIN (VALUES (90), (180), (360), (540), (720)) AS ends(window_end)
        WHERE order_date::DATE - first_day BETWEEN window_end - 89 AND window_end GROUP BY 1
        """,
    )
    shares = [kept[str(day)] for day in (90, 180, 360, 540, 720)]
    assert shares == sorted(shares, reverse=True)
    assert shares[1] - shares[2] > shares[3] - shares[4] - 0.03
    assert 0.3 < shares[-1] < 0.7


def own_price_elasticity(product: np.ndarray, month: np.ndarray, units: np.ndarray, price: np.ndarray) -> float:
    """Poisson regression of units on log price with an effect for each product and month (all are category's own)."""
    log_price = np.log(price)
    elasticity = -1.0
    month_effect = np.zeros(month.max() + 1)
    for _ in range(40):
        for _ in range(4):
            fitted = np.bincount(product, np.exp(elasticity * log_price + month_effect[month]))
            product_effect = np.log(np.bincount(product, units) / fitted)
            fitted = np.bincount(month, np.exp(elasticity * log_price + product_effect[product]))
            month_effect = np.log(np.bincount(month, units) / fitted)
        mean = np.exp(elasticity * log_price + product_effect[product] + month_effect[month])
        centred = log_price.copy()
        for _ in range(10):
            centred -= (np.bincount(product, mean * centred) / np.bincount(product, mean))[product]
            centred -= (np.bincount(month, mean * centred) / np.bincount(month, mean))[month]
        elasticity += float((centred * (units - mean)).sum() / (mean * centred * centred).sum())
    return elasticity


@pytest.mark.parametrize("category", PRICE_ELASTICITY)
def test_units_answer_to_prices_as_the_category_does(uneventful: duckdb.DuckDBPyConnection, category: str) -> None:
    panel = uneventful.execute(
        """
        SELECT * FROM (
            SELECT product_id, datediff('month', DATE '2022-01-01', order_date) AS month, sum(quantity) AS units,
                   avg(unit_price) AS price
            FROM order_items JOIN orders USING (order_id) JOIN products USING (product_id) WHERE category = ?
            GROUP BY ALL
        ) QUALIFY avg(units) OVER (PARTITION BY product_id) >= 6
        """,
        [category],
    ).fetchnumpy()
    product = np.unique(panel["product_id"], return_inverse=True)[1]
    found = own_price_elasticity(
        product, panel["month"].astype(np.int64), panel["units"].astype(float), panel["price"].astype(float)
    )
    assert found == pytest.approx(float(PRICE_ELASTICITY[category]), abs=0.25)
