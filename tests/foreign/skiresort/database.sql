-- Hochgrat Mountain Resort: deterministic sample data up to 2026-03-17 (as_of 2026-03-18).
CREATE MACRO u(tag, k) AS (hash(tag || ':' || CAST(k AS VARCHAR)) % 1000003) / 1000003.0;
CREATE MACRO pick(xs, cum, r) AS xs[1 + len(list_filter(cum, lambda c: r >= c))];

-- ---------- the operating calendar (a working table, dropped at the end)
CREATE TABLE _days AS
SELECT d, extract(isodow FROM d) AS dow, month(d) AS m,
  CASE WHEN (month(d) = 12) OR month(d) IN (1, 2, 3) OR (month(d) = 4 AND day(d) <= 20) THEN 'winter'
       WHEN d BETWEEN make_date(year(d), 6, 15) AND make_date(year(d), 9, 20) THEN 'summer' ELSE 'closed' END AS mode,
  CASE month(d) WHEN 12 THEN CASE WHEN day(d) >= 23 THEN 1.9 ELSE 0.7 END WHEN 1 THEN 0.95 WHEN 2 THEN 1.5 WHEN 3 THEN 1.05
       WHEN 4 THEN 0.55 WHEN 6 THEN 0.3 WHEN 7 THEN 0.45 WHEN 8 THEN 0.5 WHEN 9 THEN 0.28 ELSE 0 END
  * CASE WHEN extract(isodow FROM d) = 6 THEN 1.55 WHEN extract(isodow FROM d) = 7 THEN 1.3 WHEN extract(isodow FROM d) = 5 THEN 1.0 ELSE 0.75 END
  * CASE WHEN d < DATE '2024-10-01' THEN 0.85 WHEN d < DATE '2025-10-01' THEN 0.96 ELSE 1.1 END
  * (0.8 + 0.4 * u('weather', d)) AS w
FROM (SELECT CAST(g AS DATE) AS d FROM generate_series(DATE '2023-10-01', DATE '2026-03-17', INTERVAL 1 DAY) t(g));

-- ---------- guests (people)
CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, full_name VARCHAR, email VARCHAR, phone VARCHAR, birth_date DATE, home_country VARCHAR,
  club_tier VARCHAR, registered_on DATE, newsletter BOOLEAN);
INSERT INTO guests
SELECT i,
  pick(['Anna','Lukas','Marie','Jonas','Sophie','Felix','Giulia','Pieter','Emma','Tom'], [.1,.2,.3,.4,.5,.6,.7,.8,.9], u('fn', i)) || ' ' ||
  pick(['Huber','Steiner','Moser','Bauer','Rossi','de Vries','Novak','Smith','Keller','Gruber'], [.1,.2,.3,.4,.5,.6,.7,.8,.9], u('ln', i)),
  'guest' || i || '@example.org', CASE WHEN u('ph', i) < .7 THEN '+43 660 ' || CAST(100000 + hash('ph' || i) % 899999 AS VARCHAR) END,
  DATE '1950-01-01' + CAST(u('bd', i) * 24000 AS INTEGER),
  pick(['Austria','Germany','Netherlands','Italy','United Kingdom','Czechia','Switzerland'], [.30,.62,.75,.83,.90,.96], u('co', i)),
  pick(['none','Firn','Silver','Summit'], [.55,.78,.92], u('ti', i)),
  DATE '2023-10-01' + CAST(floor(power(u('rg', i), 1.15) * 899) AS INTEGER),
  u('nl', i) < .46
FROM range(1, 3501) t(i);

