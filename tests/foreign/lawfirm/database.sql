-- A law firm of 60 fee earners in six offices: its time sheets, bills, cash and days in court from January 2023 to 31 October 2025.
-- The same rows on every machine: all chance comes from `luck`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 1540483477) % 4294967296;
CREATE MACRO luck(thing, draw) AS
  mixed(mixed(mixed((thing::BIGINT * 39571431 + draw * 19349663) % 4294967296))) / 4294967296.0;

CREATE TABLE offices AS
SELECT * FROM (VALUES
  (1, 'London', 'England', 1.30, DATE '1987-04-01'), (2, 'Manchester', 'England', 1.05, DATE '1999-09-01'), (3, 'Bristol', 'England', 1.00, DATE '2011-01-10'),
  (4, 'Leeds', 'England', 0.95, DATE '2016-05-03'), (5, 'Edinburgh', 'Scotland', 1.02, DATE '2005-02-14'), (6, 'Dublin', 'Ireland', 1.12, DATE '2019-03-29')
) AS t(office_id, office_name, jurisdiction, rate_factor, opened_on);

CREATE TABLE practice_groups AS
SELECT * FROM (VALUES
  (1, 'Corporate', 'Transactional'), (2, 'Banking and finance', 'Transactional'), (3, 'Real estate', 'Transactional'), (4, 'Commercial litigation', 'Contentious'),
  (5, 'Employment', 'Contentious'), (6, 'Intellectual property', 'Contentious'), (7, 'Tax', 'Advisory'), (8, 'Private client', 'Advisory')
) AS t(practice_group_id, group_name, division);

CREATE TABLE lawyers AS
SELECT
  n::INTEGER AS lawyer_id,
  ['Amelia', 'Rory', 'Fiona', 'Tariq', 'Niamh', 'Oliver', 'Beatrice', 'Kwame', 'Harriet', 'Callum', 'Sunita', 'Edward', 'Aoife', 'Marcus', 'Ingrid', 'Desmond',
   'Yasmin', 'Hugh', 'Catriona', 'Leon'][1 + (n * 7) % 20] || ' '
    || ['Ashworth', 'Okafor', 'MacLeod', 'Pemberton', 'Byrne', 'Haddad', 'Sinclair', 'Whitlock', 'Iqbal', 'Thornbury', 'Gallagher', 'Moreau', 'Castellan', 'Draper',
   'Olusegun', 'Fairfax', 'Kinsella', 'Blackwood', 'Rahman', 'Voss', 'Penrose', 'Lindqvist', 'Adeyemi'][1 + (n * 11) % 23] AS lawyer_name,
  CASE WHEN n <= 12 THEN 'Partner' WHEN n <= 18 THEN 'Of counsel' WHEN n <= 30 THEN 'Senior associate' WHEN n <= 46 THEN 'Associate' WHEN n <= 54 THEN 'Trainee'
       ELSE 'Paralegal' END AS grade,
  [1, 1, 2, 1, 5, 3, 6, 2, 1, 4][1 + n % 10]::INTEGER AS office_id,
  CASE WHEN luck(n, 1) < 0.16 THEN true ELSE false END AS is_part_time,
  CASE WHEN n <= 30 THEN DATE '2008-01-07' + floor(luck(n, 2) * 5200)::INTEGER ELSE DATE '2019-09-02' + floor(luck(n, 2) * 1900)::INTEGER END AS joined_on,
  CASE WHEN n IN (16, 23, 29, 35, 41, 44, 51, 58) THEN DATE '2024-02-29' + floor(luck(n, 3) * 560)::INTEGER END AS left_on,
  '07700 ' || lpad((n * 7919 % 1000000)::VARCHAR, 6, '0') AS mobile,
  (DATE '1962-03-01' + floor(luck(n, 4) * 6000)::INTEGER + CASE WHEN n <= 30 THEN 0 ELSE 7300 END)::DATE AS birth_date
FROM range(1, 61) AS t(n);

