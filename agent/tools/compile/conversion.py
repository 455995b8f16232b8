"""Conversions: each later event counts for the latest base event of the same entity before it, within the window.

It counts once, in the base event's period and groups; conditions of the question narrow the base events.

    visits            purchases            visits by day: 1 Oct 2        conversions by day: 1 Oct 1
    u1, 1 Oct 10:00   u1, 1 Oct 11:00      2 Oct 1                        2 Oct 1
    u2, 1 Oct 12:00   u1, 4 Oct 09:00
    u1, 2 Oct 09:00

Times are compared at the coarser of the two grains: what happened on a day is not before noon of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.aggregate import key_expressions
from agent.tools.compile.aggregations import aggregate, is_star, row_value
from agent.tools.compile.expand import metric_named
from agent.tools.compile.expressions import all_of
from agent.tools.compile.keys import Key
from agent.tools.compile.relation import Relation, aliased
from agent.tools.compile.scan import Scan, relation_column, table_of
from agent.tools.compile.scope import Atom, Scope
from agent.tools.compile.timeline import moved, trunc
from catalog.durations import TimeGrain
from catalog.models import AggregateMetric, Aggregation, ConversionMetric, FieldType
from catalog.query import SqlCondition

if TYPE_CHECKING:
    from agent.tools.compile.builder import Builder

_ENTITY, _TIME, _EVENT, _VALUE, _PLACE = "entity", "happened_at", "event", "value", "place"


def conversion_relation(builder: Builder, keys: tuple[Key, ...], atom: Atom, metric: ConversionMetric) -> Relation:
    """The conversions of a metric, by the base events' keys."""
    if atom.scope.window is not None:
        raise QueryError(f"{metric.label} cannot be cumulated: its window is the conversions' own")
    base = _aggregate(builder, metric.base_metric)
    conversion = _aggregate(builder, metric.conversion_metric)
    grain = _common_grain(builder, base, conversion)
    base_name = _base_events(builder, keys, atom.scope, metric, base, grain)
    conversion_name = _conversion_events(builder, metric, conversion, grain)
    attributed = _attributed(builder, keys, metric, base_name, conversion_name, is_star(conversion))
    select = exp.Select().from_(table_of(attributed), copy=False)
    first = exp.EQ(this=relation_column(attributed, _PLACE), expression=exp.Literal.number(1))
    select.set("where", exp.Where(this=first))
    outer_keys: dict[str, exp.Expr] = {key: relation_column(attributed, key) for key in builder.key_names(keys)}
    value = aggregate(conversion, relation_column(attributed, _VALUE), None)
    return Relation(f"{metric.name}_totals", select, outer_keys, {atom: value}, True)


def _aggregate(builder: Builder, name: str) -> AggregateMetric:
    found = metric_named(builder.draft, name)
    if not isinstance(found, AggregateMetric):
        raise QueryError(f"{found.label} is no plain aggregation, so conversions cannot be counted by it")
    return found


def _common_grain(builder: Builder, base: AggregateMetric, conversion: AggregateMetric) -> TimeGrain | None:
    """The coarser of the grains that the two events' times hold; None where both hold instants."""
    names = [builder.time_field(metric) for metric in (base, conversion)]
    fields = [builder.draft.catalog.field(name) for name in names if name is not None]
    finest = {FieldType.DATE: TimeGrain.DAY}
    held = [item.time_grain or finest.get(item.type, TimeGrain.SECOND) for item in fields]
    coarsest = max(held, key=lambda grain: grain.rank, default=TimeGrain.SECOND)
    return None if coarsest is TimeGrain.SECOND else coarsest


def _base_events(
    builder: Builder,
    keys: tuple[Key, ...],
    scope: Scope,
    metric: ConversionMetric,
    base: AggregateMetric,
    grain: TimeGrain | None,
) -> str:
    scan = builder.scan(base)
    any_row = base.model_copy(update={"aggregation": Aggregation.MAX})  # repeated rows do no harm here
    expressions = key_expressions(builder, scan, any_row, keys, scope)
    conditions = scope.where(SqlCondition(expression=base.filter)).conditions if base.filter else scope.conditions
    for condition in conditions:
        scan.where.append(builder.predicates.build(scan, condition, scope))
    properties = {f"property_{index}": item.base_field for index, item in enumerate(metric.constant_properties, 1)}
    return _events(builder, scan, metric, expressions, metric.base_entity, properties, {}, "base_events", grain)


