"""A waterfall as a Plotly figure: two totals, and between them each step from where the one before it ended."""

from __future__ import annotations

from typing import Any

from agent.answer import ChartSpec
from agent.tools.present.display_text import escape_html
from agent.tools.present.number_format import format_number

TOTAL, RISE, FALL = "#3b82f6", "#009e73", "#d55e00"
_LINE = "rgba(128,136,147,0.55)"
# Totals far above their difference are cut, so that the steps can be seen: the axis then begins above zero.
_LEAST_SHARE_OF_STEPS = 0.5


def waterfall_figure(spec: ChartSpec, layout: dict[str, Any]) -> dict[str, Any]:
    """The first series of the spec: its first and last value are totals, those between are what each step adds.

    `layout` is the frame that all charts share; its value axis is fitted to the steps.
    """
    item = spec.series[0]
    values = [value or 0.0 for value in item.values]
    ends = [values[0]]
    for step in values[1:-1]:
        ends.append(ends[-1] + step)
    levels = [*ends, values[-1]]
    floor = _floor(levels)
    lengths = [values[0] - floor, *values[1:-1], values[-1] - floor]
    bases = [floor, *ends[:-1], floor]
    signs = [TOTAL, *(RISE if step >= 0 else FALL for step in values[1:-1]), TOTAL]
    texts = [escape_html(format_number(value, item.unit, "narrative")) for value in values]
    texts[1:-1] = [f"+{text}" if step > 0 else text for text, step in zip(texts[1:-1], values[1:-1], strict=True)]
    names = [escape_html(str(name)) for name in spec.x]
    bars = {
        "type": "bar",
        "name": escape_html(item.name),
        "x": names,
        "y": lengths,
        "base": bases,
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": signs},
        "hovertemplate": "%{x}: <b>%{text}</b><extra></extra>",
    }
    # Each line leads from where a bar ends to where the next one begins.
    lines = [
        {"type": "line", "x0": at, "x1": at + 1, "y0": level, "y1": level, "line": {"color": _LINE, "width": 1}}
        for at, level in enumerate(ends)
    ]
    top, bottom = max(levels), min(*levels, floor)
    room = (top - bottom) * 0.14
    axis = {**layout["yaxis"], "range": [bottom - (room if bottom < floor else 0), top + room]}
    axis.pop("rangemode", None)
    return {"data": [bars], "layout": {**layout, "yaxis": axis, "showlegend": False, "shapes": lines}}


def _floor(levels: list[float]) -> float:
    """Where the totals' bars begin: zero, or above it where the steps would be too thin to see."""
    low, high = min(levels), max(levels)
    spread = high - low
    if low <= 0 or spread <= 0 or spread / high > _LEAST_SHARE_OF_STEPS:
        return 0.0
    return max(0.0, low - spread)
