"""Makes the sample: one DuckDB file, written by DuckDB from whole-number plans, the same on every machine."""

import functools
from collections.abc import Iterator
from pathlib import Path

import duckdb

from catalog.samples.amalimart import engagement, fulfilment, goods, medallion, people, sales, shape
from catalog.samples.amalimart.plan import counts_for, day_plans, plan_for
from catalog.samples.amalimart.tables import SOURCE_TABLES, create_statements
from catalog.samples.generation import (
    EngineSettings,
    ProgressCallback,
    SampleReport,
    check_scale_and_seed,
    write_sample,
)

DEFAULT_SCALE = 0.02
DEFAULT_SEED = 7
SMALLEST_SCALE = 0.001
_BYTES_AT_SCALE_ONE = 6_000_000_000
_BYTES_AT_ANY_SCALE = 60_000_000


def generate(
    out: Path,
    scale: float = DEFAULT_SCALE,
    seed: int = DEFAULT_SEED,
    progress: ProgressCallback | None = None,
    memory_limit: str | None = None,
    threads: int | None = None,
) -> SampleReport:
    """Write the AmaliMart sample to the DuckDB file `out` and say what it holds.

    `scale` multiplies the rows (1 is 3 M orders), never the days; vendors and delivery partners never fall below those
    the planted facts name. `progress` is told each stage as it begins and the fraction of the work done by then. The rows
    depend on scale and seed alone. The file appears, replacing an older one, only when it is complete. Raises SampleError
    for a scale, seed, target or setting that cannot be used, SampleSpaceError when the disk is full.
    """
    check_scale_and_seed(scale, seed, SMALLEST_SCALE)
    stages = functools.partial(_stages, scale=scale, seed=seed)
    bytes_needed = int(_BYTES_AT_SCALE_ONE * scale) + _BYTES_AT_ANY_SCALE
    engine = EngineSettings(memory_limit, threads)
    return write_sample(out, scale, seed, stages, SOURCE_TABLES, bytes_needed, progress, engine)


def _stages(connection: duckdb.DuckDBPyConnection, scale: float, seed: int) -> Iterator[tuple[str, float]]:
    """Does the work, telling each stage before it starts with the fraction of the work done by then."""
    plan = plan_for(scale, seed)
    counts = counts_for(plan)
    yield "people and places", 0.0
    for statement in create_statements():
        connection.execute(statement)
    people.create_day_plan(connection, day_plans(plan))
    people.create_customers(connection, plan, counts)
    sellers = people.create_vendors(connection, plan, counts)
    people.write_places(connection)
    people.write_users(connection, plan, counts)
    people.write_addresses(connection, plan, counts)
    people.write_vendors(connection, plan, counts)
    yield "products and discounts", 0.08
    goods.create_products(connection, plan, counts, sellers)
    goods.write_discounts(connection, plan, counts, sellers)
    yield "orders", 0.10
    sales.create_orders(connection, plan)
    level_ppm = sales.create_lines(connection, plan)
    goods.write_products(connection, plan, counts, level_ppm)
    sales.write_lines(connection, level_ppm)
    yield "payments, shipments and returns", 0.35
    fulfilment.create_outcomes(connection, plan, counts)
    sales.write_orders(connection)
    fulfilment.write_payments(connection, plan)
    fulfilment.write_shipments(connection, plan)
    fulfilment.write_history(connection)
    fulfilment.write_returns(connection, plan)
    yield "reviews, carts, tickets and messages", 0.55
    engagement.write_reviews(connection, plan)
    engagement.write_carts(connection, plan)
    engagement.write_wishlists(connection, plan)
    engagement.write_tickets(connection, plan)
    engagement.write_messages(connection, plan)
    engagement.write_spend(connection, plan)
    connection.execute("INSERT INTO sample_info VALUES (?, ?, ?)", [scale, seed, shape.AS_OF])
    yield "bronze, silver and gold", 0.75
    medallion.write_bronze(connection)
    medallion.write_silver(connection)
    medallion.write_gold(connection)
    yield "closing the file", 0.98