CREATE TABLE clients AS
SELECT
  n::INTEGER AS client_id,
  ['Alder', 'Brock', 'Cairn', 'Dunmore', 'Esk', 'Fenwick', 'Garnet', 'Holloway', 'Iona', 'Jura', 'Kestrel', 'Larkspur', 'Merrow', 'Northgate', 'Orwell', 'Pike',
   'Quarry', 'Ravel', 'Solent', 'Tarn'][1 + (n * 3) % 20] || ' '
    || ['Holdings', 'Capital', 'Foods', 'Homes', 'Energy', 'Logistics', 'Systems', 'Estates', 'Media', 'Pharma', 'Trust'][1 + (n * 5) % 11] AS client_name,
  CASE WHEN luck(n, 10) < 0.20 THEN 'Financial services' WHEN luck(n, 10) < 0.36 THEN 'Property' WHEN luck(n, 10) < 0.52 THEN 'Technology' WHEN luck(n, 10) < 0.64 THEN 'Energy'
       WHEN luck(n, 10) < 0.75 THEN 'Retail' WHEN luck(n, 10) < 0.84 THEN 'Life sciences' WHEN luck(n, 10) < 0.93 THEN 'Public sector' END AS sector,
  CASE WHEN luck(n, 11) < 0.18 THEN 'Multinational' WHEN luck(n, 11) < 0.55 THEN 'Mid-market' WHEN luck(n, 11) < 0.85 THEN 'Small business' ELSE 'Family office' END AS client_size,
  luck(n, 12) < 0.14 AS is_key_client,
  (DATE '2014-01-06' + floor(sqrt(luck(n, 13)) * 4290)::INTEGER)::DATE AS client_since,
  ['Paul', 'Greta', 'Simon', 'Meera', 'Anton', 'Lucy'][1 + n % 6] || ' ' || ['Marsh', 'Noble', 'Quinn', 'Reyes', 'Stone'][1 + n % 5] AS contact_name,
  'contact' || n || '@example.com' AS contact_email
FROM range(1, 221) AS t(n);

CREATE TABLE matters AS
WITH drawn AS (
  SELECT n, (DATE '2022-07-01' + floor(luck(n, 20) * 1218)::INTEGER)::DATE AS drawn_on, 30 + floor(pow(luck(n, 21), 1.6) * 520)::INTEGER AS lasting,
    [1, 4, 3, 5, 2, 4, 8, 6, 1, 7, 5, 3, 4, 1][1 + floor(luck(n, 22) * 14)::INTEGER]::INTEGER AS practice_group_id,
    (1 + floor(pow(luck(n, 23), 1.5) * 220))::INTEGER AS drawn_client
  FROM range(1, 861) AS t(n)
), placed AS (
  SELECT d.*, c.client_id, greatest(d.drawn_on, c.client_since) AS opened_on
  FROM drawn d JOIN clients c ON c.client_id = d.drawn_client
)
SELECT
  (4000 + ROW_NUMBER() OVER (ORDER BY opened_on, n))::INTEGER AS matter_id, client_id, practice_group_id, (1 + floor(pow(luck(n, 24), 1.2) * 30))::INTEGER AS lead_lawyer_id,
  opened_on, CASE WHEN opened_on + lasting <= DATE '2025-10-31' AND luck(n, 25) >= 0.04 THEN opened_on + lasting END AS closed_on,
  CASE WHEN opened_on + lasting <= DATE '2025-10-31' AND luck(n, 25) >= 0.04 THEN 'Closed' WHEN luck(n, 26) < 0.13 THEN 'On hold' ELSE 'Open' END AS matter_status,
  CASE WHEN luck(n, 27) < 0.55 THEN 'Hourly' WHEN luck(n, 27) < 0.79 THEN 'Fixed fee' WHEN luck(n, 27) < 0.91 THEN 'Retainer' ELSE 'Conditional fee' END AS fee_arrangement,
  CASE WHEN luck(n, 28) < 0.36 THEN 'Existing client' WHEN luck(n, 28) < 0.58 THEN 'Referral' WHEN luck(n, 28) < 0.76 THEN 'Panel tender' WHEN luck(n, 28) < 0.92 THEN 'Website' END AS origin,
  lasting
