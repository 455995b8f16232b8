"""The sample's tables with their columns and types, as the person who queries them sees them."""

_TIMES = "created_at TIMESTAMP, updated_at TIMESTAMP"
_MONEY = "DECIMAL(14,2)"

# The tables of the marketplace's own database.
SOURCE_TABLES: dict[str, str] = {
    "users": "user_id INTEGER, user_full_name VARCHAR, user_email VARCHAR, user_phone VARCHAR, user_gender VARCHAR, "
    "user_birth_date DATE, user_role VARCHAR, user_type VARCHAR, user_verified BOOLEAN, user_enabled BOOLEAN, "
    "default_address_id INTEGER",
    "addresses": "address_id INTEGER, user_id INTEGER, address_line VARCHAR, city_id INTEGER, address_country VARCHAR",
    "cities": "city_id INTEGER, city_name VARCHAR, state_name VARCHAR, region_id INTEGER",
    "regions": "region_id INTEGER, region_name VARCHAR",
    "categories": "category_id INTEGER, category_name VARCHAR",
    "vendors": "vendor_id INTEGER, user_id INTEGER, vendor_name VARCHAR",
    "vendor_applications": "id INTEGER, vendor_id INTEGER, status VARCHAR, decided_at TIMESTAMP",
    "businesses": "business_id INTEGER, vendor_id INTEGER, business_name VARCHAR",
    "stores": "store_id INTEGER, business_id INTEGER, store_name VARCHAR, city_id INTEGER",
    "products": "product_id INTEGER, vendor_id INTEGER, store_id INTEGER, category_id INTEGER, product_name VARCHAR, "
    f"product_status VARCHAR, product_price {_MONEY}, product_stock_quantity INTEGER",
    "orders": "order_id INTEGER, user_id INTEGER, vendor_id INTEGER, address_id INTEGER, discount_id INTEGER, "
    f"order_date TIMESTAMP, order_status VARCHAR, is_express BOOLEAN, total_amount {_MONEY}",
    "order_items": "order_item_id INTEGER, order_id INTEGER, order_product_id INTEGER, order_item_quantity INTEGER, "
    f"order_item_unit_price {_MONEY}",
    "order_status_history": "history_id INTEGER, order_id INTEGER, order_status VARCHAR, changed_at TIMESTAMP",
    "payments": "payment_id INTEGER, order_id INTEGER, payment_method VARCHAR, payment_status VARCHAR, "
    f"amount {_MONEY}, paid_at TIMESTAMP",
    "shipments": f"shipment_id INTEGER, order_id INTEGER, delivery_partner_id INTEGER, delivery_fee {_MONEY}, "
    "shipping_city VARCHAR, shipped_at TIMESTAMP, delivered_at TIMESTAMP",
    "delivery_partners": "delivery_partner_id INTEGER, user_id INTEGER, partner_name VARCHAR",
    "returns": "return_id INTEGER, order_id INTEGER, order_item_id INTEGER, request_at TIMESTAMP, status VARCHAR, "
    f"return_reason VARCHAR, return_amount {_MONEY}",
    "reviews": "review_id INTEGER, product_id INTEGER, user_id INTEGER, review_rating INTEGER, review_text VARCHAR",
    "wishlists": "wishlist_id INTEGER, user_id INTEGER, product_id INTEGER",
    "support_tickets": "ticket_id INTEGER, user_id INTEGER, order_id INTEGER, ticket_category VARCHAR, "
    "ticket_status VARCHAR, ticket_subject VARCHAR, resolved_at TIMESTAMP",
    "carts": "cart_id INTEGER, user_id INTEGER, cart_status VARCHAR",
    "discounts": "discount_id INTEGER, vendor_id INTEGER, discount_code VARCHAR, discount_percent INTEGER, "
    "starts_at TIMESTAMP, ends_at TIMESTAMP",
    "messages": "message_id INTEGER, sender_id INTEGER, recipient_id INTEGER, order_id INTEGER, message_body VARCHAR",
    "marketing_spend": f"spend_date DATE, spend_channel VARCHAR, spend_amount {_MONEY}",
}
SAMPLE_INFO = "scale DOUBLE, seed BIGINT, as_of DATE"


def create_statements() -> tuple[str, ...]:
    """One CREATE TABLE a table of the marketplace; no constraint is declared."""
    made = [f"CREATE TABLE {name} ({columns}, {_TIMES})" for name, columns in SOURCE_TABLES.items()]
    return (*made, f"CREATE TABLE sample_info ({SAMPLE_INFO})")
