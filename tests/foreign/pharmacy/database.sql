-- Merrow Pharmacies: a regional chain of retail pharmacies. Days 2024-01-01 .. 2026-05-20 (as_of). Deterministic: hash() only.
CREATE OR REPLACE TEMP MACRO u(k, s) AS ((hash(k::VARCHAR || ':' || s) % 1000003) / 1000003.0);
CREATE OR REPLACE TEMP MACRO pick(l, x) AS l[1 + floor(x * len(l))::INTEGER];

CREATE TABLE pharmacies (pharmacy_id INTEGER PRIMARY KEY, pharmacy_name VARCHAR, town VARCHAR, district VARCHAR, format VARCHAR,
  opened_on DATE, floor_area_m2 INTEGER, has_treatment_room BOOLEAN);
INSERT INTO pharmacies VALUES
 (1,'Merrow Harbour','Port Merrow','Coast','town_centre','1998-04-01',210,true),
 (2,'Merrow Lighthouse','Port Merrow','Coast','supermarket','2009-09-14',140,false),
 (3,'Merrow Sandgate','Sandgate','Coast','town_centre','2003-03-03',160,true),
 (4,'Merrow Old Pier','Kelham Bay','Coast','health_centre','2012-06-18',120,true),
 (5,'Merrow Dunes','Dunmere','Coast','drive_through','2019-05-06',190,false),
 (6,'Merrow Marina','Kelham Bay','Coast','supermarket','2016-10-10',130,false),
 (7,'Merrow Lakeside','Ellerwater','Lakeland','town_centre','2001-02-12',175,true),
 (8,'Merrow Mill Lane','Ellerwater','Lakeland','health_centre','2014-01-20',110,true),
 (9,'Merrow Ferry Road','Tarnbeck','Lakeland','town_centre','2007-07-02',150,false),
 (10,'Merrow Willow Park','Tarnbeck','Lakeland','drive_through','2021-03-15',200,true),
 (11,'Merrow Boathouse','Loweswick','Lakeland','supermarket','2018-11-05',125,false),
 (12,'Merrow Highfell','Highfell','Uplands','town_centre','1995-09-01',145,true),
 (13,'Merrow Quarry','Slatebridge','Uplands','supermarket','2011-04-04',115,false),
 (14,'Merrow Station','Slatebridge','Uplands','town_centre','2005-05-23',155,true),
 (15,'Merrow Moorside','Crag End','Uplands','health_centre','2017-08-28',105,false),
 (16,'Merrow St Anne','Aldermouth','Capital Belt','health_centre','2010-02-01',165,true),
 (17,'Merrow Market Square','Aldermouth','Capital Belt','town_centre','1992-06-15',260,true),
 (18,'Merrow Northgate','Aldermouth','Capital Belt','supermarket','2015-03-30',150,false),
 (19,'Merrow University','Aldermouth','Capital Belt','town_centre','2013-09-09',135,true),
 (20,'Merrow Orchard','Fernley','Capital Belt','drive_through','2020-10-19',220,true),
 (21,'Merrow Parkway','Fernley','Capital Belt','drive_through','2022-04-25',230,false),
 (22,'Merrow Bridge Street','Wexcombe','Capital Belt','town_centre','2006-11-13',170,true),
 (23,'Merrow Clocktower','Wexcombe','Capital Belt','supermarket','2024-03-11',140,false),
 (24,'Merrow Foundry','Brackham','Capital Belt','health_centre','2025-02-03',125,true);

-- how busy each one is
CREATE TEMP TABLE busy AS SELECT pharmacy_id, opened_on,
  [1.0,0.55,0.7,0.8,0.6,0.45,0.85,0.9,0.5,0.75,0.4,0.55,0.35,0.6,0.5,1.1,1.3,0.65,0.7,0.95,0.8,0.72,0.5,0.9][pharmacy_id] AS w FROM pharmacies;

CREATE TABLE products (product_id INTEGER PRIMARY KEY, product_name VARCHAR, department VARCHAR, category VARCHAR, supplier VARCHAR,
  is_generic BOOLEAN, list_price DECIMAL(8,2), unit_cost DECIMAL(8,2));
