"""The price with the highest gross profit, from an elasticity and a unit cost.

With a constant elasticity e below -1, profit (p - c) q (p / p0)^e peaks at p = c e / (1 + e) (Lerner's rule). At -1 and
above, profit rises with the price without end: there is no such price, only the end of what was ever tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class PricePoint:
    """Prices within the bounds, and the profit for each unit sold now, at the old price and at the new one.

    `low` and `high`: the 90 % range of the best price over the elasticity's draws. `ends_at` says where a bound, not the
    peak, is the answer.
    """

    price: float
    low: float
    high: float
    profit_now: float
    profit: float
    profit_low: float
    profit_high: float
    ends_at: Literal["low", "high"] | None


_FARTHEST = 2.0  # a peak beyond twice the highest price tried rests on nothing that was seen


def is_bounded(elasticity: float, high: float, unit_cost: float, highest: float) -> bool:
    """Whether a best price exists over all of the elasticity's range: its ends lie below -1, and the peak at its upper end is
    no farther than twice the `highest` price that may be taken (an estimate near -1 may as well be above it)."""
    return elasticity < -1 and high < -1 and unit_cost * high / (1 + high) <= _FARTHEST * highest


def best_price(
    price: float, unit_cost: float, elasticity: float, draws: NDArray[np.float64], bounds: tuple[float, float]
) -> PricePoint:
    """The best price within `bounds` (absolute prices); `draws` are the elasticity's, all below -1."""
    import numpy as np

    low, high = bounds

    def peak(value: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.clip(unit_cost * value / (1 + value), low, high)

    def profit(at: float, value: NDArray[np.float64]) -> NDArray[np.float64]:
        return (at - unit_cost) * (at / price) ** value

    central = np.array([elasticity])
    unbound = unit_cost * elasticity / (1 + elasticity)
    best = float(peak(central)[0])
    prices = np.percentile(peak(draws), (5, 95))
    profits = np.percentile(profit(best, draws), (5, 95))
    ends_at: Literal["low", "high"] | None = "low" if unbound < low else "high" if unbound > high else None
    return PricePoint(
        price=best,
        low=float(prices[0]),
        high=float(prices[1]),
        profit_now=price - unit_cost,
        profit=float(profit(best, central)[0]),
        profit_low=float(profits[0]),
        profit_high=float(profits[1]),
        ends_at=ends_at,
    )
