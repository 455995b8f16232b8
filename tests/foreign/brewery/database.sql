-- Otter & Vane Brewing Co.: brewing, wholesale and five taprooms, 2024-01-01 to 2026-06-17.
CREATE OR REPLACE MACRO u(k, salt) AS (hash(k::BIGINT, salt::VARCHAR) % 100000) / 100000.0;
CREATE OR REPLACE MACRO pick(list, x) AS list[1 + floor(x * len(list))::INT];

CREATE TABLE beers (
  beer_id INTEGER PRIMARY KEY, beer_name VARCHAR NOT NULL, style VARCHAR NOT NULL, beer_range VARCHAR NOT NULL,
  abv DECIMAL(4,3) NOT NULL, launched_on DATE NOT NULL, price_per_litre DECIMAL(6,2) NOT NULL);
INSERT INTO beers VALUES
 (1,'Otter Pale','pale ale','core',0.042,'2016-04-01',3.10), (2,'Vane Bitter','bitter','core',0.038,'2014-03-01',2.80),
 (3,'Black Heron','stout','core',0.050,'2017-10-01',3.40), (4,'Ropewalk IPA','IPA','core',0.058,'2018-05-01',3.90),
 (5,'Low Tide Lager','lager','core',0.045,'2019-06-01',3.00), (6,'Little Otter','low alcohol','core',0.005,'2022-01-10',2.60),
 (7,'Slackwater Porter','porter','core',0.052,'2018-11-01',3.45), (8,'Haar','wheat beer','seasonal',0.046,'2020-05-01',3.30),
 (9,'Bramble Sour','sour','seasonal',0.040,'2021-06-15',4.60), (10,'Harvest Home','bitter','seasonal',0.044,'2019-09-01',3.00),
 (11,'Winter Weir','stout','seasonal',0.071,'2018-11-15',4.20), (12,'May Queen','pale ale','seasonal',0.041,'2021-04-20',3.20),
 (13,'Double Rope','IPA','limited',0.082,'2023-02-01',5.40), (14,'Barrel No. 9','stout','limited',0.105,'2022-12-01',7.80),
 (15,'Rhubarb Gose','sour','limited',0.043,'2024-05-10',4.90), (16,'Kiln Smoke','porter','limited',0.056,'2024-10-04',4.10),
 (17,'Quay Pils','lager','limited',0.048,'2025-03-14',3.60), (18,'Cloud Otter','IPA','core',0.052,'2024-02-16',4.00),
 (19,'Zero Vane','low alcohol','limited',0.003,'2025-09-05',2.70);

CREATE TABLE staff (
  staff_id INTEGER PRIMARY KEY, full_name VARCHAR, email VARCHAR, mobile VARCHAR, birth_date DATE,
  job VARCHAR NOT NULL, home_site VARCHAR NOT NULL, hired_on DATE NOT NULL, left_on DATE);
INSERT INTO staff
SELECT i, pick(['Aisha','Tom','Grace','Piotr','Ruth','Callum','Mei','Dev','Sian','Owen','Bea','Idris'], u(i,'fn')) || ' ' ||
  pick(['Hartley','Okafor','Lunn','Nowak','Sykes','Bell','Chan','Patel','Rees','Grant'], u(i,'ln')),
  'staff' || i || '@ottervane.example', '07700 9' || lpad((i*137 % 100000)::VARCHAR, 5, '0'), DATE '1964-01-01' + (u(i,'bd')*14000)::INT,
  CASE WHEN i<=9 THEN 'brewer' WHEN i<=17 THEN 'driver' WHEN i<=25 THEN 'sales rep' WHEN i<=30 THEN 'lab technician' ELSE 'bar staff' END,
  CASE WHEN i<=30 THEN 'brewery' ELSE pick(['Canal Yard','Station Arches','Harbour Shed','Mill Loft','Old Forge'], u(i,'hs')) END,
  DATE '2017-01-01' + (u(i,'hd')*3300)::INT,
  CASE WHEN i>30 AND u(i,'lv')<0.3 THEN DATE '2026-02-01' + (u(i,'ld')*130)::INT END
