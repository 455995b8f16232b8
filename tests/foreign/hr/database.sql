-- The people of an engineering firm: who works there at each month's end, what they earn, miss, learn and think of it, and who
-- applied. The same rows on every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 668265263) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 3266489 + stream * 668273) % 4294967296)) / 4294967296.0;

CREATE TABLE departments AS
SELECT * FROM (VALUES
  (1, 'Engineering', 'Technology'), (2, 'Sales', 'Commercial'), (3, 'Customer Care', 'Commercial'), (4, 'Finance', 'Corporate'),
  (5, 'People', 'Corporate'), (6, 'Production', 'Technology')
) AS t(department_id, department_name, division);

CREATE TABLE locations AS
SELECT * FROM (VALUES (1, 'Halden', 'Norway'), (2, 'Gothenburg', 'Sweden'), (3, 'Porto', 'Portugal')) AS t(location_id, office_city, office_country);

CREATE TABLE employees AS
WITH drawn AS (
  SELECT n, chance(n, 1) AS hire_draw, chance(n, 2) AS department_draw, chance(n, 3) AS place_draw, chance(n, 4) AS level_draw, chance(n, 5) AS stay_draw,
    chance(n, 6) AS reason_draw, chance(n, 7) AS gender_draw, chance(n, 8) AS contract_draw
  FROM range(1, 521) AS t(n)
), placed AS (
  SELECT *,
    CASE WHEN n <= 24 THEN 1 + (n - 1) % 6 WHEN department_draw < 0.32 THEN 1 WHEN department_draw < 0.48 THEN 2 WHEN department_draw < 0.64 THEN 3
      WHEN department_draw < 0.71 THEN 4 WHEN department_draw < 0.76 THEN 5 ELSE 6 END AS department_id,
    CASE WHEN n <= 250 THEN DATE '2014-01-06' + floor(power(hire_draw, 0.6) * 3280)::INTEGER ELSE DATE '2023-01-09' + floor(hire_draw * 1220)::INTEGER END AS hired
  FROM drawn
), ended AS (
  SELECT *, greatest(hired, DATE '2023-01-01') + 25
    + floor((1 / greatest(stay_draw, 0.001) - 1) * CASE WHEN department_id = 3 THEN 900 WHEN department_id = 2 THEN 1300 ELSE 2300 END)::INTEGER AS gone
  FROM placed
)
SELECT
  n::INTEGER AS employee_id,
  ['Astrid', 'Joao', 'Lars', 'Ines', 'Mikael', 'Sofia', 'Henrik', 'Beatriz', 'Oskar', 'Ragnhild'][1 + (chance(n, 9) * 10)::INTEGER % 10] || ' '
    || ['Lund', 'Ferreira', 'Berglund', 'Haugen', 'Costa', 'Nyberg', 'Moen', 'Tavares', 'Ek'][1 + (chance(n, 10) * 9)::INTEGER % 9] AS full_name,
  'staff' || n || '@example.net' AS work_email,
  DATE '1962-03-01' + (chance(n, 11) * 14200)::INTEGER AS birth_date,
  CASE WHEN gender_draw < CASE department_id WHEN 1 THEN 0.28 WHEN 6 THEN 0.33 WHEN 3 THEN 0.58 WHEN 5 THEN 0.70 ELSE 0.47 END THEN 'female'
    WHEN gender_draw < 0.985 THEN 'male' ELSE 'undisclosed' END AS gender,
  department_id::INTEGER AS department_id,
  CASE WHEN place_draw < 0.50 THEN 1 WHEN place_draw < 0.78 THEN 2 ELSE 3 END AS location_id,
  CASE WHEN n <= 6 THEN 'Director' WHEN n <= 24 THEN 'Lead' WHEN level_draw < 0.24 THEN 'Junior' WHEN level_draw < 0.68 THEN 'Professional' ELSE 'Senior' END AS job_level,
  CASE WHEN n <= 6 THEN NULL WHEN n <= 24 THEN department_id ELSE department_id + 6 * (1 + n % 3) END::INTEGER AS manager_id,
  CASE WHEN contract_draw < 0.12 AND n > 24 THEN 'fixed_term' ELSE 'permanent' END AS contract_type,
  hired AS hire_date,
  CASE WHEN n > 24 AND gone <= DATE '2026-05-14' THEN gone END AS termination_date,
  CASE WHEN n > 24 AND gone <= DATE '2026-05-14' THEN CASE WHEN reason_draw < 0.72 THEN 'voluntary' ELSE 'involuntary' END END AS leave_type,
  CASE WHEN n > 24 AND gone <= DATE '2026-05-14' THEN CASE WHEN reason_draw < 0.26 THEN 'better_offer' WHEN reason_draw < 0.44 THEN 'relocation'
    WHEN reason_draw < 0.58 THEN 'career_change' WHEN reason_draw < 0.72 THEN 'retirement' WHEN reason_draw < 0.86 THEN 'performance' ELSE 'redundancy' END END
    AS leave_reason
