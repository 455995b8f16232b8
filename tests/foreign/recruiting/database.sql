-- A staffing agency with six branches: vacancies from July 2023 on, the people who applied, and temps with their weekly hours, known
-- up to 29 June 2026. The same rows on every machine: each figure comes from `pick`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO pick(item, stream, choices) AS ((mixed(mixed((item::BIGINT * 52711 + stream * 6700417) % 4294967296)) >> 7) % choices)::INTEGER;

CREATE TABLE consultants AS
SELECT
  n::INTEGER AS consultant_id,
  ['Amelia Hurst', 'Ben Oyelaran', 'Carys Bevan', 'Dominic Shaw', 'Esther Quaye', 'Fergus Baird', 'Gemma Lister', 'Harpreet Gill', 'Isla Munro',
   'Jack Thornley', 'Kasia Wolny', 'Liam Docherty', 'Maya Banerjee', 'Niall Keogh', 'Olivia Crane', 'Priya Nair', 'Quentin Marsh', 'Rosa Delgado',
   'Sam Whitlock', 'Tara Boyle', 'Umar Siddiq', 'Vera Lindqvist', 'Will Ashdown', 'Zoe Farrow'][n] AS consultant_name,
  ['Leeds', 'Manchester', 'Bristol', 'Glasgow', 'Birmingham', 'London'][1 + (n - 1) % 6] AS branch,
  ['North', 'North', 'South', 'Scotland', 'Midlands', 'South'][1 + (n - 1) % 6] AS region,
  CASE WHEN n <= 6 THEN 'principal' WHEN n <= 15 THEN 'senior' ELSE 'trainee' END AS grade,
  CASE WHEN n % 4 = 0 THEN 'temp' ELSE 'perm' END AS desk,
  DATE '2016-02-01' + (n * 127 + pick(n, 1, 90))::INTEGER AS joined_on
FROM generate_series(1, 24) AS t(n);

CREATE TABLE clients AS
SELECT
  n::INTEGER AS client_id,
  ['Ashgrove', 'Bellwether', 'Copperfield', 'Dunmore', 'Eastvale', 'Foxhollow', 'Granary', 'Hartwell', 'Ironbridge', 'Juniper', 'Kestrel',
   'Larkspur', 'Millrace'][1 + (n - 1) % 13] || ' '
    || CASE (n - 1) // 13 WHEN 0 THEN 'Group' WHEN 1 THEN 'Partners' WHEN 2 THEN 'Works' WHEN 3 THEN 'Trading' WHEN 4 THEN 'Services' ELSE 'Holdings' END AS client_name,
  ['Hospitality', 'Construction', 'Healthcare', 'Retail', 'Technology', 'Logistics', 'Education'][1 + pick(n, 2, 7)] AS industry,
  ['small', 'small', 'medium', 'medium', 'large'][1 + pick(n, 3, 5)] AS size_band,
  CASE WHEN pick(n, 4, 10) < 3 THEN true ELSE false END AS is_key_account,
  DATE '2018-01-08' + pick(n, 5, 1950) AS client_since
FROM generate_series(1, 78) AS t(n);

