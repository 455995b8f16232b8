"""How long things take, asked for with a verb: the one mean length of time that is called by the verb's noun.

How many days do pharma clients take to pay?               what was the Days to pay of pharma clients
Which material takes the longest to arrive?                which material had the highest Delivery time
Which clients took longer than 40 days to settle bills?    which clients had a Days to pay above 40 days
How long did customers wait for our first reply?           what was the First response time
How many days ahead do people book?                        what was the Booking lead time

Who takes so long must be those that the figure is told of; where they are others, or several figures are meant, the text stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.planners.embedded.known_figures import Known, label_of_the_only
from agent.planners.embedded.members.verbs import is_noun_of, stem_of
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.models import AggregateMetric, Aggregation, Metric
from semantic_context.linking import split_route
from semantic_context.words import phrase_key, tokenize

_WORD = r"[^\W\d][\w'’&-]*"
_MEAN = r"(?:,? ?\b(?:on average|in the mean|in average|typically|usually|normally|as a rule|generally)\b,?)"
_WHO = rf"(?P<who>{_WORD}(?: {_WORD}){{0,4}}?)"
_LONG = rf"\bhow (?:long|fast|quickly|soon|promptly|swiftly|many (?P<unit>days|hours|minutes)|much time){_MEAN}?"
_HELPS = r"(?:do|does|did|have|has|must|will|would|should)"
_WHAT = rf"(?P<verb>(?!be\b|have\b|get\b)[^\W\d]{{3,}})(?P<what>(?: {_WORD}){{0,3}}?)"
_ENDS = (
    r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|on|at|for|to|during|over|since|by|per|each|every|last|this|between|from|until|and|vs|versus"
    r"|so far|with|when|after|yesterday|today)\b)"
)
_THEY_TAKE = re.compile(
    rf"{_LONG} (?:{_HELPS} )?{_WHO} (?:takes?|took|taken|needs?|needed){_MEAN}? to {_WHAT}{_MEAN}?{_ENDS}",
    re.IGNORECASE,
)
_IT_TAKES = re.compile(
    rf"{_LONG} {_HELPS} it{_MEAN}? takes?{_MEAN}?(?: (?P<who>(?!to\b){_WORD}(?: {_WORD}){{0,3}}?))? to {_WHAT}{_MEAN}?{_ENDS}",
    re.IGNORECASE,
)
_DONE = _WHAT.replace(
    "(?!be\\b|have\\b|get\\b)[^\\W\\d]{3,}",
    "pay|settle|reply|respond|answer|arrive|deliver|come|repair|fix|restore|resolve|solve|close|decide|ship|dispatch|fill|process"
    "|approve|finish|complete",
)
_HOW_FAST = re.compile(
    rf"\bhow (?:fast|quickly|soon|promptly|swiftly){_MEAN}? (?:do|does|did|have|has) {_WHO} {_DONE}{_MEAN}?{_ENDS}",
    re.IGNORECASE,
)
_OF = rf"(?P<asks>which|what) (?P<who>{_WORD}(?: {_WORD}){{0,2}}?)"
_LONGEST = re.compile(
    rf"\b{_OF} (?:(?:takes?|took|needs?|needed|has taken|have taken){_MEAN}? (?:the )?(?P<most>longest|shortest|most|least)"
    rf"(?: time)?|(?:is|are|was|were) (?:the )?(?P<slow>slowest|fastest|quickest)) to {_WHAT}{_MEAN}?{_ENDS}",
    re.IGNORECASE,
)
_LONGER_THAN = re.compile(
    rf"\b{_OF} (?:takes?|took|needs?|needed){_MEAN}? (?P<bound>longer|more|less) than "
    rf"(?P<size>\d[\d.]* (?P<unit>days|hours|minutes)){_MEAN}? to {_WHAT}{_MEAN}?{_ENDS}",
    re.IGNORECASE,
)
_WAITED = re.compile(
    rf"{_LONG} (?:{_HELPS} )?{_WHO} (?:have to |had to )?wait(?:ed)?{_MEAN}? for (?:our|the|an?|their) "
    rf"(?P<thing>(?:first )?[^\W\d]+){_MEAN}?{_ENDS}",
    re.IGNORECASE,
)
_WAIT = re.compile(rf"{_LONG} (?:do|does|did) {_WHO} (?:have to )?wait{_MEAN}?{_ENDS}(?! for\b)", re.IGNORECASE)
_AHEAD = re.compile(
    r"\bhow (?:far|long|early|many (?P<unit>days))"
    rf"{_MEAN}? (?:ahead|in advance|beforehand){_MEAN}? (?:do|does|did) (?P<who>[^?.!;:]{{2,60}}?) "
    rf"(?P<verb>book|reserve){_MEAN}?{_ENDS}",
    re.IGNORECASE,
)
_STAYED = re.compile(
    rf"{_LONG} (?:do|does|did) {_WHO}{_MEAN}? (?P<verb>stay)(?: with us| here)?{_MEAN}?{_ENDS}", re.IGNORECASE
)
_LASTED = re.compile(
    rf"{_LONG} (?:do|does|did) (?:an? |the |our |each )?{_WHO}{_MEAN}? last{_MEAN}?{_ENDS}", re.IGNORECASE
)
# Those who are reached are whom the figure is about, whatever they are called.
_REACHED = re.compile(
    rf"\bhow (?:fast|quickly|soon){_MEAN}? (?:do|does|did|have|has) {_WHO} (?:get|come|make it) to (?:the |our |any )?"
    rf"(?:casualt(?:y|ies)|victims?|injured|patients?|people|callers?|customers?|guests?|them|scene){_MEAN}?{_ENDS}",
    re.IGNORECASE,
)
_IN_UNIT = re.compile(r"\bin (?P<unit>days|hours|minutes|seconds|weeks)\b", re.IGNORECASE)
# "To pay on last year's invoices" is what is paid, at a time of its own.
_ON_THOSE_OF = re.compile(r"(?<= to pay) (?:on|for)(?= (?:last|this) (?:year|quarter|month)['’]s )", re.IGNORECASE)

# Verbs for one doing, where no figure is called by the one that is said.
_ALIKE = tuple(
    tuple(verbs.split())
    for verbs in (
        "pay settle",
        "reply respond answer",
        "arrive deliver come",
        "repair fix restore",
        "resolve solve close settle",
    )
)
_TIMES = frozenset("time day hour minute duration long length turnaround lead".split())
_LATE = frozenset("delay late lateness overdue overrun slippage".split())
_WAITING = frozenset("average mean wait waiting time".split())
_LASTING = frozenset("duration length long last end".split())
_AHEAD_NAMES = frozenset(("ahead", "advance", "early"))
_UNITS = ("days", "hours", "minutes", "seconds", "weeks", "months", None)
_OURSELVES = frozenset("we us it you".split())
_ANYBODY = frozenset("people ppl one everybody everyone folk person customer client guest buyer".split())
_BUYERS = frozenset("customer client guest visitor patient buyer shopper subscriber user member account caller".split())
_PAYEES = frozenset(
    "supplier vendor subcontractor contractor author landlord employee staff merchant wholesaler".split()
)
# What those who buy do, and what is done for them.
_BY_BUYERS = frozenset(map(stem_of, ("pay", "settle")))
_FOR_BUYERS = frozenset(map(stem_of, "reply respond answer repair fix restore resolve solve".split()))
# Objects that say no more than the verb does.
_BILLS = frozenset("us up our their its the his her bill invoice debt due account".split())
_LITTLE = frozenset("the a an our their its each every it them us back up any all new one".split())
_SURE = frozenset(("exact", "synonym", "group", "labelled"))


def durations_said(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one is of that kind."""

    def read(found: re.Match[str]) -> tuple[str, str] | None:
        """The figure, and who it is told of, in words that follow it."""
        said = found.groupdict()
        figures = _lengths(known, said["verb"], said.get("what") or "")
        return _told(found, figures, known, said["verb"])

    def how_long(found: re.Match[str]) -> str:
        told = read(found)
        return f"what was the {told[0]}{told[1]}" if told else found[0]

    def longest(found: re.Match[str]) -> str:
        told = read(found)
        high = (found["most"] or found["slow"]).casefold() in ("longest", "most", "slowest")
        most = "highest" if high else "lowest"
        return f"{found['asks']} {found['who']} had the {most} {told[0]}" if told else found[0]

    def longer_than(found: re.Match[str]) -> str:
        told = read(found)
        side = "below" if found["bound"].casefold() == "less" else "above"
        return f"{found['asks']} {found['who']} had {told[0]} {side} {found['size']}" if told else found[0]

    def waited(found: re.Match[str]) -> str:
        words = found["thing"].split()
        figures = [item for verb in _verbs_of(words[-1]) for item in _called(known, verb)]
        told = _told(found, figures, known, "wait")
        return f"what was the {told[0]}{told[1]}" if told else found[0]

    def reached(found: re.Match[str]) -> str:
        """What the figure is of only where those who come are called as in its name, or are ourselves."""
        figures = [
            item
            for item in _called(known, "respond") or _called(known, "arrive")
            if found["who"].casefold() in _OURSELVES or _is_in_its_name(found["who"], item)
        ]
        told = _told(found, figures, known, "arrive")
        return f"what was the {told[0]}" if told else found[0]

    def wait(found: re.Match[str]) -> str:
        figures = [item for item in _means(known) if any(set(words) <= _WAITING for words in _names(item))]
        told = _told(found, figures, known, "wait")
        return f"what was the {told[0]}{told[1]}" if told else found[0]

    def lasted(found: re.Match[str]) -> str:
        """The length of the things themselves, in the unit that is asked for where it is known in several."""
        holders = _holders(found["who"], known)
        unit = _IN_UNIT.search(text)
        figures = [
            item
            for item in _means(known)
            if base_datasets(known.view, item.name) == holders
            and any(_LASTING & set(words) for words in _names(item))
            and (unit is None or item.unit == unit["unit"].casefold())
        ]
        told = _told(found, figures, known, "last")
        return f"what was the {told[0]}{told[1]}" if told else found[0]

    def ahead(found: re.Match[str]) -> str:
        figures = [item for item in _means(known) if any(_is_ahead(words) for words in _names(item))]
        told = _told(found, figures, known, "book")
        return f"what was the {told[0]}{told[1]}" if told else found[0]

    steps = (
        (_IT_TAKES, how_long),
        (_THEY_TAKE, how_long),
        (_HOW_FAST, how_long),
        (_LONGEST, longest),
        (_LONGER_THAN, longer_than),
        (_REACHED, reached),
        (_WAITED, waited),
        (_WAIT, wait),
        (_AHEAD, ahead),
        (_STAYED, how_long),
        (_LASTED, lasted),
    )
    text = _ON_THOSE_OF.sub("", text)
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return text


