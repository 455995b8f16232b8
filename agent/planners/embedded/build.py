"""From a draft and a resolution to a Plan: the MetricQuery, its shape, and what was understood in words."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass, field, replace
from typing import Literal

from agent.planners.embedded.additivity import adds_up
from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import BoundSlot, Draft, FieldValues, FilterSlot
from agent.planners.embedded.interpret import field_words, interpret
from agent.planners.embedded.periods import (
    ChosenPeriod,
    asked_comparisons,
    choose_period,
    grain_for,
    is_finer_than,
    period_before,
)
from agent.planners.embedded.reach import Reach, excludes
from agent.planners.embedded.resolve import Resolution
from agent.tools.compile import metric_time
from catalog.durations import TimeGrain, TimePart
from catalog.models import CatalogField, DerivedMetric, Direction, FieldRole, FieldType
from catalog.plan import NamedQuery, Plan, QuestionShape
from catalog.query import (
    AllOf,
    AnyOf,
    Calculation,
    ComparePeriod,
    Condition,
    Dimension,
    FieldCondition,
    FieldDimension,
    Having,
    MetricCondition,
    MetricQuery,
    MetricUse,
    Not,
    OrderBy,
    Period,
    TimeDimension,
    as_datetime,
    dimension_name,
)
from semantic_context.linking import split_route
from semantic_context.time_expressions import TimeExpression, describe_period

_MANY_GROUPS = 10
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


class UnsupportedError(Exception):
    """A question that was understood but cannot be asked as a query; `reason` is fit for a person."""

    def __init__(self, reason: str, words: tuple[str, ...] = ()) -> None:
        self.reason = reason
        self.words = words
        super().__init__(reason)


@dataclass
class _Parts:
    """The query in the making."""

    metrics: tuple[str, ...]
    groups: list[Dimension] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    having: list[Having] = field(default_factory=list)
    calculations: list[Calculation] = field(default_factory=list)
    compare: tuple[ComparePeriod, ...] = ()
    order_by: list[OrderBy] = field(default_factory=list)
    limit: int | None = None
    limit_within: tuple[str, ...] = ()
    others: bool = False
    shape: QuestionShape = "value"
    caveats: list[str] = field(default_factory=list)
    period: Period | None = None
    period_is_taken: bool = False
    variants: list[tuple[str, Condition]] = field(default_factory=list)  # each metric once for each, side by side


_CAME_FROM = frozenset(
    """came come comes coming were was are is made placed generated go goes went used use using belong belongs accounted
    contributed brought happen happened happens""".split()
)
_STEP_OVER_STEP = re.compile(r"\b(?:over|on|to)\b|^[ymqwd][/o\-]?[oy]?[/o\-]?[ymqwd]$|-", re.IGNORECASE)
# Words that hold what stands on their two sides against each other.
_HELD_AGAINST = re.compile(r"\b(?:vs|versus|against|than|compared|relative)\b", re.IGNORECASE)


def build_plan(draft: Draft, resolution: Resolution, reach: Reach, as_of: dt.date) -> Plan:
    """The plan of one resolution; UnsupportedError where no query says what was asked."""
    _refuse_what_no_query_says(draft, resolution)
    metrics = _rates_for_shares(draft, resolution)
    draft, resolution = _without_what_the_rate_says(draft, resolution, metrics, reach)
    parts = _Parts(metrics)
    _add_groups(draft, resolution, parts, reach)
    _add_filters(draft, resolution, parts, reach)
    ranked_period = _time_is_ranked(draft, parts)
    history = ranked_period or _ranges_over_history(draft)
    chosen = choose_period(draft, metrics, as_of, whole_history=history and not draft.time.named)
    if draft.time.second_grain is not None:
        raise UnsupportedError("I split along time one way at a time: which one shall it be?")
    parts.period = chosen.period
    _add_dates(draft, parts, reach)
    _add_time_dimension(draft, parts, chosen, ranked_period=ranked_period)
    parts.compare = asked_comparisons(draft, chosen, as_of)
    _add_bounds(draft, parts, reach)
    if not parts.period_is_taken:
        _require_time(draft, metrics, chosen, as_of)
    if draft.lists_things and parts.groups:
        parts.having.append(Having(column=metrics[0], operator="gt", values=(0,)))
    _add_calculations(draft, resolution, parts, reach)
    _add_ranking(draft, resolution, parts, ranked_period=ranked_period)
    if Cue.TARGET in draft.asks and (draft.time.asks_which or any(slot.leader is Cue.WHICH for slot in draft.groups)):
        raise UnsupportedError(
            "I cannot pick by target yet; I can show each figure beside its target: ask for it by month."
        )
    parts.shape = _shape(draft, parts, ranked_period=ranked_period)
    _add_context(draft, parts, chosen, as_of)
    query = MetricQuery(
        metrics=_uses(draft, parts),
        group_by=tuple(parts.groups),
        where=_all(parts.conditions),
        period=chosen.period if parts.metrics and not parts.period_is_taken else None,
        compare=parts.compare,
        calculations=tuple(parts.calculations),
        having=tuple(parts.having),
        targets=Cue.TARGET in draft.asks or _has_target_for(draft, parts, chosen),
        order_by=tuple(parts.order_by),
        limit=parts.limit,
        limit_within=parts.limit_within,
        others=parts.others,
        as_of=chosen.as_of or as_of,
    )
    return Plan(
        shape=parts.shape,
        queries=(NamedQuery(name="answer", query=query),),
        interpretation=interpret(query, draft.view, chosen.words, chosen.defaulted),
        premise=_premise(draft),
        caveats=tuple(parts.caveats),
    )


def _uses(draft: Draft, parts: _Parts) -> tuple[MetricUse, ...]:
    if parts.variants:
        return tuple(
            MetricUse(
                metric=name,
                where=condition,
                average_per=draft.average_per,
                alias=words if len(parts.metrics) == 1 else f"{name}_{words}",
            )
            for name in parts.metrics
            for words, condition in parts.variants
        )
    return tuple(
        MetricUse(metric=name, average_per=draft.average_per, show=_shown(draft, parts, name)) for name in parts.metrics
    )


def _shown(draft: Draft, parts: _Parts, name: str) -> Literal["measure", "context"]:
    """A metric of which only a share or running total is asked stands beside it as context."""
    if draft.lists_things:
        return "context"  # the things are asked for, not how many each is
    derived = [item for item in parts.calculations if item.metric == name and item.show == "measure"]
    if not derived or derived[0].kind == "growth":
        return "measure"
    return "measure" if draft.figure_and_share else "context"


def _refuse_what_no_query_says(draft: Draft, resolution: Resolution) -> None:
    if draft.no_ratio is not None:
        above, below = (draft.view.whole.metric_by_name[name].label for name in draft.no_ratio)
        raise UnsupportedError(f"{above} per {below} is not defined here. I can show the two side by side.")
    if draft.time.unjoined:
        raise UnsupportedError("Two periods are named and nothing says how they go together: which one do you want?")
    for slot, reference in zip(draft.groups, resolution.groups, strict=True):
        is_key = draft.view.whole.field(split_route(reference)[0]).role is FieldRole.KEY
        lead = draft.preceding(slot.item) if slot.item >= 0 else None
        if is_key and lead is not None and lead.text.casefold() == "per" and draft.ranking is None and not draft.bounds:
            thing = draft.view.whole.dataset_by_name[reference.partition(".")[0]].singular
            labels = " and ".join(draft.view.whole.metric_by_name[name].label for name in resolution.metrics)
            raise UnsupportedError(
                f"{labels} per {thing} is not defined here. I can show it by a group, or rank the {thing}s."
            )
    ranking = draft.ranking if Cue.TOTAL in draft.asks else None
    if ranking is not None and ranking.count is not None:
        said_before = draft.stops_between(max(0, ranking.item - 3), ranking.item)
        if "of" in said_before:
            raise UnsupportedError("I can rank these and show each one's figure, not yet their total.")


def _rates_for_shares(draft: Draft, resolution: Resolution) -> tuple[str, ...]:
    """ "what percentage of orders were cancelled": the rate that the catalog defines of the count, where nothing is split."""
    if Cue.SHARE in draft.asks and len(resolution.metrics) == 2:
        return (_ratio_of(draft, resolution),)
    if Cue.SHARE not in draft.asks or len(resolution.metrics) != 1:
        return resolution.metrics
    if (draft.groups or draft.filters) and not _counts_what_another_leaves_out(draft, resolution):
        return resolution.metrics
    for metric in draft.view.metrics.values():
        if isinstance(metric, DerivedMetric) and metric.unit == "fraction" and len(metric.inputs) == 2:
            above, below = metric.inputs
            ratio = metric.formula.replace(" ", "") == f"{above.name}/{below.name}"
            if ratio and above.metric == resolution.metrics[0]:
                return (metric.name,)
    return resolution.metrics


def _counts_what_another_leaves_out(draft: Draft, resolution: Resolution) -> bool:
    """Whether a filter sent the question to another count than was named: "orders that were cancelled"."""
    slots = [slot for slot in draft.metrics if slot.candidates[0].how != "kept"]
    return len(slots) == 1 and slots[0].candidates[0].name != resolution.metrics[0] and bool(draft.filters)


def _without_what_the_rate_says(
    draft: Draft, resolution: Resolution, metrics: tuple[str, ...], reach: Reach
) -> tuple[Draft, Resolution]:
    """Both without the filter that the rate itself stands for: "what share was cancelled, by channel"."""
    if metrics == resolution.metrics or not _counts_what_another_leaves_out(draft, resolution):
        return draft, resolution
    named = draft.metrics[0].candidates[0].name
    kept = [
        (slot, choice)
        for slot, choice in zip(draft.filters, resolution.filters, strict=True)
        if not excludes(reach.view, named, split_route(choice.field)[0], choice.values)
    ]
    filters = tuple(choice for _, choice in kept)
    return replace(draft, filters=[slot for slot, _ in kept]), replace(resolution, metrics=metrics, filters=filters)


def _ratio_of(draft: Draft, resolution: Resolution) -> str:
    """ "discounts as a percent of GMV": the ratio of the two, where the catalog defines it."""
    wanted = set(resolution.metrics)
    for metric in draft.view.metrics.values():
        if not isinstance(metric, DerivedMetric) or {item.metric for item in metric.inputs} != wanted:
            continue
        if metric.formula.replace(" ", "") == f"{metric.inputs[0].name}/{metric.inputs[1].name}":
            return metric.name
    labels = " and ".join(draft.view.whole.metric_by_name[name].label for name in resolution.metrics)
    raise UnsupportedError(f"No ratio of {labels} is defined here. I can show them side by side, or each one's parts.")


def _all(conditions: list[Condition]) -> Condition | None:
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else AllOf(conditions=tuple(conditions))


def _add_groups(draft: Draft, resolution: Resolution, parts: _Parts, reach: Reach) -> None:
    for name in resolution.groups:
        reference, path = split_route(name)
        known = {
            (reach.thing_named(item.field), item.path) for item in parts.groups if isinstance(item, FieldDimension)
        }
        if (reach.thing_named(reference), path) not in known:
            parts.groups.append(FieldDimension(field=reference, path=path, alias=_role_alias(draft, reference, path)))
            _leave_out_the_nameless(draft, parts, reference)
    _rename_twins(parts)


def _role_alias(draft: Draft, reference: str, path: tuple[str, ...]) -> str | None:
    """The column's name where a role tells it from another of the same field ("origin_depot_name")."""
    roles = [item.role for item in draft.view.whole.relationships if item.name in path and item.role]
    return f"{roles[0]}_{reference.partition('.')[2]}".replace(" ", "_") if roles else None


