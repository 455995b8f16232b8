"""What is said to come from things is of those rows that have one: "donations from members" are none of other givers."""

from __future__ import annotations

from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.members.context import parts_of
from agent.planners.embedded.parts import all_of
from agent.planners.embedded.reach import base_datasets
from catalog.access import CatalogView
from catalog.plan import NamedQuery, Plan
from catalog.query import FieldCondition, FieldDimension
from semantic_context.linking import split_route


def of_known_things(draft: Draft, plan: Plan, view: CatalogView) -> Plan:
    """The plan narrowed to the rows that point at the things a bare "from members" names; as it is where nothing is said so,
    or something said of the things narrows it already."""
    if len(plan.queries) != 1 or plan.analysis is not None:
        return plan
    query = plan.queries[0].query
    said = {split_route(choice.field)[0].partition(".")[0] for slot in draft.filters for choice in slot.candidates}
    said |= {group.field.partition(".")[0] for group in query.group_by if isinstance(group, FieldDimension)}
    bases = frozenset[str]().union(*(base_datasets(view, use.metric) for use in query.metrics))
    for item in draft.items:
        things = {meaning.name for meaning in item.of("dataset") if meaning.how in ("name", "synonym")}
        if len(things) != 1 or things & (said | bases) or not _comes_from(draft, item):
            continue
        keys = [
            (link.from_dataset, link.from_fields[0])
            for link in view.whole.relationships
            if link.to_dataset in things and link.from_dataset in bases and len(link.from_fields) == 1
        ]
        if len(keys) != 1 or len(bases) != 1:
            continue
        known = FieldCondition(field=".".join(keys[0]), operator="is_not_null")
        narrowed = query.model_copy(update={"where": all_of([*parts_of(query.where), known])})
        singular = view.whole.dataset_by_name[min(things)].singular
        return plan.model_copy(
            update={
                "queries": (NamedQuery(name=plan.queries[0].name, query=narrowed),),
                "interpretation": f"{plan.interpretation}, where the {singular} is known",
            }
        )
    return plan


def _comes_from(draft: Draft, item: Item) -> bool:
    """Whether a plural noun that narrows nothing stands right behind "from"."""
    before = draft.items[item.place - 1] if item.place else None
    return item.used == "noun" and draft.is_plural(item) and before is not None and before.text.casefold() == "from"
