-- Pell & Harrow Auctioneers: salerooms in six towns and online bidding. Data to 2026-10-22. Deterministic (hash only).
CREATE OR REPLACE MACRO u(a, salt) AS ((hash(CAST(a AS VARCHAR) || '/' || salt) % 100003) / 100003.0);

CREATE TABLE salerooms (saleroom_id INTEGER PRIMARY KEY, town VARCHAR NOT NULL, region VARCHAR NOT NULL, opened_on DATE NOT NULL, seats INTEGER NOT NULL);
INSERT INTO salerooms VALUES
 (1,'Bath','South West',DATE '1987-05-01',140),(2,'Exeter','South West',DATE '2004-09-01',90),
 (3,'Norwich','East Anglia',DATE '2025-03-03',70),(4,'Harrogate','North',DATE '1992-02-10',120),
 (5,'Chester','North',DATE '2011-06-20',100),(6,'Edinburgh','Scotland',DATE '1999-10-04',160);

CREATE TEMP TABLE dep (n INTEGER, department VARCHAR, base DOUBLE, heat DOUBLE, w0 DOUBLE, w1 DOUBLE);
INSERT INTO dep VALUES
 (1,'Jewellery',900,1.15,0,.16),(2,'Silver',340,1.25,.16,.28),(3,'Furniture',390,0.62,.28,.44),(4,'Pictures',1100,0.80,.44,.57),
 (5,'Ceramics & Glass',210,0.72,.57,.67),(6,'Clocks & Watches',720,1.10,.67,.75),(7,'Asian Art',980,1.35,.75,.82),
 (8,'Books & Maps',180,0.90,.82,.88),(9,'Wine & Spirits',270,1.30,.88,.93),(10,'Toys & Models',130,1.00,.93,1.01);

CREATE TABLE specialists (specialist_id INTEGER PRIMARY KEY, specialist_code VARCHAR NOT NULL, full_name VARCHAR NOT NULL, email VARCHAR NOT NULL,
 department VARCHAR NOT NULL, grade VARCHAR NOT NULL, home_saleroom_id INTEGER NOT NULL REFERENCES salerooms(saleroom_id), joined_on DATE NOT NULL);
INSERT INTO specialists
SELECT i, 'SP-' || lpad(i::VARCHAR,2,'0'),
 (['Alice','Bruno','Cecily','Duncan','Esther','Fergus','Gwen','Hugo'])[1+i%8] || ' ' || (['Marlow','Tranter','Osgood','Quill','Pemberton','Lyle','Sorrell'])[1+i%7],
 'sp' || i || '@pellharrow.example', d.department,
 CASE WHEN i<=10 THEN 'head of department' WHEN i<=20 THEN 'senior' ELSE 'junior' END,
 1 + (i*5)%6, DATE '2005-01-10' + CAST(u(i,'join')*7000 AS INTEGER)
FROM range(1,31) t(i) JOIN dep d ON d.n = 1+(i-1)%10;

CREATE TABLE consignors (consignor_id INTEGER PRIMARY KEY, full_name VARCHAR NOT NULL, email VARCHAR, phone VARCHAR, consignor_type VARCHAR NOT NULL,
 county VARCHAR, joined_on DATE NOT NULL);
