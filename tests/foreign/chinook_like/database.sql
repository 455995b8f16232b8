-- A shop for digital music: artists, albums and tracks, customers and their invoices. No constraint is declared, and the small
-- numbers of genres, media types, employees and playlists lie inside each other's ranges and those of every larger table.
-- Every figure comes from `chance`, arithmetic on whole numbers alone: the same rows on every machine.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;
CREATE MACRO pick(list, row_number, stream) AS list[1 + floor(chance(row_number, stream) * len(list))::INTEGER];

CREATE TABLE Artist AS
SELECT n::INTEGER AS ArtistId,
  pick(['The', 'Black', 'Electric', 'Silver', 'Royal', 'Lost', 'Northern', 'Velvet', 'Midnight', 'Crimson'], n, 1) || ' '
    || ['Foxes', 'Harbour', 'Engines', 'Parade', 'Lanterns', 'Orchestra', 'Rivers', 'Comets', 'Sisters', 'Machine', 'Owls', 'Union',
        'Saints', 'Tigers', 'Mirrors'][1 + (n % 15)::INTEGER] || CASE WHEN n > 15 THEN ' ' || (n // 15) ELSE '' END AS Name
FROM range(1, 121) AS t(n);

CREATE TABLE Album AS
SELECT n::INTEGER AS AlbumId,
  pick(['Songs of', 'Live at', 'Return to', 'The Best of', 'Letters from', 'Beyond'], n, 2) || ' '
    || pick(['the Valley', 'Midnight', 'Wembley', 'the Sea', 'Paradise', 'Silence', 'Lisbon', 'the Machine'], n, 3) || ' ' || n AS Title,
  (1 + floor(chance(n, 4) * chance(n, 5) * 120))::INTEGER AS ArtistId
FROM range(1, 261) AS t(n);

CREATE TABLE Genre AS
SELECT * FROM (VALUES (1, 'Rock'), (2, 'Jazz'), (3, 'Metal'), (4, 'Alternative & Punk'), (5, 'Blues'), (6, 'Latin'), (7, 'Reggae'), (8, 'Pop'),
  (9, 'Soundtrack'), (10, 'Classical'), (11, 'Hip Hop/Rap'), (12, 'TV Shows')) AS t(GenreId, Name);

CREATE TABLE MediaType AS
SELECT * FROM (VALUES (1, 'MPEG audio file'), (2, 'Protected AAC audio file'), (3, 'Protected MPEG-4 video file'), (4, 'Purchased AAC audio file'),
  (5, 'AAC audio file')) AS t(MediaTypeId, Name);

CREATE TABLE Track AS
SELECT n::INTEGER AS TrackId,
  pick(['Dancing', 'Waiting', 'Falling', 'Burning', 'Running', 'Dreaming', 'Sailing', 'Walking'], n, 6) || ' '
    || pick(['Alone', 'in the Rain', 'with You', 'Tonight', 'Home', 'Forever', 'Away', 'Back'], n, 7) || ' ' || n AS Name,
  (1 + floor(chance(n, 8) * 260))::INTEGER AS AlbumId,
  CASE WHEN chance(n, 9) < 0.85 THEN 1 ELSE 2 + floor(chance(n, 10) * 4) END::INTEGER AS MediaTypeId,
  CASE WHEN chance(n, 11) < 0.4 THEN 1 WHEN chance(n, 11) < 0.97 THEN 1 + floor(chance(n, 12) * 12) END::INTEGER AS GenreId,
  CASE WHEN chance(n, 13) < 0.7 THEN pick(['A. Young', 'J. Page', 'Smith/Jones', 'M. Silva', 'Harris', 'Dickinson/Smith'], n, 14) END AS Composer,
  (90000 + floor(chance(n, 15) * 330000))::INTEGER AS Milliseconds,
  (2000000 + floor(chance(n, 16) * 12000000))::INTEGER AS Bytes,
  CASE WHEN chance(n, 11) >= 0.9 THEN 1.99 ELSE 0.99 END::DECIMAL(10, 2) AS UnitPrice
FROM range(1, 2401) AS t(n);

CREATE TABLE Playlist AS
SELECT * FROM (VALUES (1, 'Music'), (2, 'Movies'), (3, 'Nineties'), (4, 'Audiobooks'), (5, 'Heavy Metal Classic'), (6, 'Grunge'), (7, 'Brazilian Music'),
  (8, 'On-The-Go'), (9, 'Music Videos'), (10, 'Quiet Evenings')) AS t(PlaylistId, Name);

CREATE TABLE PlaylistTrack AS
SELECT p.PlaylistId, t.TrackId FROM Playlist p, Track t
WHERE chance(t.TrackId * 11 + p.PlaylistId, 17) < [0.9, 0.0, 0.3, 0.0, 0.04, 0.02, 0.06, 0.005, 0.01, 0.1][p.PlaylistId];

CREATE TABLE Employee AS
SELECT n::INTEGER AS EmployeeId,
  ['Adams', 'Edwards', 'Peacock', 'Park', 'Johnson', 'Mitchell', 'King', 'Callahan'][n] AS LastName,
  ['Andrew', 'Nancy', 'Jane', 'Margaret', 'Steve', 'Michael', 'Robert', 'Laura'][n] AS FirstName,
  ['General Manager', 'Sales Manager', 'Sales Support Agent', 'Sales Support Agent', 'Sales Support Agent', 'IT Manager', 'IT Staff', 'IT Staff'][n] AS Title,
  CASE WHEN n = 1 THEN NULL WHEN n IN (2, 6) THEN 1 WHEN n <= 5 THEN 2 ELSE 6 END::INTEGER AS ReportsTo,
  TIMESTAMP '1950-01-01' + to_days((chance(n, 18) * 9000)::INTEGER) AS BirthDate,
  TIMESTAMP '2016-01-01' + to_days((chance(n, 19) * 900)::INTEGER) AS HireDate,
  (1 + floor(chance(n, 20) * 9000))::INTEGER || ' ' || pick(['Jasper Ave', '8 Ave SW', '6 Ave SW'], n, 21) AS Address,
  CASE WHEN n < 7 THEN 'Calgary' ELSE 'Lethbridge' END AS City, 'AB' AS State, 'Canada' AS Country,
  '+1 (403) 555-' || (1000 + floor(chance(n, 22) * 8999))::INTEGER AS Phone,
  lower(['andrew', 'nancy', 'jane', 'margaret', 'steve', 'michael', 'robert', 'laura'][n]) || '@musicshop.example' AS Email
FROM range(1, 9) AS t(n);

CREATE TABLE Customer AS
SELECT n::INTEGER AS CustomerId,
  pick(['Luis', 'Leonie', 'Francois', 'Bjorn', 'Helena', 'Astrid', 'Daan', 'Kara', 'Eduardo', 'Roberto', 'Mark', 'Jennifer', 'Frank', 'Tim', 'Dan'], n, 23) AS FirstName,
  pick(['Goncalves', 'Kohler', 'Tremblay', 'Hansen', 'Holy', 'Gruber', 'Peeters', 'Nielsen', 'Martins', 'Almeida', 'Taylor', 'Peterson', 'Hayward'], n, 24) AS LastName,
  CASE WHEN chance(n, 25) < 0.2 THEN pick(['Embraer', 'JetBrains', 'Rogers Canada', 'Woodstock Discos', 'Telus', 'Riotur'], n, 26) END AS Company,
  (1 + floor(chance(n, 27) * 900))::INTEGER || ' ' || pick(['Av. Brigadeiro', 'Rua Dr. Falcao', 'Main Street', 'Klanova Weg', 'Rue Belanger'], n, 28) AS Address,
  pick(['Sao Paulo', 'Stuttgart', 'Montreal', 'Oslo', 'Prague', 'Vienna', 'Brussels', 'Copenhagen', 'Redmond', 'New York', 'Chicago', 'Paris'], n, 29) AS City,
  CASE WHEN chance(n, 29) * 12 >= 8 AND chance(n, 29) * 12 < 11 THEN pick(['WA', 'NY', 'IL'], n, 30) END AS State,
  pick(['Brazil', 'Germany', 'Canada', 'Norway', 'Czech Republic', 'Austria', 'Belgium', 'Denmark', 'USA', 'USA', 'USA', 'France'], n, 29) AS Country,
  CASE WHEN n % 9 <> 0 THEN (10000 + floor(chance(n, 31) * 89999))::INTEGER::VARCHAR END AS PostalCode,
  CASE WHEN n % 11 <> 0 THEN '+' || (30 + n % 20) || ' (' || (10 + n % 80) || ') ' || (1000000 + floor(chance(n, 32) * 8999999))::INTEGER END AS Phone,
  'customer' || n || '@' || pick(['mail', 'web', 'post'], n, 33) || '.example' AS Email,
  (3 + floor(chance(n, 34) * 3))::INTEGER AS SupportRepId
FROM range(1, 181) AS t(n);

CREATE TABLE Invoice AS
WITH drawn AS (
  SELECT n, (1 + floor(chance(n, 35) * 175))::INTEGER AS CustomerId,
    TIMESTAMP '2021-01-01' + to_days((chance(n, 36) * 1825)::INTEGER) AS InvoiceDate
  FROM range(1, 1501) AS t(n)
)
SELECT n::INTEGER AS InvoiceId, CustomerId, InvoiceDate, c.Address AS BillingAddress, c.City AS BillingCity, c.State AS BillingState,
  c.Country AS BillingCountry, c.PostalCode AS BillingPostalCode
FROM drawn JOIN Customer c USING (CustomerId);

CREATE TABLE InvoiceLine AS
SELECT (row_number() OVER (ORDER BY i.InvoiceId, k))::INTEGER AS InvoiceLineId, i.InvoiceId, t.TrackId, t.UnitPrice, 1::INTEGER AS Quantity
FROM Invoice i, range(0, 12) AS l(k), Track t
WHERE k < 1 + floor(chance(i.InvoiceId, 37) * 12) AND t.TrackId = 1 + floor(chance(i.InvoiceId * 13 + k, 38) * chance(i.InvoiceId * 13 + k, 39) * 2400);

ALTER TABLE Invoice ADD COLUMN Total DECIMAL(10, 2);
UPDATE Invoice SET Total = (SELECT sum(UnitPrice * Quantity) FROM InvoiceLine l WHERE l.InvoiceId = Invoice.InvoiceId);

DROP MACRO pick;
DROP MACRO chance;
DROP MACRO mixed;
