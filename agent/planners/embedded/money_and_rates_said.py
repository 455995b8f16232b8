"""Money that was spent with us, turned over or lost, and parts filled or returned of a whole, said with a verb.

Which customers spent more than $500 with us in Q3?        which customers had more than $500 in Revenue in Q3
Which shop turned over the most?                           which shop had the highest Revenue
Which weekday brings the stores the most money?            which weekday has the highest Revenue in stores
How much money was lost on chargebacks?                    what were the Chargeback losses
How many euros of card payments did we process?            what was the Processed volume
Which event types filled less than 65 % of their seats?    which event types had a Seat fill rate of less than 65 %
Which campaigns returned less than 3 dollars per dollar of spend?    which campaigns had a Return on ad spend of less than 3

The figure must be the one that is called so; else the text stays, and is asked about.
"""

from __future__ import annotations

import re

from agent.planners.embedded.counts_of_deeds import Deed, is_participle, is_told_by
from agent.planners.embedded.known_figures import (
    Known,
    figures_called,
    figures_of_money,
    is_of_money,
    label_of_the_only,
)
from agent.planners.embedded.members.verbs import is_noun_of, stem_of
from agent.planners.embedded.money_of_things import ENDS
from agent.planners.embedded.money_of_verbs import RECEIVED
from agent.planners.embedded.reach import base_datasets
from catalog.models import Metric
from semantic_context.words import phrase_key, tokenize

_BOUND = r"(?:more than|less than|fewer than|over|under|above|below|at least|at most|up to)"
_WORDS = r"[^\W\d][\w'’-]*(?: [^\W\d][\w'’-]*){0,2}?"
_SPENT_WITH_US = re.compile(
    rf"\b(?:have |has |had )?sp(?:ent|ends?) (?P<bound>{_BOUND} [^,;?!]{{1,40}}?) (?:here )?(?:with|at) "
    r"(?:us|our (?:shops?|stores?|company))\b",
    re.IGNORECASE,
)
_TURNED_OVER = re.compile(
    rf"\b(?P<asks>which|what) (?P<of>{_WORDS}) (?:turned|turns|turn) over (?:the )?(?P<most>most|least)(?: money)?{ENDS}",
    re.IGNORECASE,
)
_BRINGS_MOST = re.compile(
    rf"\b(?:brings?|brought|makes?|made|earns?|earned)(?: in)? (?:for )?(?P<who>us|the {_WORDS}|our {_WORDS}) "
    r"the (?P<most>most|least) money\b",
    re.IGNORECASE,
)
_LOST_ON = re.compile(
    r"\bhow much(?: money| cash)? (?:(?:was|is|were|has been|have been|got) lost|(?:did|do|have|had) we (?:lose|lost)) "
    rf"(?:on|to|through|via|by way of|because of|due to) (?:the |our )?(?P<things>{_WORDS}){ENDS}",
    re.IGNORECASE,
)
_CURRENCY_OF = re.compile(
    r"\bhow many (?P<unit>euros|dollars|pounds) (?:of|in|worth of) (?P<things>"
    rf"{_WORDS}) (?:did|have|do) we (?P<verb>[^\W\d]{{3,}}){ENDS}",
    re.IGNORECASE,
)
_PART_OF_THEIR = re.compile(
    rf"\b(?P<verb>[^\W\d]{{3,}}) (?P<bound>{_BOUND} \d+(?:\.\d+)? ?(?:%|percent|per cent)) of (?:their|its|the|our) "
    rf"(?P<noun>[^\W\d]+){ENDS}",
    re.IGNORECASE,
)
_RETURNED_PER = re.compile(
    rf"\b(?:returned|returns|return|brought back) (?P<bound>{_BOUND} [$€£]?\d[\d.,]*)(?: (?P<unit>dollar|euro|pound)s?)? "
    r"(?:per|for (?:each|every|a)) (?:dollar|euro|pound) (?:of (?:ad |marketing |advertising )?(?:spend|spending)|spent)\b",
    re.IGNORECASE,
)
_UNITS = {"euros": "EUR", "dollars": "USD", "pounds": "GBP"}
_TAKEN = ("takings", "sales", "revenue", "income", "turnover")
_RETURNS_ON_SPEND = (
    "return on ad spend",
    "return on spend",
    "return on advertising spend",
    "return on marketing spend",
    "roas",
)
_OF_A_RATE = frozenset("rate share ratio percentage percent proportion of the".split())
_TURNS = frozenset(("turn", "turnover"))
_SURE = frozenset(("exact", "synonym", "group", "labelled"))


