-- A company that brings meals from restaurants to doors in three Irish cities: 1 January 2024 up to the close of 10 May 2026. The same
-- rows on every machine: all chance comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO stirred(x) AS (xor(x, x >> 16) * 1664525 + 1013904223) % 4294967296;
CREATE MACRO chance(item, stream) AS
  stirred(stirred(stirred((item::BIGINT * 40503001 + stream * 26544357) % 4294967296))) / 4294967296.0;

CREATE TABLE zones AS
SELECT * FROM (VALUES
  (1, 'Harbour', 'Dublin', DATE '2022-03-01', 30), (2, 'Old Town', 'Dublin', DATE '2022-03-01', 30),
  (3, 'University', 'Dublin', DATE '2022-09-01', 35), (4, 'Northgate', 'Dublin', DATE '2023-05-01', 40),
  (5, 'Riverside', 'Cork', DATE '2022-10-01', 30), (6, 'Market Quarter', 'Cork', DATE '2023-02-01', 35),
  (7, 'Spanish Arch', 'Galway', DATE '2023-04-01', 30), (8, 'Airport Road', 'Galway', DATE '2025-02-01', 45)
) AS t(zone_id, zone_name, city, opened_on, promised_minutes);

CREATE TABLE restaurants AS
WITH named AS (
  SELECT n, ['Harbour', 'Golden', 'Little', 'Mama''s', 'Blue Door', 'Lucky', 'Corner', 'Saffron', 'Green', 'Old'][1 + (n * 7 % 10)::INTEGER] AS first_word,
    ['Pizza', 'Indian', 'Burgers', 'Thai', 'Sushi', 'Healthy', 'Breakfast', 'Mexican'][1 + (floor(chance(n, 1) * 8))::INTEGER] AS cuisine
  FROM range(1, 65) AS t(n)
)
SELECT n::INTEGER AS restaurant_id,
  first_word || ' ' || ['Kitchen', 'Plate', 'Table', 'House', 'Oven', 'Canteen', 'Garden'][1 + (n % 7)::INTEGER] AS restaurant_name,
  cuisine,
  CASE WHEN n <= 21 THEN 1 + (n % 7) WHEN n > 56 THEN 8 ELSE 1 + floor(chance(n, 2) * 7) END::INTEGER AS zone_id,
  CASE WHEN chance(n, 3) < 0.2 THEN 'Exclusive' WHEN chance(n, 3) < 0.5 THEN 'Gold' ELSE 'Standard' END AS partner_tier,
  CASE WHEN n <= 21 THEN DATE '2022-03-01' + (n * 31)::INTEGER WHEN n > 56 THEN DATE '2025-02-01' + (n * 3 % 40)::INTEGER
       ELSE DATE '2024-01-10' + (floor(chance(n, 4) * 760))::INTEGER END AS joined_on,
  CASE WHEN n > 21 AND n <= 56 AND n % 9 = 0 THEN DATE '2026-01-05' + (n)::INTEGER END AS left_on,
  CASE WHEN chance(n, 3) < 0.2 THEN 0.18 WHEN chance(n, 3) < 0.5 THEN 0.22 ELSE 0.27 END::DECIMAL(4, 2) AS commission_rate,
  chance(n, 5) < 0.3 AS has_vegan_menu
FROM named ORDER BY n;

CREATE TABLE couriers AS
SELECT n::INTEGER AS courier_id,
  ['Ciara', 'Diego', 'Sean', 'Fatima', 'Paulo', 'Aoife', 'Andrei', 'Ngozi'][1 + floor(chance(n, 6) * 8)::INTEGER] || ' '
    || ['Murphy', 'Silva', 'Byrne', 'Khan', 'Popa', 'Doyle'][1 + floor(chance(n, 7) * 6)::INTEGER] AS full_name,
  '087 ' || lpad((n * 86243 % 10000000)::VARCHAR, 7, '0') AS phone,
  CASE WHEN chance(n, 8) < 0.35 THEN 'Bicycle' WHEN chance(n, 8) < 0.65 THEN 'E-bike' WHEN chance(n, 8) < 0.88 THEN 'Scooter' ELSE 'Car' END AS vehicle,
  CASE WHEN chance(n, 9) < 0.45 THEN 'Employee' ELSE 'Freelance' END AS contract_type,
  DATE '2023-01-01' + (n * 9)::INTEGER AS hired_on
FROM range(1, 131) AS t(n) ORDER BY n;

