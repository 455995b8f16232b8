-- A company that stores and ships the goods of others, as its own system names things: short. No catalog, no constraint declared.
-- The same rows on every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE whs AS
SELECT * FROM (VALUES
  (1, 'Rotterdam', 'NL', DATE '2015-04-01', 18000), (2, 'Antwerp', 'BE', DATE '2017-09-15', 12000), (3, 'Duisburg', 'DE', DATE '2019-02-01', 15000),
  (4, 'Lille', 'FR', DATE '2020-06-10', 8000), (5, 'Hamburg', 'DE', DATE '2022-11-20', 10000)
) AS t(whs_id, whs_nm, ctry_cd, opn_dt, cap_plt);

CREATE TABLE carr AS
SELECT * FROM (VALUES
  ('RHN', 'Rhenus Road', 'road'), ('NSF', 'North Sea Ferries', 'sea'), ('EUR', 'Eurorail', 'rail'), ('SKY', 'Skybridge', 'air'), ('LOC', 'Local Vans', 'road')
) AS t(carr_cd, carr_nm, trsp_mode);

CREATE TABLE emp AS
SELECT
  (100 + n)::INTEGER AS emp_id,
  ['Anna', 'Bas', 'Celine', 'Dirk', 'Eva', 'Finn', 'Greta', 'Henk', 'Ines', 'Jonas'][1 + (n * 7 % 10)::INTEGER] AS f_nm,
  ['Bakker', 'Claes', 'Dupont', 'Evers', 'Fischer', 'Gerard', 'Hansen'][1 + (n * 3 % 7)::INTEGER] AS l_nm,
  CASE WHEN n <= 5 THEN 'site manager' WHEN n <= 15 THEN 'account manager' WHEN n <= 25 THEN 'shift lead' ELSE 'picker' END AS job_ttl,
  (1 + (n - 1) % 5)::INTEGER AS whs_id,
  DATE '2016-01-04' + (chance(n, 1) * 3200)::INTEGER AS hire_dt,
  (13 + chance(n, 2) * 9 + CASE WHEN n <= 15 THEN 14 WHEN n <= 25 THEN 5 ELSE 0 END)::DECIMAL(6, 2) AS hrly_rt,
  CASE WHEN n > 5 THEN 101 + (n - 1) % 5 END::INTEGER AS sup_emp_id
FROM range(1, 81) AS t(n);

CREATE TABLE clnt AS
SELECT
  (5000 + n * 11)::INTEGER AS clnt_id,
  ['Bluefin Foods', 'Cartwell Toys', 'Delft Ceramics', 'Eikon Optics', 'Fjord Outdoor', 'Gelder Paints', 'Hopla Baby', 'Isola Coffee', 'Juno Beauty',
   'Kolos Tools', 'Lumio Lamps', 'Mervo Pet', 'Nerida Home', 'Orbis Books'][n] AS clnt_nm,
  ['food', 'consumer goods', 'home', 'electronics', 'consumer goods', 'industrial', 'consumer goods', 'food', 'consumer goods', 'industrial', 'home', 'consumer goods', 'home', 'consumer goods'][n] AS sect,
  (106 + n % 10)::INTEGER AS acct_mgr_emp_id,
  DATE '2018-01-10' + (n * 137)::INTEGER AS onb_dt,
  'ops@client' || n || '.example' AS cntct_eml
FROM range(1, 15) AS t(n);

CREATE TABLE sku AS
SELECT
  'S' || (10000 + n * 3) AS sku_cd,
  ['Box', 'Crate', 'Set', 'Pack', 'Roll', 'Bag'][1 + (n % 6)::INTEGER] || ' ' || n AS dscr,
  (5000 + (1 + n % 14) * 11)::INTEGER AS clnt_id,
  ['ambient', 'chilled', 'bulky', 'fragile'][1 + floor(chance(n, 3) * 4)::INTEGER] AS strg_cls,
  (0.2 + power(chance(n, 4), 2) * 24)::DECIMAL(8, 2) AS unit_wt_kg,
  (3 + power(chance(n, 5), 2) * 140)::DECIMAL(10, 2) AS unit_prc,
  chance(n, 6) < 0.08 AS hzd_flg
