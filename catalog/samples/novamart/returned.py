"""Which sold lines come back, and the table that says so."""

import duckdb

from catalog.samples.mixing import DRAW_BITS, ROOT_SEVEN, pick_number, pick_text
from catalog.samples.money import cents
from catalog.samples.novamart import effects, shape, vocabulary
from catalog.samples.novamart.events import PlantedEvent, ReturnsEvent
from catalog.samples.plan import PPM, Plan


def collect_returns(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    events: tuple[PlantedEvent, ...],
    first_day: int,
    last_day: int,
) -> None:
    """Temporary table `return_line`: which lines of the chunk written last come back, why, and when."""
    draws = plan.draws
    reasons = []
    for code, reason in enumerate(vocabulary.RETURN_REASONS):
        cases = [
            (f"{effects.during(event)} AND {effects.joined(effects.product_conditions(event.where))}",
             effects.to_ppm(event.factor))
            for event in effects.overlapping(events, ReturnsEvent, first_day, last_day)
            if not event.reason or reason in event.reason
        ]  # fmt: skip
        rates = pick_number(tuple(rate[code] for rate in shape.RETURN_PPM), "category")
        reasons.append(f"{rates} * {effects.factor_sql(cases)} // {PPM}")
    listed = ", ".join(f"({rate}) AS rate_{code}" for code, rate in enumerate(reasons))
    reached = " + ".join(
        f"(drawn >= {' + '.join(f'rate_{earlier}' for earlier in range(code + 1))})::INTEGER"
        for code in range(len(reasons))
    )
    last_month = shape.MONTH_COUNT - 1
    level = (
        f"({shape.RETURN_LEVEL_PPM_FIRST} * ({last_month} - month) + {shape.RETURN_LEVEL_PPM_LAST} * month)"
        f" // {last_month}"
    )
    delay = shape.RETURN_DELAY_DAYS
    return_delay = draws.below("return delay", "order_key * 65536 + product_id", delay[1] - delay[0] + 1)
    drawn = f"(({draws.spread('returned', 'turn', ROOT_SEVEN)} * {PPM}) >> {DRAW_BITS})"
    connection.execute(f"""
        INSERT INTO return_line
        WITH lines AS (
            SELECT order_id, product_id, quantity * unit_cents - discount_cents AS refund_cents,
                   day + {delay[0]} + {return_delay} AS return_day,
                   {drawn} * {PPM} // ({level}) AS drawn, {listed}
            FROM chunk_line JOIN chunk_total USING (order_key, day) WHERE NOT is_cancelled
        ), reasoned AS (
            SELECT *, {reached} AS reason FROM lines
        )
        SELECT order_id, product_id, reason, refund_cents, return_day FROM reasoned
        WHERE reason < {len(reasons)} AND return_day < {shape.DAY_COUNT}
    """)


def write_returns(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `returns`, numbered by the day they came back."""
    connection.execute(f"""
        INSERT INTO returns
        SELECT row_number() OVER (ORDER BY return_day, order_id, product_id), order_id, product_id,
               {pick_text(vocabulary.RETURN_REASONS, "reason")}, {cents("refund_cents")},
               DATE '{shape.FIRST_DAY}' + return_day
        FROM return_line ORDER BY return_day, order_id, product_id
    """)