-- ---------- lifts and their operating days
CREATE TABLE lifts (lift_id INTEGER PRIMARY KEY, lift_name VARCHAR, lift_type VARCHAR, sector VARCHAR, capacity_per_hour INTEGER, built_year INTEGER, summer_service BOOLEAN);
INSERT INTO lifts VALUES
 (1,'Hochgratbahn','gondola','Village',2800,2016,true),(2,'Adlerjet','chairlift','Eagle Ridge',2400,2012,false),(3,'Sonnenlift','chairlift','Sunside',1800,2003,true),
 (4,'Gletscherbahn','gondola','Glacier',2200,2019,true),(5,'Nordwand Express','chairlift','Eagle Ridge',2600,2021,false),(6,'Steinbock','chairlift','Glacier',1600,1998,false),
 (7,'Murmel','magic carpet','Village',900,2014,false),(8,'Hasenhang','magic carpet','Sunside',800,2018,false),(9,'Kar Schlepper','drag lift','Glacier',1000,1987,false),
 (10,'Waldlift','drag lift','Sunside',1100,1991,false),(11,'Panoramabahn','gondola','Sunside',2500,2009,true),(12,'Jochlift','drag lift','Eagle Ridge',950,1984,false),
 (13,'Dorfsessel','chairlift','Village',1700,2006,false),(14,'Gipfelbahn','chairlift','Glacier',1500,1995,false);

CREATE TABLE lift_days (lift_id INTEGER, op_date DATE, scheduled_hours DOUBLE, open_hours DOUBLE, rides INTEGER, stoppages INTEGER, closure_reason VARCHAR, PRIMARY KEY (lift_id, op_date));
INSERT INTO lift_days
WITH base AS (
  SELECT l.*, d.d, d.m, d.w, u('cl', l.lift_id || '-' || d.d) AS r, u('cr', l.lift_id || '-' || d.d) AS r2,
    CASE WHEN d.mode = 'winter' THEN CASE WHEN d.m IN (12, 1) THEN 7.0 ELSE 8.0 END ELSE 8.5 END AS sched
  FROM lifts l JOIN _days d ON d.mode = 'winter' OR (d.mode = 'summer' AND l.summer_service)
), o AS (
  SELECT *, CASE lift_type WHEN 'gondola' THEN .03 WHEN 'chairlift' THEN .07 WHEN 'drag lift' THEN .12 ELSE .04 END
     * CASE sector WHEN 'Glacier' THEN 1.9 WHEN 'Eagle Ridge' THEN 1.4 ELSE .8 END * CASE m WHEN 1 THEN 1.6 WHEN 2 THEN 1.1 WHEN 12 THEN 1.3 ELSE .8 END AS p FROM base
), h AS (
  SELECT *, round(CASE WHEN r < p * .4 THEN 0 WHEN r < p * 1.4 THEN sched * (.3 + .5 * r2) ELSE sched - CASE WHEN r2 < .25 THEN .5 ELSE 0 END END, 2) AS oh FROM o
)
SELECT lift_id, d, sched, oh,
  CAST(capacity_per_hour * oh * .16 * w * CASE lift_type WHEN 'gondola' THEN 1.15 WHEN 'drag lift' THEN .6 WHEN 'magic carpet' THEN .7 ELSE 1 END * (.85 + .3 * r2) AS INTEGER),
  CASE WHEN oh = 0 THEN 0 ELSE CAST(floor(u('st', lift_id || '-' || d) * (2.2 + p * 12)) AS INTEGER) END,
  CASE WHEN oh < sched - .6 THEN pick(['wind','technical fault','avalanche risk','staffing'], CASE WHEN sector IN ('Glacier','Eagle Ridge') THEN [.52,.74,.95] ELSE [.25,.75,.80] END, u('rs', lift_id || '-' || d)) END
FROM h;

-- ---------- lift passes
CREATE TABLE pass_sales (pass_id INTEGER PRIMARY KEY, guest_id INTEGER, sold_on DATE, valid_from DATE, pass_type VARCHAR, age_band VARCHAR, sales_channel VARCHAR,
  days_valid INTEGER, list_price DECIMAL(9,2), discount DECIMAL(9,2), status VARCHAR);
