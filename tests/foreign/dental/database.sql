-- Brightwell Dental: seven practices, 2024-01-01 to 2026-05-20. Deterministic: every "random" number is a hash.
CREATE OR REPLACE MACRO u(k, salt) AS (hash(k * 7919 + salt * 104729) % 1000003) / 1000003.0;

CREATE TABLE practices (practice_id INTEGER PRIMARY KEY, practice_name VARCHAR, town VARCHAR, region VARCHAR, opened_on DATE, has_parking BOOLEAN);
INSERT INTO practices VALUES
 (1, 'Harbour Street', 'Whitcombe', 'Coast', DATE '2009-03-02', false),
 (2, 'Millbrook', 'Millbrook', 'Valley', DATE '2012-09-10', true),
 (3, 'Northgate', 'Aldchester', 'City', DATE '2014-01-13', false),
 (4, 'Kingsway', 'Aldchester', 'City', DATE '2016-05-09', true),
 (5, 'Station Road', 'Penmouth', 'Coast', DATE '2018-02-05', true),
 (6, 'Old Priory', 'Thornbury Vale', 'Valley', DATE '2020-10-05', true),
 (7, 'Fernhill', 'Aldchester', 'City', DATE '2024-09-02', true);

CREATE TABLE insurers (insurer_id INTEGER PRIMARY KEY, insurer_name VARCHAR, scheme_type VARCHAR, contracted_since DATE);
INSERT INTO insurers VALUES
 (1, 'Denplan Shield', 'capitation plan', DATE '2013-01-01'),
 (2, 'Bupa Smile', 'private insurance', DATE '2015-04-01'),
 (3, 'Meridian Health', 'private insurance', DATE '2017-07-01'),
 (4, 'Oakleaf Mutual', 'cash plan', DATE '2018-01-01'),
 (5, 'WorkCare', 'corporate scheme', DATE '2020-06-01'),
 (6, 'Halcyon', 'corporate scheme', DATE '2023-10-01');

CREATE TABLE dentists (dentist_id INTEGER PRIMARY KEY, dentist_name VARCHAR, speciality VARCHAR, home_practice_id INTEGER REFERENCES practices(practice_id),
  started_on DATE, left_on DATE, work_email VARCHAR);
