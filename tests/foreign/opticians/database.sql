-- Linden Eyecare, a chain of opticians. Deterministic: every "random" value comes from hash(). Data to 2026-05-20.
CREATE OR REPLACE MACRO u(a, b) AS (hash(a::BIGINT, b::VARCHAR) % 1000003)::DOUBLE / 1000003.0;

CREATE TABLE shops (
  shop_id INTEGER PRIMARY KEY, shop_name VARCHAR, region VARCHAR, format VARCHAR, opened_on DATE, closed_on DATE, test_rooms INTEGER);
INSERT INTO shops
SELECT i, n[i], r[i],
  CASE WHEN i % 5 = 0 THEN 'supermarket' WHEN i % 3 = 0 THEN 'retail_park' ELSE 'high_street' END,
  CASE i WHEN 19 THEN DATE '2024-06-03' WHEN 20 THEN DATE '2024-10-14' WHEN 21 THEN DATE '2025-03-10' WHEN 22 THEN DATE '2025-11-03'
       ELSE DATE '2008-02-01' + (i * 211)::INTEGER END,
  CASE i WHEN 13 THEN DATE '2025-08-30' END,
  1 + (CASE WHEN i <= 6 THEN 3 WHEN i <= 14 THEN 2 ELSE 1 END) - (i % 2)
FROM range(1, 23) t(i), (SELECT
 ['Leeds Briggate','Manchester Arndale','York Coppergate','Camden Lock','Bristol Cabot','Nottingham Clumber','Sheffield Meadow','Croydon North End',
  'Birmingham Bull Ring','Exeter Guildhall','Wandsworth Southside','Derby Cornmarket','Hull Prospect','Reading Oracle','Leicester Highcross',
  'Ealing Broadway','Southampton Westquay','Newcastle Monument','Harrogate Station Parade','Stratford Broadway','Plymouth Drake','Coventry Arena'] n,
 ['North','North','North','London','South West','Midlands','North','London','Midlands','South West','London','Midlands','North','South East','Midlands',
  'London','South East','North','North','London','South West','Midlands'] r);

CREATE TABLE optometrists (
  optometrist_id INTEGER PRIMARY KEY, optometrist_code VARCHAR, full_name VARCHAR, email VARCHAR, grade VARCHAR, contract VARCHAR, home_shop_id INTEGER, joined_on DATE, left_on DATE);
INSERT INTO optometrists
SELECT i, 'OPT-' || lpad(i::VARCHAR, 3, '0'),
  ['Amara','Ben','Chloe','Dev','Elin','Farah','Greg','Hana','Isaac','Jo','Kit'][1 + (i * 7) % 11] || ' ' || ['Okafor','Patel','Reid','Singh','Turner','Walsh','Young'][1 + (i * 3) % 7],
  'opt' || i || '@linden-eyecare.example',
  CASE WHEN i % 3 = 1 THEN 'senior' WHEN u(i, 'grade') < 0.25 THEN 'trainee' ELSE 'qualified' END,
  CASE WHEN u(i, 'contract') < 0.25 THEN 'locum' ELSE 'employed' END,
  1 + (i - 1) // 3,
  DATE '2015-01-05' + (u(i, 'join') * 3000)::INTEGER,
  CASE WHEN i IN (8, 23, 41, 50) THEN DATE '2025-12-31' END
FROM range(1, 67) t(i);

CREATE TABLE patients (
  patient_id INTEGER PRIMARY KEY, full_name VARCHAR, email VARCHAR, mobile VARCHAR, birth_date DATE, postcode VARCHAR, age_band VARCHAR,
  home_shop_id INTEGER, registered_on DATE, heard_via VARCHAR, recall_consent BOOLEAN);
INSERT INTO patients
WITH d AS (
  SELECT x::DATE AS day, CASE WHEN x < TIMESTAMP '2023-12-01' THEN 3.0 ELSE
    5.2 * (1 + 0.25 * sin(month(x) * 1.1) + 0.12 * (year(x) - 2024)) END * (CASE WHEN isodow(x) = 7 THEN 0.15 WHEN isodow(x) = 6 THEN 1.5 ELSE 1 END) AS w
  FROM range(TIMESTAMP '2022-06-01', TIMESTAMP '2026-05-21', INTERVAL 1 DAY) t(x)),