CREATE TEMP TABLE molecule AS SELECT row_number() OVER () AS n, * FROM (VALUES
 ('Amlodipine 5 mg','Cardiovascular'),('Ramipril 10 mg','Cardiovascular'),('Bisoprolol 5 mg','Cardiovascular'),('Atorvastatin 20 mg','Cardiovascular'),('Metformin 850 mg','Diabetes'),
 ('Levothyroxine 100 mcg','Hormones'),('Omeprazole 20 mg','Digestive'),('Salbutamol inhaler','Respiratory'),('Sertraline 50 mg','Mental health'),('Amoxicillin 500 mg','Antibiotics'),
 ('Losartan 50 mg','Cardiovascular'),('Insulin glargine pen','Diabetes'),('Gliclazide 80 mg','Diabetes'),('Budesonide inhaler','Respiratory'),('Pantoprazole 40 mg','Digestive'),
 ('Citalopram 20 mg','Mental health'),('Doxycycline 100 mg','Antibiotics'),('Tramadol 50 mg','Pain'),('Pregabalin 75 mg','Pain'),('Estradiol patch','Hormones'),
 ('Clopidogrel 75 mg','Cardiovascular'),('Simvastatin 40 mg','Cardiovascular'),('Empagliflozin 10 mg','Diabetes'),('Montelukast 10 mg','Respiratory'),('Mirtazapine 15 mg','Mental health'),
 ('Azithromycin 250 mg','Antibiotics'),('Codeine 30 mg','Pain'),('Mesalazine 1 g','Digestive'),('Furosemide 40 mg','Cardiovascular'),('Tiotropium inhaler','Respiratory'),
 ('Semaglutide pen','Diabetes'),('Quetiapine 25 mg','Mental health'),('Cefalexin 500 mg','Antibiotics'),('Desogestrel 75 mcg','Hormones'),('Naproxen 500 mg','Pain')) AS t(name, area);
INSERT INTO products
SELECT row_number() OVER (ORDER BY n, g), CASE WHEN g = 1 THEN name ELSE name || ' (original)' END, 'Prescription medicines', area,
  CASE WHEN g = 1 THEN pick(['Helix Generics','Nordpharm','Genova Labs'], u(n,'sg')) ELSE pick(['Corvell','Sanora','Medivia'], u(n,'so')) END, g = 1,
  round((18 + 95*u(n,'pp')) * CASE WHEN g = 1 THEN 1 ELSE 2.3 END, 2), round((18 + 95*u(n,'pp')) * CASE WHEN g = 1 THEN 0.62 ELSE 1.85 END, 2)
FROM molecule CROSS JOIN (VALUES (1),(2)) AS gg(g);
CREATE TEMP TABLE goods AS SELECT row_number() OVER () AS n, * FROM (VALUES
 ('Paracetamol caplets','Pain & fever','Tablets',4.2),('Ibuprofen tablets','Pain & fever','Tablets',5.1),('Ibuprofen gel','Pain & fever','Topical',8.9),('Aspirin 500','Pain & fever','Tablets',5.6),('Heat patch','Pain & fever','Topical',9.5),
 ('Children''s fever syrup','Pain & fever','Syrups',7.4),('Cough syrup honey','Cough & cold','Syrups',8.2),('Throat lozenges','Cough & cold','Lozenges',6.3),('Nasal spray','Cough & cold','Sprays',6.9),('Cold & flu sachets','Cough & cold','Sachets',9.8),
 ('Saline rinse','Cough & cold','Sprays',8.4),('Vapour rub','Cough & cold','Topical',7.1),('Vitamin D 1000','Vitamins','Tablets',11.5),('Vitamin C effervescent','Vitamins','Effervescent',7.9),('Magnesium sticks','Vitamins','Sachets',12.4),
 ('Multivitamin 50+','Vitamins','Tablets',18.9),('Iron complex','Vitamins','Tablets',14.2),('Omega 3 capsules','Vitamins','Capsules',19.5),('Probiotic capsules','Vitamins','Capsules',24.0),('Sun cream SPF 50','Skincare','Sun care',17.8),
 ('After-sun lotion','Skincare','Sun care',11.9),('Moisturising cream','Skincare','Face & body',14.6),('Acne gel','Skincare','Face & body',13.1),('Hand balm','Skincare','Face & body',6.8),('Lip balm','Skincare','Face & body',4.1),
 ('Nappies','Baby','Nappies & wipes',13.5),('Baby wipes','Baby','Nappies & wipes',3.9),('Infant formula','Baby','Feeding',21.7),('Teething gel','Baby','Care',7.7),('Nappy cream','Baby','Care',8.3),
 ('Blood pressure monitor','Devices & tests','Monitors',54.0),('Digital thermometer','Devices & tests','Monitors',14.9),('Glucose test strips','Devices & tests','Tests',27.5),('Pregnancy test','Devices & tests','Tests',9.9),('Covid self-test','Devices & tests','Tests',4.5),
 ('Hay fever tablets','Allergy','Tablets',9.2),('Allergy eye drops','Allergy','Drops',10.4),('Allergy nasal spray','Allergy','Sprays',12.7),('Antacid chews','Digestion','Chews',6.6),('Rehydration sachets','Digestion','Sachets',7.2),
 ('Diarrhoea capsules','Digestion','Capsules',8.1),('Plasters','First aid','Dressings',4.4),('Elastic bandage','First aid','Dressings',6.2),('Antiseptic spray','First aid','Antiseptics',7.8),('Blister plasters','First aid','Dressings',7.3)) AS t(name, dept, cat, price);
