-- Skerry Bay Transit: a port town's trams, buses, ferries and night services, 1 April 2024 up to 14 June 2026. The same rows on every
-- machine: whatever looks like luck comes from `dice`, whole-number arithmetic on a row's own numbers.

CREATE MACRO stirred(x) AS (xor(x, x >> 13) * 1597334677) % 4294967296;
CREATE MACRO dice(item, stream) AS
  stirred(stirred(stirred((item::BIGINT * 48271511 + stream * 22695477 + 12345) % 4294967296))) / 4294967296.0;

CREATE TABLE lines AS
SELECT * FROM (VALUES
  (1, 'T1', 'Harbour', 'Tram', 'Own crews', 11.4, DATE '1998-05-17'),
  (2, 'T2', 'University', 'Tram', 'Own crews', 8.2, DATE '2006-09-04'),
  (3, '14', 'Cross City', 'Bus', 'Own crews', 13.9, DATE '1987-03-01'),
  (4, '21', 'Hospital Link', 'Bus', 'Own crews', 7.6, DATE '2011-01-10'),
  (5, '35', 'Hillside', 'Bus', 'Seaward Coaches', 10.8, DATE '1994-10-02'),
  (6, '48', 'Industrial Park', 'Bus', 'Seaward Coaches', 14.7, DATE '2015-06-15'),
  (7, 'X7', 'Airport Express', 'Bus', 'Own crews', 21.3, DATE '2019-04-01'),
  (8, 'M9', 'Market Shuttle', 'Bus', 'Seaward Coaches', 4.1, DATE '2025-03-03'),
  (9, 'F1', 'Island Ferry', 'Ferry', 'Own crews', 6.5, DATE '1979-07-01'),
  (10, 'N2', 'Night Owl', 'Night bus', 'Own crews', 16.2, DATE '2013-11-29')
) AS t(line_id, line_number, line_name, mode, run_by, route_km, opened_on);

CREATE TABLE stops AS
SELECT
  (l.line_id * 100 + k)::INTEGER AS stop_id, l.line_id,
  CASE WHEN k = 1 AND l.line_id NOT IN (9, 8) THEN 'Central Station (' || l.line_number || ')'
       WHEN k = 2 AND l.line_id NOT IN (9, 7) THEN 'Market Square (' || l.line_number || ')'
       ELSE ['Custom House', 'Sunday Lane', 'Mill', 'Cathedral', 'Library', 'Chapel', 'Foundry', 'Lighthouse', 'Botanic', 'Reservoir'][1 + (l.line_id * 3 + k) % 10]
         || ' ' || ['Road', 'Gate', 'Bridge', 'Hill', 'Quay', 'Green', 'Cross'][1 + (l.line_id + k * 2) % 7] || ' (' || l.line_number || ')' END AS stop_name,
  CASE WHEN k <= 5 THEN 'Inner' WHEN k <= 12 THEN 'Middle' ELSE 'Outer' END AS fare_zone,
  dice(l.line_id * 100 + k, 1) < CASE WHEN l.mode = 'Tram' THEN 0.9 ELSE 0.55 END AS step_free,
  CASE WHEN dice(l.line_id * 100 + k, 2) < 0.5 THEN 'Glass shelter' WHEN dice(l.line_id * 100 + k, 2) < 0.75 THEN 'Bench only' END AS furniture
FROM lines l, range(1, 27) AS t(k)
WHERE k <= CASE l.mode WHEN 'Ferry' THEN 6 WHEN 'Tram' THEN 22 WHEN 'Night bus' THEN 18 ELSE 24 END
ORDER BY stop_id;

