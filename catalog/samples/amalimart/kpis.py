"""The figures the sample must come to and how each is measured: SQL written by hand from the business's definitions.

It shares nothing with the compiler of metric queries, so that each can catch the other's mistakes.
"""

from catalog.samples.amalimart import shape
from catalog.samples.calibration import Kpi

WHOLE_SPAN = (str(shape.FIRST_DAY), str(shape.AS_OF))
_OCTOBER = ("2026-10-01", "2026-10-31")
_YEAR = ("2026-01-01", "2026-10-31")
_IN_OCTOBER = "order_date >= '2026-10-01' AND order_date < '2026-11-01'"


def _ratio(name: str, above: str, below: str, target: float, period: tuple[str, str], tolerance: float) -> Kpi:
    return Kpi(
        name, f"SELECT ({above}) / ({below})", target, period, tolerance=tolerance, tolerance_small=2 * tolerance
    )


def _cancelled(condition: str) -> str:
    return f"""
        SELECT avg((order_status = 'CANCELLED')::INTEGER) FROM orders
        WHERE order_id IN (SELECT order_id FROM payments WHERE {condition})
    """


def _failing_cards(condition: str) -> str:
    return f"""
        SELECT avg((payment_status = 'FAILED')::INTEGER) FROM payments WHERE payment_method = 'CARD' AND {condition}
    """


