"""What NovaMart's sample must come to at a scale."""

from pathlib import Path

from catalog.samples.calibration import ExpectedFigures, KpiCheck, measure
from catalog.samples.novamart import shape
from catalog.samples.novamart.kpis import INTEGRITY, KPIS, ROWS_AT_SCALE_ONE, WHOLE_SPAN
from catalog.samples.novamart.tables import TABLES


def calibrate(database: Path) -> tuple[KpiCheck, ...]:
    """Every figure the sample must come to, measured in a generated file (opened read-only).

    The targets hold for the default events. Raises SampleError where the file is missing or is no NovaMart sample.
    """
    return measure(database, "NovaMart", _expected_figures)


def _expected_figures(scale: float) -> ExpectedFigures:
    rows = {table: _expected_rows(table, scale) for table in TABLES}
    return ExpectedFigures(kpis=KPIS, rows=rows, integrity=INTEGRITY, span=WHOLE_SPAN)


def _expected_rows(table: str, scale: float) -> tuple[float, float]:
    if table in ROWS_AT_SCALE_ONE:
        rows = ROWS_AT_SCALE_ONE[table] * scale
        return rows, max(rows * 0.01, 1)
    if table == "customer_surveys":
        return max(shape.SURVEYS * scale, shape.FEWEST_SURVEYS), 1
    return (shape.CAMPAIGN_FLIGHTS if table == "marketing_campaigns" else 1), 0
