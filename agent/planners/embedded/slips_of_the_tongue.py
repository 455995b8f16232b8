"""Sounds that people make while they think, and the words of time that they mistype: neither says anything of its own.

Okay so um, how much was billed, uh, in May        okay so how much was billed in May
Sales by channel in aprl 2026                      sales by channel in April 2026

A word that the catalog knows, or that names a value, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.planners.embedded.known_figures import Known
from semantic_context.words import tokenize

_SOUND = re.compile(
    r"(?:(?<=\w),\s*)?(?<![\w'’-])(?P<sound>u+m+|u+h+m*|e+r+m+|h+m+|e+rr+|(?<=[,.…])\s*er(?=\s*(?:,|\.\.|…)))(?![\w'’-])"
    r"\s*(?:,|\.{2,}|…)?",
    re.IGNORECASE,
)
_TIMES = (
    *"january february april august september october november december".split(),
    *"monday tuesday wednesday thursday friday saturday sunday".split(),
    *"quarter quarters monthly quarterly yesterday weekend".split(),
)
_LEADS = (
    r"(?:in|of|for|on|by|per|each|every|from|to|and|until|since|during|before|after|between|through|vs|versus|this|last|past|next"
    r"|previous|first|second|third|fourth|early|late|mid|the|\d+)"
)
_MAY_BE_A_TIME = re.compile(rf"(?<![\w'’-])(?P<lead>{_LEADS}[ -])(?P<word>[a-z]{{4,11}})(?![\w'’-])", re.IGNORECASE)


def without_slips(text: str, known: Known) -> str:
    """The text without such sounds, and with a mistyped month, weekday or quarter as it is spelled."""

    def sound(found: re.Match[str]) -> str:
        return found[0] if _is_known(found["sound"].strip(), known) else " "

    def spelled(found: re.Match[str]) -> str:
        word = found["word"].casefold()
        meant = {time for time in _TIMES if word != time and word[0] == time[0] and word in _mistyped(time)}
        if len(meant) != 1 or word in _TIMES or _is_known(word, known):
            return found[0]
        return f"{found['lead']}{meant.pop()}"

    plain = _SOUND.sub(sound, text)
    if plain != text:
        text = " ".join(plain.split())
    return _MAY_BE_A_TIME.sub(spelled, text)


def _mistyped(word: str) -> Iterator[str]:
    """A word with one letter left out, typed twice, or changed for the one beside it: with another letter it may be another
    word."""
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place] + word[place:]
        if place + 1 < len(word):
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _is_known(word: str, known: Known) -> bool:
    tokens = tokenize(word)
    in_catalog = any(
        token.base in known.phrases.vocabulary or token.folded in known.phrases.vocabulary for token in tokens
    )
    return in_catalog or any(hit.how != "typo" for hit in known.values_named(tokens))
