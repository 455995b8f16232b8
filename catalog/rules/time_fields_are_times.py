"""The time of a metric is a date or timestamp; one without a time cannot be asked for a period."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import AggregateMetric, Catalog, FieldType
from catalog.relationship_graph import reached_from
from catalog.rules.findings import a_type, error, unknown_field, warning

RULE = "time_fields_are_times"
_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)


def time_fields_are_times(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for times that do not exist or are none; warnings for metrics without one whose rows point at some."""
    for metric in catalog.metrics:
        if metric.time_field is not None:
            message = unknown_field(catalog, metric.time_field)
            if message is None and catalog.field(metric.time_field).type not in _TIMES:
                kind = a_type(catalog.field(metric.time_field).type)
                message = f"{metric.time_field} is {kind}; a time is a date or a timestamp"
            if message is not None:
                yield error(RULE, f"metric {metric.name}, time: {message}", "metric", metric.name, "time")
        elif isinstance(metric, AggregateMetric) and not metric.is_state:
            yield from _without_time(catalog, metric)


def _without_time(catalog: Catalog, metric: AggregateMetric) -> Iterator[CatalogIssue]:
    dataset = catalog.dataset_by_name.get(metric.dataset)
    if dataset is None or dataset.time_field is not None:
        return
    near = [
        f"{name}.{catalog.dataset_by_name[name].time_field}"
        for name in reached_from(metric.dataset, catalog.relationships)
        if name in catalog.dataset_by_name and catalog.dataset_by_name[name].time_field
    ]
    if near:
        message = (
            f"metric {metric.name} has no time, so it cannot be asked for a period; perhaps time: {' or '.join(near)}"
        )
        yield warning(RULE, message, "metric", metric.name)