FROM range(1, 91) t(i);

CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY, trading_name VARCHAR NOT NULL, customer_type VARCHAR NOT NULL, region VARCHAR NOT NULL,
  tie VARCHAR, account_opened_on DATE NOT NULL, payment_terms_days INTEGER NOT NULL, rep_id INTEGER REFERENCES staff(staff_id),
  contact_name VARCHAR, contact_email VARCHAR, contact_phone VARCHAR, status VARCHAR NOT NULL);
INSERT INTO customers
WITH c AS (SELECT i, CASE WHEN u(i,'ct')<.56 THEN 'pub' WHEN u(i,'ct')<.72 THEN 'restaurant' WHEN u(i,'ct')<.86 THEN 'bottle shop' WHEN u(i,'ct')<.95 THEN 'hotel' ELSE 'festival' END AS ct
  FROM range(1, 241) t(i))
SELECT i, 'The ' || ['Red','Black','Copper','Silver','Crooked','Quiet','Merry','Old','Golden','Drowned','Lucky','Green','Lame','Twin','Salt','Iron'][1 + i % 16] || ' ' ||
  ['Lion','Anchor','Kettle','Plough','Heron','Fiddle','Crown','Bridge','Swan','Miller','Fox','Oak','Lantern','Duke','Wheel','Bell'][1 + i // 16] ||
  CASE ct WHEN 'restaurant' THEN ' Kitchen' WHEN 'bottle shop' THEN ' Bottles' WHEN 'hotel' THEN ' Hotel' WHEN 'festival' THEN ' Beer Festival' ELSE '' END,
  ct, CASE WHEN u(i,'rg')<.30 THEN 'Yorkshire' WHEN u(i,'rg')<.50 THEN 'North East' WHEN u(i,'rg')<.68 THEN 'Lancashire' WHEN u(i,'rg')<.81 THEN 'Midlands' WHEN u(i,'rg')<.92 THEN 'Scotland' ELSE 'London' END,
  CASE WHEN ct='pub' THEN CASE WHEN u(i,'ti')<.6 THEN 'free house' WHEN u(i,'ti')<.85 THEN 'tied' ELSE 'managed' END END,
  CASE WHEN u(i,'op')<.55 THEN DATE '2019-01-01' + (u(i,'od')*1800)::INT ELSE DATE '2024-01-01' + (u(i,'od')*860)::INT END,
  CASE WHEN u(i,'pt')<.6 THEN 30 WHEN u(i,'pt')<.85 THEN 14 ELSE 60 END, 18 + (i % 8),
  pick(['Jo','Sam','Nia','Bob','Una','Lee','Kit','Ada'], u(i,'cf')) || ' ' || pick(['Marsh','Tate','Ward','Khan','Frost','Webb'], u(i,'cl')),
  'contact' || i || '@pubs.example', CASE WHEN u(i,'cp')<.85 THEN '0113 49' || lpad((i*53 % 100000)::VARCHAR, 5, '0') END,
  CASE WHEN u(i,'st')<.08 THEN 'on stop' WHEN u(i,'st')<.15 THEN 'closed' ELSE 'trading' END
FROM c;

CREATE TABLE batches (
  batch_id INTEGER PRIMARY KEY, gyle_no VARCHAR NOT NULL, beer_id INTEGER NOT NULL REFERENCES beers(beer_id), brewhouse VARCHAR NOT NULL, brewer_id INTEGER REFERENCES staff(staff_id),
  brewed_on DATE NOT NULL, packaged_on DATE, status VARCHAR NOT NULL, hl_brewed DECIMAL(8,2) NOT NULL, hl_packaged DECIMAL(8,2), original_gravity DECIMAL(6,4));
INSERT INTO batches
WITH a AS (SELECT i, DATE '2024-01-01' + (i*898/1150)::INT AS d, 1 + floor(19*pow(u(i,'bb'),1.35))::INT AS beer FROM range(1150) t(i)),
b AS (SELECT a.*, beers.*, CASE WHEN beer_range='limited' AND u(i,'bh')<.8 OR u(i,'bh')<.12 THEN 'pilot kit' ELSE 'main brewhouse' END AS bh,
   d + (10 + u(i,'td')*10 + CASE style WHEN 'lager' THEN 18 WHEN 'sour' THEN 9 ELSE 0 END)::INT AS pk,
   CASE style WHEN 'sour' THEN .10 WHEN 'low alcohol' THEN .07 WHEN 'lager' THEN .03 ELSE .015 END + CASE WHEN d BETWEEN '2025-07-01' AND '2025-08-31' THEN .06 ELSE 0 END AS dumpp
  FROM a JOIN beers ON beer_id = beer WHERE launched_on - 30 <= d AND isodow(d) <= 6
   AND (beer_range <> 'seasonal' OR u(i,'sea') < .5)),
c AS (SELECT *, CASE WHEN u(i,'du') < dumpp AND d + 6 < DATE '2026-06-10' THEN 'dumped' WHEN pk > DATE '2026-06-17' THEN 'in tank' ELSE 'packaged' END AS st,
   round(CASE bh WHEN 'pilot kit' THEN 4.5 + u(i,'v') ELSE 36 + 6*u(i,'v') END, 1) AS hl FROM b)
SELECT row_number() OVER (ORDER BY i), 'G' || strftime(d, '%y') || lpad(row_number() OVER (ORDER BY i)::VARCHAR, 4, '0'), beer_id, bh, 1 + floor(9*u(i,'br'))::INT, d,
  CASE WHEN st='packaged' THEN pk END, st, hl,
  CASE WHEN st='packaged' THEN round(hl * (.90 + .06*u(i,'y') - CASE WHEN style IN ('IPA','sour') THEN .06 ELSE 0 END - CASE bh WHEN 'pilot kit' THEN .04 ELSE 0 END), 2) END,
  CASE WHEN u(i,'og') < .95 THEN round(1 + abv*.75 + .008 + u(i,'o2')*.004, 4) END
FROM c;

CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(customer_id), ordered_on DATE NOT NULL, requested_on DATE NOT NULL,
  channel VARCHAR NOT NULL, status VARCHAR NOT NULL, po_reference VARCHAR);
