-- Alderway Motor Group: ten dealerships, new and used cars, workshop, parts. Deterministic (hash-based). Data up to 2026-05-17.
CREATE TEMP MACRO u(i, salt) AS (hash(CAST(i AS VARCHAR) || '/' || salt) % 1000003) / 1000003.0;

CREATE TABLE dealerships (site_id INTEGER PRIMARY KEY, dealership_name VARCHAR NOT NULL, region VARCHAR NOT NULL, opened_on DATE NOT NULL, site_format VARCHAR NOT NULL, workshop_bays INTEGER NOT NULL);
INSERT INTO dealerships VALUES
 (1,'Alderway Reading','Thames Valley','2004-03-01','flagship',14),
 (2,'Alderway Oxford','Thames Valley','2009-06-15','standard',9),
 (3,'Alderway Swindon','Thames Valley','2012-09-01','standard',8),
 (4,'Alderway Bath','Severnside','2007-04-10','standard',7),
 (5,'Alderway Bristol','Severnside','1998-01-20','flagship',16),
 (6,'Alderway Gloucester','Severnside','2015-05-05','standard',8),
 (7,'Alderway Cheltenham','Severnside','2018-10-01','satellite',4),
 (8,'Alderway Exeter','West Country','2010-02-01','flagship',12),
 (9,'Alderway Taunton','West Country','2016-08-12','satellite',5),
 (10,'Alderway Plymouth','West Country','2013-11-04','standard',8);

CREATE TABLE employees (employee_id INTEGER PRIMARY KEY, staff_code VARCHAR NOT NULL UNIQUE, full_name VARCHAR NOT NULL, work_email VARCHAR NOT NULL, mobile VARCHAR, job_role VARCHAR NOT NULL, grade VARCHAR NOT NULL, home_site_id INTEGER NOT NULL REFERENCES dealerships(site_id), hired_on DATE NOT NULL, left_on DATE);
INSERT INTO employees
SELECT i, (CASE WHEN i <= 60 THEN 'SX' ELSE 'TC' END) || lpad(CAST(i AS VARCHAR), 3, '0'),
  ['Aled','Bryony','Callum','Dawn','Ewan','Farida','Gareth','Holly','Imran','Jess','Kieran','Lowri','Mo','Nadia','Owen','Priya'][1 + CAST(floor(u(i,'fn')*16) AS INTEGER)] || ' ' ||
  ['Ashby','Barlow','Coombes','Dyer','Endacott','Fry','Gale','Hobbs','Ince','Jewell','Kerslake','Luscombe','Mudge','Northcott','Osman','Pym'][1 + CAST(floor(u(i,'ln')*16) AS INTEGER)],
  'staff' || i || '@alderway.example', CASE WHEN u(i,'mb') < 0.85 THEN '07700 9' || lpad(CAST(i AS VARCHAR), 5, '0') END,
  CASE WHEN i <= 60 THEN 'sales executive' ELSE 'technician' END,
  CASE WHEN i <= 60 THEN (CASE WHEN u(i,'gr') < 0.25 THEN 'trainee' WHEN u(i,'gr') < 0.8 THEN 'executive' ELSE 'senior' END)
       ELSE (CASE WHEN u(i,'gr') < 0.2 THEN 'apprentice' WHEN u(i,'gr') < 0.75 THEN 'qualified' ELSE 'master' END) END,
  1 + (i % 10), DATE '2014-01-01' + CAST(floor(u(i,'hd')*3600) AS INTEGER), CASE WHEN u(i,'lv') < 0.12 THEN DATE '2026-01-05' + CAST(floor(u(i,'lvd')*120) AS INTEGER) END
FROM range(1, 141) t(i);

CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, first_name VARCHAR NOT NULL, last_name VARCHAR NOT NULL, email VARCHAR, phone VARCHAR, birth_date DATE, postcode VARCHAR, county VARCHAR, customer_type VARCHAR NOT NULL, registered_on DATE NOT NULL, marketing_consent BOOLEAN NOT NULL);
INSERT INTO customers
SELECT i, ['Amy','Ben','Chloe','Dev','Ella','Finn','Grace','Hugo','Isla','Jack','Kim','Leo'][1 + CAST(floor(u(i,'cf')*12) AS INTEGER)],
  ['Archer','Bond','Carter','Doyle','Ellis','Ford','Green','Hayes','Irwin','Jones','Khan','Lewis'][1 + CAST(floor(u(i,'cl')*12) AS INTEGER)],
  CASE WHEN u(i,'em') < 0.92 THEN 'c' || i || '@mail.example' END, CASE WHEN u(i,'ph') < 0.8 THEN '07700 8' || lpad(CAST(i AS VARCHAR), 5, '0') END,
  CASE WHEN u(i,'ct') >= 0.2 THEN DATE '1945-01-01' + CAST(floor(u(i,'bd')*22000) AS INTEGER) END,
  ['RG','OX','SN','BA','BS','GL','EX','TA','PL'][1 + CAST(floor(u(i,'pc')*9) AS INTEGER)] || (1 + i % 20) || ' ' || (i % 9) || 'AB',
  CASE WHEN u(i,'cn') < 0.96 THEN ['Berkshire','Oxfordshire','Wiltshire','Somerset','Bristol','Gloucestershire','Devon','Somerset','Devon'][1 + CAST(floor(u(i,'pc')*9) AS INTEGER)] END,
  CASE WHEN u(i,'ct') < 0.2 THEN 'business' WHEN u(i,'ct') < 0.29 THEN 'motability' ELSE 'private' END,
  DATE '2023-06-01' + CAST(floor(sqrt(u(i,'rg'))*1081) AS INTEGER), u(i,'mc') < 0.63
FROM range(1, 4001) t(i);

CREATE TABLE vehicles (vehicle_id INTEGER PRIMARY KEY, vin VARCHAR NOT NULL UNIQUE, stock_type VARCHAR NOT NULL, make VARCHAR NOT NULL, model VARCHAR NOT NULL, body_style VARCHAR NOT NULL, fuel_type VARCHAR NOT NULL, model_year INTEGER NOT NULL, mileage INTEGER, acquisition_source VARCHAR NOT NULL, stocked_site_id INTEGER NOT NULL REFERENCES dealerships(site_id), acquired_on DATE NOT NULL, purchase_cost DECIMAL(10,2) NOT NULL, sticker_price DECIMAL(10,2) NOT NULL);
INSERT INTO vehicles
WITH models(mi, make, model, body, base) AS (VALUES
 (0,'Ford','Puma','SUV',26000),(1,'Ford','Focus','hatchback',25500),(2,'Ford','Transit','van',36000),
 (3,'Vauxhall','Corsa','hatchback',19500),(4,'Vauxhall','Mokka','SUV',25000),(5,'Vauxhall','Vivaro','van',32000),
 (6,'Kia','Sportage','SUV',31000),(7,'Kia','Picanto','hatchback',15500),(8,'Kia','Niro','SUV',30000),
 (9,'Toyota','Yaris','hatchback',22500),(10,'Toyota','Corolla','estate',30000),(11,'Toyota','RAV4','SUV',39500),
 (12,'Volvo','XC40','SUV',37500),(13,'Volvo','V60','estate',44500),(14,'Volvo','EX30','SUV',33500),
 (15,'Mini','Cooper','hatchback',24500),(16,'Mini','Countryman','SUV',30500),(17,'Ford','Kuga','SUV',34500)),
c AS (SELECT i, DATE '2023-10-01' + CAST(floor(u(i,'acq')*955) AS INTEGER) AS acq FROM range(1, 10001) t(i)),
k AS (SELECT *, row_number() OVER (ORDER BY acq, i) AS id FROM c
      WHERE u(i,'keep') < CASE month(acq) WHEN 2 THEN 1.0 WHEN 8 THEN 0.95 WHEN 1 THEN 0.62 WHEN 7 THEN 0.6 WHEN 11 THEN 0.35 WHEN 12 THEN 0.42 ELSE 0.5 END * (0.86 + 0.12 * (year(acq) - 2023) / 3.0)),
s AS (SELECT id, acq, CASE WHEN u(id,'nu') < 0.41 + 0.05 * (CASE WHEN month(acq) IN (2,8) THEN 3 ELSE 0 END) THEN 'new' ELSE 'used' END AS st,
      CAST(floor(pow(u(id,'mod'), 1.25) * 18) AS INTEGER) AS mi,
      list_extract([1,1,1,1,2,2,3,3,4,4,5,5,5,5,5,6,6,7,8,8,8,9,10,10], 1 + CAST(floor(u(id,'site')*24) AS INTEGER)) AS site FROM k),
