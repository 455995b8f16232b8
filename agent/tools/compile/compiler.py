"""MetricQuery to one SQL statement: resolve, expand, aggregate and join, compare and compute, filter, order, limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.builder import Builder
from agent.tools.compile.columns import Columns
from agent.tools.compile.compare import compared_scope
from agent.tools.compile.compiled import CompiledQuery, Explanation
from agent.tools.compile.dialects import adapted
from agent.tools.compile.distinct_first import distinct_first
from agent.tools.compile.draft import Draft
from agent.tools.compile.fields import metric_time
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import number_literal
from agent.tools.compile.others import IS_OTHER, Kept
from agent.tools.compile.outputs import Output
from agent.tools.compile.redaction import seen_only
from agent.tools.compile.relation import Relation
from agent.tools.compile.request import Request, parts_of, resolve
from agent.tools.compile.rows import PLACE, Rows, natural_order
from agent.tools.compile.scan import relation_column, table_of
from agent.tools.compile.scope import Scope
from agent.tools.compile.timeline import ALL_TIME, Span, periods_in
from agent.tools.compile.totals import LEVEL_COLUMN, stacked
from agent.tools.compile.values import values_relation
from agent.tools.warehouse.result import ResultColumn
from catalog.access import CatalogView
from catalog.models import ConversionMetric
from catalog.query import MetricQuery, MetricUse


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
    `name` is what the result will be called: no CTE takes it. Raises QueryError, UnknownNameError, PolicyRefusal.
    """
    try:
        return _Compilation(view, query, dialect, name, query.as_of or as_of).run()
    except QueryError as error:
        text = seen_only(view, str(error))
        if text == str(error):
            raise
    raise QueryError(text)  # outside the handler: the first message must not travel along


def _check_times(view: CatalogView, query: MetricQuery) -> None:
    """QueryError where a period is asked of figures none of which has a time: they would all stand under a wrong heading."""
    if query.period is None and not query.compare:
        return
    names = [use.metric for use in query.metrics]
    if names and not any(metric_time(view, name) for name in names):
        labels = " and ".join(dict.fromkeys(view.metrics[name].label for name in names))
        raise QueryError(f"{labels} has no time, so it is only known as it is now: ask for it without a period")


