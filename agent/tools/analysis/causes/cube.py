"""A metric by period and every combination of up to three dimensions, added up inside the engine in one statement.

Cells of all dimensions at once are compiled under the asker's policies; GROUPING SETS over them give each segment's
series, and only segments of some size come back.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
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
MOST_AT_ONCE = 3
MOST_WIDE = 2  # dimensions of more values than that: their large ones alone are looked at
MOST_VALUES_WIDE = 100_000
LARGE_SHARE = (
    0.02  # of the whole, for a single value of them: its ups and downs (a price, a stockout) are its own otherwise
)
MOST_PAIRS = 1_000  # combinations of two dimensions' values
MOST_TRIPLES = 200  # with more, the usual one is too small to be a finding
MOST_CARRIED = 4_000  # combinations of a carrier's values: some tenth of the cells where these are many
_CELLS = "cells"
_PERIOD = "cell_period"


@dataclass(frozen=True)
class CubeDimension:
    """A dimension of a cube: dataset.field, and about how many values it has."""

    field: str
    values: int

    @property
    def is_wide(self) -> bool:
        """Whether it has too many values to be combined with others (products, accounts): it stands for itself."""
        return self.values > MOST_VALUES


@dataclass(frozen=True)
class DimensionChoice:
    """The dimensions of a search, and those that would fit it too and are beyond its bound."""

    searched: tuple[CubeDimension, ...] = ()
    left_out: tuple[CubeDimension, ...] = ()


@dataclass(frozen=True)
class Cube:
    """The segments' series, by amount asked for; `whole` of each amount. `table` is what came back."""

    conditions: tuple[tuple[tuple[str, str], ...], ...]
    amounts: np.ndarray[tuple[int, int, int], np.dtype[np.float64]]  # segment, amount, period
    whole: np.ndarray[tuple[int, int], np.dtype[np.float64]]  # amount, period
    table: ResultTable
    at_once: int  # how many dimensions were combined: fewer where the role's row limit holds no more
    wide: frozenset[str]  # fields whose large values stand for themselves

    def series(self, numerator: int, denominator: int | None = None, observed: Sequence[int] = ()) -> SegmentSeries:
        """One amount's segments, or the quotient of two; `observed` are amounts that count what it rests on.

        A quotient's are those of the combined dimensions alone: of a single product it is next to fixed (it has one price),
        so that any change would look like an event.
        """
        rows = list(range(len(self.conditions)))
        if denominator is not None:
            rows = [row for row in rows if not any(field in self.wide for field, _ in self.conditions[row])]
        amounts = self.amounts[rows]
        counts = [amounts[:, place] for place in observed]
        return SegmentSeries(
            tuple(self.conditions[row] for row in rows),
            amounts[:, numerator],
            self.whole[numerator],
            None if denominator is None else amounts[:, denominator],
            None if denominator is None else self.whole[denominator],
            np.min(np.stack(counts), axis=0) if counts else None,
        )


def choose_dimensions(desk: AnalysisDesk, fields: Sequence[str], *, with_wide: bool = True) -> DimensionChoice:
    """The dimensions worth a search: at least two values and not too many; at most eight, in the order given.

    Where there is room for more, one or two of many values follow: a product or an account may be large by itself. One
    statement counts the values of all. Of dimensions that name each other's values one to one, the first is kept.
    """
    fields = tuple(fields)[:24]
    if not fields:
        return DimensionChoice()
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
    combined = [item for item in sized if 2 <= item.values <= MOST_VALUES]
    wide = [item for item in sized if with_wide and MOST_VALUES < item.values <= MOST_VALUES_WIDE]
    room = max(min(MOST_WIDE, MOST_DIMENSIONS - len(combined)), 0)
    return DimensionChoice(
        searched=(*combined[:MOST_DIMENSIONS], *wide[:room]), left_out=(*combined[MOST_DIMENSIONS:], *wide[room:])
    )


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
    combined = tuple(group for group, item in zip(groups, dimensions, strict=True) if not item.is_wide)
    queries, cells = _cells(_CELLS, uses, combined, where, periods)
    sources = {name: cells for name, item in zip(names, dimensions, strict=True) if not item.is_wide}
    for name, group, item in zip(names, groups, dimensions, strict=True):
        if item.is_wide and _has_large_ones(desk, amounts[size], group, where, periods):
            beside = tuple(groups[names.index(mate)] for mate in _mates(name, dimensions, names))
            own, sources[name] = _cells(f"{_CELLS}_{name}", uses, (group, *beside), where, periods)
            queries.update(own)
    count = len(periods.starts) if isinstance(periods, History) else 2
    formulas = [amount.formula for amount in amounts]
    columns = (
        ResultColumn(name="level", type="BIGINT", role="key"),
        *(ResultColumn(name=item.field, type="VARCHAR", role="key") for item in dimensions),
        ResultColumn(name="periods", type="VARCHAR", role="context"),
        *(ResultColumn(name=f"amount_{place}", type="VARCHAR") for place in range(len(amounts))),
    )
    for at_once in range(MOST_AT_ONCE, 0, -1):
        select = _cube(cells, sources, dimensions, formulas, size, at_once)
        table = desk.query_over(queries, select, columns, "cube", takes_a_part=at_once > 1)
        if not table.truncated:
            break
    return _read(table, dimensions, len(amounts), periods, count, at_once)


