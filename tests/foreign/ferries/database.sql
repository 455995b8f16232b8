-- A small island ferry line: sailings from 1 January 2024 up to 4 August 2026. The same rows on every machine: every figure comes
-- from `draw`, arithmetic on whole numbers alone.

CREATE MACRO stirred(x) AS (xor(x, x >> 16) * 668265263) % 4294967296;
CREATE MACRO draw(item, stream) AS stirred(stirred((item::BIGINT * 40503 + stream * 8021947) % 4294967296)) / 4294967296.0;

CREATE TABLE ports AS
SELECT * FROM (VALUES
  (1, 'Kelmouth', 'mainland', 3), (2, 'Brennhaven', 'mainland', 2), (3, 'Tarn Head', 'mainland', 1),
  (4, 'Orra', 'island', 2), (5, 'Sandvar', 'island', 1), (6, 'Port Lissa', 'island', 1), (7, 'Little Fen', 'island', 1)
) AS t(port_id, port_name, port_kind, berths);

CREATE TABLE routes AS
SELECT * FROM (VALUES
  (1, 'Kelmouth-Orra', 1, 'Orra', 'North', 14.5::DECIMAL(5, 1), 'year-round', DATE '1998-05-01'),
  (2, 'Kelmouth-Sandvar', 1, 'Sandvar', 'North', 22.0, 'year-round', DATE '2003-04-12'),
  (3, 'Brennhaven-Port Lissa', 2, 'Port Lissa', 'South', 9.5, 'year-round', DATE '2001-06-20'),
  (4, 'Brennhaven-Orra', 2, 'Orra', 'South', 31.0, 'year-round', DATE '2012-03-30'),
  (5, 'Tarn Head-Little Fen', 3, 'Little Fen', 'West', 6.0, 'year-round', DATE '2009-09-01'),
  (6, 'Tarn Head-Sandvar', 3, 'Sandvar', 'West', 38.5, 'summer only', DATE '2019-05-18')
) AS t(route_id, route_name, home_port_id, destination, area, distance_nm, season, opened_on);

CREATE TABLE vessels AS
SELECT * FROM (VALUES
  (1, 'Grey Heron', 'car ferry', 48, 10, 2006), (2, 'Morning Star', 'car ferry', 42, 9, 2011), (3, 'Lady Maren', 'car ferry', 36, 8, 1994),
  (4, 'Swift Tern', 'fast craft', 40, 4, 2018), (5, 'Puffin', 'day boat', 28, 5, 2001), (6, 'Silver Wake', 'fast craft', 44, 6, 2022)
) AS t(vessel_id, vessel_name, vessel_type, passenger_capacity, car_capacity, built_year);

CREATE TABLE customers AS
SELECT n::INTEGER AS customer_id,
  ['Ailsa', 'Bram', 'Catrin', 'Dougal', 'Effie', 'Finlay', 'Greta', 'Hamish', 'Isla', 'Joost'][1 + floor(draw(n, 1) * 10)::INTEGER] || ' '
    || ['Moir', 'Sande', 'Lindqvist', 'Pryce', 'Hale', 'Nairn', 'Vos', 'Ferrow'][1 + floor(draw(n, 2) * 8)::INTEGER] AS full_name,
  'traveller' || n || '@example.com' AS email,
  '+44 7700 9' || lpad((n * 37 % 100000)::VARCHAR, 5, '0') AS mobile,
  CASE WHEN draw(n, 3) < 0.30 THEN 'islander' WHEN draw(n, 3) < 0.72 THEN 'mainlander' ELSE 'overseas visitor' END AS residence,
  CASE WHEN draw(n, 4) < 0.60 THEN 'none' WHEN draw(n, 4) < 0.83 THEN 'Anchor' WHEN draw(n, 4) < 0.95 THEN 'Compass' ELSE 'Captain' END AS club_level,
  DATE '2021-01-01' + floor(draw(n, 5) * 1090)::INTEGER AS joined_on
FROM range(1, 2601) AS t(n);

