"""Makes the sample: one DuckDB file, written by DuckDB from whole-number plans, the same on every machine."""

import dataclasses
import functools
from collections.abc import Iterator
from pathlib import Path

import duckdb

from catalog.samples.generation import (
    EngineSettings,
    ProgressCallback,
    SampleReport,
    check_scale_and_seed,
    write_sample,
)
from catalog.samples.novamart import (
    clickstream,
    customers,
    effects,
    marketing,
    operations,
    products,
    registrations,
    returned,
    sales,
    shape,
)
from catalog.samples.novamart.event_file import resolve_events
from catalog.samples.novamart.events import PlantedEvent
from catalog.samples.novamart.plan import day_plans, plan_for
from catalog.samples.novamart.tables import TABLES, create_statements

DEFAULT_SCALE = 0.01
DEFAULT_SEED = 7
SMALLEST_SCALE = 0.001
_BYTES_AT_SCALE_ONE = 6_000_000_000
_BYTES_AT_ANY_SCALE = 60_000_000


@dataclasses.dataclass(frozen=True)
class GenerationReport(SampleReport):
    """What was made, and the events planted in it."""

    events: tuple[PlantedEvent, ...]


def generate(
    out: Path,
    scale: float = DEFAULT_SCALE,
    seed: int = DEFAULT_SEED,
    events: Path | None = None,
    progress: ProgressCallback | None = None,
    memory_limit: str | None = None,
    threads: int | None = None,
    clickstream: bool = True,
) -> GenerationReport:
    """Write the NovaMart sample to the DuckDB file `out` and say what it holds.

    `scale` multiplies the rows (1 is 12.4 M orders and 340 M clicks), never the days; `events` is a YAML list of
    planted events (EVENTS.md), none meaning the default list. `progress` is told each stage as it begins and the
    fraction of the work done by then. `memory_limit` is DuckDB's (such as "8GB"); `threads` defaults to the machine's.
    The rows depend on scale, seed and events alone. Without `clickstream` that table stays empty, which saves most of the
    time and space where visits are not asked about; all other rows are the same.

    The file appears, replacing an older one, only when it is complete. Raises SampleError for a scale, seed, target or
    setting that cannot be used, SampleEventsError for the list of events, SampleSpaceError when the disk is full.
    """
    check_scale_and_seed(scale, seed, SMALLEST_SCALE)
    planted = resolve_events(events, seed)
    stages = functools.partial(_stages, scale=scale, seed=seed, events=planted, with_clickstream=clickstream)
    bytes_needed = int(_BYTES_AT_SCALE_ONE * scale) + _BYTES_AT_ANY_SCALE
    engine = EngineSettings(memory_limit, threads)
    report = write_sample(out, scale, seed, stages, TABLES, bytes_needed, progress, engine)
    return GenerationReport(**vars(report), events=planted)


def _stages(
    connection: duckdb.DuckDBPyConnection,
    scale: float,
    seed: int,
    events: tuple[PlantedEvent, ...],
    with_clickstream: bool,
) -> Iterator[tuple[str, float]]:
    """Does the work, telling each stage before it starts with the fraction of the work done by then."""
    plan = plan_for(scale, seed)
    days = day_plans(plan)
    demand = effects.demand_effects(events)
    yield "customers and products", 0.0
    for statement in create_statements():
        connection.execute(statement)
    products.create_products(connection, plan, events)
    customers.create_day_plan(connection, days, effects.boosts_ppm(demand, days))
    customers.create_seats(connection, plan)
    customers.create_order_plan(connection, plan)
    customers.create_customer_plan(connection, plan, events)
    sales.create_month_plan(connection)
    chunks = sales.month_chunks(days)
    for number, months in enumerate(chunks):
        yield f"orders {_month_name(months[0])} to {_month_name(months[1])}", 0.04 + 0.36 * number / len(chunks)
        sales.write_sales(connection, plan, events, demand, days, months)
    yield "returns, stock and shipments", 0.40
    returned.write_returns(connection)
    operations.write_stock(connection, plan, events)
    operations.write_shipments(connection, plan, events)
    yield "customers' details", 0.43
    registrations.write_customers(connection, plan)
    yield "campaigns and surveys", 0.46
    marketing.write_campaigns(connection, plan, events)
    marketing.write_surveys(connection, plan, events)
    clickstream.create_visit_plan(connection, plan, events)
    months_of_clicks = clickstream.clickstream_months() if with_clickstream else ()
    for number, month in enumerate(months_of_clicks):
        yield f"clickstream {_month_name(month)}", 0.48 + 0.50 * number / len(months_of_clicks)
        clickstream.write_clickstream(connection, plan, month)
    yield "closing the file", 0.98
    connection.execute("INSERT INTO sample_info VALUES (?, ?, ?)", [scale, seed, shape.AS_OF])


def _month_name(month_index: int) -> str:
    months = shape.FIRST_DAY.year * 12 + shape.FIRST_DAY.month - 1 + month_index
    return f"{months // 12}-{months % 12 + 1:02d}"
