"""The catalog's SQL expressions as syntax trees: parsed once, copied on use, their fields found and replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from agent.errors import QueryError

CATALOG_DIALECT = "duckdb"
_PLAIN_NAME = re.compile(r"^[a-z_][a-z0-9_]*$")
METRIC_TIME = "metric_time"  # in filters: the time of the metric they apply to


@lru_cache(maxsize=4096)
def _parsed(text: str) -> exp.Expr:
    try:
        parsed = sqlglot.parse_one(text, read=CATALOG_DIALECT)
    except SqlglotError as error:
        raise QueryError(f"the catalog's expression {text!r} is no SQL: {str(error).splitlines()[0]}") from error
    assert isinstance(parsed, exp.Expr)
    return null_on_zero(parsed)


def parse(text: str) -> exp.Expr:
    """The tree of a catalog expression, the caller's own to change. A division by zero in it gives null."""
    return _parsed(text).copy()


def columns_of(expression: exp.Expr) -> Iterator[exp.Column]:
    """Every column the tree names, those inside subqueries left out."""
    stack: list[exp.Expr] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, exp.Column):
            yield node
        elif not isinstance(node, exp.Select):
            stack.extend(child for child in node.iter_expressions() if isinstance(child, exp.Expr))


@lru_cache(maxsize=4096)
def references(text: str) -> tuple[str, ...]:
    """`dataset.field` (or a bare name) for every column of a catalog expression, in order, each once."""
    found = [".".join(part.name for part in column.parts) for column in columns_of(_parsed(text))]
    return tuple(dict.fromkeys(reversed(found)))


def replace_columns(expression: exp.Expr, replacement: Callable[[exp.Column], exp.Expr | None]) -> exp.Expr:
    """The tree with each column replaced; None leaves one. What replaces it is put in parentheses where it must be."""
    for column in list(columns_of(expression)):
        new = replacement(column)
        if new is None or new is column:
            continue
        if column.parent is None:
            return new
        column.replace(grouped(new, column.parent))
    return expression


def grouped(inner: exp.Expr, parent: exp.Expr) -> exp.Expr:
    """The inner expression as an operand of the parent, in parentheses where operators would bind otherwise."""
    operator = (exp.Binary, exp.Unary, exp.Between, exp.In)
    if isinstance(inner, operator) and not isinstance(inner, exp.Paren | exp.Dot) and isinstance(parent, operator):
        return inner if isinstance(parent, exp.Paren) else exp.paren(inner, copy=False)
    return inner


def null_on_zero(expression: exp.Expr) -> exp.Expr:
    """Every division made null where it would divide by zero."""
    for division in list(expression.find_all(exp.Div, exp.IntDiv)):
        below = division.expression
        unwrapped = below.unnest()
        known = isinstance(unwrapped, exp.Literal) and unwrapped.is_number and float(unwrapped.this) != 0
        if not known and not isinstance(unwrapped, exp.Nullif):
            division.set("expression", exp.Nullif(this=unwrapped, expression=exp.Literal.number(0)))
    return expression


def conjuncts(expression: exp.Expr) -> list[exp.Expr]:
    """The parts of a predicate that must all hold."""
    inner = expression.unnest() if isinstance(expression, exp.Paren) else expression
    if isinstance(inner, exp.And):
        return [part for side in (inner.left, inner.right) for part in conjuncts(side)]
    return [inner]


def all_of(predicates: list[exp.Expr]) -> exp.Expr | None:
    """The predicates joined by AND; None for none."""
    kept = list(predicates)
    return exp.and_(*kept, copy=False) if kept else None


def is_not_null(expression: exp.Expr) -> exp.Expr:
    """expression IS NOT NULL."""
    return exp.Is(this=expression, expression=exp.Not(this=exp.null()))


def column(table: str, name: str) -> exp.Column:
    """table.name, quoted where it must be."""
    return exp.column(identifier(name), table=identifier(table))


def identifier(name: str) -> exp.Identifier:
    """A name, quoted where it is no plain lower-case word or is one of SQL's own."""
    return exp.to_identifier(name, quoted=not _PLAIN_NAME.match(name) or name.upper() in RESERVED)


RESERVED = frozenset(
    """ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC AT BETWEEN BOTH BY CASE CAST CHECK COLLATE COLUMN CONSTRAINT CREATE CROSS
    CURRENT DEFAULT DEFERRABLE DELETE DESC DESCRIBE DISTINCT DO DROP ELSE END EXCEPT EXISTS EXTRACT FALSE FETCH FOR FOREIGN
    FROM FULL GRANT GROUP GROUPING HAVING IF IN INITIALLY INNER INSERT INTERSECT INTERVAL INTO IS JOIN LAMBDA LATERAL LEADING
    LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP NATURAL NOT NULL OFFSET ON ONLY OR ORDER OUTER OVER OVERLAPS PARTITION PIVOT
    PLACING PRIMARY QUALIFY RANGE REFERENCES RETURNING RIGHT ROW ROWS SELECT SET SHOW SIMILAR SOME SUMMARIZE SYMMETRIC TABLE
    TABLESAMPLE THEN TO TRAILING TRUE UNION UNIQUE UNNEST UNPIVOT UPDATE USER USING VALUES VARIADIC WHEN WHERE WINDOW
    WITH WITHIN""".split()
)
