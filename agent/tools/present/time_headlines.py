"""Headlines of tables along time: from first to last, the best or worst period, the leading group."""

from __future__ import annotations

import datetime as dt
import decimal

from agent.tools.present.comparing_words import (
    change_words,
    movers,
    ordering,
    value_beside,
)
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.group_headlines import is_by_change, largest_change, matching_rows_headline
from agent.tools.present.label_words import is_plural
from agent.tools.present.number_format import as_decimal
from agent.tools.present.periods import naive_moment
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.present.story import ComparedCells, Story
from agent.tools.present.table_columns import KeyColumn


def time_headline(story: Story) -> Sentence:
    reading = story.reading
    key = reading.time_key
    assert key is not None
    if reading.group_keys:
        return _groups_along_time(story, key)
    if is_by_change(story) and movers(story):
        return largest_change(story, ordering(story))
    if story.plan.shape == "threshold":
        return matching_rows_headline(story)
    rows = story.rows_along_time
    if story.plan.shape == "extreme_period" or (story.plan.shape == "ranking" and ordering(story) is not None):
        return _extreme_period(story, key)
    builder, measure = story.builder("headline"), story.measure
    if len(rows) < 2:
        row = rows[-1] if rows else story.filled_rows[-1]
        compared = story.compared(row, measure)
        value = value_beside(builder, compared, measure, row)
        when = key.placed(reading.rows[row][key.index])
        return builder.finished(f"{measure.label} {measure.verb} {value}{story.scope} {when}")
    first, last = rows[0], rows[-1]
    cells = ComparedCells(
        (CellReference(row=last, column=measure.index),), (CellReference(row=first, column=measure.index),), "", ""
    )
    sign, words = change_words(builder, cells, measure)
    later, earlier = builder.pair(cells.later[0], cells.earlier[0], measure)
    begun, ended = (key.placed(reading.rows[row][key.index]) for row in (first, last))
    ends = f"from {earlier} {begun} to {later} {ended}"
    if sign == 0:
        text = f"{measure.label}{story.scope} ended where {'they' if is_plural(measure.label) else 'it'} began, {ends}"
    else:
        text = f"{measure.label}{story.scope} {'rose' if sign > 0 else 'fell'} {words}, {ends}"
    return builder.finished(text + _high_and_low(story, builder, key, rows))


def _high_and_low(story: Story, builder: SentenceBuilder, key: KeyColumn, rows: tuple[int, ...]) -> str:
    """The high and low between the ends; nothing where they are the ends."""
    cells, measure = story.reading.rows, story.measure
    parts: list[str] = []
    for name, pick in (("high", max), ("low", min)):
        row = pick(rows, key=lambda item: as_decimal(cells[item][measure.index]) or decimal.Decimal(0))
        if row not in (rows[0], rows[-1]):
            verb = "" if parts else " was"
            parts.append(f"the {name}{verb} {builder.measured(row, measure)} {key.placed(cells[row][key.index])}")
    return f"; {', '.join(parts)}" if parts else ""


def _extreme_period(story: Story, key: KeyColumn) -> Sentence:
    builder, measure, reading = story.builder("headline"), story.measure, story.reading
    order = ordering(story)
    is_lowest = order is not None and not order.descending
    rows = story.rows_along_time or story.filled_rows
    if order is not None and not reading.is_whole:
        rows = story.filled_rows  # the database chose them; the first is the extreme
    pick = min if is_lowest else max
    row = pick(rows, key=lambda item: as_decimal(reading.rows[item][measure.index]) or decimal.Decimal(0))
    placed, value = key.placed(reading.rows[row][key.index]), builder.measured(row, measure)
    word = "lowest" if is_lowest else "highest"
    return builder.finished(f"{measure.label} {measure.verb} {word} {placed}, at {value}{story.scope}")


def _moment_or_first(cell: object) -> dt.datetime:
    return naive_moment(cell) if isinstance(cell, dt.date) else dt.datetime.min


def _groups_along_time(story: Story, key: KeyColumn) -> Sentence:
    """The leading group in the latest whole period."""
    builder, measure, reading = story.builder("headline"), story.measure, story.reading
    candidates = story.rows_along_time or story.filled_rows
    dated = [row for row in candidates if isinstance(reading.rows[row][key.index], dt.date)] or list(candidates)
    latest = max(dated, key=lambda row: _moment_or_first(reading.rows[row][key.index]))
    moment = reading.rows[latest][key.index]
    rows = [row for row in candidates if reading.rows[row][key.index] == moment]
    best = max(rows, key=lambda row: as_decimal(reading.rows[row][measure.index]) or decimal.Decimal(0))
    name, placed = reading.group_name(best), key.placed(moment)
    shown = builder.measured(best, measure)
    if len(rows) == 1:
        return builder.finished(f"{measure.label} {measure.verb} {shown} for {name} {placed}{story.scope}")
    return builder.finished(f"{name} had the highest {measure.label_inside} {placed}, at {shown}{story.scope}")
