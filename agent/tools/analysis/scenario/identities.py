"""What figures are made from, exactly: identities that the catalog declares, or that its definitions imply.

A figure is a metric, or one that definitions imply (the part of a metric under a filter, the rest of it, an amount per
unit). Only what the role may ask for is a figure. Every identity here is an equation, never an estimate.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlglot import exp

from agent.tools.analysis.scenario.driver_model import DriverModel
from agent.tools.analysis.scenario.formula_compile import DriverFormulaError, names_in, quoted
from catalog.access import CatalogView
from catalog.expressions import ExpressionError, parse_expression
from catalog.models import AggregateMetric, Aggregation, DerivedMetric, Metric, MetricInput
from catalog.query import AllOf, MetricUse

_SUMS = (Aggregation.SUM, Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM_BOOLEAN)


@dataclass(frozen=True)
class Identity:
    """`figure` equals `formula`, arithmetic over the figures `parts`; `rank` orders alternatives, the best first."""

    figure: str
    formula: str
    parts: tuple[str, ...]
    rank: int


@dataclass(frozen=True)
class Implied:
    """A figure that no metric names: how its value follows from those of metrics, and what to call it."""

    value: str  # formula over metrics
    label: str


@dataclass(frozen=True)
class Ratio:
    """A metric that is one figure over another."""

    name: str
    above: str
    below: str


@dataclass
class IdentityBook:
    """The identities of a view: those of its driver trees, and those that its definitions imply."""

    view: CatalogView
    implied: dict[str, Implied] = field(default_factory=dict)
    filtered: dict[str, MetricUse] = field(default_factory=dict)  # parts of trees that are metrics within a filter
    factors: set[str] = field(default_factory=set)  # parts of trees that are quotients

    @cached_property
    def by_figure(self) -> dict[str, tuple[Identity, ...]]:
        """All identities of each figure, the best first."""
        found: dict[str, list[Identity]] = {}
        for identity in self._all():
            if identity.figure not in identity.parts and all(map(self.knows, identity.parts)):
                found.setdefault(identity.figure, []).append(identity)
        return {name: tuple(sorted(items, key=lambda item: item.rank)) for name, items in found.items()}

    @cached_property
    def ratios(self) -> dict[str, Ratio]:
        """Metrics that are one figure over another: their value now is a factor, not a sum of anything."""
        found = {}
        for metric in self.view.metrics.values():
            ratio = self._ratio(metric)
            if ratio is not None:
                found[metric.name] = ratio
        return found

    def label(self, figure: str) -> str:
        """What a person calls a figure."""
        if figure in self.implied:
            return self.implied[figure].label
        if figure in self.filtered:
            return self.part_labels[figure]
        return self.view.whole.metric_by_name[figure].label

    def unit(self, figure: str) -> str | None:
        """A figure's unit."""
        metric = self.view.whole.metric_by_name.get(figure)
        return metric.unit if metric is not None else None

    def knows(self, figure: str) -> bool:
        """Whether the figure has a value of its own."""
        return figure in self.view.metrics or figure in self.implied or figure in self.filtered

    def is_factor(self, figure: str) -> bool:
        """Whether it is a quotient, which is held or moved but not taken apart."""
        return figure in self.ratios or figure in self.factors

    def uses_for(self, figure: str) -> tuple[MetricUse, ...]:
        """The metrics, perhaps within a filter, whose values give the figure's; each under the figure's own name."""
        if figure in self.filtered:
            return (self.filtered[figure],)
        if figure not in self.implied:
            return (MetricUse(metric=figure),)
        inside = [use for name in names_in(self.implied[figure].value) for use in self.uses_for(name)]
        return tuple({use.name: use for use in inside}.values())

    def value_of(self, figure: str, cells: Mapping[str, float]) -> float:
        """The figure's value from those of its metrics; NaN where it has none."""
        if figure not in self.implied:
            return cells.get(figure, math.nan)
        formula = self.implied[figure].value
        needed = {name: self.value_of(name, cells) for name in names_in(formula)}
        return float(DriverModel({"value": formula}).evaluate(needed)["value"])

    def _all(self) -> Iterator[Identity]:
        self._read_parts()
        for tree in self.view.whole.strategy.drivers:
            yield from self._declared(tree.metric, tree.formula)
        for ratio in self.ratios.values():
            product = f"{quoted(ratio.name)} * {quoted(ratio.below)}"
            yield Identity(ratio.above, product, (ratio.name, ratio.below), 3)
        for metric in self.view.metrics.values():
            if isinstance(metric, DerivedMetric):
                yield from self._defined(metric)
            elif isinstance(metric, AggregateMetric) and metric.semi_additive is None:
                yield from self._linear(metric)
                yield from self._per_unit(metric)
        yield from self._rests()

    @cached_property
    def part_labels(self) -> dict[str, str]:
        """What the parts of driver trees are called."""
        parts = [part for tree in self.view.whole.strategy.drivers for part in tree.parts]
        return {part.name: part.label or part.name.replace("_", " ").capitalize() for part in parts}

    def _read_parts(self) -> None:
        for part in (part for tree in self.view.whole.strategy.drivers for part in tree.parts):
            if part.metric is not None and part.metric in self.view.metrics:
                where = AllOf(conditions=part.where) if len(part.where) > 1 else part.where[0] if part.where else None
                self.filtered[part.name] = MetricUse(metric=part.metric, alias=part.name, where=where)
            elif part.formula is not None:
                self.implied[part.name] = Implied(part.formula, self.part_labels[part.name])
                if "/" in part.formula:
                    self.factors.add(part.name)

    def _declared(self, name: str, formula: str) -> Iterator[Identity]:
        try:
            yield Identity(name, formula, names_in(formula), 0)
        except DriverFormulaError:
            return  # the catalog's rules say so where it is written

    def _defined(self, metric: DerivedMetric) -> Iterator[Identity]:
        names = {item.name: self._input(item, metric) for item in metric.inputs}
        if any(figure is None for figure in names.values()) or metric.filter is not None:
            return
        formula = renamed(metric.formula, {name: figure for name, figure in names.items() if figure is not None})
        if formula is not None:
            yield Identity(metric.name, formula, names_in(formula), 1)

    def _linear(self, metric: AggregateMetric) -> Iterator[Identity]:
        """SUM(a - b) = SUM(a) - SUM(b), where metrics of the same rows are those sums."""
        if metric.aggregation is not Aggregation.SUM:
            return
        try:
            terms = list(_terms(parse_expression(metric.expression)))
        except ExpressionError:
            return
        if len(terms) < 2:
            return
        sums = {
            parse_expression(other.expression).sql(): other.name
            for other in self._sums_beside(metric)
            if other.aggregation is Aggregation.SUM
        }
        if not all(term.sql() in sums for _, term in terms):
            return
        formula = " ".join(f"{sign} {quoted(sums[term.sql()])}" for sign, term in terms).removeprefix("+ ")
        yield Identity(metric.name, formula, names_in(formula), 2)

    def _per_unit(self, metric: AggregateMetric) -> Iterator[Identity]:
        """SUM(units * x) = (SUM(units * x) / SUM(units)) * SUM(units): an amount per unit, held as it is."""
        if metric.aggregation is not Aggregation.SUM:
            return
        own = _columns(metric)
        for other in self._sums_beside(metric):
            if other.aggregation is Aggregation.SUM and _columns(other) < own:
                name = f"{metric.name} per {other.name}"
                self.implied[name] = Implied(
                    f"{quoted(metric.name)} / {quoted(other.name)}", f"{metric.label} per {_one(other.label)}"
                )
                yield Identity(metric.name, f"{quoted(name)} * {quoted(other.name)}", (name, other.name), 5)

    def _rests(self) -> Iterator[Identity]:
        """A metric is its part under a filter and the rest."""
        for name in list(self.implied):
            metric, _, condition = name.partition(" where ")
            if not condition:
                continue
            rest = f"{metric} but {condition}"
            whole = self.view.whole.metric_by_name[metric]
            part = self.implied[name]
            self.implied[rest] = Implied(f"{quoted(metric)} - ({part.value})", f"other {whole.label.lower()}")
            yield Identity(metric, f"{quoted(name)} + {quoted(rest)}", (name, rest), 4)

    def _sums_beside(self, metric: AggregateMetric) -> Iterator[AggregateMetric]:
        for other in self.view.metrics.values():
            if (
                isinstance(other, AggregateMetric)
                and other.name != metric.name
                and (other.dataset, other.filter, other.time_field)
                == (metric.dataset, metric.filter, metric.time_field)
                and other.semi_additive is None
            ):
                yield other

    def _ratio(self, metric: Metric) -> Ratio | None:
        if not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2 or metric.filter is not None:
            return None
        above, below = metric.inputs
        if metric.formula.replace(" ", "") != f"{above.name}/{below.name}":
            return None
        if below.filter is not None or below.offset is not None or below.offset_to_grain is not None:
            return None
        first, second = self._input(above, metric), self._input(below, metric)
        return None if first is None or second is None else Ratio(metric.name, first, second)

    def _input(self, item: MetricInput, metric: DerivedMetric) -> str | None:
        """The figure that an input of a formula is; None for one of another time, or one that cannot be asked for."""
        if item.offset is not None or item.offset_to_grain is not None or item.metric not in self.view.metrics:
            return None
        if item.filter is None:
            return item.metric
        below = [other for other in metric.inputs if other.name != item.name]
        is_above = metric.formula.replace(" ", "").startswith(f"{item.name}/")
        if len(metric.inputs) != 2 or below[0].filter is not None or not is_above:
            return None
        name = f"{item.metric} where {item.filter}"
        value = f"{quoted(metric.name)} * {quoted(below[0].metric)}"
        self.implied.setdefault(name, Implied(value, item.name.replace("_", " ")))
        return name


