"""A metric by period and every combination of up to three dimensions, added up inside the engine in one statement.

Cells of all dimensions at once are compiled under the asker's policies; GROUPING SETS over them give each segment's
series, and only segments of some size come back.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlglot import exp

from agent.tools.analysis.attribution.segment_search import SMALLEST_SHARE, SegmentSeries
from agent.tools.analysis.causes.additive import Amount
from agent.tools.analysis.causes.history import History
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.query import AllOf, Condition, FieldDimension, MetricQuery, MetricUse, Period, TimeDimension

MOST_DIMENSIONS = 8
MOST_VALUES = 120  # of a dimension that is combined with others
MOST_PAIRS = 1_000  # combinations of two dimensions' values
MOST_TRIPLES = 200  # with more, the usual one is too small to be a finding
_CELLS = "cells"
_PERIOD = "cell_period"


@dataclass(frozen=True)
class CubeDimension:
    """A dimension of a cube: dataset.field, and about how many values it has."""

    field: str
    values: int


@dataclass(frozen=True)
class Cube:
    """The segments' series, by amount asked for; `whole` of each amount. `table` is what came back."""

    conditions: tuple[tuple[tuple[str, str], ...], ...]
    amounts: np.ndarray[tuple[int, int, int], np.dtype[np.float64]]  # segment, amount, period
    whole: np.ndarray[tuple[int, int], np.dtype[np.float64]]  # amount, period
    table: ResultTable

    def series(self, numerator: int, denominator: int | None = None, observed: Sequence[int] = ()) -> SegmentSeries:
        """One amount's segments, or the quotient of two; `observed` are amounts that count what it rests on."""
        counts = [self.amounts[:, place] for place in observed]
        return SegmentSeries(
            self.conditions,
            self.amounts[:, numerator],
            self.whole[numerator],
            None if denominator is None else self.amounts[:, denominator],
            None if denominator is None else self.whole[denominator],
            np.min(np.stack(counts), axis=0) if counts else None,
        )


def choose_dimensions(desk: AnalysisDesk, fields: Sequence[str]) -> tuple[CubeDimension, ...]:
    """The dimensions worth a search: at least two values and not too many; at most eight, in the order given.

    One statement counts the values of all. Of dimensions that name each other's values one to one, the first is kept.
    """
    fields = tuple(fields)[:24]
    if not fields:
        return ()
    queries = {
        f"values_{place}": MetricQuery(group_by=(FieldDimension(field=field, alias="value"),))
        for place, field in enumerate(fields)
    }
    counts = [
        exp.alias_(exp.Subquery(this=exp.select(exp.Count(this=exp.Star())).from_(name)), name) for name in queries
    ]
    columns = [ResultColumn(name=name, type="BIGINT", role="context", unit="count") for name in queries]
    found = desk.query_over(queries, exp.select(*counts), columns, "values")
    sized = [CubeDimension(field, int(count)) for field, count in zip(fields, found.rows[0], strict=True)]
    return tuple(item for item in sized if 2 <= item.values <= MOST_VALUES)[:MOST_DIMENSIONS]


def read_cube(
    desk: AnalysisDesk,
    amounts: Sequence[Amount],
    dimensions: Sequence[CubeDimension],
    where: Condition | None,
    periods: History | tuple[Period, Period],
    size: int = 0,
) -> Cube:
    """Each segment's amounts by period; `size` is the amount that says how large a segment is.

    Without a history: the two periods alone. QueryError, PolicyRefusal and WarehouseError as the queries raise them.
    """
    uses = tuple({use.name: use for amount in amounts for use in amount.uses}.values())
    names = [f"d{place}" for place in range(len(dimensions))]
    groups = tuple(FieldDimension(field=item.field, alias=name) for item, name in zip(dimensions, names, strict=True))
    queries, cells = _cells(uses, groups, where, periods)
    count = len(periods.starts) if isinstance(periods, History) else 2
    select = _cube(cells, names, [amount.formula for amount in amounts], _sets(dimensions, names), size)
    columns = (
        ResultColumn(name="level", type="BIGINT", role="key"),
        *(ResultColumn(name=item.field, type="VARCHAR", role="key") for item in dimensions),
        ResultColumn(name="periods", type="VARCHAR", role="context"),
        *(ResultColumn(name=f"amount_{place}", type="VARCHAR") for place in range(len(amounts))),
    )
    table = desk.query_over(queries, select, columns, "cube")
    return _read(table, dimensions, len(amounts), periods, count)


def _cells(
    uses: tuple[MetricUse, ...],
    groups: tuple[FieldDimension, ...],
    where: Condition | None,
    periods: History | tuple[Period, Period],
) -> tuple[dict[str, MetricQuery], exp.Expr]:
    """The queries of the cells, and what the cube is made over."""
    if isinstance(periods, History):
        conditions = tuple(item for item in (where, periods.condition) if item is not None)
        narrowed = AllOf(conditions=conditions) if len(conditions) > 1 else conditions[0] if conditions else None
        time = TimeDimension(grain=periods.grain, alias=_PERIOD)
        query = MetricQuery(metrics=uses, group_by=(time, *groups), where=narrowed, period=periods.span)
        return {_CELLS: query}, exp.to_table(_CELLS)
    queries = {}
    parts = []
    for place, (name, period) in enumerate(zip(("before", "after"), periods, strict=True)):
        queries[name] = MetricQuery(metrics=uses, group_by=groups, where=where, period=period)
        marked = exp.alias_(exp.Literal.number(place), _PERIOD)
        parts.append(exp.select(marked, exp.Star()).from_(name))
    return queries, exp.Subquery(this=exp.union(parts[0], parts[1], distinct=False), alias=exp.TableAlias(this=_CELLS))


