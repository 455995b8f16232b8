-- A marketplace of many vendors in Nigeria and Ghana, small: users, vendors, products, orders, payments, shipments, returns,
-- reviews, tickets, ads. The same rows on every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE regions AS
SELECT *, TIMESTAMP '2022-12-01' AS created_at, TIMESTAMP '2022-12-01' AS updated_at FROM (VALUES
  (1, 'South West'), (2, 'South South'), (3, 'South East'), (4, 'North West'), (5, 'North Central'), (6, 'North East'),
  (7, 'Southern Ghana'), (8, 'Northern Ghana')
) AS t(region_id, region_name);

CREATE TABLE cities AS
SELECT *, TIMESTAMP '2022-12-01' AS created_at, TIMESTAMP '2022-12-01' AS updated_at FROM (VALUES
  (1, 'Ikeja', 'Lagos', 1), (2, 'Lekki', 'Lagos', 1), (3, 'Ibadan', 'Oyo', 1), (4, 'Ogbomosho', 'Oyo', 1), (5, 'Abeokuta', 'Ogun', 1),
  (6, 'Sagamu', 'Ogun', 1), (7, 'Osogbo', 'Osun', 1), (8, 'Ife', 'Osun', 1), (9, 'Port Harcourt', 'Rivers', 2), (10, 'Bonny', 'Rivers', 2),
  (11, 'Benin City', 'Edo', 2), (12, 'Auchi', 'Edo', 2), (13, 'Warri', 'Delta', 2), (14, 'Asaba', 'Delta', 2), (15, 'Nsukka', 'Enugu', 3),
  (16, 'Udi', 'Enugu', 3), (17, 'Onitsha', 'Anambra', 3), (18, 'Awka', 'Anambra', 3), (19, 'Nassarawa', 'Kano', 4), (20, 'Wudil', 'Kano', 4),
  (21, 'Zaria', 'Kaduna', 4), (22, 'Kafanchan', 'Kaduna', 4), (23, 'Daura', 'Katsina', 4), (24, 'Funtua', 'Katsina', 4),
  (25, 'Jos', 'Plateau', 5), (26, 'Bukuru', 'Plateau', 5), (27, 'Abuja', 'FCT', 5), (28, 'Gwagwalada', 'FCT', 5), (29, 'Maiduguri', 'Borno', 6),
  (30, 'Biu', 'Borno', 6), (31, 'Azare', 'Bauchi', 6), (32, 'Misau', 'Bauchi', 6), (33, 'Accra', 'Greater Accra', 7), (34, 'Tema', 'Greater Accra', 7),
  (35, 'Kumasi', 'Ashanti', 7), (36, 'Obuasi', 'Ashanti', 7), (37, 'Takoradi', 'Western', 7), (38, 'Tarkwa', 'Western', 7),
  (39, 'Tamale', 'Northern', 8), (40, 'Yendi', 'Northern', 8)
) AS t(city_id, city_name, state_name, region_id);

CREATE TABLE categories AS
SELECT *, TIMESTAMP '2022-12-01' AS created_at, TIMESTAMP '2022-12-01' AS updated_at FROM (VALUES
  (1, 'Electronics'), (2, 'Phones'), (3, 'Fashion'), (4, 'Home'), (5, 'Appliances'), (6, 'Beauty'), (7, 'Groceries'), (8, 'Baby'),
  (9, 'Sports'), (10, 'Books'), (11, 'Automotive'), (12, 'Office')
) AS t(category_id, category_name);

