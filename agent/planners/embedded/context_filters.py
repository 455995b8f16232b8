"""Values that stand in what is said around a question: "I look after the West. What was revenue?" narrows it, "I must close the
books. What were refunds?" says nothing of the category Books."""

from __future__ import annotations

import re

from agent.planners.embedded.draft import Draft, FilterSlot
from agent.planners.embedded.who_asks import is_who_asks

# What leads to a value that the question is to be about.
_SCOPES = re.compile(
    r"\b(?:responsible for|in charge of|look(?:ing|s)? after|care[sd]? about|interested in|focus(?:ing|ed)? on|"
    r"concerned (?:with|about)|"
    r"about|regarding|only|just|manag(?:e|es|ing)|run|runs|running|head|heading|lead|leading|oversee|overseeing|speaking of|as for|"
    r"consider|looking at|look at|think of|thinking of|talking about|mean|based in|located in)\s+"
    r"(?:(?:the|our|my|all|only|a|an|of)\s+){0,2}$",
    re.IGNORECASE,
)
# Idioms of offices whose noun may as well be a value: "I need for the books the total of discounts".
_IDIOMS = re.compile(
    r"\b(?:(?:for|on|off|in|into|by|close|closing|balance|balancing|keep|keeping|do|doing) (?:the|our|my) (?:books|records?)"
    r"|in the (?:red|black)|on the house|across the board|out of the box)\b"
)
_SPEAKS_OF_IT = ("it", "its", "they", "their", "them", "there")
_LIKE_IT = ("inflection", "typo", "short", "meaning")
_IN_A_QUESTION = re.compile(r"[^.!?]*\?")
_STARTS_A_SENTENCE = re.compile(r"(?:^|[.?!:;]\s+)(?:(?:the|our|my)\s+)?$", re.IGNORECASE)


def said_in_passing(draft: Draft) -> list[FilterSlot]:
    """The filters from idioms, and from what stands around the question, of which nothing says that they narrow what is asked."""
    idioms = [slot for slot in draft.filters if _is_of_an_idiom(draft, slot)]
    around = [slot for slot in draft.filters if slot.from_context and slot.item >= 0]
    if len(around) == 1 and any(not draft.in_context(token) for token in draft.tokens if token.folded in _SPEAKS_OF_IT):
        return idioms  # "We launched the app in May. How are its sales?"
    return idioms + [slot for slot in around if slot not in idioms and not _is_meant(draft, slot)]


def _is_of_an_idiom(draft: Draft, slot: FilterSlot) -> bool:
    """ "For the books": a way to speak that ends in a word that is a value too, with no name of its field beside it."""
    if slot.item < 0 or slot.negated or slot.listed or len(slot.candidates[0].values) > 1:
        return False
    last = draft.tokens[draft.items[slot.item].span.end - 1]
    beside = draft.items[max(slot.item - 1, 0) : slot.item + 2]
    named = any(item.used == "qualifier" for item in beside)
    return not named and any(found.end() == last.end for found in _IDIOMS.finditer(draft.question))


def _is_meant(draft: Draft, slot: FilterSlot) -> bool:
    """Whether a value is written as the name it is, or something leads to it."""
    item = draft.items[slot.item]
    start = draft.tokens[item.span.start].start
    before = draft.question[:start]
    if _SCOPES.search(before) or is_who_asks(draft, item):
        return True
    if _IN_A_QUESTION.match(draft.question[start:]) and item.span.best.how not in _LIKE_IT:
        return True  # "Do people wait longer on the phone or in the chat? The average, please."
    written = draft.question[start : draft.tokens[item.span.end - 1].end]
    name = next((str(value) for value in slot.candidates[0].values), "")
    is_a_name = written[:1].isupper() and name[:1].isupper() and written in name
    return is_a_name and (" " in written or _STARTS_A_SENTENCE.search(before) is None)