FROM ended;

CREATE TABLE headcount_snapshots AS
WITH months AS (
  SELECT last_day(day)::DATE AS month_end FROM generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2026-04-01', INTERVAL 1 MONTH) AS t(day)
)
SELECT
  m.month_end, e.employee_id,
  CASE WHEN chance(e.employee_id, 12) < 0.11 THEN 0.6 WHEN chance(e.employee_id, 12) < 0.20 THEN 0.8 ELSE 1.0 END::DECIMAL(3, 1) AS fte,
  (round(CASE e.job_level WHEN 'Junior' THEN 380 WHEN 'Professional' THEN 470 WHEN 'Senior' THEN 610 WHEN 'Lead' THEN 760 ELSE 1050 END
    * CASE e.location_id WHEN 1 THEN 1.12 WHEN 2 THEN 1.0 ELSE 0.74 END * CASE e.department_id WHEN 1 THEN 1.12 WHEN 3 THEN 0.86 ELSE 1.0 END
    * (0.9 + chance(e.employee_id, 13) * 0.22)
    * CASE WHEN m.month_end >= DATE '2026-04-01' THEN 1.118 WHEN m.month_end >= DATE '2025-04-01' THEN 1.083 WHEN m.month_end >= DATE '2024-04-01' THEN 1.047 ELSE 1 END)
    * 100)::DECIMAL(12, 2) AS annual_salary,
  DATE_DIFF('month', e.hire_date, m.month_end)::INTEGER AS tenure_months
FROM employees e JOIN months m ON e.hire_date <= m.month_end AND (e.termination_date IS NULL OR e.termination_date > m.month_end);

CREATE TABLE headcount_plan AS
SELECT
  month_end, department_id,
  (CASE department_id WHEN 1 THEN 88 WHEN 2 THEN 46 WHEN 3 THEN 46 WHEN 4 THEN 36 WHEN 5 THEN 17 ELSE 70 END
    + floor(DATE_DIFF('month', DATE '2024-12-31', month_end) * CASE department_id WHEN 1 THEN 0.9 WHEN 6 THEN 1.3 WHEN 2 THEN 0.3 ELSE 0.12 END))::INTEGER
    AS planned_heads
FROM (SELECT last_day(day)::DATE AS month_end FROM generate_series(TIMESTAMP '2025-01-01', TIMESTAMP '2026-04-01', INTERVAL 1 MONTH) AS t(day)), departments;

