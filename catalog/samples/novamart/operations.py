"""Stock, its month-end history, and the suppliers' shipments."""

import duckdb

from catalog.samples.mixing import DRAW_BITS, GOLDEN
from catalog.samples.novamart import effects, shape
from catalog.samples.novamart.events import PlantedEvent, ShipmentDelayEvent, StockoutEvent
from catalog.samples.plan import PPM, Plan

_FIRST_DATE = f"DATE '{shape.FIRST_DAY}'"


def write_stock(connection: duckdb.DuckDBPyConnection, plan: Plan, events: tuple[PlantedEvent, ...]) -> None:
    """Fill `inventory_snapshots` from what sold around each month end, and `inventory` from the last one."""
    draws = plan.draws
    month_end = f"datediff('day', {_FIRST_DATE}, last_day({_FIRST_DATE} + to_months(month)))"
    empty = [
        f"({effects.during(event, month_end)} AND {effects.joined(effects.product_conditions(event.where))})"
        for event in events
        if isinstance(event, StockoutEvent)
    ]
    key = "product_id * 64 + month"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE stock AS
        WITH sold AS (
            SELECT plan.product_id, plan.category, plan.subcategory, plan.popularity_rank, plan.category_products,
                   plan.month, plan.out_at_end,
                   sum(coalesce(units, 0)) OVER around AS units, count(*) OVER around AS months
            FROM product_month AS plan LEFT JOIN month_units USING (product_id, month)
            WINDOW around AS (PARTITION BY plan.product_id ORDER BY plan.month
                              ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING)
        )
        SELECT product_id, month, units, months,
               CASE WHEN out_at_end OR {" OR ".join(empty) or "FALSE"} THEN 0
                    ELSE greatest(((units * {shape.STOCK_MONTHS_PPM} // months)
                          * (350 + ({draws.spread("stock level", key, GOLDEN)} * 1301 >> {DRAW_BITS})) + 500 * {PPM})
                         // (1000 * {PPM}), 1) END::INTEGER AS on_hand
        FROM sold WHERE month >= {shape.MONTH_COUNT - shape.SNAPSHOT_MONTHS}
    """)
    connection.execute(f"""
        INSERT INTO inventory_snapshots
        SELECT last_day({_FIRST_DATE} + to_months(month)), product_id, on_hand FROM stock ORDER BY month, product_id
    """)
    connection.execute(f"""
        INSERT INTO inventory
        SELECT product_id, 1 + {draws.below("warehouse", "product_id", shape.WAREHOUSES)}, on_hand,
               greatest(units * (60 + {draws.below("reorder", "product_id", 21)}) // (months * 100), 1)
        FROM stock WHERE month = {shape.MONTH_COUNT - 1} ORDER BY product_id
    """)


def write_shipments(connection: duckdb.DuckDBPyConnection, plan: Plan, events: tuple[PlantedEvent, ...]) -> None:
    """Fill `supplier_shipments`: each supplier is late in its own measure; who is under way has not arrived."""
    draws = plan.draws
    total = plan.scaled(shape.SHIPMENTS)
    low, high = shape.SHIPMENT_LATE_PERMILLE_RANGE
    late_permille = f"({low} + {draws.below('supplier lateness', 'supplier_id', high - low + 1)})"
    delay = "".join(
        f" + CASE WHEN {effects.during(event)}"
        + (f" AND supplier_id IN ({', '.join(map(str, event.where.supplier_id))})" if event.where.supplier_id else "")
        + f" THEN {event.late_days} ELSE 0 END"
        for event in events
        if isinstance(event, ShipmentDelayEvent)
    )
    connection.execute(f"""
        INSERT INTO supplier_shipments
        WITH numbered AS (
            SELECT number, (number * {shape.DAY_COUNT} // {total})::INTEGER AS day,
                   1 + {draws.below("shipped product", "number", "(SELECT count(*) FROM products)")} AS product_id
            FROM range({total}) AS shipments(number)
        ), sold AS (
            SELECT product_id, sum(units)::BIGINT // {shape.MONTH_COUNT} AS units FROM month_units GROUP BY product_id
        ), supplied AS (
            SELECT number, day, product_id, coalesce(units, 0) AS units,
                   1 + {draws.below("supplier", "product_id", shape.SUPPLIERS)} AS supplier_id
            FROM numbered LEFT JOIN sold USING (product_id)
        ), moved AS (
            SELECT *, CASE WHEN {draws.below("late", "number", 1000)} < {late_permille}
                           THEN 1 + {draws.below("days late", "number", 9)}
                                + CASE WHEN {draws.below("stuck", "number", 5)} = 0
                                       THEN {draws.below("days stuck", "number", 25)} ELSE 0 END
                           ELSE -{draws.below("days early", "number", 4)} END{delay} AS late_days
            FROM supplied
        )
        SELECT number + 1, supplier_id, product_id,
               5 + (units * (50 + {draws.below("shipment size", "number", 101)}) // 100),
               {_FIRST_DATE} + day,
               -- a delivery shows once it is booked in, some days after it came
               CASE WHEN day + late_days + {draws.below("booking", "number", 10)} < {shape.DAY_COUNT}
                    THEN {_FIRST_DATE} + (day + late_days)::INTEGER END
        FROM moved ORDER BY number
    """)
