"""Rates and marks told with a verb: how people rate, score, earn, and how often they do not turn up.

On which fare do people most often not turn up?                which fare had the highest No-show rate
Do agency workers fail to turn up more often than others?      is the No-show rate higher for agency workers than others
How do customers rate the couriers?                            what was the Courier rating
On which platform do we score lowest?                          which platform had the lowest Review score
What do the people we place earn on average?                   what was the Average salary

Exactly one figure must be of that kind, and told of those who are said; else the text stays, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.planners.embedded.known_figures import Known, figures_called, is_of_money, label_of_the_only
from agent.planners.embedded.members.verbs import is_noun_of
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.models import AggregateMetric, Aggregation, Metric
from semantic_context.words import phrase_key, tokenize

_ENDS = (
    r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|on|at|for|during|over|since|by|per|each|every|last|this|between|from|until|so far|to date"
    r"|yesterday|today|now)\b)"
)
_WORDS = r"[^\W\d][\w'’&-]*(?: [^\W\d][\w'’&-]*){0,3}?"
_NOT_UP = r"(?:(?:simply |just )?(?:fail to|not) (?:turn|show) up)"
_FOR_IT = r"(?: (?:for|to) (?:their|the|an?) (?P<for>[^\W\d]+))?"
_OF_IT = r"(?:,? as a (?:share|percentage|proportion|part) of (?:their |all |the )?(?:[^\W\d]+ )?(?P<of_all>[^\W\d]+))?"
_WHERE_NOT = re.compile(
    rf"\b(?:(?:for|on|in|at|with) )?(?P<asks>which|what) (?P<of>{_WORDS}) (?:do|does|did) (?:the |our )?(?P<who>[^\W\d]+) "
    rf"(?:(?P<before>most|least) (?:often|frequently) {_NOT_UP}{_FOR_IT}|{_NOT_UP}{_FOR_IT.replace('for>', 'for2>')} "
    rf"(?P<behind>most|least) (?:often|frequently)){_OF_IT}{_ENDS}",
    re.IGNORECASE,
)
_MORE_OFTEN = re.compile(
    rf"\b(?:do|does|did) (?:the |our )?(?P<who>{_WORDS}) {_NOT_UP}{_FOR_IT} (?P<more>more|less) (?:often|frequently) than "
    rf"(?:the |our )?(?P<other>{_WORDS}){_ENDS}",
    re.IGNORECASE,
)
_THEY_RATE = re.compile(
    rf"\bhow (?:well |highly )?(?:do|does|did) (?:the |our )?(?P<who>{_WORDS}) (?:rate|score|mark) (?:the |our )?"
    rf"(?P<thing>[^\W\d]+){_ENDS}",
    re.IGNORECASE,
)
_RATE_BEST = re.compile(
    rf"\b(?:on |in |at |for |with )?(?P<asks>which|what) (?P<of>{_WORDS}) (?:do|does|did) (?:the |our )?(?P<who>{_WORDS}) "
    rf"(?P<verb>rate|score|mark) (?:the )?(?P<most>highest|lowest|best|worst){_ENDS}",
    re.IGNORECASE,
)
_EARN = re.compile(
    r"\b(?:what|how much) (?:do|does|did) (?:the |our )?(?P<who>[^\W\d]+)(?: (?:that |who |whom )?we (?P<verb>[^\W\d]+))? earn"
    rf"(?P<mean>,? on average)?{_ENDS}",
    re.IGNORECASE,
)
_ANYBODY = frozenset(
    "person they customer client guest visitor patient passenger member user reader viewer we one everyone".split()
)
_MARKS = frozenset("rating score review mark star".split())
_OVERALL = (
    _MARKS | _ANYBODY | {"average", "mean", "overall"}
)  # the marks of one side of things are no marks of the whole
_LOW = frozenset(("lowest", "worst", "least"))
_SURE = frozenset(("exact", "synonym", "group", "labelled"))


def ratings_said(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one is of that kind."""

    def where_not(found: re.Match[str]) -> str:
        figure = _absence(known, found["for"] or found["for2"], found["of_all"])
        if figure is None or not _is_told_of(found["who"], figure, known):
            return found[0]
        most = "lowest" if (found["before"] or found["behind"]).casefold() == "least" else "highest"
        return f"{found['asks']} {found['of']} had the {most} {figure.label}"

    def more_often(found: re.Match[str]) -> str:
        figure = _absence(known, found["for"], None)
        if figure is None:
            return found[0]
        side = "higher" if found["more"].casefold() == "more" else "lower"
        return f"is the {figure.label} {side} for {found['who']} than {found['other']}"

    def they_rate(found: re.Match[str]) -> str:
        things = set(phrase_key(found["thing"]))
        marks = [metric for metric in _marks(known) if any(_is_mark_of(words, things) for words in _names(metric))]
        figure = label_of_the_only(marks)
        of = _of_whom(found["who"], marks[0], known) if figure else None
        return f"what was the {figure}{of}" if of is not None else found[0]

    def rate_best(found: re.Match[str]) -> str:
        if (found["who"].casefold() == "we") != (found["verb"].casefold() == "score"):
            return found[0]  # the marks that we give are others than those we are given
        marks = [metric for metric in _marks(known) if any(set(words) <= _OVERALL for words in _names(metric))]
        figure = label_of_the_only(marks)
        of = _of_whom(found["who"], marks[0], known) if figure else None
        most = "lowest" if found["most"].casefold() in _LOW else "highest"
        return f"{found['asks']} {found['of']} had the {most} {figure}{of}" if of is not None else found[0]

    def earn(found: re.Match[str]) -> str:
        kinds = ("salary", "pay", "wage", "earnings")
        called = figures_called(known, (form for kind in kinds for form in (f"average {kind}", f"mean {kind}")))
        pays = [metric for metric in called if is_of_money(metric) and _is_mean(metric)]
        if len(pays) != 1:
            return found[0]
        bases = base_datasets(known.view, pays[0].name)
        words = {word for name in bases for word in phrase_key(known.view.whole.dataset_by_name[name].singular)}
        if found["verb"]:
            told = any(is_noun_of(word, found["verb"]) for word in words)
        else:
            told = bool({item.name for item in known.datasets(found["who"])} & bases)
        return f"what was the {pays[0].label}" if told else found[0]

    steps = (
        (_WHERE_NOT, where_not),
        (_MORE_OFTEN, more_often),
        (_THEY_RATE, they_rate),
        (_RATE_BEST, rate_best),
        (_EARN, earn),
    )
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return text


