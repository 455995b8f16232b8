-- A trust in Scotland that runs six museums: April 2023 up to 31 May 2026. The same rows on every machine: all chance comes from
-- `luck`, arithmetic on whole numbers alone.

CREATE MACRO stirred(x) AS (xor(x, x >> 15) * 1540483477) % 4294967296;
CREATE MACRO luck(item, stream) AS
  stirred(stirred(stirred((item::BIGINT * 73244475 + stream * 19349663) % 4294967296))) / 4294967296.0;
-- the season's pull on a day, and the museum's
CREATE MACRO season(d) AS [0.45, 0.55, 0.7, 0.95, 1.0, 1.15, 1.5, 1.6, 1.0, 0.85, 0.55, 0.6][month(d)];
CREATE MACRO weekend(d) AS CASE isodow(d) WHEN 6 THEN 1.7 WHEN 7 THEN 1.4 WHEN 1 THEN 0.6 ELSE 0.9 END;

CREATE TABLE museums AS
SELECT * FROM (VALUES
  (1, 'Harbour Museum', 'Leith', 'Maritime', 'East', 1.25, DATE '1984-05-12', 14.0),
  (2, 'Tolbooth Gallery', 'Edinburgh', 'Art', 'East', 1.5, DATE '1971-09-03', 16.0),
  (3, 'Steam and Flight', 'Motherwell', 'Industry', 'West', 1.0, DATE '1996-03-30', 12.0),
  (4, 'Weavers House', 'Paisley', 'Social history', 'West', 0.55, DATE '2003-06-14', 8.0),
  (5, 'Natural History Hall', 'Glasgow', 'Nature', 'West', 1.6, DATE '1965-04-01', 13.0),
  (6, 'Lighthouse Cottage', 'Wick', 'Maritime', 'Highlands', 0.35, DATE '2024-03-29', 7.0)
) AS t(museum_id, museum_name, town, collection, area, pull, opened_on, adult_price);

CREATE TABLE exhibitions AS
SELECT * FROM (VALUES
  (1, 1, 'Whalers and Widows', 'History', 'Own', DATE '2023-04-22', DATE '2023-10-29', 18000),
  (2, 2, 'Gold of the Isles', 'Craft', 'Touring', DATE '2023-05-13', DATE '2023-11-12', 64000),
  (3, 3, 'Women at the Lathe', 'History', 'Own', DATE '2023-06-03', DATE '2024-01-07', 21000),
  (4, 5, 'Moths After Dark', 'Science', 'Own', DATE '2023-07-01', DATE '2024-02-25', 26000),
  (5, 4, 'The Paisley Pattern', 'Craft', 'Own', DATE '2023-09-16', DATE '2024-04-14', 15000),
  (6, 2, 'New Members: Young Scottish Painters', 'Art', 'Own', DATE '2023-12-02', DATE '2024-05-26', 38000),
  (7, 1, 'Shipwreck!', 'History', 'Touring', DATE '2024-02-10', DATE '2024-09-01', 52000),
  (8, 5, 'Dinosaurs Awake', 'Science', 'Touring', DATE '2024-03-30', DATE '2024-11-03', 110000),
  (9, 3, 'Tickets Please: A Century of Railways', 'History', 'Own', DATE '2024-04-27', DATE '2024-12-01', 30000),
  (10, 6, 'Keepers of the Light', 'History', 'Own', DATE '2024-05-04', DATE '2025-01-05', 9000),
  (11, 2, 'Northern Summer', 'Art', 'Partner', DATE '2024-06-22', DATE '2025-01-12', 47000),
  (12, 4, 'Threads of Protest', 'Social history', 'Own', DATE '2024-09-07', DATE '2025-03-30', 12000),
  (13, 1, 'Leith at War', 'History', 'Own', DATE '2024-10-12', DATE '2025-04-27', 23000),
  (14, 5, 'Frozen Planet', 'Science', 'Partner', DATE '2024-12-07', DATE '2025-06-29', 71000),
  (15, 2, 'Silver and Salt', 'Photography', 'Own', DATE '2025-02-15', DATE '2025-08-31', 33000),
  (16, 3, 'First in the Air', 'Science', 'Touring', DATE '2025-03-29', DATE '2025-11-02', 84000),
  (17, 1, 'Herring Girls', 'Social history', 'Own', DATE '2025-05-24', DATE '2026-01-11', 25000),
  (18, 6, 'Storm Watch', 'Photography', 'Own', DATE '2025-06-07', DATE '2025-10-26', 8000),
  (19, 5, 'Dinosaurs Return', 'Science', 'Touring', DATE '2025-07-19', DATE '2026-02-22', 118000),
  (20, 4, 'Looms and Computers', 'Science', 'Partner', DATE '2025-09-13', DATE '2026-03-29', 17000),
  (21, 2, 'Masters of Light', 'Art', 'Touring', DATE '2025-10-04', DATE '2026-04-19', 132000),
  (22, 3, 'The Last Steelworks', 'Photography', 'Own', DATE '2025-12-06', NULL, 19000),
  (23, 1, 'Maps of Nowhere', 'History', 'Partner', DATE '2026-02-14', NULL, 41000),
  (24, 5, 'Otter and Osprey', 'Science', 'Own', DATE '2026-03-21', NULL, 36000)
) AS t(exhibition_id, museum_id, exhibition_title, theme, origin, opened_on, closed_on, budget);

