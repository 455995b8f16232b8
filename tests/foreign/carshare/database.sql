-- A car-sharing company in four cities of Germany and Austria: January 2024 up to 10 June 2026. The same rows on every machine:
-- all chance comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO shuffled(x) AS (xor(x, x >> 15) * 1540483477) % 4294967296;
CREATE MACRO chance(item, stream) AS
  shuffled(shuffled(shuffled((item::BIGINT * 73244475 + stream * 19349663) % 4294967296))) / 4294967296.0;

CREATE TABLE zones AS
SELECT * FROM (VALUES
  (1, 'Altona Bahnhof', 'Hamburg', 'Germany', 'station', 14, DATE '2020-04-01'), (2, 'Eimsbüttel', 'Hamburg', 'Germany', 'free_floating', 22, DATE '2021-05-10'),
  (3, 'Hamburg Airport', 'Hamburg', 'Germany', 'airport', 10, DATE '2022-09-01'), (4, 'Connewitz', 'Leipzig', 'Germany', 'station', 9, DATE '2020-04-01'),
  (5, 'Plagwitz', 'Leipzig', 'Germany', 'free_floating', 12, DATE '2021-08-16'), (6, 'Leipzig Hauptbahnhof', 'Leipzig', 'Germany', 'station', 8, DATE '2023-03-06'),
  (7, 'Vauban', 'Freiburg', 'Germany', 'station', 12, DATE '2020-10-12'), (8, 'Wiehre', 'Freiburg', 'Germany', 'free_floating', 7, DATE '2022-06-20'),
  (9, 'Zähringen', 'Freiburg', 'Germany', 'station', 5, DATE '2025-03-03'), (10, 'Neubau', 'Vienna', 'Austria', 'free_floating', 20, DATE '2021-11-02'),
  (11, 'Favoriten', 'Vienna', 'Austria', 'station', 11, DATE '2023-01-09'), (12, 'Vienna Airport', 'Vienna', 'Austria', 'airport', 9, DATE '2024-06-03')
) AS t(zone_id, zone_name, city, country, zone_kind, parking_bays, opened_on);

CREATE TABLE models AS
SELECT * FROM (VALUES
  (1, 'up!', 'Volkswagen', 'Mini', 'petrol', 4, 2.40), (2, 'Zoe', 'Renault', 'Compact', 'electric', 5, 3.10), (3, 'Corsa', 'Opel', 'Compact', 'petrol', 5, 2.90),
  (4, 'Yaris', 'Toyota', 'Compact', 'hybrid', 5, 3.00), (5, 'ID.3', 'Volkswagen', 'Compact', 'electric', 5, 3.40), (6, 'Octavia', 'Skoda', 'Estate', 'petrol', 5, 3.90),
  (7, 'Transit', 'Ford', 'Van', 'diesel', 3, 5.20), (8, 'Kangoo E-Tech', 'Renault', 'Van', 'electric', 5, 4.60), (9, 'Fiat 500e', 'Fiat', 'Mini', 'electric', 4, 2.80)
) AS t(model_id, model_name, brand, car_class, drivetrain, seats, hourly_rate);

