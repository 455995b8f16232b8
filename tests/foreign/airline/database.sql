-- A small island airline: a year and a half of flights, of who booked and flew on them, of delays and fuel. The same rows on
-- every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 668265263) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2246822 + stream * 374761) % 4294967296)) / 4294967296.0;

CREATE TABLE airports AS
SELECT * FROM (VALUES
  ('ABZ', 'Aberdeen International', 'Aberdeen', 'United Kingdom', TRUE), ('KOI', 'Kirkwall', 'Kirkwall', 'United Kingdom', FALSE),
  ('EDI', 'Edinburgh', 'Edinburgh', 'United Kingdom', TRUE), ('LSI', 'Sumburgh', 'Shetland', 'United Kingdom', FALSE),
  ('INV', 'Inverness', 'Inverness', 'United Kingdom', FALSE), ('BGO', 'Bergen Flesland', 'Bergen', 'Norway', FALSE),
  ('FAE', 'Vagar', 'Torshavn', 'Faroe Islands', FALSE)
) AS t(iata_code, airport_name, city, country, is_base);

CREATE TABLE routes AS
SELECT route_id, origin_iata || '-' || destination_iata AS route_code, origin_iata, destination_iata, distance_km, market
FROM (VALUES
  (1, 'ABZ', 'KOI', 210, 'domestic'), (2, 'KOI', 'ABZ', 210, 'domestic'), (3, 'EDI', 'LSI', 470, 'domestic'), (4, 'LSI', 'EDI', 470, 'domestic'),
  (5, 'INV', 'KOI', 175, 'domestic'), (6, 'KOI', 'INV', 175, 'domestic'), (7, 'LSI', 'BGO', 380, 'international'),
  (8, 'BGO', 'LSI', 380, 'international'), (9, 'EDI', 'FAE', 690, 'international'), (10, 'FAE', 'EDI', 690, 'international')
) AS t(route_id, origin_iata, destination_iata, distance_km, market);

CREATE TABLE aircraft AS
SELECT * FROM (VALUES
  ('G-SKYA', 'Islander', 8, DATE '2009-04-14'), ('G-SKYB', 'Islander', 8, DATE '2012-06-02'), ('G-SKYC', 'Caravan', 9, DATE '2018-03-20'),
  ('G-SKYD', 'Caravan', 9, DATE '2021-09-11'), ('G-SKYE', 'Twin Otter', 14, DATE '2016-05-05'), ('G-SKYF', 'Twin Otter', 14, DATE '2023-02-27')
) AS t(tail_number, aircraft_type, seat_count, in_service_since);

