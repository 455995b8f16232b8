-- Forgeline: a CI/CD platform sold by subscription. Data from 2024-01-01 to 2026-06-15 (as of 2026-06-16).
-- Deterministic: every "random" value is a hash of the row number and a salt.
CREATE OR REPLACE TEMP MACRO u(i, s) AS (hash(concat(i, '~', s)) % 100003) / 100003.0;
CREATE OR REPLACE TEMP MACRO pick(i, s, arr) AS arr[1 + CAST(floor(u(i, s) * len(arr)) AS INTEGER)];

CREATE TABLE accounts (
  account_id INTEGER PRIMARY KEY, company_name VARCHAR NOT NULL, segment VARCHAR NOT NULL, industry VARCHAR, country VARCHAR NOT NULL,
  region VARCHAR NOT NULL, acquisition_source VARCHAR NOT NULL, signed_up_on DATE NOT NULL, trial_days INTEGER NOT NULL, billing_email VARCHAR NOT NULL);
INSERT INTO accounts
SELECT i, pick(i,'n1',['Blue','North','Quick','Silver','Iron','Bright','Green','Atlas','Nimbus','Pixel','Cedar','Lumen','Vector','Orbit','Harbor','Summit','Copper','Delta','Falcon','Maple']) || ' '
   || pick(i,'n2',['Labs','Systems','Pay','Games','Health','Robotics','Cloud','Media','Works','Data','Retail','Logic','Soft','Networks']) || ' ' || lpad(i::VARCHAR, 3, '0'),
  CASE WHEN u(i,'seg') < 0.55 THEN 'startup' WHEN u(i,'seg') < 0.85 THEN 'mid_market' ELSE 'enterprise' END,
  CASE WHEN u(i,'indn') < 0.04 THEN NULL ELSE pick(i,'ind',['fintech','fintech','fintech','gaming','gaming','e-commerce','e-commerce','healthtech','media','public sector']) END,
  c, CASE WHEN c IN ('United States','Canada','Brazil') THEN 'Americas' WHEN c IN ('India','Singapore','Australia') THEN 'APAC' ELSE 'EMEA' END,
  pick(i,'src',['organic search','organic search','organic search','referral','referral','paid ads','paid ads','partner','conference','outbound sales']),
  DATE '2024-01-01' + CAST(floor(896 * pow(u(i,'day'), 0.8)) AS INTEGER), CASE WHEN u(i,'trial') < 0.7 THEN 14 ELSE 30 END,
  'billing' || i || '@customer.example'
FROM (SELECT range::INTEGER AS i, pick(range,'cty',['United States','United States','United States','United States','United States','Canada','Germany','Germany','United Kingdom','United Kingdom','France','Netherlands','India','India','Singapore','Australia','Brazil']) AS c FROM range(1, 641));

CREATE TABLE people (
  person_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts(account_id), full_name VARCHAR NOT NULL, email VARCHAR NOT NULL, phone VARCHAR,
  job_role VARCHAR, joined_on DATE NOT NULL, is_admin BOOLEAN NOT NULL);
INSERT INTO people
SELECT row_number() OVER (ORDER BY account_id, k), account_id,
  pick(account_id*100+k,'fn',['Ada','Ben','Chidi','Dora','Emil','Farah','Gus','Hana','Ivo','Jun','Kira','Leo','Mina','Noor','Otto','Priya']) || ' ' || pick(account_id*100+k,'ln',['Abel','Brandt','Costa','Diaz','Ekman','Fischer','Gupta','Hughes','Ito','Jansen','Kowalski','Lopez']),
  'user' || account_id || '_' || k || '@customer.example', CASE WHEN u(account_id*100+k,'ph') < 0.6 THEN '+1-555-' || lpad(CAST(account_id*10+k AS VARCHAR), 5, '0') END,
  CASE WHEN u(account_id*100+k,'jn') < 0.06 THEN NULL ELSE pick(account_id*100+k,'jr',['backend engineer','backend engineer','backend engineer','frontend engineer','frontend engineer','platform engineer','platform engineer','QA engineer','engineering manager']) END,
  signed_up_on + CAST(CASE WHEN k = 1 THEN 0 ELSE floor(u(account_id*100+k,'jo') * 200) END AS INTEGER), k = 1 OR u(account_id*100+k,'adm') < 0.08
