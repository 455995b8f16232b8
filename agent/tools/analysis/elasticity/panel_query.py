"""Two-way fixed effects inside the engine: one statement gives each segment's elasticity, however many rows there are.

panel(period, entity, segment, price, quantity[, instrument]) is a query under the role's policies. Its logs are swept of
each entity's and each period's mean in turn, weighted by the entity's mean quantity; the slope of what is left, with
errors clustered by entity, is what `two_way_panel.fit_two_way` gives on the same rows.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from agent.tools.warehouse.result import ResultColumn

SWEEPS = 10  # entity and period in turn; panels near balance settle after two
FEWEST_PERIODS = 3  # of an entity: with fewer, its own effect explains all
PANEL = "panel"


def panel_columns() -> tuple[ResultColumn, ...]:
    """The columns of `panel_select`."""
    kinds = (
        ("segment", "VARCHAR", "key", None),
        ("elasticity", "DOUBLE", "measure", None),
        ("standard_error", "DOUBLE", "context", None),
        ("rows_used", "BIGINT", "context", "count"),
        ("entities", "BIGINT", "context", "count"),
        ("periods", "BIGINT", "context", "count"),
        ("first_stage_f", "DOUBLE", "context", None),
    )
    return tuple(
        ResultColumn.model_validate({"name": name, "type": kind, "role": role, "unit": unit})
        for name, kind, role, unit in kinds
    )


def panel_select(*, has_segment: bool, has_instrument: bool) -> exp.Select:
    """The statement over `panel`: a row for each segment (one, with a null segment, where there is none)."""
    segment = "segment" if has_segment else "NULL::VARCHAR"
    z = "LN(instrument)" if has_instrument else "LN(price)"
    positive = "quantity > 0 AND price > 0" + (" AND instrument > 0" if has_instrument else "")
    steps = [
        f"logs AS (SELECT period, entity, {segment} AS segment, quantity, LN(price) AS x, LN(quantity) AS y, {z} AS z"
        f" FROM {PANEL} WHERE {positive} AND entity IS NOT NULL)",
        "weighed AS (SELECT *, AVG(quantity) OVER (PARTITION BY segment, entity) AS w,"
        " COUNT(*) OVER (PARTITION BY segment, entity) AS n FROM logs)",
        f"sweep_0 AS (SELECT period, entity, segment, w, x, y, z FROM weighed WHERE n >= {FEWEST_PERIODS})",
    ]
    for sweep in range(SWEEPS):
        part = "segment, entity" if sweep % 2 == 0 else "segment, period"
        left = ", ".join(
            f"{name} - SUM(w * {name}) OVER (PARTITION BY {part}) / SUM(w) OVER (PARTITION BY {part}) AS {name}"
            for name in "xyz"
        )
        steps.append(f"sweep_{sweep + 1} AS (SELECT period, entity, segment, w, {left} FROM sweep_{sweep})")
    swept = f"sweep_{SWEEPS}"
    steps += [
        "slopes AS (SELECT segment, SUM(w * z * y) / NULLIF(SUM(w * z * x), 0) AS slope, SUM(w * z * x) AS zx,"
        " SUM(w * z * x) / NULLIF(SUM(w * z * z), 0) AS first_stage, SUM(w * x * x) AS xx, SUM(w * z * z) AS zz,"
        " SUM(w) AS weight, COUNT(*) AS n, COUNT(DISTINCT entity) AS entities, COUNT(DISTINCT period) AS periods"
        f" FROM {swept} GROUP BY segment)",
        "scores AS (SELECT s.segment, s.entity, SUM(s.w * s.z * (s.y - b.slope * s.x)) AS score"
        f" FROM {swept} AS s JOIN slopes AS b ON s.segment IS NOT DISTINCT FROM b.segment GROUP BY s.segment, s.entity)",
        "spreads AS (SELECT segment, SUM(score * score) AS squared FROM scores GROUP BY segment)",
    ]
    small = "entities / NULLIF(entities - 1, 0) * (n - 1) / NULLIF(n - periods, 0)"
    f_value = (
        "b.first_stage * b.first_stage * b.zz * (b.n - b.entities - b.periods)"
        " / NULLIF(b.xx - b.first_stage * b.first_stage * b.zz, 0)"
        if has_instrument
        else "NULL::DOUBLE"
    )
    # a price that only moves with the month leaves rounding behind, not variation
    varies = "b.xx > 1e-9 * b.weight"
    text = (
        f"WITH {', '.join(steps)} SELECT b.segment AS segment,"
        f" CASE WHEN {varies} THEN b.slope END AS elasticity,"
        f" CASE WHEN {varies} THEN SQRT({small} * d.squared) / ABS(b.zx) END AS standard_error,"
        f" b.n AS rows_used, b.entities AS entities, b.periods AS periods, {f_value} AS first_stage_f"
        " FROM slopes AS b JOIN spreads AS d ON b.segment IS NOT DISTINCT FROM d.segment ORDER BY b.segment"
    )
    parsed = sqlglot.parse_one(text, dialect="duckdb")
    assert isinstance(parsed, exp.Select)
    return parsed
