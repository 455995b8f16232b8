-- A removals and storage company: 2023-11-01 to 2026-05-20, deterministic.
CREATE TEMP MACRO u(a, s) AS (hash(a::BIGINT, s::VARCHAR) % 1000000)::DOUBLE / 1000000.0;

CREATE TABLE depots (depot_id INTEGER PRIMARY KEY, depot_name VARCHAR, region VARCHAR, opened_on DATE, yard_bays INTEGER);
INSERT INTO depots VALUES
 (1,'Leeds','Yorkshire','2009-03-02',14),(2,'York','Yorkshire','2014-06-16',8),(3,'Hull','Yorkshire','2017-02-06',6),
 (4,'Manchester','North West','2011-09-05',16),(5,'Liverpool','North West','2016-04-18',10),
 (6,'Birmingham','Midlands','2012-01-09',12),(7,'Nottingham','Midlands','2024-09-02',6),
 (8,'Bristol','South West','2015-10-12',10),(9,'Exeter','South West','2019-05-20',5);

CREATE TABLE vans (van_id INTEGER PRIMARY KEY, plate VARCHAR, home_depot_id INTEGER, van_class VARCHAR, fuel VARCHAR, load_m3 DOUBLE, bought_on DATE, retired_on DATE);
INSERT INTO vans
SELECT i, chr((65+hash(i,'p1')%26)::INT)||chr((65+hash(i,'p2')%26)::INT)||(15+hash(i,'p3')%10)::VARCHAR||' '||chr((65+hash(i,'p4')%26)::INT)||chr((65+hash(i,'p5')%26)::INT)||chr((65+i%26)::INT),
 (i-1)//5+1, CASE (i-1)%5 WHEN 0 THEN 'Transit' WHEN 1 THEN 'Luton' WHEN 2 THEN 'Luton' WHEN 3 THEN '7.5 tonne' ELSE '18 tonne' END,
 CASE WHEN (i-1)%5=0 AND u(i,'fuel')<0.6 THEN 'electric' WHEN (i-1)%5 IN (1,2) AND u(i,'fuel')<0.25 THEN 'hybrid' ELSE 'diesel' END,
 CASE (i-1)%5 WHEN 0 THEN 11 WHEN 1 THEN 20 WHEN 2 THEN 21.5 WHEN 3 THEN 38 ELSE 60 END,
 CASE WHEN (i-1)//5+1=7 THEN DATE '2024-08-12' ELSE DATE '2016-01-11' + (u(i,'buy')*2800)::INT END, NULL
FROM range(1,46) t(i);

CREATE TABLE crew_members (crew_id INTEGER PRIMARY KEY, crew_code VARCHAR, full_name VARCHAR, email VARCHAR, mobile VARCHAR, home_depot_id INTEGER, position VARCHAR, hired_on DATE, left_on DATE);
INSERT INTO crew_members
SELECT i, upper(left(d.depot_name,3))||'-'||lpad(((i-1)%20+1)::VARCHAR,2,'0'),
 list_value('Dave','Karen','Tom','Priya','Lee','Agnieszka','Marek','Sean','Joe','Tina','Omar','Gareth')[1+(hash(i,'fn')%12)::INT]||' '||list_value('Walker','Hussain','Nowak','Briggs','Doyle','Pugh','Okafor','Shaw','Marsh','Lowe','Patel')[1+(hash(i,'ln')%11)::INT],
 'crew'||i||'@kestrelremovals.example', '07700 9'||lpad((hash(i,'mob')%100000)::VARCHAR,5,'0'), d.depot_id,
 CASE WHEN (i-1)%20<4 THEN 'foreman' WHEN (i-1)%20<10 THEN 'driver' ELSE 'porter' END,
 greatest(d.opened_on, DATE '2015-01-05' + (u(i,'hire')*4050)::INT),
 CASE WHEN (i-1)%20>=4 AND u(i,'left')<0.2 THEN DATE '2026-02-02' + (u(i,'lf')*100)::INT END
FROM range(1,181) t(i) JOIN depots d ON d.depot_id=(i-1)//20+1;

CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, full_name VARCHAR, email VARCHAR, phone VARCHAR, home_address VARCHAR, customer_type VARCHAR, heard_via VARCHAR, registered_on DATE, newsletter BOOLEAN);

CREATE TEMP TABLE q0 AS
SELECT i, DATE '2023-11-01' + (u(i,'qd')*931)::INT AS quoted_on, u(i,'dep') AS ud FROM range(1,17001) t(i);
CREATE TEMP TABLE q1 AS
SELECT row_number() OVER (ORDER BY quoted_on, i)::INT AS quote_id, i, quoted_on, dep AS depot_id FROM (
 SELECT *, CASE WHEN ud<0.19 THEN 1 WHEN ud<0.28 THEN 2 WHEN ud<0.34 THEN 3 WHEN ud<0.54 THEN 4 WHEN ud<0.64 THEN 5 WHEN ud<0.78 THEN 6 WHEN ud<0.85 THEN 7 WHEN ud<0.95 THEN 8 ELSE 9 END AS dep FROM q0)
WHERE NOT (dep=7 AND quoted_on < DATE '2024-09-02')
 AND u(i,'keep') < (0.42 + 0.17*(quoted_on - DATE '2023-11-01')/931.0) * CASE month(quoted_on) WHEN 1 THEN 0.75 WHEN 2 THEN 0.85 WHEN 3 THEN 1.0 WHEN 4 THEN 1.1 WHEN 5 THEN 1.25 WHEN 6 THEN 1.4 WHEN 7 THEN 1.5 WHEN 8 THEN 1.3 WHEN 9 THEN 1.05 WHEN 10 THEN 0.9 WHEN 11 THEN 0.7 ELSE 0.5 END
 AND (dayofweek(quoted_on) NOT IN (0) OR u(i,'sun')<0.25);

CREATE TABLE quotes (quote_id INTEGER PRIMARY KEY, customer_id INTEGER, depot_id INTEGER, quoted_on DATE, survey_method VARCHAR, move_type VARCHAR, distance_band VARCHAR, volume_m3 DOUBLE, quoted_amount DOUBLE, status VARCHAR, decline_reason VARCHAR, decided_on DATE);
INSERT INTO quotes
WITH a AS (
 SELECT *, CASE WHEN u(i,'rep')<0.25 THEN greatest(1,(quote_id*u(i,'old')*0.75)::INT) ELSE (quote_id*0.75)::INT+1 END AS customer_id,
  CASE WHEN u(i,'sv')<0.34 THEN 'in_home' WHEN u(i,'sv')<0.34+0.15+0.25*(quoted_on-DATE '2023-11-01')/931 THEN 'video' WHEN u(i,'sv')<0.88 THEN 'phone' ELSE 'online_form' END AS survey_method,
  CASE WHEN u(i,'db')<0.55 THEN 'local' WHEN u(i,'db')<0.82 THEN 'regional' WHEN u(i,'db')<0.95 THEN 'long_haul' ELSE 'overseas' END AS distance_band FROM q1),
b AS (SELECT *, CASE WHEN hash(customer_id,'biz')%100<14 THEN CASE WHEN u(i,'mt')<0.85 THEN 'office' ELSE 'single_item' END
   ELSE CASE WHEN u(i,'mt')<0.38 THEN 'flat' WHEN u(i,'mt')<0.88 THEN 'house' ELSE 'single_item' END END AS move_type FROM a),
c AS (SELECT *, round(CASE move_type WHEN 'flat' THEN 12+u(i,'v')*18 WHEN 'house' THEN 28+u(i,'v')*45 WHEN 'office' THEN 30+u(i,'v')*110 ELSE 1+u(i,'v')*4 END,1) AS volume_m3 FROM b),
d AS (SELECT *, round((140 + volume_m3*(16+u(i,'r')*7)) * CASE distance_band WHEN 'local' THEN 1 WHEN 'regional' THEN 1.35 WHEN 'long_haul' THEN 1.9 ELSE 3.4 END * (1+0.08*(quoted_on-DATE '2023-11-01')/931) * CASE depot_id WHEN 4 THEN 1.06 WHEN 8 THEN 1.12 WHEN 3 THEN 0.9 ELSE 1 END, 2) AS quoted_amount,
  CASE survey_method WHEN 'in_home' THEN 0.66 WHEN 'video' THEN 0.57 WHEN 'phone' THEN 0.42 ELSE 0.30 END
  + CASE depot_id WHEN 2 THEN 0.09 WHEN 5 THEN -0.10 WHEN 9 THEN 0.06 WHEN 6 THEN -0.04 ELSE 0 END
  + CASE WHEN month(quoted_on) IN (6,7) THEN -0.05 ELSE 0.02 END AS p FROM c),
