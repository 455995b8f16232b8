-- A building contractor with twenty-two sites: January 2024 up to 9 September 2026. The same rows on every machine: every figure
-- comes from `pick`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO pick(item, stream, n) AS ((mixed(mixed((item::BIGINT * 48271 + stream * 6700417) % 4294967296)) >> 7) % n)::INTEGER;

CREATE TABLE projects AS
SELECT * FROM (VALUES
  (1, 'Harbour Row', 'Quayside Homes', 'private', 'housing', 'Coast', 'active', 8400000, DATE '2024-02-05', DATE '2026-11-30', 'Nora Whitfield'),
  (2, 'St Brendan School', 'Millbrook Council', 'public', 'school', 'North', 'complete', 5200000, DATE '2024-01-15', DATE '2025-08-20', 'Tom Achterberg'),
  (3, 'Foundry Lofts', 'Ironbridge Living', 'private', 'housing', 'North', 'complete', 6100000, DATE '2024-01-08', DATE '2025-10-31', 'Ruth Okafor'),
  (4, 'Eastgate Depot', 'Pallas Freight', 'private', 'warehouse', 'East', 'complete', 3900000, DATE '2024-03-04', DATE '2025-06-30', 'Piotr Nowicki'),
  (5, 'Larkfield Clinic', 'Larkfield Health Board', 'public', 'hospital', 'South', 'active', 11800000, DATE '2024-04-22', DATE '2027-03-31', 'Nora Whitfield'),
  (6, 'Orchard Close', 'Quayside Homes', 'private', 'housing', 'South', 'active', 4700000, DATE '2025-01-13', DATE '2026-12-18', 'Sami Haddad'),
  (7, 'Beacon Tower', 'Meridian Estates', 'private', 'office', 'East', 'active', 14200000, DATE '2024-05-06', DATE '2027-06-30', 'Ruth Okafor'),
  (8, 'Pier Hotel', 'Seagrass Leisure', 'private', 'hotel', 'Coast', 'on_hold', 7600000, DATE '2024-09-02', DATE '2026-10-30', 'Tom Achterberg'),
  (9, 'Ridgeway Bypass', 'County Highways', 'public', 'road', 'North', 'active', 9800000, DATE '2024-06-10', DATE '2026-12-31', 'Piotr Nowicki'),
  (10, 'Willow Primary', 'Millbrook Council', 'public', 'school', 'South', 'active', 4300000, DATE '2025-03-03', DATE '2026-09-30', 'Sami Haddad'),
  (11, 'Canal Works', 'Ironbridge Living', 'private', 'housing', 'East', 'active', 6900000, DATE '2025-02-10', DATE '2027-01-29', 'Nora Whitfield'),
  (12, 'Saltmarsh Flats', 'Quayside Homes', 'private', 'housing', 'Coast', 'complete', 3500000, DATE '2024-01-22', DATE '2025-05-16', 'Sami Haddad'),
  (13, 'Kestrel House', 'Meridian Estates', 'private', 'office', 'South', 'complete', 5600000, DATE '2024-02-19', DATE '2025-12-12', 'Ruth Okafor'),
  (14, 'Hollow Lane Depot', 'Pallas Freight', 'private', 'warehouse', 'North', 'active', 4100000, DATE '2025-05-12', DATE '2026-11-13', 'Tom Achterberg'),
  (15, 'Cliffside Road', 'County Highways', 'public', 'road', 'Coast', 'active', 6300000, DATE '2025-04-07', DATE '2027-02-26', 'Piotr Nowicki'),
  (16, 'Maple Ward', 'Larkfield Health Board', 'public', 'hospital', 'East', 'active', 8900000, DATE '2025-06-02', DATE '2027-08-31', 'Nora Whitfield'),
  (17, 'Drovers Inn', 'Seagrass Leisure', 'private', 'hotel', 'North', 'active', 3300000, DATE '2025-09-08', DATE '2026-12-04', 'Sami Haddad'),
  (18, 'Granary Offices', 'Meridian Estates', 'private', 'office', 'North', 'on_hold', 5100000, DATE '2025-01-27', DATE '2026-10-16', 'Ruth Okafor'),
  (19, 'Tideway School', 'Millbrook Council', 'public', 'school', 'Coast', 'active', 5900000, DATE '2025-08-04', DATE '2027-04-30', 'Tom Achterberg'),
  (20, 'Fenland Store', 'Pallas Freight', 'private', 'warehouse', 'East', 'active', 4600000, DATE '2025-10-06', DATE '2027-01-15', 'Piotr Nowicki'),
  (21, 'Chapel Gardens', 'Ironbridge Living', 'private', 'housing', 'South', 'active', 5400000, DATE '2026-01-12', DATE '2027-09-30', 'Sami Haddad'),
  (22, 'Lantern Quay', 'Quayside Homes', 'private', 'housing', 'Coast', 'active', 7200000, DATE '2026-02-16', DATE '2028-01-31', 'Ruth Okafor')
) AS t(project_id, site_name, client_name, client_sector, building_type, region, project_status, contract_value, started_on, due_on, site_manager);