CREATE TABLE sailings AS
WITH days AS (
  SELECT d, (DATE '2024-01-01' + d::INTEGER) AS day FROM range(0, 947) AS t(d)
), planned AS (
  SELECT r.route_id, day, (d * 10 + r.route_id)::INTEGER AS seed
  FROM days, routes r
  WHERE CASE r.route_id WHEN 1 THEN TRUE WHEN 2 THEN isodow(day) <> 2 WHEN 3 THEN isodow(day) IN (1, 3, 5, 6, 7)
    WHEN 4 THEN isodow(day) IN (2, 4, 6) WHEN 5 THEN isodow(day) IN (1, 2, 5, 7) ELSE month(day) BETWEEN 5 AND 9 AND isodow(day) IN (3, 5, 6, 7) END
), rolled AS (
  SELECT *, month(day) IN (11, 12, 1, 2) AS winter,
    CASE route_id WHEN 1 THEN [1, 1, 2, 3] WHEN 2 THEN [2, 2, 1, 6] WHEN 3 THEN [5, 5, 3, 3] WHEN 4 THEN [4, 6, 6, 2] WHEN 5 THEN [5, 3, 5, 5] ELSE [6, 4, 4, 4] END AS choices
  FROM planned
), placed AS (
  SELECT seed, route_id, choices[1 + floor(draw(seed, 20) * 4)::INTEGER] AS vessel_id, day, winter,
    [390, 495, 600, 810, 1065][1 + floor(draw(seed, 21) * 5)::INTEGER] AS minute_of_day,
    draw(seed, 22) < (CASE WHEN winter THEN 0.085 ELSE 0.028 END + CASE WHEN route_id IN (4, 6) THEN 0.03 ELSE 0 END - CASE WHEN year(day) = 2026 THEN 0.008 ELSE 0 END) AS off
  FROM rolled
)
SELECT (10000 + row_number() OVER (ORDER BY day, route_id))::INTEGER AS sailing_id, route_id, vessel_id,
  CASE WHEN draw(seed, 23) < 0.5 THEN 'outbound' ELSE 'return' END AS direction,
  day::TIMESTAMP + to_minutes(minute_of_day::BIGINT) AS departs_at,
  CASE WHEN off THEN 'cancelled' ELSE 'sailed' END AS status,
  CASE WHEN NOT off THEN NULL WHEN draw(seed, 24) < CASE WHEN winter THEN 0.65 ELSE 0.35 END THEN 'weather' WHEN draw(seed, 24) < 0.82 THEN 'breakdown'
    WHEN draw(seed, 24) < 0.93 THEN 'crew shortage' ELSE 'harbour closed' END AS cancel_reason,
  CASE WHEN off THEN NULL WHEN draw(seed, 25) < 0.52 THEN floor(draw(seed, 26) * 4)::INTEGER
    WHEN draw(seed, 25) < CASE WHEN vessel_id = 3 THEN 0.66 WHEN winter THEN 0.74 ELSE 0.83 END THEN 4 + floor(draw(seed, 26) * 12)::INTEGER
    ELSE 16 + floor(draw(seed, 26) * draw(seed, 27) * 95)::INTEGER END AS delay_minutes
FROM placed;

