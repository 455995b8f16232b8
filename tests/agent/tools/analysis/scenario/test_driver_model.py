"""The driver model: formulas as a graph, for one set of inputs and for arrays of draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from agent.tools.analysis.scenario.driver_model import DriverModel
from agent.tools.analysis.scenario.formula_compile import DriverFormulaError, literal, quoted

SHOP = DriverModel(
    {
        "gmv": "orders * items_per_order * price",
        "orders": "online_orders + store_orders",
        "online_orders": "sessions * conversion",
        "revenue": "gmv * (1 - discount_rate)",
        "aov": "revenue / orders",
        "profit": "revenue - cogs",
        "cogs": "orders * items_per_order * unit_cost",
        "margin": "profit / NULLIF(revenue, 0)",
    }
)
NOW = {
    "sessions": 1e6, "conversion": 0.03, "store_orders": 5e3, "items_per_order": 2.5, "price": 24.0,
    "discount_rate": 0.04, "unit_cost": 14.0,
}  # fmt: skip


def test_a_hand_calculation() -> None:
    found = SHOP.evaluate(NOW)
    assert found["orders"] == 35_000
    assert found["gmv"] == 35_000 * 2.5 * 24
    assert found["aov"] == pytest.approx(57.6)
    assert found["margin"] == pytest.approx((57.6 - 35) / 57.6)


def test_draws_equal_one_at_a_time() -> None:
    conversions = np.linspace(0.01, 0.05, 7)
    together = SHOP.evaluate({**NOW, "conversion": conversions})
    for place, conversion in enumerate(conversions):
        alone = SHOP.evaluate({**NOW, "conversion": float(conversion)})
        assert together["profit"][place] == pytest.approx(alone["profit"], rel=1e-12)


def test_division_by_zero_is_no_figure_not_a_number() -> None:
    found = SHOP.evaluate({**NOW, "sessions": 0.0, "store_orders": 0.0})
    assert math.isnan(found["aov"])
    assert found["gmv"] == 0


def test_a_circle_is_named() -> None:
    with pytest.raises(DriverFormulaError, match="circle"):
        _ = DriverModel({"a": "b + 1", "b": "a * 2"}).order


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(x)",
        "CASE WHEN x > 1 THEN 2 END",
        "'text'",
        "x +",
        "(SELECT 1)",
        "__import__('os').getcwd()",
        "x; DROP TABLE y",
    ],
)
def test_what_is_no_arithmetic_is_refused(formula: str) -> None:
    with pytest.raises(DriverFormulaError):
        DriverModel({"a": formula}).evaluate({"x": 1.0})


def test_any_name_can_stand_in_a_formula() -> None:
    odd = 'units "of" Home & Kitchen'
    model = DriverModel({"gmv": f"{quoted(odd)} * {literal(-2.5e-3)}"})
    assert model.inputs == (odd,)
    assert model.evaluate({odd: 4.0}) == {"gmv": -0.01}
    with pytest.raises(DriverFormulaError):
        literal(math.nan)


def test_functions_follow_sql() -> None:
    model = DriverModel({"y": "POWER(x / 2, -1.8) + COALESCE(z, 1) + GREATEST(x, z) + LEAST(x, 3) + x ^ 2"})
    assert model.evaluate({"x": 4.0, "z": math.nan})["y"] != model.evaluate({"x": 4.0, "z": 0.0})["y"]
    assert model.evaluate({"x": 4.0, "z": 0.0})["y"] == pytest.approx(2**-1.8 + 0 + 4 + 3 + 16)
