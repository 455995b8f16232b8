"""A metric in plain words: how it comes about, over which time, in which unit, what it can be split by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.access import CatalogView
from catalog.expressions import parse_expression, render
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Catalog,
    ConversionMetric,
    CumulativeMetric,
    DerivedMetric,
    Direction,
    FieldRole,
    Metric,
    PerEntityMetric,
    StateMetric,
    Target,
)
from catalog.relationship_graph import reached_from

_AGGREGATION_WORDS = {
    Aggregation.SUM: "sum of",
    Aggregation.COUNT: "number of",
    Aggregation.COUNT_DISTINCT: "number of different",
    Aggregation.AVERAGE: "average of",
    Aggregation.MIN: "smallest",
    Aggregation.MAX: "largest",
    Aggregation.MEDIAN: "median of",
    Aggregation.PERCENTILE: "percentile of",
    Aggregation.SUM_BOOLEAN: "number of rows with",
}
_UNIT_WORDS = {"fraction": "a share, shown in percent", "ratio": "a ratio", "score": "a score", "count": "a count"}
_COMPARISON_WORDS = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}


@dataclass(frozen=True, slots=True)
class Definition:
    """What something is: a title, one sentence, and labelled lines."""

    title: str
    sentence: str
    lines: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        """Plain text: the title, the sentence, and a line each, labels aligned."""
        width = max((len(label) for label, _ in self.lines), default=0)
        rows = [f"  {label:<{width}}  {text}" for label, text in self.lines]
        return "\n".join([self.title, *([f"  {self.sentence}"] if self.sentence else []), *rows])


def describe_metric(view: CatalogView, metric: Metric) -> Definition:
    """How a metric is computed, over which time, in which unit, with its owner, target and dimensions."""
    return Definition(metric.label, metric.description, tuple(_metric_lines(view, metric)))


def _metric_lines(view: CatalogView, metric: Metric) -> Iterator[tuple[str, str]]:
    catalog = view.whole
    yield "name", metric.name
    yield "computed as", computed_as(catalog, metric)
    for part in _parts(catalog, metric):
        condition = f", where {part.filter}" if part.filter else ""
        yield f"{part.label} is", f"{computed_as(catalog, part)}{condition}"
    if metric.filter:
        yield "only where", metric.filter
    times = times_of(catalog, metric)
    if times:
        yield "time", ", ".join(times)
    if metric.unit:
        yield "unit", _UNIT_WORDS.get(metric.unit, metric.unit)
    if metric.is_state:
        yield "kind", "a level at the end of a period, not added up over time"
    if metric.direction is not None:
        yield "good is", "up" if metric.direction is Direction.UP else "down"
    if metric.target is not None:
        yield "target", target_in_words(metric.target)
    if metric.owner:
        yield "owner", metric.owner
    period = metric.default_period or (
        catalog.default_periods.state if metric.is_state else catalog.default_periods.flow
    )
    if period and times:
        yield "without a period", period
    dimensions = dimensions_of(view, metric)
    if dimensions:
        yield "can be split by", ", ".join(dimensions)
    for reference, why in metric.not_by.items():
        yield "cannot be split by", f"{reference}: {why}"
    if metric.words.synonyms:
        yield "also called", ", ".join(metric.words.synonyms)
    if metric.words.examples:
        yield "ask", " / ".join(metric.words.examples)
    if metric.caveat:
        yield "note", metric.caveat


def computed_as(catalog: Catalog, metric: Metric) -> str:
    """How a metric comes about, in one phrase."""
    if isinstance(metric, AggregateMetric):
        return _aggregate_in_words(catalog, metric)
    if isinstance(metric, DerivedMetric):
        return _formula_in_words(catalog, metric)
    if isinstance(metric, CumulativeMetric):
        of = _label(catalog, metric.metric)
        if metric.window is not None:
            return f"{of} over the {metric.window} up to the period's end"
        return (
            f"{of} from the start of the {metric.to_date.value} on" if metric.to_date else f"{of} since the beginning"
        )
    if isinstance(metric, ConversionMetric):
        base, converted = _label(catalog, metric.base_metric), _label(catalog, metric.conversion_metric)
        within = f" within {metric.window}" if metric.window else ""
        what = "share" if metric.calculation == "rate" else "number"
        return f"the {what} of {base} followed by {converted} of the same {metric.base_entity}{within}"
    if isinstance(metric, PerEntityMetric):
        of = ", ".join(_label(catalog, name) for name in metric.metrics)
        return f"{of} for each {', '.join(metric.entity)}, then {metric.expression}"
    return _state_in_words(metric)


def _aggregate_in_words(catalog: Catalog, metric: AggregateMetric) -> str:
    dataset = catalog.dataset_by_name[metric.dataset]
    if metric.expression == "*":
        text = f"number of {dataset.label}"
    else:
        words = _AGGREGATION_WORDS[metric.aggregation]
        if metric.percentile is not None:
            words = f"{metric.percentile:.0%} {words}"
        text = f"{words} {metric.expression}"
    if metric.semi_additive is not None:
        text += f", the {metric.semi_additive.take} value over {metric.semi_additive.over}"
    return text


def _formula_in_words(catalog: Catalog, metric: DerivedMetric) -> str:
    labels = {}
    for item in metric.inputs:
        label = _label(catalog, item.metric)
        if item.offset is not None:
            label += f" {item.offset} before"
        if item.offset_to_grain is not None:
            label += f" at the start of the {item.offset_to_grain.value}"
        labels[item.name] = f"{label} where {item.filter}" if item.filter else label
    text = render(parse_expression(metric.formula))
    words = text.replace("(", "( ").replace(")", " )").split(" ")
    text = " ".join(labels.get(word, word) for word in words).replace("( ", "(").replace(" )", ")")
    return f"{text}, on the days that have data for all" if metric.only_where_all_have_data else text


def _state_in_words(metric: StateMetric) -> str:
    base = (
        f"of the {metric.entity} with an event in the {metric.base_window} up to the period's end"
        if metric.base_window is not None
        else f"of all {metric.base_dataset} there are at the period's end"
    )
    what = "the share" if metric.calculation == "rate" else "the number"
    has = "with one" if metric.counted == "active" else "with none"
    return f"{base}, {what} {has} in the last {metric.recent_window}"


def target_in_words(target: Target) -> str:
    """ "at least 75", "at least ... a month"."""
    text = f"{_COMPARISON_WORDS[target.comparison]} {target.expression}"
    if target.per is not None:
        text += f" a {target.per.value}"
    if target.where:
        text += f", where {target.where}"
    return f"{text} ({target.owner})" if target.owner else text


def _label(catalog: Catalog, name: str) -> str:
    metric = catalog.metric_by_name.get(name)
    return metric.label if metric is not None else name


def _parts(catalog: Catalog, metric: Metric) -> tuple[Metric, ...]:
    names: tuple[str, ...] = ()
    if isinstance(metric, DerivedMetric):
        names = tuple(item.metric for item in metric.inputs)
    elif isinstance(metric, CumulativeMetric):
        names = (metric.metric,)
    elif isinstance(metric, ConversionMetric):
        names = (metric.base_metric, metric.conversion_metric)
    elif isinstance(metric, PerEntityMetric):
        names = metric.metrics
    return tuple(catalog.metric_by_name[name] for name in dict.fromkeys(names) if name in catalog.metric_by_name)


def leaves_of(catalog: Catalog, metric: Metric) -> tuple[AggregateMetric | StateMetric, ...]:
    """The metrics over rows that a metric rests on, through any depth, in order."""
    found: dict[str, AggregateMetric | StateMetric] = {}
    pending: list[Metric] = [metric]
    seen: set[str] = set()
    while pending:
        current = pending.pop(0)
        if current.name in seen:
            continue
        seen.add(current.name)
        if isinstance(current, AggregateMetric | StateMetric):
            found[current.name] = current
        else:
            pending.extend(_parts(catalog, current))
    return tuple(found.values())


def _base_of(leaf: AggregateMetric | StateMetric) -> str:
    return leaf.dataset if isinstance(leaf, AggregateMetric) else leaf.entity.partition(".")[0]


def times_of(catalog: Catalog, metric: Metric) -> tuple[str, ...]:
    """The dataset.field of each time a metric rests on; none where it has no time."""
    if metric.time_field is not None:
        return (metric.time_field,)
    times: dict[str, None] = {}
    for leaf in leaves_of(catalog, metric):
        dataset = catalog.dataset_by_name.get(_base_of(leaf))
        own = f"{dataset.name}.{dataset.time_field}" if dataset is not None and dataset.time_field else None
        time = leaf.time_field or own
        if time is not None:
            times[time] = None
    return tuple(times)


def dimensions_of(view: CatalogView, metric: Metric) -> tuple[str, ...]:
    """The dataset.field that every part of a metric can be grouped by; of a shared dimension the nearest one.

    A part is grouped by what its rows point at, a count of different things also by what points at those.
    """
    leaves = leaves_of(view.whole, metric)
    reached = [_groupable_from(view.whole, leaf) for leaf in leaves]
    owners: dict[str, list[tuple[str, str]]] = {}
    for dataset, item in view.groupable_fields():
        reference = f"{dataset.name}.{item.name}"
        if item.role is not FieldRole.DIMENSION or item.personal_data:
            continue
        if not {dataset.name, reference} & set(metric.not_by):
            key = f"= {item.shared_dimension}" if item.shared_dimension else reference
            owners.setdefault(key, []).append((dataset.name, reference))
    shown = []
    for candidates in owners.values():
        if reached and all(any(dataset in distances for dataset, _ in candidates) for distances in reached):
            near = [(reached[0][dataset], reference) for dataset, reference in candidates if dataset in reached[0]]
            shown.append(min(near)[1])
    return tuple(shown)


def _groupable_from(catalog: Catalog, leaf: AggregateMetric | StateMetric) -> dict[str, int]:
    base = _base_of(leaf)
    distances = reached_from(base, catalog.relationships)
    if isinstance(leaf, AggregateMetric) and leaf.aggregation is Aggregation.COUNT_DISTINCT:
        for dataset in catalog.datasets:
            beyond = reached_from(dataset.name, catalog.relationships)
            if base in beyond:
                for name, distance in beyond.items():
                    distances.setdefault(name, beyond[base] + distance)
    return distances
