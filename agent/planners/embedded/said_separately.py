"""Two things that are to be told apart: "sales, website and app separately" holds the website against the app, and so does a
question that asks for the figure "of both" behind one that names the two.

Conversion rate for web and app separately, May 2026          conversion rate for web vs app, May 2026
Is the app ahead of the website? Orders of the two in May     orders of the app vs the website in May
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from agent.planners.embedded.known_figures import Known
from semantic_context.time_expressions import find_time_expressions
from semantic_context.values import ValueHit
from semantic_context.words import tokenize

_SEPARATELY = re.compile(
    r"\band (?P<other>(?:(?!\band\b)[^,;.?!]){1,40}?),? (?:apart|separately|individually|side by side)"
    r"(?=\s*(?:[.?!,]|$)|\s+(?:in|for|during|over|from|since|last|this|by|per|month|week|quarter)\b)",
    re.IGNORECASE,
)
_SPLITS = re.compile(r"\b(?:by|per|each|every)\b", re.IGNORECASE)
_OF_BOTH = re.compile(
    r"^(?P<named>[^?.!]+)[?.!]+\s+(?:(?:please |just )?(?:show|give|tell|compare)(?: me| us)? )?(?P<figure>[^?.!,]{3,60}?) "
    r"(?P<lead>of|for|in|on|at|from) (?:both|(?:each of )?(?:the|these|those) two|each|each of them|both of them)"
    r"(?: of them)?(?= *(?:[?.!,]|$)| (?:in|for|during|over|from|since|last|this|by|per)\b)(?P<rest>.*)$",
    re.IGNORECASE,
)
# "Whether the app overtakes the website, ... orders per month for these two channels": the two that were named.
_THESE_TWO = re.compile(
    r"\b(?P<lead>(?:for|of|in|on|at|from|via|through|by) )(?:these|those|the|both of these) two"
    r" (?P<kind>[^\W\d]+s)\b",
    re.IGNORECASE,
)
# "Which of the five estates": how many there are says nothing of which.
_WHICH_OF_SO_MANY = re.compile(
    r"\b(?P<which>(?:which|what)(?: one)? of (?:the|our) )(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve) "
    r"(?=(?![^\W\d]+est\b|best\b|worst\b|most\b|least\b|top\b|first\b|last\b)[^\W\d]+s\b)",
    re.IGNORECASE,
)
_SURE = ("exact", "synonym", "labelled")


def with_sides_held_apart(text: str, is_figure: Callable[[str], bool]) -> str:
    """The question with what it says of telling two things apart said as one against the other; ways of splitting ("by region
    and channel separately") and figures are left as they are."""
    found = _SEPARATELY.search(text)
    if found is None:
        return text
    clause = re.split(r"[,;]", text[: found.start()])[-1]
    if _SPLITS.search(clause):
        return text
    if is_figure(found["other"]):
        return f"{text[: found.start()]}and {found['other']}{text[found.end() :]}"
    return f"{text[: found.start()]}vs {found['other']}{text[found.end() :]}"


def figure_of_the_two(text: str, known: Known, as_of: dt.date) -> str:
    """ "Do bronze firms redo more than gold ones? Show the rework rate of the two.": the figure of the two that were named, in
    the time said with them; where anything else was named with them, the text is left as it is."""
    found = _OF_BOTH.match(text)
    if found is None:
        return text
    figure = re.sub(r"^(?:the|our|its|their) ", "", found["figure"], flags=re.IGNORECASE)
    hits = [hit for hit in known.values_named(tokenize(found["named"])) if hit.how in _SURE]
    fields = {hit.reference: [other for other in hits if other.reference == hit.reference] for hit in hits}
    told = [own for own in fields.values() if len({hit.values for hit in own}) == len(own) == 2]
    places = {(hit.start, hit.end) for hit in hits}
    if not known.is_figure(figure) or not told or len(places) != 2:
        return text
    one, other = sorted(told[0], key=lambda hit: hit.start)
    times = [time.text for time in find_time_expressions(found["named"], as_of) if time.periods]
    if times and find_time_expressions(found["rest"], as_of):
        times = []
    sides = f"{found['named'][one.start : one.end]} vs {found['named'][other.start : other.end]}"
    return " ".join([f"{figure} {found['lead']} {sides}", *times[:1]]) + found["rest"] if len(times) < 2 else text


def two_named_before(text: str, known: Known) -> str:
    """ "These two channels" as the two values of such a field that were named before, where no others were."""
    found = _THESE_TWO.search(text)
    if found is None:
        return text
    fields = {item.name for item in known.phrases.means(found["kind"]) if item.kind == "field"}
    hits = [hit for hit in known.values_named(tokenize(text[: found.start()])) if hit.how in _SURE]
    whole = [hit for hit in hits if not any(_is_part_of(hit, other) for other in hits)]
    told = {field: [hit for hit in whole if hit.reference == field] for field in fields}
    pairs = [own for own in told.values() if len(own) == 2 and len({hit.values for hit in own}) == 2]
    if not pairs or len({(hit.start, hit.end) for own in pairs for hit in own}) != 2:
        return text
    one, other = sorted(pairs[0], key=lambda hit: hit.start)
    sides = f"{text[one.start : one.end]} and {text[other.start : other.end]}"
    return f"{text[: found.start()]}{found['lead']}{sides}{text[found.end() :]}"


def _is_part_of(hit: ValueHit, other: ValueHit) -> bool:
    return other.start <= hit.start and hit.end <= other.end and hit.end - hit.start < other.end - other.start


def which_of_them_all(text: str, *, follows: bool) -> str:
    """ "Which of the five estates sold most" as which of the estates, where no answer before it may have shown five."""
    return text if follows else _WHICH_OF_SO_MANY.sub(r"\g<which>", text)
