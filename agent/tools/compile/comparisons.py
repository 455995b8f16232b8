"""Operators of conditions as SQL predicates over one expression, with SQL's three-valued logic.

A date compared with a column of timestamps means the whole day: `le 2026-10-31` keeps the day's last second.
"""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.expressions import is_not_null
from agent.tools.compile.literals import date_literal, literal, moment
from catalog.models import FieldType
from catalog.query import Operator, Scalar

_COMPARISONS: dict[str, type[exp.Binary]] = {
    "eq": exp.EQ,
    "ne": exp.NEQ,
    "lt": exp.LT,
    "le": exp.LTE,
    "gt": exp.GT,
    "ge": exp.GTE,
}
_COUNTS = {"between": 2, "is_null": 0, "is_not_null": 0, "like": 1, "not_like": 1}


def compare(
    expression: exp.Expr, operator: Operator, values: tuple[Scalar, ...], field_type: FieldType, name: str
) -> exp.Expr:
    """The predicate `expression operator values`; QueryError where their number or type does not fit."""
    if isinstance(expression, exp.Predicate | exp.Connector | exp.Not):
        expression = exp.paren(expression, copy=False)
    expected = _COUNTS.get(operator, None if operator in ("in", "not_in") else 1)
    if expected is not None and len(values) != expected:
        raise QueryError(
            f"{operator} on {name} takes {expected} value{'' if expected == 1 else 's'}, not {len(values)}"
        )
    if operator in ("eq", "ne") and values[0] is None:
        operator = "is_null" if operator == "eq" else "is_not_null"
    if operator in ("is_null", "is_not_null"):
        return exp.Is(this=expression, expression=exp.null()) if operator == "is_null" else is_not_null(expression)
    if operator in ("in", "not_in"):
        return _in(expression, operator == "not_in", values, field_type, name)
    if any(value is None for value in values):
        raise QueryError(f"{operator} on {name} cannot compare with null; use is_null or is_not_null")
    if operator in ("like", "not_like"):
        if field_type is not FieldType.STRING:
            raise QueryError(f"{operator} needs text, and {name} holds none")
        like = exp.Like(this=expression, expression=literal(values[0], field_type, name))
        return like if operator == "like" else exp.Not(this=like)
    if operator == "between":
        low = compare(expression, "ge", values[:1], field_type, name)
        high = compare(expression.copy(), "le", values[1:], field_type, name)
        if isinstance(high, exp.LTE) and isinstance(low, exp.GTE):
            return exp.Between(this=expression, low=low.expression, high=high.expression)
        return exp.and_(low, high, copy=False)
    if field_type is FieldType.TIMESTAMP:
        return _moment_comparison(expression, operator, moment(values[0], name))
    return _COMPARISONS[operator](this=expression, expression=literal(values[0], field_type, name))


def _moment_comparison(expression: exp.Expr, operator: str, value: dt.date | dt.datetime) -> exp.Expr:
    if isinstance(value, dt.datetime):
        return _COMPARISONS[operator](this=expression, expression=date_literal(value))
    day, following = date_literal(value), date_literal(value + dt.timedelta(days=1))
    if operator in ("eq", "ne"):
        inside = exp.and_(
            exp.GTE(this=expression, expression=day), exp.LT(this=expression.copy(), expression=following), copy=False
        )
        return inside if operator == "eq" else exp.Not(this=exp.paren(inside, copy=False))
    kind, bound = {
        "lt": (exp.LT, day),
        "le": (exp.LT, following),
        "gt": (exp.GTE, following),
        "ge": (exp.GTE, day),
    }[operator]
    return kind(this=expression, expression=bound)


def _in(expression: exp.Expr, negated: bool, values: tuple[Scalar, ...], field_type: FieldType, name: str) -> exp.Expr:
    if not values:
        return exp.true() if negated else exp.false()
    if field_type is FieldType.TIMESTAMP:
        days = [compare(expression.copy(), "eq", (value,), field_type, name) for value in values]
        found = exp.or_(*days, copy=False)
        return exp.Not(this=exp.paren(found, copy=False)) if negated else found
    present = [literal(value, field_type, name) for value in values if value is not None]
    parts: list[exp.Expr] = []
    if present:
        inside = exp.In(this=expression, expressions=present)
        parts.append(exp.Not(this=inside) if negated else inside)
    if len(present) < len(values):
        other = expression.copy()
        parts.append(is_not_null(other) if negated else exp.Is(this=other, expression=exp.null()))
    return (exp.and_ if negated else exp.or_)(*parts, copy=False)