f AS (SELECT s.*, m.make, m.model, m.body, m.base,
      CASE WHEN m.model = 'EX30' OR u(id,'fu') < 0.06 + 0.11 * date_diff('month', DATE '2023-10-01', acq) / 31.0 THEN 'electric'
           WHEN u(id,'fu') < 0.38 + 0.10 * date_diff('month', DATE '2023-10-01', acq) / 31.0 THEN 'hybrid'
           WHEN body = 'van' OR u(id,'fu') > 0.88 THEN 'diesel' ELSE 'petrol' END AS fuel,
      CASE WHEN st = 'new' THEN year(acq) ELSE year(acq) - 1 - CAST(floor(u(id,'age')*7) AS INTEGER) END AS my FROM s JOIN models m USING (mi)),
p AS (SELECT *, round(base * (CASE WHEN fuel = 'electric' THEN 1.16 WHEN fuel = 'hybrid' THEN 1.08 ELSE 1 END) * (CASE WHEN st = 'new' THEN 1 ELSE pow(0.87, year(acq) - my) END) * (0.94 + 0.12*u(id,'pr')) / 5) * 5 - 5 AS sticker FROM f)
SELECT id, 'WAL' || upper(substr(md5(CAST(id AS VARCHAR)), 1, 9)) || lpad(CAST(id AS VARCHAR), 5, '0'), st, make, model, body, fuel, my,
  CASE WHEN st = 'used' AND u(id,'mn') > 0.02 THEN CAST((year(acq) - my) * (6000 + 6000*u(id,'ml')) AS INTEGER) END,
  CASE WHEN st = 'new' THEN 'factory order' WHEN u(id,'src') < 0.46 THEN 'part exchange' WHEN u(id,'src') < 0.78 THEN 'auction' WHEN u(id,'src') < 0.92 THEN 'trade purchase' ELSE 'lease return' END,
  site, acq, round(sticker * (CASE WHEN st = 'new' THEN 0.915 WHEN u(id,'src') < 0.46 THEN 0.80 WHEN u(id,'src') < 0.78 THEN 0.86 ELSE 0.84 END + 0.03*u(id,'pc')), 2), sticker
FROM p;

CREATE TABLE vehicle_sales (sale_id INTEGER PRIMARY KEY, vehicle_id INTEGER NOT NULL REFERENCES vehicles(vehicle_id), customer_id INTEGER NOT NULL REFERENCES customers(customer_id), site_id INTEGER NOT NULL REFERENCES dealerships(site_id), sales_exec_id INTEGER NOT NULL REFERENCES employees(employee_id), ordered_on DATE NOT NULL, handed_over_on DATE, cancelled_on DATE, status VARCHAR NOT NULL, funding VARCHAR NOT NULL, sale_price DECIMAL(10,2) NOT NULL, discount DECIMAL(10,2) NOT NULL, prep_cost DECIMAL(10,2) NOT NULL, finance_commission DECIMAL(10,2) NOT NULL, addon_income DECIMAL(10,2) NOT NULL, took_part_exchange BOOLEAN NOT NULL, order_source VARCHAR NOT NULL);
INSERT INTO vehicle_sales
WITH v AS (SELECT *, vehicle_id AS id, CASE WHEN u(vehicle_id,'xs') < 0.9 THEN stocked_site_id ELSE 1 + CAST(floor(u(vehicle_id,'xs2')*10) AS INTEGER) END AS site FROM vehicles),
d AS (SELECT *, acquired_on + CAST(3 + floor((CASE WHEN stock_type = 'new' THEN 34 ELSE 46 END + (site % 4) * 9 + CASE WHEN fuel_type = 'electric' THEN 16 ELSE 0 END) * (0.15 + 1.7*u(id,'dts')*u(id,'dts2') + 0.35*u(id,'dts3'))) AS INTEGER) AS ord FROM v WHERE u(id,'sells') < 0.965),
a AS ( -- a cancelled first attempt on some cars, then the sale that stands
  SELECT d.*, 0 AS attempt, ord AS o FROM d
  UNION ALL SELECT d.*, 1, ord - 2 - CAST(floor(u(id,'cx')*8) AS INTEGER) FROM d WHERE u(id,'canc') < 0.05 + 0.02 * (site % 3) + CASE WHEN stock_type = 'new' THEN 0.03 ELSE 0 END AND ord - 11 > acquired_on),
