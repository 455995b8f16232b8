"""Whether time tells what answers do not: the same question about a value that hidden rows hold, and one that none holds.

    python -m benchmarks.timing_tells [--database FILE] [--repeats N]

NovaMart's regional manager of the West, let run SQL too, asks about customers and orders of other regions, beside ones that
are nowhere, in turns. Printed for each pair: both medians in ms, their difference, and how often the hidden one took longer, which
is near 0.5 where time tells nothing. The SQL pairs run where hidden rows are not (the free door).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from agent.service import PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from catalog.loader import catalog_files
from catalog.query import MetricQuery

WEST = Principal(user="wendy", role="regional_manager", attributes={"region": "West"}, token_salt="one")


def _pairs(database: Path) -> dict[str, tuple[object, object]]:
    """Questions and queries in pairs: about what hidden rows hold, and about what no row holds."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "SELECT max(customer_id) FILTER (region <> 'West'), max(customer_id) FROM customers"
        ).fetchone()
        assert found is not None
        order = connection.execute(
            "SELECT max(order_id) FROM orders JOIN customers USING (customer_id) WHERE region <> 'West'"
        ).fetchone()
        assert order is not None
    hidden, last = found
    return {
        "a customer's number": (_of("customers.customer_id", hidden), _of("customers.customer_id", last + 77)),
        "an order's number": (_of("orders.order_id", order[0]), _of("orders.order_id", order[0] + 10_000_000)),
        "the same, in words": (f"GMV of order {order[0]}", f"GMV of order {order[0] + 10_000_000}"),
        "a statement of one's own": (
            f"SELECT count(*) FROM orders WHERE order_id = {order[0]}",
            f"SELECT count(*) FROM orders WHERE order_id = {order[0] + 10_000_000}",
        ),
    }


def _of(field: str, value: object) -> MetricQuery:
    return MetricQuery.model_validate(
        {
            "metrics": [{"metric": "gmv"}],
            "where": {"kind": "field", "field": field, "operator": "eq", "values": [value]},
        }
    )


def _catalog(home: Path) -> Path:
    """NovaMart's catalog with free SQL for the regional manager."""
    made = home / "catalog"
    made.mkdir()
    for file in catalog_files("novamart"):
        shutil.copy(file, made)
    roles = made / "roles.yaml"
    text = roles.read_text(encoding="utf-8")
    roles.write_text(
        text.replace("    label: Regional manager\n", "    label: Regional manager\n    free_sql: true\n"), "utf-8"
    )
    return made


def _ask(service: PlumblineService, asked: object) -> Callable[[], object]:
    if isinstance(asked, MetricQuery):
        return lambda: service.run_query(asked, principal=WEST)
    if str(asked).startswith("SELECT"):
        return lambda: service.run_sql(str(asked), principal=WEST)
    return lambda: service.ask(str(asked), principal=WEST)


def _took_ms(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, default=None)
    parser.add_argument("--repeats", type=int, default=60)
    given = parser.parse_args()
    database = given.database or Settings().home / "data" / "novamart.duckdb"
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), model=None)
        with PlumblineService.open(settings, catalog=_catalog(Path(home)), database=database) as service:
            for name, (hidden, nowhere) in _pairs(database).items():
                runs = _ask(service, hidden), _ask(service, nowhere)
                for run in runs:
                    run()
                times: tuple[list[float], list[float]] = ([], [])
                for turn in range(given.repeats):
                    for which in (0, 1) if turn % 2 else (1, 0):
                        times[which].append(_took_ms(runs[which]))
                medians = [statistics.median(each) for each in times]
                longer = sum(one > two for one, two in zip(*times, strict=True)) / given.repeats
                print(
                    f"{name:<24} {medians[0]:8.2f} {medians[1]:8.2f} {medians[0] - medians[1]:+7.2f}  longer {longer:.2f}"
                )


if __name__ == "__main__":
    main()
