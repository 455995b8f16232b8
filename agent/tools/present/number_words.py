"""Numbers in words: cardinals, factors, fractions, places."""

from __future__ import annotations

import decimal
import re
from collections.abc import Iterator

from agent.tools.present.scanned_numbers import (
    MONEY_WORD_AFTER,
    SUFFIXES,
    NumberKind,
    ScannedNumber,
    malformed,
    mask,
)

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_UNITS += "sixteen seventeen eighteen nineteen".split()
_WORD_VALUES: dict[str, int] = {word: index for index, word in enumerate(_UNITS)}
_WORD_VALUES |= {
    word: 10 * (index + 2) for index, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_WORD_SCALES = {"hundred": 100, "dozen": 12, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_CARDINAL = "|".join(sorted((*_WORD_VALUES, *_WORD_SCALES, "fourty", "nil", "nought"), key=len, reverse=True))
_PLURAL_SCALES = "hundreds|dozens|thousands|millions|billions|trillions|tens"
_WORDS = re.compile(
    rf"(?<!\w)(?:(?:half\s+)?an?\s+(?=hundred|thousand|million|billion|trillion|dozen))?"
    rf"(?:{_PLURAL_SCALES}|(?:{_CARDINAL})(?:(?:\s+and\s+|\s+|-)(?:{_CARDINAL})(?!\w))*)(?!\w)",
    re.IGNORECASE,
)
_FACTOR_WORDS: tuple[tuple[str, str, NumberKind], ...] = (
    (r"two[\s-]thirds?", "66.66666667", "percent"),
    (r"three[\s-]quarters?\s+of|three[\s-]fourths?", "75", "percent"),
    (r"(?:a|one)[\s-]third|a\s+third", "33.33333333", "percent"),
    (
        r"(?:a|one)[\s-]quarter\s+(?:of|more|less|higher|lower|above|below)|one[\s-]fourth|a\s+fourth",
        "25",
        "percent",
    ),
    (r"(?:a|one)[\s-]fifth", "20", "percent"),
    (r"(?:a|one)[\s-]tenth", "10", "percent"),
    (r"(?<!first\s)(?<!second\s)half(?!-?\s?year)|halved|halves|halving", "50", "percent"),
    (r"twice|doubl(?:e|ed|es|ing)|two-?fold", "2", "times"),
    (r"thrice|trebl(?:e|ed|es|ing)|tripl(?:e|ed|es|ing)|three-?fold", "3", "times"),
    (r"quadrupl(?:e|ed|es|ing)|four-?fold", "4", "times"),
    (r"quintupl(?:e|ed|es|ing)|five-?fold", "5", "times"),
    (r"ten-?fold", "10", "times"),
)
_FACTORS = tuple(
    (re.compile(r"(?<!\w)(?:" + words + r")(?!\w)", re.IGNORECASE), value, kind) for words, value, kind in _FACTOR_WORDS
)
_STRAY_FRACTIONS = re.compile(
    r"(?<!\w)(?:\w+-?fold|thirds?\s+of|quarters\s+of|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)(?!\w)",
    re.IGNORECASE,
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINAL = re.compile(r"(?<!\w)(?:" + "|".join(_ORDINALS) + r")(?!\w)", re.IGNORECASE)
_PRONOUN_ONE = re.compile(r"(?:\s+(?:of|another|by|that|which|is|was)(?!\w)|[.,;:!?]|$)", re.IGNORECASE)


def word_numbers(text: str) -> Iterator[ScannedNumber]:
    """Every number that a text says in words; vague ones ("dozens") are malformed."""
    for pattern, value, kind in _FACTORS:
        for match in list(pattern.finditer(text)):
            shown = decimal.Decimal(value)
            yield ScannedNumber(match[0], match.start(), kind, shown, shown / 20, is_word=True)
            text = mask(text, match.start(), match.end())
    for match in list(_WORDS.finditer(text)):
        text = mask(text, match.start(), match.end())
        if match[0].lower() == "one" and _PRONOUN_ONE.match(text, match.end()):
            continue
        yield _word_number(text, match)
    for match in _STRAY_FRACTIONS.finditer(text):
        yield malformed(match[0], match.start(), "a fraction in words")
    for match in _ORDINAL.finditer(text):
        place = decimal.Decimal(_ORDINALS.index(match[0].lower()) + 1)
        yield ScannedNumber(match[0], match.start(), "ordinal", place, decimal.Decimal(0), is_word=True)


def _word_number(text: str, match: re.Match[str]) -> ScannedNumber:
    words = re.split(r"[\s-]+", match[0].lower())
    total, group, last = 0, 0, 10**15
    for word in words:
        if word in ("a", "an", "and"):
            continue
        if word in _WORD_SCALES:
            group = max(group, 1) * _WORD_SCALES[word]
            if _WORD_SCALES[word] >= 1000:
                total, group = total + group, 0
            last = 10**15
        elif word in _WORD_VALUES:
            value = _WORD_VALUES[word]
            if value >= last or (last < 20) or (last < 100 and value >= 10):
                return malformed(match[0], match.start(), "number words in a row")
            group, last = group + value, value
        else:
            return malformed(match[0], match.start(), "a vague number in words")
    value_shown = decimal.Decimal(total + group)
    end = match.end()
    for pattern, kind, _ in SUFFIXES[:-1]:
        suffix = pattern.match(text, end)
        if suffix:
            return ScannedNumber(text[end:end] + match[0] + suffix[0], match.start(), kind, value_shown, is_word=True)
    money = MONEY_WORD_AFTER.match(text, end)
    kind_shown: NumberKind = "money" if money else "plain"
    return ScannedNumber(
        match[0], match.start(), kind_shown, value_shown, currency=money[1].lower() if money else None, is_word=True
    )


def holds_word_number(phrase: str) -> bool:
    """Whether a name has a number word in it."""
    found = _WORDS.search(phrase) or _ORDINAL.search(phrase)
    return found is not None or next(word_numbers(phrase), None) is not None
