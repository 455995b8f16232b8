"""A metric's forecast over any stretch of periods, known and to come, with the errors that such stretches had."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from agent.tools.analysis.forecast.candidates import SeriesShape
from agent.tools.analysis.forecast.forecaster import SeriesForecast, forecast_series
from agent.tools.analysis.forecast.intervals import conformal_quantile, held_out_coverage, step_half_widths
from agent.tools.analysis.forecast.metric_parts import MetricParts
from agent.tools.analysis.forecast.smoothing import FloatArray

_FEWEST_SUMS = 4  # origins that have seen a whole stretch; fewer, and its steps' intervals are added up


@dataclass(frozen=True)
class Outcome:
    """A stretch's expected value and interval. `errors` are what forecasts of such stretches missed by, today's size."""

    value: float
    low: float
    high: float
    errors: FloatArray
    known: float | None  # the part that has come, where that adds up
    is_known: bool  # all of it has come

    def chance(self, reached: float, comparison: str) -> float:
        """How likely the value is to reach a figure: a Student distribution as wide as the errors were."""
        from scipy.stats import t as student

        if self.is_known or not len(self.errors):
            return float(_holds(self.value, reached, comparison))
        spread = float(np.sqrt(np.mean(self.errors**2)))
        if spread == 0:
            return float(_holds(self.value, reached, comparison))
        above = float(student.cdf((self.value - reached) / spread, max(1, len(self.errors) - 1)))
        return above if comparison in (">", ">=") else 1 - above


def _holds(value: float, reached: float, comparison: str) -> bool:
    return {">=": value >= reached, ">": value > reached, "<=": value <= reached, "<": value < reached}[comparison]


def reaches(value: float, reached: float, comparison: str) -> bool:
    """Whether a value is on the wanted side of a figure."""
    return _holds(value, reached, comparison)


@dataclass(frozen=True)
class MetricForecast:
    """One group's forecast. Places count periods from the history's first; those from `length` on are to come."""

    parts: MetricParts
    known: dict[str, FloatArray]
    made: dict[str, SeriesForecast]
    lowest: float | None
    highest: float | None

    @property
    def length(self) -> int:
        return len(next(iter(self.known.values())))

    @property
    def record(self) -> SeriesForecast:
        """The forecast whose record speaks for the whole: the one of the metric, or of its formula's first part."""
        return self.made[self.parts.names[0]]

    @property
    def method(self) -> str:
        """How it was made, in a few words."""
        return self.record.champion if self.parts.formula is None else "through its parts"

    @cached_property
    def mase(self) -> tuple[float, float]:
        """The mean absolute scaled error of single steps on the past, and the simple rival's."""
        if self.parts.formula is None:
            return self.record.mase, self.record.benchmark_mase
        values = self.parts.value(self.known)
        lag = self.record.lag
        steps = np.abs(values[lag:] - values[:-lag])
        scale = float(np.nanmean(steps)) or 1.0
        return (
            float(np.nanmean(np.abs(self._step_errors)) / scale),
            float(np.nanmean(steps[-self.record.origins :]) / scale),
        )

    def held_out_coverage(self, level: float) -> float:
        """What intervals of single steps held of the past, each half tested by the other; NaN for too few origins."""
        return held_out_coverage(self._step_errors, level)

    @cached_property
    def _step_errors(self) -> FloatArray:
        """Errors of single steps in the metric's own unit, shape (origins, horizon)."""
        if self.parts.formula is None:
            return self.record.error_paths
        origins = min(item.origins for item in self.made.values())
        paths = {name: item.point + item.error_paths[-origins:] for name, item in self.made.items()}
        return np.asarray(self.parts.value(paths) - self.parts.value({n: i.point for n, i in self.made.items()}))

    def over(self, first: int, past: int, level: float) -> Outcome:
        """The value of the stretch of periods first..past-1."""
        if self.parts.composition in ("last", "apart"):
            first = past - 1
        ahead = slice(max(first, self.length) - self.length, max(past, self.length) - self.length)
        behind = slice(min(first, self.length), min(past, self.length))
        sums = {
            name: float(np.nansum(self.known[name][behind]) + item.point[ahead].sum())
            for name, item in self.made.items()
        }
        value = float(self.parts.value({name: np.array(total) for name, total in sums.items()}))
        known = float(np.nansum(self.known[self.parts.names[0]][behind])) if self.parts.composition == "sum" else None
        steps = ahead.stop - ahead.start
        if steps == 0:
            return Outcome(value, value, value, np.empty(0), known, True)
        errors = self._errors(ahead, sums, value)
        if steps == 1 and behind.start == behind.stop:
            half_width = float(step_half_widths(self._step_errors, level)[ahead.start])
        elif len(errors) >= _FEWEST_SUMS:
            half_width = conformal_quantile(errors, level, len(errors))
        else:  # as if the steps erred together: rather too wide than too narrow
            widths = step_half_widths(self._step_errors, level)[ahead]
            half_width = float(widths.sum() if self.parts.composition == "sum" else widths.max())
            errors = np.array([half_width, -half_width]) / 1.6449
        return Outcome(value, self.within(value - half_width), self.within(value + half_width), errors, known, False)

    def _errors(self, ahead: slice, sums: dict[str, float], value: float) -> FloatArray:
        """What the stretch would miss by, by each origin that has seen all its steps."""
        origins = min(item.origins for item in self.made.values())
        missed = {name: item.error_paths[-origins:, ahead].sum(axis=1) for name, item in self.made.items()}
        found = self.parts.value({name: sums[name] + missed[name] for name in self.made}) - value
        return np.asarray(found[~np.isnan(found)])

    def within(self, value: float) -> float:
        """The value within what the metric can be."""
        low = value if self.lowest is None else max(self.lowest, value)
        return low if self.highest is None else min(self.highest, low)


def forecast_metric(
    parts: MetricParts, known: dict[str, FloatArray], horizon: int, shape: SeriesShape, unit: str | None
) -> MetricForecast:
    """The forecast of a metric from its parts' histories. Raises TooShort."""
    made = {
        name: forecast_series(values, horizon, shape, lowest=floor_of(values), highest=None)
        for name, values in known.items()
    }
    values = parts.value(known)
    return MetricForecast(parts, known, made, floor_of(values), ceiling_of(values, unit))


def floor_of(values: FloatArray) -> float | None:
    """Zero for what has never been below it."""
    return 0.0 if np.nanmin(values, initial=0.0) >= 0 else None


def ceiling_of(values: FloatArray, unit: str | None) -> float | None:
    """One for a share that has never been above it."""
    return 1.0 if unit == "fraction" and np.nanmax(values, initial=0.0) <= 1 else None
