"""Metrics into formulas over atoms: every derived, ratio and cumulative metric down to what one aggregation gives.

    net_revenue = revenue - refunds   ->   COALESCE(?0, 0) - COALESCE(?1, 0)
    aov = revenue / order_count       ->   ?0 / NULLIF(?2, 0)

Each atom is aggregated before the formula is applied, so that no ratio is ever an average of ratios.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.draft import Draft
from agent.tools.compile.expressions import parse, replace_columns
from agent.tools.compile.literals import number_literal
from agent.tools.compile.scope import Atom, Scope, Window
from catalog.models import (
    AggregateMetric,
    Aggregation,
    ConversionMetric,
    CumulativeMetric,
    DerivedMetric,
    Metric,
    MetricInput,
    StateMetric,
)
from catalog.query import SqlCondition

_COUNTS = (Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM_BOOLEAN)
_DEEPEST = 32
# What sums and differences of figures are made of.
_LINEAR = (exp.Add, exp.Sub, exp.Neg, exp.Paren, exp.Coalesce, exp.Placeholder, exp.Literal)


@dataclass
class Atoms:
    """The atoms of a statement, numbered; formulas hold a placeholder for each."""

    draft: Draft
    numbered: list[Atom] = field(default_factory=list)
    _number_of: dict[Atom, int] = field(default_factory=dict)

    def placeholder(self, atom: Atom) -> exp.Placeholder:
        """The atom's stand-in."""
        number = self._number_of.setdefault(atom, len(self.numbered))
        if number == len(self.numbered):
            self.numbered.append(atom)
        return exp.Placeholder(this=str(number))

    def of(self, formula: exp.Expr) -> list[Atom]:
        """The atoms a formula holds, each once."""
        found = {int(item.this): None for item in formula.find_all(exp.Placeholder)}
        return [self.numbered[number] for number in found]

    def expand(self, name: str, scope: Scope, depth: int = 0) -> exp.Expr:
        """The metric's formula over atoms in the scope."""
        metric = metric_named(self.draft, name)
        if depth > _DEEPEST:
            raise QueryError(f"the definition of {name} goes round in a circle")
        self.draft.used.definitions[name] = definition(metric)
        if metric.filter:
            self.draft.used.filters[f"{name}: {metric.filter}"] = None
            scope = scope.where(SqlCondition(expression=metric.filter))
        expanded: exp.Expr
        if isinstance(metric, DerivedMetric):
            expanded = self._derived(metric, scope, depth)
        elif isinstance(metric, CumulativeMetric):
            if scope.window is not None:
                raise QueryError(f"{name} is cumulative over a metric that is cumulative already")
            window = Window(metric.window, metric.to_date, metric.period_aggregation)
            expanded = self.expand(metric.metric, replace(scope, window=window), depth + 1)
        elif isinstance(metric, ConversionMetric):
            expanded = self._conversion(metric, scope, depth)
        else:
            if isinstance(metric, AggregateMetric) and _is_level(metric) and scope.window is None:
                scope = replace(scope, window=Window())
            expanded = self.placeholder(Atom(name, scope))
        if metric.fill_nulls_with is not None:
            expanded = exp.Coalesce(this=expanded, expressions=[number_literal(metric.fill_nulls_with)])
        return expanded

    def rows_of(self, name: str, scope: Scope) -> exp.Expr:
        """The number of rows that an aggregate metric is computed from in the scope, in place of its value."""
        metric = metric_named(self.draft, name)
        assert isinstance(metric, AggregateMetric)
        plain = {"aggregation": Aggregation.COUNT, "expression": "*", "semi_additive": None, "is_state": False}
        filling = {"fill_nulls_with": None, "missing": None, "fill_time_spine": False}
        own_name = f"{name}_rows"
        while own_name in self.draft.catalog.metric_by_name:
            own_name += "_"
        counted = metric.model_copy(update={"name": own_name, **plain, **filling})
        self.draft.counted_rows[own_name] = counted
        return self.expand(counted.name, scope)

    def _conversion(self, metric: ConversionMetric, scope: Scope, depth: int) -> exp.Expr:
        """The conversions, with the conversion metric's filling; for a rate over the base metric."""
        conversions: exp.Expr = self.placeholder(Atom(metric.name, scope))
        filling = metric_named(self.draft, metric.conversion_metric).fill_nulls_with
        if filling is not None:
            conversions = exp.Coalesce(this=conversions, expressions=[number_literal(filling)])
        if metric.calculation == "count":
            return conversions
        base = self.expand(metric.base_metric, scope, depth + 1)
        below = exp.Nullif(this=base, expression=number_literal(0))
        return exp.Div(this=conversions, expression=below, typed=False)

    def _derived(self, metric: DerivedMetric, scope: Scope, depth: int) -> exp.Expr:
        if metric.only_where_all_have_data:
            scope = replace(scope, overlapping=tuple(dict.fromkeys(self._aggregates(metric))))
        terms: dict[str, exp.Expr] = {}
        named = {item.name: item.metric for item in metric.inputs}
        for item in metric.inputs:
            terms[item.name] = self.expand(item.metric, _scope_of(item, scope), depth + 1)
        formula = parse(metric.formula)
        for name in {column.name for column in formula.find_all(exp.Column)}:
            if name not in terms:
                terms[name] = self.expand(name, scope, depth + 1)
        several = len({_signature(self.draft, atom) for term in terms.values() for atom in self.of(term)}) > 1
        zero = several and metric.missing_terms == "zero"

        def term(found: exp.Column) -> exp.Expr:
            new = terms[found.name].copy()
            own = named.get(found.name, found.name)
            is_term = zero and isinstance(_above_signs(found), exp.Add | exp.Sub)
            return self._with_zeros(new) if is_term and self._adds_nothing_when_empty(own, new) else new

        return replace_columns(formula, term)

    def _adds_nothing_when_empty(self, name: str, term: exp.Expr) -> bool:
        """Whether a term is sums and counts, added and subtracted, that are nought where they have no rows."""
        metric = self.draft.catalog.metric_by_name.get(name)
        if isinstance(metric, DerivedMetric) and metric.missing_terms != "zero":
            return False
        return all(isinstance(node, _LINEAR) for node in term.walk()) and all(
            empty_is_zero(metric_named(self.draft, atom.metric)) for atom in self.of(term)
        )

    def _with_zeros(self, term: exp.Expr) -> exp.Expr:
        """The term with nought for each of its figures that has no rows."""

        def filled(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Placeholder) and not isinstance(node.parent, exp.Coalesce):
                return exp.Coalesce(this=node.copy(), expressions=[number_literal(0)])
            return node

        return term.transform(filled)

    def _aggregates(self, metric: Metric) -> list[str]:
        """The aggregate metrics below a metric."""
        if isinstance(metric, DerivedMetric):
            inputs = [metric_named(self.draft, item.metric) for item in metric.inputs]
            return [name for item in inputs for name in self._aggregates(item)]
        if isinstance(metric, CumulativeMetric):
            return self._aggregates(metric_named(self.draft, metric.metric))
        return [metric.name] if isinstance(metric, AggregateMetric) else []

    def adds_over_time(self, formula: exp.Expr) -> bool:
        """Whether the figure of a span is the sum of those of its parts: sums and counts, added and subtracted."""
        return all(isinstance(node, _LINEAR) for node in formula.walk()) and all(
            self._atom_adds(atom) for atom in self.of(formula)
        )

    def _atom_adds(self, atom: Atom) -> bool:
        metric = metric_named(self.draft, atom.metric)
        if not isinstance(metric, AggregateMetric) or metric.semi_additive is not None or atom.scope.window is not None:
            return False
        if metric.aggregation in (Aggregation.SUM, Aggregation.COUNT, Aggregation.SUM_BOOLEAN):
            return True
        key = self.draft.dataset(metric.dataset).primary_key
        own = [f"{metric.dataset}.{name}" for name in key]
        return metric.aggregation is Aggregation.COUNT_DISTINCT and [metric.expression.strip()] == own