c AS (SELECT day, floor(sum(w) OVER (ORDER BY day))::INTEGER AS upto, coalesce(floor(sum(w) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))::INTEGER, 0) AS before FROM d),
p AS (SELECT unnest(range(before + 1, upto + 1)) AS i, day FROM c),
q AS (SELECT i, day, CASE WHEN u(i, 'child') < 0.14 THEN 5 + u(i, 'age') * 11 ELSE 17 + pow(u(i, 'age'), 0.75) * 68 END AS age FROM p)
SELECT i, ['Alice','Bogdan','Carmen','Dylan','Esme','Fred','Grace','Hugo','Ines','Jack','Kemi','Liam','Mona'][1 + (i * 5) % 13] || ' ' || ['Adams','Brook','Clarke','Diaz','Evans','Foster','Gill','Hart','Ito','Jones','Khan'][1 + (i * 3) % 11],
  CASE WHEN u(i, 'mail') < 0.88 THEN 'patient' || i || '@mail.example' END,
  CASE WHEN u(i, 'mob') < 0.93 THEN '07700 9' || lpad((i % 100000)::VARCHAR, 5, '0') END,
  day - (age * 365.25)::INTEGER,
  ['LS','M','YO','NW','BS','NG'][1 + i % 6] || (1 + i % 19) || ' ' || (1 + i % 9) || 'AB',
  CASE WHEN age < 16 THEN 'under 16' WHEN age < 40 THEN '16-39' WHEN age < 60 THEN '40-59' ELSE '60 and over' END,
  1 + floor(pow(u(i, 'home'), 1.35) * 22)::INTEGER,
  day,
  CASE WHEN u(i, 'via') < 0.05 THEN NULL WHEN u(i, 'via') < 0.32 THEN 'word_of_mouth' WHEN u(i, 'via') < 0.55 THEN 'web_search' WHEN u(i, 'via') < 0.74 THEN 'walk_past' WHEN u(i, 'via') < 0.87 THEN 'gp_advice' ELSE 'leaflet' END,
  u(i, 'consent') < 0.71
FROM q;

CREATE TABLE eye_tests (
  test_id INTEGER PRIMARY KEY, patient_id INTEGER, shop_id INTEGER, optometrist_id INTEGER, booked_on DATE, tested_at TIMESTAMP, test_type VARCHAR, funding VARCHAR,
  booking_channel VARCHAR, status VARCHAR, fee DECIMAL(8,2), oct_scan BOOLEAN, minutes INTEGER, outcome VARCHAR, led_to_purchase BOOLEAN);
INSERT INTO eye_tests
WITH d AS (
  SELECT x::DATE AS day, 15.0 * (1 + 0.2 * cos((month(x) - 1) * 0.9) + 0.08 * (year(x) - 2024)) * (CASE isodow(x) WHEN 7 THEN 0.2 WHEN 6 THEN 1.6 WHEN 2 THEN 0.8 ELSE 1 END) AS w
  FROM range(TIMESTAMP '2023-12-01', TIMESTAMP '2026-05-21', INTERVAL 1 DAY) t(x)),
c AS (SELECT day, floor(sum(w) OVER (ORDER BY day))::INTEGER AS upto, coalesce(floor(sum(w) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))::INTEGER, 0) AS before FROM d),
t AS (SELECT unnest(range(before + 1, upto + 1)) AS i, day FROM c),
m AS (SELECT registered_on AS day, max(patient_id) AS top FROM patients GROUP BY 1),
a AS (SELECT t.i, t.day, 1 + floor(u(t.i, 'pat') * m.top)::INTEGER AS pid FROM t ASOF JOIN m ON t.day >= m.day),
b AS (SELECT a.i, a.day, a.pid, p.age_band, CASE WHEN u(a.i, 'elsewhere') < 0.88 THEN p.home_shop_id ELSE 1 + floor(u(a.i, 'shop') * 22)::INTEGER END AS shop FROM a JOIN patients p ON p.patient_id = a.pid),
e AS (SELECT b.*, s.region, s.format, (shop - 1) * 3 + 1 + floor(u(i, 'opt') * 3)::INTEGER AS opt,
   CASE WHEN age_band = 'under 16' THEN 'child' WHEN u(i, 'type') < 0.17 THEN 'contact_lens_check' WHEN u(i, 'type') < 0.26 THEN 'diabetic' WHEN u(i, 'type') < 0.31 THEN 'home_visit' ELSE 'standard' END AS tt,
   CASE WHEN u(i, 'chan') < 0.38 THEN 'online' WHEN u(i, 'chan') < 0.68 THEN 'phone' WHEN u(i, 'chan') < 0.86 THEN 'in_shop' ELSE 'walk_in' END AS chan
   FROM b JOIN shops s ON s.shop_id = b.shop WHERE b.day >= s.opened_on AND (s.closed_on IS NULL OR b.day <= s.closed_on)),
