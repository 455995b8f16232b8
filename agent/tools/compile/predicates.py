"""Conditions as SQL predicates over a scan. Where a condition's field lies down a one-to-many hop it becomes EXISTS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.comparisons import compare
from agent.tools.compile.expressions import (
    METRIC_TIME,
    columns_of,
    conjuncts,
    parse,
    replace_columns,
)
from agent.tools.compile.keys import Key, key_type
from agent.tools.compile.reach import Reach
from agent.tools.compile.routes import Hop, Route, describe
from agent.tools.compile.scan import Scan, relation_column
from agent.tools.compile.scope import Scope
from agent.tools.compile.timeline import Span, part_of, trunc
from catalog.models import FieldType
from catalog.query import AllOf, AnyOf, Condition, FieldCondition, MetricCondition, Not, SqlCondition

# Gives the name of a CTE with a metric (or the number of its rows) for each entity, and the value of entities it has no
# row for.
EntityFigures = Callable[[tuple[Key, ...], str, Scope, bool], tuple[str, exp.Expr | None]]

_OnChild = list[tuple[FieldCondition, Reach]]


@dataclass(frozen=True, slots=True)
class Predicates:
    """Turns conditions into predicates; `entity_figures` computes the metrics that conditions on entities compare."""

    entity_figures: EntityFigures

    def build(self, scan: Scan, condition: Condition, scope: Scope) -> exp.Expr:
        """The predicate of one condition; joins what it reads to the scan."""
        if isinstance(condition, FieldCondition):
            return self._field(scan, condition)
        if isinstance(condition, SqlCondition):
            return self._sql(scan, condition.expression, scope)
        if isinstance(condition, MetricCondition):
            return self._metric(scan, condition, scope)
        if isinstance(condition, Not):
            inner = self.build(scan, condition.condition, scope)
            return exp.Not(this=exp.Coalesce(this=inner, expressions=[exp.false()]))
        if isinstance(condition, AnyOf):
            parts = [self.build(scan, item, scope) for item in condition.conditions]
            return exp.paren(exp.or_(*parts, copy=False), copy=False) if parts else exp.false()
        return self._all(scan, condition, scope)

    def _all(self, scan: Scan, condition: AllOf, scope: Scope) -> exp.Expr:
        """Conditions on the same child rows hold of the same child row."""
        together: dict[Route, list[tuple[FieldCondition, Reach]]] = {}
        parts: list[exp.Expr] = []
        for item in condition.conditions:
            if isinstance(item, FieldCondition) and item.field != METRIC_TIME:
                reach = scan.reach(item.field, item.path)
                fan = _fan_of(scan, reach)
                if fan is not None:
                    together.setdefault(fan, []).append((item, reach))
                    continue
            parts.append(self.build(scan, item, scope))
        for fan, items in together.items():

            def children(inner: Scan, fan: Route = fan, items: _OnChild = items) -> list[exp.Expr]:
                return [_on_child(inner, fan, condition, reach) for condition, reach in items]

            parts.append(self._exists(scan, fan, children))
        return exp.and_(*parts, copy=False) if parts else exp.true()

    def _field(self, scan: Scan, condition: FieldCondition) -> exp.Expr:
        if condition.field == METRIC_TIME or (scan.period is not None and condition.field == scan.time_field):
            return _compared(scan, condition, scan.result_time, scan.time_type)
        reach = scan.reach(condition.field, condition.path)
        fan = _fan_of(scan, reach)
        if fan is None:
            return _compared(scan, condition, scan.column(reach), scan.type_of(reach))
        return self._exists(scan, fan, lambda inner: [_on_child(inner, fan, condition, reach)])

    def _exists(self, scan: Scan, fan: Route, build: Callable[[Scan], list[exp.Expr]]) -> exp.Expr:
        """EXISTS over the child rows that the route's last hop, the first to fan out, leads to."""
        hop: Hop = fan[-1]
        near = scan.join(fan[:-1])
        inner = Scan(scan.draft, hop.target, raw=scan.raw, outer=scan.aliases, fan_out=True)
        scan.draft.used.joins[describe(fan)] = None
        inner.where = [*scan.matches(hop, near, inner.alias), *inner.where, *build(inner)]
        scan.semi_joins += 1
        return exp.Exists(this=inner.select().select("1", copy=False))

    def _sql(self, scan: Scan, text: str, scope: Scope) -> exp.Expr:
        """A catalog predicate: each part that must hold, in an EXISTS where it reads child rows."""
        plain: list[exp.Expr] = []
        together: dict[Route, list[exp.Expr]] = {}
        for part in conjuncts(parse(text)):
            part = part.copy()
            fans = {
                fan
                for found in columns_of(part)
                if found.table
                for fan in [_fan_of(scan, scan.reach(f"{found.table}.{found.name}"))]
                if fan is not None
            }
            if len(fans) > 1:
                raise QueryError(f"the filter {text!r} reads rows down two ways at once, which has no single meaning")
            if fans:
                together.setdefault(fans.pop(), []).append(part)
            else:
                replaced = replace_columns(part, lambda found: _own(scan, found))
                plain.append(self._functions(scan, replaced, scope))
        for fan, parts in together.items():

            def children(inner: Scan, fan: Route = fan, parts: list[exp.Expr] = parts) -> list[exp.Expr]:
                def read(found: exp.Column) -> exp.Expr:
                    reach = scan.reach(f"{found.table}.{found.name}") if found.table else None
                    if reach is None or _fan_of(scan, reach) is None:
                        return _own(scan, found)
                    return inner.column(Reach(reach.field, reach.route[len(fan) :], "join"))

                return [self._functions(inner, replace_columns(part, read), scope) for part in parts]

            plain.append(self._exists(scan, fan, children))
        wrapped = [exp.paren(part, copy=False) if isinstance(part, exp.Or) else part for part in plain]
        return exp.and_(*wrapped, copy=False)

    def _functions(self, scan: Scan, part: exp.Expr, scope: Scope) -> exp.Expr:
        """The functions of catalog filters: METRIC('name', 'dataset.field', ...) is a metric of the row's entity,
        CUSTOM_GRAIN('name', time) the business's own period of a time."""
        for call in list(part.find_all(exp.Anonymous)):
            name = str(call.this).upper()
            if name == "METRIC":
                metric, *per = [argument.name for argument in call.expressions]
                new = self._figure_of_entity(scan, metric, tuple(per), Scope(span=scope.span))
            elif name == "CUSTOM_GRAIN":
                day = exp.cast(call.expressions[1].copy(), "date", copy=False)
                new = scan.custom_period(day, call.expressions[0].name)
            else:
                continue
            if call is part:
                return new
            call.replace(new)
        return part

    def _metric(self, scan: Scan, condition: MetricCondition, scope: Scope) -> exp.Expr:
        span = Span(condition.period.start, condition.period.end) if condition.period else scope.span
        own = Scope(period=span, span=span)
        if condition.where is not None:
            own = own.where(condition.where)
        value = self._figure_of_entity(scan, condition.metric, condition.per, own, rows=condition.rows)
        return compare(value, condition.operator, condition.values, FieldType.NUMBER, condition.metric)

    def _figure_of_entity(
        self, scan: Scan, metric: str, per: tuple[str, ...], scope: Scope, *, rows: bool = False
    ) -> exp.Expr:
        """A metric for each entity, joined to the rows of the entity."""
        keys = tuple(Key(reference.partition(".")[2], reference, entity=True) for reference in per)
        relation, missing = self.entity_figures(keys, metric, scope, rows)
        on: list[exp.Expr] = []
        for key, reference in zip(keys, per, strict=True):
            reach = scan.reach(reference).by_reference()
            if reach.fans_out:
                raise QueryError(f"rows of {scan.dataset} have no single {reference} to compare {metric} of")
            on.append(exp.EQ(this=scan.column(reach), expression=relation_column(relation, key.name)))
        scan.join_relation(relation, on)
        value: exp.Expr = relation_column(relation, metric)
        return value if missing is None else exp.Coalesce(this=value, expressions=[missing])


