"""How rules say what they found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from catalog.authoring_kinds import hint
from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, column_names, parse_expression
from catalog.models import Catalog, FieldType


def error(rule: str, message: str, *subject: str) -> CatalogIssue:
    """An issue that makes the catalog unusable."""
    return CatalogIssue(rule, message, subject=subject)


def warning(rule: str, message: str, *subject: str) -> CatalogIssue:
    """An issue that its author should look at."""
    return CatalogIssue(rule, message, severity="warning", subject=subject)


def a_type(kind: FieldType) -> str:
    """ "a string", "an integer"."""
    return f"{'an' if kind is FieldType.INTEGER else 'a'} {kind.value}"


def unknown(what: str, name: str, known: Sequence[str]) -> str:
    """ "no metric is called ...", with the nearest that exist."""
    return f"no {what} is called {name!r}; {hint(name, list(known))}"


def unknown_field(catalog: Catalog, reference: str) -> str | None:
    """Why `dataset.field` names nothing, with the nearest that exist; None where it names a field."""
    dataset, dot, name = reference.partition(".")
    if not dot:
        owners = [item.name for item in catalog.datasets if reference in item.field_by_name]
        return f"{reference!r} needs its dataset; {hint(reference, [f'{owner}.{reference}' for owner in owners])}"
    known = catalog.dataset_by_name.get(dataset)
    if known is None:
        return unknown("dataset", dataset, list(catalog.dataset_by_name))
    if name not in known.field_by_name:
        return f"{dataset} has no field {name!r}; {hint(name, list(known.field_by_name))}"
    return None


def unknown_names(catalog: Catalog, text: str, allowed: Iterable[str] = ()) -> list[str]:
    """What is wrong with an expression over dataset.field: it cannot be read, or names what does not exist.

    `allowed` are tables that are no datasets ("user" in policies).
    """
    try:
        tree = parse_expression(text)
    except ExpressionError as fault:
        return [str(fault)]
    references = [f"{table}.{name}" if table else name for table, name in column_names(tree) if table not in allowed]
    return [message for reference in references if (message := unknown_field(catalog, reference))]


def datasets_in(text: str) -> tuple[str, ...]:
    """The datasets that an expression reads; none where it cannot be read."""
    try:
        return tuple(dict.fromkeys(table for table, _ in column_names(parse_expression(text)) if table))
    except ExpressionError:
        return ()