f AS (SELECT e.*, CASE WHEN age_band IN ('under 16', '60 and over') OR tt = 'diabetic' THEN 'nhs' WHEN u(i, 'fund') < 0.15 THEN 'employer' ELSE 'private' END AS fund,
   CASE WHEN chan <> 'walk_in' AND u(i, 'st') < 0.045 + 0.05 * (chan = 'online')::INTEGER + 0.03 * (region = 'London')::INTEGER + 0.02 * (isodow(day) = 1)::INTEGER THEN 'no_show'
        WHEN chan <> 'walk_in' AND u(i, 'st2') < 0.06 + 0.02 * (month(day) = 12)::INTEGER THEN 'cancelled' ELSE 'completed' END AS st FROM e)
SELECT i, pid, shop, CASE WHEN opt IN (8, 23, 41, 50) AND day > DATE '2025-12-31' THEN opt - 1 ELSE opt END, day - (CASE WHEN chan = 'walk_in' THEN 0 ELSE 1 + floor(pow(u(i, 'lead'), 2) * 30)::INTEGER END),
  day + INTERVAL 9 HOUR + to_minutes(20 * floor(u(i, 'hour') * 26)::INTEGER),
  tt, fund, chan, st,
  CASE WHEN st = 'completed' THEN (CASE fund WHEN 'nhs' THEN 23.14 WHEN 'employer' THEN 22.00 ELSE CASE tt WHEN 'contact_lens_check' THEN 35 WHEN 'home_visit' THEN 45 ELSE CASE WHEN day >= DATE '2025-04-01' THEN 32 ELSE 29 END END END)
     + CASE WHEN u(i, 'oct') < oct THEN 15 ELSE 0 END ELSE 0 END,
  CASE WHEN st = 'completed' THEN u(i, 'oct') < oct END,
  CASE WHEN st = 'completed' THEN (18 + u(i, 'min') * 14 + CASE tt WHEN 'home_visit' THEN 14 WHEN 'diabetic' THEN 6 WHEN 'child' THEN -3 ELSE 0 END)::INTEGER END,
  CASE WHEN st = 'completed' THEN CASE WHEN u(i, 'out') < refer THEN 'referred' WHEN u(i, 'out') < 0.60 THEN 'new_prescription' ELSE 'no_change' END END,
  CASE WHEN st = 'completed' THEN u(i, 'buy') < buy END
FROM (SELECT f.*,
   0.18 + 0.07 * (year(day) - 2024) + 0.12 * (age_band = '60 and over')::INTEGER + 0.015 * (shop % 7) - 0.1 * (fund = 'nhs')::INTEGER AS oct,
   0.025 + 0.06 * (age_band = '60 and over')::INTEGER + 0.05 * (tt = 'diabetic')::INTEGER + 0.015 * (opt % 3) AS refer,
   0.36 + 0.10 * (fund = 'private')::INTEGER + 0.018 * (shop % 6) + 0.06 * (month(day) IN (1, 7, 11))::INTEGER - 0.12 * (tt = 'contact_lens_check')::INTEGER + 0.05 * (opt % 3 = 0)::INTEGER AS buy
 FROM f);

CREATE TABLE referrals (
  referral_id INTEGER PRIMARY KEY, test_id INTEGER, referred_on DATE, condition VARCHAR, urgency VARCHAR, sent_to VARCHAR, status VARCHAR, seen_on DATE);
