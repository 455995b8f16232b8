"""A catalog written as another format and read back answers alike; what could not be carried is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.tools.compile import compile_query
from catalog.access import Principal, view_for
from catalog.interop.metricflow import read_project, write_project
from catalog.interop.ossie import write_ossie
from catalog.loader import load_catalog
from catalog.models import Catalog
from catalog.query import MetricQuery
from tests.agent.tools.compile.cinema import DATA, cinema


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute(DATA)
    yield connection
    connection.close()


def answer(database: duckdb.DuckDBPyConnection, catalog: Catalog, query: dict[str, Any]) -> list[tuple[Any, ...]]:
    compiled = compile_query(view_for(catalog, Principal()), MetricQuery.model_validate(query))
    return database.execute(compiled.sql).fetchall()


BY_CHANNEL = [{"kind": "field", "field": "bookings.channel"}]
BY_MONTH = [{"kind": "time", "grain": "month"}]
METRICFLOW_QUERIES = [
    {"metrics": [{"metric": "booking_count"}, {"metric": "all_bookings"}], "group_by": BY_CHANNEL},
    {"metrics": [{"metric": "cancellation_rate"}], "group_by": BY_MONTH},
    {"metrics": [{"metric": "refunded"}, {"metric": "new_members"}], "group_by": BY_MONTH},
    {"metrics": [{"metric": "stock_value"}], "group_by": BY_MONTH},
    {"metrics": [{"metric": "visits_converted"}], "group_by": BY_MONTH},
]


@pytest.mark.parametrize("query", METRICFLOW_QUERIES, ids=lambda query: query["metrics"][0]["metric"])
def test_metricflow(query: dict[str, Any], database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file = tmp_path / "project.yaml"
    file.write_text(write_project(cinema()).to_yaml(), encoding="utf-8")
    again = read_project(file).imported()
    assert again.not_carried == ()
    # where there is nothing to count MetricFlow says null, and we zero
    found, expected = (answer(database, catalog, query) for catalog in (again.catalog, cinema()))
    assert [[cell or 0 for cell in row] for row in found] == [[cell or 0 for cell in row] for row in expected]


def test_what_metricflow_lacks_is_named() -> None:
    written = write_project(cinema())
    carried = {item["metric"]["name"] for item in written.documents if "metric" in item}
    named = {line.partition(":")[0].removeprefix("metric ") for line in written.not_carried}
    assert {metric.name for metric in cinema().metrics} <= carried | named
    assert not carried & named
    assert any(line.startswith("role region_manager: ") for line in written.not_carried)
    assert "metric lapse_rate: MetricFlow has no state metrics" in written.not_carried


OSSIE_QUERIES = [
    {"metrics": [{"metric": "booking_count"}], "group_by": BY_CHANNEL},
    {"metrics": [{"metric": "refunded"}], "group_by": BY_CHANNEL},
]


@pytest.mark.parametrize("query", OSSIE_QUERIES, ids=lambda query: query["metrics"][0]["metric"])
def test_ossie(query: dict[str, Any], database: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_text(write_ossie(cinema()).to_yaml(), encoding="utf-8")
    again = load_catalog(tmp_path)
    assert sorted(answer(database, again, query), key=str) == sorted(answer(database, cinema(), query), key=str)


def test_what_ossie_lacks_is_named() -> None:
    written = write_ossie(cinema())
    carried = {item["name"] for item in written.documents[0]["semantic_model"][0]["metrics"]}
    named = {line.partition(":")[0].removeprefix("metric ") for line in written.not_carried}
    assert {metric.name for metric in cinema().metrics} == carried | (
        named & {metric.name for metric in cinema().metrics}
    )
    assert {"sales_3m", "repeat_rate", "lapse_rate", "stock_value"} <= named
