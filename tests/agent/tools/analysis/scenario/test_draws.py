"""Draws against closed forms: lognormal products, triangular moments, Ishigami's indices, a tornado by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from agent.tools.analysis.scenario.assumptions import Assumption, Correlation, draw
from agent.tools.analysis.scenario.sensitivity import tornado, variance_shares

P95 = 1.6448536269514722


@pytest.mark.parametrize("correlation", [0.0, 0.6, -0.5])
def test_product_of_correlated_lognormals_has_its_closed_form(correlation: float) -> None:
    sigmas = (0.2, 0.3)
    items = tuple(
        Assumption(name, 10.0, 10 * math.exp(-P95 * sigma), 10 * math.exp(P95 * sigma), "lognormal")
        for name, sigma in zip("ab", sigmas, strict=True)
    )
    drawn = draw(items, (Correlation("a", "b", correlation),))
    product = drawn["a"] * drawn["b"]
    variance = sigmas[0] ** 2 + sigmas[1] ** 2 + 2 * correlation * sigmas[0] * sigmas[1]
    assert product.mean() == pytest.approx(100 * math.exp(variance / 2), rel=2e-4)
    for percentile, score in ((5, -P95), (50, 0.0), (95, P95)):
        assert np.percentile(product, percentile) == pytest.approx(
            100 * math.exp(score * math.sqrt(variance)), rel=4e-3
        )


def test_triangular_has_its_mean_and_ends() -> None:
    drawn = draw((Assumption("e", -1.8, -2.4, -1.0),))["e"]
    assert drawn.mean() == pytest.approx((-1.8 - 2.4 - 1.0) / 3, rel=1e-4)
    assert -2.4 <= drawn.min() < -2.38
    assert -1.02 < drawn.max() <= -1.0


def test_normal_ends_are_percentiles_even_where_one_side_is_wider() -> None:
    drawn = draw((Assumption("e", 1.0, 0.5, 2.0, "normal"),))["e"]
    assert np.percentile(drawn, 5) == pytest.approx(0.5, rel=2e-3)
    assert np.percentile(drawn, 50) == pytest.approx(1.0, rel=2e-3)
    assert np.percentile(drawn, 95) == pytest.approx(2.0, rel=2e-3)


def test_the_same_question_draws_the_same() -> None:
    items = (Assumption("a", 1, 0, 2), Assumption("b", 3, 3, 3))
    first, second = draw(items), draw(items)
    assert (first["a"] == second["a"]).all()
    assert (first["b"] == 3).all()


def test_ranges_and_correlations_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="low"):
        Assumption("a", 5, 0, 2)
    with pytest.raises(ValueError, match="zero"):
        Assumption("a", 1, 0, 2, "lognormal")
    items = tuple(Assumption(name, 1, 0, 2, "normal") for name in "abc")
    pairs = (Correlation("a", "b", 0.95), Correlation("b", "c", 0.95), Correlation("a", "c", -0.95))
    with pytest.raises(ValueError, match="hold at once"):
        draw(items, pairs)


def test_tornado_by_hand() -> None:
    items = (Assumption("a", 2, 1, 4), Assumption("b", 10, 9, 11), Assumption("c", 1, 1, 1))
    bars = tornado(items, lambda values: values["a"] * values["b"] + values["c"])
    assert [(bar.assumption, bar.at_low, bar.at_high) for bar in bars] == [("a", 11, 41), ("b", 19, 23)]


def test_ishigami() -> None:
    def ishigami(x: np.ndarray) -> np.ndarray:
        return np.asarray(np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]))

    found = variance_shares(ishigami, [(-math.pi, math.pi)] * 3, n=4096)
    assert found.first_order == pytest.approx((0.3139, 0.4424, 0.0), abs=0.01)
    assert found.total_order == pytest.approx((0.5576, 0.4424, 0.2437), abs=0.01)
