"""Numbers with their units as people write them: "$200", "5k", "1.5 million", "20 %", "a dozen", "twenty-five"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

NUMBER_WORDS: dict[str, int] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINAL_WORDS: dict[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip

_MULTIPLIERS: dict[str, Decimal] = {
    "k": Decimal(1000), "thousand": Decimal(1000), "thousands": Decimal(1000), "grand": Decimal(1000),
    "m": Decimal(10**6), "mn": Decimal(10**6), "mio": Decimal(10**6), "mm": Decimal(10**6), "mil": Decimal(10**6),
    "million": Decimal(10**6), "millions": Decimal(10**6),
    "b": Decimal(10**9), "bn": Decimal(10**9), "billion": Decimal(10**9), "billions": Decimal(10**9),
    "trillion": Decimal(10**12), "hundred": Decimal(100), "hundreds": Decimal(100),
    "dozen": Decimal(12), "dozens": Decimal(12),
}  # fmt: skip
_GLUED_MULTIPLIERS = r"k|mn|mio|mm|m|bn|b"
_CURRENCY_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₦": "NGN", "₹": "INR", "₵": "GHS"}
CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "bucks": "USD", "usd": "USD", "euro": "EUR", "euros": "EUR", "eur": "EUR",
    "pounds": "GBP", "gbp": "GBP", "naira": "NGN", "ngn": "NGN", "yen": "JPY", "jpy": "JPY", "chf": "CHF",
    "francs": "CHF", "inr": "INR", "rupees": "INR", "cad": "CAD", "aud": "AUD", "ghs": "GHS", "cedis": "GHS",
}  # fmt: skip
_PERCENT_WORDS = {"percent", "pct", "percents"}
_POINT_WORDS = {"pp", "pts", "ppt"}

NumberUnit = Literal["currency", "percent", "points", "multiple"]

_FIGURE = re.compile(
    r"(?<![\w.,])(?P<sign>[-−+](?=[$€£¥₦₹₵\d.]))?(?P<symbol>[$€£¥₦₹₵])?\s?(?P<sign2>[-−](?=\d))?"
    r"(?P<digits>\d{1,3}(?:[,\u202f\u00a0'’ ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+)"
    rf"(?:(?P<glued>{_GLUED_MULTIPLIERS})(?![\w])|(?P<times>x)(?!\w)|(?![\w]|[.,]\d))"
    r"(?P<after>\s?[%€£$₦₹])?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_GAP = re.compile(r"[\s-]*")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class NumberExpression:
    """A number in a text, with character offsets. Percents stay as written: 20 for "20 %", with unit "percent"."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: NumberUnit | None = None
    currency: str | None = None  # ISO 4217

    @property
    def fraction(self) -> Decimal:
        """The value as it stands in a rate's column: percents and percentage points over 100, all else as it is."""
        return self.value / 100 if self.unit in ("percent", "points") else self.value


def find_numbers(text: str) -> tuple[NumberExpression, ...]:
    """Every number in a text, in order, spans apart; dates are not told from numbers here, ordinals are left out."""
    found: list[NumberExpression] = []
    position = 0
    while position < len(text):
        figure = _FIGURE.search(text, position)
        word = _number_word(text, position, figure.start() if figure else len(text))
        if word is not None:
            found.append(word)
            position = word.end
        elif figure is not None:
            found.append(_from_figure(text, figure))
            position = found[-1].end
        else:
            break
    return tuple(found)


def _from_figure(text: str, match: re.Match[str]) -> NumberExpression:
    digits = re.sub(r"[,\u202f\u00a0'’ ]", "", match["digits"])
    value = Decimal(digits)
    if match["sign"] in ("-", "−") or match["sign2"]:
        value = -value
    if match["glued"]:
        value *= _MULTIPLIERS[match["glued"].lower()]
    end = match.end("after") if match["after"] else match.end()
    unit: NumberUnit | None = "multiple" if match["times"] else None
    currency = _CURRENCY_SYMBOLS.get(match["symbol"] or "")
    after = (match["after"] or "").strip()
    if after == "%":
        unit = "percent"
    elif after:
        currency = _CURRENCY_SYMBOLS[after]
    return _with_unit_words(text, match.start() + _leading_space(match), end, value, unit, currency)


