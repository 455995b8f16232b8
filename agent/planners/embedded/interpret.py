"""Says in words what a query asks: the sentence that lets a person see whether they were understood."""

from __future__ import annotations

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.tools.present.label_words import mid_sentence
from catalog.access import CatalogView
from catalog.models import AggregateMetric, CatalogField
from catalog.query import (
    AllOf,
    AnyOf,
    Calculation,
    Condition,
    FieldCondition,
    FieldDimension,
    MetricCondition,
    MetricQuery,
    MetricUse,
    Not,
    Scalar,
    SqlCondition,
    TimeDimension,
    dimension_name,
)
from semantic_context.time_expressions import describe_period

_OPERATOR_WORDS = {
    "eq": "is",
    "ne": "is not",
    "lt": "below",
    "le": "at most",
    "gt": "above",
    "ge": "at least",
    "in": "is",
    "not_in": "is not",
    "like": "is like",
    "not_like": "is not like",
    "is_null": "is unknown",
    "is_not_null": "is known",
}


def interpret(query: MetricQuery, view: CatalogView, period_words: str, defaulted: bool) -> str:
    """One line: metrics, period, groups, filters, order, what stands beside. `defaulted` marks a period nobody named."""
    metrics = [
        view.whole.metric_by_name[use.metric].label
        + (f" per {use.average_per.value} on average" if use.average_per is not None else "")
        + (f" ({use.alias.replace('_', ' ')})" if use.alias is not None and use.where is not None else "")
        for use in query.metrics
    ]
    if ratio := next((item for item in query.calculations if item.kind == "ratio"), None):
        metrics = [_ratio_words(ratio, query, view)]
    subject = (
        _listed(metrics)
        if metrics
        else f"The values of {_listed([_group_words(item, view) for item in query.group_by])}"
    )
    parts = [subject, f"{period_words}{' (no period was named)' if defaulted else ''}"] if metrics else [subject]
    if metrics and query.group_by:
        parts.append("by " + _listed([_group_words(item, view) for item in query.group_by]))
    if query.where is not None:
        parts.append("where " + describe_condition(query.where, view))
    before = 0
    ranks = {item.name: item for item in query.calculations if item.kind == "rank"}
    for having in query.having:
        if having.operator == "is_not_null":
            continue  # the rows are members of the group, as any reader takes them to be
        if having.column in ranks:
            parts.append(f"number {having.values[0]} by {view.whole.metric_by_name[ranks[having.column].metric].label}")
            continue
        joint = "or" if having.either and having.either == before else "only where"
        before = having.either
        than = "its target" if (having.than or "").endswith("_target") else "the average of them all"
        against = f"{_OPERATOR_WORDS[having.operator]} {than}" if having.than else ""
        bound = against or _bound_words(having.operator, having.values)
        parts.append(f"{joint} {_column_words(having.column, view, query)} {bound}")
    if query.order_by:
        order = query.order_by[0]
        if order.column in {dimension_name(item) for item in query.group_by}:
            parts.append(f"sorted by {order.column.replace('_', ' ')}{', last first' if order.descending else ''}")
    if query.order_by and "sorted by" not in parts[-1]:
        size = f"the {query.limit} " if query.limit and query.limit > 1 else "the " if query.limit else ""
        way = "highest" if order.descending else "lowest"
        place = f"{size}{way}{'' if query.limit else ' first'}"
        parts.append(f"{place} by {_column_words(order.column, view, query)}{_within_words(query, view)}")
    beside = [item.label or item.name for item in query.compare if item.show == "measure"]
    if beside:
        parts.append("compared with " + _listed(beside))
    if any(item.kind == "share" and item.show == "measure" for item in query.calculations):
        parts.append("as a share of the whole")
    if query.targets and not query.group_by:
        parts.append("beside the target") if any(
            view.whole.metric_by_name[use.metric].target for use in query.metrics
        ) else None
    return ", ".join(parts)


def _ratio_words(ratio: Calculation, query: MetricQuery, view: CatalogView) -> str:
    uses = {use.name: use for use in query.metrics}
    above, below = (
        use_words(uses.get(name) or MetricUse(metric=name), view) for name in (ratio.metric, ratio.over or "")
    )
    return f"{above} divided by {below} (no metric defines this ratio)"


def use_words(use: MetricUse, view: CatalogView) -> str:
    """A figure, and what its own rows are: "Orders where sales channel is web"."""
    label = view.whole.metric_by_name[use.metric].label
    return f"{label} where {describe_condition(use.where, view)}" if use.where is not None else label


def _within_words(query: MetricQuery, view: CatalogView) -> str:
    """ "in each category", where the limit holds in groups."""
    groups = [item for item in query.group_by if query.limit and dimension_name(item) in query.limit_within]
    return f" in each {' and '.join(_group_words(item, view) for item in groups)}" if groups else ""


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def _group_words(dimension: TimeDimension | FieldDimension, view: CatalogView) -> str:
    if isinstance(dimension, TimeDimension):
        return dimension_name(dimension).replace("_", " ")
    return way_words(view, dimension.field, dimension.path) + field_words(view, dimension.field)


def role_words(view: CatalogView, path: tuple[str, ...]) -> str:
    """The roles of the relationships taken, to be said before a field's label: "origin "."""
    roles = [item.role for item in view.whole.relationships if item.name in path and item.role]
    return "".join(f"{role} " for role in roles)


