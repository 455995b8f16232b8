"""The lakehouse beside the marketplace's database: bronze as extracted, silver cleaned, gold aggregated.

Bronze holds the two faults that are planted: a batch of orders that came twice, and payments that came a week late. Silver
knows each row once, so that gold equals the metrics on the marketplace's own tables.
"""

from collections.abc import Iterator

import duckdb

from catalog.samples.amalimart import shape
from catalog.samples.amalimart.tables import SOURCE_TABLES

# The tables that silver cleans, by their key, and what a sound row fulfils.
SILVER_KEYS = {
    "discounts": ("discount_id", "discount_percent BETWEEN 0 AND 100 AND starts_at < ends_at"),
    "orders": ("order_id", "total_amount >= 0 AND order_date IS NOT NULL AND order_status IS NOT NULL"),
    "payments": ("payment_id", "amount >= 0 AND paid_at IS NOT NULL AND payment_method IS NOT NULL"),
    "returns": ("return_id", "return_amount >= 0 AND request_at IS NOT NULL"),
    "users": ("user_id", "user_role IS NOT NULL"),
    "vendor_applications": ("id", "status IS NOT NULL"),
}
GOLD = (
    "sales_and_product_performance",
    "category_performance",
    "customer_insights",
    "payment_methods",
    "shipping_performance",
)
_AS_OF = f"DATE '{shape.AS_OF}'"
# Whole years of age on the last day.
_AGE = f"(({shape.AS_OF:%Y%m%d} - strftime(user_birth_date, '%Y%m%d')::INTEGER) // 10000)"


