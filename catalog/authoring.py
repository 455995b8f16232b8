"""The authoring form: what people write in a catalog's YAML. `catalog.normalise` turns it into `catalog.models`.

Apache Ossie's core (semantic model, datasets, fields, relationships, metrics, ai_context) with shorthands and extensions;
docs/catalog.md explains each key, `catalog.schema` exports these forms as JSON Schema.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from catalog.authoring_kinds import (
    NUMBER,
    TEXT,
    Form,
    Shorthand,
    expand_arrow,
    expand_expression,
    expand_named,
    expand_text_list,
    expand_words,
)
from catalog.durations import Duration, TimeGrain
from catalog.models import Aggregation, Direction, EgressLevel, FieldRole, FieldRule, FieldType, RoleLimits, RowFilter
from catalog.strategy.strategy import Strategy

_DURATION_TEXT = {"type": "string", "pattern": r"^\s*-?\d+\s*(second|minute|hour|day|week|month|quarter|year)s?\s*$"}
_DIALECTS = {
    "type": "object",
    "required": ["dialects"],
    "additionalProperties": False,
    "properties": {
        "dialects": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"dialect": TEXT, "expression": TEXT},
                "required": ["expression"],
            },
        }
    },
}


def _map_of(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


def _field_shorthand(value: Any) -> Any:
    known = {item.value for item in FieldType}
    if value == "key":
        return {"role": "key"}
    return {"type": value} if value in known else {"expression": value}


def _target_shorthand(value: Any) -> Any:
    if isinstance(value, dict | bool):
        return value
    return {"expression": value}


def _semi_additive_shorthand(value: Any) -> Any:
    return {"over": value} if isinstance(value, str) else value


def _not_by_shorthand(value: Any) -> Any:
    listed = expand_text_list(value)
    return {str(name): "" for name in listed} if isinstance(listed, list) else value


TextList = Annotated[tuple[str, ...], Shorthand(expand_text_list, TEXT)]
Expression = Annotated[str, Shorthand(expand_expression, NUMBER, _DIALECTS)]
Length = Annotated[Duration, Shorthand(lambda value: value, _DURATION_TEXT)]


class WordsForm(Form):
    """ai_context."""

    synonyms: TextList = ()
    instructions: str | None = None
    examples: Annotated[
        tuple[str, ...], Shorthand(lambda value: [value] if isinstance(value, str) else value, TEXT)
    ] = ()


class Spoken(Form):
    """What has a name, a description and words for it."""

    label: str | None = Field(None, description="How it is shown; else its name made readable.")
    description: str = Field("", description="What it means, in a sentence or two.")
    ai_context: Annotated[WordsForm, Shorthand(expand_words, TEXT)] = WordsForm()
    synonyms: TextList = Field((), description="Other words for it; the same as ai_context.synonyms.")
    instructions: str | None = None
    examples: Annotated[
        tuple[str, ...], Shorthand(lambda value: [value] if isinstance(value, str) else value, TEXT)
    ] = ()
    custom_extensions: tuple[dict[str, Any], ...] = Field((), description="Ossie's; read past, with a warning.")


class DimensionForm(Form):
    """Ossie's mark of a field for grouping."""

    is_time: bool = False


class ValuesForm(Form):
    """How a field's values are found in questions."""

    sample: bool | None = Field(None, description="Whether the values are read from the database into the index.")
    synonyms: dict[str, TextList] = Field(default_factory=dict, description="Value (or group): words for it.")
    groups: dict[str, TextList] = Field(default_factory=dict, description="A name for several values.")
    order: TextList = Field((), description="The natural order of the values.")
    said_as: TextList = Field((), description="How a bare value is said: 'store {value}'.")


class FieldForm(Spoken):
    """A column or an expression over the dataset's columns."""

    name: str
    expression: Expression | None = Field(None, description="SQL over the dataset's columns; else the name.")
    type: FieldType | None = None
    role: FieldRole | None = None
    dimension: DimensionForm | None = None
    unit: str | None = Field(None, description="ISO 4217, fraction, ratio, score, count, days.")
    format: str | None = None
    grain: TimeGrain | None = Field(None, description="The finest grain a time holds.")
    values: ValuesForm = ValuesForm()
    same_as: str | None = Field(None, description="A name shared by the fields that hold the same thing.")
    personal: str | None = Field(None, description="The kind of personal data: name, email, phone, free_text, ...")
    hidden: bool = False
    time_zone: str | None = Field(None, description="The zone its timestamps are stored in, where it is another.")


class ValidityForm(Form):
    """A slowly changing dataset: fields a row holds from (inclusive) and to (exclusive)."""

    valid_from: str = Field(alias="from")
    valid_to: str = Field(alias="to")


def _unique_keys(value: Any) -> Any:
    return [[item] if isinstance(item, str) else item for item in value] if isinstance(value, list) else value


