-- The helpdesk of a maker of bookkeeping software, as its tables stand: January 2023 up to June 2025. No key is declared. The
-- same rows on every machine: all chance comes from `toss`, arithmetic on whole numbers alone.

CREATE MACRO blended(x) AS (xor(x, x >> 13) * 1103515245) % 4294967296;
CREATE MACRO toss(item, stream) AS
  blended(xor(blended(blended((item::BIGINT * 48271 + stream * 15485863) % 4294967296)), blended(stream::BIGINT * 2246813))) / 4294967296.0;

CREATE TABLE team AS
SELECT * FROM (VALUES (1, 'Billing', 'Dublin'), (2, 'Technical', 'Pune'), (3, 'Onboarding', 'Dublin'), (4, 'Integrations', 'Austin'), (5, 'Night Desk', 'Pune'))
  AS t(team_id, team_nm, office);

CREATE TABLE prod AS
SELECT * FROM (VALUES
  ('LDG', 'Ledger', DATE '2018-02-01'), ('PAY', 'Payroll', DATE '2019-06-17'), ('EXP', 'Expenses', DATE '2020-09-07'),
  ('API', 'Connect API', DATE '2021-11-15'), ('MOB', 'Mobile App', DATE '2022-04-04'), ('TAX', 'Tax Filing', DATE '2024-01-22'), ('VLT', 'Vault', DATE '2025-06-23')
) AS t(prod_cd, prod_nm, rel_dt);

CREATE TABLE agt AS
SELECT
  (100 + n)::INTEGER AS agt_id,
  ['Aoife', 'Rahul', 'Maya', 'Tom', 'Priya', 'Luis', 'Sean', 'Anika'][1 + floor(toss(n, 1) * 8)::INTEGER] || ' '
    || ['Byrne', 'Joshi', 'Carter', 'Nair', 'Walsh', 'Gomez', 'Patel'][1 + floor(toss(n, 2) * 7)::INTEGER] AS full_nm,
  (1 + n % 5)::INTEGER AS team_id,
  CASE WHEN n > 5 THEN 101 + n % 5 + CASE WHEN n % 5 = 0 THEN 4 ELSE -1 END END::INTEGER AS mgr_agt_id,
  ['L1', 'L1', 'L2', 'L3'][1 + floor(toss(n, 3) * 4)::INTEGER] AS lvl,
  (DATE '2019-03-04' + floor(toss(n, 4) * 1390)::INTEGER)::DATE AS hire_dt,
  CASE WHEN toss(n, 5) < 0.15 AND n > 5 THEN 'N' ELSE 'Y' END AS active_flg
FROM range(1, 43) AS t(n);

CREATE TABLE org AS
SELECT
  (2000 + n)::INTEGER AS org_id,
  ['Alder', 'Brook', 'Cobalt', 'Delta', 'Ember', 'Flint', 'Grove', 'Heron', 'Iris', 'Juniper'][1 + n % 10] || ' '
    || ['Foods', 'Logistics', 'Studios', 'Dental', 'Motors', 'Textiles', 'Labs'][1 + n % 7] || CASE WHEN n >= 70 THEN ' ' || floor(n / 70)::INTEGER ELSE '' END AS org_nm,
  CASE WHEN toss(n, 11) < 0.28 THEN 'Free' WHEN toss(n, 11) < 0.62 THEN 'Starter' WHEN toss(n, 11) < 0.88 THEN 'Business' ELSE 'enterprise' END AS pln,
  CASE WHEN toss(n, 12) < 0.36 THEN 'US' WHEN toss(n, 12) < 0.52 THEN 'DE' WHEN toss(n, 12) < 0.66 THEN 'IE' WHEN toss(n, 12) < 0.79 THEN 'IN' WHEN toss(n, 12) < 0.88 THEN 'BR' WHEN toss(n, 12) < 0.96 THEN 'JP' END AS cntry_cd,
  (CASE WHEN toss(n, 11) < 0.28 THEN 1 + floor(toss(n, 13) * 4) WHEN toss(n, 11) < 0.62 THEN 3 + floor(toss(n, 13) * 20) WHEN toss(n, 11) < 0.88 THEN 15 + floor(toss(n, 13) * 120) ELSE 150 + floor(toss(n, 13) * 900) END)::INTEGER AS seats,
  (DATE '2020-01-06' + floor(toss(n, 14) * 1900)::INTEGER)::DATE AS signup_dt,
  CASE WHEN toss(n, 15) < 0.16 AND DATE '2020-01-06' + floor(toss(n, 14) * 1900)::INTEGER + 240 + floor(toss(n, 16) * 900)::INTEGER BETWEEN DATE '2023-02-01' AND DATE '2025-06-30'
    THEN DATE '2020-01-06' + floor(toss(n, 14) * 1900)::INTEGER + 240 + floor(toss(n, 16) * 900)::INTEGER END::DATE AS churn_dt