b AS (SELECT *, id*2 + attempt AS k, o + CAST(CASE WHEN stock_type = 'new' THEN 4 + floor(u(id,'ho')*18) ELSE 2 + floor(u(id,'ho')*9) END AS INTEGER) AS ho FROM a WHERE o BETWEEN DATE '2024-01-01' AND DATE '2026-05-17'),
x AS (SELECT *, CASE WHEN attempt = 1 THEN 'cancelled' WHEN ho <= DATE '2026-05-17' THEN 'delivered' ELSE 'on order' END AS stt,
   CASE WHEN u(k,'fin') < (CASE WHEN stock_type = 'new' THEN 0.52 ELSE 0.27 END) + 0.02*(site % 5) THEN 'PCP' WHEN u(k,'fin') < (CASE WHEN stock_type = 'new' THEN 0.60 ELSE 0.46 END) + 0.02*(site % 5) THEN 'hire purchase' WHEN u(k,'fin') < (CASE WHEN stock_type = 'new' THEN 0.74 ELSE 0.50 END) + 0.02*(site % 5) THEN 'contract hire' ELSE 'cash' END AS fund,
   round(sticker_price * (CASE WHEN stock_type = 'new' THEN 0.012 + 0.03*u(k,'di') + CASE WHEN fuel_type = 'electric' THEN 0.012 ELSE 0 END ELSE 0.03*u(k,'di') + 0.005 END), 2) AS disc FROM b)
SELECT row_number() OVER (ORDER BY o, k), id, 1 + CAST(floor(u(k,'cust')*4000) AS INTEGER), site, 1 + (site + 9 - 1 + 0) % 10 + 10 * CAST(floor(pow(u(k,'ex'),1.5)*6) AS INTEGER), o,
  CASE WHEN stt = 'delivered' THEN ho END, CASE WHEN stt = 'cancelled' THEN least(o + CAST(floor(u(k,'co')*7) AS INTEGER), DATE '2026-05-17') END, stt, fund,
  sticker_price - disc, disc, CASE WHEN stock_type = 'new' THEN 95 + round(120*u(k,'prep')) ELSE 220 + round(560*u(k,'prep')) END,
  CASE WHEN fund IN ('PCP','hire purchase') THEN round((sticker_price - disc) * (0.016 + 0.022*u(k,'com')), 2) ELSE 0 END,
  CASE WHEN u(k,'ad') < 0.55 + 0.03*(site % 3) THEN 90 + 10*round(62*u(k,'ad2')) ELSE 0 END, u(k,'px') < 0.33 + 0.05*(site % 4),
  CASE WHEN u(k,'os') < 0.61 THEN 'showroom' WHEN u(k,'os') < 0.83 THEN 'website' WHEN u(k,'os') < 0.94 THEN 'phone' ELSE 'fleet desk' END
FROM x;

CREATE TABLE leads (lead_id INTEGER PRIMARY KEY, received_at TIMESTAMP NOT NULL, site_id INTEGER NOT NULL REFERENCES dealerships(site_id), customer_id INTEGER REFERENCES customers(customer_id), channel VARCHAR NOT NULL, interest VARCHAR NOT NULL, first_reply_minutes INTEGER, test_drive_on DATE, outcome VARCHAR NOT NULL, lost_reason VARCHAR);
INSERT INTO leads
WITH c AS (SELECT i, DATE '2024-01-01' + CAST(floor(u(i,'ld')*868) AS INTEGER) AS d FROM range(1, 17001) t(i)),
k AS (SELECT i, d, row_number() OVER (ORDER BY d, i) AS id FROM c WHERE u(i,'lk') < (CASE month(d) WHEN 3 THEN 0.95 WHEN 9 THEN 0.92 WHEN 1 THEN 0.7 WHEN 2 THEN 0.75 WHEN 8 THEN 0.7 WHEN 12 THEN 0.38 ELSE 0.56 END) * (CASE isodow(d) WHEN 6 THEN 1.0 WHEN 7 THEN 0.72 WHEN 2 THEN 0.6 ELSE 0.7 END)),
s AS (SELECT *, CASE WHEN u(id,'ch') < 0.33 THEN 'website' WHEN u(id,'ch') < 0.58 + 0.04*(year(d)-2024) THEN 'marketplace' WHEN u(id,'ch') < 0.78 THEN 'phone' WHEN u(id,'ch') < 0.93 THEN 'walk-in' ELSE 'referral' END AS ch,
  list_extract([1,1,1,1,2,2,3,3,4,5,5,5,5,5,6,6,7,8,8,8,9,9,10,10], 1 + CAST(floor(u(id,'ls')*24) AS INTEGER)) AS site FROM k),