def _leave_out_the_nameless(draft: Draft, parts: _Parts, reference: str) -> None:
    """A thing's number that is empty belongs to no thing ("per store": sales without one are no store's)."""
    item = draft.view.whole.field(reference)
    if item.role is FieldRole.KEY or (item.type is FieldType.INTEGER and item.role is FieldRole.DIMENSION):
        parts.conditions.append(FieldCondition(field=reference, operator="is_not_null"))
        parts.caveats.append(f"What has no {field_words(draft.view, reference)} is left out.")


def _rename_twins(parts: _Parts) -> None:
    """Two groups of one name get their datasets' names in front."""
    names = [dimension_name(item) for item in parts.groups]
    for place, item in enumerate(parts.groups):
        if names.count(names[place]) > 1 and isinstance(item, FieldDimension):
            parts.groups[place] = item.model_copy(update={"alias": item.field.replace(".", "_")})


def filter_condition(slot: FilterSlot, choice: FieldValues, reach: Reach, metrics: tuple[str, ...]) -> Condition:
    """The condition of a filter slot. "Not" keeps the rows whose value is unknown; of what holds many of the things
    (orders of products) it keeps what holds another one."""
    several = len(choice.values) > 1
    field, path = split_route(choice.field)
    if slot.negated and any(reach.holds_many(metric, choice.field) for metric in metrics):
        return FieldCondition(field=field, path=path, operator="not_in" if several else "ne", values=choice.values)
    condition = FieldCondition(field=field, path=path, operator="in" if several else "eq", values=choice.values)
    return Not(condition=condition) if slot.negated else condition


