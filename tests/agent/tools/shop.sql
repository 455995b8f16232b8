-- A small shop, to try statements on. One statement a line group; amounts of vendor 1 are small, the others' large.
CREATE TABLE vendors (vendor_id INTEGER, name VARCHAR);
INSERT INTO vendors SELECT n, 'Vendor ' || n FROM range(1, 9) AS t(n);
CREATE TABLE customers (id INTEGER, name VARCHAR, email VARCHAR, phone VARCHAR, country VARCHAR, signup DATE);
INSERT INTO customers
SELECT n, 'Customer ' || n, 'person' || n || '@example.org', '+49 30 ' || n, list_extract(['DE', 'FR', 'US', 'IN'], 1 + n % 4), DATE '2024-02-01' + CAST(n % 400 AS INTEGER)
FROM range(1, 401) AS t(n);
CREATE TABLE products (product_id INTEGER, vendor_id INTEGER, title VARCHAR, price DECIMAL(10, 2));
INSERT INTO products SELECT n, 1 + n % 8, 'Product ' || n, 0.5 + n % 95 FROM range(1, 201) AS t(n);
CREATE TABLE orders (order_id INTEGER, vendor_id INTEGER, customer_id INTEGER, product_id INTEGER, amount DECIMAL(12, 2), status VARCHAR, ordered_at TIMESTAMP);
INSERT INTO orders
SELECT n, 1 + n % 8, 1 + n * 7 % 390, 1 + n % 200, CASE WHEN n % 8 = 0 THEN 1 + n % 47 ELSE 2000 + n % 3000 END,
  list_extract(['paid', 'new', 'refunded'], 1 + n % 3), TIMESTAMP '2025-01-01 08:30:00' + to_hours(CAST(n % 8000 AS INTEGER))
FROM range(1, 8001) AS t(n);
CREATE TABLE app_users (username VARCHAR, password_hash VARCHAR);
INSERT INTO app_users VALUES ('root', 'never to be seen');
