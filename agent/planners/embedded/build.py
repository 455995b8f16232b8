"""From a draft and a resolution to a Plan: the MetricQuery, its shape, and what was understood in words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Literal

from agent.planners.embedded.additivity import adds_up, adds_up_over_time
from agent.planners.embedded.adhoc_ratios import may_divide, ratio_column
from agent.planners.embedded.as_it_stands import as_it_stands, require_time
from agent.planners.embedded.bounds import add_bounds
from agent.planners.embedded.change_periods import between_times, whole_steps
from agent.planners.embedded.changes import says_growth_in_percent
from agent.planners.embedded.conditions import add_dates, add_filters
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot
from agent.planners.embedded.interpret import field_words, interpret
from agent.planners.embedded.named_steps import step_of_name
from agent.planners.embedded.own_conditions import without_what_it_measures
from agent.planners.embedded.parts import Parts, UnsupportedError, all_of, role_alias
from agent.planners.embedded.period_words import with_own_dates
from agent.planners.embedded.periods import (
    ChosenPeriod,
    ago_alone,
    asked_comparisons,
    choose_period,
    grain_for,
    is_finer_than,
    period_before,
    usual_period,
)
from agent.planners.embedded.rankings import add_ranking, list_members_alone
from agent.planners.embedded.reach import Reach, pointed_at
from agent.planners.embedded.resolve import Resolution
from agent.planners.embedded.rolling import Rolling
from agent.planners.embedded.rollups import roll_up
from agent.planners.embedded.shares import add_share, rates_for_shares, without_what_the_rate_says
from agent.planners.embedded.targets import pick_by_target
from agent.tools.compile import metric_time
from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import FieldRole, FieldType
from catalog.plan import NamedQuery, Plan, QuestionShape
from catalog.query import (
    Calculation,
    ComparePeriod,
    Dimension,
    FieldCondition,
    FieldDimension,
    Having,
    MetricQuery,
    MetricUse,
    Period,
    TimeDimension,
    dimension_name,
)
from semantic_context.linking import split_route
from semantic_context.time_expressions import TimeExpression, describe_period, shift_period

_OF_ALL = re.compile(
    r"\b(?:share|percent(?:age)?|proportion|fraction) of (?:the |our )?(?:total|whole)\b|\bas an? (?:share|proportion)\b",
    re.IGNORECASE,
)
_STEP_OVER_STEP = re.compile(r"\b(?:over|on|to)\b|^[ymqwd][/o\-]?[oy]?[/o\-]?[ymqwd]$|-", re.IGNORECASE)

_AND_ITS_TARGET = re.compile(r"\b(?:and|plus) (?:its|the|our|their) (?:target|goal)s?\b", re.IGNORECASE)


def build_plan(draft: Draft, resolution: Resolution, reach: Reach, as_of: dt.date) -> Plan:
    """The plan of one resolution; UnsupportedError where no query says what was asked."""
    _refuse_what_no_query_says(draft, resolution, reach)
    metrics = rates_for_shares(draft, resolution)
    draft, resolution = without_what_the_rate_says(draft, resolution, metrics, reach)
    draft, resolution = without_what_it_measures(draft, resolution, metrics)
    parts = Parts(metrics)
    _add_groups(draft, resolution, parts, reach)
    add_filters(draft, resolution, parts, reach)
    ranked_period = _time_is_ranked(draft, parts)
    history = ranked_period or _ranges_over_history(draft)
    draft = with_own_dates(draft, metrics)
    chosen = choose_period(draft, metrics, as_of, whole_history=history and not draft.time.named)
    chosen = as_it_stands(draft, metrics, chosen, as_of)
    if draft.time.second_grain is not None:
        raise UnsupportedError("I split along time one way at a time: which one shall it be?")
    _ask_which_year_ago(draft, metrics, as_of)
    if draft.rolling is not None:
        chosen = _before_the_window(draft, draft.rolling, parts, chosen)
    between = between_times(draft, chosen, metrics, as_of)
    chosen = between[0] if between is not None else whole_steps(draft, chosen, as_of)
    parts.period = chosen.period
    add_dates(draft, parts, reach)
    _add_time_dimension(draft, parts, chosen, ranked_period=ranked_period)
    _refuse_moments(draft, parts)
    parts.compare = asked_comparisons(draft, chosen, as_of) if between is None else (between[1],)
    if draft.time.unjoined:
        raise UnsupportedError("I cannot tell how these times go together: which ones shall I set side by side?")
    _refuse_hours_of_days(draft, parts)
    add_bounds(draft, resolution, parts, reach)
    if not parts.period_is_taken:
        require_time(draft, parts.metrics, chosen, as_of)
    if draft.lists_things and parts.groups:
        parts.having.append(Having(column=metrics[0], operator="gt", values=(0,)))
    _add_calculations(draft, resolution, parts, reach)
    add_ranking(draft, resolution, parts, ranked_period=ranked_period)
    pick_by_target(draft, parts)
    parts.shape = _shape(draft, parts, ranked_period=ranked_period)
    _add_context(draft, parts, chosen, as_of)
    list_members_alone(draft, parts)
    query = MetricQuery(
        metrics=_uses(draft, parts),
        group_by=tuple(parts.groups),
        where=all_of(parts.conditions),
        period=chosen.period if parts.metrics and not parts.period_is_taken else None,
        compare=parts.compare,
        calculations=tuple(parts.calculations),
        having=tuple(parts.having),
        targets=Cue.TARGET in draft.asks or _has_target_for(draft, parts, chosen),
        targets_are_asked=Cue.TARGET in draft.asks and _AND_ITS_TARGET.search(draft.question) is not None,
        order_by=tuple(parts.order_by),
        limit=parts.limit,
        limit_within=parts.limit_within,
        others=parts.others,
        as_of=chosen.as_of or as_of,
    )
    plan = Plan(
        shape=parts.shape,
        queries=(NamedQuery(name="answer", query=query),),
        interpretation=interpret(query, draft.view, chosen.words, chosen.defaulted),
        premise=_premise(draft),
        caveats=tuple(parts.caveats),
    )
    return roll_up(draft, parts, plan)


def _uses(draft: Draft, parts: Parts) -> tuple[MetricUse, ...]:
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


def _shown(draft: Draft, parts: Parts, name: str) -> Literal["measure", "context"]:
    """A metric of which only a share or running total is asked stands beside it as context."""
    if draft.no_ratio is not None:
        return "context"  # their ratio is asked for
    if draft.lists_things:
        return "context"  # the things are asked for, not how many each is
    asked = {meaning.name for slot in draft.metrics for meaning in slot.candidates}
    bounded = {meaning.name for slot in draft.bounds for meaning in slot.metrics}
    if bounded and asked - bounded and name not in asked:
        return "context"  # it only says which of the things are meant
    derived = [item for item in parts.calculations if item.metric == name and item.show == "measure"]
    if not derived or derived[0].kind == "growth":
        return "measure"
    return "measure" if draft.figure_and_share else "context"


def _refuse_what_no_query_says(draft: Draft, resolution: Resolution, reach: Reach) -> None:
    if draft.no_ratio is not None and not may_divide(draft, *draft.no_ratio):
        above, below = (draft.view.whole.metric_by_name[name].label for name in draft.no_ratio)
        raise UnsupportedError(
            f"{above} per {below} is not defined here. Shall I show the two side by side?",
            is_final=True,
        )
    if draft.time.periods and any(
        item.text.casefold() == "both" and (after := draft.following(item.place)) is not None and after.used == "time"
        for item in draft.items
    ):
        distinct = [name for name in resolution.metrics if not adds_up_over_time(draft.view, name)]
        if any(draft.view.whole.metric_by_name[name].unit == "count" for name in distinct):
            raise UnsupportedError("I cannot yet ask for those that stand in both periods: shall I show each?")
    if draft.time.unjoined:
        raise UnsupportedError("Two periods are named and nothing says how they go together: which one do you want?")
    for slot, reference in zip(draft.groups, resolution.groups, strict=True):
        is_key = draft.view.whole.field(split_route(reference)[0]).role is FieldRole.KEY
        lead = draft.preceding(slot.item) if slot.item >= 0 else None
        if draft.average_over is not None:
            continue
        each_of_many = len(draft.groups) > 1 and reach.names_things(reference)  # "tickets per account by segment"
        each_of_many = each_of_many and not _is_joined_to_a_group(draft, slot)
        if (
            (is_key or each_of_many)
            and resolution.metrics  # "number of lawyers per office": their own number is asked for
            and lead is not None
            and lead.text.casefold() == "per"
            and (draft.ranking is None or _are_of_another_group(draft, resolution, reference))
            and not draft.bounds
        ):
            adds = len(resolution.metrics) == 1 and adds_up(draft.view, resolution.metrics[0])
            if adds and draft.ranking is None and draft.time.grain is None:
                draft.average_over, draft.average_item = (
                    "average",
                    slot.item,
                )  # each one's own figure would be endless rows
                continue
            thing = draft.view.whole.dataset_by_name[reference.partition(".")[0]].singular
            labels = " and ".join(draft.view.whole.metric_by_name[name].label for name in resolution.metrics)
            raise UnsupportedError(
                f"{labels} per {thing} is not defined here. I can show it by a group, or rank the {thing}s."
            )


def _is_joined_to_a_group(draft: Draft, slot: GroupSlot) -> bool:
    """ "Auctions per saleroom and format": rows of the two, and no mean over either."""
    groups = {other.item for other in draft.groups}
    behind = draft.items[slot.item + 1 : slot.item + 3]
    return len(behind) == 2 and behind[0].cue() is Cue.AND and behind[1].place in groups


def _are_of_another_group(draft: Draft, resolution: Resolution, reference: str) -> bool:
    """ "Which course earned the most per enrolment": the things behind "per" are parts of those that are ranked, unlike the
    estates of "the top wines per estate"."""
    dataset = split_route(reference)[0].partition(".")[0]
    others = {split_route(other)[0].partition(".")[0] for other in resolution.groups} - {dataset}
    return bool(others & pointed_at(draft.view, frozenset({dataset})))


def _refuse_moments(draft: Draft, parts: Parts) -> None:
    """A row for every moment that something happened at splits nothing: in which steps, one must say. "How many are left" asks
    for no days of leaving."""
    for group in parts.groups:
        if not isinstance(group, FieldDimension):
            continue
        field = draft.view.whole.field(group.field)
        is_number = not parts.metrics and Cue.COUNT in draft.asks
        if field.role is FieldRole.TIME and (field.type is FieldType.TIMESTAMP or is_number):
            words = field_words(draft.view, group.field)
            raise UnsupportedError(f"By which step of “{words}”: by day, week, month, quarter or year?")


def _add_groups(draft: Draft, resolution: Resolution, parts: Parts, reach: Reach) -> None:
    for name in resolution.groups:
        reference, path = split_route(name)
        known = {
            (reach.thing_named(item.field), item.path) for item in parts.groups if isinstance(item, FieldDimension)
        }
        if (reach.thing_named(reference), path) not in known:
            parts.groups.append(FieldDimension(field=reference, path=path, alias=role_alias(draft, reference, path)))
            _leave_out_the_nameless(draft, parts, reference)
    if draft.named_only is not None:
        parts.conditions.append(FieldCondition(field=draft.named_only, operator="is_not_null"))
    _rename_twins(parts)


def _leave_out_the_nameless(draft: Draft, parts: Parts, reference: str) -> None:
    """A thing's number that is empty belongs to no thing ("per store": sales without one are no store's)."""
    item = draft.view.whole.field(reference)
    if item.role is FieldRole.KEY or (item.type is FieldType.INTEGER and item.role is FieldRole.DIMENSION):
        parts.conditions.append(FieldCondition(field=reference, operator="is_not_null"))
        if any(slot.leader is Cue.COUNT for slot in draft.groups):
            return  # each of the things that are counted has its key
        parts.caveats.append(f"What has no {field_words(draft.view, reference)} is left out.")


def _rename_twins(parts: Parts) -> None:
    """Two groups of one name get their datasets' names in front."""
    names = [dimension_name(item) for item in parts.groups]
    for place, item in enumerate(parts.groups):
        if names.count(names[place]) > 1 and isinstance(item, FieldDimension):
            parts.groups[place] = item.model_copy(update={"alias": item.field.replace(".", "_")})


