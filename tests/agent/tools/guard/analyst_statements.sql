-- What analysts write over NovaMart's tables in a week, one statement after another; a line of its own names each.

-- name: orders a month
SELECT date_trunc('month', order_date) AS month, count(*) AS orders, sum(total_amount) AS revenue
FROM orders WHERE status <> 'cancelled' GROUP BY 1 ORDER BY 1;
-- name: revenue of a year by channel
SELECT channel, round(sum(total_amount), 2) AS revenue FROM orders
WHERE order_date >= DATE '2026-01-01' AND order_date < DATE '2026-11-01' GROUP BY channel ORDER BY revenue DESC;
-- name: average order value by month and channel
SELECT strftime(order_date, '%Y-%m') AS month, channel, avg(total_amount) AS aov FROM orders GROUP BY ALL ORDER BY ALL;
-- name: last ninety days
SELECT count(DISTINCT customer_id) AS buyers FROM orders
WHERE order_date > TIMESTAMP '2026-10-31' - INTERVAL 90 DAY;
-- name: weekday rhythm
SELECT dayname(order_date) AS weekday, isodow(order_date) AS number, count(*) AS n FROM orders GROUP BY 1, 2 ORDER BY 2;
-- name: hour of the day
SELECT extract('hour' FROM order_date) AS hour, count(*) AS n, sum(total_amount) AS revenue FROM orders GROUP BY 1 ORDER BY 1;
-- name: month over month growth
WITH monthly AS (SELECT date_trunc('month', order_date) AS month, sum(total_amount) AS revenue FROM orders GROUP BY 1)
SELECT month, revenue, lag(revenue) OVER (ORDER BY month) AS before,
       revenue / lag(revenue) OVER (ORDER BY month) - 1 AS growth FROM monthly ORDER BY month;
-- name: year over year
WITH monthly AS (SELECT date_trunc('month', order_date)::DATE AS month, sum(total_amount) AS revenue FROM orders GROUP BY 1)
SELECT now_.month, now_.revenue, then_.revenue AS last_year, now_.revenue - then_.revenue AS difference
FROM monthly AS now_ LEFT JOIN monthly AS then_ ON then_.month = now_.month - INTERVAL 1 YEAR ORDER BY 1;
-- name: rolling seven days
SELECT day, revenue, avg(revenue) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS weekly
FROM (SELECT CAST(order_date AS DATE) AS day, sum(total_amount) AS revenue FROM orders GROUP BY 1) ORDER BY day;
-- name: rolling range of days
SELECT day, sum(n) OVER (ORDER BY day RANGE BETWEEN INTERVAL 27 DAYS PRECEDING AND CURRENT ROW) AS four_weeks
FROM (SELECT order_date::DATE AS day, count(*) AS n FROM orders GROUP BY day) AS daily ORDER BY day DESC LIMIT 30;
-- name: running total within a year
SELECT day, sum(revenue) OVER (PARTITION BY year(day) ORDER BY day) AS to_date
FROM (SELECT order_date::DATE AS day, sum(total_amount) AS revenue FROM orders GROUP BY ALL) ORDER BY day;
-- name: top three products of each category
SELECT * FROM (
  SELECT p.category, p.name, sum(i.quantity) AS units, row_number() OVER (PARTITION BY p.category ORDER BY sum(i.quantity) DESC) AS place
  FROM order_items AS i JOIN products AS p ON p.product_id = i.product_id GROUP BY p.category, p.name
) WHERE place <= 3 ORDER BY category, place;
-- name: qualify
SELECT category, subcategory, avg(current_price) AS price FROM products GROUP BY category, subcategory
QUALIFY rank() OVER (PARTITION BY category ORDER BY avg(current_price) DESC) = 1 ORDER BY category;
-- name: dense rank and ntile
SELECT product_id, current_price, dense_rank() OVER (ORDER BY current_price DESC) AS place, ntile(4) OVER (ORDER BY current_price) AS quartile
FROM products ORDER BY place, product_id LIMIT 50;
-- name: percent rank and cumulative distribution
SELECT product_id, percent_rank() OVER (ORDER BY cost) AS share_below, cume_dist() OVER (ORDER BY cost) AS share_to FROM products ORDER BY 2 DESC, 1 LIMIT 20;
-- name: named window
SELECT order_id, customer_id, total_amount, first_value(total_amount) OVER w AS first_amount, nth_value(total_amount, 2) OVER w AS second_amount
FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY order_date ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY order_id LIMIT 100;
-- name: days between orders
SELECT customer_id, date_diff('day', lag(order_date) OVER (PARTITION BY customer_id ORDER BY order_date), order_date) AS gap
FROM orders ORDER BY customer_id, order_date LIMIT 200;
-- name: median gap
WITH gaps AS (SELECT customer_id, datediff('day', lag(order_date) OVER (PARTITION BY customer_id ORDER BY order_date), order_date) AS gap FROM orders)
SELECT median(gap) AS typical, quantile_cont(gap, 0.9) AS slow FROM gaps WHERE gap IS NOT NULL;
-- name: several quantiles at once
SELECT channel, quantile_cont(total_amount, [0.1, 0.5, 0.9]) AS deciles FROM orders GROUP BY channel ORDER BY channel;
-- name: percentile within group
SELECT channel, percentile_cont(0.5) WITHIN GROUP (ORDER BY total_amount) AS typical FROM orders GROUP BY channel ORDER BY 1;
-- name: filtered aggregates
SELECT count(*) FILTER (WHERE status = 'cancelled') AS cancelled, count(*) AS everything,
       count(*) FILTER (WHERE status = 'cancelled') * 1.0 / count(*) AS rate FROM orders;
