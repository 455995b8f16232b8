"""Shares: of a whole by groups, of one part, and the rates that the catalog defines of them."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.planners.embedded.additivity import adds_up
from agent.planners.embedded.adhoc_ratios import is_part_of, ratio_of_two, whole_named
from agent.planners.embedded.conditions import filter_condition
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot, Item
from agent.planners.embedded.part_of_whole import is_of_many, led_by_from, said_of_the_same, stands_behind_the_verb
from agent.planners.embedded.parts import Parts, UnsupportedError, role_alias
from agent.planners.embedded.reach import Reach, base_datasets, excludes
from agent.planners.embedded.resolve import Resolution
from agent.planners.embedded.sides_of_a_share import leave_out_opposites, only_told_by_not, take_all_others, yes_side
from catalog.access import CatalogView
from catalog.models import DerivedMetric
from catalog.query import (
    Calculation,
    FieldCondition,
    FieldDimension,
    Having,
    TimeDimension,
    dimension_name,
)
from semantic_context.linking import split_route

_SPLITS_BY_TIME = re.compile(r"\b(?:by|per|each|every|across|over)\b", re.IGNORECASE)
_REACHES = re.compile(
    r"\b(?:reach(?:ed|es)?|achiev(?:ed?|es|ement)|attain(?:ed|ment)?|met|fulfil\w*|hit|used up|exhausted)\b",
    re.IGNORECASE,
)
_BEING = frozenset("is are was were be been got get".split())
_CAME_FROM = frozenset(
    """came come comes coming were was are is made placed generated go goes went used use using belong belongs accounted
    contributed brought happen happened happens end ended ends turned""".split()
)


def rates_for_shares(draft: Draft, resolution: Resolution) -> tuple[str, ...]:
    """ "what percentage of orders were cancelled": the rate that the catalog defines of the count, where nothing is split."""
    if Cue.SHARE in draft.asks and len(resolution.metrics) == 2:
        if not defined_ratio_of(draft, resolution) and (pair := ratio_of_two(draft, resolution.metrics)) is not None:
            draft.no_ratio = pair
            return resolution.metrics
        rate = draft.view.metrics[_ratio_of(draft, resolution)]
        if not draft.figure_and_share:
            return (rate.name,)
        if isinstance(rate, DerivedMetric) and rate.inputs[0].metric == resolution.metrics[0]:
            return (resolution.metrics[0], rate.name)
        raise UnsupportedError(f"I can show {rate.label}, or the figures themselves: which one do you want?")
    if Cue.SHARE not in draft.asks or len(resolution.metrics) != 1:
        return resolution.metrics
    if wholes := whole_named(draft, resolution.metrics[0]):
        return _of_the_whole(draft, resolution, wholes)
    if reached := reached_of(draft.view, resolution.metrics[0], draft.question):
        return (reached,)
    narrowed = draft.groups or draft.filters or draft.time.part_filters
    says_rate = _counts_what_another_leaves_out(draft, resolution) or _says_what_became(draft)
    if narrowed and not says_rate:
        return resolution.metrics
    for metric in draft.view.metrics.values():
        if isinstance(metric, DerivedMetric) and metric.unit == "fraction" and len(metric.inputs) == 2:
            above, below = metric.inputs
            ratio = metric.formula.replace(" ", "") == f"{above.name}/{below.name}"
            same = base_datasets(draft.view, above.metric) == base_datasets(draft.view, below.metric)
            if ratio and same and above.metric == resolution.metrics[0]:
                return (metric.name,)
    return resolution.metrics


def _of_the_whole(draft: Draft, resolution: Resolution, wholes: tuple[str, ...]) -> tuple[str, ...]:
    """The rate that the catalog defines of a part of the things, else the two figures whose ratio is shown."""
    (part,) = resolution.metrics
    for whole in wholes:
        if rate := defined_ratio_of(draft, replace(resolution, metrics=(part, whole))):
            return (rate,)
    for whole in wholes:
        if is_part_of(draft.view, part, whole):
            draft.no_ratio = (part, whole)
            return draft.no_ratio
    labels = " and ".join(draft.view.whole.metric_by_name[name].label for name in (part, wholes[0]))
    raise UnsupportedError(f"No ratio of {labels} is defined here: which one of them shall I show?", is_final=True)


def reached_of(view: CatalogView, wanted: str, question: str) -> str | None:
    """ "what share of the income target was reached": what came in, by what was wanted, where the catalog defines it."""
    if _REACHES.search(question) is None:
        return None
    return next(
        (
            metric.name
            for metric in view.metrics.values()
            if isinstance(metric, DerivedMetric)
            and metric.unit == "fraction"
            and len(metric.inputs) == 2
            and metric.inputs[1].metric == wanted
            and metric.inputs[0].metric != wanted
            and metric.formula.replace(" ", "") == f"{metric.inputs[0].name}/{metric.inputs[1].name}"
            and _REACHES.search(" ".join((metric.label, *metric.words.synonyms))) is not None
        ),
        None,
    )


def _counts_what_another_leaves_out(draft: Draft, resolution: Resolution) -> bool:
    """Whether a filter sent the question to another count than was named: "orders that were cancelled"."""
    slots = [slot for slot in draft.metrics if slot.candidates[0].how != "kept"]
    return len(slots) == 1 and slots[0].candidates[0].name != resolution.metrics[0] and bool(draft.filters)


def _says_what_became(draft: Draft) -> bool:
    """ "What percentage of orders were cancelled in Leeds": of all orders there, not how much of the cancelled ones is Leeds'."""
    for slot in draft.metrics:
        if slot.item < 0:
            continue
        item, before = draft.items[slot.item], draft.preceding(slot.item)
        while before is not None and (before.used == "value" or before.cue() in (Cue.AND, Cue.OR, Cue.VERSUS)):
            before = draft.preceding(before.place)  # "of card versus cash orders were"
        words = [token.folded for token in draft.tokens[item.span.start : item.span.end]]
        asked = before is not None and before.cue() is Cue.SHARE and before.text.casefold().endswith(" of")
        if asked and len(words) > 1 and (set(words[1:-1]) & _BEING or words[-1].endswith("ed")):
            return True
    return False