INSERT INTO products
SELECT 70 + row_number() OVER (ORDER BY n, g), name || CASE g WHEN 1 THEN '' WHEN 2 THEN ' family pack' ELSE ' Merrow own label' END, dept, cat,
  CASE g WHEN 3 THEN 'Merrow own label' ELSE pick(['Sanora','Medivia','Alpenkraut','Dermaline','BrightCare'], u(n,'so')) END, NULL,
  round(price * CASE g WHEN 1 THEN 1 WHEN 2 THEN 1.75 ELSE 0.78 END, 2),
  round(price * CASE g WHEN 1 THEN 1 WHEN 2 THEN 1.75 ELSE 0.78 END * (CASE g WHEN 3 THEN 0.42 ELSE 0.56 END + 0.18*u(n,'mc')), 2)
FROM goods CROSS JOIN (VALUES (1),(2),(3)) AS gg(g);

CREATE TABLE staff (staff_id INTEGER PRIMARY KEY, full_name VARCHAR, email VARCHAR, job VARCHAR, base_pharmacy_id INTEGER, contract VARCHAR,
  hourly_wage DECIMAL(6,2), hired_on DATE, left_on DATE);
INSERT INTO staff
SELECT i, fn || ' ' || ln, lower(fn) || '.' || lower(ln) || i || '@merrow.example', job, ph, contract,
  round(CASE job WHEN 'pharmacist' THEN 34 WHEN 'technician' THEN 21 WHEN 'counter_assistant' THEN 15.5 ELSE 14.8 END * (0.92 + 0.2*u(i,'w')), 2), hired,
  CASE WHEN u(i,'l') < CASE job WHEN 'driver' THEN 0.42 WHEN 'counter_assistant' THEN 0.34 ELSE 0.14 END AND greatest(hired, DATE '2024-01-01') + 60 + (u(i,'ld')*760)::INTEGER <= DATE '2026-05-20'
       THEN greatest(hired, DATE '2024-01-01') + 60 + (u(i,'ld')*760)::INTEGER END
FROM (SELECT i, pick(['Anna','Bram','Celia','Dario','Edith','Farid','Greta','Hugo','Ines','Jonas','Karin','Luca','Mona','Nils','Olga','Pavel','Rosa','Stefan','Tara','Viktor'], u(i,'fn')) fn,
  pick(['Albers','Brandt','Costa','Dahl','Engel','Fischer','Grant','Holm','Ivers','Jansen','Keller','Lind','Moreau','Novak','Olsen','Perez','Quist','Roth','Sorel','Weber'], u(i,'ln')) ln,
  CASE WHEN (i-1) // 24 IN (0,1) THEN 'pharmacist' WHEN (i-1) // 24 IN (2,3) THEN 'technician' WHEN (i-1) // 24 <= 8 THEN 'counter_assistant' ELSE 'driver' END job,
  1 + (i * 7) % 24 AS ph, CASE WHEN u(i,'ct') < 0.62 THEN 'full_time' WHEN u(i,'ct') < 0.9 THEN 'part_time' ELSE 'locum' END contract,
  CASE WHEN u(i,'h') < 0.6 OR i <= 48 THEN DATE '2016-01-01' + (u(i,'hd')*2900)::INTEGER ELSE DATE '2024-01-08' + (u(i,'hd')*820)::INTEGER END hired
  FROM range(1, 265) t(i));

CREATE TABLE patients (patient_id INTEGER PRIMARY KEY, full_name VARCHAR, birth_date DATE, phone VARCHAR, email VARCHAR, home_pharmacy_id INTEGER,
  insurance VARCHAR, age_group VARCHAR, loyalty_tier VARCHAR, sign_up_channel VARCHAR, registered_on DATE);
