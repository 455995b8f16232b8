"""Words for a field's values are of use and give nothing away."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog, CatalogField, FieldType
from catalog.rules.findings import a_type, error, warning

RULE = "field_values_fit"


def field_values_fit(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for personal values that would be indexed; warnings for groups without values and fields that differ."""
    shared: dict[str, tuple[str, CatalogField]] = {}
    for dataset in catalog.datasets:
        for item in dataset.fields:
            name = f"{dataset.name}.{item.name}"
            subject = ("field", name, "values")
            if item.personal_data and (item.values.sample or item.values.synonyms):
                yield error(RULE, f"{name} is personal; its values may not be sampled or named", *subject)
            for group, members in item.values.groups.items():
                if not members:
                    yield warning(RULE, f"group {group!r} of {name} has no values", *subject)
            for pattern in item.values.said_as:
                if "{value}" not in pattern:
                    yield error(RULE, f"{pattern!r} of {name} holds no {{value}}", *subject, "said_as")
            if item.values.order:
                odd = [
                    group
                    for members in item.values.groups.values()
                    for group in members
                    if group not in item.values.order
                ]
                if odd:
                    yield warning(RULE, f"{name}: {', '.join(odd)} stands in a group, but not in the order", *subject)
            if item.shared_dimension:
                other_name, other = shared.setdefault(item.shared_dimension, (name, item))
                if other.type != item.type and {other.type, item.type} != {FieldType.DATE, FieldType.TIMESTAMP}:
                    yield error(
                        RULE,
                        f"{name} is {a_type(item.type)}, but {other_name}, the same {item.shared_dimension}, {a_type(other.type)}",
                        "field",
                        name,
                        "same_as",
                    )
