"""A driver tree in a terminal: a line a part, indented under what it is a part of."""

from __future__ import annotations

from agent.answer import ChartSpec
from agent.tools.present.display_text import shown_name
from agent.tools.present.number_format import format_number
from agent.tools.present.terminal_text import Ink, cut


def tree_lines(spec: ChartSpec, width: int, ink: Ink) -> list[str]:
    """Lines of the tree, with growth where the spec has it."""
    lines = []
    for place, name in enumerate(spec.x):
        unit = spec.units[place] if spec.units else spec.unit
        value = spec.series[0].values[place]
        text = f"{shown_name(str(name))}  {'–' if value is None else format_number(value, unit, 'narrative')}"
        growth = spec.series[1].values[place] if len(spec.series) > 1 else None
        if growth is not None:
            text += f"  {'+' if growth > 0 else ''}{format_number(growth, 'fraction', 'narrative')}"
        branch = _branch(place, spec.parents)
        lines.append(ink(branch, "dim") + cut(text, max(width - len(branch), 1)))
    return lines


def _branch(place: int, parents: tuple[int | None, ...]) -> str:
    """ "│  ├─ ": the lines that lead to a part from above."""
    parent = parents[place]
    if parent is None:
        return ""
    words = "├─ " if _has_later(place, parents) else "└─ "
    while parents[parent] is not None:
        words = ("│  " if _has_later(parent, parents) else "   ") + words
        above = parents[parent]
        assert above is not None
        parent = above
    return words


def _has_later(place: int, parents: tuple[int | None, ...]) -> bool:
    return any(parents[later] == parents[place] for later in range(place + 1, len(parents)))