FROM placed;

CREATE TABLE time_entries AS
WITH drawn AS (
  SELECT m.matter_id, m.practice_group_id, m.matter_id * 100 + k AS seed, k,
    (m.opened_on + floor(luck(m.matter_id * 100 + k, 30) * m.lasting)::INTEGER)::DATE AS drawn_on,
    CASE WHEN luck(m.matter_id * 100 + k, 31) < 0.30 THEN m.lead_lawyer_id
         ELSE 1 + ((m.lead_lawyer_id * 5 + 13 * (1 + floor(luck(m.matter_id * 100 + k, 32) * 5)::INTEGER) + m.matter_id % 7) % 60) END::INTEGER AS lawyer_id
  FROM matters m, range(0, 34) AS t(k)
  WHERE k < 8 + floor(luck(m.matter_id, 33) * 26)
), weekdays AS (
  SELECT *, CASE WHEN isodow(drawn_on) = 7 THEN drawn_on - 2 WHEN isodow(drawn_on) = 6 AND k % 4 > 0 THEN drawn_on - 1 ELSE drawn_on END AS worked_on FROM drawn
), told AS (
  SELECT w.*, l.grade, o.rate_factor,
    CASE WHEN luck(seed, 34) < 0.34 THEN 'Drafting' WHEN luck(seed, 34) < 0.56 THEN 'Advice' WHEN luck(seed, 34) < 0.72 THEN 'Research' WHEN luck(seed, 34) < 0.82 THEN 'Negotiation'
         WHEN luck(seed, 34) < 0.88 THEN CASE WHEN practice_group_id IN (4, 5, 6) THEN 'Court attendance' ELSE 'Due diligence' END
         WHEN luck(seed, 34) < 0.94 THEN 'Travel' ELSE 'Administration' END AS activity
  FROM weekdays w JOIN lawyers l USING (lawyer_id) JOIN offices o USING (office_id)
  WHERE w.worked_on BETWEEN DATE '2023-01-01' AND DATE '2025-10-31' AND w.worked_on >= l.joined_on AND w.worked_on <= coalesce(l.left_on, DATE '2099-01-01')
)
SELECT
  (100000 + ROW_NUMBER() OVER (ORDER BY worked_on, seed))::INTEGER AS entry_id, matter_id, lawyer_id, worked_on::DATE AS worked_on, activity,
  (round((0.3 + pow(luck(seed, 35), 1.7) * 8.4) * 10) / 10)::DECIMAL(5, 1) AS hours,
  (round(CASE grade WHEN 'Partner' THEN 420 WHEN 'Of counsel' THEN 360 WHEN 'Senior associate' THEN 290 WHEN 'Associate' THEN 220 WHEN 'Trainee' THEN 140 ELSE 110 END
    * rate_factor * (1 + 0.05 * (year(worked_on) - 2023)) / 5) * 5)::DECIMAL(8, 2) AS hourly_rate,
  CASE WHEN activity = 'Administration' THEN false WHEN activity = 'Travel' THEN luck(seed, 36) < 0.4 ELSE luck(seed, 36) < 0.95 END AS is_billable,
  CASE WHEN luck(seed, 37) < 0.055 THEN 'Written off' WHEN worked_on >= DATE '2025-10-01' THEN CASE WHEN luck(seed, 38) < 0.4 THEN 'Draft' ELSE 'Approved' END
       WHEN luck(seed, 37) < 0.09 THEN 'Approved' ELSE 'Billed' END AS entry_status
FROM told;

