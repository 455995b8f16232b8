"""Metrics in two steps: figures of each entity first (its orders, its last event), then one figure over the entities."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.aggregate import key_expressions
from agent.tools.compile.expressions import all_of, is_not_null, parse, replace_columns
from agent.tools.compile.keys import Key
from agent.tools.compile.reach import Reach
from agent.tools.compile.relation import Relation
from agent.tools.compile.scan import Scan, relation_column, table_of
from agent.tools.compile.scope import Atom, Scope, Window
from agent.tools.compile.time_keys import finest
from agent.tools.compile.timeline import moved
from catalog.durations import Duration
from catalog.models import AggregateMetric, Aggregation, PerEntityMetric, StateMetric
from catalog.query import Condition, SqlCondition

if TYPE_CHECKING:
    from agent.tools.compile.builder import Builder

_ACTIVE = "is_active"


def per_entity_relation(builder: Builder, keys: tuple[Key, ...], atom: Atom, metric: PerEntityMetric) -> Relation:
    """An aggregate over entities of what their metrics come to. Entities that are null are nobody's and left out."""
    entities = tuple(_entity_key(reference, keys) for reference in metric.entity)
    formulas = {name: builder.atoms.expand(name, atom.scope) for name in metric.metrics}
    inner, values = builder.figures((*keys, *entities), formulas)
    name = builder.draft.cte(f"{entities[0].name}_figures", inner.project(values))
    known = [is_not_null(relation_column(name, key.name)) for key in entities]
    select = exp.Select().from_(table_of(name), copy=False)
    select.set("where", exp.Where(this=all_of(list(known))))
    expression = replace_columns(parse(metric.expression), lambda found: relation_column(name, found.name))
    outer_keys: dict[str, exp.Expr] = {key: relation_column(name, key) for key in builder.key_names(keys)}
    return Relation(f"{metric.name}_totals", select, outer_keys, {atom: expression}, True)


def _entity_key(reference: str, keys: tuple[Key, ...]) -> Key:
    name = reference.partition(".")[2]
    taken = {key.name for key in keys}
    return Key(f"each_{name}" if name in taken else name, reference)


def state_relation(builder: Builder, keys: tuple[Key, ...], atom: Atom, metric: StateMetric) -> Relation:
    """How many of a base are (in)active at each period's end, or which share of it."""
    if metric.base_window is not None:
        name = _bought_before(builder, keys, atom.scope, metric)
    else:
        name = _existing_by_then(builder, keys, atom.scope, metric)
    active: exp.Expr = relation_column(name, _ACTIVE)
    counted = active if metric.counted == "active" else exp.Not(this=active)
    number: exp.Expr = exp.Filter(this=exp.Count(this=exp.Star(), big_int=True), expression=exp.Where(this=counted))
    if metric.calculation == "rate":
        whole = exp.Count(this=exp.Star(), big_int=True)
        number = exp.Div(this=number, expression=exp.Nullif(this=whole, expression=exp.Literal.number(0)), typed=False)
    select = exp.Select().from_(table_of(name), copy=False)
    outer_keys: dict[str, exp.Expr] = {key: relation_column(name, key) for key in builder.key_names(keys)}
    return Relation(f"{metric.name}_totals", select, outer_keys, {atom: number}, True)


def _events(metric: StateMetric) -> AggregateMetric:
    """The events of the entity, as what a scan of them needs to know."""
    dataset = metric.entity.partition(".")[0]
    return AggregateMetric(
        name=metric.name,
        label=metric.label,
        dataset=dataset,
        aggregation=Aggregation.MAX,
        expression="*",
        time_field=metric.time_field,
    )


def _bought_before(builder: Builder, keys: tuple[Key, ...], scope: Scope, metric: StateMetric) -> str:
    """A CTE of the entities with an event in the base window, and whether their last one is recent."""
    assert metric.base_window is not None
    scan, expressions, who, name = _events_of_each(builder, keys, scope, metric, metric.base_window, scope.conditions)
    assert scan.time is not None and scan.window_end is not None
    since = moved(scan.window_end.copy(), metric.recent_window, as_date=False, times=-1)
    last = exp.GTE(this=exp.Max(this=scan.time.copy()), expression=since)
    relation = Relation("", scan.select(), {**expressions, name: who}, {}, True)
    return builder.draft.cte(f"{metric.name}_base", relation.project({_ACTIVE: last}))


