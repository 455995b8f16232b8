"""Heat maps and funnels: drawn from the spec alone, with what is not known left empty."""

from __future__ import annotations

import json

from agent.answer import ChartSeries, ChartSpec
from agent.tools.present.plotly_chart import chart_to_plotly
from agent.tools.present.terminal_chart import render_chart
from agent.tools.present.terminal_text import Ink

HEAT = ChartSpec(
    kind="heatmap",
    title="Retention by <cohort>",
    x_label="Months since",
    y_label="Month",
    x=("1", "2"),
    series=(
        ChartSeries(name="January 2026", values=(0.42, 0.1), unit="fraction"),
        ChartSeries(name="<b>February</b>", values=(0.3, None), unit="fraction"),
    ),
    unit="fraction",
)
FUNNEL = ChartSpec(
    kind="funnel",
    title="Checkout",
    x_label="Step",
    y_label="Reached",
    x=("View", "Cart", "Buy"),
    series=(ChartSeries(name="Reached", values=(1000, 250, 0), unit="count"),),
    unit="count",
)


PLAIN = Ink(colour=False)


def test_a_heat_map_keeps_empty_cells_empty_and_escapes_names() -> None:
    figure = chart_to_plotly(HEAT)
    trace = figure["data"][0]
    assert trace["type"] == "heatmap"
    assert trace["z"] == [[0.42, 0.1], [0.3, None]]
    assert trace["text"] == [["42 %", "10 %"], ["30 %", ""]]
    assert "<b>F" not in json.dumps(trace["y"])
    assert "<cohort>" not in json.dumps(figure["layout"])


def test_a_funnel_says_counts_and_shares_of_the_first_step() -> None:
    trace = chart_to_plotly(FUNNEL)["data"][0]
    assert trace["type"] == "funnel"
    assert trace["x"] == [1000, 250, 0]
    assert trace["text"] == ["1,000 (100 %)", "250 (25 %)", "0 (0 %)"]


def test_a_terminal_draws_both() -> None:
    lines = render_chart(HEAT, 60, PLAIN)
    assert lines[1].split() == ["1", "2"]
    assert "42%" in lines[2] and "10%" in lines[2]
    assert lines[3].rstrip().endswith("30%")
    narrow = render_chart(HEAT.model_copy(update={"x": tuple(str(n) for n in range(40)), "series": tuple(
        ChartSeries(name=f"c{at}", values=(0.5,) * 40, unit="fraction") for at in range(20)
    )}), 50, PLAIN)  # fmt: skip
    assert "rows and" in narrow[-1]
    assert all(len(line) <= 50 for line in narrow)
    assert any("Cart" in line and "250" in line for line in render_chart(FUNNEL, 60, PLAIN))
