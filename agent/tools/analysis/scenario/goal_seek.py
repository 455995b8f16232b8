"""Goal-seek: which lever values bring a figure to a target, the smallest change first, or the nearest that can be reached."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Change = NDArray[np.float64]
    _Gap = Callable[[_Change], float]

_STEPS = 400
_RELATIVE_TOLERANCE = 1e-12


@dataclass(frozen=True)
class LeverRange:
    """A lever: its value now and the bounds it may move in (the value now lies within them)."""

    name: str
    base: float
    low: float
    high: float

    @property
    def scale(self) -> float:
        """What a change is measured against: the value now, or the width of the bounds where that is zero."""
        return abs(self.base) or (self.high - self.low) or 1.0


@dataclass(frozen=True)
class SoughtGoal:
    """Lever values, in the levers' order, and what they bring. Not `feasible`: the nearest that can be reached."""

    values: tuple[float, ...]
    reached: float
    feasible: bool


def seek_one(outcome: Callable[[float], float], lever: LeverRange, target: float) -> SoughtGoal:
    """The lever value nearest to the one now at which the outcome is the target (Brent's method in each bracket)."""
    from scipy.optimize import brentq

    places = _places(lever)
    gaps = [outcome(place) - target for place in places]
    roots = [place for place, gap in zip(places, gaps, strict=True) if _is_zero(gap, target)]
    for left, right, gap_left, gap_right in zip(places, places[1:], gaps, gaps[1:], strict=False):
        if math.isfinite(gap_left) and math.isfinite(gap_right) and gap_left * gap_right < 0:
            root = brentq(lambda value: outcome(value) - target, left, right, xtol=1e-300, rtol=8.9e-16, maxiter=200)
            roots.append(float(root))
    if roots:
        best = min(roots, key=lambda root: abs(root - lever.base))
        return SoughtGoal((best,), outcome(best), feasible=True)
    known = [(abs(gap), abs(place - lever.base), place) for place, gap in zip(places, gaps, strict=True) if gap == gap]
    if not known:
        return SoughtGoal((lever.base,), math.nan, feasible=False)
    nearest = _refined(outcome, places, min(known)[2], target)
    return SoughtGoal((nearest,), outcome(nearest), feasible=_is_zero(outcome(nearest) - target, target))


def seek_several(
    outcome: Callable[[Sequence[float]], float], levers: Sequence[LeverRange], target: float
) -> SoughtGoal:
    """The lever values with the smallest sum of squared relative changes that bring the target (SLSQP, polished).

    The starts: the way all levers move alike, and each lever alone. Where none reaches the target, the nearest to it.
    """
    import numpy as np
    from scipy.optimize import minimize

    base = np.array([lever.base for lever in levers])
    scale = np.array([lever.scale for lever in levers])
    bounds = [((lever.low - lever.base) / lever.scale, (lever.high - lever.base) / lever.scale) for lever in levers]
    size = abs(target) or 1.0

    def gap(change: _Change) -> float:
        return (outcome(tuple(base + scale * change)) - target) / size

    starts = [np.zeros(len(levers)), *_corners(bounds, gap)]
    alike = _all_alike(bounds, gap)
    found = [alike] if alike is not None else []
    for start in [*found, *starts]:
        result = minimize(
            lambda change: float(change @ change),
            start,
            jac=lambda change: 2 * change,
            bounds=bounds,
            constraints=[{"type": "eq", "fun": gap}],
            method="SLSQP",
            options={"maxiter": 200, "ftol": 1e-15},
        )
        if math.isfinite(result.fun) and abs(gap(result.x)) < 1e-6:
            found.append(_polished(result.x, bounds, gap))
    reaching = [change for change in found if abs(gap(change)) < 1e-9]
    if reaching:
        best = min(reaching, key=lambda change: float(f"{change @ change:.9g}"))  # alike first, where as small
        values = tuple(float(value) for value in base + scale * best)
        return SoughtGoal(values, outcome(values), feasible=True)
    nearest = _nearest(starts, bounds, gap)
    values = tuple(float(value) for value in base + scale * nearest)
    return SoughtGoal(values, outcome(values), feasible=abs(gap(nearest)) < 1e-9)


