"""Why something is left out of what is asked, told in a clause of its own: it says no more of what is left out.

Leaving out the web shop, which we no longer run, what were sales in 2025?    leaving out the web shop, what were sales in 2025?

It stays where it tells a number, a time or another thing by name, and where what is left out is no one thing.
"""

from __future__ import annotations

import datetime as dt
import re

from agent.planners.embedded.known_figures import Known
from semantic_context.time_expressions import find_time_expressions
from semantic_context.words import tokenize

_WHY = re.compile(
    r"(?P<out>\b(?:leav(?:e|ing) (?:out|aside)|(?:leave|leaving|set|setting|put|putting) (?:the )?[^,;.?!]{2,40} (?:out|aside)"
    r"|excluding"
    r"|exclude|without|except(?: for)?|not counting|ignor(?:e|ing)|apart from)\b[^,;.?!]{0,60}), "
    r"(?P<why>(?:(?:which|that|who|whom) (?:we|they|you|it|nobody|the [^\W\d]+) (?:(?:do|does|did|can|will)(?: not|n['’]t)|no"
    r" longer|never"
    r"|already|always)\b|(?:since|because|as) (?!of\b)(?:they|these|those|it|we|that)\b)[^,;.?!]*)(?=\s*(?:[,;.?!]|$))",
    re.IGNORECASE,
)


def without_why_left_out(text: str, as_of: dt.date, known: Known) -> str:
    """The text without the clause that tells why something is left out of it."""
    found = _WHY.search(text)
    if found is None:
        return text
    why = found["why"]
    told = re.search(r"\d", why) or find_time_expressions(why, as_of, known.view.whole.calendar)
    if told or known.values_named(tokenize(why)) or not known.values_named(tokenize(found["out"])):
        return text
    return f"{text[: found.end('out')]}{text[found.end() :]}"
