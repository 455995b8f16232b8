"""Both sides of what is so or not, said as the yes-or-no field that tells them apart.

Acceptance for plans with finance offered and for those without      acceptance for plans by finance offered
Hires who were referred and those who were not                       hires by referred
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.words import tokenize

_FLAG = r"(?P<flag>[^\W\d][\w'’-]*(?: [^\W\d][\w'’-]*){0,3}?)"
_JOINT = r",? (?:and|vs\.?|versus|or|against|compared (?:to|with))(?: (?:for|of|among|from|to|with|in|at))?"
_OTHERS = r"(?:(?:the )?(?:those|ones|others|rest))"
_ENDS = r"(?=\s*(?:[,.?!;)]|$)|\s+(?:in|for|during|over|since|last|this|by|per)\b)"
_BOTH_SIDES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:with|having) (?:an? |the )?{_FLAG}{_JOINT} {_OTHERS} without(?: it| them| one| any)?{_ENDS}",
        rf"\b(?:that|which|who|where) (?:(?:are|is|was|were|have|has|had|been|got|it) )*{_FLAG}{_JOINT} {_OTHERS} "
        rf"(?:that|which|who|where) (?:are|is|was|were|have|has|had|do|did|does)(?: not|n['’]t)(?: been)?{_ENDS}",
    )
)

_WITHOUT = re.compile(r"\bwithout (?:an? |any )?(?P<what>[^\W\d]+(?: [^\W\d]+){0,2})", re.IGNORECASE)


def sides_of_yes_or_no(text: str, known: Known) -> str:
    """The text split by the field, where the words are the name of one such field alone."""

    def both(found: re.Match[str]) -> str:
        fields = {
            item.name for item in known.phrases.flags.get(tuple(token.folded for token in tokenize(found["flag"])), ())
        }
        if len(fields) != 1:
            return found[0]
        return f"by {known.view.whole.field(fields.pop()).label}"

    def without(found: re.Match[str]) -> str:
        """What a field called "with insurance" says no to: none of its words names anything else."""
        words = tuple(token.folded for token in tokenize(found["what"]))
        sizes = [size for size in range(len(words), 0, -1) if ("with", *words[:size]) in known.phrases.flags]
        return f"not with {found['what']}" if sizes else found[0]

    for pattern in _BOTH_SIDES:
        text = pattern.sub(both, text)
    return _WITHOUT.sub(without, text)
