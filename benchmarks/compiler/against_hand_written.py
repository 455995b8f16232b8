"""The SQL's run time beside the fastest of three statements written by hand, over the shapes of shapes.yaml.

    python -m benchmarks.compiler.against_hand_written --database NOVAMART_AT_SCALE_0.1

Medians of five, the statements taking turns; only shapes over 50 ms count. Prints each ratio, the median and the worst.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import yaml

from agent.tools.compile import compile_query
from benchmarks.compiler.against_metricflow import run_times
from catalog.access import Principal, view_for
from catalog.loader import load_catalog
from catalog.query import MetricQuery

HERE = Path(__file__).parent
NOVAMART = HERE.parents[1] / "catalog" / "domains" / "novamart"
AS_OF = dt.date(2026, 10, 31)
LEAST_MS = 50.0
_FIGURES = {
    "revenue": "quantity * unit_price - discount",
    "gmv": "quantity * unit_price",
    "units_sold": "quantity",
    "discounts": "discount",
}


def line_shape(shape: dict[str, Any]) -> dict[str, Any]:
    """A figure of order lines by a dimension, and three ways to write it."""
    value, column = _FIGURES[shape["metric"]], shape["column"]
    more = f" JOIN {shape['join']}" if "join" in shape else ""
    kept = "status <> 'cancelled'"
    plain = f"SELECT {column}, SUM({value}) FROM order_items JOIN orders USING (order_id){more} WHERE {kept} GROUP BY 1"
    orders = f"WITH o AS (SELECT * FROM orders WHERE {kept})"
    first = f"{orders} SELECT {column}, SUM({value}) FROM o JOIN order_items USING (order_id){more} GROUP BY 1"
    if "key" in shape:
        by_key = f"SELECT {shape['key']}, SUM({value}) v FROM order_items JOIN orders USING (order_id) WHERE {kept} GROUP BY 1"
        last = f"WITH k AS ({by_key}) SELECT {column}, SUM(v) FROM k{more} GROUP BY 1"
    else:
        by_order = f"SELECT order_id, SUM({value}) v FROM order_items GROUP BY 1"
        last = f"WITH k AS ({by_order}) SELECT {column}, SUM(v) FROM k JOIN orders USING (order_id) WHERE {kept} GROUP BY 1"
    dimension = (
        {"kind": "field", "field": shape["dimension"]}
        if "dimension" in shape
        else {"kind": "time", "grain": shape["grain"]}
    )
    query = {"metrics": [{"metric": shape["metric"]}], "group_by": [dimension]}
    return {
        "name": f"{shape['metric']} by {shape.get('dimension') or shape['grain']}",
        "query": query,
        "variants": [plain, first, last],
    }


def require_three_that_agree(connection: duckdb.DuckDBPyConnection, shape: dict[str, Any]) -> None:
    """SystemExit where a shape has not three statements by hand, or they differ in rows or total."""
    found = []
    for statement in shape["variants"]:
        rows = connection.execute(statement).fetchall()
        found.append(
            (len(rows), sum(float(cell) for row in rows for cell in row if isinstance(cell, int | float | Decimal)))
        )
    count, total = found[0]
    same = all(rows == count and abs(sum_ - total) <= 1e-6 * max(1.0, abs(total)) for rows, sum_ in found)
    if len(found) != 3 or not same:
        raise SystemExit(f"{shape['name']}: wants three statements that agree, not {found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", type=Path, required=True)
    arguments = parser.parse_args()
    written = yaml.safe_load((HERE / "shapes.yaml").read_text(encoding="utf-8"))
    shapes = [*(line_shape(shape) for shape in written["lines"]), *written["others"]]
    view = view_for(load_catalog(NOVAMART), Principal())
    connection = duckdb.connect(str(arguments.database), read_only=True)
    ratios = []
    print(f"{'shape':48} {'ours ms':>9} {'by hand':>9} {'ratio':>6}")
    for shape in shapes:
        sql = compile_query(view, MetricQuery.model_validate(shape["query"]), as_of=AS_OF).sql
        require_three_that_agree(connection, shape)
        mine, *others = run_times(connection, [sql, *shape["variants"]])
        counted = max(mine, *others) >= LEAST_MS
        ratio = mine / min(others)
        if counted:
            ratios.append(ratio)
        print(f"{shape['name']:48} {mine:9.1f} {min(others):9.1f} {ratio:6.2f}{'' if counted else '  (under 50 ms)'}")
    over = f"{len(ratios)} shapes over {LEAST_MS:g} ms"
    print(f"{over}: median ratio {statistics.median(ratios):.2f} (limit 1.1), worst {max(ratios):.2f} (limit 1.5)")


if __name__ == "__main__":
    main()
