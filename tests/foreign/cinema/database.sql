-- A small chain of six boutique cinemas in England and Wales: January 2024 up to 19 May 2026. Every row comes from arithmetic on
-- whole numbers, so the rows are the same on every machine.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO pick(item, stream, n) AS ((mixed(mixed((item::BIGINT * 48271 + stream * 7368787) % 4294967296)) >> 8) % n)::INTEGER;

CREATE TABLE sites AS
SELECT * FROM (VALUES
  (1, 'Northgate', 'Leeds', 'North', DATE '2012-10-05', TRUE), (2, 'Old Mill', 'Sheffield', 'North', DATE '2016-03-18', FALSE),
  (3, 'Kingsway', 'Nottingham', 'Midlands', DATE '2014-06-27', TRUE), (4, 'Meadow Park', 'Leicester', 'Midlands', DATE '2020-09-11', FALSE),
  (5, 'Harbourside', 'Bristol', 'South', DATE '2010-05-14', TRUE), (6, 'Riverside', 'Cardiff', 'South', DATE '2018-11-30', TRUE)
) AS t(site_id, site_name, city, region, opened_on, has_parking);

CREATE TABLE screens AS
SELECT * FROM (VALUES
  (1, 1, 'Screen 1', 'Premium', 62), (2, 1, 'Screen 2', 'Standard', 48), (3, 1, 'Screen 3', 'Studio', 36),
  (4, 2, 'Screen 1', 'Standard', 54), (5, 2, 'Screen 2', 'Studio', 34),
  (6, 3, 'Screen 1', 'Premium', 70), (7, 3, 'Screen 2', 'Standard', 44),
  (8, 4, 'Screen 1', 'Standard', 50), (9, 4, 'Screen 2', 'Standard', 36),
  (10, 5, 'Screen 1', 'Premium', 66), (11, 5, 'Screen 2', 'Standard', 52), (12, 5, 'Screen 3', 'Studio', 36),
  (13, 6, 'Screen 1', 'Standard', 46), (14, 6, 'Screen 2', 'Studio', 38)
) AS t(screen_id, site_id, screen_name, screen_type, seats);

CREATE TABLE distributors AS
SELECT * FROM (VALUES
  (1, 'Blue Heron Releasing', 'United States', 0.55::DECIMAL(4, 2)), (2, 'Castlegate Pictures', 'United Kingdom', 0.45), (3, 'Old Oak Films', 'United Kingdom', 0.40),
  (4, 'Marigold Distribution', 'France', 0.42), (5, 'Sable and Finch', 'United States', 0.52), (6, 'Northlight Cinema Works', 'Denmark', 0.38)
) AS t(distributor_id, distributor_name, country, rental_share);

