"""From the authoring form to the catalog: datasets, relationships, roles and the rest, defaults filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.authoring import (
    CalendarForm,
    DatasetForm,
    PersonaForm,
    RelationshipForm,
    RoleForm,
)
from catalog.errors import CatalogIssue
from catalog.models import (
    Calendar,
    CatalogField,
    Dataset,
    FieldRole,
    FieldType,
    Holiday,
    Persona,
    Relationship,
    Role,
    Validity,
    ValueWords,
    Words,
)
from catalog.normalise_fields import normal_field, words_from
from catalog.readable import label_of, plural_of, singular_of


@dataclass
class Report:
    """Collects what is wrong, each with the subject it is about."""

    issues: list[CatalogIssue] = field(default_factory=list)

    def error(self, rule: str, message: str, *subject: str) -> None:
        """What makes the catalog unusable."""
        self.issues.append(CatalogIssue(rule, message, subject=subject))

    def warn(self, rule: str, message: str, *subject: str) -> None:
        """What an author should look at."""
        self.issues.append(CatalogIssue(rule, message, severity="warning", subject=subject))


# -- datasets and relationships -------------------------------------------------------------------------------------


def normal_datasets(
    forms: Sequence[DatasetForm],
    relationships: Sequence[RelationshipForm],
    numbers: frozenset[tuple[str, str]],
) -> tuple[Dataset, ...]:
    """The datasets; `numbers` are the fields some metric adds up."""
    keys: dict[str, set[str]] = {form.name: _own_keys(form) for form in forms}
    for relationship in relationships:
        keys.setdefault(relationship.from_dataset, set()).update(relationship.from_columns)
        keys.setdefault(relationship.to_dataset, set()).update(relationship.to_columns)
    normal = tuple(_normal_dataset(form, keys[form.name], numbers) for form in forms)
    return _with_shared_values(normal)


def _own_keys(form: DatasetForm) -> set[str]:
    """The fields that tell rows apart and say nothing else. Of several that do so together, a text that no other dataset is
    joined by ("spend a day and channel") is what people split by and filter on."""
    told = {item.name for item in form.fields if item.type is FieldType.STRING}
    return set(form.primary_key) - told if len(form.primary_key) > 1 else set(form.primary_key)


def _with_shared_values(datasets: tuple[Dataset, ...]) -> tuple[Dataset, ...]:
    """Fields of one shared dimension without words for their values take those of the first field that has some."""
    words: dict[str, ValueWords] = {}
    for item in (item for dataset in datasets for item in dataset.fields if item.shared_dimension):
        if item.values.synonyms or item.values.groups or item.values.order:
            words.setdefault(item.shared_dimension or "", item.values)

    def shared(item: CatalogField) -> CatalogField:
        given = words.get(item.shared_dimension or "")
        if given is None or item.values.synonyms or item.values.groups or item.values.order:
            return item
        return item.model_copy(update={"values": given.model_copy(update={"sample": item.values.sample})})

    return tuple(
        dataset.model_copy(update={"fields": tuple(shared(item) for item in dataset.fields)})
        if any(item.shared_dimension in words for item in dataset.fields)
        else dataset
        for dataset in datasets
    )


def _normal_dataset(form: DatasetForm, keys: set[str], numbers: frozenset[tuple[str, str]]) -> Dataset:
    fields: list[CatalogField] = []
    known: dict[str, FieldType] = {item.name: item.type for item in form.fields if item.type is not None}
    for item in form.fields:
        normal = normal_field(item, form.name, item.name in keys, (form.name, item.name) in numbers, known)
        known[normal.name] = normal.type
        fields.append(normal)
    label = form.label or plural_of(form.name)
    times = [item.name for item in fields if item.role is FieldRole.TIME and not item.hidden]
    time_field = own_time(form) if form.time is not None else times[0] if len(times) == 1 else None
    return Dataset(
        name=form.name,
        source=form.source or form.name,
        label=label,
        singular=form.singular or singular_of(label),
        description=form.description,
        words=words_from(form),
        primary_key=form.primary_key,
        unique_keys=form.unique_keys,
        time_field=time_field,
        display_field=form.display,
        validity=Validity(valid_from=form.validity.valid_from, valid_to=form.validity.valid_to)
        if form.validity
        else None,
        fields=tuple(fields),
        owner=form.owner,
        hidden=form.hidden,
    )


def own_time(form: DatasetForm) -> str | None:
    """The dataset's own field that `time` names, if it is one of its own."""
    if form.time is None or form.time == "none":
        return None
    dataset, dot, name = form.time.rpartition(".")
    return name if not dot or dataset == form.name else None


