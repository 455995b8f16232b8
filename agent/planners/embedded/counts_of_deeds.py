"""What was done to things, counted: the figure that is named by the deed, of the things that are said by a value of theirs.

How many season passes did we sell in May?         how many Passes sold of season passes in May
How many vans did Reading sell in April?           how many Vehicles sold of vans of Reading in April
How many EVs did business customers get from us?   how many Vehicles sold of EVs of business customers
How many books did each imprint publish?           how many Titles published by imprint
How many pairs of shoes did we sell?               how many Units sold of shoes
How many hours did people watch last month?        how many Watch hours last month
How many orders did each shipper carry?            how many orders by shipper
Which site sold the most EVs?                      which site had the most Vehicles sold of EVs
The two best-selling models in each region         the two models with the most Vehicles sold in each region

The figure must be the one that is called by the deed and by the things that the value is of: what is told by a plan is no
number of seats. Else the text stays, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent.planners.embedded.counts import counted_thing
from agent.planners.embedded.known_figures import Known, figures_called, label_of_the_only
from agent.planners.embedded.members.verbs import stem_of
from agent.planners.embedded.reach import base_datasets, pointed_at, pointers_between
from catalog.models import AggregateMetric, Aggregation, Metric
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import split_route
from semantic_context.words import Token, phrase_key, tokenize

_ENDS = (
    r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|on|at(?! least| most)|for|to(?= \w)|during|over|since|by|per|each|every|last|this|between|from"
    r"|until|so far|yesterday|today|via|through|with|across|within|before|after)\b)"
)
_ASKS = r"(?P<asks>how many|(?:the )?(?:total )?number of)"
_THING = r"(?P<thing>[^?.!;:]{2,60}?)"
_WORDS = r"[^\W\d]+(?:[ -][^\W\d]+){0,2}?"
_DID_THEY = re.compile(
    rf"\b{_ASKS} {_THING} (?:did|do|does|have|has|had) (?P<who>[^?.!;:,]{{2,40}}?) (?:have )?(?P<verb>[^\W\d]{{3,}})"
    rf"(?P<us> from us| with us)?{_ENDS}",
    re.IGNORECASE,
)
_WAS_DONE = re.compile(
    rf"\b{_ASKS} {_THING} (?:were|was|have been|has been|had been|got) (?P<verb>[^\W\d]{{3,}}){_ENDS}", re.IGNORECASE
)
_ALL_DID = re.compile(
    rf"\b{_ASKS} {_THING} (?:did|do|have|had) (?:all )?(?:the|our) (?P<who>{_WORDS}) (?:make|made|do|done|carry out|carried out"
    rf"|completed?|performe?d?|handled?){_ENDS}",
    re.IGNORECASE,
)
_SOLD = re.compile(rf"\b{_ASKS} {_THING} (?P<verb>sold){_ENDS}", re.IGNORECASE)
_SOLD_MOST = re.compile(
    rf"\b(?P<asks>which|what) (?P<of>{_WORDS}) (?:has |have |had )?(?P<verb>sold|sells|sell) (?:the )?(?P<most>most|fewest|least) "
    rf"(?P<thing>[^?.!;:,]{{2,40}}?){_ENDS}",
    re.IGNORECASE,
)
_SOLD_BEST = re.compile(
    rf"\b(?P<asks>which|what) (?P<of>{_WORDS}) (?:has |have |had )?(?P<verb>sold|sells|sell) (?:the )?(?P<most>best|most|worst"
    rf"|least){_ENDS}",
    re.IGNORECASE,
)
_BEST_SELLING = re.compile(
    rf"\b(?P<most>best|top|worst|most|least)[- ](?P<verb>selling|sold) (?P<of>{_WORDS}){_ENDS}", re.IGNORECASE
)
_JOINED_AS = re.compile(
    r"\bhow many (?:(?:new )?(?:people|persons|individuals|customers|clients|users) )?(?:(?:have|has|had|did) )?(?:we )?"
    r"(?:signed? up|registered|enroll?ed|joined)(?: (?:with|for) us| us)? as (?:an? |new )?(?P<things>[^\W\d]+)(?: with us)?"
    rf"{_ENDS}",
    re.IGNORECASE,
)
# What those who are pointed at do with things, whatever the things are.
_HANDLED = re.compile(
    r"\b(?P<asks>how many) (?P<thing>[^\W\d]+(?: [^\W\d]+)?) (?:did|do|does|has|have) (?:each|every)(?: of (?:the|our))? "
    r"(?P<who>[^\W\d]+(?: [^\W\d]+)?) (?:carry out|carry|carried|handled?|process(?:ed)?|transport(?:ed)?|look(?:ed)? after"
    rf"|deal(?:t)? with|takes? care of|work(?:ed)? on){_ENDS}",
    re.IGNORECASE,
)
# For whom it was done: each of them once, by the figure that counts them in the very rows of the deed.
_DONE_FOR = re.compile(
    r"\bhow many (?:different |distinct |unique )?(?P<things>[^\W\d]+) (?:did|have|had) we (?P<verb>[^\W\d]{3,}) "
    rf"(?:the |their |any )?(?P<what>[^\W\d]+) (?:for|at|from){_ENDS}",
    re.IGNORECASE,
)
# Papers come to be by being written.
_WROTE = re.compile(
    r"\b(?P<asks>how many) (?P<thing>(?:[^\W\d]+ )?(?:invoices|bills|quotes|quotations|prescriptions|reports|statements)) "
    rf"(?:did|have|had) we (?:write|written|issued?|drawn? up|make out|made out){_ENDS}",
    re.IGNORECASE,
)
_SO_MANY = re.compile(r"^(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) ", re.IGNORECASE)
_EACH = re.compile(r"(?:each|every)(?: of (?:the|our))? (?P<who>.+)", re.IGNORECASE)
_DIFFERENT = re.compile(r"^(?:different|distinct|unique) ", re.IGNORECASE)
_HOW_MANY_DIFFERENT = re.compile(
    r"\b(?P<asks>how many|number of) (?:different|distinct|unique) (?P<things>[^\W\d]+)"
    r"(?= (?:had|have|has|were having|were|was|are|in)\b)",
    re.IGNORECASE,
)
_PIECES_OF = re.compile(r"^(?:pieces|pairs|units|items|articles) of (?:the |our )?", re.IGNORECASE)
_BY_PIECES = re.compile(
    r",? (?:counted )?(?:by|in) (?:the )?(?:number of )?(?:pieces|units|items|articles)(?: sold)?(?=\s*(?:[,.;?!]|$))",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?:at|more|less|fewer|an?|one|no|any|some|over|under|only|just|exactly|between|up|\d[\d.,]*)\b", re.IGNORECASE
)
_LOW = frozenset(("worst", "least", "fewest"))
_BUYS = frozenset(("buy", "purchase"))
_GETS = frozenset(("get", "take", "have", "receive"))
_OURSELVES = frozenset("we us they i you".split())
_BUYERS = frozenset("customer client buyer shopper consumer".split())
_ANYBODY = frozenset("people customers users viewers readers listeners members guests visitors players".split())
# Words that one and the same number of goods is called by.
_PIECES = frozenset("unit item piece article pair".split())
_SEEN = ("seen", "see")  # no verb form elsewhere, where "see" asks to be shown
# What is measured, not counted.
_MEASURES = frozenset(
    "hour minute day kilometer mile liter hectoliter ton tonne kilo kilogram kilometre litre hectolitre".split()
)
# Words that things of any kind are counted by.
PLAIN_NOUNS = frozenset("unit copy item piece product article".split())
_COUNTING = frozenset(("number", "total", "count", "of", "all"))
_JOINTS = frozenset(
    ("and", "or", ",", "&", "the", "our", "other", "than", "except", "excluding", "not", "both", "either")
)
SURE = frozenset(("exact", "synonym", "group", "labelled", "inflection"))


@dataclass(frozen=True)
class Deed:
    """A count that is named by what was done, and by to what: "vehicles sold"."""

    metric: Metric
    nouns: frozenset[str]


def counts_of_deeds(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one is of such things."""

    def done(found: re.Match[str]) -> str:
        parts = found.groupdict()
        who = parts.get("who") or "we"
        if who.casefold() == "they" or _HELD.match(who):
            return found[0]  # those of the question before; "how many customers have at least one order"
        deeds = deeds_of(known, _verb_of(found["verb"], who, bool(parts.get("us"))))
        thing = _DIFFERENT.sub("", found["thing"]) if who.casefold() in _OURSELVES else found["thing"]
        if thing != found["thing"]:  # what is counted once however often it comes
            deeds = [deed for deed in deeds if _is_distinct(deed.metric)]
        measured = phrase_key(thing)[-1:] if len(phrase_key(thing)) == 1 else ()
        is_measure = bool(set(measured) & _MEASURES)
        plain = who.casefold() in _OURSELVES or (is_measure and who.casefold() in _ANYBODY)
        called = {metric.name for metric in figures_called(known, (thing,))}
        if plain and len(called) == 1 and called & {deed.metric.name for deed in deeds}:
            return f"{found['asks']} {thing}"  # "licences" sold, where the seats sold are called so
        told = {deed.metric.name: (deed, rest) for deed in deeds if (rest := told_by_values(thing, deed, known))}
        if not told and (not plain or is_measure):
            told = {deed.metric.name: (deed, "") for deed in deeds if names_it(thing, deed)}
        if len(told) != 1:
            return found[0]
        ((deed, rest),) = told.values()
        each = _EACH.fullmatch(who)
        if not plain and not _may_have_done_it(each["who"] if each else who, stem_of(found["verb"]), deed, known):
            return found[0]
        by = f" by {each['who']}" if each else "" if plain else f" of {who}"
        return f"{found['asks']} {deed.metric.label}" + (f" of {rest}" if rest else "") + by

    def sold_most(found: re.Match[str]) -> str:
        told = {
            deed.metric.name: (deed, rest)
            for deed in deeds_of(known, "sell")
            if is_told_by(found["of"], deed, known)
            if (rest := told_by_values(found["thing"], deed, known)) or names_it(found["thing"], deed)
        }
        if len(told) != 1:
            return found[0]
        ((deed, rest),) = told.values()
        most = f"{found['asks']} {found['of']} had the {_most(found['most'])} {deed.metric.label}"
        return most + (f" of {rest}" if rest else "")

    def of_what_sold_best(found: re.Match[str]) -> str | None:
        if any(item.kind == "metric" for item in known.phrases.means(found["verb"])):
            return None
        figures = {deed.metric.label for deed in deeds_of(known, "sell") if is_told_by(found["of"], deed, known)}
        return f"{_most(found['most'])} {figures.pop()}" if len(figures) == 1 else None

    def sold_best(found: re.Match[str]) -> str:
        most = of_what_sold_best(found)
        return f"{found['asks']} {found['of']} had the {most}" if most else found[0]

    def best_selling(found: re.Match[str]) -> str:
        most = of_what_sold_best(found)
        return f"{found['of']} with the {most}" if most else found[0]

    if _BEST_SELLING.search(text) and any(deed.nouns & _PIECES for deed in deeds_of(known, "sell")):
        text = _BY_PIECES.sub("", text)
    text = _HOW_MANY_DIFFERENT.sub(lambda found: _counted_once(found, known), text)
    text = _DONE_FOR.sub(lambda found: _done_for(found, known), text)
    text = _HANDLED.sub(lambda found: _handled(found, known), text)
    text = _WROTE.sub(
        lambda found: f"{found['asks']} {found['thing']}" if known.datasets(found["thing"]) else found[0], text
    )
    text = _JOINED_AS.sub(lambda found: _joined_as(found, known), text)
    text = _ALL_DID.sub(lambda found: _done_by_all(found, known), text)
    for pattern in (_DID_THEY, _WAS_DONE, _SOLD):
        text = pattern.sub(done, text)
    return _BEST_SELLING.sub(best_selling, _SOLD_BEST.sub(sold_best, _SOLD_MOST.sub(sold_most, text)))


