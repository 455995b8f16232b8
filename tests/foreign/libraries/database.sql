-- A city's network of public libraries: Marenhaven Libraries. Data runs from 2023-11-01 to 2026-05-13.
CREATE TEMP MACRO u(k, salt) AS (hash(k::BIGINT * 7919 + hash(salt) % 1000003) % 1000003) / 1000003.0;
CREATE TEMP MACRO data_day() AS DATE '2026-05-13';

CREATE TABLE branches (
  branch_id INTEGER PRIMARY KEY, branch_name VARCHAR NOT NULL, district VARCHAR NOT NULL, branch_tier VARCHAR NOT NULL,
  opened_on DATE NOT NULL, floor_area_m2 INTEGER, has_cafe BOOLEAN NOT NULL);
INSERT INTO branches VALUES
  (1,'Central Library','Old Town','central','1931-09-12',8200,true),
  (2,'Harbour Street','Docklands','district','1968-04-03',1900,true),
  (3,'Millbrook','Northside','district','1974-10-21',1650,false),
  (4,'Greenfield','Eastgate','district','1982-02-15',1720,true),
  (5,'Oakwood','Northside','neighbourhood','1990-06-01',540,false),
  (6,'Castle Hill','Old Town','neighbourhood','1958-11-30',480,false),
  (7,'Riverside','Westbank','district','2003-05-17',2100,true),
  (8,'Lindenpark','Westbank','neighbourhood','1996-09-09',610,false),
  (9,'Station Square','Eastgate','neighbourhood','2011-01-24',390,false),
  (10,'Foxley','Northside','neighbourhood','1987-03-05',450,false),
  (11,'Quayside','Docklands','neighbourhood','2025-03-03',720,true),
  (12,'Book Bus','Citywide','mobile','1979-08-20',NULL,false);

CREATE TABLE members (
  member_id INTEGER PRIMARY KEY, full_name VARCHAR NOT NULL, email VARCHAR, phone VARCHAR, birth_date DATE, postal_code VARCHAR,
  home_branch_id INTEGER NOT NULL REFERENCES branches, membership_type VARCHAR NOT NULL, signup_channel VARCHAR,
  joined_on DATE NOT NULL, left_on DATE, leaving_reason VARCHAR);
INSERT INTO members
WITH c AS (
  SELECT i, CASE WHEN i <= 9000 THEN DATE '2023-11-01' + CAST(floor(u(i,'mj') * 925) AS INTEGER) ELSE DATE '2015-01-05' + CAST(floor(u(i,'mj') * 3221) AS INTEGER) END AS d, u(i,'mt') AS t, u(i,'mb') AS b, u(i,'ms') AS s
  FROM range(1, 11401) r(i)),
k AS (
  SELECT *, CASE WHEN t < 0.42 THEN 'adult' WHEN t < 0.62 THEN 'junior' WHEN t < 0.78 THEN 'student' WHEN t < 0.92 THEN 'senior' ELSE 'concession' END AS mt,
    CASE WHEN b < 0.27 THEN 1 WHEN b < 0.40 THEN 2 WHEN b < 0.51 THEN 3 WHEN b < 0.61 THEN 4 WHEN b < 0.66 THEN 5 WHEN b < 0.70 THEN 6 WHEN b < 0.82 THEN 7
      WHEN b < 0.87 THEN 8 WHEN b < 0.905 THEN 9 WHEN b < 0.935 THEN 10 WHEN b < 0.98 THEN 11 ELSE 12 END AS hb FROM c),
a AS (
  SELECT *, row_number() OVER (ORDER BY d, i) AS id FROM k
  WHERE (hb <> 11 OR d >= DATE '2025-03-03')
    AND u(i,'ma') < (CASE WHEN i > 9000 THEN 0.62 ELSE 0.5 END) * (CASE month(d) WHEN 1 THEN 1.6 WHEN 9 THEN 1.8 WHEN 10 THEN 1.35 WHEN 7 THEN 0.7 WHEN 8 THEN 0.75 WHEN 12 THEN 0.55 ELSE 1 END)
      * (CASE WHEN mt = 'student' AND month(d) IN (9,10) THEN 1.5 ELSE 1 END) * (CASE year(d) WHEN 2026 THEN 1.12 WHEN 2025 THEN 1.0 WHEN 2024 THEN 0.9 ELSE 0.85 END)),
