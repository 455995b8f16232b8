"""What was done most, so many times or not at all, said with the verb: the one count that is named by the deed and its things.

Which branches gave no vaccinations in 2025?                    which branches had no Vaccinations given in 2025
At what hour did we process the most payments?                  at what hour did we have the most Payments processed
In which month did we lend the most?                            in which month was the number of Items lent the highest
How many prescriptions have come in this week?                  how many Prescriptions received this week
What were our five most borrowed titles?                        what were our five titles with the most Loans
How many different people borrowed something?                   how many Active borrowers

What is borrowed, and when, are told by the time that a count goes by. A verb that nothing is called by stays, and is asked about.
"""

from __future__ import annotations

import re

from agent.planners.embedded.counts import count_metrics, counted_thing, person_datasets
from agent.planners.embedded.counts_of_deeds import (
    PLAIN_NOUNS,
    SURE,
    Deed,
    deeds_of,
    is_participle,
    is_told_by,
    names_it,
    told_by_values,
)
from agent.planners.embedded.known_figures import Known, figures_called, figures_of_money, label_of_the_only
from agent.planners.embedded.members.verbs import Verbs, stem_of
from agent.planners.embedded.reach import base_datasets
from agent.tools.compile import metric_time
from catalog.models import Metric
from semantic_context.words import tokenize, verb_stem

_ENDS = (
    r"(?=\s*(?:[,.;:?!)]|$)|\s+(?:in|on|at|for|to(?= \w)|during|over|since|by|per|each|every|last|this|between|from|until"
    r"|so far|yesterday|today|via|through|with|across|within|before|after)\b)"
)
_NUMBER = r"(?:more than|less than|fewer than|over|under|at least|at most|up to|exactly) \d[\d.,]*"
_MANY = rf"(?P<many>no|(?:the )?(?:most|fewest|least)|{_NUMBER})"
_THING = r"(?P<thing>(?!(?:of|than|or|and|often)\b)[^\W\d][\w-]*(?: [^\W\d][\w-]*){0,3}?)"
_OF = r"[^\W\d][\w-]*(?: [^\W\d][\w-]*){0,2}?"
_WE_DID = re.compile(
    rf"\b(?P<did>(?:did|do|have) we )(?P<verb>[^\W\d]{{3,}})(?P<up> up)? {_MANY} {_THING}{_ENDS}", re.IGNORECASE
)
_THEY_DID = re.compile(
    rf"\b(?P<lead>(?:which|what|the|all|list|those|of our|our) )(?P<of>{_OF})(?P<who> (?:that|who|which))?"
    rf" (?:has |have |had )?(?P<verb>[^\W\d]{{3,}}) {_MANY} {_THING}(?: at all)?{_ENDS}",
    re.IGNORECASE,
)
_COME = (
    r"(?:reach(?:ed)? us|c[oa]me in(?! (?:late|early|on time|second|first|third|under|over|at|above|below)\b)(?: to us)?"
    r"|c[oa]me to us|got to us|get to us)"
)
_CAME_IN = re.compile(
    rf"\b(?P<asks>how many|(?:the )?(?:total )?number of) {_THING} (?:that |which )?(?:(?:have|has|had|did) )?{_COME}{_ENDS}",
    re.IGNORECASE,
)
_MOST_CAME_IN = re.compile(
    rf"\b(?P<did>did )(?:the )?(?P<most>most|fewest|least) {_THING} {_COME}{_ENDS}", re.IGNORECASE
)
_DID_MOST = re.compile(
    rf"\bdid we (?P<verb>[^\W\d]{{4,}}) (?:the )?(?P<most>most|least|fewest)(?! [^\W\d]*ly\b){_ENDS}", re.IGNORECASE
)
_MOST_DONE = re.compile(rf"\b(?P<most>most|least)[- ](?P<verb>[^\W\d]{{3,}}) (?P<of>{_OF}){_ENDS}", re.IGNORECASE)
_OFTEN = re.compile(
    rf"\b(?P<asks>(?:which|what) (?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten) )?)(?P<of>{_OF}) "
    r"(?:(?:is|are|was|were|gets?|got|(?:has|have|had) been) (?P<done>[^\W\d]{3,})"
    r"|(?:do|did|does|have|has) (?:we|they|(?:our |the )?(?:people|customers|clients|members|users|guests|patients|visitors)) "
    r"(?P<did>[^\W\d]{3,})|(?:has |have |had )?(?P<self>[^\W\d]{3,}))(?: up)? (?:the )?(?P<most>most|least) (?:often|frequently)"
    + _ENDS,
    re.IGNORECASE,
)
_DONE_AT_ALL = re.compile(
    rf"\bhow many (?:different |distinct |unique )?(?P<who>{_OF}) (?:have |has |had )?(?P<verb>[^\W\d]{{3,}}) "
    r"(?:something|anything|at least (?:once|one (?:item|thing|piece|article)))(?: (?:from|with) us)?" + _ENDS,
    re.IGNORECASE,
)
_ANYBODY = frozenset(("people", "persons", "individuals"))
# Verbs that say no more of what is counted than that there was so much of it.
_HAD = frozenset(stem_of(word) for word in "ring handle process record register log see count notch clock rack".split())
# What is done to some degree, and not so many times.
_OF_DEGREE = frozenset(verb_stem(word) for word in "delay discount pay satisfy need want like love prefer".split())


