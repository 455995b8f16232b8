"""What a scan of a text finds: numbers and dates as written, and how units are written after them."""

from __future__ import annotations

import decimal
import re
from dataclasses import dataclass
from typing import Literal

NumberKind = Literal["plain", "percent", "points", "times", "money", "days", "ordinal", "malformed"]
MASK = "\ufffc"  # stands for what has been read already
SUFFIXES: tuple[tuple[re.Pattern[str], NumberKind, int], ...] = (
    (re.compile(r"[\s-]?(?:percentage[\s-]points?|points?|pts?|pp)(?!\w)", re.IGNORECASE), "points", 0),
    (re.compile(r"\s?(?:%|per\s?cent(?!\w)|percent(?!\w))(?:[\s-]?points?(?!\w))", re.IGNORECASE), "points", 0),
    (re.compile(r"\s?(?:basis points?|bps)(?!\w)", re.IGNORECASE), "points", -2),
    (re.compile(r"\s?(?:%|per\s?cent(?!\w)|percent(?!\w))", re.IGNORECASE), "percent", 0),
    (re.compile(r"(?:x|×|\stimes|[\s-]?fold)(?!\w)", re.IGNORECASE), "times", 0),
    (re.compile(r"[\s-]days?(?!\w)", re.IGNORECASE), "days", 0),
    (re.compile(r"(?:st|nd|rd|th)(?!\w)"), "ordinal", 0),
)
MONEY_WORD_AFTER = re.compile(
    r"\s(dollar|euro|pound|yen|naira|rupee|cent|pence|kobo|franc|peso|yuan|rand)s?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ScannedNumber:
    """A number of a text: its words, value as shown, the size of half its last digit, and what it is a number of."""

    text: str
    start: int
    kind: NumberKind
    value: decimal.Decimal = decimal.Decimal(0)
    half_unit: decimal.Decimal = decimal.Decimal(0)
    is_negative: bool = False
    currency: str | None = None  # symbol, code or word as written
    is_word: bool = False
    reason: str = ""


@dataclass(frozen=True)
class ScannedDate:
    """A date of a text, as far as it says one."""

    text: str
    start: int
    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None
    clock: str | None = None


def mask(text: str, start: int, end: int) -> str:
    """A text with a stretch of it read over."""
    return text[:start] + MASK * (end - start) + text[end:]


def malformed(text: str, start: int, reason: str) -> ScannedNumber:
    """What looks like a number and cannot be read as one."""
    return ScannedNumber(text=text, start=start, kind="malformed", reason=reason)
