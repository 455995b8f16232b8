"""Yes-or-no fields said as adjectives, and those of which it is not so: "unfurnished flats", "preferred vs not preferred"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from semantic_context.linking import Meaning, PhraseTable, Span
from semantic_context.words import Token

_PREFIXES = ("un", "non", "in", "im", "ir", "dis")
_NEGATIONS = frozenset("non not isn't aren't wasn't weren't hasn't haven't hadn't".split())
_BESIDE_NEGATIONS = ("been", "being", "yet", "currently")  # "not yet approved", "haven't been approved"
_HELD_AGAINST = ("vs", "versus", "or", "against", "/")
_LONGEST = 3
_PLAIN = ("normal", "ordinary", "regular", "standard", "usual", "plain")
_REACH = 7  # words that may stand before the joining word: "express orders cancelled more often than"
_CLAUSE = (",", ";", ".", "by", "per", "in", "on", "for")
_SURER = 1.02  # than the word's own sense


def yes_or_no_spans(tokens: Sequence[Token], phrases: PhraseTable, named: Sequence[Span]) -> list[Span]:
    """The words for which a yes-or-no field is false as values of it, and where there are such, those for which it is true.
    A word that is a name (`named`) of its own is left as it is."""
    if not phrases.flags:
        return []
    taken = {(span.start, span.end) for span in named}
    denied = [
        span
        for span in (*_turned(tokens, phrases), *_negated(tokens, phrases), *_plain_ones(tokens, phrases))
        if (span.start, span.end) not in taken
    ]
    if not denied:
        return []
    fields = {meaning.name for span in denied for meaning in span.meanings}
    within = {place for span in denied for place in range(span.start, span.end)}
    affirmed: list[Span] = []
    for place in range(len(tokens)):
        end, found = _flag_at(tokens, place, phrases)
        meanings = tuple(meaning for meaning in found if meaning.name in fields)
        if meanings and not within & set(range(place, end)):
            affirmed.append(_span(tokens, place, end, meanings, holds=True))
    return denied + affirmed


def _turned(tokens: Sequence[Token], phrases: PhraseTable) -> Iterator[Span]:
    """ "unfurnished": one word, turned by what stands before it."""
    for place, token in enumerate(tokens):
        for prefix in _PREFIXES:
            found = phrases.flags.get((token.folded.removeprefix(prefix),)) if token.folded.startswith(prefix) else None
            if found and not phrases.find((token.folded,), (token.base,)):
                yield _span(tokens, place, place + 1, found, holds=False)


def _negated(tokens: Sequence[Token], phrases: PhraseTable) -> Iterator[Span]:
    """ "non-preferred", "not preferred", "weren't planned"; "preferred or not"."""
    for place, token in enumerate(tokens):
        if token.folded not in _NEGATIONS:
            continue
        flag = place + 1
        while flag < len(tokens) and tokens[flag].folded in _BESIDE_NEGATIONS:
            flag += 1
        end, found = _flag_at(tokens, flag, phrases)
        if found:
            yield _span(tokens, place, end, found, holds=False)
        elif place > 1 and tokens[place - 1].folded in _HELD_AGAINST and _ends_here(tokens, place):
            for start in range(place - 2, max(place - 2 - _LONGEST, -1), -1):
                end, found = _flag_at(tokens, start, phrases)
                if found and end == place - 1:
                    surer = [replace(item, score=_SURER) for item in found]
                    yield _span(tokens, place, place + 1, surer, holds=False)
                    break


def _plain_ones(tokens: Sequence[Token], phrases: PhraseTable) -> Iterator[Span]:
    """ "Express and normal orders", "priority ones than ordinary ones": the word for what has nothing special, right behind
    the word that a yes-or-no field is called by and one that joins the two."""
    for place, token in enumerate(tokens):
        if token.folded not in _PLAIN:
            continue
        join = place - 1
        while join > 0 and tokens[join].folded in ("the", "our", "with", "to"):
            join -= 1
        if join < 1 or tokens[join].folded not in (*_HELD_AGAINST, "and", "than", "from", "compared"):
            continue
        for start in range(max(join - _REACH, 0), join):
            end, found = _flag_at(tokens, start, phrases)
            if found and end <= join and not any(item.folded in _CLAUSE for item in tokens[end:join]):
                yield _span(tokens, place, place + 1, [replace(item, score=_SURER) for item in found], holds=False)
                break


def _ends_here(tokens: Sequence[Token], place: int) -> bool:
    """Whether nothing is said that a "not" could be of."""
    behind = tokens[place + 1].folded if place + 1 < len(tokens) else ""
    return not behind[:1].isalpha() or behind in ("in", "for", "by", "during", "since", "per")


def _flag_at(tokens: Sequence[Token], place: int, phrases: PhraseTable) -> tuple[int, tuple[Meaning, ...]]:
    """The longest name of a yes-or-no field that begins at a place, where it names nothing else as well."""
    for end in range(min(place + _LONGEST, len(tokens)), place, -1):
        words = tuple(token.folded for token in tokens[place:end])
        found = phrases.flags.get(words)
        if not found:
            continue
        best = max(meaning.score for meaning in found)
        rivals = phrases.find(words, tuple(token.base for token in tokens[place:end]))
        if not any(item.kind != "field" and item.score >= best for item in rivals):
            return end, found
    return place, ()


def _span(tokens: Sequence[Token], start: int, end: int, found: Sequence[Meaning], *, holds: bool) -> Span:
    text = " ".join(token.text for token in tokens[start:end])
    return Span(start, end, text, tuple(replace(item, kind="value", how="exact", payload=(holds,)) for item in found))
