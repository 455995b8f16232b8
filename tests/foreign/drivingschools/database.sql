-- Crown Wheel Driving Schools: sample data, last day 2026-05-20. Deterministic: all "chance" comes from hash().
CREATE MACRO u(k, s) AS (hash(CAST(k AS VARCHAR) || ':' || s) % 1000003) / 1000003.0;

CREATE TABLE branches (branch_id INTEGER PRIMARY KEY, branch_name VARCHAR, city VARCHAR, region VARCHAR, opened_on DATE, has_simulator BOOLEAN);
INSERT INTO branches VALUES
 (1,'Headingley','Leeds','North','2009-04-01',true),(2,'Didsbury','Manchester','North','2011-09-12',true),
 (3,'Salford Quays','Manchester','North','2018-02-05',false),(4,'Jesmond','Newcastle','North','2014-06-02',false),
 (5,'Ecclesall','Sheffield','North','2016-03-14',false),(6,'Edgbaston','Birmingham','Midlands','2008-01-21',true),
 (7,'Solihull Road','Birmingham','Midlands','2019-10-07',false),(8,'Lenton','Nottingham','Midlands','2015-05-11',false),
 (9,'Clarendon Park','Leicester','Midlands','2017-08-28',false),(10,'Clifton','Bristol','South','2010-11-01',true),
 (11,'Hove Station','Brighton','South','2020-07-06',false),(12,'Caversham','Reading','South','2021-03-01',false),
 (13,'Pontcanna','Cardiff','Wales','2013-04-15',true),(14,'Uplands','Swansea','Wales','2022-01-10',false);

CREATE TABLE instructors (instructor_id INTEGER PRIMARY KEY, badge_no VARCHAR, full_name VARCHAR, email VARCHAR, phone VARCHAR, branch_id INTEGER, grade VARCHAR, hired_on DATE, left_on DATE, hourly_pay DECIMAL(6,2));
INSERT INTO instructors
SELECT i, 'ADI-' || lpad(CAST(i AS VARCHAR), 3, '0'),
  list_extract(['Moira','Dev','Alun','Priya','Gareth','Sian','Colin','Wanda','Femi','Ruth','Tariq','Joan'], 1 + CAST(floor(u(i,'fn')*12) AS INTEGER)) || ' ' ||
  list_extract(['Hartley','Okoro','Pryce','Shah','Bennett','Lomas','Quigley','Ward','Ellis','Novak'], 1 + CAST(floor(u(i,'ln')*10) AS INTEGER)),
  'adi' || i || '@crownwheel.example', '07700 9' || lpad(CAST(i*37 % 100000 AS VARCHAR), 5, '0'),
  1 + (i - 1) % 14,
  CASE WHEN u(i,'gr') < 0.2 THEN 'trainee' WHEN u(i,'gr') < 0.62 THEN 'grade_b' WHEN u(i,'gr') < 0.88 THEN 'grade_a' ELSE 'senior' END,
  DATE '2012-01-09' + CAST(floor(u(i,'hi')*4200) AS INTEGER),
  CASE WHEN u(i,'lf') < 0.12 THEN DATE '2026-04-01' - CAST(floor(u(i,'lf2')*60) AS INTEGER) END,
  CAST(round(17 + 9*u(i,'pay'), 2) AS DECIMAL(6,2))
FROM range(1, 85) t(i);
UPDATE instructors SET left_on = NULL WHERE left_on IS NOT NULL AND instructor_id % 2 = 0;

CREATE TABLE cars (car_id INTEGER PRIMARY KEY, fleet_no VARCHAR, branch_id INTEGER, make VARCHAR, model VARCHAR, transmission VARCHAR, fuel VARCHAR, bought_on DATE, purchase_price DECIMAL(9,2));
INSERT INTO cars
SELECT i, 'CW-' || lpad(CAST(i AS VARCHAR), 3, '0'), 1 + (i - 1) % 14, mk.make, mk.model, CASE WHEN i <= 56 THEN 'manual' ELSE 'automatic' END,
  CASE WHEN mk.model IN ('Corsa Electric','Leaf') THEN 'electric' WHEN mk.model IN ('Yaris','Jazz') THEN 'hybrid' WHEN u(i,'fu') < 0.25 THEN 'diesel' ELSE 'petrol' END,
  DATE '2018-03-01' + CAST(floor(u(i,'bo')*2000) AS INTEGER), CAST(14000 + floor(u(i,'pp')*14000) AS DECIMAL(9,2))
