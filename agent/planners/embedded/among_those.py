"""An average over those who did something at all, which is the average over each of them: who did none of it has no part in it.

Among the merchants who opened a support case in 2025, how many cases did each open on average?
    average number of support case per merchant in 2025
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.members.verbs import stem_of
from semantic_context.words import tokenize

_WORD = r"[^\W\d][\w-]*"
_AMONG = re.compile(
    rf"^(?:among|amongst|of|for) (?:all )?(?:of )?(?:the |our )?(?P<things>{_WORD}) (?:who|that|which) (?P<verb>{_WORD}) "
    rf"(?:an?|any|at least one|one or more) (?P<what>{_WORD}(?: {_WORD}){{0,2}}?)"
    rf"(?P<when> (?:in|during|last|this|since) [^,?.!]+?)?, "
    rf"(?P<mean>on average,? )?how many (?P<noun>{_WORD}(?: {_WORD})?) (?:did|does|do|have|had|has) (?:each(?: of them)?|they each"
    rf"|one of them) (?P<again>{_WORD})(?P<mean2>,? on average)?\s*[?.!]*$",
    re.IGNORECASE,
)
_HAVE = frozenset((stem_of("have"), stem_of("make")))


def average_among_those(text: str, known: Known) -> str:
    """The text as the average per thing, where what they did at all and what is averaged are the same."""
    found = _AMONG.match(text)
    if found is None or not (found["mean"] or found["mean2"]):
        return text
    named = known.datasets(found["things"])
    same = tokenize(found["what"])[-1].base == tokenize(found["noun"])[-1].base
    again = stem_of(found["again"])
    if len(named) != 1 or not same or again not in {stem_of(found["verb"]), *_HAVE}:
        return text
    return (
        f"average number of {max(found['what'], found['noun'], key=len)} per {named[0].singular}{found['when'] or ''}"
    )
