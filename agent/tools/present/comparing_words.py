"""Figures set beside others, in words: changes, shares of a whole, gaps to a target."""

from __future__ import annotations

import decimal

from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import is_plural, mid_sentence
from agent.tools.present.number_format import NEGLIGIBLE, as_decimal
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.present.story import ComparedCells, Story
from agent.tools.present.table_columns import Measure
from catalog.query import OrderBy, as_datetime


def change_words(builder: SentenceBuilder, cells: ComparedCells, measure: Measure) -> tuple[int, str]:
    """Which way a figure went (1, 0, -1) and by how much: percent, or points for rates; amounts from zero or below."""
    change = builder.computed("difference", cells.later, cells.earlier) or decimal.Decimal(0)
    earlier = builder.computed("sum", cells.earlier)
    if abs(change) <= NEGLIGIBLE * max(abs(earlier or decimal.Decimal(0)), decimal.Decimal(1)):
        return 0, ""
    sign = 1 if change > 0 else -1
    if measure.is_rate or earlier is None or earlier < NEGLIGIBLE:
        return sign, builder.derived("difference", cells.later, cells.earlier)
    return sign, builder.derived("growth", cells.later, cells.earlier)


def plural(label: str) -> str:
    """The plural of a label's last word, small inside a sentence."""
    word = mid_sentence(label)
    if is_plural(label):
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def superlative(measure: Measure, is_lowest: bool) -> str:
    """ "highest" or "lowest"; "most" or "fewest" of things that are counted."""
    if measure.unit == "count" and is_plural(measure.label):
        return "fewest" if is_lowest else "most"
    return "lowest" if is_lowest else "highest"


