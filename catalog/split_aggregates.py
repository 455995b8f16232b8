"""One SQL aggregate, read as the catalog's own: which aggregation, over which row value, under which condition."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from catalog.expressions import ExpressionError, render
from catalog.models import Aggregation


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An aggregation over a row's value (or * for rows), of the rows that meet the condition."""

    aggregation: Aggregation
    row: exp.Expr
    condition: exp.Expr | None = None
    percentile: float | None = None
    percentile_discrete: bool = False


_SIMPLE: dict[type[exp.Expr], Aggregation] = {
    exp.Sum: Aggregation.SUM,
    exp.Avg: Aggregation.AVERAGE,
    exp.Min: Aggregation.MIN,
    exp.Max: Aggregation.MAX,
    exp.Median: Aggregation.MEDIAN,
    exp.CountIf: Aggregation.SUM_BOOLEAN,
}


def read_aggregate(node: exp.Expr) -> Aggregate:
    """The aggregate that a tree is; ExpressionError names what is supported where it is another."""
    if isinstance(node, exp.Filter):
        inner = read_aggregate(node.this)
        condition = node.expression.this
        return Aggregate(inner.aggregation, inner.row, condition, inner.percentile, inner.percentile_discrete)
    if isinstance(node, exp.Count):
        return _count(node)
    if isinstance(node, exp.PercentileCont | exp.PercentileDisc):
        return _percentile(node, node.this, node.expression)
    if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont | exp.PercentileDisc):
        ordered = node.expression.expressions[0]
        if not ordered.args.get("desc"):
            return _percentile(node.this, ordered.this, node.this.this)
    aggregation = _SIMPLE.get(type(node))
    if aggregation is None or isinstance(node.this, exp.Distinct):
        raise ExpressionError(
            f"{render(node)} is no aggregate Plumbline computes; there are SUM, COUNT, COUNT(DISTINCT ...), AVG, MIN, MAX, "
            "MEDIAN, QUANTILE_CONT, QUANTILE_DISC and COUNT_IF, each with FILTER (WHERE ...)"
        )
    _refuse_nested(node.this)
    return Aggregate(aggregation, node.this)


def _count(node: exp.Count) -> Aggregate:
    inner = node.this
    if inner is None or isinstance(inner, exp.Star):
        return Aggregate(Aggregation.COUNT, exp.Star())
    _refuse_nested(inner)
    if isinstance(inner, exp.Distinct):
        parts = inner.expressions
        row = parts[0] if len(parts) == 1 else exp.Struct(expressions=[part.copy() for part in parts])
        return Aggregate(Aggregation.COUNT_DISTINCT, row)
    return Aggregate(Aggregation.COUNT, inner)


def _percentile(node: exp.Expr, row: exp.Expr, share: exp.Expr | None) -> Aggregate:
    if not isinstance(share, exp.Literal) or share.is_string or not 0 <= float(share.this) <= 1:
        raise ExpressionError(f"{render(node)} needs one number from 0 to 1, such as QUANTILE_CONT(orders.amount, 0.9)")
    _refuse_nested(row)
    return Aggregate(
        Aggregation.PERCENTILE, row, None, float(share.this), percentile_discrete=isinstance(node, exp.PercentileDisc)
    )


def _refuse_nested(inner: exp.Expr) -> None:
    if inner.find(exp.Star) is not None:
        raise ExpressionError("* goes with COUNT(*) only; name a field")
    if inner.find(exp.AggFunc) is not None:
        raise ExpressionError("an aggregate stands inside another; use a per_entity metric for two steps")
