"""From the authoring form of a metric to a metric: its kind, its aggregates, its base dataset and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from catalog.authoring import MetricForm, TargetForm
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
from catalog.models import (
    AggregateMetric,
    Aggregation,
    ConstantProperty,
    ConversionMetric,
    CumulativeMetric,
    Dataset,
    DerivedMetric,
    Direction,
    Metric,
    MetricInput,
    PerEntityMetric,
    Relationship,
    SemiAdditive,
    StateMetric,
    Target,
)
from catalog.normalise import Report, words_from
from catalog.readable import label_of
from catalog.relationship_graph import base_dataset, reached_from
from catalog.single_values import as_single_value
from catalog.split_aggregates import Aggregate, read_aggregate

_COUNTS = frozenset({Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM_BOOLEAN})
_COMPARISONS = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}


class MetricFault(Exception):
    """A metric that cannot be made; `key` is the key at fault."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass
class MetricNormaliser:
    """Turns metric forms into metrics over known datasets. `times` is the dataset.field each dataset's metrics use."""

    datasets: Sequence[Dataset]
    relationships: Sequence[Relationship]
    times: Mapping[str, str]
    report: Report
    metric_names: Sequence[str] = ()
    failed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.by_name = {dataset.name: dataset for dataset in self.datasets}

    def normalise(self, form: MetricForm) -> tuple[Metric, ...]:
        """The metric and the hidden ones it is made of; a stand-in (its name in `failed`) where it is at fault."""
        try:
            return self._normalise(form)
        except (MetricFault, ExpressionError) as fault:
            key = fault.key if isinstance(fault, MetricFault) else "expression"
            self.report.error("metrics", f"metric {form.name}: {fault}", "metric", form.name, key)
            self.failed.add(form.name)
            dataset = self.datasets[0].name if self.datasets else ""
            return (
                AggregateMetric(
                    name=form.name,
                    label=form.name,
                    hidden=form.hidden,
                    dataset=dataset,
                    aggregation=Aggregation.COUNT,
                    expression="*",
                ),
            )

    def _normalise(self, form: MetricForm) -> tuple[Metric, ...]:
        makers = {
            "expression": ("aggregate", self._from_expression),
            "formula": ("derived", self._from_formula),
            "numerator": ("derived", self._from_ratio),
            "cumulative": ("cumulative", self._cumulative),
            "conversion": ("conversion", self._conversion),
            "per_entity": ("per_entity", self._per_entity),
            "state": ("state", self._state),
        }
        given = [key for key in makers if getattr(form, key) is not None]
        if len(given) != 1:
            said = f"it has {' and '.join(given)}" if given else "it says not how it is computed"
            raise MetricFault(
                f"{said}; give one of {', '.join(makers)} (with denominator)", given[0] if given else "name"
            )
        if form.denominator is not None and given != ["numerator"]:
            raise MetricFault("denominator goes with numerator", "denominator")
        kind, make = makers[given[0]]
        made = make(form)
        kinds = {kind, made[-1].kind}
        if form.kind is not None and form.kind not in kinds:
            raise MetricFault(f"its kind is {made[-1].kind}, not {form.kind}", "kind")
        return made

    # -- what all kinds share --

    def _common(self, form: MetricForm, **changes: Any) -> dict[str, Any]:
        return {
            "name": form.name,
            "label": form.label or label_of(form.name),
            "description": form.description,
            "words": words_from(form),
            "unit": form.unit,
            "format": form.format,
            "direction": form.direction,
            "target": self._target(form),
            "owner": form.owner,
            "time_field": form.time,
            "default_period": form.default_period,
            "is_state": bool(form.is_state),
            "filter": form.filter,
            "not_by": {name: why or "it does not apply" for name, why in form.not_by.items()},
            "caveat": form.caveat,
            "hidden": form.hidden,
            "fill_nulls_with": form.fill_nulls_with,
            "missing": form.missing,
            "fill_time_spine": form.fill_time_spine,
        } | changes

    def _target(self, form: MetricForm) -> Target | None:
        if form.target is None:
            return None
        key, text = _one_of_target(form.target)
        comparison = _COMPARISONS.get(key, "<=" if form.direction is Direction.DOWN else ">=")
        try:
            expression = as_single_value(text)
        except ExpressionError as error:
            raise MetricFault(f"its target: {error}", "target") from error
        return Target(
            expression=expression,
            comparison=comparison,
            per=form.target.per,
            where=form.target.where,
            label=form.target.label,
            owner=form.target.owner,
        )

    # -- aggregates --

    def _from_expression(self, form: MetricForm) -> tuple[Metric, ...]:
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
            return (self._aggregate(form, read_aggregate(tree), self._common(form)),)
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
        return self._aggregate(form, read, self._common(form))

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
                common = self._common(
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
        common = self._common(form, filter=None, time_field=None)
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

    # -- the other kinds --

    def _from_ratio(self, form: MetricForm) -> tuple[Metric, ...]:
        if form.denominator is None or form.numerator is None:
            raise MetricFault("numerator needs a denominator", "numerator")
        trees = [self._part(form.numerator, "numerator"), self._part(form.denominator, "denominator")]
        text = " / ".join(f"({render(tree)})" if isinstance(tree, exp.Binary) else render(tree) for tree in trees)
        if any(holds_aggregate(tree) for tree in trees):
            return self._from_expression(
                form.model_copy(update={"expression": text, "numerator": None, "denominator": None})
            )
        return self._from_formula(form.model_copy(update={"formula": text, "numerator": None, "denominator": None}))

    def _part(self, text: str, key: str) -> exp.Expr:
        try:
            return parse_expression(text)
        except ExpressionError as error:
            raise MetricFault(f"its {key}: {error}", key) from error

    def _from_formula(self, form: MetricForm) -> tuple[Metric, ...]:
        assert form.formula is not None
        tree = self._part(form.formula, "formula")
        if holds_aggregate(tree):
            raise MetricFault(
                "a formula computes with metrics; aggregates of fields are written as expression", "formula"
            )
        declared = {item.name: item for item in form.inputs}
        inputs = []
        for dataset, name in column_names(tree):
            if dataset:
                raise MetricFault(f"a formula reads metrics, not the field {dataset}.{name}", "formula")
            given = declared.pop(name, None)
            metric = (given.metric if given else None) or name
            if metric not in self.metric_names:
                raise MetricFault(f"no metric is called {metric!r}; {hint(metric, list(self.metric_names))}", "formula")
            if given is None:
                inputs.append(MetricInput(name=name, metric=metric))
            else:
                inputs.append(
                    MetricInput(
                        name=name,
                        metric=metric,
                        filter=given.filter,
                        offset=given.offset,
                        offset_to_grain=given.offset_to_grain,
                    )
                )
        if declared:
            raise MetricFault(f"the formula does not use the input {', '.join(declared)}", "inputs")
        if not inputs:
            raise MetricFault("a formula names at least one metric", "formula")
        return (
            DerivedMetric(
                **self._common(form),
                formula=form.formula,
                inputs=tuple(inputs),
                missing_terms=form.missing_terms,
                only_where_all_have_data=form.only_where_all_have_data,
            ),
        )

    def _cumulative(self, form: MetricForm) -> tuple[Metric, ...]:
        block = form.cumulative
        assert block is not None
        if block.window is not None and block.to_date is not None:
            raise MetricFault("a cumulative metric has a window or to_date, not both", "cumulative")
        whole = block.window is None and block.to_date is None
        common = self._common(form, is_state=whole if form.is_state is None else form.is_state)
        return (
            CumulativeMetric(
                **common,
                metric=block.metric,
                window=block.window,
                to_date=block.to_date,
                period_aggregation=block.period_aggregation,
            ),
        )

    def _conversion(self, form: MetricForm) -> tuple[Metric, ...]:
        block = form.conversion
        assert block is not None
        base_entity, conversion_entity = block.base_entity or block.entity, block.conversion_entity or block.entity
        if base_entity is None or conversion_entity is None:
            raise MetricFault("a conversion needs entity, or base_entity and conversion_entity", "conversion")
        properties = tuple(
            ConstantProperty(base_field=item.base_field, conversion_field=item.conversion_field)
            for item in block.constant_properties
        )
        return (
            ConversionMetric(
                **self._common(form),
                base_metric=block.base,
                conversion_metric=block.conversion,
                base_entity=base_entity,
                conversion_entity=conversion_entity,
                window=block.window,
                calculation=block.calculation,
                constant_properties=properties,
            ),
        )

    def _per_entity(self, form: MetricForm) -> tuple[Metric, ...]:
        block = form.per_entity
        assert block is not None
        tree = self._part(block.expression, "per_entity")
        if not holds_aggregate(tree):
            raise MetricFault(
                "its expression aggregates over the entities: AVG(CASE WHEN order_count > 1 THEN 1 ELSE 0 END)",
                "per_entity",
            )
        named = tuple(name for _, name in column_names(tree))
        return (
            PerEntityMetric(
                **self._common(form),
                entity=block.entity,
                metrics=block.metrics or named,
                expression=block.expression,
            ),
        )

    def _state(self, form: MetricForm) -> tuple[Metric, ...]:
        block = form.state
        assert block is not None
        if (block.base_window is None) == (block.base_dataset is None):
            raise MetricFault(
                "a state has a base: base_window (those with an event in it) or base_dataset (its rows)", "state"
            )
        common = self._common(form, is_state=True if form.is_state is None else form.is_state)
        return (
            StateMetric(
                **common,
                entity=block.entity,
                base_dataset=block.base_dataset,
                base_time_field=block.base_time,
                base_window=block.base_window,
                recent_window=block.recent_window,
                counted=block.counted,
                calculation=block.calculation,
            ),
        )


_AGGREGATE_NAMES = ("SUM", "COUNT", "COUNT(DISTINCT ...)", "AVG", "MIN", "MAX", "MEDIAN", "QUANTILE_CONT", "COUNT_IF")


def _one_of_target(target: TargetForm) -> tuple[str, str]:
    keys = ("value", "expression", *_COMPARISONS)
    given = [(key, text) for key in keys if (text := getattr(target, key)) is not None]
    if len(given) != 1:
        raise MetricFault(f"a target has one of {', '.join(keys)}", "target")
    return given[0]
