-- A company in Victoria that lets and looks after 84 flats in nine buildings: July 2023 up to 28 February 2026. The same rows on
-- every machine: all chance comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO shuffled(x) AS (xor(x, x >> 15) * 1540483477) % 4294967296;
CREATE MACRO chance(item, stream) AS
  shuffled(shuffled(shuffled((item::BIGINT * 73244475 + stream * 19349663) % 4294967296))) / 4294967296.0;

CREATE TABLE buildings AS
SELECT * FROM (VALUES
  (1, 'Wattle Court', 'Brunswick', 'Inner', 'Apartment block', 12, 1974, 2350, DATE '2015-03-01'),
  (2, 'Tram Sheds', 'Richmond', 'Inner', 'Warehouse conversion', 9, 1921, 2900, DATE '2017-08-01'),
  (3, 'Yarra View', 'Abbotsford', 'Inner', 'Apartment block', 14, 2012, 2650, DATE '2016-01-01'),
  (4, 'Pier House', 'St Kilda', 'Bayside', 'Apartment block', 10, 1968, 2500, DATE '2014-06-01'),
  (5, 'Sandringham Mews', 'Sandringham', 'Bayside', 'Townhouses', 6, 2004, 3600, DATE '2018-02-01'),
  (6, 'Lighthouse Row', 'Williamstown', 'Bayside', 'Townhouses', 7, 1998, 3150, DATE '2019-11-01'),
  (7, 'Gold Street', 'Ballarat', 'Country', 'Apartment block', 10, 1985, 1600, DATE '2020-05-01'),
  (8, 'Bellarine Gardens', 'Geelong', 'Country', 'Townhouses', 8, 2015, 1950, DATE '2021-03-01'),
  (9, 'Mill Lofts', 'Geelong', 'Country', 'Warehouse conversion', 8, 1910, 2100, DATE '2024-08-01')
) AS t(building_id, building_name, suburb, portfolio, building_type, flat_count, built_year, base_rent, managed_since);

CREATE TABLE flats AS
SELECT
  ROW_NUMBER() OVER (ORDER BY b.building_id, k)::INTEGER AS flat_id, b.building_id, b.building_name || ' ' || k AS flat_name,
  CASE WHEN b.building_type = 'Townhouses' THEN 3 + (k % 3 = 0)::INTEGER ELSE [1, 2, 2, 1, 3, 0][1 + (k + b.building_id) % 6] END AS bedrooms,
  chance(b.building_id * 100 + k, 1) < 0.25 AS is_furnished,
  CASE WHEN chance(b.building_id * 100 + k, 2) < 0.35 THEN 'Garage' WHEN chance(b.building_id * 100 + k, 2) < 0.7 THEN 'Street permit' END AS parking,
  (45 + floor(chance(b.building_id * 100 + k, 3) * 30) + 15 * CASE WHEN b.building_type = 'Townhouses' THEN 4 ELSE 1 END)::INTEGER AS area_sqm
FROM buildings b, range(1, 15) AS t(k)
WHERE k <= b.flat_count;

CREATE TABLE tenants AS
SELECT
  n::INTEGER AS tenant_id,
  CASE WHEN n % 11 = 0 THEN ['Southern', 'Murray', 'Otway', 'Corio'][1 + floor(chance(n, 4) * 4)::INTEGER] || ' Relocations ' || n
    ELSE ['Mia', 'Liam', 'Priya', 'Wei', 'Giulia', 'Hassan', 'Zoe', 'Tuan'][1 + floor(chance(n, 5) * 8)::INTEGER] || ' '
      || ['Nguyen', 'Kelly', 'Singh', 'Papas', 'Rossi', 'Chen', 'Walker'][1 + floor(chance(n, 6) * 7)::INTEGER] END AS full_name,
  'tenant' || n || '@example.org' AS email,
  '0491 ' || lpad((n * 739 % 1000000)::VARCHAR, 6, '0') AS phone,
  CASE WHEN n % 11 = 0 THEN 'Company' WHEN chance(n, 7) < 0.2 THEN 'Student' WHEN chance(n, 7) < 0.32 THEN 'Pensioner' ELSE 'Private' END AS tenant_type,
  CASE WHEN chance(n, 8) < 0.42 THEN 'realestate_portal' WHEN chance(n, 8) < 0.6 THEN 'Own website' WHEN chance(n, 8) < 0.78 THEN 'Referral'
       WHEN chance(n, 8) < 0.9 THEN 'walk_in' END AS lead_source
