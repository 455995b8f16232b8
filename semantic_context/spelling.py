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
        if len(candidate) < 3 or (word.endswith(candidate) and word.removesuffix(candidate) in _TURNING):
            continue  # "unclaimed" is not "claimed" misspelt
        slip = slip_between(word, candidate, allowed)
        if slip is not None:
            best.append((slip, candidate))
    if not best:
        return None
    nearest = min(best)[0]
    winners = {base_form(candidate) for slip, candidate in best if slip == nearest}
    return winners.pop() if len(winners) == 1 else None


def slip_between(written: str, meant: str, allowed: int) -> tuple[int, bool, bool] | None:
    """How far a word lies from the one that may be meant, and by how unlikely a slip: less is likelier; None where it is too
    far.

    A letter left out, doubled or swapped is a likelier slip than a wrong one, or than one before the first; and of these a
    swap, in which every letter was meant. Of a short word the first letter is rarely the wrong one.
    """
    if abs(len(meant) - len(written)) > allowed:
        return None
    swapped = sorted(meant) == sorted(written)
    if len(written) < 6 and meant[:1] != written[:1] and not swapped:
        return None
    distance = OSA.distance(written, meant, score_cutoff=allowed)
    if distance > allowed:
        return None
    substituted = len(meant) == len(written) and not swapped
    before_first = len(meant) < len(written) and meant[:1] != written[:1]
    return distance, substituted or before_first, not swapped
