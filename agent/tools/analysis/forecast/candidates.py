"""The rival ways to forecast a series, each made at many origins at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from agent.tools.analysis.forecast.seasons import (
    fourier_terms,
    pattern_by_differences,
    pattern_by_levels,
    place_terms,
)
from agent.tools.analysis.forecast.smoothing import FloatArray, damped_forecasts

NAIVE, DRIFT, SEASONAL_NAIVE, DAMPED = "naive", "drift", "seasonal naive", "damped trend"
_LOWEST_FORECAST_SHARE = 1e-9


@dataclass(frozen=True)
class SeasonalModel:
    """A pattern that is taken out before the smoothing and put back after it."""

    name: str
    on_logs: bool
    terms: Literal["few waves", "many waves", "places"]
    fitted_to: Literal["levels", "differences"]
    ridge: float


SEASONAL_MODELS = (
    SeasonalModel("waves on logs", True, "many waves", "levels", 0.02),
    SeasonalModel("waves", False, "many waves", "differences", 0.02),
    SeasonalModel("few waves", False, "few waves", "differences", 0.02),
    SeasonalModel("season's places on logs", True, "places", "levels", 0.15),
)
_FEW_WAVES, _MANY_WAVES = 3, 8
_MOST_PLACES = 60  # a cycle of more places than this is described by waves only


@dataclass(frozen=True)
class SeriesShape:
    """What is known of a series beside its values: the lengths of its cycles in steps, and marks of special steps.

    `marks` has one row a step, over the history and the horizon, and one column a kind of special step (a holiday).
    """

    cycles: tuple[float, ...] = ()
    marks: FloatArray | None = None


def seen_cycles(shape: SeriesShape, length: int) -> tuple[float, ...]:
    """The cycles that a history of this length has seen twice."""
    return tuple(cycle for cycle in shape.cycles if length >= 2 * cycle)


def candidate_forecasts(
    values: FloatArray, ends: npt.NDArray[np.int64], horizon: int, shape: SeriesShape
) -> dict[str, FloatArray]:
    """Forecasts by candidate, each of shape (origins, horizon): origin i has seen the first `ends[i]` values.

    Candidates that need two cycles are left out where the shortest origin has seen fewer.
    """
    cycles = seen_cycles(shape, int(ends.min()))
    found = {
        NAIVE: np.stack([np.repeat(_last(values[:end]), horizon) for end in ends]),
        DRIFT: np.stack([_drift(values[:end], horizon) for end in ends]),
        DAMPED: damped_forecasts(values[None], ends, horizon),
    }
    if not cycles:
        return found
    found[SEASONAL_NAIVE] = np.stack([_seasonal_naive(values[:end], horizon, max(cycles)) for end in ends])
    positive = bool(np.nanmin(values) > 0)
    for model in SEASONAL_MODELS:
        if (model.on_logs and not positive) or (model.terms == "places" and max(cycles) > _MOST_PLACES):
            continue
        found[model.name] = _seasonal_forecasts(values, ends, horizon, model, cycles, shape.marks)
    return found


def _last(values: FloatArray) -> float:
    known = values[~np.isnan(values)]
    return float(known[-1]) if len(known) else 0.0


def _drift(values: FloatArray, horizon: int) -> FloatArray:
    at = np.flatnonzero(~np.isnan(values))
    if len(at) < 2:
        return np.repeat(_last(values), horizon)
    slope = (values[at[-1]] - values[at[0]]) / (at[-1] - at[0])
    return np.asarray(values[at[-1]] + slope * (len(values) - 1 - at[-1] + np.arange(1, horizon + 1)))


def _seasonal_naive(values: FloatArray, horizon: int, cycle: float) -> FloatArray:
    """The value of the same place one cycle (or as many as the horizon needs) before; the last value where it is missing."""
    steps = np.arange(len(values), len(values) + horizon)
    back = np.ceil((steps - len(values) + 1) / cycle)
    before = values[np.round(steps - back * cycle).astype(int).clip(0, len(values) - 1)]
    return np.where(np.isnan(before), _last(values), before)


def _terms(model: SeasonalModel, cycles: tuple[float, ...], length: int, marks: FloatArray | None) -> FloatArray:
    longest = max(cycles)
    parts = [fourier_terms(length, cycle, int(cycle // 2)) for cycle in cycles if cycle != longest]
    if model.terms == "places":
        parts.append(place_terms(length, longest))
    else:
        parts.append(fourier_terms(length, longest, _FEW_WAVES if model.terms == "few waves" else _MANY_WAVES))
    if marks is not None:
        parts.append(marks[:length])
    return np.concatenate(parts, axis=1)


def _seasonal_forecasts(
    values: FloatArray,
    ends: npt.NDArray[np.int64],
    horizon: int,
    model: SeasonalModel,
    cycles: tuple[float, ...],
    marks: FloatArray | None,
) -> FloatArray:
    scale = 1.0 if model.on_logs else float(np.nanmean(np.abs(values))) or 1.0
    series = np.log(values) if model.on_logs else values / scale
    length = len(values) + horizon
    terms = _terms(model, cycles, length, marks)
    patterns = np.stack(
        [
            pattern_by_differences(series[:end], terms, model.ridge)
            if model.fitted_to == "differences"
            else pattern_by_levels(series[:end], terms, max(cycles), model.ridge)
            for end in ends
        ]
    )
    smoothed = damped_forecasts(series[None] - patterns[:, : len(values)], ends, horizon)
    ahead = ends[:, None] + np.arange(horizon)[None, :]
    forecasts = smoothed + np.take_along_axis(patterns, ahead, axis=1)
    if not model.on_logs:
        return np.asarray(forecasts * scale)
    # A log forecast may run off where a short pattern is put back; ten times all that was seen is no forecast.
    return np.asarray(np.exp(np.minimum(forecasts, np.nanmax(series) + np.log(10.0))))
