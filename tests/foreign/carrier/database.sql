-- A road carrier with seven depots, two and a half years of shipments: small, and the same rows on every machine.
-- Every figure comes from `chance`, arithmetic on whole numbers alone. The last day is 2026-02-15.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE depots AS
SELECT * FROM (VALUES
  (1, 'Rotterdam', 'Netherlands', 42), (2, 'Antwerp', 'Belgium', 30), (3, 'Hamburg', 'Germany', 38), (4, 'Munich', 'Germany', 24),
  (5, 'Lyon', 'France', 26), (6, 'Milan', 'Italy', 28), (7, 'Prague', 'Czechia', 18)
) AS t(depot_id, depot_name, country, dock_count);

CREATE TABLE routes AS
WITH places AS (
  -- Kilometres east and north of a common origin.
  SELECT * FROM (VALUES (1, 300, 820), (2, 290, 740), (3, 690, 1010), (4, 820, 380), (5, 320, 90), (6, 660, 70), (7, 1020, 600)) AS t(id, east, north)
)
SELECT
  (origin.id * 10 + destination.id)::INTEGER AS route_id,
  start_depot.depot_name || ' - ' || end_depot.depot_name AS route_name,
  origin.id::INTEGER AS origin_depot_id,
  destination.id::INTEGER AS destination_depot_id,
  (sqrt(pow(origin.east - destination.east, 2) + pow(origin.north - destination.north, 2)) * 1.25)::INTEGER AS distance_km,
  CASE WHEN origin.id + destination.id IN (3, 8, 11) THEN TRUE ELSE FALSE END AS has_toll_contract
FROM places AS origin
JOIN places AS destination ON destination.id <> origin.id
JOIN depots AS start_depot ON start_depot.depot_id = origin.id
JOIN depots AS end_depot ON end_depot.depot_id = destination.id;

CREATE TABLE vehicles AS
SELECT
  n::INTEGER AS vehicle_id,
  'PL ' || (4100 + n * 7) AS licence_plate,
  CASE WHEN chance(n, 1) < 0.25 THEN 'van' WHEN chance(n, 1) < 0.60 THEN 'rigid_truck' ELSE 'articulated_truck' END AS vehicle_type,
  CASE WHEN chance(n, 2) < 0.68 THEN 'diesel' WHEN chance(n, 2) < 0.86 THEN 'gas' ELSE 'electric' END AS fuel,
  (CASE WHEN chance(n, 1) < 0.25 THEN 1200 WHEN chance(n, 1) < 0.60 THEN 9000 ELSE 24000 END)::INTEGER AS payload_kg,
  (1 + n % 7)::INTEGER AS home_depot_id,
  DATE '2016-01-01' + (chance(n, 3) * 2600)::INTEGER AS purchased_on
FROM range(1, 61) AS t(n);

