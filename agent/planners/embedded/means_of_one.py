"""What one thing costs, brings in or lasts: the catalog's own mean over things of that kind.

How much does a pair cost on average in April?       Average pair price in April
What does the average membership bring in?           Average membership fee
How long is the average eye test?                    Average test length
What is the average price of a pair?                 Average pair price

A mean counts where it is taken over these things, and is called by nothing but them and a word for what they cost, or for how
long they are. Where none or several fit, the text stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.planners.embedded.counts import metrics_that_count
from agent.planners.embedded.known_figures import Known, is_of_money, label_of_the_only
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, DerivedMetric, Metric
from semantic_context.words import phrase_key

_WORD = r"[^\W\d][\w'’-]*"
_MEAN = r"(?:,? ?\b(?:on average|in the mean|in average|typically|usually|normally)\b,?)"
_THING = rf"(?P<thing>{_WORD}(?: {_WORD}){{0,3}}?)"
_ONE = r"(?:(?P<one>an?|the average|our average|the typical|one|each|a typical|an average) )?"
_ENDS = r"(?=\s*(?:[,.;:?!]|$)|\s+(?:in|on|at|for|during|over|since|by|per|last|this|from|until|between|vs|versus|with|to)\b)"
_COSTS = re.compile(
    rf"\b(?:what|how much)(?: money)?{_MEAN}? (?:does|do|did|would) {_ONE}{_THING}(?P<mean1>{_MEAN})?"
    rf" (?P<verb>costs?|come to|sell for|go for|bring in|bring us|earn us|make us|set (?:us|you|people|customers) back)"
    rf"(?P<mean2>{_MEAN})?{_ENDS}",
    re.IGNORECASE,
)
_PRICE = re.compile(
    rf"\b(?:what (?:is|was|were|are) )?(?:the |our )?(?:average|mean|typical) (?P<noun>price|cost|value|worth|length|duration)"
    rf" of (?:an? |our |the |all )?{_THING}{_ENDS}",
    re.IGNORECASE,
)
_LONG = re.compile(
    rf"\bhow long{_MEAN}? (?:(?:does|do|did) {_ONE}{_THING}(?P<mean1>{_MEAN})? (?P<verb>take|last|run|go on)"
    rf"(?P<mean2>{_MEAN})?|(?:is|was|are|were) (?P<that>the average|an average|the typical|an?) (?P<it>{_WORD}(?: {_WORD}){{0,3}}?)"
    rf"(?P<mean3>{_MEAN})?){_ENDS}",
    re.IGNORECASE,
)
_IS_MEAN = frozenset("average mean avg typical per a an of the each total".split())
_PRICES = frozenset("price cost value worth amount fee charge ticket rate spend net gross".split())
_EARNED = frozenset("price value revenue income taking earnings sale amount fee net gross".split())
_LENGTHS = frozenset("length duration time minute hour day stay".split())
_UNITS = frozenset("seconds minutes hours days weeks months".split())


def means_of_one(text: str, known: Known) -> str:
    """The text with the one such mean in place of the words that ask for it."""

    def costs(found: re.Match[str]) -> str:
        if not (found["one"] or found["mean1"] or found["mean2"]):
            return found[0]
        earned = found["verb"].casefold().startswith(("bring", "earn", "make"))
        return _told(found["thing"], _EARNED if earned else _PRICES, known) or found[0]

    def price(found: re.Match[str]) -> str:
        noun = found["noun"].casefold()
        return _told(found["thing"], _LENGTHS if noun in _LENGTHS else _PRICES, known) or found[0]

    def long(found: re.Match[str]) -> str:
        thing = found["thing"] or found["it"]
        said = found["one"] or found["mean1"] or found["mean2"] or found["that"]
        return (_told(thing, _LENGTHS, known) if said else None) or found[0]

    return " ".join(_LONG.sub(long, _PRICE.sub(price, _COSTS.sub(costs, text))).split())


def _told(thing: str, nouns: frozenset[str], known: Known) -> str | None:
    """The label of the only mean over such things, with what their kind is said by behind it."""
    words = thing.split()
    for start in range(len(words)):
        named = " ".join(words[start:])
        datasets = [item.name for item in known.datasets(named)]
        if not datasets:
            continue
        label = label_of_the_only(metric for name in datasets for metric in _means(known.view, name, nouns, named))
        kind = f" of {' '.join(words)}" if start else ""
        return f"{label}{kind}" if label is not None else None
    return None


def _means(view: CatalogView, dataset: str, nouns: frozenset[str], named: str) -> Iterator[Metric]:
    things = view.whole.dataset_by_name[dataset]
    own = {
        word
        for text in (things.singular, things.label, things.name, named)
        for word in phrase_key(text.replace("_", " "))
    }
    counted = set(metrics_that_count(view, dataset))
    for metric in view.metrics.values():
        in_kind = metric.unit in _UNITS if nouns is _LENGTHS else is_of_money(metric)
        if not in_kind or not _is_mean_over(metric, dataset, counted):
            continue
        names = [set(phrase_key(text)) for text in (metric.label, *metric.words.synonyms)]
        if any(words & nouns and words <= own | nouns | _IS_MEAN for words in names):
            yield metric


def _is_mean_over(metric: Metric, dataset: str, counted: set[str]) -> bool:
    if isinstance(metric, AggregateMetric):
        return metric.aggregation is Aggregation.AVERAGE and metric.dataset == dataset
    if not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2:
        return False
    simple = metric.formula.replace(" ", "") == f"{metric.inputs[0].name}/{metric.inputs[1].name}"
    return simple and metric.inputs[1].metric in counted
