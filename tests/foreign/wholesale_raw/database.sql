-- An Irish drinks wholesaler, as its ERP keeps it: January 2023 up to 30 September 2025. No key is declared.
-- A cancelled order keeps its lines, with nothing shipped and nothing charged. Amounts are net of VAT unless they say gross.
-- Everything drawn comes from `lot`, whole-number arithmetic on a row's own number, so the rows are the same on every machine.

CREATE MACRO churn(x) AS (xor(x, x >> 16) * 1103515245 + 12345) % 4294967296;
CREATE MACRO lot(item, roll) AS
  churn(churn(xor(churn((item::BIGINT * 40692 + roll::BIGINT * 52774) % 4294967296), churn(roll::BIGINT * 6151 + 99991)))) / 4294967296.0;
CREATE MACRO pick(item, roll, size) AS (1 + floor(lot(item, roll) * size))::INTEGER;
CREATE MACRO euros(c) AS (c::BIGINT / 100.0)::DECIMAL(12, 2);

CREATE TABLE warehouse AS
SELECT * FROM (VALUES ('DUB', 'Dublin Ballymount', 'Leinster', 5200), ('CRK', 'Cork Little Island', 'Munster', 3100), ('GWY', 'Galway Oranmore', 'Connacht', 1800)) AS t(whse_cd, whse_name, province, pallet_cap);

