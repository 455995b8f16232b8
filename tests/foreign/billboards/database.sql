-- Lumen & Paste: an outdoor advertising company. Data from 2023-10-02 to 2026-04-22.
CREATE MACRO u(k, salt) AS (hash(k::VARCHAR || '|' || salt) % 1000000) / 1000000.0;

CREATE TABLE landlords (
  landlord_id INTEGER PRIMARY KEY, landlord_code VARCHAR, full_name VARCHAR, email VARCHAR, phone VARCHAR, street_address VARCHAR,
  landlord_type VARCHAR, partner_since DATE);
INSERT INTO landlords
SELECT i, 'LL-' || lpad(i::VARCHAR, 3, '0'),
  ['Ada','Boris','Clara','Derek','Edda','Felix','Greta','Hugo','Ines','Jonas'][1 + (hash(i) % 10)::INT] || ' ' ||
  ['Arkwright','Bell','Cordell','Dunne','Eastman','Farrow','Gaunt','Hollis'][1 + (hash(i + 7) % 8)::INT],
  'owner' || i || '@post.example', '+44 700 ' || lpad((hash(i) % 1000000)::VARCHAR, 6, '0'), (hash(i) % 180 + 1)::VARCHAR || ' Mill Lane',
  CASE WHEN u(i,'lt') < .42 THEN 'private owner' WHEN u(i,'lt') < .6 THEN 'municipality' WHEN u(i,'lt') < .75 THEN 'rail operator'
       WHEN u(i,'lt') < .9 THEN 'retail group' ELSE 'housing association' END,
  DATE '2008-01-01' + (u(i,'ps') * 5600)::INT
FROM range(1, 201) t(i);

CREATE TABLE sites (
  site_id INTEGER PRIMARY KEY, site_code VARCHAR, city VARCHAR, region VARCHAR, environment VARCHAR, landlord_id INTEGER REFERENCES landlords,
  opened_on DATE, permit_expires_on DATE);
INSERT INTO sites
SELECT i, 'S' || lpad(i::VARCHAR, 4, '0'), c.city, c.region,
  CASE WHEN u(i,'env') < .38 THEN 'roadside' WHEN u(i,'env') < .58 THEN 'city centre' WHEN u(i,'env') < .74 THEN 'station'
       WHEN u(i,'env') < .88 THEN 'shopping mall' ELSE 'motorway' END,
  CASE WHEN u(i,'own') < .08 THEN NULL ELSE 1 + floor(u(i,'ll') * 200)::INT END,
  DATE '2010-01-01' + (u(i,'op') * 5000)::INT, CASE WHEN u(i,'pe') < .15 THEN NULL ELSE DATE '2026-05-01' + (u(i,'px') * 2500)::INT END
FROM range(1, 221) t(i)
JOIN (VALUES (0,'Aldergate','Capital'),(1,'Aldergate','Capital'),(2,'Aldergate','Capital'),(3,'Northport','North'),(4,'Grimsholm','North'),(5,'Elsby','North'),
  (6,'Southmere','South'),(7,'Calder Bay','South'),(8,'Tarrant','South'),(9,'Eastwick','East'),(10,'Brenford','East'),(11,'Westbury','West'),
  (12,'Lanmouth','West'),(13,'Dunhaven','West')) c(k, city, region) ON c.k = floor(u(i,'city') * 14);

CREATE TABLE panels (
  panel_id INTEGER PRIMARY KEY, panel_code VARCHAR, site_id INTEGER REFERENCES sites, format VARCHAR, medium VARCHAR, illuminated BOOLEAN,
  area_sqm DECIMAL(6,1), daily_audience INTEGER, installed_on DATE, removed_on DATE);
