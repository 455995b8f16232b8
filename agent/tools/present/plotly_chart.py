"""A ChartSpec as a Plotly figure: plain lists, escaped names, colours that hold on light and dark grounds.

Plotly reads a little HTML in labels (links included), so every text that may come from data is escaped; figures in the
hover are formatted here, by unit, so that they read as in the sentences.
"""

from __future__ import annotations

import math
import textwrap
from typing import Any

from agent.answer import ChartSeries, ChartSpec
from agent.tools.present.chart_choice import TARGET_SERIES
from agent.tools.present.display_text import escape_html
from agent.tools.present.number_format import SYMBOL_BY_CURRENCY, format_number, is_currency
from agent.tools.present.plotly_frame import GRID, INK, MUTED, TITLE_PX, frame
from agent.tools.present.plotly_steps import funnel_figure, heat_map_figure
from agent.tools.present.plotly_tree import tree_figure
from agent.tools.present.plotly_waterfall import waterfall_figure

# Okabe and Ito's colour-blind safe palette, the ones that show on white and on near black.
COLOURS = ("#3b82f6", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#9a8cff", "#b5a642", "#8a8f98")
_BAND = "rgba(59,130,246,0.18)"
_ROW_HEIGHT_PX, _TWO_LINE_HEIGHT_PX, _HEIGHT_PX, _LONGEST_LABEL = 26, 38, 360, 32
_LEGEND_ROW_PX, _CHAT_WIDTH_PX = 24, 640


def chart_to_plotly(spec: ChartSpec) -> dict[str, Any]:
    """The Plotly figure (`data` and `layout`) of a chart, as JSON-ready lists and dicts."""
    if spec.kind == "heatmap":
        return heat_map_figure(spec)
    if spec.kind == "funnel":
        return funnel_figure(spec)
    if spec.kind == "tree":
        return tree_figure(spec)
    if spec.kind == "waterfall":
        return waterfall_figure(spec, _layout(spec))
    traces = [_trace(spec, item, position) for position, item in enumerate(spec.series)]
    if spec.kind == "tornado" and spec.baseline is not None:
        traces = [from_baseline(trace, spec.baseline) for trace in traces]
    return {
        "data": traces,
        "layout": _layout(spec),
    }


def from_baseline(trace: dict[str, Any], baseline: float) -> dict[str, Any]:
    """A horizontal bar that runs from the baseline to its value instead of from zero."""
    lengths = [None if value is None else value - baseline for value in trace["x"]]
    return {**trace, "x": lengths, "base": [baseline] * len(lengths), "textposition": "none"}


def _trace(spec: ChartSpec, item: ChartSeries, position: int) -> dict[str, Any]:
    colour = COLOURS[position % len(COLOURS)]
    is_target = item.name == TARGET_SERIES and item.style == "dashed"
    if item.style == "dashed":
        colour = INK if is_target else MUTED
    values, along = list(item.values), _axis_values(spec)
    texts = [escape_html(format_number(value, item.unit, "headline")) for value in item.values]
    across_key, along_key = ("x", "y") if spec.horizontal else ("y", "x")
    trace: dict[str, Any] = {
        "name": escape_html(_shortened(item.name)),
        across_key: values,
        along_key: along,
        "customdata": texts,
        "hovertemplate": f"%{{{along_key}}}: <b>%{{customdata}}</b><extra>%{{fullData.name}}</extra>",
        "marker": {"color": colour},
    }
    if item.style == "band":
        return trace | _band_edge(spec, position)
    if spec.kind in ("line", "fan", "scatter") or is_target:
        is_line = spec.kind != "scatter"
        line = {"color": colour, "width": 2 if item.style == "dashed" else 2.5}
        trace |= {"type": "scatter", "mode": "lines" if is_line else "markers", "connectgaps": False}
        trace["line"] = line | ({"dash": "dash"} if item.style == "dashed" else {"shape": "linear"})
        if is_line and len(values) <= 36 and item.style == "solid":
            trace["mode"] = "lines+markers"
            trace["marker"] = {"color": colour, "size": 6}
        return trace
    trace |= {"type": "bar", "orientation": "h" if spec.horizontal else "v"}
    if item.style == "dashed":
        trace["marker"] = {"color": "rgba(128,136,147,0.35)", "line": {"color": MUTED, "width": 1.5}}
    if len(spec.series) == 1 and len(values) <= 30:
        trace |= {
            "text": [escape_html(format_number(value, item.unit, "narrative")) for value in item.values],
            "textposition": "auto",
            "cliponaxis": False,
        }
    return trace


def _band_edge(spec: ChartSpec, position: int) -> dict[str, Any]:
    """An edge of a band: no line of its own; the second of a pair fills what lies between them."""
    earlier = sum(item.style == "band" for item in spec.series[:position])
    edge: dict[str, Any] = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "showlegend": False}
    return edge | ({"fill": "tonexty", "fillcolor": _BAND} if earlier % 2 else {})


def _axis_values(spec: ChartSpec) -> list[str | int | float]:
    """The labels along the axis: long ones shortened, but never so that two read the same and are drawn as one."""
    if spec.x_is_time:
        return list(spec.x)
    if spec.horizontal:  # beside the bars there is room for a second line
        lines = [_in_two_lines(value) if isinstance(value, str) else [value] for value in spec.x]
        if len({tuple(item) for item in lines}) == len(set(spec.x)):
            return [
                "<br>".join(escape_html(line) for line in item) if isinstance(item[0], str) else item[0]
                for item in lines
            ]
    for shorten in (_shortened, _shortened_within):
        shown = [shorten(value) if isinstance(value, str) else value for value in spec.x]
        if len(set(shown)) == len(set(spec.x)):
            break
    else:
        shown = list(spec.x)
    return [escape_html(value) if isinstance(value, str) else value for value in shown]


