"""Caveats: what a careful analyst says beside the figures."""

from __future__ import annotations

import datetime as dt
import decimal
import re

from agent.tools.present.condition_words import fields_narrowed
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.number_format import as_decimal
from agent.tools.present.periods import day_name, first_day, last_day, naive_moment, period_name
from agent.tools.present.story import Story
from agent.tools.present.table_columns import Measure
from catalog.models import AggregateMetric, Aggregation
from catalog.query import Period

SMALL_BASE = 30  # fewer rows than this under a rate or mean: chance alone can move it
_MAXIMUM_NAMES = 3
_STATE = re.compile(r"\b(?:status|state|stage|phase)\b", re.IGNORECASE)


def caveats(story: Story) -> tuple[str, ...]:
    """What limits the answer, most important first, none twice: the plan's own, time, gaps, small bases, definitions."""
    found = [*story.plan.caveats]
    found += _about_periods(story)
    found += _about_rows(story)
    for measure in story.reading.measures:
        found += _about_gaps(story, measure)
        found += _about_base(story, measure)
    for measure in story.reading.measures:
        if measure.metric is not None and measure.metric.caveat:
            found.append(measure.metric.caveat)
    return tuple(dict.fromkeys(found))


def _about_periods(story: Story) -> list[str]:
    reading, found = story.reading, list[str]()
    period, span, as_of = reading.period, reading.data_span, reading.as_of
    last_known = min(as_of, span[1]) if span else as_of
    ends_on = last_day(period) if period else None
    is_incomplete = ends_on is not None and ends_on > last_known
    if period is not None and is_incomplete:
        named = period_name(period)
        found.append(f"{named[0].upper()}{named[1:]} is not complete: there is data up to {day_name(last_known)} only")
    elif span is not None and span[1] < as_of and (ends_on is None or ends_on > span[1]):
        found.append(f"The data ends on {day_name(span[1])}, before {day_name(as_of)}")
    if period is not None and span is not None:
        begins_on = first_day(period)
        if begins_on is not None and begins_on < span[0]:
            found.append(f"Part of the period lies before the data, which begins on {day_name(span[0])}")
    for comparison in {item.name: item for measure in reading.measures for item in measure.comparisons}.values():
        found += _about_compared(story, comparison.period, is_incomplete)
    if reading.time_key is not None and not is_incomplete:
        found += _about_row_periods(story)
    return found


def _about_compared(story: Story, period: Period | None, is_incomplete: bool) -> list[str]:
    reading, found = story.reading, list[str]()
    if period is None or not period_name(period):
        return found
    span, named = reading.data_span, period_name(period)
    begins_on, ends_on = first_day(period), last_day(period)
    if span is not None and begins_on is not None and begins_on < span[0]:
        found.append(f"The data begins on {day_name(span[0])}, so {named} is not, or not wholly, in it")
    if span is not None and ends_on is not None and ends_on > span[1]:
        found.append(f"{named[0].upper()}{named[1:]} is not complete either: the data ends on {day_name(span[1])}")
    elif is_incomplete and ends_on is not None:
        found.append(f"A part of a period is set beside the whole of {named}")
    return found


def _about_row_periods(story: Story) -> list[str]:
    """First and last rows along time that hold only a part of their period."""
    reading, key = story.reading, story.reading.time_key
    assert key is not None
    dated = [row for row in range(len(reading.rows)) if isinstance(reading.rows[row][key.index], dt.date)]
    names = [
        key.shown(reading.rows[row][key.index])
        for row in sorted(dated, key=lambda item: naive_moment(reading.rows[item][key.index]))
        if not reading.is_complete(reading.row_period(row))
    ]
    names = list(dict.fromkeys(names))
    if not names:
        return []
    shown = " and ".join(names[:2]) if len(names) <= 2 else f"{names[0]} and others"
    verbs = ("holds", "is") if len(names) == 1 else ("hold", "are")
    return [
        f"{shown[0].upper()}{shown[1:]} {verbs[0]} only a part of the period and {verbs[1]} left out of comparisons"
    ]


def _about_rows(story: Story) -> list[str]:
    reading, found = story.reading, list[str]()
    if reading.table.truncated:
        found.append(f"Only the first {len(reading.rows):,} rows are shown; there are more")
    for key in reading.keys:
        unnamed = [row for row in reading.rows if row[key.index] is None]
        if unnamed and reading.query is not None and reading.query.totals != "none":
            continue
        if unnamed:
            are = "row has" if len(unnamed) == 1 else "rows have"
            found.append(f"{len(unnamed):,} {are} no {mid_sentence(key.label)}")
    return found + _about_states(story)