INSERT INTO patients
SELECT i, fn || ' ' || ln, bd, '07' || lpad((hash(i::VARCHAR || 'ph') % 100000000)::VARCHAR, 8, '0'), CASE WHEN u(i,'em') < 0.8 THEN lower(fn) || i || '@mail.example' END,
  ph, CASE WHEN u(i,'ins') < 0.68 THEN 'public' WHEN u(i,'ins') < 0.9 THEN 'private' ELSE 'self_pay' END,
  CASE WHEN bd > DATE '2008-05-20' THEN 'under 18' WHEN bd > DATE '1986-05-20' THEN '18-39' WHEN bd > DATE '1961-05-20' THEN '40-64' ELSE '65 and over' END,
  CASE WHEN u(i,'lt') < 0.3 THEN 'green' WHEN u(i,'lt') < 0.5 THEN 'silver' WHEN u(i,'lt') < 0.58 THEN 'gold' END,
  CASE WHEN u(i,'sc') < 0.55 THEN 'in_pharmacy' WHEN u(i,'sc') < 0.8 THEN 'app' WHEN u(i,'sc') < 0.93 THEN 'website' ELSE 'gp_referral' END,
  CASE WHEN i <= 1500 THEN DATE '2019-01-01' + (u(i,'rg')*1820)::INTEGER ELSE DATE '2024-01-01' + least(870, greatest(0, sqrt((i-1500)/1700.0)*870 + 20*sin(sqrt((i-1500)/1700.0)*870/58.0) - 9*u(i,'rg')))::INTEGER END
FROM (SELECT i, pick(['Ada','Ben','Clara','Dev','Elsa','Finn','Gaia','Hal','Iris','Jack','Kim','Leo','Maya','Noah','Orla','Paul','Ruth','Sami','Tess','Will'], u(i,'pfn')) fn,
  pick(['Abbot','Baker','Cole','Dunn','Ellis','Ford','Gale','Hart','Irwin','Jones','Kerr','Lowe','Marsh','Nash','Owen','Page','Reed','Shaw','Todd','Wood'], u(i,'pln')) ln,
  (DATE '1934-01-01' + (pow(u(i,'bd'),0.8)*31000)::INTEGER) AS bd,
  CASE WHEN u(i,'hp') < 0.5 THEN pick([1,1,7,8,16,16,17,17,20,21,22,24,4,3], u(i,'hq')) ELSE 1 + floor(u(i,'hq')*24)::INTEGER END AS ph
  FROM range(1, 3201) t(i));

CREATE TEMP TABLE who AS SELECT ph, list(patient_id ORDER BY patient_id) AS ids FROM (SELECT home_pharmacy_id AS ph, patient_id FROM patients) GROUP BY ph;
CREATE TEMP TABLE crew AS SELECT base_pharmacy_id AS ph, list(staff_id ORDER BY staff_id) FILTER (WHERE job = 'pharmacist') AS rph,
  list(staff_id ORDER BY staff_id) FILTER (WHERE job IN ('counter_assistant','technician')) AS til, list(staff_id ORDER BY staff_id) FILTER (WHERE job = 'driver') AS drv FROM staff GROUP BY 1;

CREATE TABLE prescriptions (rx_id INTEGER PRIMARY KEY, patient_id INTEGER, pharmacy_id INTEGER, product_id INTEGER, pharmacist_id INTEGER, source VARCHAR,
  is_repeat BOOLEAN, prescriber_specialty VARCHAR, status VARCHAR, packs INTEGER, patient_copay DECIMAL(8,2), insurer_amount DECIMAL(8,2),
  received_at TIMESTAMP, ready_at TIMESTAMP, collected_at TIMESTAMP);
INSERT INTO prescriptions
WITH c AS (SELECT i, DATE '2024-01-01' + floor(u(i,'d')*871)::INTEGER AS d, 1 + floor(u(i,'ph')*24)::INTEGER AS ph FROM range(0, 52000) t(i)),
k AS (SELECT c.*, busy.w FROM c JOIN busy ON busy.pharmacy_id = ph
  WHERE d >= opened_on AND u(i,'keep') < w / 1.3 * (0.62 + 0.38*datediff('day', DATE '2024-01-01', d)/871.0)
   * CASE dayofweek(d) WHEN 0 THEN 0.12 WHEN 6 THEN 0.6 WHEN 1 THEN 1.0 ELSE 0.85 END
   * [1.0,0.96,0.92,0.86,0.82,0.78,0.7,0.66,0.85,0.94,0.98,0.97][month(d)]),
p AS (SELECT *, row_number() OVER (ORDER BY d, i) AS rx,
   -- six in seven of the products are taken from the front of the list; health centres hand out more generics
   1 + 2*floor(pow(u(i,'pr'),1.6)*35)::INTEGER
    + CASE WHEN u(i,'gen') < CASE WHEN ph IN (4,8,15,16,24) THEN 0.82 WHEN ph IN (2,6,11,13,18,23) THEN 0.6 ELSE 0.7 END + 0.08*(year(d)-2025) THEN 0 ELSE 1 END AS prod,
   u(i,'src') AS us, u(i,'st') AS ust, u(i,'wt') AS uw, u(i,'hr') AS uh FROM k),
