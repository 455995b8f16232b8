"""Who orders what of whom: orders and their lines, before anything becomes of them."""

import duckdb

from catalog.samples.amalimart import goods, shape, vocabulary
from catalog.samples.amalimart.moments import DAY_S, moment, shopping_second, squared, weighted
from catalog.samples.amalimart.plan import day_index_of
from catalog.samples.mixing import pick_number
from catalog.samples.money import cents
from catalog.samples.plan import PPM, Plan

_BLOCK = len(shape.BUYER_WEIGHTS)
_FARTHEST = 2 * (len(shape.LINES_PER_ORDER_WEIGHTS) - 1)  # from an order's first product to its last, at the least
_LOST_PERMILLE = 600  # of the orders that would have begun with a best seller that is sold out


def create_orders(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Temporary table `order_plan`: a row an order with its moment, customer, seller, address and way to pay."""
    _create_buyers(connection, plan)
    _create_sellers(connection, plan)
    draws = plan.draws
    last_month = shape.MONTH_COUNT - 1
    method = _method("pay_draw", last_month)
    second = shopping_second(draws, "order", "order_key")
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE order_plan AS
        WITH bought AS (
            SELECT order_key, buyer.day_index, month_index, day_index * {DAY_S} + {second} AS second, customer.user_id,
                   is_business, seller, vendor_id, first_place, available,
                   CASE WHEN {draws.below("own way to pay", "order_key", 10)} < 6 THEN leaning
                        ELSE {draws.sql("any way to pay", "order_key")} END AS pay_draw,
                   {draws.below("express", "order_key", 1000)} < {shape.EXPRESS_PERMILLE} AS is_express
            FROM buyer JOIN customer USING (number) JOIN chosen_seller USING (order_key)
        ), placed AS (
            SELECT bought.*, {method} AS method,
                   CASE WHEN {draws.below("second address", "order_key", 1000)} < {shape.SECOND_ADDRESS_ORDERS_PERMILLE}
                        THEN coalesce(second_address.address_id, bought.user_id) ELSE bought.user_id END AS address_id
            FROM bought LEFT JOIN second_address USING (user_id)
        ), reduced AS (
            SELECT placed.*, discount.discount_id, coalesce(discount.discount_percent, 0) AS percent
            FROM placed LEFT JOIN discount_day AS discount
              ON discount.vendor_id = placed.vendor_id AND discount.day_index = placed.day_index
             AND {draws.below("discount taken", "order_key", 1000)} < {shape.DISCOUNT_TAKEN_PERMILLE}
        )
        SELECT row_number() OVER (ORDER BY second, order_key)::INTEGER AS order_id, * EXCLUDE (pay_draw) FROM reduced
    """)


def _create_buyers(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Temporary table `buyer`: each order's key, day and customer, who registered before it.

    Customers are taken in blocks of sixteen who registered one after another; in each a few order often, and some never.
    """
    draws = plan.draws
    offset = weighted(draws, "buyer", "order_key", shape.BUYER_WEIGHTS)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE buyer AS
        WITH numbered AS (
            SELECT unnest(range(orders_from, orders_to)) AS order_key, day_index, month_index,
                   CASE WHEN day_index = 0 THEN signups_to ELSE signups_from END AS registered
            FROM day_plan
        ), drawn AS (
            SELECT *, {draws.below("newcomer", "order_key", 1000)} < {shape.NEWCOMER_ORDERS_PERMILLE} AS is_newcomer,
                   {draws.below("candidate", "order_key", "registered")} AS candidate,
                   registered - 1 - {draws.below("newest", "order_key", "least(registered, registered // 14 + 12)")} AS newest
            FROM numbered
        ), blocked AS (
            SELECT *, candidate - candidate % {_BLOCK}
                      + ({offset} + {draws.below("block", f"candidate // {_BLOCK}", _BLOCK)}) % {_BLOCK} AS taken
            FROM drawn
        )
        SELECT order_key, day_index, month_index,
               CASE WHEN is_newcomer THEN newest WHEN taken < registered THEN taken ELSE candidate END AS number
        FROM blocked
    """)