def _joined_as(found: re.Match[str], known: Known) -> str:
    """ "How many people have signed up with us as patients": the one count of new patients."""
    things = found["things"]
    called = figures_called(known, (f"new {things}", f"{things} joined", f"{things} registered", f"{things} enrolled"))
    figure = label_of_the_only(metric for metric in called if metric.unit == "count")
    return f"how many {figure}" if figure is not None else found[0]


def _done_by_all(found: re.Match[str], known: Known) -> str:
    """ "How many visits did the technicians make": all of them together, where each visit is told by its technician."""
    figures = figures_called(known, (found["thing"],))
    whose = {
        split_route(item.name)[0].partition(".")[0]
        for item in known.phrases.means(found["who"])
        if item.kind == "field"
    }
    rows = [base_datasets(known.view, metric.name) for metric in figures]
    plural = found["who"].casefold().endswith("s")
    is_value = any(hit.how in SURE for hit in known.values_named(tokenize(found["who"])))  # the stores, not the app
    told = bool(rows) and plural and not is_value and all(bases & whose for bases in rows)
    return f"{found['asks']} {found['thing']}" if told else found[0]


def _handled(found: re.Match[str], known: Known) -> str:
    """ "How many orders did each shipper carry": the orders by the one way that they point at a shipper."""
    things, whom = known.datasets(found["thing"]), known.datasets(found["who"])
    if len(things) != 1 or len(whom) != 1 or len(pointers_between(known.view, things[0].name, whom[0].name)) != 1:
        return found[0]
    return f"{found['asks']} {found['thing']} by {found['who']}"


