"""Damped-trend exponential smoothing over many prefixes of series at once.

Gardner and McKenzie (1985), in error-correction form. The parameters of each prefix are those of a fixed grid with the
least squared one-step error over it: a grid needs no optimiser, cannot diverge, and one pass over time serves every
prefix, so that a backtest costs little more than a forecast.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_ALPHAS = (0.03, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.85, 0.99)
_BETAS = (0.02, 0.06, 0.15, 0.35)  # of the level's own correction
_PHIS = (0.8, 0.9, 0.96, 0.985)
PARAMETER_GRID: FloatArray = np.array(
    [(alpha, 0.0, 0.0) for alpha in _ALPHAS]
    + [(alpha, beta, phi) for alpha in _ALPHAS for beta in _BETAS for phi in _PHIS]
)
_START_LENGTH = 12


def damped_forecasts(
    series: FloatArray, ends: npt.NDArray[np.int64], horizon: int, grid: FloatArray = PARAMETER_GRID
) -> FloatArray:
    """Forecasts, shape (prefixes, horizon): row i is made from the first `ends[i]` values of `series[i]`.

    `series` has shape (prefixes, length), or (1, length) where all prefixes are of the same series. A missing value (NaN)
    leaves the state as the model carries it forward. `grid` rows are (alpha, beta, phi); phi 0 is simple smoothing.
    """
    by_end = np.argsort(-ends, kind="stable")  # latest ends first: those still running are the first rows
    if len(series) == 1:
        rows_at, running_from = np.zeros(len(ends), dtype=np.int64), np.ones(1, dtype=np.int64) * int(ends.max())
    else:
        series = series[by_end]
        rows_at, running_from = np.arange(len(ends)), ends[by_end]
    is_missing: npt.NDArray[np.bool_] = np.isnan(series)
    has_missing: npt.NDArray[np.bool_] = np.any(is_missing, axis=0)
    alpha, phi = grid[:, 0], grid[:, 2]
    alpha_beta = alpha * grid[:, 1]
    level, slope = _start(series, len(grid), phi)
    squared, error, product = np.zeros_like(level), np.empty_like(level), np.empty_like(level)
    damping = np.cumsum(phi[:, None] ** np.arange(1, horizon + 1)[None, :], axis=1)  # (parameters, horizon)
    forecasts = np.empty((len(ends), horizon))
    waiting = list(range(len(ends)))
    running = len(series)
    for time in range(int(ends.max())):
        while running_from[running - 1] <= time:
            running -= 1
        a_level, a_slope, a_error, a_product = level[:running], slope[:running], error[:running], product[:running]
        a_slope *= phi
        a_level += a_slope
        np.subtract(series[:running, time, None], a_level, out=a_error)
        if has_missing[time]:
            a_error[is_missing[:running, time]] = 0.0
        np.multiply(a_error, a_error, out=a_product)
        squared[:running] += a_product
        np.multiply(a_error, alpha, out=a_product)
        a_level += a_product
        np.multiply(a_error, alpha_beta, out=a_product)
        a_slope += a_product
        while waiting and ends[by_end[waiting[-1]]] == time + 1:
            place = waiting.pop()
            row = rows_at[place]
            best = int(np.argmin(squared[row]))
            forecasts[by_end[place]] = level[row, best] + slope[row, best] * damping[best]
    return forecasts


def _start(series: FloatArray, parameters: int, phi: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Level and slope before the first value, from a straight line through the first values there are."""
    levels, slopes = np.zeros(len(series)), np.zeros(len(series))
    for row, values in enumerate(series):
        at = np.flatnonzero(~np.isnan(values))[:_START_LENGTH]
        if len(at) > 2:
            slope, intercept = np.polyfit(at.astype(float), values[at], 1)
            levels[row], slopes[row] = intercept - slope, slope
        elif len(at):
            levels[row] = values[at[0]]
    level = np.repeat(levels[:, None], parameters, axis=1)
    slope_by_parameter = np.repeat(slopes[:, None], parameters, axis=1)
    simple = phi == 0.0
    level[:, simple] += slope_by_parameter[:, simple]
    slope_by_parameter[:, simple] = 0.0
    return level, slope_by_parameter