o AS (SELECT *, CASE WHEN d > DATE '2026-05-17' - CAST(floor(60*u(id,'op')) AS INTEGER) THEN 'open'
   WHEN u(id,'ou') < CASE ch WHEN 'website' THEN 0.15 WHEN 'marketplace' THEN 0.11 WHEN 'phone' THEN 0.21 WHEN 'walk-in' THEN 0.34 ELSE 0.42 END + 0.012*(site % 5) - CASE WHEN month(d) IN (11,12) THEN 0.03 ELSE 0 END THEN 'won' ELSE 'lost' END AS oc FROM s)
SELECT id, CAST(d AS TIMESTAMP) + to_minutes(CAST(480 + floor(300*u(id,'t1') + 420*u(id,'t2')) AS INTEGER)), site, CASE WHEN u(id,'lc') < 0.72 THEN 1 + CAST(floor(u(id,'lcu')*4000) AS INTEGER) END, ch,
  CASE WHEN u(id,'in') < 0.44 THEN 'new' WHEN u(id,'in') < 0.95 THEN 'used' ELSE 'undecided' END,
  CASE WHEN ch = 'walk-in' THEN NULL WHEN u(id,'nr') < 0.06 THEN NULL ELSE CAST(4 + floor((CASE ch WHEN 'phone' THEN 30 WHEN 'referral' THEN 70 ELSE 150 END + 12*(site % 4)) * 2 * u(id,'rm')*u(id,'rm2')) AS INTEGER) END,
  CASE WHEN u(id,'td') < CASE WHEN oc = 'won' THEN 0.78 ELSE 0.23 END + 0.015*(site % 3) AND d + 1 + CAST(floor(u(id,'tdd')*6) AS INTEGER) <= DATE '2026-05-17' THEN d + 1 + CAST(floor(u(id,'tdd')*6) AS INTEGER) END,
  oc, CASE WHEN oc = 'lost' AND u(id,'lrn') < 0.88 THEN ['price','bought elsewhere','no reply','finance declined','car already sold','changed mind'][1 + CAST(floor(pow(u(id,'lr'),1.4)*6) AS INTEGER)] END
FROM o;

CREATE TABLE workshop_jobs (job_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL REFERENCES dealerships(site_id), customer_id INTEGER NOT NULL REFERENCES customers(customer_id), technician_id INTEGER REFERENCES employees(employee_id), job_type VARCHAR NOT NULL, payer VARCHAR NOT NULL, status VARCHAR NOT NULL, booked_for DATE NOT NULL, completed_on DATE, hours_sold DECIMAL(6,2), hours_worked DECIMAL(6,2), labour_amount DECIMAL(10,2), is_comeback BOOLEAN NOT NULL, loan_car BOOLEAN NOT NULL, rating INTEGER, complaint_note VARCHAR);
INSERT INTO workshop_jobs
WITH c AS (SELECT i, DATE '2024-01-01' + CAST(floor(u(i,'wd')*868) AS INTEGER) AS d FROM range(1, 15001) t(i)),
k AS (SELECT d, row_number() OVER (ORDER BY d, i) AS id FROM c WHERE isodow(d) < 7 AND u(i,'wk') < (CASE isodow(d) WHEN 6 THEN 0.35 WHEN 1 THEN 0.85 ELSE 0.72 END) * (CASE month(d) WHEN 3 THEN 1.15 WHEN 9 THEN 1.12 WHEN 10 THEN 1.05 WHEN 12 THEN 0.78 WHEN 8 THEN 0.82 ELSE 1 END)),
s AS (SELECT *, list_extract([1,1,1,1,2,2,3,3,4,4,5,5,5,5,5,6,6,7,8,8,8,9,10,10], 1 + CAST(floor(u(id,'ws')*24) AS INTEGER)) AS site,
  CASE WHEN u(id,'jt') < 0.36 THEN 'service' WHEN u(id,'jt') < 0.57 THEN 'MOT' WHEN u(id,'jt') < 0.79 THEN 'repair' WHEN u(id,'jt') < 0.88 THEN 'tyres' WHEN u(id,'jt') < 0.94 THEN 'recall' ELSE 'bodywork' END AS jt FROM k),
