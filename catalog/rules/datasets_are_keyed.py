"""Keys, times and display fields of a dataset are fields of it."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.authoring_kinds import hint
from catalog.errors import CatalogIssue
from catalog.models import Catalog, Dataset, FieldType
from catalog.rules.findings import a_type, error, warning

RULE = "datasets_are_keyed"


def datasets_are_keyed(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for names that are no fields of the dataset, and for a time field that holds no time."""
    pointed_at = {item.to_dataset for item in catalog.relationships}
    for dataset in catalog.datasets:
        for key, names in _named(dataset):
            for name in names:
                if name not in dataset.field_by_name:
                    message = (
                        f"{key} of {dataset.name}: it has no field {name!r}; {hint(name, list(dataset.field_by_name))}"
                    )
                    yield error(RULE, message, "dataset", dataset.name, key)
        time = dataset.field_by_name.get(dataset.time_field or "")
        if time is not None and time.type not in (FieldType.DATE, FieldType.TIMESTAMP):
            message = (
                f"the time of {dataset.name} is {time.name}, {a_type(time.type)}; it must be a date or a timestamp"
            )
            yield error(RULE, message, "dataset", dataset.name, "time")
        if not dataset.primary_key and dataset.name in pointed_at:
            message = f"{dataset.name} is pointed at but has no primary_key; say what makes a row unique"
            yield warning(RULE, message, "dataset", dataset.name)


def _named(dataset: Dataset) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "primary_key", dataset.primary_key
    for key in dataset.unique_keys:
        yield "unique_keys", key
    yield "time", (dataset.time_field,) if dataset.time_field else ()
    yield "display", (dataset.display_field,) if dataset.display_field else ()
