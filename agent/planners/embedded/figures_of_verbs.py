"""Everyday verbs that ask for a kind of figure, whatever the catalog calls it: people join and leave, money comes back.

How many people joined the club in 2025, and how many quit?    how many New members in 2025, and how many Members lost
How much money did we hand back to customers in August?        what were the Refunds in August
What did it cost us to win a new customer?                     what was the Customer acquisition cost

A figure takes the verb's place only where it is the one of its kind; else the text stays, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.known_figures import (
    Known,
    figures_called,
    figures_of_money,
    is_of_money,
    label_of_the_only,
)
from agent.planners.embedded.reach import base_datasets
from catalog.models import Metric
from semantic_context.words import phrase_key, tokenize

_ENDS = (
    r"(?=\s*(?:[,.;?!)]|$)|\s+(?:in|on|at|for|during|over|since|by|per|each|every|last|this|between|from|until|and|to date"
    r"|so far|through|via|because|due to)\b)"
)
_OURS = (
    r"(?:us|(?:the|our) (?:club|company|business|firm|organi[sz]ation|team|service|programme|program|scheme|community))"
)
_PEOPLE = r"people|persons|folks|of them|users|members|customers|clients|employees|subscribers"
_THINGS = r"(?!(?:of|new|did|do|have|has|had|we|they)\b)[^\W\d]{3,}(?= (?:joined|left|quit) us\b)"
_JOINED = re.compile(
    rf"\b(?P<asks>how many)(?: (?:new )?(?P<who>{_PEOPLE}|{_THINGS}))? (?:have |has |had )?(?:(?:newly|freshly) )?"
    rf"(?:joined(?: {_OURS})?|signed up(?: (?:to|for|with) {_OURS})?|registered(?: with us)?|enroll?ed(?: with us)?"
    rf"|(?P<opened>opened an account)(?: with us)?|became (?:a )?members?){_ENDS}",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"\b(?P<asks>how many)(?: (?P<who>{_PEOPLE}|{_THINGS}))? (?:have |has |had )?"
    rf"(?P<did>quit|left|walked away|dropped out|jumped ship|resigned)(?: {_OURS})?{_ENDS}(?!\s+(?:at|over|on|to|in stock)\b)",
    re.IGNORECASE,
)
_LOST = re.compile(
    rf"\b(?P<asks>how many) (?P<who>{_PEOPLE}) (?:did|have|had) we (?P<did>lose|lost){_ENDS}", re.IGNORECASE
)
_WON = re.compile(
    rf"\b(?P<asks>how many)(?: new)? (?P<who>{_PEOPLE}) (?:did|have|had) we (?:win|won|gain|gained|take on|taken on|sign up"
    rf"|signed up|acquired?|add|added|pick up|picked up|bring in|brought in|recruit(?:ed)?|enroll?(?:ed)?|attract(?:ed)?){_ENDS}",
    re.IGNORECASE,
)
_LOST_THERE = re.compile(
    rf"\bhow many (?P<who>{_PEOPLE}|buyers|shoppers)(?P<where> (?:in|from) (?:the )?[^\W\d]+(?: [^\W\d]+)?)? "
    rf"(?P<did>(?:did|have|had) we (?:lose|lost))(?:{_ENDS}|(?= (?:today|now|right now)\b))",
    re.IGNORECASE,
)
_WELCOMED = re.compile(
    r"\b(?P<asks>how many) (?P<who>people|guests|visitors|persons) (?:did|do|have|had) we "
    rf"(?:welcome|welcomed|receive|received|host|hosted|greet|greeted|let in){_ENDS}",
    re.IGNORECASE,
)
_CAME = re.compile(
    rf"\b(?P<asks>how many) (?P<who>people|guests|visitors|persons) (?:have |has )?(?:came|come|visited us|walked in){_ENDS}",
    re.IGNORECASE,
)
# By what the rows may be told apart, as an aside: "(customer numbers are enough)".
_ENOUGH = re.compile(
    r"(?:\s*\(|\s*[,;–-]\s+)(?:just |only )?(?:the |their )?(?P<thing>[^\W\d]+(?: [^\W\d]+)?) (?:names?|numbers?|ids?|codes?) "
    r"(?:is|are|will be|would be) (?:enough|sufficient|fine|ok|okay|plenty)(?: for me| for now)?\)?(?=\s*(?:[.?!,;]|$))",
    re.IGNORECASE,
)
# "How many joined in 2025, and how many left": two figures of one time.
_BOTH = re.compile(
    r"\bhow many (?P<one>[^,?.!]+?)(?P<when> (?:in|since|during|last|this) [^,?.!]+?)?,? (?:and|but) how many (?P<other>[^,?.!]+)",
    re.IGNORECASE,
)
_JOINING = frozenset("joiner signup registration enrolment enrollment newcomer starter".split())
_NEW = frozenset("joiner newcomer acquisition".split())
_LEAVING = frozenset("leaver departure exit churn churner".split())
_RESIGNING = frozenset(("resignation", "quitter"))
_VISITING = frozenset("visitor guest footfall attendance admission".split())
_SAYS_LITTLE = frozenset("of the number total all who up with club to amount value given paid out made issued".split())

_GAVE_BACK = re.compile(
    r"\b(?:how much(?: money| cash)?|what) (?:(?:did|do|have|had) we|we(?: have|['’]ve)?) (?:have to )?"
    r"(?:hand|handed|give|gave|given|pay|paid) (?:(?:any|the) money )?back"
    r"(?: to (?:our |the )?(?:customers|clients|shoppers|buyers|guests|people|members|users))?\b"
    r"(?! (?:on|of) (?:the )?(?:loan|debt|credit))",
    re.IGNORECASE,
)
# What was given back the most for, and what something cost the most in.
_GAVE_BACK_MOST = re.compile(
    r"\b(?P<did>did |(?:that |which )?)we (?:hand|handed|give|gave|pay|paid) back (?:the )?(?P<most>most|least)"
    r"(?: (?:money|cash))?(?: (?:for|on))?(?! of\b)",
    re.IGNORECASE,
)
_COST_MOST = re.compile(
    r"\b(?:(?:has|have|had) )?costs? us (?:the )?(?P<most>most|least)(?: money)?(?: in)? "
    rf"(?P<figure>[^\W\d][\w'’&-]*(?: [^\W\d][\w'’&-]*)?){_ENDS}",
    re.IGNORECASE,
)
_BACK = frozenset("refund reimbursement refunded reimbursed".split())

_COST_US_IN = re.compile(
    r"\b(?:what|how much) (?:did|do|does|have|has) (?:the |our |all )?(?P<things>[^\W\d][\w'’&-]*(?: [^\W\d][\w'’&-]*)?) cost"
    rf"(?: us)? in (?P<figure>[^\W\d][\w'’&-]*(?: [^\W\d][\w'’&-]*)?){_ENDS}",
    re.IGNORECASE,
)
_COST_TO_WIN = re.compile(
    r"\b(?:(?:what|how much) (?:did|does|do|has|have) it (?:cost|take)|(?:what|how much) it costs?)(?: us| to us)? to "
    r"(?:win|acquire|get|gain|land|attract|sign up|bring in|recruit) (?:one|an?|each|every)(?: single)?(?: new)? "
    r"(?P<thing>[^\W\d]+)",
    re.IGNORECASE,
)
_COST_OF_WINNING = re.compile(
    r"\b(?:the |our )?cost of (?:winning|acquiring|getting|gaining|landing|attracting|signing up|recruiting)"
    r"(?: one| an?| each| every)?(?: single)?(?: new)? (?P<thing>[^\W\d]+)",
    re.IGNORECASE,
)
_SOLD_FOR = re.compile(
    r"\bwhat (?:did|do|have) we (?:sell|sold) for(?=\s+(?:in|on|at|during|over|last|this|since)\b|\s*\?)", re.IGNORECASE
)
_RANG_UP = re.compile(
    r"\bwhat (?:did|do|have) (?P<who>[^,.?!]{2,30}?) (?:ring up|rung up|rake in|raked in|take in|taken in)"
    rf"{_ENDS}",
    re.IGNORECASE,
)
_RANG_UP_MOST = re.compile(
    rf"\b(?:rang up|rung up|raked in|took in|take in|ring up|rake in) the (?P<most>most|least)(?: money)?{_ENDS}",
    re.IGNORECASE,
)
_BROUGHT_IN = re.compile(
    r"\bwhat (?:did|do|does|have|has) (?P<who>[^,.?!]{2,30}?) (?:bring in|brought in|earn|earned|make|made|take in) "
    r"(?:with|from|through|in|by way of) (?:the |our )?(?P<figure>[^\W\d][\w'’&-]*(?: [^\W\d][\w'’&-]*){0,3}?)"
    rf"{_ENDS}",
    re.IGNORECASE,
)
_TYPICAL = re.compile(
    r"\b(?:what|how much) (?:does|did|do|would|is|was) (?:an?|the|our) (?:typical|average|usual|mean|normal) "
    r"(?P<thing>[^\W\d]+(?: [^\W\d]+){0,2}?) (?:come to|amount to|run to|work out at|worth|cost)(?P<rest>,? on average,?)?"
    rf"{_ENDS}",
    re.IGNORECASE,
)


def figures_of_verbs(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one is of that kind."""

    def joined(found: re.Match[str]) -> str:
        if found["opened"] and any("account" in phrase_key(item.singular or "") for item in known.datasets("account")):
            return found[0]  # where accounts are things of their own, someone may have two
        return _people(found, known, _JOINING, ("new",))

    def won(found: re.Match[str]) -> str:
        nouns = _JOINING if re.search(r"\b(?:sign|signed|enrol)", found[0], re.IGNORECASE) else _NEW
        return _people(found, known, nouns, ("new",))

    def left(found: re.Match[str]) -> str:
        if found["did"].casefold() == "resigned":
            return _people(found, known, _RESIGNING, ())
        nouns = _LEAVING | _RESIGNING if found["did"].casefold() == "quit" else _LEAVING
        return _people(found, known, nouns, ("lost", "churned"))

    def lost_there(found: re.Match[str]) -> str:
        """Where those are that were lost behind the verb, and those who buy by the plain name of such things."""
        who = found["who"]
        if who.casefold() in ("buyers", "shoppers"):
            things = known.datasets(who)
            who = things[0].label.lower() if len(things) == 1 else who
        return f"how many {who} {found['did']}{found['where'] or ''}"

    def welcomed(found: re.Match[str]) -> str:
        return _people(found, known, _VISITING, ())

    def gave_back(found: re.Match[str]) -> str:
        figure = label_of_the_only(metric for metric in figures_of_money(known) if _is_called(metric, _BACK))
        return f"what were the {figure}" if figure else found[0]

    def gave_back_most(found: re.Match[str]) -> str:
        figure = label_of_the_only(metric for metric in figures_of_money(known) if _is_called(metric, _BACK))
        most = "highest" if found["most"].casefold() == "most" else "lowest"
        having = "had" if found["did"].casefold() == "did " else "with"
        return f"{having} the {most} {figure}" if figure else found[0]

    def cost_most(found: re.Match[str]) -> str:
        name = re.sub(r" (?:money|costs?)$", "", found["figure"], flags=re.IGNORECASE)
        named = figures_called(known, (found["figure"], name, f"{name}s"))
        figure = label_of_the_only(metric for metric in named if is_of_money(metric))
        most = "highest" if found["most"].casefold() == "most" else "lowest"
        return f"had the {most} {figure}" if figure else found[0]

    def cost_us_in(found: re.Match[str]) -> str:
        figure = found["figure"]
        return f"what were the {figure} of {found['things']}" if known.is_figure(figure) else found[0]

    def acquisition_cost(thing: str) -> str | None:
        names = (
            f"{thing} acquisition cost",
            f"cost per new {thing}",
            f"cost per {thing}",
            f"acquisition cost per {thing}",
        )
        return label_of_the_only(figures_called(known, names))

    def cost_to_win(found: re.Match[str]) -> str:
        figure = acquisition_cost(found["thing"])
        return f"what was the {figure}" if figure else found[0]

    def cost_of_winning(found: re.Match[str]) -> str:
        return acquisition_cost(tokenize(found["thing"])[0].base) or found[0]

    def sold_for(found: re.Match[str]) -> str:
        figure, who = _takings(known), found.groupdict().get("who", "we")
        return f"what were the {figure}{'' if who == 'we' else f' of {who}'}" if figure else found[0]

    def rang_up_most(found: re.Match[str]) -> str:
        figure = _takings(known)
        most = "highest" if found["most"].casefold() == "most" else "lowest"
        return f"had the {most} {figure}" if figure else found[0]

    def brought_in(found: re.Match[str]) -> str:
        words = found["figure"].split()
        for first in range(len(words)):
            if any(is_of_money(metric) for metric in figures_called(known, (" ".join(words[first:]),))):
                who = "" if found["who"].casefold() == "we" else f" of {found['who']}"
                return f"what were the {' '.join(words)}{who}"
        return found[0]

    def typical(found: re.Match[str]) -> str:
        words = found["thing"].split()
        for first in range(len(words)):
            thing = " ".join(words[first:])
            called = {thing} | {
                name for item in known.datasets(thing) for name in (item.singular, *item.words.synonyms) if name
            }
            names = [
                form
                for name in sorted(called)
                for form in (
                    f"average {name} value",
                    f"average {name} amount",
                    f"average {name}",
                    f"average {name} size",
                )
            ]
            figure = label_of_the_only(metric for metric in figures_called(known, names) if is_of_money(metric))
            if figure:
                wholly = (place for place in range(first) if known.datasets(" ".join(words[place:])))
                told = words[: next(wholly, first)]  # "steel" of "steel purchase order", whose orders are meant
                return " ".join(("what was the", figure, *(("of", *told) if told else ())))
        return found[0]

    steps = (
        (_JOINED, joined),
        (_WON, won),
        (_LEFT, left),
        (_LOST_THERE, lost_there),
        (_LOST, left),
        (_WELCOMED, welcomed),
        (_CAME, welcomed),
        (_GAVE_BACK_MOST, gave_back_most),
        (_GAVE_BACK, gave_back),
        (_COST_MOST, cost_most),
        (_COST_US_IN, cost_us_in),
        (_COST_TO_WIN, cost_to_win),
        (_COST_OF_WINNING, cost_of_winning),
        (_SOLD_FOR, sold_for),
        (_RANG_UP, sold_for),
        (_RANG_UP_MOST, rang_up_most),
        (_BROUGHT_IN, brought_in),
        (_TYPICAL, typical),
    )
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    text = _ENOUGH.sub(lambda found: "" if known.datasets(found["thing"]) else found[0], text)
    return _BOTH.sub(lambda found: _side_by_side(found, known), text)


