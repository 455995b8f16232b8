-- A video streaming service: subscribers of seven countries, what they watch, what the adverts bring, what the titles cost; two years and
-- a half of them. The same rows on every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE plans AS
SELECT * FROM (VALUES
  (1, 'Basic with Ads', 5.99::DECIMAL(6, 2), TRUE, 1), (2, 'Standard', 10.99, FALSE, 2), (3, 'Premium', 15.99, FALSE, 4), (4, 'Student', 4.99, TRUE, 1)
) AS t(plan_id, plan_name, monthly_price, has_ads, max_screens);

CREATE TABLE countries AS
SELECT * FROM (VALUES
  ('ES', 'Spain', 'Europe'), ('FR', 'France', 'Europe'), ('DE', 'Germany', 'Europe'), ('IT', 'Italy', 'Europe'), ('MX', 'Mexico', 'Latin America'),
  ('BR', 'Brazil', 'Latin America'), ('CA', 'Canada', 'North America')
) AS t(country_code, country_name, world_region);

CREATE TABLE titles AS
SELECT
  n::INTEGER AS title_id,
  ['Silent', 'Crimson', 'Northern', 'Paper', 'Hidden', 'Glass', 'Last', 'Golden', 'Broken', 'Midnight'][1 + (n - 1) % 10] || ' '
    || ['Harbour', 'Letters', 'Garden', 'Witness', 'Summer', 'Orbit', 'Kingdom', 'Road', 'Tides'][1 + ((n - 1) // 10)::INTEGER] AS title_name,
  CASE WHEN chance(n, 1) < 0.55 THEN 'film' ELSE 'series' END AS title_type,
  ['Drama', 'Comedy', 'Thriller', 'Documentary', 'Sci-Fi', 'Kids'][1 + floor(chance(n, 2) * 6)::INTEGER] AS genre,
  (2025 - floor(power(chance(n, 3), 2) * 26))::INTEGER AS release_year,
  chance(n, 4) < 0.3 AS is_original,
  (CASE WHEN chance(n, 1) < 0.55 THEN 82 + chance(n, 5) * 70 ELSE 22 + chance(n, 5) * 36 END)::INTEGER AS runtime_minutes
FROM range(1, 91) AS t(n);

CREATE TABLE subscribers AS
SELECT
  (1000 + n)::INTEGER AS subscriber_id,
  ['Alma', 'Bruno', 'Carla', 'Diego', 'Elsa', 'Fabio', 'Gina', 'Hugo', 'Irene', 'Jules', 'Katja', 'Luca'][1 + floor(chance(n, 6) * 12)::INTEGER] || ' '
    || ['Moreau', 'Navarro', 'Oliveira', 'Pohl', 'Ricci', 'Santos', 'Torres', 'Vidal'][1 + floor(chance(n, 7) * 8)::INTEGER] AS full_name,
  'viewer' || n || '@example.net' AS email,
  ['ES', 'FR', 'DE', 'IT', 'MX', 'BR', 'CA'][1 + floor(power(chance(n, 8), 1.25) * 7)::INTEGER] AS country_code,
  CASE WHEN chance(n, 9) < 0.2 THEN '18-24' WHEN chance(n, 9) < 0.5 THEN '25-34' WHEN chance(n, 9) < 0.8 THEN '35-54' ELSE '55+' END AS age_group,
  CASE WHEN chance(n, 10) < 0.38 THEN 'organic' WHEN chance(n, 10) < 0.63 THEN 'social_ads' WHEN chance(n, 10) < 0.83 THEN 'referral' ELSE 'telco_bundle' END
    AS signup_channel,
  DATE '2024-01-01' + floor(power(chance(n, 11), 1.3) * 905)::INTEGER AS joined_on
FROM range(1, 1101) AS t(n);

CREATE TABLE subscriptions AS
WITH first_ones AS (
  SELECT subscriber_id, 0 AS k, joined_on AS started_on,
    CASE WHEN age_group = '18-24' AND chance(subscriber_id, 12) < 0.4 THEN 4 WHEN chance(subscriber_id, 12) < 0.36 THEN 1 WHEN chance(subscriber_id, 12) < 0.78 THEN 2
         ELSE 3 END AS plan_id,
    joined_on + (30 + floor(-ln(1 - chance(subscriber_id, 13) * 0.999) * CASE WHEN signup_channel = 'social_ads' THEN 290 ELSE 620 END))::INTEGER AS leaves_on
  FROM subscribers
), second_ones AS (
  SELECT subscriber_id, 1 AS k, leaves_on + (20 + floor(chance(subscriber_id, 14) * 160))::INTEGER AS started_on,
    CASE WHEN chance(subscriber_id, 15) < 0.6 THEN 1 ELSE 2 END AS plan_id,
    leaves_on + 240 + floor(chance(subscriber_id, 16) * 700)::INTEGER AS leaves_on
  FROM first_ones
  WHERE chance(subscriber_id, 17) < 0.3 AND leaves_on < DATE '2026-06-01'
), every_one AS (
  SELECT * FROM first_ones UNION ALL SELECT * FROM second_ones WHERE started_on <= DATE '2026-06-25'
)
SELECT
  (ROW_NUMBER() OVER (ORDER BY started_on, subscriber_id, k) + 50000)::INTEGER AS subscription_id,
  subscriber_id,
  plan_id::INTEGER AS plan_id,
  ['card', 'paypal', 'direct_debit', 'carrier_billing'][1 + floor(power(chance(subscriber_id * 2 + k, 18), 1.6) * 4)::INTEGER] AS payment_method,
  started_on,
  CASE WHEN leaves_on <= DATE '2026-06-30' THEN leaves_on END AS ended_on,
  CASE WHEN leaves_on <= DATE '2026-06-30'
       THEN ['too_expensive', 'nothing_to_watch', 'switched_service', 'technical_problems', 'payment_failed'][1 + floor(power(chance(subscriber_id * 2 + k, 19), 1.4) * 5)::INTEGER]
  END AS cancel_reason
FROM every_one;

CREATE TABLE member_months AS
SELECT e.month_end, s.subscription_id
FROM (SELECT last_day(day)::DATE AS month_end FROM generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2026-06-01', INTERVAL 1 MONTH) AS t(day)) e
JOIN subscriptions s ON s.started_on <= e.month_end AND (s.ended_on IS NULL OR s.ended_on > e.month_end);

CREATE TABLE charges AS
WITH due AS (
  SELECT s.subscription_id, s.plan_id, k, (s.started_on + to_months(k::INTEGER))::DATE AS charged_on, s.subscription_id::BIGINT * 64 + k AS draw_id
  FROM subscriptions s, range(0, 31) AS t(k)
  WHERE (s.started_on + to_months(k::INTEGER))::DATE < coalesce(s.ended_on, DATE '2026-07-01')
)
SELECT
  (ROW_NUMBER() OVER (ORDER BY d.charged_on, d.subscription_id) + 800000)::INTEGER AS charge_id,
  d.subscription_id,
  d.charged_on,
  p.monthly_price AS amount,
  CASE WHEN chance(d.draw_id, 20) < 0.04 THEN 'failed' WHEN chance(d.draw_id, 20) < 0.055 THEN 'refunded' ELSE 'paid' END AS charge_status
FROM due d JOIN plans p ON p.plan_id = d.plan_id;

CREATE TABLE watch_sessions AS
WITH drawn AS (
  SELECT s.subscriber_id, s.plan_id, s.subscription_id::BIGINT * 64 + k AS draw_id,
    s.started_on + floor(chance(s.subscription_id::BIGINT * 64 + k, 21) * (coalesce(s.ended_on, DATE '2026-07-01') - s.started_on))::INTEGER AS day
  FROM subscriptions s, range(0, 20) AS t(k)
  WHERE k < 3 + floor(chance(s.subscription_id, 22) * 17) * CASE WHEN s.plan_id = 3 THEN 1.0 ELSE 0.8 END
), picked AS (
  SELECT *, (1 + floor(power(chance(draw_id, 23), 1.6) * 90))::INTEGER AS title_id,
    day + to_minutes(floor(CASE WHEN chance(draw_id, 24) < 0.65 THEN 1080 + chance(draw_id, 25) * 300 ELSE 420 + chance(draw_id, 25) * 660 END)::BIGINT) AS started_at,
    power(chance(draw_id, 26), 0.6) AS part
  FROM drawn
)
SELECT
  ROW_NUMBER() OVER (ORDER BY p.started_at, p.draw_id)::INTEGER AS session_id,
  p.subscriber_id,
  p.plan_id,
  p.title_id,
  p.started_at,
  ['tv', 'phone', 'laptop', 'tablet', 'console'][1 + floor(power(chance(p.draw_id, 27), 1.7) * 5)::INTEGER] AS device,
  (1 + floor(p.part * t.runtime_minutes))::INTEGER AS minutes_watched,
  1 + floor(p.part * t.runtime_minutes) >= 0.9 * t.runtime_minutes AS is_finished
FROM picked p JOIN titles t ON t.title_id = p.title_id
WHERE year(p.started_at) >= t.release_year;

CREATE TABLE ad_days AS
WITH drawn AS (
  SELECT day::DATE AS day, c.country_code, f.n AS format_no, (datediff('day', DATE '2024-01-01', day::DATE) * 16 + f.n * 8 + c.k)::BIGINT AS draw_id, c.k
  FROM generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2026-06-30', INTERVAL 1 DAY) AS d(day),
    (SELECT country_code, ROW_NUMBER() OVER (ORDER BY country_code) - 1 AS k FROM countries) c, range(0, 2) AS f(n)
)
SELECT
  day AS ad_day,
  country_code,
  CASE format_no WHEN 0 THEN 'pre_roll' ELSE 'mid_roll' END AS ad_format,
  (400 + k * 35 + chance(draw_id, 28) * 900 + datediff('day', DATE '2024-01-01', day) * 0.9)::INTEGER AS impressions,
  floor((400 + chance(draw_id, 28) * 900) * (0.004 + chance(draw_id, 29) * 0.02))::INTEGER AS clicks,
  ((400 + k * 35 + chance(draw_id, 28) * 900 + datediff('day', DATE '2024-01-01', day) * 0.9)
    * (CASE format_no WHEN 0 THEN 0.011 ELSE 0.016 END + chance(draw_id, 30) * 0.006))::DECIMAL(10, 2) AS revenue
FROM drawn;

CREATE TABLE ratings AS
SELECT
  ROW_NUMBER() OVER (ORDER BY session_id)::INTEGER AS rating_id,
  subscriber_id,
  title_id,
  started_at::DATE AS rated_on,
  greatest(1, least(5, floor(1.6 + chance(title_id, 31) * 2 + chance(session_id, 32) * 2.6)))::INTEGER AS stars
FROM watch_sessions
WHERE chance(session_id, 33) < CASE WHEN is_finished THEN 0.42 ELSE 0.12 END;

CREATE TABLE support_contacts AS
WITH drawn AS (
  SELECT s.subscriber_id, s.subscription_id::BIGINT * 8 + k AS draw_id,
    s.started_on + to_minutes(floor(chance(s.subscription_id::BIGINT * 8 + k, 34) * (coalesce(s.ended_on, DATE '2026-07-01') - s.started_on) * 1440)::BIGINT) AS contacted_at
  FROM subscriptions s, range(0, 3) AS t(k)
  WHERE chance(s.subscription_id::BIGINT * 8 + k, 35) < 0.42
), timed AS (
  SELECT *, contacted_at + to_minutes((6 + power(chance(draw_id, 36), 3) * 5200)::BIGINT) AS solved_at FROM drawn
)
SELECT
  ROW_NUMBER() OVER (ORDER BY contacted_at, draw_id)::INTEGER AS contact_id,
  subscriber_id,
  contacted_at,
  ['chat', 'email', 'phone'][1 + floor(power(chance(draw_id, 37), 1.3) * 3)::INTEGER] AS contact_channel,
  ['billing', 'playback', 'login', 'cancellation', 'content_request'][1 + floor(power(chance(draw_id, 38), 1.2) * 5)::INTEGER] AS topic,
  floor(power(chance(draw_id, 39), 2) * 34)::INTEGER AS wait_minutes,
  CASE WHEN solved_at < TIMESTAMP '2026-07-01' AND chance(draw_id, 40) < 0.96 THEN solved_at END AS solved_at,
  'Message of contact ' || draw_id AS message_text
FROM timed;

CREATE TABLE content_costs AS
SELECT
  day::DATE AS cost_month,
  t.title_id,
  CASE WHEN t.is_original THEN 'production' ELSE 'licence' END AS cost_type,
  (22 + chance(t.title_id, 41) * 70 + CASE WHEN t.is_original THEN 40 ELSE 0 END + chance(t.title_id * 40 + datediff('month', DATE '2024-01-01', day::DATE), 42) * 12)::DECIMAL(10, 2) AS amount
FROM titles t, generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2026-06-01', INTERVAL 1 MONTH) AS d(day)
WHERE year(day) >= t.release_year;

DROP MACRO chance;
DROP MACRO mixed;