FROM accounts, range(1, 16) r(k)
WHERE k <= CASE segment WHEN 'startup' THEN 1 + floor(u(account_id,'np') * 4) WHEN 'mid_market' THEN 2 + floor(u(account_id,'np') * 7) ELSE 6 + floor(u(account_id,'np') * 9) END
  AND signed_up_on + CAST(CASE WHEN k = 1 THEN 0 ELSE floor(u(account_id*100+k,'jo') * 200) END AS INTEGER) <= DATE '2026-06-15';

CREATE TABLE workspaces (
  workspace_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts(account_id), workspace_name VARCHAR NOT NULL, primary_language VARCHAR,
  visibility VARCHAR NOT NULL, created_on DATE NOT NULL, archived_on DATE);
INSERT INTO workspaces
SELECT row_number() OVER (ORDER BY account_id, k), account_id, pick(account_id*100+k,'wn',['core','api','web','mobile','infra','data','payments','docs']) || '-' || account_id || '-' || k,
  CASE WHEN u(account_id*100+k,'wl') < 0.05 THEN NULL ELSE pick(account_id*100+k,'wll',['TypeScript','TypeScript','TypeScript','Python','Python','Python','Go','Go','Java','Rust','C++']) END,
  CASE WHEN u(account_id*100+k,'wv') < 0.22 THEN 'public' ELSE 'private' END, d,
  CASE WHEN u(account_id*100+k,'wa') < 0.16 AND d + 60 < DATE '2026-06-15' THEN d + 60 + CAST(floor(u(account_id*100+k,'wad') * (DATE '2026-06-15' - d - 60)) AS INTEGER) END
FROM (SELECT account_id, k, signed_up_on + CAST(CASE WHEN k = 1 THEN floor(u(account_id,'w1') * 5) ELSE floor(u(account_id*100+k,'wd') * 400) END AS INTEGER) AS d
      FROM accounts, range(1, 9) r(k)
      WHERE k <= CASE segment WHEN 'startup' THEN 1 + floor(u(account_id,'nw') * 2) WHEN 'mid_market' THEN 1 + floor(u(account_id,'nw') * 4) ELSE 3 + floor(u(account_id,'nw') * 5) END)
WHERE d <= DATE '2026-06-15';

CREATE TABLE subscriptions (
  subscription_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts(account_id), plan VARCHAR NOT NULL, billing_interval VARCHAR NOT NULL,
  seats INTEGER NOT NULL, seat_price DECIMAL(8,2) NOT NULL, monthly_fee DECIMAL(10,2) NOT NULL, started_on DATE NOT NULL, ended_on DATE, end_reason VARCHAR);
INSERT INTO subscriptions
WITH first AS (
  SELECT account_id, segment, signed_up_on + trial_days AS s,
    CASE segment WHEN 'startup' THEN CASE WHEN u(account_id,'p') < 0.6 THEN 'Starter' ELSE 'Team' END WHEN 'mid_market' THEN CASE WHEN u(account_id,'p') < 0.6 THEN 'Team' ELSE 'Business' END
      ELSE CASE WHEN u(account_id,'p') < 0.4 THEN 'Business' ELSE 'Enterprise' END END AS plan,
    CASE segment WHEN 'startup' THEN 2 + floor(u(account_id,'st') * 9) WHEN 'mid_market' THEN 8 + floor(u(account_id,'st') * 40) ELSE 40 + floor(u(account_id,'st') * 180) END AS seats,
    CASE WHEN u(account_id,'bi') < CASE segment WHEN 'startup' THEN 0.15 WHEN 'mid_market' THEN 0.35 ELSE 0.7 END THEN 'annual' ELSE 'monthly' END AS bi,
    60 + CAST(floor(u(account_id,'life') * 700) AS INTEGER) AS life,
    CASE WHEN u(account_id,'fate') < CASE segment WHEN 'startup' THEN 0.46 WHEN 'mid_market' THEN 0.27 ELSE 0.12 END THEN 'churn' WHEN u(account_id,'fate') > 0.78 AND segment <> 'enterprise' THEN 'upgrade' ELSE 'stay' END AS fate
  FROM accounts WHERE u(account_id,'conv') < CASE acquisition_source WHEN 'referral' THEN 0.92 WHEN 'partner' THEN 0.88 WHEN 'paid ads' THEN 0.6 ELSE 0.78 END),