CREATE TABLE films AS
SELECT
  (n + 1)::INTEGER AS film_id,
  ['Silent', 'Crimson', 'Lost', 'Golden', 'Paper', 'Midnight', 'Borrowed', 'Wild', 'Northern'][1 + (n % 9)::INTEGER] || ' '
    || ['Harbour', 'Letters', 'Orchard', 'Circus', 'Tide', 'Sister', 'Garden', 'Express'][1 + ((n // 9 + n % 9) % 8)::INTEGER] AS title,
  ['Comedy', 'Drama', 'Action', 'Family', 'Horror', 'Documentary', 'Romance', 'Drama', 'Action', 'Family'][1 + pick(n + 1, 80, 10)] AS genre,
  ['U', 'PG', '12A', '15', '18'][1 + CASE WHEN pick(n + 1, 80, 10) IN (3, 9) THEN pick(n + 1, 2, 2) WHEN pick(n + 1, 80, 10) = 4 THEN 3 + pick(n + 1, 2, 2) ELSE 1 + pick(n + 1, 2, 3) END] AS age_rating,
  ['English', 'English', 'English', 'French', 'English', 'Spanish', 'English', 'Japanese'][1 + pick(n + 1, 3, 8)] AS spoken_language,
  84 + pick(n + 1, 4, 71) AS running_minutes,
  [1, 1, 2, 2, 3, 4, 5, 5, 6][1 + pick(n + 1, 5, 9)] AS distributor_id,
  DATE '2023-11-15' + (13 * n)::INTEGER AS released_on
FROM range(0, 71) AS t(n);

CREATE TABLE showings AS
WITH slots AS (
  SELECT s.site_id, DATE '2024-01-01' + d::INTEGER AS day, k::INTEGER AS k, (d * 40 + s.site_id * 4 + k)::BIGINT AS seed
  FROM sites s, range(0, 870) AS a(d), range(1, 4) AS b(k)
), kept AS (
  SELECT * FROM slots
  WHERE pick(seed, 10, 100) < CASE WHEN isodow(day) >= 6 THEN 45 WHEN isodow(day) = 5 THEN 34 ELSE 21 END + CASE WHEN k = 3 THEN 8 WHEN k = 1 THEN -6 ELSE 0 END
), placed AS (
  SELECT k.*, (SELECT list(screen_id ORDER BY screen_id) FROM screens c WHERE c.site_id = k.site_id) AS choices FROM kept k
)
SELECT
  (20000 + ROW_NUMBER() OVER (ORDER BY day, seed))::INTEGER AS showing_id,
  choices[1 + pick(seed, 11, len(choices))] AS screen_id,
  (1 + (day - DATE '2023-11-15') // 13 - [0, 0, 0, 1, 1, 2, 3][1 + pick(seed, 12, 7)])::INTEGER AS film_id,
  day::TIMESTAMP + to_minutes(CASE k WHEN 1 THEN 840 WHEN 2 THEN 1050 ELSE 1230 END) AS starts_at,
  ['matinee', 'early_evening', 'late'][k] AS slot,
  CASE WHEN pick(seed, 13, 100) < 22 THEN '3D' ELSE '2D' END AS picture_format,
  pick(seed, 14, 100) < 12 AS subtitled,
  CASE WHEN pick(seed, 15, 1000) < 24 THEN 'cancelled' ELSE 'played' END AS status
FROM placed;

ALTER TABLE showings ADD COLUMN seats_on_sale INTEGER;
UPDATE showings SET seats_on_sale = (SELECT seats FROM screens c WHERE c.screen_id = showings.screen_id);

CREATE TABLE members AS
SELECT
  n::INTEGER AS member_id,
  ['Amelia', 'Bashir', 'Catrin', 'Dylan', 'Esme', 'Farah', 'Gareth', 'Hannah', 'Imran', 'Josie', 'Kofi', 'Lowri'][1 + pick(n, 20, 12)] || ' '
    || ['Ahmed', 'Barlow', 'Cooper', 'Davies', 'Ellis', 'Fenwick', 'Griffiths', 'Hussain', 'Okafor', 'Pritchard'][1 + pick(n, 21, 10)] AS member_name,
  'member' || n || '@example.com' AS email,
  '07700 9' || lpad(n::VARCHAR, 5, '0') AS mobile_number,
  DATE '1950-01-01' + pick(n, 22, 20400) AS birth_date,
  ['Classic', 'Classic', 'Classic', 'Plus', 'Plus', 'Unlimited'][1 + pick(n, 23, 6)] AS tier,
  1 + pick(n, 24, 6) AS home_site_id,
  ['friend', 'website', 'foyer', 'leaflet', 'social_media'][1 + pick(n, 25, 5)] AS heard_through,
  DATE '2023-01-02' + ((n * 1233) // 1600)::INTEGER AS joined_on,
  CASE WHEN pick(n, 26, 100) < 24 AND DATE '2023-01-02' + ((n * 1233) // 1600)::INTEGER + 60 + pick(n, 27, 700) < DATE '2026-05-20'
    THEN DATE '2023-01-02' + ((n * 1233) // 1600)::INTEGER + 60 + pick(n, 27, 700) END AS left_on
FROM range(1, 1601) AS t(n);

CREATE TABLE ticket_bookings AS
WITH shown AS (
  SELECT h.*, c.site_id, c.screen_type, f.genre,
    GREATEST(1, 2 + pick(h.showing_id, 30, 4) + CASE WHEN isodow(h.starts_at) >= 6 THEN 1 ELSE 0 END + CASE WHEN month(h.starts_at) IN (7, 8, 12) THEN 1 ELSE 0 END
      + CASE WHEN f.genre IN ('Action', 'Family') THEN 1 WHEN f.genre = 'Documentary' THEN -1 ELSE 0 END + CASE WHEN c.site_id IN (1, 5) THEN 1 WHEN c.site_id = 4 THEN -1 ELSE 0 END
      - CASE WHEN year(h.starts_at) = 2024 THEN 1 ELSE 0 END) AS bookings
  FROM showings h JOIN screens c USING (screen_id) JOIN films f USING (film_id)
  WHERE h.status = 'played'
), lines AS (
  SELECT s.*, s.showing_id::BIGINT * 12 + b AS seed FROM shown s, range(0, 10) AS t(b) WHERE b < s.bookings
), kinds AS (
  SELECT *, CASE WHEN genre = 'Family' THEN ['adult', 'child', 'child', 'child', 'senior', 'adult', 'student', 'adult', 'child', 'carer'][1 + pick(seed, 31, 10)]
      ELSE ['adult', 'adult', 'adult', 'student', 'senior', 'adult', 'student', 'adult', 'senior', 'adult', 'child', 'carer'][1 + pick(seed, 31, 12)] END AS ticket_kind
  FROM lines
)
SELECT
  (500000 + ROW_NUMBER() OVER (ORDER BY seed))::INTEGER AS booking_id,
  showing_id,
  CASE WHEN pick(seed, 32, 100) < 38 THEN (1 + pick(seed, 33, GREATEST(60, ((starts_at::DATE - DATE '2023-01-25') * 1600) // 1240)))::INTEGER END AS member_id,
  ticket_kind,
  CASE WHEN year(starts_at) = 2024 THEN ['web', 'web', 'app', 'counter', 'counter', 'counter', 'kiosk', 'web'] ELSE ['web', 'web', 'app', 'app', 'counter', 'counter', 'kiosk', 'app'] END[1 + pick(seed, 34, 8)] AS bought_through,
  CASE WHEN ticket_kind = 'carer' THEN 1 ELSE [1, 2, 2, 2, 3, 4, 1, 2, 5][1 + pick(seed, 35, 9)] END AS quantity,
  (CASE ticket_kind WHEN 'adult' THEN 12.50 WHEN 'student' THEN 9.50 WHEN 'senior' THEN 9.00 WHEN 'child' THEN 7.50 ELSE 0 END
    + CASE WHEN ticket_kind = 'carer' THEN 0 ELSE CASE screen_type WHEN 'Premium' THEN 3 WHEN 'Studio' THEN 1 ELSE 0 END + CASE WHEN year(starts_at) >= 2025 THEN 0.5 ELSE 0 END END)::DECIMAL(6, 2) AS unit_price,
  starts_at::DATE - [0, 0, 0, 1, 1, 2, 3, 5, 9, 14][1 + pick(seed, 36, 10)] AS bought_on,
  pick(seed, 37, 1000) < 41 AS refunded
FROM kinds;

UPDATE ticket_bookings SET member_id = NULL
WHERE EXISTS (SELECT 1 FROM members m WHERE m.member_id = ticket_bookings.member_id AND m.left_on <= ticket_bookings.bought_on);

CREATE TABLE bar_sales AS
WITH products AS (
  SELECT * FROM (VALUES
    (0, 'Salted Popcorn', 'popcorn', 5.20, 0.70), (1, 'Sweet Popcorn', 'popcorn', 5.40, 0.75), (2, 'Cola', 'soft drinks', 3.60, 0.50), (3, 'Elderflower Fizz', 'soft drinks', 3.90, 0.90),
    (4, 'Nachos', 'hot food', 6.80, 1.90), (5, 'Hot Dog', 'hot food', 6.50, 2.10), (6, 'Pick and Mix', 'sweets', 4.50, 1.20), (7, 'Chocolate Bar', 'sweets', 2.40, 0.95),
    (8, 'Ice Cream Tub', 'ice cream', 4.10, 1.40), (9, 'Flat White', 'coffee and tea', 3.50, 0.60), (10, 'Pot of Tea', 'coffee and tea', 2.90, 0.30), (11, 'House Wine', 'beer and wine', 7.20, 2.40),
    (12, 'Pale Ale', 'beer and wine', 6.30, 2.20)) AS t(p, product_name, product_group, price, cost)
), drawn AS (
  SELECT s.site_id, DATE '2024-01-01' + d::INTEGER AS sold_on, (d * 60 + s.site_id * 8 + b)::BIGINT AS seed
  FROM sites s, range(0, 870) AS a(d), range(0, 4) AS t(b)
), kept AS (
  SELECT *, [0, 0, 0, 1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 9, 10, 11, 11, 12][1 + pick(seed, 40, 20)] AS p,
    1 + pick(seed, 41, 4) + CASE WHEN isodow(sold_on) >= 5 THEN pick(seed, 42, 4) ELSE 0 END AS quantity
  FROM drawn
  WHERE pick(seed, 43, 100) < 34 + CASE WHEN isodow(sold_on) >= 5 THEN 18 ELSE 0 END + CASE WHEN site_id IN (3, 5) THEN 7 ELSE 0 END + CASE WHEN year(sold_on) = 2026 THEN 5 ELSE 0 END
)
SELECT
  (900000 + ROW_NUMBER() OVER (ORDER BY sold_on, seed))::INTEGER AS bar_sale_id,
  site_id, sold_on, product_name, product_group,
  ['card', 'card', 'card', 'cash', 'voucher'][1 + pick(seed, 44, 5)] AS paid_by,
  quantity, (quantity * price)::DECIMAL(8, 2) AS amount, (quantity * cost)::DECIMAL(8, 2) AS goods_cost
FROM kept JOIN products USING (p);

CREATE TABLE shifts AS
WITH drawn AS (
  SELECT s.site_id, DATE '2024-01-01' + d::INTEGER AS shift_date, (d * 50 + s.site_id * 6 + b)::BIGINT AS seed
  FROM sites s, range(0, 870) AS a(d), range(0, 3) AS t(b)
), kept AS (
  SELECT *, pick(seed, 50, 10) AS j, pick(seed, 51, 100) < 6 AS absent FROM drawn WHERE pick(seed, 52, 100) < CASE WHEN isodow(shift_date) >= 5 THEN 32 ELSE 21 END
)
SELECT
  (70000 + ROW_NUMBER() OVER (ORDER BY shift_date, seed))::INTEGER AS shift_id,
  site_id,
  ['Priya', 'Tom', 'Megan', 'Owen', 'Zara', 'Luke', 'Beth', 'Sanjay'][1 + pick(seed, 53, 8)] || ' ' || ['Walsh', 'Reid', 'Khan', 'Lloyd', 'Marsh', 'Nowak'][1 + pick(seed, 54, 6)] AS employee_name,
  ['usher', 'usher', 'usher', 'barista', 'barista', 'cashier', 'cashier', 'projectionist', 'cleaner', 'duty_manager'][1 + j] AS job,
  shift_date,
  4 + pick(seed, 55, 5) AS planned_hours,
  CASE WHEN absent THEN 0 ELSE 4 + pick(seed, 55, 5) + [0, 0, 0, 0, 0.5, 1][1 + pick(seed, 56, 6)] END::DECIMAL(4, 1) AS worked_hours,
  ([11.44, 11.44, 11.44, 11.90, 11.90, 11.70, 11.70, 14.20, 11.44, 17.50][1 + j] + CASE WHEN year(shift_date) >= 2025 THEN 0.60 ELSE 0 END)::DECIMAL(5, 2) AS hourly_wage,
  absent
FROM kept;