def write_bronze(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table as extracted week by week: `batch_id` is the week's Monday, `extracted_at` when the batch was taken."""
    connection.execute("CREATE SCHEMA bronze")
    for table in SOURCE_TABLES:
        week = "date_trunc('week', created_at)::DATE"
        if table == "payments":
            week = (
                f"CASE WHEN {week} = DATE '{shape.LATE_BATCH}' AND payment_id % {shape.LATE_SHARE} = 0"
                f" THEN {week} + 7 ELSE {week} END"
            )
        connection.execute(f"""
            CREATE TABLE bronze.{table} AS
            WITH dated AS (SELECT *, {week} AS batch_id FROM {table})
            SELECT *, least(batch_id + INTERVAL 170 HOUR, {_AS_OF} + INTERVAL 86399 SECOND) AS extracted_at FROM dated
        """)
    connection.execute(f"""
        INSERT INTO bronze.orders
        SELECT * REPLACE (extracted_at + INTERVAL 1 HOUR AS extracted_at) FROM bronze.orders
        WHERE batch_id = DATE '{shape.TWICE_BATCH}'
    """)


def write_silver(connection: duckdb.DuckDBPyConnection) -> None:
    """The sound rows of bronze, each once (as it came first), and a row a line with all that sales are split by."""
    connection.execute("CREATE SCHEMA silver")
    for table, (key, sound) in SILVER_KEYS.items():
        connection.execute(f"""
            CREATE TABLE silver.{table} AS
            SELECT * EXCLUDE (extracted_at) FROM bronze.{table} WHERE {sound}
            QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY extracted_at) = 1 ORDER BY {key}
        """)
    connection.execute("""
        CREATE TABLE silver.sales_and_product_performance AS
        SELECT order_item_id, order_id, order_date, order_status, user_id, orders.vendor_id, order_product_id AS product_id,
               product_name, category_id, category_name, order_item_quantity, order_item_unit_price,
               (order_item_quantity * order_item_unit_price)::DECIMAL(14,2) AS line_amount, orders.batch_id
        FROM bronze.order_items AS lines JOIN silver.orders USING (order_id)
        JOIN bronze.products ON product_id = order_product_id JOIN bronze.categories USING (category_id)
        ORDER BY order_item_id
    """)


def write_gold(connection: duckdb.DuckDBPyConnection) -> None:
    """What dashboards read: a row a day and product, month and category, user, month and method, month and city."""
    connection.execute("CREATE SCHEMA gold")
    for name, statement in _gold_statements():
        connection.execute(f"CREATE TABLE gold.{name} AS {statement}")


def _gold_statements() -> Iterator[tuple[str, str]]:
    yield (
        "sales_and_product_performance",
        """
        WITH sold AS (
            SELECT order_date::DATE AS order_day, product_id, sum(line_amount)::DECIMAL(14,2) AS total_revenue,
                   sum(order_item_quantity)::BIGINT AS total_units_sold, count(DISTINCT order_id) AS order_count,
                   count(DISTINCT order_id) FILTER (order_status = 'COMPLETED') AS completed_orders,
                   count(DISTINCT user_id) AS unique_customers
            FROM silver.sales_and_product_performance GROUP BY ALL
        ), reviewed AS (
            SELECT created_at::DATE AS order_day, product_id, avg(review_rating) AS avg_rating,
                   count(DISTINCT review_id) AS review_count
            FROM bronze.reviews GROUP BY ALL
        )
        SELECT order_day AS day, product_id, product_name, vendor_id, category_name, total_revenue, total_units_sold, order_count,
               completed_orders, unique_customers, avg_rating, review_count
        FROM sold FULL JOIN reviewed USING (order_day, product_id) JOIN bronze.products USING (product_id)
        JOIN bronze.categories USING (category_id) ORDER BY day, product_id
        """,
    )
    yield (
        "category_performance",
        """
        WITH sold AS (
            SELECT date_trunc('month', order_date)::DATE AS month, category_name,
                   sum(line_amount)::DECIMAL(14,2) AS category_revenue,
                   sum(order_item_quantity)::BIGINT AS category_units_sold, count(DISTINCT order_id) AS order_count,
                   count(DISTINCT user_id) AS unique_customers
            FROM silver.sales_and_product_performance GROUP BY ALL
        ), rated AS (
            SELECT date_trunc('month', created_at)::DATE AS month, product_id, avg(review_rating) AS avg_rating
            FROM bronze.reviews GROUP BY ALL
        ), reviewed AS (
            SELECT month, category_name, avg(avg_rating) AS avg_category_rating
            FROM rated JOIN bronze.products USING (product_id) JOIN bronze.categories USING (category_id) GROUP BY ALL
        )
        SELECT month, category_name, category_revenue, category_units_sold, order_count, unique_customers, avg_category_rating
        FROM sold FULL JOIN reviewed USING (month, category_name) ORDER BY month, category_name
        """,
    )
    yield (
        "customer_insights",
        f"""
        WITH bought AS (
            SELECT user_id, sum(total_amount)::DECIMAL(14,2) AS lifetime_value, count(DISTINCT order_id) AS order_count,
                   sum(total_amount) / count(DISTINCT order_id) AS avg_order_value, min(order_date) AS first_order_date,
                   max(order_date) AS last_order_date,
                   date_diff('day', min(order_date)::DATE, max(order_date)::DATE) AS customer_tenure_days
            FROM silver.orders GROUP BY user_id
        )
        SELECT user_id, user_gender, CASE WHEN {_AGE} < 25 THEN '18-24' WHEN {_AGE} < 35 THEN '25-34' WHEN {_AGE} < 45 THEN '35-44'
                    WHEN {_AGE} < 55 THEN '45-54' ELSE '55+' END AS age_group,
               user_role, user_type, user_verified, user_enabled, city_name, state_name, address_country, lifetime_value,
               coalesce(order_count, 0) AS order_count, avg_order_value, first_order_date, last_order_date, customer_tenure_days
        FROM silver.users LEFT JOIN bought USING (user_id) JOIN bronze.addresses ON address_id = default_address_id
        JOIN bronze.cities USING (city_id) ORDER BY user_id
        """,
    )
    yield (
        "payment_methods",
        """
        SELECT date_trunc('month', paid_at)::DATE AS month, payment_method, sum(amount)::DECIMAL(14,2) AS total_payment_value,
               count(DISTINCT payment_id) AS payment_count, avg(amount) AS avg_payment_amount,
               sum(amount) FILTER (payment_status = 'SUCCESS') / sum(amount) AS success_rate
        FROM silver.payments GROUP BY ALL ORDER BY month, payment_method
        """,
    )
    yield (
        "shipping_performance",
        """
        WITH sent AS (
            SELECT *, date_diff('day', order_date::DATE, delivered_at::DATE) AS days
            FROM bronze.shipments JOIN silver.orders USING (order_id)
        )
        SELECT date_trunc('month', order_date)::DATE AS month, shipping_city, avg(delivery_fee) AS avg_delivery_fee,
               count(DISTINCT order_id) AS shipment_count, avg(days) AS avg_delivery_days,
               avg(CASE WHEN days <= CASE WHEN is_express THEN 2 ELSE 5 END THEN 1 ELSE 0 END) AS on_time_delivery_rate
        FROM sent GROUP BY ALL ORDER BY month, shipping_city
        """,
    )