e AS (SELECT *, u(i,'win') AS w, quoted_on + 1 + (u(i,'dec')*20)::INT AS dd FROM d)
SELECT quote_id, customer_id, depot_id, quoted_on, survey_method, move_type, distance_band, volume_m3, quoted_amount,
 CASE WHEN dd > DATE '2026-05-20' THEN 'open' WHEN w<p THEN 'accepted' WHEN w<p+(1-p)*0.6 THEN 'declined' ELSE 'expired' END AS st,
 CASE WHEN st='declined' THEN CASE WHEN u(i,'why')<0.45 THEN 'price' WHEN u(i,'why')<0.65 THEN 'date not free' WHEN u(i,'why')<0.82 THEN 'went elsewhere' WHEN u(i,'why')<0.92 THEN 'moving plans fell through' END END,
 CASE WHEN st IN ('accepted','declined') THEN dd END
FROM e;

INSERT INTO customers
SELECT c, list_value('Anna','James','Sofia','Mohammed','Ellie','Rob','Chloe','Ivan','Grace','Peter','Yusuf','Helen')[1+(hash(c,'cf')%12)::INT]||' '||list_value('Smith','Jones','Khan','Taylor','Brown','Wilson','Evans','Roberts','Wood','Hall','Green')[1+(hash(c,'cl')%11)::INT],
 'customer'||c||'@mail.example', CASE WHEN u(c,'hasphone')<0.9 THEN '07900 '||lpad((hash(c,'ph')%1000000)::VARCHAR,6,'0') END,
 (1+hash(c,'hn')%180)::VARCHAR||' '||list_value('Mill Lane','High Street','Station Road','Park Avenue','Church Walk')[1+(hash(c,'st')%5)::INT],
 CASE WHEN hash(c,'biz')%100<14 THEN 'business' ELSE 'private' END,
 CASE WHEN u(c,'hv')<0.22 THEN 'recommendation' WHEN u(c,'hv')<0.47 THEN 'web search' WHEN u(c,'hv')<0.62 THEN 'estate agent' WHEN u(c,'hv')<0.78 THEN 'comparison site' WHEN u(c,'hv')<0.85 THEN 'van livery' WHEN u(c,'hv')<0.93 THEN 'local press' END,
 first_q - (CASE WHEN u(c,'lag')<0.7 THEN 0 ELSE (u(c,'lag2')*6)::INT END), u(c,'nl')<0.37
FROM (SELECT customer_id c, min(quoted_on) first_q FROM quotes GROUP BY 1);

