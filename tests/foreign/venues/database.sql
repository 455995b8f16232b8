-- Halyard Venues: a conference and event venue operator. Deterministic: every value follows from hash() of a key.
-- The data ends on 2026-11-18; events booked for later stand in the diary as 'scheduled'.
CREATE MACRO u(i, s) AS (hash(i::VARCHAR || '/' || s) % 1000000) / 1000000.0;

CREATE TABLE venues (
    venue_id INTEGER PRIMARY KEY, venue_name VARCHAR, city VARCHAR, region VARCHAR, venue_style VARCHAR, opened_on DATE
);
INSERT INTO venues VALUES
    (1, 'Harbour Hall', 'Bristol', 'South', 'Waterside', DATE '2011-04-01'),
    (2, 'The Foundry', 'Manchester', 'North', 'Industrial', DATE '2016-09-12'),
    (3, 'Cavendish Rooms', 'London', 'South', 'Townhouse', DATE '2008-02-18'),
    (4, 'Kelvin House', 'Glasgow', 'Scotland', 'Historic', DATE '2013-06-03'),
    (5, 'Leeds Exchange', 'Leeds', 'North', 'Conference centre', DATE '2019-01-21'),
    (6, 'Skyline Thirty', 'London', 'South', 'Rooftop', DATE '2022-05-09');

CREATE TABLE rooms (
    room_id INTEGER PRIMARY KEY, venue_id INTEGER NOT NULL REFERENCES venues (venue_id), room_name VARCHAR, room_class VARCHAR,
    capacity INTEGER, floor_area_sqm DECIMAL(8, 1), has_daylight BOOLEAN
);
INSERT INTO rooms
SELECT v * 100 + r, v,
    ['Mercer', 'Tidewater', 'Brunel', 'Anchor', 'Lantern', 'Crucible', 'Anvil', 'Bellows', 'Ingot', 'Furnace', 'Devonshire', 'Regent',
     'Portland', 'Mayfair', 'Strand', 'Clyde', 'Thistle', 'Heather', 'Lomond', 'Cairn', 'Airedale', 'Roundhay', 'Headrow', 'Calder',
     'Aire', 'Zenith', 'Horizon', 'Meridian', 'Apex', 'Summit'][(v - 1) * 5 + r],
    ['Ballroom', 'Theatre', 'Breakout', 'Boardroom', 'Studio'][r],
    [320, 240, 60, 18, 110][r] + (u(v * 10 + r, 'cap') * [120, 80, 30, 8, 50][r])::INTEGER,
    round([410, 300, 85, 32, 140][r] + u(v * 10 + r, 'sqm') * 60, 1),
    u(v * 10 + r, 'light') < 0.6
FROM range(1, 7) a(v), range(1, 6) b(r);

CREATE TABLE staff (
    staff_id INTEGER PRIMARY KEY, full_name VARCHAR, work_email VARCHAR, mobile VARCHAR, department VARCHAR, employment_type VARCHAR,
    home_venue_id INTEGER REFERENCES venues (venue_id), hired_on DATE, hourly_rate DECIMAL(6, 2)
);
INSERT INTO staff
SELECT s, fn || ' ' || ln, lower(fn) || '.' || lower(ln) || s || '@halyardvenues.example', '+44 7700 9' || lpad((s * 37)::VARCHAR, 5, '0'),
    CASE WHEN s <= 24 THEN 'Sales' ELSE ['Front of house', 'Kitchen', 'AV and production', 'Security', 'Housekeeping'][1 + (u(s, 'dept') * 5)::INTEGER % 5] END,
    CASE WHEN s <= 24 OR u(s, 'emp') < 0.4 THEN 'permanent' WHEN u(s, 'emp') < 0.78 THEN 'casual' ELSE 'agency' END,
    1 + s % 6, DATE '2015-01-01' + (u(s, 'hire') * 4100)::INTEGER,
    round(12.4 + u(s, 'rate') * 7 + CASE WHEN s <= 24 THEN 6 ELSE 0 END, 2)
FROM (
    SELECT s, ['Ada', 'Ben', 'Cora', 'Dev', 'Elsie', 'Finn', 'Gita', 'Hugh', 'Iris', 'Jamal', 'Kirsty', 'Liam', 'Mona', 'Noel'][1 + (u(s, 'fn') * 14)::INTEGER % 14] AS fn,
        ['Archer', 'Bell', 'Cole', 'Dunn', 'Ellis', 'Frost', 'Grant', 'Hale', 'Irwin', 'Jones', 'Kaur', 'Lowe', 'Moss', 'Nash'][1 + (u(s, 'ln') * 14)::INTEGER % 14] AS ln
    FROM range(1, 241) t(s)
);

