"""Aggregate metrics of one dataset over one span of time: one scan, one GROUP BY, each metric's own filter on its own.

SELECT CAST(DATE_TRUNC('MONTH', orders.order_date) AS DATE) AS month, COUNT(*) AS orders,
       COUNT(*) FILTER(WHERE orders.status = 'cancelled') AS cancelled_orders
FROM orders WHERE orders.order_date >= CAST('2026-01-01' AS DATE) GROUP BY 1
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.aggregations import (
    COUNT_OF_ROWS,
    INSENSITIVE_TO_REPETITION,
    aggregate,
    count_once,
    counts_own_key,
    is_star,
    row_value,
)
from agent.tools.compile.draft import Draft
from agent.tools.compile.expressions import all_of, is_not_null
from agent.tools.compile.keys import Key, bin_labels
from agent.tools.compile.literals import date_literal, number_literal
from agent.tools.compile.periods import Axis, axis, crossing_axis, end_of_time, first_or_last, window_span, window_start
from agent.tools.compile.reach import Unreachable
from agent.tools.compile.relation import Relation
from agent.tools.compile.scan import Scan, relation_column
from agent.tools.compile.scope import Atom, Scope
from agent.tools.compile.semi_additive import level_relation
from agent.tools.compile.time_keys import finest_of, time_key
from agent.tools.compile.timeline import (
    ALL_TIME,
    Moment,
    Span,
    floored,
    grain_type,
    in_months,
    interval,
    moved,
    one,
    shifted,
    trunc,
    within,
)
from catalog.durations import Duration, TimeGrain
from catalog.models import AggregateMetric, Aggregation, FieldType
from catalog.query import Condition, as_datetime

if TYPE_CHECKING:
    from agent.tools.compile.builder import Builder

Repetition = Literal["none", "harmless", "shared"]


def aggregate_relation(builder: Builder, keys: tuple[Key, ...], atoms: list[Atom]) -> Relation:
    """The relation of atoms that `mergeable` puts together: the same dataset, time, span, window and levels."""
    draft = builder.draft
    metrics = [builder.aggregate_metric(atom) for atom in atoms]
    first, scope = metrics[0], atoms[0].scope
    scan = builder.scan(first)
    expressions = key_expressions(builder, scan, first, keys, scope)
    if scope.overlapping:
        scan.where += _overlap(builder, scan, first, scope)
    common = [item for item in scope.conditions if all(item in atom.scope.conditions for atom in atoms)]
    for condition in common:
        scan.where.append(builder.predicates.build(scan, condition, scope))
    own = [_own_conditions(builder, scan, atom, common) for atom in atoms]
    if len(atoms) > 1 and all(predicate is not None for predicate in own):
        either = [predicate.copy() for predicate in own if predicate is not None]
        scan.where.append(exp.paren(exp.or_(*either, copy=False), copy=False))
    values: dict[Atom, exp.Expr] = {}
    for atom, metric, only in zip(atoms, metrics, own, strict=True):
        draft.purpose = atom.metric
        values[atom] = _value(scan, metric, only)
    name = f"{draft.dataset(first.dataset).singular}_totals".replace(" ", "_").lower()
    if first.semi_additive is not None:
        return level_relation(
            builder, scan, first, keys, Relation(name, exp.Select(), expressions, values, True), scope
        )
    return Relation(name, scan.select(), expressions, values, True)


def _own_conditions(builder: Builder, scan: Scan, atom: Atom, common: list[Condition]) -> exp.Expr | None:
    rest = [item for item in atom.scope.conditions if item not in common]
    return all_of([builder.predicates.build(scan, item, atom.scope) for item in rest])


def _value(scan: Scan, metric: AggregateMetric, only: exp.Expr | None) -> exp.Expr:
    value = row_value(scan, metric)
    if not scan.fan_out or metric.aggregation in INSENSITIVE_TO_REPETITION:
        return aggregate(metric, value, only, counts_own_key(scan, metric))
    weights = scan.weights()
    if weights is None:
        return count_once(scan, metric, value, only)
    weight = weights[0]
    for other in weights[1:]:
        weight = exp.Mul(this=weight, expression=other)
    if metric.aggregation is Aggregation.COUNT:
        shared = weight if is_star(metric) else exp.Case(ifs=[exp.If(this=is_not_null(value), true=weight)])
    else:
        shared = exp.Mul(
            this=exp.paren(value, copy=False) if isinstance(value, exp.Binary) else value, expression=weight
        )
    function: exp.Expr = exp.Sum(this=shared)
    return function if only is None else exp.Filter(this=function, expression=exp.Where(this=only))


def key_expressions(
    builder: Builder, scan: Scan, metric: AggregateMetric, keys: tuple[Key, ...], scope: Scope
) -> dict[str, exp.Expr]:
    """The keys over the scan, their joins made, and the scan narrowed to the scope's time."""
    repeated = repetition(builder, metric, keys)
    scan.fan_out, scan.weighted = repeated != "none", repeated == "shared"
    expressions = {key.name: field_key(builder, scan, key) for key in keys if not is_own_time(builder, metric, key)}
    timed = tuple(key for key in keys if key.name not in expressions)
    periods = narrow_to_time(builder, scan, metric, timed, scope)
    for key in timed:
        if scan.time is None:
            raise QueryError(f"{metric.label} has no time, so it cannot be split by {key.name}")
        if periods is None:
            builder.draft.purpose = key.name
            expressions[key.name] = row_period(scan, scan.time, key, scope.shift)
        else:
            expressions[key.name] = period_key(builder, periods, key)
    found = {key.name: expressions[key.name] for key in keys}
    kept = builder.kept
    return kept.applied(scan, found) if kept is not None and kept.holds_for(found) else found