FROM range(1, 99) t(i)
JOIN (SELECT * FROM (VALUES (0,true,'Vauxhall','Corsa'),(1,true,'Ford','Fiesta'),(2,true,'Renault','Clio'),(3,true,'Peugeot','208'),
   (0,false,'Vauxhall','Corsa Electric'),(1,false,'Toyota','Yaris'),(2,false,'Honda','Jazz'),(3,false,'Nissan','Leaf')) v(n,man,make,model)) mk
  ON mk.man = (i <= 56) AND mk.n = CAST(floor(u(i,'mk')*4) AS INTEGER);

CREATE TABLE pupils (pupil_id INTEGER PRIMARY KEY, full_name VARCHAR, email VARCHAR, phone VARCHAR, birth_date DATE, postcode VARCHAR, branch_id INTEGER, enrolled_on DATE, lead_source VARCHAR, transmission VARCHAR, age_band VARCHAR, eye_test_passed BOOLEAN);
INSERT INTO pupils
WITH p AS (
  SELECT i, CAST(DATE '2023-11-15' + CAST(floor(917 * power(u(i,'en'), 0.88)) AS INTEGER) AS DATE) AS d0, u(i,'br') AS b, u(i,'ls') AS l, u(i,'ag') AS a
  FROM range(1, 1801) t(i)),
q AS (SELECT *, CASE WHEN month(d0) IN (12, 7) AND u(i,'se') < 0.35 THEN CAST(d0 - INTERVAL 70 DAY AS DATE) ELSE d0 END AS d FROM p)
SELECT i, list_extract(['Aisha','Ben','Chloe','Dylan','Ewan','Freya','Grace','Harri','Imran','Jade','Kofi','Lowri'], 1 + CAST(floor(u(i,'pf')*12) AS INTEGER)) || ' ' ||
  list_extract(['Adams','Brown','Clarke','Davies','Evans','Foster','Green','Hughes','Iqbal','Jones'], 1 + CAST(floor(u(i,'pl')*10) AS INTEGER)),
  'pupil' || i || '@mail.example', CASE WHEN u(i,'ph') < 0.9 THEN '07911 ' || lpad(CAST(i*61 % 1000000 AS VARCHAR), 6, '0') END,
  CAST(d - INTERVAL 17 YEAR - to_days(CAST(floor(CASE WHEN a < .45 THEN 700*u(i,'bd') WHEN a < .75 THEN 731+2100*u(i,'bd') ELSE 2950+9000*u(i,'bd') END) AS INTEGER)) AS DATE),
  'XX' || (i % 30) || ' ' || (i % 9) || 'AB',
  CASE WHEN b<.12 THEN 1 WHEN b<.23 THEN 2 WHEN b<.30 THEN 3 WHEN b<.37 THEN 4 WHEN b<.435 THEN 5 WHEN b<.555 THEN 6 WHEN b<.605 THEN 7 WHEN b<.67 THEN 8
    WHEN b<.72 THEN 9 WHEN b<.81 THEN 10 WHEN b<.86 THEN 11 WHEN b<.90 THEN 12 WHEN b<.97 THEN 13 ELSE 14 END,
  d,
  CASE WHEN l<.34 THEN 'recommendation' WHEN l<.58 THEN 'web_search' WHEN l<.76 THEN 'social_media' WHEN l<.86 THEN 'college_fair' WHEN l<.93 THEN 'leaflet' END,
  CASE WHEN u(i,'tr') < 0.24 + 0.05*(year(d)-2023) THEN 'automatic' ELSE 'manual' END,
  CASE WHEN a < .45 THEN '17-18' WHEN a < .75 THEN '19-24' WHEN a < .93 THEN '25-39' ELSE '40+' END,
  CASE WHEN u(i,'ey') < .93 THEN true WHEN u(i,'ey') < .97 THEN false END
