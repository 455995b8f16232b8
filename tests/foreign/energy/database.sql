-- A regional supplier of electricity and gas: connections, meters, a reading a month, tariffs, bills, outages, crews. The same
-- rows on every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE dim_district AS
SELECT * FROM (VALUES
  ('D01', 'Harbour', 'Coast', 'urban'), ('D02', 'Old Town', 'Coast', 'urban'), ('D03', 'Dunes', 'Coast', 'rural'),
  ('D04', 'Millfield', 'Plain', 'suburban'), ('D05', 'Northgate', 'Plain', 'suburban'), ('D06', 'Orchards', 'Plain', 'rural'),
  ('D07', 'Ridge', 'Uplands', 'rural'), ('D08', 'Quarry', 'Uplands', 'suburban')
) AS t(dis_code, dis_name, dis_zone, dis_type);

CREATE TABLE dim_tariff AS
SELECT * FROM (VALUES
  (10, 'Basic Power', 'electricity', 0.31::DECIMAL(6, 4), 11.50::DECIMAL(6, 2), FALSE),
  (11, 'Green Power', 'electricity', 0.34, 12.50, TRUE), (12, 'Night Saver', 'electricity', 0.27, 14.00, FALSE),
  (13, 'Industry Power', 'electricity', 0.22, 95.00, FALSE), (20, 'Basic Gas', 'gas', 0.10, 13.00, FALSE),
  (21, 'Bio Gas', 'gas', 0.13, 14.50, TRUE), (22, 'Industry Gas', 'gas', 0.07, 80.00, FALSE)
) AS t(tar_id, tar_name, tar_energy, tar_unit_price, tar_standing_charge, tar_is_green);

CREATE TABLE dim_connection AS
SELECT
  n::INTEGER AS con_id,
  'D0' || (1 + floor(power(chance(n, 1), 1.2) * 8))::INTEGER AS con_dis_code,
  CASE WHEN chance(n, 2) < 0.84 THEN 'household' WHEN chance(n, 2) < 0.97 THEN 'business' ELSE 'industry' END AS con_class,
  'Holder ' || n AS con_holder_name,
  ['Mill Lane', 'Quay Street', 'Hill Road', 'Church Close'][1 + (n % 4)::INTEGER] || ' ' || (1 + n % 97) AS con_street,
  '+49 40 ' || (1000000 + n * 37) AS con_phone,
  DATE '2012-01-01' + (chance(n, 3) * 4600)::INTEGER AS con_since,
  CASE WHEN chance(n, 4) < 0.06 THEN DATE '2023-06-01' + (chance(n, 5) * 900)::INTEGER END AS con_until,
  chance(n, 6) < 0.18 AS con_has_solar
FROM range(1, 901) AS t(n);

CREATE TABLE dim_meter AS
WITH kinds AS (
  SELECT con_id, con_class, con_since, con_until, k
  FROM dim_connection, range(0, 2) AS t(k)
  WHERE k = 0 OR chance(con_id, 7) < 0.45
)
SELECT
  (con_id * 10 + k)::INTEGER AS met_id,
  con_id AS met_con_id,
  CASE WHEN k = 0 THEN 'electricity' ELSE 'gas' END AS met_energy,
  CASE WHEN con_class = 'industry' THEN CASE WHEN k = 0 THEN 13 ELSE 22 END
       WHEN k = 0 THEN CASE WHEN chance(con_id, 8) < 0.5 THEN 10 WHEN chance(con_id, 8) < 0.8 THEN 11 ELSE 12 END
       ELSE CASE WHEN chance(con_id, 8) < 0.7 THEN 20 ELSE 21 END END AS met_tar_id,
  chance(con_id * 10 + k, 9) < 0.55 AS met_is_smart,
  CASE WHEN chance(con_id * 10 + k, 10) < 0.5 THEN 'Volt & Sons' WHEN chance(con_id * 10 + k, 10) < 0.85 THEN 'Aurelia' ELSE 'Nordmeter' END AS met_maker,
  DATE '2012-01-01' + (chance(con_id * 10 + k, 11) * 4700)::INTEGER AS met_installed
FROM kinds;

-- A reading a meter and month, taken on the month's last day: what was used since the reading before.
CREATE TABLE fct_reading AS
WITH months AS (
  SELECT last_day(day)::DATE AS month_end, datediff('month', DATE '2023-01-01', day::DATE) AS m
  FROM generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2025-09-01', INTERVAL 1 MONTH) AS t(day)
), drawn AS (
  SELECT d.met_id, d.met_energy, d.met_is_smart, c.con_class, c.con_has_solar, t.month_end, d.met_id::BIGINT * 64 + t.m AS draw_id, t.m
  FROM dim_meter d JOIN dim_connection c ON c.con_id = d.met_con_id, months t
  WHERE c.con_since <= t.month_end AND (c.con_until IS NULL OR c.con_until > t.month_end)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY month_end, met_id)::INTEGER AS rea_id,
  met_id AS rea_met_id,
  month_end AS rea_date,
  (CASE con_class WHEN 'household' THEN 240 WHEN 'business' THEN 1400 ELSE 21000 END
    * CASE WHEN met_energy = 'gas' THEN 3.4 ELSE 1 END
    * (0.6 + 0.8 * chance(met_id, 12)) * (0.85 + 0.3 * chance(draw_id, 13))
    * CASE WHEN month(month_end) IN (12, 1, 2) THEN CASE WHEN met_energy = 'gas' THEN 1.9 ELSE 1.25 END
           WHEN month(month_end) IN (6, 7, 8) THEN CASE WHEN met_energy = 'gas' THEN 0.25 ELSE 0.85 END ELSE 1 END
    * (1 - 0.002 * m))::DECIMAL(12, 1) AS rea_kwh,
  CASE WHEN con_has_solar AND met_energy = 'electricity'
       THEN (180 * (0.5 + chance(met_id, 14)) * CASE WHEN month(month_end) IN (5, 6, 7, 8) THEN 1.8 WHEN month(month_end) IN (11, 12, 1, 2) THEN 0.3 ELSE 1 END)::DECIMAL(12, 1)
       ELSE 0 END AS rea_fed_in_kwh,
  CASE WHEN met_is_smart THEN 'remote' WHEN chance(draw_id, 15) < 0.6 THEN 'self' WHEN chance(draw_id, 15) < 0.9 THEN 'visit' ELSE 'estimated' END AS rea_method
