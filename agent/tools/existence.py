"""Whether the numbered things that a query picks exist: a figure for store 99 of twelve would be no figure at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.metric_query import compile_permitted
from agent.tools.guard.statement import GuardedStatement
from agent.tools.guard.uncounted import uncounted
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView
from catalog.models import FieldType
from catalog.plan import Clarification
from catalog.query import AllOf, Condition, FieldCondition, FieldDimension, MetricQuery

_MOST_NAMED = 12


def find_missing_things(
    view: CatalogView, query: MetricQuery, run: Callable[[GuardedStatement], ResultTable]
) -> Clarification | None:
    """What to ask where a condition picks a number that no row the view may see has; None where all exist.

    Only whole-numbered fields are looked up: other values come from the index of those that exist. What a role sees in
    groups of a minimum size is not: whether a single value exists is not told.
    """
    for condition in _picked_numbers(view, query.where):
        dimension = FieldDimension(field=condition.field)
        found = run(_listing(view, MetricQuery(group_by=(dimension,), where=condition)))
        if found.rows:
            continue
        label = view.whole.field(condition.field).label
        values = ", ".join(str(value) for value in condition.values)
        some = run(_listing(view, MetricQuery(group_by=(dimension,), limit=_MOST_NAMED + 1))).rows
        named = [str(row[0]) for row in some if row[0] is not None]
        there_are = f" There are {', '.join(named)}." if 0 < len(named) <= _MOST_NAMED else ""
        return Clarification(
            question=f"There is no {label.lower()} {values}.{there_are} Which one do you mean?",
            reason="unknown_value",
            unexplained=tuple(str(value) for value in condition.values),
        )
    return None


def _listing(view: CatalogView, query: MetricQuery) -> GuardedStatement:
    return guard_compiled(compile_permitted(view, query), uncounted(view))


def _picked_numbers(view: CatalogView, condition: Condition | None) -> Iterator[FieldCondition]:
    if isinstance(condition, AllOf):
        for part in condition.conditions:
            yield from _picked_numbers(view, part)
    elif isinstance(condition, FieldCondition) and _picks_a_number(view, condition):
        yield condition


def _picks_a_number(view: CatalogView, condition: FieldCondition) -> bool:
    if condition.operator not in ("eq", "in") or condition.field == "metric_time":
        return False
    item = view.whole.field(condition.field)
    dataset = view.whole.dataset_by_name[condition.field.partition(".")[0]]
    return item.type is FieldType.INTEGER and view.minimum_group_size(dataset, item) is None