def _about_states(story: Story) -> list[str]:
    """That nothing is in a state now does not say that nothing was: "how many orders did we ship in 2025"."""
    reading = story.reading
    if reading.keys or reading.period is None or reading.query is None or len(reading.rows) != 1:
        return []
    if as_decimal(reading.rows[0][story.measure.index]) not in (None, 0):
        return []
    labels = dict.fromkeys(
        field.label
        for name in fields_narrowed(reading.query.where)
        if (dataset := story.view.datasets.get(name.partition(".")[0])) is not None
        and (field := dataset.field_by_name.get(name.partition(".")[2])) is not None
        and _STATE.search(f"{field.name.replace('_', ' ')} {field.label}")
    )
    return [f"{label} is as it is now: what has moved on since is not counted" for label in labels]


def _about_gaps(story: Story, measure: Measure) -> list[str]:
    rows, found = story.reading.rows, list[str]()
    cells = [row[measure.index] for row in rows]
    missing = [at for at, cell in enumerate(cells) if as_decimal(cell) is None and not isinstance(cell, dt.date)]
    why = " (no data, or a division by zero)" if not isinstance(measure.metric, AggregateMetric) else ""
    if missing and len(rows) == 1:
        found.append(f"There is no figure for {measure.label_inside}{why}")
    elif missing:
        names = ", ".join(story.reading.row_name(row) for row in missing[:_MAXIMUM_NAMES])
        rest = f" and {len(missing) - _MAXIMUM_NAMES:,} more" if len(missing) > _MAXIMUM_NAMES else ""
        found.append(f"There is no figure for {measure.label_inside}{why} in: {names}{rest}")
    for comparison in measure.comparisons:
        if comparison.previous is None or not story.reading.rows:
            continue
        earlier = [rows[row][comparison.previous] for row in range(len(rows)) if row not in missing]
        words = period_name(comparison.period) if comparison.period else "the period before"
        lost = sum(1 for cell in earlier if as_decimal(cell) is None)
        zeros = sum(1 for cell in earlier if as_decimal(cell) == 0)
        of = "" if len(rows) == 1 else f" for {lost:,} of {len(rows):,} rows"
        if lost:
            found.append(f"There is no figure for {measure.label_inside} in {words}{of} to compare with")
        if zeros:
            of = "" if len(rows) == 1 else f" for {zeros:,} of {len(rows):,} rows"
            found.append(f"{measure.label} {measure.verb} zero in {words}{of}, so no growth can be given")
    return found


def _about_base(story: Story, measure: Measure) -> list[str]:
    """Rates and means that rest on few rows, where a count beside them tells."""
    reading, found = story.reading, list[str]()
    if measure.comparisons and measure.unit == "count":
        found += _small_before(story, measure)
    if not _is_mean_or_rate(measure):
        return found
    for other in reading.measures:
        if other.unit != "count" or other.index == measure.index:
            continue
        small = [row for row in story.filled_rows if _is_small(reading.rows[row][other.index])]
        if not small:
            continue
        if not reading.keys:
            size = as_decimal(reading.rows[0][other.index])
            found.append(f"{measure.label} rests on few {other.label_inside} ({size:,})")
        else:
            names = ", ".join(reading.row_name(row) for row in small[:_MAXIMUM_NAMES])
            rest = f" and {len(small) - _MAXIMUM_NAMES:,} more" if len(small) > _MAXIMUM_NAMES else ""
            found.append(f"{measure.label} rests on fewer than {SMALL_BASE} {other.label_inside} for {names}{rest}")
        break
    return found


def _small_before(story: Story, measure: Measure) -> list[str]:
    for comparison in measure.comparisons:
        if comparison.previous is None:
            continue
        small = [row for row in story.filled_rows if _is_small(story.reading.rows[row][comparison.previous])]
        if small and not story.reading.keys:
            return [f"The growth of {measure.label_inside} rests on small numbers"]
        if small:
            names = ", ".join(story.reading.row_name(row) for row in small[:_MAXIMUM_NAMES])
            rest = f" and {len(small) - _MAXIMUM_NAMES:,} more" if len(small) > _MAXIMUM_NAMES else ""
            return [f"The growth of {measure.label_inside} rests on small numbers for {names}{rest}"]
    return []


def _is_small(cell: object) -> bool:
    number = as_decimal(cell)
    return number is not None and decimal.Decimal(0) < number < SMALL_BASE


def _is_mean_or_rate(measure: Measure) -> bool:
    if measure.unit in ("fraction", "score", "ratio"):
        return True
    if measure.metric is None:
        return False
    if isinstance(measure.metric, AggregateMetric):
        return measure.metric.aggregation in (Aggregation.AVERAGE, Aggregation.MEDIAN, Aggregation.PERCENTILE)
    return measure.metric.kind in ("derived", "per_entity") and measure.unit != "count"
