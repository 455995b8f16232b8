"""A breakdown with groups below the minimum size, cut down to those that may be shown.

    payroll by city        Ulm 40 people, Bonn 12, Kiel 3 (fewer than 5)
    shown                  payroll by city, where city is Ulm; Kiel is small, and Bonn stands beside it, so that the rest holds 15

What is shown is the answer to another question, one that its asker could have asked: the same with a condition on the key. It is
admitted as any question is (answered_cells.py), and the rest is admitted with it as if it had been answered too, because whoever
knows a total can take the shown groups from it. So sums and differences of all that was answered still hold whole atoms.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from agent.errors import PolicyRefusal
from agent.tools.guard.atoms import owners_of
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.group_size import Protection, protection_of
from agent.tools.guard.statement import GuardedStatement
from agent.tools.guard.uncounted import uncounted
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView
from catalog.query import AllOf, Condition, FieldCondition, FieldDimension, MetricQuery, Not

Run = Callable[[GuardedStatement], ResultTable]
_SCALARS = (str, int)


@dataclass(frozen=True, slots=True)
class ProtectedQuery:
    """A query that may be answered: as asked, or narrowed by a condition on its groups, because some hold fewer than `size`."""

    query: MetricQuery
    condition: FieldCondition | None = None
    size: int = 0

    @property
    def caveat(self) -> str:
        """What a reader of a narrowed answer is told."""
        return (
            f"Groups of fewer than {self.size} are left out, and others beside them where a total would give them away: "
            "figures, totals and shares are of the groups shown."
        )


def admitted(
    view: CatalogView, query: MetricQuery, as_of: dt.date | None, admit: Callable[[Protection], None], run: Run
) -> ProtectedQuery:
    """The query as it may be answered, remembered as answered. PolicyRefusal where no part of it may be."""
    protection = protection_of(view, query, as_of)
    if protection is None:
        return ProtectedQuery(query)
    try:
        admit(protection)
    except PolicyRefusal:
        condition = large_groups(view, query, protection, run)
        if condition is None:
            raise
        narrowed = with_condition(query, condition)
        own = protection_of(view, narrowed, as_of)
        assert own is not None
        admit(with_rest(own, protection, condition))
        return ProtectedQuery(narrowed, condition, protection.size)
    return ProtectedQuery(query)


def large_groups(view: CatalogView, query: MetricQuery, protection: Protection, run: Run) -> FieldCondition | None:
    """The condition that leaves the groups which may be shown; None where there is no such condition, or it leaves none.

    Only a split by one field is cut down, beside any splits by time; each value shown is large enough at every time, and so is
    the rest of each time.
    """
    keys = [key for key in query.group_by if isinstance(key, FieldDimension)]
    if len(keys) != 1 or keys[0].bins or not query.metrics or not view.can_show(keys[0].field):
        return None
    (key,) = keys
    sizes = _sizes(view, key, protection, run)
    if sizes is None:
        return None
    shown = {
        value
        for value, times in sizes.items()
        if isinstance(value, _SCALARS) and min(times.values()) >= protection.size
    }
    while shown and not _rest_is_hidden(sizes, shown, protection.size):
        shown.remove(min(shown, key=lambda value: (sum(sizes[value].values()), str(value))))
    if not shown or len(shown) == len(sizes):
        return None
    return FieldCondition(field=key.field, path=key.path, operator="in", values=tuple(sorted(shown, key=str)))


def with_condition(query: MetricQuery, condition: Condition) -> MetricQuery:
    """The query narrowed by one more condition."""
    where = condition if query.where is None else AllOf(conditions=(query.where, condition))
    return query.model_copy(update={"where": where})


def with_rest(narrowed: Protection, asked: Protection, condition: FieldCondition) -> Protection:
    """What is to be admitted of a narrowed question: its own cells, and those of all that it leaves out."""
    left_out = Not(condition=condition)
    rest = tuple(
        item.model_copy(
            update={
                "conditions": (*item.conditions, left_out),
                "keys": tuple(key for key in item.keys if not isinstance(key, FieldDimension)),
            }
        )
        for item in asked.cells
    )
    return replace(narrowed, cells=tuple(dict.fromkeys((*narrowed.cells, *rest))))


def _sizes(
    view: CatalogView, key: FieldDimension, protection: Protection, run: Run
) -> dict[Any, dict[tuple[Any, ...], int]] | None:
    """How many owners each value of the key has, in each of the cells that it is in; None where that is not known."""
    sizes: dict[Any, dict[tuple[Any, ...], int]] = defaultdict(dict)
    for number, item in enumerate(protection.cells):
        if key not in item.keys:
            return None
        place = item.keys.index(key)
        for owner in protection.owners:
            counted = run(guard_compiled(owners_of(view, item, owner), uncounted(view)))
            if counted.truncated:
                return None
            for *group, owners in counted.rows:
                cell = (number, owner, *group[:place], *group[place + 1 :])
                sizes[group[place]][cell] = owners
    return dict(sizes)


def _rest_is_hidden(sizes: dict[Any, dict[tuple[Any, ...], int]], shown: set[Any], size: int) -> bool:
    """Whether what is left out is nobody or many, in each cell of the other keys. (An owner in two
    groups counts twice here; that they are enough is for the admission to say, which counts owners.)"""
    rest: dict[tuple[Any, ...], int] = {}
    for value, times in sizes.items():
        for cell, owners in times.items():
            if value not in shown:
                rest[cell] = rest.get(cell, 0) + owners
    return all(owners >= size for owners in rest.values())