def _add_filters(draft: Draft, resolution: Resolution, parts: _Parts, reach: Reach) -> None:
    parts.conditions += draft.kept_conditions
    asked = {item.field for item in parts.groups if isinstance(item, FieldDimension)} | {
        choice.field for slot, choice in zip(draft.filters, resolution.filters, strict=True) if not slot.from_context
    }
    seen: dict[str, set[object]] = {}
    alternatives: dict[int, list[Condition]] = {}
    _refuse_contradictions(draft, resolution, reach, parts)
    for slot, choice in zip(draft.filters, resolution.filters, strict=True):
        if slot.from_context and choice.field in asked:
            continue
        if slot.either:
            alternatives.setdefault(slot.either, []).append(filter_condition(slot, choice, reach, parts.metrics))
            continue
        if not slot.negated:
            if choice.field in seen and not seen[choice.field] & set(choice.values):
                label = field_words(draft.view, split_route(choice.field)[0])
                raise UnsupportedError(f"No row has two values of {label} at once: shall I compare them, or take one?")
            seen.setdefault(choice.field, set()).update(choice.values)
        parts.conditions.append(filter_condition(slot, choice, reach, parts.metrics))
        grouped = any(isinstance(item, FieldDimension) and item.field == choice.field for item in parts.groups)
        side_by_side = (
            slot.versus
            or (slot.listed and Cue.TOTAL not in draft.asks)
            or (len(choice.values) > 1 and Cue.COMPARE in draft.asks and not draft.time.periods)
        )
        if side_by_side and not slot.negated and not grouped and Cue.SHARE not in draft.asks:
            field, path = split_route(choice.field)
            parts.groups.append(FieldDimension(field=field, path=path, alias=_role_alias(draft, field, path)))
    parts.conditions += [AnyOf(conditions=tuple(several)) for several in alternatives.values()]
    _add_parts_of_time(draft, parts)


