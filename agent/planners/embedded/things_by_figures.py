"""Reads things listed by a figure of theirs: "stores by GMV" is the GMV of each store, the highest first, and no total."""

from __future__ import annotations

import re
from collections.abc import Sequence

from semantic_context.linking import PhraseTable
from semantic_context.words import tokenize

_THINGS_BY = re.compile(
    r"^(?:(?:show|list|give)\s+(?:(?:me|us)\s+)?)?(?:(?:all|the|our)\s+)*(?P<things>[a-z]+(?:\s[a-z]+)??)"
    r"\s+(?P<ranked>(?:ranked|sorted|ordered|listed|arranged)\s+)?by\s+(?P<rest>[a-z].*)$",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"^(?:the\s+)?(?:total\s+)?(?:number|count)\s+of\s+", re.IGNORECASE)
_IN_AN_ORDER = re.compile(
    r"\b(?:first|last|(?:a|de)scending|to (?:highest|lowest|high|low)|ranked|sorted)$", re.IGNORECASE
)
_LONGEST = 4  # words of a figure's name
_NAMED = ("name", "synonym")


def figures_of_things(text: str, phrases: PhraseTable) -> str:
    """The text with the figure first, where things are named before it; else as it is."""
    found = _THINGS_BY.match(text.rstrip(" ?.!"))
    if found is None or not _are_things(found["things"], phrases):
        return text
    rest, counted = _NUMBER_OF.subn("", found["rest"], count=1)
    words = rest.split()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        figure = " ".join(words[:length])
        meanings = [item for item in phrases.means(figure) if item.how in _NAMED]
        best = max((item.score for item in meanings), default=0.0)
        kinds = [item.kind for item in meanings if not counted or item.score == best]
        if "metric" in kinds and (found["ranked"] is not None or set(kinds) == {"metric"}):
            return _ranked(figure, found["things"], words[length:])
        if length > 1 and any(item.kind == "field" for item in meanings):
            return text  # "orders by sales channel"
    return text


def _ranked(figure: str, things: str, rest: Sequence[str]) -> str:
    text = " ".join((figure, "by", things, *rest)).strip()
    return text if _IN_AN_ORDER.search(text) else f"{text}, highest first"


def _are_things(words: str, phrases: PhraseTable) -> bool:
    """Whether words are the plural of things, or of a field that tells them apart."""
    last = tokenize(words)[-1]
    kinds = {item.kind for item in phrases.means(words) if item.how in _NAMED}
    return last.base != last.folded and bool(kinds & {"dataset", "field"})
