"""Where "open" says how things stand and not what was done: "how many matters are open" are not those that were opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from semantic_context.linking import Span
from semantic_context.words import Token

_DOES = frozenset(
    "can could did do does help helped i let must people shall should they to we who will would you".split()
)
_FAR = 6  # words from "did" to its verb: "how many accounts did the Leeds branch open"
_RESEMBLES = ("inflection", "participle", "short", "meaning")


def without_what_was_opened(spans: list[Span], tokens: Sequence[Token]) -> list[Span]:
    """The spans without what is only like "open" where that is a state: figures and times of what was opened."""
    states = {place for place, token in enumerate(tokens) if token.folded == "open" and not _is_a_verb(tokens, place)}
    if not states:
        return spans
    kept = []
    for span in spans:
        if not states & set(range(span.start, span.end)):
            kept.append(span)
            continue
        meanings = tuple(
            item
            for item in span.meanings
            if item.kind not in ("metric", "field") or item.how not in _RESEMBLES or "open" in item.name.split("_")
        )
        if meanings:
            kept.append(replace(span, meanings=meanings))
    return kept


def _is_a_verb(tokens: Sequence[Token], place: int) -> bool:
    """Whether someone does it: "we open", "did the branch open", "to open"."""
    before = [token.folded for token in tokens[max(place - _FAR, 0) : place]]
    helped = any(word in ("did", "do", "does") for word in before) and "have" not in before
    return bool(before) and (before[-1] in _DOES or helped)