def _refuse_contradictions(draft: Draft, resolution: Resolution, reach: Reach, parts: _Parts) -> None:
    """What rows cannot tell: "customers who bought books but not games" asks of a customer's rows together."""
    pairs = list(zip(draft.filters, resolution.filters, strict=True))
    wanted = {choice.field for slot, choice in pairs if not slot.negated and not slot.from_context}
    for slot, choice in pairs:
        label = field_words(draft.view, split_route(choice.field)[0])
        if slot.negated and choice.field in wanted:
            raise UnsupportedError(
                f"With one {label} and without another at once is more than I can ask: which of the two?"
            )
        counted = any(draft.view.whole.metric_by_name[name].unit == "count" for name in parts.metrics)
        if slot.both and counted and any(reach.has_many_of(name, choice.field) for name in parts.metrics):
            raise UnsupportedError(f"I cannot yet ask for those that have both, by {label}: shall I show each?")


def _add_parts_of_time(draft: Draft, parts: _Parts) -> None:
    """ "on Mondays": a filter; "on Mondays and Fridays" either; "weekends versus weekdays" side by side, each a column."""
    by_part: dict[TimePart, list[TimeExpression]] = {}
    for expression in draft.time.part_filters:
        if expression.part is not None:
            by_part.setdefault(expression.part, []).append(expression)
    for part, expressions in by_part.items():
        values = tuple(dict.fromkeys(value for item in expressions for value in item.part_values))
        parts.conditions.append(FieldCondition(field="metric_time", part=part, operator="in", values=values))
        ordered = sorted(expressions, key=lambda item: item.start)
        gaps = " ".join(draft.question[one.end : other.start] for one, other in itertools.pairwise(ordered))
        compared = _HELD_AGAINST.search(gaps) is not None or Cue.COMPARE in draft.asks or draft.differs
        if len(expressions) < 2 or not compared:
            continue
        if all(len(item.part_values) == 1 for item in expressions):
            parts.groups.insert(0, TimeDimension(part=part))
            continue
        parts.variants += [
            (
                "_".join(re.findall(r"[a-z]+", item.text.casefold())[-1:]),
                FieldCondition(field="metric_time", part=part, operator="in", values=item.part_values),
            )
            for item in ordered
        ]


def _add_dates(draft: Draft, parts: _Parts, reach: Reach) -> None:
    """ "customers who joined in 2025": a condition on that time, whatever the figure's own period."""
    for slot in draft.dated:
        fields = [
            name for name in slot.fields if all(reach.why_not_filter(metric, name) is None for metric in parts.metrics)
        ]
        if len(fields) != 1:
            raise UnsupportedError("I cannot tell which time is meant.", (draft.items[slot.item].text,))
        reference, path = split_route(fields[0])
        if slot.period.start is not None:
            parts.conditions.append(
                FieldCondition(field=reference, path=path, operator="ge", values=(slot.period.start,))
            )
        if slot.period.end is not None:
            parts.conditions.append(
                FieldCondition(field=reference, path=path, operator="lt", values=(slot.period.end,))
            )


