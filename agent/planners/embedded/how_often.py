"""How often something holds of one kind of things and of another: a rate of each kind, not how many there are.

Are business customers more often verified than private ones?
    ->  what percentage of business versus private customers are verified

How often are orders cancelled, web vs app?      ->  Cancellation rate, web vs app
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known, label_of_the_only
from agent.planners.embedded.members.verbs import is_noun_of
from agent.planners.embedded.reach import base_datasets
from semantic_context.words import phrase_key, verb_stem

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
_IS_DONE = re.compile(
    r"\bhow (?:often|frequently) (?:(?:are|is|were|was|have|has)|(?P<get>do|does|did)) (?:an? |the |our |all )?"
    r"(?P<things>[^\W\d]+(?: [^\W\d]+)?) (?:(?:been|being|actually|usually|typically|ever) )*(?(get)(?:get|become) )"
    r"(?P<done>[^\W\d]+)(?=\s*(?:[?.!,;]|$)|\s+(?:in|on|at|by|per|for|during|over|since|between|from|last|this|when|if|and|vs)\b)",
    re.IGNORECASE,
)
_OF_A_RATE = frozenset("rate share percentage proportion fraction ratio percent of".split())
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


def rates_of_what_is_done(text: str, known: Known) -> str:
    """ "How often are orders cancelled" as the one rate of the catalog that says so of all such things."""

    def rate(found: re.Match[str]) -> str:
        things = {item.name for item in known.datasets(found["things"])}
        own = {*phrase_key(found["things"]), *_OF_A_RATE}
        label = label_of_the_only(
            metric
            for metric in known.view.metrics.values()
            if metric.unit == "fraction"
            and things & base_datasets(known.view, metric.name)
            and any(
                len(left := [word for word in phrase_key(name) if word not in own]) == 1
                and (
                    verb_stem(left[0]) == verb_stem(found["done"].casefold())
                    or is_noun_of(left[0], found["done"].casefold())
                )
                for name in (metric.label, *metric.words.synonyms)
            )
        )
        return label if label is not None else found[0]

    return _IS_DONE.sub(rate, text)
