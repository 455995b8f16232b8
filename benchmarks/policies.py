"""What policies cost in the compiled door: `python -m benchmarks.policies [--database FILE]`, over NovaMart.

Each question is asked as a role of one region; beside it runs SQL as a person would write it with the same filters, on the
same engine. Both must give the same rows. The median of interleaved runs is shown, and their ratio.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from agent.locations import default_database
from agent.settings import Settings
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.metric_query import compile_permitted
from agent.tools.guard.statement import GuardedStatement
from catalog.access import CatalogView, Principal, view_for
from catalog.loader import load_catalog
from catalog.query import MetricQuery

RUNS = 21
REGION = "West"

# What is asked, and the same by hand.
QUESTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "revenue by month, 2026": (
        {
            "metrics": [{"metric": "revenue"}],
            "group_by": [{"kind": "time", "grain": "month"}],
            "period": {"start": "2026-01-01", "end": "2026-11-01"},
        },
        "SELECT date_trunc('month', o.order_date)::DATE, sum(i.quantity * i.unit_price - i.discount) FROM order_items AS i "
        "JOIN orders AS o ON o.order_id = i.order_id JOIN customers AS c ON c.customer_id = o.customer_id "
        "WHERE c.region = 'West' AND o.status <> 'cancelled' AND o.order_date >= DATE '2026-01-01' "
        "AND o.order_date < DATE '2026-11-01' GROUP BY 1 ORDER BY 1",
    ),
    "GMV by category": (
        {"metrics": [{"metric": "gmv"}], "group_by": [{"kind": "field", "field": "products.category"}]},
        "SELECT p.category, sum(i.quantity * i.unit_price) FROM order_items AS i JOIN orders AS o ON o.order_id = i.order_id "
        "JOIN customers AS c ON c.customer_id = o.customer_id LEFT JOIN products AS p ON p.product_id = i.product_id "
        "WHERE c.region = 'West' AND o.status <> 'cancelled' GROUP BY 1 ORDER BY 1",
    ),
    "orders by channel": (
        {"metrics": [{"metric": "order_count"}], "group_by": [{"kind": "field", "field": "orders.channel"}]},
        "SELECT o.channel, count(DISTINCT o.order_id) FROM orders AS o JOIN customers AS c ON c.customer_id = o.customer_id "
        "WHERE c.region = 'West' AND o.status <> 'cancelled' GROUP BY 1 ORDER BY 1",
    ),
    "active customers by quarter": (
        {"metrics": [{"metric": "active_customers"}], "group_by": [{"kind": "time", "grain": "quarter"}]},
        "SELECT date_trunc('quarter', o.order_date)::DATE, count(DISTINCT o.customer_id) FROM orders AS o "
        "JOIN customers AS c ON c.customer_id = o.customer_id WHERE c.region = 'West' AND o.status <> 'cancelled' "
        "GROUP BY 1 ORDER BY 1",
    ),
    "customers by segment": (
        {"metrics": [{"metric": "customer_count"}], "group_by": [{"kind": "field", "field": "customers.segment"}]},
        "SELECT segment, count(DISTINCT customer_id) FROM customers WHERE region = 'West' GROUP BY 1 ORDER BY 1",
    ),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, default=default_database(Settings(), "novamart"))
    given = parser.parse_args()
    catalog = load_catalog("novamart")
    view = view_for(catalog, Principal(role="regional_manager", attributes={"region": REGION}))
    ratios = []
    with duckdb.connect(str(given.database), read_only=True, config={"threads": 2}) as connection:
        for name, (plain, by_hand) in QUESTIONS.items():
            query = MetricQuery.model_validate(plain)
            guarded = guarded_of(view, query)
            wanted, found = connection.execute(by_hand).fetchall(), connection.execute(guarded.sql).fetchall()
            same = sorted(tuple(map(_cell, row)) for row in wanted) == sorted(tuple(map(_cell, row)) for row in found)
            mine, theirs = interleaved(
                lambda sql=guarded.sql: connection.execute(sql).fetchall(),  # type: ignore[misc]
                lambda sql=by_hand: connection.execute(sql).fetchall(),  # type: ignore[misc]
            )
            writing = statistics.median(_timed(lambda query=query: guarded_of(view, query)) for _ in range(RUNS))  # type: ignore[misc]
            ratios.append(mine / theirs)
            print(
                f"{name:<30} compiled {mine:8.2f} ms   by hand {theirs:8.2f} ms   ratio {mine / theirs:5.2f}"
                f"   written and guarded in {writing:6.2f} ms   {'same rows' if same else 'OTHER ROWS'}"
            )
    print(f"{'geometric mean of the ratios':<30} {statistics.geometric_mean(ratios):.2f}, worst {max(ratios):.2f}")


def guarded_of(view: CatalogView, query: MetricQuery) -> GuardedStatement:
    """The statement that answers the query."""
    return guard_compiled(compile_permitted(view, query), view)


def interleaved(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[float, float]:
    """The median times in milliseconds of two pieces of work, run in turn after one run to warm up."""
    one(), other()
    pairs = [(_timed(one), _timed(other)) for _ in range(RUNS)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _cell(value: Any) -> Any:
    return str(value.date() if hasattr(value, "date") else value)


if __name__ == "__main__":
    main()