INSERT INTO orders
WITH a AS (SELECT i, DATE '2024-01-01' + floor(899*u(i,'day'))::INT AS d, 1 + floor(240*pow(u(i,'cu'),1.5))::INT AS cu FROM range(22000) t(i)),
b AS (SELECT a.*, c.customer_type, c.region, CASE WHEN u(i,'ch') < .25 + .35*(d - DATE '2024-01-01')/898.0 THEN 'portal' WHEN u(i,'ch') < .72 THEN 'sales rep' ELSE 'phone' END AS ch
  FROM a JOIN customers c ON c.customer_id = a.cu
  WHERE account_opened_on <= d AND u(i,'acc') < CASE isodow(d) WHEN 1 THEN .8 WHEN 2 THEN .7 WHEN 3 THEN .6 WHEN 4 THEN .65 WHEN 5 THEN .4 WHEN 6 THEN .06 ELSE .02 END
     * [.62,.68,.75,.80,.92,1.0,1.05,1.0,.85,.82,.9,1.2][month(d)] * (.75 + .3*(d - DATE '2024-01-01')/898.0)
     AND NOT (customer_type='festival' AND month(d) NOT BETWEEN 4 AND 10) AND NOT (c.status='closed' AND d > '2025-12-01'))
SELECT row_number() OVER (ORDER BY d, i), cu, d, d + (2 + 4*u(i,'rq'))::INT, ch,
  CASE WHEN u(i,'ca') < CASE ch WHEN 'phone' THEN .085 WHEN 'portal' THEN .03 ELSE .05 END + CASE WHEN region='London' THEN .05 ELSE 0 END THEN 'cancelled'
       WHEN d + (2 + 4*u(i,'rq'))::INT > DATE '2026-06-17' THEN 'open' ELSE 'completed' END,
  CASE WHEN u(i,'po') < .6 THEN 'PO' || (10000 + i) END
