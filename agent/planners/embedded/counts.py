"""The metrics that count things."""

from __future__ import annotations

from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, CumulativeMetric, Dataset, Metric
from semantic_context.words import phrase_key


def count_metrics(view: CatalogView, dataset_name: str) -> tuple[str, ...]:
    """The metrics that count a dataset's rows, the plainest first."""
    dataset = view.datasets.get(dataset_name)
    if dataset is None:
        return ()
    found = []
    for metric in view.metrics.values():
        if not _counts(view, metric, dataset):
            continue
        about = set(phrase_key(metric.label)) | set(phrase_key(metric.name))
        named = bool(set(phrase_key(dataset.singular)) & about)
        extra = len(about - set(phrase_key(dataset.singular)) - {"count", "number", "total"})
        found.append((not named, extra, metric.name))
    return tuple(name for *_, name in sorted(found))


def _counts(view: CatalogView, metric: Metric, dataset: Dataset) -> bool:
    """Whether a metric is the number of a dataset's rows, in a period or ever since."""
    if isinstance(metric, CumulativeMetric) and metric.window is None and metric.to_date is None:
        inner = view.whole.metric_by_name.get(metric.metric)
        return inner is not None and _counts(view, inner, dataset)
    if not isinstance(metric, AggregateMetric) or metric.dataset != dataset.name:
        return False
    keys = {f"{dataset.name}.{name}" for name in dataset.primary_key}
    counts_rows = metric.aggregation is Aggregation.COUNT and metric.expression in {"*", "1", *keys}
    return counts_rows or (metric.aggregation is Aggregation.COUNT_DISTINCT and metric.expression in keys)
