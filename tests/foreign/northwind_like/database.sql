-- A trading company for fine foods: what it sells, to whom, through whom. No constraint is declared, and small numbers lie
-- inside each other's ranges (quantities and reorder levels in product numbers, employees in categories) as they do in life.
-- Every figure comes from `chance`, arithmetic on whole numbers alone: the same rows on every machine.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;
CREATE MACRO pick(list, row_number, stream) AS list[1 + floor(chance(row_number, stream) * len(list))::INTEGER];

CREATE TABLE Categories AS
SELECT * FROM (VALUES
  (1, 'Beverages', 'Soft drinks, coffees, teas, beers, and ales'), (2, 'Condiments', 'Sweet and savory sauces, relishes, spreads'),
  (3, 'Confections', 'Desserts, candies, and sweet breads'), (4, 'Dairy Products', 'Cheeses'),
  (5, 'Grains/Cereals', 'Breads, crackers, pasta, and cereal'), (6, 'Meat/Poultry', 'Prepared meats'),
  (7, 'Produce', 'Dried fruit and bean curd'), (8, 'Seafood', 'Seaweed and fish')
) AS t(CategoryID, CategoryName, Description);

CREATE TABLE Region AS
SELECT * FROM (VALUES (1, 'Eastern'), (2, 'Western'), (3, 'Northern'), (4, 'Southern')) AS t(RegionID, RegionDescription);

CREATE TABLE Territories AS
SELECT
  lpad((1581 + n * 1733)::VARCHAR, 5, '0') AS TerritoryID,
  ['Westboro', 'Bedford', 'Georgetown', 'Boston', 'Cambridge', 'Braintree', 'Providence', 'Hollis', 'Portsmouth', 'Wilton',
   'Morristown', 'Edison', 'New York', 'Mellville', 'Fairport', 'Philadelphia', 'Neward', 'Rockville', 'Greensboro', 'Cary',
   'Columbia', 'Atlanta', 'Savannah', 'Orlando', 'Tampa', 'Louisville', 'Beachwood', 'Findlay', 'Racine', 'Troy',
   'Southfield', 'Roseville', 'Minneapolis', 'Chicago', 'Denver', 'Phoenix', 'Scottsdale', 'Bellevue', 'Redmond', 'Seattle'][n]
    AS TerritoryDescription,
  (1 + floor(chance(n, 1) * 4))::INTEGER AS RegionID
FROM range(1, 41) AS t(n);

CREATE TABLE Employees AS
SELECT n::INTEGER AS EmployeeID,
  ['Davola', 'Fuller', 'Levering', 'Pecock', 'Buchan', 'Suyano', 'Kingsley', 'Callan', 'Dodswell'][n] AS LastName,
  ['Nancy', 'Andrew', 'Janet', 'Margaret', 'Steven', 'Michael', 'Robert', 'Laura', 'Anne'][n] AS FirstName,
  CASE WHEN n = 2 THEN 'Vice President, Sales' WHEN n = 5 THEN 'Sales Manager' WHEN n = 8 THEN 'Inside Sales Coordinator'
       ELSE 'Sales Representative' END AS Title,
  CASE WHEN n IN (2) THEN 'Dr.' WHEN n IN (1, 3, 8, 9) THEN 'Ms.' WHEN n = 4 THEN 'Mrs.' ELSE 'Mr.' END AS TitleOfCourtesy,
  DATE '1958-01-01' + (chance(n, 2) * 12000)::INTEGER AS BirthDate,
  DATE '2014-03-01' + (chance(n, 3) * 2200)::INTEGER AS HireDate,
  (100 + floor(chance(n, 4) * 900))::INTEGER || ' ' || ['20th Ave. E.', 'W. Capital Way', 'Moss Bay Blvd.'][1 + (n % 3)::INTEGER] AS Address,
  CASE WHEN n IN (5, 6, 7, 9) THEN 'London' ELSE 'Seattle' END AS City,
  CASE WHEN n NOT IN (5, 6, 7, 9) THEN 'WA' END AS Region,
  CASE WHEN n IN (5, 6, 7, 9) THEN 'UK' ELSE 'USA' END AS Country,
  '(206) 555-' || (1000 + floor(chance(n, 5) * 8999))::INTEGER AS HomePhone,
  (400 + floor(chance(n, 6) * 5600))::INTEGER::VARCHAR AS Extension,
  CASE WHEN n % 3 <> 0 THEN 'Joined the company as a sales representative and speaks ' || n || ' languages on good days.' END AS Notes,
  CASE WHEN n = 2 THEN NULL WHEN n IN (6, 7, 9) THEN 5 ELSE 2 END::INTEGER AS ReportsTo