FROM b;

CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders(order_id), line_no INTEGER NOT NULL, beer_id INTEGER NOT NULL REFERENCES beers(beer_id), pack VARCHAR NOT NULL,
  litres_each DECIMAL(6,2) NOT NULL, quantity INTEGER NOT NULL, unit_price DECIMAL(8,2) NOT NULL, discount DECIMAL(4,3), PRIMARY KEY (order_id, line_no));
INSERT INTO order_lines
WITH l AS (SELECT o.order_id, n, o.order_id*10+n AS k, o.ordered_on, c.customer_type, c.region, o.channel,
    1 + floor(19*pow(u(o.order_id*10+n,'be'),1.7))::INT AS beer
  FROM orders o JOIN customers c USING (customer_id), range(1,5) t(n) WHERE n <= 1 + floor(3.4*u(o.order_id,'nl'))),
m AS (SELECT l.*, beers.*, CASE WHEN customer_type IN ('bottle shop','restaurant') THEN pick(['case of cans','case of cans','case of bottles','keg 30L'], u(k,'pk'))
    WHEN style='bitter' THEN pick(['cask','cask','keg 50L'], u(k,'pk')) ELSE pick(['keg 50L','keg 50L','keg 30L','cask','case of cans'], u(k,'pk')) END AS pk
  FROM l JOIN beers ON beer_id = beer WHERE launched_on <= ordered_on AND
   (beer_range <> 'seasonal' OR CASE beer_id WHEN 8 THEN month(ordered_on) BETWEEN 4 AND 9 WHEN 9 THEN month(ordered_on) BETWEEN 5 AND 9 WHEN 10 THEN month(ordered_on) BETWEEN 8 AND 11 WHEN 11 THEN month(ordered_on) IN (11,12,1,2) ELSE month(ordered_on) BETWEEN 3 AND 6 END)),
p AS (SELECT *, CASE pk WHEN 'keg 50L' THEN 50 WHEN 'keg 30L' THEN 30 WHEN 'cask' THEN 40.9 WHEN 'case of cans' THEN 10.56 ELSE 6 END AS li FROM m)
SELECT order_id, n, beer_id, pk, li, 1 + floor(CASE WHEN customer_type='festival' THEN 14 WHEN customer_type='hotel' THEN 5 ELSE 4 END*u(k,'q'))::INT,
  round(li*price_per_litre*(CASE WHEN pk LIKE 'case%' THEN 1.35 ELSE 1 END)*(1 + .04*(year(ordered_on)-2024)), 2),
  CASE WHEN u(k,'di') < .35 THEN CASE WHEN region IN ('London','Midlands') THEN pick([.10,.15,.20], u(k,'d2')) ELSE pick([.05,.075,.10], u(k,'d2')) END END
FROM p;
DELETE FROM orders WHERE order_id NOT IN (SELECT order_id FROM order_lines);

CREATE TABLE deliveries (
  delivery_id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(order_id), run VARCHAR NOT NULL, driver_id INTEGER REFERENCES staff(staff_id),
  due_on DATE NOT NULL, delivered_on DATE, status VARCHAR NOT NULL, failure_reason VARCHAR);
INSERT INTO deliveries
WITH a AS (SELECT o.*, c.region, CASE WHEN c.region IN ('Yorkshire','Lancashire') THEN CASE WHEN o.customer_id%2=0 THEN 'Dales run' ELSE 'Pennine run' END
    WHEN c.region IN ('North East','Scotland') THEN 'Coast run' ELSE 'Carrier' END AS rn FROM orders o JOIN customers c USING (customer_id) WHERE o.status <> 'cancelled'),
