"""The sample's tables with their columns and types, as the person who queries them sees them."""

TABLES: dict[str, str] = {
    "orders": "order_id INTEGER, customer_id INTEGER, order_date TIMESTAMP, total_amount DECIMAL(12,2), status VARCHAR, "
    "channel VARCHAR, store_id INTEGER",
    "order_items": "order_id INTEGER, product_id INTEGER, quantity INTEGER, unit_price DECIMAL(10,2), "
    "discount DECIMAL(10,2)",
    "customers": "customer_id INTEGER, full_name VARCHAR, email VARCHAR, signup_date DATE, segment VARCHAR, "
    "region VARCHAR, lifetime_value DECIMAL(12,2)",
    "products": "product_id INTEGER, name VARCHAR, category VARCHAR, subcategory VARCHAR, cost DECIMAL(10,2), "
    "current_price DECIMAL(10,2)",
    "inventory": "product_id INTEGER, warehouse_id INTEGER, quantity_on_hand INTEGER, reorder_point INTEGER",
    "inventory_snapshots": "snapshot_date DATE, product_id INTEGER, quantity_on_hand INTEGER",
    "returns": "return_id INTEGER, order_id INTEGER, product_id INTEGER, reason_code VARCHAR, "
    "refund_amount DECIMAL(12,2), return_date DATE",
    "clickstream": "session_id BIGINT, customer_id INTEGER, channel VARCHAR, event_type VARCHAR, page_url VARCHAR, "
    '"timestamp" TIMESTAMP',
    "marketing_campaigns": "campaign_id INTEGER, name VARCHAR, channel VARCHAR, start_date DATE, spend DECIMAL(12,2), "
    "impressions BIGINT, clicks BIGINT, conversions BIGINT, attributed_revenue DECIMAL(12,2)",
    "supplier_shipments": "shipment_id INTEGER, supplier_id INTEGER, product_id INTEGER, quantity INTEGER, eta DATE, "
    "actual_arrival DATE",
    "customer_surveys": "customer_id INTEGER, survey_date DATE, nps_score INTEGER, comments VARCHAR",
    "sample_info": "scale DOUBLE, seed BIGINT, as_of DATE",
}


def create_statements() -> tuple[str, ...]:
    """One CREATE TABLE a table; no constraint is declared."""
    return tuple(f"CREATE TABLE {name} ({columns})" for name, columns in TABLES.items())
