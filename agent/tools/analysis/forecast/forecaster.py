"""One series to its forecast: the champion of a backtest, with intervals from the errors it made there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from agent.tools.analysis.forecast.backtest import Backtest, backtest
from agent.tools.analysis.forecast.candidates import SeriesShape, seen_cycles
from agent.tools.analysis.forecast.intervals import (
    conformal_quantile,
    held_out_coverage,
    restlessness,
    step_half_widths,
)
from agent.tools.analysis.forecast.smoothing import FloatArray

FEWEST_VALUES = 8  # a shorter history gets no forecast: there is nothing to test one on
PLAIN = SeriesShape()  # no cycles known
_MOST_VALUES = 600
_MOST_CYCLES = 4.2  # of the longest cycle: older ones tell little of the next
_ORIGINS = 40
_SHORTEST_SHARE = 0.5  # of the history that the first origin has seen, where the longest season needs no more


class TooShort(ValueError):
    """The history holds too few values to forecast from and to test on."""

    def __init__(self, values: int) -> None:
        super().__init__(f"{values} values are too few; a forecast needs {FEWEST_VALUES}")
        self.values = values


@dataclass(frozen=True)
class SeriesForecast:
    """What comes next, step by step, and the record of the method that says so.

    `scores` are the method's held-out errors over the restlessness at their origin, shape (origins, horizon), NaN where
    the actual has not come; times `restless_now` they are errors of today's size.
    """

    point: FloatArray
    scores: FloatArray
    restless_now: float
    lowest: float | None
    highest: float | None
    champion: str
    benchmark: str
    mase: float
    benchmark_mase: float
    seasonal: bool
    lag: int  # the step of the scaled errors' scale

    @property
    def origins(self) -> int:
        return len(self.scores)

    @cached_property
    def error_paths(self) -> FloatArray:
        """Held-out errors of today's size, shape (origins, horizon), NaN where the actual has not come."""
        return self.scores * self.restless_now

    def interval(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Low and high of each step: a share `level` of what comes is expected within."""
        half_widths = step_half_widths(self.scores, level) * self.restless_now
        return self.bounded(self.point - half_widths), self.bounded(self.point + half_widths)

    def sum_interval(self, steps: slice, level: float) -> tuple[float, float, float]:
        """Point, low and high of the sum of some steps, by the errors that such sums had."""
        point = float(self.point[steps].sum())
        width = conformal_quantile(self.error_paths[:, steps].sum(axis=1), level, self.origins)
        return point, float(self.bounded(np.array(point - width))), point + width

    def held_out_coverage(self, level: float) -> float:
        """What intervals of this level held in the backtest, each half of the origins tested by the other."""
        return held_out_coverage(self.scores, level)

    def bounded(self, values: FloatArray) -> FloatArray:
        """The values within what the metric can be."""
        if self.lowest is None and self.highest is None:
            return values
        return np.clip(values, self.lowest, self.highest)


def forecast_series(
    values: FloatArray,
    horizon: int,
    shape: SeriesShape = PLAIN,
    *,
    lowest: float | None = 0.0,
    highest: float | None = None,
    scale_season: float | None = None,
) -> SeriesForecast:
    """Forecasts `horizon` steps of an evenly spaced series (NaN: missing), bounded by `lowest` and `highest`.

    Raises TooShort for fewer than FEWEST_VALUES known values. `scale_season` is the step of the MASE's scale, else the
    longest season seen twice, else one step.
    """
    values, tested, shape = tested_series(values, horizon, shape, scale_season=scale_season)
    return from_backtest(values, tested, tested.champion, shape, lowest=lowest, highest=highest)


def tested_series(
    values: FloatArray, horizon: int, shape: SeriesShape, *, scale_season: float | None = None
) -> tuple[FloatArray, Backtest, SeriesShape]:
    """The history that counts, its backtest, and the cycles that every origin has seen twice. Raises TooShort."""
    values = np.asarray(values, dtype=float)
    known = np.flatnonzero(~np.isnan(values))
    if len(known) < FEWEST_VALUES:
        raise TooShort(len(known))
    most = max(_MOST_VALUES, int(_MOST_CYCLES * max(shape.cycles, default=0)))
    values = values[max(known[0], len(values) - most) :]
    shortest = _shortest(len(values), horizon, shape.cycles)
    seen = SeriesShape(
        cycles=seen_cycles(shape, shortest),
        marks=None if shape.marks is None else shape.marks[len(shape.marks) - len(values) - horizon :],
    )
    season = scale_season if scale_season is not None else max(seen.cycles, default=None)
    tested = backtest(values, horizon, seen, shortest=shortest, most_origins=_ORIGINS, season=season)
    return values, tested, seen


def _shortest(length: int, horizon: int, cycles: tuple[float, ...]) -> int:
    """How much the first origin has seen: half the history, or two of the longest season that leaves enough to test on."""
    half = max(FEWEST_VALUES // 2, int(length * _SHORTEST_SHARE))
    for cycle in sorted(cycles, reverse=True):
        needed = int(np.ceil(2 * cycle)) + 1
        if length - needed >= max(4, min(horizon, cycle / 4)):
            return max(needed, min(half, length - horizon - 1))
    return min(half, max(FEWEST_VALUES // 2, length - horizon))


def from_backtest(
    values: FloatArray,
    tested: Backtest,
    champion: str,
    shape: SeriesShape,
    *,
    lowest: float | None = None,
    highest: float | None = None,
) -> SeriesForecast:
    """The forecast of one candidate of a backtest, with its errors and its record beside the simple rival's."""
    restless = restlessness(values, tested)
    point = tested.forecasts[champion][-1]
    if lowest is not None or highest is not None:
        point = np.clip(point, lowest, highest)
    return SeriesForecast(
        point=point,
        scores=tested.errors(champion) / restless[:-1, None],
        restless_now=float(restless[-1]),
        lowest=lowest,
        highest=highest,
        champion=champion,
        benchmark=tested.benchmark,
        mase=tested.mase(champion),
        benchmark_mase=tested.mase(tested.benchmark),
        seasonal=bool(shape.cycles),
        lag=tested.lag,
    )