KPIS = (
    Kpi("GMV (NGN)", f"SELECT sum(total_amount) FROM orders WHERE {_IN_OCTOBER}", 2_400_000_000, _OCTOBER, scales=True),
    Kpi("orders", f"SELECT count(*) FROM orders WHERE {_IN_OCTOBER}", 100_000, _OCTOBER, scales=True),
    Kpi("average order value (NGN)", f"SELECT avg(total_amount) FROM orders WHERE {_IN_OCTOBER}", 24_000, _OCTOBER),
    _ratio(
        "COD is cancelled so many times as often as prepaid",
        _cancelled("payment_method = 'COD'"),
        _cancelled("payment_method <> 'COD'"),
        3,
        WHOLE_SPAN,
        0.15,
    ),
    _ratio(
        "cards failed so many times as often from 13 to 19 July 2026",
        _failing_cards("paid_at >= '2026-07-13' AND paid_at < '2026-07-20'"),
        _failing_cards("(paid_at < '2026-07-13' OR paid_at >= '2026-07-20')"),
        3,
        ("2026-07-13", "2026-07-19"),
        0.4,
    ),
    _ratio(
        "partner 3's days from order to delivery from September, beside its days before",
        "SELECT avg(datediff('day', order_date, delivered_at)) FROM shipments JOIN orders USING (order_id)"
        " WHERE delivery_partner_id = 3 AND order_date >= '2026-09-01'",
        "SELECT avg(datediff('day', order_date, delivered_at)) FROM shipments JOIN orders USING (order_id)"
        " WHERE delivery_partner_id = 3 AND order_date < '2026-09-01'",
        1.85,
        ("2026-09-01", "2026-10-31"),
        0.15,
    ),
    _ratio(
        "vendor 23's WRONG_SIZE returns by orders from April, beside the twelve months before",
        "SELECT count(*) FILTER (return_reason = 'WRONG_SIZE') / count(*) FROM orders LEFT JOIN returns USING (order_id)"
        " WHERE vendor_id = 23 AND order_date >= '2026-04-01' AND order_date < '2026-10-08'",
        "SELECT count(*) FILTER (return_reason = 'WRONG_SIZE') / count(*) FROM orders LEFT JOIN returns USING (order_id)"
        " WHERE vendor_id = 23 AND order_date >= '2025-04-01' AND order_date < '2026-04-01'",
        2,
        ("2026-04-01", "2026-10-31"),
        0.4,
    ),
    _ratio(
        "SOCIAL spend of July beside June",
        "SELECT sum(spend_amount) FROM marketing_spend WHERE spend_channel = 'SOCIAL' AND spend_date >= '2026-07-01'"
        " AND spend_date <= '2026-07-31'",
        "SELECT sum(spend_amount) * 31 / 30 FROM marketing_spend WHERE spend_channel = 'SOCIAL'"
        " AND spend_date >= '2026-06-01' AND spend_date < '2026-07-01'",
        2,
        ("2026-06-01", "2026-07-31"),
        0.2,
    ),
    _ratio(
        "new customers a day since July beside the quarter before",
        "SELECT count(*) / 123 FROM users WHERE user_role = 'CUSTOMER' AND created_at >= '2026-07-01'",
        "SELECT count(*) / 91 FROM users WHERE user_role = 'CUSTOMER' AND created_at >= '2026-04-01'"
        " AND created_at < '2026-07-01'",
        1,
        ("2026-04-01", "2026-10-31"),
        0.05,
    ),
    Kpi(
        "vendors with more GMV than vendor 17",
        "SELECT count(*) FROM (SELECT sum(total_amount) AS gmv FROM orders GROUP BY vendor_id)"
        " WHERE gmv > (SELECT sum(total_amount) FROM orders WHERE vendor_id = 17)",
        2,
        WHOLE_SPAN,
        tolerance=2,
        tolerance_small=2,
    ),
    Kpi(
        "products vendor 17 sold more of by September than what it ran out of",
        "SELECT count(*) FROM (SELECT order_product_id, sum(order_item_quantity) AS units FROM order_items"
        " JOIN orders USING (order_id) WHERE vendor_id = 17 AND order_date < '2026-09-09' GROUP BY ALL"
        " ORDER BY units DESC LIMIT 1) JOIN products ON product_id = order_product_id WHERE product_stock_quantity > 0",
        0,
        ("2023-01-01", "2026-09-08"),
        tolerance=0,
        tolerance_small=0,
    ),
    Kpi(
        "units of vendor 17's best seller since it ran out",
        "SELECT coalesce(sum(order_item_quantity), 0) FROM order_items JOIN orders USING (order_id) WHERE order_date >="
        " '2026-09-09' AND order_product_id = (SELECT arg_max(order_product_id, units) FROM (SELECT order_product_id,"
        " sum(order_item_quantity) AS units FROM order_items JOIN orders USING (order_id) WHERE vendor_id = 17 GROUP BY ALL))",
        0,
        ("2026-09-09", "2026-10-31"),
        tolerance=0,
        tolerance_small=0,
    ),
    Kpi(
        "states that fulfil worse than Borno",
        "WITH rates AS (SELECT state_name, avg((order_status = 'COMPLETED')::INTEGER) AS rate FROM orders"
        " JOIN addresses USING (address_id) JOIN cities USING (city_id) GROUP BY ALL)"
        " SELECT count(*) FROM rates WHERE rate < (SELECT rate FROM rates WHERE state_name = 'Borno')",
        0,
        WHOLE_SPAN,
        tolerance=0,
        tolerance_small=0,
    ),
    Kpi(
        "repeat purchase rate",
        "SELECT avg((orders > 1)::INTEGER) FROM (SELECT count(*) AS orders FROM orders WHERE order_date >= '2026-01-01'"
        " GROUP BY user_id)",
        0.62,
        _YEAR,
        tolerance=0.03,
        tolerance_small=0.05,
    ),
)
# Rows at scale 1, and those that do not scale.
ROWS_AT_SCALE_ONE = {
    "users": shape.USERS,
    "addresses": shape.ADDRESSES,
    "orders": shape.ORDERS,
    "order_items": 6_600_000,
    "order_status_history": 11_000_000,
    "payments": 3_200_000,
    "shipments": 2_750_000,
    "returns": 190_000,
    "reviews": shape.REVIEWS,
    "wishlists": shape.WISHLISTS,
    "support_tickets": shape.TICKETS,
    "carts": shape.CARTS,
    "messages": shape.MESSAGES,
}
# Rows a thousand vendors at any scale.
ROWS_A_THOUSAND_VENDORS = {
    "vendors": 1_000,
    "vendor_applications": shape.APPLICATIONS_PERMILLE,
    "businesses": shape.BUSINESSES_PERMILLE,
    "stores": shape.STORES_PERMILLE,
    "products": 1_000 * shape.PRODUCTS_PER_VENDOR,
    "discounts": shape.DISCOUNTS_PER_VENDOR_PERMILLE,
}
FIXED_ROWS = {"cities": 40, "regions": 8, "categories": 12, "marketing_spend": shape.DAY_COUNT * 4}
# Foreign keys: table and column, and what they point at.
_REFERENCES = (
    ("users.default_address_id", "addresses.address_id"),
    ("addresses.user_id", "users.user_id"),
    ("addresses.city_id", "cities.city_id"),
    ("cities.region_id", "regions.region_id"),
    ("vendors.user_id", "users.user_id"),
    ("vendor_applications.vendor_id", "vendors.vendor_id"),
    ("businesses.vendor_id", "vendors.vendor_id"),
    ("stores.business_id", "businesses.business_id"),
    ("stores.city_id", "cities.city_id"),
    ("products.vendor_id", "vendors.vendor_id"),
    ("products.store_id", "stores.store_id"),
    ("products.category_id", "categories.category_id"),
    ("orders.user_id", "users.user_id"),
    ("orders.vendor_id", "vendors.vendor_id"),
    ("orders.address_id", "addresses.address_id"),
    ("orders.discount_id", "discounts.discount_id"),
    ("order_items.order_id", "orders.order_id"),
    ("order_items.order_product_id", "products.product_id"),
    ("order_status_history.order_id", "orders.order_id"),
    ("payments.order_id", "orders.order_id"),
    ("shipments.order_id", "orders.order_id"),
    ("shipments.delivery_partner_id", "delivery_partners.delivery_partner_id"),
    ("delivery_partners.user_id", "users.user_id"),
    ("returns.order_id", "orders.order_id"),
    ("returns.order_item_id", "order_items.order_item_id"),
    ("reviews.product_id", "products.product_id"),
    ("reviews.user_id", "users.user_id"),
    ("wishlists.user_id", "users.user_id"),
    ("wishlists.product_id", "products.product_id"),
    ("support_tickets.user_id", "users.user_id"),
    ("support_tickets.order_id", "orders.order_id"),
    ("carts.user_id", "users.user_id"),
    ("discounts.vendor_id", "vendors.vendor_id"),
    ("messages.sender_id", "users.user_id"),
    ("messages.recipient_id", "users.user_id"),
    ("messages.order_id", "orders.order_id"),
)