def way_words(view: CatalogView, reference: str, path: tuple[str, ...]) -> str:
    """What is said before a field's label of the way taken to it: a role, else whose it is: "course department"."""
    target = reference.partition(".")[0]
    owners = [
        item for item in view.whole.relationships if item.name in path and item.to_dataset == target and not item.role
    ]
    whose = "".join(f"{view.whole.dataset_by_name[item.from_dataset].singular} " for item in owners)
    return role_words(view, path) + whose


def field_words(view: CatalogView, reference: str) -> str:
    """A field's label in running text, with its dataset where the label alone could be anything's."""
    item: CatalogField = view.whole.field(reference)
    label = item.label if item.label.isupper() else item.label[:1].lower() + item.label[1:]
    dataset = view.whole.dataset_by_name[reference.partition(".")[0]]
    vague = label.casefold() in ("name", "id", "status", "type", "label", "title", "date", "code")
    return f"{dataset.singular} {label}" if vague else label


def describe_condition(condition: Condition, view: CatalogView) -> str:
    """A condition in words."""
    match condition:
        case FieldCondition():
            name = _time_words(condition) if condition.field == "metric_time" else field_words(view, condition.field)
            name = way_words(view, condition.field, condition.path) + name
            if condition.operator in ("eq", "in", "ne", "not_in"):
                joined = _listed([_value(value) for value in condition.values]).replace(" and ", " or ")
                return f"{name} {_OPERATOR_WORDS[condition.operator]} {joined}"
            return f"{name} {_bound_words(condition.operator, condition.values)}"
        case MetricCondition():
            return _figure_words(condition, view)
        case AllOf():
            return " and ".join(describe_condition(item, view) for item in condition.conditions)
        case AnyOf():
            return " or ".join(describe_condition(item, view) for item in condition.conditions)
        case Not():
            inner = condition.condition
            if isinstance(inner, FieldCondition) and inner.operator in ("eq", "in"):
                joined = _listed([_value(value) for value in inner.values]).replace(" and ", " or ")
                return f"{way_words(view, inner.field, inner.path)}{field_words(view, inner.field)} is not {joined}"
            if isinstance(inner, MetricCondition) and inner.operator == "ne" and inner.values == (0,):
                return _figure_words(inner.model_copy(update={"operator": "eq"}), view)
            return f"not ({describe_condition(inner, view)})"
        case SqlCondition():
            return condition.expression


def _entity_words(reference: str, view: CatalogView) -> str:
    """What a key stands for: the thing, else the field whose values are meant."""
    dataset = view.whole.dataset_by_name[reference.partition(".")[0]]
    is_key = reference.partition(".")[2] in dataset.primary_key
    return dataset.singular if is_key else field_words(view, reference)


def _figure_words(condition: MetricCondition, view: CatalogView) -> str:
    """ "Orders of the customer at least 3", "no Orders of the customer in May 2026"."""
    metric = view.whole.metric_by_name[condition.metric]
    label = f"rows of {metric.label}" if condition.rows else metric.label
    if condition.rows and isinstance(metric, AggregateMetric) and not metric.filter:
        label = view.whole.dataset_by_name[metric.dataset].label
    entities = dict.fromkeys(_entity_words(item, view) for item in condition.per)
    figure = f"{label} of the {_listed(list(entities))}"
    period = f" ({describe_period(condition.period)})" if condition.period is not None else ""
    narrowed = f" with {describe_condition(condition.where, view)}" if condition.where is not None else ""
    none = condition.operator == "eq" and condition.values == (0,)
    if (none or (condition.operator == "gt" and condition.values == (0,))) and _counts_them(condition, view):
        return f"{'not ' if none else ''}among {mid_sentence(label)}{narrowed}{period}"
    held = f"no {figure}" if none else f"{figure} {_bound_words(condition.operator, condition.values)}"
    return f"{held}{narrowed}{period}"


def _counts_them(condition: MetricCondition, view: CatalogView) -> bool:
    """Whether the figure is the number of those very things that the condition is on."""
    of = {item.partition(".")[0] for item in condition.per}
    counted = counted_thing(view, condition.metric)
    return of == {counted} or any(condition.metric in count_metrics(view, name) for name in of)


def _time_words(condition: FieldCondition) -> str:
    """What of the figure's own time a condition is about: "the hour", "the month", else the day."""
    unit = str(condition.part.value).removesuffix("_of_day").removesuffix("_of_year") if condition.part else "day"
    return f"the {unit}" if unit in ("hour", "month", "quarter") else "the day"


def _value(value: Scalar) -> str:
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)


def _bound_words(operator: str, values: tuple[Scalar, ...]) -> str:
    if operator == "between":
        return f"between {_value(values[0])} and {_value(values[1])}"
    words = _OPERATOR_WORDS[operator]
    return f"{words} {_listed([_value(value) for value in values])}" if values else words


def _column_words(column: str, view: CatalogView, query: MetricQuery) -> str:
    for use in query.metrics:
        if column == use.name:
            return view.whole.metric_by_name[use.metric].label
        if column.startswith(use.name + "_"):
            label = view.whole.metric_by_name[use.metric].label
            return f"{label} {column.removeprefix(use.name + '_').replace('previous_', '').replace('_', ' ')}"
    return column.replace("_", " ")
