"""A metric's past as evenly spaced series, one a group: whole periods only, gaps told from zeros."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlglot import exp

from agent.errors import QueryError
from agent.tools.analysis.additivity import adds_up_over_time
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.forecast.smoothing import FloatArray
from agent.tools.compile.timeline import floored, one, periods_in, shifted
from agent.tools.present.number_format import as_decimal
from agent.tools.warehouse.result import Cell, ResultColumn, ResultTable
from catalog.access import CatalogView
from catalog.durations import Duration, TimeGrain
from catalog.models import AggregateMetric, Aggregation, Calendar, CumulativeMetric, DerivedMetric, Metric, StateMetric
from catalog.query import Condition, FieldDimension, MetricQuery, MetricUse, OrderBy, Period, TimeDimension

MOST_GROUPS = 20
_DAY = dt.timedelta(days=1)
# Data may stop this many days before a period's end and still be of the whole period: few things happen every day.
_SLACK_DAYS = {TimeGrain.WEEK: 1, TimeGrain.MONTH: 6, TimeGrain.QUARTER: 9, TimeGrain.YEAR: 9}
_COUNTED = (Aggregation.SUM, Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM_BOOLEAN)
Group = tuple[Cell, ...]


@dataclass(frozen=True)
class Window:
    """Whole periods with data: from the first day of the first to the day after the last."""

    start: dt.date
    end: dt.date
    grain: TimeGrain
    calendar: Calendar

    @property
    def length(self) -> int:
        """How many periods there are."""
        return periods_in(self.start, self.end, self.grain, self.calendar) if self.end > self.start else 0

    def first_day(self, place: int) -> dt.date:
        """The first day of the period at a place; from `length` on those are to come."""
        moved = shifted(self.start, Duration(count=place, grain=self.grain))
        return moved.date() if isinstance(moved, dt.datetime) else moved

    def place(self, day: dt.date) -> int:
        """The place of the period that a day lies in."""
        if day >= self.start:
            return periods_in(self.start, day + _DAY, self.grain, self.calendar) - 1
        return -periods_in(day, self.start, self.grain, self.calendar)


@dataclass(frozen=True)
class History:
    """Series by group and metric over a window. `total` groups is the one empty tuple where nothing is grouped by."""

    window: Window
    series: dict[Group, dict[str, FloatArray]]
    group_columns: tuple[ResultColumn, ...]
    sql: str
    elapsed_ms: float
    left_out: int  # groups that were too many to take


def whole_window(desk: AnalysisDesk, metrics: tuple[str, ...], grain: TimeGrain) -> Window | None:
    """The whole periods for which all the metrics have data as the asker sees them; None where there is none."""
    spans = [span for name in metrics if (span := desk.span_of((name,))) is not None]
    if not spans:
        return None
    calendar = desk.view.whole.calendar
    slack = dt.timedelta(days=_SLACK_DAYS.get(grain, 0))
    first, last = max(span[0] for span in spans), min(span[1] for span in spans)
    for name in metrics:
        first = max(first, _with_lead(desk.view, name, spans[0][0]))
    start = _floor(first, grain, calendar)
    if first > start + slack:
        start = _next(start, grain)
    known_to = desk.as_of + _DAY if desk.as_of - last <= slack else last + _DAY
    end = _floor(min(known_to, desk.as_of + _DAY), grain, calendar)
    return Window(start, end, grain, calendar) if end > start else None


def _floor(day: dt.date, grain: TimeGrain, calendar: Calendar) -> dt.date:
    found = floored(day, grain, calendar)
    return found.date() if isinstance(found, dt.datetime) else found


def _next(day: dt.date, grain: TimeGrain) -> dt.date:
    found = shifted(day, one(grain))
    return found.date() if isinstance(found, dt.datetime) else found


def _with_lead(view: CatalogView, name: str, first: dt.date) -> dt.date:
    """The first day on which a metric that looks back has all that it looks back on."""
    lead = first
    for window in _looks_back(view, view.whole.metric_by_name[name]):
        moved = shifted(first, window)
        lead = max(lead, moved.date() if isinstance(moved, dt.datetime) else moved)
    return lead


def _looks_back(view: CatalogView, metric: Metric) -> Iterator[Duration]:
    if isinstance(metric, StateMetric):
        yield from (window for window in (metric.base_window, metric.recent_window) if window is not None)
    if isinstance(metric, CumulativeMetric):
        if metric.window is not None:
            yield metric.window
        yield from _looks_back(view, view.whole.metric_by_name[metric.metric])
    if isinstance(metric, DerivedMetric):
        for item in metric.inputs:
            if item.offset is not None:
                yield item.offset
            yield from _looks_back(view, view.whole.metric_by_name[item.metric])


def empty_is_zero(view: CatalogView, name: str) -> bool:
    """Whether a period without rows has the value zero: of sums and counts; of means and levels it has none."""
    metric = view.whole.metric_by_name[name]
    if metric.missing is not None:
        return metric.missing == "zero"
    if isinstance(metric, AggregateMetric):
        return metric.semi_additive is None and metric.aggregation in _COUNTED
    return adds_up_over_time(view, name)


def read_history(
    desk: AnalysisDesk,
    uses: tuple[MetricUse, ...],
    window: Window,
    *,
    group_by: tuple[FieldDimension, ...] = (),
    where: Condition | None = None,
    name: str = "history",
) -> History:
    """The metrics' values in each period of the window; of many groups the MOST_GROUPS largest by the first metric."""
    period = Period(start=window.start, end=window.end)
    kept, left_out = _largest(desk, uses[0], group_by, where, period) if group_by else (None, 0)
    query = MetricQuery(
        metrics=uses,
        group_by=(TimeDimension(grain=window.grain, alias="period"), *group_by),
        where=where,
        as_of=desk.as_of,
    )
    table, rows, elapsed_ms = _all_rows(desk, query, window, 0, window.length, name)
    place_of = {column.name: place for place, column in enumerate(table.columns)}
    keys = [place for place, column in enumerate(table.columns) if column.role == "key" and column.name != "period"]
    blank = {use.name: np.full(window.length, 0.0 if empty_is_zero(desk.view, use.metric) else np.nan) for use in uses}
    series: dict[Group, dict[str, FloatArray]] = {}
    if not group_by:
        series[()] = {column: values.copy() for column, values in blank.items()}
    for row in rows:
        group = tuple(row[place] for place in keys)
        if (kept is not None and group not in kept) or row[place_of["period"]] is None:
            continue
        of = series.setdefault(group, {column: values.copy() for column, values in blank.items()})
        place = window.place(_day(row[place_of["period"]]))
        for column, values in of.items():
            number = as_decimal(row[place_of[column]])
            if number is not None and 0 <= place < window.length:
                values[place] = float(number)
    return History(window, series, tuple(table.columns[place] for place in keys), table.sql, elapsed_ms, left_out)


