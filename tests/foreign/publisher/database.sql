-- A London trade publisher, Harrow & Finch: the ledger from 1 January 2024 to 30 June 2026. The same rows on every machine: all
-- chance comes from `roll`, arithmetic on whole numbers alone.

CREATE MACRO stir(x) AS (xor(x, x >> 13) * 1274126177) % 4294967296;
CREATE MACRO roll(item, stream) AS
  stir(stir(stir((item::BIGINT * 97635301 + stream::BIGINT * 40503997 + 11) % 4294967296))) / 4294967296.0;
CREATE MACRO pick(names, item, stream) AS names[1 + floor(roll(item, stream) * len(names))::INTEGER];

CREATE TABLE author AS
SELECT
  n::INTEGER AS author_id,
  ['Ada', 'Bram', 'Clara', 'Dermot', 'Esme', 'Felix', 'Greta', 'Hugo', 'Imogen', 'Jonah', 'Kezia', 'Lorcan', 'Maud', 'Niall', 'Odile', 'Piers',
   'Roisin', 'Silas', 'Tamsin', 'Una', 'Vikram', 'Wren', 'Yusuf', 'Zadie'][1 + ((n * 37) % 480 % 24)::INTEGER] || ' '
    || ['Ashdown', 'Birkett', 'Calloway', 'Drummond', 'Eastlake', 'Fairfax', 'Galbraith', 'Hollis', 'Ingleby', 'Jessop', 'Kirwan', 'Lockhart',
        'Mornay', 'Nettles', 'Okafor', 'Price', 'Quill', 'Ransome', 'Sale', 'Thackray'][1 + ((n * 37) % 480 // 24)::INTEGER] AS pen_name,
  pick(['Sarah', 'David', 'Meera', 'Tom', 'Olu', 'Karen', 'Ian', 'Beth'], n, 2) || ' ' || pick(['Brown', 'Patel', 'Jones', 'Murphy', 'Evans', 'Adeyemi', 'Wright'], n, 3) AS legal_name,
  'author' || n || '@example.org' AS email,
  'GB' || lpad((n * 7919 % 100)::VARCHAR, 2, '0') || ' HFPB ' || lpad((n * 104729 % 100000000)::VARCHAR, 8, '0') AS bank_account,
  CASE WHEN roll(n, 4) < 0.56 THEN 'United Kingdom' WHEN roll(n, 4) < 0.67 THEN 'Ireland' WHEN roll(n, 4) < 0.81 THEN 'United States'
       WHEN roll(n, 4) < 0.89 THEN 'Australia' WHEN roll(n, 4) < 0.95 THEN 'India' ELSE 'France' END AS home_country,
  CASE WHEN roll(n, 5) < 0.75 THEN pick(['Pemberton Literary', 'Wilde & Crane', 'Ottoline Agency', 'Marlowe Rights', 'Sky High Talent'], n, 6) END AS agency,
  roll(n, 7) < 0.4 AS is_debut
FROM range(1, 241) AS t(n);

CREATE TABLE title AS
WITH drawn AS (
  SELECT n,
    CASE n WHEN 12 THEN 'Net Worth' WHEN 25 THEN 'The Return' WHEN 41 THEN 'Paid in Full' WHEN 58 THEN 'Last Quarter' WHEN 77 THEN 'A Month in Umbria'
           WHEN 96 THEN 'Paperback Heart' WHEN 118 THEN 'The Best Seller' WHEN 143 THEN 'Northern Territory' WHEN 171 THEN 'In Advance' WHEN 205 THEN 'The Online Wife'
      ELSE 'The ' || ['Amber', 'Borrowed', 'Crooked', 'Distant', 'Empty', 'Frozen', 'Glass', 'Hidden', 'Iron', 'Jade', 'Kindly', 'Last', 'Midnight', 'Narrow',
                      'Open', 'Paper', 'Quiet', 'Restless', 'Silver', 'Tidal', 'Unwritten', 'Velvet', 'Winter', 'Young'][1 + ((n * 77) % 720 % 24)::INTEGER] || ' '
        || ['Almanac', 'Bridge', 'Cartographer', 'Debt', 'Estuary', 'Fiddler', 'Garden', 'House', 'Inheritance', 'Jury', 'Kitchen', 'Lighthouse', 'Marsh', 'Nurse',
            'Orchard', 'Pilgrim', 'Quarry', 'Road', 'Surgeon', 'Teller', 'Umbrella', 'Voyage', 'Witness', 'Yard', 'Apprentice', 'Ballroom', 'Colony', 'Detective',
            'Engine', 'Ferryman'][1 + ((n * 77) % 720 // 24)::INTEGER] END AS title_name,
    1 + ((n * 53) % 240)::INTEGER AS author_id,
    CASE WHEN roll(n, 10) < 0.27 THEN 'Harrow Noir' WHEN roll(n, 10) < 0.52 THEN 'Finch & Daughters' WHEN roll(n, 10) < 0.72 THEN 'Small Wonder'
         WHEN roll(n, 10) < 0.90 THEN 'Plain Ledger' ELSE 'First Edition' END AS imprint,
    CASE WHEN roll(n, 11) < 0.38 THEN DATE '2019-02-07' + floor(roll(n, 12) * 1780)::INTEGER ELSE DATE '2024-01-04' + floor(roll(n, 12) * 1060)::INTEGER END AS drawn_on
  FROM range(1, 361) AS t(n)
), thursdays AS (
  SELECT *, (drawn_on - (isodow(drawn_on) - 4)::INTEGER)::DATE AS publication_date FROM drawn
)
SELECT
  n::INTEGER AS title_id, title_name, author_id, imprint,
  CASE imprint WHEN 'Harrow Noir' THEN CASE WHEN roll(n, 13) < 0.8 THEN 'Crime' ELSE 'Science fiction' END
    WHEN 'Finch & Daughters' THEN CASE WHEN roll(n, 13) < 0.5 THEN 'Literary' WHEN roll(n, 13) < 0.85 THEN 'Romance' ELSE 'Crime' END
    WHEN 'Small Wonder' THEN CASE WHEN roll(n, 13) < 0.55 THEN 'Picture book' ELSE 'Young adult' END
    WHEN 'Plain Ledger' THEN CASE WHEN roll(n, 13) < 0.4 THEN 'Business' WHEN roll(n, 13) < 0.75 THEN 'History' ELSE 'Cookery' END
    ELSE 'Literary' END AS genre,
  CASE WHEN imprint = 'Harrow Noir' AND roll(n, 14) < 0.5 THEN pick(['Inspector Marl', 'The Salt Road', 'Bow Street'], n, 15)
       WHEN imprint = 'Small Wonder' AND roll(n, 14) < 0.45 THEN pick(['Button & Co', 'Moon Club'], n, 15)
       WHEN imprint = 'Plain Ledger' AND roll(n, 14) < 0.2 THEN 'Short Histories' END AS series,
  publication_date,
  CASE WHEN roll(n, 16) < 0.03 AND publication_date > DATE '2025-06-30' THEN 'Cancelled' WHEN publication_date > DATE '2026-06-30' THEN 'Forthcoming' ELSE 'Published' END AS title_status,
  (96 + 16 * floor(roll(n, 17) * 26))::INTEGER AS page_extent
FROM thursdays
ORDER BY n;

CREATE TABLE edition AS
WITH offered AS (
  SELECT t.*, 'Hardback' AS format, 0 AS after, 1 AS k FROM title t WHERE roll(t.title_id, 20) < 0.66
  UNION ALL SELECT t.*, 'Paperback', CASE WHEN roll(t.title_id, 20) < 0.66 THEN 294 ELSE 0 END, 2 FROM title t WHERE roll(t.title_id, 21) < 0.95
  UNION ALL SELECT t.*, 'Ebook', 0, 3 FROM title t WHERE t.genre <> 'Picture book'
  UNION ALL SELECT t.*, 'Audiobook', 28, 4 FROM title t WHERE roll(t.title_id, 22) < 0.42 AND t.genre NOT IN ('Picture book', 'Cookery')
)
SELECT
  (title_id * 10 + k)::INTEGER AS edition_id,
  '978-1-9' || lpad(title_id::VARCHAR, 4, '0') || '-' || lpad(((title_id * 10 + k) * 29 % 1000)::VARCHAR, 3, '0') || '-' || ((title_id + k) % 10) AS isbn,
  title_id, format,
  (CASE format WHEN 'Hardback' THEN 16.99 WHEN 'Paperback' THEN 8.99 WHEN 'Ebook' THEN 6.99 ELSE 14.99 END
    + CASE WHEN genre IN ('Cookery', 'History', 'Business') THEN 4 WHEN genre = 'Picture book' THEN -1 ELSE 0 END + floor(roll(title_id, 23) * 3))::DECIMAL(8, 2) AS list_price,
  (publication_date + after)::DATE AS on_sale_date,
  CASE WHEN title_status = 'Cancelled' THEN 'Cancelled' WHEN publication_date + after > DATE '2026-06-30' THEN 'Forthcoming'
       WHEN format IN ('Hardback', 'Paperback') AND publication_date < DATE '2024-01-01' AND roll(title_id * 10 + k, 24) < 0.22 THEN 'Out of print'
       ELSE 'In print' END AS edition_status
FROM offered
ORDER BY 1;

CREATE TABLE contract AS
WITH every_contract AS (
  SELECT t.*, 'Volume' AS contract_type, t.title_id * 10 + 1 AS seed FROM title t
  UNION ALL SELECT t.*, 'Audio', t.title_id * 10 + 2 FROM title t WHERE EXISTS (SELECT 1 FROM edition e WHERE e.title_id = t.title_id AND e.format = 'Audiobook')
), dated AS (
  SELECT *, (publication_date - 300 - floor(roll(seed, 30) * 330)::INTEGER)::DATE AS signed_on FROM every_contract
)
SELECT
  (4000 + ROW_NUMBER() OVER (ORDER BY signed_on, seed))::INTEGER AS contract_id, title_id, contract_type, signed_on,
  CASE WHEN roll(seed, 31) < 0.34 THEN 'World' WHEN roll(seed, 31) < 0.6 THEN 'World English' WHEN roll(seed, 31) < 0.92 THEN 'UK and Commonwealth' ELSE 'UK and Ireland' END AS rights_granted,
  (CASE contract_type WHEN 'Volume' THEN 500 * (1 + floor(pow(roll(seed, 32), 3) * 60)) ELSE 250 * (1 + floor(pow(roll(seed, 32), 2) * 12)) END)::DECIMAL(10, 2) AS advance,
  (CASE contract_type WHEN 'Volume' THEN [0.10, 0.12, 0.125, 0.15][1 + floor(roll(seed, 33) * 4)::INTEGER] ELSE 0.20 END)::DECIMAL(5, 3) AS royalty_rate,
  CASE WHEN title_status = 'Cancelled' THEN 'Terminated' WHEN roll(seed, 34) < 0.04 AND publication_date < DATE '2023-01-01' THEN 'Reverted' ELSE 'Active' END AS contract_status
FROM dated;

CREATE TABLE account AS
WITH large AS (
  SELECT * FROM (VALUES
    (1, 'Wetherby''s', 'Chain', 'UK and Ireland'), (2, 'Blackthorn Books', 'Chain', 'UK and Ireland'), (3, 'Emerald Stationers', 'Chain', 'UK and Ireland'),
    (4, 'Barrow & Noyes', 'Chain', 'North America'), (5, 'Prairie Pages', 'Chain', 'North America'), (6, 'Dymchurch', 'Chain', 'Australia and New Zealand'),
    (7, 'Librairie Vasseur', 'Chain', 'Europe'), (8, 'Kinokawa', 'Chain', 'Asia'),
    (9, 'Riverbank', 'Online', 'UK and Ireland'), (10, 'Riverbank US', 'Online', 'North America'), (11, 'Hearsay Audio', 'Online', 'UK and Ireland'),
    (12, 'Tablet & Tome', 'Online', 'North America'), (13, 'Booktopus', 'Online', 'Australia and New Zealand'), (14, 'Bücherwald', 'Online', 'Europe'),
    (15, 'Quarter Price', 'Online', 'UK and Ireland'), (16, 'Flipside', 'Online', 'Asia'),
    (17, 'Tesbury', 'Supermarket', 'UK and Ireland'), (18, 'Asdale', 'Supermarket', 'UK and Ireland'), (19, 'Costwise', 'Supermarket', 'North America'),
    (20, 'Askham Library Supply', 'Library supplier', 'UK and Ireland'), (21, 'Peters & Lowe', 'Library supplier', 'UK and Ireland'),
    (22, 'Baker Tailor', 'Library supplier', 'North America'), (23, 'Gardiners', 'Wholesaler', 'UK and Ireland'), (24, 'Bertrand', 'Wholesaler', 'UK and Ireland'),
    (25, 'Ingraham', 'Wholesaler', 'North America'), (26, 'Southern Cross Distribution', 'Wholesaler', 'Australia and New Zealand'),
    (27, 'Gulf Book Trading', 'Wholesaler', 'Asia'), (28, 'Nordbok', 'Wholesaler', 'Europe')
  ) AS t(account_id, account_name, channel, territory)
), towns AS (
  SELECT town, territory, place FROM (
    SELECT unnest(['Bath', 'York', 'Ely', 'Hay', 'Ludlow', 'Totnes', 'Whitby', 'Hexham', 'Oban', 'St Andrews', 'Galway', 'Kilkenny', 'Lewes', 'Rye', 'Margate', 'Deal', 'Frome', 'Stroud',
      'Malvern', 'Buxton', 'Kendal', 'Keswick', 'Skipton', 'Ilkley', 'Durham', 'Lincoln', 'Stamford', 'Oakham', 'Norwich', 'Southwold', 'Aldeburgh', 'Falmouth', 'Fowey', 'Truro', 'Swansea',
      'Conwy', 'Monmouth', 'Belfast', 'Cork', 'Sligo', 'Perth', 'Nairn', 'Portree', 'Peebles', 'Kelso', 'Crieff', 'Ripon', 'Wells', 'Arundel', 'Petworth']) AS town, 'UK and Ireland' AS territory, 1 AS place
    UNION ALL SELECT unnest(['Brooklyn', 'Portland', 'Austin', 'Savannah', 'Boulder', 'Ithaca', 'Asheville', 'Halifax', 'Victoria', 'Kingston', 'Oxford Mississippi', 'Ann Arbor', 'Santa Fe', 'Burlington', 'Madison']), 'North America', 2
    UNION ALL SELECT unnest(['Fremantle', 'Hobart', 'Newtown', 'Carlton', 'Byron Bay', 'Dunedin', 'Nelson', 'Wanaka', 'Ballarat']), 'Australia and New Zealand', 3
    UNION ALL SELECT unnest(['Ghent', 'Utrecht', 'Aarhus', 'Bergen', 'Porto', 'Lyon', 'Graz', 'Trieste', 'Basel']), 'Europe', 4
    UNION ALL SELECT unnest(['Penang', 'Colombo', 'Pondicherry', 'Kyoto', 'Sharjah']), 'Asia', 5)
), shops AS (
  SELECT ROW_NUMBER() OVER (ORDER BY k, place, town) AS n, CASE k WHEN 1 THEN town || ' Books' WHEN 2 THEN 'The ' || town || ' Bookshop' END AS account_name, territory
  FROM towns, range(1, 3) AS r(k)
), both_sizes AS (
  SELECT account_id, account_name, channel, territory, true AS key_account FROM large
  UNION ALL SELECT 28 + n, account_name, 'Independent', territory, false FROM shops
)
SELECT
  account_id::INTEGER AS account_id, account_name, channel, territory, key_account,
  CASE WHEN channel = 'Independent' THEN 30 WHEN roll(account_id, 40) < 0.5 THEN 60 ELSE 90 END::INTEGER AS payment_terms,
  CASE WHEN key_account OR roll(account_id, 41) < 0.88 THEN 'Open' WHEN roll(account_id, 41) < 0.95 THEN 'On stop' ELSE 'Closed' END AS account_status,
  pick(['Jill', 'Marek', 'Shona', 'Pru', 'Dev', 'Colm'], account_id, 42) || ' ' || pick(['Ames', 'Byrne', 'Cole', 'Dunn', 'Eze', 'Ford'], account_id, 43) AS buyer_name,
  'buying' || account_id || '@example.net' AS buyer_email
FROM both_sizes
ORDER BY 1;

CREATE TABLE sales_line AS
WITH months AS (
  SELECT m::INTEGER AS m, (DATE '2024-01-01' + to_months(m::INTEGER))::DATE AS month_start FROM range(0, 30) AS t(m)
), strength AS (
  SELECT e.*, t.genre, t.publication_date, 0.15 + pow(roll(t.title_id, 50), 4) * 3.2 AS pull FROM edition e JOIN title t USING (title_id)
  WHERE e.edition_status IN ('In print', 'Out of print')
), volume AS (
  SELECT s.*, m.m, m.month_start, date_diff('month', date_trunc('month', s.on_sale_date), m.month_start) AS age
  FROM strength s JOIN months m ON m.month_start >= date_trunc('month', s.on_sale_date)
  WHERE NOT (s.edition_status = 'Out of print' AND m.m > 4 + floor(roll(s.edition_id, 51) * 18))
), counted AS (
  SELECT *, floor(pull * CASE format WHEN 'Paperback' THEN 1.5 WHEN 'Hardback' THEN 1.1 ELSE 0.8 END * (0.45 + 3.4 / (1 + age * 0.5))
      * [0.8, 0.85, 0.95, 0.95, 0.95, 1.05, 1.05, 0.9, 1.05, 1.2, 1.4, 1.3][month(month_start)]
      * CASE WHEN genre = 'Crime' THEN 1 + m * 0.008 WHEN genre = 'Business' THEN 1.25 - m * 0.012 ELSE 1 END + roll(edition_id * 100 + m, 52))::INTEGER AS line_count
  FROM volume
), lines AS (
  SELECT c.*, k, (edition_id * 100 + m) * 30 + k AS seed FROM counted c, range(0, 30) AS t(k) WHERE k < line_count
), channelled AS (
  SELECT *, CASE WHEN format IN ('Ebook', 'Audiobook') THEN 'Online'
      WHEN roll(seed, 53) < 0.24 THEN 'Chain' WHEN roll(seed, 53) < 0.44 THEN 'Online' WHEN roll(seed, 53) < 0.72 THEN 'Independent' WHEN roll(seed, 53) < 0.78 THEN 'Supermarket'
      WHEN roll(seed, 53) < 0.86 THEN 'Library supplier' ELSE 'Wholesaler' END AS channel,
    greatest(on_sale_date, month_start) AS first_day, last_day(month_start) AS final_day
  FROM lines
), ranked AS (
  SELECT account_id, channel, ROW_NUMBER() OVER (PARTITION BY channel ORDER BY account_id) AS place, COUNT(*) OVER (PARTITION BY channel) AS places FROM account
), placed AS (
  SELECT c.*, r.account_id,
    (first_day + floor(roll(seed, 54) * (final_day - first_day + 1))::INTEGER)::DATE AS invoice_date,
    greatest(1, floor((0.4 + roll(seed, 55) * 1.4) * (0.7 + 0.5 * least(pull, 2)) * CASE c.channel WHEN 'Chain' THEN 60 WHEN 'Online' THEN CASE WHEN format IN ('Ebook', 'Audiobook') THEN 45 ELSE 75 END
      WHEN 'Independent' THEN 7 WHEN 'Supermarket' THEN 210 WHEN 'Library supplier' THEN 16 ELSE 95 END))::INTEGER AS quantity,
    (CASE c.channel WHEN 'Chain' THEN 0.50 WHEN 'Online' THEN CASE WHEN format IN ('Ebook', 'Audiobook') THEN 0.30 ELSE 0.55 END WHEN 'Independent' THEN 0.40
      WHEN 'Supermarket' THEN 0.62 WHEN 'Library supplier' THEN 0.35 ELSE 0.57 END + floor(roll(seed, 56) * 4) / 100.0)::DECIMAL(4, 2) AS discount
  FROM channelled c JOIN ranked r ON r.channel = c.channel AND r.place = 1 + floor(pow(roll(seed, 57), 1.4) * r.places)::INTEGER
)
SELECT
  (500000 + ROW_NUMBER() OVER (ORDER BY invoice_date, seed))::INTEGER AS sales_line_id, invoice_date, account_id, edition_id, quantity, list_price, discount,
  round(quantity * list_price, 2)::DECIMAL(12, 2) AS retail_value,
  round(quantity * list_price * (1 - discount), 2)::DECIMAL(12, 2) AS invoiced_value,
  CASE WHEN format IN ('Ebook', 'Audiobook') OR channel = 'Library supplier' OR roll(seed, 58) < 0.2 THEN 'Firm' ELSE 'Sale or return' END AS sale_basis,
  CASE WHEN roll(seed, 59) < 0.022 THEN 'Cancelled' ELSE 'Invoiced' END AS line_status
FROM placed;

CREATE TABLE returns_line AS
WITH sent_back AS (
  SELECT s.*, a.channel, (s.invoice_date + 50 + floor(roll(s.sales_line_id, 60) * 150)::INTEGER)::DATE AS received_date
  FROM sales_line s JOIN account a USING (account_id)
  WHERE s.line_status = 'Invoiced' AND s.sale_basis = 'Sale or return'
    AND roll(s.sales_line_id, 61) < CASE a.channel WHEN 'Supermarket' THEN 0.55 WHEN 'Chain' THEN 0.4 WHEN 'Independent' THEN 0.26 ELSE 0.34 END
), counted AS (
  SELECT *, greatest(1, floor(quantity * (0.15 + 0.6 * roll(sales_line_id, 62))))::INTEGER AS returned FROM sent_back WHERE received_date <= DATE '2026-06-30'
)
SELECT
  (800000 + ROW_NUMBER() OVER (ORDER BY received_date, sales_line_id))::INTEGER AS returns_line_id, received_date, account_id, edition_id, returned AS quantity,
  list_price, discount,
  round(returned * list_price, 2)::DECIMAL(12, 2) AS retail_value, round(returned * list_price * (1 - discount), 2)::DECIMAL(12, 2) AS credit_value,
  CASE WHEN roll(sales_line_id, 63) < 0.66 THEN 'Overstock' WHEN roll(sales_line_id, 63) < 0.78 THEN 'Damaged' WHEN roll(sales_line_id, 63) < 0.86 THEN 'Late delivery' WHEN roll(sales_line_id, 63) < 0.93 THEN 'Wrong edition' END AS return_reason,
  CASE WHEN roll(sales_line_id, 64) < 0.07 THEN 'Rejected' WHEN received_date > DATE '2026-06-12' AND roll(sales_line_id, 64) < 0.5 THEN 'Pending' ELSE 'Credited' END AS returns_status
FROM counted;

-- The sales system and the returns desk each keep their lines; finance posts both to one ledger, credits with a minus.
CREATE TABLE trade_ledger AS
SELECT sales_line_id AS ledger_line_id, invoice_date AS posting_date, 'Invoice' AS doc_type, account_id, edition_id, quantity, list_price, discount, retail_value, invoiced_value AS net_value,
  sale_basis, NULL::VARCHAR AS return_reason, CASE line_status WHEN 'Invoiced' THEN 'Posted' ELSE line_status END AS line_status
FROM sales_line
UNION ALL
SELECT returns_line_id, received_date, 'Credit note', account_id, edition_id, -quantity, list_price, discount, -retail_value, -credit_value, NULL, return_reason,
  CASE returns_status WHEN 'Credited' THEN 'Posted' ELSE returns_status END
FROM returns_line
ORDER BY posting_date, ledger_line_id;

CREATE TABLE print_run AS
WITH paper AS (
  SELECT e.edition_id, e.title_id, e.format, e.on_sale_date, e.edition_status, t.page_extent, t.genre, pow(roll(e.title_id, 50), 4) * 3.2 AS pull
  FROM edition e JOIN title t USING (title_id) WHERE e.format IN ('Hardback', 'Paperback') AND e.edition_status <> 'Cancelled'
), runs AS (
  SELECT p.*, ROW_NUMBER() OVER (PARTITION BY p.edition_id ORDER BY k) AS run_number, p.edition_id * 20 + k AS seed,
    (p.on_sale_date - 35 + (k * 150 / (0.6 + least(pull, 2)))::INTEGER - floor(roll(p.edition_id * 20 + k, 70) * 20)::INTEGER)::DATE AS due_in
  FROM paper p, range(0, 20) AS t(k)
  WHERE k = 0 OR (roll(p.edition_id * 20 + k, 71) < 0.62 AND p.edition_status = 'In print')
), kept AS (
  SELECT *, (due_in - 24 - floor(roll(seed, 72) * CASE WHEN roll(seed, 73) < 0.25 THEN 70 ELSE 26 END)::INTEGER)::DATE AS ordered_date,
    (due_in + 0)::DATE AS in_date
  FROM runs WHERE due_in >= DATE '2024-01-01'
)
SELECT
  (60000 + ROW_NUMBER() OVER (ORDER BY ordered_date, seed))::INTEGER AS print_run_id, edition_id, run_number::INTEGER AS run_number,
  CASE WHEN roll(seed, 73) < 0.25 THEN 'Golden Leaf Shenzhen' ELSE pick(['Clayfield Press', 'Baltic Book Works', 'Mersey Litho', 'Quick Return Print'], seed, 74) END AS printer,
  ordered_date, CASE WHEN in_date <= DATE '2026-06-30' AND roll(seed, 75) >= 0.03 THEN in_date END AS delivered_date,
  (CASE WHEN run_number = 1 THEN 1000 + 250 * floor(roll(seed, 76) * (6 + 8 * least(pull, 2))) ELSE 500 + 250 * floor(roll(seed, 76) * 6) END)::INTEGER AS copies,
  round(CASE WHEN run_number = 1 THEN 1000 + 250 * floor(roll(seed, 76) * (6 + 8 * least(pull, 2))) ELSE 500 + 250 * floor(roll(seed, 76) * 6) END
    * (CASE format WHEN 'Hardback' THEN 1.35 ELSE 0.62 END + page_extent * 0.0021 + CASE WHEN genre IN ('Picture book', 'Cookery') THEN 0.8 ELSE 0 END)
    * CASE WHEN run_number > 1 THEN 1.12 ELSE 1 END * (0.92 + roll(seed, 77) * 0.2), 2)::DECIMAL(12, 2) AS invoice_cost,
  CASE WHEN roll(seed, 75) < 0.03 THEN 'Cancelled' WHEN in_date <= DATE '2026-06-30' THEN 'Delivered' ELSE 'On press' END AS run_status
FROM kept
WHERE ordered_date <= DATE '2026-06-30';

CREATE TABLE royalty_statement AS
WITH halves AS (
  SELECT * FROM (VALUES (1, DATE '2024-01-01', DATE '2024-06-30'), (2, DATE '2024-07-01', DATE '2024-12-31'), (3, DATE '2025-01-01', DATE '2025-06-30'), (4, DATE '2025-07-01', DATE '2025-12-31')) AS t(h, from_day, to_day)
), moves AS (
  SELECT e.title_id, e.format = 'Audiobook' AS is_audio, s.invoice_date AS on_day, s.invoiced_value AS amount FROM sales_line s JOIN edition e USING (edition_id) WHERE s.line_status = 'Invoiced'
  UNION ALL SELECT e.title_id, e.format = 'Audiobook', r.received_date, -r.credit_value FROM returns_line r JOIN edition e USING (edition_id) WHERE r.returns_status = 'Credited'
), receipts AS (
  SELECT title_id, is_audio, h, SUM(amount) AS receipts FROM moves JOIN halves ON on_day BETWEEN from_day AND to_day GROUP BY ALL
), earned AS (
  SELECT c.contract_id, h.h, h.to_day AS period_end, c.advance * CASE WHEN t.publication_date < DATE '2024-01-01' THEN floor(roll(c.contract_id, 80) * 7) / 10.0 ELSE 1 END AS opening,
    round(greatest(coalesce(r.receipts, 0), 0) * c.royalty_rate, 2) AS royalty_earned
  FROM contract c JOIN title t USING (title_id) JOIN halves h ON c.signed_on <= h.to_day
  LEFT JOIN receipts r ON r.title_id = c.title_id AND r.h = h.h AND r.is_audio = (c.contract_type = 'Audio')
  WHERE c.contract_status <> 'Terminated'
), run AS (
  SELECT *, SUM(royalty_earned) OVER (PARTITION BY contract_id ORDER BY h) AS earned_so_far FROM earned
), settled AS (
  SELECT *, greatest(opening - earned_so_far, 0) AS unearned_balance, greatest(earned_so_far - opening, 0) - greatest(earned_so_far - royalty_earned - opening, 0) AS royalty_due FROM run
), numbered AS (
  SELECT *, (9000 + ROW_NUMBER() OVER (ORDER BY period_end, contract_id))::INTEGER AS statement_id, (period_end + CASE WHEN month(period_end) = 6 THEN 92 ELSE 90 END)::DATE AS due_date FROM settled
), ended AS (
  SELECT *, CASE WHEN royalty_due = 0 THEN 'Nil' WHEN roll(statement_id, 81) < 0.04 THEN 'On hold' WHEN h = 4 AND roll(statement_id, 81) < 0.22 THEN 'Approved' ELSE 'Paid' END AS statement_status FROM numbered
)
SELECT
  statement_id, contract_id, period_end, royalty_earned::DECIMAL(12, 2) AS royalty_earned, royalty_due::DECIMAL(12, 2) AS royalty_due, unearned_balance::DECIMAL(12, 2) AS unearned_balance, due_date,
  CASE WHEN statement_status = 'Paid' THEN (due_date - 6 + floor(pow(roll(statement_id, 82), 3) * 40)::INTEGER)::DATE END AS paid_date,
  CASE WHEN statement_status = 'Paid' THEN royalty_due::DECIMAL(12, 2) END AS amount_paid, statement_status
FROM ended
ORDER BY statement_id;

CREATE TABLE campaign AS
WITH drawn AS (
  SELECT t.title_id, t.title_name, t.imprint, t.publication_date, k, t.title_id * 10 + k AS seed, (t.publication_date - 28 + (k * 45 + floor(roll(t.title_id * 10 + k, 90) * 30))::INTEGER)::DATE AS start_date
  FROM title t, range(0, 4) AS r(k)
  WHERE roll(t.title_id * 10 + k, 91) < CASE k WHEN 0 THEN 0.85 ELSE 0.33 END AND t.title_status <> 'Cancelled'
), kept AS (
  SELECT *, pick(['Online ads', 'Social media', 'Bookseller co-op', 'Author tour', 'Newsletter', 'Outdoor'], seed, 92) AS medium,
    CASE WHEN start_date > DATE '2026-06-30' THEN 'Planned' WHEN roll(seed, 93) < 0.05 THEN 'Cancelled' WHEN start_date > DATE '2026-06-05' THEN 'Running' ELSE 'Completed' END AS campaign_status
  FROM drawn WHERE start_date BETWEEN DATE '2024-01-01' AND DATE '2026-09-30'
), costed AS (
  SELECT *, 150 * (1 + floor(pow(roll(seed, 94), 2) * 18)) * CASE medium WHEN 'Outdoor' THEN 2.4 WHEN 'Author tour' THEN 1.6 WHEN 'Newsletter' THEN 0.3 ELSE 1 END AS planned_cost FROM kept
)
SELECT
  (300 + ROW_NUMBER() OVER (ORDER BY start_date, seed))::INTEGER AS campaign_id, title_id, title_name || ' / ' || medium AS campaign_name, medium, start_date,
  (start_date + 13 + floor(roll(seed, 95) * 30)::INTEGER)::DATE AS end_date, planned_cost::DECIMAL(10, 2) AS budget,
  CASE WHEN campaign_status IN ('Completed', 'Running') THEN round(planned_cost * (0.72 + roll(seed, 96) * 0.5), 2) WHEN campaign_status = 'Cancelled' THEN round(planned_cost * 0.1, 2) END::DECIMAL(10, 2) AS actual_cost,
  campaign_status
FROM costed;

CREATE TABLE review AS
WITH drawn AS (
  SELECT t.title_id, t.genre, t.publication_date, k, t.title_id * 40 + k AS seed,
    (t.publication_date - 15 + floor(pow(roll(t.title_id * 40 + k, 100), 2) * 420)::INTEGER)::DATE AS review_date
  FROM title t, range(0, 30) AS r(k)
  WHERE t.title_status = 'Published' AND k < 4 + floor(roll(t.title_id, 50) * 20)
), kept AS (
  SELECT *, CASE WHEN roll(seed, 101) < 0.2 THEN 'National press' WHEN roll(seed, 101) < 0.36 THEN 'Trade press' WHEN roll(seed, 101) < 0.62 THEN 'Blog' ELSE 'Reader' END AS review_source
  FROM drawn WHERE review_date BETWEEN DATE '2024-01-01' AND DATE '2026-06-30'
)
SELECT
  (ROW_NUMBER() OVER (ORDER BY review_date, seed))::INTEGER AS review_id, title_id, review_date, review_source,
  CASE review_source WHEN 'National press' THEN pick(['The Courier', 'The Sunday Ledger', 'Evening Post'], seed, 102) WHEN 'Trade press' THEN pick(['The Bookman', 'Publishing Week'], seed, 102)
    WHEN 'Blog' THEN pick(['Crime Shelf', 'Tea and Pages', 'The Long Read'], seed, 102) ELSE pick(['Riverbank', 'Good Leaves'], seed, 102) END AS outlet,
  pick(['J. Ames', 'P. Okoro', 'L. Hart', 'S. Varga', 'D. Quinn'], seed, 103) AS reviewer,
  CASE WHEN review_source = 'Trade press' AND roll(seed, 104) < 0.5 THEN NULL
    ELSE greatest(1, least(5, floor(1.6 + roll(seed, 105) * 3.2 + roll(title_id, 106) * 1.4 + CASE WHEN genre = 'Literary' THEN 0.3 ELSE 0 END))) END::INTEGER AS stars
FROM kept;

DROP TABLE sales_line;
DROP TABLE returns_line;
