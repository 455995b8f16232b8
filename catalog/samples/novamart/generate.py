"""Makes the sample: one DuckDB file, written by DuckDB from whole-number plans, the same on every machine."""

import dataclasses
import math
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from catalog.samples.errors import SampleError, SampleSpaceError
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
from catalog.samples.novamart.target_file import check_target, replaced_at_the_end

DEFAULT_SCALE = 0.01
DEFAULT_SEED = 7
SMALLEST_SCALE = 0.001
LARGEST_SCALE = 10.0
_LARGEST_SEED = 2**63 - 1
_BYTES_AT_SCALE_ONE = 6_000_000_000
_BYTES_AT_ANY_SCALE = 60_000_000

# What the engine raises when memory or disk runs out, also while it writes its log or closes a transaction.
_NO_ROOM = (duckdb.OutOfMemoryException, duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)

ProgressCallback = Callable[[str, float], None]


@dataclasses.dataclass(frozen=True)
class GenerationReport:
    """What was made: the file, its rows by table, the events planted in it, and how long it took."""

    path: Path
    scale: float
    seed: int
    rows: dict[str, int]
    events: tuple[PlantedEvent, ...]
    file_bytes: int
    seconds: float


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
    started = time.monotonic()
    _check(scale, seed)
    planted = resolve_events(events, seed)
    target = Path(os.path.abspath(out.expanduser()))  # noqa: PTH100  (a link to the file is to be followed below)
    target = target.resolve() if target.is_symlink() else target
    check_target(target, int(_BYTES_AT_SCALE_ONE * scale) + _BYTES_AT_ANY_SCALE)
    tell = progress or (lambda stage, done: None)
    with replaced_at_the_end(target) as partial:
        try:
            rows = _write(partial, scale, seed, planted, tell, memory_limit, threads, clickstream)
        except _NO_ROOM as error:
            raise _space_error(error, target) from error
        except RuntimeError as error:
            if "interrupted" in str(error).lower():  # how the engine passes on Ctrl-C
                raise KeyboardInterrupt from error
            raise
    tell("done", 1.0)
    return GenerationReport(
        path=target,
        scale=scale,
        seed=seed,
        rows=rows,
        events=planted,
        file_bytes=target.stat().st_size,
        seconds=time.monotonic() - started,
    )


def _check(scale: float, seed: int) -> None:
    if not math.isfinite(scale) or not SMALLEST_SCALE <= scale <= LARGEST_SCALE:
        raise SampleError(f"scale must lie between {SMALLEST_SCALE} and {LARGEST_SCALE:g}, not {scale}")
    if not 0 <= seed <= _LARGEST_SEED:
        raise SampleError(f"seed must be a whole number from 0 to {_LARGEST_SEED}, not {seed}")


def _space_error(error: duckdb.Error, target: Path) -> SampleError:
    text = str(error).splitlines()[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        return SampleError(f"not enough memory for this scale: {text}; raise memory_limit or choose a smaller scale")
    return SampleSpaceError(f"cannot write the sample beside {target}: {text}")


def _write(
    partial: Path,
    scale: float,
    seed: int,
    events: tuple[PlantedEvent, ...],
    tell: ProgressCallback,
    memory_limit: str | None,
    threads: int | None,
    with_clickstream: bool,
) -> dict[str, int]:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(partial) + ".spill",
        "preserve_insertion_order": True,
        "autoinstall_known_extensions": False,
    }
    if memory_limit is not None:
        settings["memory_limit"] = memory_limit
    if threads is not None:
        settings["threads"] = threads
    try:
        connection = duckdb.connect(str(partial), config=settings)
    except (duckdb.ParserException, duckdb.InvalidInputException, duckdb.SyntaxException) as error:
        raise SampleError(f"the database engine refuses a setting: {str(error).splitlines()[0]}") from error
    with connection:
        connection.execute("SET enable_progress_bar = false")  # it would write to the standard output
        for stage, done in _stages(connection, scale, seed, events, with_clickstream):
            tell(stage, done)
        return {name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]) for name in TABLES}


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
    connection.execute("CHECKPOINT")


def _month_name(month_index: int) -> str:
    months = shape.FIRST_DAY.year * 12 + shape.FIRST_DAY.month - 1 + month_index
    return f"{months // 12}-{months % 12 + 1:02d}"