INSERT INTO panels
SELECT i, 'P' || lpad(i::VARCHAR, 5, '0'), CASE WHEN i <= 220 THEN i ELSE 1 + floor(u(i,'site') * 220)::INT END, f,
  CASE WHEN f IN ('digital screen','mega screen') THEN 'digital' ELSE 'static' END,
  f IN ('digital screen','mega screen') OR u(i,'lit') < .45,
  CASE f WHEN '6-sheet' THEN 2.2 WHEN '48-sheet' THEN 18.6 WHEN '96-sheet' THEN 37.2 WHEN 'banner wall' THEN 90 WHEN 'digital screen' THEN 9.5 ELSE 48 END,
  (3000 + u(i,'aud') * 42000)::INT, DATE '2018-01-01' + (u(i,'ins') * 2800)::INT,
  CASE WHEN u(i,'rem') < .07 THEN DATE '2025-10-06' + (u(i,'rm2') * 180)::INT END
FROM (SELECT i, CASE WHEN u(i,'fmt') < .30 THEN '6-sheet' WHEN u(i,'fmt') < .55 THEN '48-sheet' WHEN u(i,'fmt') < .68 THEN '96-sheet'
  WHEN u(i,'fmt') < .76 THEN 'banner wall' WHEN u(i,'fmt') < .94 THEN 'digital screen' ELSE 'mega screen' END f FROM range(1, 311) t(i));

CREATE TABLE advertisers (
  advertiser_id INTEGER PRIMARY KEY, advertiser_name VARCHAR, industry VARCHAR, account_tier VARCHAR, agency VARCHAR, contact_name VARCHAR, contact_email VARCHAR, client_since DATE);
INSERT INTO advertisers
SELECT i, ['Kestrel','Bramble','Orchid','Pinnacle','Quarry','Saffron','Tundra','Umber','Velvet','Willow','Zephyr','Juniper','Cobalt','Marlin','Nimbus'][1 + i % 15] || ' ' ||
  ['Motors','Foods','Bank','Telecom','Stores','Drinks','Travel','Insurance','Homes','Pictures','Energy','Fashion','Health','Games','Logistics','Media'][1 + i % 16],
  CASE WHEN u(i,'ind') < .2 THEN 'retail' WHEN u(i,'ind') < .34 THEN 'automotive' WHEN u(i,'ind') < .48 THEN 'food and drink' WHEN u(i,'ind') < .6 THEN 'telecom'
       WHEN u(i,'ind') < .71 THEN 'finance' WHEN u(i,'ind') < .82 THEN 'entertainment' WHEN u(i,'ind') < .91 THEN 'travel' ELSE 'public sector' END,
  CASE WHEN i <= 25 THEN 'key account' WHEN i <= 100 THEN 'regional' ELSE 'local' END,
  CASE WHEN u(i,'ag') < .4 THEN NULL ELSE ['Northlight','Pitch & Co','Mediahaus','Blue Ladder','Seven Acres'][1 + (hash(i + 3) % 5)::INT] END,
  'Contact ' || i, 'media' || i || '@client.example', DATE '2014-01-01' + (u(i,'cs') * 3500)::INT
FROM range(1, 221) t(i);

CREATE TABLE campaigns (
  campaign_id INTEGER PRIMARY KEY, campaign_name VARCHAR, advertiser_id INTEGER REFERENCES advertisers, account_manager VARCHAR, sales_channel VARCHAR,
  objective VARCHAR, budget DECIMAL(12,2), signed_on DATE);
INSERT INTO campaigns
SELECT i, 'CMP-' || lpad(i::VARCHAR, 4, '0'), a, 'AM-' || lpad((1 + (hash(a + 11) % 9))::VARCHAR, 2, '0'),
  CASE WHEN u(i,'ch') < .48 - i * .0002 THEN 'direct' WHEN u(i,'ch') < .82 - i * .0001 THEN 'agency' ELSE 'programmatic' END,
  CASE WHEN u(i,'ob') < .35 THEN 'brand' WHEN u(i,'ob') < .6 THEN 'launch' WHEN u(i,'ob') < .85 THEN 'promotion' WHEN u(i,'ob') < .95 THEN 'event' END,
  round(6000 + u(i,'bud') * 30000 + CASE WHEN a <= 25 THEN 25000 ELSE 0 END, -2),
  DATE '2023-10-02' + (14 * floor((i - 1) * 67 / 900.0))::INT - (8 + u(i,'sg') * 50)::INT
