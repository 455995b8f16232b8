-- Torque & Sons: a chain of car repair garages. Data up to 2026-11-18.
CREATE TEMP MACRO u(i, s) AS (hash(i::VARCHAR || '/' || s) % 1000003) / 1000003.0;

CREATE TABLE garages (garage_id INTEGER PRIMARY KEY, garage_name VARCHAR, town VARCHAR, region VARCHAR, site_format VARCHAR, bays INTEGER, opened_on DATE, labour_rate DECIMAL(8,2));
INSERT INTO garages VALUES
 (1,'Canal Road','Leeds','North','full workshop',10,'2009-03-02',78),
 (2,'Ancoats','Manchester','North','full workshop',9,'2011-06-13',82),
 (3,'Quayside','Newcastle','North','fast-fit',5,'2015-09-07',69),
 (4,'Digbeth','Birmingham','Midlands','full workshop',9,'2010-01-18',79),
 (5,'Sneinton','Nottingham','Midlands','fast-fit',4,'2017-04-03',71),
 (6,'Friar Lane','Leicester','Midlands','body shop',6,'2018-10-01',84),
 (7,'Old Kent Road','London','South','full workshop',8,'2012-05-21',98),
 (8,'Bedminster','Bristol','South','full workshop',7,'2013-11-04',86),
 (9,'Eastleigh','Southampton','South','body shop',6,'2019-02-11',88),
 (10,'Splott','Cardiff','Wales','fast-fit',4,'2020-07-06',68),
 (11,'Landore','Swansea','Wales','full workshop',5,'2021-03-15',70),
 (12,'Newtown Road','Reading','South','fast-fit',4,'2025-09-01',90);

CREATE TABLE mechanics (mechanic_id INTEGER PRIMARY KEY, full_name VARCHAR, phone VARCHAR, garage_id INTEGER, grade VARCHAR, hired_on DATE, left_on DATE, hourly_wage DECIMAL(8,2));
INSERT INTO mechanics
SELECT m, list_value('Ade','Beth','Callum','Dev','Ewan','Farah','Gus','Hana','Ivan','Jodie','Kyle','Leah')[1 + (u(m,'fn')*12)::INT % 12] || ' ' || list_value('Marsh','Okafor','Pryce','Quinn','Rowe','Singh','Tate','Usher','Vaughan','Webb')[1 + (u(m,'ln')*10)::INT % 10],
  '07' || (100000000 + (u(m,'ph')*800000000)::BIGINT)::VARCHAR, g, gr,
  CASE WHEN g = 12 THEN DATE '2025-08-04' + (s*3) WHEN s = 6 THEN DATE '2025-01-06' + (g*17) ELSE DATE '2014-01-06' + (u(m,'h')*3500)::INT END,
  CASE WHEN s = 5 AND g IN (2,4,5,7,9,10) THEN DATE '2025-05-30' + (g*41) END,
  CASE gr WHEN 'apprentice' THEN 11.5 WHEN 'fitter' THEN 15 WHEN 'technician' THEN 19 ELSE 24.5 END + round(u(m,'w')*2,1)
