"""The narrative: one to four short sentences under the headline, each told from numbers of the result."""

from __future__ import annotations

import decimal

from agent.tools.present.comparing_words import change_words, listed, movers, ordering, share_words, target_gap
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import is_plural
from agent.tools.present.number_format import as_decimal
from agent.tools.present.sentences import Sentence
from agent.tools.present.story import ComparedCells, Story
from catalog.models import Direction

MAXIMUM_SENTENCES = 4
_SMALLEST_WITH_LAST = 4  # rows from which the other end of a ranking is worth a sentence
_TOP = 3
_GROUPS_TOLD = 4


def narrative(story: Story) -> tuple[Sentence, ...]:
    """At most four sentences that add to the headline; none where there is nothing to add."""
    reading = story.reading
    if not reading.measures or not story.filled_rows or story.plan.shape in ("values", "records") or reading.is_free:
        return ()
    if not reading.keys:
        found = _about_one_figure(story)
    elif reading.time_key is not None and not reading.group_keys:
        found = _about_time(story)
    elif reading.time_key is not None:
        found = _about_groups_along_time(story)
    else:
        found = _about_groups(story)
    return tuple(item for item in found if item is not None)[:MAXIMUM_SENTENCES]


def _about_one_figure(story: Story) -> tuple[Sentence | None, ...]:
    compared = story.compared(0, story.measure)
    return (
        _difference(story, compared) if compared else None,
        _favour(story, compared) if compared else None,
        _target(story, 0) if story.plan.shape != "target" else None,
    )


def _difference(story: Story, compared: ComparedCells) -> Sentence | None:
    """The change as an amount, or for a rate the earlier figure."""
    measure, builder = story.measure, story.builder()
    change = builder.computed("difference", compared.later, compared.earlier)
    earlier = builder.computed("sum", compared.earlier)
    if not change or earlier is None:
        return None
    asked = [item for item in story.reading.measures if item.is_asked]
    if story.plan.shape == "comparison" and len(asked) < 2:
        if measure.is_rate:
            return None
        return builder.finished(f"The difference is {builder.derived('gap', compared.later, compared.earlier)}.")
    _, was = builder.pair(compared.later[0], compared.earlier[0], measure)
    subject = "They were" if is_plural(measure.label) else "It was"
    if len(asked) > 1:
        subject = f"{measure.label} {measure.verb}"
    if measure.is_rate or earlier <= 0:
        return builder.finished(f"{subject} {was} {compared.earlier_placed}.")
    way = "more" if change > 0 else "less"
    gap = builder.derived("gap", compared.later, compared.earlier)
    return builder.finished(f"{subject} {was} {compared.earlier_placed}, so this is {gap} {way}.")


def _favour(story: Story, compared: ComparedCells) -> Sentence | None:
    measure, builder = story.measure, story.builder()
    change = builder.computed("difference", compared.later, compared.earlier)
    if measure.good_direction is None or not change:
        return None
    is_good = (change > 0) == (measure.good_direction is Direction.UP)
    better = "Higher" if measure.good_direction is Direction.UP else "Lower"
    return Sentence(f"{better} is better here, so this is a change for the {'better' if is_good else 'worse'}.")


def _target(story: Story, row: int) -> Sentence | None:
    builder, measure = story.builder(), story.measure
    found = target_gap(builder, row, measure)
    if found is None:
        return None
    is_met, target, gap = found
    if not gap:
        return builder.finished(f"The target of {target} was {'met' if is_met else 'missed'} exactly.")
    if is_met:
        return builder.finished(f"The target of {target} was met, with {gap} to spare.")
    return builder.finished(f"The target of {target} was missed by {gap}.")


def _about_time(story: Story) -> tuple[Sentence | None, ...]:
    rows = story.rows_along_time
    if not rows or story.plan.shape in ("threshold", "extreme_period"):
        return (_next_in_order(story), None)
    return (
        _latest_step(story, rows),
        _against_compared(story, rows[-1]),
        _average(story, rows),
        _target(story, rows[-1]) if story.plan.shape != "target" and len(rows) == 1 else None,
    )


