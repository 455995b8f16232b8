"""Cohort retention as a SELECT: entities grouped by the period they began in, followed over the periods after it."""

from __future__ import annotations

import datetime as dt

from sqlglot import exp

from agent.tools.analysis.customers.purchase_history import day_literal, select_of
from catalog.durations import TimeGrain


def cohort_select(
    grain: TimeGrain, first: dt.date, last: dt.date, observed: dt.date, oldest_age: int, given_starts: bool
) -> exp.Select:
    """The retention triangle: cohort, age, cohort_size, active, retention, amount; one row a cohort and whole period.

    Reads `activity` (entity, period, amount: one row an entity and period with an event) and, with `given_starts`,
    `starts` (entity, cohort); else a cohort is the period of an entity's first activity. `first` to `last` are the first
    days of the cohorts shown; `observed` is that of the last whole period, so that no cell is one half seen.

      entity a: Jan, Feb      cohort Jan, 2 entities: age 0 2/2, age 1 1/2
      entity b: Jan
    """
    starts = "SELECT entity, MIN(cohort) AS cohort FROM starts WHERE cohort IS NOT NULL GROUP BY entity"
    if not given_starts:
        starts = "SELECT entity, MIN(period) AS cohort FROM activity GROUP BY entity"
    return select_of(f"""
        WITH began AS ({starts}),
        followed AS (
          SELECT entity, cohort FROM began WHERE cohort >= {day_literal(first)} AND cohort <= {day_literal(last)}
        ),
        sizes AS (SELECT cohort, COUNT(*) AS cohort_size FROM followed GROUP BY cohort),
        cells AS (
          SELECT cohort, cohort_size,
            UNNEST(RANGE(0, 1 + LEAST({int(oldest_age)}, DATE_DIFF('{grain.value}', cohort, {day_literal(observed)})))) AS age
          FROM sizes
        ),
        seen AS (
          SELECT followed.cohort, DATE_DIFF('{grain.value}', followed.cohort, activity.period) AS age,
            COUNT(*) AS active, SUM(activity.amount) AS amount
          FROM followed JOIN activity USING (entity)
          GROUP BY 1, 2
        )
        SELECT cells.cohort, cells.age, cells.cohort_size, COALESCE(seen.active, 0) AS active,
          COALESCE(seen.active, 0) / cells.cohort_size AS retention, COALESCE(seen.amount, 0) AS amount
        FROM cells LEFT JOIN seen ON seen.cohort = cells.cohort AND seen.age = cells.age
        ORDER BY cells.cohort, cells.age
    """)


def came_back_select(
    first: dt.date, after: dt.date, return_from: dt.date | None, return_until: dt.date | None, given_starts: bool
) -> exp.Select:
    """Of those who began in [first, after): cohort_size, came_back, share; one row.

    Reads `activity` (entity, day) and, with `given_starts`, `starts` (entity, cohort: the day). Back is who has a day
    after the one they began on, with a return span a day of it.
    """
    starts = "SELECT entity, MIN(cohort) AS began FROM starts WHERE cohort IS NOT NULL GROUP BY entity"
    if not given_starts:
        starts = "SELECT entity, MIN(day) AS began FROM activity GROUP BY entity"
    within = ""
    if return_from is not None:
        within += f" AND activity.day >= {day_literal(return_from)}"
    if return_until is not None:
        within += f" AND activity.day < {day_literal(return_until)}"
    return select_of(f"""
        WITH began AS ({starts}),
        followed AS (
          SELECT entity, began FROM began WHERE began >= {day_literal(first)} AND began < {day_literal(after)}
        ),
        returned AS (
          SELECT COUNT(DISTINCT followed.entity) AS came_back
          FROM followed JOIN activity ON activity.entity = followed.entity AND activity.day > followed.began{within}
        ),
        sizes AS (SELECT COUNT(*) AS cohort_size FROM followed)
        SELECT sizes.cohort_size, returned.came_back, returned.came_back / NULLIF(sizes.cohort_size, 0) AS share
        FROM sizes CROSS JOIN returned
    """)