def _require_time(draft: Draft, metrics: tuple[str, ...], chosen: ChosenPeriod, as_of: dt.date) -> None:
    """A figure that is only known as it is now is not given for another time."""
    if chosen.defaulted or chosen.period is None:
        return
    today = dt.datetime.combine(as_of, dt.time())
    starts = chosen.period.start is None or as_datetime(chosen.period.start) <= today
    if starts and (chosen.period.end is None or as_datetime(chosen.period.end) > today):
        return
    for name in metrics:
        if not metric_time(draft.view, name):
            label = draft.view.whole.metric_by_name[name].label
            raise UnsupportedError(f"{label} is only known as it is now, not for {chosen.words}.")


def _time_is_ranked(draft: Draft, parts: _Parts) -> bool:
    """Whether a period is what is sought: "which month was best", "the busiest weekday"."""
    grouped_by_time = draft.time.grain is not None or draft.time.part is not None
    return grouped_by_time and (draft.ranking is not None) and not parts.groups


def _ranges_over_history(draft: Draft) -> bool:
    """Whether a question without a period is about the whole course of things: a trend in coarse steps."""
    if draft.time.open_grain or Cue.TREND in draft.asks:
        return draft.time.grain is None or draft.time.grain.rank >= TimeGrain.WEEK.rank
    return draft.time.grain is not None and draft.time.grain.rank >= TimeGrain.MONTH.rank


def _add_time_dimension(draft: Draft, parts: _Parts, chosen: ChosenPeriod, *, ranked_period: bool) -> None:
    time = draft.time
    if time.part is not None:
        parts.groups.insert(0, TimeDimension(part=time.part))
    elif time.grain_of_parts is not None and time.grain is None:
        parts.groups.insert(0, TimeDimension(grain=time.grain_of_parts))
    elif time.grain is not None:
        if not time.asks_which and not ranked_period and time.periods:
            return
        parts.groups.insert(0, TimeDimension(grain=time.grain))
    elif (grain := _grain_of_growth(time.compare_expressions, chosen.period)) is not None:
        parts.groups.insert(0, TimeDimension(grain=grain))
    elif (time.open_grain or Cue.TREND in draft.asks or Cue.RUNNING in draft.asks) and not time.compare:
        grain = grain_for(chosen.period)
        if chosen.period is None or is_finer_than(grain, chosen.period):
            parts.groups.insert(0, TimeDimension(grain=grain))


def _grain_of_growth(compared: list[TimeExpression], period: Period | None) -> TimeGrain | None:
    """ "month over month growth in 2026": the step of a comparison that is shorter than the period is its grain."""
    steps = [
        item.offset.grain
        for item in compared
        if item.offset is not None and not item.periods and item.offset.count == 1
    ]
    over = [item for item in compared if _STEP_OVER_STEP.search(item.text)]
    if len(compared) != 1 or not steps or not over or period is None:
        return None
    return steps[0] if is_finer_than(steps[0], period) else None


def _add_bounds(draft: Draft, parts: _Parts, reach: Reach) -> None:
    if draft.either_bound:
        raise UnsupportedError("I can hold figures against one bound or another, not yet against either: which one?")
    for given in draft.bounds:
        slot = replace(given, metrics=tuple(item for item in given.metrics if _same_unit(draft, item.name, given)))
        if slot.about_growth:
            _bound_growth(draft, parts, slot)
        elif _is_about_the_figure(draft, parts, slot):
            parts.having.append(Having(column=parts.metrics[0], operator=slot.bound.operator, values=slot.bound.values))
        elif slot.metrics or (slot.dataset is not None and not slot.fields and slot.bound.unit is None):
            _bound_metric(draft, parts, slot, reach)
        else:
            _bound_field(draft, parts, slot, reach)


def _is_about_the_figure(draft: Draft, parts: _Parts, slot: BoundSlot) -> bool:
    """Whether a bound that names nothing is about the one figure asked for: "categories above 20k by revenue"."""
    if not parts.groups or len(parts.metrics) != 1 or slot.metrics or slot.entity_key is not None:
        return False
    named = [meaning for meaning in slot.fields if _can_bound(draft, meaning.name, slot)]
    numeric = [meaning for meaning in named if draft.view.whole.field(meaning.name).type in _NUMBERS]
    return not numeric and _same_unit(draft, parts.metrics[0], slot)


def _same_unit(draft: Draft, metric: str, slot: BoundSlot) -> bool:
    """Whether a bound's unit can be a metric's: money bounds money, percents bound fractions."""
    unit = draft.view.whole.metric_by_name[metric].unit
    if slot.bound.unit is not None:
        return unit == slot.bound.unit
    return not slot.bound.percent or unit == "fraction"