CREATE TABLE customers AS
SELECT n::INTEGER AS customer_id,
  ['Niamh', 'Conor', 'Eoin', 'Saoirse', 'Marta', 'Yusuf', 'Grace', 'Liam'][1 + floor(chance(n, 10) * 8)::INTEGER] || ' '
    || ['Kelly', 'Nowak', 'Walsh', 'Ryan', 'Ahmed', 'Burke', 'Lynch'][1 + floor(chance(n, 11) * 7)::INTEGER] AS full_name,
  'eater' || n || '@example.ie' AS email,
  '085 ' || lpad((n * 51977 % 10000000)::VARCHAR, 7, '0') AS phone,
  (n * 3 % 90 + 1) || ' ' || ['Mill Lane', 'Quay Street', 'Abbey Road'][1 + (n % 3)::INTEGER] AS street_address,
  CASE WHEN chance(n, 12) < 0.62 THEN 'Household' WHEN chance(n, 12) < 0.86 THEN 'Student' ELSE 'Office' END AS customer_type,
  CASE WHEN chance(n, 13) < 0.3 THEN 'Instagram' WHEN chance(n, 13) < 0.55 THEN 'friend_invite' WHEN chance(n, 13) < 0.75 THEN 'App store'
       WHEN chance(n, 13) < 0.88 THEN 'Flyer' END AS found_us_by,
  DATE '2023-06-01' + (floor(n * 0.5967))::INTEGER AS signed_up_on
FROM range(1, 1801) AS t(n) ORDER BY n;

CREATE TABLE subscriptions AS
WITH drawn AS (
  SELECT customer_id, signed_up_on + (7 + floor(chance(customer_id, 14) * 120))::INTEGER AS started_on,
    (30 + floor(chance(customer_id, 15) * 700))::INTEGER AS lasting,
    CASE WHEN customer_type = 'Student' AND chance(customer_id, 16) < 0.7 THEN 'Student' WHEN chance(customer_id, 16) < 0.7 THEN 'Plus' ELSE 'Family' END AS plan_name
  FROM customers WHERE chance(customer_id, 17) < 0.4
)
SELECT (customer_id + 50000)::INTEGER AS subscription_id, customer_id, plan_name,
  CASE plan_name WHEN 'Student' THEN 3.99 WHEN 'Plus' THEN 6.99 ELSE 10.99 END::DECIMAL(6, 2) AS monthly_fee,
  started_on, CASE WHEN started_on + lasting <= DATE '2026-05-10' THEN started_on + lasting END AS ended_on,
  CASE WHEN started_on + lasting <= DATE '2026-05-10' THEN
    CASE WHEN chance(customer_id, 18) < 0.35 THEN 'Too expensive' WHEN chance(customer_id, 18) < 0.6 THEN 'Ordered too little'
         WHEN chance(customer_id, 18) < 0.75 THEN 'Moved away' WHEN chance(customer_id, 18) < 0.85 THEN 'Card declined' END END AS ending_reason
FROM drawn WHERE started_on <= DATE '2026-05-10' ORDER BY customer_id;

CREATE TABLE subscriber_counts AS
WITH ends AS (SELECT last_day(DATE '2024-01-01' + to_months(m::INTEGER))::DATE AS counted_on FROM range(0, 28) AS t(m))
SELECT e.counted_on, s.plan_name, COUNT(*)::INTEGER AS subscribers, SUM(s.monthly_fee)::DECIMAL(10, 2) AS fees_a_month
FROM ends e JOIN subscriptions s ON s.started_on <= e.counted_on AND coalesce(s.ended_on, DATE '2027-01-01') > e.counted_on
GROUP BY 1, 2 ORDER BY 1, 2;

CREATE TABLE order_base AS
WITH slots AS (
  SELECT d, k, d * 20 + k AS seed, (DATE '2024-01-01' + d::INTEGER)::DATE AS day FROM range(0, 861) AS a(d), range(0, 20) AS b(k)
), kept AS (
  SELECT * FROM slots WHERE chance(seed, 20) < (0.34 + 0.3 * d / 860.0) * CASE WHEN isodow(day) >= 5 THEN 1.3 WHEN isodow(day) = 1 THEN 0.8 ELSE 1 END
), chosen AS (
  SELECT *, (1 + floor(pow(chance(seed, 21), 1.4) * 64))::INTEGER AS wanted, (1 + floor(chance(seed, 22) * floor((d + 213) / 0.5967)))::INTEGER AS customer_id
  FROM kept
), fitted AS (
  SELECT c.*, CASE WHEN r.joined_on <= c.day AND (r.left_on IS NULL OR r.left_on > c.day) THEN c.wanted ELSE 1 + c.wanted % 21 END AS restaurant_id
  FROM chosen c JOIN restaurants r ON r.restaurant_id = c.wanted
)
SELECT seed, (100000 + seed)::INTEGER AS order_id, day, least(customer_id, 1800) AS customer_id, restaurant_id,
  day::TIMESTAMP + to_minutes((CASE WHEN chance(seed, 23) < 0.3 THEN 690 + floor(chance(seed, 24) * 165) WHEN chance(seed, 23) < 0.9 THEN 1020 + floor(chance(seed, 24) * 270)
    ELSE 1290 + floor(chance(seed, 24) * 60) END)::BIGINT) AS placed_at
