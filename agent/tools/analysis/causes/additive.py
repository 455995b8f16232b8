"""Which metrics are sums over segments, and by which dimensions: what may be split into parts that add up.

A sum, a count, and a distinct count of a dataset's own key add up over every dimension that each row has one value of.
Formulas of additions, subtractions and constant factors do where their inputs do. A quotient of two such is a ratio, whose
numerator and denominator are split.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from agent.tools.compile import can_group
from agent.tools.compile.reach import Reach, reaches
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, CatalogField, Dataset, DerivedMetric, FieldRole, FieldType
from catalog.query import Condition, FieldCondition, MetricUse

_SUMS = (Aggregation.SUM, Aggregation.COUNT, Aggregation.SUM_BOOLEAN)
_LINEAR = (exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Paren, exp.Column, exp.Literal, exp.Identifier)
_GROUPED = (FieldType.STRING, FieldType.BOOLEAN, FieldType.INTEGER)


@dataclass(frozen=True)
class Amount:
    """Something that adds up over segments: a linear formula over metrics; `uses` computes them."""

    uses: tuple[MetricUse, ...]  # each under an alias of its own, the name the formula uses
    formula: exp.Expr


@dataclass(frozen=True)
class Measured:
    """A metric as amounts: one amount, or the quotient of two times a constant."""

    numerator: Amount
    denominator: Amount | None = None
    factor: float = 1.0


def measured(view: CatalogView, name: str) -> Measured | None:
    """A metric as an amount or a quotient of amounts; None where it is neither (a median, a state, a product)."""
    metric = view.whole.metric_by_name[name]
    if is_sum(view, name):
        return Measured(single(name))
    if not isinstance(metric, DerivedMetric):
        return None
    tree = _unwrapped(sqlglot.parse_one(metric.formula, dialect="duckdb"))
    factor = 1.0
    while isinstance(tree, exp.Mul):
        left, right = _unwrapped(tree.this), _unwrapped(tree.expression)
        if isinstance(left, exp.Literal) and not left.is_string:
            factor, tree = factor * float(left.name), right
        elif isinstance(right, exp.Literal) and not right.is_string:
            factor, tree = factor * float(right.name), left
        else:
            return None
    if not isinstance(tree, exp.Div):
        return None
    above, below = _unwrapped(tree.this), _unwrapped(tree.expression)
    if isinstance(above, exp.Mul):  # 100 * (a - b) / c reads as (100 * (a - b)) / c
        left, right = _unwrapped(above.this), _unwrapped(above.expression)
        if isinstance(left, exp.Literal) and not left.is_string:
            factor, above = factor * float(left.name), right
    numerator, denominator = _amount(view, metric, above), _amount(view, metric, below)
    if numerator is None or denominator is None:
        return None
    return Measured(numerator, denominator, factor)


def single(name: str) -> Amount:
    """A metric that is an amount by itself."""
    return Amount((MetricUse(metric=name),), exp.column(name))


def is_sum(view: CatalogView, name: str) -> bool:
    """Whether the metric's whole is the sum over any split by what each of its rows has one value of."""
    metric = view.whole.metric_by_name[name]
    if isinstance(metric, DerivedMetric):
        tree = sqlglot.parse_one(metric.formula, dialect="duckdb")
        return (
            _is_linear(tree)
            and not any(item.offset or item.offset_to_grain for item in metric.inputs)
            and not metric.only_where_all_have_data
            and all(is_sum(view, item.metric) for item in metric.inputs)
        )
    if not isinstance(metric, AggregateMetric) or metric.semi_additive is not None or metric.is_state:
        return False
    return metric.aggregation in _SUMS or _counts_own_key(view, metric)


def observations(view: CatalogView, amount: Amount) -> Amount | None:
    """What counts the things an amount rests on: itself where it is a count, else a count over the same rows."""
    metrics = [view.whole.metric_by_name[use.metric] for use in amount.uses]
    if all(metric.unit == "count" for metric in metrics):
        return amount
    base = metrics[0]
    if not isinstance(base, AggregateMetric):
        return None
    fitting = [
        metric
        for metric in view.metrics.values()
        if isinstance(metric, AggregateMetric)
        and (metric.dataset, metric.filter, metric.time_field) == (base.dataset, base.filter, base.time_field)
        and metric.unit == "count"
        and is_sum(view, metric.name)
    ]
    fitting.sort(key=lambda metric: metric.aggregation is Aggregation.SUM)
    return single(fitting[0].name) if fitting else None


def _counts_own_key(view: CatalogView, metric: AggregateMetric) -> bool:
    key = view.whole.dataset_by_name[metric.dataset].primary_key
    own = {f"{metric.dataset}.{key[0]}", key[0]} if len(key) == 1 else set()
    return metric.aggregation is Aggregation.COUNT_DISTINCT and metric.expression in own


