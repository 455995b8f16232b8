-- Three hospitals' worth of departments, two and a half years of stays: small, and the same rows on every machine.
-- Every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE departments AS
SELECT * FROM (VALUES
  (1, 'Cardiology', 'North Wing', 34), (2, 'Oncology', 'North Wing', 28), (3, 'Orthopedics', 'South Wing', 30),
  (4, 'Neurology', 'North Wing', 22), (5, 'Pediatrics', 'Children''s House', 26), (6, 'Maternity', 'Children''s House', 24),
  (7, 'General Surgery', 'South Wing', 36), (8, 'Internal Medicine', 'South Wing', 48), (9, 'Intensive Care', 'North Wing', 16)
) AS t(department_id, department_name, building, bed_capacity);

CREATE TABLE physicians AS
SELECT
  n::INTEGER AS physician_id,
  'Dr. ' || ['Adler', 'Bauer', 'Castro', 'Dubois', 'Egan', 'Farah', 'Greco', 'Haas', 'Ito', 'Jansen'][1 + (n % 10)::INTEGER]
    || ' ' || ['A.', 'B.', 'C.', 'D.', 'E.', 'F.'][1 + (n // 10)::INTEGER] AS physician_name,
  (1 + n % 9)::INTEGER AS department_id,
  CASE WHEN chance(n, 1) < 0.25 THEN 'chief' WHEN chance(n, 1) < 0.65 THEN 'attending' ELSE 'resident' END AS grade,
  DATE '2008-01-01' + (chance(n, 2) * 6000)::INTEGER AS hired_on
FROM range(0, 54) AS t(n);

CREATE TABLE patients AS
SELECT
  n::INTEGER AS patient_id,
  'Patient ' || n AS patient_name,
  DATE '1935-01-01' + (chance(n, 3) * 31000)::INTEGER AS birth_date,
  CASE WHEN chance(n, 4) < 0.53 THEN 'female' ELSE 'male' END AS sex,
  CASE WHEN chance(n, 5) < 0.48 THEN 'public' WHEN chance(n, 5) < 0.86 THEN 'private' ELSE 'self_pay' END AS insurance,
  CASE WHEN chance(n, 6) < 0.40 THEN 'Ashford' WHEN chance(n, 6) < 0.65 THEN 'Brookfield'
       WHEN chance(n, 6) < 0.85 THEN 'Carlton' ELSE 'Dunmore' END AS city
FROM range(1, 3001) AS t(n);

CREATE TABLE stays AS
WITH drawn AS (
  SELECT
    n AS stay_id,
    (1 + floor(chance(n, 7) * 3000))::INTEGER AS patient_id,
    -- Large departments admit more: the square spreads patients unevenly.
    (1 + floor(sqrt(chance(n, 8)) * 9))::INTEGER AS department_id,
    TIMESTAMP '2023-01-01 00:00:00' + to_minutes((chance(n, 9) * 911 * 1440)::BIGINT) AS admitted_at,
    CASE WHEN chance(n, 10) < 0.46 THEN 'emergency' WHEN chance(n, 10) < 0.88 THEN 'planned' ELSE 'transfer' END
      AS admission_type,
    chance(n, 11) AS length_draw, chance(n, 12) AS outcome_draw, chance(n, 13) AS return_draw, chance(n, 14) AS charge_draw
  FROM range(1, 8001) AS t(n)
), timed AS (
  SELECT *,
    admitted_at + to_minutes((360 + length_draw * length_draw * 1440 * (7 + department_id % 4 * 2))::BIGINT) AS left_at
  FROM drawn
)
SELECT
  stay_id::INTEGER AS stay_id, patient_id, department_id,
  ((department_id - 1) + 9 * floor(chance(stay_id, 15) * 6))::INTEGER AS physician_id,
  admitted_at,
  CASE WHEN left_at < TIMESTAMP '2025-07-01' THEN left_at END AS discharged_at,
  admission_type,
  CASE WHEN left_at >= TIMESTAMP '2025-07-01' THEN NULL
       WHEN outcome_draw < 0.021 + CASE WHEN department_id = 9 THEN 0.06 ELSE 0 END THEN 'deceased'
       WHEN outcome_draw < 0.16 THEN 'transferred' ELSE 'home' END AS outcome,
  return_draw < 0.07 + CASE WHEN admission_type = 'emergency' THEN 0.05 ELSE 0 END AS is_readmission,
  (900 + charge_draw * 2200 + length_draw * length_draw * 9000 * (1 + department_id % 3 * 0.4)
     + datediff('month', DATE '2023-01-01', admitted_at::DATE) * 12)::DECIMAL(12, 2) AS total_charges
FROM timed;

CREATE TABLE procedures AS
SELECT
  (stay_id * 4 + k)::INTEGER AS procedure_id,
  stay_id,
  ['X-ray', 'CT scan', 'MRI', 'Blood panel', 'Biopsy', 'Hip replacement', 'Appendectomy', 'Bypass', 'Cesarean section'][
    1 + floor(power(chance(stay_id * 4 + k, 16), 1.4) * 9)::INTEGER] AS procedure_name,
  (admitted_at + to_minutes((chance(stay_id * 4 + k, 17)
     * datediff('minute', admitted_at, least(coalesce(discharged_at, TIMESTAMP '2025-06-30 23:00:00'), TIMESTAMP '2025-06-30 23:00:00')))::BIGINT
  ))::DATE AS performed_on,
  (15 + chance(stay_id * 4 + k, 18) * 165)::INTEGER AS duration_minutes,
  (80 + chance(stay_id * 4 + k, 19) * 2400)::DECIMAL(10, 2) AS fee
FROM stays, range(0, 4) AS t(k)
WHERE chance(stay_id * 4 + k, 20) < 0.45;

CREATE TABLE bed_census AS
SELECT
  day::DATE AS census_date,
  department_id,
  (bed_capacity * (0.85 + 0.1 * chance(department_id, 21)))::INTEGER AS staffed_beds,
  (bed_capacity * (0.85 + 0.1 * chance(department_id, 21))
     * (0.62 + 0.22 * chance(department_id * 5000 + datediff('day', DATE '2023-01-01', day::DATE), 22)
        + CASE WHEN month(day) IN (1, 2, 12) THEN 0.08 ELSE 0 END))::INTEGER AS occupied_beds
FROM departments, generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2025-06-30', INTERVAL 1 DAY) AS t(day);

CREATE TABLE feedback AS
SELECT
  stay_id,
  (discharged_at + INTERVAL 3 DAY)::DATE AS answered_on,
  greatest(1, least(10, round(10 - 5.5 * chance(stay_id, 23) - CASE WHEN admission_type = 'emergency' THEN 0.8 ELSE 0 END)))::INTEGER
    AS rating,
  'remark ' || stay_id AS remark
FROM stays
WHERE discharged_at < TIMESTAMP '2025-06-27' AND chance(stay_id, 24) < 0.4;

DROP MACRO chance;
DROP MACRO mixed;
