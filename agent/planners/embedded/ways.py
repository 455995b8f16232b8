"""Where a question leaves open by which way a thing is meant, and where it splits a figure by what is no split of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, FieldValues, Item
from agent.planners.embedded.reach import Reach, base_datasets, pointed_at
from agent.planners.embedded.resolve import Problem
from agent.tools.compile import Way, ways_between
from catalog.access import CatalogView
from catalog.models import Relationship
from catalog.query import AllOf, AnyOf, FieldCondition, FieldDimension, MetricQuery, Not
from semantic_context.linking import Meaning, routed, split_route


@dataclass(frozen=True)
class OpenWay:
    """One of several ways from a metric to a field: the relationship that tells it from the others, and it in words."""

    relationship: str
    words: str


def open_ways(reach: Reach, problem: Problem) -> tuple[OpenWay, ...]:
    """The ways that a problem leaves open, each by a relationship that no other takes; none where that is not the problem."""
    reference, path = split_route(problem.field)
    ways = () if path else ways_between(reach.view, problem.metric, reference)
    found: list[OpenWay] = []
    for way in ways:
        others = {name for other in ways if other is not way for name in other.relationships}
        own = [name for name in reversed(way.relationships) if name not in others]
        if own:
            found.append(OpenWay(own[0], _way_words(reach.view, way, own[0])))
    return tuple(found) if len(found) > 1 else ()


def by_way(draft: Draft, field: str, relationship: str) -> Draft:
    """The draft with a field taken along a relationship, wherever it groups or filters."""
    name = routed(field, relationship)

    def along(meaning: Meaning) -> Meaning:
        return replace(meaning, name=name) if meaning.name == field else meaning

    def taken(values: FieldValues) -> FieldValues:
        return replace(values, field=name) if values.field == field else values

    return replace(
        draft,
        groups=[replace(slot, candidates=tuple(along(item) for item in slot.candidates)) for slot in draft.groups],
        filters=[replace(slot, candidates=tuple(taken(item) for item in slot.candidates)) for slot in draft.filters],
        time=replace(draft.time),
        asks=set(draft.asks),
    )


def split_by_a_figure(draft: Draft) -> Item | None:
    """What stands after "by" and was taken for a second figure, or for one thing that is no group: "quantity by client".
    None where figures are ranked or sorted by it."""
    if draft.ranking is not None or draft.rank_metric is not None:
        return None
    named = {slot.item: slot.candidates[0].name for slot in draft.metrics}
    for item in draft.items:
        if item.cue() is not Cue.BY and not (item.cue() is Cue.RANK and item.text.casefold().endswith("by")):
            continue
        thing = draft.following(item.place)
        while thing is not None and thing.cue() is Cue.COUNT:
            thing = draft.following(thing.place)
        if thing is None:
            continue
        before = {name for place, name in named.items() if place < item.place}
        second = bool(before - {named.get(thing.place)}) and thing.place in named
        single = thing.used == "noun" and not draft.is_plural(thing) and item.text.casefold().endswith("by")
        alone = single and not draft.groups and draft.time.grain is None
        if second or alone:
            return thing
    return None


def ways_taken(view: CatalogView, query: MetricQuery) -> tuple[str, ...]:
    """What is to be said where the catalog prefers one of several ways to a field, and the question named none."""
    bases = frozenset().union(*(base_datasets(view, use.metric) for use in query.metrics))
    reached = pointed_at(view, bases)
    caveats = []
    for reference in _fields_without_path(query):
        dataset = reference.partition(".")[0]
        if dataset in bases:
            continue
        leading = [
            item for item in view.whole.relationships if item.to_dataset == dataset and item.from_dataset in reached
        ]
        taken = [item for item in leading if item.preferred]
        twins = [item for item in leading if taken and item.from_dataset == taken[0].from_dataset and item not in taken]
        if len(taken) == 1 and twins:
            thing = view.whole.dataset_by_name[dataset].singular
            others = " or ".join(_relationship_words(item) for item in twins)
            caveats.append(f"The {thing} is taken as {_relationship_words(taken[0])}, not as {others}.")
    return tuple(dict.fromkeys(caveats))


def _fields_without_path(query: MetricQuery) -> list[str]:
    """The fields that a query splits or filters by without a way of its own."""
    found = [item.field for item in query.group_by if isinstance(item, FieldDimension) and not item.path]
    todo = [query.where] if query.where is not None else []
    while todo:
        condition = todo.pop()
        if isinstance(condition, FieldCondition) and not condition.path and "." in condition.field:
            found.append(condition.field)
        if isinstance(condition, AllOf | AnyOf):
            todo += condition.conditions
        if isinstance(condition, Not):
            todo.append(condition.condition)
    return list(dict.fromkeys(found))


def _relationship_words(item: Relationship) -> str:
    return item.role or " ".join(item.from_fields).replace("_", " ")


def _way_words(view: CatalogView, way: Way, relationship: str) -> str:
    """A way in words: the role it plays where one is declared, else what lies between, else the relationship's name."""
    for name in reversed(way.relationships):
        role = next((item.role for item in view.whole.relationships if item.name == name), None)
        if role:
            return f"as {role}"
    between = [view.whole.dataset_by_name[name].label.lower() for name in way.datasets[1:-1]]
    return f"by way of {' and '.join(between)}" if between else f"by {relationship.replace('_', ' ')}"