FROM fitted ORDER BY seed;

CREATE TABLE order_items AS
WITH lines AS (
  SELECT o.order_id, o.seed, l, o.seed * 3 + l AS line_seed, r.cuisine,
    CASE WHEN l = 0 THEN 'Mains' ELSE ['Sides', 'Drinks', 'Desserts', 'Sides', 'Mains'][1 + floor(chance(o.seed * 3 + l, 31) * 5)::INTEGER] END AS dish_category
  FROM order_base o JOIN restaurants r USING (restaurant_id), range(0, 3) AS t(l)
  WHERE l = 0 OR (l = 1 AND chance(o.seed, 30) < 0.52) OR (l = 2 AND chance(o.seed, 30) < 0.22)
)
SELECT line_seed::INTEGER AS item_id, order_id,
  CASE dish_category WHEN 'Mains' THEN CASE cuisine WHEN 'Pizza' THEN ['Margherita', 'Diavola'][1 + (line_seed % 2)::INTEGER] WHEN 'Indian' THEN ['Butter chicken', 'Chana masala'][1 + (line_seed % 2)::INTEGER]
      WHEN 'Burgers' THEN ['Cheeseburger', 'Bean burger'][1 + (line_seed % 2)::INTEGER] WHEN 'Thai' THEN ['Pad thai', 'Green curry'][1 + (line_seed % 2)::INTEGER]
      WHEN 'Sushi' THEN ['Salmon box', 'Maki box'][1 + (line_seed % 2)::INTEGER] WHEN 'Healthy' THEN ['Poke bowl', 'Green salad'][1 + (line_seed % 2)::INTEGER]
      WHEN 'Breakfast' THEN ['Full Irish', 'Pancakes'][1 + (line_seed % 2)::INTEGER] ELSE ['Burrito', 'Tacos'][1 + (line_seed % 2)::INTEGER] END
    WHEN 'Sides' THEN ['Chips', 'Garlic bread', 'Slaw'][1 + (line_seed % 3)::INTEGER] WHEN 'Drinks' THEN ['Cola', 'Lemonade', 'Water'][1 + (line_seed % 3)::INTEGER]
    ELSE ['Brownie', 'Ice cream'][1 + (line_seed % 2)::INTEGER] END AS dish_name,
  dish_category,
  (1 + (chance(line_seed, 32) < 0.28)::INTEGER + (chance(line_seed, 32) < 0.06)::INTEGER)::INTEGER AS quantity,
  (CASE dish_category WHEN 'Mains' THEN 11.5 WHEN 'Sides' THEN 4.2 WHEN 'Desserts' THEN 5.4 ELSE 2.6 END + floor(chance(line_seed, 33) * 9) * 0.5)::DECIMAL(6, 2) AS unit_price
FROM lines ORDER BY line_seed;