INSERT INTO referrals
WITH r AS (SELECT e.test_id AS i, e.test_type, e.tested_at::DATE AS day, s.region,
  CASE WHEN u(e.test_id, 'urg') < 0.22 THEN 'urgent' ELSE 'routine' END AS urg FROM eye_tests e JOIN shops s USING (shop_id) WHERE outcome = 'referred'),
w AS (SELECT *, day + CASE urg WHEN 'urgent' THEN 3 + (u(i, 'wait') * 20)::INTEGER ELSE 25 + (u(i, 'wait') * 110)::INTEGER + 15 * (region = 'South West')::INTEGER END AS seen FROM r)
SELECT row_number() OVER (ORDER BY i), i, day,
  CASE WHEN test_type = 'diabetic' AND u(i, 'c') < 0.6 THEN 'retinopathy' WHEN u(i, 'c2') < 0.38 THEN 'cataract' WHEN u(i, 'c2') < 0.67 THEN 'glaucoma' WHEN u(i, 'c2') < 0.85 THEN 'macular_degeneration' ELSE 'other' END,
  urg, CASE WHEN urg = 'urgent' THEN 'hospital' WHEN u(i, 'to') < 0.55 THEN 'hospital' WHEN u(i, 'to') < 0.85 THEN 'community_clinic' ELSE 'gp' END,
  CASE WHEN u(i, 'rej') < 0.08 THEN 'rejected' WHEN seen <= DATE '2026-05-20' THEN 'seen' ELSE 'waiting' END,
  CASE WHEN u(i, 'rej') >= 0.08 AND seen <= DATE '2026-05-20' THEN seen END
FROM w;

CREATE TABLE frames (
  frame_id INTEGER PRIMARY KEY, model VARCHAR, brand VARCHAR, kind VARCHAR, material VARCHAR, wearer VARCHAR, list_price DECIMAL(8,2), cost DECIMAL(8,2));
INSERT INTO frames
SELECT i, ['Oslo','Vega','Marlow','Tern','Quill','Juno','Rook','Alder','Fife','Sable'][1 + i % 10] || ' ' || (100 + i),
  b[1 + (i * 7) % 9], CASE WHEN i % 6 = 0 THEN 'sunglasses' ELSE 'optical' END,
  CASE WHEN u(i, 'mat') < 0.45 THEN 'acetate' WHEN u(i, 'mat') < 0.8 THEN 'metal' ELSE 'titanium' END,
  CASE WHEN u(i, 'wear') < 0.15 THEN 'children' WHEN u(i, 'wear') < 0.5 THEN 'women' WHEN u(i, 'wear') < 0.8 THEN 'men' ELSE 'unisex' END,
  round((price[1 + (i * 7) % 9] + 40 * u(i, 'lp')), 0) - 0.05,
  round((price[1 + (i * 7) % 9] + 40 * u(i, 'lp')) * (0.24 + 0.2 * u(i, 'cost')), 2)
FROM range(1, 211) t(i), (SELECT ['Linden Basics','Harlow & Finch','Nordic Line','Tidewater','Monte Caro','Pixel Kids','Ardent','Studio Vue','Kestrel'] b, [29, 89, 119, 99, 189, 45, 149, 129, 75] price);

CREATE TABLE dispenses (
  dispense_id INTEGER PRIMARY KEY, patient_id INTEGER, shop_id INTEGER, test_id INTEGER, frame_id INTEGER, ordered_on DATE, lens_type VARCHAR, coating VARCHAR, lab VARCHAR,
  second_pair BOOLEAN, frame_price DECIMAL(8,2), lens_price DECIMAL(8,2), discount DECIMAL(8,2), status VARCHAR, promised_on DATE, ready_on DATE, collected_on DATE);
INSERT INTO dispenses
WITH base AS (
  SELECT test_id, patient_id, shop_id, least(tested_at::DATE + CASE WHEN u(test_id, 'lag') < 0.8 THEN 0 ELSE 1 + (u(test_id, 'lag2') * 6)::INTEGER END, DATE '2026-05-20') AS day, test_id AS k FROM eye_tests WHERE led_to_purchase
  UNION ALL
  SELECT NULL, patient_id, shop_id, tested_at::DATE, test_id + 500000 FROM eye_tests WHERE led_to_purchase = FALSE AND u(test_id, 'noref') < 0.06),
