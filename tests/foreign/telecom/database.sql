-- Fundy Telecom, a regional mobile and broadband operator in Atlantic Canada: bills, tickets and ports from September 2023, usage from
-- September 2024, all up to 31 October 2025. The same rows on every machine: every draw comes from `dice`, arithmetic on whole numbers.

CREATE MACRO scrambled(x) AS (xor(x, x >> 13) * 1274126177) % 4294967296;
CREATE MACRO dice(item, stream) AS
  scrambled(scrambled(scrambled((item::BIGINT * 668265263 + stream::BIGINT * 374761393 + 97) % 4294967296))) / 4294967296.0;

CREATE TEMP TABLE towns AS
SELECT * FROM (VALUES
  (1, 'Moncton', 'New Brunswick', 'Acadia', 'Central'), (2, 'Saint John', 'New Brunswick', 'Fundy', 'West'), (3, 'Fredericton', 'New Brunswick', 'Capital', 'West'),
  (4, 'Halifax', 'Nova Scotia', 'Capital', 'East'), (5, 'Dartmouth', 'Nova Scotia', 'Capital', 'East'), (6, 'Charlottetown', 'Prince Edward Island', 'Island', 'Islands'),
  (7, 'Dieppe', 'New Brunswick', 'Acadia', 'Central'), (8, 'Sydney', 'Nova Scotia', 'Cape Breton', 'Islands'), (9, 'Truro', 'Nova Scotia', 'Fundy', 'East'),
  (10, 'Bathurst', 'New Brunswick', 'Acadia', 'Central'), (11, 'Miramichi', 'New Brunswick', 'Acadia', 'Central'), (12, 'Summerside', 'Prince Edward Island', 'Island', 'Islands'),
  (13, 'Sussex', 'New Brunswick', 'Fundy', 'West'), (14, 'Sackville', 'New Brunswick', 'Fundy', 'Central'), (15, 'Amherst', 'Nova Scotia', 'Fundy', 'Central'),
  (16, 'Yarmouth', 'Nova Scotia', 'South Shore', 'East'), (17, 'Bridgewater', 'Nova Scotia', 'South Shore', 'East'), (18, 'Lunenburg', 'Nova Scotia', 'South Shore', 'East'),
  (19, 'Digby', 'Nova Scotia', 'Fundy', 'East'), (20, 'Edmundston', 'New Brunswick', 'Capital', 'West'), (21, 'Campbellton', 'New Brunswick', 'Acadia', 'Central'),
  (22, 'Caraquet', 'New Brunswick', 'Acadia', 'Central'), (23, 'Shediac', 'New Brunswick', 'Acadia', 'Central'), (24, 'Woodstock', 'New Brunswick', 'Capital', 'West'),
  (25, 'St. Stephen', 'New Brunswick', 'Fundy', 'West'), (26, 'Antigonish', 'Nova Scotia', 'Cape Breton', 'East'), (27, 'New Glasgow', 'Nova Scotia', 'Cape Breton', 'East'),
  (28, 'Glace Bay', 'Nova Scotia', 'Cape Breton', 'Islands'), (29, 'Port Hawkesbury', 'Nova Scotia', 'Cape Breton', 'Islands'), (30, 'Kentville', 'Nova Scotia', 'Fundy', 'East'),
  (31, 'Wolfville', 'Nova Scotia', 'Fundy', 'East'), (32, 'Souris', 'Prince Edward Island', 'Island', 'Islands'), (33, 'Montague', 'Prince Edward Island', 'Island', 'Islands'),
  (34, 'Tignish', 'Prince Edward Island', 'Island', 'Islands')
) AS t(town_no, town, province, zone, area);