def splits(view: CatalogView, amount: Amount) -> tuple[str, ...]:
    """dataset.field of the dimensions over which an amount's parts add up: text first, then yes or no, then numbers.

    Left out: what the metrics' own filters fix, fields that only stand for one that is there already, and fields that the role
    sees in groups of a minimum size: one small group among them would refuse the whole question.
    """
    names = [use.metric for use in amount.uses]
    bases = sorted({base for name in names for base in _bases(view, name)})
    fixed = {field for name in names for field in _filtered(view, name)}
    ways = reaches(view.whole, frozenset(view.datasets))
    found: dict[tuple[str, ...], tuple[int, str]] = {}
    for dataset, item in view.groupable_fields():
        reference = f"{dataset.name}.{item.name}"
        if item.type not in _GROUPED or item.role is not FieldRole.DIMENSION or item.unit is not None:
            continue
        if view.minimum_group_size(dataset, item) is not None:
            continue
        if (
            reference in fixed
            or _is_outcome(dataset, item)
            or any(can_group(view, name, reference) is not None for name in names)
        ):
            continue
        reached = [ways.reach(base, reference) for base in bases]
        if any(not isinstance(way, Reach) or way.fans_out for way in reached):
            continue
        same = tuple(way.field for way in reached if isinstance(way, Reach))
        if same not in found or reference in same:
            found[same] = (_GROUPED.index(item.type), reference)
    return tuple(reference for _, reference in sorted(found.values(), key=lambda entry: entry[0]))


def _is_outcome(dataset: Dataset, item: CatalogField) -> bool:
    """Whether a field is computed from an amount of its row (discounted or not): a result, and no place."""
    columns = {column.name for column in sqlglot.parse_one(item.expression, dialect="duckdb").find_all(exp.Column)}
    read = [dataset.field_by_name.get(name) for name in columns - {item.name}]
    return any(other is not None and (other.role is FieldRole.MEASURE or other.unit is not None) for other in read)


def _filtered(view: CatalogView, name: str) -> frozenset[str]:
    """dataset.field of what a metric's own filter, or that of its parts, is about."""
    metric = view.whole.metric_by_name[name]
    parts = [item.metric for item in metric.inputs] if isinstance(metric, DerivedMetric) else []
    found = frozenset(field for part in parts for field in _filtered(view, part))
    if metric.filter is None:
        return found
    columns = sqlglot.parse_one(metric.filter, dialect="duckdb").find_all(exp.Column)
    return found | {f"{column.table}.{column.name}" for column in columns if column.table}


def _bases(view: CatalogView, name: str) -> frozenset[str]:
    metric = view.whole.metric_by_name[name]
    if isinstance(metric, AggregateMetric):
        return frozenset({metric.dataset})
    if isinstance(metric, DerivedMetric):
        return frozenset(base for item in metric.inputs for base in _bases(view, item.metric))
    return frozenset()


def _amount(view: CatalogView, metric: DerivedMetric, tree: exp.Expr) -> Amount | None:
    """A linear formula over inputs of a metric, each of which is a sum."""
    if not _is_linear(tree):
        return None
    inputs = {item.name: item for item in metric.inputs}
    uses = []
    for name in dict.fromkeys(column.name for column in tree.find_all(exp.Column)):
        item = inputs[name]
        if item.offset or item.offset_to_grain or not is_sum(view, item.metric):
            return None
        where: Condition | None = None
        if item.filter is not None:
            where = simple_condition(item.filter)
            if where is None:
                return None
        uses.append(MetricUse(metric=item.metric, alias=name if name != item.metric else None, where=where))
    return Amount(tuple(uses), tree) if uses else None


def _is_linear(tree: exp.Expr) -> bool:
    """Additions and subtractions of metrics, and products with at most one of them."""
    for node in tree.walk():
        if not isinstance(node, _LINEAR):
            return False
        if isinstance(node, exp.Mul) and node.this.find(exp.Column) and node.expression.find(exp.Column):
            return False
        if isinstance(node, exp.Add | exp.Sub) and not (
            node.this.find(exp.Column) and node.expression.find(exp.Column)
        ):
            return False  # a constant that is added is no part of any segment
    return tree.find(exp.Column) is not None


def _unwrapped(tree: exp.Expr) -> exp.Expr:
    while isinstance(tree, exp.Paren):
        tree = tree.this
    return tree


def simple_condition(filter_sql: str) -> FieldCondition | None:
    """A catalog's filter as a condition, where it compares one field with constants; None for anything else."""
    tree = _unwrapped(sqlglot.parse_one(filter_sql, dialect="duckdb"))
    column = tree.this if isinstance(tree, exp.In | exp.EQ | exp.NEQ) else None
    if not isinstance(column, exp.Column) or not column.table:
        return None
    if isinstance(tree, exp.In):
        literals, operator = list(tree.expressions), "in"
    else:
        literals, operator = [tree.expression], "eq" if isinstance(tree, exp.EQ) else "ne"
    if not literals or not all(isinstance(item, exp.Literal) and item.is_string for item in literals):
        return None
    return FieldCondition.model_validate(
        {"field": f"{column.table}.{column.name}", "operator": operator, "values": [item.name for item in literals]}
    )