both_ AS (
  SELECT account_id, 1 AS n, plan, seats, bi, s, CASE WHEN fate <> 'stay' AND s + life <= DATE '2026-06-15' THEN s + life END AS e, fate FROM first WHERE s <= DATE '2026-06-15'
  UNION ALL
  SELECT account_id, 2, CASE plan WHEN 'Starter' THEN 'Team' WHEN 'Team' THEN 'Business' ELSE 'Enterprise' END, floor(seats * 1.4) + 1, bi, s + life, NULL, 'stay' FROM first WHERE fate = 'upgrade' AND s + life <= DATE '2026-06-15'),
priced AS (SELECT *, CASE plan WHEN 'Starter' THEN 9 WHEN 'Team' THEN 19 WHEN 'Business' THEN 35 ELSE 52 END::DECIMAL(8,2) AS price FROM both_)
SELECT row_number() OVER (ORDER BY s, account_id, n), account_id, plan, bi, seats, price, round(seats * price * CASE WHEN bi = 'annual' THEN 0.85 ELSE 1 END * CASE WHEN plan IN ('Business', 'Enterprise') THEN 1 - 0.12 * u(account_id,'disc') ELSE 1 END, 2), s, e,
  CASE WHEN e IS NULL THEN NULL WHEN fate = 'upgrade' THEN 'upgraded' ELSE pick(account_id,'er',['too expensive','too expensive','too expensive','switched to competitor','switched to competitor','missing feature','company closed','reliability']) END
FROM priced;

-- the position at the end of each month: one row for each subscription running on that day
CREATE TABLE mrr_snapshots (snapshot_on DATE NOT NULL, subscription_id INTEGER NOT NULL REFERENCES subscriptions(subscription_id), account_id INTEGER NOT NULL REFERENCES accounts(account_id),
  mrr DECIMAL(10,2) NOT NULL, seats INTEGER NOT NULL, PRIMARY KEY (snapshot_on, subscription_id));
INSERT INTO mrr_snapshots
SELECT m, subscription_id, account_id, monthly_fee, seats
FROM (SELECT last_day(CAST(range AS DATE)) AS m FROM range(DATE '2024-01-01', DATE '2026-06-01', INTERVAL 1 MONTH)), subscriptions
WHERE started_on <= m AND (ended_on IS NULL OR ended_on > m);

CREATE TABLE invoices (
  invoice_id INTEGER PRIMARY KEY, subscription_id INTEGER NOT NULL REFERENCES subscriptions(subscription_id), account_id INTEGER NOT NULL REFERENCES accounts(account_id),
  issued_on DATE NOT NULL, due_on DATE NOT NULL, paid_on DATE, amount DECIMAL(12,2) NOT NULL, status VARCHAR NOT NULL, payment_method VARCHAR NOT NULL);
INSERT INTO invoices
WITH raw AS (
  SELECT subscription_id, account_id, plan, billing_interval, CAST(started_on + to_months(CAST(k * CASE WHEN billing_interval = 'annual' THEN 12 ELSE 1 END AS INTEGER)) AS DATE) AS d,
    CASE WHEN billing_interval = 'annual' THEN monthly_fee * 12 ELSE monthly_fee END AS amt, coalesce(ended_on, DATE '2026-06-16') AS e, k,
    CASE WHEN u(account_id,'pm') < CASE plan WHEN 'Enterprise' THEN 0.1 WHEN 'Business' THEN 0.5 ELSE 0.85 END THEN 'card' WHEN u(account_id,'pm2') < 0.7 THEN 'bank transfer' ELSE 'direct debit' END AS pm
  FROM subscriptions, range(0, 31) r(k)),
