"""How run time grows with the data: the shapes of shapes.yaml at several scales, beside the growth of the rows.

    python -m benchmarks.compiler.growth --databases AT_0.01 AT_0.1 AT_1

Prints each shape's median of three in milliseconds, and how many times longer it takes than a scale before, beside how many
times more rows there are. Shapes that read the click stream are left out where a database has no clicks.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import duckdb
import yaml

from agent.tools.compile import compile_query
from benchmarks.compiler.against_hand_written import AS_OF, HERE, NOVAMART, line_shape
from benchmarks.compiler.against_metricflow import run_times
from catalog.access import Principal, view_for
from catalog.loader import load_catalog
from catalog.query import MetricQuery

RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--databases", type=Path, nargs="+", required=True, help="from the smallest to the largest")
    arguments = parser.parse_args()
    written = yaml.safe_load((HERE / "shapes.yaml").read_text(encoding="utf-8"))
    shapes = [*(line_shape(shape) for shape in written["lines"]), *written["others"]]
    view = view_for(load_catalog(NOVAMART), Principal())
    connections = [duckdb.connect(str(path), read_only=True) for path in arguments.databases]
    rows = [_count(connection, "order_items") for connection in connections]
    clicks = [_count(connection, "clickstream") for connection in connections]
    growth = " ".join(f"{later / earlier:8.1f}x" for earlier, later in itertools.pairwise(rows))
    print(f"{'order lines: ' + ', '.join(f'{count:,}' for count in rows):48} {'':{10 * len(rows)}} {growth}")
    for shape in shapes:
        sql = compile_query(view, MetricQuery.model_validate(shape["query"]), as_of=AS_OF).sql
        if "clickstream" in sql and not all(clicks):
            continue
        times = [run_times(connection, [sql], RUNS)[0] for connection in connections]
        shown = " ".join(f"{time:9.1f}" for time in times)
        factors = " ".join(f"{later / earlier:8.1f}x" for earlier, later in itertools.pairwise(times))
        print(f"{shape['name']:48} {shown} {factors}", flush=True)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    assert found is not None
    return int(found[0])


if __name__ == "__main__":
    main()
