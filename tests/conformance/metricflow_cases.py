"""MetricFlow's own integration cases: read, asked through the importer and the compiler, and their rows compared."""

from __future__ import annotations

import datetime as dt
import decimal
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from agent.tools.compile import compile_query
from catalog.access import Principal, view_for
from catalog.durations import TimeGrain
from catalog.interop.imported import Imported
from catalog.interop.metricflow import MetricFlowProject, read_project
from catalog.interop.metricflow.names import METRIC_TIME, take_apart
from catalog.interop.metricflow.reader import base_of
from catalog.models import AggregateMetric, Catalog, ConversionMetric, CumulativeMetric, DerivedMetric
from catalog.query import MetricQuery, MetricUse, OrderBy, Period, SqlCondition, TimeDimension, dimension_name

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = "January February March April May June July August September October November December".split()
FOLDERS = {
    "SIMPLE_MODEL": "simple_manifest",
    "SIMPLE_MODEL_NON_DS": "non_sm_manifest",
    "EXTENDED_DATE_MODEL": "extended_date_manifest",
    "SCD_MODEL": "scd_manifest",
    "UNPARTITIONED_MULTI_HOP_JOIN_MODEL": "multi_hop_join_manifest",
    "PARTITIONED_MULTI_HOP_JOIN_MODEL": "partitioned_multi_hop_join_manifest",
}


@dataclass
class Suite:
    """The cases and the database they are about."""

    root: Path
    connection: duckdb.DuckDBPyConnection
    cases: list[dict[str, Any]]
    projects: dict[str, tuple[MetricFlowProject, Imported]] = field(default_factory=dict)

    def project(self, model: str) -> tuple[MetricFlowProject, Imported]:
        if model not in self.projects:
            project = read_project(self.root / "manifests" / FOLDERS[model], "mf")
            self.projects[model] = (project, project.imported())
        return self.projects[model]


@lru_cache
def open_suite(root: Path) -> Suite:
    """The suite under a folder, its tables loaded."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA mf")
    for file in sorted((root / "tables").glob("*.parquet")):
        connection.execute(f"CREATE TABLE mf.{file.stem} AS SELECT * FROM read_parquet('{file}')")
    return Suite(root, connection, json.loads((root / "cases.json").read_text(encoding="utf-8")))


def default_grain(catalog: Catalog, name: str) -> TimeGrain:
    """The grain of metric_time where a question names none: the metric's own times', but not finer than a day."""
    metric = catalog.metric_by_name[name]
    if isinstance(metric, AggregateMetric):
        dataset = catalog.dataset_by_name[metric.dataset]
        time = (metric.time_field or "").partition(".")[2] or dataset.time_field or ""
        found = dataset.field_by_name[time].time_grain or TimeGrain.DAY
        return max(found, TimeGrain.DAY, key=lambda grain: grain.rank)
    parts: list[str] = []
    if isinstance(metric, DerivedMetric):
        parts = [item.metric for item in metric.inputs]
    elif isinstance(metric, CumulativeMetric):
        parts = [metric.metric]
    elif isinstance(metric, ConversionMetric):
        parts = [metric.base_metric]
    return max((default_grain(catalog, part) for part in parts), key=lambda grain: grain.rank)


def ask(suite: Suite, case: dict[str, Any]) -> tuple[MetricQuery, Catalog]:
    """The case's question as a MetricQuery."""
    project, imported = suite.project(case["model"])
    catalog = imported.catalog
    if case.get("saved_query_name"):
        return imported.saved_queries[case["saved_query_name"]], catalog
    metrics = [name.lower() for name in case.get("metrics") or []]
    base = base_of(catalog, metrics[0]) if metrics else None
    declared = {item["name"].lower(): item for item in project.manifest.metrics}
    default = max(
        (
            TimeGrain(declared[name]["time_granularity"])
            if declared.get(name, {}).get("time_granularity")
            else default_grain(catalog, name)
            for name in metrics
        ),
        key=lambda grain: grain.rank,
        default=TimeGrain.DAY,
    )
    wanted = [{"name": name} for name in case.get("group_bys") or []] + (case.get("group_by_objs") or [])
    dimensions = []
    for item in wanted:
        apart = take_apart(item["name"], project.custom_grains, item.get("grain"), item.get("date_part"))
        dimensions.append(project.as_dimension(apart, base, default))
    where = None
    if case.get("where_filter_rendered"):
        text = case["where_filter_rendered"]
        for dimension in dimensions:  # a few filters name a result column
            name = dimension_name(dimension)
            if name in text and "{{" not in text:
                reference = dimension.field if dimension.field else METRIC_TIME
                text = text.replace(name, str(reference))
        where = SqlCondition(expression=project.sql(text, base))
    orders = []
    for text in case.get("order_bys") or []:
        name = text.removeprefix("-").lower()
        column = (
            name
            if name in metrics
            else dimension_name(project.as_dimension(take_apart(name, project.custom_grains), base, default))
        )
        orders.append(OrderBy(column=column, descending=text.startswith("-")))
    query = MetricQuery(
        metrics=tuple(MetricUse(metric=name) for name in metrics),
        group_by=tuple(dimensions),
        where=where,
        period=_period(case.get("time_constraint"), dimensions, default),
        order_by=tuple(orders),
        limit=case.get("limit"),
    )
    return query, catalog


