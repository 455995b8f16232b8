"""Orders, their lines and their returns, a span of months at a time."""

import duckdb

from catalog.samples.mixing import (
    DRAW_BITS,
    DRAW_RANGE,
    GOLDEN,
    ROOT_THREE,
    ROOT_TWO,
    at_thresholds,
    pick_number,
    pick_text,
    thresholds_of,
)
from catalog.samples.money import cents
from catalog.samples.novamart import effects, shape, vocabulary
from catalog.samples.novamart.effects import DemandEffect
from catalog.samples.novamart.events import CancellationsEvent, ChurnEvent, PlantedEvent
from catalog.samples.novamart.plan import DayPlan, category_weights, channel_thresholds
from catalog.samples.novamart.products import create_slots
from catalog.samples.novamart.returned import collect_returns
from catalog.samples.novamart.rhythm import second_of_day
from catalog.samples.plan import PPM, Plan

_LINES_A_CHUNK = 700_000
_MOST_LINES = 16  # a line's number within its order stays below this


def create_month_plan(connection: duckdb.DuckDBPyConnection) -> None:
    """Temporary tables `month_channel` (where leanings turn) and `mix` (what is bought, by month, region, channel)."""
    months = range(shape.MONTH_COUNT)
    cuts = [channel_thresholds(month) for month in months]
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE month_channel AS
        SELECT unnest(?::INTEGER[]) AS month, unnest(?::INTEGER[]) AS app_from, unnest(?::INTEGER[]) AS store_from
        """,
        [list(months), [cut[0] for cut in cuts], [cut[1] for cut in cuts]],
    )
    keys = []
    starts: list[list[int]] = [[] for _ in vocabulary.CATEGORIES]
    for month in months:
        for region in range(len(vocabulary.REGIONS)):
            for channel in range(len(vocabulary.CHANNELS)):
                keys.append((month * 4 + region) * 4 + channel)
                cuts_here = (0, *thresholds_of(category_weights(month, region, channel)))
                for code, cut in enumerate(cuts_here):
                    starts[code].append(cut)
    columns = ", ".join(f"unnest(?::BIGINT[]) AS start_{code}" for code in range(len(starts)))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE mix AS SELECT unnest(?::INTEGER[]) AS mix_key, {columns}", [keys, *starts]
    )
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE return_line (
            order_id INTEGER, product_id INTEGER, reason INTEGER, refund_cents BIGINT, return_day INTEGER
        )
    """)
    connection.execute("CREATE OR REPLACE TEMP TABLE month_units (month INTEGER, product_id INTEGER, units BIGINT)")
    connection.execute("CREATE OR REPLACE TEMP TABLE normal_day (day INTEGER, channel INTEGER, orders BIGINT)")


def month_chunks(days: tuple[DayPlan, ...]) -> tuple[tuple[int, int], ...]:
    """Spans of months that hold about as many lines as are quick to sort at once."""
    orders: dict[int, int] = {}
    for day in days:
        orders[day.month_index] = orders.get(day.month_index, 0) + day.orders_to - day.orders_from
    chunks: list[tuple[int, int]] = []
    lines = 0
    for month in sorted(orders):
        month_lines = orders[month] * 3
        if chunks and lines + month_lines <= _LINES_A_CHUNK:
            chunks[-1] = (chunks[-1][0], month)
            lines += month_lines
        else:
            chunks.append((month, month))
            lines = month_lines
    return tuple(chunks)


def write_sales(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    events: tuple[PlantedEvent, ...],
    demand: tuple[DemandEffect, ...],
    days: tuple[DayPlan, ...],
    months: tuple[int, int],
) -> None:
    """Fill `orders`, `order_items` and what later steps need for the months of one chunk."""
    first_day = min(day.day_index for day in days if day.month_index >= months[0])
    last_day = max(day.day_index for day in days if day.month_index <= months[1])
    create_slots(connection, plan, *months)
    _create_chunk_orders(connection, plan, events, demand, first_day, last_day)
    _create_chunk_lines(connection, plan, events, demand, first_day, last_day)
    _write_chunk(connection, plan, events, first_day, last_day)