FROM q;
UPDATE pupils SET enrolled_on = DATE '2023-11-15' + CAST(pupil_id % 30 AS INTEGER) WHERE enrolled_on < DATE '2023-11-15';

CREATE TABLE packages (package_id INTEGER PRIMARY KEY, package_name VARCHAR, kind VARCHAR, hours INTEGER, list_price DECIMAL(8,2));
INSERT INTO packages VALUES (1,'Taster Two','starter',2,62),(2,'First Gear 5','starter',5,185),(3,'Block 10','block',10,365),(4,'Block 20','block',20,710),
 (5,'Block 40','block',40,1360),(6,'Crash Course Week','intensive',30,1290),(7,'Test Ready 6','test_prep',6,240),(8,'Motorway Plus','pass_plus',6,225);

CREATE TABLE package_sales (sale_id INTEGER PRIMARY KEY, pupil_id INTEGER, branch_id INTEGER, package_id INTEGER, sold_on DATE, sold_via VARCHAR, list_amount DECIMAL(9,2), discount_amount DECIMAL(9,2), status VARCHAR, cancelled_on DATE);
INSERT INTO package_sales
WITH s AS (
  SELECT p.pupil_id, p.branch_id, p.lead_source, n, p.pupil_id*10+n AS k, CAST(p.enrolled_on + CASE WHEN n = 1 THEN CAST(floor(u(p.pupil_id*10+n,'sd')*6) AS INTEGER) ELSE CAST((n-1)*62 + floor(u(p.pupil_id*10+n,'sd')*35) AS INTEGER) END AS DATE) AS d
  FROM pupils p, range(1, 6) t(n) WHERE n = 1 OR u(p.pupil_id*10+n,'buy') < 0.82 - 0.13*n),
x AS (SELECT *, u(k,'pk') AS r, u(k,'di') AS di, u(k,'st') AS st, u(k,'vi') AS v FROM s WHERE d <= DATE '2026-05-20'),
y AS (SELECT *, CASE WHEN n = 1 THEN CASE WHEN r<.22 THEN 1 WHEN r<.48 THEN 2 WHEN r<.74 THEN 3 WHEN r<.88 THEN 4 WHEN r<.93 THEN 5 ELSE 6 END
   WHEN n = 2 THEN CASE WHEN r<.40 THEN 3 WHEN r<.70 THEN 4 WHEN r<.82 THEN 5 WHEN r<.90 THEN 6 ELSE 7 END
   ELSE CASE WHEN r<.35 THEN 3 WHEN r<.72 THEN 7 ELSE 8 END END AS pk FROM x)
SELECT row_number() OVER (ORDER BY d, k), pupil_id, y.branch_id, pk, d,
  CASE WHEN v < .30 + .07*(year(d)-2024) THEN 'website' WHEN v < .46 + .10*(year(d)-2024) THEN 'app' WHEN v < .78 THEN 'reception' ELSE 'phone' END,
  CAST(round(g.list_price * (1 + 0.05*(year(d)-2024)), 2) AS DECIMAL(9,2)),
  CAST(round(CASE WHEN di < .25 + CASE WHEN month(d) IN (1,9) THEN .3 ELSE 0 END + CASE WHEN y.branch_id IN (3,7,11) THEN .15 ELSE 0 END THEN g.list_price * (1 + 0.05*(year(d)-2024)) * (CASE WHEN di < .12 THEN .2 WHEN di < .3 THEN .1 ELSE .15 END) ELSE 0 END, 2) AS DECIMAL(9,2)),
  CASE WHEN st < .04 + CASE WHEN v >= .78 THEN .06 ELSE 0 END + CASE WHEN pk = 6 THEN .08 ELSE 0 END THEN 'cancelled' WHEN st > .88 THEN 'part_paid' ELSE 'paid' END,
  CASE WHEN st < .04 + CASE WHEN v >= .78 THEN .06 ELSE 0 END + CASE WHEN pk = 6 THEN .08 ELSE 0 END THEN least(DATE '2026-05-20', CAST(d + CAST(floor(2+u(k,'ca')*12) AS INTEGER) AS DATE)) END