b AS (SELECT *, u(order_id,'fa') < CASE rn WHEN 'Carrier' THEN .07 WHEN 'Coast run' THEN .04 ELSE .02 END AS failed,
   CASE WHEN u(order_id,'la') < CASE rn WHEN 'Carrier' THEN .24 WHEN 'Coast run' THEN .15 WHEN 'Dales run' THEN .10 ELSE .06 END + CASE WHEN month(requested_on) IN (1,12) THEN .10 ELSE 0 END
      + CASE WHEN requested_on BETWEEN '2026-04-01' AND '2026-04-30' THEN .12 ELSE 0 END THEN 1 + floor(3*u(order_id,'l2'))::INT ELSE 0 END AS late FROM a)
SELECT row_number() OVER (ORDER BY requested_on, order_id), order_id, rn, CASE WHEN rn <> 'Carrier' THEN 10 + floor(8*u(order_id,'dr'))::INT END, requested_on,
  CASE WHEN requested_on + late <= DATE '2026-06-17' AND NOT failed THEN requested_on + late END,
  CASE WHEN requested_on + late > DATE '2026-06-17' THEN 'scheduled' WHEN failed THEN 'failed' ELSE 'delivered' END,
  CASE WHEN failed AND requested_on + late <= DATE '2026-06-17' THEN pick(['nobody there','cellar full','wrong order','van breakdown'], u(order_id,'fr')) END
FROM b;

CREATE TABLE keg_trips (
  trip_id INTEGER PRIMARY KEY, keg_serial VARCHAR NOT NULL, container VARCHAR NOT NULL, customer_id INTEGER NOT NULL REFERENCES customers(customer_id),
  sent_on DATE NOT NULL, returned_on DATE, status VARCHAR NOT NULL, deposit DECIMAL(6,2) NOT NULL);
INSERT INTO keg_trips
WITH a AS (SELECT d.delivery_id AS i, d.delivered_on AS s, o.customer_id, c.region, l.pack, row_number() OVER (ORDER BY d.delivered_on, d.delivery_id, l.line_no) AS n
  FROM deliveries d JOIN orders o USING (order_id) JOIN customers c USING (customer_id) JOIN order_lines l USING (order_id)
  WHERE d.status='delivered' AND l.pack NOT LIKE 'case%'),
b AS (SELECT *, u(n,'lost') < CASE region WHEN 'London' THEN .09 WHEN 'Scotland' THEN .06 WHEN 'Midlands' THEN .05 ELSE .02 END AS lost,
   s + (14 + 40*u(n,'rt') + CASE region WHEN 'London' THEN 16 WHEN 'Scotland' THEN 9 ELSE 0 END + CASE pack WHEN 'cask' THEN -8 ELSE 0 END)::INT AS back FROM a)
SELECT n, 'OV-' || lpad((hash(n,'ser') % 2600)::VARCHAR, 5, '0'), pack, customer_id, s,
  CASE WHEN NOT lost AND back <= DATE '2026-06-17' THEN back END,
  CASE WHEN lost AND s < DATE '2026-03-20' THEN 'lost' WHEN lost OR back > DATE '2026-06-17' THEN 'out' ELSE 'returned' END,
  CASE pack WHEN 'keg 50L' THEN 60 WHEN 'keg 30L' THEN 45 ELSE 50 END
FROM b;

CREATE TABLE taproom_sales (
  sale_id INTEGER PRIMARY KEY, receipt_no INTEGER NOT NULL, taproom VARCHAR NOT NULL, sold_at TIMESTAMP NOT NULL, category VARCHAR NOT NULL,
  beer_id INTEGER REFERENCES beers(beer_id), quantity INTEGER NOT NULL, amount DECIMAL(8,2) NOT NULL, payment VARCHAR, voided BOOLEAN NOT NULL);
