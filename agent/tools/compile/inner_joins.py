"""LEFT joins whose missing rows a condition drops anyway, as plain joins: easier to read, and free to be reordered.

FROM lines LEFT JOIN orders ON ... WHERE orders.status <> 'cancelled'   ->   FROM lines JOIN orders ON ... WHERE ...
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Like)
_HIDES_NULLS = (exp.Coalesce, exp.Case, exp.If, exp.Select, exp.Anonymous, exp.NullSafeEQ, exp.Or)


def required(predicates: Iterable[exp.Expr]) -> set[str]:
    """The aliases that must have a row for all the predicates to hold."""
    found: set[str] = set()
    for predicate in predicates:
        if isinstance(predicate, exp.And):
            found |= required((predicate.left, predicate.right))
            continue
        inner = predicate.this if isinstance(predicate, exp.Not) else predicate
        not_null = isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Not)
        if (isinstance(inner, _COMPARISONS) or not_null) and not any(
            isinstance(node, _HIDES_NULLS) for node in inner.walk()
        ):
            found |= {column.table for column in inner.find_all(exp.Column)}
    return found
