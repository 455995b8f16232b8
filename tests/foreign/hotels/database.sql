-- A group of seven small hotels: 2024 and 2025 up to the night of 14 October, and what is booked ahead. The same rows on every
-- machine: every figure comes from `draw`, arithmetic on whole numbers alone.

CREATE MACRO stirred(x) AS (xor(x, x >> 16) * 668265263) % 4294967296;
CREATE MACRO draw(item, stream) AS stirred(stirred((item::BIGINT * 40503 + stream * 8021947) % 4294967296)) / 4294967296.0;

CREATE TABLE properties AS
SELECT * FROM (VALUES
  (1, 'Casa do Mar', 'Lisbon', 'Portugal', 5, 12, DATE '2011-05-01'), (2, 'Douro House', 'Porto', 'Portugal', 4, 10, DATE '2015-03-15'),
  (3, 'Palau Gran', 'Barcelona', 'Spain', 5, 11, DATE '2009-09-01'), (4, 'Plaza Sur', 'Seville', 'Spain', 4, 9, DATE '2018-02-10'),
  (5, 'Villa Aurelia', 'Rome', 'Italy', 5, 10, DATE '2013-06-20'), (6, 'Canal Rooms', 'Venice', 'Italy', 3, 7, DATE '2020-07-01'),
  (7, 'Alpenblick', 'Innsbruck', 'Austria', 4, 8, DATE '2016-12-01')
) AS t(property_id, property_name, city, country, stars, room_count, opened_on);

CREATE TABLE room_types AS
SELECT * FROM (VALUES
  (1, 'Standard', 2, 1.00::DECIMAL(4, 2)), (2, 'Superior', 2, 1.22), (3, 'Junior Suite', 3, 1.65), (4, 'Suite', 4, 2.40)
) AS t(room_type_id, type_name, max_guests, rate_factor);

CREATE TABLE guests AS
SELECT
  n::INTEGER AS guest_id,
  ['Anna', 'Bruno', 'Clara', 'David', 'Elena', 'Felix', 'Greta', 'Hugo', 'Ines', 'Jonas'][1 + (draw(n, 1) * 10)::INTEGER % 10] || ' '
    || ['Moreira', 'Keller', 'Rossi', 'Dubois', 'Hart', 'Nilsen', 'Vega', 'Lang'][1 + (draw(n, 2) * 8)::INTEGER % 8] AS full_name,
  'guest' || n || '@example.com' AS email,
  CASE WHEN draw(n, 3) < 0.22 THEN 'United Kingdom' WHEN draw(n, 3) < 0.42 THEN 'Germany' WHEN draw(n, 3) < 0.56 THEN 'United States'
       WHEN draw(n, 3) < 0.69 THEN 'France' WHEN draw(n, 3) < 0.80 THEN 'Spain' WHEN draw(n, 3) < 0.88 THEN 'Italy'
       WHEN draw(n, 3) < 0.95 THEN 'Netherlands' ELSE 'Japan' END AS home_country,
  CASE WHEN draw(n, 4) < 0.58 THEN 'Blue' WHEN draw(n, 4) < 0.82 THEN 'Silver' WHEN draw(n, 4) < 0.95 THEN 'Gold' ELSE 'Platinum' END AS loyalty_level,
  DATE '2019-01-01' + (draw(n, 5) * 1800)::INTEGER AS joined_on
FROM range(1, 2401) AS t(n);