CREATE TABLE bookings AS
WITH parties AS (
  SELECT s.sailing_id, s.route_id, s.departs_at, s.status AS sailing_status, (s.sailing_id * 12 + k)::INTEGER AS seed
  FROM sailings s, range(0, 11) AS t(k)
  WHERE k < 1 + CASE WHEN month(departs_at) IN (7, 8) THEN 5 WHEN month(departs_at) IN (5, 6, 9) THEN 4 WHEN month(departs_at) IN (4, 10, 12) THEN 3 ELSE 2 END
    + CASE WHEN isodow(departs_at) IN (5, 6, 7) THEN 1 ELSE 0 END + floor(draw(s.sailing_id, 30) * 2.4)::INTEGER - CASE WHEN route_id = 5 THEN 1 ELSE 0 END
), typed AS (
  SELECT *,
    CASE WHEN draw(seed, 31) < 0.36 + 0.00012 * DATE_DIFF('day', DATE '2024-01-01', departs_at::DATE) * 0.6 THEN 'web' WHEN draw(seed, 31) < 0.62 THEN 'app'
      WHEN draw(seed, 31) < 0.74 THEN 'phone' WHEN draw(seed, 31) < 0.90 THEN 'ticket_office' ELSE 'travel_agent' END AS channel,
    CASE WHEN draw(seed, 32) < 0.34 THEN 'Saver' WHEN draw(seed, 32) < 0.62 THEN 'Standard' WHEN draw(seed, 32) < 0.76 THEN 'Flexible'
      WHEN draw(seed, 32) < 0.91 THEN 'Commuter' ELSE 'Group' END AS fare_type,
    CASE WHEN draw(seed, 33) < 0.40 THEN 'none' WHEN draw(seed, 33) < 0.50 THEN 'bicycle' WHEN draw(seed, 33) < 0.54 THEN 'motorcycle' WHEN draw(seed, 33) < 0.84 THEN 'car'
      WHEN draw(seed, 33) < 0.92 THEN 'camper van' ELSE 'lorry' END AS vehicle_type
  FROM parties
), sized AS (
  SELECT *, CASE WHEN fare_type = 'Group' THEN 6 + floor(draw(seed, 34) * 7)::INTEGER WHEN vehicle_type = 'lorry' THEN 1 ELSE 1 + floor(draw(seed, 34) * 4)::INTEGER END AS passengers
  FROM typed
)
SELECT (500000 + row_number() OVER (ORDER BY sailing_id, seed))::INTEGER AS booking_id, sailing_id,
  (1 + floor(draw(seed, 35) * draw(seed, 36) * 2600))::INTEGER AS customer_id,
  departs_at::DATE - (CASE channel WHEN 'ticket_office' THEN floor(draw(seed, 37) * 4) WHEN 'travel_agent' THEN 14 + floor(draw(seed, 37) * 70)
    ELSE floor(draw(seed, 37) * draw(seed, 38) * CASE WHEN fare_type = 'Saver' THEN 110 ELSE 55 END) END)::INTEGER AS booked_on,
  channel, fare_type, vehicle_type, passengers,
  (passengers * ([1400, 1950, 1100, 2600, 850, 3100][route_id] * CASE fare_type WHEN 'Saver' THEN 80 WHEN 'Standard' THEN 100 WHEN 'Flexible' THEN 130 WHEN 'Commuter' THEN 55 ELSE 70 END
    * (98 + 3 * (year(departs_at) - 2024)) // 10000) / 100.0)::DECIMAL(9, 2) AS fare_amount,
  ((CASE vehicle_type WHEN 'none' THEN 0 WHEN 'bicycle' THEN 300 WHEN 'motorcycle' THEN 1500 WHEN 'car' THEN 3900 WHEN 'camper van' THEN 6200 ELSE 14500 END
    * [100, 130, 80, 165, 60, 190][route_id] * (98 + 3 * (year(departs_at) - 2024)) // 10000) / 100.0)::DECIMAL(9, 2) AS vehicle_amount,
  CASE WHEN sailing_status = 'cancelled' THEN 'refunded' WHEN draw(seed, 39) < CASE WHEN fare_type = 'Flexible' THEN 0.14 ELSE 0.05 END THEN 'cancelled'
    WHEN draw(seed, 39) > CASE WHEN fare_type = 'Saver' THEN 0.955 ELSE 0.975 END THEN 'no_show' ELSE 'travelled' END AS status
FROM sized;

CREATE TABLE onboard_sales AS
SELECT (row_number() OVER (ORDER BY s.sailing_id, o))::INTEGER AS sale_id, s.sailing_id, ['café', 'bar', 'gift shop'][o] AS outlet,
  (2 + floor(draw(s.sailing_id * 4 + o, 40) * [12, 7, 5][o]))::INTEGER AS tickets,
  ((2 + floor(draw(s.sailing_id * 4 + o, 40) * [12, 7, 5][o]))::INTEGER * (420 + floor(draw(s.sailing_id * 4 + o, 41) * [500, 900, 1500][o])::INTEGER)
    * CASE WHEN month(s.departs_at) IN (6, 7, 8) THEN 125 ELSE 100 END // 100 / 100.0)::DECIMAL(9, 2) AS amount
FROM sailings s, range(1, 4) AS t(o)
WHERE s.status = 'sailed' AND (o = 1 OR (o = 2 AND s.vessel_id IN (1, 2, 4, 6)) OR (o = 3 AND s.vessel_id IN (1, 6) AND month(s.departs_at) BETWEEN 3 AND 10));

CREATE TABLE bunkerings AS
WITH b AS (
  SELECT v.vessel_id, w, (v.vessel_id * 1000 + w)::INTEGER AS seed, DATE '2024-01-02' + (w * 7 + floor(draw(v.vessel_id * 1000 + w, 50) * 5))::INTEGER AS day
  FROM vessels v, range(0, 135) AS t(w)
  WHERE draw(v.vessel_id * 1000 + w, 51) < 0.86
)
SELECT (row_number() OVER (ORDER BY day, vessel_id))::INTEGER AS bunkering_id, vessel_id, (1 + floor(draw(seed, 52) * 3))::INTEGER AS port_id, day AS bunkered_on,
  CASE WHEN draw(seed, 53) < CASE WHEN year(day) = 2024 THEN 0.10 WHEN year(day) = 2025 THEN 0.22 ELSE 0.34 END THEN 'biodiesel' ELSE 'marine diesel' END AS fuel_type,
  ([2900, 2600, 2400, 3800, 1300, 3500][vessel_id] + floor(draw(seed, 54) * 900)::INTEGER) AS litres,
  ((([2900, 2600, 2400, 3800, 1300, 3500][vessel_id] + floor(draw(seed, 54) * 900)::INTEGER)
    * (72 + 4 * (year(day) - 2024) + floor(draw(seed, 55) * 16)::INTEGER + CASE WHEN draw(seed, 53) < 0.10 THEN 21 ELSE 0 END)) / 100.0)::DECIMAL(10, 2) AS cost
FROM b WHERE day <= DATE '2026-08-04';

CREATE TABLE maintenance_jobs AS
SELECT n::INTEGER AS job_id, ([1, 2, 3, 3, 4, 5, 6, 3, 4][1 + floor(draw(n, 60) * 9)::INTEGER])::INTEGER AS vessel_id,
  DATE '2024-01-03' + (n * 941 // 430)::INTEGER AS started_on,
  ['engine', 'hull', 'electrics', 'safety gear', 'ramp and doors', 'galley'][1 + floor(draw(n, 61) * draw(n, 62) * 1.0 * 6)::INTEGER] AS work_area,
  CASE WHEN draw(n, 63) < 0.58 THEN TRUE ELSE FALSE END AS planned,
  ['own crew', 'Brennhaven yard', 'outside contractor'][1 + floor(draw(n, 64) * 3)::INTEGER] AS done_by,
  (floor(draw(n, 65) * draw(n, 66) * 7))::INTEGER AS days_out,
  (350 + floor(draw(n, 67) * draw(n, 68) * 24000))::DECIMAL(10, 2) AS cost
FROM range(1, 431) AS t(n);