FROM y JOIN packages g ON g.package_id = pk;

CREATE TABLE payments (payment_id INTEGER PRIMARY KEY, sale_id INTEGER, paid_on DATE, method VARCHAR, amount DECIMAL(9,2), status VARCHAR);
INSERT INTO payments
WITH p AS (
  SELECT s.sale_id, n, s.sale_id*10+n AS k, CASE WHEN s.list_amount < 300 THEN 1 WHEN s.list_amount < 800 THEN 2 ELSE 3 END AS parts, s.list_amount - s.discount_amount AS net, CAST(s.sold_on + CAST((n-1)*21 + floor(u(s.sale_id*10+n,'pd')*4) AS INTEGER) AS DATE) AS d, s.status AS ss
  FROM package_sales s, range(1, 4) t(n))
SELECT row_number() OVER (ORDER BY d, k), sale_id, d,
  CASE WHEN u(k,'me') < .52 THEN 'card' WHEN u(k,'me') < .72 THEN 'bank_transfer' WHEN u(k,'me') < .72 + .05*(2027-year(d)) THEN 'cash' ELSE 'pay_later' END,
  CAST(round(net/parts, 2) AS DECIMAL(9,2)),
  CASE WHEN ss = 'cancelled' AND n = 1 THEN 'refunded' WHEN ss = 'cancelled' THEN 'failed' WHEN u(k,'fa') < CASE WHEN u(k,'me') >= .72 + .05*(2027-year(d)) THEN .13 WHEN u(k,'me') < .52 THEN .055 ELSE .02 END THEN 'failed' ELSE 'settled' END
FROM p WHERE n <= parts AND d <= DATE '2026-05-20' AND NOT (ss = 'part_paid' AND n = parts AND parts > 1) AND NOT (ss = 'cancelled' AND n > 1 AND u(k,'cx') < .8);

CREATE TABLE lessons (lesson_id INTEGER PRIMARY KEY, pupil_id INTEGER, instructor_id INTEGER, car_id INTEGER, branch_id INTEGER, starts_at TIMESTAMP, duration_minutes INTEGER, lesson_type VARCHAR, status VARCHAR, notice_hours INTEGER, miles DECIMAL(6,1));
INSERT INTO lessons
WITH l AS (
  SELECT p.*, n, p.pupil_id*100+n AS k, CAST(p.enrolled_on + CAST(4 + n*9 + floor(u(p.pupil_id*100+n,'ld')*8) AS INTEGER) AS DATE) AS d0
  FROM pupils p, range(0, 20) t(n) WHERE n < 5 + 15*u(p.pupil_id,'nl')),
m AS (SELECT *, CASE WHEN dayofweek(d0) = 0 AND u(k,'su') < .75 THEN CAST(d0 - CAST(1 + floor(u(k,'sx')*3) AS INTEGER) AS DATE) ELSE d0 END AS d FROM l),
x AS (SELECT *, u(k,'ls') AS s,
   .035 + CASE WHEN month(d) IN (12,1,2) THEN .035 ELSE 0 END + CASE WHEN branch_id IN (7,9,14) THEN .05 WHEN branch_id IN (10,12) THEN -.015 ELSE 0 END + CASE WHEN age_band = '17-18' THEN .03 ELSE 0 END AS cp,
   .02 + CASE WHEN month(d) IN (12,1) THEN .045 ELSE 0 END + CASE WHEN branch_id IN (3,5) THEN .03 ELSE 0 END AS cs,
   .025 + CASE WHEN age_band IN ('17-18','19-24') THEN .02 ELSE 0 END + CASE WHEN branch_id = 3 THEN .03 ELSE 0 END AS ns,
   CAST(floor(u(pupil_id,'in')*6) AS INTEGER) AS ix, CAST(floor(u(k,'hr')*100) AS INTEGER) AS h
  FROM m WHERE d <= DATE '2026-05-20'),
