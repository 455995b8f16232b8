-- Saltmarsh Games, a maker of nine mobile games in Turku: January 2024 up to 12 April 2026. The same rows on every machine: all
-- chance comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO shuffled(x) AS (xor(x, x >> 15) * 1540483477) % 4294967296;
CREATE MACRO chance(item, stream) AS
  shuffled(shuffled(shuffled((item::BIGINT * 73244475 + stream * 19349663) % 4294967296))) / 4294967296.0;

CREATE TABLE titles AS
SELECT * FROM (VALUES
  (1, 'Tidal Kingdoms', 'Strategy', 'Harbour', 'Live', 'Free to play', 12, DATE '2021-05-18', 30),
  (2, 'Word Ferry', 'Word', 'Lakeside', 'Live', 'Free to play', 4, DATE '2020-02-11', 18),
  (3, 'Puzzle Pantry', 'Puzzle', 'Lakeside', 'Live', 'Free to play', 4, DATE '2022-09-06', 22),
  (4, 'Store Wars', 'Simulation', 'Harbour', 'Live', 'Free to play', 7, DATE '2023-03-14', 12),
  (5, 'Free Kick Heroes', 'Sports', 'Night Owls', 'Live', 'Free to play', 7, DATE '2022-06-01', 10),
  (6, 'Night Shift', 'Simulation', 'Night Owls', 'Sunset', 'Premium', 16, DATE '2019-10-24', 4),
  (7, 'Daily Sudoku', 'Puzzle', 'Lakeside', 'Live', 'Subscription', 4, DATE '2021-01-12', 9),
  (8, 'Rally Weekend', 'Racing', 'Night Owls', 'Live', 'Free to play', 7, DATE '2025-02-04', 14),
  (9, 'Tidal Kingdoms: Embers', 'Strategy', 'Harbour', 'Soft launch', 'Free to play', 12, DATE '2025-11-03', 6)
) AS t(title_id, title_name, genre, studio, lifecycle, pricing, age_rating, released_on, pull);

CREATE TABLE players AS
SELECT
  n::INTEGER AS player_id,
  ['Swift', 'Salty', 'Grumpy', 'Lucky', 'Pixel', 'Foxy', 'Iron', 'Mossy'][1 + floor(chance(n, 1) * 8)::INTEGER]
    || ['Otter', 'Gull', 'Badger', 'Wizard', 'Pike', 'Moth', 'Elk'][1 + floor(chance(n, 2) * 7)::INTEGER] || n AS nickname,
  'player' || n || '@example.net' AS email,
  (DATE '1958-01-01' + floor(chance(n, 3) * 19500)::INTEGER)::DATE AS birth_date,
  CASE WHEN chance(n, 4) < 0.24 THEN 'United States' WHEN chance(n, 4) < 0.38 THEN 'Germany' WHEN chance(n, 4) < 0.50 THEN 'Brazil'
       WHEN chance(n, 4) < 0.61 THEN 'Japan' WHEN chance(n, 4) < 0.71 THEN 'Finland' WHEN chance(n, 4) < 0.80 THEN 'Sweden'
       WHEN chance(n, 4) < 0.88 THEN 'Turkey' WHEN chance(n, 4) < 0.94 THEN 'Georgia' WHEN chance(n, 4) < 0.98 THEN 'United Kingdom' END AS country,
  CASE WHEN chance(n, 5) < 0.46 THEN 'Android' WHEN chance(n, 5) < 0.95 THEN 'iOS' ELSE 'Fire OS' END AS platform,
  CASE WHEN chance(n, 6) < 0.03 THEN 'Whale' WHEN chance(n, 6) < 0.12 THEN 'Dolphin' WHEN chance(n, 6) < 0.36 THEN 'Minnow' ELSE 'Free player' END AS tier,
  chance(n, 7) < 0.41 AS push_allowed,
  (DATE '2024-01-01' + floor(pow(n / 2600.0, 0.85) * 832)::INTEGER)::DATE AS registered_on
FROM range(1, 2601) AS t(n)
ORDER BY n;

