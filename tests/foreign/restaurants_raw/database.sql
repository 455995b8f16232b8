-- A chain of restaurants and its tills, bookings and kitchens; two systems, two ways to write names. No catalog, no constraint declared.
-- The same rows on every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE Stores AS
SELECT * FROM (VALUES
  (1, 'Harbour Street', 'Boston', 'East', DATE '2014-03-01', 90), (2, 'Union Square', 'New York', 'East', DATE '2015-06-15', 120),
  (3, 'Market Hall', 'Philadelphia', 'East', DATE '2017-09-01', 70), (4, 'Lakeside', 'Chicago', 'Central', DATE '2016-05-20', 110),
  (5, 'River Walk', 'San Antonio', 'Central', DATE '2019-11-11', 80), (6, 'Pearl District', 'Portland', 'West', DATE '2018-04-02', 60),
  (7, 'Mission', 'San Francisco', 'West', DATE '2020-02-14', 75), (8, 'Sunset', 'Los Angeles', 'West', DATE '2022-08-30', 100)
) AS t(StoreID, StoreName, City, Region, OpenedOn, SeatCount);

CREATE TABLE Employees AS
SELECT
  (300 + n)::INTEGER AS EmployeeID,
  ['Amy', 'Boris', 'Cleo', 'Dario', 'Ella', 'Frank', 'Gwen', 'Hector', 'Isla', 'Jonas'][1 + (n * 7 % 10)::INTEGER] AS FirstName,
  ['Adams', 'Bell', 'Cruz', 'Diaz', 'Evans', 'Flores', 'Green'][1 + (n * 3 % 7)::INTEGER] AS LastName,
  'staff' || n || '@restaurants.example' AS Email,
  (1 + (n - 1) % 8)::INTEGER AS StoreID,
  CASE WHEN n <= 8 THEN 'Manager' WHEN n <= 40 THEN 'Server' WHEN n <= 56 THEN 'Cook' ELSE 'Host' END AS JobTitle,
  (15 + floor(chance(n, 1) * 24) * 0.25 + CASE WHEN n <= 8 THEN 14 WHEN n BETWEEN 41 AND 56 THEN 5 ELSE 0 END)::DECIMAL(6, 2) AS HourlyWage,
  DATE '2018-01-08' + (chance(n, 2) * 2100)::INTEGER AS HiredOn,
  CASE WHEN n > 8 THEN 301 + (n - 1) % 8 END::INTEGER AS ManagerID
FROM range(1, 65) AS t(n);

CREATE TABLE Shifts AS
SELECT
  (50000 + n)::INTEGER AS ShiftID,
  (301 + n % 64)::INTEGER AS EmployeeID,
  (1 + n % 8)::INTEGER AS StoreID,
  DATE '2024-01-01' + floor(chance(n, 3) * 547)::INTEGER AS ShiftDate,
  CASE WHEN chance(n, 4) < 0.35 THEN 'Morning' WHEN chance(n, 4) < 0.8 THEN 'Evening' ELSE 'Late' END AS ShiftType,
  (4 + floor(chance(n, 5) * 19) * 0.25)::DECIMAL(5, 2) AS HoursWorked
FROM range(0, 5200) AS t(n);

CREATE TABLE MenuCategories AS
SELECT * FROM (VALUES (1, 'Starters'), (2, 'Pizzas'), (3, 'Pasta'), (4, 'Burgers'), (5, 'Desserts'), (6, 'Beverages')) AS t(CategoryID, CategoryName);

CREATE TABLE MenuItems AS
SELECT * FROM (VALUES
  (1001, 'Garlic Bread', 1, 5.50, true), (1002, 'Tomato Soup', 1, 6.25, true), (1003, 'Calamari', 1, 9.75, false), (1004, 'Caesar Salad', 1, 8.50, false), (1005, 'Bruschetta', 1, 6.75, true),
  (1006, 'Margherita', 2, 11.00, true), (1007, 'Pepperoni', 2, 13.00, false), (1008, 'Quattro Formaggi', 2, 13.50, true), (1009, 'Diavola', 2, 13.75, false), (1010, 'Funghi', 2, 12.25, true),
  (1011, 'Carbonara', 3, 13.25, false), (1012, 'Lasagne', 3, 14.50, false), (1013, 'Pesto Linguine', 3, 12.75, true), (1014, 'Seafood Spaghetti', 3, 16.50, false),
  (1015, 'Classic Burger', 4, 12.50, false), (1016, 'Cheese Burger', 4, 13.25, false), (1017, 'Veggie Burger', 4, 12.00, true), (1018, 'Double Bacon Burger', 4, 16.75, false),
  (1019, 'Tiramisu', 5, 7.25, true), (1020, 'Panna Cotta', 5, 6.50, false), (1021, 'Chocolate Cake', 5, 7.75, true), (1022, 'Gelato', 5, 5.25, true),
  (1023, 'Lemonade', 6, 4.25, true), (1024, 'Iced Tea', 6, 3.75, true), (1025, 'House Red', 6, 8.25, true), (1026, 'Lager', 6, 6.50, true), (1027, 'Espresso', 6, 3.25, true), (1028, 'Sparkling Water', 6, 3.50, true)
) AS t(ItemID, ItemName, CategoryID, ListPrice, IsVegetarian);

