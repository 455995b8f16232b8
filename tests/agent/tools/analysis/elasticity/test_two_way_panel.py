"""Two-way fixed effects and 2SLS against linearmodels' figures, dummies, and the trap of pooled regression."""

from __future__ import annotations

import numpy as np
import pytest

from agent.tools.analysis.elasticity.two_way_panel import PanelError, fit_two_way

# Unbalanced, 5 entities in 6 periods; figures of linearmodels 7.1 (PanelOLS; IV2SLS with dummies, debiased).
ENTITY = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4]
PERIOD = [0, 1, 2, 3, 4, 5, 0, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 4, 5, 0, 1, 2, 3, 4, 5]
COST = [2.04, -2.56, 0.42, -0.57, -0.45, -0.22, -2.02, -0.87, 3.32, 0.23, -0.35, -0.28, -0.67, -1.06, -0.39, 0.48,
        -0.24, 0.96, -0.2, 0.02, 0.55, -0.51, -0.18, 0.54, 1.94, -0.27, -0.24, 1.0]  # fmt: skip
PRICE = [0.84, -1.4, 0.76, 0.47, 0.35, 0.94, -1.32, -0.07, 2.64, 1.53, 1.4, 0.89, 0.42, 0.81, 1.25, 2.56, 2.03, 2.09,
         1.67, 2.03, 2.85, 2.44, 1.88, 2.28, 3.54, 1.76, 2.96, 3.57]  # fmt: skip
UNITS = [0.22, 4.33, 0.69, 1.02, 1.0, 0.01, 3.83, 1.94, -3.25, -0.77, -0.51, 0.87, 1.42, 0.95, 0.03, -1.99, -1.33, -0.8,
         0.12, -1.01, -2.45, -1.82, -0.24, -1.23, -3.3, -1.02, -2.32, -3.58]  # fmt: skip


def test_two_stages_equal_linearmodels() -> None:
    found = fit_two_way(
        np.array(ENTITY), np.array(PERIOD), np.array(UNITS), np.array(PRICE)[:, None], np.array(COST)[:, None]
    )
    assert found.coefficients[0] == pytest.approx(-1.7332633273595897, rel=1e-9)
    assert found.standard_errors[0] == pytest.approx(0.06964583432600234, rel=1e-9)
    assert found.first_stage_f is not None and found.first_stage_f > 100
    assert (found.rows, found.entities, found.periods) == (28, 5, 6)


def test_grunfeld_equals_the_published_figures() -> None:
    from statsmodels.datasets import grunfeld

    data = grunfeld.load_pandas().data
    data = data[data.firm != "American Steel"]
    firms = {name: place for place, name in enumerate(sorted(data.firm.unique()))}
    found = fit_two_way(
        data.firm.map(firms).to_numpy(),
        data.year.astype(int).to_numpy(),
        data.invest.to_numpy(),
        data[["value", "capital"]].to_numpy(),
    )
    assert found.coefficients == pytest.approx((0.11771586, 0.35791627), abs=1e-8)
    assert found.standard_errors == pytest.approx((0.01375128, 0.02271901), abs=1e-8)


def test_pooled_regression_says_the_opposite_of_what_holds_within() -> None:
    """Dear products sell more (they are better), and prices rise while the market grows: pooled +0.54, true -1.8."""
    rng = np.random.default_rng(7)
    products, months = 200, 36
    quality = rng.normal(size=products)
    entity, period = np.repeat(np.arange(products), months), np.tile(np.arange(months), products)
    price = 0.8 * quality[entity] + 0.01 * period + rng.normal(scale=0.1, size=len(entity))
    units = 1.9 * quality[entity] + 0.02 * period - 1.8 * price + rng.normal(scale=0.2, size=len(entity))
    centred = price - price.mean()
    pooled = float(centred @ units) / float(centred @ centred)
    assert 0.4 < pooled < 0.7
    found = fit_two_way(entity, period, units, price[:, None])
    assert found.coefficients[0] == pytest.approx(-1.8, abs=0.03)
    assert abs(found.coefficients[0] + 1.8) < 3 * found.clustered_errors[0]


def test_an_instrument_mends_what_fixed_effects_cannot() -> None:
    """Demand shocks that raise prices too: fixed effects are too small, a cost shock as instrument is right."""
    rng = np.random.default_rng(11)
    entity, period = np.repeat(np.arange(150), 30), np.tile(np.arange(30), 150)
    cost, shock = rng.normal(scale=0.2, size=len(entity)), rng.normal(scale=0.2, size=len(entity))
    price = cost + 0.7 * shock
    units = -1.8 * price + shock
    naive = fit_two_way(entity, period, units, price[:, None])
    mended = fit_two_way(entity, period, units, price[:, None], cost[:, None])
    assert naive.coefficients[0] > -1.5
    assert mended.coefficients[0] == pytest.approx(-1.8, abs=0.05)


def test_prices_that_only_move_with_the_month_tell_nothing() -> None:
    entity, period = np.repeat(np.arange(5), 6), np.tile(np.arange(6), 5)
    with pytest.raises(PanelError, match="varies"):
        fit_two_way(entity, period, np.arange(30.0), (period * 1.5 + entity)[:, None].astype(float))
    with pytest.raises(PanelError, match="few"):
        fit_two_way(entity[:3], period[:3], np.arange(3.0), np.arange(3.0)[:, None])
