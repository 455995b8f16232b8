"""Levels that must not be added up over time: the rows of one moment a period, or one figure from several moments.

    inventory value, last:  ... WHERE snapshots.day IN (SELECT MAX(snapshots.day) FROM snapshots GROUP BY month)
    inventory value, average:  SUM(value) / the number of moments there are in the period

The moments are those of the period as a whole, found before the question's own filters: every group of an answer stands
at the same moment, and a group without rows at it is not there. With `by` they are each entity's own, among the rows the
question is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from agent.tools.compile.expressions import is_not_null
from agent.tools.compile.keys import Key
from agent.tools.compile.relation import Relation
from agent.tools.compile.scan import Scan, relation_column, table_of
from agent.tools.compile.scope import Scope
from catalog.models import AggregateMetric, Aggregation, SemiAdditive
from catalog.query import SqlCondition

if TYPE_CHECKING:
    from agent.tools.compile.builder import Builder

_MOMENT = "moment"
_ADDED = (Aggregation.SUM, Aggregation.COUNT, Aggregation.SUM_BOOLEAN)


def level_relation(
    builder: Builder, scan: Scan, metric: AggregateMetric, keys: tuple[Key, ...], relation: Relation, scope: Scope
) -> Relation:
    """The relation of a semi-additive metric, whose scan has its keys, filters and values."""
    level = metric.semi_additive
    assert level is not None
    if level.take in ("last", "first"):
        _keep_moments(builder, scan, metric, level, keys, relation, scope)
        relation.select = scan.select()
        return relation
    if level.take == "average" and metric.aggregation in _ADDED:
        _divide_by_moments(builder, scan, metric, level, keys, relation, scope)
        relation.select = scan.select()
        return relation
    return _over_moments(builder, scan, level, relation)


def _moments(
    builder: Builder, metric: AggregateMetric, keys: tuple[Key, ...], scope: Scope
) -> tuple[Scan, dict[str, exp.Expr]]:
    """A second scan of the level's rows by the keys of time, with the metric's own filter but not the question's."""
    from agent.tools.compile.aggregate import is_own_time, key_expressions

    timed = tuple(key for key in keys if is_own_time(builder, metric, key))
    inner = builder.scan(metric)
    expressions = key_expressions(builder, inner, metric, timed, scope)
    by_entity = metric.semi_additive is not None and bool(metric.semi_additive.by)
    if metric.filter and not by_entity:
        inner.where.append(builder.predicates.build(inner, SqlCondition(expression=metric.filter), scope))
    if by_entity:
        for condition in scope.conditions:
            inner.where.append(builder.predicates.build(inner, condition, scope))
    return inner, expressions


def _keep_moments(
    builder: Builder,
    scan: Scan,
    metric: AggregateMetric,
    level: SemiAdditive,
    keys: tuple[Key, ...],
    relation: Relation,
    scope: Scope,
) -> None:
    """Narrows the scan to the rows at the last (or first) moment of each period, of each entity where there are some."""
    inner, by_time = _moments(builder, metric, keys, scope)
    extreme = exp.Max if level.take == "last" else exp.Min
    here = scan.column(scan.reach(level.over))
    moment = extreme(this=inner.column(inner.reach(level.over)))
    if not level.by and scope.window is None:
        found = inner.select().select(moment, copy=False)
        if not by_time:
            scan.where.append(exp.EQ(this=here, expression=exp.Subquery(this=found)))
            return
        found.set("group", exp.Group(expressions=list(by_time.values())))
        scan.where.append(exp.In(this=here, query=exp.Subquery(this=found)))
        return
    entities = {reference.partition(".")[2]: reference for reference in level.by}
    read = {name: inner.column(inner.reach(reference)) for name, reference in entities.items()}
    latest = Relation("", inner.select(), {**by_time, **read}, {}, True)
    name = builder.draft.cte(
        f"{level.take}_{builder.draft.dataset(metric.dataset).singular}_rows".replace(" ", "_").lower(),
        latest.project({_MOMENT: moment}),
    )
    matches: list[exp.Expr] = [exp.EQ(this=here, expression=relation_column(name, _MOMENT))]
    for key in by_time:
        matches.append(exp.EQ(this=relation.keys[key].copy(), expression=relation_column(name, key)))
    for entity, reference in entities.items():
        own = scan.column(scan.reach(reference))
        matches.append(exp.NullSafeEQ(this=own, expression=relation_column(name, entity)))
    scan.join_relation(name, matches, kind="inner")


def _divide_by_moments(
    builder: Builder,
    scan: Scan,
    metric: AggregateMetric,
    level: SemiAdditive,
    keys: tuple[Key, ...],
    relation: Relation,
    scope: Scope,
) -> None:
    """Makes sums over all moments their average: divided by the number of moments in the period."""
    scan.where.append(is_not_null(scan.column(scan.reach(level.over))))
    inner, by_time = _moments(builder, metric, keys, scope)
    moments = exp.Count(this=exp.Distinct(expressions=[inner.column(inner.reach(level.over))]), big_int=True)
    number: exp.Expr
    if by_time:
        counted = Relation("", inner.select(), by_time, {}, True).project({"moments": moments})
        name = builder.draft.cte(f"{builder.draft.dataset(metric.dataset).singular}_moments".replace(" ", "_"), counted)
        on: list[exp.Expr] = [
            exp.EQ(this=relation.keys[key].copy(), expression=relation_column(name, key)) for key in by_time
        ]
        scan.join_relation(name, on)
        number = exp.Max(this=relation_column(name, "moments"))
    else:
        number = exp.Subquery(this=inner.select().select(moments, copy=False))
    for atom, value in relation.values.items():
        relation.values[atom] = exp.Div(
            this=value, expression=exp.Nullif(this=number.copy(), expression=exp.Literal.number(0)), typed=False
        )


def _over_moments(builder: Builder, scan: Scan, level: SemiAdditive, relation: Relation) -> Relation:
    """The average, highest or lowest of the figures of each moment."""
    function = {"average": exp.Avg, "max": exp.Max, "min": exp.Min}[level.take]
    moment = scan.column(scan.reach(level.over))
    names = {atom: atom.metric for atom in relation.values}
    by_moment = Relation("", scan.select(), {**relation.keys, _MOMENT: moment}, {}, True)
    inner = by_moment.project({names[atom]: value for atom, value in relation.values.items()})
    name = builder.draft.cte(f"{relation.name}_by_moment", inner)
    keys: dict[str, exp.Expr] = {key: relation_column(name, key) for key in relation.keys}
    outer = Relation(relation.name, exp.Select().from_(table_of(name), copy=False), keys, {}, True)
    for atom in relation.values:
        outer.values[atom] = function(this=relation_column(name, names[atom]))
    return outer