CREATE TABLE invoices AS
WITH months AS (
  SELECT matter_id, DATE_TRUNC('month', worked_on)::DATE AS month_on, SUM(hours * hourly_rate) AS worth
  FROM time_entries WHERE is_billable AND entry_status = 'Billed' GROUP BY 1, 2
), drawn AS (
  SELECT *, matter_id * 1000 + (year(month_on) - 2023) * 12 + month(month_on) AS seed FROM months WHERE worth >= 150
), placed AS (
  SELECT *, (month_on + to_months(1) + to_days(1 + floor(luck(seed, 40) * 12)::INTEGER))::DATE AS issued_on FROM drawn
)
SELECT
  (20000 + ROW_NUMBER() OVER (ORDER BY issued_on, seed))::INTEGER AS invoice_id, matter_id, issued_on, (issued_on + 30)::DATE AS due_on,
  round(worth, 2)::DECIMAL(12, 2) AS gross_fees,
  CASE WHEN luck(seed, 41) < 0.17 THEN round(worth * (0.05 + 0.05 * floor(luck(seed, 42) * 4)), 2) ELSE 0 END::DECIMAL(12, 2) AS discount,
  CASE WHEN luck(seed, 43) < 0.38 THEN 40 + floor(pow(luck(seed, 44), 2.2) * 2600) ELSE 0 END::DECIMAL(12, 2) AS disbursements,
  CASE WHEN luck(seed, 45) < 0.02 THEN 'Cancelled' WHEN luck(seed, 45) < 0.045 THEN 'Disputed'
       WHEN issued_on >= DATE '2025-10-01' AND luck(seed, 46) < 0.15 THEN 'Draft'
       WHEN luck(seed, 46) < CASE WHEN issued_on >= DATE '2025-09-15' THEN 0.75 WHEN issued_on >= DATE '2025-07-01' THEN 0.3 ELSE 0.03 END THEN 'Sent'
       ELSE 'Paid' END AS invoice_status
FROM placed;

CREATE TABLE payments AS
WITH drawn AS (
  SELECT i.*, least(DATE '2025-10-31', (i.issued_on + 4 + floor(pow(luck(i.invoice_id, 50), 1.4) * 68)::INTEGER)::DATE) AS received_on
  FROM invoices i WHERE i.invoice_status = 'Paid'
), every_payment AS (
  SELECT invoice_id, matter_id, received_on, gross_fees - discount + disbursements AS amount, 'Cleared' AS payment_status FROM drawn
  UNION ALL
  SELECT invoice_id, matter_id, greatest(issued_on, received_on - 3)::DATE, gross_fees - discount + disbursements, 'Returned' FROM drawn WHERE luck(invoice_id, 51) < 0.03
)
SELECT
  (60000 + ROW_NUMBER() OVER (ORDER BY received_on, invoice_id, payment_status))::INTEGER AS payment_id, invoice_id, received_on, amount::DECIMAL(12, 2) AS amount,
  CASE WHEN luck(matter_id, 52) < 0.58 THEN 'Bank transfer' WHEN luck(invoice_id, 53) < 0.4 THEN 'Client account' WHEN luck(invoice_id, 53) < 0.8 THEN 'Card' ELSE 'Cheque' END AS payment_method,
  payment_status
FROM every_payment;

CREATE TABLE courts AS
SELECT * FROM (VALUES
  (1, 'Commercial Court', 'First instance', 'England and Wales'), (2, 'Court of Appeal', 'Appeal', 'England and Wales'), (3, 'Employment Tribunal', 'Tribunal', 'England and Wales'),
  (4, 'County Court', 'First instance', 'England and Wales'), (5, 'Court of Session', 'First instance', 'Scotland'), (6, 'Irish High Court', 'First instance', 'Ireland'),
  (7, 'Patents Court', 'First instance', 'England and Wales'), (8, 'Upper Tribunal', 'Appeal', 'England and Wales'), (9, 'Supreme Court', 'Appeal', 'England and Wales')
) AS t(court_id, court_name, court_level, court_system);