-- name: case in a sum
SELECT customer_id, sum(CASE WHEN channel = 'web' THEN total_amount ELSE 0 END) AS web, sum(CASE channel WHEN 'store' THEN total_amount END) AS store
FROM orders GROUP BY customer_id HAVING count(*) > 3 ORDER BY web DESC NULLS LAST LIMIT 25;
-- name: pivot statement
PIVOT orders ON channel USING sum(total_amount) GROUP BY status ORDER BY status;
-- name: pivot with chosen values
PIVOT (SELECT status, channel, total_amount FROM orders) ON channel IN ('web', 'store') USING count(*) AS n, avg(total_amount) AS aov GROUP BY status;
-- name: pivot in from
SELECT * FROM (SELECT quarter(order_date) AS quarter, status, total_amount FROM orders) PIVOT (sum(total_amount) FOR quarter IN (1, 2, 3, 4)) ORDER BY status;
-- name: unpivot
UNPIVOT (SELECT campaign_id, impressions, clicks, conversions FROM marketing_campaigns) ON impressions, clicks, conversions INTO NAME step VALUE n ORDER BY campaign_id, step LIMIT 30;
-- name: unpivot in from
SELECT step, sum(n) AS total FROM (SELECT impressions, clicks, conversions FROM marketing_campaigns) UNPIVOT (n FOR step IN (impressions, clicks, conversions)) GROUP BY step ORDER BY 2 DESC;
-- name: rollup
SELECT category, subcategory, count(*) AS n FROM products GROUP BY ROLLUP (category, subcategory) ORDER BY category NULLS FIRST, subcategory NULLS FIRST;
-- name: cube
SELECT channel, status, sum(total_amount) AS revenue FROM orders GROUP BY CUBE (channel, status) ORDER BY 1, 2;
-- name: grouping sets
SELECT channel, year(order_date) AS y, sum(total_amount) AS revenue, grouping(channel) AS all_channels
FROM orders GROUP BY GROUPING SETS ((channel, y), (channel), ()) ORDER BY 1, 2;
-- name: share of total
SELECT channel, sum(total_amount) / sum(sum(total_amount)) OVER () AS share FROM orders GROUP BY channel ORDER BY share DESC;
-- name: cohort retention
WITH firsts AS (SELECT customer_id, min(date_trunc('month', order_date)) AS cohort FROM orders GROUP BY 1),
activity AS (SELECT DISTINCT customer_id, date_trunc('month', order_date) AS month FROM orders)
SELECT cohort, date_diff('month', cohort, month) AS months_later, count(DISTINCT a.customer_id) AS active
FROM firsts JOIN activity AS a USING (customer_id) GROUP BY 1, 2 ORDER BY 1, 2;
-- name: first and repeat orders
WITH numbered AS (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY order_date, order_id) AS nth FROM orders)
SELECT CASE WHEN nth = 1 THEN 'first' ELSE 'repeat' END AS kind, count(*) AS n, avg(total_amount) AS aov FROM numbered GROUP BY 1;
-- name: basket pairs
SELECT a.product_id AS one, b.product_id AS other, count(*) AS together FROM order_items AS a
JOIN order_items AS b ON a.order_id = b.order_id AND a.product_id < b.product_id GROUP BY 1, 2 ORDER BY together DESC, 1, 2 LIMIT 10;
-- name: customers without orders
SELECT c.segment, count(*) AS n FROM customers AS c WHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.customer_id = c.customer_id) GROUP BY 1 ORDER BY 1;
-- name: anti join
SELECT count(*) AS never_sold FROM products AS p ANTI JOIN order_items AS i ON i.product_id = p.product_id;
-- name: semi join
SELECT p.category, count(*) AS returned_products FROM products AS p SEMI JOIN returns AS r USING (product_id) GROUP BY ALL ORDER BY ALL;
-- name: in with a subquery
SELECT region, count(*) AS n FROM customers WHERE customer_id IN (SELECT customer_id FROM orders WHERE total_amount > 200) GROUP BY region ORDER BY n DESC;
-- name: scalar subquery
SELECT product_id, current_price - (SELECT avg(current_price) FROM products) AS above_average FROM products ORDER BY 2 DESC LIMIT 10;
-- name: correlated subquery
SELECT p.product_id, p.current_price FROM products AS p
WHERE p.current_price > (SELECT 2 * avg(q.current_price) FROM products AS q WHERE q.category = p.category) ORDER BY 2 DESC LIMIT 10;
-- name: lateral join
SELECT c.customer_id, latest.order_date FROM (SELECT customer_id FROM customers ORDER BY customer_id LIMIT 20) AS c,
LATERAL (SELECT o.order_date FROM orders AS o WHERE o.customer_id = c.customer_id ORDER BY o.order_date DESC LIMIT 1) AS latest;
-- name: arg max
SELECT category, arg_max(name, current_price) AS dearest, arg_min(name, current_price) AS cheapest FROM products GROUP BY category ORDER BY category;
-- name: mode and any value
SELECT customer_id, mode(channel) AS usual_channel, any_value(store_id) AS a_store FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20;
-- name: string aggregation
SELECT category, string_agg(DISTINCT subcategory, ', ' ORDER BY subcategory) AS subcategories FROM products GROUP BY category ORDER BY category;
-- name: list of values
SELECT customer_id, list(channel ORDER BY order_date) AS path, len(list(channel)) AS steps FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20;
-- name: array agg with filter
SELECT category, array_agg(name ORDER BY current_price DESC)[1:3] AS top_names FROM products GROUP BY ALL ORDER BY 1;
-- name: list transform
SELECT category, list_transform(list(current_price ORDER BY product_id), lambda x : round(x * 1.1, 2))[1] AS first_raised FROM products GROUP BY category ORDER BY category;
-- name: list filter and sum
SELECT customer_id, list_sum(list_filter(list(total_amount), lambda x : x > 50)) AS from_large_orders FROM orders GROUP BY 1 ORDER BY 1 LIMIT 15;
-- name: list comprehension
SELECT [x * 2 FOR x IN [1, 2, 3] IF x > 1] AS doubled;
-- name: list distinct and contains
SELECT customer_id, list_distinct(list(channel)) AS channels, list_contains(list(channel), 'store') AS visits_stores FROM orders GROUP BY 1 ORDER BY 1 LIMIT 15;
-- name: unnest a list
SELECT unnest(['web', 'mobile_app', 'store']) AS channel;
-- name: unnest in from
SELECT c.channel, count(o.order_id) AS n FROM unnest(['web', 'mobile_app', 'store', 'phone']) AS c(channel) LEFT JOIN orders AS o ON o.channel = c.channel GROUP BY 1 ORDER BY 1;
-- name: calendar of days
SELECT d::DATE AS day, coalesce(count(o.order_id), 0) AS n FROM generate_series(DATE '2026-10-01', DATE '2026-10-31', INTERVAL 1 DAY) AS t(d)
LEFT JOIN orders AS o ON o.order_date::DATE = d::DATE GROUP BY 1 ORDER BY 1;
-- name: range of numbers
SELECT i AS months_back, count(o.order_id) AS n FROM range(0, 12) AS r(i) LEFT JOIN orders AS o ON date_diff('month', o.order_date, DATE '2026-10-31') = i GROUP BY 1 ORDER BY 1;
-- name: recursive months
WITH RECURSIVE months(m) AS (SELECT DATE '2026-01-01' UNION ALL SELECT (m + INTERVAL 1 MONTH)::DATE FROM months WHERE m < DATE '2026-10-01')
SELECT m, (SELECT count(*) FROM orders WHERE date_trunc('month', order_date) = m) AS n FROM months ORDER BY m;
-- name: values as a table
SELECT t.channel, t.plan, sum(o.total_amount) AS actual FROM (VALUES ('web', 100000), ('store', 50000)) AS t(channel, plan) JOIN orders AS o USING (channel) GROUP BY 1, 2 ORDER BY 1;
-- name: union by name
SELECT 'orders' AS what, count(*) AS n FROM orders UNION ALL BY NAME SELECT count(*) AS n, 'returns' AS what FROM returns;
-- name: except
SELECT product_id FROM products EXCEPT SELECT product_id FROM order_items ORDER BY product_id LIMIT 20;
-- name: intersect
SELECT customer_id FROM orders WHERE channel = 'web' INTERSECT SELECT customer_id FROM orders WHERE channel = 'store' ORDER BY 1 LIMIT 20;
-- name: from first
FROM orders SELECT channel, max(order_date) AS latest GROUP BY channel ORDER BY channel;
-- name: from alone
FROM products LIMIT 5;
-- name: star with exclude
SELECT * EXCLUDE (cost) FROM products ORDER BY product_id LIMIT 5;
-- name: star with replace
SELECT * REPLACE (round(current_price) AS current_price) FROM products ORDER BY product_id LIMIT 5;
-- name: columns by pattern
SELECT COLUMNS('.*_id') FROM orders ORDER BY order_id LIMIT 5;
-- name: minimum of every column
SELECT min(COLUMNS(*)) FROM inventory;
-- name: as of join
SELECT s.snapshot_date, s.product_id, s.quantity_on_hand, r.return_date FROM inventory_snapshots AS s
ASOF LEFT JOIN returns AS r ON s.product_id = r.product_id AND s.snapshot_date >= r.return_date ORDER BY 1, 2 LIMIT 20;
-- name: natural keys with using
SELECT o.channel, sum(i.quantity * i.unit_price - i.discount) AS revenue FROM orders AS o JOIN order_items AS i USING (order_id) GROUP BY o.channel ORDER BY 1;
-- name: three tables
SELECT p.category, c.region, sum(i.quantity * i.unit_price) AS gmv FROM order_items AS i JOIN orders AS o ON o.order_id = i.order_id
JOIN customers AS c ON c.customer_id = o.customer_id JOIN products AS p ON p.product_id = i.product_id
WHERE o.status <> 'cancelled' GROUP BY 1, 2 ORDER BY 1, 3 DESC;
-- name: gross margin by category
SELECT p.category, 1 - sum(i.quantity * p.cost) / nullif(sum(i.quantity * i.unit_price - i.discount), 0) AS margin
FROM order_items AS i INNER JOIN products AS p USING (product_id) GROUP BY 1 ORDER BY margin;
-- name: return rate by reason
SELECT reason_code, count(*) AS n, round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent FROM returns GROUP BY reason_code ORDER BY n DESC;
-- name: days to return
SELECT r.reason_code, avg(r.return_date - o.order_date::DATE) AS days FROM returns AS r JOIN orders AS o USING (order_id) GROUP BY 1 ORDER BY 1;
-- name: interval arithmetic
SELECT count(*) AS n FROM orders WHERE order_date BETWEEN DATE '2026-10-31' - INTERVAL '3 months' AND DATE '2026-10-31' + INTERVAL '1 day';
-- name: age of customers accounts
SELECT segment, avg(date_part('year', age(DATE '2026-10-31', signup_date))) AS years FROM customers GROUP BY segment ORDER BY segment;
-- name: date parts
SELECT year(signup_date) AS y, month(signup_date) AS m, day(signup_date) AS d, week(signup_date) AS w, quarter(signup_date) AS q, count(*) AS n FROM customers GROUP BY ALL ORDER BY ALL LIMIT 10;
-- name: last day of the month
SELECT last_day(order_date) AS month_end, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1 DESC LIMIT 6;
-- name: make date
SELECT make_date(2026, 10, 1) AS first_day, count(*) AS n FROM orders WHERE order_date >= make_date(2026, 10, 1);
-- name: parse a date
SELECT strptime('31/10/2026', '%d/%m/%Y') AS day, try_cast('2026-02-30' AS DATE) AS no_such_day;
-- name: time bucket
SELECT time_bucket(INTERVAL '2 weeks', order_date) AS fortnight, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1 LIMIT 12;
-- name: epoch
SELECT min(epoch(order_date)) AS first_second, max(epoch_ms(order_date)) AS last_ms FROM orders;
-- name: month names
SELECT monthname(order_date) AS month, count(*) AS n FROM orders GROUP BY 1, month(order_date) ORDER BY month(order_date);
-- name: standard deviation
SELECT channel, stddev(total_amount) AS spread, var_samp(total_amount) AS variance, stddev_pop(total_amount) AS population FROM orders GROUP BY 1 ORDER BY 1;
-- name: correlation and regression
SELECT corr(spend, attributed_revenue) AS r, regr_slope(attributed_revenue, spend) AS slope, regr_intercept(attributed_revenue, spend) AS base, regr_r2(attributed_revenue, spend) AS fit FROM marketing_campaigns;
-- name: shape of a distribution
SELECT skewness(total_amount) AS skew, kurtosis(total_amount) AS tails, mad(total_amount) AS deviation FROM orders;
-- name: histogram
SELECT histogram(nps_score) AS scores FROM customer_surveys;
-- name: buckets by floor
SELECT floor(total_amount / 25) * 25 AS bucket, count(*) AS n FROM orders GROUP BY bucket ORDER BY bucket;
-- name: approximate distinct
SELECT approx_count_distinct(customer_id) AS about, count(DISTINCT customer_id) AS exactly FROM orders;
-- name: net promoter score
SELECT date_trunc('quarter', survey_date) AS quarter,
       100.0 * (avg((nps_score >= 9)::INT) - avg((nps_score <= 6)::INT)) AS nps FROM customer_surveys GROUP BY 1 ORDER BY 1;
-- name: boolean aggregates
SELECT product_id, bool_and(quantity_on_hand > 0) AS always_there, bool_or(quantity_on_hand = 0) AS ever_out FROM inventory_snapshots GROUP BY 1 ORDER BY 1 LIMIT 10;
-- name: late shipments by supplier
SELECT supplier_id, count(*) AS n, avg(greatest(date_diff('day', eta, actual_arrival), 0)) AS late_days
FROM supplier_shipments WHERE actual_arrival IS NOT NULL GROUP BY supplier_id HAVING count(*) >= 2 ORDER BY late_days DESC, supplier_id LIMIT 10;
-- name: funnel of sessions
SELECT count(DISTINCT session_id) AS sessions,
       count(DISTINCT CASE WHEN event_type = 'add_to_cart' THEN session_id END) AS carts,
       count(DISTINCT CASE WHEN event_type = 'purchase' THEN session_id END) AS purchases FROM clickstream;
