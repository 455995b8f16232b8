"""Figures whose names a question takes apart: "sold the most copies" of copies sold, "spent on paper, print and bind"."""

from __future__ import annotations

import re

from semantic_context.linking import PhraseTable

_MOST = r"(?:most|fewest|least|highest|lowest)"
_LEADS = r"in|on|at|of|from|for|by|to|over|during|since|this|last|between|per|with|across|so|until|through"
_END = rf"(?=\s+(?:{_LEADS})\b|\s*[,.?!]|\s*$)"
_WORDS = r"[^\W\d]+(?: [^\W\d]+)?"
_MOST_OF = re.compile(rf"\b(?P<verb>[^\W\d]+) the (?P<most>{_MOST}) (?P<thing>{_WORDS}){_END}", re.IGNORECASE)
_MOST_IN = re.compile(
    r"\b(?:got|get|gets|received|earned|took|made|brought in|saw|drew) "
    rf"the (?P<most>{_MOST}) in (?P<figure>{_WORDS}){_END}",
    re.IGNORECASE,
)
_SPENT_ON = re.compile(
    r"\bwhat (?:have we|did we|do we|had we) (?:spent|spend|paid|pay) (?:on|for|in) (?P<figure>[^?.!;]+?)"
    rf"(?P<rest>\s+(?:{_LEADS})\b.*|\s*[?.!]?)$",
    re.IGNORECASE,
)
_BY_MEASURE = re.compile(
    rf"\b(?P<thing>[^\W\d]+) by (?P<measure>value|volume|quantity|number|count){_END}", re.IGNORECASE
)
_COSTS_PER = re.compile(
    r"\b(?:is |was |are |were )?(?:the )?(?P<word>cheapest|most expensive|least expensive|dearest|costliest) "
    rf"per (?P<thing>[^\W\d]+){_END}",
    re.IGNORECASE,
)
_LOW = ("cheapest", "least expensive")


def names_put_together(text: str, phrases: PhraseTable) -> str:
    """The text with the parts of a figure's name side by side; as it stands where no figure is called so."""

    def is_named(words: str) -> bool:
        """Whether a figure is called so in full, not by a word of its name."""
        return any(item.kind == "metric" and item.how in ("name", "synonym") for item in phrases.means(words))

    def most_of(found: re.Match[str]) -> str:
        name = f"{found['thing']} {found['verb']}"
        return f"had the {found['most']} {name}" if is_named(name) else found[0]

    def most_in(found: re.Match[str]) -> str:
        return f"had the {found['most']} {found['figure']}" if is_named(found["figure"]) else found[0]

    def spent_on(found: re.Match[str]) -> str:
        return f"what was {found['figure']}{found['rest']}" if is_named(found["figure"]) else found[0]

    def by_measure(found: re.Match[str]) -> str:
        name = f"{found['measure']} of {found['thing']}"
        return name if is_named(name) else found[0]

    def costs_per(found: re.Match[str]) -> str:
        low = found["word"].casefold() in _LOW
        for kind in ("cost", "price"):
            if is_named(name := f"{kind} per {found['thing']}"):
                return f"had the {'lowest' if low else 'highest'} {name}"
        return found[0]

    text = _MOST_OF.sub(most_of, _MOST_IN.sub(most_in, text))
    return _COSTS_PER.sub(costs_per, _BY_MEASURE.sub(by_measure, _SPENT_ON.sub(spent_on, text)))
