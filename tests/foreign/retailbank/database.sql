-- A regional retail bank: balances and loans at each month's end from January 2024 to March 2026, card payments to 7 April 2026.
-- The same rows on every machine: every figure comes from `draw`, arithmetic on whole numbers alone.

CREATE MACRO stirred(x) AS (xor(x, x >> 15) * 1013904223) % 4294967296;
CREATE MACRO draw(item, stream) AS stirred(stirred((item::BIGINT * 69069 + stream * 5023309) % 4294967296)) / 4294967296.0;

CREATE TABLE region AS
SELECT * FROM (VALUES (1, 'Capital'), (2, 'Coast'), (3, 'Lakes'), (4, 'Highlands')) AS t(region_id, region_name);

CREATE TABLE branch AS
SELECT * FROM (VALUES
  (11, 'Market Street', 1, DATE '1988-04-01'), (12, 'Riverside', 1, DATE '2004-09-01'), (13, 'Station Square', 1, DATE '2012-02-01'),
  (21, 'Harbourfront', 2, DATE '1979-06-01'), (22, 'Pier Road', 2, DATE '1996-11-01'), (31, 'Lakeview', 3, DATE '1992-05-01'),
  (32, 'Mill Lane', 3, DATE '2008-08-01'), (41, 'Castle Hill', 4, DATE '1985-01-01'), (42, 'Glenview', 4, DATE '2019-10-01')
) AS t(branch_id, branch_name, region_id, opened_on);

CREATE TABLE customer AS
WITH drawn AS (
  SELECT n, floor(greatest(draw(n, 1), draw(n, 2)) * 3010)::INTEGER AS day_draw, draw(n, 3) AS branch_draw, draw(n, 4) AS segment_draw
  FROM range(1, 861) AS t(n)
)
SELECT
  n::INTEGER AS customer_id,
  ['Alice', 'Brian', 'Carol', 'Dylan', 'Emma', 'Finn', 'Grace', 'Harry', 'Isla', 'Jack'][1 + (draw(n, 5) * 10)::INTEGER % 10] || ' '
    || ['Archer', 'Bell', 'Carter', 'Doyle', 'Ellis', 'Fraser', 'Grant', 'Hughes'][1 + (draw(n, 6) * 8)::INTEGER % 8] AS full_name,
  '+44 7700 9' || lpad((n % 100000)::VARCHAR, 5, '0') AS phone,
  DATE '1945-01-01' + floor(draw(n, 7) * 22000)::INTEGER AS birth_date,
  CASE WHEN segment_draw < 0.62 THEN 'Mass' WHEN segment_draw < 0.84 THEN 'Affluent' WHEN segment_draw < 0.92 THEN 'Private' ELSE 'Small Business' END AS segment,
  [11, 12, 13, 21, 22, 31, 32, 41, 42][1 + floor(branch_draw * draw(n, 8) * 4.5 + branch_draw * 4.5)::INTEGER] AS branch_id,
  CASE WHEN draw(n, 9) < 0.46 THEN 'branch' WHEN draw(n, 9) < 0.80 THEN 'mobile_app' WHEN draw(n, 9) < 0.92 THEN 'website' ELSE 'referral' END AS joined_via,
  (DATE '2018-01-05' + day_draw)::DATE AS onboarded_on
FROM drawn
WHERE DATE '2018-01-05' + day_draw <= DATE '2026-04-07';