l AS (
  SELECT *, CASE WHEN u(i,'ml') < (CASE mt WHEN 'student' THEN 0.34 WHEN 'adult' THEN 0.2 WHEN 'junior' THEN 0.15 WHEN 'senior' THEN 0.09 ELSE 0.24 END)
    THEN greatest(d, DATE '2023-10-02') + 30 + CAST(floor(u(i,'md') * 700) AS INTEGER) END AS lo FROM a)
SELECT id, ['Ada','Bruno','Carla','Dario','Elin','Femi','Greta','Hugo','Ines','Jonas','Kaja','Liam','Mara','Nils','Olga','Pavel'][1 + CAST(floor(u(i,'n1')*16) AS INTEGER)]
    || ' ' || ['Albers','Brandt','Costa','Dahl','Ekström','Fischer','Grant','Holm','Ivanov','Jansen','Keller','Lund','Moreau','Novak','Okafor','Peters'][1 + CAST(floor(u(i,'n2')*16) AS INTEGER)],
  CASE WHEN u(i,'me') < 0.93 THEN 'member' || id || '@post.example' END,
  CASE WHEN u(i,'mp') < 0.8 THEN '+49 30 ' || (1000000 + hash(i) % 8999999) END,
  CASE mt WHEN 'junior' THEN d - 2200 - CAST(floor(u(i,'mx')*3500) AS INTEGER) WHEN 'senior' THEN d - 24000 - CAST(floor(u(i,'mx')*6000) AS INTEGER)
    WHEN 'student' THEN d - 6700 - CAST(floor(u(i,'mx')*2500) AS INTEGER) ELSE d - 9000 - CAST(floor(u(i,'mx')*14000) AS INTEGER) END,
  (10000 + CAST(floor(u(i,'mz')*90) AS INTEGER))::VARCHAR, hb, mt,
  CASE WHEN s < 0.04 THEN NULL WHEN mt = 'junior' AND s < 0.55 THEN 'school_visit' WHEN s < (CASE WHEN d >= DATE '2025-01-01' THEN 0.58 ELSE 0.36 END) THEN 'online'
    WHEN s < 0.94 THEN 'desk' ELSE 'event' END,
  d, CASE WHEN lo <= data_day() THEN lo END,
  CASE WHEN lo <= data_day() AND u(i,'mr') < 0.85 THEN ['moved_away','no_longer_reads','fees','other'][1 + CAST(floor(power(u(i,'mr2'),1.4)*4) AS INTEGER)] END
FROM l;

CREATE TABLE titles (
  title_id INTEGER PRIMARY KEY, title VARCHAR NOT NULL, author VARCHAR, material VARCHAR NOT NULL, genre VARCHAR, reader_age VARCHAR NOT NULL,
  language VARCHAR NOT NULL, published_year INTEGER);
