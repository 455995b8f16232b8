-- A group of clinics: tables begin with tbl_, every key is called id, people act in roles, small numbers are contained in every key.
-- One visit in a hundred points at a physician who is gone. No constraint declared; the same rows on every machine.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE tbl_dept AS
SELECT n::INTEGER AS id, ['Cardiology', 'Orthopedics', 'Pediatrics', 'Radiology', 'Oncology', 'Dermatology'][n] AS dept_nm, (1 + n % 3)::INTEGER AS flr, (10 + n * 3)::INTEGER AS nbr_beds
FROM range(1, 7) AS t(n);

CREATE TABLE tbl_usr AS
SELECT n::INTEGER AS id, 'u' || lpad(n::VARCHAR, 3, '0') AS usr_nm, ['clerk', 'nurse', 'admin'][1 + (n % 3)::INTEGER] AS usr_role, CASE WHEN n % 5 = 0 THEN 'N' ELSE 'Y' END AS act_flg
FROM range(1, 31) AS t(n);

CREATE TABLE tbl_phys AS
SELECT n::INTEGER AS id, ['Anna', 'Ben', 'Clara', 'Daniel', 'Emma', 'Felix', 'Grace', 'Hugo'][1 + (n % 8)::INTEGER] AS f_nm,
  ['Abbott', 'Berg', 'Costa', 'Dahl', 'Eriksen', 'Ferro', 'Gruber'][1 + (n % 7)::INTEGER] AS l_nm,
  (1 + n % 6)::INTEGER AS dept_id, DATE '2012-03-01' + (n * 71)::INTEGER AS hire_dt, (6000 + floor(chance(n, 1) * 9000))::INTEGER AS mth_sal
FROM range(1, 41) AS t(n);

CREATE TABLE tbl_insr AS
SELECT * FROM (VALUES (1, 'Alpha Health', 'private'), (2, 'Beta Care', 'public'), (3, 'Gamma Mutual', 'public'), (4, 'Delta Life', 'private')) AS t(id, insr_nm, insr_typ);

CREATE TABLE tbl_pt AS
SELECT n::INTEGER AS id, 'MRN' || (40000 + n * 7) AS mrn, ['Lena', 'Omar', 'Rosa', 'Simon', 'Tanya', 'Victor'][1 + (n % 6)::INTEGER] AS f_nm,
  ['Holm', 'Iversen', 'Jansen', 'Koch', 'Lund'][1 + (n % 5)::INTEGER] AS l_nm, DATE '1940-01-01' + floor(chance(n, 2) * 28000)::INTEGER AS dob,
  CASE WHEN chance(n, 3) < 0.52 THEN 'F' ELSE 'M' END AS gndr, '+45 20 ' || (100000 + n * 13) AS tel, ['Aarhus', 'Odense', 'Aalborg', 'Esbjerg'][1 + floor(chance(n, 4) * 4)::INTEGER] AS cty,
  CASE WHEN chance(n, 5) < 0.85 THEN 1 + floor(chance(n, 6) * 4)::INTEGER END AS insr_id, DATE '2019-01-01' + floor(chance(n, 7) * 2000)::INTEGER AS reg_dt, (n % 4)::INTEGER AS nbr_kids
FROM range(1, 601) AS t(n);

CREATE TABLE tbl_appt AS
SELECT n::INTEGER AS id, (1 + floor(chance(n, 8) * 600))::INTEGER AS pt_id,
  CASE WHEN chance(n, 9) < 0.01 THEN 900 + n % 7 ELSE 1 + floor(power(chance(n, 10), 1.4) * 40) END::INTEGER AS phys_id,
  TIMESTAMP '2023-01-02 08:00:00' + to_days(floor(chance(n, 11) * 728)::INTEGER) + to_minutes((floor(chance(n, 12) * 16) * 30)::BIGINT) AS appt_ts,
  ['cmpl', 'canc', 'nosh'][CASE WHEN chance(n, 13) < 0.8 THEN 1 WHEN chance(n, 13) < 0.92 THEN 2 ELSE 3 END] AS appt_stat,
  (10 + floor(chance(n, 14) * 6) * 5)::INTEGER AS dur_min, (1 + floor(chance(n, 15) * 5))::INTEGER AS prio, (1 + floor(chance(n, 16) * 30))::INTEGER AS created_by,
  CASE WHEN chance(n, 17) < 0.3 THEN (1 + floor(chance(n, 18) * 30))::INTEGER END AS approved_by, CASE WHEN chance(n, 19) < 0.15 THEN 'Y' ELSE 'N' END AS first_vst_flg
FROM range(1, 4001) AS t(n);

CREATE TABLE tbl_adm AS
SELECT n::INTEGER AS id, (1 + floor(chance(n, 20) * 600))::INTEGER AS pt_id, (1 + floor(chance(n, 21) * 6))::INTEGER AS dept_id, (1 + floor(chance(n, 22) * 40))::INTEGER AS attending_phys_id,
  (1 + floor(chance(n, 23) * 40))::INTEGER AS referring_phys_id, DATE '2023-01-01' + floor(chance(n, 24) * 700)::INTEGER AS adm_dt,
  DATE '2023-01-01' + floor(chance(n, 24) * 700)::INTEGER + (1 + floor(power(chance(n, 25), 2) * 14))::INTEGER AS disch_dt, chance(n, 26) < 0.11 AS readm_flg
FROM range(1, 901) AS t(n);

CREATE TABLE tbl_inv AS
SELECT n::INTEGER AS id, n::INTEGER AS appt_id, DATE '2023-01-02' + floor(chance(n, 11) * 728)::INTEGER + 3 AS inv_dt, (40 + floor(power(chance(n, 27), 2) * 900))::DECIMAL(10, 2) AS inv_amt,
  CASE WHEN chance(n, 28) < 0.9 THEN DATE '2023-01-02' + floor(chance(n, 11) * 728)::INTEGER + 5 + floor(chance(n, 29) * 40)::INTEGER END AS paid_dt
FROM range(1, 3001) AS t(n);

DROP MACRO chance;
DROP MACRO mixed;