def _has_large_ones(
    desk: AnalysisDesk,
    amount: Amount,
    group: FieldDimension,
    where: Condition | None,
    periods: History | tuple[Period, Period],
) -> bool:
    """Whether a wide dimension has a large value in one of the two periods: only then is its history worth reading."""
    ends, narrowed = periods, where
    if isinstance(periods, History):
        ends, narrowed = periods.ends, _narrowed(where, periods)
    queries, cells = _cells("two_periods", amount.uses, (group,), narrowed, ends)
    alias = group.alias or group.field
    large = exp.select(exp.column(alias)).from_(cells.copy()).group_by(exp.column(alias))
    large = large.having(_holds(amount.formula, cells, LARGE_SHARE / 2))
    counted = exp.select(exp.alias_(exp.Count(this=exp.Star()), "large")).from_(
        exp.Subquery(this=large, alias=exp.TableAlias(this=exp.to_identifier("large_values")))
    )
    column = ResultColumn(name="large", type="BIGINT", role="context", unit="count")
    return bool(desk.query_over(queries, counted, (column,), "large").rows[0][0])


def _holds(formula: exp.Expr, source: exp.Expr, share: float) -> exp.Expr:
    """A group's condition: it holds that share of the source."""
    held = exp.Abs(this=_summed(formula))
    everything = exp.Subquery(this=exp.select(held.copy()).from_(source.copy()))
    return exp.GTE(this=held, expression=exp.Mul(this=exp.Literal.number(share), expression=everything))


def _narrowed(where: Condition | None, periods: History) -> Condition | None:
    conditions = tuple(item for item in (where, periods.condition) if item is not None)
    return AllOf(conditions=conditions) if len(conditions) > 1 else conditions[0] if conditions else None


def _cells(
    called: str,
    uses: tuple[MetricUse, ...],
    groups: tuple[FieldDimension, ...],
    where: Condition | None,
    periods: History | tuple[Period, Period],
) -> tuple[dict[str, MetricQuery], exp.Expr]:
    """The queries of the cells, and what the cube is made over."""
    if isinstance(periods, History):
        time = TimeDimension(grain=periods.grain, alias=_PERIOD)
        narrowed = _narrowed(where, periods)
        query = MetricQuery(metrics=uses, group_by=(time, *groups), where=narrowed, period=periods.span)
        return {called: query}, exp.to_table(called)
    queries = {}
    parts = []
    for place, period in enumerate(periods):
        name = f"{called}_{place}"
        queries[name] = MetricQuery(metrics=uses, group_by=groups, where=where, period=period)
        marked = exp.alias_(exp.Literal.number(place), _PERIOD)
        parts.append(exp.select(marked, exp.Star()).from_(name))
    return queries, exp.Subquery(this=exp.union(parts[0], parts[1], distinct=False), alias=exp.TableAlias(this=called))


def _sets(dimensions: Sequence[CubeDimension], names: Sequence[str], at_once: int) -> list[tuple[str, ...]]:
    """The combinations of dimensions that are worth adding up: not so many values that each holds next to nothing."""
    sizes = _sizes(dimensions, names)
    combined = [name for name, item in zip(names, dimensions, strict=True) if not item.is_wide]
    found: list[tuple[str, ...]] = [()]
    for count, most in ((1, MOST_VALUES), (2, MOST_PAIRS), (MOST_AT_ONCE, MOST_TRIPLES))[:at_once]:
        for chosen in itertools.combinations(combined, count):
            if math.prod(sizes[name] for name in chosen) <= most:
                found.append(chosen)
    return found


