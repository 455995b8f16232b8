-- A chain of gyms, as its own system keeps it: members, visits, classes, payments, machines that break. No catalog, no constraint
-- declared. The same rows on every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE clubs AS
SELECT * FROM (VALUES
  (1, 'Riverside', 'Leeds', DATE '2016-03-01', 1800, TRUE), (2, 'Old Mill', 'Leeds', DATE '2018-09-10', 1100, FALSE),
  (3, 'Station Square', 'York', DATE '2019-01-15', 1400, FALSE), (4, 'Parkside', 'Sheffield', DATE '2020-07-06', 2100, TRUE),
  (5, 'Harbour', 'Hull', DATE '2021-05-17', 1250, FALSE), (6, 'Northgate', 'Sheffield', DATE '2022-10-03', 900, FALSE)
) AS t(club_id, club_name, city, opened_on, floor_area_sqm, has_pool);

CREATE TABLE membership_types AS
SELECT * FROM (VALUES
  (1, 'Off-Peak', 19.90::DECIMAL(6, 2)), (2, 'Standard', 29.90), (3, 'Premium', 44.90), (4, 'Student', 17.50)
) AS t(membership_type_id, type_name, monthly_fee);

CREATE TABLE trainers AS
SELECT
  (300 + n)::INTEGER AS trainer_id,
  ['Amy', 'Ben', 'Chloe', 'Dan', 'Ella', 'Fred', 'Gwen', 'Harry'][1 + (n * 5 % 8)::INTEGER] AS first_name,
  ['Archer', 'Barnes', 'Cole', 'Dixon', 'Ellis', 'Ford', 'Grant'][1 + (n * 3 % 7)::INTEGER] AS last_name,
  (1 + (n - 1) % 6)::INTEGER AS club_id,
  ['yoga', 'strength', 'cardio', 'swimming', 'boxing'][1 + (n % 5)::INTEGER] AS speciality,
  DATE '2017-02-01' + floor(chance(n, 1) * 2900)::INTEGER AS hired_on,
  (16 + floor(chance(n, 2) * 14))::DECIMAL(6, 2) AS hourly_rate
FROM range(1, 31) AS t(n);

CREATE TABLE members AS
SELECT
  (10000 + n)::INTEGER AS member_id,
  ['Alice', 'Brian', 'Cathy', 'David', 'Erin', 'Frank', 'Grace', 'Henry', 'Isla', 'Jack'][1 + floor(chance(n, 3) * 10)::INTEGER] AS first_name,
  ['Adams', 'Brown', 'Clark', 'Davies', 'Evans', 'Foster', 'Green', 'Hughes'][1 + floor(chance(n, 4) * 8)::INTEGER] AS last_name,
  'member' || n || '@example.org' AS email,
  CASE WHEN chance(n, 5) < 0.52 THEN 'female' ELSE 'male' END AS gender,
  DATE '1955-01-01' + floor(chance(n, 6) * 18900)::INTEGER AS birth_date,
  (1 + floor(power(chance(n, 7), 1.25) * 6))::INTEGER AS home_club_id,
  DATE '2022-01-03' + floor(chance(n, 8) * 1365)::INTEGER AS joined_on,
  ['walk_in', 'website', 'friend', 'leaflet', 'corporate'][1 + floor(power(chance(n, 9), 1.3) * 5)::INTEGER] AS referral_source
FROM range(1, 1201) AS t(n);

CREATE TABLE memberships AS
WITH drawn AS (
  SELECT member_id, joined_on, year(joined_on) - year(birth_date) AS age,
    joined_on + (60 + floor(-ln(1 - chance(member_id, 10) * 0.999) * 700))::INTEGER AS leaves_on, chance(member_id, 11) AS type_draw
  FROM members
)
SELECT
  (40000 + ROW_NUMBER() OVER (ORDER BY joined_on, member_id))::INTEGER AS membership_id,
  member_id,
  CASE WHEN age < 24 AND type_draw < 0.6 THEN 4 WHEN type_draw < 0.25 THEN 1 WHEN type_draw < 0.75 THEN 2 ELSE 3 END::INTEGER AS membership_type_id,
  joined_on AS start_date,
  CASE WHEN leaves_on <= DATE '2025-09-30' THEN leaves_on END AS end_date,
  CASE WHEN leaves_on <= DATE '2025-09-30' THEN 'cancelled' WHEN chance(member_id, 12) < 0.07 THEN 'frozen' ELSE 'active' END AS status,
  CASE WHEN leaves_on <= DATE '2025-09-30' THEN ['moved_away', 'too_expensive', 'no_time', 'injury', 'unhappy'][1 + floor(power(chance(member_id, 13), 1.2) * 5)::INTEGER] END
    AS cancel_reason