def _create_chunk_orders(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    events: tuple[PlantedEvent, ...],
    demand: tuple[DemandEffect, ...],
    first_day: int,
    last_day: int,
) -> None:
    draws = plan.draws
    cancelled = [
        (f"{effects.during(event)} AND {effects.joined(effects.order_conditions(event.where))}",
         effects.to_ppm(event.factor))
        for event in effects.overlapping(events, CancellationsEvent, first_day, last_day)
    ]  # fmt: skip
    gone = [
        f"({effects.during(event)} AND {effects.joined(effects.customer_conditions(event.where))} AND"
        f" {draws.sql('churn ' + event.id, 'customer_id')} < {effects.to_ppm(event.share) * DRAW_RANGE // PPM})"
        for event in effects.overlapping(events, ChurnEvent, first_day, last_day)
    ]
    # Four orders in five follow the customer's own leaning to a channel, the fifth goes anywhere.
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE chunk_order AS
        WITH placed AS (
            SELECT order_key, day, month, boost_ppm, order_key >= extra_from AS is_extra, customer_id, region, segment,
                   home_store,
                   CASE WHEN {draws.below("own channel", "order_key", 5)} > 0 THEN leaning
                        ELSE {draws.sql("any channel", "order_key")} END AS lean,
                   app_from, store_from
            FROM order_plan JOIN day_plan USING (day) JOIN buyer USING (tenancy) JOIN month_channel USING (month)
            WHERE day BETWEEN {first_day} AND {last_day}
        ), channelled AS (
            SELECT order_key, day, month, boost_ppm, is_extra, customer_id, region, segment,
                   ((lean >= app_from)::INTEGER + (lean >= store_from)::INTEGER)::INTEGER AS channel,
                   CASE WHEN lean >= store_from THEN home_store END AS store
            FROM placed
        )
        SELECT *, {at_thresholds(draws.spread("lines", "order_key", GOLDEN), thresholds_of(shape.LINES_PER_ORDER_WEIGHTS))} + 1
                   AS line_count,
               {second_of_day(draws, "order_key", "channel = 2")} AS second,
               (({draws.spread("cancelled", "order_key", ROOT_TWO)} * {PPM}) >> {DRAW_BITS})
                   < {shape.CANCELLED_PPM} * {effects.factor_sql(cancelled)} // {PPM} AS is_cancelled,
               {draws.below("order demand", "order_key", PPM)} AS demand_draw,
               {effects.demand_sql(demand, False, False, first_day, last_day)} AS down_ppm,
               {effects.demand_sql(demand, False, True, first_day, last_day)} AS up_ppm
        FROM channelled WHERE NOT ({" OR ".join(gone) or "FALSE"})
    """)


def _create_chunk_lines(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    events: tuple[PlantedEvent, ...],
    demand: tuple[DemandEffect, ...],
    first_day: int,
    last_day: int,
) -> None:
    """What the chunk's orders hold: every group's lines are dealt evenly over what the group buys.

    Dealing instead of drawing each line alone keeps a small sample's totals as steady as a large one's.
    """
    draws = plan.draws
    turn_start = draws.sql("turn start", "mix_key * 2 + is_extra::INTEGER")
    line = f"order_key * {_MOST_LINES} + line"
    category = " + ".join(f"(deal >= start_{code})::INTEGER" for code in range(1, len(vocabulary.CATEGORIES)))
    starts = [f"start_{code}" for code in range(len(vocabulary.CATEGORIES))]
    low = f"[{', '.join(starts)}][category + 1]"
    high = f"[{', '.join(starts[1:])}, {DRAW_RANGE}][category + 1]"
    quantity_cuts = [thresholds_of(weights) for weights in shape.QUANTITY_WEIGHTS]
    quantity = " + ".join(
        f"(quantity_draw >= {pick_number(tuple(cuts[step] for cuts in quantity_cuts), 'category')})::INTEGER"
        for step in range(5)
    )
    discounted = shape.DISCOUNTED_LINES_PPM * DRAW_RANGE // PPM
    price_factor = effects.price_factor_sql(events, first_day, last_day)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE chunk_line AS
        WITH lines AS (
            SELECT order_key, day, month, boost_ppm, is_extra, region, segment, channel, store, demand_draw, down_ppm,
                   up_ppm, unnest(range(line_count)) AS line
            FROM chunk_order
        ), dealt AS (
            SELECT *, row_number() OVER (hand ORDER BY {draws.sql("deal", line)}, {line}) - 1 AS turn,
                   count(*) OVER hand AS turns
            FROM lines WINDOW hand AS (PARTITION BY month, region, channel, is_extra)
        ), spread AS (
            SELECT *, (month * 4 + region) * 4 + channel AS mix_key,
                   ((turn << {DRAW_BITS}) + {draws.sql("deal start", "((month * 4 + region) * 4 + channel)")}) // turns
                       AS deal
            FROM dealt
        ), sorted AS (
            SELECT spread.*, ({category}) AS category, starts.* EXCLUDE (mix_key)
            FROM spread JOIN mix AS starts USING (mix_key)
        ), placed AS (
            -- each group spreads its lines from a start of its own
            SELECT order_key, day, month, boost_ppm, is_extra, region, segment, channel, store, demand_draw, down_ppm,
                   up_ppm, turn + {turn_start} AS turn, category,
                   ((deal - {low}) << {DRAW_BITS}) // ({high} - {low}) AS place
            FROM sorted
        ), slotted AS (
            SELECT placed.*, slot_from + ((place * slots) >> {DRAW_BITS}) AS slot
            FROM placed JOIN slot_span USING (month, category)
        ), stocked AS (
            SELECT slotted.* EXCLUDE (slot, place), product_id, subcategory, popularity_rank, category_products,
                   price_cents,
                   {draws.spread("quantity", "turn", GOLDEN)} AS quantity_draw,
                   {draws.spread("discount", "turn", ROOT_TWO)} AS discount_draw,
                   ({draws.spread("line demand", "turn", ROOT_THREE)} * {PPM}) >> {DRAW_BITS} AS line_draw
            FROM slotted JOIN slot USING (slot)
            WHERE dayofmonth(DATE '{shape.FIRST_DAY}' + day) < out_from
              AND dayofmonth(DATE '{shape.FIRST_DAY}' + day) > out_until
        ), wanted AS (
            SELECT *, {effects.demand_sql(demand, True, False, first_day, last_day)} AS line_down_ppm,
                   {effects.demand_sql(demand, True, True, first_day, last_day)} AS line_up_ppm
            FROM stocked
        )
        SELECT order_key, product_id, any_value(category)::INTEGER AS category,
               any_value(subcategory)::INTEGER AS subcategory,
               any_value(popularity_rank) AS popularity_rank, any_value(category_products) AS category_products,
               any_value(day) AS day, any_value(month) AS month, min(turn) AS turn, any_value(unit_cents) AS unit_cents,
               sum(quantity)::BIGINT AS quantity, sum(discount_cents)::BIGINT AS discount_cents
        FROM (
            SELECT *, quantity * unit_cents * discount_percent // 100 AS discount_cents
            FROM (
                SELECT *, 1 + {quantity} AS quantity, price_cents * {price_factor} // {PPM} AS unit_cents,
                       CASE WHEN discount_draw < {discounted}
                            THEN 5 + 5 * (discount_draw * 6 // {discounted}) ELSE 0 END AS discount_percent
                FROM wanted
                WHERE demand_draw < down_ppm AND line_draw < line_down_ppm
                  AND (NOT is_extra OR CASE WHEN line_up_ppm > {PPM} THEN line_draw ELSE demand_draw END
                       * (boost_ppm - {PPM}) < (up_ppm * line_up_ppm // {PPM} - {PPM}) * {PPM})
            )
        )
        GROUP BY order_key, product_id
    """)


