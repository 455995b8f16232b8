"""Labels as words of a sentence: their first letter, their number."""

from __future__ import annotations

import re

_PREPOSITIONS = frozenset({"of", "in", "per", "by", "with", "to", "for", "from", "at", "on", "over", "within", "as"})
_PARTICIPLES = frozenset({"sold", "held", "lost", "made", "won", "paid", "due", "sent", "left", "kept", "spent"})
_PARENTHESES = re.compile(r"\s*[(\[].*?[)\]]")


def mid_sentence(label: str) -> str:
    """A label as it stands inside a sentence: its first letter small, unless the first word is an abbreviation."""
    first = label.split(maxsplit=1)[0] if label.split() else ""
    return label[0].lower() + label[1:] if len(first) > 1 and first[1:].islower() else label


def is_plural(label: str) -> bool:
    """Whether a label is a plural ("Orders", "Units sold"), by the last word of its head."""
    words = _PARENTHESES.sub("", label).split()
    head: list[str] = []
    for word in words:
        if word.lower() in _PREPOSITIONS and head:
            break
        head.append(word)
    while len(head) > 1 and (head[-1].lower().endswith("ed") or head[-1].lower() in _PARTICIPLES):
        head.pop()
    last = head[-1] if head else ""
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "ics", "'s")) and last.lower() != "days"