FROM range(1, 10) AS t(n);

CREATE TABLE EmployeeTerritories AS
SELECT (1 + (row_number() OVER (ORDER BY TerritoryID) - 1) % 9)::INTEGER AS EmployeeID, TerritoryID FROM Territories
UNION ALL
SELECT (1 + (row_number() OVER (ORDER BY TerritoryID) + 3) % 9)::INTEGER, TerritoryID FROM Territories WHERE RegionID = 1;

CREATE TABLE Shippers AS
SELECT * FROM (VALUES (1, 'Speedy Parcel', '(503) 555-9831'), (2, 'United Haulage', '(503) 555-3199'), (3, 'Federal Freight', '(503) 555-9931'))
  AS t(ShipperID, CompanyName, Phone);

CREATE TABLE Suppliers AS
SELECT n::INTEGER AS SupplierID,
  ['Exotic', 'Cajun', 'Grandma''s', 'Tokyo', 'Las Cabras', 'Mayumi''s', 'Pavlov', 'Specialty', 'PB Knack', 'Refrescos', 'Heli', 'Plutzer',
   'Nord-Ost', 'Formaggi', 'Norske', 'Bigfoot', 'Svensk', 'Aux joyeux', 'New England', 'Leka', 'Lyngby', 'Zaanse', 'Karkki', 'Gday',
   'Ma Maison', 'Pasta', 'Escargots', 'Gai', 'Forets'][n]
    || ' ' || ['Liquids', 'Delights', 'Traders', 'Foods', 'Cooperative', 'Breweries', 'Imports'][1 + (n % 7)::INTEGER] AS CompanyName,
  pick(['Charlotte', 'Shelley', 'Regina', 'Yoshi', 'Antonio', 'Peter', 'Lars', 'Martin', 'Elena', 'Anne'], n, 7) || ' '
    || pick(['Cooper', 'Burke', 'Murphy', 'Nagase', 'Saavedra', 'Wilson', 'Petersen', 'Bein', 'Vasquez', 'Heikkonen'], n, 8) AS ContactName,
  pick(['Purchasing Manager', 'Order Administrator', 'Sales Representative', 'Marketing Manager', 'Export Administrator'], n, 9) AS ContactTitle,
  (1 + floor(chance(n, 10) * 290))::INTEGER || ' ' || pick(['Gilbert St.', 'Oxford Rd.', 'Queens Road', 'Rue de l''Abbaye', 'Viale Dante'], n, 11) AS Address,
  pick(['London', 'New Orleans', 'Tokyo', 'Oviedo', 'Osaka', 'Melbourne', 'Stockholm', 'Berlin', 'Paris', 'Ravenna'], n, 12) AS City,
  pick(['UK', 'USA', 'Japan', 'Spain', 'Japan', 'Australia', 'Sweden', 'Germany', 'France', 'Italy'], n, 12) AS Country,
  '(0' || (10 + n) || ') 555-' || (1000 + floor(chance(n, 13) * 8999))::INTEGER AS Phone,
  CASE WHEN n % 4 = 0 THEN 'www.supplier-' || n || '.example' END AS HomePage
FROM range(1, 30) AS t(n);