def _latest_step(story: Story, rows: tuple[int, ...]) -> Sentence | None:
    """The latest whole period against the one right before it."""
    if len(rows) < 3:
        return None
    key, measure, builder, cells = story.reading.time_key, story.measure, story.builder(), story.reading.rows
    assert key is not None
    before, last = rows[-2], rows[-1]
    earlier, later = story.reading.row_period(before), story.reading.row_period(last)
    if earlier is None or later is None or earlier.end != later.start:
        return None
    compared = ComparedCells(
        (CellReference(row=last, column=measure.index),), (CellReference(row=before, column=measure.index),), "", ""
    )
    sign, words = change_words(builder, compared, measure)
    name = key.shown(cells[before][key.index])
    ended = key.placed(cells[last][key.index])
    opening = f"{ended[0].upper()}{ended[1:]} {'they' if is_plural(measure.label) else 'it'}"
    if sign == 0:
        verb = measure.verb
        return builder.finished(f"{opening} {verb} unchanged on {name}.")
    return builder.finished(f"{opening} {'rose' if sign > 0 else 'fell'} {words} on {name}.")


def _against_compared(story: Story, row: int) -> Sentence | None:
    compared, builder, key = story.compared(row, story.measure), story.builder(), story.reading.time_key
    if compared is None or key is None:
        return None
    sign, words = change_words(builder, compared, story.measure)
    name = key.shown(story.reading.rows[row][key.index])
    name = name[0].upper() + name[1:]
    if sign == 0:
        return builder.finished(f"{name} was level with {compared.earlier_words}.")
    return builder.finished(f"{name} was {'up' if sign > 0 else 'down'} {words} on {compared.earlier_words}.")


def _average(story: Story, rows: tuple[int, ...]) -> Sentence | None:
    key, measure, builder = story.reading.time_key, story.measure, story.builder()
    if key is None or key.grain is None or len(rows) < 3 or not measure.adds_up_over_time:
        return None
    cells = tuple(CellReference(row=row, column=measure.index) for row in rows)
    whole = "whole " if len(rows) < len(story.filled_rows) else ""
    return builder.finished(f"The average {whole}{key.grain.value} came to {builder.derived('mean', cells)}.")


def _next_in_order(story: Story) -> Sentence | None:
    """The runners-up behind the first, in the order that was asked."""
    order, measure, reading, builder = ordering(story), story.measure, story.reading, story.builder()
    ranked = sorted(
        story.filled_rows,
        key=lambda row: as_decimal(reading.rows[row][measure.index]) or decimal.Decimal(0),
        reverse=order is None or order.descending,
    )
    values = [reading.rows[row][measure.index] for row in ranked]
    if len(ranked) < 2 or values[0] == values[1] or (len(ranked) == 2 and story.plan.shape == "comparison"):
        return None
    shown = [f"{reading.row_name(row)} at {builder.measured(row, measure)}" for row in ranked[1:_TOP]]
    return builder.finished(f"Next came {listed(shown)}.")


def _about_groups(story: Story) -> tuple[Sentence | None, ...]:
    order = ordering(story)
    by_change = order is not None and order.column != story.measure.name
    moved = movers(story) if by_change or story.plan.shape == "comparison" else ()
    if moved:
        return (_total_change(story), _rises_and_falls(story, moved))
    if story.plan.shape == "threshold" or len(story.reading.rows) == 1:
        return ()
    if story.reading.query is not None and story.reading.query.limit_within:
        return (_first_in_each_group(story),)
    return (_next_in_order(story), _top_share(story), _other_end(story), _total_change(story))


def _first_in_each_group(story: Story) -> Sentence | None:
    """Who leads in the groups that the limit holds in, where the headline tells of one row alone."""
    reading, measure, query, builder = story.reading, story.measure, story.reading.query, story.builder()
    assert query is not None
    order = ordering(story)
    within = [key for key in reading.keys if key.name in query.limit_within]
    ranked = sorted(
        story.filled_rows,
        key=lambda row: as_decimal(reading.rows[row][measure.index]) or decimal.Decimal(0),
        reverse=order is None or order.descending,
    )
    first: dict[tuple[object, ...], int] = {}
    for row in ranked:
        first.setdefault(tuple(reading.rows[row][key.index] for key in within), row)
    others = list(first.values())[1 : _GROUPS_TOLD + 1]
    if not others:
        return None
    shown = [f"{reading.row_name(row)} at {builder.measured(row, measure)}" for row in others]
    rest = len(first) - 1 - len(others)
    return builder.finished(f"First in other groups: {listed(shown)}{', and so on below' if rest else ''}.")