CREATE TABLE vehicles AS
SELECT
  n::INTEGER AS vehicle_id,
  CASE WHEN n <= 24 THEN 'T' WHEN n <= 80 THEN 'B' ELSE 'F' END || (300 + n) AS fleet_number,
  CASE WHEN n <= 24 THEN 'Tram' WHEN n <= 62 THEN 'Standard bus' WHEN n <= 80 THEN 'Bendy bus' ELSE 'Ferry' END AS vehicle_type,
  CASE WHEN n <= 24 THEN CASE WHEN dice(n, 3) < 0.7 THEN 'Quayside' ELSE 'Northgate' END
       WHEN n <= 80 THEN CASE WHEN dice(n, 3) < 0.45 THEN 'Northgate' WHEN dice(n, 3) < 0.8 THEN 'Airport Road' ELSE 'Old Sidings' END
       ELSE 'Quayside' END AS depot,
  CASE WHEN n <= 24 THEN 'Electric' WHEN n > 80 THEN CASE WHEN n = 84 THEN 'Electric' ELSE 'Diesel' END
       WHEN dice(n, 4) < 0.35 THEN 'Electric' WHEN dice(n, 4) < 0.6 THEN 'Hybrid' ELSE 'Diesel' END AS propulsion,
  (2006 + floor(dice(n, 5) * 19))::INTEGER AS build_year,
  CASE WHEN n <= 24 THEN 180 WHEN n <= 62 THEN 74 WHEN n <= 80 THEN 118 ELSE 240 END AS places
FROM range(1, 85) AS t(n)
ORDER BY n;

CREATE TABLE trips AS
WITH days AS (
  SELECT (DATE '2024-04-01' + d::INTEGER)::DATE AS day, d, isodow((DATE '2024-04-01' + d::INTEGER)::DATE) AS dow FROM range(0, 805) AS t(d)
), timetable AS (
  SELECT d.*, l.line_id, l.mode, l.run_by, l.route_km, k, (d.d * 1000 + l.line_id * 10 + k) AS seed
  FROM days d, lines l, range(0, 4) AS t(k)
  WHERE d.day >= l.opened_on
    AND k < CASE l.line_id WHEN 1 THEN 4 WHEN 2 THEN 3 WHEN 3 THEN 4 WHEN 4 THEN 2 WHEN 5 THEN 2 WHEN 6 THEN 2 WHEN 7 THEN 3 WHEN 8 THEN 2 WHEN 9 THEN 2 ELSE 2 END
    AND NOT (l.line_id = 6 AND d.dow >= 6) AND NOT (l.line_id = 10 AND d.dow NOT IN (5, 6)) AND NOT (l.line_id = 2 AND d.dow = 7 AND k > 0)
), rolled AS (
  SELECT *,
    CASE WHEN line_id = 10 THEN (day + INTERVAL 22 HOUR) + to_minutes((k * 65 + floor(dice(seed, 10) * 40))::INTEGER)
         ELSE (day + INTERVAL 6 HOUR) + to_minutes((floor(dice(seed, 10) * 225) + k * 225)::INTEGER) END AS departs_at,
    dice(seed, 11) - CASE WHEN month(day) IN (12, 1, 2) THEN 0.018 ELSE 0 END - CASE WHEN run_by = 'Seaward Coaches' THEN 0.02 ELSE 0 END
      - CASE WHEN mode = 'Ferry' AND month(day) IN (11, 12, 1, 2) THEN 0.06 ELSE 0 END
      - CASE WHEN day BETWEEN DATE '2025-11-18' AND DATE '2025-11-20' THEN 0.55 ELSE 0 END AS luck,
    CASE WHEN mode = 'Tram' THEN 1 + floor(dice(seed, 12) * 24) WHEN mode = 'Ferry' THEN 81 + floor(dice(seed, 12) * 4)
         ELSE 25 + floor(dice(seed, 12) * 56) END::INTEGER AS vehicle_id
  FROM timetable
), told AS (
  SELECT *,
    CASE WHEN luck < 0.034 THEN 'Cancelled' WHEN luck < 0.052 THEN 'Cut short' ELSE 'Run in full' END AS outcome,
    floor(pow(dice(seed, 13), 5.5) * 24 * CASE WHEN mode = 'Tram' THEN 0.7 WHEN line_id = 7 THEN 1.25 ELSE 1 END
      * CASE WHEN year(day) = 2026 THEN 0.85 ELSE 1 END * CASE WHEN hour(departs_at) IN (7, 8, 16, 17) THEN 1.35 ELSE 1 END)::INTEGER AS late
  FROM rolled
)
SELECT
  (500000 + ROW_NUMBER() OVER (ORDER BY departs_at, line_id, k))::INTEGER AS trip_id, line_id, vehicle_id, departs_at,
  CASE WHEN (d + k) % 2 = 0 THEN 'Inbound' ELSE 'Outbound' END AS direction,
  CASE WHEN hour(departs_at) BETWEEN 7 AND 8 THEN 'Morning peak' WHEN hour(departs_at) BETWEEN 16 AND 17 THEN 'Evening peak'
       WHEN hour(departs_at) >= 22 OR hour(departs_at) < 6 THEN 'Night' ELSE 'Off-peak' END AS time_band,
  outcome,
  CASE WHEN outcome = 'Cancelled' THEN
    CASE WHEN day BETWEEN DATE '2025-11-18' AND DATE '2025-11-20' THEN 'Strike' WHEN mode = 'Ferry' AND dice(seed, 14) < 0.6 THEN 'Weather'
         WHEN dice(seed, 14) < 0.4 THEN 'No driver' WHEN dice(seed, 14) < 0.72 THEN 'Vehicle defect' WHEN dice(seed, 14) < 0.86 THEN 'Road closed'
         WHEN dice(seed, 14) < 0.93 THEN 'Weather' END END AS cancellation_reason,
  CASE WHEN outcome <> 'Cancelled' THEN late END AS delay_minutes,
  CASE WHEN outcome <> 'Cancelled' AND late > 3 THEN
    CASE WHEN dice(seed, 15) < 0.45 THEN 'Traffic' WHEN dice(seed, 15) < 0.65 THEN 'Late departure' WHEN dice(seed, 15) < 0.8 THEN 'Passenger incident'
         WHEN dice(seed, 15) < 0.92 THEN 'Signal fault' END END AS delay_cause,
  CASE outcome WHEN 'Cancelled' THEN 0 WHEN 'Cut short' THEN round(route_km * (0.3 + 0.5 * dice(seed, 16)), 1) ELSE route_km END::DECIMAL(6, 1) AS km_run