FROM (SELECT i, 1 + floor(pow(u(i,'adv'), 1.8) * 220)::INT a FROM range(1, 901) t(i));

CREATE TABLE bookings (
  booking_id INTEGER PRIMARY KEY, campaign_id INTEGER REFERENCES campaigns, panel_id INTEGER REFERENCES panels, status VARCHAR, booked_on DATE,
  starts_on DATE, ends_on DATE, days_booked INTEGER, rate_card_price DECIMAL(10,2), net_price DECIMAL(10,2), cancel_reason VARCHAR);
INSERT INTO bookings
WITH slots AS (
  SELECT p.panel_id, p.format, p.medium, s.region, s.environment, p.daily_audience, c, p.panel_id * 100 + c AS k,
    DATE '2023-10-02' + (14 * c)::INT AS cycle_start,
    greatest(1, least(900, floor((c + 1) * 900 / 67.0)::INT - floor(u(p.panel_id * 100 + c,'cmp') * 26)::INT)) AS campaign_id
  FROM panels p JOIN sites s USING (site_id), range(0, 67) t(c)
  WHERE p.installed_on <= DATE '2023-10-02' + (14 * c)::INT AND (p.removed_on IS NULL OR p.removed_on > DATE '2023-10-02' + (14 * c + 14)::INT)),
taken AS (
  SELECT *, extract(month FROM cycle_start) AS m FROM slots
  WHERE u(k,'occ') < .54 + CASE WHEN medium = 'digital' THEN .12 + c * .0022 ELSE -c * .001 END
    + CASE region WHEN 'Capital' THEN .14 WHEN 'East' THEN -.12 WHEN 'South' THEN .04 ELSE 0 END
    + CASE environment WHEN 'station' THEN .08 WHEN 'motorway' THEN -.09 ELSE 0 END
    + CASE extract(month FROM cycle_start) WHEN 11 THEN .1 WHEN 12 THEN .13 WHEN 1 THEN -.15 WHEN 2 THEN -.09 WHEN 6 THEN .05 WHEN 8 THEN -.06 ELSE 0 END),
priced AS (
  SELECT t.*, a.account_tier, ca.sales_channel, ca.signed_on,
    cycle_start + (u(k,'st') * 4)::INT AS starts_on, CASE WHEN u(k,'ln') < .75 THEN 10 ELSE 7 END AS days,
    round((CASE format WHEN '6-sheet' THEN 310 WHEN '48-sheet' THEN 720 WHEN '96-sheet' THEN 1250 WHEN 'banner wall' THEN 2600 WHEN 'digital screen' THEN 1450 ELSE 4200 END)
      * (.8 + daily_audience / 80000.0) * CASE region WHEN 'Capital' THEN 1.35 WHEN 'East' THEN .82 ELSE 1 END * (1 + c * .0016)
      * CASE WHEN m IN (11,12) THEN 1.12 ELSE 1 END, 2) AS rate_card
  FROM taken t JOIN campaigns ca USING (campaign_id) JOIN advertisers a USING (advertiser_id))
SELECT row_number() OVER (ORDER BY cycle_start, panel_id),
  campaign_id, panel_id, st,
  greatest(signed_on, starts_on - (2 + u(k,'lead') * CASE sales_channel WHEN 'programmatic' THEN 9 WHEN 'agency' THEN 48 ELSE 32 END)::INT),
  starts_on, starts_on + days - 1, days, rate_card,
  round(rate_card * (1 - (CASE account_tier WHEN 'key account' THEN .24 WHEN 'regional' THEN .13 ELSE .06 END) - u(k,'disc') * .12
    - CASE WHEN m IN (1,2) THEN .06 ELSE 0 END), 2),
  CASE WHEN st = 'cancelled' THEN CASE WHEN u(k,'cr') < .4 THEN 'budget cut' WHEN u(k,'cr') < .65 THEN 'artwork late' WHEN u(k,'cr') < .85 THEN 'competitor nearby' END END
