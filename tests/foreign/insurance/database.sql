-- A property and casualty insurer: policies and their renewals, quotes, claims with payments and reserves, complaints, budgets,
-- from the turn of 2022 to 17 June 2026. The same rows on every machine: every choice comes from `draw`, a whole number from 0 to
-- 9999 made by arithmetic on whole numbers alone.

CREATE MACRO stirred(x) AS (xor(x, x >> 13) * 1597334677) % 4294967291;
CREATE MACRO draw(n, stream) AS (stirred(stirred(stirred((n::BIGINT * 60493 + stream * 15485863) % 4294967291))) >> 7) % 10000;

CREATE TABLE region AS
SELECT * FROM (VALUES (1, 'Scotland'), (2, 'North'), (3, 'Midlands'), (4, 'South West'), (5, 'South East')) AS t(region_id, region_name);

CREATE TABLE branch AS
SELECT * FROM (VALUES
  (1, 'Glasgow', 1, DATE '1994-03-01'), (2, 'Edinburgh', 1, DATE '2001-09-03'), (3, 'Leeds', 2, DATE '1988-05-02'),
  (4, 'Manchester', 2, DATE '1986-01-06'), (5, 'Birmingham', 3, DATE '1990-10-01'), (6, 'Nottingham', 3, DATE '2016-04-04'),
  (7, 'Bristol', 4, DATE '1999-06-07'), (8, 'London', 5, DATE '1985-02-04'), (9, 'Brighton', 5, DATE '2019-11-04')
) AS t(branch_id, branch_name, region_id, opened_on);

CREATE TABLE broker AS
SELECT * FROM (VALUES
  (1, 'Ashdown & Pike', 'independent', 0.150::DECIMAL(5, 3)), (2, 'Belvoir Risk', 'independent', 0.150), (3, 'Castlegate Insurance Brokers', 'independent', 0.160),
  (4, 'Dunmore Partners', 'independent', 0.145), (5, 'Eastfield Cover', 'independent', 0.150), (6, 'Fenwick Hale', 'independent', 0.155),
  (7, 'Granby Associates', 'independent', 0.150), (8, 'Holloway & Sons', 'independent', 0.140), (9, 'Inverleith Brokers', 'independent', 0.150),
  (10, 'Jessop Insurance Services', 'independent', 0.150), (11, 'Agency Kirkstall', 'tied agent', 0.100), (12, 'Agency Lawnswood', 'tied agent', 0.100),
  (13, 'Agency Moseley', 'tied agent', 0.105), (14, 'Agency Netherfield', 'tied agent', 0.100), (15, 'Agency Oldbury', 'tied agent', 0.095),
  (16, 'CoverSpotter', 'comparison site', 0.180), (17, 'QuoteHive', 'comparison site', 0.185), (18, 'Premia Compare', 'comparison site', 0.175),
  (19, 'Direct Desk', 'direct', 0.000)
) AS t(broker_id, broker_name, broker_type, commission_rate);

CREATE TABLE product AS
SELECT * FROM (VALUES
  (1, 'Buildings & Contents', 'Home', 410), (2, 'Contents Only', 'Home', 185), (3, 'Motor Comprehensive', 'Motor', 760),
  (4, 'Motor Third Party', 'Motor', 440), (5, 'Landlord', 'Commercial', 930), (6, 'Shopkeeper', 'Commercial', 1580), (7, 'Pet Plan', 'Pet', 330)
) AS t(product_id, product_name, line_of_business, list_premium);

CREATE TABLE coverage AS
SELECT * FROM (VALUES
  (1, 'Fire', 'property'), (2, 'Escape of water', 'property'), (3, 'Theft', 'property'), (4, 'Storm and flood', 'property'),
  (5, 'Own damage', 'property'), (6, 'Third-party injury', 'liability'), (7, 'Windscreen', 'property'), (8, 'Vehicle theft', 'property'),
  (9, 'Premises damage', 'property'), (10, 'Business interruption', 'other'), (11, 'Public liability', 'liability'), (12, 'Vet fees', 'other')
) AS t(coverage_id, coverage_name, coverage_group);