FROM told
ORDER BY trip_id;

CREATE TABLE ticket_sales AS
WITH drawn AS (
  SELECT n, (DATE '2024-04-01' + floor(dice(n, 20) * 805)::INTEGER)::DATE AS sold_on, dice(n, 21) AS p, dice(n, 22) AS c FROM range(1, 13001) AS t(n)
), named AS (
  SELECT *,
    CASE WHEN p < 0.36 THEN 'Single' WHEN p < 0.5 THEN 'Day ticket' WHEN p < 0.59 THEN 'Weekend ticket' WHEN p < 0.71 THEN 'Ten-trip card'
         WHEN p < 0.76 THEN 'Airport ticket' WHEN p < 0.95 THEN 'Monthly pass' ELSE 'Annual pass' END AS product,
    CASE WHEN c < 0.32 + CASE WHEN sold_on >= DATE '2025-07-01' THEN 0.1 ELSE 0 END THEN 'App' WHEN c < 0.6 THEN 'Ticket machine'
         WHEN c < 0.76 THEN 'Driver' WHEN c < 0.88 THEN 'Kiosk' ELSE 'Web shop' END AS channel,
    CASE WHEN dice(n, 23) < 0.58 THEN 'Adult' WHEN dice(n, 23) < 0.74 THEN 'Student' WHEN dice(n, 23) < 0.89 THEN 'Senior' ELSE 'Child' END AS passenger_class,
    CASE WHEN dice(n, 24) < 0.4 THEN 'City' WHEN dice(n, 24) < 0.75 THEN 'City and suburbs' ELSE 'Whole network' END AS reach,
    CASE WHEN dice(n, 25) < 0.72 THEN 1 WHEN dice(n, 25) < 0.92 THEN 2 ELSE 4 END AS pieces
  FROM drawn
), priced AS (
  SELECT *,
    CASE product WHEN 'Single' THEN 2.8 WHEN 'Day ticket' THEN 7.5 WHEN 'Weekend ticket' THEN 11 WHEN 'Ten-trip card' THEN 24 WHEN 'Airport ticket' THEN 8.4
                 WHEN 'Monthly pass' THEN 62 ELSE 640 END
    * CASE passenger_class WHEN 'Adult' THEN 1 WHEN 'Student' THEN 0.7 WHEN 'Senior' THEN 0.6 ELSE 0.5 END
    * CASE reach WHEN 'City' THEN 1 WHEN 'City and suburbs' THEN 1.3 ELSE 1.7 END * CASE WHEN sold_on >= DATE '2025-04-01' THEN 1.05 ELSE 1 END AS price,
    CASE WHEN product IN ('Monthly pass', 'Annual pass') THEN 1 ELSE pieces END AS tickets
  FROM named
)
SELECT
  (10000 + n)::INTEGER AS sale_id, sold_on, product,
  CASE WHEN product IN ('Monthly pass', 'Annual pass') THEN 'Passes' WHEN product = 'Ten-trip card' THEN 'Multi-ride' ELSE 'Casual' END AS product_group,
  channel, passenger_class, reach, tickets::INTEGER AS tickets, round(price * tickets, 2)::DECIMAL(10, 2) AS amount,
  CASE WHEN channel <> 'Driver' THEN CASE WHEN dice(n, 26) < 0.6 THEN 'Bank card' WHEN dice(n, 26) < 0.85 THEN 'Phone wallet' ELSE 'Cash' END ELSE 'Cash' END AS paid_by,
  CASE WHEN dice(n, 27) < 0.026 THEN 'Refunded' WHEN dice(n, 27) < 0.037 THEN 'Voided' ELSE 'Sold' END AS sale_state
