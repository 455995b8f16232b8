"""Money that things brought in, by the one figure of income of such things.

Which kind of pass brought in the most money?            which kind of pass had the highest Pass revenue
What did skis earn us in February?                       what was the Rental revenue of skis in February
What did the workshops charge in labour last week?       what was the Labour sales last week
How much money came in from customers last month?        what was the Collected amount last month

Where several figures of income are of such things the text stays, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from agent.planners.embedded.known_figures import (
    Known,
    figures_called,
    figures_of_money,
    is_of_money,
    label_of_the_only,
)
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.models import AggregateMetric, Aggregation, Direction, Metric
from semantic_context.linking import split_route
from semantic_context.words import phrase_key, tokenize

# What a phrase ends at: a mark, or a word that opens the next.
ENDS = (
    r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|on|at|for|during|over|since|by|per|each|every|last|this|between|from|until|so far|to date"
    r"|yesterday|today)\b)"
)
_WORDS = r"[^\W\d]+(?:[ -][^\W\d]+){0,3}?"
_CAME_IN = re.compile(
    r"\bhow much (?:money|cash)(?: has| have)?(?: actually| really)? (?:came|come|comes|flowed) in"
    r"(?: from (?:our |the |all )?(?P<who>[^\W\d]+))?" + ENDS,
    re.IGNORECASE,
)
_MOST_MONEY = re.compile(
    rf"\b(?P<asks>which|what) (?P<of>{_WORDS}) (?:has |have )?(?:(?:brought in|brings in|bring in|generated|generates)(?: us)?"
    r"|(?:brought|brings|bring|earned|earns|earn|made|makes) us) (?:the )?(?P<most>most|least) (?:money|cash)\b",
    re.IGNORECASE,
)
_EARNED_US = re.compile(
    rf"\b(?:what|how much)(?: money)? (?:did|do|does|have|has) (?:the |our )?(?P<who>{_WORDS}) "
    rf"(?:earn us|earned us|bring in|brought in|bring us|brought us|make us|generate|generated){ENDS}",
    re.IGNORECASE,
)
_MADE_WITH = re.compile(
    r"\b(?:what|how much)(?: money)? (?:(?:did|do|have) we|we(?: have|['’]ve)?) (?:make|made|earn|earned|take in|taken in"
    rf"|bring in|brought in) (?:with|from|on) (?:the |our )?(?P<who>{_WORDS}){ENDS}",
    re.IGNORECASE,
)
_CHARGED_IN = re.compile(
    rf"\b(?:what|how much)(?: money)? (?:did|do|does|have|has) (?:the |our )?(?P<who>{_WORDS}) "
    rf"(?:charge|charged|bill|billed|take|took|invoice|invoiced|take in) (?:in|for|on) (?:the |our )?(?P<thing>{_WORDS}){ENDS}",
    re.IGNORECASE,
)
_RECEIVED = ("money received", "cash received", "cash in", "payments received", "cash collected", "money in")
_INCOME = frozenset("income revenue takings sale earnings turnover".split())
_ANYBODY = frozenset("customer client people buyer everybody everyone".split())
_OURSELVES = frozenset(("we", "us", "they"))
_SURE = frozenset(("exact", "synonym", "group", "labelled"))
# Words of time and place that are no things, though a preposition leads to them.
_NO_THINGS = frozenset(
    "total all cash january february march april may june july august september october november december".split()
)


def money_of_things(text: str, known: Known) -> str:
    """The text with the figure in place of the money, where exactly one is of such things."""

    def came_in(found: re.Match[str]) -> str:
        who = phrase_key(found["who"] or "customer")
        figure = label_of_the_only(metric for metric in figures_called(known, _RECEIVED) if is_of_money(metric))
        return f"what was the {figure}" if figure and set(who) <= _ANYBODY else found[0]

    def most_money(found: re.Match[str]) -> str:
        figure = income_of(_told_by(found["of"], known), known)
        most = "highest" if found["most"].casefold() == "most" else "lowest"
        return f"{found['asks']} {found['of']} had the {most} {figure}" if figure else found[0]

    def earned_us(found: re.Match[str]) -> str:
        who = found["who"]
        figure = income_of(_holders(who, known), known)
        return f"what was the {figure} of {who}" if figure else found[0]

    def made_with(found: re.Match[str]) -> str:
        who = found["who"]
        holders = set() if any(known.phrases.means(who)) else _holders(who, known)
        figure = income_of(holders, known)
        return f"what was the {figure} of {who}" if figure else found[0]

    def charged_in(found: re.Match[str]) -> str:
        thing = found["thing"]
        if thing.casefold() in _NO_THINGS:
            return found[0]
        names = [f"{thing} {word}" for word in ("revenue", "sales", "income", "takings", "turnover")]
        metrics = [metric for metric in figures_called(known, names) if is_of_money(metric)]
        figure = label_of_the_only(metrics)
        if figure is None:
            return found[0]
        who, words = set(phrase_key(found["who"])), _said_of(metrics[0])
        return f"what was the {figure}" + ("" if who <= words | _OURSELVES else f" of {found['who']}")

    steps = (
        (_CAME_IN, came_in),
        (_MOST_MONEY, most_money),
        (_EARNED_US, earned_us),
        (_MADE_WITH, made_with),
        (_CHARGED_IN, charged_in),
    )
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return text


def _said_of(metric: Metric) -> set[str]:
    return {word for name in (metric.label, *metric.words.synonyms) for word in phrase_key(name)}


def income_of(datasets: Collection[str], known: Known) -> str | None:
    """The one figure of income that is made of the rows of such things, else of rows that point at them."""
    if not datasets:
        return None
    incomes = [metric for metric in figures_of_money(known) if _is_income(metric)]
    own = [metric for metric in incomes if base_datasets(known.view, metric.name) <= set(datasets)]
    near = [
        metric for metric in incomes if set(datasets) <= pointed_at(known.view, base_datasets(known.view, metric.name))
    ]
    return label_of_the_only(own or near)


def _is_income(metric: Metric) -> bool:
    words = phrase_key(metric.label)
    adds_up = isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.SUM
    return adds_up and metric.direction is not Direction.DOWN and bool(words) and words[-1] in _INCOME


def _told_by(words: str, known: Known) -> set[str]:
    """The datasets of the fields or things that words name in full."""
    return {
        split_route(item.name)[0].partition(".")[0]
        for item in known.phrases.means(words)
        if item.kind in ("field", "dataset") and item.how in ("name", "synonym")
    }


def _holders(words: str, known: Known) -> set[str]:
    """The datasets that hold the value which the words are, or whose things they name."""
    tokens = tokenize(words)
    hits = [hit for hit in known.values_named(tokens) if hit.how in _SURE and tuple(hit.span) == (0, len(tokens))]
    best = max((hit.score for hit in hits), default=0.0)
    return {hit.dataset for hit in hits if hit.score == best} or {item.name for item in known.datasets(words)}
