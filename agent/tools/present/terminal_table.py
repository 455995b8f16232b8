"""A result as a table of text: numbers to the right, in their units, no wider than the screen."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from agent.tools.present.display_text import plain_text, shown_name
from agent.tools.present.number_format import as_decimal, format_number
from agent.tools.present.periods import bucket_name
from agent.tools.present.terminal_text import Ink, cells, cut, padded, wrapped
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.durations import TimeGrain

MAXIMUM_ROWS = 20
_GAP = "  "
_SMALLEST_COLUMN = 6
_WIDEST_COLUMN = 40
_DECIMALS = re.compile(r"^(\D*[\d,]+)(?:\.(\d+))?(\D*)$")
_HEADING_WIDTH = 14  # from here a heading is wrapped
_WORD_BY_CALCULATION = {
    "previous": "Before",
    "change": "Change",
    "growth": "Growth",
    "share": "Share",
    "target": "Target",
    "rank": "Rank",
}


def _column_heading(column: ResultColumn) -> str:
    label = column.label or column.name.replace("_", " ")
    return plain_text(label[:1].upper() + label[1:]) or "(unnamed)"


def shown_cell(value: Any, column: ResultColumn, pattern: str | None = None) -> str:
    """A cell as a table shows it: numbers with their unit, days in ISO form, "–" for null."""
    if value is None or (isinstance(value, float) and value != value):
        return "–" if column.role != "key" else "(none)"
    grain = _grain_of(column)
    if isinstance(value, dt.date) and column.role == "key" and grain is not None:
        return bucket_name(value, grain)
    if isinstance(value, bool) or as_decimal(value) is None:
        return shown_name(value)
    if column.role == "key":
        return str(value)
    if column.calculation == "rank":
        return format_number(value, "count", "table")
    unit = "fraction" if column.calculation in ("growth", "share") and column.unit is None else column.unit
    text = format_number(value, unit, "table", pattern)
    if unit == "fraction" and column.calculation == "change":
        return text.replace(" %", " pts")
    if unit == "days":  # the heading says it once
        return text.removesuffix(" days").removesuffix(" day")
    return text


def _grain_of(column: ResultColumn) -> TimeGrain | None:
    """Whether a key of dates stands for months, quarters or years: those read better by name than as a first day."""
    name = (column.label or "").lower() if column.name == "period" else column.name
    return next((grain for grain in (TimeGrain.MONTH, TimeGrain.QUARTER, TimeGrain.YEAR) if grain == name), None)


def is_numeric(column: ResultColumn, rows: tuple[tuple[Any, ...], ...], index: int) -> bool:
    """Whether a column is set to the right: its values are numbers."""
    values = [row[index] for row in rows if row[index] is not None]
    return bool(values) and all(as_decimal(value) is not None or isinstance(value, float) for value in values)


def render_table(table: ResultTable, width: int, ink: Ink) -> list[str]:
    """Lines of a table of at most 20 rows, no wider than `width`; columns that do not fit are named below it."""
    if not table.columns:
        return []
    rows = table.rows[:MAXIMUM_ROWS]
    order = sorted(range(len(table.columns)), key=lambda index: table.columns[index].role == "context")
    heads = {index: heading(table, index) for index in order}
    shown = {index: _aligned_column(rows, index, table.columns[index]) for index in order}
    right = {index: is_numeric(table.columns[index], rows, index) for index in order}
    widths = {
        index: min(_WIDEST_COLUMN, max([_heading_width(heads[index]), *(cells(text) for text in shown[index])]))
        for index in order
    }
    kept = _fitting(order, widths, {index: right[index] for index in order}, width)
    lines = [ink(line, "bold") for line in _heading_lines(heads, widths, right, kept)]
    lines.append(ink(_GAP.join("─" * widths[index] for index in kept), "dim"))
    for position in range(len(rows)):
        texts = [padded(shown[index][position], widths[index], right=right[index]) for index in kept]
        lines.append(_GAP.join(texts).rstrip())
    hidden = len(table.rows) - len(rows)
    if hidden > 0 or table.truncated:
        more = f"{hidden:,} more" if hidden > 0 else "more"
        lines.append(ink(f"... {more}{' at least' if table.truncated and hidden > 0 else ''}", "dim"))
    left_out = [heads[index] for index in order if index not in kept]
    if left_out:
        lines.append(ink(cut(f"Not shown for want of room: {', '.join(left_out)}", width), "dim"))
    return lines


def heading(table: ResultTable, index: int) -> str:
    """What a column is called above a table: its label, with the unit that its cells leave out.

    Columns that stand beside the only metric of a table have a word of their own ("Change", "Target").
    """
    column = table.columns[index]
    word = _WORD_BY_CALCULATION.get(column.calculation or "")
    metrics = {item.metric for item in table.columns if item.metric is not None}
    comparisons = [item for item in table.columns if item.calculation == column.calculation]
    if word and len(metrics) == 1 and len(comparisons) == 1:
        return word
    text = _column_heading(column)
    if column.calculation == "target" and "target" not in text.lower():
        text = f"{text} (target)"
    return f"{text} (days)" if column.unit == "days" and "day" not in text.lower() else text


def _heading_width(text: str) -> int:
    """The columns a heading needs when it may take several lines."""
    widest_word = max((cells(word) for word in text.split()), default=0)
    return max(widest_word, min(cells(text), _HEADING_WIDTH))


def _heading_lines(heads: dict[int, str], widths: dict[int, int], right: dict[int, bool], kept: list[int]) -> list[str]:
    """The headings, wrapped and set on their last line."""
    folded = {index: wrapped(heads[index], widths[index]) or [""] for index in kept}
    height = max(len(lines) for lines in folded.values())
    rows = []
    for level in range(height):
        texts = []
        for index in kept:
            lines = [""] * (height - len(folded[index])) + folded[index]
            texts.append(padded(lines[level], widths[index], right=right[index]))
        rows.append(_GAP.join(texts).rstrip())
    return rows


def _aligned_column(rows: tuple[tuple[Any, ...], ...], index: int, column: ResultColumn) -> list[str]:
    """A column's cells, with zeros where others of the column have decimals."""
    texts = [shown_cell(row[index], column) for row in rows]
    if column.role == "key" or not any(as_decimal(row[index]) is not None for row in rows):
        return texts
    matches = [_DECIMALS.match(text) for text in texts]
    most = max((len(found[2] or "") for found in matches if found), default=0)
    aligned: list[str] = []
    for text, found in zip(texts, matches, strict=True):
        # Zeros are added to no more places than a figure of that unit is rounded to anyway.
        places = 0 if found is None else min(most, 1 if "%" in found[3] or "pts" in found[3] else 2)
        if found is None or places == 0:
            aligned.append(text)
        else:
            aligned.append(f"{found[1]}.{(found[2] or '').ljust(places, '0')}{found[3]}")
    return aligned


def _fitting(order: list[int], widths: dict[int, int], right: dict[int, bool], width: int) -> list[int]:
    """The columns that fit: text columns are narrowed first (`widths` is changed), then the last are left out."""
    kept = list(order)

    def total() -> int:
        return sum(widths[index] for index in kept) + len(_GAP) * (len(kept) - 1)

    while total() > width:
        wide = max((index for index in kept if not right[index]), key=lambda index: widths[index], default=None)
        if wide is not None and widths[wide] > 2 * _SMALLEST_COLUMN:
            widths[wide] -= 1
        elif len(kept) > 1:
            kept.pop()
        else:
            widths[kept[0]] = max(1, width)
            break
    return sorted(kept)