CREATE TABLE campaigns AS
WITH drawn AS (
  SELECT n, [1, 3, 2, 4, 1, 5, 8, 3, 1, 7, 8, 2][1 + floor(chance(n, 10) * 12)::INTEGER] AS drawn_title,
    (DATE '2024-01-08' + (n * 11 + floor(chance(n, 11) * 9)::INTEGER)::INTEGER)::DATE AS starts_on, 14 + floor(chance(n, 12) * 46)::INTEGER AS lasting,
    ['Meta', 'Google Ads', 'TikTok', 'Unity Ads', 'AppLovin', 'Apple Search Ads'][1 + floor(pow(chance(n, 13), 1.2) * 6)::INTEGER] AS network,
    ['Video', 'Playable', 'Banner', 'Search'][1 + floor(chance(n, 14) * 4)::INTEGER] AS ad_format
  FROM range(1, 73) AS t(n)
)
SELECT
  d.n::INTEGER AS campaign_id, (CASE WHEN d.drawn_title = 8 AND d.starts_on < DATE '2025-02-04' THEN 1 ELSE d.drawn_title END)::INTEGER AS title_id,
  ['Spring Splash', 'New Season', 'Back to School', 'Black Friday', 'Retention Push', 'Level Up', 'Weekend Blitz', 'Broad Reach'][1 + d.n % 8] || ' ' || lpad(d.n::VARCHAR, 2, '0') AS campaign_name,
  network, CASE WHEN network = 'Apple Search Ads' THEN 'Search' WHEN ad_format = 'Search' AND network <> 'Google Ads' THEN 'Video' ELSE ad_format END AS ad_format,
  CASE WHEN chance(n, 15) < 0.68 THEN 'New players' WHEN chance(n, 15) < 0.9 THEN 'Win-back' ELSE 'Brand' END AS objective,
  starts_on, (starts_on + lasting)::DATE AS ends_on,
  (round(lasting * (7 + floor(chance(n, 16) * 32)) / 10) * 10)::DECIMAL(10, 2) AS budget
FROM drawn d
ORDER BY n;

CREATE TABLE campaign_days AS
WITH days AS (
  SELECT c.*, (c.starts_on + k::INTEGER)::DATE AS day, c.campaign_id * 100 + k AS seed, c.budget / (c.ends_on - c.starts_on + 1) AS per_day
  FROM campaigns c, range(0, 61) AS t(k)
  WHERE c.starts_on + k::INTEGER <= c.ends_on AND c.starts_on + k::INTEGER <= DATE '2026-04-12'
), spent AS (
  SELECT *, round(per_day * (0.7 + 0.62 * chance(seed, 20)), 2) AS spend FROM days
), seen AS (
  SELECT *, floor(spend * (90 + 160 * chance(seed, 21)))::INTEGER AS impressions FROM spent
), clicked AS (
  SELECT *, floor(impressions * (0.006 + 0.016 * chance(seed, 22) + CASE WHEN ad_format = 'Search' THEN 0.02 WHEN ad_format = 'Playable' THEN 0.008 ELSE 0 END))::INTEGER AS clicks FROM seen
)
SELECT campaign_id, day, spend::DECIMAL(10, 2) AS spend, impressions, clicks,
  floor(clicks * (0.035 + 0.07 * chance(seed, 23) + CASE WHEN network = 'Apple Search Ads' THEN 0.05 WHEN network = 'TikTok' THEN -0.015 ELSE 0 END))::INTEGER AS paid_installs
FROM clicked
ORDER BY 1, 2;

