"""What things cost, said with a verb: "what did the incidents cost us" asks for the figure called "incident costs".

The figure is one that the catalog names: of what stands behind the amount ("cost more than $500 in postage"), of what the money
went into ("spent more than $500 on parts"), or of the things themselves. Where none or several are called so, the text stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.known_figures import Known, label_of_the_only
from agent.planners.embedded.reach import base_datasets
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, CatalogField, Dataset, FieldType, Metric
from catalog.plan import Plan
from semantic_context.words import phrase_key, tokenize

_BOUND = (
    r"(?P<bound>(?:more than|less than|over|under|above|below|at least|at most|upwards of|exceeding|between)\s+"
    r"[$€£]?\d[\d.,]*\s?(?:k|m|bn|thousand|million|%)?(?:\s+and\s+[$€£]?\d[\d.,]*\s?(?:k|m|bn|thousand|million)?)?"
    r"(?:\s?(?:euros?|dollars?|pounds?|francs?|eur|usd|gbp|chf|kr|zł|€|\$|£))?)"
)
_WORDS = (
    r"[^\W\d][\w'’-]*(?: (?!(?:in|on|by|per|for|from|since|during|last|this|between|and|or)\b)[^\W\d][\w'’-]*){0,3}"
)
_COST = r"(?:(?:have|has|had)\s+)?(?:cost|costs)(?:\s+us)?"
_COST_IN = re.compile(rf"\b{_COST}\s+{_BOUND}\s+(?:in|of|on)\s+(?P<figure>{_WORDS})", re.IGNORECASE)
_SPENT_ON = re.compile(
    rf"\b(?:(?:have|has|had)\s+)?(?:spent|spend|spends)\s+{_BOUND}\s+on\s+(?P<thing>{_WORDS})",
    re.IGNORECASE,
)
_THEY_COST = re.compile(
    rf"\b(?P<things>[^\W\d]\w+)\s+(?:that\s+|which\s+)?{_COST}\s+{_BOUND}(?!\s+(?:in|of|on|each|apiece|per)\s+[^\W\d])",
    re.IGNORECASE,
)
_WHAT_DID = re.compile(
    r"\b(?:what|how much)\s+(?:did|do|have|has)\s+(?:the\s+|our\s+|all\s+)?(?P<things>[^\W\d]\w+)\s+"
    r"(?:cost(?:\s+us)?|(?:charged?|billed?|invoiced?)\s+us|set\s+us\s+back)\b",
    re.IGNORECASE,
)
_EACH_COST = re.compile(
    r"\b(?:what|how much)\s+(?:(?:did|does|do|has|have)\s+)?(?:each|every)\s+(?:of\s+(?:the|our)\s+)?"
    r"(?P<thing>[^\W\d]\w+(?: [^\W\d]\w+)?)\s+costs?(?:\s+us)?\b(?!\s+per\b)",
    re.IGNORECASE,
)
_THING = (
    r"[^\W\d][\w'’&-]*(?: (?!(?:in|on|by|per|for|from|since|during|last|this|between|and|or|each|every|so|over|at|as|to|vs"
    r"|versus)\b)[^\W\d][\w'’&-]*){0,2}"
)
_WE_SPENT = re.compile(
    r"\b(?:what|how much)(?: money)? (?:(?:did|do|have|had) we|we(?: have|['’]ve)?) "
    r"(?:spend|spent|pay|paid|fork(?:ed)? out|shell(?:ed)? out|la(?:y|id) out) (?:on|for) (?:the |our )?"
    rf"(?P<thing>{_THING})(?:(?P<joint> (?:and|or|vs|versus)) (?:on|for) (?:the |our )?(?P<other>{_THING}))?",
    re.IGNORECASE,
)
_PRONOUNS = ("they", "these", "those", "it", "them")
_COUNTED = re.compile(r"\bhow many (?P<things>[^\W\d]\w+)\b", re.IGNORECASE)
_MAY_COST = re.compile(
    r"\b(?:costs?|(?:charged?|billed?|invoiced?) us|set us back|spen[dt]s?|pa(?:id|y)|(?:fork|shell|la(?:y|id))(?:ed)? out)\b",
    re.IGNORECASE,
)
_NAMED = ("name", "synonym")
_COST_WORDS = frozenset(("cost", "spend", "spending", "expense"))
_SAYS_LITTLE = frozenset(("total", "of", "on", "for", "the", "all"))
_NO_MONEY = ("count", "fraction", "ratio", "score")


def costs_of_things(text: str, known: Known, before: Plan | None) -> str:
    """The text with the figure in place of the verb; "they" are the things counted before, in the text or by a plan."""
    if not _MAY_COST.search(text):
        return text

    def cost_in(found: re.Match[str]) -> str:
        return f"had {found['bound']} in {found['figure']}" if known.is_figure(found["figure"]) else found[0]

    def spent_on(found: re.Match[str]) -> str:
        figure = label_of_the_only(_called(known.view, phrase_key(found["thing"])))
        return f"had {found['bound']} in {figure}" if figure is not None else found[0]

    def they_cost(found: re.Match[str]) -> str:
        datasets = known.datasets(found["things"])
        if not datasets and any(item.how in _NAMED for item in known.phrases.means(f"{found['things']} cost")):
            return found[0]  # "products with a unit cost above 50"
        priced = any(_has_a_price(field) for dataset in datasets for field in dataset.fields)
        figure = _cost_of(found["things"], datasets, found[0], known.view, own_rows=priced)
        return f"{found['things']} had {found['bound']} in {figure}" if figure is not None else found[0]

    def what_did(found: re.Match[str]) -> str:
        things = found["things"]
        pointed = things.casefold() in _PRONOUNS
        if pointed:
            counted = _COUNTED.search(text[: found.start()])
            things = counted["things"] if counted is not None else _counted_by(before, known.view)
        datasets, kind = known.datasets(things), ""
        if (
            not datasets
            and things
            and not pointed
            and label_of_the_only(_called(known.view, phrase_key(things))) is None
        ):  # "what did accidents cost us", of incidents that are accidents
            holding = {hit.reference.partition(".")[0] for hit in known.values_named(tokenize(things))}
            datasets, kind = tuple(known.view.datasets[name] for name in sorted(holding)), f" of {things}"
        figure = _cost_of(things, datasets, found[0], known.view, own_rows=pointed or bool(kind)) if things else None
        return f"what were the {figure}{kind}" if figure is not None else found[0]

    def each_costs(found: re.Match[str]) -> str:
        thing = found["thing"]
        figure = _cost_of(thing, known.datasets(thing), found[0], known.view, own_rows=False)
        figure = figure or _cost_by_field(thing, known)
        return f"{figure} by {thing}" if figure is not None else found[0]

    def we_spent(found: re.Match[str]) -> str:
        """What went into things that are one kind of those with a cost: electricians, of the subcontractors."""
        if not found["other"] and (plain := _called_spent_on(found["thing"], known)):
            return plain
        figures = [
            _spent_on(words, text[: found.start()], known) for words in (found["thing"], found["other"]) if words
        ]
        if None in figures or len(set(figures)) != 1:
            return found[0]
        named = [words for words in (found["thing"], found["other"]) if words and words.casefold() not in _PRONOUNS]
        joined = f"{found['joint']} of ".join(named) if len(named) == len(figures) else ""
        return f"{figures[0]} of {joined}" if joined else str(figures[0])

    steps = (
        (_WE_SPENT, we_spent),
        (_EACH_COST, each_costs),
        (_COST_IN, cost_in),
        (_SPENT_ON, spent_on),
        (_THEY_COST, they_cost),
        (_WHAT_DID, what_did),
    )
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return text


def _called_spent_on(thing: str, known: Known) -> str:
    """The figure that is called "spent on repairs", and which of them: of plumbing repairs, or of repairs of crashes."""
    words = thing.split()
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            name = f"spent on {' '.join(words[first : first + size])}"
            named = {item.name for item in known.phrases.means(name) if item.kind == "metric" and item.how in _NAMED}
            if len(named) == 1:
                which = [*words[:first], *words[first + size :]]
                if which and _is_one_value(thing, known):
                    which = words  # "spent on search ads": that is what they are called
                told = ["of", *which] if which and which[0] != "of" else which
                return " ".join((known.view.metrics[named.pop()].label, *told))
    return ""


def _is_one_value(words: str, known: Known) -> bool:
    """Whether all the words are the name of one value."""
    return any(hit.start == 0 and hit.end == len(words) for hit in known.values_named(tokenize(words)))


def _spent_on(thing: str, before: str, known: Known) -> str | None:
    """The one sum of a cost of the things, of those that are of the kind, or, for "them", of the last things named before."""
    datasets = known.datasets(thing)
    if thing.casefold() in _PRONOUNS:
        for token in reversed(tokenize(before)):
            kinds = {item.kind for item in known.phrases.means(token.folded) if item.how in _NAMED}
            if kinds & {"dataset", "field", "metric"}:
                return _cost_of(token.folded, known.datasets(token.folded), "us", known.view, own_rows=False)
        return None
    if not datasets and not any(known.phrases.means(word) for word in (thing, *thing.split()[-1:])):
        hits = [hit for hit in known.values_named(tokenize(thing)) if not _is_the_deed(thing, str(hit.value))]
        datasets = tuple(
            known.view.datasets[name] for name in sorted({hit.reference.partition(".")[0] for hit in hits})
        )
    return _cost_of(thing, datasets, "us", known.view, own_rows=False) if datasets else None


def _is_the_deed(thing: str, value: str) -> bool:
    """ "Shipping" is paid for; what is "shipped" is only another form of the word."""
    return thing.casefold().endswith("ing") and value.casefold() != thing.casefold()


def _counted_by(plan: Plan | None, view: CatalogView) -> str:
    """The things that the first figure of a plan counts; nothing where it counts none."""
    uses = plan.queries[0].query.metrics if plan is not None and plan.queries else ()
    counted = [name for name in view.datasets if uses and uses[0].metric in count_metrics(view, name)]
    return view.datasets[counted[0]].label if len(counted) == 1 else ""


def _cost_of(things: str, datasets: tuple[Dataset, ...], said: str, view: CatalogView, *, own_rows: bool) -> str | None:
    """The figure called the cost of things, by any of their names; where the cost is said to be ours, else the one sum of a
    cost that belongs to the things themselves, or to rows that are parts of them: the days of a campaign. With `own_rows` only
    one that each of the things has: products that cost so much may do so apiece, and "they" are those counted, no others."""
    own = {dataset.name for dataset in datasets}
    names = {things} | {
        name for dataset in datasets for name in (dataset.label, dataset.singular, *dataset.words.synonyms) if name
    }
    called = [metric for name in sorted(names) for metric in _called(view, phrase_key(name))]
    if not called and re.search(r"\bus\b", said, re.IGNORECASE):
        called = [metric for name in sorted(own) for metric in _sums_of_cost(view, name)]
    return label_of_the_only(metric for metric in called if not own_rows or base_datasets(view, metric.name) <= own)


def _cost_by_field(name: str, known: Known) -> str | None:
    """The figure called the cost of what a field's name begins with: of each promo code the promo cost, in its own rows."""
    named = {
        item.name.partition(".")[0] for item in known.phrases.means(name) if item.kind == "field" and item.how in _NAMED
    }
    words = phrase_key(name)
    if len(named) != 1 or len(words) < 2:
        return None
    return label_of_the_only(
        metric for metric in _called(known.view, words[:-1]) if named <= base_datasets(known.view, metric.name)
    )


