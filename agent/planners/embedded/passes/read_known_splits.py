"""Reads "by source, leaving out those who never said" and "by source, only where known": what is known or not is what the
question splits by. Overlooked, those who said nothing would stand among the others."""

from __future__ import annotations

import re

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from catalog.query import FieldCondition
from semantic_context.linking import split_route
from semantic_context.words import phrase_key

_OUT = (
    r"\b(?:leaving out|leave out|leaving aside|excluding|exclude|excl\.?|without|ignoring|ignore|omitting|omit|skipping|skip"
    r"|forget|not counting|except(?: for)?|not)\s+"
)
_WHO = r"(?:(?:all|the|any)\s+)?(?:those|ones|people|everyone|everybody|anyone|anybody|rows|records|cases)\s+"
_NOT = r"(?:never|do not|don['’]?t|did not|didn['’]?t|have not|haven['’]?t|has not|hasn['’]?t)"
_SAY = r"(?:say|said|tell|told|answer|answered|state|stated|know|known|specify|specified|reply|replied)"
_KNOWN = r"(?:known|given|noted|recorded|stated|specified)"
_UNKNOWN = r"(?:unknowns?|blanks?|unspecified|unrecorded|not known|not stated|not specified)"
_END = r"(?=\s*(?:[,.?!;]|$)|\s+(?:by|per|for|in|from|during|since|split|and)\b)"
_WAYS = tuple(
    re.compile(pattern + _END, re.IGNORECASE)
    for pattern in (
        rf"{_OUT}{_WHO}(?:(?:who|that|which|where|when|for whom)\s+)?(?:(?:we|they|it)\s+)?{_NOT}\s+{_SAY}(?:\s+(?:us|so|it))?",
        rf"{_OUT}(?:(?:the|all|any)\s+)?{_UNKNOWN}(?:\s+ones)?",
        rf"\bonly\s+(?:{_WHO})?(?:where|when|if)\s+(?:(?:it is|it['’]s|this is|that is|they are)\s+)?{_KNOWN}",
        rf"\bonly\s+(?:the\s+)?{_KNOWN} ones",
    )
)
# "Only orders that actually had a code", of a split by promo code: those that have one.
_WITH_ONE = re.compile(
    r"\bonly\s+(?:the\s+)?[^\W\d]\w+\s+(?:with|having|(?:that|which|who)\s+(?:[^\W\d]+ly\s+)?(?:had|have|has|used))"
    rf"\s+(?:an?|any)\s+(?P<what>[^\W\d]\w+(?:\s+[^\W\d]\w+)?){_END}",
    re.IGNORECASE,
)


def read_known_splits(draft: Draft) -> None:
    """Narrows the figures to the rows that have the one field filled that they are split by, and takes the words that say so.
    Where there is none or several, the words stay unexplained."""
    found = next((found for way in _WAYS if (found := way.search(draft.question)) is not None), None)
    found = found or _with_what_is_split_by(draft)
    if found is None or draft.follows or not draft.metrics:
        return
    inside = [item for item in draft.items if draft.stands_in(item, found.span())]
    if any(item.has("value", "denied") and item.used in ("value", "denied") for item in inside):
        return  # a value of the business is called so
    fields = {slot.candidates[0].name for slot in draft.groups if slot.candidates}
    if len(draft.groups) != 1 or len(fields) != 1:
        draft.unexplained.append(found[0])
        return
    for item in inside:
        item.used = "negation" if Cue.NOT in item.cues() else "taken by what is known"
    draft.units_said |= {token.start for token in draft.left_over if found.start() <= token.start < found.end()}
    reference, path = split_route(next(iter(fields)))
    draft.kept_conditions.append(FieldCondition(field=reference, path=path, operator="is_not_null"))


def _with_what_is_split_by(draft: Draft) -> re.Match[str] | None:
    """Where a thing that rows are to have one of is what a split goes by, called in full or by the end of its name."""
    found = _WITH_ONE.search(draft.question)
    said = phrase_key(found["what"]) if found is not None else ()
    for slot in draft.groups:
        for meaning in slot.candidates[:1]:
            field = draft.view.whole.field(split_route(meaning.name)[0])
            names = (phrase_key(name) for name in (field.label, *field.words.synonyms))
            if said and any(name[-len(said) :] == said for name in names):
                return found
    return None