CREATE TABLE shops AS
SELECT
  ((town_no - 1) * 6 + k)::INTEGER AS shop_id,
  town || ' ' || ['Main Street', 'Mall', 'Market', 'Waterfront', 'Plaza', 'Station'][k] AS shop_name,
  CASE WHEN k = 1 AND town_no <= 20 THEN 'Company store' WHEN k IN (2, 5) THEN 'Kiosk' ELSE 'Dealer' END AS shop_kind,
  area AS sales_area,
  (DATE '2009-03-02' + floor(dice(town_no * 10 + k, 1) * 5600)::INTEGER)::DATE AS opened_on,
  k = 1 AND dice(town_no * 10 + k, 2) < 0.7 AS has_repair_bench
FROM towns, range(1, 7) AS r(k);

CREATE TABLE cell_sites AS
WITH drawn AS (SELECT *, ((town_no - 1) * 7 + k)::INTEGER AS site_id FROM towns, range(1, 8) AS r(k))
SELECT
  site_id, town || ' ' || ['Hill', 'Wharf', 'Water Tower', 'Church', 'Industrial Park', 'Exit', 'Arena'][k] AS site_name, zone AS network_zone,
  CASE WHEN dice(site_id, 3) < 0.34 THEN '5G' WHEN dice(site_id, 3) < 0.86 THEN '4G' ELSE '3G' END AS technology,
  CASE WHEN k IN (1, 3, 6) THEN 'Tower' WHEN k IN (2, 4) THEN 'Rooftop' ELSE 'Small cell' END AS structure,
  CASE WHEN dice(site_id, 4) < 0.5 THEN 'Own' WHEN dice(site_id, 4) < 0.8 THEN 'Leased' ELSE 'Shared' END AS tenure,
  CASE WHEN dice(site_id, 5) < 0.6 THEN 'Fibre' ELSE 'Microwave' END AS backhaul,
  CASE WHEN dice(site_id, 6) < 0.86 THEN 'On air' WHEN dice(site_id, 6) < 0.94 THEN 'Planned' ELSE 'Retired' END AS site_status,
  CASE WHEN dice(site_id, 6) < 0.86 OR dice(site_id, 6) >= 0.94 THEN (DATE '2012-01-09' + floor(sqrt(dice(site_id, 7)) * 5030)::INTEGER)::DATE END AS on_air_since,
  (620 + floor(dice(site_id, 8) * 1500) + CASE WHEN k IN (1, 3, 6) THEN 700 ELSE 0 END)::DECIMAL(10, 2) AS monthly_cost
FROM drawn;

CREATE TABLE plans AS
WITH families AS (
  SELECT * FROM (VALUES
    (1, 'Drift', 'Mobile', 'Prepaid', 15, [2, 5, 10, 20]), (2, 'Tide', 'Mobile', 'Postpaid', 38, [10, 25, 50, 100]),
    (3, 'Gale', 'Mobile', 'Postpaid', 62, [150, 200, 300, NULL]), (4, 'Share', 'Mobile', 'Postpaid', 48, [20, 40, 80, 120]),
    (5, 'Pro', 'Mobile', 'Postpaid', 55, [30, 60, 120, NULL]), (6, 'Harbour', 'DSL', 'Postpaid', 45, [10, 25, 50, 75]),
    (7, 'Beacon', 'Fibre', 'Postpaid', 65, [150, 300, 500, 1000]), (8, 'Lighthouse', 'Fixed wireless', 'Postpaid', 52, [10, 25, 50, 100])
  ) AS t(f, family, service, billing_type, base_price, sizes)
)
SELECT
  ((f - 1) * 28 + (s - 1) * 7 + v + 1)::INTEGER AS plan_id,
  family || ' ' || coalesce(sizes[s]::VARCHAR, 'Max') || ' (' || (2018 + v) || ')' AS plan_name,
  family AS plan_family, service, billing_type,
  (base_price + (s - 1) * 12 + v * 1.5)::DECIMAL(10, 2) AS list_price,
  CASE WHEN service = 'Mobile' THEN sizes[s] END::INTEGER AS data_allowance_gb,
  CASE WHEN service <> 'Mobile' THEN sizes[s] END::INTEGER AS speed_mbps,
  make_date(2018 + v, 1 + f, 1) AS launched_on,
  v >= 5 AND NOT (service = 'DSL' AND s < 3) AS on_sale
