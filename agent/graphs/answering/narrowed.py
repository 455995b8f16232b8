"""A plan whose breakdown is cut down to the groups that policy lets be shown: its query and its words say so."""

from __future__ import annotations

from agent.planners.embedded.interpret import describe_condition
from agent.tools.guard.large_groups import ProtectedQuery
from catalog.access import CatalogView
from catalog.plan import Plan


def narrowed_plan(plan: Plan, place: int, protected: ProtectedQuery, view: CatalogView) -> Plan:
    """The plan with its query at a place as it is run."""
    assert protected.condition is not None
    queries = list(plan.queries)
    queries[place] = queries[place].model_copy(update={"query": protected.query})
    words = f", where {describe_condition(protected.condition, view)}"
    said = plan.interpretation if words in plan.interpretation else plan.interpretation + words
    return plan.model_copy(update={"queries": tuple(queries), "interpretation": said})
