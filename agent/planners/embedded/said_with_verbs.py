"""Figures whose names a question takes apart: "sold the most copies" of copies sold, "spent on paper, print and bind"."""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from catalog.access import CatalogView
from catalog.models import Metric
from catalog.units import is_currency
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import PhraseTable
from semantic_context.words import tokenize

_MOST = r"(?:most|fewest|least|highest|lowest)"
_LEADS = r"in|on|at|of|from|for|by|to|over|during|since|this|last|between|per|with|across|so|until|through"
_END = rf"(?=\s+(?:{_LEADS})\b|\s*[,.?!]|\s*$)"
_WORDS = r"[^\W\d]+(?: [^\W\d]+)?"
_MOST_OF = re.compile(rf"\b(?P<verb>[^\W\d]+) the (?P<most>{_MOST}) (?P<thing>{_WORDS}){_END}", re.IGNORECASE)
_MOST_IN = re.compile(
    r"\b(?:got|get|gets|received|earned|took|made|brought in|saw|drew) "
    rf"the (?P<most>{_MOST}) in (?P<figure>{_WORDS}){_END}",
    re.IGNORECASE,
)
_SPENT_ON = re.compile(
    r"\bwhat (?:have we|did we|do we|had we) (?:spent|spend|paid|pay) (?:on|for|in) (?P<figure>[^?.!;]+?)"
    rf"(?P<rest>\s+(?:{_LEADS})\b.*|\s*[?.!]?)$",
    re.IGNORECASE,
)
_MORE_THAN = (
    r"(?:more than|less than|fewer than|over|under|above|below|at least|at most|exactly|up to) "
    r"\d[\d.,]*(?: ?(?:k|m|thousand|million))?"
)
_DID_MORE_THAN = re.compile(rf"\b(?P<verb>[^\W\d]+) (?P<bound>{_MORE_THAN}) (?P<thing>{_WORDS}){_END}", re.IGNORECASE)
_BY_MEASURE = re.compile(
    rf"\b(?P<thing>[^\W\d]+) by (?P<measure>value|volume|quantity|number|count)(?! of\b){_END}", re.IGNORECASE
)
_COSTS_PER = re.compile(
    r"\b(?:is |was |are |were )?(?:the )?(?P<word>cheapest|most expensive|least expensive|dearest|costliest) "
    rf"per (?P<thing>[^\W\d]+){_END}",
    re.IGNORECASE,
)
_LOW = ("cheapest", "least expensive")
# "more than" a number is a bound, and "more" of a thing named behind it is that thing's.
_VERB_MORE = re.compile(
    r"\b(?P<verb>[^\W\d]{3,}) (?P<more>more|less)(?=\s+(?:in|on|at|during|over|this|last|since|between)\b|\s*[,.?!]|\s*$"
    r"|\s+than\s+(?!(?:once|twice|thrice|half|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|the average)\b"
    r"|[$€£]?\d))",
    re.IGNORECASE,
)


# "On-time rate of the suppliers": the supplier on-time rate. The value of the orders is no order value.
_OF_THINGS = re.compile(
    rf"\b(?P<figure>(?:[^\W\d]+[ -]){{1,3}}(?:rate|ratio)) of (?:the |our |all )?(?P<thing>[^\W\d]+){_END}",
    re.IGNORECASE,
)
# "How many products in warehouse 3 are below their reorder point": a thing, which of them, and what holds of it.
_IRREGULAR = rf"(?:{'|'.join(sorted(IRREGULAR_VERBS))})"
_PARTED = re.compile(
    r"\b(?P<asks>(?:how many|number of|which)(?:\s+of (?:the|our|your|my|their))?)\s+"
    r"(?P<thing>[^\W\d]+)\s+(?P<which>(?:[^\W\d]+\s+)?(?:in|at|of|from|for|on|by|to)\s+(?:[\w&'-]+\s+){1,6}?)"
    rf"(?P<holds>(?:(?:that|which|who)\s+)?(?:are|is|were|was|[^\W\d]+ed|(?<=who ){_IRREGULAR})\s+[^,;.?!]+)",
    re.IGNORECASE,
)
# "Sign-ups by how they found us", where a field is called "found us by".
_BY_HOW = re.compile(
    r"\b(?P<lead>by|per) how (?:they|people|these|those|the [^\W\d]+|[^\W\d]+s) (?:(?:were|was|are|have|had) )?"
    rf"(?P<did>{_WORDS}){_END}",
    re.IGNORECASE,
)
# "How many members do we have on the books", of members on the books.
_HAVE_ON = re.compile(
    rf"\bhow many (?P<thing>{_WORDS}) (?:do|did|have) we (?:(?:currently|still|now) )?(?:have|got|had) "
    rf"(?P<where>(?:on|in|at|under|through) (?:the |our )?[^\W\d]+)(?:{_END}|(?= (?:now|right now|today|currently)\b))",
    re.IGNORECASE,
)

