-- Tarn Valley Waste & Recycling: contracts, rounds, trucks, crews, pickups, weighings, fuel and sales of recovered materials.
-- Data from 2024-01-01 to 2026-06-17 (contracts and hires reach further back). Deterministic: hash() only.
CREATE TEMP MACRO u(n, seed) AS (hash(n::BIGINT * 1009 + seed::BIGINT * 7919) % 1000003) / 1000003.0;
CREATE TEMP MACRO pick(list, x) AS list[1 + floor(x * len(list))::INTEGER];

CREATE TABLE depots (
  depot_id INTEGER PRIMARY KEY, depot_name VARCHAR NOT NULL, region VARCHAR NOT NULL, yard_capacity_t INTEGER NOT NULL, opened_on DATE NOT NULL);
INSERT INTO depots VALUES
  (1, 'Millbrook', 'North', 420, DATE '2009-04-01'), (2, 'Harrowgate Lane', 'North', 310, DATE '2012-09-03'),
  (3, 'Quayside', 'Coast', 560, DATE '2006-02-13'), (4, 'Saltmarsh', 'Coast', 180, DATE '2019-06-17'),
  (5, 'Ashdown', 'South', 390, DATE '2014-01-20'), (6, 'Kingsferry', 'South', 240, DATE '2021-03-08');

CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY, company_name VARCHAR NOT NULL, contact_name VARCHAR, contact_email VARCHAR, contact_phone VARCHAR,
  street_address VARCHAR, town VARCHAR NOT NULL, sector VARCHAR, size_band VARCHAR NOT NULL);
