"""Visits to the web shop and the app, a month at a time: every online order ends one, the others end earlier."""

import dataclasses

import duckdb

from catalog.samples.mixing import DRAW_BITS, GOLDEN, ROOT_TWO, at_thresholds, pick_text, thresholds_of
from catalog.samples.novamart import effects, shape, vocabulary
from catalog.samples.novamart.events import PlantedEvent, TrafficEvent
from catalog.samples.novamart.plan import month_index_of
from catalog.samples.novamart.rhythm import second_of_day
from catalog.samples.plan import PPM, Plan

_FIRST_DATE = f"DATE '{shape.FIRST_DAY}'"
_FOCUS_SLOTS = 65_536


@dataclasses.dataclass(frozen=True)
class Visit:
    """A way through the shop, one letter a step, and how common it is among visits of its kind.

    H home, S search, C category page, V and W products looked at, A into the basket, K checkout, B purchase.
    """

    steps: str
    weight: int


BROWSING = (
    Visit("H", 590),
    Visit("HC", 450),
    Visit("HCS", 500),
    Visit("HV", 800),
    Visit("HSV", 850),
    Visit("HCVW", 1300),
    Visit("HSVWV", 1300),
    Visit("HCVWVW", 1250),
    Visit("HCVWSVW", 1150),
    Visit("HCVWVSVWVW", 970),
    Visit("HVA", 220),
    Visit("HCVA", 200),
    Visit("HSVWVAV", 170),
    Visit("HCVWAHV", 90),
    Visit("HVAK", 90),
    Visit("HCVWAK", 80),
    Visit("HSVWVAKK", 40),
)
BUYING = (Visit("HVAKB", 30), Visit("HSVAKB", 30), Visit("HCVWAKB", 25), Visit("HCVWSVAKB", 15))
_EVENT_OF_STEP = {"H": 0, "S": 0, "C": 0, "V": 1, "W": 1, "A": 2, "K": 3, "B": 4}
_MOST_SECONDS_A_STEP = 75


def clickstream_months() -> tuple[int, ...]:
    """The months (counted from the data's first) that have a clickstream."""
    return tuple(range(month_index_of(shape.CLICKSTREAM_FIRST_DAY), shape.MONTH_COUNT))


