"""The waterfall that the chat draws, and labels that begin alike."""

from __future__ import annotations

from typing import Any

import pytest

from agent.answer import ChartSeries, ChartSpec
from agent.tools.present import chart_to_plotly


def waterfall(*values: float) -> dict[str, Any]:
    names = ("before", *(f"step {number}" for number in range(1, len(values) - 1)), "after")
    spec = ChartSpec(
        kind="waterfall",
        title="Sales",
        x_label="",
        y_label="Sales",
        x=names,
        series=(ChartSeries(name="Sales", values=values, unit="USD"),),
        unit="USD",
    )
    return chart_to_plotly(spec)


@pytest.mark.parametrize(
    "values", [(100.0, -8.0, 1.0, -2.0, 91.0), (10.0, 30.0, -5.0, 35.0), (-5.0, 10.0, 5.0), (0.0, 3.0, 3.0)]
)
def test_each_step_begins_where_the_one_before_it_ended(values: tuple[float, ...]) -> None:
    figure = waterfall(*values)
    bars = figure["data"][0]
    tops = [base + length for base, length in zip(bars["base"], bars["y"], strict=True)]
    assert tops[0] == pytest.approx(values[0])
    assert tops[-1] == pytest.approx(values[-1])
    assert bars["base"][1:-1] == pytest.approx(tops[:-2])
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= min(*tops, *bars["base"])
    assert max(tops) <= high


def test_small_steps_between_large_totals_can_be_seen() -> None:
    low, high = waterfall(161_728.0, -8_091.0, 1_091.0, -1_898.0, 152_830.0)["layout"]["yaxis"]["range"]
    assert 8_091.0 / (high - low) > 0.3


def test_long_labels_that_begin_alike_stay_apart() -> None:
    names = tuple(f"Average selling price to units sold, {name}" for name in ("toys", "books", "games and music"))
    spec = ChartSpec(
        kind="bar", title="", x_label="", y_label="", x=names, series=(ChartSeries(name="n", values=(1, 2, 3)),)
    )
    shown = chart_to_plotly(spec)["data"][0]["x"]
    assert len(set(shown)) == 3
    assert [name.rpartition(" ")[2] for name in shown] == ["toys", "books", "music"]
