"""Puts a word of the question before right: "no, I meant orders", "not 2024, 2025"."""

from __future__ import annotations

import re
from collections.abc import Callable

# What words may be of: "time", a metric, a field, the values of a field.
Kinds = Callable[[str], frozenset[str]]

_SORRY = r"(?:(?:no|nope|nah|sorry|oops|wait|hm+|my mistake|wrong|not quite|actually|rather)\b[\s,.!:–-]*)"
_MEANT = re.compile(
    rf"^{_SORRY}*(?:i (?:actually |really |rather )?(?:meant|mean|wanted|was asking (?:for|about))|what i meant (?:was|is)"
    rf"|i should have said)\s+(?:to say\s+|to ask (?:for|about)\s+)?(?P<right>.+?)\s*[.!?]*$",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(
    rf"^{_SORRY}*not\s+(?P<wrong>[^,;]+?)\s*(?:,\s*(?:but\s+|rather\s+)?|;\s*|\s+but\s+)(?P<right>[^,;]+?)\s*[.!?]*$",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(rf"^{_SORRY}*(?P<right>[^,;]+?)\s*,\s*not\s+(?P<wrong>[^,;]+?)\s*[.!?]*$", re.IGNORECASE)
_IN_PLACE_OF = re.compile(
    rf"^{_SORRY}*(?:now |and |then |show (?:me )?|give me |make it |use )*(?P<right>[^,;]+?)\s*,?\s*"
    r"(?:instead of|in place of|rather than)\s+(?P<wrong>[^,;]+?)\s*[.!?]*$",
    re.IGNORECASE,
)
_LEADS = re.compile(r"^(?:by|per|for|in|of)\s+", re.IGNORECASE)
_NO = re.compile(r"^(?:(?:no|nope|nah|sorry|oops|wait|my mistake|wrong)\b\s*[,.!:–-]+\s*)+(?=\w)", re.IGNORECASE)
_INSTEAD = re.compile(r"\binstead\b", re.IGNORECASE)


def without_correction(text: str, kinds: Kinds) -> str:
    """What a correction asks for, said as what is to be taken instead: "orders instead"; other text as it is."""
    found = _MEANT.match(text)
    right = found["right"] if found is not None else _NO.sub("", text)
    for pattern in (_NOT_BUT, _BUT_NOT, _IN_PLACE_OF):
        held = pattern.match(right)
        if held is not None and kinds(_LEADS.sub("", held["wrong"])) & kinds(_LEADS.sub("", held["right"])):
            return _instead(held["right"])
    return text if right == text else _instead(right)


def _instead(words: str) -> str:
    return words if _INSTEAD.search(words) else f"{words.rstrip(' .!?')} instead"