def own_columns(view: CatalogView, name: str) -> frozenset[str]:
    """The columns a metric's amounts are computed from, through all that it is made of."""
    metric = view.whole.metric_by_name.get(name)
    if isinstance(metric, AggregateMetric) and metric.aggregation in _SUMS:
        return _columns(metric)
    if isinstance(metric, DerivedMetric):
        return frozenset().union(*(own_columns(view, item.metric) for item in metric.inputs))
    return frozenset()


def renamed(formula: str, figures: dict[str, str]) -> str | None:
    """A formula with other names in it; None where it cannot be read."""
    try:
        tree = parse_expression(formula).copy()
    except ExpressionError:
        return None
    for column in list(tree.find_all(exp.Column)):
        column.set("this", exp.to_identifier(figures.get(column.name, column.name), quoted=True))
    return tree.sql(dialect="duckdb")


def _columns(metric: AggregateMetric) -> frozenset[str]:
    try:
        tree = parse_expression(metric.expression)
    except ExpressionError:
        return frozenset()
    return frozenset(f"{column.table or metric.dataset}.{column.name}" for column in tree.find_all(exp.Column))


def _terms(tree: exp.Expr, sign: str = "+") -> Iterator[tuple[str, exp.Expr]]:
    if isinstance(tree, exp.Paren):
        yield from _terms(tree.this, sign)
    elif isinstance(tree, exp.Add | exp.Sub):
        yield from _terms(tree.this, sign)
        flipped = {"+": "-", "-": "+"}[sign] if isinstance(tree, exp.Sub) else sign
        yield from _terms(tree.expression, flipped)
    else:
        yield sign, tree


def _one(label: str) -> str:
    return label[0].lower() + label[1:] if label[1:2].islower() else label