FROM families, range(1, 5) AS r(s), range(0, 7) AS q(v);

CREATE TABLE customers AS
WITH drawn AS (
  SELECT n, CASE WHEN n <= 560 THEN DATE '2014-02-01' + floor(sqrt(dice(n, 10)) * 3490)::INTEGER
                 ELSE DATE '2023-09-01' + floor(dice(n, 10) * 785)::INTEGER END AS joined, (1 + floor(pow(dice(n, 11), 1.7) * 34))::INTEGER AS town_no,
    CASE WHEN dice(n, 12) < 0.69 THEN 'Household' WHEN dice(n, 12) < 0.87 THEN 'Small business' WHEN dice(n, 12) < 0.93 THEN 'Enterprise' ELSE 'Public sector' END AS segment
  FROM range(1, 981) AS r(n)
), leaving AS (
  SELECT *, greatest(joined, DATE '2023-08-20') + 70 + floor(dice(n, 13) * 690)::INTEGER AS leaves FROM drawn
)
SELECT
  n::INTEGER AS customer_id,
  CASE WHEN segment = 'Household' THEN ['Emma', 'Liam', 'Chloé', 'Noah', 'Mireille', 'Owen', 'Rania', 'Gaétan', 'Hannah'][1 + floor(dice(n, 14) * 9)::INTEGER] || ' '
      || ['LeBlanc', 'MacDonald', 'Arsenault', 'Chiasson', 'Murphy', 'Singh', 'Gallant', 'Steeves'][1 + floor(dice(n, 15) * 8)::INTEGER]
    ELSE ['Bluenose', 'Maritime', 'Acadian', 'Cormorant', 'Tidal'][1 + floor(dice(n, 14) * 5)::INTEGER] || ' '
      || CASE segment WHEN 'Public sector' THEN 'School District ' ELSE 'Holdings ' END || n END AS customer_name,
  'account' || n || '@mail.example' AS email,
  '506-555-' || lpad((n * 37 % 10000)::VARCHAR, 4, '0') AS contact_phone,
  (n * 7 % 390 + 1) || ' ' || ['King St', 'Water St', 'Rue Acadie', 'Mill Rd'][1 + n % 4] AS street_address,
  segment, t.town, t.province,
  CASE WHEN dice(n, 16) < CASE WHEN t.zone = 'Acadia' THEN 0.55 ELSE 0.06 END THEN 'French' ELSE 'English' END AS language,
  dice(n, 17) < 0.58 AS has_autopay,
  joined::DATE AS joined_on,
  CASE WHEN dice(n, 18) < 0.27 AND leaves <= DATE '2025-10-31' THEN leaves::DATE END AS left_on
FROM leaving l JOIN towns t USING (town_no);