def _all_rows(
    desk: AnalysisDesk, query: MetricQuery, window: Window, first: int, past: int, name: str
) -> tuple[ResultTable, tuple[tuple[Any, ...], ...], float]:
    """A query's rows over a stretch of periods, in as many parts as the role's row limit needs: rows that were cut off
    would read as zeros. QueryError where a single period has more."""
    period = Period(start=window.first_day(first), end=window.first_day(past))
    table = desk.query(query.model_copy(update={"period": period}), name=name, takes_a_part=True)
    if not table.truncated:
        return table, table.rows, table.elapsed_ms
    if past - first < 2:
        raise QueryError("there are more groups in one period than may be read; split by fewer fields")
    middle = (first + past) // 2
    _, earlier, one_ms = _all_rows(desk, query, window, first, middle, name)
    table, later, other_ms = _all_rows(desk, query, window, middle, past, name)
    return table, (*earlier, *later), one_ms + other_ms


def _day(cell: Cell) -> dt.date:
    assert isinstance(cell, dt.date)
    return cell.date() if isinstance(cell, dt.datetime) else cell


def _largest(
    desk: AnalysisDesk, use: MetricUse, group_by: tuple[FieldDimension, ...], where: Condition | None, period: Period
) -> tuple[set[Group], int]:
    """The groups to take, and how many are left out. A group that the data hold no name for (null) stands with the others."""
    query = MetricQuery(metrics=(use,), group_by=group_by, where=where, period=period, as_of=desk.as_of)
    largest_first = query.model_copy(update={"order_by": (OrderBy(column=use.name, descending=True),)})
    found = desk.query(largest_first, name="groups", takes_a_part=True)
    count = len(found.rows)
    if found.truncated:
        counted = exp.select(exp.alias_(exp.Count(this=exp.Star()), "groups")).from_("all_groups")
        column = ResultColumn(name="groups", type="BIGINT", role="context", unit="count")
        count = int(desk.query_over({"all_groups": query}, counted, (column,), "groups").rows[0][0])
    keys = [place for place, column in enumerate(found.columns) if column.role == "key"]
    groups = [tuple(row[place] for place in keys) for row in found.rows]
    taken = groups[:MOST_GROUPS]
    return set(taken), count - len(taken)
