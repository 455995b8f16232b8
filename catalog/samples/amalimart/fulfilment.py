"""What becomes of orders: payment attempts, shipments, the history of their status, and returns."""

import duckdb

from catalog.samples.amalimart import shape, vocabulary
from catalog.samples.amalimart.moments import DAY_S, moment, weighted
from catalog.samples.amalimart.plan import Counts, day_index_of
from catalog.samples.amalimart.vocabulary import CANCELLED, COD, COMPLETED, FAILED, PENDING, PROCESSING, SHIPPED
from catalog.samples.mixing import DRAW_BITS, GOLDEN, pick_number, pick_text
from catalog.samples.money import cents
from catalog.samples.plan import PPM, Plan

_HOUR_S = 3600
_NEVER = 1 << 40  # a second that does not come
_FIRST_ATTEMPT_S = (60, 240)
_BETWEEN_ATTEMPTS_S = (200, 500)


def create_outcomes(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts) -> None:
    """Temporary table `outcome`: how each order is paid, sent and ended, as far as it has come by the last day."""
    _create_attempts(connection, plan)
    _create_courses(connection, plan, counts)
    last = shape.LAST_SECOND
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE outcome AS
        WITH ended AS (
            SELECT *, CASE WHEN is_cancelled THEN {CANCELLED} WHEN NOT is_paid OR is_refused THEN {FAILED}
                           ELSE {COMPLETED} END AS final_status,
                   CASE WHEN is_cancelled AND NOT is_sent THEN cancel_second WHEN is_cancelled THEN send_second + 6 * {_HOUR_S}
                        WHEN NOT is_paid THEN pay_second + 1800 ELSE arrive_second END AS end_second
            FROM course
        )
        SELECT order_id, method, attempts, is_paid, is_sent AND send_second <= {last} AS is_shipped, partner, process_second,
               send_second, arrive_second, end_second, skips_processing,
               CASE WHEN end_second <= {last} THEN final_status
                    WHEN is_sent AND send_second <= {last} THEN {SHIPPED}
                    WHEN process_second <= {last} AND NOT skips_processing THEN {PROCESSING} ELSE {PENDING} END AS status,
               CASE WHEN end_second <= {last} THEN end_second
                    WHEN is_sent AND send_second <= {last} THEN send_second
                    WHEN process_second <= {last} AND NOT skips_processing THEN process_second
                    ELSE second END AS changed_second
        FROM ended
    """)


def _create_attempts(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Temporary table `attempted`: how often each order's payment was tried, and whether it was made."""
    draws = plan.draws
    first, last = day_index_of(shape.CARD_FAILS_FROM), day_index_of(shape.CARD_FAILS_TO)
    risk = (
        f"({pick_number(shape.ATTEMPT_FAILS_PERMILLE, 'method')} * CASE WHEN method = {vocabulary.CARD}"
        f" AND day_index BETWEEN {first} AND {last} THEN {shape.CARD_FAILS_FACTOR} ELSE 1 END)"
    )

    def fails(attempt: int) -> str:
        return f"({draws.below(f'attempt {attempt}', 'order_key', 1000)} < {risk})"

    def gives_up(attempt: int) -> str:
        return f"({draws.below(f'giving up {attempt}', 'order_key', 1000)} < {shape.GIVES_UP_PERMILLE})"

    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE attempted AS
        WITH drawn AS (
            SELECT order_id, {fails(1)} AS fails_1, {gives_up(1)} AS gives_up_1, {fails(2)} AS fails_2,
                   {gives_up(2)} AS gives_up_2, {fails(3)} AS fails_3
            FROM order_plan
        )
        SELECT order_id, CASE WHEN NOT fails_1 OR gives_up_1 THEN 1 WHEN NOT fails_2 OR gives_up_2 THEN 2
                              ELSE {shape.MOST_ATTEMPTS} END AS attempts,
               NOT fails_1 OR (NOT gives_up_1 AND (NOT fails_2 OR (NOT gives_up_2 AND NOT fails_3))) AS is_paid
        FROM drawn
    """)


def _attempt_second(draws_key: str, plan: Plan, attempt: str) -> str:
    """SQL for when an attempt (from 1 on) at paying an order is made."""
    low, high = _FIRST_ATTEMPT_S
    between = _BETWEEN_ATTEMPTS_S
    first = f"{low} + {plan.draws.below('first attempt', draws_key, high - low)}"
    more = f"({between[0]} + {plan.draws.below('next attempt', draws_key, between[1] - between[0])})"
    return f"least(second + {first} + ({attempt} - 1) * {more}, {shape.LAST_SECOND})"


def _create_courses(connection: duckdb.DuckDBPyConnection, plan: Plan, counts: Counts) -> None:
    """Temporary table `course`: each order's way as it would go on for ever."""
    draws = plan.draws
    prepaid = f"(method <> {COD})::INTEGER"
    states = sorted({state for _, state, *_ in vocabulary.CITIES})
    extra = [
        shape.WORST_STATE_FAILS_PPM if state == shape.WORST_STATE
        else draws.number("state fails", states.index(state)) * shape.STATE_FAILS_EXTRA_PPM >> 30
        for _, state, *_ in vocabulary.CITIES
    ]  # fmt: skip
    slow_city = tuple(int(region in (3, 5, 7)) for *_, region, _ in vocabulary.CITIES)  # the north is farther
    partner_3 = f"partner = {shape.SLOW_PARTNER} AND day_index >= {day_index_of(shape.SLOW_PARTNER_FROM)}"
    express_days = weighted(draws, "days", "order_key", shape.EXPRESS_DAY_WEIGHTS)
    standard_days = f"1 + {weighted(draws, 'days', 'order_key', shape.STANDARD_DAY_WEIGHTS)}"
    # Dealt evenly among each kind's orders, cancellations keep their rates at every scale.
    cancelled = f"(({draws.spread('cancelled', 'turn', GOLDEN)} * {PPM}) >> {DRAW_BITS})"
    slower = f"({draws.below('far', 'order_key', 3)} = 0)::INTEGER"
    stuck_from = shape.DAY_COUNT - shape.STUCK_DAYS
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE course AS
        WITH placed AS (
            SELECT order_plan.*, city_id - 1 AS city, 1 + {draws.below("partner", "order_key", counts.partners)} AS partner,
                   row_number() OVER (PARTITION BY method = {COD} ORDER BY order_id) AS turn,
                   attempts, is_paid, {_attempt_second("order_key", plan, "attempts")} AS pay_second
            FROM order_plan JOIN attempted USING (order_id) JOIN addresses USING (address_id)
        ), drawn AS (
            SELECT *, {cancelled} < {pick_number(shape.CANCELLED_PPM, prepaid)} AS is_cancelled,
                   {draws.below("refused", "order_key", PPM)} < {pick_number(shape.NOT_HANDED_OVER_PPM, prepaid)}
                       + {pick_number(tuple(extra), "city")} AS is_refused,
                   {draws.below("sent then cancelled", "order_key", 1000)} < {shape.CANCELLED_AFTER_SHIPPING_PERMILLE}
                       AS is_cancelled_late,
                   {draws.below("skips processing", "order_key", 1000)} < {shape.SKIPS_PROCESSING_PERMILLE} AS skips_processing,
                   day_index >= {stuck_from} AND {draws.below("stuck", "order_key", 1000)} < {shape.STUCK_PERMILLE} AS is_stuck,
                   pay_second + 600 + {draws.below("processing", "order_key", 3 * _HOUR_S)} AS process_second,
                   second + 1800 + {draws.below("cancelling", "order_key", 30 * _HOUR_S)} AS cancel_second,
                   CASE WHEN is_express THEN {express_days} ELSE {standard_days} END
                       + CASE WHEN {pick_number(slow_city, "city")} = 1 THEN {slower} ELSE 0 END
                       + CASE WHEN {partner_3} THEN {shape.SLOW_PARTNER_DAYS} ELSE 0 END AS days
            FROM placed
        ), sent AS (
            SELECT *, is_paid AND (NOT is_cancelled OR is_cancelled_late) AS is_sent,
                   CASE WHEN is_stuck THEN {_NEVER} ELSE process_second + 1800 + {draws.below("sending", "order_key", _HOUR_S)}
                            * CASE WHEN is_express THEN 3 ELSE 14 END END AS send_second
            FROM drawn
        )
        SELECT *, greatest(send_second + {_HOUR_S}, (day_index + days) * {DAY_S} + 9 * {_HOUR_S}
                           + {draws.below("handed over", "order_key", 11 * _HOUR_S)}) AS arrive_second
        FROM sent
    """)


def write_payments(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `payments`: each attempt in full; cash is paid when the order is handed over."""
    connection.execute(f"""
        INSERT INTO payments
        WITH tried AS (
            SELECT order_id, order_key, second, outcome.method, status, attempts, is_paid, end_second, kobo,
                   unnest(range(1, attempts + 1)) AS attempt
            FROM outcome JOIN order_plan USING (order_id) JOIN order_total USING (order_id)
        ), timed AS (
            SELECT *, CASE WHEN method = {COD} THEN CASE WHEN status = {COMPLETED} THEN end_second ELSE second END
                           ELSE {_attempt_second("order_key", plan, "attempt")} END AS paid_second,
                   CASE WHEN method = {COD} THEN CASE WHEN status = {COMPLETED} THEN 'SUCCESS'
                                                      WHEN status IN ({CANCELLED}, {FAILED}) THEN 'FAILED' ELSE 'PENDING' END
                        WHEN is_paid AND attempt = attempts THEN 'SUCCESS' ELSE 'FAILED' END AS payment_status
            FROM tried
        )
        SELECT row_number() OVER (ORDER BY paid_second, order_id, attempt), order_id,
               {pick_text(vocabulary.PAYMENT_METHODS, "method")}, payment_status, {cents("kobo", 14)},
               {moment("paid_second")}, {moment("paid_second")}, {moment("paid_second")}
        FROM timed ORDER BY paid_second, order_id, attempt
    """)


