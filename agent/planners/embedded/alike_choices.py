"""Choices that would read alike, told apart by whose field each takes: by province (of the customer site), or of the warehouse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from catalog.access import CatalogView
from catalog.plan import Choice, Plan

_FIELD = re.compile(r'"field":\s?"([a-z_][\w]*)\.([\w]+)"')


def choices_of(plans: Sequence[Plan], view: CatalogView) -> tuple[Choice, ...]:
    """A choice for each plan, called as it is understood; those called alike with what they are of."""
    often = Counter(plan.interpretation for plan in plans)
    alike = [_fields(plan) for plan in plans if often[plan.interpretation] > 1]
    shared = frozenset.intersection(*alike) if alike else frozenset()
    return tuple(
        Choice(
            label=plan.interpretation
            if often[plan.interpretation] == 1
            else f"{plan.interpretation}{_whose(_fields(plan) - shared, view)}",
            plan=plan,
        )
        for plan in plans
    )


def _fields(plan: Plan) -> frozenset[tuple[str, str]]:
    return frozenset(_FIELD.findall(plan.queries[0].query.model_dump_json())) if plan.queries else frozenset()


def _whose(own: frozenset[tuple[str, str]], view: CatalogView) -> str:
    things = sorted({view.datasets[dataset].singular for dataset, _ in own if dataset in view.datasets})
    return f" (of the {' and the '.join(things)})" if things else ""
