"""The ways of asking what a figure means, said as asking for its definition; asking for the figure itself is left as it is.

How is film hire worked out?               definition of film hire
AOV - is that before or after discounts?   definition of AOV
When do we call a customer churned?        definition of customer churned
When does a parcel count as late?          definition of late parcels
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WE = r"(?:you|we|they|people|you guys|the company)"
_NAME = r"(?:the |an? |our |your )?(?P<name>[^,;:.?!]{3,60}?)"
_HERE = (
    r"(?:,? (?:here|exactly|precisely|in this company|at (?:the|this|our) company|around here|with us|in here"
    r"|in our (?:books|figures|numbers|reports)))*"
)
_END = rf"{_HERE}\s*(?:,? (?:please|pls))?\s*[?.!]*$"
_START = r"^(?:(?:please|pls|and|so|also|just)\s+)*"
_TELL = (
    rf"{_START}(?:(?:can|could|would) (?:you|someone|anyone) )?(?:please )?(?:(?:tell|show) me |explain (?:to me )?)?"
)
_HOW = r"how (?:exactly |precisely |actually )?"
_MADE = (
    r"(?:worked out|arrived at|derived|determined|established|obtained|figured out|reckoned|put together|made up|composed"
    r"|counted|totted up|come by)"
)
_OF_A_FIGURE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_TELL}{_HOW}(?:is|are) {_NAME} {_MADE}{_END}",
        rf"{_TELL}{_HOW}(?:do|does|did|would) {_WE} (?:arrive at|work out|derive|determine|come up with|reckon|figure out"
        rf"|get to|come to) {_NAME}{_END}",
        rf"{_TELL}{_HOW}{_NAME} (?:is|are) (?:{_MADE}|calculated|computed|defined|measured){_END}",
        rf"{_TELL}what (?:exactly |precisely )?(?:do|does|would) {_WE} (?:call|understand by|mean (?:by|with)) {_NAME}{_END}",
        rf"{_TELL}what (?:exactly |precisely )?(?:does|do) {_NAME} (?:cover|include|take in){_END}",
        rf"{_TELL}what (?:exactly |precisely )?(?:belongs|goes|falls) (?:to|in|into|under) {_NAME}{_END}",
        rf"{_TELL}what (?:exactly |precisely |actually )?(?:does|do) {_NAME} (?:exactly |precisely |actually |really )?"
        rf"(?:mean|stand for|refer to|signify|measure){_END}",
        rf"{_TELL}what (?:exactly |precisely |actually )?(?:counts|is counted|gets counted|qualifies|is included) "
        rf"(?:towards?|as|for|in|under) {_NAME}{_END}",
    )
)
# "AOV - is that before or after discounts?", "does GMV include cancelled orders?": answered by what the figure's definition says.
_EITHER = (
    r"(?:before or after|after or before|gross or net(?: of)?|net or gross(?: of)?|with or without|including or excluding"
    r"|excluding or including|inclusive or exclusive of|exclusive or inclusive of)"
)
_OF_IT = r"(?:(?!\d|\b(?:than|higher|lower|better|worse|more|less|fewer|when|if|which)\b)[^,;:.?!]){0,50}?"
_THAT = r"(?:that|this|it|they|those|these)"
_SHOWN = r"(?:(?:shown|counted|given|stated|reported|measured|calculated|meant|taken|quoted|always) )?"
_OF_ITS_PARTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_START}(?:when(?:ever)? {_WE} (?:say|speak of|talk about|report|quote|mention|show) |by |with |about |regarding )?"
        rf"{_NAME}\s?[,:–—-] ?(?:is|are) {_THAT} {_SHOWN}{_EITHER}\b{_OF_IT}{_END}",
        rf"{_TELL}(?:whether |if )?(?:is |are ){_NAME} {_SHOWN}{_EITHER}\b{_OF_IT}{_END}",
        rf"{_TELL}(?:whether |if )(?:the |our )?{_NAME} (?:is|are) {_SHOWN}{_EITHER}\b{_OF_IT}{_END}",
        rf"{_START}(?:does|do) {_NAME} (?:already |also |still |even )?(?:include|contain|cover|count|take in|leave out|exclude) "
        rf"[^\W\d]{_OF_IT}{_END}",
        rf"{_START}(?:is|are) [^\W\d]{_OF_IT} (?:already |also |still |even )?(?:included in|part of|contained in|counted in"
        rf"|counted towards?|excluded from|left out of|taken out of|deducted from) {_NAME}{_END}",
    )
)
_BEFORE = re.compile(
    r"^(?P<before>(?:i|we|it|my|this|sorry|hi|hello)\b[^?!]*?)(?:[.!;:,]| [-–—]+) (?P<asks>[^.?!;:]+[?.!]*)$",
    re.IGNORECASE,
)
# A thing said to be something: the figure that counts such things.
_SO = r"(?P<so>[^\W\d][\w-]*)"
_THING = r"(?:an? |the |our |someone an? )?(?P<thing>[^\W\d][\w-]*)"
_OF_A_STATE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_TELL}when (?:exactly |precisely )?(?:do|does|would) {_WE} (?:call|consider|regard|count|class|treat) {_THING} "
        rf"(?:as )?(?:being )?{_SO}(?P<more>,[^?.!\d]*)?{_END}",
        rf"{_TELL}when (?:exactly |precisely )?(?:do|does|would) {_THING} (?:count|pass|qualify|rank) as {_SO}{_END}",
        rf"{_TELL}when (?:exactly |precisely )?(?:is|are) {_THING} (?:called|considered|regarded|counted|classed|classified"
        rf"|treated|deemed|said to be)(?: as)?(?: to be)?(?: being)? {_SO}{_END}",
    )
)


def meanings_asked_for(text: str, is_metric: Callable[[str], bool]) -> str:
    """The question of what a figure means as that of its definition, where what is named is a figure and nothing else is
    said: "how did it work out in May" names a time and asks for it."""
    alone = _without_sentence_before(text, is_metric)
    for way in (*_OF_A_FIGURE, *_OF_ITS_PARTS):
        asked = way.match(text) or way.match(alone)
        if asked is not None and is_metric(asked["name"]):
            return f"definition of {asked['name']}"
    for way in _OF_A_STATE:
        asked = way.match(text)
        for name in () if asked is None else _names(asked["thing"], asked["so"]):
            if is_metric(name):
                return f"definition of {name}"
    return text


def _without_sentence_before(text: str, is_metric: Callable[[str], bool]) -> str:
    """The question alone, where a sentence about the asker stands before it that names no figure and asks for nothing."""
    found = _BEFORE.match(text)
    if found is None:
        return text
    words = re.findall(r"\w+", found["before"])
    named = any(is_metric(" ".join(words[place : place + size])) for size in (1, 2, 3) for place in range(len(words)))
    return text if named else found["asks"]


def is_of_its_parts(question: str) -> bool:
    """ "When we say GMV, is that before or after discounts?": one question, whose figure stands before its comma."""
    return any(way.match(question) is not None for way in _OF_ITS_PARTS)


def _names(thing: str, so: str) -> tuple[str, ...]:
    """What the figure that counts such things may be called."""
    things = thing if thing.endswith("s") else f"{thing}s"
    return (f"{so} {things}", f"{things} {so}", f"{so} {thing}", f"{thing} {so}")
