"""Examples of a split, which narrow nothing: "by channel (web, phone and so on)" is every channel.

by channel (web, phone and so on) last quarter     by channel, last quarter
per reason, e.g. damaged or late, in 2025          per reason, in 2025
sales in the big regions (such as West)            sales in the big regions
"""

from __future__ import annotations

import re

# What says that a list goes on: some of them are named, all are meant.
_OPEN_START = r"(?:such as|e\.?\s?g\.?|for example|for instance|like|say|think(?: of)?|i\.?\s?e\.?\s+things like)"
_OPEN_END = (
    r"(?:and so (?:on|forth)|and the like|and others|and such|and similar(?: ones)?|and what ?not|or whatever"
    r"|(?:and )?etc\b\.?|et cetera|\.\.\.|…|(?:among|amongst) others|for example|for instance|to name a few)"
)
# A bracket that leaves something out, bounds or dates it says more than examples do.
_MORE = (
    r"only|just|no|without|exclud\w*|excl|includ\w*|incl|except|but|last|past|previous|prior|this|next|today|yesterday|since|until"
    r"|years?|quarters?|months?|weeks?|days?|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|for like|top|best|worst"
)
_SAYS_MORE = rf"(?!\s*not\b)(?:(?!\b(?:{_MORE})\b)[^()\d])*?"
_BRACKET = re.compile(rf"\s*\((?:{_SAYS_MORE},?\s*{_OPEN_END}\s*|\s*{_OPEN_START}[\s,:]+{_SAYS_MORE})\)", re.IGNORECASE)
# The same with no bracket: only right behind what is split by, and up to where the list plainly ends.
_SPLIT = (
    r"\b(?:by|per|for each|for every|in each|across|split by|broken down by)\s+(?:[^\W\d][\w-]*\s+){0,3}?[^\W\d][\w-]*"
)
_WORDS = r"[^\W\d][\w'-]*(?:\s+[^\W\d][\w'-]*){0,3}?"
_LISTED = re.compile(
    rf"(?P<split>{_SPLIT})(?:\s*[,:–-]\s*|\s+)(?P<list>{_WORDS}(?:\s*,\s*{_WORDS})+)\s*,?\s*{_OPEN_END}(?=[\s,.;:?!)]|$)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?P<split>{_SPLIT})\s*,?\s+{_OPEN_START}[\s,:]+{_WORDS}(?:\s*,\s*{_WORDS})*\s*,?\s*(?:or|and)\s+{_WORDS}"
    rf"(?:\s*,?\s*{_OPEN_END})?(?=\s*(?:[,.;:?!]|$)|\s+(?:in|for|during|over|since|last|this)\b)",
    re.IGNORECASE,
)


def without_examples(text: str) -> str:
    """The text without the values that a split is explained by."""
    text = _BRACKET.sub(_a_comma, text)
    return _NAMED.sub(_the_split, _LISTED.sub(_the_split, text))


def _the_split(found: re.Match[str]) -> str:
    return found["split"]


def _a_comma(bracket: re.Match[str]) -> str:
    """What the bracket kept apart stays apart: "per way in (phone etc.) last quarter" is of no "in last quarter"."""
    behind = bracket.string[bracket.end() :].lstrip()
    return "," if behind[:1].isalnum() else ""