CREATE TABLE moves (move_id INTEGER PRIMARY KEY, quote_id INTEGER, customer_id INTEGER, depot_id INTEGER, van_id INTEGER, foreman_id INTEGER, booked_on DATE, move_date DATE, move_type VARCHAR, distance_band VARCHAR, volume_m3 DOUBLE, price DOUBLE, crew_size INTEGER, hours_planned DOUBLE, hours_worked DOUBLE, packing_service BOOLEAN, status VARCHAR, cancel_reason VARCHAR, rating INTEGER);
INSERT INTO moves
WITH a AS (SELECT *, decided_on + 5 + (u(quote_id,'lead')*40)::INT AS md0 FROM quotes WHERE status='accepted'),
b AS (SELECT *, CASE WHEN dayofweek(md0)=0 AND u(quote_id,'wd')<0.85 THEN md0-1 WHEN dayofweek(md0) IN (1,2) AND u(quote_id,'wd')<0.4 THEN md0+5-dayofweek(md0)::INT ELSE md0 END AS md FROM a),
c AS (SELECT *, row_number() OVER (ORDER BY md, quote_id)::INT AS mid FROM b WHERE md<=DATE '2026-05-20' AND md>=DATE '2023-11-01'),
d AS (SELECT *, CASE WHEN move_type='single_item' THEN 2 WHEN volume_m3<30 THEN 2+(hash(mid,'cs')%2)::INT WHEN volume_m3<60 THEN 3+(hash(mid,'cs')%2)::INT ELSE 4+(hash(mid,'cs')%4)::INT END AS crew,
  CASE WHEN move_type='single_item' THEN 0 WHEN volume_m3<22 THEN 1+(hash(mid,'vn')%2)::INT WHEN volume_m3<40 THEN 3 ELSE 4 END AS vslot,
  (depot_id-1)*20+1+(hash(mid,'fm')%4)::INT AS fm,
  u(mid,'can') < CASE depot_id WHEN 5 THEN 0.13 WHEN 6 THEN 0.10 WHEN 2 THEN 0.04 ELSE 0.07 END + CASE WHEN month(md) IN (1,12) THEN 0.04 ELSE 0 END AS can FROM c),
e AS (SELECT *, round(greatest(1.5, (volume_m3*0.42)/crew*1.6 + CASE distance_band WHEN 'local' THEN 1 WHEN 'regional' THEN 2.5 WHEN 'long_haul' THEN 5.5 ELSE 12 END)*2)/2 AS hp FROM d),
f AS (SELECT *, round(hp*(0.78+u(mid,'hw')*0.36 + CASE WHEN depot_id IN (5,7) THEN 0.07 ELSE 0 END + CASE WHEN dayofweek(md)=5 THEN 0.05 ELSE 0 END)*4)/4 AS hw,
   CASE WHEN can THEN 'cancelled' WHEN u(mid,'pp')<0.025 THEN 'postponed' ELSE 'completed' END AS st FROM e)
SELECT mid, quote_id, customer_id, depot_id, CASE WHEN st='cancelled' THEN NULL ELSE (depot_id-1)*5+1+vslot END, CASE WHEN st='cancelled' THEN NULL ELSE fm END, decided_on, md, move_type, distance_band, volume_m3,
 round(quoted_amount*(CASE WHEN u(mid,'pk')<0.3 THEN 1.18 ELSE 1 END)*CASE WHEN hw>hp*1.1 THEN 1.04 ELSE 1 END,2), crew, hp, CASE WHEN st='completed' THEN hw END, u(mid,'pk')<0.3, st,
 CASE WHEN st='cancelled' THEN CASE WHEN u(mid,'cr')<0.5 THEN 'completion fell through' WHEN u(mid,'cr')<0.75 THEN 'found cheaper' WHEN u(mid,'cr')<0.9 THEN 'illness' END END,
 CASE WHEN st='completed' AND u(mid,'hr')<0.62 THEN CASE WHEN u(mid,'rt') < 0.04+0.05*(depot_id=5)::INT+0.09*(hw>hp)::INT THEN 1+(hash(mid,'r1')%2)::INT WHEN u(mid,'rt')<0.2+0.08*(fm%4) THEN 3+(hash(mid,'r2')%2)::INT ELSE 5 END END
FROM f;

CREATE TABLE storage_counts (depot_id INTEGER, unit_size VARCHAR, counted_on DATE, units_total INTEGER, units_let INTEGER, PRIMARY KEY (depot_id, unit_size, counted_on));
INSERT INTO storage_counts
SELECT d.depot_id, s.unit_size, w.d, t.n, least(t.n, round(t.n*(0.58 + 0.03*(hash(d.depot_id,'occ')%9) + CASE s.unit_size WHEN 'small' THEN 0.07 WHEN 'large' THEN -0.09 ELSE 0 END
  + 0.06*sin((dayofyear(w.d)-100)/58.1) + 0.05*(w.d-DATE '2023-11-06')/930.0 + 0.03*(u(d.depot_id*100000+(w.d-DATE '2023-11-06'),s.unit_size)-0.5)))::INT)
