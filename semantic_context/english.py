"""Whether a word is an English word: what is one is not taken for a misspelling of another."""

from __future__ import annotations

from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from semantic_context.model_files import model_file


@cache
def _vocabulary() -> frozenset[str]:
    # The embedding model's word pieces: whole words of three letters and more are its 22,000 commonest English words.
    text = model_file("vocab.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if len(line) > 2 and line.isalpha())


def is_english_word(word: str) -> bool:
    """True for a common English word, a regular plural or an inflected form of one, in any case."""
    lower = word.lower()
    words = _vocabulary()
    if lower in words:
        return True
    return any(
        lower.endswith(suffix) and len(lower) - len(suffix) > 2 and lower[: -len(suffix)] in words
        for suffix in ("s", "es", "ed", "ing")
    )


def is_nearer_to_english(word: str, distance: int) -> bool:
    """Whether some common English word is fewer than `distance` edits away: then that is what was meant.

    "Nortwest" is "northwest" misspelt, even where the only values near it are "Northeast" and "West".
    """
    lower = word.lower()
    same_start = [item for item in _vocabulary() if item[0] == lower[:1] and abs(len(item) - len(lower)) < distance]
    return process.extractOne(lower, same_start, scorer=OSA.distance, score_cutoff=distance - 1) is not None
