"""Purchase histories of entities, as SELECTs over one relation that lists who bought on which day.

`purchases` has a row an entity and day with a purchase: entity, day, orders (how many), amount (their worth, may be
missing). Everything here aggregates it inside the engine; what leaves it are cells with numbers of entities.
"""

from __future__ import annotations

import datetime as dt

from sqlglot import exp, parse_one

EXACT_REPEATS = 12  # up to here each number of repeats is a cell of its own
_REPEAT_STEPS = 8.0  # beyond it, cells a factor e
_QUIET_STEPS = 2.0  # cells of the time since the last purchase grow with its square root
AGE_CELLS = 40  # cells of the time since the first purchase


def select_of(sql: str) -> exp.Select:
    """The SELECT that a text of this program is."""
    parsed = parse_one(sql, dialect="duckdb")
    if not isinstance(parsed, exp.Select):
        raise TypeError("an analysis reads its queries through a SELECT")
    return parsed


def day_literal(day: dt.date) -> str:
    """A day as SQL."""
    return f"DATE '{day.isoformat()}'"


def history_cells_select(
    until: dt.date, span_days: int, ahead_until: dt.date | None = None, by_group: bool = False
) -> exp.Select:
    """Cells of the histories before `until`: repeats, recency and age in weeks (means of the cell), customers, the sum of
    their average amounts, and, with `ahead_until`, how often they bought from `until` up to it.

    With `by_group` a relation `members` (entity, member_group) splits the cells. Cells are so narrow that a fit on their
    means differs by a few thousandths from one on single customers; they bound the rows whatever the number of customers.
    """
    cut = day_literal(until)
    ahead = (
        f"COUNT(*) FILTER (WHERE day >= {cut} AND day < {day_literal(ahead_until)})" if ahead_until is not None else "0"
    )
    age_step = max(1.0, span_days / AGE_CELLS)
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
          CASE WHEN repeats <= {EXACT_REPEATS} THEN repeats
               ELSE {EXACT_REPEATS} + 1 + FLOOR({_REPEAT_STEPS} * LN(repeats / {EXACT_REPEATS + 1}.0)) END,
          FLOOR(age / {age_step:.6f}), FLOOR({_QUIET_STEPS} * SQRT((age - recency) / 7.0))
    """)


def amount_cells_select(until: dt.date) -> exp.Select:
    """Cells of (purchases, average amount) before `until`, the averages within 2 % of each other: customers and means."""
    cut = day_literal(until)
    return select_of(f"""
        WITH history AS (
          SELECT entity, COUNT(*) AS bought, SUM(amount) / COUNT(*) AS average_amount
          FROM purchases WHERE day < {cut} GROUP BY entity
        )
        SELECT AVG(bought) AS purchases, AVG(average_amount) AS average_amount, COUNT(*) AS customers
        FROM history WHERE average_amount > 0
        GROUP BY CASE WHEN bought <= {EXACT_REPEATS} THEN bought
                      ELSE {EXACT_REPEATS} + 1 + FLOOR({_REPEAT_STEPS} * LN(bought / {EXACT_REPEATS + 1}.0)) END,
          FLOOR(25 * LN(average_amount))
    """)