q AS (SELECT p.*, d::TIMESTAMP + to_seconds((8*3600 + floor(pow(uh,1.15)*11*3600))::BIGINT) AS rec,
   CASE WHEN u(i,'cp') < 0.02 THEN NULL ELSE 1 + floor(u(i,'pk')*u(i,'pk2')*4)::INTEGER END AS pk,
   CASE WHEN us < 0.5 + 0.12*(year(d)-2024) THEN 'e_script' WHEN us < 0.9 THEN 'paper' ELSE 'phone' END AS src FROM p),
r AS (SELECT q.*, to_seconds((60*(6 + 46*uw*uw * CASE WHEN ph IN (5,10,20,21) THEN 0.55 WHEN ph IN (16,8) THEN 1.5 ELSE 1 END
     * CASE WHEN month(d) IN (12,1,2) THEN 1.3 ELSE 1 END * CASE src WHEN 'paper' THEN 1.4 ELSE 0.9 END))::BIGINT) AS wait,
   CASE WHEN u(i,'sd') < 0.6 THEN to_seconds((900+3600*u(i,'cd'))::BIGINT) ELSE to_seconds((86400*(0.8 + 5*u(i,'cd')))::BIGINT) END AS later FROM q),
s AS (SELECT r.*, CASE WHEN ust < 0.035 THEN 'cancelled'
     WHEN ust < 0.035 + CASE WHEN ph IN (2,6,11,13,18,23) THEN 0.09 WHEN ph IN (5,10,20,21) THEN 0.03 ELSE 0.055 END * CASE WHEN src = 'e_script' THEN 1.4 ELSE 0.8 END
          THEN CASE WHEN d <= DATE '2026-05-06' THEN 'returned_to_stock' ELSE 'ready' END
     WHEN rec + wait + later >= TIMESTAMP '2026-05-21' THEN 'ready' ELSE 'collected' END AS st FROM r)
SELECT rx, w.ids[1 + floor(pow(u(i,'pt'),1.5)*len(w.ids)*(1500+1700*pow(datediff('day', DATE '2024-01-01', d)/870.0,2))/3200)::INTEGER], s.ph, prod, crew.rph[1 + floor(u(i,'rp')*len(crew.rph))::INTEGER], src, u(i,'rep') < 0.46 + 0.04*(prod % 4),
  CASE WHEN u(i,'sp') < 0.62 THEN 'general practice' WHEN u(i,'sp') < 0.75 THEN 'cardiology' WHEN u(i,'sp') < 0.84 THEN 'endocrinology' WHEN u(i,'sp') < 0.92 THEN 'psychiatry' WHEN u(i,'sp') < 0.97 THEN 'paediatrics' END,
  st, coalesce(pk, 1), round(list_price * coalesce(pk,1) * pr.share, 2), round(list_price * coalesce(pk,1) * (1 - pr.share), 2),
  rec, CASE WHEN st <> 'cancelled' THEN rec + wait END, CASE WHEN st = 'collected' THEN rec + wait + later END
FROM s JOIN who w ON w.ph = s.ph JOIN crew ON crew.ph = s.ph JOIN products ON products.product_id = prod
CROSS JOIN LATERAL (SELECT CASE WHEN u(i,'cps') < 0.7 THEN 0.1 WHEN u(i,'cps') < 0.9 THEN 0.25 ELSE 1.0 END AS share) pr;

CREATE TABLE sale_lines (line_id INTEGER PRIMARY KEY, ticket_no INTEGER, pharmacy_id INTEGER, product_id INTEGER, served_by INTEGER, patient_id INTEGER,
  channel VARCHAR, payment VARCHAR, sold_at TIMESTAMP, quantity INTEGER, unit_price DECIMAL(8,2), discount DECIMAL(8,2), voided BOOLEAN);
INSERT INTO sale_lines
WITH c AS (SELECT i, DATE '2024-01-01' + floor(u(i,'td')*871)::INTEGER AS d, 1 + floor(u(i,'tph')*24)::INTEGER AS ph FROM range(0, 30000) t(i)),
k AS (SELECT c.* FROM c JOIN busy ON busy.pharmacy_id = ph
  WHERE d >= opened_on AND u(i,'tkeep') < (0.35 + w / 2) * (0.7 + 0.3*datediff('day', DATE '2024-01-01', d)/871.0)
   * CASE dayofweek(d) WHEN 0 THEN 0.2 WHEN 6 THEN 1.0 WHEN 5 THEN 0.8 ELSE 0.6 END * [0.95,0.85,0.75,0.72,0.75,0.8,0.85,0.75,0.78,0.85,0.95,1.0][month(d)]),
