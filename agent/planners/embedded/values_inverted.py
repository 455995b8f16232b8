"""A value denied with its words the other way round: "not billed annually" is "not annually billed"."""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.words import is_verb_form, tokenize

_TWO_WORDS = re.compile(r"(?<=\bnot )(?=(?P<verb>[^\W\d]+) (?P<how>[^\W\d][\w-]*)\b)")
_SURE = ("exact", "synonym", "labelled")


def values_said_forwards(text: str, known: Known) -> str:
    """The text with a participle and the word behind it in the order in which they name a value, where so they name none."""
    for found in _TWO_WORDS.finditer(text):
        verb, how = found["verb"], found["how"]
        done = verb.casefold().endswith("ed") or is_verb_form(verb.casefold())
        if done and _is_a_value(f"{how} {verb}", known) and not _is_a_value(f"{verb} {how}", known):
            end = found.start() + len(f"{verb} {how}")
            return f"{text[: found.start()]}{how} {verb}{text[end:]}"
    return text


def _is_a_value(words: str, known: Known) -> bool:
    hits = known.values_named(tokenize(words))
    return any(hit.how in _SURE and hit.end - hit.start == len(words) for hit in hits)
