"""A ratio of what a role sees in full and what it sees in part (all ad spend over one region's customers) is a wrong figure."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import AggregateMetric, Catalog, Metric, Role, StateMetric
from catalog.rules.findings import warning
from catalog.rules.metrics_are_acyclic import metrics_used

RULE = "filtered_ratios_are_denied"


def filtered_ratios_are_denied(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Warnings for metrics a role with row filters may use whose parts rest on filtered and on unfiltered datasets."""
    for role in catalog.roles:
        filtered = {item.dataset for item in role.row_filters}
        if not filtered:
            continue
        for metric in catalog.metrics:
            bases = _bases(catalog, metric)
            if not metric.hidden and _granted(role, metric.name) and bases & filtered and bases - filtered:
                message = (
                    f"role {role.name}: {metric.name} combines {', '.join(sorted(bases & filtered))}, of which it sees some "
                    f"rows, with {', '.join(sorted(bases - filtered))}, of which it sees all; deny it (denied_metrics)"
                )
                yield warning(RULE, message, "role", role.name, "denied_metrics")


def _granted(role: Role, name: str) -> bool:
    return name not in role.denied_metrics and ("*" in role.metrics or name in role.metrics)


def _bases(catalog: Catalog, metric: Metric) -> set[str]:
    found: set[str] = set()
    seen: set[str] = set()
    pending = [metric.name]
    while pending:
        name = pending.pop()
        current = catalog.metric_by_name.get(name)
        if current is None or name in seen:
            continue
        seen.add(name)
        if isinstance(current, AggregateMetric):
            found.add(current.dataset)
        elif isinstance(current, StateMetric):
            found.add(current.entity.partition(".")[0])
            if current.base_dataset is not None:
                found.add(current.base_dataset)
        pending.extend(metrics_used(current))
    return found