def _carriers(
    sets: Sequence[tuple[str, ...]], sizes: dict[str, int], names: Sequence[str]
) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Larger combinations that the cells are added up to first, each with the sets that are added up from it.

    The cells are many times as many as any set has rows: reading them for a few carriers instead of for every set is what
    makes many dimensions affordable. The largest sets are placed first, each where it makes a carrier grow the least.
    """
    grown: list[tuple[set[str], list[tuple[str, ...]]]] = []
    for chosen in sorted(sets, key=lambda item: (-len(item), -math.prod(sizes[name] for name in item))):
        fitting = [
            (math.prod(sizes[name] for name in held.union(chosen)) - math.prod(sizes[name] for name in held), place)
            for place, (held, _) in enumerate(grown)
            if math.prod(sizes[name] for name in held.union(chosen)) <= MOST_CARRIED
        ]
        if fitting:
            held, carried = grown[min(fitting)[1]]
            held.update(chosen)
            carried.append(chosen)
        else:
            grown.append((set(chosen), [chosen]))
    return [(tuple(name for name in names if name in held), carried) for held, carried in grown]


def _sizes(dimensions: Sequence[CubeDimension], names: Sequence[str]) -> dict[str, int]:
    return dict(zip(names, (item.values for item in dimensions), strict=True))


def _cube(
    cells: exp.Expr,
    sources: Mapping[str, exp.Expr],
    dimensions: Sequence[CubeDimension],
    formulas: Sequence[exp.Expr],
    size: int,
    at_once: int,
) -> exp.Select:
    """WITH carrier_0 AS (sums of the cells), cube AS (sums of the carriers by GROUPING SETS) SELECT a segment's lists.

    A row a segment: which dimensions it is of, their values, and the lists of its periods and sums. `sources` are what each
    dimension is read from: the cells, or cells of its own; a wide one without large values is read from nothing.
    """
    names = [f"d{place}" for place in range(len(dimensions))]
    columns = [exp.column(name) for name in names]
    carriers = [
        (held, sets, cells)
        for held, sets in _carriers(_sets(dimensions, names, at_once), _sizes(dimensions, names), names)
    ]
    for name in (name for name, item in zip(names, dimensions, strict=True) if item.is_wide and name in sources):
        mates = _mates(name, dimensions, names)
        sets = [(name,), *((name, mate) for mate in mates)]
        carriers.append(((name, *mates), sets, _large_ones(sources[name], name, formulas, size)))
    carried, parts = [], []
    for place, (held, sets, source) in enumerate(carriers):
        carried.append((f"carrier_{place}", _carrier(source, held, formulas)))
        parts.append(_added_up(f"carrier_{place}", held, sets, names, len(formulas)))
    cube = parts[0] if len(parts) == 1 else exp.union(*parts, distinct=False)
    by_period = exp.Ordered(this=exp.column(_PERIOD))
    lists = [
        exp.alias_(
            exp.cast(exp.ArrayAgg(this=exp.Order(this=exp.column(name), expressions=[by_period.copy()])), "varchar"),
            alias,
        )
        for name, alias in [(_PERIOD, "periods"), *((f"v{place}", f"amount_{place}") for place in range(len(formulas)))]
    ]
    held_by = exp.Sum(this=exp.Abs(this=exp.column(f"v{size}")))
    outer = exp.select(exp.column("level"), *[item.copy() for item in columns], *lists).from_("cube")
    outer = outer.group_by(exp.column("level"), *[item.copy() for item in columns])
    whole = (
        exp.select(held_by.copy())
        .from_("cube")
        .where(exp.EQ(this=exp.column("level"), expression=exp.Literal.number((1 << len(names)) - 1)))
    )
    enough = exp.GTE(
        this=held_by.copy(),
        expression=exp.Mul(this=exp.Literal.number(SMALLEST_SHARE / 2), expression=exp.Subquery(this=whole)),
    )
    outer = outer.having(enough).order_by(exp.Ordered(this=held_by.copy(), desc=True))
    for name, select in carried:
        outer = outer.with_(name, as_=select)
    return outer.with_("cube", as_=cube, materialized=True)


def _mates(name: str, dimensions: Sequence[CubeDimension], names: Sequence[str]) -> tuple[str, ...]:
    """The combined dimensions that describe the same thing as a wide one (a product's category): its values beside theirs
    show which holds which."""
    dataset = dimensions[names.index(name)].field.partition(".")[0]
    return tuple(
        other
        for other, item in zip(names, dimensions, strict=True)
        if not item.is_wide and item.field.partition(".")[0] == dataset
    )


def _carrier(source: exp.Expr, held: Sequence[str], formulas: Sequence[exp.Expr]) -> exp.Select:
    """The sums of a source by period and the dimensions held."""
    texts = [exp.alias_(exp.cast(exp.column(name), "varchar"), name) for name in held]
    sums = [exp.alias_(_summed(formula), f"v{place}") for place, formula in enumerate(formulas)]
    select = exp.select(exp.column(_PERIOD), *texts, *sums).from_(source.copy())
    select.set("group", exp.Group(expressions=[exp.column(_PERIOD), *(exp.column(name) for name in held)]))
    return select


def _large_ones(source: exp.Expr, name: str, formulas: Sequence[exp.Expr], size: int) -> exp.Expr:
    """The rows of a wide dimension's large values: all others are too small to be a finding."""
    enough = _holds(formulas[size], source, LARGE_SHARE)
    large = exp.select(exp.column(name)).from_(source.copy()).group_by(exp.column(name)).having(enough)
    rows = (
        exp.select(exp.Star()).from_(source.copy()).where(exp.In(this=exp.column(name), query=exp.Subquery(this=large)))
    )
    return exp.Subquery(this=rows, alias=exp.TableAlias(this=exp.to_identifier(f"large_{name}")))


def _added_up(
    carrier: str, held: Sequence[str], sets: Sequence[tuple[str, ...]], names: Sequence[str], amounts: int
) -> exp.Select:
    """The sums of a carrier by its sets. `level` has a bit for each dimension, set where the row is not narrowed by it."""
    absent = sum(1 << (len(names) - 1 - place) for place, name in enumerate(names) if name not in held)
    level: exp.Expr = exp.Literal.number(absent)
    for place, name in enumerate(names):
        if name in held:
            grouping = exp.Anonymous(this="grouping", expressions=[exp.column(name)])
            weight = exp.Literal.number(1 << (len(names) - 1 - place))
            level = exp.Add(this=level, expression=exp.Mul(this=grouping, expression=weight))
    values = [exp.column(name) if name in held else exp.alias_(exp.cast(exp.null(), "varchar"), name) for name in names]
    sums = [
        exp.alias_(exp.cast(exp.Sum(this=exp.column(f"v{place}")), "double"), f"v{place}") for place in range(amounts)
    ]
    select = exp.select(exp.alias_(level, "level"), *values, exp.column(_PERIOD), *sums).from_(carrier)
    tuples = [exp.Tuple(expressions=[exp.column(_PERIOD), *(exp.column(name) for name in chosen)]) for chosen in sets]
    select.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=tuples)]))
    return select


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
    at_once: int,
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
        places = np.array([place_by_period.get(item[:10], -1) for item in _listed(lists[0])])
        series = np.zeros((amounts, count))
        for amount in range(amounts):
            sums = np.array(_listed(lists[1 + amount]), dtype=float)
            series[amount, places[places >= 0]] = sums[places >= 0]
        if level == everything:
            whole = series
            continue
        held = [at for at in range(len(dimensions)) if not level >> (len(dimensions) - 1 - at) & 1]
        if any(values[at] is None for at in held):
            continue  # rows without a value are part of the whole, and no place that a cause could have
        conditions.append(tuple((dimensions[at].field, str(values[at])) for at in held))
        found.append(series)
    stacked = np.stack(found) if found else np.zeros((0, amounts, count))
    wide = frozenset(item.field for item in dimensions if item.is_wide)
    return Cube(tuple(conditions), stacked, whole, table, at_once, wide)


def _listed(text: str) -> list[str]:
    """ "[1.0, 2.5]", a list as the engine writes it: each value's text. One text a list is read much faster than its values."""
    return text[1:-1].split(", ")