CREATE TABLE installs AS
WITH drawn AS (
  SELECT p.player_id, p.registered_on, p.platform, k, p.player_id * 10 + k AS seed,
    [1, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 9][1 + floor(chance(p.player_id * 10 + k, 30) * 18)::INTEGER] AS title_id,
    (p.registered_on + CASE WHEN k = 0 THEN 0 ELSE floor(chance(p.player_id * 10 + k, 31) * 240)::INTEGER END)::DATE AS installed_on
  FROM players p, range(0, 3) AS t(k)
  WHERE k = 0 OR chance(p.player_id * 10 + k, 32) < 0.42
), placed AS (
  SELECT player_id, platform, registered_on, installed_on, seed, k,
    CASE WHEN title_id IN (8, 9) AND installed_on < DATE '2025-11-03' AND (title_id = 9 OR installed_on < DATE '2025-02-04') THEN 1 + (seed % 3) ELSE title_id END AS title_id
  FROM drawn WHERE installed_on <= DATE '2026-04-12'
), once AS (
  SELECT * FROM placed QUALIFY ROW_NUMBER() OVER (PARTITION BY player_id, title_id ORDER BY installed_on, k) = 1
), campaigned AS (
  SELECT o.*, (SELECT MAX(c.campaign_id) FROM campaigns c WHERE c.title_id = o.title_id AND o.installed_on BETWEEN c.starts_on AND c.ends_on) AS running FROM once o
)
SELECT
  ROW_NUMBER() OVER (ORDER BY installed_on, seed)::INTEGER AS install_id, player_id, title_id::INTEGER AS title_id,
  (CASE WHEN chance(seed, 33) < 0.7 THEN running END)::INTEGER AS campaign_id, installed_on,
  CASE WHEN chance(seed, 34) < 0.38 AND installed_on + floor(pow(chance(seed, 35), 2) * 300)::INTEGER <= DATE '2026-04-12'
       THEN (installed_on + floor(pow(chance(seed, 35), 2) * 300)::INTEGER)::DATE END AS removed_on,
  CASE platform WHEN 'iOS' THEN 'App Store' WHEN 'Fire OS' THEN 'Amazon' ELSE CASE WHEN chance(seed, 36) < 0.86 THEN 'Google Play' ELSE 'Samsung Store' END END AS app_store,
  seed
FROM campaigned
ORDER BY 1;

CREATE TABLE sessions AS
WITH drawn AS (
  SELECT i.player_id, i.title_id, i.installed_on, i.removed_on, i.seed * 100 + k AS seed,
    (i.installed_on + floor(pow(chance(i.seed * 100 + k, 40), 1.4) * 330)::INTEGER)::DATE AS day
  FROM installs i, range(0, 9) AS t(k)
  WHERE k <= floor(chance(i.seed, 41) * 9)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY day, seed)::INTEGER AS session_id, player_id, title_id,
  (day + to_minutes(floor((6 + 17.9 * sqrt(chance(seed, 42))) * 60)::INTEGER))::TIMESTAMP AS started_at,
  (2 + floor(pow(chance(seed, 43), 2) * CASE WHEN title_id IN (1, 9) THEN 58 WHEN title_id IN (2, 7) THEN 22 ELSE 38 END))::INTEGER AS minutes_played,
  floor(chance(seed, 44) * 7)::INTEGER AS levels_done,
  CASE WHEN chance(seed, 45) < 0.78 THEN 'Phone' WHEN chance(seed, 45) < 0.95 THEN 'Tablet' ELSE 'Chromebook' END AS device,
  CASE WHEN chance(seed, 46) < 0.63 THEN 'Wi-Fi' WHEN chance(seed, 46) < 0.92 THEN 'Cellular' ELSE 'Offline' END AS connection,
  chance(seed, 47) < CASE WHEN title_id = 9 THEN 0.07 WHEN title_id = 6 THEN 0.045 ELSE 0.021 END AS crashed
FROM drawn
WHERE day <= DATE '2026-04-12' AND day <= coalesce(removed_on, DATE '2099-01-01')
ORDER BY 1;