def _own(scan: Scan, found: exp.Column) -> exp.Expr:
    if not found.table and found.name == METRIC_TIME:
        return scan.result_time
    if scan.period is not None and f"{found.table}.{found.name}" == scan.time_field:
        return scan.result_time
    return scan.read(found)


def _fan_of(scan: Scan, reach: Reach) -> Route | None:
    """The route up to and with its first hop that fans out and is not joined yet; None where there is none."""
    for index, hop in enumerate(reach.route):
        if hop.fans_out and not scan.joined(reach.route[: index + 1]):
            return reach.route[: index + 1]
    return None


def _on_child(inner: Scan, fan: Route, condition: FieldCondition, reach: Reach) -> exp.Expr:
    child = Reach(reach.field, reach.route[len(fan) :], "join")
    return _compared(inner, condition, inner.column(child), inner.type_of(child))


def _compared(scan: Scan, condition: FieldCondition, expression: exp.Expr, field_type: FieldType | None) -> exp.Expr:
    name = condition.field
    kind = field_type or FieldType.STRING
    if condition.part is not None or condition.grain is not None:
        if kind not in (FieldType.DATE, FieldType.TIMESTAMP):
            raise QueryError(f"{name} is no time, so it has no {condition.part or condition.grain}")
        if condition.grain is not None:
            expression = trunc(expression, condition.grain, scan.draft.catalog.calendar)
        elif condition.part is not None:
            expression = part_of(expression, condition.part)
        kind = key_type(Key(name, name, condition.grain, condition.part), None) or kind
    return compare(expression, condition.operator, condition.values, kind, name)