n AS (SELECT *, row_number() OVER (ORDER BY d, subscription_id) AS id FROM raw WHERE d < e),
x AS (SELECT *, CASE WHEN u(id,'void') < 0.03 THEN 'void' WHEN u(id,'unc') < 0.012 AND d < DATE '2026-03-01' THEN 'uncollectible' END AS s0, d + CASE WHEN pm = 'card' THEN 7 ELSE 30 END AS due,
    d + CAST(CASE pm WHEN 'card' THEN CASE WHEN u(id,'late') < 0.05 THEN 8 + floor(u(id,'ld') * 20) ELSE floor(u(id,'ld') * 7) END
      WHEN 'direct debit' THEN CASE WHEN u(id,'late') < 0.11 THEN 31 + floor(u(id,'ld') * 25) ELSE 3 + floor(u(id,'ld') * 25) END
      ELSE CASE WHEN u(id,'late') < 0.27 + CASE WHEN month(d) IN (7, 8, 12) THEN 0.12 ELSE 0 END THEN 31 + floor(u(id,'ld') * 45) ELSE 5 + floor(u(id,'ld') * 25) END END AS INTEGER) AS pay FROM n)
SELECT id, subscription_id, account_id, d, due, CASE WHEN s0 IS NULL AND pay <= DATE '2026-06-15' AND u(id,'op') > 0.01 THEN pay END, amt,
  coalesce(s0, CASE WHEN pay <= DATE '2026-06-15' AND u(id,'op') > 0.01 THEN 'paid' ELSE 'open' END), pm FROM x;

-- one row for each pipeline run; synthetic ones are our own health probes
CREATE TABLE usage_events (
  event_id INTEGER PRIMARY KEY, workspace_id INTEGER NOT NULL REFERENCES workspaces(workspace_id), account_id INTEGER NOT NULL REFERENCES accounts(account_id), person_id INTEGER REFERENCES people(person_id),
  event_at TIMESTAMP NOT NULL, run_type VARCHAR NOT NULL, runner VARCHAR NOT NULL, outcome VARCHAR NOT NULL, minutes DECIMAL(8,1) NOT NULL, is_synthetic BOOLEAN NOT NULL);
INSERT INTO usage_events
WITH e AS (
  SELECT i, 1 + CAST(floor(u(i,'ws') * (SELECT count(*) FROM workspaces)) AS INTEGER) AS w FROM (SELECT range AS i FROM range(1, 26001))),
d AS (
  SELECT i, ws.workspace_id, ws.account_id, ws.primary_language AS lang,
    created_on + CAST(floor(u(i,'dd') * (coalesce(archived_on, DATE '2026-06-16') - created_on)) AS INTEGER) AS d0
  FROM e JOIN workspaces ws ON ws.workspace_id = e.w WHERE NOT (visibility = 'public' AND u(i,'pub') < 0.3)
    AND u(i,'age') < (coalesce(archived_on, DATE '2026-06-16') - created_on + 20) / 300.0),
t AS (SELECT *, CASE WHEN isodow(d0) >= 6 AND u(i,'we') < 0.75 AND d0 - 3 >= DATE '2024-01-01' THEN d0 - 3 ELSE d0 END AS dd,
    CASE WHEN u(i,'rt') < 0.46 THEN 'build' WHEN u(i,'rt') < 0.76 THEN 'test' WHEN u(i,'rt') < 0.93 THEN 'deploy' ELSE 'security_scan' END AS rt,
    CASE WHEN u(i,'ru') < 0.62 THEN 'linux' WHEN u(i,'ru') < 0.76 THEN 'windows' WHEN u(i,'ru') < 0.89 THEN 'macos' ELSE 'arm' END AS ru FROM d),
