"""Every metric AmaliMart offers, compiled and run on a small sample, equals SQL written by hand; so does every gold table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from agent.tools.compile import compile_query
from catalog.access import CatalogView, Principal, view_for
from catalog.durations import TimeGrain
from catalog.loader import load_catalog
from catalog.query import Dimension, FieldDimension, MetricQuery, MetricUse, Period, TimeDimension
from catalog.samples.generation import SampleReport
from tests.catalog.by_hand import same

DEFINITIONS = yaml.safe_load((Path(__file__).parent / "amalimart_definitions.yaml").read_text())
SEPTEMBER = Period(start=dt.date(2026, 9, 1), end=dt.date(2026, 10, 1))
AS_OF = dt.date(2026, 10, 31)
TIMELESS = {
    "stock_quantity",
    "products_with_status_active",
    "out_of_stock_products",
    "active_vendors",
    "verification_rate",
}
TIMELESS |= {"active_user_rate"}
Run = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def run(small_marketplace: SampleReport) -> Iterator[Run]:
    with duckdb.connect(str(small_marketplace.path), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def view() -> CatalogView:
    return view_for(load_catalog("amalimart"), Principal())


def by_hand(sql: str) -> str:
    return sql.format(**DEFINITIONS["rows"])


def compiled(view: CatalogView, metric: str, *by: Dimension, period: Period | None = SEPTEMBER) -> str:
    query = MetricQuery(metrics=(MetricUse(metric=metric),), group_by=by, period=None if metric in TIMELESS else period)
    return compile_query(view, query, as_of=AS_OF).sql


def test_the_list_is_complete(view: CatalogView) -> None:
    assert set(DEFINITIONS["metrics"]) == set(view.metrics)


@pytest.mark.parametrize("metric", DEFINITIONS["metrics"])
def test_a_metric_is_what_its_definition_says(metric: str, view: CatalogView, run: Run) -> None:
    ((wanted,),) = run(by_hand(DEFINITIONS["metrics"][metric]))
    ((found,),) = run(compiled(view, metric))
    assert wanted is not None
    assert same(found, wanted), (found, wanted)


@pytest.mark.parametrize("split", DEFINITIONS["splits"], ids=lambda split: f"{split['metric']} by {split['by']}")
def test_a_split_is_what_its_definition_says(split: dict[str, str], view: CatalogView, run: Run) -> None:
    wanted = sorted(row for row in run(by_hand(split["sql"])) if row[1])
    found = sorted(row for row in run(compiled(view, split["metric"], FieldDimension(field=split["by"]))) if row[1])
    assert [row[0] for row in found] == [row[0] for row in wanted]
    for (key, left), (_, right) in zip(found, wanted, strict=True):
        assert same(left, right), (key, left, right)


GOLD_COLUMNS = [
    (table, column, metric)
    for table, declared in DEFINITIONS["gold"].items()
    for column, metric in (
        declared["metrics"].items()
        if isinstance(declared["metrics"], dict)
        else zip(*[declared["metrics"]] * 2, strict=True)
    )
]


@pytest.mark.parametrize(("table", "column", "metric"), GOLD_COLUMNS)
def test_gold_equals_the_metric(table: str, column: str, metric: str, view: CatalogView, run: Run) -> None:
    keys = DEFINITIONS["gold"][table]["keys"]
    by = [
        TimeDimension(grain=TimeGrain(source)) if source in list(TimeGrain) else FieldDimension(field=source)
        for source in keys.values()
    ]
    found = {row[:-1]: row[-1] for row in run(compiled(view, metric, *by, period=None)) if row[-1] not in (None, 0)}
    sql = f"SELECT {', '.join(keys)}, {column} FROM gold.{table} WHERE {column} IS NOT NULL"
    gold = {row[:-1]: row[-1] for row in run(sql) if row[-1] != 0}
    found = {
        tuple(part.date() if isinstance(part, dt.datetime) else part for part in key): value
        for key, value in found.items()
    }
    assert set(found) == set(gold) and gold
    for key, value in gold.items():
        assert same(found[key], value), (key, found[key], value)