t AS (SELECT *, 100000 + row_number() OVER (ORDER BY d, i) AS tick, 1 + floor(u(i,'nl')*u(i,'nl2')*5)::INTEGER AS n,
   CASE WHEN u(i,'ch') < 0.06 + 0.05*(year(d)-2024) THEN 'web_shop' WHEN u(i,'ch') < 0.14 + 0.08*(year(d)-2024) THEN 'click_and_collect' WHEN u(i,'ch') < 0.4 AND ph IN (2,6,11,13,17,18,23) THEN 'self_checkout' ELSE 'counter' END AS chan FROM k),
l AS (SELECT t.*, j, i*10 + j AS lk FROM t CROSS JOIN range(1, 6) jj(j) WHERE j <= n),
g AS (SELECT *, CASE
    WHEN month(d) IN (11,12,1,2) AND u(lk,'se') < 0.3 THEN 7 + floor(u(lk,'gp')*6)::INTEGER
    WHEN month(d) IN (6,7,8) AND u(lk,'se') < 0.25 THEN 20 + floor(u(lk,'gp')*2)::INTEGER
    WHEN month(d) IN (4,5) AND u(lk,'se') < 0.2 THEN 36 + floor(u(lk,'gp')*3)::INTEGER
    ELSE 1 + floor(u(lk,'gp')*45)::INTEGER END AS good FROM l)
SELECT row_number() OVER (ORDER BY tick, j), tick, g.ph, p.product_id, CASE WHEN chan IN ('counter','click_and_collect') THEN crew.til[1 + floor(u(i,'sv')*len(crew.til))::INTEGER] END,
  CASE WHEN u(i,'ly') < 0.42 THEN w.ids[1 + floor(u(i,'lyp')*len(w.ids)*(1500+1700*pow(datediff('day', DATE '2024-01-01', d)/870.0,2))/3200)::INTEGER] END, chan,
  CASE WHEN chan = 'web_shop' THEN pick(['card','card','paypal'], u(i,'py')) ELSE pick(['card','card','card','cash','cash','mobile'], u(i,'py')) END,
  d::TIMESTAMP + to_seconds((8*3600 + floor(u(i,'th')*11.5*3600))::BIGINT), qty, list_price,
  CASE WHEN u(lk,'di') < CASE WHEN month(d) IN (1,7) THEN 0.4 ELSE 0.16 END THEN round(list_price*qty*pick([0.1,0.2,0.3], u(lk,'dr')), 2) ELSE 0 END, u(i,'vo') < 0.025
FROM g JOIN products p ON p.product_id = 70 + 3*(good-1) + CASE WHEN u(lk,'va') < 0.55 THEN 1 WHEN u(lk,'va') < 0.72 THEN 2 ELSE 3 END
JOIN crew ON crew.ph = g.ph JOIN who w ON w.ph = g.ph CROSS JOIN LATERAL (SELECT 1 + floor(u(lk,'q')*u(lk,'q2')*3)::INTEGER AS qty) z;

CREATE TABLE vaccinations (appointment_id INTEGER PRIMARY KEY, patient_id INTEGER, pharmacy_id INTEGER, vaccinator_id INTEGER, vaccine VARCHAR, dose_number INTEGER,
  booked_via VARCHAR, booked_on DATE, appointment_at TIMESTAMP, status VARCHAR, fee DECIMAL(8,2), funded_by VARCHAR);
INSERT INTO vaccinations
WITH c AS (SELECT i, DATE '2024-01-01' + floor(u(i,'vd')*871)::INTEGER AS d, pick([1,1,3,4,7,7,8,10,12,14,16,16,16,17,17,19,20,22,24,24], u(i,'vph')) AS ph, u(i,'vv') AS uv, pick(['app','app','website','phone','walk_in'], u(i,'vb')) AS via FROM range(0, 16000) t(i)),
v AS (SELECT c.*, CASE WHEN uv < 0.45 THEN 'flu' WHEN uv < 0.65 THEN 'covid_19' WHEN uv < 0.74 THEN 'shingles' WHEN uv < 0.82 THEN 'pneumococcal' WHEN uv < 0.91 THEN 'tick_borne_encephalitis' WHEN uv < 0.96 THEN 'hepatitis_a' ELSE 'hpv' END AS vac FROM c),
k AS (SELECT v.* FROM v JOIN pharmacies p ON p.pharmacy_id = ph WHERE d >= opened_on AND dayofweek(d) <> 0 AND u(i,'vk') < (0.75 + 0.1*(year(d)-2024)) * CASE vac
   WHEN 'flu' THEN [0.25,0.08,0.02,0.01,0.01,0.01,0.01,0.05,0.6,1.0,0.85,0.5][month(d)] WHEN 'covid_19' THEN [0.2,0.15,0.1,0.1,0.08,0.06,0.06,0.1,0.5,0.8,0.6,0.3][month(d)]
   WHEN 'tick_borne_encephalitis' THEN [0.2,0.4,0.9,1.0,0.9,0.7,0.4,0.3,0.2,0.1,0.1,0.1][month(d)] WHEN 'hepatitis_a' THEN [0.3,0.3,0.4,0.6,0.8,1.0,0.9,0.5,0.3,0.3,0.3,0.4][month(d)] ELSE 0.5 END),
