-- A charity of six centres that feed and shelter people, and of those who pay for it: April 2023 up to 15 September 2025. The
-- same rows on every machine: all chance comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO shuffled(x) AS (xor(x, x >> 15) * 1540483477) % 4294967296;
CREATE MACRO chance(item, stream) AS
  shuffled(shuffled(shuffled((item::BIGINT * 73244475 + stream * 19349663) % 4294967296))) / 4294967296.0;

CREATE TABLE centres AS
SELECT * FROM (VALUES
  (1, 'Kirkgate', 'Leeds', 'England', 24, DATE '2009-03-02'), (2, 'Harbourside', 'Bristol', 'England', 18, DATE '2012-10-15'),
  (3, 'Govan', 'Glasgow', 'Scotland', 30, DATE '2011-01-10'), (4, 'Splott', 'Cardiff', 'Wales', 12, DATE '2016-05-23'),
  (5, 'Old Town', 'Hull', 'England', 16, DATE '2018-11-05'), (6, 'Mile Cross', 'Norwich', 'England', 10, DATE '2024-06-03')
) AS t(centre_id, centre_name, city, nation, beds, opened_on);

CREATE TABLE funds AS
SELECT * FROM (VALUES
  (1, 'General', false), (2, 'Winter Shelter', true), (3, 'Food Bank', true), (4, 'Youth Kitchen', true), (5, 'Debt Advice', true)
) AS t(fund_id, fund_name, is_restricted);

CREATE TABLE campaigns AS
SELECT * FROM (VALUES
  (1, 'Summer of Soup 2023', 'Appeal', 'email', DATE '2023-06-12', DATE '2023-08-31', 60000, 9000.00),
  (2, 'Harvest Drive 2023', 'Corporate drive', 'Phone', DATE '2023-09-18', DATE '2023-10-31', 40000, 5200.00),
  (3, 'A Bed for Christmas 2023', 'Appeal', 'Post', DATE '2023-11-20', DATE '2024-01-07', 120000, 21000.00),
  (4, 'Big Match 2024', 'Matched giving', 'email', DATE '2024-03-04', DATE '2024-03-24', 50000, 3100.00),
  (5, 'Summer of Soup 2024', 'Appeal', 'social_media', DATE '2024-06-10', DATE '2024-08-31', 65000, 8800.00),
  (6, 'Harvest Drive 2024', 'Corporate drive', 'Phone', DATE '2024-09-16', DATE '2024-10-31', 45000, 5600.00),
  (7, 'A Bed for Christmas 2024', 'Appeal', 'Post', DATE '2024-11-18', DATE '2025-01-06', 130000, 23500.00),
  (8, 'Payroll Giving Pilot', 'Corporate drive', 'email', DATE '2025-02-03', DATE '2025-04-30', 10000, 1500.00),
  (9, 'Big Match 2025', 'Matched giving', 'email', DATE '2025-03-03', DATE '2025-03-23', 55000, 3300.00),
  (10, 'Doorstep Spring 2025', 'Face to face', 'Doorstep', DATE '2025-04-14', DATE '2025-05-30', 20000, 14500.00),
  (11, 'Summer of Soup 2025', 'Appeal', 'social_media', DATE '2025-06-09', DATE '2025-08-31', 70000, 9900.00),
  (12, 'Harvest Drive 2025', 'Corporate drive', 'Phone', DATE '2025-09-08', NULL, 50000, 2400.00)
) AS t(campaign_id, campaign_name, campaign_type, lead_channel, launched_on, closed_on, goal_amount, budget_cost);