def is_own_time(builder: Builder, metric: AggregateMetric, key: Key) -> bool:
    """Whether the key is the metric's own time, be it by name."""
    if key.own_time:
        return True
    return key.of_time and not key.path and key.field == builder.time_field(metric)


def period_key(builder: Builder, periods: Axis, key: Key) -> exp.Expr:
    """A key of time as read from a relation of periods."""
    if key.part is not None or key.grain is None:
        raise QueryError(f"a figure that looks back from each period's end cannot be split by {key.name}")
    if periods.crossing or key.name == periods.column:
        return relation_column(periods.relation, key.name)
    return trunc(periods.start(), key.grain, builder.draft.catalog.calendar, key.fiscal)


def row_period(scan: Scan, time: exp.Expr, key: Key, shift: tuple[Duration, ...]) -> exp.Expr:
    """The period of a key that a row at a time counts for; the business's own ones are read from their time spine."""
    calendar = scan.draft.catalog.calendar
    if key.custom_grain is None:
        return time_key(time, key, calendar, shift)
    return scan.custom_period(
        time_key(time, replace(key, grain=TimeGrain.DAY, custom_grain=None), calendar, shift), key.custom_grain
    )


def field_key(builder: Builder, scan: Scan, key: Key) -> exp.Expr:
    """A key that is a field, or a grain, part or range of one."""
    assert key.field is not None
    reach = scan.reach(key.field, key.path)
    reach = reach.by_reference() if key.entity else reach
    builder.draft.purpose = key.name
    expression = scan.column(reach)
    if key.of_time:
        if scan.type_of(reach) not in (FieldType.DATE, FieldType.TIMESTAMP):
            raise QueryError(f"{key.field} is no time, so it has no {key.grain or key.part or key.custom_grain}")
        return row_period(scan, expression, key, ())
    if not key.bins:
        return expression
    labels = bin_labels(key.bins)
    ranges = [
        exp.If(this=exp.LT(this=expression.copy(), expression=number_literal(edge)), true=exp.Literal.string(label))
        for edge, label in zip(key.bins, labels, strict=False)
    ]
    last = exp.GTE(this=expression.copy(), expression=number_literal(key.bins[-1]))
    return exp.Case(ifs=[*ranges, exp.If(this=last, true=exp.Literal.string(labels[-1]))])


def repetition(builder: Builder, metric: AggregateMetric, keys: tuple[Key, ...]) -> Repetition:
    """What the keys' joins to child rows do to the metric: nothing, no harm, or share its rows out by a bridge's weight.

    QueryError where a row's value would count several times.
    """
    found: Repetition = "none"
    for key in keys:
        if key.own_time or key.field is None:
            continue
        reach = builder.draft.reaches.reach(metric.dataset, key.field, key.path)
        if isinstance(reach, Unreachable):
            raise QueryError(reach.reason)
        fans = [hop for hop in reach.route if hop.fans_out]
        if not fans:
            continue
        gone_up = False
        for hop in reach.route:
            if hop.fans_out and gone_up:
                raise QueryError(f"rows of {metric.dataset} and {hop.target} have only a parent in common")
            gone_up = gone_up or hop.goes_up
        countable = metric.aggregation in COUNT_OF_ROWS and builder.draft.dataset(metric.dataset).primary_key
        if metric.aggregation in INSENSITIVE_TO_REPETITION or countable:
            found = "harmless"
        elif all(hop.weight for hop in fans) and metric.aggregation in (Aggregation.SUM, Aggregation.COUNT):
            found = "shared"
        else:
            raise QueryError(
                f"{metric.label} cannot be split by {key.field}: one {builder.draft.dataset(fans[0].source).singular} "
                f"has many {builder.draft.dataset(fans[0].target).label}, so its value would count several times"
            )
    return found