CREATE TABLE drivers AS
SELECT
  n::INTEGER AS driver_id,
  ['Anna', 'Bruno', 'Carla', 'David', 'Elif', 'Filip', 'Greta', 'Hugo'][1 + (n % 8)::INTEGER] || ' '
    || ['Novak', 'Jansen', 'Rossi', 'Moreau', 'Weber', 'Peeters', 'Kral'][1 + (n // 8 % 7)::INTEGER] || ' ' || n AS driver_name,
  '+49 30 ' || (100000 + n * 37) AS phone,
  CASE WHEN chance(n, 4) < 0.7 THEN 'employed' ELSE 'subcontractor' END AS employment,
  (1 + (n * 3) % 7)::INTEGER AS home_depot_id,
  DATE '2012-01-01' + (chance(n, 5) * 4200)::INTEGER AS hired_on
FROM range(1, 76) AS t(n);

CREATE TABLE clients AS
SELECT
  n::INTEGER AS client_id,
  ['Alpina', 'Borealis', 'Cobalt', 'Delmar', 'Eurovia', 'Ferrum', 'Galant', 'Helvet', 'Isarto'][1 + (n % 9)::INTEGER] || ' '
    || ['Group', 'Holding', 'Works', 'Partners', 'Trading', 'Brothers', 'Europe', 'Union', 'North', 'Industries'][1 + (n // 9)::INTEGER] AS company_name,
  ['food', 'automotive', 'pharma', 'machinery', 'retail'][1 + floor(chance(n, 6) * 5)::INTEGER] AS industry,
  CASE WHEN n % 9 = 0 THEN 'key' WHEN chance(n, 7) < 0.7 THEN 'standard' ELSE 'spot' END AS account_tier
FROM range(0, 90) AS t(n);

CREATE TABLE shipments AS
WITH drawn AS (
  SELECT
    n AS shipment_id,
    -- The square gives a few clients many shipments; the root lets the business grow.
    floor(chance(n, 8) * chance(n, 8) * 90)::INTEGER AS client_id,
    (1 + floor(chance(n, 9) * 7))::INTEGER AS origin_id,
    (1 + floor(chance(n, 10) * 6))::INTEGER AS destination_step,
    (1 + floor(chance(n, 11) * 60))::INTEGER AS vehicle_id,
    (1 + floor(chance(n, 12) * 75))::INTEGER AS driver_id,
    TIMESTAMP '2023-07-01 00:00:00' + to_minutes((sqrt(0.1 + 0.9 * chance(n, 13)) * 1405 * 1440 - 444 * 1440)::BIGINT) AS booked_at,
    CASE WHEN chance(n, 14) < 0.22 THEN 'express' WHEN chance(n, 14) < 0.78 THEN 'standard' ELSE 'economy' END AS service_level,
    chance(n, 15) AS load_draw, chance(n, 16) AS time_draw, chance(n, 17) AS price_draw, chance(n, 18) AS cost_draw, chance(n, 19) AS cancel_draw
  FROM range(1, 9001) AS t(n)
), placed AS (
  SELECT d.*, r.route_id, r.distance_km, v.payload_kg,
    d.booked_at + to_minutes((120 + d.load_draw * 1500)::BIGINT) AS picked_up_at
  FROM drawn AS d
  JOIN routes AS r ON r.origin_depot_id = d.origin_id AND r.destination_depot_id = 1 + (d.origin_id + d.destination_step - 1) % 7
  JOIN vehicles AS v ON v.vehicle_id = d.vehicle_id
), timed AS (
  SELECT *,
    picked_up_at::DATE + (CASE service_level WHEN 'express' THEN 1 WHEN 'standard' THEN 2 ELSE 4 END + distance_km // 900)::INTEGER AS promised_on,
    picked_up_at + to_minutes((distance_km + time_draw * time_draw * 2900
      + CASE service_level WHEN 'express' THEN 0 WHEN 'standard' THEN 600 ELSE 2200 END
      + CASE WHEN origin_id = 6 THEN 500 ELSE 0 END)::BIGINT) AS arrived_at
  FROM placed
)
SELECT
  shipment_id::INTEGER AS shipment_id, client_id, route_id, vehicle_id, driver_id, service_level,
  CASE WHEN cancel_draw < 0.035 THEN 'cancelled' WHEN arrived_at >= TIMESTAMP '2026-02-16' THEN 'in_transit' ELSE 'delivered' END AS status,
  booked_at, promised_on,
  CASE WHEN cancel_draw >= 0.035 AND arrived_at < TIMESTAMP '2026-02-16' THEN arrived_at END AS delivered_at,
  (payload_kg * (0.25 + 0.7 * load_draw))::INTEGER AS weight_kg,
  (distance_km * (1 + 0.12 * cost_draw))::INTEGER AS driven_km,
  ((70 + distance_km * (0.5 + payload_kg / 20000.0) * (0.85 + 0.3 * price_draw))
    * CASE service_level WHEN 'express' THEN 1.4 WHEN 'standard' THEN 1.0 ELSE 0.85 END)::DECIMAL(12, 2) AS freight_charge,
  ((70 + distance_km * (0.5 + payload_kg / 20000.0) * (0.85 + 0.3 * price_draw)) * (0.66 + 0.26 * cost_draw))::DECIMAL(12, 2) AS direct_cost
FROM timed;

CREATE TABLE incidents AS
SELECT
  shipment_id AS incident_id,
  shipment_id,
  booked_at::DATE + 1 AS occurred_on,
  ['damage', 'breakdown', 'refused', 'theft', 'accident'][1 + floor(power(chance(shipment_id, 20), 1.6) * 5)::INTEGER] AS incident_type,
  (40 + power(chance(shipment_id, 21), 3) * 4200)::DECIMAL(10, 2) AS claim_cost,
  'statement of the driver, no. ' || shipment_id AS statement
FROM shipments
WHERE status <> 'cancelled' AND booked_at < TIMESTAMP '2026-02-14'
  AND chance(shipment_id, 22) < 0.045 + CASE WHEN vehicle_id % 10 = 3 THEN 0.06 ELSE 0 END;

CREATE TABLE invoices AS
WITH billed AS (
  SELECT client_id, (date_trunc('month', delivered_at) + INTERVAL 1 MONTH)::DATE AS issued_on, SUM(freight_charge) AS amount
  FROM shipments
  WHERE delivered_at IS NOT NULL AND delivered_at < TIMESTAMP '2026-02-01'
  GROUP BY ALL
), numbered AS (
  SELECT row_number() OVER (ORDER BY issued_on, client_id) AS invoice_id, * FROM billed
)
SELECT
  invoice_id::INTEGER AS invoice_id, client_id, issued_on, issued_on + 30 AS due_on,
  CASE WHEN chance(invoice_id, 23) >= 0.02 AND issued_on + 8 + (chance(invoice_id, 24) * 52)::INTEGER <= DATE '2026-02-15'
       THEN issued_on + 8 + (chance(invoice_id, 24) * 52)::INTEGER END AS paid_on,
  amount::DECIMAL(12, 2) AS amount
FROM numbered;

DROP MACRO chance;
DROP MACRO mixed;
