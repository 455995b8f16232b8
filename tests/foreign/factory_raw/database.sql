-- A factory of valves and pumps, as its ERP's tables stand: January 2023 up to September 2025. No key is declared. The same rows
-- on every machine: all chance comes from `toss`, arithmetic on whole numbers alone.

CREATE MACRO blended(x) AS (xor(x, x >> 13) * 1103515245) % 4294967296;
CREATE MACRO toss(item, stream) AS
  blended(xor(blended(blended((item::BIGINT * 48271 + stream * 15485863) % 4294967296)), blended(stream::BIGINT * 2246813))) / 4294967296.0;

CREATE TABLE shifts AS
SELECT * FROM (VALUES ('E', 'Early', TIME '06:00:00', TIME '14:00:00'), ('L', 'Late', TIME '14:00:00', TIME '22:00:00'), ('N', 'Night', TIME '22:00:00', TIME '06:00:00'))
  AS t(shift_code, shift_name, starts_at, ends_at);

CREATE TABLE products AS
SELECT product_id, sku, product_name, product_family, unit_cost::DECIMAL(10, 2) AS unit_cost, list_price::DECIMAL(10, 2) AS list_price, weight_kg::DOUBLE AS weight_kg, launched_on, discontinued_on
FROM (VALUES
  (1, 'BV-015', 'Ball Valve 15', 'Ball Valves', 6.40, 14.90, 0.31, DATE '2016-03-01', NULL::DATE),
  (2, 'BV-025', 'Ball Valve 25', 'Ball Valves', 9.10, 21.50, 0.62, DATE '2016-03-01', NULL),
  (3, 'BV-050', 'Ball Valve 50', 'Ball Valves', 22.80, 52.00, 1.94, DATE '2017-09-15', NULL),
  (4, 'BV-080', 'Ball Valve 80', 'Ball Valves', 48.50, 104.00, 4.70, DATE '2019-02-01', DATE '2024-12-31'),
  (5, 'CV-020', 'Check Valve 20', 'Check Valves', 5.20, 12.40, 0.28, DATE '2016-10-01', NULL),
  (6, 'CV-040', 'Check Valve 40', 'Check Valves', 13.60, 31.00, 1.05, DATE '2018-05-01', NULL),
  (7, 'CV-065', 'Check Valve 65', 'Check Valves', 27.30, 61.50, 2.60, DATE '2020-01-15', NULL),
  (8, 'PU-100', 'Dosing Pump', 'Pumps', 118.00, 265.00, 7.40, DATE '2018-11-01', NULL),
  (9, 'PU-200', 'Bilge Pump', 'Pumps', 86.00, 189.00, 5.10, DATE '2019-06-01', NULL),
  (10, 'PU-300', 'Circulator', 'Pumps', 142.00, 318.00, 6.80, DATE '2021-04-01', NULL),
  (11, 'PU-400', 'Booster Pump', 'Pumps', 231.00, 499.00, 13.20, DATE '2024-02-01', NULL),
  (12, 'FT-010', 'Elbow Fitting', 'Fittings', 0.90, 2.60, 0.08, DATE '2015-01-01', NULL),
  (13, 'FT-020', 'Tee Fitting', 'Fittings', 1.20, 3.40, 0.11, DATE '2015-01-01', NULL),
  (14, 'FT-030', 'Reducer', 'Fittings', 1.10, 3.10, 0.10, DATE '2015-01-01', NULL),
  (15, 'FT-040', 'Flange DN50', 'Fittings', 7.80, 17.20, 1.30, DATE '2017-07-01', NULL),
  (16, 'GA-001', 'Pressure Gauge', 'Gauges', 4.70, 13.80, 0.22, DATE '2018-01-08', NULL),
  (17, 'GA-002', 'Flow Meter', 'Gauges', 38.00, 92.00, 0.94, DATE '2020-08-01', NULL),
  (18, 'GA-003', 'Thermo Gauge', 'Gauges', 5.60, 15.10, 0.25, DATE '2021-10-01', DATE '2025-03-31'),
  (19, 'GA-010', 'Smart Gauge', 'Gauges', 61.00, 149.00, 0.40, DATE '2025-09-15', NULL)
) AS t(product_id, sku, product_name, product_family, unit_cost, list_price, weight_kg, launched_on, discontinued_on);

