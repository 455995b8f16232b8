"""Whether a word is an English word: what is one is not taken for a misspelling of another."""

from __future__ import annotations

from functools import cache

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