CREATE TABLE candidates AS
SELECT
  n::INTEGER AS candidate_id,
  ['Aaron', 'Bethan', 'Chidi', 'Daria', 'Eoin', 'Fatima', 'Grace', 'Hassan', 'Imogen', 'Jorge', 'Katya', 'Lewis'][1 + pick(n, 6, 12)] || ' '
    || ['Abbott', 'Brennan', 'Cole', 'Dhillon', 'Evans', 'Fraser', 'Gupta', 'Hale', 'Ivanov', 'Jessop'][1 + pick(n, 7, 10)] AS full_name,
  'candidate' || n || '@example.org' AS email,
  '07700 9' || (10000 + (n * 7919) % 89999)::VARCHAR AS phone,
  CASE WHEN pick(n, 8, 100) < 38 THEN 'job board' WHEN pick(n, 8, 100) < 56 THEN 'referral' WHEN pick(n, 8, 100) < 71 THEN 'our website'
       WHEN pick(n, 8, 100) < 85 THEN 'social media' WHEN pick(n, 8, 100) < 93 THEN 'walk-in' ELSE 'job fair' END AS source,
  CASE WHEN pick(n, 9, 100) < 25 THEN 'entry' WHEN pick(n, 9, 100) < 65 THEN 'mid' WHEN pick(n, 9, 100) < 90 THEN 'senior' ELSE 'executive' END AS experience_level,
  pick(n, 10, 100) < 42 AS has_driving_licence,
  (DATE '2023-04-03' + ((n * 1180) // 4000)::INTEGER) AS registered_on
FROM generate_series(1, 4000) AS t(n);

CREATE TABLE vacancies AS
WITH raw AS (
  SELECT n::INTEGER AS n,
    DATE '2023-07-03' + (CASE WHEN pick(n, 11, 10) < 3 THEN GREATEST(pick(n, 12, 1090), pick(n, 13, 1090)) ELSE pick(n, 12, 1090) END)::INTEGER AS day_raw,
    1 + pick(n, 14, 8) AS fam,
    15 + pick(n, 15, 70) AS days_open,
    pick(n, 16, 100) AS fate
  FROM generate_series(1, 1600) AS t(n)
), dated AS (
  SELECT *, CASE WHEN isodow(day_raw) > 5 THEN day_raw + (8 - isodow(day_raw))::INTEGER ELSE day_raw END AS opened_on FROM raw
), fated AS (
  SELECT *, opened_on + days_open AS would_close FROM dated
)
SELECT
  n AS vacancy_id,
  1 + (CASE WHEN pick(n, 17, 10) < 5 THEN LEAST(pick(n, 18, 78), pick(n, 19, 78)) ELSE pick(n, 18, 78) END)::INTEGER AS client_id,
  (1 + CASE WHEN pick(n, 20, 10) < 4 THEN LEAST(pick(n, 21, 24), pick(n, 22, 24)) ELSE pick(n, 21, 24) END)::INTEGER AS consultant_id,
  ['Nursing', 'Driving', 'Engineering', 'Office Support', 'Sales', 'Software', 'Accounting', 'Catering'][fam] AS job_family,
  CASE WHEN pick(n, 23, 100) < 78 THEN 'permanent' ELSE 'fixed term' END AS contract_type,
  CASE WHEN fam IN (1, 2, 8) THEN 'on site' WHEN pick(n, 24, 10) < 4 THEN 'hybrid' WHEN pick(n, 24, 10) < 6 THEN 'remote' ELSE 'on site' END AS work_place,
  CASE WHEN pick(n, 25, 100) < 18 THEN 'hot' WHEN pick(n, 25, 100) < 75 THEN 'normal' ELSE 'low' END AS priority,
  opened_on,
  CASE WHEN would_close <= DATE '2026-06-26' THEN CASE WHEN isodow(would_close) > 5 THEN would_close - (isodow(would_close) - 5)::INTEGER ELSE would_close END END AS closed_on,
  CASE WHEN would_close > DATE '2026-06-26' THEN CASE WHEN fate < 85 THEN 'open' ELSE 'on hold' END
       WHEN fate < 52 + fam THEN 'filled' WHEN fate < 80 THEN 'cancelled' ELSE 'lost' END AS status,
  ([34000, 29000, 45000, 25500, 33000, 55000, 41000, 24500][fam] + 500 * pick(n, 26, 30))::INTEGER AS advertised_salary
FROM fated;

CREATE TABLE applications AS
WITH each AS (
  SELECT v.*, k, (v.vacancy_id * 12 + k)::INTEGER AS seed,
    v.opened_on + pick(v.vacancy_id * 12 + k, 27, 13) AS applied_raw
  FROM vacancies v, generate_series(1, 11) AS t(k)
  WHERE k <= 3 + pick(v.vacancy_id, 28, 8)
)
SELECT
  row_number() OVER (ORDER BY seed)::INTEGER AS application_id,
  vacancy_id,
  (1 + pick(seed, 29, LEAST(3990, (applied_raw - DATE '2023-04-03') * 4000 // 1180 - 5)))::INTEGER AS candidate_id,
  applied_raw AS applied_on,
  CASE WHEN k = 1 AND status = 'filled' THEN 'placed'
       WHEN status IN ('open', 'on hold') THEN ['applied', 'applied', 'screened', 'shortlisted', 'interviewing', 'rejected'][1 + pick(seed, 30, 6)]
       WHEN pick(seed, 30, 100) < 82 THEN 'rejected' ELSE 'withdrawn' END AS stage
FROM each
WHERE applied_raw <= DATE '2026-06-29';

CREATE TABLE interviews AS
WITH reached AS (
  SELECT a.*, v.opened_on, v.closed_on, r
  FROM applications a JOIN vacancies v USING (vacancy_id), generate_series(1, 2) AS t(r)
  WHERE (a.stage IN ('placed', 'interviewing') AND (r = 1 OR pick(a.application_id, 31, 10) < 6))
     OR (a.stage IN ('rejected', 'withdrawn') AND v.status NOT IN ('open', 'on hold') AND pick(a.application_id, 32, 100) < CASE r WHEN 1 THEN 34 ELSE 9 END)
), timed AS (
  SELECT *, (application_id * 2 + r) AS seed, (applied_on + 1 + ((r - 1) * 3)::INTEGER + pick(application_id * 2 + r, 33, 3))::DATE AS held_raw FROM reached
), shifted AS (
  SELECT *, CASE WHEN isodow(held_raw) = 7 THEN held_raw + 1 ELSE held_raw END AS held_on FROM timed
)
SELECT
  row_number() OVER (ORDER BY seed)::INTEGER AS interview_id,
  application_id,
  held_on,
  CASE WHEN pick(seed, 34, 100) < 30 THEN 'phone' WHEN pick(seed, 34, 100) < 65 THEN 'video' ELSE 'in person' END AS format,
  CASE WHEN stage = 'placed' THEN 'passed' WHEN pick(seed, 35, 100) < 12 THEN 'no show' WHEN pick(seed, 35, 100) < 40 THEN 'passed' ELSE 'failed' END AS outcome,
  CASE WHEN stage <> 'placed' AND pick(seed, 35, 100) < 12 THEN NULL ELSE (1 + GREATEST(pick(seed, 36, 5), CASE WHEN stage = 'placed' THEN pick(seed, 37, 5) ELSE 0 END))::INTEGER END AS rating
FROM shifted
WHERE held_on <= DATE '2026-06-29' AND (closed_on IS NULL OR held_on <= closed_on);

CREATE TABLE placements AS
SELECT
  row_number() OVER (ORDER BY a.application_id)::INTEGER AS placement_id,
  a.application_id,
  v.closed_on AS placed_on,
  (v.advertised_salary + 250 * (pick(a.application_id, 38, 9) - 3))::INTEGER AS agreed_salary,
  ((v.advertised_salary + 250 * (pick(a.application_id, 38, 9) - 3)) * (15 + pick(v.client_id, 39, 8)) / 100)::DECIMAL(10, 2) AS fee,
  v.closed_on < DATE '2026-04-01' AND pick(a.application_id, 40, 100) < 9 AS fell_through
FROM applications a JOIN vacancies v USING (vacancy_id)
WHERE a.stage = 'placed';

CREATE TABLE temp_contracts AS
WITH raw AS (
  SELECT n::INTEGER AS n, 1 + pick(n, 41, 5) AS kind,
    DATE '2023-07-03' + 7 * (pick(n, 42, 154))::INTEGER AS started_on, 3 + pick(n, 43, 34) AS weeks_long
  FROM generate_series(1, 520) AS t(n)
)
SELECT
  n AS contract_id,
  (1 + pick(n, 44, 78))::INTEGER AS client_id,
  (4 * (1 + pick(n, 45, 6)))::INTEGER AS consultant_id,
  (1 + pick(n, 46, 350))::INTEGER AS candidate_id,
  ['Warehouse', 'Cleaning', 'Care', 'Reception', 'Kitchen'][kind] AS temp_role,
  CASE WHEN pick(n, 47, 10) < 3 THEN 'night' WHEN pick(n, 47, 10) < 4 THEN 'weekend' ELSE 'day' END AS shift,
  started_on,
  CASE WHEN started_on + 7 * weeks_long - 3 <= DATE '2026-06-26' THEN started_on + 7 * weeks_long - 3 END AS ended_on,
  ([16.50, 15.00, 19.00, 16.00, 15.50][kind] + 0.25 * pick(n, 48, 12))::DECIMAL(6, 2) AS charge_rate,
  ([12.60, 11.80, 14.20, 12.20, 11.90][kind] + 0.10 * pick(n, 49, 12))::DECIMAL(6, 2) AS pay_rate
FROM raw;

CREATE TABLE timesheets AS
SELECT
  row_number() OVER (ORDER BY c.contract_id, w)::INTEGER AS timesheet_id,
  c.contract_id,
  c.started_on + 6 + 7 * w::INTEGER AS week_ending,
  (16 + pick(c.contract_id * 64 + w, 50, 47) * 0.5)::DECIMAL(5, 1) AS hours,
  pick(c.contract_id * 64 + w, 51, 100) < 91 AS approved
FROM temp_contracts c, generate_series(0, 40) AS t(w)
WHERE c.started_on + 7 * w::INTEGER + 6 <= COALESCE(c.ended_on + 2, DATE '2026-06-28') AND pick(c.contract_id * 64 + w, 52, 100) < 94;
