"""Tells a small word from a short name: "printed for us in May" of the United States, "was it late" of the IT department."""

from __future__ import annotations

from collections.abc import Sequence

from semantic_context.value_keys import FUNCTION_WORDS, Word

# Small words of two letters that are abbreviations of places, departments and the like when they are written large.
_SMALL = frozenset("am an as at be by do go he if in is it me my of or so to up us we".split())
_GIVES = frozenset(
    """give gives gave given giving tell tells told telling show shows showed shown send sends sent bring brings brought
    let lets help helps helped cost costs costing owe owes owed owing pay pays paid paying remind walk save saved earn earned
    make made makes joining joined left leave leaves""".split()
)
_LEADS = frozenset(
    """for from to with by of than about against between among behind after before like without around towards""".split()
)
_JOINS = frozenset(("and", "or", "vs", "versus", "not"))
_GOES_ON = FUNCTION_WORDS - _JOINS


def is_a_small_word(words: Sequence[Word], place: int, stop: int) -> bool:
    """Whether the words from `place` up to `stop` are one small word written small, that names nothing."""
    text = words[place].text
    if stop - place != 1 or text not in _SMALL:
        return False
    return text != "us" or _is_the_pronoun(words, place)


def _is_the_pronoun(words: Sequence[Word], place: int) -> bool:
    """ "For us in May", "show us returns", but "in the us", "for us customers", "uk and us"."""
    before = words[place - 1].text.casefold() if place else ""
    if before in _GIVES:
        return True
    behind = words[place + 1].text.casefold() if place + 1 < len(words) else ""
    apart = place + 1 < len(words) and words[place + 1].position > words[place].position + 1
    return before in _LEADS and (not behind or apart or behind in _GOES_ON or behind.isdigit())