INSERT INTO pass_sales
WITH slots AS (
  SELECT d, m, mode, i, CAST(d AS VARCHAR) || '-' || i AS k, false AS early FROM _days, range(0, 80) t(i) WHERE i < floor(w * 24 + u('pn', d))
  UNION ALL
  SELECT d, m, mode, i, 'e' || CAST(d AS VARCHAR) || '-' || i, true FROM _days, range(0, 20) t(i) WHERE m IN (10, 11) AND i < floor(CASE m WHEN 10 THEN 6 ELSE 9 END * CASE WHEN d >= DATE '2025-10-01' THEN 1.25 WHEN d >= DATE '2024-10-01' THEN 1.05 ELSE .9 END * (.5 + u('en', d)))
), s AS (
  SELECT *, row_number() OVER (ORDER BY d, k) AS pid,
    CASE WHEN early THEN 'season pass' WHEN mode = 'summer' THEN pick(['day pass','half-day pass'], [.7], u('pt', k))
         ELSE pick(['day pass','multi-day pass','half-day pass','beginner pass','season pass'], [.46,.75,.89,.97], u('pt', k)) END AS pt,
    pick(['adult','child','youth','senior'], [.56,.76,.88], u('ab', k)) AS ab,
    pick(['window','web','app','hotel partner'], CASE WHEN d < DATE '2024-10-01' THEN [.48,.78,.86] WHEN d < DATE '2025-10-01' THEN [.40,.72,.87] ELSE [.31,.62,.87] END, u('ch', k)) AS ch
  FROM slots
), q AS (
  SELECT *, CASE pt WHEN 'multi-day pass' THEN 2 + CAST(floor(u('dv', k) * 6) AS INTEGER) WHEN 'season pass' THEN 140 ELSE 1 END AS dv,
    CASE WHEN d < DATE '2024-10-01' THEN 1 WHEN d < DATE '2025-10-01' THEN 1.05 ELSE 1.1 END * CASE ab WHEN 'adult' THEN 1 WHEN 'youth' THEN .8 WHEN 'child' THEN .5 ELSE .9 END AS f FROM s
), z AS (
  SELECT *, round(f * CASE pt WHEN 'day pass' THEN CASE WHEN mode = 'summer' THEN 34 ELSE 62 END WHEN 'half-day pass' THEN CASE WHEN mode = 'summer' THEN 22 ELSE 46 END
     WHEN 'beginner pass' THEN 28 WHEN 'multi-day pass' THEN dv * 54 ELSE 640 END, 2) AS lp FROM q
)
SELECT pid, CASE WHEN ch = 'window' AND u('gn', k) < .6 THEN NULL ELSE 1 + CAST(floor(power(u('gi', k), 1.4) * 3499) AS INTEGER) END,
  d, CASE WHEN early THEN make_date(year(d), 12, 1) WHEN ch IN ('web', 'app') THEN d + CAST(floor(u('ld', k) * 12) AS INTEGER) ELSE d END,
  pt, ab, ch, dv, lp,
  round(lp * CASE WHEN early THEN .15 WHEN ch IN ('web','app') AND u('di', k) < .4 THEN .1 WHEN ch = 'hotel partner' THEN .12 ELSE 0 END, 2),
  CASE WHEN u('sx', k) < .02 THEN 'void' WHEN u('sr', k) < CASE ch WHEN 'web' THEN .06 WHEN 'app' THEN .045 WHEN 'hotel partner' THEN .08 ELSE .015 END * CASE m WHEN 1 THEN 1.7 ELSE 1 END THEN 'refunded' ELSE 'valid' END
FROM z;

-- ---------- ski school
CREATE TABLE instructors (instructor_id INTEGER PRIMARY KEY, badge_code VARCHAR, full_name VARCHAR, mobile VARCHAR, qualification VARCHAR, main_discipline VARCHAR, contract VARCHAR, hired_on DATE);
INSERT INTO instructors
SELECT i, 'SK-' || lpad(CAST(i AS VARCHAR), 3, '0'), pick(['Hannes','Vroni','Max','Lena','Toni','Eva'], [.2,.35,.5,.7,.85], u('if', i)) || ' ' || pick(['Egger','Wolf','Pichler','Lang'], [.3,.55,.8], u('il', i)),
  '+43 664 ' || CAST(200000 + hash('mo' || i) % 700000 AS VARCHAR), pick(['assistant','level 1','level 2','state-certified'], [.25,.55,.82], u('iq', i)),
  pick(['ski','snowboard','cross-country'], [.66,.90], u('im', i)), CASE WHEN u('ic', i) < .3 THEN 'permanent' ELSE 'seasonal' END, DATE '2014-12-01' + CAST(floor(u('ih', i) * 4000) AS INTEGER)