CREATE TABLE flights AS
WITH timetable AS (
  SELECT * FROM (VALUES
    ('SK101', 1, 430, [1, 2, 3, 4, 5, 6, 7], 1, 12, 'Islander', 'Aberdeen'), ('SK102', 2, 520, [1, 2, 3, 4, 5, 6, 7], 1, 12, 'Islander', 'Aberdeen'),
    ('SK103', 1, 990, [1, 5], 1, 12, 'Islander', 'Aberdeen'), ('SK104', 2, 1080, [1, 5], 1, 12, 'Islander', 'Aberdeen'),
    ('SK201', 3, 495, [1, 2, 3, 4, 5, 6, 7], 1, 12, 'Twin Otter', 'Edinburgh'), ('SK202', 4, 640, [1, 2, 3, 4, 5, 6, 7], 1, 12, 'Twin Otter', 'Edinburgh'),
    ('SK301', 5, 560, [1, 3, 5, 6], 1, 12, 'Islander', 'Aberdeen'), ('SK302', 6, 660, [1, 3, 5, 6], 1, 12, 'Islander', 'Aberdeen'),
    ('SK401', 7, 720, [2, 4, 7], 4, 10, 'Caravan', 'Shetland'), ('SK402', 8, 850, [2, 4, 7], 4, 10, 'Caravan', 'Shetland'),
    ('SK501', 9, 800, [1, 4, 6], 1, 12, 'Twin Otter', 'Edinburgh'), ('SK502', 10, 1010, [1, 4, 6], 1, 12, 'Twin Otter', 'Edinburgh')
  ) AS t(flight_number, route_id, minute_of_day, weekdays, first_month, last_month, usual_type, crew_base)
), planned AS (
  SELECT ROW_NUMBER() OVER (ORDER BY day, flight_number)::INTEGER AS flight_id, day, m.*
  FROM generate_series(TIMESTAMP '2025-01-01', TIMESTAMP '2026-06-30', INTERVAL 1 DAY) AS d(day)
  JOIN timetable m ON list_contains(m.weekdays, isodow(day)) AND month(day) BETWEEN m.first_month AND m.last_month
), fated AS (
  SELECT *,
    chance(flight_id, 1) < CASE WHEN month(day) IN (12, 1, 2) THEN 0.065 ELSE 0.018 END AS is_cancelled,
    chance(flight_id, 2) AS cause_draw, chance(flight_id, 3) AS tail_draw, chance(flight_id, 4) AS fuel_draw
  FROM planned
)
SELECT
  f.flight_id, flight_number, f.route_id,
  CASE usual_type WHEN 'Islander' THEN CASE WHEN tail_draw < 0.47 THEN 'G-SKYA' WHEN tail_draw < 0.92 THEN 'G-SKYB' ELSE 'G-SKYC' END
    WHEN 'Caravan' THEN CASE WHEN tail_draw < 0.6 THEN 'G-SKYD' ELSE 'G-SKYC' END
    ELSE CASE WHEN tail_draw < 0.52 THEN 'G-SKYE' WHEN tail_draw < 0.95 THEN 'G-SKYF' ELSE 'G-SKYD' END END AS tail_number,
  day + to_minutes(minute_of_day::BIGINT) AS scheduled_departure,
  crew_base,
  CASE WHEN is_cancelled THEN 'cancelled' ELSE 'operated' END AS flight_status,
  CASE WHEN is_cancelled THEN CASE WHEN cause_draw < CASE WHEN month(day) IN (12, 1, 2) THEN 0.7 ELSE 0.35 END THEN 'weather'
    WHEN cause_draw < 0.85 THEN 'technical' ELSE 'crew' END END AS cancellation_reason,
  CASE WHEN NOT is_cancelled THEN (distance_km * CASE usual_type WHEN 'Islander' THEN 0.42 WHEN 'Caravan' THEN 0.61 ELSE 1.05 END
    * (0.92 + fuel_draw * 0.16))::INTEGER END AS fuel_kg,
  CASE WHEN NOT is_cancelled THEN ((distance_km * CASE usual_type WHEN 'Islander' THEN 0.42 WHEN 'Caravan' THEN 0.61 ELSE 1.05 END
    * (0.92 + fuel_draw * 0.16))::INTEGER * (0.78 + (month(day) * 7 + year(day)) % 9 * 0.02))::DECIMAL(10, 2) END AS fuel_cost
FROM fated f JOIN routes r ON r.route_id = f.route_id;

CREATE TABLE delays AS
WITH drawn AS (
  SELECT flight_id, scheduled_departure, k, chance(flight_id * 4 + k, 5) AS happens_draw, chance(flight_id * 4 + k, 6) AS cause_draw,
    chance(flight_id * 4 + k, 7) AS length_draw
  FROM flights, range(0, 2) AS t(k)
  WHERE flight_status = 'operated'
)
SELECT
  ROW_NUMBER() OVER (ORDER BY flight_id, k)::INTEGER AS delay_id, flight_id,
  CASE WHEN cause_draw < CASE WHEN month(scheduled_departure) IN (11, 12, 1, 2) THEN 0.5 ELSE 0.18 END THEN 'weather'
    WHEN cause_draw < 0.64 THEN 'late_inbound' WHEN cause_draw < 0.78 THEN 'technical' WHEN cause_draw < 0.90 THEN 'air_traffic_control'
    ELSE 'ground_handling' END AS delay_cause,
  (3 + length_draw * length_draw * 88)::INTEGER AS delay_minutes
FROM drawn
WHERE happens_draw < CASE WHEN k = 1 THEN 0.07 WHEN month(scheduled_departure) IN (11, 12, 1, 2) THEN 0.40 ELSE 0.26 END;

ALTER TABLE flights ADD COLUMN arrival_delay_minutes INTEGER;
UPDATE flights SET arrival_delay_minutes = coalesce((SELECT SUM(d.delay_minutes) FROM delays d WHERE d.flight_id = flights.flight_id), 0)
WHERE flight_status = 'operated';
ALTER TABLE flights ADD COLUMN seats_offered INTEGER;
UPDATE flights SET seats_offered = (SELECT a.seat_count FROM aircraft a WHERE a.tail_number = flights.tail_number);

