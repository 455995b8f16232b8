"""Measures a generated sample against the figures it must come to."""

import dataclasses
from pathlib import Path

import duckdb

from catalog.samples.errors import SampleError
from catalog.samples.novamart import shape
from catalog.samples.novamart.kpis import INTEGRITY, KPIS, ROWS_AT_SCALE_ONE, WHOLE_SPAN
from catalog.samples.novamart.tables import TABLES


@dataclasses.dataclass(frozen=True)
class KpiCheck:
    """One figure of the sample against what it must come to; `tolerance` is absolute, in the figure's own unit."""

    kpi: str
    value: float
    target: float
    tolerance: float
    period: str
    passed: bool


def calibrate(database: Path) -> tuple[KpiCheck, ...]:
    """Every figure the sample must come to, measured in a generated file (opened read-only).

    The targets hold for the default events. Raises SampleError where the file is missing or is no NovaMart sample.
    """
    if not database.is_file():
        raise SampleError(f"{database} does not exist; generate the sample first")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            connection.execute("SET enable_progress_bar = false")  # it would write to the standard output
            return _checks(connection)
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        raise SampleError(f"{database} is no NovaMart sample that can be measured: {first_line}") from error


def _checks(connection: duckdb.DuckDBPyConnection) -> tuple[KpiCheck, ...]:
    scale = _number(connection, "SELECT scale FROM sample_info")
    small = scale < 0.1
    checks = []
    for kpi in KPIS:
        target = kpi.target * scale if kpi.scales else kpi.target
        tolerance = kpi.tolerance_small if small else kpi.tolerance
        if tolerance is None:
            tolerance = abs(target) * (kpi.relative_tolerance or (0.05 if small else 0.02))
        period = kpi.period[1] if kpi.period[0] == kpi.period[1] else f"{kpi.period[0]} to {kpi.period[1]}"
        checks.append(_check(kpi.name, _number(connection, kpi.sql), target, tolerance, period))
    for table in TABLES:
        rows = _number(connection, f"SELECT count(*) FROM {table}")
        target, tolerance = _expected_rows(table, scale)
        checks.append(_check(f"rows of {table}", rows, target, tolerance, f"{WHOLE_SPAN[0]} to {WHOLE_SPAN[1]}"))
    for name, sql in INTEGRITY.items():
        checks.append(_check(name, _number(connection, sql), 0, 0, f"{WHOLE_SPAN[0]} to {WHOLE_SPAN[1]}"))
    return tuple(checks)


def _expected_rows(table: str, scale: float) -> tuple[float, float]:
    if table in ROWS_AT_SCALE_ONE:
        rows = ROWS_AT_SCALE_ONE[table] * scale
        return rows, max(rows * 0.01, 1)
    if table == "customer_surveys":
        return max(shape.SURVEYS * scale, shape.FEWEST_SURVEYS), 1
    return (shape.CAMPAIGN_FLIGHTS if table == "marketing_campaigns" else 1), 0


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    row = connection.execute(sql).fetchone()
    return float("nan") if row is None or row[0] is None else float(row[0])


def _check(kpi: str, value: float, target: float, tolerance: float, period: str) -> KpiCheck:
    return KpiCheck(kpi, value, target, tolerance, period, passed=abs(value - target) <= tolerance)


def render_checks(checks: tuple[KpiCheck, ...]) -> str:
    """The checks as a table of plain text, a line a figure, with what failed marked."""
    rows = [("figure", "value", "target", "may differ by", "period", "")]
    rows += [
        (
            check.kpi,
            _shown(check.value),
            _shown(check.target),
            _shown(check.tolerance),
            check.period,
            "ok" if check.passed else "OFF",
        )
        for check in checks
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(row[column].rjust(widths[column]) for column in (1, 2, 3))]
        cells += [row[4].ljust(widths[4]), row[5]]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _shown(value: float) -> str:
    if value == 0 or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4f}" if abs(value) < 1 else f"{value:.2f}"
