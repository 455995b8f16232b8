"""What is known of entities on a day, and whether they bought after it, as SELECTs of cells.

Every feature looks at days before the cutoff alone; the label at the days from it on. Features are cut into cells inside
the engine, so that the rows that leave it are bounded whatever the number of entities.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlglot import exp

from agent.tools.analysis.customers.purchase_history import day_literal, select_of


@dataclass(frozen=True)
class Feature:
    """A feature: its column, what it is in words, and the SQL of its cell number over the columns of a history."""

    name: str
    label: str
    cell: str


# quiet, bought, tenure, recent and earlier are of `history`; the days are relative to the horizon.
FEATURES: tuple[Feature, ...] = (
    Feature("quiet", "days since the last purchase", "LEAST(24, FLOOR(8 * SQRT(quiet / horizon)))"),
    Feature("bought", "number of purchases", "LEAST(11, FLOOR(3 * LN(bought)))"),
    Feature(
        "rhythm",
        "days since the last purchase against the usual gap",
        "CASE WHEN bought = 1 THEN -1 ELSE LEAST(15, FLOOR(4 * SQRT(quiet * (bought - 1.0) / GREATEST(tenure - quiet, 1)))) END",
    ),
    Feature("trend", "purchases lately against before", "SIGN(recent - earlier)"),
    Feature("tenure", "days since the first purchase", "LEAST(4, FLOOR(2 * LN(1 + tenure / horizon)))"),
)  # fmt: skip


def _history(cutoff: dt.date, horizon_days: int, base_days: int, label: bool) -> str:
    cut = day_literal(cutoff)
    bought = f"COUNT(*) FILTER (WHERE day >= {cut} AND day < {day_literal(cutoff + dt.timedelta(days=horizon_days))})"
    churned = f"CASE WHEN {bought} = 0 THEN 1 ELSE 0 END" if label else "NULL"
    before = f"FILTER (WHERE day < {cut})"
    recent = day_literal(cutoff - dt.timedelta(days=horizon_days))
    earlier = day_literal(cutoff - dt.timedelta(days=2 * horizon_days))
    cells = ", ".join(f"CAST({item.cell} AS INTEGER) AS {item.name}_cell" for item in FEATURES)
    return f"""
        WITH history AS (
          SELECT entity, COUNT(*) {before} AS bought,
            DATE_DIFF('day', MAX(day) {before}, {cut}) AS quiet, DATE_DIFF('day', MIN(day), {cut}) AS tenure,
            COUNT(*) FILTER (WHERE day < {cut} AND day >= {recent}) AS recent,
            COUNT(*) FILTER (WHERE day < {recent} AND day >= {earlier}) AS earlier,
            COALESCE(SUM(amount) {before}, 0) AS amount_so_far,
            MAX(day) {before} AS last_day, {int(horizon_days)} AS horizon, {churned} AS churned
          FROM purchases GROUP BY entity
          HAVING MAX(day) {before} >= {day_literal(cutoff - dt.timedelta(days=base_days))}
        ),
        celled AS (SELECT history.*, {cells} FROM history)
    """


def _names() -> str:
    return ", ".join(f"{item.name}_cell" for item in FEATURES)


def churn_cells_select(
    cutoff: dt.date, horizon_days: int, base_days: int, label: bool = True, by_group: bool = False
) -> exp.Select:
    """Cells of the features on `cutoff`: [member_group,] the features' cells, entities, churned.

    Reads `purchases` (entity, day, orders, amount), by group also `members` (entity, member_group). Entities are those that
    bought in the `base_days` before the cutoff; churned is who did not buy in the `horizon_days` from it on (without
    `label`: null).
    """
    source = "celled JOIN members USING (entity)" if by_group else "celled"
    group = "member_group, " if by_group else ""
    return select_of(f"""{_history(cutoff, horizon_days, base_days, label)}
        SELECT {group}{_names()}, COUNT(*) AS entities, SUM(churned) AS churned
        FROM {source} GROUP BY ALL ORDER BY ALL
    """)


def churn_entities_select(
    cutoff: dt.date, horizon_days: int, base_days: int, scores: list[tuple[tuple[int, ...], float]], limit: int
) -> exp.Select:
    """The entities of the scored cells, riskiest first, the larger amount so far first among equals.

    Columns: entity, risk, last_day, bought, amount_so_far.
    """
    listed = ", ".join(f"({', '.join(str(int(cell)) for cell in cells)}, {score:.6f})" for cells, score in scores)
    names = ", ".join(f"c{place}" for place in range(len(FEATURES)))
    match = " AND ".join(f"celled.{item.name}_cell = scored.c{place}" for place, item in enumerate(FEATURES))
    return select_of(f"""{_history(cutoff, horizon_days, base_days, label=False)},
        scored AS (SELECT * FROM (VALUES {listed}) AS listed({names}, risk))
        SELECT celled.entity, scored.risk, celled.last_day, celled.bought, celled.amount_so_far
        FROM celled JOIN scored ON {match}
        ORDER BY scored.risk DESC, celled.amount_so_far DESC, celled.entity LIMIT {int(limit)}
    """)