CREATE TABLE ticket_sales AS
WITH days AS (
  SELECT m.museum_id, m.pull, m.opened_on AS museum_opened, m.adult_price, (DATE '2023-04-01' + n::INTEGER)::DATE AS visit_on, n
  FROM museums m, range(0, 1157) AS t(n)
), slots AS (
  SELECT *, museum_id * 100000 + n * 10 + k AS seed, k FROM days, range(0, 6) AS t(k)
  WHERE visit_on >= museum_opened AND NOT (museum_id = 6 AND month(visit_on) IN (11, 12, 1, 2)) AND NOT (museum_id = 4 AND isodow(visit_on) = 1)
    AND NOT (month(visit_on) = 12 AND day(visit_on) IN (25, 26))
), kept AS (
  SELECT * FROM slots WHERE luck(seed, 1) < 0.43 * pull * season(visit_on) * weekend(visit_on) * (1 + 0.05 * (year(visit_on) - 2023))
), kinds AS (
  SELECT k.*, CASE WHEN luck(seed, 2) < 0.38 THEN 'Adult' WHEN luck(seed, 2) < 0.57 THEN 'Concession' WHEN luck(seed, 2) < 0.70 THEN 'Child'
      WHEN luck(seed, 2) < 0.87 THEN 'Family' WHEN luck(seed, 2) < 0.93 THEN 'Group' ELSE 'Member guest' END AS ticket_type,
    CASE WHEN luck(seed, 3) < 0.36 THEN 'Front desk' WHEN luck(seed, 3) < 0.74 THEN 'Website' WHEN luck(seed, 3) < 0.86 THEN 'reseller' WHEN luck(seed, 3) < 0.95 THEN 'Tour operator' ELSE 'Phone' END AS channel,
    e.exhibition_id
  FROM kept k LEFT JOIN exhibitions e ON e.museum_id = k.museum_id AND k.visit_on BETWEEN e.opened_on AND coalesce(e.closed_on, DATE '2026-12-31')
    AND luck(k.seed, 4) < 0.25 + e.budget / 400000.0
), one AS (
  SELECT * FROM kinds QUALIFY ROW_NUMBER() OVER (PARTITION BY seed ORDER BY exhibition_id DESC NULLS LAST) = 1
), priced AS (
  SELECT *, CASE WHEN ticket_type = 'Group' THEN 10 + floor(luck(seed, 5) * 22)::INTEGER WHEN ticket_type = 'Family' THEN 1 ELSE 1 + floor(luck(seed, 5) * 4)::INTEGER END AS tickets,
    round(adult_price * CASE ticket_type WHEN 'Adult' THEN 1 WHEN 'Concession' THEN 0.75 WHEN 'Child' THEN 0.5 WHEN 'Family' THEN 2.6 WHEN 'Group' THEN 0.7 ELSE 0.6 END
      + CASE WHEN exhibition_id IS NOT NULL THEN 4 ELSE 0 END + CASE WHEN visit_on >= DATE '2025-04-01' THEN 1 ELSE 0 END, 2) AS unit_price
  FROM one
)
SELECT ROW_NUMBER() OVER (ORDER BY visit_on, seed)::INTEGER AS sale_id, museum_id, exhibition_id,
  (visit_on - CASE channel WHEN 'Front desk' THEN 0 ELSE floor(pow(luck(seed, 6), 2) * 30)::INTEGER END)::DATE AS sold_on, visit_on, ticket_type, channel, tickets,
  (CASE ticket_type WHEN 'Family' THEN 3 + floor(luck(seed, 7) * 3)::INTEGER ELSE tickets END)::INTEGER AS people, unit_price::DECIMAL(8, 2) AS unit_price,
  round(tickets * unit_price, 2)::DECIMAL(10, 2) AS amount,
  CASE WHEN luck(seed, 8) < 0.035 THEN 'Refunded' WHEN luck(seed, 8) < 0.075 AND channel <> 'Front desk' THEN 'no_show' ELSE 'Used' END AS ticket_status