CREATE TABLE passengers AS
SELECT
  n::INTEGER AS passenger_id,
  ['Isla', 'Magnus', 'Ingrid', 'Ewan', 'Freya', 'Callum', 'Solveig', 'Rory', 'Mairi', 'Tor'][1 + (chance(n, 8) * 10)::INTEGER % 10] || ' '
    || ['Flett', 'Rendall', 'Isbister', 'MacLeod', 'Joensen', 'Berge', 'Linklater', 'Moncrieff', 'Sinclair'][1 + (chance(n, 9) * 9)::INTEGER % 9] AS full_name,
  'traveller' || n || '@example.org' AS email,
  DATE '1944-01-01' + (chance(n, 10) * 22000)::INTEGER AS birth_date,
  CASE WHEN chance(n, 11) < 0.58 THEN 'none' WHEN chance(n, 11) < 0.82 THEN 'blue' WHEN chance(n, 11) < 0.95 THEN 'silver' ELSE 'gold' END AS loyalty_tier,
  CASE WHEN chance(n, 11) >= 0.58 THEN DATE '2023-01-10' + (chance(n, 12) * 1260)::INTEGER END AS joined_club_on,
  CASE WHEN chance(n, 13) < 0.80 THEN 'United Kingdom' WHEN chance(n, 13) < 0.90 THEN 'Norway' WHEN chance(n, 13) < 0.97 THEN 'Faroe Islands'
    ELSE 'Denmark' END AS residence_country
FROM range(1, 2401) AS t(n);

CREATE TABLE parties AS
WITH drawn AS (
  SELECT f.flight_id, f.scheduled_departure, f.route_id, f.flight_status, f.seats_offered, k, f.flight_id::BIGINT * 16 + k AS party_id,
    CASE WHEN chance(f.flight_id::BIGINT * 16 + k, 14) < 0.55 THEN 1 WHEN chance(f.flight_id::BIGINT * 16 + k, 14) < 0.86 THEN 2 ELSE 3 END AS party_size,
    least(0.97, (CASE f.route_id WHEN 1 THEN 0.66 WHEN 2 THEN 0.63 WHEN 3 THEN 0.72 WHEN 4 THEN 0.70 WHEN 5 THEN 0.50 WHEN 6 THEN 0.47
        WHEN 7 THEN 0.62 WHEN 8 THEN 0.60 WHEN 9 THEN 0.57 ELSE 0.55 END
      + CASE WHEN month(f.scheduled_departure) IN (6, 7, 8) THEN 0.17 WHEN month(f.scheduled_departure) IN (1, 2, 11) THEN -0.09 ELSE 0.03 END
      + CASE WHEN isodow(f.scheduled_departure) IN (5, 7) THEN 0.08 ELSE 0 END
      + CASE WHEN year(f.scheduled_departure) = 2026 THEN 0.035 ELSE 0 END) * (0.72 + chance(f.flight_id, 15) * 0.56)) AS fill
  FROM flights f, range(0, 13) AS t(k)
), seated AS (
  SELECT *, SUM(party_size) OVER (PARTITION BY flight_id ORDER BY k) AS seats_taken FROM drawn
)
SELECT *, chance(party_id, 16) < 0.045 AS is_called_off,
  scheduled_departure - to_minutes((600 + power(chance(party_id, 17), 2) * 90 * 1440)::BIGINT) AS made_at
FROM seated WHERE seats_taken <= seats_offered * fill + 0.5;

CREATE TABLE bookings AS
SELECT
  (100000 + party_id)::INTEGER AS booking_id,
  (1 + floor(power(chance(party_id * 4, 18), 1.4) * 2400))::INTEGER AS booker_id,
  made_at AS booked_at,
  CASE WHEN chance(party_id, 19) < 0.46 THEN 'website' WHEN chance(party_id, 19) < 0.68 THEN 'mobile_app' WHEN chance(party_id, 19) < 0.88 THEN 'travel_agency'
    ELSE 'call_centre' END AS sales_channel,
  CASE WHEN is_called_off THEN 'cancelled' ELSE 'confirmed' END AS booking_status,
  CASE WHEN is_called_off THEN made_at + (scheduled_departure - made_at) * 0.5 END AS cancelled_at
FROM parties;

