"""Averages per thing or per step of time, said in everyday ways, put the way the passes know.

How many page views does a session have on average?                   average number of page views per session
On average over our stores, how much revenue did one store make?      average revenue per store
On average, how much revenue did we make with a single customer?      average revenue per customer
What is the average number of items in an order?                      average number of items per order
How much did the average VIP who bought in 2025 spend that year?      average revenue per VIP customer in 2025
On average, how many tickets did we sell in a month of 2025?          how many tickets did we sell on average per month in 2025
What is the average size of car loans?                                average loan size of car loans

What is averaged is left to the passes: they know which figures add up, and which ratios the catalog defines.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.embedded.counts import counted_thing
from agent.planners.embedded.known_figures import Known, figures_called, is_of_money, label_of_the_only
from agent.tools.compile import metric_time
from catalog.models import DerivedMetric, Direction, FieldRole
from semantic_context.irregular_forms import IRREGULAR_PLURALS, IRREGULAR_VERBS
from semantic_context.linking import split_route
from semantic_context.time_expressions import find_time_expressions
from semantic_context.words import tokenize

_NAMED = ("name", "synonym")
_WORD = r"[^\W\d][\w'’-]*"
_FIGURE = rf"(?P<figure>{_WORD}(?: {_WORD}){{0,3}}?)"
_ONE = (
    r"(?P<one>(?:the|an?|our) (?:average|typical|mean|normal)|an? single|one single|any one|an?|one|each|every) "
    r"(?P<taking>(?:buying|paying|purchasing) )?"
)
_SAID = re.compile(r"(?:^|,?\s*\b)(?:on average|on the average|in the mean|typically)\b,?\s*", re.IGNORECASE)
_AVERAGED = re.compile(r"\b(?:on average|in the mean|typically|(?:average|mean) (?:number|amount))\b", re.IGNORECASE)
_IT_DOES = re.compile(rf"\b(?:how (?:many|much)) {_FIGURE} (?P<did>does|do|did) {_ONE}", re.IGNORECASE)
_WE_DO = re.compile(
    rf"\bhow (?:many|much) {_FIGURE} (?:does|do|did) (?:we|you|they|people|customers|clients|guests|visitors) "
    rf"(?P<verb>{_WORD})(?: in)? (?:with|from|on|at|in|for|per|to|through|out of|off) {_ONE}",
    re.IGNORECASE,
)
_THERE_ARE = re.compile(
    rf"\bhow (?:many|much) {_FIGURE} (?:is|are|was|were)(?: there)?(?: in| on| at| per| for| to| behind)? {_ONE}",
    re.IGNORECASE,
)
_NUMBER_IN = re.compile(
    rf"\b(?:average|mean|typical) (?:number|amount) of {_FIGURE} (?P<joint>in|on|at|of|for|that|which|by) "
    r"(?P<one>a single|an?|one) (?P<taking>)",
    re.IGNORECASE,
)
_IT_SPENDS = re.compile(rf"\b(?:what|how much)(?: money)? (?P<did>does|do|did) {_ONE}", re.IGNORECASE)
_OF_AN_AVERAGE = re.compile(
    r"^(?:(?:what|how much) (?:is|was|were|are) )?(?:the )?(?P<figure>[^,?.!]+?) (?:of|in|at|for) "
    r"(?P<one>(?:an?|the|our) (?:average|typical)) (?P<taking>)",
    re.IGNORECASE,
)
_NAMED_APART = re.compile(
    rf"\b(?P<mean>average|mean|typical) (?P<noun>{_WORD}) of (?:(?:the|our|all) )*(?P<things>{_WORD}(?: {_WORD}){{0,2}})",
    re.IGNORECASE,
)
_ON_FROM_THERE = frozenset("in by for per during over since on at last this between from to vs and".split())
_TIME_FIRST = re.compile(r"^(?P<time>(?:q[1-4]|h[12]|(?:19|20)\d\d)(?: (?:19|20)\d\d)?) (?P<figure>.+)$", re.IGNORECASE)
_OVER_THEM = re.compile(
    r"^(?:over|across|for|among|in) (?:all )?(?:of )?(?:our|the) (?P<things>[^\W\d]+),?\s+", re.IGNORECASE
)
_SPENDS = re.compile(r"^(?:spend|spends|spent)(?: (?:with|at) (?:us|you|our (?:stores?|shops?)))?\b", re.IGNORECASE)
_WHO_BOUGHT = re.compile(
    r"^ ?(?:who|that) (?:has |had |have )?(?:bought|ordered|purchased|shopped)"
    r"(?: (?:anything|something|at all|from us|with us|from you|with you|there))?"
    r"(?P<when> (?:in|during) .+?)?(?= spends?\b)",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:average|mean|typically)\b", re.IGNORECASE)
_OVER_A_YEAR = re.compile(
    r"\bover (?:(?:all|the whole|the course) of )?(?P<year>(?:19|20)\d\d)(?=\s*[,.?!]|$|\s+(?:by|per|for|in|of)\b)",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:with|whose|that|which|who|where|having|have|has|had)\b[^,.;?!]*\bover\b", re.IGNORECASE)
_YEARS = 20  # how far off a number may lie to be a year
_THEN = re.compile(r"\b(?:in |during )?that (?:year|quarter|month|time|period)\b", re.IGNORECASE)
_OF_ITS_LENGTH = re.compile(
    r",?\s*\b(?:in|over|during|within) (?:an?|one|any)(?: single| given| whole)? (?P<unit>day|week|month|quarter|year)\b(?! of\b)",
    re.IGNORECASE,
)
_IN_A_STEP = re.compile(
    r"\s*\b(?:in|during|over|for|within) (?:an?|one|any)(?: single| given| whole| calendar)? "
    r"(?P<unit>day|week|month|quarter|year)\b(?P<of>,? (?:of|in|during|over)(?= (?:the )?(?:[^\W\d]+ )?[^\s]*\d))?",
    re.IGNORECASE,
)
# Verbs that say no more of things than that they have it, or we of them.
_HAS = frozenset(
    "have has had contain contains hold include place make get give take record log need see receive do generate".split()
)
_WE_HAVE = _HAS | frozenset("earn".split())
_WHO_BUYS = frozenset(
    "customer client buyer shopper guest visitor consumer diner patron passenger subscriber player household".split()
)
_ALL_MONEY = ("revenue", "total revenue", "sales", "total sales", "turnover", "takings", "total takings")
_DAYS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "quarter": (89, 92), "year": (365, 366)}


@dataclass(frozen=True)
class _Thing:
    """What one is told of: its words, and what stands behind them."""

    words: str
    nouns: frozenset[str]
    rest: str


def means_said(text: str, known: Known, as_of: dt.date) -> str:
    """The text with its average asked for plainly; as it stands where it asks for none in such a way."""
    text = _NAMED_APART.sub(lambda found: _put_together(found, known), text)
    averaged = _AVERAGED.search(text) is not None
    plain = " ".join(_SAID.sub(" ", text, count=1).split())
    told = _of_one(_over_them(plain, known) if averaged else plain, averaged, known)
    if told is not None:
        told = _of_its_length(told, known, as_of)
    elif averaged:
        told = _per_step(text, known)
    told = told or text
    return _in_its_year(_per_kind(told, known), as_of) if _AVERAGE.search(told) else told


def _of_one(text: str, averaged: bool, known: Known) -> str | None:
    """The figure per thing, where it is asked of one of the things; None where it is not."""
    if (found := _OF_AN_AVERAGE.match(text)) is not None and (thing := _thing(text[found.end() :], known)) is not None:
        time = _TIME_FIRST.match(found["figure"])
        figure, said = (time["figure"], f" in {time['time']}") if time is not None else (found["figure"], "")
        if known.is_figure(figure):
            return f"average {figure} per {thing.words}{said}{thing.rest}"
    for pattern, plain in _WAYS:
        found = pattern.search(text)
        if found is None or not (averaged or _is_any(found)):
            continue
        thing = _thing(text[found.end() :], known)
        if thing is not None and (told := plain(found, thing, known)) is not None:
            return f"{text[: found.start()]}{told}"
    return None


def _put_together(found: re.Match[str], known: Known) -> str:
    """ "Average size of car loans", where a figure is called "average loan size" and none "average size"."""
    mean, noun = found["mean"], found["noun"]
    if known.is_figure(f"{mean} {noun}"):
        return found[0]
    words = found["things"].split()
    for word in words:
        thing = tokenize(word)[-1]
        if thing.base != thing.folded and known.is_figure(f"average {thing.base} {noun}"):
            alone = word is words[0] and (words[1:2] == [] or words[1].casefold() in _ON_FROM_THERE)
            return " ".join((f"average {thing.base} {noun}", *(words[1:] if alone else ("of", *words))))
    return found[0]


def _is_any(found: re.Match[str]) -> bool:
    """ "Does a customer", "the average customer": any of them, where "did each customer" asks for a row of each."""
    groups = found.groupdict()
    one = groups["one"].casefold()
    return " " in one or (one in ("a", "an") and (groups.get("did") or "").casefold() in ("do", "does"))


def _thing(text: str, known: Known) -> _Thing | None:
    """The thing that a text begins with, in the singular: a name of things, of a field or of a count, or a value that tells
    which things, perhaps before their name."""
    words = re.match(rf"{_WORD}(?: {_WORD}){{0,2}}", text)
    if words is None:
        return None
    said = words[0].split()
    for length in range(min(2, len(said)), 0, -1):
        name = " ".join(said[:length])
        if _is_singular(name) and _is_thing(name, known):
            return _Thing(name, _nouns(name, known), text[len(name) :])
    for length in range(min(2, len(said)), 0, -1):
        name = " ".join(said[:length])
        things = _told_by(name, known)
        if not things:
            continue
        behind = " ".join(said[length : length + 1])
        if behind and _is_singular(behind) and any(item.name in things for item in known.datasets(behind)):
            return _Thing(f"{name} {behind}", _nouns(behind, known), text[len(name) + 1 + len(behind) :])
        if len(things) == 1 and (noun := known.view.datasets[next(iter(things))].singular):
            return _Thing(f"{name} {noun}", _nouns(noun, known), text[len(name) :])
    return None


def _is_singular(words: str) -> bool:
    last = tokenize(words)[-1]
    other_spelling = not last.folded.endswith("s") and last.folded not in IRREGULAR_PLURALS  # "organisation"
    return last.base == last.folded or other_spelling


def _is_thing(words: str, known: Known) -> bool:
    """Whether words name things, what tells things apart, or a number of them."""
    for item in known.phrases.means(words):
        if item.how not in _NAMED:
            continue
        if item.kind == "field":
            role = known.view.whole.field(split_route(item.name)[0]).role
            if role not in (FieldRole.TIME, FieldRole.MEASURE):
                return True
        if item.kind == "dataset" or (item.kind == "metric" and known.view.metrics[item.name].unit == "count"):
            return True
    return False


def _is_counted(words: str, known: Known) -> bool:
    """Whether words name a figure, or things that may be counted."""
    return any(item.how in _NAMED and item.kind in ("dataset", "metric") for item in known.phrases.means(words))


def _told_by(words: str, known: Known) -> set[str]:
    """The datasets of whose things the words are a value, in full."""
    tokens = tokenize(words)
    hits = [hit for hit in known.values_named(tokens) if hit.how == "exact"]
    whole = [hit for hit in hits if (hit.start, hit.end) == (tokens[0].start, tokens[-1].end)]
    return {hit.reference.partition(".")[0] for hit in whole} & set(known.view.datasets)


def _nouns(words: str, known: Known) -> frozenset[str]:
    """What such things are called, word by word."""
    named = (name for item in known.datasets(words) for name in (item.singular, *item.words.synonyms) if name)
    return frozenset(token.base for name in (words, *named) for token in tokenize(name))


def _over_them(text: str, known: Known) -> str:
    """ "Over our stores, how much revenue did one store make": the things are told again by the one."""
    found = _OVER_THEM.match(text)
    if found is None:
        return text
    (token,) = tokenize(found["things"])[-1:]
    rest = text[found.end() :]
    again = re.search(rf"\b(?:one|an?|each|every|a single) {re.escape(token.base)}\b", rest, re.IGNORECASE)
    return rest if again is not None and token.base != token.folded else text


def _of_what_it_does(found: re.Match[str], thing: _Thing, known: Known) -> str | None:
    verb = re.match(rf" (?P<verb>{_WORD})(?: in\b(?=\s*(?:[,.?!]|$|in\b|on\b)))?", thing.rest)
    if verb is None:
        return None
    figure = _figure(found["figure"], verb["verb"], _HAS, thing, known)
    return _per(found, figure, thing.words, thing.rest[verb.end() :])


def _of_what_we_do(found: re.Match[str], thing: _Thing, known: Known) -> str | None:
    return _per(found, _figure(found["figure"], found["verb"], _WE_HAVE, thing, known), thing.words, thing.rest)


def _of_what_there_is(found: re.Match[str], thing: _Thing, known: Known) -> str | None:
    if not _is_counted(found["figure"], known):
        return None
    return _per(found, found["figure"], thing.words, thing.rest)


def _per(found: re.Match[str], figure: str | None, thing: str, rest: str) -> str | None:
    if figure is None:
        return None
    number = "number of " if found[0].casefold().startswith("how many") else ""
    return f"average {number}{figure} per {thing}{rest}"


def _figure(words: str, verb: str, plain: frozenset[str], thing: _Thing, known: Known) -> str | None:
    """What a verb and its object are called: the figure of that name, else the object where the verb says no more than that
    they have it, or is that of the time which the figure goes by anyway."""
    verb = verb.casefold()
    done = _participle(verb)
    if known.is_figure(f"{words} {done}"):
        return f"{words} {done}"
    if _is_counted(words, known):
        return words if verb in plain or _is_of_its_time(words, done, known) else None
    own = f"{thing.words} {words}"
    return own if verb in plain and known.is_figure(own) else None


def _is_of_its_time(words: str, done: str, known: Known) -> bool:
    """ "Tickets opened", where they are counted by the time they were opened at."""
    times = {split_route(item.name)[0] for item in known.phrases.means(done) if item.kind == "field"}
    figures = {item.name for item in known.phrases.means(words) if item.kind == "metric" and item.how in _NAMED}
    gone_by = [set(metric_time(known.view, name)) for name in figures]
    return bool(gone_by) and all(own and own <= times for own in gone_by)


def _participle(verb: str) -> str:
    """ "opened" of "open"; spelling that only doubles a letter is no matter."""
    forms = [form for form, base in IRREGULAR_VERBS.items() if base == verb and not form.endswith("ing")]
    if forms:
        return forms[-1]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def _without_verb(rest: str) -> str | None:
    """What follows "that a customer places", without the verb; None where it says more than that they have it."""
    verb = re.match(rf" ({_WORD})", rest)
    said = verb[1].casefold() if verb is not None else ""
    return rest[len(said) + 1 :] if said in _HAS or said.removesuffix("s") in _HAS else None


def _of_the_number(found: re.Match[str], thing: _Thing, known: Known) -> str | None:
    """ "The average number of items in an order", "... that an order has"."""
    rest = _without_verb(thing.rest) if found["joint"].casefold() in ("that", "which") else thing.rest
    if rest is None or not _is_counted(found["figure"], known):
        return None
    return f"average number of {found['figure']} per {thing.words}{rest}"


def _of_what_it_spends(found: re.Match[str], thing: _Thing, known: Known) -> str | None:
    """What one of those who buy spends is what we take of each, where one figure says so of those who took part."""
    if not thing.nouns & _WHO_BUYS:
        return None
    rest, when = thing.rest, ""
    if (who := _WHO_BOUGHT.match(rest)) is not None:
        rest, when = rest[who.end() :], who["when"] or ""
    spends = _SPENDS.match(rest.lstrip())
    figure = _spent_by(thing, known)
    if spends is None or figure is None:
        return None
    rest = rest.lstrip()[spends.end() :]
    if when:
        rest = _THEN.sub("", rest)
        if re.search(r"\d", rest):
            return None  # bought at one time, spent at another
    return f"average {figure} per {thing.words}{when}{rest}"


def _spent_by(thing: _Thing, known: Known) -> str | None:
    """The one figure of all that is sold, of which a ratio per such thing, if any is defined, is over those who bought."""
    figure = label_of_the_only(metric for metric in figures_called(known, _ALL_MONEY) if is_of_money(metric))
    if figure is None:
        return None
    nouns = {thing.words, thing.words.split()[-1]}
    spent = (*_ALL_MONEY, "spend", "spending", figure)
    for metric in figures_called(known, (f"{name} per {noun}" for name in spent for noun in nouns)):
        if metric.direction is Direction.DOWN or not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2:
            return None
        if counted_thing(known.view, metric.inputs[1].metric) is None:
            return None
    return figure


def _of_its_length(text: str, known: Known, as_of: dt.date) -> str | None:
    """ "In a quarter? Take Q3 2026": what is told of a step of time, for one such step, is of that time. Of any other time it
    is not, and None."""
    found = _OF_ITS_LENGTH.search(text)
    if found is None:
        return text
    rest = f"{text[: found.start()]}{text[found.end() :]}"
    times = find_time_expressions(rest, as_of, known.view.whole.calendar)
    period = times[0].periods[0] if len(times) == 1 and len(times[0].periods) == 1 else None
    if period is None or period.start is None or period.end is None:
        return None
    shortest, longest = _DAYS[found["unit"].casefold()]
    return rest if shortest <= (period.end - period.start).days <= longest else None


def _per_step(text: str, known: Known) -> str:
    """ "On average ... in a month of 2025" is per month, of all of them together."""
    found = _IN_A_STEP.search(text)
    if found is None or _names_one(f"{text[: found.start()]}{text[found.end() :]}", known):
        return text
    before, after = (_SAID.sub(" ", part, count=1) for part in (text[: found.start()], text[found.end() :]))
    said = " on average" if _SAID.search(text) is not None else ""
    return " ".join(f"{before}{said} per {found['unit']}{' in' if found['of'] else ''} {after}".split())


def _per_kind(text: str, known: Known) -> str:
    """ "Average orders per VIP": per customer that is one."""
    for found in re.finditer(r"\bper ", text, re.IGNORECASE):
        thing = _thing(text[found.end() :], known)
        if thing is not None:
            text = f"{text[: found.end()]}{thing.words}{thing.rest}"
    return text


def _in_its_year(text: str, as_of: dt.date) -> str:
    """ "Over 2025" is no bound where a mean is asked for that nothing is held against."""

    def within(found: re.Match[str]) -> str:
        return f"in {found['year']}" if abs(as_of.year - int(found["year"])) <= _YEARS else found[0]

    return text if _HELD.search(text) else _OVER_A_YEAR.sub(within, text)


def _names_one(text: str, known: Known) -> bool:
    """Whether some one thing is told of besides."""
    return any(
        _thing(text[one.end() :], known) is not None
        for one in re.finditer(r"\b(?:an?|one|each|every|per|a single) ", text, re.IGNORECASE)
    )


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Thing, Known], str | None]], ...] = (
    (_IT_DOES, _of_what_it_does),
    (_WE_DO, _of_what_we_do),
    (_THERE_ARE, _of_what_there_is),
    (_NUMBER_IN, _of_the_number),
    (_IT_SPENDS, _of_what_it_spends),
)