def _bound_growth(draft: Draft, parts: _Parts, slot: BoundSlot) -> None:
    if not parts.compare or not parts.groups:
        raise UnsupportedError("I can hold growth against a bound for groups, such as categories or months.")
    column = f"{parts.metrics[0]}_{parts.compare[0].name}_{'growth' if slot.bound.percent else 'change'}"
    parts.having.append(Having(column=column, operator=slot.bound.operator, values=slot.bound.values))


def _bound_metric(draft: Draft, parts: _Parts, slot: BoundSlot, reach: Reach) -> None:
    names = [meaning.name for meaning in slot.metrics] or list(count_metrics(draft.view, slot.dataset or ""))
    if not names:
        raise UnsupportedError("I cannot tell what the bound is about.", (draft.items[slot.item].text,))
    name = next((item for item in names if item in parts.metrics), names[0])
    metric = draft.view.whole.metric_by_name[name]
    values = slot.bound.values
    if metric.unit == "fraction" and not slot.bound.percent and any(abs(value) > 1 for value in values):
        values = tuple(value / 100 for value in values)
    if parts.groups:
        if name not in parts.metrics:
            parts.metrics = (*parts.metrics, name)
        parts.having.append(Having(column=name, operator=slot.bound.operator, values=values))
        return
    if slot.entity is not None or slot.entity_key is not None:
        key: tuple[str, ...] = (slot.entity_key,) if slot.entity_key is not None else ()
        if slot.entity is not None:
            key = tuple(f"{slot.entity}.{item}" for item in draft.view.datasets[slot.entity].primary_key)
        if key and all(reach.why_not_group(name, item) is None for item in key):
            parts.conditions.append(MetricCondition(metric=name, per=key, operator=slot.bound.operator, values=values))
            return
    raise UnsupportedError(
        f"I can hold {metric.label} against a bound for groups, such as categories, customers or months: by what?"
    )


def _bound_field(draft: Draft, parts: _Parts, slot: BoundSlot, reach: Reach) -> None:
    references = [meaning.name for meaning in slot.fields if _can_bound(draft, meaning.name, slot)]
    if not references and slot.dataset is not None:
        references = _amounts(draft, slot.dataset, slot.bound.unit)
    usable = [
        name
        for name in references
        if draft.view.whole.field(name).type in _NUMBERS
        and all(reach.why_not_filter(metric, name) is None for metric in parts.metrics)
    ]
    if len(usable) != 1:
        raise UnsupportedError("I cannot tell what the bound is about.", (draft.items[slot.item].text,))
    parts.conditions.append(FieldCondition(field=usable[0], operator=slot.bound.operator, values=slot.bound.values))


def _can_bound(draft: Draft, reference: str, slot: BoundSlot) -> bool:
    item = draft.view.whole.field(reference)
    return item.role is not FieldRole.KEY and (slot.bound.unit is None or item.unit == slot.bound.unit)


def _amounts(draft: Draft, dataset: str, unit: str | None) -> list[str]:
    """The measures of a dataset that a bound in the unit can be about."""

    def fits(item: CatalogField) -> bool:
        return item.role is FieldRole.MEASURE and (unit is None or item.unit == unit)

    return [f"{dataset}.{item.name}" for item in draft.view.datasets[dataset].fields if fits(item)]


def _add_calculations(draft: Draft, resolution: Resolution, parts: _Parts, reach: Reach) -> None:
    metric = parts.metrics[0] if parts.metrics else None
    if metric is None:
        return
    if parts.variants and (draft.ranking is not None or parts.having or parts.compare):
        raise UnsupportedError("Side by side I can show the figures themselves, not rank or compare them further.")
    if parts.variants:
        return
    has_time = any(isinstance(item, TimeDimension) and item.grain is not None for item in parts.groups)
    is_rate = draft.view.whole.metric_by_name[metric].unit in ("fraction", "ratio")
    if Cue.SHARE in draft.asks and not is_rate:  # "what share of customers churned" asks for the rate itself
        _add_share(draft, resolution, parts, metric, reach)
    if has_time and draft.asks & {Cue.GROWTH, Cue.RISE, Cue.FALL} and not draft.time.compare_expressions:
        parts.compare = ()
        parts.calculations.append(Calculation(kind="growth", metric=metric, show="measure"))
    if Cue.RUNNING in draft.asks and has_time:
        parts.calculations.append(Calculation(kind="running_total", metric=metric, show="measure"))
    if Cue.ROLLING in draft.asks:
        raise UnsupportedError("Rolling averages need a window: say for instance 'GMV by week' and I show the weeks.")