FROM drawn;

CREATE TABLE check_ins AS
WITH drawn AS (
  SELECT m.member_id, m.home_club_id, m.member_id::BIGINT * 64 + k AS draw_id,
    DATE '2024-01-01' + floor(chance(m.member_id::BIGINT * 64 + k, 14) * 639)::INTEGER AS day, s.start_date, s.end_date
  FROM members m JOIN memberships s ON s.member_id = m.member_id, range(0, 34) AS t(k)
  WHERE k < 4 + floor(chance(m.member_id, 15) * 30)
), held AS (
  SELECT *, day + to_minutes(floor(CASE WHEN chance(draw_id, 16) < 0.55 THEN 990 + chance(draw_id, 17) * 240 ELSE 375 + chance(draw_id, 17) * 600 END)::BIGINT) AS checked_in_at
  FROM drawn
  WHERE day >= start_date AND (end_date IS NULL OR day < end_date)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY checked_in_at, draw_id)::INTEGER AS check_in_id,
  member_id,
  CASE WHEN chance(draw_id, 18) < 0.86 THEN home_club_id ELSE 1 + floor(chance(draw_id, 19) * 6) END::INTEGER AS club_id,
  checked_in_at,
  checked_in_at + to_minutes((25 + floor(chance(draw_id, 20) * 90))::BIGINT) AS checked_out_at
FROM held;

CREATE TABLE classes AS
SELECT * FROM (VALUES
  (1, 'Vinyasa Flow', 'yoga', 'beginner', 60), (2, 'Power Yoga', 'yoga', 'advanced', 75), (3, 'Spin 45', 'cardio', 'intermediate', 45),
  (4, 'HIIT Blast', 'cardio', 'advanced', 30), (5, 'Body Pump', 'strength', 'intermediate', 60), (6, 'Core Express', 'strength', 'beginner', 30),
  (7, 'Aqua Fit', 'swimming', 'beginner', 45), (8, 'Box Fit', 'boxing', 'intermediate', 50)
) AS t(class_id, class_name, category, difficulty, duration_minutes);

CREATE TABLE class_sessions AS
WITH drawn AS (
  SELECT n, DATE '2024-01-01' + floor(chance(n, 21) * 639)::INTEGER AS day, (1 + floor(power(chance(n, 22), 1.2) * 6))::INTEGER AS club_id,
    (1 + floor(chance(n, 23) * 8))::INTEGER AS class_draw
  FROM range(1, 1501) AS t(n)
)
SELECT
  (60000 + ROW_NUMBER() OVER (ORDER BY day, n))::INTEGER AS session_id,
  CASE WHEN class_draw = 7 AND club_id NOT IN (1, 4) THEN 3 ELSE class_draw END::INTEGER AS class_id,
  club_id,
  (300 + club_id + 6 * floor(chance(n, 24) * 5))::INTEGER AS trainer_id,
  day + to_minutes(([420, 570, 720, 1050, 1110, 1170][1 + floor(chance(n, 25) * 6)::INTEGER])::BIGINT) AS starts_at,
  [12, 16, 20, 24][1 + floor(chance(n, 26) * 4)::INTEGER] AS capacity
FROM drawn;

CREATE TABLE bookings AS
WITH drawn AS (
  SELECT s.session_id, s.starts_at, s.club_id, s.session_id::BIGINT * 32 + k AS draw_id
  FROM class_sessions s, range(0, 16) AS t(k)
  WHERE k < 3 + floor(chance(s.session_id, 27) * least(s.capacity - 3, 13))
), people AS (
  SELECT home_club_id, list(member_id ORDER BY member_id) AS ids FROM members WHERE joined_on < DATE '2024-01-01' GROUP BY home_club_id
)
SELECT
  ROW_NUMBER() OVER (ORDER BY d.draw_id)::INTEGER AS booking_id,
  d.session_id,
  p.ids[1 + floor(chance(d.draw_id, 28) * len(p.ids))::INTEGER] AS member_id,
  d.starts_at - to_minutes((60 + floor(chance(d.draw_id, 29) * 8000))::BIGINT) AS booked_at,
  CASE WHEN chance(d.draw_id, 30) < 0.74 THEN 'attended' WHEN chance(d.draw_id, 30) < 0.86 THEN 'no_show' ELSE 'cancelled' END AS booking_status
