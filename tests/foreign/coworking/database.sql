-- Kontorhaus: an operator of coworking houses. Deterministic sample data, 2023-12-01 .. 2026-05-20.
CREATE OR REPLACE MACRO u(k, s) AS (hash(k, s) % 100003) / 100003.0;
CREATE OR REPLACE MACRO pick(l, k, s) AS l[1 + (hash(k, s) % len(l))::INTEGER];

CREATE TABLE houses (
  house_id INTEGER PRIMARY KEY, house_name VARCHAR NOT NULL, city VARCHAR NOT NULL, country VARCHAR NOT NULL,
  opened_on DATE NOT NULL, floors INTEGER, has_roof_terrace BOOLEAN, house_format VARCHAR);
INSERT INTO houses VALUES
 (1,'Spreehaus','Berlin','Germany','2017-04-01',6,true,'flagship'),
 (2,'Kanalwerk','Berlin','Germany','2019-09-15',4,false,'neighbourhood'),
 (3,'Speicher Eins','Hamburg','Germany','2018-02-01',5,false,'flagship'),
 (4,'Grachtenhuis','Amsterdam','Netherlands','2018-10-01',4,true,'flagship'),
 (5,'Noordkade','Amsterdam','Netherlands','2021-05-10',3,true,'neighbourhood'),
 (6,'Casa Alfama','Lisbon','Portugal','2020-03-01',3,true,'neighbourhood'),
 (7,'Doca Nova','Lisbon','Portugal','2025-03-03',5,true,'flagship'),
 (8,'Ringhof','Vienna','Austria','2022-01-17',4,false,'neighbourhood'),
 (9,'Havnehuset','Copenhagen','Denmark','2024-09-02',4,true,'flagship');

CREATE TABLE companies (
  company_id INTEGER PRIMARY KEY, company_name VARCHAR NOT NULL, industry VARCHAR, size_band VARCHAR NOT NULL,
  home_house_id INTEGER NOT NULL REFERENCES houses(house_id), signed_up_on DATE NOT NULL, is_key_account BOOLEAN NOT NULL);
INSERT INTO companies
WITH a AS (SELECT ['Nordlicht','Bluebird','Fernweh','Koralle','Tidewater','Lumen','Paperkite','Quarz','Sable','Juniper','Ostwind','Marigold','Kestrel','Atlas','Pepper','Havel','Tangram','Violet','Umbra','Zephyr','Birke','Cobalt','Delfin','Ember','Falke','Ginkgo','Heron','Indigo','Jasper','Kiwi'] AS f,
 ['Labs','Studio','Partners','Collective','Works','Media','Legal','Analytics','Health','Foods','Robotics','Design','Capital','Mobility'] AS l),
