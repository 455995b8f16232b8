-- Lanternway Tours: a small-group tour operator. Deterministic; the last day in the data is 2026-06-17.
CREATE OR REPLACE TEMP MACRO u(k, s) AS (hash(k::BIGINT * 1009 + s::BIGINT) % 100000) / 100000.0;

CREATE TABLE tours (
    tour_code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, destination VARCHAR NOT NULL, region VARCHAR NOT NULL,
    style VARCHAR NOT NULL, duration_days INTEGER NOT NULL, grade INTEGER, list_price DECIMAL(10,2) NOT NULL,
    launched_on DATE, on_sale BOOLEAN NOT NULL
);
INSERT INTO tours
WITH d AS (
    SELECT i, [
        'Italy','Portugal','Greece','Spain','Norway','Iceland','Scotland','Japan','Vietnam','Nepal','Morocco','Namibia',
        'Tanzania','Peru','Costa Rica'][i + 1] AS destination
    FROM range(15) t(i)
), t AS (
    SELECT i, destination, j, i * 4 + j AS n,
           CASE WHEN i < 4 THEN 'Southern Europe' WHEN i < 7 THEN 'Northern Europe' WHEN i < 10 THEN 'Asia'
                WHEN i < 13 THEN 'Africa' ELSE 'Latin America' END AS region,
           ['walking','cycling','culture','family','wildlife','rail'][(i + j * (CASE WHEN i % 2 = 0 THEN 1 ELSE 5 END)) % 6 + 1] AS style
    FROM d CROSS JOIN range(4) s(j)
), w AS (
    SELECT *, (CASE WHEN region LIKE '%Europe' THEN 6 ELSE 11 END + floor(u(n, 1) * 5))::INTEGER AS days FROM t
)
SELECT upper(left(replace(destination, ' ', ''), 3)) || '-' || upper(left(style, 2)) || (n % 4 + 1)::VARCHAR,
       CASE style WHEN 'walking' THEN destination || ' on Foot' WHEN 'cycling' THEN destination || ' by Bike'
            WHEN 'culture' THEN 'Treasures of ' || destination WHEN 'family' THEN destination || ' Family Adventure'
            WHEN 'wildlife' THEN 'Wild ' || destination ELSE destination || ' by Rail' END,
       destination, region, style, days,
       CASE WHEN style IN ('culture', 'rail') THEN NULL ELSE 1 + floor(u(n, 2) * 5)::INTEGER END,
       (days * (CASE WHEN region LIKE '%Europe' THEN 165 ELSE 230 END) * (0.85 + u(n, 3) * 0.4) // 10 * 10 - 5)::DECIMAL(10,2),
       CASE WHEN u(n, 4) < 0.1 THEN NULL ELSE DATE '2016-01-01' + (u(n, 5) * 2900)::INTEGER END,
       u(n, 6) < 0.92
FROM w;

CREATE TABLE guides (
    guide_id INTEGER PRIMARY KEY, guide_code VARCHAR NOT NULL, full_name VARCHAR NOT NULL, phone VARCHAR,
    contract VARCHAR NOT NULL, main_language VARCHAR NOT NULL, home_base VARCHAR NOT NULL, day_rate DECIMAL(8,2) NOT NULL,
    joined_on DATE NOT NULL
);
INSERT INTO guides
SELECT g, 'G-' || lpad(g::VARCHAR, 3, '0'),
       ['Anna','Bruno','Chiara','Dawa','Elif','Finn','Greta','Hugo','Ines','Jonas','Keiko','Luca'][(hash(g + 11) % 12)::INTEGER + 1] || ' ' ||
       ['Moser','Silva','Berg','Tamang','Okoro','Lind','Rossi','Huber','Quispe','Sato','Papadakis','Murray'][(hash(g + 77) % 12)::INTEGER + 1],
       '+43 660 ' || (1000000 + hash(g) % 8999999)::VARCHAR,
       CASE WHEN u(g, 7) < 0.35 THEN 'staff' ELSE 'freelance' END,
       ['German','German','English','Dutch','Danish'][(hash(g + 31) % 5)::INTEGER + 1],
       ['Innsbruck','Lisbon','Bergen','Kyoto','Kathmandu','Arusha','Cusco'][(hash(g + 51) % 7)::INTEGER + 1],
       (120 + floor(u(g, 8) * 14) * 10)::DECIMAL(8,2), DATE '2012-04-01' + (u(g, 9) * 4900)::INTEGER
FROM range(1, 91) t(g);

CREATE TABLE departures (
    departure_id INTEGER PRIMARY KEY, tour_code VARCHAR NOT NULL REFERENCES tours, departs_on DATE NOT NULL, returns_on DATE NOT NULL,
    capacity INTEGER NOT NULL, status VARCHAR NOT NULL, guide_id INTEGER REFERENCES guides, cancel_reason VARCHAR
);
INSERT INTO departures
WITH c AS (
    SELECT t.*, k, hash(t.tour_code || k::VARCHAR) % 10000000 AS h FROM tours t CROSS JOIN range(40) r(k)
), dated AS (
    SELECT *, DATE '2024-03-01' + (u(h, 1) * 1024)::INTEGER AS raw FROM c
), snapped AS (
    SELECT *, CASE WHEN u(h, 2) < 0.7 THEN raw + ((6 - dayofweek(raw)) % 7)::INTEGER ELSE raw END AS departs_on FROM dated
), kept AS (
    SELECT * FROM snapped
    WHERE u(h, 3) < CASE
        WHEN region LIKE '%Europe' THEN [0.08,0.10,0.3,0.6,0.85,0.9,0.8,0.75,0.95,0.6,0.15,0.12][month(departs_on)]
        WHEN region = 'Africa' THEN [0.6,0.6,0.5,0.3,0.25,0.5,0.8,0.9,0.7,0.6,0.5,0.6][month(departs_on)]
        ELSE [0.7,0.7,0.75,0.6,0.4,0.3,0.35,0.4,0.55,0.85,0.8,0.6][month(departs_on)] END
    QUALIFY row_number() OVER (PARTITION BY tour_code, departs_on ORDER BY k) = 1
), n AS (
    SELECT *, row_number() OVER (ORDER BY departs_on, tour_code)::INTEGER AS id,
           u(h, 4) < CASE style WHEN 'wildlife' THEN 0.11 WHEN 'family' THEN 0.08 WHEN 'cycling' THEN 0.07 ELSE 0.04 END
                     AND departs_on < DATE '2026-08-15' AS off
    FROM kept
)
SELECT id, tour_code, departs_on, departs_on + duration_days - 1,
       CASE style WHEN 'rail' THEN 22 WHEN 'culture' THEN 18 WHEN 'family' THEN 16 WHEN 'walking' THEN 14 ELSE 12 END,
       CASE WHEN off THEN 'cancelled' WHEN departs_on <= DATE '2026-06-17' THEN 'operated'
            WHEN u(h, 5) < 0.45 OR departs_on < DATE '2026-07-10' THEN 'guaranteed' ELSE 'open' END,
       CASE WHEN off OR (departs_on > DATE '2026-08-01' AND u(h, 6) < 0.5) THEN NULL ELSE 1 + floor(pow(u(h, 7), 1.3) * 90)::INTEGER END,
       CASE WHEN NOT off THEN NULL WHEN u(h, 8) < 0.55 THEN 'too_few_guests' WHEN u(h, 8) < 0.75 THEN 'weather'
            WHEN u(h, 8) < 0.9 THEN 'supplier_failure' ELSE 'security' END
FROM n;

CREATE TABLE travellers (
    traveller_id INTEGER PRIMARY KEY, first_name VARCHAR, last_name VARCHAR, email VARCHAR, phone VARCHAR, birth_date DATE,
    home_country VARCHAR NOT NULL, club_tier VARCHAR, newsletter BOOLEAN NOT NULL, registered_on DATE NOT NULL
);
CREATE TABLE bookings (
    booking_id INTEGER PRIMARY KEY, departure_id INTEGER NOT NULL REFERENCES departures, lead_traveller_id INTEGER NOT NULL,
    booked_at TIMESTAMP NOT NULL, channel VARCHAR NOT NULL, status VARCHAR NOT NULL, pax INTEGER NOT NULL, single_rooms INTEGER NOT NULL,
    base_price DECIMAL(10,2) NOT NULL, extras DECIMAL(10,2) NOT NULL, discount DECIMAL(10,2) NOT NULL, commission DECIMAL(10,2) NOT NULL,
    insured BOOLEAN NOT NULL, cancelled_on DATE, cancel_reason VARCHAR
);
INSERT INTO bookings
WITH c AS (
    SELECT d.*, t.style, t.region, t.destination, t.list_price, k, d.departure_id * 16 + k AS h,
           floor(5200 * pow(u(d.departure_id * 16 + k, 1), 1.5))::INTEGER + 1 AS traveller
    FROM departures d JOIN tours t USING (tour_code) CROSS JOIN range(16) r(k)
), b AS (
    SELECT *,
           CASE WHEN style = 'family' THEN 3 + floor(u(h, 2) * 3)::INTEGER WHEN u(h, 2) < 0.28 THEN 1 WHEN u(h, 2) < 0.86 THEN 2 ELSE 3 + floor(u(h, 3) * 2)::INTEGER END AS pax,
           (departs_on - (3 + floor(pow(u(h, 4), 1.4) * CASE WHEN region LIKE '%Europe' THEN 170 ELSE 260 END))::INTEGER) AS day,
           CASE WHEN u(h, 5) < CASE WHEN departs_on < DATE '2025-04-01' THEN 0.38 ELSE 0.5 END THEN 'website' WHEN u(h, 5) < 0.68 THEN 'phone' WHEN u(h, 5) < 0.94 THEN 'agency' ELSE 'travel_fair' END AS channel
    FROM c
), s AS (
    SELECT *, day + to_seconds(((7 + floor(u(h, 6) * 15)) * 3600 + floor(u(h, 7) * 3600))::BIGINT) AS booked_at,
           CASE WHEN day > DATE '2026-06-03' AND u(h, 8) < 0.3 THEN 'option'
                WHEN u(h, 8) < 0.05 THEN 'lapsed'
                WHEN status = 'cancelled' THEN 'cancelled'
                WHEN u(h, 9) < CASE channel WHEN 'agency' THEN 0.17 WHEN 'website' THEN 0.11 WHEN 'phone' THEN 0.07 ELSE 0.21 END
                               * CASE WHEN month(day) IN (1, 2) THEN 1.4 ELSE 0.95 END THEN 'cancelled'
                WHEN departs_on <= DATE '2026-06-17' THEN 'travelled' ELSE 'confirmed' END AS bstatus
    FROM b WHERE day <= DATE '2026-06-17'
), f AS (
    SELECT *, sum(CASE WHEN bstatus IN ('confirmed', 'travelled') THEN pax ELSE 0 END) OVER (PARTITION BY departure_id ORDER BY k) AS taken,
           sum(pax) OVER (PARTITION BY departure_id ORDER BY k) AS asked,
           capacity * least(1.0, CASE style WHEN 'walking' THEN 0.72 WHEN 'cycling' THEN 0.6 WHEN 'culture' THEN 0.62 WHEN 'family' THEN 0.66 WHEN 'wildlife' THEN 0.78 ELSE 0.55 END
               * CASE region WHEN 'Asia' THEN 1.1 WHEN 'Africa' THEN 0.9 WHEN 'Northern Europe' THEN 1.15 ELSE 1.0 END
               * CASE WHEN month(departs_on) IN (7, 8, 9) THEN 1.12 WHEN month(departs_on) IN (11, 12, 1) THEN 0.85 ELSE 1.0 END
               * (0.75 + 0.5 * u(departure_id, 99))) AS aim
    FROM s
), g AS (
    SELECT *, (list_price * pax * (0.97 + 0.06 * u(h, 10)))::DECIMAL(10,2) AS base,
           (CASE WHEN pax = 1 THEN 1 WHEN pax = 3 AND style <> 'family' THEN 1 ELSE 0 END) AS singles
    FROM f WHERE taken <= aim AND (status <> 'cancelled' OR asked <= 7)
), p AS (
    SELECT *, (CASE WHEN u(h, 11) < 0.55 THEN floor(u(h, 12) * 22) * 15 * pax ELSE 0 END + singles * 240)::DECIMAL(10,2) AS ext,
           (base * CASE WHEN channel = 'travel_fair' THEN 0.1 WHEN day - departs_on > -25 AND u(h, 13) < 0.6 THEN 0.15
                        WHEN u(h, 13) < 0.12 THEN 0.05 ELSE 0 END)::DECIMAL(10,2) AS disc
    FROM g
)
SELECT row_number() OVER (ORDER BY booked_at, h)::INTEGER + 100000, departure_id, traveller, booked_at, channel, bstatus, pax, singles, base, ext, disc,
       (CASE WHEN channel = 'agency' THEN (base + ext - disc) * (CASE WHEN region LIKE '%Europe' THEN 0.10 ELSE 0.13 END) ELSE 0 END)::DECIMAL(10,2),
       u(h, 14) < CASE channel WHEN 'phone' THEN 0.55 WHEN 'agency' THEN 0.42 ELSE 0.27 END,
       CASE WHEN bstatus = 'cancelled' THEN least(DATE '2026-06-17', day + 1 + floor(u(h, 15) * (departs_on - day - 1))::INTEGER) END,
       CASE WHEN bstatus <> 'cancelled' THEN NULL WHEN status = 'cancelled' THEN 'departure_cancelled' WHEN u(h, 16) < 0.15 THEN NULL
            WHEN u(h, 16) < 0.5 THEN 'illness' WHEN u(h, 16) < 0.75 THEN 'change_of_plans' WHEN u(h, 16) < 0.9 THEN 'price' ELSE 'other' END
FROM p;

INSERT INTO travellers
WITH f AS (SELECT lead_traveller_id AS id, min(booked_at)::DATE AS first, count(*) AS n FROM bookings GROUP BY 1)
SELECT t, ['Lena','Max','Sofie','Jan','Emma','Peter','Maria','Tim','Julia','Oskar','Nina','Paul'][(hash(t + 3) % 12)::INTEGER + 1],
       ['Gruber','Meyer','Jansen','Keller','Smith','Nielsen','Wagner','Visser','Baumann','Taylor'][(hash(t + 5) % 10)::INTEGER + 1],
       CASE WHEN u(t, 1) < 0.05 THEN NULL ELSE 'guest' || t || '@mail.example' END, '+49 170 ' || (1000000 + hash(t + 7) % 8999999)::VARCHAR,
       CASE WHEN u(t, 2) < 0.12 THEN NULL ELSE DATE '1948-01-01' + (u(t, 3) * 20000)::INTEGER END,
       CASE WHEN u(t, 4) < 0.41 THEN 'Germany' WHEN u(t, 4) < 0.58 THEN 'Austria' WHEN u(t, 4) < 0.71 THEN 'Switzerland' WHEN u(t, 4) < 0.83 THEN 'Netherlands'
            WHEN u(t, 4) < 0.94 THEN 'United Kingdom' ELSE 'Denmark' END,
       CASE WHEN coalesce(n, 0) >= 5 THEN 'gold' WHEN coalesce(n, 0) >= 3 THEN 'silver' WHEN u(t, 5) < 0.3 THEN 'basic' END,
       u(t, 6) < 0.44, coalesce(first - (u(t, 7) * 25)::INTEGER, DATE '2024-01-01' + (u(t, 8) * 898)::INTEGER)
FROM range(1, 5201) r(t) LEFT JOIN f ON f.id = t;

CREATE TABLE payments (
    payment_id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL REFERENCES bookings, paid_on DATE NOT NULL, kind VARCHAR NOT NULL,
    method VARCHAR NOT NULL, status VARCHAR NOT NULL, amount DECIMAL(10,2) NOT NULL
);
INSERT INTO payments
WITH b AS (
    SELECT b.*, booked_at::DATE AS day, departs_on, base_price + extras - discount AS value FROM bookings b JOIN departures USING (departure_id)
    WHERE b.status IN ('confirmed', 'travelled', 'cancelled')
), x AS (
    SELECT booking_id, day + (u(booking_id, 1) * 4)::INTEGER AS paid_on, 'deposit' AS kind, value * 0.2 AS amount, 1 AS s FROM b
    UNION ALL
    SELECT booking_id, greatest(day + 2, departs_on - 60 + (u(booking_id, 2) * 16)::INTEGER - 10), 'balance', value * 0.8, 2 FROM b WHERE status <> 'cancelled'
    UNION ALL
    SELECT booking_id, cancelled_on + 4 + (u(booking_id, 3) * 12)::INTEGER, 'refund', value * (CASE WHEN cancel_reason = 'departure_cancelled' THEN 0.2 ELSE 0.12 END), 3 FROM b
    WHERE status = 'cancelled' AND (cancel_reason = 'departure_cancelled' OR u(booking_id, 4) < 0.6)
), m AS (
    SELECT *, CASE WHEN u(booking_id, 10) < 0.52 THEN 'card' WHEN u(booking_id, 10) < 0.85 THEN 'bank_transfer' WHEN u(booking_id, 10) < 0.95 THEN 'paypal' ELSE 'voucher' END AS method
    FROM x WHERE paid_on <= DATE '2026-06-17'
), a AS (
    SELECT *, 'settled' AS status FROM m
    UNION ALL
    SELECT booking_id, paid_on, kind, amount, s, method, 'failed' FROM m
    WHERE kind <> 'refund' AND u(booking_id, 20 + s) < CASE method WHEN 'card' THEN 0.07 WHEN 'paypal' THEN 0.04 WHEN 'voucher' THEN 0.12 ELSE 0.01 END
)
SELECT row_number() OVER (ORDER BY paid_on, booking_id, s, status)::INTEGER, booking_id, paid_on, kind, method, status, amount::DECIMAL(10,2) FROM a;

CREATE TABLE suppliers (
    supplier_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, country VARCHAR NOT NULL, stars INTEGER,
    contact_name VARCHAR, contact_email VARCHAR, contract_since DATE
);
INSERT INTO suppliers
WITH d AS (SELECT DISTINCT destination, dense_rank() OVER (ORDER BY destination) AS i FROM tours)
SELECT ((i - 1) * 15 + j + 1)::INTEGER,
       ['Hotel Aurora','Casa Verde','The Old Mill','Lakeside Inn','Hotel Miramar','Stone House','Hotel Central','Blue Door Lodge','Ridge Lodge','Garden Court','Sunrise Coaches','Crown Transfers','Local Flavours','Summit Outfitters','Heritage Walks'][j + 1] || ' ' || destination,
       CASE WHEN j < 7 THEN 'hotel' WHEN j < 10 THEN 'lodge' WHEN j < 12 THEN 'transport' ELSE 'activity' END, destination,
       CASE WHEN j < 10 AND u(i * 15 + j, 1) < 0.9 THEN 2 + floor(u(i * 15 + j, 2) * 4)::INTEGER END,
       ['M. Costa','S. Berg','T. Ito','A. Nkosi','L. Flores'][(hash(i * 15 + j) % 5)::INTEGER + 1], 'sales' || (i * 15 + j) || '@supplier.example',
       DATE '2014-01-01' + (u(i * 15 + j, 3) * 4300)::INTEGER
FROM d CROSS JOIN range(15) r(j);

CREATE TABLE supplier_services (
    service_id INTEGER PRIMARY KEY, departure_id INTEGER NOT NULL REFERENCES departures, supplier_id INTEGER NOT NULL REFERENCES suppliers,
    service_date DATE NOT NULL, status VARCHAR NOT NULL, room_nights INTEGER, cost DECIMAL(10,2) NOT NULL
);
INSERT INTO supplier_services
WITH d AS (
    SELECT d.*, t.destination, t.duration_days, t.region, coalesce(sum(b.pax) FILTER (b.status IN ('confirmed', 'travelled')), 0)::INTEGER AS pax
    FROM departures d JOIN tours t USING (tour_code) LEFT JOIN bookings b USING (departure_id) GROUP BY ALL
), stays AS (
    SELECT *, s, departure_id * 8 + s AS h, s < 3 AS stay FROM d CROSS JOIN range(5) r(s) WHERE pax > 0 OR status = 'cancelled'
), p AS (
    SELECT *, CASE WHEN stay THEN floor(pow(u(h, 1), 1.4) * 10)::INTEGER WHEN s = 3 THEN 10 + (u(h, 1) * 1.99 - 0.5)::INTEGER ELSE 12 + floor(u(h, 1) * 3)::INTEGER END AS j,
           CASE WHEN stay THEN ceil(greatest(pax, 6) / 1.8)::INTEGER * ((duration_days - 1 + s) // 3) END AS nights
    FROM stays
)
SELECT row_number() OVER (ORDER BY p.departure_id, s)::INTEGER, p.departure_id, x.supplier_id,
       departs_on + (CASE WHEN stay THEN s * ((duration_days - 1) // 3) ELSE floor(u(h, 2) * (duration_days - 1)) END)::INTEGER,
       CASE WHEN p.status = 'cancelled' THEN 'released' WHEN departs_on > DATE '2026-07-20' AND u(h, 3) < 0.4 THEN 'requested' WHEN u(h, 3) > 0.97 THEN 'released' ELSE 'confirmed' END,
       nights,
       (CASE WHEN stay THEN nights * (34 + 13 * coalesce(stars, 3)) * CASE WHEN region LIKE '%Europe' THEN 1.25 ELSE 1.0 END
             WHEN s = 3 THEN 90 * duration_days + 20 * pax ELSE 48 * greatest(pax, 6) END * (0.9 + 0.2 * u(h, 4)))::DECIMAL(10,2)
FROM p JOIN suppliers x ON x.country = p.destination AND (x.supplier_id - 1) % 15 = j;

CREATE TABLE complaints (
    complaint_id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL REFERENCES bookings, opened_on DATE NOT NULL, topic VARCHAR NOT NULL,
    severity VARCHAR NOT NULL, resolved_on DATE, compensation DECIMAL(10,2), note VARCHAR
);
INSERT INTO complaints
WITH b AS (
    SELECT b.booking_id AS id, d.returns_on, d.departs_on, t.style, t.region, b.base_price, CASE WHEN month(d.departs_on) IN (7, 8) THEN 1.6 ELSE 1.0 END AS peak
    FROM bookings b JOIN departures d USING (departure_id) JOIN tours t USING (tour_code) WHERE b.status = 'travelled'
), c AS (
    SELECT *, departs_on + floor(u(id, 41) * 35)::INTEGER AS opened_on,
           CASE WHEN u(id, 42) < 0.34 THEN 'accommodation' WHEN u(id, 42) < 0.55 THEN 'transport' WHEN u(id, 42) < 0.72 THEN 'itinerary_change' WHEN u(id, 42) < 0.84 THEN 'guide' WHEN u(id, 42) < 0.93 THEN 'billing' ELSE 'food' END AS topic,
           CASE WHEN u(id, 43) < 0.5 THEN 'minor' WHEN u(id, 43) < 0.87 THEN 'moderate' ELSE 'serious' END AS severity
    FROM b WHERE u(id, 40) < peak * CASE region WHEN 'Africa' THEN 0.17 WHEN 'Asia' THEN 0.12 WHEN 'Latin America' THEN 0.14 WHEN 'Northern Europe' THEN 0.06 ELSE 0.1 END
), r AS (
    SELECT *, opened_on + (2 + floor(pow(u(id, 44), 1.5) * CASE severity WHEN 'serious' THEN 48 WHEN 'moderate' THEN 28 ELSE 14 END)::INTEGER)
              + CASE topic WHEN 'billing' THEN 6 WHEN 'transport' THEN 3 ELSE 0 END AS done
    FROM c WHERE opened_on <= DATE '2026-06-17'
)
SELECT row_number() OVER (ORDER BY opened_on, id)::INTEGER, id, opened_on, topic, severity,
       CASE WHEN done <= DATE '2026-06-17' AND u(id, 45) < 0.97 THEN done END,
       CASE WHEN done <= DATE '2026-06-17' AND u(id, 45) < 0.97 AND u(id, 46) < CASE severity WHEN 'serious' THEN 0.85 WHEN 'moderate' THEN 0.45 ELSE 0.15 END
            THEN (base_price * CASE severity WHEN 'serious' THEN 0.2 WHEN 'moderate' THEN 0.08 ELSE 0.03 END)::DECIMAL(10,2) END,
       ['Room was not as described.','Coach was two hours late.','We missed the boat trip.','Please call me back.','The invoice is wrong.'][(hash(id) % 5)::INTEGER + 1]
FROM r;

CREATE TABLE trip_feedback (
    feedback_id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL REFERENCES bookings, answered_on DATE NOT NULL, trip_score INTEGER NOT NULL,
    guide_score INTEGER, recommend INTEGER NOT NULL, comment VARCHAR
);
INSERT INTO trip_feedback
WITH b AS (
    SELECT b.booking_id AS id, d.returns_on + 3 + (u(b.booking_id, 51) * 18)::INTEGER AS answered_on, d.guide_id, t.region, t.style, EXISTS (SELECT 1 FROM complaints c WHERE c.booking_id = b.booking_id) AS sore
    FROM bookings b JOIN departures d USING (departure_id) JOIN tours t USING (tour_code)
    WHERE b.status = 'travelled' AND u(b.booking_id, 50) < 0.42
), s AS (
    SELECT *, u(id, 52) * 4.2 + CASE region WHEN 'Northern Europe' THEN 6.6 WHEN 'Southern Europe' THEN 6.0 WHEN 'Asia' THEN 6.3 WHEN 'Latin America' THEN 5.8 ELSE 5.4 END
              + CASE style WHEN 'wildlife' THEN 0.6 WHEN 'rail' THEN -0.5 ELSE 0 END - CASE WHEN sore THEN 2.6 ELSE 0 END AS q
    FROM b WHERE answered_on <= DATE '2026-06-17'
)
SELECT row_number() OVER (ORDER BY answered_on, id)::INTEGER, id, answered_on, least(10, greatest(1, round(q)))::INTEGER,
       CASE WHEN u(id, 53) < 0.06 THEN NULL ELSE least(5, greatest(1, round(3.1 + u(guide_id, 54) * 1.3 + (u(id, 55) - 0.4) * 1.8)))::INTEGER END,
       least(10, greatest(0, round(q + 0.5 + (u(id, 56) - 0.5) * 3)))::INTEGER,
       CASE WHEN u(id, 57) < 0.3 THEN 'Thanks to the whole team!' END
FROM s;
