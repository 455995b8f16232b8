"""How a metric's value over a stretch comes from its periods: by a sum, by a formula over sums, as the last, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from agent.tools.analysis.additivity import adds_up_over_time
from agent.tools.analysis.forecast.smoothing import FloatArray
from agent.tools.analysis.scenario.formula_compile import DriverFormulaError, compile_formulas, names_in
from catalog.access import CatalogView
from catalog.durations import TimeGrain
from catalog.models import AggregateMetric, CumulativeMetric, DerivedMetric, Metric
from catalog.query import MetricUse, SqlCondition

Composition = Literal["sum", "formula", "last", "apart"]
_OF_MONTHS = (TimeGrain.QUARTER, TimeGrain.YEAR)


@dataclass(frozen=True)
class MetricParts:
    """The series to forecast and how they make the metric.

    sum: a stretch's value is the sum over its periods. formula: the metric's own formula over its parts' sums (a ratio).
    last: the value of the stretch's last period (a level). apart: neither; each stretch is a period of its own.
    """

    metric: str
    composition: Composition
    uses: tuple[MetricUse, ...]
    formula: Callable[[dict[str, FloatArray]], FloatArray] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of the series."""
        return tuple(use.name for use in self.uses)

    def value(self, parts: dict[str, FloatArray]) -> FloatArray:
        """The metric from its parts, element by element; NaN where a divisor is zero."""
        if self.formula is None:
            return parts[self.names[0]]
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.asarray(self.formula(parts), dtype=float)
        return np.where(np.isfinite(found), found, np.nan)

    def base_grain(self, grain: TimeGrain) -> TimeGrain:
        """The grain of the series from which periods of `grain` are made."""
        return TimeGrain.MONTH if grain in _OF_MONTHS and self.composition != "apart" else grain


def parts_of(view: CatalogView, name: str) -> MetricParts:
    """How the metric is made, with the series that are to be read."""
    metric = view.whole.metric_by_name[name]
    plain = (MetricUse(metric=name),)
    if adds_up_over_time(view, name):
        return MetricParts(name, "sum", plain)
    if isinstance(metric, DerivedMetric):
        found = _formula_parts(view, metric)
        if found is not None:
            return found
    return MetricParts(name, "last" if _is_level(view, metric) else "apart", plain)


def _formula_parts(view: CatalogView, metric: DerivedMetric) -> MetricParts | None:
    inputs = {item.name: item for item in metric.inputs}
    if metric.only_where_all_have_data and any(view.whole.metric_by_name[i.metric].is_state for i in metric.inputs):
        return None
    for item in metric.inputs:
        seen = item.metric in view.metrics or view.whole.metric_by_name[item.metric].hidden
        if item.offset is not None or item.offset_to_grain is not None or not adds_up_over_time(view, item.metric):
            return None
        if not seen:
            return None
    try:
        names = names_in(metric.formula)
        if not set(names) <= set(inputs):
            return None
        compiled = compile_formulas(("value",), {"value": metric.formula}, names)
    except DriverFormulaError:
        return None
    uses = tuple(
        MetricUse(
            metric=inputs[name].metric,
            alias=f"part_{place}",
            where=SqlCondition(expression=text) if (text := inputs[name].filter) else None,
        )
        for place, name in enumerate(names)
    )
    columns = [use.name for use in uses]
    return MetricParts(metric.name, "formula", uses, lambda parts: compiled(*(parts[column] for column in columns))[0])


def _is_level(view: CatalogView, metric: Metric) -> bool:
    """Whether a stretch's value is the one at its end."""
    if isinstance(metric, AggregateMetric):
        return metric.semi_additive is not None and metric.semi_additive.take == "last"
    if isinstance(metric, CumulativeMetric):
        return metric.to_date is None
    if isinstance(metric, DerivedMetric) and metric.inputs:
        return metric.is_state or all(_is_level(view, view.whole.metric_by_name[i.metric]) for i in metric.inputs)
    return metric.is_state
