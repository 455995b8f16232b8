"""Shares asked for in a roundabout way, said the way the passes know.

How is revenue divided among the regions, as shares of the total?    revenue by region, as a share of the total
What share of our visitors does each language account for?           share of our visitors by language
How big is the share of cranes in our equipment bill for 2025?       what share of our equipment bill for 2025 came from cranes
Of all placements in 2025, how many were perm, in percent?           what percentage of placements in 2025 were perm
How big a slice of revenue in 2025 is Electronics?           what share of revenue in 2025 came from Electronics
What share of returns came back because of wrong size?       what share of returns came from wrong size
How many interviews did we need for each placement?                  interviews divided by placements
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SHARE = r"(?:share|part|portion|percentage|percent|proportion|fraction)"
_WORD = r"[^\W\d][\w'’-]*"
_TAIL = r"(?P<tail>\s+(?:in|for|during|over|since|on|at|last|this|between|from)\s+[^?.!]*)?\s*[?.!]*$"
_DIVIDED = re.compile(
    rf"^how (?:is|was|are|were|do|does|did) (?P<figure>[^,?.!]+?) (?:divided|divide|distributed|spread|split)(?: up)? "
    rf"(?:among|amongst|across|over|between) (?:the |our |all )*(?P<groups>{_WORD}(?: {_WORD})?),? "
    rf"(?:as|in) (?:a )?(?:shares?|percent(?:ages?)?|per cent|proportions?|fractions?)(?: of (?:the )?(?:total|whole))?{_TAIL}",
    re.IGNORECASE,
)
_EACH_ACCOUNTS = re.compile(
    rf"^(?:what|which|how (?:large|big|high|great) an?) {_SHARE} of (?P<figure>[^,?.!]+?) (?:does|do|did) (?:each|every) "
    rf"(?P<group>{_WORD}(?: {_WORD}){{0,2}}) (?:account for|make up|represent|contribute|stand for|bring in)\s*{_TAIL}",
    re.IGNORECASE,
)
_HOW_BIG_A_SHARE = re.compile(
    rf"^how (?:big|large|high|great|small) (?:is|was|are|were) (?:the )?{_SHARE} of (?P<part>[^,?.!]+?) (?:in|among|within) "
    rf"(?P<whole>(?:the |our |all |total )+[^,?.!]+?){_TAIL}",
    re.IGNORECASE,
)
_HOW_MANY_OF = re.compile(
    r"^(?:out )?of (?:all )?(?:the |our |these )?(?P<whole>[^,?.!]+), how many (?P<part>[^,?.!]+?),? "
    r"(?:in|as an?|as) (?:%|percent(?:age)?|per cent|share|proportion|fraction)\s*[?.!]*$",
    re.IGNORECASE,
)
_THE_SHARE_THAT = re.compile(
    rf"^(?:out )?of (?P<whole>[^,?.!]+), (?:the|what is the|what was the|give me the|show me the) (?P<share>{_SHARE}) "
    r"(?:that|which|who) (?P<part>[^,?.!]+)\s*[?.!]*$",
    re.IGNORECASE,
)
_A_SLICE = re.compile(
    rf"^how (?:big|large|great|high|small) (?:of )?an? (?:slice|chunk|piece|{_SHARE}) of (?P<whole>[^,?.!;]+?) "
    r"(?:is|was|are|were|comes? from|came from|(?:is|was|are|were) (?:made up by|down to)) "
    r"(?P<part>[^?.!;]+?)\s*[?.!]*$",
    re.IGNORECASE,
)
_DOWN_TO = re.compile(
    rf"\b(?P<asked>(?:what|which) {_SHARE} of [^,?.!;]+?) (?:(?:is|was|are|were) (?:down|attributable|owed) to"
    r"|(?:(?:is|was|are|were|came|come|comes|went|sent|returned)(?: back)? )+(?:because of|due to|on account of|owing to)"
    r"|(?:came|come|comes) to us (?:via|through|by way of)) (?:the |a )?",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(
    rf"^(?:out )?of (?P<whole>[^,?.!;]+), (?P<share>(?:what|which) {_SHARE}) (?=(?:came|come|were|was|is|are|went)\b)",
    re.IGNORECASE,
)
_NEEDED_FOR_EACH = re.compile(
    rf"^how many (?P<figure>{_WORD}(?: {_WORD}){{0,2}}) (?:(?:did|do|does) (?:we|it|they|one) (?:need|require|take)|"
    r"(?:was|were|is|are) (?:needed|required)|(?:did|does|do) it take) "
    rf"(?:for|to get|to make|to win|per) (?:each |every |an? |one |per )?(?P<thing>{_WORD}(?: {_WORD})?){_TAIL}",
    re.IGNORECASE,
)

Is = Callable[[str], bool]


def parts_said(text: str, is_metric: Is) -> str:
    """The text with its share asked for plainly; as it stands where it asks for none in such a way."""
    text = _DOWN_TO.sub(r"\g<asked> came from ", text, count=1)
    whole_first = _OF_WHOLE.sub(r"\g<share> of \g<whole> ", text)
    if _DOWN_TO.search(whole_first) is not None:
        return _DOWN_TO.sub(r"\g<asked> came from ", whole_first, count=1)
    if (found := _A_SLICE.match(text)) is not None:
        return f"what share of {found['whole']} came from {found['part']}"
    if (found := _DIVIDED.match(text)) is not None:
        return f"{found['figure']} by {found['groups']}{found['tail'] or ''}, as a share of the total"
    if (found := _EACH_ACCOUNTS.match(text)) is not None:
        return f"share of {found['figure']} by {found['group']}{found['tail'] or ''}"
    if (found := _HOW_BIG_A_SHARE.match(text)) is not None:
        return f"what share of {found['whole']}{found['tail'] or ''} came from {found['part']}"
    if (found := _HOW_MANY_OF.match(text)) is not None:
        return f"what percentage of {found['whole']} {found['part']}"
    if (found := _THE_SHARE_THAT.match(text)) is not None:
        return f"what {found['share']} of {found['whole']} {found['part']}"
    if (found := _NEEDED_FOR_EACH.match(text)) is not None and is_metric(found["figure"]) and is_metric(found["thing"]):
        return f"{found['figure']} divided by {found['thing']}{found['tail'] or ''}"
    return text
