"""No metric is computed from itself."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog, ConversionMetric, CumulativeMetric, DerivedMetric, Metric, PerEntityMetric
from catalog.rules.cycles import cycles
from catalog.rules.findings import error

RULE = "metrics_are_acyclic"


def metrics_used(metric: Metric) -> tuple[str, ...]:
    """The metrics that a metric is directly computed from."""
    if isinstance(metric, DerivedMetric):
        return tuple(item.metric for item in metric.inputs)
    if isinstance(metric, CumulativeMetric):
        return (metric.metric,)
    if isinstance(metric, ConversionMetric):
        return (metric.base_metric, metric.conversion_metric)
    if isinstance(metric, PerEntityMetric):
        return metric.metrics
    return ()


def metrics_are_acyclic(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors that print the circle."""
    for cycle in cycles({metric.name: metrics_used(metric) for metric in catalog.metrics}):
        key = "formula" if isinstance(catalog.metric_by_name[cycle[0]], DerivedMetric) else "name"
        yield error(RULE, f"metrics are computed from each other: {' -> '.join(cycle)}", "metric", cycle[0], key)