CREATE TABLE sales_rep AS
SELECT rep_cd, rep_name, territory, hire_dt, leave_dt, lower(replace(replace(rep_name, ' ', '.'), '''', '')) || '@corrib-drinks.example' AS rep_email
FROM (VALUES
  ('R01', 'Aoife Brennan', 'Dublin North', DATE '2012-03-05', NULL::DATE), ('R02', 'Declan Foley', 'Dublin North', DATE '2016-09-12', NULL), ('R03', 'Niamh Kearney', 'Dublin South', DATE '2014-01-20', NULL),
  ('R04', 'Conor Walsh', 'Dublin South', DATE '2019-06-03', DATE '2025-03-28'), ('R05', 'Sinead Byrne', 'Midlands', DATE '2017-02-13', NULL), ('R06', 'Padraig Nolan', 'South East', DATE '2013-10-07', NULL),
  ('R07', 'Orla Fitzgerald', 'Cork City', DATE '2015-05-18', NULL), ('R08', 'Eoin Murphy', 'Cork City', DATE '2021-08-30', NULL), ('R09', 'Grainne Daly', 'Kerry', DATE '2018-04-09', NULL),
  ('R10', 'Cathal Moran', 'Limerick', DATE '2011-11-14', NULL), ('R11', 'Roisin Joyce', 'Galway', DATE '2016-01-11', NULL), ('R12', 'Tomas Flaherty', 'Mayo & Sligo', DATE '2022-02-07', NULL)
) AS t(rep_cd, rep_name, territory, hire_dt, leave_dt);

CREATE TABLE rep_target AS
SELECT rep_cd, month_start, (6500 + 500 * floor(lot(substr(rep_cd, 2)::INTEGER, 1) * 9) + 750 * (year(month_start) - 2023) + CASE WHEN month(month_start) IN (6, 7, 12) THEN 2000 ELSE 0 END)::DECIMAL(12, 2) AS target_amt
FROM sales_rep, (SELECT (DATE '2023-01-01' + to_months(m::INTEGER))::DATE AS month_start FROM range(0, 36) AS t(m))
ORDER BY rep_cd, month_start;

CREATE TABLE price_list AS
SELECT * FROM (VALUES ('TRD', 'Trade', 100, DATE '2023-01-01'), ('SLV', 'Silver', 96, DATE '2023-01-01'), ('GLD', 'Gold', 92, DATE '2023-01-01'), ('KEY', 'Key Account', 87, DATE '2023-01-01'), ('EVT', 'Events', 103, DATE '2024-04-01'))
  AS t(pl_cd, pl_name, pct_of_list, valid_from_dt);

CREATE TABLE supplier AS
SELECT * FROM (VALUES
  (101, 'Liffey Brewing', 'Ireland', 3, 30), (102, 'Harp Mountain Cider', 'Ireland', 4, 30), (103, 'Maison Duval', 'France', 14, 60), (104, 'Bodegas Rioja Alta Sur', 'Spain', 16, 45), (105, 'Cantina Monteverde', 'Italy', 15, 45),
  (106, 'Old Cooperage Distillers', 'Ireland', 5, 30), (107, 'Glen Torran', 'United Kingdom', 9, 45), (108, 'Sparkle Soft Drinks', 'Ireland', 2, 14), (109, 'Burren Spring', 'Ireland', 2, 14), (110, 'Van Houten Bier', 'Belgium', 10, 30)
) AS t(supp_no, supp_name, country, lead_days, terms_days);

CREATE TABLE item AS
SELECT item_no, item_desc, categ, brand, pack, abv_pct::DECIMAL(4, 1) AS abv_pct, supp_no, list_price::DECIMAL(10, 2) AS list_price, std_cost::DECIMAL(10, 2) AS std_cost, reorder_qty, deposit_flag, item_status
FROM (VALUES
  (2001, 'Liffey Lager 50L', 'Beer', 'Liffey', 'Keg', 4.3, 101, 148.00, 104.00, 60, 'Y', 'Active'), (2002, 'Liffey Stout 50L', 'Beer', 'Liffey', 'Keg', 4.2, 101, 156.00, 109.00, 80, 'Y', 'Active'), (2003, 'Liffey Red Ale 30L', 'Beer', 'Liffey', 'Keg', 4.5, 101, 102.00, 73.00, 30, 'Y', 'Active'),
  (2004, 'Liffey Lager 24x330ml', 'Beer', 'Liffey', 'Case', 4.3, 101, 26.40, 18.20, 120, 'N', 'Active'), (2005, 'Liffey Stout 24x500ml', 'Beer', 'Liffey', 'Case', 4.2, 101, 38.50, 27.10, 90, 'N', 'Active'), (2006, 'Session IPA 24x330ml', 'Beer', 'Liffey', 'Case', 3.9, 101, 31.80, 22.40, 50, 'N', 'Active'),
  (2007, 'Van Houten Blond 20L', 'Beer', 'Van Houten', 'Keg', 6.6, 110, 96.00, 69.50, 20, 'Y', 'Active'), (2008, 'Van Houten Wit 24x330ml', 'Beer', 'Van Houten', 'Case', 4.9, 110, 36.00, 25.60, 40, 'N', 'Active'), (2009, 'Van Houten Zero 24x330ml', 'Beer', 'Van Houten', 'Case', 0.0, 110, 28.80, 20.10, 50, 'N', 'Active'),
  (2010, 'Harp Mountain Dry 50L', 'Cider', 'Harp Mountain', 'Keg', 4.5, 102, 142.00, 99.00, 40, 'Y', 'Active'), (2011, 'Harp Mountain Dry 24x500ml', 'Cider', 'Harp Mountain', 'Case', 4.5, 102, 37.20, 26.00, 60, 'N', 'Active'), (2012, 'Harp Mountain Pear 24x500ml', 'Cider', 'Harp Mountain', 'Case', 4.0, 102, 38.40, 27.30, 30, 'N', 'Active'),
  (2013, 'Harp Mountain Summer Berry 12x500ml', 'Cider', 'Harp Mountain', 'Case', 4.0, 102, 21.60, 15.50, 25, 'N', 'Discontinued'),
  (2014, 'Duval Sauvignon Blanc 6x75cl', 'Wine', 'Duval', 'Case', 12.5, 103, 51.00, 33.60, 40, 'N', 'Active'), (2015, 'Duval Merlot 6x75cl', 'Wine', 'Duval', 'Case', 13.5, 103, 49.50, 32.10, 40, 'N', 'Active'), (2016, 'Duval Chablis 6x75cl', 'Wine', 'Duval', 'Case', 12.5, 103, 98.00, 66.00, 12, 'N', 'Active'),
  (2017, 'Duval Brut 6x75cl', 'Wine', 'Duval', 'Case', 12.0, 103, 186.00, 131.00, 10, 'N', 'Active'), (2018, 'Rioja Crianza 6x75cl', 'Wine', 'Alta Sur', 'Case', 13.5, 104, 57.00, 37.80, 35, 'N', 'Active'), (2019, 'Rioja Reserva 6x75cl', 'Wine', 'Alta Sur', 'Case', 14.0, 104, 84.00, 56.00, 15, 'N', 'Active'),
  (2020, 'Albarino 6x75cl', 'Wine', 'Alta Sur', 'Case', 12.5, 104, 66.00, 44.50, 18, 'N', 'Active'), (2021, 'Prosecco Frizzante 6x75cl', 'Wine', 'Monteverde', 'Case', 10.5, 105, 54.00, 35.00, 60, 'N', 'Active'), (2022, 'Pinot Grigio 6x75cl', 'Wine', 'Monteverde', 'Case', 12.0, 105, 46.50, 29.90, 50, 'N', 'Active'),
  (2023, 'Montepulciano 6x75cl', 'Wine', 'Monteverde', 'Case', 13.0, 105, 45.00, 29.00, 35, 'N', 'Active'), (2024, 'House Red Bag-in-Box 10L', 'Wine', 'Monteverde', 'Box', 12.0, 105, 62.00, 41.00, 20, 'N', 'Discontinued'),
  (2025, 'Old Cooperage Whiskey 6x70cl', 'Spirits', 'Old Cooperage', 'Case', 40.0, 106, 168.00, 121.00, 30, 'N', 'Active'), (2026, 'Old Cooperage 12 Year 6x70cl', 'Spirits', 'Old Cooperage', 'Case', 43.0, 106, 324.00, 238.00, 8, 'N', 'Active'), (2027, 'Cooperage Irish Gin 6x70cl', 'Spirits', 'Old Cooperage', 'Case', 41.0, 106, 186.00, 132.00, 20, 'N', 'Active'),
  (2028, 'Cooperage Vodka 6x1L', 'Spirits', 'Old Cooperage', 'Case', 37.5, 106, 171.00, 124.00, 25, 'N', 'Active'), (2029, 'Cooperage Cream Liqueur 6x70cl', 'Spirits', 'Old Cooperage', 'Case', 17.0, 106, 102.00, 72.00, 18, 'N', 'Active'), (2030, 'Glen Torran Single Malt 6x70cl', 'Spirits', 'Glen Torran', 'Case', 40.0, 107, 246.00, 181.00, 10, 'N', 'Active'),
  (2031, 'Glen Torran Dark Rum 6x70cl', 'Spirits', 'Glen Torran', 'Case', 38.0, 107, 159.00, 114.00, 15, 'N', 'Active'),
  (2032, 'Sparkle Cola 24x330ml', 'Soft Drinks', 'Sparkle', 'Case', NULL, 108, 13.80, 8.60, 200, 'N', 'Active'), (2033, 'Sparkle Cola Zero 24x330ml', 'Soft Drinks', 'Sparkle', 'Case', NULL, 108, 13.80, 8.60, 160, 'N', 'Active'), (2034, 'Sparkle Lemonade 24x200ml', 'Soft Drinks', 'Sparkle', 'Case', NULL, 108, 15.60, 9.90, 140, 'Y', 'Active'),
  (2035, 'Sparkle Orange 24x200ml', 'Soft Drinks', 'Sparkle', 'Case', NULL, 108, 15.60, 9.90, 110, 'Y', 'Active'), (2036, 'Tonic Water 24x200ml', 'Soft Drinks', 'Sparkle', 'Case', NULL, 108, 16.80, 10.40, 180, 'Y', 'Active'), (2037, 'Slimline Tonic 24x200ml', 'Soft Drinks', 'Sparkle', 'Case', NULL, 108, 16.80, 10.40, 120, 'Y', 'Active'),
  (2038, 'Ginger Ale 24x200ml', 'Soft Drinks', 'Sparkle', 'Case', NULL, 108, 16.20, 10.20, 70, 'Y', 'Active'), (2039, 'Cola Post-Mix 10L', 'Soft Drinks', 'Sparkle', 'Box', NULL, 108, 58.00, 38.00, 40, 'N', 'Active'),
  (2040, 'Burren Still 24x250ml', 'Water', 'Burren', 'Case', NULL, 109, 12.00, 6.80, 150, 'Y', 'Active'), (2041, 'Burren Sparkling 24x250ml', 'Water', 'Burren', 'Case', NULL, 109, 12.00, 6.80, 140, 'Y', 'Active'), (2042, 'Burren Still 12x750ml', 'Water', 'Burren', 'Case', NULL, 109, 14.40, 8.20, 70, 'Y', 'Active'),
  (2043, 'Burren Sparkling 12x750ml', 'Water', 'Burren', 'Case', NULL, 109, 14.40, 8.20, 70, 'Y', 'Active'), (2044, 'Burren Sport 24x500ml', 'Water', 'Burren', 'Case', NULL, 109, 11.40, 6.30, 60, 'N', 'Discontinued')
) AS t(item_no, item_desc, categ, brand, pack, abv_pct, supp_no, list_price, std_cost, reorder_qty, deposit_flag, item_status);

CREATE TABLE price_list_item AS
SELECT pl_cd, item_no, euros((list_price * 100)::BIGINT * pct_of_list // 100) AS unit_price, CASE WHEN categ = 'Soft Drinks' OR categ = 'Water' THEN 5 WHEN pack = 'Keg' THEN 1 ELSE 2 END::INTEGER AS min_qty
FROM price_list, item ORDER BY pl_cd, item_no;

CREATE TABLE customer AS
WITH drawn AS (
  SELECT c, CASE WHEN lot(c, 11) < 0.38 THEN 'Pub' WHEN lot(c, 11) < 0.60 THEN 'Restaurant' WHEN lot(c, 11) < 0.74 THEN 'Off-Licence' WHEN lot(c, 11) < 0.86 THEN 'Hotel' WHEN lot(c, 11) < 0.94 THEN 'Convenience' ELSE 'Event Caterer' END AS cust_type FROM range(1, 261) AS t(c)
)
SELECT
  (10000 + c * 3)::INTEGER AS cust_no,
  ['The Long Weekend', 'Molloy''s', 'The Harbour', 'Summer House', 'The Late Return', 'Kehoe & Sons', 'Old Market', 'The Brass Fox', 'Tigh Neachtain', 'Corner', 'The First Stop', 'Riverside', 'Lavelle''s', 'The Anchor', 'Gate', 'Bridge Street', 'The Copper Still', 'Doyle''s', 'Abbey', 'The Net Loft'][pick(c, 12, 20)]
    || ' ' || CASE cust_type WHEN 'Pub' THEN 'Bar' WHEN 'Restaurant' THEN 'Kitchen' WHEN 'Off-Licence' THEN 'Wines' WHEN 'Hotel' THEN 'Hotel' WHEN 'Convenience' THEN 'Stores' ELSE 'Events' END || ' ' || c AS cust_name,
  cust_type,
  CASE WHEN cust_type = 'Event Caterer' THEN 'EVT' WHEN lot(c, 13) < 0.42 THEN 'TRD' WHEN lot(c, 13) < 0.70 THEN 'SLV' WHEN lot(c, 13) < 0.90 THEN 'GLD' ELSE 'KEY' END AS pl_cd,
  CASE WHEN lot(c, 14) < 0.93 THEN 'R' || lpad(pick(c, 15, 12)::VARCHAR, 2, '0') END AS rep_cd,
  (CASE WHEN c <= 190 THEN DATE '2014-02-03' + (c * 3230 // 190)::INTEGER ELSE DATE '2023-01-09' + ((c - 190) * 960 // 70)::INTEGER END)::DATE AS acct_open_dt,
  (2000 + 1000 * floor(lot(c, 16) * lot(c, 17) * 28))::DECIMAL(12, 2) AS credit_limit, [14, 30, 30, 45][pick(c, 18, 4)] AS terms_days,
  CASE WHEN lot(c, 19) < 0.05 THEN 'Y' ELSE 'N' END AS on_stop_flag,
  ['Mary', 'John', 'Ciara', 'Liam', 'Fiona', 'Brian', 'Emer', 'Sean'][pick(c, 20, 8)] || ' ' || ['Kelly', 'Ryan', 'Burke', 'Doherty', 'Lynch', 'Quinn', 'Hayes'][pick(c, 21, 7)] AS contact_name,
  'accounts' || c || '@customer.example' AS contact_email, '+353 1 555 ' || lpad((c * 37 % 10000)::VARCHAR, 4, '0') AS contact_phone
FROM drawn ORDER BY c;

CREATE TABLE cust_site AS
WITH placed AS (
  SELECT cust_no, cust_type, rep_cd, k FROM customer, range(0, 3) AS s(k)
  WHERE k = 0 OR lot(cust_no * 3 + k, 22) < CASE k WHEN 1 THEN 0.30 ELSE 0.12 END
), towned AS (
  SELECT *, CASE WHEN rep_cd IN ('R01', 'R02', 'R03', 'R04') THEN 1 WHEN rep_cd IN ('R07', 'R08') THEN 5 WHEN rep_cd IS NULL THEN pick(cust_no, 23, 12) WHEN rep_cd = 'R05' THEN 2 + (cust_no % 2) WHEN rep_cd = 'R06' THEN 4 + 6 * (cust_no % 2) WHEN rep_cd = 'R09' THEN 6 WHEN rep_cd = 'R10' THEN 7 WHEN rep_cd = 'R11' THEN 8 ELSE 9 + 3 * (k % 2) END::INTEGER AS town FROM placed
)
SELECT (cust_no * 10 + k)::INTEGER AS site_no, cust_no, CASE k WHEN 0 THEN 'Main' WHEN 1 THEN 'Second Bar' ELSE 'Store' END AS site_label,
  ['Dublin', 'Athlone', 'Mullingar', 'Kilkenny', 'Cork', 'Tralee', 'Limerick', 'Galway', 'Westport', 'Wexford', 'Ennis', 'Sligo'][town] AS town,
  ['Leinster', 'Leinster', 'Leinster', 'Leinster', 'Munster', 'Munster', 'Munster', 'Connacht', 'Connacht', 'Leinster', 'Munster', 'Connacht'][town] AS province,
  ['DUB', 'DUB', 'DUB', 'DUB', 'CRK', 'CRK', 'CRK', 'GWY', 'GWY', 'DUB', 'CRK', 'GWY'][town] AS whse_cd,
  pick(cust_no * 3 + k, 24, 90) || ' ' || ['Main Street', 'Quay Road', 'Bridge Street', 'Church Road'][pick(cust_no * 3 + k, 25, 4)] AS addr_line,
  CASE WHEN cust_type = 'Off-Licence' OR cust_type = 'Convenience' THEN 'N' WHEN lot(cust_no * 3 + k, 26) < 0.55 THEN 'Y' ELSE 'N' END AS cellar_flag
FROM towned ORDER BY site_no;

CREATE TABLE so_hdr AS
WITH drawn AS (
  SELECT n, (DATE '2023-01-03' + floor((1 - (1 - lot(n, 31)) * (0.8 + 0.2 * lot(n, 32))) * 1002)::INTEGER)::DATE AS day, pick(n, 33, 260) AS a, pick(n, 34, 60) AS b FROM range(1, 8601) AS t(n)
), bought AS (
  SELECT n, day, (10000 + 3 * CASE WHEN lot(n, 35) < 0.35 THEN b ELSE a END)::INTEGER AS cust_no FROM drawn
  WHERE isodow(day) < 6 OR (isodow(day) = 6 AND lot(n, 36) < 0.35)
), sited AS (
  SELECT b.n, b.day, b.cust_no, c.rep_cd, max(s.site_no) AS last_site FROM bought b JOIN customer c USING (cust_no) JOIN cust_site s USING (cust_no) WHERE c.acct_open_dt <= b.day GROUP BY ALL
), numbered AS (
  SELECT *, (500000 + ROW_NUMBER() OVER (ORDER BY day, n))::INTEGER AS order_no FROM sited
)
SELECT n AS seed, order_no, cust_no, CASE WHEN lot(n, 37) < 0.6 THEN cust_no * 10 ELSE last_site END::INTEGER AS site_no, rep_cd, day AS order_dt,
  CASE WHEN lot(n, 38) < 0.34 - 0.05 * (year(day) - 2023) THEN 'Phone' WHEN lot(n, 38) < 0.55 THEN 'Rep Visit' WHEN lot(n, 38) < 0.88 THEN 'Web Shop' ELSE 'EDI' END AS order_source,
  CASE WHEN lot(n, 39) < 0.045 THEN 'Cancelled' WHEN day > DATE '2025-09-25' THEN CASE WHEN lot(n, 40) < 0.2 THEN 'On Hold' ELSE 'Open' END ELSE 'Invoiced' END AS order_status
FROM numbered ORDER BY order_no;

CREATE TABLE so_line AS
WITH put AS (
  SELECT h.order_no, h.seed * 5 + k AS z, k, h.order_dt, h.order_status, h.cust_no,
    CASE WHEN lot(h.seed * 5 + k, 41) < 0.34 THEN 2000 + pick(h.seed * 5 + k, 42, 13) WHEN lot(h.seed * 5 + k, 41) < 0.56 THEN 2013 + pick(h.seed * 5 + k, 42, 11) WHEN lot(h.seed * 5 + k, 41) < 0.70 THEN 2024 + pick(h.seed * 5 + k, 42, 7)
         WHEN lot(h.seed * 5 + k, 41) < 0.89 THEN 2031 + pick(h.seed * 5 + k, 42, 8) ELSE 2039 + pick(h.seed * 5 + k, 42, 5) END::INTEGER AS item_no
  FROM so_hdr h, range(0, 4) AS s(k) WHERE k = 0 OR lot(h.seed * 5 + k, 43) < CASE k WHEN 1 THEN 0.72 WHEN 2 THEN 0.42 ELSE 0.18 END
), sized AS (
  SELECT p.*, p.order_status = 'Cancelled' AS off, (CASE WHEN i.categ IN ('Soft Drinks', 'Water') THEN 5 + floor(lot(z, 44) * lot(z, 45) * 40) WHEN i.categ = 'Spirits' THEN 1 + floor(lot(z, 44) * 3) ELSE 1 + floor(lot(z, 44) * lot(z, 45) * 14) END
      * CASE WHEN month(p.order_dt) IN (6, 7, 12) THEN 1.3 ELSE 1 END)::INTEGER AS qty,
    (pl.unit_price * 100)::BIGINT * (94 + 3 * (year(p.order_dt) - 2023)) // 100 AS each_c, (i.std_cost * 100)::BIGINT * (93 + 3 * (year(p.order_dt) - 2023)) // 100 AS cost_c,
    CASE WHEN lot(z, 46) < 0.10 THEN 5 WHEN lot(z, 46) < 0.15 THEN 10 ELSE 0 END AS disc
  FROM put p JOIN customer c USING (cust_no) JOIN item i USING (item_no) JOIN price_list_item pl ON pl.pl_cd = c.pl_cd AND pl.item_no = p.item_no
), shipped AS (
  SELECT *, CASE WHEN off OR order_status <> 'Invoiced' THEN 0 WHEN lot(z, 47) < 0.05 THEN qty // 2 ELSE qty END::INTEGER AS sent FROM sized
)
SELECT (900000 + ROW_NUMBER() OVER (ORDER BY order_no, k))::INTEGER AS line_id, order_no, item_no, qty AS qty_ordered, sent AS qty_shipped, euros(each_c) AS unit_price, disc::INTEGER AS disc_pct,
  euros(CASE WHEN off THEN 0 ELSE qty * each_c * disc // 100 END) AS disc_amt, euros(CASE WHEN off THEN 0 ELSE qty * each_c - qty * each_c * disc // 100 END) AS net_amt, euros(CASE WHEN off THEN 0 ELSE qty * cost_c END) AS cost_amt
FROM shipped ORDER BY line_id;

CREATE TABLE delivery AS
WITH asked AS (
  SELECT h.*, s.whse_cd, (order_dt + CASE WHEN isodow(order_dt + 1 + floor(lot(seed, 51) * 3)::INTEGER) = 7 THEN 1 ELSE 0 END + 1 + floor(lot(seed, 51) * 3)::INTEGER + to_minutes((420 + 30 * floor(lot(seed, 52) * 18))::INTEGER))::TIMESTAMP AS req_ts
  FROM so_hdr h JOIN cust_site s USING (site_no) WHERE order_status NOT IN ('Cancelled', 'On Hold')
), arrived AS (
  SELECT *, CASE WHEN lot(seed, 53) < 0.80 - CASE whse_cd WHEN 'GWY' THEN 0.10 WHEN 'CRK' THEN 0.04 ELSE 0 END THEN -5 * floor(lot(seed, 54) * 30) ELSE 5 + 5 * floor(lot(seed, 54) * lot(seed, 55) * 50) END::INTEGER AS off_min, lot(seed, 56) AS fate FROM asked
)
SELECT (700000 + ROW_NUMBER() OVER (ORDER BY req_ts, order_no))::INTEGER AS deliv_no, order_no, site_no, whse_cd, whse_cd || '-' || pick(seed, 57, 5) AS van_cd, req_ts,
  CASE WHEN req_ts >= TIMESTAMP '2025-09-30 12:00:00' OR order_status = 'Open' OR fate < 0.02 THEN NULL ELSE req_ts + to_minutes(off_min) END::TIMESTAMP AS deliv_ts,
  CASE WHEN req_ts >= TIMESTAMP '2025-09-30 12:00:00' OR order_status = 'Open' THEN 'Scheduled' WHEN fate < 0.02 THEN 'Refused' WHEN fate < 0.06 THEN 'Part Delivered' ELSE 'Delivered' END AS deliv_status,
  CASE WHEN req_ts >= TIMESTAMP '2025-09-30 12:00:00' OR order_status = 'Open' OR fate < 0.02 THEN 0 ELSE floor(lot(seed, 58) * lot(seed, 59) * 14) END::INTEGER AS empties_collected
FROM arrived ORDER BY deliv_no;

CREATE TABLE so_return AS
WITH back AS (
  SELECT l.*, h.cust_no, h.order_dt, (h.order_dt + 4 + floor(lot(l.line_id, 61) * 21)::INTEGER)::DATE AS day, least(l.qty_shipped, pick(l.line_id, 62, 3)) AS qty
  FROM so_line l JOIN so_hdr h USING (order_no) WHERE l.qty_shipped > 0 AND lot(l.line_id, 63) < 0.055
)
SELECT (60000 + ROW_NUMBER() OVER (ORDER BY day, line_id))::INTEGER AS return_no, line_id, order_no, cust_no, item_no, day AS return_dt, ['Damaged', 'Short Date', 'Wrong Item', 'Over Ordered', 'Quality'][1 + floor(lot(line_id, 64) * (0.5 + 0.5 * lot(line_id, 65)) * 5)::INTEGER] AS reason,
  qty::INTEGER AS qty_returned, euros((net_amt * 100)::BIGINT * qty // qty_ordered) AS credit_amt, CASE WHEN lot(line_id, 66) < 0.4 THEN 'Y' ELSE 'N' END AS restocked_flag
FROM back WHERE day <= DATE '2025-09-30' ORDER BY return_no;

CREATE TABLE po_hdr AS
WITH drawn AS (
  SELECT n, (DATE '2023-01-04' + (n * 1000 // 1000)::INTEGER - 1)::DATE AS day, 100 + pick(n, 71, 10) AS supp_no, CASE WHEN lot(n, 72) < 0.52 THEN 'DUB' WHEN lot(n, 72) < 0.80 THEN 'CRK' ELSE 'GWY' END AS whse_cd FROM range(1, 1001) AS t(n)
), due AS (
  SELECT d.*, (day + s.lead_days)::DATE AS due_day, (day + s.lead_days + CASE WHEN lot(n, 73) < 0.66 THEN -floor(lot(n, 74) * 2) ELSE 1 + floor(lot(n, 74) * lot(n, 75) * 9) END::INTEGER)::DATE AS in_day FROM drawn d JOIN supplier s USING (supp_no) WHERE isodow(day) < 6
)
SELECT (80000 + n)::INTEGER AS po_no, supp_no::INTEGER AS supp_no, whse_cd, day AS po_dt, due_day AS expected_dt, CASE WHEN in_day <= DATE '2025-09-30' THEN in_day END AS received_dt, CASE WHEN in_day <= DATE '2025-09-30' THEN 'Received' ELSE 'Open' END AS po_status
FROM due ORDER BY po_no;

CREATE TABLE po_line AS
WITH wanted AS (
  SELECT p.po_no, p.po_dt, p.po_status, i.item_no, i.std_cost, p.po_no * 50 + i.item_no - 2000 AS z, CASE WHEN i.categ IN ('Soft Drinks', 'Water') THEN 40 + 10 * floor(lot(p.po_no * 50 + i.item_no - 2000, 81) * 9) WHEN i.categ = 'Spirits' THEN 4 + 2 * floor(lot(p.po_no * 50 + i.item_no - 2000, 81) * 6) ELSE 10 + 5 * floor(lot(p.po_no * 50 + i.item_no - 2000, 81) * 5) END::INTEGER AS qty
  FROM po_hdr p JOIN item i USING (supp_no) WHERE i.item_status = 'Active' AND (lot(p.po_no * 50 + i.item_no - 2000, 82) < 0.5 OR i.item_no = (SELECT min(item_no) FROM item m WHERE m.supp_no = p.supp_no))
)
SELECT (300000 + ROW_NUMBER() OVER (ORDER BY po_no, item_no))::INTEGER AS po_line_id, po_no, item_no, qty AS qty_ordered, CASE WHEN po_status = 'Open' THEN 0 WHEN lot(z, 83) < 0.06 THEN qty - qty // 4 ELSE qty END::INTEGER AS qty_received,
  euros((std_cost * 100)::BIGINT * (93 + 3 * (year(po_dt) - 2023)) // 100) AS unit_cost, euros(qty * ((std_cost * 100)::BIGINT * (93 + 3 * (year(po_dt) - 2023)) // 100)) AS line_amt
FROM wanted ORDER BY po_line_id;

CREATE TABLE stock_count AS
WITH counted AS (
  SELECT (DATE '2023-01-01' + to_months(m::INTEGER + 1))::DATE - 1 AS day, whse_cd, item_no, std_cost, (m * 3 + ascii(whse_cd) % 7) * 61 + item_no AS z, m, reorder_qty * CASE whse_cd WHEN 'DUB' THEN 3 WHEN 'CRK' THEN 2 ELSE 1 END AS base
  FROM range(0, 33) AS t(m), warehouse, item
), held AS (
  SELECT *, floor(base * (0.5 + 1.4 * lot(z, 91)))::INTEGER AS qty_sys, CASE WHEN lot(z, 92) < 0.62 THEN 0 WHEN lot(z, 92) < 0.90 THEN -pick(z, 93, 4) ELSE pick(z, 93, 2) END::INTEGER AS var FROM counted
)
SELECT (1000 + ROW_NUMBER() OVER (ORDER BY day, whse_cd, item_no))::INTEGER AS count_id, day::DATE AS count_dt, whse_cd, item_no, qty_sys, (qty_sys + greatest(var, -qty_sys))::INTEGER AS qty_counted, greatest(var, -qty_sys)::INTEGER AS var_qty,
  euros(greatest(var, -qty_sys) * (std_cost * 100)::BIGINT) AS var_amt
FROM held ORDER BY count_id;

CREATE OR REPLACE TABLE so_hdr AS
SELECT h.order_no, h.cust_no, h.site_no, h.rep_cd, h.order_dt, h.order_source, h.order_status, l.net_amt, euros((l.net_amt * 100)::BIGINT * 23 // 100) AS vat_amt, euros((l.net_amt * 100)::BIGINT + (l.net_amt * 100)::BIGINT * 23 // 100) AS gross_amt
FROM so_hdr h JOIN (SELECT order_no, sum(net_amt)::DECIMAL(12, 2) AS net_amt FROM so_line GROUP BY 1) l USING (order_no)
ORDER BY h.order_no;
