"""How each candidate would have done: forecasts made at past origins, held against what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.tools.analysis.forecast.candidates import NAIVE, SEASONAL_NAIVE, SeriesShape, candidate_forecasts
from agent.tools.analysis.forecast.smoothing import FloatArray

BLEND = "blend"
_BLEND_POWER = 4.0  # weights fall with this power of a candidate's error


@dataclass(frozen=True)
class Backtest:
    """Forecasts of each candidate at each origin, oldest first; the last origin is the forecast itself.

    `forecasts[name]` has shape (origins + 1, horizon); `actuals` has shape (origins, horizon), NaN where none is known.
    `scale` is the mean absolute step of the history over its season: a mean absolute error over it is the MASE.
    """

    ends: npt.NDArray[np.int64]
    forecasts: dict[str, FloatArray]
    actuals: FloatArray
    scale: float
    lag: int

    @property
    def origins(self) -> int:
        return len(self.ends) - 1

    @property
    def horizon(self) -> int:
        return int(self.actuals.shape[1])

    def errors(self, name: str) -> FloatArray:
        """Actual less forecast, shape (origins, horizon), NaN where the actual is not known."""
        return np.asarray(self.actuals - self.forecasts[name][:-1])

    def mase(self, name: str) -> float:
        """The mean absolute scaled error over all origins and steps."""
        return float(np.nanmean(np.abs(self.errors(name))) / self.scale)

    @property
    def benchmark(self) -> str:
        """The simple rival: the season before where there is one, else the last value."""
        return SEASONAL_NAIVE if SEASONAL_NAIVE in self.forecasts else NAIVE

    @property
    def champion(self) -> str:
        """The candidate with the smallest error; a rival as good and simpler comes first in the order of trial."""
        return min(self.forecasts, key=lambda name: round(self.mase(name), 6))


def backtest(
    values: FloatArray, horizon: int, shape: SeriesShape, *, shortest: int, most_origins: int, season: float | None
) -> Backtest:
    """Every candidate at up to `most_origins` origins that have seen at least `shortest` values, and at the end.

    The origins are spread evenly over what follows `shortest`, at most a horizon apart; a late origin is held against
    the part of its horizon that has come. `season` scales the errors: the step to the value one season before.
    """
    length = len(values)
    step = max(1, min(horizon, (length - shortest) // most_origins))
    past = np.arange(length - step, shortest - 1, -step)[:most_origins][::-1]
    ends = np.append(past, length).astype(np.int64)
    forecasts = candidate_forecasts(values, ends, horizon, shape)
    padded = np.append(values, np.full(horizon, np.nan))
    actuals = np.stack([padded[end : end + horizon] for end in ends[:-1]])
    lag = round(season) if season and length >= 2 * season else 1
    steps = np.abs(values[lag:] - values[:-lag])
    scale = float(np.nanmean(steps)) if np.any(~np.isnan(steps)) else 0.0
    forecasts[BLEND] = _blended(forecasts, actuals, ends)
    return Backtest(ends=ends, forecasts=forecasts, actuals=actuals, scale=scale or 1.0, lag=lag)


def _blended(forecasts: dict[str, FloatArray], actuals: FloatArray, ends: npt.NDArray[np.int64]) -> FloatArray:
    """The candidates' weighted mean at each origin, by their errors on targets known at that origin: no origin sees ahead."""
    stacked = np.stack(list(forecasts.values()))  # (candidates, origins + 1, horizon)
    errors = np.abs(actuals[None] - stacked[:, :-1])
    target_end = ends[:-1, None] + 1 + np.arange(actuals.shape[1])[None, :]
    blended = np.empty(stacked.shape[1:])
    for row, end in enumerate(ends):
        known = (target_end <= end) & ~np.isnan(actuals)
        if known.any():
            mean_error = errors[:, known].mean(axis=1)
            weights = (mean_error / max(mean_error.min(), 1e-12) + 1e-9) ** -_BLEND_POWER
        else:
            weights = np.ones(len(stacked))
        blended[row] = np.tensordot(weights / weights.sum(), stacked[:, row], axes=1)
    return blended
