"""From bounds to conditions before and after aggregation: "orders over $200", "stores with more than 70 orders"."""

from __future__ import annotations

from dataclasses import replace

from agent.planners.embedded.conditions import filter_condition
from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import BoundSlot, Draft
from agent.planners.embedded.parts import Parts, UnsupportedError, all_of
from agent.planners.embedded.reach import Reach, base_datasets, is_money_by_name, pointed_at
from agent.planners.embedded.resolve import Resolution
from agent.tools.compile import metric_time
from catalog.models import CatalogField, FieldRole, FieldType
from catalog.query import (
    AnyOf,
    Condition,
    FieldCondition,
    FieldDimension,
    Having,
    MetricCondition,
    Operator,
)
from semantic_context.linking import split_route

_MIRRORED: dict[Operator, Operator] = {
    "gt": "lt", "lt": "gt", "ge": "le", "le": "ge", "eq": "eq", "between": "between", "ne": "ne",
}  # fmt: skip
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


def add_bounds(draft: Draft, resolution: Resolution, parts: Parts, reach: Reach) -> None:
    before = len(parts.having), len(parts.conditions)
    _add_each(draft, resolution, parts, reach)
    if draft.either_bound:
        _make_alternatives(draft, parts, before)


def _make_alternatives(draft: Draft, parts: Parts, before: tuple[int, int]) -> None:
    """Bounds with "or" between them: one of them is enough."""
    having, conditions = parts.having[before[0] :], parts.conditions[before[1] :]
    if len(draft.bounds) == 2 and len(having) == 2 and not conditions:
        parts.having[before[0] :] = [item.model_copy(update={"either": 1}) for item in having]
    elif len(draft.bounds) == 2 and len(conditions) == 2 and not having:
        parts.conditions[before[1] :] = [AnyOf(conditions=tuple(conditions))]
    else:
        raise UnsupportedError("I can hold one kind of figure against one bound or another: which one?")


def _add_each(draft: Draft, resolution: Resolution, parts: Parts, reach: Reach) -> None:
    for given in draft.bounds:
        slot = replace(given, metrics=tuple(item for item in given.metrics if same_unit(draft, item.name, given)))
        if slot.about_growth:
            _bound_growth(draft, parts, slot)
        elif _is_about_the_figure(draft, parts, slot):
            parts.having.append(Having(column=parts.metrics[0], operator=slot.bound.operator, values=slot.bound.values))
        elif slot.metrics or (slot.dataset is not None and not slot.fields and slot.bound.unit is None):
            _bound_metric(draft, resolution, parts, slot, reach)
        else:
            _bound_field(draft, parts, slot, reach)


def _is_about_the_figure(draft: Draft, parts: Parts, slot: BoundSlot) -> bool:
    """Whether a bound that names nothing is about the one figure asked for: "categories above 20k by revenue"."""
    if not parts.groups or len(parts.metrics) != 1 or slot.metrics or slot.entity_key is not None or slot.named_after:
        return False
    named = [meaning for meaning in slot.fields if _can_bound(draft, meaning.name, slot)]
    numeric = [meaning for meaning in named if draft.view.whole.field(split_route(meaning.name)[0]).type in _NUMBERS]
    return not numeric and same_unit(draft, parts.metrics[0], slot)


def same_unit(draft: Draft, metric: str, slot: BoundSlot) -> bool:
    """Whether a bound's unit can be a metric's: money bounds money, percents bound fractions."""
    unit = draft.view.whole.metric_by_name[metric].unit
    if slot.bound.unit is not None:
        return unit == slot.bound.unit
    return not slot.bound.percent or unit == "fraction"


def _bound_growth(draft: Draft, parts: Parts, slot: BoundSlot) -> None:
    if not parts.compare or not parts.groups:
        raise UnsupportedError("I can hold growth against a bound for groups, such as categories or months.")
    column = f"{parts.metrics[0]}_{parts.compare[0].name}_{'growth' if slot.bound.percent else 'change'}"
    if not slot.falls:
        parts.having.append(Having(column=column, operator=slot.bound.operator, values=slot.bound.values))
        return
    # A fall of more than 5 % is growth below -5 %; one of less is still a fall.
    operator = _MIRRORED[slot.bound.operator]
    parts.having.append(
        Having(column=column, operator=operator, values=tuple(-value for value in slot.bound.values[::-1]))
    )
    if operator in ("gt", "ge"):
        parts.having.append(Having(column=column, operator="lt", values=(0,)))


