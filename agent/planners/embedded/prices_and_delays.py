"""Prices paid and time lost, asked for with a verb: the one mean figure that is called so.

What did people pay on average for one ticket?          the Average ticket price
What do we get for a night on average?                  the ADR, also called price per night
On average how many days late do shipments arrive?      the Average arrival delay of shipments
How many shipments came in late this year?              how many Late shipments this year
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known, figures_called, is_of_money, label_of_the_only
from agent.planners.embedded.reach import base_datasets
from catalog.models import AggregateMetric, Aggregation, DerivedMetric, Direction, Metric
from semantic_context.words import phrase_key

_WORD = r"[^\W\d][\w'’-]*"
_MEAN = r"(?:,? ?\b(?:on average|in the mean|typically)\b,?)"
_PEOPLE = (
    r"(?:people|they|one|everyone|customers?|guests?|visitors?|passengers?|clients?|members?|buyers?|travellers?"
    r"|subscribers?)"
)
_PAID = re.compile(
    rf"{_MEAN}? ?\b(?:what|how much)(?: money)?{_MEAN}? (?:(?:did|do|does) )?(?:an? |the |our )?"
    rf"(?:(?P<who>{_PEOPLE}) pa(?:y|ys|id)|(?P<we>we) (?P<did>get|got|charged?|receive|received|take|took|pay|paid))"
    rf"{_MEAN}? (?:for|per) (?:an? single |an?(?: average)? |one )(?P<thing>{_WORD}(?: {_WORD})??){_MEAN}?"
    r"(?=\s*(?:[,.?!]|$)|\s+(?:in|on|by|per|for|at|with|during|over|since|between|from|last|this|each|every|compared|vs|versus)\b)",
    re.IGNORECASE,
)
_LATE = re.compile(
    rf"{_MEAN}? ?\bhow (?:many (?P<unit>days|hours|minutes) )?(?:late|delayed|behind schedule){_MEAN}? "
    rf"(?:is|are|was|were|do|did|does|have|has){_MEAN}? (?:an? |the |our )?(?P<things>{_WORD}(?: {_WORD}){{0,2}}?)"
    r"(?: (?:arrive|arrived|run|come|come in|been|get in|reach us|turn up))?"
    rf"(?P<mean>{_MEAN})?(?=\s*(?:[,.?!]|$)|\s+(?:in|on|by|per|for|at|of|from|due|which|that|with|during|over|since|between|last|this"
    r"|each|every|compared|vs|versus|expected|planned|scheduled)\b)",
    re.IGNORECASE,
)
_CAME_LATE = re.compile(
    rf"\b(?P<things>{_WORD}(?: {_WORD})?) (?:(?:that|which|have|has|had) )*(?:came in|come in|came|arrived|turned up|showed up"
    r"|got here|reached us|landed|were delivered|was delivered) (?:too )?(?P<how>late|early|on time|on schedule)\b",
    re.IGNORECASE,
)
# A matter done with, in other words than those of the figure.
_SETTLED = re.compile(
    rf"{_MEAN}? ?\bhow long (?:(?:did|does|do|has|have|will) )?it (?:takes?|took|taken)(?: (?:us|them))?{_MEAN}? to "
    rf"(?:settle|resolve|solve)(?: an?| the| our| each| every)? (?P<thing>{_WORD})(?P<mean>{_MEAN})?",
    re.IGNORECASE,
)
_TIMES_TO_SETTLE = tuple(
    form.format(verb)
    for verb in ("settle", "resolve", "solve")
    for form in (
        "time to {}",
        "days to {}",
        "hours to {}",
        "average time to {}",
        "average days to {}",
        "average hours to {}",
    )
)
_IS_MEAN = re.compile(r"\b(?:on average|in the mean|typically)\b", re.IGNORECASE)
_LATENESS = frozenset("delay lateness late".split())
_SAYS_LITTLE = frozenset("average mean typical arrival day hour minute in of the".split())
_TOLD_WHICH = re.compile(r"\s+(?:due|which|that|with|from|of|expected|planned|scheduled)\b", re.IGNORECASE)
_LENGTHS = ("days", "hours", "minutes")


def things_that_came_late(text: str, known: Known) -> str:
    """The text with the name of the one figure that things are counted by which came late, or in time."""

    def named(found: re.Match[str]) -> str:
        words = found["things"].split()
        for first in range(len(words)):
            figures = figures_called(known, (f"{found['how']} {' '.join(words[first:])}",))
            if (figure := label_of_the_only(figures)) is not None:
                return " ".join((*words[:first], figure))
        return found[0]

    return _CAME_LATE.sub(named, text)


def prices_and_delays(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one is of that kind."""
    averaged = _IS_MEAN.search(text) is not None

    def paid(found: re.Match[str]) -> str:
        ours = found["we"] is not None and found["did"].casefold() in ("pay", "paid")
        figure = _price_of(found["thing"], known, ours=ours)
        return f" what was the {figure}" if figure else found[0]

    def late(found: re.Match[str]) -> str:
        rest = f"{text[: found.start()]}{text[found.end() :]}"
        if not averaged or re.search(r"\b(?:late|overdue|delayed|early)\b", rest, re.IGNORECASE):
            return found[0]  # of those alone that came late it may be another
        units = _LENGTHS if found["unit"] is None else (found["unit"].casefold(),)
        means = [
            item
            for item in known.view.metrics.values()
            if item.unit in units and _is_a_mean(item) and _is_lateness(item)
        ]
        if len(means) != 1:
            return found[0]
        (figure,) = means
        things = found["things"]
        rows = _rows_of(things, figure, known)
        if rows is None and known.datasets(things):
            return found[0]  # late as a whole, of which nothing is known
        if rows is None:
            return f" what was the {figure.label} of {things}"
        told = _TOLD_WHICH.match(text, found.end()) is not None
        return f" what was the {figure.label}{f' of {rows}' if told else ''}"

    def settled(found: re.Match[str]) -> str:
        things = {item.name for item in known.datasets(found["thing"])}
        figures = figures_called(known, _TIMES_TO_SETTLE)
        of_these = [
            item for item in figures if item.unit in _LENGTHS and base_datasets(known.view, item.name) == things
        ]
        figure = label_of_the_only(of_these)
        return f" what was the {figure} " if figure is not None else found[0]

    return " ".join(_SETTLED.sub(settled, _LATE.sub(late, _PAID.sub(paid, text))).split())