def money_and_rates_said(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one is called so."""

    def spent_with_us(found: re.Match[str]) -> str:
        figure = _takings(known)
        return f"had {found['bound']} in {figure}" if figure else found[0]

    def turned_over(found: re.Match[str]) -> str:
        figure, of = _takings(known), found["of"]
        stock = [item for item in known.view.metrics.values() if not is_of_money(item) and _TURNS & _words(item)]
        if figure is None or any(is_told_by(of, Deed(metric, frozenset()), known) for metric in stock):
            return found[0]  # what turns over may be its stock
        return f"{found['asks']} {of} had the {_highest(found['most'])} {figure}"

    def brings_most(found: re.Match[str]) -> str:
        figure, who = _takings(known), found["who"]
        if (
            figure is None
            or figures_called(known, RECEIVED)
            or (who.casefold() != "us" and not _is_a_value(who.split(" ", 1)[1], known))
        ):
            return found[0]
        place = "" if who.casefold() == "us" else f" in {who}"
        return f"has the {_highest(found['most'])} {figure}{place}"

    def lost_on(found: re.Match[str]) -> str:
        base = " ".join(token.base for token in tokenize(found["things"]))
        names = [f"{base} losses", f"{base} loss", *(f"losses {of} {found['things']}" for of in ("on", "from", "to"))]
        figure = label_of_the_only(metric for metric in figures_called(known, names) if is_of_money(metric))
        return f"what were the {figure}" if figure else found[0]

    def currency_of(found: re.Match[str]) -> str:
        rows = {item.name for item in known.datasets(found["things"])}
        stem = stem_of(found["verb"])
        figure = label_of_the_only(
            metric
            for metric in figures_of_money(known)
            if metric.unit == _UNITS[found["unit"].casefold()]
            and rows & base_datasets(known.view, metric.name)
            and _is_called_by(stem, metric)
        )
        return f"what was the {figure}" if figure else found[0]

    def part_of_their(found: re.Match[str]) -> str:
        noun = phrase_key(found["noun"])
        figure = label_of_the_only(
            metric
            for metric in known.view.metrics.values()
            if metric.unit == "fraction"
            and any(_is_of(phrase_key(name), found["verb"], noun) for name in (metric.label, *metric.words.synonyms))
        )
        return f"had a {figure} of {found['bound']}" if figure else found[0]

    def returned_per(found: re.Match[str]) -> str:
        figure = label_of_the_only(figures_called(known, _RETURNS_ON_SPEND))
        return f"had a {figure} of {found['bound']}" if figure else found[0]

    steps = (
        (_SPENT_WITH_US, spent_with_us),
        (_TURNED_OVER, turned_over),
        (_BRINGS_MOST, brings_most),
        (_LOST_ON, lost_on),
        (_CURRENCY_OF, currency_of),
        (_PART_OF_THEIR, part_of_their),
        (_RETURNED_PER, returned_per),
    )
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return text


def _takings(known: Known) -> str | None:
    """The one figure that may be all that was sold, whichever of the names it has."""
    names = (*_TAKEN, *(f"total {name}" for name in _TAKEN))
    return label_of_the_only(metric for metric in figures_called(known, names) if is_of_money(metric))


def _highest(most: str) -> str:
    return "highest" if most.casefold() in ("most", "highest") else "lowest"


def _is_a_value(words: str, known: Known) -> bool:
    tokens = tokenize(words)
    return any(hit.how in _SURE and tuple(hit.span) == (0, len(tokens)) for hit in known.values_named(tokens))


def _words(metric: Metric) -> set[str]:
    return {word for name in (metric.label, *metric.words.synonyms) for word in phrase_key(name)}


def _is_called_by(stem: str, metric: Metric) -> bool:
    """Whether some name of a figure has the participle of a verb: "Processed volume"."""
    names = (metric.label, *metric.words.synonyms)
    return any(is_participle(token) and stem_of(token.folded) == stem for name in names for token in tokenize(name))


def _is_of(name: tuple[str, ...], verb: str, noun: tuple[str, ...]) -> bool:
    """Whether a rate is named by nothing but the verb and what it was done to: "seat fill rate" of seats that were filled."""
    told = [word for word in name if word not in _OF_A_RATE]
    left = [word for word in told if word not in noun]
    return len(told) == len(noun) + 1 and len(left) == 1 and is_noun_of(left[0], verb)