def _add_share(draft: Draft, resolution: Resolution, parts: _Parts, metric: str, reach: Reach) -> None:
    """A share of a whole: by the groups, or of one value among its field's ("what share comes from the app")."""
    within: tuple[str, ...] = ()
    split = any(isinstance(item, FieldDimension) for item in parts.groups)
    part = _part_of_share(draft, resolution, split=split)
    if part is not None:
        slot, choice = part
        parts.conditions.remove(filter_condition(slot, choice, reach, parts.metrics))
        field, path = split_route(choice.field)
        dimension = FieldDimension(field=field, path=path, alias=_role_alias(draft, field, path))
        within = tuple(dimension_name(item) for item in parts.groups)
        if dimension_name(dimension) in within:
            raise UnsupportedError("A share of one value cannot be split by the same field: shall I show all shares?")
        parts.groups.append(dimension)
        parts.having.append(Having(column=dimension_name(dimension), operator="in", values=choice.values))
    elif not split:
        if draft.asks & {Cue.GROWTH, Cue.RISE, Cue.FALL}:
            return  # "by what percentage did it grow" asks for growth
        if not parts.groups:
            raise UnsupportedError("A share needs parts: by what shall I split it?")
    elif len(parts.groups) > 1:
        time_names = tuple(dimension_name(item) for item in parts.groups if isinstance(item, TimeDimension))
        within = time_names or (dimension_name(parts.groups[0]),)
    parts.calculations.append(Calculation(kind="share", metric=metric, within=within, show="measure"))


def _part_of_share(draft: Draft, resolution: Resolution, *, split: bool) -> tuple[FilterSlot, FieldValues] | None:
    """The filter that names the part ("the app's share", "what share came from the app"), the others narrow the whole.

    Beside groups a filter narrows the whole, unless it stands before "share" or behind a verb that says where it came from.
    """
    single = [
        (slot, choice)
        for slot, choice in zip(draft.filters, resolution.filters, strict=True)
        if not slot.negated and not slot.either
    ]
    cue = next((item.place for item in draft.items if item.cue() is Cue.SHARE), None)
    owners = [
        pair
        for pair in single
        if cue is not None
        and 0 <= pair[0].item < cue
        and not _verb_before(draft, pair[0], pair[0].item)
        and all(item.is_stop or item.used in ("value", "qualifier", "noun") for item in draft.items[pair[0].item : cue])
    ]
    come = [pair for pair in single if pair[0].item >= 0 and _verb_before(draft, pair[0], pair[0].item)]
    for found in (owners, come):
        if len(found) > 1:
            raise UnsupportedError("A share of several things at once: which of them is the part?")
        if found:
            return found[0]
    return None if split or not single else single[-1]


def _verb_before(draft: Draft, slot: FilterSlot, place: int) -> bool:
    """Whether a verb that says where a part came from stands right before a value ("came from the app", "were vips")."""
    before = draft.preceding(place)
    said = draft.stops_between(before.place if before is not None else -1, place)
    return bool(_CAME_FROM & set(said))


def _order_column(draft: Draft, resolution: Resolution, parts: _Parts) -> str:
    metric = resolution.rank_metric or parts.metrics[0]
    by_growth = draft.asks & {Cue.GROWTH, Cue.RISE, Cue.FALL} and parts.compare
    if by_growth:
        change = Cue.GROWTH in draft.asks or not _is_currency(draft, metric)
        return f"{metric}_{parts.compare[0].name}_{'growth' if change else 'change'}"
    return metric


def _is_currency(draft: Draft, metric: str) -> bool:
    unit = draft.view.whole.metric_by_name[metric].unit
    return unit is not None and unit.isupper()


def _add_ranking(draft: Draft, resolution: Resolution, parts: _Parts, *, ranked_period: bool) -> None:
    if not parts.metrics:
        return
    ranking = draft.ranking
    column = _order_column(draft, resolution, parts)
    if ranking is None:
        if (draft.asks & {Cue.RANK, Cue.DESCENDING, Cue.ASCENDING}) and parts.groups:
            parts.order_by.append(OrderBy(column=column, descending=Cue.ASCENDING not in draft.asks))
        return
    if not parts.groups:
        raise UnsupportedError("Highest or lowest among what: which groups or periods shall I compare?")
    metric = draft.view.whole.metric_by_name[resolution.rank_metric or parts.metrics[0]]
    good_is_high = metric.direction is not Direction.DOWN
    descending = {"high": True, "low": False, "good": good_is_high, "bad": not good_is_high}[ranking.sense]
    if Cue.FALL in draft.asks and column != metric.name:
        descending = not descending
    parts.order_by.append(OrderBy(column=column, descending=descending))
    if ranking.nth is not None and column == metric.name:
        place = Calculation(kind="rank", metric=metric.name, ascending=not descending)
        parts.calculations.append(place)
        parts.having.append(Having(column=place.name, operator="eq", values=(ranking.nth,)))
    elif ranking.count is not None:
        parts.limit = ranking.count
        parts.limit_within = _limit_groups(draft, parts)
        parts.others = Cue.OTHERS in draft.asks
    elif ranked_period or _asks_for_one(draft):
        parts.limit = 1
        parts.limit_within = _limit_groups(draft, parts)
    elif any(_names_things(draft, item) for item in parts.groups):
        parts.limit = _MANY_GROUPS