CREATE TABLE purchases AS
WITH drawn AS (
  SELECT s.*, p.tier, s.session_id * 10 + k AS seed,
    CASE WHEN chance(s.session_id * 10 + k, 50) < 0.36 THEN 'Currency' WHEN chance(s.session_id * 10 + k, 50) < 0.56 THEN 'Boosters' WHEN chance(s.session_id * 10 + k, 50) < 0.74 THEN 'Cosmetics'
         WHEN chance(s.session_id * 10 + k, 50) < 0.9 THEN 'Passes' ELSE 'Bundles' END AS item_category
  FROM sessions s JOIN players p USING (player_id), range(0, 3) AS t(k)
  WHERE chance(s.session_id * 10 + k, 51) < CASE p.tier WHEN 'Whale' THEN 0.85 WHEN 'Dolphin' THEN 0.5 WHEN 'Minnow' THEN 0.17 ELSE 0 END
), priced AS (
  SELECT *, CASE item_category
      WHEN 'Currency' THEN ['Pouch of Gems', 'Chest of Gems', 'Vault of Gems'][1 + floor(chance(seed, 52) * 3)::INTEGER]
      WHEN 'Boosters' THEN ['Extra Moves', 'Double XP'][1 + floor(chance(seed, 52) * 2)::INTEGER]
      WHEN 'Cosmetics' THEN ['Winter Skin', 'Gold Frame', 'Dragon Skin'][1 + floor(chance(seed, 52) * 3)::INTEGER]
      WHEN 'Passes' THEN ['Season Pass', 'Monthly Pass'][1 + floor(chance(seed, 52) * 2)::INTEGER]
      ELSE ['Starter Pack', 'Family Bundle'][1 + floor(chance(seed, 52) * 2)::INTEGER] END AS item_name
  FROM drawn
), charged AS (
  SELECT *, CASE item_name WHEN 'Pouch of Gems' THEN 1.99 WHEN 'Chest of Gems' THEN 9.99 WHEN 'Vault of Gems' THEN 49.99 WHEN 'Extra Moves' THEN 0.99 WHEN 'Double XP' THEN 2.99
      WHEN 'Winter Skin' THEN 4.99 WHEN 'Gold Frame' THEN 3.49 WHEN 'Dragon Skin' THEN 12.99 WHEN 'Season Pass' THEN 9.99 WHEN 'Monthly Pass' THEN 5.99 WHEN 'Starter Pack' THEN 2.49 ELSE 19.99 END AS price,
    CASE WHEN chance(seed, 53) < 0.025 THEN 'Failed' WHEN chance(seed, 53) < 0.04 THEN 'Pending' WHEN chance(seed, 53) < 0.085 THEN 'Refunded' ELSE 'Completed' END AS purchase_status,
    1 + (chance(seed, 54) < 0.08)::INTEGER AS quantity
  FROM priced
)
SELECT
  (500000 + ROW_NUMBER() OVER (ORDER BY started_at, seed))::INTEGER AS purchase_id, player_id, title_id, item_category, item_name,
  (started_at + to_minutes(1 + floor(chance(seed, 55) * 9)::INTEGER))::TIMESTAMP AS bought_at, quantity::INTEGER AS quantity,
  (price * quantity)::DECIMAL(10, 2) AS amount,
  round(price * quantity * CASE WHEN started_at >= TIMESTAMP '2025-07-01' THEN 0.25 ELSE 0.3 END, 2)::DECIMAL(10, 2) AS store_fee, purchase_status,
  CASE WHEN purchase_status = 'Refunded' THEN least(DATE '2026-04-12', (started_at::DATE + 1 + floor(chance(seed, 56) * 20)::INTEGER)::DATE) END AS refunded_on,
  CASE WHEN chance(seed, 57) < 0.55 THEN 'Card' WHEN chance(seed, 57) < 0.8 THEN 'Carrier billing' WHEN chance(seed, 57) < 0.93 THEN 'Gift card' ELSE 'store_credit' END AS paid_with
FROM charged
ORDER BY 1;

ALTER TABLE installs DROP COLUMN seed;