FROM priced
ORDER BY sale_id;

CREATE TABLE pass_register AS
WITH months AS (
  SELECT m, (DATE '2024-04-01' + to_months(m::INTEGER + 1) - INTERVAL 1 DAY)::DATE AS counted_on FROM range(0, 26) AS t(m)
), cells AS (
  SELECT m.*, p.k AS pk, p.pass_type, p.base, r.k AS rk, r.reach, r.share, (m.m * 100 + p.k * 10 + r.k) AS seed
  FROM months m, (VALUES (1, 'Monthly pass', 900), (2, 'Annual pass', 1500), (3, 'Student pass', 760), (4, 'Senior pass', 620), (5, 'Job pass', 340)) AS p(k, pass_type, base),
    (VALUES (1, 'City', 0.42), (2, 'City and suburbs', 0.38), (3, 'Whole network', 0.2)) AS r(k, reach, share)
), moved AS (
  SELECT *, floor(base * share * (0.02 + 0.05 * dice(seed, 30)) + CASE WHEN pass_type = 'Job pass' THEN 5 ELSE 0 END)::INTEGER AS issued,
    floor(base * share * (0.02 + 0.045 * dice(seed, 31)) + CASE WHEN pass_type = 'Student pass' AND month(counted_on) IN (6, 7) THEN base * share * 0.12 ELSE 0 END)::INTEGER AS lapsed
  FROM cells
)
SELECT counted_on, pass_type, reach,
  (floor(base * share) + SUM(issued - lapsed) OVER (PARTITION BY pass_type, reach ORDER BY counted_on))::INTEGER AS in_force, issued, lapsed
FROM moved
ORDER BY counted_on, pass_type, reach;

CREATE TABLE ridership_counts AS
WITH months AS (SELECT m, (DATE '2024-04-01' + to_months(m::INTEGER))::DATE AS counted_month FROM range(0, 26) AS t(m))
SELECT
  s.stop_id, m.counted_month, d.day_type,
  floor((18 + 260 * pow(dice(s.stop_id, 40), 2)) * CASE l.line_id WHEN 1 THEN 1.9 WHEN 2 THEN 1.6 WHEN 3 THEN 1.4 WHEN 7 THEN 1.2 WHEN 10 THEN 0.4 WHEN 6 THEN 0.6 ELSE 0.9 END
    * d.weight * CASE WHEN l.line_id = 2 AND month(m.counted_month) IN (7, 8) THEN 0.5 WHEN l.line_id = 9 AND month(m.counted_month) IN (6, 7, 8) THEN 1.8 ELSE 1 END
    * (1 + 0.0045 * m.m) * (0.85 + 0.3 * dice(s.stop_id * 1000 + m.m * 10 + d.k, 41)))::INTEGER AS boardings,
  floor((18 + 260 * pow(dice(s.stop_id, 42), 2)) * 1.2 * d.weight * (1 + 0.0045 * m.m) * (0.85 + 0.3 * dice(s.stop_id * 1000 + m.m * 10 + d.k, 43)))::INTEGER AS alightings
