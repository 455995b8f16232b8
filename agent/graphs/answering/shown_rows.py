"""The rows of the answer before, for a question that points at them.

A thread keeps plans and a hash, never rows. So the earlier query runs again as whoever asks now, under the policies of now,
and its rows count as those that were shown only where their hash is the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from langgraph.runtime import Runtime

from agent.errors import PolicyRefusal, QueryError, WarehouseError
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.planners.embedded.follow_ups import ShownRows
from agent.tools.audit import result_sha256
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.metric_query import compile_permitted, require_permitted
from agent.tools.guard.own_rows import require_own_rows
from agent.tools.warehouse.result import ResultTable
from catalog.errors import UnknownNameError
from catalog.plan import Plan

Run = Runtime[AnswerContext]


def shown_rows(state: AnswerState, runtime: Run) -> ShownRows | None:
    """A way to the rows that the thread showed last; None where it has shown none."""
    kept, known = state.get("split_plan"), state.get("split_hash")
    if not kept or not known:
        return None
    plan = Plan.model_validate(kept)
    return ShownRows(plan, lambda: _again(plan, known, state["as_of"], runtime.context))


def rows_to_point_at(plan: Plan, tables: Sequence[ResultTable]) -> dict[str, Any]:
    """What a thread keeps of an answer whose rows may be pointed at; nothing new where it has none."""
    if plan.analysis is not None or not plan.queries or not plan.queries[0].query.group_by:
        return {}
    return {"split_plan": plan.model_dump(mode="json"), "split_hash": result_sha256(tables[:1])}


def _again(plan: Plan, known: str, as_of: str, context: AnswerContext) -> ResultTable | None:
    asked, day = plan.queries[0], dt.date.fromisoformat(as_of)
    try:
        require_permitted(context.view, asked.query)
        require_own_rows(context.view, asked.query)
        query = context.protect(asked.query, day).query
        compiled = compile_permitted(context.view, query, name=asked.name, as_of=day)
        table = context.warehouse.run(guard_compiled(compiled, context.view), compiled.columns, name=asked.name)
    except (PolicyRefusal, QueryError, UnknownNameError, WarehouseError):
        return None
    return table if result_sha256((table,)) == known else None
