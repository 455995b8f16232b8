"""MetricQuery to one SQL statement: resolve, expand, aggregate and join, compare and compute, filter, order, limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.builder import Builder
from agent.tools.compile.calculations import calculation_column, over
from agent.tools.compile.compare import compared_columns, compared_scope
from agent.tools.compile.comparisons import compare
from agent.tools.compile.compiled import CompiledQuery, Explanation
from agent.tools.compile.draft import Draft
from agent.tools.compile.expand import empty_is_zero, metric_named
from agent.tools.compile.expressions import identifier
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import number_literal
from agent.tools.compile.outputs import Output, key_column, value_column
from agent.tools.compile.relation import Relation
from agent.tools.compile.request import Request, resolve
from agent.tools.compile.scan import relation_column, table_of
from agent.tools.compile.scope import Scope
from agent.tools.compile.targets import target_expression
from agent.tools.compile.timeline import Span
from agent.tools.compile.values import values_relation
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, FieldType, Metric
from catalog.query import Calculation, MetricQuery

_ADDING = (Aggregation.SUM, Aggregation.COUNT, Aggregation.SUM_BOOLEAN)


def compile_query(
    view: CatalogView,
    query: MetricQuery,
    *,
    dialect: str = "duckdb",
    name: str = "result",
    as_of: dt.date | None = None,
) -> CompiledQuery:
    """The query as one SELECT in the dialect, over what the view may see.

    Rows: one for each combination of the query's dimensions; keys come first, then metrics in the query's order, each
    with what stands beside it. `as_of` is the last day of "now" for figures that look back; the query's own wins.
    `name` is what the result will be called. Raises QueryError, UnknownNameError, PolicyRefusal.
    """
    return Compilation(view, query, dialect, query.as_of or as_of).run()


class Compilation:
    """One run of the compiler: the steps share the draft, the request and the figures."""

    def __init__(self, view: CatalogView, query: MetricQuery, dialect: str, as_of: dt.date | None) -> None:
        self.view = view
        self.query = query
        self.dialect = dialect
        self.request: Request = resolve(view, query)
        self.draft = Draft(view, as_of, dialect)
        self.builder = Builder(self.draft)
        self.metrics: dict[str, Metric] = {use.name: view.metrics[use.metric] for use in query.metrics}
        self.formulas: dict[str, exp.Expr] = {}
        self.scopes: dict[str, Scope] = {}

    def run(self) -> CompiledQuery:
        relation, values = self._figures()
        relation, values = self._set_apart(relation, values)
        outputs = self._outputs(relation, values)
        select = self._filtered(relation, outputs)
        self._order_and_limit(select, relation, outputs)
        statement = self.draft.finish(select)
        return self._compiled(statement, outputs)

    # Figures

    def _scope(self) -> Scope:
        period = Span(self.query.period.start, self.query.period.end) if self.query.period else Span()
        scope = Scope(period=period, span=period)
        if period != Span():
            self.draft.used.periods[str(period)] = None
        return scope.where(self.query.where) if self.query.where is not None else scope

    def _figures(self) -> tuple[Relation, dict[str, exp.Expr]]:
        """The relation of every metric in every period asked for, and their values over it, by column name."""
        scope = self._scope()
        if not self.query.metrics:
            return values_relation(self.builder, self.request, scope), {}
        for use in self.query.metrics:
            own = scope.where(use.where) if use.where is not None else scope
            own = own.before(use.offset) if use.offset is not None else own
            self._add(use.name, use.metric, own)
        for other in self.query.compare:
            for use in self.query.metrics:
                calendar = self.draft.catalog.calendar
                then = compared_scope(self.scopes[use.name], other, self.request.keys, calendar, self.draft.as_of)
                self.builder.period_names[replace(then, conditions=())] = other.name
                self._add(f"{use.name}_{other.name}", use.metric, then)
        return self.builder.figures(self.request.keys, self.formulas)

    def _add(self, column: str, metric: str, scope: Scope) -> None:
        self.scopes[column] = scope
        self.formulas[column] = self.builder.atoms.expand(metric, scope)

    def _set_apart(self, relation: Relation, values: dict[str, exp.Expr]) -> tuple[Relation, dict[str, exp.Expr]]:
        """Makes the figures a CTE where further columns are computed from them and that would repeat more than a name."""
        query = self.query
        computed = bool(query.compare or query.calculations or any(use.show == "hidden" for use in query.metrics))
        simple = not relation.grouped and all(_is_simple(value) for value in values.values())
        if not computed or simple:
            return relation, values
        name = self.draft.cte("figures", relation.project(values))
        keys: dict[str, exp.Expr] = {key: relation_column(name, key) for key in relation.keys}
        apart = Relation(name, exp.Select().from_(table_of(name), copy=False), keys, {}, False)
        return apart, {column: relation_column(name, column) for column in values}

    # Columns

    def _outputs(self, relation: Relation, values: dict[str, exp.Expr]) -> list[Output]:
        outputs = [Output(key_column(self.view, key), relation.keys[key.name]) for key in self.request.keys]
        for use in self.query.metrics:
            metric = self.metrics[use.name]
            hidden = use.show == "hidden"
            outputs.append(Output(value_column(metric, use.name, use.show, "value"), values[use.name], hidden))
            for other in self.query.compare:
                then = values[f"{use.name}_{other.name}"]
                zero = empty_is_zero(metric)
                outputs += compared_columns(metric, use.name, other, values[use.name], then, zero, hidden)
            if self.query.targets and metric.target is not None:
                target = target_expression(self.draft, self.request, metric)
                outputs.append(Output(value_column(metric, f"{use.name}_target", "context", "target"), target, hidden))
            if metric.caveat:
                self.draft.used.caveats[metric.caveat] = None
        for calculation in self.query.calculations:
            metric = self.metrics.get(calculation.metric) or _unknown(calculation)

            def total(asked: Calculation) -> exp.Expr:
                return self._total(relation, values, asked)

            adds = self._adds_up(calculation.metric, self.request.keys)
            outputs.append(calculation_column(calculation, metric, self.request, values, relation.keys, total, adds))
        names = [output.name for output in outputs]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise QueryError(f"two columns would be called {', '.join(twice)}; give one of each an alias")
        return outputs

    def _adds_up(self, column: str, summed: tuple[Key, ...]) -> bool:
        """Whether the metric's total over the rows is the sum of the rows' values."""
        formula = self.formulas[column]
        inner = formula.this if isinstance(formula, exp.Coalesce) else formula
        if not isinstance(inner, exp.Placeholder):
            return False
        atom = self.builder.atoms.numbered[int(inner.this)]
        metric = metric_named(self.draft, atom.metric)
        if not isinstance(metric, AggregateMetric) or metric.aggregation not in _ADDING:
            return False
        looks_back = (
            atom.scope.window is not None or metric.semi_additive is not None or atom.scope.to_grain is not None
        )
        if looks_back and any(key.own_time for key in summed):
            return False
        if looks_back and metric.semi_additive is not None and metric.semi_additive.take in ("max", "min"):
            return False
        reached = [self.draft.reaches.reach(metric.dataset, key.field, key.path) for key in summed if key.field]
        return not any(getattr(found, "fans_out", False) for found in reached)

    def _total(self, relation: Relation, values: dict[str, exp.Expr], calculation: Calculation) -> exp.Expr:
        """The metric over all rows of a group: a window sum where it adds up, else aggregated anew and joined."""
        within = tuple(self.request.key(name) for name in calculation.within)
        summed = tuple(key for key in self.request.keys if key not in within)
        if self._adds_up(calculation.metric, summed):
            groups = [relation.keys[key.name].copy() for key in within]
            return over(exp.Sum(this=values[calculation.metric].copy()), groups)
        formula = self.formulas[calculation.metric]
        whole, whole_values = self.builder.figures(within, {calculation.metric: formula})
        hint = f"{calculation.metric}_overall" if not within else f"{calculation.metric}_by_{within[0].name}"
        name = self.draft.cte(hint, whole.project(whole_values))
        matches = [
            exp.NullSafeEQ(this=relation.keys[key.name].copy(), expression=relation_column(name, key.name))
            for key in within
        ]
        if matches:
            join = exp.Join(this=table_of(name), side="LEFT", on=exp.and_(*matches, copy=False))
        else:
            join = exp.Join(this=table_of(name), kind="CROSS")
        relation.select.append("joins", join)
        return relation_column(name, calculation.metric)

    # Rows

    def _filtered(self, relation: Relation, outputs: list[Output]) -> exp.Select:
        """The SELECT of the outputs that keeps the rows the query's conditions on columns hold for."""
        by_name = {output.name: output for output in outputs}
        conditions = []
        for having in self.query.having:
            output = by_name.get(having.column)
            if output is None:
                raise QueryError(f"no column is called {having.column}; there are: {', '.join(by_name)}")
            conditions.append((having, output))
        keys = [output for output in outputs if output.column.role == "key"]
        figures = [output for output in outputs if output.column.role != "key"]
        shown = {output.name: output.expression for output in figures if not output.hidden}
        relation.keys = {output.name: output.expression for output in keys}
        late = bool(conditions) and any(output.windowed for output in outputs)
        if not late:
            select = relation.project(shown)
            if conditions:
                predicates = [
                    compare(
                        output.expression.copy(), having.operator, having.values, self._type_of(output), having.column
                    )
                    for having, output in conditions
                ]
                self._keep(select, relation.grouped, predicates)
            return select
        inner = relation.project({output.name: output.expression for output in figures})
        name = self.draft.cte("computed", inner)
        select = exp.Select().from_(table_of(name), copy=False)
        for output in outputs:
            output.expression = relation_column(name, output.name)
        select.set("expressions", [output.expression.copy() for output in outputs if not output.hidden])
        predicates = [
            compare(
                relation_column(name, having.column),
                having.operator,
                having.values,
                self._type_of(output),
                having.column,
            )
            for having, output in conditions
        ]
        self._keep(select, False, predicates)
        return select

    def _type_of(self, output: Output) -> FieldType:
        """What a column's values are: a key's own type, a number for a figure."""
        if output.column.role != "key":
            return FieldType.NUMBER
        key = self.request.key(output.name)
        if key.field is not None and key.grain is None and key.part is None:
            return self.view.whole.field(key.field).type
        return FieldType.DATE if key.grain is not None else FieldType.STRING

    @staticmethod
    def _keep(select: exp.Select, grouped: bool, predicates: list[exp.Expr]) -> None:
        if grouped:
            select.set("having", exp.Having(this=exp.and_(*predicates, copy=False)))
            return
        existing = select.args.get("where")
        parts = [existing.this, *predicates] if existing is not None else predicates
        select.set("where", exp.Where(this=exp.and_(*parts, copy=False)))

    def _order_and_limit(self, select: exp.Select, relation: Relation, outputs: list[Output]) -> None:
        """Sorts as asked, then by the keys ascending, so that the same data always gives the same rows in order."""
        by_name = {output.name: output for output in outputs}
        orders: list[exp.Expr] = []
        done: set[str] = set()
        for order in self.query.order_by:
            output = by_name.get(order.column)
            if output is None:
                raise QueryError(f"no column is called {order.column}; there are: {', '.join(by_name)}")
            done.add(order.column)
            orders.append(self._ordered(output, order.descending))
        for key in self.request.keys:
            if key.name not in done:
                orders.append(self._ordered(by_name[key.name], False))
                if self._natural_order(key.name) and not key.order:
                    orders.append(exp.Ordered(this=exp.column(identifier(key.name)), nulls_first=False))
        if orders and (self.request.keys or self.query.order_by):
            select.set("order", exp.Order(expressions=orders))
        if self.query.limit is not None:
            select.set("limit", exp.Limit(expression=exp.Literal.number(self.query.limit)))

    def _ordered(self, output: Output, descending: bool) -> exp.Ordered:
        expression: exp.Expr = exp.column(identifier(output.name))
        if output.hidden:
            expression = output.expression.copy()
        if output.column.role == "key":
            natural = self._natural_order(output.name)
            if natural:
                places = [
                    exp.If(
                        this=exp.EQ(this=output.expression.copy(), expression=exp.Literal.string(value)),
                        true=number_literal(place),
                    )
                    for place, value in enumerate(natural, start=1)
                ]
                expression = exp.Case(ifs=places, default=number_literal(len(natural) + 1))
        return exp.Ordered(this=expression, desc=descending or None, nulls_first=False)

    def _natural_order(self, name: str) -> tuple[str, ...]:
        key = self.request.key(name)
        if key.order or key.field is None or key.grain is not None or key.part is not None:
            return key.order
        return self.view.whole.field(key.field).values.order

    # The answer

    def _compiled(self, statement: exp.Expr, outputs: list[Output]) -> CompiledQuery:
        used = self.draft.used
        lineage = {purpose: tuple(columns) for purpose, columns in used.columns.items() if purpose}
        explanation = Explanation(
            definitions=dict(used.definitions),
            joins=tuple(used.joins),
            filters=tuple(used.filters),
            policies=tuple(used.policies),
            periods=tuple(used.periods),
            lineage=lineage,
        )
        return CompiledQuery(
            sql=statement.sql(dialect=self.dialect, pretty=True),
            expression=statement,
            columns=tuple(output.column for output in outputs if not output.hidden),
            datasets=tuple(used.datasets),
            caveats=tuple(used.caveats),
            dialect=self.dialect,
            explanation=explanation,
        )


def _is_simple(value: exp.Expr) -> bool:
    """A column, perhaps with a default: nothing that is better computed once."""
    inner = value.this if isinstance(value, exp.Coalesce) else value
    return isinstance(inner, exp.Column)


def _unknown(calculation: Calculation) -> Metric:
    raise QueryError(f"{calculation.name} is computed from {calculation.metric}, which the query does not ask for")
