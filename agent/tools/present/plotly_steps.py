"""Heat maps and funnels as Plotly figures, in the frame that all charts share."""

from __future__ import annotations

from typing import Any

from agent.answer import ChartSpec
from agent.tools.present.display_text import escape_html
from agent.tools.present.number_format import format_number
from agent.tools.present.plotly_frame import INK, frame

_COLOUR = "#3b82f6"
_SHADES = [[0.0, "rgba(59,130,246,0.06)"], [1.0, "rgba(59,130,246,0.95)"]]
_ROW_HEIGHT_PX, _LEAST_HEIGHT_PX, _MOST_TEXTS = 28, 300, 400


def heat_map_figure(spec: ChartSpec) -> dict[str, Any]:
    """Series down, x across; a cell without a figure is left empty, never drawn as zero."""
    texts = [
        ["" if value is None else escape_html(format_number(value, item.unit, "headline")) for value in item.values]
        for item in spec.series
    ]
    trace: dict[str, Any] = {
        "type": "heatmap",
        "x": [escape_html(str(value)) for value in spec.x],
        "y": [escape_html(item.name) for item in spec.series],
        "z": [list(item.values) for item in spec.series],
        "customdata": texts,
        "colorscale": _SHADES,
        "showscale": False,
        "hoverongaps": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": "%{y}, %{x}: <b>%{customdata}</b><extra></extra>",
    }
    if len(spec.x) * len(spec.series) <= _MOST_TEXTS:
        trace |= {"text": texts, "texttemplate": "%{text}", "textfont": {"size": 11}}
    layout = frame(spec, max(_LEAST_HEIGHT_PX, _ROW_HEIGHT_PX * len(spec.series) + 130))
    layout["xaxis"] = {
        "title": {"text": escape_html(spec.x_label)},
        "type": "category",
        "showgrid": False,
        "automargin": True,
    }
    layout["yaxis"] = {"type": "category", "autorange": "reversed", "showgrid": False, "automargin": True}
    return {"data": [trace], "layout": layout}


def funnel_figure(spec: ChartSpec) -> dict[str, Any]:
    """One funnel: the steps of the first series from the top down."""
    item = spec.series[0]
    first = next((value for value in item.values if value), None)
    texts = [
        escape_html(
            format_number(value, item.unit, "narrative")
            + (f" ({format_number(value / first, 'fraction', 'narrative')})" if value is not None and first else "")
        )
        for value in item.values
    ]
    trace = {
        "type": "funnel",
        "name": escape_html(item.name),
        "y": [escape_html(str(value)) for value in spec.x],
        "x": list(item.values),
        "text": texts,
        "textinfo": "text",
        "textposition": "auto",
        "marker": {"color": _COLOUR},
        "connector": {"line": {"color": INK, "width": 1}},
        "hovertemplate": "%{y}: <b>%{text}</b><extra></extra>",
    }
    layout = frame(spec, max(_LEAST_HEIGHT_PX, 60 * len(spec.x) + 80))
    layout["yaxis"] = {"type": "category", "automargin": True}
    return {"data": [trace], "layout": layout}
