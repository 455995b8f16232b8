"""A funnel as a SELECT: how many entities reached each step, each step at or after the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from agent.tools.analysis.customers.purchase_history import select_of


def funnel_select(steps: Sequence[str], by_group: bool, ordered: bool, window_seconds: int | None) -> exp.Select:
    """One row a step (and group): [member_group,] step (0 is the first), reached.

    Reads `events` (entity, step: the event's value, moment[, member_group]). Ordered, a step counts for an entity
    that has it no earlier than it reached the step before; the earliest such moment is when it is reached, which finds
    every entity that has the steps in order. Else it must have every step up to it, in any order. With a window the step
    must come within it of the first.

      a: view, cart, buy      reached: view 2, cart 1, buy 1 (b bought without a cart: it is out after the view)
      b: view, buy
    """
    group = "member_group, " if by_group else ""
    match = " AND before.member_group IS NOT DISTINCT FROM events.member_group" if by_group else ""
    ctes = []
    for place, step in enumerate(steps):
        value = exp.Literal.string(step).sql("duckdb")
        if place == 0:
            ctes.append(
                f"reached_0 AS (SELECT {group}entity, MIN(moment) AS moment, MIN(moment) AS began FROM events WHERE step = {value} "
                f"GROUP BY {group}entity)"
            )
            continue
        conditions = ["events.entity = before.entity" + match]
        if ordered:
            conditions.append("events.moment >= before.moment")
        if window_seconds is not None:
            conditions.append(f"events.moment <= before.began + TO_SECONDS({int(window_seconds)})")
            if not ordered:
                conditions.append("events.moment >= before.began")
        shown = "events.member_group, " if by_group else ""
        ctes.append(
            f"reached_{place} AS (SELECT {shown}events.entity, MIN(events.moment) AS moment, MIN(before.began) AS began "
            f"FROM reached_{place - 1} AS before JOIN events ON {' AND '.join(conditions)} "
            f"WHERE events.step = {value} GROUP BY {shown}events.entity)"
        )
    counts = " UNION ALL ".join(
        f"SELECT {group}{place} AS step, COUNT(*) AS reached FROM reached_{place}"
        + (" GROUP BY member_group" if by_group else "")
        for place in range(len(steps))
    )
    order = "member_group, step" if by_group else "step"
    return select_of(f"WITH {', '.join(ctes)} SELECT {group}step, reached FROM ({counts}) AS counted ORDER BY {order}")
