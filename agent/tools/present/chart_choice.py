"""Which chart a result wants: lines along time, bars for groups, none for a single figure; one unit to an axis."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from agent.answer import ChartSeries, ChartSpec
from agent.tools.present.number_format import as_decimal
from agent.tools.present.periods import MONTH_NAMES, naive_moment
from agent.tools.present.story import Story
from agent.tools.present.table_columns import KeyColumn, Measure
from catalog.durations import TimePart

MAXIMUM_SERIES = 8
MAXIMUM_BARS = 30
MAXIMUM_POINTS = 2000
TARGET_SERIES = "Target"
OTHER_SERIES = "Other"
_MANY_BARS, _LONG_LABEL = 8, 12
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NO_CHART_SHAPES = ("records", "values", "definition", "overview")


def choose_chart(story: Story) -> tuple[ChartSpec | None, tuple[str, ...]]:
    """The chart of a result, and caveats on what it leaves out; (None, ()) where a chart would add nothing."""
    reading = story.reading
    if not reading.measures or not reading.keys or len(story.filled_rows) < 2 or story.plan.shape in _NO_CHART_SHAPES:
        return None, ()
    keys = len(reading.group_keys)
    if reading.time_key is not None:
        if keys == 0:
            return _lines(story, reading.time_key)
        return _lines_by_group(story, reading.time_key) if keys == 1 else (None, ())
    if keys == 1:
        return _bars(story, reading.group_keys[0])
    return _bars_by_two(story, *reading.group_keys) if keys == 2 else (None, ())


def _number(cell: Any) -> float | int | None:
    number = as_decimal(cell)
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() and abs(number) < 10**15 else float(number)


def _values(story: Story, rows: list[int], column: int) -> tuple[float | int | None, ...]:
    return tuple(_number(story.reading.rows[row][column]) for row in rows)


def _same_unit_measures(story: Story) -> tuple[Measure, ...]:
    first = story.measure
    return tuple(item for item in story.reading.measures if item.unit == first.unit and item.is_asked) or (first,)


def _series_of(story: Story, rows: list[int]) -> list[ChartSeries]:
    """The measures of the first one's unit; with a single one its earlier period and target, dashed."""
    measures = _same_unit_measures(story)[:MAXIMUM_SERIES]
    series = [
        ChartSeries(name=item.label, values=_values(story, rows, item.index), unit=item.unit) for item in measures
    ]
    first = measures[0]
    if len(measures) > 1:
        return series
    for comparison in first.comparisons:
        if comparison.previous is not None:
            compared = story.compared(rows[-1], first)
            name = compared.earlier_words if compared and not story.reading.time_key else comparison.label or "Before"
            values = _values(story, rows, comparison.previous)
            series.append(ChartSeries(name=name[0].upper() + name[1:], values=values, unit=first.unit, style="dashed"))
    if first.target is not None:
        values = _values(story, rows, first.target)
        series.append(ChartSeries(name=TARGET_SERIES, values=values, unit=first.unit, style="dashed"))
    return [item for item in series if any(value is not None for value in item.values)]


def _title(story: Story, *keys: KeyColumn) -> str:
    label = " and ".join(item.label for item in _same_unit_measures(story)[:2])
    by = " and ".join(key.grain.value if key.grain else key.label.lower() for key in keys)
    return f"{label} by {by}{story.scope}{story.when}"


def _iso(cell: dt.date) -> str:
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return cell.isoformat()


def _lines(story: Story, key: KeyColumn) -> tuple[ChartSpec | None, tuple[str, ...]]:
    cells = story.reading.rows
    rows = [row for row in range(len(cells)) if isinstance(cells[row][key.index], dt.date)]
    rows.sort(key=lambda row: naive_moment(cells[row][key.index]))
    if len(rows) < 2 or len(rows) > MAXIMUM_POINTS:
        return None, ()
    spec = ChartSpec(
        kind="line",
        title=_title(story, key),
        x_label=key.label,
        y_label=story.measure.label,
        x=tuple(_iso(cells[row][key.index]) for row in rows),
        x_is_time=True,
        series=tuple(_series_of(story, rows)),
        unit=story.measure.unit,
    )
    return spec, ()


def _lines_by_group(story: Story, key: KeyColumn) -> tuple[ChartSpec | None, tuple[str, ...]]:
    reading, measure, group = story.reading, story.measure, story.reading.group_keys[0]
    moments = sorted({row[key.index] for row in reading.rows if isinstance(row[key.index], dt.date)}, key=naive_moment)
    if len(moments) < 2 or len(moments) > MAXIMUM_POINTS:
        return None, ()
    table: dict[str, dict[Any, float | int | None]] = {}
    for row in story.filled_rows:
        cells = reading.rows[row]
        table.setdefault(group.shown(cells[group.index]), {})[cells[key.index]] = _number(cells[measure.index])
    names, notes = _largest(story, table, group)
    x = tuple(_iso(moment) for moment in moments)
    series = [
        ChartSeries(name=name, values=tuple(table[name].get(moment) for moment in moments), unit=measure.unit)
        for name in names
    ]
    if len(names) < len(table) and measure.adds_up:
        rest = [table[name] for name in table if name not in names]
        folded = tuple(_folded([own.get(moment) for own in rest]) for moment in moments)
        series.append(ChartSeries(name=OTHER_SERIES, values=folded, unit=measure.unit))
    spec = ChartSpec(
        kind="line",
        title=_title(story, key, group),
        x_label=key.label,
        y_label=measure.label,
        x=x,
        x_is_time=True,
        series=tuple(series),
        unit=measure.unit,
    )
    return spec, notes


