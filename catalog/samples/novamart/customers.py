"""Who buys when: seats that shop near-regularly, the customers who take them, and all who only registered.

A seat is a place in the company's rhythm: it orders each time the count of orders of its class has gone once round,
so its pace follows growth and season by itself and is exact at every scale. Customers take a seat for a tenure and
leave it to the next one; who has left is what churn measures.
"""

import duckdb

from catalog.samples.mixing import DRAW_BITS, DRAW_RANGE, GOLDEN, ROOT_SEVEN, ROOT_THREE, ROOT_TWO, pick_number
from catalog.samples.novamart import effects, shape
from catalog.samples.novamart.events import PlantedEvent, SignupsEvent
from catalog.samples.novamart.plan import DayPlan, seat_classes, signup_counts
from catalog.samples.plan import PPM, Plan

_SEATS_SINCE_DAYS = 4_000  # tenures are counted from this many days before the data, so that all are well under way


def create_day_plan(
    connection: duckdb.DuckDBPyConnection, days: tuple[DayPlan, ...], boosts_ppm: tuple[int, ...]
) -> None:
    """Temporary table `day_plan`: a row a day with its planned orders and those an event may add."""
    extra_from = []
    running = days[-1].orders_to
    for day, boost_ppm in zip(days, boosts_ppm, strict=True):
        extra_from.append(running)
        running += -(-(day.orders_to - day.orders_from) * (boost_ppm - PPM) // PPM)
    extra_to = [*extra_from[1:], running]
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE day_plan AS
        SELECT unnest(?::INTEGER[]) AS day, unnest(?::INTEGER[]) AS month, unnest(?::BIGINT[]) AS orders_from,
               unnest(?::BIGINT[]) AS orders_to, unnest(?::BIGINT[]) AS extra_from, unnest(?::BIGINT[]) AS extra_to,
               unnest(?::BIGINT[]) AS boost_ppm
        """,
        [
            [day.day_index for day in days],
            [day.month_index for day in days],
            [day.orders_from for day in days],
            [day.orders_to for day in days],
            extra_from,
            extra_to,
            list(boosts_ppm),
        ],
    )


def create_seats(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Temporary tables `seat` and `tenancy`: who could buy, a row a seat and a row a customer's time in it."""
    classes = seat_classes(plan)
    class_of = " + ".join(f"(seat >= {one.first_seat})::INTEGER" for one in classes[1:])
    short = shape.SHORT_TENURE_PPM * DRAW_RANGE // PPM
    middle = short + shape.MIDDLE_TENURE_PPM * DRAW_RANGE // PPM
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE seat AS
        WITH numbered AS (
            SELECT seat, {class_of} AS class,
                   {plan.draws.spread("tenure", "seat", GOLDEN)} AS tenure_draw,
                   {plan.draws.spread("tenure start", "seat", ROOT_TWO)} AS start_draw
            FROM range({classes[-1].first_seat + classes[-1].seat_count}) AS seats(seat)
        ), tenured AS (
            SELECT *, tenure_draw < {short} AS is_short, CASE
                WHEN tenure_draw < {short} THEN {_between(shape.SHORT_TENURE_DAYS, "tenure_draw", 0, short)}
                WHEN tenure_draw < {middle} THEN {_between(shape.MIDDLE_TENURE_DAYS, "tenure_draw", short, middle)}
                ELSE {_between(shape.LONG_TENURE_DAYS, "tenure_draw", middle, DRAW_RANGE)} END AS tenure_days
            FROM numbered
        ), started AS (
            SELECT *, {_SEATS_SINCE_DAYS} + ((start_draw * tenure_days) >> {DRAW_BITS}) AS clock FROM tenured
        ), counted AS (
            SELECT *, clock // tenure_days AS first_tenure,
                   (clock + {shape.DAY_COUNT - 1}) // tenure_days - clock // tenure_days + 1 AS tenures
            FROM started
        )
        SELECT seat, class, is_short, tenure_days, clock, first_tenure, tenures,
               (sum(tenures) OVER (ORDER BY seat) - tenures)::BIGINT AS tenancy_from
        FROM counted
    """)
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE tenancy AS
        WITH tenures AS (SELECT *, unnest(range(tenures)) AS tenure FROM seat)
        SELECT tenancy_from + tenure AS tenancy, seat, class, is_short,
               (first_tenure + tenure) * tenure_days - clock AS start_day,
               (first_tenure + tenure + 1) * tenure_days - clock AS end_day
        FROM tenures
    """)