g AS (SELECT i::INTEGER AS i, f[1 + i % 30] || ' ' || l[1 + (i // 30) % 14] AS nm,
  DATE '2023-12-01' + ((CASE WHEN i < 130 THEN 0 ELSE power((i - 130) / 290.0, 0.9) END) * 895)::INTEGER + (CASE WHEN i < 130 THEN -((hash(i,'s0') % 600)::INTEGER) ELSE 0 END) AS signed
  FROM range(420) t(i), a)
SELECT i + 1001, nm,
 CASE WHEN u(i,'indn') < 0.04 THEN NULL ELSE pick(['software','software','software','design','design','consulting','consulting','legal','media','media','biotech','e-commerce','non-profit'], i, 'ind') END,
 CASE WHEN u(i,'sz') < 0.36 THEN 'solo' WHEN u(i,'sz') < 0.72 THEN 'small' WHEN u(i,'sz') < 0.92 THEN 'mid' ELSE 'large' END,
 CASE WHEN h = 7 AND signed < DATE '2025-03-03' THEN 6 WHEN h = 9 AND signed < DATE '2024-09-02' THEN 3 ELSE h END,
 signed, u(i,'sz') > 0.80 AND u(i,'key') < 0.45
FROM (SELECT *, pick([1,1,1,1,2,2,3,3,3,4,4,4,4,5,6,6,7,7,7,8,8,9,9,9], i, 'h') AS h FROM g);

CREATE TABLE members (
  member_id INTEGER PRIMARY KEY, company_id INTEGER NOT NULL REFERENCES companies(company_id),
  first_name VARCHAR, last_name VARCHAR, email VARCHAR, phone VARCHAR, birth_date DATE,
  member_role VARCHAR NOT NULL, access_level VARCHAR, joined_on DATE NOT NULL, left_on DATE);
INSERT INTO members
WITH g AS (
 SELECT i::INTEGER AS i, c.* FROM range(4200) t(i) JOIN companies c ON c.company_id = 1001 + (i % 420)
 WHERE i // 420 < CASE c.size_band WHEN 'solo' THEN 1 WHEN 'small' THEN 4 WHEN 'mid' THEN 8 ELSE 10 END),
j AS (SELECT *, least(DATE '2026-05-20', signed_up_on + CASE WHEN i < 420 THEN 0 ELSE (u(i,'jo') * 420)::INTEGER END) AS jd FROM g)
SELECT i + 50001, company_id,
 pick(['Anna','Ben','Carla','Dries','Elif','Finn','Greta','Hugo','Ines','Jonas','Kaja','Luca','Mara','Nils','Olga','Paulo','Rosa','Sven','Tessa','Yusuf'], i, 'fn'),
 pick(['Albers','Becker','Costa','de Vries','Eriksen','Fischer','Gruber','Huber','Jansen','Keller','Lopes','Meyer','Novak','Olsen','Pereira','Roth','Silva','Thomsen','Visser','Wagner'], i, 'ln'),
 'm' || i || '@' || replace(lower(company_name), ' ', '-') || '.example',
 CASE WHEN u(i,'ph') < 0.15 THEN NULL ELSE '+49 30 555' || lpad((i)::VARCHAR, 5, '0') END,
 DATE '1965-01-01' + (u(i,'bd') * 13500)::INTEGER,
 CASE WHEN i < 420 THEN 'admin' WHEN u(i,'mr') < 0.08 THEN 'admin' ELSE 'member' END,
 CASE WHEN u(i,'al') < 0.55 THEN 'office hours' ELSE '24/7' END,
 jd,
 CASE WHEN u(i,'lv') < 0.3 AND jd + 60 + (u(i,'lv2') * 500)::INTEGER <= DATE '2026-05-20' THEN jd + 60 + (u(i,'lv2') * 500)::INTEGER END
FROM j;

CREATE TABLE memberships (
  membership_id INTEGER PRIMARY KEY, company_id INTEGER NOT NULL REFERENCES companies(company_id),
  house_id INTEGER NOT NULL REFERENCES houses(house_id), plan VARCHAR NOT NULL, term VARCHAR NOT NULL,
  seats INTEGER NOT NULL, monthly_fee DECIMAL(10,2) NOT NULL, started_on DATE NOT NULL, ended_on DATE, end_reason VARCHAR);
INSERT INTO memberships
WITH g AS (
 SELECT i::INTEGER AS i, c.*, i // 420 AS n,
  CASE WHEN u(i,'pl') < CASE c.size_band WHEN 'solo' THEN 0.55 WHEN 'small' THEN 0.30 ELSE 0.12 END THEN 'flex'
       WHEN u(i,'pl') < CASE c.size_band WHEN 'solo' THEN 0.78 WHEN 'small' THEN 0.62 ELSE 0.30 END THEN 'fixed_desk'
       WHEN u(i,'pl') < CASE c.size_band WHEN 'solo' THEN 0.82 WHEN 'small' THEN 0.90 ELSE 0.95 END THEN 'private_office'
       ELSE 'virtual' END AS plan
 FROM range(1260) t(i) JOIN companies c ON c.company_id = 1001 + (i % 420)
 WHERE i < 420 OR u(i,'again') < 0.55),
d AS (SELECT *, greatest(signed_up_on, DATE '2022-04-11') + CASE WHEN n = 0 THEN (u(i,'st') * 12)::INTEGER ELSE (n * 150 + u(i,'st') * 260)::INTEGER END AS st FROM g),
e AS (SELECT *,
  CASE WHEN home_house_id = 6 AND n = 2 AND st >= DATE '2025-03-03' THEN 7 WHEN n > 0 AND u(i,'mv') < 0.2 THEN pick([1,2,3,4,5,8], i, 'mvh') ELSE home_house_id END AS hid,
  CASE plan WHEN 'flex' THEN 1 + (hash(i,'se') % 2)::INTEGER WHEN 'virtual' THEN 1 WHEN 'fixed_desk' THEN 1 + (hash(i,'se') % 4)::INTEGER
    ELSE CASE size_band WHEN 'large' THEN 12 WHEN 'mid' THEN 6 ELSE 2 END + (hash(i,'se') % 6)::INTEGER END AS seats
  FROM d WHERE st <= DATE '2026-05-20'),
f AS (SELECT *, st + 90 + (u(i,'en2') * 620)::INTEGER AS en,
  u(i,'en') < CASE plan WHEN 'flex' THEN 0.72 WHEN 'fixed_desk' THEN 0.5 WHEN 'private_office' THEN 0.38 ELSE 0.25 END * CASE hid WHEN 2 THEN 1.3 WHEN 4 THEN 0.7 ELSE 1 END AS ends FROM e)
SELECT 70001 + row_number() OVER (ORDER BY i), company_id, hid, plan,
 CASE WHEN plan = 'flex' AND u(i,'te') < 0.8 THEN 'monthly' WHEN u(i,'te') < 0.25 THEN 'monthly' WHEN u(i,'te') < 0.55 THEN 'half-year' ELSE 'yearly' END,
 seats,
 round(seats * CASE plan WHEN 'flex' THEN 189 WHEN 'fixed_desk' THEN 335 WHEN 'private_office' THEN 465 ELSE 59 END
   * CASE hid WHEN 4 THEN 1.22 WHEN 9 THEN 1.18 WHEN 1 THEN 1.08 WHEN 6 THEN 0.78 WHEN 7 THEN 0.85 ELSE 1 END * (0.94 + 0.12 * u(i,'fee')), 0),
 st, CASE WHEN ends AND en <= DATE '2026-05-20' THEN en END,
 CASE WHEN ends AND en <= DATE '2026-05-20' THEN pick(['outgrew us','price','price','moved city','closed down','working from home','noise'], i, 'er') END
FROM f;

CREATE TABLE occupancy (
  counted_on DATE NOT NULL, house_id INTEGER NOT NULL REFERENCES houses(house_id), space_type VARCHAR NOT NULL,
  desks INTEGER NOT NULL, desks_taken INTEGER NOT NULL, PRIMARY KEY (counted_on, house_id, space_type));
INSERT INTO occupancy
WITH w AS (SELECT DATE '2023-12-04' + (7 * i)::INTEGER AS d, i FROM range(129) t(i) WHERE DATE '2023-12-04' + (7 * i)::INTEGER <= DATE '2026-05-20'),
c AS (SELECT * FROM (VALUES (1,110,140,190),(2,60,50,70),(3,80,90,150),(4,90,100,160),(5,50,40,60),(6,60,45,40),(7,100,90,140),(8,55,60,80),(9,85,80,130)) v(h,a,b,c)),
s AS (SELECT h, unnest(['flex area','fixed desks','private offices']) AS st, unnest([a,b,c]) AS cap FROM c)
SELECT d, h, st, cap,
 least(cap, round(cap * greatest(0.08, least(0.98,
   CASE h WHEN 1 THEN 0.80 WHEN 2 THEN 0.71 - 0.0012 * i WHEN 3 THEN 0.66 + 0.0006 * i WHEN 4 THEN 0.86 WHEN 5 THEN 0.60 + 0.0009 * i WHEN 6 THEN 0.77 WHEN 7 THEN 0.22 + 0.0075 * (i - 65) WHEN 8 THEN 0.69 ELSE 0.30 + 0.0050 * (i - 39) END
   + CASE st WHEN 'flex area' THEN -0.10 WHEN 'private offices' THEN 0.07 ELSE 0 END
   + CASE WHEN month(d) IN (7,8) THEN -0.05 WHEN month(d) = 12 THEN -0.03 WHEN month(d) IN (2,3) THEN 0.02 ELSE 0 END
   + 0.05 * (u(hash(d, h), st) - 0.5))))::INTEGER)
FROM w, s JOIN houses ON house_id = h WHERE d >= opened_on;

CREATE TABLE bookings (
  booking_id INTEGER PRIMARY KEY, house_id INTEGER NOT NULL REFERENCES houses(house_id), company_id INTEGER NOT NULL REFERENCES companies(company_id),
  member_id INTEGER REFERENCES members(member_id), room_type VARCHAR NOT NULL, channel VARCHAR NOT NULL,
  booked_at TIMESTAMP NOT NULL, starts_at TIMESTAMP NOT NULL, hours DECIMAL(4,1) NOT NULL, attendees INTEGER, price DECIMAL(8,2) NOT NULL,
  with_catering BOOLEAN NOT NULL, status VARCHAR NOT NULL);
INSERT INTO bookings
WITH g AS (
 SELECT i::INTEGER AS i, DATE '2023-12-01' + (u(i,'d') * 901)::INTEGER AS d, 1001 + (hash(i,'c') % 420)::INTEGER AS cid FROM range(34000) t(i)),
k AS (SELECT g.*, c.home_house_id, c.size_band FROM g JOIN companies c ON c.company_id = cid
 WHERE d <= DATE '2026-05-20' AND c.signed_up_on <= d
 AND u(i,'keep') < CASE WHEN isodow(d) = 6 THEN 0.12 WHEN isodow(d) = 7 THEN 0.05 WHEN isodow(d) = 2 THEN 0.95 WHEN isodow(d) = 5 THEN 0.55 ELSE 0.8 END
   * CASE month(d) WHEN 8 THEN 0.6 WHEN 12 THEN 0.65 WHEN 7 THEN 0.8 ELSE 1 END
   * CASE c.size_band WHEN 'solo' THEN 0.5 WHEN 'small' THEN 0.8 ELSE 1 END),
r AS (SELECT *, CASE WHEN home_house_id <= 6 AND u(i,'oth') < 0.12 THEN pick([1,2,3,4,5,6,8], i, 'oh') ELSE home_house_id END AS hid,
  CASE WHEN u(i,'rt') < 0.30 THEN 'huddle' WHEN u(i,'rt') < 0.68 THEN 'meeting room' WHEN u(i,'rt') < 0.88 THEN 'boardroom' WHEN u(i,'rt') < 0.95 THEN 'studio' ELSE 'event space' END AS rt,
  CASE WHEN u(i,'ch') < 0.42 + 0.22 * date_diff('day', DATE '2023-12-01', d) / 900.0 THEN 'app' WHEN u(i,'ch') < 0.86 THEN 'web' ELSE 'front_desk' END AS ch,
  (1 + (hash(i,'ho') % 7)::INTEGER) * 0.5 AS h0 FROM k),
t AS (SELECT *, h0 + CASE rt WHEN 'event space' THEN 2 WHEN 'studio' THEN 1 ELSE 0 END AS hrs,
  d + to_minutes(((8 * 60) + 30 * (hash(i,'sh') % 20)::INTEGER)::INTEGER) AS sa FROM r)
SELECT 300001 + row_number() OVER (ORDER BY sa, i), hid, cid,
 CASE WHEN u(i,'mn') < 0.06 THEN NULL ELSE (SELECT min(m.member_id) FROM members m WHERE m.company_id = cid) + CASE WHEN size_band <> 'solo' AND u(i,'mm') < 0.6 THEN 420 * (hash(i,'mi') % 4)::INTEGER ELSE 0 END END,
 rt, ch, sa - to_hours((1 + u(i,'lead') * u(i,'lead') * 400)::INTEGER), sa, hrs,
 CASE WHEN u(i,'atn') < 0.05 THEN NULL ELSE CASE rt WHEN 'huddle' THEN 2 + (hash(i,'at') % 3)::INTEGER WHEN 'meeting room' THEN 3 + (hash(i,'at') % 6)::INTEGER WHEN 'boardroom' THEN 6 + (hash(i,'at') % 9)::INTEGER WHEN 'studio' THEN 2 + (hash(i,'at') % 4)::INTEGER ELSE 20 + (hash(i,'at') % 50)::INTEGER END END,
 round(hrs * CASE rt WHEN 'huddle' THEN 14 WHEN 'meeting room' THEN 28 WHEN 'boardroom' THEN 49 WHEN 'studio' THEN 40 ELSE 120 END * CASE hid WHEN 4 THEN 1.2 WHEN 9 THEN 1.25 WHEN 6 THEN 0.75 WHEN 7 THEN 0.85 ELSE 1 END, 2),
 rt IN ('boardroom','event space','meeting room') AND u(i,'cat') < 0.22,
 CASE WHEN u(i,'stt') < (CASE ch WHEN 'app' THEN 0.15 WHEN 'web' THEN 0.10 ELSE 0.06 END) * CASE hid WHEN 2 THEN 1.5 WHEN 8 THEN 0.6 ELSE 1 END * CASE WHEN month(sa) IN (1,12) THEN 1.4 ELSE 1 END THEN 'cancelled'
      WHEN u(i,'stt') > 1 - (CASE rt WHEN 'huddle' THEN 0.11 WHEN 'event space' THEN 0.01 ELSE 0.05 END) THEN 'no_show' ELSE 'held' END
FROM t;

CREATE TABLE day_passes (
  pass_id INTEGER PRIMARY KEY, house_id INTEGER NOT NULL REFERENCES houses(house_id), bought_at TIMESTAMP NOT NULL,
  pass_type VARCHAR NOT NULL, channel VARCHAR NOT NULL, price DECIMAL(8,2) NOT NULL, promo_code VARCHAR, status VARCHAR NOT NULL, buyer_email VARCHAR);
INSERT INTO day_passes
WITH g AS (SELECT i::INTEGER AS i, DATE '2023-12-01' + (power(u(i,'d'), 0.85) * 902)::INTEGER AS d, pick([1,1,1,2,3,3,4,4,4,5,6,6,6,6,7,7,7,7,7,8,9,9], i, 'h') AS hid FROM range(15000) t(i)),
q AS (SELECT g.* FROM g JOIN houses h ON h.house_id = g.hid WHERE d >= h.opened_on AND d <= DATE '2026-05-20'
  AND u(i,'keep') < CASE WHEN isodow(d) IN (6,7) THEN 0.2 WHEN isodow(d) = 1 THEN 0.6 WHEN isodow(d) = 5 THEN 0.9 ELSE 0.75 END
    * CASE WHEN hid IN (6,7) THEN CASE WHEN month(d) IN (6,7,8,9) THEN 1 ELSE 0.6 END WHEN month(d) IN (7,8,12) THEN 0.6 ELSE 0.9 END),
p AS (SELECT *, CASE WHEN u(i,'pt') < 0.6 THEN 'day' WHEN u(i,'pt') < 0.85 THEN 'half_day' ELSE 'five_pack' END AS pt,
  CASE WHEN u(i,'ch') < 0.34 THEN 'app' WHEN u(i,'ch') < 0.55 THEN 'web' WHEN u(i,'ch') < CASE WHEN hid IN (6,7) THEN 0.72 ELSE 0.88 END THEN 'walk_in' ELSE 'partner' END AS ch,
  CASE WHEN u(i,'pr') < 0.09 THEN 'HELLO10' WHEN u(i,'pr') < 0.14 THEN 'SUMMER' END AS promo FROM q)
SELECT 500001 + row_number() OVER (ORDER BY d, i), hid, d + to_minutes((7 * 60 + u(i,'m') * u(i,'m2') * 660)::INTEGER), pt, ch,
 round(CASE pt WHEN 'day' THEN 29 WHEN 'half_day' THEN 18 ELSE 119 END * CASE WHEN hid IN (6,7) THEN 0.8 WHEN hid IN (4,9) THEN 1.2 ELSE 1 END * CASE ch WHEN 'partner' THEN 0.85 ELSE 1 END * CASE promo WHEN 'HELLO10' THEN 0.9 WHEN 'SUMMER' THEN 0.75 ELSE 1 END, 2),
 promo,
 CASE WHEN u(i,'st') < CASE ch WHEN 'partner' THEN 0.09 WHEN 'walk_in' THEN 0.01 ELSE 0.045 END THEN 'refunded' WHEN ch <> 'walk_in' AND u(i,'st') > 0.93 THEN 'unused' ELSE 'used' END,
 CASE WHEN ch = 'walk_in' THEN NULL ELSE 'guest' || i || '@mail.example' END
FROM p;

CREATE TABLE invoices (
  invoice_id INTEGER PRIMARY KEY, company_id INTEGER NOT NULL REFERENCES companies(company_id), house_id INTEGER NOT NULL REFERENCES houses(house_id),
  category VARCHAR NOT NULL, issued_on DATE NOT NULL, due_on DATE NOT NULL, paid_on DATE, net_amount DECIMAL(10,2) NOT NULL, vat_amount DECIMAL(10,2) NOT NULL,
  payment_method VARCHAR, status VARCHAR NOT NULL);
INSERT INTO invoices
WITH m AS (
 SELECT membership_id AS k, company_id, house_id, 'membership' AS cat, mo::DATE + (hash(membership_id, mo) % 4)::INTEGER AS iss, monthly_fee::DOUBLE AS amt
 FROM memberships, generate_series(DATE '2023-12-01', DATE '2026-05-01', INTERVAL 1 MONTH) s(mo)
 WHERE mo >= date_trunc('month', started_on) + CASE WHEN day(started_on) > 15 THEN INTERVAL 1 MONTH ELSE INTERVAL 0 MONTH END AND mo <= coalesce(ended_on, DATE '2026-05-20')
 UNION ALL
 SELECT company_id * 1000 + row_number() OVER (ORDER BY company_id, house_id, date_trunc('month', starts_at)), company_id, house_id, 'meeting rooms',
   (date_trunc('month', starts_at) + INTERVAL 1 MONTH)::DATE + (hash(company_id, date_trunc('month', starts_at)) % 3)::INTEGER, sum(price)::DOUBLE
 FROM bookings WHERE status <> 'cancelled' AND starts_at < DATE '2026-05-01' GROUP BY company_id, house_id, date_trunc('month', starts_at)
 UNION ALL
 SELECT 90000000 + membership_id * 100 + (hash(membership_id, mo, 'x') % 90)::INTEGER, company_id, house_id, CASE WHEN u(membership_id, mo) < 0.12 THEN 'catering' ELSE 'extras' END,
   mo::DATE + 5 + (hash(membership_id, mo, 'y') % 14)::INTEGER, 15 + 140 * u(membership_id, hash(mo)) * sqrt(seats)
 FROM memberships, generate_series(DATE '2023-12-01', DATE '2026-05-01', INTERVAL 1 MONTH) s(mo)
 WHERE mo >= started_on AND mo <= coalesce(ended_on, DATE '2026-05-20') AND u(membership_id, mo) < 0.3),
n AS (SELECT m.*, row_number() OVER (ORDER BY iss, k, cat) AS i, c.size_band FROM m JOIN companies c USING (company_id) WHERE iss <= DATE '2026-05-20'),
p AS (SELECT *, iss + 14 AS due,
  iss + CASE WHEN u(i,'late') < CASE size_band WHEN 'solo' THEN 0.10 WHEN 'small' THEN 0.17 WHEN 'mid' THEN 0.24 ELSE 0.36 END * CASE house_id WHEN 6 THEN 1.5 WHEN 8 THEN 0.6 ELSE 1 END
    THEN 15 + (u(i,'l2') * 50)::INTEGER ELSE 1 + (u(i,'l3') * 13)::INTEGER END AS pay,
  u(i,'void') < 0.025 AS void, u(i,'bad') < 0.012 AS bad FROM n)
SELECT (800000 + i)::INTEGER, company_id, house_id, cat, iss, due,
 CASE WHEN void OR bad OR pay > DATE '2026-05-20' THEN NULL ELSE pay END, round(amt, 2),
 round(amt * CASE house_id WHEN 9 THEN 0.25 WHEN 8 THEN 0.20 WHEN 6 THEN 0.23 WHEN 7 THEN 0.23 WHEN 4 THEN 0.21 WHEN 5 THEN 0.21 ELSE 0.19 END, 2),
 CASE WHEN void OR bad OR pay > DATE '2026-05-20' THEN NULL ELSE pick(['direct debit','direct debit','direct debit','bank transfer','bank transfer','card'], company_id, 'pm') END,
 CASE WHEN void THEN 'void' WHEN NOT bad AND pay <= DATE '2026-05-20' THEN 'paid' WHEN due < DATE '2026-05-20' THEN 'overdue' ELSE 'open' END
FROM p;

CREATE TABLE events (
  event_id INTEGER PRIMARY KEY, house_id INTEGER NOT NULL REFERENCES houses(house_id), title VARCHAR NOT NULL, event_type VARCHAR NOT NULL,
  held_on DATE NOT NULL, places INTEGER NOT NULL, guests INTEGER, cost DECIMAL(8,2), status VARCHAR NOT NULL);
INSERT INTO events
WITH g AS (SELECT i::INTEGER AS i, DATE '2023-12-01' + (i * 901 // 620)::INTEGER AS d, pick([1,1,1,2,3,3,4,4,5,6,6,7,7,7,8,9,9], i, 'h') AS hid,
  pick(['breakfast','breakfast','breakfast','talk','talk','workshop','workshop','demo night','summer party'], i, 'ty') AS ty0 FROM range(620) t(i)),
k AS (SELECT g.*, CASE WHEN ty0 = 'summer party' AND month(d) NOT IN (6,7,8) THEN 'talk' ELSE ty0 END AS ty FROM g JOIN houses ON house_id = hid WHERE d >= opened_on AND isodow(d) < 6),
p AS (SELECT *, CASE ty WHEN 'breakfast' THEN 30 WHEN 'talk' THEN 60 WHEN 'workshop' THEN 16 WHEN 'demo night' THEN 90 ELSE 150 END + 2 * (hash(i,'pl') % 8)::INTEGER AS places, u(i,'ca') < 0.07 AS ca FROM k)
SELECT 9001 + row_number() OVER (ORDER BY i), hid,
 pick(['Coffee &','Meet the','All about','Evening of','Hands-on','Spring','Future of'], i, 't1') || ' ' || pick(['Founders','Funding','Branding','AI Tools','Tax','Hiring','Wellbeing','Makers','Investors'], i, 't2'),
 ty, d, places,
 CASE WHEN ca THEN NULL ELSE round(places * least(1, CASE ty WHEN 'breakfast' THEN 0.72 WHEN 'talk' THEN 0.5 WHEN 'workshop' THEN 0.82 WHEN 'demo night' THEN 0.63 ELSE 0.9 END * CASE hid WHEN 7 THEN 1.15 WHEN 2 THEN 0.75 ELSE 1 END * (0.75 + 0.5 * u(i,'gu'))))::INTEGER END,
 CASE WHEN ca OR u(i,'cn') < 0.05 THEN NULL ELSE round(places * CASE ty WHEN 'breakfast' THEN 6 WHEN 'talk' THEN 8 WHEN 'workshop' THEN 21 WHEN 'demo night' THEN 11 ELSE 24 END * (0.7 + 0.6 * u(i,'co')), 2) END,
 CASE WHEN ca THEN 'called_off' ELSE 'held' END
FROM p;

CREATE TABLE tickets (
  ticket_id INTEGER PRIMARY KEY, house_id INTEGER NOT NULL REFERENCES houses(house_id), reported_by INTEGER REFERENCES members(member_id),
  category VARCHAR NOT NULL, priority VARCHAR NOT NULL, opened_at TIMESTAMP NOT NULL, resolved_at TIMESTAMP, contractor VARCHAR, repair_cost DECIMAL(8,2), status VARCHAR NOT NULL, note VARCHAR);
INSERT INTO tickets
WITH g AS (SELECT i::INTEGER AS i, TIMESTAMP '2023-12-01 07:00:00' + to_minutes((u(i,'t') * 901 * 1440)::INTEGER) AS t0, pick([1,1,1,1,2,2,2,3,3,3,4,4,5,6,6,7,7,8,9,9], i, 'h') AS hid,
   CASE WHEN u(i,'pr') < 0.25 THEN 'low' WHEN u(i,'pr') < 0.72 THEN 'normal' WHEN u(i,'pr') < 0.93 THEN 'high' ELSE 'urgent' END AS pr FROM range(3400) t(i)),
k AS (SELECT g.*, CASE WHEN month(t0) IN (12,1,2) AND u(i,'ca') < 0.34 THEN 'heating' WHEN month(t0) IN (6,7,8) AND u(i,'ca') < 0.28 THEN 'air conditioning'
    ELSE pick(['internet','internet','furniture','cleaning','cleaning','plumbing','door access','door access','lighting','heating'], i, 'cb') END AS cat
  FROM g JOIN houses ON house_id = hid WHERE t0 >= opened_on AND t0 < TIMESTAMP '2026-05-20 20:00:00'),
p AS (SELECT *, t0 + to_minutes((60 * (0.4 + u(i,'re')) * CASE pr WHEN 'low' THEN 120 WHEN 'normal' THEN 52 WHEN 'high' THEN 20 ELSE 6 END * CASE hid WHEN 2 THEN 1.7 WHEN 4 THEN 0.7 WHEN 9 THEN 0.8 ELSE 1 END
   * CASE cat WHEN 'heating' THEN 1.4 WHEN 'internet' THEN 0.5 ELSE 1 END)::INTEGER) AS rs, u(i,'nev') < 0.01 AS nev FROM k)
SELECT 20001 + row_number() OVER (ORDER BY t0, i), hid,
 CASE WHEN u(i,'rb') < 0.3 THEN NULL ELSE (SELECT member_id FROM members ORDER BY member_id LIMIT 1) + (hash(i,'rbm') % 420)::INTEGER END,
 cat, pr, t0, CASE WHEN nev OR rs > TIMESTAMP '2026-05-20 20:00:00' THEN NULL ELSE rs END,
 CASE WHEN cat IN ('heating','air conditioning','plumbing') THEN pick(['Klimatec','AquaFix','Thermo Brothers'], i, 'con') WHEN cat = 'internet' THEN 'NetPilot' END,
 CASE WHEN nev OR rs > TIMESTAMP '2026-05-20 20:00:00' OR u(i,'nc') < 0.35 THEN NULL ELSE round((20 + 220 * u(i,'rc')) * CASE cat WHEN 'heating' THEN 2.2 WHEN 'air conditioning' THEN 2.6 WHEN 'cleaning' THEN 0.4 ELSE 1 END, 2) END,
 CASE WHEN nev THEN 'waiting' WHEN rs > TIMESTAMP '2026-05-20 20:00:00' THEN 'open' ELSE 'resolved' END,
 CASE WHEN u(i,'no') < 0.3 THEN 'Called by ' || pick(['Anna','Ben','Ines','Jonas'], i, 'nn') END
FROM p;

CREATE TABLE leads (
  lead_id INTEGER PRIMARY KEY, house_id INTEGER NOT NULL REFERENCES houses(house_id), contact_name VARCHAR, contact_email VARCHAR, contact_phone VARCHAR,
  source VARCHAR NOT NULL, wanted_plan VARCHAR, desks_wanted INTEGER, came_in_on DATE NOT NULL, toured_on DATE, signed_on DATE, lost_reason VARCHAR, stage VARCHAR NOT NULL);
INSERT INTO leads
WITH g AS (SELECT i::INTEGER AS i, DATE '2023-12-01' + (power(u(i,'d'), 0.9) * 901)::INTEGER AS d, pick([1,1,1,2,3,3,4,4,4,5,6,7,7,7,7,8,9,9,9], i, 'h') AS hid,
   CASE WHEN u(i,'so') < 0.36 THEN 'website' WHEN u(i,'so') < 0.54 THEN 'broker' WHEN u(i,'so') < 0.70 THEN 'referral' WHEN u(i,'so') < 0.86 THEN 'social media' ELSE 'event guest' END AS so FROM range(5200) t(i)),
k AS (SELECT g.* FROM g JOIN houses ON house_id = hid WHERE d >= opened_on AND d <= DATE '2026-05-20' AND u(i,'keep') < CASE month(d) WHEN 1 THEN 1 WHEN 9 THEN 1 WHEN 8 THEN 0.5 WHEN 12 THEN 0.5 ELSE 0.75 END),
t AS (SELECT *, d + 1 + (u(i,'td') * 14)::INTEGER AS tour, u(i,'to') < CASE so WHEN 'referral' THEN 0.72 WHEN 'broker' THEN 0.6 WHEN 'website' THEN 0.42 WHEN 'event guest' THEN 0.5 ELSE 0.27 END * CASE hid WHEN 2 THEN 0.8 ELSE 1 END AS toured FROM k),
s AS (SELECT *, tour + 2 + (u(i,'sd') * 30)::INTEGER AS sign, toured AND u(i,'si') < CASE so WHEN 'referral' THEN 0.48 WHEN 'broker' THEN 0.28 WHEN 'website' THEN 0.34 WHEN 'event guest' THEN 0.4 ELSE 0.2 END * CASE hid WHEN 4 THEN 1.25 WHEN 2 THEN 0.6 ELSE 1 END AS signed FROM t),
f AS (SELECT *, toured AND tour <= DATE '2026-05-20' AS t_ok, signed AND sign <= DATE '2026-05-20' AS s_ok FROM s)
SELECT 40001 + row_number() OVER (ORDER BY d, i), hid,
 pick(['Anna','Ben','Carla','Dries','Elif','Finn','Greta','Hugo'], i, 'n1') || ' ' || pick(['Albers','Becker','Costa','de Vries','Eriksen','Lopes'], i, 'n2'),
 'lead' || i || '@mail.example', CASE WHEN u(i,'ph') < 0.4 THEN NULL ELSE '+351 21 ' || lpad(i::VARCHAR, 6, '0') END,
 so, CASE WHEN u(i,'wn') < 0.08 THEN NULL ELSE pick(['flex','flex','flex','fixed_desk','fixed_desk','private_office','private_office','virtual'], i, 'wp') END,
 1 + (u(i,'dw') * u(i,'dw2') * 20)::INTEGER, d, CASE WHEN t_ok THEN tour END, CASE WHEN s_ok THEN sign END,
 CASE WHEN NOT s_ok AND d < DATE '2026-03-20' THEN pick(['too expensive','too expensive','went elsewhere','no reply','no reply','location'], i, 'lr') END,
 CASE WHEN s_ok THEN 'signed' WHEN d < DATE '2026-03-20' THEN 'lost' WHEN t_ok THEN 'toured' ELSE 'new' END
FROM f;

DROP MACRO u;
DROP MACRO pick;
