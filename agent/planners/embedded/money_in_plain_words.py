"""Money in the words of everyday talk: what sits in open invoices, what clients paid us, what the stock is worth.

How much money is sitting in open invoices?                what is the Invoiced amount of open invoices
How much cash did clients pay us in September?             what was the Cash collected in September
How many euros of wine did we sell last month?             what were the Net sales last month
What did we spend with each supplier last quarter?         what was the Ingredient spend by supplier last quarter
What is the stock in each warehouse worth today?           what is the Inventory value in each warehouse today

Exactly one figure of money must be of such things; else the text stays, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.planners.embedded.known_figures import (
    Known,
    figures_called,
    figures_of_money,
    is_of_money,
    label_of_the_only,
)
from agent.planners.embedded.reach import base_datasets, excludes, pointed_at
from catalog.models import AggregateMetric, Aggregation, Direction, Metric
from semantic_context.linking import split_route
from semantic_context.values import ValueHit
from semantic_context.words import phrase_key, tokenize

_ENDS = (
    r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|on|at|for|during|over|since|by|per|each|every|last|this|between|from|until|so far|to date"
    r"|yesterday|today|now|right now|at the moment|like)\b)"
)
_WORDS = r"[^\W\d][\w'’&-]*(?: [^\W\d][\w'’&-]*){0,3}?"
_SITS_IN = re.compile(
    r"\bhow much (?:money|cash) (?:do we have |have we got |is |are |was |were )?(?:still |currently )?"
    r"(?:(?:sitting|tied up|stuck|locked up|lying|standing) )?in (?:the |our )?"
    rf"(?P<things>[^\W\d]+(?: [^\W\d]+)?){_ENDS}",
    re.IGNORECASE,
)
_THEY_PAID = re.compile(
    rf"\b(?:how much(?: money| cash)?|what) (?:did|do|have|has) (?:the |our )?(?P<who>{_WORDS}) (?:pay|paid) us"
    rf"{_ENDS}(?! on average)",
    re.IGNORECASE,
)
_PAID_MOST = re.compile(
    rf"\b(?P<asks>which|what) (?P<of>month|quarter|week|year|day)(?P<when>(?: of| in) (?:19|20)\d\d)? (?:did )?(?:the |our )?"
    rf"(?P<who>{_WORDS}) (?:pay|paid) us the (?P<most>most|least)(?: money| cash)?(?: all together| altogether| in total)?{_ENDS}",
    re.IGNORECASE,
)
_SOLD_FOR = re.compile(
    r"\bhow many (?P<unit>euros?|dollars?|pounds?|francs?|crowns?|zlot[yi]s?|yen|rupees?|rand) (?:worth )?of (?:the |our )?"
    rf"(?P<thing>{_WORDS}) (?:(?:did|do|have) we (?:sell|sold)|we (?:have |['’]ve )?sold){_ENDS}",
    re.IGNORECASE,
)
_SPENT_WITH = re.compile(
    r"\b(?:how much(?: money)?|what) (?:did|do|have) we (?:spend|spent|pay|paid) (?:with|at|to) "
    rf"(?P<each>each|every|the|our)? ?(?:(?:of )?(?:the|our) )?(?P<whom>{_WORDS}){_ENDS}",
    re.IGNORECASE,
)
_BROUGHT_IN = re.compile(
    rf"\bwhat (?:the |our )?(?P<thing>(?!did\b|do\b|does\b|have\b|has\b|we\b){_WORDS}) (?:brought in|brings in|took in){_ENDS}",
    re.IGNORECASE,
)
_PAID_OUT = re.compile(
    r"\b(?:cash|money) (?:we )?(?:paid|handed|given) (?:out )?(?:to (?:the |our )?[^\W\d]+ )?(?:in|as|for) "
    rf"(?P<figure>[^\W\d]+){_ENDS}",
    re.IGNORECASE,
)
_PAID_FOR = re.compile(
    r"\bhow much(?: money| cash)? (?:(?:did|have|do) we|we(?: have|['’]ve)?) (?:pay|paid|spend|spent) (?:out )?(?:for|in|on) "
    rf"(?:the |our )?(?P<figure>[^\W\d]+){_ENDS}",
    re.IGNORECASE,
)
_GAVE_AWAY_IN = re.compile(
    r"\b(?:what|how much)(?: money)? (?:(?:did|have|do) we|we(?: have|['’]ve)?) (?:knock(?:ed)? off|giv(?:e|en) away|gave away"
    rf"|hand(?:ed)? out|take off|took off|taken off) (?:in|as|on|through) (?:the |our )?(?P<figure>[^\W\d]+){_ENDS}",
    re.IGNORECASE,
)
_COST_US = re.compile(
    r"\b(?:what|how much) (?:did|do|have|has) (?:all )?(?:the |our )?(?P<figure>[^\W\d]+) (?:cost|costed) us"
    rf"{_ENDS}(?! to\b)",
    re.IGNORECASE,
)
_WHAT_WE_SOLD = re.compile(
    r"\b(?:what|how much) did (?:the |our )?(?:goods|products|items|things|articles) (?:that |which )?we sold"
    rf"(?P<when> (?!cost\b)[^,?.!]+?)? cost(?: us)?{_ENDS}",
    re.IGNORECASE,
)
_BURNED_MOST = re.compile(
    rf"\b(?P<asks>which|what) (?P<of>{_WORDS}) (?:has |have )?(?:burn(?:ed|t|s)?|swallow(?:ed|s)?|ate up|eats up) (?:the )?"
    rf"(?P<most>most|least) (?:money|cash){_ENDS}",
    re.IGNORECASE,
)
_WORTH = re.compile(
    r"\b(?:what|how much) (?:is|are|was|were) (?:the |our |all (?:the |our )?)?(?P<thing>(?!it\b|they\b|that\b|this\b)"
    rf"[^\W\d]+(?: [^\W\d]+)?)(?P<where> (?:in|at|of) (?:each|every|the|our) [^\W\d]+(?: [^\W\d]+)?)? worth{_ENDS}",
    re.IGNORECASE,
)
_HOW_MUCH_WORTH = re.compile(
    rf"\b(?:the |our )?(?P<thing>[^\W\d]+)(?P<where>) (?:is|are) how much worth(?: actually| really)?{_ENDS}",
    re.IGNORECASE,
)
_RECEIVED = (
    "cash in",
    "cash received",
    "cash collected",
    "money in",
    "money received",
    "money collected",
    "payments received",
    "payments collected",
    "money paid",
)
_TAKINGS = ("takings", "sales", "revenue", "turnover")
_INCOME = frozenset("income revenue takings sale earnings".split())
_COSTS = frozenset("cost spend spending expense".split())
_WHO_PAYS = frozenset("customer client guest people everyone member".split())
_CURRENCIES = {
    "euro": ("EUR",),
    "dollar": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "pound": ("GBP",),
    "franc": ("CHF",),
    "crown": ("SEK", "NOK", "DKK", "CZK"),
    "zloty": ("PLN",),
    "zloti": ("PLN",),
    "yen": ("JPY",),
    "rupee": ("INR",),
    "rand": ("ZAR",),
}
_SURE = frozenset(("exact", "synonym", "group", "labelled"))


def money_in_plain_words(text: str, known: Known) -> str:
    """The text with the figure in place of the money, where exactly one is of such things."""

    def sits_in(found: re.Match[str]) -> str:
        figure = _amount_of(found["things"], known)
        return f"what is the {figure} of {found['things']}" if figure else found[0]

    def they_paid(found: re.Match[str]) -> str:
        figure = _received_from(found["who"], known)
        return f"what was the {figure}" if figure else found[0]

    def paid_most(found: re.Match[str]) -> str:
        figure = _received_from(found["who"], known)
        most = "highest" if found["most"].casefold() == "most" else "lowest"
        return f"{found['asks']} {found['of']}{found['when'] or ''} was the {figure} {most}" if figure else found[0]

    def sold_for(found: re.Match[str]) -> str:
        figure = _takings(known)
        base = phrase_key(found["unit"])[0]
        if figure is None or figure.unit not in _CURRENCIES.get(base, ()):
            return found[0]
        thing, reached = found["thing"], _reached(figure, known)
        if any(item.name in reached for item in known.datasets(thing)):
            return f"what were the {figure.label}"
        values = any(hit.dataset in reached for hit in _hits(thing, known))
        return f"what were the {figure.label} of {thing}" if values else found[0]

    def spent_with(found: re.Match[str]) -> str:
        whom = found["whom"]
        each = (found["each"] or "").casefold() in ("each", "every")
        for words in (whom, whom.split()[-1]):
            figure = _spent_by(words, known)
            rest = set(phrase_key(whom)) - set(phrase_key(words))
            if figure is not None and rest <= _words_of(figure):
                return f"what was the {figure.label} by {words}" if each else found[0]
        hits = [hit for hit in _hits(whom, known) if not each]
        figure = _only_spent({hit.dataset for hit in hits}, known)
        return f"what was the {figure.label} of {whom}" if figure is not None and hits else found[0]

    def brought_in(found: re.Match[str]) -> str:
        said = set(phrase_key(found["thing"]))
        figure = label_of_the_only(
            metric
            for metric in figures_of_money(known)
            if _adds_up(metric)
            and any(said | {kind} == set(words) for words in _names(metric) for kind in _INCOME if kind in words)
        )
        return f"what was the {figure}" if figure else found[0]

    def paid_out(found: re.Match[str]) -> str:
        thing = found["figure"]
        names = (f"{thing} paid", f"{thing} paid out", f"{thing} payments")
        figure = label_of_the_only(metric for metric in figures_called(known, names) if is_of_money(metric))
        return f"what were the {figure}" if figure else found[0]

    def paid_for(found: re.Match[str]) -> str:
        metrics = [metric for metric in figures_called(known, (found["figure"],)) if is_of_money(metric)]
        ours = [metric for metric in metrics if metric.direction is not Direction.UP and _adds_up(metric)]
        return f"what were the {ours[0].label}" if len(metrics) == len(ours) == 1 else found[0]

    def sold_cost(found: re.Match[str]) -> str:
        names = ("cost of goods sold", "cost of sales", "cost of what we sold")
        figure = label_of_the_only(metric for metric in figures_called(known, names) if is_of_money(metric))
        return f"what was the {figure}{found['when'] or ''}" if figure else found[0]

    def burned_most(found: re.Match[str]) -> str:
        figure = _spent_by(found["of"], known)
        named = {item.name for item in known.datasets(found["of"])}
        if figure is None or not named & base_datasets(known.view, figure.name):
            return found[0]
        most = "highest" if found["most"].casefold() == "most" else "lowest"
        return f"{found['asks']} {found['of']} had the {most} {figure.label}"

    def worth(found: re.Match[str]) -> str:
        thing = found["thing"]
        names = (f"{thing} value", f"value of {thing}", f"{thing} worth")
        figure = label_of_the_only(metric for metric in figures_called(known, names) if is_of_money(metric))
        return f"what is the {figure}{found['where'] or ''}" if figure else found[0]

    steps = (
        (_SITS_IN, sits_in),
        (_THEY_PAID, they_paid),
        (_PAID_MOST, paid_most),
        (_SOLD_FOR, sold_for),
        (_SPENT_WITH, spent_with),
        (_BROUGHT_IN, brought_in),
        (_PAID_OUT, paid_out),
        (_PAID_FOR, paid_for),
        (_GAVE_AWAY_IN, paid_for),
        (_COST_US, paid_for),
        (_WHAT_WE_SOLD, sold_cost),
        (_BURNED_MOST, burned_most),
        (_WORTH, worth),
        (_HOW_MUCH_WORTH, worth),
    )
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return text


def _amount_of(things: str, known: Known) -> str | None:
    """The one sum of money of such things that leaves none of those out that a value before their name tells."""
    words = things.split()
    datasets = {item.name for item in known.datasets(words[-1])}
    hits = [hit for hit in _hits(words[0], known) if hit.dataset in datasets] if len(words) == 2 else []
    if len(datasets) != 1 or not hits:
        return None
    return label_of_the_only(
        metric
        for metric in figures_of_money(known)
        if isinstance(metric, AggregateMetric)
        and metric.aggregation is Aggregation.SUM
        and metric.dataset in datasets
        and not any(excludes(known.view, metric.name, hit.reference, hit.values) for hit in hits)
    )


def _received_from(who: str, known: Known) -> str | None:
    """The one figure of money received, where it comes from those who are said."""
    metrics = figures_called(known, _RECEIVED)
    if len(metrics) != 1 or not (is_of_money(metrics[0]) or (metrics[0].unit is None and _adds_up(metrics[0]))):
        return None
    datasets = {item.name for item in known.datasets(who)}
    if datasets:
        return metrics[0].label if datasets & _reached(metrics[0], known) else None
    return metrics[0].label if set(phrase_key(who)) <= _WHO_PAYS else None


def _takings(known: Known) -> Metric | None:
    """The one figure of what is sold, by the first of its names that any figure of money has."""
    for name in _TAKINGS:
        if metrics := [metric for metric in figures_called(known, (name,)) if is_of_money(metric)]:
            return metrics[0] if len(metrics) == 1 else None
    return None


def _spent_by(words: str, known: Known) -> Metric | None:
    """The one sum of a cost whose own rows have the field, or point at the things, that the words name."""
    named = {
        split_route(item.name)[0].partition(".")[0]
        for item in known.phrases.means(words)
        if item.kind in ("field", "dataset") and item.how in ("name", "synonym")
    }
    return _only_spent(named, known)


def _only_spent(datasets: Iterable[str], known: Known) -> Metric | None:
    """The one sum of a cost that is made of the rows of such things, or of rows that point at them."""
    named = set(datasets)
    spent = [
        metric
        for metric in figures_of_money(known)
        if _adds_up(metric)
        and metric.direction is not Direction.UP
        and any(_COSTS & set(words) for words in _names(metric))
        and named & _reached(metric, known)
    ]
    return spent[0] if len(spent) == 1 else None


def _adds_up(metric: Metric) -> bool:
    return isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.SUM


def _reached(metric: Metric, known: Known) -> frozenset[str]:
    bases = base_datasets(known.view, metric.name)
    return pointed_at(known.view, bases) | bases


def _names(metric: Metric) -> list[tuple[str, ...]]:
    return [phrase_key(name) for name in (metric.label, *metric.words.synonyms)]


def _words_of(metric: Metric) -> set[str]:
    return {word for words in _names(metric) for word in words}


def _hits(words: str, known: Known) -> list[ValueHit]:
    """The values that the words are, in full."""
    tokens = tokenize(words)
    return [hit for hit in known.values_named(tokens) if hit.how in _SURE and tuple(hit.span) == (0, len(tokens))]