FROM (SELECT *, CASE
    WHEN u(k,'can') < CASE sales_channel WHEN 'agency' THEN .11 WHEN 'direct' THEN .055 ELSE .03 END + CASE WHEN m IN (1,2) THEN .04 ELSE 0 END THEN 'cancelled'
    WHEN starts_on > DATE '2026-02-15' AND u(k,'opt') < .12 THEN 'option' WHEN u(k,'opt') < .025 THEN 'option'
    WHEN starts_on + days - 1 >= DATE '2026-04-22' THEN 'running' ELSE 'completed' END AS st FROM priced);

CREATE TABLE panel_cycles (
  panel_id INTEGER REFERENCES panels, cycle_start DATE, available_days INTEGER, sold_days INTEGER, dark_days INTEGER, PRIMARY KEY (panel_id, cycle_start));
INSERT INTO panel_cycles
SELECT p.panel_id, cs, 14 - dark, CASE WHEN b.booking_id IS NULL THEN 0 ELSE least(b.days_booked, 14 - dark) END, dark
FROM (SELECT p.*, DATE '2023-10-02' + (14 * c)::INT AS cs,
    CASE WHEN u(p.panel_id * 100 + c,'dk') < CASE WHEN medium = 'digital' THEN .16 ELSE .07 END + CASE WHEN c % 26 IN (6,7,8,9) THEN .06 ELSE 0 END
      THEN 1 + floor(u(p.panel_id * 100 + c,'dd') * 5)::INT ELSE 0 END AS dark
  FROM panels p, range(0, 67) t(c)) p
LEFT JOIN bookings b ON b.panel_id = p.panel_id AND b.starts_on BETWEEN cs AND cs + 13 AND b.status IN ('running','completed')
WHERE p.installed_on <= cs AND (p.removed_on IS NULL OR p.removed_on > cs + 14);

CREATE TABLE proofs_of_posting (
  proof_id INTEGER PRIMARY KEY, booking_id INTEGER REFERENCES bookings, crew VARCHAR, due_on DATE, taken_at TIMESTAMP, method VARCHAR, verdict VARCHAR);
INSERT INTO proofs_of_posting
SELECT row_number() OVER (ORDER BY booking_id), booking_id, crew, due_on, taken_at, method,
  CASE WHEN taken_at IS NULL THEN 'missing' WHEN u(booking_id,'rej') < CASE method WHEN 'drone' THEN .03 WHEN 'play log' THEN .015 ELSE .085 END THEN 'rejected' ELSE 'accepted' END
FROM (SELECT booking_id, crew, starts_on + 3 AS due_on, method,
    CASE WHEN u(booking_id,'mis') < CASE WHEN crew IN ('Crew B','Crew E') THEN .06 ELSE .025 END THEN NULL
      ELSE starts_on + INTERVAL 7 HOUR + to_minutes((u(booking_id,'hh') * 660)::INT)
        + to_days((u(booking_id,'del') * CASE crew WHEN 'Crew B' THEN 5.4 WHEN 'Crew E' THEN 4.7 WHEN 'Crew A' THEN 3.6 ELSE 4.1 END)::INT) END AS taken_at
  FROM (SELECT b.booking_id, b.starts_on, 'Crew ' || substr('ABCDEF', 1 + s.site_id % 6, 1) AS crew,
      CASE WHEN p.medium = 'digital' THEN 'play log' WHEN u(b.booking_id,'mt') < .12 THEN 'drone' ELSE 'photo' END AS method
    FROM bookings b JOIN panels p USING (panel_id) JOIN sites s USING (site_id) WHERE b.status IN ('running','completed') AND u(b.booking_id,'pf') < .9));

CREATE TABLE maintenance_visits (
  visit_id INTEGER PRIMARY KEY, panel_id INTEGER REFERENCES panels, technician VARCHAR, cause VARCHAR, priority VARCHAR, reported_at TIMESTAMP, visited_at TIMESTAMP,
  outcome VARCHAR, cost DECIMAL(9,2), technician_note VARCHAR);
