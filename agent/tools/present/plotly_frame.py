"""What all Plotly figures share: title, fonts and grounds, so that every chart of an answer looks like one of a family."""

from __future__ import annotations

from typing import Any

from agent.answer import ChartSpec
from agent.tools.present.display_text import escape_html

INK, GRID, MUTED = "#808893", "rgba(128,136,147,0.22)", "#9aa1ab"
FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
TITLE_PX = 56


def frame(spec: ChartSpec, height: float) -> dict[str, Any]:
    """The layout of a figure that is this many pixels high, without its axes."""
    return {
        "title": {
            "text": escape_html(spec.title),
            "x": 0.01,
            "xref": "container",
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 14},
            "font": {"size": 15, "color": INK},
        },
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 12, "r": 16, "t": TITLE_PX, "b": 12, "pad": 4},
        "height": height,
        "hoverlabel": {"font": {"family": FONT, "size": 13}},
        "showlegend": False,
        "separators": ".,",
    }