CREATE TABLE LoyaltyMembers AS
SELECT
  (7000 + n)::INTEGER AS MemberID,
  ['Ann', 'Bob', 'Cathy', 'Dan', 'Eve', 'Finn', 'Gail', 'Hal', 'Ida'][1 + (n * 5 % 9)::INTEGER] || ' '
    || ['Moore', 'Nash', 'Owens', 'Price', 'Reed', 'Stone', 'Tate', 'Upton', 'Vance', 'Wood', 'Yates'][1 + (n * 7 % 11)::INTEGER] AS FullName,
  'member' || n || '@mail.example' AS Email,
  '+1 555 ' || lpad((n * 6271 % 10000000)::VARCHAR, 7, '0') AS PhoneNumber,
  DATE '2021-01-01' + floor(power(chance(n, 6), 0.8) * 1642)::INTEGER AS JoinedOn,
  CASE WHEN chance(n, 7) < 0.6 THEN 'Bronze' WHEN chance(n, 7) < 0.9 THEN 'Silver' ELSE 'Gold' END AS Tier,
  (1 + floor(chance(n, 8) * 8))::INTEGER AS HomeStoreID,
  floor(power(chance(n, 9), 2) * 2400)::INTEGER AS PointsBalance
FROM range(1, 901) AS t(n);

CREATE TABLE OrderHeaders AS
WITH drawn AS (
  SELECT n, TIMESTAMP '2024-01-01 11:00:00' + to_days(floor(power(chance(n, 10), 0.85) * 547)::INTEGER) + to_minutes(floor(chance(n, 11) * 660)::BIGINT) AS OrderedAt,
    (1 + floor(power(chance(n, 12), 1.25) * 8))::INTEGER AS StoreID
  FROM range(1, 10001) AS t(n)
)
SELECT
  (100000 + n)::INTEGER AS OrderID, StoreID,
  (300 + StoreID + 8 * (1 + floor(chance(n, 13) * 4)))::INTEGER AS EmployeeID,
  CASE WHEN chance(n, 14) < 0.33 THEN (7001 + floor(power(chance(n, 15), 1.4) * 780))::INTEGER END AS MemberID,
  OrderedAt,
  CASE WHEN chance(n, 16) < 0.58 THEN 'Dine In' WHEN chance(n, 16) < 0.8 THEN 'Takeaway' ELSE 'Delivery' END AS OrderChannel,
  CASE WHEN chance(n, 16) < 0.58 THEN (1 + floor(power(chance(n, 17), 1.6) * 8))::INTEGER ELSE 1 END AS GuestCount,
  CASE WHEN chance(n, 18) < 0.62 THEN 'Card' WHEN chance(n, 18) < 0.83 THEN 'Cash' ELSE 'Mobile' END AS PaymentMethod
FROM drawn;

CREATE TABLE OrderLines AS
WITH lines AS (
  SELECT o.OrderID, o.OrderedAt, k + 1 AS LineNumber, o.OrderID::BIGINT * 8 + k AS draw_id,
    (1001 + floor(power(chance(o.OrderID::BIGINT * 8 + k, 19), 0.9) * 28))::INTEGER AS ItemID
  FROM OrderHeaders o, range(0, 4) AS t(k) WHERE k = 0 OR chance(o.OrderID::BIGINT * 8 + k, 20) < 0.4
), priced AS (
  SELECT l.*, (1 + floor(power(chance(draw_id, 21), 2.4) * 4))::INTEGER AS Quantity,
    CASE WHEN l.OrderedAt >= TIMESTAMP '2025-01-01' THEN m.ListPrice ELSE m.ListPrice - 0.25 END::DECIMAL(8, 2) AS UnitPrice
  FROM lines l JOIN MenuItems m ON m.ItemID = l.ItemID
)
SELECT OrderID, LineNumber::INTEGER AS LineNumber, ItemID, Quantity, UnitPrice, (Quantity * UnitPrice)::DECIMAL(10, 2) AS LineAmount FROM priced;

