"""Headlines of tables with one row a group: who leads, who moved most, which match."""

from __future__ import annotations

import decimal

from agent.tools.present.comparing_words import (
    change_clause,
    change_words,
    comes_first,
    listed,
    movers,
    ordering,
    plural,
    share_words,
    superlative,
    target_gap,
    value_beside,
)
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.number_format import as_decimal
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.present.story import ComparedCells, Story
from agent.tools.present.table_columns import Measure
from catalog.query import Calculation, OrderBy

_MAXIMUM_TIED_NAMES = 3
_CHANGE = ("_change", "_growth")


def group_headline(story: Story) -> Sentence:
    """The headline of a table with several groups."""
    order, shape = ordering(story), story.plan.shape
    if (is_by_change(story) or shape == "comparison") and movers(story):
        return largest_change(story, order)
    if shape == "comparison" and len(story.filled_rows) == 2:
        return _two_groups(story)
    if shape == "threshold":
        return matching_rows_headline(story)
    return _leading_group(story)


def is_by_change(story: Story) -> bool:
    """Whether the rows are in the order of a change of the first measure, not of the measure itself."""
    order = ordering(story)
    return order is not None and order.column.startswith(f"{story.measure.name}_") and order.column.endswith(_CHANGE)


def place_asked(story: Story) -> Calculation | None:
    """The rank by which a row was picked ("the second highest"), where one was."""
    query = story.reading.query
    ranks = {item.name: item for item in query.calculations if item.kind == "rank"} if query is not None else {}
    picked = [having.column for having in query.having if having.operator == "eq"] if query is not None else []
    return next((ranks[column] for column in picked if column in ranks), None)


def placed_headline(story: Story, rank: Calculation) -> Sentence:
    """ "Apparel is number 2 by revenue, at $30,900"."""
    builder, measure = story.builder("headline"), story.measure
    row = story.filled_rows[0]
    column = next(at for at, item in enumerate(story.reading.table.columns) if item.name == rank.name)
    names = [story.reading.row_name(row) for row in story.filled_rows[:_MAXIMUM_TIED_NAMES]]
    place = builder.value(CellReference(row=row, column=column), None)
    counted_from = ", counted from the lowest" if rank.ascending else ""
    return builder.finished(
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} number {place} by {measure.label_inside}{counted_from}, "
        f"at {builder.measured(row, measure)}{story.scope}{story.when}"
    )


def one_group_headline(story: Story) -> Sentence:
    builder, measure = story.builder("headline"), story.measure
    compared = story.compared(0, measure)
    clause = change_clause(builder, compared, measure) if compared else ""
    order, name = ordering(story), story.reading.row_name(0)
    if is_by_change(story) and compared is not None:
        return largest_change(story, order)
    value = value_beside(builder, compared, measure)
    share = share_words(story, builder, 0) if story.plan.shape == "share" else ""
    if share:
        return builder.finished(
            f"{name} made up {share} of {measure.label_inside} ({value}){story.scope}{story.when}{clause}"
        )
    if order is not None and story.reading.query is not None and story.reading.query.limit == 1:
        word = superlative(measure, not order.descending)
        return builder.finished(
            f"{name} had the {word} {measure.label_inside}, at {value}{story.scope}{story.when}{clause}"
        )
    return builder.finished(f"{measure.label} {measure.verb} {value} for {name}{story.scope}{story.when}{clause}")


def largest_change(story: Story, order: OrderBy | None) -> Sentence:
    """The group whose figure changed most, in the way that was asked (else either way)."""
    builder, measure = story.builder("headline"), story.measure
    moved = movers(story)

    def change(item: tuple[int, ComparedCells]) -> decimal.Decimal:
        by = "growth" if order is not None and order.column.endswith("_growth") else "difference"
        found = builder.computed("growth" if by == "growth" else "difference", item[1].later, item[1].earlier)
        return found if found is not None else decimal.Decimal(0)

    by_change = order is not None and is_by_change(story)
    if order is not None and by_change:
        row, cells = max(moved, key=change) if order.descending else min(moved, key=change)
    else:
        row, cells = max(moved, key=lambda item: abs(change(item)))
    sign, words = change_words(builder, cells, measure)
    name = story.reading.row_name(row)
    if sign == 0:
        return builder.finished(
            f"{measure.label} did not change for any of these{story.scope}{story.when}, compared with {cells.earlier_words}"
        )
    later, earlier = builder.pair(cells.later[0], cells.earlier[0], measure)
    verb = "rose" if sign > 0 else "fell"
    against = order is not None and by_change and (sign > 0) != order.descending
    far = "least" if against else "most"  # of those that all rose the weakest rose least
    if order is not None and by_change and order.column.endswith("_change") and not measure.is_rate:
        words = builder.derived("difference", cells.later, cells.earlier)
    key = story.reading.time_key
    if key is not None:
        placed = key.placed(story.reading.rows[row][key.index])
        return builder.finished(f"{measure.label} {verb} {far} {placed}, by {words} to {later}{story.scope}")
    if comes_first(story):
        side, way = ("ahead", "higher") if sign > 0 else ("behind", "lower")
        return builder.finished(
            f"{measure.label} {measure.verb} furthest {side} for {name}{story.scope}, {words} {way}{story.when} than "
            f"{cells.earlier_placed}: {later} against {earlier}"
        )
    return builder.finished(
        f"{measure.label} {verb} {far} for {name}, by {words} to {later}{story.scope}{story.when}, "
        f"from {earlier} {cells.earlier_placed}"
    )


