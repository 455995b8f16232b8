"""From the authoring form of a metric to a metric, of whichever kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from catalog.authoring import MetricForm
from catalog.authoring_kinds import hint
from catalog.expressions import ExpressionError, column_names, holds_aggregate, parse_expression, render
from catalog.metric_common import MetricFault, common_of
from catalog.models import (
    AggregateMetric,
    Aggregation,
    ConstantProperty,
    ConversionMetric,
    CumulativeMetric,
    Dataset,
    DerivedMetric,
    Metric,
    MetricInput,
    PerEntityMetric,
    Relationship,
    StateMetric,
)
from catalog.normalise import Report
from catalog.normalise_aggregates import AggregateNormaliser


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
        self.aggregates = AggregateNormaliser(self.datasets, self.relationships, self.times, self.metric_names)

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
            "expression": ("aggregate", self.aggregates.normalise),
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

    def _from_ratio(self, form: MetricForm) -> tuple[Metric, ...]:
        if form.denominator is None or form.numerator is None:
            raise MetricFault("numerator needs a denominator", "numerator")
        trees = [self._part(form.numerator, "numerator"), self._part(form.denominator, "denominator")]
        text = " / ".join(f"({render(tree)})" if isinstance(tree, exp.Binary) else render(tree) for tree in trees)
        if any(holds_aggregate(tree) for tree in trees):
            return self.aggregates.normalise(
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
                **common_of(form),
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
        common = common_of(form, is_state=whole if form.is_state is None else form.is_state)
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
                **common_of(form),
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
                **common_of(form),
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
        common = common_of(form, is_state=True if form.is_state is None else form.is_state)
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