CREATE TABLE absences AS
WITH drawn AS (
  SELECT h.employee_id, h.month_end, k, h.employee_id::BIGINT * 128 + DATE_DIFF('month', DATE '2023-01-31', h.month_end) * 2 + k AS draw_id
  FROM headcount_snapshots h, range(0, 2) AS t(k)
), dated AS (
  SELECT *, date_trunc('month', month_end)::DATE + floor(chance(draw_id, 14) * day(month_end))::INTEGER AS raw_day, chance(draw_id, 15) AS type_draw,
    chance(draw_id, 16) AS length_draw
  FROM drawn
  WHERE chance(draw_id, 17) < CASE WHEN month(month_end) IN (1, 2, 11, 12) THEN 0.20 WHEN month(month_end) = 7 THEN 0.34 ELSE 0.13 END
), typed AS (
  SELECT *, CASE WHEN isodow(raw_day) > 5 THEN raw_day - (isodow(raw_day) - 5)::INTEGER ELSE raw_day END AS first_day,
    CASE WHEN type_draw < CASE WHEN month(month_end) = 7 THEN 0.15 ELSE 0.55 END THEN 'sick_leave' WHEN type_draw < CASE WHEN month(month_end) = 7 THEN 0.2 ELSE 0.68 END
      THEN 'child_sick' WHEN type_draw < 0.94 THEN 'vacation' ELSE 'unpaid_leave' END AS absence_type
  FROM dated
)
SELECT
  ROW_NUMBER() OVER (ORDER BY first_day, draw_id)::INTEGER AS absence_id, employee_id, first_day AS starts_on, absence_type,
  CASE absence_type WHEN 'vacation' THEN 3 + floor(length_draw * 13) WHEN 'child_sick' THEN 1 + floor(length_draw * 3) WHEN 'unpaid_leave' THEN 5 + floor(length_draw * 20)
    ELSE 1 + floor(power(length_draw, 3) * 17) END::INTEGER AS working_days
FROM typed
WHERE first_day >= DATE '2023-01-01';

CREATE TABLE training_records AS
WITH drawn AS (
  SELECT h.employee_id, h.month_end, h.employee_id::BIGINT * 64 + DATE_DIFF('month', DATE '2023-01-31', h.month_end) AS draw_id
  FROM headcount_snapshots h
)
SELECT
  ROW_NUMBER() OVER (ORDER BY month_end, draw_id)::INTEGER AS record_id, employee_id,
  date_trunc('month', month_end)::DATE + floor(chance(draw_id, 18) * 26)::INTEGER AS completed_on,
  ['Machine Safety', 'Leadership Basics', 'Cloud Fundamentals', 'Negotiation', 'Data Protection', 'Norwegian A2'][1 + floor(power(chance(draw_id, 19), 1.4) * 6)::INTEGER] AS course_name,
  CASE WHEN chance(draw_id, 20) < 0.6 THEN 'online' ELSE 'classroom' END AS course_format,
  (2 + floor(chance(draw_id, 21) * 12))::INTEGER AS hours_spent,
  ((2 + floor(chance(draw_id, 21) * 12)) * CASE WHEN chance(draw_id, 20) < 0.6 THEN 18 ELSE 55 END)::DECIMAL(10, 2) AS course_fee
FROM drawn
WHERE chance(draw_id, 22) < CASE WHEN month(month_end) IN (7, 12) THEN 0.05 ELSE 0.13 END;

CREATE TABLE requisitions AS
WITH filled AS (
  SELECT employee_id, department_id, location_id, job_level, hire_date, chance(employee_id, 23) AS length_draw FROM employees WHERE hire_date >= DATE '2023-04-10'
), opened AS (
  SELECT department_id, location_id, job_level, hire_date - 28 - (24 + floor(length_draw * 70) + CASE WHEN job_level = 'Senior' THEN 18 ELSE 0 END)::INTEGER AS opened_on,
    hire_date - 28 AS filled_on, employee_id AS draw_id FROM filled
  UNION ALL
  SELECT (1 + floor(power(chance(n, 24), 1.5) * 6))::INTEGER, (1 + floor(chance(n, 25) * 3))::INTEGER, CASE WHEN chance(n, 26) < 0.5 THEN 'Professional' ELSE 'Senior' END,
    DATE '2026-02-10' + floor(chance(n, 27) * 90)::INTEGER, NULL, n
  FROM range(1001, 1027) AS t(n)
)
SELECT (2000 + ROW_NUMBER() OVER (ORDER BY opened_on, draw_id))::INTEGER AS requisition_id, department_id, location_id, job_level, opened_on, filled_on
FROM opened;

