"""Tells a verb from a noun of the same form by where it stands: "how many orders did we take" is no question of the take rate."""

from __future__ import annotations

from collections.abc import Sequence

from semantic_context.words import Token

_HELPS = frozenset("can could did do does must shall should will would".split())
_DOERS = frozenset("everybody everyone he i it people she somebody someone they we who you".split())
_HOW_OFTEN = frozenset("actually also always ever mostly normally only really still then typically usually".split())
_LEADS_A_NOUN = frozenset(
    "a all an any average each every mean median my our overall that the their these this those total your".split()
)
_LEADS_ON = frozenset(
    """after and at before between by during each every for from in last next of on or over per since so than then this
    through to today until via when where while with within yesterday""".split()
)


def stands_as_verb(tokens: Sequence[Token], place: int) -> bool:
    """Whether someone does it: behind "we" or "they", or behind "did" and whoever did it, with no more of a clause to come
    than when, where and of what."""
    before = [token.folded for token in _clause(tokens, place)]
    while before and before[-1] in _HOW_OFTEN:
        before.pop()
    if not before or before[-1] in _LEADS_A_NOUN:
        return False
    if before[-1] in _DOERS:
        return True
    helped = any(word in _HELPS for word in before[1:-1])
    behind = tokens[place + 1] if place + 1 < len(tokens) else None
    return helped and (behind is None or not behind.folded.isalpha() or behind.folded in _LEADS_ON)


def _clause(tokens: Sequence[Token], place: int) -> Sequence[Token]:
    """The words before a place, as far back as nothing but words stands between."""
    start = place
    while start and any(character.isalnum() for character in tokens[start - 1].folded):
        start -= 1
    return tokens[start:place]