def _ask_which_year_ago(draft: Draft, metrics: tuple[str, ...], as_of: dt.date) -> None:
    """ "GMV a year ago" may be the whole year before or the usual stretch, a year earlier: of a flow one must say."""
    told = draft.time.period_expression
    if ago_alone(draft) != Duration(count=1, grain=TimeGrain.YEAR) or told is None or told.period is None:
        return
    usual = usual_period(draft.view, metrics[0], as_of) if metrics else None
    if usual is None or usual.start is None or draft.view.whole.metric_by_name[metrics[0]].is_state:
        return
    earlier = shift_period(usual, Duration(count=1, grain=TimeGrain.YEAR))
    if (earlier.start, earlier.end) != (told.period.start, told.period.end):
        either = f"{describe_period(told.period, as_of)} or {describe_period(earlier, as_of)}"
        raise UnsupportedError(f"Which time do you mean by “{told.text}”: {either}?", is_final=True)


def _refuse_hours_of_days(draft: Draft, parts: Parts) -> None:
    """What is known by the day alone has no hours: all of it would fall on midnight."""
    named = {draft.time.part, *(expression.part for expression in draft.time.part_filters)}
    if TimePart.HOUR_OF_DAY not in named and draft.time.grain is not TimeGrain.HOUR:
        return
    for name in parts.metrics:
        times = metric_time(draft.view, name)
        if times and all(draft.view.whole.field(time).type is FieldType.DATE for time in times):
            label = draft.view.whole.metric_by_name[name].label
            raise UnsupportedError(f"{label} is known by the day, not by the hour.", is_final=True)