class DatasetForm(Spoken):
    """A table of the business."""

    name: str
    source: str | None = Field(None, description="[schema.]table; else the name.")
    singular: str | None = None
    primary_key: TextList = ()
    unique_keys: Annotated[tuple[tuple[str, ...], ...], Shorthand(_unique_keys, {"type": "array", "items": TEXT})] = ()
    time: str | None = Field(
        None, description="The time its metrics use: a field, or dataset.field of one it points at."
    )
    display: str | None = Field(None, description="The field a person knows a row by.")
    validity: ValidityForm | None = None
    fields: Annotated[
        tuple[FieldForm, ...],
        Shorthand(expand_named(_field_shorthand), {"type": "object"}, {"type": "array", "items": TEXT}),
    ] = ()
    owner: str | None = None
    hidden: bool = False


class RelationshipForm(Spoken):
    """Rows of `from` point at one row (or none) of `to`."""

    name: str | None = None
    from_dataset: str = Field(alias="from")
    to_dataset: str = Field(alias="to")
    from_columns: TextList = ()
    to_columns: TextList = ()
    one_to_one: bool = False
    role: str | None = Field(None, description="Tells apart two relationships between the same datasets.")
    weight: str | None = Field(None, description="On a bridge: the field that shares a row's amount among the many.")
    preferred: bool = Field(False, description="The one to take where several ways of equal length lead there.")
    mandatory: bool = Field(False, description="Every row points at one that exists, so that a plain join loses none.")


class TargetForm(Form):
    """What a metric should reach: one of `value`, `expression`, `at_least`, `at_most`, `above`, `below`."""

    expression: Expression | None = None
    value: Expression | None = None
    at_least: Expression | None = None
    at_most: Expression | None = None
    above: Expression | None = None
    below: Expression | None = None
    per: TimeGrain | None = Field(None, description="A flow's target is for one such period.")
    where: str | None = None
    label: str | None = None
    owner: str | None = None


class SemiAdditiveForm(Form):
    """A level that must not be added up over time."""

    over: str
    take: Literal["last", "first", "average", "max", "min"] = "last"
    by: TextList = ()


class InputForm(Form):
    """A name in a formula that is not simply the metric of that name."""

    name: str
    metric: str | None = None
    filter: str | None = None
    offset: Length | None = None
    offset_to_grain: TimeGrain | None = None


class CumulativeForm(Form):
    """A metric over a window that ends with each period."""

    metric: str
    window: Length | None = None
    to_date: TimeGrain | None = None
    period_aggregation: Literal["first", "last", "average"] = "last"


class ConstantPropertyForm(Form):
    """A field that base and conversion event must share."""

    base_field: str
    conversion_field: str


class ConversionForm(Form):
    """Of the base events, those followed by a conversion of the same entity within the window."""

    base: str
    conversion: str
    entity: str | None = Field(None, description="dataset.field; where both events have it.")
    base_entity: str | None = None
    conversion_entity: str | None = None
    window: Length | None = None
    calculation: Literal["rate", "count"] = "rate"
    constant_properties: tuple[ConstantPropertyForm, ...] = ()


class PerEntityForm(Form):
    """Metrics for each entity first, then one aggregation over the entities."""

    entity: TextList
    metrics: TextList = Field((), description="Else those the expression names.")
    expression: Expression


class StateForm(Form):
    """The state of a base at a period's end."""

    entity: str
    base_dataset: str | None = None
    base_time: str | None = None
    base_window: Length | None = None
    recent_window: Length
    counted: Literal["active", "inactive"] = "inactive"
    calculation: Literal["rate", "count"] = "rate"


class MetricForm(Spoken):
    """One of: expression; formula; numerator and denominator; cumulative; conversion; per_entity; state."""

    name: str
    kind: Literal["aggregate", "derived", "cumulative", "conversion", "per_entity", "state"] | None = None
    expression: Expression | None = Field(None, description="SQL with aggregates over dataset.field.")
    dataset: str | None = Field(None, description="The dataset of bare names and of COUNT(*).")
    aggregation: Aggregation | None = Field(None, description="When the expression is a row's value.")
    percentile: float | None = None
    percentile_discrete: bool = False
    percentile_approximate: bool = Field(False, description="By the engine's own sketch: faster, and not exact.")
    semi_additive: Annotated[SemiAdditiveForm, Shorthand(_semi_additive_shorthand, TEXT)] | None = None
    formula: Expression | None = Field(None, description="Arithmetic over metric names.")
    inputs: Annotated[tuple[InputForm, ...], Shorthand(expand_named("metric"), {"type": "object"})] = ()
    numerator: str | None = None
    denominator: str | None = None
    missing_terms: Literal["zero", "null"] = Field("zero", description="A term without rows, in sums and differences.")
    only_where_all_have_data: bool = Field(False, description="Each part only over the days on which all have rows.")
    cumulative: CumulativeForm | None = None
    conversion: ConversionForm | None = None
    per_entity: PerEntityForm | None = None
    state: StateForm | None = None
    unit: str | None = Field(None, description="ISO 4217, fraction, ratio, score, count, days.")
    format: str | None = None
    direction: Direction | None = Field(None, description="Which way is good.")
    target: Annotated[TargetForm, Shorthand(_target_shorthand, TEXT, NUMBER)] | None = None
    owner: str | None = None
    time: str | None = Field(None, description="dataset.field; else the dataset's.")
    default_period: str | None = None
    is_state: bool | None = Field(None, description="A level at a moment, not a flow over a period.")
    filter: str | None = Field(None, description="SQL condition over dataset.field.")
    not_by: Annotated[dict[str, str], Shorthand(_not_by_shorthand, TEXT, {"type": "array", "items": TEXT})] = Field(
        default_factory=dict, description="Fields or datasets it cannot be split by, and why."
    )
    caveat: str | None = None
    hidden: bool = False
    fill_nulls_with: float | None = None
    missing: Literal["zero", "null"] | None = Field(
        None, description="In a row without data; counts are zero by default."
    )
    fill_time_spine: bool = False


