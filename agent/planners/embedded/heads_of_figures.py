"""The last word of a rate's name behind the percentage that it is held against, where the rest of the name is said of the
things: "which lifts were below 90% availability" asks for the lift availability.

Only a word that means nothing by itself, and only where exactly one rate is called by it and by what else is said.
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.words import phrase_key, tokenize

_HELD_AGAINST = re.compile(
    r"\b(?:above|over|below|under|at least|at most|more than|less than|up to) \d[\d.,]* ?(?:%|percent|per cent) "
    r"(?P<word>[^\W\d]{4,})",
    re.IGNORECASE,
)


def with_whole_names(text: str, known: Known) -> str:
    """The text with the rate's whole name in place of its last word."""
    found = _HELD_AGAINST.search(text)
    if found is None or known.phrases.means(found["word"]):
        return text
    (word,), before = phrase_key(found["word"]), tokenize(text[: found.start()])
    things = {token.base for token in before if _are_things(token.text, known)}
    rates = {
        metric.label
        for metric in known.view.metrics.values()
        for name in (metric.label, *metric.words.synonyms)
        if metric.unit == "fraction" and len(key := phrase_key(name)) == 2 and key[1] == word and key[0] in things
    }
    return f"{text[: found.start('word')]}{rates.pop()}{text[found.end('word') :]}" if len(rates) == 1 else text


def _are_things(word: str, known: Known) -> bool:
    return any(item.kind == "dataset" and item.how in ("name", "synonym") for item in known.phrases.means(word))
