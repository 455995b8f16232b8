"""Who asks, and what they say of themselves: "our accountant wants to know", "as a new colleague", "we are supplier 25", "we
clean your shops". It narrows the question only where the asker is one of the things asked about."""

from __future__ import annotations

import re

from agent.planners.embedded.draft import Draft, Item

# Values that stand behind these are said of who asks.
_SAID_OF_ONESELF = re.compile(
    r"\b(?:i|we)(?:\s+am|\s+are|['’]m|['’]re)\s+(?:(?:a|an|the|very|quite|rather|so|still|just|also|pretty|fairly|totally|"
    r"brand|relatively)\s+)*$",
    re.IGNORECASE,
)
_IS_ALL = re.compile(r"\s*(?:[.,;:!]|\s[-–—])")
_OF_ONES_OWN = re.compile(r"\b(?:our|my|ours|mine|we|i)\b", re.IGNORECASE)
_AS_SOMEONE = re.compile(r"\bas\s+(?:a|an|the)\s+(?:(?:very|still|brand)\s+)*$", re.IGNORECASE)
_SOMEONE = re.compile(
    r"\s+(?:colleague|hire|starter|joiner|employee|intern|analyst|manager|member|person|boss)\b", re.I
)
_WHO_ASKS = re.compile(
    r"\b(?:our|my|the|an?)\s+(?P<who>[^\W\d]+(?:\s+[^\W\d]+)?)\s+(?:(?:also|just|now|still|again)\s+)?"
    r"(?:wants?\s+(?:me\s+)?to\s+(?:know|see|hear)|would\s+like\s+to\s+(?:know|see|hear)|needs?\s+to\s+(?:know|see)"
    r"|keeps?\s+asking|(?:is|are|was|were)\s+asking|asks?|asked|wonders?|wondered|is\s+wondering)\b",
    re.IGNORECASE,
)
# Who speaks: "Good morning, finance here.", "Hi, Anna from controlling here, ..."
_SPOKEN_BY = re.compile(
    r"(?:^|[.,;!]\s+)(?:(?:this is|it['’]s|it is)\s+)?(?:the\s+|our\s+)?"
    r"(?P<who>(?:(?!(?:are|is|was|were|how|what|which|who|why|when|where|in|and|or|by)\b)[^\W\d][\w-]*\s+){1,3})here\s*(?=[.,;!–—])",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:^|[.,;!:]\s+)(?:this is|it['’]s|i am|i['’]m)\s+(?P<who>[^\W\d]\w*(?:\s+[^\W\d]\w*)?\s+(?:from|of|in)\s+(?:the\s+)?"
    r"[^\W\d]\w*(?:\s+(?:team|department|office))?)\s*(?=[.,;:!–—-])",
    re.IGNORECASE,
)
# "As your insurer I would like to know".
_IN_THE_ROLE_OF = re.compile(
    r"(?:^|[.,;!]\s+)as\s+(?P<who>(?:your|the|an?|one\s+of\s+(?:your|the))\s+(?:[^\W\d][\w-]*\s+){0,3}?[^\W\d][\w-]*)"
    r"(?=,?\s+(?:i|we)\b)",
    re.IGNORECASE,
)
_LIKE_IT = ("inflection", "typo", "short", "meaning", "contained")
# Somebody from outside who says what they do for the business: what they name of it is where they do it.
_ASKER_SPEAKS = (
    r"(?:^|[.!?;]\s+)(?:(?:hi|hello|hey|good (?:morning|day|afternoon))[,.! ]+)?(?:i|we)(?:['’](?:ve|re|m))?\s+"
    r"(?:(?:also|used to|have|had|will)\s+)*"
)
_DOES_FOR_THEM = re.compile(
    rf"{_ASKER_SPEAKS}(?:host|own|clean|guard|insure|audit|build|built|design|designed|maintain|finance|financed|rent|rented|lease"
    r"|leased|service|paint|painted|repair|repaired|decorate|decorated|live|work|sit|park|parked)\b"
    r"(?P<what>[^.?!;]*?\byours?\b[^.?!;]*)[.!;]",
    re.IGNORECASE,
)
_IS_A_NEIGHBOUR = re.compile(
    rf"{_ASKER_SPEAKS}(?P<what>[^.?!;]*?\b(?:across the (?:road|street|square)|next door|opposite|next to you"
    r"|down the (?:road|street)|(?:a)?round the corner|nearby|in your street|upstairs|downstairs)\b[^.?!;]*)[.!;]",
    re.IGNORECASE,
)
# "We had to close the street": what the asker does, by whatever verb.
_DOES = re.compile(
    r"\b(?:i|we)(?:['’](?:ll|d|ve|re|m))?\s+(?:(?:have|has|had|got|need|needed|want|wanted|try|tried|going|are|am|were|was|must|can"
    r"|could|will|would|should|also|always|just|still|even|usually)\s+)*(?:to\s+)?$",
    re.IGNORECASE,
)