def times_of_metrics(forms: Sequence[DatasetForm], datasets: Sequence[Dataset]) -> dict[str, str]:
    """For each dataset with a time, the dataset.field that its metrics use: its own or that of one it points at."""
    times = {dataset.name: f"{dataset.name}.{dataset.time_field}" for dataset in datasets if dataset.time_field}
    for form in forms:
        if form.time and "." in form.time:
            times[form.name] = form.time
    return times


def normal_relationships(
    forms: Sequence[RelationshipForm], names: Sequence[str], datasets: Sequence[Dataset], report: Report
) -> tuple[Relationship, ...]:
    """The relationships; left-out columns are the primary key of the dataset pointed at."""
    by_name = {dataset.name: dataset for dataset in datasets}
    normal = []
    for form, name in zip(forms, names, strict=True):
        target = by_name.get(form.to_dataset)
        to_fields = form.to_columns or (target.primary_key if target else ()) or form.from_columns
        from_fields = form.from_columns or to_fields
        if not to_fields:
            report.error(
                "relationships",
                f"{name} says no columns, and {form.to_dataset} has no primary_key to take them from",
                "relationship",
                name,
            )
            continue
        normal.append(
            Relationship(
                name=name,
                from_dataset=form.from_dataset,
                to_dataset=form.to_dataset,
                from_fields=from_fields,
                to_fields=to_fields,
                one_to_one=form.one_to_one,
                role=form.role,
                words=words_from(form),
                weight=form.weight,
                preferred=form.preferred,
                mandatory=form.mandatory,
            )
        )
    return tuple(normal)


def names_of_relationships(forms: Sequence[RelationshipForm]) -> list[str]:
    """Each one's name; else from_to_to with the role where it has one, and the columns where that is taken."""
    names = {form.name for form in forms if form.name}
    result = []
    for form in forms:
        name = form.name or "_".join(filter(None, (form.from_dataset, "to", form.to_dataset, form.role)))
        if form.name is None:
            if name in names:
                name = "_".join((name, "by", *(form.from_columns or form.to_columns)))
            names.add(name)
        result.append(name)
    return result


# -- the rest -------------------------------------------------------------------------------------------------------


def normal_calendar(form: CalendarForm) -> Calendar:
    """The calendar."""
    holidays = tuple(
        Holiday(
            name=item.name,
            words=Words(synonyms=item.synonyms),
            month=item.month,
            day=item.day,
            dates=item.dates,
            days=item.days,
        )
        for item in form.holidays
    )
    return Calendar(
        week_start=form.week_start,
        fiscal_year_start_month=form.fiscal_year_start_month,
        time_zone=form.time_zone,
        holidays=holidays,
    )


def normal_roles(forms: Sequence[RoleForm]) -> tuple[Role, ...]:
    """The roles."""
    return tuple(
        Role(
            name=form.name,
            label=form.label or label_of(form.name),
            description=form.description,
            default=form.default,
            purpose=form.purpose,
            owner=form.owner,
            datasets=form.datasets,
            metrics=form.metrics,
            denied_datasets=form.denied_datasets,
            denied_metrics=form.denied_metrics,
            row_filters=form.row_filters,
            field_rules=form.field_rules,
            free_sql=form.free_sql,
            reveal=form.reveal,
            limits=form.limits,
            egress=form.egress,
        )
        for form in forms
    )


def normal_personas(forms: Sequence[PersonaForm]) -> tuple[Persona, ...]:
    """The personas."""
    return tuple(
        Persona(
            name=form.name,
            label=form.label or label_of(form.name),
            role=form.role,
            description=form.description,
            starters=form.starters,
        )
        for form in forms
    )
