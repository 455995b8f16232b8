"""What a catalog's things are, in plain words, as one principal may see them: for `catalog show` and definitions in chat."""

from __future__ import annotations

from catalog.access import CatalogView, Principal
from catalog.authoring_kinds import nearest
from catalog.describe_metric import Definition, describe_metric
from catalog.errors import UnknownNameError
from catalog.models import (
    Catalog,
    CatalogField,
    Dataset,
    FieldRule,
    Role,
)

# Whoever looks after a catalog sees its definitions, those of personal fields too; never a value.
_AUTHOR = Role(
    name="author",
    label="Author",
    datasets=("*",),
    metrics=("*",),
    field_rules=(FieldRule(fields=("personal",), access="show"),),
)


def describe(catalog: Catalog, name: str | None = None) -> str:
    """A metric (hidden ones too), dataset or `dataset.field` in plain words for the catalog's author, or all of it.

    UnknownNameError names the nearest.
    """
    view = CatalogView(whole=catalog, principal=Principal(), role=_AUTHOR)
    if name is None:
        return describe_catalog(view).as_text()
    hidden = catalog.metric_by_name.get(name)
    return (describe_metric(view, hidden) if hidden is not None else define(view, name)).as_text()


def define(view: CatalogView, name: str) -> Definition:
    """The definition of a metric, a dataset or a `dataset.field`; UnknownNameError with the nearest the principal may see."""
    if name in view.metrics:
        return describe_metric(view, view.metrics[name])
    if name in view.datasets:
        return describe_dataset(view, view.datasets[name])
    dataset, _, field_name = name.partition(".")
    if dataset in view.datasets and field_name in view.datasets[dataset].field_by_name and view.can_show(name):
        return describe_field(view.datasets[dataset], view.datasets[dataset].field_by_name[field_name])
    known = (*view.metrics, *view.datasets, *(f"{data.name}.{item.name}" for data, item in view.groupable_fields()))
    raise UnknownNameError("metric, dataset or field", name, nearest(name, known))


def describe_catalog(view: CatalogView) -> Definition:
    """The business in short: its metrics by owner, its datasets, roles and period of reference."""
    catalog = view.whole
    lines = [("name", catalog.name)]
    if catalog.as_of:
        lines.append(("today is", catalog.as_of))
    if catalog.currency:
        lines.append(("currency", catalog.currency))
    by_owner: dict[str, list[str]] = {}
    for metric in view.metrics.values():
        by_owner.setdefault(metric.owner or "nobody", []).append(metric.name)
    lines.extend((f"metrics of {owner}", ", ".join(names)) for owner, names in sorted(by_owner.items()))
    lines.append(("datasets", ", ".join(dataset.name for dataset in view.datasets.values() if not dataset.hidden)))
    if catalog.roles:
        lines.append(("roles", ", ".join(role.name for role in catalog.roles)))
    return Definition(catalog.label, catalog.description, tuple(lines))


# -- datasets and fields --------------------------------------------------------------------------------------------


def describe_dataset(view: CatalogView, dataset: Dataset) -> Definition:
    """What a row is, its key, time and fields, and the datasets it points at."""
    lines = [("name", dataset.name), ("table", dataset.source)]
    if dataset.primary_key:
        lines.append(("one row a", ", ".join(dataset.primary_key)))
    if dataset.time_field:
        lines.append(("time", dataset.time_field))
    for relationship in view.whole.relationships:
        if relationship.from_dataset == dataset.name and relationship.to_dataset in view.datasets:
            joined = ", ".join(relationship.from_fields)
            lines.append(("points at", f"{relationship.to_dataset} by {joined}"))
    lines.extend((item.name, _field_in_words(item)) for item in dataset.fields if not item.hidden)
    if dataset.owner:
        lines.append(("owner", dataset.owner))
    if dataset.words.synonyms:
        lines.append(("also called", ", ".join(dataset.words.synonyms)))
    return Definition(dataset.label[:1].upper() + dataset.label[1:], dataset.description, tuple(lines))


def _field_in_words(item: CatalogField) -> str:
    personal = f", personal ({item.personal_data})" if item.personal_data else ""
    return f"{item.type.value}{personal}. {item.description or item.label}"


def describe_field(dataset: Dataset, item: CatalogField) -> Definition:
    """What a field holds, how its values are said."""
    lines = [("name", f"{dataset.name}.{item.name}"), ("type", item.type.value), ("role", item.role.value)]
    if item.expression != item.name:
        lines.append(("computed as", item.expression))
    if item.unit:
        lines.append(("unit", item.unit))
    if item.values.order:
        lines.append(("values", ", ".join(item.values.order)))
    lines.extend((f"{group} is", ", ".join(members)) for group, members in item.values.groups.items())
    lines.extend((f"{value}, also", ", ".join(words)) for value, words in item.values.synonyms.items())
    if item.words.synonyms:
        lines.append(("also called", ", ".join(item.words.synonyms)))
    return Definition(item.label, item.description, tuple(lines))
