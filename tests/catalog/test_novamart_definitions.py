"""Every metric NovaMart offers, compiled and run on a small sample, equals SQL written by hand against the tables."""

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
from catalog.loader import load_catalog
from catalog.query import FieldDimension, MetricQuery, MetricUse, Period
from catalog.samples.novamart import generate
from tests.catalog.by_hand import same

DEFINITIONS = yaml.safe_load((Path(__file__).parent / "novamart_definitions.yaml").read_text())
SEPTEMBER = Period(start=dt.date(2026, 9, 1), end=dt.date(2026, 10, 1))
AS_OF = dt.date(2026, 10, 31)
TIMELESS = {"product_count", "category_count", "cltv"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    path = tmp_path_factory.mktemp("novamart") / "small.duckdb"
    generate(path, scale=0.002)
    with duckdb.connect(str(path), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def view() -> CatalogView:
    return view_for(load_catalog("novamart"), Principal())


def by_hand(sql: str) -> str:
    return sql.format(**DEFINITIONS["rows"])


def compiled(view: CatalogView, metric: str, *by: str) -> str:
    query = MetricQuery(
        metrics=(MetricUse(metric=metric),),
        group_by=tuple(FieldDimension(field=name) for name in by),
        period=None if metric in TIMELESS else SEPTEMBER,
    )
    return compile_query(view, query, as_of=AS_OF).sql


def test_the_list_is_complete(view: CatalogView) -> None:
    assert set(DEFINITIONS["metrics"]) == set(view.metrics)


@pytest.mark.parametrize("metric", DEFINITIONS["metrics"])
def test_a_metric_is_what_its_definition_says(
    metric: str, view: CatalogView, run: Callable[[str], list[tuple[Any, ...]]]
) -> None:
    ((wanted,),) = run(by_hand(DEFINITIONS["metrics"][metric]))
    ((found,),) = run(compiled(view, metric))
    assert wanted is not None
    assert same(found, wanted), (found, wanted)


@pytest.mark.parametrize("split", DEFINITIONS["splits"], ids=lambda split: f"{split['metric']} by {split['by']}")
def test_a_split_is_what_its_definition_says(
    split: dict[str, str], view: CatalogView, run: Callable[[str], list[tuple[Any, ...]]]
) -> None:
    wanted = sorted(run(by_hand(split["sql"])))
    found = sorted(run(compiled(view, split["metric"], split["by"])))
    assert [row[0] for row in found] == [row[0] for row in wanted]
    for (key, left), (_, right) in zip(found, wanted, strict=True):
        assert same(left, right), (key, left, right)