def _folded(values: list[float | int | None]) -> float | int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _largest(
    story: Story, table: dict[str, dict[Any, float | int | None]], group: KeyColumn
) -> tuple[list[str], tuple[str, ...]]:
    """The groups with a line or colour of their own, largest first, and what to say of the others."""
    if len(table) <= MAXIMUM_SERIES:
        return list(table), ()

    def size(name: str) -> float:
        return sum(abs(value) for value in table[name].values() if value is not None)

    room = MAXIMUM_SERIES - 1 if story.measure.adds_up else MAXIMUM_SERIES
    names = sorted(table, key=lambda name: (-size(name), name))[:room]
    rest = "the others are added up" if story.measure.adds_up else "the others are in the table"
    return names, (f"The chart shows the {room} largest of {len(table):,} by {group.label.lower()}; {rest}",)


def _in_natural_order(key: KeyColumn, rows: list[int], story: Story) -> list[int]:
    cells = story.reading.rows
    names = {TimePart.WEEKDAY: _WEEKDAYS, TimePart.MONTH_OF_YEAR: MONTH_NAMES}.get(key.part) if key.part else None
    if names:
        return sorted(
            rows, key=lambda row: names.index(cells[row][key.index]) if cells[row][key.index] in names else 99
        )
    if key.part is not None:
        return sorted(rows, key=lambda row: as_decimal(cells[row][key.index]) or 0)
    return rows


def _bars(story: Story, key: KeyColumn) -> tuple[ChartSpec | None, tuple[str, ...]]:
    cells = story.reading.rows
    rows = _in_natural_order(key, list(story.filled_rows), story)
    notes: tuple[str, ...] = ()
    if len(rows) > MAXIMUM_BARS:
        notes = (f"The chart shows the first {MAXIMUM_BARS} of {len(rows):,}; the table has all",)
        rows = rows[:MAXIMUM_BARS]
    names = tuple(key.shown(cells[row][key.index]) for row in rows)
    series = _series_of(story, rows)
    bars = [item for item in series if item.name != TARGET_SERIES]
    is_natural = key.part is not None or story.plan.shape == "distribution"
    spec = ChartSpec(
        kind="grouped_bar" if len(bars) > 1 else "bar",
        title=_title(story, key),
        x_label=key.label,
        y_label=story.measure.label,
        x=names,
        series=tuple(series),
        unit=story.measure.unit,
        horizontal=not is_natural and (len(rows) > _MANY_BARS or max(map(len, names)) > _LONG_LABEL),
    )
    return spec, notes


def _bars_by_two(story: Story, first: KeyColumn, second: KeyColumn) -> tuple[ChartSpec | None, tuple[str, ...]]:
    """The key with more values along the axis, the other in colours; stacked where parts add up."""
    reading, measure = story.reading, story.measure
    counts = {key.index: len({row[key.index] for row in reading.rows}) for key in (first, second)}
    along, across = (first, second) if counts[first.index] >= counts[second.index] else (second, first)
    if counts[along.index] > MAXIMUM_BARS:
        return None, ("There are too many groups for a chart; the table has all",)
    rows = _in_natural_order(along, list(story.filled_rows), story)
    table: dict[str, dict[Any, float | int | None]] = {}
    for row in rows:
        cells = reading.rows[row]
        name = along.shown(cells[along.index])
        table.setdefault(across.shown(cells[across.index]), {})[name] = _number(cells[measure.index])
    x = tuple(dict.fromkeys(along.shown(reading.rows[row][along.index]) for row in rows))
    names, notes = _largest(story, table, across)
    series = [
        ChartSeries(name=name, values=tuple(table[name].get(item) for item in x), unit=measure.unit) for name in names
    ]
    if len(names) < len(table) and measure.adds_up:
        rest = [table[name] for name in table if name not in names]
        folded = tuple(_folded([own.get(item) for own in rest]) for item in x)
        series.append(ChartSeries(name=OTHER_SERIES, values=folded, unit=measure.unit))
    is_stack = measure.adds_up and all(value is None or value >= 0 for item in series for value in item.values)
    kind: Literal["stacked_bar", "grouped_bar"] = "stacked_bar" if is_stack else "grouped_bar"
    spec = ChartSpec(
        kind=kind,
        title=_title(story, along, across),
        x_label=along.label,
        y_label=measure.label,
        x=x,
        series=tuple(series),
        unit=measure.unit,
        horizontal=len(x) > _MANY_BARS or max(map(len, x)) > _LONG_LABEL,
    )
    return spec, notes
