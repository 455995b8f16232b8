"""Who is there: places, users and their addresses, and the vendors and partners among them."""

import datetime

import duckdb

from catalog.samples.amalimart import shape, vocabulary
from catalog.samples.amalimart.moments import DAY_S, moment, weighted
from catalog.samples.amalimart.plan import Counts, DayPlan
from catalog.samples.mixing import pick_number, pick_text
from catalog.samples.plan import Plan

_LAUNCH_S = (shape.OPENING_HOURS - 1) * 3600  # who is there from the start registers before the first order


def create_day_plan(connection: duckdb.DuckDBPyConnection, days: tuple[DayPlan, ...]) -> None:
    """Temporary table `day_plan`: a row a day with the numbers of its orders and registrations."""
    columns = ("day_index", "month_index", "orders_from", "orders_to", "signups_from", "signups_to")
    listed = ", ".join(f"unnest(?::BIGINT[]) AS {name}" for name in columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE day_plan AS SELECT {listed}",
        [[getattr(day, name) for day in days] for name in columns],
    )


def create_customers(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts) -> None:
    """Temporary table `customer`: number from 0 on in the order of registration, user, second, kind and way to pay."""
    draws = plan.draws
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE customer AS
        WITH numbered AS (
            SELECT unnest(range(signups_from, signups_to)) AS number, day_index FROM day_plan
        ), timed AS (
            SELECT number, day_index * {DAY_S} + CASE WHEN day_index = 0
                       THEN {draws.below("launch second", "number", _LAUNCH_S)}
                       ELSE {draws.below("signup second", "number", DAY_S)} END AS second
            FROM numbered
        )
        SELECT row_number() OVER (ORDER BY second, number) - 1 AS number,
               (row_number() OVER (ORDER BY second, number) + {counts.staff})::INTEGER AS user_id, second,
               {draws.below("type", "number", 1000)} < {shape.B2B_PERMILLE} AS is_business,
               {draws.sql("way to pay", "number")} AS leaning
        FROM timed
    """)


def write_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `regions`, `cities` and `categories`, there since the first day."""
    start = f"TIMESTAMP '{shape.FIRST_DAY}'"
    for table, names in (("regions", vocabulary.REGIONS), ("categories", vocabulary.CATEGORIES)):
        connection.execute(
            f"INSERT INTO {table} SELECT number + 1, {pick_text(names, 'number')}, {start}, {start}"
            f" FROM range({len(names)}) AS names(number)"
        )
    city, state, region, _ = zip(*vocabulary.CITIES, strict=True)
    connection.execute(f"""
        INSERT INTO cities SELECT number + 1, {pick_text(city, "number")}, {pick_text(state, "number")},
               {pick_number(region, "number")} + 1, {start}, {start}
        FROM range({len(city)}) AS cities(number)
    """)


def write_users(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts) -> None:
    """Fill `users`: staff with the first numbers, then customers in the order of their registration."""
    draws = plan.draws
    roles = ("VENDOR", "DELIVERY_PARTNER", "SUPPORT_AGENT", "ANALYST", "ADMIN", "CUSTOMER")
    starts = [counts.vendors, counts.partners, counts.support_agents, counts.analysts, counts.admins]
    role = " + ".join(f"(number >= {sum(starts[: place + 1])})::INTEGER" for place in range(len(starts)))
    first = pick_text(vocabulary.FIRST_NAMES, draws.below("first name", "user_id", len(vocabulary.FIRST_NAMES)))
    last = pick_text(vocabulary.LAST_NAMES, draws.below("last name", "user_id", len(vocabulary.LAST_NAMES)))
    ages_days = (shape.OLDEST_AGE - shape.YOUNGEST_AGE) * 365
    age_draw = draws.sql("age", "user_id")
    youngest = datetime.date(shape.AS_OF.year - shape.YOUNGEST_AGE, shape.AS_OF.month, shape.AS_OF.day)
    gender = weighted(draws, "gender", "user_id", shape.GENDER_WEIGHTS)
    connection.execute(f"""
        INSERT INTO users
        WITH numbered AS (
            SELECT number, number + 1 AS user_id, {role} AS role FROM range({counts.staff}) AS staff(number)
        ), everyone AS (
            SELECT user_id, role, NULL AS user_type, coalesce(vendor_plan.second, 0) AS second
            FROM numbered LEFT JOIN vendor_plan ON vendor_id = user_id AND role = 0
            UNION ALL
            SELECT user_id, {len(starts)}, CASE WHEN is_business THEN 'B2B' ELSE 'B2C' END, second FROM customer
        ), named AS (
            SELECT *, {first} AS first_name, {last} AS last_name,
                   -- young people are many: half of the ages lie evenly, half nearer to the youngest
                   CASE WHEN {draws.below("age kind", "user_id", 2)} = 0 THEN ({age_draw} * {ages_days}) >> 30
                        ELSE (((({age_draw} * {age_draw}) >> 30) * {ages_days}) >> 30) END AS days_older
            FROM everyone
        )
        SELECT user_id, first_name || ' ' || last_name,
               lower(first_name) || '.' || lower(last_name) || user_id || '@example.com',
               '+23480' || (10000000 + {draws.below("phone", "user_id", 90_000_000)}),
               {pick_text(("FEMALE", "MALE", "OTHER"), gender)},
               DATE '{youngest}' - days_older::INTEGER, {pick_text(roles, "role")}, user_type,
               {draws.below("verified", "user_id", 1000)} < {shape.VERIFIED_PERMILLE},
               {draws.below("enabled", "user_id", 1000)} < {shape.ENABLED_PERMILLE},
               user_id, {moment("second")}, {moment("second")}
        FROM named ORDER BY user_id
    """)


