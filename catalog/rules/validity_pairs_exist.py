"""A slowly changing dataset says from and to when a row holds, both as times."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.authoring_kinds import hint
from catalog.errors import CatalogIssue
from catalog.models import Catalog, FieldType
from catalog.rules.findings import a_type, error

RULE = "validity_pairs_exist"


def validity_pairs_exist(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for validity fields that do not exist or hold no time, and for one field given as both."""
    for dataset in catalog.datasets:
        if dataset.validity is None:
            continue
        pair = (dataset.validity.valid_from, dataset.validity.valid_to)
        if pair[0] == pair[1]:
            yield error(
                RULE, f"{dataset.name} is valid from and to the same field", "dataset", dataset.name, "validity"
            )
        for name in pair:
            item = dataset.field_by_name.get(name)
            if item is None:
                message = f"{dataset.name} has no field {name!r}; {hint(name, list(dataset.field_by_name))}"
                yield error(RULE, message, "dataset", dataset.name, "validity")
            elif item.type not in (FieldType.DATE, FieldType.TIMESTAMP):
                message = f"{dataset.name}.{name} is {a_type(item.type)}; validity needs a date or a timestamp"
                yield error(RULE, message, "dataset", dataset.name, "validity")
