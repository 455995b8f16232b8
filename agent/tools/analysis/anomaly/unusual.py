"""Which values are out of the ordinary: a robust fit of trend and season, and the distance of each value from it.

Bisquare regression (Beaton, Tukey 1974) on a penalised bending trend and, where the series has one, its season. Each
distance is divided by its own standard error (its leverage is known), with the median absolute deviation as the spread:
a value that the fit leans on is not excused, and one it does not lean on is not blamed. The chance of each distance is
corrected for how many values were searched (Benjamini, Hochberg 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from agent.tools.analysis.forecast.seasons import fourier_terms, place_terms
from agent.tools.analysis.forecast.smoothing import FloatArray

Scale = Literal["log", "root", "plain"]
FEWEST_VALUES = 12
_NORMAL_SPREAD = 1.4826  # of the median absolute deviation of a normal distribution
_SMALL_COUNT = 50.0
_SEASON_STRENGTH = 0.3  # the share of the spread beside the trend that a season must explain to be one
_LEAST_DISTANCE = 4.0  # standard errors: nearer is never called unusual
_TIE = 1e-9  # so that a value at the very bound is not lost to rounding
_FALSE_SHARE = 0.01
_TREND_BENDS = 12  # knots of the trend at most
_BEND_PENALTIES = (0.03, 1.0, 30.0, 1000.0)
_BISQUARE, _HUBER = 4.685, 1.345  # 95 % as efficient as least squares where nothing is unusual
_ROUNDS = 5
_MEDIAN_EFFICIENCY = 0.37  # the spread from a median is as uncertain as one from so small a share of the values
_MOSTLY_ALIKE = 0.1
_POISSON_SPREAD = 1.0  # of the roots of counts: less is not to be had of things that come one by one
_COUNTED_IN = 0.3  # a weight above which a value was part of the fit


@dataclass(frozen=True)
class Decomposed:
    """A series with what was expected of each value, in its own units; NaN where it could not be judged."""

    values: FloatArray
    expected: FloatArray
    distances: FloatArray  # in standard errors
    degrees: float  # of freedom of the spread
    cycle: int | None  # the longest season that was taken out
    adjusted: FloatArray  # without the season, gaps filled: for changes of level
    middle: FloatArray  # expected values and their standard errors where the noise is even
    errors: FloatArray
    scale: Scale

    def ordinary_range(self, reach: float) -> tuple[FloatArray, FloatArray]:
        """From and to where values lie within so many standard errors."""
        return _back(self.middle - reach * self.errors, self.scale), _back(
            self.middle + reach * self.errors, self.scale
        )


def decompose(
    values: FloatArray, cycles: tuple[int, ...], *, counts: bool = False, marks: FloatArray | None = None
) -> Decomposed | None:
    """Expected values and distances of an evenly spaced series (NaN: missing); None for fewer than FEWEST_VALUES.

    `marks` has one row a value and one column a kind of special step (a holiday), each with an effect of its own.
    """
    known = ~np.isnan(values)
    if known.sum() < FEWEST_VALUES:
        return None
    scale = scale_of(values, counts)
    series = _to(values, scale)
    taken: tuple[int, ...] = ()
    floor = _POISSON_SPREAD if scale == "root" else 0.0
    fitted = _fit(series, (), marks, floor)
    for cycle in sorted(cycles):
        if cycle < 2 or known.sum() < 2 * cycle + 4:
            continue
        tried = _fit(series, (*taken, cycle), marks, floor)
        if _explained(fitted, tried) >= _SEASON_STRENGTH:
            taken, fitted = (*taken, cycle), tried
    return Decomposed(
        values=values,
        expected=_back(fitted.middle, scale),
        distances=np.where(known, (series - fitted.middle) / fitted.errors, np.nan),
        degrees=fitted.degrees,
        cycle=max(taken, default=None),
        adjusted=_back(np.where(known, series, fitted.middle) - fitted.season, scale),
        middle=fitted.middle,
        errors=fitted.errors,
        scale=scale,
    )


@dataclass(frozen=True)
class _Fit:
    middle: FloatArray
    season: FloatArray
    errors: FloatArray  # the standard error of each value's distance
    degrees: float
    spread: float


def scale_of(values: FloatArray, counts: bool) -> Scale:
    """Where the noise is even: logs of amounts, roots of small counts, else the values as they are."""
    known = values[~np.isnan(values)]
    if counts and known.min() >= 0 and np.median(known) < _SMALL_COUNT:
        return "root"
    return "log" if known.min() > 0 else "plain"


def _to(values: FloatArray, scale: Scale) -> FloatArray:
    if scale == "log":
        return np.log(values)
    return 2 * np.sqrt(values + 0.375) if scale == "root" else values


def _back(values: FloatArray, scale: Scale) -> FloatArray:
    if scale == "log":
        return np.exp(values)
    return np.maximum(0.0, (np.maximum(values, 0.0) / 2) ** 2 - 0.375) if scale == "root" else values


def _spread(left: FloatArray, series: FloatArray, floor: float) -> float:
    """A robust standard deviation, never below `floor`. Where most values are alike the median says nothing of the others,
    and the plain deviation stands in."""
    spread = _NORMAL_SPREAD * float(np.median(np.abs(left - np.median(left))))
    plain = float(np.std(left))
    if spread < _MOSTLY_ALIKE * plain:
        spread = plain
    return max(spread, floor, 1e-6 * float(np.median(np.abs(series))), 1e-12)


def _fit(series: FloatArray, cycles: tuple[int, ...], marks: FloatArray | None, floor: float) -> _Fit:
    """The robust fit with the bend of the trend that predicts best (generalised cross-validation)."""
    length = len(series)
    at = np.arange(length) / length
    knots = np.linspace(0, 1, min(_TREND_BENDS, length // 6) + 2)[1:-1]
    trend = np.stack([np.ones(length), at, *(np.maximum(0.0, at - knot) for knot in knots)], axis=1)
    seasonal = [_season_terms(length, cycle) for cycle in cycles]
    terms = [part for part, _ in seasonal] + ([] if marks is None else [marks])
    design = np.concatenate([trend, *terms], axis=1)
    light = np.concatenate(
        [np.zeros(2), *(weights for _, weights in seasonal), np.full(0 if marks is None else marks.shape[1], 0.1)]
    )
    known = ~np.isnan(series)
    best: tuple[float, FloatArray] | None = None
    for bend in _BEND_PENALTIES:
        penalty = np.diag(np.concatenate([np.full(2, 1e-9), np.full(len(knots), bend), light[2:] + 1e-9]))
        tried = _robust(design, series, known, penalty, trend.shape[1], floor, redescending=False)
        score = tried.spread**2 / max(tried.degrees / (_MEDIAN_EFFICIENCY * known.sum()), 0.05) ** 2
        if best is None or score < best[0] * 0.98:  # a stiffer trend wins a draw
            best = score, penalty
    assert best is not None
    return _robust(design, series, known, best[1], trend.shape[1], floor, redescending=True)


def _season_terms(length: int, cycle: int) -> tuple[FloatArray, FloatArray]:
    """Columns of a season and how much each is held back: waves of low order freely, single places with care."""
    waves = fourier_terms(length, cycle, 6 if cycle <= 12 else 3)
    if cycle <= 12 or length > 60 * cycle or cycle > 60:
        waves = fourier_terms(length, cycle, min(cycle // 2, 10))
        return waves, np.full(waves.shape[1], 1e-3)
    places = place_terms(length, cycle)
    return np.concatenate([waves, places], axis=1), np.concatenate([np.full(waves.shape[1], 1e-3), np.full(cycle, 0.5)])


def _robust(
    design: FloatArray,
    series: FloatArray,
    known: npt.NDArray[np.bool_],
    penalty: FloatArray,
    trends: int,
    floor: float,
    *,
    redescending: bool,
) -> _Fit:
    """Iterated weighted least squares; then standard errors with each value's leverage.

    Huber's weights find the way; with `redescending`, Tukey's then leave out altogether what lies far off.
    """
    x, y = design[known], series[known]
    weights = np.ones(len(y))
    for turn in range(2 * _ROUNDS if redescending else _ROUNDS):
        inverse = np.linalg.inv(x.T @ (x * weights[:, None]) + penalty)
        coefficients = inverse @ (x.T @ (weights * y))
        left = y - x @ coefficients
        leverage = ((x @ inverse) * x).sum(axis=1)
        shrink = np.sqrt(np.maximum(1 - (2 * weights - 1) * leverage, 0.05))
        spread = _spread(left / shrink, y, floor)
        away = np.abs(left) / (spread * shrink)
        if turn < _ROUNDS:
            weights = np.minimum(1.0, _HUBER / np.maximum(away, 1e-12))
        else:
            weights = np.where(away < _BISQUARE, (1 - (away / _BISQUARE) ** 2) ** 2, 0.0)
    all_leverage = ((design @ inverse) * design).sum(axis=1)
    used = np.zeros(len(series))
    used[known] = weights > _COUNTED_IN
    errors = spread * np.sqrt(np.maximum(1 - (2 * used - 1) * all_leverage, 0.05))
    degrees = float(max(3.0, _MEDIAN_EFFICIENCY * (len(y) - (weights * leverage).sum())))
    middle = design @ coefficients
    return _Fit(middle, design[:, trends:] @ coefficients[trends:], errors, degrees, spread)


def _explained(without: _Fit, with_season: _Fit) -> float:
    """The share of the variance beside the trend that a season explains, each side for its degrees of freedom."""
    return 1 - with_season.spread**2 / max(without.spread**2, 1e-300)


def unusual_places(
    series: list[Decomposed], searched: list[npt.NDArray[np.bool_]]
) -> tuple[list[npt.NDArray[np.bool_]], list[float]]:
    """Which of the searched values are unusual, over all series together (Benjamini-Hochberg and a least distance), and
    the distance in each series up to which values are ordinary."""
    from scipy.stats import t as student

    chances = [chance_of(item) for item in series]
    pooled = np.concatenate([found[mask & ~np.isnan(found)] for found, mask in zip(chances, searched, strict=True)])
    bound = _benjamini_hochberg(pooled)
    reaches = [max(_LEAST_DISTANCE, float(student.isf(bound / 2, item.degrees))) for item in series]
    places = [
        mask & (np.abs(item.distances) >= reach) for item, reach, mask in zip(series, reaches, searched, strict=True)
    ]
    return places, reaches


def chance_of(series: Decomposed) -> FloatArray:
    """How often an ordinary value lies as far from what is expected, each value on its own."""
    from scipy.stats import t as student

    return np.asarray(2 * student.sf(np.abs(series.distances), series.degrees))


def _benjamini_hochberg(chances: FloatArray) -> float:
    """The chance up to which a value counts as found: of the last that passes, else what the first would have had to pass."""
    ordered = np.sort(chances)
    steps = _FALSE_SHARE * np.arange(1, len(ordered) + 1) / max(len(ordered), 1)
    passing = np.flatnonzero(ordered <= steps)
    if not len(ordered):
        return _FALSE_SHARE
    return float(ordered[passing[-1]]) * (1 + _TIE) if len(passing) else float(steps[0]) * (1 - _TIE)
