"""What people do beside ordering: carts, wishlists, reviews, tickets, messages; and what advertising costs."""

import datetime
import functools

import duckdb

from catalog.samples.amalimart import shape, vocabulary
from catalog.samples.amalimart.moments import DAY_S, moment, weighted
from catalog.samples.amalimart.plan import day_index_of, day_of
from catalog.samples.amalimart.vocabulary import COMPLETED
from catalog.samples.mixing import Draws, pick_number, pick_text
from catalog.samples.money import cents
from catalog.samples.plan import PPM, Plan, growth_ppm, wave_ppm

_REVIEW_PERMILLE = 141  # of the lines of completed orders
_TICKET_PPM = (71_500, 260_000)  # of orders: usual, and those that failed
# One to five stars, by a product's quality from 0 on.
_RATING_WEIGHTS = ((12, 14, 20, 30, 24), (7, 9, 16, 36, 32), (4, 6, 12, 36, 42), (2, 3, 8, 32, 55))
_TICKET_WEIGHTS = (34, 22, 20, 15, 9)
_OPEN_CART_DAYS, _OPEN_TICKET_DAYS = 2, 30


def _texts(draws: Draws, name: str, key: str, texts: tuple[str, ...]) -> str:
    """SQL for one of the texts, now and then a hostile one, with the writer's own name and phone in it."""
    usual = pick_text(texts, draws.below(name, key, len(texts)))
    hostile = pick_text(vocabulary.HOSTILE_TEXTS, draws.below(name, key, len(vocabulary.HOSTILE_TEXTS)))
    chosen = f"CASE WHEN {draws.below(f'hostile {name}', key, 500)} = 0 THEN {hostile} ELSE {usual} END"
    return f"replace(replace({chosen}, '{{name}}', user_full_name), '{{phone}}', user_phone)"