def _lengths(known: Known, verb: str, what: str) -> list[Metric]:
    """The mean lengths of time called by a verb, else by one for the same doing, of what it is done to."""
    objects = {word for word in phrase_key(what) if word not in _LITTLE}
    alike = (
        other
        for verbs in _ALIKE
        if stem_of(verb) in map(stem_of, verbs) and verb.casefold() != "pay"
        for other in verbs
    )  # what is paid out is settled too, so that only "pay" is of those who pay
    figures = _called(known, verb) or [item for other in alike for item in _called(known, other)]
    if not objects:
        return figures
    if stem_of(verb) in _BY_BUYERS and objects <= _BILLS:
        return _called(known, "pay")
    return [item for item in figures if objects <= _words_of(item, known)]


def _called(known: Known, verb: str) -> list[Metric]:
    """The mean lengths of time with a name that says how long the verb's doing takes: "days to pay", "delivery time"."""
    return [
        item
        for item in _means(known)
        if any(_TIMES & set(words) and any(is_noun_of(word, verb) for word in words) for words in _names(item))
    ]


def _verbs_of(noun: str) -> list[str]:
    """The verbs that a noun is of, of those that are known to be alike, else the noun itself."""
    return [other for verbs in _ALIKE if any(is_noun_of(noun, verb) for verb in verbs) for other in verbs] or [noun]