FROM range(1, 321) AS t(n);

CREATE TABLE leases AS
WITH drawn AS (
  SELECT f.flat_id, f.building_id, f.bedrooms, f.is_furnished, b.base_rent, b.managed_since, k, f.flat_id * 10 + k AS seed,
    CASE WHEN b.building_id = 9 THEN DATE '2024-08-05' + floor(chance(f.flat_id, 10) * 90)::INTEGER
         ELSE DATE '2022-02-01' + floor(chance(f.flat_id, 10) * 480)::INTEGER END AS base_day,
    220 + floor(chance(f.flat_id * 10 + k, 11) * 560)::INTEGER AS lasting, 5 + floor(pow(chance(f.flat_id * 10 + k, 12), 2) * 110)::INTEGER AS gap
  FROM flats f JOIN buildings b USING (building_id), range(0, 7) AS t(k)
), placed AS (
  SELECT *, (base_day + coalesce(SUM(lasting + gap) OVER (PARTITION BY flat_id ORDER BY k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::INTEGER)::DATE AS starts_on
  FROM drawn
), numbered AS (
  SELECT *, ROW_NUMBER() OVER (ORDER BY starts_on, flat_id)::INTEGER AS lease_id FROM placed WHERE starts_on <= DATE '2026-02-28'
)
SELECT
  lease_id, flat_id, (CASE WHEN lease_id % 14 = 0 THEN lease_id - 9 ELSE lease_id END)::INTEGER AS tenant_id,
  (starts_on - 6 - floor(chance(seed, 13) * 30)::INTEGER)::DATE AS signed_on, starts_on,
  CASE WHEN starts_on + lasting <= DATE '2026-02-28' THEN starts_on + lasting END AS vacated_on,
  CASE WHEN chance(seed, 14) < 0.66 THEN 'Fixed term' WHEN chance(seed, 14) < 0.9 THEN 'Month to month' ELSE 'Short stay' END AS lease_type,
  (round((base_rent * (0.7 + 0.17 * bedrooms) * (1 + 0.04 * (year(starts_on) - 2022)) + CASE WHEN is_furnished THEN 180 ELSE 0 END) / 10) * 10)::DECIMAL(10, 2) AS monthly_rent,
  CASE WHEN starts_on + lasting <= DATE '2026-02-28' THEN
    CASE WHEN chance(seed, 15) < 0.34 THEN 'Bought a home' WHEN chance(seed, 15) < 0.58 THEN 'Rent too high' WHEN chance(seed, 15) < 0.78 THEN 'New job'
         WHEN chance(seed, 15) < 0.85 THEN 'Evicted' END END AS leaving_reason
FROM numbered;

CREATE TABLE invoices AS
WITH months AS (
  SELECT (DATE '2023-07-01' + to_months(m::INTEGER))::DATE AS billed_on, m FROM range(0, 32) AS t(m)
), rent AS (
  SELECT l.lease_id, m.billed_on, l.lease_id * 100 + m.m AS seed, 'Rent' AS invoice_kind,
    round(l.monthly_rent * CASE WHEN m.billed_on >= l.starts_on + 366 THEN 1.04 ELSE 1 END, 2) AS amount
  FROM leases l JOIN months m ON m.billed_on >= l.starts_on AND m.billed_on < coalesce(l.vacated_on, DATE '2026-03-01')
), extra AS (
  SELECT lease_id, (billed_on + 9)::DATE AS billed_on, seed + 50000 AS seed, CASE WHEN chance(seed, 16) < 0.07 THEN 'Utilities' ELSE 'Late fee' END AS invoice_kind,
    CASE WHEN chance(seed, 16) < 0.07 THEN 60 + floor(chance(seed, 17) * 240) ELSE 45 END AS amount
  FROM rent WHERE chance(seed, 16) < 0.1
), both_kinds AS (SELECT * FROM rent UNION ALL SELECT * FROM extra)
SELECT
  (20000 + ROW_NUMBER() OVER (ORDER BY billed_on, seed))::INTEGER AS invoice_id, lease_id, billed_on, (billed_on + 10)::DATE AS due_on, invoice_kind,
  amount::DECIMAL(10, 2) AS amount,
  CASE WHEN chance(seed, 18) < 0.015 THEN 'Void' WHEN chance(seed, 18) < 0.025 AND billed_on < DATE '2025-07-01' THEN 'written_off'
       WHEN chance(seed, 18) < CASE WHEN billed_on >= DATE '2026-02-01' THEN 0.3 WHEN billed_on >= DATE '2025-11-01' THEN 0.09 ELSE 0.03 END THEN 'Open'
       ELSE 'Paid' END AS invoice_status
FROM both_kinds;

CREATE TABLE payments AS
WITH drawn AS (
  SELECT i.*, least(DATE '2026-02-28', (i.billed_on + floor(pow(chance(i.invoice_id, 20), 1.8) * CASE WHEN chance(i.invoice_id, 21) < 0.12 THEN 45 ELSE 13 END)::INTEGER)::DATE) AS paid_on
  FROM invoices i WHERE i.invoice_status = 'Paid'
), bounced AS (
  SELECT invoice_id, paid_on, amount, 'Bounced' AS payment_status FROM drawn WHERE chance(invoice_id, 22) < 0.035
), every_payment AS (
  SELECT invoice_id, paid_on, amount, 'Cleared' AS payment_status FROM drawn UNION ALL SELECT * FROM bounced
)
SELECT
  (70000 + ROW_NUMBER() OVER (ORDER BY p.paid_on, p.invoice_id, p.payment_status))::INTEGER AS payment_id, p.invoice_id, p.paid_on, p.amount,
  CASE WHEN chance(i.lease_id, 23) < 0.55 THEN 'Direct debit' WHEN chance(p.invoice_id, 24) < 0.5 THEN 'bank_transfer' WHEN chance(p.invoice_id, 24) < 0.85 THEN 'Card' ELSE 'Cash' END AS payment_method,
  p.payment_status
FROM every_payment p JOIN invoices i USING (invoice_id);

CREATE TABLE contractors AS
SELECT * FROM (VALUES
  (1, 'Blue Gum Plumbing', 'Plumber', true), (2, 'Sparky & Sons', 'Electrician', true), (3, 'Cold Snap Air', 'Heating and cooling', true),
  (4, 'Handy Hugh', 'Handyman', true), (5, 'Bayside Pipes', 'Plumber', false), (6, 'Keyhole Locksmiths', 'Locksmith', false),
  (7, 'Ant Away', 'Pest control', false), (8, 'Goldfields Electrical', 'Electrician', false), (9, 'Fresh Coat Painters', 'Painter', true),
  (10, 'Topline Roofing', 'Roofer', false)
) AS t(contractor_id, contractor_name, trade, is_preferred);

CREATE TABLE maintenance_requests AS
WITH drawn AS (
  SELECT n, 1 + floor(pow(chance(n, 30), 1.15) * 84)::INTEGER AS flat_id, DATE '2023-07-01' + floor(chance(n, 31) * 974)::INTEGER AS reported_on,
    CASE WHEN chance(n, 32) < 0.30 THEN 'Plumbing' WHEN chance(n, 32) < 0.50 THEN 'Electrical' WHEN chance(n, 32) < 0.68 THEN 'Heating and cooling'
         WHEN chance(n, 32) < 0.78 THEN 'Appliances' WHEN chance(n, 32) < 0.86 THEN 'Locks' WHEN chance(n, 32) < 0.92 THEN 'Pests' ELSE 'Painting' END AS category,
    CASE WHEN chance(n, 33) < 0.12 THEN 'Emergency' WHEN chance(n, 33) < 0.4 THEN 'urgent' ELSE 'Routine' END AS priority
  FROM range(1, 801) AS t(n)
), told AS (
  SELECT d.*, CASE WHEN priority = 'Emergency' THEN floor(chance(n, 34) * 3) WHEN priority = 'urgent' THEN 1 + floor(chance(n, 34) * 9) ELSE 3 + floor(chance(n, 34) * 32) END::INTEGER AS taking
  FROM drawn d JOIN flats f USING (flat_id) JOIN buildings b USING (building_id)
  WHERE d.reported_on >= b.managed_since
), ended AS (
  SELECT *, CASE WHEN chance(n, 35) < 0.05 THEN 'Cancelled' WHEN reported_on + taking > DATE '2026-02-28' OR chance(n, 35) > 0.985 THEN CASE WHEN chance(n, 36) < 0.5 THEN 'Open' ELSE 'In progress' END ELSE 'Completed' END AS request_status
  FROM told
)
SELECT
  ROW_NUMBER() OVER (ORDER BY reported_on, n)::INTEGER AS request_id, flat_id,
  CASE WHEN request_status IN ('Open', 'Cancelled') THEN NULL ELSE
    CASE category WHEN 'Plumbing' THEN CASE WHEN chance(n, 37) < 0.7 THEN 1 ELSE 5 END WHEN 'Electrical' THEN CASE WHEN chance(n, 37) < 0.6 THEN 2 ELSE 8 END
      WHEN 'Heating and cooling' THEN 3 WHEN 'Appliances' THEN 4 WHEN 'Locks' THEN 6 WHEN 'Pests' THEN 7 ELSE 9 END END::INTEGER AS contractor_id,
  category, priority, reported_on,
  CASE WHEN request_status = 'Completed' THEN reported_on + taking END AS completed_on, request_status,
  CASE WHEN request_status = 'Completed' THEN (60 + floor(pow(chance(n, 38), 3) * 1400) + CASE priority WHEN 'Emergency' THEN 180 WHEN 'urgent' THEN 60 ELSE 0 END) END::DECIMAL(10, 2) AS cost,
  CASE WHEN request_status = 'Completed' AND chance(n, 39) < 0.6 THEN greatest(1, least(5, 5 - floor(taking / 10.0) - floor(chance(n, 40) * 2.4))) END::INTEGER AS rating
FROM ended;

CREATE TABLE inspections AS
WITH drawn AS (
  SELECT f.flat_id, f.building_id, b.managed_since, k, f.flat_id * 100 + k AS seed,
    (DATE '2023-07-10' + (k * 180)::INTEGER + floor(chance(f.flat_id * 100 + k, 45) * 120)::INTEGER)::DATE AS inspected_on
  FROM flats f JOIN buildings b USING (building_id), range(0, 6) AS t(k)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY inspected_on, flat_id)::INTEGER AS inspection_id, flat_id, inspected_on,
  CASE WHEN chance(seed, 46) < 0.62 THEN 'Routine' WHEN chance(seed, 46) < 0.8 THEN 'Fire safety' ELSE 'Exit' END AS inspection_type,
  CASE WHEN chance(seed, 47) < 0.09 + CASE WHEN building_id IN (4, 7) THEN 0.08 ELSE 0 END THEN 'Failed' WHEN chance(seed, 47) < 0.3 THEN 'Minor issues' ELSE 'Passed' END AS result
FROM drawn
WHERE inspected_on >= managed_since AND inspected_on <= DATE '2026-02-28' AND chance(seed, 48) < 0.92;

CREATE TABLE occupancy_counts AS
WITH days AS (SELECT last_day(DATE '2023-07-01' + to_months(m::INTEGER)) AS counted_on FROM range(0, 32) AS t(m))
SELECT
  b.building_id, d.counted_on, COUNT(DISTINCT f.flat_id)::INTEGER AS flats_total, COUNT(DISTINCT l.flat_id)::INTEGER AS flats_let,
  (COUNT(DISTINCT f.flat_id) - COUNT(DISTINCT l.flat_id))::INTEGER AS flats_vacant
FROM days d
JOIN buildings b ON b.managed_since <= d.counted_on
JOIN flats f ON f.building_id = b.building_id
LEFT JOIN leases l ON l.flat_id = f.flat_id AND l.starts_on <= d.counted_on AND coalesce(l.vacated_on, DATE '2099-01-01') > d.counted_on
GROUP BY 1, 2
ORDER BY 2, 1;

CREATE TABLE rent_targets AS
SELECT
  b.building_id, (DATE '2023-07-01' + to_months(m::INTEGER))::DATE AS target_month,
  (round(b.base_rent * b.flat_count * CASE WHEN b.building_type = 'Townhouses' THEN 1.2 ELSE 0.98 END * (1 + 0.04 * floor(m / 12)) * 0.92 / 100) * 100)::DECIMAL(12, 2) AS target_amount
FROM buildings b, range(0, 36) AS t(m)
WHERE (DATE '2023-07-01' + to_months(m::INTEGER))::DATE >= b.managed_since
ORDER BY 2, 1;
