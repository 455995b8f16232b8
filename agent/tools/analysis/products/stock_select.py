"""Stock, demand and shipments joined a product, as SELECTs."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from agent.tools.analysis.customers.purchase_history import day_literal, select_of
from agent.tools.analysis.products.reorder_level import SupplyTerms


def lead_time_select(by_days: bool) -> exp.Select:
    """shipments, mean_days, deviation_days of arrived shipments; reads `shipments` (waited: days, or late: days)."""
    column = "waited" if by_days else "late"
    return select_of(
        f"SELECT COUNT({column}) AS shipments, AVG({column}) AS mean_days, STDDEV_SAMP({column}) AS deviation_days FROM shipments"
    )


def season_select(
    now_from: dt.date, now_until: dt.date, ahead_from: dt.date, ahead_until: dt.date, now_days: int, ahead_days: int
) -> exp.Select:
    """How a year ago demand a day in the days ahead stood to that of the weeks learnt from: now_units, ahead_units, factor.

    Reads `year_ago` (day, units); all four days lie in that year.
    """

    def within(first: dt.date, until: dt.date) -> str:
        return f"SUM(units) FILTER (WHERE day >= {day_literal(first)} AND day < {day_literal(until)})"

    return select_of(f"""
        SELECT {within(now_from, now_until)} AS now_units, {within(ahead_from, ahead_until)} AS ahead_units,
          ({within(ahead_from, ahead_until)} / {int(ahead_days)}.0) / NULLIF({within(now_from, now_until)} / {int(now_days)}.0, 0)
            AS factor
        FROM year_ago
    """)


def reorder_select(
    terms: SupplyTerms, weeks: int, season: float, inbound: bool, with_point: bool, limit: int | None
) -> exp.Select:
    """Products by how far their stock lies below the reorder level.

    Reads `sales` (product, week, units), `stock` (product, known_as, on_hand[, reorder_point]; may have several rows a
    product) and, with `inbound`, `inbound` (product, quantity). Columns: product, on_hand, on_order, daily_demand, daily_deviation,
    days_of_stock, reorder_level, order_quantity, declared_point. Without `limit` one row: products, to_reorder.
    """
    z = terms.safety_factor
    lead, review, spread = terms.lead_days, terms.lead_days + terms.review_days, terms.lead_deviation_days
    arriving = "SELECT product, SUM(quantity) AS on_order FROM inbound GROUP BY product"
    if not inbound:
        arriving = "SELECT NULL AS product, 0 AS on_order WHERE FALSE"
    point = "SUM(reorder_point)" if with_point else "NULL"
    base = f"""
        WITH held AS (SELECT product, ANY_VALUE(known_as) AS known_as, SUM(on_hand) AS on_hand,
          {point} AS declared_point FROM stock GROUP BY product),
        arriving AS ({arriving}),
        demand AS (
          SELECT product, SUM(units) / {int(weeks)}.0 AS weekly,
            SQRT(GREATEST(SUM(units * units) - SUM(units) * SUM(units) / {int(weeks)}.0, 0) / {int(weeks) - 1}.0) AS deviation
          FROM sales GROUP BY product
        ),
        joined AS (
          SELECT held.product, held.known_as, held.on_hand, COALESCE(arriving.on_order, 0) AS on_order, held.declared_point,
            {season:.9f} * COALESCE(demand.weekly, 0) / 7.0 AS daily_demand,
            {season:.9f} * GREATEST(COALESCE(demand.deviation, 0), SQRT(COALESCE(demand.weekly, 0))) / SQRT(7.0)
              AS daily_deviation
          FROM held LEFT JOIN demand ON demand.product = held.product LEFT JOIN arriving ON arriving.product = held.product
        ),
        levelled AS (
          SELECT *, daily_demand * {lead:.6f} + {z:.9f} * SQRT({lead:.6f} * daily_deviation * daily_deviation
              + daily_demand * daily_demand * {spread:.6f} * {spread:.6f}) AS reorder_level,
            daily_demand * {review:.6f} + {z:.9f} * SQRT({review:.6f} * daily_deviation * daily_deviation
              + daily_demand * daily_demand * {spread:.6f} * {spread:.6f}) AS up_to
          FROM joined
        )
    """
    low = "daily_demand > 0 AND on_hand + on_order < reorder_level"
    if limit is None:
        return select_of(
            f"{base} SELECT COUNT(*) AS products, COUNT(*) FILTER (WHERE {low}) AS to_reorder FROM levelled"
        )
    return select_of(f"""{base}
        SELECT COALESCE(known_as, CAST(product AS VARCHAR)) AS product, on_hand, on_order, daily_demand, daily_deviation,
          on_hand / daily_demand AS days_of_stock,
          reorder_level, CEIL(up_to - on_hand - on_order) AS order_quantity, declared_point
        FROM levelled WHERE {low}
        ORDER BY (on_hand + on_order) / reorder_level, daily_demand DESC, product LIMIT {int(limit)}
    """)


def return_cells_select(minimum_sold: int) -> exp.Select:
    """Cells of products: product_group, sold, returned, products; those that sold at least `minimum_sold`.

    Reads `sold` (product, product_group, sold) and `returned` (product, returned). More returns than sales (of earlier
    sales) count as all of them.
    """
    return select_of(f"""
        SELECT sold.product_group, sold.sold, LEAST(COALESCE(returned.returned, 0), sold.sold) AS returned, COUNT(*) AS products
        FROM sold LEFT JOIN returned ON returned.product = sold.product
        WHERE sold.sold >= {int(minimum_sold)} GROUP BY ALL ORDER BY ALL
    """)