-- name: session length
SELECT session_id, min("timestamp") AS began, max("timestamp") - min("timestamp") AS lasted, count(*) AS events FROM clickstream GROUP BY session_id ORDER BY events DESC, session_id LIMIT 10;
-- name: next event
SELECT event_type, lead(event_type) OVER (PARTITION BY session_id ORDER BY "timestamp") AS next_event, count(*) OVER () AS n FROM clickstream LIMIT 10;
-- name: transitions
WITH steps AS (SELECT event_type AS a, lead(event_type) OVER (PARTITION BY session_id ORDER BY "timestamp") AS b FROM clickstream)
SELECT a, b, count(*) AS n FROM steps WHERE b IS NOT NULL GROUP BY a, b ORDER BY n DESC;
-- name: text functions
SELECT upper(category) AS big, lower(subcategory) AS small, length(name) AS letters, substring(name, 1, 5) AS start, trim(name) AS neat FROM products ORDER BY product_id LIMIT 5;
-- name: splitting text
SELECT split_part(name, ' ', 1) AS brand, count(*) AS n FROM products GROUP BY 1 ORDER BY n DESC, 1 LIMIT 10;
-- name: regular expressions
SELECT regexp_extract(page_url, '^/([a-z]+)', 1) AS section, count(*) AS n FROM clickstream WHERE regexp_matches(page_url, '^/[a-z]') GROUP BY 1 ORDER BY 2 DESC LIMIT 10;
-- name: replacing text
SELECT DISTINCT regexp_replace(channel, '_', ' ', 'g') AS spoken, replace(channel, '_', '-') AS dashed FROM orders ORDER BY 1;
-- name: like and ilike
SELECT count(*) AS n FROM products WHERE name ILIKE '%pro%' OR name LIKE 'A%' OR starts_with(name, 'B') OR contains(name, 'Max');
-- name: concatenation and format
SELECT category || ' / ' || subcategory AS shelf, concat_ws('-', category, subcategory) AS dashed, format('{}: {}', category, count(*)) AS line FROM products GROUP BY category, subcategory ORDER BY 1;
-- name: padding
SELECT lpad(product_id::VARCHAR, 8, '0') AS code, left(name, 3) AS initial, right(name, 3) AS ending, reverse(category) AS backwards FROM products ORDER BY 1 LIMIT 5;
-- name: numbers
SELECT abs(-1.5) AS a, ceil(1.2) AS b, floor(1.8) AS c, sqrt(2) AS d, ln(10) AS e, log10(100) AS f, power(2, 10) AS g, mod(10, 3) AS h, sign(-4) AS i, exp(1) AS j, pi() AS k;
-- name: least and greatest
SELECT least(quantity_on_hand, reorder_point) AS lower_one, greatest(quantity_on_hand, reorder_point) AS higher_one FROM inventory ORDER BY product_id, warehouse_id LIMIT 5;
-- name: coalesce nullif if
SELECT coalesce(store_id, 0) AS store, nullif(channel, 'web') AS not_web, if(total_amount > 100, 'large', 'small') AS size, ifnull(store_id, -1) AS known FROM orders ORDER BY order_id LIMIT 5;
-- name: is distinct from
SELECT count(*) AS n FROM orders WHERE store_id IS DISTINCT FROM 3;
-- name: structs
SELECT {'channel': channel, 'revenue': sum(total_amount)} AS pair FROM orders GROUP BY channel ORDER BY channel;
-- name: struct field
SELECT s.revenue FROM (SELECT struct_pack(channel := channel, revenue := sum(total_amount)) AS s FROM orders GROUP BY channel) ORDER BY 1;
-- name: maps
SELECT map_from_entries(list((channel, n))) AS by_channel FROM (SELECT channel, count(*) AS n FROM orders GROUP BY 1);
-- name: product of growth rates
WITH monthly AS (SELECT date_trunc('month', order_date) AS m, sum(total_amount) AS r FROM orders GROUP BY 1),
growth AS (SELECT m, r / lag(r) OVER (ORDER BY m) AS g FROM monthly)
SELECT product(g) AS compounded, power(product(g), 1.0 / count(g)) - 1 AS a_month FROM growth WHERE g IS NOT NULL;
-- name: sampling
SELECT count(*) AS n FROM (SELECT * FROM orders USING SAMPLE 10 PERCENT (bernoulli, 42));
-- name: tablesample
SELECT avg(total_amount) AS about FROM orders TABLESAMPLE reservoir(100 ROWS) REPEATABLE (7);
-- name: limit and offset
SELECT order_id, total_amount FROM orders ORDER BY total_amount DESC, order_id LIMIT 10 OFFSET 20;
-- name: distinct on
SELECT DISTINCT ON (customer_id) customer_id, order_id, order_date FROM orders ORDER BY customer_id, order_date DESC LIMIT 10;
-- name: recency frequency monetary
WITH rfm AS (SELECT customer_id, DATE '2026-10-31' - max(order_date)::DATE AS recency, count(*) AS frequency, sum(total_amount) AS money FROM orders WHERE status <> 'cancelled' GROUP BY 1)
SELECT ntile(5) OVER (ORDER BY recency DESC) AS r, ntile(5) OVER (ORDER BY frequency) AS f, ntile(5) OVER (ORDER BY money) AS m, count(*) OVER () AS customers FROM rfm LIMIT 20;
-- name: pareto
WITH sold AS (SELECT product_id, sum(quantity * unit_price) AS gmv FROM order_items GROUP BY 1),
ordered AS (SELECT product_id, gmv, sum(gmv) OVER (ORDER BY gmv DESC, product_id) / sum(gmv) OVER () AS reached FROM sold)
SELECT count(*) FILTER (WHERE reached <= 0.8) AS make_four_fifths, count(*) AS products FROM ordered;
-- name: z score outliers
WITH daily AS (SELECT order_date::DATE AS day, sum(total_amount) AS revenue FROM orders GROUP BY 1)
SELECT day, (revenue - avg(revenue) OVER ()) / stddev_samp(revenue) OVER () AS z FROM daily QUALIFY abs(z) > 3 ORDER BY day;
-- name: gaps and islands
WITH days AS (SELECT DISTINCT order_date::DATE AS day FROM orders WHERE store_id = 1),
islands AS (SELECT day, day - (row_number() OVER (ORDER BY day))::INTEGER AS island FROM days)
SELECT min(day) AS began, max(day) AS ended, count(*) AS days FROM islands GROUP BY island ORDER BY days DESC, began LIMIT 5;
-- name: carry a value forward
SELECT snapshot_date, last_value(nullif(quantity_on_hand, 0) IGNORE NULLS) OVER (PARTITION BY product_id ORDER BY snapshot_date ROWS UNBOUNDED PRECEDING) AS last_stock
FROM inventory_snapshots ORDER BY product_id, snapshot_date LIMIT 20;
-- name: window excluding the current row
SELECT day, n, avg(n) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW) AS around
FROM (SELECT order_date::DATE AS day, count(*) AS n FROM orders GROUP BY 1) ORDER BY day LIMIT 20;
-- name: stock cover
SELECT p.category, sum(v.quantity_on_hand * p.cost)::DECIMAL(14, 2) AS stock_value, count(*) FILTER (v.quantity_on_hand < v.reorder_point) AS low
FROM inventory AS v JOIN products AS p USING (product_id) GROUP BY p.category ORDER BY stock_value DESC;
-- name: campaigns that pay
SELECT name, channel, sum(spend) AS spend, sum(attributed_revenue) / nullif(sum(spend), 0) AS roas
FROM marketing_campaigns GROUP BY name, channel HAVING sum(spend) > 0 ORDER BY roas DESC, name LIMIT 15;
-- name: click rates
SELECT channel, sum(clicks)::DOUBLE / sum(impressions) AS ctr, sum(conversions) / sum(clicks)::DOUBLE AS cvr FROM marketing_campaigns GROUP BY channel ORDER BY ctr DESC;
-- name: cross join of grids
SELECT s.segment, r.region, count(c.customer_id) AS n FROM (SELECT DISTINCT segment FROM customers) AS s CROSS JOIN (SELECT DISTINCT region FROM customers) AS r
LEFT JOIN customers AS c ON c.segment = s.segment AND c.region = r.region GROUP BY 1, 2 ORDER BY 1, 2;
-- name: full outer join
SELECT coalesce(s.month, r.month) AS month, s.n AS sold, r.n AS returned
FROM (SELECT date_trunc('month', order_date)::DATE AS month, count(*) AS n FROM orders GROUP BY 1) AS s
FULL OUTER JOIN (SELECT date_trunc('month', return_date)::DATE AS month, count(*) AS n FROM returns GROUP BY 1) AS r ON r.month = s.month ORDER BY 1;
-- name: right join
SELECT p.category, count(r.return_id) AS n FROM returns AS r RIGHT JOIN products AS p ON p.product_id = r.product_id GROUP BY 1 ORDER BY 2 DESC;
-- name: any and all
SELECT count(*) AS n FROM orders WHERE channel = ANY (SELECT DISTINCT channel FROM clickstream) AND total_amount > ALL (SELECT 1);
-- name: row comparison
SELECT count(*) AS n FROM orders WHERE (channel, status) IN (('web', 'completed'), ('store', 'completed'));
-- name: lateral column alias
SELECT total_amount AS amount, amount * 0.2 AS tax, amount + tax AS gross FROM orders ORDER BY order_id LIMIT 5;
-- name: materialized cte
WITH big AS MATERIALIZED (SELECT * FROM orders WHERE total_amount > 150) SELECT channel, count(*) AS n FROM big GROUP BY 1 ORDER BY 1;
-- name: schema before the table
SELECT main.orders.channel, count(*) AS n FROM main.orders GROUP BY 1 ORDER BY 1;
-- name: comments and casts
SELECT /* rounded */ round(avg(total_amount)::DOUBLE, 1) AS aov -- of all
FROM orders;
-- name: bit of statistics by week
SELECT yearweek(order_date) AS week, count(*) AS n, min(total_amount) AS low, max(total_amount) AS high FROM orders GROUP BY 1 ORDER BY 1 DESC LIMIT 8;
-- name: first and last
SELECT customer_id, first(channel ORDER BY order_date) AS first_channel, last(channel ORDER BY order_date) AS last_channel FROM orders GROUP BY 1 ORDER BY 1 LIMIT 10;
-- name: seasonality index
WITH m AS (SELECT year(order_date) AS y, month(order_date) AS mo, sum(total_amount) AS r FROM orders GROUP BY 1, 2)
SELECT mo, avg(r / yearly) AS index FROM (SELECT mo, r, avg(r) OVER (PARTITION BY y) AS yearly FROM m) GROUP BY mo ORDER BY mo;
-- name: bucketed customer values
SELECT trunc(lifetime_value / 100) AS bucket, count(*) AS n, bar(count(*), 0, 1000, 20) AS drawn FROM customers GROUP BY 1 ORDER BY 1;
-- name: total beside parts
SELECT channel, count(*) AS n FROM orders GROUP BY channel UNION ALL SELECT 'all', count(*) FROM orders ORDER BY n DESC;
-- name: weighted average
SELECT p.category, sum(i.unit_price * i.quantity) / sum(i.quantity) AS price, fsum(i.discount) AS off FROM order_items AS i JOIN products AS p USING (product_id) GROUP BY ALL ORDER BY ALL;
-- name: current day
SELECT current_date >= DATE '2026-01-01' AS later, today() - DATE '2026-01-01' AS days;
-- name: typed literals
SELECT count(*) AS n FROM orders WHERE order_date::TIME BETWEEN TIME '08:00' AND TIME '18:00' AND total_amount >= 9.99;
-- name: describe a distribution
SELECT count(total_amount) AS n, min(total_amount) AS low, approx_quantile(total_amount, 0.5) AS about_half, max(total_amount) AS high, sum(total_amount) AS total FROM orders;

