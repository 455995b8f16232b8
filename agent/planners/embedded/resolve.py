"""Chooses among the meanings of a draft: the combination that fits together against the catalog, with its rivals."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot
from agent.planners.embedded.nearer import stands_before_others
from agent.planners.embedded.reach import Reach, base_datasets, excludes
from semantic_context.linking import Meaning, split_route

_MOST_COMBINATIONS = 64
# A field of the rows themselves is meant before one of the same name of what they point at, and leaves that no rival; but
# where "from" or "in" leads to a place, it may well be the other's.
_OF_ITS_OWN, _OF_ITS_PLACE = 0.08, 0.03
_NEARER = 0.05  # than one that is reached by way of it
# What a thing may have several of splits it less plainly than what it has one of.
_OF_MANY = 0.1
_TO_PLACES = ("from", "in", "to", "at", "into", "within")


@dataclass(frozen=True)
class Problem:
    """Why a combination does not hold: a metric that cannot be split or filtered by a field."""

    metric: str
    field: str
    reason: str


@dataclass(frozen=True)
class Resolution:
    """One combination: metrics and fields in the order of the draft's slots. With problems it cannot be asked."""

    metrics: tuple[str, ...]
    rank_metric: str | None
    groups: tuple[str, ...]
    filters: tuple[FieldValues, ...]
    score: float
    problems: tuple[Problem, ...] = ()

    @property
    def sense(self) -> tuple[object, ...]:
        """What tells it from another resolution."""
        return (
            self.metrics,
            self.rank_metric,
            self.groups,
            tuple((choice.field, choice.values) for choice in self.filters),
        )


def resolve(draft: Draft, reach: Reach, *, whatever_is_left_out: bool = False) -> tuple[Resolution, ...]:
    """All combinations worth considering, those without problems first, best first; fields that are one shared
    dimension are one meaning. `whatever_is_left_out`: values that a figure leaves out by definition are no problem."""
    slots = [slot.candidates for slot in draft.metrics]
    found: dict[tuple[object, ...], Resolution] = {}
    for chosen in itertools.islice(itertools.product(*slots), _MOST_COMBINATIONS):
        for resolution in _with_fields(draft, reach, chosen, whatever_is_left_out):
            known = found.get(resolution.sense)
            if known is None or known.score < resolution.score:
                found[resolution.sense] = resolution
    return tuple(sorted(found.values(), key=lambda item: (len(item.problems), -item.score, str(item.sense))))


def _with_fields(
    draft: Draft, reach: Reach, chosen: tuple[Meaning, ...], whatever_is_left_out: bool
) -> Iterable[Resolution]:
    metrics = tuple(dict.fromkeys(meaning.name for meaning in chosen))
    rank_metric = None
    if draft.rank_metric in draft.metrics and draft.rank_metric is not None:
        place = draft.metrics.index(draft.rank_metric)
        rank_metric = chosen[place].name
    score = sum(meaning.score + _suits(draft, meaning.name) for meaning in chosen)
    problems: list[Problem] = []
    group_ways: list[list[tuple[str, float, Problem | None]]] = []
    for group in draft.groups:
        group_ways.append(
            _ways(reach, metrics, [(meaning.name, meaning.score) for meaning in group.candidates], grouping=True)
        )
    filter_ways: list[list[tuple[FieldValues, float, Problem | None]]] = []
    for slot in draft.filters:
        ways = _ways(
            reach,
            metrics,
            [(choice.field, choice.score) for choice in slot.candidates],
            grouping=False,
            own=_OF_ITS_PLACE if _is_led_to(draft, slot) else _OF_ITS_OWN,
        )
        by_field = {choice.field: choice for choice in slot.candidates}
        whose = _thing_led_from(draft, slot)
        ways = [
            (name, worth + (_OF_ITS_OWN if split_route(name)[0].partition(".")[0] in whose else 0.0), problem)
            for name, worth, problem in ways
        ]
        filter_ways.append(
            [
                (
                    by_field[name],
                    worth,
                    problem or (None if whatever_is_left_out else _contradiction(reach, metrics, slot, by_field[name])),
                )
                for name, worth, problem in ways
            ]
        )
    for groups in itertools.islice(itertools.product(*group_ways), _MOST_COMBINATIONS):
        for filters in itertools.islice(itertools.product(*filter_ways), _MOST_COMBINATIONS):
            problems = [problem for *_, problem in (*groups, *filters) if problem is not None]
            yield Resolution(
                metrics,
                rank_metric,
                tuple(name for name, *_ in groups),
                tuple(choice for choice, *_ in filters),
                score + sum(worth for _, worth, _ in groups) + sum(worth for _, worth, _ in filters),
                tuple(problems),
            )