CREATE TABLE clients (
    client_id INTEGER PRIMARY KEY, client_name VARCHAR, sector VARCHAR, account_tier VARCHAR, country VARCHAR, contact_name VARCHAR,
    contact_email VARCHAR, contact_phone VARCHAR, onboarded_on DATE
);
INSERT INTO clients
SELECT c,
    ['Alder', 'Birch', 'Cobalt', 'Dorset', 'Ember', 'Falcon', 'Granite', 'Harrow', 'Indigo', 'Juniper', 'Kestrel', 'Linden', 'Marlow', 'Northgate', 'Orchid',
     'Pembroke', 'Quarry', 'Rowan', 'Sable', 'Tamar'][1 + (c - 1) % 20] || ' '
    || ['Partners', 'Group', 'Labs', 'Holdings', 'Trust', 'Society', 'Bank', 'Media', 'Systems', 'Events', 'Pharma', 'Foundation', 'Consulting', 'Studios',
        'Capital', 'Energy', 'Legal', 'Works', 'Alliance', 'Institute', 'Collective'][1 + ((c - 1) // 20) % 21],
    ['Technology', 'Finance', 'Pharma', 'Public sector', 'Charity', 'Media', 'Professional services', 'Private'][1 + (pow(u(c, 'sec'), 1.3) * 8)::INTEGER % 8],
    CASE WHEN u(c, 'tier') < 0.12 THEN 'key account' WHEN u(c, 'tier') < 0.42 THEN 'preferred' ELSE 'standard' END,
    CASE WHEN u(c, 'cty') < 0.82 THEN 'United Kingdom' WHEN u(c, 'cty') < 0.9 THEN 'Ireland' WHEN u(c, 'cty') < 0.96 THEN 'Germany' ELSE 'United States' END,
    ['Anna', 'Brian', 'Chloe', 'Daniel', 'Erin', 'Farid', 'Grace', 'Hanna', 'Ivan', 'Joan'][1 + (u(c, 'cf') * 10)::INTEGER % 10] || ' '
    || ['Walsh', 'Young', 'Price', 'Quinn', 'Reed', 'Stone', 'Tate', 'Usher', 'Vance', 'West'][1 + (u(c, 'cl') * 10)::INTEGER % 10],
    'contact' || c || '@client.example', CASE WHEN u(c, 'ph') < 0.9 THEN '+44 20 7946 ' || lpad(c::VARCHAR, 4, '0') END,
    DATE '2022-01-01' + (u(c, 'onb') * 1750)::INTEGER
FROM range(1, 421) t(c);

-- Enquiries: busiest in January and September, growing, few at weekends.
CREATE TABLE enquiries (
    enquiry_id INTEGER PRIMARY KEY, received_at TIMESTAMP, first_reply_at TIMESTAMP, venue_id INTEGER REFERENCES venues (venue_id),
    client_id INTEGER REFERENCES clients (client_id), handled_by INTEGER REFERENCES staff (staff_id), source VARCHAR, event_type VARCHAR,
    requested_guests INTEGER, outcome VARCHAR, lost_reason VARCHAR
);
INSERT INTO enquiries
WITH days AS (
    SELECT DATE '2024-05-01' + d::INTEGER AS day, d FROM range(0, 932) t(d)
), listed AS (
    SELECT row_number() OVER (ORDER BY day, n)::INTEGER AS i, day, d
    FROM days, range(0, 16) t(n)
    WHERE n < CASE WHEN isodow(day) > 5 THEN 1.6 ELSE 6.4 END * (0.85 + d / 2300.0)
        * [1.45, 1.1, 1.15, 1.0, 1.05, 0.95, 0.75, 0.7, 1.35, 1.2, 1.05, 0.6][month(day)] + u(d, 'n') * 2 - 1
), drawn AS (
    SELECT i, day, d, 1 + (pow(u(i, 'ven'), 0.85) * 6)::INTEGER % 6 AS v,
        CASE WHEN u(i, 'src') < 0.42 - d / 9000.0 THEN 'website' WHEN u(i, 'src') < 0.64 THEN 'agent' WHEN u(i, 'src') < 0.78 THEN 'phone'
             WHEN u(i, 'src') < 0.93 THEN 'referral' ELSE 'trade show' END AS source
    FROM listed
), typed AS (
    SELECT *, day + INTERVAL (7 * 60 + (u(i, 'min') * 780)::INTEGER) MINUTE AS received_at,
        CASE WHEN v IN (4, 6) AND u(i, 'wed') < 0.3 THEN 'Wedding'
             ELSE ['Conference', 'Training day', 'Corporate dinner', 'Product launch', 'Exhibition', 'Wedding', 'Private party', 'Conference'][1 + (u(i, 'typ') * 8)::INTEGER % 8] END AS event_type,
        1 + (pow(u(i, 'cli'), 1.6) * 419)::INTEGER AS client
    FROM drawn
), judged AS (
    SELECT *, 0.27 + CASE source WHEN 'referral' THEN 0.24 WHEN 'agent' THEN 0.09 WHEN 'phone' THEN 0.12 WHEN 'website' THEN -0.03 ELSE -0.1 END
        + CASE v WHEN 3 THEN 0.08 WHEN 5 THEN -0.08 WHEN 6 THEN 0.05 ELSE 0 END + CASE WHEN month(day) IN (1, 2, 9) THEN 0.06 ELSE 0 END
        - CASE event_type WHEN 'Exhibition' THEN 0.09 WHEN 'Product launch' THEN 0.04 ELSE 0 END AS chance
    FROM typed
), decided AS (
    SELECT *, CASE WHEN day > DATE '2026-10-20' AND u(i, 'open') < 0.65 THEN 'open' WHEN u(i, 'win') < chance THEN 'won' ELSE 'lost' END AS outcome FROM judged
)
SELECT i, received_at,
    CASE WHEN u(i, 'rep') < 0.95 THEN least(received_at + INTERVAL (((0.4 + pow(u(i, 'lag'), 2.2) * 40) * CASE v WHEN 2 THEN 1.6 WHEN 6 THEN 0.6 ELSE 1 END * 60)::INTEGER) MINUTE, TIMESTAMP '2026-11-18 22:00:00') END,
    v, CASE WHEN outcome = 'won' OR u(i, 'known') < 0.55 THEN client END, 1 + (u(i, 'hand') * 24)::INTEGER % 24, source, event_type,
    (20 + pow(u(i, 'gst'), 1.8) * 320)::INTEGER, outcome,
    CASE WHEN outcome = 'lost' AND u(i, 'why') < 0.9 THEN ['price', 'date unavailable', 'chose competitor', 'event shelved', 'no reply', 'price'][1 + (u(i, 'why2') * 6)::INTEGER % 6] END
FROM decided;

CREATE TABLE contracts (
    contract_id INTEGER PRIMARY KEY, enquiry_id INTEGER REFERENCES enquiries (enquiry_id), client_id INTEGER NOT NULL REFERENCES clients (client_id),
    venue_id INTEGER NOT NULL REFERENCES venues (venue_id), account_manager_id INTEGER REFERENCES staff (staff_id), booked_on DATE, status VARCHAR,
    contract_value DECIMAL(12, 2), payment_terms_days INTEGER, cancelled_on DATE, cancellation_reason VARCHAR
);
-- Won enquiries are signed within three weeks; some clients rebook without an enquiry.
INSERT INTO contracts
WITH base AS (
    SELECT enquiry_id, client_id, venue_id, handled_by, least(received_at::DATE + 1 + (u(enquiry_id, 'sign') * 20)::INTEGER, DATE '2026-11-18') AS booked_on
    FROM enquiries WHERE outcome = 'won'
    UNION ALL
    SELECT NULL, 1 + (pow(u(r, 'rc'), 2.0) * 180)::INTEGER, 1 + (u(r, 'rv') * 6)::INTEGER % 6, 1 + (u(r, 'rh') * 24)::INTEGER % 24, DATE '2024-05-04' + (u(r, 'rd') * 927)::INTEGER
    FROM range(0, 420) t(r)
), numbered AS (
    SELECT row_number() OVER (ORDER BY booked_on, coalesce(enquiry_id, 0), client_id)::INTEGER AS k, * FROM base
), staged AS (
    SELECT *, CASE WHEN booked_on > DATE '2026-10-10' AND u(k, 'prov') < 0.4 THEN 'provisional' WHEN u(k, 'prov') < 0.03 THEN 'provisional'
                   WHEN u(k, 'canc') < 0.07 + CASE venue_id WHEN 1 THEN 0.05 WHEN 4 THEN -0.03 ELSE 0 END + CASE WHEN booked_on BETWEEN '2025-10-01' AND '2026-01-31' THEN 0.06 ELSE 0 END THEN 'cancelled'
                   ELSE 'confirmed' END AS status
    FROM numbered
)
SELECT k, enquiry_id, client_id, venue_id, handled_by, booked_on, status,
    round((1800 + pow(u(k, 'val'), 3) * 21000) * [0.9, 1.0, 1.35, 0.85, 0.95, 1.5][venue_id] * (1 + datediff('day', DATE '2024-05-01', booked_on) / 5500.0), 2),
    [14, 30, 30, 60][1 + (u(k, 'term') * 4)::INTEGER % 4],
    CASE WHEN status = 'cancelled' THEN least(booked_on + 3 + (u(k, 'cd') * 40)::INTEGER, DATE '2026-11-18') END,
    CASE WHEN status = 'cancelled' AND u(k, 'cr') < 0.92 THEN ['budget cut', 'postponed', 'moved to competitor', 'low sign-ups'][1 + (u(k, 'cr2') * 4)::INTEGER % 4] END
FROM staged;

CREATE TABLE events (
    event_id INTEGER PRIMARY KEY, contract_id INTEGER NOT NULL REFERENCES contracts (contract_id), room_id INTEGER NOT NULL REFERENCES rooms (room_id), event_date DATE,
    event_type VARCHAR, session VARCHAR, status VARCHAR, hire_fee DECIMAL(10, 2), expected_guests INTEGER, attended_guests INTEGER
);
INSERT INTO events
WITH held AS (
    SELECT k.*, n, k.contract_id * 10 + n AS e, coalesce(q.event_type, ['Conference', 'Training day', 'Corporate dinner', 'Private party'][1 + (u(k.contract_id, 'et') * 4)::INTEGER % 4]) AS event_type
    FROM contracts k LEFT JOIN enquiries q USING (enquiry_id), range(1, 4) t(n)
    WHERE n <= 1 + (pow(u(k.contract_id, 'cnt'), 2.6) * 2.99)::INTEGER AND k.status <> 'provisional'
), dated AS (
    SELECT *, booked_on + 10 + (pow(u(contract_id, 'lead'), 1.3) * 115)::INTEGER + (n - 1)::INTEGER * (1 + (u(e, 'gap') * 6)::INTEGER) AS event_date,
        venue_id * 100 + 1 + (pow(u(e, 'room'), 0.9) * 5)::INTEGER % 5 AS room_id
    FROM held
), sized AS (
    SELECT d.*, r.capacity, greatest(6, (r.capacity * (0.35 + 0.6 * u(e, 'exp')))::INTEGER) AS expected,
        CASE WHEN d.status = 'cancelled' THEN 'cancelled' WHEN event_date > DATE '2026-11-18' THEN 'scheduled' WHEN u(e, 'ec') < 0.02 THEN 'cancelled' ELSE 'held' END AS event_status
    FROM dated d JOIN rooms r USING (room_id)
)
SELECT row_number() OVER (ORDER BY event_date, e)::INTEGER, contract_id, room_id, event_date, event_type,
    CASE WHEN event_type IN ('Wedding', 'Corporate dinner', 'Private party') THEN CASE WHEN u(e, 'ses') < 0.75 THEN 'evening' ELSE 'full day' END
         ELSE ['full day', 'full day', 'morning', 'afternoon'][1 + (u(e, 'ses') * 4)::INTEGER % 4] END,
    event_status,
    round((380 + capacity * (5.5 + 5 * u(e, 'fee'))) * [0.9, 1.0, 1.4, 0.85, 0.9, 1.55][venue_id] * CASE event_type WHEN 'Wedding' THEN 1.3 WHEN 'Training day' THEN 0.8 ELSE 1 END
        * [0.85, 0.95, 1, 1, 1.1, 1.2, 1.05, 0.8, 1.05, 1.1, 1.15, 1.3][month(event_date)], 2),
    expected,
    CASE WHEN event_status = 'held' THEN greatest(4, (expected * (0.97 - 0.3 * u(e, 'att') * CASE event_type WHEN 'Wedding' THEN 0.25 WHEN 'Exhibition' THEN 1.4 WHEN 'Training day' THEN 1.1 ELSE 0.9 END))::INTEGER) END
FROM sized;

CREATE TABLE catering_orders (
    catering_order_id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL REFERENCES events (event_id), menu VARCHAR, covers INTEGER, price_per_head DECIMAL(8, 2),
    ingredient_cost DECIMAL(10, 2), dietary_covers INTEGER, supplier VARCHAR, status VARCHAR
);
INSERT INTO catering_orders
WITH lines AS (
    SELECT ev.*, n, event_id * 10 + n AS o,
        CASE WHEN session = 'evening' THEN ['Plated dinner', 'Canapes', 'Drinks package', 'Drinks package'][1 + (n - 1 + (u(event_id, 'mn') * 3)::INTEGER) % 4]
             ELSE ['Breakfast', 'Working lunch', 'Tea and coffee', 'Hot buffet'][1 + (n - 1 + (u(event_id, 'mn') * 4)::INTEGER) % 4] END AS menu
    FROM events ev, range(1, 4) t(n) WHERE status <> 'scheduled' AND n <= 1 + (u(event_id, 'cnt') * 2.4)::INTEGER AND u(event_id, 'any') < 0.88
), priced AS (
    SELECT *, greatest(4, (coalesce(attended_guests, expected_guests) * (0.8 + 0.25 * u(o, 'cov')))::INTEGER) AS covers,
        round(CASE menu WHEN 'Plated dinner' THEN 58 WHEN 'Canapes' THEN 21 WHEN 'Drinks package' THEN 27 WHEN 'Breakfast' THEN 13.5 WHEN 'Working lunch' THEN 18 WHEN 'Tea and coffee' THEN 5.2 ELSE 26 END
            * (0.9 + 0.2 * u(o, 'pr')) * (1 + datediff('day', DATE '2024-05-01', event_date) / 6500.0), 2) AS price
    FROM lines
)
SELECT row_number() OVER (ORDER BY event_id, n)::INTEGER, event_id, menu, covers, price,
    round(covers * price * (CASE menu WHEN 'Plated dinner' THEN 0.39 WHEN 'Drinks package' THEN 0.24 WHEN 'Tea and coffee' THEN 0.17 WHEN 'Hot buffet' THEN 0.35 ELSE 0.31 END + 0.08 * u(o, 'ic')), 2),
    CASE WHEN u(o, 'dk') < 0.9 THEN (covers * u(o, 'di') * 0.2)::INTEGER END,
    CASE WHEN u(o, 'sup') < 0.55 THEN 'in-house' WHEN u(o, 'sup') < 0.8 THEN 'Saffron & Salt' ELSE 'Green Fork' END,
    CASE WHEN status = 'cancelled' OR u(o, 'cx') < 0.03 THEN 'cancelled' ELSE 'served' END
FROM priced;

CREATE TABLE shifts (
    shift_id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL REFERENCES events (event_id), staff_id INTEGER NOT NULL REFERENCES staff (staff_id), shift_date DATE,
    shift_status VARCHAR, rostered_hours DECIMAL(4, 1), worked_hours DECIMAL(4, 1), wage_cost DECIMAL(8, 2)
);
INSERT INTO shifts
WITH put AS (
    SELECT event_id, event_date, status, n, event_id * 20 + n AS s, 25 + (u(event_id * 20 + n, 'who') * 216)::INTEGER % 216 AS staff_id
    FROM events, range(1, 7) t(n) WHERE status = 'held' AND n <= 2 + (u(event_id, 'sh') * 4)::INTEGER
), worked AS (
    SELECT put.*, hourly_rate, round(4 + 5 * u(s, 'ro'), 1)::DECIMAL(4, 1) AS rostered,
        CASE WHEN u(s, 'ns') < CASE employment_type WHEN 'agency' THEN 0.09 WHEN 'casual' THEN 0.055 ELSE 0.015 END THEN 'no-show' WHEN u(s, 'ns') > 0.97 THEN 'sick' ELSE 'worked' END AS st
    FROM put JOIN staff USING (staff_id)
), houred AS (
    SELECT *, CASE WHEN st = 'worked' THEN round(rostered + u(s, 'ov') * 1.6 - 0.5, 1)::DECIMAL(4, 1) END AS hours FROM worked
)
SELECT row_number() OVER (ORDER BY event_id, n)::INTEGER, event_id, staff_id, event_date, st, rostered, hours, round(hours * hourly_rate, 2)
FROM houred;

CREATE TABLE invoices (
    invoice_id INTEGER PRIMARY KEY, contract_id INTEGER NOT NULL REFERENCES contracts (contract_id), invoice_kind VARCHAR, issued_on DATE, due_on DATE, paid_on DATE, net_amount DECIMAL(12, 2),
    vat_amount DECIMAL(12, 2), status VARCHAR, payment_method VARCHAR
);
INSERT INTO invoices
WITH drafted AS (
    SELECT contract_id * 10 + n AS v, contract_id, payment_terms_days AS terms, sector, account_tier, contracts.status AS cs,
        ['deposit', 'balance', 'extras'][n] AS kind, booked_on + [2, 35, 75][n] + (u(contract_id * 10 + n, 'is') * 12)::INTEGER AS issued,
        round(contract_value * [0.3, 0.7, 0.12][n], 2) AS net
    FROM contracts JOIN clients USING (client_id), range(1, 4) t(n)
    WHERE contracts.status <> 'provisional' AND (n = 1 OR contracts.status = 'confirmed') AND (n < 3 OR u(contract_id, 'ext') < 0.35)
), settled AS (
    SELECT *, issued + terms AS due, issued + (terms * (0.25 + 1.15 * u(v, 'pay')) * CASE WHEN sector = 'Public sector' THEN 1.25 WHEN account_tier = 'key account' THEN 0.7 ELSE 1 END)::INTEGER + 1 AS pays
    FROM drafted WHERE issued <= DATE '2026-11-18'
)
SELECT row_number() OVER (ORDER BY issued, v)::INTEGER, contract_id, kind, issued, due,
    CASE WHEN u(v, 'void') >= 0.02 AND u(v, 'bad') >= 0.015 AND pays <= DATE '2026-11-18' THEN pays END, net, round(net * 0.2, 2),
    CASE WHEN u(v, 'void') < 0.02 THEN 'void' WHEN u(v, 'bad') >= 0.015 AND pays <= DATE '2026-11-18' THEN 'paid' ELSE 'open' END,
    CASE WHEN u(v, 'void') >= 0.02 AND u(v, 'bad') >= 0.015 AND pays <= DATE '2026-11-18' THEN CASE WHEN u(v, 'me') < 0.7 THEN 'bank transfer' WHEN u(v, 'me') < 0.92 THEN 'card' ELSE 'direct debit' END END
FROM settled;

CREATE TABLE survey_responses (
    response_id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL REFERENCES events (event_id), submitted_on DATE, attendee_email VARCHAR, recommend_score INTEGER,
    food_rating INTEGER, service_rating INTEGER, room_rating INTEGER, would_return BOOLEAN, remark VARCHAR
);
INSERT INTO survey_responses
WITH sent AS (
    SELECT event_id, event_date, room_id // 100 AS v, n, event_id * 20 + n AS r, event_date + 1 + (u(event_id * 20 + n, 'sd') * 9)::INTEGER AS submitted
    FROM events, range(1, 6) t(n) WHERE status = 'held' AND n <= (u(event_id, 'sv') * 4.6)::INTEGER
), scored AS (
    SELECT *, pow(u(r, 'nps'), [0.42, 0.55, 0.36, 0.4, 0.62, 0.45][v] * CASE WHEN event_date BETWEEN '2026-03-01' AND '2026-05-31' THEN 1.35 ELSE 1 END) AS mood FROM sent
)
SELECT row_number() OVER (ORDER BY submitted, r)::INTEGER, event_id, submitted, 'guest' || r || '@mail.example', floor(mood * 10.99)::INTEGER,
    CASE WHEN u(r, 'fk') < 0.93 THEN greatest(1, least(5, ceil(mood * 5 + u(r, 'fd') - 0.6)))::INTEGER END,
    greatest(1, least(5, ceil(mood * 5 + u(r, 'se') * 1.4 - 0.7)))::INTEGER, greatest(1, least(5, ceil(mood * 4 + u(r, 'rm') * 1.5)))::INTEGER,
    CASE WHEN u(r, 'wk') < 0.95 THEN mood + u(r, 'wr') * 0.4 > 0.75 END,
    CASE WHEN u(r, 'co') < 0.3 THEN ['Lovely space', 'Too cold in the room', 'Great team', 'Food ran out', 'Easy to find', 'Poor wifi'][1 + (u(r, 'ct') * 6)::INTEGER % 6] END
FROM scored WHERE submitted <= DATE '2026-11-18';

DROP MACRO u;
