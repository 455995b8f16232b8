-- Larkspur Schools: six private language and music schools in the west of England and Wales, September 2023 to 14 July 2026.
-- The same rows on every machine: every figure comes from `draw`, arithmetic on whole numbers alone.

CREATE MACRO stirred(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO draw(item, stream) AS stirred(stirred((item::BIGINT * 7919 + stream * 15485863 + 977) % 4294967296)) / 4294967296.0;
CREATE MACRO pick(item, stream, n) AS floor(draw(item, stream) * n)::INTEGER;

CREATE TABLE schools AS
SELECT * FROM (VALUES
  (1, 'Queen Square', 'Bristol', 'West', 'Languages and music', 9, DATE '2008-09-01'),
  (2, 'Clifton Hill', 'Bristol', 'West', 'Languages and music', 7, DATE '2014-01-10'),
  (3, 'Cathedral Quay', 'Exeter', 'South', 'Languages and music', 6, DATE '2016-09-05'),
  (4, 'Mill Lane', 'Bath', 'West', 'Languages', 5, DATE '2018-09-03'),
  (5, 'Castle Street', 'Cardiff', 'Wales', 'Languages and music', 8, DATE '2012-04-16'),
  (6, 'Garden House', 'Cheltenham', 'North', 'Music', 5, DATE '2021-09-06')
) AS t(school_id, school_name, city, region, offer, rooms, opened_on);

CREATE TABLE courses AS
WITH subjects AS (
  SELECT * FROM (VALUES (1, 'English', 'Languages'), (2, 'Spanish', 'Languages'), (3, 'French', 'Languages'), (4, 'German', 'Languages'),
    (5, 'Piano', 'Music'), (6, 'Guitar', 'Music'), (7, 'Violin', 'Music'), (8, 'Drums', 'Music'), (9, 'Singing', 'Music')) AS t(n, subject, department)
), spread AS (
  SELECT s.school_id, u.n, u.subject, u.department, k, s.school_id * 100 + u.n * 10 + k AS course_id
  FROM schools s, subjects u, range(1, 3) AS r(k)
  WHERE NOT (s.school_id = 4 AND u.department = 'Music') AND NOT (s.school_id = 6 AND u.department = 'Languages')
), levelled AS (
  SELECT *, CASE WHEN k = 1 THEN ['Beginner', 'Elementary'][1 + pick(course_id, 1, 2)] ELSE ['Intermediate', 'Advanced'][1 + pick(course_id, 2, 2)] END AS level
  FROM spread
)
SELECT course_id::INTEGER AS course_id, subject || ' ' || level AS course_name, school_id, subject, department, level,
  CASE WHEN department = 'Music' THEN ['one-to-one', 'one-to-one', 'small group', 'online'][1 + pick(course_id, 3, 4)]
       ELSE ['small group', 'small group', 'evening class', 'online'][1 + pick(course_id, 4, 4)] END AS format,
  CASE subject
    WHEN 'English' THEN ['Harriet Vale', 'Owen Prosser', 'Miriam Oakes'][1 + school_id % 3] WHEN 'Spanish' THEN ['Lucia Marin', 'Pablo Otero'][1 + school_id % 2]
    WHEN 'French' THEN ['Celine Aubry', 'Yves Garnier'][1 + school_id % 2] WHEN 'German' THEN ['Katrin Weiss', 'Jonas Pohl'][1 + school_id % 2]
    WHEN 'Piano' THEN ['Edith Crane', 'Tomasz Wilk', 'Grace Adeyemi'][1 + school_id % 3] WHEN 'Guitar' THEN ['Rhys Morgan', 'Dan Fielding'][1 + school_id % 2]
    WHEN 'Violin' THEN ['Anneke Visser', 'Sofia Lund'][1 + school_id % 2] WHEN 'Drums' THEN ['Marcus Bell', 'Kofi Mensah'][1 + school_id % 2]
    ELSE ['Bronwen Rees', 'Nadia Haddad'][1 + school_id % 2] END AS teacher,
  CASE WHEN (school_id + n) % 3 = 0 THEN 'freelance' ELSE 'employed' END AS teacher_contract,
  (CASE WHEN department = 'Music' THEN 96 ELSE 72 END + pick(course_id, 5, 8) * 4 + k * 6)::DECIMAL(8, 2) AS monthly_fee,
  (CASE WHEN department = 'Music' THEN 4 ELSE 12 END + pick(course_id, 6, 3))::INTEGER AS places
FROM levelled;

CREATE TABLE enrolments AS
WITH months AS (
  SELECT m, (DATE '2023-09-01' + to_months(m::INTEGER))::DATE AS first_day FROM range(0, 35) AS t(m)
), sized AS (
  SELECT *, floor(CASE month(first_day) WHEN 9 THEN 112 WHEN 10 THEN 68 WHEN 1 THEN 92 WHEN 4 THEN 61 WHEN 6 THEN 34 WHEN 7 THEN 22 WHEN 8 THEN 31 ELSE 48 END
    * (100 + m) / 100.0)::INTEGER AS many FROM months
), slots AS (
  SELECT row_number() OVER (ORDER BY m, k)::INTEGER AS enrolment_id, m, first_day FROM sized, range(0, 200) AS t(k) WHERE k < many
), ranked AS (
  SELECT course_id, row_number() OVER (ORDER BY (course_id * 37) % 1009, course_id) - 1 AS place FROM courses
), drawn AS (
  SELECT enrolment_id, 1 + pick(enrolment_id, 11, 1420) AS student_id,
    floor(pow(draw(enrolment_id, 12), 1.35) * (SELECT COUNT(*) FROM courses))::INTEGER AS place,
    first_day + pick(enrolment_id, 13, CASE WHEN month(first_day) = 7 THEN 14 ELSE 27 END) AS enrolled_on,
    2 + pick(enrolment_id, 14, 13) AS months_planned, draw(enrolment_id, 15) AS luck
  FROM slots
), ended AS (
  SELECT d.*, c.course_id, c.department, luck < CASE WHEN c.department = 'Music' THEN 0.24 ELSE 0.33 END AS drops FROM drawn d JOIN ranked r USING (place) JOIN courses c USING (course_id)
), dated AS (
  SELECT *, (CASE WHEN drops THEN enrolled_on + 20 + pick(enrolment_id, 16, 120) ELSE enrolled_on + to_months(months_planned) END)::DATE AS ends FROM ended
)
SELECT enrolment_id, student_id::INTEGER AS student_id, course_id, enrolled_on::DATE AS enrolled_on,
  CASE WHEN ends <= DATE '2026-07-14' THEN ends END AS ended_on,
  CASE WHEN ends > DATE '2026-07-14' THEN 'active' WHEN drops THEN 'dropped' ELSE 'completed' END AS status,
  CASE WHEN ends <= DATE '2026-07-14' AND drops THEN ['lost interest', 'too expensive', 'moved away', 'timetable', 'unhappy with lessons', 'lost interest', 'timetable', 'too expensive', 'timetable'][1 + pick(enrolment_id, 17, 9)] END AS drop_reason
FROM dated;

CREATE TABLE students AS
SELECT student_id,
  ['Alice', 'Ben', 'Carys', 'Daniel', 'Erin', 'Freddie', 'Gwen', 'Harry', 'Isla', 'Jack', 'Leah', 'Mohammed', 'Nia', 'Oscar', 'Priya'][1 + pick(student_id, 21, 15)] || ' '
    || ['Abbott', 'Bowen', 'Chapman', 'Davies', 'Evans', 'Fisher', 'Griffiths', 'Hughes', 'Iqbal', 'Jenkins', 'Khan'][1 + pick(student_id, 22, 11)] AS full_name,
  'student' || student_id || '@example.org' AS email,
  '07700 9' || lpad((student_id * 37 % 100000)::VARCHAR, 5, '0') AS phone,
  DATE '1956-01-01' + pick(student_id, 23, 23000) AS birth_date,
  ['children', 'children', 'children', 'teenagers', 'teenagers', 'adults', 'adults', 'adults', 'adults', 'seniors'][1 + pick(student_id, 24, 10)] AS age_group,
  ['word of mouth', 'word of mouth', 'search engine', 'search engine', 'flyer', 'social media', 'social media', 'open day', 'school partner'][1 + pick(student_id, 25, 9)] AS heard_from,
  MIN(enrolled_on) AS joined_on
FROM enrolments GROUP BY student_id;

CREATE TABLE lessons AS
WITH weeks AS (SELECT w, DATE '2023-09-11' + (w * 7)::INTEGER AS monday FROM range(0, 148) AS t(w)
), held AS (
  SELECT c.*, w, (monday + pick(c.course_id, 31, 6))::DATE AS lesson_on, c.course_id::BIGINT * 1000 + w AS seed FROM courses c, weeks
)
, kept AS (
  SELECT * FROM held WHERE lesson_on <= DATE '2026-07-11' AND NOT (month(lesson_on) = 8 OR (month(lesson_on) = 7 AND day(lesson_on) > 11) OR (month(lesson_on) = 9 AND day(lesson_on) < 8)
    OR (month(lesson_on) = 12 AND day(lesson_on) > 20) OR (month(lesson_on) = 1 AND day(lesson_on) < 5))
), tossed AS (
  SELECT *, draw(seed, 32) < CASE WHEN month(lesson_on) IN (1, 2, 12) THEN 0.10 ELSE 0.055 END + CASE WHEN teacher_contract = 'freelance' THEN 0.025 ELSE 0 END AS gone,
    CASE WHEN format = 'one-to-one' THEN 1 ELSE greatest(2, places - pick(seed, 33, CASE WHEN places > 8 THEN 7 ELSE 3 END)) END AS expected FROM kept
)
SELECT row_number() OVER (ORDER BY lesson_on, course_id)::INTEGER AS lesson_id, course_id, lesson_on,
  CASE WHEN gone THEN 'cancelled' ELSE 'held' END AS status,
  CASE WHEN gone THEN ['teacher ill', 'teacher ill', 'teacher ill', 'too few students', 'room problem', 'bad weather'][1 + pick(seed, 34, 6)] END AS cancel_reason,
  CASE WHEN department = 'Languages' THEN 90 WHEN format = 'one-to-one' THEN 45 ELSE 60 END AS minutes,
  expected::INTEGER AS students_expected,
  CASE WHEN gone THEN 0 ELSE greatest(0, expected - floor(expected * draw(seed, 35) * 0.34 + draw(seed, 36) * (0.62 + school_id * 0.07))::INTEGER) END::INTEGER AS students_present
FROM tossed;

CREATE TABLE invoices AS
WITH tuition AS (
  SELECT e.enrolment_id, 'tuition' AS fee_kind, (date_trunc('month', e.enrolled_on) + to_months(k::INTEGER))::DATE AS first_day, c.monthly_fee AS amount, e.enrolment_id::BIGINT * 100 + k AS seed
  FROM enrolments e JOIN courses c USING (course_id), range(0, 15) AS t(k)
  WHERE (date_trunc('month', e.enrolled_on) + to_months(k::INTEGER)) <= COALESCE(e.ended_on, DATE '2026-07-14')
), every_fee AS (
  SELECT enrolment_id, fee_kind, first_day, CASE WHEN first_day >= DATE '2025-09-01' THEN round(amount * 1.05, 2) ELSE amount END AS amount, seed FROM tuition WHERE month(first_day) <> 8
  UNION ALL
  SELECT enrolment_id, 'registration', date_trunc('month', enrolled_on)::DATE, 35, enrolment_id::BIGINT * 100 + 50 FROM enrolments
  UNION ALL
  SELECT enrolment_id, 'materials', date_trunc('month', enrolled_on)::DATE, 12.5 + 2.5 * pick(enrolment_id, 41, 9), enrolment_id::BIGINT * 100 + 60 FROM enrolments WHERE draw(enrolment_id, 42) < 0.4
), dated AS (
  SELECT *, first_day + 1 + pick(seed, 43, 9) AS issued_on, draw(seed, 44) AS luck, floor(3 + 40 * pow(draw(seed, 45), 2))::INTEGER AS slow FROM every_fee
), told AS (
  SELECT *, CASE WHEN luck < 0.014 THEN 'void' WHEN luck < 0.05 OR issued_on + slow > DATE '2026-07-14' THEN 'open' ELSE 'paid' END AS status FROM dated
)
SELECT row_number() OVER (ORDER BY issued_on, seed)::INTEGER AS invoice_id, enrolment_id, fee_kind, issued_on::DATE AS issued_on, (issued_on + 14)::DATE AS due_on, amount::DECIMAL(10, 2) AS amount, status,
  CASE WHEN status = 'paid' THEN (issued_on + slow)::DATE END AS paid_on,
  CASE WHEN status = 'paid' THEN ['direct debit', 'direct debit', 'direct debit', 'card', 'card', 'bank transfer', 'cash'][1 + pick(seed, 46, 7)] END AS payment_method
FROM told WHERE issued_on <= DATE '2026-07-14';

CREATE TABLE trial_lessons AS
WITH base AS (
  SELECT n::INTEGER AS trial_id, DATE '2023-09-11' + floor(pow(draw(n, 51), 0.85) * 1036)::INTEGER AS trial_on, pick(n, 52, (SELECT COUNT(*)::INTEGER FROM courses)) AS place FROM range(1, 1951) AS t(n)
), numbered AS (SELECT course_id, school_id, subject, row_number() OVER (ORDER BY (course_id * 61) % 997, course_id) - 1 AS place FROM courses
), told AS (
  SELECT trial_id, school_id, subject, trial_on, ['website', 'website', 'walk-in', 'phone call', 'open day', 'social media'][1 + pick(trial_id, 53, 6)] AS booked_through,
    draw(trial_id, 54) < 0.83 AS attended, draw(trial_id, 55) < 0.36 + school_id * 0.025 + CASE WHEN trial_on >= DATE '2026-01-01' THEN 0.05 ELSE 0 END AS likes
  FROM base JOIN numbered USING (place) WHERE NOT (month(trial_on) = 8 OR (month(trial_on) = 7 AND day(trial_on) = 15))
)
SELECT trial_id, school_id, subject, trial_on::DATE AS trial_on, booked_through, attended, attended AND likes AS converted FROM told;

CREATE TABLE rentals AS
WITH base AS (
  SELECT n::INTEGER AS rental_id, DATE '2023-09-05' + pick(n, 61, 1042) AS rented_on, [1, 1, 2, 3, 5, 5, 6, 6, 6][1 + pick(n, 62, 9)] AS school_id,
    ['violin', 'violin', 'cello', 'guitar', 'guitar', 'keyboard', 'keyboard', 'flute', 'trumpet', 'violin'][1 + pick(n, 63, 10)] AS instrument, [3, 6, 6, 9, 12][1 + pick(n, 64, 5)] AS months
  FROM range(1, 761) AS t(n)
), placed AS (SELECT student_id, row_number() OVER (ORDER BY student_id) - 1 AS place, COUNT(*) OVER () AS many FROM students
)
SELECT rental_id, p.student_id, school_id, instrument, rented_on::DATE AS rented_on, months::INTEGER AS months_agreed,
  (months * CASE instrument WHEN 'cello' THEN 24 WHEN 'keyboard' THEN 19 WHEN 'trumpet' THEN 16.5 WHEN 'flute' THEN 14 WHEN 'violin' THEN 13.5 ELSE 11 END)::DECIMAL(8, 2) AS rental_fee,
  CASE WHEN rented_on + months * 30 + pick(rental_id, 65, 25) - 8 <= DATE '2026-07-14' AND draw(rental_id, 66) < 0.95 THEN (rented_on + months * 30 + pick(rental_id, 65, 25) - 8)::DATE END AS returned_on
FROM base b JOIN placed p ON p.place = floor(draw(b.rental_id, 67) * p.many)::INTEGER;

CREATE TABLE exams AS
WITH base AS (
  SELECT e.enrolment_id, c.department, c.level, c.school_id,
    CASE WHEN month(e.enrolled_on + 75) BETWEEN 1 AND 3 THEN make_date(year(e.enrolled_on + 75), 3, 18) WHEN month(e.enrolled_on + 75) BETWEEN 4 AND 6 THEN make_date(year(e.enrolled_on + 75), 6, 24)
         ELSE make_date(year(e.enrolled_on + 75), 12, 9) END + pick(e.enrolment_id, 71, 5) AS exam_on
  FROM enrolments e JOIN courses c USING (course_id)
  WHERE draw(e.enrolment_id, 72) < 0.46
), scored AS (
  SELECT *, least(100, greatest(18, round(58 + 34 * (draw(enrolment_id, 73) + draw(enrolment_id, 74) - 0.92) + CASE WHEN department = 'Music' THEN 6 ELSE 0 END + CASE WHEN level IN ('Beginner', 'Elementary') THEN 3 ELSE 0 END
    + school_id % 4)))::INTEGER AS score FROM base
)
SELECT row_number() OVER (ORDER BY s.exam_on, s.enrolment_id)::INTEGER AS exam_id, s.enrolment_id, s.exam_on::DATE AS exam_on,
  CASE WHEN draw(s.enrolment_id, 75) < 0.6 THEN 'external' ELSE 'internal' END AS exam_type, s.score,
  CASE WHEN s.score >= 80 THEN 'distinction' WHEN s.score >= 65 THEN 'merit' WHEN s.score >= 50 THEN 'pass' ELSE 'fail' END AS result
FROM scored s JOIN enrolments e USING (enrolment_id)
WHERE s.exam_on <= DATE '2026-07-14' AND (e.ended_on IS NULL OR e.status = 'completed');