-- each site's last day of work, for drawing sites by day
CREATE TABLE site_slots AS
SELECT project_id, started_on, CASE WHEN project_status = 'complete' THEN due_on + 20 WHEN project_status = 'on_hold' THEN DATE '2026-04-17' ELSE DATE '2026-09-09' END AS ended_on
FROM projects ORDER BY project_id;

CREATE TABLE subcontractors AS
SELECT * FROM (VALUES
  (1, 'Voltline', 'electrical', 'gold', 'office@voltline.example', '555-0101'), (2, 'Brightwire', 'electrical', 'silver', 'jobs@brightwire.example', '555-0102'),
  (3, 'Copper & Sons', 'plumbing', 'gold', 'hello@coppersons.example', '555-0103'), (4, 'Clearflow', 'plumbing', 'bronze', 'mail@clearflow.example', '555-0104'),
  (5, 'Topslate', 'roofing', 'silver', 'mail@topslate.example', '555-0105'), (6, 'Ridge & Gable', 'roofing', 'gold', 'info@ridgegable.example', '555-0106'),
  (7, 'Deepdig', 'groundworks', 'silver', 'info@deepdig.example', '555-0107'), (8, 'Terra Plant', 'groundworks', 'bronze', 'info@terraplant.example', '555-0108'),
  (9, 'Oak Joinery', 'carpentry', 'gold', 'shop@oakjoinery.example', '555-0109'), (10, 'Dovetail', 'carpentry', 'silver', 'shop@dovetail.example', '555-0110'),
  (11, 'Fresh Coat', 'painting', 'silver', 'hi@freshcoat.example', '555-0111'), (12, 'Two Brushes', 'painting', 'bronze', 'hi@twobrushes.example', '555-0112'),
  (13, 'Stonehand', 'masonry', 'gold', 'yard@stonehand.example', '555-0113'), (14, 'Redbrick Lads', 'masonry', 'bronze', 'yard@redbrick.example', '555-0114'),
  (15, 'Smoothwall', 'drywall', 'silver', 'ops@smoothwall.example', '555-0115'), (16, 'Partition Pros', 'drywall', 'silver', 'ops@partition.example', '555-0116')
) AS t(subcontractor_id, company_name, trade, grade, contact_email, contact_phone);