CREATE TABLE reservations AS
WITH rooms AS (
  SELECT p.property_id, p.property_id * 100 + k AS room_no,
    CASE WHEN k <= p.room_count * 0.45 THEN 1 WHEN k <= p.room_count * 0.75 THEN 2 WHEN k <= p.room_count * 0.92 THEN 3 ELSE 4 END AS room_type_id
  FROM properties p, range(1, 20) AS t(k)
  WHERE k <= p.room_count
), weeks AS (
  SELECT r.*, w, r.room_no::BIGINT * 1000 + w * 4 AS seed, DATE '2024-01-01' + (w * 7)::INTEGER AS monday,
    CASE WHEN draw(r.room_no::BIGINT * 1000 + w * 4, 6) < 0.08 THEN 7 ELSE 2 + floor(draw(r.room_no::BIGINT * 1000 + w * 4, 7) * 4)::INTEGER END AS cut
  FROM rooms r, range(0, 105) AS t(w)
), parts AS (
  SELECT property_id, room_type_id, seed + 1 AS seed, monday AS opens, cut AS days FROM weeks
  UNION ALL
  SELECT property_id, room_type_id, seed + 2, monday + cut, 7 - cut FROM weeks WHERE cut < 7
), kept AS (
  SELECT property_id, room_type_id, seed, 'stay' AS kind,
    CASE WHEN days > 1 AND draw(seed, 8) < 0.35 THEN 1 ELSE 0 END AS shift, opens, days
  FROM parts
  WHERE draw(seed, 9) < CASE WHEN property_id = 7
      THEN CASE WHEN month(opens) IN (1, 2, 3, 12) THEN 0.93 WHEN month(opens) IN (7, 8) THEN 0.82 WHEN month(opens) IN (4, 5, 11) THEN 0.48 ELSE 0.68 END
      ELSE CASE WHEN month(opens) IN (6, 7, 8, 9) THEN 0.93 WHEN month(opens) IN (4, 5, 10) THEN 0.84 WHEN month(opens) = 12 THEN 0.70 ELSE 0.58 END
    END + CASE WHEN year(opens) = 2025 THEN 0.04 ELSE 0 END - CASE WHEN property_id IN (4, 6) THEN 0.09 ELSE 0 END
  UNION ALL
  SELECT property_id, room_type_id, seed + 3, 'lost', 0, monday + floor(draw(seed, 10) * 7)::INTEGER, 1 + floor(draw(seed, 11) * 5)::INTEGER
  FROM weeks
  WHERE draw(seed, 12) < 0.24
), drawn AS (
  SELECT property_id, room_type_id, seed, kind, opens + shift AS arrival_on, days - shift AS nights,
    CASE WHEN draw(seed, 13) < 0.52 THEN 'Leisure' WHEN draw(seed, 13) < 0.76 THEN 'Business' WHEN draw(seed, 13) < 0.89 THEN 'Groups' ELSE 'Wholesale' END
      AS market_segment
  FROM kept
), led AS (
  SELECT *,
    CASE market_segment WHEN 'Business' THEN floor(draw(seed, 14) * draw(seed, 15) * 40) WHEN 'Leisure' THEN 2 + floor(draw(seed, 14) * draw(seed, 15) * 150)
      ELSE 20 + floor(draw(seed, 14) * 140) END::INTEGER AS lead_days,
    CASE WHEN market_segment = 'Wholesale' THEN 'travel_agent'
         WHEN market_segment = 'Groups' THEN CASE WHEN draw(seed, 16) < 0.6 THEN 'phone' ELSE 'travel_agent' END
         WHEN market_segment = 'Business' THEN CASE WHEN draw(seed, 16) < 0.55 THEN 'corporate_portal' WHEN draw(seed, 16) < 0.8 THEN 'direct_web' ELSE 'booking_com' END
         WHEN draw(seed, 16) < 0.40 THEN 'booking_com' WHEN draw(seed, 16) < 0.58 THEN 'expedia' WHEN draw(seed, 16) < 0.90 THEN 'direct_web' ELSE 'phone' END AS channel
  FROM drawn
), dated AS (
  SELECT *, arrival_on - lead_days AS booked_on,
    CASE WHEN kind = 'lost' AND draw(seed, 17) > 0.11 THEN arrival_on - lead_days + floor(draw(seed, 18) * (lead_days + 1))::INTEGER END AS cancel_day
  FROM led
  WHERE arrival_on - lead_days < DATE '2025-10-15'
)
SELECT
  (100000 + ROW_NUMBER() OVER (ORDER BY booked_on, seed))::INTEGER AS reservation_id,
  (1 + floor(draw(seed, 19) * draw(seed, 20) * 2400))::INTEGER AS guest_id,
  property_id, room_type_id, channel, market_segment, booked_on, arrival_on, (arrival_on + nights)::DATE AS departure_on, nights::INTEGER AS nights,
  (1 + floor(draw(seed, 21) * CASE room_type_id WHEN 4 THEN 4 WHEN 3 THEN 3 ELSE 2 END))::INTEGER AS party_size,
  CASE WHEN kind = 'lost' AND cancel_day < DATE '2025-10-15' THEN 'cancelled'
       WHEN arrival_on >= DATE '2025-10-15' THEN 'booked'
       WHEN kind = 'lost' THEN 'no_show'
       WHEN arrival_on + nights > DATE '2025-10-15' THEN 'in_house' ELSE 'checked_out' END AS status,
  CASE WHEN kind = 'lost' AND cancel_day < DATE '2025-10-15' THEN cancel_day END AS cancelled_on