FROM depots d, (VALUES ('small',1.4),('medium',1.0),('large',0.5)) s(unit_size,f),
 (SELECT DATE '2023-11-06' + (7*k)::INT AS d FROM range(0,133) r(k)) w,
 LATERAL (SELECT ((30+d.yard_bays*4)*s.f)::INT AS n) t
WHERE w.d<=DATE '2026-05-20' AND w.d>=d.opened_on;

CREATE TABLE material_sales (sale_line_id INTEGER PRIMARY KEY, sold_on DATE, depot_id INTEGER, customer_id INTEGER, material VARCHAR, material_group VARCHAR, quantity INTEGER, unit_price DOUBLE, unit_cost DOUBLE, sales_route VARCHAR);
INSERT INTO material_sales
WITH p(pid,material,grp,price,cost,w0,w1) AS (VALUES (1,'Double-wall box','boxes',2.80,1.15,0,.3),(2,'Book box','boxes',2.10,.80,.3,.44),(3,'Wardrobe carton','boxes',9.50,4.60,.44,.53),(4,'Bubble wrap 50m','wrapping',14.00,6.10,.53,.66),(5,'Packing paper 10kg','wrapping',18.50,8.90,.66,.76),(6,'Furniture blanket','protection',12.00,6.70,.76,.83),(7,'Mattress cover','protection',7.50,2.90,.83,.92),(8,'Packing tape','sundries',3.20,.95,.92,1)),
a AS (SELECT i, DATE '2023-11-01'+(u(i,'md')*931)::INT AS d, u(i,'mdep') AS ud FROM range(1,15001) t(i)),
b AS (SELECT *, CASE WHEN ud<0.22 THEN 1 WHEN ud<0.30 THEN 2 WHEN ud<0.37 THEN 3 WHEN ud<0.52 THEN 4 WHEN ud<0.63 THEN 5 WHEN ud<0.75 THEN 6 WHEN ud<0.81 THEN 7 WHEN ud<0.94 THEN 8 ELSE 9 END AS dep FROM a)
SELECT row_number() OVER (ORDER BY d,i)::INT, d, dep, CASE WHEN u(i,'mc')<0.45 THEN (SELECT max(customer_id) FROM customers)*u(i,'mcc')*(d-DATE '2023-11-01')/931 + 1 END::INT, p.material, p.grp,
 CASE p.grp WHEN 'boxes' THEN 5+(hash(i,'qt')%30)::INT WHEN 'sundries' THEN 1+(hash(i,'qt')%6)::INT ELSE 1+(hash(i,'qt')%4)::INT END, round(p.price*(CASE WHEN d>=DATE '2025-03-01' THEN 1.06 ELSE 1 END),2), p.cost,
 CASE WHEN u(i,'rt')<0.5-0.25*(d-DATE '2023-11-01')/931 THEN 'counter' WHEN u(i,'rt')<0.78 THEN 'webshop' ELSE 'with_move' END
FROM b JOIN p ON u(i,'mat')>=p.w0 AND u(i,'mat')<p.w1
WHERE NOT (dep=7 AND d<DATE '2024-09-02') AND u(i,'mk')< CASE WHEN month(d) BETWEEN 5 AND 8 THEN 0.9 WHEN month(d) IN (12,1) THEN 0.5 ELSE 0.7 END;

CREATE TABLE claims (claim_id INTEGER PRIMARY KEY, move_id INTEGER, reported_on DATE, item_type VARCHAR, cause VARCHAR, claimed_amount DOUBLE, paid_amount DOUBLE, status VARCHAR, settled_on DATE);
INSERT INTO claims
WITH a AS (SELECT m.*, m.move_date+1+(u(move_id,'rep')*12)::INT AS r FROM moves m WHERE status='completed'
  AND u(move_id,'clm') < 0.055+CASE depot_id WHEN 5 THEN 0.06 WHEN 3 THEN 0.045 WHEN 9 THEN -0.02 ELSE 0 END+CASE distance_band WHEN 'overseas' THEN 0.12 WHEN 'long_haul' THEN 0.06 ELSE 0 END+CASE WHEN packing_service THEN -0.02 ELSE 0.02 END+0.015*(foreman_id%4)+CASE WHEN month(move_date) IN (7,8) THEN 0.035 ELSE 0 END),
