"""Shapley attribution against Das Gupta's published effects, and its laws on drawn formulas."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.tools.analysis.attribution.shapley import Branch, shapley_attribution, tree_attribution
from agent.tools.analysis.errors import AttributionError

ORACLES = os.environ.get("PLUMBLINE_ORACLES")
FORMULAS: dict[str, Callable[[Any], Any]] = {
    "a*b": lambda v: v[0] * v[1],
    "a*b*c": lambda v: v[0] * v[1] * v[2],
    "a*b*c*d": lambda v: v[0] * v[1] * v[2] * v[3],
    "a*b*c*d*e": lambda v: v[0] * v[1] * v[2] * v[3] * v[4],
    "a-b": lambda v: v[0] - v[1],
    "sum(a*b*c)": lambda v: (v[0] * v[1] * v[2]).sum(axis=-1),
    "sum(A*B*C)/(sum(A*B*C)+sum(A*(1-B)*D))": lambda v: (
        (v[0] * v[1] * v[2]).sum(axis=-1)
        / ((v[0] * v[1] * v[2]).sum(axis=-1) + (v[0] * (1 - v[1]) * v[3]).sum(axis=-1))
    ),
}
TAIWAN = {
    "formula": "sum(a*b*c)",
    "period_0": [
        [393, 407, 369, 274, 184, 90, 16.0],
        [0.122, 0.622, 0.903, 0.93, 0.916, 0.873, 0.8],
        [0.043, 0.041, 0.036, 0.032, 0.026, 0.02, 0.018],
    ],
    "period_1": [
        [488, 452, 338, 156, 63, 22, 3.0],
        [0.082, 0.527, 0.866, 0.941, 0.942, 0.923, 0.876],
        [0.058, 0.038, 0.032, 0.03, 0.026, 0.023, 0.019],
    ],
    "effects": [-7.2856318, -2.7206333, -1.5651808],
    "total": -11.571446,
}


def examples() -> list[dict[str, Any]]:
    if ORACLES is None:
        return [TAIWAN]
    found: list[dict[str, Any]] = json.loads((Path(ORACLES) / "das_gupta_1993.json").read_text())["examples"]
    assert len(found) == 7
    return found


@pytest.mark.parametrize("example", examples(), ids=lambda item: item["formula"])
def test_the_published_effects_come_out(example: dict[str, Any]) -> None:
    parts = shapley_attribution(FORMULAS[example["formula"]], example["period_0"], example["period_1"])
    assert parts == pytest.approx(example["effects"], abs=6e-7)
    assert sum(parts) == pytest.approx(example["total"], abs=6e-7)


@given(st.lists(st.tuples(st.floats(0.1, 100), st.floats(0.1, 100)), min_size=2, max_size=6))
def test_the_parts_of_a_product_add_up_to_its_change(ends: list[tuple[float, float]]) -> None:
    before, after = [pair[0] for pair in ends], [pair[1] for pair in ends]
    parts = shapley_attribution(lambda values: np.prod(np.stack(list(values)), axis=0), before, after)
    first_value, last_value = float(np.prod(before)), float(np.prod(after))
    assert sum(parts) == pytest.approx(last_value - first_value, abs=1e-9 * max(last_value, first_value, 1.0))
    for part, (first, last) in zip(parts, ends, strict=True):
        assert part == 0 if first == last else part * (last - first) >= 0


def test_fourteen_factors_take_a_moment() -> None:
    before, after = np.full(14, 1.0), np.linspace(0.9, 1.2, 14)
    started = time.process_time()
    parts = shapley_attribution(lambda values: np.prod(np.stack(list(values)), axis=0), list(before), list(after))
    assert time.process_time() - started < 1
    assert sum(parts) == pytest.approx(float(np.prod(after)) - 1, abs=1e-9)


def test_what_cannot_be_attributed_is_said() -> None:
    with pytest.raises(AttributionError, match="no value"):
        shapley_attribution(lambda values: values[0] / np.where(values[1] == 0, np.nan, values[1]), [1, 0], [2, 1])
    with pytest.raises(AttributionError, match="14 factors"):
        shapley_attribution(lambda values: values[0], [1.0] * 15, [2.0] * 15)


def test_a_branch_is_worth_what_its_parts_are() -> None:
    orders = Branch(
        "orders",
        lambda values: values[0] + values[1],
        (Branch("online", before=70, after=60), Branch("store", before=30, after=45)),
    )
    root = Branch("gmv", lambda values: values[0] * values[1], (orders, Branch("price", before=10, after=11)))
    found = {item.path: item.contribution for item in tree_attribution(root)}
    assert found[("orders",)] + found[("price",)] == pytest.approx(105 * 11 - 100 * 10, abs=1e-9)
    assert found[("orders", "online")] + found[("orders", "store")] == pytest.approx(found[("orders",)], abs=1e-9)
    flat = shapley_attribution(lambda values: values[0] * values[1], [100, 10], [105, 11])
    assert (found[("orders",)], found[("price",)]) == pytest.approx(flat, abs=1e-9)
