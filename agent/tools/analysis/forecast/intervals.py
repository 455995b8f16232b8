"""Intervals from held-out errors: split conformal over past origins, scaled by how restless the series was at each.

Vovk, Gammerman, Shafer (2005); Lei and others (2018) for scores scaled locally. The scores are errors of forecasts that
had not seen their targets, so the nominal share holds for what comes next as far as the future is like the past.
Targets of neighbouring origins overlap: the scores are not independent, and coverage is measured in benchmarks, not proved.
"""

from __future__ import annotations

import numpy as np

from agent.tools.analysis.forecast.backtest import Backtest
from agent.tools.analysis.forecast.smoothing import FloatArray

_RESTLESS_STEPS = 52
_DRAWN_TO_MEAN = 4
_FEWEST_FOR_QUANTILE = 10


def restlessness(values: FloatArray, backtest: Backtest) -> FloatArray:
    """The mean absolute step of the last stretch before each origin, in the values' own unit, shape (origins + 1,)."""
    steps = np.abs(np.diff(values))
    known = steps[~np.isnan(steps)]
    overall = float(known.mean()) if len(known) and known.any() else backtest.scale
    found = []
    for end in backtest.ends:
        recent = steps[max(0, end - 1 - _RESTLESS_STEPS) : max(0, end - 1)]
        recent = recent[~np.isnan(recent)]
        # A short stretch is drawn to the whole's mean, so that a few still steps do not give a width of nothing.
        found.append((recent.sum() + _DRAWN_TO_MEAN * overall) / (len(recent) + _DRAWN_TO_MEAN))
    return np.array(found)


def step_growth(scores: FloatArray) -> FloatArray:
    """How errors grow with the steps ahead: a power law fitted to their root mean squares, shape (horizon,), 1 at first."""
    ahead = np.arange(1, scores.shape[1] + 1, dtype=float)
    counts = (~np.isnan(scores)).sum(axis=0)
    squares = np.nansum(scores**2, axis=0) / np.maximum(counts, 1)
    usable = (squares > 0) & (counts >= 2)
    if usable.sum() < 2:
        return np.ones(len(ahead))
    power = float(np.polyfit(np.log(ahead[usable]), 0.5 * np.log(squares[usable]), 1)[0])
    return np.asarray(ahead ** np.clip(power, 0.0, 1.0))


def conformal_quantile(scores: FloatArray, level: float, independent: int) -> float:
    """The size that a share `level` of new scores stays within: the ceil((n + 1) level)-th smallest of n scores.

    Where the `independent` scores (origins) are too few to have such a one, a Student interval over them if it is wider.
    """
    sizes = np.sort(np.abs(scores[~np.isnan(scores)]))
    if not len(sizes):
        return float("nan")
    place = int(np.ceil((len(sizes) + 1) * level)) - 1
    width = float(sizes[min(place, len(sizes) - 1)])
    if independent >= max(_FEWEST_FOR_QUANTILE, np.ceil(level / (1 - level))):
        return width
    from scipy.stats import t as student

    degrees = max(1, independent - 1)
    root_mean_square = float(np.sqrt(np.mean(sizes**2)))
    away = float(student.ppf(0.5 + level / 2, degrees)) * float(np.sqrt(1 + 1 / max(1, independent)))
    return max(width, root_mean_square * away)


def step_half_widths(scores: FloatArray, level: float) -> FloatArray:
    """Half the interval's width at each step ahead, in the scores' units: one quantile over all, scaled by their growth."""
    growth = step_growth(scores)
    return growth * conformal_quantile(scores / growth, level, scores.shape[0])


def held_out_coverage(scores: FloatArray, level: float) -> float:
    """The share of held-out actuals inside intervals made from the other half of the origins; NaN for too few origins."""
    if len(scores) < 4:
        return float("nan")
    inside: list[FloatArray] = []
    middle = len(scores) // 2
    for of, other in ((scores[middle:], scores[:middle]), (scores[:middle], scores[middle:])):
        held = np.abs(of) <= step_half_widths(other, level)[None, :]
        inside.append(held[~np.isnan(of)].astype(float))
    return float(np.concatenate(inside).mean())
