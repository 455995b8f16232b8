"""An answer's table, read: its columns by what they are for, its rows by what they stand for."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from agent.tools.present.display_text import plain_text
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.number_format import as_decimal
from agent.tools.present.periods import bucket, distance, naive_moment, shifted_period
from agent.tools.present.table_columns import ComparisonColumns, KeyColumn, Measure
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.access import CatalogView
from catalog.durations import Duration, TimeGrain
from catalog.models import Metric
from catalog.query import ComparePeriod, FieldDimension, MetricQuery, MetricUse, Period, TimeDimension, dimension_name

OTHER_ROW = "other"  # what a query with `others` calls the row of everything past its limit
_BESIDE = frozenset({"change", "difference", "growth", "share", "rank", "target", "running_total"})


@dataclass(frozen=True)
class TableReading:
    """The answering table, read: what each column is for, and what the query behind it asked."""

    table: ResultTable
    query: MetricQuery | None
    keys: tuple[KeyColumn, ...]
    measures: tuple[Measure, ...]
    as_of: dt.date
    data_span: tuple[dt.date, dt.date] | None

    @property
    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """The table's rows."""
        return self.table.rows

    @property
    def period(self) -> Period | None:
        """The period that was asked about."""
        return self.query.period if self.query else None

    @cached_property
    def time_key(self) -> KeyColumn | None:
        """The key along time, if any."""
        return next((key for key in self.keys if key.is_time), None)

    @cached_property
    def group_keys(self) -> tuple[KeyColumn, ...]:
        """The keys that are not along time."""
        return tuple(key for key in self.keys if not key.is_time)

    @cached_property
    def is_whole(self) -> bool:
        """Whether the table holds every group there is: not limited, filtered by value, or cut off."""
        if self.table.truncated or self.query is None:
            return False
        return not self.query.having and (self.query.limit is None or self.query.others)

    @property
    def is_free(self) -> bool:
        """Whether nothing is known of what its figures mean: a statement of someone's own, not a metric query."""
        return self.query is None and all(measure.metric is None for measure in self.measures)

    def row_name(self, row: int) -> str:
        """A row's keys in words: "Electronics", "web, March 2026"."""
        return ", ".join(key.shown(self.rows[row][key.index]) for key in self.keys)

    def group_name(self, row: int) -> str:
        """A row's keys that are not along time, in words."""
        return ", ".join(key.shown(self.rows[row][key.index]) for key in self.group_keys)

    def is_other(self, row: int) -> bool:
        """Whether a row stands for everything past a limit, or for a total: it is no group of its own."""
        if self.query is None:
            return False
        cells = [self.rows[row][key.index] for key in self.group_keys]
        if self.query.others and OTHER_ROW in [cell.lower() for cell in cells if isinstance(cell, str)]:
            return True
        return self.query.totals != "none" and bool(cells) and None in cells

    def row_period(self, row: int) -> Period | None:
        """The period a row along time stands for."""
        key = self.time_key
        if key is None or key.grain is None:
            return None
        moment = self.rows[row][key.index]
        return bucket(moment, key.grain) if isinstance(moment, dt.date) else None

    def is_complete(self, period: Period | None) -> bool:
        """Whether all of a period lies in the data, in the asked period and not after as_of: fit to be compared."""
        if period is None or period.start is None or period.end is None:
            return True
        last_known = min(self.as_of, self.data_span[1]) if self.data_span else self.as_of
        latest = dt.datetime.combine(last_known + dt.timedelta(days=1), dt.time())
        bounds = [] if self.data_span is None else [Period(start=self.data_span[0])]
        bounds += [self.period] if self.period else []
        starts = [naive_moment(bound.start) for bound in bounds if bound.start is not None]
        ends = [latest, *(naive_moment(bound.end) for bound in bounds if bound.end is not None)]
        return naive_moment(period.end) <= min(ends) and all(naive_moment(period.start) >= start for start in starts)


def read_table(
    table: ResultTable,
    query: MetricQuery | None,
    view: CatalogView,
    as_of: dt.date,
    data_span: tuple[dt.date, dt.date] | None,
) -> TableReading:
    """Reads a table by its query's names where there is one, else by what its columns say of themselves."""
    keys = tuple(
        _read_key(index, column, table, query, view)
        for index, column in enumerate(table.columns)
        if column.role == "key"
    )
    if not keys and query is None:
        keys = _keys_by_cells(table)
    measures = _measures_by_query(table, query, view) if query else ()
    if not measures:
        measures = _measures_by_column(table, view)
    return TableReading(table=table, query=query, keys=keys, measures=measures, as_of=as_of, data_span=data_span)


def _read_key(
    index: int, column: ResultColumn, table: ResultTable, query: MetricQuery | None, view: CatalogView
) -> KeyColumn:
    key = KeyColumn(index=index, name=column.name, label=_label_of(column))
    for dimension in query.group_by if query else ():
        if dimension_name(dimension) == column.name:
            if isinstance(dimension, TimeDimension):
                is_fiscal = dimension.fiscal and view.whole.calendar.fiscal_year_start_month != 1
                return replace(key, grain=dimension.grain, part=dimension.part, is_fiscal=is_fiscal)
            if isinstance(dimension, FieldDimension):
                return _with_grain_of_cells(key, table)
    return _with_grain_of_cells(key, table)


def _keys_by_cells(table: ResultTable) -> tuple[KeyColumn, ...]:
    """The columns of text and dates, where no column says that it is a key."""
    found: list[KeyColumn] = []
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows if row[index] is not None]
        if cells and column.metric is None and all(isinstance(cell, str | dt.date | bool) for cell in cells):
            found.append(_with_grain_of_cells(KeyColumn(index=index, name=column.name, label=_label_of(column)), table))
    return tuple(found)