FROM range(1, 221) AS t(n);

CREATE TABLE loc AS
SELECT 'L' || (n + 1000) AS loc_id, (1 + n % 5)::INTEGER AS whs_id, ['A', 'B', 'C', 'D'][1 + floor(chance(n, 7) * 4)::INTEGER] AS zone_cd,
  CASE WHEN chance(n, 8) < 0.7 THEN 'rack' WHEN chance(n, 8) < 0.9 THEN 'shelf' ELSE 'floor' END AS loc_typ
FROM range(1, 601) AS t(n);

CREATE TABLE inb AS
SELECT
  (70000 + n)::INTEGER AS inb_id,
  (1 + floor(power(chance(n, 9), 1.3) * 5))::INTEGER AS whs_id,
  (5000 + (1 + floor(chance(n, 10) * 14)) * 11)::INTEGER AS clnt_id,
  ['RHN', 'NSF', 'EUR', 'SKY', 'LOC'][1 + floor(power(chance(n, 11), 1.5) * 5)::INTEGER] AS carr_cd,
  DATE '2023-01-02' + (chance(n, 12) * 726)::INTEGER AS exp_dt,
  least(DATE '2023-01-02' + (chance(n, 12) * 726)::INTEGER + (power(chance(n, 13), 3) * 9)::INTEGER - 1, DATE '2024-12-31') AS rcv_dt
FROM range(1, 1201) AS t(n);

CREATE TABLE inb_ln AS
WITH lines AS (
  SELECT i.inb_id, k + 1 AS ln_no, i.clnt_id, i.inb_id::BIGINT * 8 + k AS draw_id FROM inb i, range(0, 3) AS t(k) WHERE k = 0 OR chance(i.inb_id::BIGINT * 8 + k, 14) < 0.6
), held AS (
  SELECT clnt_id, list(sku_cd ORDER BY sku_cd) AS codes FROM sku GROUP BY clnt_id
)
SELECT l.inb_id, l.ln_no::INTEGER AS ln_no, h.codes[1 + floor(chance(l.draw_id, 15) * len(h.codes))::INTEGER] AS sku_cd,
  (20 + floor(chance(l.draw_id, 16) * 400))::INTEGER AS exp_qty,
  (20 + floor(chance(l.draw_id, 16) * 400) - floor(power(chance(l.draw_id, 17), 6) * 18))::INTEGER AS rcv_qty,
  floor(power(chance(l.draw_id, 18), 5) * 7)::INTEGER AS dmg_qty
FROM lines l JOIN held h ON h.clnt_id = l.clnt_id;

CREATE TABLE ob_ord AS
WITH drawn AS (
  SELECT n, TIMESTAMP '2023-01-02 06:00:00' + to_days((chance(n, 19) * 726)::INTEGER) + to_minutes((chance(n, 20) * 840)::BIGINT) AS ord_ts FROM range(1, 6001) AS t(n)
), promised AS (
  SELECT *, ord_ts + to_minutes((300 + power(chance(n, 21), 2) * 5200)::BIGINT) AS out_ts, chance(n, 22) AS stat_draw FROM drawn
)
SELECT
  'O' || (200000 + n) AS ord_no,
  (5000 + (1 + floor(power(chance(n, 23), 1.4) * 14)) * 11)::INTEGER AS clnt_id,
  (1 + floor(power(chance(n, 24), 1.3) * 5))::INTEGER AS whs_id,
  ord_ts,
  (ord_ts + INTERVAL 2 DAY)::DATE AS due_dt,
  CASE WHEN stat_draw >= 0.03 AND out_ts < TIMESTAMP '2025-01-01' THEN out_ts END AS shp_ts,
  CASE WHEN stat_draw < 0.03 THEN 'CNCL' WHEN out_ts >= TIMESTAMP '2025-01-01' THEN 'OPEN' ELSE 'SHPD' END AS ord_stat,
  ['RHN', 'NSF', 'EUR', 'SKY', 'LOC'][1 + floor(power(chance(n, 25), 1.7) * 5)::INTEGER] AS carr_cd,
  (18 + power(chance(n, 26), 2) * 260)::DECIMAL(10, 2) AS frt_amt,
  ['NL', 'BE', 'DE', 'FR', 'DK', 'UK'][1 + floor(power(chance(n, 27), 1.3) * 6)::INTEGER] AS dest_ctry,
  (126 + floor(chance(n, 28) * 55))::INTEGER AS pick_emp_id