def write_addresses(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts) -> None:
    """Fill `addresses`: the default one has its user's number; some customers have a second (`second_address`)."""
    draws = plan.draws
    second = plan.scaled(shape.ADDRESSES) - counts.users
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE second_address AS
        SELECT ({counts.users} + 1 + number)::INTEGER AS address_id,
               ({counts.staff} + 1 + number * {counts.customers} // {second})::INTEGER AS user_id
        FROM range({second}) AS addresses(number)
    """)
    city = weighted(draws, "city", "address_id", tuple(weight for *_, weight in vocabulary.CITIES))
    street = pick_text(vocabulary.STREETS, draws.below("street", "address_id", len(vocabulary.STREETS)))
    connection.execute(f"""
        INSERT INTO addresses
        WITH everyone AS (
            SELECT user_id AS address_id, user_id FROM users UNION ALL SELECT address_id, user_id FROM second_address
        ), placed AS (
            SELECT *, {city} AS city FROM everyone
        )
        SELECT address_id, user_id, (1 + {draws.below("house", "address_id", 180)}) || ' ' || {street} || ' Road', city + 1,
               CASE WHEN city >= {vocabulary.FIRST_CITY_OF_GHANA} THEN 'Ghana' ELSE 'Nigeria' END, created_at, created_at
        FROM placed JOIN users USING (user_id) ORDER BY address_id
    """)


def create_vendors(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts) -> int:
    """Temporary tables `vendor_plan` (second, known place, decision) and `seller` (approved, from 0 on); how many sell.

    Vendors with low numbers are there from the launch, and approved; of the others some are refused, once or for good.
    """
    draws = plan.draws
    launched = max(shape.FEWEST_LAUNCH_VENDORS, counts.vendors * shape.LAUNCH_VENDORS_PERMILLE // 1000)
    retried = counts.vendors * (shape.APPLICATIONS_PERMILLE - 1000) // 1000
    sure = max(shape.KNOWN_VENDORS) + 2
    trying = counts.vendors * 9 // 10 - sure  # the latest have not had the time
    known = " ".join(f"WHEN {vendor} THEN {place}" for place, vendor in enumerate(shape.KNOWN_VENDORS))
    decided = weighted(draws, "application", "vendor_id", shape.APPLICATION_WEIGHTS)
    last_day = shape.DAY_COUNT - 1
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE vendor_plan AS
        WITH numbered AS (
            SELECT number + 1 AS vendor_id, CASE number + 1 {known} END AS known,
                   CASE WHEN number < {launched} THEN 0
                        ELSE 7 + (number - {launched}) * {last_day - 8} // {max(counts.vendors - launched - 1, 1)} END AS day,
                   -- who is refused first and tries again
                   number >= {sure} AND number < {sure + trying} AND (number - {sure} + 1) * {retried} // {trying}
                       > (number - {sure}) * {retried} // {trying} AS tries_again
            FROM range({counts.vendors}) AS vendors(number)
        ), timed AS (
            SELECT *, day * {DAY_S} + {draws.below("vendor second", "vendor_id", _LAUNCH_S // 2)} AS second,
                   CASE WHEN day = 0 THEN {_LAUNCH_S // 2} ELSE (2 + {draws.below("decided", "vendor_id", 8)}) * {DAY_S} END
                       AS waits
            FROM numbered
        ), decided AS (
            SELECT *, second + waits + CASE WHEN tries_again THEN {6 * DAY_S} + waits ELSE 0 END AS decided_second,
                   CASE WHEN vendor_id <= {sure} THEN 1 ELSE {decided} END AS drawn
            FROM timed
        )
        SELECT vendor_id, known, second, waits, tries_again, decided_second,
               CASE WHEN decided_second > {shape.LAST_SECOND} THEN 0
                    -- nobody waits for ever: who is not decided on registered lately
                    WHEN drawn = 0 AND day < {last_day - 60} THEN 2 ELSE drawn END AS decision
        FROM decided
    """)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE seller AS
        SELECT row_number() OVER (ORDER BY decided_second, vendor_id) - 1 AS seller, vendor_id, known,
               decided_second AS second, decided_second // {DAY_S} AS day,
               CASE WHEN known IS NULL THEN row_number() OVER (PARTITION BY known IS NULL
                    ORDER BY decided_second, vendor_id) - 1 END AS place
        FROM vendor_plan WHERE decision = 1
    """)
    row = connection.execute("SELECT count(*) FROM seller").fetchone()
    return int(row[0]) if row else 0


def write_vendors(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts) -> None:
    """Fill `vendors`, `vendor_applications`, `businesses`, `stores` and `delivery_partners`."""
    draws = plan.draws
    created = f"{moment('second')}, {moment('second')}"
    connection.execute(f"""
        INSERT INTO vendors SELECT vendor_id, vendor_id,
               {_unique_name(vocabulary.VENDOR_FIRST, vocabulary.VENDOR_SECOND, "(vendor_id - 1)")}, {created}
        FROM vendor_plan ORDER BY vendor_id
    """)
    decided = f"least(decided_second, {shape.LAST_SECOND})"
    connection.execute(f"""
        INSERT INTO vendor_applications
        WITH applied AS (
            SELECT vendor_id, second, decided_second, decision FROM vendor_plan WHERE NOT tries_again
            UNION ALL
            SELECT vendor_id, second, second + waits, 2 FROM vendor_plan
            WHERE tries_again AND second + waits <= {shape.LAST_SECOND}
            UNION ALL
            SELECT vendor_id, decided_second - waits, decided_second, decision FROM vendor_plan
            WHERE tries_again AND decided_second - waits <= {shape.LAST_SECOND}
        )
        SELECT row_number() OVER (ORDER BY second, vendor_id), vendor_id, {pick_text(vocabulary.DECISIONS, "decision")},
               CASE WHEN decision > 0 THEN {moment(decided)} END, {moment("second")},
               {moment(f"CASE WHEN decision > 0 THEN {decided} ELSE second END")}
        FROM applied ORDER BY second, vendor_id
    """)
    businesses = counts.vendors * shape.BUSINESSES_PERMILLE // 1000
    stores = counts.vendors * shape.STORES_PERMILLE // 1000
    connection.execute(f"""
        INSERT INTO businesses
        SELECT number + 1, 1 + number % {counts.vendors},
               vendor_name || CASE WHEN number < {counts.vendors} THEN ' Ltd' ELSE ' Export Ltd' END,
               vendors.created_at, vendors.created_at
        FROM range({businesses}) AS businesses(number) JOIN vendors ON vendor_id = 1 + number % {counts.vendors}
        ORDER BY number
    """)
    cities = tuple(city for city, *_ in vocabulary.CITIES)
    city = weighted(draws, "store city", "number", tuple(weight for *_, weight in vocabulary.CITIES))
    connection.execute(f"""
        INSERT INTO stores
        WITH placed AS (SELECT number, {city} AS city FROM range({stores}) AS stores(number))
        SELECT number + 1, business_id, vendor_name || ' ' || {pick_text(cities, "city")}, city + 1,
               businesses.created_at, businesses.created_at
        FROM placed JOIN businesses ON business_id = 1 + number % {businesses} JOIN vendors USING (vendor_id)
        ORDER BY number
    """)
    start = moment("3600")
    connection.execute(f"""
        INSERT INTO delivery_partners
        SELECT number + 1, {counts.vendors} + number + 1,
               {_unique_name(vocabulary.PARTNER_FIRST, vocabulary.PARTNER_SECOND, "number")}, {start}, {start}
        FROM range({counts.partners}) AS partners(number) ORDER BY number
    """)


def _unique_name(first: tuple[str, ...], second: tuple[str, ...], number: str) -> str:
    """SQL for two words that tell a number from all others; once all pairs are taken, a numeral follows."""
    pairs = len(first) * len(second)
    turn = f"({number} // {len(first)} + {number}) % {len(second)}"
    return (
        f"{pick_text(first, f'{number} % {len(first)}')} || ' ' || {pick_text(second, turn)}"
        f" || CASE WHEN {number} < {pairs} THEN '' ELSE ' ' || ({number} // {pairs} + 1) END"
    )