CREATE TABLE adjuster AS
SELECT
  n::INTEGER AS adjuster_id,
  'ADJ-' || lpad(n::VARCHAR, 2, '0') AS adjuster_code,
  CASE WHEN n <= 6 THEN 'Property' WHEN n <= 11 THEN 'Motor' ELSE 'Pet' END AS team,
  CASE WHEN n % 4 = 1 THEN 'lead' WHEN n % 4 = 2 THEN 'junior' ELSE 'senior' END AS grade,
  [4, 8, 5, 1, 8, 7, 4, 8, 5, 3, 8, 9, 4][n::INTEGER] AS branch_id,
  DATE '2012-01-09' + (n * 211)::INTEGER AS hired_on
FROM range(1, 14) AS t(n);

CREATE TABLE policyholder AS
SELECT
  (20000 + n)::INTEGER AS holder_id,
  ['Amelia', 'Bilal', 'Catrin', 'Duncan', 'Esther', 'Finlay', 'Gita', 'Howard', 'Isla', 'Jarek', 'Kwame'][1 + n % 11] || ' '
    || ['Abbott', 'Bains', 'Crossley', 'Drummond', 'Ellery', 'Fairley', 'Gosling'][1 + n // 11 % 7] AS full_name,
  'holder' || n || '@example.org' AS email,
  DATE '1944-02-11' + (draw(n, 1) * 22 // 10)::INTEGER AS birth_date,
  'PC' || (1 + draw(n, 2) % 48) || ' ' || (1 + draw(n, 3) % 9) || 'XY' AS postcode,
  CASE WHEN draw(n, 4) < 7400 THEN 'private' WHEN draw(n, 4) < 9000 THEN 'sole trader' ELSE 'company' END AS holder_type,
  CASE WHEN draw(n, 5) < 1500 THEN 1 WHEN draw(n, 5) < 3900 THEN 2 WHEN draw(n, 5) < 5800 THEN 3 WHEN draw(n, 5) < 7000 THEN 4 ELSE 5 END AS region_id
FROM range(1, 561) AS t(n);

-- A chain is a cover that is renewed year by year: one policy row a term.
CREATE TEMP TABLE chain AS
WITH drawn AS (
  SELECT n, 20001 + draw(n, 10) * 560 // 10000 AS holder_id, draw(n, 11) AS product_draw, draw(n, 12) AS broker_draw, draw(n, 13) AS branch_draw,
    DATE '2022-01-04' + ((draw(n, 14) * 1625) // 10000)::INTEGER AS first_start, draw(n, 15) AS price_draw, draw(n, 16) AS plan_draw
  FROM range(1, 781) AS t(n)
)
SELECT
  d.n, d.holder_id::INTEGER AS holder_id, d.first_start, d.price_draw, h.region_id AS home_region,
  CASE WHEN h.holder_type = 'private'
       THEN CASE WHEN product_draw < 2600 THEN 1 WHEN product_draw < 4100 THEN 2 WHEN product_draw < 6900 THEN 3 WHEN product_draw < 8200 THEN 4
                 WHEN product_draw < 8700 THEN 5 ELSE 7 END
       ELSE CASE WHEN product_draw < 3500 THEN 6 WHEN product_draw < 6500 THEN 5 WHEN product_draw < 9000 THEN 3 ELSE 1 END END AS product_id,
  CASE WHEN broker_draw < 4600 THEN 1 + broker_draw * broker_draw // 2116001 WHEN broker_draw < 6300 THEN 11 + (broker_draw - 4600) // 340
       WHEN broker_draw < 8300 THEN 16 + (broker_draw - 6300) // 667 ELSE 19 END::INTEGER AS broker_id,
  -- Seven in ten buy at a branch of their own region.
  CASE WHEN branch_draw < 7000
       THEN CASE h.region_id WHEN 1 THEN 1 + branch_draw % 2 WHEN 2 THEN 3 + branch_draw % 2 WHEN 3 THEN 5 + branch_draw % 3 // 2 WHEN 4 THEN 7
                 ELSE 8 + branch_draw % 3 // 2 END
       ELSE 1 + (branch_draw - 7000) * 9 // 3000 END::INTEGER AS branch_id,
  CASE WHEN plan_draw < 5600 THEN 'monthly' WHEN plan_draw < 9300 THEN 'annual' ELSE 'quarterly' END AS payment_plan
FROM drawn d JOIN policyholder h ON h.holder_id = d.holder_id;

CREATE TABLE policy AS
WITH term AS (
  SELECT c.*, k, c.n * 8 + k AS term_key, (c.first_start + to_years(k::INTEGER))::DATE AS effective_on,
    draw(c.n * 8 + k, 20) < CASE c.product_id WHEN 7 THEN 1400 WHEN 4 THEN 1100 ELSE 600 END AS is_cancelled,
    draw(c.n * 8 + k, 21) < CASE c.broker_id WHEN 16 THEN 6200 WHEN 17 THEN 6000 WHEN 18 THEN 6500 ELSE 8100 END AS would_renew
  FROM chain c, range(0, 5) AS t(k)
), last_term AS (
  SELECT n, MIN(k) AS k FROM term WHERE is_cancelled OR NOT would_renew GROUP BY n
), kept AS (
  SELECT t.*, DATE_ADD(t.effective_on, INTERVAL 1 YEAR)::DATE AS expires_on,
    t.effective_on + (20 + draw(t.term_key, 22) * 320 // 10000)::INTEGER AS cancel_day
  FROM term t LEFT JOIN last_term l ON l.n = t.n
  WHERE (l.k IS NULL OR t.k <= l.k) AND t.effective_on <= DATE '2026-06-17'
)
SELECT
  'HM' || (100000 + n * 10 + k) AS policy_no,
  holder_id, product_id, broker_id, branch_id,
  CASE WHEN k = 0 THEN 'new' ELSE 'renewal' END AS business_type,
  effective_on - CASE WHEN k = 0 THEN draw(term_key, 23) % 12 ELSE 5 + draw(term_key, 23) % 16 END::INTEGER AS issued_on,
  effective_on,
  expires_on,
  CASE WHEN is_cancelled AND cancel_day <= DATE '2026-06-17' THEN cancel_day END AS cancelled_on,
  CASE WHEN is_cancelled AND cancel_day <= DATE '2026-06-17'
       THEN ['non_payment', 'sold_item', 'better_price', 'insurer_decision'][1 + draw(term_key, 24) % 4] END AS cancel_reason,
  expires_on <= DATE '2026-06-17' AND NOT is_cancelled AND would_renew AS was_renewed,
  payment_plan,
  ((CASE product_id WHEN 1 THEN 410 WHEN 2 THEN 185 WHEN 3 THEN 760 WHEN 4 THEN 440 WHEN 5 THEN 930 WHEN 6 THEN 1580 ELSE 330 END
    * (7000 + price_draw * 8 // 10) * (100 + 5 * (year(effective_on) - 2022))) / 1000000.0)::DECIMAL(12, 2) AS annual_premium
FROM kept;

CREATE TABLE policy_coverage AS
WITH part AS (
  SELECT p.policy_no, p.product_id, p.annual_premium, u.coverage_id, substr(p.policy_no, 3)::BIGINT AS policy_key
  FROM policy p,
    UNNEST(CASE p.product_id WHEN 1 THEN [1, 2, 3, 4] WHEN 2 THEN [1, 3] WHEN 3 THEN [5, 6, 7] WHEN 4 THEN [6] WHEN 5 THEN [9, 11] WHEN 6 THEN [9, 10, 11]
                ELSE [12] END) AS u(coverage_id)
)
SELECT
  policy_no, coverage_id::INTEGER AS coverage_id,
  (CASE coverage_id WHEN 7 THEN 1 WHEN 12 THEN 6 WHEN 6 THEN 1000 WHEN 11 THEN 2000 WHEN 5 THEN 18 ELSE 90 END
    * (500 + draw(policy_key, 30) // 10) // 100 * 100)::DECIMAL(14, 2) AS sum_insured,
  CASE coverage_id WHEN 7 THEN 50 WHEN 12 THEN 75 WHEN 6 THEN 0 WHEN 11 THEN 0 ELSE 100 * (1 + draw(policy_key, 31) % 4) END::INTEGER AS excess
FROM part;

CREATE TABLE premium_transaction AS
WITH booked AS (
  SELECT policy_no, issued_on AS booked_on, business_type AS transaction_type, annual_premium AS amount FROM policy
  UNION ALL
  SELECT policy_no, effective_on + 30 + (draw(substr(policy_no, 3)::BIGINT, 32) % 200)::INTEGER, 'endorsement',
    (annual_premium * (draw(substr(policy_no, 3)::BIGINT, 33) % 31 - 9) / 100)::DECIMAL(12, 2)
  FROM policy
  WHERE draw(substr(policy_no, 3)::BIGINT, 34) < 1700 AND draw(substr(policy_no, 3)::BIGINT, 33) % 31 <> 9 AND cancelled_on IS NULL
    AND effective_on + 30 + (draw(substr(policy_no, 3)::BIGINT, 32) % 200)::INTEGER <= DATE '2026-06-17'
  UNION ALL
  SELECT policy_no, cancelled_on, 'cancellation', -(annual_premium * (expires_on - cancelled_on) / (expires_on - effective_on))::DECIMAL(12, 2)
  FROM policy
  WHERE cancelled_on IS NOT NULL
)
SELECT ROW_NUMBER() OVER (ORDER BY booked_on, policy_no, transaction_type)::INTEGER AS transaction_id, policy_no, booked_on, transaction_type, amount
FROM booked;

CREATE TEMP TABLE month_end AS
SELECT last_day(day)::DATE AS month_end
FROM generate_series(TIMESTAMP '2022-01-01', TIMESTAMP '2026-05-01', INTERVAL 1 MONTH) AS t(day);

CREATE TABLE earned_premium AS
SELECT policy_no, month_end AS earned_on, (annual_premium * days / term_days)::DECIMAL(12, 2) AS earned_amount, days::INTEGER AS days_on_risk
FROM (
  SELECT p.policy_no, m.month_end, p.annual_premium, p.expires_on - p.effective_on AS term_days,
    least(m.month_end + 1, coalesce(p.cancelled_on, p.expires_on)) - greatest(date_trunc('month', m.month_end)::DATE, p.effective_on) AS days
  FROM policy p JOIN month_end m ON p.effective_on <= m.month_end AND coalesce(p.cancelled_on, p.expires_on) > date_trunc('month', m.month_end)::DATE
);

CREATE TABLE inforce_snapshot AS
SELECT m.month_end AS snapshot_date, p.policy_no, p.holder_id, p.annual_premium
FROM policy p JOIN month_end m ON p.effective_on <= m.month_end AND coalesce(p.cancelled_on, p.expires_on) > m.month_end;

CREATE TABLE quote AS
WITH offered AS (
  SELECT n * 4 + 1 AS quote_key, p.issued_on - (draw(n, 40) % 15)::INTEGER AS quoted_on, p.product_id, p.broker_id, p.branch_id,
    p.annual_premium AS quoted_premium, p.policy_no
  FROM (SELECT *, (substr(policy_no, 3)::BIGINT - 100000) // 10 AS n FROM policy WHERE business_type = 'new') p
  UNION ALL
  SELECT n * 4 + 2 + k, DATE '2022-01-04' + ((draw(n * 4 + k, 41) * 1625) // 10000)::INTEGER, c.product_id,
    CASE WHEN draw(n * 4 + k, 42) < 3400 THEN 16 + draw(n * 4 + k, 42) % 3 ELSE c.broker_id END::INTEGER, c.branch_id,
    ((CASE c.product_id WHEN 1 THEN 410 WHEN 2 THEN 185 WHEN 3 THEN 760 WHEN 4 THEN 440 WHEN 5 THEN 930 WHEN 6 THEN 1580 ELSE 330 END
      * (8000 + draw(n * 4 + k, 43) * 8 // 10)) / 10000.0)::DECIMAL(12, 2), NULL
  FROM chain c, range(0, 2) AS t(k)
)
SELECT
  (500000 + ROW_NUMBER() OVER (ORDER BY quoted_on, quote_key))::INTEGER AS quote_id,
  quoted_on, product_id, broker_id, branch_id, quoted_premium, policy_no,
  CASE WHEN policy_no IS NOT NULL THEN 'won' WHEN quoted_on > DATE '2026-05-18' THEN 'pending' ELSE 'lost' END AS quote_status,
  CASE WHEN policy_no IS NULL AND quoted_on <= DATE '2026-05-18'
       THEN ['price', 'cover_too_narrow', 'no_reply', 'stayed_with_insurer'][1 + (draw(quote_key, 44) * draw(quote_key, 44) * 4 // 100000000)::INTEGER] END AS lost_reason
FROM offered;

CREATE TABLE claim AS
WITH event AS (
  SELECT p.*, pr.line_of_business, h.region_id AS home_region, substr(p.policy_no, 3)::BIGINT * 4 + k AS claim_key, k
  FROM policy p JOIN product pr ON pr.product_id = p.product_id JOIN policyholder h ON h.holder_id = p.holder_id, range(0, 2) AS t(k)
), happened AS (
  SELECT *, effective_on + ((draw(claim_key, 51) * (coalesce(cancelled_on, expires_on) - effective_on)) // 10000)::INTEGER AS occurred_on
  FROM event
  WHERE draw(claim_key, 50) < CASE product_id WHEN 1 THEN 1500 WHEN 2 THEN 1000 WHEN 3 THEN 2500 WHEN 4 THEN 1700 WHEN 5 THEN 1900 WHEN 6 THEN 2600 ELSE 3600 END
), reported AS (
  SELECT *, occurred_on + (draw(claim_key, 52) * draw(claim_key, 52) // 10000 * 45 // 10000)::INTEGER AS reported_on,
    (6 + draw(claim_key, 53) * draw(claim_key, 53) // 10000 * 190 // 10000)::INTEGER AS handling_days
  FROM happened
)
SELECT
  'C' || (700000 + ROW_NUMBER() OVER (ORDER BY reported_on, claim_key)) AS claim_no,
  policy_no, holder_id,
  CASE product_id
    WHEN 1 THEN 1 + draw(claim_key, 54) % 4 WHEN 2 THEN [1, 3, 3][1 + draw(claim_key, 54) % 3] WHEN 3 THEN [5, 5, 6, 7, 7][1 + draw(claim_key, 54) % 5] WHEN 4 THEN 6
    WHEN 5 THEN [9, 9, 11][1 + draw(claim_key, 54) % 3] WHEN 6 THEN 9 + draw(claim_key, 54) % 3 ELSE 12 END::INTEGER AS coverage_id,
  CASE line_of_business WHEN 'Motor' THEN 7 + draw(claim_key, 55) % 5 WHEN 'Pet' THEN 12 + draw(claim_key, 55) % 2 ELSE 1 + draw(claim_key, 55) % 6 END::INTEGER
    AS adjuster_id,
  CASE WHEN line_of_business = 'Motor' AND draw(claim_key, 56) < 4500 THEN 1 + draw(claim_key, 56) % 5 ELSE home_region END::INTEGER AS loss_region_id,
  occurred_on, reported_on,
  CASE WHEN reported_on + handling_days <= DATE '2026-06-17' THEN reported_on + handling_days END AS closed_on,
  CASE WHEN reported_on + handling_days > DATE '2026-06-17' THEN 'open' WHEN draw(claim_key, 57) < 1300 THEN 'declined' ELSE 'settled' END AS claim_status,
  month(occurred_on) IN (1, 2, 11, 12) AND line_of_business IN ('Home', 'Commercial') AND draw(claim_key, 58) < 2200 AS is_catastrophe,
  CASE WHEN draw(claim_key, 59) < 4800 THEN 'phone' WHEN draw(claim_key, 59) < 8300 THEN 'web' ELSE 'broker' END AS reported_via
FROM reported
WHERE reported_on <= DATE '2026-06-17';

-- What each claim is first thought to cost and how long it takes, for its payments and reserves.
CREATE TEMP TABLE costing AS
SELECT c.*, substr(c.claim_no, 2)::BIGINT AS key_no, coalesce(c.closed_on - c.reported_on, 150)::INTEGER AS span,
  (CASE c.coverage_id WHEN 1 THEN 2600 WHEN 2 THEN 1500 WHEN 3 THEN 700 WHEN 4 THEN 1700 WHEN 5 THEN 1450 WHEN 6 THEN 3600 WHEN 7 THEN 260 WHEN 9 THEN 2300
     WHEN 10 THEN 3900 WHEN 11 THEN 3300 ELSE 480 END
   * (20 + draw(substr(c.claim_no, 2)::BIGINT, 60) * draw(substr(c.claim_no, 2)::BIGINT, 60) // 10000 * 190 // 10000) / 100)::DECIMAL(12, 2) AS estimate,
  (1 + draw(substr(c.claim_no, 2)::BIGINT, 61) % 3)::INTEGER AS instalments
FROM claim c;

CREATE TEMP TABLE instalment AS
SELECT c.claim_no, c.key_no, i, c.reported_on + (c.span * i // c.instalments)::INTEGER AS paid_on,
  (c.estimate * CASE c.instalments WHEN 1 THEN 100 WHEN 2 THEN [60, 40][i] ELSE [50, 30, 20][i] END / 100)::DECIMAL(12, 2) AS released,
  (c.estimate * CASE c.instalments WHEN 1 THEN 100 WHEN 2 THEN [60, 40][i] ELSE [50, 30, 20][i] END * (70 + draw(c.key_no, 62) % 60) / 10000)::DECIMAL(12, 2) AS paid
FROM costing c, range(1, 4) AS t(i)
WHERE i <= c.instalments AND c.claim_status <> 'declined' AND c.reported_on + (c.span * i // c.instalments)::INTEGER <= DATE '2026-06-17';

CREATE TABLE claim_payment AS
WITH paid AS (
  SELECT claim_no, paid_on, 'indemnity' AS payment_type, paid AS amount FROM instalment
  UNION ALL
  SELECT claim_no, reported_on + (span // 3)::INTEGER, 'expense', (60 + draw(key_no, 63) * 900 // 10000)::DECIMAL(12, 2)
  FROM costing
  WHERE draw(key_no, 64) < 4200 AND reported_on + (span // 3)::INTEGER <= DATE '2026-06-17'
  UNION ALL
  SELECT claim_no, closed_on + 25 + (draw(key_no, 65) % 40)::INTEGER, 'recovery', -(estimate * (10 + draw(key_no, 66) % 45) / 100)::DECIMAL(12, 2)
  FROM costing
  WHERE claim_status = 'settled' AND draw(key_no, 67) < 1400 AND closed_on + 25 + (draw(key_no, 65) % 40)::INTEGER <= DATE '2026-06-17'
)
SELECT ROW_NUMBER() OVER (ORDER BY paid_on, claim_no, payment_type, amount)::INTEGER AS payment_id, claim_no, paid_on, payment_type, amount
FROM paid;

CREATE TABLE reserve_movement AS
WITH moved AS (
  SELECT claim_no, reported_on AS booked_on, 'opening' AS movement_type, estimate AS amount FROM costing
  UNION ALL
  SELECT claim_no, reported_on + (span // 2)::INTEGER, 'strengthening', (estimate * 30 / 100)::DECIMAL(12, 2)
  FROM costing
  WHERE draw(key_no, 68) < 2100 AND reported_on + (span // 2)::INTEGER <= DATE '2026-06-17'
  UNION ALL
  SELECT claim_no, paid_on, 'payment', -released FROM instalment
), whole AS (
  SELECT * FROM moved
  UNION ALL
  SELECT c.claim_no, c.closed_on, 'closing', -SUM(m.amount)::DECIMAL(12, 2)
  FROM costing c JOIN moved m ON m.claim_no = c.claim_no
  WHERE c.closed_on IS NOT NULL
  GROUP BY c.claim_no, c.closed_on
  HAVING SUM(m.amount) <> 0
)
SELECT ROW_NUMBER() OVER (ORDER BY booked_on, claim_no, movement_type, amount)::INTEGER AS movement_id, claim_no, booked_on, movement_type, amount
FROM whole;

CREATE TABLE complaint AS
WITH unhappy AS (
  SELECT policy_no, branch_id, substr(policy_no, 3)::BIGINT AS policy_key,
    effective_on + ((draw(substr(policy_no, 3)::BIGINT, 70) * (coalesce(cancelled_on, expires_on) - effective_on)) // 10000)::INTEGER AS received_on
  FROM policy
  WHERE draw(substr(policy_no, 3)::BIGINT, 71) < CASE branch_id WHEN 8 THEN 2300 WHEN 5 THEN 1900 ELSE 1300 END
), timed AS (
  SELECT *, received_on + (2 + draw(policy_key, 72) * 58 // 10000)::INTEGER AS reply_on FROM unhappy WHERE received_on <= DATE '2026-06-17'
)
SELECT
  (3000 + ROW_NUMBER() OVER (ORDER BY received_on, policy_no))::INTEGER AS complaint_id,
  policy_no, received_on,
  CASE WHEN reply_on <= DATE '2026-06-17' THEN reply_on END AS resolved_on,
  ['claim_delay', 'claim_amount', 'premium_increase', 'poor_service', 'documents'][1 + (draw(policy_key, 73) * draw(policy_key, 73) * 5 // 100000000)::INTEGER] AS category,
  ['email', 'phone', 'letter'][1 + draw(policy_key, 74) % 3] AS received_through,
  CASE WHEN reply_on <= DATE '2026-06-17' THEN draw(policy_key, 75) < 3700 END AS is_upheld,
  'What the holder of ' || policy_no || ' wrote' AS complaint_text
FROM timed;

CREATE TABLE operating_expense AS
SELECT
  m.month_end AS booked_on, b.branch_id, x.category,
  (x.base * (60 + 12 * (b.branch_id % 4)) * (100 + 4 * (year(m.month_end) - 2022)) * (8500 + draw(b.branch_id * 1000 + x.k * 100 + datediff('month', DATE '2022-01-01', m.month_end), 80) * 3 // 10)
   / 100000000)::DECIMAL(12, 2) AS amount
FROM month_end m, branch b, (VALUES (1, 'staff', 620), (2, 'premises', 210), (3, 'systems', 160), (4, 'marketing', 120)) AS x(k, category, base);

CREATE TABLE premium_budget AS
SELECT
  m.day::DATE AS budget_month, b.branch_id, x.line_of_business,
  (x.base * [7, 9, 11, 12, 14, 8, 9, 17, 13][b.branch_id] * [2, 5, 7, 9, 10][year(m.day) - 2021] // 1410 * 10)::DECIMAL(12, 2) AS planned_premium
FROM generate_series(TIMESTAMP '2022-01-01', TIMESTAMP '2026-12-01', INTERVAL 1 MONTH) AS m(day), branch b,
  (VALUES ('Home', 900), ('Motor', 2000), ('Commercial', 1900), ('Pet', 300)) AS x(line_of_business, base);

DROP TABLE chain;
DROP TABLE month_end;
DROP TABLE costing;
DROP TABLE instalment;
DROP MACRO draw;
DROP MACRO stirred;