def _means(known: Known) -> list[Metric]:
    """Every mean or median length of time that is no lateness."""
    return [
        item
        for item in known.view.metrics.values()
        if isinstance(item, AggregateMetric)
        and item.aggregation in (Aggregation.AVERAGE, Aggregation.MEDIAN)
        and item.unit in _UNITS
        and not any(_LATE & set(words) for words in _names(item))
    ]


def _names(metric: Metric) -> list[tuple[str, ...]]:
    return [phrase_key(name) for name in (metric.label, *metric.words.synonyms)]


def _is_in_its_name(who: str, metric: Metric) -> bool:
    said = {word for word in phrase_key(who) if word not in _LITTLE}
    return any(said and said <= set(words) for words in _names(metric))


def _is_ahead(words: tuple[str, ...]) -> bool:
    """ "Booking lead time", "booking window", "how far ahead people book"."""
    return {"book", "lead"} <= set(words) or {"booking", "window"} <= set(words) or bool(_AHEAD_NAMES & set(words))


def _tells_a_unit(metric: Metric) -> tuple[str, ...]:
    """The unit that a figure without one is told in by its names."""
    return tuple(dict.fromkeys(word for words in _names(metric) for word in words if word in ("day", "hour", "minute")))


def _words_of(metric: Metric, known: Known) -> set[str]:
    """The words by which a figure and the things it is made of are called."""
    texts = [metric.label, *metric.words.synonyms]
    for name in base_datasets(known.view, metric.name):
        dataset = known.view.whole.dataset_by_name[name]
        texts += [dataset.label, dataset.singular, *dataset.words.synonyms]
    return {word for text in texts for word in phrase_key(text)}


