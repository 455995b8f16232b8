"""MetricQuery: a question in the catalog's own terms. It says what is wanted, never how to compute it.

Fields are `dataset.field`, metrics and aliases plain names. A query is closed under editing: follow-ups, drill-downs and
models change one part and leave the rest.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from catalog.durations import Duration, TimeGrain, TimePart
from catalog.frozen import Frozen

Scalar = bool | int | float | str | dt.datetime | dt.date | None

Operator = Literal[
    "eq", "ne", "lt", "le", "gt", "ge", "in", "not_in", "between", "like", "not_like", "is_null", "is_not_null"
]


class Period(Frozen):
    """A span of time, half open: from `start` up to and without `end`. Either may be open (None).

    In files `through` may stand for `end`: the last day, included.
    """

    start: dt.date | dt.datetime | None = None
    end: dt.date | dt.datetime | None = None
    label: str | None = None  # "October 2026", for people

    @model_validator(mode="before")
    @classmethod
    def _through(cls, value: Any) -> Any:
        if isinstance(value, dict) and "through" in value:
            rest = {key: item for key, item in value.items() if key != "through"}
            through = value["through"]
            last = dt.date.fromisoformat(through) if isinstance(through, str) else through
            return {**rest, "end": last + dt.timedelta(days=1)}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.start is not None and self.end is not None and as_datetime(self.start) >= as_datetime(self.end):
            raise ValueError(f"a period must start before it ends, not {self.start} to {self.end}")
        return self


def as_datetime(moment: dt.datetime | dt.date) -> dt.datetime:
    """A date as its first instant; a datetime as it is."""
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time())


class FieldCondition(Frozen):
    """A condition on a field's value, before aggregation; `part` or `grain` apply to time fields first.

    `field` "metric_time" is the time of each metric it applies to.
    """

    kind: Literal["field"] = "field"
    field: str
    path: tuple[str, ...] = ()  # relationship names from the metric's dataset, where several lead to the field
    part: TimePart | None = None
    grain: TimeGrain | None = None
    operator: Operator = "eq"
    values: tuple[Scalar, ...] = ()


class MetricCondition(Frozen):
    """A condition on entities by a metric of theirs (customers with more than three orders), before aggregation.

    An entity that the metric has no rows for counts as nought where the metric does, so that "eq 0" finds those without
    any. `where` narrows the metric's own rows, and nothing of the entities. `rows` holds the number of rows that the
    metric is computed from against the values, not what it comes to: a sum that is nought is no sign of no rows.
    """

    kind: Literal["metric"] = "metric"
    metric: str
    per: tuple[str, ...]  # dataset.field of the entity
    operator: Operator
    values: tuple[Scalar, ...] = ()
    period: Period | None = None  # None is the query's own; one open at both ends is all the data
    where: Condition | None = None
    rows: bool = False


class SqlCondition(Frozen):
    """A SQL predicate over dataset.field. Only a catalog may hold one (an imported filter), never a question or a model."""

    kind: Literal["sql"] = "sql"
    expression: str


class AllOf(Frozen):
    kind: Literal["and"] = "and"
    conditions: tuple[Condition, ...]


class AnyOf(Frozen):
    kind: Literal["or"] = "or"
    conditions: tuple[Condition, ...]


class Not(Frozen):
    """The rows for which the condition is not true, those where it is unknown (null) included."""

    kind: Literal["not"] = "not"
    condition: Condition


Condition = Annotated[
    FieldCondition | MetricCondition | SqlCondition | AllOf | AnyOf | Not, Field(discriminator="kind")
]


class TimeDimension(Frozen):
    """Grouping by time: at a grain or by a recurring part. `field` None is each metric's own time."""

    kind: Literal["time"] = "time"
    field: str | None = None
    path: tuple[str, ...] = ()  # relationship names from the metric's dataset, where several lead to the field
    grain: TimeGrain | None = None
    part: TimePart | None = None
    custom_grain: str | None = None  # a grain of the catalog's time spines, instead of grain or part
    fiscal: bool = False  # quarters and years from the catalog's fiscal_year_start_month on
    alias: str | None = None

    @model_validator(mode="after")
    def _one_of_grain_and_part(self) -> TimeDimension:
        if [self.grain, self.part, self.custom_grain].count(None) != 2:
            raise ValueError("a time dimension takes a grain, a part or a custom_grain, one of them")
        return self


class FieldDimension(Frozen):
    """Grouping by a field; `path` names relationships where several lead to it; `bins` makes ranges of a number."""

    kind: Literal["field"] = "field"
    field: str
    path: tuple[str, ...] = ()
    bins: tuple[float, ...] = ()  # edges, ascending: a row falls in [edge, next)
    alias: str | None = None


Dimension = Annotated[TimeDimension | FieldDimension, Field(discriminator="kind")]