FROM range(0, 380) AS t(n);

CREATE TABLE cntct AS
SELECT
  (30000 + n)::INTEGER AS cntct_id, (2000 + CASE WHEN n < 380 THEN n ELSE floor(pow(toss(n, 21), 1.5) * 380) END)::INTEGER AS org_id,
  ['Paul', 'Wendy', 'Kenji', 'Marta', 'Jonas', 'Deepa', 'Carla', 'Omar'][1 + floor(toss(n, 22) * 8)::INTEGER] || ' '
    || ['Fischer', 'Sato', 'Silva', 'Murphy', 'Brown', 'Rao'][1 + floor(toss(n, 23) * 6)::INTEGER] AS full_nm,
  'user' || n || '@client' || (n % 380) || '.example' AS email_addr,
  ['Bookkeeper', 'Owner', 'Office Manager', 'CFO', 'IT Admin'][1 + floor(toss(n, 24) * 5)::INTEGER] AS job_title
FROM range(0, 1250) AS t(n);

CREATE TABLE tkt AS
WITH drawn AS (
  SELECT n, DATE '2023-01-01' + floor(pow(toss(n, 31), 0.86) * 912)::INTEGER AS day, c.cntct_id, c.org_id, o.pln, toss(n, 33) AS of_product, toss(n, 35) AS of_kind
  FROM range(1, 21001) AS t(n)
  JOIN cntct c ON c.cntct_id = 30000 + floor(pow(toss(n, 32), 1.35) * 1238)::INTEGER
  JOIN org o ON o.org_id = c.org_id
), kept AS (
  SELECT n, day AS opened_dt, cntct_id, org_id, pln,
    CASE WHEN of_product < 0.29 THEN 'LDG' WHEN of_product < 0.52 THEN 'PAY' WHEN of_product < 0.66 THEN 'EXP' WHEN of_product < 0.79 THEN 'API'
         WHEN of_product < 0.90 THEN 'MOB' WHEN day >= DATE '2024-01-22' THEN 'TAX' ELSE 'LDG' END AS prod_cd,
    CASE WHEN of_kind < 0.31 THEN 'How-to' WHEN of_kind < 0.56 THEN 'Bug' WHEN of_kind < 0.74 THEN 'billing question' WHEN of_kind < 0.87 THEN 'Login / access' WHEN of_kind < 0.96 THEN 'Feature request' ELSE 'Outage' END AS issue_typ
  FROM drawn
  WHERE isodow(day) < 6 OR toss(n, 34) < 0.24
), ranked AS (
  SELECT *, CASE WHEN issue_typ = 'Outage' THEN 'Urgent' WHEN toss(n, 36) < 0.07 THEN 'Urgent' WHEN toss(n, 36) < 0.27 THEN 'High' WHEN toss(n, 36) < 0.80 THEN 'Normal' ELSE 'low' END AS prio
  FROM kept
), worked AS (
  SELECT *,
    opened_dt + CASE prio WHEN 'Urgent' THEN floor(toss(n, 37) * 3) WHEN 'High' THEN floor(toss(n, 37) * 7) WHEN 'Normal' THEN floor(pow(toss(n, 37), 1.4) * 15) ELSE floor(toss(n, 37) * 26) END::INTEGER AS done,
    CASE WHEN toss(n, 38) < 0.045 THEN 'Cancelled' WHEN opened_dt > DATE '2025-06-12' AND toss(n, 38) < 0.35 THEN ['New', 'In Progress', 'waiting on customer'][1 + floor(toss(n, 39) * 3)::INTEGER]
         WHEN toss(n, 38) > 0.992 THEN 'waiting on customer' ELSE 'Solved' END AS fate
  FROM ranked
), settled AS (
  SELECT *, CASE WHEN fate = 'Solved' AND done > DATE '2025-06-30' THEN 'In Progress' ELSE fate END AS stat FROM worked
)
SELECT
  (700000 + ROW_NUMBER() OVER (ORDER BY opened_dt, n))::INTEGER AS tkt_no, org_id, cntct_id, prod_cd,
  CASE WHEN stat <> 'New' AND toss(n, 40) > 0.02 THEN 101 + floor(pow(toss(n, 41), 1.2) * 41) END::INTEGER AS agt_id,
  CASE WHEN toss(n, 42) < 0.42 THEN 'email' WHEN toss(n, 42) < 0.66 THEN 'Web Form' WHEN toss(n, 42) < 0.84 THEN 'chat' WHEN toss(n, 42) < 0.95 THEN 'Phone' ELSE 'slack' END AS chnl,
  prio, issue_typ, stat, opened_dt::DATE AS opened_dt, CASE WHEN stat = 'Solved' THEN done END::DATE AS resolved_dt,
  CASE WHEN stat <> 'New' AND toss(n, 43) > 0.03 THEN (CASE prio WHEN 'Urgent' THEN 3 WHEN 'High' THEN 12 WHEN 'Normal' THEN 35 ELSE 70 END
    + floor(pow(toss(n, 44), 2) * CASE WHEN pln = 'enterprise' THEN 160 WHEN pln = 'Free' THEN 900 ELSE 420 END)) END::INTEGER AS first_reply_mins,
  (CASE WHEN stat = 'Solved' AND toss(n, 45) < 0.09 THEN 1 + floor(toss(n, 46) * 1.3) ELSE 0 END)::INTEGER AS reopen_cnt,
  CASE WHEN toss(n, 47) < CASE prio WHEN 'Urgent' THEN 0.31 WHEN 'High' THEN 0.12 ELSE 0.03 END THEN 'Y' ELSE 'N' END AS esc_flg
