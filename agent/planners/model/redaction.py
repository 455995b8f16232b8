"""Takes out of a text what looks like a person's own: addresses of mail, telephone numbers, numbers of cards and accounts."""

from __future__ import annotations

import re
from functools import partial

_PATTERNS = (
    (re.compile(r"[\w.+'-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.UNICODE), "(mail address)"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b"), "(account number)"),
    (re.compile(r"(?<![\w.])(?:\d[ -]?){13,19}(?!\w)"), "(card number)"),
    (
        re.compile(r"(?<![\w.,$€£])\+?(?:\(\d{1,4}\)[\s.-]?)?\d{2,4}(?:[\s.-]\d{2,4}){2,4}(?![\w%])"),
        "(telephone number)",
    ),
    (re.compile(r"(?<!\w)\+\d{8,15}(?!\w)"), "(telephone number)"),
    (re.compile(r"\b\d{3}-\d{2}-\d{4}\b"), "(personal number)"),
)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$|^\d{1,2}[.-]\d{1,2}[.-]\d{2,4}$")


def without_personal(text: str) -> str:
    """The text with what looks personal replaced by what it is; dates stay."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(partial(_replaced, instead), text)
    return text


def _replaced(instead: str, match: re.Match[str]) -> str:
    return match[0] if _DATE.match(match[0].strip()) else instead
