-- A maker of business software: accounts that subscribe by the seat, three years and a quarter of them. The same rows on every
-- machine: every figure comes from `chance`, arithmetic on whole numbers alone.

CREATE MACRO mixed(x) AS (xor(x, x >> 15) * 739982445) % 4294967296;
CREATE MACRO chance(row_number, stream) AS mixed(mixed((row_number::BIGINT * 2654435 + stream * 97003) % 4294967296)) / 4294967296.0;

CREATE TABLE plans AS
SELECT * FROM (VALUES
  (1, 'Starter', 9.00::DECIMAL(8, 2), FALSE), (2, 'Team', 19.00, FALSE), (3, 'Business', 34.00, FALSE),
  (4, 'Enterprise', 52.00, FALSE), (5, 'Classic', 14.00, TRUE)
) AS t(planId, planName, seatPrice, isLegacy);

CREATE TABLE accounts AS
WITH drawn AS (
  SELECT n, (sqrt(chance(n, 1)) * 1184)::INTEGER AS day_draw, chance(n, 2) AS size_draw, chance(n, 3) AS industry_draw,
    chance(n, 4) AS country_draw, chance(n, 5) AS channel_draw, chance(n, 6) AS convert_draw, chance(n, 7) AS delay_draw
  FROM range(1, 521) AS t(n)
)
SELECT
  n::INTEGER AS accountId,
  ['Alder', 'Beacon', 'Cobalt', 'Delta', 'Ember', 'Falcon', 'Garnet', 'Harbor', 'Iris', 'Juniper', 'Kestrel', 'Lumen', 'Maple'][1 + (n % 13)::INTEGER]
    || ' ' || ['Works', 'Labs', 'Logistics', 'Partners', 'Foods', 'Clinics', 'Studio', 'Energy'][1 + (n // 13 % 8)::INTEGER]
    || CASE WHEN n > 104 THEN ' ' || (n // 104 + 1) ELSE '' END AS companyName,
  CASE WHEN industry_draw < 0.28 THEN 'Professional Services' WHEN industry_draw < 0.50 THEN 'Retail'
       WHEN industry_draw < 0.68 THEN 'Healthcare' WHEN industry_draw < 0.85 THEN 'Manufacturing' ELSE 'Education' END AS industry,
  CASE WHEN country_draw < 0.42 THEN 'United States' WHEN country_draw < 0.60 THEN 'Canada' WHEN country_draw < 0.76 THEN 'United Kingdom'
       WHEN country_draw < 0.90 THEN 'Germany' ELSE 'Australia' END AS country,
  CASE WHEN size_draw < 0.60 THEN 'SMB' WHEN size_draw < 0.90 THEN 'Mid-Market' ELSE 'Large' END AS segment,
  CASE WHEN channel_draw < 0.35 THEN 'organic' WHEN channel_draw < 0.60 THEN 'paid_search' WHEN channel_draw < 0.80 THEN 'partner'
       ELSE 'outbound' END AS leadSource,
  DATE '2023-01-02' + day_draw AS signedUpOn,
  CASE WHEN convert_draw < CASE WHEN channel_draw >= 0.60 AND channel_draw < 0.80 THEN 0.86 ELSE 0.70 END
         AND DATE '2023-01-02' + day_draw + (3 + delay_draw * 27)::INTEGER <= DATE '2026-03-31'
       THEN DATE '2023-01-02' + day_draw + (3 + delay_draw * 27)::INTEGER END AS convertedOn
FROM drawn;

CREATE TABLE users AS
SELECT
  (accountId * 40 + k)::INTEGER AS userId,
  accountId,
  ['Ana', 'Ben', 'Chloe', 'Dmitri', 'Elif', 'Farid', 'Grace', 'Hugo'][1 + (chance(accountId * 40 + k, 8) * 8)::INTEGER % 8] || ' '
    || ['Novak', 'Okafor', 'Petit', 'Quinn', 'Rossi', 'Silva', 'Tanaka'][1 + (chance(accountId * 40 + k, 9) * 7)::INTEGER % 7] AS fullName,
  'user' || (accountId * 40 + k) || '@example.com' AS workEmail,
  CASE WHEN k = 0 THEN 'owner' WHEN chance(accountId * 40 + k, 10) < 0.15 THEN 'admin' WHEN chance(accountId * 40 + k, 10) < 0.75 THEN 'member'
       ELSE 'guest' END AS userRole,
  least(signedUpOn + (chance(accountId * 40 + k, 11) * k * 20)::INTEGER, DATE '2026-03-31') AS invitedOn
FROM accounts, range(0, 24) AS t(k)
WHERE k < CASE segment WHEN 'SMB' THEN 4 WHEN 'Mid-Market' THEN 10 ELSE 24 END;

CREATE TABLE subscriptions AS
WITH drawn AS (
  SELECT accountId, segment, convertedOn, chance(accountId, 12) AS plan_draw, chance(accountId, 13) AS seats_draw, chance(accountId, 14) AS cycle_draw
  FROM accounts
  WHERE convertedOn IS NOT NULL
), planned AS (
  SELECT *,
    CASE WHEN convertedOn < DATE '2024-01-01' AND plan_draw < 0.22 THEN 5
         WHEN segment = 'SMB' THEN CASE WHEN plan_draw < 0.6 THEN 1 ELSE 2 END
         WHEN segment = 'Mid-Market' THEN CASE WHEN plan_draw < 0.5 THEN 2 ELSE 3 END
         ELSE CASE WHEN plan_draw < 0.4 THEN 3 ELSE 4 END END AS planId
  FROM drawn
), ended AS (
  -- The first month whose draw falls under the plan's risk ends the subscription.
  SELECT p.accountId, MIN(m) AS end_month
  FROM planned p, range(2, 39) AS t(m)
  WHERE chance(p.accountId * 64 + m, 15) < CASE p.segment WHEN 'SMB' THEN 0.030 WHEN 'Mid-Market' THEN 0.014 ELSE 0.006 END
  GROUP BY p.accountId
)
SELECT
  (7000 + p.accountId)::INTEGER AS subscriptionId,
  p.accountId,
  p.planId,
  CASE WHEN cycle_draw < 0.55 THEN 'monthly' ELSE 'annual' END AS billingCycle,
  (CASE segment WHEN 'SMB' THEN 3 + floor(seats_draw * 8) WHEN 'Mid-Market' THEN 12 + floor(seats_draw * 40) ELSE 70 + floor(seats_draw * 160) END)::INTEGER
    AS initialSeats,
  convertedOn AS startedOn,
  CASE WHEN (convertedOn + to_months(e.end_month::INTEGER))::DATE <= DATE '2026-03-31' THEN (convertedOn + to_months(e.end_month::INTEGER))::DATE END AS endedOn,
  CASE WHEN (convertedOn + to_months(e.end_month::INTEGER))::DATE <= DATE '2026-03-31'
       THEN ['price', 'missing_feature', 'competitor', 'out_of_business', 'low_usage'][1 + floor(power(chance(p.accountId, 16), 1.3) * 5)::INTEGER] END AS cancelReason
FROM planned p
LEFT JOIN ended e ON e.accountId = p.accountId;

CREATE TABLE mrrMovements AS
WITH priced AS (
  SELECT s.*, (l.seatPrice * CASE WHEN s.billingCycle = 'annual' THEN 0.85 ELSE 1 END)::DECIMAL(8, 2) AS price
  FROM subscriptions s JOIN plans l ON l.planId = s.planId
), changes AS (
  SELECT subscriptionId, startedOn AS movedOn, 'new' AS movementType, initialSeats AS seatChange, price FROM priced
  UNION ALL
  SELECT subscriptionId, (startedOn + to_months(m::INTEGER) + INTERVAL 5 DAY)::DATE, 
    CASE WHEN chance(accountId * 64 + m, 17) < 0.07 THEN 'expansion' ELSE 'contraction' END,
    CASE WHEN chance(accountId * 64 + m, 17) < 0.07 THEN 1 + floor(chance(accountId * 64 + m, 18) * initialSeats * 0.3)::INTEGER
         ELSE -1 - floor(chance(accountId * 64 + m, 18) * initialSeats * 0.08)::INTEGER END,
    price
  FROM priced, range(1, 38) AS t(m)
  WHERE chance(accountId * 64 + m, 17) < CASE WHEN initialSeats >= 6 THEN 0.095 ELSE 0.07 END
    AND startedOn + to_months(m::INTEGER) + INTERVAL 5 DAY < coalesce(endedOn, DATE '2026-04-01')
    AND startedOn + to_months(m::INTEGER) + INTERVAL 5 DAY < DATE '2026-04-01'
), all_changes AS (
  SELECT subscriptionId, movedOn, movementType, seatChange, price FROM changes
  UNION ALL
  SELECT c.subscriptionId, ANY_VALUE(p.endedOn), 'churn', -SUM(c.seatChange)::INTEGER, ANY_VALUE(c.price)
  FROM changes c JOIN priced p ON p.subscriptionId = c.subscriptionId
  WHERE p.endedOn IS NOT NULL
  GROUP BY c.subscriptionId
)
SELECT
  ROW_NUMBER() OVER (ORDER BY movedOn, subscriptionId)::INTEGER AS movementId,
  subscriptionId, movedOn, movementType, seatChange::INTEGER AS seatChange, (seatChange * price)::DECIMAL(12, 2) AS mrrChange
FROM all_changes;

CREATE TABLE mrrSnapshots AS
SELECT e.monthEnd, v.subscriptionId, SUM(v.seatChange)::INTEGER AS seats, SUM(v.mrrChange)::DECIMAL(12, 2) AS mrr
FROM (SELECT last_day(day)::DATE AS monthEnd FROM generate_series(TIMESTAMP '2023-01-01', TIMESTAMP '2026-03-01', INTERVAL 1 MONTH) AS t(day)) e
JOIN mrrMovements v ON v.movedOn <= e.monthEnd
GROUP BY e.monthEnd, v.subscriptionId
HAVING SUM(v.seatChange) > 0;

CREATE TABLE invoices AS
WITH billed AS (
  SELECT (epoch(h.monthEnd) / 86400 * 10000)::BIGINT + h.subscriptionId AS draw_id, h.subscriptionId, h.monthEnd + 1 AS issuedOn, h.mrr
  FROM mrrSnapshots h
  WHERE h.monthEnd < DATE '2026-03-31'
), paid AS (
  SELECT *,
    CASE WHEN chance(draw_id, 19) < 0.965 AND issuedOn + (4 + power(chance(draw_id, 20), 2) * 55)::INTEGER <= DATE '2026-03-31'
         THEN issuedOn + (4 + power(chance(draw_id, 20), 2) * 55)::INTEGER END AS paidOn,
    chance(draw_id, 21) < 0.012 AS is_void
  FROM billed
)
SELECT
  ROW_NUMBER() OVER (ORDER BY issuedOn, subscriptionId)::INTEGER AS invoiceNo,
  subscriptionId, issuedOn, issuedOn + 30 AS dueOn,
  CASE WHEN NOT is_void THEN paidOn END AS paidOn,
  mrr AS amountDue,
  CASE WHEN is_void THEN 'void' WHEN paidOn IS NOT NULL THEN 'paid' WHEN issuedOn + 30 < DATE '2026-03-31' THEN 'overdue' ELSE 'open' END AS invoiceStatus
FROM paid;

CREATE TABLE usageEvents AS
WITH people AS (
  SELECT u.userId, u.userRole, u.invitedOn, s.startedOn, coalesce(s.endedOn, DATE '2026-04-01') AS until
  FROM users u JOIN subscriptions s ON s.accountId = u.accountId
), drawn AS (
  SELECT p.*, k, p.userId::BIGINT * 64 + k AS draw_id,
    TIMESTAMP '2025-01-01' + to_minutes((chance(p.userId::BIGINT * 64 + k, 22) * 455 * 1440)::BIGINT) AS raw_at
  FROM people p, range(0, 40) AS t(k)
  WHERE k < CASE p.userRole WHEN 'owner' THEN 34 WHEN 'admin' THEN 28 WHEN 'member' THEN 16 ELSE 3 END
)
SELECT
  ROW_NUMBER() OVER (ORDER BY raw_at, draw_id)::INTEGER AS eventId,
  userId,
  -- Office hours: whatever falls in the night is moved to the day.
  CASE WHEN hour(raw_at) < 7 THEN raw_at + INTERVAL 9 HOUR ELSE raw_at END AS occurredAt,
  ['dashboard', 'report_builder', 'automation', 'api_call', 'mobile_view', 'csv_export'][1 + floor(power(chance(draw_id, 23), 1.5) * 6)::INTEGER] AS featureName,
  (20 + power(chance(draw_id, 24), 3) * 1780)::INTEGER AS durationSeconds
FROM drawn
WHERE raw_at >= greatest(invitedOn, startedOn) AND raw_at < until AND (isodow(raw_at) < 6 OR chance(draw_id, 25) < 0.25);

CREATE TABLE supportTickets AS
WITH drawn AS (
  SELECT u.userId, u.accountId, u.userId::BIGINT * 16 + k AS draw_id,
    u.invitedOn + to_minutes((chance(u.userId::BIGINT * 16 + k, 26) * 400 * 1440)::BIGINT) AS openedAt
  FROM users u JOIN subscriptions s ON s.accountId = u.accountId, range(0, 2) AS t(k)
), rated AS (
  SELECT *, chance(draw_id, 27) AS priority_draw, chance(draw_id, 28) AS topic_draw, chance(draw_id, 29) AS reply_draw,
    chance(draw_id, 30) AS solve_draw, chance(draw_id, 31) AS csat_draw
  FROM drawn
  WHERE openedAt < TIMESTAMP '2026-04-01'
), timed AS (
  SELECT *,
    CASE WHEN priority_draw < 0.06 THEN 'P1' WHEN priority_draw < 0.26 THEN 'P2' WHEN priority_draw < 0.72 THEN 'P3' ELSE 'P4' END AS priority,
    openedAt + to_minutes((8 + reply_draw * reply_draw * 1440 * (0.2 + priority_draw))::BIGINT) AS replied_at
  FROM rated
), solved AS (
  SELECT *, replied_at + to_minutes((30 + solve_draw * solve_draw * 9000 * (0.3 + priority_draw))::BIGINT) AS solved_at FROM timed
)
SELECT
  (500000 + draw_id - 640)::INTEGER AS ticketNo,
  accountId,
  userId AS requesterId,
  openedAt,
  CASE WHEN replied_at < TIMESTAMP '2026-04-01' THEN replied_at END AS firstReplyAt,
  CASE WHEN solved_at < TIMESTAMP '2026-04-01' AND solve_draw < 0.985 THEN solved_at END AS resolvedAt,
  priority,
  ['how_to', 'billing', 'bug', 'integration', 'login'][1 + floor(topic_draw * 5)::INTEGER] AS topic,
  CASE WHEN solved_at < TIMESTAMP '2026-04-01' AND solve_draw < 0.985 AND csat_draw < 0.45
       THEN greatest(1, least(5, round(5.4 - solve_draw * 2.6 - csat_draw)))::INTEGER END AS csat,
  'Subject of ticket ' || draw_id AS subjectLine
FROM solved;

DROP MACRO chance;
DROP MACRO mixed;
