"""The driver tree of a metric: declared trees first, else its own formula, else a sum as count times average.

Each node says how its value is had (metrics, perhaps filtered, and a formula over them), so that one query gives the
whole tree at both periods. A branch whose formula does not come to its value is left out, and said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import sqlglot
from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.analysis.attribution.shapley import Branch, Contribution, Floats, tree_attribution
from agent.tools.analysis.causes.additive import measured, simple_condition
from agent.tools.analysis.errors import AttributionError
from agent.tools.compile import can_filter
from agent.tools.guard.metric_access import require_metric_access
from agent.tools.present.label_words import mid_sentence
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, DerivedMetric
from catalog.query import AllOf, Condition, FieldCondition, MetricUse
from catalog.strategy.drivers import DriverPart

CLOSES_TO = 1e-9  # relative: a formula that misses its metric by more is not shown
_DEEPEST = 3


@dataclass(frozen=True)
class DriverNode:
    """A metric or factor: `value` is a formula over the aliases of `uses`; `formula` combines the parts' names."""

    name: str
    label: str
    unit: str | None
    uses: tuple[MetricUse, ...]
    value: exp.Expr
    formula: exp.Expr | None = None
    parts: tuple[DriverNode, ...] = ()

    def all_uses(self) -> tuple[MetricUse, ...]:
        """What the whole tree needs, each once."""
        found = {use.name: use for use in self.uses}
        for part in self.parts:
            found.update({use.name: use for use in part.all_uses()})
        return tuple(found.values())


def driver_tree(view: CatalogView, metric: str, where: Condition | None) -> DriverNode:
    """The tree of a metric as its asker may see it, down to three levels; without parts where nothing is known."""
    return _Trees(view, where).node(metric, ())