FROM drawn d JOIN people p ON p.home_club_id = d.club_id;

CREATE TABLE payments AS
WITH fees AS (
  SELECT s.member_id, (s.start_date + to_months(k::INTEGER))::DATE AS paid_on, t.monthly_fee AS amount, 'membership fee' AS purpose, s.member_id::BIGINT * 64 + k AS draw_id
  FROM memberships s JOIN membership_types t ON t.membership_type_id = s.membership_type_id, range(0, 46) AS r(k)
  WHERE (s.start_date + to_months(k::INTEGER))::DATE < coalesce(s.end_date, DATE '2025-10-01') AND (s.start_date + to_months(k::INTEGER))::DATE >= DATE '2024-01-01'
), extras AS (
  SELECT member_id, checked_in_at::DATE AS paid_on,
    CASE WHEN chance(check_in_id, 31) < 0.03 THEN 35 + floor(chance(check_in_id, 32) * 3) * 10 ELSE 2 + floor(chance(check_in_id, 32) * 40) * 0.5 END::DECIMAL(6, 2) AS amount,
    CASE WHEN chance(check_in_id, 31) < 0.03 THEN 'personal training' ELSE 'shop' END AS purpose,
    10000000 + check_in_id::BIGINT AS draw_id
  FROM check_ins
  WHERE chance(check_in_id, 31) < 0.13
)
SELECT
  (700000 + ROW_NUMBER() OVER (ORDER BY paid_on, draw_id))::INTEGER AS payment_id,
  member_id, paid_on, amount, purpose,
  CASE WHEN purpose = 'membership fee' THEN CASE WHEN chance(member_id, 33) < 0.8 THEN 'direct debit' ELSE 'card' END
       WHEN chance(draw_id, 34) < 0.7 THEN 'card' ELSE 'cash' END AS payment_method
FROM (SELECT * FROM fees UNION ALL SELECT * FROM extras);

CREATE TABLE equipment AS
SELECT
  (9000 + n)::INTEGER AS equipment_id,
  (1 + (n - 1) % 6)::INTEGER AS club_id,
  ['treadmill', 'rowing machine', 'exercise bike', 'cross trainer', 'leg press', 'cable machine'][1 + floor(chance(n, 35) * 6)::INTEGER] AS equipment_type,
  ['Technogym', 'Matrix', 'Life Fitness', 'Precor'][1 + floor(power(chance(n, 36), 1.3) * 4)::INTEGER] AS brand,
  DATE '2018-01-08' + floor(chance(n, 37) * 2500)::INTEGER AS purchased_on,
  (1200 + floor(chance(n, 38) * 90) * 50)::DECIMAL(10, 2) AS purchase_price
FROM range(1, 181) AS t(n);

CREATE TABLE repairs AS
WITH drawn AS (
  SELECT n, (9001 + floor(power(chance(n, 39), 1.3) * 180))::INTEGER AS equipment_id, DATE '2024-01-01' + floor(chance(n, 40) * 638)::INTEGER AS reported_on,
    (1 + floor(power(chance(n, 41), 2) * 30))::INTEGER AS days
  FROM range(1, 521) AS t(n)
)
SELECT
  (2000 + ROW_NUMBER() OVER (ORDER BY reported_on, n))::INTEGER AS repair_id,
  equipment_id,
  reported_on,
  CASE WHEN reported_on + days <= DATE '2025-09-30' THEN reported_on + days END AS fixed_on,
  ['belt', 'motor', 'screen', 'cable', 'pedal', 'upholstery'][1 + floor(chance(n, 42) * 6)::INTEGER] AS fault,
  (35 + floor(power(chance(n, 43), 2) * 140) * 5)::DECIMAL(10, 2) AS repair_cost
FROM drawn;

DROP MACRO chance;
DROP MACRO mixed;