FROM promised;

CREATE TABLE ob_ln AS
WITH lines AS (
  SELECT o.ord_no, o.clnt_id, k + 1 AS ln_no, (substr(o.ord_no, 2)::BIGINT) * 8 + k AS draw_id FROM ob_ord o, range(0, 4) AS t(k)
  WHERE k = 0 OR chance((substr(o.ord_no, 2)::BIGINT) * 8 + k, 29) < 0.45
), held AS (
  SELECT clnt_id, list(sku_cd ORDER BY sku_cd) AS codes FROM sku GROUP BY clnt_id
)
SELECT l.ord_no, l.ln_no::INTEGER AS ln_no, s.sku_cd, (1 + floor(power(chance(l.draw_id, 30), 2) * 30))::INTEGER AS qty, s.unit_prc,
  CASE WHEN chance(l.draw_id, 31) < 0.15 THEN 0.1 ELSE 0 END::DECIMAL(4, 2) AS disc_pct
FROM lines l JOIN held h ON h.clnt_id = l.clnt_id
JOIN sku s ON s.sku_cd = h.codes[1 + floor(chance(l.draw_id, 32) * len(h.codes))::INTEGER];

CREATE TABLE stk_lvl AS
SELECT last_day(day)::DATE AS snap_dt, s.sku_cd, (1 + k)::INTEGER AS whs_id,
  floor(chance(substr(s.sku_cd, 2)::BIGINT * 320 + k * 40 + datediff('month', DATE '2023-01-01', day::DATE), 33) * 260)::INTEGER AS qty_oh
FROM sku s, range(0, 5) AS t(k), generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2024-12-01', INTERVAL 1 MONTH) AS d(day)
WHERE chance(substr(s.sku_cd, 2)::BIGINT * 8 + k, 34) < 0.4;

CREATE TABLE inv AS
SELECT
  (90000 + ROW_NUMBER() OVER (ORDER BY day, c.clnt_id, k))::INTEGER AS inv_no,
  c.clnt_id,
  last_day(day)::DATE AS inv_dt,
  last_day(day)::DATE + 30 AS due_dt,
  CASE WHEN last_day(day)::DATE + 10 + (chance(c.clnt_id * 99 + datediff('month', DATE '2023-01-01', day::DATE) * 2 + k, 35) * 45)::INTEGER <= DATE '2024-12-31'
       THEN last_day(day)::DATE + 10 + (chance(c.clnt_id * 99 + datediff('month', DATE '2023-01-01', day::DATE) * 2 + k, 35) * 45)::INTEGER END AS paid_dt,
  (900 + chance(c.clnt_id * 99 + datediff('month', DATE '2023-01-01', day::DATE) * 2 + k, 36) * 8200)::DECIMAL(12, 2) AS inv_amt,
  CASE k WHEN 0 THEN 'storage' ELSE 'handling' END AS inv_typ
FROM clnt c, generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2024-12-01', INTERVAL 1 MONTH) AS d(day), range(0, 2) AS t(k);

DROP MACRO chance;
DROP MACRO mixed;
