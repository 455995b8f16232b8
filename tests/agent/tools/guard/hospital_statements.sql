-- name: stays by department
FROM stays JOIN departments USING (department_id) SELECT department_name, count(*) AS n, sum(total_charges) AS charged GROUP BY ALL ORDER BY charged DESC;
-- name: length of stay
SELECT admission_type, avg(date_diff('hour', admitted_at, discharged_at)) / 24 AS days, median(discharged_at - admitted_at) AS typical FROM stays WHERE discharged_at IS NOT NULL GROUP BY 1 ORDER BY 1;
-- name: readmissions in thirty days
WITH s AS (SELECT patient_id, admitted_at, lag(discharged_at) OVER (PARTITION BY patient_id ORDER BY admitted_at) AS before FROM stays) SELECT avg((admitted_at - before < INTERVAL 30 DAY)::INTEGER) AS rate FROM s WHERE before IS NOT NULL;
-- name: occupancy by month
SELECT strftime(census_date, '%Y-%m') AS month, sum(occupied_beds) / sum(staffed_beds) AS rate FROM bed_census GROUP BY month ORDER BY month;
-- name: fullest day of each department
SELECT department_id, arg_max(census_date, occupied_beds) AS day, max(occupied_beds) AS beds FROM bed_census GROUP BY department_id ORDER BY department_id;
-- name: seven day occupancy
SELECT census_date, avg(sum(occupied_beds)) OVER (ORDER BY census_date ROWS 6 PRECEDING) AS week FROM bed_census GROUP BY census_date ORDER BY census_date DESC LIMIT 30;
-- name: census on the last day
SELECT * FROM bed_census QUALIFY census_date = max(census_date) OVER () ORDER BY department_id;
-- name: patients in the house each day
SELECT d::DATE AS day, count(s.stay_id) AS patients FROM generate_series(TIMESTAMP '2025-06-01', TIMESTAMP '2025-06-10', INTERVAL 1 DAY) g(d) LEFT JOIN stays s ON s.admitted_at <= g.d AND coalesce(s.discharged_at, TIMESTAMP '2999-01-01') > g.d GROUP BY 1 ORDER BY 1;
-- name: procedures a stay
SELECT n, count(*) AS stays FROM (SELECT s.stay_id, count(p.procedure_id) AS n FROM stays s LEFT JOIN procedures p USING (stay_id) GROUP BY 1) GROUP BY n ORDER BY n;
-- name: procedures pivoted
PIVOT (SELECT procedure_name, year(performed_on) AS y FROM procedures) ON procedure_name USING count(*) GROUP BY y ORDER BY y;
-- name: procedures done together
SELECT a.procedure_name AS one, b.procedure_name AS other, count(*) AS n FROM procedures a JOIN procedures b ON a.stay_id = b.stay_id AND a.procedure_name < b.procedure_name GROUP BY ALL ORDER BY n DESC, one, other LIMIT 10;
-- name: rating by length
SELECT least(date_diff('day', admitted_at, discharged_at), 14) AS days, avg(rating) AS rating, count(*) FILTER (rating >= 9) AS promoters FROM feedback JOIN stays USING (stay_id) GROUP BY ALL ORDER BY ALL;
-- name: share of emergencies
SELECT department_id, count(*) FILTER (admission_type = 'emergency') / count(*) AS share FROM stays GROUP BY ALL HAVING count(*) > 10 ORDER BY share DESC;
-- name: grade of physicians
SELECT grade, count(*) AS n, min(hired_on) AS longest, date_diff('year', min(hired_on), DATE '2025-06-30') AS years FROM physicians GROUP BY grade ORDER BY n;
-- name: rolled up charges
SELECT building, department_name, sum(total_charges) AS charged, grouping(department_name) AS is_total FROM stays JOIN departments USING (department_id) GROUP BY ROLLUP (building, department_name) ORDER BY ALL;
-- name: admissions beside the year before
WITH m AS (SELECT date_trunc('month', admitted_at)::DATE AS month, count(*) AS n FROM stays GROUP BY ALL) SELECT month, n, lag(n, 12) OVER (ORDER BY month) AS before, n / lag(n, 12) OVER (ORDER BY month) - 1 AS growth FROM m ORDER BY month;
-- name: hours of admission
SELECT hour(admitted_at) // 6 AS quarter_of_day, list(DISTINCT admission_type ORDER BY admission_type) AS kinds, count(*) FROM stays GROUP BY ALL ORDER BY ALL;
-- name: departments without long stays
FROM departments d SELECT department_name WHERE NOT EXISTS (FROM stays s WHERE s.department_id = d.department_id AND s.discharged_at - s.admitted_at > INTERVAL 60 DAY) ORDER BY 1;
-- name: insurance mix by city
SELECT city, map_from_entries(list((insurance, n) ORDER BY insurance)) AS mix FROM (SELECT city, insurance, count(*) AS n FROM patients GROUP BY ALL) GROUP BY city ORDER BY city;
-- name: charges in a struct
SELECT department_id, {'low': quantile_cont(total_charges, 0.1), 'mid': median(total_charges), 'high': quantile_cont(total_charges, 0.9)} AS charges FROM stays GROUP BY 1 ORDER BY 1;
-- name: what came in and out
SELECT day, sum(admitted) AS admitted, sum(discharged) AS discharged FROM (SELECT admitted_at::DATE AS day, 1 AS admitted, 0 AS discharged FROM stays UNION ALL BY NAME SELECT 0 AS admitted, discharged_at::DATE AS day, 1 AS discharged FROM stays WHERE discharged_at IS NOT NULL) GROUP BY day ORDER BY day DESC LIMIT 14;
-- name: last census before a stay
SELECT s.stay_id, c.occupied_beds FROM stays s ASOF JOIN bed_census c ON s.department_id = c.department_id AND s.admitted_at >= c.census_date ORDER BY s.stay_id LIMIT 20;
-- name: bed days by recursion
WITH RECURSIVE days(d) AS (SELECT DATE '2025-06-01' UNION ALL SELECT (d + INTERVAL 1 DAY)::DATE FROM days WHERE d < DATE '2025-06-07') SELECT d, (SELECT sum(occupied_beds) FROM bed_census WHERE census_date = d) AS beds FROM days ORDER BY d;
-- name: unpivoted beds
UNPIVOT (SELECT census_date, sum(staffed_beds) AS staffed, sum(occupied_beds) AS occupied FROM bed_census GROUP BY ALL) ON staffed, occupied INTO NAME kind VALUE beds ORDER BY ALL LIMIT 10;
-- name: outliers by department
SELECT stay_id, department_id, total_charges FROM stays WINDOW w AS (PARTITION BY department_id) QUALIFY total_charges > avg(total_charges) OVER w + 3 * stddev(total_charges) OVER w ORDER BY total_charges DESC, stay_id LIMIT 20;