n AS (SELECT k.*, row_number() OVER (ORDER BY d, i) AS id FROM k)
SELECT id, w.ids[1 + floor(u(i,'vp')*len(w.ids)*(1500+1700*pow(datediff('day', DATE '2024-01-01', d)/870.0,2))/3200)::INTEGER], n.ph, crew.rph[1 + floor(u(i,'vr')*len(crew.rph))::INTEGER], vac, CASE WHEN vac IN ('flu') THEN 1 ELSE 1 + floor(u(i,'vdo')*3)::INTEGER END,
  via, CASE WHEN via = 'walk_in' THEN d ELSE d - (1 + floor(u(i,'bk')*21)::INTEGER) END, d::TIMESTAMP + to_seconds((9*3600 + 600*floor(u(i,'vt')*54))::BIGINT),
  CASE WHEN via = 'walk_in' THEN 'given' WHEN u(i,'vs') < 0.06 THEN 'cancelled' WHEN u(i,'vs') < 0.06 + CASE via WHEN 'app' THEN 0.07 WHEN 'website' THEN 0.13 ELSE 0.1 END * CASE WHEN n.ph IN (16,17,19) THEN 1.6 ELSE 0.9 END * CASE WHEN month(d) IN (7,8,12) THEN 1.4 ELSE 1 END THEN 'no_show' ELSE 'given' END,
  CASE vac WHEN 'flu' THEN 18 WHEN 'covid_19' THEN 24 WHEN 'shingles' THEN 165 WHEN 'pneumococcal' THEN 72 WHEN 'tick_borne_encephalitis' THEN 48 WHEN 'hepatitis_a' THEN 64 ELSE 150 END + CASE WHEN year(d) >= 2025 THEN 2 ELSE 0 END,
  CASE WHEN vac IN ('flu','covid_19') AND u(i,'fu') < 0.7 THEN 'health_service' WHEN u(i,'fu') < 0.2 THEN 'employer' ELSE 'patient' END
FROM n JOIN who w ON w.ph = n.ph JOIN crew ON crew.ph = n.ph;

CREATE TABLE deliveries (delivery_id INTEGER PRIMARY KEY, rx_id INTEGER, pharmacy_id INTEGER, driver_id INTEGER, vehicle VARCHAR, distance_km DECIMAL(5,1), delivery_fee DECIMAL(6,2),
  dispatched_at TIMESTAMP, promised_by TIMESTAMP, delivered_at TIMESTAMP, outcome VARCHAR, failure_reason VARCHAR);
INSERT INTO deliveries
WITH c AS (SELECT rx_id, pharmacy_id AS ph, ready_at + to_seconds((1200 + 5400*u(rx_id,'dg'))::BIGINT) AS dis FROM prescriptions
  WHERE status IN ('collected','returned_to_stock') AND u(rx_id,'dl') < 0.28 + 0.07*(year(received_at)-2024) + CASE WHEN pharmacy_id IN (12,13,14,15) THEN 0.14 ELSE 0 END AND received_at < TIMESTAMP '2026-05-20 16:00:00'),
e AS (SELECT *, row_number() OVER (ORDER BY dis, rx_id) AS id, CASE WHEN u(rx_id,'ve') < 0.55 THEN 'van' WHEN u(rx_id,'ve') < 0.83 THEN 'e_bike' ELSE 'courier' END AS veh,
  round((1.2 + 14*pow(u(rx_id,'km'),2)) * CASE WHEN ph BETWEEN 12 AND 15 THEN 1.7 ELSE 1 END, 1) AS km, u(rx_id,'fl') < CASE WHEN ph BETWEEN 12 AND 15 THEN 0.085 WHEN ph >= 16 THEN 0.06 ELSE 0.035 END * CASE WHEN month(dis) IN (12,1) THEN 1.5 ELSE 1 END AS failed FROM c WHERE dis < TIMESTAMP '2026-05-20 20:00:00')
