"""What a business means: datasets, fields, relationships, metrics, targets, roles. Frozen, and free of any engine.

These are the normalised forms. The loader turns the YAML that people write (Apache Ossie's core plus documented
shorthands) into them. Expressions are SQL in DuckDB's dialect over catalog names: `dataset.field` in field, metric and
policy expressions, metric names in formulas. Field names resolve to fields first and to the table's columns second.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from catalog.durations import Duration, TimeGrain
from catalog.frozen import Frozen as Frozen
from catalog.strategy.strategy import Strategy

# What a language model may be sent: nothing at all, names and descriptions, results of aggregates too, values of rows too.
EgressLevel = Literal["none", "metadata", "aggregates", "rows"]
EGRESS_LEVELS: tuple[EgressLevel, ...] = ("none", "metadata", "aggregates", "rows")


class FieldType(StrEnum):
    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"


class FieldRole(StrEnum):
    KEY = "key"  # identifies something; groupable, rarely worth showing
    DIMENSION = "dimension"  # a property people group and filter by
    TIME = "time"
    MEASURE = "measure"  # a number that metrics aggregate; filterable
    TEXT = "text"  # free text: never indexed by value, never grouped by default


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


class Words(Frozen):
    """How people speak of a thing (Ossie's ai_context)."""

    synonyms: tuple[str, ...] = ()
    instructions: str | None = None
    examples: tuple[str, ...] = ()


class ValueWords(Frozen):
    """How a field's values are found in questions. `sample` False keeps them out of the value index."""

    sample: bool = True
    synonyms: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # value (or group) -> words for it
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # a name for several values: online -> web, app
    said_as: tuple[str, ...] = ()  # how a bare value is said, with {value} in it: "store {value}" for a number
    order: tuple[str, ...] = ()  # the natural order of the values, where it is not the alphabet's


class CatalogField(Frozen):
    """A column, or an expression over one dataset's columns, one value a row of its dataset."""

    name: str
    expression: str  # over the dataset's own columns, unqualified
    type: FieldType
    role: FieldRole
    label: str
    description: str = ""
    words: Words = Words()
    unit: str | None = None
    format: str | None = None
    time_grain: TimeGrain | None = None  # the finest grain a time field holds
    values: ValueWords = ValueWords()
    shared_dimension: str | None = None  # fields of the same shared dimension hold the same thing (a channel, a region)
    personal_data: str | None = (
        None  # a kind (name, email, phone, address, birth_date, free_text, ...) marks it personal
    )
    hidden: bool = False  # usable in expressions, never offered
    time_zone: str | None = None  # the zone its timestamps are stored in; they are read in the calendar's


class Validity(Frozen):
    """A slowly changing dataset: a row holds from `valid_from` (inclusive) to `valid_to` (exclusive, null is open)."""

    valid_from: str
    valid_to: str


class Dataset(Frozen):
    """A table of the business; grain is its primary key."""

    name: str
    source: str  # [schema.]table
    label: str  # plural noun: "orders"
    singular: str  # "order"
    description: str = ""
    words: Words = Words()
    primary_key: tuple[str, ...] = ()  # field names
    unique_keys: tuple[tuple[str, ...], ...] = ()
    time_field: str | None = None  # field name: the time that metrics on it use unless they name another
    display_field: str | None = None  # the field a person knows a row by (a product's name)
    validity: Validity | None = None
    fields: tuple[CatalogField, ...]
    owner: str | None = None
    hidden: bool = False

    @cached_property
    def field_by_name(self) -> dict[str, CatalogField]:
        return {item.name: item for item in self.fields}


class Relationship(Frozen):
    """Rows of `from_dataset` point at one row (or none) of `to_dataset`; `one_to_one` where that holds both ways.

    A role-playing pair of relationships between the same datasets is told apart by `role` (billing, shipping).
    """

    name: str
    from_dataset: str
    to_dataset: str
    from_fields: tuple[str, ...]
    to_fields: tuple[str, ...]
    one_to_one: bool = False
    role: str | None = None
    words: Words = Words()
    weight: str | None = None  # on a bridge: the field that shares a row's amount among the many
    preferred: bool = False  # the one to take where several ways of equal length lead to the same dataset
    mandatory: bool = False  # every row points at one that exists, so that a plain join loses none


class Aggregation(StrEnum):
    SUM = "sum"
    COUNT = "count"
    COUNT_DISTINCT = "count_distinct"
    AVERAGE = "average"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"
    PERCENTILE = "percentile"
    SUM_BOOLEAN = "sum_boolean"


class SemiAdditive(Frozen):
    """A level that must not be added up over time: how its values over time become one value a period."""

    over: str  # dataset.field, the time it must not be summed over
    take: Literal["last", "first", "average", "max", "min"] = "last"
    by: tuple[str, ...] = ()  # dataset.field of the entity: the last one of each, not the last one overall


class Target(Frozen):
    """What a metric should reach: `expression` is a number or SQL giving one row, one column over catalog datasets."""

    expression: str
    comparison: Literal[">=", "<=", ">", "<"] = ">="
    per: TimeGrain | None = None  # a flow's target holds for one such period; a level's for any
    where: str | None = None  # the segment it is for, as a filter; none is the whole business
    label: str | None = None
    owner: str | None = None


class MetricBase(Frozen):
    name: str
    label: str
    description: str = ""
    words: Words = Words()
    unit: str | None = None  # ISO 4217, fraction, ratio, score, count, days; None where it has none
    format: str | None = None
    direction: Direction | None = None  # which way is good
    target: Target | None = None
    owner: str | None = None
    time_field: str | None = None  # dataset.field; else the base dataset's
    default_period: str | None = None  # a phrase of time ("last month", "all time", "as of today"); else the catalog's
    is_state: bool = False  # a level at a moment (stock, churn), not a flow over a period
    filter: str | None = None  # SQL predicate over dataset.field, on top of what it is computed from
    not_by: dict[str, str] = Field(
        default_factory=dict
    )  # dataset.field or dataset -> why it cannot be split or filtered by it
    caveat: str | None = None  # said whenever it is shown
    hidden: bool = False  # a building block, never offered
    fill_nulls_with: float | None = None
    missing: Literal["zero", "null"] | None = (
        None  # in a row it has no data for; None: zero for counts, null for others
    )
    fill_time_spine: bool = False  # periods without rows appear (with fill_nulls_with, or null)


class AggregateMetric(MetricBase):
    """One aggregation over the rows of one dataset; the expression may read fields of datasets it points at."""

    kind: Literal["aggregate"] = "aggregate"
    dataset: str
    aggregation: Aggregation
    expression: str  # a row's value over dataset.field; "*" with count
    percentile: float | None = None  # 0 to 1
    percentile_discrete: bool = False
    percentile_approximate: bool = False  # by the engine's own sketch: faster, and not exact
    semi_additive: SemiAdditive | None = None


class MetricInput(Frozen):
    """A metric as it stands in a formula, perhaps shifted in time or filtered."""

    name: str  # the name the formula uses
    metric: str
    filter: str | None = None
    offset: Duration | None = None  # the value this long before
    offset_to_grain: TimeGrain | None = None  # the value at the start of the period of this grain


class DerivedMetric(MetricBase):
    """A formula over other metrics, each aggregated first: never a ratio of rows. Division by zero gives null."""

    kind: Literal["derived"] = "derived"
    formula: str
    inputs: tuple[MetricInput, ...]  # every name in the formula, in order of appearance
    missing_terms: Literal["zero", "null"] = "zero"  # a sum or count without rows, in additions and subtractions
    only_where_all_have_data: bool = False  # each input only from the first to the last day on which all have rows


class CumulativeMetric(MetricBase):
    """A metric over a window that ends with each period: a length, to date in a grain, or (neither) all time."""

    kind: Literal["cumulative"] = "cumulative"
    metric: str
    window: Duration | None = None
    to_date: TimeGrain | None = None
    period_aggregation: Literal["first", "last", "average"] = (
        "last"  # which of the window's values a coarser grain shows
    )


class ConstantProperty(Frozen):
    """A field that base and conversion event must share."""

    base_field: str
    conversion_field: str


class ConversionMetric(MetricBase):
    """Base events that lead to a later event of the same entity within the window.

    Each conversion event counts once, for the latest base event of its entity before it; the rate is what the conversion
    metric comes to over the base metric. Both are aggregate metrics. Conditions and periods are those of the base events.
    """

    kind: Literal["conversion"] = "conversion"
    base_metric: str
    conversion_metric: str
    base_entity: str  # dataset.field
    conversion_entity: str
    window: Duration | None = None
    calculation: Literal["rate", "count"] = "rate"
    constant_properties: tuple[ConstantProperty, ...] = ()


class PerEntityMetric(MetricBase):
    """Two steps: `metrics` for each entity, then one aggregation over the entities.

    Example: repeat purchase rate is entity orders.customer_id, metrics (order_count,), expression
    "AVG(CASE WHEN order_count > 1 THEN 1.0 ELSE 0 END)". Entities without rows in the period do not count.
    """

    kind: Literal["per_entity"] = "per_entity"
    entity: tuple[str, ...]  # dataset.field
    metrics: tuple[str, ...]
    expression: str  # an aggregate over the metrics' names


class StateMetric(MetricBase):
    """The state of a base at a period's end.

    Base: the entities with an event in the `base_window` up to the end (none: every row of `entity`'s own dataset that
    existed by then). Counted: those with (`active`) or without (`inactive`) an event in the `recent_window` up to the end.
    """

    kind: Literal["state"] = "state"
    entity: str  # dataset.field of the events' entity, e.g. orders.customer_id
    base_dataset: str | None = None  # with no base_window: the dataset whose rows are the base
    base_time_field: str | None = None  # dataset.field since when a row of it exists; else the dataset's time field
    base_window: Duration | None = None
    recent_window: Duration
    counted: Literal["active", "inactive"] = "inactive"
    calculation: Literal["rate", "count"] = "rate"
    is_state: bool = True


Metric = Annotated[
    AggregateMetric | DerivedMetric | CumulativeMetric | ConversionMetric | PerEntityMetric | StateMetric,
    Field(discriminator="kind"),
]


class RowFilter(Frozen):
    """Rows of `dataset` that a role may see: SQL over dataset.field (it may read datasets it points at) and `user.<attribute>`.

    `metrics` says what becomes of the dataset's metrics: computed on these rows, which the answer says, or refused by name.
    """

    dataset: str
    expression: str
    metrics: Literal["of_permitted_rows", "refused"] = "of_permitted_rows"


class FieldRule(Frozen):
    """What a role may do with fields. `fields` are dataset.field, `dataset.*`, "personal" for every personal field, or
    `unit:EUR` for every field in a unit."""

    fields: tuple[str, ...]
    access: Literal["show", "mask", "aggregate_only", "deny"]
    mask: Literal["null", "constant", "initial", "token", "year"] | None = None
    minimum_group_size: int | None = None


class RoleLimits(Frozen):
    rows: int | None = None
    seconds: float | None = None
    memory_mb: int | None = None
    queries_per_minute: int | None = None


class Role(Frozen):
    """Who may see what. Empty `datasets` or `metrics` means none; ("*",) means all."""

    name: str
    label: str
    description: str = ""
    default: bool = False
    purpose: str = ""
    owner: str | None = None
    datasets: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    denied_datasets: tuple[str, ...] = ()
    denied_metrics: tuple[str, ...] = ()
    row_filters: tuple[RowFilter, ...] = ()
    field_rules: tuple[FieldRule, ...] = ()
    free_sql: bool = False
    reveal: tuple[str, ...] = ()  # fields, as in a field rule, that it may see of one row at a time, for a reason
    limits: RoleLimits = RoleLimits()
    egress: EgressLevel | None = None  # None is the catalog's; never more than the catalog allows


class Persona(Frozen):
    """A kind of person the chat greets: the role it uses and the questions it offers first."""

    name: str
    label: str
    role: str
    description: str = ""
    starters: tuple[str, ...] = ()


class DefaultPeriods(Frozen):
    """The period a question without one is about, as phrases of time ("last month"); None is all the data."""

    flow: str | None = None
    state: str | None = None


class Holiday(Frozen):
    """A named day or span: month and day each year, or explicit dates."""

    name: str
    words: Words = Words()
    month: int | None = None
    day: int | None = None
    dates: tuple[dt.date, ...] = ()
    days: int = 1


class Calendar(Frozen):
    week_start: Literal["monday", "sunday", "saturday"] = "monday"
    fiscal_year_start_month: int = 1
    time_zone: str | None = None
    holidays: tuple[Holiday, ...] = ()


class TimeSpine(Frozen):
    """A dataset with one row a period, for periods that must appear without data and for periods of the business's own."""

    dataset: str
    field: str  # the period's first day or instant
    grain: TimeGrain
    custom_grains: dict[str, str] = Field(default_factory=dict)  # name -> the field with its period ("retail_month")


class VerifiedQuestion(Frozen):
    """A question an analyst has confirmed, with its MetricQuery as plain data."""

    question: str
    query: dict[str, object]
    verified_by: str
    verified_at: dt.datetime


class Catalog(Frozen):
    """A whole business. Names are unique within their kind; the rules in `catalog.rules` say what else holds."""

    name: str
    label: str
    description: str = ""
    words: Words = Words()
    as_of: str | None = None  # a date, or SQL giving one over catalog datasets
    currency: str | None = None
    egress: EgressLevel = "metadata"
    default_periods: DefaultPeriods = DefaultPeriods()
    calendar: Calendar = Calendar()
    time_spines: tuple[TimeSpine, ...] = ()
    datasets: tuple[Dataset, ...]
    relationships: tuple[Relationship, ...] = ()
    metrics: tuple[Metric, ...] = ()
    roles: tuple[Role, ...] = ()
    personas: tuple[Persona, ...] = ()
    verified_questions: tuple[VerifiedQuestion, ...] = ()
    strategy: Strategy = Strategy()

    @cached_property
    def dataset_by_name(self) -> dict[str, Dataset]:
        return {item.name: item for item in self.datasets}

    @cached_property
    def metric_by_name(self) -> dict[str, Metric]:
        return {item.name: item for item in self.metrics}

    @cached_property
    def role_by_name(self) -> dict[str, Role]:
        return {item.name: item for item in self.roles}

    def field(self, reference: str) -> CatalogField:
        """The field that `dataset.field` names; KeyError where there is none."""
        dataset, _, name = reference.partition(".")
        return self.dataset_by_name[dataset].field_by_name[name]

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over the canonical JSON: the catalog's version."""
        import hashlib

        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
