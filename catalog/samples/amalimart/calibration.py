"""What AmaliMart's sample must come to at a scale."""

import math
from pathlib import Path

from catalog.samples.amalimart import shape
from catalog.samples.amalimart.kpis import (
    FIXED_ROWS,
    INTEGRITY,
    KPIS,
    ROWS_A_THOUSAND_VENDORS,
    ROWS_AT_SCALE_ONE,
    WHOLE_SPAN,
)
from catalog.samples.calibration import ExpectedFigures, KpiCheck, measure


def calibrate(database: Path) -> tuple[KpiCheck, ...]:
    """Every figure the sample must come to, measured in a generated file (opened read-only).

    Raises SampleError where the file is missing or is no AmaliMart sample.
    """
    return measure(database, "AmaliMart", _expected_figures)


def _expected_figures(scale: float) -> ExpectedFigures:
    vendors = max(shape.FEWEST_VENDORS, round(scale * shape.VENDORS))
    partners = max(shape.FEWEST_PARTNERS, round(scale * shape.DELIVERY_PARTNERS))
    rows: dict[str, tuple[float, float]] = {name: (number, 0) for name, number in FIXED_ROWS.items()}
    rows |= {name: (permille * vendors // 1000, vendors * 0.01) for name, permille in ROWS_A_THOUSAND_VENDORS.items()}
    rows["delivery_partners"] = (partners, 0)
    for name, number in ROWS_AT_SCALE_ONE.items():
        # What follows from chance spreads as counts do, where there are few.
        rows[name] = (number * scale, max(0.02 * number * scale, 4 * math.sqrt(number * scale)))
    return ExpectedFigures(kpis=KPIS, rows=rows, integrity=INTEGRITY, span=WHOLE_SPAN)
