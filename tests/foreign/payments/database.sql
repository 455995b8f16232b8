-- Kassapunt: card acquiring for shops in the Benelux, Germany and France. Data up to and including 2026-05-13.
CREATE OR REPLACE TEMP MACRO u(x, salt) AS (hash(x::VARCHAR || '#' || salt) % 1000003) / 1000003.0;

CREATE TABLE account_managers (
  manager_id INTEGER PRIMARY KEY, manager_code VARCHAR NOT NULL, full_name VARCHAR, email VARCHAR, mobile VARCHAR,
  team VARCHAR, office VARCHAR, joined_on DATE);
INSERT INTO account_managers
SELECT i, 'AM' || lpad(i::VARCHAR, 2, '0'),
  ['Femke','Joris','Anouk','Lars','Chloe','Matthias','Ines','Ruben','Sofie','Emil','Nadia','Pieter'][1 + (i * 5) % 12] || ' ' ||
  ['de Wit','Claes','Brandt','Lemaire','Hofman','Schmitz','Peeters','Moreau'][1 + (i * 3) % 8],
  'am' || i || '@kassapunt.example', '+31 6 55' || lpad((hash(i) % 1000000)::VARCHAR, 6, '0'),
  CASE WHEN i <= 4 THEN 'Key Accounts' WHEN i <= 10 THEN 'Growth' WHEN i <= 15 THEN 'Field Sales' ELSE 'Inside Sales' END,
  ['Utrecht','Antwerp','Cologne','Lille'][1 + i % 4],
  DATE '2017-02-01' + (u(i, 'join') * 2900)::INTEGER
FROM range(1, 21) t(i);

CREATE TABLE merchants (
  merchant_id INTEGER PRIMARY KEY, trading_name VARCHAR NOT NULL, sector VARCHAR, segment VARCHAR, country VARCHAR, city VARCHAR,
  pricing_plan VARCHAR, acquired_via VARCHAR, risk_rating VARCHAR, onboarded_on DATE, closed_on DATE, closure_reason VARCHAR, manager_id INTEGER,
  contact_name VARCHAR, contact_email VARCHAR, contact_phone VARCHAR);
INSERT INTO merchants
WITH b AS (
  SELECT i, u(i,'sec') s, u(i,'seg') g, u(i,'cty') c, u(i,'city') k, u(i,'plan') p, u(i,'acq') a, u(i,'risk') r, u(i,'on') o, u(i,'cl') cl, u(i,'cd') cd, u(i,'cr') cr, u(i,'am') am
  FROM range(1, 601) t(i)),
d AS (
  SELECT *, CASE WHEN s < .24 THEN 'Restaurants & Cafes' WHEN s < .42 THEN 'Grocery' WHEN s < .58 THEN 'Fashion' WHEN s < .70 THEN 'Beauty & Wellness'
      WHEN s < .80 THEN 'Electronics' WHEN s < .89 THEN 'Hotels' WHEN s < .96 THEN 'Pharmacies' ELSE 'Fuel Stations' END sector,
    CASE WHEN g < .42 THEN 'micro' WHEN g < .75 THEN 'small' WHEN g < .93 THEN 'mid_market' ELSE 'enterprise' END segment,
    CASE WHEN c < .40 THEN 'Netherlands' WHEN c < .65 THEN 'Belgium' WHEN c < .86 THEN 'Germany' WHEN c < .96 THEN 'France' ELSE 'Luxembourg' END country,
    DATE '2019-03-01' + (pow(o, .75) * 2620)::INTEGER onboarded_on
  FROM b),
e AS (
  SELECT *, CASE WHEN cl < CASE segment WHEN 'micro' THEN .32 WHEN 'small' THEN .2 WHEN 'mid_market' THEN .11 ELSE .04 END
      THEN greatest(onboarded_on + 60 + (cd * 700)::INTEGER, DATE '2023-11-05' + (cd * 900)::INTEGER) END c0
  FROM d)