CREATE TABLE applications AS
WITH drawn AS (
  SELECT r.requisition_id, r.opened_on, r.filled_on, r.job_level, k, r.requisition_id::BIGINT * 32 + k AS draw_id,
    r.opened_on + 2 + floor(chance(r.requisition_id::BIGINT * 32 + k, 28) * 20)::INTEGER AS applied_on, chance(r.requisition_id::BIGINT * 32 + k, 29) AS stage_draw
  FROM requisitions r, range(0, 22) AS t(k)
  WHERE k < 8 + floor(chance(r.requisition_id, 30) * 14)
), staged AS (
  SELECT *,
    CASE WHEN k = 0 AND filled_on IS NOT NULL THEN 'hired' WHEN stage_draw < 0.028 THEN 'offer' WHEN stage_draw < 0.18 THEN 'interview' WHEN stage_draw < 0.42 THEN 'phone_screen'
      ELSE 'application' END AS furthest_stage
  FROM drawn
  WHERE applied_on < DATE '2026-05-15'
), offered AS (
  SELECT *, CASE furthest_stage WHEN 'hired' THEN filled_on - 1 - floor(stage_draw * 4)::INTEGER
    WHEN 'offer' THEN applied_on + 12 + floor(chance(draw_id, 31) * 20)::INTEGER END AS raw_offer
  FROM staged
)
SELECT
  ROW_NUMBER() OVER (ORDER BY applied_on, draw_id)::INTEGER AS application_id, requisition_id,
  'Candidate ' || draw_id AS candidate_name,
  'c' || draw_id || '@example.com' AS candidate_email,
  CASE WHEN chance(draw_id, 32) < 0.34 THEN 'job_board' WHEN chance(draw_id, 32) < 0.58 THEN 'linkedin' WHEN chance(draw_id, 32) < 0.76 THEN 'career_site'
    WHEN chance(draw_id, 32) < 0.90 THEN 'referral' ELSE 'agency' END AS source,
  applied_on,
  CASE WHEN furthest_stage = 'offer' AND raw_offer + 6 > DATE '2026-05-14' THEN 'interview' ELSE furthest_stage END AS furthest_stage,
  CASE WHEN raw_offer + 6 <= DATE '2026-05-14' OR furthest_stage = 'hired' THEN raw_offer END AS offered_on,
  CASE WHEN furthest_stage = 'hired' THEN 'accepted' WHEN furthest_stage = 'offer' AND raw_offer + 6 <= DATE '2026-05-14' THEN 'declined' END AS offer_answer,
  CASE WHEN furthest_stage = 'hired' THEN filled_on END AS accepted_on,
  CASE WHEN furthest_stage = 'hired' THEN filled_on - applied_on END::INTEGER AS days_to_accept
FROM offered;

CREATE TABLE survey_responses AS
WITH rounds AS (
  SELECT * FROM (VALUES (DATE '2023-04-17', DATE '2023-03-31'), (DATE '2023-10-16', DATE '2023-09-30'), (DATE '2024-04-15', DATE '2024-03-31'), (DATE '2024-10-14', DATE '2024-09-30'),
    (DATE '2025-04-14', DATE '2025-03-31'), (DATE '2025-10-13', DATE '2025-09-30'), (DATE '2026-04-13', DATE '2026-03-31')) AS t(starts, month_end)
), asked AS (
  SELECT h.employee_id, r.starts, e.department_id, h.employee_id::BIGINT * 64 + DATE_DIFF('month', DATE '2023-01-01', r.starts) AS draw_id
  FROM rounds r JOIN headcount_snapshots h ON h.month_end = r.month_end JOIN employees e ON e.employee_id = h.employee_id
)
SELECT
  ROW_NUMBER() OVER (ORDER BY starts, draw_id)::INTEGER AS response_id, employee_id, starts + floor(chance(draw_id, 33) * 12)::INTEGER AS answered_on,
  greatest(1, least(10, round(7.6 + (chance(draw_id, 34) - 0.5) * 5 - CASE department_id WHEN 3 THEN 0.9 WHEN 2 THEN 0.3 ELSE 0 END
    + (year(starts) - 2024) * 0.18)))::INTEGER AS engagement_mark,
  greatest(0, least(10, round(8.0 + (chance(draw_id, 35) - 0.5) * 7 - CASE department_id WHEN 3 THEN 1.2 ELSE 0 END)))::INTEGER AS recommend_mark,
  'Comment ' || draw_id AS remark
FROM asked
WHERE chance(draw_id, 36) < 0.79;

DROP MACRO chance;
DROP MACRO mixed;