INSERT INTO consignors
SELECT i, (['Mary','John','Ursula','Peter','Nadia','Ralph','Joan','Keith','Ivy'])[1+i%9] || ' ' || (['Ash','Birch','Cole','Dunn','Ellis','Frost','Gale','Hart'])[1+(i//3)%8],
 CASE WHEN u(i,'em')<.9 THEN 'consignor' || i || '@mail.example' END, CASE WHEN u(i,'ph')<.8 THEN '+44 7' || lpad(((i*7919)%1000000000)::VARCHAR,9,'0') END,
 CASE WHEN u(i,'ct')<.52 THEN 'private' WHEN u(i,'ct')<.76 THEN 'estate' WHEN u(i,'ct')<.94 THEN 'trade' ELSE 'institution' END,
 CASE WHEN u(i,'cn')<.95 THEN (['Somerset','Devon','Norfolk','North Yorkshire','Cheshire','Lothian','Suffolk','Cornwall'])[1+CAST(floor(u(i,'cy')*8) AS INTEGER)] END,
 CASE WHEN i<=350 THEN DATE '2015-01-05' + CAST(u(i,'cj')*3350 AS INTEGER) ELSE DATE '2024-04-01' + CAST((i-351)*930.0/350 AS INTEGER) END
FROM range(1,701) t(i);

CREATE TABLE bidders (bidder_id INTEGER PRIMARY KEY, full_name VARCHAR NOT NULL, email VARCHAR NOT NULL, phone VARCHAR, birth_date DATE,
 bidder_type VARCHAR NOT NULL, country VARCHAR NOT NULL, registered_via VARCHAR NOT NULL, newsletter BOOLEAN NOT NULL, registered_on DATE NOT NULL);
INSERT INTO bidders
SELECT i, (['Tom','Lena','Olu','Freya','Marc','Ines','Yuki','Sam','Rhona','Dev'])[1+i%10] || ' ' || (['Reed','Stone','Wolfe','Yates','Abbot','Bloom','Crane'])[1+(i//2)%7],
 'bidder' || i || '@mail.example', CASE WHEN u(i,'bp')<.7 THEN '+44 7' || lpad(((i*104729)%1000000000)::VARCHAR,9,'0') END,
 CASE WHEN u(i,'bd')<.6 THEN DATE '1945-01-01' + CAST(u(i,'bdd')*21000 AS INTEGER) END,
 CASE WHEN u(i,'bt')<.66 THEN 'private' WHEN u(i,'bt')<.95 THEN 'trade' ELSE 'institution' END,
 CASE WHEN u(i,'co')<.70 THEN 'United Kingdom' WHEN u(i,'co')<.79 THEN 'United States' WHEN u(i,'co')<.86 THEN 'Ireland' WHEN u(i,'co')<.92 THEN 'Germany' WHEN u(i,'co')<.97 THEN 'China' ELSE 'Japan' END,
 CASE WHEN u(i,'rv')<.42+i*.00005 THEN 'website' WHEN u(i,'rv')<.72 THEN 'platform' WHEN u(i,'rv')<.92 THEN 'saleroom desk' ELSE 'telephone' END,
 u(i,'nl')<.55,
 CASE WHEN i<=900 THEN DATE '2018-01-02' + CAST((i-1)*2280.0/900 AS INTEGER) ELSE DATE '2024-04-01' + CAST(935*power((i-900)/1600.0, 0.85) - 1 + 0.4*u(i,'rj') AS INTEGER) END
FROM range(1,2501) t(i);

CREATE TABLE sales (sale_id INTEGER PRIMARY KEY, sale_code VARCHAR NOT NULL, saleroom_id INTEGER NOT NULL REFERENCES salerooms(saleroom_id),
 sale_type VARCHAR NOT NULL, sale_format VARCHAR NOT NULL, sale_date DATE NOT NULL, status VARCHAR NOT NULL);
INSERT INTO sales
WITH g AS (
 SELECT s.saleroom_id, s.opened_on, m, sl, (DATE '2024-04-01' + to_months(m::INTEGER))::DATE AS m0, m*100 + s.saleroom_id*10 + sl AS k
 FROM salerooms s, range(31) a(m), range(3) b(sl)),
h AS (SELECT *, m0 + CAST(1 + sl*9 + floor(u(k,'day')*8) AS INTEGER) AS d0,
 CASE WHEN month(m0) IN (8) THEN .35 WHEN month(m0) IN (1,12) THEN .45 WHEN month(m0) IN (3,5,9,10,11) THEN .75 ELSE .58 END * (CASE saleroom_id WHEN 1 THEN 1.15 WHEN 6 THEN 1.1 WHEN 2 THEN .75 WHEN 3 THEN .7 ELSE .95 END) AS p FROM g),
f AS (SELECT *, CAST(d0 + CASE isodow(d0) WHEN 7 THEN 2 WHEN 1 THEN 1 ELSE 0 END AS DATE) AS sd FROM h WHERE u(k,'keep') < p)
SELECT row_number() OVER (ORDER BY sd, saleroom_id, sl), '', saleroom_id,
 CASE WHEN u(k,'ty')<.30 THEN 'fine' WHEN u(k,'ty')<.66 THEN 'interiors' WHEN u(k,'ty')<.90 THEN 'specialist' ELSE 'single owner' END,
 CASE WHEN u(k,'fo') < .22 + .006*m THEN 'timed' ELSE 'live' END, sd,
 CASE WHEN u(k,'ca')<.045 THEN 'cancelled' ELSE 'held' END
FROM f WHERE sd <= DATE '2026-10-22' AND sd >= opened_on + 14;
UPDATE sales SET sale_code = 'S' || strftime(sale_date,'%y') || '-' || lpad(sale_id::VARCHAR,3,'0');

CREATE TEMP TABLE lot0 AS
WITH a AS (
 SELECT s.*, r.n AS lot_number, s.sale_id*100 + r.n AS k
 FROM sales s, range(1,34) r(n)
 WHERE s.status='held' AND r.n <= 11 + CAST(floor(u(s.sale_id,'nl')*12) AS INTEGER) + CASE WHEN month(s.sale_date) IN (10,11,3) THEN 6 WHEN month(s.sale_date)=8 THEN -4 ELSE 0 END + CASE s.saleroom_id WHEN 6 THEN 4 WHEN 1 THEN 3 ELSE 0 END),
b AS (SELECT a.*, d.department, d.base, d.heat, d.n AS dn FROM a JOIN dep d ON u(k,'dep') >= d.w0 AND u(k,'dep') < d.w1),
c AS (SELECT *, greatest(20, round(base * exp((u(k,'est')-.5)*2.5) * CASE sale_type WHEN 'fine' THEN 1.9 WHEN 'single owner' THEN 1.5 WHEN 'interiors' THEN .6 ELSE 1 END * CASE saleroom_id WHEN 6 THEN 1.3 WHEN 1 THEN 1.15 WHEN 3 THEN .7 ELSE 1 END /10)*10) AS low,
  (SELECT count(*) FROM consignors co WHERE co.joined_on <= b.sale_date - 60) AS nc FROM b)
SELECT *, CAST(round(low*1.5/10)*10 AS INTEGER) AS high,
 CASE WHEN low < 100 OR u(k,'nores') < .18 THEN NULL ELSE round(low*.9/5)*5 END AS reserve,
 CAST(1 + floor(nc * power(u(k,'con'),1.6)) AS INTEGER) AS consignor_id,
 dn + 10*CAST(floor(u(k,'spec')*3) AS INTEGER) AS specialist_id,
 u(k,'wd') < CASE sale_type WHEN 'interiors' THEN .03 WHEN 'fine' THEN .08 ELSE .05 END + CASE saleroom_id WHEN 5 THEN .05 ELSE 0 END AS wd,
 least(9, greatest(0, CAST(floor( (.35 + 1.35*u(k,'nb')) * 3.3 * heat * CASE WHEN sale_format='timed' THEN .86 ELSE 1.04 END * CASE saleroom_id WHEN 2 THEN .8 WHEN 5 THEN .88 WHEN 4 THEN 1.1 ELSE 1.02 END * CASE WHEN month(sale_date) IN (1,8) THEN .78 WHEN month(sale_date) IN (11,5) THEN 1.15 ELSE 1 END * (CASE year(sale_date) WHEN 2025 THEN .94 WHEN 2026 THEN 1.05 ELSE 1 END)) AS INTEGER))) AS nb
FROM c;

CREATE TABLE bids (bid_id INTEGER PRIMARY KEY, lot_id INTEGER NOT NULL, bidder_id INTEGER NOT NULL REFERENCES bidders(bidder_id), channel VARCHAR NOT NULL,
 bid_amount INTEGER NOT NULL, placed_at TIMESTAMP NOT NULL);
INSERT INTO bids
WITH l AS (SELECT *, row_number() OVER (ORDER BY sale_date, sale_id, lot_number) AS lot_id, (SELECT count(*) FROM bidders b WHERE b.registered_on < lot0.sale_date - 8) AS nbd FROM lot0),
t AS (SELECT bidder_id, row_number() OVER (ORDER BY bidder_id) AS rn FROM bidders WHERE bidder_type='trade' AND bidder_id <= 600),
x AS (SELECT l.*, j, l.k*10 + j AS kk FROM l, range(9) q(j) WHERE NOT l.wd AND j < l.nb),
y AS (SELECT x.*, u(kk,'ch') AS c, .20 + .009*(date_diff('month', DATE '2024-04-01', sale_date)) + CASE saleroom_id WHEN 3 THEN .12 WHEN 5 THEN -.07 ELSE 0 END AS on_share FROM x)
SELECT row_number() OVER (ORDER BY lot_id, j), lot_id,
 CASE WHEN u(kk,'tr') < .27 THEN (SELECT bidder_id FROM t WHERE rn = 1 + CAST(floor(power(u(kk,'trp'),1.7) * 165) AS INTEGER)) ELSE 1 + CAST(floor(nbd * power(u(kk,'bid'),1.15)) AS INTEGER) END,
 CASE WHEN sale_format='timed' THEN CASE WHEN c < .64 THEN 'website' ELSE 'platform' END
  WHEN c < on_share*.45 THEN 'website' WHEN c < on_share THEN 'platform' WHEN c < on_share + .12 THEN 'telephone' WHEN c < on_share + .26 THEN 'commission' ELSE 'room' END,
 CAST(round(low * (.66 + .28*u(k,'st')) * power(1.15 + .10*u(k,'inc'), j)) + j AS INTEGER),
 CASE WHEN sale_format='timed' THEN sale_date + INTERVAL 20 HOUR - to_minutes(CAST((nb-j-1)*(30 + 900*u(k,'gap')) + 20*u(kk,'min') AS INTEGER))
  ELSE sale_date + INTERVAL 10 HOUR + to_minutes(CAST(lot_number*11 + j AS INTEGER)) END
FROM y;

CREATE TABLE lots (lot_id INTEGER PRIMARY KEY, sale_id INTEGER NOT NULL REFERENCES sales(sale_id), lot_number INTEGER NOT NULL, consignor_id INTEGER NOT NULL REFERENCES consignors(consignor_id),
 specialist_id INTEGER NOT NULL REFERENCES specialists(specialist_id), department VARCHAR NOT NULL, low_estimate INTEGER NOT NULL, high_estimate INTEGER NOT NULL, reserve_price INTEGER,
 status VARCHAR NOT NULL, hammer_price INTEGER, premium_amount DECIMAL(12,2), commission_amount DECIMAL(12,2), buyer_id INTEGER REFERENCES bidders(bidder_id), winning_channel VARCHAR,
 consigned_on DATE NOT NULL, offered_on DATE NOT NULL, paid_on DATE, collected_on DATE);
INSERT INTO lots
WITH l AS (SELECT *, row_number() OVER (ORDER BY sale_date, sale_id, lot_number) AS lot_id FROM lot0),
w AS (SELECT lot_id, max(bid_amount) AS top, arg_max(bidder_id, bid_amount) AS who, arg_max(channel, bid_amount) AS ch FROM bids GROUP BY 1),
z AS (SELECT l.*, w.top, w.who, w.ch, CASE WHEN l.wd THEN 'withdrawn' WHEN w.top IS NOT NULL AND (l.reserve IS NULL OR w.top >= l.reserve) THEN 'sold' ELSE 'unsold' END AS st,
  l.sale_date + CAST(1 + floor(power(u(l.k,'pay'),2.2)*30) AS INTEGER) + CASE w.ch WHEN 'platform' THEN 4 ELSE 0 END AS pd FROM l LEFT JOIN w USING (lot_id)),
z2 AS (SELECT z.*, CASE WHEN st='sold' AND pd <= DATE '2026-10-22' AND u(k,'unpaid') > .025 THEN pd END AS paid FROM z)
SELECT lot_id, sale_id, lot_number, z2.consignor_id, specialist_id, department, low, high, reserve, st,
 CASE WHEN st='sold' THEN top END,
 CASE WHEN st='sold' THEN round(top * CASE WHEN sale_format='timed' THEN .22 WHEN sale_date < DATE '2025-07-01' THEN .24 ELSE .26 END, 2) END,
 CASE WHEN st='sold' THEN round(top * CASE c.consignor_type WHEN 'private' THEN .15 WHEN 'estate' THEN .125 WHEN 'trade' THEN .10 ELSE .08 END, 2) END,
 CASE WHEN st='sold' THEN who END, CASE WHEN st='sold' THEN ch END,
 sale_date - CAST(21 + floor(u(k,'cons')*70) AS INTEGER), sale_date, paid,
 CASE WHEN paid IS NOT NULL AND paid + CAST(floor(power(u(k,'coll'),1.8)*40) AS INTEGER) <= DATE '2026-10-22' AND u(k,'nocoll')>.03 THEN paid + CAST(floor(power(u(k,'coll'),1.8)*40) AS INTEGER) END
FROM z2 JOIN consignors c USING (consignor_id) ORDER BY lot_id;

CREATE TABLE viewings (viewing_id INTEGER PRIMARY KEY, sale_id INTEGER NOT NULL REFERENCES sales(sale_id), viewing_date DATE NOT NULL, visitors INTEGER NOT NULL, condition_reports INTEGER NOT NULL);
INSERT INTO viewings
SELECT row_number() OVER (ORDER BY s.sale_date - CAST(d AS INTEGER), s.sale_id), s.sale_id, s.sale_date - CAST(d AS INTEGER),
 CAST(round((18 + 40*u(s.sale_id*10+d,'vis')) * CASE isodow(s.sale_date - CAST(d AS INTEGER)) WHEN 6 THEN 1.7 WHEN 7 THEN 1.9 ELSE 1 END * CASE s.saleroom_id WHEN 1 THEN 1.4 WHEN 6 THEN 1.55 WHEN 3 THEN .7 WHEN 2 THEN .8 ELSE 1 END * CASE s.sale_type WHEN 'fine' THEN 1.3 WHEN 'single owner' THEN 1.6 ELSE 1 END) AS INTEGER),
 CAST(round(3 + 14*u(s.sale_id*10+d,'crq') * CASE s.sale_type WHEN 'fine' THEN 1.8 ELSE 1 END) AS INTEGER)
FROM sales s, range(1,4) r(d) WHERE s.status='held' AND (d <= 2 OR u(s.sale_id,'v3')<.5) AND (s.sale_format='live' OR d=1);

CREATE TABLE valuations (valuation_id INTEGER PRIMARY KEY, saleroom_id INTEGER NOT NULL REFERENCES salerooms(saleroom_id), specialist_id INTEGER NOT NULL REFERENCES specialists(specialist_id),
 department VARCHAR NOT NULL, setting VARCHAR NOT NULL, outcome VARCHAR NOT NULL, estimated_value INTEGER, held_on DATE NOT NULL);
INSERT INTO valuations
WITH a AS (SELECT i, DATE '2024-04-01' + CAST(floor(i*934.9/4200) AS INTEGER) AS d, u(i,'vs') AS us, u(i,'vd') AS ud FROM range(4200) t(i)),
b AS (SELECT a.*, dep.department, dep.n, dep.base, CASE WHEN us<.26 THEN 1 WHEN us<.37 THEN 2 WHEN us<.46 THEN 3 WHEN us<.63 THEN 4 WHEN us<.77 THEN 5 ELSE 6 END AS sid,
 CASE WHEN u(i,'vc')<.46 THEN 'saleroom' WHEN u(i,'vc')<.70 THEN 'home visit' WHEN u(i,'vc')<.86 THEN 'photo' ELSE 'video call' END AS setting
 FROM a JOIN dep ON ud >= dep.w0 AND ud < dep.w1),
c AS (SELECT b.*, u(i,'out') AS o, CASE setting WHEN 'home visit' THEN .58 WHEN 'saleroom' THEN .44 WHEN 'photo' THEN .24 ELSE .33 END + CASE sid WHEN 6 THEN .07 WHEN 2 THEN -.09 WHEN 3 THEN -.04 ELSE 0 END + CASE year(d) WHEN 2026 THEN .04 ELSE 0 END AS pw
 FROM b WHERE NOT (sid=3 AND d < DATE '2025-03-03') AND isodow(d) <= 6 AND u(i,'keepv') < CASE month(d) WHEN 8 THEN .6 WHEN 12 THEN .5 ELSE .95 END)
SELECT row_number() OVER (ORDER BY d, i), sid, n + 10*CAST(floor(u(i,'vsp')*3) AS INTEGER), department, setting,
 CASE WHEN o < pw THEN 'consigned' WHEN o < pw + (1-pw)*.70 THEN 'declined' WHEN o < pw + (1-pw)*.88 THEN 'undecided' ELSE 'no show' END AS oc,
 CASE WHEN o < pw + (1-pw)*.88 THEN CAST(round(base*exp((u(i,'ve')-.4)*2.6)/10)*10 AS INTEGER) END, d
FROM c;

CREATE TABLE storage_counts (saleroom_id INTEGER NOT NULL REFERENCES salerooms(saleroom_id), counted_on DATE NOT NULL, lots_stored INTEGER NOT NULL, capacity INTEGER NOT NULL, charges DECIMAL(10,2) NOT NULL, PRIMARY KEY (saleroom_id, counted_on));
INSERT INTO storage_counts
SELECT saleroom_id, d, n, cap, round(n * (.18 + .12*u(saleroom_id*1000+w,'sch')), 2)
FROM (SELECT s.saleroom_id, w, (DATE '2024-04-01' + CAST(w*7 AS INTEGER)) AS d,
  CASE s.saleroom_id WHEN 1 THEN 900 WHEN 6 THEN 1100 WHEN 4 THEN 650 WHEN 5 THEN 600 WHEN 2 THEN 400 ELSE 350 END AS cap,
  CAST(round(CASE s.saleroom_id WHEN 1 THEN 620 WHEN 6 THEN 700 WHEN 4 THEN 420 WHEN 5 THEN 460 WHEN 2 THEN 210 ELSE 140 END * (1 + .18*sin(w/52.0*6.2832) + .0012*w + .14*(u(s.saleroom_id*1000+w,'sto')-.5))) AS INTEGER) AS n
  FROM salerooms s, range(134) r(w) WHERE (DATE '2024-04-01' + CAST(w*7 AS INTEGER)) >= s.opened_on) t;
