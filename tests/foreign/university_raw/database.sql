-- A university's records office: courses, who teaches and takes them, what is billed and paid. No catalog, no constraint declared.
-- The same rows on every machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE departments AS
SELECT * FROM (VALUES
  (1, 'Computer Science', 'Engineering', 2400000), (2, 'Mathematics', 'Science', 1300000), (3, 'Physics', 'Science', 1900000),
  (4, 'Economics', 'Social Sciences', 1500000), (5, 'History', 'Humanities', 950000), (6, 'Biology', 'Science', 2100000),
  (7, 'English Literature', 'Humanities', 800000), (8, 'Mechanical Engineering', 'Engineering', 2600000)
) AS t(department_id, department_name, faculty, annual_budget);

CREATE TABLE terms AS
SELECT * FROM (VALUES
  (1, 'Spring 2023', '2022/23', DATE '2023-01-09', DATE '2023-05-12'), (2, 'Fall 2023', '2023/24', DATE '2023-08-28', DATE '2023-12-15'),
  (3, 'Spring 2024', '2023/24', DATE '2024-01-08', DATE '2024-05-10'), (4, 'Fall 2024', '2024/25', DATE '2024-08-26', DATE '2024-12-13'),
  (5, 'Spring 2025', '2024/25', DATE '2025-01-13', DATE '2025-05-16'), (6, 'Fall 2025', '2025/26', DATE '2025-08-25', DATE '2025-12-12')
) AS t(term_id, term_name, academic_year, start_date, end_date);

CREATE TABLE rooms AS
SELECT
  (10 + n)::INTEGER AS room_id,
  ['Newton Hall', 'Curie Building', 'Austen House', 'North Annex'][1 + (n % 4)::INTEGER] AS building,
  (100 + n * 7)::VARCHAR AS room_number,
  [24, 30, 40, 60, 120][1 + floor(chance(n, 1) * 5)::INTEGER]::INTEGER AS capacity,
  CASE WHEN chance(n, 2) < 0.6 THEN 'classroom' WHEN chance(n, 2) < 0.85 THEN 'lab' ELSE 'lecture hall' END AS room_type
FROM range(1, 33) AS t(n);