FROM priced;

CREATE TABLE members AS
SELECT n::INTEGER AS member_id,
  ['Ailsa', 'Fergus', 'Isla', 'Callum', 'Morag', 'Euan', 'Aisha', 'Piotr', 'Grace'][1 + floor(luck(n, 20) * 9)::INTEGER] || ' '
    || ['Munro', 'Campbell', 'Drummond', 'Kaur', 'Nowak', 'Sinclair', 'Baird', 'Innes'][1 + floor(luck(n, 21) * 8)::INTEGER] AS full_name,
  'member' || n || '@example.org' AS email, '07700 9' || lpad((n * 617 % 100000)::VARCHAR, 5, '0') AS phone,
  CASE WHEN luck(n, 22) < 0.1 THEN 'Under 26' WHEN luck(n, 22) < 0.36 THEN '26 to 44' WHEN luck(n, 22) < 0.68 THEN '45 to 64' WHEN luck(n, 22) < 0.94 THEN '65 and over' END AS age_band,
  CASE WHEN luck(n, 23) < 0.34 THEN 'Edinburgh' WHEN luck(n, 23) < 0.62 THEN 'Glasgow' WHEN luck(n, 23) < 0.87 THEN 'Rest of Scotland' ELSE 'Elsewhere' END AS home_region,
  luck(n, 24) < 0.61 AS gift_aid,
  CASE WHEN luck(n, 25) < 0.32 THEN 'At the desk' WHEN luck(n, 25) < 0.61 THEN 'Website' WHEN luck(n, 25) < 0.77 THEN 'Gift' WHEN luck(n, 25) < 0.92 THEN 'Friend' END AS recruited_by
FROM range(1, 1101) AS t(n);

