"""Money asked for in another currency than the figures are in: no rate of exchange is known here."""

from __future__ import annotations

import re

from agent.planners.embedded.draft import Draft
from catalog.access import CatalogView
from catalog.query import MetricQuery
from catalog.units import is_currency
from semantic_context.numbers import CURRENCY_WORDS

_WORDS = "|".join(sorted(CURRENCY_WORDS, key=len, reverse=True))
_IN_MONEY = re.compile(
    rf"\b(?:in|into|to)\s+(?:(?:us|u\.s\.|american|british)\s+)?(?P<word>{_WORDS}|[a-z]{{3}})\b(?!\s*\d)", re.IGNORECASE
)
# Codes that are words when someone shouts.
_ENGLISH = frozenset(("ALL", "TOP", "TRY", "CUP", "MAD", "PEN", "COP", "MOP", "SOS"))
_NO_MONEY = frozenset(("count", "fraction", "ratio", "score", "days"))
_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "JMD", "TTD", "NAD", "FJD"))


# What is weighed is told by the same word.
_WEIGHTS = frozenset(("pound", "pounds"))
_COUNTED = re.compile(rf"\b(?:how many|number of|amount of)\s+(?P<word>{_WORDS})\b", re.IGNORECASE)


def currency_meant(view: CatalogView, said: str | None) -> str | None:
    """The currency that an amount is told in: dollars are the catalog's own, where its money is in other dollars alone."""
    own = {item.unit for dataset in view.datasets.values() for item in dataset.fields if item.unit in _DOLLARS}
    own |= {metric.unit for metric in view.metrics.values() if metric.unit in _DOLLARS}
    return next(iter(own)) if said == "USD" and len(own) == 1 else said


def other_currency(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "in euros", where every amount shown is in dollars or none is money; None where no other currency is asked for."""
    units = {view.whole.metric_by_name[use.metric].unit for use in query.metrics}
    money = {unit for unit in units if unit is not None and is_currency(unit)}
    for found in (*_IN_MONEY.finditer(draft.question), *_COUNTED.finditer(draft.question)):
        word = found["word"]
        if not money and not units <= _NO_MONEY and word.casefold() not in _WEIGHTS:
            continue
        asked = CURRENCY_WORDS.get(word.casefold()) or (word if is_currency(word) and word not in _ENGLISH else None)
        if word.casefold() in ("dollar", "dollars", "bucks") and money and money <= _DOLLARS:
            continue
        taken = any(item.used == "value" and draft.stands_in(item, found.span()) for item in draft.items)
        if asked is not None and asked not in money and not taken:
            return found[0]
    return None