CREATE TABLE supporters AS
SELECT
  n::INTEGER AS supporter_id,
  CASE WHEN n % 25 = 0 THEN ['Northgate', 'Fairway', 'Millstone', 'Bright', 'Quayside', 'Lindum', 'Albion', 'Tolbooth'][1 + floor(chance(n, 1) * 8)::INTEGER] || ' '
      || CASE WHEN n % 50 = 0 THEN 'Foundation' ELSE 'Ltd' END || ' ' || n
    ELSE ['Aisha', 'Bethan', 'Callum', 'Dilys', 'Ewan', 'Farah', 'Gwen', 'Harold', 'Isla', 'Joseph'][1 + floor(chance(n, 2) * 10)::INTEGER] || ' '
      || ['Ahmed', 'Barker', 'Campbell', 'Davies', 'Evans', 'Fraser', 'Hughes', 'Okafor'][1 + floor(chance(n, 3) * 8)::INTEGER] END AS full_name,
  'supporter' || n || '@example.org' AS email,
  CASE WHEN n % 50 = 0 THEN 'Trust' WHEN n % 25 = 0 THEN 'Company' WHEN chance(n, 4) < 0.03 THEN 'School' ELSE 'Individual' END AS supporter_type,
  CASE WHEN chance(n, 5) < 0.24 THEN 'Yorkshire' WHEN chance(n, 5) < 0.42 THEN 'South West' WHEN chance(n, 5) < 0.63 THEN 'Scotland'
       WHEN chance(n, 5) < 0.75 THEN 'Wales' WHEN chance(n, 5) < 0.88 THEN 'London' WHEN chance(n, 5) < 0.96 THEN 'East of England' END AS home_region,
  CASE WHEN chance(n, 6) < 0.47 THEN 'email' WHEN chance(n, 6) < 0.70 THEN 'Post' WHEN chance(n, 6) < 0.81 THEN 'phone' END AS preferred_contact,
  chance(n, 7) < 0.38 AS newsletter_opt_in,
  DATE '2019-01-01' + floor(chance(n, 8) * 2449)::INTEGER AS joined_on
FROM range(1, 3601) AS t(n);

CREATE TABLE pledges AS
WITH drawn AS (
  SELECT n, s.supporter_id,
    greatest(s.joined_on, DATE '2021-06-01') + floor(chance(n, 11) * 700)::INTEGER AS started_on, floor(60 + chance(n, 12) * chance(n, 13) * 2600)::INTEGER AS lasting
  FROM range(1, 1401) AS t(n)
  JOIN supporters s ON s.supporter_id = 1 + floor(chance(n, 10) * 3600)::INTEGER AND s.supporter_type = 'Individual'
)
SELECT
  ROW_NUMBER() OVER (ORDER BY started_on, n)::INTEGER AS pledge_id, supporter_id, started_on,
  CASE WHEN started_on + lasting <= DATE '2025-09-15' THEN started_on + lasting END AS ended_on,
  ([3, 5, 5, 8, 10, 10, 10, 15, 20, 25, 40][1 + floor(chance(n, 14) * 11)::INTEGER])::DECIMAL(8, 2) AS monthly_amount,
  CASE WHEN started_on + lasting <= DATE '2025-09-15' THEN
    CASE WHEN chance(n, 15) < 0.36 THEN 'Cannot afford it' WHEN chance(n, 15) < 0.52 THEN 'Moved away' WHEN chance(n, 15) < 0.71 THEN 'Card expired'
         WHEN chance(n, 15) < 0.83 THEN 'Supports another cause' END END AS cancel_reason,
  CASE WHEN chance(n, 16) < 0.55 THEN 'Website' WHEN chance(n, 16) < 0.80 THEN 'Street fundraiser' ELSE 'Telephone' END AS signup_source
FROM drawn
WHERE started_on <= DATE '2025-09-15';