def _period(constraint: list[str] | None, dimensions: list[Any], default: TimeGrain) -> Period | None:
    """The constraint, widened to whole periods of metric_time as MetricFlow does; its end is included."""
    if not constraint:
        return None
    grains = [
        item.grain for item in dimensions if isinstance(item, TimeDimension) and item.field is None and item.grain
    ]
    grain = min(grains, key=lambda each: each.rank) if grains else default
    start, end = (dt.datetime.fromisoformat(text) for text in constraint)
    step = {"hour": dt.timedelta(hours=1), "day": dt.timedelta(days=1), "week": dt.timedelta(days=7)}
    if grain.value == "month":
        start = start.replace(day=1)
        end = (end.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    elif grain.value == "week":
        start -= dt.timedelta(days=start.weekday())
        end = end - dt.timedelta(days=end.weekday()) + step["week"]
    elif grain.value == "hour":
        start, end = start.replace(minute=0, second=0), end.replace(minute=0, second=0) + step["hour"]
    else:
        start, end = start.replace(hour=0, minute=0, second=0), end.replace(hour=0, minute=0, second=0) + step["day"]
    return Period(start=start, end=end)


def judge(suite: Suite, case: dict[str, Any]) -> str | None:
    """None where the rows are MetricFlow's; else how they differ."""
    query, catalog = ask(suite, case)
    compiled = compile_query(view_for(catalog, Principal()), query)
    sql = compiled.sql
    if case.get("min_max_only"):
        name = compiled.columns[0].name
        sql = f"SELECT MIN({name}), MAX({name}) FROM ({sql})"
        columns = [f"{name}__min", f"{name}__max"]
    else:
        columns = [column.name for column in compiled.columns]
    rows = suite.connection.execute(sql).fetchall()
    if case["expected_rows"] is None:
        return (
            None if len(rows) == case["expected_row_count"] else f"{len(rows)} rows, not {case['expected_row_count']}"
        )
    order = [_place(columns, name) for name in case["expected_columns"]]
    found = [tuple(cell(row[index]) for index in order) for row in rows]
    expected = [tuple(cell(value) for value in row) for row in case["expected_rows"]]
    same = found == expected if case.get("check_order") else Counter(found) == Counter(expected)
    if same:
        return None
    extra, missing = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    return f"{len(found)} rows for {len(expected)}; more {list(extra)[:3]}; less {list(missing)[:3]}"


def _place(columns: list[str], name: str) -> int:
    parts = {
        "dow": "weekday",
        "doy": "day_of_year",
        "day": "day_of_month",
        "month": "month_of_year",
        "year": "year_number",
        "quarter": "quarter_of_year",
    }
    candidates = [name]
    if "__extract_" in name:
        before, _, part = name.partition("__extract_")
        candidates.append(f"{before}__{parts[part]}")
    for candidate in candidates:
        if candidate in columns:
            return columns.index(candidate)
    ends = [
        index for index, column in enumerate(columns) if name.endswith(f"__{column}")
    ]  # the entities on the way left out
    if len(ends) == 1:
        return ends[0]
    raise AssertionError(f"no column {name} among {columns}")


def cell(value: Any) -> Any:
    """A value as both sides can compare it: numbers rounded, times as ISO text, names of weekdays and months as numbers."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float | decimal.Decimal):
        return f"{float(value):.9g}"
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time()).isoformat()
    if value in WEEKDAYS:
        return f"{WEEKDAYS.index(value) + 1:.9g}"
    if value in MONTHS:
        return f"{MONTHS.index(value) + 1:.9g}"
    return str(value)