INSERT INTO taproom_sales
WITH a AS (SELECT i, DATE '2024-01-01' + floor(899*u(i,'tday'))::INT AS d, CASE WHEN u(i,'tr')<.32 THEN 'Canal Yard' WHEN u(i,'tr')<.55 THEN 'Station Arches' WHEN u(i,'tr')<.72 THEN 'Harbour Shed' WHEN u(i,'tr')<.85 THEN 'Mill Loft' ELSE 'Old Forge' END AS tr
  FROM range(22000) t(i)),
b AS (SELECT *, row_number() OVER (ORDER BY d, i) AS r FROM a WHERE (tr <> 'Old Forge' OR d >= '2025-03-07') AND
   u(i,'tacc') < [.12,.2,.28,.42,.8,1.0,.6][isodow(d)] * CASE WHEN tr='Harbour Shed' THEN [.4,.4,.5,.7,.9,1.1,1.3,1.4,.9,.6,.5,.6][month(d)] ELSE [.7,.7,.8,.85,.95,1,1,1,.9,.9,.9,1.15][month(d)] END),
l AS (SELECT b.*, n, r*10+n AS k, CASE WHEN n=1 AND u(r*10+n,'ca')<.86 THEN 'beer' ELSE pick(['beer','beer','food','food','soft drinks','merchandise'], u(r*10+n,'c2')) END AS cat
  FROM b, range(1,4) t(n) WHERE n <= 1 + floor(2.9*u(r,'nl'))),
m AS (SELECT l.*, 1 + (floor(19*pow(u(k,'tb'),1.3))::INT + CASE tr WHEN 'Canal Yard' THEN 17 WHEN 'Station Arches' THEN 3 WHEN 'Harbour Shed' THEN 4 WHEN 'Mill Loft' THEN 1 ELSE 2 END) % 19 AS beer, 1 + floor(4*u(k,'tq'))::INT AS q FROM l)
SELECT row_number() OVER (ORDER BY d, r, n), r, tr, d::TIMESTAMP + to_minutes((CASE WHEN isodow(d)>=6 THEN 720 + 600*u(r,'mi') ELSE 960 + 380*u(r,'mi') END)::INT), cat,
  CASE WHEN cat='beer' THEN CASE WHEN b.launched_on <= d THEN beer ELSE 5 END END, q,
  round(q * CASE cat WHEN 'beer' THEN 3.2 + coalesce(CASE WHEN b.launched_on <= d THEN b.price_per_litre ELSE 3.1 END,3)*.55 WHEN 'food' THEN 8.5 WHEN 'soft drinks' THEN 2.8 ELSE 18 END * CASE tr WHEN 'Station Arches' THEN 1.12 WHEN 'Mill Loft' THEN .95 ELSE 1 END * (1+.03*(year(d)-2024)), 2),
  CASE WHEN u(r,'pm')<.80 THEN 'card' WHEN u(r,'pm')<.93 THEN 'cash' WHEN u(r,'pm')<.98 THEN 'gift card' END, u(r,'vo') < CASE tr WHEN 'Station Arches' THEN .03 ELSE .012 END
FROM m JOIN beers b ON b.beer_id = m.beer;

CREATE TABLE ingredient_purchases (
  purchase_id INTEGER PRIMARY KEY, supplier VARCHAR NOT NULL, ingredient_kind VARCHAR NOT NULL, ingredient VARCHAR NOT NULL, ordered_on DATE NOT NULL, received_on DATE,
  kg DECIMAL(9,1) NOT NULL, price_per_kg DECIMAL(8,2) NOT NULL, status VARCHAR NOT NULL);
