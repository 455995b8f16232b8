"""How often something holds of one kind of things and of another: a rate of each kind, not how many there are.

Are business customers more often verified than private ones?
    ->  what percentage of business versus private customers are verified
"""

from __future__ import annotations

import re

_OFTEN = r"(?:more|less) (?:often|likely|frequently|commonly)"
_BEING = r"(?:are|is|were|was|do|does|did)"
_BEFORE_WHAT_HOLDS = re.compile(
    rf"^{_BEING} (?P<one>.+?) (?P<noun>[^\W\d]+) {_OFTEN}(?: to (?:be|get))? (?P<holds>[\w-]+) than (?P<other>.+)$",
    re.IGNORECASE,
)
_BEHIND_WHAT_HOLDS = re.compile(
    rf"^{_BEING} (?P<one>.+?) (?P<noun>[^\W\d]+) (?:get )?(?P<holds>[\w-]+ed) {_OFTEN} than (?P<other>.+)$",
    re.IGNORECASE,
)
SAID_OFTEN = re.compile(rf"\b{_OFTEN}\b(?=.*\bthan\b)", re.IGNORECASE)


def with_rates_asked_for(text: str) -> str:
    """The question of which of two kinds something holds more often, as that of what percentage of each it holds."""
    found = _BEFORE_WHAT_HOLDS.match(text) or _BEHIND_WHAT_HOLDS.match(text)
    if found is None:
        return text
    noun = found["noun"]
    other = re.match(
        rf"^(?:the )?(?P<kind>.+?) (?:ones|{re.escape(noun)})\b(?P<tail>.*)$", found["other"], re.IGNORECASE
    )
    if other is None:
        return text
    return f"what percentage of {found['one']} versus {other['kind']} {noun} are {found['holds']}{other['tail']}"
