"""What a scenario's arithmetic costs: `python -m benchmarks.scenario`. Needs no data.

A shop of eight segments, with one elasticity each and one for advertising: one evaluation, 4,096 draws with the range and
the tornado (bar: 100 ms), and goal-seek over one and over three levers. Beside the draws stands the same work written by
hand in NumPy, and the share of it that is drawing; each figure is the median of its runs. Libraries are imported before.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.stats import qmc

from agent.tools.analysis.scenario.assumptions import DRAWS, Assumption, draw
from agent.tools.analysis.scenario.driver_model import DriverModel
from agent.tools.analysis.scenario.goal_seek import LeverRange, seek_one, seek_several
from agent.tools.analysis.scenario.sensitivity import tornado

RUNS = 25
BAR_MS = 100.0
SEGMENTS = 8
UNITS = [900.0 + 170 * place for place in range(SEGMENTS)]
PRICES = [60.0 / (place + 1) for place in range(SEGMENTS)]
ELASTICITIES = [-2.2 + 0.2 * place for place in range(SEGMENTS)]


def median_ms(work: Callable[[], Any], runs: int = RUNS) -> float:
    """The median time of `work`, in milliseconds, after one run to warm up."""
    work()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def shop() -> DriverModel:
    """GMV, revenue and gross profit over units and prices by segment."""
    formulas = {}
    for place in range(SEGMENTS):
        formulas[f"units_{place}"] = f"{UNITS[place]} * traffic * POWER(price, e_{place}) * POWER(ads, e_ads)"
        formulas[f"gmv_{place}"] = f"units_{place} * {PRICES[place]} * price"
        formulas[f"cost_{place}"] = f"units_{place} * {PRICES[place] * 0.6}"
    formulas["gmv"] = " + ".join(f"gmv_{place}" for place in range(SEGMENTS))
    formulas["revenue"] = "gmv * (1 - 0.04)"
    formulas["profit"] = "revenue - (" + " + ".join(f"cost_{place}" for place in range(SEGMENTS)) + ")"
    return DriverModel(formulas)


def assumptions() -> tuple[Assumption, ...]:
    """An elasticity with a range for each segment, and one of advertising."""
    prices = [
        Assumption(f"e_{place}", value, value - 0.3, value + 0.3, "normal") for place, value in enumerate(ELASTICITIES)
    ]
    return (*prices, Assumption("e_ads", 0.12, 0.02, 0.24))


def by_hand(uniform: Any) -> tuple[float, float]:
    """The range of GMV over the same draws, written out for this one shop."""
    total = np.zeros(len(uniform))
    for place, value in enumerate(ELASTICITIES):
        drawn = value + 0.3 * (uniform[:, place] - 0.5)
        total += UNITS[place] * 1.05**drawn * PRICES[place] * 1.05 * 0.9 ** (0.02 + 0.22 * uniform[:, SEGMENTS])
    low, high = np.percentile(total, (5, 95))
    return float(low), float(high)


def main() -> int:
    """Prints the table; 1 where the draws miss their bar."""
    model, known = shop(), assumptions()
    levers = {"price": 1.05, "ads": 0.9, "traffic": 1.0}
    central = {item.name: item.central for item in known}
    inputs = {**levers, **central}

    def scenario() -> None:
        drawn = model.evaluate({**levers, **draw(known)})["gmv"]
        np.percentile(drawn, (5, 95))
        tornado(known, lambda assumed: float(model.evaluate({**levers, **assumed})["gmv"]))

    def hand() -> None:
        by_hand(qmc.Sobol(d=SEGMENTS + 1, scramble=True, rng=1).random(DRAWS))

    def one_lever() -> None:
        seek_one(
            lambda value: model.evaluate({**inputs, "traffic": value})["gmv"], LeverRange("traffic", 1, 0.5, 2), 3e5
        )

    def three_levers() -> None:
        ranges = [LeverRange(name, 1.0, 0.7, 1.4) for name in levers]
        seek_several(
            lambda values: model.evaluate({**central, **dict(zip(levers, values, strict=True))})["gmv"], ranges, 3e5
        )

    draws_ms, hand_ms = median_ms(scenario), median_ms(hand)
    print(
        f"one evaluation of {len(model.formulas)} formulas: {median_ms(lambda: model.evaluate(inputs)) * 1000:.1f} us"
    )
    print(f"{DRAWS:,} draws of {len(known)} assumptions, range and tornado: {draws_ms:.1f} ms (bar {BAR_MS:.0f} ms)")
    print(f"  drawing alone {median_ms(lambda: draw(known)):.1f} ms; by hand in NumPy, no tornado: {hand_ms:.1f} ms")
    print(f"  ratio to the hand-written one: {draws_ms / hand_ms:.2f}; share of the bar: {draws_ms / BAR_MS:.2f}")
    print(f"goal-seek, one lever: {median_ms(one_lever):.1f} ms; three levers: {median_ms(three_levers, 5):.1f} ms")
    return 0 if draws_ms <= BAR_MS else 1


if __name__ == "__main__":
    sys.exit(main())
