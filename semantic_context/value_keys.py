"""Normal forms of values and of the words that may mean them: what "Home & Kitchen" and "home and kitchens" share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from semantic_context.words import Token, tokenize, verb_stem

MAX_WORDS = 8  # longer values are found by a part of them
JOINERS = frozenset({"and", "the", "&", "of"})  # inside a value they may be left out or said
FUNCTION_WORDS = frozenset(
    """
    a an the and or of for by in on at to from with without per each every all any our we us my you your is are was were be
    do does did how what which who when where why that this these those it its as than then vs versus not no only just also
    show give list tell me many much more most less least top best worst over under into about between during since until
    can could would should have has had up down out off if but so new total number
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question that may be a value's: its base form, its coarser stem, where it stands, how it is written."""

    base: str
    stem: str
    position: int  # in the question's tokens
    text: str


def question_words(tokens: Sequence[Token]) -> tuple[Word, ...]:
    """The words and numbers of a question, signs left out."""
    return tuple(
        Word(token.base, stem(token.base), position, token.text)
        for position, token in enumerate(tokens)
        if token.folded[:1].isalnum()
    )


@lru_cache(maxsize=65_536)
def stem(base: str) -> str:
    """Coarser than the base form: "cancelled", "canceled" and "cancelling" share it."""
    short = verb_stem(base)
    return short[:-1] if short.endswith("ll") else short


def value_words(text: str) -> tuple[str, ...]:
    """The base forms of a value's words; a value of signs alone is its own word."""
    words = tuple(token.base for token in tokenize(text) if token.folded[:1].isalnum())
    return words or ((text.strip(),) if text.strip() else ())


def joined(words: Sequence[str]) -> str:
    """One key for all ways of parting words: "t-shirt", "t shirt" and "tshirt" share it. Joining words go."""
    return "".join([word for word in words if word not in JOINERS] or words)


def stemmed(words: Sequence[str]) -> str:
    """The key by stems, apart from the keys by base forms."""
    return "~" + joined([stem(word) for word in words])


def windows(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Every run of up to MAX_WORDS adjacent words that starts and ends with one that can stand for something."""
    for start in range(len(words)):
        for stop in range(start + 1, min(len(words), start + MAX_WORDS) + 1):
            if stop - start == 1 or (words[start].base not in JOINERS and words[stop - 1].base not in JOINERS):
                yield start, stop
