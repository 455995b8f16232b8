"""What a question is planned as, for cases that look at the query itself."""

from __future__ import annotations

from agent.business import Business
from catalog.access import Principal, view_for
from catalog.plan import Plan
from catalog.query import FieldDimension, MetricQuery


def planned(business: Business, question: str, previous: Plan | None = None) -> Plan:
    """The plan of a question, after another one where `previous` is given."""
    view = view_for(business.catalog, Principal())
    return business.planner(view).plan(question, business.as_of(), previous)


def groups_of(query: MetricQuery) -> list[str]:
    """dataset.field of what a query is split by, times left out."""
    return [item.field for item in query.group_by if isinstance(item, FieldDimension)]