FROM stops s JOIN lines l USING (line_id), months m, (VALUES (1, 'Working day', 1.0), (2, 'Saturday', 0.24), (3, 'Sunday or holiday', 0.15)) AS d(k, day_type, weight)
WHERE m.counted_month >= date_trunc('month', l.opened_on) AND NOT (l.line_id = 6 AND d.k > 1) AND NOT (l.line_id = 10 AND d.k = 3)
ORDER BY s.stop_id, m.counted_month, d.day_type;

CREATE TABLE complaints AS
WITH drawn AS (
  SELECT n, (DATE '2024-04-01' + floor(dice(n, 50) * 805)::INTEGER)::DATE AS received_on,
    [1, 1, 2, 3, 3, 3, 4, 5, 5, 6, 7, 7, 7, 9, 10][1 + floor(dice(n, 51) * 15)::INTEGER]::INTEGER AS line_id,
    2 + floor(pow(dice(n, 52), 2) * 40)::INTEGER AS taking
  FROM range(1, 2601) AS t(n)
)
SELECT
  (80000 + n)::INTEGER AS complaint_id, CASE WHEN dice(n, 53) < 0.88 THEN line_id END AS line_id, received_on,
  CASE WHEN dice(n, 54) < 0.33 THEN 'Delay' WHEN dice(n, 54) < 0.5 THEN 'Cancellation' WHEN dice(n, 54) < 0.66 THEN 'Driver conduct' WHEN dice(n, 54) < 0.78 THEN 'Crowding'
       WHEN dice(n, 54) < 0.88 THEN 'Cleanliness' ELSE 'Fares and tickets' END AS subject,
  CASE WHEN dice(n, 55) < 0.46 THEN 'Web form' WHEN dice(n, 55) < 0.72 THEN 'Telephone' WHEN dice(n, 55) < 0.88 THEN 'Social media' ELSE 'Letter' END AS received_by,
  CASE WHEN received_on + taking <= DATE '2026-06-14' AND dice(n, 56) < 0.97 THEN received_on + taking END AS answered_on,
  CASE WHEN received_on + taking <= DATE '2026-06-14' AND dice(n, 56) < 0.97 THEN CASE WHEN dice(n, 57) < 0.41 THEN 'Upheld' WHEN dice(n, 57) < 0.9 THEN 'Not upheld' ELSE 'Withdrawn' END
       ELSE 'Pending' END AS finding,
  ['Aoife', 'Callum', 'Ines', 'Marek', 'Nadia', 'Rhona', 'Tomasz', 'Yusuf'][1 + floor(dice(n, 58) * 8)::INTEGER] || ' '
    || ['Byrne', 'Fraser', 'Kowalski', 'MacLeod', 'Okafor', 'Sinclair'][1 + floor(dice(n, 59) * 6)::INTEGER] AS complainant_name,
  'writer' || n || '@example.org' AS complainant_email
FROM drawn
ORDER BY complaint_id;