SELECT i,
  ['Anker','Bloem','Citadel','Dageraad','Eik','Fontein','Gouden','Haven','Iris','Jaspis','Kroon','Linde','Molen','Noord','Oever','Parel','Quint','Roos','Spoor','Toren'][1 + (i-1) % 20]
   || ' ' || ['Markt','Plein','Hof','Kade','Straat','Poort','Brug','Park','Huis','Laan','Veld','Berg','Dok','Gracht','Weg','Baan','Duin','Meer','Bos','Zicht','Burg','Rand','Sluis','Steen','Wal','Dam','Dreef','Kamp','Polder','Tuin'][1 + ((i-1) // 20)],
  sector, segment, country,
  CASE country WHEN 'Netherlands' THEN ['Amsterdam','Rotterdam','Utrecht','Eindhoven'][1 + floor(k*4)::INT]
    WHEN 'Belgium' THEN ['Antwerp','Ghent','Brussels'][1 + floor(k*3)::INT] WHEN 'Germany' THEN ['Cologne','Dusseldorf','Aachen'][1 + floor(k*3)::INT]
    WHEN 'France' THEN ['Lille','Roubaix'][1 + floor(k*2)::INT] ELSE 'Luxembourg City' END,
  CASE WHEN segment IN ('micro','small') THEN CASE WHEN p < .6 THEN 'Blended' WHEN p < .9 THEN 'Starter' ELSE 'Interchange++' END
    ELSE CASE WHEN p < .65 THEN 'Interchange++' ELSE 'Blended' END END,
  CASE WHEN a < .3 THEN 'field_sales' WHEN a < .52 THEN 'website' WHEN a < .72 THEN 'bank_referral' WHEN a < .9 THEN 'reseller' END,
  CASE WHEN r < CASE sector WHEN 'Electronics' THEN .35 WHEN 'Hotels' THEN .22 ELSE .07 END THEN 'high' WHEN r < .5 THEN 'medium' ELSE 'low' END,
  onboarded_on, CASE WHEN c0 <= DATE '2026-05-13' THEN c0 END,
  CASE WHEN c0 <= DATE '2026-05-13' THEN CASE WHEN cr < .34 THEN 'ceased_trading' WHEN cr < .68 THEN 'switched_provider' WHEN cr < .82 THEN 'risk_offboarded' WHEN cr < .92 THEN 'pricing' END END,
  CASE WHEN am < .06 THEN NULL WHEN segment = 'enterprise' THEN 1 + floor(am * 4)::INT WHEN segment = 'mid_market' THEN 5 + floor(am * 6)::INT
    WHEN segment = 'small' THEN 11 + floor(am * 5)::INT ELSE 16 + floor(am * 5)::INT END,
  'Contact ' || i, 'owner' || i || '@shop.example', '+32 470 ' || lpad((hash(i, 'ph') % 1000000)::VARCHAR, 6, '0')
FROM e;

CREATE TABLE terminals (
  terminal_id INTEGER PRIMARY KEY, merchant_id INTEGER NOT NULL, slot INTEGER, model VARCHAR, connection VARCHAR, ownership VARCHAR, installed_on DATE, removed_on DATE);
INSERT INTO terminals
WITH b AS (
  SELECT m.merchant_id * 10 + n AS id, m.*, n::INTEGER n
  FROM merchants m, range(1, 6) t(n)
  WHERE n <= CASE segment WHEN 'micro' THEN 1 WHEN 'small' THEN 1 + (u(merchant_id,'nt') < .6)::INT WHEN 'mid_market' THEN 3 ELSE 5 END),
d AS (SELECT *, onboarded_on + CASE WHEN n = 1 THEN 0 ELSE (u(id,'ins') * 600)::INTEGER END ins FROM b)
SELECT id, merchant_id, n, CASE WHEN u(id,'mo') < .38 THEN 'Orbit 3' WHEN u(id,'mo') < .66 THEN 'Orbit Mini' WHEN u(id,'mo') < .86 THEN 'Vero Desk' ELSE 'TapPhone' END,
  CASE WHEN u(id,'co') < .48 THEN 'wifi' WHEN u(id,'co') < .8 THEN 'sim' ELSE 'ethernet' END,
  CASE WHEN u(id,'ow') < .78 THEN 'rented' ELSE 'bought' END, ins, closed_on
FROM d WHERE ins <= DATE '2026-05-13' AND (closed_on IS NULL OR ins < closed_on);

CREATE TABLE transactions (
  transaction_id INTEGER PRIMARY KEY, merchant_id INTEGER NOT NULL, terminal_id INTEGER, authorised_at TIMESTAMP NOT NULL, amount DECIMAL(10,2), tip_amount DECIMAL(8,2),
  card_scheme VARCHAR, card_type VARCHAR, card_origin VARCHAR, channel VARCHAR, entry_mode VARCHAR, status VARCHAR, decline_reason VARCHAR,
  service_charge DECIMAL(8,3), interchange DECIMAL(8,3), scheme_fee DECIMAL(8,3));
INSERT INTO transactions
WITH c AS (
  SELECT i, DATE '2023-11-01' + floor(pow(u(i,'d'), .85) * 925)::INTEGER AS d, 1 + floor(pow(u(i,'m'), 1.25) * 600)::INTEGER AS mid FROM range(1, 42001) t(i)),
j AS (
  SELECT c.i, c.d, m.* FROM c JOIN merchants m ON m.merchant_id = 1 + (c.mid * 197) % 600
  WHERE c.d >= m.onboarded_on AND (m.closed_on IS NULL OR c.d < m.closed_on)
    AND u(i,'acc') < .62 * CASE month(c.d) WHEN 12 THEN 1.45 WHEN 11 THEN 1.15 WHEN 1 THEN .75 WHEN 2 THEN .8 WHEN 7 THEN CASE WHEN sector = 'Hotels' THEN 1.6 ELSE .95 END ELSE 1 END
      * CASE dayofweek(c.d) WHEN 0 THEN CASE WHEN country = 'Germany' THEN .15 ELSE .6 END WHEN 6 THEN 1.4 WHEN 5 THEN 1.2 WHEN 1 THEN .75 ELSE .9 END
      * CASE segment WHEN 'micro' THEN .5 WHEN 'small' THEN .8 WHEN 'mid_market' THEN 1.3 ELSE 1.6 END),
k AS (
  SELECT *, CASE WHEN u(i,'ch') < CASE sector WHEN 'Electronics' THEN .38 WHEN 'Fashion' THEN .3 WHEN 'Hotels' THEN .34 WHEN 'Beauty & Wellness' THEN .1 ELSE .03 END THEN
        CASE WHEN u(i,'mo') < CASE sector WHEN 'Hotels' THEN .4 ELSE .12 END THEN 'moto' ELSE 'online' END ELSE 'in_store' END channel,
    CASE WHEN u(i,'sch') < CASE country WHEN 'Germany' THEN .3 ELSE .46 END THEN 'Visa' WHEN u(i,'sch') < .76 THEN 'Mastercard'
         WHEN u(i,'sch') < CASE country WHEN 'Germany' THEN .95 ELSE .84 END THEN CASE WHEN country = 'Germany' THEN 'Girocard' ELSE 'Maestro' END
         WHEN u(i,'sch') < .96 THEN CASE WHEN country = 'Belgium' THEN 'Bancontact' ELSE 'Mastercard' END ELSE 'Amex' END scheme,
    CASE WHEN u(i,'or') < CASE sector WHEN 'Hotels' THEN .55 ELSE .86 END THEN 'domestic' WHEN u(i,'or') < .94 THEN 'eea' ELSE 'overseas' END origin,
    round((CASE sector WHEN 'Grocery' THEN 31 WHEN 'Restaurants & Cafes' THEN 38 WHEN 'Fashion' THEN 74 WHEN 'Beauty & Wellness' THEN 52 WHEN 'Electronics' THEN 189 WHEN 'Hotels' THEN 214 WHEN 'Pharmacies' THEN 24 ELSE 58 END)
      * (.35 + 1.6 * pow(u(i,'am'), 1.8)) * CASE segment WHEN 'enterprise' THEN 1.2 ELSE 1 END * (1 + .03 * (year(d) - 2024)), 2) amt
  FROM j),
l AS (
  SELECT *, CASE WHEN scheme IN ('Maestro','Girocard','Bancontact') THEN 'debit' WHEN scheme = 'Amex' THEN CASE WHEN u(i,'ct') < .4 THEN 'commercial' ELSE 'credit' END
      WHEN u(i,'ct') < .5 THEN 'debit' WHEN u(i,'ct') < .84 THEN 'credit' WHEN u(i,'ct') < .93 THEN 'commercial' ELSE 'prepaid' END ctype,
    CASE WHEN channel = 'in_store' THEN CASE WHEN u(i,'em') < .58 + .13 * (d - DATE '2023-11-01') / 925.0 + CASE sector WHEN 'Grocery' THEN .12 WHEN 'Hotels' THEN -.2 ELSE 0 END THEN 'contactless' WHEN u(i,'em') < .975 THEN 'chip_pin' ELSE 'swipe' END END emode,
    u(i,'st') < .035 + CASE channel WHEN 'online' THEN .09 WHEN 'moto' THEN .06 ELSE 0 END + CASE origin WHEN 'overseas' THEN .11 WHEN 'eea' THEN .02 ELSE 0 END
      + CASE scheme WHEN 'Amex' THEN .05 WHEN 'Maestro' THEN .025 ELSE 0 END + CASE WHEN d BETWEEN DATE '2025-11-10' AND DATE '2025-11-30' THEN .13 ELSE 0 END + CASE WHEN country = 'France' THEN .03 ELSE 0 END declined
  FROM k),
h AS (SELECT l.*, 1 + floor(u(i,'slot') * 5)::INT AS want FROM l),
t AS (
  SELECT h.*, CASE WHEN channel = 'in_store' THEN coalesce(t2.terminal_id, t1.terminal_id) END tid
  FROM h LEFT JOIN terminals t2 ON t2.merchant_id = h.merchant_id AND t2.slot = h.want AND t2.installed_on <= h.d
         LEFT JOIN terminals t1 ON t1.merchant_id = h.merchant_id AND t1.slot = 1),
f AS (
  SELECT *, CASE WHEN declined THEN 'declined' WHEN u(i,'vo') < .015 THEN 'voided' ELSE 'captured' END st,
    d + INTERVAL (CASE WHEN sector = 'Restaurants & Cafes' THEN 11 + floor(u(i,'h') * 12)::INT WHEN channel = 'online' THEN 7 + floor(u(i,'h') * 17)::INT
       WHEN sector = 'Hotels' THEN 6 + floor(u(i,'h') * 16)::INT ELSE 8 + floor((u(i,'h') + u(i,'h2')) / 2 * 12)::INT END) HOUR + INTERVAL (floor(u(i,'mi') * 60)::INT) MINUTE ts
  FROM t)
SELECT i, merchant_id, tid, ts, amt,
  CASE WHEN sector = 'Restaurants & Cafes' AND st = 'captured' AND u(i,'tp') < .35 THEN round(amt * (.04 + .08 * u(i,'tpa')), 2) END,
  scheme, ctype, origin, channel, emode, st,
  CASE WHEN declined THEN CASE WHEN u(i,'dr') < .44 THEN 'insufficient_funds' WHEN u(i,'dr') < .63 THEN 'do_not_honour' WHEN u(i,'dr') < .8 THEN 'suspected_fraud' WHEN u(i,'dr') < .92 THEN 'expired_card' ELSE 'issuer_unavailable' END END,
  round(amt * (CASE segment WHEN 'micro' THEN .0168 WHEN 'small' THEN .0139 WHEN 'mid_market' THEN .0112 ELSE .0081 END + CASE WHEN scheme = 'Amex' THEN .009 ELSE 0 END
     + CASE ctype WHEN 'commercial' THEN .007 WHEN 'credit' THEN .0015 ELSE 0 END + CASE origin WHEN 'overseas' THEN .008 ELSE 0 END) + .05, 3),
  round(amt * (CASE ctype WHEN 'debit' THEN .002 WHEN 'prepaid' THEN .002 WHEN 'credit' THEN .003 ELSE .0115 END + CASE origin WHEN 'overseas' THEN .0095 ELSE 0 END), 3),
  round(amt * CASE scheme WHEN 'Amex' THEN .0085 WHEN 'Girocard' THEN .0003 WHEN 'Bancontact' THEN .0004 ELSE .0009 END + .012, 3)
FROM f;

CREATE TABLE refunds (
  refund_id INTEGER PRIMARY KEY, transaction_id INTEGER NOT NULL, refunded_at TIMESTAMP, refund_amount DECIMAL(10,2), refund_kind VARCHAR, reason VARCHAR);
INSERT INTO refunds
SELECT 500000 + t.transaction_id, t.transaction_id, t.authorised_at + INTERVAL (floor(u(t.transaction_id,'rd') * 21 * 24)::INT) HOUR,
  CASE WHEN u(t.transaction_id,'rk') < .7 THEN amount ELSE round(amount * (.2 + .5 * u(t.transaction_id,'ra')), 2) END,
  CASE WHEN u(t.transaction_id,'rk') < .7 THEN 'full' ELSE 'partial' END,
  CASE WHEN u(t.transaction_id,'rr') < .48 THEN 'returned_goods' WHEN u(t.transaction_id,'rr') < .68 THEN 'cancelled_order' WHEN u(t.transaction_id,'rr') < .85 THEN 'wrong_amount' END
FROM transactions t JOIN merchants m USING (merchant_id)
WHERE t.status = 'captured' AND u(t.transaction_id,'rf') < CASE sector WHEN 'Fashion' THEN .13 WHEN 'Electronics' THEN .09 WHEN 'Hotels' THEN .07 ELSE .015 END * CASE channel WHEN 'in_store' THEN 1 ELSE 1.7 END
     * CASE month(t.authorised_at) WHEN 12 THEN 1.4 ELSE 1 END
  AND t.authorised_at + INTERVAL (floor(u(t.transaction_id,'rd') * 21 * 24)::INT) HOUR < TIMESTAMP '2026-05-14';

CREATE TABLE chargebacks (
  chargeback_id INTEGER PRIMARY KEY, transaction_id INTEGER NOT NULL, received_on DATE, disputed_amount DECIMAL(10,2), reason VARCHAR, outcome VARCHAR, resolved_on DATE, evidence_sent BOOLEAN);
INSERT INTO chargebacks
WITH b AS (
  SELECT t.*, m.sector, t.transaction_id id, t.authorised_at::DATE + 8 + floor(u(t.transaction_id,'cbd') * 60)::INT rec
  FROM transactions t JOIN merchants m USING (merchant_id)
  WHERE t.status = 'captured' AND u(t.transaction_id,'cb') < CASE channel WHEN 'online' THEN .13 WHEN 'moto' THEN .16 ELSE .018 END * CASE card_origin WHEN 'overseas' THEN 2 ELSE 1 END
    * CASE risk_rating WHEN 'high' THEN 1.8 WHEN 'medium' THEN 1.1 ELSE .8 END * CASE country WHEN 'France' THEN 1.5 WHEN 'Netherlands' THEN .8 ELSE 1 END),
c AS (
  SELECT *, CASE WHEN channel = 'in_store' THEN CASE WHEN u(id,'cr') < .4 THEN 'duplicate' WHEN u(id,'cr') < .75 THEN 'processing_error' ELSE 'fraud' END
     ELSE CASE WHEN u(id,'cr') < .46 THEN 'fraud' WHEN u(id,'cr') < .74 THEN 'not_received' WHEN u(id,'cr') < .93 THEN 'not_as_described' ELSE 'duplicate' END END rsn,
    rec + 12 + floor(u(id,'rs') * 45)::INT res FROM b WHERE rec <= DATE '2026-05-13')
SELECT 800000 + id, id, rec, CASE WHEN u(id,'ca') < .85 THEN amount ELSE round(amount * .6, 2) END, rsn,
  CASE WHEN res > DATE '2026-05-13' THEN 'open' WHEN u(id,'oc') < .16 THEN 'accepted'
    WHEN u(id,'oc') < .16 + .84 * CASE rsn WHEN 'fraud' THEN .22 WHEN 'duplicate' THEN .6 WHEN 'processing_error' THEN .68 WHEN 'not_received' THEN .48 ELSE .36 END THEN 'won' ELSE 'lost' END,
  CASE WHEN res <= DATE '2026-05-13' THEN res END,
  CASE WHEN res > DATE '2026-05-13' THEN u(id,'ev') < .4 ELSE u(id,'ev') < .7 END
FROM c;

CREATE TABLE fees (
  fee_id INTEGER PRIMARY KEY, merchant_id INTEGER NOT NULL, billed_on DATE, fee_type VARCHAR, fee_amount DECIMAL(8,2), waived BOOLEAN, waiver_reason VARCHAR);
INSERT INTO fees
WITH months AS (SELECT (DATE '2023-11-01' + INTERVAL (n) MONTH)::DATE d, n FROM range(0, 31) t(n)),
live AS (SELECT m.*, d, n FROM merchants m JOIN months ON d >= onboarded_on AND (closed_on IS NULL OR d < closed_on)),
x AS (
  SELECT l.merchant_id, d, 'terminal_rental' ft, 1.9 * count(*)::DOUBLE amt FROM live l JOIN terminals t ON t.merchant_id = l.merchant_id AND t.installed_on <= d AND t.ownership = 'rented' GROUP BY ALL
  UNION ALL SELECT merchant_id, d, 'pci_non_compliance', 4.9 FROM live WHERE u(merchant_id * 100 + n, 'pci') < CASE segment WHEN 'micro' THEN .16 WHEN 'small' THEN .1 ELSE .04 END
  UNION ALL SELECT merchant_id, d, 'minimum_monthly', 2.95 FROM live WHERE segment = 'micro' AND u(merchant_id * 100 + n, 'mm') < .45
  UNION ALL SELECT merchant_id, closed_on, 'early_termination', 20 + 2 * floor(u(merchant_id,'et') * 18) FROM merchants WHERE closed_on >= DATE '2023-11-01' AND closed_on < onboarded_on + 730
  UNION ALL SELECT t.merchant_id, c.received_on, 'chargeback_handling', 7.5 FROM chargebacks c JOIN transactions t USING (transaction_id)),
y AS (SELECT *, row_number() OVER (ORDER BY d, merchant_id, ft, amt) id FROM x)
SELECT id, merchant_id, d, ft, amt, w, CASE WHEN w THEN CASE WHEN u(id,'wr') < .5 THEN 'goodwill' WHEN u(id,'wr') < .85 THEN 'promotion' END END
FROM (SELECT *, u(id,'wv') < CASE ft WHEN 'early_termination' THEN .3 WHEN 'terminal_rental' THEN .06 ELSE .12 END w FROM y);

CREATE TABLE payouts (
  payout_id INTEGER PRIMARY KEY, merchant_id INTEGER NOT NULL, initiated_on DATE, arrived_on DATE, payout_amount DECIMAL(12,2), payout_type VARCHAR, status VARCHAR, failure_reason VARCHAR);
INSERT INTO payouts
WITH b AS (SELECT i, DATE '2023-11-01' + floor(pow(u(i,'pd'), .85) * 925)::INTEGER d, 1 + floor(u(i,'pm') * 600)::INTEGER mid FROM range(1, 16001) t(i)),
j AS (SELECT i, d, m.*, CASE WHEN u(i,'pt') < .12 + .25 * (d - DATE '2023-11-01') / 925.0 THEN 'instant' ELSE 'standard' END pt FROM b JOIN merchants m ON m.merchant_id = mid
  WHERE d >= onboarded_on AND (closed_on IS NULL OR d < closed_on) AND dayofweek(d) BETWEEN 1 AND 5),
k AS (SELECT *, CASE WHEN u(i,'ps') < CASE country WHEN 'Luxembourg' THEN .07 WHEN 'France' THEN .055 ELSE .022 END + CASE WHEN d BETWEEN DATE '2025-03-01' AND DATE '2025-03-31' THEN .06 ELSE 0 END THEN 'failed'
   WHEN u(i,'ph') < CASE risk_rating WHEN 'high' THEN .09 ELSE .015 END THEN 'on_hold' ELSE 'paid' END s0,
   CASE WHEN pt = 'instant' THEN 0 ELSE 1 + floor(u(i,'pl') * 2.4)::INT + CASE dayofweek(d) WHEN 5 THEN 2 ELSE 0 END END lag FROM j)
SELECT i, merchant_id, d, CASE WHEN s0 = 'paid' AND d + lag <= DATE '2026-05-13' THEN d + lag END,
  round(CASE segment WHEN 'micro' THEN 14 WHEN 'small' THEN 45 WHEN 'mid_market' THEN 170 ELSE 600 END * (.3 + 1.4 * u(i,'pa')), 2), pt,
  CASE WHEN s0 = 'paid' AND d + lag > DATE '2026-05-13' THEN 'in_transit' ELSE s0 END,
  CASE WHEN s0 = 'failed' THEN CASE WHEN u(i,'fr') < .55 THEN 'invalid_iban' WHEN u(i,'fr') < .85 THEN 'account_closed' ELSE 'bank_rejected' END END
FROM k;

CREATE TABLE support_cases (
  case_id INTEGER PRIMARY KEY, merchant_id INTEGER NOT NULL, terminal_id INTEGER, opened_at TIMESTAMP, first_reply_at TIMESTAMP, solved_at TIMESTAMP,
  topic VARCHAR, contact_channel VARCHAR, priority VARCHAR, case_status VARCHAR, rating INTEGER, message_text VARCHAR);
INSERT INTO support_cases
WITH b AS (SELECT i, DATE '2023-11-01' + floor(pow(u(i,'sd'), .8) * 925)::INTEGER d, 1 + floor(u(i,'sm') * 600)::INTEGER mid FROM range(1, 7001) t(i)),
j AS (SELECT i, d, m.*, CASE WHEN u(i,'tp') < .34 + CASE WHEN d BETWEEN DATE '2025-11-10' AND DATE '2025-11-30' THEN .2 ELSE 0 END THEN 'terminal_fault' WHEN u(i,'tp') < .55 THEN 'payout_query' WHEN u(i,'tp') < .72 THEN 'fee_dispute'
    WHEN u(i,'tp') < .84 THEN 'chargeback_help' WHEN u(i,'tp') < .93 THEN 'onboarding' ELSE 'reporting' END topic,
    CASE WHEN u(i,'cc') < .42 THEN 'phone' WHEN u(i,'cc') < .72 THEN 'email' ELSE 'chat' END cch,
    CASE WHEN u(i,'pr') < .15 THEN 'urgent' WHEN u(i,'pr') < .65 THEN 'normal' ELSE 'low' END pri
  FROM b JOIN merchants m ON m.merchant_id = mid WHERE d >= onboarded_on AND (closed_on IS NULL OR d < closed_on)
    AND u(i,'sa') < CASE dayofweek(d) WHEN 0 THEN .25 WHEN 6 THEN .5 WHEN 1 THEN 1 ELSE .8 END),
k AS (SELECT *, d + INTERVAL (8 + floor(u(i,'oh') * 11)::INT) HOUR + INTERVAL (floor(u(i,'om') * 60)::INT) MINUTE o,
    floor(60 * (.1 + pow(u(i,'fl'), 2) * CASE cch WHEN 'phone' THEN 1.2 WHEN 'chat' THEN 2 ELSE 22 END * CASE pri WHEN 'urgent' THEN .5 WHEN 'low' THEN 1.6 ELSE 1 END))::INT fl,
    floor(60 * (.5 + u(i,'sl') * CASE topic WHEN 'chargeback_help' THEN 140 WHEN 'terminal_fault' THEN 60 ELSE 34 END))::INT sl FROM j),
n AS (SELECT *, o + INTERVAL (fl) MINUTE fr, o + INTERVAL (fl + sl) MINUTE so FROM k WHERE o < TIMESTAMP '2026-05-14')
SELECT i, merchant_id, CASE WHEN topic = 'terminal_fault' THEN (SELECT min(t.terminal_id) FROM terminals t WHERE t.merchant_id = n.merchant_id AND t.slot = 1) END,
  o, CASE WHEN fr < TIMESTAMP '2026-05-14' THEN fr END, CASE WHEN so < TIMESTAMP '2026-05-14' AND u(i,'un') > .02 THEN so END,
  topic, cch, pri, CASE WHEN so < TIMESTAMP '2026-05-14' AND u(i,'un') > .02 THEN 'solved' WHEN fr < TIMESTAMP '2026-05-14' THEN 'pending' ELSE 'new' END,
  CASE WHEN so < TIMESTAMP '2026-05-14' AND u(i,'un') > .02 AND u(i,'rt') < .45 THEN greatest(1, least(5, round(4.6 - 3.2 * pow(u(i,'rv'), 2) - CASE topic WHEN 'fee_dispute' THEN .9 WHEN 'payout_query' THEN .3 ELSE 0 END - fl / 1400.0)))::INT END,
  'Message of case ' || i
FROM n;