CREATE TABLE hearings AS
WITH drawn AS (
  SELECT m.matter_id, m.practice_group_id, m.lead_lawyer_id, m.matter_id * 10 + k AS seed,
    (m.opened_on + 20 + floor(luck(m.matter_id * 10 + k, 60) * (m.lasting + 60))::INTEGER)::DATE AS drawn_on
  FROM matters m, range(0, 5) AS t(k)
  WHERE m.practice_group_id IN (4, 5, 6) AND luck(m.matter_id * 10 + k, 61) < 0.5
), placed AS (
  SELECT *, CASE WHEN isodow(drawn_on) > 5 THEN drawn_on + 3 ELSE drawn_on END::DATE AS listed_on FROM drawn
), told AS (
  SELECT *, CASE WHEN listed_on > DATE '2025-10-31' THEN 'Listed' WHEN luck(seed, 62) < 0.13 THEN 'Adjourned' WHEN luck(seed, 62) < 0.19 THEN 'Vacated' ELSE 'Held' END AS hearing_status
  FROM placed WHERE listed_on >= DATE '2023-01-01'
)
SELECT
  (9000 + ROW_NUMBER() OVER (ORDER BY listed_on, seed))::INTEGER AS hearing_id, matter_id,
  CASE WHEN luck(seed, 63) < 0.07 THEN 2 WHEN luck(seed, 63) < 0.08 THEN 9 WHEN luck(seed, 63) < 0.17 THEN 5 WHEN luck(seed, 63) < 0.25 THEN 6
       WHEN practice_group_id = 5 THEN CASE WHEN luck(seed, 64) < 0.8 THEN 3 ELSE 8 END WHEN practice_group_id = 6 THEN 7 WHEN luck(seed, 64) < 0.55 THEN 1 ELSE 4 END::INTEGER AS court_id,
  CASE WHEN luck(seed, 65) < 0.5 THEN lead_lawyer_id ELSE 1 + (lead_lawyer_id * 7 + matter_id) % 30 END::INTEGER AS advocate_id,
  listed_on,
  CASE WHEN luck(seed, 66) < 0.3 THEN 'Trial' WHEN luck(seed, 66) < 0.62 THEN 'Case management' WHEN luck(seed, 66) < 0.85 THEN 'Interim application' ELSE 'Costs' END AS hearing_type,
  hearing_status,
  CASE WHEN hearing_status = 'Held' AND luck(seed, 67) < 0.42 THEN 'Won' WHEN hearing_status = 'Held' AND luck(seed, 67) < 0.66 THEN 'Lost' WHEN hearing_status = 'Held' AND luck(seed, 67) < 0.8 THEN 'Part won' END AS result
FROM told;

ALTER TABLE matters DROP COLUMN lasting;
ALTER TABLE offices DROP COLUMN rate_factor;

CREATE TABLE month_end_balances AS
SELECT
  g.practice_group_id, last_day((DATE '2023-01-01' + to_months(m::INTEGER))::DATE) AS balance_on,
  (round([310, 220, 260, 340, 150, 180, 120, 90][g.practice_group_id] * (1 + 0.008 * m) * (0.8 + 0.4 * luck(g.practice_group_id * 100 + m, 70))) * 1000)::DECIMAL(14, 2) AS wip_amount,
  (round([900, 1400, 2600, 400, 80, 60, 150, 1100][g.practice_group_id] * (0.7 + 0.6 * luck(g.practice_group_id * 100 + m, 71))) * 1000)::DECIMAL(14, 2) AS client_money
FROM practice_groups g, range(0, 34) AS t(m)
ORDER BY 2, 1;

CREATE TABLE hour_targets AS
SELECT
  l.lawyer_id, (DATE '2023-01-01' + to_months(m::INTEGER))::DATE AS target_month,
  ((CASE l.grade WHEN 'Partner' THEN 24 WHEN 'Of counsel' THEN 24 WHEN 'Senior associate' THEN 18 WHEN 'Associate' THEN 12 ELSE 14 END + 4 * floor(m / 12))
    * CASE WHEN l.is_part_time THEN 0.6 ELSE 1 END)::DECIMAL(6, 1) AS target_hours
FROM lawyers l, range(0, 36) AS t(m)
WHERE (DATE '2023-01-01' + to_months(m::INTEGER))::DATE >= l.joined_on AND (DATE '2023-01-01' + to_months(m::INTEGER))::DATE <= coalesce(l.left_on, DATE '2099-01-01')
ORDER BY 2, 1;
