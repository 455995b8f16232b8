"""A catalog against the columns a database really has. The caller supplies them: no engine is needed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from catalog.authoring_kinds import hint
from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, column_names, parse_expression
from catalog.models import Catalog, CatalogField, Dataset, FieldRole, FieldType
from catalog.rules.findings import error, warning

RULE = "matches_database"

_FAMILIES = {
    FieldType.STRING: ("VARCHAR", "TEXT", "CHAR", "STRING", "UUID", "ENUM", "BPCHAR", "NVARCHAR"),
    FieldType.INTEGER: (
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "HUGEINT",
        "INT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
    ),
    FieldType.NUMBER: ("DECIMAL", "NUMERIC", "DOUBLE", "FLOAT", "REAL"),
    FieldType.BOOLEAN: ("BOOLEAN", "BOOL"),
    FieldType.DATE: ("DATE",),
    FieldType.TIMESTAMP: ("TIMESTAMP", "DATETIME"),
}
_NUMERIC = frozenset({FieldType.INTEGER, FieldType.NUMBER})
_TIMES = frozenset({FieldType.DATE, FieldType.TIMESTAMP})


def family_of(database_type: str) -> FieldType | None:
    """The catalog's type for a database's (DECIMAL(12,2) is a number); None for others (lists, structs, blobs)."""
    name = database_type.upper().partition("(")[0].strip()
    if "[" in database_type or name.startswith(("STRUCT", "MAP", "UNION")):
        return None
    if name.startswith("TIMESTAMP"):
        return FieldType.TIMESTAMP
    if name.startswith(("UBIGINT", "UHUGEINT")):
        return FieldType.INTEGER
    return next((kind for kind, names in _FAMILIES.items() if name in names), None)


def check_against_database(catalog: Catalog, columns: Mapping[str, Mapping[str, str]]) -> tuple[CatalogIssue, ...]:
    """Missing tables and columns (errors) and types that differ (warnings, errors where a time is none).

    `columns` maps each table, with or without its schema, to its columns and their types as the database names them.
    """
    return tuple(_issues(catalog, columns))


def _issues(catalog: Catalog, columns: Mapping[str, Mapping[str, str]]) -> Iterator[CatalogIssue]:
    tables = {name.lower(): {column.lower(): kind for column, kind in found.items()} for name, found in columns.items()}
    for name in list(tables):
        tables.setdefault(name.rpartition(".")[2], tables[name])
    for dataset in catalog.datasets:
        source = dataset.source.lower().replace('"', "")
        table = tables.get(source) or tables.get(source.rpartition(".")[2])
        if table is None:
            message = f"dataset {dataset.name}: the database has no table {dataset.source!r}; {hint(dataset.source, list(columns))}"
            yield error(RULE, message, "dataset", dataset.name, "source")
            continue
        for item in dataset.fields:
            yield from _field_issues(dataset, item, table)


def _field_issues(dataset: Dataset, item: CatalogField, table: Mapping[str, str]) -> Iterator[CatalogIssue]:
    subject = ("field", f"{dataset.name}.{item.name}", "expression")
    try:
        tree = parse_expression(item.expression)
    except ExpressionError:
        return  # field_expressions_resolve says so
    for _, name in column_names(tree):
        is_field = name != item.name and name in dataset.field_by_name
        if not is_field and name.lower() not in table:
            near = hint(name, list(table))
            yield error(
                RULE, f"field {dataset.name}.{item.name}: {dataset.source} has no column {name!r}; {near}", *subject
            )
    if isinstance(tree, exp.Column) and tree.name.lower() in table:
        given = table[tree.name.lower()]
        kind = family_of(given)
        if item.role is FieldRole.KEY:
            return  # a key is named and joined by, whatever its type
        if kind is None or kind == item.type or {kind, item.type} <= _NUMERIC or {kind, item.type} <= _TIMES:
            return
        make = error if item.type in _TIMES else warning
        message = f"field {dataset.name}.{item.name} is declared {item.type.value}, but the column is {given}"
        yield make(RULE, message, "field", f"{dataset.name}.{item.name}", "type")