CREATE TABLE gifts AS
WITH regular AS (
  SELECT p.pledge_id * 1000::BIGINT + k AS seed, p.supporter_id, p.pledge_id, NULL::INTEGER AS campaign_id, 'Regular' AS gift_kind,
    (p.started_on + to_months(k::INTEGER))::DATE AS received_on, p.monthly_amount AS amount
  FROM pledges p, range(0, 55) AS t(k)
  WHERE (p.started_on + to_months(k::INTEGER))::DATE < coalesce(p.ended_on, DATE '2025-09-16')
), days AS (
  SELECT n, 5000000 + n AS seed, DATE '2023-04-01' + floor(chance(n, 20) * 899)::INTEGER AS any_day, 1 + floor(chance(n, 21) * 3600)::INTEGER AS supporter_id
  FROM range(1, 6501) AS t(n)
  WHERE chance(n, 19) < CASE WHEN month(DATE '2023-04-01' + floor(chance(n, 20) * 899)::INTEGER) IN (11, 12) THEN 1.0
                             WHEN month(DATE '2023-04-01' + floor(chance(n, 20) * 899)::INTEGER) IN (2, 5) THEN 0.45 ELSE 0.62 END
), appealed AS (
  SELECT 7000000 + c.campaign_id * 10000 + k AS seed, 1 + floor(pow(chance(7000000 + c.campaign_id * 10000 + k, 22), 1.4) * 3600)::INTEGER AS supporter_id, c.campaign_id,
    (c.launched_on + floor(chance(7000000 + c.campaign_id * 10000 + k, 23) * chance(7000000 + c.campaign_id * 10000 + k, 24)
      * (coalesce(c.closed_on, DATE '2025-09-15') - c.launched_on + 14))::INTEGER)::DATE AS received_on
  FROM campaigns c, range(0, 900) AS t(k)
  WHERE c.campaign_id <> 8
    AND k < CASE c.campaign_type WHEN 'Appeal' THEN 480 WHEN 'Matched giving' THEN 410 WHEN 'Face to face' THEN 230 ELSE 120 END
      + (c.campaign_id * 37) % 90 + CASE WHEN c.lead_channel = 'Post' THEN 260 WHEN c.campaign_id = 12 THEN -95 ELSE 0 END
), single AS (
  SELECT seed, supporter_id, NULL::INTEGER AS campaign_id, any_day AS received_on FROM days
  UNION ALL
  SELECT seed, supporter_id, campaign_id, received_on FROM appealed
), told AS (
  SELECT i.*, s.supporter_type,
    CASE WHEN s.supporter_type = 'Trust' THEN 'Grant' WHEN s.supporter_type = 'Individual' AND i.campaign_id IS NULL AND chance(seed, 25) < 0.008 THEN 'Legacy'
         WHEN s.supporter_type = 'Individual' AND chance(seed, 25) < 0.07 THEN 'In memory' ELSE 'One-off' END AS gift_kind
  FROM single i JOIN supporters s ON s.supporter_id = i.supporter_id
), sized AS (
  SELECT seed, supporter_id, NULL::INTEGER AS pledge_id, campaign_id, gift_kind, received_on,
    (CASE gift_kind WHEN 'Grant' THEN 500 + floor(pow(chance(seed, 26), 3) * 140) * 50 WHEN 'Legacy' THEN 2000 + floor(pow(chance(seed, 26), 2) * 300) * 50
      ELSE CASE WHEN supporter_type = 'Company' THEN 150 + floor(pow(chance(seed, 26), 2) * 90) * 25
                WHEN supporter_type = 'School' THEN 60 + floor(chance(seed, 26) * 500)
                ELSE greatest(5, [10, 20, 25, 30, 50, 50, 75, 100, 250][1 + floor(pow(chance(seed, 26), 1.5) * 9)::INTEGER] + floor(chance(seed, 27) * 5) * 3 - 6) END END)::DECIMAL(10, 2) AS amount
  FROM told
), all_gifts AS (
  SELECT * FROM sized UNION ALL SELECT * FROM regular
)
SELECT
  (500000 + ROW_NUMBER() OVER (ORDER BY g.received_on, g.seed))::INTEGER AS gift_id, g.supporter_id, g.pledge_id, g.campaign_id,
  CASE WHEN c.campaign_name LIKE 'A Bed%' THEN 2 WHEN c.campaign_name LIKE 'Summer%' THEN 4 WHEN c.campaign_name LIKE 'Harvest%' THEN 3
       WHEN chance(g.seed, 28) < 0.62 THEN 1 WHEN chance(g.seed, 28) < 0.76 THEN 3 WHEN chance(g.seed, 28) < 0.87 THEN 2
       WHEN chance(g.seed, 28) < 0.94 THEN 5 ELSE 4 END AS fund_id,
  g.received_on, g.amount, g.gift_kind,
  CASE WHEN g.gift_kind = 'Regular' THEN CASE WHEN chance(coalesce(g.pledge_id, 0), 29) < 0.82 THEN 'Direct Debit' ELSE 'Card' END
       WHEN g.gift_kind IN ('Grant', 'Legacy') THEN 'bank_transfer' WHEN chance(g.seed, 30) < 0.46 THEN 'Card' WHEN chance(g.seed, 30) < 0.64 THEN 'PayPal'
       WHEN chance(g.seed, 30) < 0.78 THEN 'Cheque' WHEN chance(g.seed, 30) < 0.88 THEN 'Cash' ELSE 'bank_transfer' END AS payment_method,
  CASE WHEN g.received_on > DATE '2025-09-11' AND chance(g.seed, 31) < 0.5 THEN 'pending'
       WHEN chance(g.seed, 32) < CASE WHEN g.gift_kind = 'Regular' THEN 0.045 ELSE 0.012 END THEN 'Failed'
       WHEN chance(g.seed, 32) > 0.988 THEN 'Refunded' ELSE 'Cleared' END AS gift_status,
  s.supporter_type = 'Individual' AND g.gift_kind <> 'Legacy' AND chance(g.supporter_id, 33) < 0.64 AS gift_aid
