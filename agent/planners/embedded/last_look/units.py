"""In which kind of unit: money, lengths of time, numbers, and how well something is done."""

from __future__ import annotations

import itertools
import re

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.known_figures import is_of_money
from catalog.access import CatalogView
from catalog.query import MetricQuery
from catalog.units import is_currency
from semantic_context.words import phrase_key, verb_stem

_NO_LENGTH = ("count", "fraction")
_HOW_LONG = re.compile(
    r"\bhow long\b|\b(?:longest|shortest)\b(?! (?:name|title|list)s?\b)"
    r"|\bhow (?:quickly|promptly|swiftly|fast|soon) (?:do|does|did)\b"
    r"(?![^.?!;]*\b(?:grow|rise|increase|climb|fall|drop|decline|decrease|shrink|change|expand)\b)",
    re.IGNORECASE,
)
# "Are we better at filling ...": how often it is done well, which no number of what was done says.
_IS_BETTER_AT = re.compile(r"\b(?:better|best|good|worse|worst|bad) at (?!least\b|most\b)[^\W\d]+ing\b", re.IGNORECASE)
_EARNS = re.compile(
    r"\bwhat (?:do|did|does) [^.?!;,]{1,50} (?:pay|spend|cost|owe|earn|bring in|(?:bring|earn|make) us)"
    r"(?=\s*(?:[.?!,;]|$|on average|in total|altogether|each|per|in|last|this|by))",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\b(?:how much (?:money |more |less )?(?:do|did|does|have|has|had|are|were|is|was)\b[^.?!;]*?"
    r"|what (?:do|did|does|have|has|had) (?:we|i|you|they|it|(?:our|the)(?: \w+){1,3}|customers|people)\s)"
    r"\b(?:pay|paid|spend|spent|cost|costs|owe|owed|earn|earned|charge|charged|bill|billed|invoice|invoiced|collect|collected)\b",
    re.IGNORECASE,
)
_PAYS_MOST = re.compile(
    r"\b(?:do|did|does|have|has) [^.?!;,]{1,40}? (?:pay|paid|spend|spent|owe|earn|charge|charged|bill|billed|invoice|invoiced"
    r"|collect|collected) (?:us )?(?:the )?(?:most|least|more|less)\b(?! (?:often|frequently)\b)",
    re.IGNORECASE,
)
_SO_MANY_OF_MONEY = re.compile(
    r"\bhow many (?:dollars|euros|pounds(?! of\b)|francs|crowns|kroner|kronor|yen|usd|eur|gbp|chf)\b", re.IGNORECASE
)
_LENGTHS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years"})
_IN_LENGTHS = re.compile(
    r"\b(?:in (?P<unit>seconds|minutes|hours|days|weeks|months|years)\b"
    r"|(?:how many|number of|how much) (?P<counted>seconds|minutes|hours|days|weeks|months|years) of\b)",
    re.IGNORECASE,
)
_HOW_OFTEN = re.compile(
    r"\bhow (?:often|frequently) (?:do|does|did|is|are|was|were)\b(?! (?:a|per|each|every)\b)", re.IGNORECASE
)


def is_money_of_things_counted(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How many contracts did we book": no answer is what they are worth, by whatever the verb is called so."""
    metrics = [view.whole.metric_by_name[use.metric] for use in query.metrics]
    if query.group_by or Cue.COUNT not in draft.asks or not metrics or not all(map(is_of_money, metrics)):
        return None
    for count, thing in itertools.pairwise([item for item in draft.items if not item.is_stop and item.used != "value"]):
        asked = count.cue() is Cue.COUNT and count.text.casefold().startswith(("how many", "number", "the number"))
        named = any(meaning.how in ("name", "synonym") for meaning in thing.of("dataset"))
        if asked and named and thing.used == "noun" and draft.is_plural(thing):
            return f"{count.text} {thing.text}"
    return None


def is_no_money(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "how much did we pay" is no number of payments."""
    asked = _PAYS.search(draft.question) or _PAYS_MOST.search(draft.question) or _EARNS.search(draft.question)
    named = _SO_MANY_OF_MONEY.search(draft.question)
    asked = asked or named
    if asked is None and Cue.MONEY not in draft.asks:
        return None
    units = [view.whole.metric_by_name[use.metric].unit for use in query.metrics]
    told = any(is_of_money(metric) for metric in view.metrics.values())  # then what has no unit is no money
    if not units or any(unit is not None and is_currency(unit) for unit in units):
        return None
    if None in units and not (named is not None and told):
        return None
    return asked.group(0) if asked is not None else "money"


def is_no_skill(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Are we better at filling permanent jobs": more of them filled is not done better, where there are more of them."""
    asked = _IS_BETTER_AT.search(draft.question)
    counted = all(view.whole.metric_by_name[use.metric].unit == "count" for use in query.metrics)
    return asked[0] if asked is not None and counted else None


def other_length(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "The longest stop, in hours", where what is shown is in minutes."""
    units = {view.whole.metric_by_name[use.metric].unit for use in query.metrics} & _LENGTHS
    asked = _IN_LENGTHS.search(draft.question)
    said = (asked["unit"] or asked["counted"]).casefold() if asked is not None else ""
    return asked[0] if asked is not None and units and said not in units else None


def is_no_length(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Which nationality stays the longest", "how long do families stay": no number of stays says that."""
    asked = _HOW_LONG.search(draft.question)
    units = [view.whole.metric_by_name[use.metric].unit for use in query.metrics]
    if asked is None or not units or not all(unit in _NO_LENGTH or is_currency(unit or "") for unit in units):
        return None
    return asked[0]


def is_all_or_nothing(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The late return rate of late returns is all of them: a word that the rate is called by narrows it to nothing told."""
    metrics = [view.whole.metric_by_name[use.metric] for use in query.metrics]
    if len(metrics) != 1 or metrics[0].unit != "fraction" or query.group_by:
        return None
    named = {verb_stem(word) for word in phrase_key(metrics[0].label)}
    for slot in draft.filters:
        values = slot.candidates[0].values if slot.candidates else ()
        words = {verb_stem(word) for value in values if isinstance(value, str) for word in phrase_key(value)}
        if words and words <= named and not slot.negated:
            return slot.text
    return None


def is_no_rate(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "How often do bookings get cancelled" asks for a rate: how many were is no answer, in whatever parts its words are read."""
    asked = _HOW_OFTEN.search(draft.question)
    units = [view.whole.metric_by_name[use.metric].unit for use in query.metrics]
    told = any(item.show == "measure" for item in query.calculations)
    return asked[0] if asked is not None and not told and units and all(unit == "count" for unit in units) else None
