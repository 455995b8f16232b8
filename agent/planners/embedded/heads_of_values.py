"""Values with the word for what they are.

Those side by side may share it: "day or half-day passes" are day passes or half-day passes. The word is given to the one before
only where both are values of one field with it, and the one before is none without it.

Behind a part that a share is asked of, it is no split: "what share went through online channels".
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.words import phrase_key, tokenize

_WORD = r"[^\W\d_](?:[\w-]*\w)?"
_PAIR = re.compile(
    rf"\b(?P<one>(?:{_WORD} )??{_WORD})(?P<joint>,? (?:and|or|nor|versus|vs\.?|&) |, )"
    rf"(?P<other>(?:{_WORD} )??{_WORD}) (?P<head>{_WORD})",
    re.IGNORECASE,
)
_SURE = frozenset(("exact", "synonym", "group", "labelled"))
_SHARE = re.compile(r"\b(?:share|percentage|percent|proportion|fraction|part|how much) of\b", re.IGNORECASE)
_LEADS = frozenset("through via from in on at with over".split())
_MOST = 6


def with_heads_of_values(text: str, known: Known) -> str:
    """The text with each value's whole name written out."""
    for _ in range(_MOST):
        written = _last_pair(text, known)
        if written == text:
            break
        text = written
    return text


def parts_without_kinds(text: str, known: Known) -> str:
    """The text with the plural behind such a part, the name of its field, in the singular."""
    if not _SHARE.search(text):
        return text
    tokens = tokenize(text)
    for hit in known.values_named(tokens):
        first, end = hit.span
        led = first > 0 and tokens[first - 1].folded in _LEADS
        led = led or (first > 1 and tokens[first - 1].folded in ("the", "our") and tokens[first - 2].folded in _LEADS)
        if hit.how not in _SURE or not led or end >= len(tokens):
            continue
        behind = tokens[end]
        field = known.view.whole.field(hit.reference)
        called = any(phrase_key(name) == (behind.base,) for name in (field.label, *field.words.synonyms))
        if called and behind.folded == f"{behind.base}s":
            return f"{text[: behind.start]}{behind.base}{text[behind.end :]}"
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