CREATE TABLE account AS
WITH opened AS (
  SELECT c.customer_id, c.segment, k, c.customer_id::BIGINT * 8 + k AS seed,
    (c.onboarded_on + CASE WHEN k = 0 THEN 0 ELSE 20 + floor(draw(c.customer_id::BIGINT * 8 + k, 10) * 1100)::INTEGER END)::DATE AS opened_on
  FROM customer c, range(0, 4) AS t(k)
  WHERE draw(c.customer_id::BIGINT * 8 + k, 11) < CASE k WHEN 0 THEN 1 WHEN 1 THEN 0.60 WHEN 2 THEN 0.26 ELSE 0.14 END
), closing AS (
  SELECT *, CASE WHEN draw(seed, 12) < 0.13 THEN opened_on + 120 + floor(draw(seed, 13) * 1500)::INTEGER END AS close_day
  FROM opened
  WHERE opened_on <= DATE '2026-04-07'
)
SELECT
  (500000 + seed)::INTEGER AS account_id,
  customer_id,
  CASE WHEN k = 0 OR k = 3 THEN 'current' WHEN k = 1 THEN 'savings' ELSE 'term_deposit' END AS account_type,
  opened_on,
  CASE WHEN close_day <= DATE '2026-04-07' THEN close_day::DATE END AS closed_on,
  'GB' || lpad((seed * 7919 % 100000000)::VARCHAR, 8, '0') AS iban
FROM closing;

CREATE TABLE account_balance AS
WITH month_ends AS (
  SELECT m, last_day(DATE '2024-01-01' + to_months(m::INTEGER))::DATE AS month_end FROM range(0, 27) AS t(m)
), held AS (
  SELECT a.account_id, a.account_type, c.segment, e.m, e.month_end, a.account_id::BIGINT * 32 + e.m AS seed
  FROM account a
  JOIN customer c ON c.customer_id = a.customer_id
  JOIN month_ends e ON a.opened_on <= e.month_end AND (a.closed_on IS NULL OR a.closed_on > e.month_end)
)
SELECT
  month_end, account_id,
  CASE WHEN account_type = 'current' AND segment <> 'Private' AND draw(seed, 14) < 0.06 THEN -(20 + floor(draw(seed, 15) * 900))::DECIMAL(12, 2)
       ELSE (CASE account_type WHEN 'current' THEN 1900 WHEN 'savings' THEN 9500 ELSE 24000 END
         * CASE segment WHEN 'Mass' THEN 1.0 WHEN 'Affluent' THEN 3.2 WHEN 'Private' THEN 9.0 ELSE 4.0 END
         * (40 + floor(draw(account_id, 16) * 121)) / 100 * (100 + m * 0.6) / 100 * (92 + floor(draw(seed, 17) * 17)) / 100)::DECIMAL(12, 2) END AS balance
FROM held;

CREATE TABLE card_txn AS
WITH cards AS (
  SELECT account_id, customer_id, opened_on, closed_on, ROW_NUMBER() OVER (ORDER BY account_id) - 1 AS place
  FROM account
  WHERE account_type = 'current'
), drawn AS (
  SELECT n, (floor(draw(n, 18) * draw(n, 19) * 880)::BIGINT * 13 + n % 5) % (SELECT COUNT(*) FROM cards) AS place,
    TIMESTAMP '2024-01-01' + to_minutes((floor(draw(n, 20) * 828) * 1440 + 360 + floor(draw(n, 22) * 1020))::BIGINT) AS txn_at,
    draw(n, 23) AS category_draw, draw(n, 24) AS channel_draw, draw(n, 25) AS status_draw, draw(n, 26) AS amount_draw, draw(n, 27) AS abroad_draw
  FROM range(1, 21001) AS t(n)
), named AS (
  SELECT d.*, c.account_id, c.customer_id,
    CASE WHEN category_draw < 0.30 THEN 'Groceries' WHEN category_draw < 0.44 THEN 'Restaurants' WHEN category_draw < 0.56 THEN 'Fuel'
         WHEN category_draw < 0.76 THEN 'Online Shopping' WHEN category_draw < 0.84 THEN 'Travel' WHEN category_draw < 0.92 THEN 'Utilities'
         ELSE 'Cash' END AS merchant_category,
    CASE WHEN status_draw < 0.945 THEN 'settled' WHEN status_draw < 0.985 THEN 'declined' ELSE 'reversed' END AS txn_status
  FROM drawn d
  JOIN cards c ON c.place = d.place
  WHERE c.opened_on <= d.txn_at AND (c.closed_on IS NULL OR c.closed_on > d.txn_at) AND d.txn_at < TIMESTAMP '2026-04-08'
), priced AS (
  SELECT *,
    CASE WHEN merchant_category = 'Cash' THEN 'atm' WHEN merchant_category IN ('Online Shopping', 'Utilities') THEN 'online'
         WHEN merchant_category = 'Travel' AND channel_draw < 0.7 THEN 'online' WHEN channel_draw < 0.62 THEN 'contactless' ELSE 'chip' END AS channel,
    abroad_draw < CASE WHEN merchant_category = 'Travel' THEN 0.45 ELSE 0.06 END AS is_abroad,
    (CASE merchant_category WHEN 'Groceries' THEN 42 WHEN 'Restaurants' THEN 36 WHEN 'Fuel' THEN 58 WHEN 'Online Shopping' THEN 64 WHEN 'Travel' THEN 290
       WHEN 'Utilities' THEN 92 ELSE 80 END * (30 + floor(amount_draw * 141)) / 100)::DECIMAL(10, 2) AS amount
  FROM named
)
SELECT
  ROW_NUMBER() OVER (ORDER BY txn_at, n)::INTEGER AS txn_id,
  account_id, customer_id, txn_at, merchant_category, channel, is_abroad, txn_status, amount,
  CASE WHEN txn_status <> 'settled' THEN 0
       ELSE CASE WHEN is_abroad THEN amount * 0.025 ELSE 0 END + CASE WHEN channel = 'atm' THEN 1.50 ELSE 0 END END::DECIMAL(8, 2) AS fee