CREATE TABLE orders AS
WITH summed AS (SELECT order_id, SUM(quantity * unit_price)::DECIMAL(10, 2) AS food_total FROM order_items GROUP BY 1
), drawn AS (
  SELECT o.*, s.food_total, r.commission_rate, z.promised_minutes,
    CASE WHEN o.day = DATE '2026-05-10' AND o.placed_at >= TIMESTAMP '2026-05-10 20:00:00' THEN 'Placed' WHEN chance(o.seed, 40) < 0.055 + 0.01 * (r.restaurant_id % 4) THEN 'Cancelled'
         ELSE 'Delivered' END AS order_status,
    (z.promised_minutes - 16 + floor(chance(o.seed, 41) * 20) + CASE WHEN isodow(o.day) >= 5 THEN 2 ELSE 0 END + CASE WHEN chance(o.seed, 42) < 0.12 THEN 12 ELSE 0 END)::INTEGER AS minutes,
    CASE WHEN chance(o.seed, 43) < 0.09 THEN 'WELCOME5' WHEN chance(o.seed, 43) < 0.15 THEN 'RAINYDAY' WHEN chance(o.seed, 43) < 0.21 THEN 'LUNCH3' WHEN chance(o.seed, 43) < 0.25 THEN 'GAMENIGHT' END AS promo_code
  FROM order_base o JOIN summed s USING (order_id) JOIN restaurants r USING (restaurant_id) JOIN zones z USING (zone_id)
)
SELECT order_id, customer_id, restaurant_id,
  CASE WHEN order_status = 'Delivered' THEN (1 + floor(chance(seed, 44) * least(130, (day - DATE '2023-01-01') / 9)))::INTEGER END AS courier_id,
  placed_at, CASE WHEN order_status = 'Delivered' THEN placed_at + to_minutes(minutes::BIGINT) END AS delivered_at,
  order_status,
  CASE WHEN chance(seed, 45) < 0.68 THEN 'App' WHEN chance(seed, 45) < 0.94 THEN 'Website' ELSE 'Phone' END AS order_channel,
  food_total,
  CASE WHEN chance(seed, 46) < 0.22 THEN 0 ELSE 1.99 + (restaurant_id % 3) * 0.5 END::DECIMAL(6, 2) AS delivery_fee,
  promo_code,
  CASE promo_code WHEN 'WELCOME5' THEN 5 WHEN 'RAINYDAY' THEN 4 WHEN 'LUNCH3' THEN 3 WHEN 'GAMENIGHT' THEN 6 ELSE 0 END::DECIMAL(6, 2) AS promo_discount,
  CASE WHEN order_status = 'Delivered' AND chance(seed, 47) < 0.42 THEN 1 + floor(chance(seed, 48) * 8) * 0.5 ELSE 0 END::DECIMAL(6, 2) AS tip_amount,
  round(food_total * commission_rate, 2)::DECIMAL(10, 2) AS commission,
  promised_minutes,
  CASE WHEN order_status = 'Delivered' THEN minutes END AS minutes_to_door,
  CASE WHEN order_status = 'Cancelled' THEN
    CASE WHEN chance(seed, 49) < 0.36 THEN 'Customer changed mind' WHEN chance(seed, 49) < 0.66 THEN 'Restaurant closed' WHEN chance(seed, 49) < 0.85 THEN 'No courier' WHEN chance(seed, 49) < 0.94 THEN 'Payment failed' END END AS cancel_reason
FROM drawn ORDER BY order_id;

DROP TABLE order_base;

CREATE TABLE ratings AS
SELECT (order_id + 700000)::INTEGER AS rating_id, order_id, (placed_at::DATE + (floor(chance(order_id, 50) * 3))::INTEGER)::DATE AS rated_on,
  CASE WHEN chance(order_id, 51) < 0.08 THEN 1 WHEN chance(order_id, 51) < 0.16 THEN 2 WHEN chance(order_id, 51) < 0.32 THEN 3 WHEN chance(order_id, 51) < 0.62 THEN 4 ELSE 5 END::INTEGER AS food_stars,
  CASE WHEN minutes_to_door > promised_minutes THEN 1 + floor(chance(order_id, 52) * 3) ELSE 3 + floor(chance(order_id, 52) * 3) END::INTEGER AS courier_stars,
  CASE WHEN chance(order_id, 53) < 0.1 THEN 'Cold food' WHEN chance(order_id, 53) < 0.17 THEN 'Missing item' WHEN chance(order_id, 53) < 0.22 THEN 'Rude courier' WHEN chance(order_id, 53) < 0.27 THEN 'Late' END AS complaint
FROM orders WHERE order_status = 'Delivered' AND chance(order_id, 54) < 0.4 AND placed_at < TIMESTAMP '2026-05-08' ORDER BY order_id;

CREATE TABLE courier_shifts AS
WITH slots AS (
  SELECT d, z.zone_id, s, (d * 8 + z.zone_id) * 3 + s AS seed, (DATE '2024-01-01' + d::INTEGER)::DATE AS shift_date
  FROM range(0, 861) AS a(d), zones z, range(0, 3) AS b(s) WHERE z.opened_on <= DATE '2024-01-01' + d::INTEGER
), kept AS (
  SELECT *, CASE WHEN chance(seed, 60) < 0.07 THEN 'no_show' WHEN chance(seed, 60) < 0.1 THEN 'Called off' ELSE 'Worked' END AS shift_status,
    [4, 5, 3][1 + s::INTEGER] + floor(chance(seed, 61) * 5) * 0.5 AS hours
  FROM slots WHERE chance(seed, 62) < [0.3, 0.5, 0.18][1 + s::INTEGER]
)
SELECT seed::INTEGER AS shift_id, (1 + floor(chance(seed, 63) * least(130, (d + 365) // 9)))::INTEGER AS courier_id, zone_id, shift_date,
  ['Lunch', 'Dinner', 'Late'][1 + s::INTEGER] AS shift_kind, shift_status,
  CASE WHEN shift_status = 'Worked' THEN hours ELSE 0 END::DECIMAL(5, 1) AS hours_worked,
  CASE WHEN shift_status = 'Worked' THEN hours * ([13.5, 14.2, 16][1 + s::INTEGER] + 0.5 * (year(shift_date) - 2024)) ELSE 0 END::DECIMAL(8, 2) AS pay
FROM kept ORDER BY seed;
