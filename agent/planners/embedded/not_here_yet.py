"""What is still to come, in other words than those of its time: what has not turned up has not arrived.

How many shipments have not turned up yet?     how many shipments have not arrived yet
Deliveries from suppliers                      supplier deliveries, where the things are called so

Only where the things named have a time of their arrival.
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.members.verbs import Verbs
from semantic_context.words import phrase_key

_NOT_HERE = re.compile(
    r"\b(?P<still>still )?(?P<aux>have|has|had|did)(?: not|n['’]t)(?: yet)? (?:turn(?:ed)? up|show(?:n|ed)? up|c[oa]me in"
    r"|(?:got|gotten|get) here|made it here|reach(?:ed)? us|arrived?)(?: yet| so far)?\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?P<thing>[^\W\d]{3,}) from (?:our |the )?(?P<of>[^\W\d]{3,}s)\b", re.IGNORECASE)


def not_here_yet(text: str, known: Known) -> str:
    """The text with the things by their name, and said not to have arrived."""
    found = _NOT_HERE.search(text)
    if found is None:
        return text
    before = _FROM.sub(lambda of: _called(of, known), text[: found.start()])
    words = re.findall(r"[^\W\d_][\w'’-]*", before)
    things = next(
        (
            named
            for end in range(len(words), 0, -1)
            for size in (3, 2, 1)
            if size <= end and (named := known.datasets(" ".join(words[end - size : end])))
        ),
        (),
    )
    if len(things) != 1 or not Verbs(known.view).times(things[0].name, "arrived"):
        return text
    return f"{before}have not arrived yet{text[found.end() :]}"


def _called(found: re.Match[str], known: Known) -> str:
    """ "Deliveries from suppliers" by the name that such things have, where others have none of it."""
    name = f"{phrase_key(found['of'])[0]} {found['thing']}"
    return name if known.datasets(name) and not known.datasets(found["thing"]) else found[0]
