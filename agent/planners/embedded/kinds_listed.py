"""Kinds of a thing, listed or counted.

With the thing's name behind each of two: "vip customers and new customers", where "new customers" is a figure as well, are the
customers that are vip and those that are new. By themselves, as those who did something: "how many VIPs ordered".
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.members.wording import is_past
from agent.tools.present.label_words import mid_sentence
from semantic_context.words import phrase_key, tokenize

_SURE = ("exact", "synonym", "labelled", "group")
_HAD = ("had", "have", "has", "made", "placed", "got", "received")
_ASKERS = ("we", "you", "they", "i")
_COUNTS = re.compile(
    r"\b(?:how many|number of|(?:share|percentage|proportion) of)(?: of)?(?: (?:the|our|all|these|those))? $",
    re.IGNORECASE,
)
_KIND = r"[^\W\d][\w-]*"
_LEADS = r"of|for|from|by|in|with|among"
_LISTED = re.compile(
    rf"\b(?:(?P<before>{_LEADS}) (?P<the>(?:the|our) )?)?(?P<one>{_KIND}) (?P<thing>{_KIND})"
    rf"(?P<joint>,? (?:and|or|vs\.?|versus|than|against|compared (?:to|with))) (?P<lead>(?:{_LEADS}) )?(?:(?:the|our) )?"
    rf"(?P<other>{_KIND}) (?P<again>{_KIND})\b",
    re.IGNORECASE,
)


def kinds_of_one_thing(text: str, known: Known) -> str:
    """The text with the thing named once behind both of its kinds, where both are values of one field, and one of them with
    the thing behind it is also what a figure is called, or the thing is only pointed at ("and of new ones")."""

    def once(found: re.Match[str]) -> str:
        one, thing, other, again = found["one"], found["thing"], found["other"], found["again"]
        pointed = again.casefold() == "ones"
        same = pointed or phrase_key(thing) == phrase_key(again)
        if not same or not known.datasets(thing) or not _fields(known, one) & _fields(known, other):
            return found[0]
        if not pointed and not known.is_figure(f"{one} {thing}") and not known.is_figure(f"{other} {thing}"):
            return found[0]
        before = f"{found['before']} " if found["before"] else ""
        return f"{before}{found['the'] or ''}{one}{found['joint']} {found['lead'] or before}{other} {thing}"

    return _LISTED.sub(once, text)


def _fields(known: Known, words: str) -> set[str]:
    """The fields of which words are a value as they stand."""
    return {hit.reference for hit in known.values_named(tokenize(words)) if hit.how in ("exact", "synonym", "labelled")}


def kinds_counted(text: str, known: Known) -> str:
    """The text with the things' own name behind a kind of them that did something: "how many VIPs ordered in May" asks for VIP
    customers, not for orders of theirs."""
    tokens = tokenize(text)
    for hit in known.values_named(tokens):
        first, end = hit.span
        if hit.how not in _SURE or end >= len(tokens) or not _COUNTS.search(text[: tokens[first].start]):
            continue
        last, verb = tokens[end - 1], tokens[end]
        behind = tokens[end + 1].text if end + 1 < len(tokens) else ""
        did = verb.folded in _HAD or is_past(verb.folded)
        things = known.view.datasets.get(hit.reference.partition(".")[0])
        if not did or last.folded == last.base or things is None or not _is_pointed_at(known, things.name):
            continue
        if hit.reference.partition(".")[2] in (things.display_field, *things.primary_key):
            continue  # one of them by its name
        kind = text[tokens[first].start : last.end]
        if known.datasets(kind) or known.is_figure(kind) or behind.casefold() in _ASKERS:
            continue  # "customers", where users are of that kind; "reds have we sold"
        if known.phrases.means(f"{last.text} {verb.text}") or known.phrases.means(f"{verb.text} {behind}"):
            continue  # "VIPs cancelled orders": what a name has of its own
        if verb.folded not in _HAD and (known.datasets(behind) or known.is_figure(behind)):
            continue
        return f"{text[: last.end]} {mid_sentence(things.label)}{text[last.end :]}"
    return text


def _is_pointed_at(known: Known, dataset: str) -> bool:
    return any(link.to_dataset == dataset for link in known.view.whole.relationships)
