"""Of fields of one name, the one that stands nearer: the province of an order's site is meant before that of the depot which
serves the site."""

from __future__ import annotations

from agent.planners.embedded.reach import pointed_at
from catalog.access import CatalogView
from semantic_context.linking import split_route


def stands_before_others(view: CatalogView, bases: frozenset[str], field: str, others: list[str]) -> bool:
    """Whether every other field of the same name is only reached by way of this one's things, from the rows of `bases`."""
    near = split_route(field)[0]
    home = near.partition(".")[0]
    rivals = [split_route(other)[0] for other in others if split_route(other)[0].partition(".")[0] != home]
    if not rivals or home in bases or split_route(field)[1] or any(split_route(other)[1] for other in others):
        return False
    label = view.whole.field(near).label
    without = pointed_at(view, bases, avoiding=home)
    return all(
        view.whole.field(rival).label == label
        and rival.partition(".")[0] not in without
        and rival.partition(".")[0] in pointed_at(view, frozenset({home}))
        for rival in rivals
    )