_NAMED = ("name", "synonym")


def _is_money(metric: Metric) -> bool:
    return metric.unit is not None and is_currency(metric.unit)


def names_put_together(text: str, phrases: PhraseTable, view: CatalogView) -> str:
    """The text with the parts of a figure's name side by side; as it stands where no figure is called so."""

    def is_named(words: str) -> bool:
        """Whether a figure is called so in full, not by a word of its name."""
        return any(item.kind == "metric" and item.how in ("name", "synonym") for item in phrases.means(words))

    def most_of(found: re.Match[str]) -> str:
        name = f"{found['thing']} {found['verb']}"
        return f"had the {found['most']} {name}" if is_named(name) else found[0]

    def more_than(found: re.Match[str]) -> str:
        forms = [
            f"{found['thing']} {found['verb']}{ending}" for ending in ("", "d", "ed")
        ]  # "did they serve", "served"
        name = next((name for name in forms if is_named(name)), None)
        return f"had {found['bound']} {name}" if name is not None else found[0]

    def most_in(found: re.Match[str]) -> str:
        return f"had the {found['most']} {found['figure']}" if is_named(found["figure"]) else found[0]

    def spent_on(found: re.Match[str]) -> str:
        named = [item.name for item in phrases.means(found["figure"]) if item.kind == "metric" and item.how in _NAMED]
        spent = [name for name in named if _is_money(view.metrics[name])]  # "spent on returns" is not their number
        return f"what was {found['figure']}{found['rest']}" if spent else found[0]

    def by_measure(found: re.Match[str]) -> str:
        name = f"{found['measure']} of {found['thing']}"
        return name if is_named(name) else found[0]

    def costs_per(found: re.Match[str]) -> str:
        low = found["word"].casefold() in _LOW
        for kind in ("cost", "price"):
            if is_named(name := f"{kind} per {found['thing']}"):
                return f"had the {'lowest' if low else 'highest'} {name}"
        return found[0]

    def verb_more(found: re.Match[str]) -> str:
        """A verb that names a figure with "the most" names the same one where one thing is held against another."""
        named = [
            item
            for item in phrases.means(f"{found['verb']} the most")
            if item.kind == "metric" and item.how in ("name", "synonym")
        ]
        return f"have {found['more']} {view.metrics[named[0].name].label}" if len(named) == 1 else found[0]

    def parted(found: re.Match[str]) -> str:
        words, (first, *rest) = found["holds"].split(), found["which"].split()
        # the things themselves, or their kind with the things behind it: "VIP customers from the West"
        ways = (((), found["thing"], (first, *rest)), ((found["thing"],), first, tuple(rest)))
        for length in range(len(words), 1, -1):
            for kind, thing, which in ways:
                name = f"{thing} {' '.join(words[:length])}"
                if is_named(name):
                    return " ".join((found["asks"], *kind, name, *which, *words[length:]))
        return found[0]

    def of_things(found: re.Match[str]) -> str:
        """The longest name that ends before "of", with the thing in front of it or of its last word."""
        words, (thing,) = found["figure"].split(), tokenize(found["thing"])
        if not thing.base.isalpha() or is_named(f"{words[-1]} of {found['thing']}"):
            return found[0]
        for first in range(len(words)):
            name = words[first:]
            for told in ([thing.base, *name], [*name[:-1], thing.base, name[-1]]):
                if len(name) > 1 and is_named(" ".join(told)):
                    return " ".join((*words[:first], *told))
        return found[0]

    def by_how(found: re.Match[str]) -> str:
        name = f"{found['did']} by"
        named = any(item.kind == "field" and item.how in ("name", "synonym") for item in phrases.means(name))
        return f"{found['lead']} {name}" if named else found[0]

    text = _OF_THINGS.sub(of_things, _BY_HOW.sub(by_how, text))
    text = _PARTED.sub(parted, _VERB_MORE.sub(verb_more, text))
    text = _DID_MORE_THAN.sub(more_than, _MOST_OF.sub(most_of, _MOST_IN.sub(most_in, text)))
    return _COSTS_PER.sub(costs_per, _BY_MEASURE.sub(by_measure, _SPENT_ON.sub(spent_on, text)))


def names_said_apart(text: str, known: Known) -> str:
    """The text with a figure's name put together where its end would be taken for a value: "members do we have on the books"."""

    def have_on(found: re.Match[str]) -> str:
        name = f"{found['thing']} {found['where']}"
        taken = known.values_named(tokenize(found["where"]))
        return f"how many {name} do we have" if taken and known.is_figure(name) else found[0]

    return _HAVE_ON.sub(have_on, text)