def write_reviews(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `reviews`: who got a product writes of it some days later."""
    draws = plan.draws
    stars = [weighted(draws, "stars", "order_item_id", weights) for weights in _RATING_WEIGHTS]
    listed = " ".join(f"WHEN {quality} THEN {star}" for quality, star in enumerate(stars))
    written = [_texts(draws, "review", "order_item_id", texts) for texts in vocabulary.REVIEW_TEXTS]
    text = " ".join(f"WHEN {star} THEN {one}" for star, one in enumerate(written))
    connection.execute(f"""
        INSERT INTO reviews
        WITH reviewed AS (
            SELECT order_item_id, product_id, user_id, CASE quality {listed} END AS stars,
                   arrive_second + {DAY_S} + {draws.below("review delay", "order_item_id", 12 * DAY_S)} AS second
            FROM priced_line JOIN outcome USING (order_id) JOIN order_plan USING (order_id)
            JOIN product_plan USING (product_id)
            WHERE status = {COMPLETED} AND {draws.below("reviewed", "order_item_id", 1000)} < {_REVIEW_PERMILLE}
        )
        SELECT row_number() OVER (ORDER BY second, order_item_id), product_id, user_id, stars + 1, CASE stars {text} END,
               {moment("second")}, {moment("second")}
        FROM reviewed JOIN users USING (user_id) WHERE second <= {shape.LAST_SECOND} ORDER BY second, order_item_id
    """)


def write_carts(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `carts`: one for each order, and many that were left."""
    draws = plan.draws
    left = plan.scaled(shape.CARTS) - plan.scaled(shape.ORDERS)
    open_from = (shape.DAY_COUNT - _OPEN_CART_DAYS) * DAY_S
    connection.execute(f"""
        INSERT INTO carts
        WITH begun AS (
            SELECT user_id, second - 30 - {draws.below("cart", "order_key", 1500)} AS second, second AS ended, TRUE AS is_ordered
            FROM order_plan
            UNION ALL
            SELECT user_id, least(second + {draws.below("left cart", "number", 6 * DAY_S)}, {shape.LAST_SECOND}), NULL, FALSE
            FROM range({left}) AS carts(number)
            JOIN order_plan ON order_id = 1 + number * {plan.scaled(shape.ORDERS)} // {left}
        )
        SELECT row_number() OVER (ORDER BY second, user_id, is_ordered, ended), user_id,
               CASE WHEN is_ordered THEN 'ORDERED' WHEN second >= {open_from} THEN 'OPEN' ELSE 'ABANDONED' END,
               {moment("second")}, {moment("coalesce(ended, second)")}
        FROM begun ORDER BY second, user_id, is_ordered, ended
    """)


def write_wishlists(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `wishlists`: buyers wish for what others have ordered before."""
    draws = plan.draws
    total = plan.scaled(shape.WISHLISTS)
    connection.execute(f"""
        INSERT INTO wishlists
        WITH dated AS (
            -- half of them evenly over the days, half more and more: what people wish for knows no season
            SELECT number, CASE WHEN number % 2 = 0 THEN number * {shape.DAY_COUNT} // {total}
                                ELSE floor(sqrt(number::DOUBLE / {total}) * {shape.DAY_COUNT})::BIGINT END AS day_index
            FROM range({total}) AS wishes(number)
        ), numbered AS (
            SELECT number, orders_from + 1 + {draws.below("wisher", "number", "orders_to - orders_from")} AS order_id
            FROM dated JOIN day_plan USING (day_index) WHERE orders_to > orders_from
        ), wished AS (
            SELECT number, user_id, greatest(order_id - {draws.below("wish", "number", 900)}, 1) AS seen_order,
                   least(second + {draws.below("wish delay", "number", 3 * DAY_S)}, {shape.LAST_SECOND}) AS second
            FROM numbered JOIN order_plan USING (order_id)
        )
        SELECT row_number() OVER (ORDER BY wished.second, number), user_id, product_id, {moment("wished.second")},
               {moment("wished.second")}
        FROM wished JOIN priced_line ON priced_line.order_id = seen_order AND line = 0 ORDER BY wished.second, number
    """)


def write_tickets(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `support_tickets`: customers ask about an order, more often where it failed."""
    draws = plan.draws
    solved_days = 16
    open_from = (shape.DAY_COUNT - _OPEN_TICKET_DAYS) * DAY_S
    category = weighted(draws, "ticket category", "order_key", _TICKET_WEIGHTS)
    written = [_texts(draws, "ticket", "order_key", texts) for texts in vocabulary.TICKET_SUBJECTS]
    subject = " ".join(f"WHEN {code} THEN {one}" for code, one in enumerate(written))
    connection.execute(f"""
        INSERT INTO support_tickets
        WITH asked AS (
            SELECT order_id, order_key, user_id,
                   CASE WHEN status = {vocabulary.FAILED} AND NOT is_paid THEN 1 ELSE {category} END AS category,
                   order_plan.second + {draws.below("ticket delay", "order_key", 12 * DAY_S)} AS second
            FROM order_plan JOIN outcome USING (order_id)
            WHERE {draws.below("ticket", "order_key", PPM)}
                < {pick_number(_TICKET_PPM, f"(status = {vocabulary.FAILED})::INTEGER")}
        ), answered AS (
            SELECT *, second + 3600 + {draws.below("answered", "order_key", solved_days * DAY_S)} AS solved_second,
                   {draws.below("open", "order_key", 100)} AS open_draw
            FROM asked WHERE second <= {shape.LAST_SECOND}
        ), judged AS (
            SELECT *, solved_second <= {shape.LAST_SECOND} AND (open_draw > 9 OR second < {open_from}) AS is_solved FROM answered
        )
        SELECT row_number() OVER (ORDER BY second, order_id), user_id, order_id,
               {pick_text(vocabulary.TICKET_CATEGORIES, "category")},
               CASE WHEN is_solved THEN 'RESOLVED' WHEN open_draw % 5 < 2 THEN 'OPEN' ELSE 'IN_PROGRESS' END,
               CASE category {subject} END, CASE WHEN is_solved THEN {moment("solved_second")} END, {moment("second")},
               {moment("CASE WHEN is_solved THEN solved_second ELSE second END")}
        FROM judged JOIN users USING (user_id) ORDER BY second, order_id
    """)


def write_messages(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `messages`: customers write to vendors of an order, and vendors write back."""
    draws = plan.draws
    total = plan.scaled(shape.MESSAGES)
    text = _texts(draws, "message", "number", vocabulary.MESSAGE_TEXTS)
    connection.execute(f"""
        INSERT INTO messages
        WITH numbered AS (
            SELECT number, 1 + number * {plan.scaled(shape.ORDERS)} // {total} AS order_id FROM range({total}) AS sent(number)
        ), sent AS (
            SELECT number, order_id, {draws.below("message from", "number", 5)} < 3 AS by_customer,
                   order_plan.user_id AS customer_id, vendor_id AS vendor_user_id,
                   least(second + {draws.below("message delay", "number", 2 * DAY_S)}, {shape.LAST_SECOND}) AS second
            FROM numbered JOIN order_plan USING (order_id)
        )
        SELECT row_number() OVER (ORDER BY second, number), CASE WHEN by_customer THEN customer_id ELSE vendor_user_id END,
               CASE WHEN by_customer THEN vendor_user_id ELSE customer_id END, order_id, {text}, {moment("second")},
               {moment("second")}
        FROM sent JOIN users ON user_id = CASE WHEN by_customer THEN customer_id ELSE vendor_user_id END
        ORDER BY second, number
    """)


def write_spend(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `marketing_spend`: a day and channel, with the seasons of the orders."""
    rows = [
        (day_of(day_index), channel, _spend_kobo(plan, day_index, code), day_index)
        for day_index in range(shape.DAY_COUNT)
        for code, channel in enumerate(vocabulary.SPEND_CHANNELS)
    ]
    days, channels, amounts, indexes = zip(*rows, strict=True)
    connection.execute(
        f"""
        INSERT INTO marketing_spend
        WITH listed AS (
            SELECT unnest(?::DATE[]) AS day, unnest(?::VARCHAR[]) AS channel, unnest(?::BIGINT[]) AS kobo,
                   unnest(?::BIGINT[]) AS day_index
        )
        SELECT day, channel, {cents("kobo", 14)}, {moment(f"day_index * {DAY_S} + 82800")}, {moment(f"day_index * {DAY_S} + 82800")}
        FROM listed
        """,
        [list(days), list(channels), list(amounts), list(indexes)],
    )


@functools.cache
def _growth_ppm(months: int) -> int:
    return growth_ppm(shape.SPEND_GROWTH_PPM_A_YEAR, months)


def _spend_kobo(plan: Plan, day_index: int, channel: int) -> int:
    day: datetime.date = day_of(day_index)
    months = (day.year - shape.AS_OF.year) * 12 + day.month - shape.AS_OF.month
    kobo = shape.SPEND_NAIRA_A_DAY[channel] * 100 * _growth_ppm(months) // PPM
    kobo = kobo * shape.MONTH_ORDER_PERMILLE[day.month - 1] // shape.MONTH_ORDER_PERMILLE[shape.AS_OF.month - 1]
    kobo = kobo * wave_ppm(plan.draws, "spend", day_index * 8 + channel, 150) // PPM
    if vocabulary.SPEND_CHANNELS[channel] == "SOCIAL" and day_index >= day_index_of(shape.SOCIAL_DOUBLES_FROM):
        kobo *= 2
    return max(1, round(kobo * plan.scale))