class _Trees:
    def __init__(self, view: CatalogView, where: Condition | None) -> None:
        self.view = view
        self.where = where
        self.parts = {part.name: part for tree in view.whole.strategy.drivers for part in tree.parts}

    def node(self, name: str, above: tuple[str, ...]) -> DriverNode:
        """A metric or a part of a tree, with what it is made of."""
        leaf = self._leaf(name)
        if len(above) >= _DEEPEST:
            return leaf
        for formula, inputs in self._formulas(name, is_root=not above):
            tree = sqlglot.parse_one(formula, dialect="duckdb")
            names = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column, bfs=False)))
            if set(names) & {name, *above} or len(names) < 2:
                continue
            children = [self._input(item, inputs, (*above, name)) for item in names]
            if all(child is not None for child in children):
                return replace(leaf, formula=tree, parts=tuple(child for child in children if child is not None))
        return leaf

    def _input(self, name: str, inputs: Mapping[str, MetricUse], above: tuple[str, ...]) -> DriverNode | None:
        if name in inputs:
            use = inputs[name]
            if not self._permitted(use):
                return None
            metric = self.view.whole.metric_by_name[use.metric]
            return DriverNode(name, metric.label, metric.unit, (use,), exp.column(use.name))
        if not all(self._permitted(use) for use in self._leaf(name).uses):
            return None
        return self.node(name, above)

    def _leaf(self, name: str) -> DriverNode:
        metric = self.view.whole.metric_by_name.get(name)
        if metric is not None:
            return DriverNode(name, metric.label, metric.unit, (MetricUse(metric=name),), exp.column(name))
        part = self.parts[name]
        uses, value = self._value(part)
        unit = part.unit
        if unit is None and part.metric is not None:
            unit = self.view.whole.metric_by_name[part.metric].unit
        return DriverNode(name, part.label or name.replace("_", " ").capitalize(), unit, uses, value)

    def _value(self, part: DriverPart) -> tuple[tuple[MetricUse, ...], exp.Expr]:
        if part.metric is not None:
            conditions = part.where
            where = AllOf(conditions=conditions) if len(conditions) > 1 else conditions[0] if conditions else None
            return (MetricUse(metric=part.metric, alias=part.name, where=where),), exp.column(part.name)
        tree = sqlglot.parse_one(part.formula or "", dialect="duckdb")
        uses: dict[str, MetricUse] = {}
        for name in dict.fromkeys(column.name for column in tree.find_all(exp.Column)):
            inner = self._leaf(name)
            uses.update({use.name: use for use in inner.uses})
            if not isinstance(inner.value, exp.Column) or inner.value.name != name:
                tree = tree.transform(_replacing, name, exp.Paren(this=inner.value))
        return tuple(uses.values()), tree

    def _formulas(self, name: str, is_root: bool) -> list[tuple[str, dict[str, MetricUse]]]:
        """Ways to make it of others, best first: formula, and the inputs that are no plain metrics."""
        found: list[tuple[str, dict[str, MetricUse]]] = [
            (tree.formula, {}) for tree in self.view.whole.strategy.drivers if tree.metric == name
        ]
        metric = self.view.whole.metric_by_name.get(name)
        if isinstance(metric, DerivedMetric) and is_root:
            shares = self._shares(metric)
            if shares is not None:
                return [*found, *shares]
            inputs = _inputs(metric)
            if inputs is not None:
                found.append((metric.formula, inputs))
        if isinstance(metric, AggregateMetric) and is_root and not found:
            found += self._count_and_average(metric)
        return found

    def _shares(self, metric: DerivedMetric) -> list[tuple[str, dict[str, MetricUse]]] | None:
        """A score of counts over all of the same rows as its shares: more answers by themselves move no score.

        None where it is something else; empty where it is one such share, which is made of nothing further.
        """
        figure = measured(self.view, metric.name)
        if figure is None or figure.denominator is None or len(figure.denominator.uses) != 1:
            return None
        below = figure.denominator.uses[0]
        whole = self.view.whole.metric_by_name[below.metric]
        parts = [(use, self.view.whole.metric_by_name[use.metric]) for use in figure.numerator.uses]
        if below.where is not None or not isinstance(whole, AggregateMetric) or whole.unit != "count":
            return None
        for use, part in parts:
            alike = isinstance(part, AggregateMetric) and part.unit == "count" and part.filter is not None
            if not alike or use.where is not None or getattr(part, "dataset", None) != whole.dataset:
                return None
        if len(parts) < 2:
            return []
        formula = figure.numerator.formula.copy()
        for use, part in parts:
            name = f"share_of_{part.name}"
            self.parts.setdefault(
                name,
                DriverPart(
                    name=name,
                    label=f"Share of {mid_sentence(part.label)}",
                    formula=f"{part.name} / {whole.name}",
                    unit="fraction",
                ),
            )
            formula = formula.transform(_replacing, use.name, exp.column(name))
        return [(f"{figure.factor:g} * ({formula.sql(dialect='duckdb')})", {})]

    def _count_and_average(self, metric: AggregateMetric) -> list[tuple[str, dict[str, MetricUse]]]:
        """A sum over a dataset as the number of its rows times their average, where a metric counts them alike."""
        if metric.aggregation is not Aggregation.SUM or metric.semi_additive is not None:
            return []
        key = self.view.whole.dataset_by_name[metric.dataset].primary_key
        for other in self.view.metrics.values():
            if (
                not isinstance(other, AggregateMetric)
                or other.dataset != metric.dataset
                or other.filter != metric.filter
            ):
                continue
            if other.time_field != metric.time_field:
                continue
            counts = other.aggregation is Aggregation.COUNT and other.expression == "*"
            distinct = other.aggregation is Aggregation.COUNT_DISTINCT and len(key) == 1
            if counts or (distinct and other.expression in (key[0], f"{metric.dataset}.{key[0]}")):
                average = f"average_{metric.name}"
                thing = self.view.whole.dataset_by_name[metric.dataset].singular
                self.parts.setdefault(
                    average,
                    DriverPart(
                        name=average,
                        label=f"{metric.label} per {thing}",
                        formula=f"{metric.name} / {other.name}",
                        unit=metric.unit,
                    ),
                )
                return [(f"{other.name} * {average}", {})]
        return []

    def _permitted(self, use: MetricUse) -> bool:
        """Whether the asker may see the metric, and the question's conditions can narrow it."""
        if use.metric not in self.view.metrics:
            return False
        try:
            require_metric_access(self.view, use.metric)
        except PolicyRefusal:
            return False
        conditions = [item for item in (self.where, use.where) if item is not None]
        fields = {field for condition in conditions for field in condition_fields(condition)}
        return all(can_filter(self.view, use.metric, field) is None for field in fields)


def condition_fields(condition: Condition) -> frozenset[str]:
    """dataset.field of what a condition is about."""
    if isinstance(condition, FieldCondition):
        return frozenset({condition.field}) if condition.field != "metric_time" else frozenset()
    if hasattr(condition, "conditions"):
        return frozenset(field for item in condition.conditions for field in condition_fields(item))
    inner = getattr(condition, "condition", None)
    return condition_fields(inner) if inner is not None else frozenset()


