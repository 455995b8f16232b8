"""What a word that no dictionary knows is a cut of: by its consonants, or by its beginning."""

from __future__ import annotations

from collections.abc import Iterable

_VOWELS = frozenset("aeiou")
_SHORTEST = 3
_COVERED = 0.6  # of a word's consonants, by a cut that leaves some out


def unshortened(short: str, own_words: Iterable[str], common_words: Iterable[str]) -> str | None:
    """The word that `short` abbreviates, the database's own words before common ones; None where none fits.

    All of a word's consonants in order (clnt: client) fit best, then its beginning (categ: category), then some of its
    consonants with the last (wrhs: warehouse). What has vowels of its own may be a word: it is only taken for a beginning.
    """
    if len(short) < _SHORTEST or not short.isalpha():
        return None
    sources = (tuple(own_words), tuple(common_words))
    is_bare = not _VOWELS & set(short[1:])
    tests = (_is_skeleton, _begins, _begins_skeleton, _is_part_of_skeleton) if is_bare else (_begins_clearly,)
    for test in tests:
        for words in sources:
            for word in words:
                dropped = len(word) - len(short)
                if dropped >= (1 if test is _is_skeleton else 2) and word[0] == short[0] and test(short, word):
                    return word
    if not is_bare:
        return next((word for word in sources[0] if len(word) >= len(short) + 3 and _begins(short, word)), None)
    return None


def consonants_of(word: str) -> str:
    """Its first letter and the consonants after it, doubles once: customer gives cstmr."""
    kept = word[:1]
    for sign in word[1:]:
        if sign not in _VOWELS and sign != kept[-1]:
            kept += sign
    return kept


def _is_skeleton(short: str, word: str) -> bool:
    return consonants_of(word) == consonants_of(short)


def _begins(short: str, word: str) -> bool:
    return word.startswith(short) and short[-1] not in _VOWELS


def _begins_clearly(short: str, word: str) -> bool:
    return len(short) > _SHORTEST and len(word) >= len(short) + 3 and _begins(short, word)


def _begins_skeleton(short: str, word: str) -> bool:
    skeleton = consonants_of(word)
    return skeleton.startswith(short) and 2 * len(short) >= len(skeleton)


def _is_part_of_skeleton(short: str, word: str) -> bool:
    skeleton = consonants_of(word)
    if (
        len(short) <= _SHORTEST
        or len(short) < _COVERED * len(skeleton)
        or skeleton.rstrip("y")[-1:] != short.rstrip("y")[-1:]
    ):
        return False
    letters = iter(skeleton)
    return all(sign in letters for sign in short)
