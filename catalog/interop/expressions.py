"""Catalog expressions rewritten for formats that name things otherwise."""

from __future__ import annotations

from collections.abc import Callable

import sqlglot
from sqlglot import exp

from catalog.models import Catalog

DIALECT = "duckdb"


def column_names(text: str) -> set[str]:
    """`dataset.field`, or a bare name, of every column an expression reads."""
    parsed = sqlglot.parse_one(text, read=DIALECT)
    return {".".join(part.name for part in column.parts) for column in parsed.find_all(exp.Column)}


def with_columns(text: str, say: Callable[[str, str], str]) -> str:
    """The expression with each column said by `say(dataset, name)`; what that gives is put in as it is."""
    parsed = sqlglot.parse_one(text, read=DIALECT)
    stand_ins: dict[str, str] = {}
    for column in list(parsed.find_all(exp.Column)):
        marker = f"column_{len(stand_ins)}_stands_here"
        stand_ins[marker] = say(column.table, column.name)
        new = exp.column(marker)
        if column is parsed:
            parsed = new
        else:
            column.replace(new)
    rewritten = parsed.sql(dialect=DIALECT)
    for marker, said in stand_ins.items():
        rewritten = rewritten.replace(marker, said)
    return rewritten


def over_columns(catalog: Catalog, dataset: str, text: str) -> str:
    """An expression of one dataset's fields over its table's own columns."""

    def column(_: str, name: str) -> str:
        item = catalog.dataset_by_name[dataset].field_by_name.get(name)
        if item is None or item.expression == name:
            return item.expression if item else name
        return (
            f"({over_columns(catalog, dataset, item.expression)})"
            if name not in column_names(item.expression)
            else item.expression
        )

    return text if text.strip() == "*" else with_columns(text, column)