CREATE TABLE courses AS
WITH titles AS (
  SELECT * FROM (VALUES
    (1, 'CS', ['Programming Fundamentals', 'Data Structures', 'Operating Systems', 'Databases', 'Machine Learning', 'Distributed Systems']),
    (2, 'MA', ['Calculus', 'Linear Algebra', 'Probability', 'Number Theory', 'Topology', 'Stochastic Processes']),
    (3, 'PH', ['Mechanics', 'Electromagnetism', 'Optics', 'Thermodynamics', 'Quantum Theory', 'Astrophysics']),
    (4, 'EC', ['Microeconomics', 'Macroeconomics', 'Public Finance', 'Game Theory', 'Econometrics', 'Development Economics']),
    (5, 'HI', ['Ancient Worlds', 'Medieval Europe', 'The Cold War', 'Empires and Trade', 'Archives and Sources', 'Oral History']),
    (6, 'BI', ['Cell Biology', 'Genetics', 'Ecology', 'Microbiology', 'Immunology', 'Evolution']),
    (7, 'EN', ['Shakespeare', 'The Novel', 'Modern Poetry', 'Creative Writing', 'Literary Criticism', 'Postcolonial Fiction']),
    (8, 'ME', ['Statics', 'Dynamics', 'Fluid Mechanics', 'Materials', 'Robotics', 'Control Systems'])
  ) AS t(department_id, prefix, names)
)
SELECT
  (department_id * 10 + k)::INTEGER AS course_id,
  prefix || (100 * ((k + 1) // 2) + k) AS course_code,
  names[k::INTEGER] AS course_title,
  department_id,
  [3, 4, 5, 6][1 + floor(chance(department_id * 10 + k, 3) * 4)::INTEGER]::INTEGER AS credits,
  CASE WHEN k <= 4 THEN 'undergraduate' ELSE 'graduate' END AS course_level
FROM titles, range(1, 7) AS t(k);

CREATE TABLE instructors AS
SELECT
  (200 + n)::INTEGER AS instructor_id,
  ['Alice', 'Bruno', 'Chandra', 'Dina', 'Emil', 'Farah', 'Gustav', 'Hana', 'Ivan'][1 + (n * 5 % 9)::INTEGER] AS first_name,
  ['Abbott', 'Berger', 'Costa', 'Dlamini', 'Eriksen', 'Fontaine', 'Gupta'][1 + (n * 3 % 7)::INTEGER] AS last_name,
  'instructor' || n || '@university.example' AS email,
  (1 + (n - 1) % 8)::INTEGER AS department_id,
  CASE WHEN n <= 12 THEN 'professor' WHEN n <= 26 THEN 'associate professor' ELSE 'lecturer' END AS academic_rank,
  DATE '2004-08-01' + (chance(n, 4) * 6900)::INTEGER AS hire_date,
  (52000 + floor(chance(n, 5) * 240) * 100 + CASE WHEN n <= 12 THEN 46000 WHEN n <= 26 THEN 22000 ELSE 0 END)::DECIMAL(10, 2) AS annual_salary
FROM range(1, 46) AS t(n);

CREATE TABLE students AS
SELECT
  (30000 + n * 3)::INTEGER AS student_id,
  ['Ada', 'Ben', 'Carla', 'Deniz', 'Elif', 'Fred', 'Gina', 'Hugo', 'Iris', 'Jack', 'Kira'][1 + (n * 7 % 11)::INTEGER] AS first_name,
  ['Novak', 'Okafor', 'Petrov', 'Quinn', 'Rossi', 'Singh', 'Tanaka', 'Ueda', 'Varga', 'Weber', 'Xu', 'Young', 'Zeller'][1 + (n * 5 % 13)::INTEGER] AS last_name,
  'student' || n || '@mail.university.example' AS email,
  '+1 555 ' || lpad((n * 7919 % 10000000)::VARCHAR, 7, '0') AS phone_number,
  DATE '1994-01-01' + (chance(n, 6) * 4600)::INTEGER AS birth_date,
  CASE WHEN chance(n, 7) < 0.52 THEN 'female' WHEN chance(n, 7) < 0.98 THEN 'male' ELSE 'other' END AS gender,
  ['Germany', 'India', 'Nigeria', 'United States', 'Japan', 'Brazil', 'Turkey'][1 + floor(power(chance(n, 8), 1.5) * 7)::INTEGER] AS home_country,
  CASE WHEN chance(n, 9) < 0.68 THEN 'bachelor' WHEN chance(n, 9) < 0.92 THEN 'master' ELSE 'doctoral' END AS degree_level,
  (1 + floor(power(chance(n, 10), 1.2) * 8))::INTEGER AS major_department_id,
  (SELECT start_date FROM terms WHERE term_id = 1 + floor(power(chance(n, 11), 1.2) * 6)::INTEGER) - (10 + floor(chance(n, 12) * 80))::INTEGER AS admission_date,
  CASE WHEN chance(n, 13) < 0.08 THEN 'withdrawn' WHEN chance(n, 13) < 0.12 THEN 'on leave'
       WHEN chance(n, 11) < 0.35 AND chance(n, 14) < 0.6 THEN 'graduated' ELSE 'active' END AS student_status
FROM range(1, 1301) AS t(n);

CREATE TABLE sections AS
SELECT
  (term_id * 1000 + s)::INTEGER AS section_id,
  ((1 + (s - 1) % 8) * 10 + 1 + (s - 1) // 8 % 6)::INTEGER AS course_id,
  term_id,
  (200 + 1 + (s - 1) % 8 + 8 * floor(chance(term_id * 100 + s, 15) * 5))::INTEGER AS instructor_id,
  CASE WHEN chance(term_id * 100 + s, 16) >= 0.2 THEN (11 + floor(chance(term_id * 100 + s, 17) * 32))::INTEGER END AS room_id,
  (1 + (s - 1) // 48)::INTEGER AS section_number,
  CASE WHEN chance(term_id * 100 + s, 16) < 0.2 THEN 'online' WHEN chance(term_id * 100 + s, 16) < 0.35 THEN 'hybrid' ELSE 'in person' END AS delivery_mode,
  [20, 30, 45, 60][1 + floor(chance(term_id * 100 + s, 18) * 4)::INTEGER]::INTEGER AS max_seats
FROM terms, range(1, 81) AS t(s);

CREATE TABLE enrolments AS
WITH attended AS (
  SELECT s.student_id, t.term_id, t.start_date FROM students s JOIN terms t ON t.start_date > s.admission_date
  WHERE chance(s.student_id * 10 + t.term_id, 19) < CASE WHEN s.student_status = 'active' THEN 0.92 ELSE 0.6 END
), chosen AS (
  SELECT student_id, term_id, start_date, k, (term_id * 1000 + 1 + floor(power(chance(student_id * 80 + term_id * 8 + k, 20), 1.15) * 80))::INTEGER AS section_id
  FROM attended, range(0, 4) AS t(k) WHERE k < 2 OR chance(student_id * 80 + term_id * 8 + k, 21) < 0.5
), once AS (
  SELECT * FROM chosen QUALIFY ROW_NUMBER() OVER (PARTITION BY student_id, section_id ORDER BY k) = 1
), numbered AS (
  SELECT ROW_NUMBER() OVER (ORDER BY term_id, student_id, k) AS n, * FROM once
), graded AS (
  SELECT n.*, chance(n, 22) < 0.07 AS left_early,
    least(100, floor(38 + chance(n, 23) * 34 + chance(n, 24) * 26 + [2, -4, -1, 3, 6, 1, 7, -3][1 + (section_id % 1000 - 1) % 8]))::INTEGER AS score
  FROM numbered n
)
SELECT
  (400000 + n)::INTEGER AS enrolment_id, student_id, section_id,
  start_date - 7 + floor(chance(n, 25) * 21)::INTEGER AS enrolment_date,
  CASE WHEN left_early THEN 'withdrawn' WHEN score < 50 THEN 'failed' ELSE 'passed' END AS enrolment_status,
  CASE WHEN NOT left_early THEN score END AS final_grade,
  CASE WHEN left_early THEN NULL WHEN score >= 85 THEN 'A' WHEN score >= 72 THEN 'B' WHEN score >= 60 THEN 'C' WHEN score >= 50 THEN 'D' ELSE 'F' END AS letter_grade
FROM graded;

CREATE TABLE tuition_invoices AS
WITH billed AS (
  SELECT DISTINCT e.student_id, s.term_id FROM enrolments e JOIN sections s ON s.section_id = e.section_id
), numbered AS (
  SELECT ROW_NUMBER() OVER (ORDER BY term_id, student_id) AS n, * FROM billed
)
SELECT
  (500000 + n)::INTEGER AS invoice_id, b.student_id, b.term_id,
  t.start_date + floor(chance(n, 26) * 14)::INTEGER AS invoice_date,
  t.start_date + 45 AS due_date,
  (CASE s.degree_level WHEN 'bachelor' THEN 4200 WHEN 'master' THEN 5600 ELSE 2900 END + 150 * (b.term_id - 1) + floor(chance(n, 27) * 12) * 50)::DECIMAL(10, 2) AS tuition_amount,
  CASE WHEN chance(n, 28) < 0.28 THEN 250 * (1 + floor(chance(n, 29) * 8)) ELSE 0 END::DECIMAL(10, 2) AS scholarship_amount
FROM numbered b JOIN students s ON s.student_id = b.student_id JOIN terms t ON t.term_id = b.term_id;

CREATE TABLE payments AS
WITH parts AS (
  SELECT i.invoice_id, i.invoice_date, i.tuition_amount - i.scholarship_amount AS due, k, i.invoice_id::BIGINT * 4 + k AS draw_id, chance(i.invoice_id, 30) AS habit
  FROM tuition_invoices i, range(0, 3) AS t(k)
)
SELECT
  (ROW_NUMBER() OVER (ORDER BY invoice_id, k) + 800000)::INTEGER AS payment_id,
  invoice_id,
  invoice_date + (3 + k * 30 + floor(chance(draw_id, 31) * 28))::INTEGER AS payment_date,
  CASE WHEN habit < 0.55 THEN due WHEN habit < 0.8 THEN CASE k WHEN 0 THEN floor(due * 0.6) ELSE due - floor(due * 0.6) END
       ELSE CASE k WHEN 0 THEN due - 2 * floor(due * 0.3) ELSE floor(due * 0.3) END END::DECIMAL(10, 2) AS amount,
  ['bank transfer', 'credit card', 'cheque', 'cash'][1 + floor(power(chance(draw_id, 32), 1.7) * 4)::INTEGER] AS payment_method
FROM parts
WHERE (k = 0 OR (k = 1 AND habit >= 0.55) OR (k = 2 AND habit >= 0.8)) AND chance(draw_id, 33) >= 0.04;

DROP MACRO chance;
DROP MACRO mixed;
