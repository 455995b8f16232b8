"""Follow-ups: what a new question leaves unsaid is taken from the plan before it, and the interpretation says so."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Literal

from agent.planners.embedded.cues import ANALYSIS_CUES, Cue
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot, GroupSlot, MetricSlot, RankingSlot
from agent.planners.embedded.period_words import moves_by
from agent.planners.embedded.periods import ago_alone, day_before
from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import DerivedMetric
from catalog.plan import Plan
from catalog.query import (
    AllOf,
    Condition,
    FieldCondition,
    FieldDimension,
    MetricQuery,
    Not,
    Period,
    TimeDimension,
    as_datetime,
    dimension_name,
)
from semantic_context.linking import Meaning, routed
from semantic_context.time_expressions import TimeKind, clip, describe_period, shift_period, unit_of

_INSTEAD = re.compile(r"\binstead\b(?!\s+of\b)", re.IGNORECASE)
_BESIDES = re.compile(r"\b(?:as well|also|too|in addition|additionally|further|besides)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|every)(?: of)?(?: the| our)?\s*$", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|that|this)(?=\s+(?!year|quarter|month|week|day|time)\w|[?.!]|$)", re.IGNORECASE)
_IN_MONEY = re.compile(
    r"\bin (?:dollars|euros|pounds|money|cash|usd|eur|gbp|money terms|absolute terms)\b", re.IGNORECASE
)
_ASKS_AGAIN = re.compile(r"(?:and |so |but )?(?:what|which|who|where|when|how)\b(?!.*\bagain\b)", re.IGNORECASE)
_WHICH_ONE = re.compile(r"\b(?:which|what) one\b|\bwhich (?:is|was|has|had)\b", re.IGNORECASE)
_PARTS_OF = {
    TimeGrain.HOUR: (TimePart.HOUR_OF_DAY,),
    TimeGrain.DAY: (TimePart.WEEKDAY, TimePart.DAY_OF_MONTH, TimePart.DAY_OF_YEAR),
    TimeGrain.WEEK: (TimePart.WEEK_OF_YEAR,),
    TimeGrain.MONTH: (TimePart.MONTH_OF_YEAR,),
    TimeGrain.QUARTER: (TimePart.QUARTER_OF_YEAR,),
}
_PRONOUN = re.compile(r"\b(?:they|them|their|of these|of those)\b", re.IGNORECASE)


def is_follow_up(draft: Draft, previous: Plan | None) -> bool:
    """Whether the question leans on the one before: it names no metric, or opens like a continuation."""
    if previous is None or not previous.queries or not previous.queries[0].query.metrics:
        return False
    if draft.leans:
        return True
    if draft.asks & {Cue.OVERVIEW, Cue.DEFINE} or (draft.asks & {Cue.EXIST, Cue.LIST} and not draft.metrics):
        return False
    if draft.asks & {Cue.WHAT_ABOUT, Cue.SAME, Cue.ALSO, Cue.THEN}:
        return True
    if points_back(draft) or _swaps(draft) or _asks_more_of_it(draft, previous.queries[0].query):
        return True
    if not draft.metrics:
        return True
    opening = draft.question.casefold().lstrip()
    return len(draft.metrics) == 1 and opening.startswith(("and ", "same ", "what about ", "how about "))


def _asks_more_of_it(draft: Draft, previous: MetricQuery) -> bool:
    """ "what was it spent on?": the one figure asked about before, and a word for it."""
    same = [use.metric for use in previous.metrics] == [slot.candidates[0].name for slot in draft.metrics]
    return same and len(previous.metrics) == 1 and _IT.search(draft.question) is not None


def _swaps(draft: Draft) -> bool:
    """ "refunds instead": what is named takes the place of what was asked before."""
    return _INSTEAD.search(draft.question) is not None


def points_back(draft: Draft) -> bool:
    """Whether a pronoun speaks of the answer before: "how many orders did they place", with nothing earlier it could mean."""
    found = _PRONOUN.search(draft.question)
    if found is None:
        return False
    earlier = [item for item in draft.items if draft.tokens[item.span.start].start < found.start()]
    return not any(item.has("dataset", "value", "denied") and item.used not in ("metric", None) for item in earlier)


def nothing_new(draft: Draft, plan: Plan, previous: Plan | None) -> list[str]:
    """What a question asks behind another where it only comes to the answer that was given: "what was it spent on?"."""
    if previous is None or _ASKS_AGAIN.match(draft.question) is None:
        return []
    return [draft.question.rstrip(" ?.!")] if plan.queries[0].query == previous.queries[0].query else []


def drop_nouns(draft: Draft) -> None:
    """ "only vip customers", "just for customers who are vip": the things named with a filter narrow what was asked before
    and are no new figure."""
    left_out = any(slot.negated for slot in draft.filters) and _opens_by_leaving_out(draft)
    if (Cue.ONLY not in draft.asks and not left_out) or not draft.filters:
        return
    named = {slot.item for slot in draft.filters}
    draft.metrics = [
        slot
        for slot in draft.metrics
        if not (_is_a_count(draft, slot) and (slot.item - 1 in named or _is_narrowed_behind(draft, slot)))
    ]


def _is_a_count(draft: Draft, slot: MetricSlot) -> bool:
    """Whether a figure is said by the name of things, which may as well stand for the things themselves."""
    if draft.items[slot.item].has("dataset"):
        return True
    return slot.item >= 0 and draft.view.whole.metric_by_name[slot.candidates[0].name].unit == "count"


def _opens_by_leaving_out(draft: Draft) -> bool:
    """ "drop the vip customers", "without new ones": all that is said is what to leave out."""
    first = next((item for item in draft.items if not item.is_stop and item.cue() not in (Cue.AND, Cue.THEN)), None)
    return first is not None and Cue.NOT in first.cues()


def _is_narrowed_behind(draft: Draft, slot: MetricSlot) -> bool:
    """Whether the question opens with "only" or "just", and a thing that a filter behind it is said of: no count of it."""
    before = [item for item in draft.items[: max(slot.item, 0)] if not item.is_stop or item.cue() is Cue.ONLY]
    opened = any(item.cue() is Cue.ONLY for item in before)
    alone = all(item.cue() in (Cue.ONLY, Cue.AND, Cue.ALSO, Cue.WHAT_ABOUT) for item in before)
    return slot.item >= 0 and opened and alone and any(other.item > slot.item for other in draft.filters)


def inherit(draft: Draft, previous: MetricQuery) -> tuple[str, ...]:
    """Fills the draft's empty slots from the query before; gives the names of what was kept."""
    kept: list[str] = []
    draft.unexplained += _names_another_thing(draft)
    whole = Cue.TOTAL in draft.asks and Cue.SHARE not in draft.asks and not draft.groups and not draft.filters
    if whole:  # "and for the whole company?"
        previous = previous.model_copy(
            update={"where": None, "group_by": (), "having": (), "order_by": (), "limit": None}
        )
    said_groups = bool(draft.groups) or draft.time.grain is not None or draft.time.part is not None
    if not draft.metrics or (Cue.ALSO in draft.asks and Cue.WHAT_ABOUT not in draft.asks):
        old = [MetricSlot(-1, (Meaning("metric", use.metric, 1.0, "kept"),)) for use in previous.metrics]
        draft.metrics[:0] = old
        kept.append("metric")
        _in_the_unit_asked_for(draft)
    _keep_part_of_time(draft, previous)
    if not said_groups and not draft.time.open_grain and Cue.TREND not in draft.asks:
        _keep_groups(draft, previous)
        if previous.group_by:
            kept.append("grouping")
        keys = {dimension_name(item) for item in previous.group_by}
        if (
            draft.ranking is None
            and previous.order_by
            and previous.order_by[0].column not in keys
            and previous.group_by
        ):
            sense: Literal["high", "low"] = "high" if previous.order_by[0].descending else "low"
            draft.ranking = RankingSlot(-1, sense, previous.limit)
    elif _BESIDES.search(draft.question) and previous.group_by and draft.ranking is None:
        _keep_groups(draft, previous)  # "split that by channel as well"
        kept.append("grouping")
    if _keep_filters(draft, previous):
        kept.append("filter")
    _move_what_was_kept(draft, previous)
    if not draft.time.named and previous.period is not None:
        draft.time.period = previous.period
        kept.append("period")
    elif not draft.time.named and not said_groups and previous.period is None and previous.as_of is not None:
        draft.time.all_time = not all(draft.view.whole.metric_by_name[use.metric].is_state for use in previous.metrics)
    if not draft.time.compare and not draft.time.compare_expressions and draft.time.period == previous.period:
        asked = tuple(item for item in previous.compare if item.show == "measure")
        draft.time.compare = asked
    return tuple(kept)


