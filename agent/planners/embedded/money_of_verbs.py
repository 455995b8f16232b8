"""Money asked for with a verb: the figure of money that the verb and what stands with it are the name of.

How much did we bill in June?                      the Fees invoiced, also called billed
What came in from instrument hire in 2025?         the Rental income, also called hire income
What did an hour of teaching bring in?             the Fees per teaching hour
What do we owe every distributor?                  the Film rental, also called owed to distributors, by distributor

Where none or several are called so the money is still asked for, by name, so that no number of things answers for it.
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
from catalog.models import Direction, Metric
from semantic_context.words import tokenize, verb_stem

_ENDS = (
    r"(?=\s*(?:[,.;?!)]|$)|\s+(?:in|on|at|for|during|over|since|by|per|each|every|last|this|between|from|until|and|vs|versus"
    r"|so far|to date|with|against|compared)\b)"
)
_THING = (
    r"[^\W\d][\w'’&-]*(?: (?!(?:in|on|at|by|per|for|from|since|during|last|this|between|and|or|each|every|so|over|to|vs"
    r"|with|month|quarter|week|year|day|through)\b)[^\W\d][\w'’&-]*){0,3}"
)
_CAME_IN = re.compile(
    r"\b(?:what|how much)(?: money| cash)? (?:(?:has |have )?(?:came|come|flowed) (?:in|to us)"
    r"|(?:was|is|has been) (?:brought in|earned|made)"
    r"|(?:did|do|have) we (?:earn|earned|bring in|brought in|take in|make|made)) (?:from|through|by|via|with) (?:the |our )?"
    rf"(?P<thing>{_THING})",
    re.IGNORECASE,
)
_ONE_BRINGS = re.compile(
    r"\b(?:what|how much)(?: money)? (?:does|did|do) (?:an?|one|each|every|the average|an average) "
    r"(?P<thing>[^\W\d]+(?: [^\W\d]+)?)"
    r"(?: of (?P<of>[^\W\d]+))? (?P<did>bring in|bring us|bring|earn|yield|make|fetch|cost)(?: us)?(?: in)?(?: on average)?"
    rf"{_ENDS}",
    re.IGNORECASE,
)
_WE_DID = re.compile(
    r"\b(?:how much|what)(?: money)? (?:(?:did|have|do) we|we(?: have|['’]ve)?) (?P<did>[^\W\d]{4,})"
    rf"{_ENDS}",
    re.IGNORECASE,
)
_WE_DID_MORE = re.compile(
    rf"\bhow much (?P<more>more|less)(?: money)? did we (?P<did>[^\W\d]{{4,}}){_ENDS}",
    re.IGNORECASE,
)
_WE_DID_MOST = re.compile(
    r"\bdid we (?P<did>[^\W\d]{4,}) (?:the )?(?P<most>most|least)(?: money)?(?=\s*(?:[,.;?!)]|$)| in | on | to | from | during )",
    re.IGNORECASE,
)
_OWE_US = re.compile(
    r"\b(?:what|how much)(?: money)? (?:do|does) (?P<who>[^,.?!;]{2,40}?) (?:still |currently )?owe us\b(?: money)?",
    re.IGNORECASE,
)
_WE_OWE = re.compile(
    r"\b(?:what|how much)(?: money)? do we (?:still |currently )?owe (?:to )?(?:(?P<each>each|every) |(?:the|our) )?"
    rf"(?P<who>[^\W\d]+){_ENDS}",
    re.IGNORECASE,
)
_MONEY_ASKED = re.compile(r"^(?:what|how much)(?: money| cash)?\b", re.IGNORECASE)
_ANYBODY = frozenset("they people customers clients families parents others everyone everybody".split())
_INCOME = frozenset("income revenue takings sale earnings proceeds receipts fee turnover".split())
# Those who pay, where the catalog tells them from no others, and what figures of what they paid are called.
_WHO_PAYS = frozenset("customers clients guests people everyone".split())
RECEIVED = (
    "cash in",
    "cash received",
    "cash collected",
    "money in",
    "money received",
    "money collected",
    "payments received",
    "payments collected",
)
_COSTS = frozenset("cost spend spending expense price refund".split())
_ANY_MONEY = frozenset("spend spent sell sold make made earn earned take took have cost save saved lose lost".split())
_NAMED = ("name", "synonym")


def money_of_verbs(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one figure of money is called so."""

    def came_in(found: re.Match[str]) -> str:
        named = _income_of(found["thing"], known)
        if not named and found["thing"].casefold() in _WHO_PAYS and not known.datasets(found["thing"]):
            received = label_of_the_only(item for item in figures_called(known, RECEIVED) if is_of_money(item))
            if received is not None:
                return f"what was the {received}"
        if len(named) != 1:
            return _MONEY_ASKED.sub("how much money", found[0])
        ((name, covered),) = named.items()
        rest = [token.text for token in tokenize(found["thing"]) if token.base not in covered]
        return " ".join(("what was the", known.view.metrics[name].label, *(("of", *rest) if rest else ())))

    def one_brings(found: re.Match[str]) -> str:
        of = {token.base for token in tokenize(f"{found['thing']} {found['of'] or ''}")}
        costs = found["did"].casefold() == "cost"

        def is_per(metric: Metric) -> bool:
            if costs and metric.direction is Direction.UP:
                return False  # what customers spend per order is no cost of ours
            for name in (metric.label, *metric.words.synonyms):
                head, _, unit = name.casefold().partition(" per ")
                said = {token.base for token in tokenize(head)}
                if {token.base for token in tokenize(unit)} == of and bool(said & _COSTS) == costs:
                    return True
            return False

        figure = label_of_the_only(metric for metric in figures_of_money(known) if is_per(metric))
        row_each = re.search(r"\b(?:each|every)\b", found[0], re.IGNORECASE) is not None
        named = _income_of(found["thing"], known) if not costs and not row_each and found["of"] is None else {}
        if figure is None and len(named) == 1 and next(iter(named.values())) == of and known.datasets(found["thing"]):
            return f"what was the average {known.view.metrics[next(iter(named))].label} per {found['thing']}"
        if figure is None:
            return found[0] if costs else _MONEY_ASKED.sub("how much money", found[0])
        return f"what was the {figure}"

    def figure_of(verb: str) -> str | None:
        if verb in _ANY_MONEY:
            return None
        stem = _stem(verb)
        return label_of_the_only(
            metric
            for metric in figures_of_money(known)
            for name in (metric.label, *metric.words.synonyms)
            if (words := tokenize(name)) and len(words) <= 2 and words[-1].folded.endswith(("ed", "ings"))
            if _stem(words[-1].folded) == stem
        )

    def we_did(found: re.Match[str]) -> str:
        return figure_of(found["did"].casefold()) or found[0]

    def we_did_more(found: re.Match[str]) -> str:
        figure = figure_of(found["did"].casefold())
        side = "higher" if found["more"].casefold() == "more" else "lower"
        return f"how much {side} was the {figure}" if figure else found[0]

    def we_did_most(found: re.Match[str]) -> str:
        figure = figure_of(found["did"].casefold())
        side = "highest" if found["most"].casefold() == "most" else "lowest"
        return f"was the {figure} {side}" if figure else found[0]

    def owe_us(found: re.Match[str]) -> str:
        names = ("owed to us", "receivables", "accounts receivable", "amount owed", "outstanding amount")
        figure = label_of_the_only(metric for metric in figures_called(known, names) if is_of_money(metric))
        if figure is None:
            return found[0]
        who = re.sub(r"^(?:the|our) ", "", found["who"], flags=re.IGNORECASE)
        return f"what is the {figure}" + ("" if who.casefold() in _ANYBODY else f" of {who}")

    def we_owe(found: re.Match[str]) -> str:
        who = found["who"]
        base = " ".join(token.base for token in tokenize(who))
        forms = [f"owed to {name}" for name in {who, base, f"{base}s"}]
        names = (*forms, *(f"{who} {word}" for word in ("payables", "dues")))
        figure = label_of_the_only(metric for metric in figures_called(known, names) if is_of_money(metric))
        if figure is None:
            return found[0]
        return f"what is the {figure}" + (f" by {who}" if found["each"] else "")

    steps = (
        (_CAME_IN, came_in),
        (_ONE_BRINGS, one_brings),
        (_OWE_US, owe_us),
        (_WE_OWE, we_owe),
        (_WE_DID, we_did),
        (_WE_DID_MORE, we_did_more),
        (_WE_DID_MOST, we_did_most),
    )
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return text


def _income_of(things: str, known: Known) -> dict[str, set[str]]:
    """The figures of money that come in by such things, and the words that say by which: "Rental income" of rentals."""
    of = {token.base for token in tokenize(things)}
    named: dict[str, set[str]] = {}
    for metric in figures_of_money(known):
        for words in _names(metric):
            if words & _INCOME and not words & _COSTS and (told := words - _INCOME) and told <= of:
                named.setdefault(metric.name, set()).update(told)
    return named


def _stem(verb: str) -> str:
    return verb_stem(verb.removesuffix("s") if verb.endswith("ings") else verb)


def _names(metric: Metric) -> list[set[str]]:
    return [{token.base for token in tokenize(name)} for name in (metric.label, *metric.words.synonyms)]