FROM range(1, 37) t(i);

CREATE TABLE lessons (lesson_id INTEGER PRIMARY KEY, guest_id INTEGER, instructor_id INTEGER, starts_at TIMESTAMP, discipline VARCHAR, format VARCHAR, skill_level VARCHAR,
  hours DOUBLE, participants INTEGER, fee DECIMAL(9,2), booked_via VARCHAR, status VARCHAR, rating INTEGER);
INSERT INTO lessons
WITH s AS (
  SELECT d, m, CAST(d AS VARCHAR) || '-' || i AS k FROM _days, range(0, 40) t(i) WHERE mode = 'winter' AND i < floor(w * 11 + u('ln', d))
), q AS (
  SELECT *, row_number() OVER (ORDER BY d, k) AS lid, pick(['ski','snowboard','cross-country'], [.68,.91], u('ld', k)) AS disc,
    pick(['group','private','kids club'], [.45,.75], u('lf', k)) AS fmt, 1 + CAST(floor(u('li', k) * u('li2', k) * 36) AS INTEGER) AS ins,
    pick(['first-timer','beginner','intermediate','advanced'], [.28,.62,.88], u('ll', k)) AS lv, pick(['web','school desk','phone','hotel partner'], [.42,.74,.88], u('lb', k)) AS via
  FROM s
), z AS (
  SELECT *, CASE fmt WHEN 'private' THEN pick([1, 2, 3], [.4, .85], u('lh', k)) WHEN 'group' THEN pick([2, 4], [.55], u('lh', k)) ELSE 5 END AS hrs,
    CASE fmt WHEN 'private' THEN 1 + CAST(floor(u('lp', k) * 3) AS INTEGER) ELSE 4 + CAST(floor(u('lp', k) * 6) AS INTEGER) END AS pax FROM q
), y AS (
  SELECT *, CASE WHEN u('lc', k) < CASE via WHEN 'web' THEN .11 WHEN 'phone' THEN .08 WHEN 'hotel partner' THEN .14 ELSE .04 END * CASE m WHEN 1 THEN 1.5 WHEN 3 THEN .8 ELSE 1 END THEN 'cancelled'
       WHEN u('lx', k) < CASE fmt WHEN 'private' THEN .02 ELSE .045 END THEN 'no_show' ELSE 'held' END AS st FROM z
)
SELECT lid, CASE WHEN u('lg', k) < .1 THEN NULL ELSE 1 + CAST(floor(u('lg2', k) * 3499) AS INTEGER) END, ins, CAST(d AS TIMESTAMP) + to_minutes(CAST(pick([540, 600, 780, 840], [.4,.65,.85], u('lt', k)) AS INTEGER)),
  disc, fmt, lv, hrs, pax, round(CASE fmt WHEN 'private' THEN hrs * 78 + (pax - 1) * 20 WHEN 'group' THEN hrs * pax * 16 ELSE pax * 62 END * CASE WHEN d >= DATE '2025-10-01' THEN 1.08 WHEN d >= DATE '2024-10-01' THEN 1.04 ELSE 1 END, 2),
  via, st, CASE WHEN st = 'held' AND u('lr', k) < .58 THEN pick([5, 4, 3, 2, 1], CASE disc WHEN 'snowboard' THEN [.42,.74,.90,.96] WHEN 'ski' THEN [.58,.86,.95,.98] ELSE [.66,.92,.97,.99] END, u('lrv', k)) END
FROM y;

-- ---------- equipment rental
CREATE TABLE rentals (rental_id INTEGER PRIMARY KEY, guest_id INTEGER, shop VARCHAR, equipment VARCHAR, gear_grade VARCHAR, picked_up_on DATE, due_on DATE, returned_on DATE,
  rental_fee DECIMAL(9,2), damage_charge DECIMAL(9,2), status VARCHAR);
