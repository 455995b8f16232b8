"""The headline: one plain sentence that answers the question, by the form of the result."""

from __future__ import annotations

import datetime as dt

from agent.tools.present.comparing_words import (
    change_clause,
    change_words,
    compared_sentence,
    listed,
    plural,
    target_gap,
    value_beside,
)
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.group_headlines import (
    group_headline,
    one_group_headline,
    place_asked,
    placed_headline,
    targets_met_headline,
)
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.number_format import NO_FIGURE
from agent.tools.present.periods import day_name, in_period, naive_moment
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.present.story import Story
from agent.tools.present.table_columns import Measure
from agent.tools.present.time_headlines import time_headline

_MAXIMUM_NAMES = 8
_MAXIMUM_MEASURES = 4


def headline(story: Story) -> Sentence:
    """The sentence that answers the question; it says plainly where there is no row or no figure."""
    reading = story.reading
    if not reading.rows:
        return _no_rows(story)
    if not reading.measures or story.plan.shape in ("values", "records") or reading.is_free:
        return _listing(story)
    if not story.filled_rows:
        return _times(story) or _no_figure(story)
    if not reading.keys:
        return _single_row(story)
    if story.plan.shape == "target" and story.measure.target is not None and len(story.filled_rows) > 1:
        return targets_met_headline(story)
    rank = place_asked(story)
    if rank is not None:
        return placed_headline(story, rank)
    if reading.time_key is not None:
        return time_headline(story)
    if len(reading.rows) == 1 and story.plan.shape != "threshold":
        return one_group_headline(story)
    return group_headline(story)


def minimal_headline(story: Story) -> Sentence:
    """A headline without any number of a result: what is shown when a fuller one cannot be vouched for."""
    if not story.reading.measures:
        return Sentence("The answer is in the table")
    return Sentence(f"{story.measure.label}{story.scope}{story.when}: the answer is in the table")


def _no_rows(story: Story) -> Sentence:
    if not story.reading.measures:
        return Sentence("Nothing matches")
    if story.reading.query is not None and story.reading.query.having and story.reading.keys:
        key = story.reading.keys[0]
        name = plural(key.grain.value if key.grain else key.label)
        return Sentence(f"None of the {name} match, by {story.measure.label_inside}{story.scope}{_when_at_all(story)}")
    return Sentence(f"There is no {story.measure.label_inside}{story.scope}{_when_at_all(story)}: no rows match")


def _no_figure(story: Story) -> Sentence:
    return Sentence(f"There is {NO_FIGURE} for {story.measure.label_inside}{story.scope}{_when_at_all(story)}")


def _times(story: Story) -> Sentence | None:
    """ "First order was 1 January 2023": where the figure is a time, as the first or last of a field of dates is."""
    cells = [row[story.measure.index] for row in story.reading.rows]
    days = sorted(naive_moment(cell).date() for cell in cells if isinstance(cell, dt.date))
    if not days:
        return None
    label = story.measure.label
    if len(story.reading.rows) == 1 or days[0] == days[-1]:
        return Sentence(f"{label} {story.measure.verb} {day_name(days[0])}{story.scope}{story.when}")
    ranges = "range" if story.measure.verb == "were" else "ranges"
    return Sentence(f"{label} {ranges} from {day_name(days[0])} to {day_name(days[-1])}{story.scope}{story.when}")


def _when_at_all(story: Story) -> str:
    return story.when or (f" {in_period(story.reading.period)}" if in_period(story.reading.period) else "")


def _listing(story: Story) -> Sentence:
    reading, builder = story.reading, story.builder("headline")
    rows = tuple(CellReference(row=row, column=0) for row in range(len(reading.rows)))
    count = builder.derived("count", rows)
    if reading.is_free and len(reading.rows) == 1 and len(reading.table.columns) == 1 and reading.measures:
        return builder.finished(f"{story.measure.label} {story.measure.verb} {builder.measured(0, story.measure)}")
    if len(reading.keys) == 1 and story.plan.shape != "records" and not reading.is_free:
        key = reading.keys[0]
        names = [key.shown(row[key.index]) for row in reading.rows[:_MAXIMUM_NAMES]]
        if len(reading.rows) == 1 and not reading.table.truncated:
            return builder.finished(f"There is only {names[0]} as {mid_sentence(key.label)}")
        rest = ", ..." if len(reading.rows) > _MAXIMUM_NAMES or reading.table.truncated else ""
        least = "at least " if reading.table.truncated else ""
        return builder.finished(f"There are {least}{count} {plural(key.label)}: {', '.join(names)}{rest}")
    if reading.table.truncated:
        return builder.finished(f"The first {count} rows that match are shown; there are more")
    query = reading.query
    if query is not None and query.limit == len(rows) > 1 and not query.order_by:
        return builder.finished(f"The first {count} rows that match are shown; there may be more")
    return builder.finished(f"{count} {'row matches' if len(rows) == 1 else 'rows match'}")


def _single_row(story: Story) -> Sentence:
    builder, measure = story.builder("headline"), story.measure
    asked = [item for item in story.reading.measures if item.is_asked] or [measure]
    compared = story.compared(0, measure)
    if story.plan.shape == "target" and measure.target is not None:
        found = _against_target(story, builder)
        if found is not None:
            return found
    if len(asked) > 1:
        asked = asked[:_MAXIMUM_MEASURES]
        parts = [f"{_label(item, at == 0)} {item.verb} {builder.measured(0, item)}" for at, item in enumerate(asked)]
        moves = [_move(story, builder, item) for item in asked]
        against = compared.earlier_words if compared is not None and all(moves) else ""
        if against:
            parts = [f"{part} ({move})" for part, move in zip(parts, moves, strict=True)]
        tail = f", compared with {against}" if against else ""
        return builder.finished(f"{listed(parts)}{story.scope}{story.when}{tail}")
    if story.plan.shape == "comparison" and compared is not None:
        return compared_sentence(story, builder, compared, story.scope)
    value = value_beside(builder, compared, measure)
    clause = change_clause(builder, compared, measure) if compared else ""
    return builder.finished(f"{measure.label} {measure.verb} {value}{story.scope}{story.when}{clause}")


def _move(story: Story, builder: SentenceBuilder, measure: Measure) -> str:
    """ "up 5 %"; nothing where the figure stands beside no earlier one."""
    compared = story.compared(0, measure)
    if compared is None:
        return ""
    sign, words = change_words(builder, compared, measure)
    return "unchanged" if sign == 0 else f"{'up' if sign > 0 else 'down'} {words}"


def _label(measure: Measure, is_first: bool) -> str:
    return measure.label if is_first else measure.label_inside


def _against_target(story: Story, builder: SentenceBuilder) -> Sentence | None:
    measure = story.measure
    value = builder.measured(0, measure)
    found = target_gap(builder, 0, measure)
    if found is None:
        return None
    is_met, target, gap = found
    outcome = "met" if is_met else "missed"
    by = "exactly" if not gap else f"with {gap} to spare" if is_met else f"by {gap}"
    return builder.finished(
        f"{measure.label} {measure.verb} {value}{story.scope}{story.when}: the target of {target} was {outcome}"
        f"{', ' if is_met and gap else ' '}{by}"
    )