def _price_of(thing: str, known: Known, *, ours: bool) -> str | None:
    """The one figure of money for each such thing: a price where others pay it, a cost where we do."""
    names = {thing} | {
        name for item in known.datasets(thing) for name in (item.singular, *item.words.synonyms) if name is not None
    }
    kinds = ("cost", "price") if ours else ("price", "fare", "rate")
    called = [
        form
        for name in names
        for kind in kinds
        for form in (
            f"average {name} {kind}",
            f"{name} {kind}",
            f"{kind} per {name}",
            f"average {kind} per {name}",
            f"{kind} of a {name}",
            f"average {kind} of a {name}",
        )
    ]
    return label_of_the_only(
        metric
        for metric in figures_called(known, called)
        if is_of_money(metric) and _is_a_mean(metric) and (metric.direction is Direction.DOWN) == ours
    )


def _rows_of(things: str, figure: Metric, known: Known) -> str | None:
    """What the rows of a figure are called, where the things are these: by their name, or by that of a figure of theirs, such
    as "late deliveries". None where they are others."""
    bases = base_datasets(known.view, figure.name)
    named = known.datasets(things)
    words = set(phrase_key(things))
    others = [
        metric
        for metric in known.view.metrics.values()
        if any(words <= set(phrase_key(name)) for name in (metric.label, *metric.words.synonyms))
    ]
    if named and any(item.name in bases for item in named):
        return things
    if named or not others or not all(base_datasets(known.view, metric.name) == bases for metric in others):
        return None
    return next((known.view.datasets[name].label for name in sorted(bases) if name in known.view.datasets), None)


def _is_a_mean(metric: Metric) -> bool:
    if isinstance(metric, AggregateMetric):
        return metric.aggregation is Aggregation.AVERAGE
    return isinstance(metric, DerivedMetric) and len(metric.inputs) == 2 and "/" in metric.formula


def _is_lateness(metric: Metric) -> bool:
    """Whether some name says nothing but how late things are."""
    for name in (metric.label, *metric.words.synonyms):
        words = set(phrase_key(name)) - _SAYS_LITTLE
        if words and words <= _LATENESS:
            return True
    return False