def _before_the_window(draft: Draft, rolling: Rolling, parts: Parts, chosen: ChosenPeriod) -> ChosenPeriod:
    """The period with what the first windows reach back to; only the steps asked for are shown."""
    if len(parts.metrics) != 1 or not adds_up_over_time(draft.view, parts.metrics[0]):
        raise UnsupportedError("I can move a window over what adds up along time, one figure at a time.")
    if draft.time.grain not in (None, rolling.grain) or draft.ranking is not None or draft.time.compare_expressions:
        raise UnsupportedError("A moving window goes in its own steps, with nothing compared or ranked beside it.")
    parts.groups.insert(0, TimeDimension(grain=rolling.grain))
    draft.time.grain = draft.time.part = None
    draft.time.open_grain = False
    draft.asks.discard(Cue.TREND)
    if chosen.period is None or chosen.period.start is None:
        return chosen
    back = Duration(count=rolling.rows - 1, grain=rolling.grain)
    first = shift_period(Period(start=chosen.period.start, end=chosen.period.start + dt.timedelta(days=1)), back)
    if first is None:
        raise UnsupportedError("That window reaches too far back.")
    parts.having.append(Having(column=rolling.grain.value, operator="ge", values=(chosen.period.start,)))
    return replace(chosen, period=chosen.period.model_copy(update={"start": first.start, "label": None}))


