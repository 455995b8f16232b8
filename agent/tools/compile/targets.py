"""A metric's target beside it, for as many periods as a row spans. Where it does not apply it is null, and that is said."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from agent.tools.compile.draft import Draft
from agent.tools.compile.expressions import parse
from agent.tools.compile.literals import number_literal
from agent.tools.compile.request import Request
from agent.tools.compile.timeline import Moment, floored, in_months, in_seconds, one
from catalog.durations import TimeGrain
from catalog.models import Metric, Target
from catalog.query import as_datetime


def target_expression(draft: Draft, request: Request, metric: Metric) -> exp.Expr:
    """The target of each row, a number or a scalar subquery; null with a caveat where it does not hold for the rows."""
    target = metric.target
    if target is None:
        return exp.null()
    why_not = _why_not(draft, request, target)
    if why_not is not None:
        draft.used.caveats[f"The target of {metric.label} {why_not}"] = None
        return exp.null()
    expression = over_tables(draft, target.expression)
    times = 1 if target.per is None else _periods(draft, request, target.per)
    if times is None:
        assert target.per is not None
        draft.used.caveats[f"The target of {metric.label} is for a {target.per.value}, which these periods are not"] = (
            None
        )
        return exp.null()
    if times == 1:
        return expression
    inner = exp.paren(expression, copy=False) if isinstance(expression, exp.Binary) else expression
    return exp.Mul(this=inner, expression=number_literal(times))


def _why_not(draft: Draft, request: Request, target: Target) -> str | None:
    if target.where is not None:
        return f"is for {target.where} only"
    split = any(not key.own_time for key in request.keys)
    if target.per is not None and (split or request.query.where is not None):
        return "is for the whole business, not for parts of it"
    if target.per is not None and draft.view.row_filters:
        return "is for the whole business, not for the part you may see"
    if target.per is not None and any(use.where is not None for use in request.uses):
        return "is for the whole business, not for parts of it"
    return None


def _periods(draft: Draft, request: Request, per: TimeGrain) -> int | None:
    """How many of the target's periods a row spans; None where not a whole number."""
    grains = [key.grain for key in request.keys if key.own_time and key.grain is not None]
    if any(key.own_time and key.part is not None for key in request.keys):
        return None
    if grains:
        return _ratio(min(grains, key=lambda grain: grain.rank), per)
    period = request.query.period
    if period is None or period.start is None or period.end is None:
        return None
    return _count(draft, period.start, period.end, per)


def _ratio(grain: TimeGrain, per: TimeGrain) -> int | None:
    for measure in (in_months, in_seconds):
        long, short = measure(one(grain)), measure(one(per))
        if long is not None and short is not None:
            return long // short if long % short == 0 else None
    return None


def _count(draft: Draft, start: Moment, end: Moment, per: TimeGrain) -> int | None:
    calendar = draft.catalog.calendar
    if any(as_datetime(floored(moment, per, calendar)) != as_datetime(moment) for moment in (start, end)):
        return None
    months = in_months(one(per))
    if months is not None:
        return ((end.year - start.year) * 12 + end.month - start.month) // months
    seconds = in_seconds(one(per)) or 1
    return int((as_datetime(end) - as_datetime(start)) / dt.timedelta(seconds=seconds))


def over_tables(draft: Draft, text: str) -> exp.Expr:
    """The target's SQL with datasets as tables; a SELECT becomes a scalar subquery."""
    expression = parse(text)
    for table in list(expression.find_all(exp.Table)):
        dataset = draft.catalog.dataset_by_name.get(table.name)
        if dataset is not None:
            replacement, _ = draft.table(dataset, table.alias_or_name, raw=True)
            table.replace(replacement)
    return exp.Subquery(this=expression) if isinstance(expression, exp.Select) else expression