CREATE TABLE cars AS
WITH drawn AS (
  SELECT n, 1 + floor(chance(n, 1) * 9)::INTEGER AS model_id,
    CASE WHEN n > 60 THEN 9 WHEN n > 55 THEN 12 WHEN chance(n, 2) < 0.36 THEN 1 + floor(chance(n, 3) * 3) WHEN chance(n, 2) < 0.56 THEN 4 + floor(chance(n, 3) * 3)
         WHEN chance(n, 2) < 0.74 THEN 7 + floor(chance(n, 3) * 2) ELSE 10 + floor(chance(n, 3) * 2) END::INTEGER AS home_zone_id,
    DATE '2021-02-01' + floor(chance(n, 4) * 1500)::INTEGER AS any_day
  FROM range(1, 65) AS t(n)
), bought AS (
  SELECT d.*, greatest(d.any_day, z.opened_on - 10)::DATE AS bought_on FROM drawn d JOIN zones z ON z.zone_id = d.home_zone_id
)
SELECT
  n::INTEGER AS car_id, ['HH', 'L', 'FR', 'W'][1 + (home_zone_id - 1) // 3] || '-RN ' || (1000 + n * 37) AS plate, model_id, home_zone_id, bought_on,
  CASE WHEN chance(n, 5) < 0.34 AND bought_on + 700 + floor(chance(n, 6) * 900)::INTEGER <= DATE '2026-06-10'
    THEN (bought_on + 700 + floor(chance(n, 6) * 900)::INTEGER)::DATE END AS retired_on,
  (CASE WHEN model_id IN (7, 8) THEN 31000 WHEN model_id IN (6, 5) THEN 27000 WHEN model_id IN (2, 9) THEN 23000 ELSE 16000 END
    + floor(chance(n, 7) * 40) * 100)::DECIMAL(10, 2) AS purchase_price,
  chance(n, 8) < 0.28 AS has_child_seat
FROM bought;

CREATE TABLE members AS
WITH drawn AS (
  SELECT n, (DATE '2022-01-10' + floor(pow(n / 620.0, 0.9) * 1600 + chance(n, 10) * 10)::INTEGER)::DATE AS joined_on,
    CASE WHEN chance(n, 11) < 0.56 THEN 'Flex' WHEN chance(n, 11) < 0.83 THEN 'Regular' WHEN chance(n, 11) < 0.91 THEN 'Plus' ELSE 'Business' END AS tariff
  FROM range(1, 621) AS t(n)
)
SELECT
  n::INTEGER AS member_id,
  ['Anna', 'Bülent', 'Clara', 'David', 'Emre', 'Franziska', 'Greta', 'Hannes', 'Ines', 'Jonas'][1 + floor(chance(n, 12) * 10)::INTEGER] || ' '
    || ['Albrecht', 'Bauer', 'Celik', 'Dietz', 'Engel', 'Fuchs', 'Gruber', 'Huber'][1 + floor(chance(n, 13) * 8)::INTEGER] AS full_name,
  'member' || n || '@example.net' AS email, 'B' || (100000 + n * 7919 % 899999) AS licence_number,
  (DATE '1952-01-01' + floor(chance(n, 14) * 19700)::INTEGER)::DATE AS born_on,
  CASE WHEN chance(n, 15) < 0.37 THEN 'Hamburg' WHEN chance(n, 15) < 0.57 THEN 'Leipzig' WHEN chance(n, 15) < 0.73 THEN 'Freiburg' ELSE 'Vienna' END AS home_city,
  tariff, CASE WHEN chance(n, 16) < 0.34 THEN 'friend' WHEN chance(n, 16) < 0.58 THEN 'search' WHEN chance(n, 16) < 0.74 THEN 'poster'
               WHEN chance(n, 16) < 0.88 THEN 'employer' END AS heard_through,
  joined_on,
  CASE WHEN chance(n, 17) < CASE tariff WHEN 'Flex' THEN 0.28 ELSE 0.17 END AND joined_on + 90 + floor(chance(n, 18) * 1000)::INTEGER <= DATE '2026-06-10'
    THEN (joined_on + 90 + floor(chance(n, 18) * 1000)::INTEGER)::DATE END AS left_on
FROM drawn
WHERE joined_on <= DATE '2026-06-10';

CREATE TABLE bookings AS
WITH drawn AS (
  SELECT n, (DATE '2024-01-01' + floor(pow(chance(n, 20), 0.85) * 892)::INTEGER)::DATE AS made_on, 1 + floor(pow(chance(n, 21), 1.5) * 620)::INTEGER AS member_id
  FROM range(1, 6801) AS t(n)
), kept AS (
  SELECT d.*, ROW_NUMBER() OVER (PARTITION BY n ORDER BY chance(d.n * 100 + c.car_id, 22)) AS turn, c.car_id, c.home_zone_id, m.tariff
  FROM drawn d
  JOIN members m ON m.member_id = d.member_id AND m.joined_on <= d.made_on AND coalesce(m.left_on, DATE '2099-01-01') > d.made_on + 20
  JOIN cars c ON c.bought_on <= d.made_on AND coalesce(c.retired_on, DATE '2099-01-01') > d.made_on + 20
    AND (CASE m.home_city WHEN 'Hamburg' THEN 0 WHEN 'Leipzig' THEN 1 WHEN 'Freiburg' THEN 2 ELSE 3 END = (c.home_zone_id - 1) // 3 OR chance(d.n * 100 + c.car_id, 23) < 0.03)
  WHERE chance(d.n, 24) < CASE WHEN month(d.made_on) IN (6, 7, 8) THEN 1.0 WHEN month(d.made_on) IN (1, 2) THEN 0.62 WHEN month(d.made_on) = 12 THEN 0.9 ELSE 0.8 END
), timed AS (
  SELECT k.*, made_on::TIMESTAMP + to_minutes((360 + floor(chance(n, 25) * 1000))::BIGINT) AS booked_at,
    CASE WHEN chance(n, 26) < 0.75 THEN (home_zone_id - 1) // 3 * 3 + 1 + floor(chance(n, 27) * 3)::INTEGER ELSE home_zone_id END AS any_zone,
    made_on::TIMESTAMP + to_minutes((1440 * floor(pow(chance(n, 28), 3) * 16) + 1380 + floor(chance(n, 29) * 50) * 15)::BIGINT) AS planned_start,
    CASE WHEN chance(n, 30) < 0.72 THEN 60 + floor(chance(n, 31) * 25) * 15 WHEN chance(n, 30) < 0.93 THEN 480 + floor(chance(n, 31) * 40) * 15
         ELSE 1440 + floor(chance(n, 31) * 96) * 30 END AS planned_minutes
  FROM kept k WHERE turn = 1
), placed AS (
  SELECT t.*, CASE WHEN z.opened_on <= t.made_on THEN t.any_zone ELSE t.home_zone_id END AS pickup_zone_id, planned_start + to_minutes(planned_minutes::BIGINT) AS planned_end
  FROM timed t JOIN zones z ON z.zone_id = t.any_zone
)
SELECT
  (20000 + ROW_NUMBER() OVER (ORDER BY booked_at, n))::INTEGER AS booking_id, n::INTEGER AS draw, member_id, car_id, pickup_zone_id, booked_at, planned_start, planned_end,
  CASE WHEN chance(n, 32) < 0.68 THEN 'app' WHEN chance(n, 32) < 0.91 THEN 'web' ELSE 'phone' END AS booked_via,
  CASE WHEN chance(n, 33) < CASE WHEN chance(n, 32) >= 0.91 THEN 0.21 WHEN made_on >= DATE '2025-07-01' THEN 0.12 ELSE 0.145 END THEN 'cancelled'
       WHEN planned_end > TIMESTAMP '2026-06-11 00:00:00' THEN 'upcoming' WHEN chance(n, 33) > 0.972 THEN 'no_show' ELSE 'completed' END AS booking_status
FROM placed;

ALTER TABLE bookings ADD COLUMN cancel_reason VARCHAR;
UPDATE bookings SET cancel_reason = CASE WHEN chance(draw, 34) < 0.38 THEN 'plans changed' WHEN chance(draw, 34) < 0.55 THEN 'booked by mistake' WHEN chance(draw, 34) < 0.72 THEN 'car not ready'
  WHEN chance(draw, 34) < 0.85 THEN 'found other transport' END WHERE booking_status = 'cancelled';

CREATE TABLE trips AS
SELECT
  (70000 + ROW_NUMBER() OVER (ORDER BY b.planned_start, b.booking_id))::INTEGER AS trip_id, b.booking_id, b.member_id, b.car_id, b.pickup_zone_id,
  b.planned_start + to_minutes(floor(chance(b.draw, 40) * 20)::BIGINT) AS started_at,
  CASE WHEN chance(b.draw, 41) < 0.075 THEN b.planned_end + to_minutes((5 + floor(chance(b.draw, 42) * 110))::BIGINT)
       ELSE b.planned_end - to_minutes(floor(chance(b.draw, 42) * 30)::BIGINT) END AS ended_at,
  (3 + floor(date_diff('minute', b.planned_start, b.planned_end) / 60.0 * (4 + chance(b.draw, 43) * 17)
    * CASE WHEN date_diff('minute', b.planned_start, b.planned_end) > 1000 THEN 0.5 ELSE 1 END))::INTEGER AS distance_km,
  CASE WHEN m.tariff = 'Business' AND chance(b.draw, 44) < 0.8 THEN 'work' WHEN chance(b.draw, 44) < 0.35 THEN 'leisure' WHEN chance(b.draw, 44) < 0.6 THEN 'shopping'
       WHEN chance(b.draw, 44) < 0.75 THEN 'moving house' END AS trip_purpose,
  CASE WHEN chance(b.draw, 45) < 0.58 THEN 5 - floor(pow(chance(b.draw, 46), 2.2) * 5)::INTEGER END AS rating,
  chance(b.draw, 41) < 0.075 AS returned_late
FROM bookings b JOIN members m ON m.member_id = b.member_id
WHERE b.booking_status = 'completed';

CREATE TABLE charges AS
WITH lines AS (
  SELECT t.trip_id * 10::BIGINT + 1 AS seed, t.member_id, t.booking_id, t.ended_at::DATE AS charged_on, 'trip' AS charge_kind,
    greatest(4, least(9, date_diff('minute', t.started_at, t.ended_at) / 60.0) * mo.hourly_rate + greatest(0, date_diff('minute', t.started_at, t.ended_at) / 60.0 - 9) * 0.9
      + t.distance_km * CASE m.tariff WHEN 'Flex' THEN 0.34 WHEN 'Regular' THEN 0.29 ELSE 0.25 END) * CASE WHEN t.started_at >= TIMESTAMP '2025-04-01' THEN 1.05 ELSE 1 END AS amount
  FROM trips t JOIN members m USING (member_id) JOIN cars c USING (car_id) JOIN models mo USING (model_id)
  UNION ALL
  SELECT trip_id * 10::BIGINT + 2, member_id, booking_id, ended_at::DATE, 'late return', 12 + floor(chance(trip_id, 51) * 4) * 6 FROM trips WHERE returned_late
  UNION ALL
  SELECT trip_id * 10::BIGINT + 3, member_id, booking_id, ended_at::DATE, 'cleaning', 35 FROM trips WHERE chance(trip_id, 52) < 0.012
  UNION ALL
  SELECT booking_id * 10::BIGINT + 4, member_id, booking_id, booked_at::DATE, 'cancellation', 8 FROM bookings WHERE booking_status = 'cancelled' AND chance(draw, 53) < 0.4
  UNION ALL
  SELECT booking_id * 10::BIGINT + 5, member_id, booking_id, planned_end::DATE, 'no-show', 20 FROM bookings WHERE booking_status = 'no_show'
  UNION ALL
  SELECT 50000000 + m.member_id * 100 + k, m.member_id, NULL, (DATE '2024-01-01' + to_months(k::INTEGER))::DATE, 'monthly fee', CASE m.tariff WHEN 'Plus' THEN 14 ELSE 29 END
  FROM members m, range(0, 30) AS r(k)
  WHERE m.tariff IN ('Plus', 'Business') AND m.joined_on < (DATE '2024-01-01' + to_months(k::INTEGER))::DATE
    AND coalesce(m.left_on, DATE '2099-01-01') > (DATE '2024-01-01' + to_months(k::INTEGER))::DATE
)
SELECT
  (900000 + ROW_NUMBER() OVER (ORDER BY charged_on, seed))::INTEGER AS charge_id, member_id, booking_id, charged_on, charge_kind, round(amount, 2)::DECIMAL(10, 2) AS net_amount,
  CASE WHEN charged_on > DATE '2026-05-20' THEN CASE WHEN chance(seed, 55) < 0.5 THEN 'open' ELSE 'paid' END
       WHEN charged_on > DATE '2026-02-01' AND chance(seed, 56) < 0.05 THEN 'overdue' WHEN chance(seed, 56) > 0.985 THEN 'refunded' WHEN chance(seed, 56) > 0.974 THEN 'written_off'
       ELSE 'paid' END AS charge_status,
  CASE WHEN chance(member_id, 57) < 0.52 THEN 'direct debit' WHEN chance(member_id, 57) < 0.83 THEN 'credit card' ELSE 'PayPal' END AS payment_method
FROM lines;

ALTER TABLE bookings DROP COLUMN draw;

CREATE TABLE damages AS
WITH drawn AS (
  SELECT n, DATE '2024-01-04' + floor(chance(n, 60) * 888)::INTEGER AS reported_on, 1 + floor(chance(n, 61) * 64)::INTEGER AS car_id
  FROM range(1, 321) AS t(n)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY d.reported_on, n)::INTEGER AS damage_id, d.car_id, d.reported_on,
  CASE WHEN chance(n, 62) < 0.38 THEN 'scratch' WHEN chance(n, 62) < 0.60 THEN 'dent' WHEN chance(n, 62) < 0.74 THEN 'tyre' WHEN chance(n, 62) < 0.84 THEN 'windscreen'
       WHEN chance(n, 62) < 0.94 THEN 'interior' ELSE 'collision' END AS damage_kind,
  CASE WHEN chance(n, 62) >= 0.94 THEN 'severe' WHEN chance(n, 63) < 0.66 THEN 'minor' ELSE 'moderate' END AS severity,
  CASE WHEN chance(n, 64) < 0.5 THEN 'member' WHEN chance(n, 64) < 0.8 THEN 'service team' ELSE 'next driver' END AS reported_by,
  chance(n, 65) < 0.43 AS member_liable,
  CASE WHEN d.reported_on <= DATE '2026-05-15' AND chance(n, 66) < 0.86
    THEN (CASE WHEN chance(n, 62) >= 0.94 THEN 1800 + floor(chance(n, 67) * 4200) WHEN chance(n, 63) < 0.66 THEN 40 + floor(chance(n, 67) * 260) ELSE 250 + floor(chance(n, 67) * 900) END
      + floor(chance(n, 68) * 100) / 100)::DECIMAL(10, 2) END AS repair_cost,
  CASE WHEN d.reported_on <= DATE '2026-05-15' AND chance(n, 66) < 0.86 THEN (d.reported_on + 1 + floor(chance(n, 69) * chance(n, 70) * 24)::INTEGER)::DATE END AS repaired_on
FROM drawn d JOIN cars c ON c.car_id = d.car_id AND c.bought_on <= d.reported_on AND coalesce(c.retired_on, DATE '2099-01-01') > d.reported_on;

CREATE TABLE energy_stops AS
WITH drawn AS (
  SELECT n, (DATE '2024-01-02' + floor(pow(chance(n, 80), 0.9) * 890)::INTEGER)::DATE AS stopped_on, 1 + floor(chance(n, 81) * 64)::INTEGER AS car_id
  FROM range(1, 1701) AS t(n)
), known AS (
  SELECT d.*, mo.drivetrain = 'electric' AS is_electric FROM drawn d JOIN cars c ON c.car_id = d.car_id AND c.bought_on <= d.stopped_on AND coalesce(c.retired_on, DATE '2099-01-01') > d.stopped_on
  JOIN models mo USING (model_id)
), filled AS (
  SELECT *, CASE WHEN is_electric THEN 12 + floor(chance(n, 82) * 330) / 10 ELSE 15 + floor(chance(n, 82) * 300) / 10 END AS quantity FROM known
)
SELECT
  ROW_NUMBER() OVER (ORDER BY stopped_on, n)::INTEGER AS stop_id, car_id, stopped_on, CASE WHEN is_electric THEN 'charging' ELSE 'refuelling' END AS stop_kind,
  quantity::DECIMAL(8, 1) AS quantity, round(quantity * CASE WHEN is_electric THEN 0.39 + chance(n, 83) * 0.26 ELSE 1.52 + chance(n, 83) * 0.33 END, 2)::DECIMAL(8, 2) AS cost,
  CASE WHEN is_electric THEN ['EnBW', 'Ionity', 'Wien Energie', 'Own wallbox'][1 + floor(chance(n, 84) * 4)::INTEGER] ELSE ['Aral', 'Shell', 'OMV', 'Jet'][1 + floor(chance(n, 84) * 4)::INTEGER] END AS supplier,
  CASE WHEN chance(n, 85) < 0.63 THEN 'member' ELSE 'service team' END AS done_by
FROM filled;

CREATE TABLE fleet_counts AS
WITH days AS (
  SELECT z.zone_id, (DATE '2024-01-01' + to_months(k::INTEGER))::DATE AS counted_on FROM zones z, range(0, 30) AS t(k)
  WHERE z.opened_on <= (DATE '2024-01-01' + to_months(k::INTEGER))::DATE
)
SELECT d.zone_id, d.counted_on, COUNT(c.car_id)::INTEGER AS cars_in_fleet,
  COUNT(c.car_id) FILTER (WHERE chance(c.car_id * 1000 + date_diff('month', DATE '2024-01-01', d.counted_on), 90) < 0.09)::INTEGER AS cars_in_workshop
FROM days d LEFT JOIN cars c ON c.home_zone_id = d.zone_id AND c.bought_on <= d.counted_on AND coalesce(c.retired_on, DATE '2099-01-01') > d.counted_on
GROUP BY 1, 2;

CREATE TABLE monthly_plan AS
WITH cities AS (SELECT * FROM (VALUES ('Hamburg', 1, 1500), ('Leipzig', 2, 800), ('Freiburg', 3, 650), ('Vienna', 4, 1050)) AS t(city, city_no, base))
SELECT city, (DATE '2024-01-01' + to_months(k::INTEGER))::DATE AS plan_month,
  (round(base * (1 + 0.035 * k) * CASE WHEN month(DATE '2024-01-01' + to_months(k::INTEGER)) IN (6, 7, 8) THEN 1.25 WHEN month(DATE '2024-01-01' + to_months(k::INTEGER)) IN (1, 2) THEN 0.8 ELSE 1 END
    * (0.92 + chance(city_no * 100 + k, 95) * 0.16) / 50) * 50)::DECIMAL(10, 2) AS planned_trip_revenue,
  round(base / 32.0 * (1 + 0.03 * k))::INTEGER AS planned_trips,
  (2 + floor(base / 400.0 + chance(city_no * 100 + k, 96) * 2))::INTEGER AS planned_new_members
FROM cities, range(0, 36) AS t(k);