def _replacing(node: exp.Expr, name: str, value: exp.Expr) -> exp.Expr:
    return value.copy() if isinstance(node, exp.Column) and node.name == name else node


def _inputs(metric: DerivedMetric) -> dict[str, MetricUse] | None:
    """A formula's inputs that are filtered; None where one is shifted in time or filtered by more than a comparison."""
    found: dict[str, MetricUse] = {}
    for item in metric.inputs:
        if item.offset is not None or item.offset_to_grain is not None:
            return None
        if item.filter is not None:
            where = simple_condition(item.filter)
            if where is None:
                return None
            found[item.name] = MetricUse(metric=item.metric, alias=item.name, where=where)
        elif item.name != item.metric:
            found[item.name] = MetricUse(metric=item.metric, alias=item.name)
    return found


# Values and contributions


def evaluated(tree: exp.Expr, values: Mapping[str, Floats | float]) -> Floats:
    """A formula of + - * / over named values; NaN where it divides by zero or a name has no value."""
    match tree:
        case exp.Paren():
            return evaluated(tree.this, values)
        case exp.Neg():
            return -evaluated(tree.this, values)
        case exp.Literal():
            return np.asarray(float(tree.name))
        case exp.Column():
            return np.asarray(values.get(tree.name, np.nan), dtype=float)
        case exp.Add():
            return evaluated(tree.this, values) + evaluated(tree.expression, values)
        case exp.Sub():
            return evaluated(tree.this, values) - evaluated(tree.expression, values)
        case exp.Mul():
            return evaluated(tree.this, values) * evaluated(tree.expression, values)
        case exp.Div():
            below = evaluated(tree.expression, values)
            return evaluated(tree.this, values) / np.where(below == 0, np.nan, below)
    return np.asarray(np.nan)


@dataclass(frozen=True)
class DriverFinding:
    """Contributions of the tree's nodes below the root, and the branches left out with the reason."""

    contributions: tuple[tuple[DriverNode, Contribution], ...]
    left_out: tuple[str, ...]


def attribute(root: DriverNode, before: Mapping[str, float], after: Mapping[str, float]) -> DriverFinding:
    """What each factor contributed to the change of the root; branches that do not close are cut and named."""
    left_out: list[str] = []
    kept = closing_tree(root, (before, after), left_out)
    if not kept.parts:
        return DriverFinding((), tuple(left_out))
    try:
        found = tree_attribution(_branch(kept, before, after))
    except AttributionError as error:
        return DriverFinding((), (*left_out, f"{kept.label}: {error}"))
    return DriverFinding(tuple((_at(kept, item.path), item) for item in found), tuple(left_out))


def closing_tree(node: DriverNode, figures: Sequence[Mapping[str, float]], left_out: list[str]) -> DriverNode:
    """The tree less the branches whose formula does not come to their figure in each of `figures`; `left_out` says which."""
    if node.formula is None:
        return node
    parts = tuple(closing_tree(part, figures, left_out) for part in node.parts)
    for values in figures:
        own = float(evaluated(node.value, values))
        made = float(evaluated(node.formula, {part.name: float(evaluated(part.value, values)) for part in parts}))
        if not math.isfinite(made):
            left_out.append(f"{node.label} is not split into its drivers: they do not all have figures.")
            return replace(node, formula=None, parts=())
        if abs(made - own) > CLOSES_TO * max(1.0, abs(own)):
            left_out.append(f"{node.label} is not split into its drivers: they do not add up to it.")
            return replace(node, formula=None, parts=())
    return replace(node, parts=parts)


def _branch(node: DriverNode, before: Mapping[str, float], after: Mapping[str, float]) -> Branch:
    first, last = float(evaluated(node.value, before)), float(evaluated(node.value, after))
    if node.formula is None:
        return Branch(node.name, before=first, after=last)
    formula, names = node.formula, [part.name for part in node.parts]

    def combined(values: Sequence[Floats]) -> Floats:
        return evaluated(formula, dict(zip(names, values, strict=True)))

    return Branch(node.name, combined, tuple(_branch(part, before, after) for part in node.parts), first, last)


def _at(node: DriverNode, path: tuple[str, ...]) -> DriverNode:
    for name in path:
        node = next(part for part in node.parts if part.name == name)
    return node
