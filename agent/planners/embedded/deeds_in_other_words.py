"""Verbs of two words, as the one verb for the same doing that the catalog knows.

How many contracts were called off in 2025?      how many contracts were cancelled in 2025
Which buyer turned away the most loads?          which buyer rejected the most loads
How many deals fell through last month?          how many deals were cancelled last month

A verb that says no more of what is counted than that there was so much of it is said so, where the figure is called in full.

Which exhibitions have drawn the most visitors?  which exhibitions had the most visitors
How many food parcels did Leeds hand out?        how many food parcels did Leeds have

Where nothing or more than one thing is called by such a verb, and where the two words are a name themselves, the text stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agent.planners.embedded.counts_of_deeds import SURE, deeds_of, is_participle, names_it
from agent.planners.embedded.known_figures import Known, figures_called, meanings_said
from agent.planners.embedded.members.verbs import is_noun_of, stem_of
from agent.planners.embedded.reach import base_datasets
from semantic_context.linking import split_route
from semantic_context.words import tokenize

# A verb by its base, its past and its participle, its little words, and what may be meant by it.
_ALIKE = """
turn turned turned | away down | reject, refuse, decline
send sent sent | away | reject, refuse
knock knocked knocked | back | reject, refuse, decline
call called called | off | cancel cancelled
carry carried carried | out | perform, complete, hold held held, do did done, make made made
hand handed handed | out | distribute, issue, give gave given
give gave given | out | distribute, issue
dish dished dished | out | distribute, serve, issue
take took taken | on | hire, recruit, employ
put put put | off | postpone, reschedule, delay
throw threw thrown | away, out | discard, waste, scrap, dump
hand handed handed | in | submit submitted, return
drop dropped dropped | off | deliver
bring brought brought | out | publish, launch, release
bring brought brought | back | return
send sent sent | back | return
sign signed signed | off | approve
set set set | up | install, create, open
fall fell fallen | through | cancel cancelled, lose lost, fail
"""
_BOUND = r"(?:more than|less than|fewer than|over|under|at least|at most|up to|exactly) \d[\d.,]*"
_MANY = rf"(?:no|(?:the )?(?:most|fewest|least)|{_BOUND})"
_HAD = (
    r"(?:dr[ae]w|drawn|attract(?:ed)?|pull(?:ed)? in|host(?:ed)?|carr(?:y|ied)|transport(?:ed)?"
    r"|(?:hand(?:ed)?|g[ai]ven?|dish(?:ed)?) out|provided?|clock(?:ed)? up)"
)
_FIGURE = r"(?P<figure>[^\W\d]+(?:[ -][^\W\d]+){0,2})"
_HAD_MANY = re.compile(rf"\b(?P<have>(?:has|have|had) )?(?P<verb>{_HAD}) (?P<many>{_MANY}) {_FIGURE}", re.IGNORECASE)
_MANY_HAD = re.compile(
    rf"\b(?P<asks>how many|number of) {_FIGURE} (?P<did>did|do|does|have|has|had) (?P<who>[^,.;?!]{{2,40}}?) (?P<verb>{_HAD})"
    r"(?=\s*(?:[,.;?!)]|$)|\s+(?:in|on|at|for|during|over|since|by|per|each|every|last|this|between|from|until|so far)\b)",
    re.IGNORECASE,
)
_HAPPENS = "fall"  # what happens to things is what is done to them
_OBJECT = r"(?: (?P<what>(?:the|our|their|any|some|these|those) [^\W\d]+))?"
# "Take on average", "handed in the shop": a little word that leads to what is behind it is none of the verb's.
_ALONE = (
    r"(?=\s*(?:[,.;?!)]|$)|\s+(?:in|during|over|last|this|since|between|by|per|each|every|and)\b"
    r"|\s+(?:no|(?:the )?(?:most|fewest|least)|more than|fewer than|less than|at least|over)\b)"
)
_NO_NOUN = r"(?<!\bon )(?<!\bat )(?<!\bin )(?<!\bby )(?<!\bof )(?<!\ba )(?<!\bthe )"  # "units on hand in the shops"
_ASKED = re.compile(r"\b(?:did|do|does|will|can|to)\b[^,.;?!]*$", re.IGNORECASE)
_BEING = re.compile(r"\b(?:was|were|is|are|been|being|got|get) (?:[^\W\d]+ly |not |never )?$", re.IGNORECASE)
_HAVING = re.compile(r"\b(?:has|have|had) (?:[^\W\d]+ly |not |never )?$", re.IGNORECASE)
_AROUND = 2
_MOST_WORDS = 3


@dataclass(frozen=True)
class _Turn:
    """A verb of two words, and the forms of those that may stand for it: base, past and participle."""

    said: re.Pattern[str]
    forms: tuple[str, str, str]
    alike: tuple[tuple[str, str, str], ...]


def _forms(told: str) -> tuple[str, str, str]:
    base, *rest = told.split()
    past = rest[0] if rest else f"{base}d" if base.endswith("e") else f"{base}ed"
    return base, past, rest[-1] if rest else past


def _turn(line: str) -> _Turn:
    told, particles, verbs = (part.strip() for part in line.split("|"))
    base, past, participle = told.split()
    little = "|".join(particles.replace(",", " ").split())
    ends = _ALONE if little in ("on", "in") else r"(?! to\b)"
    said = rf"{_NO_NOUN}\b(?P<verb>{base}|{past}|{participle}){_OBJECT} (?:{little})\b{ends}"
    return _Turn(
        re.compile(said, re.IGNORECASE),
        (base, past, participle),
        tuple(_forms(verb.strip()) for verb in verbs.split(",")),
    )


_TURNS = tuple(_turn(line) for line in _ALIKE.strip().splitlines())


def deeds_in_other_words(text: str, known: Known) -> str:
    """The text with the catalog's own verb in place of the two words, where exactly one is known."""
    for turn in _TURNS:
        found = turn.said.search(text)
        if found is None or _is_in_a_name(found, known):
            continue
        alike = {forms: holders for forms in turn.alike if (holders := _holders(forms, known))}
        if len(alike) > 1:
            named = _things_named(text, known)
            alike = {forms: holders for forms, holders in alike.items() if holders & named} or alike
        if len(alike) > 1:
            said = {token.base for token in tokenize(text)}
            alike = {
                forms: holders
                for forms, holders in alike.items()
                if any(deed.nouns & said for deed in deeds_of(known, stem_of(forms[0])))
            }
        if len(alike) == 1:
            plain = _in_its_form(turn, next(iter(alike)), found)
            what = f" {found['what']}" if found["what"] else ""
            text = f"{text[: found.start()]}{plain}{what}{text[found.end() :]}"
    text = _HAD_MANY.sub(lambda found: _had_many(found, known), text)
    return _MANY_HAD.sub(lambda found: _many_had(found, known), text)