m AS (SELECT t.*, w.created_on FROM t JOIN workspaces w USING (workspace_id)),
p AS (SELECT account_id, list(person_id ORDER BY person_id) AS ids FROM people GROUP BY account_id)
SELECT row_number() OVER (ORDER BY greatest(dd, created_on), i), workspace_id, m.account_id, CASE WHEN u(i,'bot') < 0.08 OR u(i,'syn') < 0.03 THEN NULL ELSE ids[1 + CAST(floor(pow(u(i,'per'), 1.4) * len(ids)) AS INTEGER)] END,
  CAST(greatest(dd, created_on) AS TIMESTAMP) + to_seconds(CAST(3600 * CASE WHEN u(i,'hh') < 0.7 THEN 9 + floor(u(i,'h2') * 9) ELSE floor(u(i,'h2') * 24) END + floor(u(i,'sec') * 3600) AS BIGINT)),
  rt, ru,
  CASE WHEN u(i,'out') < 0.06 + CASE rt WHEN 'test' THEN 0.12 WHEN 'deploy' THEN 0.03 ELSE 0.05 END + CASE ru WHEN 'macos' THEN 0.09 WHEN 'windows' THEN 0.05 ELSE 0 END + CASE WHEN lang = 'C++' THEN 0.1 WHEN lang = 'Go' THEN -0.03 ELSE 0 END
      + CASE WHEN dd BETWEEN DATE '2026-02-01' AND DATE '2026-02-28' THEN 0.12 WHEN dd < DATE '2025-01-01' THEN 0.05 ELSE 0 END THEN 'failed'
    WHEN u(i,'can') < 0.05 THEN 'cancelled' ELSE 'succeeded' END,
  round(1 + CASE rt WHEN 'build' THEN 9 WHEN 'test' THEN 14 WHEN 'deploy' THEN 5 ELSE 7 END * (0.4 + 1.6 * u(i,'min')) * CASE ru WHEN 'macos' THEN 1.7 WHEN 'arm' THEN 0.8 ELSE 1 END, 1), u(i,'syn') < 0.03
FROM m JOIN p ON p.account_id = m.account_id;

CREATE TABLE support_tickets (
  ticket_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts(account_id), opened_by INTEGER REFERENCES people(person_id), opened_at TIMESTAMP NOT NULL, first_response_at TIMESTAMP, resolved_at TIMESTAMP,
  channel VARCHAR NOT NULL, priority VARCHAR NOT NULL, topic VARCHAR, status VARCHAR NOT NULL, was_escalated BOOLEAN NOT NULL, csat_score INTEGER, subject VARCHAR);
INSERT INTO support_tickets
WITH b AS (SELECT i, 1 + CAST(floor(pow(u(i,'ta'), 1.15) * 640) AS INTEGER) AS a FROM (SELECT range AS i FROM range(1, 4701))),
c AS (SELECT i, a.*, CASE WHEN u(i,'pr') < 0.12 THEN 'urgent' WHEN u(i,'pr') < 0.35 THEN 'high' WHEN u(i,'pr') < 0.8 THEN 'normal' ELSE 'low' END AS pr,
    CASE WHEN u(i,'ch') < 0.45 THEN 'email' WHEN u(i,'ch') < 0.75 THEN 'chat' WHEN u(i,'ch') < 0.92 THEN 'portal' ELSE 'phone' END AS ch,
    signed_up_on + CAST(floor(u(i,'td') * (DATE '2026-06-16' - signed_up_on)) AS INTEGER) AS d0
  FROM b JOIN accounts a ON a.account_id = b.a WHERE NOT (segment = 'startup' AND u(i,'tst') < 0.35) AND u(i,'tage') < (DATE '2026-06-16' - signed_up_on + 20) / 300.0),