two AS (SELECT *, FALSE AS second FROM base UNION ALL SELECT base.*, TRUE FROM base JOIN shops USING (shop_id) WHERE u(k, 'second') < 0.14 + 0.12 * (month(day) IN (5, 6))::INTEGER + 0.02 * (shop_id % 4)),
n AS (SELECT row_number() OVER (ORDER BY day, k, second)::INTEGER AS i, two.*, p.age_band, s.region, s.format FROM two JOIN patients p USING (patient_id) JOIN shops s ON s.shop_id = two.shop_id),
g AS (SELECT n.*, 1 + floor(pow(u(i, 'frame'), 1.2) * 210)::INTEGER AS fid,
  CASE WHEN age_band IN ('40-59', '60 and over') AND u(i, 'lens') < 0.5 + 0.12 * (region = 'South West')::INTEGER THEN 'varifocal' WHEN age_band = '60 and over' AND u(i, 'lens') < 0.68 THEN 'bifocal' ELSE 'single_vision' END AS lens,
  CASE WHEN u(i, 'lab') < 0.5 THEN 'Corby' WHEN u(i, 'lab') < 0.8 THEN 'Telford' ELSE 'Gdansk' END AS lab
  FROM n),
h AS (SELECT g.*, f.list_price AS fp,
  round(CASE lens WHEN 'varifocal' THEN 149 WHEN 'bifocal' THEN 89 ELSE 45 END + CASE WHEN u(i, 'coat') < 0.6 THEN 35 ELSE 0 END, 2) AS lp,
  4 + floor(u(i, 'turn') * 6)::INTEGER + CASE lab WHEN 'Gdansk' THEN 4 WHEN 'Telford' THEN 1 ELSE 0 END + CASE lens WHEN 'varifocal' THEN 2 ELSE 0 END + CASE WHEN month(day) = 12 THEN 2 ELSE 0 END AS days,
  u(i, 'canc') < 0.035 + 0.02 * (format = 'supermarket')::INTEGER AS canc FROM g JOIN frames f ON f.frame_id = g.fid)
SELECT i, patient_id, shop_id, test_id, fid, day, lens,
  CASE WHEN u(i, 'coat') < 0.35 THEN 'anti_glare' WHEN u(i, 'coat') < 0.5 THEN 'blue_light' WHEN u(i, 'coat') < 0.6 THEN 'photochromic' END,
  lab, second, fp, lp,
  round((fp + lp) * CASE WHEN second THEN 0.4 WHEN u(i, 'disc') < 0.2 + 0.15 * (month(day) IN (1, 11))::INTEGER + 0.1 * (format = 'retail_park')::INTEGER THEN 0.15 ELSE 0 END, 2),
  CASE WHEN canc THEN 'cancelled' WHEN day + days > DATE '2026-05-20' THEN 'at_lab' WHEN day + days + 1 + floor(u(i, 'coll') * 9)::INTEGER > DATE '2026-05-20' THEN 'ready' ELSE 'collected' END,
  day + CASE lens WHEN 'varifocal' THEN 10 ELSE 8 END,
  CASE WHEN NOT canc AND day + days <= DATE '2026-05-20' THEN day + days END,
  CASE WHEN NOT canc AND day + days + 1 + floor(u(i, 'coll') * 9)::INTEGER <= DATE '2026-05-20' THEN day + days + 1 + floor(u(i, 'coll') * 9)::INTEGER END
FROM h;

CREATE TABLE aftercare (
  case_id INTEGER PRIMARY KEY, dispense_id INTEGER, raised_on DATE, kind VARCHAR, reason VARCHAR, lab_cost DECIMAL(8,2), refund DECIMAL(8,2));
INSERT INTO aftercare
WITH r AS (
  SELECT d.*, collected_on + 1 + (u(dispense_id, 'rd') * 28)::INTEGER AS day,
    CASE WHEN u(dispense_id, 'rm') < 0.04 + 0.06 * (lens_type = 'varifocal')::INTEGER + 0.04 * (lab = 'Gdansk')::INTEGER + 0.01 * (shop_id % 5) THEN 'remake'
         WHEN u(dispense_id, 'rt') < 0.035 + 0.02 * (second_pair)::INTEGER THEN 'return' END AS k
  FROM dispenses d WHERE status = 'collected')
