"""Many segments looked at, a few of them called: the control of false findings, and what is too small to be one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FALSE_DISCOVERY_RATE = 0.05


def benjamini_hochberg(p_values: Sequence[float], rate: float = FALSE_DISCOVERY_RATE) -> tuple[bool, ...]:
    """Which hypotheses are rejected when at most `rate` of those rejected may be false (Benjamini, Hochberg 1995)."""
    count = len(p_values)
    if count == 0:
        return ()
    values = np.asarray(p_values, dtype=float)
    order = np.argsort(values, kind="stable")
    below = values[order] <= rate * np.arange(1, count + 1) / count
    last = int(np.flatnonzero(below)[-1]) if below.any() else -1
    rejected = np.zeros(count, dtype=bool)
    rejected[order[: last + 1]] = True
    return tuple(bool(item) for item in rejected)


def two_sided_p(statistics: npt.ArrayLike, degrees_of_freedom: float) -> npt.NDArray[np.float64]:
    """The chance of a Student's t at least this far from zero, either way."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(degrees_of_freedom, -np.abs(np.asarray(statistics, dtype=float))), dtype=float)


def difference_of_rates_p(hits_before: int, before: int, hits_after: int, after: int) -> float:
    """The two-sided p-value that two rates are the same (pooled normal approximation); 1 where there is nothing to tell."""
    if before == 0 or after == 0:
        return 1.0
    pooled = (hits_before + hits_after) / (before + after)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / after))
    if spread == 0:
        return 1.0
    return math.erfc(abs(hits_after / after - hits_before / before) / spread / math.sqrt(2))