def _total_change(story: Story) -> Sentence | None:
    compared, builder, measure = story.compared_totals(), story.builder(), story.measure
    if compared is None:
        return None
    sign, words = change_words(builder, compared, measure)
    total = builder.derived("sum", compared.later)
    clause = "unchanged" if sign == 0 else f"{'up' if sign > 0 else 'down'} {words}"
    return builder.finished(f"In all, {measure.label_inside} came to {total}, {clause} on {compared.earlier_words}.")


def _rises_and_falls(story: Story, moved: tuple[tuple[int, ComparedCells], ...]) -> Sentence | None:
    if len(moved) < 3:
        return None
    builder = story.builder()
    signs = {row: change_words(story.builder(), cells, story.measure)[0] for row, cells in moved}
    parts: list[str] = []
    for words, sign in (("rose for", 1), ("fell for", -1)):
        rows = tuple(CellReference(row=row, column=story.measure.index) for row, own in signs.items() if own == sign)
        if rows:
            parts.append(f"{words} {builder.derived('count', rows)}")
    everyone = tuple(CellReference(row=row, column=story.measure.index) for row in signs)
    if not parts:
        return None
    subject = "They" if is_plural(story.measure.label) else "It"
    return builder.finished(f"{subject} {' and '.join(parts)} of {builder.derived('count', everyone)}.")


def _top_share(story: Story) -> Sentence | None:
    """What the first few of many make up together."""
    measure, reading, builder = story.measure, story.reading, story.builder()
    if len(story.filled_rows) <= _TOP + 1:
        return None
    ranked = sorted(
        story.filled_rows,
        key=lambda row: as_decimal(reading.rows[row][measure.index]) or decimal.Decimal(0),
        reverse=True,
    )
    if not reading.is_whole and ordering(story) is None:
        return None
    share = share_words(story, builder, *ranked[:_TOP])
    if not share:
        return None
    cells = tuple(CellReference(row=row, column=measure.index) for row in ranked[:_TOP])
    return builder.finished(f"The largest {builder.derived('count', cells)} together make up {share}.")


def _other_end(story: Story) -> Sentence | None:
    measure, reading, builder, order = story.measure, story.reading, story.builder(), ordering(story)
    if not reading.is_whole or len(story.filled_rows) < _SMALLEST_WITH_LAST:
        return None
    is_lowest_first = order is not None and not order.descending
    pick = max if is_lowest_first else min
    row = pick(story.filled_rows, key=lambda item: as_decimal(reading.rows[item][measure.index]) or decimal.Decimal(0))
    values = [reading.rows[item][measure.index] for item in story.filled_rows]
    if values.count(reading.rows[row][measure.index]) > 1:
        return None
    word = "highest" if is_lowest_first else "lowest"
    return builder.finished(f"The {word} was {reading.row_name(row)}, at {builder.measured(row, measure)}.")


def _about_groups_along_time(story: Story) -> tuple[Sentence | None, ...]:
    """How the largest groups of the latest whole period got there."""
    reading, measure, key = story.reading, story.measure, story.reading.time_key
    assert key is not None
    by_group: dict[str, list[int]] = {}
    for row in story.rows_along_time:
        by_group.setdefault(reading.group_name(row), []).append(row)
    latest = sorted(
        by_group.items(),
        key=lambda item: as_decimal(reading.rows[item[1][-1]][measure.index]) or decimal.Decimal(0),
        reverse=True,
    )
    found: list[Sentence | None] = []
    for name, rows in latest[:_TOP]:
        if len(rows) < 2:
            continue
        builder = story.builder()
        later, earlier = (CellReference(row=row, column=measure.index) for row in (rows[-1], rows[0]))
        sign, words = change_words(builder, ComparedCells((later,), (earlier,), "", ""), measure)
        one, other = builder.pair(later, earlier, measure)
        begun, ended = (key.placed(reading.rows[row][key.index]) for row in (rows[0], rows[-1]))
        ends = f"from {other} {begun} to {one} {ended}"
        verb = "was unchanged," if sign == 0 else f"{'rose' if sign > 0 else 'fell'} {words},"
        found.append(builder.finished(f"{name} {verb} {ends}."))
    return tuple(found)