d AS (SELECT *, CASE WHEN isodow(d0) >= 6 AND u(i,'twe') < 0.6 AND d0 - 2 >= signed_up_on THEN d0 - 2 ELSE d0 END AS dd FROM c),
t AS (SELECT *, CAST(dd AS TIMESTAMP) + to_minutes(CAST(420 + floor(u(i,'tm') * 780) AS BIGINT)) AS o,
    (CASE pr WHEN 'urgent' THEN 0.7 WHEN 'high' THEN 3 WHEN 'normal' THEN 8 ELSE 18 END) * (0.3 + 1.4 * u(i,'fr')) * CASE ch WHEN 'chat' THEN 0.25 WHEN 'phone' THEN 0.15 ELSE 1 END * CASE region WHEN 'APAC' THEN 1.6 ELSE 1 END
      * CASE WHEN dd >= DATE '2026-01-01' THEN 0.8 ELSE 1 END AS frh,
    u(i,'spam') < 0.04 AS spam FROM d),
x AS (SELECT *, frh + (CASE pr WHEN 'urgent' THEN 6 WHEN 'high' THEN 20 WHEN 'normal' THEN 44 ELSE 80 END) * (0.3 + 1.5 * u(i,'rs')) * CASE WHEN month(dd) IN (7, 8) THEN 1.4 ELSE 1 END AS rh FROM t),
y AS (SELECT *, o + to_minutes(CAST(floor(frh * 60) + 1 AS BIGINT)) AS f, o + to_minutes(CAST(floor(rh * 60) + 5 AS BIGINT)) AS r FROM x),
z AS (SELECT *, NOT spam AND r < TIMESTAMP '2026-06-16' AND u(i,'nr') > 0.015 AS done FROM y)
SELECT row_number() OVER (ORDER BY o, i), z.account_id, (SELECT min(person_id) FROM people p WHERE p.account_id = z.account_id), o, CASE WHEN NOT spam AND f < TIMESTAMP '2026-06-16' THEN f END, CASE WHEN done THEN r END, ch, pr,
  CASE WHEN u(i,'tpn') < 0.03 THEN NULL ELSE pick(i,'tp',['billing','billing','runner failures','runner failures','runner failures','login and SSO','integrations','integrations','permissions','how-to']) END,
  CASE WHEN spam THEN 'spam' WHEN done THEN 'resolved' WHEN u(i,'pend') < 0.5 THEN 'pending' ELSE 'open' END,
  NOT spam AND u(i,'esc') < CASE pr WHEN 'urgent' THEN 0.34 WHEN 'high' THEN 0.16 WHEN 'normal' THEN 0.06 ELSE 0.02 END + CASE WHEN segment = 'enterprise' THEN 0.08 ELSE 0 END,
  CASE WHEN done AND u(i,'cs') < 0.55 THEN CAST(greatest(1, least(5, round(5.4 - 2.4 * u(i,'cq') - CASE WHEN frh > 8 THEN 0.8 ELSE 0 END - CASE WHEN ch = 'email' THEN 0.3 ELSE 0 END - CASE WHEN u(i,'cb') < 0.06 THEN 2 ELSE 0 END))) AS INTEGER) END,
  'Ticket about ' || i
FROM z;

CREATE TABLE releases (
  release_id INTEGER PRIMARY KEY, component VARCHAR NOT NULL, version VARCHAR NOT NULL, release_type VARCHAR NOT NULL, released_at TIMESTAMP NOT NULL, changes INTEGER NOT NULL, lead_time_days DECIMAL(6,1) NOT NULL, rolled_back_at TIMESTAMP);
INSERT INTO releases
WITH r AS (SELECT i, pick(i,'rc',['runners','runners','runners','web app','web app','web app','API','API','billing engine','artifact storage','CLI','CLI']) AS c,
    CAST(DATE '2024-01-02' + CAST(floor(896 * pow(i / 461.0, 0.85)) AS INTEGER) AS TIMESTAMP) + to_minutes(CAST(540 + floor(u(i,'rm') * 480) AS BIGINT)) AS a,
    CASE WHEN u(i,'rk') < 0.05 THEN 'major' WHEN u(i,'rk') < 0.4 THEN 'minor' ELSE 'patch' END AS k FROM (SELECT range AS i FROM range(1, 461))),