SELECT row_number() OVER (ORDER BY day, dispense_id), dispense_id, day, k,
  CASE WHEN k = 'return' THEN CASE WHEN u(dispense_id, 'rr') < 0.5 THEN 'change_of_mind' WHEN u(dispense_id, 'rr') < 0.8 THEN 'poor_fit' ELSE 'faulty' END
       ELSE CASE WHEN u(dispense_id, 'rr') < 0.36 THEN 'non_tolerance' WHEN u(dispense_id, 'rr') < 0.6 THEN 'lab_error' WHEN u(dispense_id, 'rr') < 0.82 THEN 'wrong_measurement' ELSE 'poor_fit' END END,
  CASE WHEN k = 'remake' THEN round(lens_price * 0.35 + 6, 2) ELSE 0 END,
  CASE WHEN k = 'return' THEN frame_price + lens_price - discount ELSE 0 END
FROM r WHERE k IS NOT NULL AND day <= DATE '2026-05-20';

CREATE TABLE lens_plans (
  plan_id INTEGER PRIMARY KEY, patient_id INTEGER, shop_id INTEGER, lens_brand VARCHAR, replacement VARCHAR, monthly_fee DECIMAL(8,2), started_on DATE, ended_on DATE, end_reason VARCHAR);
INSERT INTO lens_plans
WITH l AS (SELECT min(test_id) AS i, patient_id, min(tested_at)::DATE AS day, arg_min(shop_id, test_id) AS shop_id FROM eye_tests WHERE status = 'completed' AND (test_type = 'contact_lens_check' OR u(test_id, 'cl') < 0.03) GROUP BY patient_id),
k AS (SELECT *, CASE WHEN u(i, 'rep') < 0.55 THEN 'daily' WHEN u(i, 'rep') < 0.7 THEN 'two_weekly' ELSE 'monthly' END AS rep FROM l WHERE u(i, 'join') < 0.72),
e AS (SELECT *, day + 30 + (-ln(1 - u(i, 'life')) * CASE rep WHEN 'monthly' THEN 420 WHEN 'daily' THEN 900 ELSE 650 END)::INTEGER AS ends FROM k)
SELECT row_number() OVER (ORDER BY day, i), patient_id, shop_id,
  CASE WHEN u(i, 'cb') < 0.4 THEN 'ClearDay' WHEN u(i, 'cb') < 0.75 THEN 'Aquavue' ELSE 'BreezeLens' END, rep,
  CASE rep WHEN 'daily' THEN 36 WHEN 'two_weekly' THEN 24 ELSE 18 END, day,
  CASE WHEN ends <= DATE '2026-05-20' THEN ends END,
  CASE WHEN ends <= DATE '2026-05-20' THEN CASE WHEN u(i, 'why') < 0.34 THEN 'price' WHEN u(i, 'why') < 0.6 THEN 'discomfort' WHEN u(i, 'why') < 0.8 THEN 'moved_provider' WHEN u(i, 'why') < 0.92 THEN 'stopped_wearing' END END
FROM e;

CREATE TABLE plan_payments (
  payment_id INTEGER PRIMARY KEY, plan_id INTEGER, due_on DATE, amount DECIMAL(8,2), method VARCHAR, status VARCHAR);
INSERT INTO plan_payments
WITH x AS (SELECT p.plan_id, p.monthly_fee, p.replacement, unnest(range(p.started_on::TIMESTAMP, coalesce(p.ended_on, DATE '2026-05-21')::TIMESTAMP, INTERVAL 1 MONTH))::DATE AS due FROM lens_plans p),
y AS (SELECT row_number() OVER (ORDER BY due, plan_id)::INTEGER AS i, * FROM x)
SELECT i, plan_id, due, monthly_fee, CASE WHEN u(plan_id, 'meth') < 0.8 THEN 'direct_debit' ELSE 'card' END,
  CASE WHEN u(i, 'fail') < 0.02 + 0.05 * (u(plan_id, 'meth') >= 0.8)::INTEGER + 0.02 * (month(due) = 1)::INTEGER THEN 'failed' WHEN u(i, 'refd') < 0.01 THEN 'refunded' ELSE 'paid' END
FROM y;
DROP MACRO u;