FROM all_gifts g
JOIN supporters s ON s.supporter_id = g.supporter_id
LEFT JOIN campaigns c ON c.campaign_id = g.campaign_id
WHERE g.received_on BETWEEN DATE '2023-04-01' AND DATE '2025-09-15';

CREATE TABLE income_targets AS
SELECT
  f.fund_id, (DATE '2023-04-01' + to_months(m::INTEGER))::DATE AS target_month,
  (round((CASE f.fund_id WHEN 1 THEN 20000 WHEN 2 THEN 7500 WHEN 3 THEN 6500 WHEN 4 THEN 6000 ELSE 2500 END)
    * CASE WHEN month(DATE '2023-04-01' + to_months(m::INTEGER)) IN (11, 12) THEN 1.7 WHEN month(DATE '2023-04-01' + to_months(m::INTEGER)) IN (2, 5) THEN 0.8 ELSE 1.0 END
    * (1 + 0.05 * floor(m / 12)) / 250) * 250)::DECIMAL(10, 2) AS target_amount
FROM funds f, range(0, 36) AS t(m);

CREATE TABLE service_days AS
WITH drawn AS (
  SELECT c.*, (DATE '2023-04-01' + d::INTEGER)::DATE AS service_date, c.centre_id * 10000 + d AS seed
  FROM centres c, range(0, 899) AS t(d)
  WHERE DATE '2023-04-01' + d::INTEGER >= c.opened_on
)
SELECT
  ROW_NUMBER() OVER (ORDER BY service_date, centre_id)::INTEGER AS service_day_id, centre_id, service_date,
  CASE WHEN isodow(service_date) = 7 AND centre_id IN (4, 6) THEN 0
       ELSE (beds * 4 + floor(chance(seed, 41) * beds * 2) + CASE WHEN month(service_date) IN (11, 12, 1, 2) THEN beds ELSE 0 END
         + floor((service_date - DATE '2023-04-01') / 60.0))::INTEGER END AS meals_served,
  CASE WHEN isodow(service_date) IN (2, 5) THEN (12 + floor(chance(seed, 42) * 40) + beds)::INTEGER ELSE 0 END AS food_parcels,
  least(beds, floor(beds * (CASE WHEN month(service_date) IN (11, 12, 1, 2, 3) THEN 0.84 ELSE 0.58 END + chance(seed, 43) * 0.26)))::INTEGER AS beds_used,
  beds AS beds_open,
  CASE WHEN isodow(service_date) < 6 AND centre_id <> 6 THEN floor(chance(seed, 44) * 9)::INTEGER END AS advice_sessions
FROM drawn;

CREATE TABLE pantry_counts AS
SELECT
  c.centre_id, k.food_type, (DATE '2023-04-03' + (w * 7)::INTEGER)::DATE AS counted_on,
  (k.base * c.beds / 10 * (60 + floor(chance(c.centre_id * 100000 + k.food_no * 1000 + w, 46) * 70)) / 100
    * CASE WHEN month(DATE '2023-04-03' + (w * 7)::INTEGER) IN (9, 10) THEN 1.5 ELSE 1.0 END)::DECIMAL(10, 1) AS kg_on_hand
FROM centres c, (VALUES ('Tinned', 1, 420), ('Dry goods', 2, 310), ('Fresh', 3, 90), ('Toiletries', 4, 60)) AS k(food_type, food_no, base), range(0, 128) AS t(w)
WHERE DATE '2023-04-03' + (w * 7)::INTEGER >= c.opened_on;

