"""Figures over the rows of a result: shares, ranks, running and rolling figures, growth from period to period."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.expressions import is_not_null
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import number_literal
from agent.tools.compile.outputs import Output, value_column
from agent.tools.compile.request import Request
from agent.tools.compile.time_keys import finest
from agent.tools.compile.timeline import interval, one
from catalog.durations import Duration, TimeGrain
from catalog.models import AggregateMetric, Metric
from catalog.query import Calculation

# The total of a metric over all rows of a group: by a window where it adds up, computed anew where it does not.
Total = Callable[[Calculation], exp.Expr]

_WORDS = {
    "share": "share",
    "rank": "rank",
    "running_total": "running total",
    "rolling_sum": "rolling sum",
    "rolling_average": "rolling average",
    "growth": "growth",
    "ratio": "ratio",
    "average": "average of all",
}


def calculation_column(
    calculation: Calculation,
    metric: Metric,
    request: Request,
    values: dict[str, exp.Expr],
    keys: dict[str, exp.Expr],
    total: Total,
    adds_up: bool,
) -> Output:
    """The column of one calculation over figures whose values and keys are given as expressions."""
    if calculation.metric not in values:
        raise QueryError(f"{calculation.name} is computed from {calculation.metric}, which the query does not ask for")
    for name in calculation.within:
        request.key(name)
    value = values[calculation.metric]
    kind = calculation.kind
    windowed = True
    expression: exp.Expr
    if kind == "share":
        whole = total(calculation)
        windowed = bool(whole.find(exp.Window))
        below = exp.Nullif(this=whole, expression=number_literal(0))
        expression = exp.Div(this=value.copy(), expression=below, typed=False)
    elif kind == "rank":
        order = exp.Ordered(this=value.copy(), desc=not calculation.ascending, nulls_first=False)
        groups = [keys[name].copy() for name in calculation.within]
        expression = over(exp.Anonymous(this="RANK"), groups, [order])
    elif kind == "average":
        expression = over(exp.Avg(this=value.copy()), [keys[name].copy() for name in calculation.within])
    else:
        expression = _along_time(calculation, metric, request, value, keys, adds_up)
        if request.query.period is None:  # rows without a time may be there, and stand nowhere along it
            time = keys[_time_of(calculation, request).name]
            expression = exp.Case(ifs=[exp.If(this=is_not_null(time.copy()), true=expression)])
    column = value_column(metric, calculation.name, calculation.show, kind, f" ({_WORDS[kind]})")
    return Output(column, expression, windowed=windowed)


def ratio_column(calculation: Calculation, above: Metric, below: Metric, values: dict[str, exp.Expr]) -> Output:
    """One figure of the row over another; null where that is zero. A fraction where it is a part of the other.

    >>> SELECT SUM(a) / NULLIF(COUNT(*), 0)
    """
    assert calculation.over is not None
    divisor = exp.Nullif(this=values[calculation.over].copy(), expression=number_literal(0))
    expression = exp.Div(this=values[calculation.metric].copy(), expression=divisor, typed=False)
    narrower = (above.filter != below.filter or above.kind != below.kind) and not _of_other_rows(above, below)
    same = above.name == below.name  # some of them over all of them
    share = same or (above.unit is not None and above.unit == below.unit and (narrower or above.unit.isupper()))
    words = " (share)" if same else f" as a share of {below.label}" if share else f" per {below.label}"
    column = value_column(above, calculation.name, calculation.show, "ratio", words)
    unit = "fraction" if share else above.unit if above.unit and above.unit.isupper() else "ratio"
    return Output(column.model_copy(update={"unit": unit}), expression)


def _of_other_rows(above: Metric, below: Metric) -> bool:
    """Whether two figures are of other rows each: passengers are no part of the flights that carry them."""
    if not isinstance(above, AggregateMetric) or not isinstance(below, AggregateMetric):
        return False
    return above.dataset != below.dataset


def difference_column(calculation: Calculation, metric: Metric, values: dict[str, exp.Expr]) -> Output:
    """One figure of the row less another; nothing counts as nought where the metric is a number of things.

    >>> COALESCE(orders_south, 0) - COALESCE(orders_west, 0)
    """
    assert calculation.over is not None
    one, other = (
        exp.Coalesce(this=values[name].copy(), expressions=[number_literal(0)])
        if metric.unit == "count"
        else values[name].copy()
        for name in (calculation.metric, calculation.over)
    )
    kinds = [name.removeprefix(f"{metric.name}_").replace("_", " ") for name in (calculation.metric, calculation.over)]
    column = value_column(metric, calculation.name, calculation.show, "difference", f" ({kinds[0]} less {kinds[1]})")
    return Output(column, exp.Sub(this=exp.Paren(this=one), expression=exp.Paren(this=other)))


def lead_column(calculation: Calculation, metric: Metric, values: dict[str, exp.Expr]) -> Output:
    """By what part of another a figure of the row is above it; null where the other is zero.

    >>> (orders_web - orders_app) / NULLIF(orders_app, 0)
    """
    assert calculation.over is not None
    one, other = values[calculation.metric], values[calculation.over]
    below = exp.Nullif(this=other.copy(), expression=number_literal(0))
    lead = exp.Paren(this=exp.Sub(this=exp.Paren(this=one.copy()), expression=exp.Paren(this=other.copy())))
    column = value_column(metric, calculation.name, calculation.show, "growth", " (ahead)")
    return Output(column, exp.Div(this=lead, expression=below, typed=False))


def over(
    function: exp.Expr,
    groups: list[exp.Expr],
    order: list[exp.Expr] | None = None,
    frame: exp.WindowSpec | None = None,
) -> exp.Window:
    """function OVER (PARTITION BY groups ORDER BY order frame)."""
    return exp.Window(
        this=function,
        partition_by=groups,
        order=exp.Order(expressions=order) if order else None,
        spec=frame,
        over="OVER",
    )


def _along_time(
    calculation: Calculation,
    metric: Metric,
    request: Request,
    value: exp.Expr,
    keys: dict[str, exp.Expr],
    adds_up: bool,
) -> exp.Expr:
    kind = calculation.kind
    timed = _time_of(calculation, request)
    grain = timed.grain or TimeGrain.DAY
    if not adds_up and kind in ("running_total", "rolling_sum"):
        raise QueryError(f"{metric.label} does not add up over time; ask for a cumulative metric of it instead")
    groups = [keys[key.name].copy() for key in request.keys if key.name != timed.name and key.grain is None]
    order: list[exp.Expr] = [exp.Ordered(this=keys[timed.name].copy(), nulls_first=False)]
    if kind == "running_total":
        groups = [keys[name].copy() for name in calculation.within] if calculation.within else groups
        frame = exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")
        return over(exp.Sum(this=value.copy()), groups, order, frame)
    if kind == "growth":
        step = interval(one(grain))
        frame = exp.WindowSpec(kind="RANGE", start=step, start_side="PRECEDING", end=step.copy(), end_side="PRECEDING")
        before = over(exp.Max(this=value.copy()), groups, order, frame)
        change = exp.paren(exp.Sub(this=value.copy(), expression=before), copy=False)
        below = exp.Nullif(this=before.copy(), expression=number_literal(0))
        return exp.Div(this=change, expression=below, typed=False)
    if calculation.rows is None or calculation.rows < 1:
        raise QueryError(f"{calculation.name} needs the number of {grain.value}s it rolls over (rows)")
    back = interval(Duration(count=calculation.rows - 1, grain=grain))
    frame = exp.WindowSpec(kind="RANGE", start=back, start_side="PRECEDING", end="CURRENT ROW")
    function = exp.Sum if kind == "rolling_sum" else exp.Avg
    return over(function(this=value.copy()), groups, order, frame)


def _time_of(calculation: Calculation, request: Request) -> Key:
    timed = finest(request.keys) or next((key for key in request.keys if key.grain is not None), None)
    if timed is None:
        raise QueryError(f"{calculation.name} runs along time: split the query by a grain of time")
    return timed