class RoleForm(Form):
    """Who may see what."""

    name: str
    label: str | None = None
    description: str = ""
    default: bool = False
    purpose: str = ""
    owner: str | None = None
    datasets: TextList = Field((), description="Names, or '*' for all; none when left out.")
    metrics: TextList = Field((), description="Names, or '*' for all; none when left out.")
    denied_datasets: TextList = ()
    denied_metrics: TextList = ()
    row_filters: Annotated[
        tuple[RowFilter, ...],
        Shorthand(
            lambda value: (
                [{"dataset": key, "expression": item} for key, item in value.items()]
                if isinstance(value, dict)
                else value
            ),
            _map_of(TEXT),
        ),
    ] = ()
    field_rules: tuple[FieldRule, ...] = ()
    free_sql: bool = False
    reveal: tuple[str, ...] = Field((), description="Fields it may see of one row at a time, each time with a receipt.")
    limits: RoleLimits = RoleLimits()
    egress: EgressLevel | None = Field(None, description="What a language model may be sent; the catalog's at most.")


class PersonaForm(Form):
    """A kind of person the chat greets."""

    name: str
    label: str | None = None
    role: str
    description: str = ""
    starters: tuple[str, ...] = ()


class DefaultPeriodsForm(Form):
    """The period of a question that names none."""

    flow: str | None = None
    state: str | None = None


class HolidayForm(Form):
    """A named day or span."""

    name: str
    synonyms: TextList = ()
    month: int | None = Field(None, ge=1, le=12)
    day: int | None = Field(None, ge=1, le=31)
    dates: tuple[dt.date, ...] = ()
    days: int = Field(1, ge=1, le=366)


class CalendarForm(Form):
    """Weeks, fiscal years and special days."""

    week_start: Literal["monday", "sunday", "saturday"] = "monday"
    fiscal_year_start_month: int = Field(1, ge=1, le=12)
    time_zone: str | None = None
    holidays: Annotated[tuple[HolidayForm, ...], Shorthand(expand_named(None), {"type": "object"})] = ()


class TimeSpineForm(Form):
    """A dataset with one row a period: for periods without data, and for periods of the business's own."""

    dataset: str
    field: str = Field(description="The period's first day or instant.")
    grain: TimeGrain
    custom_grains: dict[str, str] = Field(default_factory=dict, description="Name: the field with its period.")


class VerifiedQuestionForm(Form):
    """A question an analyst has confirmed."""

    question: str
    query: dict[str, Any]
    verified_by: str
    verified_at: dt.datetime


class HeaderForm(Spoken):
    """What a catalog says of itself, apart from its lists."""

    name: str
    version: str | float | None = Field(None, description="Ossie's version of the form; read past.")
    as_of: str | None = Field(None, description="A date, or dataset.field or SQL that gives one.")
    currency: str | None = None
    egress: EgressLevel = Field(
        "metadata", description="What a language model may be sent: none, metadata, aggregates, rows."
    )
    default_periods: DefaultPeriodsForm = DefaultPeriodsForm()
    calendar: CalendarForm = CalendarForm()
    time_spines: tuple[TimeSpineForm, ...] = ()


class CatalogForm(HeaderForm):
    """A whole business, merged from all files of its folder."""

    datasets: Annotated[tuple[DatasetForm, ...], Shorthand(expand_named("source"), {"type": "object"})]
    relationships: Annotated[
        tuple[RelationshipForm, ...],
        Shorthand(expand_named(expand_arrow), {"type": "object"}),
    ] = ()
    metrics: Annotated[tuple[MetricForm, ...], Shorthand(expand_named("expression"), {"type": "object"})] = ()
    roles: Annotated[tuple[RoleForm, ...], Shorthand(expand_named(None), {"type": "object"})] = ()
    personas: Annotated[tuple[PersonaForm, ...], Shorthand(expand_named(None), {"type": "object"})] = ()
    verified_questions: tuple[VerifiedQuestionForm, ...] = ()
    strategy: Strategy = Strategy()