t AS (SELECT *, CASE WHEN u(id,'st') < 0.035 + 0.011*(site % 5) + CASE WHEN jt = 'MOT' THEN 0.03 ELSE 0 END THEN 'no-show' WHEN u(id,'st2') < 0.045 THEN 'cancelled' ELSE 'done' END AS s0,
  d + CAST(CASE jt WHEN 'bodywork' THEN 2 + floor(6*u(id,'du')) WHEN 'repair' THEN floor(4*u(id,'du')) ELSE floor(1.25*u(id,'du')) END AS INTEGER) AS done,
  round(CASE jt WHEN 'service' THEN 1.2 + 1.6*u(id,'h') WHEN 'MOT' THEN 0.8 + 0.4*u(id,'h') WHEN 'repair' THEN 1.0 + 5*u(id,'h') WHEN 'tyres' THEN 0.4 + 0.8*u(id,'h') WHEN 'recall' THEN 0.7 + 1.8*u(id,'h') ELSE 4 + 11*u(id,'h') END, 1) AS hs FROM s),
w AS (SELECT *, CASE WHEN s0 <> 'done' THEN s0 WHEN done <= DATE '2026-05-17' THEN 'completed' ELSE 'in progress' END AS stt,
  CASE WHEN jt = 'recall' THEN 'manufacturer' WHEN jt = 'repair' AND u(id,'pay') < 0.31 THEN 'manufacturer' WHEN u(id,'pay') > 0.86 THEN 'internal' ELSE 'customer' END AS pay FROM t)
SELECT id, site, 1 + CAST(floor(u(id,'wc')*4000) AS INTEGER), CASE WHEN stt IN ('completed','in progress') THEN 61 + (site + 8) % 10 + 10 * CAST(floor(u(id,'te')*8) AS INTEGER) END, jt, pay, stt, d,
  CASE WHEN stt = 'completed' THEN done END, CASE WHEN stt = 'completed' THEN hs END, CASE WHEN stt = 'completed' THEN round(hs * (0.78 + 0.03*(site % 6) + 0.3*u(id,'ef')), 1) END,
  CASE WHEN stt = 'completed' THEN round(hs * (CASE pay WHEN 'customer' THEN 118 + 2*site WHEN 'manufacturer' THEN 84 ELSE 62 END) * (1 + 0.04*(year(d)-2024)), 2) END,
  stt = 'completed' AND u(id,'cb') < 0.018 + 0.008*(site % 4) + CASE WHEN jt IN ('repair','bodywork') THEN 0.035 ELSE 0 END, stt = 'completed' AND u(id,'lo') < CASE WHEN jt IN ('bodywork','repair') THEN 0.42 ELSE 0.1 END,
  CASE WHEN stt = 'completed' AND u(id,'ra') < 0.44 THEN greatest(1, least(5, CAST(round(5.3 - 3.2*pow(u(id,'ra2'),2) - 0.14*(site % 4)) AS INTEGER))) END, CASE WHEN stt = 'completed' AND u(id,'cp') < 0.02 THEN 'Customer unhappy with the wait, see letter ' || id END
FROM w;