def deeds_done(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one is called by it."""

    def we_did(found: re.Match[str]) -> str:
        figure = _figure_of(found["verb"], found["thing"], known)
        if figure is None and _only_had(found["verb"], found["thing"], known):
            figure = found["thing"]
        return f"did we have {_in_full(found['many'])} {figure}" if figure else found[0]

    def they_did(found: re.Match[str]) -> str:
        figure = _figure_of(found["verb"], found["thing"], known, of=found["of"])
        if figure is None:
            return found[0]
        return f"{found['lead']}{found['of']}{found['who'] or ''} had {_in_full(found['many'])} {figure}"

    def came_in(found: re.Match[str]) -> str:
        figure = _figure_of("receive", found["thing"], known)
        return f"{found['asks']} {figure}" if figure else found[0]

    def most_came_in(found: re.Match[str]) -> str:
        figure = _figure_of("receive", found["thing"], known)
        return f"did we have {_in_full(found['most'])} {figure}" if figure else found[0]

    def did_most(found: re.Match[str]) -> str:
        stem = stem_of(found["verb"])
        if _names_money(stem, known):
            return found[0]
        figure = label_of_the_only(deed.metric for deed in deeds_of(known, stem) if deed.nouns <= PLAIN_NOUNS)
        return f"was the number of {figure} the {_highest(found['most'])}" if figure else found[0]

    def most_done(found: re.Match[str]) -> str:
        (verb,), of = tokenize(found["verb"]), found["of"]
        is_known = bool(known.values_named((verb,))) or any(
            item.kind == "metric" for item in known.phrases.means(found["verb"])
        )
        if is_known or not is_participle(verb) or stem_of(verb.folded) in _OF_DEGREE:
            return found[0]
        figure = label_of_the_only(_counts_of(verb.folded, of, known))
        return f"{of} with {_in_full(found['most'])} {figure}" if figure else found[0]

    def most_often(found: re.Match[str]) -> str:
        verb = found["done"] or found["did"] or found["self"]
        people = {item.name for item in known.datasets(found["of"])} & person_datasets(known.view)
        figure = None if people else label_of_the_only(_counts_of(verb, found["of"], known))
        return f"{found['asks']}{found['of']} had {_in_full(found['most'])} {figure}" if figure else found[0]

    def done_at_all(found: re.Match[str]) -> str:
        figure = label_of_the_only(_those_who_did(found["who"], found["verb"], known))
        return f"how many {figure}" if figure else found[0]

    steps = (
        (_WE_DID, we_did),
        (_THEY_DID, they_did),
        (_CAME_IN, came_in),
        (_MOST_CAME_IN, most_came_in),
        (_DID_MOST, did_most),
        (_MOST_DONE, most_done),
        (_OFTEN, most_often),
        (_DONE_AT_ALL, done_at_all),
    )
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return text


def _figure_of(verb: str, thing: str, known: Known, of: str | None = None) -> str | None:
    """The one count that is called by a deed and its things, and by which of them, where values tell that; of what it was done
    by, where that is said. None for a deed whose noun is said in full as a figure of its own ("OTC tickets")."""
    told: dict[str, str] = {}
    for deed in deeds_of(known, stem_of(verb)):
        if of is not None and not is_told_by(of, deed, known):
            continue
        if deed.metric in figures_called(known, (thing,)):
            told[deed.metric.name] = deed.metric.label
        elif rest := told_by_values(thing, deed, known) or _of_its_own(thing, deed, known):
            told[deed.metric.name] = f"{deed.metric.label} of {rest}"
        elif names_it(thing, deed) or _names_its_rows(thing, deed, known):
            told[deed.metric.name] = deed.metric.label
    return next(iter(told.values())) if len(told) == 1 else None


def _only_had(verb: str, thing: str, known: Known) -> bool:
    """Whether things that a count is called by in full are done by a verb that says no more, and that nothing is called by."""
    stem = stem_of(verb)
    counts = [metric for metric in figures_called(known, (thing,)) if metric.unit == "count"]
    return len(counts) == 1 and stem in _HAD and not any(stem_of(word) == stem for word in known.phrases.vocabulary)


def _of_its_own(thing: str, deed: Deed, known: Known) -> str:
    """ "Flu vaccinations": the values of the counted rows themselves before the figure's own noun; empty where more is said."""
    tokens = [token for token in tokenize(thing) if token.folded not in ("the", "our")]
    if len(tokens) < 2 or tokens[-1].base not in deed.nouns:
        return ""
    told = thing[tokens[0].start : tokens[-2].end]
    bases = base_datasets(known.view, deed.metric.name)
    sizes = (tuple(hit.span) for hit in known.values_named(tokenize(told)) if hit.how in SURE and hit.dataset in bases)
    return told if (0, len(tokens) - 1) in sizes else ""


def _names_its_rows(thing: str, deed: Deed, known: Known) -> bool:
    """Whether the things are the rows of a count, which another name of theirs stands for in the figure's own."""
    rows = {item.name for item in known.datasets(thing)} & base_datasets(known.view, deed.metric.name)
    called = {item.name for noun in deed.nouns for item in known.datasets(noun)}
    ends = {
        name
        for name in rows
        if (item := known.view.datasets.get(name)) is not None
        and any(tokenize(words)[-1].base in deed.nouns for words in (item.singular, item.label, *item.words.synonyms))
    }
    return bool(rows & called or ends)


def _in_full(many: str) -> str:
    said = many.casefold()
    return f"the {said}" if said in ("most", "fewest", "least") else many


def _highest(most: str) -> str:
    return "highest" if most.casefold() == "most" else "lowest"


def _names_money(stem: str, known: Known) -> bool:
    """Whether a figure of money is called by the verb too: "sold" may be either."""
    return any(
        stem_of(token.folded) == stem
        for metric in figures_of_money(known)
        for name in (metric.label, *metric.words.synonyms)
        for token in tokenize(name)
        if is_participle(token)
    )


def _counts_of(verb: str, of: str, known: Known) -> list[Metric]:
    """The counts that are called by a deed done to such things, else by its noun ("visits"), else those of rows that go by the time
    at which it was done; where the things can be told by them, and are no such rows themselves."""
    own = {item.name for item in known.datasets(of)}
    last = tokenize(of)[-1].base
    verbs = Verbs(known.view)
    named = [
        deed.metric
        for deed in deeds_of(known, stem_of(verb))
        if deed.nouns <= PLAIN_NOUNS | {last} and counted_thing(known.view, deed.metric.name) is None
    ]
    called = [known.view.metrics[name] for name in verbs.metrics(verb) if counted_thing(known.view, name) is None]
    return [
        metric
        for metric in named or called or _counts_by_time(verb, known)
        if not (metric.is_state or metric.unit != "count" or own & base_datasets(known.view, metric.name))
        and is_told_by(of, Deed(metric, frozenset()), known)
    ]


def _counts_by_time(verb: str, known: Known) -> list[Metric]:
    """The counts of rows that go by the time at which something was done to them."""
    verbs = Verbs(known.view)
    return [
        known.view.metrics[count]
        for name in known.view.datasets
        if (times := set(verbs.times(name, verb)))
        for count in count_metrics(known.view, name)
        if set(metric_time(known.view, count)) == times
    ]


def _those_who_did(who: str, verb: str, known: Known) -> list[Metric]:
    """The counts of the different ones who did something, by the time at which that is done."""
    things = {item.name for item in known.datasets(who)}
    if who.casefold() in _ANYBODY:
        things |= person_datasets(known.view)
    verbs = Verbs(known.view)
    found = []
    for metric in known.view.metrics.values():
        if counted_thing(known.view, metric.name) in things:
            times = set(metric_time(known.view, metric.name))
            (base,) = base_datasets(known.view, metric.name)
            if times and times <= set(verbs.times(base, verb)):
                found.append(metric)
    return found