FROM dated;

CREATE TABLE room_nights AS
SELECT
  ROW_NUMBER() OVER (ORDER BY r.arrival_on + k::INTEGER, r.reservation_id)::INTEGER AS room_night_id,
  r.reservation_id,
  (r.arrival_on + k::INTEGER)::DATE AS stay_date,
  (CASE p.stars WHEN 5 THEN 212 WHEN 4 THEN 134 ELSE 92 END * t.rate_factor
    * CASE WHEN p.property_id = 7 THEN CASE WHEN month(r.arrival_on) IN (1, 2, 3, 12) THEN 1.35 ELSE 0.95 END
           WHEN month(r.arrival_on) IN (6, 7, 8, 9) THEN 1.30 WHEN month(r.arrival_on) IN (1, 2, 11) THEN 0.80 ELSE 1.02 END
    * CASE WHEN isodow(r.arrival_on + k::INTEGER) IN (5, 6) THEN 1.14 ELSE 1.00 END
    * CASE r.market_segment WHEN 'Wholesale' THEN 0.76 WHEN 'Groups' THEN 0.84 WHEN 'Business' THEN 1.06 ELSE 1.00 END
    * CASE WHEN year(r.arrival_on) = 2025 THEN 1.05 ELSE 1.00 END
    * (92 + floor(draw(r.reservation_id, 22) * 17)) / 100)::DECIMAL(8, 2) AS room_rate
FROM reservations r
JOIN properties p ON p.property_id = r.property_id
JOIN room_types t ON t.room_type_id = r.room_type_id, range(0, 7) AS s(k)
WHERE r.status IN ('checked_out', 'in_house') AND k < r.nights AND r.arrival_on + k::INTEGER < DATE '2025-10-15';

CREATE TABLE room_days AS
SELECT
  p.property_id,
  (DATE '2024-01-01' + d::INTEGER)::DATE AS room_day,
  p.room_count AS rooms_total,
  CASE WHEN p.property_id = 2 AND DATE '2024-01-01' + d::INTEGER BETWEEN DATE '2025-02-03' AND DATE '2025-02-23' THEN 2
       WHEN month(DATE '2024-01-01' + d::INTEGER) IN (1, 2, 11) AND draw(p.property_id * 1000 + d, 23) < 0.25 THEN 1 ELSE 0 END AS rooms_out_of_order
FROM properties p, range(0, 653) AS t(d);

CREATE TABLE outlet_sales AS
WITH days AS (
  SELECT p.property_id, p.stars, o.outlet, i.room_day AS sale_date,
    p.property_id::BIGINT * 100000 + o.outlet_no * 10000 + (i.room_day - DATE '2024-01-01') AS seed,
    (SELECT COUNT(*) FROM room_nights n JOIN reservations r ON r.reservation_id = n.reservation_id
     WHERE r.property_id = p.property_id AND n.stay_date = i.room_day) AS sold
  FROM properties p
  JOIN room_days i ON i.property_id = p.property_id
  JOIN (VALUES ('restaurant', 1), ('spa', 2)) AS o(outlet, outlet_no) ON o.outlet = 'restaurant' OR p.property_id IN (1, 3, 5, 7)
), counted AS (
  SELECT *, (CASE outlet WHEN 'spa' THEN 1 + sold * 0.3 + draw(seed, 24) * 3 ELSE 4 + sold * 0.9 + draw(seed, 24) * 8 END)::INTEGER AS checks
  FROM days
)
SELECT
  ROW_NUMBER() OVER (ORDER BY sale_date, property_id, outlet)::INTEGER AS sale_id,
  property_id, outlet, sale_date, checks,
  (checks * CASE WHEN outlet = 'spa' THEN 68 + stars * 4 ELSE 17 + stars * 6 END * (85 + floor(draw(seed, 25) * 31)) / 100)::DECIMAL(10, 2) AS net_amount
