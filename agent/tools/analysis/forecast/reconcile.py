"""Groups' forecasts that add up to the whole's: each is scaled by what the whole's own forecast is over their sum.

Done at every origin of the backtest as well, so that intervals and records are those of the figures that are shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np

from agent.tools.analysis.forecast.candidates import SeriesShape
from agent.tools.analysis.forecast.forecaster import SeriesForecast, from_backtest, tested_series
from agent.tools.analysis.forecast.smoothing import FloatArray

_RECONCILED = "reconciled"
Key = TypeVar("Key", bound=Hashable)


def reconciled_forecasts(
    groups: Mapping[Key, FloatArray], total: FloatArray, horizon: int, shape: SeriesShape
) -> tuple[dict[Key, SeriesForecast], SeriesForecast]:
    """Forecasts of groups, none below zero, whose sum is the total's at each step; and the total's. Raises TooShort.

    The groups must sum to the total in the history; all series are of one length and never negative.
    """
    whole, tested_whole, seen = tested_series(total, horizon, shape)
    tested = {key: tested_series(values, horizon, shape)[:2] for key, values in groups.items()}
    chosen = {key: item.champion for key, (_, item) in tested.items()}
    own = {key: np.maximum(0.0, item.forecasts[chosen[key]]) for key, (_, item) in tested.items()}
    wanted = np.maximum(0.0, tested_whole.forecasts[tested_whole.champion])
    summed = np.sum(list(own.values()), axis=0)
    factor = np.where(summed > 0, wanted / np.where(summed > 0, summed, 1.0), 1.0)
    found: dict[Key, SeriesForecast] = {}
    for key, (values, item) in tested.items():
        item.forecasts[_RECONCILED] = own[key] * factor
        found[key] = replace(from_backtest(values, item, _RECONCILED, seen, lowest=0.0), champion=chosen[key])
    return found, from_backtest(whole, tested_whole, tested_whole.champion, seen, lowest=0.0)


def adds_up_to(groups: Mapping[Key, FloatArray], total: FloatArray) -> bool:
    """Whether the groups sum to the total in each period, and none is ever below zero."""
    summed = np.sum(list(groups.values()), axis=0)
    smallest = min(float(values.min()) for values in groups.values())
    return smallest >= 0 and bool(np.allclose(summed, total, rtol=1e-9, atol=1e-9 * max(1.0, float(total.max()))))