CREATE TABLE Products AS
SELECT n::INTEGER AS ProductID,
  ['Chai', 'Chang', 'Aniseed', 'Cajun', 'Gumbo', 'Boysenberry', 'Pear', 'Cranberry', 'Kobe', 'Ikura', 'Cabrales', 'Konbu', 'Tofu', 'Genen',
   'Pavlova', 'Alice', 'Carnarvon', 'Teatime', 'Marmalade', 'Scones', 'Gustaf', 'Tunnbrod', 'Guarana', 'Nougat', 'Gummi'][1 + (n % 25)::INTEGER]
    || ' ' || ['Classic', 'Reserve', 'Light', 'Extra'][1 + (n // 25)::INTEGER] AS ProductName,
  (1 + floor(chance(n, 14) * 29))::INTEGER AS SupplierID,
  (1 + floor(chance(n, 15) * 8))::INTEGER AS CategoryID,
  pick(['10 boxes x 20 bags', '24 - 12 oz bottles', '12 - 550 ml bottles', '48 - 6 oz jars', '1 kg pkg.', '500 g'], n, 16) AS QuantityPerUnit,
  (2.5 + chance(n, 17) * chance(n, 18) * 120)::DECIMAL(10, 2) AS UnitPrice,
  floor(chance(n, 19) * 125)::INTEGER AS UnitsInStock,
  CASE WHEN chance(n, 20) < 0.2 THEN 10 * (1 + floor(chance(n, 21) * 9)) ELSE 0 END::INTEGER AS UnitsOnOrder,
  (5 * floor(chance(n, 22) * 7))::INTEGER AS ReorderLevel,
  (chance(n, 23) < 0.1)::INTEGER AS Discontinued
FROM range(1, 78) AS t(n);

CREATE TABLE Customers AS
WITH drawn AS (
  SELECT n,
    ['Berglund', 'Bolido', 'Bottom', 'Cactus', 'Chop', 'Consol', 'Drachen', 'Eastern', 'Ernst', 'Familia', 'Folk', 'France', 'Galeria',
     'Godos', 'Gourmet', 'Great', 'Hanari', 'Hilarion', 'Hungry', 'Island', 'Koenig', 'Laughing', 'Lehmann', 'Lonesome', 'Magazzini'][1 + (n % 25)::INTEGER]
      || ' ' || ['Alimentos', 'Delikatessen', 'Market', 'Restaurant'][1 + (n // 25)::INTEGER] AS name
  FROM range(1, 92) AS t(n)
)
SELECT
  upper(left(name, 3)) || chr((65 + n // 26)::INTEGER) || chr((65 + n % 26)::INTEGER) AS CustomerID,
  name AS CompanyName,
  pick(['Maria', 'Ana', 'Antonio', 'Thomas', 'Christina', 'Hanna', 'Frederique', 'Martin', 'Laurence', 'Elizabeth'], n, 25) || ' '
    || pick(['Anders', 'Trujillo', 'Moreno', 'Hardy', 'Berglund', 'Moos', 'Citeaux', 'Sommer', 'Lebihan', 'Lincoln'], n, 26) AS ContactName,
  pick(['Owner', 'Sales Agent', 'Marketing Manager', 'Accounting Manager', 'Order Administrator'], n, 27) AS ContactTitle,
  (1 + floor(chance(n, 28) * 190))::INTEGER || ' ' || pick(['Obere Str.', 'Berliner Platz', 'Main St.', 'Rue des Bouchers', 'Hanover Sq.'], n, 29) AS Address,
  pick(['Berlin', 'London', 'Lyon', 'Madrid', 'Portland', 'Rio de Janeiro', 'Torino', 'Graz', 'Lulea', 'Mannheim', 'Seattle', 'Nantes'], n, 30) AS City,
  CASE WHEN chance(n, 30) * 12 >= 4 AND chance(n, 30) * 12 < 5 THEN 'OR' WHEN chance(n, 30) * 12 >= 5 AND chance(n, 30) * 12 < 6 THEN 'RJ' END AS Region,
  (10000 + floor(chance(n, 31) * 89000))::INTEGER::VARCHAR AS PostalCode,
  pick(['Germany', 'UK', 'France', 'Spain', 'USA', 'Brazil', 'Italy', 'Austria', 'Sweden', 'Germany', 'USA', 'France'], n, 30) AS Country,
  '0' || (30 + n % 60) || '-' || (100000 + floor(chance(n, 32) * 899999))::INTEGER AS Phone,
  CASE WHEN n % 3 = 0 THEN '0' || (30 + n % 60) || '-' || (100000 + floor(chance(n, 33) * 899999))::INTEGER END AS Fax
FROM drawn;

CREATE TABLE CustomerDemographics AS
SELECT * FROM (VALUES ('HORECA', 'Hotels, restaurants and catering'), ('RETAIL', 'Shops and chains'), ('ONLINE', 'Sells on the web'))
  AS t(CustomerTypeID, CustomerDesc);

CREATE TABLE CustomerCustomerDemo AS
SELECT CustomerID, pick(['HORECA', 'RETAIL', 'ONLINE'], row_number() OVER (ORDER BY CustomerID), 34) AS CustomerTypeID FROM Customers;

CREATE TABLE Orders AS
WITH numbered AS (SELECT *, row_number() OVER (ORDER BY CustomerID) AS place FROM Customers),
drawn AS (
  SELECT n, (1 + floor(chance(n, 35) * chance(n, 36) * 91))::INTEGER AS place,
    DATE '2022-07-04' + (sqrt(n / 1800.0) * 910)::INTEGER AS OrderDate
  FROM range(1, 1801) AS t(n)
)
SELECT (10247 + n)::INTEGER AS OrderID, c.CustomerID, (1 + floor(sqrt(chance(n, 37)) * 9))::INTEGER AS EmployeeID, OrderDate,
  OrderDate + 28 AS RequiredDate,
  CASE WHEN OrderDate + 2 + (chance(n, 38) * 18)::INTEGER <= DATE '2024-12-30' THEN OrderDate + 2 + (chance(n, 38) * 18)::INTEGER END AS ShippedDate,
  (1 + floor(chance(n, 39) * 3))::INTEGER AS ShipVia,
  (1 + chance(n, 40) * chance(n, 41) * 300)::DECIMAL(10, 2) AS Freight,
  c.CompanyName AS ShipName, c.Address AS ShipAddress, c.City AS ShipCity, c.Region AS ShipRegion,
  CASE WHEN n % 17 <> 0 THEN c.PostalCode END AS ShipPostalCode, c.Country AS ShipCountry
FROM drawn JOIN numbered c USING (place);

CREATE TABLE "Order Details" AS
WITH lines AS (
  SELECT DISTINCT OrderID, (1 + floor(chance(OrderID * 4 + k, 42) * 77))::INTEGER AS ProductID
  FROM Orders, range(0, 4) AS t(k) WHERE k = 0 OR chance(OrderID * 4 + k, 43) < 0.55
)
SELECT l.OrderID, l.ProductID,
  (p.UnitPrice * CASE WHEN o.OrderDate < DATE '2023-06-01' THEN 0.8 ELSE 1.0 END)::DECIMAL(10, 2) AS UnitPrice,
  (1 + floor(chance(l.OrderID * 100 + l.ProductID, 44) * 60))::SMALLINT AS Quantity,
  CASE WHEN chance(l.OrderID * 100 + l.ProductID, 45) < 0.6 THEN 0
       ELSE 0.05 * (1 + floor(chance(l.OrderID * 100 + l.ProductID, 46) * 5)) END::DECIMAL(4, 2) AS Discount
FROM lines l JOIN Products p USING (ProductID) JOIN Orders o USING (OrderID);

DROP MACRO pick;
DROP MACRO chance;
DROP MACRO mixed;
