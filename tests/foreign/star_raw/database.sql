-- A chain of shops as a star: dim_ and fct_, the word for the kind of column first (cd_, nm_, dt_), days by a number, categories
-- by their name, prefixes of one letter that a whole table shares. No constraint declared; the same rows on every machine.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE dim_dt AS
SELECT strftime(day, '%Y%m%d')::INTEGER AS dt_key, day::DATE AS full_dt, year(day)::INTEGER AS yr, month(day)::INTEGER AS mth, dayname(day) AS day_nm, (isodow(day) >= 6) AS wkend_flg
FROM generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2024-12-31', INTERVAL 1 DAY) AS d(day);

CREATE TABLE dim_cat AS
SELECT * FROM (VALUES ('Dairy', 'Fresh'), ('Bakery', 'Fresh'), ('Snacks', 'Dry'), ('Beverages', 'Dry'), ('Cleaning', 'Non-food')) AS t(nm_cat, nm_dept);

CREATE TABLE dim_prd AS
SELECT n::INTEGER AS prd_key, 'P' || (7000 + n) AS cd_prd, ['Organic', 'Classic', 'Light', 'Family'][1 + (n % 4)::INTEGER] || ' ' || ['milk', 'bread', 'crisps', 'juice', 'soap'][1 + (n % 5)::INTEGER] || ' ' || n AS nm_prd,
  ['Dairy', 'Bakery', 'Snacks', 'Beverages', 'Cleaning'][1 + (n % 5)::INTEGER] AS nm_cat, ['Nordic', 'Sunny', 'Hilltop'][1 + (n % 3)::INTEGER] AS brnd, (0.5 + floor(chance(n, 1) * 900) / 100)::DECIMAL(8, 2) AS lst_prc,
  (0.3 + floor(chance(n, 2) * 400) / 100)::DECIMAL(8, 2) AS unit_cst, n AS sup_cd
FROM range(1, 121) AS t(n);

CREATE TABLE dim_str AS
SELECT n::INTEGER AS s_key, 'Store ' || n AS s_nm, ['Oslo', 'Bergen', 'Trondheim', 'Stavanger'][1 + (n % 4)::INTEGER] AS s_cty, ['north', 'south'][1 + (n % 2)::INTEGER] AS s_rgn, (200 + n * 45)::INTEGER AS s_sqm, DATE '2010-05-01' + (n * 210)::INTEGER AS s_opn_dt
FROM range(1, 13) AS t(n);

CREATE TABLE dim_promo AS
SELECT n::INTEGER AS promo_key, ['Spring deal', 'Summer deal', 'Autumn deal', 'Winter deal'][n] AS promo_nm, ['price', 'gift'][1 + (n % 2)::INTEGER] AS promo_typ FROM range(1, 5) AS t(n);

CREATE TABLE fct_sls AS
SELECT n::BIGINT AS sls_ln_id, strftime(DATE '2023-01-01' + floor(power(chance(n, 3), 0.9) * 731)::INTEGER, '%Y%m%d')::INTEGER AS dt_key, (1 + floor(power(chance(n, 4), 1.5) * 120))::INTEGER AS prd_key,
  (1 + floor(chance(n, 5) * 12))::INTEGER AS str_key, CASE WHEN chance(n, 6) < 0.2 THEN 1 + floor(chance(n, 7) * 4)::INTEGER END AS promo_key, (1 + floor(power(chance(n, 8), 3) * 9))::INTEGER AS qty_sold,
  (1 + floor(chance(n, 9) * 1500) / 100)::DECIMAL(10, 2) AS net_sls_amt, (0.5 + floor(chance(n, 10) * 700) / 100)::DECIMAL(10, 2) AS cst_amt, (1 + floor(chance(n, 11) * 3))::INTEGER AS pmt_typ
FROM range(1, 12001) AS t(n);

CREATE TABLE fct_inv_snp AS
SELECT strftime(last_day(d.day), '%Y%m%d')::INTEGER AS dt_key, p AS prd_key, s AS str_key, floor(chance(p * 1000 + s * 40 + month(d.day) + year(d.day) * 7, 12) * 80)::INTEGER AS oh_qty
FROM generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-12-01', INTERVAL 1 MONTH) AS d(day), (SELECT n::INTEGER AS p FROM range(1, 41) AS t(n)), (SELECT n::INTEGER AS s FROM range(1, 13) AS t(n));

DROP MACRO chance;
DROP MACRO mixed;
