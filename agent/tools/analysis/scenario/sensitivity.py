"""Which assumption matters: the tornado, and Sobol indices of a model over its assumptions' ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agent.tools.analysis.scenario.assumptions import Assumption

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class TornadoBar:
    """What one assumption alone does to the outcome: at its low end, at its high end, all others central."""

    assumption: str
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        return abs(self.at_high - self.at_low)


def tornado(
    assumptions: Sequence[Assumption], outcome: Callable[[Mapping[str, float]], float]
) -> tuple[TornadoBar, ...]:
    """One bar an assumption that has a range, the widest first (ties by name)."""
    central = {item.name: item.central for item in assumptions}
    bars = [
        TornadoBar(item.name, outcome({**central, item.name: item.low}), outcome({**central, item.name: item.high}))
        for item in assumptions
        if not item.is_certain
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.assumption)))


@dataclass(frozen=True)
class SensitivityIndices:
    """The share of the outcome's variance that an input explains alone (first order) and with all others (total)."""

    first_order: tuple[float, ...]
    total_order: tuple[float, ...]


def variance_shares(
    function: Callable[[NDArray[np.float64]], NDArray[np.float64]], bounds: Sequence[tuple[float, float]], n: int = 1024
) -> SensitivityIndices:
    """Sobol indices of a function of independent inputs, uniform within `bounds` (Saltelli's estimator, n a power of two).

    `function` takes an array of shape (inputs, points) and gives (points,).
    """
    from scipy.stats import sobol_indices, uniform

    inputs: list[Any] = [uniform(loc=low, scale=high - low) for low, high in bounds]
    found = sobol_indices(func=lambda points: function(points), n=n, dists=inputs, rng=1)
    return SensitivityIndices(
        tuple(float(value) for value in found.first_order), tuple(float(value) for value in found.total_order)
    )