def _conversion_events(
    builder: Builder, metric: ConversionMetric, conversion: AggregateMetric, grain: TimeGrain | None
) -> str:
    scan = builder.scan(conversion)
    if conversion.filter:
        own = SqlCondition(expression=conversion.filter)
        scan.where.append(builder.predicates.build(scan, own, Scope()))
    dataset = builder.draft.dataset(conversion.dataset)
    values: dict[str, exp.Expr] = {}
    if len(dataset.primary_key) == 1:
        values[_EVENT] = builder.draft.read_field(dataset, dataset.primary_key[0], scan.alias)
    else:
        values[_EVENT] = exp.Window(this=exp.RowNumber(), over="OVER")
    if not is_star(conversion):
        values[_VALUE] = row_value(scan, conversion)
    properties = {
        f"property_{index}": item.conversion_field for index, item in enumerate(metric.constant_properties, 1)
    }
    entity = metric.conversion_entity
    return _events(builder, scan, metric, {}, entity, properties, values, "conversion_events", grain)


def _events(
    builder: Builder,
    scan: Scan,
    metric: ConversionMetric,
    keys: dict[str, exp.Expr],
    entity: str,
    properties: dict[str, str],
    values: dict[str, exp.Expr],
    name: str,
    grain: TimeGrain | None,
) -> str:
    """A CTE of events: their keys, entity, time, constant properties and values."""
    if scan.time is None:
        raise QueryError(f"{metric.label} needs the time of {scan.dataset}, which the catalog does not name")
    moment = scan.time.copy()
    if grain is not None and not _holds_days(builder, scan, grain):
        moment = trunc(moment, grain, builder.draft.catalog.calendar)
    columns: dict[str, exp.Expr] = {_ENTITY: scan.column(scan.reach(entity)), _TIME: moment}
    for column, reference in properties.items():
        columns[column] = scan.column(scan.reach(reference))
    relation = Relation("", scan.select(), keys, {}, False)
    return builder.draft.cte(name, relation.project({**columns, **values}))


def _holds_days(builder: Builder, scan: Scan, grain: TimeGrain) -> bool:
    """Whether the scan's time is a date, which need not be cut to its day."""
    field = builder.draft.catalog.field(scan.time_field) if scan.time_field is not None else None
    return grain is TimeGrain.DAY and field is not None and field.type is FieldType.DATE


def _attributed(
    builder: Builder,
    keys: tuple[Key, ...],
    metric: ConversionMetric,
    base: str,
    conversion: str,
    star: bool,
) -> str:
    """A CTE of conversion events with the base events they could count for, the latest in first place."""
    then, now = relation_column(base, _TIME), relation_column(conversion, _TIME)
    on: list[exp.Expr] = [
        exp.EQ(this=relation_column(base, _ENTITY), expression=relation_column(conversion, _ENTITY)),
        exp.LTE(this=then, expression=now),
    ]
    if metric.window is not None:
        earliest = moved(now.copy(), metric.window, as_date=False, times=-1)
        on.append(exp.GT(this=then.copy(), expression=earliest))
    for index in range(1, len(metric.constant_properties) + 1):
        name = f"property_{index}"
        on.append(exp.EQ(this=relation_column(base, name), expression=relation_column(conversion, name)))
    order: list[exp.Expr] = [exp.Ordered(this=then.copy(), desc=True, nulls_first=False)]
    order += [exp.Ordered(this=relation_column(base, key), nulls_first=False) for key in builder.key_names(keys)]
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[relation_column(conversion, _EVENT)],
        order=exp.Order(expressions=order),
        over="OVER",
    )
    select = exp.Select().from_(table_of(conversion), copy=False)
    select.append("joins", exp.Join(this=table_of(base), on=all_of(on)))
    projections: list[exp.Expr] = [relation_column(base, key) for key in builder.key_names(keys)]
    if not star:
        projections.append(relation_column(conversion, _VALUE))
    select.set("expressions", [*projections, aliased(place, _PLACE)])
    return builder.draft.cte("attributed_conversions", select)