y AS (SELECT *, CASE WHEN s < cp THEN 'cancelled_by_pupil' WHEN s < cp+cs THEN 'cancelled_by_school' WHEN s < cp+cs+ns THEN 'no_show' ELSE 'completed' END AS st,
  CASE WHEN u(k,'du') < .5 THEN 60 WHEN u(k,'du') < .8 THEN 90 ELSE 120 END AS du FROM x)
SELECT row_number() OVER (ORDER BY d, k), pupil_id, branch_id + 14*CASE WHEN u(k,'sw') < .12 THEN (ix+1) % 6 ELSE ix END,
  CASE WHEN transmission = 'manual' THEN branch_id + 14*CAST(floor(u(k,'cr')*4) AS INTEGER) ELSE 56 + branch_id + 14*CAST(floor(u(k,'cr')*3) AS INTEGER) END,
  branch_id,
  CAST(d AS TIMESTAMP) + to_minutes(60*CASE WHEN h<6 THEN 8 WHEN h<13 THEN 9 WHEN h<21 THEN 10 WHEN h<28 THEN 11 WHEN h<33 THEN 12 WHEN h<40 THEN 13 WHEN h<49 THEN 14 WHEN h<60 THEN 15 WHEN h<75 THEN 16 WHEN h<88 THEN 17 WHEN h<96 THEN 18 ELSE 19 END + 30*CAST(u(k,'mi') < .4 AS INTEGER)),
  du, CASE WHEN n >= 9 AND u(k,'lt') < .16 THEN 'mock_test' WHEN n >= 6 AND u(k,'lt') < .27 THEN 'motorway' WHEN n >= 4 AND u(k,'lt') < .35 THEN 'night' ELSE 'standard' END,
  st, CASE WHEN st LIKE 'cancelled%' THEN CAST(floor(power(u(k,'no'), 1.6)*120) AS INTEGER) END,
  CASE WHEN st = 'completed' THEN CAST(round(du * (.14 + .12*u(k,'mi2') + CASE WHEN branch_id IN (4,14) THEN .06 ELSE 0 END), 1) AS DECIMAL(6,1)) END
FROM y;

CREATE TABLE tests (test_id INTEGER PRIMARY KEY, pupil_id INTEGER, branch_id INTEGER, instructor_id INTEGER, kind VARCHAR, attempt_no INTEGER, taken_on DATE, test_centre VARCHAR, result VARCHAR, minor_faults INTEGER);
INSERT INTO tests
WITH a AS (
  SELECT p.*, kind, n, p.pupil_id*100 + n + CASE WHEN kind = 'theory' THEN 50 ELSE 0 END AS k,
   CAST(p.enrolled_on + CAST(CASE WHEN kind = 'theory' THEN 35 + 30*(n-1) ELSE 120 + 45*(n-1) END + floor(u(p.pupil_id*100+n,kind)*28) AS INTEGER) AS DATE) AS d
  FROM pupils p, (VALUES ('theory'),('practical')) kk(kind), range(1, 5) t(n) WHERE u(p.pupil_id, 'g' || kind) < CASE WHEN kind = 'theory' THEN .9 ELSE .74 END),
r AS (SELECT *, CASE WHEN u(k,'ab') < .035 THEN 'absent'
   WHEN u(k,'ps') < CASE WHEN kind = 'theory' THEN .52 + CASE WHEN age_band = '17-18' THEN .08 ELSE 0 END ELSE
     .44 + CASE WHEN branch_id IN (10,13) THEN .16 WHEN branch_id IN (7,3) THEN -.12 WHEN branch_id = 1 THEN .05 ELSE 0 END + CASE WHEN transmission = 'automatic' THEN -.07 ELSE 0 END + CASE WHEN month(d) IN (12,1,2) THEN -.08 ELSE 0 END + .05*n END THEN 'pass' ELSE 'fail' END AS res FROM a),
