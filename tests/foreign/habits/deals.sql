-- A sales team: every key is called Id, roles (owner, created by, approved by, assigned to), a country by its name, a pointer in a hundred at nothing.

CREATE TABLE Users AS
SELECT n AS Id, 'user'||n||'@corp.example' AS Email, ['Tom Hill','Ana Ruiz','Liu Wei'][1+n%3] AS DisplayName, CASE WHEN n>3 THEN 1+n%3 END AS ManagerId, n%2=0 AS IsActive
FROM range(1,41) t(n);

CREATE TABLE Orgs AS
SELECT n AS Id, 'Org '||n AS Name, ['Retail','Energy'][1+n%2] AS Industry, 1+n%40 AS OwnerId, CASE WHEN n>10 THEN 1+n%10 END AS ParentOrgId, ['Germany','Spain'][1+n%2] AS Country
FROM range(1,121) t(n);

CREATE TABLE Deals AS
SELECT n AS Id, 1+n%120 AS OrgId, 1+n%40 AS OwnerId, 1+n%40 AS CreatedBy, CASE WHEN n%4=0 THEN 1+n%40 END AS ApprovedById, TIMESTAMP '2023-01-01'+to_hours(n*4) AS CreatedAt, CASE WHEN n%3=0 THEN TIMESTAMP '2023-01-01'+to_hours(n*4+300) END AS ClosedAt, (1000+n%900*10)::DOUBLE AS Amount, ['new','won','lost'][1+n%3] AS Stage, (n%100)/100.0 AS Probability, 1+n%5 AS Score
FROM range(1,3001) t(n);

CREATE TABLE DealProducts AS
SELECT n AS Id, 1+n%3000 AS DealId, 'SKU-'||(1+n%30) AS ProductCode, 1+n%9 AS Qty, (5+n%50)::DOUBLE AS UnitPrice, (n%3)*5 AS DiscountPct
FROM range(1,6001) t(n);

CREATE TABLE Products AS
SELECT 'SKU-'||n AS Code, 'Product '||n AS Name, ['A','B'][1+n%2] AS Family
FROM range(1,31) t(n);

CREATE TABLE Activities AS
SELECT n AS Id, CASE WHEN n%100=0 THEN 99999 ELSE 1+n%3000 END AS DealId, 1+n%40 AS AssignedTo, ['call','mail'][1+n%2] AS Type, TIMESTAMP '2023-01-05'+to_hours(n*2) AS ActivityDate, 'Talked to them about the renewal and the open points '||n AS Notes, 1+n%8 AS DurationMin
FROM range(1,5001) t(n);

CREATE TABLE Countries AS
SELECT ['Germany','Spain','France'][n] AS Name, ['DE','ES','FR'][n] AS Iso
FROM range(1,4) t(n);