INSERT INTO ingredient_purchases
WITH a AS (SELECT i, DATE '2024-01-01' + floor(i*899/1300)::INT AS d, u(i,'ik') AS x FROM range(1300) t(i)),
b AS (SELECT *, CASE WHEN x<.45 THEN 'malt' WHEN x<.75 THEN 'hops' WHEN x<.9 THEN 'yeast' ELSE 'adjuncts' END AS kd FROM a),
c AS (SELECT *, CASE kd WHEN 'malt' THEN pick(['Maris Otter','pilsner malt','crystal malt','roast barley','wheat malt'], u(i,'in')) WHEN 'hops' THEN pick(['Citra','Mosaic','Fuggles','Saaz','Nelson Sauvin'], u(i,'in'))
   WHEN 'yeast' THEN pick(['ale yeast','lager yeast'], u(i,'in')) ELSE pick(['raspberry puree','oats','coriander'], u(i,'in')) END AS ing,
   CASE kd WHEN 'malt' THEN pick(['Wolds Maltings','Wolds Maltings','Calder Grain'], u(i,'su')) WHEN 'hops' THEN pick(['Kent Hop Co','Yakima Direct','Yakima Direct'], u(i,'su')) WHEN 'yeast' THEN 'Pitch Labs' ELSE 'Orchard Foods' END AS sup FROM b),
e AS (SELECT *, CASE sup WHEN 'Yakima Direct' THEN 18 ELSE 6 END + floor(9*u(i,'le'))::INT AS lead, u(i,'rj') < CASE sup WHEN 'Calder Grain' THEN .09 WHEN 'Orchard Foods' THEN .06 ELSE .02 END AS rej FROM c)
SELECT i+1, sup, kd, ing, d, CASE WHEN d + lead <= DATE '2026-06-17' THEN d + lead END,
  round(CASE kd WHEN 'malt' THEN 800 + 2200*u(i,'kg') WHEN 'hops' THEN 20 + 90*u(i,'kg') WHEN 'yeast' THEN 5 + 15*u(i,'kg') ELSE 40 + 160*u(i,'kg') END, 1),
  round(CASE kd WHEN 'malt' THEN .85 + .3*u(i,'pr') WHEN 'hops' THEN 17 + 12*u(i,'pr') WHEN 'yeast' THEN 60 + 15*u(i,'pr') ELSE 3 + 3*u(i,'pr') END * (1 + .05*(year(d)-2024)), 2),
  CASE WHEN d + lead > DATE '2026-06-17' THEN 'on order' WHEN rej THEN 'rejected' ELSE 'received' END
FROM e;

CREATE TABLE quality_tests (
  test_id INTEGER PRIMARY KEY, batch_id INTEGER NOT NULL REFERENCES batches(batch_id), test_kind VARCHAR NOT NULL, tested_on DATE NOT NULL, result VARCHAR, reading DECIMAL(8,3), note VARCHAR);
INSERT INTO quality_tests
WITH a AS (SELECT b.*, n, b.batch_id*10+n AS k, ['microbiology','dissolved oxygen','sensory panel','alcohol check','diacetyl'][n] AS kd, s.style, b.brewed_on + (3 + 2*n + 2*u(b.batch_id*10+n,'dd'))::INT AS t
  FROM batches b JOIN beers s USING (beer_id), range(1,6) q(n) WHERE u(b.batch_id*10+n,'has') < .8)
SELECT row_number() OVER (ORDER BY t, k), batch_id, kd, t,
  CASE WHEN t > DATE '2026-06-12' AND kd='microbiology' THEN NULL WHEN u(k,'f') < CASE kd WHEN 'dissolved oxygen' THEN .09 WHEN 'sensory panel' THEN .06 WHEN 'diacetyl' THEN .05 ELSE .03 END + CASE style WHEN 'sour' THEN .06 WHEN 'lager' THEN .03 ELSE 0 END
     + CASE status WHEN 'dumped' THEN .35 ELSE 0 END + CASE brewhouse WHEN 'pilot kit' THEN .03 ELSE 0 END THEN 'fail' ELSE 'pass' END,
  CASE WHEN kd <> 'sensory panel' THEN round(u(k,'re')*10, 3) END, CASE WHEN u(k,'nt')<.08 THEN 'retest advised' END
FROM a WHERE t <= DATE '2026-06-17';

DROP MACRO u; DROP MACRO pick;
