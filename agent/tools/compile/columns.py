"""The columns of a query over its figures: keys, metrics, other periods, targets, calculations."""

from __future__ import annotations

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.builder import Builder
from agent.tools.compile.calculations import calculation_column, difference_column, lead_column, over, ratio_column
from agent.tools.compile.compare import compared_columns
from agent.tools.compile.expand import empty_is_zero, metric_named
from agent.tools.compile.keys import Key
from agent.tools.compile.outputs import Output, Show, key_column, kind_words, value_column
from agent.tools.compile.relation import Relation
from agent.tools.compile.request import Request
from agent.tools.compile.scan import relation_column, table_of
from agent.tools.compile.targets import target_expression
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, Metric
from catalog.query import Calculation

_ADDING = (Aggregation.SUM, Aggregation.COUNT, Aggregation.SUM_BOOLEAN)
_TERMS = (exp.Add, exp.Sub, exp.Neg, exp.Paren, exp.Coalesce)


class Columns:
    """Makes the outputs of a request from formulas by column name."""

    def __init__(self, view: CatalogView, request: Request, builder: Builder, formulas: dict[str, exp.Expr]) -> None:
        self.view = view
        self.request = request
        self.builder = builder
        self.draft = builder.draft
        self.formulas = formulas
        self.metrics: dict[str, Metric] = {use.name: view.metrics[use.metric] for use in request.uses}

    def over(self, relation: Relation, values: dict[str, exp.Expr], keys: tuple[Key, ...], full: bool) -> list[Output]:
        """The outputs over a relation of the keys; without calculations and targets where it is not the full one."""
        query = self.request.query
        outputs = [Output(key_column(self.view, key), relation.keys[key.name]) for key in keys]
        for use in query.metrics:
            metric = self.metrics[use.name]
            hidden = use.show == "hidden"
            words = f" per {use.average_per.value} on average" if use.average_per else kind_words(use)
            outputs.append(Output(value_column(metric, use.name, use.show, "value", words), values[use.name], hidden))
            for other in query.compare:
                then = values[f"{use.name}_{other.name}"]
                zero = empty_is_zero(metric)
                outputs += compared_columns(metric, use.name, other, values[use.name], then, zero, hidden)
            if query.targets and metric.target is not None and full:
                target = target_expression(self.draft, self.request, metric)
                show: Show = "measure" if query.targets_are_asked else "context"
                outputs.append(Output(value_column(metric, f"{use.name}_target", show, "target"), target, hidden))
            if metric.caveat:
                self.draft.used.caveats[metric.caveat] = None
        if full:
            outputs += [self._calculated(item, relation, values) for item in query.calculations]
        names = [output.name for output in outputs]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise QueryError(f"two columns would be called {', '.join(twice)}; give one of each an alias")
        return outputs

    def _calculated(self, calculation: Calculation, relation: Relation, values: dict[str, exp.Expr]) -> Output:
        metric = self.metrics.get(calculation.metric)
        if metric is None:
            raise QueryError(
                f"{calculation.name} is computed from {calculation.metric}, which the query does not ask for"
            )

        def total(asked: Calculation) -> exp.Expr:
            return self._total(relation, values, asked)

        if calculation.kind == "ratio":
            below = self.metrics.get(calculation.over or "")
            if below is None:
                raise QueryError(f"{calculation.name} divides by {calculation.over}, which the query does not ask for")
            return ratio_column(calculation, metric, below, values)
        if calculation.kind == "difference" or (calculation.kind == "growth" and calculation.over is not None):
            if calculation.over not in self.metrics:
                raise QueryError(f"{calculation.name} takes away {calculation.over}, which the query does not ask for")
            column = difference_column if calculation.kind == "difference" else lead_column
            return column(calculation, metric, values)
        keys = self.request.keys
        adds = self._adds_up(calculation.metric, keys) or self._adds_up_in_terms(calculation.metric, keys)
        return calculation_column(calculation, metric, self.request, values, relation.keys, total, adds)

    def _adds_up(self, column: str, summed: tuple[Key, ...]) -> bool:
        """Whether the metric's total over the rows is the sum of the rows' values."""
        formula = self.formulas[column]
        inner = formula.this if isinstance(formula, exp.Coalesce) else formula
        return isinstance(inner, exp.Placeholder) and self._atom_adds_up(inner, summed)

    def _adds_up_in_terms(self, column: str, summed: tuple[Key, ...]) -> bool:
        """Whether the metric is a sum or a difference of such that each add up: fares and extras."""
        nodes = list(self.formulas[column].walk())
        atoms = [node for node in nodes if isinstance(node, exp.Placeholder)]
        others = [node for node in nodes if not isinstance(node, (*_TERMS, exp.Placeholder))]
        fills = all(isinstance(node, exp.Literal) and isinstance(node.parent, exp.Coalesce) for node in others)
        return bool(atoms) and fills and all(self._atom_adds_up(atom, summed) for atom in atoms)

    def _atom_adds_up(self, placeholder: exp.Placeholder, summed: tuple[Key, ...]) -> bool:
        atom = self.builder.atoms.numbered[int(placeholder.this)]
        metric = metric_named(self.draft, atom.metric)
        if not isinstance(metric, AggregateMetric) or metric.aggregation not in _ADDING:
            return False
        level = metric.semi_additive
        looks_back = atom.scope.window is not None or level is not None or atom.scope.to_grain is not None
        if looks_back and any(key.own_time for key in summed):
            return False
        if level is not None and level.take in ("max", "min"):
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
        matches: list[exp.Expr] = [
            exp.NullSafeEQ(this=relation.keys[key.name].copy(), expression=relation_column(name, key.name))
            for key in within
        ]
        if matches:
            join = exp.Join(this=table_of(name), side="LEFT", on=exp.and_(*matches, copy=False))
        else:
            join = exp.Join(this=table_of(name), kind="CROSS")
        relation.select.append("joins", join)
        return relation_column(name, calculation.metric)