b AS (SELECT *, round(40+power(u(move_id,'ca'),3)*1900,2) AS ca, r+6+(u(move_id,'se')*55)::INT+CASE WHEN distance_band='overseas' THEN 20 ELSE 0 END AS s, u(move_id,'cst') AS x, CASE WHEN x<0.06 THEN 'withdrawn' WHEN s>DATE '2026-05-20' THEN 'open' WHEN x<0.7 THEN 'paid' ELSE 'rejected' END AS st FROM a WHERE r<=DATE '2026-05-20')
SELECT row_number() OVER (ORDER BY r,move_id)::INT, move_id, r, CASE WHEN u(move_id,'it')<.38 THEN 'furniture' WHEN u(move_id,'it')<.58 THEN 'glass and china' WHEN u(move_id,'it')<.73 THEN 'white goods' WHEN u(move_id,'it')<.86 THEN 'electronics' ELSE 'property (walls, floors)' END,
 CASE WHEN u(move_id,'cz')<.37 THEN 'dropped' WHEN u(move_id,'cz')<.62 THEN 'poorly wrapped' WHEN u(move_id,'cz')<.82 THEN 'shifted in transit' WHEN u(move_id,'cz')<.93 THEN 'lost' END, ca,
 CASE WHEN st='paid' THEN round(ca*(0.45+0.5*u(move_id,'pay')),2) END, st, CASE WHEN st IN ('paid','rejected') THEN s END
FROM b;

CREATE TABLE invoices (invoice_id INTEGER PRIMARY KEY, customer_id INTEGER, depot_id INTEGER, move_id INTEGER, service VARCHAR, issued_on DATE, due_on DATE, amount DOUBLE, status VARCHAR, paid_on DATE);
INSERT INTO invoices
WITH a AS (
 SELECT customer_id, depot_id, move_id, 'removal' AS service, move_date+(hash(move_id,'ii')%4)::INT AS d, price AS amt FROM moves WHERE status='completed'
 UNION ALL
 SELECT (1+hash(dep*1000+k,'sc')%2500)::INT, dep::INT, NULL, 'storage', m::DATE, round((52+(hash(dep*1000+k,'sr')%9)*21)*(CASE WHEN m>=DATE '2025-04-01' THEN 1.07 ELSE 1 END),2)
 FROM range(1,10) t(dep), range(1,31) r(k), generate_series(DATE '2023-11-01', DATE '2026-05-01', INTERVAL 1 MONTH) g(m)
 WHERE k <= 8+CASE dep WHEN 1 THEN 10 WHEN 4 THEN 12 WHEN 8 THEN 6 ELSE 2 END + date_diff('month',DATE '2023-11-01',m)//6 + CASE WHEN month(m) BETWEEN 6 AND 9 THEN 3 ELSE 0 END AND NOT (dep=7 AND m<DATE '2024-10-01')),
b AS (SELECT a.*, row_number() OVER (ORDER BY d, service, move_id, depot_id, a.customer_id, amt)::INT AS id, c.customer_type FROM a JOIN customers c USING (customer_id) WHERE d<=DATE '2026-05-20'),
c AS (SELECT *, d+CASE customer_type WHEN 'business' THEN 30 ELSE 14 END AS due, d+CASE customer_type WHEN 'business' THEN 8+(u(id,'pd')*52)::INT ELSE (u(id,'pd')*24)::INT END AS pd, u(id,'vo') AS v FROM b)
SELECT id, customer_id, depot_id, move_id, service, d, due, amt, CASE WHEN v<0.025 THEN 'void' WHEN pd>DATE '2026-05-20' OR v>0.985 THEN 'open' ELSE 'paid' END AS st, CASE WHEN st='paid' THEN pd END FROM c;
UPDATE material_sales SET customer_id = NULL WHERE customer_id IS NOT NULL AND customer_id NOT IN (SELECT customer_id FROM customers);
DROP TABLE q0;
DROP TABLE q1;
