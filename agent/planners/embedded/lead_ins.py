"""A long lead-in whose request stands behind "so could you give me": what stands before it sets nothing apart.

The owner has asked about returns again after all the complaints, so could you give me revenue by store?    revenue by store?

Marta keeps asking me about Leeds, so could you tell me how many we sold there?    how many we sold in Leeds?

It stays where the request leans on it, and where it tells a time, a thing by name or a condition that the request does not.
"""

from __future__ import annotations

import datetime as dt
import re

from agent.planners.embedded.known_figures import Known
from semantic_context.time_expressions import find_time_expressions
from semantic_context.words import tokenize

_REQUEST = re.compile(
    r"^(?P<lead>[^?!]{15,}?)(?:,|;|\.|\s[-–—])\s*(?:and )?(?:so|therefore|hence)[, ]+(?P<asks>(?:please |kindly )?"
    r"(?:(?:could|can|would|will) you (?:please |kindly )?)?(?:give|tell|show|send|get|pull up|list)(?: (?:me|us))?)"
    r" (?P<rest>(?!(?:me|us|what|how|which|who|why|when|where|whether|if)\b)[^?!]{8,}[?!.]*)$",
    re.IGNORECASE,
)
# What somebody keeps saying or asking: talk, whatever its verbs are called.
_TALK = re.compile(
    r"^(?P<lead>[^?!]*?\b(?:keep|keeps|kept|(?:is|are|am) (?:always|forever)) (?:on )?"
    r"(?:tell|ask|say|nagg?|pester|claim|insist|argu|wonder|mention|repeat)ing\b[^?!]*?)"
    r"(?:(?:,|;|\s[-–—])\s*(?:and )?(?:so|therefore|hence)[, ]+|\.\s+(?:so[, ]+)?)(?P<asks>(?:please |kindly )?"
    r"(?:(?:could|can|would|will|may) (?:you|i|we) (?:please |kindly )?)?(?:give|tell|show|send|get|have|see)(?: (?:me|us))?)"
    r" (?P<rest>[^?!.]{8,}[?!.]*)$",
    re.IGNORECASE,
)
_SURE = ("exact", "synonym", "labelled", "group")
_THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were|has|have|be)\b)", re.IGNORECASE
)
_LEANS = re.compile(
    r"\b(?:its?|their|theirs|they|them|there|those(?! (?:with|without|who)\b)|these|that"
    r"|this (?!(?:day|week|month|quarter|year)\b)|he|she|his|her|then|same|such|so far|since then)\b",
    re.IGNORECASE,
)
_SETS_APART = re.compile(
    r"\b(?:only|just|not|n['’]t|without|except|exclud\w+|includ\w+|ignor\w+|leav\w+ out|focus\w*|limit\w*|restrict\w*|instead|if"
    r"|suppose|unless|more than|less than|at least|at most|over \d|under \d|above|below)\b|n['’]t\b",
    re.IGNORECASE,
)
_OCCASION = re.compile(r"\b(?:board|meeting|call|slide|deck|presentation|review|report|pack)s?\b", re.IGNORECASE)


def without_lead_in(text: str, as_of: dt.date, known: Known) -> str:
    """The request alone, where the lead-in sets nothing apart."""
    text = _without_talk(text, as_of, known)
    found = _REQUEST.match(text)
    if found is None or _LEANS.search(found["rest"]) or _SETS_APART.search(found["lead"]):
        return text
    lead = _OCCASION.sub("", found["lead"])
    if find_time_expressions(lead, as_of, known.view.whole.calendar):
        return text
    if not _values(lead, known) <= _values(found["rest"], known):
        return text
    return f"{found['asks']} {found['rest']}"


def _without_talk(text: str, as_of: dt.date, known: Known) -> str:
    """The request behind what somebody keeps saying; "there" is the one place or thing that was named in it."""
    found = _TALK.match(text)
    if found is None or _SETS_APART.search(found["lead"]):
        return text
    lead = _OCCASION.sub("", found["lead"])
    if find_time_expressions(lead, as_of, known.view.whole.calendar):
        return text
    hits = known.values_named(tokenize(lead))
    named = [hit for hit in hits if not _is_another_form(lead[hit.start : hit.end], str(hit.value), hit.how)]
    rest = found["rest"]
    places = {lead[hit.start : hit.end] for hit in named if hit.how in _SURE}
    if len(places) == 1 and len(_THERE.findall(rest)) == 1:
        rest = _THERE.sub(f"in {places.pop()}", rest)
    elif not {(hit.reference, str(hit.values)) for hit in named} <= _values(rest, known):
        return text
    return text if _LEANS.search(rest) else f"{found['asks']} {rest}"


def _is_another_form(said: str, value: str, how: str) -> bool:
    """Whether a word is a value's only as another form of its verb: that something "pays off" names nothing that is paid."""
    words, plain = said.casefold(), value.casefold().replace("_", " ")
    return how == "exact" and " " not in words and words not in (plain, f"{plain}s")


def _values(text: str, known: Known) -> set[tuple[str, str]]:
    return {(hit.reference, str(hit.values)) for hit in known.values_named(tokenize(text))}
