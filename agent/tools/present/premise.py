"""A false premise is corrected first: a question that takes a rise for granted, where there was a fall."""

from __future__ import annotations

from agent.tools.present.comparing_words import change_words, compared_sentence
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.sentences import Sentence
from agent.tools.present.story import ComparedCells, Story

_VERB_BY_PREMISE = {"rise": "rise", "fall": "fall"}
_SIGN_BY_PREMISE = {"rise": 1, "fall": -1}


def corrected_premise(story: Story) -> Sentence | None:
    """The sentence that corrects the question ("GMV did not rise in October 2026: it fell 5.9 % ..."), or None.

    None where the premise holds, and where the result has nothing to judge it by.
    """
    premise = story.plan.premise
    if premise is None or not story.reading.measures or not story.filled_rows:
        return None
    compared = story.compared(0, story.measure) if not story.reading.keys else story.compared_totals()
    if compared is not None:
        return _correction(story, compared, f"{story.scope}{story.when}")
    if story.reading.time_key is None or story.reading.group_keys or len(story.rows_along_time) < 2:
        return None
    first, last = story.rows_along_time[0], story.rows_along_time[-1]
    key, cells, column = story.reading.time_key, story.reading.rows, story.measure.index
    begun, ended = key.placed(cells[first][key.index]), key.placed(cells[last][key.index])
    along = ComparedCells(
        (CellReference(row=last, column=column),), (CellReference(row=first, column=column),), begun, begun
    )
    return _correction(story, along, f"{story.scope} {ended}")


def _correction(story: Story, compared: ComparedCells, where: str) -> Sentence | None:
    premise = story.plan.premise
    assert premise is not None
    builder = story.builder("headline")
    sign, _ = change_words(story.builder(), compared, story.measure)
    if sign == _SIGN_BY_PREMISE[premise]:
        return None
    opening = f"{story.measure.label} did not {_VERB_BY_PREMISE[premise]}{where}: it"
    return compared_sentence(story, builder, compared, "", opening)