def _events_of_each(
    builder: Builder,
    keys: tuple[Key, ...],
    scope: Scope,
    metric: StateMetric,
    window: Duration,
    conditions: tuple[Condition, ...],
) -> tuple[Scan, dict[str, exp.Expr], exp.Expr, str]:
    """A scan of the events in the window up to each period's end, its keys, and the entity under a name of its own."""
    events = _events(metric)
    scan = builder.scan(events)
    if scan.time is None:
        raise QueryError(f"{metric.label} needs the time of {events.dataset}, which the catalog does not name")
    expressions = key_expressions(builder, scan, events, keys, replace(scope, window=Window(duration=window)))
    for condition in conditions:
        scan.where.append(builder.predicates.build(scan, condition, scope))
    builder.draft.purpose = metric.name
    who = scan.column(scan.reach(metric.entity))
    scan.where.append(is_not_null(who.copy()))
    return scan, expressions, who, _entity_key(metric.entity, keys).name


def _existing_by_then(builder: Builder, keys: tuple[Key, ...], scope: Scope, metric: StateMetric) -> str:
    """A CTE of the base dataset's rows that existed by then, and whether each has a recent event."""
    if metric.base_dataset is None:
        raise QueryError(f"the catalog does not say what {metric.label} is a state of: a base window or a base dataset")
    own = SqlCondition(expression=metric.filter) if metric.filter else None
    of_events = tuple(item for item in scope.conditions if item == own)
    period = finest(keys)
    timed = (period,) if period is not None else ()
    events, event_keys, who, name = _events_of_each(builder, timed, scope, metric, metric.recent_window, of_events)
    recent = Relation("", events.select(), {**event_keys, name: who}, {}, True)
    recent_name = builder.draft.cte(f"recent_{name}s", recent.project({}))
    base = AggregateMetric(
        name=metric.name,
        label=metric.label,
        dataset=metric.base_dataset,
        aggregation=Aggregation.MAX,
        expression="*",
        time_field=metric.base_time_field,
    )
    scan = builder.scan(base)
    expressions = key_expressions(builder, scan, base, keys, replace(scope, window=Window()))
    for condition in scope.conditions:
        if condition != own:
            scan.where.append(builder.predicates.build(scan, condition, scope))
    on: list[exp.Expr] = [
        exp.EQ(
            this=scan.column(Reach(f"{metric.base_dataset}.{field}", (), "own")),
            expression=relation_column(recent_name, name),
        )
        for field in _matching_fields(builder, metric)
    ]
    if period is not None:
        on.append(exp.EQ(this=expressions[period.name].copy(), expression=relation_column(recent_name, period.name)))
    scan.join_relation(recent_name, on)
    active = is_not_null(relation_column(recent_name, name))
    if not scan.fan_out:
        relation = Relation("", scan.select(), expressions, {}, False)
        return builder.draft.cte(f"{metric.name}_base", relation.project({_ACTIVE: active}))
    dataset = builder.draft.dataset(metric.base_dataset)
    each = {f"each_{field}": builder.draft.read_field(dataset, field, scan.alias) for field in dataset.primary_key}
    if not each:
        raise QueryError(f"{dataset.label} cannot be counted through rows of others: they have no primary key")
    relation = Relation("", scan.select(), {**expressions, **each}, {}, True)
    is_active = exp.LogicalOr(this=active)
    return builder.draft.cte(f"{metric.name}_base", relation.project({_ACTIVE: is_active}))


def _matching_fields(builder: Builder, metric: StateMetric) -> tuple[str, ...]:
    """The base dataset's field that the events' entity points at."""
    dataset, _, entity = metric.entity.partition(".")
    for relation in builder.draft.catalog.relationships:
        ends = (relation.from_dataset, relation.to_dataset, relation.from_fields)
        if ends == (dataset, metric.base_dataset, (entity,)):
            return relation.to_fields
    raise QueryError(f"no relationship leads from {metric.entity} to {metric.base_dataset}, the base of {metric.label}")