def _time_is_ranked(draft: Draft, parts: Parts) -> bool:
    """Whether a period is what is sought: "which month was best", "the busiest weekday"."""
    grouped_by_time = draft.time.grain is not None or draft.time.part is not None
    return grouped_by_time and (draft.ranking is not None) and not parts.groups


def _ranges_over_history(draft: Draft) -> bool:
    """Whether a question without a period is about the whole course of things: a trend in coarse steps."""
    if draft.time.open_grain or Cue.TREND in draft.asks:
        return draft.time.grain is None or draft.time.grain.rank >= TimeGrain.WEEK.rank
    return draft.time.grain is not None and draft.time.grain.rank >= TimeGrain.MONTH.rank


def _add_time_dimension(draft: Draft, parts: Parts, chosen: ChosenPeriod, *, ranked_period: bool) -> None:
    time = draft.time
    if time.part is not None:
        parts.groups.insert(0, TimeDimension(part=time.part))
    elif time.grain_of_parts is not None and time.grain is None:
        parts.groups.insert(0, TimeDimension(grain=time.grain_of_parts))
    elif time.grain is not None:
        if not time.asks_which and not ranked_period and time.periods:
            return
        _take_dates_as_the_time(draft, parts)
        parts.groups.insert(0, TimeDimension(grain=time.grain))
    elif (grain := _grain_of_growth(time.compare_expressions, chosen.period)) is not None:
        parts.groups.insert(0, TimeDimension(grain=grain))
    elif (time.open_grain or Cue.TREND in draft.asks or Cue.RUNNING in draft.asks) and not time.compare:
        grain = grain_for(chosen.period)
        if chosen.period is None or is_finer_than(grain, chosen.period):
            parts.groups.insert(0, TimeDimension(grain=grain))
    elif (step := step_of_name(draft, parts, chosen)) is not None:
        parts.groups.insert(0, TimeDimension(grain=step))