def _takings(known: Known) -> str | None:
    """The one figure of what is sold, by the first of its names that any figure of money has."""
    for name in ("takings", "sales", "revenue", "turnover"):
        if metrics := [metric for metric in figures_called(known, (name,)) if is_of_money(metric)]:
            return label_of_the_only(metrics)
    return None


def _side_by_side(found: re.Match[str], known: Known) -> str:
    """Two figures in one question, of which only the first has the time said with it."""
    if not all(known.is_figure(found[side]) for side in ("one", "other")):
        return found[0]
    return f"how many {found['one']} and {found['other']}{found['when'] or ''}"


def _people(found: re.Match[str], known: Known, nouns: frozenset[str], turned: tuple[str, ...]) -> str:
    """Of people who joined or left: the one number that is called so, of the things that are said, where any are."""
    who = (found["who"] or "").casefold()
    named_things = known.datasets(who) if who else ()
    things = {item.name for item in named_things}
    if found.re in (_JOINED, _LEFT) and who and not things and who not in _PEOPLE.split("|"):
        return found[0]  # things that nothing is known of
    own = {
        word
        for item in (named_things if who not in _PEOPLE.split("|") else ())
        for name in (item.singular, item.label, *item.words.synonyms)
        for word in phrase_key(name)
    }
    figures = []
    for metric in known.view.metrics.values():
        if metric.unit != "count" or metric.is_state or not _is_called(metric, nouns, turned, own):
            continue
        bases = base_datasets(known.view, metric.name)
        counted = {name for name in things if metric.name in count_metrics(known.view, name)}
        named = set(phrase_key(who)) & {word for name in _names(metric) for word in phrase_key(name)}
        if not things or things & bases or counted or named:
            figures.append(metric)
    figure = label_of_the_only(figures)
    return f"{found['asks']} {figure}" if figure else found[0]


def _names(metric: Metric) -> tuple[str, ...]:
    return (metric.label, *metric.words.synonyms)


def _is_called(
    metric: Metric, nouns: frozenset[str], turned: tuple[str, ...] = (), own: Set[str] = frozenset()
) -> bool:
    """Whether some name is nothing but one of the nouns, of the things by a name of their own; or people, by a plain noun, behind
    the word that turns it."""
    for name in _names(metric):
        words = ["signup" if word == "sign" else word for word in phrase_key(name)]
        told = [word for word in words if word not in _SAYS_LITTLE and word not in own]
        if told and set(told) <= nouns:
            return True
    return any(word in turned for name in (_names(metric) if own else (metric.label,)) for word in _turning(name, own))


def _turning(name: str, own: Set[str]) -> Iterable[str]:
    """The words of a name of two that says which people: "New members", "Members lost"."""
    words = [token.folded for token in tokenize(name)]
    people = {*_PEOPLE.replace("of them|", "").split("|"), "hires", "supporters", "volunteers", "patients", "donors"}
    of_things = len(words) > 1 and bool(own & {*phrase_key(words[0]), *phrase_key(words[-1])})
    return words if of_things or (len(words) == 2 and people & set(words)) else ()