class _Compilation:
    """One run of the compiler: the steps share the draft, the request and the formulas."""

    def __init__(self, view: CatalogView, query: MetricQuery, dialect: str, name: str, as_of: dt.date | None) -> None:
        self.query = query
        self.dialect = dialect
        self.request: Request = resolve(view, query)
        _check_times(view, query)
        self.draft = Draft(view, as_of, dialect)
        self.draft.reserve({name})
        self.builder = Builder(self.draft)
        self.formulas: dict[str, exp.Expr] = {}
        self.columns = Columns(view, self.request, self.builder, self.formulas)
        self.scope = self._scope()

    def run(self) -> CompiledQuery:
        self._expand()
        if self.query.others:
            self._keep_top()
        rows = self._rows(self.request.keys, full=True)
        if self.query.limit_within and not self.query.others:
            select = rows.limited_within()
        else:
            select = rows.relation_select(conditions=not self.query.others)
        orders = rows.order()
        if self.query.others:
            last: exp.Expr = rows.relation.keys[IS_OTHER].copy()
            orders.insert(0, exp.Ordered(this=last, nulls_first=False))
        outputs = [output for output in rows.outputs if not output.hidden]
        shown = [output.column for output in outputs]
        limit = self.query.limit if not (self.query.others or self.query.limit_within) else None
        if limit is not None:
            select.set("limit", exp.Limit(expression=number_literal(limit)))
        if self.query.totals != "none":
            self._order(select, orders, limit is not None)
            select = self._with_totals(select, outputs, rows.relation.keys.get(IS_OTHER))
            shown.append(LEVEL_COLUMN)
        else:
            self._order(select, orders, True)
        statement = distinct_first(self.draft, self.draft.finish(select))
        return self._compiled(adapted(statement, self.dialect), shown)

    def _order(self, select: exp.Select, orders: list[exp.Expr], needed: bool) -> None:
        if orders and needed and (self.request.keys or self.query.order_by):
            select.set("order", exp.Order(expressions=orders))

    # Figures

    def _scope(self) -> Scope:
        period = Span(self.query.period.start, self.query.period.end) if self.query.period else ALL_TIME
        scope = Scope(period=period, span=period)
        if period != ALL_TIME:
            self.draft.used.periods[str(period)] = None
        return scope.where(self.query.where) if self.query.where is not None else scope

    def _expand(self) -> None:
        """The formula of every metric in every period asked for, by column name."""
        calendar = self.draft.catalog.calendar
        for use in self.query.metrics:
            now = self.scope.where(use.where) if use.where is not None else self.scope
            now = now.before(use.offset) if use.offset is not None else now
            self.formulas[use.name] = self._averaged(use, self.builder.atoms.expand(use.metric, now), now.period)
            for other in self.query.compare:
                then = compared_scope(now, other, self.request.keys, calendar, self.draft.as_of)
                self.builder.period_names[replace(then, conditions=())] = other.name
                formula = self.builder.atoms.expand(use.metric, then)
                self.formulas[f"{use.name}_{other.name}"] = self._averaged(use, formula, then.period)

    def _averaged(self, use: MetricUse, formula: exp.Expr, period: Span) -> exp.Expr:
        """The formula, divided by the number of periods where an average of them is asked for."""
        if use.average_per is None:
            return formula
        if period.start is None or period.end is None:
            raise QueryError(f"an average per {use.average_per.value} needs a period with a start and an end")
        if any(key.own_time for key in self.request.keys):
            raise QueryError(
                f"an average per {use.average_per.value} is one figure for the whole period, not split by time"
            )
        if not self.builder.atoms.adds_over_time(formula):
            label = self.draft.catalog.metric_by_name[use.metric].label
            raise QueryError(f"{label} does not add up over time, so it has no average per {use.average_per.value}")
        count = periods_in(period.start, period.end, use.average_per, self.draft.catalog.calendar)
        return exp.Div(this=exp.paren(formula, copy=False), expression=exp.Literal.number(f"{count}.0"))

    def _rows(self, keys: tuple[Key, ...], full: bool) -> Rows:
        """The figures by the keys, with the columns over them."""
        if not self.query.metrics:
            relation = values_relation(self.builder, self.request, self.scope)
            return Rows(self.draft, self.request, relation, self.columns.over(relation, {}, keys, full))
        relation, values = self._set_apart(*self.builder.figures(keys, self.formulas))
        return Rows(self.draft, self.request, relation, self.columns.over(relation, values, keys, full))

    def _set_apart(self, relation: Relation, values: dict[str, exp.Expr]) -> tuple[Relation, dict[str, exp.Expr]]:
        """Makes the figures a CTE where further columns are computed from them and that would repeat more than a name."""
        query = self.query
        hidden = any(use.show == "hidden" for use in query.metrics)
        computed = bool(query.compare or query.calculations or query.others or hidden)
        simple = not relation.grouped and all(_is_simple(value) for value in values.values())
        if not computed or simple:
            return relation, values
        name = self.draft.cte("figures", relation.project(values))
        keys: dict[str, exp.Expr] = {key: relation_column(name, key) for key in relation.keys}
        apart = Relation(name, exp.Select().from_(table_of(name), copy=False), keys, {}, False)
        return apart, {column: relation_column(name, column) for column in values}

    # Rows beside the plain ones

    def _keep_top(self) -> None:
        """Ranks the rows once, so that the figures can be computed anew with the rest as "other"."""
        if self.query.limit is None or not self.request.keys:
            raise QueryError("others are what lies past a limit: the query needs a limit and a dimension")
        names = tuple(key.name for key in self.request.keys)
        within = tuple(self.request.key(name).name for name in self.query.limit_within)
        if set(names) == set(within):
            raise QueryError("the limit holds within every dimension, so that no row lies past it")
        for key in self.request.keys:
            if key.name not in within and (key.grain is not None or key.part is not None):
                raise QueryError(
                    f"{key.name} cannot be other: name it in limit_within, so that the limit holds in each"
                )
        ranked = self._rows(self.request.keys, full=True).placed()
        replaced = tuple(name for name in names if name not in within)
        self.builder.kept = Kept(ranked, PLACE, self.query.limit, names, replaced)

    def _with_totals(self, detail: exp.Select, outputs: list[Output], last: exp.Expr | None) -> exp.Select:
        keys = self.request.keys
        kept, self.builder.kept = self.builder.kept, None
        subsets: list[tuple[str, tuple[Key, ...]]] = []
        if self.query.totals == "subtotals":
            subsets = [("subtotal", keys[:number]) for number in range(len(keys) - 1, 0, -1)]
        totals: list[tuple[str, exp.Select, list[str]]] = []
        for level, subset in [*subsets, ("total", ())]:
            rows = self._rows(subset, full=False)
            select = rows.relation_select(conditions=False)
            totals.append((level, select, [output.name for output in rows.outputs if not output.hidden]))
        self.builder.kept = kept
        asked = {order.column: order.descending for order in self.query.order_by}
        asked |= {key.name: False for key in keys if key.name not in asked}
        sorting = [(name, down, natural_order(self.draft, self.request, name)) for name, down in asked.items()]
        return stacked(self.draft, detail, totals, outputs, sorting, last)

    # The answer

    def _lineage(self, column: ResultColumn) -> tuple[str, ...]:
        """table.column of everything a result's column is computed from."""
        read = self.draft.used.columns
        purposes = [column.name] if column.role == "key" else []
        for name, formula in self.formulas.items():
            if column.metric is not None and (column.name == name or column.name.startswith(f"{name}_")):
                purposes += [part for atom in self.builder.atoms.of(formula) for part in self._parts(atom.metric)]
        return tuple(dict.fromkeys(name for purpose in purposes for name in read.get(purpose, ())))

    def _parts(self, metric: str) -> list[str]:
        """A metric and those it is made of: each has read columns in its own name."""
        found = self.draft.catalog.metric_by_name[metric]
        if isinstance(found, ConversionMetric):
            return [metric, found.base_metric, found.conversion_metric]
        return [metric, *(part for inner in parts_of(found) for part in self._parts(inner))]

    def _compiled(self, statement: exp.Expr, columns: list[ResultColumn]) -> CompiledQuery:
        used = self.draft.used
        explanation = Explanation(
            definitions=dict(used.definitions),
            joins=tuple(used.joins),
            filters=tuple(used.filters),
            policies=tuple(used.policies),
            periods=tuple(used.periods),
            lineage={column.name: self._lineage(column) for column in columns},
        )
        return CompiledQuery(
            sql=statement.sql(dialect=self.dialect, pretty=True),
            expression=statement,
            columns=tuple(columns),
            datasets=tuple(used.datasets),
            caveats=tuple(used.caveats),
            dialect=self.dialect,
            explanation=explanation,
        )


def _is_simple(value: exp.Expr) -> bool:
    """A column, perhaps with a default: nothing that is better computed once."""
    inner = value.this if isinstance(value, exp.Coalesce) else value
    return isinstance(inner, exp.Column)
