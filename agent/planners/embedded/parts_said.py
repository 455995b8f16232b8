"""Shares and averages asked for in a roundabout way, said the way the passes know.

How is revenue divided among the regions, as shares of the total?    revenue by region, as a share of the total
What share of our visitors does each language account for?           share of our visitors by language
How big is the share of cranes in our equipment bill for 2025?       what share of our equipment bill for 2025 came from cranes
Of all placements in 2025, how many were perm, in percent?           what percentage of placements in 2025 were perm
Q3 revenue of an average store                                       average revenue per store in Q3
How many hours did a volunteer give on average?                      average number of hours per volunteer
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
_OF_AN_AVERAGE = re.compile(
    rf"^(?:(?:what|how much) (?:is|was|were|are) )?(?:the )?(?P<figure>[^,?.!]+?) (?:of|in|at|for) (?:an?|the|our) "
    rf"(?:average|typical) (?P<thing>{_WORD}(?: {_WORD})?){_TAIL}",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(r"^(?P<time>(?:q[1-4]|h[12]|(?:19|20)\d\d)(?: (?:19|20)\d\d)?) (?P<figure>.+)$", re.IGNORECASE)
_ON_AVERAGE = r"(?:,? on average,?|,? in the mean,?)"
# Verbs that say no more of what things have than that they have it.
_HAS = r"(?:have|has|had|contain|hold|include|place|make|get|give|take|record|log|do|put in|need|see|receive|is|are|was|were)"
_EACH = rf"(?:an?|each|every|one|(?:the|our) (?:average|typical)) (?P<thing>{_WORD}(?: {_WORD})?)"
_FIGURE = rf"(?P<figure>{_WORD}(?: {_WORD}){{0,2}})"
_HOW_MANY_EACH = re.compile(
    rf"(?:\bon average,? )?how many {_FIGURE} (?:does|do|did) {_EACH} {_HAS}(?P<often>{_ON_AVERAGE})?(?=[\s,?.!]|$)",
    re.IGNORECASE,
)
_HOW_MANY_IN_ONE = re.compile(
    rf"how many {_FIGURE} (?:is|are|was|were) (?:an?|each|every|one) (?P<thing>{_WORD}(?: {_WORD})?){_ON_AVERAGE}",
    re.IGNORECASE,
)
_NEEDED_FOR_EACH = re.compile(
    rf"^how many (?P<figure>{_WORD}(?: {_WORD}){{0,2}}) (?:(?:did|do|does) (?:we|it|they|one) (?:need|require|take)|"
    r"(?:was|were|is|are) (?:needed|required)|(?:did|does|do) it take) "
    rf"(?:for|to get|to make|to win|per) (?:each |every |an? |one |per )?(?P<thing>{_WORD}(?: {_WORD})?){_TAIL}",
    re.IGNORECASE,
)

Is = Callable[[str], bool]


def parts_and_means(text: str, is_metric: Is, is_thing: Is) -> str:
    """The text with its share or average asked for plainly; as it stands where it asks for none in such a way."""
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
    if (found := _OF_AN_AVERAGE.match(text)) is not None and is_thing(found["thing"]):
        time = _TIME_FIRST.match(found["figure"])
        figure, said = (time["figure"], f" in {time['time']}") if time is not None else (found["figure"], "")
        return f"average {figure} per {found['thing']}{said}{found['tail'] or ''}"
    if (found := _NEEDED_FOR_EACH.match(text)) is not None and is_metric(found["figure"]) and is_metric(found["thing"]):
        return f"{found['figure']} divided by {found['thing']}{found['tail'] or ''}"

    def is_counted(words: str) -> bool:
        return is_thing(words) or is_metric(words)

    return _HOW_MANY_IN_ONE.sub(
        lambda one: _per_thing(one, is_counted),
        _HOW_MANY_EACH.sub(lambda one: _of_each(one, is_counted), text, count=1),
    )


def _of_each(found: re.Match[str], is_counted: Is) -> str:
    """ "How many hours did each lawyer record" without "on average" asks for a row a lawyer."""
    said = found[0].casefold().startswith("on average") or found["often"]
    return _per_thing(found, is_counted) if said else found[0]


def _per_thing(found: re.Match[str], is_counted: Is) -> str:
    return f"average number of {found['figure']} per {found['thing']}" if is_counted(found["thing"]) else found[0]
