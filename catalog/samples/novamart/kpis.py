"""The figures the sample must come to and how each is measured: SQL written by hand from the business's definitions.

It shares nothing with the compiler of metric queries, so that each can catch the other's mistakes.
"""

from catalog.samples.calibration import Kpi
from catalog.samples.novamart import shape

_SOLD = """
    SELECT order_id, customer_id, order_date::DATE AS day, total_amount, channel FROM orders WHERE status <> 'cancelled'
"""
_OCTOBER = ("2026-10-01", "2026-10-31")
_SEPTEMBER = ("2026-09-01", "2026-09-30")
_YEAR = ("2025-11-01", "2026-10-31")
WHOLE_SPAN = ("2022-01-01", "2026-10-31")


def _gmv(period: tuple[str, str]) -> str:
    return f"""
        SELECT sum(quantity * unit_price) FROM order_items JOIN ({_SOLD}) USING (order_id)
        WHERE day BETWEEN '{period[0]}' AND '{period[1]}'
    """


KPIS = (
    Kpi("GMV (USD)", _gmv(_OCTOBER), 15_200_000, _OCTOBER, scales=True),
    Kpi(
        "orders",
        f"SELECT count(*) FROM orders WHERE order_date::DATE BETWEEN '{_OCTOBER[0]}' AND '{_OCTOBER[1]}'",
        7_200 * 31,
        _OCTOBER,
        scales=True,
    ),
    Kpi(
        "AOV (USD)",
        f"SELECT sum(total_amount) / count(*) FROM ({_SOLD}) WHERE day BETWEEN '{_OCTOBER[0]}' AND '{_OCTOBER[1]}'",
        67.40,
        _OCTOBER,
    ),
    Kpi(
        "churn rate",
        f"""
        SELECT avg((last_day <= DATE '2026-10-31' - 90)::INTEGER) FROM (
            SELECT customer_id, max(day) AS last_day FROM ({_SOLD}) WHERE day > DATE '2026-10-31' - 365 GROUP BY ALL)
        """,
        0.183,
        ("2026-10-31", "2026-10-31"),
        tolerance=0.005,
        tolerance_small=0.01,
    ),
    Kpi("customer lifetime value (USD)", "SELECT avg(lifetime_value) FROM customers", 412, WHOLE_SPAN),
    Kpi(
        "inventory turnover",
        f"""
        SELECT (SELECT sum(quantity * cost) FROM order_items JOIN products USING (product_id)
                JOIN ({_SOLD}) USING (order_id) WHERE day BETWEEN '{_YEAR[0]}' AND '{_YEAR[1]}')
             / (SELECT avg(stock_value) FROM (
                    SELECT sum(quantity_on_hand * cost) AS stock_value
                    FROM inventory_snapshots JOIN products USING (product_id)
                    WHERE snapshot_date BETWEEN '{_YEAR[0]}' AND '{_YEAR[1]}' GROUP BY snapshot_date))
        """,
        8.2,
        _YEAR,
    ),
    Kpi(
        "conversion rate",
        f"""
        SELECT (SELECT count(*) FROM ({_SOLD}) WHERE channel IN ('web', 'mobile_app')
                AND day BETWEEN '{_OCTOBER[0]}' AND '{_OCTOBER[1]}')
             / (SELECT count(DISTINCT session_id) FROM clickstream
                WHERE "timestamp" >= '{_OCTOBER[0]}' AND "timestamp" < '2026-11-01')
        """,
        0.031,
        _OCTOBER,
    ),
    Kpi(
        "return rate",
        f"""
        SELECT (SELECT count(*) FROM returns WHERE return_date BETWEEN '{_YEAR[0]}' AND '{_YEAR[1]}')
             / (SELECT count(*) FROM ({_SOLD}) WHERE day BETWEEN '{_YEAR[0]}' AND '{_YEAR[1]}')
        """,
        0.146,
        _YEAR,
    ),
    Kpi(
        "CAC (USD)",
        f"""
        SELECT (SELECT sum(spend) FROM marketing_campaigns WHERE start_date BETWEEN '{_OCTOBER[0]}' AND '{_OCTOBER[1]}')
             / (SELECT count(*) FROM customers WHERE signup_date BETWEEN '{_OCTOBER[0]}' AND '{_OCTOBER[1]}')
        """,
        34.20,
        _OCTOBER,
    ),
    Kpi(
        "ROAS",
        f"""
        SELECT sum(attributed_revenue) / sum(spend) FROM marketing_campaigns
        WHERE start_date BETWEEN '{_OCTOBER[0]}' AND '{_OCTOBER[1]}'
        """,
        4.8,
        _OCTOBER,
    ),
    Kpi(
        "NPS",
        f"""
        SELECT 100 * (avg((nps_score >= 9)::INTEGER) - avg((nps_score <= 6)::INTEGER)) FROM customer_surveys
        WHERE survey_date BETWEEN '{_YEAR[0]}' AND '{_YEAR[1]}'
        """,
        42,
        _YEAR,
        tolerance=2,
        tolerance_small=2,
    ),
    Kpi(
        "GMV change on the month before",
        f"SELECT ({_gmv(_OCTOBER)}) / ({_gmv(_SEPTEMBER)}) - 1",
        -0.06,
        _OCTOBER,
        tolerance=0.02,
        tolerance_small=0.02,
    ),
    Kpi(
        "discount rate",
        f"SELECT sum(discount) / sum(quantity * unit_price) FROM order_items JOIN ({_SOLD}) USING (order_id)",
        0.04,
        WHOLE_SPAN,
        tolerance=0.001,
        tolerance_small=0.002,
    ),
    Kpi(
        "cancellation rate",
        "SELECT avg((status = 'cancelled')::INTEGER) FROM orders",
        0.03,
        WHOLE_SPAN,
        tolerance=0.001,
        tolerance_small=0.003,
    ),
    Kpi(
        "customers who bought",
        f"SELECT count(DISTINCT customer_id) FROM ({_SOLD}) WHERE day BETWEEN '{_YEAR[0]}' AND '{_YEAR[1]}'",
        350_000,
        _YEAR,
        relative_tolerance=0.05,
        scales=True,
    ),
    Kpi(
        "new customers",
        f"SELECT count(*) FROM customers WHERE signup_date BETWEEN '{_OCTOBER[0]}' AND '{_OCTOBER[1]}'",
        15_000,
        _OCTOBER,
        scales=True,
    ),
)
ROWS_AT_SCALE_ONE = {
    "orders": 12_400_000,
    "order_items": 38_700_000,
    "customers": shape.CUSTOMERS,
    "products": shape.PRODUCTS,
    "inventory": shape.PRODUCTS,
    "inventory_snapshots": shape.PRODUCTS * shape.SNAPSHOT_MONTHS,
    "returns": 1_800_000,
    "clickstream": 340_000_000,
    "supplier_shipments": shape.SHIPMENTS,
}
# Rows that break what must hold; each must be none.
INTEGRITY = {
    "orders without their customer": "SELECT count(*) FROM orders ANTI JOIN customers USING (customer_id)",
    "orders before their customer registered": """
        SELECT count(*) FROM orders JOIN customers USING (customer_id) WHERE order_date::DATE < signup_date
    """,
    "lines without their order": "SELECT count(*) FROM order_items ANTI JOIN orders USING (order_id)",
    "lines without their product": "SELECT count(*) FROM order_items ANTI JOIN products USING (product_id)",
    "orders that hold a product twice": """
        SELECT count(*) - count(DISTINCT order_id::BIGINT * 1048576 + product_id) FROM order_items
    """,
    "orders whose total is not the sum of their lines": """
        SELECT count(*) FROM orders LEFT JOIN (
            SELECT order_id, sum(quantity * unit_price - discount) AS lines FROM order_items GROUP BY order_id
        ) USING (order_id) WHERE lines IS DISTINCT FROM total_amount
    """,
    "returns without their line": "SELECT count(*) FROM returns ANTI JOIN order_items USING (order_id, product_id)",
    "returns of cancelled orders or before the order": """
        SELECT count(*) FROM returns JOIN orders USING (order_id)
        WHERE status = 'cancelled' OR return_date < order_date::DATE
    """,
    "stock that differs from the last snapshot": """
        SELECT count(*) FROM inventory JOIN inventory_snapshots AS past USING (product_id)
        WHERE snapshot_date = '2026-10-31' AND inventory.quantity_on_hand IS DISTINCT FROM past.quantity_on_hand
    """,
    "clicks without their customer": """
        SELECT count(*) FROM (SELECT DISTINCT customer_id FROM clickstream WHERE customer_id IS NOT NULL)
        ANTI JOIN customers USING (customer_id)
    """,
    "surveys without their customer": "SELECT count(*) FROM customer_surveys ANTI JOIN customers USING (customer_id)",
}
