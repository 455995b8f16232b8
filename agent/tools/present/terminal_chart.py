"""A chart in a terminal, of block characters: bars for groups, a line of columns for time."""

from __future__ import annotations

import datetime as dt

from agent.answer import ChartSeries, ChartSpec
from agent.tools.present.chart_choice import TARGET_SERIES
from agent.tools.present.display_text import shown_name
from agent.tools.present.number_format import NO_FIGURE, format_number
from agent.tools.present.periods import MONTH_NAMES
from agent.tools.present.terminal_heat_map import heat_map_lines
from agent.tools.present.terminal_text import Ink, cells, cut, padded
from agent.tools.present.terminal_tree import tree_lines

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = " ▁▂▃▄▅▆▇█"
_STYLES = ("first", "second", "third")
_MAXIMUM_BARS = 12
_HEIGHT = 6
_SPARK_SERIES = 8


def render_chart(spec: ChartSpec, width: int, ink: Ink) -> list[str]:
    """Lines of a small chart; empty where there is nothing to draw or no room."""
    if width < 30 or not spec.series or not any(value is not None for item in spec.series for value in item.values):
        return []
    title = ink(cut(shown_name(spec.title), width), "dim")
    if spec.kind == "fan":
        spec = _without_band(spec)
    if spec.kind == "waterfall":
        body = _steps(spec, width, ink)
    elif spec.kind in ("line", "fan"):
        body = _columns(spec, width, ink) if len(spec.series) == 1 else _sparklines(spec, width, ink)
    elif spec.kind == "tree":
        body = tree_lines(spec, width, ink)
    elif spec.kind == "heatmap":
        body = heat_map_lines(spec, width, ink)
    else:
        body = _bars(_around_baseline(spec), width, ink)
    return [title, *body] if body else []


def _around_baseline(spec: ChartSpec) -> ChartSpec:
    """A tornado's bars as what they add to its baseline or take from it."""
    if spec.kind != "tornado" or spec.baseline is None:
        return spec
    baseline = spec.baseline
    moved = tuple(
        item.model_copy(update={"values": tuple(None if value is None else value - baseline for value in item.values)})
        for item in spec.series
    )
    return spec.model_copy(update={"series": moved})


def _without_band(spec: ChartSpec) -> ChartSpec:
    """A fan as lines: a past and what follows it become one, as a terminal has no room for a band."""
    drawn = tuple(item for item in spec.series if item.style != "band" and item.name != TARGET_SERIES)
    if len(drawn) == 2 and drawn[1].style == "dashed":
        joined = tuple(
            one if one is not None else other for one, other in zip(drawn[0].values, drawn[1].values, strict=True)
        )
        drawn = (drawn[0].model_copy(update={"values": joined}),)
    return spec.model_copy(update={"series": drawn})


def _shown(value: float | int | None, unit: str | None) -> str:
    return "–" if value is None else format_number(value, unit, "narrative")


