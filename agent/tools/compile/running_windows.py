"""Cumulative sums and counts by period: aggregated once a period, then summed along the periods by a window function.

    WITH ... AS (SELECT month, SUM(amount) AS sales ... GROUP BY 1)
    SELECT months.month, SUM(sales) OVER (ORDER BY months.month RANGE BETWEEN INTERVAL '2' MONTH PRECEDING AND CURRENT ROW)
    FROM months LEFT JOIN ...

Only where periods add up to windows: windows of whole periods, and aggregations whose parts make the whole. Elsewhere rows
are joined to every period whose window they lie in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from agent.tools.compile.aggregate import aggregate_relation, is_own_time
from agent.tools.compile.calculations import over
from agent.tools.compile.combine import column_names
from agent.tools.compile.expressions import METRIC_TIME, all_of, references
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import date_literal
from agent.tools.compile.periods import Axis, axis, end_of_time
from agent.tools.compile.relation import Relation, aliased
from agent.tools.compile.request import leaves
from agent.tools.compile.scan import relation_column, table_of
from agent.tools.compile.scope import Atom, Scope
from agent.tools.compile.timeline import Span, divides, floored, in_months, in_seconds, interval, one, shifted, trunc
from catalog.durations import Duration, TimeGrain
from catalog.models import AggregateMetric, Aggregation
from catalog.query import FieldCondition, SqlCondition

if TYPE_CHECKING:
    from agent.tools.compile.builder import Builder

PARTS: dict[Aggregation, type[exp.AggFunc]] = {
    Aggregation.SUM: exp.Sum,
    Aggregation.COUNT: exp.Sum,
    Aggregation.SUM_BOOLEAN: exp.Sum,
    Aggregation.MIN: exp.Min,
    Aggregation.MAX: exp.Max,
}
_HAS_ROWS = "has_rows"


def adds_up_by_period(builder: Builder, keys: tuple[Key, ...], metric: AggregateMetric, atoms: list[Atom]) -> bool:
    """Whether the atoms' windows are sums of whole periods of the one time key."""
    scope = atoms[0].scope
    window = scope.window
    timed = [key for key in keys if is_own_time(builder, metric, key)]
    if window is None or len(timed) != 1 or not is_decomposable(builder, keys, metric, atoms):
        return False
    grain = timed[0].grain
    if grain is None or timed[0].fiscal or not all(divides(grain, duration) for duration in scope.shift):
        return False
    if window.to_date is not None:
        nests = grain is not TimeGrain.WEEK or window.to_date is TimeGrain.WEEK
        return nests and grain.rank <= window.to_date.rank
    if window.duration is None:
        return True
    end = end_of_time(builder.draft, scope.period)
    calendar = builder.draft.catalog.calendar
    whole = end is None or floored(end, grain, calendar) == end
    return whole and divides(grain, window.duration)


def is_decomposable(builder: Builder, keys: tuple[Key, ...], metric: AggregateMetric, atoms: list[Atom]) -> bool:
    """Whether figures of stretches of time make the figure of the whole."""
    scope = atoms[0].scope
    if scope.window is None or scope.to_grain is not None or scope.overlapping or metric.semi_additive is not None:
        return False
    if any(builder.aggregate_metric(atom).aggregation not in PARTS for atom in atoms):
        return False
    return not any(reads_own_time(builder, metric, atom) for atom in atoms) and not builder.fans_out(metric, keys)


def reads_own_time(builder: Builder, metric: AggregateMetric, atom: Atom) -> bool:
    """Whether a condition is about the metric's own time, which is then that of the result's periods."""
    times = {METRIC_TIME, builder.time_field(metric)}
    for condition in leaves(atom.scope.conditions):
        if isinstance(condition, FieldCondition) and condition.field in times:
            return True
        if isinstance(condition, SqlCondition) and times & set(references(condition.expression)):
            return True
    return False