INSERT INTO customers
SELECT i,
  (['Amber','Birch','Copper','Dover','Elm','Falcon','Granite','Hazel','Iris','Juniper','Kestrel','Linden','Marlow','North Star','Orchard','Pilgrim','Quarry','Rowan','Silver','Thistle'])[1 + (i - 1) % 20]
   || ' ' || (['Bakery','Hotel','Clinic','Foods','Motors','Academy','Interiors','Brewery','Logistics','Pharmacy','Textiles','Studios','Print','Dental','Garden Centre'])[1 + ((i - 1) // 20)],
  pick(['Ada','Ben','Carla','Dev','Ewa','Femi','Gwen','Hana','Ivo','June'], u(i, 1)) || ' ' || pick(['Ashby','Brook','Cole','Dale','Ellis','Frost','Grant','Hale','Irwin','Judd'], u(i, 2)),
  CASE WHEN u(i, 3) < 0.93 THEN 'office' || i || '@example.org' END, CASE WHEN u(i, 4) < 0.9 THEN '01632 9' || lpad((i * 37 % 100000)::VARCHAR, 5, '0') END,
  (1 + i % 140) || ' ' || pick(['High Street','Station Road','Mill Lane','Wharf Road','Park Row'], u(i, 5)),
  CASE WHEN u(i, 6) < 0.26 THEN 'Tarnford' WHEN u(i, 6) < 0.44 THEN 'Port Ellery' WHEN u(i, 6) < 0.60 THEN 'Wexcombe' WHEN u(i, 6) < 0.74 THEN 'Hollin'
       WHEN u(i, 6) < 0.85 THEN 'Brackley Cross' WHEN u(i, 6) < 0.94 THEN 'Saltby' ELSE 'Upper Dene' END,
  CASE WHEN u(i, 7) < 0.30 THEN 'hospitality' WHEN u(i, 7) < 0.54 THEN 'retail' WHEN u(i, 7) < 0.70 THEN 'offices' WHEN u(i, 7) < 0.82 THEN 'manufacturing'
       WHEN u(i, 7) < 0.91 THEN 'healthcare' WHEN u(i, 7) < 0.97 THEN 'education' END,
  CASE WHEN u(i, 8) < 0.55 THEN 'small' WHEN u(i, 8) < 0.87 THEN 'medium' ELSE 'large' END
FROM range(1, 301) t(i);

CREATE TABLE rounds (round_id INTEGER PRIMARY KEY, round_code VARCHAR NOT NULL, depot_id INTEGER NOT NULL REFERENCES depots, waste_stream VARCHAR NOT NULL, shift VARCHAR NOT NULL);
INSERT INTO rounds
SELECT i, 'R-' || (100 + i), 1 + (i - 1) % 6,
  (['general_waste','mixed_recycling','food_waste','cardboard','glass','general_waste'])[1 + (i - 1) // 6],
  CASE WHEN u(i, 11) < 0.55 THEN 'early' WHEN u(i, 11) < 0.85 THEN 'day' ELSE 'night' END
FROM range(1, 37) t(i);

CREATE TABLE trucks (truck_id INTEGER PRIMARY KEY, registration VARCHAR NOT NULL, home_depot_id INTEGER NOT NULL REFERENCES depots, make VARCHAR NOT NULL,
  fuel_type VARCHAR NOT NULL, payload_kg INTEGER NOT NULL, in_service_since DATE NOT NULL);
INSERT INTO trucks
SELECT i, 'TV' || lpad((10 + i % 16)::VARCHAR, 2, '0') || ' ' || chr((65 + i % 26)::INTEGER) || chr((65 + i * 7 % 26)::INTEGER) || chr((65 + i * 11 % 26)::INTEGER), 1 + (i - 1) % 6,
  pick(['Dennis Eagle','Volvo','Scania','Mercedes-Benz'], u(i, 21)),
  CASE WHEN u(i, 22) < 0.60 THEN 'diesel' WHEN u(i, 22) < 0.84 THEN 'hvo' ELSE 'electric' END,
  pick([9000, 11000, 12500], u(i, 23)), DATE '2015-01-01' + floor(u(i, 24) * 3900)::INTEGER
FROM range(1, 43) t(i);

CREATE TABLE crew_members (crew_id INTEGER PRIMARY KEY, full_name VARCHAR NOT NULL, mobile VARCHAR, birth_date DATE, job VARCHAR NOT NULL,
  home_depot_id INTEGER NOT NULL REFERENCES depots, hired_on DATE NOT NULL, left_on DATE, leaving_reason VARCHAR);
INSERT INTO crew_members
SELECT i, fn, mob, bd, job, dep, hired, l, CASE WHEN l IS NOT NULL THEN CASE WHEN u(i, 39) < 0.45 THEN 'resigned' WHEN u(i, 39) < 0.7 THEN 'retired' WHEN u(i, 39) < 0.9 THEN 'dismissed' END END
FROM (SELECT *, CASE WHEN i > 36 AND u(i, 38) < 0.38 AND hired + (120 + floor(u(i, 37) * 1500))::INTEGER BETWEEN DATE '2024-01-01' AND DATE '2026-06-15' THEN hired + (120 + floor(u(i, 37) * 1500))::INTEGER END l
 FROM (SELECT i, pick(['Al','Bob','Cat','Dan','Eve','Fay','Gus','Hal','Ida','Jon','Kit','Lou'], u(i, 31)) || ' ' || pick(['Mason','Naylor','Otley','Parr','Quinn','Reed','Shaw','Tate','Upton','Vance'], u(i, 32)) fn,
  '07700 9' || lpad((i * 83 % 100000)::VARCHAR, 5, '0') mob, CASE WHEN u(i, 33) < 0.95 THEN DATE '1962-01-01' + floor(u(i, 34) * 15000)::INTEGER END bd,
  CASE WHEN i <= 36 OR u(i, 35) < 0.2 THEN 'driver' WHEN u(i, 35) < 0.85 THEN 'loader' ELSE 'supervisor' END job, 1 + (i - 1) % 6 dep,
  CASE WHEN i <= 36 THEN DATE '2012-01-01' + floor(u(i, 36) * 4000)::INTEGER ELSE DATE '2020-01-06' + floor(u(i, 36) * 2350)::INTEGER END hired FROM range(1, 241) t(i)));

CREATE TABLE contracts (contract_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers, round_id INTEGER NOT NULL REFERENCES rounds, waste_stream VARCHAR NOT NULL,
  sales_channel VARCHAR NOT NULL, started_on DATE NOT NULL, ended_on DATE, end_reason VARCHAR, bins INTEGER NOT NULL, bin_size_l INTEGER NOT NULL, days_between_pickups INTEGER NOT NULL, monthly_fee DECIMAL(9,2) NOT NULL);
INSERT INTO contracts
SELECT c.i, CASE WHEN c.i <= 300 THEN c.i ELSE 1 + floor(u(c.i, 41) * 300)::INTEGER END, r.round_id, r.waste_stream, ch, s, e,
  CASE WHEN e IS NOT NULL THEN CASE WHEN u(c.i, 48) < 0.34 THEN 'price' WHEN u(c.i, 48) < 0.60 THEN 'poor_service' WHEN u(c.i, 48) < 0.78 THEN 'business_closed' WHEN u(c.i, 48) < 0.9 THEN 'moved_away' END END,
  b, pick([240, 360, 1100], u(c.i, 49)), f,
  round(b * (90 + 70 * u(c.i, 50)) * 14 / f * CASE r.waste_stream WHEN 'general_waste' THEN 1.35 WHEN 'glass' THEN 0.8 ELSE 1 END, 2)
FROM (SELECT *, CASE WHEN s + life BETWEEN DATE '2024-01-08' AND DATE '2026-06-12' THEN s + life END e FROM (
   SELECT i, 1 + floor(u(i, 42) ** 1.2 * 36)::INTEGER rid, CASE WHEN u(i, 43) < 0.38 THEN 'field_sales' WHEN u(i, 43) < 0.68 THEN 'website' WHEN u(i, 43) < 0.88 THEN 'broker' ELSE 'referral' END ch,
     CASE WHEN i % 5 < 2 THEN DATE '2021-02-01' + floor(u(i, 44) * 1060)::INTEGER ELSE DATE '2024-01-01' + floor(u(i, 44) ** 0.9 * 892)::INTEGER END s,
     CASE WHEN u(i, 45) < 0.46 THEN 90 + floor(u(i, 46) * 1250)::INTEGER ELSE 9999 END life, 1 + floor(u(i, 47) ** 2 * 8)::INTEGER b, CASE WHEN u(i, 51) < 0.14 THEN 7 ELSE 14 END f FROM range(1, 451) t(i))) c
JOIN rounds r ON r.round_id = c.rid;

CREATE TABLE pickups (pickup_id INTEGER PRIMARY KEY, contract_id INTEGER NOT NULL REFERENCES contracts, customer_id INTEGER NOT NULL REFERENCES customers, round_id INTEGER NOT NULL REFERENCES rounds,
  truck_id INTEGER REFERENCES trucks, driver_id INTEGER REFERENCES crew_members, scheduled_on DATE NOT NULL, completed_at TIMESTAMP, status VARCHAR NOT NULL, missed_reason VARCHAR,
  minutes_late INTEGER, bins_lifted INTEGER, charge DECIMAL(9,2));
INSERT INTO pickups
WITH v AS (SELECT row_number() OVER (ORDER BY g.d, c.contract_id) n, c.*, r.depot_id, r.shift, g.d FROM contracts c JOIN rounds r USING (round_id)
    JOIN (SELECT (DATE '2024-01-01' + x::INTEGER) d FROM range(0, 899) t(x)) g
      ON g.d >= c.started_on AND g.d < coalesce(c.ended_on, DATE '2026-06-18') AND (g.d - DATE '2020-01-06') % c.days_between_pickups = c.contract_id % 6 + CASE WHEN c.days_between_pickups = 14 THEN (c.contract_id // 6) % 2 * 7 ELSE 0 END),
 s AS (SELECT *, CASE WHEN u(n, 61) < 0.025 THEN 'cancelled'
   WHEN u(n, 62) < (CASE depot_id WHEN 4 THEN 0.085 WHEN 2 THEN 0.055 WHEN 5 THEN 0.025 ELSE 0.036 END) * (CASE month(d) WHEN 1 THEN 1.9 WHEN 2 THEN 1.5 WHEN 12 THEN 1.4 WHEN 6 THEN 0.7 ELSE 1 END)
     * (CASE waste_stream WHEN 'glass' THEN 1.5 WHEN 'general_waste' THEN 0.8 ELSE 1 END) * (CASE WHEN depot_id = 6 AND d >= DATE '2026-02-01' THEN 2.6 ELSE 1 END) THEN 'missed' ELSE 'completed' END st,
   CASE WHEN u(n, 63) < 0.55 THEN 0 ELSE floor((u(n, 64) ** 2) * (CASE shift WHEN 'night' THEN 70 WHEN 'day' THEN 190 ELSE 120 END))::INTEGER END late FROM v)
SELECT n, contract_id, customer_id, round_id, CASE WHEN st = 'cancelled' THEN NULL ELSE depot_id + 6 * floor(u(n, 65) * 7)::INTEGER END,
  CASE WHEN st = 'cancelled' OR u(n, 66) < 0.02 THEN NULL ELSE depot_id + 6 * floor(u(n, 67) ** 1.3 * 6)::INTEGER END, d,
  CASE WHEN st = 'completed' THEN d + to_minutes((CASE shift WHEN 'early' THEN 300 WHEN 'day' THEN 540 ELSE 1140 END + floor(u(n, 68) * 230)::INTEGER + least(late, 60))::INTEGER) END, st,
  CASE WHEN st = 'missed' THEN CASE WHEN u(n, 69) < 0.30 THEN 'access_blocked' WHEN u(n, 69) < 0.54 THEN 'truck_breakdown' WHEN u(n, 69) < 0.73 THEN 'bin_not_out' WHEN u(n, 69) < 0.88 THEN 'crew_short' WHEN u(n, 69) < 0.95 THEN 'weather' END END,
  CASE WHEN st = 'completed' THEN late END, CASE WHEN st = 'completed' THEN greatest(1, bins - CASE WHEN u(n, 70) < 0.2 THEN 1 ELSE 0 END + CASE WHEN u(n, 71) < 0.06 THEN 2 ELSE 0 END) END,
  CASE WHEN st <> 'cancelled' THEN round(monthly_fee * 12 / (364.0 / days_between_pickups) * (CASE year(d) WHEN 2024 THEN 1 WHEN 2025 THEN 1.04 ELSE 1.09 END), 2) END
FROM s ORDER BY n;

CREATE TABLE weighings (weighing_id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds, truck_id INTEGER NOT NULL REFERENCES trucks, weighed_at TIMESTAMP NOT NULL, destination VARCHAR NOT NULL,
  gross_kg INTEGER NOT NULL, tare_kg INTEGER NOT NULL, contamination_kg INTEGER, gate_fee DECIMAL(9,2) NOT NULL);
INSERT INTO weighings
WITH w AS (SELECT row_number() OVER (ORDER BY d, round_id) n, * FROM rounds CROSS JOIN (SELECT (DATE '2024-01-01' + x::INTEGER) d FROM range(0, 899) t(x)) WHERE isodow(d) <= 6 AND u(round_id * 5000 + (d - DATE '2024-01-01'), 80) < CASE WHEN isodow(d) = 6 THEN 0.14 ELSE 0.36 END),
 k AS (SELECT *, floor((CASE waste_stream WHEN 'general_waste' THEN 6400 WHEN 'mixed_recycling' THEN 3900 WHEN 'food_waste' THEN 5200 WHEN 'cardboard' THEN 2700 ELSE 7200 END) * (0.6 + 0.7 * u(n, 81))
    * (CASE month(d) WHEN 12 THEN 1.22 WHEN 1 THEN 1.1 WHEN 8 THEN 0.86 ELSE 1 END) * (1 + 0.00018 * (d - DATE '2024-01-01')))::INTEGER net,
   CASE waste_stream WHEN 'general_waste' THEN CASE WHEN u(n, 82) < 0.44 - 0.00025 * (d - DATE '2024-01-01') THEN 'landfill' WHEN u(n, 82) < 0.88 THEN 'energy_from_waste' ELSE 'sorting_plant' END
     WHEN 'mixed_recycling' THEN CASE WHEN u(n, 82) < 0.07 THEN 'energy_from_waste' ELSE 'sorting_plant' END WHEN 'food_waste' THEN CASE WHEN u(n, 82) < 0.04 THEN 'landfill' ELSE 'digester' END ELSE 'reprocessor' END dest FROM w)
SELECT n, round_id, depot_id + 6 * floor(u(n, 83) * 7)::INTEGER, d + to_minutes((420 + floor(u(n, 84) * 560))::INTEGER), dest, net + 11200 + (n % 9)::INTEGER * 120, 11200 + (n % 9)::INTEGER * 120,
  CASE WHEN waste_stream <> 'general_waste' AND u(n, 85) < 0.9 THEN floor(net * (CASE waste_stream WHEN 'mixed_recycling' THEN 0.13 WHEN 'food_waste' THEN 0.06 WHEN 'glass' THEN 0.025 ELSE 0.045 END) * (0.5 + u(n, 86)) * (CASE depot_id WHEN 3 THEN 1.5 WHEN 5 THEN 0.75 ELSE 1 END))::INTEGER END,
  round(net / 1000.0 * (CASE dest WHEN 'landfill' THEN 128 WHEN 'energy_from_waste' THEN 104 WHEN 'sorting_plant' THEN 58 WHEN 'digester' THEN 34 ELSE 12 END) * (CASE year(d) WHEN 2024 THEN 1 WHEN 2025 THEN 1.05 ELSE 1.12 END), 2)
FROM k ORDER BY n;

CREATE TABLE material_sales (sale_id INTEGER PRIMARY KEY, depot_id INTEGER NOT NULL REFERENCES depots, material VARCHAR NOT NULL, buyer VARCHAR NOT NULL, sold_on DATE NOT NULL, tonnes DECIMAL(8,2) NOT NULL, price_per_tonne DECIMAL(8,2) NOT NULL, status VARCHAR NOT NULL, paid_on DATE);
INSERT INTO material_sales
SELECT n, dep, mat, buyer, d, t, p, CASE WHEN rej THEN 'rejected' WHEN d + lag <= DATE '2026-06-17' THEN 'paid' ELSE 'invoiced' END, CASE WHEN NOT rej AND d + lag <= DATE '2026-06-17' THEN d + lag END
FROM (SELECT n, 1 + floor(u(n, 91) ** 1.2 * 6)::INTEGER dep, mat, CASE WHEN mat IN ('aluminium', 'steel') THEN pick(['Irongate Metals','Castle Smelters','Irongate Metals'], u(n, 92)) WHEN mat = 'glass_cullet' THEN pick(['Clearmelt','Furnace & Co'], u(n, 92))
   WHEN mat = 'paper_card' THEN pick(['Denby Paper Mill','Fibrex','Denby Paper Mill','Pulpworks'], u(n, 92)) ELSE pick(['Polyloop','Second Resin'], u(n, 92)) END buyer, d,
   round((CASE mat WHEN 'paper_card' THEN 19 WHEN 'glass_cullet' THEN 23 WHEN 'aluminium' THEN 3 WHEN 'steel' THEN 7 WHEN 'pet_bottles' THEN 6 ELSE 5 END) * (0.6 + 0.8 * u(n, 93)), 2) t,
   round((CASE mat WHEN 'paper_card' THEN 88 WHEN 'glass_cullet' THEN 31 WHEN 'aluminium' THEN 940 WHEN 'steel' THEN 165 WHEN 'pet_bottles' THEN 235 ELSE 410 END) * (0.85 + 0.3 * u(n, 94)) * (1 + 0.14 * sin((d - DATE '2024-01-01') / 110.0)), 2) p,
   u(n, 95) < CASE mat WHEN 'paper_card' THEN 0.08 WHEN 'pet_bottles' THEN 0.1 WHEN 'glass_cullet' THEN 0.05 ELSE 0.02 END rej, (14 + floor(u(n, 96) * 50))::INTEGER lag
  FROM (SELECT row_number() OVER (ORDER BY d, m.mat) n, m.mat, d FROM (VALUES ('paper_card', 0.46), ('glass_cullet', 0.28), ('aluminium', 0.22), ('steel', 0.24), ('pet_bottles', 0.3), ('hdpe', 0.2)) m(mat, p)
    CROSS JOIN (SELECT (DATE '2024-01-01' + x::INTEGER) d FROM range(0, 899) t(x)) WHERE isodow(d) <= 5 AND u(length(m.mat) * 3000 + ascii(m.mat) * 100000 + (d - DATE '2024-01-01'), 97) < m.p));

CREATE TABLE fuel_fills (fill_id INTEGER PRIMARY KEY, truck_id INTEGER NOT NULL REFERENCES trucks, filled_on DATE NOT NULL, litres DECIMAL(7,1) NOT NULL, cost DECIMAL(8,2) NOT NULL, km_since_last INTEGER, station VARCHAR NOT NULL);
INSERT INTO fuel_fills
SELECT n, truck_id, d, l, round(l * (CASE fuel_type WHEN 'hvo' THEN 1.62 ELSE 1.31 END) * (1 + 0.08 * sin((d - DATE '2024-01-01') / 140.0)) * (CASE WHEN st = 'own_tank' THEN 1 ELSE 1.09 END), 2),
  CASE WHEN u(n, 105) < 0.97 THEN km END, st
FROM (SELECT *, round(km * (0.40 + 0.11 * u(truck_id, 104) + 0.0009 * floor((d - in_service_since) / 365.0) * 8 + 0.03 * u(n, 103)), 1) l FROM (
  SELECT row_number() OVER (ORDER BY d, truck_id) n, t.*, g.d, 260 + floor(u(truck_id * 5000 + (g.d - DATE '2024-01-01'), 101) * 340)::INTEGER km, CASE WHEN u(truck_id * 5000 + (g.d - DATE '2024-01-01'), 102) < 0.72 THEN 'own_tank' ELSE 'public_station' END st
  FROM trucks t JOIN (SELECT (DATE '2024-01-01' + x::INTEGER) d FROM range(0, 899) t(x)) g ON isodow(g.d) <= 5 AND g.d >= t.in_service_since AND ((g.d - DATE '2024-01-01') + t.truck_id) % 5 = 0 WHERE t.fuel_type <> 'electric'));