INSERT INTO rentals
WITH s AS (SELECT d, m, CAST(d AS VARCHAR) || '-' || i AS k FROM _days, range(0, 50) t(i) WHERE mode = 'winter' AND i < floor(w * 14 + u('rn', d))),
q AS (
  SELECT *, row_number() OVER (ORDER BY d, k) AS rid, pick(['Valley Station','Village Square','Mid-Mountain'], [.45,.8], u('rs', k)) AS shop,
    pick(['ski set','snowboard set','helmet','boots','touring set','sledge'], [.46,.65,.77,.87,.93], u('re', k)) AS eq,
    pick(['basic','premium','demo'], [.55,.88], u('rg', k)) AS gr, 1 + CAST(floor(u('rd', k) * u('rd2', k) * 8) AS INTEGER) AS dy FROM s
), z AS (
  SELECT *, CASE WHEN u('rc', k) < .045 THEN 'cancelled' WHEN d + dy > DATE '2026-03-17' OR (u('ro', k) < .003) THEN 'out' ELSE 'returned' END AS st,
    u('rl', k) < CASE shop WHEN 'Mid-Mountain' THEN .13 WHEN 'Village Square' THEN .08 ELSE .05 END AS late FROM q
)
SELECT rid, CASE WHEN u('rq', k) < .15 THEN NULL ELSE 1 + CAST(floor(u('rq2', k) * 3499) AS INTEGER) END, shop, eq, gr, d, d + dy - 1,
  CASE WHEN st = 'returned' THEN least(d + dy - 1 + CASE WHEN late THEN 1 + CAST(floor(u('rl2', k) * 3) AS INTEGER) ELSE 0 END, DATE '2026-03-17') END,
  round(dy * CASE eq WHEN 'ski set' THEN 32 WHEN 'snowboard set' THEN 30 WHEN 'helmet' THEN 6 WHEN 'boots' THEN 12 WHEN 'touring set' THEN 44 ELSE 9 END * CASE gr WHEN 'basic' THEN 1 WHEN 'premium' THEN 1.4 ELSE 1.75 END * CASE WHEN d >= DATE '2025-10-01' THEN 1.06 ELSE 1 END, 2),
  CASE WHEN st = 'returned' AND u('rdm', k) < CASE eq WHEN 'snowboard set' THEN .11 WHEN 'touring set' THEN .09 WHEN 'sledge' THEN .14 WHEN 'ski set' THEN .06 ELSE .02 END THEN round(15 + u('rdv', k) * 110, 2) END, st
FROM z;

-- ---------- mountain restaurants
CREATE TABLE outlets (outlet_id INTEGER PRIMARY KEY, outlet_name VARCHAR, service_style VARCHAR, sector VARCHAR, seats INTEGER, altitude_m INTEGER);
INSERT INTO outlets VALUES (1,'Talstube','table service','Village',140,1120),(2,'Adlerhorst','self-service','Eagle Ridge',260,1980),(3,'Sonnenalm','table service','Sunside',180,1640),
 (4,'Gletscherblick','self-service','Glacier',320,2740),(5,'Schirmbar','bar','Village',90,1110),(6,'Murmelhütte','self-service','Sunside',150,1520),(7,'Gipfelstube','table service','Glacier',80,2890);

CREATE TABLE restaurant_checks (check_id INTEGER PRIMARY KEY, outlet_id INTEGER, closed_at TIMESTAMP, covers INTEGER, food_amount DECIMAL(9,2), drinks_amount DECIMAL(9,2), tip DECIMAL(9,2), payment_method VARCHAR, voided BOOLEAN);
INSERT INTO restaurant_checks
WITH s AS (SELECT d, m, mode, CAST(d AS VARCHAR) || '-' || i AS k FROM _days, range(0, 120) t(i) WHERE mode <> 'closed' AND i < floor(w * 36 + u('cn', d))),
q AS (SELECT *, row_number() OVER (ORDER BY d, k) AS cid, pick([4, 2, 3, 6, 5, 1, 7], CASE WHEN mode = 'summer' THEN [.15,.20,.55,.66,.72,.93] ELSE [.24,.45,.62,.76,.89,.96] END, u('co', k)) AS oid,
   1 + CAST(floor(u('cv', k) * u('cv2', k) * 7) AS INTEGER) AS cov FROM s),