def _has_a_price(field: CatalogField) -> bool:
    words = set(phrase_key(field.label)) | set(phrase_key(field.name))
    return field.type in (FieldType.INTEGER, FieldType.NUMBER) and bool(words & {*_COST_WORDS, "price"})


def _called(view: CatalogView, of: tuple[str, ...]) -> Iterator[Metric]:
    """The figures called the cost of something: "Parts spend", "cost of parts"."""
    for metric in view.metrics.values():
        for name in (metric.label, *metric.words.synonyms):
            words = set(phrase_key(name)) - _SAYS_LITTLE
            if words & _COST_WORDS and words - _COST_WORDS == set(of) - _SAYS_LITTLE:
                yield metric
                break


def _sums_of_cost(view: CatalogView, dataset: str) -> Iterator[Metric]:
    own = {dataset} | {
        way.from_dataset
        for way in view.whole.relationships
        if way.to_dataset == dataset
        and set(way.from_fields) < set(view.whole.dataset_by_name[way.from_dataset].primary_key)
    }
    for metric in view.metrics.values():
        is_sum = isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.SUM and metric.dataset in own
        words = {word for name in (metric.label, *metric.words.synonyms) for word in phrase_key(name)}
        if is_sum and metric.unit not in (None, *_NO_MONEY) and words & _COST_WORDS:
            yield metric