CREATE TABLE memberships AS
WITH first_terms AS (
  SELECT member_id, (DATE '2022-04-10' + floor(luck(member_id, 30) * 1500)::INTEGER)::DATE AS joined_on,
    CASE WHEN luck(member_id, 31) < 0.42 THEN 'Individual' WHEN luck(member_id, 31) < 0.66 THEN 'Joint' WHEN luck(member_id, 31) < 0.86 THEN 'Family' WHEN luck(member_id, 31) < 0.94 THEN 'Student' ELSE 'Patron' END AS level
  FROM members
), terms AS (
  SELECT *, k, member_id * 10 + k AS seed, (joined_on + (k * 365)::INTEGER)::DATE AS starts_on FROM first_terms, range(0, 5) AS t(k)
), running AS (
  SELECT *, bool_and(k = 0 OR luck(member_id * 10 + k, 32) < 0.71 + CASE WHEN level = 'Patron' THEN 0.15 WHEN level = 'Student' THEN -0.2 ELSE 0 END)
    OVER (PARTITION BY member_id ORDER BY k ROWS UNBOUNDED PRECEDING) AS still FROM terms
)
SELECT ROW_NUMBER() OVER (ORDER BY starts_on, member_id)::INTEGER AS membership_id, member_id,
  (CASE WHEN luck(member_id, 33) >= 0.92 AND joined_on < DATE '2024-03-29' THEN 3 ELSE [1, 1, 2, 2, 2, 3, 4, 5, 5, 5, 5, 6][1 + floor(luck(member_id, 33) * 12)::INTEGER] END)::INTEGER AS museum_id,
  level, k > 0 AS is_renewal, starts_on, (starts_on + 364)::DATE AS ends_on,
  (CASE level WHEN 'Individual' THEN 48 WHEN 'Joint' THEN 76 WHEN 'Family' THEN 92 WHEN 'Student' THEN 25 ELSE 300 END + CASE WHEN starts_on >= DATE '2025-01-01' AND level <> 'Student' THEN 4 ELSE 0 END)::DECIMAL(8, 2) AS fee,
  CASE WHEN luck(seed, 34) < 0.55 THEN 'direct_debit' WHEN luck(seed, 34) < 0.9 THEN 'Card' ELSE 'Cheque' END AS paid_by,
  CASE WHEN luck(seed, 35) < 0.045 AND starts_on + 40 <= DATE '2026-05-31' THEN (starts_on + 5 + floor(luck(seed, 36) * 30)::INTEGER)::DATE END AS cancelled_on,
  CASE WHEN starts_on + 365 <= DATE '2026-05-31' THEN lead(k) OVER (PARTITION BY member_id ORDER BY k) IS NOT NULL END AS was_renewed
FROM running WHERE still AND starts_on <= DATE '2026-05-31';

CREATE TABLE products AS
SELECT * FROM (VALUES
  (1, 'Herring tea towel', 'Homeware', 'Caledon Prints', 3.2, 9.5), (2, 'Lighthouse mug', 'Homeware', 'Clyde Ceramics', 4.1, 12.0), (3, 'Paisley scarf', 'Clothing', 'Abbey Mill', 14.0, 38.0),
  (4, 'Steam engine kit', 'Toys', 'Brightbox', 9.8, 24.0), (5, 'Plush otter', 'Toys', 'Brightbox', 5.5, 15.0), (6, 'Plush dinosaur', 'Toys', 'Brightbox', 6.1, 17.0),
  (7, 'Exhibition catalogue', 'Books', 'Tolbooth Press', 11.0, 28.0), (8, 'Scottish birds guide', 'Books', 'Heron House', 6.4, 14.0), (9, 'Shipwreck stories', 'Books', 'Heron House', 4.9, 11.0),
  (10, 'Postcard set', 'Stationery', 'Caledon Prints', 0.9, 4.5), (11, 'Museum notebook', 'Stationery', 'Caledon Prints', 2.3, 8.0), (12, 'Tartan pencil', 'Stationery', 'Caledon Prints', 0.25, 1.5),
  (13, 'Shortbread tin', 'Food', 'Mrs Baird', 3.6, 8.5), (14, 'Sea salt fudge', 'Food', 'Mrs Baird', 1.9, 4.8), (15, 'Heather honey', 'Food', 'Mrs Baird', 3.9, 8.0),
  (16, 'Amber earrings', 'Jewellery', 'Isle Silver', 18.0, 46.0), (17, 'Silver thistle brooch', 'Jewellery', 'Isle Silver', 24.0, 59.0), (18, 'Fossil pendant', 'Jewellery', 'Isle Silver', 9.5, 22.0),
  (19, 'Art print, framed', 'Prints', 'Tolbooth Press', 21.0, 55.0), (20, 'Art print', 'Prints', 'Tolbooth Press', 5.0, 18.0), (21, 'Railway poster', 'Prints', 'Caledon Prints', 4.2, 16.0),
  (22, 'Fisherman jumper', 'Clothing', 'Abbey Mill', 31.0, 75.0), (23, 'Dinosaur T-shirt', 'Clothing', 'Abbey Mill', 7.0, 18.0), (24, 'Keepsake coin', 'Souvenirs', 'Isle Silver', 0.8, 4.0),
  (25, 'Fridge magnet', 'Souvenirs', 'Brightbox', 0.7, 3.5), (26, 'Canvas bag', 'Souvenirs', 'Abbey Mill', 2.9, 9.0), (27, 'Gift card', NULL, NULL, 0.0, 25.0)
) AS t(product_id, product_name, category, supplier, unit_cost, list_price);