def _counted_once(found: re.Match[str], known: Known) -> str:
    """ "How many different suppliers had shipments", where the figure of suppliers counts each of them once."""
    called = figures_called(known, (found["things"], f"{found['things']}s"))
    once = len(called) == 1 and _is_distinct(called[0])
    return f"{found['asks']} {found['things']}" if once else found[0]


def _done_for(found: re.Match[str], known: Known) -> str:
    """ "How many customers did we empty bins for": those who are counted once over the rows that the bins emptied are of."""
    whom = {item.name for item in known.datasets(found["things"])}
    deeds = [deed for deed in deeds_of(known, stem_of(found["verb"])) if names_it(found["what"], deed)]
    if len(deeds) != 1 or len(whom) != 1 or not isinstance(deeds[0].metric, AggregateMetric):
        return found[0]
    done = deeds[0].metric
    figure = label_of_the_only(
        metric
        for metric in known.view.metrics.values()
        if isinstance(metric, AggregateMetric)
        and counted_thing(known.view, metric.name) in whom
        and (metric.dataset, metric.filter) == (done.dataset, done.filter)
    )
    return f"how many {figure}" if figure else found[0]


def _is_distinct(metric: Metric) -> bool:
    return isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT_DISTINCT


def _most(word: str) -> str:
    return "fewest" if word.casefold() in _LOW else "most"