CREATE TABLE lines AS
WITH placed AS (
  SELECT c.*, k, c.customer_id * 10 + k AS seed,
    (c.joined_on + CASE WHEN k = 0 THEN 0 ELSE 20 + floor(dice(c.customer_id * 10 + k, 20) * 900)::INTEGER END)::DATE AS activated_on
  FROM customers c, range(0, 5) AS r(k)
  WHERE k = 0 OR dice(c.customer_id * 10 + k, 21) < CASE c.segment WHEN 'Household' THEN 0.3 WHEN 'Small business' THEN 0.4 ELSE 0.65 END / k ^ 0.5
), ended AS (
  SELECT *, CASE WHEN dice(seed, 22) < 0.17 THEN activated_on + 60 + floor(dice(seed, 23) * 1500)::INTEGER END AS own_end FROM placed
  WHERE activated_on <= DATE '2025-10-31' AND (left_on IS NULL OR activated_on < left_on - 30)
), kept AS (
  SELECT *, CASE WHEN own_end < DATE '2023-09-01' OR own_end > DATE '2025-10-31' THEN left_on WHEN left_on IS NULL THEN own_end ELSE least(own_end, left_on) END AS ends FROM ended
), kinds AS (
  SELECT *, CASE WHEN dice(seed, 24) < 0.62 THEN 1 WHEN dice(seed, 24) < 0.82 THEN 7 WHEN dice(seed, 24) < 0.91 THEN 6 ELSE 8 END AS drawn_family FROM kept
), families AS (
  SELECT *, CASE WHEN drawn_family <> 1 THEN drawn_family WHEN segment <> 'Household' THEN CASE WHEN dice(seed, 25) < 0.7 THEN 5 ELSE 2 END
    WHEN dice(seed, 25) < 0.24 THEN 1 WHEN dice(seed, 25) < 0.58 THEN 2 WHEN dice(seed, 25) < 0.76 THEN 3 ELSE 4 END AS f FROM kinds
)
SELECT
  ROW_NUMBER() OVER (ORDER BY activated_on, seed)::INTEGER AS line_id,
  customer_id,
  ((f - 1) * 28 + floor(pow(dice(seed, 26), 1.3) * 4)::INTEGER * 7 + least(greatest(YEAR(activated_on) - 2018 - (dice(seed, 27) < 0.3)::INTEGER, 0), 6) + 1)::INTEGER AS plan_id,
  CASE WHEN dice(seed, 28) < 0.53 THEN (1 + floor(pow(dice(seed, 29), 2.4) * 204))::INTEGER END AS shop_id,
  '506-' || (600 + seed % 300) || '-' || lpad((seed * 53 % 10000)::VARCHAR, 4, '0') AS line_number,
  CASE WHEN dice(seed, 28) < 0.53 THEN 'Shop' WHEN dice(seed, 28) < 0.79 THEN 'Website' WHEN dice(seed, 28) < 0.92 THEN 'Call centre' ELSE 'door_to_door' END AS sold_through,
  f <= 5 AND dice(seed, 30) < 0.4 AS has_financed_device,
  activated_on,
  ends::DATE AS deactivated_on,
  CASE WHEN ends IS NOT NULL AND dice(seed, 31) < 0.88 THEN ['Price', 'Price', 'Coverage', 'Moved away', 'Better offer', 'Non-payment', 'Speed'][1 + floor(dice(seed, 32) * 7)::INTEGER] END AS leaving_reason
FROM families;

CREATE TABLE monthly_usage AS
SELECT
  l.line_id, m.first_day::DATE AS usage_month,
  (l.deactivated_on IS NULL OR l.deactivated_on > last_day(m.first_day::DATE))::INTEGER AS in_service,
  CASE WHEN p.service = 'Mobile'
       THEN round(least(coalesce(p.data_allowance_gb, 260), 320) * (0.15 + dice(l.line_id * 100 + m.n, 40) * 0.8) * (1 + 0.012 * m.n), 2)
       ELSE round(p.speed_mbps ^ 0.5 * (9 + dice(l.line_id * 100 + m.n, 40) * 16) * (1 + 0.008 * m.n) * CASE WHEN month(m.first_day) IN (12, 1, 2) THEN 1.15 ELSE 1 END, 2)
  END::DECIMAL(10, 2) AS data_gb,
  CASE WHEN p.service = 'Mobile' AND dice(l.line_id * 100 + m.n, 41) < CASE WHEN month(m.first_day) IN (3, 7, 8) THEN 0.19 ELSE 0.07 END
       THEN round(0.2 + dice(l.line_id * 100 + m.n, 42) * 4, 2) ELSE 0 END::DECIMAL(10, 2) AS roaming_gb,
  CASE WHEN p.service = 'Mobile' THEN floor(30 + dice(l.line_id * 100 + m.n, 43) * 520)::INTEGER ELSE 0 END AS voice_minutes,
  CASE WHEN p.service = 'Mobile' THEN floor(dice(l.line_id * 100 + m.n, 44) * 260 * (1 - 0.015 * m.n))::INTEGER ELSE 0 END AS texts_sent
