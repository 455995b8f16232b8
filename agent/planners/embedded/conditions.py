"""From the filters of a draft to the conditions of its query."""

from __future__ import annotations

import itertools
import re

from agent.planners.embedded.additivity import adds_up
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot
from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.parts import Parts, UnsupportedError, role_alias
from agent.planners.embedded.reach import Reach, excludes
from agent.planners.embedded.resolve import Resolution
from catalog.durations import TimePart
from catalog.query import (
    AnyOf,
    Condition,
    FieldCondition,
    FieldDimension,
    Not,
    TimeDimension,
)
from semantic_context.linking import split_route
from semantic_context.time_expressions import TimeExpression

_ADDING = ("plus", "+")
# Words that hold what stands on their two sides against each other.
_HELD_AGAINST = re.compile(r"\b(?:vs|versus|against|than|compared|relative)\b", re.IGNORECASE)
# "Are we more punctual on domestic or on international routes?"
_WHICH_OF_TWO = re.compile(
    r"^(?:are|is|was|were|do|does|did|who|which|where|what)\b.*\b(?:more|less|fewer|higher|lower|better|worse|bigger|smaller"
    r"|larger|longer|shorter|faster|slower|cheaper|stronger|weaker)\b.*\bor\b",
    re.IGNORECASE,
)


def filter_condition(slot: FilterSlot, choice: FieldValues, reach: Reach, metrics: tuple[str, ...]) -> Condition:
    """The condition of a filter slot. "Not" keeps the rows whose value is unknown; of what holds many of the things
    (orders of products) it keeps what holds another one."""
    several = len(choice.values) > 1
    field, path = split_route(choice.field)
    if slot.negated and any(reach.holds_many(metric, choice.field) for metric in metrics):
        return FieldCondition(field=field, path=path, operator="not_in" if several else "ne", values=choice.values)
    condition = FieldCondition(field=field, path=path, operator="in" if several else "eq", values=choice.values)
    return Not(condition=condition) if slot.negated else condition


def add_filters(draft: Draft, resolution: Resolution, parts: Parts, reach: Reach) -> None:
    parts.conditions += draft.kept_conditions
    asked = {item.field for item in parts.groups if isinstance(item, FieldDimension)} | {
        choice.field for slot, choice in zip(draft.filters, resolution.filters, strict=True) if not slot.from_context
    }
    picks = draft.ranking is not None and bool(draft.groups)  # "top 3 books and games products": of both together
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
            or (
                slot.listed
                and len(choice.values) > 1
                and (slot.led_each or Cue.TOTAL not in draft.asks)
                and not (picks or _are_one_set(draft, slot) or _only_narrows(draft, slot, parts))
            )
            or (len(choice.values) > 1 and Cue.COMPARE in draft.asks and not draft.time.periods)
            or (len(choice.values) > 1 and _WHICH_OF_TWO.search(draft.question) is not None)
        )
        is_rate = all(draft.view.whole.metric_by_name[name].unit == "fraction" for name in parts.metrics)
        if side_by_side and not slot.negated and not grouped and (is_rate or Cue.SHARE not in draft.asks):
            field, path = split_route(choice.field)
            parts.groups.append(FieldDimension(field=field, path=path, alias=role_alias(draft, field, path)))
    parts.conditions += [AnyOf(conditions=tuple(several)) for several in alternatives.values()]
    _add_parts_of_time(draft, parts)


def _are_one_set(draft: Draft, slot: FilterSlot) -> bool:
    """ "accounts of private and affluent customers": kinds said right before the one noun that they tell apart are its
    kinds together, unless "both" or "each" is said, the word that leads to them is said of each, or things are compared; "web plus
    app" adds them up."""
    if slot.item < 0 or slot.both or slot.led_each or draft.asks & {Cue.EACH, Cue.COMPARE} or draft.differs:
        return False
    last = max(item.place for item in draft.items if item.used == "value" and _in_run(draft, slot.item, item.place))
    if any(item.text.casefold() in _ADDING for item in draft.items[slot.item : last]):
        return True
    noun = draft.items[last + 1] if last + 1 < len(draft.items) else None
    return noun is not None and noun.used == "noun" and noun.has("dataset") and draft.is_plural(noun)


