"""A driver tree as a Plotly figure: a box a part, from the whole at the left to what it is made of at the right."""

from __future__ import annotations

import textwrap
from typing import Any

from agent.answer import ChartSpec
from agent.tools.present.display_text import escape_html
from agent.tools.present.number_format import format_number
from agent.tools.present.plotly_frame import frame

# The boxes hide the lines behind them, so they bring ink of their own, on light and on dark grounds.
_BOX, _BOX_INK, _EDGE = "#e6edf8", "#1f2937", "rgba(128,136,147,0.55)"
_BOX_RISE, _BOX_FALL = "#04724f", "#a63c00"
_ROW_HEIGHT_PX, _LEAST_HEIGHT_PX, _LONGEST_LABEL = 64, 260, 18


def tree_figure(spec: ChartSpec) -> dict[str, Any]:
    """Each part of `x` stands beside what `parents` says it is a part of; a second series is its growth."""
    depths, heights = _places(spec.parents)
    boxes = [_box(spec, place, depths[place], heights[place]) for place in range(len(spec.x))]
    across: list[float | None] = []
    down: list[float | None] = []
    for place, parent in enumerate(spec.parents):
        if parent is None:
            continue
        middle = (depths[parent] + depths[place]) / 2
        across += [depths[parent], middle, middle, depths[place], None]
        down += [heights[parent], heights[parent], heights[place], heights[place], None]
    edges = {
        "type": "scatter",
        "mode": "lines",
        "x": across,
        "y": down,
        "line": {"color": _EDGE, "width": 1.5},
        "hoverinfo": "skip",
    }
    leaves = max(heights) + 1 if heights else 1
    layout = frame(spec, max(_LEAST_HEIGHT_PX, _ROW_HEIGHT_PX * leaves + 80))
    hidden = {"visible": False, "fixedrange": True}
    layout["xaxis"] = {**hidden, "range": [-0.45, max(depths, default=0) + 0.45]}
    layout["yaxis"] = {**hidden, "range": [leaves - 0.4, -0.6]}
    layout["annotations"] = boxes
    return {"data": [edges], "layout": layout}


def _places(parents: tuple[int | None, ...]) -> tuple[list[int], list[float]]:
    """How deep each part stands, and at which height: what has no parts one below the other, the rest amid its parts."""
    depths: list[int] = []
    for parent in parents:
        depths.append(0 if parent is None else depths[parent] + 1)
    children = [[place for place, parent in enumerate(parents) if parent == at] for at in range(len(parents))]
    heights = [0.0] * len(parents)
    leaves = 0
    for place, inner in enumerate(children):
        if not inner:
            heights[place] = float(leaves)
            leaves += 1
    for place in reversed(range(len(parents))):
        if children[place]:
            heights[place] = sum(heights[inner] for inner in children[place]) / len(children[place])
    return depths, heights


def _box(spec: ChartSpec, place: int, depth: int, height: float) -> dict[str, Any]:
    value = spec.series[0].values[place]
    unit = spec.units[place] if spec.units else spec.unit
    name = "<br>".join(
        escape_html(line) for line in textwrap.wrap(str(spec.x[place]), _LONGEST_LABEL, max_lines=2, placeholder="…")
    )
    text = f"{name}<br><b>{escape_html(format_number(value, unit, 'narrative'))}</b>"
    growth = spec.series[1].values[place] if len(spec.series) > 1 else None
    if growth is not None:
        sign = "+" if growth > 0 else ""
        colour = _BOX_RISE if growth > 0 else _BOX_FALL if growth < 0 else _BOX_INK
        text += (
            f" <span style='color:{colour}'>{sign}{escape_html(format_number(growth, 'fraction', 'narrative'))}</span>"
        )
    return {
        "x": depth,
        "y": height,
        "text": text,
        "showarrow": False,
        "bgcolor": _BOX,
        "bordercolor": _EDGE,
        "borderpad": 5,
        "font": {"size": 12, "color": _BOX_INK},
        "hovertext": escape_html(str(spec.x[place])),
    }