def _verb_of(verb: str, who: str, from_us: bool) -> str:
    """The stem of the verb on our side: what customers buy or get from us is sold."""
    stem = stem_of(verb)
    by_others = not _OURSELVES & {token.folded for token in tokenize(who)}
    return "sell" if by_others and (stem in _BUYS or (stem in _GETS and from_us)) else stem


def deeds_of(known: Known, stem: str) -> list[Deed]:
    """The counts that are called by a verb's participle and what it was done to: "vehicles sold", "refunded passes"."""
    return [
        Deed(metric, nouns)
        for metric in known.view.metrics.values()
        if (nouns := frozenset(_nouns(stem, (metric.label, metric.name, *metric.words.synonyms))))
        and (metric.unit == "count" or (nouns & _MEASURES and metric.unit not in ("fraction", "ratio", "score")))
    ]


def _nouns(stem: str, names: Iterable[str]) -> Iterable[str]:
    for name in names:
        words = [token for token in tokenize(name) if token.is_word and token.folded not in _COUNTING]
        if len(words) != 2:
            continue
        for verb, noun in (words, reversed(words)):
            if (
                is_participle(verb)
                and (stem_of(verb.folded) == stem or (verb.folded, stem) == _SEEN)
                and noun.base != noun.folded
            ):
                yield noun.base