def _leading_space(match: re.Match[str]) -> int:
    raw = match.group()
    return len(raw) - len(raw.lstrip())


def _with_unit_words(
    text: str, start: int, end: int, value: Decimal, unit: NumberUnit | None, currency: str | None
) -> NumberExpression:
    """Takes in the words behind a number: a multiplier, then percent, points or a currency."""
    while unit is None:
        gap = _SPACE.match(text, end)
        word = _WORD.match(text, gap.end()) if gap else None
        if word is None or text[word.end() : word.end() + 1].isalnum():
            break
        lower = word.group().lower()
        if lower in _MULTIPLIERS and len(lower) > 1:
            value *= _MULTIPLIERS[lower]
        elif lower in _PERCENT_WORDS:
            unit = "percent"
        elif lower in _POINT_WORDS:
            unit = "points"
        elif lower in ("percentage", "per"):
            following = re.compile(r"percentage\s+points?\b|per\s+cent\b", re.IGNORECASE).match(text, word.start())
            if following is None:
                break
            unit = "points" if lower == "percentage" else "percent"
            end = following.end()
            continue
        elif lower in CURRENCY_WORDS and currency is None:
            currency = CURRENCY_WORDS[lower]
        else:
            break
        end = word.end()
    if unit == "percent":
        points = re.compile(r"\s*(?:-\s*)?points?\b", re.IGNORECASE).match(text, end)
        if points:
            unit, end = "points", points.end()
    if currency is not None and unit is None:
        unit = "currency"
    return NumberExpression(start, end, text[start:end], value, unit, currency)


def _number_word(text: str, start: int, stop: int) -> NumberExpression | None:
    """The first number in words that starts before `stop`: "twenty-five", "two hundred", "a dozen", "half a million"."""
    for match in _WORD.finditer(text, start):
        if match.start() >= stop:
            return None
        before = text[match.start() - 1 : match.start()]
        if before.isalnum() or before == "_":
            continue
        lower = match.group().lower()
        if lower in ("a", "half", "an"):
            opening = re.compile(
                r"(?P<half>half\s+an?\s+)?(?:(?<!\w)an?\s+)?(?P<unit>dozen|hundred|thousand|million|billion)\b",
                re.IGNORECASE,
            ).match(text, match.start())
            if opening is None:
                continue
            value = _MULTIPLIERS[opening["unit"].lower()] * (Decimal("0.5") if opening["half"] else 1)
            return _with_unit_words(text, match.start(), opening.end(), value, None, None)
        if lower not in NUMBER_WORDS:
            continue
        return _spelled(text, match)
    return None


def _spelled(text: str, first: re.Match[str]) -> NumberExpression:
    total, group = Decimal(0), Decimal(NUMBER_WORDS[first.group().lower()])
    end = first.end()
    while True:
        gap = _GAP.match(text, end)
        word = _WORD.match(text, gap.end()) if gap else None
        if word is None:
            break
        lower = word.group().lower()
        if lower == "and" and (group >= 100 or total):
            following = _WORD.match(text, _SPACE.match(text, word.end()).end())  # type: ignore[union-attr]
            if following is None or following.group().lower() not in NUMBER_WORDS:
                break
            word, lower = following, following.group().lower()
        if lower in NUMBER_WORDS:
            number = NUMBER_WORDS[lower]
            fits = (group % 100 >= 20 and group % 10 == 0 and 0 < number < 10) or (
                group % 100 == 0 and (group >= 100 or total > 0)
            )
            if not fits:
                break
            group += number
        elif lower in ("hundred", "dozen"):
            group *= _MULTIPLIERS[lower]
        elif lower in ("thousand", "million", "billion"):
            total += group * _MULTIPLIERS[lower]
            group = Decimal(0)
        else:
            break
        end = word.end()
    return _with_unit_words(text, first.start(), end, total + group, None, None)