z AS (SELECT *, round(CASE oid WHEN 5 THEN 4.5 WHEN 1 THEN 21 WHEN 3 THEN 23 WHEN 7 THEN 34 ELSE 14.5 END * cov * (.6 + .8 * u('fa', k)) * CASE WHEN d >= DATE '2025-10-01' THEN 1.09 WHEN d >= DATE '2024-10-01' THEN 1.04 ELSE 1 END, 2) AS fa,
   round(CASE oid WHEN 5 THEN 17 WHEN 7 THEN 15 WHEN 3 THEN 9.5 WHEN 1 THEN 9 ELSE 5.5 END * cov * (.4 + 1.2 * u('da', k)), 2) AS da FROM q)
SELECT cid, oid, CAST(d AS TIMESTAMP) + to_minutes(CAST(CASE WHEN oid = 5 THEN 900 + u('ct', k) * 290 WHEN oid = 1 AND u('ce', k) < .5 THEN 1080 + u('ct', k) * 200 ELSE 600 + (u('ct', k) + u('ct2', k)) / 2 * 380 END AS INTEGER)),
  cov, fa, da, CASE WHEN oid IN (1, 3, 5, 7) AND u('tp', k) < .7 THEN round((fa + da) * (.03 + .1 * u('tv', k)), 2) END,
  pick(['card','cash','resort wristband'], CASE WHEN d >= DATE '2025-10-01' THEN [.5,.72] ELSE [.48,.85] END, u('pm', k)), u('vd', k) < .018
FROM z;

-- ---------- piste patrol incidents
CREATE TABLE incidents (incident_id INTEGER PRIMARY KEY, reported_at TIMESTAMP, sector VARCHAR, lift_id INTEGER, incident_type VARCHAR, severity VARCHAR, response_minutes DOUBLE,
  helicopter BOOLEAN, piste_grade VARCHAR, casualty_name VARCHAR, patrol_notes VARCHAR);
INSERT INTO incidents
WITH s AS (SELECT d, m, CAST(d AS VARCHAR) || '-' || i AS k FROM _days, range(0, 12) t(i) WHERE mode = 'winter' AND i < floor(w * 2.2 + u('in', d))),
q AS (SELECT *, row_number() OVER (ORDER BY d, k) AS iid, pick(['Eagle Ridge','Glacier','Sunside','Village'], [.34,.60,.84], u('is', k)) AS sec,
   pick(['fall','collision','medical','lift accident','off-piste'], [.46,.70,.84,.90], u('it', k)) AS ty FROM s),
z AS (SELECT *, pick(['minor','moderate','serious'], CASE ty WHEN 'off-piste' THEN [.25,.6] WHEN 'collision' THEN [.5,.84] WHEN 'medical' THEN [.55,.85] ELSE [.68,.93] END, u('iv', k)) AS sev FROM q)
SELECT iid, CAST(d AS TIMESTAMP) + to_minutes(CAST(540 + (u('ih', k) + u('ih2', k)) / 2 * 460 AS INTEGER)), sec,
  CASE WHEN ty = 'lift accident' THEN CASE sec WHEN 'Village' THEN pick([1,7,13], [.3,.6], u('il', k)) WHEN 'Eagle Ridge' THEN pick([2,5,12], [.3,.6], u('il', k)) WHEN 'Glacier' THEN pick([4,6,9,14], [.15,.45,.75], u('il', k)) ELSE pick([3,8,10,11], [.25,.5,.8], u('il', k)) END END,
  ty, sev, CASE WHEN u('ir', k) < .94 THEN round(CASE sec WHEN 'Village' THEN 6 WHEN 'Sunside' THEN 8 WHEN 'Eagle Ridge' THEN 11 ELSE 14 END * (.5 + u('ir2', k)) * CASE sev WHEN 'serious' THEN .85 ELSE 1 END, 1) END,
  sev = 'serious' AND u('hc', k) < .55 OR (sev = 'moderate' AND u('hc', k) < .06), CASE WHEN ty <> 'off-piste' THEN pick(['blue','red','black'], [.38,.78], u('pg', k)) END,
  CASE WHEN u('cx', k) < .8 THEN 'Casualty ' || iid END, CASE WHEN u('nx', k) < .5 THEN 'Handed over to medical centre, file ' || iid END
FROM z;
DROP TABLE _days;
DROP MACRO pick;
DROP MACRO u;