CREATE TABLE volunteers AS
WITH drawn AS (
  SELECT n, CASE WHEN n % 13 = 0 THEN 6 ELSE 1 + floor(chance(n, 50) * 5)::INTEGER END AS home_centre_id, DATE '2021-01-04' + floor(chance(n, 51) * 1690)::INTEGER AS joined_on
  FROM range(1, 621) AS t(n)
)
SELECT
  n::INTEGER AS volunteer_id,
  ['Amy', 'Ben', 'Cara', 'Dev', 'Ella', 'Finn', 'Grace', 'Hamza'][1 + floor(chance(n, 52) * 8)::INTEGER] || ' '
    || ['Price', 'Quinn', 'Reid', 'Shah', 'Turner', 'Walsh'][1 + floor(chance(n, 53) * 6)::INTEGER] AS full_name,
  '07700 9' || lpad((n * 37 % 100000)::VARCHAR, 5, '0') AS mobile,
  home_centre_id, greatest(joined_on, CASE WHEN home_centre_id = 6 THEN DATE '2024-05-20' ELSE joined_on END) AS joined_on,
  CASE WHEN chance(n, 54) < 0.34 AND joined_on + 200 + floor(chance(n, 55) * 900)::INTEGER <= DATE '2025-09-15' AND home_centre_id <> 6
    THEN joined_on + 200 + floor(chance(n, 55) * 900)::INTEGER END AS left_on,
  CASE WHEN chance(n, 56) < 0.20 THEN 'Student' WHEN chance(n, 56) < 0.48 THEN 'Retired' WHEN chance(n, 56) < 0.82 THEN 'Working' WHEN chance(n, 56) < 0.93 THEN 'Looking for work' END AS occupation_group,
  chance(n, 57) < 0.41 AS has_food_hygiene_cert
FROM drawn;

CREATE TABLE shifts AS
WITH drawn AS (
  SELECT n, v.volunteer_id, v.home_centre_id, v.joined_on, v.left_on,
    greatest(v.joined_on, DATE '2023-04-01') AS since, coalesce(v.left_on, DATE '2025-09-16') AS until
  FROM range(1, 15001) AS t(n)
  JOIN volunteers v ON v.volunteer_id = 1 + floor(pow(chance(n, 60), 1.3) * 605)::INTEGER
  WHERE coalesce(v.left_on, DATE '2025-09-16') > DATE '2023-04-10'
), placed AS (
  SELECT *, (since + floor(chance(n, 61) * (until - since))::INTEGER)::DATE AS shift_date,
    CASE WHEN chance(n, 62) < 0.9 OR home_centre_id = 6 THEN home_centre_id ELSE 1 + floor(chance(n, 63) * 5)::INTEGER END AS centre_id
  FROM drawn
)
SELECT
  ROW_NUMBER() OVER (ORDER BY shift_date, n)::INTEGER AS shift_id, volunteer_id, centre_id, shift_date,
  CASE WHEN chance(n, 64) < 0.41 THEN 'Kitchen' WHEN chance(n, 64) < 0.68 THEN 'Food bank' WHEN chance(n, 64) < 0.81 THEN 'Driving'
       WHEN chance(n, 64) < 0.93 THEN 'reception' ELSE 'Night shelter' END AS activity,
  (CASE WHEN chance(n, 64) >= 0.93 THEN 8 ELSE 2 + floor(chance(n, 65) * 7) * 0.5 END)::DECIMAL(4, 1) AS hours_planned,
  CASE WHEN chance(n, 66) < CASE WHEN centre_id = 5 THEN 0.09 ELSE 0.05 END THEN 'no_show' WHEN chance(n, 66) < 0.14 THEN 'Cancelled' ELSE 'Attended' END AS shift_status
FROM placed;

