"""Which metrics' values add up: over time, over groups."""

from __future__ import annotations

import re

from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, DerivedMetric

_SUMS = (Aggregation.SUM, Aggregation.COUNT, Aggregation.SUM_BOOLEAN)


def adds_up(view: CatalogView, name: str) -> bool:
    """Whether the metric's total over any groups is the sum of theirs."""
    metric = view.whole.metric_by_name[name]
    if isinstance(metric, DerivedMetric):
        return _is_multiple(metric) and adds_up(view, metric.inputs[0].metric)
    return isinstance(metric, AggregateMetric) and metric.semi_additive is None and metric.aggregation in _SUMS


def adds_up_over_time(view: CatalogView, name: str) -> bool:
    """Whether the metric's total over a time is the sum over its days: sums, counts, distinct keys of dated rows, and
    sums and differences of such."""
    metric = view.whole.metric_by_name[name]
    if isinstance(metric, DerivedMetric):
        if _is_multiple(metric):
            return adds_up_over_time(view, metric.inputs[0].metric)
        plain = not set("*/()%") & set(metric.formula) and not any(item.offset for item in metric.inputs)
        return plain and all(adds_up_over_time(view, item.metric) for item in metric.inputs)
    if not isinstance(metric, AggregateMetric) or metric.semi_additive is not None:
        return False
    dataset = view.whole.dataset_by_name[metric.dataset]
    keys = {f"{dataset.name}.{key}" for key in dataset.primary_key} if len(dataset.primary_key) == 1 else set()
    return metric.aggregation in _SUMS or (
        metric.aggregation is Aggregation.COUNT_DISTINCT and metric.expression in keys
    )


def _is_multiple(metric: DerivedMetric) -> bool:
    """Whether a metric is another one in other units: minutes divided by 60."""
    if len(metric.inputs) != 1 or metric.inputs[0].offset or metric.inputs[0].filter:
        return False
    return (
        re.fullmatch(rf"{re.escape(metric.inputs[0].name)}\s*[*/]\s*\d+(?:\.\d+)?", metric.formula.strip()) is not None
    )