CREATE TABLE parts (part_id INTEGER PRIMARY KEY, part_number VARCHAR NOT NULL UNIQUE, part_name VARCHAR NOT NULL, category VARCHAR NOT NULL, supplier VARCHAR, genuine BOOLEAN NOT NULL, list_price DECIMAL(10,2) NOT NULL);
INSERT INTO parts
SELECT i, 'AW-' || lpad(CAST(i*37 AS VARCHAR), 6, '0'), ['Oil filter','Brake pad set','Tyre','Battery','Wiper blade','Headlamp','Bumper','Roof bars','Floor mats'][1 + i % 9] || ' ' || chr(CAST(65 + i // 9 % 26 AS INTEGER)) || (i // 9),
  ['filters and fluids','brakes','tyres','batteries','wipers and bulbs','wipers and bulbs','body panels','accessories','accessories'][1 + i % 9],
  CASE WHEN u(i,'psn') < 0.94 THEN ['Northgate Components','Kestrel Autoparts','Brightline','Maker Direct'][1 + CAST(floor(u(i,'sup')*4) AS INTEGER)] END, u(i,'gen') < 0.58,
  round([14,62,108,126,18,190,320,150,46][1 + i % 9] * (0.7 + 0.7*u(i,'lp')), 2)
FROM range(1, 241) t(i);

CREATE TABLE part_lines (line_id INTEGER PRIMARY KEY, sold_on DATE NOT NULL, site_id INTEGER NOT NULL REFERENCES dealerships(site_id), job_id INTEGER REFERENCES workshop_jobs(job_id), part_id INTEGER NOT NULL REFERENCES parts(part_id), sold_through VARCHAR NOT NULL, quantity INTEGER NOT NULL, unit_price DECIMAL(10,2) NOT NULL, unit_cost DECIMAL(10,2) NOT NULL, is_returned BOOLEAN NOT NULL);
INSERT INTO part_lines
WITH j AS (SELECT job_id * 10 + n AS k, completed_on AS d, site_id AS site, job_id, job_type FROM workshop_jobs, range(0, 3) r(n)
   WHERE status = 'completed' AND u(job_id*10 + n,'pl') < CASE job_type WHEN 'service' THEN 0.62 WHEN 'repair' THEN 0.55 WHEN 'tyres' THEN 0.5 WHEN 'bodywork' THEN 0.6 WHEN 'recall' THEN 0.3 ELSE 0.1 END),
c AS (SELECT 1000000 + i AS k, DATE '2024-01-01' + CAST(floor(u(i,'cd')*868) AS INTEGER) AS d, 1 + CAST(floor(pow(u(i,'cs'),1.3)*10) AS INTEGER) AS site, CAST(NULL AS INTEGER) AS job_id, NULL AS job_type FROM range(1, 4801) t(i)),
a AS (SELECT * FROM j UNION ALL SELECT * FROM c WHERE isodow(d) < 7),
q AS (SELECT *, CASE job_type WHEN 'tyres' THEN 2 WHEN 'bodywork' THEN 6 ELSE NULL END AS fix,
   CASE WHEN job_id IS NOT NULL THEN 'workshop' WHEN u(k,'th') < 0.52 THEN 'counter' WHEN u(k,'th') < 0.80 + 0.05*(year(d)-2024) THEN 'trade' ELSE 'web shop' END AS th FROM a),
p AS (SELECT q.*, CASE WHEN fix IS NOT NULL THEN 9 * CAST(floor(u(k,'pi')*25) AS INTEGER) + fix ELSE 1 + CAST(floor(pow(u(k,'pi'),1.15)*240) AS INTEGER) END AS pid FROM q)
SELECT row_number() OVER (ORDER BY d, k), d, site, job_id, pid, th, CASE WHEN fix = 2 THEN 2 + 2*CAST(round(u(k,'qt')) AS INTEGER) WHEN th = 'trade' THEN 1 + CAST(floor(5*u(k,'qt')) AS INTEGER) ELSE 1 + CAST(floor(1.3*u(k,'qt')) AS INTEGER) END,
  round(list_price * (CASE th WHEN 'trade' THEN 0.82 WHEN 'web shop' THEN 0.9 ELSE 1 END), 2), round(list_price * (CASE WHEN genuine THEN 0.66 ELSE 0.52 END + 0.06*u(k,'uc')), 2),
  u(k,'rt') < CASE th WHEN 'web shop' THEN 0.11 WHEN 'trade' THEN 0.055 WHEN 'counter' THEN 0.035 ELSE 0.008 END
FROM p JOIN parts ON part_id = pid;

CREATE TABLE stock_counts (counted_on DATE NOT NULL, site_id INTEGER NOT NULL REFERENCES dealerships(site_id), stock_type VARCHAR NOT NULL, units INTEGER NOT NULL, units_over_90_days INTEGER NOT NULL, stock_value DECIMAL(14,2) NOT NULL, PRIMARY KEY (counted_on, site_id, stock_type));
INSERT INTO stock_counts
WITH w AS (SELECT CAST(unnest(generate_series(DATE '2024-01-07', DATE '2026-05-17', INTERVAL 7 DAY)) AS DATE) AS d),
g AS (SELECT vehicle_id, min(handed_over_on) AS gone, min(ordered_on) AS o FROM vehicle_sales WHERE status <> 'cancelled' GROUP BY 1)
SELECT d, stocked_site_id, stock_type, count(*), count(*) FILTER (WHERE d - acquired_on > 90), sum(purchase_cost)
FROM w JOIN vehicles v ON acquired_on <= d LEFT JOIN g USING (vehicle_id)
WHERE coalesce(gone, DATE '2027-01-01') > d AND (g.vehicle_id IS NOT NULL OR d - acquired_on < 150 ) GROUP BY 1,2,3;