def _take_dates_as_the_time(draft: Draft, parts: Parts) -> None:
    """ "Freight per quarter, by dispatch date": the date says which time the quarters are of, and is no group within them.
    UnsupportedError where it is another than the figure's own."""
    for group in [item for item in parts.groups if isinstance(item, FieldDimension)]:
        if draft.view.whole.field(group.field).role is not FieldRole.TIME:
            continue
        for name in parts.metrics:
            if group.field not in metric_time(draft.view, name):
                label, date = draft.view.whole.metric_by_name[name].label, field_words(draft.view, group.field)
                raise UnsupportedError(f"{label} does not go by {date}.")
        parts.groups.remove(group)


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


def _add_calculations(draft: Draft, resolution: Resolution, parts: Parts, reach: Reach) -> None:
    metric = parts.metrics[0] if parts.metrics else None
    if metric is None:
        return
    if parts.variants and (draft.ranking is not None or parts.having or parts.compare):
        raise UnsupportedError("Side by side I can show the figures themselves, not rank or compare them further.")
    if parts.variants:
        return
    if draft.no_ratio is not None:
        parts.calculations.append(ratio_column(*draft.no_ratio))
        return
    has_time = any(isinstance(item, TimeDimension) and item.grain is not None for item in parts.groups)
    is_rate = draft.view.whole.metric_by_name[metric].unit in ("fraction", "ratio")
    if is_rate and Cue.SHARE in draft.asks and _OF_ALL.search(draft.question):
        raise UnsupportedError("Rates do not add up to a whole, so they have no shares: shares of what?")
    rate_beside = parts.metrics != resolution.metrics  # "discounts, also as a share of GMV": the rate says the share
    if Cue.SHARE in draft.asks and not (
        is_rate or rate_beside or says_growth_in_percent(draft)
    ):  # "what share of customers churned" asks for the rate itself
        add_share(draft, resolution, parts, metric, reach)
    if has_time and draft.asks & {Cue.GROWTH, Cue.RISE, Cue.FALL} and not draft.time.compare_expressions:
        parts.compare = ()
        parts.calculations.append(Calculation(kind="growth", metric=metric, show="measure"))
    if Cue.RUNNING in draft.asks and has_time:
        parts.calculations.append(Calculation(kind="running_total", metric=metric, show="measure"))
    if draft.rolling is not None:
        kind: Literal["rolling_average", "rolling_sum"] = "rolling_average" if draft.rolling.average else "rolling_sum"
        parts.calculations.append(Calculation(kind=kind, metric=metric, rows=draft.rolling.rows, show="measure"))
    elif Cue.ROLLING in draft.asks:
        raise UnsupportedError("Rolling averages need a window: say for instance 'GMV by week' and I show the weeks.")


def _shape(draft: Draft, parts: Parts, *, ranked_period: bool) -> QuestionShape:
    if not parts.metrics:
        return "values"
    has_time = any(isinstance(item, TimeDimension) and item.grain is not None for item in parts.groups)
    if draft.ranking is not None and draft.ranking.nth is not None:
        return "ranking"
    if ranked_period:
        return "extreme_period"
    if any(item.kind == "share" and item.show == "measure" for item in parts.calculations):
        return "share"
    if parts.having and draft.rolling is None:
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


def _add_context(draft: Draft, parts: Parts, chosen: ChosenPeriod, as_of: dt.date) -> None:
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


def _has_target_for(draft: Draft, parts: Parts, chosen: ChosenPeriod) -> bool:
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