CREATE TABLE users AS
WITH drawn AS (
  SELECT n, CASE WHEN n <= 40 THEN 'VENDOR' WHEN n <= 48 THEN 'DELIVERY_PARTNER' WHEN n <= 53 THEN 'SUPPORT_AGENT' WHEN n <= 56 THEN 'ANALYST'
                 WHEN n <= 58 THEN 'ADMIN' ELSE 'CUSTOMER' END AS user_role,
    CASE WHEN n <= 58 THEN TIMESTAMP '2022-12-05 09:00:00'
         ELSE TIMESTAMP '2022-12-10' + to_minutes((power(chance(n, 1), 0.75) * 1420 * 1440)::BIGINT) END AS created_at
  FROM range(1, 3059) AS t(n)
)
SELECT
  n::INTEGER AS user_id,
  ['Ada', 'Bola', 'Chidi', 'Dayo', 'Efua', 'Femi', 'Grace', 'Hassan', 'Ife', 'Kofi'][1 + (chance(n, 2) * 10)::INTEGER % 10] || ' '
    || ['Abubakar', 'Bello', 'Chukwu', 'Danjuma', 'Eze', 'Mensah', 'Okeke', 'Owusu', 'Sule'][1 + (chance(n, 3) * 9)::INTEGER % 9] AS user_full_name,
  'u' || n || '@mail.example' AS user_email,
  '+234 80' || (10000000 + n * 7919 % 89999999) AS user_phone,
  CASE WHEN chance(n, 4) < 0.52 THEN 'FEMALE' WHEN chance(n, 4) < 0.985 THEN 'MALE' ELSE 'OTHER' END AS user_gender,
  DATE '1958-01-01' + (chance(n, 5) * 365 * 50 + 365 * 0.5)::INTEGER AS user_birth_date,
  user_role,
  CASE WHEN user_role = 'CUSTOMER' THEN CASE WHEN chance(n, 6) < 0.84 THEN 'B2C' ELSE 'B2B' END END AS user_type,
  chance(n, 7) < 0.71 AS user_verified,
  chance(n, 8) < 0.93 AS user_enabled,
  n::INTEGER AS default_address_id,
  created_at, created_at AS updated_at
FROM drawn;

CREATE TABLE addresses AS
SELECT
  n::INTEGER AS address_id,
  CASE WHEN n <= 3058 THEN n ELSE 59 + (n * 37 % 3000) END::INTEGER AS user_id,
  (1 + n % 180) || ' Market Road' AS address_line,
  -- Lagos and Accra weigh most.
  CASE WHEN chance(n, 9) < 0.24 THEN 1 + n % 2 WHEN chance(n, 9) < 0.36 THEN 33 + n % 2 ELSE 1 + floor(chance(n, 10) * 40) END::INTEGER AS city_id,
  '' AS address_country,
  TIMESTAMP '2022-12-10' AS created_at, TIMESTAMP '2022-12-10' AS updated_at
FROM range(1, 3601) AS t(n);
UPDATE addresses SET address_country = CASE WHEN city_id >= 33 THEN 'Ghana' ELSE 'Nigeria' END;

