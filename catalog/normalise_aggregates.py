"""Metrics over rows, from SQL with aggregates: one aggregate is a metric, several are hidden parts of a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from catalog.authoring import MetricForm
from catalog.authoring_kinds import hint
from catalog.expressions import (
    ExpressionError,
    aggregates,
    column_names,
    holds_aggregate,
    is_star,
    parse_expression,
    qualify,
    render,
)
from catalog.metric_common import MetricFault, common_of
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Dataset,
    DerivedMetric,
    Metric,
    MetricInput,
    Relationship,
    SemiAdditive,
)
from catalog.normalise_fields import words_from
from catalog.readable import label_of
from catalog.relationship_graph import base_dataset, reached_from
from catalog.split_aggregates import Aggregate, read_aggregate

_COUNTS = frozenset({Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM_BOOLEAN})
_AGGREGATE_NAMES = ("SUM", "COUNT", "COUNT(DISTINCT ...)", "AVG", "MIN", "MAX", "MEDIAN", "QUANTILE_CONT", "COUNT_IF")


@dataclass
class AggregateNormaliser:
    """Turns expressions into metrics over known datasets. `times` is the dataset.field each dataset's metrics use."""

    datasets: Sequence[Dataset]
    relationships: Sequence[Relationship]
    times: Mapping[str, str]
    metric_names: Sequence[str] = ()

    def __post_init__(self) -> None:
        self.by_name = {dataset.name: dataset for dataset in self.datasets}

    def normalise(self, form: MetricForm) -> tuple[Metric, ...]:
        """The metric last, before it the hidden ones it is made of; MetricFault or ExpressionError where it is at fault."""
        assert form.expression is not None
        if form.aggregation is not None:
            return (self._declared_aggregate(form, form.aggregation),)
        tree = parse_expression(form.expression)
        while isinstance(tree, exp.Paren):
            tree = tree.this
        found = aggregates(tree)
        if not found:
            raise MetricFault(self._no_aggregate(tree), "expression")
        if len(found) == 1 and found[0] is tree:
            return (self._aggregate(form, read_aggregate(tree), common_of(form)),)
        return self._several_aggregates(form, tree, found)

    def _no_aggregate(self, tree: exp.Expr) -> str:
        call = tree.find(exp.Anonymous)
        if call is not None:
            return f"{call.name} is no function Plumbline knows; aggregates are {', '.join(_AGGREGATE_NAMES)}"
        if any(not dataset and name in self.metric_names for dataset, name in column_names(tree)):
            return "it has no aggregate; to compute with other metrics write it as formula"
        return f"it has no aggregate; wrap it in one of {', '.join(_AGGREGATE_NAMES)}, or set aggregation"

    def _declared_aggregate(self, form: MetricForm, aggregation: Aggregation) -> AggregateMetric:
        assert form.expression is not None
        text = form.expression.strip()
        tree: exp.Expr = exp.Star() if text == "*" else parse_expression(text)
        if holds_aggregate(tree):
            raise MetricFault("with aggregation, the expression is a row's value without an aggregate", "expression")
        if is_star(tree) and aggregation is not Aggregation.COUNT:
            raise MetricFault("* goes with count only", "expression")
        read = Aggregate(aggregation, tree, None, form.percentile, form.percentile_discrete)
        return self._aggregate(form, read, common_of(form))

    def _several_aggregates(self, form: MetricForm, tree: exp.Expr, found: Sequence[exp.Expr]) -> tuple[Metric, ...]:
        if form.semi_additive is not None:
            raise MetricFault(
                "semi_additive goes with a single aggregate; give each part a metric and combine by formula",
                "semi_additive",
            )
        formula = tree.copy()
        names: dict[str, str] = {}
        parts: list[Metric] = []
        for node in aggregates(formula):
            text = render(node)
            if text not in names:
                read = read_aggregate(node)
                names[text] = f"{form.name}__{read.aggregation.value}_{len(names) + 1}"
                common = common_of(
                    form, name=names[text], label=f"{form.label or label_of(form.name)}, part {len(names)}"
                )
                common |= {
                    "hidden": True,
                    "target": None,
                    "unit": None,
                    "not_by": {},
                    "caveat": None,
                    "description": "",
                }
                common |= {"words": words_from(MetricForm(name=form.name)), "format": None, "direction": None}
                parts.append(self._aggregate(form, read, common))
            replacement = exp.column(names[text])
            node.replace(replacement)
        outside = [
            f"{table}.{name}" if table else name for table, name in column_names(formula) if name not in names.values()
        ]
        if outside:
            raise MetricFault(f"{', '.join(outside)} stands outside any aggregate", "expression")
        inputs = tuple(MetricInput(name=name, metric=name) for name in names.values())
        common = common_of(form, filter=None, time_field=None)
        common["is_state"] = form.is_state if form.is_state is not None else all(part.is_state for part in parts)
        return (
            *parts,
            DerivedMetric(**common, formula=render(formula), inputs=inputs, missing_terms=form.missing_terms),
        )

    def _aggregate(self, form: MetricForm, read: Aggregate, common: dict[str, Any]) -> AggregateMetric:
        row = read.row if form.dataset is None or is_star(read.row) else qualify(read.row, form.dataset)
        conditions = [read.condition] if read.condition is not None else []
        if form.filter:
            try:
                conditions.append(parse_expression(form.filter))
            except ExpressionError as error:
                raise MetricFault(f"its filter: {error}", "filter") from error
        if form.dataset is not None:
            conditions = [qualify(condition, form.dataset) for condition in conditions]
        named = [pair for tree in (row, *conditions) for pair in column_names(tree)]
        self._check_names(named)
        base = self._base(form, [dataset for dataset, _ in named])
        condition = None
        if len(conditions) == 1:
            condition = (
                form.filter if form.filter and form.dataset is None and not read.condition else render(conditions[0])
            )
        elif conditions:
            condition = render(exp.and_(*conditions, copy=True))
        semi = form.semi_additive
        semi_additive = SemiAdditive(over=semi.over, take=semi.take, by=semi.by) if semi else None
        unit = common["unit"] or ("count" if read.aggregation in _COUNTS else self._unit_of(row))
        time = form.time
        if time is not None and "." not in time:
            time = f"{base}.{time}"
        state = form.is_state if form.is_state is not None else semi_additive is not None
        return AggregateMetric(
            **common
            | {"unit": unit, "filter": condition, "is_state": state, "time_field": time or self.times.get(base)},
            dataset=base,
            aggregation=read.aggregation,
            expression="*" if is_star(row) else render(row),
            percentile=read.percentile,
            percentile_discrete=read.percentile_discrete,
            percentile_approximate=form.percentile_approximate,
            semi_additive=semi_additive,
        )

    def _unit_of(self, row: exp.Expr) -> str | None:
        if isinstance(row, exp.Column) and row.table in self.by_name:
            field_of = self.by_name[row.table].field_by_name.get(row.name)
            return field_of.unit if field_of else None
        return None

    def _check_names(self, named: Sequence[tuple[str, str]]) -> None:
        for dataset, name in named:
            if not dataset:
                owners = [item.name for item in self.datasets if name in item.field_by_name]
                where = (
                    f"{' and '.join(owners)} ha{'s' if len(owners) == 1 else 've'} one"
                    if owners
                    else "no dataset has such a field"
                )
                raise MetricFault(f"{name} needs its dataset (dataset.field, or set dataset); {where}", "expression")
            if dataset not in self.by_name:
                raise MetricFault(
                    f"no dataset is called {dataset!r}; {hint(dataset, list(self.by_name))}", "expression"
                )
            fields = self.by_name[dataset].field_by_name
            if name not in fields:
                raise MetricFault(f"{dataset} has no field {name!r}; {hint(name, list(fields))}", "expression")

    def _base(self, form: MetricForm, used: Sequence[str]) -> str:
        if form.dataset is not None:
            if form.dataset not in self.by_name:
                raise MetricFault(
                    f"no dataset is called {form.dataset!r}; {hint(form.dataset, list(self.by_name))}", "dataset"
                )
            beyond = sorted(set(used) - set(reached_from(form.dataset, self.relationships)))
            if beyond:
                raise MetricFault(
                    f"a row of {form.dataset} does not point at one row of {' or '.join(beyond)}, so their values would be "
                    "counted more than once; use the other as its dataset, or a formula of two metrics",
                    "expression",
                )
            return form.dataset
        if not used:
            raise MetricFault("it names no field, so say whose rows it is about (dataset: ...)", "expression")
        base = base_dataset(used, self.relationships)
        if base is None:
            names = " and ".join(dict.fromkeys(used))
            raise MetricFault(
                f"none of {names} points at all the others, so values would be counted more than once; declare the "
                "relationship, or make a metric of each and combine them by formula",
                "expression",
            )
        return base