def without_what_the_rate_says(
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


def defined_ratio_of(draft: Draft, resolution: Resolution) -> str | None:
    """ "discounts as a percent of GMV": the ratio of the two, where the catalog defines it."""
    wanted = set(resolution.metrics)
    for metric in draft.view.metrics.values():
        if not isinstance(metric, DerivedMetric) or {item.metric for item in metric.inputs} != wanted:
            continue
        if metric.formula.replace(" ", "") == f"{metric.inputs[0].name}/{metric.inputs[1].name}":
            return metric.name
    return None


def _ratio_of(draft: Draft, resolution: Resolution) -> str:
    defined = defined_ratio_of(draft, resolution)
    if defined is not None:
        return defined
    labels = " and ".join(draft.view.whole.metric_by_name[name].label for name in resolution.metrics)
    raise UnsupportedError(
        f"No ratio of {labels} is defined here. I can show them side by side, or each one's parts.", is_final=True
    )


def add_share(draft: Draft, resolution: Resolution, parts: Parts, metric: str, reach: Reach) -> None:
    """A share of a whole: by the groups, or of one value among its field's ("what share comes from the app")."""
    kind = draft.view.whole.metric_by_name[metric]
    is_ratio = (
        isinstance(kind, DerivedMetric) and bool(set("*/%") & set(kind.formula)) and not adds_up(draft.view, metric)
    )
    if kind.unit == "score" or is_ratio:
        raise UnsupportedError(f"{kind.label} does not add up to a whole, so it has no shares: shares of what?")
    within: tuple[str, ...] = ()
    split = any(isinstance(item, FieldDimension) for item in parts.groups)
    yes = yes_side(draft, resolution, parts)
    part = _part_of_share(draft, resolution, split=split) if yes is None else ()
    leave_out_opposites(draft, resolution, parts, reach, part)
    told_by_not = only_told_by_not(draft, resolution) if not part and not split and not parts.groups else None
    if yes is not None:
        parts.having.append(Having(column=yes, operator="in", values=(True,)))
        within = tuple(name for item in parts.groups if (name := dimension_name(item)) != yes)
    elif told_by_not is not None and not draft.time.part_filters:
        take_all_others(draft, resolution, parts, reach, told_by_not)
    elif part:
        for slot, choice in part:
            parts.conditions.remove(filter_condition(slot, choice, reach, parts.metrics))
        for slot, _ in part:
            parts.groups += _held_against(draft, resolution, slot, parts)
        within = tuple(dimension_name(item) for item in parts.groups)
        for slot, choice in part:
            field, path = split_route(choice.field)
            if is_of_many(draft, slot, field, metric):
                many = draft.view.whole.dataset_by_name[field.partition(".")[0]].label
                raise UnsupportedError(
                    f"“{slot.text}” is told of {many} here, of which each may have several: which do you mean?"
                )
            dimension = FieldDimension(field=field, path=path, alias=role_alias(draft, field, path))
            if dimension_name(dimension) in within:
                raise UnsupportedError(
                    "A share of one value cannot be split by the same field: shall I show all shares?"
                )
            parts.groups.append(dimension)
            parts.having.append(Having(column=dimension_name(dimension), operator="in", values=choice.values))
            if len(choice.values) > 1 and not _asks_for_each(draft, slot):
                parts.adds_shares = f"({' and '.join(other.text for other, _ in part)})"
    elif not split and not parts.groups and len(draft.time.part_filters) == 1:
        _share_of_a_part_of_time(draft, parts)
    elif not split:
        if draft.asks & {Cue.GROWTH, Cue.RISE, Cue.FALL}:
            return  # "by what percentage did it grow" asks for growth
        adverb = draft.time.grain is not None and not _SPLITS_BY_TIME.search(draft.question)
        if not parts.groups or adverb:
            raise UnsupportedError("A share needs parts: by what shall I split it?")
    elif len(parts.groups) > 1:
        time_names = tuple(dimension_name(item) for item in parts.groups if isinstance(item, TimeDimension))
        within = time_names or (dimension_name(parts.groups[0]),)
    parts.calculations.append(Calculation(kind="share", metric=metric, within=within, show="measure"))


def _held_against(draft: Draft, resolution: Resolution, part: FilterSlot, parts: Parts) -> list[FieldDimension]:
    """ "What percentage of business versus private customers are verified": the share is of each of the two."""
    taken = {item.field for item in parts.groups if isinstance(item, FieldDimension)}
    found = []
    for slot, choice in zip(draft.filters, resolution.filters, strict=True):
        field, path = split_route(choice.field)
        if slot is not part and slot.versus and not slot.negated and field not in taken:
            found.append(FieldDimension(field=field, path=path, alias=role_alias(draft, field, path)))
    return found


def _asks_for_each(draft: Draft, slot: FilterSlot) -> bool:
    """Whether each of several values is to have its own share: "what share came from web and what share from the app"."""
    asked = [item for item in draft.items if item.cue() is Cue.SHARE and not _says_how_to_show(item)]
    return slot.versus or slot.both or len(asked) > 1 or bool(draft.asks & {Cue.EACH, Cue.COMPARE})


def _share_of_a_part_of_time(draft: Draft, parts: Parts) -> None:
    """ "what percentage of orders is placed on weekends": the parts' shares, to be added up."""
    expression = draft.time.part_filters[0]
    assert expression.part is not None
    dimension = TimeDimension(part=expression.part)
    kept = [
        item for item in parts.conditions if not (isinstance(item, FieldCondition) and item.part is expression.part)
    ]
    parts.conditions[:] = kept
    parts.groups.append(dimension)
    parts.having.append(Having(column=dimension_name(dimension), operator="in", values=expression.part_values))
    parts.adds_shares = expression.text.strip()


def _part_of_share(draft: Draft, resolution: Resolution, *, split: bool) -> tuple[tuple[FilterSlot, FieldValues], ...]:
    """The filter that names the part ("the app's share", "what share came from the app") with those that say more of the same
    things ("came from books sold in stores"); the others narrow the whole. None where nothing names a part.

    Beside groups a filter narrows the whole, unless it stands before "share" or behind a verb that says where it came from.
    """
    single = [
        (slot, choice)
        for slot, choice in zip(draft.filters, resolution.filters, strict=True)
        if not slot.negated and not slot.either
    ]
    cue = next((item.place for item in draft.items if item.cue() is Cue.SHARE and not _says_how_to_show(item)), None)
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
            first = found[0]
            return (
                first,
                *(pair for pair in single if pair is not first and said_of_the_same(draft, first[0], pair[0])),
            )
    if split or draft.time.part_filters:
        return ()  # "what percent of store orders were placed on weekends": the part is of time
    if len(single) < 2:
        return tuple(single)
    for picked in (
        [
            pair for pair in single if cue is not None and pair[0].item > cue
        ],  # "of the orders with books, what share ..."
        [pair for pair in single if led_by_from(draft, pair[0])],
        [pair for pair in single if stands_behind_the_verb(draft, pair[0], cue)],
    ):
        if len(picked) == 1:
            return tuple(picked)
    raise UnsupportedError("A share of several things at once: which of them is the part?")


def _says_how_to_show(item: Item) -> bool:
    """ "return reasons for apparel as percent": not the share that apparel has."""
    return item.text.casefold().startswith(("as ", "in "))


def _verb_before(draft: Draft, slot: FilterSlot, place: int) -> bool:
    """Whether a verb that says where a part came from stands right before a value ("came from the app", "were vips")."""
    before = draft.preceding(place)
    said = draft.stops_between(before.place if before is not None else -1, place)
    return bool(_CAME_FROM & {word for words in said for word in words.split()})