def create_visit_plan(connection: duckdb.DuckDBPyConnection, plan: Plan, events: tuple[PlantedEvent, ...]) -> None:
    """Temporary tables `visit_step`, `focus` (products looked at) and `visit_day` (visits without a purchase)."""
    steps = [
        (number, position, _EVENT_OF_STEP[letter], letter)
        for number, visit in enumerate(BROWSING + BUYING)
        for position, letter in enumerate(visit.steps)
    ]
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE visit_step AS
        SELECT unnest(?::INTEGER[]) AS visit, unnest(?::INTEGER[]) AS position, unnest(?::VARCHAR[]) AS event_type,
               unnest(?::VARCHAR[]) AS letter
        """,
        [
            [step[0] for step in steps],
            [step[1] for step in steps],
            [vocabulary.CLICK_EVENTS[step[2]] for step in steps],
            [step[3] for step in steps],
        ],
    )
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE focus AS
        WITH slots AS (
            SELECT product_id, category,
                   ((sum(weight) OVER (ORDER BY product_id) - weight) * {_FOCUS_SLOTS} // sum(weight) OVER ())::BIGINT
                       AS slot_from,
                   (sum(weight) OVER (ORDER BY product_id) * {_FOCUS_SLOTS} // sum(weight) OVER ())::BIGINT AS slot_to
            FROM product_plan
        )
        SELECT unnest(range(slot_from, slot_to)) AS slot, '/product/' || product_id AS product_url,
               '/category/' || regexp_replace(lower({pick_text(vocabulary.CATEGORIES, "category")}), '[^a-z]+', '-', 'g')
                   AS category_url
        FROM slots
    """)
    traffic = effects.factor_sql(
        [
            (effects.during(event) + "".join(f" AND {condition}" for condition in _channel_condition(event)),
             effects.to_ppm(event.factor))
            for event in events
            if isinstance(event, TrafficEvent)
        ]
    )  # fmt: skip
    first_day = (shape.CLICKSTREAM_FIRST_DAY - shape.FIRST_DAY).days
    # Visits follow the orders of a normal day; when an event costs orders, people still come and leave without.
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE visit_day AS
        WITH bought AS (
            SELECT datediff('day', {_FIRST_DATE}, order_date::DATE) AS day,
                   CASE channel WHEN 'web' THEN 0 ELSE 1 END AS channel, count(*) AS purchases
            FROM orders WHERE channel <> 'store' AND order_date >= DATE '{shape.CLICKSTREAM_FIRST_DAY}' GROUP BY ALL
        ), visits AS (
            SELECT day, channel, greatest(orders * {PPM} // CASE channel WHEN 0 THEN {shape.CONVERSION_PPM[0]}
                                          ELSE {shape.CONVERSION_PPM[1]} END - coalesce(purchases, 0), 0)
                                 * {traffic} // {PPM} AS visits
            FROM normal_day LEFT JOIN bought USING (day, channel)
            WHERE day >= {first_day}
        )
        SELECT day, channel, visits, (sum(visits) OVER (ORDER BY day, channel) - visits)::BIGINT AS visit_from
        FROM visits
    """)


def _channel_condition(event: TrafficEvent) -> list[str]:
    if not event.where.channel:
        return []
    return [f"channel IN ({', '.join(str(vocabulary.CHANNELS.index(name)) for name in event.where.channel)})"]


def write_clickstream(connection: duckdb.DuckDBPyConnection, plan: Plan, month: int) -> None:
    """Fill `clickstream` with one month's visits."""
    draws = plan.draws
    in_month = (
        f"order_date >= {_FIRST_DATE} + to_months({month}) AND order_date < {_FIRST_DATE} + to_months({month + 1})"
    )
    lengths = ", ".join(str(len(visit.steps)) for visit in BROWSING + BUYING)
    browsing = at_thresholds(
        draws.spread("visit", "number", GOLDEN), thresholds_of(tuple(visit.weight for visit in BROWSING))
    )
    buying = at_thresholds(
        draws.sql("visit bought", "order_id"), thresholds_of(tuple(visit.weight for visit in BUYING))
    )
    month_day = f"datediff('day', {_FIRST_DATE}, {_FIRST_DATE} + to_months({month}))::INTEGER"
    next_day = f"datediff('day', {_FIRST_DATE}, {_FIRST_DATE} + to_months({month + 1}))::INTEGER"
    midnight = f"epoch_us({_FIRST_DATE}::TIMESTAMP)"
    step_seconds = 10
    # A known visitor is someone who bought in the month before, and so had registered by then.
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE known AS
        SELECT row_number() OVER (ORDER BY order_id) - 1 AS place, customer_id FROM orders
        WHERE order_date >= {_FIRST_DATE} + to_months({month - 1}) AND order_date < {_FIRST_DATE} + to_months({month})
    """)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE visit AS
        WITH numbered AS (
            SELECT visit_from + unnest(range(visits)) AS number, day, channel
            FROM visit_day WHERE day >= {month_day} AND day < {next_day}
        ), described AS (
            SELECT number, day, channel::INTEGER AS channel, ({browsing})::INTEGER AS visit,
                   {second_of_day(draws, "number", "FALSE")} AS second,
                   {step_seconds} + {draws.below("pace", "number", _MOST_SECONDS_A_STEP - step_seconds)} AS pace,
                   CASE WHEN {draws.spread("known", "number", ROOT_TWO)} < {shape.KNOWN_VISITOR_PERMILLE * (1 << DRAW_BITS) // 1000}
                        THEN {draws.below("who", "number", "(SELECT count(*) FROM known)")} END AS place
            FROM numbered
        ), bought AS (
            SELECT order_id, customer_id, CASE channel WHEN 'web' THEN 0 ELSE 1 END::INTEGER AS channel,
                   ({len(BROWSING)} + {buying})::INTEGER AS visit, epoch_us(order_date) // 1000000 AS ordered_at,
                   {step_seconds} + {draws.below("pace bought", "order_id", _MOST_SECONDS_A_STEP - step_seconds)} AS pace
            FROM orders WHERE {in_month} AND channel <> 'store'
        ), paced AS (
            SELECT * REPLACE (least(pace, ordered_at % 86400 // [{lengths}][visit + 1]) AS pace) FROM bought
        )
        SELECT number AS session_id, customer_id, channel, visit, pace,
               {midnight} // 1000000 + day::BIGINT * 86400
                   + least(second, 86399 - pace * [{lengths}][visit + 1]) AS started_at,
               {draws.below("focus", "number", _FOCUS_SLOTS)} AS focus,
               {draws.below("other focus", "number", _FOCUS_SLOTS)} AS other_focus
        FROM described LEFT JOIN known USING (place)
        UNION ALL
        SELECT (SELECT sum(visits) FROM visit_day)::BIGINT + order_id, customer_id, channel, visit, pace,
               ordered_at - pace * ([{lengths}][visit + 1] - 1),
               {draws.below("focus bought", "order_id", _FOCUS_SLOTS)},
               {draws.below("other focus bought", "order_id", _FOCUS_SLOTS)}
        FROM paced
    """)
    connection.execute(f"""
        INSERT INTO clickstream
        SELECT session_id + 1, customer_id, {pick_text(vocabulary.CHANNELS[:2], "channel")}, event_type,
               CASE letter WHEN 'H' THEN '/' WHEN 'S' THEN '/search' WHEN 'C' THEN first_look.category_url
                    WHEN 'V' THEN first_look.product_url WHEN 'W' THEN second_look.product_url WHEN 'A' THEN '/cart'
                    WHEN 'K' THEN '/checkout' ELSE '/order-confirmation' END,
               make_timestamp((started_at + pace * position) * 1000000)
        FROM visit
        JOIN focus AS first_look ON first_look.slot = focus
        JOIN focus AS second_look ON second_look.slot = other_focus
        JOIN visit_step USING (visit)
    """)
