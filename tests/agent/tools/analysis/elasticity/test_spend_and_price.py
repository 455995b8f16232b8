"""Spend response with known truth, and the price point against its closed form."""

from __future__ import annotations

import numpy as np
import pytest

from agent.tools.analysis.elasticity.price_point import best_price, is_bounded
from agent.tools.analysis.elasticity.spend_response import SpendResponseError, fit_spend_response


def weekly(elasticity: float, seed: int, weeks: int = 200) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    time = np.arange(weeks)
    season = 0.3 * np.sin(2 * np.pi * time / 52.18)
    spend = np.exp(10 + season + 0.001 * time + rng.normal(scale=0.3, size=weeks))
    noise = np.zeros(weeks)
    for place in range(1, weeks):
        noise[place] = 0.5 * noise[place - 1] + rng.normal(scale=0.05)
    return spend, np.exp(12 + 0.5 * season + elasticity * np.log(spend) + noise)


def test_the_range_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(60):
        found = fit_spend_response(*weekly(0.12, seed))
        held += found.low <= 0.12 <= found.high
    assert 48 <= held <= 60


def test_marginal_is_not_average() -> None:
    found = fit_spend_response(*weekly(0.12, 3))
    assert found.marginal_return == pytest.approx(found.elasticity * found.average_return)
    assert found.marginal_return < 0.2 * found.average_return


def test_histories_that_tell_nothing_are_refused() -> None:
    with pytest.raises(SpendResponseError, match="few"):
        fit_spend_response(np.ones(10), np.ones(10))
    with pytest.raises(SpendResponseError, match="moves"):
        fit_spend_response(np.full(60, 5.0), np.exp(np.random.default_rng(0).normal(size=60)))


def test_the_best_price_is_lerners() -> None:
    draws = np.full(16, -1.8)
    found = best_price(20.0, 10.0, -1.8, draws, (10.0, 40.0))
    assert found.price == pytest.approx(10 * 1.8 / 0.8)
    assert found.ends_at is None
    grid = np.linspace(10, 40, 30_001)
    assert found.price == pytest.approx(grid[np.argmax((grid - 10) * (grid / 20) ** -1.8)], abs=1e-3)
    assert found.profit == pytest.approx((22.5 - 10) * (22.5 / 20) ** -1.8)


def test_a_bound_is_said_and_ranges_are_kept() -> None:
    draws = np.linspace(-2.4, -1.5, 101)
    found = best_price(20.0, 10.0, -1.8, draws, (18.0, 22.0))
    assert (found.price, found.ends_at) == (22.0, "high")
    assert 18 <= found.low <= found.high <= 22
    assert found.profit_low <= found.profit <= found.profit_high


def test_no_best_price_where_the_range_reaches_or_nears_minus_one() -> None:
    assert is_bounded(-1.8, -1.5, 10.0, 23.0)
    assert not is_bounded(-1.8, -0.9, 10.0, 23.0)
    assert not is_bounded(-0.6, -0.4, 10.0, 23.0)
    assert not is_bounded(-1.08, -1.03, 6.0, 11.8)  # a peak at 34 times the cost is no price to advise
