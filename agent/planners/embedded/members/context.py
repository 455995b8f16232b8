"""What the readers of members share: the view, how to plan a plain part of a question, and what its plan holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.embedded.members.verbs import Verbs
from agent.planners.embedded.reach import Reach
from catalog.access import CatalogView
from catalog.plan import Plan
from catalog.query import AllOf, Condition, MetricQuery
from semantic_context.linking import PhraseTable
from semantic_context.time_expressions import find_time_expressions


@dataclass(frozen=True)
class MemberReading:
    """A question as its readers see it: who asks, on which day, and how to plan a plain part of it."""

    view: CatalogView
    reach: Reach
    phrases: PhraseTable
    verbs: Verbs
    as_of: dt.date
    plain: Callable[[str], Plan]

    def names_a_time(self, text: str) -> bool:
        """Whether a text speaks of a period."""
        found = find_time_expressions(text, self.as_of, self.view.whole.calendar)
        return any(item.periods for item in found)


def is_answer(plan: Plan) -> bool:
    """Whether a plan neither asks back nor refuses."""
    return plan.clarification is None and plan.refusal is None


def only_query(plan: Plan) -> MetricQuery | None:
    """The query of a plan of one figure with nothing computed beyond it; None for any other."""
    if len(plan.queries) != 1 or plan.analysis is not None or plan.steps or plan.premise is not None:
        return None
    query = plan.queries[0].query
    shown = [use for use in query.metrics if use.show != "hidden"]
    beside = any(item.show == "measure" for item in query.compare)
    beside = beside or any(item.show == "measure" for item in query.calculations)
    own = any(use.where is not None or use.offset is not None or use.average_per is not None for use in shown)
    return query if len(shown) == 1 and not (beside or own) and query.totals == "none" else None


def parts_of(condition: Condition | None) -> tuple[Condition, ...]:
    """The conditions that all must hold."""
    if condition is None:
        return ()
    if isinstance(condition, AllOf):
        return tuple(part for item in condition.conditions for part in parts_of(item))
    return (condition,)