CREATE TABLE support_tickets AS
WITH drawn AS (
  SELECT n, 1 + floor(chance(n, 60) * (SELECT COUNT(*) FROM installs))::INTEGER AS install_id, floor(chance(n, 61) * 1440)::INTEGER AS minute_of_day,
    CASE WHEN chance(n, 62) < 0.27 THEN 'Payment' WHEN chance(n, 62) < 0.48 THEN 'Crash' WHEN chance(n, 62) < 0.66 THEN 'Lost progress' WHEN chance(n, 62) < 0.78 THEN 'Cheating'
         WHEN chance(n, 62) < 0.9 THEN 'Feedback' ELSE 'Account' END AS topic,
    CASE WHEN chance(n, 63) < 0.12 THEN 'Critical' WHEN chance(n, 63) < 0.37 THEN 'High' ELSE 'Normal' END AS urgency
  FROM range(1, 1501) AS t(n)
), told AS (
  SELECT d.*, i.player_id, i.title_id, (i.installed_on + floor(chance(n, 64) * 120)::INTEGER)::DATE + to_minutes(minute_of_day) AS opened_at,
    (20 + floor(pow(chance(n, 65), 2) * CASE urgency WHEN 'Critical' THEN 700 WHEN 'High' THEN 1900 ELSE 4300 END))::INTEGER AS waiting
  FROM drawn d JOIN installs i USING (install_id)
), ended AS (
  SELECT *, CASE WHEN opened_at + to_minutes(waiting * 3) > TIMESTAMP '2026-04-12 23:00:00' THEN CASE WHEN chance(n, 66) < 0.5 THEN 'New' ELSE 'Waiting for player' END
                 WHEN chance(n, 66) < 0.03 THEN 'Waiting for player' WHEN chance(n, 66) < 0.07 THEN 'Spam' ELSE 'Solved' END AS ticket_status
  FROM told WHERE opened_at < TIMESTAMP '2026-04-13 00:00:00'
)
SELECT
  ROW_NUMBER() OVER (ORDER BY opened_at, n)::INTEGER AS ticket_id, player_id, title_id::INTEGER AS title_id, topic, urgency,
  CASE WHEN chance(n, 67) < 0.52 THEN 'In-game' WHEN chance(n, 67) < 0.8 THEN 'E-mail' WHEN chance(n, 67) < 0.93 THEN 'Discord' ELSE 'Store review' END AS contact_channel,
  CASE WHEN chance(n, 68) < 0.6 THEN 'Turku' WHEN chance(n, 68) < 0.85 THEN 'Manila' ELSE 'Vendor' END AS support_desk,
  opened_at::TIMESTAMP AS opened_at,
  CASE WHEN ticket_status IN ('Solved', 'Waiting for player') AND opened_at + to_minutes(waiting) < TIMESTAMP '2026-04-13 00:00:00' THEN (opened_at + to_minutes(waiting))::TIMESTAMP END AS first_reply_at,
  CASE WHEN ticket_status = 'Solved' THEN (opened_at + to_minutes(waiting * 3))::TIMESTAMP END AS solved_at, ticket_status,
  CASE WHEN ticket_status = 'Solved' AND chance(n, 69) < 0.55 THEN greatest(1, 5 - floor(waiting / 1500.0) - floor(chance(n, 70) * 2.6))::INTEGER END AS stars,
  CASE WHEN chance(n, 71) < 0.3 THEN 'please help me ' || n END AS message
FROM ended
ORDER BY 1;

CREATE TABLE daily_actives AS
WITH days AS (SELECT (DATE '2024-01-01' + k::INTEGER)::DATE AS snapshot_on, k FROM range(0, 833) AS t(k))
SELECT
  t.title_id, p.platform, d.snapshot_on,
  floor(t.pull * p.share * (90 + 0.05 * d.k * CASE WHEN t.lifecycle = 'Sunset' THEN -1 ELSE 1 END) * CASE WHEN dayofweek(d.snapshot_on) IN (0, 6) THEN 1.18 ELSE 1 END
    * (0.92 + 0.16 * chance(d.k * 30 + t.title_id * 3 + p.nr, 80)))::INTEGER AS active_players,
  floor(t.pull * p.share * (2.2 + 0.002 * d.k) * (0.8 + 0.4 * chance(d.k * 30 + t.title_id * 3 + p.nr, 81)))::INTEGER AS active_payers
FROM titles t, (VALUES ('Android', 0.47, 0), ('iOS', 0.45, 1), ('Fire OS', 0.08, 2)) AS p(platform, share, nr), days d
WHERE d.snapshot_on >= t.released_on
ORDER BY 3, 1, 2;

CREATE TABLE revenue_plan AS
SELECT
  t.title_id, (DATE '2024-01-01' + to_months(m::INTEGER))::DATE AS plan_month,
  (round(t.pull * (5 + 0.4 * m) * CASE t.title_id WHEN 6 THEN 0.5 WHEN 1 THEN 1.15 ELSE 1 END / 10) * 10)::DECIMAL(12, 2) AS planned_amount
FROM titles t, range(0, 36) AS r(m)
WHERE (DATE '2024-01-01' + to_months(m::INTEGER))::DATE >= date_trunc('month', t.released_on)
ORDER BY 2, 1;

ALTER TABLE titles DROP COLUMN pull;
