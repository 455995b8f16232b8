-- A group of six veterinary surgeries, as its practice software keeps it: January 2022 up to the end of August 2025, and the diary of the weeks after.
-- No key is declared. Everything drawn comes from `dice`, whole-number arithmetic on a row's own number, so the rows are the same on every machine.
-- A voided invoice keeps its number and loses its lines; its totals stand at nought. Line totals are before VAT.

CREATE MACRO stir(x) AS (xor(x, x >> 15) * 1664525 + 1013904223) % 4294967296;
CREATE MACRO dice(item, roll) AS
  stir(stir(xor(stir((item::BIGINT * 69069 + roll::BIGINT * 40503) % 4294967296), stir(roll::BIGINT * 7919 + 104729)))) / 4294967296.0;
CREATE MACRO pence(p) AS (p::BIGINT / 100.0)::DECIMAL(10, 2);
CREATE MACRO client_day(c) AS (CASE WHEN c <= 1000 THEN DATE '2015-01-05' + (c::BIGINT * 2550 // 1000)::INTEGER ELSE DATE '2022-01-03' + ((c::BIGINT - 1000) * 1330 // 800)::INTEGER END)::DATE;

CREATE TABLE branches AS
SELECT * FROM (VALUES
  (1, 'Harbour Street', 'Whitby', 'Coast', DATE '2009-04-01', 5, TRUE), (2, 'Oakfield', 'Malton', 'Inland', DATE '2011-09-05', 3, FALSE),
  (3, 'Mill Lane', 'Pickering', 'Inland', DATE '2013-02-11', 3, FALSE), (4, 'Northgate', 'Scarborough', 'Coast', DATE '2014-06-02', 4, TRUE),
  (5, 'Riverside', 'York', 'Vale', DATE '2016-10-17', 4, FALSE), (6, 'Station Road', 'Thirsk', 'Vale', DATE '2023-03-06', 2, FALSE)
) AS t(branch_id, branch_name, town, area, opened_on, consult_rooms, open_24h);

CREATE TABLE vets AS
SELECT vet_id, vet_name, job_title, ((vet_id - 1) // 4 + 1)::INTEGER AS branch_id, hired_on, left_on, lower(split_part(vet_name, ' ', 3)) || vet_id || '@moorsidevets.example' AS email
FROM (VALUES
  (1, 'Dr Helen Marsden', 'Partner', DATE '2009-04-01', NULL::DATE), (2, 'Dr Owen Pryce', 'Senior Vet', DATE '2014-08-18', NULL), (3, 'Dr Anita Rao', 'Vet', DATE '2019-07-01', NULL), (4, 'Dr Luke Farrow', 'Vet', DATE '2020-09-07', DATE '2024-03-28'),
  (5, 'Dr Graham Tindall', 'Partner', DATE '2011-09-05', NULL), (6, 'Dr Sofia Lindqvist', 'Senior Vet', DATE '2015-03-02', NULL), (7, 'Dr Ben Ashworth', 'Vet', DATE '2021-07-05', NULL), (8, 'Dr Mei Chen', 'Locum', DATE '2022-05-09', DATE '2023-08-31'),
  (9, 'Dr Ruth Calder', 'Partner', DATE '2013-02-11', NULL), (10, 'Dr Tomas Vesely', 'Senior Vet', DATE '2016-11-14', NULL), (11, 'Dr Priya Nair', 'Vet', DATE '2020-01-13', NULL), (12, 'Dr Callum Boyd', 'New Graduate', DATE '2024-07-15', NULL),
  (13, 'Dr Ian Thackray', 'Partner', DATE '2014-06-02', NULL), (14, 'Dr Claire Dunmore', 'Senior Vet', DATE '2017-05-08', NULL), (15, 'Dr Jonas Weiss', 'Vet', DATE '2021-02-15', NULL), (16, 'Dr Katie Hobbs', 'Vet', DATE '2021-10-04', NULL),
  (17, 'Dr Fiona Keane', 'Partner', DATE '2016-10-17', NULL), (18, 'Dr Samir Haddad', 'Senior Vet', DATE '2018-09-03', NULL), (19, 'Dr Lucy Overton', 'Vet', DATE '2021-06-21', DATE '2025-02-14'), (20, 'Dr Piotr Zielinski', 'Vet', DATE '2022-01-10', NULL),
  (21, 'Dr Martin Sowerby', 'Senior Vet', DATE '2018-04-16', NULL), (22, 'Dr Emma Lockwood', 'Vet', DATE '2023-03-06', NULL), (23, 'Dr Ravi Patel', 'New Graduate', DATE '2023-08-07', NULL), (24, 'Dr Alice Firth', 'Locum', DATE '2024-11-04', NULL)
) AS t(vet_id, vet_name, job_title, hired_on, left_on);

CREATE TABLE clients AS
SELECT
  c::INTEGER AS client_id, ['Mr', 'Mrs', 'Ms', 'Dr'][1 + floor(dice(c, 1) * dice(c, 2) * 4)::INTEGER] AS title,
  ['Sarah', 'James', 'Emily', 'David', 'Rachel', 'Peter', 'Joanne', 'Mark', 'Hannah', 'Alan', 'Nicola', 'Steven', 'Zoe', 'Colin'][1 + floor(dice(c, 3) * 14)::INTEGER] AS first_name,
  ['Barker', 'Hughes', 'Metcalfe', 'Simpson', 'Dawson', 'Lister', 'Wray', 'Holroyd', 'Fenwick', 'Stott', 'Readman', 'Coates', 'Duffy', 'Agar', 'Pickles'][1 + floor(dice(c, 4) * 15)::INTEGER] AS last_name,
  'client' || c || '@post.example' AS email, '07700 ' || (900000 + floor(dice(c, 5) * 99999)::INTEGER) AS mobile_phone,
  (1 + floor(dice(c, 6) * 120)::INTEGER) || ' ' || ['Church Lane', 'High Street', 'Moor View', 'Abbey Road', 'The Crescent', 'Beck Side'][1 + floor(dice(c, 7) * 6)::INTEGER] AS address_line,
  'YO' || (1 + floor(dice(c, 8) * 60)::INTEGER) || ' ' || (1 + floor(dice(c, 9) * 9)::INTEGER) || 'AB' AS postcode,
  CASE WHEN client_day(c) >= DATE '2023-03-06' AND dice(c, 10) < 0.22 THEN 6 WHEN dice(c, 11) < 0.29 THEN 1 WHEN dice(c, 11) < 0.44 THEN 2 WHEN dice(c, 11) < 0.57 THEN 3 WHEN dice(c, 11) < 0.80 THEN 4 ELSE 5 END::INTEGER AS home_branch_id,
  client_day(c) AS registered_on,
  CASE WHEN dice(c, 12) < 0.31 THEN 'Web search' WHEN dice(c, 12) < 0.58 THEN 'Friend' WHEN dice(c, 12) < 0.74 THEN 'Passing by' WHEN dice(c, 12) < 0.86 THEN 'Social media' WHEN dice(c, 12) < 0.93 THEN 'Rescue centre' END AS heard_via,
  dice(c, 13) < 0.57 AS marketing_consent, CASE WHEN dice(c, 14) < 0.11 THEN 'Inactive' ELSE 'Active' END AS client_status
FROM range(1, 1801) AS t(c);

CREATE TABLE species AS
SELECT * FROM (VALUES (1, 'Dog'), (2, 'Cat'), (3, 'Rabbit'), (4, 'Guinea Pig'), (5, 'Bird'), (6, 'Reptile')) AS t(species_id, species_name);

CREATE TABLE breeds AS
SELECT * FROM (VALUES
  (1, 1, 'Labrador Retriever', 'Large'), (2, 1, 'Cocker Spaniel', 'Medium'), (3, 1, 'Border Collie', 'Medium'), (4, 1, 'French Bulldog', 'Small'), (5, 1, 'Border Terrier', 'Small'), (6, 1, 'German Shepherd', 'Large'), (7, 1, 'Cockapoo', 'Medium'),
  (8, 1, 'Whippet', 'Medium'), (9, 1, 'Dachshund', 'Small'), (10, 1, 'Great Dane', 'Giant'), (11, 2, 'Domestic Shorthair', NULL), (12, 2, 'Domestic Longhair', NULL), (13, 2, 'British Shorthair', NULL), (14, 2, 'Maine Coon', NULL),
  (15, 2, 'Siamese', NULL), (16, 2, 'Bengal', NULL), (17, 3, 'Dwarf Lop', NULL), (18, 3, 'Netherland Dwarf', NULL), (19, 4, 'Abyssinian', NULL), (20, 4, 'American', NULL), (21, 5, 'Budgerigar', NULL), (22, 5, 'African Grey', NULL),
  (23, 6, 'Bearded Dragon', NULL), (24, 6, 'Corn Snake', NULL)
) AS t(breed_id, species_id, breed_name, size_class);

CREATE TABLE patients AS
WITH drawn AS (
  SELECT p, greatest(1, (p * 1800 // 2600) - floor(dice(p, 21) * dice(p, 22) * 30)::INTEGER)::INTEGER AS client_id, client_day(greatest(1, p * 1800 // 2600)) AS registered_on,
    CASE WHEN dice(p, 23) < 0.54 THEN 1 + floor(dice(p, 24) * (0.4 + 0.6 * dice(p, 25)) * 10) WHEN dice(p, 23) < 0.87 THEN 11 + floor(dice(p, 24) * dice(p, 25) * 6) WHEN dice(p, 23) < 0.94 THEN 17 + floor(dice(p, 24) * 2)
         WHEN dice(p, 23) < 0.97 THEN 19 + floor(dice(p, 24) * 2) WHEN dice(p, 23) < 0.99 THEN 21 + floor(dice(p, 24) * 2) ELSE 23 + floor(dice(p, 24) * 2) END::INTEGER AS breed_id
  FROM range(1, 2601) AS t(p)
), ending AS (
  SELECT *, CASE WHEN dice(p, 26) < 0.10 THEN greatest(DATE '2022-01-10', registered_on + 30) + floor(dice(p, 27) * 1100)::INTEGER END::DATE AS end_day FROM drawn
)
SELECT
  p::INTEGER AS patient_id, client_id, breed_id,
  ['Bella', 'Max', 'Luna', 'Charlie', 'Poppy', 'Alfie', 'Milo', 'Daisy', 'Oscar', 'Rosie', 'Teddy', 'Smudge', 'Tilly', 'Buster', 'Biscuit', 'Cleo', 'Ginger', 'Pepper'][1 + floor(dice(p, 28) * 18)::INTEGER] AS patient_name,
  CASE WHEN dice(p, 29) < 0.51 THEN 'Male' ELSE 'Female' END AS sex, dice(p, 30) < 0.68 AS neutered, (registered_on - 60 - floor(dice(p, 31) * dice(p, 32) * 3300)::INTEGER)::DATE AS date_of_birth,
  round(CASE WHEN breed_id IN (1, 6) THEN 25 + 14 * dice(p, 33) WHEN breed_id = 10 THEN 50 + 22 * dice(p, 33) WHEN breed_id <= 10 THEN 7 + 13 * dice(p, 33) WHEN breed_id <= 16 THEN 3 + 3.5 * dice(p, 33) ELSE 0.1 + 2 * dice(p, 33) END, 1)::DOUBLE AS weight_kg,
  CASE WHEN breed_id <= 16 AND dice(p, 34) < 0.9 THEN '9851' || (10000000000 + floor(dice(p, 35) * 89999999999)::BIGINT) END AS microchip_no,
  CASE WHEN breed_id <= 18 AND dice(p, 36) < 0.38 THEN ['Petguard', 'Pawsure', 'Animal Friends Mutual', 'Tailwag'][1 + floor(dice(p, 37) * (0.5 + 0.5 * dice(p, 38)) * 4)::INTEGER] END AS insurer,
  registered_on, CASE WHEN end_day <= DATE '2025-08-31' THEN end_day END AS deceased_on
FROM ending;

CREATE TABLE appointments AS
WITH drawn AS (
  SELECT n, (DATE '2022-01-03' + floor((1 - (1 - dice(n, 41)) * (0.78 + 0.22 * dice(n, 42))) * 1357)::INTEGER)::DATE AS day, dice(n, 43) AS of_type FROM range(1, 13001) AS t(n)
), kinds AS (
  SELECT n, day, CASE WHEN of_type < 0.41 THEN 'Consultation' WHEN of_type < 0.62 THEN 'Vaccination' WHEN of_type < 0.76 THEN 'Recheck' WHEN of_type < 0.84 THEN 'Surgery' WHEN of_type < 0.89 THEN 'Dental' WHEN of_type < 0.94 THEN 'Emergency' ELSE 'Nurse Clinic' END AS appt_type,
    (1 + floor(dice(n, 44) * (1440 + 1150 * greatest(0, day - DATE '2022-01-10') // 1330)))::INTEGER AS patient_id
  FROM drawn
), placed AS (
  SELECT k.*, CASE WHEN dice(n, 45) < 0.92 THEN c.home_branch_id WHEN day < DATE '2023-03-06' THEN 1 + floor(dice(n, 46) * 5) ELSE 1 + floor(dice(n, 46) * 6) END::INTEGER AS branch_id
  FROM kinds k JOIN patients p USING (patient_id) JOIN clients c USING (client_id)
  WHERE p.registered_on <= k.day AND (p.deceased_on IS NULL OR p.deceased_on >= k.day) AND (isodow(day) < 6 OR (isodow(day) = 6 AND dice(n, 47) < 0.45) OR appt_type = 'Emergency')
), staffed AS (
  SELECT placed.*, CASE WHEN v.hired_on <= day AND (v.left_on IS NULL OR v.left_on >= day) THEN v.vet_id ELSE placed.branch_id * 4 - 3 END::INTEGER AS seen_by
  FROM placed JOIN vets v ON v.vet_id = (placed.branch_id - 1) * 4 + 1 + floor(dice(n, 48) * (0.6 + 0.4 * dice(n, 49)) * 4)::INTEGER
), timed AS (
  SELECT *, (day + to_minutes((CASE WHEN appt_type = 'Emergency' THEN 15 * floor(dice(n, 50) * 96) WHEN appt_type IN ('Surgery', 'Dental') THEN 510 + 30 * floor(dice(n, 50) * 8) ELSE 510 + 15 * floor(dice(n, 50) * 38) END)::INTEGER))::TIMESTAMP AS starts_at FROM staffed
)
SELECT
  (30000 + ROW_NUMBER() OVER (ORDER BY starts_at, n))::INTEGER AS appointment_id, patient_id, seen_by AS vet_id, branch_id, appt_type, starts_at,
  (CASE appt_type WHEN 'Surgery' THEN 60 + 15 * floor(dice(n, 51) * 7) WHEN 'Dental' THEN 45 + 15 * floor(dice(n, 51) * 4) WHEN 'Emergency' THEN 30 + 15 * floor(dice(n, 51) * 4) WHEN 'Vaccination' THEN 15 ELSE 15 + 5 * floor(dice(n, 51) * 4) END)::INTEGER AS duration_min,
  CASE WHEN appt_type = 'Emergency' THEN 'Phone' WHEN dice(n, 52) < 0.52 - 0.07 * (year(day) - 2022) THEN 'Phone' WHEN dice(n, 52) < 0.80 THEN 'Online' ELSE 'Front desk' END AS booked_via,
  (day - CASE WHEN appt_type = 'Emergency' THEN 0 ELSE floor(dice(n, 53) * dice(n, 54) * 30) END::INTEGER)::DATE AS booked_on,
  CASE WHEN day > DATE '2025-08-31' THEN 'Booked' WHEN appt_type = 'Emergency' OR dice(n, 55) < 0.87 THEN 'Completed' WHEN dice(n, 55) < 0.945 THEN 'Cancelled' ELSE 'No Show' END AS appt_status
FROM timed WHERE day <= DATE '2025-08-31' OR booked_on <= DATE '2025-08-31';

CREATE TABLE treatments AS
WITH given AS (
  SELECT a.*, k, appointment_id * 3 + k AS t
  FROM appointments a, range(0, 2) AS s(k)
  WHERE appt_status = 'Completed' AND appt_type <> 'Vaccination' AND dice(appointment_id * 3 + k, 61) < CASE WHEN appt_type IN ('Surgery', 'Dental') THEN CASE k WHEN 0 THEN 1.0 ELSE 0.35 END WHEN k = 0 THEN 0.62 ELSE 0.18 END
), named AS (
  SELECT *, CASE WHEN appt_type = 'Surgery' AND k = 0 THEN ['Neutering', 'Lump Removal', 'Cruciate Repair', 'Eye Surgery'][1 + floor(dice(t, 62) * (0.4 + 0.6 * dice(t, 63)) * 4)::INTEGER]
    WHEN appt_type = 'Dental' AND k = 0 THEN ['Scale and Polish', 'Tooth Extraction'][1 + floor(dice(t, 62) * 1.7)::INTEGER]
    WHEN appt_type = 'Nurse Clinic' THEN ['Nail Clip', 'Weight Check', 'Microchipping'][1 + floor(dice(t, 62) * 3)::INTEGER]
    ELSE ['Blood Test', 'X-Ray', 'Ultrasound', 'Wound Dressing', 'Ear Flush', 'Nail Clip'][1 + floor(dice(t, 62) * 6)::INTEGER] END AS treatment_name
  FROM given
)
SELECT
  (1 + ROW_NUMBER() OVER (ORDER BY appointment_id, k))::INTEGER AS treatment_id, appointment_id, treatment_name,
  CASE WHEN treatment_name IN ('Neutering', 'Lump Removal', 'Cruciate Repair', 'Eye Surgery') THEN 'Operations' WHEN treatment_name IN ('Scale and Polish', 'Tooth Extraction') THEN 'Dentistry'
    WHEN treatment_name IN ('Blood Test', 'X-Ray', 'Ultrasound') THEN 'Diagnostics' ELSE 'Minor procedures' END AS treatment_group,
  starts_at::DATE AS performed_on, treatment_name IN ('Neutering', 'Lump Removal', 'Cruciate Repair', 'Eye Surgery', 'Scale and Polish', 'Tooth Extraction') AS anaesthetic_used
FROM named;

CREATE TABLE vaccinations AS
SELECT
  (5000 + ROW_NUMBER() OVER (ORDER BY a.starts_at, a.appointment_id))::INTEGER AS vaccination_id, a.patient_id, a.vet_id, a.branch_id,
  CASE b.species_id WHEN 1 THEN ['DHP Booster', 'Leptospirosis', 'Kennel Cough', 'Rabies'][1 + floor(dice(a.appointment_id, 71) * (0.5 + 0.5 * dice(a.appointment_id, 72)) * 4)::INTEGER]
    WHEN 2 THEN ['Cat Flu', 'Feline Leukaemia'][1 + floor(dice(a.appointment_id, 71) * 1.6)::INTEGER] ELSE 'Myxo-RHD' END AS vaccine_name,
  'B' || (100 + floor(dice(a.appointment_id, 73) * 90)::INTEGER) AS batch_no, a.starts_at::DATE AS given_on, (a.starts_at::DATE + 365)::DATE AS next_due_on
FROM appointments a JOIN patients p USING (patient_id) JOIN breeds b USING (breed_id)
WHERE a.appt_type = 'Vaccination' AND a.appt_status = 'Completed' AND b.species_id <= 3;

CREATE TABLE suppliers AS
SELECT * FROM (VALUES
  (1, 'Vetmed Direct', 'United Kingdom', 2, 30), (2, 'Northern Animal Health', 'United Kingdom', 1, 14), (3, 'Boreal Pharma', 'Denmark', 6, 45), (4, 'Kibble & Co', 'United Kingdom', 3, 30), (5, 'Alpina Instruments', 'Switzerland', 12, 60),
  (6, 'Petline Trading', 'Netherlands', 5, 30)
) AS t(supplier_id, supplier_name, country, lead_time_days, payment_terms_days);

CREATE TABLE stock_items AS
SELECT item_id, 'SKU' || (1000 + item_id * 7) AS item_code, item_name, item_category, supplier_id, unit_cost::DECIMAL(10, 2) AS unit_cost, unit_price::DECIMAL(10, 2) AS unit_price,
  qty_on_hand, reorder_level, discontinued
FROM (VALUES
  (1, 'Flea & Tick Spot-On', 'Parasite Control', 1, 4.10, 11.50, 212, 80, FALSE), (2, 'Worming Tablet', 'Parasite Control', 1, 1.60, 5.20, 340, 120, FALSE), (3, 'Tick Collar', 'Parasite Control', 6, 9.80, 24.00, 31, 40, FALSE), (4, 'Flea House Spray', 'Parasite Control', 6, 5.60, 13.90, 54, 25, FALSE),
  (5, 'Amoxiclav 250mg', 'Medicines', 3, 6.30, 18.40, 145, 60, FALSE), (6, 'Meloxicam Oral 100ml', 'Medicines', 3, 11.20, 31.50, 88, 35, FALSE), (7, 'Prednisolone 5mg', 'Medicines', 3, 2.90, 9.60, 160, 50, FALSE), (8, 'Insulin Vial', 'Medicines', 2, 21.40, 49.00, 17, 20, FALSE),
  (9, 'Ear Drops 20ml', 'Medicines', 2, 7.70, 19.80, 63, 30, FALSE), (10, 'Eye Ointment', 'Medicines', 2, 5.10, 15.20, 22, 25, FALSE), (11, 'Thyroid Tablets', 'Medicines', 3, 12.60, 33.00, 41, 20, FALSE), (12, 'Joint Injection', 'Medicines', 2, 28.00, 66.00, 24, 15, FALSE),
  (13, 'Puppy Food 3kg', 'Food', 4, 10.40, 19.50, 74, 30, FALSE), (14, 'Senior Dog Food 12kg', 'Food', 4, 34.20, 58.00, 38, 20, FALSE), (15, 'Renal Cat Food 2kg', 'Food', 4, 14.80, 27.50, 29, 30, FALSE), (16, 'Kitten Food 1.5kg', 'Food', 4, 7.90, 15.00, 66, 25, FALSE),
  (17, 'Rabbit Pellets 2kg', 'Food', 4, 4.40, 9.20, 51, 20, FALSE), (18, 'Gastro Diet Tins', 'Food', 4, 1.30, 3.10, 288, 100, FALSE), (19, 'Recovery Cone', 'Accessories', 6, 2.70, 8.50, 95, 40, FALSE), (20, 'Pet Carrier', 'Accessories', 6, 11.90, 27.00, 12, 10, FALSE),
  (21, 'Slip Lead', 'Accessories', 6, 1.20, 4.50, 130, 30, FALSE), (22, 'Dental Chews', 'Accessories', 4, 3.20, 7.90, 117, 50, FALSE), (23, 'Pet Toothbrush', 'Accessories', 6, 0.90, 3.60, 83, 20, FALSE), (24, 'Calming Diffuser', 'Accessories', 1, 9.40, 22.50, 19, 25, FALSE),
  (25, 'Suture Pack', 'Consumables', 5, 3.80, 9.00, 190, 75, FALSE), (26, 'IV Catheter', 'Consumables', 5, 1.90, 6.50, 260, 100, FALSE), (27, 'Bandage Roll', 'Consumables', 1, 0.70, 3.20, 410, 150, FALSE), (28, 'Syringe 5ml', 'Consumables', 1, 0.10, 0.60, 1480, 500, FALSE),
  (29, 'Surgical Drape', 'Consumables', 5, 2.20, 6.00, 62, 70, FALSE), (30, 'Blood Test Kit', 'Consumables', 5, 8.30, 18.00, 97, 40, FALSE), (31, 'Herbal Shampoo', 'Accessories', 6, 3.90, 9.90, 0, 0, TRUE), (32, 'Garlic Wormer', 'Parasite Control', 6, 2.10, 6.80, 4, 0, TRUE)
) AS t(item_id, item_name, item_category, supplier_id, unit_cost, unit_price, qty_on_hand, reorder_level, discontinued);

CREATE TABLE invoices AS
WITH billed AS (
  SELECT appointment_id AS seed, appointment_id, p.client_id, a.branch_id, a.starts_at::DATE AS invoice_date FROM appointments a JOIN patients p USING (patient_id) WHERE appt_status = 'Completed' AND dice(appointment_id, 81) < 0.94
  UNION ALL
  SELECT 90000 + n, NULL, c.client_id, c.home_branch_id, day FROM (SELECT n, (DATE '2022-01-03' + floor(dice(n, 82) * 1336)::INTEGER)::DATE AS day, (1 + floor(dice(n, 83) * (1000 + 790 * greatest(0, (DATE '2022-01-03' + floor(dice(n, 82) * 1336)::INTEGER) - DATE '2022-01-10') // 1330)))::INTEGER AS client_id FROM range(1, 2001) AS t(n)) JOIN clients c USING (client_id)
  WHERE isodow(day) < 7 AND c.registered_on <= day
)
SELECT
  (200000 + ROW_NUMBER() OVER (ORDER BY invoice_date, seed))::INTEGER AS invoice_id, client_id::INTEGER AS client_id, branch_id::INTEGER AS branch_id, appointment_id::INTEGER AS appointment_id, invoice_date, (invoice_date + 14)::DATE AS due_date, dice(seed, 84) < 0.03 AS voided
FROM billed;

CREATE TABLE invoice_lines AS
WITH fees AS (
  SELECT i.invoice_id, i.invoice_date, 0 AS k, 'Service' AS line_type, NULL::INTEGER AS item_id,
    CASE a.appt_type WHEN 'Consultation' THEN 'Consultation Fee' WHEN 'Recheck' THEN 'Recheck Fee' WHEN 'Vaccination' THEN 'Vaccination Fee' WHEN 'Surgery' THEN 'Surgery Fee' WHEN 'Dental' THEN 'Dental Fee' WHEN 'Emergency' THEN 'Emergency Fee' ELSE 'Nurse Fee' END AS description,
    1 AS qty, CASE a.appt_type WHEN 'Consultation' THEN 4600 WHEN 'Recheck' THEN 3200 WHEN 'Vaccination' THEN 5400 WHEN 'Surgery' THEN 21000 + 1500 * floor(dice(i.invoice_id, 91) * 30) WHEN 'Dental' THEN 17500 + 1000 * floor(dice(i.invoice_id, 91) * 14) WHEN 'Emergency' THEN 19500 ELSE 1800 END::BIGINT AS list_pence
  FROM invoices i JOIN appointments a USING (appointment_id) WHERE NOT i.voided
), goods AS (
  SELECT i.invoice_id, i.invoice_date, k, (1 + floor(dice(i.invoice_id * 4 + k, 92) * 30))::INTEGER AS item_id, (1 + floor(dice(i.invoice_id * 4 + k, 93) * dice(i.invoice_id * 4 + k, 94) * 4))::INTEGER AS qty
  FROM invoices i, range(1, 4) AS s(k)
  WHERE NOT i.voided AND dice(i.invoice_id * 4 + k, 95) < CASE WHEN i.appointment_id IS NULL AND k = 1 THEN 1.0 WHEN k = 1 THEN 0.48 WHEN k = 2 THEN 0.26 ELSE 0.08 END
), every AS (
  SELECT * FROM fees
  UNION ALL
  SELECT g.invoice_id, g.invoice_date, g.k, 'Product', g.item_id, s.item_name, g.qty, (s.unit_price * 100)::BIGINT FROM goods g JOIN stock_items s USING (item_id)
), priced AS (
  SELECT *, list_pence * (88 + 4 * (year(invoice_date) - 2022)) // 100 AS each_pence FROM every
)
SELECT
  (400000 + ROW_NUMBER() OVER (ORDER BY invoice_id, k))::INTEGER AS line_id, invoice_id, line_type, item_id, description, qty::INTEGER AS qty, pence(each_pence) AS unit_price,
  pence(CASE WHEN dice(invoice_id * 4 + k, 96) < 0.12 THEN each_pence * qty // 10 ELSE 0 END) AS discount_amount, pence(each_pence * qty - CASE WHEN dice(invoice_id * 4 + k, 96) < 0.12 THEN each_pence * qty // 10 ELSE 0 END) AS line_total
FROM priced;

CREATE TABLE payments AS
WITH owed AS (
  SELECT i.invoice_id, i.invoice_date, sum((l.line_total * 100)::BIGINT)::BIGINT AS net FROM invoices i JOIN invoice_lines l USING (invoice_id) GROUP BY ALL
), fates AS (
  SELECT *, net + net // 5 AS gross, CASE WHEN dice(invoice_id, 101) < 0.025 THEN 'none' WHEN dice(invoice_id, 101) < 0.06 THEN 'half' WHEN dice(invoice_id, 101) < 0.14 THEN 'two' ELSE 'one' END AS fate,
    invoice_date + CASE WHEN dice(invoice_id, 102) < 0.66 THEN 0 ELSE floor(dice(invoice_id, 103) * 40) END::INTEGER AS first_day
  FROM owed
), drawn AS (
  SELECT invoice_id, 1 AS k, first_day AS day, CASE WHEN fate = 'one' THEN gross ELSE gross // 2 END AS amount,
    CASE WHEN dice(invoice_id, 104) < 0.61 THEN 'Card' WHEN dice(invoice_id, 104) < 0.73 THEN 'Cash' WHEN dice(invoice_id, 104) < 0.88 THEN 'Bank Transfer' ELSE 'Direct Debit' END AS method
  FROM fates WHERE fate <> 'none'
  UNION ALL
  SELECT invoice_id, 2, first_day + 5 + floor(dice(invoice_id, 105) * 35)::INTEGER, gross - gross // 2, CASE WHEN dice(invoice_id, 106) < 0.7 THEN 'Insurance Claim' ELSE 'Card' END FROM fates WHERE fate = 'two'
)
SELECT (700000 + ROW_NUMBER() OVER (ORDER BY day, invoice_id, k))::INTEGER AS payment_id, invoice_id, day::DATE AS paid_on, method AS payment_method, pence(amount) AS amount
FROM drawn WHERE day <= DATE '2025-08-31';

CREATE OR REPLACE TABLE invoices AS
SELECT i.invoice_id, 'INV-' || i.invoice_id AS invoice_no, i.client_id, i.branch_id, i.appointment_id, i.invoice_date, i.due_date,
  CASE WHEN i.voided THEN 'Void' WHEN coalesce(p.paid, 0) = 0 THEN 'Unpaid' WHEN p.paid < coalesce(l.net, 0) + coalesce(l.net, 0) // 5 THEN 'Part Paid' ELSE 'Paid' END AS invoice_status,
  pence(coalesce(l.net, 0)) AS net_amount, pence(coalesce(l.net, 0) // 5) AS vat_amount, pence(coalesce(l.net, 0) + coalesce(l.net, 0) // 5) AS total_amount
FROM invoices i
LEFT JOIN (SELECT invoice_id, sum((line_total * 100)::BIGINT)::BIGINT AS net FROM invoice_lines GROUP BY 1) l USING (invoice_id)
LEFT JOIN (SELECT invoice_id, sum((amount * 100)::BIGINT)::BIGINT AS paid FROM payments GROUP BY 1) p USING (invoice_id)
ORDER BY i.invoice_id;
