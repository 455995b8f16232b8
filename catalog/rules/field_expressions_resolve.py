"""A field's expression may use other fields of its dataset, but not itself through them."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, aggregates, column_names, parse_expression
from catalog.models import Catalog, Dataset
from catalog.rules.cycles import cycles
from catalog.rules.findings import error

RULE = "field_expressions_resolve"


def field_expressions_resolve(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for expressions that cannot be read, aggregate, read another dataset, or go round in a circle."""
    for dataset in catalog.datasets:
        uses: dict[str, tuple[str, ...]] = {}
        for item in dataset.fields:
            subject = ("field", f"{dataset.name}.{item.name}", "expression")
            try:
                tree = parse_expression(item.expression)
            except ExpressionError as fault:
                yield error(RULE, f"field {dataset.name}.{item.name}: {fault}", *subject)
                continue
            if aggregates(tree):
                message = "a field is one value a row; aggregates belong into metrics"
                yield error(RULE, f"field {dataset.name}.{item.name}: {message}", *subject)
            others = sorted({table for table, _ in column_names(tree) if table not in ("", dataset.name)})
            if others:
                message = f"a field reads its own dataset's columns only, not {', '.join(others)}; a metric may combine datasets"
                yield error(RULE, f"field {dataset.name}.{item.name}: {message}", *subject)
            uses[item.name] = _fields_used(dataset, item.name, tuple(name for _, name in column_names(tree)))
        for cycle in cycles(uses):
            message = f"fields of {dataset.name} are computed from each other: {' -> '.join(cycle)}"
            yield error(RULE, message, "field", f"{dataset.name}.{cycle[0]}", "expression")


def _fields_used(dataset: Dataset, own: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Other fields; a field that uses its own name reads the column of that name."""
    return tuple(name for name in names if name != own and name in dataset.field_by_name)