def _bars(spec: ChartSpec, width: int, ink: Ink) -> list[str]:
    """One bar a group and series, from zero; the part below zero to the left of it."""
    drawn = [item for item in spec.series if item.name != TARGET_SERIES][:3]
    count = min(len(spec.x), max(_MAXIMUM_BARS // len(drawn), 6) if len(drawn) > 1 else _MAXIMUM_BARS)
    names = [shown_name(str(item)) for item in spec.x[:count]]
    legend_width = min(14, max(cells(shown_name(item.name)) for item in drawn)) if len(drawn) > 1 else 0
    name_width = min(max(map(cells, names)), max(10, width // 3))
    texts = [[_shown(item.values[at], item.unit) for item in drawn] for at in range(count)]
    value_width = max(cells(text) for row in texts for text in row)
    room = width - name_width - value_width - 2 - (legend_width + 1 if legend_width else 0)
    if room < 5:
        return []
    values = [value for item in drawn for value in item.values[:count] if value is not None]
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    lines: list[str] = []
    for at in range(count):
        for position, item in enumerate(drawn):
            name = padded(names[at] if position == 0 else "", name_width)
            legend = f"{padded(shown_name(item.name), legend_width)} " if legend_width else ""
            bar = _bar(item.values[at], low, span, room)
            style = _STYLES[position % len(_STYLES)]
            text = padded(texts[at][position], value_width, right=True)
            lines.append(f"{name} {ink(legend, 'dim')}{ink(bar, style)} {text}".rstrip())
    if len(spec.x) > count:
        lines.append(ink(f"... {len(spec.x) - count:,} more", "dim"))
    return lines


def _steps(spec: ChartSpec, width: int, ink: Ink) -> list[str]:
    """A waterfall: each step floats from the level before it to the level after; the ends stand from the left."""
    item = spec.series[0]
    values = [float(value or 0) for value in item.values]
    names = [shown_name(str(name)) for name in spec.x]
    texts = [
        _shown(values[0], item.unit),
        *(_stepped(value, item.unit) for value in values[1:-1]),
        _shown(values[-1], item.unit),
    ]
    name_width, text_width = min(max(map(cells, names)), max(10, width // 3)), max(map(cells, texts))
    room = width - name_width - text_width - 2
    if room < 5:
        return []
    levels = [values[0]]
    for value in values[1:-1]:
        levels.append(levels[-1] + value)
    low, high = min(*levels, values[-1]), max(*levels, values[-1])
    span = (high - low) or abs(high) or 1.0
    floor = low - span / 4
    scale = room / (high - floor)
    lines = []
    for at, name in enumerate(names):
        is_end = at in (0, len(values) - 1)
        start, end = (floor, values[at]) if is_end else sorted((levels[at - 1], levels[at]))
        first = round((start - floor) * scale)
        length = max(round((end - floor) * scale) - first, 1 if values[at] else 0)
        bar = padded(" " * min(first, room - 1) + "█" * length, room)
        style = "first" if is_end else "second" if values[at] >= 0 else "third"
        lines.append(f"{padded(name, name_width)} {ink(bar, style)} {padded(texts[at], text_width, right=True)}")
    return lines


def _stepped(value: float, unit: str | None) -> str:
    return f"+{_shown(value, unit)}" if value > 0 else _shown(value, unit)


def _bar(value: float | int | None, low: float, span: float, room: int) -> str:
    if value is None:
        return " " * room
    start = round((min(value, 0) - low) / span * room)
    eighths = max(round(abs(value) / span * room * 8), 1 if value else 0)
    full, part = divmod(eighths, 8)
    if value < 0:
        full, part = full + (1 if part else 0), 0
    bar = " " * start + "█" * full + (_EIGHTHS[part] if part else "")
    return padded(bar, room)


def _columns(spec: ChartSpec, width: int, ink: Ink) -> list[str]:
    """One column a period, a few lines high, with the scale at the left and the first and last period below."""
    item = spec.series[0]
    known = [value for value in item.values if value is not None]
    low, high = min(known), max(known)
    floor = 0 if low >= 0 and (low < high / 2 or high == low) else low - (high - low) * 0.1
    if high == low:
        floor = min(0, low)
    labels = {_HEIGHT - 1: _shown(high, item.unit), 0: _shown(floor, item.unit)}
    scale_width = max(map(cells, labels.values()))
    room = width - scale_width - 2
    values = _resampled(item.values, room)
    repeat = max(1, min(3, room // len(values)))
    span = (high - floor) or 1
    lines: list[str] = []
    for level in range(_HEIGHT - 1, -1, -1):
        row = ""
        for value in values:
            if value is None:
                row += " " * repeat
                continue
            filled = (value - floor) / span * _HEIGHT * 8 - level * 8
            step = max(0, min(8, round(filled)))
            if level == 0:
                step = max(step, 1)
            block = _LEVELS[step]
            row += block * (repeat - 1) + (" " if repeat == 3 else block) if repeat > 1 else block
        label = padded(labels.get(level, ""), scale_width, right=True)
        lines.append(f"{ink(label, 'dim')} {ink('┤' if level in labels else '│', 'dim')}{ink(row.rstrip(), 'first')}")
    first, last = (cut(_period_label(spec.x[at], spec), (room - 2) // 2) for at in (0, -1))
    across = max(len(values) * repeat, cells(first) + cells(last) + 2)
    gap = max(1, across - cells(first) - cells(last))
    lines.append(ink(f"{' ' * (scale_width + 2)}{first}{' ' * gap}{last}", "dim"))
    return lines


def _sparklines(spec: ChartSpec, width: int, ink: Ink) -> list[str]:
    """One line of blocks a series, on one scale for all, with its first and last figure."""
    known = [value for item in spec.series for value in item.values if value is not None]
    low, high = min(0, *known), max(known)
    span = (high - low) or 1
    names = [shown_name(item.name) for item in spec.series[:_SPARK_SERIES]]
    ends = [_ends(item) for item in spec.series[:_SPARK_SERIES]]
    name_width = min(max(map(cells, names)), width // 4)
    first_width, last_width = (max(cells(pair[at]) for pair in ends) for at in (0, 1))
    room = width - name_width - first_width - last_width - 3
    if room < 4:
        return []
    lines: list[str] = []
    for position, item in enumerate(spec.series[:_SPARK_SERIES]):
        blocks = "".join(
            " " if value is None else _LEVELS[1 + max(0, min(7, round((value - low) / span * 7)))]
            for value in _resampled(item.values, room)
        )
        first, last = ends[position]
        style = "dim" if item.style == "dashed" else _STYLES[position % len(_STYLES)]
        lines.append(
            f"{padded(names[position], name_width)} {padded(first, first_width, right=True)} {ink(blocks, style)} {last}"
        )
    first, last = _period_label(spec.x[0], spec), _period_label(spec.x[-1], spec)
    lines.append(ink(cut(f"{' ' * (name_width + 1)}{first} to {last}", width), "dim"))
    return lines


def _ends(item: ChartSeries) -> tuple[str, str]:
    known = [value for value in item.values if value is not None]
    if not known:
        return NO_FIGURE, NO_FIGURE
    return _shown(known[0], item.unit), _shown(known[-1], item.unit)


def _resampled(values: tuple[float | int | None, ...], room: int) -> list[float | int | None]:
    """At most `room` values: the mean of each stretch where there are more."""
    if len(values) <= room:
        return list(values)
    found: list[float | int | None] = []
    for at in range(room):
        stretch = values[at * len(values) // room : max((at + 1) * len(values) // room, at * len(values) // room + 1)]
        known = [value for value in stretch if value is not None]
        found.append(sum(known) / len(known) if known else None)
    return found


def _period_label(value: str | int | float, spec: ChartSpec) -> str:
    """A period's first day, as short as the chart's grain allows."""
    text = shown_name(str(value))
    if not spec.x_is_time or not isinstance(value, str):
        return text
    try:
        days = [dt.datetime.fromisoformat(item).date() for item in spec.x if isinstance(item, str)]
        day = dt.datetime.fromisoformat(value).date()
    except ValueError:
        return text
    month = f"{MONTH_NAMES[day.month - 1][:3]} {day.year}"
    if all((item.day, item.month) == (1, 1) for item in days):
        return f"{day:%Y}"
    return month if all(item.day == 1 for item in days) else f"{day.day} {month}"