def _with_grain_of_cells(key: KeyColumn, table: ResultTable) -> KeyColumn:
    """A key of dates is along time; its grain is in its name, else the coarsest that all its cells begin."""
    cells = [row[key.index] for row in table.rows if row[key.index] is not None]
    if not cells or not all(isinstance(cell, dt.date) for cell in cells):
        return key
    words = re.split(r"[\W_]+", key.name.lower())
    for grain in TimeGrain:
        if grain.value in words:
            return replace(key, grain=grain)
    moments = [naive_moment(cell) for cell in cells]
    if any(moment.time() != dt.time() for moment in moments):
        return replace(key, grain=TimeGrain.MINUTE)
    if len(moments) > 1 and all(moment.day == 1 for moment in moments):
        return replace(key, grain=TimeGrain.MONTH)
    return replace(key, grain=TimeGrain.DAY)


def _label_of(column: ResultColumn) -> str:
    label = column.label or column.name.replace("_", " ")
    return plain_text(label[:1].upper() + label[1:])


def _measures_by_query(table: ResultTable, query: MetricQuery, view: CatalogView) -> tuple[Measure, ...]:
    index_by_name = {column.name: index for index, column in enumerate(table.columns)}
    measures: list[Measure] = []
    for use in query.metrics:
        index = index_by_name.get(use.name)
        if index is None:
            continue
        column = table.columns[index]
        comparisons = []
        for compare in query.compare:
            prefix = f"{use.name}_{compare.name}"
            found = ComparisonColumns(
                name=compare.name,
                label=compare.label,
                period=_compared_period(compare, query.period),
                is_asked=compare.show == "measure",
                previous=index_by_name.get(prefix),
                change=index_by_name.get(f"{prefix}_change"),
                growth=index_by_name.get(f"{prefix}_growth"),
                offset=_compared_offset(compare, query.period),
            )
            if (found.previous, found.change, found.growth) != (None, None, None):
                comparisons.append(found)
        shares = [item for item in query.calculations if item.kind == "share" and item.metric == use.name]
        whole = next((item for item in shares if not item.within), None)
        metric = view.metrics.get(use.metric)
        measures.append(
            Measure(
                index=index,
                name=use.name,
                label=_use_label(use, column, metric),
                unit=column.unit or (metric.unit if metric else None),
                metric=metric,
                is_asked=column.role == "measure",
                comparisons=tuple(comparisons),
                target=index_by_name.get(f"{use.name}_target"),
                share=index_by_name.get(whole.name) if whole else None,
            )
        )
    measures += [
        Measure(index=index, name=item.name, label=_label_of(table.columns[index]), unit=table.columns[index].unit)
        for item in query.calculations
        if (item.kind in ("ratio", "difference") or item.over is not None)
        and (index := index_by_name.get(item.name)) is not None
    ]
    return tuple(sorted(measures, key=lambda item: not item.is_asked))


def _compared_offset(compare: ComparePeriod, period: Period | None) -> Duration | None:
    """How long before a row along time its earlier figure lies: as asked, else the distance of the two periods."""
    if compare.period is not None:
        if period is None or period.start is None or compare.period.start is None:
            return None
        return distance(compare.period.start, period.start)
    if compare.offset is not None or period is None or period.start is None or period.end is None:
        return compare.offset
    return distance(period.start, period.end)  # the period right before, of the same length


def _compared_period(compare: ComparePeriod, period: Period | None) -> Period | None:
    if compare.period is not None:
        return compare.period
    offset = _compared_offset(compare, period)
    return shifted_period(period, offset) if offset is not None and period is not None else None


def _measures_by_column(table: ResultTable, view: CatalogView) -> tuple[Measure, ...]:
    beside: dict[str, dict[str, int]] = {}
    for index, column in enumerate(table.columns):
        if column.metric and column.calculation:
            beside.setdefault(column.metric, {}).setdefault(column.calculation, index)
    measures: list[Measure] = []
    for index, column in enumerate(table.columns):
        calculation = column.calculation or "value"
        if column.role == "key" or calculation in _BESIDE or (calculation == "previous" and column.metric in beside):
            continue
        if not any(as_decimal(row[index]) is not None for row in table.rows) and column.metric is None:
            continue
        metric = view.metrics.get(column.metric) if column.metric else None
        found = beside.get(column.metric or "", {}) if calculation == "value" else {}
        previous, change, growth = (
            found.get("previous"),
            found.get("change", found.get("difference")),
            found.get("growth"),
        )
        comparison = ComparisonColumns("previous", None, None, False, previous, change, growth)
        measures.append(
            Measure(
                index=index,
                name=column.name,
                label=_measure_label(column, metric),
                unit=column.unit,
                metric=metric,
                is_asked=column.role == "measure",
                comparisons=(comparison,) if (previous, change, growth) != (None, None, None) else (),
                target=found.get("target"),
                share=found.get("share"),
            )
        )
    return tuple(sorted(measures, key=lambda item: not item.is_asked))


def _use_label(use: MetricUse, column: ResultColumn, metric: Metric | None) -> str:
    """A metric's label; where it is used with a name of its own, told apart by that name."""
    label = _measure_label(column, metric)
    if use.average_per is not None and metric is not None:
        return f"Average {mid_sentence(plain_text(metric.label))} per {use.average_per.value}"
    if use.alias is None or use.alias == use.metric or metric is None:
        return label
    own = _label_of(column)
    return own if own != label and column.label else f"{label} ({plain_text(use.alias.replace('_', ' '))})"


def _measure_label(column: ResultColumn, metric: Metric | None) -> str:
    if metric is not None and column.calculation in (None, "value"):
        return plain_text(metric.label)
    return _label_of(column)