CREATE TABLE machines AS
SELECT machine_id, machine_code, machine_type, hall, manufacturer, commissioned_on, hourly_rate::DECIMAL(8, 2) AS hourly_rate
FROM (VALUES
  (101, 'LAT-1', 'Lathe', 'Hall A', 'Okura', DATE '2014-05-12', 48.00), (102, 'LAT-2', 'Lathe', 'Hall A', 'Okura', DATE '2016-02-01', 48.00),
  (103, 'LAT-3', 'Lathe', 'Hall A', 'Brandt', DATE '2020-09-14', 55.00), (104, 'MIL-1', 'Milling Center', 'Hall A', 'Brandt', DATE '2015-11-02', 71.00),
  (105, 'MIL-2', 'Milling Center', 'Hall B', 'Brandt', DATE '2019-04-08', 74.00), (106, 'PRS-1', 'Press', 'Hall B', 'Ferrotec', DATE '2012-08-20', 39.00),
  (107, 'PRS-2', 'Press', 'Hall B', 'Ferrotec', DATE '2018-01-15', 42.00), (108, 'WLD-1', 'Welding Robot', 'Hall B', 'Kestrel', DATE '2021-06-01', 66.00),
  (109, 'ASM-1', 'Assembly Cell', 'Hall C', 'Kestrel', DATE '2017-03-27', 34.50), (110, 'ASM-2', 'Assembly Cell', 'Hall C', 'Kestrel', DATE '2022-10-10', 36.50),
  (111, 'ASM-3', 'Assembly Cell', 'Hall C', 'Lindqvist', DATE '2024-01-08', 37.00), (112, 'LAT-4', 'Lathe', 'Hall A', 'Okura', DATE '2025-09-22', 58.00)
) AS t(machine_id, machine_code, machine_type, hall, manufacturer, commissioned_on, hourly_rate);

CREATE TABLE operators AS
SELECT
  (500 + n)::INTEGER AS operator_id,
  ['Jan', 'Ewa', 'Mirko', 'Sofia', 'Piet', 'Hanna', 'Tomas', 'Leyla', 'Bram'][1 + floor(toss(n, 1) * 9)::INTEGER] || ' '
    || ['Novak', 'de Vries', 'Kowalski', 'Yilmaz', 'Lange', 'Horvat', 'Smit', 'Berger'][1 + floor(toss(n, 2) * 8)::INTEGER] AS full_name,
  'op' || (500 + n) || '@valvewerk.example' AS email,
  '+31 6 ' || (10000000 + floor(toss(n, 3) * 89999999)::INTEGER) AS phone,
  ['E', 'L', 'N', 'E'][1 + n % 4] AS home_shift_code,
  ['Trainee', 'Operator', 'Operator', 'Senior Operator', 'Setter'][1 + floor(toss(n, 4) * 5)::INTEGER] AS grade,
  (DATE '2015-01-05' + floor(toss(n, 5) * 2800)::INTEGER)::DATE AS hired_on,
  CASE WHEN toss(n, 6) < 0.2 THEN DATE '2023-05-31' + floor(toss(n, 7) * 800)::INTEGER END::DATE AS left_on
FROM range(1, 37) AS t(n);

