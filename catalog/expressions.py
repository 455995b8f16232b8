"""SQL expressions of a catalog, read as sqlglot trees (DuckDB's dialect): what they name, and which aggregates they hold."""

from __future__ import annotations

from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

MAX_EXPRESSION_CHARACTERS = 8_000
_RISKY_CHARACTERS = 200
DIALECT = "duckdb"


class ExpressionError(ValueError):
    """An expression that cannot be read; the message says why, for the person who wrote it."""


@lru_cache(maxsize=8192)
def parse_expression(text: str) -> exp.Expr:
    """One scalar or aggregate expression. The tree is shared: copy before changing it.

    Raises ExpressionError for what is no single expression: a syntax error, a statement, a subquery, a window.
    """
    tree = _parse(text)
    if isinstance(tree, exp.Command) and text.strip().isidentifier():
        tree = exp.column(text.strip())  # a column that is called like a statement: "comment"
    if isinstance(tree, exp.Alias):
        raise ExpressionError("an expression has no alias; the name stands beside it")
    for node in tree.walk():
        if isinstance(node, exp.Query):
            raise ExpressionError(
                "an expression holds no SELECT; metrics and fields are combined by formulas and relationships"
            )
        if isinstance(node, exp.Window):
            raise ExpressionError("an expression holds no window (OVER); use a cumulative metric")
        if isinstance(node, exp.Block | exp.DDL | exp.DML | exp.Command | exp.Comment | exp.Drop):
            raise ExpressionError("one expression is wanted, not a statement")
        if isinstance(node, exp.Column) and node.args.get("db") is not None:
            raise ExpressionError(f"{node.sql()} has too many parts; write dataset.field")
    return tree


@lru_cache(maxsize=512)
def parse_single_value(text: str) -> exp.Expr:
    """A SELECT of one row and column, or a scalar expression (ExpressionError otherwise); shared, copy before changing."""
    tree = _parse(text)
    if isinstance(tree, exp.Block | exp.DDL | exp.DML | exp.Command | exp.Comment | exp.Drop):
        raise ExpressionError("a number, a date or one SELECT is wanted")
    if isinstance(tree, exp.Query) and len(tree.selects) != 1:
        raise ExpressionError("the SELECT must give one column")
    return tree


def _parse(text: str) -> exp.Expr:
    if not text.strip():
        raise ExpressionError("it is empty")
    if len(text) > MAX_EXPRESSION_CHARACTERS:
        raise ExpressionError(f"it is longer than {MAX_EXPRESSION_CHARACTERS:,} characters")
    try:
        tree = sqlglot.parse_one(text, dialect=DIALECT)
        if len(text) > _RISKY_CHARACTERS:
            render(tree)  # what can be read can still be nested too deeply to be written
    except SqlglotError as error:
        raise ExpressionError(_first_line(error)) from error
    except RecursionError as error:
        raise ExpressionError("it is nested too deeply") from error
    return tree


def _first_line(error: SqlglotError) -> str:
    details = getattr(error, "errors", None)
    if details:
        near = f"{details[0].get('start_context', '')[-30:]}{details[0].get('highlight', '')}".strip()
        what = str(details[0].get("description", "")).rstrip(". ")
        if what.startswith("Required keyword"):
            what = "something is missing"
        return f"it is no valid SQL expression: {what}{f' at {near!r}' if near else ''}"
    return f"it is no valid SQL expression: {str(error).splitlines()[0]}"


def render(tree: exp.Expr) -> str:
    """The tree as DuckDB SQL, without comments."""
    if type(tree) is exp.Column and len(tree.parts) <= 2 and not any(part.args.get("quoted") for part in tree.parts):
        return ".".join(part.name for part in tree.parts)  # most are plain names: no need to copy and walk a tree
    return tree.sql(dialect=DIALECT, comments=False)


def column_names(tree: exp.Expr) -> tuple[tuple[str, str], ...]:
    """(dataset, name) of each column in order of appearance, without repeats; dataset is "" for a bare name."""
    found = dict.fromkeys((column.table, column.name) for column in tree.find_all(exp.Column, bfs=False))
    return tuple(found)


def is_star(tree: exp.Expr) -> bool:
    """Whether it is the * of COUNT(*)."""
    return isinstance(tree, exp.Star)


_AGGREGATES = (exp.AggFunc, exp.Filter, exp.WithinGroup)


def aggregates(tree: exp.Expr) -> tuple[exp.Expr, ...]:
    """The outermost aggregates, in order of appearance."""
    found: list[exp.Expr] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, _AGGREGATES) or _wraps_aggregate(node):
            found.append(node)
        else:
            pending.extend(reversed(list(node.iter_expressions())))
    return tuple(found)


def _wraps_aggregate(node: exp.Expr) -> bool:
    return isinstance(node, exp.IgnoreNulls | exp.RespectNulls) and isinstance(node.this, exp.AggFunc)


def holds_aggregate(tree: exp.Expr) -> bool:
    """Whether an aggregate stands anywhere in it."""
    return bool(aggregates(tree))


def qualify(tree: exp.Expr, dataset: str) -> exp.Expr:
    """A copy in which bare names belong to `dataset`."""
    copy = tree.copy()
    for column in copy.find_all(exp.Column):
        if not column.table:
            column.set("table", exp.to_identifier(dataset))
    return copy


def unqualify(tree: exp.Expr, dataset: str) -> exp.Expr:
    """A copy in which the names of `dataset` are bare."""
    copy = tree.copy()
    for column in copy.find_all(exp.Column):
        if column.table == dataset:
            column.set("table", None)
    return copy
