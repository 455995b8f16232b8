"""Orders to change what the business keeps, whatever it keeps: "move bus 12 to the north depot", "book a slot for tram 7".

Told by how they open, a verb of change and then what it is done to; a question opens with no such verb. An order about the
answer ("change the period to May", "switch to weekly", "create a chart") changes no data.
"""

from __future__ import annotations

import re

_POLITE = (
    r"please|pls|kindly|now|go ahead and|go and|just|then|hey|hi|ok|okay|and|can you|could you|would you|will you"
    r"|i want you to|i need you to|i d like you to|i['’]d like you to|let['’]?s"
)
_OPENING = rf"^\s*(?:(?:{_POLITE})[\s,]+)*"
_ASKS_POLITELY = re.compile(
    r"^\s*(?:(?:hi|hey|hello|ok|okay|please|pls)[\s,]+)*(?:can|could|would|will) you\b", re.IGNORECASE
)
# What an answer is made of: to change these is to ask otherwise.
_OF_THE_ANSWER = (
    r"(?:this|that|it|these|those|them|everything|period|time\s?frame|date range|range|window|chart|graph|view|axis|columns?"
    r"|grouping|breakdown|currency|units?|scale|grain|granularity|sort(?:ing)?|order by|filters?|focus|question|topic|subject"
    r"|answer|picture|comparison|base(?:line)?|metric|figures?|numbers?|months?|quarters?|weeks?|years?|days?|dates?)"
    r"(?=\s*[.!?]*$|\s+(?:to|from|into|by|back|for|in|on|as)\b)"
)
_DETERMINER = r"(?:the|our|my|your|their|his|her|this|that|these|those|an?|all|every|each|any|both|another)\s+"
# No day, quarter or half of a year, which a figure may be asked of.
_NO_TIME = (
    r"(?!\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec)|\d{1,2}[/.]\d"
    r"|[qh][1-4]\b)"
)
_AN_ID = rf"{_NO_TIME}(?:(?:no\.?|number|nr\.?|id|#)\s*)?#?(?!(?:19|20)\d\d\b)[a-z]{{0,4}}-?\d[\w/-]*(?!\s*%)"
_A_NAME = r"(?:[A-Z][\w'’.-]+\s+){0,3}?[A-Z][\w'’.-]+"
_ONE_OF_THEM = rf"(?:{_DETERMINER})?(?:[^\W\d][\w-]*\s+){{1,3}}?{_AN_ID}"

# Whose object may be put elsewhere, or be given to somebody.
_PUTS = (
    r"move|assign|re-?assign|allocate|re-?allocate|relocate|transfer|promote|demote|switch|swap|reschedule|postpone|bring forward"
    r"|rename|re-?label|reclassify|re-?categori[sz]e|hand over|redirect|reroute|shift|set|change|update|extend"
)
_PUT = re.compile(
    rf"{_OPENING}(?:{_PUTS})\s+(?!{_OF_THE_ANSWER})(?!{_DETERMINER}{_OF_THE_ANSWER})"
    rf"(?:{_ONE_OF_THEM}|{_DETERMINER}[^?]+?|(?-i:{_A_NAME}))\s+(?:to|into|onto|over to|from|with|until|as|for|in|by|on)\s+\S",
    re.IGNORECASE,
)
# Put beside, against or in an order: said of figures.
_OF_FIGURES = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:put|set|send|return|change|update)\b[^?]*\b(?:side by side|against|next to|beside"
    r"|me|in relation|in order|in context|by (?:month|week|day|quarter|year)|per \w+|vs|versus|compared"
    r"|over time|from \w+ \d{4} to)\b",
    re.IGNORECASE,
)
_DONE_TO_ONE = re.compile(
    rf"{_OPENING}(?:{_PUTS}|put|cancel|refund|delete|remove|block|approve|reject|close|ban|mark|edit|amend|modify|correct|fix|void|scrap"
    r"|retire|decommission|dismiss|fire|suspend|archive|activate|deactivate|reopen|release|ship|dispatch|deliver|pay|renew"
    rf"|terminate|discontinue|merge|split up)\s+{_ONE_OF_THEM}(?=[\s,.!?']|$)",
    re.IGNORECASE,
)
# "Confirm booking 12", but not "confirm the revenue of store 12", which asks for it.
_CONFIRMED = re.compile(
    rf"{_OPENING}confirm\s+(?:{_DETERMINER})?(?:[^\W\d][\w-]*\s+){_AN_ID}(?=[\s,.!?']|$)", re.IGNORECASE
)
# "Reduce all prices by 10 percent in the system": what is there is to be other than it is.
_IN_THE_SYSTEM = re.compile(
    rf"{_OPENING}(?:{_PUTS}|reduce|increase|raise|lower|cut|adjust|correct|put|enter|delete|remove)\s[^?]*"
    r"\b(?:in|from|into)\s+(?:the|our|your)\s+(?:system|database|data\s?base|master data|records|crm|erp)\s*[.!]*$",
    re.IGNORECASE,
)
# What is made anew; a report or chart is no data of the business.
_MADE = re.compile(
    rf"{_OPENING}(?:add|create|register|enter|log|record|book|schedule|file|open|issue|hire|enrol|enroll|insert|raise)\s+"
    r"(?:an?|another|(?:the|our|this|these)\s+(?:new|following)|new)\s+"
    r"(?!(?:[\w-]+\s+){0,3}?(?:report|chart|graph|table|list|summary|overview|dashboard|breakdown|ranking|forecast|comparison"
    r"|view|line|column|row|bar|note|slide|plot|trend|cohort|matrix|split|figure|metric|filter|total|average|percentage|share)s?\b)"
    r"[^\W\d][\w-]*",
    re.IGNORECASE,
)
_ABOUT_THE_ANSWER = re.compile(
    rf"{_OPENING}(?:{_PUTS}|put|add|remove|edit|modify|reset|correct|fix)\s+(?:{_DETERMINER})?{_OF_THE_ANSWER}",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(r"\b(?:what|how|if|suppose|assume|impact|effect|scenario|which)\b", re.IGNORECASE)


def is_about_the_answer(text: str) -> bool:
    """Whether what a text orders is done to the answer: "change the period to May"."""
    return _ABOUT_THE_ANSWER.match(text) is not None


def orders_a_change(text: str) -> bool:
    """Whether a text orders that data be changed."""
    if _HYPOTHETICAL.search(text) or ("?" in text and not _ASKS_POLITELY.match(text)):
        return False
    if _OF_FIGURES.match(text):
        return False
    return any(order.match(text) for order in (_PUT, _DONE_TO_ONE, _CONFIRMED, _IN_THE_SYSTEM, _MADE))