def _only_narrows(draft: Draft, slot: FilterSlot, parts: Parts) -> bool:
    """ "Only Leeds and York", "books and films only": what is left of the things, told as before; nothing is set side by side.
    Of rates, which do not add up, each is told where nothing else splits them."""
    if slot.item < 0 or slot.both or slot.led_each or draft.asks & {Cue.EACH, Cue.COMPARE} or draft.differs:
        return False
    last = max(item.place for item in draft.items if item.used == "value" and _in_run(draft, slot.item, item.place))
    before, behind = draft.preceding(slot.item), draft.following(last)
    only = any(item is not None and item.cue() is Cue.ONLY for item in (before, behind))
    return bool(draft.groups) or (only and all(adds_up(draft.view, name) for name in parts.metrics))


def _in_run(draft: Draft, first: int, place: int) -> bool:
    """Whether nothing but values and joining words stands from one item up to another."""
    return place >= first and all(
        item.is_stop or item.used == "value" or item.cue() in (Cue.AND, Cue.OR) for item in draft.items[first:place]
    )


def _refuse_contradictions(draft: Draft, resolution: Resolution, reach: Reach, parts: Parts) -> None:
    """What rows cannot tell: "customers who bought books but not games" asks of a customer's rows together. A value said to
    count too ("including the cancelled ones") is not there where the figure leaves it out by definition."""
    for slot in draft.included:
        for name in parts.metrics:
            if all(excludes(draft.view, name, split_route(item.field)[0], item.values) for item in slot.candidates):
                label = draft.view.whole.metric_by_name[name].label
                raise UnsupportedError(f"{label} leaves out {slot.text} by definition.", is_final=True)
    for slot, choice in zip(draft.filters, resolution.filters, strict=True):
        left_out = [
            str(value)
            for value in choice.values
            if any(excludes(draft.view, name, split_route(choice.field)[0], (value,)) for name in parts.metrics)
        ]
        if left_out and len(left_out) < len(choice.values) and not slot.negated:
            label = draft.view.whole.metric_by_name[parts.metrics[0]].label
            raise UnsupportedError(f"{label} leaves out {' and '.join(left_out)} by definition.", is_final=True)
    pairs = list(zip(draft.filters, resolution.filters, strict=True))
    if (two := _two_kinds_named_apart(draft)) is not None:
        raise UnsupportedError(f"I cannot show {two} side by side: shall I show each, or those that are both?")
    wanted = {choice.field for slot, choice in pairs if not slot.negated and not slot.from_context}
    for slot, choice in pairs:
        label = field_words(draft.view, split_route(choice.field)[0])
        many = any(
            reach.has_many_of(name, choice.field) or reach.counts_over_rows(name, choice.field)
            for name in parts.metrics
        )
        if slot.negated and choice.field in wanted and many:
            raise UnsupportedError(
                f"With one {label} and without another at once is more than I can ask: which of the two?"
            )
        counted = any(draft.view.whole.metric_by_name[name].unit == "count" for name in parts.metrics)
        if slot.both and counted and many:
            raise UnsupportedError(f"I cannot yet ask for those that have both, by {label}: shall I show each?")


def _two_kinds_named_apart(draft: Draft) -> str | None:
    """ "Direct bookings and group bookings", "of direct and of group bookings", where the two are values of different fields: the
    things, or what leads to them, are said of each, so what is both is not what is asked for."""
    slots = sorted((slot for slot in draft.filters if not slot.from_context), key=lambda slot: slot.item)
    for one, other in itertools.pairwise(slots):
        if one.either or one.negated or other.negated or min(one.item, other.item) < 0:
            continue
        between = [item for item in draft.items[one.item + 1 : other.item] if item.used != "value"]
        said = [item for item in between if item.has("dataset") or not item.is_stop]
        again = draft.items[other.item + 1] if other.item + 1 < len(draft.items) else None
        leads = {draft.items[max(slot.item - 1, 0)].text.casefold() for slot in (one, other)}
        if [item.cue() for item in said] == [Cue.AND] and leads in ({"of"}, {"for"}):
            return f"{one.text} and {other.text}"
        if again is None or len(said) != 2 or said[1].cue() is not Cue.AND:
            continue
        if {meaning.name for meaning in said[0].of("dataset")} & {meaning.name for meaning in again.of("dataset")}:
            return f"{one.text} and {other.text}"
    return None


def _add_parts_of_time(draft: Draft, parts: Parts) -> None:
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


def add_dates(draft: Draft, parts: Parts, reach: Reach) -> None:
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
