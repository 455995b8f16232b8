"""Aggregates the rows of a compiled query inside the engine."""

from __future__ import annotations

import datetime as dt
import re

from sqlglot import exp

from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.periods import bucket_name
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.rollup import RollupRequest
from catalog.plan import Clarification
from catalog.query import MetricQuery, TimeDimension, as_datetime
from semantic_context.time_expressions import describe_period

_ROWS = "rows_of_the_question"
_SQL = {"sum": "SUM", "average": "AVG", "median": "MEDIAN", "minimum": "MIN", "maximum": "MAX"}


def run_rollup(request: RollupRequest, desk: AnalysisDesk) -> Finding:
    """One row (or one for each combination of `by`) with the figure over the query's rows.

    SELECT channel, AVG(revenue) FROM (<the query by channel and store>) WHERE revenue IS NOT NULL GROUP BY channel
    """
    missing = _outside_the_data(request.query, desk)
    if missing is not None:
        return Finding(clarification=missing)
    columns = (*_key_columns(request), _figure_column(request, desk))
    table = desk.query_over({_ROWS: request.query}, _outer(request), columns)
    period = request.query.period
    return Finding(
        results=(table,),
        headline=_headline(request, table, desk.as_of),
        periods=(period,) if period is not None else (),
        phrases=(request.label,),
    )


def _outer(request: RollupRequest) -> exp.Select:
    figure: exp.Func = exp.Count(this=exp.Star())
    select = exp.Select()
    if request.column is not None:
        column = exp.column(request.column, quoted=True)
        figure = exp.func(_SQL[request.aggregate], column)
        select = select.where(column.copy().is_(exp.null()).not_())
    keys = [exp.column(name, quoted=True) for name in request.by]
    select = select.select(*keys, exp.alias_(figure, _name(request), quoted=True)).from_(_ROWS)
    if keys:
        select = select.where(*(key.copy().is_(exp.null()).not_() for key in keys))
        select = select.group_by(*(key.copy() for key in keys)).order_by(*(key.copy() for key in keys))
    return select


def _name(request: RollupRequest) -> str:
    """The figure's column: its label as a name."""
    return re.sub(r"\W+", "_", request.label.casefold()).strip("_") or request.aggregate


def _key_columns(request: RollupRequest) -> tuple[ResultColumn, ...]:
    return tuple(ResultColumn(name=name, type="", role="key", label=name.replace("_", " ")) for name in request.by)


def _figure_column(request: RollupRequest, desk: AnalysisDesk) -> ResultColumn:
    unit: str | None = "count"
    if request.column is not None:
        use = next((item for item in request.query.metrics if item.name == request.column), None)
        unit = "fraction" if use is None else desk.view.whole.metric_by_name[use.metric].unit
    return ResultColumn(name=_name(request), type="", role="measure", unit=unit, label=request.label)


def _headline(request: RollupRequest, table: ResultTable, as_of: dt.date) -> Sentence:
    told = SentenceBuilder((table,), style="headline")
    period = f" in {describe_period(request.query.period, as_of)}" if request.query.period is not None else ""
    place = len(request.by)
    unit = table.columns[place].unit
    if not table.rows:
        return told.finished(f"There are no rows for {request.label[:1].lower()}{request.label[1:]}{period}")
    if not request.by:
        return told.finished(f"{request.label}{period}: {told.value(CellReference(row=0, column=0), unit)}")
    figures = [told.number(CellReference(row=row, column=place)) for row in range(len(table.rows))]
    best = max(range(len(figures)), key=lambda row: (figures[row] is not None, figures[row] or 0, -row))
    key = " and ".join(_told(cell, request.query) for cell in table.rows[best][:place])
    value = told.value(CellReference(row=best, column=place), unit)
    return told.finished(f"{request.label}{period}: highest for {key}, at {value}")


def _told(cell: object, query: MetricQuery) -> str:
    """A group as a person says it: the quarter that begins on 1 July 2025 is Q3 2025."""
    steps = [item for item in query.group_by if isinstance(item, TimeDimension) and item.grain is not None]
    if isinstance(cell, dt.date) and len(steps) == 1 and steps[0].grain is not None:
        return bucket_name(cell, steps[0].grain, is_fiscal=steps[0].fiscal)
    return str(cell)


def _outside_the_data(query: MetricQuery, desk: AnalysisDesk) -> Clarification | None:
    """A question back where the whole period lies before or after the metrics' data."""
    span = desk.span_of(tuple(use.metric for use in query.metrics)) if query.metrics else None
    if span is None or query.period is None:
        return None
    first, last = as_datetime(span[0]), as_datetime(span[1] + dt.timedelta(days=1))
    after = query.period.start is not None and as_datetime(query.period.start) >= last
    before = query.period.end is not None and as_datetime(query.period.end) <= first
    if not after and not before:
        return None
    asked = describe_period(query.period, desk.as_of)
    return Clarification(
        question=f"There are no data in {asked}: they run from {span[0]} to {span[1]}. Which period shall I take?",
        reason="no_data",
    )
