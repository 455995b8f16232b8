"""Two things that are to be told apart: "sales, website and app separately" holds the website against the app."""

from __future__ import annotations

import re

_SEPARATELY = re.compile(
    r"\band (?P<other>(?:(?!\band\b)[^,;.?!]){1,40}?),? (?:apart|separately|individually|side by side)(?=\s*[.?!]*$)",
    re.IGNORECASE,
)
_SPLITS = re.compile(r"\b(?:by|per|each|every)\b", re.IGNORECASE)


def with_sides_held_apart(text: str) -> str:
    """The question with what it says of telling two things apart said as one against the other; ways of splitting ("by region
    and channel separately") are left as they are."""
    found = _SEPARATELY.search(text)
    if found is None:
        return text
    clause = re.split(r"[,;]", text[: found.start()])[-1]
    return text if _SPLITS.search(clause) else f"{text[: found.start()]}vs {found['other']}{text[found.end() :]}"
