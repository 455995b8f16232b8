-- A bank as its old system names things: joined capitals, accounts known by branch and number, currencies by their code.
-- No constraint declared; the same rows on every machine.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE BRNCH AS
SELECT * FROM (VALUES ('LON', 'London', 'South', 1998), ('MAN', 'Manchester', 'North', 2003), ('LEE', 'Leeds', 'North', 2009), ('BRI', 'Bristol', 'South', 2014)) AS t(BRNCHCD, BRNCHNM, RGN, OPNYR);

CREATE TABLE CCY AS
SELECT * FROM (VALUES ('GBP', 'Pound sterling', 2), ('EUR', 'Euro', 2), ('USD', 'US dollar', 2), ('JPY', 'Yen', 0)) AS t(CCYCD, CCYNM, DECPL);

CREATE TABLE CUST AS
SELECT 'K' || (100000 + n * 7) AS CUSTNO, ['Alice', 'Brian', 'Carol', 'Dennis', 'Elena', 'Frank', 'Helen', 'Ivan'][1 + (n % 8)::INTEGER] || ' ' || ['Adams', 'Brook', 'Clark', 'Drake', 'Ellis'][1 + (n % 5)::INTEGER] AS CUSTNM,
  ['retail', 'premier', 'student'][1 + floor(chance(n, 1) * 3)::INTEGER] AS CUSTSEG, DATE '1945-06-01' + floor(chance(n, 2) * 21000)::INTEGER AS DOB, 'c' || n || '@mail.example' AS EMAIL,
  ['GB', 'IE', 'FR', 'US'][1 + floor(power(chance(n, 3), 2) * 4)::INTEGER] AS CTRYCD, DATE '2015-01-01' + floor(chance(n, 4) * 3400)::INTEGER AS JOINDT
FROM range(1, 801) AS t(n);

-- an account is known by its branch and its number there
CREATE TABLE ACCT AS
SELECT ['LON', 'MAN', 'LEE', 'BRI'][1 + (n % 4)::INTEGER] AS BRNCHCD, (1 + n // 4)::INTEGER AS ACCTNO, 'K' || (100000 + (1 + floor(chance(n, 5) * 800)) * 7)::INTEGER AS CUSTNO,
  ['CUR', 'SAV', 'ISA'][1 + floor(chance(n, 6) * 3)::INTEGER] AS ACCTTYP, ['GBP', 'EUR', 'USD', 'JPY'][1 + floor(power(chance(n, 7), 4) * 4)::INTEGER] AS CCYCD, DATE '2016-01-01' + floor(chance(n, 8) * 2900)::INTEGER AS OPNDT,
  CASE WHEN chance(n, 9) < 0.07 THEN 'Y' ELSE 'N' END AS DORMFLG
FROM range(0, 1200) AS t(n);

CREATE TABLE ACCTBAL AS
SELECT a.BRNCHCD, a.ACCTNO, last_day(d.day)::DATE AS BALDT, (floor(chance(a.ACCTNO * 400 + ascii(a.BRNCHCD) + ascii(substr(a.BRNCHCD, 2)) * 3 + month(d.day) * 20000, 10) * 900000) / 100)::DECIMAL(12, 2) AS BALAMT
FROM ACCT a, generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-12-01', INTERVAL 1 MONTH) AS d(day);

CREATE TABLE TXN AS
SELECT (5000000 + n)::BIGINT AS TXNID, ['LON', 'MAN', 'LEE', 'BRI'][1 + (floor(chance(n, 11) * 1200)::INTEGER % 4)] AS BRNCHCD, (1 + floor(chance(n, 11) * 1200)::INTEGER // 4)::INTEGER AS ACCTNO,
  TIMESTAMP '2023-01-01' + to_minutes(floor(chance(n, 12) * 1051000)::BIGINT) AS TXNTS, ['PAY', 'DEP', 'WDR', 'FEE'][1 + floor(power(chance(n, 13), 1.5) * 4)::INTEGER] AS TXNTYP,
  (1 + floor(power(chance(n, 14), 3) * 250000) / 100)::DECIMAL(12, 2) AS TXNAMT, ['APP', 'WEB', 'BRN', 'ATM'][1 + floor(chance(n, 15) * 4)::INTEGER] AS CHNL
FROM range(1, 8001) AS t(n);

CREATE TABLE LN AS
SELECT (300 + n)::INTEGER AS LNNO, 'K' || (100000 + (1 + floor(chance(n, 16) * 800)) * 7)::INTEGER AS CUSTNO, ['LON', 'MAN', 'LEE', 'BRI'][1 + floor(chance(n, 17) * 4)::INTEGER] AS BRNCHCD,
  DATE '2023-01-05' + floor(chance(n, 18) * 700)::INTEGER AS STRTDT, (2000 + floor(power(chance(n, 19), 2) * 60000))::DECIMAL(12, 2) AS PRINCAMT, (0.02 + floor(chance(n, 20) * 60) / 1000)::DECIMAL(6, 4) AS INTRT,
  (12 + 12 * floor(chance(n, 21) * 5))::INTEGER AS TERMMO, CASE WHEN chance(n, 22) < 0.05 THEN 'DFLT' WHEN chance(n, 22) < 0.3 THEN 'CLSD' ELSE 'ACT' END AS LNSTAT
FROM range(1, 501) AS t(n);

DROP MACRO chance;
DROP MACRO mixed;
