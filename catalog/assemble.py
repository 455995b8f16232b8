"""From merged sections to a Catalog: each entry is validated against its form, so that all faults are found at once."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from catalog.authoring import (
    DatasetForm,
    HeaderForm,
    MetricForm,
    PersonaForm,
    RelationshipForm,
    RoleForm,
    VerifiedQuestionForm,
)
from catalog.authoring_kinds import expand_arrow, expand_named, hint
from catalog.errors import CatalogIssue, Location
from catalog.expressions import ExpressionError
from catalog.models import AggregateMetric, Aggregation, Catalog, DefaultPeriods, Metric, TimeSpine, VerifiedQuestion
from catalog.normalise import (
    Report,
    names_of_relationships,
    normal_calendar,
    normal_datasets,
    normal_personas,
    normal_relationships,
    normal_roles,
    times_of_metrics,
)
from catalog.normalise_fields import fields_used_as_numbers, words_from
from catalog.normalise_metrics import MetricNormaliser
from catalog.readable import label_of
from catalog.sections import Entry, Sections
from catalog.single_values import as_single_value
from catalog.strategy.strategy import Strategy
from catalog.yaml_nodes import plain

AnyForm = TypeVar("AnyForm", bound=BaseModel)

_EXPANDED_BY = {
    "datasets": expand_named("source"),
    "relationships": expand_named(expand_arrow),
    "metrics": expand_named("expression"),
    "roles": expand_named(None),
    "personas": expand_named(None),
    "verified_questions": expand_named(None),
}


def assemble(
    sections: Sections, place: Location, *, forms_only: bool = False
) -> tuple[Catalog | None, set[str], list[CatalogIssue]]:
    """The catalog (None where its forms are too broken to go on), the metrics that are stand-ins, and what is wrong.

    With `forms_only` (a file could not be read) only the forms are checked: what they name may stand in that file.
    """
    report = Report()
    issues = report.issues
    header = (
        None
        if forms_only
        else _validate(HeaderForm, plain(sections.header), Entry(None, sections.header, place), "", issues)
    )
    datasets = _entries(sections, "datasets", DatasetForm, issues)
    relationships = _entries(sections, "relationships", RelationshipForm, issues)
    metrics = _entries(sections, "metrics", MetricForm, issues)
    roles = _entries(sections, "roles", RoleForm, issues)
    personas = _entries(sections, "personas", PersonaForm, issues)
    questions = _entries(sections, "verified_questions", VerifiedQuestionForm, issues)
    strategy = _validate(Strategy, plain(sections.strategy), Entry(None, sections.strategy, place), "strategy", issues)
    related = [
        (entry, form) for entry, form in zip(sections.entries["relationships"], relationships, strict=True) if form
    ]
    relationship_names = names_of_relationships([form for _, form in related])
    for (entry, _), name in zip(related, relationship_names, strict=True):
        sections.named.setdefault(("relationships", name), entry)
    if forms_only:
        return None, set(), issues
    if not sections.entries["datasets"]:
        issues.append(CatalogIssue("datasets", "a catalog needs at least one dataset (datasets:)", place))
        return None, set(), issues
    if header is None or None in datasets or None in relationships:
        return None, set(), issues  # what follows would only repeat these faults

    known_datasets = [form for form in datasets if form is not None]
    known_metrics = [form for form in metrics if form is not None]
    known_relationships = [form for form in relationships if form is not None]
    normal = normal_datasets(known_datasets, known_relationships, fields_used_as_numbers(known_metrics))
    joined = normal_relationships(known_relationships, relationship_names, normal, report)
    names = [entry.name for entry in sections.entries["metrics"] if entry.name]
    normaliser = MetricNormaliser(normal, joined, times_of_metrics(known_datasets, normal), report, names)
    made = [metric for form in known_metrics for metric in normaliser.normalise(form)]
    broken = set(names) - {metric.name for metric in made}
    made.extend(_stand_in(name, normal[0].name) for name in sorted(broken))
    _warn_of_extensions([header, *known_datasets, *known_relationships, *known_metrics], report)
    return (
        Catalog(
            name=header.name,
            label=header.label or label_of(header.name),
            description=header.description,
            words=words_from(header),
            as_of=_as_of(header, report),
            currency=header.currency,
            egress=header.egress,
            default_periods=DefaultPeriods(flow=header.default_periods.flow, state=header.default_periods.state),
            calendar=normal_calendar(header.calendar),
            time_spines=tuple(TimeSpine(**form.model_dump()) for form in header.time_spines),
            datasets=normal,
            relationships=joined,
            metrics=tuple(made),
            roles=normal_roles([form for form in roles if form is not None]),
            personas=normal_personas([form for form in personas if form is not None]),
            verified_questions=tuple(
                VerifiedQuestion(
                    question=form.question, query=form.query, verified_by=form.verified_by, verified_at=form.verified_at
                )
                for form in questions
                if form is not None
            ),
            strategy=strategy or Strategy(),
        ),
        normaliser.failed | broken,
        issues,
    )


def _stand_in(name: str, dataset: str) -> Metric:
    return AggregateMetric(name=name, label=name, dataset=dataset, aggregation=Aggregation.COUNT, expression="*")


def _as_of(header: HeaderForm, report: Report) -> str | None:
    if header.as_of is None:
        return None
    try:
        return as_single_value(header.as_of)
    except ExpressionError as error:
        report.error("as_of", f"as_of: {error}", "catalog", "as_of")
        return None


def _warn_of_extensions(forms: list[Any], report: Report) -> None:
    for form in forms:
        vendors = {str(item.get("vendor_name", "?")) for item in form.custom_extensions}
        if vendors:
            name = getattr(form, "name", None) or type(form).__name__
            report.warn("extensions", f"{name}: custom_extensions of {', '.join(sorted(vendors))} are not read")


# -- validation with places -----------------------------------------------------------------------------------------


def _entries(sections: Sections, section: str, form: type[AnyForm], issues: list[CatalogIssue]) -> list[AnyForm | None]:
    """Each entry as its form, None where it is faulty."""
    expand = _EXPANDED_BY[section]
    read: list[AnyForm | None] = []
    for entry in sections.entries[section]:
        data = plain(entry.node)
        try:
            expanded = expand({entry.key: data} if entry.key is not None else [data])[0]
        except ValueError as error:
            issues.append(CatalogIssue("types", str(error), entry.place))
            read.append(None)
            continue
        what = (
            f"{section.removesuffix('s').replace('_', ' ')} {entry.name}" if entry.name else section.removesuffix("s")
        )
        read.append(_validate(form, expanded, entry, what, issues))
    return read


def _validate(form: type[AnyForm], data: Any, entry: Entry, what: str, issues: list[CatalogIssue]) -> AnyForm | None:
    try:
        return form.model_validate(data, context=issues)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=True):
            path = tuple(step for step in fault["loc"] if not str(step).startswith("function-"))
            name = ".".join(str(step) for step in ((what, *path) if what else path))
            issues.append(CatalogIssue("types", f"{name}: {_in_words(fault)}", entry.place_of(path)))
        return None


def _in_words(fault: Any) -> str:
    kind, context, given = fault["type"], fault.get("ctx") or {}, fault.get("input")
    shown = repr(given)[:60]
    if kind == "missing":
        return "is missing"
    if kind in ("enum", "literal_error"):
        valid = [part.strip(" '") for part in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
        return f"{shown} is not one of {', '.join(valid)}; {hint(str(given), valid)}"
    if kind == "extra_forbidden":
        return "is no key that is known here"
    if kind == "value_error":
        return str(context.get("error", fault["msg"]))
    wanted = {
        "string_type": "text",
        "bool_type": "true or false",
        "bool_parsing": "true or false",
        "int_type": "a whole number",
        "int_parsing": "a whole number",
        "float_type": "a number",
        "float_parsing": "a number",
        "dict_type": "a mapping",
        "model_type": "a mapping",
        "tuple_type": "a list",
        "list_type": "a list",
    }.get(kind)
    if wanted:
        quote = " (put it in quotes)" if wanted == "text" and isinstance(given, int | float) else ""
        return f"should be {wanted}{quote}, not {shown}"
    return str(fault["msg"])