def is_participle(token: Token) -> bool:
    return token.folded.endswith("ed") or token.folded in IRREGULAR_VERBS or token.folded == _SEEN[0]


def told_by_values(thing: str, deed: Deed, known: Known) -> str:
    """What says which of the figure's things are meant, by values of theirs and nothing else; empty where something else does."""
    if deed.nouns & _PIECES:
        thing = _PIECES_OF.sub("", thing)
    tokens = tokenize(thing)
    covered: set[int] = set()
    for hit in known.values_named(tokens):
        if hit.how in SURE and hit.dataset in _owners(deed, known):
            covered.update(range(*hit.span))
    names = {place for place, token in enumerate(tokens) if token.base in deed.nouns}
    left = [token for place, token in enumerate(tokens) if place not in covered | names and token.folded not in _JOINTS]
    if left or not covered - names:
        return ""
    return re.sub(r"^(?:the |our )+", "", _without_head(thing, tokens, covered, names), flags=re.IGNORECASE)


def _without_head(thing: str, tokens: tuple[Token, ...], covered: set[int], names: set[int]) -> str:
    """ "Vehicles other than vans": what stands behind the figure's own noun."""
    first = min(names, default=-1)
    return thing[tokens[first].end :].strip() if first == 0 and 0 not in covered and len(tokens) > 1 else thing


def names_it(thing: str, deed: Deed) -> bool:
    """Whether the things are called as in the figure's name, and nothing more."""
    words = [token for token in tokenize(thing) if token.folded not in ("the", "our")]
    if len(words) == 1 and words[0].base in _PIECES and deed.nouns & _PIECES:
        return True
    return len(words) == 1 and words[0].base in deed.nouns


def _owners(deed: Deed, known: Known) -> frozenset[str]:
    """The datasets whose values tell the things of a deed apart: those that its nouns name, any where it counts plain units."""
    reached = pointed_at(known.view, base_datasets(known.view, deed.metric.name))
    named = frozenset(
        name
        for name in reached
        if (item := known.view.datasets.get(name)) is not None
        and any(set(phrase_key(words)[-1:]) & deed.nouns for words in (item.singular, item.label, *item.words.synonyms))
    )
    return named or (reached if deed.nouns & PLAIN_NOUNS else frozenset())


def is_told_by(words: str, deed: Deed, known: Known) -> bool:
    """Whether words name a field or things that the figure can be told by."""
    reached = pointed_at(known.view, base_datasets(known.view, deed.metric.name))
    for item in known.phrases.means(_SO_MANY.sub("", words)):
        name = split_route(item.name)[0].partition(".")[0] if item.kind == "field" else item.name
        if item.kind in ("field", "dataset") and item.how in ("name", "synonym") and name in reached:
            return True
    return False


def _may_have_done_it(who: str, stem: str, deed: Deed, known: Known) -> bool:
    """Whether who did it is known, and is no customer where we are the ones who sell."""
    tokens = tokenize(who)
    if stem == "sell" and _BUYERS & {token.base for token in tokens}:
        return False
    reached = pointed_at(known.view, base_datasets(known.view, deed.metric.name))
    valued = any(hit.how in SURE and hit.dataset in reached for hit in known.values_named(tokens))
    bare = " ".join(token.text for token in tokens if token.folded not in ("our", "the", "all"))
    return valued or is_told_by(bare, deed, known)
