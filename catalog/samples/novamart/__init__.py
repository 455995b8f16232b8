"""NovaMart, the sample retailer: a generator of its data and the figures that data must come to."""

from catalog.samples.calibration import KpiCheck, render_checks
from catalog.samples.novamart.calibration import calibrate
from catalog.samples.novamart.event_file import resolve_events
from catalog.samples.novamart.generate import DEFAULT_SCALE, DEFAULT_SEED, GenerationReport, generate

__all__ = [
    "DEFAULT_SCALE",
    "DEFAULT_SEED",
    "GenerationReport",
    "KpiCheck",
    "calibrate",
    "generate",
    "render_checks",
    "resolve_events",
]
