"""RFM as SELECTs: recency, frequency and monetary value scored 1 to 5, and the segments that the scores make.

Scores are fifths by rank; equal values have equal scores, so that no tie is broken by chance. Segments are the usual grid
of recency against the mean of frequency and monetary score.
"""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from agent.tools.analysis.customers.purchase_history import day_literal, select_of

# (name, recency scores from-to, frequency-and-value scores from-to), in the order they are shown; they tile the grid.
SEGMENTS: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...] = (
    ("Champions", (5, 5), (4, 5)),
    ("Loyal", (3, 4), (4, 5)),
    ("Potential loyalists", (4, 5), (2, 3)),
    ("New or occasional", (4, 5), (1, 1)),
    ("Need attention", (3, 3), (2, 3)),
    ("About to sleep", (3, 3), (1, 1)),
    ("Cannot lose", (1, 1), (4, 5)),
    ("At risk", (2, 2), (4, 5)),
    ("Hibernating", (1, 2), (2, 3)),
    ("Lost", (1, 2), (1, 1)),
)


def segment_case() -> str:
    """The segment of a row with r and fm, as SQL."""
    whens = " ".join(
        f"WHEN r BETWEEN {low} AND {high} AND fm BETWEEN {least} AND {most} THEN '{name}'"
        for name, (low, high), (least, most) in SEGMENTS
    )
    return f"CASE {whens} END"


def _scored(until: dt.date, since: dt.date | None) -> str:
    """CTEs up to `segmented`: entity, recency_days, frequency, amount, r, f, m, fm, rfm_segment."""
    window = f"day < {day_literal(until)}" + (f" AND day >= {day_literal(since)}" if since is not None else "")

    def score(order: str) -> str:
        return f"1 + CAST(FLOOR(5 * (RANK() OVER (ORDER BY {order}) - 1) / COUNT(*) OVER ()) AS INTEGER)"

    return f"""
        WITH history AS (
          SELECT entity, DATE_DIFF('day', MAX(day), {day_literal(until)}) - 1 AS recency_days,
            SUM(orders) AS frequency, COALESCE(SUM(amount), 0) AS amount
          FROM purchases WHERE {window} GROUP BY entity
        ),
        scored AS (
          SELECT *, {score("recency_days DESC")} AS r, {score("frequency")} AS f, {score("amount")} AS m FROM history
        ),
        segmented AS (SELECT *, {segment_case()} AS rfm_segment
          FROM (SELECT *, CAST(FLOOR((f + m + 1) / 2) AS INTEGER) AS fm FROM scored) AS with_mean)
    """


def rfm_segments_select(until: dt.date, since: dt.date | None) -> exp.Select:
    """One row a segment: rfm_segment, entities, share, amount, amount_share, and means of recency, frequency, amount.

    Reads `purchases` (entity, day, orders, amount) before `until`, from `since` on where it is given.
    """
    order = " ".join(f"WHEN '{name}' THEN {place}" for place, (name, _, _) in enumerate(SEGMENTS))
    return select_of(f"""{_scored(until, since)}
        SELECT rfm_segment, COUNT(*) AS entities, COUNT(*) / SUM(COUNT(*)) OVER () AS share,
          SUM(amount) AS amount, SUM(amount) / NULLIF(SUM(SUM(amount)) OVER (), 0) AS amount_share,
          AVG(recency_days) AS average_recency, AVG(frequency) AS average_frequency, AVG(amount) AS average_amount
        FROM segmented GROUP BY rfm_segment ORDER BY CASE rfm_segment {order} END
    """)


def rfm_scores_select(until: dt.date, since: dt.date | None) -> exp.Select:
    """One row a cell of the three scores: r, f, m, entities."""
    return select_of(
        f"{_scored(until, since)} SELECT r, f, m, COUNT(*) AS entities FROM segmented GROUP BY r, f, m ORDER BY r, f, m"
    )


def rfm_best_select(until: dt.date, since: dt.date | None, limit: int) -> exp.Select:
    """The entities with the highest scores, the larger amount first: entity, rfm_segment, r, f, m, recency, frequency, amount."""
    return select_of(f"""{_scored(until, since)}
        SELECT entity, rfm_segment, r, f, m, recency_days, frequency, amount FROM segmented
        ORDER BY r + f + m DESC, amount DESC, entity LIMIT {int(limit)}
    """)
