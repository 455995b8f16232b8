"""Assumptions with ranges, and draws from them: Sobol points through a Gaussian copula."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 4_096
_P95 = 1.6448536269514722
_SEED = 20_240_229  # the same draws each time: an answer must not change when it is asked again


@dataclass(frozen=True)
class Assumption:
    """A number nobody knows exactly. `low` and `high` are the 5th and 95th percentile of a normal or lognormal one, the
    ends of a triangular one."""

    name: str
    central: float
    low: float
    high: float
    shape: Literal["triangular", "normal", "lognormal"] = "triangular"

    def __post_init__(self) -> None:
        ends = (self.low, self.central, self.high)
        if not all(math.isfinite(value) for value in ends) or not self.low <= self.central <= self.high:
            raise ValueError(f"{self.name}: a range runs from low over the central value to high, not {ends}")
        if self.shape == "lognormal" and self.low <= 0:
            raise ValueError(f"{self.name}: a lognormal range lies above zero, not at {self.low}")

    @property
    def is_certain(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Correlation:
    """Two assumptions that move together, by the correlation of their normal scores (-1 to 1)."""

    first: str
    second: str
    value: float


def draw(
    assumptions: tuple[Assumption, ...], correlations: tuple[Correlation, ...] = (), draws: int = DRAWS
) -> Mapping[str, NDArray[np.float64]]:
    """`draws` values of each assumption (a power of two). ValueError where the correlations cannot hold together."""
    import numpy as np
    from scipy.stats import qmc

    open_ones = [item for item in assumptions if not item.is_certain]
    result = {item.name: np.full(draws, item.central) for item in assumptions if item.is_certain}
    if not open_ones:
        return result
    sobol = qmc.Sobol(d=len(open_ones), scramble=True, rng=_SEED)
    uniform = sobol.random(draws)
    scores = _correlated(uniform, [item.name for item in open_ones], correlations)
    for place, item in enumerate(open_ones):
        result[item.name] = _values(item, scores[:, place])
    return result


def _correlated(
    uniform: NDArray[np.float64], names: list[str], correlations: tuple[Correlation, ...]
) -> NDArray[np.float64]:
    import numpy as np
    from scipy.special import ndtri

    scores: NDArray[np.float64] = ndtri(np.clip(uniform, 1e-12, 1 - 1e-12))
    known = [item for item in correlations if item.first in names and item.second in names]
    if not known:
        return scores
    matrix = np.eye(len(names))
    for item in known:
        one, other = names.index(item.first), names.index(item.second)
        matrix[one, other] = matrix[other, one] = item.value
    try:
        root = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError as error:
        raise ValueError("the declared correlations cannot all hold at once") from error
    return scores @ root.T


def _values(item: Assumption, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Normal scores as values of the assumption. Where normal ends are not symmetric, each half has its own width."""
    import numpy as np
    from scipy.special import ndtr

    if item.shape == "triangular":
        return _triangular(item, ndtr(scores))
    low, central, high = item.low, item.central, item.high
    if item.shape == "lognormal":
        low, central, high = math.log(low), math.log(central), math.log(high)
    width = np.where(scores < 0, (central - low) / _P95, (high - central) / _P95)
    drawn = central + width * scores
    return np.exp(drawn) if item.shape == "lognormal" else drawn


def _triangular(item: Assumption, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    span = item.high - item.low
    rising = (item.central - item.low) / span
    left = item.low + np.sqrt(uniform * span * (item.central - item.low))
    right = item.high - np.sqrt((1 - uniform) * span * (item.high - item.central))
    return np.where(uniform < rising, left, right)