CREATE TABLE production_orders AS
WITH drawn AS (
  SELECT n, DATE '2023-01-02' + floor(pow(toss(n, 11), 0.88) * 1002)::INTEGER AS day, toss(n, 12) AS of_shift, toss(n, 13) AS of_product,
    CASE WHEN toss(n, 14) < 0.05 THEN 'cancelled' ELSE 'completed' END AS fate
  FROM range(1, 2401) AS t(n)
), placed AS (
  SELECT n, day, fate,
    CASE WHEN of_shift < 0.46 THEN 'E' WHEN of_shift < 0.82 THEN 'L' ELSE 'N' END AS shift_code,
    (1 + floor(of_product * 18))::INTEGER AS drawn_product,
    (101 + floor(pow(toss(n, 15), 1.15) * 11))::INTEGER AS drawn_machine
  FROM drawn WHERE isodow(day) < 6 OR (isodow(day) = 6 AND toss(n, 16) < 0.3)
), kept AS (
  SELECT n, day, shift_code,
    CASE WHEN drawn_product = 11 AND day < DATE '2024-02-01' THEN 10 WHEN drawn_product = 4 AND day > DATE '2024-12-31' THEN 3
         WHEN drawn_product = 18 AND day > DATE '2025-03-31' THEN 16 ELSE drawn_product END AS product_id,
    CASE WHEN drawn_machine = 111 AND day < DATE '2024-01-15' THEN 110 ELSE drawn_machine END AS machine_id,
    CASE WHEN fate = 'completed' AND day > DATE '2025-09-26' THEN 'in_progress' WHEN fate = 'completed' AND day > DATE '2025-09-19' AND toss(n, 17) < 0.4 THEN 'planned' ELSE fate END AS status
  FROM placed
), timed AS (
  SELECT *,
    day + CASE shift_code WHEN 'E' THEN INTERVAL 6 HOUR WHEN 'L' THEN INTERVAL 14 HOUR ELSE INTERVAL 0 HOUR END + to_minutes(5 * floor(toss(n, 18) * 20)::INTEGER) AS begun,
    (40 + 5 * floor(pow(toss(n, 19), 1.3) * 46))::INTEGER AS minutes,
    (CASE WHEN product_id IN (12, 13, 14) THEN 400 + 50 * floor(toss(n, 20) * 17) WHEN product_id IN (8, 9, 10, 11) THEN 10 + 5 * floor(toss(n, 20) * 11) ELSE 60 + 20 * floor(toss(n, 20) * 15) END)::INTEGER AS qty
  FROM kept
)
SELECT
  (20000 + ROW_NUMBER() OVER (ORDER BY day, n))::INTEGER AS production_order_id, product_id, machine_id,
  CASE WHEN status IN ('completed', 'in_progress') THEN 501 + floor(pow(toss(n, 21), 1.1) * 36) END::INTEGER AS operator_id, shift_code, status,
  CASE WHEN toss(n, 22) < 0.08 THEN 'rush' WHEN toss(n, 22) < 0.3 THEN 'high' ELSE 'normal' END AS priority,
  (day - 3 - floor(toss(n, 23) * 12)::INTEGER)::DATE AS created_on, (day + 2 - floor(pow(toss(n, 24), 3) * 6)::INTEGER)::DATE AS due_on,
  CASE WHEN status IN ('completed', 'in_progress') THEN begun END::TIMESTAMP AS started_at,
  CASE WHEN status = 'completed' THEN begun + to_minutes(minutes) END::TIMESTAMP AS completed_at,
  qty AS qty_planned,
  CASE WHEN status = 'completed' THEN CASE WHEN toss(n, 25) < 0.38 THEN qty - floor(toss(n, 26) * qty * 0.18)::INTEGER ELSE qty END END::INTEGER AS qty_produced
FROM timed;

CREATE TABLE defect_types AS
SELECT * FROM (VALUES ('D01', 'Burr', 'minor'), ('D02', 'Crack', 'critical'), ('D03', 'Leak', 'critical'), ('D04', 'Wrong dimension', 'major'), ('D05', 'Scratch', 'minor'),
  ('D06', 'Porosity', 'major'), ('D07', 'Misassembly', 'major'), ('D08', 'Label missing', 'minor')) AS t(defect_code, defect_name, severity);

CREATE TABLE scrap_records AS
SELECT
  (1 + ROW_NUMBER() OVER (ORDER BY p.completed_at, p.production_order_id, k))::INTEGER AS scrap_id, p.production_order_id,
  'D0' || (1 + floor(pow(toss(p.production_order_id * 5 + k, 31), 1.3) * 7)::INTEGER) AS defect_code,
  (1 + floor(pow(toss(p.production_order_id * 5 + k, 32), 2) * greatest(3, p.qty_produced * 0.07)))::INTEGER AS qty_scrapped,
  (p.started_at + to_minutes(20 + floor(toss(p.production_order_id * 5 + k, 33) * 20)::INTEGER))::TIMESTAMP AS recorded_at,
  toss(p.production_order_id * 5 + k, 34) < 0.27 AS reworkable
FROM production_orders p, range(0, 3) AS s(k)
WHERE p.status = 'completed' AND toss(p.production_order_id * 5 + k, 35) < CASE k WHEN 0 THEN 0.36 WHEN 1 THEN 0.12 ELSE 0.04 END
  * CASE WHEN p.shift_code = 'N' THEN 1.4 ELSE 1 END * CASE WHEN p.machine_id IN (106, 101) THEN 1.5 ELSE 1 END;

