-- Names, types and contents that make a draft stumble: each table says what is odd about it.

-- generic keys (id), abbreviations, a pointer at its own table, a column of one value
CREATE TABLE dim_customer AS
SELECT n::INTEGER AS id, 'C' || lpad(n::VARCHAR, 6, '0') AS cust_no, 'Holding ' || n AS nm,
  CASE WHEN n > 40 THEN (1 + n % 40)::INTEGER END AS parent_id, 'acc' || n || '@mail.example' AS contact, true AS "Is Active?", 'EUR' AS currency
FROM range(1, 401) AS t(n);

-- two pointers at one table, told apart by a role; reserved words as names; numbers kept as decimals
CREATE TABLE "order" AS
SELECT n::DECIMAL(12, 0) AS "order", ('C' || lpad((1 + n % 300)::VARCHAR, 6, '0')) AS cust_no,
  (1 + n % 7)::INTEGER AS billing_address_id, (1 + n % 9)::INTEGER AS shipping_address_id, (n % 3)::SMALLINT AS "group",
  TIMESTAMP '2024-01-01' + to_hours((n * 3)::BIGINT) AS "Order TS", (n % 50 + 0.5)::DOUBLE AS ord_amt, n % 5 AS qty, [1, 2] AS tags,
  {'a': 1} AS extra, '192.168.0.' || (n % 200) AS client
FROM range(1, 1001) AS t(n);

CREATE TABLE address AS
SELECT n::INTEGER AS address_id, n || ' Main Street' AS line_1, lpad((n * 917)::VARCHAR, 5, '0') AS zip FROM range(1, 13) AS t(n);

-- no rows at all, and a pointer that nothing tests
CREATE TABLE refunds (refund_id INTEGER, address_id INTEGER, refunded_on DATE, amount DOUBLE);

-- a level a day, and its key of two columns
CREATE TABLE daily_balance AS
SELECT c.id AS customer_id, DATE '2024-01-01' + d::INTEGER AS balance_date, (c.id * 10 + d)::DOUBLE AS closing_balance
FROM dim_customer c, range(0, 5) AS t(d);

-- some values point at nothing
CREATE TABLE visits AS
SELECT (n * 3)::INTEGER AS visit_id, CASE WHEN n % 50 = 0 THEN 9000 + n ELSE 1 + n % 400 END::INTEGER AS customer_id,
  DATE '2024-01-01' + (n % 90)::INTEGER AS visited_on, CASE WHEN n % 4 = 0 THEN NULL ELSE n % 5 + 1 END AS rating
FROM range(1, 601) AS t(n);

-- the same words in two schemas, a view, a word that is taken, text that YAML would read as something else
CREATE SCHEMA archive;
CREATE TABLE archive.visits AS SELECT * FROM visits LIMIT 20;
CREATE VIEW recent_visits AS SELECT * FROM visits WHERE visited_on > DATE '2024-02-01';
CREATE TABLE user AS SELECT n AS user_id, ['yes', 'no', 'null', '1e3', 'a: b', '# c', '{d}', 'é"' || chr(10) || 'f'][n] AS answer FROM range(1, 9) AS t(n);