def _is_led_to(draft: Draft, slot: FilterSlot) -> bool:
    """Whether a word that leads to places stands before a filter's value."""
    before = draft.preceding(slot.item) if slot.item >= 0 else None
    said = draft.stops_between(before.place if before is not None else -1, slot.item) if slot.item >= 0 else ()
    return bool(set(said) & set(_TO_PLACES))


def _thing_led_from(draft: Draft, slot: FilterSlot) -> frozenset[str]:
    """The things that a value is said of: "merchants in Utrecht" are there, wherever those are who look after them."""
    before = draft.preceding(slot.item) if slot.item >= 0 else None
    if before is None or not before.has("dataset") or not draft.is_plural(before) or not _is_led_to(draft, slot):
        return frozenset()
    return frozenset(meaning.name for meaning in before.of("dataset"))


def _contradiction(reach: Reach, metrics: tuple[str, ...], slot: FilterSlot, choice: FieldValues) -> Problem | None:
    """A filter for what a metric leaves out by definition would give nothing, or a wrong nought."""
    if slot.negated:
        return None
    for name in metrics:
        if excludes(reach.view, name, split_route(choice.field)[0], choice.values):
            label = reach.view.whole.metric_by_name[name].label
            said = [slot.text if isinstance(value, bool) else str(value) for value in choice.values]
            what = " and ".join(dict.fromkeys(said))
            return Problem(name, choice.field, f"{label} leaves out {what} by definition.")
    return None


def _ways(
    reach: Reach,
    metrics: tuple[str, ...],
    candidates: list[tuple[str, float]],
    *,
    grouping: bool,
    own: float = _OF_ITS_OWN,
) -> list[tuple[str, float, Problem | None]]:
    """The candidate fields that every metric goes with, one for each shared dimension; else all, with what stands against."""
    bases = frozenset().union(*(base_datasets(reach.view, name) for name in metrics)) if metrics else frozenset()
    valid: dict[str, tuple[str, float, Problem | None]] = {}
    invalid: list[tuple[str, float, Problem | None]] = []
    for name, score in candidates:
        problem = None
        for metric in metrics:
            reason = reach.why_not_group(metric, name) if grouping else reach.why_not_filter(metric, name)
            if reason is not None:
                problem = Problem(metric, name, reason)
                break
        near = own if name.partition(".")[0] in bases else 0.0
        if grouping and any(reach.holds_many(metric, name) for metric in metrics):
            score -= _OF_MANY
        if problem is not None:
            invalid.append((name, score, problem))
            continue
        shared = None if split_route(name)[1] else reach.view.whole.field(name).shared_dimension
        key = f"shared:{shared}" if shared else reach.thing_named(name)
        if not metrics:
            near = 0.05 * reach.things_pointing_at(name.partition(".")[0])
        if not near and stands_before_others(reach.view, bases, name, [other for other, _ in candidates]):
            near = _NEARER
        near = near or (0.01 if not reach.through_shared_dimension(metrics, name) else 0.0)
        if key not in valid or valid[key][1] < score + near:
            valid[key] = (name, score + near, None)
    return list(valid.values()) or invalid


def _suits(draft: Draft, metric_name: str) -> float:
    """What the asking words say of the figure's kind: "what share" a fraction, "how many" a count, "how much money" money."""
    unit = draft.view.whole.metric_by_name[metric_name].unit
    fraction = unit == "fraction" and Cue.SHARE in draft.asks
    count = unit == "count" and Cue.COUNT in draft.asks
    money = unit is not None and unit.isupper() and Cue.MONEY in draft.asks
    if fraction:
        return 0.1
    return 0.05 if count or money else 0.0