def _between(days: tuple[int, int], draw: str, low: int, high: int) -> str:
    return f"{days[0]} + ({draw} - {low}) * {days[1] - days[0]} // {high - low}"


def create_order_plan(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Temporary table `order_plan`: a row an order with its day and the tenancy that places it."""
    classes = seat_classes(plan)
    share = pick_number(tuple(one.order_share_ppm for one in classes), "class")
    first_seat = pick_number(tuple(one.first_seat for one in classes), "class")
    block = pick_number(tuple(one.block_size for one in classes), "class")
    seat_total = classes[-1].first_seat + classes[-1].seat_count
    # A class's own count of orders by a day is its share of all, rounded down: whole numbers that never drift.
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE order_plan AS
        WITH class_day AS (
            SELECT day, class, orders_from * {share} // {PPM} AS class_from, orders_to * {share} // {PPM} AS class_to
            FROM day_plan CROSS JOIN range({len(classes)}) AS classes(class)
        ), keyed AS (
            SELECT *, (sum(class_to - class_from) OVER (ORDER BY day, class) - class_to + class_from)::BIGINT AS key_from
            FROM class_day
        ), core AS (
            SELECT day, class, key_from, class_from, unnest(range(class_to - class_from)) AS number FROM keyed
        ), placed AS (
            SELECT key_from + number AS order_key, day, class, {block} AS block_size,
                   (class_from + number) // (3 * {block}) AS lap, (class_from + number) % (3 * {block}) AS place
            FROM core
        ), seated AS (
            SELECT order_key, day, {first_seat} + place - place % block_size + (
                       (1 + {plan.draws.below("lap step", "(lap * 3 + place // block_size) * 16 + class", "block_size - 1")})
                       * (place % block_size)
                       + {plan.draws.below("lap shift", "(lap * 3 + place // block_size) * 16 + class", "block_size")}
                   ) % block_size AS seat
            FROM placed
        ), extra AS (
            SELECT unnest(range(extra_from, extra_to)) AS order_key, day FROM day_plan WHERE extra_to > extra_from
        ), everything AS (
            SELECT order_key, day, seat FROM seated
            UNION ALL
            SELECT order_key, day, {plan.draws.below("extra seat", "order_key", seat_total)} AS seat FROM extra
        )
        SELECT order_key, day, (tenancy_from + (clock + day) // tenure_days - first_tenure)::INTEGER AS tenancy
        FROM everything JOIN seat USING (seat)
    """)


