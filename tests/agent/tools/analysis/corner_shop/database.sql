-- 600 members join over two years; each buys at a rate of its own and one in five stops; 40 articles, one of which comes back.
CREATE TABLE members AS
SELECT CAST(n AS INTEGER) AS member_id, 'Member ' || n AS full_name, DATE '2024-07-01' + CAST(n * 6 // 5 AS INTEGER) AS joined,
  CASE WHEN n % 3 = 0 THEN 'north' ELSE 'south' END AS district
FROM RANGE(1, 601) AS t(n);
CREATE TABLE sales AS
SELECT CAST(ROW_NUMBER() OVER () AS INTEGER) AS sale_id, member_id, sold_at, amount,
  CAST(1 + HASH(member_id * 131 + k) % 40 AS INTEGER) AS article_id, CAST(1 + k % 2 AS INTEGER) AS units
FROM (
  SELECT member_id, k, 5.0 + member_id % 17 + HASH(k * 7 + member_id) % 9 AS amount,
    joined + CAST(k * (8 + member_id % 50) + HASH(member_id * 1009 + k) % 9 AS INTEGER) + INTERVAL 10 HOUR AS sold_at
  FROM members CROSS JOIN RANGE(0, 90) AS r(k)
  WHERE k < 1 + HASH(member_id * 31) % CASE WHEN member_id % 5 = 0 THEN 4 ELSE 90 END
)
WHERE sold_at < TIMESTAMP '2026-07-01';
CREATE TABLE articles AS
SELECT CAST(n AS INTEGER) AS article_id, 'Article ' || CHR(64 + CAST(n % 26 AS INTEGER) + 1) || n AS title,
  CASE WHEN n % 2 = 0 THEN 'left' ELSE 'right' END AS shelf
FROM RANGE(1, 41) AS t(n);
CREATE TABLE comebacks AS
SELECT CAST(ROW_NUMBER() OVER () AS INTEGER) AS comeback_id, article_id, CAST(sold_at AS DATE) AS day
FROM sales WHERE HASH(sale_id * 17) % 100 < CASE WHEN article_id = 8 THEN 30 ELSE 6 END;
CREATE TABLE shelves_stock AS SELECT article_id, CASE WHEN article_id <= 3 THEN 1 ELSE 500 END AS left_over FROM articles;
CREATE TABLE steps AS SELECT * FROM (VALUES
  (1, 'enter', TIMESTAMP '2026-06-01 10:00'), (1, 'pick', TIMESTAMP '2026-06-01 10:05'), (1, 'pay', TIMESTAMP '2026-06-01 10:09'),
  (2, 'enter', TIMESTAMP '2026-06-02 10:00'), (2, 'pick', TIMESTAMP '2026-06-02 10:05'),
  (3, 'enter', TIMESTAMP '2026-06-03 10:00'), (3, 'pay', TIMESTAMP '2026-06-03 10:01'),
  (4, 'enter', TIMESTAMP '2026-05-03 10:00')) AS t(visit, doing, moment);
