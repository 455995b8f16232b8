-- A group of five wine estates: the harvests of 2023 to 2025, the cellar, sales, visits and the wine club, up to 14 April 2026.
-- The same rows on every machine: every figure comes from `draw`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO draw(item, stream) AS mixed(mixed(mixed((item::BIGINT * 50021 + stream * 7368787 + 977) % 4294967296))) / 4294967296.0;

CREATE TABLE estates AS
SELECT * FROM (VALUES
  (1, 'Clos Verrane', 'Loire', 'France', 'organic', 1874), (2, 'Mas Aubrette', 'Rhone', 'France', 'conventional', 1921),
  (3, 'Finca Lobera', 'Rioja', 'Spain', 'conventional', 1958), (4, 'Podere Torcella', 'Tuscany', 'Italy', 'biodynamic', 1902),
  (5, 'Quinta do Ardal', 'Douro', 'Portugal', 'organic', 1990)
) AS t(estate_id, estate_name, region, country, farming, founded_year);

CREATE TABLE parcels AS
SELECT
  n::INTEGER AS parcel_id, (1 + (n - 1) // 8)::INTEGER AS estate_id,
  (['Long', 'Upper', 'Lower', 'Old', 'Chapel', 'Mill', 'River', 'Fox'][1 + (n - 1) % 8]) || ' '
    || (['Row', 'Slope', 'Terrace', 'Field', 'Hill'][1 + (n * 3 + (n - 1) // 8) % 5]) || ' ' || n AS parcel_name,
  CASE (1 + (n - 1) // 8)
    WHEN 1 THEN ['Chenin Blanc', 'Cabernet Franc', 'Sauvignon Blanc'][1 + n % 3]
    WHEN 2 THEN ['Syrah', 'Grenache', 'Viognier'][1 + n % 3]
    WHEN 3 THEN ['Tempranillo', 'Grenache'][1 + n % 2]
    WHEN 4 THEN ['Sangiovese', 'Merlot', 'Vermentino'][1 + n % 3]
    ELSE ['Touriga Nacional', 'Tinta Roriz'][1 + n % 2] END AS grape,
  ['clay', 'chalk', 'gravel', 'sand', 'slate'][1 + (n * 7 + n // 3) % 5] AS soil,
  (1.2 + floor(draw(n, 1) * 60) / 10)::DECIMAL(5, 1) AS hectares,
  (1955 + floor(draw(n, 2) * 62))::INTEGER AS planted_year
FROM range(1, 41) AS t(n) ORDER BY n;

CREATE TABLE pickings AS
SELECT
  row_number() OVER (ORDER BY y, p.parcel_id, k)::INTEGER AS picking_id, p.parcel_id,
  make_date(y, 8, 20) + (p.estate_id * 5 + (p.parcel_id % 4) * 4 + k * 2 + floor(draw(s, 3) * 3))::INTEGER AS picked_on,
  CASE WHEN draw(p.parcel_id, 4) < 0.45 OR draw(s, 5) < 0.25 THEN 'hand' ELSE 'machine' END AS picking_method,
  (p.hectares * (620 + draw(s, 6) * 700) * CASE y WHEN 2023 THEN 1.0 WHEN 2024 THEN 0.82 ELSE 1.11 END)::INTEGER AS kilos,
  (p.hectares * (10 + draw(s, 7) * 75) * CASE y WHEN 2024 THEN 1.6 ELSE 1.0 END)::INTEGER AS rejected_kilos,
  (20.5 + floor(draw(s, 8) * 55) / 10 + CASE y WHEN 2025 THEN 0.6 ELSE 0 END)::DECIMAL(4, 1) AS sugar_brix
FROM (SELECT *, p.parcel_id * 100000 + y * 10 + k AS s FROM parcels p, (VALUES (2023), (2024), (2025)) AS v(y), range(1, 9) AS t(k)) p
WHERE draw(s, 9) < 0.8 ORDER BY 1;

CREATE TABLE wines AS
SELECT * FROM (VALUES
  (1, 'Petit Verrane', 1, 'white', 'everyday', 'Chenin Blanc', 9.50::DECIMAL(6, 2)), (2, 'Clos du Heron', 1, 'white', 'reserve', 'Chenin Blanc', 21.00),
  (3, 'Franc de Pied', 1, 'red', 'reserve', 'Cabernet Franc', 18.50), (4, 'Perles de Verrane', 1, 'sparkling', 'everyday', 'Chenin Blanc', 14.00),
  (5, 'Aubrette Rouge', 2, 'red', 'everyday', 'Syrah', 11.00), (6, 'La Combe Noire', 2, 'red', 'grand', 'Syrah', 46.00),
  (7, 'Matin Rose', 2, 'rose', 'everyday', 'Grenache', 10.50), (8, 'Lobera Joven', 3, 'red', 'everyday', 'Tempranillo', 8.50),
  (9, 'Lobera Reserva', 3, 'red', 'reserve', 'Tempranillo', 23.00), (10, 'Torcella Rosso', 4, 'red', 'everyday', 'Sangiovese', 12.50),
  (11, 'Vigna Alta', 4, 'red', 'grand', 'Sangiovese', 58.00), (12, 'Mare Chiaro', 4, 'white', 'reserve', 'Vermentino', 17.00),
  (13, 'Ardal Tinto', 5, 'red', 'everyday', 'Touriga Nacional', 10.00), (14, 'Ardal Velho', 5, 'red', 'grand', 'Touriga Nacional', 39.00)
) AS t(wine_id, wine_name, estate_id, colour, wine_range, main_grape, list_price);

CREATE TABLE batches AS
SELECT
  n::INTEGER AS batch_id, wine_id::INTEGER AS wine_id, vessel, started_on,
  CASE WHEN ready_on <= DATE '2026-04-14' THEN ready_on END AS released_on,
  CASE WHEN spoiled THEN 'poured away' WHEN ready_on <= DATE '2026-04-14' THEN 'released' ELSE 'ageing' END AS status,
  litres, (litres * (0.01 + draw(n, 24) * CASE vessel WHEN 'oak barrel' THEN 0.09 WHEN 'amphora' THEN 0.06 ELSE 0.03 END))::INTEGER AS litres_lost
FROM (
  SELECT n, wine_id, vessel, started_on, spoiled, litres,
    CASE WHEN spoiled THEN DATE '9999-01-01' ELSE started_on + (CASE vessel WHEN 'oak barrel' THEN 300 WHEN 'amphora' THEN 190 ELSE 110 END + floor(draw(n, 23) * 120))::INTEGER END AS ready_on
  FROM (
    SELECT n, 1 + (n * 5) % 14 AS wine_id, draw(n, 20) < 0.025 AS spoiled,
      CASE WHEN (1 + (n * 5) % 14) IN (6, 11, 14, 9) AND draw(n, 21) < 0.8 THEN 'oak barrel' WHEN draw(n, 21) < 0.5 THEN 'steel tank'
           WHEN draw(n, 21) < 0.78 THEN 'concrete vat' ELSE 'amphora' END AS vessel,
      make_date((2023 + (n - 1) // 140)::INTEGER, 9, 5) + floor(draw(n, 22) * 60)::INTEGER AS started_on,
      (800 + floor(draw(n, 25) * 4200))::INTEGER AS litres
    FROM range(1, 421) AS t(n)
  )
) ORDER BY n;

CREATE TABLE bottlings AS
SELECT
  row_number() OVER (ORDER BY released_on, batch_id)::INTEGER AS bottling_id, batch_id,
  least(released_on + (2 + floor(draw(batch_id, 30) * 20))::INTEGER, DATE '2026-04-14') AS bottled_on,
  ['Line A', 'Line B', 'mobile line'][1 + (batch_id * 11 + batch_id // 4) % 3] AS bottling_line,
  ['cork', 'screw cap', 'cork', 'glass stopper'][1 + wine_id % 4] AS closure,
  ((litres - litres_lost) / 0.75)::INTEGER AS bottles,
  ((litres - litres_lost) / 0.75 * draw(batch_id, 31) * 0.02)::INTEGER AS faulty_bottles
FROM batches WHERE status = 'released' ORDER BY 1;

CREATE TABLE members AS
SELECT
  n::INTEGER AS member_id,
  ['Alma', 'Benoit', 'Carla', 'Dirk', 'Edda', 'Franck', 'Gilda', 'Henk', 'Iria', 'Jules'][1 + (draw(n, 40) * 10)::INTEGER % 10] || ' '
    || ['Maurel', 'Brandt', 'Conti', 'Peeters', 'Holt', 'Salas', 'Pinto', 'Weiss'][1 + (draw(n, 41) * 8)::INTEGER % 8] AS full_name,
  'member' || n || '@example.org' AS email, '+33 555 0' || (10000 + n) AS phone,
  CASE WHEN draw(n, 42) < 0.58 THEN 'Cork' WHEN draw(n, 42) < 0.87 THEN 'Barrel' ELSE 'Cellar' END AS tier,
  CASE WHEN draw(n, 43) < 0.38 THEN 'friend' WHEN draw(n, 43) < 0.66 THEN 'visit' WHEN draw(n, 43) < 0.85 THEN 'newsletter' ELSE 'wine fair' END AS joined_through,
  joined_on,
  CASE WHEN draw(n, 44) < 0.3 AND joined_on + (90 + floor(draw(n, 45) * 700))::INTEGER <= DATE '2026-04-14'
       THEN joined_on + (90 + floor(draw(n, 45) * 700))::INTEGER END AS left_on
FROM (SELECT n, DATE '2022-01-01' + floor(draw(n, 46) * 1564)::INTEGER AS joined_on FROM range(1, 1101) AS t(n)) ORDER BY n;

CREATE TABLE sales AS
WITH orders AS (
  SELECT n, DATE '2023-08-01' + floor(draw(n, 50) * 988)::INTEGER AS sold_on,
    CASE WHEN draw(n, 51) < 0.36 THEN 'shop' WHEN draw(n, 51) < 0.60 THEN 'web' WHEN draw(n, 51) < 0.78 THEN 'club' WHEN draw(n, 51) < 0.91 THEN 'wholesale' ELSE 'export' END AS channel
  FROM range(1, 8001) AS t(n)
), kept AS (
  SELECT * FROM orders
  WHERE draw(n, 52) < CASE WHEN month(sold_on) IN (11, 12) THEN 0.98 WHEN month(sold_on) IN (5, 6, 7) THEN 0.78 WHEN month(sold_on) IN (1, 2) THEN 0.46 ELSE 0.62 END
    + CASE year(sold_on) WHEN 2025 THEN 0.05 WHEN 2026 THEN 0.09 ELSE 0 END
    - CASE WHEN channel = 'shop' AND dayofweek(sold_on) IN (1, 2) THEN 0.3 ELSE 0 END
), lines AS (
  SELECT n, sold_on, channel, k, n * 10 + k AS s FROM kept, range(1, 4) AS t(k)
  WHERE k = 1 OR draw(n * 10 + k, 53) < CASE k WHEN 2 THEN 0.55 ELSE 0.25 END
), picked AS (
  SELECT *, CASE WHEN draw(s, 54) < 0.3 THEN [1, 5, 8, 13, 10][1 + floor(draw(s, 55) * 5)::INTEGER] ELSE 1 + floor(draw(s, 55) * 14)::INTEGER END AS wine_id,
    CASE channel WHEN 'wholesale' THEN 24 + 12 * floor(draw(s, 56) * 9) WHEN 'export' THEN 36 + 12 * floor(draw(s, 56) * 14)
      WHEN 'shop' THEN 1 + floor(draw(s, 56) * 6) ELSE 3 * (1 + floor(draw(s, 56) * 4)) END AS bottles,
    CASE channel WHEN 'wholesale' THEN 0.24 + floor(draw(s, 57) * 8) / 100 WHEN 'export' THEN 0.30 + floor(draw(s, 57) * 8) / 100
      WHEN 'club' THEN 0.10 + floor(draw(s, 57) * 6) / 100 ELSE CASE WHEN draw(s, 57) < 0.15 THEN 0.1 ELSE 0 END END AS cut
  FROM lines
)
SELECT
  row_number() OVER (ORDER BY p.sold_on, p.n, p.k)::INTEGER AS sale_line_id, p.n::INTEGER AS order_no, p.wine_id::INTEGER AS wine_id,
  CASE WHEN p.channel = 'club' THEN (SELECT NULL::INTEGER) END AS member_id,
  p.sold_on, p.channel,
  CASE WHEN p.channel = 'export' THEN ['United States', 'Japan', 'Canada', 'United Kingdom'][1 + floor(draw(p.n, 58) * 4)::INTEGER]
       WHEN draw(p.n, 59) < 0.46 THEN 'France' WHEN draw(p.n, 59) < 0.66 THEN 'Germany' WHEN draw(p.n, 59) < 0.81 THEN 'Belgium' WHEN draw(p.n, 59) < 0.92 THEN 'Spain' ELSE 'Italy' END AS ship_country,
  CASE WHEN draw(p.n, 60) < CASE p.channel WHEN 'web' THEN 0.06 ELSE 0.02 END THEN 'refunded' ELSE 'paid' END AS status,
  p.bottles::INTEGER AS bottles,
  (w.list_price * p.bottles * (1 - p.cut))::DECIMAL(10, 2) AS amount,
  (w.list_price * p.bottles * p.cut)::DECIMAL(10, 2) AS discount
FROM picked p JOIN wines w USING (wine_id) ORDER BY 1;

-- a club order belongs to a member
UPDATE sales SET member_id = 1 + floor(draw(order_no, 61) * 1100)::INTEGER WHERE channel = 'club';

CREATE TABLE visits AS
SELECT
  row_number() OVER (ORDER BY visited_on, n)::INTEGER AS visit_id, estate_id, visited_on, visit_kind, language,
  CASE WHEN draw(n, 75) < 0.83 THEN 'came' WHEN draw(n, 75) < 0.94 THEN 'cancelled' ELSE 'no_show' END AS status,
  guests, CASE WHEN draw(n, 75) < 0.83 THEN guests * CASE visit_kind WHEN 'tasting' THEN 15 WHEN 'cellar tour' THEN 22 WHEN 'vineyard walk' THEN 18 ELSE 45 END ELSE 0 END::INTEGER AS fee_paid,
  draw(n, 75) < 0.83 AND draw(n, 76) < CASE visit_kind WHEN 'tasting' THEN 0.66 WHEN 'cellar tour' THEN 0.51 WHEN 'vineyard walk' THEN 0.33 ELSE 0.42 END AS bought_wine,
  CASE WHEN draw(n, 75) < 0.83 AND draw(n, 77) < 0.5 THEN (2 + floor(sqrt(draw(n, 78)) * 4))::INTEGER END AS stars
FROM (
  SELECT n, DATE '2023-08-01' + floor(draw(n, 70) * 988)::INTEGER AS visited_on, (1 + floor(draw(n, 71) * draw(n, 79) * 5))::INTEGER AS estate_id,
    CASE WHEN draw(n, 72) < 0.47 THEN 'tasting' WHEN draw(n, 72) < 0.76 THEN 'cellar tour' WHEN draw(n, 72) < 0.9 THEN 'vineyard walk' ELSE 'harvest lunch' END AS visit_kind,
    CASE WHEN draw(n, 73) < 0.44 THEN 'French' WHEN draw(n, 73) < 0.72 THEN 'English' WHEN draw(n, 73) < 0.88 THEN 'German' ELSE 'Dutch' END AS language,
    (1 + floor(draw(n, 74) * 8))::INTEGER AS guests
  FROM range(1, 5201) AS t(n)
)
WHERE draw(n, 80) < CASE WHEN month(visited_on) IN (6, 7, 8, 9) THEN 0.95 WHEN month(visited_on) IN (4, 5, 10) THEN 0.7 ELSE 0.35 END ORDER BY 1;