FROM drawn;

CREATE TABLE fct_bill AS
WITH priced AS (
  SELECT r.rea_id, r.rea_met_id, r.rea_date, r.rea_kwh, t.tar_unit_price, t.tar_standing_charge
  FROM fct_reading r JOIN dim_meter d ON d.met_id = r.rea_met_id JOIN dim_tariff t ON t.tar_id = d.met_tar_id
)
SELECT
  (800000 + rea_id)::INTEGER AS bil_no,
  rea_met_id AS bil_met_id,
  rea_date + 5 AS bil_issued,
  (rea_kwh * tar_unit_price)::DECIMAL(12, 2) AS bil_energy_amount,
  tar_standing_charge AS bil_standing_amount,
  CASE WHEN chance(rea_id, 16) < 0.94 AND rea_date + 5 + (3 + power(chance(rea_id, 17), 2) * 50)::INTEGER <= DATE '2025-09-30'
       THEN rea_date + 5 + (3 + power(chance(rea_id, 17), 2) * 50)::INTEGER END AS bil_paid,
  CASE WHEN chance(rea_id, 18) < 0.7 THEN 'direct_debit' WHEN chance(rea_id, 18) < 0.92 THEN 'transfer' ELSE 'cash' END AS bil_pay_method
FROM priced
WHERE rea_date + 5 <= DATE '2025-09-30';

CREATE TABLE dim_crew AS
SELECT * FROM (VALUES (1, 'Alpha', 'Coast'), (2, 'Bravo', 'Coast'), (3, 'Charlie', 'Plain'), (4, 'Delta', 'Plain'), (5, 'Echo', 'Uplands'))
  AS t(crw_id, crw_name, crw_zone);

CREATE TABLE fct_outage AS
WITH drawn AS (
  SELECT n, floor(chance(n, 19) * 8) AS place, TIMESTAMP '2023-01-01' + to_minutes((chance(n, 20) * 1003 * 1440)::BIGINT) AS began,
    chance(n, 23) AS cause_draw
  FROM range(1, 1101) AS t(n)
), ended AS (
  SELECT *, began + to_minutes((12 + power(chance(n, 22), 3) * 900 * CASE WHEN place >= 6 THEN 1.6 ELSE 1 END)::BIGINT) AS over_at FROM drawn
)
SELECT
  n::INTEGER AS out_id,
  'D0' || (1 + place)::INTEGER AS out_dis_code,
  began AS out_began,
  CASE WHEN over_at < TIMESTAMP '2025-10-01' THEN over_at END AS out_ended,
  CASE WHEN cause_draw < 0.36 THEN 'storm' WHEN cause_draw < 0.58 THEN 'equipment' WHEN cause_draw < 0.75 THEN 'digging'
       WHEN cause_draw < 0.9 THEN 'planned' ELSE 'unknown' END AS out_cause,
  (3 + power(chance(n, 24), 2) * 110)::INTEGER AS out_connections_hit,
  (1 + floor(chance(n, 25) * 5))::INTEGER AS out_crw_id
FROM ended;

CREATE TABLE fct_contact AS
SELECT
  n::INTEGER AS cal_id,
  (1 + floor(chance(n, 26) * 900))::INTEGER AS cal_con_id,
  TIMESTAMP '2024-01-01 07:00:00' + to_days((chance(n, 27) * 638)::INTEGER) + to_minutes((chance(n, 28) * 720)::BIGINT) AS cal_at,
  ['billing', 'outage', 'moving', 'meter', 'tariff'][1 + floor(power(chance(n, 29), 1.4) * 5)::INTEGER] AS cal_reason,
  CASE WHEN chance(n, 30) < 0.6 THEN 'phone' WHEN chance(n, 30) < 0.85 THEN 'web_form' ELSE 'counter' END AS cal_via,
  (20 + power(chance(n, 31), 2) * 800)::INTEGER AS cal_wait_seconds,
  chance(n, 32) < 0.78 AS cal_solved_first_time
FROM range(1, 3201) AS t(n);

CREATE TABLE ref_setting AS SELECT DATE '2025-09-30' AS set_today, 'Nordsee Energie' AS set_company;

DROP MACRO chance;
DROP MACRO mixed;