CREATE TABLE vendors AS
SELECT
  n::INTEGER AS vendor_id, n::INTEGER AS user_id,
  ['Aso', 'Benue', 'Calabar', 'Danfo', 'Ebony', 'Fulani', 'Gele', 'Harmattan'][1 + (n % 8)::INTEGER] || ' '
    || ['Traders', 'Stores', 'Mart', 'Supplies', 'Bazaar'][1 + (n // 8)::INTEGER % 5] AS vendor_name,
  TIMESTAMP '2022-12-05 09:00:00' AS created_at, TIMESTAMP '2022-12-05 09:00:00' AS updated_at
FROM range(1, 41) AS t(n);

CREATE TABLE vendor_applications AS
SELECT
  n::INTEGER AS id,
  (1 + (n - 1) % 40)::INTEGER AS vendor_id,
  CASE WHEN n <= 40 THEN CASE WHEN n IN (4, 12, 29) THEN 'REJECTED' WHEN n IN (21, 38) THEN 'PENDING' ELSE 'APPROVED' END
       WHEN n = 44 THEN 'APPROVED' ELSE 'REJECTED' END AS status,
  CASE WHEN n NOT IN (21, 38) THEN TIMESTAMP '2022-12-10 10:00:00' + to_days((n * 3)::INTEGER) END AS decided_at,
  TIMESTAMP '2022-12-06' + to_days((n * 2)::INTEGER) AS created_at, TIMESTAMP '2022-12-06' + to_days((n * 3)::INTEGER) AS updated_at
FROM range(1, 47) AS t(n);

CREATE TABLE businesses AS
SELECT n::INTEGER AS business_id, (1 + (n - 1) % 40)::INTEGER AS vendor_id, 'Business ' || n AS business_name,
  TIMESTAMP '2022-12-06' AS created_at, TIMESTAMP '2022-12-06' AS updated_at
FROM range(1, 45) AS t(n);

CREATE TABLE stores AS
SELECT n::INTEGER AS store_id, (1 + (n - 1) % 44)::INTEGER AS business_id, 'Store ' || n AS store_name, (1 + n * 7 % 40)::INTEGER AS city_id,
  TIMESTAMP '2022-12-07' AS created_at, TIMESTAMP '2022-12-07' AS updated_at
FROM range(1, 61) AS t(n);

CREATE TABLE products AS
WITH drawn AS (
  SELECT n, 1 + (n - 1) // 15 AS vendor_id, 1 + ((n - 1) // 15 * 5 + (n - 1) % 15 // 5 * 3) % 12 AS category_id FROM range(1, 601) AS t(n)
)
SELECT
  n::INTEGER AS product_id, vendor_id::INTEGER AS vendor_id,
  (SELECT MIN(s.store_id) FROM stores s JOIN businesses b ON b.business_id = s.business_id WHERE b.vendor_id = d.vendor_id) AS store_id,
  category_id::INTEGER AS category_id,
  ['Kente', 'Baobab', 'Savanna', 'Lagoon', 'Zuma', 'Volta', 'Cocoa', 'Indigo', 'Palm', 'Coral'][1 + (n % 10)::INTEGER] || ' '
    || ['Radio', 'Handset', 'Shirt', 'Lamp', 'Kettle', 'Cream', 'Rice', 'Pram', 'Ball', 'Reader', 'Wiper', 'Stapler'][category_id] || ' ' || (100 + n) AS product_name,
  CASE WHEN chance(n, 11) < 0.9 THEN 'ACTIVE' ELSE 'INACTIVE' END AS product_status,
  (([30000, 52000, 9000, 12000, 34000, 5200, 4200, 11000, 8600, 3900, 14000, 6100][category_id]) * (0.25 + 0.55 * chance(n, 12)))::DECIMAL(14, 2) AS product_price,
  CASE WHEN n = 243 OR chance(n, 13) < 0.06 THEN 0 ELSE (power(chance(n, 14), 2) * 90)::INTEGER END AS product_stock_quantity,
  TIMESTAMP '2022-12-15' AS created_at, TIMESTAMP '2026-10-31 20:00:00' AS updated_at
FROM drawn d;

CREATE TABLE discounts AS
SELECT n::INTEGER AS discount_id, (1 + (n - 1) % 40)::INTEGER AS vendor_id, 'SAVE' || (100 + n) AS discount_code, (5 + n % 4 * 5)::INTEGER AS discount_percent,
  TIMESTAMP '2023-01-01' + to_days((n * 15)::INTEGER) AS starts_at, TIMESTAMP '2023-01-01' + to_days((n * 15 + 90)::INTEGER) AS ends_at,
  TIMESTAMP '2023-01-01' AS created_at, TIMESTAMP '2023-01-01' AS updated_at
FROM range(1, 81) AS t(n);

CREATE TEMP TABLE drawn_orders AS
WITH customers AS (
  SELECT user_id, created_at, ROW_NUMBER() OVER (ORDER BY created_at, user_id) AS place FROM users WHERE user_role = 'CUSTOMER'
), timed AS (
  SELECT n, TIMESTAMP '2023-01-01' + to_minutes((power(chance(n, 15), 0.72) * 1400 * 1440)::BIGINT) AS raw_at FROM range(1, 14001) AS t(n)
), dated AS (
  SELECT n, CASE WHEN hour(raw_at) < 6 THEN raw_at + INTERVAL 11 HOUR ELSE raw_at END AS order_date FROM timed
), counted AS (
  SELECT d.*, (SELECT COUNT(*) FROM customers c WHERE c.created_at <= d.order_date) AS signed_up FROM dated d
), placed AS (
  SELECT c.*, k.user_id
  FROM counted c JOIN customers k ON k.place = 1 + floor(power(chance(c.n, 16), 1.25) * (c.signed_up - 1))
)
SELECT
  p.n, p.user_id, p.order_date, u.default_address_id AS address_id,
  CASE WHEN chance(p.n, 17) < 0.11 THEN 17 ELSE 1 + floor(power(chance(p.n, 18), 1.35) * 40) END::INTEGER AS vendor_id,
  chance(p.n, 19) < 0.27 AS is_express,
  CASE WHEN chance(p.n, 20) < 0.36 THEN 'COD' WHEN chance(p.n, 20) < 0.60 THEN 'CARD' WHEN chance(p.n, 20) < 0.78 THEN 'BANK_TRANSFER'
       WHEN chance(p.n, 20) < 0.92 THEN 'MOBILE_MONEY' ELSE 'WALLET' END AS payment_method,
  ci.city_name, ci.state_name,
  chance(p.n, 21) AS status_draw, chance(p.n, 22) AS speed_draw
FROM placed p
JOIN users u ON u.user_id = p.user_id
JOIN addresses a ON a.address_id = u.default_address_id
JOIN cities ci ON ci.city_id = a.city_id;

CREATE TABLE order_items AS
WITH lines AS (
  SELECT o.n, o.vendor_id, o.order_date, k, o.n::BIGINT * 8 + k AS draw_id
  FROM drawn_orders o, range(0, 4) AS t(k)
  WHERE k <= floor(power(chance(o.n, 23), 2) * 4)
), chosen AS (
  -- Four neighbours of a draw: an order never holds a product twice.
  SELECT l.*, (l.vendor_id - 1) * 15 + 1 + (floor(power(chance(l.n, 24), 1.3) * 15)::INTEGER + l.k * 4) % 15 AS product_id FROM lines l
)
SELECT
  ROW_NUMBER() OVER (ORDER BY c.n, c.k)::INTEGER AS order_item_id,
  c.n::INTEGER AS order_id,
  p.product_id AS order_product_id,
  (1 + floor(power(chance(c.draw_id, 25), 3) * 4))::INTEGER AS order_item_quantity,
  (p.product_price * (1 - 0.0015 * datediff('month', c.order_date, TIMESTAMP '2026-10-31'))
    * CASE WHEN chance(c.draw_id, 26) < 0.12 THEN 0.9 ELSE 1 END)::DECIMAL(14, 2) AS order_item_unit_price,
  c.order_date AS created_at, c.order_date AS updated_at
FROM chosen c
JOIN products p ON p.product_id = c.product_id
-- Vendor 17 runs out of its best seller in September 2026.
WHERE NOT (c.product_id = 243 AND c.order_date >= TIMESTAMP '2026-09-01' AND c.k > 0);

CREATE TABLE orders AS
WITH totals AS (
  SELECT order_id, SUM(order_item_quantity * order_item_unit_price)::DECIMAL(14, 2) AS total_amount FROM order_items GROUP BY order_id
)
SELECT
  o.n::INTEGER AS order_id, o.user_id, o.vendor_id, o.address_id,
  CASE WHEN chance(o.n, 27) < 0.12 THEN o.vendor_id END AS discount_id,
  o.order_date,
  CASE WHEN status_draw < CASE o.payment_method WHEN 'COD' THEN 0.15 ELSE 0.05 END + CASE state_name WHEN 'Borno' THEN 0.12 ELSE 0 END THEN 'CANCELLED'
       WHEN status_draw > 0.97 THEN 'FAILED'
       WHEN o.order_date > TIMESTAMP '2026-10-30' THEN CASE WHEN speed_draw < 0.5 THEN 'PENDING' ELSE 'PROCESSING' END
       WHEN o.order_date > TIMESTAMP '2026-10-27' THEN CASE WHEN speed_draw < 0.2 THEN 'PROCESSING' ELSE 'SHIPPED' END
       WHEN o.order_date > TIMESTAMP '2026-10-12' AND speed_draw > 0.86 THEN 'SHIPPED'
       ELSE 'COMPLETED' END AS order_status,
  o.is_express,
  t.total_amount,
  o.order_date AS created_at, o.order_date AS updated_at
FROM drawn_orders o
JOIN totals t ON t.order_id = o.n;

CREATE TABLE delivery_partners AS
SELECT n::INTEGER AS delivery_partner_id, (40 + n)::INTEGER AS user_id,
  ['Swift Riders', 'Okada Express', 'Blue Van', 'Trotro Cargo', 'Keke Courier', 'Sahel Freight', 'Gulf Couriers', 'City Dispatch'][n] AS partner_name,
  TIMESTAMP '2022-12-08' AS created_at, TIMESTAMP '2022-12-08' AS updated_at
FROM range(1, 9) AS t(n);

CREATE TABLE shipments AS
WITH sent AS (
  SELECT o.order_id, o.order_date, o.order_status, o.is_express, d.city_name, (1 + floor(chance(o.order_id, 28) * 8))::INTEGER AS delivery_partner_id
  FROM orders o JOIN drawn_orders d ON d.n = o.order_id
  WHERE o.order_status IN ('SHIPPED', 'COMPLETED') OR (o.order_status = 'FAILED' AND o.order_id % 2 = 0)
), timed AS (
  SELECT *,
    order_date + to_minutes((CASE WHEN is_express THEN 500 + chance(order_id, 29) * 2700 ELSE 900 + chance(order_id, 29) * 7200 END
      + CASE WHEN delivery_partner_id = 3 AND order_date >= TIMESTAMP '2026-09-01' THEN 3600 ELSE 0 END)::BIGINT) AS arrives_at
  FROM sent
)
SELECT
  ROW_NUMBER() OVER (ORDER BY order_id)::INTEGER AS shipment_id,
  order_id, delivery_partner_id,
  ((CASE WHEN is_express THEN 2100 ELSE 1200 END) * (0.8 + 0.6 * chance(order_id, 30)))::DECIMAL(14, 2) AS delivery_fee,
  city_name AS shipping_city,
  order_date + INTERVAL 6 HOUR AS shipped_at,
  CASE WHEN order_status = 'COMPLETED' THEN least(arrives_at, TIMESTAMP '2026-10-31 20:00:00') END AS delivered_at,
  order_date + INTERVAL 6 HOUR AS created_at, order_date + INTERVAL 6 HOUR AS updated_at
FROM timed;

CREATE TABLE payments AS
WITH tried AS (
  SELECT o.order_id, d.payment_method, o.order_status, o.total_amount, o.order_date, h.delivered_at, k, o.order_id::BIGINT * 4 + k AS draw_id,
    CASE WHEN d.payment_method = 'COD' THEN 0 WHEN d.payment_method = 'CARD' THEN 0.08
         * CASE WHEN o.order_date >= TIMESTAMP '2026-07-13' AND o.order_date < TIMESTAMP '2026-07-20' THEN 3 ELSE 1 END ELSE 0.04 END AS risk
  FROM orders o JOIN drawn_orders d ON d.n = o.order_id LEFT JOIN shipments h ON h.order_id = o.order_id, range(0, 3) AS t(k)
), judged AS (
  SELECT *, chance(draw_id, 31) < risk AS failed,
    -- An attempt follows only where all before it failed.
    k = 0 OR (SELECT bool_and(chance(t.order_id::BIGINT * 4 + j, 31) < t.risk) FROM range(0, 2) AS r(j) WHERE j < t.k) AS made
  FROM tried t
)
SELECT
  ROW_NUMBER() OVER (ORDER BY order_id, k)::INTEGER AS payment_id,
  order_id, payment_method,
  CASE WHEN payment_method = 'COD' THEN CASE order_status WHEN 'COMPLETED' THEN 'SUCCESS' WHEN 'CANCELLED' THEN 'FAILED' WHEN 'FAILED' THEN 'FAILED' ELSE 'PENDING' END
       WHEN failed THEN 'FAILED' ELSE 'SUCCESS' END AS payment_status,
  total_amount AS amount,
  CASE WHEN payment_method = 'COD' THEN coalesce(delivered_at, order_date) ELSE order_date + to_minutes((2 + k * 7)::BIGINT) END AS paid_at,
  order_date AS created_at, order_date AS updated_at
FROM judged
WHERE made;

CREATE TABLE returns AS
WITH sold AS (
  SELECT i.*, o.vendor_id, o.order_date, p.category_id
  FROM order_items i JOIN orders o ON o.order_id = i.order_id JOIN products p ON p.product_id = i.order_product_id
  WHERE o.order_status = 'COMPLETED'
), drawn AS (
  SELECT *, chance(order_item_id, 32) AS return_draw, chance(order_item_id, 33) AS reason_draw,
    order_date + to_minutes((4 * 1440 + chance(order_item_id, 34) * 17 * 1440)::BIGINT) AS request_at,
    ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY order_item_id) AS place
  FROM sold
)
SELECT
  ROW_NUMBER() OVER (ORDER BY order_id)::INTEGER AS return_id,
  order_id, order_item_id, request_at,
  CASE WHEN request_at > TIMESTAMP '2026-10-24' THEN 'PENDING' WHEN chance(order_item_id, 35) < 0.82 THEN 'APPROVED' ELSE 'REJECTED' END AS status,
  CASE WHEN vendor_id = 23 AND order_date >= TIMESTAMP '2026-04-01' AND reason_draw < 0.6 THEN 'WRONG_SIZE'
       ELSE ['DAMAGED', 'WRONG_ITEM', 'WRONG_SIZE', 'NOT_AS_DESCRIBED', 'CHANGED_MIND'][1 + floor(reason_draw * 5)::INTEGER] END AS return_reason,
  (order_item_quantity * order_item_unit_price)::DECIMAL(14, 2) AS return_amount,
  request_at AS created_at, request_at AS updated_at
FROM drawn
WHERE place = 1 AND request_at <= TIMESTAMP '2026-10-31 23:00:00'
  AND return_draw < CASE WHEN vendor_id = 23 AND order_date >= TIMESTAMP '2026-04-01' THEN 0.16 WHEN category_id = 3 THEN 0.11 ELSE 0.07 END;

CREATE TABLE reviews AS
SELECT
  ROW_NUMBER() OVER (ORDER BY i.order_item_id)::INTEGER AS review_id,
  i.order_product_id AS product_id, o.user_id,
  greatest(1, least(5, round(5.6 - chance(i.order_item_id, 36) * 3.2 - chance(i.order_product_id, 37))))::INTEGER AS review_rating,
  'Review of item ' || i.order_item_id AS review_text,
  o.order_date + INTERVAL 9 DAY AS created_at, o.order_date + INTERVAL 9 DAY AS updated_at
FROM order_items i JOIN orders o ON o.order_id = i.order_id
WHERE o.order_status = 'COMPLETED' AND o.order_date < TIMESTAMP '2026-10-22' AND chance(i.order_item_id, 38) < 0.2;

CREATE TABLE wishlists AS
SELECT n::INTEGER AS wishlist_id, (59 + floor(chance(n, 39) * 3000))::INTEGER AS user_id, (1 + floor(power(chance(n, 40), 1.4) * 600))::INTEGER AS product_id,
  TIMESTAMP '2023-06-01' + to_minutes((chance(n, 41) * 1240 * 1440)::BIGINT) AS created_at,
  TIMESTAMP '2023-06-01' + to_minutes((chance(n, 41) * 1240 * 1440)::BIGINT) AS updated_at
FROM range(1, 2501) AS t(n);

CREATE TABLE support_tickets AS
WITH drawn AS (
  SELECT o.order_id, o.user_id, o.order_date + to_minutes((chance(o.order_id, 42) * 12 * 1440)::BIGINT) AS created_at, chance(o.order_id, 43) AS category_draw,
    chance(o.order_id, 44) AS solve_draw
  FROM orders o
  WHERE chance(o.order_id, 45) < 0.09
), timed AS (
  SELECT *, created_at + to_minutes((60 + solve_draw * solve_draw * 9 * 1440)::BIGINT) AS solved_at FROM drawn WHERE created_at < TIMESTAMP '2026-10-31 23:00:00'
)
SELECT
  ROW_NUMBER() OVER (ORDER BY created_at, order_id)::INTEGER AS ticket_id, user_id, order_id,
  ['DELIVERY', 'PAYMENT', 'RETURN', 'PRODUCT', 'ACCOUNT'][1 + floor(power(category_draw, 1.4) * 5)::INTEGER] AS ticket_category,
  CASE WHEN solved_at <= TIMESTAMP '2026-10-31 23:00:00' AND solve_draw < 0.985 THEN 'RESOLVED' WHEN solve_draw < 0.5 THEN 'OPEN' ELSE 'IN_PROGRESS' END AS ticket_status,
  'Ticket about order ' || order_id AS ticket_subject,
  CASE WHEN solved_at <= TIMESTAMP '2026-10-31 23:00:00' AND solve_draw < 0.985 THEN solved_at END AS resolved_at,
  created_at, created_at AS updated_at
FROM timed;

CREATE TABLE marketing_spend AS
SELECT
  day::DATE AS spend_date, spend_channel,
  (base * (0.8 + 0.4 * chance(datediff('day', DATE '2023-01-01', day::DATE) * 8 + k, 46))
    * CASE WHEN spend_channel = 'SOCIAL' AND day >= TIMESTAMP '2026-07-01' THEN 2 ELSE 1 END)::DECIMAL(14, 2) AS spend_amount,
  day AS created_at, day AS updated_at
FROM generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2026-10-31', INTERVAL 1 DAY) AS t(day),
  (VALUES (1, 'SEARCH', 5200.0), (2, 'SOCIAL', 4100.0), (3, 'INFLUENCER', 2600.0), (4, 'RADIO', 1500.0)) AS c(k, spend_channel, base);

DROP TABLE drawn_orders;
DROP MACRO chance;
DROP MACRO mixed;