FROM lines l JOIN plans p USING (plan_id), (SELECT n, DATE '2024-09-01' + to_months(n::INTEGER) AS first_day FROM range(0, 14) AS r(n)) m
WHERE l.activated_on <= last_day(m.first_day::DATE) AND (l.deactivated_on IS NULL OR l.deactivated_on >= m.first_day);

CREATE TABLE bills AS
WITH months AS (SELECT n, DATE '2023-09-01' + to_months(n::INTEGER) AS first_day FROM range(0, 26) AS r(n)),
charged AS (
  SELECT c.customer_id, m.n, c.has_autopay, (m.first_day + to_days([0, 7, 14, 21][1 + c.customer_id % 4]))::DATE AS billed_on,
    SUM(p.list_price) AS plan_charges, SUM(CASE WHEN l.has_financed_device AND l.activated_on > m.first_day - INTERVAL 730 DAY THEN 28.5 ELSE 0 END) AS device_charges,
    BOOL_OR(p.service = 'Mobile') AS has_mobile
  FROM customers c JOIN lines l USING (customer_id) JOIN plans p USING (plan_id), months m
  WHERE l.activated_on <= m.first_day + to_days([0, 7, 14, 21][1 + c.customer_id % 4])
    AND (l.deactivated_on IS NULL OR l.deactivated_on > m.first_day + to_days([0, 7, 14, 21][1 + c.customer_id % 4]))
  GROUP BY ALL
), drawn AS (
  SELECT *, ROW_NUMBER() OVER (ORDER BY billed_on, customer_id)::INTEGER AS bill_id, customer_id * 100 + n AS seed,
    CASE WHEN has_mobile AND dice(customer_id * 100 + n, 50) < 0.27 THEN (3 + floor(pow(dice(customer_id * 100 + n, 51), 2) * 6500) / 100) ELSE 0 END::DECIMAL(10, 2) AS usage_charges,
    (billed_on + CASE WHEN has_autopay AND dice(customer_id * 100 + n, 52) < 0.9 THEN 18 ELSE 2 + floor(dice(customer_id * 100 + n, 53) * 34)::INTEGER END)::DATE AS pays_on
  FROM charged
)
SELECT
  bill_id, customer_id, billed_on, (billed_on + 21)::DATE AS due_on,
  plan_charges::DECIMAL(10, 2) AS plan_charges, usage_charges, device_charges::DECIMAL(10, 2) AS device_charges,
  round((plan_charges + usage_charges + device_charges) * 0.15, 2)::DECIMAL(10, 2) AS tax,
  (plan_charges + usage_charges + device_charges + round((plan_charges + usage_charges + device_charges) * 0.15, 2))::DECIMAL(10, 2) AS total_due,
  CASE WHEN dice(seed, 54) < 0.014 THEN 'Cancelled' WHEN dice(seed, 54) < 0.024 THEN 'Disputed' WHEN dice(seed, 54) < 0.045 AND billed_on < DATE '2025-10-10' THEN 'Overdue'
       WHEN pays_on <= DATE '2025-10-31' THEN 'Paid' WHEN billed_on + 21 >= DATE '2025-10-31' THEN 'Open' ELSE 'Overdue' END AS bill_status
FROM drawn;

