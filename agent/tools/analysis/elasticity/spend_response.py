"""How an outcome answers to spend, from their weekly history: a log-log response with a range.

What comes back for a further dollar (marginal) is not what came back for all of them (average, as in ROAS): with an
elasticity e it is e times the average. Spend follows seasons and expected demand, so that without an experiment the
elasticity is an association: a range, never a proof.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEWEST_PERIODS = 26
_P95 = 1.6448536269514722


class SpendResponseError(ValueError):
    """A history that tells no response: too short, or spend that never moves."""


@dataclass(frozen=True)
class SpendResponse:
    """`elasticity`: the percent that the outcome moves with one percent of spend; `low` and `high` its 90 % range."""

    elasticity: float
    low: float
    high: float
    standard_error: float
    average_return: float  # outcome per unit of spend
    marginal_return: float  # outcome for a further unit of spend, at the mean
    periods: int


def fit_spend_response(
    spend: NDArray[np.float64], outcome: NDArray[np.float64], periods_a_year: float = 52.18
) -> SpendResponse:
    """The response, with trend and the year's first two harmonics taken out; errors allow for autocorrelation
    (Newey-West). Periods without spend or outcome are left out. SpendResponseError where nothing can be told."""
    import numpy as np

    time = np.arange(len(spend), dtype=float)
    kept = (spend > 0) & (outcome > 0) & np.isfinite(spend) & np.isfinite(outcome)
    if int(kept.sum()) < _FEWEST_PERIODS:
        raise SpendResponseError(f"{int(kept.sum())} periods with spend are too few; {_FEWEST_PERIODS} are needed")
    x, y, t = np.log(spend[kept]), np.log(outcome[kept]), time[kept]
    columns = [np.ones_like(t), (t - t.mean()) / max(len(t), 1)]
    if len(t) >= periods_a_year:
        angles = [2 * math.pi * order * t / periods_a_year for order in (1, 2)]
        columns += [wave(angle) for angle in angles for wave in (np.sin, np.cos)]
    controls = np.column_stack(columns)
    moved = x - controls @ np.linalg.lstsq(controls, x, rcond=None)[0]
    varied = float(moved @ moved)
    if varied < 1e-8 * len(x):
        raise SpendResponseError("spend hardly moves once trend and season are taken out")
    left = y - controls @ np.linalg.lstsq(controls, y, rcond=None)[0]
    elasticity = float(moved @ left) / varied
    residual = left - elasticity * moved
    error = math.sqrt(_long_run_variance(moved * residual) * len(x)) / varied
    error *= math.sqrt(len(x) / max(len(x) - controls.shape[1] - 1, 1))
    average = float(outcome[kept].sum() / spend[kept].sum())
    width = _P95 * error
    return SpendResponse(
        elasticity=elasticity,
        low=elasticity - width,
        high=elasticity + width,
        standard_error=error,
        average_return=average,
        marginal_return=elasticity * average,
        periods=len(x),
    )


def _long_run_variance(scores: NDArray[np.float64]) -> float:
    """Newey-West with the usual 4 (n / 100)^(2/9) lags."""
    n = len(scores)
    lags = int(4 * (n / 100) ** (2 / 9))
    total = float(scores @ scores) / n
    for lag in range(1, lags + 1):
        total += 2 * (1 - lag / (lags + 1)) * float(scores[lag:] @ scores[:-lag]) / n
    return max(total, 1e-300)
