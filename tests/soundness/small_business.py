"""A few rows and definitions made into a database and a catalog, so that a case can draw all it is about."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from typing import Any

import duckdb

from agent.tools.compile import compile_query
from catalog.access import Principal, view_for
from catalog.models import Catalog
from catalog.query import MetricQuery


@dataclass
class SmallBusiness:
    """Tables with rows, and a catalog of them."""

    connection: duckdb.DuckDBPyConnection
    catalog: Catalog

    def ask(self, **query: Any) -> list[tuple[Any, ...]]:
        """The rows of a query given as plain data; `metrics` are names."""
        return [tuple(_plain(cell) for cell in row) for row in self.connection.execute(self.sql(**query)).fetchall()]

    def sql(self, **query: Any) -> str:
        """The statement of a query given as plain data."""
        metrics = [{"metric": name} if isinstance(name, str) else name for name in query.pop("metrics", ())]
        compiled = compile_query(
            view_for(self.catalog, Principal()), MetricQuery.model_validate({"metrics": metrics, **query})
        )
        return compiled.sql


def _plain(cell: Any) -> Any:
    return float(cell) if isinstance(cell, decimal.Decimal) else cell


def small_business(
    tables: dict[str, str],
    references: dict[str, Any] | None = None,
    metrics: dict[str, Any] | None = None,
    **catalog: Any,
) -> SmallBusiness:
    """The business of tables drawn as text.

    `tables`: name -> lines; the first names the columns as name:type, the key first, a time marked with `@`; `-` is null.
    `references`: "child.field" -> "parent" or a dict with `to` and more. `metrics`: name -> "sum(table.column)" or a dict.
    """
    connection = duckdb.connect()
    datasets = []
    for name, drawing in tables.items():
        header, *lines = [line.split() for line in drawing.strip().splitlines()]
        columns = [_column(cell) for cell in header]
        declared = ", ".join(f'"{column}" {kind}' for column, kind, _ in columns)
        connection.execute(f"CREATE TABLE {name} ({declared})")
        for line in lines:
            connection.execute(
                f"INSERT INTO {name} VALUES ({', '.join('?' for _ in line)})",
                [None if cell == "-" else _cell(cell) for cell in line],
            )
        datasets.append(_dataset(name, columns))
    relationships = [_reference(child, parent) for child, parent in (references or {}).items()]
    definition = {
        "name": "small",
        "label": "Small",
        "datasets": datasets,
        "relationships": relationships,
        "metrics": [_metric(name, item) for name, item in (metrics or {}).items()],
    }
    for dataset in datasets:
        dataset.update(catalog.pop(dataset["name"], {}))
    return SmallBusiness(connection, Catalog.model_validate({**definition, **catalog}))


def _cell(text: str) -> str:
    return text.replace("T", " ") if text[:4].isdigit() else text


def _column(cell: str) -> tuple[str, str, bool]:
    name, _, kind = cell.partition(":")
    types = {
        "": "VARCHAR",
        "int": "INTEGER",
        "num": "DECIMAL(12,2)",
        "date": "DATE",
        "time": "TIMESTAMP",
        "bool": "BOOLEAN",
    }
    return name.removeprefix("@"), types[kind], name.startswith("@")


_KINDS = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "DECIMAL(12,2)": "number",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "BOOLEAN": "boolean",
}


def _dataset(name: str, columns: list[tuple[str, str, bool]]) -> dict[str, Any]:
    times = [column for column, _, is_time in columns if is_time]
    return {
        "name": name,
        "source": name,
        "label": name,
        "singular": name.removesuffix("s"),
        "primary_key": [columns[0][0]],
        "time_field": times[0] if times else None,
        "fields": [
            {
                "name": column,
                "expression": column,
                "type": _KINDS[kind],
                "role": "time" if is_time else "key" if column.endswith("_id") else "dimension",
                "label": column,
            }
            for column, kind, is_time in columns
        ],
    }


def _reference(child: str, parent: Any) -> dict[str, Any]:
    more = {"to": parent} if isinstance(parent, str) else dict(parent)
    dataset, _, field = child.partition(".")
    target = more.pop("to")
    key = more.pop("key", None) or f"{target.removesuffix('s')}_id"
    found = {"name": f"{dataset}_{field}", "from_dataset": dataset, "to_dataset": target}
    return {**found, "from_fields": [field], "to_fields": [key], **more}


def _metric(name: str, item: Any) -> dict[str, Any]:
    more = {} if isinstance(item, str) else dict(item)
    text = item if isinstance(item, str) else more.pop("is", None)
    common = {"name": name, "label": name.replace("_", " "), **more}
    if text is None:
        return common
    function, _, rest = text.partition("(")
    if rest and function in ("sum", "count", "count_distinct", "average", "min", "max", "median"):
        dataset, _, column = rest.removesuffix(")").partition(".")
        expression = "*" if column == "*" else f"{dataset}.{column}"
        return {**common, "kind": "aggregate", "dataset": dataset, "aggregation": function, "expression": expression}
    names = [word for word in text.replace("/", " ").replace("-", " ").replace("+", " ").split() if word.isidentifier()]
    inputs = [{"name": word, "metric": word} for word in dict.fromkeys(names)]
    return {**common, "kind": "derived", "formula": text, "inputs": inputs}
