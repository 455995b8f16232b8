"""Ways of asking about what is to come, said the way that the readers know: nothing is added to what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from semantic_context.words import base_form

# "on track for the year" is on track this year; "for the year 2025" is not.
_ON_TRACK = re.compile(r"\bon (?:track|course|target)\b", re.IGNORECASE)
_FOR_THE = re.compile(r"\bfor (?:the |this )?(?:whole |full )?(week|month|quarter|year)(?=\s*[?.!]*$)", re.IGNORECASE)
_LIKELY = re.compile(
    r"^(?:how likely is it that|how likely is it for|what (?:is|are) (?:the|our) (?:chances?|odds|probability|likelihood)"
    r" (?:that|of|for)) (?P<who>.+?) (?:will |is to |are to |to )?(?P<verb>hit(?:ting)?|reach(?:ing)?|meet(?:ing)?|exceed(?:ing)?"
    r"|beat(?:ing)?|be(?:ing)?|get(?:ting)?|fall(?:ing)?|rise|rising|stay(?:ing)?|drop(?:ping)?)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_CHANCE_OF = re.compile(
    r"^what (?:is|are) (?:the|our) (?:chances?|odds|probability|likelihood) of (?:us )?(?P<verb>hitting|reaching|meeting|exceeding"
    r"|beating)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_IS_LIKELY = re.compile(
    r"^(?:is|are) (?P<what>.+?) (?:likely|expected|going|set|about|bound) to (?P<rest>.+)$", re.IGNORECASE
)
_WILL = re.compile(
    r"^(?P<head>(?:(?:what|when|where|how \w+)\s+)?(?:will|might|may|could))\s+(?P<word>[\w-]+)\s+(?=[\w-])",
    re.IGNORECASE,
)
_HOW_LONG_TO = re.compile(
    r"\bhow long (?:(?:did|does|do|has|have|will) )?it (?:takes?|took|taken)(?: (?:us|them|(?:the |our |a |an )?\w+))?"
    r"(?:,? on average,?)? to "
    r"(?P<verb>\w+)\b",
    re.IGNORECASE,
)
_HOW_LONG_DO = re.compile(
    r"\bhow long (?:did|does|do) (?:the |our |a |an )?(?P<noun>\w+) (?:take|last)\b", re.IGNORECASE
)
_COST_US_MOST = re.compile(
    r"\b(?:costs?|has cost|have cost) (?:us|me|the company) (?:the )?(?P<way>most|least)(?: money)? "
    r"(?:in|on|for) (?P<what>\w+(?: \w+)?)",
    re.IGNORECASE,
)
_COSTS_OF = ("{} cost", "{} costs", "cost of {}", "{} spend", "{} spending", "spend on {}", "{} expenses")
_HOW_MUCH_IS = re.compile(
    r"\bhow much (?:money )?(?:is|was|are|were) (?:(?:still|yet|currently) )?(?P<done>\w+ed|due|outstanding|overdue)"
    r"(?: (?:to|by) us)?(?: (?:still|yet|currently|right now|now))?(?=\s|$|[?.,!])",
    re.IGNORECASE,
)
_MONEY = ("money {}", "amount {}", "{} amount", "total {}", "{} money")
_AUXILIARY = re.compile(r"\s(?:did|does|do)\s", re.IGNORECASE)
_TIMES_TO = ("time to {}", "days to {}", "hours to {}", "average time to {}", "average days to {}", "average hours to {}",
             "{} time", "average {} time")  # fmt: skip
_TIMES_OF = ("average {} time", "average {} duration", "{} time", "{} duration")
_BARE = {"hitting": "hit", "reaching": "reach", "meeting": "meet", "exceeding": "exceed", "beating": "beat", "being": "be",
         "getting": "get", "falling": "fall", "rising": "rise", "staying": "stay", "dropping": "drop"}  # fmt: skip


def reworded(text: str, names_metric: Callable[[str], bool]) -> str:
    """The question with chances asked as "will ...", and a metric told from a verb that sounds the same.

    "will churn be below 15 %" is about the metric, "which customers will churn" about who leaves: after "will" at the start, a
    metric's name gets an article, so that the two are not one phrase.
    """
    text = _with_cost_named(_with_length_named(text, names_metric), names_metric)
    if _ON_TRACK.search(text):
        text = _FOR_THE.sub(r"this \1", text)
    for pattern, who in ((_CHANCE_OF, "we"), (_LIKELY, None)):
        found = pattern.match(text)
        if found is not None:
            verb = found["verb"].lower()
            text = f"will {who or found['who']} {_BARE.get(verb, verb)}{found['rest']}"
            break
    likely = _IS_LIKELY.match(text)
    if likely is not None and names_metric(likely["what"]):
        text = f"will the {likely['what']} {likely['rest']}"
    will = _WILL.match(text)
    if will is not None and names_metric(will["word"]):
        text = f"{will['head']} the {text[will.start('word') :]}"
    return text


def _with_length_named(text: str, names_metric: Callable[[str], bool]) -> str:
    """ "How long did it take us to repair damages" by the name of the figure that says so: "time to repair damages"."""
    for pattern, group, forms in ((_HOW_LONG_TO, "verb", _TIMES_TO), (_HOW_LONG_DO, "noun", _TIMES_OF)):
        found = pattern.search(text)
        if found is None or names_metric(_AUXILIARY.sub(" ", found[0])):
            continue
        words = base_form(found[group].casefold()) if group == "noun" else found[group]
        name = next((form.format(words) for form in forms if names_metric(form.format(words))), None)
        if name is not None:
            return f"{text[: found.start()]}{name}{text[found.end() :]}"
    return text


def _with_cost_named(text: str, names_metric: Callable[[str], bool]) -> str:
    """ "Which building cost us the most in repairs", "how much is still owed to us" by the name of the figure that says so."""
    most = _COST_US_MOST.search(text)
    if most is not None:
        for words in (most["what"], most["what"].split()[0]):
            nouns = (words, base_form(words.casefold()))
            name = next((f for form in _COSTS_OF for noun in nouns if names_metric(f := form.format(noun))), None)
            if name is not None:
                way = "highest" if most["way"].lower() == "most" else "lowest"
                return f"{text[: most.start()]}had the {way} {name}{text[most.start('what') + len(words) :]}"
    much = _HOW_MUCH_IS.search(text)
    if much is not None and not names_metric(much["done"]):
        name = next((f for form in _MONEY if names_metric(f := form.format(much["done"]))), None)
        if name is not None:
            return f"{text[: much.start()]}what is the {name}{text[much.end() :]}"
    return text