FROM (SELECT m, ((m-1)//6 + 1)::INT AS g, ((m-1)%6 + 1)::INT AS s, CASE (m-1)%6 WHEN 0 THEN 'master technician' WHEN 1 THEN 'technician' WHEN 2 THEN 'technician' WHEN 3 THEN 'fitter' WHEN 4 THEN 'fitter' ELSE 'apprentice' END AS gr FROM range(1,73) r(m));

CREATE TABLE vehicles (vehicle_id INTEGER PRIMARY KEY, customer_id INTEGER, registration_plate VARCHAR, make VARCHAR, model VARCHAR, fuel VARCHAR, first_registered_on DATE);
INSERT INTO vehicles
SELECT v, CASE WHEN v <= 3000 THEN v ELSE 1 + (u(v,'c')*2999)::INT END,
  chr(65+(u(v,'p1')*25)::INT) || chr(65+(u(v,'p2')*25)::INT) || lpad((10+(u(v,'p3')*63)::INT)::VARCHAR,2,'0') || ' ' || chr(65+(u(v,'p4')*25)::INT) || chr(65+(u(v,'p5')*25)::INT) || chr(65+(u(v,'p6')*25)::INT),
  mk[1], mk[2 + (u(v,'mo')*1.999)::INT % 2],
  CASE WHEN mk[1] = 'Tesla' THEN 'electric' WHEN u(v,'f') < .52 THEN 'petrol' WHEN u(v,'f') < .85 THEN 'diesel' WHEN u(v,'f') < .96 THEN 'hybrid' ELSE 'electric' END,
  DATE '2008-03-01' + (pow(u(v,'fr'),.8)*5500)::INT
FROM (SELECT v, CASE WHEN u(v,'mk')<.24 THEN ['Ford','Fiesta','Transit'] WHEN u(v,'mk')<.43 THEN ['Vauxhall','Corsa','Astra'] WHEN u(v,'mk')<.58 THEN ['Volkswagen','Golf','Polo']
  WHEN u(v,'mk')<.69 THEN ['BMW','3 Series','1 Series'] WHEN u(v,'mk')<.79 THEN ['Toyota','Yaris','Corolla'] WHEN u(v,'mk')<.88 THEN ['Nissan','Qashqai','Juke'] WHEN u(v,'mk')<.96 THEN ['Kia','Sportage','Picanto'] ELSE ['Tesla','Model 3','Model Y'] END AS mk FROM range(1,3601) r(v));

-- visits: one pool of dated arrivals; some are booked beforehand, some drive in
CREATE TEMP TABLE visit AS
WITH a AS (SELECT i, floor(932.0*pow(u(i,'d'),.86))::INT AS dn FROM range(1,19001) r(i)),
b AS (SELECT i, dn, DATE '2024-05-01' + dn AS d0 FROM a),
c AS (SELECT i, dn, CASE dayofweek(d0) WHEN 0 THEN d0 + 1 WHEN 6 THEN CASE WHEN u(i,'sat')<.5 THEN d0 - 1 ELSE d0 END ELSE d0 END AS d FROM b),
e AS (SELECT * FROM c WHERE u(i,'keep') < (CASE month(d) WHEN 1 THEN .62 WHEN 2 THEN .6 WHEN 3 THEN .95 WHEN 4 THEN .72 WHEN 5 THEN .74 WHEN 6 THEN .7 WHEN 7 THEN .66 WHEN 8 THEN .52 WHEN 9 THEN .9 WHEN 10 THEN .86 WHEN 11 THEN .97 ELSE .5 END)),
f AS (SELECT *, 1 + floor(12*pow(u(i,'g'),1.25))::INT AS g0, 1 + floor(u(i,'v')*(800 + 2800*dn/931.0))::INT AS v FROM e),
g AS (SELECT *, CASE WHEN g0 = 12 AND d < DATE '2025-09-01' THEN 7 WHEN g0 = 11 AND u(i,'x')<.4 AND d >= DATE '2026-01-01' THEN 10 WHEN g0 = 3 AND d >= DATE '2026-06-01' AND u(i,'y')<.45 THEN 1 ELSE g0 END AS garage_id FROM f)
SELECT row_number() OVER (ORDER BY d, i)::INT AS n, i, d, garage_id, v AS vehicle_id, u(i,'walk') < .13 AS walked_in,
  CASE WHEN u(i,'t')<.27 THEN 'MOT' WHEN u(i,'t')<.50 THEN 'service' WHEN u(i,'t')<.64 THEN CASE WHEN month(d) IN (10,11,12) OR u(i,'t2')<.6 THEN 'tyres' ELSE 'air con' END WHEN u(i,'t')<.77 THEN 'brakes' WHEN u(i,'t')<.85 THEN 'diagnostics'
   WHEN u(i,'t')<.90 THEN CASE WHEN garage_id IN (6,9) THEN 'bodywork' ELSE 'exhaust' END WHEN u(i,'t')<.95 THEN CASE WHEN garage_id IN (6,9) THEN 'bodywork' ELSE 'clutch' END ELSE 'bodywork' END AS job_type
FROM g WHERE d BETWEEN DATE '2024-05-01' AND DATE '2026-11-18';

CREATE TABLE bookings (booking_id INTEGER PRIMARY KEY, garage_id INTEGER, vehicle_id INTEGER, customer_id INTEGER, made_on DATE, slot_on DATE, channel VARCHAR, status VARCHAR, courtesy_car BOOLEAN, reminder_sent BOOLEAN);
INSERT INTO bookings
SELECT n, garage_id, vehicle_id, customer_id, d - floor((CASE ch WHEN 'phone' THEN 9 WHEN 'website' THEN 14 WHEN 'app' THEN 7 ELSE 19 END)*u(i,'lead')*(CASE WHEN month(d) IN (3,11) THEN 1.6 ELSE 1 END))::INT, d, ch,
  CASE WHEN u(i,'st') < ns THEN 'no_show' WHEN u(i,'st') < ns + ca THEN 'cancelled' ELSE 'attended' END, u(i,'cc') < .18, rem
FROM (SELECT *, CASE WHEN rem THEN .035 ELSE .115 END * (CASE ch WHEN 'comparison_site' THEN 1.9 WHEN 'app' THEN .6 WHEN 'phone' THEN .9 ELSE 1.1 END) * (CASE WHEN garage_id IN (5,10) THEN 1.5 WHEN garage_id IN (1,8) THEN .7 ELSE 1 END) AS ns,
   .05 + CASE WHEN garage_id = 7 THEN .04 WHEN garage_id = 4 THEN .02 ELSE 0 END + CASE WHEN month(d) = 12 THEN .05 WHEN month(d) = 8 THEN .025 ELSE 0 END AS ca
 FROM (SELECT t.*, v.customer_id, CASE WHEN u(i,'ch') < .47 - year(d)%2024*.07 THEN 'phone' WHEN u(i,'ch') < .76 - year(d)%2024*.04 THEN 'website' WHEN u(i,'ch') < .91 - year(d)%2024*.01 THEN 'app' ELSE 'comparison_site' END AS ch, u(i,'rem') < CASE WHEN d >= DATE '2025-07-01' THEN .8 ELSE .35 END AS rem
  FROM visit t JOIN vehicles v USING (vehicle_id) WHERE NOT walked_in));

CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, full_name VARCHAR, email VARCHAR, phone VARCHAR, postcode VARCHAR, customer_type VARCHAR, heard_of_us VARCHAR, joined_on DATE, marketing_consent BOOLEAN);
INSERT INTO customers
SELECT c, fn || ' ' || ln, lower(fn) || '.' || lower(ln) || c || '@example.com', '07' || (100000000 + (u(c,'cp')*800000000)::BIGINT)::VARCHAR,
  list_value('LS1','M4','NE1','B5','NG2','LE1','SE1','BS3','SO50','CF24','SA1','RG1')[1 + (u(c,'pc')*12)::INT % 12] || ' ' || (1+(u(c,'pd')*8)::INT)::VARCHAR || 'AB',
  CASE WHEN u(c,'ct')<.13 THEN 'fleet' WHEN u(c,'ct')<.21 THEN 'trade' ELSE 'private' END,
  CASE WHEN u(c,'hu')<.3 THEN 'word of mouth' WHEN u(c,'hu')<.58 THEN 'online search' WHEN u(c,'hu')<.7 THEN 'leaflet' WHEN u(c,'hu')<.82 THEN 'passing by' WHEN u(c,'hu')<.9 THEN 'radio' END,
  coalesce(j, DATE '2024-05-01' + (u(c,'jo')*900)::INT), u(c,'mc') < .44
FROM (SELECT c, j, list_value('Amy','Bilal','Carla','Dan','Erin','Femi','Gwen','Harry','Isla','Jack','Kofi','Lucy','Mo','Nia')[1 + (u(c,'a')*14)::INT % 14] AS fn, list_value('Adams','Baker','Clarke','Davies','Evans','Farrow','Green','Hughes','Iqbal','Jones','Khan','Lewis')[1 + (u(c,'b')*12)::INT % 12] AS ln
 FROM range(1,3001) r(c) LEFT JOIN (SELECT v.customer_id, min(t.d) AS j FROM visit t JOIN vehicles v USING (vehicle_id) GROUP BY 1) x ON x.customer_id = c);

CREATE TABLE jobs (job_id INTEGER PRIMARY KEY, booking_id INTEGER, garage_id INTEGER, vehicle_id INTEGER, mechanic_id INTEGER, job_type VARCHAR, status VARCHAR, opened_on DATE, completed_on DATE, hours_worked DECIMAL(6,2), hours_sold DECIMAL(6,2), mot_result VARCHAR);
INSERT INTO jobs
SELECT row_number() OVER (ORDER BY d, n)::INT, CASE WHEN NOT walked_in THEN n END, garage_id, vehicle_id, (garage_id-1)*6 + s, job_type, status, d, CASE WHEN status = 'completed' THEN done END,
  CASE WHEN status <> 'cancelled' THEN round(hs / eff, 2) END, CASE WHEN status <> 'cancelled' THEN hs END,
  CASE WHEN job_type = 'MOT' AND status = 'completed' THEN CASE WHEN u(i,'mot') < .70 + CASE garage_id WHEN 1 THEN .06 WHEN 3 THEN -.08 WHEN 8 THEN .08 WHEN 10 THEN -.12 ELSE 0 END + CASE WHEN month(d) IN (12,1,2) THEN -.07 ELSE 0 END THEN 'pass' ELSE 'fail' END END
FROM (SELECT *, CASE WHEN u(i,'can') < .025 THEN 'cancelled' WHEN done > DATE '2026-11-18' THEN CASE WHEN u(i,'aw')<.4 THEN 'awaiting_parts' ELSE 'in_progress' END ELSE 'completed' END AS status,
   round(base*(.8 + .5*u(i,'hs')),1) AS hs,
   (CASE s WHEN 1 THEN 1.22 WHEN 2 THEN 1.1 WHEN 3 THEN 1.05 WHEN 4 THEN .97 WHEN 5 THEN .93 ELSE .74 END)*(.85+.3*u(i,'eff'))*(1 + (garage_id%5-2)*.035)*(CASE WHEN d >= DATE '2026-01-01' THEN 1.04 ELSE 1 END) AS eff
 FROM (SELECT *, d + floor(CASE job_type WHEN 'MOT' THEN .6*u(i,'c')*2 WHEN 'service' THEN 2*u(i,'c') WHEN 'tyres' THEN 1.3*u(i,'c') WHEN 'bodywork' THEN 3+12*u(i,'c') WHEN 'clutch' THEN 2+6*u(i,'c') WHEN 'diagnostics' THEN 5*u(i,'c') ELSE 3.5*u(i,'c') END * CASE WHEN garage_id IN (4,7) THEN 1.5 ELSE 1 END)::INT AS done,
   CASE job_type WHEN 'MOT' THEN 1.0 WHEN 'service' THEN 2.2 WHEN 'tyres' THEN .9 WHEN 'brakes' THEN 2.0 WHEN 'diagnostics' THEN 1.6 WHEN 'clutch' THEN 5.5 WHEN 'bodywork' THEN 7.5 WHEN 'exhaust' THEN 1.7 ELSE 1.2 END AS base,
   CASE WHEN s0 = 6 AND garage_id <> 12 AND d < DATE '2025-01-06' + garage_id*17 THEN 1 WHEN s0 = 5 AND garage_id IN (2,4,5,7,9,10) AND d > DATE '2025-05-30' + garage_id*41 THEN 2 ELSE s0 END AS s
  FROM (SELECT t.*, 1 + floor(6*u(t.i,'me'))::INT AS s0 FROM visit t LEFT JOIN bookings b ON b.booking_id = t.n WHERE t.walked_in OR b.status = 'attended')));

CREATE TABLE parts (part_id INTEGER PRIMARY KEY, part_name VARCHAR, category VARCHAR, supplier VARCHAR, unit_cost DECIMAL(8,2), list_price DECIMAL(8,2));
INSERT INTO parts
SELECT p, cat || ' ' || upper(substr(cat,1,2)) || '-' || (1000 + p*7)::VARCHAR, cat, CASE WHEN u(p,'s')<.34 THEN 'Brindle Motor Factors' WHEN u(p,'s')<.6 THEN 'Kestrel Parts' WHEN u(p,'s')<.82 THEN 'EuroSpares Direct' WHEN u(p,'s')<.94 THEN 'Halden Tyres & Batteries' END,
  cost, round(cost*(1.25 + .6*u(p,'mk') + CASE cat WHEN 'filter' THEN .5 WHEN 'tyre' THEN -.12 WHEN 'wiper blade' THEN .7 ELSE 0 END),2)
FROM (SELECT p, cat, round((CASE cat WHEN 'filter' THEN 7 WHEN 'oil' THEN 22 WHEN 'tyre' THEN 58 WHEN 'brake pad' THEN 24 WHEN 'brake disc' THEN 39 WHEN 'battery' THEN 72 WHEN 'clutch kit' THEN 165 WHEN 'exhaust' THEN 110 WHEN 'panel' THEN 140 ELSE 8 END)*(.6+.9*u(p,'c')),2) AS cost
 FROM (SELECT p, list_value('filter','oil','tyre','brake pad','brake disc','battery','clutch kit','exhaust','panel','wiper blade')[1 + p%10] AS cat FROM range(1,241) r(p)));

CREATE TABLE job_parts (line_id INTEGER PRIMARY KEY, job_id INTEGER, part_id INTEGER, quantity INTEGER, unit_price DECIMAL(8,2));
INSERT INTO job_parts
SELECT row_number() OVER (ORDER BY job_id, k)::INT, job_id, p.part_id, q, round(p.list_price*(.94+.1*u(job_id*10+k,'pr'))*(CASE WHEN opened_on >= DATE '2026-01-01' THEN 1.05 ELSE 1 END),2)
FROM (SELECT job_id, opened_on, k, CASE cat0 WHEN 2 THEN 1 + floor(u(job_id*10+k,'q')*4)::INT WHEN 1 THEN 1 + floor(u(job_id*10+k,'q')*2)::INT WHEN 9 THEN 2 ELSE 1 END AS q,
   CASE WHEN floor(24*u(job_id*10+k,'pp'))::INT*10 + cat0 = 0 THEN 240 ELSE floor(24*u(job_id*10+k,'pp'))::INT*10 + cat0 END AS part_id
  FROM (SELECT job_id, opened_on, k, CASE job_type WHEN 'service' THEN list_value(0,1,9)[k] WHEN 'tyres' THEN 2 WHEN 'brakes' THEN list_value(3,4,3)[k] WHEN 'clutch' THEN list_value(6,1,0)[k] WHEN 'exhaust' THEN 7 WHEN 'bodywork' THEN 8 WHEN 'diagnostics' THEN list_value(5,0,9)[k] WHEN 'MOT' THEN 9 ELSE 0 END AS cat0
   FROM jobs, range(1,4) r(k) WHERE status <> 'cancelled' AND u(job_id*10+k,'has') < CASE job_type WHEN 'service' THEN .85 WHEN 'MOT' THEN .12 WHEN 'brakes' THEN .75 WHEN 'air con' THEN .3 WHEN 'diagnostics' THEN .3 WHEN 'clutch' THEN .8 ELSE .5 END)) x JOIN parts p USING (part_id);

CREATE TABLE invoices (invoice_id INTEGER PRIMARY KEY, job_id INTEGER, customer_id INTEGER, issued_on DATE, labour_amount DECIMAL(10,2), parts_amount DECIMAL(10,2), discount_amount DECIMAL(10,2), vat_amount DECIMAL(10,2), status VARCHAR, paid_on DATE, payment_method VARCHAR);
INSERT INTO invoices
SELECT row_number() OVER (ORDER BY issued_on, job_id)::INT, job_id, customer_id, issued_on, lab, par, disc, round((lab+par-disc)*.2,2), st, CASE WHEN st = 'paid' THEN pay END,
  CASE WHEN st = 'paid' THEN CASE WHEN customer_type <> 'private' THEN CASE WHEN u(job_id,'pm')<.85 THEN 'bank transfer' ELSE 'card' END WHEN u(job_id,'pm')<.72 THEN 'card' WHEN u(job_id,'pm')<.85 THEN 'cash' ELSE 'finance' END END
FROM (SELECT *, round((lab+par)*CASE WHEN u(job_id,'di') < .3 THEN CASE customer_type WHEN 'fleet' THEN .12 WHEN 'trade' THEN .15 ELSE .06 END + CASE WHEN month(issued_on) IN (1,8) THEN .04 ELSE 0 END WHEN customer_type = 'fleet' THEN .04 ELSE 0 END,2) AS disc,
   CASE WHEN u(job_id,'vo') < .02 THEN 'void' WHEN pay > DATE '2026-11-18' OR u(job_id,'np') < .015 THEN 'unpaid' ELSE 'paid' END AS st
 FROM (SELECT j.job_id, v.customer_id, c.customer_type, completed_on + floor(2.3*u(j.job_id,'is'))::INT AS issued_on, round(hours_sold*g.labour_rate*(CASE WHEN completed_on >= DATE '2026-04-01' THEN 1.06 WHEN completed_on >= DATE '2025-04-01' THEN 1.03 ELSE 1 END),2) AS lab, coalesce(p.par,0) AS par,
   completed_on + floor(2.3*u(j.job_id,'is'))::INT + floor(CASE c.customer_type WHEN 'fleet' THEN 18 + 40*u(j.job_id,'pa') WHEN 'trade' THEN 10 + 28*u(j.job_id,'pa') ELSE 4*pow(u(j.job_id,'pa'),3) END)::INT AS pay
  FROM jobs j JOIN garages g USING (garage_id) JOIN vehicles v USING (vehicle_id) JOIN customers c USING (customer_id) LEFT JOIN (SELECT job_id, sum(quantity*unit_price) AS par FROM job_parts GROUP BY 1) p ON p.job_id = j.job_id WHERE j.status = 'completed'))
WHERE issued_on <= DATE '2026-11-18';

CREATE TABLE warranty_claims (claim_id INTEGER PRIMARY KEY, job_id INTEGER, claimed_on DATE, fault VARCHAR, status VARCHAR, cost DECIMAL(10,2), customer_statement VARCHAR);
INSERT INTO warranty_claims
SELECT row_number() OVER (ORDER BY cl, job_id)::INT, job_id, cl, CASE WHEN u(job_id,'fa')<.46 THEN 'workmanship' WHEN u(job_id,'fa')<.8 THEN 'part failure' WHEN u(job_id,'fa')<.92 THEN 'misdiagnosis' END, st,
  CASE WHEN st = 'accepted' THEN round(hours_sold*55*(.4+.8*u(job_id,'co')) + 30,2) END, CASE WHEN u(job_id,'cs')<.7 THEN 'Customer says the ' || job_type || ' was not right' END
FROM (SELECT j.*, completed_on + 3 + floor(170*pow(u(job_id,'cd'),1.5))::INT AS cl, CASE WHEN completed_on + 3 + floor(170*pow(u(job_id,'cd'),1.5))::INT > DATE '2026-10-28' AND u(job_id,'op')<.7 THEN 'open' WHEN u(job_id,'ac') < CASE j.garage_id WHEN 7 THEN .5 WHEN 8 THEN .85 ELSE .68 END THEN 'accepted' ELSE 'rejected' END AS st
 FROM jobs j JOIN mechanics m USING (mechanic_id) WHERE status = 'completed' AND u(job_id,'wc') < .05*CASE job_type WHEN 'MOT' THEN .15 WHEN 'tyres' THEN .4 WHEN 'clutch' THEN 2.4 WHEN 'brakes' THEN 1.6 WHEN 'diagnostics' THEN 2 WHEN 'bodywork' THEN 1.5 ELSE 1 END * CASE m.grade WHEN 'apprentice' THEN 1.9 WHEN 'master technician' THEN .5 ELSE 1 END * CASE j.garage_id WHEN 4 THEN 1.6 WHEN 2 THEN .7 ELSE 1 END)
WHERE cl <= DATE '2026-11-18';