CREATE TABLE shop_sales AS
WITH drawn AS (
  SELECT m.museum_id, (DATE '2023-04-01' + n::INTEGER)::DATE AS sold_on, m.museum_id * 100000 + n * 10 + k AS seed
  FROM museums m, range(0, 1157) AS t(n), range(0, 4) AS u(k)
  WHERE DATE '2023-04-01' + n::INTEGER >= m.opened_on AND NOT (m.museum_id = 6 AND month(DATE '2023-04-01' + n::INTEGER) IN (11, 12, 1, 2))
    AND luck(m.museum_id * 100000 + n * 10 + k, 40) < 0.32 * m.pull * weekend(DATE '2023-04-01' + n::INTEGER) * greatest(season(DATE '2023-04-01' + n::INTEGER), CASE WHEN month(DATE '2023-04-01' + n::INTEGER) IN (11, 12) THEN 1.3 ELSE 0 END)
), chosen AS (
  SELECT *, (1 + floor(pow(luck(seed, 41), 1.15) * 27)::INTEGER + museum_id * 4) % 27 + 1 AS product_id, luck(seed, 42) < 0.22 AS member_discount, 1 + floor(pow(luck(seed, 43), 3) * 5)::INTEGER AS quantity FROM drawn
)
SELECT ROW_NUMBER() OVER (ORDER BY c.sold_on, c.seed)::INTEGER AS line_id, c.museum_id, c.product_id::INTEGER AS product_id, c.sold_on, c.quantity, c.member_discount,
  round(c.quantity * p.list_price * CASE WHEN c.member_discount THEN 0.9 ELSE 1 END, 2)::DECIMAL(10, 2) AS amount,
  CASE WHEN luck(c.seed, 44) < 0.22 THEN 'Online' ELSE 'In store' END AS sold_where, luck(c.seed, 45) < 0.03 AS was_returned
FROM chosen c JOIN products p ON p.product_id = c.product_id;

CREATE TABLE school_visits AS
WITH drawn AS (
  SELECT m.museum_id, (DATE '2023-04-01' + n::INTEGER)::DATE AS visited_on, m.museum_id * 10000 + n AS seed
  FROM museums m, range(0, 1157) AS t(n)
  WHERE DATE '2023-04-01' + n::INTEGER >= m.opened_on AND isodow(DATE '2023-04-01' + n::INTEGER) BETWEEN 2 AND 5 AND month(DATE '2023-04-01' + n::INTEGER) NOT IN (7, 8)
    AND luck(m.museum_id * 10000 + n, 50) < 0.23 * m.pull * CASE WHEN month(DATE '2023-04-01' + n::INTEGER) IN (5, 6, 10) THEN 1.5 ELSE 0.9 END
)
SELECT ROW_NUMBER() OVER (ORDER BY visited_on, seed)::INTEGER AS visit_id, museum_id,
  ['Leith Academy', 'St Mirin Primary', 'Craigmount High', 'Dalziel High', 'Wick Community School', 'Glenburn Primary', 'Holyrood Secondary', 'Broughton Primary', 'Firpark School', 'Kelvinside Primary'][1 + (luck(seed, 51) * 10)::INTEGER % 10] AS school_name,
  ['Secondary', 'Primary', 'Secondary', 'Secondary', 'Primary', 'Primary', 'Secondary', 'Primary', 'Special', 'Primary'][1 + (luck(seed, 51) * 10)::INTEGER % 10] AS stage,
  (visited_on - 14 - floor(luck(seed, 52) * 80)::INTEGER)::DATE AS booked_on, visited_on, (12 + floor(luck(seed, 53) * 40)::INTEGER)::INTEGER AS pupils,
  CASE WHEN luck(seed, 54) < 0.28 THEN 'Fossil dig' WHEN luck(seed, 54) < 0.5 THEN 'Weaving' WHEN luck(seed, 54) < 0.72 THEN 'Life at sea' END AS workshop,
  ((12 + floor(luck(seed, 53) * 40)) * CASE WHEN luck(seed, 54) < 0.72 THEN 5.5 ELSE 3 END)::DECIMAL(8, 2) AS fee,
  CASE WHEN luck(seed, 55) < 0.09 THEN 'Cancelled' WHEN luck(seed, 55) < 0.12 THEN 'no_show' ELSE 'Held' END AS visit_status