CREATE TABLE expenses AS
WITH drawn AS (
  SELECT n, DATE '2023-04-01' + floor(chance(n, 70) * 899)::INTEGER AS spent_on,
    CASE WHEN chance(n, 71) < 0.34 THEN 'Food' WHEN chance(n, 71) < 0.52 THEN 'Rent & utilities' WHEN chance(n, 71) < 0.68 THEN 'Staff costs'
         WHEN chance(n, 71) < 0.80 THEN 'Transport' WHEN chance(n, 71) < 0.92 THEN 'Fundraising' ELSE 'IT' END AS cost_category
  FROM range(1, 2801) AS t(n)
)
SELECT
  n::INTEGER AS expense_id, spent_on, cost_category,
  CASE WHEN cost_category IN ('Fundraising', 'IT') OR chance(n, 72) < 0.06 THEN NULL
       ELSE CASE WHEN spent_on >= DATE '2024-06-03' AND chance(n, 73) < 0.11 THEN 6 ELSE 1 + floor(chance(n, 74) * 5)::INTEGER END END AS centre_id,
  (CASE cost_category WHEN 'Staff costs' THEN 500 + floor(chance(n, 75) * 1000) WHEN 'Rent & utilities' THEN 250 + floor(chance(n, 75) * 800)
    WHEN 'Fundraising' THEN 90 + floor(pow(chance(n, 75), 2) * 1500) WHEN 'Food' THEN 60 + floor(chance(n, 75) * 620) ELSE 25 + floor(chance(n, 75) * 400) END
    + floor(chance(n, 76) * 100) / 100)::DECIMAL(10, 2) AS amount,
  CASE cost_category WHEN 'Food' THEN ['FareShare', 'Booker', 'Morrisons', 'Suma'][1 + floor(chance(n, 77) * 4)::INTEGER]
    WHEN 'Transport' THEN ['Enterprise', 'Shell', 'Trainline'][1 + floor(chance(n, 77) * 3)::INTEGER]
    WHEN 'Fundraising' THEN ['Meta', 'Royal Mail', 'PrintWorks', 'Stripe'][1 + floor(chance(n, 77) * 4)::INTEGER]
    WHEN 'IT' THEN ['Microsoft', 'BT'][1 + floor(chance(n, 77) * 2)::INTEGER] END AS supplier,
  CASE WHEN chance(n, 78) < 0.08 AND spent_on > DATE '2025-06-30' THEN 'Awaiting approval' WHEN chance(n, 78) > 0.97 THEN 'Rejected' ELSE 'Paid' END AS expense_status
FROM drawn;

CREATE TABLE events AS
WITH drawn AS (
  SELECT n, DATE '2023-04-08' + (n * 13 + floor(chance(n, 80) * 9))::INTEGER AS held_on, 1 + floor(chance(n, 81) * 5)::INTEGER AS centre_id,
    CASE WHEN chance(n, 82) < 0.30 THEN 'Bake sale' WHEN chance(n, 82) < 0.52 THEN 'Fun run' WHEN chance(n, 82) < 0.68 THEN 'Concert'
         WHEN chance(n, 82) < 0.84 THEN 'Quiz night' ELSE 'Gala dinner' END AS event_type
  FROM range(0, 67) AS t(n)
)
SELECT
  (n + 1)::INTEGER AS event_id, event_type || ' ' || c.city || ' ' || strftime(held_on, '%b %Y') AS event_name, event_type, d.centre_id, held_on,
  (CASE event_type WHEN 'Bake sale' THEN 60 WHEN 'Fun run' THEN 180 WHEN 'Concert' THEN 140 WHEN 'Quiz night' THEN 50 ELSE 90 END + floor(chance(n, 83) * 90))::INTEGER AS attendees,
  ((CASE event_type WHEN 'Bake sale' THEN 60 WHEN 'Fun run' THEN 180 WHEN 'Concert' THEN 140 WHEN 'Quiz night' THEN 50 ELSE 90 END + floor(chance(n, 83) * 90))
    * CASE event_type WHEN 'Bake sale' THEN 6 WHEN 'Fun run' THEN 22 WHEN 'Concert' THEN 14 WHEN 'Quiz night' THEN 12 ELSE 95 END
    * (80 + floor(chance(n, 84) * 50)) / 100)::DECIMAL(10, 2) AS takings,
  (CASE event_type WHEN 'Bake sale' THEN 110 WHEN 'Fun run' THEN 1900 WHEN 'Concert' THEN 2100 WHEN 'Quiz night' THEN 240 ELSE 5200 END * (80 + floor(chance(n, 85) * 50)) / 100)::DECIMAL(10, 2) AS costs,
  chance(n, 86) < 0.12 AS was_rained_off
FROM drawn d JOIN centres c ON c.centre_id = d.centre_id
WHERE held_on <= DATE '2025-09-15';
