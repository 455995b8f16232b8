"""A relationship joins fields of equal number and kind to a key of the dataset it points at, or rows would multiply."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.authoring_kinds import hint
from catalog.errors import CatalogIssue
from catalog.models import Catalog, CatalogField, Dataset, FieldType, Relationship
from catalog.rules.findings import a_type, error, unknown, warning

RULE = "relationships_are_keyed"
_NUMERIC = frozenset({FieldType.INTEGER, FieldType.NUMBER})
_TIMES = frozenset({FieldType.DATE, FieldType.TIMESTAMP})


def relationships_are_keyed(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for unknown datasets and fields, unequal sides, types that cannot be equal, and a target that is no key."""
    for relationship in catalog.relationships:
        source = catalog.dataset_by_name.get(relationship.from_dataset)
        target = catalog.dataset_by_name.get(relationship.to_dataset)
        for key, dataset, name in (
            ("from", source, relationship.from_dataset),
            ("to", target, relationship.to_dataset),
        ):
            if dataset is None:
                message = f"relationship {relationship.name}: {unknown('dataset', name, list(catalog.dataset_by_name))}"
                yield error(RULE, message, "relationship", relationship.name, key)
        if source is not None and target is not None:
            yield from _sides(relationship, source, target)


def _sides(relationship: Relationship, source: Dataset, target: Dataset) -> Iterator[CatalogIssue]:
    subject = ("relationship", relationship.name)
    found: list[list[CatalogField | None]] = []
    for key, dataset, names in (
        ("from_columns", source, relationship.from_fields),
        ("to_columns", target, relationship.to_fields),
    ):
        found.append([dataset.field_by_name.get(name) for name in names])
        for name in names:
            if name not in dataset.field_by_name:
                near = hint(name, list(dataset.field_by_name))
                yield error(
                    RULE,
                    f"relationship {relationship.name}: {dataset.name} has no field {name!r}; {near}",
                    *subject,
                    key,
                )
    if len(relationship.from_fields) != len(relationship.to_fields):
        message = f"relationship {relationship.name} has {len(relationship.from_fields)} columns on one side, "
        yield error(RULE, f"{message}{len(relationship.to_fields)} on the other", *subject, "from_columns")
        return
    for left, right in zip(*found, strict=True):
        if left is not None and right is not None and not _comparable(left.type, right.type):
            yield warning(
                RULE,
                f"relationship {relationship.name}: {source.name}.{left.name} is {a_type(left.type)}, "
                f"{target.name}.{right.name} {a_type(right.type)}",
                *subject,
                "from_columns",
            )
    keys = {frozenset(key) for key in (target.primary_key, *target.unique_keys) if key}
    joined = frozenset(relationship.to_fields)
    if keys and target.validity is None and not any(key <= joined for key in keys):
        listed = " or ".join(", ".join(key) for key in (target.primary_key, *target.unique_keys) if key)
        message = f"relationship {relationship.name}: {', '.join(relationship.to_fields)} is no key of {target.name} "
        yield error(RULE, f"{message}({listed}), so rows would multiply", *subject, "to_columns")


def _comparable(left: FieldType, right: FieldType) -> bool:
    return left == right or {left, right} <= _NUMERIC or {left, right} <= _TIMES
