"""Text to tokens: words, numbers, dates in figures; time words that are misspelt are put right here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from semantic_context.english import is_english_word
from semantic_context.numbers import NUMBER_WORDS
from semantic_context.time_grammar.words import FUZZY_WORDS, KNOWN_WORDS, SHORTHANDS

_TOKEN = re.compile(
    r"""
      (?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?![\d])
    | (?P<numeric>\d{1,2}([/.-])\d{1,2}\3(?:\d{4}|\d{2}))(?!\d)
    | (?P<yearmonth>\d{4}-(?:0[1-9]|1[0-2]))(?![\d-])
    | (?P<monthyear>(?:0?[1-9]|1[0-2])/\d{4})(?!\d)
    | (?P<shortyear>['’]\d{2})(?!\d)
    | (?P<possessive>['’]s\b|(?<=s)['’](?!\w))
    | (?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)
    | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
    | (?P<word>[^\W\d_]+)
    | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE | re.IGNORECASE,
)

DASHES = {"-", "–", "—", "−"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `word` is what the grammar reads, lower-cased and spelt right; `kind` the group it matched."""

    start: int
    end: int
    word: str
    kind: str
    corrected: bool = False
    number: int | None = None  # a whole number, in figures or words ("three")
    glued: bool = False  # nothing between it and the token before


def _correct(word: str) -> str | None:
    """The time word that `word` misspells, or None: near by its length, alone in being so, and no word of its own."""
    if word in SHORTHANDS:
        return SHORTHANDS[word]
    if len(word) < 5 or word in KNOWN_WORDS or not word.isascii():
        return None
    bound = 1 if len(word) < 8 else 2
    found: list[tuple[int, str]] = []
    for candidate in FUZZY_WORDS:
        if abs(len(candidate) - len(word)) > bound or candidate[0] not in word[:2]:
            continue
        distance = OSA.distance(word, candidate, score_cutoff=bound)
        if distance <= bound:
            found.append((distance, candidate))
    if not found:
        return None
    found.sort()
    if len(found) > 1 and found[0][0] == found[1][0]:
        return None
    return None if is_english_word(word) else found[0][1]


def tokenize(text: str) -> list[Token]:
    """The tokens of a text in order, with character offsets into it."""
    tokens: list[Token] = []
    last_end = -1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        raw = match.group()
        word = raw.lower()
        corrected = False
        number: int | None = None
        if kind == "word":
            if word in NUMBER_WORDS:
                number = NUMBER_WORDS[word]
            else:
                right = _correct(word)
                if right is not None:
                    word, corrected = right, True
        elif kind == "number":
            digits = word.replace(",", "")
            number = int(digits) if digits.isdigit() and len(digits) < 9 else None
        elif kind == "ordinal":
            number = int(word[:-2])
        elif kind == "possessive":
            word = "'s"
        elif kind == "mark" and word in DASHES:
            word = "-"
        tokens.append(Token(match.start(), match.end(), word, kind, corrected, number, match.start() == last_end))
        last_end = match.end()
    return tokens
