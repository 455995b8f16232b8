"""From the authoring form to the catalog: datasets, relationships, roles and the rest, defaults filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlglot import exp

from catalog.authoring import (
    CalendarForm,
    DatasetForm,
    FieldForm,
    MetricForm,
    PersonaForm,
    RelationshipForm,
    RoleForm,
    Spoken,
)
from catalog.durations import TimeGrain
from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, column_names, parse_expression, render, unqualify
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


def words_from(form: Spoken) -> Words:
    """ai_context and the keys beside it, as one."""
    context = form.ai_context
    return Words(
        synonyms=tuple(dict.fromkeys((*form.synonyms, *context.synonyms))),
        instructions=form.instructions or context.instructions,
        examples=tuple(dict.fromkeys((*form.examples, *context.examples))),
    )


# -- fields ---------------------------------------------------------------------------------------------------------

_TYPE_OF_CAST = {
    FieldType.DATE: exp.DataType.TEMPORAL_TYPES & {exp.DataType.Type.DATE},
    FieldType.INTEGER: exp.DataType.INTEGER_TYPES,
    FieldType.NUMBER: exp.DataType.NUMERIC_TYPES,
    FieldType.TIMESTAMP: exp.DataType.TEMPORAL_TYPES,
    FieldType.BOOLEAN: {exp.DataType.Type.BOOLEAN},
    FieldType.STRING: exp.DataType.TEXT_TYPES,
}
_NUMBERS = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Abs, exp.Round, exp.Mod, exp.Floor, exp.Ceil)
_INTEGERS = (exp.Length, exp.Extract, exp.DateDiff, exp.Year, exp.Month, exp.Day)
_STRINGS = (exp.DPipe, exp.Concat, exp.Lower, exp.Upper, exp.Trim, exp.Substring)


def inferred_type(tree: exp.Expr, known: dict[str, FieldType]) -> FieldType | None:
    """The type an expression plainly has, given its columns' types; None where that cannot be told."""
    if isinstance(tree, exp.Paren):
        return inferred_type(tree.this, known)
    if isinstance(tree, exp.Column):
        return known.get(tree.name)
    if isinstance(tree, exp.Cast):
        return next((kind for kind, types in _TYPE_OF_CAST.items() if tree.to.this in types), None)
    if isinstance(tree, exp.Predicate | exp.Connector | exp.Not | exp.Boolean):
        return FieldType.BOOLEAN
    if isinstance(tree, exp.Literal):
        return FieldType.STRING if tree.is_string else FieldType.INTEGER if tree.is_int else FieldType.NUMBER
    if isinstance(tree, exp.Case):
        branches = [branch.args["true"] for branch in tree.args["ifs"]]
        return next((kind for branch in branches if (kind := inferred_type(branch, known))), None)
    if isinstance(tree, exp.Coalesce):
        return next((kind for part in (tree.this, *tree.expressions) if (kind := inferred_type(part, known))), None)
    for kinds, result in ((_INTEGERS, FieldType.INTEGER), (_NUMBERS, FieldType.NUMBER), (_STRINGS, FieldType.STRING)):
        if isinstance(tree, kinds):
            return result
    return None


def fields_used_as_numbers(metrics: Iterable[MetricForm]) -> frozenset[tuple[str, str]]:
    """(dataset, field) of plain columns that some metric sums or averages: their type, where none is declared."""
    used: set[tuple[str, str]] = set()
    for metric in metrics:
        try:
            tree = parse_expression(metric.expression) if metric.expression else None
        except ExpressionError:
            continue
        if tree is None:
            continue
        for node in tree.find_all(exp.Sum, exp.Avg, exp.Median):
            used |= {(column.table or metric.dataset or "", column.name) for column in node.find_all(exp.Column)}
    return frozenset(used)


def _field_type(form: FieldForm, tree: exp.Expr, known: dict[str, FieldType], is_number: bool) -> FieldType:
    if form.type is not None:
        return form.type
    if form.role is FieldRole.TIME or (form.dimension and form.dimension.is_time):
        return FieldType.TIMESTAMP
    plain_column = isinstance(tree, exp.Column) and tree.name == form.name
    inferred = None if plain_column else inferred_type(tree, known)
    if inferred is not None:
        return inferred
    return FieldType.NUMBER if is_number or form.role is FieldRole.MEASURE else FieldType.STRING


def _field_role(form: FieldForm, kind: FieldType, is_key: bool) -> FieldRole:
    if form.role is not None:
        return form.role
    if form.personal == "free_text":
        return FieldRole.TEXT
    if kind in (FieldType.DATE, FieldType.TIMESTAMP):
        return FieldRole.TIME
    if is_key:
        return FieldRole.KEY
    return FieldRole.MEASURE if kind in (FieldType.NUMBER, FieldType.INTEGER) else FieldRole.DIMENSION


def _normal_field(
    form: FieldForm, dataset: str, is_key: bool, is_number: bool, known: dict[str, FieldType]
) -> CatalogField:
    expression = form.expression or form.name
    tree: exp.Expr = exp.column(form.name)
    with suppress(ExpressionError):  # the rules say what is wrong with it
        tree = parse_expression(expression)
        if any(table == dataset for table, _ in column_names(tree)):
            tree = unqualify(tree, dataset)
            expression = render(tree)
    kind = _field_type(form, tree, known, is_number)
    role = _field_role(form, kind, is_key)
    values = form.values
    sampled = role is FieldRole.DIMENSION and kind is FieldType.STRING and not form.personal
    grain = form.grain or {FieldType.DATE: TimeGrain.DAY, FieldType.TIMESTAMP: TimeGrain.SECOND}.get(kind)
    return CatalogField(
        name=form.name,
        expression=expression,
        type=kind,
        role=role,
        label=form.label or label_of(form.name),
        description=form.description,
        words=words_from(form),
        unit=form.unit,
        format=form.format,
        time_grain=grain if role is FieldRole.TIME else form.grain,
        values=ValueWords(
            sample=sampled if values.sample is None else values.sample,
            synonyms=values.synonyms,
            groups=values.groups,
            order=values.order,
            said_as=values.said_as,
        ),
        shared_dimension=form.same_as,
        personal_data=form.personal,
        hidden=form.hidden,
    )


# -- datasets and relationships -------------------------------------------------------------------------------------


def normal_datasets(
    forms: Sequence[DatasetForm],
    relationships: Sequence[RelationshipForm],
    numbers: frozenset[tuple[str, str]],
) -> tuple[Dataset, ...]:
    """The datasets; `numbers` are the fields some metric adds up."""
    keys: dict[str, set[str]] = {form.name: set(form.primary_key) for form in forms}
    for relationship in relationships:
        keys.setdefault(relationship.from_dataset, set()).update(relationship.from_columns)
        keys.setdefault(relationship.to_dataset, set()).update(relationship.to_columns)
    normal = tuple(_normal_dataset(form, keys[form.name], numbers) for form in forms)
    return _with_shared_values(normal)


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
        normal = _normal_field(item, form.name, item.name in keys, (form.name, item.name) in numbers, known)
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
            limits=form.limits,
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