def _holders(who: str, known: Known) -> frozenset[str]:
    """The datasets of the things, or of those that hold the value which the words are."""
    tokens = tokenize(who)
    hits = [hit for hit in known.values_named(tokens) if hit.how in _SURE and tuple(hit.span) == (0, len(tokens))]
    return frozenset(item.name for item in known.datasets(who)) or frozenset(hit.dataset for hit in hits)


def _told(found: re.Match[str], figures: Iterable[Metric], known: Known, verb: str) -> tuple[str, str] | None:
    """The label of the one figure, and of whom it is told; None where those who take so long are others."""
    named = {item.name: item for item in figures}
    label = label_of_the_only(named.values())
    if label is None:
        return None
    (figure,) = named.values()
    said = found.groupdict()
    unit = (said.get("unit") or "").casefold()
    if unit and figure.unit != unit and (figure.unit or _tells_a_unit(figure) != phrase_key(unit)):
        return None
    if isinstance(figure, AggregateMetric) and figure.aggregation is Aggregation.MEDIAN and re.search(_MEAN, found[0]):
        return None
    who = re.sub(r"^(?:the|our) ", "", said.get("who") or "we", flags=re.IGNORECASE)
    of = _of_whom(who, figure, known, verb)
    return None if of is None else (label, of)


def _of_whom(who: str, figure: Metric, known: Known, verb: str) -> str | None:
    """What follows the figure: nothing for anybody, "of" whom, or "by" what; None where it is told of no such."""
    words = [token.base for token in tokenize(who)]
    doing = stem_of(verb)
    if who.casefold() in _OURSELVES:
        return None if doing in _BY_BUYERS or verb == "wait" else ""
    others = _BUYERS if doing in _FOR_BUYERS else _PAYEES if doing in _BY_BUYERS else frozenset()
    if others & set(words):
        return None
    bases = base_datasets(known.view, figure.name)
    reached = pointed_at(known.view, bases) | bases
    each = words[0] in ("each", "every") if words else False
    bare = " ".join(who.split()[1:]) if each else who
    named = {
        split_route(item.name)[0].partition(".")[0]
        for item in known.phrases.means(bare)
        if item.kind in ("field", "dataset") and item.how in ("name", "synonym")
    }
    if named:
        fits = bool(named & reached)
        return None if not fits else f" by {bare}" if each else "" if known.datasets(bare) else f" of {bare}"
    if _is_in_its_name(who, figure):
        return ""
    if not each and set(words) <= _ANYBODY and doing not in _FOR_BUYERS:
        return ""
    hits = [hit for hit in known.values_named(tokenize(bare)) if hit.how in _SURE]
    near = any(hit.dataset in reached for hit in hits) or any(
        item.name in reached for word in bare.split() for item in known.datasets(word)
    )
    far = any((found := known.datasets(word)) and not {item.name for item in found} & reached for word in bare.split())
    return f" of {bare}" if near and not far and not each else None