CREATE TABLE downtime_events AS
WITH drawn AS (
  SELECT n, (DATE '2023-01-02' + floor(toss(n, 41) * 1002)::INTEGER + to_minutes(floor(toss(n, 42) * 1300)::INTEGER))::TIMESTAMP AS begun,
    (101 + floor(pow(toss(n, 43), 1.4) * 11))::INTEGER AS drawn_machine, toss(n, 44) AS of_reason
  FROM range(1, 901) AS t(n)
), kept AS (
  SELECT n, begun, CASE WHEN drawn_machine = 111 AND begun < TIMESTAMP '2024-01-15 00:00:00' THEN 106 ELSE drawn_machine END AS machine_id,
    CASE WHEN of_reason < 0.27 THEN 'breakdown' WHEN of_reason < 0.49 THEN 'tool_change' WHEN of_reason < 0.67 THEN 'maintenance' WHEN of_reason < 0.82 THEN 'material_shortage'
         WHEN of_reason < 0.94 THEN 'no_operator' ELSE 'power_failure' END AS reason
  FROM drawn
)
SELECT
  (7000 + ROW_NUMBER() OVER (ORDER BY begun, n))::INTEGER AS downtime_id, machine_id, reason, reason IN ('maintenance', 'tool_change') AS is_planned, begun AS started_at,
  CASE WHEN begun < TIMESTAMP '2025-09-28 00:00:00' THEN begun + to_minutes((CASE reason WHEN 'breakdown' THEN 35 + floor(pow(toss(n, 45), 2) * 900) WHEN 'tool_change' THEN 10 + floor(toss(n, 45) * 50)
    WHEN 'maintenance' THEN 60 + floor(toss(n, 45) * 240) WHEN 'power_failure' THEN 15 + floor(toss(n, 45) * 160) ELSE 20 + floor(toss(n, 45) * 200) END)::INTEGER) END::TIMESTAMP AS ended_at
FROM kept;

CREATE TABLE customers AS
SELECT
  (3000 + n)::INTEGER AS customer_id,
  ['Halden', 'Rhein', 'Costa', 'Nordic', 'Baltic', 'Vento', 'Atlas', 'Zephyr', 'Corvo'][1 + n % 9] || ' ' || ['Marine', 'Heating', 'Water', 'Process', 'Supply', 'Plumbing', 'Chem', 'Trade', 'Works', 'Systems', 'Build'][1 + n % 11] AS customer_name,
  ['Anna', 'Luca', 'Nils', 'Petra', 'Marc', 'Ines'][1 + floor(toss(n, 51) * 6)::INTEGER] || ' ' || ['Holm', 'Rossi', 'Weber', 'Martin', 'Jansen'][1 + floor(toss(n, 52) * 5)::INTEGER] AS contact_name,
  'buyer' || n || '@client' || n || '.example' AS contact_email, '+49 30 ' || (1000000 + floor(toss(n, 53) * 8999999)::INTEGER) AS contact_phone,
  CASE WHEN toss(n, 54) < 0.33 THEN 'Germany' WHEN toss(n, 54) < 0.55 THEN 'Netherlands' WHEN toss(n, 54) < 0.72 THEN 'Italy' WHEN toss(n, 54) < 0.86 THEN 'Poland' ELSE 'Norway' END AS country,
  ['distributor', 'oem', 'installer', 'shipyard'][1 + floor(pow(toss(n, 55), 1.3) * 4)::INTEGER] AS segment,
  (DATE '2017-01-09' + floor(toss(n, 56) * 2900)::INTEGER)::DATE AS customer_since, CASE WHEN toss(n, 57) < 0.88 THEN (5000 * (1 + floor(toss(n, 58) * 20)))::INTEGER END AS credit_limit
FROM range(0, 90) AS t(n);

CREATE TABLE sales_orders AS
WITH drawn AS (
  SELECT n, DATE '2023-01-02' + floor(pow(toss(n, 61), 0.84) * 1002)::INTEGER AS day, 3000 + floor(pow(toss(n, 62), 1.5) * 80)::INTEGER AS customer_id
  FROM range(1, 1401) AS t(n)
)
SELECT
  (60000 + ROW_NUMBER() OVER (ORDER BY day, n))::INTEGER AS sales_order_id, customer_id::INTEGER AS customer_id,
  CASE WHEN toss(n, 63) < 0.06 THEN 'cancelled' WHEN day > DATE '2025-09-12' THEN 'open' ELSE 'shipped' END AS status,
  CASE WHEN toss(n, 64) < 0.44 THEN 'edi' WHEN toss(n, 64) < 0.75 THEN 'email' WHEN toss(n, 64) < 0.92 THEN 'webshop' ELSE 'phone' END AS order_channel,
  day::DATE AS ordered_on, (day + 9 + floor(toss(n, 65) * 12)::INTEGER)::DATE AS promised_on