def _move_what_was_kept(draft: Draft, previous: MetricQuery) -> None:
    """ "and a year ago?": the period asked about before, so long before it; of a level as of a day, that day."""
    ago, period, time = ago_alone(draft), previous.period, draft.time
    if ago is None or period is None or not moves_by(period, ago):
        return
    last = as_datetime(period.end).date() if period.end is not None else draft.as_of
    is_old = last <= day_before(draft.as_of, Duration(count=1, grain=ago.grain))
    if is_old and (ago.count > 1 or unit_of(period) is ago.grain):
        time.unjoined = True  # "and two years ago?" behind "and a year ago?": before that one, or before now
        return
    if period.start is not None:
        moved = shift_period(clip(period, draft.as_of), ago)
        time.period = moved.model_copy(update={"label": describe_period(moved, draft.as_of)})
        time.period_expression = None
    elif period.end is not None and all(
        draft.view.whole.metric_by_name[use.metric].is_state for use in previous.metrics
    ):
        day = day_before(as_datetime(period.end).date() - dt.timedelta(days=1), ago)
        as_of = Period(start=day, end=day + dt.timedelta(days=1))
        told = time.period_expression
        assert told is not None
        time.as_of = replace(told, kind=TimeKind.AS_OF, moment=day, periods=(as_of,), ago=None)
        time.period = time.period_expression = None