def _create_sellers(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Temporary tables `chosen_seller` (each order's seller and first product) and `discount_day` (who reduces when)."""
    draws = plan.draws
    known = shape.KNOWN_VENDOR_ORDERS_PERMILLE
    reached = " + ".join(f"(draw >= {sum(known[:place])})::INTEGER" for place in range(1, len(known) + 1))
    sold_out = day_index_of(shape.SOLD_OUT_FROM)
    # Of the other vendors who sell by then, those who have been there longest are taken a little more often.
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE chosen_seller AS
        WITH others AS (
            SELECT day_plan.day_index, (SELECT count(*) FROM seller AS other WHERE other.known IS NULL
                       AND (other.day < day_plan.day_index OR other.day = 0)) AS sellers
            FROM day_plan
        ), drawn AS (
            SELECT order_key, day_index, {draws.below("known seller", "order_key", 1000)} AS draw,
                   CASE WHEN {draws.below("seller kind", "order_key", 5)} = 0
                        THEN {squared(draws.sql("old seller", "order_key"), "sellers")}
                        ELSE {draws.below("any seller", "order_key", "sellers")} END AS other_place,
                   {draws.below("lost", "order_key", 1000)} < {_LOST_PERMILLE} AS is_lost, {draws.sql("product", "order_key")}
                       AS product_draw
            FROM buyer JOIN others USING (day_index)
        ), wanted AS (
            SELECT drawn.*, {reached} AS known_place FROM drawn
        ), first_choice AS (
            SELECT wanted.*, coalesce(named.seller, other.seller) AS seller,
                   coalesce(named.vendor_id, other.vendor_id) AS vendor_id, coalesce(named.day, other.day) AS since_day,
                   other.seller AS next_seller, other.vendor_id AS next_vendor_id, other.day AS next_since_day
            FROM wanted LEFT JOIN seller AS named ON named.known = known_place
            JOIN seller AS other ON other.place = other_place AND other.known IS NULL
        ), ranged AS (
            SELECT *, {_available("first_choice.seller", "since_day")} AS available,
                   {_available("first_choice.next_seller", "next_since_day")} AS next_available
            FROM first_choice
        ), chosen AS (
            -- what a known vendor is known for
            SELECT *, CASE WHEN known_place < {len(known)} AND {draws.below("favourite", "order_key", 1000)}
                                < {shape.FAVOURITE_PERMILLE} THEN 0
                           ELSE {squared("product_draw", "available")} END AS wanted_place,
                   {squared("product_draw", "next_available")} AS next_place
            FROM ranged
        ), judged AS (
            SELECT *, vendor_id = {shape.SOLD_OUT_VENDOR} AND day_index >= {sold_out} AND wanted_place = 0 AS is_sold_out
            FROM chosen
        )
        SELECT order_key, CASE WHEN is_sold_out AND is_lost THEN next_seller ELSE seller END AS seller,
               CASE WHEN is_sold_out AND is_lost THEN next_vendor_id ELSE vendor_id END AS vendor_id,
               CASE WHEN is_sold_out AND is_lost THEN next_available ELSE available END AS available,
               CASE WHEN is_sold_out AND is_lost THEN next_place WHEN is_sold_out THEN 1 ELSE wanted_place END AS first_place
        FROM judged
    """)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE discount_day AS
        WITH days AS (
            SELECT discount_id, vendor_id, discount_percent,
                   unnest(range(datediff('day', DATE '{shape.FIRST_DAY}', starts_at::DATE),
                                datediff('day', DATE '{shape.FIRST_DAY}', ends_at::DATE))) AS day_index
            FROM discounts
        )
        SELECT vendor_id, day_index, max(discount_id) AS discount_id, arg_max(discount_percent, discount_id) AS discount_percent
        FROM days GROUP BY ALL
    """)


def _available(seller: str, since_day: str) -> str:
    """SQL for how many products a seller has on a day."""
    listed = f"(SELECT max(place) + 1 FROM product_plan AS listed WHERE listed.seller = {seller})"
    days = f"greatest(day_index - 1 - {since_day}, 0) + {goods.sooner_days(seller)}"
    grown = f"{goods.FIRST_PRODUCTS} + ({days}) // {goods.MORE_EVERY_DAYS}"
    return f"least({listed}, {grown})"


def _method(draw: str, last_month: int) -> str:
    """SQL for the code of the payment method at a draw: the shares move evenly from the first to the last month."""
    cuts = []
    first_sum = last_sum = 0
    for first, last in zip(shape.METHOD_PERMILLE_FIRST[:-1], shape.METHOD_PERMILLE_LAST[:-1], strict=True):
        first_sum += first
        last_sum += last
        permille = f"({first_sum} * ({last_month} - month_index) + {last_sum} * month_index) // {last_month}"
        cuts.append(f"({draw} >= (({permille}) << 30) // 1000)::INTEGER")
    return f"({' + '.join(cuts)})"


def create_lines(connection: duckdb.DuckDBPyConnection, plan: Plan) -> int:
    """Temporary table `line_plan`: a row a line, before prices are set; the level of all prices in ppm that makes the
    average order value of the last month."""
    draws = plan.draws
    line_count = f"{weighted(draws, 'lines', 'order_key', shape.LINES_PER_ORDER_WEIGHTS)} + 1"
    sold_out = day_index_of(shape.SOLD_OUT_FROM)
    quantities = len(shape.QUANTITY_WEIGHTS[0])
    thresholds = [
        tuple(sum(weights[: place + 1]) * 1000 // sum(weights) for weights in shape.QUANTITY_WEIGHTS)
        for place in range(quantities - 1)
    ]
    more = " + ".join(f"(quantity_draw >= {pick_number(cuts, 'category')})::INTEGER" for cuts in thresholds)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE line_plan AS
        WITH counted AS (
            SELECT *, {line_count} AS line_count, 1 + {draws.below("stride", "order_key", 2)} AS stride,
                   -- what else is bought lies anywhere behind the first, and no product twice
                   {draws.below("apart", "order_key", f"available - {_FARTHEST}")} AS apart
            FROM order_plan
        ), numbered AS (
            SELECT order_id, order_key, seller, vendor_id, day_index, month_index, is_business, percent, first_place,
                   available, stride, apart, unnest(range(line_count)) AS line
            FROM counted
        ), chosen AS (
            SELECT *, (first_place + CASE WHEN line > 0 THEN apart + stride * line ELSE 0 END) % available AS place,
                   {draws.below("quantity", "order_key * 8 + line", 1000)} AS quantity_draw
            FROM numbered
        ), listed AS (
            SELECT chosen.*, product_id, category, raw_kobo
            FROM chosen JOIN product_plan USING (seller, place)
            WHERE NOT (chosen.vendor_id = {shape.SOLD_OUT_VENDOR} AND day_index >= {sold_out} AND place = 0)
        )
        SELECT row_number() OVER (ORDER BY order_id, line)::INTEGER AS order_item_id, order_id, order_key, line, product_id,
               category, month_index, percent, raw_kobo,
               1 + {more} + CASE WHEN is_business THEN {draws.below("wholesale", "order_key * 8 + line", 4)} ELSE 0 END
                   AS quantity
        FROM listed
    """)
    last = shape.MONTH_COUNT - 1
    row = connection.execute(f"""
        SELECT sum(quantity::HUGEINT * raw_kobo * (100 - percent) // 100), count(DISTINCT order_id)
        FROM line_plan WHERE month_index = {last}
    """).fetchone()
    assert row is not None
    return int(shape.AVERAGE_ORDER_VALUE_KOBO * int(row[1]) * PPM // int(row[0]))


def write_lines(connection: duckdb.DuckDBPyConnection, level_ppm: int) -> None:
    """Fill `order_items` and the temporary `order_total` (kobo by order)."""
    price = goods.asked_kobo("raw_kobo", level_ppm, "ppm")
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE priced_line AS
        SELECT line_plan.* EXCLUDE (raw_kobo), {price} * (100 - percent) // 100 AS unit_kobo
        FROM line_plan JOIN price_trend USING (month_index)
    """)
    connection.execute(f"""
        INSERT INTO order_items
        SELECT order_item_id, order_id, product_id, quantity, {cents("unit_kobo", 14)}, {moment("second")}, {moment("second")}
        FROM priced_line JOIN order_plan USING (order_id) ORDER BY order_item_id
    """)
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE order_total AS
        SELECT order_id, sum(quantity * unit_kobo)::BIGINT AS kobo FROM priced_line GROUP BY order_id
    """)


def write_orders(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `orders` with what has become of each."""
    statuses = ", ".join(f"'{status}'" for status in vocabulary.ORDER_STATUSES)
    connection.execute(f"""
        INSERT INTO orders
        SELECT order_id, user_id, vendor_id, address_id, discount_id, {moment("second")}, [{statuses}][status + 1], is_express,
               {cents("kobo", 14)}, {moment("second")}, {moment("changed_second")}
        FROM order_plan JOIN order_total USING (order_id) JOIN outcome USING (order_id) ORDER BY order_id
    """)