FROM drawn WHERE isodow(day) < 6;

CREATE TABLE sales_order_lines AS
WITH drawn AS (
  SELECT s.sales_order_id, k, s.ordered_on, s.sales_order_id * 6::BIGINT + k AS seed, (1 + floor(toss(s.sales_order_id * 6 + k, 71) * 18))::INTEGER AS drawn_product
  FROM sales_orders s, range(0, 6) AS t(k)
  WHERE k = 0 OR toss(s.sales_order_id * 6 + k, 72) < 0.34
), kept AS (
  SELECT *, CASE WHEN drawn_product = 11 AND ordered_on < DATE '2024-02-01' THEN 9 WHEN drawn_product = 4 AND ordered_on > DATE '2024-12-31' THEN 2
    WHEN drawn_product = 18 AND ordered_on > DATE '2025-03-31' THEN 17 ELSE drawn_product END AS product_id
  FROM drawn
), sized AS (
  SELECT *, (CASE WHEN product_id IN (12, 13, 14) THEN 50 + 25 * floor(toss(seed, 73) * 20) WHEN product_id IN (8, 9, 10, 11) THEN 1 + floor(toss(seed, 73) * 12) ELSE 10 + 5 * floor(toss(seed, 73) * 18) END)::INTEGER AS qty_ordered,
    CASE WHEN toss(seed, 74) < 0.55 THEN 0 WHEN toss(seed, 74) < 0.82 THEN 5 WHEN toss(seed, 74) < 0.95 THEN 10 ELSE 15 END AS discount_pct
  FROM kept
)
SELECT
  (ROW_NUMBER() OVER (ORDER BY sales_order_id, k))::INTEGER AS line_id, sales_order_id, (ROW_NUMBER() OVER (PARTITION BY sales_order_id ORDER BY k))::INTEGER AS line_no, z.product_id, qty_ordered,
  p.list_price AS unit_price, discount_pct::INTEGER AS discount_pct, round(qty_ordered * p.list_price * (100 - discount_pct) / 100, 2)::DECIMAL(12, 2) AS line_amount
FROM sized z JOIN products p USING (product_id);

CREATE TABLE deliveries AS
WITH drawn AS (
  SELECT s.sales_order_id, k, s.sales_order_id * 3::BIGINT + k AS seed, s.promised_on,
    (s.promised_on - 5 + floor(toss(s.sales_order_id * 3 + k, 81) * 6)::INTEGER + 3 * k::INTEGER + to_minutes(480 + floor(toss(s.sales_order_id * 3 + k, 82) * 540)::INTEGER))::TIMESTAMP AS left_gate
  FROM sales_orders s, range(0, 2) AS t(k)
  WHERE s.status = 'shipped' AND (k = 0 OR toss(s.sales_order_id * 3 + k, 83) < 0.13)
)
SELECT
  (40000 + ROW_NUMBER() OVER (ORDER BY left_gate, seed))::INTEGER AS delivery_id, sales_order_id,
  CASE WHEN toss(seed, 84) < 0.41 THEN 'Blue Freight' WHEN toss(seed, 84) < 0.72 THEN 'Transgo' WHEN toss(seed, 84) < 0.9 THEN 'Hermann Cargo' ELSE 'Own truck' END AS carrier,
  left_gate AS dispatched_at,
  CASE WHEN left_gate < TIMESTAMP '2025-09-24 00:00:00' THEN left_gate + to_hours((8 + floor(pow(toss(seed, 85), 1.4) * CASE WHEN toss(seed, 84) < 0.41 THEN 96 ELSE 70 END))::INTEGER) END::TIMESTAMP AS delivered_at,
  (1 + floor(pow(toss(seed, 86), 2) * 9))::INTEGER AS pallets, (38 + (1 + floor(pow(toss(seed, 86), 2) * 9)) * 31.5 + floor(toss(seed, 87) * 60))::DECIMAL(10, 2) AS freight_cost
FROM drawn WHERE left_gate < TIMESTAMP '2025-10-01 00:00:00';