FROM priced;

CREATE TABLE loan_application AS
WITH drawn AS (
  SELECT n, 1 + floor(draw(n, 28) * 859)::INTEGER AS pick, DATE '2024-01-02' + floor(draw(n, 29) * 826)::INTEGER AS submitted_on,
    CASE WHEN draw(n, 30) < 0.22 THEN 'Mortgage' WHEN draw(n, 30) < 0.62 THEN 'Personal Loan' WHEN draw(n, 30) < 0.86 THEN 'Car Loan' ELSE 'Business Loan' END AS product,
    draw(n, 31) AS decision_draw, draw(n, 32) AS days_draw, draw(n, 33) AS amount_draw, draw(n, 34) AS channel_draw
  FROM range(1, 1301) AS t(n)
), timed AS (
  SELECT d.*, c.customer_id, c.segment,
    (1 + floor(days_draw * CASE product WHEN 'Mortgage' THEN 30 WHEN 'Business Loan' THEN 20 ELSE 7 END))::INTEGER AS wait_days
  FROM drawn d
  JOIN customer c ON c.customer_id = d.pick
  WHERE c.onboarded_on <= d.submitted_on
)
SELECT
  ROW_NUMBER() OVER (ORDER BY submitted_on, n)::INTEGER AS application_id,
  customer_id, product, submitted_on,
  CASE WHEN channel_draw < 0.4 THEN 'in_branch' WHEN channel_draw < 0.85 THEN 'digital' ELSE 'broker' END AS applied_through,
  (CASE product WHEN 'Mortgage' THEN 150000 WHEN 'Personal Loan' THEN 9000 WHEN 'Car Loan' THEN 16000 ELSE 45000 END * (40 + floor(amount_draw * 121)) / 100)::DECIMAL(12, 2)
    AS requested_amount,
  CASE WHEN submitted_on + wait_days > DATE '2026-04-07' THEN 'pending' WHEN decision_draw < 0.06 THEN 'withdrawn'
       WHEN decision_draw < CASE product WHEN 'Mortgage' THEN 0.72 WHEN 'Business Loan' THEN 0.60 WHEN 'Car Loan' THEN 0.76 ELSE 0.66 END THEN 'approved'
       ELSE 'rejected' END AS decision,
  CASE WHEN submitted_on + wait_days <= DATE '2026-04-07' AND decision_draw >= 0.06 THEN (submitted_on + wait_days)::DATE END AS decided_on
FROM timed;

