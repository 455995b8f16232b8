"""Words of a figure's name that stand apart from it: its unit, and the tax it is before or after.

What was the longest downtime of 2025, in hours?    ->  what was the longest downtime in hours of 2025?
What did we invoice in 2024, before VAT?            ->  what was invoiced before VAT in 2024?
"""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planners.embedded.time_between import durations_in_words
from semantic_context.linking import PhraseTable

_IN_UNIT = re.compile(r",? in (?P<unit>days|hours|minutes)(?=\s*(?:[,.;?!]|$))", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_MOST_WORDS = 7
_BESIDE_TAX = re.compile(
    r"^(?P<lead>.*?)\b(?:(?:what|how much) (?:did|do|have|had) (?:we|you) )(?P<verb>[^\W\d]+)(?P<between>[^?!;]*?),? "
    r"(?P<way>before|after|excluding|including|excl\.?|incl\.?|without|with|net of) (?:the )?(?P<tax>vat|gst|tax)\b(?P<rest>.*)$",
    re.IGNORECASE,
)


def with_words_beside(text: str, phrases: PhraseTable) -> str:
    """The text with such words, and the two ends of a length of time, beside the rest of the name; as it stands where no
    figure is called so."""

    def is_named(words: str) -> bool:
        return any(
            item.kind == "metric" and item.how in ("name", "synonym") for item in phrases.means(words.casefold())
        )

    return durations_in_words(_with_unit_beside(_with_tax_beside(text, is_named), is_named), phrases)


def _with_unit_beside(text: str, is_named: Callable[[str], bool]) -> str:
    for said in _IN_UNIT.finditer(text):
        words = list(_WORD.finditer(text, 0, said.start()))
        for size in range(min(_MOST_WORDS, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                start, end = words[first].start(), words[first + size - 1].end()
                name = f"{text[start:end]} in {said['unit']}"
                if end < said.start() and is_named(name):
                    return f"{text[:start]}{name}{text[end : said.start()]}{text[said.end() :]}"
    return text


def _with_tax_beside(text: str, is_named: Callable[[str], bool]) -> str:
    asked = _BESIDE_TAX.match(text)
    if asked is None:
        return text
    verb = asked["verb"].casefold()
    done = verb if verb.endswith("ed") else f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    name = f"{done} {asked['way']} {asked['tax']}"
    return f"{asked['lead']}what was {name}{asked['between']}{asked['rest']}" if is_named(name) else text