def _dangling(source: str, target: str) -> str:
    table, _, column = source.partition(".")
    other, _, key = target.partition(".")
    return f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM {other})"


def _repeated(table: str, column: str) -> str:
    return f"SELECT count(*) - count(DISTINCT {column}) FROM {table}"


# Rows that break what must hold; each must be none.
INTEGRITY = {
    **{f"{source} without {target}": _dangling(source, target) for source, target in _REFERENCES},
    "orders whose total is not the sum of their lines": """
        SELECT count(*) FROM orders LEFT JOIN (
            SELECT order_id, sum(order_item_quantity * order_item_unit_price) AS lines FROM order_items GROUP BY order_id
        ) USING (order_id) WHERE lines IS DISTINCT FROM total_amount
    """,
    "lines of another vendor than their order's": """
        SELECT count(*) FROM order_items JOIN orders USING (order_id) JOIN products ON product_id = order_product_id
        WHERE products.vendor_id <> orders.vendor_id
    """,
    "products twice in an order": "SELECT count(*) - count(DISTINCT (order_id, order_product_id)) FROM order_items",
    "orders with two shipments": _repeated("shipments", "order_id"),
    "orders with two returns": _repeated("returns", "order_id"),
    "returns of another order's line": """
        SELECT count(*) FROM returns JOIN order_items USING (order_item_id) WHERE returns.order_id <> order_items.order_id
    """,
    "payments not of the order's amount": """
        SELECT count(*) FROM payments JOIN orders USING (order_id) WHERE amount <> total_amount OR paid_at IS NULL
    """,
    "orders without a payment, or paid by two methods": """
        SELECT count(*) FROM (SELECT orders.order_id FROM orders LEFT JOIN payments USING (order_id)
                              GROUP BY ALL HAVING count(DISTINCT payment_method) <> 1)
    """,
    "orders paid twice": """
        SELECT count(*) FROM (SELECT order_id FROM payments WHERE payment_status = 'SUCCESS' GROUP BY ALL HAVING count(*) > 1)
    """,
    "orders of who is no customer, or before they registered": """
        SELECT count(*) FROM orders JOIN users USING (user_id)
        WHERE user_role <> 'CUSTOMER' OR users.created_at > order_date
    """,
    "orders to another user's address": """
        SELECT count(*) FROM orders JOIN addresses USING (address_id) WHERE addresses.user_id <> orders.user_id
    """,
    "orders of products that were not listed yet": """
        SELECT count(*) FROM order_items JOIN orders USING (order_id) JOIN products ON product_id = order_product_id
        WHERE products.created_at > order_date
    """,
    "orders of vendors without an approved application": """
        SELECT count(*) FROM orders WHERE vendor_id NOT IN (SELECT vendor_id FROM vendor_applications WHERE status = 'APPROVED')
    """,
    "deliveries before the order left, or the order was placed": """
        SELECT count(*) FROM shipments JOIN orders USING (order_id) WHERE delivered_at < shipped_at OR shipped_at < order_date
    """,
    "deliveries of orders that are not completed": """
        SELECT count(*) FROM orders LEFT JOIN shipments USING (order_id)
        WHERE (order_status = 'COMPLETED') <> (delivered_at IS NOT NULL)
    """,
    "returns of orders that are not completed, or before they came": """
        SELECT count(*) FROM returns JOIN orders USING (order_id) JOIN shipments USING (order_id)
        WHERE order_status <> 'COMPLETED' OR request_at < delivered_at
    """,
    "orders whose last status is not that of their history": """
        SELECT count(*) FROM orders JOIN (
            SELECT order_id, arg_max(order_status, changed_at) AS last FROM order_status_history GROUP BY order_id
        ) USING (order_id) WHERE last <> order_status
    """,
    "names that stand twice": f"""
        SELECT ({_repeated("products", "product_name")}) + ({_repeated("vendors", "vendor_name")})
             + ({_repeated("delivery_partners", "partner_name")})
    """,
    "moments after the last day": f"""
        SELECT (SELECT count(*) FROM orders WHERE updated_at >= DATE '{shape.AS_OF}' + 1)
             + (SELECT count(*) FROM payments WHERE paid_at >= DATE '{shape.AS_OF}' + 1)
             + (SELECT count(*) FROM order_status_history WHERE changed_at >= DATE '{shape.AS_OF}' + 1)
             + (SELECT count(*) FROM reviews WHERE created_at >= DATE '{shape.AS_OF}' + 1)
             + (SELECT count(*) FROM returns WHERE updated_at >= DATE '{shape.AS_OF}' + 1)
             + (SELECT count(*) FROM shipments WHERE updated_at >= DATE '{shape.AS_OF}' + 1)
    """,
}
