"""What guard, warehouse and audit log cost: `python -m benchmarks.guard --database FILE [--catalog C] [--role R]`.

Every figure is the median of its runs, beside that of the thing it is compared with, on the same machine and data.
`--security FOLDER` adds how long past the deadline the statements of category e end.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from agent.tools.audit import AuditLog, Receipt
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.free import guard_free
from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView, Principal, view_for
from catalog.errors import PlumblineError
from catalog.loader import load_catalog
from catalog.models import CatalogField, Dataset, FieldRole, FieldType

RUNS = 15
DEADLINE_S = 2.0


def median_ms(work: Callable[[], Any], runs: int = RUNS) -> float:
    """The median time of `work`, in milliseconds, after one run to warm up."""
    work()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def show(what: str, value: float, unit: str, beside: str = "") -> None:
    print(f"{what:<58}{value:>10.2f} {unit:<4}{beside}")


def statements(view: CatalogView) -> dict[str, str]:
    """A small, a grouping and a joining statement over the catalog's largest related pair of datasets."""
    whole = view.whole
    relation = next(item for item in whole.relationships if len(item.from_fields) == 1)
    child, parent = view.datasets[relation.from_dataset], view.datasets[relation.to_dataset]
    on = f"p.{_column(parent, relation.to_fields[0])} = c.{_column(child, relation.from_fields[0])}"
    return {
        "count": f"SELECT count(*) AS n FROM {child.source}",
        "group": f"SELECT {_column(child, relation.from_fields[0])} AS k, count(*) AS n FROM {child.source} "
        "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20",
        "join": f"SELECT count(*) AS n FROM {child.source} AS c JOIN {parent.source} AS p ON {on}",
    }


def _column(dataset: Dataset, name: str) -> str:
    item = dataset.field_by_name.get(name)
    return item.expression if item is not None else name


def doors(database: Path, view: CatalogView) -> None:
    """The doors beside the bare engine, copies prebuilt."""
    with (
        duckdb.connect(str(database), read_only=True) as bare,
        Warehouse.open(database, WarehouseSettings(limits=QueryLimits(deadline_s=120, memory_mb=8192))) as warehouse,
    ):
        for name, sql in statements(view).items():
            engine = median_ms(lambda sql=sql: bare.cursor().execute(sql).fetchall())  # type: ignore[misc]
            show(f"{name}: the bare engine", engine, "ms")
            guard = median_ms(lambda sql=sql: guard_compiled(sql, view))  # type: ignore[misc]
            compiled = guard_compiled(sql, view)
            run = median_ms(lambda guarded=compiled: warehouse.run(guarded))  # type: ignore[misc]
            show(f"{name}: guard of the compiled door", guard, "ms")
            show(f"{name}: compiled door, run", run, "ms", f"{run - engine:+.2f} ms on the engine")
            checked = median_ms(lambda sql=sql: guard_free(sql, view))  # type: ignore[misc]
            free = guard_free(sql, view)
            started = time.perf_counter()
            warehouse.run(free)
            show(f"{name}: first free run, copy built", (time.perf_counter() - started) * 1000, "ms")
            run = median_ms(lambda guarded=free: warehouse.run(guarded))  # type: ignore[misc]
            show(f"{name}: guard of the free door", checked, "ms")
            show(
                f"{name}: free door, run", run, "ms", f"{checked + run - engine:+.2f} ms on the engine, guard included"
            )


def processes(database: Path, view: CatalogView) -> None:
    """From nothing to a first answer, and back to an answer after a kill."""
    one = guard_compiled("SELECT 1 AS n", view)

    def first() -> None:
        with Warehouse.open(database, WarehouseSettings(standby=0)) as warehouse:
            warehouse.run(one)

    show("open, spawn and first answer", median_ms(first, 7), "ms")
    with Warehouse.open(database) as warehouse:
        started = time.perf_counter()
        Warehouse.open(database).close()
        show("open and close without a question", (time.perf_counter() - started) * 1000, "ms")
        show("an answer of one row, warm", median_ms(lambda: warehouse.run(one), 200), "ms")


def audit() -> None:
    """A receipt on the disk, beside a bare write and sync."""
    receipt = Receipt(
        question="What was revenue in September by channel?",
        status="answer",
        user="local",
        role="executive",
        asked_at=dt.datetime.now(dt.UTC),
        catalog="any",
        catalog_sha256="0" * 64,
        plan={"steps": list(range(200))},
    )
    with tempfile.TemporaryDirectory() as folder:
        log = AuditLog.open(Path(folder))
        written = median_ms(lambda: log.append(receipt), 200)
        with (Path(folder) / "bare").open("wb", buffering=0) as file:

            def sync() -> None:
                file.write(b"x" * 4096)
                os.fsync(file.fileno())

            bare = median_ms(sync, 200)
        show("a receipt written and synced", written, "ms", f"{written / bare:.1f} times a bare 4 kB write and sync")
        log.close()


def exhaustion(folder: Path) -> None:
    """How long past the deadline statements end that try to exhaust the machine."""
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch) / "shop.duckdb"
        with duckdb.connect(str(database)) as connection:
            connection.execute((folder / "shop.sql").read_text(encoding="utf-8"))
        fields = tuple(
            CatalogField(name=name, expression=name, type=FieldType(kind), role=FieldRole.DIMENSION, label=name)
            for name, kind in (("order_id", "integer"), ("status", "string"))
        )
        table = Dataset(name="orders", source="orders", label="orders", singular="order", fields=fields)
        view = view_for(load_catalog("novamart").model_copy(update={"datasets": (table,), "roles": ()}), Principal())
        settings = WarehouseSettings(limits=QueryLimits(deadline_s=DEADLINE_S, memory_mb=1024))
        over = []
        with Warehouse.open(database, settings) as warehouse:
            for line in (folder / "adversarial_sql.jsonl").read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                if not entry["category"].startswith("e"):
                    continue
                warehouse.run(guard_free("SELECT 1 FROM orders LIMIT 1", view))  # builds the copy anew if it was killed
                started = time.perf_counter()
                try:
                    warehouse.run(guard_free(entry["sql"], view))
                except PlumblineError:
                    over.append(time.perf_counter() - started - DEADLINE_S)
        show(f"category e, {len(over)} ended: latest past the deadline", max(over) * 1000, "ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--catalog", default="novamart")
    parser.add_argument("--role")
    parser.add_argument("--security", type=Path)
    given = parser.parse_args()
    catalog = load_catalog(given.catalog)
    name = given.role or next((role.name for role in catalog.roles if role.free_sql), None)
    view = view_for(catalog, Principal(role=name))
    processes(given.database, view)
    doors(given.database, view)
    audit()
    if given.security:
        exhaustion(given.security)


if __name__ == "__main__":
    main()