def _absence(known: Known, *things: str | None) -> Metric | None:
    """The one rate of those who did not come, of such things where they are said."""
    called = [metric for metric in figures_called(known, ("no-show rate", "no show rate")) if metric.unit == "fraction"]
    if len(called) != 1:
        return None
    bases = base_datasets(known.view, called[0].name)
    fits = all({item.name for item in known.datasets(thing)} & bases for thing in things if thing)
    return called[0] if fits else None


def _marks(known: Known) -> list[Metric]:
    """Every mean that is a mark people give."""
    return [
        metric
        for metric in known.view.metrics.values()
        if metric.unit == "score" and _is_mean(metric) and any(_MARKS & set(words) for words in _names(metric))
    ]


def _is_mean(metric: Metric) -> bool:
    return isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.AVERAGE


def _is_mark_of(words: Iterable[str], things: set[str]) -> bool:
    """ "Courier rating", "average courier score"."""
    rest = set(words) - _MARKS - {"average", "mean", "of", "the"}
    return bool(set(words) & _MARKS) and rest == things


def _names(metric: Metric) -> list[tuple[str, ...]]:
    return [phrase_key(name) for name in (metric.label, *metric.words.synonyms)]


def _is_told_of(who: str, figure: Metric, known: Known) -> bool:
    bases = base_datasets(known.view, figure.name)
    reached = pointed_at(known.view, bases) | bases
    datasets = {item.name for item in known.datasets(who)}
    return bool(datasets & reached) if datasets else set(phrase_key(who)) <= _ANYBODY


def _of_whom(who: str, figure: Metric, known: Known) -> str | None:
    """What follows the figure: nothing for anybody, "of" a value of its own rows; None where it is told of no such."""
    if _is_told_of(who, figure, known):
        return ""
    tokens = tokenize(who)
    hits = [hit for hit in known.values_named(tokens) if hit.how in _SURE and tuple(hit.span) == (0, len(tokens))]
    return f" of {who}" if any(hit.dataset in base_datasets(known.view, figure.name) for hit in hits) else None
