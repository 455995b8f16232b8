"""Kinds of one thing listed with the thing's name behind each: "vip customers and new customers", where "new customers" is a
figure as well, are the customers that are vip and those that are new."""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from semantic_context.words import phrase_key, tokenize

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