CREATE TABLE loan AS
SELECT
  (80000 + application_id)::INTEGER AS loan_id,
  application_id, customer_id, product,
  (decided_on + 3)::DATE AS disbursed_on,
  (requested_amount * 0.95)::DECIMAL(12, 2) AS disbursed_amount,
  CASE product WHEN 'Mortgage' THEN 300 WHEN 'Personal Loan' THEN 48 WHEN 'Car Loan' THEN 60 ELSE 72 END AS term_months,
  (CASE product WHEN 'Mortgage' THEN 0.042 WHEN 'Personal Loan' THEN 0.089 WHEN 'Car Loan' THEN 0.064 ELSE 0.071 END
    + floor(draw(application_id, 35) * 13) / 1000)::DECIMAL(6, 4) AS interest_rate
FROM loan_application
WHERE decision = 'approved' AND decided_on + 3 <= DATE '2026-04-07';

CREATE TABLE loan_month AS
WITH month_ends AS (
  SELECT last_day(DATE '2024-01-01' + to_months(m::INTEGER))::DATE AS month_end FROM range(0, 27) AS t(m)
), lived AS (
  SELECT l.*, e.month_end, date_diff('month', l.disbursed_on, e.month_end) AS age,
    CASE WHEN draw(l.loan_id, 36) < CASE l.product WHEN 'Mortgage' THEN 0.12 WHEN 'Business Loan' THEN 0.34 ELSE 0.24 END
         THEN 1 + floor(draw(l.loan_id, 37) * 10)::INTEGER END AS trouble_age,
    1 + floor(draw(l.loan_id, 38) * 13)::INTEGER AS trouble_months
  FROM loan l
  JOIN month_ends e ON l.disbursed_on <= e.month_end
)
SELECT
  month_end, loan_id,
  (disbursed_amount * (term_months - least(age, coalesce(trouble_age, age))) / term_months)::DECIMAL(12, 2) AS outstanding,
  CASE WHEN trouble_age IS NULL OR age < trouble_age OR age >= trouble_age + trouble_months THEN 0
       ELSE (age - trouble_age) * 30 + 1 + floor(draw(loan_id, 39) * 29) END::INTEGER AS days_past_due
FROM lived;

CREATE TABLE complaint AS
WITH drawn AS (
  SELECT n, 1 + floor(draw(n, 40) * 859)::INTEGER AS pick, DATE '2024-01-03' + floor(draw(n, 41) * 825)::INTEGER AS received_on,
    draw(n, 42) AS topic_draw, draw(n, 43) AS days_draw, draw(n, 44) AS outcome_draw, draw(n, 45) AS how_draw
  FROM range(1, 761) AS t(n)
), timed AS (
  SELECT d.*, c.customer_id, (2 + floor(days_draw * days_draw * 60))::INTEGER AS took
  FROM drawn d
  JOIN customer c ON c.customer_id = d.pick
  WHERE c.onboarded_on <= d.received_on
)
SELECT
  ROW_NUMBER() OVER (ORDER BY received_on, n)::INTEGER AS complaint_id,
  customer_id, received_on,
  CASE WHEN topic_draw < 0.3 THEN 'card_payments' WHEN topic_draw < 0.52 THEN 'fees' WHEN topic_draw < 0.72 THEN 'mobile_app' WHEN topic_draw < 0.87 THEN 'lending' ELSE 'staff' END
    AS topic,
  CASE WHEN how_draw < 0.45 THEN 'phone' WHEN how_draw < 0.8 THEN 'email' ELSE 'counter' END AS raised_by,
  CASE WHEN received_on + took <= DATE '2026-04-07' THEN (received_on + took)::DATE END AS resolved_on,
  CASE WHEN received_on + took > DATE '2026-04-07' THEN 'open' WHEN outcome_draw < 0.42 THEN 'upheld' WHEN outcome_draw < 0.6 THEN 'partly_upheld' ELSE 'dismissed' END AS outcome,
  ['Charged twice', 'App does not open', 'Rude at the desk', 'Rate not as promised'][1 + (draw(n, 46) * 4)::INTEGER % 4] AS details
FROM timed;