INSERT INTO dentists
SELECT i, n,
  CASE (i - 1) % 5 WHEN 4 THEN 'hygienist' WHEN 3 THEN ['orthodontist','oral surgeon','endodontist'][((i - 1) // 5) % 3 + 1] ELSE 'general dentist' END,
  (i - 1) // 5 + 1,
  CASE WHEN (i - 1) // 5 + 1 = 7 THEN DATE '2024-09-02' WHEN i IN (8, 22) THEN DATE '2025-02-03' ELSE DATE '2015-01-05' + CAST(floor(u(i, 1) * 3000) AS INTEGER) END,
  CASE i WHEN 3 THEN DATE '2025-06-27' WHEN 17 THEN DATE '2025-11-28' WHEN 27 THEN DATE '2026-01-30' END,
  lower(replace(n, ' ', '.')) || '@brightwell.example'
FROM (SELECT unnest(range(1, 36)) i, unnest(['Amara Okafor','Callum Reid','Priya Nair','Tomasz Wilk','Hannah Boyle','Edward Lyle','Sofia Marchetti','Yusuf Demir','Grace Tan','Leah Morris',
 'Oliver Haines','Mei Chen','Rafael Souza','Ingrid Dahl','Katie Brennan','Samuel Adeyemi','Nadia Rahman','Peter Voss','Elena Petrova','Joanne Pike',
 'Arjun Mehta','Fiona Gallagher','David Osei','Beatriz Lima','Megan Frost','Henry Caldwell','Lucia Romero','Kwame Boateng','Anna Lindqvist','Chloe Barker',
 'Imran Siddiqui','Rosalind Hart','Noah Feldman','Marta Kowalska','Ellie Shaw']) n);

CREATE TABLE chairs (chair_id INTEGER PRIMARY KEY, practice_id INTEGER REFERENCES practices(practice_id), chair_name VARCHAR, chair_type VARCHAR, installed_on DATE, in_service BOOLEAN);
INSERT INTO chairs
SELECT (p.practice_id - 1) * 4 + s, p.practice_id, p.practice_name || ' ' || s,
  CASE s WHEN 4 THEN 'hygiene' WHEN 3 THEN 'surgical' ELSE 'standard' END,
  greatest(p.opened_on, DATE '2014-01-01' + CAST(floor(u(p.practice_id * 10 + s, 2) * 3500) AS INTEGER)),
  NOT ((p.practice_id = 1 AND s = 2))
FROM practices p, (SELECT unnest([1, 2, 3, 4]) s);

CREATE TABLE patients (patient_id INTEGER PRIMARY KEY, full_name VARCHAR, email VARCHAR, phone VARCHAR, birth_date DATE, postcode VARCHAR, gender VARCHAR, age_group VARCHAR,
  home_practice_id INTEGER REFERENCES practices(practice_id), insurer_id INTEGER REFERENCES insurers(insurer_id), referral_source VARCHAR, registered_on DATE, recall_consent BOOLEAN);
INSERT INTO patients
WITH raw AS (
  SELECT k, DATE '2021-01-04' + CAST(floor(pow(u(k, 3), 0.75) * 1963) AS INTEGER) AS r FROM range(1, 3301) t(k)),
kept AS (
  SELECT k, CASE WHEN dayofweek(r) = 0 THEN r + 1 ELSE r END AS r FROM raw
  WHERE u(k, 4) < [0.95, 0.8, 0.75, 0.6, 0.7, 0.65, 0.5, 0.45, 0.9, 0.8, 0.7, 0.4][month(r)]),
num AS (SELECT row_number() OVER (ORDER BY r, k) AS i, r FROM kept),
pr AS (
  SELECT i, r, u(i, 5) AS a, u(i, 6) AS b, u(i, 7) AS c, u(i, 8) AS d, u(i, 9) AS e FROM num),
h AS (
  SELECT *, CASE WHEN a < 0.20 THEN 3 WHEN a < 0.37 THEN 4 WHEN a < 0.53 THEN 1 WHEN a < 0.66 THEN 2 WHEN a < 0.78 THEN 5 WHEN a < 0.87 THEN 6
                 WHEN r >= DATE '2024-09-02' THEN 7 ELSE 3 END AS home FROM pr)
SELECT i,
  ['Oliver','Amelia','George','Isla','Noah','Ava','Arthur','Mia','Leo','Freya','Harry','Zara','Jack','Nia','Omar','Ruth','Kofi','Lena','Ivan','Joan'][(i * 7 % 20) + 1] || ' ' ||
  ['Smith','Patel','Jones','Khan','Taylor','Evans','Novak','Walker','Hughes','Green','Ali','Baker','Ward','Cole','Murphy','Singh','Lowe'][(i * 11 % 17) + 1],
  CASE WHEN u(i, 10) < 0.9 THEN 'p' || i || '@mail.example' END,
  '07700 9' || lpad(CAST(i AS VARCHAR), 5, '0'),
  CAST(CASE WHEN b < 0.18 THEN DATE '2010-01-01' + CAST(floor(u(i, 11) * 4500) AS INTEGER) WHEN b < 0.42 THEN DATE '1992-01-01' + CAST(floor(u(i, 11) * 5500) AS INTEGER)
       WHEN b < 0.74 THEN DATE '1972-01-01' + CAST(floor(u(i, 11) * 7000) AS INTEGER) ELSE DATE '1940-01-01' + CAST(floor(u(i, 11) * 11000) AS INTEGER) END AS DATE),
  ['WC','MB','AL','AL','PM','TV','AL'][home] || (1 + i % 9) || ' ' || (1 + i % 8) || 'QT',
  CASE WHEN u(i, 12) < 0.52 THEN 'female' WHEN u(i, 12) < 0.97 THEN 'male' END,
  CASE WHEN b < 0.18 THEN 'child' WHEN b < 0.42 THEN 'young adult' WHEN b < 0.74 THEN 'adult' ELSE 'senior' END,
  home,
  CASE WHEN c < 0.17 THEN 1 WHEN c < 0.30 THEN 2 WHEN c < 0.40 THEN 3 WHEN c < 0.46 THEN 4 WHEN c < 0.55 THEN 5 WHEN c < 0.59 AND r >= DATE '2023-10-01' THEN 6 END,
  CASE WHEN d < 0.30 THEN 'word of mouth' WHEN d < 0.56 THEN 'web search' WHEN d < 0.70 THEN 'walk-in' WHEN d < 0.82 THEN 'social media' WHEN d < 0.93 THEN 'GP referral' END,
  r, e < 0.78
FROM h;

CREATE TABLE appointments (appointment_id INTEGER PRIMARY KEY, patient_id INTEGER REFERENCES patients(patient_id), practice_id INTEGER REFERENCES practices(practice_id),
  dentist_id INTEGER REFERENCES dentists(dentist_id), chair_id INTEGER REFERENCES chairs(chair_id), booked_at TIMESTAMP, starts_at TIMESTAMP, minutes INTEGER,
  visit_type VARCHAR, booking_channel VARCHAR, status VARCHAR, short_notice BOOLEAN, waited_minutes INTEGER);
INSERT INTO appointments
WITH raw AS (
  SELECT k, DATE '2024-01-01' + CAST(floor(pow(u(k, 20), 0.88) * 871) AS INTEGER) AS d0 FROM range(1, 16001) t(k)),
kept AS (
  SELECT k, CASE WHEN dayofweek(d0) = 0 THEN d0 + 1 + (k % 2)::INTEGER ELSE d0 END AS d FROM raw
  WHERE u(k, 21) < [0.92, 0.9, 0.95, 0.8, 0.85, 0.88, 0.8, 0.62, 0.9, 0.97, 0.93, 0.65][month(d0)] AND NOT (dayofweek(d0) = 6 AND u(k, 22) < 0.6)),
pool AS (SELECT d, (SELECT count(*) FROM patients WHERE registered_on <= d) AS n FROM (SELECT DISTINCT d FROM kept)),
picked AS (SELECT k, d, 1 + CAST(floor(u(k, 23) * n) AS INTEGER) AS patient_id FROM kept JOIN pool USING (d)),
pl AS (
  SELECT k, d, p.patient_id, p.age_group, p.insurer_id,
    CASE WHEN u(k, 24) < 0.93 THEN p.home_practice_id ELSE 1 + CAST(floor(u(k, 25) * 6) AS INTEGER) END AS practice_id,
    CASE WHEN u(k, 26) < 0.36 THEN 'check-up' WHEN u(k, 26) < 0.58 THEN 'hygiene' WHEN u(k, 26) < 0.84 THEN 'treatment' WHEN u(k, 26) < 0.93 THEN 'emergency' ELSE 'consultation' END AS visit_type,
    CASE WHEN u(k, 27) < 0.44 - 0.15 * (d - DATE '2024-01-01') / 871.0 THEN 'phone' WHEN u(k, 27) < 0.70 THEN 'online' WHEN u(k, 27) < 0.88 THEN 'front desk' ELSE 'app' END AS booking_channel
  FROM picked JOIN patients p USING (patient_id)),
sl AS (
  SELECT *, CASE WHEN visit_type = 'hygiene' THEN 5 WHEN visit_type = 'treatment' AND u(k, 28) < 0.3 THEN 4 WHEN u(k, 28) < 0.55 THEN 1 WHEN u(k, 28) < 0.82 THEN 2 ELSE 3 END AS s0 FROM pl),
dn AS (
  SELECT sl.*, CASE WHEN x.started_on > d OR x.left_on < d THEN (practice_id - 1) * 5 + 1 ELSE x.dentist_id END AS dentist_id
  FROM sl JOIN dentists x ON x.dentist_id = (practice_id - 1) * 5 + s0),
st AS (
  SELECT *,
    (practice_id - 1) * 4 + CASE WHEN visit_type = 'hygiene' THEN 4 WHEN visit_type = 'treatment' AND u(k, 29) < 0.55 THEN 3 WHEN u(k, 29) < 0.6 OR practice_id = 1 THEN 1 ELSE 2 END AS chair_id,
    CAST(d AS TIMESTAMP) + to_hours(CASE WHEN dayofweek(d) = 6 THEN 9 + CAST(floor(u(k, 30) * 4) AS INTEGER) ELSE 8 + CAST(floor(pow(u(k, 30), 1.15) * 10) AS INTEGER) END)
      + to_minutes(15 * CAST(floor(u(k, 31) * 4) AS INTEGER)) AS starts_at,
    CASE visit_type WHEN 'emergency' THEN CAST(floor(u(k, 32) * 2) AS INTEGER) ELSE 1 + CAST(floor(pow(u(k, 32), 1.7) * (CASE WHEN practice_id IN (3, 6) THEN 46 ELSE 30 END)) AS INTEGER) END AS lead,
    [0.070, 0.045, 0.120, 0.085, 0.095, 0.035, 0.140][practice_id] + CASE booking_channel WHEN 'online' THEN 0.025 WHEN 'app' THEN -0.03 WHEN 'front desk' THEN -0.005 ELSE 0 END
      + CASE age_group WHEN 'young adult' THEN 0.045 WHEN 'senior' THEN -0.025 ELSE 0 END + [0.03, 0, 0, -0.01, 0, 0.01, 0.02, 0.035, 0, -0.01, 0, 0.04][month(d)] AS p_miss,
    0.075 + CASE visit_type WHEN 'hygiene' THEN 0.06 WHEN 'emergency' THEN -0.05 WHEN 'consultation' THEN 0.03 ELSE 0 END + [0.02, 0.03, 0, 0, 0, 0, 0, 0.02, 0, 0, 0.02, 0.04][month(d)]
      + [0, 0.01, 0.03, 0, 0.02, -0.02, 0.01][practice_id] AS p_canc
  FROM dn),
oc AS (
  SELECT *, CASE WHEN u(k, 33) < greatest(p_miss, 0.01) THEN 'no_show' WHEN u(k, 33) < greatest(p_miss, 0.01) + p_canc THEN 'cancelled' ELSE 'attended' END AS status FROM st)
SELECT row_number() OVER (ORDER BY starts_at, k), patient_id, practice_id, dentist_id, chair_id,
  least(CAST(d - lead AS TIMESTAMP) + to_minutes(480 + CAST(floor(u(k, 34) * 600) AS INTEGER)), starts_at - INTERVAL 30 MINUTE), starts_at,
  CASE visit_type WHEN 'check-up' THEN 20 WHEN 'hygiene' THEN 30 WHEN 'treatment' THEN [40, 60, 60, 90][1 + (k % 4)] WHEN 'emergency' THEN 30 ELSE 40 END,
  visit_type, booking_channel, status,
  CASE WHEN status = 'cancelled' THEN u(k, 35) < 0.38 END,
  CASE WHEN status = 'attended' AND u(k, 36) < 0.96 THEN CAST(floor([6, 4, 11, 8, 7, 5, 9][practice_id] * (0.2 + 2 * pow(u(k, 37), 2)) + CASE visit_type WHEN 'emergency' THEN 9 ELSE 0 END) AS INTEGER) END
FROM oc;

CREATE TABLE treatment_plans (plan_id INTEGER PRIMARY KEY, patient_id INTEGER REFERENCES patients(patient_id), dentist_id INTEGER REFERENCES dentists(dentist_id),
  practice_id INTEGER REFERENCES practices(practice_id), plan_type VARCHAR, proposed_on DATE, decided_on DATE, status VARCHAR, planned_value DECIMAL(10, 2), finance_offered BOOLEAN, decline_reason VARCHAR);
INSERT INTO treatment_plans
WITH b AS (
  SELECT appointment_id AS k, patient_id, dentist_id, practice_id, CAST(starts_at AS DATE) AS d,
    CASE WHEN u(appointment_id, 41) < 0.34 THEN 'restorative' WHEN u(appointment_id, 41) < 0.56 THEN 'implants' WHEN u(appointment_id, 41) < 0.78 THEN 'orthodontics' WHEN u(appointment_id, 41) < 0.92 THEN 'cosmetic' ELSE 'periodontal' END AS plan_type,
    u(appointment_id, 42) < 0.45 AS fin
  FROM appointments WHERE status = 'attended' AND visit_type IN ('check-up', 'consultation') AND u(appointment_id, 40) < CASE visit_type WHEN 'consultation' THEN 0.85 ELSE 0.37 END),
c AS (
  SELECT *, CAST(floor(pow(u(k, 43), 1.5) * 38) AS INTEGER) AS think,
    CASE plan_type WHEN 'restorative' THEN 0.70 WHEN 'implants' THEN 0.42 WHEN 'orthodontics' THEN 0.53 WHEN 'cosmetic' THEN 0.37 ELSE 0.64 END + CASE WHEN fin THEN 0.13 ELSE 0 END
      + [0.02, 0.08, -0.07, 0, -0.03, 0.1, -0.1][practice_id] + 0.05 * sin((d - DATE '2024-01-01') / 60.0) AS p FROM b),
e AS (SELECT *, CASE WHEN u(k, 44) < 0.06 OR d + think > DATE '2026-05-20' THEN 'proposed' WHEN u(k, 45) < p THEN CASE WHEN d + think + 75 < DATE '2026-05-20' AND u(k, 46) < 0.7 THEN 'completed' ELSE 'accepted' END ELSE 'declined' END AS status FROM c)
SELECT row_number() OVER (ORDER BY d, k), patient_id, dentist_id, practice_id, plan_type, d, CASE WHEN status <> 'proposed' THEN d + think END, status,
  round(CASE plan_type WHEN 'restorative' THEN 260 WHEN 'implants' THEN 1900 WHEN 'orthodontics' THEN 1700 WHEN 'cosmetic' THEN 540 ELSE 310 END * (0.6 + u(k, 47)), 2), fin,
  CASE WHEN status = 'declined' AND u(k, 48) < 0.8 THEN CASE WHEN u(k, 49) < 0.48 THEN 'price' WHEN u(k, 49) < 0.7 THEN 'fear' WHEN u(k, 49) < 0.87 THEN 'second opinion' ELSE 'moved away' END END
FROM e;

CREATE TABLE treatments (treatment_id INTEGER PRIMARY KEY, appointment_id INTEGER REFERENCES appointments(appointment_id), plan_id INTEGER REFERENCES treatment_plans(plan_id),
  dentist_id INTEGER REFERENCES dentists(dentist_id), performed_on DATE, procedure_name VARCHAR, category VARCHAR, tooth INTEGER, fee DECIMAL(10, 2), lab_cost DECIMAL(10, 2), is_remake BOOLEAN);
INSERT INTO treatments
WITH b AS (
  SELECT a.appointment_id, a.patient_id, a.dentist_id, a.practice_id, CAST(a.starts_at AS DATE) AS d, a.visit_type, a.appointment_id * 3 + n AS k, n
  FROM appointments a, (SELECT unnest([0, 1, 2]) AS n)
  WHERE a.status = 'attended' AND (n = 0 OR (n = 1 AND u(a.appointment_id, 50) < CASE a.visit_type WHEN 'treatment' THEN 0.7 WHEN 'check-up' THEN 0.5 ELSE 0.2 END) OR (n = 2 AND a.visit_type = 'treatment' AND u(a.appointment_id, 51) < 0.25))),
p AS (
  SELECT *, CASE
    WHEN visit_type = 'check-up' AND n = 0 THEN 'examination' WHEN visit_type = 'check-up' THEN 'x-ray'
    WHEN visit_type = 'hygiene' AND n = 0 THEN CASE WHEN u(k, 52) < 0.8 THEN 'scale and polish' ELSE 'deep cleaning' END WHEN visit_type = 'hygiene' THEN 'fluoride varnish'
    WHEN visit_type = 'consultation' AND n = 0 THEN 'specialist consultation' WHEN visit_type = 'consultation' THEN 'x-ray'
    WHEN visit_type = 'emergency' THEN CASE WHEN u(k, 52) < 0.4 THEN 'extraction' WHEN u(k, 52) < 0.7 THEN 'filling' ELSE 'emergency dressing' END
    WHEN u(k, 52) < 0.34 THEN 'filling' WHEN u(k, 52) < 0.50 THEN 'crown' WHEN u(k, 52) < 0.62 THEN 'root canal' WHEN u(k, 52) < 0.71 THEN 'extraction' WHEN u(k, 52) < 0.78 THEN 'whitening'
    WHEN u(k, 52) < 0.86 THEN 'aligner stage' WHEN u(k, 52) < 0.92 THEN 'veneer' WHEN u(k, 52) < 0.96 THEN 'denture' ELSE 'implant' END AS pn FROM b),
f AS (
  SELECT *, CASE WHEN pn IN ('examination', 'x-ray', 'specialist consultation') THEN 'diagnostic' WHEN pn IN ('scale and polish', 'deep cleaning', 'fluoride varnish') THEN 'preventive'
      WHEN pn IN ('filling', 'crown', 'root canal', 'denture', 'emergency dressing') THEN 'restorative' WHEN pn IN ('extraction', 'implant') THEN 'surgical' WHEN pn = 'aligner stage' THEN 'orthodontic' ELSE 'cosmetic' END AS cat,
    CASE pn WHEN 'examination' THEN 58 WHEN 'x-ray' THEN 24 WHEN 'specialist consultation' THEN 95 WHEN 'scale and polish' THEN 72 WHEN 'deep cleaning' THEN 165 WHEN 'fluoride varnish' THEN 32
      WHEN 'filling' THEN 148 WHEN 'crown' THEN 720 WHEN 'root canal' THEN 510 WHEN 'denture' THEN 880 WHEN 'emergency dressing' THEN 85 WHEN 'extraction' THEN 160 WHEN 'implant' THEN 2350
      WHEN 'aligner stage' THEN 410 WHEN 'veneer' THEN 640 ELSE 320 END AS base,
    CASE pn WHEN 'crown' THEN 0.19 WHEN 'denture' THEN 0.31 WHEN 'veneer' THEN 0.24 WHEN 'implant' THEN 0.22 WHEN 'aligner stage' THEN 0.36 END AS labr FROM p)
SELECT row_number() OVER (ORDER BY f.k), f.appointment_id, CASE WHEN f.visit_type = 'treatment' THEN t.plan_id END, f.dentist_id, f.d, f.pn, f.cat,
  CASE WHEN f.cat IN ('restorative', 'surgical') AND u(f.k, 53) < 0.97 THEN 11 + 10 * CAST(floor(u(f.k, 54) * 4) AS INTEGER) + CAST(floor(u(f.k, 55) * 8) AS INTEGER) END,
  round(base * [1.0, 0.94, 1.12, 1.08, 0.98, 0.96, 1.05][f.practice_id] * (0.93 + 0.14 * u(f.k, 56)) * CASE year(f.d) WHEN 2024 THEN 1 WHEN 2025 THEN 1.04 ELSE 1.075 END, 2),
  CASE WHEN labr IS NOT NULL THEN round(base * labr * (0.85 + 0.3 * u(f.k, 57)), 2) END,
  f.cat IN ('restorative', 'cosmetic', 'orthodontic') AND u(f.k, 58) < [0.03, 0.02, 0.065, 0.04, 0.055, 0.015, 0.05][f.practice_id] + CASE WHEN pn = 'crown' THEN 0.03 ELSE 0 END
FROM f ASOF LEFT JOIN (SELECT plan_id, patient_id AS pid, decided_on FROM treatment_plans WHERE status IN ('accepted', 'completed')) t ON f.patient_id = t.pid AND f.d >= t.decided_on;

CREATE TABLE invoices (invoice_id INTEGER PRIMARY KEY, appointment_id INTEGER REFERENCES appointments(appointment_id), patient_id INTEGER REFERENCES patients(patient_id),
  practice_id INTEGER REFERENCES practices(practice_id), insurer_id INTEGER REFERENCES insurers(insurer_id), invoiced_on DATE, due_on DATE, paid_on DATE, amount DECIMAL(10, 2), insurer_amount DECIMAL(10, 2), status VARCHAR, payment_method VARCHAR);
INSERT INTO invoices
WITH b AS (
  SELECT a.appointment_id AS k, a.patient_id, a.practice_id, p.insurer_id, CAST(a.starts_at AS DATE) AS d, round(sum(t.fee) FILTER (WHERE NOT t.is_remake) * CASE WHEN u(a.appointment_id, 60) < 0.12 THEN 0.9 ELSE 1 END, 2) AS amount
  FROM appointments a JOIN treatments t USING (appointment_id) JOIN patients p USING (patient_id) GROUP BY a.appointment_id, a.patient_id, a.practice_id, p.insurer_id, a.starts_at),
c AS (
  SELECT *, CASE WHEN u(k, 61) < 0.025 THEN 'void' WHEN u(k, 61) < 0.025 + [0.012, 0.008, 0.03, 0.015, 0.02, 0.006, 0.028][practice_id] THEN 'written_off' WHEN u(k, 61) > 0.972 THEN 'open' ELSE 'paid' END AS s0,
    d + CASE WHEN insurer_id IS NULL THEN CAST(floor(pow(u(k, 62), 3) * 40) AS INTEGER) ELSE [9, 18, 34, 22, 27, 45][insurer_id] + CAST(floor(u(k, 62) * 24) AS INTEGER) END AS pay FROM b WHERE amount > 0),
e AS (SELECT *, CASE WHEN s0 = 'paid' AND pay > DATE '2026-05-20' THEN 'open' WHEN s0 = 'written_off' AND d > DATE '2026-01-31' THEN 'open' ELSE s0 END AS status FROM c)
SELECT row_number() OVER (ORDER BY d, k), k, patient_id, practice_id, insurer_id, d, d + 30, CASE WHEN status = 'paid' THEN pay END, amount,
  CASE WHEN insurer_id IS NOT NULL THEN round(amount * ([0.75, 0.6, 0.55, 0.3, 0.7, 0.5][insurer_id] + 0.1 * u(k, 63)), 2) ELSE 0 END, status,
  CASE WHEN status = 'paid' THEN CASE WHEN u(k, 64) < 0.55 THEN 'card' WHEN u(k, 64) < 0.75 THEN 'bank transfer' WHEN u(k, 64) < 0.9 THEN 'direct debit' ELSE 'cash' END END
FROM e;

CREATE TABLE reviews (review_id INTEGER PRIMARY KEY, appointment_id INTEGER REFERENCES appointments(appointment_id), patient_id INTEGER REFERENCES patients(patient_id), practice_id INTEGER REFERENCES practices(practice_id),
  dentist_id INTEGER REFERENCES dentists(dentist_id), reviewed_on DATE, platform VARCHAR, stars INTEGER, would_recommend BOOLEAN, comment_text VARCHAR, replied_on DATE);
INSERT INTO reviews
WITH b AS (
  SELECT appointment_id AS k, patient_id, practice_id, dentist_id, CAST(starts_at AS DATE) + CAST(floor(u(appointment_id, 70) * 6) AS INTEGER) AS d,
    u(appointment_id, 71) + [0.02, 0.1, -0.14, -0.03, -0.06, 0.14, -0.09][practice_id] - coalesce(waited_minutes, 5) / 90.0 AS q
  FROM appointments WHERE status = 'attended' AND u(appointment_id, 72) < 0.2),
c AS (SELECT *, CASE WHEN q > 0.42 THEN 5 WHEN q > 0.18 THEN 4 WHEN q > 0.06 THEN 3 WHEN q > -0.05 THEN 2 ELSE 1 END AS stars FROM b WHERE d <= DATE '2026-05-20')
SELECT row_number() OVER (ORDER BY d, k), k, patient_id, practice_id, dentist_id, d,
  CASE WHEN u(k, 73) < 0.5 THEN 'Google' WHEN u(k, 73) < 0.72 THEN 'Trustpilot' ELSE 'text survey' END, stars, CASE WHEN u(k, 74) < 0.92 THEN stars >= 4 AND u(k, 75) < 0.96 END,
  CASE WHEN u(k, 76) < 0.5 THEN ['Lovely staff', 'Ran late again', 'Painless filling', 'Hard to park', 'Very thorough'][1 + (k % 5)] END,
  CASE WHEN u(k, 77) < [0.6, 0.8, 0.35, 0.55, 0.5, 0.9, 0.4][practice_id] AND d + 3 <= DATE '2026-05-20' THEN d + CAST(floor(u(k, 78) * 4) AS INTEGER) END
FROM c;
