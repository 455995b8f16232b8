"""Every number in a text: digits with their unit, number words, dates, and whatever looks like a number in disguise.

The scan is strict: what it cannot read as a well formed number (split by spaces or markup, stuck to letters, in another
script's digits, hidden characters) it reports as malformed, so that a check built on it fails closed.
"""

from __future__ import annotations

import decimal
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from agent.tools.present.number_words import holds_word_number, word_numbers
from agent.tools.present.periods import MONTH_NAMES
from agent.tools.present.scanned_numbers import (
    MASK,
    MONEY_WORD_AFTER,
    SUFFIXES,
    NumberKind,
    ScannedDate,
    ScannedNumber,
    malformed,
    mask,
)

_MONTHS = {name.lower(): index for index, name in enumerate(MONTH_NAMES, start=1)}
_MONTHS |= {name[:3]: index for name, index in _MONTHS.items()} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![\w.,/%:+-])", r"(?![\w%/:]|[.,][0-9])"
_DATES = tuple(
    re.compile(_EDGE_BEFORE + pattern + _EDGE_AFTER, re.IGNORECASE)
    for pattern in (
        _YEAR + r"-(?P<iso_month>[0-9]{2})-(?P<day>[0-9]{2})",
        _YEAR + r"-(?P<iso_month>[0-9]{2})",
        _DAY + r"\s" + _MONTH + r",?\s" + _YEAR,
        _MONTH + r"\s" + _DAY + r",?\s" + _YEAR,
        _DAY + r"\s" + _MONTH,
        _MONTH + r",?\s" + _YEAR,
        _MONTH + r"\s" + _DAY,
        r"Q(?P<quarter>[1-4])(?:\s|-)" + _YEAR,
        r"Q(?P<quarter>[1-4])",
    )
)
_TIME_OF_DAY = re.compile(r"(?<![\w.,:])(?P<clock>[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)(?![\w:%]|[.,][0-9])")
_DIGITS = re.compile(r"[0-9](?:[0-9.,]*[0-9])?")
_WELL_FORMED = re.compile(r"^(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.[0-9]+)?$")
_MULTIPLIERS = {
    "k": 3,
    "K": 3,
    "thousand": 3,
    "hundred": 2,
    "m": 6,
    "M": 6,
    "mn": 6,
    "million": 6,
    "millions": 6,
    "b": 9,
    "B": 9,
    "bn": 9,
    "billion": 9,
    "billions": 9,
    "T": 12,
    "tn": 12,
    "trillion": 12,
}
_MULTIPLIER = re.compile(r"\s?(" + "|".join(sorted(_MULTIPLIERS, key=len, reverse=True)) + r")(?![\w])")
_CODE_BEFORE = re.compile(r"(?<!\w)([A-Z]{3})\s$")
_CODE_AFTER = re.compile(r"\s([A-Z]{3})(?!\w)")
_BEFORE = set(" \n\t([\"'“‘—–:" + MASK)
_AFTER = set(" \n\t)]\"'”’—–-.,;:!?" + MASK)
_NAME_MARKS = frozenset("0123456789-–+ <>=/")
_SPLITTERS = re.compile(r"^(?:[\s*_~`'’.,·\\|/^+-]|<[^>]*>|&#?\w+;)*$")


@dataclass(frozen=True)
class Scan:
    """What a text says in numbers, and the text with all of it masked."""

    numbers: tuple[ScannedNumber, ...]
    dates: tuple[ScannedDate, ...]


def scan_numbers(text: str, phrases: tuple[str, ...] = ()) -> Scan:
    """All numbers and dates of a text; `phrases` (names that come from data or catalog) are read over.

    Of digits, a bare year such as 2026 is given as a number: whether it is a year is the check's to say.
    """
    numbers = [
        malformed(MASK, position, "a hidden or control character")
        for position, letter in enumerate(text)
        if letter == MASK
    ]
    masked = _mask_phrases(text, phrases)
    numbers += _disguised(masked)
    for found in numbers:
        masked = mask(masked, found.start, found.start + len(found.text))
    dates: list[ScannedDate] = []
    for pattern in (*_DATES, _TIME_OF_DAY):
        for match in list(pattern.finditer(masked)):
            if _plausible(match, masked):
                dates.append(_date_of(match))
                masked = mask(masked, match.start(), match.end())
    digits = list(_digit_numbers(masked))
    for found in digits:
        masked = mask(masked, found.start, found.start + len(found.text))
    return Scan(numbers=tuple(numbers + digits + list(word_numbers(masked))), dates=tuple(dates))


def _mask_phrases(text: str, phrases: tuple[str, ...]) -> str:
    """Names are read over where they stand whole: not as a part of a longer number or word."""
    for phrase in sorted({item for item in phrases if item and item in text}, key=len, reverse=True):
        if not _holds_number(phrase):
            continue
        if needs_quotes(phrase):
            # "50 %" as a name would let any claim of that figure pass: it must stand in quotes.
            text = text.replace(f'"{phrase}"', MASK * (len(phrase) + 2))
            continue
        pattern = r"(?<![\w.,%$€£¥+-])" + re.escape(phrase) + r"(?![\w%]|[.,][0-9]|\s?%)"
        text = re.sub(pattern, lambda found: MASK * len(found[0]), text)
    return text