b AS (SELECT *, CASE c WHEN 'runners' THEN 0.13 WHEN 'web app' THEN 0.06 WHEN 'API' THEN 0.09 WHEN 'billing engine' THEN 0.16 ELSE 0.04 END + CASE k WHEN 'major' THEN 0.2 WHEN 'minor' THEN 0.03 ELSE 0 END AS q FROM r)
SELECT i, c, (1 + i // 90) || '.' || (i % 90) || '.' || CAST(floor(u(i,'rv') * 9) AS INTEGER), k, a, CAST(CASE k WHEN 'major' THEN 40 WHEN 'minor' THEN 12 ELSE 3 END * (0.5 + u(i,'rn')) AS INTEGER),
  round(CASE k WHEN 'major' THEN 30 WHEN 'minor' THEN 9 ELSE 2.5 END * (0.4 + 1.3 * u(i,'rl')), 1), CASE WHEN u(i,'rb') < q THEN a + to_minutes(CAST(10 + floor(u(i,'rbm') * 600) AS BIGINT)) END
FROM b;

CREATE TABLE incidents (
  incident_id INTEGER PRIMARY KEY, component VARCHAR NOT NULL, release_id INTEGER REFERENCES releases(release_id), severity VARCHAR NOT NULL, cause VARCHAR, started_at TIMESTAMP NOT NULL, acknowledged_at TIMESTAMP NOT NULL, resolved_at TIMESTAMP,
  is_false_alarm BOOLEAN NOT NULL, accounts_affected INTEGER);
INSERT INTO incidents
WITH a AS (
  SELECT release_id AS rid, component AS c, released_at + to_minutes(CAST(floor(u(release_id,'ia') * 2000) AS BIGINT)) AS s, 'bad release' AS cause FROM releases WHERE u(release_id,'inc') < CASE WHEN rolled_back_at IS NOT NULL THEN 0.7 ELSE 0.09 END AND released_at < TIMESTAMP '2026-06-14'
  UNION ALL
  SELECT NULL, pick(range,'ic',['runners','runners','runners','runners','web app','API','API','artifact storage','artifact storage','billing engine']), CAST(DATE '2024-01-01' + CAST(floor(u(range,'id') * 896) AS INTEGER) AS TIMESTAMP) + to_minutes(CAST(floor(u(range,'im') * 1440) AS BIGINT)),
    CASE WHEN u(range,'icn') < 0.08 THEN NULL ELSE pick(range,'icc',['cloud provider','cloud provider','capacity','capacity','database','configuration','third party']) END FROM range(1, 191)),
n AS (SELECT *, row_number() OVER (ORDER BY s, c) AS id FROM a),
x AS (SELECT *, CASE WHEN u(id,'isv') < 0.12 THEN 'sev1' WHEN u(id,'isv') < 0.45 THEN 'sev2' ELSE 'sev3' END AS sev, u(id,'fa') < 0.09 AS fa FROM n)
SELECT id, c, rid, sev, cause, s, s + to_minutes(CAST(1 + floor(u(id,'ack') * CASE sev WHEN 'sev1' THEN 8 WHEN 'sev2' THEN 20 ELSE 60 END) AS BIGINT)),
  CASE WHEN s < TIMESTAMP '2026-06-14' THEN s + to_minutes(CAST(62 + floor(CASE sev WHEN 'sev1' THEN 90 WHEN 'sev2' THEN 190 ELSE 420 END * u(id,'idur') * CASE WHEN c = 'artifact storage' THEN 2 ELSE 1 END * CASE WHEN s >= TIMESTAMP '2026-01-01' THEN 0.75 ELSE 1 END) AS BIGINT)) END,
  fa, CASE WHEN fa THEN NULL ELSE CAST(3 + floor(u(id,'iaa') * CASE sev WHEN 'sev1' THEN 300 WHEN 'sev2' THEN 90 ELSE 25 END) AS INTEGER) END
FROM x;