def _two_groups(story: Story) -> Sentence:
    builder, measure, reading = story.builder("headline"), story.measure, story.reading
    rows = sorted(story.filled_rows, key=lambda row: as_decimal(reading.rows[row][measure.index]) or 0, reverse=True)
    high, low = (CellReference(row=row, column=measure.index) for row in rows)
    one, other = builder.pair(high, low, measure)
    names = [reading.row_name(row) for row in rows]
    start = f"{measure.label} {measure.verb} {one} for {names[0]} and {other} for {names[1]}{story.scope}{story.when}"
    cells = ComparedCells((high,), (low,), "", "")
    sign, words = change_words(builder, cells, measure)
    return builder.finished(start if sign == 0 else f"{start}: {names[0]} is ahead by {words}")


def matching_rows_headline(story: Story) -> Sentence:
    builder, measure, reading = story.builder("headline"), story.measure, story.reading
    key = reading.time_key or reading.keys[0]
    matched = tuple(CellReference(row=row, column=measure.index) for row in story.filled_rows)
    top = max(story.filled_rows, key=lambda row: as_decimal(reading.rows[row][measure.index]) or 0)
    count, name = builder.derived("count", matched), key.grain.value if key.grain else mid_sentence(key.label)
    if len(matched) == 1 and story.bound:
        return builder.finished(
            f"{measure.label} {measure.verb} {story.bound} only {key.placed(reading.rows[top][key.index])}"
            f"{story.scope}{story.when}, at {builder.measured(top, measure)}"
        )
    if len(matched) == 1:
        return builder.finished(
            f"Only {reading.row_name(top)} matches, with {measure.label_inside} at {builder.measured(top, measure)}"
            f"{story.scope}{story.when}"
        )
    placed = key.placed(reading.rows[top][key.index])
    least = "At least " if reading.table.truncated else ""
    if story.bound:
        return builder.finished(
            f"{measure.label} {measure.verb} {story.bound} {'in' if key.grain else 'for'} {least.lower()}{count} {plural(name)}"
            f"{story.scope}{story.when}, highest {placed} at {builder.measured(top, measure)}"
        )
    return builder.finished(
        f"{least}{count} {plural(name)} match; {measure.label_inside} {measure.verb} highest {placed}, "
        f"at {builder.measured(top, measure)}{story.scope}{story.when}"
    )


def _leading_group(story: Story) -> Sentence:
    builder, measure, reading = story.builder("headline"), story.measure, story.reading
    order = ordering(story)
    is_lowest = order is not None and not order.descending
    pick = min if is_lowest else max
    row = pick(story.filled_rows, key=lambda item: as_decimal(reading.rows[item][measure.index]) or decimal.Decimal(0))
    best = reading.rows[row][measure.index]
    tied = [item for item in story.filled_rows if reading.rows[item][measure.index] == best]
    among = "Of the rows shown, " if order is None and not reading.is_whole and reading.query is not None else ""
    value, word = builder.measured(row, measure), superlative(measure, is_lowest)
    if len(tied) > 1:
        names = [reading.row_name(item) for item in tied]
        subject = listed(names) if len(tied) <= _MAXIMUM_TIED_NAMES else f"{_count(builder, measure, tied)} of them"
        return builder.finished(
            f"{among}{subject} tied for the {word} {measure.label_inside}, at {value}{story.scope}{story.when}"
        )
    name, share = reading.row_name(row), share_words(story, builder, row)
    if story.plan.shape == "share" and share:
        least = "smallest" if is_lowest else "largest"
        return builder.finished(
            f"{among}{name} had the {least} share of {measure.label_inside}, {share} ({value}){story.scope}{story.when}"
        )
    if measure.adds_up and not is_lowest and share:
        return builder.finished(
            f"{among}{name} led with {value} ({share} of {measure.label_inside}){story.scope}{story.when}"
        )
    extra = f" ({share} of the total)" if share else ""
    return builder.finished(
        f"{among}{name} had the {word} {measure.label_inside}, at {value}{extra}{story.scope}{story.when}"
    )


def _count(builder: SentenceBuilder, measure: Measure, rows: list[int]) -> str:
    return builder.derived("count", tuple(CellReference(row=row, column=measure.index) for row in rows))


def targets_met_headline(story: Story) -> Sentence:
    builder, measure = story.builder("headline"), story.measure
    judged = [(row, target_gap(story.builder(), row, measure)) for row in story.filled_rows]
    known = [(row, found[0]) for row, found in judged if found is not None]
    met = tuple(CellReference(row=row, column=measure.index) for row, is_met in known if is_met)
    count = tuple(CellReference(row=row, column=measure.index) for row, _ in known)
    key = story.reading.time_key or story.reading.keys[0]
    unit = plural(key.grain.value if key.grain else key.label)
    of = f"{builder.derived('count', count)} {unit}"
    shown = "none" if not met else builder.derived("count", met)
    return builder.finished(f"{measure.label} met the target in {shown} of {of}{story.scope}{story.when}")