SELECT id, rx_id, e.ph, CASE WHEN veh <> 'courier' THEN crew.drv[1 + floor(u(rx_id,'dv')*len(crew.drv))::INTEGER] END, veh, km, CASE WHEN u(rx_id,'fe') < 0.4 THEN 0 WHEN km < 6 THEN 3.5 ELSE 5.9 END,
  dis, dis + INTERVAL 2 HOUR, CASE WHEN NOT failed THEN dis + to_seconds((60*(18 + km*3.2 + 95*pow(u(rx_id,'tt'),1.4) * CASE veh WHEN 'courier' THEN 1.25 WHEN 'van' THEN 1.0 ELSE 0.85 END * CASE WHEN month(dis) IN (12,1) THEN 1.3 ELSE 1 END))::BIGINT) END,
  CASE WHEN failed THEN 'failed' ELSE 'delivered' END, CASE WHEN failed THEN pick(['not_at_home','not_at_home','wrong_address','refused','vehicle_breakdown'], u(rx_id,'fr')) END
FROM e JOIN crew ON crew.ph = e.ph;

CREATE TABLE shifts (shift_id INTEGER PRIMARY KEY, staff_id INTEGER, pharmacy_id INTEGER, shift_date DATE, shift_kind VARCHAR, hours DECIMAL(4,1), overtime_hours DECIMAL(4,1));
INSERT INTO shifts
SELECT row_number() OVER (ORDER BY d, staff_id), staff_id, CASE WHEN u(k,'o') < 0.93 THEN base_pharmacy_id ELSE 1 + (base_pharmacy_id + 3) % 22 END, d,
  CASE WHEN u(k,'sk') < 0.12 AND job <> 'driver' THEN 'sick_leave' WHEN u(k,'sk') < 0.55 THEN 'early' ELSE 'late' END,
  CASE WHEN u(k,'sk') < 0.12 AND job <> 'driver' THEN 0 WHEN contract = 'part_time' THEN 4 + floor(u(k,'hh')*3)*0.5 ELSE 7 + floor(u(k,'hh')*4)*0.5 END,
  CASE WHEN u(k,'sk') < 0.12 AND job <> 'driver' THEN 0 WHEN u(k,'ot') < CASE job WHEN 'pharmacist' THEN 0.3 WHEN 'driver' THEN 0.22 ELSE 0.12 END * CASE WHEN month(d) IN (10,11,12) THEN 1.6 ELSE 1 END THEN 0.5 + floor(u(k,'oh')*5)*0.5 ELSE 0 END
FROM (SELECT s.*, d::DATE AS d, s.staff_id * 10000 + datediff('day', DATE '2024-01-01', d::DATE) AS k FROM staff s CROSS JOIN generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2026-05-20', INTERVAL 1 DAY) g(d)
  JOIN pharmacies p ON p.pharmacy_id = s.base_pharmacy_id WHERE d >= hired_on AND d >= opened_on AND (left_on IS NULL OR d < left_on) AND dayofweek(d) <> 0)
WHERE u(k,'on') < 0.07;

CREATE TABLE monthly_counts (counted_on DATE, pharmacy_id INTEGER, department VARCHAR, stock_value DECIMAL(10,2), expired_value DECIMAL(10,2), PRIMARY KEY (counted_on, pharmacy_id, department));
INSERT INTO monthly_counts
SELECT m, pharmacy_id, dept, round(90 * w * f * (0.85 + 0.3*u(k,'sv')) * (1 + 0.012*datediff('month', DATE '2024-01-31', m)), 2),
  CASE WHEN u(k,'ex') < 0.7 THEN round(90 * w * f * (0.004 + 0.02*u(k,'ev')) * CASE WHEN dept IN ('Skincare','Vitamins') THEN 1.6 ELSE 1 END * CASE WHEN month(m) IN (3,9) THEN 1.7 ELSE 1 END, 2) ELSE 0 END
FROM (SELECT last_day(x::DATE) AS m, busy.*, dept, f, (busy.pharmacy_id::VARCHAR || dept || x::VARCHAR) AS k FROM generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2026-04-01', INTERVAL 1 MONTH) g(x) CROSS JOIN busy
  CROSS JOIN (VALUES ('Prescription medicines',62.0),('Pain & fever',7.5),('Cough & cold',9.0),('Vitamins',12.0),('Skincare',14.0),('Baby',8.5),('Devices & tests',6.0),('Allergy',4.5),('Digestion',3.5),('First aid',3.0)) dd(dept, f))
WHERE m >= opened_on;

-- nobody is served before being registered
UPDATE patients SET registered_on = least(registered_on, f.first_on) FROM (SELECT patient_id, min(d)::DATE AS first_on FROM
  (SELECT patient_id, received_at AS d FROM prescriptions UNION ALL SELECT patient_id, sold_at FROM sale_lines UNION ALL SELECT patient_id, booked_on FROM vaccinations) GROUP BY 1) f
WHERE f.patient_id = patients.patient_id;
