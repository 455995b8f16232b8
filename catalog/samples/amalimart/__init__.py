"""AmaliMart, the sample marketplace: a generator of its data and the figures that data must come to."""

from catalog.samples.amalimart.calibration import calibrate
from catalog.samples.amalimart.generate import DEFAULT_SCALE, DEFAULT_SEED, generate
from catalog.samples.calibration import KpiCheck, render_checks
from catalog.samples.generation import SampleReport

__all__ = [
    "DEFAULT_SCALE",
    "DEFAULT_SEED",
    "KpiCheck",
    "SampleReport",
    "calibrate",
    "generate",
    "render_checks",
]
