"""Puts what is asked for in its order: by which figure things are ranked, which way, how many, and in which groups."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from agent.planners.embedded.changes import asked_change, pick_by_change
from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot
from agent.planners.embedded.parts import Parts, UnsupportedError
from agent.planners.embedded.period_words import per_step_of_the_figure
from agent.planners.embedded.resolve import Resolution
from catalog.models import Direction, FieldRole, Metric
from catalog.query import (
    Calculation,
    Dimension,
    FieldDimension,
    Having,
    OrderBy,
    TimeDimension,
    dimension_name,
)

_MANY_GROUPS = 10
_DURATIONS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
# Of what lasts the slowest takes longest.
_PACE: dict[str, Literal["high", "low"]] = {"slowest": "high", "fastest": "low", "quickest": "low"}
_SENTENCE_END = re.compile(r"[?!]|\.\s")


def add_ranking(draft: Draft, resolution: Resolution, parts: Parts, *, ranked_period: bool) -> None:
    if not parts.metrics:
        return
    once: dict[str, GroupSlot] = {}
    for slot in draft.groups:
        once.setdefault(slot.candidates[0].name if slot.candidates else f"item {slot.item}", slot)
    draft = replace(draft, groups=list(once.values()))  # what is named twice is one group
    ranking = draft.ranking
    metric = draft.view.whole.metric_by_name[resolution.rank_metric or parts.metrics[0]]
    change = asked_change(draft, parts, metric)
    column = change.column if change is not None else metric.name
    if ranking is None:
        if draft.sorts and not parts.groups:
            raise UnsupportedError("In which order, of what: which groups or periods shall I show?", wants_groups=True)
        if (draft.asks & {Cue.RANK, Cue.DESCENDING, Cue.ASCENDING}) and parts.groups:
            descending = Cue.ASCENDING not in draft.asks
            if draft.sorts_by_worth and metric.direction is Direction.DOWN:
                descending = not descending
            paces = {_PACE[word] for item in draft.items if (word := item.text.casefold()) in _PACE}
            if _lasts(metric) and len(paces) == 1:
                descending = paces == {"high"}
            if change is not None and Cue.RANK in draft.asks and not draft.asks & {Cue.DESCENDING, Cue.ASCENDING}:
                descending = change.upwards  # "rank stores by decline in revenue"
            parts.order_by.append(OrderBy(column=column, descending=descending))
        elif change is not None:
            pick_by_change(parts, change)
        return
    if not parts.groups:
        raise UnsupportedError(
            "Highest or lowest among what: which groups or periods shall I compare?", wants_groups=True
        )
    _refuse_to_rank_ones(draft, parts, metric)
    good_is_high = metric.direction is not Direction.DOWN
    if (
        change is None
        and _lasts(metric)
        and ranking.item >= 0
        and (pace := _PACE.get(draft.items[ranking.item].text.casefold()))
    ):
        ranking = replace(ranking, sense=pace)
    descending = {"high": True, "low": False, "good": good_is_high, "bad": not good_is_high}[ranking.sense]
    if change is not None:
        descending = change.descending(ranking.sense, good_is_high=good_is_high)
    if (said := _order_said_outright(draft)) is not None and change is None:
        descending = said
    if change is not None and ranking.nth is not None:
        raise UnsupportedError("I can rank by a change, not pick one place of it: shall I show the ranking?")
    if change is not None:
        parts.having += change.conditions(weakest=ranking.sense == "low")
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


def _order_said_outright(draft: Draft) -> bool | None:
    """ "Which region is the least safe? Incidents by region, highest first": whether all rows are shown from the highest down,
    where it is said so behind a superlative that stands by itself."""
    ranking, orders = draft.ranking, draft.asks & {Cue.DESCENDING, Cue.ASCENDING}
    if ranking is None or ranking.count is not None or ranking.nth is not None or ranking.item < 0 or len(orders) != 1:
        return None
    apart = draft.is_context(draft.items[ranking.item]) or _splits_in_another_sentence(draft)
    return Cue.DESCENDING in orders if apart else None


def list_members_alone(draft: Draft, parts: Parts) -> None:
    """The first few of some things, those past a bound and those told to be ranked are things: what belongs to none of them
    is none of the rows."""
    picked = parts.limit is not None or any(item.than or item.values for item in parts.having)
    if parts.others or not (picked or draft.ranking is not None or _ranks_the_things(draft)):
        return
    names = [dimension_name(item) for item in parts.groups if isinstance(item, FieldDimension)]
    parts.having += [Having(column=name, operator="is_not_null") for name in names]


def _ranks_the_things(draft: Draft) -> bool:
    """ "Rank our series by copies sold": the things stand right behind the word; "copies sold by series, ranked" are figures."""
    places = {slot.item for slot in draft.groups}
    ranks = [item for item in draft.items if item.cue() is Cue.RANK]
    return any((behind := draft.following(item.place)) is not None and behind.place in places for item in ranks)


def _refuse_to_rank_ones(draft: Draft, parts: Parts, metric: Metric) -> None:
    """ "the largest orders" by the number of orders: each thing counts once."""
    for item in parts.groups:
        if not isinstance(item, FieldDimension):
            continue
        dataset = draft.view.whole.dataset_by_name[item.field.partition(".")[0]]
        own = item.field.partition(".")[2] in (*dataset.primary_key, dataset.display_field)
        if own and metric.name in count_metrics(draft.view, dataset.name):
            raise UnsupportedError(f"Each {dataset.singular} counts once in {metric.label}: by what shall I rank them?")


def _lasts(metric: Metric) -> bool:
    words = set(re.findall(r"[a-z]+", metric.label.casefold()))
    return metric.unit in _DURATIONS or bool(words & {"time", "duration", "delay", "wait", "latency"})


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


def _limit_groups(draft: Draft, parts: Parts) -> tuple[str, ...]:
    """The groups that each have their own top ("top 3 categories in each region", "every month")."""
    names = [dimension_name(item) for item in parts.groups]
    timed = [name for name, item in zip(names, parts.groups, strict=True) if isinstance(item, TimeDimension)]
    if timed and len(parts.groups) > 1:
        if parts.limit == 1 and (said := per_step_of_the_figure(draft)) is not None:
            raise UnsupportedError(f"“{said}”: the highest of each, or by what comes in on average?", (said,))
        return tuple(timed)
    if len(draft.groups) != 2 or len(parts.groups) != 2:
        return ()
    ranked = _ranked_group(draft)
    within = next((place for place in (0, 1) if place != ranked), 1)
    owned = draft.groups[ranked].item in draft.bounded  # "per store, the product with the most units"
    leads = (Cue.EACH, Cue.BY) if within or owned else (Cue.EACH,)
    return (names[within],) if draft.groups[within].leader in leads else ()


def _ranked_group(draft: Draft) -> int:
    """Which of two groups a place in the order is asked of: the one right behind the number or the superlative, else the one
    that is said to have it: "for each store, the product with the most units"."""
    of_each = [place for place, slot in enumerate(draft.groups) if slot.leader is Cue.EACH]
    if len(of_each) == 1:
        return 1 - of_each[0]  # "which category sells most in each region"
    marks = [item.place for item in draft.items if item.used == "ranking"]
    taken = {slot.item for slot in draft.groups} | {slot.item for slot in draft.metrics}
    behind = [
        place
        for place, slot in enumerate(draft.groups)
        if any(mark < slot.item and not taken & set(range(mark, slot.item)) for mark in marks)
    ]
    owners = [place for place, slot in enumerate(draft.groups) if slot.item in draft.bounded]
    if behind or len(owners) == 1:
        return (behind or owners)[0]
    return next((place for place, slot in enumerate(draft.groups) if slot.leader is not Cue.EACH), 0)


def _asks_for_one(draft: Draft) -> bool:
    sought = draft.groups[_ranked_group(draft) if len(draft.groups) == 2 else 0] if draft.groups else None
    return sought is not None and sought.singular and not _splits_in_another_sentence(draft)


def _splits_in_another_sentence(draft: Draft) -> bool:
    """ "Which ways of paying fail most often? Failure rate by method": the split is asked for by itself, the superlative
    only says in which order."""
    group, ranking = draft.groups[0], draft.ranking
    if ranking is None or ranking.item < 0 or group.item <= ranking.item or group.leader is not Cue.BY:
        return False
    start, end = (draft.tokens[draft.items[place].span.start].start for place in (ranking.item, group.item))
    return _SENTENCE_END.search(draft.question[start:end]) is not None