INSERT INTO titles
WITH c AS (SELECT i, u(i,'tm') AS m FROM range(1, 601) r(i)),
k AS (SELECT *, CASE WHEN m < 0.60 THEN 'book' WHEN m < 0.74 THEN 'audiobook' WHEN m < 0.86 THEN 'dvd' WHEN m < 0.93 THEN 'magazine' ELSE 'board_game' END AS mat FROM c)
SELECT i, ['The Silent','A Winter','The Last','Beyond the','The Glass','Under the','A Little','The Crimson','Song of the','The Forgotten','Letters from the','The Paper','Night at the','The Wandering','Return to the','The Salt','Whispers of the','The Golden','Children of the','The Hidden'][1 + (i*37) % 20]
    || ' ' || ['Harbour','Garden','Orchard','Lighthouse','Railway','Mountain','Kingdom','Fox','Clockmaker','River','Forest','Museum','Voyage','Bridge','Island','Tower','Meadow','Bakery','Comet','Detective','Palace','Storm','Violin','Attic','Market','Desert','Teacher','Wolf','Carnival','Canal'][1 + ((i*37) % 600) // 20],
  CASE WHEN mat IN ('book','audiobook') THEN ['Ilse Maron','Tomas Veidt','Nora Quill','Hanif Sadiq','Beatriz Leal','Oskar Lindqvist','June Abara','Petra Vos','Kenji Mori','Clara Whitlock','Amos Reed','Yara Haddad'][1 + CAST(floor(power(u(i,'ta'),1.3)*12) AS INTEGER)] END,
  mat, CASE WHEN mat IN ('magazine','board_game') THEN NULL ELSE ['crime','fantasy','romance','history','science','biography','travel','cookery'][1 + CAST(floor(u(i,'tg')*8) AS INTEGER)] END,
  CASE WHEN u(i,'tr') < 0.55 THEN 'adult' WHEN u(i,'tr') < 0.72 THEN 'young_adult' ELSE 'children' END,
  CASE WHEN u(i,'tl') < 0.66 THEN 'English' WHEN u(i,'tl') < 0.78 THEN 'German' WHEN u(i,'tl') < 0.87 THEN 'Turkish' WHEN u(i,'tl') < 0.95 THEN 'Arabic' ELSE 'Polish' END,
  CASE WHEN u(i,'ty') < 0.95 THEN 2026 - CAST(floor(power(u(i,'ty2'),2)*45) AS INTEGER) END
FROM k;

CREATE TABLE loans (
  loan_id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES members, title_id INTEGER NOT NULL REFERENCES titles, branch_id INTEGER NOT NULL REFERENCES branches,
  borrowed_at TIMESTAMP NOT NULL, due_on DATE NOT NULL, returned_on DATE, renewal_count INTEGER NOT NULL, checkout_point VARCHAR NOT NULL, is_voided BOOLEAN NOT NULL);
INSERT INTO loans
WITH nm AS (SELECT max(member_id) AS n FROM members),
c AS (
  SELECT i, DATE '2023-11-01' + CAST(floor(u(i,'ld') * 925) AS INTEGER) AS d, 1 + CAST(floor(u(i,'lm') * n) AS INTEGER) AS mid,
    1 + CAST(floor((0.85 * power(u(i,'lt'), 1.9) + 0.15 * u(i,'lt')) * 600) AS INTEGER) AS tid FROM range(1, 90001) r(i), nm),
k AS (
  SELECT c.*, m.membership_type AS mt, t.material AS mat, t.reader_age AS ra,
    CASE WHEN u(i,'lb') < 0.72 THEN m.home_branch_id WHEN u(i,'lb') < 0.86 THEN 1 WHEN u(i,'lb') < 0.91 THEN 7 WHEN u(i,'lb') < 0.97 THEN 4 ELSE 2 END AS br
  FROM c JOIN members m ON m.member_id = c.mid JOIN titles t ON t.title_id = c.tid
  WHERE m.joined_on <= c.d AND (m.left_on IS NULL OR m.left_on > c.d)),
a AS (
  SELECT *, row_number() OVER (ORDER BY d, i) AS id FROM k
  WHERE (br <> 11 OR d >= DATE '2025-03-03') AND (dayofweek(d) <> 0 OR br = 1)
    AND u(i,'la') < 0.62 * (CASE month(d) WHEN 1 THEN 1.2 WHEN 2 THEN 1.1 WHEN 10 THEN 1.2 WHEN 11 THEN 1.3 WHEN 7 THEN 0.75 WHEN 8 THEN 0.7 WHEN 12 THEN 0.8 ELSE 0.95 END)
      * (CASE WHEN ra = 'children' AND month(d) IN (7,8) THEN 1.6 ELSE 1 END)
      * (CASE dayofweek(d) WHEN 6 THEN 1.35 WHEN 0 THEN 0.8 WHEN 1 THEN 0.7 WHEN 3 THEN 1.15 ELSE 0.95 END)
      * (CASE mat WHEN 'dvd' THEN (CASE year(d) WHEN 2023 THEN 1.2 WHEN 2024 THEN 1.1 WHEN 2025 THEN 0.75 ELSE 0.5 END) WHEN 'audiobook' THEN (CASE year(d) WHEN 2023 THEN 0.7 WHEN 2024 THEN 0.8 WHEN 2025 THEN 1.05 ELSE 1.3 END)
           WHEN 'board_game' THEN 0.7 ELSE 0.9 END)
      * (CASE mt WHEN 'senior' THEN 1.2 WHEN 'junior' THEN 1.25 WHEN 'student' THEN 0.9 WHEN 'concession' THEN 0.7 ELSE 0.85 END)
      * (CASE WHEN d < DATE '2024-05-01' THEN 1.15 WHEN d < DATE '2025-01-01' THEN 0.9 WHEN d < DATE '2025-09-01' THEN 0.75 ELSE 0.64 END)),
x AS (
  SELECT *, CASE mat WHEN 'dvd' THEN 7 WHEN 'magazine' THEN 14 WHEN 'board_game' THEN 14 ELSE 28 END AS term,
    CASE WHEN u(i,'lr') < (CASE mat WHEN 'book' THEN 0.26 WHEN 'audiobook' THEN 0.18 ELSE 0.06 END) THEN 1 + CAST(floor(u(i,'lr2')*2.4) AS INTEGER) ELSE 0 END AS ren,
    u(i,'ll') < (CASE mt WHEN 'student' THEN 0.29 WHEN 'concession' THEN 0.21 WHEN 'adult' THEN 0.16 WHEN 'junior' THEN 0.12 ELSE 0.06 END)
      * (CASE br WHEN 2 THEN 1.4 WHEN 9 THEN 1.55 WHEN 5 THEN 0.6 WHEN 12 THEN 0.45 WHEN 7 THEN 0.85 ELSE 1 END) * (CASE WHEN month(d) IN (12,7) THEN 1.3 ELSE 1 END)
      * (CASE WHEN d >= DATE '2025-10-01' THEN 0.8 ELSE 1 END) AS late FROM a),
y AS (
  SELECT *, d + term * (1 + ren) AS due,
    CASE WHEN late THEN d + term * (1 + ren) + 1 + CAST(floor(power(u(i,'lx'),2)*45) AS INTEGER)
      ELSE d + greatest(1, term * ren + CAST(ceil(term * (0.25 + 0.75 * u(i,'lx'))) AS INTEGER)) END AS ret FROM x)
SELECT id, mid, tid, br,
  d + to_minutes(CAST(9*60 + floor((u(i,'h1') + u(i,'h2')) / 2 * 630) AS INTEGER)), due,
  CASE WHEN u(i,'lost') < 0.012 THEN NULL WHEN ret <= data_day() THEN ret END, ren,
  CASE WHEN br = 12 THEN 'desk' WHEN u(i,'cp') < (CASE WHEN br IN (1,7,11) THEN 0.66 WHEN br IN (2,3,4) THEN 0.45 ELSE 0.22 END) + (CASE WHEN d >= DATE '2025-01-01' THEN 0.1 ELSE 0 END) THEN 'self_service'
    WHEN u(i,'cp') > 0.95 THEN 'locker' ELSE 'desk' END,
  u(i,'void') < 0.021
FROM y;

CREATE TABLE reservations (
  reservation_id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES members, title_id INTEGER NOT NULL REFERENCES titles, pickup_branch_id INTEGER NOT NULL REFERENCES branches,
  placed_on DATE NOT NULL, ready_on DATE, collected_on DATE, status VARCHAR NOT NULL, placed_via VARCHAR NOT NULL);
INSERT INTO reservations
WITH nm AS (SELECT max(member_id) AS n FROM members),
c AS (
  SELECT i, DATE '2023-11-01' + CAST(floor(power(u(i,'rd'),0.85) * 925) AS INTEGER) AS d, 1 + CAST(floor(u(i,'rm') * n) AS INTEGER) AS mid,
    1 + CAST(floor((0.88 * power(u(i,'rt'), 2.2) + 0.12 * u(i,'rt')) * 600) AS INTEGER) AS tid FROM range(1, 15001) r(i), nm),
k AS (
  SELECT c.*, m.home_branch_id AS br, t.material AS mat, row_number() OVER (ORDER BY d, i) AS id FROM c JOIN members m ON m.member_id = c.mid JOIN titles t ON t.title_id = c.tid
  WHERE m.joined_on <= c.d AND (m.left_on IS NULL OR m.left_on > c.d) AND u(i,'ra') < (CASE month(d) WHEN 1 THEN 1 WHEN 11 THEN 1 WHEN 12 THEN 0.9 WHEN 7 THEN 0.5 WHEN 8 THEN 0.5 ELSE 0.75 END)),
o AS (
  SELECT *, d + 1 + CAST(floor(u(i,'rw') * (CASE mat WHEN 'book' THEN 26 WHEN 'audiobook' THEN 34 WHEN 'dvd' THEN 12 WHEN 'magazine' THEN 8 ELSE 18 END) * (CASE WHEN year(d) >= 2025 THEN 0.8 ELSE 1 END)) AS INTEGER) AS rdy,
    CASE WHEN u(i,'ro') < 0.09 THEN 'cancelled' WHEN u(i,'ro') < 0.09 + (CASE br WHEN 9 THEN 0.24 WHEN 2 THEN 0.19 WHEN 5 THEN 0.07 WHEN 12 THEN 0.05 ELSE 0.12 END) THEN 'expired' ELSE 'collected' END AS outc FROM k),
s AS (SELECT *, CAST(floor(u(i,'rc') * 7) AS INTEGER) AS gap FROM o)
SELECT id, mid, tid, br, d,
  CASE WHEN outc <> 'cancelled' AND rdy <= data_day() THEN rdy END,
  CASE WHEN outc = 'collected' AND rdy + gap <= data_day() THEN rdy + gap END,
  CASE WHEN outc = 'cancelled' THEN 'cancelled' WHEN rdy > data_day() THEN 'waiting' WHEN outc = 'expired' AND rdy + 8 <= data_day() THEN 'expired' WHEN outc = 'collected' AND rdy + gap <= data_day() THEN 'collected' ELSE 'ready' END,
  CASE WHEN u(i,'rv') < (CASE WHEN year(d) >= 2026 THEN 0.52 WHEN year(d) = 2025 THEN 0.41 ELSE 0.27 END) THEN 'app' WHEN u(i,'rv') < 0.8 THEN 'website' WHEN u(i,'rv') < 0.93 THEN 'desk' ELSE 'phone' END
FROM s;

CREATE TABLE fines (
  fine_id INTEGER PRIMARY KEY, loan_id INTEGER NOT NULL REFERENCES loans, charged_on DATE NOT NULL, reason VARCHAR NOT NULL, amount DECIMAL(8,2) NOT NULL,
  status VARCHAR NOT NULL, paid_on DATE, payment_method VARCHAR);
INSERT INTO fines
WITH f AS (
  SELECT l.loan_id AS i, returned_on AS d, 'late_return' AS reason, least(12.0, 0.5 + 0.30 * (returned_on - due_on))::DECIMAL(8,2) AS amt, l.branch_id AS br FROM loans l
  WHERE returned_on > due_on AND NOT is_voided AND u(loan_id,'fl') < 0.92
  UNION ALL
  SELECT loan_id + 100000, returned_on, 'damage', (4 + floor(u(loan_id,'fd2') * 40) / 2)::DECIMAL(8,2), branch_id FROM loans WHERE returned_on IS NOT NULL AND NOT is_voided AND u(loan_id,'fd') < 0.017
  UNION ALL
  SELECT loan_id + 200000, due_on + 60, 'lost_item', (12 + floor(u(loan_id,'fo') * 60) / 2)::DECIMAL(8,2), branch_id FROM loans WHERE returned_on IS NULL AND NOT is_voided AND due_on + 60 <= data_day()),
g AS (
  SELECT *, row_number() OVER (ORDER BY d, i) AS id,
    CASE WHEN u(i,'fs') < (CASE br WHEN 9 THEN 0.55 WHEN 2 THEN 0.62 WHEN 5 THEN 0.88 WHEN 7 THEN 0.84 ELSE 0.74 END) - (CASE WHEN reason = 'lost_item' THEN 0.2 ELSE 0 END) THEN 'paid'
      WHEN u(i,'fs') > 0.9 THEN 'waived' ELSE 'open' END AS st, d + CAST(floor(power(u(i,'fp'),2.2) * 70) AS INTEGER) AS pd FROM f)
SELECT id, i % 100000, d, reason, amt, CASE WHEN st = 'paid' AND pd > data_day() THEN 'open' ELSE st END,
  CASE WHEN st = 'paid' AND pd <= data_day() THEN pd END,
  CASE WHEN st = 'paid' AND pd <= data_day() THEN (CASE WHEN u(i,'fm') < 0.34 THEN 'cash' WHEN u(i,'fm') < 0.71 THEN 'card' ELSE 'online' END) END
FROM g;

CREATE TABLE staff (
  staff_id INTEGER PRIMARY KEY, full_name VARCHAR NOT NULL, email VARCHAR NOT NULL, branch_id INTEGER NOT NULL REFERENCES branches, job VARCHAR NOT NULL,
  contract VARCHAR NOT NULL, hired_on DATE NOT NULL, left_on DATE, weekly_hours DECIMAL(4,1) NOT NULL, annual_salary DECIMAL(10,2));
INSERT INTO staff
WITH c AS (
  SELECT i, CASE WHEN i <= 90 THEN DATE '2009-01-05' + CAST(floor(u(i,'sh') * 5300) AS INTEGER) ELSE DATE '2023-11-01' + CAST(floor(u(i,'sh') * 915) AS INTEGER) END AS d,
    CASE WHEN u(i,'sb') < 0.34 THEN 1 WHEN u(i,'sb') < 0.45 THEN 2 WHEN u(i,'sb') < 0.55 THEN 3 WHEN u(i,'sb') < 0.64 THEN 4 WHEN u(i,'sb') < 0.68 THEN 5 WHEN u(i,'sb') < 0.72 THEN 6
      WHEN u(i,'sb') < 0.84 THEN 7 WHEN u(i,'sb') < 0.88 THEN 8 WHEN u(i,'sb') < 0.92 THEN 9 WHEN u(i,'sb') < 0.96 THEN 10 ELSE 12 END AS br,
    CASE WHEN u(i,'sj') < 0.38 THEN 'librarian' WHEN u(i,'sj') < 0.70 THEN 'library_assistant' WHEN u(i,'sj') < 0.82 THEN 'events_coordinator' WHEN u(i,'sj') < 0.92 THEN 'cataloguer' ELSE 'branch_manager' END AS job
  FROM range(1, 211) r(i)),
l AS (SELECT *, CASE WHEN u(i,'sl') < 0.3 THEN greatest(d + 60, DATE '2023-11-10') + CAST(floor(u(i,'sl2') * 880) AS INTEGER) END AS lo FROM c)
SELECT i, ['Anke','Boris','Celia','Dylan','Esra','Frank','Gül','Henrik','Iris','Jamal','Karin','Leo'][1 + CAST(floor(u(i,'s1')*12) AS INTEGER)] || ' ' || ['Adler','Becker','Cohen','Demir','Engel','Frost','Gomez','Hahn','Ilic','Joshi','Koch','Lang'][1 + CAST(floor(u(i,'s2')*12) AS INTEGER)],
  's' || i || '@marenhaven-libraries.example', br, job, CASE WHEN u(i,'sc') < 0.55 THEN 'permanent' WHEN u(i,'sc') < 0.85 THEN 'fixed_term' ELSE 'casual' END, d, CASE WHEN lo <= data_day() THEN lo END,
  CASE WHEN u(i,'sc') >= 0.85 THEN 12 WHEN u(i,'sw') < 0.5 THEN 38.5 ELSE 24 END,
  CASE WHEN u(i,'sc') < 0.85 THEN 31000 + floor(u(i,'sy') * 40) * 700 END
FROM l;

CREATE TABLE events (
  event_id INTEGER PRIMARY KEY, event_name VARCHAR NOT NULL, branch_id INTEGER NOT NULL REFERENCES branches, organiser_id INTEGER REFERENCES staff, event_type VARCHAR NOT NULL, audience VARCHAR NOT NULL,
  starts_at TIMESTAMP NOT NULL, seats INTEGER NOT NULL, attendees INTEGER, cost DECIMAL(8,2) NOT NULL, status VARCHAR NOT NULL);
INSERT INTO events
WITH c AS (
  SELECT i, DATE '2023-11-01' + CAST(floor(u(i,'ed') * 975) AS INTEGER) AS d,
    CASE WHEN u(i,'eb') < 0.30 THEN 1 WHEN u(i,'eb') < 0.41 THEN 2 WHEN u(i,'eb') < 0.52 THEN 3 WHEN u(i,'eb') < 0.63 THEN 4 WHEN u(i,'eb') < 0.67 THEN 5 WHEN u(i,'eb') < 0.70 THEN 6
      WHEN u(i,'eb') < 0.83 THEN 7 WHEN u(i,'eb') < 0.88 THEN 8 WHEN u(i,'eb') < 0.91 THEN 9 WHEN u(i,'eb') < 0.95 THEN 10 ELSE 11 END AS br,
    CASE WHEN u(i,'et') < 0.30 THEN 'storytime' WHEN u(i,'et') < 0.46 THEN 'author_reading' WHEN u(i,'et') < 0.62 THEN 'workshop' WHEN u(i,'et') < 0.76 THEN 'book_club' WHEN u(i,'et') < 0.90 THEN 'homework_help' ELSE 'concert' END AS et
  FROM range(1, 2601) r(i)),
k AS (
  SELECT *, CASE et WHEN 'storytime' THEN 25 WHEN 'author_reading' THEN 70 WHEN 'workshop' THEN 16 WHEN 'book_club' THEN 14 WHEN 'homework_help' THEN 20 ELSE 110 END + 5 * CAST(floor(u(i,'es')*3) AS INTEGER) AS seats,
    CASE et WHEN 'storytime' THEN 'children' WHEN 'homework_help' THEN (CASE WHEN u(i,'eu') < 0.6 THEN 'teens' ELSE 'children' END) WHEN 'workshop' THEN (CASE WHEN u(i,'eu') < 0.4 THEN 'teens' WHEN u(i,'eu') < 0.75 THEN 'adults' ELSE 'seniors' END)
      WHEN 'book_club' THEN (CASE WHEN u(i,'eu') < 0.5 THEN 'seniors' ELSE 'adults' END) ELSE 'everyone' END AS aud
  FROM c WHERE (br <> 11 OR d >= DATE '2025-03-03') AND dayofweek(d) <> 0 AND u(i,'ea') < (CASE month(d) WHEN 8 THEN 0.35 WHEN 7 THEN 0.5 WHEN 12 THEN 0.7 WHEN 3 THEN 0.95 WHEN 10 THEN 1 ELSE 0.78 END)),
s AS (
  SELECT *, row_number() OVER (ORDER BY d, i) AS id,
    CASE WHEN u(i,'ec') < (CASE et WHEN 'concert' THEN 0.15 WHEN 'workshop' THEN 0.11 ELSE 0.05 END) * (CASE WHEN month(d) IN (1,2) THEN 1.7 ELSE 1 END) THEN 'cancelled' WHEN d > data_day() THEN 'planned' ELSE 'held' END AS st FROM k)
SELECT id, ['Storytime','Author reading','Workshop','Book club','Homework help','Concert'][CASE et WHEN 'storytime' THEN 1 WHEN 'author_reading' THEN 2 WHEN 'workshop' THEN 3 WHEN 'book_club' THEN 4 WHEN 'homework_help' THEN 5 ELSE 6 END] || ' no. ' || id,
  br, CASE WHEN u(i,'eo') < 0.88 THEN 1 + CAST(floor(u(i,'eo2') * 90) AS INTEGER) END, et, aud,
  d + to_hours(CASE et WHEN 'storytime' THEN 10 WHEN 'homework_help' THEN 15 WHEN 'workshop' THEN 14 WHEN 'book_club' THEN 18 ELSE 19 END), seats,
  CASE WHEN st = 'held' THEN CAST(round(seats * least(1.0, (CASE et WHEN 'storytime' THEN 0.72 WHEN 'author_reading' THEN 0.58 WHEN 'workshop' THEN 0.8 WHEN 'book_club' THEN 0.66 WHEN 'homework_help' THEN 0.45 ELSE 0.7 END)
    * (CASE br WHEN 1 THEN 1.12 WHEN 7 THEN 1.08 WHEN 9 THEN 0.75 WHEN 10 THEN 0.8 ELSE 1 END) * (CASE year(d) WHEN 2024 THEN 0.95 WHEN 2026 THEN 1.07 ELSE 1 END) * (0.7 + 0.6 * u(i,'ef')))) AS INTEGER) END,
  (CASE et WHEN 'concert' THEN 420 WHEN 'author_reading' THEN 260 WHEN 'workshop' THEN 120 WHEN 'storytime' THEN 35 WHEN 'book_club' THEN 20 ELSE 55 END * (0.7 + 0.6 * u(i,'ek')) * (CASE WHEN st = 'cancelled' THEN 0.2 ELSE 1 END))::DECIMAL(8,2), st
FROM s;

CREATE TABLE acquisitions (
  acquisition_id INTEGER PRIMARY KEY, title_id INTEGER NOT NULL REFERENCES titles, branch_id INTEGER NOT NULL REFERENCES branches, supplier VARCHAR NOT NULL, funding_source VARCHAR,
  ordered_on DATE NOT NULL, received_on DATE, copies INTEGER NOT NULL, unit_price DECIMAL(8,2) NOT NULL, status VARCHAR NOT NULL);
INSERT INTO acquisitions
WITH c AS (
  SELECT i, DATE '2023-11-01' + CAST(floor(u(i,'ad') * 925) AS INTEGER) AS d, 1 + CAST(floor(u(i,'at') * 600) AS INTEGER) AS tid,
    CASE WHEN u(i,'ab') < 0.36 THEN 1 WHEN u(i,'ab') < 0.46 THEN 2 WHEN u(i,'ab') < 0.56 THEN 3 WHEN u(i,'ab') < 0.66 THEN 4 WHEN u(i,'ab') < 0.70 THEN 5 WHEN u(i,'ab') < 0.74 THEN 6 WHEN u(i,'ab') < 0.85 THEN 7
      WHEN u(i,'ab') < 0.89 THEN 8 WHEN u(i,'ab') < 0.92 THEN 9 WHEN u(i,'ab') < 0.94 THEN 10 WHEN u(i,'ab') < 0.98 THEN 11 ELSE 12 END AS br,
    ['Nordbuch','Pageworks','Lumen Media','Kiosk Direct','Hartmann & Co'][1 + CAST(floor(power(u(i,'av'),1.35) * 5) AS INTEGER)] AS sup FROM range(1, 4201) r(i)),
k AS (
  SELECT c.*, t.material AS mat, row_number() OVER (ORDER BY d, i) AS id,
    CASE WHEN u(i,'ac') < (CASE sup WHEN 'Kiosk Direct' THEN 0.14 WHEN 'Lumen Media' THEN 0.08 ELSE 0.04 END) THEN 'cancelled' ELSE 'ok' END AS st,
    d + 2 + CAST(floor(u(i,'al') * (CASE sup WHEN 'Nordbuch' THEN 12 WHEN 'Pageworks' THEN 20 WHEN 'Lumen Media' THEN 34 WHEN 'Kiosk Direct' THEN 45 ELSE 25 END)) AS INTEGER) AS rc
  FROM c JOIN titles t ON t.title_id = c.tid
  WHERE (br <> 11 OR d >= DATE '2024-12-01') AND u(i,'aa') < (CASE month(d) WHEN 11 THEN 1 WHEN 12 THEN 0.95 WHEN 3 THEN 0.85 WHEN 7 THEN 0.4 WHEN 8 THEN 0.4 ELSE 0.65 END))
SELECT id, tid, br, sup, CASE WHEN u(i,'au') < 0.62 THEN 'city_budget' WHEN u(i,'au') < 0.78 THEN 'state_grant' WHEN u(i,'au') < 0.9 THEN 'friends_association' WHEN u(i,'au') < 0.97 THEN 'donation' END,
  d, CASE WHEN st = 'ok' AND rc <= data_day() THEN rc END, 1 + CAST(floor(power(u(i,'aq'),2) * 7) AS INTEGER),
  (CASE mat WHEN 'book' THEN 17 WHEN 'audiobook' THEN 24 WHEN 'dvd' THEN 15 WHEN 'magazine' THEN 6 ELSE 33 END * (0.7 + 0.6 * u(i,'ap')) * (CASE year(d) WHEN 2026 THEN 1.1 WHEN 2025 THEN 1.04 ELSE 1 END))::DECIMAL(8,2),
  CASE WHEN st = 'cancelled' THEN 'cancelled' WHEN rc <= data_day() THEN 'received' ELSE 'on_order' END
FROM k;

CREATE TABLE door_counts (
  branch_id INTEGER NOT NULL REFERENCES branches, counted_on DATE NOT NULL, visitors INTEGER, opening_hours DECIMAL(4,1) NOT NULL, PRIMARY KEY (branch_id, counted_on));
INSERT INTO door_counts
WITH d AS (SELECT DATE '2023-11-01' + CAST(n AS INTEGER) AS d FROM range(0, 925) r(n))
SELECT b.branch_id, d,
  CASE WHEN u(b.branch_id * 100000 + (d - DATE '2023-11-01'), 'dn') < 0.012 THEN NULL ELSE CAST(round((CASE branch_tier WHEN 'central' THEN 920 WHEN 'district' THEN 260 WHEN 'neighbourhood' THEN 95 ELSE 48 END + 9 * b.branch_id % 37)
    * (CASE dayofweek(d) WHEN 6 THEN 1.4 WHEN 0 THEN 0.8 WHEN 1 THEN 0.75 WHEN 3 THEN 1.12 ELSE 1 END)
    * (CASE month(d) WHEN 1 THEN 1.15 WHEN 2 THEN 1.1 WHEN 11 THEN 1.2 WHEN 10 THEN 1.1 WHEN 7 THEN 0.78 WHEN 8 THEN 0.72 WHEN 12 THEN 0.82 ELSE 1 END)
    * (CASE WHEN branch_id = 11 THEN 1.3 WHEN branch_id = 2 AND d >= DATE '2025-03-03' THEN 0.84 WHEN branch_id = 7 THEN 1 + 0.0003 * (d - DATE '2023-11-01') WHEN branch_id = 6 THEN 1 - 0.00025 * (d - DATE '2023-11-01') ELSE 1 + 0.00005 * (d - DATE '2023-11-01') END)
    * (0.8 + 0.4 * u(b.branch_id * 100000 + (d - DATE '2023-11-01'), 'dv'))) AS INTEGER) END,
  CASE WHEN branch_tier = 'central' THEN (CASE WHEN dayofweek(d) = 0 THEN 5 ELSE 11 END) WHEN branch_tier = 'district' THEN 9 WHEN branch_tier = 'mobile' THEN 6 ELSE 7 END
FROM branches b, d
WHERE d >= opened_on AND (dayofweek(d) <> 0 OR branch_tier = 'central') AND (dayofweek(d) <> 1 OR branch_tier NOT IN ('neighbourhood','mobile'))
  AND NOT (month(d) = 12 AND day(d) IN (25,26)) AND NOT (month(d) = 1 AND day(d) = 1) AND NOT (month(d) = 5 AND day(d) = 1);