def running_relation(builder: Builder, keys: tuple[Key, ...], atoms: list[Atom]) -> Relation:
    """The relation of cumulative atoms by a time key and others."""
    draft = builder.draft
    metric, scope = builder.aggregate_metric(atoms[0]), atoms[0].scope
    (timed,) = [key for key in keys if is_own_time(builder, metric, key)]
    wide = _with_lead(builder, timed, scope)
    inner_atoms = {
        atom: replace(atom, scope=replace(atom.scope, window=None, span=_span(wide, scope))) for atom in atoms
    }
    parts = aggregate_relation(builder, keys, list(inner_atoms.values()))
    columns = column_names(parts)
    source = draft.cte(parts.name, parts.project({columns[atom]: value for atom, value in parts.values.items()}))
    time_field = builder.time_field(metric)
    assert time_field is not None
    periods = axis(draft, timed, replace(wide, window=scope.window), time_field)
    others = [name for name in builder.key_names(keys) if name != timed.name]
    select, groups = _every_period(builder, source, periods, timed.name, others)
    order: list[exp.Expr] = [exp.Ordered(this=periods.start(), nulls_first=False)]
    partition, frame = _frame(builder, periods, timed, scope)
    partition = [*[relation_column(groups, name) for name in others], *partition]
    values: dict[str, exp.Expr] = {}
    for atom in atoms:
        column = columns[inner_atoms[atom]]
        function = PARTS[builder.aggregate_metric(atom).aggregation]
        values[column] = over(
            function(this=relation_column(source, column)), _copies(partition), _copies(order), frame.copy()
        )
    counted = exp.Count(this=relation_column(source, timed.name), big_int=True)
    values[_HAS_ROWS] = exp.GT(
        this=over(counted, _copies(partition), _copies(order), frame.copy()), expression=exp.Literal.number(0)
    )
    found: list[exp.Expr] = [aliased(periods.start(), timed.name)]
    found += [relation_column(groups, name) for name in others]
    select.set("expressions", [*found, *(aliased(value, name) for name, value in values.items())])
    name = draft.cte(f"running_{parts.name}", select)
    outer = exp.Select().from_(table_of(name), copy=False)
    kept: list[exp.Expr] = [relation_column(name, _HAS_ROWS)]
    if scope.period.start is not None:
        first = floored(scope.period.start, timed.grain or TimeGrain.DAY, draft.catalog.calendar)
        kept.append(exp.GTE(this=relation_column(name, timed.name), expression=date_literal(first)))
    outer.set("where", exp.Where(this=all_of(kept)))
    outer_keys: dict[str, exp.Expr] = {key: relation_column(name, key) for key in builder.key_names(keys)}
    outer_values: dict[Atom, exp.Expr] = {
        atom: relation_column(name, columns[own]) for atom, own in inner_atoms.items()
    }
    return Relation(f"{parts.name}_so_far", outer, outer_keys, outer_values, False)


def _copies(expressions: list[exp.Expr]) -> list[exp.Expr]:
    return [expression.copy() for expression in expressions]


def _with_lead(builder: Builder, key: Key, scope: Scope) -> Scope:
    """The scope with the periods before its first that the first one's window reaches back to."""
    window, start = scope.window, scope.period.start
    assert window is not None
    calendar, grain = builder.draft.catalog.calendar, key.grain or TimeGrain.DAY
    if start is not None:
        first = floored(start, grain, calendar)
        if window.to_date is not None:
            start = floored(first, window.to_date, calendar)
        elif window.duration is not None:
            start = shifted(shifted(first, one(grain)), window.duration, -1)
        else:
            start = None
    return replace(scope, period=Span(start, end_of_time(builder.draft, scope.period)))


def _span(wide: Scope, scope: Scope) -> Span:
    """The data's span of a scope's period."""
    span = wide.period
    for duration in scope.shift:
        span = span.back(duration)
    return span


def _every_period(builder: Builder, source: str, periods: Axis, time: str, others: list[str]) -> tuple[exp.Select, str]:
    """FROM every period of every group, with the period's figures where there are some; and what names the groups."""
    select = exp.Select().from_(table_of(periods.relation), copy=False)
    on: list[exp.Expr] = [exp.EQ(this=relation_column(source, time), expression=periods.start())]
    groups = source
    if others:
        distinct = exp.Select().from_(table_of(source), copy=False)
        distinct.set("expressions", [relation_column(source, name) for name in others])
        groups = builder.draft.cte(f"{source}_groups", distinct.distinct(copy=False))
        select.append("joins", exp.Join(this=table_of(groups), kind="CROSS"))
        on += [
            exp.NullSafeEQ(this=relation_column(source, name), expression=relation_column(groups, name))
            for name in others
        ]
    select.append("joins", exp.Join(this=table_of(source), side="LEFT", on=all_of(on)))
    return select, groups


def _frame(builder: Builder, periods: Axis, key: Key, scope: Scope) -> tuple[list[exp.Expr], exp.WindowSpec]:
    """What the window starts anew for, and how far it reaches back."""
    window = scope.window
    assert window is not None
    everything = exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")
    if window.to_date is not None:
        return [trunc(periods.start(), window.to_date, builder.draft.catalog.calendar)], everything
    if window.duration is None:
        return [], everything
    back = interval(_less_one(window.duration, key.grain or TimeGrain.DAY))
    return [], exp.WindowSpec(kind="RANGE", start=back, start_side="PRECEDING", end="CURRENT ROW")


def _less_one(duration: Duration, grain: TimeGrain) -> Duration:
    """A duration of whole periods of the grain, less one of them."""
    for measure in (in_months, in_seconds):
        long, short = measure(duration), measure(one(grain))
        if long is not None and short is not None:
            return Duration(count=long // short - 1, grain=grain)
    raise ValueError(f"{duration} is no whole number of {grain.value}s")