def listed(names: list[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def compared_sentence(
    story: Story, builder: SentenceBuilder, compared: ComparedCells, scope: str, opening: str | None = None
) -> Sentence:
    """ "GMV fell 5.9 % to $150,943 in October 2026, from $160,412 in September"; `opening` replaces the label."""
    measure = story.measure
    sign, words = change_words(builder, compared, measure)
    later, earlier = _pair_of_sums(builder, compared, measure)
    subject = opening if opening is not None else measure.label
    when = story.when if opening is None else ""
    if sign == 0:
        verb = "were" if is_plural(measure.label) and opening is None else "was"
        return builder.finished(f"{subject} {verb} unchanged at {later}{scope}{when}, as {compared.earlier_placed}")
    if opening is None and comes_first(story):
        side = "higher" if sign > 0 else "lower"
        return builder.finished(
            f"{subject} {measure.verb} {words} {side}{scope}{when} than {compared.earlier_placed}: {later} against {earlier}"
        )
    verb = "rose" if sign > 0 else "fell"
    return builder.finished(
        f"{subject} {verb} {words} to {later}{scope}{when}, from {earlier} {compared.earlier_placed}"
    )


def comes_first(story: Story) -> bool:
    """Whether the time asked about comes before the one it is held against, so that nothing rose or fell to it."""
    query = story.reading.query
    own = query.period if query is not None else None
    other = query.compare[0].period if query is not None and len(query.compare) == 1 else None
    if own is None or other is None or own.start is None or other.start is None:
        return False
    return as_datetime(own.start) < as_datetime(other.start)


def _pair_of_sums(builder: SentenceBuilder, compared: ComparedCells, measure: Measure) -> tuple[str, str]:
    if len(compared.later) == 1 and len(compared.earlier) == 1:
        return builder.pair(compared.later[0], compared.earlier[0], measure)
    return builder.derived("sum", compared.later), builder.derived("sum", compared.earlier)


def target_gap(builder: SentenceBuilder, row: int, measure: Measure) -> tuple[bool, str, str] | None:
    """Whether a row meets its target, the target in words, and the gap; None without both figures."""
    if measure.target is None:
        return None
    own, target = CellReference(row=row, column=measure.index), CellReference(row=row, column=measure.target)
    value, bound = builder.number(own), builder.number(target)
    if value is None or bound is None:
        return None
    comparison = measure.metric.target.comparison if measure.metric and measure.metric.target else ">="
    is_met = {">=": value >= bound, "<=": value <= bound, ">": value > bound, "<": value < bound}[comparison]
    words = {">=": "at least", "<=": "at most", ">": "above", "<": "below"}[comparison]
    shown = f"{words} {builder.value(target, measure.unit, measure.pattern)}"
    if value == bound:
        return is_met, shown, ""
    gap = builder.derived("gap", (own,), (target,))
    if not measure.is_rate and bound > 0:
        relative = builder.computed("growth", (own,), (target,))
        if relative is not None:
            gap += f" ({_percent_of_target(builder, own, target)})"
    return is_met, shown, gap


def _percent_of_target(builder: SentenceBuilder, own: CellReference, target: CellReference) -> str:
    return builder.derived("growth", (own,), (target,))


def share_words(story: Story, builder: SentenceBuilder, *rows: int) -> str:
    """The share of the whole that some rows make up; empty where the whole is not known."""
    measure, reading = story.measure, story.reading
    if measure.share is not None:
        cells = tuple(CellReference(row=row, column=measure.share) for row in rows)
        if not story.holds(*cells):
            return ""
        if len(cells) == 1:
            return builder.value(cells[0], "fraction")
        return builder.derived("sum", cells) if measure.adds_up else ""
    parts = tuple(CellReference(row=row, column=measure.index) for row in rows)
    whole = _whole(story)
    if not whole or len(reading.rows) < 2 or (builder.computed("sum", whole) or 0) <= 0:
        return ""
    return builder.derived("share", parts, whole)


def _whole(story: Story) -> tuple[CellReference, ...]:
    """The cells that add up to the whole: a context result's total, else every row's figure where they add up."""
    measure, reading = story.measure, story.reading
    metric = reading.table.columns[measure.index].metric
    for index, table in enumerate(story.results[1:], start=1):
        if "total" in table.name and len(table.rows) == 1 and measure.adds_up:
            for position, column in enumerate(table.columns):
                cell = CellReference(result=index, row=0, column=position)
                if (column.name == measure.name or (metric is not None and column.metric == metric)) and story.holds(
                    cell
                ):
                    return (cell,)
    query = reading.query
    if (
        not (measure.adds_up and reading.is_whole and story.groups_are_apart and reading.time_key is None)
        or query is None
        or query.totals != "none"
    ):
        return ()
    cells = tuple(CellReference(row=row, column=measure.index) for row in range(len(reading.rows)))
    filled = tuple(cell for cell in cells if story.holds(cell))
    if any((as_decimal(reading.rows[cell.row][cell.column]) or 0) < 0 for cell in filled):
        return ()
    return filled


def value_beside(builder: SentenceBuilder, compared: ComparedCells | None, measure: Measure, row: int = 0) -> str:
    return (
        builder.measured(row, measure)
        if compared is None
        else builder.pair(compared.later[0], compared.earlier[0], measure)[0]
    )


def change_clause(builder: SentenceBuilder, compared: ComparedCells, measure: Measure) -> str:
    sign, words = change_words(builder, compared, measure)
    if sign == 0:
        return f", unchanged on {compared.earlier_words}"
    return f", {'up' if sign > 0 else 'down'} {words} on {compared.earlier_words}"


def ordering(story: Story) -> OrderBy | None:
    """The query's first order, where it is by the first measure or a column beside it."""
    query, measure = story.reading.query, story.measure
    if query is None or not query.order_by:
        return None
    column = query.order_by[0].column
    beside = {measure.name} | set(_change_columns(story))
    return query.order_by[0] if column in beside else None


def _change_columns(story: Story) -> dict[str, int]:
    columns = story.reading.table.columns
    indices = [index for item in story.measure.comparisons for index in (item.change, item.growth) if index is not None]
    return {columns[index].name: index for index in indices}


def movers(story: Story) -> tuple[tuple[int, ComparedCells], ...]:
    found = ((row, story.compared(row, story.measure)) for row in story.filled_rows)
    return tuple((row, cells) for row, cells in found if cells is not None)
