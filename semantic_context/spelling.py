"""Misspelt words: the one word of a vocabulary that a slip of a letter or two turns into what was written."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from semantic_context.words import base_form

_TURNING = ("un", "non", "in", "im", "ir", "dis", "mis", "de", "re")  # what turns a word's meaning, set before it


def correct_spelling(word: str, vocabulary: Sequence[str], known: frozenset[str]) -> str | None:
    """The one word of the vocabulary that a misspelt word is nearest to, or None.

    A known English word is never changed, one edit is allowed from four letters, two from eight, and two different
    nearest words at the same distance give None: a typo must not pick between meanings.
    """
    if len(word) < 4 or word in known or not word.isalpha():
        return None
    allowed = 1 if len(word) < 8 else 2
    best: list[tuple[tuple[int, bool, bool], str]] = []
    for candidate in vocabulary:
        if abs(len(candidate) - len(word)) > allowed or len(candidate) < 3:
            continue
        if len(word) < 6 and candidate[0] != word[0] and sorted(candidate) != sorted(word):
            continue  # of a short word the first letter is rarely the wrong one
        if word.endswith(candidate) and word.removesuffix(candidate) in _TURNING:
            continue  # "unclaimed" is not "claimed" misspelt
        distance = OSA.distance(word, candidate, score_cutoff=allowed)
        if distance <= allowed:
            # A letter left out, doubled or swapped is a likelier slip than a wrong one, or than one before the first; and of
            # these a swap, in which every letter was meant.
            swapped = sorted(candidate) == sorted(word)
            substituted = len(candidate) == len(word) and not swapped
            before_first = len(candidate) < len(word) and candidate[0] != word[0]
            best.append(((distance, substituted or before_first, not swapped), candidate))
    if not best:
        return None
    nearest = min(best)[0]
    winners = {base_form(candidate) for distance, candidate in best if distance == nearest}
    return winners.pop() if len(winners) == 1 else None