def create_customer_plan(connection: duckdb.DuckDBPyConnection, plan: Plan, events: tuple[PlantedEvent, ...]) -> None:
    """Temporary tables `customer_plan` (all who registered) and `buyer` (a row a tenancy that places orders)."""
    draws = plan.draws
    factors: dict[int, int] = {}
    first_year = shape.SIGNUP_FIRST_DAY.year
    for event in events:
        if isinstance(event, SignupsEvent):
            first = (event.start.year - first_year) * 12 + event.start.month - 1
            last = (event.end.year - first_year) * 12 + event.end.month - 1
            for month in range(first, last + 1):
                factors[month] = factors.get(month, PPM) * effects.to_ppm(event.factor) // PPM
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE signup_plan AS SELECT unnest(?::INTEGER[]) AS month, unnest(?::BIGINT[]) AS n",
        [list(range(shape.SIGNUP_MONTH_COUNT)), list(signup_counts(plan, factors))],
    )
    first_day = f"DATE '{shape.FIRST_DAY}'"
    region_cuts = []
    first_running = last_running = 0
    for first_share, last_share in zip(shape.REGION_PERMILLE_FIRST[:3], shape.REGION_PERMILLE_LAST[:3], strict=True):
        first_running += first_share
        last_running += last_share
        region_cuts.append(
            f"(region_draw >= ({first_running} * {shape.DAY_COUNT - 1} + {last_running - first_running}"
            f" * greatest(signup_day, 0)) * {DRAW_RANGE} // {1000 * (shape.DAY_COUNT - 1)})::INTEGER"
        )
    earliest = (shape.SIGNUP_FIRST_DAY - shape.FIRST_DAY).days
    # Who sat before the data began registered when the tenure began; later ones shortly before their first order.
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE customer_plan AS
        WITH first_orders AS (
            SELECT tenancy, min(day) AS first_day FROM order_plan GROUP BY tenancy
        ), buyers AS (
            SELECT tenancy, class, is_short, end_day,
                   CASE WHEN start_day < 0
                        THEN greatest(start_day, {earliest} + {draws.below("old signup", "tenancy", 700)})
                        ELSE first_day - {draws.below("signup lag", "tenancy", 14)}
                             * ({draws.sql("signup at once", "tenancy")} & 1) END AS signup_day
            FROM first_orders JOIN tenancy USING (tenancy)
        ), by_month AS (
            SELECT (datediff('month', DATE '{shape.SIGNUP_FIRST_DAY}', {first_day} + signup_day::INTEGER))::INTEGER AS month,
                   count(*) AS n
            FROM buyers GROUP BY ALL
        ), fillers AS (
            SELECT month, unnest(range(greatest(signup_plan.n - coalesce(by_month.n, 0), 0))) AS number
            FROM signup_plan LEFT JOIN by_month USING (month)
        ), filler_days AS (
            SELECT month * 4194304 + number AS filler,
                   datediff('day', {first_day}, DATE '{shape.SIGNUP_FIRST_DAY}' + to_months(month)) AS month_day,
                   datediff('day', DATE '{shape.SIGNUP_FIRST_DAY}' + to_months(month),
                            DATE '{shape.SIGNUP_FIRST_DAY}' + to_months(month + 1)) AS month_days
            FROM fillers
        ), everyone AS (
            SELECT tenancy, class, is_short, end_day, signup_day, tenancy AS sort_key FROM buyers
            UNION ALL
            SELECT NULL, NULL, NULL, NULL,
                   month_day + {draws.below("filler day", "filler", "month_days")}, 1099511627776 + filler
            FROM filler_days
        ), numbered AS (
            SELECT *, row_number() OVER (ORDER BY signup_day, {draws.sql("signup order", "sort_key")}, sort_key)
                      AS customer_id
            FROM everyone
        ), placed AS (
            SELECT *, {draws.spread("region", "coalesce(tenancy, customer_id)", ROOT_THREE)} AS region_draw FROM numbered
        )
        SELECT customer_id::INTEGER AS customer_id, tenancy::INTEGER AS tenancy, signup_day::INTEGER AS signup_day,
               end_day::INTEGER AS end_day, class::INTEGER AS class, is_short,
               ({" + ".join(region_cuts)})::INTEGER AS region,
               (CASE WHEN tenancy IS NULL THEN CASE WHEN signup_day > {shape.DAY_COUNT - 1 - 365} THEN 3 ELSE 2 END
                     WHEN is_short THEN 3
                     ELSE {pick_number(shape.SEAT_CLASS_SEGMENT, "class")}
                END)::INTEGER AS segment,
               {draws.spread("channel leaning", "coalesce(tenancy, customer_id)", ROOT_SEVEN)}::INTEGER AS leaning,
               {draws.below("home store", "customer_id", 3)}::INTEGER AS home_store
        FROM placed
    """)
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE buyer AS
        SELECT tenancy, customer_id, region, segment, leaning, (home_store * 4 + region + 1)::INTEGER AS home_store
        FROM customer_plan WHERE tenancy IS NOT NULL
    """)