def narrow_to_time(
    builder: Builder, scan: Scan, metric: AggregateMetric, timed: tuple[Key, ...], scope: Scope
) -> Axis | None:
    """Adds the scope's span to the scan's WHERE; for windows by period joins the periods, which it gives."""
    draft = builder.draft
    if scan.time is None:
        if scope.span != ALL_TIME:
            draft.used.caveats[
                f"{metric.label} has no time of its own: it is as the data stands, whatever the period"
            ] = None
        return None
    scan.shift = scope.shift
    key = finest_of(timed)
    placed = scope.to_grain is not None or (key is not None and _is_uneven(key, scope.shift))
    if scope.window is None and not placed:
        scan.where += within(scan.time, scope.span)
        return None
    end = end_of_time(draft, scope.period)
    data_end = end
    for duration in scope.shift:
        data_end = None if data_end is None else Span(None, data_end).back(duration).end
    time_field = builder.time_field(metric)
    assert time_field is not None
    if key is None:
        if timed or scope.window is None:
            what = timed[0].name if timed else "a single figure"
            raise QueryError(f"{metric.label} looks back from a period's end: it needs a grain, not {what}")
        if data_end is not None:
            span = window_span(scope.window, data_end, draft)
            draft.used.periods[str(span)] = None
            scan.where += within(scan.time, span)
            scan.window_end = date_literal(data_end)
            return None
        scan.window_end = _end_of_data(draft, time_field)
        start = window_start(scope.window, scan.window_end, draft)
        if start is not None:
            scan.where.append(exp.GTE(this=scan.time.copy(), expression=start))
        return None
    crossing = len({timed_key.grain for timed_key in timed}) > 1 and key.grain is TimeGrain.WEEK
    if crossing and scope.to_grain is not None:
        periods = crossing_axis(draft, timed, scope, time_field)
    else:
        periods = axis(draft, key, scope, time_field)
    start, finish = data_of_period(draft, periods, scope, time_field)
    bounds: list[exp.Expr] = [exp.LT(this=scan.time.copy(), expression=finish)]
    if start is not None:
        bounds.insert(0, exp.GTE(this=scan.time.copy(), expression=start))
    if scope.to_grain is None:
        scan.where += within(scan.time, Span(earliest(draft, scope, key), data_end))
    scan.join_relation(periods.relation, bounds, kind="inner")
    scan.window_end, scan.period = finish, periods.start()
    return periods


def _is_uneven(key: Key, shift: tuple[Duration, ...]) -> bool:
    """Whether days are offset by months: several days may then look back to the same one."""
    days = key.grain is not None and key.grain.rank <= TimeGrain.DAY.rank
    return days and any(in_months(duration) is not None for duration in shift)


def data_of_period(draft: Draft, periods: Axis, scope: Scope, time_field: str) -> tuple[exp.Expr | None, exp.Expr]:
    """Where the data of each period of the result begins and ends: a window up to its end, or the period it looks back to."""
    if scope.window is not None and scope.to_grain is None:
        finish: exp.Expr = periods.end()
        for duration in scope.shift:
            finish = exp.Sub(this=finish, expression=interval(duration))
        whole_days = grain_type(periods.grain) is FieldType.DATE
        return window_start(scope.window, finish, draft, whole_days), finish
    begin: exp.Expr = periods.start()
    for duration in scope.shift:
        begin = exp.Sub(this=begin, expression=interval(duration))
    length = one(periods.grain)
    if scope.to_grain is not None:
        begin = trunc(begin, scope.to_grain, draft.catalog.calendar)
        item = draft.field(time_field)
        finest_held = item.time_grain if item is not None and item.time_grain is not None else TimeGrain.DAY
        length = one(finest_held)
    finish = moved(begin.copy(), length, as_date=False)
    if scope.window is not None:
        return window_start(scope.window, finish, draft), finish
    return begin, finish


def earliest(draft: Draft, scope: Scope, key: Key) -> Moment | None:
    """Where the data of the first period begins; None where it is open."""
    start = scope.period.start
    if scope.window is None:
        return scope.span.start
    if start is None:
        return None
    grain = key.grain or TimeGrain.DAY
    first_end = shifted(floored(start, grain, draft.catalog.calendar, key.fiscal), one(grain))
    clip = end_of_time(draft, scope.period)
    if clip is not None and as_datetime(clip) < as_datetime(first_end):
        first_end = clip
    early = window_span(scope.window, first_end, draft).start
    for duration in scope.shift:
        early = None if early is None else shifted(early, duration, -1)
    return early


def _end_of_data(draft: Draft, time_field: str) -> exp.Expr:
    """The day after the last one with data, as a scalar subquery."""
    last, others = first_or_last(draft, time_field, exp.Max)
    following = moved(exp.cast(last, "date", copy=False), one(TimeGrain.DAY), as_date=False)
    return exp.Subquery(this=others.select().select(following, copy=False))


def _overlap(builder: Builder, scan: Scan, metric: AggregateMetric, scope: Scope) -> list[exp.Expr]:
    """The predicates that keep to the days between the first and last on which all of the metrics have rows."""
    if scan.time is None:
        return []
    found: dict[exp.Expr, None] = {}
    for name in scope.overlapping:
        other = builder.draft.catalog.metric_by_name[name]
        assert isinstance(other, AggregateMetric)
        time_field = builder.time_field(other)
        if time_field is None or (other.dataset, time_field) == (metric.dataset, builder.time_field(metric)):
            continue
        first, firsts = first_or_last(builder.draft, time_field, exp.Min)
        start = exp.Subquery(this=firsts.select().select(exp.cast(first, "date", copy=False), copy=False))
        end = _end_of_data(builder.draft, time_field)
        found[exp.GTE(this=scan.time.copy(), expression=start)] = None
        found[exp.LT(this=scan.time.copy(), expression=end)] = None
    return list(found)