INSERT INTO maintenance_visits
SELECT i, panel_id, 'T-' || lpad((1 + hash(i + 5) % 14)::VARCHAR, 2, '0'), cause, priority, visited_at - to_minutes((60 + pow(u(i,'rt'), 1.6) *
    CASE priority WHEN 'urgent' THEN 1500 WHEN 'normal' THEN 5200 ELSE 11000 END)::INT), visited_at, outcome,
  CASE WHEN outcome = 'no access' THEN NULL ELSE round((60 + u(i,'cost') * 260) * CASE cause WHEN 'screen fault' THEN 2.6 WHEN 'storm damage' THEN 2.1 WHEN 'cleaning' THEN .5 ELSE 1 END, 2) END,
  CASE WHEN u(i,'note') < .3 THEN 'spoke to caretaker, see key box' END
FROM (SELECT *, CASE WHEN u(i,'out') < CASE cause WHEN 'screen fault' THEN .66 WHEN 'cleaning' THEN .95 ELSE .84 END THEN 'fixed'
      WHEN u(i,'out') < .96 THEN 'parts ordered' ELSE 'no access' END AS outcome,
    CASE WHEN cause = 'cleaning' THEN 'low' WHEN u(i,'pr') < .3 THEN 'urgent' ELSE 'normal' END AS priority,
    TIMESTAMP '2023-10-02 06:30:00' + to_days(d) + to_minutes((u(i,'vm') * 660)::INT) AS visited_at
  FROM (SELECT i, d, panel_id, CASE WHEN medium = 'digital' AND u(i,'ca') < .5 THEN 'screen fault' WHEN u(i,'ca') < .22 THEN 'lamp failure' WHEN u(i,'ca') < .45 THEN 'vandalism'
        WHEN u(i,'ca') < (CASE WHEN extract(month FROM DATE '2023-10-02' + d) IN (10,11,12,1,2) THEN .76 ELSE .55 END) THEN 'storm damage' ELSE 'cleaning' END AS cause
    FROM (SELECT i, floor(pow(u(i,'d'), .9) * 934)::INT AS d, 1 + floor(u(i,'p') * 310)::INT AS panel_id FROM range(1, 4801) t(i)) v
    JOIN panels p USING (panel_id)
    WHERE p.installed_on <= DATE '2023-10-02' + d AND (p.removed_on IS NULL OR p.removed_on > DATE '2023-10-02' + d)));

CREATE TABLE rent_payments (
  rent_payment_id INTEGER PRIMARY KEY, site_id INTEGER REFERENCES sites, due_on DATE, amount DECIMAL(10,2), paid_on DATE);
INSERT INTO rent_payments
SELECT row_number() OVER (ORDER BY m, site_id), site_id, m,
  round((140 + u(site_id,'rent') * 420) * CASE region WHEN 'Capital' THEN 1.7 WHEN 'East' THEN .8 ELSE 1 END * CASE environment WHEN 'station' THEN 1.5 WHEN 'shopping mall' THEN 1.3 ELSE 1 END
    * CASE extract(year FROM m) WHEN 2024 THEN 1.03 WHEN 2025 THEN 1.07 WHEN 2026 THEN 1.12 ELSE 1 END, 2),
  CASE WHEN m >= DATE '2026-03-01' AND u(site_id * 1000 + mi,'op') < .12 THEN NULL
    ELSE least(DATE '2026-04-22', m + CASE WHEN u(site_id * 1000 + mi,'lt') < .12 + CASE WHEN extract(month FROM m) IN (1,8) THEN .14 ELSE 0 END THEN (8 + u(site_id * 1000 + mi,'ld') * 30)::INT
      ELSE (u(site_id * 1000 + mi,'ld') * 7)::INT END) END
FROM (SELECT s.*, mi, (DATE '2023-10-01' + to_months(mi::INT))::DATE AS m FROM sites s, range(0, 31) t(mi) WHERE landlord_id IS NOT NULL) WHERE opened_on <= m;

DROP MACRO u;