def _bound_metric(draft: Draft, resolution: Resolution, parts: Parts, slot: BoundSlot, reach: Reach) -> None:
    names = [meaning.name for meaning in slot.metrics] or list(count_metrics(draft.view, slot.dataset or ""))
    if not names:
        raise UnsupportedError("I cannot tell what the bound is about.", (draft.items[slot.item].text,))
    name = next((item for item in names if item in parts.metrics), names[0])
    metric = draft.view.whole.metric_by_name[name]
    values = slot.bound.values
    if _cannot_be_a_rate(slot, metric.unit):
        raise UnsupportedError(
            f"{metric.label} is a rate: of what shall I take at least one?", (draft.items[slot.item].text,)
        )
    if metric.unit == "fraction" and not slot.bound.percent and any(abs(value) > 1 for value in values):
        values = tuple(value / 100 for value in values)
    if parts.groups:
        if name not in parts.metrics:
            _refuse_to_narrow_both(draft, parts, slot, metric.label)
            parts.metrics = (*parts.metrics, name)
        parts.having.append(Having(column=name, operator=slot.bound.operator, values=values))
        return
    if slot.entity is not None or slot.entity_key is not None:
        key: tuple[str, ...] = (slot.entity_key,) if slot.entity_key is not None else ()
        if slot.entity is not None:
            key = tuple(f"{slot.entity}.{item}" for item in draft.view.datasets[slot.entity].primary_key)
        if slot.entity is not None and _is_of_what_they_did(draft, parts, slot.entity, name):
            if not (slot.bound.operator == "ge" and slot.bound.values == (1.0,)):
                raise UnsupportedError(f"I cannot tell how many {metric.label} of each are of that time.")
            return  # "customers who bought at least one red wine in May": the condition on the wine says it all
        if key and all(reach.why_not_group(name, item) is None for item in key):
            if _counts_things_now(draft, parts):
                # What there is now cannot be counted in a period: the things with a figure in it are.
                parts.metrics = (name,)
                parts.groups.append(FieldDimension(field=key[0]))
                parts.having.append(Having(column=name, operator=slot.bound.operator, values=values))
                parts.counts_groups = True
                return
            where = _of_what_is_counted(draft, resolution, parts, slot, name, reach)
            where = all_of([*([where] if where is not None else []), *_when_they_were(draft, parts, name)])
            parts.conditions.append(
                MetricCondition(metric=name, per=key, operator=slot.bound.operator, values=values, where=where)
            )
            return
    raise UnsupportedError(
        f"I can hold {metric.label} against a bound for groups, such as categories, customers or months: by what?"
    )


def _is_of_what_they_did(draft: Draft, parts: Parts, entity: str, name: str) -> bool:
    """Whether things are held to a number of what has no time, and is theirs only by what they did in the time that is asked
    about: the products that customers bought in May."""
    timed = draft.time.period is not None and len(parts.metrics) == 1 and not metric_time(draft.view, name)
    bases = base_datasets(draft.view, name)
    done = timed and counted_thing(draft.view, parts.metrics[0]) == entity
    return done and entity not in pointed_at(draft.view, bases)


def _refuse_to_narrow_both(draft: Draft, parts: Parts, slot: BoundSlot, label: str) -> None:
    """ "Revenue of customers with at least two void invoices": the revenue is not that of the void ones."""
    own = [one.text for one in draft.filters if slot.item < one.item < slot.counted]
    if own and parts.metrics:
        raise UnsupportedError(f"I can hold {label} with {own[0]} against a bound, but not beside another figure.")


def _of_what_is_counted(
    draft: Draft, resolution: Resolution, parts: Parts, slot: BoundSlot, metric: str, reach: Reach
) -> Condition | None:
    """What "at least two paid invoices" says of the invoices: it narrows what is counted, not what is asked for."""
    own = [
        filter_condition(one, choice, reach, (metric,))
        for one, choice in zip(draft.filters, resolution.filters, strict=True)
        if slot.item < one.item < slot.counted
    ]
    parts.conditions[:] = [item for item in parts.conditions if item not in own]
    return all_of(own)


def _when_they_were(draft: Draft, parts: Parts, metric: str) -> list[Condition]:
    """The dates that the rows which are counted are held to ("at least one order with an order date in May"): they narrow
    these, as an order of another day is none of them."""
    counted = base_datasets(draft.view, metric)
    asked = frozenset().union(*(base_datasets(draft.view, name) for name in parts.metrics))
    own = [
        item
        for item in parts.conditions
        if isinstance(item, FieldCondition) and _is_time_of(draft, item.field, counted - asked) and not item.path
    ]
    parts.conditions[:] = [item for item in parts.conditions if item not in own]
    return list(own)


def _is_time_of(draft: Draft, field: str, datasets: frozenset[str]) -> bool:
    return field.partition(".")[0] in datasets and draft.view.whole.field(field).role is FieldRole.TIME


def _cannot_be_a_rate(slot: BoundSlot, unit: str | None) -> bool:
    """ "At least one paid invoice" counts invoices: no one means a rate of a hundred percent by it."""
    return unit == "fraction" and not slot.bound.percent and slot.bound.operator == "ge" and slot.bound.values == (1.0,)


def _counts_things_now(draft: Draft, parts: Parts) -> bool:
    return (
        Cue.COUNT in draft.asks
        and not parts.groups
        and draft.time.named
        and len(parts.metrics) == 1
        and not metric_time(draft.view, parts.metrics[0])
    )


def _bound_field(draft: Draft, parts: Parts, slot: BoundSlot, reach: Reach) -> None:
    references = [meaning.name for meaning in slot.fields if _can_bound(draft, meaning.name, slot)]
    if not references and slot.dataset is not None:
        references = _amounts(draft, slot.dataset, slot.bound.unit)
    usable = [
        name
        for name in references
        if draft.view.whole.field(split_route(name)[0]).type in _NUMBERS
        and all(reach.why_not_filter(metric, name) is None for metric in parts.metrics)
    ]
    if len(usable) != 1:
        raise UnsupportedError("I cannot tell what the bound is about.", (draft.items[slot.item].text,))
    field, path = split_route(usable[0])
    parts.conditions.append(
        FieldCondition(field=field, path=path, operator=slot.bound.operator, values=slot.bound.values)
    )


def _can_bound(draft: Draft, reference: str, slot: BoundSlot) -> bool:
    item = draft.view.whole.field(split_route(reference)[0])
    unit = slot.bound.unit
    same = unit is None or item.unit == unit or (slot.named_after and is_money_by_name(draft.view, item))
    return item.role is not FieldRole.KEY and same


def _amounts(draft: Draft, dataset: str, unit: str | None) -> list[str]:
    """The measures of a dataset that a bound in the unit can be about."""

    def fits(item: CatalogField) -> bool:
        return item.role is FieldRole.MEASURE and (unit is None or item.unit == unit)

    return [f"{dataset}.{item.name}" for item in draft.view.datasets[dataset].fields if fits(item)]