def set_who_asks_aside(draft: Draft) -> None:
    """Takes what is said of the asker for context."""
    _set_the_asker_aside(draft)
    _set_names_aside(draft)
    _set_places_of_work_aside(draft)


def _set_the_asker_aside(draft: Draft) -> None:
    """ "I am new here", "we are loyal to the plan", "as a new colleague": a value said of who asks narrows nothing; one that
    is who asks does ("we are supplier 25: how many of our shipments")."""
    for item in draft.items:
        if not item.has("value") or is_who_asks(draft, item):
            continue
        said = draft.question[: draft.tokens[item.span.start].start]
        behind = draft.question[draft.tokens[item.span.end - 1].end :]
        if _SAID_OF_ONESELF.search(said) or (_AS_SOMEONE.search(said) and _SOMEONE.match(behind)):
            item.used = "context"
            draft.set_aside.append(item.text)


def is_who_asks(draft: Draft, item: Item) -> bool:
    """Whether the asker is one of the things by their number, and asks of what is theirs."""
    said = draft.question[: draft.tokens[item.span.start].start]
    behind = draft.question[draft.tokens[item.span.end - 1].end :]
    numbered = item.span.best.how == "pattern" and _IS_ALL.match(behind) is not None
    return numbered and _SAID_OF_ONESELF.search(said) is not None and _OF_ONES_OWN.search(behind) is not None


def _set_names_aside(draft: Draft) -> None:
    """ "Our accountant wants to know", "the chair keeps asking": who asks, where nothing in the business is called so."""
    for found in (*_WHO_ASKS.finditer(draft.question), *_IN_THE_ROLE_OF.finditer(draft.question)):
        start, end = found.span("who")
        within = [item for item in draft.items if draft.stands_in(item, (start, end))]
        known = any(item.has("metric", "field", "value", "dataset", "denied") for item in within)
        if not known and not any(start <= place < end for place in draft.known_starts):
            draft.context.append((start, end))
    for found in (*_SPOKEN_BY.finditer(draft.question), *_INTRODUCED.finditer(draft.question)):
        stretch = found.span("who")
        for item in draft.items:
            if draft.stands_in(item, stretch) and item.used is None and not _is_a_name_of_ours(draft, item):
                item.used = "context"
        draft.context.append(stretch)


def _set_places_of_work_aside(draft: Draft) -> None:
    """ "We host your site. What was revenue?": a common word for a value, in what the asker tells of their own doing; a value by
    its own name or number may well be meant."""
    said = (*_DOES_FOR_THEM.finditer(draft.question), *_IS_A_NEIGHBOUR.finditer(draft.question))
    places = [found.span("what") for found in said]
    for item in draft.items:
        if not item.has("value") or item.span.best.kind == "metric" or item.used is not None:
            continue
        start = draft.tokens[item.span.start].start
        if any(first <= start < last for first, last in places) and _is_a_common_word(draft, item):
            item.used = "context"
            draft.set_aside.append(item.text)


def is_done_by_the_asker(draft: Draft, item: Item) -> bool:
    """ "... We had to close the street": a verb of the asker's, in the likeness of a value's name."""
    said = draft.question[: draft.tokens[item.span.start].start]
    return item.span.best.kind == "value" and item.span.best.how in _LIKE_IT and _DOES.search(said) is not None


def _is_a_name_of_ours(draft: Draft, item: Item) -> bool:
    """ "Central Library here. How many loans?": a value written as the name it is may be what the question is about."""
    written = draft.question[draft.tokens[item.span.start].start : draft.tokens[item.span.end - 1].end]
    return item.has("value") and item.of("value")[0].how not in ("synonym", *_LIKE_IT) and written[:1].isupper()


def _is_a_common_word(draft: Draft, item: Item) -> bool:
    """Whether a word only leads to a value: a synonym, or a part of its name."""
    written = draft.question[draft.tokens[item.span.start].start : draft.tokens[item.span.end - 1].end]
    return item.of("value")[0].how in ("synonym", *_LIKE_IT) and written.islower()
