"""What was taken, said with a verb: the one figure called the takings, else the sales or the revenue.

How much did we take last month?                    what were the Revenue last month
What did Harbour Shed take on Saturday?             what were the Taproom takings of Harbour Shed on Saturday
Which regions took more than $120,000 in May?       which regions had more than $120,000 in Revenue in May
Which taproom took the most last month?             which taproom had the highest Taproom takings last month

Which customers spent the most this year?           which customers had the highest Revenue this year
Our five biggest spenders in May                    top five customers by Revenue in May
Top 5 products by $$ in May                         top 5 products by Revenue in May

Who takes is ourselves, or a value; people who buy take goods, and the text stays. So it does where several figures are meant.
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import (
    Known,
    figures_called,
    figures_of_money,
    is_of_money,
    label_of_the_only,
)
from agent.planners.embedded.money_of_things import income_of
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.models import AggregateMetric, Aggregation, Dataset, DerivedMetric, Direction, Metric
from semantic_context.linking import split_route
from semantic_context.words import phrase_key, tokenize

_TIME = (
    r"(?:(?:the|all of|early|late|mid|week|calendar|financial|fiscal|last|this|past|next|first|second|third|fourth|whole|year"
    r"|month)\b|(?:19|20)\d\d|[qh][1-4]\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|spring\b|summer\b|autumn\b"
    r"|winter\b)"
)
_ENDS = (
    rf"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in {_TIME}|(?:during|over|since|by|per|each|every|last|this|between|yesterday|today|so far"
    rf"|to date|compared|vs|versus)\b|(?:on|from) (?:{_TIME}|(?:mon|tue|wed|thu|fri|sat|sun)\w*\b|\d)))"
)
_WHO = r"(?:the |our )?(?P<who>[^\W_][\w'’&-]*(?: [^\W_][\w'’&-]*){0,4}?)"
_THEY_TOOK = re.compile(
    rf"\b(?:what|how much)(?P<money> money)? (?:(?:did|do|does|have|has) {_WHO} (?:take|taken)"
    rf"|(?!(?:did|do|does|have|has) ){_WHO.replace('who', 'they')} took){_ENDS}",
    re.IGNORECASE,
)
_TOOK_MORE = re.compile(
    r"\b(?P<asks>which|what) (?P<of>[^\W\d]+(?: [^\W\d]+){0,2}?) (?:took|take|takes|have taken|has taken) "
    r"(?P<bound>(?:more than|less than|over|under|above|below|at least|at most) [$€£]\s?\d[\d.,]*\s?(?:k|m|bn|thousand|million)?"
    r"(?=\s|[?.!]|$))(?! in (?!(?:19|20)\d\d|the|last|this|q\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_TOOK_MOST = re.compile(
    r"\b(?P<asks>which|what) (?P<of>[^\W\d]+(?: [^\W\d]+){0,2}?) (?:took|takes|take|has taken|have taken) "
    rf"(?:the )?(?P<most>most|least)(?P<money> money)?{_ENDS}",
    re.IGNORECASE,
)
_SO_MANY = r"(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_SPENT_MOST = re.compile(
    r"\b(?P<asks>which|what) (?P<of>[^\W\d]+(?: [^\W\d]+)?) (?:spent|spend|spends|paid|have spent|has spent) (?:us )?(?:the )?"
    rf"(?P<most>most|least)(?: money)?(?: with us)?{_ENDS}",
    re.IGNORECASE,
)
_SPENDERS = re.compile(
    rf"\b(?:(?:the|our|your) )?(?:{_SO_MANY} (?:biggest|largest|top|highest|best)|(?:biggest|largest|top|highest|best)"
    rf" {_SO_MANY.replace('count', 'more')})"
    r" spenders(?: with us)?(?: \((?:(?:the|just|only) )?(?:[^\W\d]+ )?(?:numbers?|ids?) (?:are|is) (?:enough|fine)\))?(?![\w-])",
    re.IGNORECASE,
)
_BY_MONEY = re.compile(r"\bby (?:\$+|€+|£+|money|sales value)(?=\s|[?.!,;]|$)(?!\s*\d)", re.IGNORECASE)
_SPENT = frozenset(("spend", "spent", "spending", "paid", "payment"))
_ASKED = re.compile(r"^(?:what|how much)", re.IGNORECASE)
_OURSELVES = frozenset(("we", "us"))
_NOBODY = frozenset("it that this they them he she you i things".split())
_BUYERS = frozenset(
    "customer client member guest visitor patient passenger student pupil buyer shopper account subscriber user person".split()
)
_SURE = frozenset(("exact", "synonym", "group", "labelled", "pattern"))
_TAKEN = ("takings", "sales", "revenue", "income", "turnover")


def takings_said(text: str, known: Known) -> str:
    """The text with the figure in place of "took", where exactly one is meant."""

    def they_took(found: re.Match[str]) -> str:
        who = found["who"] or found["they"]
        if who.casefold() in _OURSELVES:
            figure = label_of_the_only(_all_taken(known))
            return f"what were the {figure}" if figure else found[0]
        if who.casefold() in _NOBODY:
            return found[0]
        told = [_taken_by(side, known) for side in re.split(r" and (?:the |our )?", who)]
        if None in told or len({figure for figure, _ in filter(None, told)}) != 1:
            bought = found["money"] is None and set(phrase_key(who)) & _BUYERS  # no number of them answers
            return _ASKED.sub("how much money", found[0]) if bought else found[0]
        of = " and ".join(side for _, side in filter(None, told) if side)
        return f"what were the {told[0][0] if told[0] else ''}" + (f" of {of}" if of else "")

    def took_more(found: re.Match[str]) -> str:
        figure = _taken_of(found["of"], known, money=True)
        return f"{found['asks']} {found['of']} had {found['bound']} in {figure}" if figure else found[0]

    def took_most(found: re.Match[str]) -> str:
        figure = _taken_of(found["of"], known, money=found["money"] is not None)
        most = "highest" if found["most"].casefold() == "most" else "lowest"
        return f"{found['asks']} {found['of']} had the {most} {figure}" if figure else found[0]

    def spent_most(found: re.Match[str]) -> str:
        figure = _spent_by(found["of"], known)
        most = "highest" if found["most"].casefold() == "most" else "lowest"
        return f"{found['asks']} {found['of']} had the {most} {figure}" if figure else found[0]

    def spenders(found: re.Match[str]) -> str:
        told = {item.label: _spent_by(item.label, known) for item in known.view.datasets.values() if _are_buyers(item)}
        people = [(label, figure) for label, figure in told.items() if figure]
        if len(people) != 1:
            return found[0]
        return f"top {found['count'] or found['more']} {people[0][0]} by {people[0][1]}"

    def by_money(found: re.Match[str]) -> str:
        figure = label_of_the_only(_all_taken(known))
        return f"by {figure}" if figure else found[0]

    for pattern, plain in (
        (_THEY_TOOK, they_took),
        (_TOOK_MORE, took_more),
        (_TOOK_MOST, took_most),
        (_SPENT_MOST, spent_most),
        (_SPENDERS, spenders),
        (_BY_MONEY, by_money),
    ):
        text = pattern.sub(plain, text)
    return text


def _all_taken(known: Known) -> list[Metric]:
    """Every figure that may be all that was taken, whichever of the names it has."""
    names = (*_TAKEN, *(f"total {name}" for name in _TAKEN))
    return [metric for metric in figures_called(known, names) if is_of_money(metric)]


def _takings(known: Known) -> Metric | None:
    for name in _TAKEN:
        if metrics := [metric for metric in figures_called(known, (name,)) if is_of_money(metric)]:
            return metrics[0] if len(metrics) == 1 else None
    return None


def _taken_by(who: str, known: Known) -> tuple[str, str] | None:
    """What someone took: the figure called so of them, else the one figure of takings that the holder of a value has."""
    if own := [metric for metric in figures_called(known, (f"{who} {name}" for name in _TAKEN)) if is_of_money(metric)]:
        label = label_of_the_only(own)
        return (label, who if _holders(who, known) else "") if label else None
    holders = _holders(who, known)
    takings = _takings(known)
    reached = {name for name in holders if takings and _is_told_of({name}, takings, known)}
    if any(_is_of_buyers(name, known) for name in reached or holders):
        return None
    figure = _figure_for(reached or holders, who, known)
    return (figure, who) if figure else None


def _taken_of(words: str, known: Known, *, money: bool) -> str | None:
    """What things took; where no money is said only what is called the takings, as "took the most" may be time or goods."""
    datasets = {
        split_route(item.name)[0].partition(".")[0]
        for item in known.phrases.means(words)
        if item.kind in ("field", "dataset") and item.how in ("name", "synonym")
    }
    if set(phrase_key(words)) & _BUYERS:
        return None
    if not money and (not figures_called(known, ("takings",)) or any(_is_of_buyers(name, known) for name in datasets)):
        return None
    return _figure_for(datasets, words, known)


def _spent_by(words: str, known: Known) -> str | None:
    """What people who buy spent with us: what we took from them, where no other figure of money speaks of what they spend."""
    datasets = {item.name for item in known.datasets(words) if _are_buyers(item)}
    takings = _takings(known) if label_of_the_only(_all_taken(known)) else None
    if not datasets or takings is None or not _is_told_of(datasets, takings, known):
        return None
    sums = [
        metric
        for metric in figures_of_money(known)
        if isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.SUM
    ]
    names = (name for metric in sums for name in (metric.label, *metric.words.synonyms))
    rivals = [name for name in names if _SPENT & set(phrase_key(name)) and set(phrase_key(name)) & _BUYERS]
    return None if rivals else takings.label


def _are_buyers(dataset: Dataset) -> bool:
    """Whether the things of a dataset are people who buy, by the head of their name: "customers", no "account managers"."""
    heads = {phrase_key(name)[-1] for name in (dataset.label, dataset.singular) if name and phrase_key(name)}
    return bool(heads & (_BUYERS - {"account", "user", "person"}))


def _figure_for(datasets: set[str], words: str, known: Known) -> str | None:
    """The takings where they can be told of such rows, else the one income made of them; None where another is called so."""
    if not datasets:
        return None
    figure, said = _takings(known), set(phrase_key(words))
    if figure is None or not _is_told_of(datasets, figure, known):
        return income_of(datasets, known)
    rivals = [metric for metric in figures_of_money(known) if metric is not figure and _is_income(metric)]
    names = (name for metric in rivals for name in (metric.label, *metric.words.synonyms))
    return None if any(said & set(phrase_key(name)) for name in names) else figure.label


def _is_told_of(datasets: set[str], figure: Metric, known: Known) -> bool:
    bases = base_datasets(known.view, figure.name)
    return all(datasets & {base, *pointed_at(known.view, frozenset((base,)))} for base in bases)


def _is_income(metric: Metric) -> bool:
    adds_up = isinstance(metric, DerivedMetric) or (
        isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.SUM
    )
    words = {word for name in (metric.label, *metric.words.synonyms) for word in phrase_key(name)}
    return adds_up and metric.direction is not Direction.DOWN and bool(words & {"income", "revenue", "takings", "sale"})


def _is_of_buyers(dataset: str, known: Known) -> bool:
    item = known.view.datasets[dataset]
    return any(set(phrase_key(name)) & _BUYERS for name in (item.label, item.singular) if name)


def _holders(who: str, known: Known) -> set[str]:
    """The datasets that hold the value which the words are, as "store 7" is one of the stores."""
    tokens = tokenize(who)
    hits = [hit for hit in known.values_named(tokens) if hit.how in _SURE and tuple(hit.span) == (0, len(tokens))]
    best = max((hit.score for hit in hits), default=0.0)
    return {hit.dataset for hit in hits if hit.score == best}