def _write_chunk(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    events: tuple[PlantedEvent, ...],
    first_day: int,
    last_day: int,
) -> None:
    first_date = f"DATE '{shape.FIRST_DAY}'"
    midnight = f"epoch_us({first_date}::TIMESTAMP)"
    last = shape.DAY_COUNT - 1
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE chunk_total AS
        WITH totals AS (
            SELECT order_key, sum(quantity * unit_cents - discount_cents)::BIGINT AS total_cents
            FROM chunk_line GROUP BY order_key
        )
        SELECT ((SELECT count(*) FROM orders) + row_number() OVER (ORDER BY day, second, order_key))::INTEGER AS order_id,
               order_key, customer_id, day, second, channel, store, total_cents, is_cancelled
        FROM totals JOIN chunk_order USING (order_key)
    """)
    # The day an order was placed decides how far it has come: the last two days' are in processing, the week's under way.
    connection.execute(f"""
        INSERT INTO orders
        SELECT order_id, customer_id, make_timestamp({midnight} + (day::BIGINT * 86400 + second) * 1000000),
               {cents("total_cents")},
               CASE WHEN is_cancelled THEN 'cancelled' WHEN day >= {last - 1} THEN 'processing'
                    WHEN day >= {last - 5} THEN 'shipped' ELSE 'completed' END,
               {pick_text(vocabulary.CHANNELS, "channel")}, store
        FROM chunk_total ORDER BY order_id
    """)
    connection.execute(f"""
        INSERT INTO order_items
        SELECT order_id, product_id, quantity::INTEGER, {cents("unit_cents", 10)}, {cents("discount_cents", 10)}
        FROM chunk_line JOIN chunk_total USING (order_key) ORDER BY order_id, product_id
    """)
    connection.execute("""
        INSERT INTO normal_day
        SELECT day, channel, count(*) FROM chunk_order WHERE NOT is_extra AND channel < 2 GROUP BY ALL
    """)
    connection.execute("""
        INSERT INTO month_units
        SELECT month, product_id, sum(quantity)::BIGINT FROM chunk_line JOIN chunk_total USING (order_key)
        WHERE NOT is_cancelled GROUP BY ALL
    """)
    collect_returns(connection, plan, events, first_day, last_day)