FROM settled;

CREATE TABLE time_log AS
SELECT
  ROW_NUMBER() OVER (ORDER BY t.opened_dt, t.tkt_no, k)::INTEGER AS log_id, t.tkt_no,
  CASE WHEN k > 0 AND toss(t.tkt_no * 10 + k, 51) < 0.4 THEN 101 + floor(toss(t.tkt_no * 10 + k, 52) * 41) ELSE t.agt_id END::INTEGER AS agt_id,
  least(t.opened_dt + k::INTEGER, coalesce(t.resolved_dt, DATE '2025-06-30'))::DATE AS work_dt,
  (5 + floor(pow(toss(t.tkt_no * 10 + k, 53), 2) * 115))::INTEGER AS mins,
  toss(t.tkt_no * 10 + k, 54) < CASE WHEN t.issue_typ IN ('How-to', 'Feature request') THEN 0.34 ELSE 0.06 END AS is_billable
FROM tkt t, range(0, 4) AS s(k)
WHERE t.agt_id IS NOT NULL AND t.opened_dt <= DATE '2025-06-26' AND (k = 0 OR toss(t.tkt_no * 10 + k, 55) < 0.26);

CREATE TABLE csat_survey AS
SELECT
  (90000 + ROW_NUMBER() OVER (ORDER BY resolved_dt, tkt_no))::INTEGER AS srv_id, tkt_no, (resolved_dt + 1)::DATE AS sent_dt,
  CASE WHEN toss(tkt_no, 61) < 0.41 THEN least(DATE '2025-06-30', resolved_dt + 1 + floor(toss(tkt_no, 62) * 6)::INTEGER) END::DATE AS answered_dt,
  CASE WHEN toss(tkt_no, 61) < 0.41 THEN greatest(1, 5 - floor(pow(toss(tkt_no, 63), 2.4) * 4.9) - CASE WHEN reopen_cnt > 0 AND toss(tkt_no, 64) < 0.6 THEN 1 ELSE 0 END) END::INTEGER AS rating,
  CASE WHEN toss(tkt_no, 61) < 0.09 THEN ['Very quick, thank you', 'Had to explain it twice', 'Still not sure it works', 'Great help from your agent'][1 + floor(toss(tkt_no, 65) * 4)::INTEGER] END AS cmnt
FROM tkt
WHERE stat = 'Solved' AND resolved_dt < DATE '2025-06-30' AND toss(tkt_no, 66) < 0.62;

CREATE TABLE inv AS
WITH drawn AS (
  SELECT o.org_id, m, o.pln, o.seats, o.org_id::BIGINT * 100 + m AS seed, (DATE '2023-01-01' + to_months(m::INTEGER))::DATE AS inv_dt
  FROM org o, range(0, 30) AS t(m)
  WHERE o.pln <> 'Free' AND DATE '2023-01-01' + to_months(m::INTEGER) BETWEEN o.signup_dt AND coalesce(o.churn_dt, DATE '2025-06-30')
)
SELECT
  'INV-' || (10000 + ROW_NUMBER() OVER (ORDER BY inv_dt, org_id)) AS inv_no, org_id, inv_dt, (inv_dt + 30)::DATE AS due_dt,
  (seats * CASE pln WHEN 'Starter' THEN 12 WHEN 'Business' THEN 19 ELSE 15 END * CASE WHEN inv_dt >= DATE '2024-07-01' THEN 1.06 ELSE 1.0 END + floor(toss(seed, 71) * 30))::DECIMAL(10, 2) AS amt_usd,
  CASE WHEN toss(seed, 72) > 0.035 AND inv_dt + 4 + floor(pow(toss(seed, 73), 1.6) * 52)::INTEGER <= DATE '2025-06-30' THEN inv_dt + 4 + floor(pow(toss(seed, 73), 1.6) * 52)::INTEGER END::DATE AS paid_dt,
  CASE WHEN toss(seed, 72) <= 0.012 THEN 'VOID' WHEN toss(seed, 72) > 0.035 AND inv_dt + 4 + floor(pow(toss(seed, 73), 1.6) * 52)::INTEGER <= DATE '2025-06-30' THEN 'Paid' ELSE 'Unpaid' END AS inv_stat
FROM drawn;