def write_shipments(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `shipments`: what has left; `delivered_at` once it was handed over."""
    draws = plan.draws
    fee = (
        f"(CASE WHEN is_express THEN 210000 ELSE 120000 END + {draws.below('fee', 'order_key', 90_000)}"
        f" + CASE WHEN city_id % 2 = 0 THEN 30000 ELSE 0 END) // 1000 * 1000"
    )
    connection.execute(f"""
        INSERT INTO shipments
        SELECT row_number() OVER (ORDER BY send_second, order_id), order_id, partner, {cents(fee, 14)}, city_name,
               {moment("send_second")}, CASE WHEN status = {COMPLETED} THEN {moment("arrive_second")} END,
               {moment("send_second")}, {moment("CASE WHEN status = " + str(SHIPPED) + " THEN send_second ELSE end_second END")}
        FROM outcome JOIN order_plan USING (order_id) JOIN addresses USING (address_id) JOIN cities USING (city_id)
        WHERE is_shipped ORDER BY send_second, order_id
    """)


def write_history(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `order_status_history`: each status an order has had, and since when."""
    connection.execute(f"""
        INSERT INTO order_status_history
        WITH changes AS (
            SELECT order_id, {PENDING} AS status, second FROM order_plan
            UNION ALL
            SELECT order_id, {PROCESSING}, process_second FROM outcome
            WHERE NOT skips_processing AND process_second <= {shape.LAST_SECOND} AND process_second < end_second
            UNION ALL
            SELECT order_id, {SHIPPED}, send_second FROM outcome WHERE is_shipped
            UNION ALL
            SELECT order_id, status, end_second FROM outcome WHERE status IN ({COMPLETED}, {CANCELLED}, {FAILED})
        )
        SELECT row_number() OVER (ORDER BY second, order_id, status), order_id,
               {pick_text(vocabulary.ORDER_STATUSES, "status")}, {moment("second")}, {moment("second")}, {moment("second")}
        FROM changes ORDER BY second, order_id, status
    """)


def write_returns(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Fill `returns`: of some completed orders one line comes back."""
    draws = plan.draws
    low, high = shape.RETURN_DELAY_DAYS
    wrong_size = (
        f"CASE WHEN vendor_id = {shape.WRONG_SIZE_VENDOR} AND day_index >= {day_index_of(shape.WRONG_SIZE_FROM)}"
        f" THEN {shape.WRONG_SIZE_FACTOR} ELSE 1 END"
    )
    reasons = range(len(vocabulary.RETURN_REASONS))
    rates = []
    for reason in reasons:
        rate = pick_number(tuple(rates[reason] for rates in shape.RETURN_PPM), "category")
        factor = f" * {wrong_size}" if reason == vocabulary.WRONG_SIZE else ""
        rates.append(f"{rate} * {shape.RETURN_LEVEL_PPM} // {PPM}{factor} AS rate_{reason}")
    reached = " + ".join(
        f"(draw >= {' + '.join(f'rate_{earlier}' for earlier in range(reason + 1))})::INTEGER" for reason in reasons
    )
    decided = weighted(draws, "return decision", "order_key", shape.RETURN_DECISION_WEIGHTS)
    open_from = (shape.DAY_COUNT - shape.RETURN_OPEN_DAYS) * DAY_S
    connection.execute(f"""
        INSERT INTO returns
        WITH handed_over AS (
            SELECT order_id, order_plan.order_key, vendor_id, day_index, arrive_second, count(*) OVER of_order AS lines,
                   row_number() OVER (of_order ORDER BY order_item_id) - 1 AS place, order_item_id, category,
                   quantity * unit_kobo AS kobo
            FROM outcome JOIN order_plan USING (order_id) JOIN priced_line USING (order_id)
            WHERE status = {COMPLETED} WINDOW of_order AS (PARTITION BY order_id)
        ), one_line AS (
            SELECT *, {draws.below("returned", "order_key", PPM)} AS draw, {", ".join(rates)} FROM handed_over
            WHERE place = {draws.below("returned line", "order_key", "lines")}
        ), reasoned AS (
            SELECT *, {reached} AS reason,
                   arrive_second + {low * DAY_S} + {draws.below("return delay", "order_key", (high - low) * DAY_S)} AS second
            FROM one_line
        ), asked AS (
            SELECT *, CASE WHEN second >= {open_from} THEN 0 ELSE {decided} END AS decision FROM reasoned
            WHERE reason < {len(vocabulary.RETURN_REASONS)} AND second <= {shape.LAST_SECOND}
        )
        SELECT row_number() OVER (ORDER BY second, order_id), order_id, order_item_id, {moment("second")},
               {pick_text(vocabulary.DECISIONS, "decision")}, {pick_text(vocabulary.RETURN_REASONS, "reason")},
               {cents("kobo", 14)}, {moment("second")},
               {moment(f"least(second + CASE WHEN decision > 0 THEN {2 * DAY_S} ELSE 0 END, {shape.LAST_SECOND})")}
        FROM asked ORDER BY second, order_id
    """)
