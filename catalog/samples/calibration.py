"""Measures a generated sample against the figures it must come to."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from catalog.samples.errors import SampleError


@dataclasses.dataclass(frozen=True)
class Kpi:
    """One figure: the SQL that measures it, what it must come to, and by how much it may differ."""

    name: str
    sql: str
    target: float
    period: tuple[str, str]
    relative_tolerance: float | None = None  # none: 2 %, or 5 % below a scale of 0.1
    tolerance: float | None = None
    tolerance_small: float | None = None  # the absolute one below a scale of 0.1
    scales: bool = False


@dataclasses.dataclass(frozen=True)
class KpiCheck:
    """One figure of the sample against what it must come to; `tolerance` is absolute, in the figure's own unit."""

    kpi: str
    value: float
    target: float
    tolerance: float
    period: str
    passed: bool


@dataclasses.dataclass(frozen=True)
class ExpectedFigures:
    """All a sample must come to: figures, rows by table (target and tolerance), and rows that break what must hold."""

    kpis: tuple[Kpi, ...]
    rows: dict[str, tuple[float, float]]
    integrity: dict[str, str]
    span: tuple[str, str]


def measure(database: Path, business: str, expected_at: Callable[[float], ExpectedFigures]) -> tuple[KpiCheck, ...]:
    """Every figure, row count and rule of a generated file (opened read-only) beside what it must come to at its scale.

    Raises SampleError where the file is missing or is no sample of the business.
    """
    if not database.is_file():
        raise SampleError(f"{database} does not exist; generate the sample first")
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            connection.execute("SET enable_progress_bar = false")  # it would write to the standard output
            scale = _number(connection, "SELECT scale FROM sample_info")
            return tuple(_checks(connection, expected_at(scale), scale))
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        raise SampleError(f"{database} is no {business} sample that can be measured: {first_line}") from error


def _checks(connection: duckdb.DuckDBPyConnection, expected: ExpectedFigures, scale: float) -> Iterator[KpiCheck]:
    small = scale < 0.1
    for kpi in expected.kpis:
        target = kpi.target * scale if kpi.scales else kpi.target
        tolerance = kpi.tolerance_small if small else kpi.tolerance
        if tolerance is None:
            tolerance = abs(target) * (kpi.relative_tolerance or (0.05 if small else 0.02))
        period = kpi.period[1] if kpi.period[0] == kpi.period[1] else f"{kpi.period[0]} to {kpi.period[1]}"
        yield _check(kpi.name, _number(connection, kpi.sql), target, tolerance, period)
    span = f"{expected.span[0]} to {expected.span[1]}"
    for table, (target, tolerance) in expected.rows.items():
        yield _check(f"rows of {table}", _number(connection, f"SELECT count(*) FROM {table}"), target, tolerance, span)
    for name, sql in expected.integrity.items():
        yield _check(name, _number(connection, sql), 0, 0, span)


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
