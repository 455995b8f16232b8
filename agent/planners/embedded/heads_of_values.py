"""Values side by side that share their last word: "day or half-day passes" are day passes or half-day passes.

The word is given to the one before only where both are values of one field with it, and the one before is none without it.
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.words import tokenize

_WORD = r"[^\W\d_](?:[\w-]*\w)?"
_PAIR = re.compile(
    rf"\b(?P<one>(?:{_WORD} )??{_WORD})(?P<joint>,? (?:and|or|nor|versus|vs\.?|&) |, )"
    rf"(?P<other>(?:{_WORD} )??{_WORD}) (?P<head>{_WORD})",
    re.IGNORECASE,
)
_SURE = frozenset(("exact", "synonym", "group", "labelled"))
_MOST = 6


def with_heads_of_values(text: str, known: Known) -> str:
    """The text with each value's whole name written out."""
    for _ in range(_MOST):
        written = _last_pair(text, known)
        if written == text:
            break
        text = written
    return text


def _last_pair(text: str, known: Known) -> str:
    start = 0
    while (found := _PAIR.search(text, start)) is not None:
        start = found.start("one") + 1
        one, other, head = found["one"], found["other"], found["head"]
        of = _fields(f"{other} {head}", known) & _fields(f"{one} {head}", known)
        if of and not _fields(one, known):
            return f"{text[: found.end('one')]} {head}{text[found.end('one') :]}"
    return text


def _fields(words: str, known: Known) -> set[str]:
    """The fields that the words, all of them together, are values of."""
    tokens = tokenize(words)
    return {
        hit.reference for hit in known.values_named(tokens) if hit.how in _SURE and tuple(hit.span) == (0, len(tokens))
    }