def _in_two_lines(name: str) -> list[str]:
    return textwrap.wrap(name, _LONGEST_LABEL, max_lines=2, placeholder="…", break_long_words=True) or [name]


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"


def _shortened_within(name: str) -> str:
    """Beginning and end of a long name: what tells apart names that begin alike."""
    head = _LONGEST_LABEL // 2 - 4
    return name if len(name) <= _LONGEST_LABEL else f"{name[:head].rstrip()}…{name[head + 1 - _LONGEST_LABEL :]}"


def _layout(spec: ChartSpec) -> dict[str, Any]:
    value_axis = _value_axis(spec)
    name_axis: dict[str, Any] = {
        "title": {"text": "" if spec.x_is_time else escape_html(spec.x_label)},  # dates need no name
        "showgrid": False,
        "linecolor": GRID,
        "automargin": True,
        "type": "date" if spec.x_is_time else "linear" if spec.kind == "scatter" else "category",
    }
    if spec.horizontal:
        name_axis["autorange"] = "reversed"  # the first group at the top
        name_axis["title"] = {"text": ""}
    if spec.x_is_time and len(spec.x) <= 12:
        name_axis |= {"tickmode": "array", "tickvals": list(spec.x), "hoverformat": _time_format(spec)}
        name_axis["tickformat"] = _time_format(spec).replace(
            " %Y", "\n%Y"
        )  # in two lines, so that twelve fit unrotated
    elif spec.x_is_time:
        name_axis["hoverformat"] = _time_format(spec)
    legend_rows = _legend_rows(spec)
    row_px = _ROW_HEIGHT_PX
    if any(len(item) > _LONGEST_LABEL for item in spec.x if isinstance(item, str)):
        row_px = _TWO_LINE_HEIGHT_PX
    height = max(_HEIGHT_PX, row_px * len(spec.x) * _bars_in_a_row(spec) + 120) if spec.horizontal else _HEIGHT_PX
    height += _LEGEND_ROW_PX * max(legend_rows - 1, 0)
    layout: dict[str, Any] = {
        **frame(spec, height),
        "colorway": list(COLOURS),
        "margin": {
            "l": 12,
            "r": 16,
            "t": TITLE_PX + _LEGEND_ROW_PX * legend_rows,
            "b": 12,
            "pad": 4,
        },
        "hovermode": "closest" if spec.kind == "scatter" or spec.horizontal else "x unified",
        "showlegend": legend_rows > 0,
        "legend": {
            "orientation": "h",
            "xref": "container",
            "x": 0.01,
            "xanchor": "left",
            "yref": "container",
            "y": 1 - (TITLE_PX - 12) / height,  # between title and plot, whatever the height
            "yanchor": "top",
        },
        "bargap": 0.25,
        "xaxis": value_axis if spec.horizontal else name_axis,
        "yaxis": name_axis if spec.horizontal else value_axis,
    }
    if spec.kind == "tornado":
        layout["barmode"] = "overlay"
    elif spec.kind in ("bar", "grouped_bar", "stacked_bar"):
        layout["barmode"] = "stack" if spec.kind == "stacked_bar" else "group"
    return layout


def _legend_rows(spec: ChartSpec) -> int:
    """How many lines a legend takes under the title; none where there is one series."""
    names = [_shortened(item.name) for item in spec.series if item.style != "band"]
    if len(names) < 2:
        return 0
    entry_px = 50 + 7.5 * max(map(len, names))  # entries stand in columns as wide as the widest
    return math.ceil(len(names) / max(1, int(_CHAT_WIDTH_PX / entry_px)))


def _bars_in_a_row(spec: ChartSpec) -> int:
    return len(spec.series) if spec.kind == "grouped_bar" else 1


def _value_axis(spec: ChartSpec) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "title": {"text": escape_html(spec.y_label)},
        "gridcolor": GRID,
        "zerolinecolor": GRID,
        "automargin": True,
        "separatethousands": True,
        "exponentformat": "B",
    }
    if is_currency(spec.unit):
        assert spec.unit is not None
        axis["tickprefix"] = SYMBOL_BY_CURRENCY.get(spec.unit, f"{spec.unit} ")
    elif spec.unit == "fraction":
        largest = max((abs(value) for item in spec.series for value in item.values if value is not None), default=1)
        axis["tickformat"] = ",.0%" if largest >= 0.1 else ",.1%" if largest >= 0.01 else ",.2%"
    elif spec.unit == "days":
        axis["ticksuffix"] = " d"
    if spec.kind not in ("line", "fan", "scatter", "tornado"):
        axis["rangemode"] = "tozero"
    return axis


def _time_format(spec: ChartSpec) -> str:
    """Plotly's own format for a period's first day, as short as the grain allows."""
    moments = [str(item) for item in spec.x]
    if any("T" in item for item in moments):
        return "%-d %b %H:%M"
    if all(item.endswith("-01-01") for item in moments):
        return "%Y"
    return "%b %Y" if all(item.endswith("-01") for item in moments) else "%-d %b %Y"