-- Written later, in forms that the ones above leave out.

-- name: grouping sets with levels named
SELECT CASE WHEN GROUPING(channel) = 1 THEN 'all' ELSE channel END AS channel, CASE WHEN GROUPING(status) = 1 THEN 'all' ELSE status END AS status, sum(total_amount) AS revenue
FROM orders GROUP BY GROUPING SETS ((channel, status), (channel), ()) ORDER BY ALL;
-- name: cube over two dimensions
SELECT segment, region, count(*) AS customers, grouping_id(segment, region) AS level FROM customers GROUP BY CUBE (segment, region) ORDER BY level, segment, region;
-- name: rollup by year and quarter
SELECT year(order_date) AS y, quarter(order_date) AS q, sum(total_amount) FROM orders GROUP BY ROLLUP (y, q) ORDER BY y NULLS LAST, q NULLS LAST;
-- name: filtered counts side by side
SELECT date_trunc('quarter', order_date) AS quarter, count(*) FILTER (WHERE status = 'completed') AS completed, count(*) FILTER (status = 'cancelled') AS cancelled,
  count(*) FILTER (WHERE status = 'cancelled')::DOUBLE / count(*) AS share FROM orders GROUP BY 1 ORDER BY 1;
-- name: pivot by channel
PIVOT (SELECT date_trunc('month', order_date) AS month, channel, total_amount FROM orders WHERE year(order_date) = 2026) ON channel USING sum(total_amount) AS revenue, count(*) AS n GROUP BY month ORDER BY month;
-- name: sql standard pivot
SELECT * FROM (SELECT category, subcategory, current_price FROM products) PIVOT (avg(current_price) FOR category IN ('Electronics', 'Home & Kitchen')) ORDER BY 1;
-- name: unpivot campaign counters
SELECT channel, counter, sum(n) AS total FROM (SELECT channel, impressions, clicks, conversions FROM marketing_campaigns) UNPIVOT (n FOR counter IN (impressions, clicks, conversions)) GROUP BY ALL ORDER BY ALL;
-- name: unpivot statement
UNPIVOT (SELECT campaign_id, clicks, conversions FROM marketing_campaigns WHERE campaign_id < 20) ON clicks, conversions INTO NAME what VALUE n ORDER BY campaign_id, what;
-- name: from first, once more
FROM orders SELECT channel, count(*) AS n WHERE order_date >= '2026-10-01' GROUP BY ALL ORDER BY n DESC;
-- name: from alone, once more
FROM marketing_campaigns LIMIT 5;
-- name: exclude and replace
SELECT * EXCLUDE (store_id) REPLACE (round(total_amount) AS total_amount) FROM orders ORDER BY order_id LIMIT 10;
-- name: columns with a pattern
SELECT max(COLUMNS('.*_(amount|id)$')) FROM orders;
-- name: columns with a lambda
SELECT sum(COLUMNS(lambda c: c IN ('impressions', 'clicks'))) FROM marketing_campaigns;
-- name: qualify top order of each customer
SELECT customer_id, order_id, total_amount FROM orders QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY total_amount DESC, order_id) = 1 ORDER BY total_amount DESC, order_id LIMIT 25;
-- name: qualify with an aggregate
SELECT region, segment, sum(lifetime_value) AS value FROM customers GROUP BY region, segment QUALIFY value > avg(value) OVER () ORDER BY value DESC;
-- name: lateral top two
SELECT p.category, t.product_id, t.current_price FROM (SELECT DISTINCT category FROM products) p, LATERAL (SELECT product_id, current_price FROM products q WHERE q.category = p.category ORDER BY current_price DESC, product_id LIMIT 2) t ORDER BY 1, 3 DESC, 2;
-- name: semi join, once more
SELECT count(*) FROM customers SEMI JOIN orders USING (customer_id);
-- name: anti join, once more
SELECT count(*) FROM products ANTI JOIN order_items USING (product_id);
-- name: asof join of prices
SELECT s.product_id, s.snapshot_date, o.order_id FROM (SELECT product_id, order_id, order_date::DATE AS d FROM order_items JOIN orders USING (order_id) WHERE product_id = 7) o ASOF JOIN inventory_snapshots s ON o.product_id = s.product_id AND o.d >= s.snapshot_date ORDER BY ALL LIMIT 20;
-- name: recursive calendar
WITH RECURSIVE days(d) AS (SELECT DATE '2026-10-01' UNION ALL SELECT (d + INTERVAL 1 DAY)::DATE FROM days WHERE d < DATE '2026-10-31') SELECT d, count(order_id) AS n FROM days LEFT JOIN orders ON order_date::DATE = d GROUP BY d ORDER BY d;
-- name: generated months
SELECT m::DATE AS month, coalesce(sum(spend), 0) AS spend FROM generate_series(DATE '2026-01-01', DATE '2026-10-01', INTERVAL 1 MONTH) AS g(m) LEFT JOIN marketing_campaigns ON date_trunc('month', start_date) = m GROUP BY 1 ORDER BY 1;
-- name: last day of the month, once more
SELECT last_day(order_date::DATE) AS month_end, count(*) FROM orders GROUP BY 1 ORDER BY 1 DESC LIMIT 6;
-- name: date parts in many forms
SELECT date_part('isodow', order_date), weekofyear(order_date), yearweek(order_date), extract(epoch FROM order_date), dayofyear(order_date) FROM orders ORDER BY order_id LIMIT 5;
-- name: ages
SELECT age(DATE '2026-10-31', signup_date) AS tenure, datediff('month', signup_date, DATE '2026-10-31') AS months FROM customers ORDER BY customer_id LIMIT 5;
-- name: late shipments
SELECT supplier_id, avg(actual_arrival - eta) AS late_days, count(*) FILTER (WHERE actual_arrival > eta) AS late FROM supplier_shipments GROUP BY supplier_id ORDER BY late_days DESC, supplier_id;
-- name: time buckets of six hours
SELECT time_bucket(INTERVAL '6 hours', "timestamp") AS bucket, count(DISTINCT session_id) FROM clickstream WHERE "timestamp" >= TIMESTAMP '2026-10-30' GROUP BY 1 ORDER BY 1;
-- name: fiscal year from february
SELECT year(order_date - INTERVAL 1 MONTH) AS fiscal_year, sum(total_amount) FROM orders GROUP BY 1 ORDER BY 1;
-- name: basket as a list
SELECT order_id, list(product_id ORDER BY product_id) AS basket, len(list(product_id)) AS size FROM order_items GROUP BY order_id ORDER BY size DESC, order_id LIMIT 10;
-- name: list filter and transform
SELECT order_id, list_filter(list(quantity), lambda q: q > 1) AS several, list_sum(list_transform(list(quantity), lambda q: q * 2)) AS doubled FROM order_items GROUP BY order_id ORDER BY order_id LIMIT 10;
-- name: list comprehension, once more
SELECT [upper(c) FOR c IN list(DISTINCT channel) IF c <> 'web'] AS channels FROM orders;
-- name: pairs bought together
SELECT a.product_id AS one, b.product_id AS two, count(*) AS together FROM order_items a JOIN order_items b ON a.order_id = b.order_id AND a.product_id < b.product_id GROUP BY ALL ORDER BY together DESC, one, two LIMIT 10;
-- name: unnest a list, once more
SELECT order_id, unnest(products) AS product_id FROM (SELECT order_id, list(product_id ORDER BY product_id) AS products FROM order_items WHERE order_id < 50 GROUP BY order_id) ORDER BY ALL;
-- name: structs, once more
SELECT {'low': min(total_amount), 'high': max(total_amount)} AS spread FROM orders GROUP BY channel ORDER BY channel;
-- name: struct fields read again
SELECT s.low, s.high - s.low AS width FROM (SELECT struct_pack(low := min(total_amount), high := max(total_amount)) AS s FROM orders GROUP BY channel ORDER BY channel);
-- name: arg max of a struct
SELECT channel, arg_max({'id': order_id, 'amount': total_amount}, total_amount) AS largest FROM orders GROUP BY channel ORDER BY channel;
-- name: map of counts
SELECT map_from_entries(list((channel, n) ORDER BY channel)) AS counts FROM (SELECT channel, count(*) AS n FROM orders GROUP BY channel);
-- name: histogram of quantities
SELECT histogram(quantity) FROM order_items;
-- name: histogram with bins
SELECT histogram(total_amount, [0, 50, 100, 500]) FROM orders;
-- name: width buckets by floor
SELECT floor(total_amount / 25) * 25 AS from_, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1;
-- name: url parts
SELECT split_part(page_url, '/', 2) AS section, count(*) AS n FROM clickstream WHERE event_type = 'page_view' GROUP BY 1 ORDER BY n DESC LIMIT 10;
-- name: regular expressions, once more
SELECT regexp_extract(page_url, '/([a-z]+)', 1) AS part, regexp_replace(page_url, '[0-9]+', '#', 'g') AS shape, count(*) FROM clickstream WHERE regexp_matches(page_url, '^/') GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT 10;
-- name: text shaping
SELECT lower(name), concat_ws(' / ', category, subcategory) AS path, left(name, 3) || '…' AS short, lpad(product_id::VARCHAR, 5, '0') AS code, initcap FROM (SELECT *, upper(left(name, 1)) || lower(substring(name, 2)) AS initcap FROM products) ORDER BY product_id LIMIT 5;
-- name: text search
SELECT count(*) FROM products WHERE name ILIKE '%pro%' OR contains(lower(name), 'max') OR name SIMILAR TO '.*[0-9]+.*';
-- name: string aggregation, once more
SELECT category, string_agg(DISTINCT subcategory, ', ' ORDER BY subcategory) FROM products GROUP BY category ORDER BY category;
-- name: format a number
SELECT channel, format('{:,.2f}', sum(total_amount)::DOUBLE) AS shown, printf('%.1f %%', 100.0 * count(*) / sum(count(*)) OVER ()) AS share FROM orders GROUP BY channel ORDER BY channel;
-- name: share of total, once more
SELECT channel, sum(total_amount) / sum(sum(total_amount)) OVER () AS share FROM orders GROUP BY channel ORDER BY share DESC;
-- name: pareto, once more
WITH p AS (SELECT product_id, sum(quantity * unit_price - discount) AS revenue FROM order_items GROUP BY 1), c AS (SELECT *, sum(revenue) OVER (ORDER BY revenue DESC, product_id) / sum(revenue) OVER () AS upto FROM p)
SELECT count(*) FILTER (upto <= 0.8) AS products, count(*) AS of_all FROM c;
-- name: rfm scores
SELECT customer_id, ntile(5) OVER (ORDER BY max(order_date)) AS r, ntile(5) OVER (ORDER BY count(*)) AS f, ntile(5) OVER (ORDER BY sum(total_amount)) AS m FROM orders GROUP BY customer_id ORDER BY customer_id LIMIT 20;
-- name: cohort retention, once more
WITH firsts AS (SELECT customer_id, date_trunc('month', min(order_date)) AS cohort FROM orders GROUP BY 1)
SELECT cohort::DATE, date_diff('month', cohort, order_date) AS month_no, count(DISTINCT customer_id) FROM orders JOIN firsts USING (customer_id) GROUP BY ALL ORDER BY ALL LIMIT 60;
-- name: sessions to orders
SELECT channel, count(DISTINCT session_id) FILTER (WHERE event_type = 'purchase')::DOUBLE / nullif(count(DISTINCT session_id), 0) AS conversion FROM clickstream GROUP BY channel ORDER BY channel;
-- name: gaps and islands, once more
SELECT min(d) AS first_day, max(d) AS last_day, count(*) AS days FROM (SELECT d, d - row_number() OVER (ORDER BY d)::INTEGER AS island FROM (SELECT DISTINCT order_date::DATE AS d FROM orders WHERE customer_id % 100 = 1)) GROUP BY island ORDER BY days DESC, first_day LIMIT 5;
-- name: exclude current row from a window
SELECT product_id, current_price - avg(current_price) OVER (PARTITION BY category ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS above FROM products ORDER BY product_id LIMIT 10;
-- name: last known value
SELECT snapshot_date, last_value(quantity_on_hand IGNORE NULLS) OVER (PARTITION BY product_id ORDER BY snapshot_date) FROM inventory_snapshots WHERE product_id = 3 ORDER BY 1;
-- name: lead with a default
SELECT campaign_id, start_date, lead(start_date, 1, DATE '2026-12-31') OVER (PARTITION BY channel ORDER BY start_date, campaign_id) AS until FROM marketing_campaigns ORDER BY 1 LIMIT 10;
-- name: correlation and regression, once more
SELECT corr(spend, attributed_revenue), regr_slope(attributed_revenue, spend), regr_r2(attributed_revenue, spend), covar_samp(spend, clicks) FROM marketing_campaigns;
-- name: spread of amounts
SELECT stddev_samp(total_amount), var_pop(total_amount), skewness(total_amount), kurtosis(total_amount), mad(total_amount), mode(channel), median(total_amount) FROM orders;
-- name: percentile within group, once more
SELECT channel, percentile_cont(0.5) WITHIN GROUP (ORDER BY total_amount), percentile_disc(0.9) WITHIN GROUP (ORDER BY total_amount DESC) FROM orders GROUP BY channel ORDER BY channel;
-- name: distinct on, once more
SELECT DISTINCT ON (customer_id) customer_id, order_id, order_date FROM orders ORDER BY customer_id, order_date DESC, order_id LIMIT 10;
-- name: set operations
(SELECT customer_id FROM orders WHERE channel = 'web' INTERSECT SELECT customer_id FROM orders WHERE channel = 'store') EXCEPT SELECT customer_id FROM returns JOIN orders USING (order_id) ORDER BY 1 LIMIT 10;
-- name: union by name, once more
SELECT channel, sum(spend) AS amount, 'spend' AS kind FROM marketing_campaigns GROUP BY channel UNION ALL BY NAME SELECT 'revenue' AS kind, sum(total_amount) AS amount, channel FROM orders GROUP BY channel ORDER BY ALL;
-- name: exists and not exists
SELECT count(*) FROM orders o WHERE EXISTS (SELECT 1 FROM returns r WHERE r.order_id = o.order_id) AND NOT EXISTS (FROM returns r WHERE r.order_id = o.order_id AND reason_code = 'defective');
-- name: any and all, once more
SELECT product_id FROM products WHERE current_price >= ALL (SELECT current_price FROM products) OR product_id = ANY (SELECT product_id FROM inventory WHERE quantity_on_hand = 0) ORDER BY 1;
-- name: scalar subquery against the average
SELECT segment, avg(lifetime_value) - (SELECT avg(lifetime_value) FROM customers) AS above FROM customers GROUP BY segment ORDER BY segment;
-- name: values as a table, once more
SELECT t.label, count(*) FROM orders JOIN (VALUES ('small', 0, 50), ('large', 50, 1e9)) t(label, low, high) ON total_amount >= low AND total_amount < high GROUP BY 1 ORDER BY 1;
-- name: nested case and between
SELECT CASE WHEN nps_score BETWEEN 9 AND 10 THEN 'promoter' WHEN nps_score >= 7 THEN 'passive' ELSE 'detractor' END AS kind, count(*) FROM customer_surveys GROUP BY 1 ORDER BY 1;
-- name: nps by quarter
SELECT date_trunc('quarter', survey_date) AS q, 100.0 * (avg((nps_score >= 9)::INT) - avg((nps_score <= 6)::INT)) AS nps FROM customer_surveys GROUP BY q ORDER BY q;
-- name: try cast and coalesce
SELECT coalesce(TRY_CAST(split_part(page_url, '/', 3) AS INTEGER), -1) AS n, count(*) FROM clickstream GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5;
-- name: limit by percentage
SELECT product_id FROM products ORDER BY current_price DESC, product_id LIMIT 5%;
-- name: order by position and nulls
SELECT store_id, count(*) FROM orders GROUP BY 1 ORDER BY 1 NULLS FIRST, 2 DESC LIMIT 10 OFFSET 1;
-- name: alias used in where
SELECT total_amount * 0.2 AS tax FROM orders WHERE tax > 100 ORDER BY tax DESC LIMIT 5;
-- name: group by all with expressions
SELECT monthname(order_date) AS month, hour(order_date) // 6 AS part, count(*) FROM orders GROUP BY ALL ORDER BY ALL;
-- name: arg min and max by
SELECT category, min_by(name, current_price) AS cheapest, max_by(name, current_price) AS dearest FROM products GROUP BY category ORDER BY category;
-- name: weighted average, once more
SELECT p.category, sum(i.quantity * i.unit_price) / sum(i.quantity) AS mean_price FROM order_items i JOIN products p USING (product_id) GROUP BY 1 ORDER BY 1;
-- name: hash sample
SELECT count(*) FROM orders WHERE hash(order_id) % 10 = 0;
-- name: row values compared
SELECT count(*) FROM orders WHERE (channel, status) IN (('web', 'completed'), ('store', 'completed'));
-- name: dates by names
SELECT count(*) FROM orders WHERE order_date::DATE BETWEEN '2026-01-01' AND '2026-03-31' AND dayname(order_date) NOT IN ('Saturday', 'Sunday');
-- name: intervals computed
SELECT order_id, order_date + to_days(14) AS due, order_date + INTERVAL (quantity) DAY AS other FROM orders JOIN order_items USING (order_id) ORDER BY 1, quantity LIMIT 5;
-- name: bool aggregates
SELECT channel, bool_or(total_amount > 1000) AS any_big, bool_and(total_amount > 0) AS all_paid, count_if(total_amount > 500) AS big FROM orders GROUP BY 1 ORDER BY 1;
-- name: first and last of a group
SELECT customer_id, first(channel ORDER BY order_date) AS began, last(channel ORDER BY order_date) AS now_ FROM orders GROUP BY 1 ORDER BY 1 LIMIT 10;
-- name: exponential moving sum
SELECT d, list_sum(list_transform(list(n) OVER (ORDER BY d ROWS 6 PRECEDING), lambda x, i: x * i)) AS weighted FROM (SELECT order_date::DATE AS d, count(*) AS n FROM orders GROUP BY 1) ORDER BY d DESC LIMIT 7;
-- name: materialized cte, once more
WITH big AS MATERIALIZED (SELECT * FROM orders WHERE total_amount > 200) SELECT (SELECT count(*) FROM big) AS n, (SELECT avg(total_amount) FROM big) AS mean;
-- name: described bands by greatest and least
SELECT least(greatest(total_amount, 10), 100) AS clipped, count(*) FROM orders GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5;
-- name: json built from rows
SELECT json_object('channel', channel, 'n', count(*)) FROM orders GROUP BY channel ORDER BY channel;
-- name: cross join of grids, once more
SELECT c.channel, s.status, count(o.order_id) FROM (SELECT DISTINCT channel FROM orders) c CROSS JOIN (SELECT DISTINCT status FROM orders) s LEFT JOIN orders o USING (channel, status) GROUP BY ALL ORDER BY ALL;
-- name: FROM first with a where
FROM orders SELECT channel, count() AS n WHERE status = 'delivered' GROUP BY channel ORDER BY n DESC;
-- name: FROM alone
FROM products LIMIT 5;
-- name: FROM first group by all
FROM order_items SELECT product_id, sum(quantity * unit_price - discount) AS net GROUP BY ALL ORDER BY net DESC LIMIT 10;
-- name: alias in where and group
SELECT date_trunc('quarter', order_date) AS q, count(*) AS n FROM orders WHERE q >= DATE '2025-01-01' GROUP BY q ORDER BY q;
-- name: prefix aliases
SELECT n: count(*), total: sum(total_amount) FROM orders;
-- name: reusing an alias
SELECT total_amount AS gross, gross * 0.19 AS tax, gross - tax AS net FROM orders ORDER BY order_id LIMIT 20;
-- name: exclude
SELECT * EXCLUDE (cost) FROM products ORDER BY product_id LIMIT 10;
-- name: replace
SELECT * REPLACE (round(current_price) AS current_price) FROM products ORDER BY product_id LIMIT 10;
-- name: columns by pattern, once more
SELECT product_id, COLUMNS('.*price|cost') FROM products ORDER BY product_id LIMIT 10;
-- name: aggregate of columns
SELECT min(COLUMNS('impressions|clicks|conversions')), max(COLUMNS('impressions|clicks|conversions')) FROM marketing_campaigns;
-- name: columns with lambda
SELECT COLUMNS(lambda c: c LIKE '%date%') FROM returns ORDER BY ALL LIMIT 10;
-- name: order by all descending
SELECT category, subcategory FROM products GROUP BY ALL ORDER BY ALL DESC LIMIT 10;
-- name: limit in percent
SELECT product_id FROM products ORDER BY current_price DESC, product_id LIMIT 10%;
-- name: offset page
SELECT order_id, total_amount FROM orders ORDER BY order_id LIMIT 20 OFFSET 40;
-- name: max of n
SELECT channel, max(total_amount, 3) AS largest FROM orders GROUP BY channel ORDER BY channel;
-- name: arg max of n
SELECT channel, arg_max(order_id, total_amount, 3) AS largest FROM orders GROUP BY channel ORDER BY channel;
-- name: count if
SELECT channel, countif(status = 'cancelled') AS cancelled, round(100.0 * countif(status = 'cancelled') / count(*), 1) AS percent FROM orders GROUP BY 1 ORDER BY 1;
-- name: bool aggregates, once more
SELECT customer_id, bool_or(channel = 'store') AS ever_in_store, bool_and(status <> 'cancelled') AS never_cancelled FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20;
-- name: weighted average, once more
SELECT category, sum(current_price * cost) / sum(cost) AS weighted FROM products GROUP BY 1 ORDER BY 1;
-- name: geometric mean and spread
SELECT geomean(total_amount) AS typical, stddev_samp(total_amount) AS spread, var_pop(total_amount) AS v, mad(total_amount) AS m FROM orders WHERE total_amount > 0;
-- name: skew and kurtosis
SELECT skewness(total_amount), kurtosis(total_amount), sem(total_amount) FROM orders;
-- name: regression of clicks on spend
SELECT regr_slope(clicks, spend) AS slope, regr_intercept(clicks, spend) AS base, regr_r2(clicks, spend) AS fit, corr(clicks, spend) AS c FROM marketing_campaigns;
-- name: covariance
SELECT covar_samp(impressions, conversions), covar_pop(impressions, conversions) FROM marketing_campaigns;
-- name: approximate distinct, once more
SELECT approx_count_distinct(customer_id) FROM orders;
-- name: histogram of prices
SELECT histogram(width) FROM (SELECT floor(current_price / 50) * 50 AS width FROM products);
-- name: histogram in bins
SELECT category, histogram(current_price, [10, 50, 100, 500]) AS bins FROM products GROUP BY 1 ORDER BY 1;
-- name: equal bins
SELECT equi_width_bins(min(current_price), max(current_price), 5, true) AS bins FROM products;
-- name: buckets by hand
SELECT CASE WHEN total_amount < 50 THEN 'small' WHEN total_amount < 200 THEN 'middle' ELSE 'large' END AS size, count(*) AS n FROM orders GROUP BY 1 ORDER BY n DESC;
-- name: floor buckets
SELECT (total_amount // 100) * 100 AS bucket, count(*) FROM orders GROUP BY 1 ORDER BY 1;
-- name: width bucket by ntile
SELECT decile, min(total_amount) AS low, max(total_amount) AS high FROM (SELECT total_amount, ntile(10) OVER (ORDER BY total_amount) AS decile FROM orders) GROUP BY 1 ORDER BY 1;
-- name: pareto, once more
WITH sales AS (SELECT product_id, sum(quantity * unit_price) AS revenue FROM order_items GROUP BY 1), ranked AS (SELECT *, sum(revenue) OVER (ORDER BY revenue DESC, product_id) / sum(revenue) OVER () AS running FROM sales) SELECT count(*) AS products_for_eighty_percent FROM ranked WHERE running <= 0.8;
-- name: abc classes
WITH r AS (SELECT product_id, sum(quantity * unit_price) AS revenue FROM order_items GROUP BY ALL), s AS (SELECT *, sum(revenue) OVER (ORDER BY revenue DESC ROWS UNBOUNDED PRECEDING) / sum(revenue) OVER () AS share FROM r) SELECT CASE WHEN share <= 0.8 THEN 'A' WHEN share <= 0.95 THEN 'B' ELSE 'C' END AS class, count(*) AS n, sum(revenue) AS revenue FROM s GROUP BY ALL ORDER BY ALL;
-- name: recency frequency money
SELECT customer_id, date_diff('day', max(order_date), TIMESTAMP '2026-10-31') AS recency, count(*) AS frequency, sum(total_amount) AS money, ntile(5) OVER (ORDER BY max(order_date)) AS r FROM orders GROUP BY customer_id ORDER BY money DESC, customer_id LIMIT 30;
-- name: survival of customers
SELECT datediff('month', c.signup_date, o.order_date::DATE) AS month, count(DISTINCT o.customer_id) AS active FROM customers c JOIN orders o USING (customer_id) WHERE month BETWEEN 0 AND 12 GROUP BY month ORDER BY month;
-- name: sessions by gap
SELECT customer_id, sum(starts) AS sessions FROM (SELECT customer_id, CASE WHEN "timestamp" - lag("timestamp") OVER (PARTITION BY customer_id ORDER BY "timestamp") < INTERVAL '30 minutes' THEN 0 ELSE 1 END AS starts FROM clickstream WHERE customer_id IS NOT NULL) GROUP BY ALL ORDER BY sessions DESC, customer_id LIMIT 20;
-- name: gaps and islands, once more
WITH days AS (SELECT DISTINCT order_date::DATE AS d FROM orders WHERE channel = 'store'), marked AS (SELECT d, d - (row_number() OVER (ORDER BY d))::INTEGER AS island FROM days) SELECT min(d) AS first, max(d) AS last, count(*) AS days FROM marked GROUP BY island ORDER BY days DESC, first LIMIT 5;
-- name: longest streak without returns
SELECT max(gap) FROM (SELECT return_date - lag(return_date) OVER (ORDER BY return_date) AS gap FROM returns);
-- name: funnel
SELECT count(DISTINCT session_id) AS sessions, count(DISTINCT session_id) FILTER (event_type = 'add_to_cart') AS carts, count(DISTINCT session_id) FILTER (WHERE event_type = 'purchase') AS bought FROM clickstream;
-- name: first touch of a session
SELECT first_page, count(*) AS n FROM (SELECT session_id, first(page_url ORDER BY "timestamp") AS first_page FROM clickstream GROUP BY session_id) GROUP BY 1 ORDER BY n DESC, first_page LIMIT 10;
-- name: path of events
SELECT path, count(*) AS n FROM (SELECT session_id, array_to_string(list(event_type ORDER BY "timestamp"), ' > ') AS path FROM clickstream GROUP BY session_id) GROUP BY path ORDER BY n DESC, path LIMIT 10;
-- name: next event, once more
SELECT event_type, following, count(*) AS n FROM (SELECT event_type, lead(event_type, 1, 'end') OVER (PARTITION BY session_id ORDER BY "timestamp", event_type) AS following FROM clickstream) GROUP BY ALL ORDER BY n DESC, event_type, following LIMIT 20;
-- name: asof price
SELECT o.order_id, s.snapshot_date, s.quantity_on_hand FROM (SELECT i.order_id, i.product_id, o.order_date::DATE AS d FROM order_items i JOIN orders o USING (order_id)) o ASOF JOIN inventory_snapshots s ON o.product_id = s.product_id AND o.d >= s.snapshot_date ORDER BY ALL LIMIT 20;
-- name: asof left join
SELECT c.campaign_id, o.order_date FROM marketing_campaigns c ASOF LEFT JOIN (SELECT order_date FROM orders) o ON c.start_date <= o.order_date ORDER BY ALL LIMIT 10;
-- name: full join of two years
WITH a AS (SELECT channel, sum(total_amount) AS v FROM orders WHERE year(order_date) = 2025 GROUP BY 1), b AS (SELECT channel, sum(total_amount) AS v FROM orders WHERE year(order_date) = 2026 GROUP BY 1) SELECT coalesce(a.channel, b.channel) AS channel, a.v, b.v, b.v / nullif(a.v, 0) - 1 AS growth FROM a FULL JOIN b USING (channel) ORDER BY 1;
-- name: cross join for a grid
SELECT m.month, ch.channel, count(o.order_id) AS n FROM (SELECT unnest(range(DATE '2026-01-01', DATE '2026-11-01', INTERVAL 1 MONTH)) AS month) m CROSS JOIN (SELECT DISTINCT channel FROM orders) ch LEFT JOIN orders o ON date_trunc('month', o.order_date) = m.month AND o.channel = ch.channel GROUP BY ALL ORDER BY ALL;
-- name: positional join
SELECT * FROM (SELECT product_id FROM products ORDER BY cost LIMIT 5) POSITIONAL JOIN (SELECT product_id AS dear FROM products ORDER BY cost DESC LIMIT 5);
-- name: lateral without the word
SELECT p.category, x.n FROM (SELECT DISTINCT category FROM products) p, (SELECT count(*) AS n FROM products q WHERE q.category = p.category) x ORDER BY ALL;
-- name: cte materialized
WITH big AS MATERIALIZED (SELECT * FROM orders WHERE total_amount > 100) SELECT channel, count(*) FROM big GROUP BY channel ORDER BY channel;
-- name: cte not materialized
WITH big AS NOT MATERIALIZED (SELECT * FROM orders WHERE total_amount > 100) SELECT count(*) FROM big;
-- name: cte with named columns
WITH t(ch, n) AS (SELECT channel, count(*) FROM orders GROUP BY 1) SELECT ch, n, n / sum(n) OVER () AS share FROM t ORDER BY n DESC;
-- name: nested ctes
WITH a AS (WITH b AS (SELECT order_id, total_amount FROM orders) SELECT avg(total_amount) AS m FROM b) SELECT count(*) FROM orders, a WHERE total_amount > 2 * m;
-- name: recursive numbers
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24) SELECT i, (SELECT count(*) FROM orders WHERE hour(order_date) = i % 24) AS orders FROM n ORDER BY i;
-- name: recursive compounding
WITH RECURSIVE plan(month, value) AS (SELECT 1, 1000.0 UNION ALL SELECT month + 1, value * 1.02 FROM plan WHERE month < 12) SELECT month, round(value, 2) FROM plan ORDER BY month;
-- name: union by name, once more
SELECT order_id, total_amount AS amount FROM orders WHERE order_id < 10 UNION BY NAME SELECT order_id, refund_amount AS amount, reason_code FROM returns WHERE order_id < 10 ORDER BY ALL;
-- name: except all
SELECT product_id FROM order_items EXCEPT ALL SELECT product_id FROM returns ORDER BY 1 LIMIT 20;
-- name: intersect all
SELECT customer_id FROM orders WHERE channel = 'web' INTERSECT ALL SELECT customer_id FROM orders WHERE channel <> 'web' ORDER BY 1 LIMIT 20;
-- name: quantified comparisons
SELECT count(*) FROM orders WHERE total_amount >= ALL (SELECT total_amount FROM orders);
-- name: any of a subquery
SELECT count(*) FROM products WHERE product_id = ANY (SELECT product_id FROM returns);
-- name: tuple in a subquery
SELECT count(*) FROM order_items WHERE (order_id, product_id) IN (SELECT order_id, product_id FROM returns);
-- name: distinct on, once more
SELECT DISTINCT ON (customer_id) customer_id, order_id, order_date FROM orders ORDER BY customer_id, order_date DESC, order_id LIMIT 20;
-- name: is distinct from, once more
SELECT count(*) FROM orders WHERE store_id IS NOT DISTINCT FROM NULL;
-- name: qualify a median
SELECT order_id, channel, total_amount FROM orders QUALIFY total_amount > 3 * median(total_amount) OVER (PARTITION BY channel) ORDER BY total_amount DESC, order_id LIMIT 20;
-- name: qualify with a named window
SELECT product_id, snapshot_date, quantity_on_hand FROM inventory_snapshots WINDOW w AS (PARTITION BY product_id ORDER BY snapshot_date DESC) QUALIFY row_number() OVER w = 1 ORDER BY product_id LIMIT 20;
-- name: window exclude current row
SELECT order_id, total_amount - avg(total_amount) OVER (PARTITION BY channel ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS above FROM orders ORDER BY order_id LIMIT 20;
-- name: window groups
SELECT d, sum(n) OVER (ORDER BY d GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (SELECT order_date::DATE AS d, count(*) AS n FROM orders GROUP BY 1) ORDER BY d LIMIT 20;
-- name: ignore nulls
SELECT order_id, last_value(store_id IGNORE NULLS) OVER (PARTITION BY customer_id ORDER BY order_date, order_id) AS last_store FROM orders ORDER BY order_id LIMIT 20;
-- name: distinct in a window
SELECT order_id, count(DISTINCT channel) OVER (PARTITION BY customer_id) AS channels FROM orders ORDER BY order_id LIMIT 20;
-- name: filter in a window
SELECT order_id, count(*) FILTER (WHERE status = 'cancelled') OVER (PARTITION BY customer_id) AS cancelled FROM orders ORDER BY order_id LIMIT 20;
-- name: exponential smoothing
SELECT list_reduce(list(n ORDER BY m)::DOUBLE[], lambda a, b: 0.7 * a + 0.3 * b) AS level FROM (SELECT date_trunc('month', order_date) AS m, count(*) AS n FROM orders GROUP BY 1);
-- name: z scores
WITH d AS (SELECT order_date::DATE AS day, sum(total_amount) AS v FROM orders GROUP BY 1), s AS (SELECT avg(v) AS m, stddev(v) AS sd FROM d) SELECT day, (v - m) / sd AS z FROM d, s WHERE abs((v - m) / sd) > 3 ORDER BY day;
-- name: interpolation with fill
SELECT day, fill(v) OVER (ORDER BY day) AS v FROM (VALUES (DATE '2026-01-01', 1.0), (DATE '2026-01-02', NULL), (DATE '2026-01-03', 3.0)) t(day, v) ORDER BY day;
-- name: strftime week
SELECT strftime(order_date, '%G-W%V') AS week, count(*) AS n FROM orders GROUP BY week ORDER BY week LIMIT 20;
-- name: year and iso week
SELECT yearweek(order_date) AS w, isoyear(order_date) AS y, weekofyear(order_date) AS n FROM orders GROUP BY ALL ORDER BY ALL LIMIT 10;
-- name: time bucket, once more
SELECT time_bucket(INTERVAL '2 weeks', order_date) AS fortnight, sum(total_amount) AS revenue FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20;
-- name: time bucket with an origin
SELECT time_bucket(INTERVAL '1 month', order_date::DATE, DATE '2025-04-01') AS fiscal, count(*) FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20;
-- name: last day and days in the month
SELECT last_day(order_date) AS closing, day(last_day(order_date)) AS days, count(*) FROM orders GROUP BY ALL ORDER BY ALL LIMIT 12;
-- name: date parts in a struct
SELECT date_part(['year', 'month', 'day'], order_date) AS parts FROM orders ORDER BY order_id LIMIT 5;
-- name: weekend share
SELECT avg((dayofweek(order_date) IN (0, 6))::INTEGER) AS weekend FROM orders;
-- name: interval arithmetic, once more
SELECT count(*) FROM orders WHERE order_date BETWEEN TIMESTAMP '2026-10-31' - INTERVAL 3 MONTH AND TIMESTAMP '2026-10-31' + INTERVAL '12 hours 30 minutes';
-- name: age
SELECT customer_id, age(TIMESTAMP '2026-10-31', signup_date::TIMESTAMP) AS tenure FROM customers ORDER BY customer_id LIMIT 10;
-- name: epoch, once more
SELECT avg(epoch(actual_arrival::TIMESTAMP) - epoch(eta::TIMESTAMP)) / 86400 AS days_late FROM supplier_shipments WHERE actual_arrival IS NOT NULL;
-- name: date subtraction
SELECT supplier_id, avg(actual_arrival - eta) AS late, quantile_cont(actual_arrival - eta, 0.9) AS p90 FROM supplier_shipments WHERE actual_arrival IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10;
-- name: parse a date, once more
SELECT count(*) FROM orders WHERE order_date >= strptime('01.10.2026', '%d.%m.%Y');
-- name: make date, once more
SELECT make_date(2026, m, 1) AS month FROM range(1, 13) t(m) ORDER BY 1;
-- name: at time zone
SELECT hour(order_date AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York') AS local_hour, count(*) FROM orders GROUP BY 1 ORDER BY 1;
-- name: month names, once more
SELECT monthname(order_date) AS month, month(order_date) AS m, count(*) AS n FROM orders GROUP BY ALL ORDER BY m;
-- name: generate series in from
SELECT g.d, count(o.order_id) FROM generate_series(TIMESTAMP '2026-10-01', TIMESTAMP '2026-10-07', INTERVAL 1 DAY) AS g(d) LEFT JOIN orders o ON o.order_date::DATE = g.d::DATE GROUP BY 1 ORDER BY 1;
-- name: list functions
SELECT customer_id, list_sort(list_distinct(list(channel))) AS channels, list_position(list(channel ORDER BY order_date, order_id), 'store') AS first_store FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20;
-- name: list slices
SELECT customer_id, list(total_amount ORDER BY order_date DESC, order_id)[:3] AS last_three, list(order_id ORDER BY order_id)[-1] AS newest FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20;
-- name: list aggregate
SELECT customer_id, list_avg(list(total_amount)), list_aggregate(list(total_amount ORDER BY order_id), 'stddev_samp') FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20;
-- name: comprehension over an aggregate
SELECT channel, [round(x, 0) FOR x IN list(total_amount ORDER BY order_id) IF x > 500][:5] AS large FROM orders GROUP BY channel ORDER BY channel;
-- name: zip and flatten
SELECT list_zip([1, 2, 3], ['a', 'b', 'c']) AS pairs, flatten([[1, 2], [3]]) AS flat, list_reverse(range(5)) AS back;
-- name: unnest with ordinality of a struct
SELECT unnest([{'k': 'a', 'v': 1}, {'k': 'b', 'v': 2}], recursive := true);
-- name: generate subscripts by unnest
SELECT customer_id, unnest(list(order_id ORDER BY order_id)) AS o, unnest(range(1, count(*) + 1)) AS nth FROM orders WHERE customer_id < 20 GROUP BY customer_id ORDER BY ALL;
-- name: struct and dot
SELECT s.channel, s.n FROM (SELECT {'channel': channel, 'n': count(*)} AS s FROM orders GROUP BY channel) ORDER BY ALL;
-- name: struct pack and extract
SELECT struct_extract(struct_pack(lo := min(cost), hi := max(cost)), 'hi') AS dearest FROM products;
-- name: struct comparison
SELECT max({'v': total_amount, 'id': order_id}) AS top FROM orders;
-- name: map of channel totals
SELECT map_from_entries(list((channel, n) ORDER BY channel)) AS m FROM (SELECT channel, count(*) AS n FROM orders GROUP BY channel);
-- name: map element
SELECT map {'web': 1, 'store': 2}['store'] AS code, map_keys(map {'a': 1}) AS keys;
-- name: json object
SELECT json_object('channel', channel, 'orders', count(*)) AS j FROM orders GROUP BY channel ORDER BY channel;
-- name: json arrow
SELECT '{"a": {"b": [1, 2]}}'::JSON ->> '$.a.b[1]' AS two, json_extract_string('{"x": "y"}', '$.x') AS y;
-- name: json group array
SELECT json_group_array(channel) FROM (SELECT DISTINCT channel FROM orders ORDER BY 1);
-- name: text functions, once more
SELECT upper(left(category, 3)) || '-' || lpad(product_id::VARCHAR, 6, '0') AS code, length(name) AS n, replace(name, ' ', '_') AS slug FROM products ORDER BY product_id LIMIT 10;
-- name: split a url
SELECT string_split(page_url, '/')[2] AS part, count(*) AS n FROM clickstream GROUP BY ALL ORDER BY n DESC, part LIMIT 10;
-- name: split part and trim
SELECT split_part(page_url, '?', 1) AS page, count(*) FROM clickstream GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 10;
-- name: regular expressions, once more
SELECT regexp_extract(page_url, '([0-9]+)', 1) AS id, count(*) FROM clickstream WHERE regexp_matches(page_url, '[0-9]+') GROUP BY ALL ORDER BY 2 DESC, 1 LIMIT 10;
-- name: regexp replace all
SELECT DISTINCT regexp_replace(page_url, '[0-9]+', 'N', 'g') AS shape FROM clickstream ORDER BY 1 LIMIT 10;
-- name: ilike and similar
SELECT count(*) FROM products WHERE name ILIKE '%pro%' OR name SIMILAR TO '.*[0-9]{2}.*' OR name NOT LIKE 'A%';
-- name: glob and starts with
SELECT count(*) FILTER (name GLOB '*a*') AS g, count(*) FILTER (starts_with(name, 'S')) AS s, count(*) FILTER (contains(name, 'e')) AS c FROM products;
-- name: concat ws and format
SELECT concat_ws(' / ', category, subcategory) AS path, format('{:.2f}', avg(current_price)) AS price, printf('%05d', count(*)) AS n FROM products GROUP BY ALL ORDER BY ALL;
-- name: thousands
SELECT format('{:,}', sum(total_amount)::BIGINT) AS revenue FROM orders;
-- name: similarity of names
SELECT a.name, b.name, jaro_winkler_similarity(a.name, b.name) AS s FROM products a JOIN products b ON a.product_id < b.product_id AND a.subcategory = b.subcategory ORDER BY s DESC, a.name, b.name LIMIT 5;
-- name: casts
SELECT total_amount::INTEGER, CAST(order_date AS VARCHAR), TRY_CAST('x' AS INTEGER), 3::DOUBLE / 2 FROM orders ORDER BY order_id LIMIT 3;
-- name: null handling
SELECT coalesce(store_id, 0), nullif(channel, 'web'), ifnull(store_id, -1), CASE WHEN store_id IS NULL THEN 'online' ELSE 'store' END FROM orders ORDER BY order_id LIMIT 10;
-- name: greatest and least
SELECT campaign_id, greatest(impressions, clicks * 100) AS hi, least(clicks, conversions) AS lo FROM marketing_campaigns ORDER BY campaign_id LIMIT 10;
-- name: rounding
SELECT round(avg(total_amount), -1), floor(avg(total_amount)), ceil(avg(total_amount)), trunc(avg(total_amount)), sign(avg(total_amount)) FROM orders;
-- name: safe division
SELECT campaign_id, clicks / nullif(impressions, 0) AS ctr, spend / nullif(conversions, 0) AS cpa, attributed_revenue / nullif(spend, 0) AS roas FROM marketing_campaigns ORDER BY roas DESC NULLS LAST, campaign_id LIMIT 10;
-- name: integer division and modulo
SELECT order_id // 100 AS hundred, order_id % 7 AS rest, count(*) FROM orders WHERE order_id < 1000 GROUP BY ALL ORDER BY ALL LIMIT 20;
-- name: power and logs
SELECT ln(2), log10(1000), log2(8), exp(1), sqrt(2), pow(1.05, 12), pi();
-- name: pivot two measures
PIVOT (SELECT year(order_date) AS y, channel, total_amount FROM orders) ON channel USING sum(total_amount) AS revenue, count(*) AS n GROUP BY y ORDER BY y;
-- name: pivot by expression
PIVOT orders ON year(order_date) USING sum(total_amount) GROUP BY channel ORDER BY channel;
-- name: pivot of a cte
WITH t AS (SELECT channel, quarter(order_date) AS q, total_amount FROM orders) PIVOT t ON q USING avg(total_amount) GROUP BY channel ORDER BY channel;
-- name: pivot in the standard way
SELECT * FROM (SELECT channel, status, order_id FROM orders) AS t PIVOT (count(order_id) FOR status IN ('delivered', 'cancelled')) AS p ORDER BY channel;
-- name: unpivot columns
UNPIVOT (SELECT product_id, cost, current_price FROM products) ON COLUMNS(* EXCLUDE (product_id)) INTO NAME kind VALUE amount ORDER BY ALL LIMIT 10;
-- name: unpivot keeping nulls
SELECT * FROM (SELECT shipment_id, eta, actual_arrival FROM supplier_shipments) UNPIVOT INCLUDE NULLS (day FOR kind IN (eta, actual_arrival)) ORDER BY ALL LIMIT 10;
-- name: grouping id
SELECT category, subcategory, grouping_id(category, subcategory) AS level, count(*) FROM products GROUP BY ROLLUP (category, subcategory) ORDER BY ALL LIMIT 20;
-- name: group by position and having on alias
SELECT channel, count(*) AS n FROM orders GROUP BY 1 HAVING n > 10 ORDER BY 2 DESC;
-- name: having without group
SELECT sum(total_amount) AS revenue FROM orders HAVING count(*) > 0;
-- name: exists with correlation
SELECT count(*) FROM products p WHERE EXISTS (FROM returns r WHERE r.product_id = p.product_id AND r.reason_code = 'damaged');
-- name: not in with nulls
SELECT count(*) FROM products WHERE product_id NOT IN (SELECT product_id FROM returns WHERE product_id IS NOT NULL);
-- name: values alone
VALUES (1, 'one'), (2, 'two');
-- name: table statement by parentheses
(SELECT channel FROM orders LIMIT 1) UNION ALL (SELECT 'none' LIMIT 1);
-- name: comments and odd spacing
SELECT /* all of it */ count(*) -- rows
  FROM orders
 WHERE 1=1
   AND status <> 'cancelled';
-- name: quoted names
SELECT "orders"."channel" AS "Sales channel", COUNT(*) AS "Number of orders" FROM "orders" GROUP BY "orders"."channel" ORDER BY 2 DESC;
-- name: upper case style
SELECT P.CATEGORY, SUM(OI.QUANTITY) AS UNITS FROM ORDER_ITEMS OI INNER JOIN PRODUCTS P ON P.PRODUCT_ID = OI.PRODUCT_ID GROUP BY P.CATEGORY ORDER BY UNITS DESC;
-- name: many joins
SELECT c.region, p.category, count(DISTINCT o.order_id) AS orders, sum(i.quantity) AS units, count(r.return_id) AS returned FROM orders o JOIN customers c USING (customer_id) JOIN order_items i USING (order_id) JOIN products p USING (product_id) LEFT JOIN returns r ON r.order_id = i.order_id AND r.product_id = i.product_id GROUP BY ALL ORDER BY ALL LIMIT 50;
-- name: inventory days
SELECT p.category, sum(s.quantity_on_hand) / nullif(sum(d.daily), 0) AS days FROM inventory_snapshots s JOIN products p USING (product_id) LEFT JOIN (SELECT product_id, sum(quantity) / 90.0 AS daily FROM order_items JOIN orders USING (order_id) WHERE order_date > TIMESTAMP '2026-10-31' - INTERVAL 90 DAY GROUP BY 1) d USING (product_id) WHERE s.snapshot_date = (SELECT max(snapshot_date) FROM inventory_snapshots) GROUP BY 1 ORDER BY 1;
-- name: below the reorder point
SELECT product_id, warehouse_id, quantity_on_hand - reorder_point AS gap FROM inventory WHERE quantity_on_hand < reorder_point ORDER BY gap, product_id, warehouse_id LIMIT 20;
-- name: nps
SELECT date_trunc('quarter', survey_date) AS q, 100.0 * (count(*) FILTER (nps_score >= 9) - count(*) FILTER (nps_score <= 6)) / count(*) AS nps FROM customer_surveys GROUP BY 1 ORDER BY 1;
-- name: cosine of two lists
SELECT list_cosine_similarity([1.0, 2.0], [2.0, 3.0]) AS c, list_dot_product([1.0, 2.0], [3.0, 4.0]) AS d, array_distance([1.0, 2.0]::DOUBLE[2], [3.0, 4.0]::DOUBLE[2]) AS e;
-- name: hash of a key
SELECT md5(order_id::VARCHAR), hash(order_id) FROM orders ORDER BY order_id LIMIT 3;
-- name: bit operations
SELECT bit_count(7), 6 & 3, 6 | 3, xor(6, 3), 1 << 4, bit_and(order_id), bit_or(order_id) FROM orders;
-- name: describe types
SELECT typeof(total_amount), typeof(order_date), pg_typeof(channel) FROM orders LIMIT 1;
-- name: nullable boolean logic
SELECT count(*) FILTER (WHERE (store_id > 3) IS NOT TRUE) AS n, count(*) FILTER (WHERE store_id IS NULL OR NOT store_id > 3) AS m FROM orders;
-- name: difference of averages
SELECT abs(a - b) AS gap FROM (SELECT avg(total_amount) FILTER (channel = 'web') AS a, avg(total_amount) FILTER (channel = 'store') AS b FROM orders);
-- name: spread per month
SELECT date_trunc('month', order_date) AS m, quantile_cont(total_amount, 0.75) - quantile_cont(total_amount, 0.25) AS iqr, quantile_disc(total_amount, 0.5) AS med FROM orders GROUP BY m ORDER BY m;
-- name: share of the largest customer
SELECT max(v) / sum(v) AS share, sum(v * v) / pow(sum(v), 2) AS herfindahl FROM (SELECT customer_id, sum(total_amount) AS v FROM orders GROUP BY 1);
-- name: cumulative distinct
SELECT m, sum(count(*)) OVER (ORDER BY m) AS customers FROM (SELECT customer_id, min(date_trunc('month', order_date)) AS m FROM orders GROUP BY 1) GROUP BY m ORDER BY m;
-- name: method chaining
SELECT name.lower().replace(' ', '-') AS slug, [1, 2, 3].list_sum() AS six FROM products ORDER BY product_id LIMIT 5;
-- name: slices of text
SELECT name[1:3], name[-2:], substring(name, 2, 4) FROM products ORDER BY product_id LIMIT 5;
-- name: between symmetric dates as text
SELECT count(*) FROM orders WHERE order_date::DATE BETWEEN '2026-01-01' AND '2026-03-31';
-- name: trailing comma
SELECT channel, count(*) AS n, FROM orders GROUP BY channel ORDER BY n DESC;
-- name: number with separators
SELECT 1_000_000 AS million, 1e3 AS thousand, .5 AS half;
-- name: explicit cross product count
SELECT (SELECT count(*) FROM products) * (SELECT count(DISTINCT channel) FROM orders) AS cells;
-- name: semi join in words
SELECT count(*) FROM customers SEMI JOIN (SELECT customer_id FROM orders WHERE year(order_date) = 2026) USING (customer_id);
-- name: sorted nulls first
SELECT store_id, count(*) FROM orders GROUP BY 1 ORDER BY 1 NULLS FIRST LIMIT 5;
-- name: collate
SELECT DISTINCT category COLLATE NOCASE AS c FROM products ORDER BY c;
-- name: if and switch
SELECT if(total_amount > 100, 'large', 'small') AS size, count(*) FROM orders GROUP BY ALL ORDER BY ALL;
-- name: sample as asked for by habit
SELECT * FROM orders USING SAMPLE 10;
