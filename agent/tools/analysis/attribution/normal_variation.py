"""Whether a change is more than what a metric usually does: its own past changes, the season's step taken off."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.tools.analysis.attribution.multiplicity import two_sided_p
from agent.tools.analysis.attribution.segment_search import FEWEST_STEPS, Step, less_season

USUAL_SHARE = 0.95  # of ordinary changes that the usual range holds


@dataclass(frozen=True, slots=True)
class UsualChange:
    """What the step usually brings: as growth (fractions) where `is_growth`, else in the metric's own unit."""

    low: float
    high: float
    middle: float
    is_growth: bool
    steps: int
    p_value: float

    @property
    def is_within(self) -> bool:
        """Whether the change that was judged lies in the usual range."""
        return self.p_value >= 1 - USUAL_SHARE


def usual_change(values: npt.ArrayLike, step: Step) -> UsualChange | None:
    """The usual change of the last step, and how far the last one strays; None with too few past steps.

    `values` by period, the last one asked about. Growth where all are positive, else differences. The spread is the scaled
    median deviation of past changes from their season's mean, so that a few odd periods do not widen it.
    """
    series = np.asarray(values, dtype=float)
    if not np.isfinite(series).all() or len(series) - 1 - step.lag < FEWEST_STEPS:
        return None
    is_growth = bool((series > 0).all())
    levels = np.log(series) if is_growth else series
    steps = levels[step.lag :] - levels[: -step.lag]
    surprises = less_season(steps[None, :], step)[0]
    past = surprises[:-1][np.isfinite(surprises[:-1])]
    if len(past) < FEWEST_STEPS or not math.isfinite(surprises[-1]):
        return None
    spread = 1.4826 * float(np.median(np.abs(past)))
    if spread == 0:
        spread = float(np.std(past)) or 1e-12
    freedom = len(past) / 2
    p_value = float(two_sided_p(surprises[-1] / spread, freedom))
    reach = _t_of(freedom) * spread
    widened, middle = _season(steps, step)
    low, high = middle - reach * widened, middle + reach * widened
    if is_growth:
        low, high, middle = math.expm1(low), math.expm1(high), math.expm1(middle)
    return UsualChange(low, high, middle, is_growth, len(past), p_value)


def _season(steps: npt.NDArray[np.float64], step: Step) -> tuple[float, float]:
    """How much wider than one step's spread the last step's is, and what is usual of it: as `less_season` takes it."""
    count = len(steps)
    if step.season is None or step.lag % step.season == 0 or count <= step.season:
        return 1.0, float(np.median(steps[:-1]))
    others = list(range((count - 1) % step.season, count - 1, step.season))
    return math.sqrt(1 + 1 / len(others)), float(np.mean(steps[others]))


def _t_of(freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + USUAL_SHARE / 2))