CREATE TABLE maintenance_jobs AS
WITH drawn AS (
  SELECT n, (1 + floor(pow(dice(n, 60), 1.1) * 84))::INTEGER AS vehicle_id, (DATE '2024-04-01' + floor(dice(n, 61) * 805)::INTEGER)::DATE AS opened_on,
    CASE WHEN dice(n, 62) < 0.36 THEN 'Breakdown' WHEN dice(n, 62) < 0.66 THEN 'Planned service' WHEN dice(n, 62) < 0.8 THEN 'Inspection' WHEN dice(n, 62) < 0.92 THEN 'Accident repair' ELSE 'Vandalism' END AS job_type
  FROM range(1, 2401) AS t(n)
), timed AS (
  SELECT *, CASE job_type WHEN 'Inspection' THEN floor(dice(n, 63) * 2) WHEN 'Accident repair' THEN 4 + floor(dice(n, 63) * 24) ELSE 1 + floor(dice(n, 63) * 9) END::INTEGER AS taking FROM drawn
)
SELECT
  (3000 + n)::INTEGER AS job_id, vehicle_id, opened_on, job_type,
  CASE WHEN job_type = 'Inspection' THEN 'Whole vehicle' WHEN dice(n, 64) < 0.25 THEN 'Brakes' WHEN dice(n, 64) < 0.45 THEN 'Doors' WHEN dice(n, 64) < 0.68 THEN 'Engine or motor'
       WHEN dice(n, 64) < 0.85 THEN 'Bodywork' ELSE 'Electrics' END AS system,
  CASE WHEN opened_on + taking <= DATE '2026-06-14' THEN opened_on + taking END AS finished_on,
  CASE WHEN dice(n, 65) < 0.04 THEN 'Written off' WHEN opened_on + taking <= DATE '2026-06-14' THEN 'Finished' ELSE 'In workshop' END AS job_state,
  round(2 + taking * (1.5 + 2.5 * dice(n, 66)), 1)::DECIMAL(8, 1) AS labour_hours,
  CASE WHEN job_type = 'Inspection' THEN 0 ELSE round(40 + pow(dice(n, 67), 2) * CASE WHEN job_type = 'Accident repair' THEN 5200 ELSE 1900 END, 2) END::DECIMAL(10, 2) AS parts_cost
FROM timed
ORDER BY job_id;

CREATE TABLE shifts AS
WITH roster AS (
  SELECT e, d, (DATE '2024-04-01' + d::INTEGER)::DATE AS shift_date, e * 1000 + d AS seed
  FROM range(1, 61) AS t(e), range(0, 805) AS u(d)
  WHERE (d + e * 3) % 7 < 2
)
SELECT
  (200000 + ROW_NUMBER() OVER (ORDER BY d, e))::INTEGER AS shift_id, (7000 + e)::INTEGER AS driver_number,
  ['Angus', 'Beata', 'Conor', 'Deepa', 'Euan', 'Freya', 'Gintaras', 'Hamza', 'Isla', 'Jorge'][1 + (e % 10)] || ' ' || ['Baird', 'Costa', 'Duffy', 'Ellis', 'Farouk', 'Grant'][1 + (e // 10) % 6] AS driver_name,
  ['Northgate', 'Quayside', 'Airport Road', 'Northgate', 'Old Sidings'][1 + (e % 5)] AS depot,
  CASE WHEN e % 9 = 0 THEN 'Trainee' WHEN e % 4 = 0 THEN 'Senior driver' ELSE 'Driver' END AS grade,
  shift_date,
  CASE WHEN e % 10 = 3 THEN 'Night' WHEN dice(seed, 70) < 0.45 THEN 'Early' WHEN dice(seed, 70) < 0.82 THEN 'Late' ELSE 'Split' END AS turn,
  CASE WHEN dice(seed, 71) < 0.045 + CASE WHEN month(shift_date) IN (12, 1, 2) THEN 0.025 ELSE 0 END THEN 'Sick' WHEN dice(seed, 71) < 0.082 THEN 'No show'
       WHEN dice(seed, 71) < 0.15 THEN 'Swapped' ELSE 'Worked' END AS outcome,
  CASE WHEN e % 9 = 0 THEN 6.0 ELSE 8.0 END::DECIMAL(4, 1) AS rostered_hours,
  CASE WHEN dice(seed, 71) >= 0.15 AND dice(seed, 72) < 0.22 THEN 0.5 * (1 + floor(dice(seed, 73) * 6)) ELSE 0 END::DECIMAL(4, 1) AS overtime_hours
FROM roster
ORDER BY shift_id;