f AS (SELECT *, max(CAST(res = 'pass' AS INTEGER)) OVER (PARTITION BY pupil_id, kind ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS done FROM r)
SELECT row_number() OVER (ORDER BY d, k), pupil_id, branch_id, CASE WHEN kind = 'practical' THEN branch_id + 14*CAST(floor(u(pupil_id,'in')*6) AS INTEGER) END, kind, n, d,
  CASE WHEN kind = 'practical' THEN list_extract(['Horsforth','Cheetham Hill','West Didsbury','Gosforth','Handsworth','Kings Heath','Shirley','Colwick','Wigston','Brislington','Lancing','Farnborough','Llanishen','Sketty'], branch_id) END,
  res, CASE WHEN kind = 'practical' AND res = 'pass' THEN CAST(floor(u(k,'mf')*13) AS INTEGER) WHEN kind = 'practical' AND res = 'fail' THEN CAST(3+floor(u(k,'mf')*16) AS INTEGER) END
FROM f WHERE coalesce(done, 0) = 0 AND d <= DATE '2026-05-20';

-- Who had left by then is stood in for by the next colleague of the branch.
UPDATE lessons SET instructor_id = 1 + (instructor_id + 13) % 84 WHERE EXISTS (SELECT 1 FROM instructors i WHERE i.instructor_id = lessons.instructor_id AND i.left_on <= CAST(lessons.starts_at AS DATE));
UPDATE lessons SET instructor_id = 1 + (instructor_id + 13) % 84 WHERE EXISTS (SELECT 1 FROM instructors i WHERE i.instructor_id = lessons.instructor_id AND i.left_on <= CAST(lessons.starts_at AS DATE));
UPDATE lessons SET instructor_id = 1 + (instructor_id + 13) % 84 WHERE EXISTS (SELECT 1 FROM instructors i WHERE i.instructor_id = lessons.instructor_id AND i.left_on <= CAST(lessons.starts_at AS DATE));
UPDATE tests SET instructor_id = 1 + (instructor_id + 13) % 84 WHERE EXISTS (SELECT 1 FROM instructors i WHERE i.instructor_id = tests.instructor_id AND i.left_on <= tests.taken_on);
UPDATE tests SET instructor_id = 1 + (instructor_id + 13) % 84 WHERE EXISTS (SELECT 1 FROM instructors i WHERE i.instructor_id = tests.instructor_id AND i.left_on <= tests.taken_on);
UPDATE tests SET instructor_id = 1 + (instructor_id + 13) % 84 WHERE EXISTS (SELECT 1 FROM instructors i WHERE i.instructor_id = tests.instructor_id AND i.left_on <= tests.taken_on);

CREATE TABLE reviews (review_id INTEGER PRIMARY KEY, lesson_id INTEGER, reviewed_on DATE, platform VARCHAR, rating INTEGER, comment VARCHAR);
INSERT INTO reviews
SELECT row_number() OVER (ORDER BY l.lesson_id), l.lesson_id, CAST(least(DATE '2026-05-20', CAST(l.starts_at AS DATE) + CAST(floor(u(l.lesson_id,'rd')*5) AS INTEGER)) AS DATE),
  CASE WHEN u(l.lesson_id,'pf') < .5 THEN 'google' WHEN u(l.lesson_id,'pf') < .78 THEN 'trustpilot' ELSE 'in_app' END,
  CASE WHEN q < .07 THEN 1 WHEN q < .14 THEN 2 WHEN q < .27 THEN 3 WHEN q < .55 THEN 4 ELSE 5 END,
  CASE WHEN u(l.lesson_id,'co') < .6 THEN 'Patient and clear, would book again.' END
FROM (SELECT *, u(lesson_id,'q') + CASE WHEN branch_id IN (10,13) THEN .12 WHEN branch_id IN (3,7) THEN -.12 ELSE 0 END + CASE WHEN instructor_id % 5 = 0 THEN -.06 ELSE 0 END AS q FROM lessons WHERE status = 'completed' AND u(lesson_id,'rv') < .13) l;
DROP MACRO u;