CREATE TABLE payments AS
WITH due AS (
  SELECT b.*, c.has_autopay, n, b.customer_id * 100 + datediff('month', DATE '2023-09-01', b.billed_on) AS seed
  FROM bills b JOIN customers c USING (customer_id), (SELECT customer_id AS cid, n FROM customers, range(0, 2) AS r(n)) q
  WHERE q.cid = b.customer_id AND b.bill_status = 'Paid'
), tried AS (
  SELECT *, (billed_on + CASE WHEN has_autopay AND dice(seed, 52) < 0.9 THEN 18 ELSE 2 + floor(dice(seed, 53) * 34)::INTEGER END)::DATE AS pays_on FROM due
)
SELECT
  ROW_NUMBER() OVER (ORDER BY pays_on - 2 * (1 - n)::INTEGER, bill_id, n)::INTEGER AS payment_id, bill_id,
  (CASE WHEN n = 0 THEN pays_on - 2 ELSE pays_on END)::DATE AS paid_on, total_due AS amount,
  CASE WHEN has_autopay AND dice(seed, 52) < 0.9 THEN 'Pre-authorized debit' WHEN dice(seed, 55) < 0.46 THEN 'Credit card' WHEN dice(seed, 55) < 0.83 THEN 'E-transfer' ELSE 'In shop' END AS payment_method,
  CASE WHEN n = 0 THEN 'Returned' ELSE 'Settled' END AS payment_status
FROM tried
WHERE n = 1 OR dice(seed, 56) < 0.035;

CREATE TABLE tickets AS
WITH drawn AS (
  SELECT n, l.line_id, p.service, greatest(l.activated_on, DATE '2023-09-01') AS first_day, least(coalesce(l.deactivated_on, DATE '2025-10-31'), DATE '2025-10-31') AS last_day
  FROM range(1, 4201) AS r(n) JOIN lines l ON l.line_id = 1 + floor(dice(n, 60) * (SELECT COUNT(*) FROM lines))::INTEGER JOIN plans p USING (plan_id)
), opened AS (
  SELECT *, (first_day + floor(dice(n, 61) * (last_day - first_day + 1))::INTEGER)::DATE AS opened_on,
    CASE WHEN service = 'Mobile' THEN ['No signal', 'Slow data', 'Billing', 'Billing', 'Device', 'SIM or eSIM', 'Roaming'][1 + floor(dice(n, 62) * 7)::INTEGER]
         ELSE ['Outage', 'Outage', 'Slow data', 'Billing', 'Installation', 'Router'][1 + floor(dice(n, 62) * 6)::INTEGER] END AS topic
  FROM drawn WHERE last_day >= first_day
), timed AS (
  SELECT *, CASE WHEN topic IN ('Outage', 'No signal') THEN CASE WHEN dice(n, 63) < 0.22 THEN 'Critical' WHEN dice(n, 63) < 0.7 THEN 'Major' ELSE 'Minor' END
                 WHEN dice(n, 63) < 0.03 THEN 'Critical' WHEN dice(n, 63) < 0.25 THEN 'Major' ELSE 'Minor' END AS severity,
    (1 + floor(pow(dice(n, 64), 3) * CASE WHEN topic IN ('Outage', 'Installation') THEN 190 ELSE 110 END))::INTEGER AS hours,
    ROW_NUMBER() OVER (ORDER BY opened_on, n)::INTEGER AS ticket_id FROM opened
), ended AS (
  SELECT *, opened_on + to_hours((7 + floor((dice(n, 65) + dice(n, 66)) * 7.5))::INTEGER) + to_minutes(floor(dice(n, 67) * 60)::INTEGER) AS opened_at,
    CASE WHEN dice(n, 68) < 0.03 THEN 'Cancelled' WHEN opened_on > DATE '2025-10-12' AND dice(n, 68) < 0.35 THEN 'In progress'
         WHEN opened_on > DATE '2025-10-05' AND dice(n, 68) < 0.5 THEN 'Waiting on customer' ELSE 'Closed' END AS drawn_status
  FROM timed
), closed AS (
  SELECT *, CASE WHEN drawn_status = 'Closed' AND opened_at + to_hours(hours) >= TIMESTAMP '2025-11-01 00:00:00' THEN 'In progress' ELSE drawn_status END AS ticket_status FROM ended
)
SELECT
  ticket_id, line_id,
  CASE WHEN topic IN ('No signal', 'Slow data') AND service = 'Mobile' THEN (1 + floor(pow(dice(n, 69), 1.6) * 238))::INTEGER END AS site_id,
  opened_at, CASE WHEN ticket_status = 'Closed' THEN (opened_at + to_hours(hours))::DATE END AS closed_on,
  CASE WHEN dice(n, 70) < 0.41 THEN 'Phone' WHEN dice(n, 70) < 0.66 THEN 'Chat' WHEN dice(n, 70) < 0.79 THEN 'mobile_app' WHEN dice(n, 70) < 0.9 THEN 'Email' ELSE 'Counter' END AS contact_channel,
  topic, severity, ticket_status,
  CASE WHEN ticket_status = 'Closed' THEN hours END AS hours_to_solve,
  ticket_status = 'Closed' AND hours <= 24 AND dice(n, 71) < 0.72 AS solved_first_time,
  dice(n, 72) < CASE severity WHEN 'Critical' THEN 0.42 WHEN 'Major' THEN 0.16 ELSE 0.05 END AS is_escalated,
  CASE WHEN ticket_status = 'Closed' AND dice(n, 73) < 0.44 THEN least(5, greatest(1, round(5.4 - hours / 40.0 - dice(n, 74) * 2.6)))::INTEGER END AS rating,
  'Caller says: ' || lower(topic) || ' on line ' || line_id AS agent_note
