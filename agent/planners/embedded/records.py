"""The plan of a list of single records: rows of one dataset, by its own fields."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence

from agent.planners.embedded.draft import BoundSlot, Draft, FieldValues, RecordSlot
from agent.planners.embedded.interpret import describe_condition, field_words
from agent.planners.embedded.members.verbs import Verbs, is_noun_of
from agent.planners.embedded.parts import UnsupportedError, all_of
from agent.planners.embedded.reach import amounts_of, is_money_by_name, pointed_at
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, FieldRole, FieldType
from catalog.plan import NamedQuery, Plan
from catalog.query import Condition, FieldCondition, FieldDimension, MetricQuery, Not, OrderBy, Period, dimension_name
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import split_route
from semantic_context.time_expressions import clip, describe_period
from semantic_context.words import phrase_key

_MOST_RECORDS = 100
_ENDS_A_CLAUSE = frozenset("with showing including and but or".split())
_STEM = 5  # letters that a verb shares with the noun of its time


def record_plan(draft: Draft, slot: RecordSlot, as_of: dt.date) -> Plan:
    """The records with their key or name and the fields named; UnsupportedError where a condition cannot hold for them."""
    dataset = draft.view.datasets[slot.dataset]
    key = f"{slot.dataset}.{dataset.primary_key[0]}"
    name = f"{slot.dataset}.{dataset.display_field}" if dataset.display_field else key
    shown = name if draft.view.can_show(name) else key
    references = tuple(dict.fromkeys([*([] if key in slot.fields else [shown]), *slot.fields]))
    groups = tuple(FieldDimension(field=reference) for reference in references)
    conditions: list[Condition] = [_filter(draft, slot, place) for place in range(len(draft.filters))]
    conditions += [_bound(draft, slot, bound) for bound in draft.bounds]
    conditions += [_kept(draft, slot, condition) for condition in draft.kept_conditions]
    said = len(conditions)
    words = ""
    asked = draft.time.period if not draft.time.periods else _as_one(draft.time.periods)
    compared = draft.time.compare and not draft.time.periods
    if (
        draft.either_bound
        or draft.time.part_filters
        or compared
        or draft.time.compare_expressions
        or draft.dated
        or (draft.time.periods and asked is None)
    ):
        raise UnsupportedError("I can list these by period and values, not by more conditions at once.")
    if asked is not None:
        if slot.time is None:
            raise UnsupportedError(f"{dataset.label} have no time of their own here: which figure do you want?")
        time = _time_before_the_period(draft, slot.dataset) or slot.time
        if (other := other_time_said(draft, slot.dataset, slot.time, slot.fields)) is not None:
            known = [field_words(draft.view, name) for name in (slot.time, other)]
            raise UnsupportedError(f"By which time do you mean the period: {known[0]} or {known[1]}?")
        period = clip(asked, as_of)
        if period.start is not None:
            conditions.append(FieldCondition(field=time, operator="ge", values=(period.start,)))
        if period.end is not None:
            conditions.append(FieldCondition(field=time, operator="lt", values=(period.end,)))
        if (state := _state_or_time(draft, time)) is not None:
            raise UnsupportedError(
                f"Do you mean those that are “{state}” now, or all by {field_words(draft.view, time)}?", (state,)
            )
        by = f" by {field_words(draft.view, time)}" if time != slot.time else ""
        words = f", {describe_period(period, as_of)}{by}"
    order: tuple[OrderBy, ...] = ()
    if slot.sort is not None:
        column = dimension_name(FieldDimension(field=slot.sort))
        order = (OrderBy(column=column, descending=slot.descending),)
        if slot.sort == slot.time:
            conditions.append(FieldCondition(field=slot.sort, operator="is_not_null"))
            until = as_of + dt.timedelta(days=1)  # the latest have happened: what is planned is none of them
            conditions.append(FieldCondition(field=slot.sort, operator="lt", values=(until,)))
    query = MetricQuery(
        group_by=groups, where=all_of(conditions), order_by=order, limit=slot.limit or _MOST_RECORDS, as_of=as_of
    )
    way = ""
    if slot.sort is not None:
        count = f"{slot.limit} " if slot.limit != 1 else ""
        ends = ("latest", "earliest") if slot.sort == slot.time else ("highest", "lowest")
        way = f", the {count}{ends[0] if slot.descending else ends[1]} by {field_words(draft.view, slot.sort)}"
    filters = [describe_condition(item, draft.view) for item in conditions[:said]]
    narrowed = f", where {' and '.join(filters)}" if filters else ""
    fields = ", ".join(field_words(draft.view, item) for item in references)
    return Plan(
        shape="records",
        queries=(NamedQuery(name="answer", query=query),),
        interpretation=f"{dataset.label[:1].upper()}{dataset.label[1:]}{words}{narrowed}: {fields}{way}",
    )


def _as_one(periods: Sequence[Period]) -> Period | None:
    """ "January and February": periods that follow upon each other, as one."""
    ordered = sorted(periods, key=lambda period: str(period.start))
    if any(first.end is None or first.end != then.start for first, then in itertools.pairwise(ordered)):
        return None
    return Period(start=ordered[0].start, end=ordered[-1].end)


def _time_before_the_period(draft: Draft, dataset: str) -> str | None:
    """The one time of the records that the nearest verb before the period says: "ordered last week", "arriving here in May"."""
    period = next((item for item in draft.items if item.used == "time" and item.has("period")), None)
    for token in reversed(draft.tokens[: period.span.start] if period is not None else ()):
        if token.folded in _ENDS_A_CLAUSE:
            return None
        if token.folded.endswith(("ed", "ing")) or token.folded in IRREGULAR_VERBS:
            times = Verbs(draft.view).times(dataset, token.folded)
            return times[0] if len(times) == 1 and draft.view.can_show(times[0]) else None
    return None


def _state_or_time(draft: Draft, time: str) -> str | None:
    """A word right before the period that was taken for a value and is the verb of the time as well: "booked in May"."""
    words = {word for text in (draft.view.whole.field(time).label, time.partition(".")[2]) for word in phrase_key(text)}
    for slot in draft.filters:
        behind = draft.following(slot.item) if slot.item >= 0 else None
        text = draft.items[slot.item].text if slot.item >= 0 else ""
        said = text.casefold().split()[-1:]
        if behind is not None and behind.used == "time" and said and any(is_noun_of(word, said[0]) for word in words):
            return text
    return None


def other_time_said(draft: Draft, dataset: str, time: str, told: tuple[str, ...]) -> str | None:
    """A time of the records other than the one they go by that the question speaks of, or has told: "arriving in May" of
    bookings."""
    said = {token.folded[:_STEM] for token in draft.tokens if token.folded.endswith(("ed", "ing"))}
    for field in draft.view.datasets[dataset].fields:
        name = f"{dataset}.{field.name}"
        if field.role is not FieldRole.TIME or name == time:
            continue
        words = {word[:_STEM] for text in (field.label, field.name) for word in phrase_key(text) if len(word) >= _STEM}
        if name in told or said & words:
            return name
    return None


def bounded_field(draft: Draft, dataset: str, slot: BoundSlot) -> str | None:
    """The one number of the records themselves that a bound is about; None where it is about something else."""

    def fits(name: str) -> bool:
        field = draft.view.whole.field(name)
        is_number = field.type in (FieldType.INTEGER, FieldType.NUMBER) and field.role is not FieldRole.KEY
        alike = slot.bound.unit in (None, field.unit) or is_money_by_name(draft.view, field)
        return is_number and alike and draft.view.can_show(name)

    named = [split_route(meaning.name)[0] for meaning in slot.fields]
    named += [field for meaning in slot.metrics if (field := summed_field(draft.view, meaning.name)) is not None]
    own = [name for name in dict.fromkeys(named) if name.startswith(f"{dataset}.") and fits(name)]
    if not own and slot.dataset in (None, dataset) and slot.entity is None:
        own = [name for name in amounts_of(draft.view, dataset, slot.bound.unit) if fits(name)]
    return own[0] if len(own) == 1 and not (slot.about_growth or slot.bound.percent) else None


def summed_field(view: CatalogView, name: str) -> str | None:
    """The field that a metric adds up; None for any other metric."""
    metric = view.whole.metric_by_name[name]
    if not isinstance(metric, AggregateMetric) or metric.aggregation is not Aggregation.SUM:
        return None
    return metric.expression if re.fullmatch(r"\w+\.\w+", metric.expression) else None


def _bound(draft: Draft, slot: RecordSlot, bound: BoundSlot) -> Condition:
    field = bounded_field(draft, slot.dataset, bound)
    if field is None:
        raise UnsupportedError("I cannot tell what the bound is about.", (draft.items[bound.item].text,))
    return FieldCondition(field=field, operator=bound.bound.operator, values=bound.bound.values)


def _kept(draft: Draft, slot: RecordSlot, condition: Condition) -> Condition:
    """A condition of one field, where the records have it or what they point at."""
    reached = pointed_at(draft.view, frozenset({slot.dataset}))
    if not isinstance(condition, FieldCondition) or condition.field.partition(".")[0] not in reached:
        raise UnsupportedError("I cannot list these by that condition.")
    return condition


def _filter(draft: Draft, slot: RecordSlot, place: int) -> Condition:
    given = draft.filters[place]
    choice = _nearest(draft, slot, given.candidates)
    field, path = split_route(choice.field)
    several = len(choice.values) > 1
    condition = FieldCondition(field=field, path=path, operator="in" if several else "eq", values=choice.values)
    return Not(condition=condition) if given.negated else condition


def _nearest(draft: Draft, slot: RecordSlot, candidates: tuple[FieldValues, ...]) -> FieldValues:
    """The reading of a filter that is a field of the records themselves, else of what they point at."""
    own = [item for item in candidates if item.field.partition(".")[0] == slot.dataset]
    reached = pointed_at(draft.view, frozenset({slot.dataset}))
    near = [item for item in candidates if item.field.partition(".")[0] in reached]
    if not own and not near:
        raise UnsupportedError("I cannot list these by that condition.")
    return (own or near)[0]