FROM drawn;

CREATE TABLE donations AS
WITH drawn AS (
  SELECT (DATE '2023-04-01' + floor(n * 1157 / 2600)::INTEGER)::DATE AS given_on, n AS seed FROM range(0, 2600) AS t(n)
)
SELECT (seed + 1)::INTEGER AS donation_id, (CASE WHEN luck(seed, 60) >= 0.92 AND given_on < DATE '2024-03-29' THEN 2 ELSE 1 + floor(luck(seed, 60) * 5.4)::INTEGER END)::INTEGER AS museum_id,
  CASE WHEN luck(seed, 61) < 0.3 THEN 1 + floor(luck(seed, 62) * 1100)::INTEGER END AS member_id, given_on,
  CASE WHEN luck(seed, 63) < 0.48 THEN 'Donation box' WHEN luck(seed, 63) < 0.88 THEN 'Online' WHEN luck(seed, 63) < 0.93 THEN 'Corporate' WHEN luck(seed, 63) < 0.955 THEN 'Legacy' ELSE 'Trust grant' END AS donor_kind,
  CASE WHEN luck(seed, 64) < 0.25 THEN 'Roof appeal' WHEN luck(seed, 64) < 0.46 THEN 'Acquisitions' WHEN luck(seed, 64) < 0.68 THEN 'Learning' END AS fund,
  round(CASE WHEN luck(seed, 63) < 0.48 THEN 20 + luck(seed, 65) * 180 WHEN luck(seed, 63) < 0.88 THEN 5 + floor(luck(seed, 65) * 20) * 5 WHEN luck(seed, 63) < 0.93 THEN 250 + floor(luck(seed, 65) * 16) * 100
    WHEN luck(seed, 63) < 0.955 THEN 1000 + floor(luck(seed, 65) * 20) * 250 ELSE 500 + floor(luck(seed, 65) * 20) * 125 END, 2)::DECIMAL(10, 2) AS amount,
  luck(seed, 63) >= 0.48 AND luck(seed, 63) < 0.88 AND luck(seed, 66) < 0.66 AS gift_aided,
  CASE WHEN luck(seed, 67) < 0.02 THEN 'Returned' WHEN given_on > DATE '2026-04-30' AND luck(seed, 67) < 0.2 THEN 'Pledged' ELSE 'Received' END AS donation_status
FROM drawn;

CREATE TABLE visitor_surveys AS
SELECT (n + 1)::INTEGER AS survey_id, [1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 5, 6][1 + floor(luck(n, 70) * 12)::INTEGER]::INTEGER AS museum_id,
  (CASE WHEN floor(luck(n, 70) * 12)::INTEGER = 11 THEN DATE '2024-04-02' + floor(n * 780 / 3400)::INTEGER ELSE DATE '2023-04-01' + floor(n * 1157 / 3400)::INTEGER END)::DATE AS answered_on,
  (least(10, greatest(0, 10 - floor(pow(luck(n, 71), 1.7) * 9)::INTEGER - CASE WHEN floor(luck(n, 70) * 12)::INTEGER = 7 THEN 1 ELSE 0 END)))::INTEGER AS recommend_score,
  CASE WHEN luck(n, 72) < 0.9 THEN (5 - floor(pow(luck(n, 73), 2) * 4)::INTEGER)::INTEGER END AS enjoyment,
  CASE WHEN luck(n, 74) < 0.34 THEN 'Local' WHEN luck(n, 74) < 0.6 THEN 'Rest of Scotland' WHEN luck(n, 74) < 0.8 THEN 'Rest of UK' WHEN luck(n, 74) < 0.97 THEN 'Overseas' END AS came_from,
  luck(n, 75) < 0.58 AS first_visit, CASE WHEN luck(n, 76) < 0.5 THEN 'Family' WHEN luck(n, 76) < 0.78 THEN 'Couple' WHEN luck(n, 76) < 0.92 THEN 'Alone' ELSE 'Group' END AS came_as,
  (35 + floor(luck(n, 77) * 150)::INTEGER)::INTEGER AS minutes_stayed