FROM closed;

CREATE TABLE port_requests AS
WITH mobile AS (
  SELECT l.*, k, l.line_id * 10 + k AS seed FROM lines l JOIN plans p USING (plan_id), range(0, 2) AS r(k) WHERE p.service = 'Mobile'
), moves AS (
  SELECT line_id, seed, k, 'In' AS direction, activated_on AS done FROM mobile WHERE activated_on >= DATE '2023-09-08' AND dice(line_id, 80) < 0.62
  UNION ALL
  SELECT line_id, seed, k, 'Out', deactivated_on FROM mobile WHERE deactivated_on IS NOT NULL AND deactivated_on >= DATE '2023-09-08' AND dice(line_id, 80) < 0.78
), asked AS (
  SELECT *, (done - 1 - floor(dice(seed, 81) * 4)::INTEGER - 2 * (1 - k)::INTEGER)::DATE AS requested_on FROM moves WHERE k = 1 OR dice(seed, 82) < 0.19
  UNION ALL
  SELECT line_id, line_id * 10 + 7, 2, 'Out', NULL, (DATE '2025-10-31' - floor(dice(line_id, 83) * 780)::INTEGER)::DATE
  FROM lines JOIN plans USING (plan_id) WHERE service = 'Mobile' AND deactivated_on IS NULL AND activated_on < DATE '2023-06-01' AND dice(line_id, 84) < 0.2
)
SELECT
  ROW_NUMBER() OVER (ORDER BY requested_on, seed, direction)::INTEGER AS port_id, line_id, direction,
  CASE WHEN dice(line_id, 85) < 0.36 THEN 'Northway' WHEN dice(line_id, 85) < 0.6 THEN 'First Mobile' WHEN dice(line_id, 85) < 0.8 THEN 'Cabot Wireless' WHEN dice(line_id, 85) < 0.93 THEN 'Unity' ELSE 'Chatter' END AS other_carrier,
  requested_on,
  CASE WHEN k = 1 THEN done END AS completed_on,
  CASE WHEN k = 1 THEN 'Completed' WHEN k = 0 THEN 'Rejected' WHEN requested_on > DATE '2025-10-20' THEN 'Pending' ELSE 'Withdrawn' END AS port_status,
  CASE WHEN k = 0 THEN ['Wrong account number', 'Name mismatch', 'Number not active', 'Unpaid device'][1 + floor(dice(seed, 86) * 4)::INTEGER] END AS rejection_reason
FROM asked;

DROP TABLE towns;
