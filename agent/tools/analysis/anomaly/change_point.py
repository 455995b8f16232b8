"""When did the level change: the split of a series into two levels that leaves the least squared error.

Hinkley (1970); Hawkins (1977). Its chance under no change is found by simulation of series as persistent as this one, as
the largest of many splits is no ordinary F. Oracle: the Nile at Aswan, 1871 to 1970, changes after 28 years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agent.tools.analysis.forecast.smoothing import FloatArray

_SIMULATIONS = 999
_SHORTEST_SIDE = 4
_SMALLEST_SIDE_SHARE = 0.05
_SEED = 20240229


@dataclass(frozen=True)
class ChangePoint:
    """`index` is the first place of the new level. `chance` is how often a series without a change looks like this."""

    index: int
    before: float
    after: float
    chance: float
    beside_trend: bool  # levels are beside a straight trend: `after - before` is the jump at the change


def find_change_point(values: FloatArray) -> ChangePoint | None:
    """The likeliest change of level of an evenly spaced series without gaps; None where it is too short to split."""
    length = len(values)
    side = max(_SHORTEST_SIDE, int(length * _SMALLEST_SIDE_SHARE))
    if length < 2 * side + 2 or np.ptp(values) == 0:
        return None
    flat, flat_at = _best_split(values[None], side, trend=False)
    straight = _residuals(values[None], trend=True)
    beside_trend = bool((straight**2).sum() < flat[0])
    best, at = _best_split(values[None], side, trend=True) if beside_trend else (flat, flat_at)
    without = float((_residuals(values[None], trend=beside_trend) ** 2).sum())
    index = int(at[0])
    statistic = (without - float(best[0])) / max(float(best[0]), 1e-300)
    before, after = _levels(values, index, beside_trend)
    # Persistence with the change still in: it is then rather too high than too low, and a change is called with care.
    residuals = _residuals(values[None], trend=beside_trend)[0]
    persistence = float(np.clip(_persistence(residuals) + 1.0 / length, 0.0, 0.97))
    simulated = _simulated(length, persistence)
    split, _ = _best_split(simulated, side, trend=beside_trend)
    plain = (_residuals(simulated, trend=beside_trend) ** 2).sum(axis=1)
    chance = (1 + int(((plain - split) / split >= statistic).sum())) / (_SIMULATIONS + 1)
    return ChangePoint(index=index, before=before, after=after, chance=chance, beside_trend=beside_trend)


def _residuals(series: FloatArray, *, trend: bool) -> FloatArray:
    """Rows less their mean, or less their straight line."""
    centred = series - series.mean(axis=1, keepdims=True)
    if not trend:
        return np.asarray(centred)
    at = np.arange(series.shape[1]) - (series.shape[1] - 1) / 2
    return np.asarray(centred - (centred @ at / (at @ at))[:, None] * at[None, :])


def _best_split(series: FloatArray, side: int, *, trend: bool) -> tuple[FloatArray, FloatArray]:
    """Least squared error and its place, of each row: a step is added to the mean (or line) at every place in turn."""
    length = series.shape[1]
    residuals = _residuals(series, trend=trend)
    total = (residuals**2).sum(axis=1)
    places = np.arange(side, length - side + 1)
    steps = (np.arange(length)[None, :] >= places[:, None]).astype(float)
    steps = _residuals(steps, trend=trend)
    gain = (residuals @ steps.T) ** 2 / (steps**2).sum(axis=1)[None, :]
    best = gain.argmax(axis=1)
    return np.asarray(total - gain.max(axis=1)), np.asarray(places[best])


def _levels(values: FloatArray, index: int, beside_trend: bool) -> tuple[float, float]:
    """The mean of each side; beside a trend, where its two lines meet the change."""
    if not beside_trend:
        return float(values[:index].mean()), float(values[index:].mean())
    at = np.arange(len(values)) - index
    design = np.stack([np.ones(len(values)), at, (at >= 0).astype(float)], axis=1)
    level, _, jump = np.linalg.lstsq(design, values, rcond=None)[0]
    return float(level), float(level + jump)


def _persistence(residuals: FloatArray) -> float:
    centred = residuals - residuals.mean()
    return float((centred[1:] @ centred[:-1]) / max(centred @ centred, 1e-300))


def _simulated(length: int, persistence: float) -> FloatArray:
    """Series of no change, each value drawn to the one before by `persistence`, shape (simulations, length)."""
    noise = np.random.default_rng(_SEED).standard_normal((_SIMULATIONS, length))
    series = np.empty_like(noise)
    series[:, 0] = noise[:, 0] / np.sqrt(1 - persistence**2)
    for place in range(1, length):
        series[:, place] = persistence * series[:, place - 1] + noise[:, place]
    return series
