"""Compile time and the SQL's run time beside MetricFlow's, on the same project, questions, database and machine.

    python -m benchmarks.compiler.against_metricflow --database NOVAMART --peer PYTHON_WITH_METRICFLOW

Both compile each question seven times after a warm-up; both statements run five times, in turn, on a copy of the database's
tables with a time spine added. Prints medians in milliseconds, ratios, and whether the rows are equal.
"""

from __future__ import annotations

import argparse
import datetime as dt
import decimal
import json
import statistics
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

from agent.tools.compile import compile_query
from catalog.access import CatalogView, Principal, view_for
from catalog.interop.metricflow import MetricFlowProject, read_project
from catalog.query import MetricQuery, MetricUse

HERE = Path(__file__).parent
TIMES = 7
RUNS = 5
# Each kind of metric by the same kinds of grouping; plain sums and counts are one kind among the six.
QUESTIONS: dict[str, list[tuple[list[str], list[str]]]] = {
    "plain": [
        (["revenue"], []),
        (["revenue"], ["metric_time__month"]),
        (["revenue"], ["order__channel"]),
        (["revenue"], ["customer__region"]),
        (["revenue", "order_count"], ["customer__segment", "metric_time__quarter"]),
        (["buyers"], ["metric_time__month"]),
        (["average_order"], ["order__channel"]),
        (["refunds"], ["order__channel"]),
        (["web_revenue", "revenue"], ["metric_time__month"]),
        (["new_customers", "revenue"], ["metric_time__month"]),
    ],
    "ratio": [
        (["revenue_per_order"], ["metric_time__month"]),
        (["revenue_per_order"], ["order__channel"]),
        (["return_rate"], ["metric_time__month"]),
        (["return_rate"], ["order__channel"]),
    ],
    "derived": [
        (["net_revenue"], ["metric_time__month"]),
        (["net_revenue"], ["order__channel"]),
        (["net_revenue", "return_rate"], ["order__channel", "metric_time__quarter"]),
    ],
    "with an earlier period": [
        (["revenue_growth"], ["metric_time__month"]),
        (["revenue_growth"], ["metric_time__month", "order__channel"]),
        (["revenue_to_last_year"], ["metric_time__quarter"]),
        (["return_rate_change"], ["metric_time__month"]),
    ],
    "cumulative": [
        (["revenue_ever"], ["metric_time__day"]),
        (["revenue_90_days"], ["metric_time__day"]),
        (["revenue_month_to_date"], ["metric_time__day"]),
        (["revenue_month_to_date"], ["metric_time__day", "order__channel"]),
    ],
    "conversion": [
        (["orders_returned"], ["metric_time__month"]),
        (["orders_returned"], ["order__channel"]),
    ],
}


def ours(
    project: MetricFlowProject, view: CatalogView, metrics: list[str], group_by: list[str]
) -> tuple[str, list[float]]:
    """Our statement, and how long each compilation took in milliseconds."""
    dimensions = tuple(project.dimension(name, "orders") for name in group_by)
    query = MetricQuery(metrics=tuple(MetricUse(metric=name) for name in metrics), group_by=dimensions)
    times = []
    sql = ""
    for _ in range(TIMES + 1):
        started = time.perf_counter()
        sql = compile_query(view, query).sql
        times.append((time.perf_counter() - started) * 1000)
    return sql, times[1:]


def database(path: Path) -> duckdb.DuckDBPyConnection:
    """The tables the project reads, with a spine of the days there are orders for."""
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{path}' AS source (READ_ONLY)")
    for table in ("orders", "customers", "returns"):
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM source.{table}")
    connection.execute(
        "CREATE TABLE spine AS SELECT CAST(UNNEST(GENERATE_SERIES("
        "(SELECT MIN(order_date)::DATE FROM orders), (SELECT MAX(order_date)::DATE FROM orders), INTERVAL 1 DAY)) AS DATE) AS day"
    )
    return connection


def cells(rows: list[tuple[Any, ...]], keys: int) -> Counter[tuple[Any, ...]]:
    """Rows as both sides can compare them, in any order of columns; those without a figure after `keys` columns left out.

    Beside an earlier period our rows go on to the one after the last, which has that period and no figure of its own.
    """

    def plain(value: Any) -> str:
        if isinstance(value, int | float | decimal.Decimal) and not isinstance(value, bool):
            return f"{float(value):.9g}"
        return str(value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value)

    held = [row for row in rows if any(value is not None for value in row[keys:])]
    return Counter(tuple(sorted(plain(value) for value in row)) for row in held)


def run_times(connection: duckdb.DuckDBPyConnection, statements: list[str], runs: int = RUNS) -> list[float]:
    """The median run time of each statement in milliseconds, the statements taking turns."""
    times: list[list[float]] = [[] for _ in statements]
    for _ in range(runs):
        for number, statement in enumerate(statements):
            started = time.perf_counter()
            connection.execute(statement).fetchall()
            times[number].append((time.perf_counter() - started) * 1000)
    return [statistics.median(each) for each in times]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--peer", required=True, help="a Python that has metricflow 0.213")
    arguments = parser.parse_args()
    questions = [(kind, *question) for kind, listed in QUESTIONS.items() for question in listed]
    asked = json.dumps([{"metrics": metrics, "group_by": group_by} for _, metrics, group_by in questions])
    command = [arguments.peer, str(HERE / "metricflow_peer.py"), str(HERE / "manifest")]
    answers = json.loads(subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout)
    project = read_project(HERE / "manifest", "main")
    view = view_for(project.imported().catalog, Principal())
    connection = database(arguments.database)
    compile_ours, compile_theirs = [], []
    ratios: dict[str, list[float]] = {kind: [] for kind in QUESTIONS}
    print(f"{'question':58} {'compile':>9} {'peer':>7} {'run':>9} {'peer':>9} {'ratio':>6}  rows")
    for (kind, metrics, group_by), answer in zip(questions, answers, strict=True):
        sql, times = ours(project, view, metrics, group_by)
        mine, theirs = run_times(connection, [sql, answer["sql"]])
        rows, their_rows = (connection.execute(each).fetchall() for each in (sql, answer["sql"]))
        same = cells(rows, len(group_by)) == cells(their_rows, len(group_by))
        compile_ours.append(statistics.median(times))
        compile_theirs.append(statistics.median(answer["compile_ms"]))
        ratios[kind].append(mine / theirs)
        name = f"{', '.join(metrics)} by {', '.join(group_by) or 'nothing'}"
        print(
            f"{name:58} {compile_ours[-1]:9.2f} {compile_theirs[-1]:7.2f} {mine:9.1f} {theirs:9.1f} {mine / theirs:6.2f}  "
            f"{'equal' if same else 'DIFFERENT'}"
        )
    print(
        f"compile p50 {statistics.median(compile_ours):.2f} ms, MetricFlow's {statistics.median(compile_theirs):.2f} ms"
    )
    print(
        f"compile ratio {statistics.median(compile_ours) / statistics.median(compile_theirs):.3f} (limits: 2 ms, 0.25)"
    )
    for kind, found in ratios.items():
        print(f"run time ratio, {kind}: median {statistics.median(found):.2f} of {len(found)}")
    print(
        f"run time ratio, median of the kinds {statistics.median(map(statistics.median, ratios.values())):.2f} (limit 0.8)"
    )
    every = [ratio for found in ratios.values() for ratio in found]
    print(f"run time ratio, median of all questions {statistics.median(every):.2f}")


if __name__ == "__main__":
    main()