CREATE TABLE work_orders AS
WITH raw AS (
  SELECT i, DATE '2024-01-08' + ((i * 975) // 5400)::INTEGER AS raised_on, 1 + pick(i, 2, 22) AS project_id,
    1 + (pick(i, 3, 16) + CASE WHEN pick(i, 4, 5) = 0 THEN 1 ELSE 0 END) % 16 AS subcontractor_id
  FROM generate_series(1, 5400) AS t(i)
), kept AS (
  SELECT r.* FROM raw r JOIN site_slots s USING (project_id) WHERE r.raised_on BETWEEN s.started_on AND s.ended_on
), planned AS (
  SELECT *, raised_on + (3 + pick(i, 5, 18)) AS planned_start, 2 + pick(i, 6, 16) AS planned_days FROM kept
), worked AS (
  SELECT *, planned_start + planned_days AS planned_finish, planned_start + (pick(i, 7, 6) - 2) AS really_start,
    planned_start + planned_days + (pick(i, 8, 14) - 8) + CASE WHEN subcontractor_id IN (4, 8, 12, 14) THEN 3 WHEN subcontractor_id IN (1, 6, 9) THEN -1 ELSE 0 END
      + CASE WHEN month(raised_on) IN (12, 1, 2) THEN 2 ELSE 0 END AS maybe_finish, pick(i, 9, 100) < 6 AS off
  FROM planned
), dated AS (SELECT *, greatest(maybe_finish, really_start + 1) AS really_finish FROM worked)
SELECT row_number() OVER (ORDER BY i)::INTEGER AS work_order_id, project_id, subcontractor_id,
  ['groundwork', 'structure', 'envelope', 'fit-out', 'finishing'][1 + pick(i, 10, 5)] AS phase,
  raised_on, planned_start, planned_finish,
  CASE WHEN NOT off AND really_start <= DATE '2026-09-09' THEN really_start END AS actual_start,
  CASE WHEN NOT off AND really_finish <= DATE '2026-09-09' THEN really_finish END AS actual_finish,
  CASE WHEN off THEN 'cancelled' WHEN really_finish <= DATE '2026-09-09' THEN 'done' WHEN really_start <= DATE '2026-09-09' THEN 'in_progress' ELSE 'waiting' END AS order_status,
  (800 + pick(i, 11, 9000) + planned_days * 210 + CASE WHEN subcontractor_id IN (1, 7, 13) THEN 1900 ELSE 0 END)::DECIMAL(12, 2) AS agreed_amount,
  NOT off AND really_finish <= DATE '2026-09-09' AND pick(i, 12, 100) < CASE WHEN subcontractor_id IN (4, 8, 12, 14) THEN 17 ELSE 7 END AS needed_rework
FROM dated ORDER BY work_order_id;

CREATE TABLE purchase_orders AS
WITH raw AS (
  SELECT i, DATE '2024-01-09' + ((i * 974) // 7000)::INTEGER AS ordered_on, 1 + pick(i, 21, 22) AS project_id, 1 + pick(i, 22, 7) AS m
  FROM generate_series(1, 7000) AS t(i)
), kept AS (
  SELECT r.*, 3 + pick(i, 23, 12) AS promised, pick(i, 24, 9) - 5 + CASE WHEN m = 3 THEN 3 ELSE 0 END AS slip, pick(i, 25, 100) < 4 AS off, pick(i, 28, 7) AS sup
  FROM raw r JOIN site_slots s USING (project_id) WHERE r.ordered_on BETWEEN s.started_on AND s.ended_on
)
SELECT row_number() OVER (ORDER BY i)::INTEGER AS po_id, project_id,
  ['Baxter Supply', 'Northern Merchants', 'Dry Dock Timber', 'Castle Aggregates', 'Glassmere', 'Union Steel Yard', 'Handy Trade Counter'][1 + sup] AS supplier,
  ['concrete', 'timber', 'steel', 'brick', 'glass', 'insulation', 'pipe'][m] AS material,
  (5 + pick(i, 26, 60)) AS quantity,
  ([118, 64, 205, 42, 156, 38, 27][m] + pick(i, 27, 30) + (year(ordered_on) - 2024) * 6)::DECIMAL(10, 2) AS unit_price,
  ordered_on, ordered_on + promised AS promised_on,
  CASE WHEN NOT off AND ordered_on + greatest(promised + slip, 1) <= DATE '2026-09-09' THEN ordered_on + greatest(promised + slip, 1) END AS delivered_on,
  CASE WHEN off THEN 'cancelled' WHEN ordered_on + greatest(promised + slip, 1) <= DATE '2026-09-09' THEN 'delivered' ELSE 'on_order' END AS po_status
FROM kept ORDER BY po_id;

CREATE TABLE workers AS
SELECT i::INTEGER AS worker_id,
  ['Adam', 'Bela', 'Carlos', 'Dennis', 'Eamon', 'Farid', 'Gwen', 'Hanna', 'Ivan', 'Jo'][1 + pick(i, 31, 10)] || ' ' || ['Marsh', 'Kovacs', 'Duarte', 'Boyle', 'Rahman', 'Steele', 'Lund'][1 + pick(i, 32, 7)] AS full_name,
  '555-02' || lpad(i::VARCHAR, 2, '0') AS mobile,
  ['Red', 'Blue', 'Green', 'Yellow'][1 + (i % 4)::INTEGER] AS crew,
  CASE WHEN i % 8 = 0 THEN 'foreman' WHEN i % 5 = 1 THEN 'apprentice' ELSE 'builder' END AS grade,
  (CASE WHEN i % 8 = 0 THEN 34 WHEN i % 5 = 1 THEN 15 ELSE 24 END + pick(i, 33, 5))::DECIMAL(6, 2) AS hourly_rate,
  CASE WHEN i <= 32 THEN DATE '2018-03-01' + pick(i, 34, 2000) ELSE DATE '2024-06-03' + (i - 33)::INTEGER * 61 END AS hired_on
FROM generate_series(1, 42) AS t(i) ORDER BY worker_id;

CREATE TABLE timesheets AS
WITH days AS (
  SELECT w.worker_id, d::INTEGER AS d, DATE '2024-01-02' + d::INTEGER AS work_date, w.worker_id * 2000 + d AS seed, w.hired_on, w.crew
  FROM workers w, generate_series(0, 981) AS t(d)
), kept AS (
  SELECT *, 1 + pick(worker_id * 400 + d // 14, 41, 22) AS first_choice
  FROM days
  WHERE work_date >= hired_on AND work_date <= DATE '2026-09-09' AND isodow(work_date) < 7
    AND pick(seed, 42, 100) < CASE WHEN isodow(work_date) = 6 THEN 9 WHEN month(work_date) IN (12, 1) THEN 55 ELSE 70 END
), placed AS (
  SELECT k.*, CASE WHEN s.project_id IS NOT NULL THEN k.first_choice ELSE [1, 5, 7, 9][1 + pick(worker_id, 43, 4)] END AS project_id
  FROM kept k LEFT JOIN site_slots s ON s.project_id = k.first_choice AND k.work_date BETWEEN s.started_on AND s.ended_on
)
SELECT row_number() OVER (ORDER BY p.work_date, p.worker_id)::INTEGER AS timesheet_id, p.worker_id, p.project_id, p.work_date,
  (6 + pick(seed, 44, 5) * 0.5)::DECIMAL(5, 2) AS regular_hours,
  (CASE WHEN pick(seed, 45, 100) < CASE WHEN crew = 'Red' THEN 30 ELSE 18 END THEN 0.5 + pick(seed, 46, 6) * 0.5 ELSE 0 END)::DECIMAL(5, 2) AS overtime_hours
FROM placed p JOIN site_slots s2 ON s2.project_id = p.project_id AND p.work_date >= s2.started_on
ORDER BY timesheet_id;

CREATE TABLE equipment_rentals AS
WITH raw AS (
  SELECT i, DATE '2024-01-10' + ((i * 973) // 2600)::INTEGER AS rented_from, 1 + pick(i, 51, 22) AS project_id, 1 + pick(i, 52, 6) AS e
  FROM generate_series(1, 2600) AS t(i)
)
SELECT row_number() OVER (ORDER BY i)::INTEGER AS rental_id, r.project_id,
  ['crane', 'excavator', 'scaffold', 'generator', 'forklift', 'concrete pump'][e] AS equipment,
  ['Liftwell Hire', 'Yellow Plant', 'Rentaroo'][1 + pick(i, 53, 3)] AS hire_firm,
  rented_from, (1 + pick(i, 54, 20)) AS rental_days,
  ([640, 310, 85, 60, 120, 270][e] + pick(i, 55, 40))::DECIMAL(8, 2) AS day_rate
FROM raw r JOIN site_slots s USING (project_id) WHERE r.rented_from BETWEEN s.started_on AND s.ended_on ORDER BY rental_id;

CREATE TABLE incidents AS
WITH raw AS (
  SELECT i, DATE '2024-01-11' + ((i * 971) // 900)::INTEGER AS happened_on, 1 + pick(i, 61, 22) AS project_id, pick(i, 62, 100) AS sev
  FROM generate_series(1, 900) AS t(i)
)
SELECT row_number() OVER (ORDER BY i)::INTEGER AS incident_id, r.project_id, happened_on,
  ['fall', 'cut', 'strain', 'falling object', 'electric shock', 'vehicle'][1 + pick(i, 63, 6)] AS cause,
  CASE WHEN sev < 45 THEN 'near_miss' WHEN sev < 80 THEN 'first_aid' ELSE 'lost_time' END AS severity,
  CASE WHEN sev >= 80 THEN 1 + pick(i, 64, 18) ELSE 0 END AS lost_days,
  'Note ' || i || ' of the site office' AS statement_text
FROM raw r JOIN site_slots s USING (project_id) WHERE r.happened_on BETWEEN s.started_on AND s.ended_on ORDER BY incident_id;

CREATE TABLE invoices AS
WITH raw AS (
  SELECT i, DATE '2024-01-15' + ((i * 968) // 2200)::INTEGER AS issued_on, 1 + pick(i, 71, 22) AS project_id
  FROM generate_series(1, 2200) AS t(i)
), kept AS (
  SELECT r.*, p.client_sector, p.contract_value, pick(i, 72, 100) < 3 AS off,
    12 + pick(i, 73, 32) + CASE WHEN p.client_name IN ('County Highways', 'Meridian Estates') THEN 11 ELSE 0 END + CASE WHEN p.client_sector = 'public' THEN 4 ELSE 0 END AS pays_after
  FROM raw r JOIN site_slots s USING (project_id) JOIN projects p USING (project_id) WHERE r.issued_on BETWEEN s.started_on AND s.ended_on
)
SELECT row_number() OVER (ORDER BY i)::INTEGER AS invoice_id, project_id, issued_on, issued_on + 30 AS due_on,
  CASE WHEN NOT off AND issued_on + pays_after <= DATE '2026-09-09' AND pick(i, 74, 100) >= 2 THEN issued_on + pays_after END AS paid_on,
  CASE WHEN off THEN 'void' WHEN issued_on + pays_after <= DATE '2026-09-09' AND pick(i, 74, 100) >= 2 THEN 'paid' ELSE 'open' END AS invoice_status,
  ['progress', 'progress', 'progress', 'variation', 'retention'][1 + pick(i, 75, 5)] AS invoice_kind,
  ((contract_value // 90) * (60 + pick(i, 76, 80)) // 100)::DECIMAL(14, 2) AS amount
FROM kept ORDER BY invoice_id;

DROP TABLE site_slots;