class MetricUse(Frozen):
    """A metric in a query, perhaps with a filter or offset of its own ("GMV of the app beside GMV of the web").

    `average_per` divides it by the number of periods of that grain, whole or begun, in the period it is taken over
    ("average orders per day"): only right for what adds up over time, which the asker must know.
    """

    metric: str
    alias: str | None = None
    where: Condition | None = None
    offset: Duration | None = None
    average_per: TimeGrain | None = None
    show: Literal["measure", "context", "hidden"] = "measure"

    @property
    def name(self) -> str:
        """The column's name."""
        return self.alias or (f"{self.metric}_per_{self.average_per.value}" if self.average_per else self.metric)


class ComparePeriod(Frozen):
    """Another period beside the query's: an explicit one, or an offset of it. With a time grain rows match by shift.

    Columns: <metric>_<name>, and by request <metric>_<name>_change (difference) and <metric>_<name>_growth (fraction of
    the earlier value; null where that is zero or null).
    """

    name: str = "previous"
    label: str | None = None
    period: Period | None = None
    offset: Duration | None = None
    difference: bool = True
    growth: bool = True
    show: Literal["measure", "context"] = "context"


class Calculation(Frozen):
    """A figure computed over the aggregated rows, as one more column.

    share: the metric over its total across rows (within `within` dimensions: share of parent); the total is aggregated
    anew, so that it holds for non-additive metrics too. rank: 1 is the highest (with `within`: in each group).
    ratio: one metric of the row over another (`over`). difference: one metric of the row less another (`over`). growth with
    `over`: by what fraction of the other metric of the row the one is above it. average: the mean of the metric's rows.
    running_total: to-date sum along time. rolling: over `rows` periods. Each is exact over the whole result, before limit.
    """

    kind: Literal[
        "share",
        "rank",
        "running_total",
        "rolling_sum",
        "rolling_average",
        "growth",
        "ratio",
        "difference",
        "average",
    ]
    metric: str  # the name of a MetricUse
    over: str | None = None  # ratio, difference, growth: the MetricUse it is divided by or held against
    alias: str | None = None
    within: tuple[str, ...] = ()  # names of dimensions
    rows: int | None = None
    ascending: bool = False
    show: Literal["measure", "context"] = "context"

    @property
    def name(self) -> str:
        """The column's name."""
        joint = {"ratio": "per", "difference": "minus", "growth": "above"}.get(self.kind)
        of_two = f"{self.metric}_{joint}_{self.over}" if joint and self.over else None
        return self.alias or of_two or f"{self.metric}_{self.kind}"


class Having(Frozen):
    """A condition on a column of the result (a metric, comparison or calculation), after aggregation; all must hold.

    The column is held against values, or against another column of the row (`than`: a metric against its target). Of
    conditions with the same `either`, from 1 on, one is enough.
    """

    column: str
    operator: Operator
    values: tuple[Scalar, ...] = ()
    than: str | None = None
    either: int = 0


class OrderBy(Frozen):
    """Sort by a column of the result; nulls last either way. Ties break by the keys, ascending."""

    column: str
    descending: bool = False


class MetricQuery(Frozen):
    """A question in the catalog's terms. Rows: one for each combination of `group_by`; a single one without.

    Metrics of different datasets are each aggregated at their own grain, then joined (full outer) on the dimensions.
    A metric query without metrics lists the distinct values of its dimensions.
    """

    metrics: tuple[MetricUse, ...] = ()
    group_by: tuple[Dimension, ...] = ()
    where: Condition | None = None
    period: Period | None = None  # over each metric's own time; None is all the data
    compare: tuple[ComparePeriod, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    having: tuple[Having, ...] = ()
    targets: bool = False  # each metric's target beside it, as <metric>_target
    targets_are_asked: bool = False  # ... as a figure that was asked for itself, and no context
    order_by: tuple[OrderBy, ...] = ()
    limit: int | None = Field(default=None, ge=1)
    limit_within: tuple[str, ...] = ()  # names of dimensions: the limit holds in each group of these
    others: bool = False  # the rows past the limit become one, named "other"
    totals: Literal["none", "grand", "subtotals"] = "none"
    as_of: dt.date | None = None  # "now" for states, trailing windows and as-of levels without a period


def dimension_name(dimension: TimeDimension | FieldDimension) -> str:
    """The column's name: the alias, else the field's own name, else the grain or part ("month")."""
    if dimension.alias:
        return dimension.alias
    if isinstance(dimension, FieldDimension):
        return dimension.field.partition(".")[2]
    grain = dimension.grain or dimension.part
    period = grain.value if grain is not None else dimension.custom_grain
    assert period is not None
    return period if dimension.field is None else f"{dimension.field.partition('.')[2]}_{period}"