def _scope_of(item: MetricInput, scope: Scope) -> Scope:
    if item.filter:
        scope = scope.where(SqlCondition(expression=item.filter))
    if item.offset is not None:
        scope = scope.before(item.offset)
    return replace(scope, to_grain=item.offset_to_grain) if item.offset_to_grain is not None else scope


def metric_named(draft: Draft, name: str) -> Metric:
    """A metric of the whole catalog; the names that people use were checked against their view before."""
    found = draft.counted_rows.get(name) or draft.catalog.metric_by_name.get(name)
    if found is None:
        raise QueryError(f"the catalog has no metric {name!r}, which one of its definitions uses")
    return found


def _is_level(metric: AggregateMetric) -> bool:
    """Whether the metric stands at what rows there were by the period's end (customers, not new customers)."""
    return metric.is_state and metric.semi_additive is None


def _above_signs(node: exp.Expr) -> exp.Expr | None:
    """What a term stands in, past its sign and brackets."""
    above = node.parent
    while isinstance(above, exp.Neg | exp.Paren):
        above = above.parent
    return above


def _signature(draft: Draft, atom: Atom) -> tuple[object, ...]:
    metric = metric_named(draft, atom.metric)
    dataset = metric.dataset if isinstance(metric, AggregateMetric) else atom.metric
    time = metric.time_field if isinstance(metric, AggregateMetric) else None
    return (dataset, time, atom.scope)


def counts(metric: Metric) -> bool:
    """Whether the metric counts: without rows it is zero."""
    if isinstance(metric, AggregateMetric):
        return metric.aggregation in _COUNTS
    return isinstance(metric, StateMetric | ConversionMetric) and metric.calculation == "count"


def empty_is_zero(metric: Metric) -> bool:
    """Whether nothing at all adds nothing: sums and counts, unless the catalog says null."""
    if metric.missing is not None:
        return metric.missing == "zero"
    return counts(metric) or (isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.SUM)


def shown_as_zero(metric: Metric) -> bool:
    """Whether a row without data of the metric shows zero: counts, unless the catalog says otherwise."""
    return metric.missing == "zero" or (metric.missing is None and counts(metric))


def definition(metric: Metric) -> str:
    """A metric's definition as one line."""
    if isinstance(metric, AggregateMetric):
        return f"{metric.aggregation.value} of {metric.expression} over {metric.dataset}"
    if isinstance(metric, DerivedMetric):
        return metric.formula
    if isinstance(metric, CumulativeMetric):
        length = f"{metric.window}" if metric.window else f"{metric.to_date} to date" if metric.to_date else "all time"
        return f"{metric.metric} over {length}"
    if isinstance(metric, ConversionMetric):
        return f"{metric.calculation} of {metric.base_metric} followed by {metric.conversion_metric}"
    if isinstance(metric, StateMetric):
        base = f"those with an event in {metric.base_window}" if metric.base_window else f"all {metric.base_dataset}"
        return f"{metric.calculation} of {metric.counted} {metric.entity} within {metric.recent_window}, of {base}"
    return f"{metric.expression} over each {', '.join(metric.entity)}"