FROM range(0, 3400) AS t(n);

CREATE TABLE shifts AS
WITH drawn AS (
  SELECT m.museum_id, (DATE '2024-04-01' + n::INTEGER)::DATE AS worked_on, k, m.museum_id * 100000 + n * 10 + k AS seed
  FROM museums m, range(0, 791) AS t(n), range(0, 3) AS u(k)
  WHERE NOT (m.museum_id = 6 AND (k > 0 OR month(DATE '2024-04-01' + n::INTEGER) IN (11, 12, 1, 2))) AND luck(m.museum_id * 100000 + n * 10 + k, 80) < 0.62
)
SELECT ROW_NUMBER() OVER (ORDER BY worked_on, seed)::INTEGER AS shift_id, museum_id, (museum_id * 100 + floor(luck(seed, 81) * 22)::INTEGER)::INTEGER AS person_no,
  ['Jean', 'Robbie', 'Nadia', 'Hamish', 'Olivia', 'Tomasz'][1 + (museum_id * 100 + floor(luck(seed, 81) * 22)::INTEGER) % 6] || ' '
    || ['Ross', 'Stewart', 'Ali', 'Weir', 'Gunn'][1 + (museum_id * 100 + floor(luck(seed, 81) * 22)::INTEGER) % 5] AS person_name,
  CASE WHEN floor(luck(seed, 81) * 22)::INTEGER < 9 THEN 'Staff' ELSE 'Volunteer' END AS worker_kind,
  CASE WHEN luck(seed, 82) < 0.34 THEN 'Gallery' WHEN luck(seed, 82) < 0.58 THEN 'Front desk' WHEN luck(seed, 82) < 0.76 THEN 'Shop' WHEN luck(seed, 82) < 0.9 THEN 'Guided tours' ELSE 'Learning' END AS duty,
  worked_on, ([3, 4, 4, 5, 7.5, 7.5][1 + floor(luck(seed, 83) * 6)::INTEGER])::DECIMAL(4, 1) AS hours,
  CASE WHEN luck(seed, 84) < 0.06 THEN 'Cancelled' WHEN luck(seed, 84) < 0.085 THEN 'no_show' ELSE 'Worked' END AS shift_status
FROM drawn;

CREATE TABLE monthly_plan AS
SELECT m.museum_id, d::DATE AS plan_month, (round(m.pull * season(d) * 300 * (1 + 0.05 * (year(d) - 2024)) / 5) * 5)::INTEGER AS planned_visitors,
  (round(m.pull * season(d) * 3700 * (1 + 0.06 * (year(d) - 2024)) / 50) * 50)::DECIMAL(10, 2) AS planned_ticket_income
FROM museums m, range(DATE '2024-04-01', DATE '2027-04-01', INTERVAL 1 MONTH) AS t(d)
WHERE NOT (m.museum_id = 6 AND month(d) IN (11, 12, 1, 2));

CREATE TABLE member_counts AS
SELECT museum_id, level, last_day(d)::DATE AS counted_on, COUNT(*)::INTEGER AS members_active
FROM memberships, range(DATE '2023-04-01', DATE '2026-06-01', INTERVAL 1 MONTH) AS t(d)
WHERE starts_on <= last_day(d) AND ends_on >= last_day(d) AND (cancelled_on IS NULL OR cancelled_on > last_day(d))
GROUP BY ALL ORDER BY counted_on, museum_id, level;

ALTER TABLE museums DROP COLUMN pull;
ALTER TABLE museums DROP COLUMN adult_price;
