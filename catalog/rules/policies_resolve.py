"""Roles name what exists, their row filters can be applied, and no row slips past a filter through what points at it."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.access import UNIT_PREFIX
from catalog.errors import CatalogIssue
from catalog.models import Catalog, FieldRule, Role
from catalog.relationship_graph import reached_from
from catalog.rules.findings import datasets_in, error, unknown, unknown_field, unknown_names, warning

RULE = "policies_resolve"


def policies_resolve(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for names that do not exist and filters that cannot be applied; warnings for open back doors."""
    for role in catalog.roles:
        for key, message in _faults(catalog, role):
            yield error(RULE, f"role {role.name}: {message}", "role", role.name, key)
        for key, message in _doubts(catalog, role):
            yield warning(RULE, f"role {role.name}: {message}", "role", role.name, key)


def _faults(catalog: Catalog, role: Role) -> Iterator[tuple[str, str]]:
    for key, what, names, known in (
        ("datasets", "dataset", role.datasets, catalog.dataset_by_name),
        ("denied_datasets", "dataset", role.denied_datasets, catalog.dataset_by_name),
        ("metrics", "metric", role.metrics, catalog.metric_by_name),
        ("denied_metrics", "metric", role.denied_metrics, catalog.metric_by_name),
    ):
        for name in names:
            if name != "*" and name not in known:
                yield key, unknown(what, name, list(known))
    for row_filter in role.row_filters:
        if row_filter.dataset not in catalog.dataset_by_name:
            yield "row_filters", unknown("dataset", row_filter.dataset, list(catalog.dataset_by_name))
            continue
        for message in unknown_names(catalog, row_filter.expression, allowed=("user",)):
            yield "row_filters", f"the filter of {row_filter.dataset}: {message}"
        reached = reached_from(row_filter.dataset, catalog.relationships)
        for dataset in datasets_in(row_filter.expression):
            if dataset != "user" and dataset in catalog.dataset_by_name and dataset not in reached:
                yield (
                    "row_filters",
                    f"the filter of {row_filter.dataset} reads {dataset}, which its rows do not point at",
                )
    for rule in role.field_rules:
        yield from (("field_rules", message) for message in _field_rule_faults(catalog, rule))
    yield from (("reveal", message) for message in _selector_faults(catalog, role.reveal))


def _field_rule_faults(catalog: Catalog, rule: FieldRule) -> Iterator[str]:
    yield from _selector_faults(catalog, rule.fields)
    if (rule.access == "mask") != (rule.mask is not None):
        yield "mask (null, constant, initial, token or year) goes with access: mask, and that needs it"
    if rule.minimum_group_size is not None and rule.minimum_group_size < 1:
        yield "minimum_group_size must be 1 or more"


def _selector_faults(catalog: Catalog, fields: tuple[str, ...]) -> Iterator[str]:
    for reference in fields:
        dataset, _, name = reference.partition(".")
        if reference == "personal":
            continue
        if reference.startswith(UNIT_PREFIX):
            units = {item.unit for dataset in catalog.datasets for item in dataset.fields if item.unit}
            if reference.removeprefix(UNIT_PREFIX) not in units:
                yield unknown("unit of a field", reference.removeprefix(UNIT_PREFIX), sorted(units))
            continue
        if name == "*":
            if dataset not in catalog.dataset_by_name:
                yield unknown("dataset", dataset, list(catalog.dataset_by_name))
        elif message := unknown_field(catalog, reference):
            yield f"{message} (or write personal, dataset.*, or unit:EUR)"


def _doubts(catalog: Catalog, role: Role) -> Iterator[tuple[str, str]]:
    if not role.datasets or not role.metrics:
        empty = " and ".join(key for key in ("datasets", "metrics") if not getattr(role, key))
        yield "name", f"it may use no {empty}; write '*' for all"
    filtered = {item.dataset for item in role.row_filters}
    for dataset in catalog.datasets:
        granted = dataset.name not in role.denied_datasets and ("*" in role.datasets or dataset.name in role.datasets)
        if not granted or dataset.name in filtered:
            continue
        open_to = sorted(filtered & set(reached_from(dataset.name, catalog.relationships)))
        if open_to:
            yield (
                "row_filters",
                f"{dataset.name} points at {', '.join(open_to)}, whose rows are filtered, but is not itself",
            )
