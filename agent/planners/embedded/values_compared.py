"""Two values of one field, or the growth of two figures, that are held against each other in other words than "versus".

Visits on the web and how many in the app                    visits on the web vs in the app
Web revenue compared with store revenue in May               revenue for web vs store in May
What share of orders is web and what share is store?         share of orders by channel
Did revenue grow faster than orders in 2025?                 how much did revenue and orders grow in 2025
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.values import ValueHit
from semantic_context.words import tokenize

_SURE = ("exact", "synonym", "labelled", "group")
_LEAD = r"(?:(?:in|on|from|via|through|for|of|at|by|with|among) )?(?:(?:the|our) )?"
_JOIN = re.compile(
    rf",? (?:compared (?:with|to)|in comparison (?:with|to)|and (?:how (?:many|much)|what)(?: (?:was|were|is|are|did|came|come))?) "
    rf"(?={_LEAD}(?P<other>[^,?.!;]+))",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r"^(?P<asked>(?:please )?compare )?(?:the |our )?(?P<one>[^,?.!;]+?) (?P<figure>[^\W\d][\w-]*(?: [\w-]+)?) "
    r"(?P<join>with|to|and|vs\.?|versus|against|compared (?:with|to)) (?:the |our )?(?P<other>[^,?.!;]+?) (?P=figure)"
    r"(?P<rest>\b.*)$",
    re.IGNORECASE,
)
_SHARE = r"(?:share|part|portion|percentage|percent|proportion|fraction)"
_BEING = r"(?:is|was|are|were|came from|comes from|come from|went to|goes to)"
_SHARES_OF_TWO = re.compile(
    rf"^(?:what|which) {_SHARE} of (?P<whole>[^,?.!;]+?) {_BEING} (?P<one>[^,?.!;]+?),? and (?:(?:what|which) {_SHARE}) "
    rf"(?:(?:of (?:it|them)|{_BEING}) )*(?P<other>[^,?.!;]+?)[?.!]*$",
    re.IGNORECASE,
)
_FASTER = re.compile(
    r"^(?:did|has|have|is|are) (?:the |our )?(?P<one>[^,?.!;]+?) (?:grow|grown|growing|rise|risen|rising|increase|increased"
    r"|increasing|expand|expanded) (?:faster|quicker|more|more quickly|more strongly) than (?:the |our )?(?P<other>[^,?.!;]+?)"
    r"(?P<tail>,?(?: (?:in|over|during|since|for|this|last|from|between)\b[^?.!;]*)?)[?.!]*$",
    re.IGNORECASE,
)


def values_compared(text: str, known: Known) -> str:
    """The text with its two sides said with "vs", where both are values of one field, or both are figures that grow."""
    if (found := _FASTER.match(text)) is not None:
        figures = known.is_figure(found["one"]) and known.is_figure(found["other"])
        return f"how much did {found['one']} and {found['other']} grow{found['tail']}" if figures else text
    if (found := _SHARES_OF_TWO.match(text)) is not None:
        kinds = [{hit.reference for hit in _sure(found[side], known)} for side in ("one", "other")]
        labels = {known.view.whole.field(reference).label for reference in kinds[0] & kinds[1]}
        return f"share of {found['whole']} by {labels.pop()}" if len(labels) == 1 else text
    if (found := _SIDES.match(text)) is not None and known.is_figure(found["figure"]):
        joined = found["asked"] is not None or found["join"].casefold() not in ("with", "to", "and")
        same = _of_one_field(found["one"], found["other"], known)
        return f"{found['figure']} for {found['one']} vs {found['other']}{found['rest']}" if joined and same else text
    return _JOIN.sub(lambda join: _joined(join, text, known), text, count=1)


def _joined(join: re.Match[str], text: str, known: Known) -> str:
    """The joining words as "vs", where a value stands right before them and another of its field right behind."""
    before, behind = text[: join.start()], join["other"]
    first = [hit for hit in _sure(before, known) if hit.end == len(before)]
    second = [hit for hit in _sure(behind, known) if hit.start == 0]
    same = {hit.reference for hit in first} & {hit.reference for hit in second}
    return " vs " if same and not {hit.values for hit in first} & {hit.values for hit in second} else join[0]


def _of_one_field(one: str, other: str, known: Known) -> bool:
    """Whether each of two sides is nothing but a value, both of one field."""
    sides = [
        {hit.reference: hit.values for hit in _sure(side, known) if (hit.start, hit.end) == (0, len(side))}
        for side in (one, other)
    ]
    return any(sides[0][field] != sides[1][field] for field in sides[0].keys() & sides[1].keys())


def _sure(words: str, known: Known) -> list[ValueHit]:
    return [hit for hit in known.values_named(tokenize(words)) if hit.how in _SURE]