def _sets(dimensions: Sequence[CubeDimension], names: Sequence[str]) -> list[tuple[str, ...]]:
    """The combinations of dimensions that are worth adding up: not so many values that each holds next to nothing."""
    sizes = dict(zip(names, (item.values for item in dimensions), strict=True))
    found: list[tuple[str, ...]] = [()]
    for count, most in ((1, MOST_VALUES), (2, MOST_PAIRS), (3, MOST_TRIPLES)):
        for chosen in itertools.combinations(names, count):
            if np.prod([sizes[name] for name in chosen]) <= most:
                found.append(chosen)
    return found


def _cube(
    cells: exp.Expr,
    names: Sequence[str],
    formulas: Sequence[exp.Expr],
    sets: list[tuple[str, ...]],
    size: int,
) -> exp.Select:
    """WITH cube AS (sums by GROUPING SETS of period and dimensions) SELECT each segment's lists of periods and sums."""
    columns = [exp.column(name) for name in names]
    level = exp.Anonymous(this="grouping", expressions=[item.copy() for item in columns])
    period = exp.column(_PERIOD)
    sums = [exp.alias_(exp.cast(_summed(formula), "double"), f"v{place}") for place, formula in enumerate(formulas)]
    inner = exp.select(exp.alias_(level, "level"), *[item.copy() for item in columns], period.copy(), *sums).from_(
        cells
    )
    tuples = [exp.Tuple(expressions=[period.copy(), *(exp.column(name) for name in chosen)]) for chosen in sets]
    inner.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=tuples)]))
    by_period = exp.Order(expressions=[exp.Ordered(this=period.copy())])
    lists = [
        exp.alias_(exp.ArrayAgg(this=exp.Order(this=exp.column(name), expressions=by_period.copy().expressions)), alias)
        for name, alias in [(_PERIOD, "periods"), *((f"v{place}", f"amount_{place}") for place in range(len(formulas)))]
    ]
    texts = [exp.alias_(exp.cast(item.copy(), "varchar"), name) for name, item in zip(names, columns, strict=True)]
    held = exp.Sum(this=exp.Abs(this=exp.column(f"v{size}")))
    outer = exp.select(exp.column("level"), *texts, *lists).from_("cube")
    outer = outer.group_by(exp.column("level"), *[item.copy() for item in columns])
    whole = (
        exp.select(held.copy())
        .from_("cube")
        .where(exp.EQ(this=exp.column("level"), expression=exp.Literal.number((1 << len(names)) - 1)))
    )
    enough = exp.GTE(
        this=held.copy(),
        expression=exp.Mul(this=exp.Literal.number(SMALLEST_SHARE / 2), expression=exp.Subquery(this=whole)),
    )
    outer = outer.having(enough).order_by(exp.Ordered(this=held.copy(), desc=True))
    return outer.with_("cube", as_=inner, materialized=True)


def _summed(formula: exp.Expr) -> exp.Expr:
    """A linear formula over sums of its columns; a metric without rows in a cell counts as nothing."""

    def total(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column):
            return node
        return exp.Coalesce(this=exp.Sum(this=node.copy()), expressions=[exp.Literal.number(0)])

    return formula.copy().transform(total)


def _read(
    table: ResultTable,
    dimensions: Sequence[CubeDimension],
    amounts: int,
    periods: History | tuple[Period, Period],
    count: int,
) -> Cube:
    if isinstance(periods, History):
        place_by_period = {day.isoformat(): place for place, day in enumerate(periods.starts)}
    else:
        place_by_period = {"0": 0, "1": 1}
    everything = (1 << len(dimensions)) - 1
    conditions = []
    found = []
    whole = np.zeros((amounts, count))
    for row in table.rows:
        level, values, lists = int(row[0]), row[1 : 1 + len(dimensions)], row[1 + len(dimensions) :]
        places = [place_by_period.get(str(item)[:10], -1) for item in json.loads(lists[0])]
        series = np.zeros((amounts, count))
        for amount in range(amounts):
            for place, value in zip(places, json.loads(lists[1 + amount]), strict=True):
                if place >= 0:
                    series[amount, place] = value or 0.0
        if level == everything:
            whole = series
            continue
        held = [at for at in range(len(dimensions)) if not level >> (len(dimensions) - 1 - at) & 1]
        if any(values[at] is None for at in held):
            continue  # rows without a value are part of the whole, and no place that a cause could have
        conditions.append(tuple((dimensions[at].field, str(values[at])) for at in held))
        found.append(series)
    stacked = np.stack(found) if found else np.zeros((0, amounts, count))
    return Cube(tuple(conditions), stacked, whole, table)
