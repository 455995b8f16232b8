"""A heat map in a terminal: a line a series, its figures in columns, each behind a block as dark as it is large."""

from __future__ import annotations

from agent.answer import ChartSpec
from agent.tools.present.display_text import shown_name
from agent.tools.present.number_format import format_number
from agent.tools.present.terminal_text import Ink, cells, cut, padded

_SHADES = "░▒▓█"
_MOST_ROWS = 16


def heat_map_lines(spec: ChartSpec, width: int, ink: Ink) -> list[str]:
    """Lines of the map; columns that do not fit are left out at the right, rows at the top, and that is said."""
    known = [value for item in spec.series for value in item.values if value is not None]
    low, high = min(known), max(known)
    span = (high - low) or 1
    drawn = spec.series[-_MOST_ROWS:]
    texts = [
        ["" if value is None else format_number(value, item.unit, "headline").replace(" ", "") for value in item.values]
        for item in drawn
    ]
    name_width = min(max(cells(shown_name(item.name)) for item in drawn), max(8, width // 4))
    column = (
        max([cells(text) for row in texts for text in row] + [cells(shown_name(str(value))) for value in spec.x]) + 2
    )
    count = min(len(spec.x), (width - name_width - 1) // column)
    if count < 1:
        return []
    head = " ".join(padded(shown_name(str(value)), column - 1, right=True) for value in spec.x[:count])
    lines = [ink(f"{' ' * (name_width + 1)}{head}", "dim")]
    for item, row in zip(drawn, texts, strict=True):
        shown = []
        for value, text in zip(item.values[:count], row[:count], strict=True):
            if value is None:
                shown.append(" " * (column - 1))
                continue
            shade = _SHADES[min(len(_SHADES) - 1, int((value - low) / span * len(_SHADES)))]
            shown.append(ink(shade, "first") + padded(text, column - 2, right=True))
        name = padded(cut(shown_name(item.name), name_width), name_width)
        lines.append(f"{name} {' '.join(shown)}".rstrip())
    left_out = (len(spec.series) - len(drawn), len(spec.x) - count)
    if any(left_out):
        lines.append(ink(f"... {left_out[0]:,} rows and {left_out[1]:,} columns more", "dim"))
    return lines