def _places(lever: LeverRange) -> list[float]:
    below = [lever.base + (lever.low - lever.base) * step / _STEPS for step in range(_STEPS, 0, -1)]
    above = [lever.base + (lever.high - lever.base) * step / _STEPS for step in range(_STEPS + 1)]
    return sorted({*below, *above})


def _is_zero(gap: float, target: float) -> bool:
    return abs(gap) <= _RELATIVE_TOLERANCE * max(abs(target), 1e-300)


def _refined(outcome: Callable[[float], float], places: list[float], place: float, target: float) -> float:
    """The best point between a grid point's neighbours: an extremum may lie between two steps."""
    from scipy.optimize import minimize_scalar

    index = places.index(place)
    left, right = places[max(0, index - 1)], places[min(len(places) - 1, index + 1)]
    if left == right:
        return place
    result = minimize_scalar(
        lambda value: abs(outcome(value) - target), bounds=(left, right), method="bounded", options={"xatol": 1e-12}
    )
    return float(result.x) if result.fun < abs(outcome(place) - target) * (1 - 1e-9) else place


def _corners(bounds: list[tuple[float, float]], gap: _Gap) -> list[_Change]:
    """For each lever the change that alone comes nearest to the target, and all of these together."""
    import numpy as np

    alone: list[_Change] = []
    for place, ends in enumerate(bounds):
        changes = [np.where(np.arange(len(bounds)) == place, end, 0.0) for end in ends]
        alone.append(min(changes, key=lambda change: _size(gap(change))))
    return [*alone, np.sum(alone, axis=0)]


def _all_alike(bounds: list[tuple[float, float]], gap: _Gap) -> _Change | None:
    """All levers moved by one relative change, each the way that brings the target nearer (of a product: the answer)."""
    import numpy as np

    step = 1e-6
    now = gap(np.zeros(len(bounds)))
    signs = []
    for place, (low, high) in enumerate(bounds):
        size = min(step, high) if high > 0 else max(-step, low)
        moved = gap(np.where(np.arange(len(bounds)) == place, size, 0.0))
        signs.append(np.sign((now - moved) * now * size))
    direction = np.array(signs)
    if not direction.any():
        return None
    ends = [high if sign > 0 else -low for sign, (low, high) in zip(signs, bounds, strict=True) if sign]
    root = _root(lambda size: gap(size * direction), 0.0, min(ends))
    return None if root is None else root * direction


def _polished(change: _Change, bounds: list[tuple[float, float]], gap: _Gap) -> _Change:
    """The change scaled a little so that the target is met to the last digit."""
    import numpy as np

    low, high = np.array(bounds).T
    root = _root(lambda size: gap(np.clip(size * change, low, high)), 0.999, 1.001)
    return change if root is None else np.clip(root * change, low, high)


def _nearest(starts: list[_Change], bounds: list[tuple[float, float]], gap: _Gap) -> _Change:
    """The change that comes nearest to a target that cannot be reached, from each start."""
    from scipy.optimize import minimize

    tried = list(starts)
    for start in starts:
        result = minimize(lambda change: gap(change) ** 2, start, bounds=bounds, method="L-BFGS-B")
        tried.append(result.x)
    return min(tried, key=lambda change: (round(_size(gap(change)), 12), float(change @ change)))


def _root(function: Callable[[float], float], low: float, high: float) -> float | None:
    from scipy.optimize import brentq

    at_low, at_high = function(low), function(high)
    if at_low == 0:
        return low
    if at_high == 0:
        return high
    if not (math.isfinite(at_low) and math.isfinite(at_high)) or at_low * at_high > 0:
        return None
    return float(brentq(function, low, high, xtol=1e-300, rtol=8.9e-16, maxiter=200))


def _size(gap: float) -> float:
    return abs(gap) if math.isfinite(gap) else math.inf