CREATE TABLE Tips AS
SELECT
  (ROW_NUMBER() OVER (ORDER BY OrderID) + 600000)::INTEGER AS TipID, OrderID, EmployeeID,
  OrderedAt + INTERVAL 45 MINUTE AS TippedAt,
  (1 + floor(power(chance(OrderID, 22), 2) * 60) * 0.25 + CASE WHEN StoreID IN (2, 7) THEN 1.5 ELSE 0 END)::DECIMAL(8, 2) AS TipAmount
FROM OrderHeaders WHERE OrderChannel <> 'Takeaway' AND chance(OrderID, 23) < 0.7;

CREATE TABLE DiscountTypes AS
SELECT * FROM (VALUES ('HAPPY', 'Happy Hour'), ('STUD', 'Student'), ('BDAY', 'Birthday'), ('LOYAL', 'Loyalty Reward'), ('STAFF', 'Staff Meal')) AS t(DiscountCode, DiscountName);

CREATE TABLE OrderDiscounts AS
SELECT
  (ROW_NUMBER() OVER (ORDER BY OrderID) + 20000)::INTEGER AS OrderDiscountID, OrderID,
  ['HAPPY', 'STUD', 'LOYAL', 'BDAY', 'STAFF'][1 + floor(power(chance(OrderID, 24), 1.4) * 5)::INTEGER] AS DiscountCode,
  (0.5 + floor(power(chance(OrderID, 25), 1.5) * 20) * 0.25)::DECIMAL(8, 2) AS DiscountAmount
FROM OrderHeaders WHERE chance(OrderID, 26) < 0.17;

CREATE TABLE Reservations AS
WITH drawn AS (
  SELECT n, TIMESTAMP '2024-01-01 09:00:00' + to_days(floor(chance(n, 27) * 547)::INTEGER) + to_minutes(floor(chance(n, 28) * 720)::BIGINT) AS BookedAt
  FROM range(1, 2801) AS t(n)
)
SELECT
  (40000 + n)::INTEGER AS ReservationID,
  (1 + floor(power(chance(n, 29), 1.1) * 8))::INTEGER AS StoreID,
  CASE WHEN chance(n, 30) < 0.5 THEN (7001 + floor(chance(n, 31) * 900))::INTEGER END AS MemberID,
  BookedAt,
  (2 + floor(power(chance(n, 32), 1.8) * 9))::INTEGER AS PartySize,
  CASE WHEN chance(n, 33) < 0.78 THEN 'Seated' WHEN chance(n, 33) < 0.92 THEN 'Cancelled' ELSE 'No Show' END AS ReservationStatus
FROM drawn;

CREATE TABLE inventory_deliveries AS
SELECT
  (9000 + n)::INTEGER AS delivery_id,
  (1 + floor(chance(n, 34) * 8))::INTEGER AS store_id,
  ['Green Valley Farms', 'Atlantic Seafood', 'Milano Imports', 'City Beverages', 'Prime Meats'][1 + floor(chance(n, 35) * 5)::INTEGER] AS supplier_name,
  DATE '2024-01-01' + floor(chance(n, 36) * 547)::INTEGER AS delivered_on,
  (10 + floor(power(chance(n, 37), 1.5) * 180))::INTEGER AS weight_kg,
  (60 + floor(power(chance(n, 38), 1.6) * 1900))::DECIMAL(10, 2) AS delivery_cost
FROM range(1, 1601) AS t(n);

CREATE TABLE waste_log AS
SELECT
  (1 + n)::INTEGER AS waste_id,
  (1 + floor(chance(n, 39) * 8))::INTEGER AS store_id,
  (1001 + floor(chance(n, 40) * 28))::INTEGER AS item_id,
  DATE '2024-01-01' + floor(chance(n, 41) * 547)::INTEGER AS logged_on,
  CASE WHEN chance(n, 42) < 0.45 THEN 'expired' WHEN chance(n, 42) < 0.75 THEN 'overcooked' WHEN chance(n, 42) < 0.9 THEN 'dropped' ELSE 'returned by guest' END AS waste_reason,
  (1 + floor(power(chance(n, 43), 2) * 9))::INTEGER AS quantity_wasted,
  (2 + floor(power(chance(n, 44), 1.6) * 160) * 0.25)::DECIMAL(8, 2) AS waste_cost
FROM range(0, 1900) AS t(n);

DROP MACRO chance;
DROP MACRO mixed;
