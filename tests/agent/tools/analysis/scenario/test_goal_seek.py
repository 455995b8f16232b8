"""Goal-seek: exact where a closed form exists, the smallest change, and the nearest where there is none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.tools.analysis.scenario.goal_seek import LeverRange, seek_one, seek_several


def test_one_factor_from_15_to_18_million_is_20_percent_exactly() -> None:
    found = seek_one(lambda orders: orders * 60.0, LeverRange("orders", 250_000, 125_000, 500_000), 18e6)
    assert found.feasible
    assert found.values[0] / 250_000 - 1 == pytest.approx(0.20, rel=1e-12)


def test_two_factors_move_alike_to_the_root_of_the_growth() -> None:
    levers = [LeverRange("orders", 250_000, 125_000, 500_000), LeverRange("aov", 60, 30, 120)]
    found = seek_several(lambda values: values[0] * values[1], levers, 18e6)
    assert found.feasible
    assert found.reached == pytest.approx(18e6, rel=1e-9)
    for value, lever in zip(found.values, levers, strict=True):
        assert value / lever.base == pytest.approx(math.sqrt(1.2), rel=1e-9)


def test_a_bound_that_binds_leaves_the_rest_to_the_other() -> None:
    levers = [LeverRange("orders", 250_000, 125_000, 500_000), LeverRange("aov", 60, 57, 63)]
    found = seek_several(lambda values: values[0] * values[1], levers, 18e6)
    assert found.feasible
    assert found.values[1] == pytest.approx(63, rel=1e-6)
    assert found.values[0] == pytest.approx(18e6 / 63, rel=1e-6)


def test_the_smaller_of_two_ways_is_taken() -> None:
    # a fall by elasticity -2: revenue p * p^-2 goes down with the price, so that the way up is a lower price
    found = seek_one(lambda price: 100 * price * price**-2.0, LeverRange("price", 10, 5, 20), 12.5)
    assert found.feasible
    assert found.values[0] == pytest.approx(8.0, rel=1e-12)
    both = seek_one(lambda x: (x - 10) ** 2, LeverRange("x", 11, 0, 20), 4)
    assert both.values[0] == pytest.approx(12, rel=1e-12)


def test_infeasible_gives_the_nearest_reachable() -> None:
    found = seek_one(lambda orders: orders * 60.0, LeverRange("orders", 250_000, 200_000, 280_000), 18e6)
    assert not found.feasible
    assert found.values == (280_000,)
    assert found.reached == pytest.approx(16.8e6)
    hill = seek_one(lambda x: 10 - (x - 3.3333) ** 2, LeverRange("x", 1, 0, 8), 12)
    assert not hill.feasible
    assert hill.values[0] == pytest.approx(3.3333, abs=1e-4)
    levers = [LeverRange("a", 10, 9, 11), LeverRange("b", 10, 9, 11)]
    several = seek_several(lambda values: values[0] * values[1], levers, 200)
    assert not several.feasible
    assert several.values == pytest.approx((11, 11))
    assert several.reached == pytest.approx(121)


def test_a_target_already_met_asks_for_no_change() -> None:
    found = seek_several(lambda values: values[0] * values[1], [LeverRange("a", 2, 1, 4), LeverRange("b", 3, 1, 9)], 6)
    assert found.feasible
    assert found.values == pytest.approx((2, 3))


def test_a_lever_without_effect_is_left_alone() -> None:
    found = seek_several(lambda values: values[0] * 2, [LeverRange("a", 2, 1, 4), LeverRange("b", 3, 1, 9)], 6)
    assert found.values == pytest.approx((3, 3))


@settings(max_examples=30, deadline=None)
@given(
    growth=st.floats(0.7, 1.6),
    bases=st.lists(st.floats(0.01, 1e6), min_size=2, max_size=3),
)
def test_a_product_needs_the_kth_root_of_the_growth_from_each(growth: float, bases: list[float]) -> None:
    levers = [LeverRange(f"x{place}", base, base * 0.5, base * 2) for place, base in enumerate(bases)]
    found = seek_several(lambda values: math.prod(values), levers, math.prod(bases) * growth)
    assert found.feasible
    assert found.reached == pytest.approx(math.prod(bases) * growth, rel=1e-9)
    if growth >= 1:
        for value, base in zip(found.values, bases, strict=True):
            assert value / base == pytest.approx(growth ** (1 / len(bases)), rel=1e-5)
