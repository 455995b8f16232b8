"""A second question about the things of the first: "How many shipments are open, and how many units are in those?".

Its figure is of those things alone. Where its plan is of all things, it is asked back, but for a first figure that counts them
all: the units of all orders are the units of those orders.
"""

from __future__ import annotations

import re

from agent.planners.embedded.clarify import asking
from agent.planners.embedded.counts import count_metrics, counts_at_large
from agent.planners.embedded.reach import base_datasets, pointed_at
from agent.planners.normal_form import normal_form
from catalog.access import CatalogView
from catalog.plan import Choice, Plan

_POINTS = re.compile(
    r"\b(?:do|did|does|have|had) (?:they|those|these)\b"
    r"|\b(?:in|of|from|on|for|with|by|to|among|within|inside) (?:those|these|them)"
    r"(?=\s*(?:[,?.!]|$)|\s+(?:were|was|are|is|had|have|did|do|in|during|last|this|each|altogether|together)\b)",
    re.IGNORECASE,
)


def asked_of_all(part: str, first: Plan, planned: Plan, by_itself: Plan, view: CatalogView) -> Plan | None:
    """A question back where a part that points at the things of the first is planned as if it were of all; None elsewhere."""
    if not _POINTS.search(part) or not first.queries or not planned.queries or planned.analysis is not None:
        return None
    one, own = normal_form(first), normal_form(planned)
    if set(map(str, one["filters"])) <= set(map(str, own["filters"])) and (
        set(one["figures"]) & set(own["figures"]) or _of_all_things(first, planned, view)
    ):
        return None
    choices = [Choice(label=by_itself.interpretation, plan=by_itself)] if by_itself.queries else []
    said = part.strip(" ?.!")
    return asking(
        f"“{said}”: I cannot narrow that to the things of the question before it. Shall I give it for all?",
        "ambiguous",
        choices,
    )


def loses_the_time(first: Plan, planned: Plan, by_itself: Plan) -> bool:
    """Whether a part keeps the first one's time only where it is planned by itself, with the time that is said once."""
    one, leaning, own = normal_form(first), normal_form(planned), normal_form(by_itself)
    same = leaning["filters"] == own["filters"] and leaning["figures"] == own["figures"]
    return bool(same and own["period"] == one["period"] != leaning["period"])


def is_of_the_same(first: Plan, planned: Plan, whole: Plan) -> bool:
    """ "How many toy orders were there in Q3, and how much revenue came from them?": another figure of the same things, where
    the plan of the whole question has lost the first one."""
    one, other, told = normal_form(first), normal_form(planned), normal_form(whole)
    same = one["filters"] == other["filters"] and one["period"] == other["period"]
    plain = not one["split"] and not one["ranking"] and not other["split"]
    return (
        same
        and plain
        and set(told["figures"]) == set(other["figures"])
        and not set(one["figures"]) & set(told["figures"])
    )


def _of_all_things(first: Plan, planned: Plan, view: CatalogView) -> bool:
    """Whether the first counts all things of a kind that the rows of the second belong to."""
    counted = {
        dataset
        for use in first.queries[0].query.metrics
        for dataset in view.datasets
        if use.metric in counts_at_large(view, dataset) and use.metric in count_metrics(view, dataset)
    }
    bases = frozenset(
        dataset for use in planned.queries[0].query.metrics for dataset in base_datasets(view, use.metric)
    )
    return bool(counted) and counted <= pointed_at(view, bases)