def _names_things(draft: Draft, dimension: Dimension) -> bool:
    """Whether each row of a dataset is a group of its own: its key, or the name its things are known by."""
    if isinstance(dimension, TimeDimension):
        return False
    dataset = draft.view.whole.dataset_by_name[dimension.field.partition(".")[0]]
    name = dimension.field.partition(".")[2]
    return (
        name == dataset.display_field
        or (name,) == dataset.primary_key
        or draft.view.whole.field(dimension.field).role is FieldRole.KEY
    )


def _limit_groups(draft: Draft, parts: _Parts) -> tuple[str, ...]:
    """The groups that each have their own top ("top 3 categories in each region", "every month")."""
    names = [dimension_name(item) for item in parts.groups]
    timed = [name for name, item in zip(names, parts.groups, strict=True) if isinstance(item, TimeDimension)]
    if timed and len(parts.groups) > 1:
        return tuple(timed)
    if len(draft.groups) == 2 and len(parts.groups) == 2 and draft.groups[1].leader in (Cue.EACH, Cue.BY):
        return (names[1],)
    return ()


def _asks_for_one(draft: Draft) -> bool:
    return bool(draft.groups) and draft.groups[0].singular


def _shape(draft: Draft, parts: _Parts, *, ranked_period: bool) -> QuestionShape:
    if not parts.metrics:
        return "values"
    has_time = any(isinstance(item, TimeDimension) and item.grain is not None for item in parts.groups)
    if draft.ranking is not None and draft.ranking.nth is not None:
        return "ranking"
    if ranked_period:
        return "extreme_period"
    if any(item.kind == "share" and item.show == "measure" for item in parts.calculations):
        return "share"
    if parts.having:
        return "threshold"
    if draft.ranking is not None or parts.order_by:
        return "ranking"
    if has_time:
        return "trend"
    if Cue.TARGET in draft.asks:
        return "target"
    if any(item.show == "measure" for item in parts.compare):
        return "comparison"
    if parts.groups:
        return "comparison" if any(slot.versus for slot in draft.filters) else "breakdown"
    return "value"


def _add_context(draft: Draft, parts: _Parts, chosen: ChosenPeriod, as_of: dt.date) -> None:
    """What a careful analyst adds: the period before beside a single figure, the share beside parts that add up."""
    if not parts.metrics or parts.variants:
        return
    if not parts.groups and not parts.compare and chosen.period is not None and not parts.period_is_taken:
        earlier = period_before(chosen.period, as_of)
        if earlier is not None:
            parts.compare = (ComparePeriod(label=describe_period(earlier, as_of), period=earlier),)
    only_fields = bool(parts.groups) and all(isinstance(item, FieldDimension) for item in parts.groups)
    picked = any(slot.candidates[0].field == dimension_field(parts.groups) for slot in draft.filters)
    plain = only_fields and draft.average_per is None
    if plain and len(parts.groups) == 1 and not parts.calculations and not parts.compare and not picked:
        for name in parts.metrics[:1]:
            if adds_up(draft.view, name):
                parts.calculations.append(Calculation(kind="share", metric=name))


def dimension_field(groups: list[Dimension]) -> str | None:
    """The first group's field, where it is one."""
    return groups[0].field if groups else None


def _has_target_for(draft: Draft, parts: _Parts, chosen: ChosenPeriod) -> bool:
    """A single unfiltered figure stands beside its target where it has one."""
    if parts.groups or parts.conditions or not parts.metrics or draft.average_per is not None:
        return False
    return any(draft.view.whole.metric_by_name[name].target is not None for name in parts.metrics)


def _premise(draft: Draft) -> str | None:
    if Cue.WHY not in draft.asks:
        return None
    if Cue.RISE in draft.asks and Cue.FALL not in draft.asks:
        return "rise"
    return "fall" if Cue.FALL in draft.asks and Cue.RISE not in draft.asks else None
