"""Words that speak of the answer before by its look: "the same list", "that ranking", "the table for 2025"."""

from __future__ import annotations

import re

from semantic_context.linking import PhraseTable

_SHOWN = re.compile(
    r"\b(?:(?:the|this|that)\s+same|same|that|this|the)\s+(?P<noun>list|listing|ranking|leaderboard|table|chart|graph|breakdown)"
    r"(?=\s*(?:$|[?.!,;])|\s+(?:looks?|looked|for|in|over|during|from|but|per|by|on|at|again|this|last|be|been|was|is|were|then"
    r"|back|a year)\b)",
    re.IGNORECASE,
)
_NAMED = ("name", "synonym")


def with_answer_meant(question: str, phrases: PhraseTable) -> str:
    """The question with the look of the answer before left out, so that no figure is guessed from it ("listed" of "list");
    a word that names something of the business stays."""

    def said(found: re.Match[str]) -> str:
        known = any(
            meaning.how in _NAMED
            for meaning in phrases.means(found["noun"])
            if meaning.kind in ("metric", "field", "dataset")
        )
        return found[0] if known else "the same"

    return _SHOWN.sub(said, question)
