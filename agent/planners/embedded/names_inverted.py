"""Names said the other way round: "level of the court" is the field called court level, "rate of return" the return rate.

Of figures that holds for rates alone: the value of the orders is not the order value.
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.planners.embedded.cues import cue_phrases
from semantic_context.linking import PhraseTable, Span
from semantic_context.words import Token

_ARTICLES = frozenset(("a", "an", "our", "the", "their", "your"))
_LONGEST_OWNER = 2  # words: "size of the loan book"
_RATES = ("rate", "ratio")
_NUMBERS = frozenset(
    ("code", "id", "list", "name", "no", "number", "sum", "volume")
)  # "number of orders" is no order number


def inverted_names(tokens: Sequence[Token], bases: Sequence[str], phrases: PhraseTable) -> list[Span]:
    """A span over "A of [the] B" wherever a field or a figure is called "B A" in full."""
    spans: list[Span] = []
    for place in range(len(tokens) - 2):
        head = tokens[place]
        if not head.is_word or tokens[place + 1].folded != "of" or _asks(head, bases[place]):
            continue
        start = place + 2 + (tokens[place + 2].folded in _ARTICLES)
        for end in range(min(start + _LONGEST_OWNER, len(tokens)), start, -1):
            owner = tokens[start:end]
            if not all(token.is_word for token in owner):
                continue
            words = (*(token.folded for token in owner), head.folded)
            found = phrases.find(words, (*bases[start:end], bases[place]))
            named = tuple(
                item for item in found if item.kind in ("field", "metric") and item.how in ("name", "synonym")
            )
            if named:
                text = " ".join(token.text for token in tokens[place:end])
                spans.append(Span(place, end, text, named))
                break
    return spans


def _asks(head: Token, base: str) -> bool:
    """Whether the first word is one that asks for something of the second: "share of orders", "number of orders"."""
    return base in _NUMBERS or bool(cue_phrases().find((head.folded,), (base,)))