def _had_many(found: re.Match[str], known: Known) -> str:
    words = found["figure"].split()
    names = (" ".join(words[:size]) for size in range(len(words), 0, -1))
    name = next((name for name in names if _only_had(found["verb"], name, known)), None)
    return f"{found['have'] or ''}had {found['many']} {found['figure']}" if name is not None else found[0]


def _many_had(found: re.Match[str], known: Known) -> str:
    if not _only_had(found["verb"], found["figure"], known):
        return found[0]
    did = "did" if found["did"].casefold() in ("have", "has", "had") else found["did"]
    return f"{found['asks']} {found['figure']} {did} {found['who']} have"


def _only_had(verb: str, name: str, known: Known) -> bool:
    """Whether a count is called so in full, and no other by the verb and such things."""
    counts = [metric for metric in figures_called(known, (name,)) if metric.unit == "count"]
    deeds = [deed for deed in deeds_of(known, stem_of(verb.split()[0])) if names_it(name, deed)]
    return len(counts) == 1 and all(deed.metric is counts[0] for deed in deeds)


def _in_its_form(turn: _Turn, plain: tuple[str, str, str], found: re.Match[str]) -> str:
    before, verb = found.string[: found.start()], found["verb"].casefold()
    base, past, participle = plain
    if turn.forms[0] == _HAPPENS and base == "fail":
        return base if verb == _HAPPENS else past
    if turn.forms[0] == _HAPPENS:
        return (
            f"get {participle}" if verb == _HAPPENS else f"{'been' if _HAVING.search(before) else 'were'} {participle}"
        )
    if _BEING.search(before) or _HAVING.search(before):
        return participle
    is_base = verb == turn.forms[0] and (verb != turn.forms[1] or _ASKED.search(before) is not None)
    return base if is_base else past if verb == turn.forms[1] else participle


def _is_in_a_name(found: re.Match[str], known: Known) -> bool:
    """Whether the words are a name of the catalog, or stand in one: "brought back", "loads turned away"."""
    tokens = tokenize(found.string)
    inside = [place for place, token in enumerate(tokens) if found.start() <= token.start < found.end()]
    first, end = inside[0], inside[-1] + 1
    for start in range(max(first - _AROUND, 0), first + 1):
        for stop in range(end, min(end + _AROUND, len(tokens)) + 1):
            words = found.string[tokens[start].start : tokens[stop - 1].end]
            if any(item.how in ("name", "synonym") and item.kind != "cue" for item in known.phrases.means(words)):
                return True
    said = tokenize(found[0])
    return any(hit.how in SURE and tuple(hit.span) == (0, len(said)) for hit in known.values_named(said))


def _holders(forms: tuple[str, str, str], known: Known) -> frozenset[str]:
    """The datasets of which a value, a figure or a field is called by a verb."""
    view, stem = known.view, stem_of(forms[0])

    def speaks(names: Iterable[str]) -> bool:
        return any(
            stem_of(token.folded) == stem if is_participle(token) else is_noun_of(token.base, forms[0])
            for name in names
            for token in tokenize(name)
            if token.is_word
        )

    holders = {hit.dataset for hit in known.values_named(tokenize(forms[2])) if hit.how in SURE}
    for metric in view.metrics.values():
        if speaks((metric.label, *metric.words.synonyms)):
            holders |= base_datasets(view, metric.name)
    for dataset in view.datasets.values():
        if any(speaks((field.label, *field.words.synonyms)) for field in dataset.fields):
            holders.add(dataset.name)
    return frozenset(holders)


def _things_named(text: str, known: Known) -> frozenset[str]:
    """The datasets that are named in a text, by their own names or those of their fields and figures."""
    named = {hit.dataset for hit in known.values_named(tokenize(text)) if hit.how in SURE}
    for item in meanings_said(text, known, _MOST_WORDS):
        if item.how not in ("name", "synonym"):
            continue
        match item.kind:
            case "metric":
                named |= base_datasets(known.view, item.name)
            case "field":
                named.add(split_route(item.name)[0].partition(".")[0])
            case "dataset":
                named.add(item.name)
            case _:
                pass
    return frozenset(named)