def _holds_number(phrase: str) -> bool:
    """Only names with a number of their own are read over: masking an "M" would change the "5 M" it stands in."""
    return not phrase.isascii() or any(letter.isdigit() for letter in phrase) or holds_word_number(phrase)


def needs_quotes(name: str) -> bool:
    """Whether a name reads as a figure ("50 %", "$5"), so that a sentence must set it in quotes."""
    return not any(letter.isalpha() for letter in name) and any(letter not in _NAME_MARKS for letter in name)


def _disguised(text: str) -> Iterator[ScannedNumber]:
    """Characters that hide a number: other scripts' digits, numerals, hidden and control characters."""
    for position, letter in enumerate(text):
        if letter == MASK or letter in "\n\t" or (letter.isascii() and letter.isprintable()):
            continue
        if unicodedata.numeric(letter, None) is not None:
            yield malformed(letter, position, "a digit or numeral of another script")
        elif unicodedata.category(letter) in ("Cf", "Cc", "Co", "Cs", "Cn", "Me"):
            yield malformed(letter, position, "a hidden or control character")


def _plausible(match: re.Match[str], text: str) -> bool:
    """ "may" is a verb as often as a month, and "5 March" must not eat the end of a money amount."""
    before = text[: match.start()].rstrip(" ")
    return not before or unicodedata.category(before[-1]) != "Sc"


def _date_of(match: re.Match[str]) -> ScannedDate:
    parts = match.groupdict()
    month = _MONTHS[parts["month"].lower()] if parts.get("month") else None
    if parts.get("iso_month"):
        month = int(parts["iso_month"])
    return ScannedDate(
        text=match[0],
        start=match.start(),
        year=int(parts["year"]) if parts.get("year") else None,
        quarter=int(parts["quarter"]) if parts.get("quarter") else None,
        month=month,
        day=int(parts["day"]) if parts.get("day") else None,
        clock=parts.get("clock"),
    )


def _digit_numbers(text: str) -> Iterator[ScannedNumber]:
    matches = list(_DIGITS.finditer(text))
    split = {
        position
        for position in range(len(matches) - 1)
        if _SPLITTERS.match(text[matches[position].end() : matches[position + 1].start()])
    }
    for position, match in enumerate(matches):
        if position in split or position - 1 in split:
            yield malformed(match[0], match.start(), "a number split into parts")
        else:
            yield _digit_number(text, match)


def _digit_number(text: str, match: re.Match[str]) -> ScannedNumber:
    start, end = match.span()
    digits = match[0]
    start, currency, is_negative = _read_before(text, start)
    scale = 0
    multiplier = _MULTIPLIER.match(text, end)
    if multiplier:
        scale, end = _MULTIPLIERS[multiplier[1]], multiplier.end()
    kind: NumberKind = "money" if currency else "plain"
    for pattern, suffix_kind, shift in SUFFIXES:
        suffix = pattern.match(text, end)
        if suffix:
            kind, end, scale = suffix_kind, suffix.end(), scale + shift
            break
    else:
        code = _CODE_AFTER.match(text, end)
        word = MONEY_WORD_AFTER.match(text, end)
        if word:
            kind, end, currency = "money", word.end(), currency or word[1].lower()
        elif code and currency is None and code[1] not in ("AND", "THE", "FOR", "BUT", "NOT"):
            kind, end, currency = "money", code.end(), code[1]
    shown = text[start:end]
    if currency and kind != "money":
        return malformed(shown, start, "a number with two units")
    if not _WELL_FORMED.match(digits):
        return malformed(shown, start, "not a well formed number")
    if start > 0 and text[start - 1] not in _BEFORE:
        return malformed(shown, start, "a number stuck to other characters")
    if end < len(text) and text[end] not in _AFTER:
        return malformed(shown, start, "a number stuck to other characters")
    value = decimal.Decimal(digits.replace(",", "")).scaleb(scale)
    half = decimal.Decimal(1).scaleb(-len(digits.partition(".")[2]) + scale) / 2
    return ScannedNumber(shown, start, kind, value, half, is_negative, currency)


def _read_before(text: str, start: int) -> tuple[int, str | None, bool]:
    """Sign and currency before the digits: the new start, the currency as written, whether a minus stands there."""
    is_negative = False
    if start and text[start - 1] in "-−+" and not (start > 1 and text[start - 2].isalnum()):
        is_negative, start = text[start - 1] != "+", start - 1
    code = _CODE_BEFORE.search(text, 0, start)
    currency: str | None = None
    if start and unicodedata.category(text[start - 1]) == "Sc":
        symbol_start = start - 1
        while symbol_start and start - symbol_start < 4 and "A" <= text[symbol_start - 1] <= "Z":
            symbol_start -= 1
        currency, start = text[symbol_start:start], symbol_start
    elif code:
        currency, start = code[1], code.start()
    if currency and start and text[start - 1] in "-−+" and not (start > 1 and text[start - 2].isalnum()):
        is_negative, start = text[start - 1] != "+", start - 1
    return start, currency, is_negative