CREATE TABLE coupons AS
WITH seats AS (
  SELECT p.*, j, party_id * 4 + j AS seat_id, r.distance_km FROM parties p JOIN routes r ON r.route_id = p.route_id, range(0, 3) AS t(j) WHERE j < p.party_size
)
SELECT
  ROW_NUMBER() OVER (ORDER BY seat_id)::INTEGER AS coupon_id,
  (100000 + party_id)::INTEGER AS booking_id,
  flight_id,
  (1 + floor(power(chance(seat_id, 18), 1.4) * 2400))::INTEGER AS passenger_id,
  CASE WHEN chance(party_id, 20) < 0.50 THEN 'Light' WHEN chance(party_id, 20) < 0.84 THEN 'Standard' ELSE 'Flex' END AS fare_class,
  ((28 + distance_km * 0.13) * CASE WHEN chance(party_id, 20) < 0.50 THEN 0.82 WHEN chance(party_id, 20) < 0.84 THEN 1.10 ELSE 1.65 END
    * (0.85 + chance(seat_id, 21) * 0.35) * CASE WHEN month(scheduled_departure) IN (6, 7, 8, 12) THEN 1.15 ELSE 1 END
    * CASE WHEN year(scheduled_departure) = 2026 THEN 1.04 ELSE 1 END)::DECIMAL(8, 2) AS fare_amount,
  CASE WHEN is_called_off OR flight_status = 'cancelled' THEN 'refunded' WHEN chance(seat_id, 22) < CASE WHEN chance(party_id, 20) >= 0.84 THEN 0.06 ELSE 0.024 END
    THEN 'no_show' ELSE 'flown' END AS coupon_status
FROM seats;

CREATE TABLE ancillary_sales AS
WITH drawn AS (
  SELECT c.coupon_id, c.booking_id, k, chance(c.coupon_id * 4 + k, 23) AS happens_draw, chance(c.coupon_id * 4 + k, 24) AS price_draw, c.fare_class
  FROM coupons c, range(0, 4) AS t(k)
  WHERE c.coupon_status <> 'refunded'
)
SELECT
  ROW_NUMBER() OVER (ORDER BY d.coupon_id, k)::INTEGER AS sale_id, d.coupon_id,
  ['checked_bag', 'seat_choice', 'priority_boarding', 'onboard_snack'][k + 1] AS product,
  ([24, 9, 7, 4][k + 1] * (0.9 + floor(price_draw * 4) * 0.1))::DECIMAL(8, 2) AS amount,
  b.booked_at + to_minutes((price_draw * 400)::BIGINT) AS sold_at
FROM drawn d JOIN bookings b ON b.booking_id = d.booking_id
WHERE happens_draw < [CASE WHEN fare_class = 'Light' THEN 0.17 ELSE 0.04 END, 0.10, 0.04, 0.06][k + 1];

CREATE TABLE monthly_plan AS
SELECT
  month::DATE AS plan_month, r.route_id,
  (round(r.distance_km * CASE r.route_id WHEN 1 THEN 38 WHEN 2 THEN 36 WHEN 3 THEN 40 WHEN 4 THEN 39 WHEN 5 THEN 22 WHEN 6 THEN 21 WHEN 7 THEN 11 WHEN 8 THEN 11
    WHEN 9 THEN 15 ELSE 14 END * CASE WHEN month(month) IN (6, 7, 8) THEN 1.35 WHEN month(month) IN (1, 2, 11) THEN 0.85 ELSE 1.0 END * 1.4 / 100) * 100)::DECIMAL(12, 2)
    AS planned_revenue,
  (CASE WHEN r.route_id IN (3, 4) THEN 270 WHEN r.route_id IN (1, 2) THEN 190 WHEN r.route_id IN (5, 6) THEN 75 WHEN r.route_id IN (7, 8) THEN 70 ELSE 100 END
    * CASE WHEN month(month) IN (6, 7, 8) THEN 1.2 ELSE 1.0 END)::INTEGER AS planned_passengers
FROM generate_series(TIMESTAMP '2025-01-01', TIMESTAMP '2026-06-01', INTERVAL 1 MONTH) AS t(month), routes r
WHERE r.route_id NOT IN (7, 8) OR month(month) BETWEEN 4 AND 10;

DROP TABLE parties;
DROP MACRO chance;
DROP MACRO mixed;
