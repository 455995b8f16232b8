"""What is said around a question and bears on it only by its look: the day of the meeting, and "since then".

I have a board meeting on Monday. What was revenue?      no period is named
Just had the owner on the phone. What was revenue?       no telephone number is asked for
We opened Leeds in May 2024. How are its sales since?    sales since May 2024
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container

from catalog.models import Calendar, Catalog
from semantic_context.time_expressions import find_time_expressions
from semantic_context.words import tokenize

_NOUN = r"(?P<noun>meetings?|calls?|boards?|presentations?|reviews?|workshops?|conferences?|stand-?ups?|sessions?|decks?|slides?)"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s+(?:morning|afternoon|evening))?"
_OCCASION = re.compile(
    rf"\b{_NOUN}"
    rf"\s+(?:(?:on|at|for)\s+)?(?:(?:next|this|coming)\s+)?(?:{_DAY}|tomorrow(?:\s+(?:morning|afternoon|evening))?|today|tonight"
    r"|(?:this|next)\s+(?:morning|afternoon|week)|in\s+(?:an?|one|two|\d+)\s+(?:hours?|minutes?|days?)"
    r"|at\s+\d{1,2}(?::\d\d)?\s*(?:am|pm|o['’]clock)?)(?=[\s,.;:!?]|$)",
    re.IGNORECASE,
)
# "Thursday's board meeting", "the Monday morning call": the same with its time before it.
_OCCASION_AFTER_ITS_TIME = re.compile(
    rf"\b(?:{_DAY}|tomorrow|today|tonight|(?:(?:this|next)\s+(?:morning|afternoon|week|month|quarter)))(?:['’]s)?\s+"
    rf"(?P<between>(?:(?!(?:and|or|in|on|by|of|for|the)\b)[^\W\d][\w-]*\s+){{0,2}}?){_NOUN}(?=[\s,.;:!?–—-]|$)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_SINCE = re.compile(r"\b(?:ever\s+)?since(?:\s+then|\s+that(?:\s+(?:time|day))?)?(?=\s*[,.?!]|\s*$)", re.IGNORECASE)
_THAT_DAY = re.compile(
    r"\b(?P<word>before|after|until|from)\s+(?:then|that\s+(?:day|date|moment|point))(?=\s*[,.?!]|\s*$)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:its?|their|theirs|they|them|there|those|these|he|she|his|her)\b", re.IGNORECASE)

# How the asker came by the question, which asks for nobody's telephone number.
_ON_THE_PHONE = re.compile(
    r"(?:^|(?<=[.!?;,]\s))(?:(?:hi|hello|hey|so|ok|okay|well|i|we|i['’]ve|we['’]ve|have|just|now|was|am|i['’]m)\s+)*"
    r"(?:had|got|spoke|spoken|speaking|talked|talking|chatted)\b[^.?!;,]{0,60}?"
    r"(?P<where>\s(?:on|over) the (?:phone|telephone))(?=\s*(?:[,.;!–-]|and\b|who\b))",
    re.IGNORECASE,
)
# An apology or a word about the asker before the question, and a purpose told behind it: "Sorry if this is basic, but could you
# tell me ...", "I just joined - what ...", "... I want to see if we ever got under 30."
_APOLOGY = re.compile(
    r"^(?:(?:hi|hello|hey)[,!.]?\s+)?(?:sorry|apologies|forgive me|excuse me|pardon|i know)\b[^.?!]{0,120}?,?\s+but\s+"
    r"(?=(?:could|can|would|what|how|which|who|when|please|show|tell|give)\b)",
    re.IGNORECASE,
)
_SORRY = re.compile(r"^(?:(?:sorry|apologies|forgive me|excuse me|pardon)\b[,.!]?\s*)+", re.IGNORECASE)
_BUT = re.compile(r",?\s+but\s+$", re.IGNORECASE)
_OF_MYSELF = re.compile(
    r"^(?:i['’]m|i am|i['’]ve|i have|i)\s+(?:(?:just|only|recently|still|now|also|very|quite)\s+)*"
    r"(?:joined|started|arrived|switched|took over|new|learning|finding my)\b[^.?!,;:\d]{0,50}?\s*(?:\s[-–—]+|[,;:.])\s+"
    r"(?=(?:so\s+|and\s+)?(?:could|can|would|what|how|which|who|when|please|show|tell|give)\b)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?<=[?.!])\s+(?:i|we)(?:['’]d| would)?\s+(?:just\s+)?(?:want|like|need|(?:am|are|was)\s+(?:trying|hoping))\s+to\s+"
    r"(?:see|know|check|find out|learn|understand|judge|be sure)\s+(?:if|whether|why)\b[^.?!]*[.?!]*$",
    re.IGNORECASE,
)
# Where the words of a question come from, and how it is to be told.
_ACCORDING_TO = re.compile(
    r",?\s*\b(?:according to|going by|as per|judging by|based on) (?:the|our) (?:own )?"
    r"(?P<source>crm|erp|books|records|systems?|database|data|ledger|files|figures|reports?)\b(?=\s*(?:[,.?!;]|$))",
    re.IGNORECASE,
)
_AS_THINGS_STAND = re.compile(r",?\s*\bas (?:things|matters) stand\b", re.IGNORECASE)
_BY_THE_WAY = re.compile(
    r",?\s*\b(?:word by word|word for word|(?:roughly|broadly|generally) speaking,?"
    r"|(?:in a nutshell|in short|in one line|all in all|by and large|on the whole|for the record|for my notes|to be honest"
    r"|if possible|at a glance)(?=\s*(?:[,.;:?!]|$)),?)",  # "in short stays" says something
    re.IGNORECASE,
)
# "Show me", where a show is something that the business has.
_SHOW_ME = re.compile(
    r"^(?P<manners>(?:(?:please|pls|kindly|can you|could you|would you)[\s,]+)*)show(?: (?:me|us)\b|(?= (?:the|all|our|how|what"
    r"|which)\b))",
    re.IGNORECASE,
)
_JUST = re.compile(r"\b(?:just|now)\s+", re.IGNORECASE)


def reframed(text: str, as_of: dt.date, business: Catalog, known: Container[str]) -> str:
    """The text with the time of an occasion and the telephone of a call left out, the business called so in place of its name,
    and "since" with the time that the sentence before it tells."""
    calendar = business.calendar

    def known_word(word: str) -> bool:
        return any(token.base in known for token in tokenize(word))

    def without_when(found: re.Match[str]) -> str:
        is_known = any(token.base in known for token in tokenize(found["noun"]))
        return found[0] if is_known else found["noun"]

    def without_when_before(found: re.Match[str]) -> str:
        words = f"{found['between']}{found['noun']}"
        is_known = any(token.base in known for token in tokenize(words))
        return found[0] if is_known else words

    def unless_it_tells_a_time(found: re.Match[str]) -> str:
        """What tells a time stays, as a sentence: the passes judge what it bears on, and say so where they set it aside."""
        told = find_time_expressions(found[0], as_of, calendar)
        return _BUT.sub(". ", _SORRY.sub("", found[0])) if told else ""

    name = [token.base for token in tokenize(business.label)]
    if name and not any(word in known for word in name):
        text = re.sub(rf"\b(?:the\s+)?{re.escape(business.label)}(?!\w)", "the company", text, flags=re.IGNORECASE)
    if "show" in known:
        text = _SHOW_ME.sub(r"\g<manners>give me", text)
    text = _PURPOSE.sub("", text)
    for opening in (_APOLOGY, _OF_MYSELF):
        text = opening.sub(unless_it_tells_a_time, text)
    text = _BY_THE_WAY.sub("", _AS_THINGS_STAND.sub("", text)).strip()
    text = _ACCORDING_TO.sub(lambda found: found[0] if known_word(found["source"]) else "", text)
    text = _ON_THE_PHONE.sub(lambda found: _JUST.sub("", found[0].removesuffix(found["where"])), text)
    text = _OCCASION_AFTER_ITS_TIME.sub(without_when_before, _OCCASION.sub(without_when, text))
    return _with_since_told(text, as_of, calendar)


def _with_since_told(text: str, as_of: dt.date, calendar: Calendar) -> str:
    sentences = _SENTENCE.split(text)
    since = (_THAT_DAY.search(sentences[-1]) or _SINCE.search(sentences[-1])) if len(sentences) > 1 else None
    if since is None:
        return text
    before = " ".join(sentences[:-1])
    times = [item for item in find_time_expressions(before, as_of, calendar) if item.periods]
    if len(times) != 1 or len(times[0].periods) != 1:
        return text
    told = re.sub(r"^(?:in|on|during|at)\s+", "", times[0].text, flags=re.IGNORECASE)
    asks = sentences[-1]
    word = since.groupdict().get("word") or "since"
    if since.re is _THAT_DAY and not _POINTS_BACK.search(asks):
        before = ""  # told for its time alone: "Fares went up on 1 April. What was revenue before that day?"
    return f"{before} {asks[: since.start()]}{word} {told}{asks[since.end() :]}".lstrip()
