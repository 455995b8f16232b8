"""A number said before things that is how many there are: it picks none of them and asks for nothing.

Net sales of each of our five estates in 2025              net sales of each estate in 2025
How did the two regions North and South do?                how did the regions North and South do?

Any other number stays, and is asked about; so does one beside a superlative, which may be how many of the best are wanted.
"""

from __future__ import annotations

import re

from agent.planners.embedded.cues import Cue, cue_phrases
from agent.planners.embedded.known_figures import Known
from semantic_context.linking import split_route
from semantic_context.numbers import find_numbers
from semantic_context.words import tokenize

_WORD = r"[^\W\d][\w'’-]*"
_SAID = re.compile(
    rf"\b(?P<the>(?:all(?: of)? )?(?:the|our|these|my|those|all)) (?P<number>\d{{1,3}}|{_WORD}) (?P<things>{_WORD}(?: {_WORD})?)",
    re.IGNORECASE,
)
_EACH_OF = re.compile(rf"\beach of (?:the|our|these|my) (?P<things>{_WORD}(?: {_WORD})?)", re.IGNORECASE)
_ORDERS = frozenset((Cue.HIGHEST, Cue.LOWEST, Cue.TOP, Cue.BOTTOM))
_SURE = frozenset(("exact", "synonym", "labelled"))


def without_numbers_that_agree(text: str, known: Known) -> str:
    """The text without numbers that say how many of the things before which they stand there are."""
    start = len(text) if any(_is_an_order(token.folded) for token in tokenize(text)) else 0
    while (found := _SAID.search(text, start)) is not None:
        start = found.end("the")
        numbers = find_numbers(found["number"])
        if (
            len(numbers) != 1
            or numbers[0].text != found["number"]
            or numbers[0].unit is not None
            or numbers[0].value < 2
        ):
            continue
        if _agrees(int(numbers[0].value), found["things"], text[found.end("number") :], known):
            text = f"{text[: found.start('number')]}{text[found.end('number') + 1 :]}"
    return _EACH_OF.sub(lambda found: _each(found, known), text)


def _each(found: re.Match[str], known: Known) -> str:
    """ "Each of the estates" is each estate."""
    for words in (found["things"], found["things"].split()[0]):
        if _fields(words, known):
            last = tokenize(words)[-1]
            return f"each {words[: last.start]}{last.base}{found['things'][len(words) :]}"
    return found[0]


def _is_an_order(word: str) -> bool:
    return any(item.kind == "cue" and Cue(item.name) in _ORDERS for item in cue_phrases().means(word))


def _agrees(number: int, things: str, rest: str, known: Known) -> bool:
    """Whether there are so many of the things, or so many are listed right behind them."""
    for words in (things, things.split()[0]):
        fields = _fields(words, known)
        if not fields:
            continue
        behind = rest.strip()[len(words) :]
        listed = _listed(behind, fields, known)
        if listed:
            return listed == number
        if any(hit.how in _SURE for hit in known.values_named(tokenize(words))):
            return False
        return {known.values_held(field) for field in fields} == {number}
    return False


def _fields(words: str, known: Known) -> set[str]:
    """The fields that tell things of a name apart: their own name, or the field that is called so."""
    if not words or tokenize(words)[-1].base == tokenize(words)[-1].folded:
        return set()
    datasets = known.datasets(words)
    if datasets:
        return {f"{item.name}.{item.display_field}" for item in datasets if item.display_field}
    return {
        split_route(item.name)[0]
        for item in known.phrases.means(words)
        if item.kind == "field" and item.how in ("name", "synonym")
    }


def _listed(behind: str, fields: set[str], known: Known) -> int:
    """How many values of one of the fields stand in a list at the start of a text."""
    tokens = tokenize(behind)
    hits = [hit for hit in known.values_named(tokens) if hit.reference in fields and hit.how in _SURE]
    place, found = 0, 0
    while place < len(tokens):
        hit = max((hit for hit in hits if hit.span[0] == place), key=lambda hit: hit.span[1], default=None)
        if hit is not None:
            place, found = hit.span[1], found + 1
        elif tokens[place].text in (",", ":", "(", "-") or tokens[place].folded in ("and", "namely", "the", "&"):
            place += 1
        else:
            break
    return found