def _in_the_unit_asked_for(draft: Draft) -> None:
    """ "and which one gave away the most in dollars?" behind a rate: the money the rate is made of, or a question back."""
    said = _IN_MONEY.search(draft.question)
    metrics = [draft.view.whole.metric_by_name[slot.candidates[0].name] for slot in draft.metrics]
    if said is None or any(metric.unit is not None and metric.unit.isupper() for metric in metrics):
        return
    above = metrics[0].inputs[0].metric if len(metrics) == 1 and isinstance(metrics[0], DerivedMetric) else None
    unit = draft.view.whole.metric_by_name[above].unit if above in draft.view.metrics else None
    if above is not None and unit is not None and unit.isupper():
        draft.metrics = [MetricSlot(-1, (Meaning("metric", above, 1.0, "kept"),))]
    else:
        draft.unexplained.append(said[0])


def _keep_part_of_time(draft: Draft, previous: MetricQuery) -> None:
    """ "which day is the busiest?" behind a split by weekday: the weekday, not a date."""
    time = draft.time
    parts = [item.part for item in previous.group_by if isinstance(item, TimeDimension) and item.part is not None]
    if time.asks_which and time.grain is not None and parts and parts[0] in _PARTS_OF.get(time.grain, ()):
        time.grain, time.part = None, parts[0]


def _keep_groups(draft: Draft, previous: MetricQuery) -> None:
    """Puts the earlier groups before those that are said now; what the question says of time goes first."""
    timed = draft.time.grain is not None or draft.time.part is not None
    said = {meaning.name for slot in draft.groups for meaning in slot.candidates}
    kept: list[GroupSlot] = []
    one = _WHICH_ONE.search(draft.question) is not None
    for place, dimension in enumerate(previous.group_by):
        if isinstance(dimension, FieldDimension):
            name = _along(dimension.field, dimension.path)
            if name not in said:
                kept.append(GroupSlot(-1 - place, (Meaning("field", name, 1.0, "kept"),), singular=one))
        elif not timed:
            draft.time.grain, draft.time.part = dimension.grain, dimension.part
    draft.groups[:0] = kept


def _keep_filters(draft: Draft, previous: MetricQuery) -> bool:
    """Earlier filters stay unless the new question speaks of the same field."""
    said = {choice.field for slot in draft.filters for choice in slot.candidates}
    split = {meaning.name for slot in draft.groups if slot.item >= 0 for meaning in slot.candidates}
    every = {meaning.name for slot in draft.groups if _says_all(draft, slot) for meaning in slot.candidates}
    kept = False
    for condition in _conjuncts(previous.where):
        negated = isinstance(condition, Not)
        inner = condition.condition if isinstance(condition, Not) else condition
        if isinstance(inner, FieldCondition) and inner.operator in ("eq", "in") and inner.part is None:
            name = _along(inner.field, inner.path)
            if said & {inner.field, name}:
                continue
            one = not negated and len(inner.values) == 1
            if (every if not one else split) & {inner.field, name}:
                continue  # "by region" after the West, "for all regions" after some: no row but theirs would be left
            choice = FieldValues(name, inner.values, 1.0)
            draft.filters.append(FilterSlot(-1, (choice,), "not_in" if negated else "in", "", negated))
        else:
            draft.kept_conditions.append(condition)
        kept = True
    return kept


def _names_another_thing(draft: Draft) -> list[str]:
    """ "and its loans?": things that are asked about, where no figure is known of them; those before are no answer."""
    narrowed = draft.filters or draft.bounds or draft.groups or draft.ranking or draft.dated or draft.records
    if narrowed or draft.metrics or draft.asks & ANALYSIS_CUES:
        return []
    return [item.text for item in draft.items if item.used == "noun" and item.has("dataset") and not item.is_stop]


def _says_all(draft: Draft, slot: GroupSlot) -> bool:
    """Whether all of what is split by are asked for: "orders for all regions"."""
    if slot.item < 0:
        return False
    before = draft.question[: draft.tokens[draft.items[slot.item].span.start].start]
    return _ALL.search(before) is not None


def _along(field: str, path: tuple[str, ...]) -> str:
    """A field by the one relationship that leads to it, where a question before took one."""
    return routed(field, path[0]) if len(path) == 1 else field


def _conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    return condition.conditions if isinstance(condition, AllOf) else (condition,)