FROM counted
WHERE NOT (outlet = 'spa' AND isodow(sale_date) = 1);

CREATE TABLE budgets AS
SELECT
  p.property_id,
  (DATE '2024-01-01' + to_months(m::INTEGER))::DATE AS budget_month,
  (round(p.room_count * CASE p.stars WHEN 5 THEN 330 WHEN 4 THEN 208 ELSE 133 END * 30 *
    CASE WHEN p.property_id = 7 THEN CASE WHEN m % 12 IN (0, 1, 2, 11) THEN 0.94 WHEN m % 12 IN (6, 7) THEN 0.60 ELSE 0.44 END
         WHEN m % 12 IN (5, 6, 7, 8) THEN 0.93 WHEN m % 12 IN (3, 4, 9) THEN 0.68 ELSE 0.44 END
    * CASE WHEN m >= 12 THEN 1.08 ELSE 1.00 END / 100) * 100)::DECIMAL(10, 2) AS room_revenue_budget
FROM properties p, range(0, 24) AS t(m);

CREATE TABLE reviews AS
SELECT
  ROW_NUMBER() OVER (ORDER BY departure_on, reservation_id)::INTEGER AS review_id,
  reservation_id,
  (departure_on + 1 + floor(draw(reservation_id, 26) * 9)::INTEGER)::DATE AS reviewed_on,
  CASE WHEN draw(reservation_id, 27) < 0.46 THEN 'Booking.com' WHEN draw(reservation_id, 27) < 0.72 THEN 'Google'
       WHEN draw(reservation_id, 27) < 0.88 THEN 'Tripadvisor' ELSE 'Own survey' END AS review_site,
  least(10, 4 + floor(draw(reservation_id, 28) * 4 + draw(reservation_id, 29) * CASE WHEN property_id IN (1, 5) THEN 4.4 WHEN property_id = 6 THEN 2.6 ELSE 3.8 END))::INTEGER
    AS score,
  ['Lovely staff', 'Noisy street', 'Great breakfast', 'Small bathroom', 'Would come again'][1 + (draw(reservation_id, 30) * 5)::INTEGER % 5] AS comment_text
FROM reservations
WHERE status = 'checked_out' AND departure_on <= DATE '2025-10-04' AND draw(reservation_id, 31) < 0.19;

CREATE TABLE room_cleanings AS
WITH drawn AS (
  SELECT n, 1 + floor(draw(n, 32) * 7)::INTEGER AS property_id, DATE '2024-01-01' + floor(draw(n, 33) * 653)::INTEGER AS cleaned_on,
    CASE WHEN draw(n, 34) < 0.55 THEN 'stayover' WHEN draw(n, 34) < 0.92 THEN 'checkout' ELSE 'deep_clean' END AS cleaning_type
  FROM range(1, 2201) AS t(n)
)
SELECT
  n::INTEGER AS cleaning_id, property_id, cleaned_on, cleaning_type,
  ['Maria L.', 'Sofia P.', 'Ana R.', 'Jelena K.', 'Petra H.', 'Lucia B.'][1 + (draw(n, 35) * 6)::INTEGER % 6] AS attendant_name,
  (CASE cleaning_type WHEN 'stayover' THEN 16 WHEN 'checkout' THEN 32 ELSE 70 END + floor(draw(n, 36) * 15))::INTEGER AS minutes_spent,
  draw(n, 37) > CASE WHEN property_id = 6 THEN 0.12 ELSE 0.06 END AS passed_inspection
FROM drawn;
