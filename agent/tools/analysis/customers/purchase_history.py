"""Purchase histories of entities, as SELECTs over one relation that lists who bought on which day.

`purchases` has a row an entity and day with a purchase: entity, day, orders (how many), amount (their worth, may be
missing). Everything here aggregates it inside the engine; what leaves it are cells with numbers of entities.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlglot import exp, parse_one


@dataclass(frozen=True)
class CellWidth:
    """How finely histories are cut: up to `exact_repeats` each number is a cell, beyond it `repeat_steps` to a factor e;
    `quiet_steps` to the square root of a week since the last purchase; `age_cells` over the time since the first;
    `amount_steps` to a factor e of the average amount."""

    exact_repeats: int
    repeat_steps: float
    quiet_steps: float
    age_cells: int
    amount_steps: float


# The finest whose cells a role may read is taken.
CELL_WIDTHS = (
    CellWidth(12, 8.0, 2.0, 40, 25.0),
    CellWidth(8, 4.0, 1.4, 16, 12.0),
    CellWidth(4, 2.5, 0.8, 8, 6.0),
)


def select_of(sql: str) -> exp.Select:
    """The SELECT that a text of this program is."""
    parsed = parse_one(sql, dialect="duckdb")
    if not isinstance(parsed, exp.Select):
        raise TypeError("an analysis reads its queries through a SELECT")
    return parsed


def day_literal(day: dt.date) -> str:
    """A day as SQL."""
    return f"DATE '{day.isoformat()}'"


def _number_cell(column: str, width: CellWidth) -> str:
    exact = width.exact_repeats
    return (
        f"CASE WHEN {column} <= {exact} THEN {column} "
        f"ELSE {exact + 1} + FLOOR({width.repeat_steps} * LN({column} / {exact + 1}.0)) END"
    )


def history_cells_select(
    until: dt.date,
    span_days: int,
    ahead_until: dt.date | None = None,
    by_group: bool = False,
    width: CellWidth = CELL_WIDTHS[0],
) -> exp.Select:
    """Cells of the histories before `until`: repeats, recency and age in weeks (means of the cell), customers, the sum of
    their average amounts, and, with `ahead_until`, how often they bought from `until` up to it.

    With `by_group` a relation `members` (entity, member_group) splits the cells. The finest cells are so narrow that a fit
    on their means differs by about 1 % from one on single customers; they bound the rows whatever the number of customers.
    """
    cut = day_literal(until)
    ahead = (
        f"COUNT(*) FILTER (WHERE day >= {cut} AND day < {day_literal(ahead_until)})" if ahead_until is not None else "0"
    )
    age_step = max(1.0, span_days / width.age_cells)
    source, group, key = "history", "", ""
    if by_group:
        source, group, key = "history JOIN members USING (entity)", "member_group, ", "member_group, "
    return select_of(f"""
        WITH history AS (
          SELECT entity,
            COUNT(*) FILTER (WHERE day < {cut}) - 1 AS repeats,
            DATE_DIFF('day', MIN(day), MAX(day) FILTER (WHERE day < {cut})) AS recency,
            DATE_DIFF('day', MIN(day), {cut}) - 1 AS age,
            SUM(amount) FILTER (WHERE day < {cut}) / COUNT(*) FILTER (WHERE day < {cut}) AS average_amount,
            {ahead} AS bought_ahead
          FROM purchases GROUP BY entity HAVING MIN(day) < {cut}
        )
        SELECT {group}AVG(repeats) AS repeats, AVG(recency) / 7.0 AS recency, AVG(age) / 7.0 AS age,
          COUNT(*) AS customers, SUM(average_amount) AS average_amounts, SUM(bought_ahead) AS bought_ahead
        FROM {source}
        GROUP BY {key}
          {_number_cell("repeats", width)},
          FLOOR(age / {age_step:.6f}), FLOOR({width.quiet_steps} * SQRT((age - recency) / 7.0))
    """)


def amount_cells_select(until: dt.date, width: CellWidth = CELL_WIDTHS[0]) -> exp.Select:
    """Cells of (purchases, average amount) before `until`: their means and customers. The finest hold averages within 4 %."""
    cut = day_literal(until)
    return select_of(f"""
        WITH history AS (
          SELECT entity, COUNT(*) AS bought, SUM(amount) / COUNT(*) AS average_amount
          FROM purchases WHERE day < {cut} GROUP BY entity
        )
        SELECT AVG(bought) AS purchases, AVG(average_amount) AS average_amount, COUNT(*) AS customers
        FROM history WHERE average_amount > 0
        GROUP BY {_number_cell("bought", width)}, FLOOR({width.amount_steps} * LN(average_amount))
    """)
